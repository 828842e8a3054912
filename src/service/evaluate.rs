//! A question of a client, put to the evaluator. In: a question, and whose it is; out: the answer, or why there is none. Guarantee: an answer that is
//! kept costs its client nothing; any other is paid for once its last byte was made, or its client went away.

use axum::http::Extensions;

use super::error::ServiceError;
use super::language::Reader;
use super::site::Site;
use super::sparql::explain;
use super::visit::Visit;
use crate::mcp::{Asked, Asking};
use crate::worker::{Answer, Cause, Evaluator, Question, Refusal};

/// Puts `question` for the client of `visit`.
pub(crate) async fn evaluate(
    site: &Site,
    visit: &Visit,
    question: Question,
) -> Result<Answer, ServiceError> {
    put(&site.evaluator, visit, question).await.map_err(|unanswered| match unanswered {
        Unanswered::Spent(error) => error,
        Unanswered::Refused(refusal) => explain(refusal),
    })
}

/// Puts the questions of tools, each on the account of who called the tool.
pub(crate) struct OnAccount(pub(crate) Evaluator);

impl Asking for OnAccount {
    fn ask<'a>(&'a self, request: &'a Extensions, question: Question) -> Asked<'a> {
        Box::pin(async move {
            let put = put(&self.0, &Visit::of(request), question).await;
            put.map_err(|unanswered| match unanswered {
                Unanswered::Spent(error) => Refusal {
                    cause: Cause::Busy,
                    detail: error.detail(Reader::ENGLISH),
                    chinese: error.detail(Reader::CHINESE),
                },
                Unanswered::Refused(refusal) => refusal,
            })
        })
    }
}

/// Why there is no answer.
enum Unanswered {
    /// The client has had its share.
    Spent(ServiceError),
    /// The query gets none.
    Refused(Refusal),
}

async fn put(
    evaluator: &Evaluator,
    visit: &Visit,
    question: Question,
) -> Result<Answer, Unanswered> {
    visit.note_query(&question.text);
    let open = match evaluator.find_kept(question) {
        Ok(answer) => return Ok(answer.telling(visit.rows_note())),
        Err(open) => open,
    };
    let leave = visit.enter().map_err(|spent| Unanswered::Spent(ServiceError::Spent(spent)))?;
    let Some(mut leave) = leave else {
        let answer = evaluator.evaluate(open, || {}).await.map_err(Unanswered::Refused)?;
        return Ok(answer.telling(visit.rows_note()));
    };
    let answer = evaluator.evaluate(open, || leave.begin()).await.map_err(Unanswered::Refused)?;
    Ok(answer.until_ended(leave).telling(visit.rows_note()))
}
