//! `zhengtu mcp`: the tools of language models over standard input and output. In: a release, then lines of the protocol until the input ends. Out: lines
//! of the protocol; logs go to standard error. Queries run in workers, as those of the service do.

use super::serving::this_program;
use anyhow::Result;
use std::num::NonZeroUsize;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use zhengtu::config::{McpArgs, PoolArgs};
use zhengtu::mcp::{Source, serve_stdio};
use zhengtu::release::Release;
use zhengtu::worker::{Evaluator, Pool};

/// Answers the client that started this process.
pub(crate) fn talk(releases: &Path, args: &McpArgs) -> Result<ExitCode> {
    let release = match &args.release {
        Some(id) => Release::open_id(releases, id)?,
        None => Release::open(releases)?,
    };
    // There is one client, which mostly waits for one answer.
    let workers = args.pool.workers.or(NonZeroUsize::new(1));
    let pool = PoolArgs { workers, ..args.pool.clone() };
    let options = pool.options(this_program()?, release.dir.clone());
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let talked = runtime.block_on(async {
        let evaluator = Evaluator::in_pool(Pool::start(options).await?);
        serve_stdio(Source::of(release, Arc::new(evaluator))).await?;
        anyhow::Ok(())
    });
    // Reading standard input cannot be called off: the process does not wait for it.
    runtime.shutdown_background();
    talked?;
    Ok(ExitCode::SUCCESS)
}
