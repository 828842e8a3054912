//! An answer of any size as the body of a response. In: the pieces of an answer; out: a body.
//!
//! Guarantees: a failure before the first chunk is an error with its status, a later one breaks the
//! connection, so that no client takes half an answer for a whole one; a body that is dropped, because the
//! client went away, ends the evaluation. The surprise: a short answer is no stream and has its length.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::body::{Body, Bytes, HttpBody};
use http_body::Frame;

use crate::worker::{Answer, Cause, Piece, Refusal};

/// The body, once its first bytes are there.
pub(crate) async fn stream(mut answer: Answer) -> Result<Body, Refusal> {
    let first = match answer.next_piece().await {
        Some(Piece::End { bytes, .. }) => return Ok(Body::from(bytes)),
        Some(Piece::Bytes(bytes)) => bytes,
        Some(Piece::Failed(refusal)) => return Err(refusal),
        Some(Piece::Head(_)) | None => {
            let detail = "the answer ended without a word".to_owned();
            return Err(Refusal { cause: Cause::Internal, detail, chinese: String::new() });
        }
    };
    // If a failure came right behind, it can still be told in full.
    let second = match answer.ready_piece() {
        Some(Piece::Failed(refusal)) => return Err(refusal),
        piece => piece,
    };
    Ok(Body::new(PieceBody { first: Some(first), second, answer, has_ended: false }))
}

struct PieceBody {
    /// What was received before the body began.
    first: Option<Bytes>,
    second: Option<Piece>,
    answer: Answer,
    has_ended: bool,
}

impl HttpBody for PieceBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if let Some(bytes) = self.first.take() {
            return Poll::Ready(Some(Ok(Frame::data(bytes))));
        }
        if self.has_ended {
            return Poll::Ready(None);
        }
        let piece = match self.second.take() {
            Some(piece) => Some(piece),
            None => ready!(self.answer.poll_piece(context)),
        };
        Poll::Ready(match piece {
            Some(Piece::Bytes(bytes)) => Some(Ok(Frame::data(bytes))),
            Some(Piece::End { bytes, .. }) => {
                self.has_ended = true;
                Some(bytes).filter(|bytes| !bytes.is_empty()).map(|bytes| Ok(Frame::data(bytes)))
            }
            Some(Piece::Failed(_) | Piece::Head(_)) | None => {
                Some(Err(io::Error::other("the answer was broken off")))
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{AnswerFormat, QueryForm};
    use crate::worker::{Extent, Head};
    use http_body_util::BodyExt;
    use tokio::sync::mpsc::channel;

    fn chunk(text: &'static str) -> Piece {
        Piece::Bytes(Bytes::from_static(text.as_bytes()))
    }

    fn end(text: &'static str) -> Piece {
        Piece::End { bytes: Bytes::from_static(text.as_bytes()), extent: Extent::default() }
    }

    fn failure() -> Piece {
        Piece::Failed(Refusal {
            cause: Cause::Time,
            detail: "too late".to_owned(),
            chinese: "太晚".to_owned(),
        })
    }

    /// The body of these pieces, the later ones sent only when the body has begun.
    async fn streamed(pieces: &[Piece], late: &[Piece]) -> Result<String, String> {
        let (sender, receiver) = channel(8);
        for piece in pieces {
            sender.send(piece.clone()).await.unwrap();
        }
        // With nothing more to come the channel closes, as when an evaluator dies.
        let sender = Some(sender).filter(|_| !late.is_empty());
        let head = Head { form: QueryForm::Select, format: AnswerFormat::Csv };
        let body = stream(Answer::of(head, receiver)).await.map_err(|refusal| refusal.detail)?;
        for piece in late {
            sender.as_ref().unwrap().send(piece.clone()).await.unwrap();
        }
        drop(sender);
        let collected = body.collect().await.map_err(|_| "broken off".to_owned())?;
        Ok(String::from_utf8(collected.to_bytes().to_vec()).unwrap())
    }

    #[tokio::test]
    async fn an_answer_of_any_size_arrives_whole() {
        assert_eq!(streamed(&[end("")], &[]).await.as_deref(), Ok(""));
        for (pieces, late) in [
            (&[end("abc")][..], &[][..]),
            (&[chunk("ab"), end("c")], &[]),
            (&[chunk("ab"), chunk("c"), end("")], &[]),
            (&[chunk("a")], &[chunk("b"), end("c")]),
            (&[chunk("a"), chunk("b")], &[chunk("c"), end("")]),
        ] {
            assert_eq!(streamed(pieces, late).await.as_deref(), Ok("abc"), "{pieces:?}");
        }
    }

    #[tokio::test]
    async fn a_failure_before_the_first_chunk_is_an_error_with_its_reason() {
        for pieces in [&[failure()][..], &[chunk("a"), failure()]] {
            assert_eq!(streamed(pieces, &[]).await, Err("too late".to_owned()));
        }
    }

    #[tokio::test]
    async fn a_late_failure_never_looks_like_a_whole_answer() {
        for late in [&[failure()][..], &[chunk("b"), failure()], &[chunk("b")], &[]] {
            assert_eq!(streamed(&[chunk("a")], late).await, Err("broken off".to_owned()));
        }
    }

    #[tokio::test]
    async fn an_evaluator_that_dies_never_looks_like_an_empty_answer() {
        assert!(streamed(&[], &[]).await.is_err());
    }
}
