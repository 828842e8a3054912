//! Long exports at `/jobs`. In: a query as `/sparql` takes it; out: a report with an address that tells how far it is, then a file. Guarantee: what cannot be a
//! query is refused at once, with its place; the rest is told in the report. Surprising: the address is the only key, so whoever has it may end the job.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::budget::{Fairness, JOBS, Spent};
use super::error::ServiceError;
use super::evaluate::evaluate;
use super::files::{Whole, send};
use super::job_problem::JobProblem;
use super::present::RELEASE_HEADER;
use super::request::Ask;
use super::site::{Exports, Site};
use super::sparql::{choose_format, question, read_body, wanted_format};
use crate::jobs::{NotTaken, Order, Report, State as JobState};
use crate::store::QueryForm;
use crate::worker::{Question, Wish};

/// Seconds after which it is worth asking again.
const ASK_AGAIN_S: u32 = 2;

/// A report with the addresses in it.
#[derive(Serialize)]
struct Told<'a> {
    #[serde(flatten)]
    report: &'a Report,
    /// Where it stands, and where DELETE ends it.
    job: String,
    /// Where the answer is, once it is there.
    result: Option<String>,
}

/// `POST /jobs`: a form, or the query itself as the body.
pub(crate) async fn submit(
    State(site): State<Arc<Site>>,
    ask: Ask,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, ServiceError> {
    let Exports { jobs, evaluator } = exports(&site)?;
    let (text, parameters) = read_body(&ask, &headers, body)?;
    let wanted = wanted_format(&parameters)?;
    let question = Question {
        table_format: choose_format(&ask.accept, wanted, QueryForm::Select),
        graph_format: choose_format(&ask.accept, wanted, QueryForm::Construct),
        ..question(text, &parameters)?
    };
    // What could be no job is refused at once, as at `/sparql`.
    let looked_at = Question { wish: Wish::Prepare, ..question.clone() };
    evaluate(&site, &ask.visit, looked_at).await?;
    let bill = Arc::new(ask.visit.bill());
    let begun = Arc::clone(&bill);
    let order = Order {
        question,
        evaluator: evaluator.clone(),
        release: site.manifest.id.clone(),
        client: ask.visit.client_number(),
        begun: Box::new(move || begun.begin()),
        // The evaluator is the job's own; only the files must stay.
        held: Arc::new((site.hold.clone(), bill)),
    };
    let report = jobs.submit(order).map_err(|error| match error {
        NotTaken::ClientHasEnough => ServiceError::Spent(Spent {
            cause: JOBS,
            retry_after_s: ASK_AGAIN_S,
            fairness: Fairness::default(),
        }),
        NotTaken::TooManyWait => ServiceError::Busy,
        NotTaken::NoRoom { room_after_s } => {
            let retry_after_s = u32::try_from(room_after_s).unwrap_or(u32::MAX);
            ServiceError::Job(JobProblem::NoRoom { retry_after_s })
        }
        NotTaken::Internal(error) => ServiceError::internal("jobs", error),
    })?;
    let mut response = tell(&report);
    *response.status_mut() = StatusCode::ACCEPTED;
    let address = HeaderValue::from_str(&address(&report.id));
    response.headers_mut().insert(header::LOCATION, address.map_err(|_| ServiceError::BadPath)?);
    Ok(response)
}

/// `GET /jobs/{id}`.
pub(crate) async fn report(
    State(site): State<Arc<Site>>,
    Path(id): Path<String>,
) -> Result<Response, ServiceError> {
    let report = exports(&site)?.jobs.report(&id).ok_or_else(|| unknown(&id))?;
    Ok(tell(&report))
}

/// `DELETE /jobs/{id}`.
pub(crate) async fn remove(
    State(site): State<Arc<Site>>,
    Path(id): Path<String>,
) -> Result<Response, ServiceError> {
    if !exports(&site)?.jobs.remove(&id) {
        return Err(unknown(&id));
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// `GET /jobs/{id}/result`.
pub(crate) async fn result(
    State(site): State<Arc<Site>>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, ServiceError> {
    let jobs = &exports(&site)?.jobs;
    let report = jobs.report(&id).ok_or_else(|| unknown(&id))?;
    let Some(file) = jobs.result(&id) else {
        let failure = report.detail.filter(|_| report.state == JobState::Failed);
        return Err(ServiceError::Job(match failure {
            Some(detail) => JobProblem::Failed { detail },
            None => JobProblem::Unfinished { retry_after_s: ASK_AGAIN_S },
        }));
    };
    let value = |text: &str| {
        HeaderValue::from_str(text).map_err(|error| ServiceError::internal("jobs", error))
    };
    let media_type = value(&with_charset(&file.media_type))?;
    let whole = Whole { path: &file.path, sha256: &file.sha256, media_type };
    let mut response = send(request, whole).await?;
    let name: String = id.chars().take(8).collect();
    let disposition = format!("attachment; filename=\"zhengtu-{name}.{}\"", file.extension);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_DISPOSITION, value(&disposition)?);
    headers.insert(RELEASE_HEADER, value(&report.release)?);
    Ok(response)
}

/// Text says its encoding.
fn with_charset(media_type: &str) -> String {
    let charset = if media_type.starts_with("text/") { "; charset=utf-8" } else { "" };
    format!("{media_type}{charset}")
}

fn exports(site: &Site) -> Result<&Exports, ServiceError> {
    site.exports.as_ref().ok_or(ServiceError::Job(JobProblem::Off))
}

fn unknown(id: &str) -> ServiceError {
    ServiceError::NotFound { path: address(id).trim_start_matches('/').to_owned() }
}

fn address(id: &str) -> String {
    format!("/jobs/{id}")
}

fn tell(report: &Report) -> Response {
    let job = address(&report.id);
    let result = (report.state == JobState::Done).then(|| format!("{job}/result"));
    let body = serde_json::to_vec(&Told { report, job, result }).unwrap_or_default();
    let headers: [(HeaderName, HeaderValue); 2] = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    let mut response = (headers, body).into_response();
    if !report.state.is_final() {
        response.headers_mut().insert(header::RETRY_AFTER, ASK_AGAIN_S.into());
    }
    if let Ok(release) = HeaderValue::from_str(&report.release) {
        response.headers_mut().insert(RELEASE_HEADER, release);
    }
    response
}
