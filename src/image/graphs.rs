//! Which graphs hold a triple, and which triples a graph holds. In: the sections of an image that say so; out: graphs by row and rows
//! by graph. The surprise: graphs stand in the rows as places in their list, the default graph at its end.

use super::bytes::{partition_point, read_u32};
use super::packed::Packed;
use super::row::{DEFAULT_GRAPH, TermId};
use std::ops::Range;

/// How many rows of a graph are read at once.
const READ_ROWS: usize = 128;

/// Graphs and the rows of Spo that they hold.
#[derive(Clone, Copy)]
pub(super) struct Graphs<'a> {
    /// A graph: its number, its first row in `by_graph`.
    pub(super) list: &'a [u8],
    /// Row of Spo, graph.
    pub(super) by_row: Packed<'a, 2>,
    /// Graph, row of Spo.
    pub(super) by_graph: Packed<'a, 2>,
    pub(super) triples: usize,
}

impl<'a> Graphs<'a> {
    pub(super) const ENTRY_BYTES: usize = 2 * size_of::<u32>();

    fn len(&self) -> usize {
        self.list.len() / Self::ENTRY_BYTES
    }

    fn id(&self, place: usize) -> Option<TermId> {
        read_u32(self.list, place * Self::ENTRY_BYTES)
    }

    fn first(&self, place: usize) -> Option<usize> {
        read_u32(self.list, place * Self::ENTRY_BYTES + 4).map(|row| row as usize)
    }

    /// The named graphs, ascending.
    pub(super) fn named(self) -> impl Iterator<Item = TermId> + use<'a> {
        (0..self.len()).filter_map(move |place| self.id(place)).filter(|id| *id != DEFAULT_GRAPH)
    }

    fn place(&self, graph: TermId) -> Option<usize> {
        let below = |place| self.id(place).is_some_and(|id| id < graph);
        let place = partition_point(0..self.len(), below);
        (self.id(place) == Some(graph)).then_some(place)
    }

    pub(super) fn contains(&self, graph: TermId) -> bool {
        self.place(graph).is_some()
    }

    /// The graphs that hold the triple in this row of Spo, ascending.
    pub(super) fn of_row(self, row: usize) -> impl Iterator<Item = TermId> + use<'a> {
        let mut stretch = self.row_stretch(row);
        std::iter::from_fn(move || {
            let place = self.by_row.get(stretch.next()?, 1)?;
            self.id(place as usize)
        })
    }

    /// Each row of Spo with each graph that holds it, ascending.
    pub(super) fn holders(self) -> impl Iterator<Item = (usize, TermId)> + use<'a> {
        let starts = (0..self.by_row.len()).step_by(READ_ROWS);
        starts.flat_map(move |start| {
            let (mut rows, mut places) = (Vec::new(), Vec::new());
            let stretch = start..(start + READ_ROWS).min(self.by_row.len());
            self.by_row.read_column(0, stretch.clone(), &mut rows);
            self.by_row.read_column(1, stretch, &mut places);
            let pairs = rows.into_iter().zip(places);
            pairs.filter_map(move |(row, place)| Some((row as usize, self.id(place as usize)?)))
        })
    }

    /// Whether a graph holds the triple in this row of Spo.
    pub(super) fn holds(&self, graph: TermId, row: usize) -> bool {
        let place = self.place(graph).and_then(|place| u32::try_from(place).ok());
        let stretch = self.row_stretch(row);
        place.is_some_and(|place| !self.by_row.equal_range(stretch, 1, place).is_empty())
    }

    /// Where the graphs of this row of Spo stand in `by_row`.
    fn row_stretch(&self, row: usize) -> Range<usize> {
        // Each triple before has a graph at least, and all that are too many lie between.
        let rows = self.by_row.len();
        let end = (row + 1 + rows.saturating_sub(self.triples)).min(rows);
        let number = u32::try_from(row).unwrap_or(u32::MAX);
        if rows == self.triples {
            return row.min(end)..end;
        }
        let start = self.by_row.lower_bound(row.min(end)..end, 0, number);
        start..self.by_row.lower_bound(start..rows, 0, number.saturating_add(1))
    }

    /// Where the rows of a graph stand in `by_graph`, those in this stretch of Spo.
    pub(super) fn stretch(&self, graph: TermId, within: Range<usize>) -> Range<usize> {
        let Some(place) = self.place(graph) else { return 0..0 };
        let rows = self.by_graph.len();
        let start = self.first(place).unwrap_or(rows).min(rows);
        let end = self.first(place + 1).unwrap_or(rows).clamp(start, rows);
        let number = |row: usize| u32::try_from(row).unwrap_or(u32::MAX);
        if within.start == 0 && within.end >= self.triples {
            return start..end;
        }
        let start = self.by_graph.lower_bound(start..end, 1, number(within.start));
        start..self.by_graph.lower_bound(start..end, 1, number(within.end))
    }

    /// The rows of Spo in a stretch of `by_graph`.
    pub(super) fn rows(self, stretch: Range<usize>) -> impl Iterator<Item = usize> + use<'a> {
        let (mut read, mut next, mut rest) = (Vec::new(), 0, stretch);
        std::iter::from_fn(move || {
            if next == read.len() {
                let until = rest.end.min(rest.start + READ_ROWS);
                read.clear();
                next = 0;
                self.by_graph.read_column(1, rest.start..until, &mut read);
                rest.start = until;
            }
            let row = read.get(next).map(|row| *row as usize)?;
            next += 1;
            Some(row)
        })
    }
}
