//! A store as the evaluator sees it, without a deadline. In: a store; out: a dataset to query.
//!
//! Guarantees: the default graph is the set of all triples, as for every query. The surprise: nothing
//! stops a query here, and `text:query` matches nothing, so this is for checks of our own over a graph
//! of our own, never for a request.

use super::dataset::Store;
use super::limits::Clock;
use super::text_hits::HitTriples;
use super::view::{DefaultGraph, LocalTerms, View};
use spareval::QueryableDataset;

/// What a dataset without limits needs besides the store; lives as long as its datasets.
pub struct Unlimited<'a> {
    store: &'a Store,
    default_graph: DefaultGraph,
    local: LocalTerms,
    hits: HitTriples<'a>,
    clock: Clock,
}

impl Store {
    /// The whole store, to be read without a deadline.
    pub fn unlimited(&self) -> Unlimited<'_> {
        Unlimited {
            store: self,
            default_graph: DefaultGraph::Union,
            local: LocalTerms::default(),
            hits: HitTriples::default(),
            clock: Clock::endless(),
        }
    }
}

impl Unlimited<'_> {
    /// The dataset; copies of it share their terms.
    pub fn dataset(&self) -> impl QueryableDataset<'_> + Clone {
        View {
            store: self.store,
            default_graph: &self.default_graph,
            local: &self.local,
            hits: &self.hits,
            clock: &self.clock,
        }
    }
}
