//! The options of long exports. In: arguments and variables; out: the [`JobOptions`] and the [`PoolOptions`] that follow from them.

use super::serve::PoolArgs;
use crate::jobs::JobOptions;
use crate::worker::PoolOptions;
use clap::Args;
use std::path::PathBuf;

/// Jobs that wait for their turn.
const WAITING_MAX: usize = 100;

/// Jobs of one client that are kept, finished or not.
const CLIENT_KEPT_MAX: usize = 32;

/// How long a job waits for its worker to start, in milliseconds.
const WORKER_WAIT_MS: u64 = 30_000;

/// Long exports: queries by POST /jobs, whose answers are written to files and fetched when they are done.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Long exports")]
pub struct JobArgs {
    /// Jobs that run at once; 0 to take none.
    #[arg(
        long,
        value_name = "N",
        default_value_t = 1,
        value_parser = clap::value_parser!(u16).range(0..=64),
        env = "ZHENGTU_JOBS_MAX"
    )]
    pub jobs_max: u16,
    /// Folder where answers are kept, also while no service runs [default: one that is gone with the service].
    #[arg(long, value_name = "DIR", env = "ZHENGTU_JOBS")]
    pub jobs: Option<PathBuf>,
    /// Time of one job, in seconds.
    #[arg(
        long,
        value_name = "SECONDS",
        default_value_t = 600,
        value_parser = clap::value_parser!(u64).range(1..=86_400),
        env = "ZHENGTU_JOB_TIMEOUT"
    )]
    pub job_timeout_s: u64,
    /// Longest answer of one job, in MB.
    #[arg(
        long,
        value_name = "MB",
        default_value_t = 1024,
        value_parser = clap::value_parser!(u64).range(1..=1_048_576),
        env = "ZHENGTU_JOB_MB"
    )]
    pub job_mb: u64,
    /// Room for the answers of all jobs, in MB.
    #[arg(
        long,
        value_name = "MB",
        default_value_t = 4096,
        value_parser = clap::value_parser!(u64).range(1..=16_777_216),
        env = "ZHENGTU_JOBS_MB"
    )]
    pub jobs_mb: u64,
    /// Seconds that an answer is kept after its last byte.
    #[arg(
        long,
        value_name = "SECONDS",
        default_value_t = 86_400,
        value_parser = clap::value_parser!(u32).range(1..),
        env = "ZHENGTU_JOBS_KEEP"
    )]
    pub jobs_keep_s: u32,
    /// Unfinished jobs of one client.
    #[arg(
        long,
        value_name = "N",
        default_value_t = 2,
        value_parser = clap::value_parser!(u16).range(1..),
        env = "ZHENGTU_CLIENT_JOBS_MAX"
    )]
    pub client_jobs_max: u16,
}

impl JobArgs {
    /// What jobs may take; none where none are taken.
    pub fn options(&self) -> Option<JobOptions> {
        (self.jobs_max > 0).then(|| JobOptions {
            dir: self.jobs.clone(),
            running_max: usize::from(self.jobs_max),
            waiting_max: WAITING_MAX,
            client_max: usize::from(self.client_jobs_max),
            client_kept_max: CLIENT_KEPT_MAX,
            answer_bytes_max: self.job_mb << 20,
            bytes_max: self.jobs_mb << 20,
            keep_s: i64::from(self.jobs_keep_s),
        })
    }

    /// The pool for jobs beside that of `pool` for other queries, over the release in `release_dir`.
    pub fn pool(&self, pool: &PoolArgs, program: PathBuf, release_dir: PathBuf) -> PoolOptions {
        let mut options = pool.options(program, release_dir);
        options.limits.timeout_ms = self.job_timeout_s.saturating_mul(1_000);
        options.workers = 1;
        options.workers_max = usize::from(self.jobs_max).max(1);
        // A worker that was ended with its job may still be starting anew.
        options.waiting_max = options.workers_max;
        options.wait_ms = WORKER_WAIT_MS;
        options
    }
}
