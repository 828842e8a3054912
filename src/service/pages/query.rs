//! The query page: a box, the examples by question, and the result as a table. In: `?query=` or
//! `?example=`; out: HTML. Guarantees: works without JavaScript; a faulty query comes back in the box with
//! line and column. Surprising: rows are read from the TSV form of the answer, so that the evaluation can
//! be stopped after the rows that are shown.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::Response;
use oxigraph::sparql::results::{
    QueryResultsFormat, QueryResultsParser, SliceQueryResultsParserOutput,
};

use super::other::{Value, value};
use super::{Chrome, respond};
use crate::service::error::{QueryProblem, ServiceError};
use crate::service::evaluate::evaluate as evaluate_question;
use crate::service::freshness::{entity_tag, is_held, not_modified, set_tag};
use crate::service::language::Reader;
use crate::service::limits::{PAGE_GRAPH_BYTES_MAX, PAGE_ROWS_MAX, PAGE_TABLE_BYTES_MAX};
use crate::service::lookup::Lookup;
use crate::service::off_thread;
use crate::service::request::{Ask, with_query};
use crate::service::site::Site;
use crate::service::sparql::{explain, question};
use crate::store::{AnswerFormat, QueryForm, is_repeatable};
use crate::worker::{Cut, Question};

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
    // What another try may mend is told once only.
    let is_lasting = match &result {
        Ok(_) => true,
        Err(ServiceError::Query(problem)) => problem.retry_after_s.is_none(),
        Err(_) => false,
    };
    let wait_s = match &result {
        Err(ServiceError::Spent(spent)) => Some(spent.retry_after_s),
        _ => None,
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
    match wait_s {
        // With the query in its box: whoever waited sends it again.
        Some(seconds) => {
            *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        None if is_repeatable && is_lasting => set_tag(&mut response, &tag),
        None => {}
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

/// Evaluates a query as far as the page shows it.
async fn evaluate(
    site: &Arc<Site>,
    ask: &Ask,
    query: String,
) -> Result<(Answer, Option<QueryForm>), ServiceError> {
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
    let answer = evaluate_question(site, &ask.visit, question).await?;
    let form = answer.head.form;
    let (bytes, is_cut) = answer.collect().await.map_err(explain)?;
    let site = Arc::clone(site);
    let reader = ask.reader;
    // The labels of what is in the rows are looked up in the graph.
    let shown = off_thread("query", move || read_answer(&site, reader, form, (&bytes, is_cut)));
    Ok((shown.await??, Some(form)))
}

fn read_answer(
    site: &Site,
    reader: Reader,
    form: QueryForm,
    (bytes, is_cut): (&[u8], bool),
) -> Result<Answer, ServiceError> {
    match form {
        QueryForm::Select => table(Lookup::new(site, reader), bytes, is_cut),
        QueryForm::Ask => Ok(Answer::Yes(String::from_utf8_lossy(bytes).trim() == "true")),
        QueryForm::Construct | QueryForm::Describe => {
            let turtle = String::from_utf8_lossy(bytes).into_owned();
            Ok(Answer::Graph { turtle, cut: is_cut })
        }
    }
}

/// The rows in a TSV answer.
fn table(lookup: Lookup<'_>, bytes: &[u8], is_cut: bool) -> Result<Answer, ServiceError> {
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
    let mut rows = Vec::new();
    for solution in solutions {
        let solution = solution.map_err(|error| unreadable(&error))?;
        let cells = solution.values().iter();
        rows.push(cells.map(|term| term.as_ref().map(|term| value(lookup, term))).collect());
    }
    let cut = is_cut || rows.len() > PAGE_ROWS_MAX;
    rows.truncate(PAGE_ROWS_MAX);
    Ok(Answer::Table { variables, rows, cut })
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
