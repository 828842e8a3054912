//! Turtle files to triples, with the place of an error.
//!
//! In: the text of a file, its name, a base IRI for relative ones. Out: its triples. Errors name file,
//! line and column.

use super::GraphError;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{Quad, Triple};

/// Parses `turtle`; `file` is its name in messages.
pub(super) fn parse_turtle(
    file: &str,
    turtle: &str,
    base: &str,
) -> Result<Vec<Triple>, GraphError> {
    let parser = RdfParser::from_format(RdfFormat::Turtle).with_base_iri(base);
    let parser = parser
        .map_err(|error| GraphError::Base { base: base.to_owned(), problem: error.to_string() })?;
    let parsed: Result<Vec<Quad>, _> = parser.for_slice(turtle.as_bytes()).collect();
    let quads = parsed.map_err(|error| {
        let start = error.location().map(|range| (range.start.line, range.start.column));
        let (line, column) = start.unwrap_or_default();
        GraphError::Turtle {
            file: file.to_owned(),
            line: line + 1,
            column: column + 1,
            problem: error.to_string(),
        }
    })?;
    Ok(quads.into_iter().map(Triple::from).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_names_file_line_and_column() {
        let error = parse_turtle("甲.ttl", "<a> <b> <c> .\n<d> 错 .\n", "http://a/").err().unwrap();
        assert!(error.to_string().starts_with("甲.ttl, line 2, column "), "{error}");
    }

    #[test]
    fn relative_iris_are_resolved_against_the_base() {
        let triples = parse_turtle("甲.ttl", "<a> <b> <c> .", "http://a/").unwrap();
        assert_eq!(triples.first().unwrap().predicate.as_str(), "http://a/b");
    }
}
