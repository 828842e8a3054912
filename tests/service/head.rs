//! HEAD: wherever GET answers, the same status and headers come without a body.

use axum::http::Method;
use std::collections::BTreeMap;

use crate::fixture::{Answer, send, sparql};

/// The headers but for the date, which none of the routes sets.
fn headers(answer: &Answer) -> BTreeMap<String, String> {
    let lines = answer.headers.iter();
    lines.map(|(name, value)| (name.to_string(), format!("{value:?}"))).collect()
}

#[tokio::test]
async fn head_gives_the_status_and_headers_of_get_on_every_route() {
    let select = sparql("SELECT * { ?s ?p ?o }", "");
    let construct = sparql("CONSTRUCT WHERE { ?s ?p ?o }", "");
    let mistake = sparql("SELECT * {", "");
    let addresses = [
        "/",
        "/?lang=en",
        "/?lang=xx",
        "/query",
        "/query?example=who-leads-a-measure",
        "/query?example=none",
        "/search?q=森林",
        "/search?q=森林&page=x",
        "/search.json?q=森林",
        "/search.json?q=森林&kind=x",
        "/sparql",
        &select,
        &construct,
        &mistake,
        "/sparql?update=x",
        "/prefixes",
        "/.well-known/void",
        "/robots.txt",
        "/sitemap.xml",
        "/sitemap/1.xml",
        "/sitemap/9.xml",
        "/feed.atom",
        "/opensearch.xml",
        "/sparql/check",
        "/sparql/explain",
        "/dump/SHA256SUMS",
        "/dump/nothing",
        "/assets/style.css",
        "/assets/nothing",
        "/rdf-graph-store",
        "/rdf-graph-store?default",
        "/rdf-graph-store?graph=urn:nothing",
        "/rdf-graph-store/document/甲政发〔2031〕1号",
        "/measure/甲政发〔2031〕1号.1",
        "/measure/甲政发〔2031〕1号.1.html",
        "/measure/甲政发〔2031〕1号.1.ttl",
        "/measure/甲政发〔2031〕1号.1.jsonld",
        "/document/甲政发[2031]1号",
        "/ontology.ttl",
        "/nothing",
        "/%FF",
    ];
    for address in addresses {
        for (accept, encoding) in [
            ("*/*", "identity"),
            ("text/html", "gzip"),
            ("text/turtle", "gzip"),
            ("image/png", "gzip"),
        ] {
            let accept = [("accept", accept), ("accept-encoding", encoding)];
            let by_get = send(Method::GET, address, &accept, "").await;
            let by_head = send(Method::HEAD, address, &accept, "").await;
            assert_eq!(by_head.status, by_get.status, "{address} {accept:?}");
            assert_eq!(headers(&by_head), headers(&by_get), "{address} {accept:?}");
            assert_eq!(by_head.body, "", "{address} {accept:?}");
        }
    }
}

#[tokio::test]
async fn head_of_what_the_client_holds_is_not_modified() {
    for address in ["/", "/measure/甲政发〔2031〕1号.1.ttl", "/rdf-graph-store?default"] {
        let tag = send(Method::GET, address, &[], "").await.header("etag").to_owned();
        let answer = send(Method::HEAD, address, &[("if-none-match", &tag)], "").await;
        assert_eq!(answer.status, 304, "{address}");
    }
}
