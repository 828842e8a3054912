//! Opens a release. In: the releases folder. Out: a [`Release`] ready to answer, which nobody prunes as long as it is open.
//! Everything is checked against the manifest before it is used.

use super::manifest::{FileSum, MANIFEST_FILE, Manifest};
use super::pointer::{Pointer, is_id};
use super::shelf::list_releases;
use super::{
    CURRENT_FILE, EXAMPLES_FILE, Example, Hold, IMAGE_FILE, INDEX_DIR, ReleaseError,
    SUGGESTIONS_FILE, damaged,
};
use crate::graph::Mint;
use crate::index::Index;
use crate::store::{Endpoint, EndpointOptions, Limits, Store, TextSearch};
use crate::suggest::Suggestions;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Opening checks the sums of files up to this size; longer ones would make it wait for the disk.
const SUMMED_BYTES_MAX: u64 = 32 << 20;

/// An opened release. A clone shares graph and index.
#[derive(Clone)]
pub struct Release {
    /// What it says of itself.
    pub manifest: Manifest,
    /// Its folder.
    pub dir: PathBuf,
    /// The graph.
    pub store: Arc<Store>,
    /// The graph as a SPARQL endpoint with text search.
    pub endpoint: Endpoint,
    /// The text index.
    pub index: Arc<Index>,
    /// What completes a text while it is typed.
    pub suggestions: Arc<Suggestions>,
    /// The question files, by name.
    pub examples: Vec<Example>,
    /// Prefixes known to queries without declaration, with their namespaces.
    pub prefixes: Vec<(String, String)>,
    /// Keeps it from being pruned; none where it lies in no folder.
    pub hold: Option<Arc<Hold>>,
}

impl Release {
    /// Whether the folder `releases` has a current release, whole or not.
    pub fn exists(releases: &Path) -> bool {
        releases.join(CURRENT_FILE).exists()
    }

    /// Opens the current release of the folder `releases`.
    ///
    /// # Errors
    /// [`ReleaseError::Missing`], [`ReleaseError::Damaged`] or [`ReleaseError::OtherFormat`], each
    /// saying in one line what to do.
    pub fn open(releases: &Path) -> Result<Self, ReleaseError> {
        let pointer = Pointer::read(releases)?;
        match Self::open_dir(&releases.join(&pointer.id)) {
            // Another became current and this one was pruned before it could be held.
            Err(_) if Pointer::read(releases).is_ok_and(|now| now != pointer) => {
                Self::open(releases)
            }
            opened => opened,
        }
    }

    /// Opens the release `id` of the folder `releases`, current or not.
    ///
    /// # Errors
    /// [`ReleaseError::Unknown`] where there is none with this id; else as [`Release::open`].
    pub fn open_id(releases: &Path, id: &str) -> Result<Self, ReleaseError> {
        let dir = releases.join(id);
        if !is_id(id) || !dir.is_dir() {
            let known = list_releases(releases)?.into_iter().map(|release| release.id).collect();
            return Err(ReleaseError::Unknown { id: id.to_owned(), known });
        }
        Self::open_dir(&dir)
    }

    fn open_dir(dir: &Path) -> Result<Self, ReleaseError> {
        if !dir.is_dir() {
            return Err(damaged(dir, &"the folder is gone"));
        }
        let hold = Hold::take(dir).map_err(|error| damaged(&dir.join(MANIFEST_FILE), &error))?;
        let manifest = Manifest::read(dir)?;
        check_files(dir, &manifest, SUMMED_BYTES_MAX)?;
        let image = dir.join(IMAGE_FILE);
        let store = Arc::new(Store::open(&image).map_err(|error| damaged(&image, &error))?);
        let index_dir = dir.join(INDEX_DIR);
        let index = Arc::new(Index::open(&index_dir).map_err(|error| damaged(&index_dir, &error))?);
        let suggestions_file = dir.join(SUGGESTIONS_FILE);
        let suggestions = Suggestions::open(&suggestions_file)
            .map_err(|error| damaged(&suggestions_file, &error))?;
        let endpoint = open_endpoint(&store, Arc::clone(&index) as _, &manifest.base_iri)
            .map_err(|error| damaged(dir, &error))?;
        let prefixes = endpoint.prefixes().to_vec();
        let examples = open_examples(&dir.join(EXAMPLES_FILE))?;
        let hold = Some(Arc::new(hold));
        Ok(Self {
            manifest,
            dir: dir.to_owned(),
            store,
            endpoint,
            index,
            suggestions: Arc::new(suggestions),
            examples,
            prefixes,
            hold,
        })
    }

    /// Whether every file of the release is as it was written. Reads all of them.
    ///
    /// # Errors
    /// [`ReleaseError::Damaged`] names the first that is not.
    pub fn check(&self) -> Result<(), ReleaseError> {
        check_files(&self.dir, &self.manifest, u64::MAX)?;
        self.store.check().map_err(|error| damaged(&self.dir.join(IMAGE_FILE), &error))
    }
}

/// A store as an endpoint that knows the prefixes of the model under this namespace.
pub(super) fn open_endpoint(
    store: &Arc<Store>,
    text_search: Arc<dyn TextSearch>,
    base_iri: &str,
) -> Result<Endpoint, ReleaseError> {
    open_endpoint_within(store, text_search, base_iri, Limits::default())
}

/// The same with other bounds on each query.
pub(super) fn open_endpoint_within(
    store: &Arc<Store>,
    text_search: Arc<dyn TextSearch>,
    base_iri: &str,
    limits: Limits,
) -> Result<Endpoint, ReleaseError> {
    let wrong = |reason: String| ReleaseError::Base { base_iri: base_iri.to_owned(), reason };
    let prefixes = Mint::new(base_iri).map_err(|error| wrong(error.to_string()))?.prefixes();
    let options = EndpointOptions { prefixes, base_iri: Some(base_iri.to_owned()), limits };
    Endpoint::new(Arc::clone(store), text_search, options).map_err(|error| wrong(error.to_string()))
}

/// Checks that every byte of the release in `dir` is there and as it was written. Gives its manifest.
pub(super) fn check_whole(dir: &Path) -> Result<Manifest, ReleaseError> {
    let manifest = Manifest::read(dir)?;
    check_files(dir, &manifest, u64::MAX)?;
    Ok(manifest)
}

/// Sizes of all files, and the sums of those of at most `summed_bytes_max`.
fn check_files(dir: &Path, manifest: &Manifest, summed_bytes_max: u64) -> Result<(), ReleaseError> {
    for file in &manifest.files {
        let path = dir.join(&file.path);
        let bytes = fs::metadata(&path).map_err(|error| damaged(&path, &error))?.len();
        if bytes != file.bytes {
            let reason = format!("it has {bytes} bytes where {} were written", file.bytes);
            return Err(damaged(&path, &reason));
        }
        if bytes > summed_bytes_max {
            continue;
        }
        let found = FileSum::of_file(dir, &file.path).map_err(|error| damaged(&path, &error))?;
        if found.sha256 != file.sha256 {
            return Err(damaged(&path, &"its checksum is not the one that was written"));
        }
    }
    Ok(())
}

fn open_examples(path: &Path) -> Result<Vec<Example>, ReleaseError> {
    let bytes = fs::read(path).map_err(|error| damaged(path, &error))?;
    serde_json::from_slice(&bytes).map_err(|error| damaged(path, &error))
}
