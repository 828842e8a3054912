//! The page of the interface for programs. In: the OpenAPI document; out: HTML that lists routes, parameters, answers and schemas, with requests to try.
//! Guarantee: it needs no script and nothing from elsewhere.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use serde_json::Value;

use super::{Chrome, fresh, respond};
use crate::service::error::ServiceError;
use crate::service::language::Reader;
use crate::service::openapi::READ;
use crate::service::request::{Ask, with_query};
use crate::service::site::Site;

#[derive(Template)]
#[template(path = "api.html")]
struct ApiPage {
    chrome: Chrome,
    /// The document's description.
    about: Vec<Words>,
    operations: Vec<Operation>,
    schemas: Vec<(String, String)>,
}

/// Words, or a piece of code among them.
struct Words {
    text: String,
    is_code: bool,
}

/// A route with a method.
struct Operation {
    id: String,
    method: String,
    path: String,
    summary: String,
    description: Vec<Words>,
    parameters: Vec<Parameter>,
    bodies: Vec<(String, String)>,
    responses: Vec<(String, String, String)>,
    /// A request that can be tried by following a link; empty where there is none.
    example: String,
}

struct Parameter {
    name: String,
    kind: String,
    is_required: bool,
    description: String,
    example: String,
}

/// `GET /api`.
pub(crate) async fn serve(
    State(site): State<Arc<Site>>,
    ask: Ask,
) -> Result<Response, ServiceError> {
    fresh(&site, &ask, "api", || {
        let title = ask.reader.t("编程接口", "Interface for programs");
        let chrome = Chrome::new(&site, ask.reader, &ask.here(), title);
        let about = text(at(&READ, "/info"), "description");
        // The first paragraph says in Chinese what the others say in English.
        let (chinese, english) = about.split_once("\n\n").unwrap_or((&about, &about));
        respond(&ApiPage {
            chrome,
            about: words(ask.reader.t(chinese, english)),
            operations: operations(ask.reader),
            schemas: schemas(),
        })
    })
}

fn at<'v>(value: &'v Value, pointer: &str) -> &'v Value {
    value.pointer(pointer).unwrap_or(&Value::Null)
}

fn text(value: &Value, name: &str) -> String {
    value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// The names and values of an object.
fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

/// What a reference inside the document leads to; anything else as it is.
fn resolved(value: &Value) -> &Value {
    let pointer = value.get("$ref").and_then(|to| to.as_str()?.strip_prefix('#'));
    pointer.map_or(value, |pointer| at(&READ, pointer))
}

/// What is said of a part of the document: `description` is for those who read English, `x-description-zh` for the others.
fn description(described: &Value, reader: Reader) -> String {
    let chinese = text(described, "x-description-zh");
    let english = text(described, "description");
    if chinese.is_empty() { english } else { reader.t(&chinese, &english).to_owned() }
}

/// A text in which backquotes stand around code.
fn words(text: &str) -> Vec<Words> {
    let pieces = text.split('`').zip([false, true].into_iter().cycle());
    pieces.map(|(text, is_code)| Words { text: text.to_owned(), is_code }).collect()
}

/// A summary, which has its Chinese words first and its English ones behind the first space.
fn summary(described: &Value, reader: Reader) -> String {
    let both = text(described, "summary");
    let parted = both.split_once(' ').filter(|(chinese, _)| !chinese.is_ascii());
    parted.map_or(both.as_str(), |(chinese, english)| reader.t(chinese, english)).to_owned()
}

fn operations(reader: Reader) -> Vec<Operation> {
    let paths = entries(at(&READ, "/paths"));
    paths
        .flat_map(|(path, methods)| {
            entries(methods)
                .map(move |(method, described)| operation((path, method), described, reader))
        })
        .collect()
}

fn operation((path, method): (&str, &str), described: &Value, reader: Reader) -> Operation {
    let parameters = described.get("parameters").and_then(Value::as_array).into_iter().flatten();
    let parameters: Vec<&Value> = parameters.map(resolved).collect();
    let bodies = entries(at(described, "/requestBody/content"));
    Operation {
        id: text(described, "operationId"),
        method: method.to_uppercase(),
        path: path.to_owned(),
        summary: summary(described, reader),
        description: words(&description(described, reader)),
        example: if method == "get" { example_address(path, &parameters) } else { String::new() },
        parameters: parameters.into_iter().map(|one| parameter(one, reader)).collect(),
        bodies: bodies.map(|(kind, body)| (kind.clone(), shown(body.get("example")))).collect(),
        responses: entries(at(described, "/responses")).map(|one| response(one, reader)).collect(),
    }
}

fn parameter(described: &Value, reader: Reader) -> Parameter {
    let schema = described.get("schema").unwrap_or(&Value::Null);
    let values = schema.get("enum").or_else(|| at(schema, "/items").get("enum"));
    let values = values.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let values: Vec<&str> = values.filter(|value| !value.is_empty()).collect();
    let bounds = [schema.get("minimum"), schema.get("maximum")].map(shown);
    let kind = match (values.is_empty(), bounds) {
        (false, _) => values.join(" | "),
        (true, [low, high]) if !high.is_empty() => format!("{low} … {high}"),
        _ => text(schema, "type"),
    };
    Parameter {
        name: text(described, "name"),
        kind,
        is_required: described.get("required") == Some(&Value::Bool(true)),
        description: description(described, reader),
        example: shown(described.get("example")),
    }
}

fn response((status, described): (&String, &Value), reader: Reader) -> (String, String, String) {
    let described = resolved(described);
    let kinds: Vec<&str> =
        entries(at(described, "/content")).map(|(kind, _)| kind.as_str()).collect();
    (status.clone(), description(described, reader), kinds.join(", "))
}

/// An example: text as it is, anything else as JSON.
fn shown(example: Option<&Value>) -> String {
    match example {
        None => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

/// The address that the examples of the parameters make.
fn example_address(path: &str, parameters: &[&Value]) -> String {
    let mut address = path.to_owned();
    let mut pairs = Vec::new();
    for parameter in parameters {
        let (name, value) = (text(parameter, "name"), parameter.get("example"));
        match (text(parameter, "in").as_str(), value) {
            ("path", value) => address = address.replace(&format!("{{{name}}}"), &shown(value)),
            (_, Some(value)) => pairs.push((name, shown(Some(value)))),
            (_, None) => {}
        }
    }
    with_query(&address, pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}

fn schemas() -> Vec<(String, String)> {
    let schemas = entries(at(&READ, "/components/schemas"));
    schemas
        .map(|(name, schema)| {
            (name.clone(), serde_json::to_string_pretty(schema).unwrap_or_default())
        })
        .collect()
}
