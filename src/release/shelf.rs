//! The releases of a folder. In: the folder; out: what is there, the pointer set back, old releases removed. Guarantees: nothing that is
//! current or that somebody has open is removed, and what is removed disappears as a whole, because it loses its
//! name first. When a release was published is the time of its manifest.

use super::durable::sync_folder;
use super::lock::{FolderLock, Hold};
use super::manifest::{MANIFEST_FILE, Manifest};
use super::open::check_whole;
use super::pointer::{Pointer, is_id};
use super::{CURRENT_FILE, ReleaseError, failed};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// How the names of folders begin in which a release is written.
const BUILDING: &str = ".building-";
/// How the names of releases begin that are about to be removed.
const REMOVED: &str = ".removed-";

/// A folder beside the releases in which one is written. It is removed with all that is in it, unless it was renamed.
#[derive(Debug)]
pub(super) struct AsideFolder(PathBuf);

impl AsideFolder {
    pub(super) fn make(releases: &Path) -> Result<Self, ReleaseError> {
        let path = releases.join(format!("{BUILDING}{}", std::process::id()));
        fs::create_dir(&path).map_err(|source| failed(&path, source))?;
        Ok(Self(path))
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for AsideFolder {
    fn drop(&mut self) {
        // That it may stay behind must not hide why the build ended; the next one removes it.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Removes what builds have left that did not come to their end. Whoever calls it holds the lock of the folder, so
/// none of it is in use.
pub(super) fn remove_litter(releases: &Path) -> Result<(), ReleaseError> {
    let pointer_aside = format!(".{CURRENT_FILE}-");
    for entry in fs::read_dir(releases).map_err(|source| failed(releases, source))? {
        let entry = entry.map_err(|source| failed(releases, source))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = entry.path();
        let removed = if name.starts_with(BUILDING) || name.starts_with(REMOVED) {
            fs::remove_dir_all(&path)
        } else if name.starts_with(&pointer_aside) {
            fs::remove_file(&path)
        } else {
            continue;
        };
        removed.map_err(|source| failed(&path, source))?;
    }
    Ok(())
}

/// Takes the release `id` its name; [`remove_litter`] removes the rest.
pub(super) fn take_away(releases: &Path, id: &str) -> Result<(), ReleaseError> {
    let path = releases.join(id);
    let renamed = fs::rename(&path, releases.join(format!("{REMOVED}{id}")));
    renamed.and_then(|()| sync_folder(releases)).map_err(|source| failed(&path, source))
}

/// A release of a folder.
#[derive(Debug)]
pub struct Listed {
    /// Its id.
    pub id: String,
    /// When it was published, or published again.
    pub published: SystemTime,
    /// Whether it is the current one.
    pub is_current: bool,
    /// What it says of itself, or why it says nothing.
    pub manifest: Result<Manifest, ReleaseError>,
}

/// The releases in the folder `releases`, the last published first.
///
/// # Errors
/// [`ReleaseError::Missing`] where there is no such folder, [`ReleaseError::Damaged`] where it cannot be read.
pub fn list_releases(releases: &Path) -> Result<Vec<Listed>, ReleaseError> {
    let current = Pointer::read(releases).map(|pointer| pointer.id).ok();
    let unread = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => ReleaseError::Missing(releases.to_owned()),
        _ => super::damaged(releases, &error),
    };
    let mut listed = Vec::new();
    for entry in fs::read_dir(releases).map_err(unread)? {
        let entry = entry.map_err(unread)?;
        let id = entry.file_name().to_string_lossy().into_owned();
        if !is_id(&id) || !entry.path().is_dir() {
            continue;
        }
        let dir = entry.path();
        let written = fs::metadata(dir.join(MANIFEST_FILE)).or_else(|_| fs::metadata(&dir));
        let published = written.and_then(|file| file.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
        let is_current = current.as_deref() == Some(&id);
        listed.push(Listed { published, is_current, manifest: Manifest::read(&dir), id });
    }
    listed.sort_by(|one, other| (other.published, &other.id).cmp(&(one.published, &one.id)));
    Ok(listed)
}

/// Makes another release current: the one called `id`, or the one that was published before the current one. Gives its id. The
/// release is checked first, byte by byte.
///
/// # Errors
/// [`ReleaseError::Unknown`] or [`ReleaseError::NoneBefore`] where there is none, [`ReleaseError::Damaged`] where it
/// is not whole; the pointer is then as it was.
pub fn roll_back(releases: &Path, id: Option<&str>) -> Result<String, ReleaseError> {
    let current = Pointer::read(releases)?.id;
    let _lock = FolderLock::take(releases)?;
    let listed = list_releases(releases)?;
    let found = match id {
        Some(id) => listed.iter().find(|release| release.id == id),
        None => listed.iter().skip_while(|release| release.id != current).nth(1),
    };
    let Some(found) = found else {
        let known = listed.iter().map(|release| release.id.clone()).collect();
        return Err(match id {
            Some(id) => ReleaseError::Unknown { id: id.to_owned(), known },
            None => ReleaseError::NoneBefore { id: current },
        });
    };
    check_whole(&releases.join(&found.id))?;
    Pointer::write(releases, &found.id)?;
    Ok(found.id.clone())
}

/// What became of a release that is not among the newest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is gone.
    Removed,
    /// A process has it open, so it was kept.
    InUse,
    /// It is the current one, so it was kept.
    Current,
}

/// Removes all but the `keep` releases that were published last, and tells what became of the others. The current one is
/// kept in any case, and so is one that a process has open: readers hold a shared lock on its manifest.
///
/// # Errors
/// [`ReleaseError::Busy`] while something is built there, [`ReleaseError::Write`] where a folder cannot be removed.
pub fn prune(releases: &Path, keep: usize) -> Result<Vec<(String, Fate)>, ReleaseError> {
    let mut old = list_releases(releases)?;
    let _lock = FolderLock::take(releases)?;
    let mut fates = Vec::new();
    for release in old.split_off(keep.min(old.len())) {
        let dir = releases.join(&release.id);
        let fate = if release.is_current {
            Fate::Current
        } else {
            let hold = match Hold::take_alone(&dir) {
                Ok(Some(hold)) => Some(hold),
                Ok(None) => {
                    fates.push((release.id, Fate::InUse));
                    continue;
                }
                // Without a manifest nobody can have it open.
                Err(_) => None,
            };
            take_away(releases, &release.id)?;
            drop(hold);
            Fate::Removed
        };
        fates.push((release.id, fate));
    }
    remove_litter(releases)?;
    Ok(fates)
}
