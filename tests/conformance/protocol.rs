//! The protocol suite against our router. Queries behave as it says; where it updates, which nobody can do here, the request is refused with
//! the way that data get in.

use crate::exchange::{Exchange, Reply, exchanges, node, send, service, text};
use crate::outcome::Outcome;
use crate::suite::{Manifests, Suite};
use axum::Router;
use axum::http::StatusCode;
use oxigraph::model::vocab::rdfs;
use oxigraph::model::{NamedNode, Quad};
use oxigraph::sparql::results::QueryResultsFormat;

const UPDATE: &str = "http://www.w3.org/2009/sparql/tests/test-update#";

/// Where the suite's endpoint is with us.
const ENDPOINT: [&str; 2] = ["/sparql/", "/sparql"];

/// A service over all graphs of the suite.
fn service_of(suite: &Suite, manifests: &Manifests) -> Router {
    let graph_data = NamedNode::new_unchecked(format!("{UPDATE}graphData"));
    let mut quads: Vec<Quad> = Vec::new();
    for triple in manifests.graph.triples_for_predicate(&graph_data) {
        let given = node(Some(triple.object.into_owned())).unwrap();
        let file = text(manifests, &given, &format!("{UPDATE}graph")).unwrap();
        let name = text(manifests, &given, rdfs::LABEL.as_str()).unwrap();
        let file = NamedNode::new(file).unwrap();
        quads.extend(suite.quads(&file, NamedNode::new(name).unwrap()));
    }
    assert!(!quads.is_empty(), "the protocol suite gives no data");
    service(quads, "https://base.example/")
}

/// What is wrong with a reply.
fn fault(exchange: &Exchange, reply: &Reply) -> Option<String> {
    if !exchange.expects(reply.status) {
        return Some(reply.to_string());
    }
    let (json, xml) = ("application/sparql-results+json", "application/sparql-results+xml");
    let fits: &[&str] = match exchange.format.as_deref() {
        None => return None,
        Some("boolean") => &[json, xml],
        Some("tabular") => &[json, xml, "text/csv", "text/tab-separated-values"],
        Some("RDF") => &["text/turtle", "application/n-triples", "application/rdf+xml"],
        Some(other) => panic!("{}: the format {other} is unknown", exchange.test),
    };
    if !fits.contains(&reply.media_type.as_str()) {
        return Some(format!("{} is none of {fits:?}", reply.media_type));
    }
    let expected = exchange.answer?;
    let format = QueryResultsFormat::from_media_type(&reply.media_type)?;
    let found = Outcome::read_table(&reply.body, format);
    let is_right = matches!(found, Ok(Outcome::Boolean(answer)) if answer == expected);
    (!is_right).then(|| reply.to_string())
}

#[tokio::test]
async fn each_query_of_the_protocol_is_answered_as_the_standard_says() {
    let Some(suite) = Suite::find() else { return };
    let manifests = suite.manifests("protocol/manifest.ttl");
    let service = service_of(&suite, &manifests);
    let (mut faults, mut tried) = (Vec::new(), 0);
    for test in &manifests.tests {
        for exchange in exchanges(&manifests, test.as_ref()) {
            // The further requests of a test that updates look at what the update has done.
            if exchange.test.contains("#update_") {
                continue;
            }
            let reply = send(&service, &exchange, ENDPOINT).await;
            tried += 1;
            faults.extend(fault(&exchange, &reply).map(|fault| (exchange.test, fault)));
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
    let service = service_of(&suite, &manifests);
    let mut tried = 0;
    for test in &manifests.tests {
        let update = exchanges(&manifests, test.as_ref()).into_iter().next().unwrap();
        if update.test.contains("#update_") {
            let reply = send(&service, &update, ENDPOINT).await;
            assert_eq!(reply.status, StatusCode::FORBIDDEN, "{}", update.test);
            assert!(reply.to_string().contains("zhengtu build"), "{}: {reply}", update.test);
            tried += 1;
        }
    }
    assert!(tried > 5, "{tried} updates");
}
