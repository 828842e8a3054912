//! A question of a client, put to the evaluator. In: a question, and whose it is; out: the answer, or why there is none. Guarantee: an answer that is
//! kept costs its client nothing; any other is paid for once its last byte was made, or its client went away.

use super::error::ServiceError;
use super::site::Site;
use super::sparql::explain;
use super::visit::Visit;
use crate::worker::{Answer, Question};

/// Puts `question` for the client of `visit`.
pub(crate) async fn evaluate(
    site: &Site,
    visit: &Visit,
    question: Question,
) -> Result<Answer, ServiceError> {
    visit.note_query(&question.text);
    let open = match site.evaluator.find_kept(question) {
        Ok(answer) => return Ok(answer),
        Err(open) => open,
    };
    let Some(mut leave) = visit.enter().map_err(ServiceError::Spent)? else {
        return site.evaluator.evaluate(open, || {}).await.map_err(explain);
    };
    let answer = site.evaluator.evaluate(open, || leave.begin()).await.map_err(explain)?;
    Ok(answer.until_ended(leave))
}
