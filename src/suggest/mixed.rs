//! Chinese, syllables and initials in one text: 城市gx, chengshi更新, chengshigx.
//!
//! In: a typed text and the syllables that names have. Out: the ways to read it as units, one for each character of a name, and whether they
//! fit a name. Guarantee: a few ways for any text, found in steps proportional to its length. Surprising: a
//! syllable that is not finished and an initial are the same thing.

use std::collections::BTreeSet;

use super::reading::{Syllable, read};
use super::typed::Typed;

/// Ways to read a text.
const WAYS_MAX: usize = 8;
/// Letters of the longest syllable, zhuang.
const SYLLABLE_LETTERS_MAX: usize = 6;

/// What stands for one character of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    /// The character itself, at a place of the typed text.
    Char(usize, char),
    /// Its syllable.
    Syllable(String),
    /// The beginning of its syllable.
    Opening(String),
}

/// The ways to read `typed`, those with the longest syllables first.
pub(crate) fn ways(typed: &Typed, syllables: &[String]) -> Vec<Vec<Unit>> {
    let mut found = Vec::new();
    let mut open = vec![(0, Vec::new())];
    while let Some((at, units)) = open.pop() {
        let Some(&c) = typed.chars.get(at) else {
            found.push(units);
            if found.len() == WAYS_MAX {
                break;
            }
            continue;
        };
        let mut go_on = |length: usize, unit: Unit| {
            let mut units = units.clone();
            units.push(unit);
            open.push((at + length, units));
        };
        if !c.is_ascii_alphabetic() {
            go_on(1, Unit::Char(at, c));
            continue;
        }
        let letters: String = typed
            .chars
            .iter()
            .skip(at)
            .take_while(|c| c.is_ascii_alphabetic())
            .take(SYLLABLE_LETTERS_MAX)
            .collect();
        // The last that is pushed is tried first.
        for length in 1..=letters.len() {
            let piece = letters.get(..length).unwrap_or_default();
            if let Some(unit) = unit_of(piece, at + length == typed.chars.len(), syllables) {
                go_on(length, unit);
            }
        }
    }
    found
}

/// What letters may stand for: one letter or a double initial for the syllables that they begin, more of them for their syllable, and
/// the last of all also for one that is not finished.
fn unit_of(piece: &str, is_last: bool, syllables: &[String]) -> Option<Unit> {
    let unit: fn(String) -> Unit = match piece {
        "zh" | "ch" | "sh" => Unit::Opening,
        one if one.len() == 1 => Unit::Opening,
        _ if is_last && syllables.iter().any(|own| begins(own, piece)) => Unit::Opening,
        _ if syllables.iter().any(|own| is_syllable(own, piece)) => Unit::Syllable,
        _ => return None,
    };
    Some(unit(piece.to_owned()))
}

fn is_syllable(syllable: &str, letters: &str) -> bool {
    syllable.len() == letters.len() && begins(syllable, letters)
}

/// Whether a syllable begins with these letters; ü may be typed as u.
fn begins(syllable: &str, letters: &str) -> bool {
    let same = |(one, two): (u8, u8)| one == two || (one == b'v' && two == b'u');
    syllable.len() >= letters.len() && syllable.bytes().zip(letters.bytes()).all(same)
}

/// The initials of the names that a way may mean.
pub(crate) fn initials(typed: &Typed, way: &[Unit]) -> BTreeSet<String> {
    let of = |reading: &Vec<Syllable>| {
        let initial = |unit: &Unit| match unit {
            Unit::Char(at, _) => reading.get(*at)?.chars().next(),
            Unit::Syllable(letters) | Unit::Opening(letters) => letters.chars().next(),
        };
        way.iter().filter_map(initial).collect()
    };
    read(&typed.chars).iter().map(of).collect()
}

/// Whether the characters of a name, from `start` on, begin with a way.
pub(crate) fn fits(way: &[Unit], chars: &[char], start: usize) -> bool {
    let own = chars.get(start..start + way.len());
    let is_same = own.is_some_and(|own| {
        way.iter().zip(own).all(|(unit, c)| match unit {
            Unit::Char(_, typed) => typed == c,
            Unit::Syllable(_) | Unit::Opening(_) => true,
        })
    });
    is_same
        && read(chars).iter().any(|reading| {
            way.iter().zip(reading.iter().skip(start)).all(|(unit, syllable)| match unit {
                Unit::Char(..) => true,
                Unit::Syllable(letters) => is_syllable(syllable, letters),
                Unit::Opening(letters) => begins(syllable, letters),
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fitting(typed: &str, name: &str) -> bool {
        let syllables = ["lv", "hua", "miao", "pu", "gai", "zao"].map(str::to_owned);
        let chars: Vec<char> = name.chars().collect();
        ways(&Typed::of(typed), &syllables).iter().any(|way| fits(way, &chars, 0))
    }

    #[test]
    fn chinese_syllables_and_initials_mix() {
        for typed in ["苗圃gz", "miao圃gaizao", "miaopgz", "mpgaiz", "苗p改", "苗圃gaiza"] {
            assert!(fitting(typed, "苗圃改造"), "{typed}");
        }
        for typed in ["苗圃zg", "苗木gz", "miaogz", "苗圃改造g"] {
            assert!(!fitting(typed, "苗圃改造"), "{typed}");
        }
        assert!(fitting("luhmp", "绿化苗圃"));
    }

    #[test]
    fn any_letters_have_a_few_ways() {
        let syllables = ["a", "an", "na"].map(str::to_owned);
        let count = ways(&Typed::of(&"an".repeat(30)), &syllables).len();
        assert!((1..=WAYS_MAX).contains(&count));
    }
}
