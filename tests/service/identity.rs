//! Which release an answer is of, and whether the client holds it already.

use axum::http::{Method, StatusCode};

use crate::fixture::{get, send};

fn sparql(query: &str) -> String {
    let query = percent_encoding::utf8_percent_encode(query, percent_encoding::NON_ALPHANUMERIC);
    format!("/sparql?query={query}")
}

#[tokio::test]
async fn every_answer_names_its_release_whatever_its_status() {
    let good = sparql("ASK {}");
    let bad = sparql("ASK {");
    let addresses =
        ["/", "/search?q=森林", "/search.json?q=森林", "/prefixes", "/assets/style.css", &good];
    for address in addresses {
        assert_eq!(get(address, "*/*").await.header("zhengtu-release"), "invented", "{address}");
    }
    for address in ["/nothing", "/assets/nothing", "/search?size=x", &bad] {
        let answer = get(address, "*/*").await;
        assert!(answer.status.is_client_error(), "{address}");
        assert_eq!(answer.header("zhengtu-release"), "invented", "{address}");
    }
}

#[tokio::test]
async fn a_tag_begins_with_the_release_and_the_client_that_holds_it_gets_no_body() {
    let select = sparql("SELECT ?m WHERE { ?m a zt:Measure }");
    let addresses = [
        "/",
        "/search?q=森林",
        "/search.json?q=森林",
        "/prefixes",
        "/query?example=who-leads-a-measure",
        "/measure/甲政发〔2031〕1号.1.ttl",
        &select,
    ];
    for address in addresses {
        let tag = get(address, "*/*").await.header("etag").to_owned();
        assert!(tag.starts_with("W/\"invented-"), "{address}: {tag}");
        let held = [("accept", "*/*"), ("if-none-match", tag.as_str())];
        let again = send(Method::GET, address, &held, "").await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED, "{address}");
        assert_eq!(again.header("etag"), tag);
        assert_eq!(again.header("zhengtu-release"), "invented");
        assert!(again.body.is_empty());
    }
}

#[tokio::test]
async fn another_format_or_another_query_is_another_answer() {
    let address = sparql("SELECT ?m WHERE { ?m a zt:Measure }");
    let tag = get(&address, "text/csv").await.header("etag").to_owned();
    let held = [("accept", "application/json"), ("if-none-match", tag.as_str())];
    assert_eq!(send(Method::GET, &address, &held, "").await.status, StatusCode::OK);
    let other = sparql("SELECT ?m WHERE { ?m a zt:Target }");
    let held = [("accept", "text/csv"), ("if-none-match", tag.as_str())];
    assert_eq!(send(Method::GET, &other, &held, "").await.status, StatusCode::OK);
}

#[tokio::test]
async fn what_changes_every_time_or_failed_has_no_tag() {
    for query in ["SELECT (NOW() AS ?t) {}", "SELECT (STRUUID() AS ?t) {}", "SELECT * {"] {
        for address in [sparql(query), sparql(query).replace("/sparql", "/query")] {
            let answer = get(&address, "*/*").await;
            let is_page = address.starts_with("/query") && !query.contains("()");
            assert!(is_page || answer.header("etag").is_empty(), "{address}");
        }
    }
    let held = [("accept", "*/*"), ("if-none-match", "*")];
    let answer = send(Method::GET, &sparql("SELECT * {"), &held, "").await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
}
