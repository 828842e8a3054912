//! Solutions in columns. In: numbers of terms; out: a few thousand rows at a time. The surprise: a batch may have rows and no column,
//! where only their number counts.

use crate::image::TermId;

/// Stands for a variable without a value. No term has this number.
pub(super) const UNBOUND: TermId = TermId::MAX;

/// Rows that a step makes at a time: enough that the cost of a step is the cost of its rows, few enough to stay in the cache.
pub(super) const ROWS: usize = 4096;

/// Some rows of a relation, whose columns are all of one length.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Batch {
    columns: Vec<Vec<TermId>>,
    len: usize,
}

impl Batch {
    /// A batch of `len` rows. Every column must have that many.
    pub(super) fn new(columns: Vec<Vec<TermId>>, len: usize) -> Self {
        debug_assert!(columns.iter().all(|column| column.len() == len), "columns of one length");
        Self { columns, len }
    }

    /// A batch of these columns.
    #[cfg(test)]
    pub(crate) fn from_columns(columns: Vec<Vec<TermId>>) -> Self {
        let len = columns.first().map_or(0, Vec::len);
        Self::new(columns, len)
    }

    /// One row without columns: what every group starts from.
    pub(super) fn unit() -> Self {
        Self { columns: Vec::new(), len: 1 }
    }

    /// Number of rows.
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// A column; empty where there is none.
    pub(crate) fn column(&self, number: usize) -> &[TermId] {
        self.columns.get(number).map(Vec::as_slice).unwrap_or_default()
    }

    /// One value, [`UNBOUND`] where there is none.
    pub(super) fn value(&self, column: usize, row: usize) -> TermId {
        self.column(column).get(row).copied().unwrap_or(UNBOUND)
    }

    /// These rows of these columns.
    pub(super) fn take(&self, rows: &[u32], columns: &[usize]) -> Vec<Vec<TermId>> {
        let of = |column: &usize| {
            let values = self.column(*column);
            rows.iter().map(|row| values.get(*row as usize).copied().unwrap_or(UNBOUND)).collect()
        };
        columns.iter().map(of).collect()
    }

    /// These rows.
    pub(super) fn pick(&self, rows: &[u32]) -> Self {
        let all: Vec<usize> = (0..self.columns.len()).collect();
        Self { columns: self.take(rows, &all), len: rows.len() }
    }

    /// These columns, in this order; one that is not there has no values.
    pub(super) fn project(&self, columns: &[Option<usize>]) -> Self {
        let of = |column: &Option<usize>| match column {
            Some(number) => self.column(*number).to_vec(),
            None => vec![UNBOUND; self.len],
        };
        Self { columns: columns.iter().map(of).collect(), len: self.len }
    }

    /// The batch with one more column.
    pub(super) fn with_column(mut self, column: Vec<TermId>) -> Self {
        debug_assert!(column.len() == self.len, "a column of the batch's length");
        self.columns.push(column);
        self
    }

    /// Its columns.
    pub(super) fn into_columns(self) -> Vec<Vec<TermId>> {
        self.columns
    }

    /// Appends the rows of a batch of the same columns.
    pub(super) fn append(&mut self, other: Self) {
        if self.columns.is_empty() && self.len == 0 {
            *self = other;
            return;
        }
        for (column, more) in self.columns.iter_mut().zip(other.columns) {
            column.extend(more);
        }
        self.len += other.len;
    }
}

/// What gives solutions, batch by batch.
pub(crate) trait Rows {
    /// The next rows; `None` after the last. A batch may be empty.
    fn next(&mut self) -> Option<Batch>;
}

/// A step of a plan.
pub(super) type Steps<'a> = Box<dyn Rows + 'a>;

/// Batches that are there already.
pub(super) struct Ready(pub(super) std::vec::IntoIter<Batch>);

impl Ready {
    /// One batch.
    pub(super) fn one(batch: Batch) -> Self {
        Self(vec![batch].into_iter())
    }
}

impl Rows for Ready {
    fn next(&mut self) -> Option<Batch> {
        self.0.next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_columns_are_picked_by_number() {
        let batch = Batch::new(vec![vec![1, 2, 3], vec![4, 5, 6]], 3);
        assert_eq!(batch.pick(&[2, 0]), Batch::new(vec![vec![3, 1], vec![6, 4]], 2));
        assert_eq!(
            batch.project(&[Some(1), None]),
            Batch::new(vec![vec![4, 5, 6], vec![UNBOUND; 3]], 3)
        );
    }

    #[test]
    fn rows_without_columns_are_counted() {
        let mut rows = Batch::unit();
        rows.append(Batch::unit());
        assert_eq!(rows.len(), 2);
    }
}
