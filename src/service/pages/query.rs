//! The query page: a box, the examples by question, and the result as a table. In: `?query=` or
//! `?example=`; out: HTML. Guarantees: works without JavaScript, and what scripts add (`web/query/`, `web/editor/`) reads this same
//! page; a faulty query comes back in the box with line and column.

use std::sync::Arc;
use std::time::Duration;

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::Response;

use super::answer::{Answer, Answered, evaluate};
use super::snippet::{Snippet, snippets};
use super::{Chrome, respond};
use crate::service::asked::short_path;
use crate::service::assets::has_editor;
use crate::service::error::{QueryProblem, ServiceError};
use crate::service::freshness::{entity_tag, is_held, not_modified, set_tag};
use crate::service::limits::PAGE_ROWS_MAX;
use crate::service::lookup::Lookup;
use crate::service::request::{Ask, origin_of, with_query};
use crate::service::site::Site;
use crate::store::{AnswerFormat, QueryForm, is_repeatable};

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

#[derive(Template)]
#[template(path = "query.html")]
struct QueryPage {
    chrome: Chrome,
    query: String,
    rows_in_box: usize,
    answer: Answer,
    /// Seconds that it took, in words; empty where there is none.
    took: String,
    fault: Option<Fault>,
    downloads: Vec<Download>,
    snippets: Vec<Snippet>,
    /// Its short address, if it has one.
    short: String,
    examples: Vec<ExampleRow>,
    /// The bounds of a query, a sentence each.
    limits: Vec<String>,
    has_editor: bool,
    /// The question that the box answers, if it is an example.
    question: String,
    prefixes: Vec<(String, String)>,
}

/// `GET /query`.
pub(crate) async fn serve(
    State(site): State<Arc<Site>>,
    uri: Uri,
    headers: HeaderMap,
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
        // The page that is held shows a short address, which is to lead here after a restart as well.
        site.asked.remember(&query);
        return Ok(not_modified(&tag));
    }
    // An example is answered at once: the reader sees what such a query gives.
    let result = match query.as_str() {
        "" => Ok(None),
        _ => evaluate(&site, &ask, query.clone()).await.map(Some),
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
    let short = short_path(&query);
    let (answered, fault) = match result {
        Ok(answered) => {
            site.asked.remember(&query);
            (answered, None)
        }
        Err(error) => (None, Some(fault(lookup, &error, &query))),
    };
    let question = example
        .filter(|_| asked.is_none())
        .map(|example| lookup.t(&example.question_zh, &example.question_en));
    let origin = origin_of(&uri, &headers).unwrap_or_default();
    let page = QueryPage {
        question: question.unwrap_or_default().to_owned(),
        examples: examples(lookup, example_name.filter(|_| asked.is_none())),
        short: short.map(|path| format!("{origin}{path}")).unwrap_or_default(),
        fault,
        ..page(lookup, &ask, (query, &origin), answered)
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

/// The page without what is told of examples and faults.
fn page(
    lookup: Lookup<'_>,
    ask: &Ask,
    (query, origin): (String, &str),
    answered: Option<Answered>,
) -> QueryPage {
    let mut chrome = Chrome::new(lookup.site, ask.reader, &ask.here(), lookup.t("查询", "Query"));
    chrome.section = "query";
    let form = answered.as_ref().map(|answered| answered.form);
    // An answer's time is part of no meaning: a page that is held is as good with an earlier one.
    let took = answered.as_ref().map(|answered| in_seconds(answered.took));
    let asked_for = form.and_then(|form| AnswerFormat::for_form(form).first().copied());
    let snippets = asked_for.map(|format| {
        Vec::from(snippets(&format!("{origin}/sparql"), &query, format.media_type()))
    });
    QueryPage {
        chrome,
        rows_in_box: query.lines().count().clamp(8, 24) + 1,
        answer: answered.map_or(Answer::None, |answered| answered.answer),
        took: took.unwrap_or_default(),
        fault: None,
        downloads: form.map(|form| downloads(&query, form)).unwrap_or_default(),
        snippets: snippets.unwrap_or_default(),
        short: String::new(),
        examples: Vec::new(),
        limits: limits(lookup),
        has_editor: has_editor(),
        question: String::new(),
        prefixes: lookup.site.prefixes.clone(),
        query,
    }
}

/// A time in seconds, rounded up to a thousandth. It is as wide for all that is answered soon, so that HEAD tells the length of GET.
fn in_seconds(took: Duration) -> String {
    let thousandths = took.as_micros().div_ceil(1000);
    format!("{}.{:03}", thousandths / 1000, thousandths % 1000)
}

/// The bounds of a query in words.
fn limits(lookup: Lookup<'_>) -> Vec<String> {
    let bounds = lookup.site.evaluator.bounds();
    let (seconds, kilobytes) = (bounds.timeout_ms.div_ceil(1000), bounds.query_bytes_max >> 10);
    let rows = bounds.rows_held_max / 10_000;
    let longer = match lookup.site.exports {
        Some(_) => (
            "；更久的可以作为导出任务提交（/jobs）。",
            "; what takes longer can be ordered as a job (/jobs).",
        ),
        None => ("。", "."),
    };
    let mut sentences = vec![
        (
            format!("每次查询最多运行 {seconds} 秒{}", longer.0),
            format!("A query runs for at most {seconds} s{}", longer.1),
        ),
        (
            format!("页面显示前 {PAGE_ROWS_MAX} 行；下载得到全部，不限行数。"),
            format!(
                "The page shows the first {PAGE_ROWS_MAX} rows; downloads hold all, however many."
            ),
        ),
        (
            format!("查询语句最长 {kilobytes} KB；中间结果最多 {rows} 万行。"),
            format!(
                "A query has at most {kilobytes} KB, and sorts or multiplies at most {} rows.",
                bounds.rows_held_max
            ),
        ),
    ];
    if let Some(bytes) = bounds.memory_bytes {
        let megabytes = bytes >> 20;
        sentences.push((
            format!("每次查询最多用 {megabytes} MB 内存。"),
            format!("A query takes at most {megabytes} MB of memory."),
        ));
    }
    sentences.push((
        "数据只读；同一网络的各项查询共用一份计算时间，用完时会说明何时再试。".into(),
        "The data can be read only; the queries of one network share a budget of time, and where it is used up the page says when to try again.".into(),
    ));
    sentences.into_iter().map(|(zh, en)| lookup.t(&zh, &en).to_owned()).collect()
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
