//! Any document that researchers bring, to text. In: a file's name and bytes. Out: a [`Text`], or why there is none.
//!
//! For a format other than plain text the *source as decoded* is the text that the reader gives: spans count its code
//! points. Guarantees: the content decides the format before the ending does; no bytes make a reader panic; a
//! scan, an encrypted file and a font without a Unicode map are refused by name. The surprise: a reader leaves out what
//! is not the document (navigation, page numbers), because nothing after it could tell.

mod docx;
mod encoding;
mod error;
mod html;
mod markdown;
mod markup;
mod nesting;
mod numbering;
mod ordinal;
mod page;
mod paragraph;
mod pdf;
mod plain;
mod radical;
mod region;
mod table;
mod weight;
mod word;
mod xml;

pub use error::{FILE_BYTES_MAX, ReadError};

use super::Text;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Endings of the files that can be read, in lower case.
pub const READABLE: &[&str] =
    &["txt", "html", "htm", "shtml", "md", "markdown", "docx", "doc", "wps", "pdf"];

/// Other bytes may stand before the mark of a PDF, but not many.
const PDF_MARK_BYTES_MAX: usize = 1024;

/// A page says so at its very beginning.
const PAGE_MARK_BYTES_MAX: usize = 256;

/// What reads one format. Each implementation hides the library behind it.
trait Reader: Sync {
    /// What the format is called in messages.
    fn format(&self) -> &'static str;

    /// The text of a file in this format, with one line a paragraph.
    fn read(&self, bytes: &[u8]) -> Result<String, ReadError>;
}

/// The text of the file called `name`.
///
/// # Errors
/// Where the bytes hold no text that can be read: see [`ReadError`].
pub fn read_source(name: &str, bytes: &[u8]) -> Result<Text, ReadError> {
    if bytes.len() > FILE_BYTES_MAX {
        return Err(ReadError::TooLong { bytes: bytes.len() });
    }
    read_with(choose(name, bytes), bytes)
}

/// The text that `bytes` spell, whatever a file of them would be called. No bytes are an empty text.
///
/// # Errors
/// As [`read_source`].
pub fn read_text(bytes: &[u8]) -> Result<Text, ReadError> {
    read_source("", bytes)
}

fn read_with(reader: &dyn Reader, bytes: &[u8]) -> Result<Text, ReadError> {
    // The parsers of binary formats come from elsewhere and are young. One that panics on a damaged file must not
    // end a build over a thousand others; nothing that it touched is used afterwards.
    let source = catch_unwind(AssertUnwindSafe(|| reader.read(bytes)))
        .unwrap_or(Err(ReadError::Failed { format: reader.format() }))?;
    Ok(Text::from_source(source))
}

/// Whether a browser would take the bytes for a page whatever they are called. Marked UTF-16 is left to the ending.
fn is_web_page(bytes: &[u8]) -> bool {
    let head = bytes.get(..PAGE_MARK_BYTES_MAX).unwrap_or(bytes).to_ascii_lowercase();
    let begins =
        head.trim_ascii_start().strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head.trim_ascii_start());
    begins.starts_with(b"<!doctype html")
        || begins.starts_with(b"<html")
        || begins.starts_with(b"<head")
}

/// Whether `mark` stands within the first `bytes_max` bytes.
fn find_within(bytes: &[u8], mark: &[u8], bytes_max: usize) -> bool {
    bytes.get(..bytes_max).unwrap_or(bytes).windows(mark.len()).any(|window| window == mark)
}

/// The reader by content, or else by ending.
fn choose(name: &str, bytes: &[u8]) -> &'static dyn Reader {
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return &word::Word;
    }
    if bytes.starts_with(b"PK\x03\x04") && docx::is_docx(bytes) {
        return &docx::Docx;
    }
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    let is_marked = bytes.starts_with(b"%PDF-");
    if is_marked || (ending == "pdf" && find_within(bytes, b"%PDF-", PDF_MARK_BYTES_MAX)) {
        return &pdf::Pdf;
    }
    if is_web_page(bytes) || matches!(ending.as_str(), "html" | "htm" | "shtml") {
        return &html::WebPage;
    }
    if markdown::is_markdown(bytes) || matches!(ending.as_str(), "md" | "markdown") {
        return &markdown::Markdown;
    }
    &plain::Plain
}
