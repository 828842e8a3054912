//! Texts to the terms that are stored and looked up.
//!
//! In: a text. Out: [`Terms`]: words without places, and pairs of characters and canonical keys with
//! positions. Guarantee: questions go through the same rooms as texts, so what is written alike is found.
//! Surprising: a number's key stands at the position of its last character, so that what follows it can be
//! asked for as a phrase whether it was printed as 1,000 or as 1000.

mod bigrams;
mod document_number;
mod inner;
mod normalize;
mod number;
mod unit;
mod words;

use super::tokens::PackedTerms;

pub(crate) use bigrams::{cover, find_visible, pairs};
pub(crate) use document_number::{DocumentNumber, Writing, find_document_numbers};
pub use normalize::simplify;
pub(crate) use normalize::{Normalized, compact, is_han};
pub(crate) use number::{Canonical, KeyKind, find_canonical, is_latin_or_digit};
pub(crate) use unit::{is_multiplier, quantity_at, unit_len};
pub(crate) use words::{Word, WordFinder, find_runs, run_around, segment};

/// What a text is found by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Terms {
    /// Words of Chinese characters, all at one position.
    pub(crate) words: PackedTerms,
    /// Pairs of characters and canonical keys, each with its position.
    pub(crate) grams: PackedTerms,
}

/// Loads the dictionary, unless it was loaded already.
pub(crate) fn warm() {
    segment("政");
}

/// All terms of `text`.
pub(crate) fn find_terms(text: &str, finder: &WordFinder) -> Terms {
    let normalized = Normalized::of(text);
    let visible = find_visible(&normalized);
    let mut keys = Vec::new();
    for (key, range) in find_keys(&normalized) {
        let last = visible.partition_point(|seen| seen.char_index < range.end);
        if let Some(seen) = last.checked_sub(1).and_then(|index| visible.get(index)) {
            keys.push((key, seen.position));
        }
    }
    keys.sort_by_key(|(_, position)| *position);
    let mut keys = keys.iter().peekable();
    let mut terms = Terms::default();
    for (gram, position) in bigrams::find_bigrams(&visible) {
        terms.grams.push_chars(gram, position);
        while let Some((key, _)) = keys.next_if(|(_, at)| *at <= position) {
            terms.grams.push(key, position);
        }
    }
    for (word, _) in finder.find_in(&normalized) {
        terms.words.push(&word, 0);
    }
    terms
}

/// The terms of a document number that stands for something else: its keys and nothing else.
pub(crate) fn find_number_terms(number: &str) -> Terms {
    let numbers = find_document_numbers(Normalized::of(number).chars(), Writing::Typed);
    let mut terms = Terms::default();
    for (key, _) in numbers.into_iter().flat_map(|number| number.keys) {
        terms.grams.push(&key, 0);
    }
    terms
}

/// All canonical keys of a printed text with the characters they stand for.
pub(crate) fn find_keys(text: &Normalized) -> Vec<(String, std::ops::Range<usize>)> {
    let mut keys: Vec<(String, std::ops::Range<usize>)> = Vec::new();
    for found in find_canonical(text.chars()) {
        keys.extend(quantity_at(text.chars(), &found));
        keys.push((found.key, found.range));
    }
    for number in find_document_numbers(text.chars(), Writing::Printed) {
        let end = number.range.end;
        keys.extend(number.keys.into_iter().map(|(key, start)| (key, start..end)));
    }
    keys
}
