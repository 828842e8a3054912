//! The bytes of an answer, in pieces that are worth sending. In: what a serializer writes; out: pieces.
//!
//! Guarantees: chunks have [`CHUNK_BYTES`] but for the last one; nothing is sent before the first chunk is
//! full or the answer is known to be whole, so what fails early fails without a byte. The surprise: past
//! the asker's cut the sink refuses to take more, which is what ends the evaluation.

use super::frame::{Extent, Head, Piece};
use super::question::Cut;
use crate::store::QueryForm;
use bytes::Bytes;
use std::io::{self, Write};

/// Bytes handed on at a time. Rows are too small (a system call each), a whole answer may be too large to
/// hold.
const CHUNK_BYTES: usize = 32 * 1024;

/// Where pieces go. An error means that nobody takes them any more.
pub(super) type Send<'a> = &'a mut (dyn FnMut(Piece) -> io::Result<()> + std::marker::Send);

/// A sink that sends what it is given.
pub(super) struct Chunks<'a> {
    buffer: Vec<u8>,
    /// Until the first chunk is sent.
    head: Option<Head>,
    send: Send<'a>,
    bytes_left: usize,
    /// Line ends that may still be written.
    lines_left: usize,
    is_cut: bool,
}

impl<'a> Chunks<'a> {
    pub(super) fn new(head: Head, cut: Option<Cut>, send: Send<'a>) -> Self {
        let (bytes_left, lines_left) = match (cut, head.form) {
            (Some(cut), QueryForm::Select) => (cut.table_bytes_max, cut.table_lines_max),
            (Some(cut), QueryForm::Construct | QueryForm::Describe) => {
                (cut.graph_bytes_max, usize::MAX)
            }
            (None, _) | (_, QueryForm::Ask) => (usize::MAX, usize::MAX),
        };
        Self { buffer: Vec::new(), head: Some(head), send, bytes_left, lines_left, is_cut: false }
    }

    /// Whether something was refused because it was not wanted.
    pub(super) fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// Sends what is left, as the end of an answer with so many rows.
    pub(super) fn finish(mut self, rows: Option<u64>) -> io::Result<()> {
        let bytes = Bytes::from(std::mem::take(&mut self.buffer));
        let extent = Extent { rows: rows.filter(|_| !self.is_cut), is_cut: self.is_cut };
        self.send(Piece::End { bytes, extent })
    }

    fn send(&mut self, piece: Piece) -> io::Result<()> {
        if let Some(head) = self.head.take() {
            (self.send)(Piece::Head(head))?;
        }
        (self.send)(piece)
    }
}

impl Write for Chunks<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.lines_left == 0 || self.bytes_left == 0 {
            self.is_cut = true;
            return Err(io::Error::other("no more of the answer is wanted"));
        }
        let room = (CHUNK_BYTES - self.buffer.len()).min(self.bytes_left);
        let taken = first_lines(bytes.get(..room).unwrap_or(bytes), self.lines_left);
        self.buffer.extend_from_slice(taken);
        self.bytes_left -= taken.len();
        if self.lines_left < usize::MAX {
            let parts = taken.split(|byte| *byte == b'\n').count();
            self.lines_left = self.lines_left.saturating_sub(parts - 1);
        }
        if self.buffer.len() == CHUNK_BYTES {
            let full = std::mem::replace(&mut self.buffer, Vec::with_capacity(CHUNK_BYTES));
            self.send(Piece::Bytes(full.into()))?;
        }
        Ok(taken.len())
    }

    /// Does nothing: serializers flush at every row, and a row is too small to send.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// At most so many lines of `bytes`.
fn first_lines(bytes: &[u8], lines_max: usize) -> &[u8] {
    if lines_max == usize::MAX {
        return bytes;
    }
    let ends = (1..).zip(bytes).filter(|(_, byte)| **byte == b'\n').map(|(end, _)| end);
    let end = ends.take(lines_max).enumerate().filter(|(at, _)| at + 1 == lines_max).last();
    end.and_then(|(_, end)| bytes.get(..end)).unwrap_or(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::AnswerFormat;

    /// The pieces of `lines`, each written at once, without the head.
    fn pieces(lines: &[&str], form: QueryForm, cut: Option<Cut>) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut send = |piece| {
            pieces.push(piece);
            Ok(())
        };
        let head = Head { form, format: AnswerFormat::Tsv };
        let mut sink = Chunks::new(head, cut, &mut send);
        let written = lines.iter().try_for_each(|line| sink.write_all(line.as_bytes()));
        assert_eq!(written.is_err(), sink.is_cut());
        sink.finish(Some(9)).unwrap();
        assert_eq!(pieces.remove(0), Piece::Head(head));
        pieces
    }

    fn end(bytes: &'static str, is_cut: bool) -> Piece {
        let extent = Extent { rows: Some(9).filter(|_| !is_cut), is_cut };
        Piece::End { bytes: Bytes::from_static(bytes.as_bytes()), extent }
    }

    #[test]
    fn a_short_answer_is_one_piece() {
        assert_eq!(pieces(&["苗", "圃"], QueryForm::Select, None), [end("苗圃", false)]);
        assert_eq!(pieces(&[], QueryForm::Select, None), [end("", false)]);
    }

    #[test]
    fn a_long_answer_comes_in_chunks_of_one_size_however_it_is_written() {
        let long = "x".repeat(CHUNK_BYTES * 2 + 5);
        for part_bytes in [1, 1_000, long.len()] {
            let parts: Vec<&str> =
                long.as_bytes().chunks(part_bytes).map(|p| str::from_utf8(p).unwrap()).collect();
            let pieces = pieces(&parts, QueryForm::Construct, None);
            let sizes = pieces.iter().map(|piece| match piece {
                Piece::Bytes(bytes) | Piece::End { bytes, .. } => bytes.len(),
                other => panic!("{other:?}"),
            });
            assert_eq!(sizes.collect::<Vec<_>>(), [CHUNK_BYTES, CHUNK_BYTES, 5]);
        }
    }

    #[test]
    fn past_the_cut_nothing_is_taken() {
        let cut = Some(Cut { table_lines_max: 2, table_bytes_max: 8, graph_bytes_max: 3 });
        let lines = ["a\n", "b\n", "c\n"];
        assert_eq!(pieces(&lines, QueryForm::Select, cut), [end("a\nb\n", true)]);
        assert_eq!(pieces(&lines[..2], QueryForm::Select, cut), [end("a\nb\n", false)]);
        assert_eq!(pieces(&["0123456789"], QueryForm::Select, cut), [end("01234567", true)]);
        assert_eq!(pieces(&lines, QueryForm::Describe, cut), [end("a\nb", true)]);
        assert_eq!(pieces(&lines, QueryForm::Ask, cut), [end("a\nb\nc\n", false)]);
    }
}
