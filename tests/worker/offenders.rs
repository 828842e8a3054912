//! Offenders at a running service. Each is refused with its cause, within its limit and a second, while a
//! small query that is asked beside it all the time goes on being answered.

use crate::served::{Served, hang_up};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// The limit of each query here.
const LIMIT: Duration = Duration::from_secs(1);

/// What a machine that runs other tests at the same time may add: the service's clock wakes late then, and so
/// does the test's.
const SLACK: Duration = Duration::from_secs(4);

/// How long a small query may take on such a machine before it counts as not answered.
const PATIENCE: Duration = Duration::from_secs(10);

/// Between two small queries.
const PAUSE: Duration = Duration::from_millis(5);

/// Offenders at once.
const OFFENDERS: usize = 2;

/// `part` with `#` standing for 0, 1, … and `##` for the next number, joined.
fn numbered(count: usize, part: &str) -> String {
    (0..count)
        .map(|n| part.replace("##", &(n + 1).to_string()).replace('#', &n.to_string()))
        .collect()
}

fn nested(count: usize, open: &str, middle: &str, close: &str) -> String {
    format!("{}{middle}{}", open.repeat(count), close.repeat(count))
}

/// A name, a query, and the causes that it may be told.
type Offender = (&'static str, String, &'static [&'static str]);

/// Short queries that take for ever, or more memory than there is.
fn costly() -> Vec<Offender> {
    let (pair, triple) = ("?a ?b ?c . ?d ?e ?f", "?a ?b ?c . ?d ?e ?f . ?g ?h ?i");
    let count = |pattern: &str| format!("SELECT (COUNT(*) AS ?n) {{ {pattern} }}");
    let select =
        |what: &str, pattern: &str, after: &str| format!("SELECT {what} {{ {pattern} }} {after}");
    let texts = "?d <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#isString> ?t";
    let equal_rows = "(1 1) ".repeat(300);
    let tables = numbered(4, &format!("VALUES (?a# ?b#) {{ {equal_rows} }} "));
    let rows = numbered(1_500, "(# ##) ");
    let other_tables = format!("VALUES (?a ?b) {{ {rows} }} VALUES (?c ?d) {{ {rows} }}");
    let list = [
        ("sorting", select("*", pair, "ORDER BY ?c ?f")),
        ("sorting by chance", select("*", pair, "ORDER BY RAND() LIMIT 5")),
        ("distinct rows", select("DISTINCT *", triple, "OFFSET 900000000")),
        ("counting distinct", select("(COUNT(DISTINCT *) AS ?n)", triple, "")),
        ("a product", count(triple)),
        ("a product of tables", count(&tables)),
        ("large tables", count(&format!("{other_tables} ?s ?p ?o FILTER(?b * ?d = ?o)"))),
        ("options", count("?a ?b ?c OPTIONAL { ?d ?e ?f OPTIONAL { ?g ?h ?i } }")),
        ("a difference", count(&format!("{pair} MINUS {{ ?a ?e ?i . ?j ?k ?l }}"))),
        (
            "a negation",
            count("?a ?b ?c FILTER NOT EXISTS { ?d ?e ?f . ?g ?h ?i FILTER(?f = ?i && ?c = 0) }"),
        ),
        ("sub-queries", count(&numbered(5, "{ SELECT ?p ?o# { ?s# ?p ?o# } } "))),
        ("grouping", select("?c ?f ?i (COUNT(*) AS ?n)", triple, "GROUP BY ?c ?f ?i")),
        ("a long string", select("(GROUP_CONCAT(CONCAT(STR(?c), STR(?f))) AS ?x)", triple, "")),
        (
            "a string of whole texts",
            select("(GROUP_CONCAT(?t) AS ?x)", &format!("{texts} . ?a ?b ?c"), ""),
        ),
        (
            "a string in each group",
            select("?a (GROUP_CONCAT(STR(?f)) AS ?x)", pair, "GROUP BY ?a ORDER BY ?x"),
        ),
        (
            "a filter on strings",
            count(&format!("{triple} FILTER(REGEX(CONCAT(STR(?c), STR(?f)), '(a|aa)*never'))")),
        ),
        ("resources of a product", format!("DESCRIBE * {{ {triple} }}")),
        ("an open path", count("?s (<urn:p>|!<urn:p>)* ?o")),
        (
            "an open path both ways, sorted",
            select("*", "?s ((<urn:p>|!<urn:p>|^!<urn:p>)*)* ?o", "ORDER BY ?o"),
        ),
        ("two open paths", count("?a (!<urn:p>)* ?b . ?c (!<urn:p>)* ?d")),
    ];
    list.map(|(name, query)| (name, query, &["time", "memory", "size"][..])).to_vec()
}

/// Queries that are too large to be looked at, or to be planned.
fn large() -> Vec<Offender> {
    let doubling = numbered(30, "BIND(CONCAT(?x#, ?x#) AS ?x##) ");
    let replacing = numbered(20, "BIND(REPLACE(?x#, '.', '$0$0$0$0') AS ?x##) ");
    let filter = |expression: &str| format!("ASK {{ FILTER({expression}) }}");
    let select = |pattern: &str| format!("SELECT * {{ {pattern} }}");
    let list = [
        ("strings that double", select(&format!("BIND('苗圃' AS ?x0) {doubling}"))),
        ("strings that quadruple", select(&format!("BIND('苗圃' AS ?x0) {replacing}"))),
        ("groups in groups", select(&nested(1_000, "{", " ?s ?p ?o ", "}"))),
        ("options in options", select(&nested(1_000, "OPTIONAL { ?s ?p ?o ", "", "}"))),
        ("calls in calls", filter(&nested(500, "STR(", "1", ")"))),
        ("10,000 parentheses", filter(&nested(10_000, "(", "1", ")"))),
        ("2,000 parentheses side by side", filter(&format!("1{}", "+(1)".repeat(2_000)))),
        ("replacing in replacing", filter(&nested(30, "REPLACE(", "'a'", ", 'a', 'b')"))),
        ("2,000 branches", select(&format!("{{ ?s ?p 1 }}{}", " UNION { ?s ?p 1 }".repeat(2_000)))),
        ("a star of 1,000", select(&numbered(1_000, "?s ?p# ?o# . "))),
        ("a chain of 1,000", select(&numbered(1_000, "?s# ?p ?s## . "))),
        ("100 options", select(&format!("?s ?p ?o {}", numbered(100, "OPTIONAL { ?s ?p# ?o# } ")))),
        ("a long path", select(&format!("?s <urn:p>{} ?o", "/<urn:p>".repeat(1_000)))),
        ("a list of 100,000", filter(&format!("1 IN (0{})", numbered(100_000, ", #")))),
        ("a table of 100,000", select(&format!("VALUES ?o {{ {} }}", numbered(100_000, "# ")))),
        ("a megabyte that is no query", "(".repeat(1_000_000)),
    ];
    let mut list = list.map(|(name, query)| (name, query, &["size"][..])).to_vec();
    let mistake = select(&format!("{} ]", numbered(60, "?s ?p# ?o# . ")));
    list.push(("a mistake at the end of a long query", mistake, &["syntax"]));
    list
}

/// Asks a small query again and again until told to stop; how often it was answered, or what went wrong.
fn ask_small_ones(served: &Served, stop: &AtomicBool) -> Result<usize, String> {
    let mut answered = 0;
    while !stop.load(Ordering::Relaxed) {
        let reply = served.ask("SELECT (1 + 1 AS ?n) {}", PATIENCE).map_err(|e| e.to_string())?;
        if reply.status != 200 || !reply.is_whole || !reply.body.contains("\"2\"") {
            return Err(format!("after {answered}: {reply:?}"));
        }
        answered += 1;
        thread::sleep(PAUSE);
    }
    Ok(answered)
}

/// What is wrong with the reply to an offender, if anything.
fn fault(served: &Served, query: &str, causes: &[&str]) -> Option<String> {
    let asked = Instant::now();
    let reply = match served.ask(query, LIMIT + Duration::from_secs(1) + SLACK) {
        Ok(reply) => reply,
        Err(error) => return Some(format!("no reply in time: {error}")),
    };
    let elapsed = asked.elapsed();
    let problem: serde_json::Value = serde_json::from_str(&reply.body).unwrap_or_default();
    let cause = problem["cause"].as_str().unwrap_or("none");
    println!("{elapsed:>8.2?} {} {cause}: {:.70}", reply.status, query);
    let is_right = [400, 408, 413, 503].contains(&reply.status)
        && reply.head.contains("application/problem+json")
        && causes.contains(&cause)
        && problem["detail"].as_str().is_some_and(|detail| !detail.is_empty());
    (!is_right).then(|| format!("{} {cause}: {:.300}", reply.status, reply.body))
}

#[test]
fn every_offender_is_refused_with_its_cause_and_nobody_else_notices() {
    let served = Served::start(&["--timeout-ms", "1000", "--memory-mb", "256", "--workers", "2"]);
    let (stop, next) = (AtomicBool::new(false), AtomicUsize::new(0));
    let faults = Mutex::new(Vec::new());
    let list = [costly(), large()].concat();
    let answered = thread::scope(|scope| {
        let small = scope.spawn(|| ask_small_ones(&served, &stop));
        let offend = || {
            while let Some((name, query, causes)) = list.get(next.fetch_add(1, Ordering::Relaxed)) {
                let found = fault(&served, query, causes).map(|fault| format!("{name}: {fault}"));
                faults.lock().unwrap().extend(found);
            }
        };
        let threads: Vec<_> = (0..OFFENDERS).map(|_| scope.spawn(offend)).collect();
        for thread in threads {
            thread.join().unwrap();
        }
        stop.store(true, Ordering::Relaxed);
        small.join().unwrap()
    });
    let faults = faults.into_inner().unwrap();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let answered = answered.unwrap_or_else(|fault| panic!("a small query: {fault}"));
    println!("{answered} small queries were answered");
    assert!(answered > list.len(), "{answered} small queries");
}

#[test]
fn an_answer_that_has_begun_and_fails_breaks_the_connection() {
    // Time enough for the first bytes on a machine that has little of it.
    let served = Served::start(&["--timeout-ms", "4000", "--workers", "1"]);
    for query in [
        "SELECT * { ?a ?b ?c . ?d ?e ?f }",
        "CONSTRUCT { ?a ?b ?f . ?d ?e ?c } { ?a ?b ?c . ?d ?e ?f }",
    ] {
        let reply = served.ask(query, PATIENCE).unwrap();
        assert_eq!(reply.status, 200);
        assert!(!reply.is_whole && !reply.body.is_empty());
        // Neither the end of a result nor a word about the failure.
        let tail = reply.body.get(reply.body.len().saturating_sub(2_000)..).unwrap_or_default();
        assert!(!reply.body.ends_with("]}}") && !tail.contains("4000 ms"), "{tail}");
    }
}

#[test]
fn a_client_that_goes_away_ends_its_query() {
    let options = ["--timeout-ms", "600000", "--wait-ms", "30000", "--workers", "1"];
    let served = Served::start(&[&options[..], &["--workers-max", "1"]].concat());
    for silent_or_not in [
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
        "SELECT * { ?a ?b ?c . ?d ?e ?f }",
    ] {
        hang_up(&served.send(silent_or_not).unwrap());
        // The only worker is free for this one only if it was ended.
        let reply = served.ask("ASK {}", Duration::from_mins(1)).unwrap();
        assert_eq!((reply.status, reply.is_whole), (200, true), "{}", reply.body);
    }
}

#[test]
fn a_service_without_a_free_worker_says_when_to_come_again() {
    let options = ["--timeout-ms", "600000", "--wait-ms", "100", "--workers", "1"];
    let served = Served::start(&[&options[..], &["--workers-max", "1"]].concat());
    // A worker that has begun to answer and finds no reader is as busy as one that computes.
    let running = served.send("SELECT * { ?a ?b ?c . ?d ?e ?f }").unwrap();
    assert!(running.peek(&mut [0]).unwrap() > 0);
    let reply = served.ask("ASK {}", PATIENCE).unwrap();
    assert_eq!(reply.status, 503);
    assert!(reply.head.to_lowercase().contains("retry-after: 1"), "{}", reply.head);
    assert!(reply.body.contains("\"cause\":\"busy\""), "{}", reply.body);
}
