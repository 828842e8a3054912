//! The lines of a graph, sorted, whatever their number. In: N-Quads in pieces of whole lines; out: a file with every line once, in
//! the order of its bytes, so that the same graph is the same file. Guarantee: no more than [`HELD_BYTES_MAX`] of lines are
//! held; what is beyond that waits in sorted runs on the disk, which are merged at the end.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader, BufWriter, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// Bytes of lines that are sorted in memory: a few hundred thousand quads, and few runs even for a hundred million.
const HELD_BYTES_MAX: usize = 256 << 20;

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

    /// Writes all lines to a new file at `path`.
    pub(super) fn write(mut self, path: &Path) -> io::Result<()> {
        let mut out = BufWriter::new(File::create(path)?);
        if self.runs.is_empty() {
            write_sorted(&self.held, &mut out)?;
            return out.flush();
        }
        self.write_run()?;
        self.held = Vec::new();
        merge(&self.runs, &mut out)?;
        out.flush()?;
        for run in &self.runs {
            fs::remove_file(run)?;
        }
        Ok(())
    }

    fn write_run(&mut self) -> io::Result<()> {
        let path = self.folder.join(format!("run-{}", self.runs.len()));
        let mut out = BufWriter::new(File::create(&path)?);
        self.runs.push(path);
        write_sorted(&self.held, &mut out)?;
        self.held.clear();
        out.flush()
    }
}

/// Writes the lines of `text` in order, each once.
fn write_sorted(text: &[u8], out: &mut impl Write) -> io::Result<()> {
    let at = |range: &Range<usize>| text.get(range.clone()).unwrap_or_default();
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive(|byte| *byte == b'\n') {
        lines.push(start..start + line.len());
        start += line.len();
    }
    lines.sort_unstable_by(|one, other| at(one).cmp(at(other)));
    lines.dedup_by(|one, other| at(one) == at(other));
    lines.iter().try_for_each(|line| out.write_all(at(line)))
}

/// Writes the lines of sorted files in order, each once.
fn merge(runs: &[PathBuf], out: &mut impl Write) -> io::Result<()> {
    let mut files = runs
        .iter()
        .map(|run| File::open(run).map(BufReader::new))
        .collect::<io::Result<Vec<_>>>()?;
    let mut next = BinaryHeap::new();
    for (place, file) in files.iter_mut().enumerate() {
        push_line(file, place, Vec::new(), &mut next)?;
    }
    let mut last = Vec::new();
    while let Some(Reverse((line, place))) = next.pop() {
        if line != last {
            out.write_all(&line)?;
        }
        let free = std::mem::replace(&mut last, line);
        if let Some(file) = files.get_mut(place) {
            push_line(file, place, free, &mut next)?;
        }
    }
    Ok(())
}

/// The next line of a file into the heap, in a buffer that is free.
fn push_line(
    file: &mut BufReader<File>,
    place: usize,
    mut line: Vec<u8>,
    next: &mut BinaryHeap<Reverse<(Vec<u8>, usize)>>,
) -> io::Result<()> {
    line.clear();
    if file.read_until(b'\n', &mut line)? > 0 {
        next.push(Reverse((line, place)));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What comes of these pieces where only so many bytes are held.
    fn sorted(pieces: &[&str], held_bytes_max: usize) -> String {
        let name = format!("zhengtu-sorted-{}-{held_bytes_max}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder).unwrap();
        let mut lines = SortedLines { held_bytes_max, ..SortedLines::new(folder.clone()) };
        for piece in pieces {
            lines.add(piece.as_bytes()).unwrap();
        }
        let path = folder.join("sorted");
        lines.write(&path).unwrap();
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "a run is left");
        fs::remove_dir_all(&folder).unwrap();
        text
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
    fn no_lines_are_an_empty_file() {
        assert_eq!(sorted(&[], 10), "");
    }
}
