//! Why a file gives no text. In: what a reader met. Out: one sentence that says what is wrong with
//! the file and what would be right. Guarantee: a refusal has a name, so a build can count the kinds.
//! The surprise: a scan and a font without a map are refusals, not empty texts: an empty document in the graph
//! would say that the notice says nothing.

use thiserror::Error;

/// The most bytes that are read as one document; the longest plans have about 1 MB.
pub const FILE_BYTES_MAX: usize = 32 << 20;

/// Why bytes are no text.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum ReadError {
    /// The bytes are those of a program, a picture or another kind of office file.
    #[error(
        "not a document that can be read ({what}); give it as .txt, .md, .html, .docx, .doc, .wps or .pdf"
    )]
    Binary {
        /// What gave it away.
        what: &'static str,
    },
    /// The bytes fit no encoding that Chinese texts come in.
    #[error("the bytes are neither UTF-8 nor UTF-16 nor GB18030; save the file as UTF-8")]
    Encoding,
    /// The file, or what it unpacks to, is longer than any document.
    #[error(
        "the file has {bytes} bytes, more than the {FILE_BYTES_MAX} that one document may have"
    )]
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// The file can be opened with a password only.
    #[error("the {format} is encrypted; save a copy without a password")]
    Encrypted {
        /// Which kind of file it is.
        format: &'static str,
    },
    /// The pages are pictures of text.
    #[error(
        "the PDF is a scan: {pages} pages without text; run text recognition over it, or give the text as .txt"
    )]
    Scan {
        /// How many pages it has.
        pages: usize,
    },
    /// The characters that the pages show cannot be told from their codes.
    #[error(
        "a font of the PDF has no Unicode map: {unknown} of {chars} characters cannot be told; \
         export it again with embedded maps, or give the text as .txt"
    )]
    FontWithoutMap {
        /// Characters that no code point is known for.
        unknown: usize,
        /// Characters in all.
        chars: usize,
    },
    /// Nothing to read is in the file.
    #[error(
        "the {format} holds no text; give the document itself, not a frame or a cover around it"
    )]
    NoText {
        /// Which kind of file it is.
        format: &'static str,
    },
    /// The file breaks the rules of its format.
    #[error("the {format} is damaged ({detail}); open and save it again, or give the text as .txt")]
    Damaged {
        /// Which kind of file it is.
        format: &'static str,
        /// What the parser says.
        detail: String,
    },
    /// The parser of the format gave up in a way that it should not.
    #[error(
        "the reader of {format} failed on this file; open and save it again, or give the text as .txt"
    )]
    Failed {
        /// Which kind of file it is.
        format: &'static str,
    },
}
