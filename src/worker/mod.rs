//! Queries of strangers, evaluated where they can hurt nobody: in processes of their own.
//!
//! In: a [`Question`], which is a query with what its answer is wanted as. Out: an [`Answer`] that streams, or
//! a [`Refusal`] that names the cause. Guarantees: whatever a query does, it ends within its time and a
//! second, in memory that was set before, and nothing else notices; an answer that has begun and cannot be
//! finished never looks whole. The surprise: a worker is this same program, started again as
//! `zhengtu worker`, so that graph and index are shared with it as pages of the same files.
//!
//! ```text
//! question -> evaluator -> pool -> process ~~~ frames ~~~ child -> answering      (a process of its own)
//!                     \-> apart -> answering                                      (this process)
//! answering -> chunks -> pieces -> exchange -> answer
//! ```
//!
//! There are two lines of defence. Inside a worker the limits of [`store`](crate::store) end nearly every
//! query cleanly, and the worker goes on. Whatever they miss is ended from outside: the system refuses
//! memory beyond the bound, the stack has an end, and at the deadline the worker is killed; then the cause is
//! read from how it died, and another takes its place.

mod answer;
mod answering;
mod apart;
mod bounds;
mod child;
mod chunks;
mod evaluator;
mod exchange;
mod frame;
mod kept;
mod pool;
mod process;
mod question;
mod refusal;

pub use answer::Answer;
pub use child::work;
pub use evaluator::{Bounds, Evaluator, Open};
pub use frame::{Extent, Head, Piece};
pub use kept::KeptCounts;
pub use pool::{Pool, PoolOptions};
pub use question::{Cut, Question, Wish};
pub use refusal::{Cause, Refusal};

use crate::release::ReleaseError;
use std::io;

/// A worker that cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum WorkerError {
    /// The release cannot be read.
    #[error(transparent)]
    Release(#[from] ReleaseError),
    /// The system refuses.
    #[error("cannot {what}: {source}")]
    System {
        /// What it refuses.
        what: &'static str,
        /// What it says.
        source: io::Error,
    },
    /// A worker ended or fell silent before it was ready.
    #[error("a worker process does not start: {0}")]
    Start(String),
}
