//! What can go wrong before there is a report: each variant has its own remedy.

use thiserror::Error;

/// Why shapes could not be read or a validation could not be carried out. A breach of a shape is
/// not an error: it is a [`ValidationResult`](super::ValidationResult).
#[derive(Debug, Error, PartialEq, Eq)]
pub enum ShapesError {
    /// The shapes are not Turtle: mend the file at this place.
    #[error("shapes, line {line}, column {column}: {message}")]
    Syntax {
        /// Line, from 1.
        line: u64,
        /// Column in characters, from 1.
        column: u64,
        /// What the parser met.
        message: String,
    },
    /// The shapes use a SHACL term that nothing here evaluates. A check that can never fail is
    /// worse than none, so it is refused by name.
    #[error(
        "shape {shape} uses {term}, which this validator does not check: remove it, or spell it as SHACL does"
    )]
    UnknownTerm {
        /// The shape, as IRI or blank node.
        shape: String,
        /// The term, e.g. `sh:minCout`.
        term: String,
    },
    /// A parameter has a value that SHACL does not allow there.
    #[error("shape {shape}: {property} must be {expected}")]
    Malformed {
        /// The shape, as IRI or blank node.
        shape: String,
        /// The parameter, e.g. `sh:minCount`.
        property: String,
        /// What would have been right.
        expected: String,
    },
    /// The query of a `sh:sparql` constraint cannot be parsed.
    #[error("shape {shape}: sh:select is not a SPARQL query: {message}")]
    Query {
        /// The shape, as IRI or blank node.
        shape: String,
        /// The parser's message with line and column.
        message: String,
    },
    /// A shape needs itself to be decided; SHACL leaves that undefined.
    #[error("shape {shape} refers to itself: break the circle")]
    Recursive {
        /// The shape, as IRI or blank node.
        shape: String,
    },
    /// A query of a `sh:sparql` constraint failed while it ran.
    #[error("shape {shape}: its query failed: {message}")]
    Evaluation {
        /// The shape, as IRI or blank node.
        shape: String,
        /// The evaluator's message.
        message: String,
    },
    /// The data could not be read.
    #[error("the data could not be read: {0}")]
    Data(String),
}
