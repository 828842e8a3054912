//! Terms at set distances: a phrase. In: the terms of a segment with their offsets; out: the list of the rarest, which tells where to look, and how often the phrase stands in one of its
//! literals. Guarantee: the counts are those of tantivy's phrase query. Surprising: that one goes on to the next literal with the phrase by itself, however far away; here only the literals are
//! looked at that are asked for.

use std::cmp::Reverse;

use tantivy::postings::{Postings as _, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet as _, InvertedIndexReader, Term};

/// The terms of a phrase but its rarest, which tells where to look.
pub(super) struct Adjacent {
    /// How far behind the last term the rarest stands.
    offset: u32,
    /// The others with their own distances, the rarest first.
    others: Vec<(u32, SegmentPostings)>,
    /// Where the phrase may stand in the current literal.
    places: Vec<u32>,
    /// Where another term stands.
    positions: Vec<u32>,
}

impl Adjacent {
    /// Opens the lists of terms at these offsets; nothing if one of them has none.
    pub(super) fn open(
        inverted: &InvertedIndexReader,
        terms: &[(usize, Term)],
    ) -> std::io::Result<Option<(SegmentPostings, Self)>> {
        let last = terms.iter().map(|(offset, _)| *offset).max().unwrap_or_default();
        let mut lists = Vec::with_capacity(terms.len());
        for (offset, term) in terms {
            let read = inverted.read_postings(term, IndexRecordOption::WithFreqsAndPositions)?;
            let Some(postings) = read else { return Ok(None) };
            lists.push((u32::try_from(last - offset).unwrap_or(u32::MAX), postings));
        }
        lists.sort_by_key(|(_, postings)| Reverse(postings.size_hint()));
        let rarest = lists.pop();
        lists.reverse();
        let others = lists;
        let (places, positions) = (Vec::new(), Vec::new());
        Ok(rarest.map(|(offset, rarest)| (rarest, Self { offset, others, places, positions })))
    }

    /// How often the phrase stands in the current literal of `rarest`, whose own turn never goes back.
    pub(super) fn count(&mut self, rarest: &mut SegmentPostings) -> u32 {
        let doc = rarest.doc();
        for (_, other) in &mut self.others {
            if other.doc() < doc {
                other.seek(doc);
            }
            if other.doc() != doc {
                return 0;
            }
        }
        rarest.positions_with_offset(self.offset, &mut self.places);
        for (offset, other) in &mut self.others {
            other.positions_with_offset(*offset, &mut self.positions);
            let positions = &self.positions;
            self.places.retain(|place| positions.binary_search(place).is_ok());
            if self.places.is_empty() {
                return 0;
            }
        }
        u32::try_from(self.places.len()).unwrap_or(u32::MAX)
    }
}
