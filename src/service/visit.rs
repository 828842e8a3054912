//! What is known of a request beside what it asks. In: the request as it comes in and what its handler notes; out: a note that goes with it to
//! the line of the log. Surprising: a clone is the same note, because the handler writes what is read when the answer has ended.

use std::fmt::Write as _;
use std::sync::{Arc, OnceLock};

use axum::http::Extensions;
use sha2::{Digest as _, Sha256};

use crate::store::normalized;

/// One request of one client.
#[derive(Clone, Debug, Default)]
pub(crate) struct Visit {
    query: Arc<OnceLock<String>>,
}

impl Visit {
    /// The note that goes with a request; one that nobody reads where there is none.
    pub(crate) fn of(extensions: &Extensions) -> Self {
        extensions.get::<Self>().cloned().unwrap_or_default()
    }

    /// Notes which query is asked.
    pub(crate) fn note_query(&self, text: &str) {
        // One request asks one query.
        let _ = self.query.set(query_hash(text));
    }

    /// The hash of the query, where one was asked.
    pub(crate) fn query(&self) -> Option<&str> {
        self.query.get().map(String::as_str)
    }
}

/// The first 16 hexadecimal digits of the SHA-256 of a query without needless white space.
fn query_hash(text: &str) -> String {
    let sum = Sha256::digest(normalized(text).as_bytes());
    sum.iter().take(8).fold(String::with_capacity(16), |mut digits, byte| {
        // Writing to a String cannot fail.
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_has_the_same_hash_however_much_white_space_it_has() {
        let visit = Visit::default();
        visit.clone().note_query("ASK  { }");
        // printf 'ASK { }' | sha256sum | cut -c 1-16
        assert_eq!(visit.query(), Some(query_hash("ASK { }").as_str()));
        assert_eq!(query_hash(""), "e3b0c44298fc1c14");
    }
}
