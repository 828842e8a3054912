//! `zhengtu serve`: a release over HTTP until the process is asked to stop. In: arguments and signals. Out: exit status 0 once what was
//! running is answered or its time is up. SIGTERM, from a supervisor, drains with notice; Ctrl-C drains at once; a second
//! signal ends what still runs.

use anyhow::{Context, Result};
use std::io;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;
use tokio::signal::unix::{Signal, SignalKind, signal};
use zhengtu::config::ServeArgs;
use zhengtu::release::Release;
use zhengtu::service::{self, Live, Site};

/// Serves the current release, or the one that the arguments name.
pub(crate) fn serve(releases: &Path, args: &ServeArgs) -> Result<ExitCode> {
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

async fn serve_release(release: Release, releases: &Path, args: &ServeArgs) -> Result<ExitCode> {
    let id = release.manifest.id.clone();
    let live = Live::new(Site::new(release));
    let listener = tokio::net::TcpListener::bind(args.listen)
        .await
        .with_context(|| format!("cannot listen on {}", args.listen))?;
    let [mut asked, mut again] = [Stop::new()?, Stop::new()?];
    eprintln!("serving release {id} on http://{}", listener.local_addr()?);
    if args.release.is_none() {
        tokio::spawn(service::follow(live.clone(), releases.to_owned()));
    }
    let notice = Duration::from_secs(args.notice_s);
    let stop = async move { if asked.by_terminal().await { Duration::ZERO } else { notice } };
    let ended = async move {
        again.by_terminal().await;
        again.by_terminal().await;
    };
    tokio::select! {
        served = service::serve(listener, live, stop, Duration::from_secs(args.drain_s)) => served?,
        () = ended => {}
    }
    Ok(ExitCode::SUCCESS)
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
