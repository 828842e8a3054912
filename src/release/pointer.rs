//! Which release is the current one. In: a releases folder; out: the id in its file `current`, and that file written anew in one
//! step. Guarantee: a reader finds the old id or the new one, never a part of either.

use super::durable::replace_file;
use super::{CURRENT_FILE, ReleaseError, damaged, failed};
use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// What `current` says. Two readings are equal where the file was not written in between, not even with the same id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pointer {
    /// The id of the release.
    pub id: String,
    inode: u64,
    written: SystemTime,
}

impl Pointer {
    /// Reads the pointer of the folder `releases`.
    ///
    /// # Errors
    /// [`ReleaseError::Missing`] where there is none, [`ReleaseError::Damaged`] where it holds no id.
    pub fn read(releases: &Path) -> Result<Self, ReleaseError> {
        let path = releases.join(CURRENT_FILE);
        let missing = |_| ReleaseError::Missing(releases.to_owned());
        let metadata = fs::metadata(&path).map_err(missing)?;
        let text = fs::read_to_string(&path).map_err(missing)?;
        let id = text.trim();
        if !is_id(id) {
            return Err(damaged(&path, &"it does not hold the id of a release"));
        }
        let written = metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH);
        Ok(Self { id: id.to_owned(), inode: metadata.ino(), written })
    }

    /// Makes the release `id` the current one. What it points to has to be on the disk already.
    pub(super) fn write(releases: &Path, id: &str) -> Result<(), ReleaseError> {
        let path = releases.join(CURRENT_FILE);
        let aside = aside(releases);
        replace_file(releases, &aside, &path, format!("{id}\n").as_bytes()).map_err(|source| {
            // What stays behind is removed by the next build.
            let _ = fs::remove_file(&aside);
            failed(&path, source)
        })
    }
}

/// The name under which the pointer is written before it is renamed.
fn aside(releases: &Path) -> PathBuf {
    releases.join(format!(".{CURRENT_FILE}-{}", std::process::id()))
}

/// Whether `name` is the id of a release: sixteen hexadecimal digits, and so a plain name of a folder.
pub(super) fn is_id(name: &str) -> bool {
    name.len() == 16 && name.bytes().all(|byte| byte.is_ascii_hexdigit())
}
