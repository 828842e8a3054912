//! One search asked in every way there is: as JSON, on the command line, in SPARQL and by the tools of language models. What they find is the same, in the same order.

use crate::served::{Served, read_reply};
use crate::{PROGRAM, releases};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::{Command, Output};
use std::time::Duration;

/// Hits that are asked for: more than any of the searches finds, and as many as tools give.
const HITS: usize = 50;

/// A search with what narrows it.
struct Sought {
    words: &'static str,
    mode: &'static str,
    kind: Option<&'static str>,
    within: Option<&'static str>,
    sort: &'static str,
}

const fn words(words: &'static str) -> Sought {
    Sought { words, mode: "smart", kind: None, within: None, sort: "relevance" }
}

const SOUGHT: [Sought; 12] = [
    words("养老托育"),
    words("市住建局 绿色建筑"),
    words("鲁政发[2024]1号"),
    words("百分之五十七"),
    words("部门:发改委 城镇化"),
    words("公租房"),
    words("航天飞机 城镇化 养老"),
    words("没有的词句"),
    Sought { mode: "exact", ..words("和服") },
    Sought { mode: "word", ..words("城镇化率") },
    Sought { kind: Some("measure"), sort: "deadline", ..words("建设") },
    Sought { within: Some("改造"), kind: Some("measure"), ..words("城市") },
];

/// What a way of asking found: how many in all, and the IRIs of the first in their order.
#[derive(Debug, PartialEq)]
struct Found {
    total: usize,
    iris: Vec<String>,
}

impl Found {
    fn in_json(answer: &Value) -> Self {
        let hits = answer["hits"].as_array().unwrap_or_else(|| panic!("{answer}"));
        let iris = hits.iter().map(|hit| hit["iri"].as_str().unwrap().to_owned()).collect();
        Self { total: usize::try_from(answer["total"].as_u64().unwrap()).unwrap(), iris }
    }
}

fn send(service: &Served, request: &str) -> String {
    let mut connection = TcpStream::connect(service.address).unwrap();
    connection.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
    connection.write_all(request.as_bytes()).unwrap();
    let mut bytes = Vec::new();
    connection.read_to_end(&mut bytes).unwrap();
    let reply = read_reply(&bytes).unwrap();
    assert_eq!(reply.status, 200, "{}", reply.body);
    reply.body
}

fn escaped(text: &str) -> String {
    text.bytes().fold(String::new(), |escaped, byte| escaped + &format!("%{byte:02X}"))
}

fn as_json(service: &Served, sought: &Sought) -> Value {
    let mut query = format!(
        "q={}&mode={}&sort={}&size={HITS}",
        escaped(sought.words),
        sought.mode,
        sought.sort
    );
    query += &sought.kind.map(|kind| format!("&kind={kind}")).unwrap_or_default();
    query += &sought.within.map(|words| format!("&within={}", escaped(words))).unwrap_or_default();
    let head = "Host: localhost\r\nConnection: close\r\nAccept: */*";
    let body = send(service, &format!("GET /search.json?{query} HTTP/1.1\r\n{head}\r\n\r\n"));
    serde_json::from_str(&body).unwrap()
}

fn on_the_command_line(sought: &Sought) -> Value {
    let hits = HITS.to_string();
    let mut arguments = vec!["search", sought.words, "--json", "--hits-max", &hits];
    arguments.extend(["--mode", sought.mode, "--sort", sought.sort]);
    arguments.extend(sought.kind.into_iter().flat_map(|kind| ["--kind", kind]));
    arguments.extend(sought.within.into_iter().flat_map(|words| ["--within", words]));
    let done = zhengtu(&arguments);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    serde_json::from_slice(&done.stdout).unwrap()
}

fn zhengtu(arguments: &[&str]) -> Output {
    Command::new(PROGRAM).args(arguments).env("ZHENGTU_RELEASES", releases()).output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn by_tool(service: &Served, sought: &Sought) -> Value {
    let mut arguments = json!({
        "words": sought.words, "mode": sought.mode, "sort": sought.sort, "limit": HITS, "facets": true,
    });
    if let Some(kind) = sought.kind {
        arguments["kinds"] = json!([kind]);
    }
    if let Some(words) = sought.within {
        arguments["within"] = json!([words]);
    }
    let call = json!({
        "jsonrpc": "2.0", "id": 1, "method": "tools/call",
        "params": { "name": "search", "arguments": arguments },
    });
    let call = call.to_string();
    let head = format!(
        "Host: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
         Accept: application/json, text/event-stream\r\nMCP-Protocol-Version: 2025-06-18",
        call.len()
    );
    let body = send(service, &format!("POST /mcp HTTP/1.1\r\n{head}\r\n\r\n{call}"));
    let told: Value = serde_json::from_str(&body).unwrap();
    told["result"]["structuredContent"].clone()
}

/// The same in SPARQL, which narrows by patterns of its own.
fn in_sparql(service: &Served, sought: &Sought) -> Found {
    let block = format!(
        "SERVICE text:search {{ ?s text:words \"{}\" ; text:mode \"smart\" ; text:score ?score ; text:total ?total }}",
        sought.words
    );
    let reply = service
        .ask(
            &format!("SELECT ?s ?total {{ {block} }} ORDER BY DESC(?score)"),
            Duration::from_mins(1),
        )
        .unwrap();
    assert_eq!(reply.status, 200, "{}", reply.body);
    let answer: Value = serde_json::from_str(&reply.body).unwrap();
    let rows = answer["results"]["bindings"].as_array().unwrap();
    let total =
        rows.first().map_or(0, |row| row["total"]["value"].as_str().unwrap().parse().unwrap());
    let iris = rows.iter().take(HITS).map(|row| row["s"]["value"].as_str().unwrap().to_owned());
    Found { total, iris: iris.collect() }
}

#[test]
fn every_way_of_asking_finds_the_same_in_the_same_order() {
    let service = Served::start(&[]);
    for sought in &SOUGHT {
        let words = sought.words;
        let json = as_json(&service, sought);
        let found = Found::in_json(&json);
        let line = on_the_command_line(sought);
        assert_eq!(line, json, "{words}");
        let tool = by_tool(&service, sought);
        assert_eq!(Found::in_json(&tool), found, "{words}");
        for name in ["relaxed", "facets"] {
            assert_eq!(tool[name], json[name], "{name} of {words}");
        }
        assert_eq!(tool["did_you_mean"], json["didYouMean"], "{words}");
        let narrows = sought.kind.is_some() || sought.within.is_some();
        if sought.mode == "smart" && !narrows {
            let Found { total, mut iris } = in_sparql(&service, sought);
            let mut expected = found.iris;
            assert_eq!(total, found.total, "{words}");
            // Hits of one score have no order in SPARQL.
            iris.sort_unstable();
            expected.sort_unstable();
            assert_eq!(iris, expected, "{words}");
        }
    }
}

#[test]
fn a_search_is_narrowed_by_options_and_a_wrong_one_is_told_what_there_is() {
    let narrowed = stdout(&zhengtu(&[
        "search",
        "城市",
        "--kind",
        "measure",
        "--within",
        "海绵",
        "--filter",
        "series=菏政发",
    ]));
    assert!(narrowed.lines().next().unwrap().starts_with("measure\t"), "{narrowed}");
    for (arguments, told) in [
        (["search", "城市", "--filter=moon=1"], "there is no axis moon"),
        (["search", "城市", "--filter=moon"], "expected AXIS=VALUE"),
        (["search", "城市", "--mode=wild"], "smart, exact, word"),
    ] {
        let output = zhengtu(&arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(message.contains(told), "{message}");
    }
}

#[test]
fn what_is_like_a_measure_is_printed_with_iris() {
    let iri = "https://w3id.org/zhengtu/measure/菏政发〔2024〕11号.10";
    let printed = stdout(&zhengtu(&["related", iri]));
    assert!(printed.starts_with("similar:\nmeasure\t"), "{printed}");
    assert!(!printed.contains(&format!("{iri}\n")), "{printed}");
    let output = zhengtu(&["related", "https://example.org/"]);
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("is nothing that is searched"));
}
