//! What a number counts: the unit behind it.
//!
//! In: the characters after a number. Out: how many of them are its unit, and a key for both together. Guarantee: 650万千瓦 and
//! 650万千瓦时 have different keys. Surprising: a unit ends where a word ends, so that what follows it may be anything.

use std::ops::Range;

use super::number::{Canonical, KeyKind};
use super::words::{find_runs, segment};

/// Characters that go on with the unit before them, although they are words: 千瓦 + 时, 人 + 次.
const GOING_ON: [(&str, char); 4] = [("瓦", '时'), ("人", '次'), ("人", '天'), ("吨", '时')];
/// Longest unit in characters.
const UNIT_CHARS_MAX: usize = 6;
/// As many characters are looked at: the unit, and enough behind it for its last word to be cut as in the whole run.
const LOOKED_AT_CHARS_MAX: usize = 10;

/// How many characters of `rest`, which follows a number, are its unit: 万千瓦 of 万千瓦风电.
pub(crate) fn unit_len(rest: &[char]) -> usize {
    let rest = rest.get(..LOOKED_AT_CHARS_MAX).unwrap_or(rest);
    let Some(run) = find_runs(rest).into_iter().next().filter(|run| run.start == 0) else {
        return 0;
    };
    let text: String = rest.get(run).unwrap_or_default().iter().collect();
    let mut len = 0;
    for word in segment(&text) {
        len = word.end;
        if !word.text.chars().all(is_multiplier) {
            let next = text.chars().nth(len);
            let goes_on =
                |(end, more): &(&str, char)| word.text.ends_with(end) && next == Some(*more);
            len += usize::from(GOING_ON.iter().any(goes_on));
            break;
        }
    }
    len.min(UNIT_CHARS_MAX)
}

/// Whether a character multiplies the number before it.
pub(crate) fn is_multiplier(c: char) -> bool {
    matches!(c, '十' | '百' | '千' | '万' | '亿')
}

/// The key of a number with its unit, and the characters of both.
pub(crate) fn quantity_at(chars: &[char], number: &Canonical) -> Option<(String, Range<usize>)> {
    if !KeyKind::Number.holds(&number.key) {
        return None;
    }
    let rest = chars.get(number.range.end..)?;
    let blank = rest.iter().take_while(|c| **c == ' ').count();
    let unit = rest.get(blank..)?;
    let unit = unit.get(..unit_len(unit)).filter(|unit| !unit.is_empty())?;
    let digits: String = number.key.chars().skip(1).collect();
    let key = KeyKind::Quantity.key(&format!("{digits}{}", unit.iter().collect::<String>()));
    Some((key, number.range.start..number.range.end + blank + unit.len()))
}

#[cfg(test)]
mod tests {
    use super::super::normalize::Normalized;
    use super::super::number::find_canonical;
    use super::*;

    #[test]
    fn a_unit_ends_where_the_next_word_begins() {
        let len = |text: &str| unit_len(&text.chars().collect::<Vec<char>>());
        assert_eq!(len("万千瓦风电"), 3);
        assert_eq!(len("个左右"), 1);
        assert_eq!(len("万平方米以上"), 4);
        assert_eq!(len("，个"), 0);
        assert_eq!(len("万千瓦时用电"), 4);
        assert_eq!(len("万人次以上"), 3);
    }

    #[test]
    fn quantities_with_other_units_have_other_keys() {
        let key = |text: &str| {
            let text = Normalized::of(text);
            let number = find_canonical(text.chars()).into_iter().next().unwrap();
            quantity_at(text.chars(), &number).map(|(key, _)| key)
        };
        assert_eq!(key("650万千瓦以上"), key("650 万千瓦"));
        assert_eq!(key("6,500亩"), key("6500亩绿化"));
        assert_ne!(key("650万千瓦"), key("650万千瓦时"));
        assert_eq!(key("650"), None);
    }
}
