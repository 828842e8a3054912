//! Numbers that stand alone on the line above their heading. In: paragraphs; out: the same, each such number one
//! paragraph with its heading. Pages laid out for telephones set 一 in a frame of its own. The surprise: cells of a
//! table and page numbers stand alone as well, so only numbers that count up from 一 over short lines are joined.

use crate::extract::ordinal::parse_marker;
use crate::text::{Span, parse_ordinal};

/// The longest heading below a number, in characters.
const HEADING_CHARS_MAX: usize = 40;

/// `paragraphs`, the lone numbers joined with the lines below them.
pub(super) fn join_lone_numbers(clean: &str, paragraphs: &[Span]) -> Vec<Span> {
    let mut joined = Vec::with_capacity(paragraphs.len());
    let mut heads = Vec::new();
    for three in paragraphs.windows(3) {
        let [number, heading, below] = three else { continue };
        let next = heads.len() + 1;
        // 一, 柳树, 1, 垂柳: cells of a table, one a line.
        let is_cell = below.slice(clean).bytes().all(|byte| byte.is_ascii_digit());
        if lone_number(clean, *number) == Some(next) && is_heading(clean, *heading) && !is_cell {
            heads.push(number.byte_start);
        }
    }
    if heads.len() < 2 {
        return paragraphs.to_vec();
    }
    let mut rest = paragraphs.iter();
    while let Some(&paragraph) = rest.next() {
        let below = heads.contains(&paragraph.byte_start).then(|| rest.next()).flatten();
        joined
            .push(below.map_or(paragraph, |below| Span::new(paragraph.byte_start, below.byte_end)));
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

/// A short line without an end of a sentence and without a number of its own.
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
    fn cells_of_a_table_and_numbers_that_do_not_count_up_stay_alone() {
        for text in
            ["一\n柳树\n1\n垂柳\n二\n杨树\n1\n白杨", "一\n柳树\n五\n杨树", "一\n柳树\n二\n种杨树。"]
        {
            assert_eq!(lines(text).len(), text.lines().count(), "{text}");
        }
    }
}
