//! What a plan reads and reports to. In: an image, the query's own terms and the hits of its text searches; out: the same to every step.

use super::links::Links;
use super::watch::Watch;
use crate::image::{Image, TermId};
use oxigraph::model::{Term, TermRef};

/// Terms by number, also those that only the query knows.
pub(crate) trait Terms {
    /// The number of a term: the image's, or one of the query's own.
    fn id(&self, term: Term) -> TermId;
    /// The term of a number.
    fn term(&self, id: TermId) -> Option<Term>;
    /// Hands the term of a number to `f`, without making it anew; false where there is none.
    fn with_term(&self, id: TermId, scratch: &mut String, f: &mut dyn FnMut(TermRef<'_>)) -> bool;
}

/// Triples that only the query knows: the hits of its text searches.
pub(crate) trait Hits {
    /// How many have this predicate; `None` where it is none of theirs.
    fn count(&self, predicate: TermId) -> Option<usize>;
    /// Whether the objects of this predicate fall in the order of rank, as scores do.
    fn falls(&self, predicate: TermId) -> bool;
    /// Subject and object of those that match, in the order of rank.
    fn find(
        &self,
        predicate: TermId,
        subject: Option<TermId>,
        object: Option<TermId>,
    ) -> Vec<(TermId, TermId)>;
}

/// What bounds a query; each call may unwind.
pub(crate) trait Bounds {
    /// So many rows were looked at.
    fn tick(&self, rows: usize);
    /// So many rows are now held in memory.
    fn hold(&self, rows: usize);
}

/// What every step of a plan can see.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) image: &'a Image,
    pub(crate) terms: &'a dyn Terms,
    pub(crate) hits: &'a dyn Hits,
    pub(crate) bounds: &'a dyn Bounds,
    /// Predicates that were laid out, and how many bytes of them are kept.
    pub(crate) links: &'a Links,
    pub(crate) links_bytes_max: usize,
    /// Where steps are noted, if someone asks for them.
    pub(crate) watch: Option<&'a Watch>,
}

impl Context<'_> {
    pub(super) fn tick(&self, rows: usize) {
        self.bounds.tick(rows);
    }

    pub(super) fn hold(&self, rows: usize) {
        self.bounds.hold(rows);
    }

    /// The number of a term of the query.
    pub(super) fn id(&self, term: TermRef<'_>) -> TermId {
        self.terms.id(term.into_owned())
    }
}
