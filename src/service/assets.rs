//! The stylesheets and the modules that the browser runs, and the JSON-LD context. In: a file name; out: its bytes. They are
//! compiled in. Guarantee: an address with the version in it is good for ever, because the version is a
//! digest of all the files. Surprising: modules that import each other have the version in their path, so that
//! what they import has it too; the editor is made by the build (`build.rs`) and may be missing.

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

/// The editor of the query page; empty where the build could not make it.
const EDITOR: &str = include_str!(concat!(env!("OUT_DIR"), "/editor.js"));

/// Name, media type and text of each file.
const FILES: [(&str, &str, &str); 23] = [
    ("style.css", CSS, include_str!("../../web/style.css")),
    ("query.css", CSS, include_str!("../../web/query.css")),
    ("charts.css", CSS, include_str!("../../web/charts.css")),
    ("keys.js", MODULE, include_str!("../../web/keys.js")),
    ("words.js", MODULE, include_str!("../../web/words.js")),
    ("copy.js", MODULE, include_str!("../../web/copy.js")),
    ("marks.js", MODULE, include_str!("../../web/marks.js")),
    ("outline.js", MODULE, include_str!("../../web/outline.js")),
    ("scroll.js", MODULE, include_str!("../../web/scroll.js")),
    ("suggest.js", MODULE, include_str!("../../web/suggest.js")),
    ("query/main.js", MODULE, include_str!("../../web/query/main.js")),
    ("query/run.js", MODULE, include_str!("../../web/query/run.js")),
    ("query/table.js", MODULE, include_str!("../../web/query/table.js")),
    ("query/views.js", MODULE, include_str!("../../web/query/views.js")),
    ("query/chart.js", MODULE, include_str!("../../web/query/chart.js")),
    ("query/timeline.js", MODULE, include_str!("../../web/query/timeline.js")),
    ("query/network.js", MODULE, include_str!("../../web/query/network.js")),
    ("query/drawing.js", MODULE, include_str!("../../web/query/drawing.js")),
    ("query/examples.js", MODULE, include_str!("../../web/query/examples.js")),
    ("query/history.js", MODULE, include_str!("../../web/query/history.js")),
    ("query/editor.js", MODULE, EDITOR),
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

/// The address of a module that imports others.
pub(crate) fn module_address(name: &str) -> String {
    format!("/assets/{}/{name}", *VERSION)
}

/// Whether the build made the editor of the query page.
pub(crate) const fn has_editor() -> bool {
    !EDITOR.is_empty()
}

/// Serves a file.
pub(crate) async fn serve(Path(path): Path<String>, ask: Ask) -> Result<Response, ServiceError> {
    let (version, name) = match path.split_once('/') {
        Some((version, rest)) if is_version(version) => (Some(version), rest),
        _ => (ask.parameters.one("v")?, path.as_str()),
    };
    let found = FILES.iter().find(|(own, _, text)| *own == name && !text.is_empty());
    let Some((_, media_type, text)) = found else {
        return Err(ServiceError::NotFound { path: format!("assets/{path}") });
    };
    let tag = format!("W/\"{}\"", digest(&[text]));
    if is_held(ask.if_none_match.as_deref(), &tag) {
        return Ok(not_modified(&tag));
    }
    let mut response = ([(header::CONTENT_TYPE, *media_type)], *text).into_response();
    set_tag(&mut response, &tag);
    if version == Some(VERSION.as_str()) {
        let forever = HeaderValue::from_static("public, max-age=31536000, immutable");
        response.headers_mut().insert(header::CACHE_CONTROL, forever);
    }
    Ok(response)
}

/// Whether a part of a path looks like a version: a page that was kept may have an older one.
fn is_version(part: &str) -> bool {
    part.len() == 16 && part.bytes().all(|byte| byte.is_ascii_hexdigit())
}
