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
use crate::index::{EntryKind, Results, Search};

const HTML: &str = "text/html";
const JSON: &str = "application/json";

/// Kinds by the name that stands in addresses, in the order of listing.
pub(crate) const KINDS: [(&str, EntryKind); 6] = [
    ("document", EntryKind::Document),
    ("measure", EntryKind::Measure),
    ("department", EntryKind::Department),
    ("indicator", EntryKind::Indicator),
    ("place", EntryKind::Place),
    ("programme", EntryKind::Programme),
];

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
    let body = json!({
        "query": wanted.search.words,
        "page": wanted.page,
        "size": wanted.search.hits_max,
        "total": results.total,
        "hits": results.hits,
        "facets": results.facets,
    });
    let headers = [(header::CONTENT_TYPE, JSON)];
    Ok((headers, [(header::VARY, VARY)], body.to_string()).into_response())
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
    let kinds = parameters.all("kind").filter(|kind| !kind.is_empty()).map(|name| {
        let kind = KINDS.iter().find(|(own, _)| *own == name).map(|(_, kind)| *kind);
        kind.ok_or_else(|| {
            let names = KINDS.map(|(name, _)| name).join(", ");
            ServiceError::BadParameter {
                name: "kind".into(),
                chinese: format!("应为以下之一：{names}"),
                english: format!("must be one of {names}"),
            }
        })
    });
    let iris = |name: &str| -> Vec<String> {
        parameters.all(name).filter(|iri| !iri.is_empty()).map(str::to_owned).collect()
    };
    let hits_max = parameters.number("size", 1, HITS_MAX)?.unwrap_or(HITS_DEFAULT);
    let page = parameters.number("page", 1, RESULT_PAGES_MAX)?.unwrap_or(1);
    let search = Search {
        words,
        kinds: kinds.collect::<Result<_, _>>()?,
        departments: iris("department"),
        documents: iris("document"),
        chapters: iris("chapter"),
        offset: (page - 1) * hits_max,
        hits_max,
    };
    Ok(Wanted { search, page })
}

/// The name of a kind in addresses.
pub(crate) fn kind_name(kind: EntryKind) -> &'static str {
    KINDS.iter().find(|(_, own)| *own == kind).map_or("", |(name, _)| name)
}
