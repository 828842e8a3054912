//! Long words to the words inside them. In: a word of the dictionary; out: where it falls into shorter ones. Guarantee: inner words do not overlap, unless one is
//! inside another or two are about as frequent: 市政府 has 政府 and not 市政, 中医院 has 中医 and 医院. Surprising: how likely a cut is, is told by the dictionary's own
//! frequencies, as it is for whole sentences.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use super::words::DICTIONARY;

/// The logarithm of the sum of the dictionary's frequencies, by which those of cuts with more and fewer pieces compare.
const LOG_TOTAL: f64 = 17.9;
/// The logarithm of how many times rarer the other word of two characters in a word of three must be to be none.
const MUCH_RARER: f64 = 2.0;
/// Longer words are not looked into: none of the dictionary is longer.
const WORD_CHARS_MAX: usize = 16;
/// Words whose cuts are kept; beyond, they are forgotten and found anew.
const KEPT_MAX: usize = 50_000;

thread_local! {
    static KEPT: RefCell<HashMap<String, Rc<[Range<usize>]>>> = RefCell::default();
}

/// The words of at least two characters inside `word`, by characters, ascending by start.
pub(super) fn inner_words(word: &str) -> Rc<[Range<usize>]> {
    KEPT.with_borrow_mut(|kept| {
        if let Some(found) = kept.get(word) {
            return Rc::clone(found);
        }
        if kept.len() >= KEPT_MAX {
            kept.clear();
        }
        let mut found = Vec::new();
        let chars: Vec<char> = word.chars().collect();
        if chars.len() <= WORD_CHARS_MAX {
            add_inner(&chars, 0, &mut found);
        }
        let found: Rc<[Range<usize>]> = found.into();
        kept.insert(word.to_owned(), Rc::clone(&found));
        found
    })
}

/// Adds the pieces of a word that begins at `from`, and the pieces of these.
fn add_inner(word: &[char], from: usize, found: &mut Vec<Range<usize>>) {
    if word.len() < 3 {
        return;
    }
    let cut = likeliest_cut(word);
    let other = other_cut(word, &cut);
    for piece in cut.into_iter().chain(other) {
        if piece.len() > 1 {
            found.push(from + piece.start..from + piece.end);
            add_inner(word.get(piece.clone()).unwrap_or_default(), from + piece.start, found);
        }
    }
}

/// The cut of `word` into at least two pieces whose frequencies multiply to most.
fn likeliest_cut(word: &[char]) -> Vec<Range<usize>> {
    // For each end, how likely the best cut up to there is and where its last piece begins.
    let mut best: Vec<(f64, usize)> = vec![(0.0, 0)];
    for end in 1..=word.len() {
        let last = (0..end).filter(|start| end - start < word.len()).filter_map(|start| {
            let before = best.get(start)?.0;
            Some((before + likelihood(word.get(start..end)?)?, start))
        });
        best.push(last.max_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or((f64::MIN, end - 1)));
    }
    let mut pieces = Vec::new();
    let mut end = word.len();
    while let Some(&(_, start)) = best.get(end).filter(|_| end > 0) {
        pieces.push(start..end);
        end = start;
    }
    pieces.reverse();
    pieces
}

/// The other word of two characters in one of three, where it is about as frequent as that of the likeliest cut.
fn other_cut(word: &[char], cut: &[Range<usize>]) -> Option<Range<usize>> {
    let chosen = cut.iter().find(|piece| piece.len() == 2).filter(|_| word.len() == 3)?;
    let other = if chosen.start == 0 { 1..3 } else { 0..2 };
    let [one, two] = [&other, chosen].map(|piece| likelihood(word.get(piece.clone())?));
    (one? + MUCH_RARER >= two?).then_some(other)
}

/// The logarithm of the share of a piece among all words; none where it is no word. A single character always may be one.
fn likelihood(piece: &[char]) -> Option<f64> {
    let piece_text: String = piece.iter().collect();
    let is_known = DICTIONARY.has_word(&piece_text);
    if piece.len() > 1 && !is_known {
        return None;
    }
    // What the dictionary would need to see the piece as a word is, for one it knows, its frequency and one more.
    let frequency =
        if is_known { DICTIONARY.suggest_freq(&piece_text).saturating_sub(1).max(1) } else { 1 };
    let frequency = u32::try_from(frequency).unwrap_or(u32::MAX);
    Some(f64::from(frequency).ln() - LOG_TOTAL)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inside(word: &str) -> Vec<String> {
        let chars: Vec<char> = word.chars().collect();
        inner_words(word).iter().map(|range| chars[range.clone()].iter().collect()).collect()
    }

    #[test]
    fn the_words_inside_a_word_do_not_overlap() {
        for (word, expected) in [
            ("市政府", vec!["政府"]),
            ("城镇化", vec!["城镇"]),
            ("苗圃", vec![]),
            ("人民政府", vec!["人民", "政府"]),
            ("发展中国家", vec!["发展", "国家"]),
            ("再生水", vec!["再生"]),
            ("大学生", vec!["学生", "大学"]),
            ("中医院", vec!["医院", "中医"]),
        ] {
            assert_eq!(inside(word), expected, "{word}");
        }
    }
}
