//! Word's XML documents. In: the bytes of a .docx. Out: its paragraphs, a line each, with the numbers that Word
//! would print; tables as rows with tabs. Guarantees: document order; nothing that was deleted, moved away or
//! hidden; at most [`PART_BYTES_MAX`] unpacked bytes a part. The surprise: a text box stands inside the paragraph
//! that it is anchored to, so its lines come before that paragraph's own.

use super::error::{FILE_BYTES_MAX, ReadError};
use super::numbering::{Numbering, Place};
use super::table::{Cell, Table};
use super::xml::{attribute, is_off, open, resolve};
use super::{Reader, encoding};
use quick_xml::events::{BytesStart, Event};
use std::io::{Cursor, Read as _};
use zip::ZipArchive;

const FORMAT: &str = "Word document";

/// The most bytes that one part may unpack to: a small archive can hold a very large part.
const PART_BYTES_MAX: usize = FILE_BYTES_MAX;

/// What is not part of the text as printed: earlier states, the second copy of a drawing, phonetic guides.
const SKIPPED: [&str; 7] =
    ["Fallback", "moveFrom", "del", "pPrChange", "rPrChange", "tcPrChange", "rt"];

/// The reader of `.docx`.
pub(super) struct Docx;

impl Reader for Docx {
    fn format(&self) -> &'static str {
        FORMAT
    }

    fn read(&self, bytes: &[u8]) -> Result<String, ReadError> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
        let document = find_document(&archive)
            .ok_or(ReadError::Binary { what: "a zip archive without a Word document" })?;
        let xml = read_part(&mut archive, &document)?.unwrap_or_default();
        let styles = read_part(&mut archive, "word/styles.xml")?.unwrap_or_default();
        let lists = read_part(&mut archive, "word/numbering.xml")?.unwrap_or_default();
        let numbering = Numbering::parse(&styles, &lists).map_err(damaged)?;
        Body::new(numbering).read(&xml)
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that `map_err` asks for")]
fn damaged(error: impl ToString) -> ReadError {
    ReadError::Damaged { format: FORMAT, detail: error.to_string() }
}

/// Whether a zip archive holds a Word document.
pub(super) fn is_docx(bytes: &[u8]) -> bool {
    ZipArchive::new(Cursor::new(bytes)).is_ok_and(|archive| find_document(&archive).is_some())
}

/// Some programs number the part: `word/document2.xml`.
fn find_document(archive: &ZipArchive<Cursor<&[u8]>>) -> Option<String> {
    let is_document = |name: &str| {
        name.strip_prefix("word/document").is_some_and(|rest| rest.strip_suffix(".xml").is_some())
    };
    let names = archive.file_names().filter_map(Result::ok);
    names.filter(|name| is_document(name)).min().map(std::borrow::Cow::into_owned)
}

fn read_part(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    name: &str,
) -> Result<Option<String>, ReadError> {
    if archive.index_for_name(name).is_none() {
        return Ok(None);
    }
    let part = archive.by_name(name).map_err(damaged)?;
    let mut bytes = Vec::new();
    let limit = u64::try_from(PART_BYTES_MAX).unwrap_or(u64::MAX);
    part.take(limit + 1).read_to_end(&mut bytes).map_err(damaged)?;
    if bytes.len() > PART_BYTES_MAX {
        return Err(ReadError::TooLong { bytes: bytes.len() });
    }
    Ok(Some(encoding::decode_marked(&bytes)))
}

/// A paragraph while it is read.
#[derive(Default)]
struct Paragraph {
    text: String,
    style: Option<String>,
    place: Place,
    /// Whether a run is open, and whether it is hidden.
    in_run: bool,
    hidden: bool,
}

/// A table while it is read: its finished rows went to the lines already.
#[derive(Default)]
struct OpenTable {
    table: Table,
    cells: Vec<Cell>,
    columns: usize,
    continues: bool,
}

/// The body while it is read. Nested tables and text boxes are stacks on the heap, so that no depth of
/// nesting can exhaust the program's own stack.
struct Body {
    numbering: Numbering,
    paragraphs: Vec<Paragraph>,
    tables: Vec<OpenTable>,
    /// Lines of the document, then of each open cell.
    sinks: Vec<Vec<String>>,
    /// Elements open since the one that is skipped.
    skipped_depth: usize,
    in_text: bool,
}

impl Body {
    fn new(numbering: Numbering) -> Self {
        Self {
            numbering,
            paragraphs: Vec::new(),
            tables: Vec::new(),
            sinks: vec![Vec::new()],
            skipped_depth: 0,
            in_text: false,
        }
    }

    fn read(mut self, xml: &str) -> Result<String, ReadError> {
        let mut events = open(xml);
        loop {
            match events.read_event().map_err(damaged)? {
                Event::Eof => break,
                Event::Start(element) if self.skipped_depth > 0 || is_skipped(&element) => {
                    self.skipped_depth += 1;
                }
                Event::End(_) if self.skipped_depth > 0 => self.skipped_depth -= 1,
                _ if self.skipped_depth > 0 => {}
                Event::Start(element) => self.start(&element),
                Event::Empty(element) => self.empty(&element),
                Event::End(element) => self.end(element.local_name().as_ref()),
                Event::Text(text) if self.in_text => self.write(&text.xml10_content()),
                Event::CData(text) if self.in_text => self.write(&text.xml10_content()),
                Event::GeneralRef(name) if self.in_text => {
                    if let Some(c) = resolve(&name) {
                        self.write(c.encode_utf8(&mut [0; 4]));
                    }
                }
                _ => {}
            }
        }
        let lines = self.sinks.into_iter().flatten().collect::<Vec<_>>();
        Ok(lines.join("\n"))
    }

    fn start(&mut self, element: &BytesStart<'_>) {
        match element.local_name().as_ref() {
            "p" => self.paragraphs.push(Paragraph::default()),
            "tbl" => self.tables.push(OpenTable::default()),
            "tc" => {
                self.sinks.push(Vec::new());
                if let Some(table) = self.tables.last_mut() {
                    (table.columns, table.continues) = (1, false);
                }
            }
            "t" => self.in_text = true,
            "r" => self.set_run(true),
            _ => self.empty(element),
        }
    }

    fn set_run(&mut self, open: bool) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            (paragraph.in_run, paragraph.hidden) = (open, false);
        }
    }

    /// What an element without content says; properties may also be written as a pair of tags.
    fn empty(&mut self, element: &BytesStart<'_>) {
        let value = || attribute(element, "val");
        let name = element.local_name();
        match name.as_ref() {
            "gridSpan" => {
                if let Some(table) = self.tables.last_mut() {
                    table.columns = value().and_then(|n| n.parse().ok()).unwrap_or(1);
                }
                return;
            }
            "vMerge" => {
                if let Some(table) = self.tables.last_mut() {
                    table.continues = value().is_none_or(|merge| merge != "restart");
                }
                return;
            }
            "br" | "cr" => return self.write("\n"),
            "tab" | "ptab" => return self.write_tab(),
            "noBreakHyphen" => return self.write("-"),
            _ => {}
        }
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        match name.as_ref() {
            "pStyle" => paragraph.style = value(),
            "numId" => paragraph.place.list = value(),
            "ilvl" => paragraph.place.level = value().and_then(|n| n.parse().ok()),
            "vanish" if paragraph.in_run => paragraph.hidden = !is_off(element),
            _ => {}
        }
    }

    /// A tab in a run is a space: cells alone are separated by tabs. In a list of tab stops it is nothing.
    fn write_tab(&mut self) {
        if self.paragraphs.last().is_some_and(|paragraph| paragraph.in_run) {
            self.write(" ");
        }
    }

    fn write(&mut self, text: &str) {
        if let Some(paragraph) = self.paragraphs.last_mut().filter(|paragraph| !paragraph.hidden) {
            paragraph.text.push_str(text);
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "t" => self.in_text = false,
            "r" => self.set_run(false),
            "p" => self.end_paragraph(),
            "tc" if self.sinks.len() > 1 => self.end_cell(),
            "tr" => self.end_row(),
            "tbl" => {
                self.end_row();
                self.tables.pop();
            }
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let Some(paragraph) = self.paragraphs.pop() else { return };
        let label = self.numbering.count(paragraph.style.as_deref(), &paragraph.place);
        let Some(lines) = self.sinks.last_mut() else { return };
        if paragraph.text.trim().is_empty() {
            lines.push(String::new());
            return;
        }
        let numbered = label + &paragraph.text;
        lines.extend(numbered.split('\n').map(str::to_owned));
    }

    fn end_cell(&mut self) {
        let Some(paragraphs) = self.sinks.pop() else { return };
        if let Some(table) = self.tables.last_mut() {
            let cell = Cell { paragraphs, columns: table.columns, continues: table.continues };
            table.cells.push(cell);
        }
    }

    fn end_row(&mut self) {
        let (Some(table), Some(lines)) = (self.tables.last_mut(), self.sinks.last_mut()) else {
            return;
        };
        let cells = std::mem::take(&mut table.cells);
        if !cells.is_empty() {
            table.table.read_row(cells, lines);
        }
    }
}

fn is_skipped(element: &BytesStart<'_>) -> bool {
    SKIPPED.contains(&element.local_name().as_ref())
}
