//! Regular expressions that are constants of the program. In: a literal; out: a compiled [`Pattern`],
//! made once and kept in a static. The surprise: this is the one place where a mistake of ours may
//! stop the program, at its first use and never because of a text.

use super::edge::EdgeChars;
use super::needed::NeededWords;
use regex::{Captures, Match, Regex, RegexBuilder, Replacer};
use std::borrow::Cow;
use std::sync::LazyLock;

/// A pattern compiled at its first use.
pub type Pattern = LazyLock<Expression>;

/// What `\p{Han}` stands for in the patterns: the common ideographs and 〇. Unicode's script has a score of further ranges,
/// which official texts do not use and which make an automaton of every pattern several times as large.
const HAN: &str = "〇\u{4E00}-\u{9FFF}";

/// What `\d` stands for, for the same reason: clean text has folded the digits of other widths.
const DIGIT: &str = "[0-9]";

/// Memory that a pattern's automaton may take in each thread, in bytes: enough that none is thrown away and built again.
const AUTOMATON_BYTES_MAX: usize = 16 << 20;

/// A regular expression that does not look at words in which it cannot match.
///
/// Most patterns are tried on words that hold nothing of what they look for. An automaton reads such words to their
/// end, and the tables of all of them together do not fit into a processor's caches; to look for the words that each
/// match needs costs a fraction of that.
#[derive(Debug)]
pub struct Expression {
    regex: Regex,
    edges: Vec<EdgeChars>,
    needed: Option<NeededWords>,
}

/// Compiles a literal pattern. `\p{Han}`, always inside a class, is any common ideograph, and `\d` is 0 to 9.
///
/// # Panics
/// Where the literal is no regular expression: a mistake in the program that its tests meet.
#[expect(clippy::expect_used, reason = "patterns are literals of ours, and tests use every one")]
pub fn pattern(literal: &'static str) -> Expression {
    let spelled = literal.replace(r"\p{Han}", HAN).replace(r"\d", DIGIT);
    let regex = RegexBuilder::new(&spelled)
        .dfa_size_limit(AUTOMATON_BYTES_MAX)
        .build()
        .expect("a literal pattern is a regular expression");
    let syntax = regex_syntax::parse(&spelled).expect("what regex takes, its syntax takes");
    Expression { edges: EdgeChars::of(&syntax), needed: NeededWords::of(&syntax), regex }
}

impl Expression {
    fn may_match(&self, words: &str) -> bool {
        self.edges.iter().all(|edge| edge.fit(words))
            && self.needed.as_ref().is_none_or(|needed| needed.occur_in(words))
    }

    /// Whether it matches anywhere in `words`.
    pub fn is_match(&self, words: &str) -> bool {
        self.may_match(words) && self.regex.is_match(words)
    }

    /// The first match in `words`.
    pub fn find<'w>(&self, words: &'w str) -> Option<Match<'w>> {
        if self.may_match(words) { self.regex.find(words) } else { None }
    }

    /// The matches in `words`, one behind the other.
    pub fn find_iter<'e, 'w>(
        &'e self,
        words: &'w str,
    ) -> impl Iterator<Item = Match<'w>> + use<'e, 'w> {
        self.may_match(words).then(|| self.regex.find_iter(words)).into_iter().flatten()
    }

    /// The first match in `words` with its groups.
    pub fn captures<'w>(&self, words: &'w str) -> Option<Captures<'w>> {
        // Room for the groups is only made where there is something to put there.
        if self.is_match(words) { self.regex.captures(words) } else { None }
    }

    /// The matches in `words` with their groups.
    pub fn captures_iter<'e, 'w>(
        &'e self,
        words: &'w str,
    ) -> impl Iterator<Item = Captures<'w>> + use<'e, 'w> {
        self.may_match(words).then(|| self.regex.captures_iter(words)).into_iter().flatten()
    }

    /// `words` with the first match replaced.
    pub fn replace<'w>(&self, words: &'w str, with: impl Replacer) -> Cow<'w, str> {
        if self.may_match(words) { self.regex.replace(words, with) } else { Cow::Borrowed(words) }
    }

    /// `words` with every match replaced.
    pub fn replace_all<'w>(&self, words: &'w str, with: impl Replacer) -> Cow<'w, str> {
        if self.may_match(words) {
            self.regex.replace_all(words, with)
        } else {
            Cow::Borrowed(words)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expression_finds_what_it_finds_without_the_words_it_needs() {
        let table = [
            (r"(?:奖励|补助)[^，]*?(\d+)万元", "补助苗圃30万元，奖励50万元"),
            (r"^.{0,8}?(?:育苗|补种)", "今年春天补种"),
            (r"(?:栽|移)植(?:了)?[\p{Han}]{0,4}$", "春天移植了银杏"),
            (r"[一二三]级(?:公园|绿地)?", "建成二级绿地"),
        ];
        for (literal, words) in table {
            let expression = pattern(literal);
            let place = |found: Match<'_>| found.range();
            assert!(expression.needed.is_some(), "{literal}");
            assert_eq!(
                expression.find(words).map(place),
                expression.regex.find(words).map(place),
                "{literal}"
            );
            assert_eq!(expression.captures(words).is_some(), expression.is_match(words));
            assert!(expression.is_match(words), "{literal}");
            assert!(!expression.is_match("绿道建设"), "{literal}");
        }
    }

    #[test]
    fn an_expression_tied_to_an_end_finds_what_it_finds_without_looking_there_first() {
        let expressions = [
            r"^(?:力争)?(?:今年|年[底末])",
            r"(?:公园|绿地)(?:建设)?$",
            r"^\d{1,2}[.、]|^[①-⑳]",
            r"^[一二三]、.*树$",
        ];
        let texts = ["年底建成公园", "建设绿地", "3、补种", "②补种", "二、种树", "公园里", ""];
        for literal in expressions {
            let expression = pattern(literal);
            assert!(!expression.edges.is_empty(), "{literal}");
            let found = texts.map(|words| expression.is_match(words));
            assert_eq!(found, texts.map(|words| expression.regex.is_match(words)), "{literal}");
            assert!(found.contains(&true) && found.contains(&false), "{literal}");
        }
    }

    #[test]
    fn matches_come_one_behind_the_other() {
        let years = pattern(r"(\d{4})年");
        let found: Vec<&str> =
            years.find_iter("2027年和2031年").map(|found| found.as_str()).collect();
        assert_eq!(found, ["2027年", "2031年"]);
        assert_eq!(years.captures_iter("明年和后年").count(), 0);
        assert_eq!(years.replace_all("2027年和2031年", "$1"), "2027和2031");
        assert_eq!(years.replace("2027年和2031年", ""), "和2031年");
    }
}
