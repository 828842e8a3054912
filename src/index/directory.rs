//! A directory that is only read.
//!
//! In: the place of an index. Out: what tantivy needs to open it. Guarantee: nothing is written, so an
//! index opens in a read-only place. Surprising: tantivy takes a lock file even to read; here the lock
//! is granted without one, because an index is never changed after it was written.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    DirectoryLock, FileHandle, Lock, META_LOCK, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
};
use tantivy::{Directory, Index};

use super::error::IndexError;

/// Refuses every change.
#[derive(Clone, Debug)]
struct ReadOnlyDirectory(MmapDirectory);

/// Opens the index in `dir` for reading.
pub(crate) fn open_read_only(dir: &Path) -> Result<Index, IndexError> {
    if !dir.is_dir() {
        return Err(IndexError::Missing { path: dir.to_owned() });
    }
    let damaged = |reason| IndexError::Damaged { path: dir.to_owned(), reason };
    let directory = MmapDirectory::open(dir).map_err(|error| damaged(error.to_string()))?;
    if !Index::exists(&directory).map_err(|error| damaged(error.to_string()))? {
        return Err(IndexError::Missing { path: dir.to_owned() });
    }
    Index::open(ReadOnlyDirectory(directory)).map_err(|error| damaged(error.to_string()))
}

fn refusal() -> io::Error {
    io::Error::new(io::ErrorKind::PermissionDenied, "the index is only read")
}

impl Directory for ReadOnlyDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.0.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        Err(DeleteError::IoError { io_error: Arc::new(refusal()), filepath: path.to_owned() })
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.0.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        Err(OpenWriteError::wrap_io_error(refusal(), path.to_owned()))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.0.atomic_read(path)
    }

    fn atomic_write(&self, _path: &Path, _data: &[u8]) -> io::Result<()> {
        Err(refusal())
    }

    fn sync_directory(&self) -> io::Result<()> {
        Ok(())
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        if lock.filepath == META_LOCK.filepath {
            Ok(DirectoryLock::from(Box::new(PathBuf::new())))
        } else {
            Err(LockError::LockBusy)
        }
    }

    fn watch(&self, _callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}
