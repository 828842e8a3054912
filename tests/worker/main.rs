//! Queries that bring other servers down, put to workers and to a running service: the offender is told why
//! it ended, and nobody else notices. The release is that of the repository's own data, built once.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed, and says where"
)]

mod answers;
mod connections;
mod death;
mod jobs;
mod offenders;
mod searches;
mod served;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use zhengtu::graph::DEFAULT_BASE;
use zhengtu::pipeline::{self, BuildOptions};
use zhengtu::release::Release;
use zhengtu::store::{AnswerFormat, Limits};
use zhengtu::worker::{Evaluator, Pool, PoolOptions, Question, Wish};

/// The program under test, which the pool starts again.
const PROGRAM: &str = env!("CARGO_BIN_EXE_zhengtu");

/// The folder of releases, with one of the repository's data.
fn releases() -> &'static Path {
    static RELEASES: OnceLock<PathBuf> = OnceLock::new();
    RELEASES.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let releases = Path::new(env!("CARGO_TARGET_TMPDIR")).join("release-for-workers");
        if releases.exists() {
            fs::remove_dir_all(&releases).unwrap();
        }
        let options = BuildOptions {
            sources: Vec::new(),
            data: root.join("data"),
            queries: root.join("queries"),
            releases: releases.clone(),
            base_iri: DEFAULT_BASE.to_owned(),
            dumps: false,
        };
        pipeline::build(&options, &|_| {}).unwrap();
        releases
    })
}

fn release() -> Release {
    Release::open(releases()).unwrap()
}

/// One worker, which nothing ends but what the test is about.
fn one_worker() -> PoolOptions {
    PoolOptions {
        program: PROGRAM.into(),
        release_dir: release().dir,
        limits: Limits { timeout_ms: 600_000, rows_held_max: usize::MAX, ..Limits::default() },
        service_hosts: Vec::new(),
        memory_bytes: 1 << 30,
        workers: 1,
        workers_max: 1,
        waiting_max: 8,
        wait_ms: 60_000,
    }
}

async fn pool(options: PoolOptions) -> Evaluator {
    Evaluator::in_pool(Pool::start(options).await.unwrap())
}

fn question(text: &str) -> Question {
    Question {
        text: text.to_owned(),
        default_graphs: Vec::new(),
        named_graphs: Vec::new(),
        table_format: Some(AnswerFormat::Csv),
        graph_format: Some(AnswerFormat::NTriples),
        cut: None,
        wish: Wish::Answer,
    }
}

/// The whole answer, which must be one.
async fn answer(evaluator: &Evaluator, text: &str) -> String {
    let (bytes, _) = evaluator.ask(question(text)).await.unwrap().collect().await.unwrap();
    String::from_utf8(bytes).unwrap()
}
