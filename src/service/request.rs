//! What every handler wants to know of a request, read once. In: the head of a request; out: [`Ask`].
//! Guarantee: a malformed head is a 400 that names the part.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderName, Uri, header};

use super::error::ServiceError;
use super::language::{Language, Reader};
use super::limits::URI_BYTES_MAX;
use super::negotiate::Accept;
use super::parameters::{Parameters, encode_pairs};
use super::visit::Visit;

/// The head of a request.
#[derive(Clone)]
pub(crate) struct Ask {
    /// The types the client wants.
    pub(crate) accept: Accept,
    /// Who reads the page.
    pub(crate) reader: Reader,
    /// The query string.
    pub(crate) parameters: Parameters,
    /// The path as sent.
    pub(crate) path: String,
    /// The query string as sent, without `lang`.
    pub(crate) query: String,
    /// Entity tags that the client holds.
    pub(crate) if_none_match: Option<String>,
    /// What goes with the request to the log.
    pub(crate) visit: Visit,
}

impl Ask {
    /// Path and query without the language: where the language switch leads back to.
    pub(crate) fn here(&self) -> String {
        if self.query.is_empty() {
            self.path.clone()
        } else {
            format!("{}?{}", self.path, self.query)
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Ask {
    type Rejection = ServiceError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ServiceError> {
        if parts.uri.path().len() + parts.uri.query().map_or(0, str::len) > URI_BYTES_MAX {
            return Err(ServiceError::UriTooLong { bytes_max: URI_BYTES_MAX });
        }
        let parameters = match parts.extensions.remove::<Parameters>() {
            Some(known) => known,
            None => Parameters::parse(parts.uri.query().unwrap_or(""))?,
        };
        let chosen = parameters.one("lang")?.filter(|code| !code.is_empty());
        if chosen.is_some_and(|code| Language::from_code(code).is_none()) {
            let message = ["应为 zh 或 en", "must be zh or en"];
            return Err(ServiceError::parameter("lang", message));
        }
        let query = parts
            .uri
            .query()
            .unwrap_or("")
            .split('&')
            .filter(|part| !part.is_empty() && !part.starts_with("lang="))
            .collect::<Vec<_>>()
            .join("&");
        Ok(Self {
            accept: accept_of(&parts.headers),
            reader: reader_by(&parameters, &parts.headers),
            parameters,
            path: parts.uri.path().to_owned(),
            query,
            if_none_match: text(&parts.headers, &header::IF_NONE_MATCH).map(str::to_owned),
            visit: Visit::of(&parts.extensions),
        })
    }
}

/// The types that a client wants.
pub(crate) fn accept_of(headers: &HeaderMap) -> Accept {
    // Several header lines mean the same as one with commas.
    let lines: Vec<_> =
        headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok()).collect();
    Accept::parse(Some(&lines.join(",")))
}

/// Who reads, as far as the head tells; a malformed part counts as absent.
pub(crate) fn reader_of(uri: &Uri, headers: &HeaderMap) -> Reader {
    reader_by(&Parameters::parse(uri.query().unwrap_or("")).unwrap_or_default(), headers)
}

fn reader_by(parameters: &Parameters, headers: &HeaderMap) -> Reader {
    let chosen = parameters.all("lang").find_map(Language::from_code);
    let language =
        chosen.unwrap_or_else(|| Language::from_header(text(headers, &header::ACCEPT_LANGUAGE)));
    Reader { language, chosen: chosen.is_some() }
}

/// What a proxy says of how the client came to it.
pub(crate) const FORWARDED_PROTO: &str = "x-forwarded-proto";

/// Scheme and host of a request, as far as its head tells. A host that is none is told to nobody.
pub(crate) fn origin_of(uri: &Uri, headers: &HeaderMap) -> Option<String> {
    let host = match text(headers, &header::HOST) {
        Some(host) => host.parse::<Authority>().ok()?,
        None => uri.authority()?.clone(),
    };
    let forwarded = HeaderName::from_static(FORWARDED_PROTO);
    let scheme = text(headers, &forwarded).filter(|scheme| *scheme == "https").unwrap_or("http");
    (!host.as_str().contains('@')).then(|| format!("{scheme}://{host}"))
}

/// `address` with `pairs` as its query.
pub(crate) fn with_query<'p>(
    address: &str,
    pairs: impl IntoIterator<Item = (&'p str, &'p str)>,
) -> String {
    let query = encode_pairs(pairs);
    if query.is_empty() { address.to_owned() } else { format!("{address}?{query}") }
}

fn text<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}
