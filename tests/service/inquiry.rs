//! Queries that are checked and explained instead of answered.

use super::fixture::{Answer, escaped, get, send};
use axum::http::{Method, StatusCode};

async fn post(content_type: &str, body: &str) -> Answer {
    send(Method::POST, "/sparql/explain", &[("content-type", content_type)], body).await
}

fn address(what: &str, query: &str) -> String {
    format!("/sparql/{what}?query={}", escaped(query))
}

#[tokio::test]
async fn a_query_is_checked_with_the_place_of_its_mistake_and_the_nearest_names() {
    let answer = get(&address("check", "SELECT * {\n ?m zt:leadsBy ?who }"), "*/*").await;
    assert_eq!((answer.status, answer.media_type()), (StatusCode::OK, "application/json"));
    let report = answer.json();
    assert_eq!(report["form"], "SELECT");
    assert_eq!(report["errors"].as_array().unwrap().len(), 0);
    let warning = &report["warnings"][0];
    assert_eq!((&warning["line"], &warning["column"]), (&2.into(), &5.into()));
    assert_eq!(warning["nearest"][0], "zt:leadBy");
    let wrong = get(&address("check", "SELECT * { ?m xx:leadBy ?who"), "*/*").await;
    assert_eq!(wrong.status, StatusCode::OK);
    assert_eq!(wrong.json()["errors"][0]["column"], 15);
}

#[tokio::test]
async fn a_query_is_explained_step_by_step_in_every_way_of_asking() {
    let query = "SELECT ?who { ?m zt:leadBy ?who }";
    let form = format!("query={}", escaped(query));
    for answer in [
        get(&address("explain", query), "*/*").await,
        post("application/sparql-query", query).await,
        post("application/x-www-form-urlencoded", &form).await,
    ] {
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        let told = answer.json();
        assert_eq!(told["engine"], "columns");
        let step = &told["steps"][0]["inputs"][0];
        assert_eq!((&step["what"], &step["rows"]), (&"?m zt:leadBy ?who".into(), &told["rows"]));
    }
}

#[tokio::test]
async fn what_cannot_be_explained_is_refused_as_it_would_be_at_the_endpoint() {
    for (query, status) in [("SELECT * {", 400), ("CLEAR ALL", 403)] {
        let answer = get(&address("explain", query), "*/*").await;
        assert_eq!(answer.status.as_u16(), status, "{query}");
    }
    assert_eq!(get("/sparql/check", "*/*").await.status, StatusCode::BAD_REQUEST);
}
