//! Bars from zero, one below the other. In: labels with values of one unit; out: a drawing that can be read at the width of a phone. Surprising: a bar has a point where its value
//! is the least that is promised, and a stop where it is the most, because 达到 and 左右 are not the same promise.

use super::Caption;
use super::drawing::{Anchor, Drawing, Ink, TYPE, Words};
use super::scale::{real, round_up, share, text_width};

const WIDTH: f64 = 400.0;
const ROW: f64 = 44.0;
/// Where the bar of a row begins.
const BAR: f64 = 23.0;
const THICK: f64 = 9.0;
/// Room for the point of a bar that goes on.
const POINT: f64 = 8.0;
const AXIS: f64 = 22.0;

/// What a value promises.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Commitment {
    /// At least so much.
    AtLeast,
    /// At most so much.
    AtMost,
    /// About or exactly so much.
    #[default]
    Neither,
}

/// A row.
pub(crate) struct Bar {
    /// Who or what.
    pub(crate) label: String,
    /// The value in words.
    pub(crate) words: String,
    /// The value; none where there is no number to draw.
    pub(crate) value: Option<f64>,
    pub(crate) commitment: Commitment,
}

/// Draws bars on one axis, whose numbers `number` writes and whose last one has `unit` behind it.
pub(crate) fn bars(
    caption: Caption<'_>,
    (unit, number): (&str, &dyn Fn(f64) -> String),
    rows: &[Bar],
) -> Drawing {
    let mut drawing = caption.drawing(WIDTH);
    let most = rows.iter().filter_map(|row| row.value).fold(0.0, f64::max);
    let end = round_up(most);
    let length = WIDTH - POINT;
    let bottom = real(rows.len()) * ROW;
    let marks = [
        (0.0, Anchor::Start, "0".to_owned()),
        (length / 2.0, Anchor::Middle, number(end / 2.0)),
        (length, Anchor::End, format!("{}{unit}", number(end))),
    ];
    for (index, row) in rows.iter().enumerate() {
        let top = real(index) * ROW;
        draw(&mut drawing, row, top, (end, length));
        // The marks of the axis stand at the bars, clear of the words above them.
        for (x, ..) in &marks {
            drawing.line((*x, top + BAR - 4.0), (*x, top + BAR + THICK + 4.0), (Ink::Rule, 0.5));
        }
    }
    for (x, anchor, words) in marks {
        drawing.words((x, bottom + 15.0), Words::new(&words, WIDTH / 3.0).small().at(anchor));
    }
    drawing.set_height(bottom + AXIS);
    drawing
}

fn draw(drawing: &mut Drawing, row: &Bar, top: f64, (end, length): (f64, f64)) {
    let value = Words::new(&row.words, WIDTH * 0.45).at(Anchor::End);
    // The label takes what the value leaves.
    let left = length - text_width(&row.words, TYPE).min(WIDTH * 0.45) - 12.0;
    drawing.words((0.0, top + 16.0), Words::new(&row.label, left));
    // Words end where the axis ends.
    drawing.words((length, top + 16.0), value.ink(Ink::Seal));
    let y = top + BAR;
    drawing.rect((0.0, y), (length, THICK), Ink::Faint);
    // The axis begins at zero: what is below has its words only.
    let Some(value) = row.value.filter(|value| *value >= 0.0) else { return };
    let x = share(value, end, length);
    drawing.rect((0.0, y), (x, THICK), Ink::Seal);
    match row.commitment {
        Commitment::AtLeast => {
            let middle = y + THICK / 2.0;
            drawing.shape(&[(x, y - 2.0), (x + POINT, middle), (x, y + THICK + 2.0)], Ink::Seal);
        }
        Commitment::AtMost => drawing.rect((x, y - 4.0), (2.5, THICK + 8.0), Ink::Seal),
        Commitment::Neither => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(value: Option<f64>, commitment: Commitment) -> Bar {
        Bar { label: "甲市".to_owned(), words: "30%".to_owned(), value, commitment }
    }

    fn plain(number: f64) -> String {
        format!("{number:.0}")
    }

    const CAPTION: Caption<'static> =
        Caption { title: "森林覆盖率", description: "两级目标" };

    #[test]
    fn the_length_of_a_bar_is_its_share_of_the_axis() {
        let rows = [bar(Some(50.0), Commitment::Neither), bar(Some(100.0), Commitment::Neither)];
        let drawn = bars(CAPTION, ("%", &plain), &rows).inline();
        assert!(drawn.contains("width=\"196.0\" height=\"9.0\""), "{drawn}");
        assert!(drawn.contains("100%"));
    }

    #[test]
    fn what_is_the_least_has_a_point_and_what_is_the_most_a_stop() {
        let of = |commitment| bars(CAPTION, ("%", &plain), &[bar(Some(5.0), commitment)]).inline();
        assert!(of(Commitment::AtLeast).contains("<polygon"));
        assert!(of(Commitment::AtMost).contains("height=\"17.0\""));
        assert!(!of(Commitment::Neither).contains("<polygon"));
    }

    #[test]
    fn the_words_of_a_value_end_where_the_axis_ends() {
        let drawn = bars(CAPTION, ("%", &plain), &[bar(Some(5.0), Commitment::Neither)]).inline();
        assert_eq!(drawn.matches("text-anchor=\"end\" x=\"392.0\"").count(), 2, "{drawn}");
    }

    #[test]
    fn a_value_below_zero_has_its_words_and_no_bar() {
        for commitment in [Commitment::AtLeast, Commitment::AtMost, Commitment::Neither] {
            let drawn = |value| bars(CAPTION, ("%", &plain), &[bar(value, commitment)]).inline();
            assert_eq!(drawn(Some(-5.0)), drawn(None));
        }
    }

    #[test]
    fn a_row_without_a_number_has_its_words_and_no_bar() {
        let drawn = bars(CAPTION, ("", &plain), &[bar(None, Commitment::AtLeast)]).inline();
        assert!(
            drawn.contains("30%")
                && !drawn.contains("fill-seal\" fill=\"#9b2418\" x=\"0.0\" y=\"23.0\"")
        );
    }
}
