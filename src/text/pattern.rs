//! Regular expressions that are constants of the program. In: a literal; out: a compiled [`Pattern`],
//! made once and kept in a static. The surprise: this is the one place where a mistake of ours may
//! stop the program, at its first use and never because of a text.

use regex::Regex;
use std::sync::LazyLock;

/// A pattern compiled at its first use.
pub type Pattern = LazyLock<Regex>;

/// Compiles a literal pattern.
///
/// # Panics
/// Where the literal is no regular expression: a mistake in the program that its tests meet.
#[expect(clippy::expect_used, reason = "patterns are literals of ours, and tests use every one")]
pub fn pattern(literal: &'static str) -> Regex {
    Regex::new(literal).expect("a literal pattern is a regular expression")
}
