//! The release that is served, and its change while requests run. In: sites, one after the other; out: a router that never
//! stops. Guarantees: a request is answered by the site that was there when it came, from its first byte to its last, so
//! graph and index of one answer are of one release; a site is let go when its last request has ended. Surprising:
//! each site has a router of its own, and changing the site changes the router, so no handler knows of it.

use std::convert::Infallible;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use axum::Router;
use axum::extract::{Request, State};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use tower::ServiceExt as _;

use super::budget::{Budgets, Fairness};
use super::metrics::{Metrics, route_of};
use super::request_log::Line;
use super::site::Site;
use super::visit::Visit;
use super::{health, router};

/// The service as it runs. A clone is the same service.
#[derive(Clone)]
pub struct Live {
    inner: Arc<Inner>,
}

struct Inner {
    serving: RwLock<Serving>,
    is_draining: AtomicBool,
    metrics: Metrics,
    budgets: Arc<Budgets>,
}

/// A site with its routes.
#[derive(Clone)]
struct Serving {
    site: Arc<Site>,
    router: Router,
}

impl Serving {
    fn of(site: Site) -> Self {
        let site = Arc::new(site);
        Self { router: router(Arc::clone(&site)), site }
    }
}

impl Live {
    /// Begins to serve `site`, with no budgets of clients.
    pub fn new(site: Site) -> Self {
        Self::with_fairness(site, Fairness::default())
    }

    /// Begins to serve `site`, with so much for each client.
    pub fn with_fairness(site: Site, fairness: Fairness) -> Self {
        let metrics = Metrics::new();
        let budgets = Arc::new(Budgets::new(fairness, metrics.budget_refusals()));
        metrics.name_release(&site);
        let serving = RwLock::new(Serving::of(site));
        let is_draining = AtomicBool::new(false);
        Self { inner: Arc::new(Inner { serving, is_draining, metrics, budgets }) }
    }

    /// Serves `site` from now on. Requests that run keep the one that they began with.
    pub fn swap(&self, site: Site) {
        self.inner.metrics.name_release(&site);
        self.inner.metrics.count_swap();
        let next = Serving::of(site);
        let former = {
            let mut serving = self.inner.serving.write().unwrap_or_else(PoisonError::into_inner);
            std::mem::replace(&mut *serving, next)
        };
        // What it takes to close a release is not waited for by requests.
        drop(former);
    }

    /// Stops to be ready for more requests. Those that come are answered all the same.
    pub fn drain(&self) {
        self.inner.is_draining.store(true, Ordering::SeqCst);
    }

    /// Whether more requests are wanted.
    pub(crate) fn is_draining(&self) -> bool {
        self.inner.is_draining.load(Ordering::SeqCst)
    }

    /// The site that answers now.
    pub fn site(&self) -> Arc<Site> {
        self.serving().site
    }

    pub(crate) fn metrics(&self) -> &Metrics {
        &self.inner.metrics
    }

    /// The routes of the service and those of whoever looks after it.
    pub fn router(&self) -> Router {
        Router::new()
            .route("/healthz", get(health::tell_up))
            .route("/readyz", get(health::tell_ready))
            .route("/metrics", get(health::tell_metrics))
            .fallback(answer)
            .with_state(self.clone())
    }

    fn serving(&self) -> Serving {
        self.inner.serving.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

async fn answer(State(live): State<Live>, mut request: Request) -> Response {
    let Serving { router, site } = live.serving();
    let visit = Visit::begin(&request, &live.inner.budgets);
    request.extensions_mut().insert(visit.clone());
    let entry = Line::begin(route_of(request.uri().path()), &request, &site.manifest.id);
    let count = live.metrics().begin(entry);
    let response = router.oneshot(request).await;
    let mut response = response.unwrap_or_else(|error: Infallible| match error {});
    visit.tell_limits(&mut response);
    count.through(response).into_response()
}
