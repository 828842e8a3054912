//! The graph store protocol, read only: which graph a request names, and what comes back.

use std::collections::BTreeSet;

use axum::http::{Method, StatusCode};
use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfParser};

use crate::fixture::{Answer, BASE, GRAPHS, escaped, get, send};

const STORE: &str = "/rdf-graph-store";

/// The address of a named graph, by parameter and by path.
fn addresses(graph: &str) -> [String; 2] {
    let by_parameter = format!("{STORE}?graph={}", escaped(&format!("{BASE}{graph}")));
    [by_parameter, format!("{STORE}/{graph}")]
}

fn triples(answer: &Answer, format: RdfFormat) -> BTreeSet<String> {
    let quads = RdfParser::from_format(format).for_slice(answer.body.as_bytes());
    quads.map(|quad| quad.unwrap().to_string()).collect()
}

async fn as_triples(address: &str) -> BTreeSet<String> {
    let answer = get(address, "application/n-triples").await;
    assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.body);
    triples(&answer, RdfFormat::NTriples)
}

#[tokio::test]
async fn a_named_graph_has_its_own_triples_by_parameter_and_by_path() {
    for (graph, subject) in GRAPHS {
        for address in addresses(graph) {
            let found = as_triples(&address).await;
            let subject = format!("<{BASE}{subject}>");
            assert!(!found.is_empty(), "{address}");
            assert!(found.iter().all(|triple| triple.starts_with(&subject)), "{found:?}");
        }
    }
}

#[tokio::test]
async fn the_default_graph_is_the_set_of_all_triples() {
    let all = as_triples(&format!("{STORE}?default")).await;
    let answer = get(&format!("{STORE}?default&format=nt"), "*/*").await;
    assert_eq!(answer.body.lines().count(), all.len(), "a triple of two graphs comes once");
    let query = escaped("CONSTRUCT WHERE { ?s ?p ?o }");
    let queried = as_triples(&format!("/sparql?query={query}")).await;
    assert_eq!(all.len(), queried.len());
    for (graph, _) in GRAPHS {
        assert!(as_triples(&addresses(graph)[0]).await.is_subset(&all));
    }
}

#[tokio::test]
async fn every_format_holds_the_same_triples() {
    let json_ld = RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() };
    let rules = [
        ("text/turtle", "ttl", RdfFormat::Turtle),
        ("application/n-triples", "nt", RdfFormat::NTriples),
        ("application/rdf+xml", "rdf", RdfFormat::RdfXml),
        ("application/ld+json", "jsonld", json_ld),
    ];
    for (address, expected) in [
        (addresses(GRAPHS[0].0)[0].clone(), as_triples(&addresses(GRAPHS[0].0)[0]).await.len()),
        (format!("{STORE}?default"), as_triples(&format!("{STORE}?default")).await.len()),
    ] {
        for (media_type, extension, format) in rules {
            let by_accept = get(&address, media_type).await;
            assert_eq!(by_accept.media_type(), media_type, "{address}");
            assert_eq!(triples(&by_accept, format).len(), expected, "{media_type}");
            let by_format = get(&format!("{address}&format={extension}"), "text/html").await;
            assert_eq!(by_format.media_type(), media_type, "{address} {extension}");
            assert_eq!(triples(&by_format, format).len(), expected, "{extension}");
        }
    }
}

#[tokio::test]
async fn a_request_names_one_graph_that_is_there() {
    let graph = escaped(&format!("{BASE}{}", GRAPHS[0].0));
    let by_path = addresses(GRAPHS[0].0)[1].clone();
    let rules = [
        ("no graph", STORE.to_owned(), 400),
        ("a graph left empty", format!("{STORE}?graph="), 400),
        ("a relative IRI", format!("{STORE}?graph=document/x"), 400),
        ("no IRI", format!("{STORE}?graph=a%20b"), 400),
        ("both kinds", format!("{STORE}?default&graph={graph}"), 400),
        ("two graphs", format!("{STORE}?graph={graph}&graph={graph}"), 400),
        ("the default graph twice", format!("{STORE}?default&default"), 400),
        ("a path and a parameter", format!("{by_path}?graph={graph}"), 400),
        ("a path and the default graph", format!("{by_path}?default"), 400),
        ("a name that is no UTF-8", format!("{STORE}?graph=%FF"), 400),
        ("a path that is no UTF-8", format!("{STORE}/%FF"), 400),
        ("an unknown graph", format!("{STORE}?graph=urn:nothing"), 404),
        ("a resource that is no graph", addresses("agency/甲市林业局")[0].clone(), 404),
        ("an unknown path", format!("{STORE}/document/nothing"), 404),
        ("a name decoded once only", format!("{STORE}?graph={}", escaped(&graph)), 400),
        ("a path decoded once only", format!("{STORE}/{}", escaped(&escaped(GRAPHS[0].0))), 404),
        ("an unknown format", format!("{STORE}?default&format=png"), 406),
        ("the format of a table", format!("{STORE}?default&format=csv"), 406),
    ];
    for (rule, address, status) in rules {
        let answer = get(&address, "application/json, text/turtle").await;
        assert_eq!(answer.status.as_u16(), status, "{rule}: {}", answer.body);
        assert_ne!(answer.json()["detail"], "", "{rule}");
    }
}

#[tokio::test]
async fn a_graph_says_its_release_and_who_holds_it_gets_no_body() {
    for address in [addresses(GRAPHS[0].0)[0].as_str(), "/rdf-graph-store?default"] {
        let answer = get(address, "text/turtle").await;
        let tag = answer.header("etag").to_owned();
        assert!(tag.starts_with("W/\"invented-"), "{tag}");
        assert!(answer.header("vary").contains("Accept"));
        let held = [("accept", "text/turtle"), ("if-none-match", tag.as_str())];
        let again = send(Method::GET, address, &held, "").await;
        assert_eq!((again.status, again.header("etag")), (StatusCode::NOT_MODIFIED, tag.as_str()));
        assert!(again.body.is_empty());
        let held = [("accept", "application/n-triples"), ("if-none-match", tag.as_str())];
        assert_eq!(send(Method::GET, address, &held, "").await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn writing_is_refused_with_the_way_that_data_get_in() {
    let [by_parameter, by_path] = addresses(GRAPHS[0].0);
    let default = format!("{STORE}?default");
    let head = [("content-type", "text/turtle"), ("accept-language", "en")];
    for address in [by_parameter.as_str(), &by_path, &default, STORE, "/rdf-graph-store/new"] {
        for method in [Method::PUT, Method::POST, Method::DELETE, Method::PATCH] {
            let answer = send(method.clone(), address, &head, "<urn:a> <urn:b> 1 .").await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{method} {address}");
            let detail = answer.json()["detail"].to_string();
            assert!(detail.contains("zhengtu build"), "{method} {address}: {detail}");
        }
    }
}

#[tokio::test]
async fn what_was_refused_has_changed_nothing() {
    let address = &addresses(GRAPHS[0].0)[0];
    let before = as_triples(address).await;
    send(Method::DELETE, address, &[], "").await;
    send(Method::PUT, address, &[("content-type", "text/turtle")], "<urn:a> <urn:b> 1 .").await;
    assert_eq!(as_triples(address).await, before);
}
