//! The service's side of one worker: a child process with its pipes. In: what to start; out: a [`Worker`]
//! that takes one question at a time.
//!
//! Guarantees: a worker that is dropped is killed, and reaped by the runtime. The surprise: how a worker died
//! is read from its last words, because the memory's end and the stack's end are the same signal.

use super::WorkerError;
use super::frame::{Frame, Piece};
use super::pool::PoolOptions;
use super::refusal::Refusal;
use std::io;
use std::os::unix::process::ExitStatusExt;
use std::process::Stdio;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command};
use tokio::sync::OwnedSemaphorePermit;
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// How long a worker may take to open its release. It reads next to nothing, so only a machine that is
/// overloaded beyond use takes seconds.
const START_WAIT: Duration = Duration::from_secs(30);

/// How long to wait for the end of a process whose pipes have ended.
const END_WAIT: Duration = Duration::from_secs(1);

/// What is kept of a worker's last line.
const WORDS_CHARS_MAX: usize = 500;

const SIGKILL: i32 = 9;

/// What a program writes when the system refuses it memory.
const OUT_OF_MEMORY: &str = "memory allocation of";

/// What it writes when its stack ends.
const OUT_OF_STACK: &str = "has overflowed its stack";

/// What a worker said last.
#[derive(Default)]
struct LastWords {
    line: String,
    is_out_of_memory: bool,
    is_out_of_stack: bool,
}

/// A child process that answers questions.
pub(super) struct Worker {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    /// What it said last on standard error.
    words: Arc<Mutex<LastWords>>,
    listener: JoinHandle<()>,
    /// The right to be one of the pool's workers.
    seat: OwnedSemaphorePermit,
}

impl Worker {
    /// Starts a worker and waits until it has opened its release.
    pub(super) async fn start(
        options: &PoolOptions,
        seat: OwnedSemaphorePermit,
    ) -> Result<Self, WorkerError> {
        let system = |source| WorkerError::System { what: "start a worker process", source };
        let limits =
            serde_json::to_string(&options.limits).map_err(|error| system(error.into()))?;
        let mut child = Command::new(&options.program)
            .arg("worker")
            .arg("--release-dir")
            .arg(&options.release_dir)
            .args(["--limits", &limits])
            .args(["--memory-bytes", &options.memory_bytes.to_string()])
            .args(options.service_hosts.iter().flat_map(|host| ["--service-host", host]))
            // To name its functions a program that is out of memory would need more of it.
            .env("RUST_BACKTRACE", "0")
            // It is told everything; what stands in the file now is for the service's next start.
            .env_remove("ZHENGTU_CONFIG")
            .env_remove("ZHENGTU_SERVICE_HOSTS")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            // Ctrl-C at a terminal is for the service, which ends its workers when it has drained.
            .process_group(0)
            .kill_on_drop(true)
            .spawn()
            .map_err(system)?;
        let (Some(input), Some(output), Some(errors)) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Err(WorkerError::Start("it has no pipes".to_owned()));
        };
        let words = Arc::new(Mutex::new(LastWords::default()));
        let listener = tokio::spawn(listen(errors, child.id(), Arc::clone(&words)));
        let output = BufReader::with_capacity(64 << 10, output);
        let mut worker = Self { child, input, output, words, listener, seat };
        match timeout(START_WAIT, Frame::read(&mut worker.output)).await {
            Ok(Ok(Frame::Ready)) => Ok(worker),
            Ok(_) => {
                worker.wait_for_end().await;
                Err(WorkerError::Start(worker.last_words().line.clone()))
            }
            Err(_) => Err(WorkerError::Start("it fell silent".to_owned())),
        }
    }

    /// Its number in the system, as long as it lives.
    pub(super) fn process_id(&self) -> Option<u32> {
        self.child.id()
    }

    /// Whether it has ended by itself.
    pub(super) fn has_ended(&mut self) -> bool {
        !matches!(self.child.try_wait(), Ok(None))
    }

    /// Ends it and gives its seat to another.
    pub(super) fn into_seat(self) -> OwnedSemaphorePermit {
        self.seat
    }

    /// Puts a question, as a frame.
    pub(super) async fn ask(&mut self, question: &[u8]) -> io::Result<()> {
        self.input.write_all(question).await
    }

    /// The next piece of the answer.
    pub(super) async fn next_piece(&mut self) -> io::Result<Piece> {
        match Frame::read(&mut self.output).await? {
            Frame::Piece(piece) => Ok(piece),
            Frame::Ready => Err(io::Error::other("a worker says twice that it is ready")),
        }
    }

    /// Private memory that it holds now, in bytes; nothing where the system does not tell.
    pub(super) fn private_bytes(&self) -> Option<u64> {
        let path = format!("/proc/{}/statm", self.child.id()?);
        let pages = std::fs::read_to_string(path).ok()?;
        let mut pages = pages.split(' ').skip(1).map(|count| count.parse::<u64>().ok());
        let (resident, shared) = (pages.next()??, pages.next()??);
        Some(resident.saturating_sub(shared) * rustix::param::page_size() as u64)
    }

    /// Why it died, after its pipes have ended.
    pub(super) async fn cause_of_death(&mut self, options: &PoolOptions) -> Refusal {
        let signal = self.wait_for_end().await;
        let words = self.last_words();
        if words.is_out_of_stack {
            Refusal::out_of_stack()
        } else if words.is_out_of_memory || signal == Some(SIGKILL) {
            // Nobody here killed it: where memory is short, the system kills who has most of it.
            Refusal::out_of_memory(options.memory_bytes)
        } else {
            Refusal::internal(format!("a worker died (signal {signal:?}): {}", words.line))
        }
    }

    /// Waits until it has ended, or ends it; the signal that it died of.
    async fn wait_for_end(&mut self) -> Option<i32> {
        let status = timeout(END_WAIT, self.child.wait()).await;
        // Its last words come by another pipe.
        let _ = timeout(END_WAIT, &mut self.listener).await;
        status.ok()?.ok()?.signal()
    }

    fn last_words(&self) -> MutexGuard<'_, LastWords> {
        self.words.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Hands on what a worker writes to standard error, and keeps what may tell why it died.
async fn listen(errors: ChildStderr, process_id: Option<u32>, words: Arc<Mutex<LastWords>>) {
    let mut lines = BufReader::new(errors).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        let line: String = line.chars().take(WORDS_CHARS_MAX).collect();
        if line.trim().is_empty() {
            continue;
        }
        tracing::debug!(worker = process_id, "{line}");
        let mut words = words.lock().unwrap_or_else(PoisonError::into_inner);
        words.is_out_of_memory |= line.contains(OUT_OF_MEMORY);
        words.is_out_of_stack |= line.contains(OUT_OF_STACK);
        words.line = line;
    }
}
