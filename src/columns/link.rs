//! One predicate as an array: from a subject's number straight to its objects, or from an object's to its subjects. In: a predicate's
//! rows; out: neighbours without searching. The surprise: it needs no hash, because the numbers of things of one kind lie close together.

use super::context::Context;
use crate::image::{Order, TermId};
use std::ops::Range;

/// Most rows of a predicate that are laid out: 8 bytes each.
const ROWS_MAX: usize = 1 << 25;

/// Rows read at a time.
const CHUNK: usize = 1 << 16;

/// The neighbours of every term along one predicate.
pub(super) struct Link {
    /// The lowest key.
    first: TermId,
    /// Where each key's values start, from `first` on, and where the last one's end.
    starts: Vec<u32>,
    /// Ascending for each key.
    values: Vec<TermId>,
}

impl Link {
    /// Lays out `predicate` with subjects as keys (`Order::Pso`) or objects (`Order::Pos`). `None` where the keys lie so far
    /// apart or are so many that searching is better.
    pub(super) fn new(context: &Context<'_>, order: Order, predicate: TermId) -> Option<Self> {
        let table = context.image.table(order);
        let range = table.range_of(&[predicate]);
        let [_, first, _] = table.row(range.start).filter(|_| !range.is_empty())?;
        let [_, last, _] = table.row(range.end - 1)?;
        let keys = (last.checked_sub(first)? as usize) + 1;
        if range.len() > ROWS_MAX || keys > range.len() * 8 + CHUNK {
            return None;
        }
        let mut starts = Vec::with_capacity(keys + 1);
        let mut values = Vec::with_capacity(range.len());
        let mut keys_read = Vec::with_capacity(CHUNK);
        let mut at = range.start;
        while at < range.end {
            let chunk = at..range.end.min(at + CHUNK);
            context.tick(chunk.len());
            keys_read.clear();
            table.read_column(1, chunk.clone(), &mut keys_read);
            let before = values.len();
            table.read_column(2, chunk.clone(), &mut values);
            for (place, key) in (before..).zip(&keys_read) {
                // A damaged image may go backwards; a key then has what stands there, and nothing panics.
                let number = key.saturating_sub(first) as usize;
                while starts.len() <= number.min(keys) {
                    starts.push(u32::try_from(place).ok()?);
                }
            }
            at = chunk.end;
        }
        starts.resize(keys + 1, u32::try_from(values.len()).ok()?);
        Some(Self { first, starts, values })
    }

    /// A link without keys that takes so much memory.
    #[cfg(test)]
    pub(super) fn of_bytes(bytes: usize) -> Self {
        Self { first: 0, starts: Vec::new(), values: vec![0; bytes / size_of::<TermId>()] }
    }

    /// Where the neighbours of `key` stand in [`Link::values`].
    pub(super) fn range_of(&self, key: TermId) -> Range<usize> {
        let Some(number) = key.checked_sub(self.first) else { return 0..0 };
        let number = number as usize;
        match (self.starts.get(number), self.starts.get(number + 1)) {
            (Some(start), Some(end)) => *start as usize..*end as usize,
            _ => 0..0,
        }
    }

    /// The neighbours in this range.
    pub(super) fn values(&self, range: Range<usize>) -> &[TermId] {
        self.values.get(range).unwrap_or_default()
    }

    /// Memory that it takes.
    pub(super) fn byte_len(&self) -> usize {
        (self.starts.len() + self.values.len()) * size_of::<TermId>()
    }

    /// Number of neighbours in all.
    pub(super) fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether `value` is a neighbour of `key`.
    pub(super) fn has(&self, key: TermId, value: TermId) -> bool {
        self.values(self.range_of(key)).binary_search(&value).is_ok()
    }
}
