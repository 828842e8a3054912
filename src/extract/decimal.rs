//! Numbers with points: 2 养护, 2.1 浇水, 2.1.3 夏季. In: paragraphs; out: the markers of those that such a number opens. The surprise: 2.1 may
//! as well be a quantity, so numbers count only where they go on from each other, and where several do.

use super::ordinal::{Marker, Style, parse_marker};
use crate::text::{Pattern, Span, pattern};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Fewer numbers with a point than that may be quantities.
const MARKERS_MIN: usize = 3;

static NUMBER: Pattern =
    LazyLock::new(|| pattern(r"^(\d{1,2}(?:[.．]\d{1,2}){0,3})[.．、]?\s*(?:[\p{Han}“《（(]|$)"));

/// 2 养护: a heading without any punctuation.
static CHAPTER: Pattern = LazyLock::new(|| pattern(r"^\d{1,2}[.．、]?\s*[\p{Han}“”、]{2,24}$"));

/// What stands behind a quantity.
const UNITS: [&str; 12] =
    ["万", "亿", "千", "百", "元", "亩", "倍", "公里", "公顷", "平方", "米", "吨"];

/// The styles of one, two, three and four numbers.
const STYLES: [Style; 4] =
    [Style::Decimal, Style::SecondDecimal, Style::ThirdDecimal, Style::FourthDecimal];

/// The markers of the paragraphs that open with a number of that kind, by where they start.
pub(super) fn find_decimals(clean: &str, paragraphs: &[Span]) -> HashMap<usize, Marker> {
    let mut markers = HashMap::new();
    let mut last: Vec<u32> = Vec::new();
    let mut with_point = 0;
    let candidates: Vec<(Span, Vec<u32>, usize)> =
        paragraphs.iter().filter_map(|&line| read(clean, line)).collect();
    for (at, (line, number, byte_len)) in candidates.iter().enumerate() {
        let next = candidates.get(at + 1).map(|(_, next, _)| next.as_slice());
        if !goes_on(&last, number) || (number.len() == 1 && !is_chapter(clean, *line, number, next))
        {
            continue;
        }
        let (Some(&style), Some(&ordinal)) = (STYLES.get(number.len() - 1), number.last()) else {
            continue;
        };
        with_point += usize::from(number.len() > 1);
        let printed = Span::new(0, *byte_len);
        let byte_end = *byte_len + mark_len(line.slice(clean).get(*byte_len..).unwrap_or_default());
        markers.insert(line.byte_start, Marker { style, number: ordinal, printed, byte_end });
        last.clone_from(number);
    }
    if with_point < MARKERS_MIN || is_mixed(clean, paragraphs, &markers) {
        markers.clear();
    }
    markers
}

/// Whether chapters 一、 or points （一） stand among the items or behind them: then 1.1 is a detail of one of them. Those of a notice
/// stand before the plan that it issues.
fn is_mixed(clean: &str, paragraphs: &[Span], markers: &HashMap<usize, Marker>) -> bool {
    let first = paragraphs.iter().position(|line| markers.contains_key(&line.byte_start));
    let behind = paragraphs.get(first.unwrap_or(paragraphs.len())..).unwrap_or_default();
    behind.iter().filter_map(|line| parse_marker(line.slice(clean))).any(|marker| {
        matches!(
            marker.style,
            Style::Part | Style::Chapter | Style::Article | Style::Han | Style::HanBracket
        )
    })
}

/// The numbers that `line` opens with, and how many bytes they take.
fn read(clean: &str, line: Span) -> Option<(Span, Vec<u32>, usize)> {
    let words = line.slice(clean);
    let printed = NUMBER.captures(words)?.get(1)?;
    let number: Option<Vec<u32>> =
        printed.as_str().split(['.', '．']).map(|part| part.parse().ok()).collect();
    let number = number.filter(|number| number.iter().all(|&part| part > 0))?;
    let behind = words.get(printed.end()..).unwrap_or_default();
    if UNITS.iter().any(|unit| behind.starts_with(unit)) {
        return None;
    }
    Some((line, number, printed.end()))
}

/// Bytes of the mark and the spaces between a number and the words.
fn mark_len(rest: &str) -> usize {
    rest.len() - rest.trim_start_matches(['.', '．', '、']).trim_start().len()
}

/// Whether `number` is the next one behind `last`: its first below it, or the next of one of its levels.
fn goes_on(last: &[u32], number: &[u32]) -> bool {
    let Some((&own, above)) = number.split_last() else { return false };
    if above.len() == last.len() {
        return own == 1 && above == last;
    }
    last.get(..above.len()) == Some(above) && last.get(above.len()) == Some(&own.saturating_sub(1))
}

/// Whether a number without a point heads what the next one with a point stands below, or ends the series with a heading.
fn is_chapter(clean: &str, line: Span, number: &[u32], next: Option<&[u32]>) -> bool {
    let heads = next.is_some_and(|next| next.len() == 2 && next.starts_with(number));
    CHAPTER.is_match(line.slice(clean)) && (heads || number.first() > Some(&1))
}

#[cfg(test)]
mod tests {
    use super::super::paragraph::find_paragraphs;
    use super::*;

    fn shown(words: &str) -> Vec<(usize, u32)> {
        let paragraphs = find_paragraphs(words);
        let markers = find_decimals(words, &paragraphs);
        let depth = |marker: &Marker| STYLES.iter().position(|&style| style == marker.style);
        paragraphs
            .iter()
            .filter_map(|line| markers.get(&line.byte_start))
            .map(|marker| (depth(marker).unwrap() + 1, marker.number))
            .collect()
    }

    #[test]
    fn numbers_with_points_go_on_from_each_other() {
        let words = "1　种树\n1.1　选苗\n选好苗。\n1.2 栽植\n1.2.1 春季\n种树。\n1.2.2 秋季\n2 养护\n2.1 浇水\n3 附则\n本预案由园林局解释。";
        let expected = [(1, 1), (2, 1), (2, 2), (3, 1), (3, 2), (1, 2), (2, 1), (1, 3)];
        assert_eq!(shown(words), expected);
    }

    #[test]
    fn quantities_are_no_numbers_of_items() {
        assert_eq!(shown("1.5亿元用于种树。\n2.1万亩苗圃。\n1.1万亩公园。"), []);
        assert_eq!(shown("1.种树。\n2.治水。\n3.护林。"), []);
        let awards = "1 种树\n1.1万亩以上的苗圃\n1.2万亩以上的公园\n2 奖励\n2.1万元奖励苗圃\n2.2万元奖励公园";
        assert_eq!(shown(awards), []);
    }

    #[test]
    fn details_of_a_point_are_no_scheme_of_the_text() {
        let words = "一、重点任务\n（一）苗木\n1 选苗\n1.1 选好苗。\n1.2 选壮苗。\n2 栽植\n2.1 春季栽植。\n（二）养护\n3 浇水\n3.1 夏季浇水。";
        assert_eq!(shown(words), []);
    }
}
