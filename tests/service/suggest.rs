//! Suggestions while typing, and what a search that found nothing may have meant.

use axum::http::StatusCode;

use crate::fixture::get;

#[tokio::test]
async fn names_are_suggested_however_they_are_typed() {
    for (typed, text, how) in [
        ("森林", "森林覆盖率", "prefix"),
        ("造林", "扩大造林", "inner"),
        ("senlin fugai", "森林覆盖率", "pinyin"),
        ("slfgl", "森林覆盖率", "initials"),
        ("森林fg", "森林覆盖率", "mixed"),
    ] {
        let answer = get(&format!("/suggest.json?q={typed}&size=3"), "*/*").await;
        assert_eq!((answer.status, answer.media_type()), (StatusCode::OK, "application/json"));
        let body = answer.json();
        assert_eq!(body["query"], typed);
        assert_eq!(body["suggestions"][0]["text"], text, "{typed}: {body}");
        assert_eq!(body["suggestions"][0]["how"], how, "{typed}: {body}");
    }
    let answer = get("/suggest.json?q=森林", "*/*").await;
    let first = &answer.json()["suggestions"][0];
    assert_eq!(first["kind"], "indicator");
    assert_eq!(first["iri"], "https://w3id.org/zhengtu/indicator/森林覆盖率");
}

#[tokio::test]
async fn nothing_typed_suggests_nothing_and_no_text_is_an_error() {
    for typed in ["", "，", "〔〔〔", "%F0%9F%8C%B2", "zzzzzz"] {
        let answer = get(&format!("/suggest.json?q={typed}"), "*/*").await;
        assert_eq!(answer.status, StatusCode::OK, "{typed}: {}", answer.body);
        assert_eq!(answer.json()["suggestions"], serde_json::json!([]), "{typed}");
    }
    assert_eq!(get("/suggest.json", "*/*").await.status, StatusCode::OK);
    for size in ["0", "51", "x"] {
        let answer = get(&format!("/suggest.json?q=森&size={size}"), "*/*").await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{size}");
    }
}

#[tokio::test]
async fn a_search_that_finds_nothing_offers_what_sounds_alike_and_one_that_finds_something_does_not()
 {
    for (words, meant) in [
        ("森林复盖率", "森林覆盖率".into()),
        ("森林覆盖率", serde_json::Value::Null),
        ("鱼塘", serde_json::Value::Null),
        // A filter leaves nothing, the words are right.
        ("森林覆盖率&year=1999", serde_json::Value::Null),
    ] {
        let answer = get(&format!("/search.json?q={words}"), "*/*").await;
        assert_eq!(answer.json()["didYouMean"], meant, "{words}");
    }
}
