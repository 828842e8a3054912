//! One document between those it goes back to and those that go back to it. In: names above and below; out: a drawing that can be read at the width of a phone. What does
//! not fit is counted in words, never left out silently.

use super::Caption;
use super::drawing::{Anchor, Drawing, Ink, TYPE, Words};
use super::scale::{in_lines, real};

const WIDTH: f64 = 400.0;
/// From one line of a name to the next.
const LINE: f64 = 17.0;
const GAP: f64 = 9.0;
/// Room on the left for the lines that join the boxes.
const GUTTER: f64 = 22.0;
/// Room beside the words in a box.
const INSIDE: f64 = 9.0;
/// Lines of a title; the longest titles have three.
const LINES_MAX: usize = 3;

/// What is above and below.
pub(crate) struct Layers<'a> {
    /// The words beside the upper lines: implements.
    pub(crate) upper: &'a str,
    pub(crate) above: &'a [String],
    pub(crate) name: &'a str,
    /// The words beside the lower lines: is implemented by.
    pub(crate) lower: &'a str,
    pub(crate) below: &'a [String],
}

/// Draws the layers.
pub(crate) fn layers(caption: Caption<'_>, layers: &Layers<'_>) -> Drawing {
    let mut drawing = caption.drawing(WIDTH);
    if layers.above.is_empty() && layers.below.is_empty() {
        return drawing;
    }
    let x = GUTTER / 2.0;
    let mut y = 1.0;
    let mut first = None;
    for name in layers.above {
        let (joint, bottom) = boxed(&mut drawing, name, y);
        first = first.or(Some(joint));
        y = bottom + GAP;
    }
    if let Some(first) = first {
        drawing.words((GUTTER, y + 10.0), Words::new(layers.upper, WIDTH).small());
        y += 20.0;
        drawing.line((x, first), (x, y), (Ink::Rule, 1.5));
    }
    let lines = in_lines(layers.name, (WIDTH - 2.0 * INSIDE, TYPE), LINES_MAX);
    let height = box_height(&lines);
    drawing.rect((0.0, y), (WIDTH, height), Ink::Seal);
    let centre = (WIDTH / 2.0, y);
    put_lines(&mut drawing, &lines, (centre, WIDTH), (Anchor::Middle, Ink::Paper));
    let bottom = y + height;
    let mut end = bottom;
    if !layers.below.is_empty() {
        y = bottom + 8.0;
        drawing.words((GUTTER, y + 10.0), Words::new(layers.lower, WIDTH).small());
        y += 20.0;
    }
    let mut last = None;
    for name in layers.below {
        let (joint, bottom) = boxed(&mut drawing, name, y);
        last = Some(joint);
        end = bottom;
        y = bottom + GAP;
    }
    if let Some(last) = last {
        drawing.line((x, bottom), (x, last), (Ink::Rule, 1.5));
    }
    drawing.set_height(end + 1.0);
    drawing
}

fn box_height(lines: &[String]) -> f64 {
    14.0 + LINE * real(lines.len())
}

/// Draws the lines of a box of this width whose top is at `y`.
fn put_lines(
    drawing: &mut Drawing,
    lines: &[String],
    ((x, y), width): ((f64, f64), f64),
    (anchor, ink): (Anchor, Ink),
) {
    for (index, line) in lines.iter().enumerate() {
        let words = Words::new(line, width - 2.0 * INSIDE).at(anchor).ink(ink);
        drawing.words((x, y + 19.0 + real(index) * LINE), words);
    }
}

/// Draws a box with its joint to the gutter, and tells where that is and where the box ends.
fn boxed(drawing: &mut Drawing, name: &str, y: f64) -> (f64, f64) {
    let lines = in_lines(name, (WIDTH - GUTTER - 2.0 * INSIDE, TYPE), LINES_MAX);
    let height = box_height(&lines);
    let joint = y + height / 2.0;
    drawing.line((GUTTER / 2.0, joint), (GUTTER, joint), (Ink::Rule, 1.5));
    drawing.frame((GUTTER, y), (WIDTH - GUTTER - 1.0, height), Ink::Rule);
    let start = ((GUTTER + INSIDE, y), WIDTH - GUTTER);
    put_lines(drawing, &lines, start, (Anchor::Start, Ink::Strong));
    (joint, y + height)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CAPTION: Caption<'static> = Caption { title: "关系", description: "上下级文件" };

    #[test]
    fn each_document_above_and_below_has_its_box() {
        let (above, below) = (["省文件".to_owned()], ["县文件".to_owned(), "另有 3 份".to_owned()]);
        let shown = Layers {
            upper: "贯彻落实",
            above: &above,
            name: "市文件",
            lower: "被落实",
            below: &below,
        };
        let drawn = layers(CAPTION, &shown).inline();
        assert_eq!(drawn.matches("<rect").count(), 4);
        for words in ["省文件", "贯彻落实", "市文件", "被落实", "县文件", "另有 3 份"]
        {
            assert!(drawn.contains(words), "{words}");
        }
    }

    #[test]
    fn a_long_title_is_shown_whole() {
        let title = "子市人民政府关于印发子市新型城镇化建设行动提升方案(2024—2025年)的通知";
        let above = [title.to_owned()];
        let shown =
            Layers { upper: "贯彻落实", above: &above, name: title, lower: "", below: &[] };
        let drawn = layers(CAPTION, &shown).inline();
        assert!(!drawn.contains("<title>") && !drawn.contains('…'), "{drawn}");
        assert_eq!(drawn.matches("2025年").count(), 2, "{drawn}");
    }

    #[test]
    fn a_document_that_stands_alone_has_no_drawing() {
        let alone = Layers { upper: "", above: &[], name: "市文件", lower: "", below: &[] };
        assert!(layers(CAPTION, &alone).is_empty());
    }
}
