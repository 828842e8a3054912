//! An answer of any size through a small buffer. In: a closure that writes, run on a thread that may
//! block; out: a body. Guarantees: chunks of 32 KB; a writer ahead of a slow reader waits; a failure before the
//! first chunk is an error with its status, a later one breaks the connection, so that no client takes
//! half an answer for a whole one.

use std::io::{self, Write};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use http_body::Frame;
use tokio::runtime::Handle;
use tokio::sync::mpsc::error::SendTimeoutError;
use tokio::sync::mpsc::{Receiver, Sender, channel};

use super::limits::{CHUNK_BYTES, CHUNKS_WAITING_MAX, READER_WAIT_S};

/// What the writing thread sends.
enum Piece<E> {
    Bytes(Bytes),
    Failed(E),
    /// Without it a closed channel means that the thread died.
    End,
}

/// Runs `write` on a thread of its own and gives the body once the first chunk is there.
pub(crate) async fn stream<E, F>(write: F) -> Result<Body, StreamError<E>>
where
    E: Send + 'static,
    F: FnOnce(&mut ChunkSink<E>) -> Result<(), E> + Send + 'static,
{
    let (sender, mut receiver) = channel(CHUNKS_WAITING_MAX);
    tokio::task::spawn_blocking(move || {
        let buffer = Vec::with_capacity(CHUNK_BYTES);
        let mut sink = ChunkSink { buffer, sender, runtime: Handle::current() };
        let last = match write(&mut sink) {
            Ok(()) => {
                // Nobody is left to be told where the reader has gone.
                let _ = sink.send_buffer();
                Piece::End
            }
            Err(error) => Piece::Failed(error),
        };
        // A reader that has gone needs no last piece.
        let _ = sink.send(last);
    });
    match receiver.recv().await {
        None => Err(StreamError::Died),
        Some(Piece::Failed(error)) => Err(StreamError::Failed(error)),
        Some(Piece::End) => Ok(Body::empty()),
        Some(Piece::Bytes(first)) => match receiver.try_recv() {
            // A short answer is sent with its length.
            Ok(Piece::End) => Ok(Body::from(first)),
            Ok(Piece::Bytes(second)) => {
                Ok(Body::new(ChunkBody { ahead: [Some(second), Some(first)], receiver }))
            }
            Ok(Piece::Failed(error)) => Err(StreamError::Failed(error)),
            Err(_) => Ok(Body::new(ChunkBody { ahead: [None, Some(first)], receiver })),
        },
    }
}

/// Why there is no body.
pub(crate) enum StreamError<E> {
    /// The writer says why.
    Failed(E),
    /// The writer's thread ended without a word.
    Died,
}

/// Where the writer writes.
pub(crate) struct ChunkSink<E> {
    buffer: Vec<u8>,
    sender: Sender<Piece<E>>,
    /// The evaluation runs on threads of its own, which know no runtime.
    runtime: Handle,
}

impl<E> ChunkSink<E> {
    fn send_buffer(&mut self) -> io::Result<()> {
        if self.buffer.is_empty() {
            return Ok(());
        }
        let full = std::mem::replace(&mut self.buffer, Vec::with_capacity(CHUNK_BYTES));
        self.send(Piece::Bytes(full.into()))
    }

    /// Waits until there is room for `piece`, as long as a reader may be slow.
    fn send(&self, piece: Piece<E>) -> io::Result<()> {
        let patience = Duration::from_secs(READER_WAIT_S);
        let sent = self.runtime.block_on(self.sender.send_timeout(piece, patience));
        sent.map_err(|error| match error {
            SendTimeoutError::Timeout(_) => {
                io::Error::new(io::ErrorKind::TimedOut, "the client does not read")
            }
            SendTimeoutError::Closed(_) => {
                io::Error::new(io::ErrorKind::BrokenPipe, "the client has gone")
            }
        })
    }
}

impl<E> Write for ChunkSink<E> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= CHUNK_BYTES {
            self.send_buffer()?;
        }
        Ok(bytes.len())
    }

    /// Does nothing: serializers flush at every row, and a row is too small to send.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct ChunkBody<E> {
    /// Chunks received already, the last one first.
    ahead: [Option<Bytes>; 2],
    receiver: Receiver<Piece<E>>,
}

impl<E: Send + 'static> HttpBody for ChunkBody<E> {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if let Some(bytes) = self.ahead.iter_mut().rev().find_map(Option::take) {
            return Poll::Ready(Some(Ok(Frame::data(bytes))));
        }
        let frame = match ready!(self.receiver.poll_recv(context)) {
            Some(Piece::Bytes(bytes)) => Some(Ok(Frame::data(bytes))),
            Some(Piece::End) => None,
            Some(Piece::Failed(_)) | None => {
                Some(Err(io::Error::other("the answer was broken off")))
            }
        };
        Poll::Ready(frame)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http_body_util::BodyExt;

    async fn streamed(bytes_count: usize, fails: bool) -> Result<usize, &'static str> {
        let body = stream(move |sink| {
            for _ in 0..bytes_count {
                sink.write_all(b"x").map_err(|_| "gone")?;
            }
            if fails { Err("failed") } else { Ok(()) }
        });
        match body.await {
            Err(StreamError::Failed(reason)) => Err(reason),
            Err(StreamError::Died) => Err("died"),
            Ok(body) => match body.collect().await {
                Ok(collected) => Ok(collected.to_bytes().len()),
                Err(_) => Err("broken off"),
            },
        }
    }

    #[tokio::test]
    async fn an_answer_of_any_size_arrives_whole() {
        for bytes_count in [0, 1, CHUNK_BYTES, CHUNK_BYTES + 1, CHUNK_BYTES * 20] {
            assert_eq!(streamed(bytes_count, false).await, Ok(bytes_count));
        }
    }

    #[tokio::test]
    async fn a_failure_before_the_first_chunk_is_an_error_with_its_reason() {
        assert_eq!(streamed(10, true).await, Err("failed"));
    }

    #[tokio::test]
    async fn a_late_failure_never_looks_like_a_whole_answer() {
        assert_eq!(streamed(CHUNK_BYTES * 20, true).await, Err("broken off"));
    }

    #[tokio::test]
    async fn a_writer_that_dies_never_looks_like_an_empty_answer() {
        let body = stream(|_: &mut ChunkSink<()>| -> Result<(), ()> {
            std::panic::resume_unwind(Box::new("dead"))
        });
        assert!(matches!(body.await, Err(StreamError::Died)));
    }
}
