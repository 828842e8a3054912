//! Where the queries of tools go. In: a question, and what is known of the request that it came with; out: an answer. Surprising: this room does not know
//! who its clients are; the service does, and puts each query on the account of its sender.

use crate::worker::{Answer, Evaluator, Question, Refusal};
use axum::http::Extensions;
use std::pin::Pin;

/// An answer to come.
pub type Asked<'a> = Pin<Box<dyn Future<Output = Result<Answer, Refusal>> + Send + 'a>>;

/// Has queries evaluated.
pub trait Asking: Send + Sync {
    /// Puts `question` for whoever sent the request with these extensions; there are none where it did not come over HTTP.
    fn ask<'a>(&'a self, request: &'a Extensions, question: Question) -> Asked<'a>;
}

/// Nobody has to pay.
impl Asking for Evaluator {
    fn ask<'a>(&'a self, _: &'a Extensions, question: Question) -> Asked<'a> {
        Box::pin(Self::ask(self, question))
    }
}
