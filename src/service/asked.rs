//! Short addresses of queries: `/q/` and the hash that also stands in the log. In: queries that were sent to the query page; out: a redirect there.
//! Guarantees: the release's own questions are always known, and whatever is kept beside them is bounded. Surprising: that is kept in memory, because
//! the service writes nothing; after a restart, or when many others were asked since, an address is unknown, and the page that shows it says so.

use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use lru::LruCache;

use super::error::ServiceError;
use super::limits::ASKED_BYTES_MAX;
use super::request::{Ask, with_query};
use super::site::Site;
use super::visit::query_hash;

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
    /// Keeps a query, and gives its hash.
    pub(crate) fn remember(&self, query: &str) -> String {
        let hash = query_hash(query);
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let Queries { by_hash, byte_len } = &mut *state;
        if query.len() > ASKED_BYTES_MAX || by_hash.get(&hash).is_some() {
            return hash;
        }
        *byte_len += query.len();
        by_hash.put(hash.clone(), query.to_owned());
        while *byte_len > ASKED_BYTES_MAX
            && let Some((_, oldest)) = by_hash.pop_lru()
        {
            *byte_len = byte_len.saturating_sub(oldest.len());
        }
        hash
    }

    fn find(&self, hash: &str) -> Option<String> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.by_hash.get(hash).cloned()
    }
}

/// The path of a query's short address.
pub(crate) fn short_path(hash: &str) -> String {
    format!("/q/{hash}")
}

/// `GET /q/{hash}`.
pub(crate) async fn serve(
    State(site): State<Arc<Site>>,
    Path(hash): Path<String>,
    ask: Ask,
) -> Result<Response, ServiceError> {
    let example = site.examples.iter().find(|example| query_hash(&example.text) == hash);
    let page = match (example, site.asked.find(&hash)) {
        (Some(example), _) => with_query("/query", [("example", example.name.as_str())]),
        (None, Some(query)) => with_query("/query", [("query", query.as_str())]),
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
        let first = asked.remember("ASK { ?first ?p ?o }");
        assert_eq!(asked.find(&first).as_deref(), Some("ASK { ?first ?p ?o }"));
        let later = asked.remember(&format!("ASK {{ }} # {}", "x".repeat(ASKED_BYTES_MAX - 20)));
        assert!(asked.find(&first).is_none() && asked.find(&later).is_some());
        let too_long = asked.remember(&"x".repeat(ASKED_BYTES_MAX + 1));
        assert!(asked.find(&too_long).is_none() && asked.find(&later).is_some());
    }
}
