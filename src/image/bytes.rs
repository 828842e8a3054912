//! The bytes of an image, wherever they live, and numbers read from them. In: a mapped file or memory; out: bytes, and little-endian
//! numbers at any place in them, `None` past the end.

use memmap2::Mmap;

/// The bytes of an image.
pub(crate) enum Bytes {
    /// Of a file.
    Mapped(Mmap),
    /// In memory.
    Made(Vec<u8>),
}

impl Bytes {
    pub(crate) fn as_slice(&self) -> &[u8] {
        match self {
            Self::Mapped(map) => map,
            Self::Made(bytes) => bytes,
        }
    }
}

pub(crate) fn read_u32(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|chunk| u32::from_le_bytes(*chunk))
}

pub(crate) fn read_u64(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..)?.first_chunk().map(|chunk| u64::from_le_bytes(*chunk))
}

/// The first of the places in `range` for which `holds` is false, where it is true for all before and false for all after.
pub(crate) fn partition_point(
    range: std::ops::Range<usize>,
    mut holds: impl FnMut(usize) -> bool,
) -> usize {
    let (mut low, mut high) = (range.start, range.end.max(range.start));
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}
