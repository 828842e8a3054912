//! What a query's text tells without parsing it. In: text; out: whether its answer can be kept, and a form that is the same for texts
//! that differ in white space and comments only.

use super::tokens::Tokens;

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
    !is_escaped && !CHANGING.into_iter().any(is_called)
}

/// The tokens of a query with one space between them. Texts with the same tokens are the same query.
pub fn normalized(query: &str) -> String {
    let mut text = String::with_capacity(query.len());
    for token in Tokens::new(query) {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(token.span.slice(query));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_that_asks_for_the_time_or_for_chance_is_not_repeatable() {
        let changing = [
            "SELECT (NOW() AS ?t) {}",
            "SELECT (now ( ) AS ?t) {}",
            "SELECT (STRUUID() AS ?t) {}",
            "SELECT (RAND#\n() AS ?t) {}",
            "SELECT (\\u004eOW() AS ?t) {}",
            "SELECT (BNODE() AS ?t) {}",
        ];
        for query in changing {
            assert!(!is_repeatable(query), "{query}");
        }
        for query in ["SELECT * { ?known ?p \"rand\" }", "SELECT (COUNT(*) AS ?now) {}", ""] {
            assert!(is_repeatable(query), "{query}");
        }
    }

    #[test]
    fn white_space_and_comments_outside_of_strings_make_no_other_query() {
        let same = normalized("SELECT *{?s ?p '养  老'}");
        assert_eq!(normalized("SELECT * # all\n{\n  ?s ?p '养  老'\n}"), same);
        for other in
            ["SELECT *{?s ?p '养 老'}", "SELECT *{?s ?P '养  老'}", "SELECT *{?s ?p '#养  老'}"]
        {
            assert_ne!(normalized(other), same, "{other}");
        }
    }
}
