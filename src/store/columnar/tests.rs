//! Plans against the evaluator: the same rows for shapes that must have a plan and for queries made at random.

use super::super::evaluate::{for_evaluator, run_deep};
use super::super::text_search::{Literals, Snippets, TextHit, TextHits, TextQuery, TextSearch};
use super::super::view::View;
use super::super::{DatasetChoice, Endpoint, EndpointOptions, Limits};
use super::*;
use oxigraph::model::{GraphName, Literal, NamedNode, Quad, vocab::rdf, vocab::xsd};
use proptest::prelude::*;
use spareval::{QueryDatasetSpecification, QueryEvaluator, QueryResults};
use std::sync::Arc;

/// Finds the resources whose number stands in the words, the last one best, and says so of some of their texts. A snippet is the
/// first character of a text, so that different literals have equal ones.
struct Numbered(Arc<Store>);

impl TextSearch for Numbered {
    fn search_text(&self, query: &TextQuery, _: &dyn Literals) -> TextHits {
        let found = (0..4_u8).rev().filter(|n| query.words.contains(&n.to_string()));
        let hit = |n: u8| {
            let subject = self.0.number(node("s", n.into()).as_ref().into())?;
            let score = 1.0 + f32::from(n);
            let text = value(6 + usize::from(n)).to_string();
            let literal = self.0.number(value(6 + usize::from(n)).as_ref());
            let literal = literal.filter(|_| text.starts_with('"'));
            Some(TextHit { subject, score, literal, graph: None, property: None })
        };
        let mut hits: Vec<TextHit> = found.filter_map(hit).collect();
        let total = hits.len();
        hits.truncate(query.hits_max);
        let shown = |text: &str| text.chars().take(1).collect();
        let snippets = query.highlight.as_ref().map(|_| Snippets::new(shown));
        TextHits { hits, total, snippets }
    }
}

fn node(kind: &str, number: usize) -> NamedNode {
    NamedNode::new_unchecked(format!("http://e/{kind}{number}"))
}

/// Triples over few terms, so that patterns meet: numbers of two types, dates, texts, nodes that are subject and object.
fn value(number: usize) -> Term {
    let typed = |text: &str, datatype| Term::from(Literal::new_typed_literal(text, datatype));
    match number {
        0 => typed("1", xsd::INTEGER),
        1 => typed("1.0", xsd::DECIMAL),
        2 => typed("20", xsd::INTEGER),
        3 => typed("3.5", xsd::DECIMAL),
        4 => typed("2025-12-31", xsd::DATE),
        5 => typed("2024-01-01", xsd::DATE),
        6 => Literal::from("绿化").into(),
        7 => Literal::from("苗圃").into(),
        8 => Literal::new_language_tagged_literal_unchecked("绿化", "zh").into(),
        9 => typed("2.5", xsd::DOUBLE),
        10 => typed("one", xsd::INTEGER),
        11 => typed("true", xsd::BOOLEAN),
        n => node("s", n % 4).into(),
    }
}

fn store(rows: &[(usize, usize, usize, usize)]) -> Store {
    let quad = |(s, p, o, g): &(usize, usize, usize, usize)| {
        let graph = if *g == 0 { GraphName::DefaultGraph } else { node("g", *g).into() };
        Quad::new(node("s", *s), node("p", *p), value(*o), graph)
    };
    rows.iter().map(quad).collect()
}

fn endpoint(rows: &[(usize, usize, usize, usize)]) -> Endpoint {
    endpoint_within(rows, Limits::default())
}

fn endpoint_within(rows: &[(usize, usize, usize, usize)], limits: Limits) -> Endpoint {
    endpoint_over(store(rows), limits)
}

fn endpoint_over(store: Store, limits: Limits) -> Endpoint {
    let prefixes = vec![
        (String::new(), "http://e/".to_owned()),
        ("text".to_owned(), "http://jena.apache.org/text#".to_owned()),
        ("xsd".to_owned(), "http://www.w3.org/2001/XMLSchema#".to_owned()),
    ];
    let options = EndpointOptions { prefixes, limits, ..EndpointOptions::default() };
    let store = Arc::new(store);
    Endpoint::new(Arc::clone(&store), Arc::new(Numbered(store)), options).unwrap()
}

/// The rows of the engine, `None` where it has no plan, and those of the evaluator.
fn both(endpoint: &Endpoint, query: &str) -> (Option<Vec<String>>, Vec<String>) {
    let prepared = endpoint.prepare(query, DatasetChoice::default()).unwrap();
    run_deep(endpoint.limits(), || {
        let evaluation = prepared.evaluation();
        let columns = evaluation.in_columns(evaluation.query, |mut answer| {
            let (mut rows, mut values) = (Vec::new(), Vec::new());
            while answer.read_row(&mut values) {
                rows.push(show(&values));
            }
            rows
        });
        (
            columns,
            evaluation.evaluated_rows().unwrap().iter().map(|row| show(row.slots())).collect(),
        )
    })
    .unwrap()
}

/// The rows of the evaluator for the query as it is written, without an order of joins and ticks. None where it breaks off: its own order of values of many
/// kinds is no total one, which the standard library's sort may notice.
fn as_written(endpoint: &Endpoint, query: &str) -> Option<Vec<String>> {
    let prepared = endpoint.prepare(query, DatasetChoice::default()).unwrap();
    run_deep(endpoint.limits(), || {
        let evaluation = prepared.evaluation();
        let (clock, local) = (Clock::start(evaluation.limits), LocalTerms::default());
        let view = View {
            store: evaluation.store,
            default_graph: &evaluation.graphs.default_graph,
            local: &local,
            hits: &HitTriples::new(evaluation.calls, evaluation.store, &local),
            clock: &clock,
        };
        let evaluator = QueryEvaluator::new();
        let mut prepared = evaluator.prepare(evaluation.query);
        *prepared.dataset_mut() = QueryDatasetSpecification::new();
        let QueryResults::Solutions(solutions) = prepared.execute(view).unwrap() else {
            panic!("no rows: {query}")
        };
        solutions.map(|solution| show(solution.unwrap().values())).collect()
    })
    .ok()
}

fn show(values: &[Option<Term>]) -> String {
    let shown =
        values.iter().map(|value| value.as_ref().map_or("-".to_owned(), ToString::to_string));
    shown.collect::<Vec<_>>().join(" ")
}

fn sorted(mut rows: Vec<String>) -> Vec<String> {
    rows.sort_unstable();
    rows
}

const TERMS: [&str; 9] = ["?a", "?b", "?c", ":s0", ":s1", "?d", "1", "\"绿化\"", "?b"];
const FILTERS: [&str; 22] = [
    "?b > 1",
    "?b <= 3.5",
    "?b = 1",
    "?b != 1",
    "?c < \"2025-01-01\"^^xsd:date",
    "?b = \"绿化\"",
    "LANG(?b) = \"zh\"",
    "?a = :s1",
    "?a IN (:s1, :s2)",
    "?a != :s0",
    "?b = ?c",
    "?b < ?c",
    "BOUND(?c)",
    "!BOUND(?d)",
    "CONTAINS(STR(?b), \"绿\")",
    "STRSTARTS(?b, \"苗\")",
    "isIRI(?b) || ?b > 3",
    "EXISTS { ?a :p1 ?z }",
    "NOT EXISTS { ?a :p0 ?b }",
    "NOT EXISTS { ?b :p1 ?y . ?y :p2 1 }",
    "?b IN (1, \"绿化\", :s3)",
    "sameTerm(?b, ?c)",
];

fn triple() -> impl Strategy<Value = String> {
    let predicate = prop_oneof![
        6 => (0..3_usize).prop_map(|n| format!(":p{n}")),
        1 => Just("?q".to_owned()),
        1 => Just(":p0/:p1".to_owned()),
        1 => Just("^:p1".to_owned()),
        1 => Just(":p0+".to_owned()),
        1 => Just(":p1*".to_owned()),
        1 => Just("(:p0|^:p1)+".to_owned()),
        1 => Just(":p2?".to_owned()),
    ];
    (prop::sample::select(TERMS[..6].to_vec()), predicate, prop::sample::select(TERMS.to_vec()))
        .prop_map(|(s, p, o)| format!("{s} {p} {o} ."))
}

fn group() -> impl Strategy<Value = String> {
    let triples =
        prop::collection::vec(triple(), 1..4).prop_map(|triples| triples.join(" ")).boxed();
    let filter =
        prop::sample::select(FILTERS.to_vec()).prop_map(|filter| format!("FILTER({filter})"));
    let leaf = triples.clone();
    leaf.prop_recursive(2, 12, 3, move |inner| {
        let part = prop_oneof![
            3 => triples.clone(),
            3 => filter.clone(),
            1 => inner.clone().prop_map(|inner| format!("OPTIONAL {{ {inner} }}")),
            1 => (inner.clone(), inner.clone()).prop_map(|(one, other)| format!("{{ {one} }} UNION {{ {other} }}")),
            1 => inner.clone().prop_map(|inner| format!("MINUS {{ {inner} }}")),
            1 => Just("VALUES ?a { :s0 :s2 }".to_owned()),
            1 => Just("VALUES (?a ?b) { (:s0 1) (:s1 :s2) }".to_owned()),
            1 => inner.clone().prop_map(|inner| format!("{{ SELECT ?a (COUNT(?b) AS ?n) {{ {inner} }} GROUP BY ?a }}")),
            1 => inner.clone().prop_map(|inner| format!("{{ SELECT DISTINCT ?a ?c {{ {inner} }} }}")),
            1 => inner.clone().prop_map(|inner| format!("GRAPH ?g {{ {inner} }}")),
            1 => inner.prop_map(|inner| format!("{{ {inner} }}")),
            1 => Just("?a text:query \"1 2\" .".to_owned()),
            1 => Just("(?a ?score) text:query \"0 3\" .".to_owned()),
            1 => Just("(?a [] [] [] [] ?snippet ?total) text:query (\"0 1 2\" 2) .".to_owned()),
            1 => Just("(?a [] ?d [] [] ?b) text:query \"0 1 2 3\" .".to_owned()),
            1 => Just("SERVICE text:search { ?a text:words \"1 2\" ; text:snippet ?c }".to_owned()),
        ];
        prop::collection::vec(part, 1..4).prop_map(|parts| parts.join(" "))
    })
}

fn select() -> impl Strategy<Value = String> {
    let heads = [
        "SELECT ?a ?b ?c ?d { BODY }",
        "SELECT DISTINCT ?b ?c { BODY }",
        "SELECT (COUNT(*) AS ?rows) { BODY }",
        "SELECT ?a (COUNT(?b) AS ?n) (COUNT(DISTINCT ?c) AS ?m) { BODY } GROUP BY ?a",
        "SELECT ?c (SUM(?b) AS ?s) (AVG(?b) AS ?mean) { BODY } GROUP BY ?c",
        "SELECT ?a { BODY } GROUP BY ?a HAVING(COUNT(?b) > 1)",
        "SELECT ?b (?b + 1 AS ?more) (?b > 2 AS ?high) { BODY }",
        "SELECT ?b ?c { BODY } ORDER BY STR(?b) DESC(STR(?c)) STR(?a)",
        "SELECT ?b { BODY } ORDER BY STR(?b) ?a LIMIT 3",
        "SELECT ?a ?b ?c ?d { BODY } ORDER BY ?a STR(?b) STR(?c) OFFSET 2 LIMIT 4",
        "SELECT ?a ?snippet ?total { BODY }",
        "SELECT DISTINCT ?snippet { BODY }",
        "SELECT ?snippet (COUNT(*) AS ?n) (COUNT(DISTINCT ?c) AS ?m) { BODY } GROUP BY ?snippet",
    ];
    (prop::sample::select(heads.to_vec()), group())
        .prop_map(|(head, body)| head.replace("BODY", &body))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_plan_gives_the_rows_of_the_evaluator(
        rows in prop::collection::vec((0..4_usize, 0..3_usize, 0..18_usize, 0..3_usize), 0..40),
        query in select(),
    ) {
        let endpoint = endpoint(&rows);
        if endpoint.prepare(&query, DatasetChoice::default()).is_ok() {
            let (columns, evaluated) = both(&endpoint, &query);
            if let Some(written) = as_written(&endpoint, &query) {
                prop_assert_eq!(evaluated.len(), written.len(), "{}", query);
                if !query.contains("LIMIT") {
                    prop_assert_eq!(sorted(evaluated.clone()), sorted(written), "{}", query);
                }
            }
            if let Some(columns) = columns {
                prop_assert_eq!(columns.len(), evaluated.len(), "{}", query);
                // Which of equal rows come first is open.
                if !query.contains("LIMIT") {
                    prop_assert_eq!(sorted(columns), sorted(evaluated), "{}", query);
                }
            }
        }
    }
}

/// Rows in which every predicate leads somewhere.
const ROWS: [(usize, usize, usize, usize); 16] = [
    (0, 0, 13, 0),
    (0, 0, 13, 1),
    (0, 1, 2, 1),
    (0, 2, 6, 1),
    (1, 0, 14, 1),
    (1, 1, 3, 2),
    (1, 1, 0, 2),
    (1, 2, 8, 2),
    (2, 0, 15, 0),
    (2, 0, 12, 2),
    (2, 1, 1, 2),
    (2, 2, 7, 0),
    (3, 1, 9, 1),
    (3, 1, 4, 1),
    (3, 2, 6, 2),
    (3, 2, 8, 2),
];

#[test]
fn the_shapes_of_analytic_queries_have_a_plan_that_gives_the_rows_of_the_evaluator() {
    let endpoint = endpoint(&ROWS);
    for query in [
        "SELECT ?a ?b ?n ?t { ?a :p0 ?b . ?b :p1 ?n . ?a :p2 ?t . ?b :p2 ?u . ?b :p0 ?c }",
        "SELECT ?b (COUNT(?a) AS ?n) (MAX(?v) AS ?most) { ?a :p0 ?b . ?b :p1 ?v FILTER(?v > 1) } GROUP BY ?b",
        "SELECT ?a ?v { ?a :p0 ?b ; :p1 ?v } ORDER BY DESC(?v) ?a LIMIT 20",
        "SELECT ?a ?v { ?a :p0 ?b OPTIONAL { ?b :p1 ?v FILTER(?v > 1) } }",
        "SELECT ?a (COUNT(DISTINCT ?z) AS ?n) { ?a :p0+ :s3 . ?a :p1 ?z } GROUP BY ?a",
        "SELECT (COUNT(DISTINCT ?a) AS ?n) (COUNT(DISTINCT ?v) AS ?m) { ?a :p0 ?b ; :p1 ?v }",
        "SELECT ?a ?v { ?a :p1 ?v FILTER(?v >= 1 && ?v < 4) }",
        "SELECT ?a ?v { ?a :p1 ?v FILTER(?v <= \"2025-12-31\"^^xsd:date) }",
        "SELECT ?a { ?a ?p ?o . ?a :p2 ?t FILTER(?t = \"绿化\") }",
        "SELECT ?a ?b { ?a :p0 ?b FILTER(?b IN (:s1, :s2)) }",
        "SELECT ?x (COUNT(?a) AS ?n) { { ?a :p0 ?b } UNION { ?a :p1 ?b } ?a :p2 ?x } GROUP BY ?x",
        "SELECT ?a { ?a :p2 ?t FILTER NOT EXISTS { ?a :p0 ?b } }",
        "SELECT ?a { ?a :p2 ?t MINUS { ?a :p0 :s1 } }",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
        "SELECT (COUNT(DISTINCT ?s) AS ?n) (COUNT(DISTINCT ?o) AS ?m) { ?s ?p ?o }",
        "SELECT ?p (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?m) { ?s ?p ?o } GROUP BY ?p",
        "SELECT DISTINCT ?p { ?s ?p ?o }",
        "SELECT ?a ?score { (?a ?score) text:query \"0 3\" . ?a :p2 ?t }",
        "SELECT ?a ?s ?n { (?a [] [] [] [] ?s ?n) text:query (\"0 1 3\" 2) . ?a :p2 ?t }",
        "SELECT DISTINCT ?s { (?a [] [] [] [] ?s) text:query \"0 1 2 3\" . ?a :p2 ?t }",
        "SELECT ?s (COUNT(?a) AS ?n) { (?a [] [] [] [] ?s) text:query \"0 1 2\" } GROUP BY ?s",
        "SELECT ?a (?v * 2 + 1 AS ?w) { ?a :p1 ?v } ORDER BY ?w LIMIT 2 OFFSET 1",
        "SELECT ?a ?n { ?a :p2 ?t { SELECT ?a (SUM(?v) AS ?n) { ?a :p1 ?v } GROUP BY ?a } }",
        "SELECT ?a { ?a :p2 ?t } GROUP BY ?a HAVING(COUNT(?t) > 1)",
        "SELECT ?a ?t { ?a :p2 ?t FILTER(LANG(?t) = \"zh\") VALUES ?a { :s1 :s3 } }",
    ] {
        let (columns, evaluated) = both(&endpoint, query);
        let columns = columns.unwrap_or_else(|| panic!("no plan: {query}"));
        assert_eq!(sorted(columns), sorted(evaluated), "{query}");
    }
}

#[test]
fn what_members_of_classes_have_is_counted_as_the_evaluator_counts_it() {
    let typed = |row: &(usize, usize, usize, usize)| {
        let (s, p, o, _) = *row;
        let predicate = if p == 0 { rdf::TYPE.into_owned() } else { node("p", p) };
        Quad::new(node("s", s), predicate, value(o), GraphName::DefaultGraph)
    };
    let endpoint = endpoint_over(ROWS.iter().map(typed).collect(), Limits::default());
    for select in [
        "SELECT ?c ?p (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?m) { BODY } GROUP BY ?c ?p",
        "SELECT ?p (COUNT(?o) AS ?n) { BODY } GROUP BY ?p",
        "SELECT ?c (COUNT(?s) AS ?n) (COUNT(DISTINCT ?s) AS ?m) { BODY } GROUP BY ?c",
        "SELECT (COUNT(*) AS ?n) { BODY }",
        "SELECT (COUNT(DISTINCT ?s) AS ?m) { BODY }",
        "SELECT DISTINCT ?c ?p { BODY }",
        "SELECT DISTINCT ?p { BODY }",
        "SELECT DISTINCT ?c { BODY }",
        "SELECT DISTINCT ?s { BODY }",
        "SELECT ?c (COUNT(DISTINCT ?o) AS ?n) { BODY } GROUP BY ?c",
    ] {
        for body in [
            "?s a ?c ; ?p ?o",
            "?s ?p ?o . ?s a ?c",
            "?s a :s1 ; ?p ?o",
            "?s a :none ; ?p ?o",
            "?s a ?c ; :p1 ?o",
            "?s a :s3 ; :p2 ?o",
            "?s a ?c ; a ?o",
        ] {
            let query = select.replace("BODY", body);
            let (columns, evaluated) = both(&endpoint, &query);
            let columns = columns.unwrap_or_else(|| panic!("no plan: {query}"));
            assert_eq!(sorted(columns), sorted(evaluated), "{query}");
        }
    }
}

#[test]
fn rows_come_in_the_order_that_is_asked_for() {
    let endpoint = endpoint(&ROWS);
    let query = "SELECT ?a ?v { ?a :p1 ?v FILTER(isNumeric(?v)) } ORDER BY DESC(?v) ?a";
    let (columns, evaluated) = both(&endpoint, query);
    assert_eq!(columns.unwrap(), evaluated);
}

#[test]
fn a_query_that_is_asked_again_has_the_same_rows() {
    let endpoint = endpoint(&ROWS);
    for query in
        ["SELECT ?a ?n { ?a :p0 ?b . ?b :p1 ?n }", "SELECT ?a ?b { ?b :p2 ?t . ?a :p0 ?b }"]
    {
        let first = sorted(both(&endpoint, query).1);
        for _ in 0..3 {
            assert_eq!(both(&endpoint, query).0.map(sorted).as_ref(), Some(&first), "{query}");
        }
    }
}

#[test]
fn the_best_hits_come_first_whatever_they_are_joined_with() {
    let endpoint = endpoint(&ROWS);
    for query in [
        "SELECT ?a ?s { (?a ?s) text:query \"0 1 2 3\" . ?a :p0 ?b } ORDER BY DESC(?s)",
        "SELECT ?a ?s { (?a ?s) text:query \"0 1 2 3\" OPTIONAL { ?a :p2 :none } OPTIONAL { ?a :p0 :s3 } } ORDER BY DESC(?s) LIMIT 3",
        "SELECT ?a ?s { (?a ?s) text:query \"0 1 2 3\" FILTER NOT EXISTS { ?a :p0 :s3 } } ORDER BY DESC(?s) LIMIT 2",
        "SELECT ?a ?s { VALUES ?w { \"0 3\" \"1 2\" } (?a ?s) text:query ?w } ORDER BY DESC(?s)",
        "SELECT ?a ?s { (?a ?s) text:query \"0 1 2 3\" . ?a :p0 ?b } ORDER BY ?s ?b",
        "SELECT ?a ?s { { SELECT ?a { (?a ?s) text:query \"0 1 2 3\" } } ?a :p1 ?s FILTER(isNumeric(?s)) } ORDER BY DESC(?s)",
    ] {
        let (columns, evaluated) = both(&endpoint, query);
        let scores = |rows: Vec<String>| -> Vec<String> {
            rows.iter().map(|row| row.split(' ').next_back().unwrap().to_owned()).collect()
        };
        assert_eq!(scores(columns.unwrap()), scores(evaluated), "{query}");
    }
}

#[test]
fn the_best_hits_come_without_being_sorted() {
    let limits = Limits { rows_held_max: 1, ..Limits::default() };
    let endpoint = endpoint_within(&ROWS, limits);
    let query = |order: &str| {
        format!("SELECT ?a ?s {{ (?a ?s) text:query \"0 1 2 3\" . ?a :p2 ?t }} ORDER BY {order}")
    };
    assert_eq!(endpoint.select(&query("DESC(?s)"), &[]).unwrap().len(), 5);
    assert!(endpoint.select(&query("?s"), &[]).is_err(), "these have to be held");
}

#[test]
fn joins_of_the_evaluator_begin_where_the_image_counts_fewest_rows() {
    let endpoint = endpoint(&ROWS);
    let ordered = |query: &str| {
        let prepared = endpoint.prepare(query, DatasetChoice::default()).unwrap();
        let evaluation = prepared.evaluation();
        let terms = QueryTerms { store: evaluation.store, local: LocalTerms::default() };
        let hits = HitTriples::default();
        let clock = Clock::start(evaluation.limits);
        let context = evaluation.context(&terms, &hits, &clock);
        for_evaluator(evaluation.query.clone(), context).to_string().replace("http://e/", "")
    };
    let one = ordered("SELECT * { GRAPH ?g { ?a :p2 ?t . ?a :p1 ?n . ?a :p0 :s3 } }");
    let places = ["<p0>", "<p2>", "<p1>"].map(|name| one.find(name).unwrap());
    assert!(places.is_sorted(), "{one}");
    let optional = ordered("SELECT * { ?a :p0 :s3 OPTIONAL { ?b :p2 \"苗圃\" . ?a :p1 ?b } }");
    assert!(optional.find("<p1>") < optional.find("<p2>"), "{optional}");
    let tables = ordered("SELECT * { GRAPH ?g { ?a :p1 ?n FILTER(?a IN (:s1, :s2)) } }");
    assert!(tables.find("VALUES").is_some_and(|at| at < tables.find("<p1>").unwrap()), "{tables}");
}

#[test]
fn values_of_every_kind_in_one_column_are_sorted_in_the_same_order_by_both() {
    let values = (0..72).map(|n| (n % 4, 1, n % 18, 1 + n % 2));
    let endpoint = endpoint(&values.collect::<Vec<_>>());
    for order in ["?v", "DESC(?v)"] {
        let query = |group: &str| format!("SELECT DISTINCT ?v {{ {group} }} ORDER BY {order}");
        let (columns, evaluated) = both(&endpoint, &query("?a :p1 ?v"));
        let (none, by_graph) = both(&endpoint, &query("GRAPH ?g { ?a :p1 ?v }"));
        assert_eq!(none, None);
        assert_eq!(by_graph, evaluated);
        // Equal numbers may come in any order.
        let values = |rows: Vec<String>| {
            rows.join("\n").replace(
                "\"1.0\"^^<http://www.w3.org/2001/XMLSchema#decimal>",
                "\"1\"^^<http://www.w3.org/2001/XMLSchema#integer>",
            )
        };
        assert_eq!(values(columns.unwrap()), values(evaluated), "{order}");
    }
}

#[test]
fn a_union_that_is_solved_alone_is_joined_by_what_it_shares_though_nobody_asks_for_it() {
    let endpoint = endpoint(&[(0, 1, 13, 0)]);
    let query = "SELECT (COUNT(*) AS ?rows) { ?a :p1 ?x . OPTIONAL { ?a :p0 ?a . } { ?a :p2? :s1 . } UNION { FILTER(?b > 1) } }";
    let (columns, evaluated) = both(&endpoint, query);
    assert_eq!(columns.unwrap_or_else(|| evaluated.clone()), evaluated);
    assert_eq!(evaluated, ["\"0\"^^<http://www.w3.org/2001/XMLSchema#integer>"]);
}
