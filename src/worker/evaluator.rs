//! Where the queries of strangers are evaluated: in a pool of worker processes, or in this process where
//! there is no program to start again, which is so in tests of a router. In: a question; out: an answer. The
//! bytes of an answer are the same from both.

use super::answering::answer;
use super::frame::{Head, Piece};
use super::pool::{PIECES_WAITING_MAX, Pool, READER_WAIT};
use super::question::Question;
use super::refusal::Refusal;
use crate::store::Endpoint;
use std::io;
use std::sync::Arc;
use tokio::runtime::Handle;
use tokio::sync::Semaphore;
use tokio::sync::mpsc::error::SendTimeoutError;
use tokio::sync::mpsc::{Receiver, channel};

/// Queries that run in this process at once. Each has a thread with a large stack and competes for the same
/// cores; more of them make every one slower than its time limit.
const QUERIES_MAX: usize = 32;

/// Evaluates questions. Cloning is cheap and shares everything.
#[derive(Clone)]
pub enum Evaluator {
    /// On threads of this process: its limits are those inside the evaluation, and what they miss takes the
    /// process with it.
    InProcess {
        /// What is asked.
        endpoint: Endpoint,
        /// Leave to run one more query.
        running: Arc<Semaphore>,
    },
    /// In worker processes, which nothing in a query can leave.
    Pool(Pool),
}

/// An answer that has begun.
#[derive(Debug)]
pub struct Answer {
    /// What it is.
    pub head: Head,
    /// The rest of it: bytes, and an end or a failure. A channel that closes without one broke off. Dropping it
    /// ends the evaluation.
    pub pieces: Receiver<Piece>,
}

impl Evaluator {
    /// Evaluation in this process.
    pub fn in_process(endpoint: Endpoint) -> Self {
        Self::InProcess { endpoint, running: Arc::new(Semaphore::new(QUERIES_MAX)) }
    }

    /// Puts a question, and comes back when the first bytes of the answer are there, or when there will be
    /// none.
    ///
    /// # Errors
    /// [`Refusal`] with its cause.
    pub async fn ask(&self, question: Question) -> Result<Answer, Refusal> {
        let mut pieces = match self {
            Self::Pool(pool) => pool.ask(&question).await?,
            Self::InProcess { endpoint, running } => {
                let permit = Arc::clone(running).try_acquire_owned();
                let permit = permit.map_err(|_| Refusal::busy())?;
                let (sender, receiver) = channel(PIECES_WAITING_MAX);
                let endpoint = endpoint.clone();
                tokio::task::spawn_blocking(move || {
                    // The evaluation runs on threads of its own, which know no runtime.
                    let runtime = Handle::current();
                    let mut send = |piece| {
                        let sent = runtime.block_on(sender.send_timeout(piece, READER_WAIT));
                        sent.map_err(|error| match error {
                            SendTimeoutError::Timeout(_) => io::ErrorKind::TimedOut.into(),
                            SendTimeoutError::Closed(_) => io::ErrorKind::BrokenPipe.into(),
                        })
                    };
                    // Nobody is left to be told where the asker has gone.
                    let _ = answer(&endpoint, &question, &mut send);
                    drop(permit);
                });
                receiver
            }
        };
        match pieces.recv().await {
            Some(Piece::Head(head)) => Ok(Answer { head, pieces }),
            Some(Piece::Failed(refusal)) => Err(refusal),
            Some(Piece::Bytes(_) | Piece::End { .. }) | None => {
                Err(Refusal::internal("the evaluation ended without a word"))
            }
        }
    }
}

impl Answer {
    /// All bytes that were wanted, and whether there would have been more.
    ///
    /// # Errors
    /// [`Refusal`] where the answer broke off.
    pub async fn collect(mut self) -> Result<(Vec<u8>, bool), Refusal> {
        let mut collected = Vec::new();
        loop {
            match self.pieces.recv().await {
                Some(Piece::Head(_)) => {}
                Some(Piece::Bytes(bytes)) => collected.extend(bytes),
                Some(Piece::End { bytes, is_cut }) => {
                    collected.extend(bytes);
                    return Ok((collected, is_cut));
                }
                Some(Piece::Failed(refusal)) => return Err(refusal),
                None => return Err(Refusal::internal("the answer broke off")),
            }
        }
    }
}
