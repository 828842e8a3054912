//! The options of `serve` and of its workers. In: arguments and variables; out: addresses, times and bounds, and the
//! [`PoolOptions`] that follow from them.

use super::jobs::JobArgs;
use crate::remote::{HostError, Hosts};
use crate::service::Fairness;
use crate::store::Limits;
use crate::worker::PoolOptions;
use clap::Args;
use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// Arguments of `serve`.
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// Address and port.
    #[arg(
        long,
        value_name = "ADDR:PORT",
        default_value = "127.0.0.1:7878",
        env = "ZHENGTU_LISTEN"
    )]
    pub listen: SocketAddr,
    /// Serve this release and stay with it, whatever becomes current.
    #[arg(long, value_name = "ID")]
    pub release: Option<String>,
    /// Seconds after SIGTERM in which new requests are still answered while /readyz says 503.
    #[arg(long, value_name = "SECONDS", default_value_t = 1, env = "ZHENGTU_NOTICE")]
    pub notice_s: u64,
    /// Seconds that running requests then have to end; a query has 30.
    #[arg(long, value_name = "SECONDS", default_value_t = 35, env = "ZHENGTU_DRAIN")]
    pub drain_s: u64,
    /// Memory for answers to queries that are kept to be given again, in MB; 0 to keep none.
    #[arg(
        long,
        value_name = "MB",
        default_value_t = 64,
        value_parser = clap::value_parser!(u64).range(0..=1_048_576),
        env = "ZHENGTU_KEPT_MB"
    )]
    pub kept_mb: u64,
    /// What queries may take.
    #[command(flatten)]
    pub pool: PoolArgs,
    /// What each client may take.
    #[command(flatten)]
    pub fairness: FairnessArgs,
    /// What long exports may take.
    #[command(flatten)]
    pub jobs: JobArgs,
}

/// What each client may take, so that the others have something left. Answers that are kept cost nothing.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Shares of clients")]
pub struct FairnessArgs {
    /// Seconds of evaluation that a client gets back in a minute; 0 for no budget.
    #[arg(
        long,
        value_name = "SECONDS",
        default_value_t = 30,
        value_parser = clap::value_parser!(u32).range(0..=86_400),
        env = "ZHENGTU_BUDGET_S"
    )]
    pub budget_s: u32,
    /// Seconds of evaluation that a client can save up, and begins with.
    #[arg(
        long,
        value_name = "SECONDS",
        default_value_t = 120,
        value_parser = clap::value_parser!(u32).range(1..=86_400),
        env = "ZHENGTU_BURST_S"
    )]
    pub burst_s: u32,
    /// Queries of one client at once; 0 for no bound.
    #[arg(long, value_name = "N", default_value_t = 6, env = "ZHENGTU_CLIENT_QUERIES_MAX")]
    pub client_queries_max: u32,
    /// Proxies of yours before the service: the client is then the entry of X-Forwarded-For or Forwarded that the farthest of them wrote.
    /// Without any, clients on this machine have no budget.
    #[arg(
        long,
        value_name = "N",
        default_value_t = 0,
        value_parser = clap::value_parser!(u8).range(0..=16),
        env = "ZHENGTU_TRUST_FORWARDED"
    )]
    pub trust_forwarded: u8,
}

impl FairnessArgs {
    /// The same for the service.
    pub fn options(&self) -> Fairness {
        Fairness {
            refill_s: self.budget_s,
            burst_s: self.burst_s,
            queries_max: self.client_queries_max,
            proxies: usize::from(self.trust_forwarded),
        }
    }
}

/// What the queries of strangers may take; each runs in a worker process of its own.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Limits of queries")]
pub struct PoolArgs {
    /// Time of one query, in milliseconds; three quarters of a second later its worker is killed.
    #[arg(
        long,
        value_name = "MS",
        default_value_t = Limits::default().timeout_ms,
        value_parser = clap::value_parser!(u64).range(1..=86_400_000),
        env = "ZHENGTU_TIMEOUT_MS"
    )]
    pub timeout_ms: u64,
    /// Private memory of one worker, in MB, beside its stack and the files that all share.
    #[arg(
        long,
        value_name = "MB",
        default_value_t = 1024,
        value_parser = clap::value_parser!(u64).range(16..=1_048_576),
        env = "ZHENGTU_MEMORY_MB"
    )]
    pub memory_mb: u64,
    /// Workers kept ready [default: one for each processor].
    #[arg(long, value_name = "N", env = "ZHENGTU_WORKERS")]
    pub workers: Option<NonZeroUsize>,
    /// Workers at most, when those kept ready are busy for long [default: four times as many].
    #[arg(long, value_name = "N", env = "ZHENGTU_WORKERS_MAX")]
    pub workers_max: Option<NonZeroUsize>,
    /// Queries that may wait for a worker; more are refused at once.
    #[arg(long, value_name = "N", default_value_t = 256, env = "ZHENGTU_WAITING_MAX")]
    pub waiting_max: usize,
    /// How long each of them may wait, in milliseconds.
    #[arg(long, value_name = "MS", default_value_t = 10_000, env = "ZHENGTU_WAIT_MS")]
    pub wait_ms: u64,
    /// Host of another endpoint that SERVICE in a query may ask, over TLS and at public addresses only;
    /// http://HOST for one without TLS. May be given several times.
    #[arg(
        long,
        value_name = "HOST[:PORT]",
        value_delimiter = ',',
        value_parser = host,
        env = "ZHENGTU_SERVICE_HOSTS"
    )]
    pub service_host: Vec<String>,
}

impl PoolArgs {
    /// The pool for the release in `release_dir`, of workers that run `program`.
    pub fn options(&self, program: PathBuf, release_dir: PathBuf) -> PoolOptions {
        let processors = || std::thread::available_parallelism().map_or(2, NonZeroUsize::get);
        let workers = self.workers.map_or_else(processors, NonZeroUsize::get);
        let (memory_bytes, kept) = (self.memory_mb << 20, Limits::default().links_bytes_max);
        PoolOptions {
            program,
            release_dir,
            limits: Limits {
                timeout_ms: self.timeout_ms,
                // The rest is for the query itself.
                links_bytes_max: usize::try_from(memory_bytes / 8)
                    .map_or(kept, |part| part.min(kept)),
                ..Limits::default()
            },
            service_hosts: self.service_host.clone(),
            memory_bytes,
            workers,
            workers_max: self.workers_max.map_or(workers.saturating_mul(4), NonZeroUsize::get),
            // More than the semaphore behind it can count is as good as no bound.
            waiting_max: self.waiting_max.min(1 << 20),
            wait_ms: self.wait_ms,
        }
    }
}

/// Arguments of `mcp`.
#[derive(Debug, Args)]
pub struct McpArgs {
    /// Answer from this release instead of the current one.
    #[arg(long, value_name = "ID")]
    pub release: Option<String>,
    /// What queries may take; without --workers one worker is kept ready.
    #[command(flatten)]
    pub pool: PoolArgs,
}

/// Arguments of `worker`.
#[derive(Debug, Args)]
pub struct WorkerArgs {
    /// Folder of one release.
    #[arg(long)]
    pub release_dir: PathBuf,
    /// Limits of each query, as JSON.
    #[arg(long, value_parser = |json: &str| serde_json::from_str::<Limits>(json))]
    pub limits: Limits,
    /// Private memory of the process beside its stack.
    #[arg(long)]
    pub memory_bytes: u64,
    /// Hosts that SERVICE may ask.
    #[arg(long)]
    pub service_host: Vec<String>,
}

/// A host as it was written, if it is one.
fn host(text: &str) -> Result<String, HostError> {
    Hosts::parse([text]).map(|_| text.to_owned())
}
