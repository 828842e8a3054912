//! The file of suggestions: where each part of it lies.
//!
//! In: parts as bytes, or a file. Out: the file, or the parts. Guarantee: a file of another version, or one that was cut short, is
//! refused; damage inside parts leads to wrong suggestions, never to a panic. All numbers are little-endian.
//!
//! ```text
//! magic · parts: start and end of each (u64) · part …
//! ```

use std::io::{self, Write};
use std::ops::Range;

use super::ranks::{CLASSES, Ranks};
use super::space::Space;
use crate::image::{read_u32, read_u64};

/// The first bytes of the file; the last of them is its version.
const MAGIC: &[u8; 8] = b"ZTSUGG\x00\x01";

/// Parts that are about phrases: borders of classes, ends of texts, texts, ends of IRIs, IRIs, kinds, syllables.
pub(crate) const PHRASE_PARTS: usize = 7;
/// Parts of a space of keys: texts, positions, ranks, starts, minima.
pub(crate) const SPACE_PARTS: usize = 5;
/// Spaces: Chinese, pinyin, initials, blurred pinyin.
pub(crate) const SPACES: usize = 4;
const PARTS: usize = PHRASE_PARTS + SPACES * SPACE_PARTS;

const HEAD_BYTES: usize = MAGIC.len() + PARTS * 16;

/// Which space of keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SpaceName {
    Chinese,
    Pinyin,
    Initials,
    Blurred,
}

/// Writes the file of these parts.
pub(crate) fn write_parts(parts: &[Vec<u8>; PARTS], out: &mut impl Write) -> io::Result<()> {
    out.write_all(MAGIC)?;
    let mut start = HEAD_BYTES as u64;
    for part in parts {
        let end = start + part.len() as u64;
        out.write_all(&start.to_le_bytes())?;
        out.write_all(&end.to_le_bytes())?;
        start = end;
    }
    parts.iter().try_for_each(|part| out.write_all(part))
}

/// Where the parts of a file lie.
pub(crate) struct Layout {
    parts: [Range<usize>; PARTS],
    pub(crate) ranks: Ranks,
}

impl Layout {
    /// The layout of a file; none where it is no whole file of this version.
    pub(crate) fn of(bytes: &[u8]) -> Option<Self> {
        let numbers = bytes.strip_prefix(MAGIC)?;
        let mut parts = [const { 0..0 }; PARTS];
        let mut last = HEAD_BYTES;
        for (part, at) in parts.iter_mut().zip((0..).step_by(16)) {
            let number = |at| read_u64(numbers, at).and_then(|number| usize::try_from(number).ok());
            let (start, end) = (number(at)?, number(at + 8)?);
            if start != last || end < start {
                return None;
            }
            (*part, last) = (start..end, end);
        }
        let mut layout = Self { parts, ranks: Ranks::default() };
        if last != bytes.len() {
            return None;
        }
        let bounds = layout.part(bytes, 0);
        let mut ranks = Ranks::default();
        for (bound, at) in ranks.bounds.iter_mut().zip((0..).step_by(4)) {
            *bound = read_u32(bounds, at)?;
        }
        layout.ranks = ranks;
        let phrases = layout.part(bytes, 5).len();
        let ascend = ranks.bounds.is_sorted() && ranks.bounds.first() == Some(&0);
        let of_all = ranks.bounds.get(CLASSES).and_then(|all| usize::try_from(*all).ok());
        (ascend && of_all == Some(phrases)).then_some(layout)
    }

    /// The bytes of a part.
    pub(crate) fn part<'a>(&self, bytes: &'a [u8], number: usize) -> &'a [u8] {
        self.parts.get(number).and_then(|part| bytes.get(part.clone())).unwrap_or_default()
    }

    /// A space of keys.
    pub(crate) fn space<'a>(&self, bytes: &'a [u8], name: SpaceName) -> Space<'a> {
        let first = PHRASE_PARTS + name as usize * SPACE_PARTS;
        let part = |number| self.part(bytes, first + number);
        Space {
            texts: part(0),
            positions: part(1),
            ranks: part(2),
            starts: part(3),
            minima: part(4),
        }
    }

    /// A text of a list: its ends in one part, its bytes in the next.
    pub(crate) fn text<'a>(&self, bytes: &'a [u8], part: usize, number: u32) -> Option<&'a str> {
        let ends = self.part(bytes, part);
        let at = usize::try_from(number).ok()?.checked_mul(4)?;
        let end = usize::try_from(read_u32(ends, at)?).ok()?;
        let start = at.checked_sub(4).map_or(Some(0), |before| read_u32(ends, before))?;
        let text = self.part(bytes, part + 1).get(usize::try_from(start).ok()?..end)?;
        std::str::from_utf8(text).ok()
    }
}
