//! What a query's text tells without parsing it. In: text; out: whether its answer can be kept, and a form that is the same for texts
//! that differ in how much white space they have.

use super::tokens::{TokenKind, Tokens};
use crate::text::Span;

/// Whether a query has the same answer whenever it is asked of one release. In doubt it has not: its answer is then made anew.
pub fn is_repeatable(query: &str) -> bool {
    /// Functions whose value is another every time; a part of a name stands for those that end with it.
    const CHANGING: [&str; 4] = ["NOW", "RAND", "UUID", "BNODE"];
    // An escape can spell a name.
    let is_escaped = query.contains("\\u") || query.contains("\\U");
    let upper = query.to_ascii_uppercase();
    // Blanks and comments may stand before the bracket.
    let is_called = |name: &str| {
        upper.split(name).skip(1).any(|rest| rest.trim_start().starts_with(['(', '#']))
    };
    // Another endpoint may say something else the next time.
    !is_escaped && !asks_others(&upper) && !CHANGING.into_iter().any(is_called)
}

/// Whether SERVICE may stand in a query that is in capitals, but for the search that is answered here. The parser knows no borders of words (`1SERVICE`), so
/// neither does this; a variable or a name with the word in it is none.
fn asks_others(upper: &str) -> bool {
    upper.match_indices("SERVICE").any(|(at, word)| {
        let before = upper.get(..at).unwrap_or_default();
        let after = upper.get(at + word.len()..).unwrap_or_default();
        let begun = before.rfind(|c: char| !(c.is_alphanumeric() || "_-.".contains(c)));
        let is_name = begun.is_some_and(|mark| {
            before.get(mark..).is_some_and(|rest| rest.starts_with([':', '?', '$', '@', '#', '/']))
        });
        let called = after.trim_start();
        let is_search = called.starts_with("TEXT:SEARCH")
            || called.starts_with("<HTTP://JENA.APACHE.ORG/TEXT#SEARCH>");
        let is_redefined = upper.contains("PREFIX TEXT:") || upper.contains("PREFIX\tTEXT:");
        (!is_name || before.ends_with('.')) && (!is_search || is_redefined)
    })
}

/// A query with as little white space as it can have and stay the same query. In doubt it is the text itself: two texts that are the same
/// here must be the same query, whatever is wrong with them.
pub fn normalized(query: &str) -> String {
    let mut text = String::with_capacity(query.len());
    // A character with a backslash is none of those that begin a string or a comment, which the tokens do not know.
    if query.contains('\\') {
        return query.to_owned();
    }
    let mut end = 0;
    for token in Tokens::new(query) {
        let words = token.span.slice(query);
        // What looks like an IRI may be a comparison, with a string or a comment in it.
        let is_doubtful = token.kind == TokenKind::Iri && words.contains('\'');
        if is_doubtful || token.kind == TokenKind::OpenText {
            return query.to_owned();
        }
        text.push_str(shortened(Span::new(end, token.span.byte_start).slice(query)));
        text.push_str(words);
        end = token.span.byte_end;
    }
    text
}

/// What stands between two tokens; lines are kept apart, because a comment ends with its line.
fn shortened(between: &str) -> &str {
    if !between.bytes().all(|byte| b" \t\r\n".contains(&byte)) {
        between
    } else if between.contains(['\r', '\n']) {
        "\n"
    } else if between.is_empty() {
        ""
    } else {
        " "
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_that_asks_for_the_time_for_chance_or_elsewhere_is_not_repeatable() {
        let changing = [
            "SELECT (NOW() AS ?t) {}",
            "SELECT (now ( ) AS ?t) {}",
            "SELECT (STRUUID() AS ?t) {}",
            "SELECT (RAND#\n() AS ?t) {}",
            "SELECT (\\u004eOW() AS ?t) {}",
            "SELECT (BNODE() AS ?t) {}",
            "SELECT * { Service<http://e/sparql> { ?s ?p ?o } }",
            "SELECT * { ?s ?p 1SERVICE <http://e/sparql> { ?s ?p ?o } }",
            "SELECT * { ?s ?p trueSERVICE <http://e/sparql> { ?s ?p ?o } }",
            "SELECT * { SERVICESILENT <http://e/sparql> { ?s ?p ?o } }",
            "SELECT * { SERVICEwd:sparql { ?s ?p ?o } }",
            "PREFIX text: <http://e/> SELECT * { SERVICE text:search { ?s ?p ?o } }",
            "SELECT * { ?s ?p ?o.SERVICE SILENT <http://e/sparql> { ?s ?p ?o } }",
        ];
        for query in changing {
            assert!(!is_repeatable(query), "{query}");
        }
        for query in [
            "SELECT * { ?known ?p \"rand\" }",
            "SELECT (COUNT(*) AS ?now) {}",
            "ASK { ?services a sd:Service }",
            "",
        ] {
            assert!(is_repeatable(query), "{query}");
        }
    }

    #[test]
    fn how_much_white_space_there_is_makes_no_other_query() {
        let same = normalized("SELECT * { ?s ?p '养  老'\n}");
        assert_eq!(normalized("SELECT  *\t{  ?s ?p '养  老'\n\n  }\n# end"), same);
    }

    #[test]
    fn queries_that_differ_stay_apart_however_they_are_written() {
        for [one, other] in [
            ["ASK { ?s ?p '养  老' }", "ASK { ?s ?p '养 老' }"],
            ["ASK { ?s ?p '''a\n  b''' }", "ASK { ?s ?p '''a\n b''' }"],
            ["ASK { e:a\\#b ?p ?o }", "ASK { e:a\\#c ?p ?o }"],
            ["ASK { e:a\\'b ?p 'x  y' }", "ASK { e:a\\'b ?p 'x y' }"],
            ["ASK { ?s ?p \"a\n } \" }", "ASK { ?s ?p \"a } \" }"],
            ["ASK { ?s ?p 1 .5 }", "ASK { ?s ?p 1.5 }"],
            ["ASK { FILTER(?a<?b#x>\n?c) }", "ASK { FILTER(?a<?b#x> ?c) }"],
            ["ASK { FILTER(?a<'b>  c') }", "ASK { FILTER(?a<'b> c') }"],
            ["ASK { ?s ?p ?o }", "ASK { ?s\u{3000}?p ?o }"],
            ["ASK { # a\n ?s ?p ?o }", "ASK { # a ?s ?p ?o }"],
        ] {
            assert_ne!(normalized(one), normalized(other), "{one} | {other}");
        }
    }
}
