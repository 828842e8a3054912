//! The protocol suite against our router. Queries behave as it says; where it updates, which nobody can do here, the request is refused with
//! the way that data get in.

use crate::ours::empty_index;
use crate::outcome::Outcome;
use crate::suite::{BASE, Manifests, Suite};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use http_body_util::BodyExt as _;
use oxigraph::model::vocab::rdfs;
use oxigraph::model::{NamedNode, NamedOrBlankNode, NamedOrBlankNodeRef, Quad, Term};
use oxigraph::sparql::results::QueryResultsFormat;
use std::collections::BTreeMap;
use std::sync::Arc;
use tower::ServiceExt as _;
use zhengtu::release::{FORMAT, Manifest, Release};
use zhengtu::service::{Site, router};
use zhengtu::store::{Endpoint, EndpointOptions, Store};

const HTTP: &str = "http://www.w3.org/2011/http#";
const CONTENT: &str = "http://www.w3.org/2011/content#";
const UPDATE: &str = "http://www.w3.org/2009/sparql/tests/test-update#";

/// A request of the suite and what it expects.
struct Exchange {
    test: String,
    method: String,
    address: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    statuses: Vec<String>,
    format: Option<String>,
    answer: Option<bool>,
}

/// The text of a property.
fn text(manifests: &Manifests, of: &NamedOrBlankNode, property: &str) -> Option<String> {
    match manifests.object(of.as_ref(), property)? {
        Term::Literal(literal) => Some(literal.value().to_owned()),
        Term::NamedNode(node) => Some(node.into_string()),
        Term::BlankNode(_) => None,
    }
}

fn node(term: Option<Term>) -> Option<NamedOrBlankNode> {
    match term? {
        Term::BlankNode(node) => Some(node.into()),
        Term::NamedNode(node) => Some(node.into()),
        Term::Literal(_) => None,
    }
}

/// The members of a list in the vocabulary of HTTP.
fn nodes(manifests: &Manifests, of: &NamedOrBlankNode, name: &str) -> Vec<NamedOrBlankNode> {
    let list = manifests.object(of.as_ref(), &format!("{HTTP}{name}"));
    manifests.members(list).into_iter().filter_map(|member| node(Some(member))).collect()
}

fn exchanges(manifests: &Manifests, test: NamedOrBlankNodeRef<'_>) -> Vec<Exchange> {
    let action = node(manifests.value(test, "action")).unwrap();
    let requests = nodes(manifests, &action, "requests");
    let name = test.to_string().replace(&format!("{BASE}protocol/manifest#"), "");
    let name = name.trim_matches(['<', '>']);
    requests.iter().map(|request| exchange(manifests, name, request)).collect()
}

fn exchange(manifests: &Manifests, test: &str, request: &NamedOrBlankNode) -> Exchange {
    let http = |of: &NamedOrBlankNode, name: &str| text(manifests, of, &format!("{HTTP}{name}"));
    let part = |name: &str| node(manifests.object(request.as_ref(), &format!("{HTTP}{name}")));
    let headers = nodes(manifests, request, "headers")
        .into_iter()
        .map(|field| (http(&field, "fieldName").unwrap(), http(&field, "fieldValue").unwrap()));
    let body = part("body").map_or_else(Vec::new, |body| {
        let chars = text(manifests, &body, &format!("{CONTENT}chars")).unwrap();
        match text(manifests, &body, &format!("{CONTENT}characterEncoding")).unwrap().as_str() {
            "UTF-16" => chars.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            _ => chars.into_bytes(),
        }
    });
    let response = part("resp").unwrap();
    let expected = |name: &str| match manifests.value(response.as_ref(), name)? {
        Term::Literal(literal) => Some(literal.value().to_owned()),
        other => Some(other.to_string()),
    };
    let statuses = NamedNode::new_unchecked(
        "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#expectedStatus",
    );
    let statuses = manifests.graph.objects_for_subject_predicate(&response, &statuses);
    Exchange {
        test: test.to_owned(),
        method: http(request, "methodName").unwrap(),
        address: http(request, "absolutePath").unwrap().replacen("/sparql/", "/sparql", 1),
        headers: headers.collect(),
        body,
        // The first digit stands for the class, as in StatusCode2xx.
        statuses: statuses.map(|term| term.to_string().replace("xx>", "")).collect(),
        format: expected("expectedFormat"),
        answer: expected("expectedBoolean").map(|answer| answer == "true"),
    }
}

/// A service over all graphs of the suite.
fn service(suite: &Suite, manifests: &Manifests) -> Router {
    let graph_data = NamedNode::new_unchecked(format!("{UPDATE}graphData"));
    let given = manifests.graph.triples_for_predicate(&graph_data);
    let mut quads: Vec<Quad> = Vec::new();
    for triple in given {
        let given = node(Some(triple.object.into_owned())).unwrap();
        let file = text(manifests, &given, &format!("{UPDATE}graph")).unwrap();
        let name = text(manifests, &given, rdfs::LABEL.as_str()).unwrap();
        let file = NamedNode::new(file).unwrap();
        quads.extend(suite.quads(&file, NamedNode::new(name).unwrap()));
    }
    assert!(!quads.is_empty(), "the protocol suite gives no data");
    let store = Arc::new(Store::from_quads(quads));
    let (index, base_iri) = (empty_index(), "https://base.example/".to_owned());
    let options =
        EndpointOptions { base_iri: Some(base_iri.clone()), ..EndpointOptions::default() };
    let endpoint = Endpoint::new(Arc::clone(&store), index.clone(), options).unwrap();
    let manifest = Manifest {
        format: FORMAT,
        id: "suite".to_owned(),
        base_iri,
        program: String::new(),
        sources: Vec::new(),
        counts: BTreeMap::new(),
        files: Vec::new(),
    };
    router(Arc::new(Site::new(Release {
        dir: std::path::PathBuf::new(),
        manifest,
        store,
        endpoint,
        index,
        examples: Vec::new(),
        prefixes: Vec::new(),
        hold: None,
    })))
}

async fn send(router: &Router, exchange: &Exchange) -> (Response<()>, Vec<u8>) {
    let mut request = Request::builder().method(exchange.method.as_str()).uri(&exchange.address);
    for (name, value) in &exchange.headers {
        request = request.header(name, value);
    }
    let request = request.body(Body::from(exchange.body.clone())).unwrap();
    let (head, body) = router.clone().oneshot(request).await.unwrap().into_parts();
    let bytes = body.collect().await.unwrap().to_bytes().to_vec();
    (Response::from_parts(head, ()), bytes)
}

/// What is wrong with a response.
fn fault(exchange: &Exchange, head: &Response<()>, body: &[u8]) -> Option<String> {
    let status = head.status().as_u16();
    let class = (status / 100).to_string();
    let said = || format!("{status} {}", String::from_utf8_lossy(body));
    if !exchange.statuses.iter().any(|expected| expected.ends_with(&class)) {
        return Some(format!("not {:?}: {}", exchange.statuses, said()));
    }
    let media_type =
        head.headers().get(header::CONTENT_TYPE).map_or("", |value| value.to_str().unwrap());
    let media_type = media_type.split(';').next().unwrap();
    let fits: &[&str] = match exchange.format.as_deref() {
        None => return None,
        Some("boolean") => &["application/sparql-results+json", "application/sparql-results+xml"],
        Some("tabular") => &[
            "application/sparql-results+json",
            "application/sparql-results+xml",
            "text/csv",
            "text/tab-separated-values",
        ],
        Some("RDF") => &["text/turtle", "application/n-triples", "application/rdf+xml"],
        Some(other) => panic!("{}: the format {other} is unknown", exchange.test),
    };
    if !fits.contains(&media_type) {
        return Some(format!("{media_type} is none of {fits:?}"));
    }
    let expected = exchange.answer?;
    let found = Outcome::read_table(body, QueryResultsFormat::from_media_type(media_type)?);
    let is_right = matches!(found, Ok(Outcome::Boolean(answer)) if answer == expected);
    (!is_right).then(said)
}

#[tokio::test]
async fn each_query_of_the_protocol_is_answered_as_the_standard_says() {
    let Some(suite) = Suite::find() else { return };
    let manifests = suite.manifests("protocol/manifest.ttl");
    let service = service(&suite, &manifests);
    let (mut faults, mut tried) = (Vec::new(), 0);
    for test in &manifests.tests {
        for exchange in exchanges(&manifests, test.as_ref()) {
            // The requests of a test that updates look at what the update has done.
            if exchange.test.starts_with("update_") {
                continue;
            }
            let (head, body) = send(&service, &exchange).await;
            tried += 1;
            faults.extend(fault(&exchange, &head, &body).map(|fault| (exchange.test, fault)));
        }
    }
    println!("{tried} requests of the protocol suite");
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(tried > 20, "{tried} requests");
}

#[tokio::test]
async fn each_update_of_the_protocol_is_refused_with_the_way_that_data_get_in() {
    let Some(suite) = Suite::find() else { return };
    let manifests = suite.manifests("protocol/manifest.ttl");
    let service = service(&suite, &manifests);
    let mut tried = 0;
    for test in &manifests.tests {
        let update = exchanges(&manifests, test.as_ref()).into_iter().next().unwrap();
        if update.test.starts_with("update_") {
            let (head, body) = send(&service, &update).await;
            assert_eq!(head.status(), StatusCode::FORBIDDEN, "{}", update.test);
            let problem: serde_json::Value = serde_json::from_slice(&body).unwrap();
            let detail = problem["detail"].as_str().unwrap();
            assert!(detail.contains("zhengtu build"), "{}: {detail}", update.test);
            tried += 1;
        }
    }
    assert!(tried > 5, "{tried} updates");
}
