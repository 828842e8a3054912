//! The service over the release: every resource answers in every format, the endpoint in every form.

use super::{column, release};
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use http_body_util::BodyExt as _;
use oxigraph::io::{RdfFormat, RdfParser};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use std::sync::{Arc, OnceLock};
use tower::ServiceExt as _;
use zhengtu::graph::DEFAULT_BASE;
use zhengtu::service::{self, Site};

/// An answer, read to its end.
pub(crate) struct Answer<B = String> {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: B,
}

impl<B> Answer<B> {
    pub(crate) fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }
}

fn site() -> Router {
    static SITE: OnceLock<Arc<Site>> = OnceLock::new();
    service::router(Arc::clone(SITE.get_or_init(|| Arc::new(Site::new(release().clone())))))
}

pub(crate) async fn send(request: Request<Body>) -> Answer {
    let Answer { status, headers, body } = send_for_bytes(request).await;
    Answer { status, headers, body: String::from_utf8(body).unwrap() }
}

pub(crate) async fn send_for_bytes(request: Request<Body>) -> Answer<Vec<u8>> {
    let response = site().oneshot(request).await.unwrap();
    let (head, body) = response.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    Answer { status: head.status, headers: head.headers, body: bytes.to_vec() }
}

pub(crate) async fn get(path: &str, accept: &str) -> Answer {
    send(Request::get(path).header(header::ACCEPT, accept).body(Body::empty()).unwrap()).await
}

fn encode(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

/// Paths of every resource of the release that is the subject of a statement, and of its graphs.
fn paths() -> Vec<String> {
    let subjects_and_graphs =
        "SELECT DISTINCT ?s { { ?s ?p ?o FILTER(ISIRI(?s)) } UNION { GRAPH ?s { ?a ?b ?c } } }";
    column(subjects_and_graphs, "s")
        .into_iter()
        .filter_map(|iri| iri.strip_prefix(DEFAULT_BASE).map(str::to_owned))
        .filter(|local| !local.contains('#'))
        .map(|local| local.split('/').map(encode).collect::<Vec<_>>().join("/"))
        .map(|local| format!("/{local}"))
        .collect()
}

#[tokio::test]
async fn every_resource_has_a_page() {
    let paths = paths();
    assert!(paths.len() > 400, "only {} resources", paths.len());
    for path in paths {
        let answer = get(&format!("{path}.html"), "*/*").await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert!(answer.body.contains("<h1"), "{path}");
    }
}

#[tokio::test]
async fn every_resource_answers_in_turtle_that_parses_and_speaks_of_it() {
    for path in paths() {
        let answer = get(&format!("{path}.ttl"), "*/*").await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        let quads: Result<Vec<_>, _> =
            RdfParser::from_format(RdfFormat::Turtle).for_slice(answer.body.as_bytes()).collect();
        assert!(quads.is_ok_and(|quads| !quads.is_empty()), "{path}");
    }
}

#[tokio::test]
async fn what_is_fetched_for_a_span_says_what_the_span_quotes() {
    let query = "SELECT ?span { ?finding zt:findingKind zt:TextBreaksOff ; zt:evidence ?span }";
    let span = column(query, "span").remove(0);
    let (text, _) = span.split_once('#').unwrap();
    let path = text.replacen(DEFAULT_BASE, "/", 1);
    let answer = get(&format!("{path}.nt"), "*/*").await;
    let says =
        |property: &str| answer.body.contains(&format!("<{span}> <{DEFAULT_BASE}{property}>"));
    assert!(says("ontology#quote") && says("ontology#start") && says("ontology#end"), "{span}");
}

#[tokio::test]
async fn a_resource_sends_each_reader_to_its_format() {
    let path = format!("/measure/{}", encode("菏政发〔2024〕11号.7"));
    for (accept, ending, media_type) in [
        ("text/html", "html", "text/html"),
        ("text/turtle", "ttl", "text/turtle"),
        ("application/n-triples", "nt", "application/n-triples"),
        ("application/ld+json", "jsonld", "application/ld+json"),
        ("application/rdf+xml", "rdf", "application/rdf+xml"),
    ] {
        let answer = get(&path, accept).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{accept}");
        assert!(answer.header(header::VARY).contains("Accept"), "{accept}");
        let location = answer.header(header::LOCATION).to_owned();
        assert!(location.ends_with(&format!(".{ending}")), "{accept}: {location}");
        let answer = get(&location, accept).await;
        assert_eq!(answer.status, StatusCode::OK, "{location}");
        assert!(answer.header(header::CONTENT_TYPE).starts_with(media_type), "{location}");
        assert!(answer.headers.contains_key(header::ETAG), "{location}");
        assert!(answer.header(header::LINK).contains("alternate"), "{location}");
    }
}

#[tokio::test]
async fn links_of_the_first_page_and_of_each_kind_of_page_lead_somewhere() {
    let mut pages =
        vec!["/".to_owned(), "/query".to_owned(), format!("/search?q={}", encode("城镇化"))];
    for name in [
        "document/菏政发〔2024〕11号",
        "measure/菏政发〔2024〕11号.10",
        "agency/菏泽市发展改革委",
        "indicator/常住人口城镇化率",
        "place/371722",
    ] {
        let (class, local) = name.split_once('/').unwrap();
        pages.push(format!("/{class}/{}.html", encode(local)));
    }
    let mut links: Vec<String> = Vec::new();
    for page in &pages {
        let answer = get(page, "text/html").await;
        assert_eq!(answer.status, StatusCode::OK, "{page}");
        let hrefs = answer.body.split("href=\"").skip(1);
        links.extend(hrefs.filter_map(|rest| Some(rest.split_once('"')?.0.replace("&amp;", "&"))));
    }
    links.retain(|link| link.starts_with('/'));
    for link in &mut links {
        if let Some((path, _)) = link.split_once('#') {
            *link = path.to_owned();
        }
    }
    links.sort();
    links.dedup();
    assert!(links.len() > 100, "only {} links", links.len());
    for link in links {
        let answer = get(&link.replace("&#38;", "&"), "text/html").await;
        let good = answer.status.is_success() || answer.status.is_redirection();
        assert!(good, "{link}: {}", answer.status);
    }
}

#[tokio::test]
async fn a_page_of_results_tells_why_and_that_of_a_measure_what_is_like_it() {
    let page = get(&format!("/search?q={}&kind=measure", encode("发改委")), "text/html").await;
    assert!(page.body.contains("为什么找到：发改委 → 市发展改革委"), "{}", page.body);
    let page =
        get(&format!("/measure/{}.html", encode("菏政发〔2024〕11号.10")), "text/html").await;
    assert!(page.body.contains("<h2>相似措施</h2>"), "{}", page.body);
}

#[tokio::test]
async fn the_endpoint_answers_in_three_ways_of_asking() {
    let query = "SELECT ?text WHERE { target:菏政发〔2024〕11号.一-1 zt:valueText ?text }";
    let form = "application/x-www-form-urlencoded";
    let requests = [
        Request::get(format!("/sparql?query={}", encode(query))).body(Body::empty()).unwrap(),
        Request::post("/sparql")
            .header(header::CONTENT_TYPE, form)
            .body(Body::from(format!("query={}", encode(query))))
            .unwrap(),
        Request::post("/sparql")
            .header(header::CONTENT_TYPE, "application/sparql-query")
            .body(Body::from(query))
            .unwrap(),
    ];
    for mut request in requests {
        request.headers_mut().insert(header::ACCEPT, "text/csv".parse().unwrap());
        let answer = send(request).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        assert_eq!(answer.body, "text\r\n57%左右\r\n");
    }
}

#[tokio::test]
async fn a_syntax_error_is_a_400_that_names_line_and_column() {
    let query = "SELECT *\nWHERE { ?措施 zt:number }";
    let answer = get(&format!("/sparql?query={}", encode(query)), "application/json").await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    let problem: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(problem["line"], 2);
    assert_eq!(problem["column"], 23);
}

#[tokio::test]
async fn each_question_of_the_query_page_runs_there() {
    for example in &release().examples {
        let answer = get(&format!("/query?example={}", example.name), "text/html").await;
        assert_eq!(answer.status, StatusCode::OK, "{}", example.name);
        assert!(
            answer.body.contains(&example.question_zh.replace('"', "&#34;")),
            "{}",
            example.name
        );
    }
}
