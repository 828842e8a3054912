//! Shares of clients, at the router: who asks from this machine has none. `connections` asks through a proxy.

use std::sync::LazyLock;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;
use zhengtu::service::{Fairness, Live};

use crate::fixture::{Answer, site, sparql};

/// A service with bounds that a second query would meet, were its client to have any.
static ROUTER: LazyLock<Router> = LazyLock::new(|| {
    let fairness = Fairness { refill_s: 30, burst_s: 120, queries_max: 1, proxies: 0 };
    Live::with_fairness(site(), fairness).router()
});

async fn get(address: &str) -> Answer {
    let request = Request::get(address).body(Body::empty()).unwrap();
    let (head, body) = ROUTER.clone().oneshot(request).await.unwrap().into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    let body = String::from_utf8_lossy(&bytes).into_owned();
    Answer { status: head.status, headers: head.headers, body }
}

#[tokio::test]
async fn who_asks_from_this_machine_has_no_budget_and_is_told_of_none() {
    for _ in 0..3 {
        let answer = get(&sparql("ASK { ?s ?p ?o }", "&format=srj")).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.header("ratelimit-policy"), "");
    }
}

#[tokio::test]
async fn refusals_by_budget_are_counted_for_prometheus() {
    let metrics = get("/metrics").await;
    for cause in ["budget", "concurrency"] {
        let line = format!("zhengtu_budget_refusals_total{{cause=\"{cause}\"}} 0\n");
        assert!(metrics.body.contains(&line), "{}", metrics.body);
    }
}
