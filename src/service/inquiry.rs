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
use super::evaluate::evaluate;
use super::request::Ask;
use super::site::Site;
use super::sparql::{explain, question, read_body, required_query};
use super::visit::Visit;
use crate::worker::{Question, Wish};

/// The methods of a route that does with queries what `wish` says.
pub(crate) fn routes(wish: Wish) -> MethodRouter<Arc<Site>> {
    let get = move |State(site): State<Arc<Site>>, ask: Ask| async move {
        let text = required_query(&ask.parameters)?;
        answer(&site, &ask.visit, Question { wish, ..question(text, &ask.parameters)? }).await
    };
    let post = move |State(site): State<Arc<Site>>,
                     ask: Ask,
                     headers: HeaderMap,
                     body: Result<Bytes, BytesRejection>| async move {
        let (text, parameters) = read_body(&ask, &headers, body)?;
        answer(&site, &ask.visit, Question { wish, ..question(text, &parameters)? }).await
    };
    on_get(get).post(post)
}

async fn answer(site: &Site, visit: &Visit, question: Question) -> Result<Response, ServiceError> {
    let answer = evaluate(site, visit, question).await?;
    let (bytes, _) = answer.collect().await.map_err(explain)?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, bytes).into_response())
}
