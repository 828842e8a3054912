//! Shapes over a graph: what a release must be like before it is served.
//!
//! In: shapes in Turtle (SHACL Core, and constraints written as SPARQL queries) and a store. Out: a
//! [`Report`] of every breach, as text, JSON or Turtle. Guarantees: a SHACL term that is not understood is an error that names it,
//! never a check that silently passes; nothing is written. The surprising thing: a `sh:severity` on
//! a `sh:sparql` constraint counts for that constraint alone, so one shape can warn and forbid.

mod check;
mod compare;
mod data;
mod error;
mod parameter;
mod path;
mod read;
mod report;
mod select;
mod shape;
#[cfg(test)]
mod tests;
mod turtle;

use std::sync::Arc;

use crate::store::Store;

pub use error::ShapesError;
pub use path::Path;
pub use report::{Report, ValidationResult};
pub use shape::Severity;

use check::Check;
use shape::Shape;
use turtle::ShapesGraph;

/// The shapes of one file.
#[derive(Debug)]
pub struct Shapes {
    roots: Vec<Arc<Shape>>,
    prefixes: Vec<(String, String)>,
}

impl Shapes {
    /// Reads shapes from Turtle.
    ///
    /// # Errors
    ///
    /// [`ShapesError::Syntax`] where the text is not Turtle; [`ShapesError::UnknownTerm`] for a SHACL
    /// term that would check nothing; [`ShapesError::Malformed`], [`ShapesError::Query`] and
    /// [`ShapesError::Recursive`] for shapes that SHACL does not allow.
    pub fn parse(turtle: &str) -> Result<Self, ShapesError> {
        let graph = ShapesGraph::parse(turtle)?;
        let roots = read::read_shapes(&graph)?;
        Ok(Self { roots, prefixes: graph.prefixes })
    }

    /// Checks all triples of a store, whatever graph they are in, against the shapes with targets.
    ///
    /// # Errors
    ///
    /// [`ShapesError::Evaluation`] where a query fails. A breach is no error.
    pub fn validate(&self, store: &Store) -> Result<Report, ShapesError> {
        let unlimited = store.unlimited();
        let check = Check::new(unlimited.dataset());
        let mut report = Report { prefixes: self.prefixes.clone(), ..Report::default() };
        for shape in &self.roots {
            let focus = check.focus_nodes(shape)?;
            report.shapes_count += 1;
            report.focus_nodes_count += focus.len();
            check.check_shape(shape, &focus, &mut report.results)?;
        }
        Ok(report)
    }
}
