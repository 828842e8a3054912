//! Where the parts of an image stand. In: parts; out: a head that tells kind, place and checksum of every section, and back. All
//! numbers are little-endian; a section begins on a border of sixteen.
//!
//! ```text
//! 0    8 bytes  the mark of an image
//! 8    u32      version
//! 12   u32      number of sections
//! 16   24 bytes a section: u64 start, u64 length in bytes, u32 checksum (CRC-32), u32 zero
//! …    u32      checksum of everything before
//! 1024          the first section
//! ```

use super::bytes::{read_u32, read_u64};
use super::error::ImageError;
use super::part::Part;
use std::io::{self, Write};
use std::ops::Range;

/// Changed whenever an image of the version before cannot be read any more.
pub(super) const VERSION: u32 = 3;

const MARK: &[u8; 8] = b"zt-image";
const HEAD_BYTES: usize = 1024;
const ENTRY_BYTES: usize = 24;
const ALIGNMENT: usize = 16;

/// The sections of an image, in the order in which they stand. Packed ones tell their columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    /// u32: terms of each kind, triples, quads, distinct subjects, distinct objects.
    Counts,
    /// IRIs, front-coded, and where their blocks start (2 columns).
    Iris,
    IriStarts,
    /// Labels of blank nodes, likewise.
    Blanks,
    BlankStarts,
    /// Language tags, likewise.
    Tags,
    TagStarts,
    /// Lexical forms of the literals, one after the other.
    Texts,
    /// Where each starts, and where the last one ends (2 columns).
    TextStarts,
    /// The number of each literal's datatype, or its tag's place among the tags, or 0 (1 column).
    Marks,
    /// Values of the numbers (3 columns: scale, halves of the digits).
    Values,
    /// The triples in each order (3 columns), predicates as places in `Predicates`.
    Spo,
    Pos,
    Osp,
    Pso,
    /// The first row of each node in Spo and of each term in Osp, and where the last ends (1 column).
    SubjectStarts,
    ObjectStarts,
    /// Rows of Spo with each graph that holds them, as a place in `Graphs`, and the other way round (2 columns).
    RowGraphs,
    GraphRows,
    /// u32 a predicate, ascending: its number, its first row in Pos and Pso, its distinct subjects, its distinct objects.
    Predicates,
    /// u32 a graph, ascending: its number, its first row in `GraphRows`.
    Graphs,
    /// u32 a class and a predicate of its members, ascending: their numbers, the triples, their distinct subjects.
    Classes,
}

impl Section {
    pub(super) const ALL: [Self; 22] = [
        Self::Counts,
        Self::Iris,
        Self::IriStarts,
        Self::Blanks,
        Self::BlankStarts,
        Self::Tags,
        Self::TagStarts,
        Self::Texts,
        Self::TextStarts,
        Self::Marks,
        Self::Values,
        Self::Spo,
        Self::Pos,
        Self::Osp,
        Self::Pso,
        Self::SubjectStarts,
        Self::ObjectStarts,
        Self::RowGraphs,
        Self::GraphRows,
        Self::Predicates,
        Self::Graphs,
        Self::Classes,
    ];

    /// How many columns a packed section has; `None` for the others.
    pub(super) fn columns(self) -> Option<usize> {
        match self {
            Self::Marks | Self::SubjectStarts | Self::ObjectStarts => Some(1),
            Self::IriStarts
            | Self::BlankStarts
            | Self::TagStarts
            | Self::TextStarts
            | Self::RowGraphs
            | Self::GraphRows => Some(2),
            Self::Values | Self::Spo | Self::Pos | Self::Osp | Self::Pso => Some(3),
            Self::Counts
            | Self::Iris
            | Self::Blanks
            | Self::Tags
            | Self::Texts
            | Self::Predicates
            | Self::Graphs
            | Self::Classes => None,
        }
    }
}

/// Where each section stands, in the order of [`Section::ALL`], and its checksum.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    sections: Vec<(Range<usize>, u32)>,
}

impl Layout {
    /// Reads the head of `image` and checks that every section lies inside.
    ///
    /// # Errors
    /// [`ImageError::Foreign`], [`ImageError::Version`], [`ImageError::Damaged`].
    pub(super) fn read(image: &[u8]) -> Result<Self, ImageError> {
        if !image.starts_with(MARK) {
            return Err(ImageError::Foreign);
        }
        let found = read_u32(image, 8).unwrap_or_default();
        if found != VERSION {
            return Err(ImageError::Version { found, expected: VERSION });
        }
        let table = 16..16 + Section::ALL.len() * ENTRY_BYTES;
        let sum = image.get(..table.end).map(crc32fast::hash);
        if sum.is_none() || sum != read_u32(image, table.end) {
            return Err(ImageError::damaged(
                "its head does not have the checksum that was written",
            ));
        }
        let entries = image.get(table).unwrap_or_default().chunks_exact(ENTRY_BYTES);
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

    /// Where `section` stands.
    pub(super) fn place_of(&self, section: Section) -> Range<usize> {
        self.sections.get(section as usize).map(|(range, _)| range.clone()).unwrap_or_default()
    }

    /// Whether every section is as it was written.
    ///
    /// # Errors
    /// [`ImageError::Damaged`] names the first section that is not.
    pub(super) fn check(&self, image: &[u8]) -> Result<(), ImageError> {
        for (section, (range, checksum)) in Section::ALL.into_iter().zip(&self.sections) {
            let bytes = image.get(range.clone()).unwrap_or_default();
            if crc32fast::hash(bytes) != *checksum {
                let what =
                    format!("section {section:?} does not have the checksum that was written");
                return Err(ImageError::Damaged { what });
            }
        }
        Ok(())
    }
}

/// Writes an image of `parts`; a section without a part is empty.
///
/// # Errors
/// What `to` fails with, and what reading a part back fails with.
pub(super) fn write(parts: Vec<(Section, Part)>, to: &mut impl Write) -> io::Result<()> {
    let mut sorted: Vec<Option<Part>> = Section::ALL.iter().map(|_| None).collect();
    for (section, part) in parts {
        if let Some(place) = sorted.get_mut(section as usize) {
            *place = Some(part);
        }
    }
    let mut head = MARK.to_vec();
    head.extend(VERSION.to_le_bytes());
    head.extend(u32::try_from(Section::ALL.len()).unwrap_or_default().to_le_bytes());
    let mut at = HEAD_BYTES as u64;
    for part in &sorted {
        let (len, sum) = part.as_ref().map_or((0, 0), |part| (part.len(), part.sum()));
        head.extend(at.to_le_bytes());
        head.extend(len.to_le_bytes());
        head.extend(sum.to_le_bytes());
        head.extend(0_u32.to_le_bytes());
        at = (at + len).next_multiple_of(ALIGNMENT as u64);
    }
    head.extend(crc32fast::hash(&head).to_le_bytes());
    head.resize(HEAD_BYTES, 0);
    to.write_all(&head)?;
    for part in sorted.into_iter().flatten() {
        let padding = part.len().next_multiple_of(ALIGNMENT as u64) - part.len();
        part.copy_to(to)?;
        let padding = usize::try_from(padding).unwrap_or_default();
        to.write_all([0; ALIGNMENT].get(..padding).unwrap_or_default())?;
    }
    to.flush()
}

#[cfg(test)]
mod tests {
    use super::super::part::Waiting;
    use super::*;

    fn image() -> Vec<u8> {
        let part = |bytes: &[u8]| {
            let mut part = Part::new(&Waiting::Memory);
            part.write(bytes).unwrap();
            part
        };
        let mut image = Vec::new();
        let parts = vec![(Section::Graphs, part(b"xyz")), (Section::Iris, part(b"ab"))];
        write(parts, &mut image).unwrap();
        image
    }

    #[test]
    fn a_section_is_found_where_it_was_written() {
        let image = image();
        let layout = Layout::read(&image).unwrap();
        let bytes_of = |section| &image[layout.place_of(section)];
        assert_eq!(bytes_of(Section::Iris), b"ab");
        assert_eq!(bytes_of(Section::Graphs), b"xyz");
        assert_eq!(bytes_of(Section::Spo), b"");
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
        assert!(matches!(Layout::read(&whole[..100]), Err(ImageError::Damaged { .. })));
    }

    #[test]
    fn a_changed_section_is_found_when_asked() {
        let mut changed = image();
        changed[HEAD_BYTES] ^= 1;
        let layout = Layout::read(&changed).unwrap();
        assert!(layout.check(&changed).unwrap_err().to_string().contains("Iris"));
    }
}
