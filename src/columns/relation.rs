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
    /// What is known of the order of the rows.
    pub(super) ranking: Ranking,
}

/// Whether rows come as a text search ranked them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Ranking {
    /// Nothing is known.
    #[default]
    None,
    /// The hits in this column come in the order of rank.
    Hits(Variable),
    /// The scores in this column never rise.
    Scores(Variable),
}

impl<'a> Relation<'a> {
    /// A relation of these steps.
    pub(super) fn new(steps: Steps<'a>, columns: Vec<Column>, rows: f64) -> Self {
        Self { steps, columns, rows, unit: false, ranking: Ranking::None }
    }

    /// The same, its rows in an order of which this is known.
    pub(super) fn ranked(self, ranking: Ranking) -> Self {
        Self { ranking, ..self }
    }

    /// One row without columns.
    pub(super) fn unit() -> Self {
        let steps = Box::new(Ready::one(Batch::unit()));
        Self { steps, columns: Vec::new(), rows: 1.0, unit: true, ranking: Ranking::None }
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
