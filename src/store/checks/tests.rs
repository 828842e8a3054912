//! Queries that bring other servers down. Each must come back with an answer or with an error that
//! says why there is none, and the endpoint must answer the next one.

use super::super::{
    AnswerFormat, DatasetChoice, Endpoint, EndpointOptions, Limits, Literals, QueryError, Store,
    TextHits, TextQuery, TextSearch,
};
use oxigraph::model::{GraphName, Literal, NamedNode, Quad};
use proptest::prelude::*;
use std::sync::Arc;

struct NoText;

impl TextSearch for NoText {
    fn search_text(&self, _: &TextQuery, _: &dyn Literals) -> TextHits {
        TextHits::default()
    }
}

/// A ring of 600 resources, each with a number and a link.
fn endpoint() -> Endpoint {
    endpoint_with(Limits::default())
}

fn endpoint_with(limits: Limits) -> Endpoint {
    let node = |n: usize| NamedNode::new_unchecked(format!("http://e/{n}"));
    let quads = (0..600_u16).flat_map(|n| {
        let (from, to) = (node(n.into()), node((usize::from(n) * 7 + 1) % 600));
        let graph = || GraphName::DefaultGraph;
        [
            Quad::new(from.clone(), NamedNode::new_unchecked("http://e/p"), to, graph()),
            Quad::new(from, NamedNode::new_unchecked("http://e/v"), Literal::from(n), graph()),
        ]
    });
    let options = EndpointOptions {
        limits,
        prefixes: [("", "http://e/"), ("text", "http://jena.apache.org/text#")]
            .map(|(name, iri)| (name.to_owned(), iri.to_owned()))
            .to_vec(),
        ..EndpointOptions::default()
    };
    Endpoint::new(Arc::new(Store::from_quads(quads)), Arc::new(NoText), options).unwrap()
}

/// What became of a query, in a word.
fn outcome(endpoint: &Endpoint, query: &str) -> &'static str {
    let answered = endpoint.prepare(query, DatasetChoice::default()).and_then(|prepared| {
        let format = AnswerFormat::for_form(prepared.form())[0];
        prepared.write(format, std::io::sink())
    });
    match answered {
        Ok(_) => "answered",
        Err(QueryError::Timeout { .. }) => "timeout",
        Err(QueryError::TooComplex { .. } | QueryError::TooManyHeld { .. }) => "too complex",
        Err(QueryError::TooLong { .. }) => "too long",
        Err(QueryError::Service(_)) => "service",
        Err(QueryError::Syntax { .. }) => "syntax",
        Err(QueryError::TextCall(_)) => "text call",
        Err(QueryError::Update) => "update",
        Err(other) => panic!("{other}"),
    }
}

/// `part` with `#` standing for 0, 1, … `count`, joined.
fn numbered(count: usize, part: &str) -> String {
    (0..count)
        .map(|n| part.replace("##", &(n + 1).to_string()).replace('#', &n.to_string()))
        .collect()
}

/// `middle` between `count` openings and closings, in an ASK.
fn nested(count: usize, open: &str, middle: &str, close: &str) -> String {
    format!("ASK {{ {}{middle}{} }}", open.repeat(count), close.repeat(count))
}

#[test]
fn what_is_nested_too_deep_is_refused_and_what_is_not_is_answered() {
    let endpoint = endpoint();
    for (open, middle, close) in [
        ("{", "", "}"),
        ("OPTIONAL {", " ?s ?p ?o ", "}"),
        ("FILTER EXISTS {", " ?s ?p ?o ", "}"),
        ("{ SELECT * {", " ?s ?p 1 ", "} }"),
    ] {
        assert_eq!(outcome(&endpoint, &nested(10, open, middle, close)), "answered", "{open}");
        assert_eq!(
            outcome(&endpoint, &nested(1_000, open, middle, close)),
            "too complex",
            "{open}"
        );
    }
    let blank =
        |count: usize| format!("ASK {{ ?s :p {} 1 {} }}", "[ :p ".repeat(count), "]".repeat(count));
    assert_eq!(outcome(&endpoint, &blank(40)), "answered");
    assert_eq!(outcome(&endpoint, &blank(1_000)), "too complex");
    for (open, close) in [("STR(", ")"), ("(", ")"), ("COALESCE(1, ", ")"), ("-(", ")")] {
        let expression = |count: usize| {
            format!("ASK {{ FILTER({}1{}) }}", open.repeat(count), close.repeat(count))
        };
        assert_eq!(outcome(&endpoint, &expression(40)), "answered", "{open}");
        assert_eq!(outcome(&endpoint, &expression(2_000)), "too complex", "{open}");
    }
}

#[test]
fn what_is_too_large_to_plan_is_refused_and_what_is_not_is_answered() {
    let endpoint = endpoint();
    for (start, part, end, fair, excess) in [
        ("ASK { FILTER(1", " + 1", ") }", 400, 2_000),
        ("ASK { FILTER(1", " && 1", ") }", 200, 2_000),
        ("ASK { { ?s :p :1 }", " UNION { ?s :p :1 }", " }", 100, 2_000),
        ("ASK { ", "?s :p ?o# . ", "}", 64, 128),
        ("ASK { ", "?s# :p ?s## . ", "}", 64, 128),
        ("ASK { ?s :v 1 ", "OPTIONAL { ?s :p ?o# } ", "}", 40, 100),
        ("ASK { ?s :v 1 ", "MINUS { ?s :p :# } ", "}", 40, 100),
        ("ASK { ?s :p", "/:p", " ?o }", 30, 1_000),
        ("ASK { ?s :p", "|:p", " ?o }", 100, 1_000),
        ("ASK { ?s :v ?o FILTER(?o IN (1", ", #", ")) }", 5_000, 100_000),
        ("ASK { ?s :v ?o VALUES ?o {", " #", " } }", 5_000, 100_000),
        ("ASK { ?s :v ?o ", "FILTER(?o > #) ", "}", 50, 1_000),
    ] {
        let query = |count| format!("{start}{}{end}", numbered(count, part));
        assert_eq!(outcome(&endpoint, &query(fair)), "answered", "{part} {fair} times");
        let refused = outcome(&endpoint, &query(excess));
        assert!(["too complex", "too long"].contains(&refused), "{part} {excess} times: {refused}");
    }
}

#[test]
fn strings_that_double_are_refused() {
    let endpoint = endpoint();
    let doubling = "BIND(CONCAT(?x#, ?x#) AS ?x##) ";
    let query = |count| format!("SELECT * {{ BIND('养老' AS ?x0) {} }}", numbered(count, doubling));
    assert_eq!(outcome(&endpoint, &query(10)), "answered");
    assert_eq!(outcome(&endpoint, &query(30)), "too complex");
    let replace = "BIND(REPLACE(?x#, '.', '$0$0$0$0') AS ?x##) ";
    let query = format!("SELECT * {{ BIND('养老' AS ?x0) {} }}", numbered(20, replace));
    assert_eq!(outcome(&endpoint, &query), "too complex");
}

#[test]
fn what_never_ends_is_stopped() {
    let limits = Limits { timeout_ms: 300, rows_held_max: 200_000, ..Limits::default() };
    let endpoint = endpoint_with(limits);
    let table = |names: &str| {
        let rows = "(1 1) (1 1) (1 1) (1 1) (1 1) (1 1) (1 1) (1 1) ".repeat(4);
        format!("VALUES ({names}) {{ {rows} }} ")
    };
    let tables = (0..9).map(|n| table(&format!("?a{n} ?a{}", n + 1))).collect::<String>();
    let selects = numbered(5, "{ SELECT ?p ?o# { ?s# ?p ?o# } } ");
    for query in [
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
        "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f LIMIT 10",
        "SELECT DISTINCT ?c ?f { ?a ?b ?c . ?d ?e ?f }",
        "SELECT ?c ?f (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f } GROUP BY ?c ?f",
        "SELECT (GROUP_CONCAT(STR(?a)) AS ?x) { ?a ?b ?c . ?d ?e ?f }",
        "SELECT * { ?a ?b ?c OPTIONAL { ?d ?e ?f OPTIONAL { ?g ?h ?i } } } ORDER BY RAND()",
        "CONSTRUCT { ?a ?b ?f } { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
        "DESCRIBE * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
        "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(REGEX(CONCAT(STR(?c), STR(?f)), '(a|aa)*b')) }",
        "SELECT (COUNT(*) AS ?n) { ?a (((:p|^:p)*)*)* ?b . ?c (:p|^:p)* ?d }",
        &format!("SELECT (COUNT(*) AS ?n) {{ {tables} }}"),
        &format!("SELECT (COUNT(*) AS ?n) {{ {selects} }}"),
    ] {
        let stopped = outcome(&endpoint, query);
        assert!(["timeout", "too complex"].contains(&stopped), "{query}: {stopped}");
    }
    assert_eq!(endpoint.select("SELECT * { :1 :v ?o }", &[]).unwrap().len(), 1);
}

#[test]
fn no_form_of_service_is_evaluated() {
    let endpoint = endpoint();
    for query in [
        "ASK { SERVICE <http://e/x> { ?a ?b ?c } }",
        "ASK { SERVICE SILENT <http://e/x> { ?a ?b ?c } }",
        "ASK { ?a ?b ?c FILTER EXISTS { SERVICE ?a { ?d ?e ?f } } }",
        "SELECT * { { SELECT * { OPTIONAL { SERVICE <http://e/x> { ?a ?b ?c } } } } }",
    ] {
        assert_eq!(outcome(&endpoint, query), "service", "{query}");
    }
}

#[test]
fn products_and_tables_keep_their_rows_while_the_clock_ticks() {
    let endpoint = endpoint();
    for (query, rows) in [
        ("SELECT * { :1 :p ?a . :2 :p ?b . :3 :p ?c }", 1),
        ("SELECT * { VALUES ?a { 1 2 } VALUES ?b { 3 4 } VALUES ?c { 5 6 7 } }", 12),
        ("SELECT * { VALUES ?a { 1 2 } VALUES ?a { 2 3 } VALUES ?a { 2 4 } ?s :v ?a }", 1),
        (
            "SELECT * { { SELECT ?s { ?s :v 1 } } { SELECT ?s { ?s :p ?o } } VALUES ?s { :1 :2 } }",
            1,
        ),
        ("SELECT * { :1 :p ?a OPTIONAL { :2 :v ?b } OPTIONAL { :2 :v :none . ?x :v 3 } }", 1),
        ("SELECT * { ?a :v 1 . ?b :v 2 } ORDER BY ?a ?b", 1),
    ] {
        assert_eq!(endpoint.select(query, &[]).unwrap().len(), rows, "{query}");
    }
}

const OPENINGS: [(&str, &str); 9] = [
    ("{ ", "}"),
    ("OPTIONAL { ?s ?p ?o . ", "}"),
    ("FILTER EXISTS { ?s :p ?o . ", "}"),
    ("{ SELECT * { ", "} }"),
    ("GRAPH ?g { ?s :p ?t . ", "}"),
    ("MINUS { ?s :p ?o . ", "}"),
    ("FILTER(1 + COALESCE(1 * -?o, EXISTS { ", "}))"),
    ("{ { ?s :v 1 } UNION { ", "} }"),
    ("?s :p [ :p ?x ; :v ( 1 2 ) ] . { ", "}"),
];

const FRAGMENTS: [&str; 30] = [
    "SELECT * {",
    "ASK {",
    "}",
    "{",
    "(",
    ")",
    "[",
    "]",
    "?s",
    "?p",
    "?o",
    ":p",
    ":v",
    "1",
    "'文'",
    "\"",
    "<http://e/1>",
    "FILTER(",
    "OPTIONAL {",
    "UNION",
    "!",
    "text:query",
    "BIND(",
    "AS",
    ".",
    ";",
    ",",
    "VALUES ?s {",
    "GROUP BY",
    "*/+|^",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_mixture_of_openings_is_answered_or_refused(
        picked in prop::collection::vec(prop::sample::select(&OPENINGS[..]), 1..64)
    ) {
        let limits = Limits { timeout_ms: 300, ..Limits::default() };
        let opened: String = picked.iter().map(|(open, _)| *open).collect();
        let closed: String = picked.iter().rev().map(|(_, close)| *close).collect();
        let result = outcome(&endpoint_with(limits), &format!("ASK {{ {opened} ?a :p ?b {closed} }}"));
        prop_assert!(["answered", "too complex", "timeout"].contains(&result), "{}", result);
    }

    #[test]
    fn any_sequence_of_fragments_is_answered_or_refused(
        picked in prop::collection::vec(prop::sample::select(&FRAGMENTS[..]), 0..40)
    ) {
        let limits = Limits { timeout_ms: 300, ..Limits::default() };
        outcome(&endpoint_with(limits), &picked.join(" "));
    }

    #[test]
    fn any_text_is_answered_or_refused(text in any::<String>()) {
        outcome(&endpoint(), &text);
        outcome(&endpoint(), &format!("ASK {{ {text}"));
    }
}
