//! Linked data: negotiation, representations, canonical addresses.

use axum::http::{Method, StatusCode};
use oxigraph::io::{RdfFormat, RdfParser};

use crate::fixture::{BASE, encoded, get, send};

const MEASURE: &str = "/measure/甲政发〔2031〕1号.1";

#[tokio::test]
async fn a_resource_leads_to_the_representation_that_is_wanted() {
    let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    let rules = [
        ("a browser", browser, "html"),
        ("anything", "*/*", "html"),
        ("Turtle", "text/turtle", "ttl"),
        ("N-Triples", "application/n-triples", "nt"),
        ("JSON-LD", "application/ld+json", "jsonld"),
        ("RDF/XML", "application/rdf+xml", "rdf"),
        ("the higher quality", "text/turtle;q=0.4, application/ld+json;q=0.9", "jsonld"),
        ("what is not refused", "text/html;q=0, text/turtle", "ttl"),
        ("JSON as JSON-LD", "application/json", "jsonld"),
    ];
    for (rule, accept, extension) in rules {
        let answer = get(MEASURE, accept).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{rule}");
        let wanted = encoded_path(&format!("{MEASURE}.{extension}"));
        assert_eq!(answer.header("location"), wanted, "{rule}");
        assert!(answer.header("vary").contains("Accept"), "{rule}");
    }
}

#[tokio::test]
async fn an_unwanted_type_is_refused_with_the_list_of_what_is_offered() {
    let answer = get(MEASURE, "image/png").await;
    assert_eq!(answer.status, StatusCode::NOT_ACCEPTABLE);
    assert_eq!(answer.media_type(), "application/problem+json");
    let offered = answer.json()["offered"].to_string();
    for media_type in ["text/html", "text/turtle", "application/ld+json"] {
        assert!(offered.contains(media_type), "{offered}");
    }
}

#[tokio::test]
async fn every_representation_has_its_type_its_tag_and_links_to_the_others() {
    let types = [
        ("html", "text/html"),
        ("ttl", "text/turtle"),
        ("nt", "application/n-triples"),
        ("jsonld", "application/ld+json"),
        ("rdf", "application/rdf+xml"),
    ];
    let mut tags = Vec::new();
    for (extension, media_type) in types {
        let address = format!("{MEASURE}.{extension}");
        let answer = get(&address, "*/*").await;
        assert_eq!(answer.status, StatusCode::OK, "{extension}");
        assert_eq!(answer.media_type(), media_type);
        assert!(answer.header("vary").contains("Accept"));
        assert_eq!(answer.headers.get_all("link").iter().count(), 4);
        let tag = answer.header("etag").to_owned();
        let held = send(Method::GET, &address, &[("if-none-match", &tag)], "").await;
        assert_eq!(held.status, StatusCode::NOT_MODIFIED, "{extension}");
        assert!(held.body.is_empty());
        tags.push(tag);
    }
    tags.sort();
    tags.dedup();
    assert_eq!(tags.len(), types.len());
}

#[tokio::test]
async fn the_data_of_a_resource_are_its_statements_and_the_labels_of_what_they_name() {
    let formats = [
        ("ttl", RdfFormat::Turtle),
        ("nt", RdfFormat::NTriples),
        ("rdf", RdfFormat::RdfXml),
        ("jsonld", RdfFormat::JsonLd { profile: oxigraph::io::JsonLdProfileSet::empty() }),
    ];
    for (extension, format) in formats {
        let answer = get(&format!("{MEASURE}.{extension}"), "*/*").await;
        let triples: Vec<String> = RdfParser::from_format(format)
            .for_slice(answer.body.as_bytes())
            .map(|quad| quad.unwrap().to_string())
            .collect();
        let says = |words: &str| triples.iter().any(|triple| triple.contains(words));
        assert!(says(&format!("<{BASE}measure/甲政发〔2031〕1号.1>")), "{extension}");
        assert!(says("\"甲市林业局\"@zh"), "{extension}");
    }
}

#[tokio::test]
async fn other_spellings_of_a_number_are_redirected_to_the_canonical_one() {
    let canonical = encoded_path("/document/甲政发〔2031〕1号");
    for spelling in [
        "/document/甲政发﹝2031﹞1号",
        "/document/甲政发[2031]1号",
        "/document/甲政发(2031)1号",
        "/document/甲政发（2031）第1号",
        "/document/甲政发 〔2031〕01号",
        "/document/甲政发〔２０３１〕１号",
        "/document/甲政發〔2031〕1號",
        "/document/甲政发〔2031〕1号/",
    ] {
        let answer = get(spelling, "text/turtle").await;
        assert_eq!(answer.status, StatusCode::PERMANENT_REDIRECT, "{spelling}");
        assert_eq!(answer.header("location"), canonical, "{spelling}");
    }
    let with_format = get("/document/甲政发[2031]1号.ttl", "*/*").await;
    assert_eq!(with_format.header("location"), format!("{canonical}.ttl"));
    let with_slash = get("/document/甲政发〔2031〕1号.ttl/", "*/*").await;
    assert_eq!(with_slash.header("location"), format!("{canonical}.ttl"));
}

#[tokio::test]
async fn traditional_characters_lead_to_the_name_in_simplified_ones() {
    let answer = get("/agency/甲市林業局", "text/turtle").await;
    assert_eq!(answer.status, StatusCode::PERMANENT_REDIRECT);
    assert_eq!(answer.header("location"), encoded_path("/agency/甲市林业局"));
}

#[tokio::test]
async fn a_redirect_keeps_the_language() {
    let answer = get(&format!("{MEASURE}?lang=en"), "text/html").await;
    assert!(answer.header("location").ends_with(".html?lang=en"));
}

#[tokio::test]
async fn what_is_unknown_or_malformed_is_said_to_be() {
    let rules = [
        ("an unknown resource", "/measure/没有", StatusCode::NOT_FOUND),
        ("a representation of nothing", "/measure/没有.ttl", StatusCode::NOT_FOUND),
        ("an unknown file", "/assets/none.css", StatusCode::NOT_FOUND),
        ("a path that leads upwards", "/assets/..%2f..%2fCargo.toml", StatusCode::NOT_FOUND),
        ("a path that is no UTF-8", "/measure/%FF", StatusCode::BAD_REQUEST),
        ("a line break in a path", "/measure/a%0D%0AX:%20y", StatusCode::BAD_REQUEST),
        ("an unknown language", "/?lang=xx", StatusCode::BAD_REQUEST),
    ];
    for (rule, address, status) in rules {
        let answer = get(address, "application/json").await;
        assert_eq!(answer.status, status, "{rule}");
        assert_eq!(answer.json()["status"], status.as_u16(), "{rule}");
    }
}

#[tokio::test]
async fn an_unknown_resource_has_a_page_with_its_name_in_a_search_box() {
    let answer = get("/measure/没有", "text/html").await;
    assert_eq!((answer.status, answer.media_type()), (StatusCode::NOT_FOUND, "text/html"));
    assert!(answer.body.contains("value=\"没有\""));
}

#[tokio::test]
async fn head_answers_as_get_without_a_body() {
    for address in [&format!("{MEASURE}.ttl"), "/", "/search?q=a"] {
        let answer = send(Method::HEAD, address, &[], "").await;
        assert_eq!(answer.status, StatusCode::OK, "{address}");
        assert!(answer.body.is_empty(), "{address}");
    }
}

#[tokio::test]
async fn other_methods_are_refused() {
    for address in [MEASURE, "/", "/search", "/sparql"] {
        let answer = send(Method::DELETE, address, &[], "").await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{address}");
        assert_eq!(answer.media_type(), "application/problem+json", "{address}");
    }
}

#[tokio::test]
async fn the_vocabulary_answers_as_a_whole() {
    let turtle = get("/ontology.ttl", "*/*").await;
    assert!(turtle.body.contains("leadBy") && turtle.body.contains("Roles"), "{}", turtle.body);
    let page = get("/ontology.html", "*/*").await;
    assert!(page.body.contains("id=\"leadBy\"") && page.body.contains("id=\"Lead\""));
}

#[tokio::test]
async fn the_json_ld_context_is_served() {
    let answer = get("/assets/context.jsonld", "*/*").await;
    assert_eq!((answer.status, answer.media_type()), (StatusCode::OK, "application/ld+json"));
    assert_eq!(answer.json()["@context"]["Measure"], "zt:Measure");
}

/// A path as it stands in a header: everything but the plain characters is escaped.
fn encoded_path(path: &str) -> String {
    encoded(path)
}
