//! ORDER BY, with or without LIMIT. In: rows; out: the same rows in order, or the first of them. The surprise: with a LIMIT only a few
//! times as many rows as are wanted are ever held.

use super::batch::{Batch, ROWS, Ready, Rows, Steps, UNBOUND};
use super::context::Context;
use super::order::compare;
use crate::image::{TERMS_MAX, TermId, TermKind};
use std::cmp::Ordering;

/// A column to sort by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key {
    pub(super) column: usize,
    pub(super) descending: bool,
}

/// Rows in order.
pub(super) struct SortedRows<'a> {
    context: Context<'a>,
    input: Option<Steps<'a>>,
    keys: Vec<Key>,
    rows_max: Option<usize>,
    sorted: Ready,
}

impl<'a> SortedRows<'a> {
    /// The rows of `input` in the order of `keys`, at most `rows_max` of them.
    pub(super) fn new(
        context: Context<'a>,
        input: Steps<'a>,
        keys: Vec<Key>,
        rows_max: Option<usize>,
    ) -> Self {
        let sorted = Ready(Vec::new().into_iter());
        Self { context, input: Some(input), keys, rows_max, sorted }
    }

    fn sort(&self, mut input: Steps<'a>) -> Batch {
        let prune_at =
            self.rows_max.map_or(usize::MAX, |rows| rows.saturating_mul(2).max(16 * ROWS));
        let mut held = Batch::default();
        while let Some(batch) = input.next() {
            if self.rows_max.is_none() {
                self.context.hold(batch.len());
            }
            held.append(batch);
            if held.len() > prune_at {
                held = self.first(&held);
            }
        }
        self.first(&held)
    }

    /// The rows in order, as many as are wanted.
    fn first(&self, held: &Batch) -> Batch {
        let columns: Vec<SortColumn<'_>> =
            self.keys.iter().map(|key| SortColumn::new(&self.context, held, *key)).collect();
        let mut rows: Vec<u32> = (0..u32::try_from(held.len()).unwrap_or(u32::MAX)).collect();
        let by_keys = |left: &u32, right: &u32| {
            let mut orderings =
                columns.iter().map(|column| column.compare(&self.context, *left, *right));
            orderings.find(|ordering| ordering.is_ne()).unwrap_or(left.cmp(right))
        };
        if let Some(wanted) = self.rows_max.filter(|wanted| *wanted < rows.len()) {
            if wanted > 0 {
                rows.select_nth_unstable_by(wanted - 1, by_keys);
            }
            rows.truncate(wanted);
        }
        rows.sort_unstable_by(by_keys);
        held.pick(&rows)
    }
}

/// One column in a form that compares quickly.
struct SortColumn<'b> {
    values: &'b [TermId],
    /// In whose order the values are; `None` where they must be compared as terms.
    ranks: Option<Vec<TermId>>,
    descending: bool,
}

impl<'b> SortColumn<'b> {
    fn new(context: &Context<'_>, held: &'b Batch, key: Key) -> Self {
        let values = held.column(key.column);
        Self { values, ranks: ranks(context, values), descending: key.descending }
    }

    fn compare(&self, context: &Context<'_>, left: u32, right: u32) -> Ordering {
        context.tick(1);
        let of = |values: &[TermId], row: u32| values.get(row as usize).copied().unwrap_or(UNBOUND);
        let ordering = match &self.ranks {
            Some(ranks) => of(ranks, left).cmp(&of(ranks, right)),
            None => compare(context, of(self.values, left), of(self.values, right)),
        };
        if self.descending { ordering.reverse() } else { ordering }
    }
}

/// Numbers in the order of the values, where all are of one kind whose numbers have that order.
fn ranks(context: &Context<'_>, values: &[TermId]) -> Option<Vec<TermId>> {
    let kind_of = |id: TermId| (id < TERMS_MAX).then(|| context.image.kind(id)).flatten();
    let first = values.iter().find(|id| **id != UNBOUND).copied();
    let kind = match first {
        Some(id) => kind_of(id)?,
        None => return Some(vec![0; values.len()]),
    };
    let in_order = matches!(
        kind,
        TermKind::NamedNode | TermKind::BlankNode | TermKind::String | TermKind::Number
    );
    if !in_order || !all_of_kind(context, kind, values) {
        return None;
    }
    let rank = |id: &TermId| match (*id, kind) {
        // Nothing comes first.
        (UNBOUND, _) => 0,
        // 1 and 1.0 are one value: both get the number of the first.
        (id, TermKind::Number) => first_of_value(context, id) + 1,
        (id, _) => id + 1,
    };
    Some(values.iter().map(rank).collect())
}

fn all_of_kind(context: &Context<'_>, kind: TermKind, values: &[TermId]) -> bool {
    let ids = context.image.ids_of(kind);
    values.iter().all(|id| *id == UNBOUND || ids.contains(id))
}

/// The first number of the terms that have this number's value.
fn first_of_value(context: &Context<'_>, id: TermId) -> TermId {
    let value = context.image.number(id);
    let same = |other: TermId| value.is_some() && context.image.number(other) == value;
    let mut first = id;
    while let Some(before) = first.checked_sub(1).filter(|before| same(*before)) {
        first = before;
    }
    first
}

impl Rows for SortedRows<'_> {
    fn next(&mut self) -> Option<Batch> {
        if let Some(input) = self.input.take() {
            let sorted = self.sort(input);
            self.sorted = Ready::one(sorted);
        }
        self.sorted.next()
    }
}
