//! Sorts rows in bounded memory. In: rows in any order; out: each distinct row once, ascending.
//!
//! What does not fit is sorted, written to a temporary file and merged at the end.

use super::part::Waiting;
use super::runs::{RunReader, Runs};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::io::{self, Read, Write};

/// A stretch that is sorted at once has at least so many rows.
const ROWS_MIN: usize = 16;

/// Rows that are to be sorted.
pub(super) struct Sorter<const K: usize> {
    rows: Vec<[u32; K]>,
    rows_max: usize,
    memory_bytes: usize,
    waiting: Waiting,
    runs: Option<Runs>,
}

impl<const K: usize> Sorter<K> {
    /// A sorter that takes this part of the memory.
    pub(super) fn new(waiting: &Waiting, share: usize) -> Self {
        let memory_bytes = waiting.memory_bytes().map_or(usize::MAX, |bytes| bytes / share);
        let rows_max = (memory_bytes / size_of::<[u32; K]>()).max(ROWS_MIN);
        let waiting = waiting.clone();
        Self { rows: Vec::new(), rows_max, memory_bytes, waiting, runs: None }
    }

    /// Adds a row.
    ///
    /// # Errors
    /// Where rows have to wait in a file and it cannot be written.
    pub(super) fn push(&mut self, row: [u32; K]) -> io::Result<()> {
        if self.rows.len() == self.rows_max {
            self.spill()?;
        }
        self.rows.push(row);
        Ok(())
    }

    /// Takes rows as they are in memory, so that they need not be copied.
    pub(super) fn take(&mut self, rows: Vec<[u32; K]>) {
        debug_assert!(self.rows.is_empty(), "nothing was pushed before");
        self.rows = rows;
    }

    fn sort(&mut self) {
        self.rows.sort_unstable();
        self.rows.dedup();
    }

    fn spill(&mut self) -> io::Result<()> {
        self.sort();
        let runs = match &mut self.runs {
            Some(runs) => runs,
            none => none.insert(Runs::new(&self.waiting)?),
        };
        let rows = &self.rows;
        runs.add(|file| {
            rows.iter().flatten().try_for_each(|number| file.write_all(&number.to_le_bytes()))
        })?;
        self.rows.clear();
        Ok(())
    }

    /// Calls `f` with each distinct row, ascending.
    ///
    /// # Errors
    /// What `f` fails with, and where rows cannot be read back.
    pub(super) fn for_each(
        mut self,
        mut f: impl FnMut([u32; K]) -> io::Result<()>,
    ) -> io::Result<()> {
        if self.runs.is_none() {
            self.sort();
            return self.rows.into_iter().try_for_each(f);
        }
        self.spill()?;
        self.rows = Vec::new();
        let Some(runs) = &self.runs else { return Ok(()) };
        let mut readers = runs.readers(self.memory_bytes);
        let mut heap = BinaryHeap::with_capacity(readers.len());
        for (number, reader) in readers.iter_mut().enumerate() {
            heap.extend(next_row(reader)?.map(|row| Reverse((row, number))));
        }
        let mut last = None;
        while let Some(mut top) = heap.peek_mut() {
            let Reverse((row, number)) = *top;
            let next = match readers.get_mut(number) {
                Some(reader) => next_row::<K>(reader)?,
                None => None,
            };
            match next {
                Some(next) => *top = Reverse((next, number)),
                None => drop(std::collections::binary_heap::PeekMut::pop(top)),
            }
            if last.replace(row) != Some(row) {
                f(row)?;
            }
        }
        Ok(())
    }
}

pub(super) fn next_row<const K: usize>(reader: &mut RunReader<'_>) -> io::Result<Option<[u32; K]>> {
    if io::BufRead::fill_buf(reader)?.is_empty() {
        return Ok(None);
    }
    let mut row = [0; K];
    for number in &mut row {
        let mut bytes = [0; size_of::<u32>()];
        reader.read_exact(&mut bytes)?;
        *number = u32::from_le_bytes(bytes);
    }
    Ok(Some(row))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(waiting: &Waiting, rows: &[[u32; 2]]) -> Vec<[u32; 2]> {
        let mut sorter = Sorter::new(waiting, 1);
        for row in rows {
            sorter.push(*row).unwrap();
        }
        let mut found = Vec::new();
        sorter
            .for_each(|row| {
                found.push(row);
                Ok(())
            })
            .unwrap();
        found
    }

    #[test]
    fn rows_beyond_the_memory_are_sorted_as_those_within() {
        let rows: Vec<[u32; 2]> = (0..1000_u32).map(|n| [n * 7919 % 97, n % 5]).collect();
        let directory = std::env::temp_dir();
        let files = Waiting::Files { directory, memory_bytes: 256 };
        let within = sorted(&Waiting::Memory, &rows);
        assert!(within.is_sorted() && within.len() < rows.len());
        assert_eq!(sorted(&files, &rows), within);
    }
}
