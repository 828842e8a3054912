//! Numbers that stand alone on the line above their heading. In: paragraphs; out: the same, each such number one
//! paragraph with its heading. Pages laid out for telephones set 一 in a frame of its own. The surprise: cells of a
//! table and page numbers stand alone as well, so only numbers that count up from 一 over short lines with text below are joined.

use crate::extract::ordinal::{Style, parse_marker};
use crate::extract::paragraph::is_ideograph;
use crate::text::{Span, parse_ordinal};

/// The longest heading below a number, in characters.
const HEADING_CHARS_MAX: usize = 40;

/// The text of a heading stands within so many lines below it.
const LINES_BELOW_MAX: usize = 5;

/// `paragraphs`, the lone numbers joined with the lines below them.
pub(super) fn join_lone_numbers(clean: &str, paragraphs: &[Span]) -> Vec<Span> {
    let paragraphs = join_marked_numbers(clean, paragraphs);
    let mut joined = Vec::with_capacity(paragraphs.len());
    let mut heads = Vec::new();
    for (at, pair) in paragraphs.windows(2).enumerate() {
        let [number, heading] = pair else { continue };
        let next = heads.len() + 1;
        // A heading may go on over lines; its text follows before the next number.
        let below = paragraphs.iter().skip(at + 2).take(LINES_BELOW_MAX);
        let has_text = || {
            below
                .take_while(|line| lone_number(clean, **line).is_none())
                .any(|line| is_text(line.slice(clean)))
        };
        let is_number = lone_number(clean, *number) == Some(next);
        if is_number && is_heading(clean, *heading) && has_text() {
            heads.push(number.byte_start);
        }
    }
    let has_chapters = || {
        let markers = paragraphs.iter().filter_map(|line| parse_marker(line.slice(clean)));
        markers.into_iter().any(|marker| marker.style == Style::Han && marker.number == 1)
    };
    if heads.len() < 2 || has_chapters() {
        return paragraphs;
    }
    let mut rest = paragraphs.iter();
    while let Some(&paragraph) = rest.next() {
        let below = heads.contains(&paragraph.byte_start).then(|| rest.next()).flatten();
        joined
            .push(below.map_or(paragraph, |below| Span::new(paragraph.byte_start, below.byte_end)));
    }
    joined
}

/// 二、 or （二）, alone on the line above its words: the mark tells that it opens an item.
fn join_marked_numbers(clean: &str, paragraphs: &[Span]) -> Vec<Span> {
    let is_lone = |line: Span| {
        let words = line.slice(clean);
        parse_marker(words).is_some_and(|marker| {
            matches!(marker.style, Style::Han | Style::HanBracket)
                && marker.byte_end == words.len()
                && !marker.printed.is_empty()
        })
    };
    let mut joined: Vec<Span> = Vec::with_capacity(paragraphs.len());
    for &paragraph in paragraphs {
        let words = paragraph.slice(clean);
        let opens_words = words.chars().any(is_ideograph) && parse_marker(words).is_none();
        match joined.last_mut().filter(|last| opens_words && is_lone(**last)) {
            Some(last) => last.byte_end = paragraph.byte_end,
            None => joined.push(paragraph),
        }
    }
    joined
}

/// The number that a line consists of.
fn lone_number(clean: &str, line: Span) -> Option<usize> {
    let words = line.slice(clean);
    if !words.chars().all(|c| "一二三四五六七八九十".contains(c)) {
        return None;
    }
    usize::try_from(parse_ordinal(words)?).ok()
}

/// Whether the line below a heading is running text or opens a point; a cell of a table is neither.
fn is_text(words: &str) -> bool {
    words.contains(['。', '；']) || (parse_marker(words).is_some() && words.chars().count() > 4)
}

/// A short line that ends no clause and has no number of its own.
fn is_heading(clean: &str, line: Span) -> bool {
    let words = line.slice(clean);
    words.chars().nth(HEADING_CHARS_MAX).is_none()
        && !words.ends_with(['。', '；', '，', '：'])
        && parse_marker(words).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::paragraph::find_paragraphs;

    fn lines(text: &str) -> Vec<&str> {
        let joined = join_lone_numbers(text, &find_paragraphs(text));
        joined.into_iter().map(|line| line.slice(text)).collect()
    }

    #[test]
    fn a_number_alone_is_joined_with_the_heading_below_it() {
        assert_eq!(
            lines("一\n\n苗圃条件\n苗木齐全。\n二\n苗木材料\n（一）证件；"),
            ["一\n\n苗圃条件", "苗木齐全。", "二\n苗木材料", "（一）证件；"]
        );
    }

    #[test]
    fn a_number_with_its_mark_is_joined_with_the_words_below_it() {
        assert_eq!(
            lines("（一）\n苗木\n1.成活率\n二、\n每年补种。\n（三）\n（一）育苗"),
            ["（一）\n苗木", "1.成活率", "二、\n每年补种。", "（三）", "（一）育苗"]
        );
    }

    #[test]
    fn cells_of_a_table_and_numbers_that_do_not_count_up_stay_alone() {
        for text in
            ["一\n柳树\n1\n垂柳\n二\n杨树\n1\n白杨", "一\n柳树\n五\n杨树", "一\n柳树\n二\n种杨树。"]
        {
            assert_eq!(lines(text).len(), text.lines().count(), "{text}");
        }
    }
}
