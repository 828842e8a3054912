//! Sorted stretches that wait in one temporary file. In: bytes of a stretch, one after the other; out: each stretch read again from its
//! front, all at once, each through a buffer of its own.

use super::part::Waiting;
use std::fs::File;
use std::io::{self, Read, Write};
use std::ops::Range;
use std::os::unix::fs::FileExt;

/// A buffer of a stretch has at least so many bytes: less would be a call a row.
const BUFFER_BYTES_MIN: usize = 4096;
const BUFFER_BYTES_MAX: usize = 1 << 20;

/// Stretches of bytes in a temporary file.
pub(super) struct Runs {
    file: File,
    places: Vec<Range<u64>>,
}

impl Runs {
    /// # Errors
    /// Where no temporary file can be made.
    pub(super) fn new(waiting: &Waiting) -> io::Result<Self> {
        Ok(Self { file: waiting.file()?, places: Vec::new() })
    }

    /// Adds the stretch that `write` writes.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub(super) fn add(
        &mut self,
        write: impl FnOnce(&mut io::BufWriter<&File>) -> io::Result<()>,
    ) -> io::Result<()> {
        let start = self.places.last().map_or(0, |place| place.end);
        let mut writer = io::BufWriter::with_capacity(BUFFER_BYTES_MAX, &self.file);
        write(&mut writer)?;
        writer.flush()?;
        drop(writer);
        let end = io::Seek::stream_position(&mut &self.file)?;
        self.places.push(start..end);
        Ok(())
    }

    /// A reader of each stretch; together their buffers take about `memory_bytes`.
    pub(super) fn readers(&self, memory_bytes: usize) -> Vec<RunReader<'_>> {
        let share = memory_bytes / self.places.len().max(1);
        let buffer_bytes = share.clamp(BUFFER_BYTES_MIN, BUFFER_BYTES_MAX);
        let reader = |place: &Range<u64>| {
            let run = Run { file: &self.file, place: place.clone() };
            io::BufReader::with_capacity(buffer_bytes, run)
        };
        self.places.iter().map(reader).collect()
    }
}

/// Reads one stretch.
pub(super) type RunReader<'a> = io::BufReader<Run<'a>>;

/// What is left of a stretch.
pub(super) struct Run<'a> {
    file: &'a File,
    place: Range<u64>,
}

impl Read for Run<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.place.end - self.place.start).unwrap_or(usize::MAX);
        let wanted = left.min(buffer.len());
        let read =
            self.file.read_at(buffer.get_mut(..wanted).unwrap_or_default(), self.place.start)?;
        self.place.start += read as u64;
        Ok(read)
    }
}
