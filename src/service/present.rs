//! How a failure looks. In: a response with a [`ServiceError`] attached; out: the same status with a body
//! that fits the client: a page for a browser, plain text for who wants text, problem details (RFC 9457)
//! for everyone else.

use std::fmt::Write;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::error::{QueryProblem, ServiceError};
use super::freshness::VARY;
use super::language::Reader;
use super::pages;
use super::request::{accept_of, reader_of};
use super::site::Site;

/// The shapes of a failure; problem details first, as the shape for a client without a wish.
const OFFERS: [(&str, Shape); 4] = [
    ("application/problem+json", Shape::Problem),
    ("application/json", Shape::Problem),
    ("text/plain", Shape::Text),
    ("text/html", Shape::Page),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Problem,
    Text,
    Page,
}

/// Runs the request and finishes its response: the body of a failure is written, and every response says which release it is of and what
/// a page may do.
pub(crate) async fn finish(
    State(site): State<Arc<Site>>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = write_failure(&site, request, next).await;
    name_release(&site, &mut response);
    secure(&mut response);
    response
}

async fn write_failure(site: &Site, request: Request, next: Next) -> Response {
    // Read only of a request that failed. A copy shares the text.
    let wishes = [header::ACCEPT, header::ACCEPT_LANGUAGE];
    let mut headers = HeaderMap::new();
    for (name, value) in request.headers().iter().filter(|(name, _)| wishes.contains(name)) {
        headers.append(name, value.clone());
    }
    let uri = request.uri().clone();
    let response = next.run(request).await;
    let Some(error) = response.extensions().get::<Arc<ServiceError>>().cloned() else {
        return response;
    };
    let (accept, reader) = (accept_of(&headers), reader_of(&uri, &headers));
    let shape = if accept.prefers_html_to("application/problem+json") {
        Shape::Page
    } else {
        // A client that wants none of these still has to be told what is wrong.
        accept.choose(&OFFERS).unwrap_or(Shape::Problem)
    };
    let (head, _) = response.into_parts();
    let mut written = match shape {
        Shape::Page => pages::render_failure(site, reader, uri.path(), &error),
        Shape::Text => text(&error, reader),
        Shape::Problem => problem(&error, reader),
    };
    *written.status_mut() = head.status;
    for (name, value) in &head.headers {
        if name != header::CONTENT_TYPE && name != header::CONTENT_LENGTH {
            written.headers_mut().append(name, value.clone());
        }
    }
    written.headers_mut().insert(header::VARY, VARY);
    written
}

fn text(error: &ServiceError, reader: Reader) -> Response {
    let mut lines = format!("{}\n{}\n", error.title(reader), error.detail(reader));
    if let Some((line, column)) = place(error) {
        let at = reader.t("位置", "at");
        // Writing to a string does not fail.
        let _ = writeln!(lines, "{at}: line {line}, column {column}");
    }
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], lines).into_response()
}

fn problem(error: &ServiceError, reader: Reader) -> Response {
    let mut body = json!({
        "type": "about:blank",
        "status": error.status().as_u16(),
        "title": error.title(reader),
        "detail": error.detail(reader),
    });
    if let Some(fields) = body.as_object_mut() {
        if let Some((line, column)) = place(error) {
            fields.insert("line".into(), line.into());
            fields.insert("column".into(), column.into());
        }
        match error {
            ServiceError::NotAcceptable { offered } => {
                fields.insert("offered".into(), json!(offered));
            }
            ServiceError::BadParameter { name, .. } => {
                fields.insert("parameter".into(), json!(name));
            }
            ServiceError::Query(problem) => {
                fields.insert("cause".into(), json!(problem.cause));
            }
            ServiceError::Busy => {
                fields.insert("cause".into(), json!("busy"));
            }
            ServiceError::Job(problem) => {
                fields.insert("cause".into(), json!(problem.cause()));
            }
            ServiceError::Spent(spent) => {
                fields.insert("cause".into(), json!(spent.cause));
            }
            ServiceError::Internal { id } => {
                fields.insert("instance".into(), json!(format!("urn:error:{id}")));
            }
            _ => {}
        }
    }
    let media_type = HeaderValue::from_static("application/problem+json");
    ([(header::CONTENT_TYPE, media_type)], body.to_string()).into_response()
}

fn place(error: &ServiceError) -> Option<(u64, u64)> {
    match error {
        ServiceError::Query(QueryProblem { place, .. }) => *place,
        _ => None,
    }
}

/// Which release an answer is of.
pub const RELEASE_HEADER: HeaderName = HeaderName::from_static("zhengtu-release");

/// Says on `response` that it is of the release of `site`.
pub(crate) fn name_release(site: &Site, response: &mut Response) {
    if let Ok(id) = HeaderValue::from_str(&site.manifest.id) {
        // What was made of another release says so itself.
        response.headers_mut().entry(RELEASE_HEADER).or_insert(id);
    }
}

/// Headers that every response has: the page may load nothing from elsewhere and run no inline script.
fn secure(response: &mut Response) {
    const HEADERS: [(HeaderName, &str); 5] = [
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
             connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        ),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ];
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
}
