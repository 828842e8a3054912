//! Releases change as a whole or not at all: builds that are killed or have no room, sources that did not change, a service
//! whose release is replaced, and the way back. The documents are invented.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed, and says where"
)]

#[cfg(test)]
mod cache;
#[cfg(test)]
mod client;
#[cfg(test)]
mod disk;
#[cfg(test)]
mod kill;
#[cfg(test)]
mod nursery;
#[cfg(test)]
mod serving;
#[cfg(test)]
mod shelf;
