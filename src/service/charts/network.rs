//! One thing and those it is tied to, the strongest first. In: names with the strength of each tie, and ties among them; out: a drawing that can be read at the width of a phone. Surprising: the
//! names stand in one column with a line of type for each, not on a circle, so that no name covers another; ties among them are bows beside the column.

use super::Caption;
use super::drawing::{Anchor, Drawing, Ink, Words};
use super::scale::{real, share};

const WIDTH: f64 = 400.0;
const ROW: f64 = 25.0;
/// Room for the name of the middle.
const TOP: f64 = 26.0;
/// Where the middle stands, and where the column of the others.
const MIDDLE: f64 = 14.0;
const COLUMN: f64 = 152.0;
/// How far the longest bow reaches from the column.
const BOW: f64 = 70.0;

/// A neighbour.
pub(crate) struct Tie {
    pub(crate) name: String,
    /// How often both work together.
    pub(crate) count: usize,
    /// The places of other neighbours that it works with as well, in the list.
    pub(crate) others: Vec<usize>,
}

/// Draws `name` with its neighbours beside it.
pub(crate) fn network(caption: Caption<'_>, name: &str, ties: &[Tie]) -> Drawing {
    let mut drawing = caption.drawing(WIDTH);
    if ties.is_empty() {
        return drawing;
    }
    let height = real(ties.len()) * ROW;
    let centre = (MIDDLE, TOP + height / 2.0);
    let place = |index: usize| (COLUMN, TOP + (real(index) + 0.5) * ROW);
    let most = ties.iter().map(|tie| tie.count).max().unwrap_or(1);
    for (index, tie) in ties.iter().enumerate() {
        for other in tie.others.iter().filter(|other| **other < ties.len()) {
            let (from, to) = (place(index), place(*other));
            let reach = share((to.1 - from.1).abs(), height, BOW) + 12.0;
            let by = (COLUMN - 2.0 * reach, f64::midpoint(from.1, to.1));
            drawing.bend(from, by, to, (Ink::Rule, 0.8));
        }
    }
    for (index, tie) in ties.iter().enumerate() {
        let width = share(real(tie.count), real(most), 6.0).max(0.8);
        drawing.line(centre, place(index), (Ink::Tint, width));
    }
    for (index, tie) in ties.iter().enumerate() {
        let (x, y) = place(index);
        drawing.dot((x, y), 4.0, Ink::Seal);
        let count = tie.count.to_string();
        let words = Words::new(&tie.name, WIDTH - COLUMN - 44.0);
        drawing.words((x + 10.0, y + 4.5), words);
        let count = Words::new(&count, 32.0).at(Anchor::End).ink(Ink::Seal);
        drawing.words((WIDTH, y + 4.5), count);
    }
    drawing.line((MIDDLE, TOP - 7.0), centre, (Ink::Rule, 0.8));
    drawing.dot(centre, 9.0, Ink::Seal);
    drawing.words((0.0, 14.0), Words::new(name, WIDTH));
    drawing.set_height(TOP + height);
    drawing
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
        for words in [">水务局<", ">4<", ">交通局<", ">1<", ">林业局<"] {
            assert!(drawn.contains(words), "{words}: {drawn}");
        }
        // To each, and to the name of the middle; between the two a bow.
        assert_eq!((drawn.matches("<line").count(), drawn.matches("<path").count()), (3, 1));
        assert!(drawn.contains("stroke-width=\"6.0\"") && drawn.contains("stroke-width=\"1.5\""));
    }

    #[test]
    fn a_tie_to_someone_who_is_not_drawn_is_left_out() {
        let drawn = network(CAPTION, "林业局", &[tie("水务局", 4, vec![7])]).inline();
        assert_eq!(drawn.matches("<path").count(), 0);
    }

    #[test]
    fn each_name_has_a_line_of_type_to_itself() {
        let ties: Vec<Tie> = (0..20).map(|_| tie("水务局", 1, Vec::new())).collect();
        let drawn = network(CAPTION, "林业局", &ties).inline();
        let ends = drawn.split("y=\"").filter_map(|rest| rest.split_once("\">水务局<"));
        let mut ys: Vec<f64> = ends.map(|(y, _)| y.parse().unwrap()).collect();
        ys.dedup();
        assert_eq!(ys.len(), 20, "{drawn}");
        assert!(ys.windows(2).all(|pair| pair[1] - pair[0] >= 24.0), "{ys:?}");
    }
}
