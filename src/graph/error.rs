//! What can go wrong where this room reads files: code lists, the ontology, records, the base IRI.
//! A document never fails: its defects are findings.

/// A file or option that the graph cannot be made from; the message says where, and what would be right.
#[derive(Debug, thiserror::Error)]
pub enum GraphError {
    /// The base IRI of the build cannot be one.
    #[error(
        "base IRI `{base}`: {problem}; write an absolute IRI that ends in /, such as https://w3id.org/zhengtu/"
    )]
    Base {
        /// The base as given.
        base: String,
        /// What is wrong.
        problem: String,
    },
    /// A line of a tab-separated code list has the wrong columns or values.
    #[error("{file}, line {line}: {problem}")]
    Table {
        /// Name of the file.
        file: String,
        /// Line, from 1; the header is line 1.
        line: usize,
        /// What is wrong, and what would be right.
        problem: String,
    },
    /// A Turtle file does not parse.
    #[error("{file}, line {line}, column {column}: {problem}")]
    Turtle {
        /// Name of the file.
        file: String,
        /// Line, from 1.
        line: u64,
        /// Column in characters, from 1.
        column: u64,
        /// What the parser says.
        problem: String,
    },
    /// A record describes no document, or more than one.
    #[error("{file}: {problem}")]
    Record {
        /// Name of the file.
        file: String,
        /// What is wrong, and what would be right.
        problem: String,
    },
}
