//! PDF with a text layer. In: the bytes of a .pdf. Out: its paragraphs in reading order, a line each; ruled tables as rows
//! with tabs. Guarantees: page numbers, running heads and line breaks of the page are gone; a file without readable text is
//! refused by name. The surprise: text is read from the places of its words, because the library's own paragraphs run
//! together where only an indent separates them; tables are as the library reads them, at the place of their lines, and so
//! is a page that is mostly columns.

use super::error::ReadError;
use super::page::{Line, find_lines, is_on_paper};
use super::paragraph::{Piece, drop_running_heads, join_paragraphs, split_items};
use super::radical::fold_radicals;
use super::region::find_regions;
use super::table::{Cell, Table};
use super::{Reader, nesting};
use std::thread;
use unpdf::parser::LayoutAnalyzer;
use unpdf::parser::backend::{PdfBackend as _, RawBackend};
use unpdf::{Block, Page, PageSelection, Paragraph, ParseOptions, Table as PdfTable};

const FORMAT: &str = "PDF";

/// Fewer characters a page than this are a stamp or a page number on a picture.
const CHARS_PER_PAGE_MIN: usize = 10;

/// How many characters in a hundred may be unknown: a logo or a bullet is, a sentence is not.
const UNKNOWN_PERCENT_MAX: usize = 5;

/// A table has at least so many lines with columns.
const TABLE_LINES_MIN: usize = 3;

/// The reader of `.pdf`.
pub(super) struct Pdf;

impl Reader for Pdf {
    fn format(&self) -> &'static str {
        FORMAT
    }

    fn read(&self, bytes: &[u8]) -> Result<String, ReadError> {
        if let Some(fault) = nesting::find_fault(bytes) {
            return Err(ReadError::Damaged { format: FORMAT, detail: fault.to_owned() });
        }
        // The library calls itself for each level of nesting; this stack holds as many as are let through.
        thread::scope(|scope| {
            let spawned = thread::Builder::new()
                .stack_size(nesting::STACK_BYTES)
                .spawn_scoped(scope, || read_text(bytes));
            let joined = spawned.ok().and_then(|reading| reading.join().ok());
            joined.unwrap_or(Err(ReadError::Failed { format: FORMAT }))
        })
    }
}

fn read_text(bytes: &[u8]) -> Result<String, ReadError> {
    let backend = RawBackend::load_bytes(bytes).map_err(explain)?;
    let pages: Vec<PlacedPage> =
        backend.pages().keys().map(|&number| place_words(&backend, number)).collect();
    let columned =
        pages.iter().filter(|page| page.may_have_table()).map(|page| page.number).collect();
    let parsed = parse_pages(bytes, columned)?;
    let text = fold_radicals(&text_of(&pages, &parsed));
    // Fonts map one glyph to the hyphen and to the soft hyphen; what is drawn is seen.
    let text = text.replace('\u{AD}', "-");
    check(&pages, &text)?;
    Ok(text)
}

/// What the places of its words tell of a page.
struct PlacedPage {
    number: u32,
    lines: Vec<Line>,
    /// Whether words stand far outside of any paper: a damaged file.
    has_strays: bool,
    /// Runs of text that the library could not tell from noise.
    suppressed: usize,
    has_pictures: bool,
}

impl PlacedPage {
    fn gaps(&self) -> usize {
        self.lines.iter().filter(|line| line.has_columns).count()
    }

    /// Whether the library shall look for tables and columns. It divides the page by its extent, so one stray
    /// word would take all memory.
    fn may_have_table(&self) -> bool {
        !self.has_strays && self.gaps() >= TABLE_LINES_MIN
    }
}

fn place_words(backend: &RawBackend, number: u32) -> PlacedPage {
    let layout = LayoutAnalyzer::new(backend);
    // A page that cannot be decoded has no words; the others go on.
    let spans = layout.extract_page_spans(number).unwrap_or_default();
    let count = spans.len();
    let near: Vec<_> = spans.into_iter().filter(is_on_paper).collect();
    PlacedPage {
        number,
        has_strays: near.len() < count,
        lines: find_lines(near),
        suppressed: layout.suppressed_text_runs(),
        has_pictures: layout.page_op_counts().image > 0,
    }
}

/// The pages with tables or columns as the library reads them.
fn parse_pages(bytes: &[u8], numbers: Vec<u32>) -> Result<Vec<Page>, ReadError> {
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let options = ParseOptions::new().sequential().lenient().with_resources(false);
    let options = options.with_pages(PageSelection::Pages(numbers));
    Ok(unpdf::parse_bytes_with_options(bytes, options).map_err(explain)?.pages)
}

fn explain(error: unpdf::Error) -> ReadError {
    match error {
        unpdf::Error::Encrypted | unpdf::Error::InvalidPassword => {
            ReadError::Encrypted { format: FORMAT }
        }
        error => ReadError::Damaged { format: FORMAT, detail: error.to_string() },
    }
}

fn text_of(pages: &[PlacedPage], parsed: &[Page]) -> String {
    let mut lines: Vec<Vec<Line>> = pages.iter().map(|page| page.lines.clone()).collect();
    drop_running_heads(&mut lines);
    let pieces = pages.iter().zip(lines).flat_map(|(page, lines)| {
        let own = parsed.iter().find(|parsed| parsed.number == page.number);
        match own.filter(|parsed| has_table(parsed, page)) {
            Some(parsed) => split_at_tables(page, lines, parsed),
            None => vec![Piece::Lines(lines)],
        }
    });
    join_paragraphs(&join_rows(pieces.collect())).join("\n")
}

/// The lines of a page and the rows of its tables, which only the library knows.
fn split_at_tables(page: &PlacedPage, lines: Vec<Line>, parsed: &Page) -> Vec<Piece> {
    let tables: Vec<&PdfTable> = parsed.elements.iter().filter_map(as_table).collect();
    let Some(regions) = find_regions(&lines, &tables) else {
        // A page that is mostly columns is as the library reads it.
        let is_columned = page.gaps() * 2 > lines.len();
        return vec![if is_columned { read_blocks(parsed) } else { Piece::Lines(lines) }];
    };
    let mut pieces = Vec::new();
    let mut from = 0;
    for (region, table) in regions.into_iter().zip(tables) {
        pieces.extend(lines.get(from..region.start).map(|above| Piece::Lines(above.to_vec())));
        pieces.push(Piece::Ready(read_table(table)));
        from = region.end;
    }
    pieces.extend(lines.get(from..).map(|below| Piece::Lines(below.to_vec())));
    pieces.retain(|piece| !matches!(piece, Piece::Lines(lines) if lines.is_empty()));
    pieces
}

/// Whether a page has a table or columns. The library also takes a signature beside a date for one, so the lines
/// themselves must show enough gaps.
fn has_table(parsed: &Page, page: &PlacedPage) -> bool {
    let has_columns = parsed.column_count > 1 && page.gaps() * 2 > page.lines.len();
    parsed.elements.iter().any(Block::is_table) || has_columns
}

const fn as_table(block: &Block) -> Option<&PdfTable> {
    match block {
        Block::Table(table) => Some(table),
        _ => None,
    }
}

fn read_blocks(page: &Page) -> Piece {
    let mut lines = Vec::new();
    for block in &page.elements {
        match block {
            Block::Paragraph(paragraph) => lines.push(split_items(&paragraph.plain_text())),
            Block::Table(table) => lines.extend(read_table(table)),
            Block::Code { content } | Block::Raw { content } => lines.push(split_items(content)),
            _ => {}
        }
    }
    Piece::Ready(lines)
}

fn read_table(source: &PdfTable) -> Vec<String> {
    let mut lines = Vec::new();
    let mut table = Table::default();
    for row in &source.rows {
        let cells = row.cells.iter().map(|cell| Cell {
            paragraphs: cell.content.iter().map(words_of).collect(),
            columns: usize::from(cell.colspan),
            continues: false,
        });
        table.read_row(cells.collect(), &mut lines);
    }
    lines
}

/// The words of a cell; the library doubles what escapes in Markdown.
fn words_of(paragraph: &Paragraph) -> String {
    paragraph.plain_text().replace("\\\\", "\\")
}

/// A row that the end of a page has cut goes on below: where rows are numbered, the first of a page that has no number belongs
/// to the last of the page before.
fn join_rows(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut joined: Vec<Piece> = Vec::with_capacity(pieces.len());
    for mut piece in pieces {
        if let (Some(Piece::Ready(above)), Piece::Ready(below)) = (joined.last_mut(), &mut piece)
            && let (Some(cut), Some(rest)) = (above.last_mut(), below.first())
            && let Some(row) = join_row(cut, rest)
        {
            *cut = row;
            below.remove(0);
        }
        joined.push(piece);
    }
    joined
}

/// The row that `cut` and `rest` make, if they are one.
fn join_row(cut: &str, rest: &str) -> Option<String> {
    let is_numbered = |cell: &str| !cell.is_empty() && cell.chars().all(|c| c.is_ascii_digit());
    let mut cells: Vec<String> = cut.split('\t').map(str::to_owned).collect();
    if !rest.starts_with('\t') || !cells.first().is_some_and(|cell| is_numbered(cell)) {
        return None;
    }
    for (column, words) in rest.split('\t').enumerate() {
        match cells.get_mut(column) {
            Some(cell) => cell.push_str(words),
            None => cells.push(words.to_owned()),
        }
    }
    Some(cells.join("\t"))
}

/// Refuses what would be an empty or a false text.
fn check(pages: &[PlacedPage], text: &str) -> Result<(), ReadError> {
    let suppressed = pages.iter().map(|page| page.suppressed).sum::<usize>();
    let chars = text.chars().filter(|c| !c.is_whitespace()).count();
    let unknown = text.chars().filter(|&c| is_unknown(c)).count() + suppressed;
    if unknown * 100 > (chars + suppressed) * UNKNOWN_PERCENT_MAX {
        return Err(ReadError::FontWithoutMap { unknown, chars: chars + suppressed });
    }
    if chars < (CHARS_PER_PAGE_MIN * pages.len()).max(1) {
        let has_pictures = pages.iter().any(|page| page.has_pictures);
        return Err(if has_pictures {
            ReadError::Scan { pages: pages.len() }
        } else {
            ReadError::NoText { format: FORMAT }
        });
    }
    Ok(())
}

/// What a code becomes when nobody knows its character: the replacement character, the private use areas, controls, and
/// accented letters, which no Chinese document needs but a code page without a map gives.
fn is_unknown(c: char) -> bool {
    matches!(c, '\u{FFFD}' | '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{24F}')
        || (c.is_control() && !c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_the_end_of_a_page_cuts_goes_on_below() {
        assert_eq!(
            join_row("7\t种树\t每年种树，并且补\t市园林局", "\t\t种死苗。\t、市林业局").as_deref(),
            Some("7\t种树\t每年种树，并且补种死苗。\t市园林局、市林业局")
        );
        // Of a group of rows with one name the second has no name of its own.
        assert_eq!(join_row("绿化\t种树\t市园林局", "\t护林\t市林业局"), None);
        assert_eq!(join_row("7\t种树\t市园林局", "8\t护林\t市林业局"), None);
    }
}
