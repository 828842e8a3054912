//! An answer on its way to its asker. In: pieces from an evaluator, or an answer that was kept; out: the same pieces. The surprise: what
//! passes by is put together again and kept, once it has come to its end.

use super::apart::run_apart;
use super::chunks::Chunks;
use super::frame::{Extent, Head, Piece};
use super::kept::{Kept, Whole};
use super::refusal::Refusal;
use crate::store::{AnswerFormat, QueryForm};
use bytes::Bytes;
use std::any::Any;
use std::io::{self, Write};
use std::sync::Arc;
use std::task::{Context, Poll};
use tokio::sync::mpsc::Receiver;

/// An answer that has begun. Dropping it ends the evaluation.
pub struct Answer {
    /// What it is.
    pub head: Head,
    source: Source,
    /// What is dropped when the last byte is there, or nobody wants it any more.
    held: Option<Box<dyn Any + Send + Sync>>,
    /// Who wants to know how much it was.
    told: Option<Tell>,
}

type Tell = Box<dyn FnOnce(Extent) + Send + Sync>;

enum Source {
    /// A channel that closes without an end or a failure broke off.
    Evaluation { pieces: Receiver<Piece>, copy: Option<Copy> },
    /// An answer that was kept, until it is handed out.
    Kept(Option<Whole>),
}

/// What has passed of an answer that may be kept.
pub(super) struct Copy {
    kept: Arc<Kept>,
    key: Box<str>,
    parts: Vec<Bytes>,
    byte_len: usize,
}

impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Answer").field("head", &self.head).finish_non_exhaustive()
    }
}

impl Answer {
    /// A graph that this process writes itself, on a thread apart, once its first bytes are there.
    ///
    /// # Errors
    /// [`Refusal`] where writing fails before them.
    pub async fn of_graph(
        format: AnswerFormat,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()> + Send + 'static,
    ) -> Result<Self, Refusal> {
        let head = Head { form: QueryForm::Construct, format };
        let pieces = run_apart(move |send| {
            let mut sink = Chunks::new(head, None, send);
            let written = write(&mut sink).and_then(|()| sink.finish(None));
            if let Err(error) = written {
                // Where the reader has gone, nobody is left to be told.
                let _ = send(Piece::Failed(Refusal::internal(error.to_string())));
            }
        });
        Self::begun(pieces, None).await
    }

    /// An evaluation once it has said its first word.
    pub(super) async fn begun(
        mut pieces: Receiver<Piece>,
        copy: Option<Copy>,
    ) -> Result<Self, Refusal> {
        match pieces.recv().await {
            Some(Piece::Head(head)) => Ok(Self::evaluated(head, pieces, copy)),
            Some(Piece::Failed(refusal)) => Err(refusal),
            Some(Piece::Bytes(_) | Piece::End { .. }) | None => {
                Err(Refusal::internal("the evaluation ended without a word"))
            }
        }
    }

    fn evaluated(head: Head, pieces: Receiver<Piece>, copy: Option<Copy>) -> Self {
        Self { head, source: Source::Evaluation { pieces, copy }, held: None, told: None }
    }

    pub(super) fn kept(whole: Whole) -> Self {
        Self { head: whole.head, source: Source::Kept(Some(whole)), held: None, told: None }
    }

    /// The same, with something that is dropped when its evaluation has ended.
    #[must_use]
    pub fn until_ended(self, held: impl Any + Send + Sync) -> Self {
        Self { held: Some(Box::new(held)), ..self }
    }

    /// The same; when it has come to its end, `tell` is told how much it was.
    #[must_use]
    pub fn telling(self, tell: impl FnOnce(Extent) + Send + Sync + 'static) -> Self {
        Self { told: Some(Box::new(tell)), ..self }
    }

    /// An answer of these pieces.
    #[cfg(test)]
    pub(crate) fn of(head: Head, pieces: Receiver<Piece>) -> Self {
        Self::evaluated(head, pieces, None)
    }

    /// The next piece: bytes, an end or a failure. `None` where the answer broke off, and after its end.
    pub async fn next_piece(&mut self) -> Option<Piece> {
        std::future::poll_fn(|context| self.poll_piece(context)).await
    }

    /// [`Answer::next_piece`] for who polls.
    pub fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<Option<Piece>> {
        let polled = match &mut self.source {
            Source::Kept(whole) => Poll::Ready(whole.take().map(end)),
            Source::Evaluation { pieces, .. } => pieces.poll_recv(context),
        };
        polled.map(|piece| self.noted(piece))
    }

    /// The next piece if it is there already.
    pub fn ready_piece(&mut self) -> Option<Piece> {
        let piece = match &mut self.source {
            Source::Kept(whole) => whole.take().map(end),
            Source::Evaluation { pieces, .. } => pieces.try_recv().ok(),
        };
        self.noted(piece)
    }

    /// All bytes that were wanted, and whether there would have been more.
    ///
    /// # Errors
    /// [`Refusal`] where the answer broke off.
    pub async fn collect(mut self) -> Result<(Vec<u8>, bool), Refusal> {
        let mut collected = Vec::new();
        loop {
            match self.next_piece().await {
                Some(Piece::Head(_)) => {}
                Some(Piece::Bytes(bytes)) => collected.extend(bytes),
                Some(Piece::End { bytes, extent }) => {
                    collected.extend(bytes);
                    return Ok((collected, extent.is_cut));
                }
                Some(Piece::Failed(refusal)) => return Err(refusal),
                None => return Err(Refusal::internal("the answer broke off")),
            }
        }
    }

    /// Takes note of a piece that passes.
    fn noted(&mut self, piece: Option<Piece>) -> Option<Piece> {
        if let Source::Evaluation { copy, .. } = &mut self.source {
            copy_piece(copy, self.head, piece.as_ref());
        }
        if let Some(Piece::End { extent, .. }) = &piece
            && let Some(tell) = self.told.take()
        {
            tell(*extent);
        }
        if matches!(piece, Some(Piece::End { .. } | Piece::Failed(_))) {
            self.held = None;
        }
        piece
    }
}

/// Adds a piece to the copy; what is whole is kept.
fn copy_piece(copy: &mut Option<Copy>, head: Head, piece: Option<&Piece>) {
    match piece {
        Some(Piece::Bytes(bytes)) => {
            if copy.as_mut().is_some_and(|copy| !copy.add(bytes)) {
                *copy = None;
            }
        }
        Some(Piece::End { bytes, extent }) => {
            if let Some(mut copy) = copy.take()
                && copy.add(bytes)
            {
                copy.keep(head, *extent);
            }
        }
        Some(Piece::Head(_) | Piece::Failed(_)) | None => {}
    }
}

fn end(whole: Whole) -> Piece {
    Piece::End { bytes: whole.bytes, extent: whole.extent }
}

impl Copy {
    pub(super) fn new(kept: Arc<Kept>, key: Box<str>) -> Self {
        Self { kept, key, parts: Vec::new(), byte_len: 0 }
    }

    /// Adds bytes; false where the answer is too long to be kept.
    fn add(&mut self, bytes: &Bytes) -> bool {
        self.byte_len += bytes.len();
        self.parts.push(bytes.clone());
        self.byte_len <= self.kept.answer_bytes_max()
    }

    fn keep(self, head: Head, extent: Extent) {
        let bytes = match <[Bytes; 1]>::try_from(self.parts) {
            Ok([only]) => only,
            Err(parts) => parts.concat().into(),
        };
        self.kept.keep(self.key, Whole { head, bytes, extent });
    }
}
