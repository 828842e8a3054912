//! Long exports: as jobs over a pool of one worker, and over HTTP from the order to the file.

use crate::served::{Reply, Served, read_reply};
use crate::{one_worker, pool, question};
use serde_json::Value;
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use zhengtu::jobs::{JobFile, JobOptions, Jobs, NotTaken, Order, Report, State};
use zhengtu::worker::Evaluator;

/// An answer of some length.
const ALL: &str = "SELECT ?s ?p (LANG(?o) AS ?l) { ?s ?p ?o }";

/// One that nobody waits for.
const ENDLESS: &str = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }";

fn options(dir: Option<&Path>) -> JobOptions {
    JobOptions {
        dir: dir.map(Path::to_owned),
        running_max: 1,
        waiting_max: 2,
        client_max: 2,
        client_kept_max: 4,
        answer_bytes_max: 64 << 20,
        bytes_max: 128 << 20,
        keep_s: 600,
    }
}

fn order(evaluator: &Evaluator, text: &str, client: Option<u128>) -> Order {
    Order {
        question: question(text),
        evaluator: evaluator.clone(),
        release: "invented".to_owned(),
        client,
        begun: Box::new(|| {}),
        held: Arc::new(()),
    }
}

/// The report when `is_there` holds of it.
async fn until(jobs: &Jobs, id: &str, is_there: impl Fn(&Report) -> bool) -> Report {
    loop {
        let report = jobs.report(id).unwrap();
        if is_there(&report) {
            return report;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

async fn ended(jobs: &Jobs, id: &str) -> Report {
    until(jobs, id, |report| report.state.is_final()).await
}

/// Names of the files in a folder but the lock.
fn files(dir: &Path) -> Vec<String> {
    let names = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
    names.retain(|name| name != ".lock");
    names.sort();
    names
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_written_whole_and_is_there_for_the_next_service() {
    let (dir, evaluator) = (tempfile::tempdir().unwrap(), pool(one_worker()).await);
    let jobs = Jobs::open(options(Some(dir.path()))).unwrap();
    let id = jobs.submit(order(&evaluator, ALL, None)).unwrap().id;
    let report = ended(&jobs, &id).await;
    assert_eq!((report.state, report.detail.as_deref()), (State::Done, None));
    let wanted = crate::answer(&evaluator, ALL).await;
    let JobFile { path, media_type, extension, .. } = jobs.result(&id).unwrap();
    assert!(fs::read_to_string(path).unwrap() == wanted);
    assert_eq!((media_type.as_str(), extension.as_str()), ("text/csv", "csv"));
    assert_eq!(report.bytes, wanted.len() as u64);
    assert!(report.rows.is_some_and(|rows| rows > 1_000), "{report:?}");
    drop(jobs);
    let again = Jobs::open(options(Some(dir.path()))).unwrap();
    assert_eq!(again.report(&id).unwrap(), report);
    assert_eq!(again.counts().bytes, report.bytes);
}

#[tokio::test(flavor = "multi_thread")]
async fn jobs_wait_for_their_turn_and_one_that_is_removed_leaves_nothing() {
    let (dir, evaluator) = (tempfile::tempdir().unwrap(), pool(one_worker()).await);
    let jobs = Jobs::open(options(Some(dir.path()))).unwrap();
    let first = jobs.submit(order(&evaluator, ENDLESS, None)).unwrap().id;
    let second = jobs.submit(order(&evaluator, ALL, None)).unwrap();
    assert_eq!((second.state, second.ahead), (State::Waiting, 1));
    until(&jobs, &first, |report| report.bytes > 0).await;
    assert_eq!(jobs.report(&second.id).unwrap().state, State::Waiting);
    assert!(jobs.remove(&first));
    assert_eq!(ended(&jobs, &second.id).await.state, State::Done);
    assert!(jobs.report(&first).is_none() && !jobs.remove(&first));
    let own = |kind: &str| format!("{}.{kind}", second.id);
    assert_eq!(files(dir.path()), [own("json"), own("result")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_has_so_many_jobs_and_all_together_so_many() {
    let evaluator = pool(one_worker()).await;
    let jobs = Jobs::open(options(None)).unwrap();
    for _ in 0..2 {
        jobs.submit(order(&evaluator, ENDLESS, Some(7))).unwrap();
    }
    let refused = jobs.submit(order(&evaluator, ALL, Some(7))).unwrap_err();
    assert!(matches!(refused, NotTaken::ClientHasEnough), "{refused}");
    let other = jobs.submit(order(&evaluator, ALL, Some(8))).unwrap().id;
    let refused = jobs.submit(order(&evaluator, ALL, Some(9))).unwrap_err();
    assert!(matches!(refused, NotTaken::TooManyWait), "{refused}");
    assert!(jobs.remove(&other));
    assert!(jobs.submit(order(&evaluator, ALL, Some(9))).is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_past_its_bound_fails_and_gives_its_room_back() {
    let (dir, evaluator) = (tempfile::tempdir().unwrap(), pool(one_worker()).await);
    let bound = JobOptions { answer_bytes_max: 50_000, ..options(Some(dir.path())) };
    let jobs = Jobs::open(bound).unwrap();
    let id = jobs.submit(order(&evaluator, ALL, None)).unwrap().id;
    let report = ended(&jobs, &id).await;
    assert_eq!((report.state, report.cause.as_deref()), (State::Failed, Some("size")));
    assert!(jobs.result(&id).is_none());
    assert_eq!((files(dir.path()), jobs.counts().bytes), (vec![format!("{id}.json")], 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn when_all_room_is_taken_it_is_said_when_some_is_free() {
    let evaluator = pool(one_worker()).await;
    let jobs = Jobs::open(JobOptions { bytes_max: 100_000, ..options(None) }).unwrap();
    let first =
        jobs.submit(order(&evaluator, "SELECT ?s { ?s ?p ?o } LIMIT 1500", Some(1))).unwrap();
    assert_eq!(ended(&jobs, &first.id).await.state, State::Done);
    let second = jobs.submit(order(&evaluator, ALL, Some(2))).unwrap();
    let report = ended(&jobs, &second.id).await;
    assert_eq!((report.state, report.cause.as_deref()), (State::Failed, Some("size")));
    let full = Jobs::open(JobOptions { bytes_max: 0, ..options(None) }).unwrap();
    let refused = full.submit(order(&evaluator, ALL, None)).unwrap_err();
    assert!(matches!(refused, NotTaken::NoRoom { room_after_s: 600 }), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_expired_is_gone() {
    let (dir, evaluator) = (tempfile::tempdir().unwrap(), pool(one_worker()).await);
    let jobs = Jobs::open(JobOptions { keep_s: 0, ..options(Some(dir.path())) }).unwrap();
    let id = jobs.submit(order(&evaluator, "ASK {}", None)).unwrap().id;
    while jobs.report(&id).is_some() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!(jobs.counts().bytes, 0);
    assert!(!files(dir.path()).contains(&format!("{id}.result")));
}

/// Sends a request over a connection of its own.
fn send(served: &Served, head: &str, body: &str) -> Reply {
    let mut connection = TcpStream::connect(served.address).unwrap();
    let length = body.len();
    write!(
        connection,
        "{head}\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
    )
    .unwrap();
    let mut bytes = Vec::new();
    connection.read_to_end(&mut bytes).unwrap();
    read_reply(&bytes).unwrap()
}

fn post(served: &Served, query: &str, more: &str) -> Reply {
    let head =
        format!("POST /jobs HTTP/1.1\r\nContent-Type: application/sparql-query\r\nAccept: {more}");
    send(served, &head, query)
}

fn get(served: &Served, path: &str, more: &str) -> Reply {
    send(served, &format!("GET {path} HTTP/1.1\r\nAccept: */*{more}"), "")
}

fn header<'r>(reply: &'r Reply, name: &str) -> &'r str {
    let lines = reply.head.lines().filter_map(|line| line.split_once(": "));
    lines.into_iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value)
}

/// The last report of an order.
fn finished(served: &Served, ordered: &Reply) -> Value {
    assert_eq!(ordered.status, 202, "{ordered:?}");
    loop {
        let reply = get(served, header(ordered, "location"), "");
        let report: Value = serde_json::from_str(&reply.body).unwrap();
        if ["done", "failed"].contains(&report["state"].as_str().unwrap()) {
            return report;
        }
        assert_eq!(header(&reply, "retry-after"), "2");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_long_export_is_ordered_fetched_in_parts_and_removed() {
    let served = Served::start(&[]);
    let ordered = post(&served, ALL, "text/csv");
    let report = finished(&served, &ordered);
    assert_eq!(report["state"], "done", "{report}");
    let address = report["result"].as_str().unwrap();
    let whole = get(&served, address, "\r\nAccept-Encoding: gzip");
    assert_eq!((whole.status, header(&whole, "content-type")), (200, "text/csv; charset=utf-8"));
    assert_eq!(whole.body.len() as u64, report["bytes"].as_u64().unwrap());
    assert_eq!(whole.body.lines().count() as u64, report["rows"].as_u64().unwrap() + 1);
    let tag = header(&whole, "etag");
    assert_eq!(tag, format!("\"{}\"", report["sha256"].as_str().unwrap()));
    let begin = get(&served, address, "\r\nRange: bytes=0-999");
    let rest = get(&served, address, &format!("\r\nRange: bytes=1000-\r\nIf-Range: {tag}"));
    assert_eq!((begin.status, rest.status), (206, 206));
    assert!(begin.head.contains("bytes 0-999/") && rest.head.contains("bytes 1000-"));
    // A character may lie across the border, which text shows as replaced.
    let length = |reply: &Reply| header(reply, "content-length").parse::<usize>().unwrap();
    assert_eq!(length(&begin) + length(&rest), whole.body.len());
    let other = get(&served, address, "\r\nRange: bytes=1000-\r\nIf-Range: \"other\"");
    assert_eq!((other.status, other.body.len()), (200, whole.body.len()));
    assert_eq!(get(&served, address, &format!("\r\nIf-Match: {tag}")).status, 200);
    assert_eq!(get(&served, address, "\r\nIf-Match: \"other\"").status, 412);
    assert_eq!(get(&served, address, "\r\nRange: bytes=999999999-").status, 416);
    assert_eq!(get(&served, address, &format!("\r\nIf-None-Match: {tag}")).status, 304);
    let head = send(&served, &format!("HEAD {address} HTTP/1.1"), "");
    assert_eq!(header(&head, "content-length"), whole.body.len().to_string());
    let job = header(&ordered, "location");
    assert_eq!(send(&served, &format!("DELETE {job} HTTP/1.1"), "").status, 204);
    assert_eq!((get(&served, job, "").status, get(&served, address, "").status), (404, 404));
}

#[test]
fn what_can_be_no_job_is_refused_at_once_and_what_fails_says_why() {
    let served = Served::start(&["--job-timeout-s", "1"]);
    let wrong = post(&served, "SELECT ?s { ?s ?p", "text/csv");
    assert_eq!(wrong.status, 400);
    assert!(wrong.body.contains("\"line\":1") && wrong.body.contains("syntax"), "{wrong:?}");
    assert_eq!(post(&served, "ASK {}", "image/png").status, 406);
    assert_eq!(post(&served, "ASK {}", "text/turtle").status, 406);
    for (query, status) in [
        ("INSERT DATA { <e:a> <e:b> <e:c> }", 403),
        ("SELECT * { SERVICE <http://e/x> { ?s ?p ?o } }", 403),
        (&format!("ASK {}{}", "{".repeat(200), "}".repeat(200)), 413),
    ] {
        assert_eq!(post(&served, query, "*/*").status, status, "{query}");
    }
    assert_eq!(get(&served, "/jobs", "").status, 405);
    assert_eq!(get(&served, "/jobs/0123", "").status, 404);
    let ordered = post(&served, ENDLESS, "text/csv");
    let unfinished = get(&served, &format!("{}/result", header(&ordered, "location")), "");
    assert_eq!((unfinished.status, header(&unfinished, "retry-after")), (409, "2"));
    let report = finished(&served, &ordered);
    assert_eq!((&report["state"], &report["cause"]), (&"failed".into(), &"time".into()));
    let none = get(&served, &format!("{}/result", header(&ordered, "location")), "");
    assert_eq!(none.status, 409);
    assert!(none.body.contains(report["detail"].as_str().unwrap()), "{none:?}");
    let metrics = get(&served, "/metrics", "").body;
    assert!(metrics.contains("zhengtu_jobs{state=\"failed\"} 1\n"), "{metrics}");
}

#[test]
fn a_service_without_jobs_says_so() {
    let served = Served::start(&["--jobs-max", "0"]);
    let refused = post(&served, ALL, "text/csv");
    assert_eq!(refused.status, 501);
    assert!(refused.body.contains("/dump/"), "{refused:?}");
}

#[test]
fn a_client_past_its_share_is_told_when_to_come_back() {
    let options = ["--trust-forwarded", "1", "--client-jobs-max", "1", "--client-queries-max", "1"];
    let served = Served::start(&options);
    let from = |host: u8| format!("text/csv\r\nX-Forwarded-For: 203.0.113.{host}");
    assert_eq!(post(&served, ENDLESS, &from(1)).status, 202);
    let refused = post(&served, ENDLESS, &from(1));
    assert_eq!((refused.status, header(&refused, "retry-after")), (429, "2"));
    assert!(refused.body.contains("\"cause\":\"jobs\""), "{refused:?}");
    assert_eq!(post(&served, ENDLESS, &from(2)).status, 202, "another client");
    // A query whose answer nobody reads to its end runs on.
    let ask = |host: u8| {
        let mut connection = TcpStream::connect(served.address).unwrap();
        let query =
            "q=1&query=SELECT%20*%20%7B%20%3Fa%20%3Fb%20%3Fc%20.%20%3Fd%20%3Fe%20%3Ff%20%7D";
        write!(
            connection,
            "GET /sparql?{query} HTTP/1.1\r\nHost: localhost\r\nAccept: text/csv\r\n\
             X-Forwarded-For: 203.0.113.{host}\r\n\r\n"
        )
        .unwrap();
        let mut head = [0; 12];
        connection.read_exact(&mut head).unwrap();
        (connection, String::from_utf8_lossy(&head[9..]).into_owned())
    };
    let (_running, first) = ask(3);
    let (mut second, status) = ask(3);
    assert_eq!((first.as_str(), status.as_str()), ("200", "429"));
    let mut rest = [0; 2_000];
    let length = second.read(&mut rest).unwrap();
    let rest = String::from_utf8_lossy(&rest[..length]).to_lowercase();
    assert!(rest.contains("retry-after: 1") && rest.contains("ratelimit-policy:"), "{rest}");
    assert_eq!(ask(4).1, "200", "another client");
}

#[test]
fn a_tool_asks_on_the_account_of_who_called_it() {
    let served = Served::start(&["--trust-forwarded", "1"]);
    let call = r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"query","arguments":{"query":"ASK {}"}}}"#;
    let head = "POST /mcp HTTP/1.1\r\nContent-Type: application/json\r\n\
         Accept: application/json, text/event-stream\r\nX-Forwarded-For: 203.0.113.9";
    let answer = send(&served, head, call);
    assert_eq!(answer.status, 200, "{answer:?}");
    assert!(header(&answer, "ratelimit-policy").contains("evaluation"), "{answer:?}");
}

#[test]
fn the_time_of_a_job_is_paid_for_by_its_client() {
    let budget = ["--trust-forwarded", "1", "--budget-s", "1", "--burst-s", "1"];
    let served = Served::start(&[&budget[..], &["--job-timeout-s", "3"]].concat());
    let from = |host: u8| format!("text/csv\r\nX-Forwarded-For: 203.0.113.{host}");
    let ordered = post(&served, ENDLESS, &from(1));
    assert_eq!(finished(&served, &ordered)["cause"], "time");
    let refused = post(&served, "ASK {}", &from(1));
    assert_eq!(refused.status, 429, "{refused:?}");
    assert!(refused.body.contains("\"cause\":\"budget\""), "{refused:?}");
    assert_eq!(post(&served, "ASK {}", &from(2)).status, 202, "another client");
}
