//! The query page: a box, the examples by question, and the result as a table. In: `?query=` or `?example=`, or the form of the page by POST; out: HTML.
//! Guarantees: works without JavaScript, and what scripts add (`web/query/`, `web/editor/`) reads this same page; a faulty query comes back in the box with
//! line and column. Surprising: what is posted is sent on to an address, unless it is too long for one.

use std::sync::Arc;
use std::time::Duration;

use askama::Template;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

use super::answer::{Answer, Answered, evaluate};
use super::bounds::bounds;
use super::fault::{Fault, fault};
use super::snippet::{Snippet, snippets};
use super::unknown::{Unknown, unknown_names};
use super::{Chrome, respond};
use crate::release::Example;
use crate::service::asked::{address_of, short_path};
use crate::service::assets::has_editor;
use crate::service::error::ServiceError;
use crate::service::freshness::{entity_tag, is_held, not_modified, set_tag};
use crate::service::limits::{ASKED_QUERY_BYTES_MAX, PAGE_ADDRESS_BYTES_MAX};
use crate::service::lookup::Lookup;
use crate::service::request::{Ask, origin_of, with_query};
use crate::service::site::Site;
use crate::service::sparql::read_body;
use crate::store::{AnswerFormat, QueryForm, is_repeatable};

/// An example as listed.
struct ExampleRow {
    question: String,
    href: String,
    is_current: bool,
}

/// The whole answer in a format.
struct Download {
    name: &'static str,
    /// What `format` is to be.
    format: &'static str,
    href: String,
}

#[derive(Template)]
#[template(path = "query.html")]
struct QueryPage {
    chrome: Chrome,
    query: String,
    /// Bytes of the longest address that the page gives itself.
    address_bytes_max: usize,
    rows_in_box: usize,
    answer: Answer,
    /// Names in the query that the data do not have, where it found nothing.
    unknown: Vec<Unknown>,
    /// Seconds that it took, in words; empty where there is none.
    took: String,
    fault: Option<Fault>,
    downloads: Vec<Download>,
    snippets: Vec<Snippet>,
    /// Whether it is too long for an address.
    is_long: bool,
    /// Its short address, if it has one, and what is to be said of it.
    short: String,
    short_note: String,
    examples: Vec<ExampleRow>,
    /// The bounds of a query, a sentence each.
    limits: Vec<String>,
    has_editor: bool,
    /// The question that the box answers, if it is an example.
    question: String,
    prefixes: Vec<(String, String)>,
}

/// What is asked, and where the page stands that answers.
struct Asked<'s> {
    query: String,
    /// The example that it is.
    example: Option<&'s Example>,
    /// Scheme and host of this service, as the asker knows it.
    origin: String,
    /// Path and query of the page, without its language.
    here: String,
}

/// `GET /query`.
pub(crate) async fn serve(
    State(site): State<Arc<Site>>,
    uri: Uri,
    headers: HeaderMap,
    ask: Ask,
) -> Result<Response, ServiceError> {
    let name = ask.parameters.one("example")?.filter(|name| !name.is_empty());
    let example = name.map(|name| {
        let found = site.examples.iter().find(|example| example.name == name);
        let message = ["没有这个示例", "is the name of no example"];
        found.ok_or_else(|| ServiceError::parameter("example", message))
    });
    let example = example.transpose()?;
    let given = ask.parameters.one("query")?.filter(|query| !query.trim().is_empty());
    let query = given.or(example.map(|example| example.text.as_str())).unwrap_or("").to_owned();
    let tag = entity_tag(&site, &ask, "query");
    let is_repeatable = is_repeatable(&query);
    if is_repeatable && is_held(ask.if_none_match.as_deref(), &tag) {
        // The page that is held shows a short address, which is to lead here after a restart as well.
        site.asked.remember(&query);
        return Ok(not_modified(&tag));
    }
    let asked = Asked {
        query,
        example: example.filter(|_| given.is_none()),
        origin: origin_of(&uri, &headers).unwrap_or_default(),
        here: ask.here(),
    };
    let (mut response, is_lasting) = show(&site, &ask, asked).await?;
    if is_repeatable && is_lasting {
        set_tag(&mut response, &tag);
    }
    Ok(response)
}

/// `POST /query`: what the form of the page sends. A query that an address can hold is sent on to its address, so that the page can be shared and held.
pub(crate) async fn serve_posted(
    State(site): State<Arc<Site>>,
    uri: Uri,
    headers: HeaderMap,
    mut ask: Ask,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, ServiceError> {
    let (query, form) = read_body(&ask, &headers, body)?;
    let others = form.without("query").filter(|(name, value)| *name != "lang" && !value.is_empty());
    let address = with_query("/query", [("query", query.as_str())].into_iter().chain(others));
    if address.len() <= PAGE_ADDRESS_BYTES_MAX {
        let address = if query.trim().is_empty() { "/query" } else { &address };
        let location = HeaderValue::from_str(&ask.reader.href(address));
        let location = location.map_err(|_| ServiceError::BadPath)?;
        return Ok((StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response());
    }
    ask.parameters = form;
    let here = short_path(&query).unwrap_or_else(|| "/query".to_owned());
    let origin = origin_of(&uri, &headers).unwrap_or_default();
    let (response, _) = show(&site, &ask, Asked { query, example: None, origin, here }).await?;
    Ok(response)
}

/// The page of a query that has a short address, and is too long for another.
pub(crate) async fn serve_remembered(
    site: Arc<Site>,
    (uri, headers): (&Uri, &HeaderMap),
    ask: Ask,
    query: String,
) -> Result<Response, ServiceError> {
    let origin = origin_of(uri, headers).unwrap_or_default();
    let here = ask.here();
    let (response, _) = show(&site, &ask, Asked { query, example: None, origin, here }).await?;
    Ok(response)
}

/// The page, and whether it stays as good.
async fn show(
    site: &Arc<Site>,
    ask: &Ask,
    asked: Asked<'_>,
) -> Result<(Response, bool), ServiceError> {
    // An example is answered at once: the reader sees what such a query gives.
    let result = match asked.query.as_str() {
        "" => Ok(None),
        query => evaluate(site, ask, query.to_owned()).await.map(Some),
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
    let lookup = Lookup::new(site, ask.reader);
    let (answered, fault) = match result {
        Ok(answered) => {
            site.asked.remember(&asked.query);
            (answered, None)
        }
        Err(error) => (None, Some(fault(ask.reader, &error, &asked.query))),
    };
    let unknown = match &answered {
        Some(answered) if answered.answer.is_empty() => {
            unknown_names(lookup, ask, &asked.query).await
        }
        _ => Vec::new(),
    };
    let page = QueryPage { unknown, fault, ..page(lookup, ask, asked, answered) };
    let mut response = respond(&page)?;
    if let Some(seconds) = wait_s {
        // With the query in its box: whoever waited sends it again.
        *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    Ok((response, is_lasting))
}

/// The page without a fault and unknown names.
fn page(lookup: Lookup<'_>, ask: &Ask, asked: Asked<'_>, answered: Option<Answered>) -> QueryPage {
    let Asked { query, example, origin, here } = asked;
    let mut chrome = Chrome::new(lookup.site, ask.reader, &here, lookup.t("查询", "Query"));
    chrome.section = "query";
    let form = answered.as_ref().map(|answered| answered.form);
    // An answer's time is part of no meaning: a page that is held is as good with an earlier one.
    let took = answered.as_ref().map(|answered| in_seconds(answered.took));
    let asked_for = form.and_then(|form| AnswerFormat::for_form(form).first().copied());
    let snippets = asked_for.map(|format| {
        Vec::from(snippets(&format!("{origin}/sparql"), &query, format.media_type()))
    });
    let question = example.map(|example| lookup.t(&example.question_zh, &example.question_en));
    QueryPage {
        chrome,
        address_bytes_max: PAGE_ADDRESS_BYTES_MAX,
        rows_in_box: query.lines().count().clamp(8, 24) + 1,
        answer: answered.map_or(Answer::None, |answered| answered.answer),
        took: took.unwrap_or_default(),
        fault: None,
        unknown: Vec::new(),
        is_long: address_of(&query).is_none(),
        downloads: form.map(|form| downloads(&query, form)).unwrap_or_default(),
        snippets: snippets.unwrap_or_default(),
        short: short_path(&query).map(|path| format!("{origin}{path}")).unwrap_or_default(),
        short_note: short_note(lookup, &query, question.is_some()),
        examples: examples(lookup, example),
        limits: bounds(lookup, ask),
        has_editor: has_editor(),
        question: question.unwrap_or_default().to_owned(),
        prefixes: lookup.site.prefixes.clone(),
        query,
    }
}

/// How long the short address of a query is good, or why it has none.
fn short_note(lookup: Lookup<'_>, query: &str, is_example: bool) -> String {
    let kilobytes = |bytes: usize| bytes.div_ceil(1024);
    let (query_kb, kept_kb) = (kilobytes(query.len()), ASKED_QUERY_BYTES_MAX >> 10);
    let address_kb = kilobytes(with_query("/query", [("query", query)]).len());
    let most_kb = PAGE_ADDRESS_BYTES_MAX >> 10;
    let (zh, en) = if is_example {
        ("指向这个问题。".to_owned(), "Leads to this question.".to_owned())
    } else if short_path(query).is_none() {
        (
            format!(
                "没有：短网址只存 {kept_kb} KB 以内的查询，这条有 {query_kb} KB。请自己保存查询语句。"
            ),
            format!(
                "None: short addresses keep queries of at most {kept_kb} KB, and this one has {query_kb} KB. Keep its text yourself."
            ),
        )
    } else if address_of(query).is_none() {
        (
            format!(
                "在服务重启或被较新的查询挤出之前有效。完整网址要 {address_kb} KB，超过通常能传送的 {most_kb} KB，所以这条查询用 POST 发送，没有长期有效的网址；要长期保存，请保存查询语句。"
            ),
            format!(
                "Good until the service restarts or newer queries take its place. A full address would have {address_kb} KB, more than the {most_kb} KB that commonly pass, so this query is sent by POST and has no address for ever; to keep it, keep its text."
            ),
        )
    } else {
        (
            "在服务重启或被较新的查询挤出之前有效；浏览器地址栏中的网址一直有效。".to_owned(),
            "Good until the service restarts or newer queries take its place; the address of this page is good for ever.".to_owned(),
        )
    };
    lookup.t(&zh, &en).to_owned()
}

/// A time in seconds, rounded up to a thousandth. It is as wide for all that is answered soon, so that HEAD tells the length of GET.
fn in_seconds(took: Duration) -> String {
    let thousandths = took.as_micros().div_ceil(1000);
    format!("{}.{:03}", thousandths / 1000, thousandths % 1000)
}

fn examples(lookup: Lookup<'_>, current: Option<&Example>) -> Vec<ExampleRow> {
    let rows = lookup.site.examples.iter().map(|example| ExampleRow {
        question: lookup.t(&example.question_zh, &example.question_en).to_owned(),
        href: lookup.reader.href(&format!("/query?example={}", example.name)),
        is_current: current.is_some_and(|current| current.name == example.name),
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
        format: format.extension(),
        href: with_query("/sparql", [("query", query), ("format", format.extension())]),
    });
    formats.collect()
}
