//! What a person has typed so far. In: any text. Out: the characters that are compared, and the ways in which Latin letters may be
//! meant. Guarantee: nothing is longer than [`TYPED_CHARS_MAX`] characters, and there are a few ways only. Surprising: tones are left out, ü is
//! v, and a u behind l or n may be meant as one.

use unicode_normalization::UnicodeNormalization;

use super::fold::is_compared;
use crate::index::{Normalized, is_han};

/// What is typed behind these is not looked at.
pub(crate) const TYPED_CHARS_MAX: usize = 60;

/// Letters u that may be meant as ü, each doubling the ways.
const DOUBTS_MAX: usize = 2;

/// A typed text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Typed {
    pub(crate) chars: Vec<char>,
    pub(crate) has_han: bool,
    pub(crate) has_letter: bool,
}

impl Typed {
    pub(crate) fn of(text: &str) -> Self {
        let cut: String = text.chars().take(TYPED_CHARS_MAX).collect();
        let mut plain = String::new();
        for c in cut.nfd() {
            match c {
                '\u{308}' if plain.ends_with(['u', 'U']) => {
                    plain.pop();
                    plain.push('v');
                }
                '\u{300}'..='\u{36F}' => {}
                other => plain.push(other),
            }
        }
        let mut chars: Vec<char> = Vec::new();
        for &c in Normalized::of(&plain).chars().iter().filter(|c| is_compared(**c)) {
            let is_plain_u = c == 'v' && matches!(chars.last(), Some('j' | 'q' | 'x' | 'y'));
            chars.push(if is_plain_u { 'u' } else { c });
        }
        chars.truncate(TYPED_CHARS_MAX);
        Self {
            has_han: chars.iter().any(|c| is_han(*c)),
            has_letter: chars.iter().any(char::is_ascii_alphabetic),
            chars,
        }
    }

    /// The text as it is looked up.
    pub(crate) fn text(&self) -> String {
        self.chars.iter().collect()
    }

    /// The texts that may be meant where it is pinyin.
    pub(crate) fn readings(&self) -> Vec<String> {
        let before = self.chars.iter().zip(self.chars.iter().skip(1)).enumerate();
        let doubts: Vec<usize> = before
            .filter(|(_, (one, two))| matches!(one, 'l' | 'n') && **two == 'u')
            .map(|(at, _)| at + 1)
            .take(DOUBTS_MAX)
            .collect();
        let mut readings = vec![self.chars.clone()];
        for at in doubts {
            let other = readings.clone().into_iter().map(|mut chars| {
                if let Some(c) = chars.get_mut(at) {
                    *c = 'v';
                }
                chars
            });
            readings.extend(other);
        }
        readings.into_iter().map(|chars| chars.into_iter().collect()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_apostrophes_tones_and_width_do_not_matter() {
        for text in ["miao pu", "miao'pu", "miáo pǔ", "ＭＩＡＯＰＵ"] {
            assert_eq!(Typed::of(text).text(), "miaopu", "{text}");
        }
        assert_eq!(Typed::of("綠huà").text(), "绿hua");
    }

    #[test]
    fn an_umlaut_may_be_typed_in_three_ways() {
        for text in ["lǜhua", "lvhua", "lühua"] {
            assert_eq!(Typed::of(text).readings(), ["lvhua"], "{text}");
        }
        assert_eq!(Typed::of("luhua").readings(), ["luhua", "lvhua"]);
        assert_eq!(Typed::of("jvxv").readings(), ["juxu"]);
    }

    #[test]
    fn a_long_text_is_cut() {
        assert_eq!(Typed::of(&"圃".repeat(999)).chars.len(), TYPED_CHARS_MAX);
        assert_eq!(Typed::of(&"㎡".repeat(999)).chars.len(), TYPED_CHARS_MAX);
    }
}
