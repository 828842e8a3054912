//! Corrections: what a person knows better than the rules, applied to a document before it is described.
//!
//! In: tables of corrections (`data/corrections/*.tsv`, described beside them), and each [`Document`](crate::document::Document)
//! with its findings. Out: the same document with the corrected values, and a finding of kind `Corrected` a correction.
//! Guarantees: each entry matches exactly one fact of exactly one document, or the error names file and line and says what
//! was found instead; a corrected fact keeps the span of the words it was read from. Surprising: an entry that stops
//! matching, because a rule got better, is an error too: it has done its work and can go.

mod apply;
mod entry;
mod error;
mod fact;
mod value;

pub use apply::{Corrections, number_of};
pub use error::CorrectionError;
