//! Writes that outlast a loss of power. In: files and folders just written; out: the same on the disk. Guarantee of the order: what
//! a name leads to is on the disk before the name is, so that no crash leaves a name for half a thing.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::thread::{Builder, JoinHandle};

/// The names in the folder `dir` are on the disk afterwards.
pub(super) fn sync_folder(dir: &Path) -> io::Result<()> {
    File::open(dir)?.sync_all()
}

/// Every file below `dir`, then every folder, the outer ones last.
pub(super) fn sync_tree(dir: &Path) -> io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            sync_tree(&path)?;
        } else {
            File::open(&path)?.sync_all()?;
        }
    }
    sync_folder(dir)
}

/// Files that are put on the disk while other work is done.
pub(super) struct Syncing(JoinHandle<io::Result<()>>);

impl Syncing {
    /// Begins with files that will not be written any more.
    pub(super) fn begin(paths: Vec<PathBuf>) -> io::Result<Self> {
        let sync_all = move || paths.iter().try_for_each(|path| File::open(path)?.sync_all());
        Ok(Self(Builder::new().spawn(sync_all)?))
    }

    /// They are on the disk afterwards.
    pub(super) fn finish(self) -> io::Result<()> {
        self.0.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }
}

/// Writes `bytes` to `aside` and gives it the name `path`, in one step for whoever reads there. Both lie in `folder`.
pub(super) fn replace_file(
    folder: &Path,
    aside: &Path,
    path: &Path,
    bytes: &[u8],
) -> io::Result<()> {
    let mut file = File::create(aside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(aside, path)?;
    sync_folder(folder)
}
