//! The dataset of a query: by the protocol's parameters, by the query, or everything.

use axum::http::{Method, StatusCode};

use crate::fixture::{BASE, GRAPHS, escaped, get, send, sparql};

const COUNT: &str = "SELECT (COUNT(*) AS ?n) { ?s a zt:Measure }";
const NAMED: &str = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }";

fn default(place: usize) -> String {
    format!("&default-graph-uri={}", escaped(&iri(place)))
}

fn named(place: usize) -> String {
    format!("&named-graph-uri={}", escaped(&iri(place)))
}

fn iri(place: usize) -> String {
    format!("{BASE}{}", GRAPHS[place].0)
}

fn number(answer: &crate::fixture::Answer) -> String {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.json()["results"]["bindings"][0]["n"]["value"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn each_way_to_name_a_dataset_is_honoured_by_each_way_to_ask() {
    let from = format!("SELECT (COUNT(*) AS ?n) FROM <{}> {{ ?s a zt:Measure }}", iri(0));
    let from_named = format!(
        "SELECT (COUNT(DISTINCT ?g) AS ?n) FROM NAMED <{}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        iri(0)
    );
    let unknown = "&default-graph-uri=urn:nothing".to_owned();
    let rules = [
        ("without parameters the default graph is everything", COUNT, String::new(), "2"),
        ("without parameters every named graph is seen", NAMED, String::new(), "2"),
        ("a default graph is that graph alone", COUNT, default(0), "1"),
        ("a default graph without the triples has none", COUNT, default(1), "0"),
        ("several default graphs are merged", COUNT, default(0) + &default(1), "1"),
        ("the same graph twice counts once", COUNT, default(0) + &default(0), "1"),
        ("an unknown graph is empty", COUNT, unknown, "0"),
        ("a default graph alone leaves no named one", NAMED, default(0), "0"),
        ("a named graph alone leaves the default one empty", COUNT, named(0), "0"),
        ("a named graph is the only one seen", NAMED, named(1), "1"),
        ("several named graphs are seen", NAMED, named(0) + &named(1), "2"),
        ("both kinds together", NAMED, default(0) + &named(1), "1"),
        ("FROM counts without parameters", from.as_str(), String::new(), "1"),
        ("parameters win over FROM", from.as_str(), default(1), "0"),
        ("parameters of the other kind win over FROM too", from.as_str(), named(0), "0"),
        ("FROM NAMED counts without parameters", from_named.as_str(), String::new(), "1"),
        ("parameters win over FROM NAMED", from_named.as_str(), named(0) + &named(1), "2"),
    ];
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let direct = [("content-type", "application/sparql-query")];
    for (rule, query, parameters, expected) in rules {
        let by_get = get(&sparql(query, &parameters), "*/*").await;
        assert_eq!(number(&by_get), expected, "{rule}, by GET");
        let body = format!("query={}{parameters}", escaped(query));
        let by_form = send(Method::POST, "/sparql", &form, &body).await;
        assert_eq!(number(&by_form), expected, "{rule}, by form");
        let address = format!("/sparql?{}", parameters.trim_start_matches('&'));
        let by_body = send(Method::POST, &address, &direct, query).await;
        assert_eq!(number(&by_body), expected, "{rule}, as the body");
    }
}

#[tokio::test]
async fn a_graph_that_is_no_absolute_iri_is_named_as_the_fault() {
    for parameter in ["default-graph-uri", "named-graph-uri"] {
        for wrong in ["", "document/a", "a%20b", "%3Curn:x%3E"] {
            let answer = get(&sparql(COUNT, &format!("&{parameter}={wrong}")), "*/*").await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{parameter}={wrong}");
            assert_eq!(answer.json()["parameter"], parameter, "{wrong}");
        }
    }
}
