//! Texts to what is shown of them: the title with its marks, the best sentence, and what answers each part of a question.
//!
//! In: texts as they are in the graph, and what to mark. Out: [`Segment`]s that together are the text shown.
//! Guarantees: segments are made of the characters as given, whatever was folded to compare them; no text and
//! no question makes it fail. Surprising: the window starts at a sentence, and an ellipsis tells of a cut.

use std::ops::Range;

use super::analysis::Normalized;
use super::entry::Segment;
use super::marks::{Found, Marks};
use crate::text::Span;

/// Longest snippet in characters.
const SNIPPET_CHARS_MAX: usize = 120;
/// Characters shown before a mark that stands deep inside a long sentence.
const LEAD_CHARS: usize = 24;

/// A text with what is to be marked in it.
pub(crate) struct MarkedText<'a> {
    given: &'a str,
    text: Normalized,
    found: Vec<Found>,
    ranges: Vec<Range<usize>>,
}

impl<'a> MarkedText<'a> {
    /// Looks for the marks in `given`.
    pub(crate) fn new(given: &'a str, marks: &Marks) -> Self {
        let text = Normalized::of(given);
        let found = marks.find_parts(&text);
        let ranges = marks.join(&text, &found);
        Self { given, text, found, ranges }
    }

    /// Whether there is a mark.
    pub(crate) fn is_marked(&self) -> bool {
        !self.ranges.is_empty()
    }

    /// The characters that answer the part of the question at this place, where they first stand.
    pub(crate) fn answer(&self, part: usize) -> Option<&'a str> {
        let own = self.found.iter().filter(|(_, answered)| *answered == part);
        let first = own.min_by_key(|(range, _)| range.start)?;
        Some(self.text.source_span(first.0.clone()).slice(self.given))
    }

    /// The whole of it.
    pub(crate) fn whole(&self) -> Vec<Segment> {
        segments(self.given, &self.text, (0..self.text.chars().len(), &self.ranges))
    }
}

/// The best sentence among `texts`, marked; nothing if there is no mark in any.
pub(crate) fn snippet<'a, 'b: 'a>(
    texts: impl IntoIterator<Item = &'a MarkedText<'b>>,
) -> Option<Vec<Segment>> {
    let mut best: Option<(usize, Vec<Segment>)> = None;
    for MarkedText { given, text, ranges, .. } in texts {
        let Some((marked, window)) = best_window(text, ranges) else { continue };
        if best.as_ref().is_none_or(|(most, _)| marked > *most) {
            best = Some((marked, segments(given, text, (window, ranges))));
        }
    }
    best.map(|(_, segments)| segments)
}

/// The beginning of `given`, for an entry that matched by something its texts do not show.
pub(crate) fn first_sentence(given: &str) -> Vec<Segment> {
    let text = Normalized::of(given);
    segments(given, &text, (window_at(&text, 0), &[]))
}

/// The best sentence of `given`, marked; its beginning if there is no mark in it.
pub(crate) fn marked_sentence(given: &str, marks: &Marks) -> Vec<Segment> {
    snippet([&MarkedText::new(given, marks)]).unwrap_or_else(|| first_sentence(given))
}

fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | ';' | '!' | '?' | '\n')
}

/// The window with the most different marked characters, and how many. The first of equals.
fn best_window(text: &Normalized, ranges: &[Range<usize>]) -> Option<(usize, Range<usize>)> {
    let mut best: Option<(usize, Range<usize>)> = None;
    let mut past = 0;
    for (place, range) in ranges.iter().enumerate() {
        if range.start < past {
            continue;
        }
        let window = window_around(text, range);
        past = window.end;
        let mut seen: Vec<String> = ranges
            .iter()
            .skip(place)
            .take_while(|other| other.end <= window.end)
            .map(|other| text.text(other.clone()))
            .collect();
        seen.sort_unstable();
        seen.dedup();
        let marked: usize = seen.iter().map(|text| text.chars().count()).sum();
        if best.as_ref().is_none_or(|(most, _)| marked > *most) {
            best = Some((marked, window));
        }
    }
    best
}

/// A window that shows `range`: from the start of its sentence, or a little before it.
fn window_around(text: &Normalized, range: &Range<usize>) -> Range<usize> {
    let before = text.chars().iter().take(range.start).rev();
    let lead = before.take_while(|c| !ends_sentence(**c)).count();
    let shown = if lead + range.len() > SNIPPET_CHARS_MAX { LEAD_CHARS } else { lead };
    let window = window_at(text, range.start - shown);
    // A mark longer than the window is shown whole.
    window.start..window.end.max(range.end)
}

/// The window that starts at `start`: to the end of the sentence, and on while a short one leaves room.
fn window_at(text: &Normalized, start: usize) -> Range<usize> {
    let chars = text.chars();
    let blank = chars.iter().skip(start).take_while(|c| c.is_whitespace()).count();
    let start = start + blank;
    let limit = chars.len().min(start + SNIPPET_CHARS_MAX);
    let rest = chars.get(start..limit).unwrap_or_default();
    let whole = rest.iter().rposition(|&c| ends_sentence(c)).map_or(limit, |at| start + at + 1);
    let reaches_end = limit == chars.len();
    let end = if reaches_end || whole - start < SNIPPET_CHARS_MAX / 3 { limit } else { whole };
    start..end
}

/// The characters of `given` in a window, cut where marks begin and end.
fn segments(
    given: &str,
    text: &Normalized,
    (window, ranges): (Range<usize>, &[Range<usize>]),
) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    let mut push = |span: Span, hit: bool| {
        let shown = span.slice(given);
        if !shown.is_empty() {
            segments.push(Segment { text: shown.to_owned(), hit });
        }
    };
    let all = text.source_span(window.clone());
    // Cuts are made in bytes, because a mark may end inside a character that became several (㎡).
    let mut byte_from = all.byte_start;
    let inside = |range: &&Range<usize>| range.start >= window.start && range.end <= window.end;
    for range in ranges.iter().filter(inside) {
        let span = text.source_span(range.clone());
        let byte_start = span.byte_start.max(byte_from);
        push(Span::new(byte_from, byte_start), false);
        push(Span::new(byte_start, span.byte_end), true);
        byte_from = span.byte_end.max(byte_from);
    }
    push(Span::new(byte_from, all.byte_end), false);
    let ellipsis = || Segment { text: "…".to_owned(), hit: false };
    if window.start > 0 {
        segments.insert(0, ellipsis());
    }
    if window.end < text.chars().len() {
        segments.push(ellipsis());
    }
    segments
}
