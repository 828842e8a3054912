//! GROUP BY. In: rows; out: a row for each group, with its key and what was counted, summed or compared. The surprise: sums of numbers
//! are exact, in the types that the evaluator would have given.

use super::batch::{Batch, ROWS, Ready, Rows, Steps, UNBOUND};
use super::context::Context;
use super::order::compare;
use super::sum::Sum;
use crate::image::TermId;
use oxigraph::model::{Literal, Term};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Ordering;

/// What is made of the values of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    /// Rows.
    CountRows,
    Count,
    Sum,
    Average,
    Least,
    Greatest,
    Sample,
}

/// One aggregate.
#[derive(Clone, Copy, Debug)]
pub(super) struct Aggregate {
    pub(super) function: Function,
    pub(super) distinct: bool,
    /// The column of the values; not looked at for [`Function::CountRows`].
    pub(super) column: usize,
}

/// Rows of a grouping.
pub(super) struct GroupedRows<'a> {
    context: Context<'a>,
    input: Option<Steps<'a>>,
    keys: Vec<usize>,
    aggregates: Vec<Aggregate>,
    groups: Ready,
}

impl<'a> GroupedRows<'a> {
    /// Groups by the columns `keys`; the aggregates follow them.
    pub(super) fn new(
        context: Context<'a>,
        input: Steps<'a>,
        keys: Vec<usize>,
        aggregates: Vec<Aggregate>,
    ) -> Self {
        let groups = Ready(Vec::new().into_iter());
        Self { context, input: Some(input), keys, aggregates, groups }
    }

    fn group(&self, mut input: Steps<'a>) -> Batch {
        let mut groups = Groups::new(self.keys.len());
        let mut states: Vec<State> =
            self.aggregates.iter().map(|aggregate| State::new(*aggregate)).collect();
        if self.keys.is_empty() {
            groups.add_empty();
        }
        let mut of_rows = Vec::with_capacity(ROWS);
        while let Some(batch) = input.next() {
            self.context.tick(batch.len());
            of_rows.clear();
            let before = groups.len();
            groups.number_rows(&batch, &self.keys, &mut of_rows);
            self.context.hold(groups.len() - before);
            for state in &mut states {
                state.add(&self.context, &batch, &of_rows);
            }
        }
        let len = groups.len();
        let mut columns = groups.into_columns(self.keys.len());
        columns.extend(states.into_iter().map(|state| state.finish(&self.context, len)));
        Batch::new(columns, len)
    }
}

impl Rows for GroupedRows<'_> {
    fn next(&mut self) -> Option<Batch> {
        if let Some(input) = self.input.take() {
            let groups = self.group(input);
            self.groups = Ready::one(groups);
        }
        self.groups.next()
    }
}

/// The groups by their keys.
struct Groups {
    narrow: FxHashMap<u64, u32>,
    wide: FxHashMap<Box<[TermId]>, u32>,
    keys: Vec<TermId>,
    len: usize,
    width: usize,
}

impl Groups {
    fn new(width: usize) -> Self {
        Self {
            narrow: FxHashMap::default(),
            wide: FxHashMap::default(),
            keys: Vec::new(),
            len: 0,
            width,
        }
    }

    fn len(&self) -> usize {
        self.len
    }

    fn add_empty(&mut self) {
        self.narrow.insert(0, 0);
        self.len = 1;
    }

    /// The group of each row.
    fn number_rows(&mut self, batch: &Batch, keys: &[usize], of_rows: &mut Vec<u32>) {
        let mut last: Option<(u64, u32)> = None;
        for row in 0..batch.len() {
            let values = keys.iter().map(|column| batch.value(*column, row));
            let next = u32::try_from(self.len).unwrap_or(u32::MAX);
            let number = if self.width <= 2 {
                let key = values.clone().fold(0, |key, id| (key << 32) | u64::from(id));
                match last {
                    Some((same, number)) if same == key => number,
                    _ => {
                        let number = *self.narrow.entry(key).or_insert(next);
                        last = Some((key, number));
                        number
                    }
                }
            } else {
                *self.wide.entry(values.clone().collect()).or_insert(next)
            };
            if number == next {
                self.keys.extend(values);
                self.len += 1;
            }
            of_rows.push(number);
        }
    }

    fn into_columns(self, width: usize) -> Vec<Vec<TermId>> {
        let column =
            |number: usize| self.keys.iter().skip(number).step_by(width).copied().collect();
        (0..width).map(column).collect()
    }
}

/// One aggregate over all groups.
struct State {
    aggregate: Aggregate,
    seen: FxHashSet<u64>,
    counts: Vec<u64>,
    sums: Vec<Sum>,
    chosen: Vec<TermId>,
    /// Groups in which a value was missing, so that there is no least and no greatest.
    failed: FxHashSet<u32>,
}

impl State {
    fn new(aggregate: Aggregate) -> Self {
        Self {
            aggregate,
            seen: FxHashSet::default(),
            counts: Vec::new(),
            sums: Vec::new(),
            chosen: Vec::new(),
            failed: FxHashSet::default(),
        }
    }

    fn add(&mut self, context: &Context<'_>, batch: &Batch, of_rows: &[u32]) {
        let groups = of_rows.iter().max().map_or(0, |group| *group as usize + 1);
        self.reserve(groups);
        if self.aggregate.function == Function::CountRows {
            for group in of_rows {
                self.count(*group);
            }
            return;
        }
        for (group, id) in of_rows.iter().zip(batch.column(self.aggregate.column)) {
            let new = !self.aggregate.distinct
                || self.seen.insert((u64::from(*group) << 32) | u64::from(*id));
            if new {
                self.add_value(context, *group, *id);
            }
        }
        if self.aggregate.distinct {
            context.hold(of_rows.len() / 8);
        }
    }

    fn reserve(&mut self, groups: usize) {
        match self.aggregate.function {
            Function::CountRows | Function::Count => {
                self.counts.resize(self.counts.len().max(groups), 0);
            }
            Function::Sum | Function::Average => {
                self.counts.resize(self.counts.len().max(groups), 0);
                self.sums.resize_with(self.sums.len().max(groups), Sum::default);
            }
            Function::Least | Function::Greatest | Function::Sample => {
                self.chosen.resize(self.chosen.len().max(groups), UNBOUND);
            }
        }
    }

    fn count(&mut self, group: u32) {
        if let Some(count) = self.counts.get_mut(group as usize) {
            *count += 1;
        }
    }

    /// A missing value is not counted, and leaves a sum or an extreme without an answer: as the evaluator has it.
    fn add_value(&mut self, context: &Context<'_>, group: u32, id: TermId) {
        if id == UNBOUND {
            if let Some(sum) = self.sums.get_mut(group as usize) {
                *sum = Sum::Error;
            }
            if matches!(self.aggregate.function, Function::Least | Function::Greatest) {
                self.failed.insert(group);
            }
            return;
        }
        match self.aggregate.function {
            Function::CountRows | Function::Count => self.count(group),
            Function::Sum | Function::Average => {
                self.count(group);
                if let Some(sum) = self.sums.get_mut(group as usize) {
                    sum.add(context, id);
                }
            }
            Function::Least => self.choose(context, group, id, Ordering::Less),
            Function::Greatest => self.choose(context, group, id, Ordering::Greater),
            Function::Sample => self.choose(context, group, id, Ordering::Equal),
        }
    }

    fn choose(&mut self, context: &Context<'_>, group: u32, id: TermId, better: Ordering) {
        let Some(chosen) = self.chosen.get_mut(group as usize) else { return };
        if *chosen == UNBOUND || (better.is_ne() && compare(context, id, *chosen) == better) {
            *chosen = id;
        }
    }

    fn finish(mut self, context: &Context<'_>, groups: usize) -> Vec<TermId> {
        self.reserve(groups);
        let integer = |count: u64| {
            let count = i64::try_from(count).unwrap_or(i64::MAX);
            context.terms.id(Term::from(Literal::from(count)))
        };
        let term = |term: Option<Term>| term.map_or(UNBOUND, |term| context.terms.id(term));
        match self.aggregate.function {
            Function::CountRows | Function::Count => self.counts.into_iter().map(integer).collect(),
            Function::Sum => self.sums.into_iter().map(|sum| term(sum.total())).collect(),
            Function::Average => {
                let both = self.sums.into_iter().zip(self.counts);
                both.map(|(sum, count)| term(sum.average(count))).collect()
            }
            Function::Least | Function::Greatest | Function::Sample => {
                for group in self.failed {
                    if let Some(chosen) = self.chosen.get_mut(group as usize) {
                        *chosen = UNBOUND;
                    }
                }
                self.chosen
            }
        }
    }
}
