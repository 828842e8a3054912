//! Points whose numbers have lost their marks (4栽好行道树), or stand behind words without a border (支持种树1.育苗). In: paragraphs;
//! out: those that open with such a number. The surprise: most bare numbers count something, and rows of a list have them too, so
//! they are points only where all of them run on without a gap, and all tell something in sentences; or where a few stand on lines of
//! their own behind the words that announce them, which are points whose circle a copy has lost (①, 1).

use crate::extract::ordinal::{Marker, Style, parse_marker};
use crate::text::{Pattern, Span, pattern};
use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Fewer points than that may be anything.
const POINTS_MIN: usize = 6;

/// The number that the first point of a copy has at most.
const FIRST_MAX: u32 = 3;

/// What a point says at least.
const POINT_CHARS_MIN: usize = 40;

/// A number in front of a word that is no unit.
static BARE: Pattern = LazyLock::new(|| {
    pattern(
        r"\d{1,2}[\p{Han}&&[^年月日个家名万亿千百十多余元天周次位所座倍时分秒岁亩吨届期处块头只株棵张款及至和与]][\p{Han}“]",
    )
});

/// `pieces`, cut before every point with a bare number.
pub(super) fn split_bare_points(clean: &str, pieces: Vec<Span>) -> Vec<Span> {
    let mut points = find_series(clean, &pieces);
    if points.is_empty() {
        points = find_marked_series(clean, &pieces);
    }
    if points.is_empty() {
        return pieces;
    }
    let mut cut = Vec::with_capacity(pieces.len() + points.len());
    for piece in pieces {
        let mut from = piece.byte_start;
        let inside = |&&(_, at): &&(u32, usize)| at > piece.byte_start && at < piece.byte_end;
        for &(_, at) in points.iter().filter(inside) {
            cut.push(Span::new(from, at));
            from = at;
        }
        cut.push(Span::new(from, piece.byte_end));
    }
    cut
}

/// The markers of the paragraphs that open with a bare number, by where they start.
pub(in crate::extract) fn find_bare_markers(
    clean: &str,
    paragraphs: &[Span],
) -> HashMap<usize, Marker> {
    let marker = |(number, at): (u32, usize)| {
        let byte_end = number.to_string().len();
        let printed = Span::new(0, byte_end);
        (at, Marker { style: Style::Digit, number, printed, byte_end })
    };
    let series = find_series(clean, paragraphs);
    let headings = find_bare_headings(clean, paragraphs);
    let mut markers: HashMap<usize, Marker> =
        series.into_iter().chain(headings).map(marker).collect();
    for point in find_lost_circles(clean, paragraphs) {
        let (at, bare) = marker(point);
        markers.entry(at).or_insert(Marker { style: Style::Circled, ..bare });
    }
    markers
}

/// Number and place of each point of a short list, 1苗木清单；2苗圃合同。, on lines of their own below a line that announces them or is
/// numbered itself. Links to other pages have no such line above them.
fn find_lost_circles(clean: &str, paragraphs: &[Span]) -> Vec<(u32, usize)> {
    let mut points = Vec::new();
    let mut run: Vec<(u32, usize)> = Vec::new();
    let mut above = "";
    for &paragraph in paragraphs {
        let words = paragraph.slice(clean);
        let number = find_bare_number(words);
        let announces = || above.ends_with(['：', ':', '。']) || parse_marker(above).is_some();
        match (number, run.last()) {
            (Some(number), Some(&(last, _))) if number == last + 1 => {
                run.push((number, paragraph.byte_start));
            }
            _ => {
                points.append(&mut take_list(&mut run));
                let opens = number == Some(1) && announces();
                run.extend(opens.then_some((1, paragraph.byte_start)));
            }
        }
        above = words;
    }
    points.append(&mut take_list(&mut run));
    points
}

/// What `run` holds, if it is a short list; it is empty afterwards.
fn take_list(run: &mut Vec<(u32, usize)>) -> Vec<(u32, usize)> {
    const ENTRIES: std::ops::RangeInclusive<usize> = 2..=12;
    let taken = std::mem::take(run);
    if ENTRIES.contains(&taken.len()) { taken } else { Vec::new() }
}

/// The number that words open with, where what follows it directly is no unit.
fn find_bare_number(words: &str) -> Option<u32> {
    static NUMBER: Pattern = LazyLock::new(|| {
        pattern(
            r"^(\d{1,2})(?:[《“]|[\p{Han}&&[^年月日个家名万亿千百十多余元天周次位所座倍时分秒岁亩吨届期处块头只株棵张款及至和与号项条类种级楼层人套户点折比栋幢平米公立方份辆件寸台型村线]])",
        )
    });
    if !words.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    NUMBER.captures(words)?.get(1)?.as_str().parse().ok()
}

/// 2养护, above （1）修枝: a heading that goes on from 1. without the mark of its number, on a line of its own.
fn find_bare_headings(clean: &str, paragraphs: &[Span]) -> Vec<(u32, usize)> {
    static HEADING: Pattern = LazyLock::new(|| {
        pattern(r"^(\d{1,2})[\p{Han}&&[^年月日个家名万亿千百十多余元天周次位所]][\p{Han}、]{1,20}$")
    });
    let is_point = |marker: &Marker| marker.style == Style::DigitBracket && marker.number == 1;
    let mut last = 0;
    let mut headings = Vec::new();
    for (&paragraph, next) in paragraphs.iter().zip(paragraphs.iter().skip(1)) {
        let words = paragraph.slice(clean);
        if let Some(marker) = parse_marker(words) {
            last = match marker.style.cmp(&Style::Digit) {
                Ordering::Equal => marker.number,
                Ordering::Less => 0,
                Ordering::Greater => last,
            };
        } else if last > 0
            && words.starts_with(|c: char| c.is_ascii_digit())
            && let Some(number) = HEADING.captures(words).and_then(|found| found.get(1))
            && number.as_str().parse() == Ok(last + 1)
            && parse_marker(next.slice(clean)).as_ref().is_some_and(is_point)
        {
            last += 1;
            headings.push((last, paragraph.byte_start));
        }
    }
    headings
}

/// Number and place of each point with a bare number; empty unless all that look like one are one series.
fn find_series(clean: &str, paragraphs: &[Span]) -> Vec<(u32, usize)> {
    let mut points: Vec<(u32, usize)> = Vec::new();
    for paragraph in paragraphs {
        let words = paragraph.slice(clean);
        for found in BARE.find_iter(words) {
            let before = Span::new(0, found.start()).slice(words);
            let digits: String = found.as_str().chars().take_while(char::is_ascii_digit).collect();
            if let Ok(number) = digits.parse()
                && (before.is_empty() || before.ends_with('。') || is_heading(before))
            {
                points.push((number, paragraph.byte_start + found.start()));
            }
        }
    }
    if is_series(clean, &points) { points } else { Vec::new() }
}

/// 支持种树1.育苗。…支持护林2.防火。…: number and place of each point of a copy on one line, in which headings without numbers stand
/// before points; empty unless all that look like points are one series.
fn find_marked_series(clean: &str, paragraphs: &[Span]) -> Vec<(u32, usize)> {
    static MARKED: Pattern = LazyLock::new(|| pattern(r"(\d{1,2})[.．][\p{Han}“]{2}"));
    let mut points: Vec<(u32, usize)> = Vec::new();
    let mut inside = 0;
    for paragraph in paragraphs {
        for found in MARKED.captures_iter(paragraph.slice(clean)) {
            let Some(number) = found.get(1) else { continue };
            let Ok(ordinal) = number.as_str().parse() else { continue };
            inside += usize::from(number.start() > 0);
            points.push((ordinal, paragraph.byte_start + number.start()));
        }
    }
    if inside >= POINTS_MIN && is_series(clean, &points) { points } else { Vec::new() }
}

/// Whether the points run on from one of the first numbers, and each says something.
fn is_series(clean: &str, points: &[(u32, usize)]) -> bool {
    let ends = points.iter().skip(1).map(|&(_, at)| at).chain([clean.len()]);
    points.len() >= POINTS_MIN
        && points.first().is_some_and(|&(first, _)| first <= FIRST_MAX)
        && points.iter().zip(points.iter().skip(1)).all(|(one, next)| next.0 == one.0 + 1)
        && points.iter().zip(ends).all(|(&(_, at), end)| {
            let own = Span::new(at, end).slice(clean);
            own.contains('。') && own.chars().take(POINT_CHARS_MIN).count() == POINT_CHARS_MIN
        })
}

/// Whether `words` are a chapter's heading, from which its first point runs on.
fn is_heading(words: &str) -> bool {
    const HEADING_CHARS_MAX: usize = 40;
    words.chars().take(HEADING_CHARS_MAX + 1).count() <= HEADING_CHARS_MAX
        && words.ends_with(char::is_alphabetic)
        && !words.contains(['。', '，', '；'])
        && parse_marker(words).is_some_and(|marker| marker.style == Style::Han)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::paragraph::find_paragraphs;

    fn starts(text: &str) -> Vec<&str> {
        let pieces = split_bare_points(text, find_paragraphs(text));
        let head = |span: Span| span.slice(text).split(['树', '。']).next().unwrap_or_default();
        pieces.into_iter().map(head).collect()
    }

    #[test]
    fn points_of_a_copy_on_one_line_may_stand_behind_headings() {
        let own = "。各区要做好苗木的选择、栽植、浇水、修枝和病虫害防治工作，保证成活，美化环境，让花农增收。支持下一步工作";
        let point = |number: u32| format!("{number}.种好行道{own}");
        let line =
            format!("近日，某市出台种树措施，支持种树{}", (1..=8).map(point).collect::<String>());
        assert_eq!(split_bare_points(&line, find_paragraphs(&line)).len(), 9);
        let broken = line.replace("4.种", "9.种");
        assert_eq!(split_bare_points(&broken, find_paragraphs(&broken)).len(), 1);
    }

    fn text(numbers: &[u32]) -> String {
        let own =
            "每年都要在春天种好，在夏天浇水，在秋天修剪，在冬天保暖，任何时候都不能疏忽大意。";
        numbers.iter().flat_map(|number| [number.to_string(), format!("栽好公园树{own}")]).collect()
    }

    #[test]
    fn numbers_that_lost_their_marks_are_points_where_they_run_on_over_the_text() {
        let whole = format!("前言。{}\n二、保护古树{}", text(&[2, 3, 4]), text(&[5, 6, 7]));
        assert_eq!(starts(&whole).len(), 8);
        assert_eq!(
            find_bare_markers(&whole, &split_bare_points(&whole, find_paragraphs(&whole))).len(),
            6
        );
        for gap in [vec![2, 3, 4, 6, 7, 8], vec![1, 2, 3], vec![7, 8, 9, 10, 11, 12]] {
            assert_eq!(starts(&text(&gap)).len(), 1, "{gap:?}");
        }
    }

    #[test]
    fn a_heading_that_goes_on_without_its_mark_stands_above_points() {
        let numbers = |text: &str| {
            let found = find_bare_markers(text, &find_paragraphs(text));
            let mut numbers: Vec<u32> = found.into_values().map(|marker| marker.number).collect();
            numbers.sort_unstable();
            numbers
        };
        assert_eq!(
            numbers("1.种树\n（1）育苗。\n2养护、修剪\n（1）修枝。\n3护林\n（1）防火。"),
            [2, 3]
        );
        assert!(numbers("1.种树\n（1）育苗。\n4养护\n（1）修枝。\n2护林\n防火。").is_empty());
    }

    #[test]
    fn a_short_list_that_lost_its_circles_stands_below_what_announces_it() {
        let count = |text: &str| find_bare_markers(text, &find_paragraphs(text)).len();
        assert_eq!(count("须提交下列材料：\n1苗木清单；\n2《苗圃合同》；\n3花农证明。"), 3);
        assert_eq!(count("（1）申请\n1苗木清单；\n2苗圃合同。\n（2）审核"), 2);
        assert_eq!(count("须提交下列材料：\n1苗木清单；\n3苗圃合同。"), 0);
        assert_eq!(count("须提交下列材料：\n1份清单；\n2份合同。"), 0);
        let text = "须提交下列材料：\n1苗木清单；\n2苗圃合同。";
        let markers = find_bare_markers(text, &find_paragraphs(text));
        let second = &markers[&text.find("2苗圃").unwrap()];
        assert_eq!((second.style, second.number), (Style::Circled, 2));
        assert_eq!(count("近期要闻\n1某市苗圃开园\n2某县花展开幕"), 0);
    }

    #[test]
    fn the_rows_of_a_list_are_no_points() {
        let rows: String =
            (1..12).flat_map(|row| [row.to_string(), "某市苗圃\n".to_owned()]).collect();
        assert!(find_bare_markers(&rows, &find_paragraphs(&rows)).is_empty());
    }
}
