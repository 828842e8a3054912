//! The main classes of a vocabulary and the ties between them. In: boxes with a column and a row, and which are tied; out: a drawing that can be read at the width of a phone where there are
//! three columns or fewer. Guarantee: a tie runs from the edge of one box to
//! the edge of the other.

use super::Caption;
use super::drawing::{Anchor, Drawing, Ink, SMALL, TYPE, Words};
use super::scale::{in_lines, real, text_width};

const BOX: (f64, f64) = (112.0, 40.0);
const STEP: (f64, f64) = (143.0, 84.0);

/// A class.
pub(crate) struct ClassBox {
    pub(crate) name: String,
    pub(crate) column: usize,
    pub(crate) row: usize,
}

/// A property from one class to another, by their places in the list.
pub(crate) struct ClassTie {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) name: String,
}

/// Draws classes and their ties.
pub(crate) fn model(caption: Caption<'_>, boxes: &[ClassBox], ties: &[ClassTie]) -> Drawing {
    let most = |of: fn(&ClassBox) -> usize| boxes.iter().map(of).max().unwrap_or(0);
    let width = real(most(|one| one.column)) * STEP.0 + BOX.0 + 2.0;
    let mut drawing = caption.drawing(width);
    let centre = |one: &ClassBox| {
        let corner = (1.0 + real(one.column) * STEP.0, 1.0 + real(one.row) * STEP.1);
        (corner.0 + BOX.0 / 2.0, corner.1 + BOX.1 / 2.0)
    };
    for tie in ties {
        let (Some(from), Some(to)) = (boxes.get(tie.from), boxes.get(tie.to)) else { continue };
        draw_tie(&mut drawing, (centre(from), centre(to)), &tie.name);
    }
    for one in boxes {
        let (x, y) = centre(one);
        let corner = (x - BOX.0 / 2.0, y - BOX.1 / 2.0);
        drawing.rect(corner, BOX, Ink::Faint);
        drawing.frame(corner, BOX, Ink::Soft);
        let room = BOX.0 - 10.0;
        // A name that is too long for a line takes two of the small type.
        if text_width(&one.name, TYPE) <= room {
            let words = Words::new(&one.name, room).at(Anchor::Middle);
            drawing.words((x, y + 4.5), words);
            continue;
        }
        let lines = in_lines(&one.name, (room, SMALL), 2);
        let first = if lines.len() > 1 { -2.5 } else { 4.0 };
        for (line, place) in lines.iter().zip([first, 11.0]) {
            let words = Words::new(line, room).small().at(Anchor::Middle).ink(Ink::Strong);
            drawing.words((x, y + place), words);
        }
    }
    drawing.set_height(real(most(|one| one.row)) * STEP.1 + BOX.1 + 2.0);
    drawing
}

/// A line with a point at its end and its name in the middle.
fn draw_tie(drawing: &mut Drawing, (from, to): ((f64, f64), (f64, f64)), name: &str) {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx.hypot(dy);
    if length < 1.0 {
        return;
    }
    // How far along the line the edge of a box is.
    let edge = |half: f64, d: f64| if d.abs() < 1e-6 { f64::INFINITY } else { half / d.abs() };
    let inside = edge(BOX.0 / 2.0, dx).min(edge(BOX.1 / 2.0, dy)).min(0.5);
    let at = |share: f64| (from.0 + dx * share, from.1 + dy * share);
    let (start, end) = (at(inside), at(1.0 - inside));
    drawing.line(start, end, (Ink::Rule, 1.2));
    let (ux, uy) = (dx / length, dy / length);
    let back = |along: f64, across: f64| {
        (end.0 - ux * along - uy * across, end.1 - uy * along + ux * across)
    };
    drawing.shape(&[end, back(8.0, 3.5), back(8.0, -3.5)], Ink::Soft);
    // Beside a line that goes down, on its outer side and not at one height with the next; above one that goes across.
    let (anchor, place) = match (dx.abs() < 1.0, dy.abs() > 1.0) {
        (true, _) => (Anchor::Start, shifted(at(0.62), (6.0, 4.0))),
        (false, true) if dx < 0.0 => (Anchor::End, shifted(at(0.42), (-6.0, 0.0))),
        (false, true) => (Anchor::Start, shifted(at(0.42), (6.0, 0.0))),
        (false, false) => (Anchor::Middle, shifted(at(0.5), (0.0, -5.0))),
    };
    drawing.words(place, Words::new(name, STEP.0 - 20.0).small().at(anchor));
}

fn shifted((x, y): (f64, f64), (right, down): (f64, f64)) -> (f64, f64) {
    (x + right, y + down)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(name: &str, column: usize, row: usize) -> ClassBox {
        ClassBox { name: name.to_owned(), column, row }
    }

    #[test]
    fn a_tie_runs_from_edge_to_edge() {
        let boxes = [class("文件", 0, 0), class("措施", 1, 0)];
        let ties = [ClassTie { from: 0, to: 1, name: "含有".to_owned() }];
        let caption = Caption { title: "模型", description: "两个类" };
        let drawn = model(caption, &boxes, &ties).inline();
        assert!(drawn.contains("x1=\"113.0\"") && drawn.contains("x2=\"144.0\""), "{drawn}");
    }

    #[test]
    fn a_tie_to_a_class_that_is_not_drawn_is_left_out() {
        let ties = [ClassTie { from: 0, to: 7, name: String::new() }];
        let caption = Caption { title: "", description: "" };
        assert!(!model(caption, &[class("文件", 0, 0)], &ties).inline().contains("<line"));
    }
}
