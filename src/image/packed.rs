//! Sorted rows of numbers in few bits. In: the bytes of one section; out: any number of it at once, or whole blocks quickly.
//!
//! Rows stand in blocks of 128. In a block each column is its least value (the base) and the differences to it, all of one width in
//! bits. A column of equal numbers takes none. The surprise: the bits stand as SIMD code unpacks them, in four interleaved lanes, and
//! a single number is found in them by the same rule.
//!
//! ```text
//! blocks     each column's bits, 16 bytes for each bit of width
//! directory  a block: u64 place, u32 base a column, u8 width a column, zeros to a border of four
//! u32        rows
//! u32        columns
//! ```

use super::bytes::{read_u32, read_u64};
use bitpacking::{BitPacker, BitPacker4x};
use std::ops::Range;

/// How many rows a block has.
pub(super) const BLOCK_ROWS: usize = BitPacker4x::BLOCK_LEN;

/// Bytes after the directory.
pub(super) const TRAILER_BYTES: usize = 8;

const LANES: usize = 4;
const WIDTH_MAX: u32 = 32;

/// How many bytes the directory has for a block.
pub(super) const fn entry_bytes(columns: usize) -> usize {
    (size_of::<u64>() + columns * (size_of::<u32>() + 1)).next_multiple_of(4)
}

/// Where blocks and directory of a packed section are.
#[derive(Clone, Debug, Default)]
pub(super) struct Shape {
    data: Range<usize>,
    directory: Range<usize>,
    rows: usize,
}

impl Shape {
    /// The shape of the section at `place` in `image`; `None` if it is none of so many columns.
    pub(super) fn read(image: &[u8], place: Range<usize>, columns: usize) -> Option<Self> {
        let trailer = place.end.checked_sub(TRAILER_BYTES).filter(|at| *at >= place.start)?;
        let rows = usize::try_from(read_u32(image, trailer)?).ok()?;
        if usize::try_from(read_u32(image, trailer + 4)?).ok()? != columns {
            return None;
        }
        let bytes = rows.div_ceil(BLOCK_ROWS) * entry_bytes(columns);
        let directory = trailer.checked_sub(bytes).filter(|at| *at >= place.start)?;
        Some(Self { data: place.start..directory, directory: directory..trailer, rows })
    }

    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// The rows, in the image that the shape was read from.
    pub(super) fn of<'a, const K: usize>(&self, image: &'a [u8]) -> Packed<'a, K> {
        Packed {
            data: image.get(self.data.clone()).unwrap_or_default(),
            directory: image.get(self.directory.clone()).unwrap_or_default(),
            rows: self.rows,
        }
    }
}

/// Rows of `K` numbers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Packed<'a, const K: usize> {
    data: &'a [u8],
    directory: &'a [u8],
    rows: usize,
}

/// One column of one block.
struct Run<'a> {
    base: u32,
    width: u32,
    bits: &'a [u8],
}

impl Run<'_> {
    fn get(&self, at: usize) -> Option<u32> {
        if self.width == 0 {
            return Some(self.base);
        }
        let bit = (at / LANES) * self.width as usize;
        let (word, shift) = (bit / 32, u32::try_from(bit % 32).unwrap_or_default());
        let place = |word: usize| (word * LANES + at % LANES) * size_of::<u32>();
        let mut value = read_u32(self.bits, place(word))? >> shift;
        if shift + self.width > 32 {
            value |= read_u32(self.bits, place(word + 1))? << (32 - shift);
        }
        Some(self.base.wrapping_add(value & (u32::MAX >> (32 - self.width))))
    }

    fn unpack(&self, out: &mut [u32; BLOCK_ROWS]) {
        if self.width == 0 {
            *out = [self.base; BLOCK_ROWS];
            return;
        }
        // The width is at most 32 and there are 16 bytes for each bit of it: `Packed::run` has seen to that.
        let width = u8::try_from(self.width).unwrap_or_default();
        BitPacker4x::new().decompress(self.bits, out, width);
        for value in out {
            *value = self.base.wrapping_add(*value);
        }
    }
}

impl<'a, const K: usize> Packed<'a, K> {
    pub(super) fn len(&self) -> usize {
        self.rows
    }

    fn run(&self, block: usize, column: usize) -> Option<Run<'a>> {
        let bytes = entry_bytes(K);
        let entry = self.directory.get(block * bytes..(block + 1) * bytes)?;
        let mut place = usize::try_from(read_u64(entry, 0)?).ok()?;
        let base = read_u32(entry, 8 + column * 4)?;
        let widths = entry.get(8 + K * 4..8 + K * 5)?;
        let width = u32::from(*widths.get(column)?);
        for before in widths.get(..column)? {
            place = place.checked_add(usize::from(*before) * 16)?;
        }
        let bits = self.data.get(place..)?.get(..width as usize * 16)?;
        (width <= WIDTH_MAX).then_some(Run { base, width, bits })
    }

    /// The number in this row and column; `None` past the end.
    pub(super) fn get(&self, row: usize, column: usize) -> Option<u32> {
        if row >= self.rows {
            return None;
        }
        self.run(row / BLOCK_ROWS, column)?.get(row % BLOCK_ROWS)
    }

    /// The row with this number; `None` past the end.
    pub(super) fn row(&self, row: usize) -> Option<[u32; K]> {
        let mut numbers = [0; K];
        for (column, number) in numbers.iter_mut().enumerate() {
            *number = self.get(row, column)?;
        }
        Some(numbers)
    }

    /// Appends a column of the rows in `range`, as far as there are any. What cannot be read in a damaged image is 0.
    pub(super) fn read_column(&self, column: usize, range: Range<usize>, out: &mut Vec<u32>) {
        let range = range.start..range.end.min(self.rows);
        let mut at = range.start;
        let mut buffer = [0; BLOCK_ROWS];
        while at < range.end {
            let (block, from) = (at / BLOCK_ROWS, at % BLOCK_ROWS);
            let to = BLOCK_ROWS.min(from + (range.end - at));
            match self.run(block, column) {
                // A few numbers of a block cost less one by one.
                Some(run) if to - from < 16 => {
                    out.extend((from..to).map(|at| run.get(at).unwrap_or_default()));
                }
                Some(run) => {
                    run.unpack(&mut buffer);
                    out.extend(buffer.get(from..to).unwrap_or_default());
                }
                None => out.resize(out.len() + (to - from), 0),
            }
            at += to - from;
        }
    }

    /// The first row in `within` whose number in `column` is at least `value`, where that column ascends. Steps double from
    /// the front, so that a near one is found at once.
    pub(super) fn lower_bound(&self, within: Range<usize>, column: usize, value: u32) -> usize {
        let end = within.end.min(self.rows).max(within.start);
        let below = |row: usize| self.get(row, column).is_some_and(|number| number < value);
        let (mut known, mut step) = (within.start, 1);
        while known + step <= end && below(known + step - 1) {
            known += step;
            step *= 2;
        }
        super::bytes::partition_point(known..end.min(known + step), below)
    }

    /// The rows in `within` whose number in `column` is `value`, where that column ascends.
    pub(super) fn equal_range(
        &self,
        within: Range<usize>,
        column: usize,
        value: u32,
    ) -> Range<usize> {
        let end = within.end.min(self.rows).max(within.start);
        let start = self.lower_bound(within, column, value);
        let after = value.checked_add(1);
        start..after.map_or(end, |after| self.lower_bound(start..end, column, after))
    }
}

impl Packed<'_, 2> {
    /// The row as one number: the first column holds its upper half.
    pub(super) fn wide(&self, row: usize) -> Option<u64> {
        let [high, low] = self.row(row)?;
        Some(u64::from(high) << 32 | u64::from(low))
    }
}

#[cfg(test)]
mod tests;
