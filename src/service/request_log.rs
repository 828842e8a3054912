//! One line of the log for each request. In: a request as it begins, and what becomes of its answer; out: the line, when the last byte is
//! sent or nobody takes it any more. Guarantee: what a client sends (path, query, names) is not in it, but the hash of its query; so no line can be forged,
//! and no question of a reader is kept.

use std::time::{Duration, Instant};

use axum::extract::Request;
use axum::http::Method;

use super::visit::Visit;

/// How an answer ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// It came to its last byte.
    Whole,
    /// The client went away before.
    Left,
    /// It failed on the way, and the connection was broken.
    Broken,
}

impl End {
    fn name(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Left => "left",
            Self::Broken => "broken",
        }
    }
}

/// A line, written when it is dropped.
pub(crate) struct Line {
    pub(crate) route: &'static str,
    method: Method,
    release: String,
    visit: Visit,
    begun: Instant,
    /// None where the client went away before there was an answer.
    pub(crate) status: Option<u16>,
    /// Bytes of the body as sent.
    pub(crate) bytes: u64,
    pub(crate) end: End,
}

impl Line {
    /// Begins the line of a request.
    pub(crate) fn begin(route: &'static str, request: &Request, release: &str) -> Self {
        Self {
            route,
            method: request.method().clone(),
            release: release.to_owned(),
            visit: Visit::of(request.extensions()),
            begun: Instant::now(),
            status: None,
            bytes: 0,
            end: End::Left,
        }
    }

    /// How long the request has taken.
    pub(crate) fn elapsed(&self) -> Duration {
        self.begun.elapsed()
    }

    /// Whether the answer has a head only.
    pub(crate) fn is_head(&self) -> bool {
        self.method == Method::HEAD
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        let ms = (self.elapsed().as_secs_f64() * 10_000.0).round() / 10.0;
        tracing::info!(
            target: "zhengtu::request",
            method = known(&self.method),
            route = self.route,
            status = self.status,
            query = self.visit.query(),
            rows = self.visit.rows(),
            bytes = self.bytes,
            ms,
            release = self.release,
            end = self.end.name(),
            "request"
        );
    }
}

/// A method that is one of ours, because a client may invent others.
fn known(method: &Method) -> &str {
    let known =
        [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::DELETE, Method::OPTIONS];
    if known.contains(method) { method.as_str() } else { "other" }
}
