//! The bytes of an image, wherever they live. In: a mapped file or memory; out: bytes on a border of four.

use memmap2::Mmap;
use zerocopy::IntoBytes;

/// Bytes that begin on a border of four: rows are read from them as numbers, in place.
pub(super) enum Bytes {
    Mapped(Mmap),
    /// In words, so that the border is kept.
    Made(Vec<u32>),
}

impl Bytes {
    pub(super) fn as_slice(&self) -> &[u8] {
        match self {
            Self::Mapped(map) => map,
            Self::Made(words) => words.as_bytes(),
        }
    }
}
