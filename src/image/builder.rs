//! Makes images. In: quads in any order; out: an image in memory or a file. The order in which terms come gives their numbers, so the
//! same quads in the same order give the same bytes.

use super::bytes::Bytes;
use super::error::ImageError;
use super::layout::{Section, write};
use super::reader::Image;
use super::row::{DEFAULT_GRAPH, IdQuad, Order, TERMS_MAX, TermId};
use super::term::{datatype_of, encode, hash};
use oxigraph::model::{GraphNameRef, QuadRef, TermRef};
use std::fs::File;
use std::io::{self, BufWriter};
use std::path::Path;
use zerocopy::IntoBytes;

/// A free place of the hash table.
pub(super) const FREE: TermId = TermId::MAX;

/// The hash table has twice as many places as terms, at least so many.
const SLOTS_MIN: usize = 16;

/// An image while it is filled.
pub(crate) struct Builder {
    /// The terms' bytes, one after the other.
    terms: Vec<u8>,
    /// Where each term starts, and where the last ends.
    starts: Vec<u64>,
    /// Open addressing with linear probing; the length is a power of two and at most half is taken.
    slots: Vec<TermId>,
    rows: Vec<[TermId; 4]>,
    /// The bytes of the term at hand.
    scratch: Vec<u8>,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            terms: Vec::new(),
            starts: vec![0],
            slots: vec![FREE; SLOTS_MIN],
            rows: Vec::new(),
            scratch: Vec::new(),
        }
    }
}

impl Builder {
    /// Adds a quad. False where there are no numbers left for its terms (2³¹ distinct terms).
    #[must_use]
    pub(crate) fn insert(&mut self, quad: QuadRef<'_>) -> bool {
        let row = self.number(quad);
        self.rows.extend(row.map(|row| Order::Spog.key(row)));
        row.is_some()
    }

    fn number(&mut self, quad: QuadRef<'_>) -> Option<IdQuad> {
        Some(IdQuad {
            subject: self.insert_term(quad.subject.into())?,
            predicate: self.insert_term(quad.predicate.into())?,
            object: self.insert_term(quad.object)?,
            graph: match quad.graph_name {
                GraphNameRef::DefaultGraph => DEFAULT_GRAPH,
                GraphNameRef::NamedNode(name) => self.insert_term(name.into())?,
                GraphNameRef::BlankNode(name) => self.insert_term(name.into())?,
            },
        })
    }

    /// The number of `term`, the next free one if it is new.
    fn insert_term(&mut self, term: TermRef<'_>) -> Option<TermId> {
        let datatype = match datatype_of(term) {
            Some(datatype) => Some(self.insert_term(datatype)?),
            None => None,
        };
        let mut bytes = std::mem::take(&mut self.scratch);
        encode(term, datatype, &mut bytes);
        let id = self.insert_bytes(&bytes);
        self.scratch = bytes;
        id
    }

    fn insert_bytes(&mut self, bytes: &[u8]) -> Option<TermId> {
        let mut at = home(bytes, self.slots.len());
        while let Some(&id) = self.slots.get(at).filter(|&&id| id != FREE) {
            if self.bytes_of(id) == Some(bytes) {
                return Some(id);
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
        let id = TermId::try_from(self.starts.len() - 1).ok().filter(|id| *id < TERMS_MAX)?;
        self.terms.extend(bytes);
        self.starts.push(self.terms.len() as u64);
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = id;
        }
        if self.starts.len() * 2 > self.slots.len() {
            self.grow();
        }
        Some(id)
    }

    fn bytes_of(&self, id: TermId) -> Option<&[u8]> {
        let place = |at: usize| self.starts.get(at).and_then(|start| usize::try_from(*start).ok());
        self.terms.get(place(id as usize)?..place(id as usize + 1)?)
    }

    fn grow(&mut self) {
        let len = self.slots.len() * 2;
        let mut slots = vec![FREE; len];
        for id in std::mem::take(&mut self.slots).into_iter().filter(|id| *id != FREE) {
            let mut at = home(self.bytes_of(id).unwrap_or_default(), len);
            while slots.get(at).is_some_and(|taken| *taken != FREE) {
                at = (at + 1) & (len - 1);
            }
            if let Some(slot) = slots.get_mut(at) {
                *slot = id;
            }
        }
        self.slots = slots;
    }

    /// The image, in memory.
    pub(crate) fn finish(self) -> Image {
        let mut words = Words::default();
        // Writing to memory cannot fail, and an image just written can be read.
        let written = self.write(&mut words).ok();
        let image = written.and_then(|()| Image::from_bytes(Bytes::Made(words.words)).ok());
        image.unwrap_or_default()
    }

    /// Writes the image to a new file at `path`.
    ///
    /// # Errors
    /// [`ImageError::File`] where the file cannot be written.
    pub(crate) fn write_file(self, path: &Path) -> Result<(), ImageError> {
        let write = || -> io::Result<()> {
            let file = File::create_new(path)?;
            self.write(BufWriter::new(&file))?;
            file.sync_all()
        };
        write().map_err(|source| ImageError::File { path: path.to_owned(), source })
    }

    fn write(mut self, to: impl io::Write) -> io::Result<()> {
        self.rows.sort_unstable();
        self.rows.dedup();
        let sorted_as = |order: Order| {
            let mut keys: Vec<[TermId; 4]> =
                self.rows.iter().map(|key| order.key(Order::Spog.row(*key))).collect();
            keys.sort_unstable();
            keys
        };
        let (posg, ospg, gspo) =
            (sorted_as(Order::Posg), sorted_as(Order::Ospg), sorted_as(Order::Gspo));
        let mut graphs: Vec<TermId> = gspo.iter().map(|[graph, ..]| *graph).collect();
        graphs.dedup();
        graphs.retain(|graph| *graph != DEFAULT_GRAPH);
        let parts: [&[u8]; Section::ALL.len()] = [
            &self.terms,
            self.starts.as_bytes(),
            self.slots.as_bytes(),
            self.rows.as_bytes(),
            posg.as_bytes(),
            ospg.as_bytes(),
            gspo.as_bytes(),
            graphs.as_bytes(),
        ];
        write(&parts, to)
    }
}

/// Where the search for a term's bytes begins in a table of so many places, a power of two.
pub(super) fn home(bytes: &[u8], slots: usize) -> usize {
    let hash = hash(bytes);
    // The high bits of the product are the better mixed ones.
    usize::try_from(hash >> 32 ^ hash & 0xFFFF_FFFF).unwrap_or_default() & (slots - 1)
}

/// Collects bytes in words of four. What comes in pieces of another length waits for its word to be full.
#[derive(Default)]
struct Words {
    words: Vec<u32>,
    rest: Vec<u8>,
}

impl io::Write for Words {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.rest.extend(bytes);
        let whole = self.rest.len() / 4 * 4;
        let words = self.rest.drain(..whole).collect::<Vec<u8>>();
        let word = |four: &[u8]| four.first_chunk().map(|four| u32::from_ne_bytes(*four));
        self.words.extend(words.chunks_exact(4).filter_map(word));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
