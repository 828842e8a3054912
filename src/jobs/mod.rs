//! Long exports: queries whose answers are written to files, to be fetched when they are done.
//!
//! In: an [`Order`], which is a question, where it is evaluated and whose it is. Out: a [`Report`] of how far it is, and at the end a file.
//! Guarantees: so many run at once and no more; files together stay below a bound; whatever ends the service, a folder that is
//! opened again has each answer whole or not at all. The surprise: who knows the id of a job may see and remove it, so an id is 128 bits of chance.
//!
//! ```text
//! order -> jobs -> run -> folder (ID.json, ID.part -> ID.result) -> report, result
//! ```

mod error;
mod folder;
mod id;
mod register;
mod report;
mod run;

pub use error::{JobError, NotTaken};
pub use folder::JobFile;
pub use register::{JobCounts, JobOptions, Jobs, Order};
pub use report::{Report, State};
