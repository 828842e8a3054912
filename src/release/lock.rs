//! Who writes to a releases folder, and who reads one of its releases. In: folders; out: locks of the system, which end with
//! the process that holds them, however it ends. Guarantees: one writer at a time; a release that somebody has open
//! is not pruned. Surprising: a release is held by a shared lock on its manifest, so that readers write nothing.

use super::ReleaseError;
use super::durable::sync_folder;
use super::manifest::MANIFEST_FILE;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write as _};
use std::path::Path;

/// The file that writers lock. It holds the number of the process that did so last and is never deleted.
const LOCK_FILE: &str = ".lock";

/// The right to write to a releases folder, for as long as it lives.
#[derive(Debug)]
pub(super) struct FolderLock {
    _file: File,
}

impl FolderLock {
    /// Makes the folder where there is none and locks it.
    ///
    /// # Errors
    /// [`ReleaseError::Busy`] names the process that writes there now.
    pub(super) fn take(releases: &Path) -> Result<Self, ReleaseError> {
        let path = releases.join(LOCK_FILE);
        let failed = |source| ReleaseError::Write { path: path.clone(), source };
        if !releases.is_dir() {
            make_folder(releases).map_err(failed)?;
        }
        let mut options = OpenOptions::new();
        let mut file =
            options.write(true).create(true).truncate(false).open(&path).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let holder = fs::read_to_string(&path).unwrap_or_default().trim().to_owned();
                return Err(ReleaseError::Busy { releases: releases.to_owned(), holder });
            }
            Err(TryLockError::Error(source)) => return Err(failed(source)),
        }
        // The number is for a message only: that it cannot be written must not hold up the work.
        let _ = file.set_len(0).and_then(|()| writeln!(file, "{}", std::process::id()));
        Ok(Self { _file: file })
    }
}

/// Makes the folder `releases` so that its own name outlasts a loss of power too.
fn make_folder(releases: &Path) -> io::Result<()> {
    fs::create_dir_all(releases)?;
    releases.canonicalize()?.parent().map_or(Ok(()), sync_folder)
}

/// Keeps a release from being pruned, for as long as it lives.
#[derive(Debug)]
pub struct Hold {
    _manifest: File,
}

impl Hold {
    /// Holds the release in `dir`, once nobody is about to remove it.
    pub(super) fn take(dir: &Path) -> io::Result<Self> {
        let manifest = File::open(dir.join(MANIFEST_FILE))?;
        manifest.lock_shared()?;
        Ok(Self { _manifest: manifest })
    }

    /// Holds it against all others; `None` where somebody has it open.
    pub(super) fn take_alone(dir: &Path) -> io::Result<Option<Self>> {
        let manifest = File::open(dir.join(MANIFEST_FILE))?;
        match manifest.try_lock() {
            Ok(()) => Ok(Some(Self { _manifest: manifest })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}
