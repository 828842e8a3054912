//! Elements of a web page to lines. In: an element. Out: what a browser shows of it, a paragraph a line. Guarantees: no
//! recursion, so no depth of nesting is too deep; what is hidden or only serves the page is left out. The surprise: a
//! table that holds another table, or one cell a row, lays out the page and is no table.

use super::ordinal::format_ordinal;
use super::table::{Cell, Table};
use ego_tree::iter::Edge;
use scraper::{ElementRef, Node};

/// Elements that show nothing, or nothing of the document.
const UNSEEN: [&str; 22] = [
    "script", "style", "noscript", "template", "iframe", "object", "svg", "canvas", "button",
    "select", "input", "textarea", "head", "title", "nav", "footer", "audio", "video", "map", "rt",
    "rp", "link",
];

/// Elements that begin and end a line.
const BLOCKS: [&str; 33] = [
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "tr",
    "table",
    "tbody",
    "thead",
    "tfoot",
    "caption",
    "section",
    "article",
    "header",
    "main",
    "aside",
    "blockquote",
    "pre",
    "center",
    "form",
    "fieldset",
    "figure",
    "figcaption",
    "hr",
];

/// Parts of the names of what surrounds a text: share buttons, codes to scan, the way back.
const CHROME: [&str; 11] = [
    "share",
    "qrcode",
    "qr_container",
    "erweima",
    "crumb",
    "pagination",
    "print",
    "close",
    "fontsize",
    "changefont",
    "toolbar",
];

/// What is named so and longer than this is text after all.
const CHROME_CHARS_MAX: usize = 60;

/// What is named so and has more parts is no button either; looking further would cost too much on a deep page.
const CHROME_NODES_MAX: usize = 400;

/// The most columns that a cell may cover, and rows.
const SPAN_MAX: usize = 64;

/// Whether a browser shows the element and it is part of the document.
pub(super) fn is_shown(element: ElementRef<'_>) -> bool {
    let name = element.value().name();
    if UNSEEN.contains(&name) || element.attr("hidden").is_some() {
        return false;
    }
    let style: String =
        element.attr("style").unwrap_or_default().chars().filter(|c| !c.is_whitespace()).collect();
    !style.to_ascii_lowercase().contains("display:none") && !is_chrome(element)
}

fn is_chrome(element: ElementRef<'_>) -> bool {
    let names = element.value().id().into_iter().chain(element.value().classes());
    let is_named = names
        .map(str::to_ascii_lowercase)
        .any(|name| CHROME.iter().any(|part| name.contains(part)));
    is_named && is_small(element)
}

fn is_small(element: ElementRef<'_>) -> bool {
    let mut nodes = element.descendants();
    let near = nodes.by_ref().take(CHROME_NODES_MAX);
    let texts = near.filter_map(|node| node.value().as_text());
    let chars = texts.flat_map(|text| text.chars()).filter(|c| !c.is_whitespace()).count();
    chars <= CHROME_CHARS_MAX && nodes.next().is_none()
}

/// The words below an element, at most `chars_max` characters, without spaces.
pub(super) fn words_of(element: ElementRef<'_>, chars_max: usize) -> String {
    element.text().flat_map(str::chars).filter(|c| !c.is_whitespace()).take(chars_max).collect()
}

/// The lines that `element` shows.
pub(super) fn render(element: ElementRef<'_>) -> Vec<String> {
    let mut page = Rendering::default();
    let mut hidden_depth = 0_usize;
    for edge in element.traverse() {
        match edge {
            Edge::Open(node) => match (node.value(), ElementRef::wrap(node)) {
                (_, Some(inner)) if hidden_depth > 0 || (inner != element && !is_shown(inner)) => {
                    hidden_depth += 1;
                }
                (_, Some(inner)) => page.open(inner),
                (Node::Text(text), None) if hidden_depth == 0 => page.write(text),
                _ => {}
            },
            Edge::Close(node) => match ElementRef::wrap(node) {
                Some(_) if hidden_depth > 0 => hidden_depth -= 1,
                Some(inner) => page.close(inner),
                None => {}
            },
        }
    }
    page.finish()
}

/// A table while it is read; none for one that lays out the page.
type OpenTable = Option<Rows>;

#[derive(Default)]
struct Rows {
    table: Table,
    cells: Vec<(Cell, usize)>,
    /// For each column, in how many rows below a cell above still stands.
    covered: Vec<usize>,
}

#[derive(Default)]
struct Rendering {
    lines: Vec<String>,
    line: String,
    /// The lines around each open cell.
    outer: Vec<Vec<String>>,
    tables: Vec<OpenTable>,
    /// For each open list its numbers: the format and the next one.
    lists: Vec<Option<(&'static str, u32)>>,
    /// Whether the line holds the number of an item and nothing else.
    is_numbered: bool,
    pre_depth: usize,
}

impl Rendering {
    fn open(&mut self, element: ElementRef<'_>) {
        let name = element.value().name();
        // <li><p>: the number opens the line of the paragraph.
        let is_led = name == "p" && std::mem::take(&mut self.is_numbered);
        if name == "br" || (BLOCKS.contains(&name) && !is_led) {
            self.end_line();
        }
        match name {
            "pre" => self.pre_depth += 1,
            "ul" => self.lists.push(None),
            "ol" => self.lists.push(list_numbers(element)),
            "li" => self.number_item(),
            "table" => {
                let is_layout = element
                    .descendent_elements()
                    .skip(1)
                    .any(|inner| inner.value().name() == "table");
                self.tables.push((!is_layout).then(Rows::default));
            }
            "td" | "th" => {
                self.end_line();
                if self.is_in_data() {
                    self.outer.push(std::mem::take(&mut self.lines));
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, element: ElementRef<'_>) {
        let name = element.value().name();
        if BLOCKS.contains(&name) {
            self.end_line();
        }
        match name {
            "pre" => self.pre_depth = self.pre_depth.saturating_sub(1),
            "ul" | "ol" => {
                self.lists.pop();
            }
            "td" | "th" => self.end_cell(element),
            "tr" => self.end_row(),
            "table" => {
                self.end_row();
                self.tables.pop();
            }
            _ => {}
        }
    }

    fn is_in_data(&self) -> bool {
        matches!(self.tables.last(), Some(Some(_)))
    }

    fn end_cell(&mut self, element: ElementRef<'_>) {
        self.end_line();
        let Some(Some(rows)) = self.tables.last_mut() else { return };
        let span = |name| {
            element.attr(name).and_then(|n| n.trim().parse().ok()).unwrap_or(1).clamp(1, SPAN_MAX)
        };
        let paragraphs = std::mem::replace(&mut self.lines, self.outer.pop().unwrap_or_default());
        rows.cells.push((
            Cell { paragraphs, columns: span("colspan"), continues: false },
            span("rowspan"),
        ));
    }

    /// A row of the file lacks the cells that go on from above; a row of a table has them.
    fn end_row(&mut self) {
        let Some(Some(rows)) = self.tables.last_mut() else { return };
        if rows.cells.is_empty() {
            return;
        }
        let mut row = Vec::new();
        let mut column = 0;
        let mut own = std::mem::take(&mut rows.cells).into_iter();
        loop {
            if let Some(left) = rows.covered.get_mut(column).filter(|left| **left > 0) {
                *left -= 1;
                row.push(Cell { continues: true, columns: 1, ..Cell::default() });
                column += 1;
                continue;
            }
            let Some((cell, rowspan)) = own.next() else { break };
            for _ in 0..cell.columns {
                match rows.covered.get_mut(column) {
                    Some(left) => *left = rowspan - 1,
                    None => rows.covered.push(rowspan - 1),
                }
                column += 1;
            }
            row.push(cell);
        }
        rows.table.read_row(row, &mut self.lines);
    }

    /// Lists that the page numbers carry their numbers in the browser only.
    fn number_item(&mut self) {
        if let Some(Some((format, next))) = self.lists.last_mut() {
            let number = format_ordinal(format, *next);
            *next = next.saturating_add(1);
            let mark = if *format == "chineseCounting" { "、" } else { "." };
            self.line = number + mark;
            self.is_numbered = true;
        }
    }

    fn write(&mut self, text: &str) {
        if self.is_numbered && text.trim().is_empty() {
            return;
        }
        self.is_numbered = false;
        for c in text.chars() {
            match c {
                '\n' if self.pre_depth > 0 => self.end_line(),
                ' ' | '\t' | '\n' | '\r' | '\u{C}' => {
                    if !self.line.is_empty() && !self.line.ends_with(' ') {
                        self.line.push(' ');
                    }
                }
                c => self.line.push(c),
            }
        }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        if !line.trim().is_empty() {
            self.lines.push(line.trim_end_matches(' ').to_owned());
        }
    }

    fn finish(mut self) -> Vec<String> {
        self.end_line();
        while let Some(outer) = self.outer.pop() {
            let inner = std::mem::replace(&mut self.lines, outer);
            self.lines.extend(inner);
        }
        self.lines
    }
}

/// The numbers of an ordered list: their format and the first; none where its style hides them.
fn list_numbers(list: ElementRef<'_>) -> Option<(&'static str, u32)> {
    let style = list.attr("style").unwrap_or_default().to_ascii_lowercase();
    if style.contains("none") {
        return None;
    }
    let format = match list.attr("type") {
        Some("a") => "lowerLetter",
        Some("A") => "upperLetter",
        Some("i") => "lowerRoman",
        Some("I") => "upperRoman",
        _ if style.contains("cjk-ideographic") || style.contains("chinese") => "chineseCounting",
        _ => "decimal",
    };
    Some((format, list.attr("start").and_then(|n| n.trim().parse().ok()).unwrap_or(1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use scraper::Html;

    fn lines(html: &str) -> Vec<String> {
        render(Html::parse_fragment(html).root_element())
    }

    #[test]
    fn paragraphs_breaks_and_spaces_are_as_a_browser_shows_them() {
        assert_eq!(lines("<p>甲\n  乙<br>丙</p>丁<div>戊</div>"), ["甲 乙", "丙", "丁", "戊"]);
    }

    #[test]
    fn what_is_not_shown_is_left_out() {
        assert_eq!(
            lines(
                "<p>甲<script>x()</script><span style='display: none'>乙</span></p><div class='share-box'>分享到</div>"
            ),
            ["甲"]
        );
    }

    #[test]
    fn a_table_of_data_has_a_line_a_row_and_merged_cells_stay_in_place() {
        let table = "<table><tr><th>序号<th>任务<th>单位<tr><td>1<td>甲<td rowspan=2>某局<tr><td>2<td>乙</table>";
        assert_eq!(lines(table), ["序号\t任务\t单位", "1\t甲\t某局", "2\t乙\t某局"]);
    }

    #[test]
    fn a_table_around_the_page_is_no_table() {
        let page =
            "<table><tr><td>导语<td><table><tr><td>名称：<td>某办法</table><p>第一条</p></table>";
        assert_eq!(lines(page), ["导语", "名称：\t某办法", "第一条"]);
    }

    #[test]
    fn a_list_that_the_browser_numbers_keeps_its_numbers() {
        assert_eq!(
            lines(
                "<ol start=3><li>甲<li>乙</ol><ol style='list-style-type:cjk-ideographic'><li>丙</ol>"
            ),
            ["3.甲", "4.乙", "一、丙"]
        );
        assert_eq!(lines("<ol><li>\n<p>甲<p>乙</ol>"), ["1.甲", "乙"]);
    }
}
