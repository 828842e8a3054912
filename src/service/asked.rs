//! Short addresses of queries: `/q/` and the hash that also stands in the log. In: queries that the query page answered; out: a redirect there, or the
//! page itself where the query is too long for an address.
//! Guarantees: the release's own questions are always known, and whatever is kept beside them is bounded. Surprising: that is kept in memory, because
//! the service writes nothing; after a restart, or when many others were asked since, an address is unknown.

use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use lru::LruCache;

use super::error::ServiceError;
use super::limits::{ASKED_BYTES_MAX, ASKED_QUERY_BYTES_MAX, PAGE_ADDRESS_BYTES_MAX};
use super::pages;
use super::request::{Ask, with_query};
use super::site::Site;
use super::visit::query_hash;

/// What an entry takes beside its query.
const ENTRY_BYTES: usize = 256;

/// Queries that were asked lately, by their hashes.
pub struct Asked {
    state: Mutex<Queries>,
}

struct Queries {
    by_hash: LruCache<String, String>,
    byte_len: usize,
}

impl Default for Asked {
    fn default() -> Self {
        Self { state: Mutex::new(Queries { by_hash: LruCache::unbounded(), byte_len: 0 }) }
    }
}

impl Asked {
    /// Keeps a query under its hash, unless it is too long.
    pub(crate) fn remember(&self, query: &str) {
        if query.len() > ASKED_QUERY_BYTES_MAX {
            return;
        }
        let hash = query_hash(query);
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let Queries { by_hash, byte_len } = &mut *state;
        if by_hash.get(&hash).is_some() {
            return;
        }
        *byte_len += query.len() + ENTRY_BYTES;
        by_hash.put(hash, query.to_owned());
        while *byte_len > ASKED_BYTES_MAX
            && let Some((_, oldest)) = by_hash.pop_lru()
        {
            *byte_len = byte_len.saturating_sub(oldest.len() + ENTRY_BYTES);
        }
    }

    fn find(&self, hash: &str) -> Option<String> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.by_hash.get(hash).cloned()
    }
}

/// The path of a query's short address; none for one that is too long to be kept.
pub(crate) fn short_path(query: &str) -> Option<String> {
    (query.len() <= ASKED_QUERY_BYTES_MAX).then(|| format!("/q/{}", query_hash(query)))
}

/// The address of the page that answers `query`; none for one that is too long for an address.
pub(crate) fn address_of(query: &str) -> Option<String> {
    let address = with_query("/query", [("query", query)]);
    (address.len() <= PAGE_ADDRESS_BYTES_MAX).then_some(address)
}

/// `GET /q/{hash}`.
pub(crate) async fn serve(
    State(site): State<Arc<Site>>,
    Path(hash): Path<String>,
    uri: Uri,
    headers: HeaderMap,
    ask: Ask,
) -> Result<Response, ServiceError> {
    let example = site.examples.iter().find(|example| query_hash(&example.text) == hash);
    let page = match (example, site.asked.find(&hash)) {
        (Some(example), _) => with_query("/query", [("example", example.name.as_str())]),
        (None, Some(query)) => match address_of(&query) {
            Some(address) => address,
            None => return pages::serve_remembered_query(site, (&uri, &headers), ask, query).await,
        },
        (None, None) => return Err(ServiceError::NotFound { path: format!("q/{hash}") }),
    };
    let address = ask.reader.href(&page);
    let location = HeaderValue::from_str(&address).map_err(|_| ServiceError::BadPath)?;
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_longest_ago_goes_first() {
        let asked = Asked::default();
        let query =
            |number: usize| format!("ASK {{ ?s ?p \"{number:06} {}\" }}", "x".repeat(1_000));
        (0..2).for_each(|number| asked.remember(&query(number)));
        assert_eq!(asked.find(&query_hash(&query(0))), Some(query(0)));
        // The first was looked at, so that the second is the one asked for longest ago.
        let full = ASKED_BYTES_MAX / (query(0).len() + ENTRY_BYTES);
        (2..=full).for_each(|number| asked.remember(&query(number)));
        assert_eq!(asked.find(&query_hash(&query(1))), None);
        assert_eq!(asked.find(&query_hash(&query(0))), Some(query(0)));
    }

    #[test]
    fn a_query_that_is_too_long_is_not_kept_and_has_no_address() {
        let asked = Asked::default();
        let long = "x".repeat(ASKED_QUERY_BYTES_MAX + 1);
        asked.remember(&long);
        assert_eq!((asked.find(&query_hash(&long)), short_path(&long)), (None, None));
    }
}
