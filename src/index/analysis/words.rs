//! Runs of Chinese characters to words.
//!
//! In: normalised text and the terms that the entries name. Out: words with their places, shorter words
//! inside longer ones as well. Guarantees: the same run gives the same words wherever it stands; a term is
//! a word only where its ends are borders of words (单县 is not in 清单县区). Surprising: terms are not
//! added to the dictionary, because a long entry there would hide the words inside it.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use jieba_rs::{Jieba, TokenizeMode};

use super::inner::inner_words;
use super::normalize::{Normalized, is_han};

/// The dictionary, loaded once: a second copy would cost as much memory again.
pub(super) static DICTIONARY: LazyLock<Jieba> = LazyLock::new(Jieba::new);

/// A longer run is cut: the work grows with the square of a run, and no sentence is so long.
const RUN_CHARS_MAX: usize = 400;

/// A word of a run, by characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Word<'a> {
    /// Its characters.
    pub(crate) text: &'a str,
    /// Index of its first character in the run.
    pub(crate) start: usize,
    /// Index past its last character.
    pub(crate) end: usize,
}

impl Word<'_> {
    /// Number of characters.
    pub(crate) fn len(&self) -> usize {
        self.end - self.start
    }
}

/// Cuts a run into words without overlap. Characters that form no word stand alone.
pub(crate) fn segment(run: &str) -> Vec<Word<'_>> {
    // The dictionary's guesses at unknown words depend on what stands beside them, so they stay off.
    DICTIONARY
        .tokenize(run, TokenizeMode::Default, false)
        .into_iter()
        .map(|token| Word { text: token.word, start: token.start, end: token.end })
        .collect()
}

/// The words of a run with the shorter words inside each, which stand before it.
fn segment_deep(run: &str) -> Vec<(String, Range<usize>)> {
    let mut found = Vec::new();
    for word in segment(run) {
        if word.len() > 2 {
            for inner in inner_words(word.text).iter() {
                let text = word.text.chars().skip(inner.start).take(inner.len()).collect();
                found.push((text, word.start + inner.start..word.start + inner.end));
            }
        }
        found.push((word.text.to_owned(), word.start..word.end));
    }
    found
}

/// Ranges of the runs of Chinese characters in `chars`, each of at most [`RUN_CHARS_MAX`].
pub(crate) fn find_runs(chars: &[char]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (index, _) in chars.iter().enumerate().filter(|(_, c)| is_han(**c)) {
        let open = runs.last_mut().filter(|run| run.end == index && run.len() < RUN_CHARS_MAX);
        match open {
            Some(run) => run.end = index + 1,
            None => runs.push(index..index + 1),
        }
    }
    runs
}

/// The run of [`find_runs`] that the Chinese character at `index` belongs to, without looking at others.
pub(crate) fn run_around(chars: &[char], index: usize) -> Range<usize> {
    let before = chars.iter().take(index).rev().take_while(|c| is_han(**c)).count();
    // Longer runs are cut from their start.
    let start = index - before % RUN_CHARS_MAX;
    let run = chars.iter().skip(start).take(RUN_CHARS_MAX).take_while(|c| is_han(**c));
    start..start + run.count()
}

/// Finds words, with the terms of the entries among them.
#[derive(Debug, Default)]
pub(crate) struct WordFinder {
    /// Searches for all terms at once; none where there are no terms.
    terms: Option<AhoCorasick>,
}

impl WordFinder {
    /// A finder for `terms`, given in normalised form without spaces.
    pub(crate) fn new<'a>(terms: impl IntoIterator<Item = &'a str>) -> Self {
        let terms: Vec<&str> = terms.into_iter().filter(|term| !term.is_empty()).collect();
        // Too many terms for one automaton would only cost their words: substrings still find them.
        let automaton = (!terms.is_empty()).then(|| AhoCorasick::new(&terms).ok()).flatten();
        Self { terms: automaton }
    }

    /// The words of a run: words, shorter words inside them, and terms on their borders.
    pub(crate) fn find_words(&self, run: &str) -> Vec<(String, Range<usize>)> {
        let mut found = segment_deep(run);
        let words_len = found.len();
        let Some(terms) = &self.terms else { return found };
        for term in terms.find_overlapping_iter(run) {
            let Some(text) = run.get(term.range()) else { continue };
            let start = run.get(..term.start()).unwrap_or_default().chars().count();
            let range = start..start + text.chars().count();
            let words = || found.iter().take(words_len).map(|(_, word)| word);
            let on_borders = words().any(|word| word.start == range.start)
                && words().any(|word| word.end == range.end);
            let is_new = !found.iter().any(|(_, known)| *known == range);
            if on_borders && is_new {
                found.push((text.to_owned(), range));
            }
        }
        found
    }

    /// The words of a text with their ranges in the normalised text, in no particular order.
    pub(crate) fn find_in(&self, text: &Normalized) -> Vec<(String, Range<usize>)> {
        let mut found = Vec::new();
        for run in find_runs(text.chars()) {
            let words = self.find_words(&text.text(run.clone()));
            found.extend(
                words
                    .into_iter()
                    .map(|(word, range)| (word, run.start + range.start..run.start + range.end)),
            );
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(finder: &WordFinder, run: &str) -> Vec<String> {
        finder.find_words(run).into_iter().map(|(word, _)| word).collect()
    }

    #[test]
    fn a_word_that_only_neighbours_form_is_not_found() {
        let finder = WordFinder::new(["单县", "和服"]);
        assert!(!words(&finder, "管理和服务").contains(&"和服".to_owned()));
        assert!(!words(&finder, "清单县区").contains(&"单县".to_owned()));
        assert!(words(&finder, "支持单县建设").contains(&"单县".to_owned()));
    }

    #[test]
    fn a_term_of_the_entries_is_a_word_beside_the_words_inside_it() {
        let finder = WordFinder::new(["常住人口城镇化率"]);
        let found = words(&finder, "全市常住人口城镇化率达到");
        for word in ["常住人口城镇化率", "常住", "人口", "城镇化"] {
            assert!(found.contains(&word.to_owned()), "{word} in {found:?}");
        }
    }

    #[test]
    fn runs_are_of_chinese_characters_only() {
        let chars: Vec<char> = "到2025年，新型".chars().collect();
        assert_eq!(find_runs(&chars), [0..1, 5..6, 7..9]);
        let long = vec!['市'; RUN_CHARS_MAX + 1];
        assert_eq!(find_runs(&long), [0..RUN_CHARS_MAX, RUN_CHARS_MAX..RUN_CHARS_MAX + 1]);
        for run in find_runs(&chars) {
            run.clone().for_each(|index| assert_eq!(run_around(&chars, index), run));
        }
        assert_eq!(run_around(&long, 7), 0..RUN_CHARS_MAX);
        assert_eq!(run_around(&long, RUN_CHARS_MAX), RUN_CHARS_MAX..RUN_CHARS_MAX + 1);
    }
}
