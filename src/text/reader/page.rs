//! Placed words to the lines of a page. In: runs of text with their places, as a PDF draws them. Out: lines from top to
//! bottom, each with its extent. Guarantees: a run drawn twice is read once; text that is turned stays out.
//! The surprise: y grows upwards, as in the file.

use unpdf::parser::TextSpan;

/// Runs whose baselines differ by less than this part of the font size are on one line.
const BASELINE_EM: f32 = 0.5;

/// A gap wider than this part of the font size is a space.
const SPACE_EM: f32 = 0.45;

/// A gap wider than this part of the font size stands between columns.
const COLUMN_EM: f32 = 1.8;

/// How far from another a second copy of a run may be drawn: programs embolden by drawing twice.
const COPY_EM: f32 = 0.1;

/// The largest paper is some thousand points wide; what lies further out is a damaged number.
const PAPER_POINTS_MAX: f32 = 20_000.0;

/// The largest letters of a poster, in points.
const FONT_POINTS_MAX: f32 = 1_000.0;

/// Whether a run lies where a page can be.
pub(super) fn is_on_paper(span: &TextSpan) -> bool {
    let is_near = |length: f32| length.is_finite() && length.abs() < PAPER_POINTS_MAX;
    is_near(span.x) && is_near(span.y) && is_near(span.width) && span.font_size < FONT_POINTS_MAX
}

/// One line of a page; lengths in points.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) left: f32,
    pub(super) right: f32,
    /// The baseline.
    pub(super) y: f32,
    pub(super) size: f32,
    /// Whether a gap inside is as wide as that between columns.
    pub(super) has_columns: bool,
}

/// The lines that `spans` make, from top to bottom.
pub(super) fn find_lines(mut spans: Vec<TextSpan>) -> Vec<Line> {
    spans.retain(|span| !span.is_rotated() && !span.text.trim().is_empty() && span.font_size > 0.0);
    spans.sort_by(|a, b| b.y.total_cmp(&a.y).then(a.x.total_cmp(&b.x)));
    let mut rows: Vec<Vec<TextSpan>> = Vec::new();
    for span in spans {
        let row = rows
            .last_mut()
            .filter(|row| row.first().is_some_and(|first| on_one_line(first, &span)));
        match row {
            Some(row) => row.push(span),
            None => rows.push(vec![span]),
        }
    }
    rows.into_iter().filter_map(to_line).collect()
}

fn on_one_line(first: &TextSpan, span: &TextSpan) -> bool {
    (first.y - span.y).abs() < BASELINE_EM * first.font_size.max(span.font_size)
}

fn to_line(mut row: Vec<TextSpan>) -> Option<Line> {
    row.sort_by(|a, b| a.x.total_cmp(&b.x));
    let first = row.first()?;
    let (left, y) = (first.x, first.y);
    let mut line =
        Line { text: String::new(), left, right: left, y, size: 0.0, has_columns: false };
    let mut last: Option<&TextSpan> = None;
    for span in &row {
        if last.is_some_and(|last| is_copy(last, span)) {
            continue;
        }
        let gap = span.x - line.right;
        if last.is_some() && gap > SPACE_EM * span.font_size {
            line.text.push(' ');
            line.has_columns |= gap > COLUMN_EM * span.font_size;
        }
        line.text.push_str(&span.text);
        line.right = line.right.max(span.x + span.width_of_ink());
        line.size = line.size.max(span.font_size);
        last = Some(span);
    }
    line.text = line.text.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(line)
}

fn is_copy(last: &TextSpan, span: &TextSpan) -> bool {
    let near = COPY_EM * span.font_size;
    last.text == span.text && (last.x - span.x).abs() < near && (last.y - span.y).abs() < near
}

/// How far the visible part of a run reaches.
trait Ink {
    fn width_of_ink(&self) -> f32;
}

impl Ink for TextSpan {
    fn width_of_ink(&self) -> f32 {
        let estimate = || {
            let ems = self
                .text
                .trim_end()
                .chars()
                .map(|c| if c.is_ascii() { 0.5 } else { 1.0 })
                .sum::<f32>();
            ems * self.font_size
        };
        self.ink_width.filter(|_| self.width_measured).unwrap_or_else(|| {
            if self.width > 0.0 && !self.text.ends_with(' ') { self.width } else { estimate() }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(text: &str, x: f32, y: f32) -> TextSpan {
        TextSpan::new(text.to_owned(), x, y, 16.0, "仿宋".to_owned())
    }

    fn texts(spans: Vec<TextSpan>) -> Vec<String> {
        find_lines(spans).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn runs_are_read_from_top_to_bottom_and_from_left_to_right() {
        let spans =
            vec![span("丙", 90.0, 600.0), span("乙", 106.0, 700.0), span("甲", 90.0, 700.4)];
        assert_eq!(texts(spans), ["甲乙", "丙"]);
    }

    #[test]
    fn a_run_that_is_drawn_twice_is_read_once() {
        assert_eq!(texts(vec![span("标题", 90.0, 700.0), span("标题", 90.3, 700.0)]), ["标题"]);
    }

    #[test]
    fn a_gap_is_a_space() {
        assert_eq!(
            texts(vec![span("第一条", 90.0, 700.0), span("为了", 154.0, 700.0)]),
            ["第一条 为了"]
        );
    }
}
