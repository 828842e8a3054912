//! The query page: a box, the examples by question, and the result as a table. In: `?query=` or
//! `?example=`; out: HTML. Guarantees: works without JavaScript; a faulty query comes back in the box with
//! line and column. Surprising: rows are read from the TSV form of the answer, so that the evaluation can
//! be stopped after the rows that are shown.

use std::io::{self, Write};
use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use oxigraph::sparql::results::{
    QueryResultsFormat, QueryResultsParser, SliceQueryResultsParserOutput,
};

use super::other::{Value, value};
use super::{Chrome, respond};
use crate::service::error::{QueryProblem, ServiceError};
use crate::service::freshness::{entity_tag, is_held, is_repeatable, not_modified, set_tag};
use crate::service::limits::{PAGE_GRAPH_BYTES_MAX, PAGE_ROWS_MAX};
use crate::service::lookup::Lookup;
use crate::service::off_thread;
use crate::service::request::{Ask, with_query};
use crate::service::site::Site;
use crate::service::sparql::{admit, dataset_of, explain, prepare};
use crate::store::{AnswerFormat, Prepared, QueryError, QueryForm};

/// An example as listed.
struct ExampleRow {
    question: String,
    href: String,
    is_current: bool,
}

/// What is wrong with a query, and where.
struct Fault {
    title: String,
    detail: String,
    line: Option<u64>,
    column: Option<u64>,
    /// The line concerned, cut before and at the place.
    before: String,
    after: String,
}

/// A link to the whole answer in a format.
struct Download {
    name: &'static str,
    href: String,
}

/// An answer as shown.
enum Answer {
    /// Nothing was asked yet.
    None,
    Table {
        variables: Vec<String>,
        rows: Vec<Vec<Option<Value>>>,
        cut: bool,
    },
    Yes(bool),
    Graph {
        turtle: String,
        cut: bool,
    },
}

#[derive(Template)]
#[template(path = "query.html")]
struct QueryPage {
    chrome: Chrome,
    query: String,
    rows_in_box: usize,
    answer: Answer,
    fault: Option<Fault>,
    downloads: Vec<Download>,
    examples: Vec<ExampleRow>,
    /// The question that the box answers, if it is an example.
    question: String,
    prefixes: Vec<(String, String)>,
}

/// `GET /query`.
pub(crate) async fn serve(
    State(site): State<Arc<Site>>,
    ask: Ask,
) -> Result<Response, ServiceError> {
    let example_name = ask.parameters.one("example")?.filter(|name| !name.is_empty());
    let example = match example_name {
        None => None,
        Some(name) => {
            Some(site.examples.iter().find(|example| example.name == name).ok_or_else(|| {
                let message = ["没有这个示例", "is the name of no example"];
                ServiceError::parameter("example", message)
            })?)
        }
    };
    let asked = ask.parameters.one("query")?.filter(|query| !query.trim().is_empty());
    let query = asked.or(example.map(|example| example.text.as_str())).unwrap_or("").to_owned();
    let tag = entity_tag(&site, &ask, "query");
    let is_repeatable = is_repeatable(&query);
    if is_repeatable && is_held(ask.if_none_match.as_deref(), &tag) {
        return Ok(not_modified(&tag));
    }
    // An example is answered at once: the reader sees what such a query gives.
    let result = match query.as_str() {
        "" => Ok((Answer::None, None)),
        _ => evaluate(&site, &ask, query.clone()).await,
    };
    let lookup = Lookup::new(&site, ask.reader);
    let (answer, form, fault) = match result {
        Ok((answer, form)) => (answer, form, None),
        Err(error) => (Answer::None, None, Some(fault(lookup, &error, &query))),
    };
    let title = lookup.t("查询", "Query");
    let mut chrome = Chrome::new(&site, ask.reader, &ask.here(), title);
    chrome.section = "query";
    let question = example.map(|example| lookup.t(&example.question_zh, &example.question_en));
    let page = QueryPage {
        chrome,
        rows_in_box: query.lines().count().clamp(8, 24) + 1,
        answer,
        fault,
        downloads: form.map(|form| downloads(&query, form)).unwrap_or_default(),
        examples: examples(lookup, example_name.filter(|_| asked.is_none())),
        question: question.unwrap_or_default().to_owned(),
        prefixes: site.prefixes.clone(),
        query,
    };
    let mut response = respond(&page)?;
    if is_repeatable {
        set_tag(&mut response, &tag);
    }
    Ok(response)
}

fn examples(lookup: Lookup<'_>, current: Option<&str>) -> Vec<ExampleRow> {
    let rows = lookup.site.examples.iter().map(|example| ExampleRow {
        question: lookup.t(&example.question_zh, &example.question_en).to_owned(),
        href: lookup.reader.href(&format!("/query?example={}", example.name)),
        is_current: current == Some(example.name.as_str()),
    });
    rows.collect()
}

fn downloads(query: &str, form: QueryForm) -> Vec<Download> {
    let formats = AnswerFormat::for_form(form).iter().map(|format| Download {
        name: match format {
            AnswerFormat::Json => "JSON",
            AnswerFormat::Xml => "XML",
            AnswerFormat::Csv => "CSV",
            AnswerFormat::Tsv => "TSV",
            AnswerFormat::Turtle => "Turtle",
            AnswerFormat::NTriples => "N-Triples",
            AnswerFormat::RdfXml => "RDF/XML",
            AnswerFormat::JsonLd => "JSON-LD",
        },
        href: with_query("/sparql", [("query", query), ("format", format.extension())]),
    });
    formats.collect()
}

async fn evaluate(
    site: &Arc<Site>,
    ask: &Ask,
    query: String,
) -> Result<(Answer, Option<QueryForm>), ServiceError> {
    let _permit = admit()?;
    let prepared = prepare(site, query, dataset_of(&ask.parameters)?).await?;
    let form = prepared.form();
    let site = Arc::clone(site);
    let reader = ask.reader;
    let answer = off_thread("query", move || {
        let lookup = Lookup::new(&site, reader);
        read_answer(lookup, prepared).map_err(explain)
    });
    Ok((answer.await??, Some(form)))
}

/// Evaluates a query as far as the page shows it.
fn read_answer(lookup: Lookup<'_>, prepared: Prepared) -> Result<Answer, QueryError> {
    let form = prepared.form();
    let (format, lines_max) = match form {
        // One line more for the names, one to see whether there is more.
        QueryForm::Select => (AnswerFormat::Tsv, PAGE_ROWS_MAX + 2),
        QueryForm::Ask => (AnswerFormat::Tsv, usize::MAX),
        QueryForm::Construct | QueryForm::Describe => (AnswerFormat::Turtle, usize::MAX),
    };
    let bytes_max = if form == QueryForm::Select { usize::MAX } else { PAGE_GRAPH_BYTES_MAX };
    let mut sink = PageSink { bytes: Vec::new(), lines: 0, lines_max, bytes_max, is_full: false };
    match prepared.write(format, &mut sink) {
        Err(_) if sink.is_full => {}
        Err(error) => return Err(error),
        Ok(_) => {}
    }
    match form {
        QueryForm::Select => table(lookup, &sink),
        QueryForm::Ask => {
            let text = String::from_utf8_lossy(&sink.bytes);
            Ok(Answer::Yes(text.trim() == "true"))
        }
        QueryForm::Construct | QueryForm::Describe => Ok(Answer::Graph {
            turtle: String::from_utf8_lossy(&sink.bytes).into_owned(),
            cut: sink.is_full,
        }),
    }
}

/// The rows in a TSV answer.
fn table(lookup: Lookup<'_>, sink: &PageSink) -> Result<Answer, QueryError> {
    let unreadable = |error: &dyn std::fmt::Display| QueryError::Internal(error.to_string());
    // Whole lines only: the sink may have stopped inside one.
    let whole = sink.bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1);
    let lines = sink.bytes.get(..whole).unwrap_or_default();
    let parser = QueryResultsParser::from_format(QueryResultsFormat::Tsv);
    let output = parser.for_slice(lines).map_err(|error| unreadable(&error))?;
    let SliceQueryResultsParserOutput::Solutions(solutions) = output else {
        return Err(QueryError::Internal("a table was expected".into()));
    };
    let variables: Vec<_> =
        solutions.variables().iter().map(|variable| variable.as_str().to_owned()).collect();
    let mut rows = Vec::new();
    for solution in solutions {
        let solution = solution.map_err(|error| unreadable(&error))?;
        let cells = solution.values().iter();
        rows.push(cells.map(|term| term.as_ref().map(|term| value(lookup, term))).collect());
    }
    let cut = rows.len() > PAGE_ROWS_MAX;
    rows.truncate(PAGE_ROWS_MAX);
    Ok(Answer::Table { variables, rows, cut })
}

/// Takes as much of an answer as a page shows, then refuses more, which ends the evaluation.
struct PageSink {
    bytes: Vec<u8>,
    lines: usize,
    lines_max: usize,
    bytes_max: usize,
    is_full: bool,
}

impl Write for PageSink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.lines >= self.lines_max || self.bytes.len() >= self.bytes_max {
            self.is_full = true;
            return Err(io::Error::other("the page is full"));
        }
        self.lines += bytes.split(|byte| *byte == b'\n').count().saturating_sub(1);
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What is wrong, with the line cut at the place.
fn fault(lookup: Lookup<'_>, error: &ServiceError, query: &str) -> Fault {
    let place = match error {
        ServiceError::Query(QueryProblem { place, .. }) => *place,
        _ => None,
    };
    let index = |number: u64| usize::try_from(number.saturating_sub(1)).unwrap_or(usize::MAX);
    let line = place.and_then(|(line, _)| query.lines().nth(index(line))).unwrap_or("");
    let column = place.map_or(0, |(_, column)| index(column));
    Fault {
        title: error.title(lookup.reader),
        detail: error.detail(lookup.reader),
        line: place.map(|(line, _)| line),
        column: place.map(|(_, column)| column),
        before: line.chars().take(column).collect(),
        after: line.chars().skip(column).collect(),
    }
}
