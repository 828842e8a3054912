//! Targets on a line: each on an axis of its own from zero, with all that keeps it drawn as a band. In: bounds, values and words; out: a drawing that can be read at the
//! width of a phone. Surprising: the day by which it is promised stands over its bound; a band that is open goes on to the end of the axis with a point, because more than the least keeps the promise too.

use super::Caption;
use super::drawing::{Anchor, Drawing, Ink, SMALL, TYPE, Words};
use super::scale::{real, round_up, share, text_width};

const WIDTH: f64 = 400.0;
const ROW: f64 = 80.0;
/// From the top of a row to its axis.
const BAND_TOP: f64 = 40.0;
const THICK: f64 = 10.0;
const POINT: f64 = 9.0;
const END: f64 = WIDTH - POINT;

/// A target to draw.
pub(crate) struct Interval {
    pub(crate) label: String,
    /// What is promised.
    pub(crate) words: String,
    /// By when.
    pub(crate) due: String,
    pub(crate) lower: Option<f64>,
    pub(crate) upper: Option<f64>,
    pub(crate) value: Option<f64>,
    /// Which of the targets it is, for who writes the number at the end of the axis.
    pub(crate) key: String,
    /// Another value on the same axis, with who has it: that of the higher level.
    pub(crate) beside: Option<(String, f64)>,
    /// Where the axis ends, if that is not for the values to say: 100 for a share.
    pub(crate) end: Option<f64>,
}

/// Draws targets, one below the other. `number` writes the last number of the axis of a row, with its unit.
pub(crate) fn intervals(
    caption: Caption<'_>,
    number: &dyn Fn(&Interval, f64) -> String,
    rows: &[Interval],
) -> Drawing {
    let mut drawing = caption.drawing(WIDTH);
    for (index, row) in rows.iter().enumerate() {
        draw(&mut drawing, row, real(index) * ROW, number);
    }
    drawing.set_height(real(rows.len()) * ROW);
    drawing
}

fn draw(
    drawing: &mut Drawing,
    row: &Interval,
    top: f64,
    number: &dyn Fn(&Interval, f64) -> String,
) {
    let beside = row.beside.as_ref().map(|(_, value)| *value);
    let numbers = [row.lower, row.upper, row.value, beside];
    let most = numbers.into_iter().flatten().fold(0.0, f64::max);
    // Room beyond an open band, so that it is seen to go on.
    let is_open = row.upper.is_none() && row.lower.is_some();
    let end = row.end.unwrap_or_else(|| round_up(if is_open { most * 1.15 } else { most }));
    // The label takes what the words leave.
    let left = END - text_width(&row.words, TYPE).min(WIDTH * 0.6) - 12.0;
    drawing.words((0.0, top + 14.0), Words::new(&row.label, left));
    let words = Words::new(&row.words, WIDTH * 0.6).at(Anchor::End).ink(Ink::Seal);
    drawing.words((END, top + 14.0), words);
    let y = top + BAND_TOP;
    drawing.rect((0.0, y), (END, THICK), Ink::Faint);
    // The axis begins at zero: what is below has its words only.
    let is_below = [row.lower, row.upper, row.value].into_iter().flatten().any(|one| one < 0.0);
    if !is_below {
        draw_band(drawing, row, y, end);
    }
    draw_due(drawing, row, y, if is_below { 0.0 } else { share(row.marked(), end, END) });
    let axis = y + THICK + 14.0;
    drawing.line((0.0, y + THICK), (END, y + THICK), (Ink::Rule, 1.0));
    drawing.words((0.0, axis), Words::new("0", 60.0).small());
    let last = number(row, end);
    drawing.words((END, axis), Words::new(&last, 150.0).small().at(Anchor::End));
    if let Some((name, value)) = row.beside.as_ref().filter(|(_, value)| *value >= 0.0) {
        let x = share(*value, end, END);
        drawing.line((x, y - 4.0), (x, y + THICK + 4.0), (Ink::Strong, 2.0));
        // The name stays inside the drawing and clear of the ends of the axis.
        let half = text_width(name, SMALL) / 2.0;
        let last_width = text_width(&last, SMALL);
        let middle = x.clamp(14.0 + half, (END - last_width - 6.0 - half).max(14.0 + half));
        let words = Words::new(name, 200.0).small().at(Anchor::Middle).ink(Ink::Strong);
        drawing.words((middle, axis), words);
    }
}

/// The day by which it is promised, over the place `x` of the bound and inside the drawing.
fn draw_due(drawing: &mut Drawing, row: &Interval, y: f64, x: f64) {
    if row.due.is_empty() {
        return;
    }
    let half = text_width(&row.due, SMALL) / 2.0;
    let middle = x.clamp(half, (WIDTH - half).max(half));
    let words = Words::new(&row.due, WIDTH).small().at(Anchor::Middle).ink(Ink::Seal);
    drawing.words((middle, y - 6.0), words);
}

impl Interval {
    /// The number at which its day is written: the bound, the middle of two, else the value.
    fn marked(&self) -> f64 {
        match (self.lower, self.upper) {
            (Some(lower), Some(upper)) => f64::midpoint(lower, upper),
            (one, other) => one.or(other).or(self.value).unwrap_or(0.0),
        }
    }
}

fn draw_band(drawing: &mut Drawing, row: &Interval, y: f64, end: f64) {
    let middle = y + THICK / 2.0;
    let at = |number: f64| share(number, end, END);
    match (row.lower, row.upper) {
        (Some(lower), Some(upper)) => {
            let (from, to) = (at(lower.min(upper)), at(upper.max(lower)));
            drawing.rect((from, y), ((to - from).max(2.5), THICK), Ink::Tint);
            for x in [from, to] {
                drawing.rect((x - 1.0, y - 3.0), (2.0, THICK + 6.0), Ink::Seal);
            }
        }
        (Some(lower), None) => {
            let from = at(lower);
            drawing.rect((from, y), (END - from, THICK), Ink::Tint);
            drawing.shape(&[(END, y - 2.0), (WIDTH, middle), (END, y + THICK + 2.0)], Ink::Tint);
            drawing.rect((from - 1.0, y - 3.0), (2.0, THICK + 6.0), Ink::Seal);
        }
        (None, Some(upper)) => {
            let to = at(upper);
            drawing.rect((0.0, y), (to, THICK), Ink::Tint);
            drawing.rect((to - 1.0, y - 3.0), (2.0, THICK + 6.0), Ink::Seal);
        }
        (None, None) => {}
    }
    if let Some(value) = row.value {
        // At zero too the whole dot is seen.
        drawing.dot((at(value).max(5.0), middle), 5.0, Ink::Seal);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CAPTION: Caption<'static> =
        Caption { title: "目标", description: "目标及其上下限" };

    fn percent(_: &Interval, number: f64) -> String {
        format!("{number:.0}%")
    }

    fn interval(lower: Option<f64>, upper: Option<f64>) -> Interval {
        Interval {
            label: "森林覆盖率".to_owned(),
            words: "30%".to_owned(),
            due: String::new(),
            lower,
            upper,
            value: None,
            key: "%".to_owned(),
            beside: None,
            end: Some(100.0),
        }
    }

    #[test]
    fn what_lies_below_zero_has_its_words_and_no_band() {
        let drawn = |row| intervals(CAPTION, &percent, &[row]).inline();
        let empty = drawn(interval(None, None));
        for row in [
            interval(Some(-5.0), None),
            interval(None, Some(-5.0)),
            Interval { value: Some(-5.0), ..interval(None, None) },
            Interval { beside: Some(("上级".to_owned(), -5.0)), ..interval(None, None) },
        ] {
            assert_eq!(drawn(row), empty);
        }
    }

    #[test]
    fn what_has_a_least_only_goes_on_to_the_end() {
        let drawn = intervals(CAPTION, &percent, &[interval(Some(30.0), None)]).inline();
        assert!(drawn.contains("<polygon") && drawn.contains(">100%</text>"), "{drawn}");
    }

    #[test]
    fn what_has_a_most_only_begins_at_zero_and_ends_there() {
        let drawn = intervals(CAPTION, &percent, &[interval(None, Some(50.0))]).inline();
        assert!(!drawn.contains("<polygon"));
        assert!(drawn.contains("class=\"fill-tint\" fill=\"#eab9ac\" x=\"0.0\""), "{drawn}");
    }

    #[test]
    fn bounds_in_the_wrong_order_are_drawn_as_the_range_between_them() {
        let right = intervals(CAPTION, &percent, &[interval(Some(10.0), Some(20.0))]).inline();
        let wrong = intervals(CAPTION, &percent, &[interval(Some(20.0), Some(10.0))]).inline();
        assert_eq!(right, wrong);
    }

    #[test]
    fn the_value_of_the_higher_level_stands_on_the_same_axis_with_its_name() {
        let beside = Some(("上级 36%".to_owned(), 36.0));
        let rows = [Interval { beside, ..interval(Some(30.0), None) }];
        let drawn = intervals(CAPTION, &percent, &rows).inline();
        assert!(drawn.contains("上级 36%") && drawn.contains("x1=\"140.8\""), "{drawn}");
    }

    #[test]
    fn the_day_of_a_target_stands_over_its_bound_and_inside_the_drawing() {
        let drawn = |lower| {
            let row = Interval { due: "2032年底".to_owned(), ..interval(Some(lower), None) };
            intervals(CAPTION, &percent, &[row]).inline()
        };
        let x_of = |drawn: &str| {
            let (before, _) = drawn.split_once(">2032年底<").unwrap();
            let (_, x) = before.rsplit_once(" x=\"").unwrap();
            x.split('"').next().unwrap().parse::<f64>().unwrap()
        };
        let bound = END * 0.3;
        assert!((x_of(&drawn(30.0)) - bound).abs() < 0.1, "{}", drawn(30.0));
        assert!(x_of(&drawn(0.0)) > 20.0 && x_of(&drawn(100.0)) < WIDTH - 20.0);
    }
}
