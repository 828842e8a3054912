//! Names to the characters by which they are looked up, cut into words.
//!
//! In: a name. Out: its characters folded (width, case, traditional), Chinese ones, Latin letters and digits only, with the place of
//! each in the name and the borders of words. Guarantee: what is typed without brackets, dashes and spaces is compared to the
//! same. Surprising: a dash between Latin letters joins them (NB-IoT is one word), any other mark parts words.

use std::ops::Range;

use crate::index::{Normalized, is_han, segment};

/// A name as it is compared.
#[derive(Clone, Debug, Default)]
pub(crate) struct Folded {
    /// The characters that are compared.
    pub(crate) chars: Vec<char>,
    /// Whether a mark or a space stands before the character.
    parted: Vec<bool>,
    /// Where each stands in `normalized`.
    places: Vec<usize>,
    normalized: Normalized,
}

impl Folded {
    /// Folds a name.
    pub(crate) fn of(text: &str) -> Self {
        let normalized = Normalized::of(text);
        let mut folded = Self::default();
        let mut parted = true;
        for (place, &c) in normalized.chars().iter().enumerate() {
            if is_compared(c) {
                folded.chars.push(c);
                folded.parted.push(parted);
                folded.places.push(place);
                parted = false;
            } else if c == '-' {
                let after_latin = folded.chars.last().is_some_and(char::is_ascii_alphanumeric);
                let next = normalized.chars().get(place + 1);
                parted |= !after_latin || !next.is_some_and(char::is_ascii_alphanumeric);
            } else {
                // A line end inside a name is one of the page, not of the name.
                parted |= c != '\n';
            }
        }
        folded.normalized = normalized;
        folded
    }

    /// Only the characters that are compared.
    pub(crate) fn chars_of(text: &str) -> Vec<char> {
        Normalized::of(text).chars().iter().copied().filter(|c| is_compared(*c)).collect()
    }

    /// The characters as a string.
    pub(crate) fn text(&self) -> String {
        self.chars.iter().collect()
    }

    /// What stands in the name `text`, which was folded, where the characters at `range` do.
    pub(crate) fn shown(&self, text: &str, range: Range<usize>) -> String {
        let first = self.places.get(range.start).copied().unwrap_or_default();
        let last = range.end.checked_sub(1).and_then(|at| self.places.get(at)).copied();
        let span = self.normalized.source_span(first..last.map_or(first, |last| last + 1));
        span.slice(text).split_whitespace().collect()
    }

    /// Its words in order. Together they are all of its characters.
    pub(crate) fn words(&self) -> Vec<Word> {
        let mut words = Vec::new();
        let mut start = 0;
        while let Some(&first) = self.chars.get(start) {
            let rest = self.chars.iter().zip(&self.parted).skip(start + 1);
            let same = |(c, parted): &(&char, &bool)| !**parted && is_han(**c) == is_han(first);
            let end = start + 1 + rest.take_while(same).count();
            let joined = !self.parted.get(start).copied().unwrap_or(true);
            if is_han(first) {
                let run: String = self.chars.iter().skip(start).take(end - start).collect();
                for (number, word) in segment(&run).iter().enumerate() {
                    let range = start + word.start..start + word.end;
                    words.push(Word { range, joined: joined || number > 0, is_han: true });
                }
            } else {
                words.push(Word { range: start..end, joined, is_han: false });
            }
            start = end;
        }
        words
    }
}

/// A word of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// Its characters.
    pub(crate) range: Range<usize>,
    /// Whether the word before it stands right before it.
    pub(crate) joined: bool,
    /// Whether it is of Chinese characters.
    pub(crate) is_han: bool,
}

/// Whether a folded character is compared at all.
pub(crate) fn is_compared(c: char) -> bool {
    is_han(c) || c.is_ascii_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let folded = Folded::of(text);
        folded.words().into_iter().map(|word| folded.shown(text, word.range)).collect()
    }

    #[test]
    fn a_name_is_cut_at_words_and_marks_and_shown_as_it_stands() {
        assert_eq!(words("推廣５Ｇ苗圃"), ["推廣", "５Ｇ", "苗圃"]);
        assert_eq!(words("“NB-IoT”绿化"), ["NB-IoT", "绿化"]);
        assert_eq!(Folded::of("绿化〔2031〕1号").text(), "绿化20311号");
    }

    #[test]
    fn words_beside_a_mark_are_not_joined() {
        let joined = |text| Folded::of(text).words().iter().map(|w| w.joined).collect::<Vec<_>>();
        assert_eq!(joined("绿化、苗圃"), [false, false]);
        assert_eq!(joined("绿化\n苗圃"), [false, true]);
    }
}
