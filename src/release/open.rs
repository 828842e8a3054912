//! Opens a release. In: the releases folder. Out: a [`Release`] ready to answer. Everything is
//! checked against the manifest before it is used.

use super::manifest::{FileSum, Manifest};
use super::{CURRENT_FILE, EXAMPLES_FILE, Example, IMAGE_FILE, INDEX_DIR, ReleaseError};
use crate::graph::Mint;
use crate::index::Index;
use crate::store::{Endpoint, EndpointOptions, Limits, Store, TextSearch};
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
    /// The question files, by name.
    pub examples: Vec<Example>,
    /// Prefixes known to queries without declaration, with their namespaces.
    pub prefixes: Vec<(String, String)>,
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
        let dir = current_dir(releases)?;
        let manifest = Manifest::read(&dir)?;
        check_files(&dir, &manifest, SUMMED_BYTES_MAX)?;
        let image = dir.join(IMAGE_FILE);
        let store = Arc::new(Store::open(&image).map_err(|error| damaged(&image, &error))?);
        let index_dir = dir.join(INDEX_DIR);
        let index = Arc::new(Index::open(&index_dir).map_err(|error| damaged(&index_dir, &error))?);
        let endpoint = open_endpoint(&store, Arc::clone(&index) as _, &manifest.base_iri)
            .map_err(|error| damaged(&dir, &error))?;
        let prefixes = endpoint.prefixes().to_vec();
        let examples = open_examples(&dir.join(EXAMPLES_FILE))?;
        Ok(Self { manifest, dir, store, endpoint, index, examples, prefixes })
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
    let wrong = |reason: String| ReleaseError::Base { base_iri: base_iri.to_owned(), reason };
    let prefixes = Mint::new(base_iri).map_err(|error| wrong(error.to_string()))?.prefixes();
    let options = EndpointOptions {
        prefixes,
        base_iri: Some(base_iri.to_owned()),
        limits: Limits::default(),
    };
    Endpoint::new(Arc::clone(store), text_search, options).map_err(|error| wrong(error.to_string()))
}

fn current_dir(releases: &Path) -> Result<PathBuf, ReleaseError> {
    let current = releases.join(CURRENT_FILE);
    let id =
        fs::read_to_string(&current).map_err(|_| ReleaseError::Missing(releases.to_owned()))?;
    let id = id.trim();
    let plain = id.len() == 16 && id.bytes().all(|b| b.is_ascii_hexdigit());
    if !plain {
        return Err(damaged(&current, &"it does not hold the id of a release"));
    }
    let dir = releases.join(id);
    if dir.is_dir() { Ok(dir) } else { Err(damaged(&dir, &"the folder is gone")) }
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

fn damaged(path: &Path, reason: &dyn std::fmt::Display) -> ReleaseError {
    ReleaseError::Damaged { path: path.to_owned(), reason: reason.to_string() }
}
