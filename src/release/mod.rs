//! A release: a directory with graph, index, suggestions, examples and manifest. Write, publish, open, go back, prune.
//!
//! In: a graph piece by piece, and the question files. Out: an immutable directory
//! `<releases>/<id>` and a [`Release`] opened from it. Guarantees: a reader sees a whole release or none
//! (it is written aside, put on the disk, renamed, and then pointed to), the id follows from the content, and a file that does not have its
//! size and checksum is refused by name; the checksum of a file of many megabytes is looked at by [`Release::check`] only, because
//! opening must not read it. The surprising thing: `current` is a small text file with an id,
//! not a link, so that a release folder can be copied anywhere.
//!
//! ```text
//! release/
//!   current             the id of the release to serve
//!   1f0c…/              a release
//!   .building-1234/     one that is being written
//!   .removed-9a2b…/     one that is being removed
//!   .lock               who writes here
//!   cache/              what unchanged sources gave (the pipeline's)
//! ```

mod answer;
mod catalog;
mod description;
mod dumps;
mod durable;
mod example;
mod imaging;
mod lock;
mod manifest;
mod open;
mod pointer;
mod publish;
mod queried;
mod shelf;
mod sorted;

pub use answer::Answer;
pub use catalog::{Catalog, count_members};
pub(crate) use dumps::DUMP_DIR;
pub use example::Example;
pub use lock::Hold;
pub use manifest::{FORMAT, FileSum, Manifest, PROGRAM};
pub use open::Release;
pub use pointer::Pointer;
pub use publish::{Contents, Draft, Sealed};
pub use queried::open_to_query;
pub use shelf::{Fate, Listed, list_releases, prune, roll_back};

use std::fmt::Display;
use std::io;
use std::path::{Path, PathBuf};

/// File in the releases folder that names the release to serve.
pub(crate) const CURRENT_FILE: &str = "current";
/// The graph, as N-Quads: what the image is made from, and what is handed out.
pub(crate) const GRAPH_FILE: &str = "graph.nq";
/// The graph, as the image that is mapped and queried.
pub(crate) const IMAGE_FILE: &str = "graph.image";
/// The question files, as JSON.
pub(crate) const EXAMPLES_FILE: &str = "examples.json";
/// What completes a text while it is typed.
pub(crate) const SUGGESTIONS_FILE: &str = "suggest.bin";
/// The folder of the text index.
pub(crate) const INDEX_DIR: &str = "index";

/// What can go wrong with a release; each variant has its own remedy.
#[derive(Debug, thiserror::Error)]
pub enum ReleaseError {
    /// There is none yet.
    #[error("no release in {}: make one with `zhengtu build`", .0.display())]
    Missing(PathBuf),
    /// A file is absent, unreadable or not what the manifest says.
    #[error("the release is damaged at {}: {reason}; delete its folder and run `zhengtu build`", path.display())]
    Damaged {
        /// The file or folder.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// Another version of the program built it.
    #[error(
        "{} has release format {}, this program reads format {FORMAT}: run `zhengtu build`",
        path.display(),
        format.map_or_else(|| "unknown".to_owned(), |format| format.to_string())
    )]
    OtherFormat {
        /// The manifest.
        path: PathBuf,
        /// The format it names, if it names one.
        format: Option<u64>,
    },
    /// Somebody else writes there.
    #[error(
        "another command writes to {}{}: wait until it has ended, or end it",
        releases.display(),
        if holder.is_empty() { String::new() } else { format!(" (process {holder})") }
    )]
    Busy {
        /// The releases folder.
        releases: PathBuf,
        /// The number of the process, where it could be read.
        holder: String,
    },
    /// No release has this id.
    #[error("there is no release {id}; there are: {}", .known.join(", "))]
    Unknown {
        /// The id as given.
        id: String,
        /// Those that are there, the last published first.
        known: Vec<String>,
    },
    /// No release was published before the current one.
    #[error("no release was published before {id}; `zhengtu releases` lists those that are there")]
    NoneBefore {
        /// The current one.
        id: String,
    },
    /// A question file holds no query that can be asked.
    #[error("the question file {name}.rq, below its two question lines: {reason}")]
    Question {
        /// The file's name without `.rq`.
        name: String,
        /// What is wrong with the query; lines are counted after the two question lines.
        reason: crate::store::QueryError,
    },
    /// The namespace of the release is none.
    #[error("base IRI `{base_iri}`: {reason}")]
    Base {
        /// The namespace as given.
        base_iri: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The disk refused to write.
    #[error("cannot write {}: {source}", path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The text index could not be made.
    #[error("cannot write the text index: {0}")]
    Index(#[from] crate::index::IndexError),
    /// The suggestions could not be written.
    #[error("cannot write the suggestions: {0}")]
    Suggestions(#[from] crate::suggest::SuggestError),
}

fn damaged(path: &Path, reason: &dyn Display) -> ReleaseError {
    ReleaseError::Damaged { path: path.to_owned(), reason: reason.to_string() }
}

fn failed(path: &Path, source: io::Error) -> ReleaseError {
    ReleaseError::Write { path: path.to_owned(), source }
}
