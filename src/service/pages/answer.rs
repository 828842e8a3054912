//! The answer to a query as the query page shows it. In: a query; out: a table with labels, a yes or no, or a graph as statements and
//! as Turtle. Surprising: rows are read from the TSV form of the answer, so that the evaluation can be stopped after the rows that are
//! shown; a graph may be cut inside a statement, and what comes before it is read all the same.

use std::sync::Arc;
use std::time::{Duration, Instant};

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, Term};
use oxigraph::sparql::results::{
    QueryResultsFormat, QueryResultsParser, SliceQueryResultsParserOutput,
};

use super::other::{Value, value};
use crate::service::error::ServiceError;
use crate::service::evaluate::evaluate as evaluate_question;
use crate::service::language::Reader;
use crate::service::limits::{
    PAGE_CELLS_MAX, PAGE_GRAPH_BYTES_MAX, PAGE_ROWS_MAX, PAGE_TABLE_BYTES_MAX,
};
use crate::service::lookup::Lookup;
use crate::service::off_thread;
use crate::service::request::Ask;
use crate::service::site::Site;
use crate::service::sparql::{explain, question};
use crate::store::{AnswerFormat, QueryForm};
use crate::worker::{Cut, Question};

/// A term in a row.
pub(super) struct Cell {
    pub(super) value: Value,
    /// What sorts and draws it: `iri`, `number`, `date` or `text`.
    pub(super) kind: &'static str,
}

/// Rows under names.
pub(super) struct Table {
    pub(super) variables: Vec<String>,
    pub(super) rows: Vec<Vec<Option<Cell>>>,
    /// Whether there are more.
    pub(super) cut: bool,
}

/// An answer as shown.
pub(super) enum Answer {
    /// Nothing was asked yet.
    None,
    Table(Table),
    Yes(bool),
    Graph {
        turtle: String,
        /// Its statements.
        table: Table,
    },
}

impl Answer {
    /// Whether nothing was found.
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::None => false,
            Self::Yes(yes) => !yes,
            Self::Table(table) | Self::Graph { table, .. } => table.rows.is_empty(),
        }
    }
}

/// An answer, and what it took.
pub(super) struct Answered {
    pub(super) answer: Answer,
    pub(super) form: QueryForm,
    /// From the question to the last byte.
    pub(super) took: Duration,
}

/// Evaluates a query as far as the page shows it.
pub(super) async fn evaluate(
    site: &Arc<Site>,
    ask: &Ask,
    query: String,
) -> Result<Answered, ServiceError> {
    let question = Question {
        table_format: Some(AnswerFormat::Tsv),
        graph_format: Some(AnswerFormat::Turtle),
        cut: Some(Cut {
            // One line more for the names, one to see whether there is more.
            table_lines_max: PAGE_ROWS_MAX + 2,
            table_bytes_max: PAGE_TABLE_BYTES_MAX,
            graph_bytes_max: PAGE_GRAPH_BYTES_MAX,
        }),
        ..question(query, &ask.parameters)?
    };
    let begun = Instant::now();
    let answer = evaluate_question(site, &ask.visit, question).await?;
    let form = answer.head.form;
    let (bytes, is_cut) = answer.collect().await.map_err(explain)?;
    let took = begun.elapsed();
    let site = Arc::clone(site);
    let reader = ask.reader;
    // The labels of what is in the rows are looked up in the graph.
    let shown = off_thread("query", move || read_answer(&site, reader, form, (&bytes, is_cut)));
    Ok(Answered { answer: shown.await??, form, took })
}

fn read_answer(
    site: &Site,
    reader: Reader,
    form: QueryForm,
    (bytes, is_cut): (&[u8], bool),
) -> Result<Answer, ServiceError> {
    let lookup = Lookup::new(site, reader);
    match form {
        QueryForm::Select => Ok(Answer::Table(table(lookup, bytes, is_cut)?)),
        QueryForm::Ask => Ok(Answer::Yes(String::from_utf8_lossy(bytes).trim() == "true")),
        QueryForm::Construct | QueryForm::Describe => {
            let turtle = String::from_utf8_lossy(bytes).into_owned();
            let table = statements(lookup, bytes, is_cut);
            Ok(Answer::Graph { turtle, table })
        }
    }
}

/// The rows in a TSV answer.
fn table(lookup: Lookup<'_>, bytes: &[u8], is_cut: bool) -> Result<Table, ServiceError> {
    let unreadable = |error: &dyn std::fmt::Display| ServiceError::internal("query page", error);
    // Whole lines only: the answer may have been cut inside one.
    let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1);
    let lines = bytes.get(..whole).unwrap_or_default();
    let parser = QueryResultsParser::from_format(QueryResultsFormat::Tsv);
    let output = parser.for_slice(lines).map_err(|error| unreadable(&error))?;
    let SliceQueryResultsParserOutput::Solutions(solutions) = output else {
        return Err(unreadable(&"a table was expected"));
    };
    let variables: Vec<_> =
        solutions.variables().iter().map(|variable| variable.as_str().to_owned()).collect();
    let rows_max = PAGE_ROWS_MAX.min(PAGE_CELLS_MAX / variables.len().max(1)).max(1);
    let mut rows = Vec::new();
    for solution in solutions.take(rows_max + 1) {
        let solution = solution.map_err(|error| unreadable(&error))?;
        let cells = solution.values().iter();
        rows.push(cells.map(|term| term.as_ref().map(|term| cell(lookup, term))).collect());
    }
    Ok(cut_table(variables, rows, (rows_max, is_cut)))
}

/// The statements of a graph in Turtle, in its order.
fn statements(lookup: Lookup<'_>, bytes: &[u8], is_cut: bool) -> Table {
    let parser = RdfParser::from_format(RdfFormat::Turtle).for_slice(bytes);
    // The first fault is where the graph was cut.
    let triples = parser.map_while(Result::ok).take(PAGE_ROWS_MAX + 1);
    let rows = triples.map(|quad| {
        let terms = [Term::from(quad.subject), quad.predicate.into(), quad.object];
        terms.iter().map(|term| Some(cell(lookup, term))).collect()
    });
    let names = match lookup.reader.t("zh", "en") {
        "zh" => ["主语", "谓语", "宾语"],
        _ => ["subject", "predicate", "object"],
    };
    cut_table(names.map(str::to_owned).to_vec(), rows.collect(), (PAGE_ROWS_MAX, is_cut))
}

/// A table of at most `rows_max` rows, of which some may be missing already.
fn cut_table(
    variables: Vec<String>,
    mut rows: Vec<Vec<Option<Cell>>>,
    (rows_max, is_cut): (usize, bool),
) -> Table {
    let cut = is_cut || rows.len() > rows_max;
    rows.truncate(rows_max);
    Table { variables, rows, cut }
}

fn cell(lookup: Lookup<'_>, term: &Term) -> Cell {
    let kind = match term {
        Term::NamedNode(_) => "iri",
        Term::BlankNode(_) => "text",
        Term::Literal(literal) => kind_of(literal),
    };
    Cell { value: value(lookup, term), kind }
}

fn kind_of(literal: &Literal) -> &'static str {
    let datatype = literal.datatype();
    let numbers = [xsd::INTEGER, xsd::DECIMAL, xsd::DOUBLE, xsd::FLOAT, xsd::INT, xsd::LONG];
    let dates = [xsd::DATE, xsd::DATE_TIME, xsd::G_YEAR, xsd::G_YEAR_MONTH];
    if numbers.contains(&datatype) || datatype.as_str().ends_with("#nonNegativeInteger") {
        "number"
    } else if dates.contains(&datatype) {
        "date"
    } else {
        "text"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_dates_are_told_from_texts() {
        let rules = [
            (Literal::from(3), "number"),
            (Literal::new_typed_literal("2031", xsd::G_YEAR), "date"),
            (Literal::new_typed_literal("2031-03-05", xsd::DATE), "date"),
            (Literal::new_simple_literal("30"), "text"),
            (Literal::from(true), "text"),
        ];
        for (literal, kind) in rules {
            assert_eq!(kind_of(&literal), kind, "{literal}");
        }
    }
}
