//! One job from its turn to its end. In: an order; out: a file, and what is known of it along the way. Guarantee: a file has its
//! name only after its last byte is on the disk. Surprising: a job that is removed is a task that is dropped, wherever it is.

use super::id::{Id, hex};
use super::register::{Order, Shared};
use super::report::{Record, State, now};
use crate::worker::{Answer, Cause, Extent, Head, Piece, Refusal};
use bytes::Bytes;
use sha2::{Digest as _, Sha256};
use std::io;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Weak};
use tokio::fs::File;
use tokio::io::{AsyncWriteExt as _, BufWriter};

/// Does what is ordered when its turn comes.
pub(super) async fn run(shared: Weak<Shared>, id: Id, order: Order) {
    let Some(seats) = shared.upgrade().map(|shared| Arc::clone(&shared.seats)) else { return };
    let Ok(_seat) = seats.acquire_owned().await else { return };
    let Some(shared) = shared.upgrade() else { return };
    let is_running = |record: &mut Record| {
        record.state = State::Running;
        record.started = Some(now());
    };
    if shared.change(&id, is_running).is_none() {
        return;
    }
    let Order { question, evaluator, begun, held, .. } = order;
    begun();
    let written = match evaluator.ask(question).await {
        Ok(answer) => write(&shared, &id, answer).await,
        Err(refusal) => Err(Failure::Refused(refusal)),
    };
    drop(held);
    end(&shared, &id, written);
}

/// Takes down how a job ended: on the disk first, so that what is told stays true.
fn end(shared: &Shared, id: &Id, written: Result<String, Failure>) {
    let Some(mut record) = shared.change(id, |_| {}) else { return };
    match written {
        Ok(sum) => {
            record.state = State::Done;
            record.ended = Some(now());
            record.sha256 = Some(sum);
        }
        Err(failure) => {
            let (cause, detail) = failure.told(shared);
            record.fail(cause, detail);
            // What was written is of no use.
            let _ = std::fs::remove_file(shared.folder.part(id));
        }
    }
    if let Err(error) = shared.folder.write_record(id, &record) {
        tracing::error!(%error, "a job that has ended will not be known after a restart");
    }
    let told = shared.change(id, |known| {
        shared.bytes.fetch_sub(known.bytes - record.bytes, Ordering::Relaxed);
        *known = record;
    });
    if told.is_none() {
        shared.folder.remove(id);
    }
}

/// Why there is no answer.
enum Failure {
    Refused(Refusal),
    Write(io::Error),
    AnswerTooLong,
    FolderFull,
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}

impl Failure {
    fn told(self, shared: &Shared) -> (&'static str, String) {
        match self {
            Self::Refused(refusal) => (refusal.cause.word(), refusal.detail),
            Self::AnswerTooLong => {
                let megabytes = shared.options.answer_bytes_max >> 20;
                (
                    "size",
                    format!(
                        "the answer is longer than the {megabytes} MB that one may have; ask for it in parts, or take a dump"
                    ),
                )
            }
            Self::FolderFull => (
                "size",
                "there is no more room for answers; try again when others have expired".to_owned(),
            ),
            Self::Write(error) => {
                tracing::error!(%error, "an answer cannot be written");
                (
                    Cause::Internal.word(),
                    "the answer could not be written; it is in the log".to_owned(),
                )
            }
        }
    }
}

/// Writes an answer to its file and gives its sum.
async fn write(shared: &Shared, id: &Id, mut answer: Answer) -> Result<String, Failure> {
    let Head { format, .. } = answer.head;
    let known = |record: &mut Record| {
        record.media_type = Some(format.media_type().to_owned());
        record.extension = Some(format.extension().to_owned());
    };
    shared.change(id, known);
    let mut file = BufWriter::with_capacity(1 << 20, File::create(shared.folder.part(id)).await?);
    if shared.change(id, |_| {}).is_none() {
        // It was removed while its file was made.
        shared.folder.remove(id);
    }
    let mut sum = Sha256::new();
    let extent = loop {
        let (bytes, extent) = match answer.next_piece().await {
            Some(Piece::Head(_)) => continue,
            Some(Piece::Bytes(bytes)) => (bytes, None),
            Some(Piece::End { bytes, extent }) => (bytes, Some(extent)),
            Some(Piece::Failed(refusal)) => return Err(Failure::Refused(refusal)),
            None => return Err(Failure::Write(io::Error::other("the answer broke off"))),
        };
        take_room(shared, id, &bytes)?;
        sum.update(&bytes);
        file.write_all(&bytes).await?;
        if let Some(extent) = extent {
            break extent;
        }
    };
    file.flush().await?;
    file.get_ref().sync_data().await?;
    let Extent { rows, .. } = extent;
    shared.change(id, |record| record.rows = rows);
    tokio::fs::rename(shared.folder.part(id), shared.folder.result(id)).await?;
    Ok(hex(&sum.finalize()))
}

/// Takes the room that some bytes need.
fn take_room(shared: &Shared, id: &Id, bytes: &Bytes) -> Result<(), Failure> {
    let more = bytes.len() as u64;
    let mut fits = false;
    shared.change(id, |record| {
        fits = record.bytes + more <= shared.options.answer_bytes_max;
        record.bytes += more;
        shared.bytes.fetch_add(more, Ordering::Relaxed);
    });
    if !fits {
        return Err(Failure::AnswerTooLong);
    }
    if shared.bytes.load(Ordering::Relaxed) > shared.options.bytes_max {
        return Err(Failure::FolderFull);
    }
    Ok(())
}
