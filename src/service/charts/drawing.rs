//! A drawing: shapes that are put on a sheet one after the other. In: shapes with an ink; out: SVG for a page, or as a file of its own. Guarantee: what is written is well-formed,
//! whatever the words are.

use std::fmt::Write as _;

use super::scale::fitted;

/// Size of the type, in units of the drawing.
pub(super) const TYPE: f64 = 13.0;
/// Size of the small type.
pub(super) const SMALL: f64 = 11.0;

/// What a shape is drawn with: a class of the stylesheet, and the colour that it has in a file of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    /// Words, and what matters most.
    Strong,
    /// What explains.
    Soft,
    /// The values.
    Seal,
    /// Words on an area of that.
    Paper,
    /// Areas of values.
    Tint,
    /// Axes and frames.
    Rule,
    /// What a value stands before.
    Faint,
}

impl Ink {
    const fn name(self) -> &'static str {
        match self {
            Self::Strong => "strong",
            Self::Soft => "soft",
            Self::Seal => "seal",
            Self::Paper => "paper",
            Self::Tint => "tint",
            Self::Rule => "rule",
            Self::Faint => "faint",
        }
    }

    const fn colour(self) -> &'static str {
        match self {
            Self::Strong => "#211f1b",
            Self::Soft => "#5d574d",
            Self::Seal => "#9b2418",
            Self::Paper => "#ffffff",
            Self::Tint => "#eab9ac",
            Self::Rule => "#b9b0a0",
            Self::Faint => "#f1ede3",
        }
    }
}

/// Where a text stands at its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    /// It begins there.
    Start,
    /// It has its middle there.
    Middle,
    /// It ends there.
    End,
}

/// A place on the sheet.
pub(super) type Point = (f64, f64);

/// Words on a sheet.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    pub(super) text: &'a str,
    pub(super) anchor: Anchor,
    pub(super) size: f64,
    pub(super) ink: Ink,
    /// Wider ones are cut.
    pub(super) width: f64,
}

impl<'a> Words<'a> {
    /// Words in the usual type from a point on.
    pub(super) const fn new(text: &'a str, width: f64) -> Self {
        Self { text, anchor: Anchor::Start, size: TYPE, ink: Ink::Strong, width }
    }

    pub(super) const fn small(self) -> Self {
        Self { size: SMALL, ink: Ink::Soft, ..self }
    }

    pub(super) const fn at(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }

    pub(super) const fn ink(self, ink: Ink) -> Self {
        Self { ink, ..self }
    }
}

/// A chart.
#[derive(Clone, Debug, Default)]
pub(crate) struct Drawing {
    width: f64,
    height: f64,
    title: String,
    description: String,
    body: String,
}

impl Drawing {
    /// An empty sheet.
    pub(super) fn new(width: f64, title: &str, description: &str) -> Self {
        let (title, description) = (escaped(title), escaped(description));
        Self { width, height: 0.0, title, description, body: String::new() }
    }

    /// Whether nothing is drawn.
    pub(crate) fn is_empty(&self) -> bool {
        self.body.is_empty()
    }

    pub(super) fn set_height(&mut self, height: f64) {
        self.height = height;
    }

    pub(super) fn rect(&mut self, (x, y): Point, (width, height): Point, ink: Ink) {
        let (class, colour) = (ink.name(), ink.colour());
        self.put(format_args!(
            "<rect class=\"fill-{class}\" fill=\"{colour}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\"/>"
        ));
    }

    /// A box with a line around it.
    pub(super) fn frame(&mut self, (x, y): Point, (width, height): Point, ink: Ink) {
        let (class, colour) = (ink.name(), ink.colour());
        self.put(format_args!(
            "<rect class=\"line-{class}\" fill=\"none\" stroke=\"{colour}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"3\"/>"
        ));
    }

    pub(super) fn line(&mut self, (x1, y1): Point, (x2, y2): Point, (ink, width): (Ink, f64)) {
        let (class, colour) = (ink.name(), ink.colour());
        self.put(format_args!(
            "<line class=\"line-{class}\" stroke=\"{colour}\" stroke-width=\"{width:.1}\" x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\"/>"
        ));
    }

    /// A line that is bent towards `by` on its way.
    pub(super) fn bend(&mut self, from: Point, by: Point, to: Point, (ink, width): (Ink, f64)) {
        let (class, colour) = (ink.name(), ink.colour());
        let [(x1, y1), (x, y), (x2, y2)] = [from, by, to];
        self.put(format_args!(
            "<path class=\"line-{class}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width:.1}\" d=\"M{x1:.1} {y1:.1}Q{x:.1} {y:.1} {x2:.1} {y2:.1}\"/>"
        ));
    }

    pub(super) fn dot(&mut self, (x, y): Point, radius: f64, ink: Ink) {
        let (class, colour) = (ink.name(), ink.colour());
        self.put(format_args!(
            "<circle class=\"fill-{class}\" fill=\"{colour}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\"/>"
        ));
    }

    /// A closed shape through these points.
    pub(super) fn shape(&mut self, points: &[Point], ink: Ink) {
        let points: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        let (class, colour, points) = (ink.name(), ink.colour(), points.join(" "));
        self.put(format_args!(
            "<polygon class=\"fill-{class}\" fill=\"{colour}\" points=\"{points}\"/>"
        ));
    }

    /// Words whose feet stand on the line through the point; what is cut is told when one points at them.
    pub(super) fn words(&mut self, (x, y): Point, words: Words<'_>) {
        let shown = fitted(words.text, words.width, words.size);
        let whole = if shown == words.text {
            String::new()
        } else {
            format!("<title>{}</title>", escaped(words.text))
        };
        let anchor = match words.anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let (class, colour, size) = (words.ink.name(), words.ink.colour(), words.size);
        let shown = escaped(&shown);
        self.put(format_args!(
            "<text class=\"fill-{class}\" fill=\"{colour}\" font-size=\"{size}\"{anchor} x=\"{x:.1}\" y=\"{y:.1}\">{shown}{whole}</text>"
        ));
    }

    fn put(&mut self, shape: std::fmt::Arguments<'_>) {
        // Writing to a string does not fail.
        let _ = self.body.write_fmt(shape);
    }

    /// For a page, where the stylesheet has the colours.
    pub(crate) fn inline(&self) -> String {
        let Self { width, height, title, description, body } = self;
        format!(
            "<svg class=\"chart\" role=\"img\" viewBox=\"0 0 {width} {height:.0}\" aria-label=\"{title}: {description}\">{body}</svg>"
        )
    }

    /// A file of its own.
    pub(crate) fn standalone(&self) -> String {
        let Self { width, height, title, description, body } = self;
        let (outer_width, outer_height) = (width + 2.0 * MARGIN, height + 2.0 * MARGIN);
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"{outer_width:.0}\" height=\"{outer_height:.0}\" \
             viewBox=\"-{MARGIN} -{MARGIN} {outer_width:.0} {outer_height:.0}\" font-family=\"{FACE}\"><title>{title}</title><desc>{description}</desc>\
             <rect fill=\"#ffffff\" x=\"-{MARGIN}\" y=\"-{MARGIN}\" width=\"{outer_width:.0}\" height=\"{outer_height:.0}\"/>{body}</svg>\n"
        )
    }
}

/// White around a file of its own.
const MARGIN: f64 = 16.0;
/// The type of a file of its own.
const FACE: &str = "Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, sans-serif";

/// `text` inside an element or an attribute. Characters that XML has not are left out.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_cannot_end_the_element_or_the_attribute_that_they_stand_in() {
        let mut drawing = Drawing::new(400.0, "</svg><script>\"", "a & b\u{0}");
        drawing.words((0.0, 10.0), Words::new("<script>森林</script>", 400.0));
        drawing.set_height(20.0);
        for text in [drawing.inline(), drawing.standalone()] {
            assert!(!text.contains("<script>") && !text.contains('\u{0}'), "{text}");
            assert!(text.contains("&lt;script&gt;森林"));
        }
    }

    #[test]
    fn a_file_of_its_own_has_its_name_space_and_what_it_shows_and_no_style() {
        let mut drawing = Drawing::new(400.0, "目标", "一个目标");
        drawing.dot((1.0, 2.0), 3.0, Ink::Seal);
        let file = drawing.standalone();
        assert!(file.starts_with("<?xml") && file.contains("xmlns=\"http://www.w3.org/2000/svg\""));
        assert!(file.contains("<title>目标</title><desc>一个目标</desc>"));
        assert!(!file.contains("style"));
    }

    #[test]
    fn only_what_was_cut_tells_its_whole_text() {
        let mut drawing = Drawing::new(400.0, "", "");
        drawing.words((0.0, 0.0), Words::new("森林", 100.0));
        assert!(!drawing.inline().contains("<title>"));
        drawing.words((0.0, 0.0), Words::new("森林覆盖率", 40.0));
        assert!(drawing.inline().contains("<title>森林覆盖率</title>"));
    }
}
