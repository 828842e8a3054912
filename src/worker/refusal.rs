//! Why a query has no answer, in a form that travels between processes. In: an error of the store, or the
//! way a worker died; out: a cause to act by and a sentence for people.

use crate::store::{QueryError, QueryForm};
use serde::{Deserialize, Serialize};

/// A query that gets no answer, or no more of one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{detail}")]
pub struct Refusal {
    /// What helps against it.
    pub cause: Cause,
    /// What is wrong and what would have been right.
    pub detail: String,
    /// The same in Chinese, for the pages.
    #[serde(default)]
    pub chinese: String,
}

/// The causes, by what helps against them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cause {
    /// The query is no SPARQL. Line and column are counted from 1, the column in characters.
    Syntax {
        /// Line of the first character that does not fit.
        line: usize,
        /// Its column.
        column: usize,
    },
    /// The query makes no sense to this endpoint in another way.
    Query,
    /// It is an update.
    Update,
    /// It would ask another endpoint that may not be asked.
    Service,
    /// Another endpoint that it asks gave no answer.
    OtherEndpoint,
    /// None of the wanted formats holds an answer of this form.
    NoFormat {
        /// The query's form.
        form: QueryForm,
    },
    /// It is too long, too deep or has too many parts, or would hold too many rows.
    Size,
    /// It ran out of time.
    Time,
    /// It ran out of memory.
    Memory,
    /// It nests so deep that the stack ended.
    Stack,
    /// As many queries run and wait as the machine can bear.
    Busy,
    /// The asker has gone; nobody reads this.
    Gone,
    /// Our own fault.
    Internal,
}

impl Cause {
    /// The cause in a word, for programs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Syntax { .. } => "syntax",
            Self::Query => "query",
            Self::Update => "update",
            Self::Service => "service",
            Self::OtherEndpoint => "other-endpoint",
            Self::NoFormat { .. } => "format",
            Self::Size => "size",
            Self::Time => "time",
            Self::Memory => "memory",
            Self::Stack => "stack",
            Self::Busy => "busy",
            Self::Gone => "gone",
            Self::Internal => "internal",
        }
    }
}

impl Refusal {
    /// One that no page tells, or only in these words.
    pub(super) fn new(cause: Cause, detail: impl Into<String>) -> Self {
        Self { cause, detail: detail.into(), chinese: String::new() }
    }

    fn told(cause: Cause, detail: impl Into<String>, chinese: impl Into<String>) -> Self {
        Self { cause, detail: detail.into(), chinese: chinese.into() }
    }

    /// For a worker that was killed at its deadline, in the words of the limit inside it.
    pub(super) fn out_of_time(timeout_ms: u64) -> Self {
        QueryError::Timeout { timeout_ms, costliest: None }.into()
    }

    pub(super) fn out_of_memory(memory_bytes: u64) -> Self {
        let megabytes = memory_bytes >> 20;
        let detail = format!(
            "the query needed more than the {megabytes} MB of memory that one may have; bind more of it or ask for less"
        );
        let chinese = format!(
            "这条查询需要的内存超过了每次查询的上限 {megabytes} MB。请给更多变量限定取值，或减少要取的内容，例如加 LIMIT、去掉 ORDER BY 或 DISTINCT，分几次查询。"
        );
        Self::told(Cause::Memory, detail, chinese)
    }

    pub(super) fn out_of_stack() -> Self {
        Self::told(
            Cause::Stack,
            "the query nests too deep for the stack; ask in parts",
            "这条查询嵌套过深，超出了求值栈。请减少括号和子查询的层数，分几次查询。",
        )
    }

    pub(super) fn busy() -> Self {
        Self::told(
            Cause::Busy,
            "too many queries run at once; try again in a moment",
            "同时进行的查询过多，请稍后再试。",
        )
    }

    pub(super) fn internal(detail: impl Into<String>) -> Self {
        Self::new(Cause::Internal, detail)
    }
}

impl From<QueryError> for Refusal {
    fn from(error: QueryError) -> Self {
        let chinese = error.chinese();
        // The place of a mistake stands in the cause.
        if let QueryError::Syntax { line, column, message } = error {
            return Self::told(Cause::Syntax { line, column }, message, chinese);
        }
        let cause = match &error {
            QueryError::Update => Cause::Update,
            QueryError::Service(_) => Cause::Service,
            QueryError::OtherEndpoint(_) => Cause::OtherEndpoint,
            QueryError::TooLong { .. }
            | QueryError::TooComplex { .. }
            | QueryError::TooManyHeld { .. }
            | QueryError::TooManyRows { .. } => Cause::Size,
            QueryError::Timeout { .. } => Cause::Time,
            QueryError::Busy(_) => Cause::Busy,
            QueryError::Write(_) => Cause::Gone,
            QueryError::Internal(_) => Cause::Internal,
            _ => Cause::Query,
        };
        Self::told(cause, error.to_string(), chinese)
    }
}
