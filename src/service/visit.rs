//! What is known of a request beside what it asks. In: the request as it comes in and what its handler notes; out: a note that goes with it to
//! the line of the log, and the account of its client. Surprising: a clone is the same note, because the handler writes what is read when the answer has ended.

use std::fmt::Write as _;
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use axum::extract::Request;
use axum::http::{Extensions, HeaderName, HeaderValue};
use axum::response::Response;
use sha2::{Digest as _, Sha256};

use super::budget::{Allowance, Budgets, Leave, Spent};
use super::client::{Client, client_of};
use crate::store::normalized;
use crate::worker::Extent;

/// What a client may ask at all, and what is left of it: the fields of draft-ietf-httpapi-ratelimit-headers.
pub(crate) const POLICY_HEADER: HeaderName = HeaderName::from_static("ratelimit-policy");
pub(crate) const LIMIT_HEADER: HeaderName = HeaderName::from_static("ratelimit");

/// One request of one client.
#[derive(Clone, Default)]
pub(crate) struct Visit {
    query: Arc<OnceLock<String>>,
    /// Of the answer to it.
    rows: Arc<OnceLock<u64>>,
    /// None for a client without an account.
    account: Option<(Arc<Budgets>, Client)>,
}

impl Visit {
    /// The note that goes with a request; one that nobody reads where there is none.
    pub(crate) fn of(extensions: &Extensions) -> Self {
        extensions.get::<Self>().cloned().unwrap_or_default()
    }

    /// The note of a request that comes in.
    pub(crate) fn begin(request: &Request, budgets: &Arc<Budgets>) -> Self {
        let client = client_of(request, budgets.proxies());
        let account = client.map(|client| (Arc::clone(budgets), client));
        Self { account, ..Self::default() }
    }

    /// Leave to have a query evaluated; none is needed for a client without an account.
    pub(crate) fn enter(&self) -> Result<Option<Leave>, Spent> {
        let entered = self.account.as_ref().map(|(budgets, client)| budgets.enter(*client));
        entered.transpose()
    }

    /// The client as a number; none where it has no account.
    pub(crate) fn client_number(&self) -> Option<u128> {
        self.account.as_ref().map(|(_, client)| client.number())
    }

    /// What the client may take and has left; none without an account.
    pub(crate) fn allowance(&self) -> Option<Allowance> {
        self.account.as_ref().map(|(budgets, client)| budgets.allowance(*client))
    }

    /// What a job of the client will have to pay.
    pub(crate) fn bill(&self) -> Bill {
        Bill { account: self.account.clone(), begun: OnceLock::new() }
    }

    /// Says on the answer to a query what its client has left.
    pub(crate) fn tell_limits(&self, response: &mut Response) {
        let Some((budgets, client)) = self.account.as_ref().filter(|_| self.query().is_some())
        else {
            return;
        };
        let values = budgets.headers(*client).into_iter().flatten();
        for (name, value) in [POLICY_HEADER, LIMIT_HEADER].into_iter().zip(values) {
            if let Ok(value) = HeaderValue::from_str(&value) {
                response.headers_mut().insert(name, value);
            }
        }
    }

    /// Notes which query is asked.
    pub(crate) fn note_query(&self, text: &str) {
        // One request asks one query.
        let _ = self.query.set(query_hash(text));
    }

    /// Notes how many rows the answer to the query has, when it has come to its end.
    pub(crate) fn rows_note(&self) -> impl FnOnce(Extent) + Send + Sync + use<> {
        let rows = Arc::clone(&self.rows);
        move |extent| {
            if let Some(counted) = extent.rows {
                // One request asks one query.
                let _ = rows.set(counted);
            }
        }
    }

    /// Rows of the answer, or triples, where they were counted.
    pub(crate) fn rows(&self) -> Option<u64> {
        self.rows.get().copied()
    }

    /// The hash of the query, where one was asked.
    pub(crate) fn query(&self) -> Option<&str> {
        self.query.get().map(String::as_str)
    }
}

/// The time of a job from its turn to its end, which is paid for when this is dropped. To wait costs nothing.
pub(crate) struct Bill {
    account: Option<(Arc<Budgets>, Client)>,
    begun: OnceLock<Instant>,
}

impl Bill {
    /// The turn has come.
    pub(crate) fn begin(&self) {
        // It comes once.
        let _ = self.begun.set(Instant::now());
    }
}

impl Drop for Bill {
    fn drop(&mut self) {
        if let (Some((budgets, client)), Some(begun)) = (&self.account, self.begun.get()) {
            budgets.charge(*client, begun.elapsed());
        }
    }
}

/// The first 16 hexadecimal digits of the SHA-256 of a query without needless white space.
pub(crate) fn query_hash(text: &str) -> String {
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
