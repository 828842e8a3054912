//! The stylesheet and the modules that the browser runs, and the JSON-LD context. In: a file name; out: its bytes. They are
//! compiled in. Guarantee: an address with the version in it is good for ever, because the version is a
//! digest of all the files.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

use super::error::ServiceError;
use super::freshness::{digest, is_held, not_modified, set_tag};
use super::request::Ask;

const CSS: &str = "text/css; charset=utf-8";
const MODULE: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";

/// Name, media type and text of each file.
const FILES: [(&str, &str, &str); 10] = [
    ("style.css", CSS, include_str!("../../web/style.css")),
    ("charts.css", CSS, include_str!("../../web/charts.css")),
    ("keys.js", MODULE, include_str!("../../web/keys.js")),
    ("copy.js", MODULE, include_str!("../../web/copy.js")),
    ("marks.js", MODULE, include_str!("../../web/marks.js")),
    ("outline.js", MODULE, include_str!("../../web/outline.js")),
    ("query.js", MODULE, include_str!("../../web/query.js")),
    ("suggest.js", MODULE, include_str!("../../web/suggest.js")),
    ("seal.svg", SVG, include_str!("../../web/seal.svg")),
    // For those who compact JSON-LD: the names of the vocabulary.
    ("context.jsonld", "application/ld+json", include_str!("../../ontology/context.jsonld")),
];

/// A digest of all the files.
pub(crate) static VERSION: LazyLock<String> = LazyLock::new(|| {
    let texts: Vec<_> = FILES.iter().map(|(_, _, text)| *text).collect();
    digest(&texts)
});

/// The address of a file for use in a page.
pub(crate) fn address(name: &str) -> String {
    format!("/assets/{name}?v={}", *VERSION)
}

/// Serves a file.
pub(crate) async fn serve(Path(name): Path<String>, ask: Ask) -> Result<Response, ServiceError> {
    let Some((_, media_type, text)) = FILES.iter().find(|(own, _, _)| *own == name) else {
        return Err(ServiceError::NotFound { path: format!("assets/{name}") });
    };
    let tag = format!("W/\"{}\"", digest(&[text]));
    if is_held(ask.if_none_match.as_deref(), &tag) {
        return Ok(not_modified(&tag));
    }
    let mut response = ([(header::CONTENT_TYPE, *media_type)], *text).into_response();
    set_tag(&mut response, &tag);
    if ask.parameters.one("v")? == Some(VERSION.as_str()) {
        let forever = HeaderValue::from_static("public, max-age=31536000, immutable");
        response.headers_mut().insert(header::CACHE_CONTROL, forever);
    }
    Ok(response)
}
