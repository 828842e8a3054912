//! Where the parts of an image stand. In: bytes; out: a head that tells kind, place and checksum of every section, and back. All
//! numbers are little-endian; a section begins on a border of sixteen.
//!
//! ```text
//! 0    8 bytes  the mark of an image
//! 8    u32      version
//! 12   u32      number of sections
//! 16   24 bytes a section: u64 start, u64 length in bytes, u32 checksum (CRC-32), u32 zero
//! …    u32      checksum of everything before
//! 256           the first section
//! ```

use super::error::ImageError;
use std::io::{self, Write};
use std::ops::Range;

/// Changed whenever an image of the version before cannot be read any more.
pub(super) const VERSION: u32 = 1;

/// How many sections an image of this version has.
const SECTIONS: u32 = 8;

const MARK: &[u8; 8] = b"zt-image";
const HEAD_BYTES: usize = 256;
const ENTRY_BYTES: usize = 24;
const ALIGNMENT: usize = 16;

/// The sections of an image, in the order in which they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    /// The terms' bytes, one after the other.
    Terms,
    /// Where each term's bytes start, as u64, and where the last one's end.
    Starts,
    /// A hash table of term numbers.
    Slots,
    /// Rows of four numbers, sorted in each order.
    Spog,
    Posg,
    Ospg,
    Gspo,
    /// The numbers of the named graphs, ascending.
    Graphs,
}

impl Section {
    pub(super) const ALL: [Self; 8] = [
        Self::Terms,
        Self::Starts,
        Self::Slots,
        Self::Spog,
        Self::Posg,
        Self::Ospg,
        Self::Gspo,
        Self::Graphs,
    ];
}

/// Where each section stands, in the order of [`Section::ALL`], and its checksum.
#[derive(Clone, Debug, Default)]
pub(super) struct Layout {
    sections: Vec<(Range<usize>, u32)>,
}

impl Layout {
    /// The layout of these sections.
    fn of(parts: &[&[u8]]) -> Self {
        let mut at = HEAD_BYTES;
        let mut place = |part: &&[u8]| {
            let range = at..at + part.len();
            at = range.end.next_multiple_of(ALIGNMENT);
            (range, crc32fast::hash(part))
        };
        Self { sections: parts.iter().map(&mut place).collect() }
    }

    fn head(&self) -> Vec<u8> {
        let mut head = MARK.to_vec();
        head.extend(VERSION.to_le_bytes());
        head.extend(SECTIONS.to_le_bytes());
        for (range, checksum) in &self.sections {
            head.extend((range.start as u64).to_le_bytes());
            head.extend((range.len() as u64).to_le_bytes());
            head.extend(checksum.to_le_bytes());
            head.extend(0_u32.to_le_bytes());
        }
        let checksum = crc32fast::hash(&head);
        head.extend(checksum.to_le_bytes());
        head.resize(HEAD_BYTES, 0);
        head
    }

    /// Reads the head of `image` and checks that every section lies inside.
    ///
    /// # Errors
    /// [`ImageError::Foreign`], [`ImageError::Version`], [`ImageError::Damaged`].
    pub(super) fn read(image: &[u8]) -> Result<Self, ImageError> {
        let head = image.get(..HEAD_BYTES).ok_or(ImageError::Foreign)?;
        if !head.starts_with(MARK) {
            return Err(ImageError::Foreign);
        }
        let found = read_u32(head, 8).unwrap_or_default();
        if found != VERSION {
            return Err(ImageError::Version { found, expected: VERSION });
        }
        let table = 16..16 + Section::ALL.len() * ENTRY_BYTES;
        let sum = read_u32(head, table.end);
        if sum != head.get(..table.end).map(crc32fast::hash) {
            return Err(ImageError::damaged(
                "its head does not have the checksum that was written",
            ));
        }
        let entries = head.get(table).unwrap_or_default().chunks_exact(ENTRY_BYTES);
        let sections = entries.zip(Section::ALL).map(|(entry, section)| {
            let number = |at| read_u64(entry, at).and_then(|number| usize::try_from(number).ok());
            let place = number(0).zip(number(8)).and_then(|(start, len)| {
                let end = start.checked_add(len)?;
                (start % ALIGNMENT == 0 && end <= image.len()).then_some(start..end)
            });
            let outside =
                || ImageError::damaged(format!("section {section:?} ends behind the file"));
            Ok((place.ok_or_else(outside)?, read_u32(entry, 16).unwrap_or_default()))
        });
        Ok(Self { sections: sections.collect::<Result<_, ImageError>>()? })
    }

    /// The bytes of `section` in the image that this layout was read from.
    pub(super) fn bytes_of<'a>(&self, section: Section, image: &'a [u8]) -> &'a [u8] {
        let place = self.sections.get(section as usize).map(|(range, _)| range.clone());
        place.and_then(|range| image.get(range)).unwrap_or_default()
    }

    /// Whether every section is as it was written.
    ///
    /// # Errors
    /// [`ImageError::Damaged`] names the first section that is not.
    pub(super) fn check(&self, image: &[u8]) -> Result<(), ImageError> {
        for (section, (_, checksum)) in Section::ALL.into_iter().zip(&self.sections) {
            if crc32fast::hash(self.bytes_of(section, image)) != *checksum {
                let what =
                    format!("section {section:?} does not have the checksum that was written");
                return Err(ImageError::Damaged { what });
            }
        }
        Ok(())
    }
}

/// Writes an image of `parts`, which are the bytes of [`Section::ALL`] in that order.
///
/// # Errors
/// What `to` fails with.
pub(super) fn write(parts: &[&[u8]; Section::ALL.len()], mut to: impl Write) -> io::Result<()> {
    let layout = Layout::of(parts);
    to.write_all(&layout.head())?;
    let mut at = HEAD_BYTES;
    for (part, (range, _)) in parts.iter().zip(&layout.sections) {
        pad(&mut to, range.start - at)?;
        to.write_all(part)?;
        at = range.end;
    }
    // To a border of four, so that an image in memory is a whole number of words.
    pad(&mut to, at.next_multiple_of(ALIGNMENT) - at)?;
    to.flush()
}

fn pad(to: &mut impl Write, bytes: usize) -> io::Result<()> {
    to.write_all([0; ALIGNMENT].get(..bytes).unwrap_or_default())
}

fn read_u32(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|chunk| u32::from_le_bytes(*chunk))
}

pub(super) fn read_u64(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..)?.first_chunk().map(|chunk| u64::from_le_bytes(*chunk))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn image() -> Vec<u8> {
        let mut image = Vec::new();
        let parts: [&[u8]; 8] = [b"ab", b"", b"abcd", b"", b"", b"", b"", b"xyz"];
        write(&parts, &mut image).unwrap();
        image
    }

    #[test]
    fn a_section_is_found_where_it_was_written() {
        let image = image();
        let layout = Layout::read(&image).unwrap();
        assert_eq!(layout.bytes_of(Section::Terms, &image), b"ab");
        assert_eq!(layout.bytes_of(Section::Graphs, &image), b"xyz");
        assert_eq!(layout.bytes_of(Section::Spog, &image), b"");
        assert!(layout.check(&image).is_ok());
    }

    #[test]
    fn what_is_no_image_of_this_version_is_refused_by_name() {
        assert!(matches!(Layout::read(b"<http://e/a>"), Err(ImageError::Foreign)));
        let mut other = image();
        other[8] = 9;
        assert!(matches!(Layout::read(&other), Err(ImageError::Version { found: 9, .. })));
    }

    #[test]
    fn a_changed_head_and_a_truncated_file_are_damaged() {
        let mut changed = image();
        changed[20] ^= 1;
        assert!(matches!(Layout::read(&changed), Err(ImageError::Damaged { .. })));
        let whole = image();
        let cut = &whole[..whole.len() - 16];
        assert!(Layout::read(cut).unwrap_err().to_string().contains("Graphs"));
    }

    #[test]
    fn a_changed_section_is_found_when_asked() {
        let mut changed = image();
        changed[HEAD_BYTES] ^= 1;
        let layout = Layout::read(&changed).unwrap();
        assert!(layout.check(&changed).unwrap_err().to_string().contains("Terms"));
    }
}
