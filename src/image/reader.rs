//! An image as it is read. In: a file or memory; out: terms, numbers and sorted rows, in place.

use super::builder::{FREE, home};
use super::bytes::Bytes;
use super::error::ImageError;
use super::layout::{Layout, Section, read_u64};
use super::map::map_file;
use super::row::{Order, TermId};
use super::term::{datatype_of, decode, encode};
use oxigraph::model::{Term, TermRef};
use std::path::Path;
use zerocopy::FromBytes;

/// A graph, read in place.
pub(crate) struct Image {
    bytes: Bytes,
    layout: Layout,
    terms: usize,
}

impl Default for Image {
    /// The image of no quads.
    fn default() -> Self {
        Self { bytes: Bytes::Made(Vec::new()), layout: Layout::default(), terms: 0 }
    }
}

impl Image {
    /// Opens the image in the file at `path`: maps it and checks its head.
    ///
    /// # Errors
    /// [`ImageError`], by what is wrong with the file.
    pub(crate) fn open(path: &Path) -> Result<Self, ImageError> {
        let mapped =
            map_file(path).map_err(|source| ImageError::File { path: path.to_owned(), source })?;
        Self::from_bytes(Bytes::Mapped(mapped))
    }

    pub(super) fn from_bytes(bytes: Bytes) -> Result<Self, ImageError> {
        let layout = Layout::read(bytes.as_slice())?;
        let len_of = |section| layout.bytes_of(section, bytes.as_slice()).len();
        let terms = (len_of(Section::Starts) / size_of::<u64>()).saturating_sub(1);
        let rows = len_of(Section::Spog);
        let fits = [Section::Posg, Section::Ospg, Section::Gspo]
            .iter()
            .all(|section| len_of(*section) == rows)
            && rows % size_of::<[TermId; 4]>() == 0
            && (len_of(Section::Slots) / size_of::<TermId>()).is_power_of_two();
        if !fits {
            return Err(ImageError::damaged("its sections do not fit together"));
        }
        Ok(Self { bytes, layout, terms })
    }

    /// Whether every byte is as it was written. Reads the whole image.
    ///
    /// # Errors
    /// [`ImageError::Damaged`].
    pub(crate) fn check(&self) -> Result<(), ImageError> {
        self.layout.check(self.bytes.as_slice())
    }

    /// Number of distinct quads.
    pub(crate) fn len(&self) -> usize {
        self.rows(Order::Spog).len()
    }

    /// The rows in this order, ascending.
    pub(crate) fn rows(&self, order: Order) -> &[[TermId; 4]] {
        let section = match order {
            Order::Spog => Section::Spog,
            Order::Posg => Section::Posg,
            Order::Ospg => Section::Ospg,
            Order::Gspo => Section::Gspo,
        };
        // A mapped file begins on a page and an image in memory on a word, so the cast holds.
        <[[TermId; 4]]>::ref_from_bytes(self.section(section)).unwrap_or_default()
    }

    /// The named graphs, ascending by number.
    pub(crate) fn graphs(&self) -> &[TermId] {
        self.numbers(Section::Graphs)
    }

    /// The term with this number; `None` where there is none, or none that can be read.
    pub(crate) fn term(&self, id: TermId) -> Option<Term> {
        decode(self.bytes_of(id)?, |datatype| {
            // A datatype is an IRI: another literal here would lead in circles.
            let bytes = self.bytes_of(datatype)?;
            decode(bytes, |_| None)
        })
    }

    /// The number of `term`, if the image has it.
    pub(crate) fn id(&self, term: TermRef<'_>) -> Option<TermId> {
        let datatype = match datatype_of(term) {
            Some(datatype) => Some(self.id(datatype)?),
            None => None,
        };
        let mut bytes = Vec::new();
        encode(term, datatype, &mut bytes);
        let slots = self.numbers(Section::Slots);
        let mut at = home(&bytes, slots.len().max(1));
        // A damaged table may have no free place: no search goes round twice.
        for _ in 0..slots.len() {
            let id = slots.get(at).copied().filter(|id| *id != FREE)?;
            if self.bytes_of(id) == Some(&bytes) {
                return Some(id);
            }
            at = (at + 1) & (slots.len() - 1);
        }
        None
    }

    fn bytes_of(&self, id: TermId) -> Option<&[u8]> {
        let id = id as usize;
        if id >= self.terms {
            return None;
        }
        let starts = self.section(Section::Starts);
        let place = |at: usize| {
            read_u64(starts, at * size_of::<u64>()).and_then(|start| usize::try_from(start).ok())
        };
        self.section(Section::Terms).get(place(id)?..place(id + 1)?)
    }

    fn numbers(&self, section: Section) -> &[TermId] {
        <[TermId]>::ref_from_bytes(self.section(section)).unwrap_or_default()
    }

    fn section(&self, section: Section) -> &[u8] {
        self.layout.bytes_of(section, self.bytes.as_slice())
    }
}

#[cfg(test)]
mod tests {
    use super::super::builder::Builder;
    use super::super::row::DEFAULT_GRAPH;
    use super::*;
    use oxigraph::model::{GraphName, Literal, NamedNode, Quad, vocab::xsd};

    fn node(name: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("http://e/{name}"))
    }

    fn quads() -> Vec<Quad> {
        let number = |n: u32| Literal::new_typed_literal(format!("{n}.0"), xsd::DECIMAL);
        let mut quads: Vec<Quad> = (0..500)
            .map(|n| Quad::new(node(&format!("措施{n}")), node("值"), number(n % 70), node("图")))
            .collect();
        quads.push(Quad::new(
            node("措施0"),
            node("题"),
            Literal::from("绿化"),
            GraphName::DefaultGraph,
        ));
        quads.push(quads[0].clone());
        quads
    }

    fn image() -> Image {
        let mut builder = Builder::default();
        assert!(quads().iter().all(|quad| builder.insert(quad.as_ref())));
        builder.finish()
    }

    #[test]
    fn every_term_has_a_number_that_leads_back_to_it() {
        let image = image();
        for quad in quads() {
            for term in [quad.subject.into(), quad.predicate.into(), quad.object] {
                let id = image.id(Term::as_ref(&term)).unwrap();
                assert_eq!(image.term(id), Some(term));
            }
        }
        assert_eq!(image.id(node("无").as_ref().into()), None);
        assert_eq!(image.term(u32::MAX), None);
    }

    #[test]
    fn a_repeated_quad_counts_once_and_every_order_is_sorted() {
        let image = image();
        assert_eq!(image.len(), 501);
        for order in Order::ALL {
            let rows = image.rows(order);
            assert!(rows.is_sorted() && rows.len() == 501, "{order:?}");
        }
        assert_eq!(image.rows(Order::Gspo).last().unwrap()[0], DEFAULT_GRAPH);
        assert_eq!(image.graphs(), [image.id(node("图").as_ref().into()).unwrap()]);
    }

    #[test]
    fn a_mapped_file_reads_as_what_was_written() {
        let path = std::env::temp_dir().join(format!("zhengtu-image-{}", std::process::id()));
        let mut builder = Builder::default();
        assert!(quads().iter().all(|quad| builder.insert(quad.as_ref())));
        builder.write_file(&path).unwrap();
        let mapped = Image::open(&path).unwrap();
        assert_eq!(mapped.rows(Order::Posg), image().rows(Order::Posg));
        assert!(mapped.check().is_ok());
        drop(mapped);
        std::fs::remove_file(path).unwrap();
    }

    #[test]
    fn no_damaged_byte_leads_to_a_panic() {
        let mut builder = Builder::default();
        assert!(quads().iter().take(20).all(|quad| builder.insert(quad.as_ref())));
        let whole = builder.finish();
        let Bytes::Made(words) = &whole.bytes else { panic!("made in memory") };
        for at in 0..words.len() {
            let mut damaged = words.clone();
            damaged[at] ^= 0xA5A5_A5A5;
            let Ok(image) = Image::from_bytes(Bytes::Made(damaged)) else { continue };
            let unharmed = image.check().is_ok();
            for id in 0..60 {
                let term = image.term(id);
                assert!(!unharmed || term == whole.term(id), "word {at}");
                let _ = term.map(|term| image.id(Term::as_ref(&term)));
            }
            let _ = (image.len(), image.graphs().len());
        }
    }
}
