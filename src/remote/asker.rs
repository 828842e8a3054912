//! The HTTP client. In: an endpoint and a query; out: the rows of its answer. Guarantee: each address on the way, the first and those of redirects, is one of an allowed host,
//! and each connection goes to a public address. Surprising: redirects are followed here and not by the client, because it would not ask.

use super::addresses::is_public;
use super::hosts::Hosts;
use crate::store::{NotAnswered, OtherEndpoints, OtherRows};
use axum::http::{HeaderMap, Response, Uri, header};
use oxigraph::model::{NamedNode, Term, Variable};
use oxigraph::sparql::results::{
    QueryResultsFormat, QueryResultsParser, SliceQueryResultsParserOutput,
};
use std::net::IpAddr;
use std::time::{Duration, Instant};
use ureq::config::Config;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Body};

/// Redirects of one question.
const REDIRECTS_MAX: usize = 3;

/// Bytes of an answer.
const BYTES_MAX: u64 = 16 << 20;

/// Rows of an answer: they are a table in the query, which is planned with all of them.
const ROWS_MAX: usize = 10_000;

/// Waiting for a connection, at most.
const CONNECT_MAX: Duration = Duration::from_secs(5);

const ACCEPT: &str = "application/sparql-results+json, application/sparql-results+xml;q=0.9";
const USER_AGENT: &str = concat!("zhengtu/", env!("CARGO_PKG_VERSION"));

/// Asks the endpoints of the hosts that are allowed.
#[derive(Debug)]
pub struct Asker {
    hosts: Hosts,
    agent: Agent,
}

/// Resolves names to addresses that may be connected to.
#[derive(Debug)]
struct Checked {
    resolver: DefaultResolver,
    may_connect: fn(IpAddr) -> bool,
}

impl Resolver for Checked {
    fn resolve(
        &self,
        address: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let resolved = self.resolver.resolve(address, config, timeout)?;
        let mut checked = self.empty();
        for address in resolved.iter().filter(|address| (self.may_connect)(address.ip())) {
            checked.push(*address);
        }
        if checked.is_empty() { Err(ureq::Error::HostNotFound) } else { Ok(checked) }
    }
}

impl Asker {
    /// Asks these hosts, at public addresses.
    pub fn new(hosts: Hosts) -> Self {
        Self::with_addresses(hosts, is_public)
    }

    fn with_addresses(hosts: Hosts, may_connect: fn(IpAddr) -> bool) -> Self {
        let config = Agent::config_builder()
            .proxy(None)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .user_agent(USER_AGENT)
            .timeout_connect(Some(CONNECT_MAX))
            .build();
        let resolver = Checked { resolver: DefaultResolver::default(), may_connect };
        Self { hosts, agent: Agent::with_parts(config, DefaultConnector::default(), resolver) }
    }

    fn post(&self, address: &Uri, query: &str, time: Duration) -> Result<Response<Body>, String> {
        let request = self.agent.post(address.clone()).header(header::ACCEPT, ACCEPT);
        let request = request.config().timeout_global(Some(time)).build();
        request.send_form([("query", query)]).map_err(|error| match error {
            ureq::Error::HostNotFound => "has no public address".to_owned(),
            error => error.to_string(),
        })
    }
}

impl OtherEndpoints for Asker {
    fn check(&self, endpoint: &NamedNode) -> Result<(), NotAnswered> {
        let address: Result<Uri, _> = endpoint.as_str().parse();
        if address.is_ok_and(|address| self.hosts.allow(&address)) {
            return Ok(());
        }
        let detail =
            format!("SERVICE {endpoint} is refused: its host is none that is allowed here");
        Err(NotAnswered::Refused(detail))
    }

    fn ask(
        &self,
        endpoint: &NamedNode,
        query: &str,
        time: Duration,
    ) -> Result<OtherRows, NotAnswered> {
        self.check(endpoint)?;
        let failed = |why: String| NotAnswered::Failed(format!("SERVICE {endpoint}: {why}"));
        let until = Instant::now() + time;
        let mut address: Uri =
            endpoint.as_str().parse().map_err(|_| failed("is no address".into()))?;
        for _ in 0..=REDIRECTS_MAX {
            let left = until.saturating_duration_since(Instant::now());
            let response = self.post(&address, query, left).map_err(failed)?;
            let status = response.status();
            if status.is_success() {
                return read(response).map_err(failed);
            }
            if !status.is_redirection() {
                return Err(failed(format!("answers with status {}", status.as_u16())));
            }
            address = redirected(&address, response.headers())
                .filter(|address| self.hosts.allow(address))
                .ok_or_else(|| failed("leads to a host that is not allowed here".into()))?;
        }
        Err(failed("leads on and on".into()))
    }
}

/// Where a redirect leads: a whole address, or a path on the same host.
fn redirected(from: &Uri, headers: &HeaderMap) -> Option<Uri> {
    let location = headers.get(header::LOCATION)?.to_str().ok()?;
    let is_path = location.starts_with('/') && !location.starts_with("//");
    if is_path {
        return format!("{}://{}{location}", from.scheme_str()?, from.authority()?).parse().ok();
    }
    location.parse().ok()
}

fn read(mut response: Response<Body>) -> Result<OtherRows, String> {
    let media_type = response.headers().get(header::CONTENT_TYPE);
    let media_type =
        media_type.and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let format = QueryResultsFormat::from_media_type(&media_type)
        .ok_or_else(|| format!("answers in “{media_type}”, which is no table"))?;
    let body = response.body_mut().with_config().limit(BYTES_MAX).read_to_vec();
    let body = body.map_err(|error| format!("breaks off: {error}"))?;
    let unreadable = |error: &dyn std::fmt::Display| format!("answers with no table: {error}");
    let parsed = QueryResultsParser::from_format(format).for_slice(&body);
    let SliceQueryResultsParserOutput::Solutions(solutions) =
        parsed.map_err(|error| unreadable(&error))?
    else {
        return Err("answers with a truth value".to_owned());
    };
    let variables: Vec<Variable> = solutions.variables().to_vec();
    let mut rows: Vec<Vec<Option<Term>>> = Vec::new();
    for solution in solutions {
        let solution = solution.map_err(|error| unreadable(&error))?;
        if rows.len() == ROWS_MAX {
            return Err(format!("answers with more than {ROWS_MAX} rows; ask it for less"));
        }
        rows.push(variables.iter().map(|name| solution.get(name).cloned()).collect());
    }
    Ok(OtherRows { variables, rows })
}

#[cfg(test)]
mod tests;
