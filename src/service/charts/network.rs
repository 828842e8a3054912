//! One thing and those it is tied to, the strongest first. In: names with the strength of each tie, and ties among them; out: a drawing. Surprising: the names stand in two columns
//! bent around the middle, not on a circle, so that no name covers another.

use super::Caption;
use super::drawing::{Anchor, Drawing, Ink, Words};
use super::scale::{real, share};

const WIDTH: f64 = 640.0;
const MIDDLE: f64 = WIDTH / 2.0;
const ROW: f64 = 27.0;
const TOP: f64 = 14.0;
/// From the middle to the outermost and the innermost dots.
const REACH: (f64, f64) = (90.0, 128.0);

/// A neighbour.
pub(crate) struct Tie {
    pub(crate) name: String,
    /// How often both work together.
    pub(crate) count: usize,
    /// The places of other neighbours that it works with as well, in the list.
    pub(crate) others: Vec<usize>,
}

/// Draws `name` with its neighbours around it.
pub(crate) fn network(caption: Caption<'_>, name: &str, ties: &[Tie]) -> Drawing {
    let mut drawing = caption.drawing(WIDTH);
    if ties.is_empty() {
        return drawing;
    }
    let rows = ties.len().div_ceil(2);
    let height = (real(rows) * ROW).max(2.0 * ROW);
    let centre = (MIDDLE, TOP + height / 2.0);
    let places: Vec<_> = (0..ties.len()).map(|index| place(index, ties.len(), height)).collect();
    let most = ties.iter().map(|tie| tie.count).max().unwrap_or(1);
    for (from, tie) in places.iter().zip(ties) {
        for to in tie.others.iter().filter_map(|other| places.get(*other)) {
            drawing.line(*from, *to, (Ink::Rule, 0.6));
        }
    }
    for (to, tie) in places.iter().zip(ties) {
        let width = share(real(tie.count), real(most), 6.0).max(0.8);
        drawing.line(centre, *to, (Ink::Tint, width));
    }
    for ((x, y), tie) in places.iter().zip(ties) {
        drawing.dot((*x, *y), 4.0, Ink::Seal);
        let words = format!("{} · {}", tie.name, tie.count);
        let (anchor, shift) =
            if *x < MIDDLE { (Anchor::End, -10.0) } else { (Anchor::Start, 10.0) };
        let width = MIDDLE - (x - MIDDLE).abs() - 12.0;
        drawing.words((x + shift, y + 4.5), Words::new(&words, width).at(anchor));
    }
    drawing.dot(centre, 9.0, Ink::Seal);
    let words = Words::new(name, WIDTH * 0.6).at(Anchor::Middle);
    drawing.words((MIDDLE, TOP + height + 16.0), words);
    drawing.line((MIDDLE, centre.1 + 9.0), (MIDDLE, TOP + height + 2.0), (Ink::Rule, 0.6));
    drawing.set_height(TOP + height + 26.0);
    drawing
}

/// Where a neighbour stands: left and right in turn, from the top, bent outwards in the middle.
fn place(index: usize, count: usize, height: f64) -> (f64, f64) {
    let is_left = index.is_multiple_of(2);
    let of_side = if is_left { count.div_ceil(2) } else { count / 2 };
    let step = height / real(of_side.max(1));
    let y = (real(index / 2) + 0.5) * step;
    let off = (y / height - 0.5) * 2.0;
    let reach = REACH.0 + (REACH.1 - REACH.0) * (1.0 - off * off);
    (if is_left { MIDDLE - reach } else { MIDDLE + reach }, TOP + y)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CAPTION: Caption<'static> = Caption { title: "共事", description: "与谁共事" };

    fn tie(name: &str, count: usize, others: Vec<usize>) -> Tie {
        Tie { name: name.to_owned(), count, others }
    }

    #[test]
    fn each_neighbour_has_its_name_its_count_and_a_line() {
        let ties = [tie("水务局", 4, vec![1]), tie("交通局", 1, Vec::new())];
        let drawn = network(CAPTION, "林业局", &ties).inline();
        assert!(
            drawn.contains("水务局 · 4")
                && drawn.contains("交通局 · 1")
                && drawn.contains("林业局")
        );
        // To each, between the two, and to the name of the middle.
        assert_eq!(drawn.matches("<line").count(), 4);
        assert!(drawn.contains("stroke-width=\"6.0\"") && drawn.contains("stroke-width=\"1.5\""));
    }

    #[test]
    fn a_tie_to_someone_who_is_not_drawn_is_left_out() {
        let drawn = network(CAPTION, "林业局", &[tie("水务局", 4, vec![7])]).inline();
        assert_eq!(drawn.matches("<line").count(), 2);
    }

    #[test]
    fn no_two_names_of_one_side_stand_closer_than_a_line_of_type() {
        for count in 1..=20_usize {
            let height = (real(count.div_ceil(2)) * ROW).max(2.0 * ROW);
            let ys: Vec<f64> = (0..count).map(|index| place(index, count, height).1).collect();
            for pair in ys.iter().step_by(2).collect::<Vec<_>>().windows(2) {
                assert!(pair[1] - pair[0] >= 26.0, "{count}");
            }
        }
    }
}
