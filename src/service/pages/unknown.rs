//! Names in a query that the data do not have, for a query that found nothing. In: a query; out: each name in words, with the nearest that there are. Guarantee:
//! whatever keeps the query from being checked is no failure: then there is nothing to tell.

use crate::service::evaluate::evaluate;
use crate::service::lookup::Lookup;
use crate::service::request::Ask;
use crate::service::sparql::question;
use crate::store::QueryReport;
use crate::worker::{Question, Wish};

/// Names that are told; who has more mends these first.
const TOLD_MAX: usize = 5;

/// A name that the data do not have.
pub(super) struct Unknown {
    /// That it is not there, in words.
    pub(super) words: String,
    pub(super) nearest: Vec<String>,
}

/// The names of `query` that the data do not have.
pub(super) async fn unknown_names(lookup: Lookup<'_>, ask: &Ask, query: &str) -> Vec<Unknown> {
    let report = report_on(lookup, ask, query).await;
    let warnings = report.map(|report| report.warnings).unwrap_or_default();
    let told = warnings.into_iter().take(TOLD_MAX).map(|note| Unknown {
        words: lookup.t(&note.chinese, &note.message).to_owned(),
        nearest: note.nearest,
    });
    told.collect()
}

async fn report_on(lookup: Lookup<'_>, ask: &Ask, query: &str) -> Option<QueryReport> {
    let asked = question(query.to_owned(), &ask.parameters).ok()?;
    let asked = Question { wish: Wish::Check, ..asked };
    let answer = evaluate(lookup.site, &ask.visit, asked).await.ok()?;
    let (bytes, _) = answer.collect().await.ok()?;
    serde_json::from_slice(&bytes).ok()
}
