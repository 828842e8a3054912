//! What can be wrong with jobs. In: what the system says, and how full everything is; out: causes by what helps against them.

use std::io;
use std::path::PathBuf;

/// A folder of jobs that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// Another service has it open.
    #[error("{0} is in use by another service; give each its own folder")]
    InUse(PathBuf),
    /// The system refuses.
    #[error("cannot use {path}: {source}")]
    System {
        /// What it was about.
        path: PathBuf,
        /// What it says.
        source: io::Error,
    },
}

/// Why an order is not taken.
#[derive(Debug, thiserror::Error)]
pub enum NotTaken {
    /// The client has as many unfinished jobs as it may.
    #[error("the client has as many jobs as it may")]
    ClientHasEnough,
    /// As many wait as there may.
    #[error("too many jobs wait")]
    TooManyWait,
    /// There is no place for one more file.
    #[error("there is no room for one more answer")]
    NoRoom {
        /// Seconds until the first file expires.
        room_after_s: u64,
    },
    /// Our own fault.
    #[error("{0}")]
    Internal(io::Error),
}
