//! A query's text to its algebra, or to the place where it is wrong. In: text; out: a parsed query, or
//! [`QueryError`] with line and column.
//!
//! Guarantees: what is too long or nested too deep is refused before the parser, which recurses, sees it.
//! The surprise: the parser's own place lies past the mistake by the length of the longest keyword it
//! tried there, so the place is searched anew: the first token with which a beginning of the text can
//! no longer be the beginning of any query.

use super::error::QueryError;
use super::limits::Limits;
use super::tokens::{Token, TokenKind, Tokens};
use crate::text::Span;
use spargebra::{Query, SparqlParser};
use std::collections::BTreeSet;

/// What is known to a query that does not say it.
pub(super) struct Known {
    /// With prefixes and base.
    pub(super) all: SparqlParser,
    /// With the base alone.
    pub(super) base: SparqlParser,
}

/// Parses a query after its size has been checked. Prefixes and base of `known` need no declaration; one in the query wins.
///
/// To be called on a thread with a large stack.
pub(super) fn parse_query(known: &Known, text: &str, limits: &Limits) -> Result<Query, QueryError> {
    check_size(text, limits)?;
    // A parser is used up, and copying all prefixes takes longer than parsing: a query that declares some mostly needs no other.
    if declares_prefix(text)
        && let Ok(query) = known.base.clone().parse_query(text)
    {
        return Ok(query);
    }
    let parser = &known.all;
    parser.clone().parse_query(text).map_err(|error| {
        if parser.clone().parse_update(text).is_ok_and(|update| !update.operations.is_empty()) {
            return QueryError::Update;
        }
        let message = error.to_string();
        if text.len() > SEARCHED_BYTES_MAX {
            let ((line, column), expected) = parse_error(&message).unwrap_or(((1, 1), &message));
            return QueryError::Syntax {
                line,
                column,
                message: format!("near here: expected {expected}"),
            };
        }
        Mistake { parser, text }.find(&message)
    })
}

fn declares_prefix(text: &str) -> bool {
    let first = Tokens::new(text).find(|token| token.kind == TokenKind::Word);
    first.is_some_and(|token| token.span.slice(text).eq_ignore_ascii_case("PREFIX"))
}

/// Above this the place of a mistake is the parser's own: the search parses some forty times.
const SEARCHED_BYTES_MAX: usize = 16 * 1024;

/// Keywords that put the rest of their group one level deeper without a bracket of their own.
const NESTING: [&str; 8] =
    ["UNION", "OPTIONAL", "MINUS", "BIND", "FILTER", "LATERAL", "VALUES", "NOT"];

/// Functions whose arguments the parser reads twice, because it tries their longer form first.
const READ_TWICE: [&str; 4] = ["REPLACE", "SUBSTR", "REGEX", "GROUP_CONCAT"];

/// Refuses a text that is too long, nests too deep, or has too many operators.
fn check_size(text: &str, limits: &Limits) -> Result<(), QueryError> {
    if text.len() > limits.query_bytes_max {
        return Err(QueryError::TooLong { bytes: text.len(), bytes_max: limits.query_bytes_max });
    }
    let mut depth = Depth::default();
    for token in Tokens::new(text) {
        depth.enter(token.kind, token.span.slice(text));
        for (what, count, count_max) in [
            ("brackets open at once", depth.open.len(), limits.depth_max),
            ("operators", depth.operators, limits.operators_max),
            (
                "times read twice (!, REPLACE, SUBSTR, REGEX, GROUP_CONCAT inside another)",
                depth.rereads(),
                limits.rereads_max,
            ),
        ] {
            if count > count_max {
                let (line, _) = place_of(text, token.span.byte_start);
                return Err(QueryError::TooComplex { what, count_max, line: Some(line) });
            }
        }
    }
    Ok(())
}

/// How deep a query is after some of its tokens.
#[derive(Default)]
struct Depth {
    /// For each open bracket, how many times the parser doubles its work inside.
    open: Vec<usize>,
    operators: usize,
    /// Doublings that the next bracket brings with it.
    pending: usize,
}

impl Depth {
    fn enter(&mut self, kind: TokenKind, word: &str) {
        let is_among = |names: &[&str]| names.iter().any(|name| name.eq_ignore_ascii_case(word));
        match kind {
            TokenKind::Open => self.open.push(std::mem::take(&mut self.pending)),
            TokenKind::Close => {
                self.open.pop();
                self.pending = 0;
            }
            TokenKind::Operator => {
                self.operators += 1;
                self.pending = if word == "!" { self.pending + 1 } else { 0 };
            }
            TokenKind::Word => {
                self.operators += usize::from(is_among(&NESTING));
                self.pending += usize::from(is_among(&READ_TWICE));
            }
            // `!` doubles the call of a function named by an IRI too.
            TokenKind::Iri => {}
            TokenKind::Text | TokenKind::OpenText | TokenKind::Other => self.pending = 0,
        }
    }

    fn rereads(&self) -> usize {
        self.open.iter().sum::<usize>() + self.pending
    }
}

/// Line and column of a byte, both from 1, the column in characters.
pub(super) fn place_of(text: &str, byte: usize) -> (usize, usize) {
    let before = Span::new(0, byte).slice(text);
    let (lines, last) = before
        .rsplit_once('\n')
        .map_or((0, before), |(lines, last)| (1 + lines.matches('\n').count(), last));
    (lines + 1, last.chars().count() + 1)
}

/// A text that the parser refuses.
struct Mistake<'a> {
    parser: &'a SparqlParser,
    text: &'a str,
}

/// Longer than every keyword, so that trying one cannot reach the end of a text padded with this.
const PAD: &str = "                                ";

/// Length of the longest keyword.
const KEYWORD_CHARS_MAX: usize = 16;

impl Mistake<'_> {
    /// The place of the mistake, with what it is. `message` is the parser's own.
    fn find(&self, message: &str) -> QueryError {
        let tokens: Vec<Token> = Tokens::new(self.text).collect();
        let open = tokens.iter().find(|token| token.kind == TokenKind::OpenText);
        // What begins no query stays so with every further token, so the border is found by halving.
        let wrong = tokens.partition_point(|token| self.may_begin(token.span.byte_end));
        let Some(token) = tokens
            .get(wrong)
            .filter(|wrong| open.is_none_or(|open| wrong.span.byte_start < open.span.byte_start))
        else {
            return match open {
                Some(open) => self.at(open.span.byte_start, "this string has no end".to_owned()),
                None => self.at_end(tokens.last(), message),
            };
        };
        let word = token.span.slice(self.text);
        let expected = self.expected_at(token.span.byte_start);
        let before = tokens.get(wrong.wrapping_sub(1)).map_or(0, |token| token.span.byte_end);
        // A rule may break at this token, or at the end of what stands before it.
        let errors = [(token.span.byte_end, PAD), (before, "")]
            .map(|(byte, after)| self.error_of(byte, after).unwrap_or_default());
        let reason = errors.iter().find_map(|error| remark(error));
        let message = match (reason, word.split_once(':')) {
            (Some("Prefix not found"), Some((prefix, _))) => {
                format!("the prefix {prefix}: is not declared")
            }
            (Some("IRI parsing failed"), _) => {
                format!("unexpected {word}: the IRI here is relative or has an illegal character")
            }
            (Some(reason), _) => format!("unexpected {word}: {reason}"),
            (None, _) if expected.is_empty() => format!("unexpected {word}"),
            (None, _) => format!("unexpected {word}, expected one of: {expected}"),
        };
        self.at(token.span.byte_start, message)
    }

    fn at(&self, byte: usize, message: String) -> QueryError {
        let (line, column) = place_of(self.text, byte);
        QueryError::Syntax { line, column, message }
    }

    /// Every token fits, but the whole is no query: it is incomplete, or breaks a rule that only shows
    /// at its end, such as the scope of variables.
    fn at_end(&self, last: Option<&Token>, message: &str) -> QueryError {
        let byte = last.map_or(0, |token| token.span.byte_end);
        let message = match remark(message) {
            Some(reason) => reason.to_owned(),
            None => format!("the query ends here, expected one of: {}", self.expected_at(byte)),
        };
        self.at(byte, message)
    }

    /// Whether the text up to `byte` can be the beginning of a query: then the parser fails at the end
    /// of what it was given, past the padding, and not before.
    fn may_begin(&self, byte: usize) -> bool {
        let Some(error) = self.error_of(byte, PAD) else { return true };
        let padded = Span::new(0, byte).slice(self.text).to_owned() + PAD;
        parse_error(&error).is_none_or(|(place, _)| place == place_of(&padded, padded.len()))
    }

    /// The parser's message about the text up to `byte` with `after` following; `None` if it parses.
    fn error_of(&self, byte: usize, after: &str) -> Option<String> {
        let beginning = Span::new(0, byte).slice(self.text).to_owned() + after;
        self.parser.clone().parse_query(&beginning).err().map(|error| error.to_string())
    }

    /// What may follow the text up to `byte`. The parser names only what failed last, and a keyword
    /// fails as many characters on as it is long: so it is asked once for each length.
    fn expected_at(&self, byte: usize) -> String {
        let mut names = BTreeSet::new();
        for chars in 0..=KEYWORD_CHARS_MAX {
            let error = self.error_of(byte, &format!(" {}", "\u{1}".repeat(chars)));
            let listed = error.as_deref().and_then(parse_error).map_or("", |(_, listed)| listed);
            let listed = listed.strip_prefix("one of ").unwrap_or(listed);
            names.extend(listed.split(", ").filter_map(readable).map(str::to_owned));
        }
        readable_list(&names)
    }
}

/// Place and expectations of the parser's message `error at 3:14: expected one of …`, which is the
/// only form that it gives them in.
fn parse_error(message: &str) -> Option<((usize, usize), &str)> {
    let (place, expected) = message.strip_prefix("error at ")?.split_once(": expected ")?;
    let (line, column) = place.split_once(':')?;
    Some(((line.parse().ok()?, column.parse().ok()?), expected))
}

/// The sentence among what the parser expected, if a rule beyond grammar is broken.
fn remark(message: &str) -> Option<&str> {
    let (_, expected) = parse_error(message)?;
    let expected = expected.strip_prefix("one of ").unwrap_or(expected);
    expected.split(", ").find(|item| {
        item.contains(' ') && item.starts_with(char::is_alphabetic) && !item.contains("SPARQL 1.2")
    })
}

/// A keyword or sign, as a person writes it; `None` for classes of characters and for what this
/// endpoint lacks.
fn readable(item: &str) -> Option<&str> {
    const LACKING: [&str; 8] = ["SERVICE", "VERSION", "LATERAL", "<<", "<<(", "{|", "~", ""];
    let item = match item.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(sign) if !sign.contains('\\') => sign,
        None if item.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') => item,
        _ => return None,
    };
    Some(item).filter(|item| !LACKING.contains(item))
}

/// Keywords and signs with the many that begin a term or an expression summed up.
fn readable_list(names: &BTreeSet<String>) -> String {
    const TERMS: [&str; 12] =
        ["$", "?", "<", ":", "_:", "'", "'''", "+", "-", ".", "true", "false"];
    let has = |name: &str| names.contains(name);
    let expression = has("STRLEN");
    let term = has("'''") || has("_:");
    let mut list = Vec::new();
    if expression {
        list.push("an expression");
    } else if term {
        list.push("a term");
    } else if has("$") && has("<") {
        list.push("a variable or an IRI");
    } else if has("$") {
        list.push("a variable");
    } else if has("<") {
        list.push("an IRI");
    }
    let of_term = |name: &str| TERMS.contains(&name) && (name != "." || expression || term);
    let of_expression = |name: &str| {
        expression && (name == "(" || name == "!" || name.starts_with(char::is_alphabetic))
    };
    let others = names.iter().map(String::as_str);
    list.extend(others.filter(|name| !of_term(name) && !of_expression(name)));
    list.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Known {
        Known { all: SparqlParser::new(), base: SparqlParser::new() }
    }

    fn error_of(text: &str) -> String {
        parse_query(&known(), text, &Limits::default()).unwrap_err().to_string()
    }

    #[test]
    fn a_mistake_is_shown_at_its_token_with_what_would_be_right() {
        for (text, message) in [
            (
                "SELECT * WHERE {\n  ?文件 <http://e/标题> \"养老托育\" ;; ] }",
                "line 2, column 31: unexpected ], expected one of: a variable or an IRI ! ( . ; BIND \
                 FILTER GRAPH MINUS OPTIONAL VALUES ^ a { }",
            ),
            (
                "SELEC ?x { ?x a ?y }",
                "line 1, column 1: unexpected SELEC, expected one of: ASK BASE CONSTRUCT DESCRIBE PREFIX SELECT",
            ),
            (
                "SELECT ?x {\n  ?x a ?y FILTER(?y = ) }",
                "line 2, column 23: unexpected ), expected one of: an expression",
            ),
            ("SELECT ?x {\n ?x zt:text ?y }", "line 2, column 5: the prefix zt: is not declared"),
            ("SELECT ?x { ?x a \"养老 }", "line 1, column 18: this string has no end"),
            (
                "ASK { ?机关 <标题> 1 }",
                "line 1, column 11: unexpected <标题>: the IRI here is relative or has an illegal character",
            ),
            (
                "SELECT ?x ?y { ?x a ?z } GROUP BY ?x",
                "line 1, column 37: The SELECT contains a variable that is unbound",
            ),
            (
                "SELECT * { ?s ?p ?o BIND(1 AS ?s) }",
                "line 1, column 35: unexpected }: BIND is overriding an existing variable",
            ),
            (
                "SELECT ?x { ?x a ?y",
                "line 1, column 20: the query ends here, expected one of: , . ; BIND FILTER GRAPH \
                 MINUS OPTIONAL VALUES { }",
            ),
            (
                "",
                "line 1, column 1: the query ends here, expected one of: ASK BASE CONSTRUCT DESCRIBE PREFIX SELECT",
            ),
        ] {
            assert_eq!(error_of(text), message, "{text}");
        }
    }

    #[test]
    fn an_update_is_told_from_a_typing_error() {
        for text in
            ["INSERT DATA { <http://e/a> <http://e/b> 1 }", "CLEAR ALL", "DROP GRAPH <http://e/g>"]
        {
            let parsed = parse_query(&known(), text, &Limits::default());
            assert!(matches!(parsed, Err(QueryError::Update)), "{text}");
        }
    }

    #[test]
    fn brackets_in_strings_comments_and_iris_are_not_depth() {
        let brackets = "({[".repeat(100);
        for text in [
            format!("ASK {{ ?s ?p \"{brackets}\" }}"),
            format!("ASK {{ ?s ?p '''{brackets}''' }} # {brackets}"),
            format!("# {brackets}\nASK {{ ?s ?p <http://e/{}> }}", "()+-!".repeat(200)),
        ] {
            assert!(parse_query(&known(), &text, &Limits::default()).is_ok(), "{text}");
        }
    }

    #[test]
    fn a_limit_names_the_line_where_it_was_passed() {
        let text = format!("ASK {{\n ?s ?p ?o\n FILTER({} ?o) }}", "+".repeat(600));
        assert_eq!(error_of(&text), "line 3: the query has more than 512 operators; ask in parts");
    }

    #[test]
    fn what_the_parser_reads_twice_may_stand_beside_itself_but_not_deep_inside() {
        let beside = format!("ASK {{ FILTER(1{}) }}", " && !REGEX(?x, 'a') && ?x != 2".repeat(60));
        assert!(parse_query(&known(), &beside, &Limits::default()).is_ok());
        for start in ["!", "!(", "REPLACE(", "SUBSTR(", "!STR(", "GROUP_CONCAT(", "(REGEX("] {
            let inside = format!("ASK {{ FILTER({}1", start.repeat(20));
            assert!(error_of(&inside).contains("times read twice"), "{start}");
        }
    }

    #[test]
    fn a_query_in_unfinished_brackets_is_refused_before_it_is_parsed() {
        for bracket in ["{", "(", "[", "STR(", "SELECT * {", "OPTIONAL {"] {
            let text = format!("ASK {{ {}", bracket.repeat(5_000));
            assert!(error_of(&text).contains("brackets open at once"), "{bracket}");
        }
    }
}
