//! The lines of a graph, sorted, whatever their number. In: N-Quads in pieces of whole lines; out: a text with every line once, in
//! the order of its bytes, so that the same graph is the same file. Guarantee: no more than [`HELD_BYTES_MAX`] of lines are
//! held; what is beyond that waits in sorted runs on the disk, packed to a small part of their size, which are merged at the end.

use lz4_flex::frame::{FrameDecoder, FrameEncoder};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader, Write};
use std::path::PathBuf;

/// Bytes of lines that are sorted in memory: a few hundred thousand quads, and few runs even for a hundred million.
const HELD_BYTES_MAX: usize = 256 << 20;

/// Bytes that are read at a time.
const BUFFER_BYTES: usize = 1 << 18;

/// Lines that are collected to be sorted.
#[derive(Debug)]
pub(super) struct SortedLines {
    /// Where runs are written: a folder that is removed with them.
    folder: PathBuf,
    held: Vec<u8>,
    held_bytes_max: usize,
    runs: Vec<PathBuf>,
}

impl SortedLines {
    pub(super) fn new(folder: PathBuf) -> Self {
        Self { folder, held: Vec::new(), held_bytes_max: HELD_BYTES_MAX, runs: Vec::new() }
    }

    /// Adds `lines`, each with its line end.
    pub(super) fn add(&mut self, lines: &[u8]) -> io::Result<()> {
        if !self.held.is_empty() && self.held.len() + lines.len() > self.held_bytes_max {
            self.write_run()?;
        }
        self.held.extend_from_slice(lines);
        Ok(())
    }

    /// Writes all lines to `out`.
    pub(super) fn write(mut self, out: &mut impl Write) -> io::Result<()> {
        if self.runs.is_empty() {
            return write_sorted(&self.held, out);
        }
        self.write_run()?;
        self.held = Vec::new();
        merge(&self.runs, out)?;
        self.runs.iter().try_for_each(fs::remove_file)
    }

    fn write_run(&mut self) -> io::Result<()> {
        let path = self.folder.join(format!("run-{}", self.runs.len()));
        let mut out = FrameEncoder::new(File::create(&path)?);
        self.runs.push(path);
        write_sorted(&self.held, &mut out)?;
        self.held.clear();
        out.finish()?;
        Ok(())
    }
}

/// Writes the lines of `text` in order, each once.
fn write_sorted(text: &[u8], out: &mut impl Write) -> io::Result<()> {
    let lines = sort_lines(text);
    let mut last: &[u8] = &[];
    for line in &lines {
        let line = line.of(text);
        if line != last {
            out.write_all(line)?;
        }
        last = line;
    }
    Ok(())
}

/// A line of a text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Line {
    /// Some bytes of it as a number that compares as they do.
    prefix: u64,
    start: usize,
    len: usize,
}

impl Line {
    fn of<'a>(&self, text: &'a [u8]) -> &'a [u8] {
        text.get(self.start..).and_then(|rest| rest.get(..self.len)).unwrap_or_default()
    }

    fn from<'a>(&self, text: &'a [u8], depth: usize) -> &'a [u8] {
        self.of(text).get(depth..).unwrap_or_default()
    }
}

/// The lines in order. Neighbours begin alike, often for a hundred bytes: what all of them share is stepped over, then eight bytes are
/// compared at a time, and only lines that agree so far are looked at again.
fn sort_lines(text: &[u8]) -> Vec<Line> {
    /// So few lines are compared as they are.
    const FEW: usize = 8;
    let mut lines = Vec::new();
    let mut start = 0;
    while let Some(rest) = text.get(start..).filter(|rest| !rest.is_empty()) {
        let len = memchr::memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
        lines.push(Line { prefix: 0, start, len });
        start += len;
    }
    let mut waiting = vec![(0..lines.len(), 0)];
    while let Some((range, depth)) = waiting.pop() {
        let Some(alike) = lines.get_mut(range.clone()) else { continue };
        if alike.len() <= FEW {
            alike.sort_unstable_by(|a, b| a.from(text, depth).cmp(b.from(text, depth)));
            continue;
        }
        let depth = depth + shared(alike, text, depth);
        let mut longest = 0;
        for line in alike.iter_mut() {
            line.prefix = prefix(line.from(text, depth));
            longest = longest.max(line.len);
        }
        // They are all the same.
        if longest <= depth {
            continue;
        }
        alike.sort_unstable_by_key(|line| line.prefix);
        let mut at = range.start;
        for alike in alike.chunk_by(|a, b| a.prefix == b.prefix) {
            if alike.len() > 1 {
                waiting.push((at..at + alike.len(), depth + size_of::<u64>()));
            }
            at += alike.len();
        }
    }
    lines
}

/// How many bytes all of these lines share from `depth` on.
fn shared(lines: &[Line], text: &[u8], depth: usize) -> usize {
    let Some((first, others)) = lines.split_first() else { return 0 };
    let mut shared = first.from(text, depth);
    for line in others {
        let line = line.from(text, depth);
        if !line.starts_with(shared) {
            let len = shared.iter().zip(line).take_while(|(a, b)| a == b).count();
            shared = shared.get(..len).unwrap_or_default();
        }
    }
    shared.len()
}

/// The first eight bytes. A line has one end, so that none is the beginning of another.
fn prefix(bytes: &[u8]) -> u64 {
    if let Some(bytes) = bytes.first_chunk() {
        return u64::from_be_bytes(*bytes);
    }
    let mut padded = [0; size_of::<u64>()];
    padded.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
    u64::from_be_bytes(padded)
}

/// Writes the lines of sorted files in order, each once.
fn merge(runs: &[PathBuf], out: &mut impl Write) -> io::Result<()> {
    let mut files = runs
        .iter()
        .map(|run| {
            let packed = FrameDecoder::new(File::open(run)?);
            Ok(BufReader::with_capacity(BUFFER_BYTES, packed))
        })
        .collect::<io::Result<Vec<_>>>()?;
    let mut next = BinaryHeap::new();
    for (place, file) in files.iter_mut().enumerate() {
        let mut line = Vec::new();
        if file.read_until(b'\n', &mut line)? > 0 {
            next.push(Reverse((line, place)));
        }
    }
    let mut last = Vec::new();
    while let Some(mut top) = next.peek_mut() {
        let Reverse((line, place)) = &mut *top;
        if *line != last {
            out.write_all(line)?;
        }
        std::mem::swap(line, &mut last);
        line.clear();
        // The place of the line that goes is taken by the next one of its file.
        let read = match files.get_mut(*place) {
            Some(file) => file.read_until(b'\n', line)?,
            None => 0,
        };
        if read == 0 {
            PeekMut::pop(top);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What comes of these pieces where only so many bytes are held.
    fn sorted(pieces: &[&str], held_bytes_max: usize) -> String {
        let number = pieces.len();
        let name = format!("zhengtu-sorted-{}-{number}-{held_bytes_max}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder).unwrap();
        let mut lines = SortedLines { held_bytes_max, ..SortedLines::new(folder.clone()) };
        for piece in pieces {
            lines.add(piece.as_bytes()).unwrap();
        }
        let mut text = Vec::new();
        lines.write(&mut text).unwrap();
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 0, "a run is left");
        fs::remove_dir_all(&folder).unwrap();
        String::from_utf8(text).unwrap()
    }

    #[test]
    fn lines_are_sorted_and_once_however_few_are_held() {
        let pieces = ["苗\n圃\n", "绿\n", "圃\n化\n", "", "苗\n"];
        let mut expected = ["苗\n", "圃\n", "绿\n", "化\n"];
        expected.sort_unstable();
        for held_bytes_max in [0, 5, 12, 1000] {
            assert_eq!(sorted(&pieces, held_bytes_max), expected.concat(), "{held_bytes_max}");
        }
    }

    #[test]
    fn many_lines_that_begin_alike_are_sorted_by_their_bytes() {
        let mut lines: Vec<String> = (0..3000_u32)
            .map(|n| {
                let name = n * 7919 % 2003;
                format!(
                    "<http://e/苗圃/{}> \"{name}\"{}\n",
                    name % 97,
                    "\0 ".repeat(n as usize % 3)
                )
            })
            .collect();
        lines.extend((0..40).map(|_| "<http://e/苗圃/0>\n".to_owned()));
        let pieces: Vec<&str> = lines.iter().map(String::as_str).collect();
        let found = [300, 1 << 20].map(|held_bytes_max| sorted(&pieces, held_bytes_max));
        lines.sort_unstable();
        lines.dedup();
        assert_eq!(found, [lines.concat(), lines.concat()]);
    }

    #[test]
    fn no_lines_are_an_empty_file() {
        assert_eq!(sorted(&[], 10), "");
    }
}
