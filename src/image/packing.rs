//! Packs sorted rows. In: rows of numbers, one after the other; out: a section as `packed` reads it.
//!
//! Guarantees: holds one block and the directory (a fifth of a byte a row) in memory. Rows need not be sorted, they are only the
//! smaller for it.

use super::packed::{BLOCK_ROWS, entry_bytes};
use super::part::Part;
use bitpacking::{BitPacker, BitPacker4x};
use std::io;

/// A packed section while it is written.
pub(super) struct Packing<const K: usize> {
    part: Part,
    /// The columns of the block at hand.
    columns: [Vec<u32>; K],
    directory: Vec<u8>,
    rows: u64,
    bits: Vec<u8>,
}

impl<const K: usize> Packing<K> {
    pub(super) fn new(part: Part) -> Self {
        let column = || Vec::with_capacity(BLOCK_ROWS);
        Self {
            part,
            columns: std::array::from_fn(|_| column()),
            directory: Vec::new(),
            rows: 0,
            // The widest column.
            bits: vec![0; BLOCK_ROWS * size_of::<u32>()],
        }
    }

    /// How many rows there are so far.
    pub(super) fn rows(&self) -> u64 {
        self.rows
    }

    /// Adds a row.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub(super) fn push(&mut self, row: [u32; K]) -> io::Result<()> {
        for (column, number) in self.columns.iter_mut().zip(row) {
            column.push(number);
        }
        self.rows += 1;
        if self.rows.is_multiple_of(BLOCK_ROWS as u64) { self.write_block() } else { Ok(()) }
    }

    fn write_block(&mut self) -> io::Result<()> {
        let place = self.part.len();
        self.directory.extend(place.to_le_bytes());
        let base = |column: &Vec<u32>| column.iter().copied().min().unwrap_or_default();
        let bases = self.columns.each_ref().map(base);
        self.directory.extend(bases.iter().flat_map(|base| base.to_le_bytes()));
        let packer = BitPacker4x::new();
        for (column, base) in self.columns.iter_mut().zip(bases) {
            // A last block that is not full is filled with zeros.
            for number in column.iter_mut() {
                *number -= base;
            }
            column.resize(BLOCK_ROWS, 0);
            let width = packer.num_bits(column);
            let bytes = packer.compress(column, &mut self.bits, width);
            self.part.write(self.bits.get(..bytes).unwrap_or_default())?;
            self.directory.push(width);
            column.clear();
        }
        self.directory.resize(self.directory.len().next_multiple_of(4), 0);
        debug_assert_eq!(self.directory.len() % entry_bytes(K), 0);
        Ok(())
    }

    /// Writes what is left, and the directory.
    ///
    /// # Errors
    /// Where it cannot be written, or there are more rows than a number can tell.
    pub(super) fn finish(mut self) -> io::Result<Part> {
        if self.columns.first().is_some_and(|column| !column.is_empty()) {
            self.write_block()?;
        }
        let rows = u32::try_from(self.rows).map_err(io::Error::other)?;
        self.part.write(&self.directory)?;
        self.part.write(&rows.to_le_bytes())?;
        self.part.write(&u32::try_from(K).unwrap_or_default().to_le_bytes())?;
        Ok(self.part)
    }
}

impl Packing<2> {
    /// Adds a number of 64 bits as a row of its halves.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub(super) fn push_wide(&mut self, number: u64) -> io::Result<()> {
        let half = |number: u64| u32::try_from(number & 0xFFFF_FFFF).unwrap_or_default();
        self.push([half(number >> 32), half(number)])
    }
}
