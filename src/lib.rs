//! 政图 Zhengtu: Chinese government policy documents as a knowledge graph, and a service over it.
//!
//! ```text
//! bytes -> text -> document + findings -> triples -> release (graph + index + examples) -> service
//!          text/   document/  extract/    graph/     release/ image/ columns/ store/ index/ suggest/ worker/ remote/ jobs/ mcp/ service/
//!                  correct/
//! ```
//!
//! The modules in reading order; each uses only those before it (`tests/tidy.rs` checks that).

pub mod text;

pub mod document;

pub mod extract;

pub mod correct;

pub mod graph;

pub mod image;

mod columns;

pub mod store;

pub mod shapes;

pub mod index;

pub mod suggest;

pub mod release;

pub mod remote;

pub mod worker;

pub mod jobs;

pub mod mcp;

pub mod pipeline;

pub mod service;

pub mod config;
