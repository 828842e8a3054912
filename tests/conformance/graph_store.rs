//! The suite of the graph store protocol against our router. Nobody can write here, so each request that writes has to be refused, and the
//! test does itself what it asks for: the reads that follow it see a service over the graphs as they would be.

use crate::exchange::{Exchange, exchanges, send, service};
use crate::outcome::Outcome;
use crate::suite::Suite;
use axum::http::StatusCode;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, NamedNode, Quad};
use percent_encoding::percent_decode_str;

/// Where the suite's endpoint is with us, and what its paths name.
const ENDPOINT: [&str; 2] = ["/gsp", "/rdf-graph-store"];
const BASE: &str = "http://www.example/gsp/";

/// The graph that a request names; none where the store is to find a name itself.
fn graph_of(exchange: &Exchange) -> Option<GraphName> {
    let rest = exchange.address.strip_prefix("/gsp").unwrap();
    let iri = match rest.strip_prefix('?') {
        Some("default") => return Some(GraphName::DefaultGraph),
        Some(query) => {
            let iri = query.strip_prefix("graph=").unwrap();
            percent_decode_str(iri).decode_utf8().unwrap().into_owned()
        }
        None => format!("{BASE}{}", rest.strip_prefix('/')?),
    };
    Some(NamedNode::new(iri).unwrap().into())
}

fn read(text: &[u8], graph: &GraphName) -> Vec<Quad> {
    let parser = RdfParser::from_format(RdfFormat::Turtle).with_base_iri(BASE).unwrap();
    let parser = parser.with_default_graph(graph.clone()).rename_blank_nodes();
    parser.for_slice(text).map(Result::unwrap).collect()
}

/// Does what a request asks for. False where only a store that writes could.
fn write(exchange: &Exchange, quads: &mut Vec<Quad>) -> bool {
    let Some(graph) = graph_of(exchange) else { return false };
    if exchange.method != "POST" {
        quads.retain(|quad| quad.graph_name != graph);
    }
    if exchange.method != "DELETE" {
        if !exchange.header("content-type").starts_with("text/turtle") {
            return false;
        }
        quads.extend(read(&exchange.body, &graph));
    }
    true
}

#[tokio::test]
async fn each_read_of_the_graph_store_protocol_is_answered_and_each_write_refused() {
    let Some(suite) = Suite::find() else { return };
    let manifests = suite.manifests("graph-store-protocol/manifest.ttl");
    let (mut reads, mut writes) = (0, 0);
    for test in &manifests.tests {
        let mut quads = Vec::new();
        for exchange in exchanges(&manifests, test.as_ref()) {
            let reply = send(&service(quads.clone(), BASE), &exchange, ENDPOINT).await;
            let place = format!("{} {} {}", exchange.test, exchange.method, exchange.address);
            if !["GET", "HEAD"].contains(&exchange.method.as_str()) {
                assert_eq!(reply.status, StatusCode::FORBIDDEN, "{place}");
                assert!(reply.to_string().contains("zhengtu build"), "{place}: {reply}");
                writes += 1;
                // A name that the store would find, or a form of several files: what comes after it cannot be told.
                if !write(&exchange, &mut quads) {
                    break;
                }
                continue;
            }
            reads += 1;
            assert!(exchange.expects(reply.status), "{place}: {reply}");
            if let Some(content) = exchange.content.as_deref().filter(|_| exchange.method == "GET")
            {
                let parse = |text: &[u8]| Outcome::read_graph(text, RdfFormat::Turtle, BASE);
                let (found, expected) = (parse(&reply.body), parse(content.as_bytes()));
                assert_eq!(reply.media_type, "text/turtle", "{place}");
                assert_eq!(found.unwrap().compare(&expected.unwrap(), false), Ok(()), "{place}");
            }
        }
    }
    println!("{reads} reads and {writes} writes of the graph store suite");
    assert!(reads > 12 && writes > 12, "{reads} reads, {writes} writes");
}
