//! Word's binary documents, as Word 97 to 2003 and WPS write them. In: the bytes of a .doc or .wps. Out: its
//! paragraphs, a line each; tables as rows with tabs. Guarantee: deleted text and notes stay out. The surprise: what
//! a list numbers automatically comes without its number; the format keeps labels where no reader looks yet.

use super::Reader;
use super::error::ReadError;
use super::table::{Cell, Table};
use undoc::model::{Block, Paragraph, RevisionType, Table as WordTable};

const FORMAT: &str = "Word 97-2003 document";

/// The stream of an encrypted .docx, which is wrapped into the old container.
const ENCRYPTED_STREAM: &str = "EncryptedPackage";

/// The reader of `.doc` and `.wps`.
pub(super) struct Word;

impl Reader for Word {
    fn format(&self) -> &'static str {
        FORMAT
    }

    fn read(&self, bytes: &[u8]) -> Result<String, ReadError> {
        if has_stream(bytes, ENCRYPTED_STREAM) {
            return Err(ReadError::Encrypted { format: FORMAT });
        }
        let document = undoc::parse_bytes(bytes).map_err(|error| match error {
            undoc::Error::Encrypted => ReadError::Encrypted { format: FORMAT },
            undoc::Error::UnsupportedFormat(_) | undoc::Error::UnknownFormat => {
                ReadError::Binary { what: "an old office file, but not a Word document" }
            }
            error => ReadError::Damaged { format: FORMAT, detail: error.to_string() },
        })?;
        let mut lines = Vec::new();
        for block in document.sections.iter().flat_map(|section| &section.content) {
            match block {
                Block::Paragraph(paragraph) => lines.push(words_of(paragraph)),
                Block::Table(table) => read_table(table, &mut lines),
                _ => {}
            }
        }
        Ok(lines.join("\n"))
    }
}

/// Whether the container's directory names a stream: names are kept in UTF-16.
fn has_stream(bytes: &[u8], name: &str) -> bool {
    let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|window| window == name)
}

fn words_of(paragraph: &Paragraph) -> String {
    let mut words = String::new();
    for run in paragraph.runs.iter().filter(|run| run.revision != RevisionType::Deleted) {
        words.push_str(&run.text);
        if run.line_break {
            words.push('\n');
        }
    }
    words
}

fn read_table(source: &WordTable, lines: &mut Vec<String>) {
    let mut table = Table::default();
    for row in &source.rows {
        let cells = row.cells.iter().map(|cell| Cell {
            paragraphs: cell.content.iter().map(words_of).collect(),
            columns: usize::try_from(cell.col_span).unwrap_or(1),
            continues: false,
        });
        table.read_row(cells.collect(), lines);
    }
}
