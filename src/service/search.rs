//! Search: `/search` as a page or JSON by `Accept`, `/search.json` always JSON, `/related.json` for what is like a resource. In: words,
//! filters, a page; out: hits with facets. Guarantee: no words are an error; a malformed parameter is a 400 that says which.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::alternatives::with_alternatives;
use super::error::ServiceError;
use super::freshness::VARY;
use super::limits::{HITS_DEFAULT, HITS_MAX, RELATED_DEFAULT, RESULT_PAGES_MAX, SEARCH_CHARS_MAX};
use super::off_thread;
use super::pages;
use super::parameters::Parameters;
use super::request::Ask;
use super::site::Site;
use super::ways_out::ways_out;
use crate::index::{Axis, EntryKind, Mode, Search, Sort, WITHIN_MAX};
use crate::release::Answer;

const HTML: &str = "text/html";
const JSON: &str = "application/json";

/// `GET /search`.
pub(crate) async fn serve(
    State(site): State<Arc<Site>>,
    ask: Ask,
) -> Result<Response, ServiceError> {
    let offers = [(HTML, HTML), (JSON, JSON)];
    match ask.accept.choose(&offers) {
        Some(HTML) => {
            let (search, mut answer) = answer(&site, &ask).await?;
            let (index, tried) = (Arc::clone(&site.index), search.clone());
            let mut facets = std::mem::take(&mut answer.results.facets);
            let total = answer.results.total;
            let (facets, ways) = off_thread("search", move || {
                with_alternatives(&tried, &index, &mut facets);
                (facets, if total == 0 { ways_out(&tried, &index) } else { Vec::new() })
            })
            .await?;
            answer.results.facets = facets;
            pages::render_results(&site, &ask, (&search, &answer), &ways)
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
    let (_, answer) = answer(&site, &ask).await?;
    Ok(json(&answer))
}

/// `GET /related.json`: what is like the resource `iri`.
pub(crate) async fn serve_related(
    State(site): State<Arc<Site>>,
    ask: Ask,
) -> Result<Response, ServiceError> {
    let iri = ask.parameters.one("iri")?.unwrap_or("").to_owned();
    let hits_max = ask.parameters.number("size", 1, HITS_MAX)?.unwrap_or(RELATED_DEFAULT);
    let index = Arc::clone(&site.index);
    let asked = iri.clone();
    let related = off_thread("search", move || index.related(&asked, hits_max)).await?;
    match related {
        Some(related) => Ok(json(&related)),
        None => Err(ServiceError::BadParameter {
            name: "iri".into(),
            chinese: "应为可检索的资源（文件、措施、目标、部门、指标、地点或行动）的 IRI".into(),
            english: "must be the IRI of a document, measure, target, department, indicator, place or programme".into(),
        }),
    }
}

/// An answer as JSON; numbers, strings and lists always have that form.
fn json(answer: &impl Serialize) -> Response {
    let body = serde_json::to_string(answer).unwrap_or_default();
    ([(header::CONTENT_TYPE, JSON)], [(header::VARY, VARY)], body).into_response()
}

async fn answer(site: &Arc<Site>, ask: &Ask) -> Result<(Search, Answer), ServiceError> {
    let search = read(&ask.parameters)?;
    let (index, suggestions) = (Arc::clone(&site.index), Arc::clone(&site.suggestions));
    let asked = search.clone();
    let answer = off_thread("search", move || Answer::to(&asked, &index, &suggestions)).await?;
    Ok((search, answer))
}

/// The search that the parameters describe.
fn read(parameters: &Parameters) -> Result<Search, ServiceError> {
    let within = parameters.all("within").filter(|words| !words.trim().is_empty());
    let within: Vec<&str> = within.take(WITHIN_MAX + 1).collect();
    let words = words_of("q", parameters.one("q")?.unwrap_or(""))?;
    if within.len() > WITHIN_MAX {
        return Err(ServiceError::BadParameter {
            name: "within".into(),
            chinese: format!("最多 {WITHIN_MAX} 次"),
            english: format!("may be given at most {WITHIN_MAX} times"),
        });
    }
    let kinds = all_of(parameters, "kind", &EntryKind::ALL.map(|kind| (kind.name(), kind)))?;
    let filters = Axis::ALL.into_iter().flat_map(|axis| {
        let values = parameters.all(axis.name()).filter(|value| !value.is_empty());
        values.map(move |value| (axis, value.to_owned()))
    });
    let hits_max = parameters.number("size", 1, HITS_MAX)?.unwrap_or(HITS_DEFAULT);
    let page = parameters.number("page", 1, RESULT_PAGES_MAX)?.unwrap_or(1);
    Ok(Search {
        words,
        within: within
            .into_iter()
            .map(|words| words_of("within", words))
            .collect::<Result<_, _>>()?,
        kinds,
        mode: one_of(parameters, "mode", &Mode::ALL.map(|mode| (mode.name(), mode)))?
            .unwrap_or_default(),
        titles_only: one_of(parameters, "in", &[("title", true), ("all", false)])?.unwrap_or(false),
        filters: filters.collect(),
        has_targets: one_of(parameters, "targets", &[("yes", true), ("no", false)])?,
        sort: one_of(parameters, "sort", &Sort::ALL.map(|sort| (sort.name(), sort)))?
            .unwrap_or_default(),
        offset: (page - 1) * hits_max,
        hits_max,
    })
}

/// Words without the spaces around them, unless there are too many.
fn words_of(name: &str, given: &str) -> Result<String, ServiceError> {
    if given.chars().count() > SEARCH_CHARS_MAX {
        return Err(ServiceError::BadParameter {
            name: name.to_owned(),
            chinese: format!("最长 {SEARCH_CHARS_MAX} 个字"),
            english: format!("has at most {SEARCH_CHARS_MAX} characters"),
        });
    }
    Ok(given.trim().to_owned())
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
