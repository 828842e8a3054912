//! Texts to the terms that are stored and looked up.
//!
//! In: a text. Out: [`Terms`]: words without places, and pairs of characters and canonical keys with
//! positions. Guarantee: questions go through the same rooms as texts, so what is written alike is found.
//! Surprising: a number's key stands at the position of its last character, so that what follows it can be
//! asked for as a phrase whether it was printed as 1,000 or as 1000.

mod bigrams;
mod document_number;
mod normalize;
mod number;
mod words;

pub(crate) use bigrams::{cover, find_visible};
pub(crate) use document_number::{DocumentNumber, Writing, find_document_numbers};
pub use normalize::simplify;
pub(crate) use normalize::{Normalized, compact, is_han};
pub(crate) use number::{Canonical, KeyKind, find_canonical, is_latin_or_digit};
pub(crate) use words::{Word, WordFinder, find_runs, segment};

/// What a text is found by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Terms {
    /// Words of Chinese characters.
    pub(crate) words: Vec<String>,
    /// Pairs of characters and canonical keys, each with its position, in the order of positions.
    pub(crate) grams: Vec<(String, usize)>,
}

/// Loads the dictionary, unless it was loaded already.
pub(crate) fn warm() {
    segment("政");
}

/// All terms of `text`.
pub(crate) fn find_terms(text: &str, finder: &WordFinder) -> Terms {
    let normalized = Normalized::of(text);
    let visible = find_visible(&normalized);
    let mut grams = bigrams::find_bigrams(&visible);
    for (key, range) in find_keys(&normalized) {
        let last = visible.partition_point(|seen| seen.char_index < range.end);
        if let Some(seen) = last.checked_sub(1).and_then(|index| visible.get(index)) {
            grams.push((key, seen.position));
        }
    }
    grams.sort_by_key(|(_, position)| *position);
    let words = finder.find_in(&normalized).into_iter().map(|(word, _)| word).collect();
    Terms { words, grams }
}

/// The terms of a document number that stands for something else: its keys and nothing else.
pub(crate) fn find_number_terms(number: &str) -> Terms {
    let numbers = find_document_numbers(Normalized::of(number).chars(), Writing::Typed);
    let keys = numbers.into_iter().flat_map(|number| number.keys);
    Terms { words: Vec::new(), grams: keys.map(|(key, _)| (key, 0)).collect() }
}

/// All canonical keys of a printed text with the characters they stand for.
pub(crate) fn find_keys(text: &Normalized) -> Vec<(String, std::ops::Range<usize>)> {
    let mut keys: Vec<(String, std::ops::Range<usize>)> =
        find_canonical(text.chars()).into_iter().map(|found| (found.key, found.range)).collect();
    for number in find_document_numbers(text.chars(), Writing::Printed) {
        let end = number.range.end;
        keys.extend(number.keys.into_iter().map(|(key, start)| (key, start..end)));
    }
    keys
}
