//! The tools of language models over HTTP: what they list, what they answer with which words of the source, and what they refuse.

use super::site::{Answer, send};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};

const MEASURE: &str = "https://w3id.org/zhengtu/measure/菏政发〔2024〕11号.10";

async fn post(body: &Value) -> Answer {
    let request = Request::post("/mcp")
        .header(header::HOST, "localhost")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::ACCEPT, "application/json, text/event-stream")
        .header("mcp-protocol-version", "2025-06-18")
        .body(Body::from(body.to_string()));
    send(request.unwrap()).await
}

async fn ask(method: &str, params: Value) -> Value {
    let answer =
        post(&json!({ "jsonrpc": "2.0", "id": 7, "method": method, "params": params })).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let told: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(told["id"], 7, "{told}");
    told
}

/// What a tool answered, with whether it is an error; the text says the same as the structure.
async fn call(name: &str, arguments: Value) -> (Value, bool) {
    let told = ask("tools/call", json!({ "name": name, "arguments": arguments })).await;
    let result = &told["result"];
    let text = result["content"][0]["text"].as_str().unwrap_or_else(|| panic!("{told}"));
    let structured = result["structuredContent"].clone();
    assert_eq!(serde_json::from_str::<Value>(text).unwrap(), structured);
    (structured, result["isError"] == true)
}

async fn answer(name: &str, arguments: Value) -> Value {
    let (answer, is_error) = call(name, arguments).await;
    assert!(!is_error, "{answer}");
    assert!(answer["release"].is_string() && answer["iris"].is_array(), "{answer}");
    answer
}

async fn wrong(name: &str, arguments: Value) -> Value {
    let (told, is_error) = call(name, arguments).await;
    assert!(is_error, "{told}");
    told
}

fn strings(values: &Value) -> Vec<&str> {
    values.as_array().unwrap().iter().map(|value| value.as_str().unwrap()).collect()
}

/// Every quote stands in the text of the notice at the place that it names.
fn assert_quoted(answer: &Value) {
    let source = std::fs::read_to_string("data/documents/heze-2024-11.txt").unwrap();
    let source: Vec<char> = source.chars().collect();
    let quotes = answer["quotes"].as_array().unwrap();
    assert!(!quotes.is_empty(), "{answer}");
    for quote in quotes {
        let place = |name: &str| usize::try_from(quote[name].as_u64().unwrap()).unwrap();
        let words: String = source[place("start")..place("end")].iter().collect();
        assert_eq!(words, quote["quote"], "{quote}");
    }
}

#[tokio::test]
async fn a_client_is_told_who_answers_and_which_tools_there_are() {
    let hello = json!({
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": { "name": "invented", "version": "1" },
    });
    let told = ask("initialize", hello).await;
    assert_eq!(told["result"]["serverInfo"]["name"], "zhengtu");
    assert!(told["result"]["instructions"].as_str().unwrap().contains("quotes"));
    let told = ask("tools/list", json!({})).await;
    let tools = told["result"]["tools"].as_array().unwrap();
    let names: Vec<&str> = tools.iter().map(|tool| tool["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["search", "suggest", "related", "resource", "schema", "examples", "query"]);
    for tool in tools {
        assert_eq!(tool["annotations"]["readOnlyHint"], true);
        assert_eq!(tool["inputSchema"]["additionalProperties"], false);
    }
}

#[tokio::test]
async fn words_find_measures_with_the_words_of_the_source() {
    let found = answer("search", json!({ "words": "绿色建筑", "kinds": ["measure"] })).await;
    let hit = &found["hits"][0];
    assert_eq!((hit["iri"].as_str(), hit["kind"].as_str()), (Some(MEASURE), Some("measure")));
    assert!(hit["document"]["iri"].as_str().unwrap().contains("/document/"));
    assert!(strings(&found["iris"]).contains(&MEASURE));
    assert_quoted(&found);
    let one = answer("search", json!({ "words": "城镇化", "limit": 1 })).await;
    assert_eq!(one["hits"].as_array().unwrap().len(), 1);
    assert!(one["total"].as_u64().unwrap() > 1);
}

#[tokio::test]
async fn a_search_is_narrowed_told_why_and_offers_what_was_meant() {
    let found = answer(
        "search",
        json!({ "words": "城市", "within": ["海绵"], "kinds": ["measure"], "filters": { "series": ["菏政发"] }, "facets": true }),
    )
    .await;
    assert!(found["total"].as_u64().unwrap() > 0);
    assert!(found["facets"].as_array().unwrap().iter().any(|facet| facet["name"] == "series"));
    assert_eq!(found["hits"][0]["reasons"][0]["asked"], "城市");
    let found = answer("search", json!({ "words": "城镇化律" })).await;
    assert_eq!(found["did_you_mean"], "城镇化率");
    for (arguments, told) in [
        (
            json!({ "words": "城市", "mode": "wild" }),
            "there is no mode wild; there are smart, exact, word",
        ),
        (json!({ "words": "城市", "filters": { "moon": ["一"] } }), "there is no filter moon"),
        (json!({ "words": "城市", "offset": 10_001 }), "`offset` is at most 10000"),
    ] {
        let message = wrong("search", arguments).await["message"].as_str().unwrap().to_owned();
        assert!(message.starts_with(told), "{message}");
    }
}

#[tokio::test]
async fn names_are_suggested_and_what_is_like_a_measure_is_told() {
    let told = answer("suggest", json!({ "text": "czh", "limit": 3 })).await;
    assert!(
        told["suggestions"]
            .as_array()
            .unwrap()
            .iter()
            .any(|one| one["text"].as_str().unwrap().contains("城镇化")),
        "{told}"
    );
    let told = answer("related", json!({ "resource": "measure:菏政发〔2024〕11号.10" })).await;
    assert!(!told["similar"].as_array().unwrap().is_empty());
    assert_quoted(&told);
    let told = wrong("related", json!({ "resource": "measure:没有" })).await;
    assert_eq!(told["cause"], "unknown");
}

#[tokio::test]
async fn a_resource_is_told_whole_by_iri_path_or_prefixed_name() {
    let [path, prefixed] = ["measure/菏政发〔2024〕11号.10", "measure:菏政发〔2024〕11号.10"];
    let told = answer("resource", json!({ "resource": MEASURE })).await;
    assert_eq!(told["labels"]["zh"], "建设绿色低碳城市");
    assert_quoted(&told);
    let leads = told["statements"].as_array().unwrap().iter();
    assert_eq!(leads.filter(|statement| statement["property"] == "zt:leadBy").count(), 4);
    for name in [path, prefixed] {
        assert_eq!(answer("resource", json!({ "resource": name })).await, told, "{name}");
    }
}

#[tokio::test]
async fn a_name_that_nothing_bears_is_answered_with_what_is_like_it() {
    let told = wrong("resource", json!({ "resource": "measure/绿色建筑" })).await;
    assert_eq!(told["cause"], "unknown");
    let nearest = told["nearest"].as_array().unwrap();
    assert!(nearest.iter().any(|one| one["iri"] == MEASURE), "{told}");
}

#[tokio::test]
async fn the_schema_counts_classes_and_says_of_what_kind_values_are() {
    let all = answer("schema", json!({})).await;
    let find = |list: &Value, name: &str| {
        list.as_array().unwrap().iter().find(|one| one["name"] == name).cloned().unwrap()
    };
    let measure = find(&all["classes"], "zt:Measure");
    assert_eq!((&measure["members"], &measure["labels"]["zh"]), (&18.into(), &"措施".into()));
    assert_eq!(all["prefixes"]["zt"], "https://w3id.org/zhengtu/ontology#");
    let of_measures = answer("schema", json!({ "class": "zt:Measure" })).await;
    let lead = find(&of_measures["properties"], "zt:leadBy");
    assert_eq!(lead["valueClasses"]["zt:Organization"], lead["triples"]);
    let heading = find(&of_measures["properties"], "zt:heading");
    assert!(heading["datatypes"]["xsd:string"].is_u64(), "{heading}");
    let told = wrong("schema", json!({ "class": "zt:Mesure" })).await;
    assert!(strings(&told["classes"]).contains(&"zt:Measure"));
}

#[tokio::test]
async fn every_example_is_a_query_that_has_an_answer() {
    let told = answer("examples", json!({ "limit": 100 })).await;
    let examples = told["examples"].as_array().unwrap();
    assert_eq!(told["total"], examples.len());
    for example in examples {
        let (zh, en) = (&example["question"]["zh"], &example["question"]["en"]);
        assert!(zh.is_string() && en.is_string(), "{example}");
        answer("query", json!({ "query": example["query"], "limit": 5 })).await;
    }
    let some = answer("examples", json!({ "words": "牵头" })).await;
    assert!(some["total"].as_u64() < told["total"].as_u64());
}

#[tokio::test]
async fn a_query_gives_rows_with_the_words_that_say_so() {
    let query = "SELECT ?target ?text { measure:菏政发〔2024〕11号.10 zt:hasTarget ?target . ?target zt:valueText ?text }";
    let told = answer("query", json!({ "query": query })).await;
    assert_eq!(strings(&told["variables"]), ["target", "text"]);
    let rows = told["rows"].as_array().unwrap();
    assert!(rows.len() > 5 && rows.iter().all(|row| row["target"]["iri"].is_string()), "{told}");
    assert_eq!((&told["cut"], &told["note"]), (&false.into(), &Value::Null));
    assert!(strings(&told["iris"]).contains(&MEASURE), "the query names it");
    assert_quoted(&told);
}

#[tokio::test]
async fn an_answer_is_cut_after_the_rows_wanted_and_says_so() {
    for (query, name) in [
        ("SELECT ?s ?p ?o { ?s ?p ?o }", "rows"),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "statements"),
    ] {
        for (arguments, count) in
            [(json!({ "query": query }), 200), (json!({ "query": query, "limit": 3 }), 3)]
        {
            let told = answer("query", arguments).await;
            assert_eq!(told[name].as_array().unwrap().len(), count, "{query}");
            assert_eq!(told["cut"], true);
            assert!(told["note"].as_str().unwrap().contains("LIMIT"));
            assert!(told.to_string().len() < 300_000);
        }
    }
    let asked = answer("query", json!({ "query": "ASK { ?m a zt:Measure }" })).await;
    assert_eq!((&asked["form"], &asked["boolean"]), (&"ASK".into(), &true.into()));
}

#[tokio::test]
async fn a_query_with_a_mistake_is_refused_with_its_place_and_the_nearest_names() {
    let told = wrong("query", json!({ "query": "SELECT * {\n ?m zz:leadBy ?who }" })).await;
    assert_eq!(
        (&told["cause"], &told["line"], &told["column"]),
        (&"syntax".into(), &2.into(), &5.into())
    );
    assert!(told["errors"][0]["nearest"].is_array());
    let told = answer("query", json!({ "query": "SELECT * { ?m zt:leadsBy ?who }" })).await;
    assert_eq!(told["warnings"][0]["nearest"][0], "zt:leadBy");
    for (query, cause) in [
        ("CLEAR ALL", "update"),
        ("SELECT * { SERVICE <https://example.org/> { ?s ?p ?o } }", "service"),
    ] {
        assert_eq!(wrong("query", json!({ "query": query })).await["cause"], cause, "{query}");
    }
    let deep = format!("SELECT * {}{}", "{".repeat(100), "}".repeat(100));
    assert_eq!(wrong("query", json!({ "query": deep })).await["cause"], "size");
}

#[tokio::test]
async fn wrong_arguments_are_named_and_a_wrong_tool_is_an_error_of_the_protocol() {
    for (tool, arguments, named) in [
        ("search", json!({}), "words"),
        ("search", json!({ "words": "绿化", "kinds": ["law"] }), "law"),
        ("search", json!({ "words": "绿化", "limit": 0 }), "limit"),
        ("search", json!({ "words": "绿".repeat(301) }), "words"),
        ("query", json!({ "query": 7 }), "string"),
        ("query", json!({ "query": "ASK {}", "limits": 7 }), "limits"),
        ("resource", json!({ "iri": MEASURE }), "iri"),
    ] {
        let told = wrong(tool, arguments).await;
        assert_eq!(told["cause"], "arguments");
        assert!(told["message"].as_str().unwrap().contains(named), "{told}");
    }
    let told = ask("tools/call", json!({ "name": "delete", "arguments": {} })).await;
    assert_eq!(told["error"]["code"], -32602);
    assert!(told["error"]["message"].as_str().unwrap().contains("search"));
}

#[tokio::test]
async fn what_is_no_call_is_refused_by_the_protocol() {
    let get = Request::get("/mcp")
        .header(header::HOST, "localhost")
        .header(header::ACCEPT, "text/event-stream");
    let answer = send(get.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    let long = json!({ "jsonrpc": "2.0", "id": 1, "method": "ping", "params": { "x": "x".repeat(1 << 20) } });
    assert_eq!(post(&long).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let request = Request::post("/mcp")
        .header(header::HOST, "localhost")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::ACCEPT, "application/json, text/event-stream");
    let answer = send(request.body(Body::from("{")).unwrap()).await;
    assert!(answer.status.is_client_error(), "{}", answer.status);
}
