//! `/sparql/check` and `/sparql/explain`: a query is looked at, or answered without its answer. In: a query as `/sparql` takes it; out: JSON.
//! Guarantee: as for any query of a stranger, nothing of it is parsed or evaluated in this process where there are workers.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get as on_get};

use super::error::ServiceError;
use super::request::Ask;
use super::site::Site;
use super::sparql::{explain, question, read_body, required_query};
use crate::worker::{Question, Wish};

/// The methods of a route that does with queries what `wish` says.
pub(crate) fn routes(wish: Wish) -> MethodRouter<Arc<Site>> {
    let get = move |State(site): State<Arc<Site>>, ask: Ask| async move {
        let text = required_query(&ask.parameters)?;
        ask.visit.note_query(&text);
        answer(&site, Question { wish, ..question(text, &ask.parameters)? }).await
    };
    let post = move |State(site): State<Arc<Site>>,
                     ask: Ask,
                     headers: HeaderMap,
                     body: Result<Bytes, BytesRejection>| async move {
        let (text, parameters) = read_body(&ask, &headers, body)?;
        ask.visit.note_query(&text);
        answer(&site, Question { wish, ..question(text, &parameters)? }).await
    };
    on_get(get).post(post)
}

async fn answer(site: &Site, question: Question) -> Result<Response, ServiceError> {
    let answer = site.evaluator.ask(question).await.map_err(explain)?;
    let (bytes, _) = answer.collect().await.map_err(explain)?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, bytes).into_response())
}
