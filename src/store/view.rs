//! What the evaluator sees of a store: one query's dataset. In: patterns of term numbers; out: quads.
//!
//! Guarantees: the default graph is a set, whether it is the union of all graphs or of those the query
//! chose; every quad and term handed out ticks the query's clock. The surprise: terms that only the
//! query knows get numbers from [`LOCAL_START`] on, so that comparing numbers stays comparing terms.

use super::dataset::Store;
use super::limits::Clock;
use super::quads::Among;
use super::text_hits::HitTriples;
use super::text_search::{Literals, Snippets};
use crate::image::{DEFAULT_GRAPH, IdPattern, IdQuad, TERMS_MAX, TermId};
use oxigraph::model::{BlankNode, Literal, Term};
use oxsdatatypes::Integer;
use spareval::{ExpressionTerm, InternalQuad, QueryableDataset};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeSet, HashMap};
use std::convert::Infallible;

/// Numbers from here on belong to a query, not to the store.
pub(super) const LOCAL_START: TermId = TERMS_MAX;

/// Numbers from here on are nodes that no term was made for.
const RESERVED_START: TermId = LOCAL_START + (1 << 30);

/// Terms that the query makes or names and the store lacks.
#[derive(Default)]
pub(super) struct LocalTerms {
    terms: RefCell<Vec<Term>>,
    ids: RefCell<HashMap<Term, TermId>>,
    reserved: Cell<TermId>,
    promised: RefCell<Vec<Promised>>,
}

/// Snippets of literals, whose numbers follow each other.
struct Promised {
    first: TermId,
    literals: Vec<TermId>,
    snippets: Snippets,
}

impl LocalTerms {
    /// The number of a term, a new one where neither the store nor the query has had it.
    pub(super) fn id(&self, store: &Store, term: Term) -> TermId {
        store.id(term.as_ref()).unwrap_or_else(|| self.insert(term))
    }

    fn insert(&self, term: Term) -> TermId {
        *self.ids.borrow_mut().entry(term).or_insert_with_key(|term| {
            let mut terms = self.terms.borrow_mut();
            terms.push(term.clone());
            // A query that made 2³⁰ terms would be out of memory long before.
            LOCAL_START + TermId::try_from(terms.len() - 1).unwrap_or(LOCAL_START - 2)
        })
    }

    /// The first number of so many blank nodes, which nothing but their number tells apart.
    pub(super) fn reserve(&self, count: usize) -> TermId {
        let first = RESERVED_START + self.reserved.get();
        // A query that found 2³⁰ hits would be out of memory long before.
        let count = TermId::try_from(count).unwrap_or(TermId::MAX);
        self.reserved.set(self.reserved.get().saturating_add(count).min(TermId::MAX >> 2));
        first
    }

    /// The first number of the snippets of these literals, each of which is made whenever it is asked for. Two of them may
    /// be equal and have two numbers.
    pub(super) fn promise(&self, literals: Vec<TermId>, snippets: Snippets) -> TermId {
        let first = self.reserve(literals.len());
        self.promised.borrow_mut().push(Promised { first, literals, snippets });
        first
    }

    /// The number of a promised term after it was made, which is that of all terms equal to it.
    pub(super) fn keep(&self, store: &Store, id: TermId) -> TermId {
        self.snippet(store, id).map_or(id, |snippet| self.id(store, snippet.into()))
    }

    fn snippet(&self, store: &Store, id: TermId) -> Option<Literal> {
        let promised = self.promised.borrow();
        let of_it = |promised: &&Promised| promised.first <= id;
        let Promised { first, literals, snippets } = promised.iter().rev().find(of_it)?;
        let literal = literals.get((id - first) as usize)?;
        Some(Literal::from(snippets.of(store.text(*literal)?)))
    }

    /// The term of a number that one of these gave.
    pub(super) fn term(&self, store: &Store, id: TermId) -> Option<Term> {
        if (RESERVED_START..RESERVED_START + self.reserved.get()).contains(&id) {
            let snippet = self.snippet(store, id).map(Term::from);
            return snippet.or_else(|| Some(BlankNode::new_from_unique_id(id.into()).into()));
        }
        self.terms.borrow().get((id - LOCAL_START) as usize).cloned()
    }
}

/// Which graphs make up the default graph.
pub(super) enum DefaultGraph {
    /// All of them.
    Union,
    /// These, ascending.
    Of(Vec<TermId>),
}

/// One query's dataset.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) store: &'a Store,
    pub(super) default_graph: &'a DefaultGraph,
    pub(super) local: &'a LocalTerms,
    pub(super) hits: &'a HitTriples<'a>,
    pub(super) clock: &'a Clock,
}

impl<'a> View<'a> {
    fn term(&self, id: TermId) -> Term {
        self.clock.tick();
        let term =
            if id >= LOCAL_START { self.local.term(self.store, id) } else { self.store.term(id) };
        // Numbers come from this view, so each has a term.
        term.unwrap_or_else(|| BlankNode::default().into())
    }

    /// The default graph as the query has it.
    fn default_graph(self) -> Among<'a> {
        match self.default_graph {
            DefaultGraph::Union => Among::Triples,
            DefaultGraph::Of(chosen) => Among::AnyOf(chosen),
        }
    }

    /// The rows of the store that match; in the default graph each triple once, without its graph.
    fn rows(self, pattern: IdPattern, among: Among<'a>) -> impl Iterator<Item = IdQuad> + use<'a> {
        self.store.rows().matches(pattern, among, || self.clock.tick())
    }

    /// The triples of `text:query` calls that match, in the graphs where their resources are described.
    /// `None` where the predicate is none of theirs, which is nearly always.
    fn hit_rows(
        self,
        pattern: IdPattern,
        among: Among<'a>,
    ) -> Option<impl Iterator<Item = IdQuad> + use<'a>> {
        pattern.predicate.filter(|predicate| *predicate >= LOCAL_START)?;
        let rows = self.hits.find(pattern)?;
        Some(rows.flat_map(move |(row, resource)| {
            self.clock.tick();
            let about = IdQuad { subject: Some(resource), ..IdPattern::ANY };
            let described_in = self.graphs_with(about, among);
            described_in.into_iter().map(move |graph| IdQuad { graph, ..row })
        }))
    }

    /// The graphs, as the evaluator is to see them, that hold a match.
    fn graphs_with(self, pattern: IdPattern, among: Among<'a>) -> Vec<TermId> {
        let found = self.store.rows().matches(pattern, among, || {}).map(|row| row.graph);
        match among {
            Among::Triples => vec![DEFAULT_GRAPH],
            Among::One(_) | Among::AnyOf(_) => found.take(1).collect(),
            Among::Named | Among::Every => {
                let distinct: BTreeSet<_> = found.collect();
                distinct.into_iter().collect()
            }
        }
    }
}

impl<'a> QueryableDataset<'a> for View<'a> {
    type InternalTerm = TermId;
    type Error = Infallible;

    fn internal_quads_for_pattern(
        &self,
        subject: Option<&TermId>,
        predicate: Option<&TermId>,
        object: Option<&TermId>,
        graph_name: Option<Option<&TermId>>,
    ) -> impl Iterator<Item = Result<InternalQuad<TermId>, Infallible>> + use<'a> {
        let among = match graph_name {
            None => Among::Named,
            Some(None) => self.default_graph(),
            Some(Some(name)) => Among::One(*name),
        };
        let pattern = IdQuad {
            subject: subject.copied(),
            predicate: predicate.copied(),
            object: object.copied(),
            graph: None,
        };
        let found = self.hit_rows(pattern, among).into_iter().flatten();
        found.chain(self.rows(pattern, among)).map(|row| {
            Ok(InternalQuad {
                subject: row.subject,
                predicate: row.predicate,
                object: row.object,
                graph_name: Some(row.graph).filter(|graph| *graph != DEFAULT_GRAPH),
            })
        })
    }

    fn internal_named_graphs(&self) -> impl Iterator<Item = Result<TermId, Infallible>> + use<'a> {
        self.store.image().graphs().map(Ok)
    }

    fn contains_internal_graph_name(&self, graph_name: &TermId) -> Result<bool, Infallible> {
        Ok(self.store.image().contains_graph(*graph_name))
    }

    fn internalize_term(&self, term: Term) -> Result<TermId, Infallible> {
        self.clock.tick();
        Ok(self.local.id(self.store, term))
    }

    fn externalize_term(&self, term: TermId) -> Result<Term, Infallible> {
        Ok(self.term(term))
    }

    /// Numbers are decoded in the image already: no text is read.
    fn externalize_expression_term(&self, term: TermId) -> Result<ExpressionTerm, Infallible> {
        let image = self.store.image();
        let number = image.number(term).and_then(|value| {
            self.clock.tick();
            if image.is_integer(term) {
                Some(ExpressionTerm::IntegerLiteral(Integer::try_from(value).ok()?))
            } else {
                Some(ExpressionTerm::DecimalLiteral(value))
            }
        });
        Ok(number.unwrap_or_else(|| self.term(term).into()))
    }
}
