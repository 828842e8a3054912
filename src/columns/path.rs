//! Property paths with `+`, `*` and `?`. In: rows and a path; out: rows extended by what the path leads to, each end once. The
//! surprise: every start is walked once, however many rows have it.

use super::batch::{Batch, ROWS, Rows, Steps};
use super::context::Context;
use crate::image::{Order, TermId};
use rustc_hash::{FxHashMap, FxHashSet};
use std::rc::Rc;

/// One step of a path: a predicate, from subject to object or back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hop {
    pub(super) predicate: TermId,
    pub(super) back: bool,
}

/// How often the hops are repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Repeat {
    /// Whether the start itself is an end.
    pub(super) none: bool,
    /// Whether more than one hop may be made.
    pub(super) many: bool,
}

/// An alternative of hops, repeated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Walk {
    pub(super) hops: Vec<Hop>,
    pub(super) repeat: Repeat,
}

impl Walk {
    /// The same walk from its end to its start.
    pub(super) fn reversed(&self) -> Self {
        let hops = self.hops.iter().map(|hop| Hop { back: !hop.back, ..*hop }).collect();
        Self { hops, repeat: self.repeat }
    }

    /// All ends of walks from `start`, each once.
    fn ends(&self, context: &Context<'_>, start: TermId) -> Vec<TermId> {
        let mut ends = Vec::new();
        let mut seen = FxHashSet::default();
        if self.repeat.none {
            // As the evaluator has it, a term that no triple speaks of is the start of nothing.
            if !is_node(context, start) {
                return ends;
            }
            seen.insert(start);
            ends.push(start);
        }
        let mut waiting = vec![start];
        while let Some(at) = waiting.pop() {
            for next in self.neighbours(context, at) {
                if seen.insert(next) {
                    context.hold(1);
                    ends.push(next);
                    if self.repeat.many {
                        waiting.push(next);
                    }
                }
            }
        }
        ends
    }

    fn neighbours(&self, context: &Context<'_>, at: TermId) -> Vec<TermId> {
        let mut found = Vec::new();
        for hop in &self.hops {
            let (order, prefix) = if hop.back {
                (Order::Pos, [hop.predicate, at])
            } else {
                (Order::Pso, [hop.predicate, at])
            };
            let table = context.image.table(order);
            let range = table.range_of(&prefix);
            context.tick(range.len() + 1);
            table.read_column(2, range, &mut found);
        }
        found
    }

    /// Every term that a first hop can start from, each once.
    fn starts(&self, context: &Context<'_>) -> Vec<TermId> {
        let mut starts = Vec::new();
        for hop in &self.hops {
            let order = if hop.back { Order::Pos } else { Order::Pso };
            let table = context.image.table(order);
            let range = table.range_of(&[hop.predicate]);
            context.hold(range.len() / 8);
            table.read_column(1, range, &mut starts);
        }
        starts.sort_unstable();
        starts.dedup();
        starts
    }
}

/// Whether a term is the subject or object of a triple.
fn is_node(context: &Context<'_>, id: TermId) -> bool {
    [Order::Spo, Order::Osp]
        .into_iter()
        .any(|order| !context.image.table(order).range_of(&[id]).is_empty())
}

/// Where a walk starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Start {
    Constant(TermId),
    Column(usize),
    /// Anywhere; the start is a new column before that of the end.
    New,
}

/// Where it must end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Constant(TermId),
    Column(usize),
    New,
}

/// Rows extended by walks.
pub(super) struct PathRows<'a> {
    context: Context<'a>,
    input: Steps<'a>,
    walk: Walk,
    start: Start,
    end: End,
    known: FxHashMap<TermId, Rc<[TermId]>>,
    /// The starts of a walk from anywhere.
    anywhere: Option<Rc<[TermId]>>,
    /// Columns of the input.
    columns: usize,
}

impl<'a> PathRows<'a> {
    /// `columns` is the number of columns of `input`.
    pub(super) fn new(
        context: Context<'a>,
        (input, columns): (Steps<'a>, usize),
        walk: Walk,
        (start, end): (Start, End),
    ) -> Self {
        let known = FxHashMap::default();
        Self { context, input, walk, start, end, known, anywhere: None, columns }
    }

    fn ends_of(&mut self, start: TermId) -> Rc<[TermId]> {
        if let Some(ends) = self.known.get(&start) {
            return Rc::clone(ends);
        }
        let ends: Rc<[TermId]> = self.walk.ends(&self.context, start).into();
        self.known.insert(start, Rc::clone(&ends));
        ends
    }

    fn starts_of(&mut self, batch: &Batch, row: usize) -> Rc<[TermId]> {
        match self.start {
            Start::Constant(id) => Rc::from([id]),
            Start::Column(column) => Rc::from([batch.value(column, row)]),
            Start::New => {
                let (walk, context) = (&self.walk, &self.context);
                Rc::clone(self.anywhere.get_or_insert_with(|| walk.starts(context).into()))
            }
        }
    }
}

impl Rows for PathRows<'_> {
    fn next(&mut self) -> Option<Batch> {
        let batch = self.input.next()?;
        let mut rows: Vec<u32> = Vec::with_capacity(ROWS);
        let (mut starts, mut ends) = (Vec::new(), Vec::new());
        for row in 0..batch.len() {
            let number = u32::try_from(row).unwrap_or(u32::MAX);
            for start in self.starts_of(&batch, row).iter() {
                let found = self.ends_of(*start);
                let wanted = match self.end {
                    End::New => None,
                    End::Constant(id) => Some(id),
                    End::Column(column) => Some(batch.value(column, row)),
                };
                for end in found.iter().filter(|end| wanted.is_none_or(|wanted| wanted == **end)) {
                    rows.push(number);
                    starts.push(*start);
                    ends.push(*end);
                }
                self.context.tick(found.len() + 1);
            }
        }
        self.context.hold(rows.len() / 8);
        let all: Vec<usize> = (0..self.columns).collect();
        let mut columns = batch.take(&rows, &all);
        if self.start == Start::New {
            columns.push(starts);
        }
        if self.end == End::New {
            columns.push(ends);
        }
        Some(Batch::new(columns, rows.len()))
    }
}
