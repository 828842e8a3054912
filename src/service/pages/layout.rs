//! A published text with what was read from it marked where it stands. In: the source, marks and anchors
//! by code points; out: paragraphs of pieces for the template. Guarantees: the pieces of a range are the
//! range's characters without the space around lines, whatever the marks are; of marks that overlap the
//! shortest is shown, because it says most about its words.

use std::ops::Range;

/// Characters of a heading, and of the line of a section, that are set as one: what is longer is text that begins with its number.
const HEADING_CHARS_MAX: usize = 60;

/// Characters of the number of a heading.
const NUMBER_CHARS_MAX: usize = 12;

/// Something said about a range of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// Code points of the source.
    pub(crate) range: Range<usize>,
    /// Class of the stylesheet: `target`, `department`, …
    pub(crate) class: &'static str,
    /// Where it leads.
    pub(crate) href: String,
    /// What it is, in words.
    pub(crate) note: String,
}

/// An address inside the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Anchor {
    /// The code point where it stands.
    pub(crate) char_start: usize,
    /// The fragment that leads to it.
    pub(crate) id: String,
    /// Class of the paragraph that begins here: `section` or `measure`.
    pub(crate) class: &'static str,
    /// Characters of number and heading, shown strong.
    pub(crate) strong: Range<usize>,
}

/// A line of the source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Paragraph {
    /// Fragments that lead here.
    pub(crate) ids: Vec<String>,
    /// Class of the stylesheet, empty for running text.
    pub(crate) class: &'static str,
    /// Its characters in order.
    pub(crate) pieces: Vec<Piece>,
}

/// Characters that are shown alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// The characters.
    pub(crate) text: String,
    /// Whether they belong to a heading.
    pub(crate) strong: bool,
    /// The mark that covers them, with its fragment where it begins.
    pub(crate) mark: Option<ShownMark>,
}

/// A mark as shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ShownMark {
    /// Class of the stylesheet.
    pub(crate) class: &'static str,
    /// Where it leads; empty for nowhere.
    pub(crate) href: String,
    /// What it is, in words.
    pub(crate) note: String,
    /// The fragment (`char=12,34`); empty where an earlier piece has it.
    pub(crate) id: String,
}

/// Lays out the characters of `range`.
pub(crate) fn lay_out(
    source: &[char],
    range: Range<usize>,
    marks: &[Mark],
    anchors: &[Anchor],
) -> Vec<Paragraph> {
    let mut paragraphs = Vec::new();
    let mut char_start = range.start;
    // A span may have been read from a longer text than the graph holds.
    let range = range.start..range.end.min(source.len());
    let lines = source.get(range).unwrap_or_default().split(|c| *c == '\n');
    for line in lines {
        let line_start = char_start;
        char_start += line.len() + 1;
        let leading = line.iter().take_while(|c| c.is_whitespace()).count();
        let trailing = line.iter().rev().take_while(|c| c.is_whitespace()).count();
        if leading < line.len() {
            let line = line_start + leading..line_start + line.len() - trailing;
            paragraphs.push(paragraph(source, &line, marks, anchors));
        }
    }
    paragraphs
}

fn paragraph(
    source: &[char],
    line: &Range<usize>,
    marks: &[Mark],
    anchors: &[Anchor],
) -> Paragraph {
    let marks: Vec<_> = marks
        .iter()
        .filter(|mark| mark.range.start < line.end && line.start < mark.range.end)
        .collect();
    let anchors: Vec<_> =
        anchors.iter().filter(|anchor| line.contains(&anchor.char_start)).collect();
    let strong: Vec<Range<usize>> =
        anchors.iter().map(|anchor| strong_part(source, &anchor.strong)).collect();
    let mut borders = vec![line.start, line.end];
    borders.extend(marks.iter().flat_map(|mark| [mark.range.start, mark.range.end]));
    borders.extend(strong.iter().flat_map(|strong| [strong.start, strong.end]));
    borders.retain(|border| (line.start..=line.end).contains(border));
    borders.sort_unstable();
    borders.dedup();
    let begins_here = |mark: &Mark, start: usize| {
        // A mark that began on an earlier line has its fragment there.
        mark.range.start == start
    };
    let pieces = borders.iter().zip(borders.iter().skip(1)).map(|(start, end)| {
        let covering = marks
            .iter()
            .filter(|mark| mark.range.start <= *start && *end <= mark.range.end)
            .min_by_key(|mark| mark.range.len());
        Piece {
            text: source.get(*start..*end).unwrap_or_default().iter().collect(),
            strong: strong.iter().any(|strong| strong.contains(start)),
            mark: covering.map(|mark| ShownMark {
                class: mark.class,
                href: mark.href.clone(),
                note: mark.note.clone(),
                id: if begins_here(mark, *start) { fragment(&mark.range) } else { String::new() },
            }),
        }
    });
    let pieces: Vec<_> = pieces.collect();
    // A mark whose first characters belong to a shorter one has no piece of its own to bear its fragment.
    let shown: Vec<_> =
        pieces.iter().filter_map(|piece| Some(piece.mark.as_ref()?.id.clone())).collect();
    let mut ids: Vec<String> = anchors.iter().map(|anchor| anchor.id.clone()).collect();
    let hidden = marks.iter().filter(|mark| line.contains(&mark.range.start));
    ids.extend(hidden.map(|mark| fragment(&mark.range)).filter(|id| !shown.contains(id)));
    ids.dedup();
    let class = anchors.first().map_or("", |anchor| anchor.class);
    let is_heading = class != "section" || line.len() <= HEADING_CHARS_MAX;
    Paragraph { ids, class: if is_heading { class } else { "" }, pieces }
}

/// What is strong of a heading: all, or where it runs on like text its first sentence, or its number.
fn strong_part(source: &[char], heading: &Range<usize>) -> Range<usize> {
    if heading.len() <= HEADING_CHARS_MAX {
        return heading.clone();
    }
    let words = source.get(heading.clone()).unwrap_or_default();
    let end_within = |chars_max: usize, ends: &[char]| {
        words.iter().take(chars_max).position(|c| ends.contains(c)).map(|place| place + 1)
    };
    let len = end_within(HEADING_CHARS_MAX, &['。', '；', '\n'])
        .or_else(|| end_within(NUMBER_CHARS_MAX, &['、', '.', '．', '）', ')', ' ', '\u{3000}']));
    heading.start..heading.start + len.unwrap_or(0)
}

/// The fragment of a range, as in the IRI of its span.
pub(crate) fn fragment(range: &Range<usize>) -> String {
    format!("char={},{}", range.start, range.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(range: Range<usize>, class: &'static str) -> Mark {
        Mark { range, class, href: String::new(), note: String::new() }
    }

    fn shown(source: &str, marks: &[Mark]) -> Vec<Vec<(String, &'static str)>> {
        let chars: Vec<char> = source.chars().collect();
        lay_out(&chars, 0..chars.len(), marks, &[])
            .into_iter()
            .map(|paragraph| {
                let piece = |piece: Piece| (piece.text, piece.mark.map_or("", |mark| mark.class));
                paragraph.pieces.into_iter().map(piece).collect()
            })
            .collect()
    }

    #[test]
    fn the_shortest_of_overlapping_marks_is_shown() {
        let marks = [mark(0..6, "target"), mark(2..4, "place")];
        let pieces = shown("甲乙丙丁戊己庚", &marks);
        let wanted = [("甲乙", "target"), ("丙丁", "place"), ("戊己", "target"), ("庚", "")];
        assert_eq!(pieces, [wanted.map(|(text, class)| (text.to_owned(), class))]);
    }

    #[test]
    fn lines_are_paragraphs_without_the_space_around_them() {
        let pieces = shown("  甲\n\n\u{3000}乙 \n", &[]);
        assert_eq!(pieces, [[("甲".to_owned(), "")], [("乙".to_owned(), "")]]);
    }

    #[test]
    fn a_mark_over_two_lines_is_shown_on_both_and_named_once() {
        let chars: Vec<char> = "甲\n乙".chars().collect();
        let paragraphs = lay_out(&chars, 0..3, &[mark(0..3, "finding")], &[]);
        let ids: Vec<_> = paragraphs
            .iter()
            .flat_map(|paragraph| &paragraph.pieces)
            .map(|piece| piece.mark.as_ref().map(|mark| mark.id.as_str()))
            .collect();
        assert_eq!(ids, [Some("char=0,3"), Some("")]);
    }

    #[test]
    fn marks_outside_the_text_change_nothing() {
        let pieces = shown(
            "甲乙",
            &[mark(5..9, "target"), mark(std::ops::Range { start: 2, end: 1 }, "target")],
        );
        assert_eq!(pieces, [[("甲乙".to_owned(), "")]]);
    }

    /// The strong words of a line that is all heading, and the class of its paragraph.
    fn heading(line: &str) -> (String, &'static str) {
        let source: Vec<char> = line.chars().collect();
        let all = 0..source.len();
        let anchor =
            Anchor { char_start: 0, id: String::new(), class: "section", strong: all.clone() };
        let paragraph = lay_out(&source, all, &[], &[anchor]).pop().unwrap();
        let strong = paragraph.pieces.into_iter().filter(|piece| piece.strong);
        (strong.map(|piece| piece.text).collect(), paragraph.class)
    }

    #[test]
    fn a_heading_of_one_line_is_strong_as_a_whole() {
        assert_eq!(heading("一、扩大造林"), ("一、扩大造林".to_owned(), "section"));
    }

    #[test]
    fn a_heading_that_runs_on_is_text_with_a_strong_first_sentence() {
        let line = format!("一、扩大造林。{}", "林".repeat(60));
        assert_eq!(heading(&line), ("一、扩大造林。".to_owned(), ""));
    }

    #[test]
    fn a_heading_of_one_long_sentence_has_a_strong_number() {
        assert_eq!(heading(&format!("（一）{}", "林".repeat(60))), ("（一）".to_owned(), ""));
    }

    #[test]
    fn a_range_outside_the_text_is_empty() {
        assert!(lay_out(&['甲'], 3..9, &[], &[]).is_empty());
    }
}
