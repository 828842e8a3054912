//! What travels between the service and a worker. In: a question, or a piece of its answer; out: bytes with
//! their length before them, and back.
//!
//! Guarantees: an answer that is not broken off ends with [`Piece::End`] or [`Piece::Failed`]; a stream that
//! just stops is one that broke. A frame is a byte for its kind, its length as four bytes (the lowest
//! first), and so many bytes.

use super::question::Question;
use super::refusal::Refusal;
use crate::store::{AnswerFormat, QueryForm};
use bytes::{Buf as _, Bytes};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::io::{self, Read};
use tokio::io::{AsyncRead, AsyncReadExt as _};

/// Longest frame: more than the longest body of a request as JSON. A longer one is no frame.
const FRAME_BYTES_MAX: usize = 16 << 20;

/// Bytes before a frame's content.
const HEAD_BYTES: usize = 5;

/// What is known of an answer before its first byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The form of the query.
    pub form: QueryForm,
    /// The format of the answer.
    pub format: AnswerFormat,
}

/// How much of an answer there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// Rows of a table, or triples. None where they were not counted, as when it is cut.
    pub rows: Option<u64>,
    /// Whether there would have been more.
    pub is_cut: bool,
}

/// A part of an answer. A head comes before bytes, bytes before an end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// The answer begins.
    Head(Head),
    /// Some of its bytes.
    Bytes(Bytes),
    /// Its last bytes; it is whole, or as much of it as was wanted.
    End {
        /// Often all of its bytes.
        bytes: Bytes,
        /// How much that makes.
        extent: Extent,
    },
    /// There is no answer, or no more of it.
    Failed(Refusal),
}

/// What a worker says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Frame {
    /// It has opened the release and waits for questions.
    Ready,
    /// It answers.
    Piece(Piece),
}

const READY: u8 = b'R';
const QUESTION: u8 = b'Q';
const HEAD: u8 = b'H';
const BYTES: u8 = b'B';
const END: u8 = b'E';
const CUT: u8 = b'C';
const FAILED: u8 = b'F';

/// In the place of a number of rows.
const NOT_COUNTED: u64 = u64::MAX;

impl Frame {
    /// Appends the frame's bytes.
    pub(super) fn write(&self, out: &mut Vec<u8>) -> io::Result<()> {
        match self {
            Self::Ready => write_frame(out, READY, &[]),
            Self::Piece(Piece::Head(head)) => write_frame(out, HEAD, &serde_json::to_vec(head)?),
            Self::Piece(Piece::Bytes(bytes)) => write_frame(out, BYTES, bytes),
            Self::Piece(Piece::End { bytes, extent }) => {
                let kind = if extent.is_cut { CUT } else { END };
                let rows = extent.rows.unwrap_or(NOT_COUNTED).to_le_bytes();
                write_frame(out, kind, &[&rows, &bytes[..]].concat())
            }
            Self::Piece(Piece::Failed(refusal)) => {
                write_frame(out, FAILED, &serde_json::to_vec(refusal)?)
            }
        }
    }

    fn from_parts(kind: u8, content: Vec<u8>) -> io::Result<Self> {
        Ok(match kind {
            READY => Self::Ready,
            HEAD => Self::Piece(Piece::Head(from_json(&content)?)),
            BYTES => Self::Piece(Piece::Bytes(content.into())),
            END | CUT => {
                let mut bytes = Bytes::from(content);
                let rows = bytes.try_get_u64_le().map_err(|_| not_a_frame())?;
                let rows = Some(rows).filter(|rows| *rows != NOT_COUNTED);
                Self::Piece(Piece::End { bytes, extent: Extent { rows, is_cut: kind == CUT } })
            }
            FAILED => Self::Piece(Piece::Failed(from_json(&content)?)),
            _ => return Err(not_a_frame()),
        })
    }

    /// The next frame of a worker.
    pub(super) async fn read(input: &mut (impl AsyncRead + Unpin)) -> io::Result<Self> {
        let mut head = [0; HEAD_BYTES];
        input.read_exact(&mut head).await?;
        let (kind, length) = read_head(head)?;
        let mut content = vec![0; length];
        input.read_exact(&mut content).await?;
        Self::from_parts(kind, content)
    }
}

impl Question {
    /// The question as a frame.
    pub(super) fn to_frame(&self) -> io::Result<Vec<u8>> {
        let mut frame = Vec::new();
        write_frame(&mut frame, QUESTION, &serde_json::to_vec(self)?)?;
        Ok(frame)
    }

    /// The next question.
    pub(super) fn read(input: &mut impl Read) -> io::Result<Self> {
        let mut head = [0; HEAD_BYTES];
        input.read_exact(&mut head)?;
        let (kind, length) = read_head(head)?;
        let mut content = vec![0; length];
        input.read_exact(&mut content)?;
        if kind == QUESTION { from_json(&content) } else { Err(not_a_frame()) }
    }
}

fn write_frame(out: &mut Vec<u8>, kind: u8, content: &[u8]) -> io::Result<()> {
    let length = u32::try_from(content.len()).map_err(|_| not_a_frame())?;
    out.push(kind);
    out.extend(length.to_le_bytes());
    out.extend(content);
    Ok(())
}

fn read_head(head: [u8; HEAD_BYTES]) -> io::Result<(u8, usize)> {
    let [kind, length @ ..] = head;
    let length = usize::try_from(u32::from_le_bytes(length)).map_err(|_| not_a_frame())?;
    if length > FRAME_BYTES_MAX { Err(not_a_frame()) } else { Ok((kind, length)) }
}

fn from_json<T: DeserializeOwned>(content: &[u8]) -> io::Result<T> {
    Ok(serde_json::from_slice(content)?)
}

fn not_a_frame() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "these bytes are no frame")
}

#[cfg(test)]
mod tests {
    use super::super::Cause;
    use super::*;

    async fn back(frames: &[Frame]) -> Vec<Frame> {
        let mut bytes = Vec::new();
        for frame in frames {
            frame.write(&mut bytes).unwrap();
        }
        let mut input = &bytes[..];
        let mut read = Vec::new();
        while !input.is_empty() {
            read.push(Frame::read(&mut input).await.unwrap());
        }
        read
    }

    #[tokio::test]
    async fn frames_come_back_as_they_were_written() {
        let frames = [
            Frame::Ready,
            Frame::Piece(Piece::Head(Head { form: QueryForm::Ask, format: AnswerFormat::Csv })),
            Frame::Piece(Piece::Bytes(Bytes::from_static("苗圃".as_bytes()))),
            Frame::Piece(Piece::End {
                bytes: Bytes::new(),
                extent: Extent { rows: Some(0), is_cut: false },
            }),
            Frame::Piece(Piece::End {
                bytes: Bytes::from_static(b"x"),
                extent: Extent { rows: None, is_cut: true },
            }),
            Frame::Piece(Piece::Failed(Refusal::new(
                Cause::Syntax { line: 3, column: 14 },
                "绿化",
            ))),
        ];
        assert_eq!(back(&frames).await, frames);
    }

    #[tokio::test]
    async fn a_frame_that_is_cut_short_or_is_none_is_an_error() {
        let mut bytes = Vec::new();
        Frame::Piece(Piece::Bytes(Bytes::from_static(b"abc"))).write(&mut bytes).unwrap();
        for length in 0..bytes.len() {
            let error = Frame::read(&mut &bytes[..length]).await.unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
        }
        for wrong in [&b"X\0\0\0\0"[..], b"B\xff\xff\xff\xff", b"H\x01\0\0\0{", b"E\x01\0\0\0x"] {
            assert!(Frame::read(&mut &wrong[..]).await.is_err());
        }
    }
}
