//! Numbers, bounds and dates in words. In: literals of the graph; out: text in the reader's language.
//! Guarantee: nothing is converted, only written differently: 6500000 is 650万 in Chinese and 6,500,000
//! in English.

use oxigraph::model::NamedNode;

use crate::graph::vocabulary::zt;
use crate::service::language::Language;
use crate::service::lookup::Lookup;

/// What the words of a quantity commit to: 不少于 650万千瓦.
pub(crate) fn bounds(lookup: Lookup<'_>, quantity: &NamedNode) -> String {
    let amount = |term| Some(amount(lookup, quantity, &lookup.text(quantity, term)?));
    let lower = amount(zt::LOWER_BOUND);
    let upper = amount(zt::UPPER_BOUND);
    let exclusive = lookup.has(quantity, zt::QUALIFIER, zt::MORE_THAN)
        || lookup.has(quantity, zt::QUALIFIER, zt::LESS_THAN);
    match (lower, upper) {
        (Some(lower), Some(upper)) if lower == upper => {
            format!("{} {lower}", lookup.t("等于", "exactly"))
        }
        (Some(lower), Some(upper)) => format!("{lower} {} {upper}", lookup.t("至", "to")),
        (Some(lower), None) if exclusive => format!("{} {lower}", lookup.t("多于", "more than")),
        (Some(lower), None) => format!("{} {lower}", lookup.t("不少于", "at least")),
        (None, Some(upper)) if exclusive => format!("{} {upper}", lookup.t("少于", "less than")),
        (None, Some(upper)) => format!("{} {upper}", lookup.t("不多于", "at most")),
        (None, None) => match amount(zt::VALUE) {
            Some(value) => {
                format!("{value}{}", lookup.t("，未给上下限", ", no bounds given"))
            }
            None => lookup.t("未给数值", "no number given").to_owned(),
        },
    }
}

/// A number with the unit of its quantity.
fn amount(lookup: Lookup<'_>, quantity: &NamedNode, number: &str) -> String {
    let number = number_words(number, lookup.reader.language);
    format!("{number}{}", unit_words(lookup, quantity))
}

/// The unit of a quantity as it stands behind a number, with a space before it where the language has one.
pub(crate) fn unit_words(lookup: Lookup<'_>, quantity: &NamedNode) -> String {
    let unit = match (lookup.text(quantity, zt::CLASSIFIER), lookup.reader.language) {
        (Some(classifier), Language::Chinese) => classifier,
        (Some(_), Language::English) => String::new(),
        // In English a bare number counts.
        (None, Language::English) if is_count(lookup, quantity) => String::new(),
        (None, _) => unit(lookup, quantity),
    };
    if unit.is_empty() || unit == "%" || lookup.reader.language == Language::Chinese {
        unit
    } else {
        format!(" {unit}")
    }
}

/// Whether a quantity counts things.
fn is_count(lookup: Lookup<'_>, quantity: &NamedNode) -> bool {
    lookup.node(quantity, zt::UNIT).is_some_and(|unit| unit.as_str().ends_with("/NUM"))
}

/// The name of a quantity's unit; the sign for percent.
fn unit(lookup: Lookup<'_>, quantity: &NamedNode) -> String {
    match lookup.node(quantity, zt::UNIT) {
        Some(unit) if unit.as_str().ends_with("/PERCENT") => "%".to_owned(),
        Some(unit) => lookup.label(&unit),
        None => String::new(),
    }
}

/// A decimal number: in 万 and 亿 in Chinese where that needs no more than two decimals, grouped by
/// thousands in English.
pub(crate) fn number_words(number: &str, language: Language) -> String {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let fraction = fraction.trim_end_matches('0');
    if language == Language::Chinese && fraction.is_empty() {
        for (digits, word) in [(8, "亿"), (4, "万")] {
            if let Some(words) = scaled(whole, digits) {
                return format!("{words}{word}");
            }
        }
    }
    let whole = if language == Language::English { grouped(whole) } else { whole.to_owned() };
    if fraction.is_empty() { whole } else { format!("{whole}.{fraction}") }
}

/// `whole` with its point moved `digits` to the left; none where that is below one or not short.
fn scaled(whole: &str, digits: usize) -> Option<String> {
    const DECIMALS_MAX: usize = 2;
    let (head, tail) = whole.split_at_checked(whole.len().checked_sub(digits)?)?;
    let tail = tail.trim_end_matches('0');
    if head.is_empty() || head == "-" || tail.len() > DECIMALS_MAX {
        return None;
    }
    Some(if tail.is_empty() { head.to_owned() } else { format!("{head}.{tail}") })
}

fn grouped(digits: &str) -> String {
    let mut text = String::new();
    let count = digits.chars().filter(char::is_ascii_digit).count();
    let mut left = count;
    for digit in digits.chars() {
        if digit.is_ascii_digit() {
            if left != count && left % 3 == 0 {
                text.push(',');
            }
            left -= 1;
        }
        text.push(digit);
    }
    text
}

/// A date (`2024-05-06`) in words; what is no date stays as it is.
pub(crate) fn date_words(date: &str, language: Language) -> String {
    let Some((year, month, day)) = split_date(date) else { return date.to_owned() };
    match language {
        Language::Chinese => format!("{year}年{month}月{day}日"),
        Language::English => format!("{day} {} {year}", month_name(month)),
    }
}

/// The last day of a period as people say it: 2025年底, 2025年6月底.
pub(crate) fn deadline_words(date: &str, language: Language) -> String {
    match (split_date(date), language) {
        (Some((year, 12, 31)), Language::Chinese) => format!("{year}年底"),
        (Some((year, 12, 31)), Language::English) => format!("end of {year}"),
        (Some((year, month, day)), language) if day == month_length(year, month) => {
            match language {
                Language::Chinese => format!("{year}年{month}月底"),
                Language::English => format!("end of {} {year}", month_name(month)),
            }
        }
        (Some(_) | None, _) => date_words(date, language),
    }
}

/// A date as years with a fraction, for a place on a line; months and days that are no such count as the first.
pub(crate) fn year_fraction(date: &str) -> Option<f64> {
    let (year, month, day) = split_date(date)?;
    let (month, day) = (month.clamp(1, 12), day.clamp(1, 31));
    Some(f64::from(year) + f64::from(month - 1) / 12.0 + f64::from(day - 1) / 372.0)
}

fn split_date(date: &str) -> Option<(u16, u8, u8)> {
    let mut parts = date.split('-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    let day = parts.next()?.parse().ok()?;
    Some((year, month, day))
}

/// Days of a month; 0 for a month that the calendar lacks.
const fn month_length(year: u16, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 0,
    }
}

fn month_name(month: u8) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    NAMES.get(usize::from(month).wrapping_sub(1)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_written_in_the_manner_of_its_language() {
        let table = [
            ("6500000.0", "650万", "6,500,000"),
            ("100000000.0", "1亿", "100,000,000"),
            ("17000000", "1700万", "17,000,000"),
            ("37000", "3.7万", "37,000"),
            ("4.50", "4.5", "4.5"),
            ("57.0", "57", "57"),
            ("0", "0", "0"),
            ("12345", "12345", "12,345"),
        ];
        for (number, chinese, english) in table {
            assert_eq!(number_words(number, Language::Chinese), chinese);
            assert_eq!(number_words(number, Language::English), english);
        }
    }

    #[test]
    fn a_deadline_at_the_end_of_a_period_names_the_period() {
        assert_eq!(deadline_words("2025-12-31", Language::Chinese), "2025年底");
        assert_eq!(deadline_words("2025-06-30", Language::English), "end of June 2025");
        assert_eq!(deadline_words("2024-02-28", Language::Chinese), "2024年2月28日");
        assert_eq!(deadline_words("2025-06-10", Language::Chinese), "2025年6月10日");
        assert_eq!(deadline_words("soon", Language::Chinese), "soon");
    }
}
