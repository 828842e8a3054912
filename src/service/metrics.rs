//! What the service has done, in numbers. In: requests as they begin and end; out: counters, durations and the release served, as text
//! that Prometheus reads. Guarantees: the number of series is bounded, because a label is one of a few routes or a status, never
//! a path as sent; a duration is that of the whole answer, to its last byte or to the moment that its reader went away.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, HttpBody};
use axum::response::Response;
use http_body::{Frame, SizeHint};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::prometheus_text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

use super::budget::{Refusals, no_refusals};
use super::graph_store;
use super::request_log::{End, Line};
use super::site::Site;
use crate::jobs::JobCounts;
use crate::worker::KeptCounts;

/// The routes that are told apart. Whatever else there is, is a resource.
const ROUTES: [&str; 28] = [
    "/",
    "/query",
    "/query/terms.json",
    SHORT,
    "/deadlines",
    "/deadlines.csv",
    "/deadlines.svg",
    "/compare",
    "/compare.csv",
    "/compare.svg",
    "/data",
    "/places",
    "/programmes",
    "/search",
    "/search.json",
    "/suggest.json",
    "/related.json",
    "/sparql",
    "/sparql/check",
    "/sparql/explain",
    graph_store::ADDRESS,
    "/prefixes",
    "/sitemap.xml",
    "/feed.atom",
    "/opensearch.xml",
    "/robots.txt",
    "/mcp",
    JOBS,
];
const JOBS: &str = "/jobs";
const SHORT: &str = "/q";
const ASSET: &str = "/assets/{name}";
const RESOURCE: &str = "/{name}";

/// The routes that evaluate queries.
const QUERY_ROUTES: [&str; 5] = ["/query", "/sparql", "/sparql/check", "/sparql/explain", "/mcp"];

/// Upper bounds of the durations that are told apart, in seconds: from an answer out of the index to a query at its limit.
const SECONDS: [f64; 12] =
    [0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.25, 1.0, 2.5, 5.0, 10.0, 30.0];

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    route: &'static str,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct At {
    route: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct InState {
    state: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Served {
    release: String,
    program: String,
}

/// The numbers of one service.
#[derive(Clone)]
pub(crate) struct Metrics {
    registry: Arc<Registry>,
    requests: Family<Answered, Counter>,
    durations: Family<At, Histogram, fn() -> Histogram>,
    queries_running: Gauge,
    release: Family<Served, Gauge>,
    quads: Gauge,
    swaps: Counter,
    refusals: Counter,
    budget_refusals: Refusals,
    kept: [Gauge; 4],
    jobs: Family<InState, Gauge>,
    job_bytes: Gauge,
}

impl Metrics {
    pub(crate) fn new() -> Self {
        let mut registry = Registry::with_prefix("zhengtu");
        let histogram: fn() -> Histogram = || Histogram::new(SECONDS);
        let requests = Family::default();
        registry.register("requests", "Requests answered, by route and status", requests.clone());
        let durations = Family::new_with_constructor(histogram);
        let help = "Seconds from a request to the last byte of its answer, by route";
        registry.register("request_duration_seconds", help, durations.clone());
        let queries_running = Gauge::default();
        let help = "Requests at /sparql and /query that are not answered to their end yet";
        registry.register("queries_running", help, queries_running.clone());
        let release = Family::default();
        registry.register("release_info", "The release that is served", release.clone());
        let quads = Gauge::default();
        registry.register("release_quads", "Quads of the release that is served", quads.clone());
        let swaps = Counter::default();
        let help = "Times that another release was opened and served";
        registry.register("release_swaps", help, swaps.clone());
        let refusals = Counter::default();
        let help = "Times that a new release could not be opened and the old one went on serving";
        registry.register("release_refusals", help, refusals.clone());
        let budget_refusals = no_refusals();
        let help =
            "Queries refused because their client had spent its time or has too many at once";
        registry.register("budget_refusals", help, budget_refusals.clone());
        let kept = [
            ("kept_answers", "Answers of the release served that are kept to be given again"),
            ("kept_answer_bytes", "Memory that they take"),
            ("kept_answer_hits", "Queries answered from them since the release was opened"),
            ("kept_answer_misses", "Queries that might have been"),
        ]
        .map(|(name, help)| {
            let gauge = Gauge::default();
            registry.register(name, help, gauge.clone());
            gauge
        });
        let jobs = Family::default();
        registry.register("jobs", "Long exports, by their state", jobs.clone());
        let job_bytes = Gauge::default();
        registry.register("job_bytes", "Bytes of their answers on the disk", job_bytes.clone());
        let registry = Arc::new(registry);
        Self {
            registry,
            requests,
            durations,
            queries_running,
            release,
            quads,
            swaps,
            refusals,
            budget_refusals,
            kept,
            jobs,
            job_bytes,
        }
    }

    /// Takes down how many jobs there are.
    pub(crate) fn count_jobs(&self, counts: JobCounts) {
        let JobCounts { waiting, running, done, failed, bytes } = counts;
        let states =
            [("waiting", waiting), ("running", running), ("done", done), ("failed", failed)];
        for (state, count) in states {
            let gauge = self.jobs.get_or_create(&InState { state });
            gauge.set(i64::try_from(count).unwrap_or(i64::MAX));
        }
        self.job_bytes.set(i64::try_from(bytes).unwrap_or(i64::MAX));
    }

    /// The text that Prometheus reads, with what is kept now.
    pub(crate) fn render(&self, kept: KeptCounts) -> Result<String, fmt::Error> {
        let KeptCounts { answers, bytes, hits, misses } = kept;
        let counts = [answers as u64, bytes as u64, hits, misses];
        for (gauge, count) in self.kept.iter().zip(counts) {
            gauge.set(i64::try_from(count).unwrap_or(i64::MAX));
        }
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }

    /// Says which release is served now.
    pub(crate) fn name_release(&self, site: &Site) {
        self.release.clear();
        let release = site.manifest.id.clone();
        let program = site.manifest.program.clone();
        self.release.get_or_create(&Served { release, program }).set(1);
        self.quads.set(i64::try_from(site.store.len()).unwrap_or(i64::MAX));
    }

    pub(crate) fn count_swap(&self) {
        self.swaps.inc();
    }

    /// The counter of what budgets refuse.
    pub(crate) fn budget_refusals(&self) -> Refusals {
        self.budget_refusals.clone()
    }

    pub(crate) fn count_refusal(&self) {
        self.refusals.inc();
    }

    /// Begins to count a request, which has a line of the log.
    pub(crate) fn begin(&self, line: Line) -> Running {
        let queries = QUERY_ROUTES.contains(&line.route).then(|| self.queries_running.clone());
        queries.as_ref().inspect(|running| {
            running.inc();
        });
        Running { metrics: self.clone(), line, queries }
    }
}

/// A request that is being answered. It is timed and no longer runs when this is dropped.
pub(crate) struct Running {
    metrics: Metrics,
    line: Line,
    queries: Option<Gauge>,
}

impl Running {
    /// The response, which carries this count to its last byte.
    pub(crate) fn through(mut self, response: Response) -> Response {
        let status = response.status().as_u16();
        self.line.status = Some(status);
        let answered = Answered { route: self.line.route, status };
        self.metrics.requests.get_or_create(&answered).inc();
        response.map(|body| {
            let length = body.size_hint().exact();
            Body::new(Counted { body, length, running: self })
        })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let at = At { route: self.line.route };
        self.metrics.durations.get_or_create(&at).observe(self.line.elapsed().as_secs_f64());
        if let Some(running) = &self.queries {
            running.dec();
        }
    }
}

/// A body that is counted as running for as long as it lives.
struct Counted {
    body: Body,
    /// Bytes that it has at all, where that is known.
    length: Option<u64>,
    running: Running,
}

impl Drop for Counted {
    fn drop(&mut self) {
        let line = &mut self.running.line;
        // Who knows the length does not ask whether there is more.
        let is_whole =
            line.is_head() || self.body.is_end_stream() || self.length == Some(line.bytes);
        if line.end == End::Left && is_whole {
            line.end = End::Whole;
        }
    }
}

impl HttpBody for Counted {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(context);
        let line = &mut self.running.line;
        match &polled {
            Poll::Ready(Some(Ok(frame))) => {
                line.bytes += frame.data_ref().map_or(0, |bytes| bytes.len() as u64);
            }
            Poll::Ready(Some(Err(_))) => line.end = End::Broken,
            Poll::Ready(None) => line.end = End::Whole,
            Poll::Pending => {}
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// The route that a path is counted under.
pub(crate) fn route_of(path: &str) -> &'static str {
    if path.starts_with("/assets/") {
        return ASSET;
    }
    let is_below =
        |route: &&str| path.strip_prefix(*route).is_some_and(|rest| rest.starts_with('/'));
    if let Some(route) = [graph_store::ADDRESS, JOBS, SHORT].into_iter().find(is_below) {
        return route;
    }
    ROUTES.into_iter().find(|route| *route == path).unwrap_or(RESOURCE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::extract::Request;

    #[test]
    fn whatever_path_is_sent_the_routes_are_few() {
        assert_eq!(route_of("/sparql"), "/sparql");
        assert_eq!(route_of("/assets/style.css"), ASSET);
        assert_eq!(route_of("/rdf-graph-store/document/x"), "/rdf-graph-store");
        assert_eq!(route_of("/jobs/0123/result"), "/jobs");
        assert_eq!(route_of("/q/0123"), "/q");
        for path in ["/sparql/", "/measure/x", "/%00", "", "/../query"] {
            assert_eq!(route_of(path), RESOURCE, "{path}");
        }
    }

    #[test]
    fn a_query_runs_until_its_body_is_gone_whether_read_or_not() {
        let metrics = Metrics::new();
        let line = Line::begin("/sparql", &Request::default(), "r");
        let response = metrics.begin(line).through(Response::new(Body::from("rows")));
        assert_eq!(metrics.queries_running.get(), 1);
        drop(response);
        assert_eq!(metrics.queries_running.get(), 0);
        let text = metrics.render(KeptCounts::default()).unwrap();
        assert!(
            text.contains("zhengtu_requests_total{route=\"/sparql\",status=\"200\"} 1"),
            "{text}"
        );
        assert!(
            text.contains("zhengtu_request_duration_seconds_count{route=\"/sparql\"} 1"),
            "{text}"
        );
    }
}
