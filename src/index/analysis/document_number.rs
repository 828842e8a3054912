//! Document numbers (机关代字, year, number) to one canonical key each.
//!
//! In: normalised characters, and whether they were printed or typed. Out: each number with its keys, the
//! longest first. Guarantee: `鲁政发` is never found in `鲁政办发`, nor 1号 in 11号. Surprising: where the
//! letters before the year begin is not marked in running text (`根据鲁政发〔2024〕1号`), so a number has a
//! key for each beginning before which only whole words stand.

use std::ops::Range;

use super::normalize::is_han;
use super::number::KeyKind;
use super::words::segment;

/// Longest run of characters before the year that is read as issuer letters.
const LETTERS_MAX: usize = 12;

/// How a number comes to us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Writing {
    /// In a text: brackets around the year, or 年第.
    Printed,
    /// By a person who searches: brackets, spaces and 号 may be missing.
    Typed,
}

/// A document number in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DocumentNumber {
    /// The key for each possible beginning with the index of its first character, longest first.
    pub(crate) keys: Vec<(String, usize)>,
    /// All characters, from the first possible beginning to the end of the number.
    pub(crate) range: Range<usize>,
}

/// Finds the document numbers in order.
pub(crate) fn find_document_numbers(chars: &[char], writing: Writing) -> Vec<DocumentNumber> {
    let mut found: Vec<DocumentNumber> = Vec::new();
    let mut from = 0;
    while let Some(c) = chars.get(from) {
        if !c.is_ascii_digit() {
            from += 1;
            continue;
        }
        let end = digits_end(chars, from);
        let floor = found.last().map_or(0, |number| number.range.end);
        match number_around(chars, from..end, writing).filter(|number| number.range.start >= floor)
        {
            Some(number) => {
                from = number.range.end.max(end);
                found.push(number);
            }
            None => from = end,
        }
    }
    found
}

fn digits_end(chars: &[char], from: usize) -> usize {
    from + chars.iter().skip(from).take_while(|c| c.is_ascii_digit()).count()
}

fn digits(chars: &[char], range: Range<usize>) -> String {
    chars.iter().skip(range.start).take(range.len()).collect()
}

/// The document number whose year stands at `year`.
fn number_around(chars: &[char], year: Range<usize>, writing: Writing) -> Option<DocumentNumber> {
    let year_digits = digits(chars, year.clone());
    if year_digits.len() != 4 || !(year_digits.starts_with("19") || year_digits.starts_with("20")) {
        return None;
    }
    let (letters, opened) = letters_before(chars, year.start);
    if letters.len() < 2 {
        return None;
    }
    let between: String =
        chars.iter().skip(year.end).take_while(|c| " )年第-".contains(**c)).collect();
    let number_start = year.end + between.chars().count();
    let number_end = digits_end(chars, number_start);
    let bracketed = opened && between.contains(')');
    let separated =
        between.contains('第') || (writing == Writing::Typed && between.contains([' ', '-', '年']));
    if !(1..=5).contains(&(number_end - number_start)) || !(bracketed || separated) {
        return None;
    }
    let gap = chars.iter().skip(number_end).take_while(|c| **c == ' ').count();
    let closed = chars.get(number_end + gap) == Some(&'号');
    let may_be_open = writing == Writing::Typed && bracketed;
    if !closed && !may_be_open {
        return None;
    }
    let number = digits(chars, number_start..number_end);
    let number = number.trim_start_matches('0');
    let issuer: Vec<char> = chars.get(letters.clone())?.to_vec();
    let keys = beginnings(&issuer)
        .into_iter()
        .map(|skipped| {
            let letters_text: String = issuer.iter().skip(skipped).collect();
            let key = KeyKind::DocumentNumber.key(&format!("{letters_text}{year_digits}-{number}"));
            (key, letters.start + skipped)
        })
        .collect();
    let end = if closed { number_end + gap + 1 } else { number_end };
    Some(DocumentNumber { keys, range: letters.start..end })
}

/// The run of Chinese characters before the year, and whether a bracket opens between the two.
fn letters_before(chars: &[char], year_start: usize) -> (Range<usize>, bool) {
    let before = || chars.iter().take(year_start).rev();
    let gap = before().take_while(|c| matches!(c, ' ' | '(')).count();
    let opened = before().take(gap).any(|&c| c == '(');
    let letters = before().skip(gap).take_while(|c| is_han(**c)).take(LETTERS_MAX).count();
    let end = year_start - gap;
    (end - letters..end, opened)
}

/// How many characters of a run may be left out before the issuer letters begin: none, or whole words
/// and particles only. At least two letters remain.
fn beginnings(run: &[char]) -> Vec<usize> {
    let text: String = run.iter().collect();
    let mut skipped = vec![0];
    for token in segment(&text) {
        let is_particle =
            token.len() == 1 && "据按照依和与及以由将对在的了为见".contains(token.text);
        if !(token.len() > 1 || is_particle) || token.end + 2 > run.len() {
            break;
        }
        skipped.push(token.end);
    }
    skipped
}

#[cfg(test)]
mod tests {
    use super::super::normalize::Normalized;
    use super::*;

    fn first_keys(text: &str, writing: Writing) -> Vec<String> {
        let normalized = Normalized::of(text);
        find_document_numbers(normalized.chars(), writing)
            .into_iter()
            .flat_map(|number| number.keys)
            .map(|(key, _)| key)
            .collect()
    }

    #[test]
    fn brackets_spaces_and_zeros_do_not_matter() {
        let key = KeyKind::DocumentNumber.key("鲁政发2024-1");
        let forms = [
            "鲁政发〔2024〕1号",
            "鲁政发[2024]1号",
            "鲁政发2024 1号",
            "魯政發 ﹝2024﹞ 第01號",
            "鲁政发（2024）1",
            "鲁政发2024-1号",
            "鲁政发2024年1号",
            "鲁政发〔2024〕1 号",
        ];
        for form in forms {
            assert_eq!(first_keys(form, Writing::Typed), [key.as_str()], "{form}");
        }
    }

    #[test]
    fn words_before_the_letters_may_be_left_out_but_letters_may_not() {
        let keys = first_keys("根据鲁政发〔2024〕1号", Writing::Printed);
        assert!(keys.contains(&KeyKind::DocumentNumber.key("鲁政发2024-1")), "{keys:?}");
        let keys = first_keys("鲁政办发〔2024〕11号", Writing::Printed);
        assert_eq!(keys, [KeyKind::DocumentNumber.key("鲁政办发2024-11")]);
    }

    #[test]
    fn a_date_or_a_plain_number_is_no_document_number() {
        for text in ["到2024年11号", "2024年1号文件", "第2024号", "在2024年新建11号楼"]
        {
            assert!(first_keys(text, Writing::Printed).is_empty(), "{text}");
        }
    }
}
