//! The plain steps of a plan: rows that meet conditions, with a value added, each once, some of them, one relation after another.
//! In: rows; out: rows.

use super::batch::{Batch, Rows, Steps};
use super::condition::Condition;
use super::context::Context;
use super::expression::Memo;
use crate::image::TermId;
use rustc_hash::FxHashSet;

/// Rows that meet every condition.
pub(super) struct FilteredRows<'a> {
    pub(super) context: Context<'a>,
    pub(super) input: Steps<'a>,
    pub(super) condition: Condition<'a>,
}

impl Rows for FilteredRows<'_> {
    fn next(&mut self) -> Option<Batch> {
        let batch = self.input.next()?;
        self.context.tick(batch.len());
        let rows = self.condition.rows(&self.context, &batch);
        Some(if rows.len() == batch.len() { batch } else { batch.pick(&rows) })
    }
}

/// What a new column holds.
pub(super) enum Value<'a> {
    Copy(usize),
    Constant(TermId),
    Computed(Memo<'a>),
    Truth(Condition<'a>, [TermId; 2]),
}

/// Rows with one more column.
pub(super) struct ExtendedRows<'a> {
    pub(super) context: Context<'a>,
    pub(super) input: Steps<'a>,
    pub(super) value: Value<'a>,
}

impl Rows for ExtendedRows<'_> {
    fn next(&mut self) -> Option<Batch> {
        let batch = self.input.next()?;
        self.context.tick(batch.len());
        let column = match &self.value {
            Value::Copy(column) => batch.column(*column).to_vec(),
            Value::Constant(id) => vec![*id; batch.len()],
            Value::Computed(memo) => (0..batch.len()).map(|row| memo.value(&batch, row)).collect(),
            Value::Truth(condition, [no, yes]) => (0..batch.len())
                .map(|row| match condition.test(&self.context, &batch, row) {
                    Some(true) => *yes,
                    Some(false) => *no,
                    None => super::batch::UNBOUND,
                })
                .collect(),
        };
        Some(batch.with_column(column))
    }
}

/// Columns chosen and put in order.
pub(super) struct ProjectedRows<'a> {
    pub(super) input: Steps<'a>,
    pub(super) columns: Vec<Option<usize>>,
}

impl Rows for ProjectedRows<'_> {
    fn next(&mut self) -> Option<Batch> {
        Some(self.input.next()?.project(&self.columns))
    }
}

/// Rows some of which are left out at the start and the end.
pub(super) struct SlicedRows<'a> {
    pub(super) input: Steps<'a>,
    pub(super) start: usize,
    pub(super) length: usize,
}

impl Rows for SlicedRows<'_> {
    fn next(&mut self) -> Option<Batch> {
        if self.length == 0 {
            return None;
        }
        let batch = self.input.next()?;
        let start = self.start.min(batch.len());
        let end = batch.len().min(start.saturating_add(self.length));
        self.start -= start;
        self.length -= end - start;
        if end - start == batch.len() {
            return Some(batch);
        }
        let number = |row: usize| u32::try_from(row).unwrap_or(u32::MAX);
        let rows: Vec<u32> = (number(start)..number(end)).collect();
        Some(batch.pick(&rows))
    }
}

/// One relation after the other. Both have the same columns.
pub(super) struct ChainedRows<'a> {
    pub(super) inputs: std::collections::VecDeque<Steps<'a>>,
}

impl Rows for ChainedRows<'_> {
    fn next(&mut self) -> Option<Batch> {
        loop {
            if let Some(batch) = self.inputs.front_mut()?.next() {
                return Some(batch);
            }
            self.inputs.pop_front();
        }
    }
}

/// Each row once.
pub(super) struct DistinctRows<'a> {
    context: Context<'a>,
    input: Steps<'a>,
    columns: usize,
    seen: RowSet,
}

impl<'a> DistinctRows<'a> {
    /// `columns` is the number of columns of `input`.
    pub(super) fn new(context: Context<'a>, input: Steps<'a>, columns: usize) -> Self {
        Self { context, input, columns, seen: RowSet::of_width(columns) }
    }
}

impl Rows for DistinctRows<'_> {
    fn next(&mut self) -> Option<Batch> {
        let batch = self.input.next()?;
        self.context.tick(batch.len());
        let columns: Vec<usize> = (0..self.columns).collect();
        let new = |row: &u32| self.seen.insert(&batch, &columns, *row as usize);
        let rows: Vec<u32> =
            (0..u32::try_from(batch.len()).unwrap_or(u32::MAX)).filter(new).collect();
        self.context.hold(rows.len());
        Some(batch.pick(&rows))
    }
}

/// A set of rows; narrow ones are packed into one number.
pub(super) enum RowSet {
    Narrow(FxHashSet<u64>),
    Medium(FxHashSet<u128>),
    Wide(FxHashSet<Box<[TermId]>>),
}

impl RowSet {
    /// A set of rows of so many columns.
    pub(super) fn of_width(columns: usize) -> Self {
        match columns {
            0..=2 => Self::Narrow(FxHashSet::default()),
            3..=4 => Self::Medium(FxHashSet::default()),
            _ => Self::Wide(FxHashSet::default()),
        }
    }

    /// Adds these columns of a row; false if they were there.
    pub(super) fn insert(&mut self, batch: &Batch, columns: &[usize], row: usize) -> bool {
        let values = columns.iter().map(|column| batch.value(*column, row));
        match self {
            Self::Narrow(set) => set.insert(values.fold(0, |key, id| (key << 32) | u64::from(id))),
            Self::Medium(set) => set.insert(values.fold(0, |key, id| (key << 32) | u128::from(id))),
            Self::Wide(set) => set.insert(values.collect()),
        }
    }
}
