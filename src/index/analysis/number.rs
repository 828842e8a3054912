//! Numbers, percentages and Latin codes to canonical keys.
//!
//! In: normalised characters. Out: [`Canonical`] keys with their ranges. Guarantees: a number is one key
//! and never part of a longer one (650 is not in 1650); 57% and 百分之五十七 share a key; nb-iot and
//! nbiot share a key. Surprising: a key begins with a control character, so no visible text equals one.

use std::ops::Range;

use super::normalize::is_han;

/// A key that stands for a range of characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Canonical {
    /// What is compared.
    pub(crate) key: String,
    /// The characters it stands for, as indexes in the normalised text.
    pub(crate) range: Range<usize>,
}

/// What a canonical key stands for, by its first character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeyKind {
    /// A document number.
    DocumentNumber,
    /// A number in digits.
    Number,
    /// A percentage.
    Percentage,
    /// Latin letters, perhaps with digits.
    Code,
    /// The whole of a name.
    Name,
    /// A number with its unit.
    Quantity,
}

impl KeyKind {
    /// The key of this kind for `text`.
    pub(crate) fn key(self, text: &str) -> String {
        let mark = match self {
            Self::DocumentNumber => '\u{1}',
            Self::Number => '\u{2}',
            Self::Percentage => '\u{3}',
            Self::Code => '\u{4}',
            Self::Name => '\u{5}',
            Self::Quantity => '\u{6}',
        };
        format!("{mark}{text}")
    }

    /// What `key` stands for, as people write it.
    pub(crate) fn shown(key: &str) -> String {
        let mut chars = key.chars();
        let text = match chars.next() {
            Some('\u{1}'..='\u{6}') => chars.as_str(),
            _ => key,
        };
        if Self::Percentage.holds(key) {
            return format!("{text}%");
        }
        let number = text.rsplit_once('-').filter(|_| Self::DocumentNumber.holds(key));
        let parts = number.and_then(|(named, serial)| {
            let (letters, year) = named.split_at_checked(named.len().checked_sub(4)?)?;
            Some(format!("{letters}〔{year}〕{serial}号"))
        });
        parts.unwrap_or_else(|| text.to_owned())
    }

    /// Whether `key` is of this kind.
    pub(crate) fn holds(self, key: &str) -> bool {
        key.chars().next() == self.key("").chars().next()
    }
}

/// Finds numbers, percentages and codes in the order of their first characters.
pub(crate) fn find_canonical(chars: &[char]) -> Vec<Canonical> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(&c) = chars.get(from) {
        if is_latin_or_digit(c) {
            let range = from..run_end(chars, from);
            from = range.end;
            push_run(chars, range, &mut found);
        } else {
            found.extend(percentage_in_words(chars, from));
            from += 1;
        }
    }
    found
}

/// Whether `c` belongs to a number or a code.
pub(crate) fn is_latin_or_digit(c: char) -> bool {
    c.is_alphanumeric() && !is_han(c)
}

/// The end of the run of letters and digits that starts at `from`, joined by dots, hyphens and the like.
fn run_end(chars: &[char], from: usize) -> usize {
    let mut end = from;
    loop {
        let here = chars.get(end).copied().unwrap_or(' ');
        let next = chars.get(end + 1).copied().unwrap_or(' ');
        let joins = matches!(here, '.' | '-' | '_') && is_latin_or_digit(next);
        if is_latin_or_digit(here) || joins || is_thousands_comma(chars, end) {
            end += 1;
        } else {
            return end;
        }
    }
}

/// Whether the character at `index` is the comma of `1,000`.
fn is_thousands_comma(chars: &[char], index: usize) -> bool {
    let is_digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    chars.get(index) == Some(&',')
        && index.checked_sub(1).is_some_and(is_digit)
        && (1..=3).all(|step| is_digit(index + step))
        && !is_digit(index + 4)
}

/// Keys for one run: a code as a whole and its parts, or the numbers in it.
fn push_run(chars: &[char], range: Range<usize>, found: &mut Vec<Canonical>) {
    let run: Vec<(usize, char)> =
        range.clone().filter_map(|index| chars.get(index).map(|&c| (index, c))).collect();
    let pieces: Vec<&[(usize, char)]> =
        run.split(|(_, c)| matches!(c, '-' | '_')).filter(|piece| !piece.is_empty()).collect();
    if run.iter().all(|(_, c)| !c.is_alphabetic()) {
        for piece in pieces {
            push_number(chars, piece, found);
        }
        return;
    }
    let joined: String = run.iter().map(|&(_, c)| c).filter(|c| c.is_alphanumeric()).collect();
    found.push(Canonical { key: KeyKind::Code.key(&joined), range });
    if pieces.len() > 1 {
        for piece in pieces {
            if piece.iter().all(|(_, c)| !c.is_alphabetic()) {
                push_number(chars, piece, found);
            } else if let Some(range) = piece_range(piece) {
                let text: String =
                    piece.iter().map(|&(_, c)| c).filter(|c| c.is_alphanumeric()).collect();
                found.push(Canonical { key: KeyKind::Code.key(&text), range });
            }
        }
    }
}

fn piece_range(piece: &[(usize, char)]) -> Option<Range<usize>> {
    let (first, last) = (piece.first()?, piece.last()?);
    Some(first.0..last.0 + 1)
}

/// The key of a number, and of the percentage that it may begin.
fn push_number(chars: &[char], piece: &[(usize, char)], found: &mut Vec<Canonical>) {
    let Some(range) = piece_range(piece) else { return };
    let digits: String = piece.iter().map(|&(_, c)| c).filter(|&c| c != ',').collect();
    let number = canonical_digits(&digits);
    if chars.get(range.end) == Some(&'%') {
        let range = range.start..range.end + 1;
        found.push(Canonical { key: KeyKind::Percentage.key(&number), range });
    }
    found.push(Canonical { key: KeyKind::Number.key(&number), range });
}

/// Digits without leading zeros and without zeros that end a fraction.
fn canonical_digits(digits: &str) -> String {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") }
}

/// The percentage that 百分之 at `from` begins.
fn percentage_in_words(chars: &[char], from: usize) -> Option<Canonical> {
    let rest = chars.get(from..)?.strip_prefix(&['百', '分', '之'])?;
    let words: Vec<char> = rest
        .iter()
        .copied()
        .take_while(|&c| matches!(c, '十' | '百' | '点') || digit(c).is_some())
        .collect();
    let range = from..from + 3 + words.len();
    let number = parse_words(&words)?;
    Some(Canonical { key: KeyKind::Percentage.key(&canonical_digits(&number)), range })
}

fn digit(c: char) -> Option<u32> {
    let place = "零一二三四五六七八九".chars().position(|known| known == c);
    let value = place.or_else(|| (c == '〇').then_some(0)).or_else(|| (c == '两').then_some(2))?;
    u32::try_from(value).ok()
}

/// A Chinese number below a thousand, perhaps with a fraction, in digits.
fn parse_words(words: &[char]) -> Option<String> {
    let mut parts = words.splitn(2, |&c| c == '点');
    let (mut total, mut current): (u32, Option<u32>) = (0, None);
    let whole = parts.next().filter(|whole| !whole.is_empty())?;
    for &c in whole {
        match c {
            '十' => total = total.checked_add(current.take().unwrap_or(1) * 10)?,
            '百' => total = total.checked_add(current.take().unwrap_or(1) * 100)?,
            other => current = Some(digit(other)?),
        }
    }
    let whole = total.checked_add(current.unwrap_or(0))?;
    let Some(fraction) = parts.next() else { return Some(whole.to_string()) };
    let fraction: Option<String> =
        fraction.iter().map(|&c| digit(c).map(|value| value.to_string())).collect();
    Some(format!("{whole}.{}", fraction?))
}

#[cfg(test)]
mod tests {
    use super::super::normalize::Normalized;
    use super::*;

    fn keys(text: &str) -> Vec<String> {
        let normalized = Normalized::of(text);
        find_canonical(normalized.chars()).into_iter().map(|found| found.key).collect()
    }

    #[test]
    fn a_number_is_one_key_however_it_is_written() {
        assert_eq!(keys("1650万千瓦"), [KeyKind::Number.key("1650")]);
        assert_eq!(keys("1,000元"), keys("1000元"));
        assert_eq!(keys("０１号"), [KeyKind::Number.key("1")]);
        assert_eq!(keys("3.50元"), [KeyKind::Number.key("3.5")]);
    }

    #[test]
    fn a_range_of_years_is_two_numbers() {
        let expected = [KeyKind::Number.key("2024"), KeyKind::Number.key("2025")];
        assert_eq!(keys("2024—2025年"), expected);
    }

    #[test]
    fn a_percentage_in_words_has_the_key_of_its_digits() {
        let table = [
            ("百分之五十七", "57"),
            ("百分之十", "10"),
            ("百分之百", "100"),
            ("百分之零点五", "0.5"),
            ("百分之一百二十", "120"),
        ];
        for (words, digits) in table {
            assert_eq!(keys(words), [KeyKind::Percentage.key(digits)], "{words}");
        }
        assert!(keys("57%").contains(&KeyKind::Percentage.key("57")));
        assert!(keys("百分之").is_empty());
    }

    #[test]
    fn a_code_is_one_key_with_or_without_its_hyphen() {
        assert_eq!(keys("nbiot"), [KeyKind::Code.key("nbiot")]);
        assert!(keys("NB-IoT").contains(&KeyKind::Code.key("nbiot")));
        assert_eq!(keys("5G基站"), [KeyKind::Code.key("5g")]);
    }
}
