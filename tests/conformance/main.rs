//! The W3C test suite of SPARQL 1.1, where it lies beside the repository: queries through our own path from text to
//! bytes, the same through Oxigraph's evaluator, and the protocols through our router. No test fails here that does not fail there, and what
//! fails in both is listed with its reason. Without the suite, which is never part of the repository, each test says so and passes.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed, and says where"
)]

#[cfg(test)]
mod exchange;
#[cfg(test)]
mod graph_store;
#[cfg(test)]
mod ours;
#[cfg(test)]
mod outcome;
#[cfg(test)]
mod protocol;
#[cfg(test)]
mod queries;
#[cfg(test)]
mod reference;
#[cfg(test)]
mod suite;
