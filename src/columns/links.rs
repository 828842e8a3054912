//! Predicates that were laid out, kept for the queries after. In: links; out: the same links. Guarantee: all of them together take no more
//! than the budget that is said when one is kept; what was used longest ago goes first.

use super::link::Link;
use crate::image::{Order, TermId};
use lru::LruCache;
use std::sync::{Arc, Mutex, PoisonError};

/// The links of one image.
pub(crate) struct Links(Mutex<State>);

struct State {
    links: LruCache<(Order, TermId), Arc<Link>>,
    bytes: usize,
}

impl Default for Links {
    fn default() -> Self {
        Self(Mutex::new(State { links: LruCache::unbounded(), bytes: 0 }))
    }
}

impl Links {
    /// The link of a predicate in this order, if it is kept.
    pub(super) fn find(&self, order: Order, predicate: TermId) -> Option<Arc<Link>> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.links.get(&(order, predicate)).cloned()
    }

    /// Keeps a link, as far as `bytes_max` allows.
    pub(super) fn keep(&self, key: (Order, TermId), link: &Arc<Link>, bytes_max: usize) {
        if link.byte_len() > bytes_max {
            // The others would go for nothing.
            return;
        }
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let State { links, bytes } = &mut *state;
        *bytes += link.byte_len();
        if let Some((_, former)) = links.push(key, Arc::clone(link)) {
            *bytes -= former.byte_len();
        }
        while *bytes > bytes_max
            && let Some((_, oldest)) = links.pop_lru()
        {
            *bytes -= oldest.byte_len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_stay_within_the_budget_and_the_one_used_longest_ago_goes_first() {
        let links = Links::default();
        let link = Arc::new(Link::of_bytes(40));
        let is_kept = |predicate| links.find(Order::Pso, predicate).is_some();
        for predicate in 0..3 {
            links.keep((Order::Pso, predicate), &link, 100);
            assert!(predicate == 0 || is_kept(0), "what is used stays");
        }
        assert_eq!([0, 1, 2].map(is_kept), [true, false, true]);
        assert!(links.find(Order::Pos, 0).is_none());
        links.keep((Order::Pso, 3), &Arc::new(Link::of_bytes(104)), 100);
        assert_eq!([0, 2, 3].map(is_kept), [true, true, false]);
    }
}
