//! A run of characters, as typed, to the parts that must be found.
//!
//! In: characters without names and numbers. Out: words, and substrings where characters form no word.
//! Guarantee: a run with content gives at least one part. Surprising: a character that stands alone
//! between words joins its neighbour (建筑 + 率), because alone it is found everywhere.

use super::analysis::{Word, find_runs, segment};
use super::clause::Part;

/// Words of the language that say nothing about the matter; passed over beside others.
const PARTICLES: &[&str] = &[
    "的",
    "了",
    "和",
    "与",
    "及",
    "或",
    "在",
    "是",
    "有",
    "等",
    "对",
    "为",
    "以及",
    "哪些",
    "什么",
    "如何",
    "怎么",
    "怎样",
    "多少",
    "关于",
    "吗",
    "呢",
    "能不能",
    "可不可以",
    "是否",
    "能否",
    "要不要",
];
/// In a longer run, a character before a word is more likely a place's level (县 + 养老) than its part.
const JOINED_RUN_CHARS_MAX: usize = 4;

/// The parts of all runs of Chinese characters in `chars`.
pub(crate) fn find_parts(chars: &[char]) -> Vec<Part> {
    find_runs(chars)
        .into_iter()
        .filter_map(|run| chars.get(run))
        .flat_map(|run| run_parts(&run.iter().collect::<String>()))
        .collect()
}

/// Words, with characters that stand alone side by side as one: they are a word that the dictionary lacks (养老 + 托育).
fn with_unknown<'a>(run: &'a str, words: &[Word<'a>]) -> Vec<(Word<'a>, bool)> {
    let mut joined: Vec<(Word<'a>, bool)> = Vec::new();
    for word in words {
        match joined.last_mut() {
            Some((last, is_unknown))
                if last.end == word.start
                    && word.len() == 1
                    && (*is_unknown || last.len() == 1) =>
            {
                let start = run.char_indices().nth(last.start).map_or(0, |(byte, _)| byte);
                let rest = run.get(start..).unwrap_or_default();
                last.end = word.end;
                let len = rest.char_indices().nth(last.len()).map_or(rest.len(), |(byte, _)| byte);
                last.text = rest.get(..len).unwrap_or_default();
                *is_unknown = true;
            }
            _ => joined.push((*word, false)),
        }
    }
    joined
}

fn run_parts(run: &str) -> Vec<Part> {
    let words = segment(run);
    let content: Vec<Word<'_>> =
        words.iter().copied().filter(|word| !PARTICLES.contains(&word.text)).collect();
    let words = if content.is_empty() { words } else { content };
    let words = with_unknown(run, &words);
    let run_is_short = run.chars().count() <= JOINED_RUN_CHARS_MAX;
    let mut pieces: Vec<Piece> = Vec::new();
    for (word, is_unknown) in words {
        let single = word.len() == 1;
        match pieces.last_mut() {
            Some(last) if last.end == word.start && (single || last.is_open) => {
                last.text.push_str(word.text);
                last.end = word.end;
                last.is_word = false;
                last.is_open = false;
            }
            _ => pieces.push(Piece {
                text: word.text.to_owned(),
                end: word.end,
                is_word: !single && !is_unknown,
                is_open: single && run_is_short,
            }),
        }
    }
    pieces
        .into_iter()
        .map(|piece| if piece.is_word { Part::Word(piece.text) } else { Part::Text(piece.text) })
        .collect()
}

/// Words that have grown together.
struct Piece {
    text: String,
    /// Index past its last character in the run.
    end: usize,
    /// Whether it is one word of the dictionary.
    is_word: bool,
    /// Whether it is a single character that the next word joins.
    is_open: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<Part> {
        find_parts(&text.chars().collect::<Vec<char>>())
    }

    #[test]
    fn a_single_character_joins_the_word_beside_it() {
        let expected = [Part::Word("养老".to_owned()), Part::Text("托育".to_owned())];
        assert_eq!(parts("养老托育"), expected);
        let expected = [Part::Word("绿色".to_owned()), Part::Text("建筑率".to_owned())];
        assert_eq!(parts("绿色建筑率"), expected);
        assert_eq!(parts("县"), [Part::Text("县".to_owned())]);
    }

    #[test]
    fn particles_are_passed_over_beside_other_words() {
        let expected = [Part::Word("管理".to_owned()), Part::Word("服务".to_owned())];
        assert_eq!(parts("管理和服务"), expected);
        assert_eq!(parts("和"), [Part::Text("和".to_owned())]);
    }
}
