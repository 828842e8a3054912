//! Search: `/search` as a page or JSON by `Accept`, `/search.json` always JSON. In: words, filters, a page;
//! out: hits with facets. Guarantee: no words are an error; a malformed parameter is a 400 that says which.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::error::ServiceError;
use super::freshness::VARY;
use super::limits::{HITS_DEFAULT, HITS_MAX, RESULT_PAGES_MAX, SEARCH_CHARS_MAX};
use super::off_thread;
use super::pages;
use super::parameters::Parameters;
use super::request::Ask;
use super::site::Site;
use crate::index::{Axis, EntryKind, Mode, Results, Search, Sort};

const HTML: &str = "text/html";
const JSON: &str = "application/json";

/// Ways to look for words, by their names in addresses.
pub(crate) const MODES: [(&str, Mode); 3] =
    [("smart", Mode::Smart), ("exact", Mode::Exact), ("word", Mode::Word)];

/// Orders of hits, by their names in addresses.
pub(crate) const SORTS: [(&str, Sort); 3] =
    [("relevance", Sort::Relevance), ("date", Sort::Date), ("deadline", Sort::Deadline)];

/// A search with the page of it that is wanted.
pub(crate) struct Wanted {
    /// What is looked for.
    pub(crate) search: Search,
    /// Page of results, from 1.
    pub(crate) page: usize,
}

/// `GET /search`.
pub(crate) async fn serve(
    State(site): State<Arc<Site>>,
    ask: Ask,
) -> Result<Response, ServiceError> {
    let offers = [(HTML, HTML), (JSON, JSON)];
    match ask.accept.choose(&offers) {
        Some(HTML) => {
            let (wanted, results) = search(&site, &ask).await?;
            pages::render_results(&site, &ask, &wanted, &results)
        }
        Some(_) => serve_json(State(site), ask).await,
        None => Err(ServiceError::NotAcceptable { offered: vec![HTML, JSON] }),
    }
}

/// `GET /search.json`.
pub(crate) async fn serve_json(
    State(site): State<Arc<Site>>,
    ask: Ask,
) -> Result<Response, ServiceError> {
    let (wanted, results) = search(&site, &ask).await?;
    let meant = did_you_mean(&site, &wanted, &results).await?;
    let body = json!({
        "query": wanted.search.words,
        "page": wanted.page,
        "size": wanted.search.hits_max,
        "total": results.total,
        "relaxed": results.relaxed,
        "didYouMean": meant,
        "hits": results.hits,
        "facets": results.facets,
    });
    let headers = [(header::CONTENT_TYPE, JSON)];
    Ok((headers, [(header::VARY, VARY)], body.to_string()).into_response())
}

/// What the words may have meant, where they found nothing as they are.
async fn did_you_mean(
    site: &Arc<Site>,
    wanted: &Wanted,
    results: &Results,
) -> Result<Option<String>, ServiceError> {
    if results.total > 0 && !results.relaxed {
        return Ok(None);
    }
    let suggestions = Arc::clone(&site.suggestions);
    let words = wanted.search.words.clone();
    off_thread("search", move || suggestions.did_you_mean(&words)).await
}

async fn search(site: &Arc<Site>, ask: &Ask) -> Result<(Wanted, Results), ServiceError> {
    let wanted = read(&ask.parameters)?;
    let index = Arc::clone(&site.index);
    let search = wanted.search.clone();
    let results = off_thread("search", move || index.search(&search)).await?;
    Ok((wanted, results))
}

/// The search that the parameters describe.
fn read(parameters: &Parameters) -> Result<Wanted, ServiceError> {
    let words = parameters.one("q")?.unwrap_or("").trim().to_owned();
    if words.chars().count() > SEARCH_CHARS_MAX {
        return Err(ServiceError::BadParameter {
            name: "q".into(),
            chinese: format!("最长 {SEARCH_CHARS_MAX} 个字"),
            english: format!("has at most {SEARCH_CHARS_MAX} characters"),
        });
    }
    let kinds = all_of(parameters, "kind", &EntryKind::ALL.map(|kind| (kind.name(), kind)))?;
    let filters = Axis::ALL.into_iter().flat_map(|axis| {
        let values = parameters.all(axis.name()).filter(|value| !value.is_empty());
        values.map(move |value| (axis, value.to_owned()))
    });
    let hits_max = parameters.number("size", 1, HITS_MAX)?.unwrap_or(HITS_DEFAULT);
    let page = parameters.number("page", 1, RESULT_PAGES_MAX)?.unwrap_or(1);
    let search = Search {
        words,
        kinds,
        mode: one_of(parameters, "mode", &MODES)?.unwrap_or_default(),
        titles_only: one_of(parameters, "in", &[("title", true), ("all", false)])?.unwrap_or(false),
        filters: filters.collect(),
        has_targets: one_of(parameters, "targets", &[("yes", true), ("no", false)])?,
        sort: one_of(parameters, "sort", &SORTS)?.unwrap_or_default(),
        offset: (page - 1) * hits_max,
        hits_max,
    };
    Ok(Wanted { search, page })
}

/// What a parameter says that has one of these words, or none.
fn one_of<T: Copy>(
    parameters: &Parameters,
    name: &str,
    words: &[(&str, T)],
) -> Result<Option<T>, ServiceError> {
    let given = parameters.one(name)?.filter(|value| !value.is_empty());
    given.map(|given| meant(name, given, words)).transpose()
}

/// What a parameter says that may be given several times with one of these words.
fn all_of<T: Copy>(
    parameters: &Parameters,
    name: &str,
    words: &[(&str, T)],
) -> Result<Vec<T>, ServiceError> {
    let given = parameters.all(name).filter(|value| !value.is_empty());
    given.map(|given| meant(name, given, words)).collect()
}

fn meant<T: Copy>(name: &str, given: &str, words: &[(&str, T)]) -> Result<T, ServiceError> {
    let known = words.iter().find(|(word, _)| *word == given).map(|(_, value)| *value);
    known.ok_or_else(|| {
        let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let words = words.join(", ");
        ServiceError::BadParameter {
            name: name.to_owned(),
            chinese: format!("应为以下之一：{words}"),
            english: format!("must be one of {words}"),
        }
    })
}
