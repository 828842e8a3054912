//! OPTIONAL, EXISTS and MINUS. In: rows, and a part of a plan that extends rows it is fed; out: the rows with what the part found, or
//! those for which it found something, or nothing. The surprise: the part is planned once and fed one batch after the other; a last
//! column of row numbers tells which rows its answers belong to.

use super::batch::{Batch, Rows, Steps, UNBOUND};
use super::context::Context;
use crate::image::TermId;
use std::cell::RefCell;
use std::rc::Rc;

/// What a fed part reads from.
#[derive(Clone, Default)]
pub(super) struct Feed(Rc<RefCell<Option<Batch>>>);

impl Feed {
    /// Hands rows to the part.
    pub(super) fn put(&self, batch: Batch) {
        self.0.replace(Some(batch));
    }
}

impl Rows for Feed {
    fn next(&mut self) -> Option<Batch> {
        self.0.take()
    }
}

/// A part that is fed.
pub(super) struct Fed<'a> {
    pub(super) feed: Feed,
    pub(super) steps: Steps<'a>,
    /// Columns of the rows outside that the part wants; the row number follows them.
    pub(super) columns: Vec<usize>,
    /// Where the row number stands in what the part gives.
    pub(super) row: usize,
}

impl Fed<'_> {
    /// Feeds the rows and hands on what comes of them.
    fn run(&mut self, batch: &Batch, mut take: impl FnMut(&Batch, &[TermId])) {
        let columns: Vec<_> = self.columns.iter().map(|column| Some(*column)).collect();
        let numbers = (0..batch.len()).map(|row| TermId::try_from(row).unwrap_or(UNBOUND));
        self.feed.put(batch.project(&columns).with_column(numbers.collect()));
        while let Some(found) = self.steps.next() {
            take(&found, found.column(self.row));
        }
    }
}

/// Rows of a left join, in the order of the input.
pub(super) struct OptionalRows<'a> {
    pub(super) context: Context<'a>,
    pub(super) input: Steps<'a>,
    pub(super) part: Fed<'a>,
    /// Columns of the input, which come first.
    pub(super) columns: usize,
    /// Columns of the part that follow them.
    pub(super) new: Vec<usize>,
}

impl Rows for OptionalRows<'_> {
    fn next(&mut self) -> Option<Batch> {
        let batch = self.input.next()?;
        let mut matched = vec![false; batch.len()];
        let mut rows: Vec<u32> = Vec::new();
        let mut new: Vec<Vec<TermId>> = vec![Vec::new(); self.new.len()];
        let (wanted, context) = (&self.new, &self.context);
        self.part.run(&batch, |found, numbers| {
            context.tick(found.len());
            rows.extend(numbers);
            for number in numbers {
                if let Some(seen) = matched.get_mut(*number as usize) {
                    *seen = true;
                }
            }
            for (column, number) in new.iter_mut().zip(wanted) {
                column.extend(found.column(*number));
            }
        });
        let alone = (0..).zip(&matched).filter(|(_, matched)| !**matched).map(|(row, _)| row);
        rows.extend(alone);
        for column in &mut new {
            column.resize(rows.len(), UNBOUND);
        }
        context.hold(rows.len() / 8);
        let all: Vec<usize> = (0..self.columns).collect();
        let mut columns = batch.take(&rows, &all);
        columns.extend(new);
        let extended = Batch::new(columns, rows.len());
        if rows.is_sorted() {
            return Some(extended);
        }
        let mut order: Vec<u32> = (0..u32::try_from(rows.len()).unwrap_or(u32::MAX)).collect();
        order.sort_by_key(|place| rows.get(*place as usize));
        Some(extended.pick(&order))
    }
}

/// Rows for which a part finds something, or nothing.
pub(super) struct ExistingRows<'a> {
    pub(super) context: Context<'a>,
    pub(super) input: Steps<'a>,
    pub(super) part: Fed<'a>,
    /// Whether it is those with an answer that are kept.
    pub(super) found: bool,
}

impl ExistingRows<'_> {
    /// For each row whether the part finds something.
    fn matched(part: &mut Fed<'_>, context: &Context<'_>, batch: &Batch) -> Vec<bool> {
        let mut matched = vec![false; batch.len()];
        part.run(batch, |found, numbers| {
            context.tick(found.len());
            for number in numbers {
                if let Some(seen) = matched.get_mut(*number as usize) {
                    *seen = true;
                }
            }
        });
        matched
    }
}

impl Rows for ExistingRows<'_> {
    fn next(&mut self) -> Option<Batch> {
        let batch = self.input.next()?;
        let matched = Self::matched(&mut self.part, &self.context, &batch);
        let kept = (0..).zip(&matched).filter(|(_, matched)| **matched == self.found);
        let rows: Vec<u32> = kept.map(|(row, _)| row).collect();
        Some(batch.pick(&rows))
    }
}
