//! Chunks that wait in files until all quads have come. In: chunks; out: the distinct keys of all in one order, and the rows of each in
//! the numbers that these got.
//!
//! A chunk waits as its keys in ascending order and its rows, whose numbers are places among these keys. Keys of all chunks are merged into
//! one order; as that goes up, so do the numbers of each chunk, and a list of them leads from the one to the other.

use super::chunk::{Chunk, Roles};
use super::dictionary::Tags;
use super::extension;
use super::part::Waiting;
use super::reader::Image;
use super::row::{DEFAULT_GRAPH, TermId};
use super::runs::{RunReader, Runs};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::fs::File;
use std::io::{self, BufRead, Read, Write};
use std::os::unix::fs::FileExt;

/// How many new numbers of a chunk are written at once.
const LIST_BUFFER: usize = 1 << 14;

/// Chunks in temporary files.
pub(super) struct Chunks {
    keys: Runs,
    rows: Runs,
    /// How many keys each has.
    lens: Vec<usize>,
}

impl Chunks {
    /// # Errors
    /// Where no temporary file can be made.
    pub(super) fn new(waiting: &Waiting) -> io::Result<Self> {
        Ok(Self { keys: Runs::new(waiting)?, rows: Runs::new(waiting)?, lens: Vec::new() })
    }

    /// Adds all quads of an image, and its language tags to `tags`.
    ///
    /// # Errors
    /// Where the files cannot be written, and where the image is damaged.
    pub(super) fn add_image(&mut self, image: &Image, tags: &mut Tags) -> io::Result<()> {
        self.keys.add(|file| {
            extension::for_each_key(image, tags, |key, roles| write_key(key, roles, file))
        })?;
        self.rows.add(|file| {
            let write =
                |row: [TermId; 4]| row.iter().try_for_each(|id| file.write_all(&id.to_le_bytes()));
            extension::for_each_quad(image, write)
        })?;
        self.lens.push(image.terms_len());
        Ok(())
    }

    /// Adds a chunk whose keys stand in `order` when they are sorted.
    ///
    /// # Errors
    /// Where the files cannot be written.
    pub(super) fn add(&mut self, chunk: &Chunk, order: &[TermId]) -> io::Result<()> {
        self.keys.add(|file| {
            let write = |id: &TermId| write_key(chunk.keys.get(*id), chunk.keys.roles(*id), file);
            order.iter().try_for_each(write)
        })?;
        let mut places = vec![0; order.len()];
        renumber(&mut places, order);
        self.rows.add(|file| {
            chunk.rows.iter().flatten().try_for_each(|id| {
                let place = places.get(*id as usize).copied().unwrap_or(DEFAULT_GRAPH);
                file.write_all(&place.to_le_bytes())
            })
        })?;
        self.lens.push(order.len());
        Ok(())
    }

    /// Calls `number` with each distinct key in ascending order, which gives its number; then calls `row` with each row in these
    /// numbers.
    ///
    /// # Errors
    /// What these fail with, and where the files cannot be read.
    pub(super) fn merge(
        &self,
        waiting: &Waiting,
        memory_bytes: usize,
        mut number: impl FnMut(&[u8], Roles) -> io::Result<TermId>,
    ) -> io::Result<Numbered<'_>> {
        let mut lists = Lists::new(waiting, &self.lens)?;
        let mut readers = self.keys.readers(memory_bytes);
        let mut heap = BinaryHeap::with_capacity(readers.len());
        for (chunk, reader) in readers.iter_mut().enumerate() {
            let mut next = Head { chunk, ..Head::default() };
            if next.read(reader)? {
                heap.push(Reverse(next));
            }
        }
        let mut holders = Vec::new();
        while let Some(Reverse(first)) = heap.peek() {
            let key = first.key.clone();
            let mut roles = Roles::default();
            holders.clear();
            while let Some(mut top) = heap.peek_mut() {
                let Reverse(next) = &mut *top;
                if next.key != key {
                    break;
                }
                roles.add(next.roles);
                holders.push(next.chunk);
                let more = match readers.get_mut(next.chunk) {
                    Some(reader) => next.read(reader)?,
                    None => false,
                };
                if !more {
                    PeekMut::pop(top);
                }
            }
            let id = number(&key, roles)?;
            holders.iter().try_for_each(|chunk| lists.push(*chunk, id))?;
        }
        Ok(Numbered { chunks: self, lists: lists.finish()? })
    }
}

fn write_key(key: &[u8], roles: Roles, file: &mut impl Write) -> io::Result<()> {
    file.write_all(&u32::try_from(key.len()).map_err(io::Error::other)?.to_le_bytes())?;
    file.write_all(&[roles.0])?;
    file.write_all(key)
}

/// Chunks whose keys have got their numbers.
pub(super) struct Numbered<'a> {
    chunks: &'a Chunks,
    lists: Lists,
}

impl Numbered<'_> {
    /// Calls `f` with each row; the default graph is still [`DEFAULT_GRAPH`].
    ///
    /// # Errors
    /// What `f` fails with, and where the files cannot be read.
    pub(super) fn for_each_row(
        self,
        memory_bytes: usize,
        mut f: impl FnMut([TermId; 4]) -> io::Result<()>,
    ) -> io::Result<()> {
        for (chunk, mut reader) in self.chunks.rows.readers(memory_bytes).into_iter().enumerate() {
            let numbers = self.lists.read(chunk)?;
            while let Some(row) = super::sorter::next_row::<4>(&mut reader)? {
                f(row.map(|place| numbers.get(place as usize).copied().unwrap_or(DEFAULT_GRAPH)))?;
            }
        }
        Ok(())
    }
}

/// Sets `places[order[n]]` to `n`.
pub(super) fn renumber(places: &mut [TermId], order: &[TermId]) {
    for (id, place) in order.iter().zip(0..) {
        if let Some(to) = places.get_mut(*id as usize) {
            *to = place;
        }
    }
}

/// The next key of a chunk.
#[derive(Default, PartialEq, Eq, PartialOrd, Ord)]
struct Head {
    key: Vec<u8>,
    chunk: usize,
    roles: Roles,
}

impl Head {
    /// Becomes the next key of its chunk; false if there is none.
    fn read(&mut self, reader: &mut RunReader<'_>) -> io::Result<bool> {
        if reader.fill_buf()?.is_empty() {
            return Ok(false);
        }
        let mut len = [0; size_of::<u32>()];
        let mut roles = [0];
        reader.read_exact(&mut len)?;
        reader.read_exact(&mut roles)?;
        let [roles] = roles;
        self.roles = Roles(roles);
        let len = u32::from_le_bytes(len);
        self.key.clear();
        let read = reader.take(len.into()).read_to_end(&mut self.key)?;
        if read == len as usize { Ok(true) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
    }
}

/// The new numbers of each chunk's keys, in a temporary file.
struct Lists {
    file: File,
    lists: Vec<List>,
}

#[derive(Default)]
struct List {
    start: u64,
    /// How many bytes are written.
    written: u64,
    buffer: Vec<u8>,
}

impl List {
    fn flush(&mut self, file: &File) -> io::Result<()> {
        file.write_all_at(&self.buffer, self.start + self.written)?;
        self.written += self.buffer.len() as u64;
        self.buffer.clear();
        Ok(())
    }
}

impl Lists {
    fn new(waiting: &Waiting, lens: &[usize]) -> io::Result<Self> {
        let mut start = 0;
        let list = |len: &usize| {
            let list = List { start, ..List::default() };
            start += (len * size_of::<TermId>()) as u64;
            list
        };
        Ok(Self { file: waiting.file()?, lists: lens.iter().map(list).collect() })
    }

    fn push(&mut self, chunk: usize, id: TermId) -> io::Result<()> {
        let Some(list) = self.lists.get_mut(chunk) else { return Ok(()) };
        list.buffer.extend(id.to_le_bytes());
        if list.buffer.len() < LIST_BUFFER { Ok(()) } else { list.flush(&self.file) }
    }

    fn finish(mut self) -> io::Result<Self> {
        self.lists.iter_mut().try_for_each(|list| list.flush(&self.file))?;
        Ok(self)
    }

    fn read(&self, chunk: usize) -> io::Result<Vec<TermId>> {
        let Some(list) = self.lists.get(chunk) else { return Ok(Vec::new()) };
        let mut bytes = vec![0; usize::try_from(list.written).map_err(io::Error::other)?];
        self.file.read_exact_at(&mut bytes, list.start)?;
        let (numbers, _) = bytes.as_chunks();
        Ok(numbers.iter().map(|number| TermId::from_le_bytes(*number)).collect())
    }
}
