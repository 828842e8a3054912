//! Places in a text. In: byte offsets; out: slices and code-point offsets. Every cut of a string
//! in the program happens here and is checked against character borders, so no offset can panic.

use serde::Serialize;

/// A half-open range of byte offsets into the clean text of one [`Text`](super::Text).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// Offset of the first byte.
    pub byte_start: usize,
    /// Offset past the last byte.
    pub byte_end: usize,
}

impl Span {
    /// The range from `byte_start` up to, not including, `byte_end`.
    pub const fn new(byte_start: usize, byte_end: usize) -> Self {
        Self { byte_start, byte_end }
    }

    /// Number of bytes; 0 for a range that ends before it starts.
    pub const fn byte_len(self) -> usize {
        self.byte_end.saturating_sub(self.byte_start)
    }

    /// Whether nothing is inside.
    pub const fn is_empty(self) -> bool {
        self.byte_len() == 0
    }

    /// Whether `other` lies wholly inside.
    pub const fn contains(self, other: Self) -> bool {
        self.byte_start <= other.byte_start && other.byte_end <= self.byte_end
    }

    /// The same range moved `byte_offset` bytes to the right: from a slice to the text it was cut from.
    #[must_use]
    pub const fn shifted(self, byte_offset: usize) -> Self {
        Self::new(self.byte_start + byte_offset, self.byte_end + byte_offset)
    }

    /// The characters at this range, or the empty string where the range does not fit the text.
    pub fn slice(self, text: &str) -> &str {
        text.get(self.byte_start..self.byte_end).unwrap_or_default()
    }
}

/// A half-open range of Unicode code points of the source as decoded: what the graph publishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct CharRange {
    /// Index of the first code point.
    pub char_start: usize,
    /// Index past the last code point.
    pub char_end: usize,
}
