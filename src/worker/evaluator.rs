//! Where the queries of strangers are evaluated: in a pool of worker processes, or in this process where
//! there is no program to start again, which is so in tests of a router. In: a question; out: an answer. The
//! bytes of an answer are the same from both.

use super::answer::{Answer, Copy};
use super::answering::answer;
use super::apart::run_apart;
use super::kept::{Kept, KeptCounts};
use super::pool::{Pool, PoolOptions};
use super::question::Question;
use super::refusal::Refusal;
use crate::store::Endpoint;
use std::sync::Arc;
use tokio::sync::{OnceCell, Semaphore};

/// Queries that run in this process at once. Each has a thread with a large stack and competes for the same
/// cores; more of them make every one slower than its time limit.
const QUERIES_MAX: usize = 32;

/// Evaluates questions. Cloning is cheap and shares everything.
#[derive(Clone)]
pub struct Evaluator {
    place: Place,
    kept: Arc<Kept>,
}

/// A question to which no answer is kept.
#[derive(Debug)]
pub struct Open {
    question: Question,
    key: Option<Box<str>>,
}

/// What one question may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Time of its evaluation.
    pub timeout_ms: u64,
    /// Length of its text.
    pub query_bytes_max: usize,
    /// Rows that it may sort, or make of patterns that share nothing.
    pub rows_held_max: usize,
    /// Memory of its worker; none where there is no worker.
    pub memory_bytes: Option<u64>,
}

/// Where evaluation takes place.
#[derive(Clone)]
enum Place {
    /// On threads of this process: its limits are those inside the evaluation, and what they miss takes the
    /// process with it.
    InProcess {
        endpoint: Endpoint,
        /// Leave to run one more query.
        running: Arc<Semaphore>,
    },
    /// In worker processes, which nothing in a query can leave.
    Pool(Pool),
    /// The same, begun with the first question.
    PoolWhenAsked(Arc<PoolWhenAsked>),
}

struct PoolWhenAsked {
    options: PoolOptions,
    pool: OnceCell<Pool>,
}

impl Evaluator {
    /// Evaluation in this process.
    pub fn in_process(endpoint: Endpoint) -> Self {
        let running = Arc::new(Semaphore::new(QUERIES_MAX));
        Self { place: Place::InProcess { endpoint, running }, kept: Arc::new(Kept::new(0)) }
    }

    /// Evaluation in worker processes.
    pub fn in_pool(pool: Pool) -> Self {
        Self { place: Place::Pool(pool), kept: Arc::new(Kept::new(0)) }
    }

    /// Evaluation in worker processes that are started with the first question.
    pub fn in_pool_when_asked(options: PoolOptions) -> Self {
        let when_asked = PoolWhenAsked { options, pool: OnceCell::new() };
        Self { place: Place::PoolWhenAsked(Arc::new(when_asked)), kept: Arc::new(Kept::new(0)) }
    }

    /// The same, with answers kept in so many bytes, to be given again.
    #[must_use]
    pub fn keeping(self, bytes_max: usize) -> Self {
        Self { kept: Arc::new(Kept::new(bytes_max)), ..self }
    }

    /// What each question may take, to be told to those who ask.
    pub fn bounds(&self) -> Bounds {
        let (limits, memory_bytes) = match &self.place {
            Place::InProcess { endpoint, .. } => (endpoint.limits(), None),
            Place::Pool(pool) => (&pool.options().limits, Some(pool.options().memory_bytes)),
            Place::PoolWhenAsked(when_asked) => {
                (&when_asked.options.limits, Some(when_asked.options.memory_bytes))
            }
        };
        Bounds {
            timeout_ms: limits.timeout_ms,
            query_bytes_max: limits.query_bytes_max,
            rows_held_max: limits.rows_held_max,
            memory_bytes,
        }
    }

    /// What is kept.
    pub fn kept_counts(&self) -> KeptCounts {
        self.kept.counts()
    }

    /// Puts a question, and comes back when the first bytes of the answer are there, or when there will be
    /// none.
    ///
    /// # Errors
    /// [`Refusal`] with its cause.
    pub async fn ask(&self, question: Question) -> Result<Answer, Refusal> {
        match self.find_kept(question) {
            Ok(answer) => Ok(answer),
            Err(open) => self.evaluate(open, || {}).await,
        }
    }

    /// The answer that is kept.
    ///
    /// # Errors
    /// The question, where it has to be evaluated.
    pub fn find_kept(&self, question: Question) -> Result<Answer, Box<Open>> {
        let key = self.kept.key(&question);
        match key.as_ref().and_then(|key| self.kept.find(key)) {
            Some(whole) => Ok(Answer::kept(whole)),
            None => Err(Box::new(Open { question, key })),
        }
    }

    /// Evaluates a question to which no answer is kept, like [`Evaluator::ask`]. Calls `begun` when its turn has come.
    ///
    /// # Errors
    /// [`Refusal`] with its cause.
    pub async fn evaluate(
        &self,
        open: Box<Open>,
        begun: impl FnOnce() + Send,
    ) -> Result<Answer, Refusal> {
        let Open { question, key } = *open;
        let pieces = match &self.place {
            Place::Pool(pool) => pool.ask(&question).await?,
            Place::PoolWhenAsked(when_asked) => when_asked.pool().await?.ask(&question).await?,
            Place::InProcess { endpoint, running } => {
                let permit = Arc::clone(running).try_acquire_owned();
                let permit = permit.map_err(|_| Refusal::busy())?;
                let endpoint = endpoint.clone();
                run_apart(move |send| {
                    // Nobody is left to be told where the asker has gone.
                    let _ = answer(&endpoint, &question, send);
                    drop(permit);
                })
            }
        };
        begun();
        Answer::begun(pieces, key.map(|key| Copy::new(Arc::clone(&self.kept), key))).await
    }
}

impl PoolWhenAsked {
    async fn pool(&self) -> Result<&Pool, Refusal> {
        let started = self.pool.get_or_try_init(|| Pool::start(self.options.clone())).await;
        started.map_err(|error| Refusal::internal(error.to_string()))
    }
}
