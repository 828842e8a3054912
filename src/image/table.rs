//! The triples of an image in one order. In: an image; out: rows by number, columns of many rows at once, and where rows begin with
//! given terms.
//!
//! Guarantees: rows ascend and are distinct; a row's place says nothing but its rank. The surprise: predicates stand in the rows as places
//! among the predicates, which are few and far apart in number; they are terms again when they are read.

use super::bytes::{partition_point, read_u32};
use super::packed::Packed;
use super::row::{Order, TermId};
use std::ops::Range;

/// How many rows are read at once.
const READ_ROWS: usize = 4096;

/// What is known of a predicate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PredicateCounts {
    /// Its number.
    pub(crate) predicate: TermId,
    /// Triples with it, in any graph.
    pub(crate) triples: usize,
    /// Distinct subjects of these.
    pub(crate) subjects: usize,
    /// Distinct objects of these.
    pub(crate) objects: usize,
}

/// The predicates of an image, ascending by number.
#[derive(Clone, Copy)]
pub(super) struct Predicates<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) triples: usize,
}

impl Predicates<'_> {
    pub(super) const ENTRY_BYTES: usize = 4 * size_of::<u32>();

    fn number(&self, place: usize, field: usize) -> Option<u32> {
        read_u32(self.bytes, place * Self::ENTRY_BYTES + field * size_of::<u32>())
    }

    pub(super) fn len(&self) -> usize {
        self.bytes.len() / Self::ENTRY_BYTES
    }

    fn id(&self, place: u32) -> Option<TermId> {
        self.number(place as usize, 0)
    }

    /// The first place whose predicate is at least `id`.
    fn lower_bound(&self, id: TermId) -> u32 {
        let below = |place| self.number(place, 0).is_some_and(|predicate| predicate < id);
        u32::try_from(partition_point(0..self.len(), below)).unwrap_or(u32::MAX)
    }

    fn place(&self, id: TermId) -> Option<u32> {
        let place = self.lower_bound(id);
        (self.id(place) == Some(id)).then_some(place)
    }

    /// The rows in Pos and Pso of the predicate at `place`.
    fn rows(&self, place: u32) -> Option<Range<usize>> {
        let first = |place: u32| self.number(place as usize, 1).map(|row| row as usize);
        let start = first(place)?.min(self.triples);
        let end = first(place + 1).unwrap_or(self.triples).min(self.triples);
        Some(start..end.max(start))
    }

    pub(super) fn counts(&self, place: usize) -> Option<PredicateCounts> {
        Some(PredicateCounts {
            predicate: self.number(place, 0)?,
            triples: self.rows(u32::try_from(place).ok()?)?.len(),
            subjects: self.number(place, 2)? as usize,
            objects: self.number(place, 3)? as usize,
        })
    }

    pub(super) fn counts_of(&self, id: TermId) -> Option<PredicateCounts> {
        self.counts(self.place(id)? as usize)
    }
}

/// The distinct triples of an image, sorted in one order.
#[derive(Clone, Copy)]
pub(crate) struct Table<'a> {
    pub(super) order: Order,
    pub(super) rows: Packed<'a, 3>,
    /// The first row of each term in the first column, unless that is a predicate.
    pub(super) starts: Option<Packed<'a, 1>>,
    pub(super) predicates: Predicates<'a>,
}

impl Table<'_> {
    /// The order of its columns.
    pub(crate) fn order(&self) -> Order {
        self.order
    }

    /// How many rows there are: the triples.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The terms of a row, in the columns of the order; `None` past the end.
    pub(crate) fn row(&self, row: usize) -> Option<[TermId; 3]> {
        let mut numbers = self.rows.row(row)?;
        if let Some(predicate) = numbers.get_mut(self.order.predicate_column()) {
            *predicate = self.predicates.id(*predicate)?;
        }
        Some(numbers)
    }

    /// Appends the rows in `range` to three columns, as far as there are any.
    pub(crate) fn read(&self, range: Range<usize>, out: &mut [Vec<TermId>; 3]) {
        for (column, out) in out.iter_mut().enumerate() {
            self.read_column(column, range.clone(), out);
        }
    }

    /// Appends one column of the rows in `range`, as far as there are any.
    pub(crate) fn read_column(&self, column: usize, range: Range<usize>, out: &mut Vec<TermId>) {
        let before = out.len();
        self.rows.read_column(column, range, out);
        if column == self.order.predicate_column() {
            for number in out.get_mut(before..).unwrap_or_default() {
                *number = self.predicates.id(*number).unwrap_or_default();
            }
        }
    }

    /// Calls `f` with each row's number and terms, until it fails.
    ///
    /// # Errors
    /// What `f` fails with.
    pub(crate) fn try_for_each<E>(
        &self,
        mut f: impl FnMut(usize, [TermId; 3]) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut columns: [Vec<TermId>; 3] = Default::default();
        for start in (0..self.len()).step_by(READ_ROWS) {
            columns.iter_mut().for_each(Vec::clear);
            self.read(start..(start + READ_ROWS).min(self.len()), &mut columns);
            let [first, second, third] = &columns;
            let rows = first.iter().zip(second).zip(third);
            for (row, ((first, second), third)) in (start..).zip(rows) {
                f(row, [*first, *second, *third])?;
            }
        }
        Ok(())
    }

    /// The first row in `within` whose term in `column` is at least `value`, where the columns before are constant.
    pub(crate) fn lower_bound(&self, within: Range<usize>, column: usize, value: TermId) -> usize {
        let is_predicate = column == self.order.predicate_column();
        let value = if is_predicate { self.predicates.lower_bound(value) } else { value };
        self.rows.lower_bound(within, column, value)
    }

    /// The rows that begin with these terms.
    pub(crate) fn range_of(&self, prefix: &[TermId]) -> Range<usize> {
        let Some((first, rest)) = prefix.split_first() else { return 0..self.len() };
        let mut range = self.range_of_first(*first).unwrap_or_default();
        for (column, value) in (1..).zip(rest) {
            let is_predicate = column == self.order.predicate_column();
            let value = if is_predicate { self.predicates.place(*value) } else { Some(*value) };
            range = match value {
                Some(value) => self.rows.equal_range(range, column, value),
                None => range.start..range.start,
            };
        }
        range
    }

    fn range_of_first(&self, first: TermId) -> Option<Range<usize>> {
        let Some(starts) = self.starts else {
            return self.predicates.rows(self.predicates.place(first)?);
        };
        let place = |at: usize| starts.get(at, 0).map(|row| (row as usize).min(self.len()));
        let (start, end) = (place(first as usize)?, place(first as usize + 1)?);
        Some(start..end.max(start))
    }
}
