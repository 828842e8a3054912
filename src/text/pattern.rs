//! Regular expressions that are constants of the program. In: a literal; out: a compiled [`Pattern`],
//! made once and kept in a static. The surprise: this is the one place where a mistake of ours may
//! stop the program, at its first use and never because of a text.

use regex::{Regex, RegexBuilder};
use std::sync::LazyLock;

/// A pattern compiled at its first use.
pub type Pattern = LazyLock<Regex>;

/// What `\p{Han}` stands for in the patterns: the common ideographs and 〇. Unicode's script has a score of further ranges,
/// which official texts do not use and which make an automaton of every pattern several times as large.
const HAN: &str = "〇\u{4E00}-\u{9FFF}";

/// Memory that a pattern's automaton may take in each thread, in bytes: enough that none is thrown away and built again.
const AUTOMATON_BYTES_MAX: usize = 16 << 20;

/// Compiles a literal pattern. `\p{Han}`, always inside a class, is any common ideograph.
///
/// # Panics
/// Where the literal is no regular expression: a mistake in the program that its tests meet.
#[expect(clippy::expect_used, reason = "patterns are literals of ours, and tests use every one")]
pub fn pattern(literal: &'static str) -> Regex {
    RegexBuilder::new(&literal.replace(r"\p{Han}", HAN))
        .dfa_size_limit(AUTOMATON_BYTES_MAX)
        .build()
        .expect("a literal pattern is a regular expression")
}
