//! The SPARQL protocol, search as JSON, prefixes, headers.

use axum::http::{Method, StatusCode};

use crate::fixture::{get, send, sparql};

const SELECT: &str = "SELECT ?m WHERE { ?m a zt:Measure } ORDER BY ?m";
const CONSTRUCT: &str = "CONSTRUCT { ?m a zt:Measure } WHERE { ?m a zt:Measure }";

#[tokio::test]
async fn an_answer_has_the_format_that_is_wanted() {
    let rules = [
        ("SELECT to anyone", SELECT, "*/*", "", "application/sparql-results+json"),
        (
            "SELECT as XML",
            SELECT,
            "application/sparql-results+xml",
            "",
            "application/sparql-results+xml",
        ),
        ("SELECT as CSV", SELECT, "text/csv", "", "text/csv"),
        ("SELECT as TSV", SELECT, "text/tab-separated-values", "", "text/tab-separated-values"),
        ("SELECT as plain JSON", SELECT, "application/json", "", "application/sparql-results+json"),
        (
            "format before Accept",
            SELECT,
            "text/csv",
            "&format=json",
            "application/sparql-results+json",
        ),
        ("format for a browser", SELECT, "text/html", "&format=csv", "text/csv"),
        ("a format left empty", SELECT, "*/*", "&format=", "application/sparql-results+json"),
        ("CONSTRUCT to anyone", CONSTRUCT, "*/*", "", "text/turtle"),
        ("CONSTRUCT as JSON-LD", CONSTRUCT, "application/ld+json", "", "application/ld+json"),
        ("CONSTRUCT as RDF/XML", CONSTRUCT, "*/*", "&format=rdf", "application/rdf+xml"),
        ("ASK", "ASK { ?s ?p ?o }", "*/*", "", "application/sparql-results+json"),
        ("DESCRIBE", "DESCRIBE measure:甲政发〔2031〕1号.1", "*/*", "", "text/turtle"),
    ];
    for (rule, query, accept, more, media_type) in rules {
        let answer = get(&sparql(query, more), accept).await;
        assert_eq!((answer.status, answer.media_type()), (StatusCode::OK, media_type), "{rule}");
        assert!(!answer.body.is_empty(), "{rule}");
        assert!(answer.header("vary").contains("Accept"), "{rule}");
    }
}

#[tokio::test]
async fn the_three_ways_to_send_a_query_give_the_same_answer() {
    let by_get = get(&sparql(SELECT, ""), "*/*").await;
    let query = percent_encoding::utf8_percent_encode(SELECT, percent_encoding::NON_ALPHANUMERIC);
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let by_form = send(Method::POST, "/sparql", &form, &format!("query={query}")).await;
    let direct = [("content-type", "application/sparql-query; charset=utf-8")];
    let by_body = send(Method::POST, "/sparql", &direct, SELECT).await;
    assert_eq!(by_get.body, by_form.body);
    assert_eq!(by_get.body, by_body.body);
    let rows = by_get.json();
    assert_eq!(rows["results"]["bindings"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_query_that_cannot_be_answered_says_why() {
    let rules = [
        ("no query", "/sparql?format=json".to_owned(), "*/*", 400),
        ("a syntax error", sparql("SELECT * {", ""), "*/*", 400),
        ("an update", "/sparql?update=x".to_owned(), "*/*", 403),
        ("an update as the query", sparql("DELETE WHERE { ?s ?p ?o }", ""), "*/*", 403),
        (
            "another endpoint",
            sparql("SELECT * { SERVICE <http://a.example/> { ?s ?p ?o } }", ""),
            "*/*",
            403,
        ),
        ("an unknown format", sparql(SELECT, "&format=png"), "*/*", 406),
        ("a graph format for a table", sparql(SELECT, "&format=ttl"), "*/*", 406),
        ("an unwanted type", sparql(SELECT, ""), "image/png", 406),
        ("a graph that is no IRI", sparql(SELECT, "&default-graph-uri=a%20b"), "*/*", 400),
        ("two queries", sparql(SELECT, "&query=ASK%7B%7D"), "*/*", 400),
    ];
    for (rule, address, accept, status) in rules {
        let answer = get(&address, accept).await;
        assert_eq!(answer.status.as_u16(), status, "{rule}: {}", answer.body);
        assert_eq!(answer.media_type(), "application/problem+json", "{rule}");
        assert_ne!(answer.json()["detail"], "", "{rule}");
    }
}

#[tokio::test]
async fn a_body_that_is_not_understood_is_refused() {
    let rules = [
        ("an update", "application/sparql-update", "CLEAR ALL", 403),
        ("an unknown type", "text/plain", "ASK {}", 415),
        ("a form without a query", "application/x-www-form-urlencoded", "a=b", 400),
        ("a form with an update", "application/x-www-form-urlencoded", "update=x", 403),
    ];
    for (rule, media_type, body, status) in rules {
        let answer = send(Method::POST, "/sparql", &[("content-type", media_type)], body).await;
        assert_eq!(answer.status.as_u16(), status, "{rule}");
    }
    let long = "x".repeat(2 * 1024 * 1024);
    let head = [("content-type", "application/sparql-query")];
    let answer = send(Method::POST, "/sparql", &head, &long).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_syntax_error_names_line_and_column_in_every_shape() {
    let query = "SELECT ?森林 WHERE {\n  ?森林 ?p }";
    let problem = get(&sparql(query, ""), "application/json").await;
    assert_eq!(
        (problem.json()["line"].as_u64(), problem.json()["column"].as_u64()),
        (Some(2), Some(10))
    );
    let text = get(&sparql(query, ""), "text/plain").await;
    assert_eq!(text.media_type(), "text/plain");
    assert!(text.body.contains("line 2, column 10"), "{}", text.body);
}

#[tokio::test]
async fn a_browser_at_the_endpoint_is_sent_to_the_query_page() {
    let bare = get("/sparql", "text/html").await;
    assert_eq!((bare.status, bare.header("location")), (StatusCode::SEE_OTHER, "/query"));
    let asked = get("/sparql?query=ASK%7B%7D", "text/html").await;
    assert_eq!(asked.header("location"), "/query?query=ASK%7B%7D");
}

#[tokio::test]
async fn a_search_finds_and_counts() {
    let answer = get("/search?q=森林", "application/json").await;
    let results = answer.json();
    assert_eq!(results["total"], 2);
    let kinds: Vec<_> = results["facets"].as_array().unwrap().iter().map(|f| &f["name"]).collect();
    assert!(kinds.iter().any(|name| **name == "kind"), "{kinds:?}");
    let narrowed = get("/search.json?q=森林&kind=indicator", "*/*").await;
    assert_eq!(narrowed.json()["total"], 1);
}

#[tokio::test]
async fn a_malformed_search_says_which_parameter_is_wrong() {
    let rules = [
        ("/search.json?q=a&kind=x", "kind"),
        ("/search.json?q=a&page=0", "page"),
        ("/search.json?q=a&page=x", "page"),
        ("/search.json?q=a&size=100000", "size"),
        ("/search.json?q=a&q=b", "q"),
        ("/search.json?q=%FF", "q"),
    ];
    for (address, parameter) in rules {
        let answer = get(address, "*/*").await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{address}");
        assert_eq!(answer.json()["parameter"], parameter, "{address}");
    }
}

#[tokio::test]
async fn words_of_any_kind_are_no_error() {
    for words in ["", "\"", "(((", "%22AND%22", "森林 -造林", "a:b^2~", "%E0%B8%81", "*"] {
        let answer = get(&format!("/search.json?q={words}"), "*/*").await;
        assert_eq!(answer.status, StatusCode::OK, "{words}");
    }
}

#[tokio::test]
async fn the_prefixes_are_listed_for_programs() {
    let json = get("/prefixes", "*/*").await;
    assert_eq!(json.json()["zt"], "https://w3id.org/zhengtu/ontology#");
    let turtle = get("/prefixes", "text/turtle").await;
    assert_eq!(turtle.body.matches("sh:declare").count(), 3);
    let parser = oxigraph::io::RdfParser::from_format(oxigraph::io::RdfFormat::Turtle);
    assert!(parser.for_slice(turtle.body.as_bytes()).all(|quad| quad.is_ok()));
}

#[tokio::test]
async fn every_response_forbids_foreign_and_inline_code() {
    for address in ["/", "/nothing", "/sparql", "/assets/style.css"] {
        let answer = get(address, "*/*").await;
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{address}");
        assert!(!policy.contains("unsafe"), "{address}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{address}");
    }
}

#[tokio::test]
async fn pages_of_other_hosts_may_ask() {
    let head = [("origin", "https://a.example")];
    let answer = send(Method::GET, &sparql(SELECT, ""), &head, "").await;
    assert_eq!(answer.header("access-control-allow-origin"), "*");
}
