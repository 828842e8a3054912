//! The query page: queries of any length, and what it tells of those that get no answer.

use axum::http::{Method, StatusCode};

use crate::fixture::{Answer, escaped, get, send};

const FORM: [(&str, &str); 2] =
    [("content-type", "application/x-www-form-urlencoded"), ("accept", "text/html")];

async fn post(address: &str, query: &str) -> Answer {
    send(Method::POST, address, &FORM, &format!("query={}", escaped(query))).await
}

async fn ask(query: &str, lang: &str) -> Answer {
    get(&format!("/query?query={}&lang={lang}", escaped(query)), "text/html").await
}

/// A query that takes so many bytes, most of them in a text in Chinese.
fn query_of(bytes: usize) -> String {
    let of = |text: &str| format!("SELECT ?m WHERE {{ ?m a zt:Measure BIND('{text}' AS ?t) }}");
    of(&"长".repeat((bytes - of("").len()) / "长".len()))
}

#[tokio::test]
async fn what_the_form_sends_is_sent_on_to_its_address() {
    let sent = post("/query?lang=en", "ASK { ?m a zt:Measure }").await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    let address = sent.header("location");
    assert_eq!(address, "/query?query=ASK%20%7B%20%3Fm%20a%20zt%3AMeasure%20%7D&lang=en");
    assert!(get(address, "text/html").await.body.contains("<p class=\"figure\">Yes</p>"));
    let empty = post("/query", "  ").await;
    assert_eq!((empty.status, empty.header("location")), (StatusCode::SEE_OTHER, "/query"));
    let missing = send(Method::POST, "/query", &FORM, "other=1").await;
    assert_eq!(missing.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_query_that_no_address_holds_is_answered_and_has_a_short_address() {
    let query = query_of(12 * 1024);
    let page = post("/query", &query).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("data-kind=\"iri\"") && page.body.contains("长长长"));
    assert!(page.body.contains("method=\"post\"><input type=\"hidden\" name=\"query\""));
    assert!(!page.body.contains("/sparql?query="), "a link that is refused as too long");
    assert!(page.body.contains("POST") && page.body.contains("8 KB"));
    let (_, rest) = page
        .body
        .split_once("<code id=\"short-address\">/q/")
        .unwrap_or_else(|| panic!("{}", page.body));
    let short = format!("/q/{}", rest.split('<').next().unwrap());
    let again = get(&short, "text/html").await;
    assert_eq!(again.status, StatusCode::OK);
    assert!(again.body.contains("data-kind=\"iri\""));
    assert!(again.body.contains(&format!("href=\"{short}?lang=en\"")), "the switch stays here");
}

#[tokio::test]
async fn a_query_that_is_too_long_for_a_short_address_says_so() {
    let page = post("/query", &query_of(20 * 1024)).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("data-kind=\"iri\"") && !page.body.contains("/q/"));
    assert!(page.body.contains("短网址只存 16 KB 以内的查询，这条有 20 KB"));
}

#[tokio::test]
async fn a_query_above_the_limit_comes_back_in_the_box_with_the_limit_in_figures() {
    let query = query_of(66 * 1024);
    let page = post("/query", &query).await;
    assert!(page.body.contains("查询语句有 66 KB，上限是 64 KB"), "{:.2000}", page.body);
    assert!(page.body.contains("the limit is 65536") && page.body.contains("长长长"));
}

#[tokio::test]
async fn why_there_is_no_answer_is_told_in_the_language_of_the_page() {
    let rules = [
        ("SELECT ?m { ?m zt:leadBy }", "可以是：", "expected one of"),
        ("SELECT ?m { ?m xx:leadBy ?o }", "前缀 xx: 没有声明", "the prefix xx: is not declared"),
        (
            "SELECT ?m { ?m zt:leadBy ?o . FILTER(<urn:f>(?o)) }",
            "没有的函数",
            "cannot be evaluated",
        ),
        ("SELECT * { SERVICE <http://e/x> { ?a ?b ?c } }", "SERVICE", "http://e/x"),
        (
            "PREFIX text: <http://jena.apache.org/text#> SELECT * { ?m text:query 5 }",
            "全文检索的写法不对",
            "text:query:",
        ),
    ];
    for (query, chinese, english) in rules {
        let page = ask(query, "zh").await.body;
        let (_, fault) = page.split_once("id=\"fault\"").unwrap_or_else(|| panic!("{query}"));
        let (told, exact) = fault.split_once("求值程序的原话").unwrap_or_else(|| panic!("{fault}"));
        assert!(told.contains(chinese), "{query}: {told}");
        assert!(exact.contains(english), "{query}: {exact}");
        let page = ask(query, "en").await.body;
        let (_, fault) = page.split_once("id=\"fault\"").unwrap();
        assert!(fault.contains(english) && !fault.contains("class=\"exact\""), "{query}: {fault}");
    }
}

#[tokio::test]
async fn programs_get_the_words_of_the_evaluator_and_editors_both() {
    let query = "SELECT ?m { ?m xx:leadBy ?o }";
    let headers = [("accept", "application/json"), ("accept-language", "zh-CN")];
    let address = format!("/sparql?query={}", escaped(query));
    let answer = send(Method::GET, &address, &headers, "").await.json();
    assert_eq!(answer["detail"], "the prefix xx: is not declared");
    let checked = get(&format!("/sparql/check?query={}", escaped(query)), "*/*").await.json();
    let note = &checked["errors"][0];
    assert_eq!(note["message"], "the prefix xx: is not declared");
    assert!(note["chinese"].as_str().unwrap().starts_with("前缀 xx: 没有声明"));
}

#[tokio::test]
async fn an_answer_without_rows_tells_which_names_the_data_do_not_have() {
    let page = ask("SELECT ?m { ?m zt:leadsBy ?who }", "zh").await.body;
    assert!(page.contains("没有符合的行") && page.contains("数据中没有 zt:leadsBy"), "{page}");
    assert!(page.contains("相近的有 <code>zt:leadBy</code>"), "{page}");
    let english = ask("ASK { ?m zt:leadsBy ?who }", "en").await.body;
    assert!(english.contains("zt:leadsBy is not in the graph"), "{english}");
    let found = ask("SELECT ?m { ?m zt:leadBy ?who OPTIONAL { ?m zt:leadsBy ?x } }", "zh").await;
    assert!(!found.body.contains("数据中没有"), "where rows are found nothing is told");
}

#[tokio::test]
async fn the_page_says_that_this_machine_has_no_budget() {
    let page = get("/query", "text/html").await.body;
    assert!(page.contains("不限计算时间的总量") && page.contains("每次查询最多运行 30 秒"));
}
