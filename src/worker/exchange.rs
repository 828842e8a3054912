//! One question put to one worker. In: a worker and a question; out: pieces for the asker, and what became
//! of the worker.
//!
//! Guarantees: it ends at the deadline, or when the asker has gone, whatever the worker does; a worker that
//! comes out of it as [`Fate::Idle`] has answered the question to its end. The surprise: it runs as a task of
//! its own, because the asker's future may be dropped at any time and is not polled while the client does
//! not read.

use super::frame::Piece;
use super::pool::PoolOptions;
use super::process::Worker;
use super::refusal::Refusal;
use std::time::Duration;
use tokio::sync::mpsc::Sender;
use tokio::time::{Instant, sleep_until};

/// How long a worker may overrun the time that the limit inside it allows. The kill and the answer about it
/// have to fit into the rest of a second.
const GRACE: Duration = Duration::from_millis(750);

/// A worker after a question.
pub(super) enum Fate {
    /// It waits for the next one.
    Idle,
    /// It is dead, or has to be.
    Lost,
}

/// Puts `question` and hands on the answer; gives the last piece back, to be sent when the worker has been
/// seen to.
pub(super) async fn exchange(
    worker: &mut Worker,
    question: &[u8],
    pieces: &Sender<Piece>,
    options: &PoolOptions,
) -> (Fate, Option<Piece>) {
    let time = Duration::from_millis(options.limits.timeout_ms).saturating_add(GRACE);
    // A time past the end of the calendar never comes.
    let deadline = Instant::now().checked_add(time);
    let late = async {
        match deadline {
            Some(deadline) => sleep_until(deadline).await,
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        end = converse(worker, question, pieces, options) => end,
        () = late => {
            tracing::warn!(worker = worker.process_id(), "killed at the deadline of its query");
            let refusal = Refusal::out_of_time(options.limits.timeout_ms);
            (Fate::Lost, Some(Piece::Failed(refusal)))
        }
        () = pieces.closed() => (Fate::Lost, None),
    }
}

async fn converse(
    worker: &mut Worker,
    question: &[u8],
    pieces: &Sender<Piece>,
    options: &PoolOptions,
) -> (Fate, Option<Piece>) {
    if worker.ask(question).await.is_ok() {
        while let Ok(piece) = worker.next_piece().await {
            if matches!(piece, Piece::End { .. } | Piece::Failed(_)) {
                return (Fate::Idle, Some(piece));
            }
            // Where the asker has gone, the other branch of the selection ends this.
            let _ = pieces.send(piece).await;
        }
    }
    let refusal = worker.cause_of_death(options).await;
    tracing::warn!(worker = worker.process_id(), %refusal, "a worker died");
    (Fate::Lost, Some(Piece::Failed(refusal)))
}
