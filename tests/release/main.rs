//! A release built from the repository's own data, and what it answers: the whole way from the notice
//! to a page. It is built once, in this process, and read by every test.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed, and says where"
)]

mod crawl;
mod described;
mod dumps;
mod graph;
mod mcp;
mod queries;
mod search;
mod site;
mod suggest;

use std::fs;
use std::path::Path;
use std::sync::OnceLock;
use zhengtu::graph::DEFAULT_BASE;
use zhengtu::pipeline::{self, BuildOptions};
use zhengtu::release::Release;
use zhengtu::store::Row;

/// The release of the repository's data.
fn release() -> &'static Release {
    static RELEASE: OnceLock<Release> = OnceLock::new();
    RELEASE.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let releases = Path::new(env!("CARGO_TARGET_TMPDIR")).join("release-of-the-data");
        if releases.exists() {
            fs::remove_dir_all(&releases).unwrap();
        }
        let options = BuildOptions {
            sources: Vec::new(),
            data: root.join("data"),
            queries: root.join("queries"),
            releases: releases.clone(),
            base_iri: DEFAULT_BASE.to_owned(),
            dumps: true,
        };
        pipeline::build(&options, &|_| {}).unwrap();
        Release::open(&releases).unwrap()
    })
}

/// The rows of a SELECT over the release.
fn select(query: &str) -> Vec<Row> {
    release().endpoint.select(query, &[]).unwrap()
}

/// The values of one variable, in the order of the rows.
fn column(query: &str, name: &str) -> Vec<String> {
    select(query).iter().map(|row| row.text(name).to_owned()).collect()
}
