//! Does the client hold this answer already? In: what an answer depends on; out: entity tags and 304.
//! Guarantee: an answer is a function of release, program and request, so equal tags mean equal answers.
//! Tags are weak because compression on the way changes the bytes, not the meaning.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use super::assets;
use super::request::Ask;
use super::site::Site;

/// The value of `Vary` for everything that is negotiated.
pub(crate) const VARY: HeaderValue = HeaderValue::from_static("Accept, Accept-Language");

/// The tag of the answer to `ask` in the form called `form`.
pub(crate) fn entity_tag(site: &Site, ask: &Ask, form: &str) -> String {
    let here = ask.here();
    let parts = [
        site.manifest.id.as_str(),
        env!("CARGO_PKG_VERSION"),
        assets::VERSION.as_str(),
        form,
        ask.reader.language.code(),
        if ask.reader.chosen { "chosen" } else { "default" },
        here.as_str(),
    ];
    format!("W/\"{}\"", digest(&parts))
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
