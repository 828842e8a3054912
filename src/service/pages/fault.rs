//! Why a query has no answer, as the query page tells it. In: the error and the query; out: title, words in the reader's language, the
//! exact words of the evaluator where they are others, and the line concerned, cut at the place.

use crate::service::error::{QueryProblem, ServiceError};
use crate::service::language::Reader;

/// What is wrong with a query, and where.
pub(super) struct Fault {
    pub(super) title: String,
    pub(super) detail: String,
    /// The words of the evaluator; empty where `detail` has them.
    pub(super) exact: String,
    pub(super) line: Option<u64>,
    pub(super) column: Option<u64>,
    /// The line concerned, cut before and at the place.
    pub(super) before: String,
    pub(super) after: String,
}

/// What is wrong, with the line cut at the place.
pub(super) fn fault(reader: Reader, error: &ServiceError, query: &str) -> Fault {
    let place = match error {
        ServiceError::Query(QueryProblem { place, .. }) => *place,
        _ => None,
    };
    let index = |number: u64| usize::try_from(number.saturating_sub(1)).unwrap_or(usize::MAX);
    let line = place.and_then(|(line, _)| query.lines().nth(index(line))).unwrap_or("");
    let column = place.map_or(0, |(_, column)| index(column));
    Fault {
        title: error.title(reader),
        detail: error.explanation(reader),
        exact: error.exact(reader).unwrap_or_default().to_owned(),
        line: place.map(|(line, _)| line),
        column: place.map(|(_, column)| column),
        before: line.chars().take(column).collect(),
        after: line.chars().skip(column).collect(),
    }
}
