//! What can go wrong between the index and the disk. Searching cannot fail.

use std::path::PathBuf;

/// An index that could not be written or opened, by what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// The directory is in use; choose an empty one.
    #[error("{} already holds an index: choose an empty directory", .path.display())]
    Occupied {
        /// The directory asked for.
        path: PathBuf,
    },
    /// The disk refused; mend its rights or its space.
    #[error("{}: {reason}", .path.display())]
    Disk {
        /// The directory or file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// There is no index; build a release first.
    #[error("{} holds no index: build it first", .path.display())]
    Missing {
        /// The directory looked into.
        path: PathBuf,
    },
    /// The index is not as it was written; build it again.
    #[error("the index in {} is damaged and must be built again: {reason}", .path.display())]
    Damaged {
        /// The directory.
        path: PathBuf,
        /// What was found.
        reason: String,
    },
}
