//! `zhengtu serve`: a release over HTTP until the process is asked to stop. In: arguments and signals. Out: exit status 0 once what was
//! running is answered or its time is up. SIGTERM, from a supervisor, drains with notice; Ctrl-C drains at once; a second
//! signal ends what still runs.

use anyhow::{Context, Result};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use tokio::signal::unix::{Signal, SignalKind, signal};
use zhengtu::config::ServeArgs;
use zhengtu::jobs::Jobs;
use zhengtu::release::Release;
use zhengtu::service::{self, Exports, Live, MakeSite, Patience, Site};
use zhengtu::worker::{Evaluator, Pool};

/// Serves the current release, or the one that the arguments name.
pub(crate) fn serve(releases: &Path, args: &ServeArgs) -> Result<ExitCode> {
    raise_open_files();
    let release = match &args.release {
        Some(id) => Release::open_id(releases, id)?,
        None => Release::open(releases)?,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let served = runtime.block_on(serve_release(release, releases, args));
    // A query whose time is up may still run on its thread: the process does not wait for it.
    runtime.shutdown_background();
    served
}

/// Lets the process hold as many files open as the system allows at all: each connection is one, and a shell's own bound is often 1,024.
fn raise_open_files() {
    let allowed = getrlimit(Resource::Nofile);
    let raised = Rlimit { current: allowed.maximum, maximum: allowed.maximum };
    if let Err(error) = setrlimit(Resource::Nofile, raised) {
        tracing::warn!(%error, "the number of open files stays as it is");
    }
}

async fn serve_release(release: Release, releases: &Path, args: &ServeArgs) -> Result<ExitCode> {
    let id = release.manifest.id.clone();
    let jobs = args.jobs.options().map(Jobs::open).transpose()?;
    let make_site = make_site(args, jobs.clone())?;
    let live =
        Live::with_fairness(in_background(&make_site, release).await?, args.fairness.options());
    let listener = tokio::net::TcpListener::bind(args.listen)
        .await
        .with_context(|| format!("cannot listen on {}", args.listen))?;
    let [mut asked, mut again] = [Stop::new()?, Stop::new()?];
    eprintln!("serving release {id} on http://{}", listener.local_addr()?);
    if args.release.is_none() {
        tokio::spawn(service::follow(live.clone(), releases.to_owned(), make_site));
    }
    let notice = Duration::from_secs(args.notice_s);
    let stop = async move { if asked.by_terminal().await { Duration::ZERO } else { notice } };
    let ended = async move {
        again.by_terminal().await;
        again.by_terminal().await;
    };
    let patience =
        Patience { finish_max: Duration::from_secs(args.drain_s), ..Patience::default() };
    tokio::select! {
        () = service::serve(listener, live, stop, patience) => {}
        () = ended => {}
    }
    if let Some(jobs) = jobs {
        jobs.close();
    }
    Ok(ExitCode::SUCCESS)
}

/// How a release becomes a site: with workers of its own, and with its text index read in the background.
fn make_site(args: &ServeArgs, jobs: Option<Jobs>) -> Result<MakeSite> {
    let (pool, program, job_args) = (args.pool.clone(), this_program()?, args.jobs.clone());
    let kept_bytes = usize::try_from(args.kept_mb << 20).unwrap_or(usize::MAX);
    let runtime = tokio::runtime::Handle::current();
    let asked = Arc::default();
    Ok(Arc::new(move |release: Release| {
        let options = pool.options(program.clone(), release.dir.clone());
        let for_jobs = job_args.pool(&pool, program.clone(), release.dir.clone());
        let index = Arc::clone(&release.index);
        let pool = runtime.block_on(Pool::start(options))?;
        // The first search would wait for it; no other answer does.
        std::thread::spawn(move || index.warm());
        let evaluator = Evaluator::in_pool(pool).keeping(kept_bytes);
        let site = Site::with_evaluator(release, evaluator).with_asked(Arc::clone(&asked));
        let Some(jobs) = jobs.clone() else { return Ok(site) };
        let evaluator = Evaluator::in_pool_when_asked(for_jobs);
        Ok(site.with_exports(Exports { jobs, evaluator }))
    }))
}

async fn in_background(make_site: &MakeSite, release: Release) -> Result<Site> {
    let make_site = Arc::clone(make_site);
    Ok(tokio::task::spawn_blocking(move || make_site(release)).await??)
}

/// What to run for a worker: this program as it was started, also where its file has been replaced since.
pub(crate) fn this_program() -> Result<PathBuf> {
    let running = Path::new("/proc/self/exe");
    if running.exists() {
        return Ok(running.to_owned());
    }
    std::env::current_exe().context("cannot find the program itself, to start workers")
}

/// The signals that ask the process to stop.
struct Stop {
    interrupt: Signal,
    terminate: Signal,
}

impl Stop {
    fn new() -> io::Result<Self> {
        let interrupt = signal(SignalKind::interrupt())?;
        Ok(Self { interrupt, terminate: signal(SignalKind::terminate())? })
    }

    /// Waits for the next of them; whether somebody at the terminal sent it.
    async fn by_terminal(&mut self) -> bool {
        tokio::select! {
            _ = self.interrupt.recv() => true,
            _ = self.terminate.recv() => false,
        }
    }
}
