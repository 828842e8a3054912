//! All jobs of a service. In: orders, and names of jobs; out: reports, files, refusals. Guarantees: no more run, wait and are kept than the options say; a
//! job that is removed ends, and nothing of it stays. Surprising: a clone is the same register.

use super::error::{JobError, NotTaken};
use super::folder::{Folder, JobFile};
use super::id::Id;
use super::report::{Record, Report, State, now};
use super::run::run;
use crate::worker::{Evaluator, Question};
use std::any::Any;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::task::AbortHandle;

/// How often it is looked whether something has expired.
const SWEEP: Duration = Duration::from_secs(30);

/// In the place of a client for all that have no account; 0.0.0.0 is nobody's address.
const WITHOUT_ACCOUNT: u128 = 0;

/// One client may have this part of the room for answers.
const CLIENT_SHARE: u64 = 2;

/// Jobs that are known at all, finished or not: each is a file or two.
const KEPT_MAX: usize = 10_000;

/// What jobs may take.
#[derive(Clone, Debug)]
pub struct JobOptions {
    /// Where answers are kept; without one they are gone with the service.
    pub dir: Option<PathBuf>,
    /// Jobs that run at once.
    pub running_max: usize,
    /// Jobs that wait.
    pub waiting_max: usize,
    /// Unfinished jobs of one client; all that have no account count as one.
    pub client_max: usize,
    /// Jobs of one client that are kept, finished or not, and part of the room that they may take together.
    pub client_kept_max: usize,
    /// Bytes of one answer.
    pub answer_bytes_max: u64,
    /// Bytes of all answers.
    pub bytes_max: u64,
    /// Seconds that a finished job is kept.
    pub keep_s: i64,
}

/// What is to be done.
pub struct Order {
    /// The query, with the formats that are wanted.
    pub question: Question,
    /// Where it is evaluated.
    pub evaluator: Evaluator,
    /// The release that is asked there.
    pub release: String,
    /// Whose it is; all that have no account are one.
    pub client: Option<u128>,
    /// Is called when its turn has come.
    pub begun: Box<dyn FnOnce() + Send + Sync>,
    /// Is there until the job has ended.
    pub held: Arc<dyn Any + Send + Sync>,
}

/// How many jobs there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct JobCounts {
    /// Jobs that wait.
    pub waiting: usize,
    /// Jobs that run.
    pub running: usize,
    /// Jobs whose answers are there.
    pub done: usize,
    /// Jobs that failed.
    pub failed: usize,
    /// Bytes of answers, whole or not.
    pub bytes: u64,
}

/// The jobs of a service.
#[derive(Clone)]
pub struct Jobs(Arc<Shared>);

/// What jobs share.
pub(super) struct Shared {
    pub(super) options: JobOptions,
    pub(super) folder: Folder,
    /// Leave to run.
    pub(super) seats: Arc<Semaphore>,
    /// Bytes of all answers.
    pub(super) bytes: AtomicU64,
    jobs: Mutex<Register>,
}

#[derive(Default)]
struct Register {
    jobs: HashMap<Id, Job>,
    ordered: u64,
}

/// A job.
struct Job {
    record: Record,
    /// Its place in the order of all.
    number: u64,
    /// Whose it is; none for one that a former service left.
    client: Option<u128>,
    task: Option<AbortHandle>,
}

impl Jobs {
    /// Opens the folder of the options, with what a former service has left there.
    ///
    /// # Errors
    /// [`JobError`] where the folder cannot be used.
    pub fn open(options: JobOptions) -> Result<Self, JobError> {
        let folder = Folder::open(options.dir.as_deref())?;
        let left = folder.recover().map_err(|source| JobError::System {
            path: options.dir.clone().unwrap_or_default(),
            source,
        })?;
        let bytes = left.iter().map(|(_, record)| record.bytes).sum();
        let jobs = left
            .into_iter()
            .map(|(id, record)| (id, Job { record, number: 0, client: None, task: None }));
        let register = Register { jobs: jobs.collect(), ordered: 0 };
        let shared = Arc::new(Shared {
            seats: Arc::new(Semaphore::new(options.running_max)),
            bytes: AtomicU64::new(bytes),
            jobs: Mutex::new(register),
            options,
            folder,
        });
        tokio::spawn(sweep(Arc::downgrade(&shared)));
        Ok(Self(shared))
    }

    /// Takes an order, to be done when its turn comes.
    ///
    /// # Errors
    /// [`NotTaken`] where there is no room for it.
    pub fn submit(&self, order: Order) -> Result<Report, NotTaken> {
        self.0.remove_expired();
        let id = Id::by_chance().map_err(NotTaken::Internal)?;
        let record = Record::new(order.release.clone());
        {
            let mut register = self.0.lock();
            self.0.check_room(&register, order.client)?;
            register.ordered += 1;
            let (number, client) =
                (register.ordered, Some(order.client.unwrap_or(WITHOUT_ACCOUNT)));
            let job = Job { record: record.clone(), number, client, task: None };
            register.jobs.insert(id.clone(), job);
        }
        if let Err(error) = self.0.folder.write_record(&id, &record) {
            self.remove(&id.to_string());
            return Err(NotTaken::Internal(error));
        }
        let task = tokio::spawn(run(Arc::downgrade(&self.0), id.clone(), order));
        if let Some(job) = self.0.lock().jobs.get_mut(&id) {
            job.task = Some(task.abort_handle());
        }
        self.report(&id.to_string())
            .ok_or_else(|| NotTaken::Internal(std::io::Error::other("the job was removed at once")))
    }

    /// How far the job called `id` is.
    pub fn report(&self, id: &str) -> Option<Report> {
        self.0.remove_expired();
        let (register, id) = (self.0.lock(), Id::parse(id)?);
        let job = register.jobs.get(&id)?;
        let before = |other: &&Job| !other.record.state.is_final() && other.number < job.number;
        let is_waiting = job.record.state == State::Waiting;
        let ahead = if is_waiting { register.jobs.values().filter(before).count() } else { 0 };
        Some(job.record.report(id.to_string(), self.0.options.keep_s, ahead))
    }

    /// The answer of the job called `id`, where it is done.
    pub fn result(&self, id: &str) -> Option<JobFile> {
        let (register, id) = (self.0.lock(), Id::parse(id)?);
        let record = &register.jobs.get(&id)?.record;
        Some(JobFile {
            path: self.0.folder.result(&id),
            sha256: record.sha256.clone()?,
            media_type: record.media_type.clone()?,
            extension: record.extension.clone()?,
        })
    }

    /// Ends and removes the job called `id`. False where there is none.
    pub fn remove(&self, id: &str) -> bool {
        Id::parse(id).is_some_and(|id| self.0.remove(&id))
    }

    /// Removes the folder of answers that are to be gone with the service.
    pub fn close(&self) {
        self.0.folder.close();
    }

    /// How many there are.
    pub fn counts(&self) -> JobCounts {
        let mut counts =
            JobCounts { bytes: self.0.bytes.load(Ordering::Relaxed), ..JobCounts::default() };
        for job in self.0.lock().jobs.values() {
            *match job.record.state {
                State::Waiting => &mut counts.waiting,
                State::Running => &mut counts.running,
                State::Done => &mut counts.done,
                State::Failed => &mut counts.failed,
            } += 1;
        }
        counts
    }
}

impl Shared {
    fn check_room(&self, register: &Register, client: Option<u128>) -> Result<(), NotTaken> {
        let unfinished = || register.jobs.values().filter(|job| !job.record.state.is_final());
        let own = || {
            register
                .jobs
                .values()
                .filter(|job| job.client == Some(client.unwrap_or(WITHOUT_ACCOUNT)))
        };
        let own_bytes: u64 = own().map(|job| job.record.bytes).sum();
        if own().filter(|job| !job.record.state.is_final()).count() >= self.options.client_max
            || own().count() >= self.options.client_kept_max
            || own_bytes > self.options.bytes_max / CLIENT_SHARE
        {
            return Err(NotTaken::ClientHasEnough);
        }
        if unfinished().count() >= self.options.running_max + self.options.waiting_max
            || register.jobs.len() >= KEPT_MAX
        {
            return Err(NotTaken::TooManyWait);
        }
        if self.bytes.load(Ordering::Relaxed) < self.options.bytes_max {
            return Ok(());
        }
        let files = register.jobs.values().filter(|job| job.record.bytes > 0);
        let expiring = files.filter_map(|job| job.record.expires(self.options.keep_s));
        let first = expiring.min().map_or(self.options.keep_s, |expires| expires - now());
        Err(NotTaken::NoRoom { room_after_s: u64::try_from(first).unwrap_or(0).max(1) })
    }

    /// Changes what is known of a job. Where it was removed, nothing is.
    pub(super) fn change(&self, id: &Id, change: impl FnOnce(&mut Record)) -> Option<Record> {
        let mut register = self.lock();
        let record = &mut register.jobs.get_mut(id)?.record;
        change(record);
        Some(record.clone())
    }

    fn remove(&self, id: &Id) -> bool {
        let Some(job) = self.lock().jobs.remove(id) else { return false };
        if let Some(task) = job.task {
            task.abort();
        }
        self.folder.remove(id);
        self.bytes.fetch_sub(job.record.bytes, Ordering::Relaxed);
        true
    }

    fn remove_expired(&self) {
        let now = now();
        let is_over = |record: &Record| {
            record.expires(self.options.keep_s).is_some_and(|expires| expires <= now)
        };
        let over: Vec<Id> = {
            let register = self.lock();
            let over = register.jobs.iter().filter(|(_, job)| is_over(&job.record));
            over.map(|(id, _)| id.clone()).collect()
        };
        for id in over {
            self.remove(&id);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Register> {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Removes what has expired, as long as anybody has the jobs.
async fn sweep(shared: Weak<Shared>) {
    loop {
        tokio::time::sleep(SWEEP).await;
        let Some(shared) = shared.upgrade() else { return };
        shared.remove_expired();
    }
}
