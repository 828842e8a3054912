//! What can go wrong with a correction: always a line of a file, which a person mends.

/// A line of a corrections file that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}, line {line}: {problem}")]
pub struct CorrectionError {
    /// Name of the file.
    pub file: String,
    /// Line, from 1; the header is line 1.
    pub line: usize,
    /// What is wrong, what was found instead, and what would be right.
    pub problem: String,
}
