//! How far a job is. In: what is known of it; out: the same as JSON, with times as of RFC 3339.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Where a job is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Others are before it.
    Waiting,
    /// It is evaluated.
    Running,
    /// Its answer is there, whole.
    Done,
    /// There will be none.
    Failed,
}

impl State {
    /// Whether nothing more will happen.
    pub fn is_final(self) -> bool {
        matches!(self, Self::Done | Self::Failed)
    }
}

/// What is kept of a job beside its answer. Times are seconds since 1970. The query is not in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Record {
    pub(super) state: State,
    pub(super) release: String,
    pub(super) media_type: Option<String>,
    pub(super) extension: Option<String>,
    pub(super) submitted: i64,
    pub(super) started: Option<i64>,
    pub(super) ended: Option<i64>,
    pub(super) bytes: u64,
    pub(super) rows: Option<u64>,
    pub(super) sha256: Option<String>,
    pub(super) cause: Option<String>,
    pub(super) detail: Option<String>,
}

/// A job as it is told to its client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Its name.
    pub id: String,
    /// Where it is.
    pub state: State,
    /// Unfinished jobs that were there before it.
    pub ahead: usize,
    /// The release that it asks.
    pub release: String,
    /// The media type of the answer, once it has begun.
    pub format: Option<String>,
    /// Bytes of the answer so far.
    pub bytes: u64,
    /// Rows of the whole answer, or triples.
    pub rows: Option<u64>,
    /// SHA-256 of the whole answer.
    pub sha256: Option<String>,
    /// When it was ordered.
    pub submitted: String,
    /// When its turn came.
    pub started: Option<String>,
    /// When it was done or failed.
    pub ended: Option<String>,
    /// When it will be removed.
    pub expires: Option<String>,
    /// In a word why it failed.
    pub cause: Option<String>,
    /// The same in a sentence.
    pub detail: Option<String>,
}

impl Record {
    /// The record of an order that was taken now.
    pub(super) fn new(release: String) -> Self {
        Self {
            state: State::Waiting,
            release,
            media_type: None,
            extension: None,
            submitted: now(),
            started: None,
            ended: None,
            bytes: 0,
            rows: None,
            sha256: None,
            cause: None,
            detail: None,
        }
    }

    /// Ends as a failure.
    pub(super) fn fail(&mut self, cause: &str, detail: impl Into<String>) {
        self.state = State::Failed;
        self.ended = Some(now());
        self.bytes = 0;
        self.cause = Some(cause.to_owned());
        self.detail = Some(detail.into());
    }

    /// When it goes, kept for so many seconds.
    pub(super) fn expires(&self, keep_s: i64) -> Option<i64> {
        Some(self.ended?.saturating_add(keep_s))
    }

    /// What its client is told; `bytes` have been written so far.
    pub(super) fn report(&self, id: String, keep_s: i64, ahead: usize) -> Report {
        Report {
            id,
            state: self.state,
            ahead,
            release: self.release.clone(),
            format: self.media_type.clone(),
            bytes: self.bytes,
            rows: self.rows,
            sha256: self.sha256.clone(),
            submitted: told(self.submitted),
            started: self.started.map(told),
            ended: self.ended.map(told),
            expires: self.expires(keep_s).map(told),
            cause: self.cause.clone(),
            detail: self.detail.clone(),
        }
    }
}

/// Seconds since 1970.
pub(super) fn now() -> i64 {
    OffsetDateTime::now_utc().unix_timestamp()
}

fn told(seconds: i64) -> String {
    let time = OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    time.format(&Rfc3339).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_tells_times_as_dates_and_when_it_goes() {
        let mut record = Record::new("r".to_owned());
        record.submitted = 1_767_225_600;
        record.ended = Some(1_767_225_660);
        let report = record.report("i".to_owned(), 3_600, 2);
        assert_eq!(report.submitted, "2026-01-01T00:00:00Z");
        assert_eq!(report.expires.as_deref(), Some("2026-01-01T01:01:00Z"));
        assert_eq!((report.started, report.ahead), (None, 2));
    }
}
