//! Joins with a relation that is held in memory: VALUES, a sub-query. In: rows and a relation; out: a row for each pair that agrees in
//! the shared columns.

use super::batch::{Batch, ROWS, Rows, Steps};
use super::context::Context;
use crate::image::TermId;
use rustc_hash::FxHashMap;

/// Rows joined with a table.
pub(super) struct JoinedRows<'a> {
    context: Context<'a>,
    input: Steps<'a>,
    /// Columns of the input that must agree with those of the table.
    keys: Vec<usize>,
    columns: usize,
    table: Source<'a>,
    /// The batch at hand, its next row, and the next match of that row.
    batch: Batch,
    row: usize,
    at: usize,
}

/// The table, made when the first row comes.
enum Source<'a> {
    Waiting { steps: Steps<'a>, keys: Vec<usize>, new: Vec<usize> },
    Made(Table),
}

#[derive(Default)]
struct Table {
    rows: FxHashMap<Box<[TermId]>, Vec<u32>>,
    values: Batch,
}

impl<'a> JoinedRows<'a> {
    /// Joins `input`, which has `columns` columns, with `table` where the pairs of columns `keys` agree. The columns `new` of the table
    /// follow those of the input.
    pub(super) fn new(
        context: Context<'a>,
        (input, columns): (Steps<'a>, usize),
        table: Steps<'a>,
        keys: &[(usize, usize)],
        new: Vec<usize>,
    ) -> Self {
        let (keys, table_keys) = keys.iter().copied().unzip();
        let table = Source::Waiting { steps: table, keys: table_keys, new };
        Self { context, input, keys, columns, table, batch: Batch::default(), row: 0, at: 0 }
    }

    fn make(context: &Context<'_>, source: &mut Source<'a>) {
        let Source::Waiting { steps, keys, new } = source else { return };
        let columns: Vec<_> = new.iter().map(|column| Some(*column)).collect();
        let mut table = Table::default();
        while let Some(batch) = steps.next() {
            context.hold(batch.len());
            for row in 0..batch.len() {
                let key = keys.iter().map(|column| batch.value(*column, row)).collect();
                let number = u32::try_from(table.values.len() + row).unwrap_or(u32::MAX);
                table.rows.entry(key).or_default().push(number);
            }
            table.values.append(batch.project(&columns));
        }
        *source = Source::Made(table);
    }
}

impl Rows for JoinedRows<'_> {
    fn next(&mut self) -> Option<Batch> {
        if self.row >= self.batch.len() {
            self.batch = self.input.next()?;
            self.row = 0;
        }
        Self::make(&self.context, &mut self.table);
        let Source::Made(table) = &self.table else { return None };
        let (mut rows, mut found) = (Vec::new(), Vec::new());
        while rows.len() < ROWS && self.row < self.batch.len() {
            let key: Box<[TermId]> =
                self.keys.iter().map(|column| self.batch.value(*column, self.row)).collect();
            let matches = table.rows.get(&key).map(Vec::as_slice).unwrap_or_default();
            let rest = matches.get(self.at..).unwrap_or_default();
            let taken = rest.get(..ROWS - rows.len()).unwrap_or(rest);
            found.extend_from_slice(taken);
            rows.resize(found.len(), u32::try_from(self.row).unwrap_or(u32::MAX));
            if taken.len() == rest.len() {
                self.row += 1;
                self.at = 0;
            } else {
                self.at += taken.len();
            }
        }
        self.context.tick(rows.len() + 1);
        let all: Vec<usize> = (0..self.columns).collect();
        let mut columns = self.batch.take(&rows, &all);
        columns.extend(table.values.pick(&found).into_columns());
        Some(Batch::new(columns, rows.len()))
    }
}
