//! The page of a failure: what was wrong and what to do instead. In: an error; out: HTML with a search
//! box that holds the words of the address, because an address that is unknown is often a name.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::{Chrome, respond};
use crate::service::address::{decode_path, split_format};
use crate::service::error::ServiceError;
use crate::service::language::Reader;
use crate::service::lookup::local_name;
use crate::service::site::Site;

#[derive(Template)]
#[template(path = "failure.html")]
struct FailurePage {
    chrome: Chrome,
    status: u16,
    title: String,
    detail: String,
    /// The words of the evaluator; empty where `detail` has them.
    exact: String,
    is_unknown: bool,
}

/// The page of `error` at the path `address`; its status is set by the caller.
pub(crate) fn render_failure(
    site: &Site,
    reader: Reader,
    address: &str,
    error: &ServiceError,
) -> Response {
    let title = error.title(reader);
    let mut chrome = Chrome::new(site, reader, address, &title);
    let is_unknown = error.status() == StatusCode::NOT_FOUND;
    if is_unknown {
        let name = decode_path(address).unwrap_or_default();
        let (stem, _) = split_format(&name);
        local_name(stem).clone_into(&mut chrome.words);
    }
    let status = error.status().as_u16();
    let page = FailurePage {
        chrome,
        status,
        title,
        is_unknown,
        detail: error.explanation(reader),
        exact: error.exact(reader).unwrap_or_default().to_owned(),
    };
    // A failure of the failure page has no page of its own.
    respond(&page).unwrap_or_else(|_| error.status().into_response())
}
