//! Sorted texts that begin alike. In: the bytes of two sections; out: a text by number, a number by text.
//!
//! Texts stand in blocks of 16. The first of a block stands whole; each further one tells how many bytes it shares with the one
//! before and what follows them.
//!
//! ```text
//! first of a block  length, bytes
//! further           length shared, length of the rest, the rest
//! ```
//!
//! Lengths take seven bits a byte, the low ones first; the high bit says that more follows.

use super::bytes::partition_point;
use super::packed::Packed;
use super::packing::Packing;
use super::part::{Part, Waiting};
use std::cmp::Ordering;
use std::io;

/// How many texts a block has.
pub(super) const BLOCK_NAMES: usize = 16;

/// A length takes at most so many bytes: more bits than a usize has are damage.
const LENGTH_BYTES_MAX: u32 = 9;

/// Texts in ascending order of their bytes.
#[derive(Clone, Copy)]
pub(super) struct Names<'a> {
    pub(super) bytes: &'a [u8],
    /// Where each block starts.
    pub(super) starts: Packed<'a, 2>,
    /// How many texts there are.
    pub(super) len: usize,
}

fn read_length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (mut length, mut rest) = (0, bytes);
    for at in 0..LENGTH_BYTES_MAX {
        let (byte, after) = rest.split_first()?;
        length |= usize::from(byte & 0x7F) << (7 * at);
        rest = after;
        if byte & 0x80 == 0 {
            return Some((length, rest));
        }
    }
    None
}

fn push_length(mut length: usize, bytes: &mut Vec<u8>) {
    loop {
        let low = u8::try_from(length & 0x7F).unwrap_or_default();
        length >>= 7;
        bytes.push(if length == 0 { low } else { low | 0x80 });
        if length == 0 {
            return;
        }
    }
}

impl<'a> Names<'a> {
    /// The first text of a block, and what follows it.
    fn first_of(&self, block: usize) -> Option<(&'a [u8], &'a [u8])> {
        let start = usize::try_from(self.starts.wide(block)?).ok()?;
        let (length, rest) = read_length(self.bytes.get(start..)?)?;
        rest.split_at_checked(length)
    }

    /// Makes `name` the text after it, which stands at the front of `rest`; gives what follows.
    fn follow(rest: &'a [u8], name: &mut Vec<u8>) -> Option<&'a [u8]> {
        let (shared, rest) = read_length(rest)?;
        let (length, rest) = read_length(rest)?;
        let (own, rest) = rest.split_at_checked(length)?;
        if shared > name.len() {
            return None;
        }
        name.truncate(shared);
        name.extend(own);
        Some(rest)
    }

    /// Writes the text with this number to `name`; `None` where there is none.
    pub(super) fn read(&self, number: usize, name: &mut Vec<u8>) -> Option<()> {
        name.clear();
        if number >= self.len {
            return None;
        }
        let (first, mut rest) = self.first_of(number / BLOCK_NAMES)?;
        name.extend(first);
        for _ in 0..number % BLOCK_NAMES {
            rest = Self::follow(rest, name)?;
        }
        Some(())
    }

    /// The first number whose text is at least `bound`.
    pub(super) fn lower_bound(&self, bound: &[u8]) -> usize {
        let blocks = self.len.div_ceil(BLOCK_NAMES);
        let starts_before = |block| self.first_of(block).is_some_and(|(first, _)| first < bound);
        let Some(block) = partition_point(0..blocks, starts_before).checked_sub(1) else {
            return 0;
        };
        let end = self.len.min((block + 1) * BLOCK_NAMES);
        let mut name = Vec::new();
        let is_below =
            |number: &usize| self.read(*number, &mut name).is_some() && name.as_slice() < bound;
        block * BLOCK_NAMES + (block * BLOCK_NAMES..end).take_while(is_below).count()
    }

    /// The number of a text; `None` if it is not among these.
    pub(super) fn find(&self, wanted: &[u8]) -> Option<usize> {
        let blocks = self.len.div_ceil(BLOCK_NAMES);
        let starts_before = |block| self.first_of(block).is_some_and(|(first, _)| first <= wanted);
        let block = partition_point(0..blocks, starts_before).checked_sub(1)?;
        let (first, mut rest) = self.first_of(block)?;
        let mut name = first.to_vec();
        for number in block * BLOCK_NAMES..self.len.min((block + 1) * BLOCK_NAMES) {
            if number % BLOCK_NAMES > 0 {
                rest = Self::follow(rest, &mut name)?;
            }
            match name.as_slice().cmp(wanted) {
                Ordering::Less => {}
                Ordering::Equal => return Some(number),
                Ordering::Greater => return None,
            }
        }
        None
    }
}

/// Sorted texts while they are written.
pub(super) struct NamesWriter {
    part: Part,
    starts: Packing<2>,
    last: Vec<u8>,
    len: usize,
    scratch: Vec<u8>,
}

impl NamesWriter {
    pub(super) fn new(waiting: &Waiting) -> Self {
        Self {
            part: Part::new(waiting),
            starts: Packing::new(Part::new(waiting)),
            last: Vec::new(),
            len: 0,
            scratch: Vec::new(),
        }
    }

    /// Adds a text, which is greater than the one before.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub(super) fn push(&mut self, name: &[u8]) -> io::Result<()> {
        self.scratch.clear();
        let own = if self.len.is_multiple_of(BLOCK_NAMES) {
            self.starts.push_wide(self.part.len())?;
            name
        } else {
            let alike = self.last.iter().zip(name).take_while(|(a, b)| a == b).count();
            push_length(alike, &mut self.scratch);
            name.get(alike..).unwrap_or_default()
        };
        push_length(own.len(), &mut self.scratch);
        self.scratch.extend(own);
        self.part.write(&self.scratch)?;
        self.last.clear();
        self.last.extend(name);
        self.len += 1;
        Ok(())
    }

    /// The texts, and where their blocks start.
    ///
    /// # Errors
    /// Where they cannot be written.
    pub(super) fn finish(self) -> io::Result<[Part; 2]> {
        Ok([self.part, self.starts.finish()?])
    }
}

#[cfg(test)]
mod tests {
    use super::super::packed::Shape;
    use super::*;

    fn bytes(part: Part) -> Vec<u8> {
        let mut bytes = Vec::new();
        part.copy_to(&mut bytes).unwrap();
        bytes
    }

    #[test]
    fn each_text_is_found_by_number_and_each_number_by_text() {
        let mut texts: Vec<String> = (0..100).map(|n| format!("http://e/措施{n}")).collect();
        texts.extend([String::new(), "http://e/".to_owned(), "x".repeat(300)]);
        texts.sort();
        let mut writer = NamesWriter::new(&Waiting::Memory);
        for text in &texts {
            writer.push(text.as_bytes()).unwrap();
        }
        let [names, starts] = writer.finish().unwrap().map(bytes);
        let shape = Shape::read(&starts, 0..starts.len(), 2).unwrap();
        let names = Names { bytes: &names, starts: shape.of(&starts), len: texts.len() };
        let mut name = Vec::new();
        for (number, text) in texts.iter().enumerate() {
            names.read(number, &mut name).unwrap();
            assert_eq!(name, text.as_bytes());
            assert_eq!(names.find(text.as_bytes()), Some(number));
            assert_eq!(names.find(format!("{text}!").as_bytes()), None);
            assert_eq!(names.lower_bound(text.as_bytes()), number);
            assert_eq!(names.lower_bound(format!("{text}\0").as_bytes()), number + 1);
        }
        assert_eq!(names.read(texts.len(), &mut name), None);
    }

    #[test]
    fn a_length_that_never_ends_is_none() {
        assert_eq!(read_length(&[0xFF; 20]), None);
        let mut written = Vec::new();
        push_length(300, &mut written);
        assert_eq!(read_length(&written), Some((300, &[][..])));
    }
}
