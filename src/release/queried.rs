//! A release opened for its queries only. In: the folder of one release; out: an [`Endpoint`].
//!
//! Guarantees: nothing is read that no query asked for, so a process that only answers queries starts in
//! milliseconds. The surprises: the sums of the files are not looked at, because whoever starts such a
//! process opened the release first and had them checked; and the text index is opened by the first
//! query that searches it, because what it keeps in memory is not shared between processes.

use super::manifest::Manifest;
use super::open::open_endpoint_within;
use super::{IMAGE_FILE, INDEX_DIR, ReleaseError, damaged};
use crate::index::Index;
use crate::store::{Endpoint, Limits, Literals, Store, TextHits, TextQuery, TextSearch};
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

/// Opens the release in the folder `dir` for queries within `limits`.
///
/// # Errors
/// As [`Release::open`](super::Release::open), but for the sums.
pub fn open_to_query(dir: &Path, limits: Limits) -> Result<Endpoint, ReleaseError> {
    let manifest = Manifest::read(dir)?;
    let image = dir.join(IMAGE_FILE);
    let store = Arc::new(Store::open(&image).map_err(|error| damaged(&image, &error))?);
    let search = Arc::new(LateIndex { dir: dir.join(INDEX_DIR), index: OnceLock::new() });
    open_endpoint_within(&store, search, &manifest.base_iri, limits)
}

/// A text index that is opened when it is first asked.
struct LateIndex {
    dir: PathBuf,
    index: OnceLock<Index>,
}

impl TextSearch for LateIndex {
    fn search_text(&self, query: &TextQuery, literals: &dyn Literals) -> TextHits {
        if self.index.get().is_none() {
            match Index::open(&self.dir) {
                // Another thread may have been first; its index is the same.
                Ok(index) => drop(self.index.set(index)),
                Err(error) => {
                    tracing::error!(dir = %self.dir.display(), %error, "the text index cannot be opened");
                    // No hits would be a wrong answer: the query ends as one that broke off.
                    resume_unwind(Box::new(error));
                }
            }
        }
        self.index.get().map(|index| index.search_text(query, literals)).unwrap_or_default()
    }
}
