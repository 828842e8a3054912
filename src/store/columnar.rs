//! A query answered in columns, where the engine has a plan for it. In: an evaluation; out: its rows as terms, or nothing, and the
//! evaluator answers instead. The surprise: only the union of all graphs is answered so, because a query that chooses graphs is rare.

use super::dataset::Store;
use super::evaluate::Evaluation;
use super::limits::Clock;
use super::text_hits::HitTriples;
use super::view::{DefaultGraph, LOCAL_START, LocalTerms};
use super::written_rows::{Layout, WrittenRows};
use crate::columns::{Batch, Bounds, Context, Hits, Plan, Terms, plan};
use crate::image::{IdPattern, TermId};
use oxigraph::model::{Term, TermRef};
use oxigraph::sparql::Variable;
use spargebra::Query;
use spargebra::algebra::GraphPattern;
use std::collections::HashMap;
use std::io::{self, Write};

/// Terms that are kept as they were made, because columns repeat them.
const TERMS_KEPT_MAX: usize = 1 << 14;

/// The terms of one evaluation.
pub(super) struct QueryTerms<'a> {
    pub(super) store: &'a Store,
    pub(super) local: LocalTerms,
}

impl Terms for QueryTerms<'_> {
    fn id(&self, term: Term) -> TermId {
        self.local.id(self.store, term)
    }

    fn term(&self, id: TermId) -> Option<Term> {
        if id >= LOCAL_START { self.local.term(self.store, id) } else { self.store.term(id) }
    }

    fn with_term(&self, id: TermId, scratch: &mut String, f: &mut dyn FnMut(TermRef<'_>)) -> bool {
        if id >= LOCAL_START {
            return self.local.term(self.store, id).map(|term| f(term.as_ref())).is_some();
        }
        self.store.image().with_term(id, scratch, f).is_some()
    }
}

impl Hits for HitTriples<'_> {
    fn count(&self, predicate: TermId) -> Option<usize> {
        self.count_of(predicate)
    }

    fn falls(&self, predicate: TermId) -> bool {
        self.falls(predicate)
    }

    fn find(
        &self,
        predicate: TermId,
        subject: Option<TermId>,
        object: Option<TermId>,
    ) -> Vec<(TermId, TermId)> {
        let pattern = IdPattern { subject, predicate: Some(predicate), object, ..IdPattern::ANY };
        let found = self.find(pattern).into_iter().flatten();
        found.map(|(row, _)| (row.subject, row.object)).collect()
    }
}

impl Bounds for Clock {
    fn tick(&self, rows: usize) {
        self.tick_rows(rows);
    }

    fn hold(&self, rows: usize) {
        self.hold_rows(rows);
    }
}

/// The rows of an answer.
pub(super) struct Answer<'a> {
    plan: Plan<'a>,
    terms: &'a dyn Terms,
    kept: HashMap<TermId, Term>,
    batch: Batch,
    row: usize,
}

impl Answer<'_> {
    /// The variables, in the order of the values of a row.
    pub(super) fn variables(&self) -> &[Variable] {
        &self.plan.columns
    }

    /// Puts the values of the next row into `values`. False after the last.
    pub(super) fn read_row(&mut self, values: &mut Vec<Option<Term>>) -> bool {
        while self.row >= self.batch.len() {
            let Some(batch) = self.plan.rows.next() else { return false };
            self.batch = batch;
            self.row = 0;
        }
        values.clear();
        for number in 0..self.plan.columns.len() {
            let id = self.batch.column(number).get(self.row).copied();
            values.push(id.and_then(|id| self.term(id)));
        }
        self.row += 1;
        true
    }

    /// Writes all rows. Gives their number.
    pub(super) fn write(&mut self, layout: Layout, sink: impl Write) -> io::Result<usize> {
        let mut rows = WrittenRows::new(sink, layout, &self.plan.columns, self.terms);
        while let Some(batch) = self.plan.rows.next() {
            rows.write(&batch)?;
        }
        rows.finish()
    }

    /// Whether there is a row.
    pub(super) fn has_row(&mut self) -> bool {
        while let Some(batch) = self.plan.rows.next() {
            if batch.len() > 0 {
                return true;
            }
        }
        false
    }

    fn term(&mut self, id: TermId) -> Option<Term> {
        if let Some(term) = self.kept.get(&id) {
            return Some(term.clone());
        }
        let term = self.terms.term(id)?;
        if self.kept.len() >= TERMS_KEPT_MAX {
            self.kept.clear();
        }
        self.kept.insert(id, term.clone());
        Some(term)
    }
}

impl Evaluation<'_> {
    /// What a plan is made with.
    pub(super) fn context<'a>(
        &'a self,
        terms: &'a QueryTerms<'_>,
        hits: &'a HitTriples<'a>,
        clock: &'a Clock,
    ) -> Context<'a> {
        let (image, links) = (self.store.image(), self.store.links());
        let links_bytes_max = self.limits.links_bytes_max;
        Context { image, terms, hits, bounds: clock, links, links_bytes_max, watch: None }
    }

    /// Answers a SELECT or ASK in columns; `None` where there is no plan for it.
    pub(super) fn in_columns<T>(
        &self,
        query: &Query,
        then: impl FnOnce(Answer<'_>) -> T,
    ) -> Option<T> {
        let DefaultGraph::Union = self.graphs.default_graph else { return None };
        let (Query::Select { pattern, .. } | Query::Ask { pattern, .. }) = query else {
            return None;
        };
        let clock = Clock::start(self.limits);
        let terms = QueryTerms { store: self.store, local: LocalTerms::default() };
        let hits = HitTriples::new(self.calls, self.store, &terms.local);
        let context = self.context(&terms, &hits, &clock);
        let plan = plan(context, pattern, &projected(pattern))?;
        let (kept, batch) = (HashMap::new(), Batch::default());
        Some(then(Answer { plan, terms: &terms, kept, batch, row: 0 }))
    }
}

/// The variables of a SELECT; none for an ASK, of which only the rows count.
pub(super) fn projected(pattern: &GraphPattern) -> Vec<Variable> {
    match pattern {
        GraphPattern::Project { variables, .. } => variables.clone(),
        GraphPattern::Slice { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner } => projected(inner),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests;
