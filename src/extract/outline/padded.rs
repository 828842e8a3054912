//! Numbers of two digits, 01.苗木, 02.花木, …, 10.树种, above points 1. of their own, and letters, A类：桃树, above points （一）. In: paragraphs;
//! out: the markers of those that open with such a number. The surprise: 10. looks like any point, so it counts only as the next
//! behind 09.

use crate::extract::ordinal::{Marker, Style, parse_marker};
use crate::text::{Pattern, Span, pattern};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Fewer numbers with a zero than that may be anything.
const PADDED_MIN: usize = 3;

/// The markers of the paragraphs that go on such a series, by where they start.
pub(super) fn find_padded(clean: &str, body: &[Span]) -> HashMap<usize, Marker> {
    let mut markers = HashMap::new();
    // Hardly any text has one.
    if !["01.", "01、"].iter().any(|first| clean.contains(first)) {
        return markers;
    }
    let mut last = 0;
    let mut padded = 0;
    for line in body {
        let words = line.slice(clean);
        let Some(marker) = parse_marker(words).filter(|marker| marker.style == Style::Digit) else {
            continue;
        };
        let printed = marker.printed.slice(words);
        if printed.len() == 2 && (marker.number == last + 1 || printed == "01") {
            padded += usize::from(printed.starts_with('0'));
            last = marker.number;
            markers.insert(line.byte_start, Marker { style: Style::Padded, ..marker });
        }
    }
    if padded < PADDED_MIN {
        markers.clear();
    }
    markers
}

/// The markers of the lines that name groups by letters, by where they start.
pub(super) fn find_lettered(clean: &str, body: &[Span]) -> HashMap<usize, Marker> {
    static GROUP: Pattern = LazyLock::new(|| pattern(r"^([A-H])类[：:]\s*[\p{Han}“”、]{2,20}$"));
    let mut markers = HashMap::new();
    let mut last = 0;
    let mut has_second = false;
    for line in body {
        let words = line.slice(clean);
        let Some(&letter) = words.as_bytes().first().filter(|first| (b'A'..=b'H').contains(*first))
        else {
            continue;
        };
        let number = u32::from(letter - b'A') + 1;
        if (number == 1 || number == last + 1) && GROUP.is_match(words) {
            let byte_end = words.find(['：', ':']).map_or(0, |colon| {
                colon
                    + words
                        .get(colon..)
                        .and_then(|rest| rest.chars().next())
                        .map_or(0, char::len_utf8)
            });
            let printed = Span::new(0, 1);
            markers.insert(
                line.byte_start,
                Marker { style: Style::Lettered, number, printed, byte_end },
            );
            has_second |= number > 1;
            last = number;
        }
    }
    if !has_second {
        markers.clear();
    }
    markers
}

#[cfg(test)]
mod tests {
    use super::super::tests::{paths, titles};

    #[test]
    fn numbers_of_two_digits_stand_above_points() {
        let text = "（一）种树\n01.桃树\n1.选好苗；\n2.浇好水，每天浇水。\n02.李树\n1.选好苗，让花农增收。\n（二）种花\n03.菊花\n1.选好苗，让花农增收。";
        let found: Vec<_> =
            titles(text).into_iter().filter(|(_, title)| !title.is_empty()).collect();
        let expected = [
            (vec![1], "种树"),
            (vec![1, 1], "桃树"),
            (vec![1, 2], "李树"),
            (vec![2], "种花"),
            (vec![2, 3], "菊花"),
        ];
        assert_eq!(found, expected.map(|(path, title)| (path, title.to_owned())));
        assert_eq!(titles(text).len(), 9);
    }

    #[test]
    fn numbers_of_two_digits_may_begin_anew() {
        let text =
            "（一）种树\n01.桃树\n02.李树\n03.杏树\n（二）种花\n01.菊花\n1.选好苗。\n02.兰花";
        let found = paths(text);
        assert!(found.ends_with(&[vec![2], vec![2, 1], vec![2, 1, 1], vec![2, 2]]), "{found:?}");
    }

    #[test]
    fn letters_name_groups_of_items() {
        let text = "一、种树\nA类：桃树\n（一）育苗\n每年育苗。\nB类：李树\n（一）选苗\n每年选苗。\n二、护林";
        let found = paths(text);
        let expected = [vec![1], vec![1, 1], vec![1, 1, 1], vec![1, 2], vec![1, 2, 1], vec![2]];
        assert_eq!(found, expected);
        assert_eq!(titles(text)[3].1, "李树");
        assert_eq!(titles("一、种树\nA类：桃树\n（一）育苗\n每年育苗。").len(), 2);
    }

    #[test]
    fn a_single_number_with_a_zero_is_a_point() {
        let found = titles("（一）种树\n01.选好苗。\n2.浇好水。\n3.剪好枝。");
        assert_eq!(found.last().map(|(path, _)| path.clone()), Some(vec![1, 3]));
    }
}
