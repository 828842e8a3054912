//! What can be wrong with an image. In: faults; out: messages that say what, where, and what helps.

use std::io;
use std::path::{Path, PathBuf};

/// An image that cannot be written or used.
#[derive(Debug, thiserror::Error)]
pub enum ImageError {
    /// The file, or a temporary one beside it, cannot be read or written.
    #[error("{}: {source}", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// More than an image can number.
    #[error("the graph has too many {what} for one image; build it in parts")]
    TooLarge {
        /// What there is too much of.
        what: &'static str,
    },
    /// The file is not an image.
    #[error("it is not a graph image: it does not begin with the mark of one")]
    Foreign,
    /// An image that another version of the program has written.
    #[error("the image has version {found}, this program reads version {expected}; build again")]
    Version {
        /// The version of the file.
        found: u32,
        /// The version that is read.
        expected: u32,
    },
    /// Something in it does not hold.
    #[error("the image is damaged: {what}; build again")]
    Damaged {
        /// What does not hold, and where.
        what: String,
    },
}

impl ImageError {
    pub(super) fn damaged(what: impl Into<String>) -> Self {
        Self::Damaged { what: what.into() }
    }

    pub(super) fn file(path: &Path, source: io::Error) -> Self {
        Self::File { path: path.to_owned(), source }
    }
}
