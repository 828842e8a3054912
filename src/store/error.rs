//! What can go wrong in this room, by what helps against it. In: faults; out: messages that say what,
//! where, and what would have been right. Nothing here knows HTTP.

use crate::image::ImageError;
use oxigraph::io::RdfParseError;
use oxigraph::model::IriParseError;
use std::io;

/// A store that cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The quads are not N-Quads, or cannot be read.
    #[error("the graph cannot be read as N-Quads: {0}")]
    Read(#[from] RdfParseError),
    /// The image of the graph cannot be written.
    #[error("the graph image cannot be written: {0}")]
    Image(#[from] ImageError),
    /// A prefix or the base of the endpoint is not an absolute IRI.
    #[error("the endpoint's option {name} is not an absolute IRI ({iri}): {reason}")]
    Option {
        /// The prefix's name, or `base`.
        name: String,
        /// The text given.
        iri: String,
        /// What is wrong with it.
        reason: IriParseError,
    },
}

/// A query that gets no answer, or no more of one.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// Not SPARQL. `line` and `column` start at 1 and count characters.
    #[error("line {line}, column {column}: {message}")]
    Syntax {
        /// Line of the first character that does not fit.
        line: usize,
        /// Its column, in characters.
        column: usize,
        /// What was expected there.
        message: String,
    },
    /// An update was sent to an endpoint that only reads.
    #[error(
        "this is an update; the graph is read-only, ask with SELECT, ASK, CONSTRUCT or DESCRIBE"
    )]
    Update,
    /// The text is too long to be looked at.
    #[error("the query has {bytes} bytes, the limit is {bytes_max}; ask in parts")]
    TooLong {
        /// Length of the query.
        bytes: usize,
        /// The limit.
        bytes_max: usize,
    },
    /// The query is too deep or has too many parts to be planned safely.
    #[error("{}more than {count_max} {what}; ask in parts", line_prefix(*.line))]
    TooComplex {
        /// What there are too many of.
        what: &'static str,
        /// The limit.
        count_max: usize,
        /// Line on which the limit was passed, from 1, where that is one place.
        line: Option<usize>,
    },
    /// SERVICE at an endpoint that may not be asked.
    #[error("{0}")]
    Service(String),
    /// SERVICE at an endpoint that gave no answer.
    #[error("{0}")]
    OtherEndpoint(String),
    /// A `text:query` pattern with a wrong argument.
    #[error("text:query: {0}")]
    TextCall(String),
    /// A value for a variable that cannot take it.
    #[error("the value given for ?{name} {reason}")]
    Binding {
        /// The variable, without `?`.
        name: String,
        /// Why it does not fit.
        reason: &'static str,
    },
    /// The format cannot hold an answer of this form.
    #[error("{format} cannot hold the answer of {form}; ask for one of: {fitting}")]
    Format {
        /// Media type asked for.
        format: &'static str,
        /// Keyword of the query's form.
        form: &'static str,
        /// Media types that fit.
        fitting: String,
    },
    /// The query uses what the evaluator lacks, such as an unknown function.
    #[error("the query cannot be evaluated: {0}")]
    Unsupported(String),
    /// The time is over.
    #[error("the query ran longer than {timeout_ms} ms; bind more of it or ask for less{}", in_brackets(.costliest.as_deref()))]
    Timeout {
        /// The limit.
        timeout_ms: u64,
        /// The part of the query that most rows are expected of.
        costliest: Option<String>,
    },
    /// The query holds more rows in memory than it may.
    #[error("the query has more than {rows_max} rows to be sorted or multiplied; ask in parts{}", in_brackets(.costliest.as_deref()))]
    TooManyHeld {
        /// The limit.
        rows_max: usize,
        /// The part of the query that most rows are expected of.
        costliest: Option<String>,
    },
    /// More rows than fit an answer that is held in memory.
    #[error("the answer has more than {rows_max} rows; add LIMIT")]
    TooManyRows {
        /// The limit.
        rows_max: usize,
    },
    /// The machine has no thread to spare.
    #[error("no thread for the query now ({0}); try again later")]
    Busy(io::Error),
    /// The receiver of the answer stopped.
    #[error("the answer cannot be written: {0}")]
    Write(#[from] io::Error),
    /// Our own fault.
    #[error("internal fault: {0}")]
    Internal(String),
}

impl QueryError {
    /// Whether it is of what is looked at while the query runs.
    pub(super) fn is_of_size(&self) -> bool {
        matches!(self, Self::Timeout { .. } | Self::TooManyHeld { .. })
    }

    /// The same with the part of the query that is to blame.
    pub(super) fn blaming(self, part: String) -> Self {
        let costliest = Some(part);
        match self {
            Self::Timeout { timeout_ms, .. } => Self::Timeout { timeout_ms, costliest },
            Self::TooManyHeld { rows_max, .. } => Self::TooManyHeld { rows_max, costliest },
            other => other,
        }
    }
}

fn in_brackets(words: Option<&str>) -> String {
    words.map(|words| format!(" ({words})")).unwrap_or_default()
}

fn line_prefix(line: Option<usize>) -> String {
    line.map_or_else(|| "the query has ".to_owned(), |line| format!("line {line}: the query has "))
}
