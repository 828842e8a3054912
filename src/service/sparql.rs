//! The SPARQL protocol at `/sparql`. In: a query by GET, by form or as a body; out: the answer in the
//! format that `Accept` or `?format=` asks for, streamed. Guarantees: no query is parsed or evaluated in this
//! process where there are workers; one that cannot be answered is a 4xx or 503 that says why, with line and
//! column where there are any; updates are refused with the way that data get in. Surprising: a browser that
//! comes here is sent to the query page, and a program that asks nothing gets the description of the service.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use oxigraph::model::NamedNode;

use super::description::{address_of, describe_service};
use super::error::{QueryProblem, ServiceError};
use super::evaluate::evaluate;
use super::freshness::VARY;
use super::limits::BODY_BYTES_MAX;
use super::negotiate::Accept;
use super::parameters::Parameters;
use super::request::Ask;
use super::site::Site;
use super::stream::stream;
use crate::store::{AnswerFormat, QueryForm};
use crate::worker::{Cause, Question, Refusal, Wish};

/// Seconds after which a query that ran out of time may be tried again: longer than any one query runs.
const RETRY_AFTER_S: u32 = 30;

/// `GET /sparql`.
pub(crate) async fn get(
    State(site): State<Arc<Site>>,
    uri: Uri,
    headers: HeaderMap,
    ask: Ask,
) -> Result<Response, ServiceError> {
    if ask.parameters.all("update").next().is_some() {
        return Err(ServiceError::UpdateRefused);
    }
    let format = wanted_format(&ask.parameters)?;
    if format.is_none() && ask.accept.prefers_html_to("application/sparql-results+json") {
        let query = ask.query.as_str();
        let page = if query.is_empty() { "/query".into() } else { format!("/query?{query}") };
        let address = ask.reader.href(&page);
        let location = HeaderValue::from_str(&address).map_err(|_| ServiceError::BadPath)?;
        let headers = [(header::LOCATION, location), (header::VARY, VARY)];
        return Ok((StatusCode::SEE_OTHER, headers).into_response());
    }
    if ask.query.is_empty() {
        return describe_service(site, ask, address_of(&uri, &headers)).await;
    }
    let query = required_query(&ask.parameters)?;
    answer(site, query, &ask.parameters, &ask).await
}

/// `POST /sparql`: a form, or the query itself as the body.
pub(crate) async fn post(
    State(site): State<Arc<Site>>,
    ask: Ask,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, ServiceError> {
    let (text, parameters) = read_body(&ask, &headers, body)?;
    answer(site, text, &parameters, &ask).await
}

/// The query in a body, with the parameters of the protocol.
pub(crate) fn read_body(
    ask: &Ask,
    headers: &HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<(String, Parameters), ServiceError> {
    let given = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let given = given.unwrap_or("").to_owned();
    let media_type = given.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
    let is_update = ask.parameters.all("update").next().is_some();
    if is_update || media_type == "application/sparql-update" {
        return Err(ServiceError::UpdateRefused);
    }
    let body = body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => ServiceError::BodyTooLong { bytes_max: BODY_BYTES_MAX },
        _ => ServiceError::BodyBrokenOff,
    })?;
    let text = String::from_utf8(body.into()).map_err(|_| {
        ServiceError::parameter("query", ["请求体不是 UTF-8 文本", "the body is not UTF-8 text"])
    })?;
    match media_type.as_str() {
        _ if !is_utf8(&given) => Err(ServiceError::UnsupportedBody { given }),
        "application/sparql-query" => Ok((text, ask.parameters.clone())),
        "application/x-www-form-urlencoded" => {
            let form = Parameters::parse(&text)?;
            if form.all("update").next().is_some() {
                return Err(ServiceError::UpdateRefused);
            }
            Ok((required_query(&form)?, form))
        }
        _ => Err(ServiceError::UnsupportedBody { given }),
    }
}

/// Whether a body of this type is text in UTF-8: the one encoding of the protocol.
fn is_utf8(content_type: &str) -> bool {
    let parameters = content_type.split(';').skip(1).filter_map(|part| part.split_once('='));
    let mut charsets = parameters.filter(|(name, _)| name.trim().eq_ignore_ascii_case("charset"));
    charsets.all(|(_, charset)| charset.trim().trim_matches('"').eq_ignore_ascii_case("utf-8"))
}

/// The query among the parameters.
pub(crate) fn required_query(parameters: &Parameters) -> Result<String, ServiceError> {
    let query = parameters.one("query")?.ok_or_else(|| {
        let message = ["缺少；请给出 SPARQL 查询", "is missing; give a SPARQL query"];
        ServiceError::parameter("query", message)
    })?;
    Ok(query.to_owned())
}

/// What `?format=` says; a form that was sent with the field left empty says nothing.
pub(crate) fn wanted_format(parameters: &Parameters) -> Result<Option<&str>, ServiceError> {
    Ok(parameters.one("format")?.filter(|name| !name.is_empty()))
}

async fn answer(
    site: Arc<Site>,
    query: String,
    parameters: &Parameters,
    ask: &Ask,
) -> Result<Response, ServiceError> {
    let wanted = wanted_format(parameters)?;
    let question = Question {
        table_format: choose_format(&ask.accept, wanted, QueryForm::Select),
        graph_format: choose_format(&ask.accept, wanted, QueryForm::Construct),
        ..question(query, parameters)?
    };
    let answer = evaluate(&site, &ask.visit, question).await?;
    let media_type = content_type(answer.head.format);
    let body = stream(answer).await.map_err(explain)?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type)),
        (header::VARY, VARY),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    Ok((headers, body).into_response())
}

/// A query over the graphs that the protocol's parameters name, with no format wanted yet.
pub(crate) fn question(text: String, parameters: &Parameters) -> Result<Question, ServiceError> {
    let graphs = |name: &str| -> Result<Vec<String>, ServiceError> {
        let iris = parameters.all(name).map(|iri| {
            NamedNode::new(iri).map(NamedNode::into_string).map_err(|_| {
                ServiceError::parameter(name, ["应为绝对 IRI", "must be an absolute IRI"])
            })
        });
        iris.collect()
    };
    Ok(Question {
        text,
        default_graphs: graphs("default-graph-uri")?,
        named_graphs: graphs("named-graph-uri")?,
        table_format: None,
        graph_format: None,
        cut: None,
        wish: Wish::Answer,
    })
}

/// The format by `?format=` (an extension or a media type), else by `Accept`; none where nothing fits.
pub(crate) fn choose_format(
    accept: &Accept,
    wanted: Option<&str>,
    form: QueryForm,
) -> Option<AnswerFormat> {
    let formats = AnswerFormat::for_form(form);
    if let Some(wanted) = wanted {
        return formats.iter().copied().find(|format| is_called(*format, wanted));
    }
    // Each format's own type before the wider types that stand for it.
    let own = formats.iter().map(|format| (format.media_type(), *format));
    let wider = formats.iter().flat_map(|format| {
        format.media_types().iter().skip(1).map(|media_type| (*media_type, *format))
    });
    accept.choose(&own.chain(wider).collect::<Vec<_>>())
}

/// Whether `name` is the extension, a media type or the common short name of `format`.
fn is_called(format: AnswerFormat, name: &str) -> bool {
    let short = match format {
        AnswerFormat::Json | AnswerFormat::JsonLd => "json",
        AnswerFormat::Xml | AnswerFormat::RdfXml => "xml",
        AnswerFormat::Turtle => "turtle",
        AnswerFormat::NTriples => "ntriples",
        AnswerFormat::Csv | AnswerFormat::Tsv => format.extension(),
    };
    name == format.extension() || name == short || format.media_types().contains(&name)
}

/// The types of the formats that hold an answer of this form.
pub(crate) fn offered(form: QueryForm) -> Vec<&'static str> {
    AnswerFormat::for_form(form).iter().map(|format| format.media_type()).collect()
}

/// The type as it is sent: text says its encoding.
pub(crate) fn content_type(format: AnswerFormat) -> &'static str {
    match format {
        AnswerFormat::Csv => "text/csv; charset=utf-8",
        AnswerFormat::Tsv => "text/tab-separated-values; charset=utf-8",
        AnswerFormat::Turtle => "text/turtle; charset=utf-8",
        AnswerFormat::NTriples => "application/n-triples; charset=utf-8",
        other => other.media_type(),
    }
}

/// A failed query as an HTTP status. What another try may mend is 503, what the asker has to mend is not.
pub(crate) fn explain(refusal: Refusal) -> ServiceError {
    let Refusal { cause, detail, chinese } = refusal;
    let problem = |status| QueryProblem {
        status,
        detail: detail.clone(),
        chinese: chinese.clone(),
        cause: cause.word(),
        place: None,
        retry_after_s: None,
    };
    let problem = match cause {
        Cause::Syntax { line, column } => QueryProblem {
            place: Some((line as u64, column as u64)),
            ..problem(StatusCode::BAD_REQUEST)
        },
        Cause::Query => problem(StatusCode::BAD_REQUEST),
        Cause::Update => return ServiceError::UpdateRefused,
        Cause::Service => problem(StatusCode::FORBIDDEN),
        Cause::OtherEndpoint => problem(StatusCode::BAD_GATEWAY),
        Cause::NoFormat { form } => {
            return ServiceError::NotAcceptable { offered: offered(form) };
        }
        Cause::Size | Cause::Memory | Cause::Stack => problem(StatusCode::PAYLOAD_TOO_LARGE),
        Cause::Time => QueryProblem {
            retry_after_s: Some(RETRY_AFTER_S),
            ..problem(StatusCode::SERVICE_UNAVAILABLE)
        },
        Cause::Busy => return ServiceError::Busy,
        Cause::Gone | Cause::Internal => return ServiceError::internal("sparql", detail),
    };
    ServiceError::Query(problem)
}
