//! The workers of one opened release. In: questions from any number of requests; out: pieces of answers.
//!
//! Guarantees: a question has a worker for itself; so many workers as the options say are kept ready, and one
//! that dies is replaced at once; who cannot have a worker in time is told so. When every worker is busy for
//! longer than a small query takes, more are started, up to a bound: they share the processors by the
//! system's own fairness, so that a few heavy queries do not shut out the small ones. The surprise: a worker
//! whose asker went away is killed, not stopped: starting another takes milliseconds, and whatever a query
//! was doing ends for certain.

use super::WorkerError;
use super::exchange::{Fate, exchange};
use super::frame::Piece;
use super::process::Worker;
use super::question::Question;
use super::refusal::Refusal;
use crate::store::Limits;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout, timeout_at};

/// Pieces that wait for a slow reader before the evaluation waits too: 256 KB a request.
pub(super) const PIECES_WAITING_MAX: usize = 8;

/// How long all ready workers must have been busy before another one is started.
const EXTRA_AFTER: Duration = Duration::from_millis(100);

/// How long the last piece of an answer waits for a reader who takes nothing.
pub(super) const READER_WAIT: Duration = Duration::from_secs(30);

/// Of a quicker answer it is not asked whether it left its worker fat: filling memory takes time.
const WEIGHED_AFTER: Duration = Duration::from_millis(20);

/// What a pool is made of.
#[derive(Clone, Debug)]
pub struct PoolOptions {
    /// This program, which is started again for each worker.
    pub program: PathBuf,
    /// The folder of the release; it must stay as long as the pool.
    pub release_dir: PathBuf,
    /// Bounds on each query inside its worker. Its time is also held from outside, with a second more.
    pub limits: Limits,
    /// Hosts that SERVICE may ask, each as [`Hosts`](crate::remote::Hosts) reads it.
    pub service_hosts: Vec<String>,
    /// Private memory that a worker may have beside its stack.
    pub memory_bytes: u64,
    /// Workers that are kept ready.
    pub workers: usize,
    /// Workers that there may be at all.
    pub workers_max: usize,
    /// Questions that may wait for a worker.
    pub waiting_max: usize,
    /// How long each may wait.
    pub wait_ms: u64,
}

/// Worker processes that answer questions. Cloning is cheap and shares them; with the last clone, and the last
/// answer under way, they end.
#[derive(Clone)]
pub struct Pool {
    shared: Arc<Shared>,
}

struct Shared {
    options: PoolOptions,
    idle: Mutex<Vec<Worker>>,
    /// As many permits as there are idle workers.
    ready: Semaphore,
    /// Places in the queue.
    places: Semaphore,
    /// As many permits as workers may still be started.
    seats: Arc<Semaphore>,
}

impl Pool {
    /// Starts the workers and waits for the first one.
    ///
    /// # Errors
    /// [`WorkerError::Start`] where it does not come, with what it said.
    pub async fn start(options: PoolOptions) -> Result<Self, WorkerError> {
        let seats = options.workers_max.max(options.workers).max(1);
        let shared = Arc::new(Shared {
            idle: Mutex::default(),
            ready: Semaphore::new(0),
            places: Semaphore::new(options.waiting_max),
            seats: Arc::new(Semaphore::new(seats)),
            options,
        });
        let pool = Self { shared };
        let Ok(seat) = Arc::clone(&pool.shared.seats).try_acquire_owned() else { return Ok(pool) };
        let first = Worker::start(&pool.shared.options, seat).await?;
        pool.shared.give_back(first);
        for _ in 1..pool.shared.options.workers {
            pool.shared.start_another();
        }
        Ok(pool)
    }

    /// What it was made of.
    pub(super) fn options(&self) -> &PoolOptions {
        &self.shared.options
    }

    /// The numbers in the system of the workers that are idle now.
    pub fn idle_process_ids(&self) -> Vec<u32> {
        self.shared.lock_idle().iter().filter_map(Worker::process_id).collect()
    }

    /// Puts a question. Pieces of the answer come as they are made; with the receiver dropped, the evaluation
    /// ends.
    pub(super) async fn ask(&self, question: &Question) -> Result<Receiver<Piece>, Refusal> {
        let frame = question.to_frame().map_err(|error| Refusal::internal(error.to_string()))?;
        let mut worker = self.shared.checkout().await?;
        let (sender, receiver) = channel(PIECES_WAITING_MAX);
        let shared = Arc::clone(&self.shared);
        tokio::spawn(async move {
            let started = Instant::now();
            let (fate, last) = exchange(&mut worker, &frame, &sender, &shared.options).await;
            let is_fat = || started.elapsed() > WEIGHED_AFTER && shared.is_fat(&worker);
            if matches!(fate, Fate::Idle) && !is_fat() {
                shared.give_back(worker);
            } else {
                shared.replace(worker);
            }
            send_last(&sender, last).await;
        });
        Ok(receiver)
    }
}

/// Sends the last piece to a reader who may be slow or have gone.
async fn send_last(sender: &Sender<Piece>, last: Option<Piece>) {
    if let Some(last) = last {
        // Nobody is left to be told.
        let _ = sender.send_timeout(last, READER_WAIT).await;
    }
}

impl Shared {
    /// A worker for one question.
    async fn checkout(self: &Arc<Self>) -> Result<Worker, Refusal> {
        loop {
            self.wait_until_ready().await?;
            let Some(mut worker) = self.lock_idle().pop() else { continue };
            if !worker.has_ended() {
                return Ok(worker);
            }
            tracing::warn!("a worker ended while it had nothing to do");
            self.replace(worker);
        }
    }

    /// Takes a permit for an idle worker.
    async fn wait_until_ready(self: &Arc<Self>) -> Result<(), Refusal> {
        if let Ok(permit) = self.ready.try_acquire() {
            permit.forget();
            return Ok(());
        }
        let _place = self.places.try_acquire().map_err(|_| Refusal::busy())?;
        let patience = Duration::from_millis(self.options.wait_ms);
        let until = Instant::now() + patience;
        let mut permit = timeout(EXTRA_AFTER.min(patience), self.ready.acquire()).await;
        if permit.is_err() {
            self.start_another();
            permit = timeout_at(until, self.ready.acquire()).await;
        }
        match permit {
            Ok(Ok(permit)) => {
                permit.forget();
                Ok(())
            }
            _ => Err(Refusal::busy()),
        }
    }

    /// Starts a worker in the background, if there may be one more.
    fn start_another(self: &Arc<Self>) {
        if let Ok(seat) = Arc::clone(&self.seats).try_acquire_owned() {
            self.start_on(seat);
        }
    }

    fn start_on(self: &Arc<Self>, seat: OwnedSemaphorePermit) {
        let shared = Arc::clone(self);
        tokio::spawn(async move {
            match Worker::start(&shared.options, seat).await {
                Ok(worker) => shared.give_back(worker),
                // The next question that finds no worker tries again.
                Err(error) => tracing::error!(%error, "a worker is missing"),
            }
        });
    }

    /// Ends a worker and starts another on its seat.
    fn replace(self: &Arc<Self>, worker: Worker) {
        self.start_on(worker.into_seat());
    }

    /// Keeps a worker ready, unless there are enough of them and nobody waits.
    fn give_back(&self, worker: Worker) {
        let someone_waits = self.places.available_permits() < self.options.waiting_max;
        let mut idle = self.lock_idle();
        if someone_waits || idle.len() < self.options.workers.max(1) {
            idle.push(worker);
            drop(idle);
            self.ready.add_permits(1);
        }
    }

    /// Whether a worker keeps so much memory from what it did that the next query would have too little.
    fn is_fat(&self, worker: &Worker) -> bool {
        worker.private_bytes().is_some_and(|bytes| bytes > self.options.memory_bytes / 2)
    }

    fn lock_idle(&self) -> std::sync::MutexGuard<'_, Vec<Worker>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
