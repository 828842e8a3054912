//! Does the client hold this answer already? In: what an answer depends on; out: entity tags and 304.
//! Guarantee: an answer is a function of release, program and request, so equal tags mean equal answers.
//! Tags are weak because compression on the way changes the bytes, not the meaning.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::uri::PathAndQuery;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use super::assets;
use super::parameters::Parameters;
use super::request::Ask;
use super::site::Site;
use crate::store::is_repeatable;

/// The value of `Vary` for everything that is negotiated.
pub(crate) const VARY: HeaderValue = HeaderValue::from_static("Accept, Accept-Language");

/// The tag of the answer to `ask` in the form called `form`.
pub(crate) fn entity_tag(site: &Site, ask: &Ask, form: &str) -> String {
    let here = ask.here();
    let parts = [
        env!("CARGO_PKG_VERSION"),
        assets::VERSION.as_str(),
        form,
        ask.reader.language.code(),
        if ask.reader.chosen { "chosen" } else { "default" },
        here.as_str(),
    ];
    tag_of_release(site, &parts)
}

/// The tag names the release, so that who holds an answer knows of which.
fn tag_of_release(site: &Site, parts: &[&str]) -> String {
    format!("W/\"{}-{}\"", site.manifest.id, digest(parts))
}

/// Answers with 304 a client that holds what this request gives, and puts the tag on what it gives otherwise; for routes whose
/// answers follow from the head of the request. The client has the tag from an answer, so the request is good.
pub(crate) async fn revalidate(
    State(site): State<Arc<Site>>,
    mut request: Request,
    next: Next,
) -> Response {
    let parameters = Parameters::parse(request.uri().query().unwrap_or_default()).ok();
    let tag = parameters.as_ref().and_then(|known| tag_of_head(&site, &request, known));
    if let Some(parameters) = parameters {
        // Whoever answers need not read them again.
        request.extensions_mut().insert(parameters);
    }
    let Some(tag) = tag else { return next.run(request).await };
    let held = all_of(request.headers(), &header::IF_NONE_MATCH);
    // `*` asks whether there is any answer, which only answering tells.
    if held.trim() != "*" && is_held(Some(&held), &tag) {
        return not_modified(&tag);
    }
    let mut response = next.run(request).await;
    if response.status() == StatusCode::OK {
        set_tag(&mut response, &tag);
    }
    response
}

/// The tag of what the head of a request asks for; none where the answer does not follow from it.
fn tag_of_head(site: &Site, request: &Request, parameters: &Parameters) -> Option<String> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return None;
    }
    // Without a query the answer tells where it was asked.
    if request.uri().query().is_none() || !parameters.all("query").all(is_repeatable) {
        return None;
    }
    let here = request.uri().path_and_query().map(PathAndQuery::as_str).unwrap_or_default();
    let accept = all_of(request.headers(), &header::ACCEPT);
    let language = all_of(request.headers(), &header::ACCEPT_LANGUAGE);
    Some(tag_of_release(site, &[env!("CARGO_PKG_VERSION"), here, &accept, &language]))
}

/// The lines of a header as one.
fn all_of(headers: &HeaderMap, name: &HeaderName) -> String {
    let lines = headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
    lines.collect::<Vec<_>>().join(",")
}

/// The first 16 hexadecimal digits of the SHA-256 of `parts`.
pub(crate) fn digest(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        // A separator that no part holds, so that ab+c and a+bc differ.
        hash.update([0]);
    }
    let bytes = hash.finalize();
    let first = bytes.iter().take(8).fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
    format!("{first:016x}")
}

/// Whether the client's `If-None-Match` names `tag` (weak comparison, RFC 9110).
pub(crate) fn is_held(if_none_match: Option<&str>, tag: &str) -> bool {
    let opaque = |text: &str| text.trim().trim_start_matches("W/").to_owned();
    if_none_match.is_some_and(|list| {
        list.split(',').any(|one| one.trim() == "*" || opaque(one) == opaque(tag))
    })
}

/// 304 for a client that holds `tag`.
pub(crate) fn not_modified(tag: &str) -> Response {
    let mut response = StatusCode::NOT_MODIFIED.into_response();
    set_tag(&mut response, tag);
    response
}

/// Puts tag and `Vary` on a response.
pub(crate) fn set_tag(response: &mut Response, tag: &str) {
    if let Ok(value) = HeaderValue::from_str(tag) {
        response.headers_mut().insert(header::ETAG, value);
    }
    response.headers_mut().insert(header::VARY, VARY);
    // A release can be replaced at any time: the client keeps the answer, and asks before using it.
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_held_tag_is_found_in_any_list() {
        assert!(is_held(Some("\"x\", W/\"a\""), "W/\"a\""));
        assert!(is_held(Some("\"a\""), "W/\"a\""));
        assert!(is_held(Some("*"), "W/\"a\""));
        assert!(!is_held(Some("W/\"b\""), "W/\"a\""));
        assert!(!is_held(None, "W/\"a\""));
    }
}
