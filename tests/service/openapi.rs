//! The OpenAPI document against the service: its routes are those of the router, and what it says of an answer is so.

use super::fixture::{Answer, escaped, get, send};
use axum::http::{Method, StatusCode};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Pages for people, which stand in no document for programs.
const PAGES: [&str; 11] = [
    "/",
    "/query",
    "/q/{hash}",
    "/search",
    "/api",
    "/assets/{name}",
    "/deadlines",
    "/compare",
    "/data",
    "/places",
    "/programmes",
];

fn document() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("web/openapi.json");
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// The first arguments of the calls of `route` in a source file, with the constants among them as they are.
fn routes_in(file: &str) -> Vec<String> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
    let names = text.split(".route(").skip(1).map(|rest| rest.split(',').next().unwrap().trim());
    let routes = names.map(|name| match name {
        "graph_store::ADDRESS" => "/rdf-graph-store",
        "graph_store::BY_PATH" => "/rdf-graph-store/{*name}",
        "description::VOID_PATH" => "/.well-known/void",
        literal => literal.trim_matches('"'),
    });
    routes.map(|route| route.replace("{*", "{")).collect()
}

#[test]
fn the_document_has_the_routes_of_the_router_and_no_others() {
    let mut routes: BTreeSet<String> = routes_in("src/service/mod.rs").into_iter().collect();
    routes.extend(routes_in("src/service/live.rs"));
    for page in PAGES {
        assert!(routes.remove(page), "{page} is no route");
    }
    let document = document();
    let described: BTreeSet<String> =
        document["paths"].as_object().unwrap().keys().cloned().collect();
    assert_eq!(described, routes);
}

/// What does not fit between a value and its schema. Knows the keywords that the document uses.
fn faults(document: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    if let Some(to) = schema["$ref"].as_str() {
        let schema = document.pointer(to.trim_start_matches('#')).unwrap();
        return faults(document, schema, value, at);
    }
    let mut found = Vec::new();
    let is_a = |name: &Value| match name.as_str().unwrap() {
        "integer" => value.is_u64() || value.is_i64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "null" => value.is_null(),
        other => panic!("{other} is no type"),
    };
    let types = &schema["type"];
    if types.is_string() && !is_a(types)
        || types.is_array() && !types.as_array().unwrap().iter().any(is_a)
    {
        found.push(format!("{at}: {value} is no {types}"));
    }
    if schema.get("const").is_some_and(|only| only != value)
        || schema["enum"].as_array().is_some_and(|values| !values.contains(value))
        || schema["minimum"].as_f64().is_some_and(|least| value.as_f64().is_some_and(|n| n < least))
    {
        found.push(format!("{at}: {value} against {schema}"));
    }
    if let Some(choices) = schema["oneOf"].as_array() {
        let fits = |choice: &&Value| faults(document, choice, value, at).is_empty();
        if choices.iter().filter(fits).count() != 1 {
            found.push(format!("{at}: {value} fits not exactly one"));
        }
    }
    for name in schema["required"].as_array().into_iter().flatten() {
        if value.get(name.as_str().unwrap()).is_none() {
            found.push(format!("{at}: {name} is missing"));
        }
    }
    for (name, inner) in value.as_object().into_iter().flatten() {
        let own = schema["properties"].get(name).or(schema.get("additionalProperties"));
        let inside = own.filter(|own| own.is_object());
        found.extend(
            inside
                .into_iter()
                .flat_map(|own| faults(document, own, inner, &format!("{at}/{name}"))),
        );
    }
    if schema["items"].is_object() {
        for inner in value.as_array().into_iter().flatten() {
            found.extend(faults(document, &schema["items"], inner, &format!("{at}[]")));
        }
    }
    found
}

/// Holds an answer to what the document says of this operation.
fn assert_described(operation: &str, method: &str, answer: &Answer) {
    let document = document();
    let status = answer.status.as_u16().to_string();
    let mut response = &document["paths"][operation][method]["responses"][&status];
    if let Some(to) = response["$ref"].as_str() {
        response = document.pointer(to.trim_start_matches('#')).unwrap();
    }
    assert!(response.is_object(), "{method} {operation}: {status} {}", answer.body);
    let content = &response["content"][answer.media_type()];
    assert!(content.is_object(), "{method} {operation}: {status} as {}", answer.media_type());
    if answer.media_type().ends_with("json") {
        let found = faults(&document, &content["schema"], &answer.json(), "");
        assert!(found.is_empty(), "{method} {operation}: {}", found.join("\n"));
    }
}

/// The address of an operation with the examples of its parameters.
fn example_of(path: &str, operation: &Value) -> String {
    let (mut address, mut pairs) = (path.to_owned(), Vec::new());
    for parameter in operation["parameters"].as_array().into_iter().flatten() {
        let Some(example) = parameter.get("example") else { continue };
        let text = example.as_str().map_or_else(|| example.to_string(), str::to_owned);
        // The document speaks of the notice that the program comes with, the fixture holds another.
        let text = text.replace("菏政发〔2024〕11号", "甲政发〔2031〕1号");
        let name = parameter["name"].as_str().unwrap();
        if parameter["in"] == "path" {
            address = address.replace(&format!("{{{name}}}"), &text);
        } else {
            pairs.push(format!("{name}={}", escaped(&text)));
        }
    }
    if pairs.is_empty() { address } else { format!("{address}?{}", pairs.join("&")) }
}

#[tokio::test]
async fn each_example_of_the_document_is_answered_as_it_says() {
    // The fixture has no dump, and no description of itself; who looks after the service is asked elsewhere.
    // Nor is there a job before one is ordered, nor a second document to be drawn beside the first.
    let elsewhere = [
        "/healthz",
        "/readyz",
        "/metrics",
        "/rdf-graph-store/{name}",
        "/jobs/{id}",
        "/jobs/{id}/result",
        "/compare.svg",
    ];
    let document = document();
    for (path, methods) in document["paths"].as_object().unwrap() {
        if elsewhere.contains(&path.as_str()) {
            continue;
        }
        for (method, operation) in methods.as_object().unwrap() {
            let bodies = operation["requestBody"]["content"].as_object();
            let example = |(kind, body): (&String, &Value)| {
                Some((
                    kind.clone(),
                    body["example"]
                        .as_str()
                        .map_or_else(|| body["example"].to_string(), str::to_owned),
                ))
                .filter(|_| body["example"].is_string())
            };
            let posted: Vec<(String, String)> =
                bodies.into_iter().flatten().filter_map(example).collect();
            if method == "get" {
                let answer = get(&example_of(path, operation), "*/*").await;
                assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
                assert_described(path, method, &answer);
            }
            for (kind, body) in posted {
                let headers = [("content-type", kind.as_str())];
                let answer = send(Method::POST, path, &headers, &body).await;
                assert!(answer.status.is_success(), "{path}: {}", answer.body);
                assert_described(path, method, &answer);
            }
        }
    }
}

/// Descriptions below `value` that have no Chinese beside them.
fn without_chinese(document: &Value, value: &Value, at: &str) -> Vec<String> {
    let to = value["$ref"].as_str().map(|to| document.pointer(to.trim_start_matches('#')).unwrap());
    let value = to.unwrap_or(value);
    let is_told = value["x-description-zh"].as_str().is_some_and(|words| !words.is_ascii());
    (value["description"].is_string() && !is_told).then(|| at.to_owned()).into_iter().collect()
}

#[test]
fn whatever_the_page_describes_is_described_in_chinese_too() {
    let document = document();
    let mut found = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for operation in methods.as_object().unwrap().values() {
            let parameters = operation["parameters"].as_array().into_iter().flatten();
            let answers = operation["responses"].as_object().unwrap().values();
            for part in [operation].into_iter().chain(parameters).chain(answers) {
                found.extend(without_chinese(&document, part, path));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test]
async fn a_job_is_answered_as_the_document_says_from_its_order_to_its_end() {
    let kind = [("content-type", "application/sparql-query"), ("accept", "text/csv")];
    let ordered = send(Method::POST, "/jobs", &kind, "SELECT ?s { ?s ?p ?o }").await;
    assert_eq!(ordered.status, StatusCode::ACCEPTED, "{}", ordered.body);
    assert_described("/jobs", "post", &ordered);
    let job = ordered.header("location");
    loop {
        let report = get(job, "*/*").await;
        assert_described("/jobs/{id}", "get", &report);
        if report.json()["state"] == "done" {
            break;
        }
        tokio::task::yield_now().await;
    }
    let result = get(&format!("{job}/result"), "*/*").await;
    assert_eq!((result.status, result.media_type()), (StatusCode::OK, "text/csv"));
    assert_described("/jobs/{id}/result", "get", &result);
    let removed = send(Method::DELETE, job, &[], "").await;
    assert_eq!(removed.status, StatusCode::NO_CONTENT);
    let gone = get(job, "*/*").await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    assert_described("/jobs/{id}", "get", &gone);
}

#[tokio::test]
async fn failures_are_those_that_the_document_names() {
    let long = format!("/search.json?q={}", "x".repeat(40_000));
    for (operation, address, status) in [
        ("/search.json", "/search.json?size=0", 400),
        ("/search.json", long.as_str(), 414),
        ("/sparql", "/sparql?query=SELECT", 400),
        ("/sparql", "/sparql?query=ASK%7B%7D&format=turtle", 406),
        ("/sparql", "/sparql?update=CLEAR%20ALL", 403),
        ("/sparql/check", "/sparql/check", 400),
        ("/sparql/explain", "/sparql/explain?query=SELECT", 400),
        ("/prefixes", "/prefixes?format=xml", 406),
        ("/rdf-graph-store", "/rdf-graph-store", 400),
        ("/rdf-graph-store", "/rdf-graph-store?graph=http://e/none", 404),
        ("/rdf-graph-store/{name}", "/rdf-graph-store/none", 404),
        ("/dump/{file}", "/dump/none.gz", 404),
        ("/{name}", "/measure/none", 404),
        ("/openapi.json", "/openapi.json?lang=fr", 400),
    ] {
        let answer = get(address, "*/*").await;
        assert_eq!(answer.status.as_u16(), status, "{address}: {}", answer.body);
        assert_eq!(answer.media_type(), "application/problem+json", "{address}");
        assert_described(operation, "get", &answer);
    }
    let kind = [("content-type", "text/plain")];
    assert_described("/sparql", "post", &send(Method::POST, "/sparql", &kind, "ASK {}").await);
}

#[tokio::test]
async fn the_page_shows_each_operation_and_runs_nothing() {
    for (language, words) in [("zh", "编程接口"), ("en", "Interface for programs")] {
        let page = get(&format!("/api?lang={language}"), "text/html").await;
        assert_eq!((page.status, page.media_type()), (StatusCode::OK, "text/html"));
        assert!(page.body.contains(words));
        let document = document();
        for (path, methods) in document["paths"].as_object().unwrap() {
            for (method, operation) in methods.as_object().unwrap() {
                let id = operation["operationId"].as_str().unwrap();
                assert!(page.body.contains(&format!("id=\"{id}\"")), "{id}");
                assert!(page.body.contains(&format!("{} {path}", method.to_uppercase())), "{path}");
            }
        }
        assert_eq!(
            page.body.matches("<script").count(),
            3,
            "those of every page, for keys, suggestions and boxes that scroll"
        );
    }
}
