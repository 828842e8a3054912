//! The files of jobs. In: the name of a job, its record, the bytes of its answer; out: files, and what a former service left of them.
//!
//! Guarantees: an answer has its name only when it is whole and on the disk, and a record is written as a whole or not at all; the folder is used by one
//! service at a time. Surprising: without a folder of its own a service has one that is gone with it.

use super::error::JobError;
use super::id::Id;
use super::report::{Record, State};
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

const RECORD: &str = "json";
const PART: &str = "part";
const RESULT: &str = "result";
const LOCK_FILE: &str = ".lock";

/// The answer of a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobFile {
    /// Where it is.
    pub path: PathBuf,
    /// The sum of its bytes.
    pub sha256: String,
    /// What it is.
    pub media_type: String,
    /// What its name should end in.
    pub extension: String,
}

/// How the names of folders begin that are gone with their service.
const OWN: &str = "zhengtu-jobs-";
/// How the names of records begin that are being written.
const ASIDE: &str = ".record-";

/// A folder of jobs.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    /// Held as long as the folder is used.
    _lock: File,
    /// Removed at the end.
    own: Option<tempfile::TempDir>,
}

impl Folder {
    /// Opens the folder at `path`, or one that is gone at the end.
    pub(super) fn open(path: Option<&Path>) -> Result<Self, JobError> {
        let in_temp = |source| JobError::System { path: std::env::temp_dir(), source };
        let own = if path.is_some() { None } else { Some(own_folder().map_err(in_temp)?) };
        let path = path.or(own.as_ref().map(tempfile::TempDir::path)).unwrap_or(Path::new("."));
        let failed = |source| JobError::System { path: path.to_owned(), source };
        fs::create_dir_all(path).map_err(failed)?;
        let lock = File::create(path.join(LOCK_FILE)).map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(JobError::InUse(path.to_owned())),
            Err(TryLockError::Error(source)) => return Err(failed(source)),
        }
        Ok(Self { path: path.to_owned(), _lock: lock, own })
    }

    /// What a former service left: finished jobs as they were, others as failed. What belongs to none is removed.
    pub(super) fn recover(&self) -> io::Result<Vec<(Id, Record)>> {
        let mut found = Vec::new();
        for entry in fs::read_dir(&self.path)? {
            let path = entry?.path();
            if name(path.file_name()).is_some_and(|name| name.starts_with(ASIDE)) {
                remove_file(&path);
            }
            let (Some(stem), Some(kind)) = (name(path.file_stem()), name(path.extension())) else {
                continue;
            };
            // A file that is none of ours is left alone.
            let Some(id) = Id::parse(stem) else { continue };
            match kind {
                RECORD => match self.recover_one(&id) {
                    Some(record) => found.push((id, record)),
                    None => self.remove(&id),
                },
                RESULT if self.file(&id, RECORD).exists() => {}
                PART | RESULT => remove_file(&path),
                _ => {}
            }
        }
        Ok(found)
    }

    fn recover_one(&self, id: &Id) -> Option<Record> {
        let text = fs::read(self.file(id, RECORD)).ok()?;
        let mut record: Record = serde_json::from_slice(&text).ok()?;
        let length = fs::metadata(self.result(id)).map(|file| file.len()).ok();
        match record.state {
            State::Done if length == Some(record.bytes) => {}
            State::Failed => {}
            State::Waiting | State::Running => {
                record.fail("restart", "the service ended before the job did; order it again");
                self.write_record(id, &record).ok()?;
                // One that was about to be told of.
                remove_file(&self.result(id));
            }
            State::Done => return None,
        }
        Some(record)
    }

    /// Writes what is to be known of a job after a restart.
    pub(super) fn write_record(&self, id: &Id, record: &Record) -> io::Result<()> {
        let mut file = tempfile::Builder::new().prefix(ASIDE).tempfile_in(&self.path)?;
        serde_json::to_writer(&mut file, record)?;
        file.as_file().sync_data()?;
        file.persist(self.file(id, RECORD)).map_err(|error| error.error)?;
        Ok(())
    }

    /// Where an answer is while it is written.
    pub(super) fn part(&self, id: &Id) -> PathBuf {
        self.file(id, PART)
    }

    /// Where an answer is when it is whole.
    pub(super) fn result(&self, id: &Id) -> PathBuf {
        self.file(id, RESULT)
    }

    /// Removes all that there is of a job.
    pub(super) fn remove(&self, id: &Id) {
        for kind in [RECORD, PART, RESULT] {
            remove_file(&self.file(id, kind));
        }
    }

    /// Removes the folder, where it is to be gone with the service.
    pub(super) fn close(&self) {
        if self.own.is_some()
            && let Err(error) = fs::remove_dir_all(&self.path)
        {
            tracing::warn!(%error, path = %self.path.display(), "a folder of jobs stays behind");
        }
    }

    fn file(&self, id: &Id, kind: &str) -> PathBuf {
        self.path.join(format!("{id}.{kind}"))
    }
}

/// A new folder for one service. Those of services that were killed are removed.
fn own_folder() -> io::Result<tempfile::TempDir> {
    let left = fs::read_dir(std::env::temp_dir())?.filter_map(Result::ok).map(|entry| entry.path());
    for path in left.filter(|path| name(path.file_name()).is_some_and(|name| name.starts_with(OWN)))
    {
        // Whoever still uses it holds the lock; one that cannot be opened is another user's.
        let lock = File::open(path.join(LOCK_FILE));
        if lock.is_ok_and(|lock| lock.try_lock().is_ok()) {
            let _ = fs::remove_dir_all(&path);
        }
    }
    tempfile::Builder::new().prefix(OWN).tempdir()
}

/// Removes a file that may have gone.
fn remove_file(path: &Path) {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            tracing::warn!(%error, path = %path.display(), "a file of a job stays behind");
        }
        _ => {}
    }
}

fn name(text: Option<&std::ffi::OsStr>) -> Option<&str> {
    text.and_then(std::ffi::OsStr::to_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(state: State, bytes: u64) -> Record {
        Record { state, bytes, ..Record::new("r".to_owned()) }
    }

    #[test]
    fn a_former_service_leaves_whole_answers_and_says_of_others_that_they_failed() {
        let dir = tempfile::tempdir().unwrap();
        let ids: Vec<Id> = (0..4).map(|_| Id::by_chance().unwrap()).collect();
        {
            let folder = Folder::open(Some(dir.path())).unwrap();
            let states = [(State::Done, 3), (State::Done, 4), (State::Running, 1)];
            for (id, (state, bytes)) in ids.iter().zip(states) {
                folder.write_record(id, &record(state, bytes)).unwrap();
                fs::write(folder.result(id), "abc").unwrap();
            }
            fs::write(folder.part(&ids[3]), "ab").unwrap();
            fs::write(dir.path().join("notes.txt"), "mine").unwrap();
        }
        let folder = Folder::open(Some(dir.path())).unwrap();
        let mut left = folder.recover().unwrap();
        left.sort_by_key(|(id, _)| ids.iter().position(|own| own == id));
        let states: Vec<_> = left.iter().map(|(id, record)| (id, record.state)).collect();
        assert_eq!(states, [(&ids[0], State::Done), (&ids[2], State::Failed)]);
        assert_eq!(left[1].1.cause.as_deref(), Some("restart"));
        assert!(!folder.part(&ids[3]).exists() && !folder.result(&ids[1]).exists());
        assert!(dir.path().join("notes.txt").exists(), "a file of others");
    }

    #[test]
    fn a_folder_is_used_by_one_service_at_a_time() {
        let dir = tempfile::tempdir().unwrap();
        let first = Folder::open(Some(dir.path())).unwrap();
        assert!(matches!(Folder::open(Some(dir.path())), Err(JobError::InUse(_))));
        drop(first);
        assert!(Folder::open(Some(dir.path())).is_ok());
    }

    #[test]
    fn a_service_without_a_folder_leaves_none_and_removes_those_of_killed_ones() {
        let folder = Folder::open(None).unwrap();
        folder.close();
        assert!(!folder.path.exists());
        let left = tempfile::Builder::new().prefix(OWN).tempdir().unwrap().keep();
        fs::write(left.join(LOCK_FILE), "").unwrap();
        let next = Folder::open(None).unwrap();
        assert!(next.path.is_dir() && !left.exists());
    }
}
