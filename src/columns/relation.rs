//! Rows with what is known of their columns. In: steps; out: steps with names, and guesses of how many rows and values there are, by
//! which joins are ordered.

use super::batch::{Batch, Ready, Steps};
use oxigraph::model::Variable;

/// A column of a relation.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) name: Variable,
    /// Whether every row has a value.
    pub(super) certain: bool,
    /// About how many different values there are.
    pub(super) distinct: f64,
}

/// Rows, their columns and about how many there are.
pub(super) struct Relation<'a> {
    pub(super) steps: Steps<'a>,
    pub(super) columns: Vec<Column>,
    pub(super) rows: f64,
    /// Whether it is the one row without columns that every group starts from.
    pub(super) unit: bool,
}

impl<'a> Relation<'a> {
    /// A relation of these steps.
    pub(super) fn new(steps: Steps<'a>, columns: Vec<Column>, rows: f64) -> Self {
        Self { steps, columns, rows, unit: false }
    }

    /// One row without columns.
    pub(super) fn unit() -> Self {
        let steps = Box::new(Ready::one(Batch::unit()));
        Self { steps, columns: Vec::new(), rows: 1.0, unit: true }
    }

    /// The number of a column.
    pub(super) fn number(&self, name: &Variable) -> Option<usize> {
        self.columns.iter().position(|column| column.name == *name)
    }

    /// The column of a variable.
    pub(super) fn column(&self, name: &Variable) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == *name)
    }

    /// Whether every row has a value for it.
    pub(super) fn is_certain(&self, name: &Variable) -> bool {
        self.column(name).is_some_and(|column| column.certain)
    }

    pub(super) fn names(&self) -> Vec<Variable> {
        self.columns.iter().map(|column| column.name.clone()).collect()
    }
}
