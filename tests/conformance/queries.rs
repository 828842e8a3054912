//! Queries: what they give, whether they can be read, and how answers are written.

use crate::outcome::Outcome;
use crate::suite::{Kind, QueryTest, Suite};
use crate::{ours, reference};
use oxigraph::io::RdfFormat;
use oxigraph::sparql::results::QueryResultsFormat;
use spargebra::algebra::GraphPattern;
use spargebra::{Query, SparqlParser};

/// What neither we nor Oxigraph pass, with the reason.
const FAILED_BY_BOTH: [(&str, &str); 10] = [
    ("aggregates/agg-groupconcat-04", KEPT_LANGUAGE),
    ("aggregates/agg-groupconcat-06", KEPT_LANGUAGE),
    (
        "aggregates/agg-empty-group-count-graph",
        "an empty group inside GRAPH ?g has no row that would bind ?g",
    ),
    ("bindings/graph", "VALUES inside GRAPH ?g does not bind the name of the graph"),
    ("functions/bnode01", "BNODE(text) is one node in a whole answer, not in a solution"),
    (
        "negation/graph-minus",
        "MINUS inside GRAPH ?g takes the name of the graph for a shared variable",
    ),
    ("property-path/zero_or_more_set_start", NODE_OF_NO_GRAPH),
    ("property-path/zero_or_more_set_end", NODE_OF_NO_GRAPH),
    ("property-path/zero_or_one_set_start", NODE_OF_NO_GRAPH),
    ("property-path/zero_or_one_set_end", NODE_OF_NO_GRAPH),
];

const KEPT_LANGUAGE: &str = "GROUP_CONCAT of texts in one language keeps it, as SPARQL 1.2 may";
const NODE_OF_NO_GRAPH: &str = "a path of length nought from a constant that no triple has";

/// The file that holds the right answer.
fn expected(suite: &Suite, test: &QueryTest) -> Outcome {
    let file = test.result.as_ref().unwrap();
    let bytes = suite.read(file);
    let (_, extension) = file.as_str().rsplit_once('.').unwrap();
    let read = match extension {
        "csv" => Outcome::read_csv(&bytes),
        "srx" => Outcome::read_table(&bytes, QueryResultsFormat::Xml),
        "srj" => Outcome::read_table(&bytes, QueryResultsFormat::Json),
        "tsv" => Outcome::read_table(&bytes, QueryResultsFormat::Tsv),
        other => {
            let format = RdfFormat::from_extension(other).unwrap();
            Outcome::read_graph(&bytes, format, file.as_str())
        }
    };
    read.unwrap_or_else(|error| panic!("{}: {error}", test.name))
}

/// Whether the order of solutions counts, and whether the query says its dataset.
fn traits(suite: &Suite, test: &QueryTest) -> (bool, bool) {
    let parser = SparqlParser::new().with_base_iri(test.query.as_str()).unwrap();
    let Ok(query) = parser.parse_query(&suite.text(&test.query)) else { return (false, false) };
    let in_order = match &query {
        Query::Select { pattern, .. } => sorts(pattern),
        _ => false,
    };
    (in_order, query.dataset().is_some())
}

fn sorts(pattern: &GraphPattern) -> bool {
    match pattern {
        GraphPattern::OrderBy { .. } => true,
        GraphPattern::Project { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. } => sorts(inner),
        _ => false,
    }
}

/// What is wrong with our answers and with Oxigraph's.
fn judge(suite: &Suite, test: &QueryTest) -> [Result<(), String>; 2] {
    match test.kind {
        Kind::PositiveSyntax => [ours::parse(suite, test), reference::parse(suite, test)],
        Kind::NegativeSyntax => {
            let refused = |parsed: Result<(), String>| match parsed {
                Ok(()) => Err("it was read".to_owned()),
                Err(_) => Ok(()),
            };
            [ours::parse(suite, test), reference::parse(suite, test)].map(refused)
        }
        Kind::Evaluation | Kind::Csv => {
            let expected = expected(suite, test);
            let (in_order, has_dataset) = traits(suite, test);
            let ours = ours::ask(suite, test, has_dataset);
            let faults = ours.into_iter().filter_map(|(way, outcome)| {
                let judged = outcome.and_then(|found| found.compare(&expected, in_order));
                judged.err().map(|fault| format!("{way}: {fault}"))
            });
            let faults: Vec<_> = faults.collect();
            let ours = if faults.is_empty() { Ok(()) } else { Err(faults.join("\n  ")) };
            let theirs = reference::ask(suite, test);
            // Oxigraph's terms are not those of a table without types.
            let theirs = match test.kind {
                Kind::Csv => theirs.map(drop),
                _ => theirs.and_then(|found| found.compare(&expected, in_order)),
            };
            [ours, theirs]
        }
    }
}

/// Runs the tests of a manifest. Those of our failures that are not listed are faults, and so are those listed that pass.
fn run(manifest: &str) {
    let Some(suite) = Suite::find() else { return };
    let manifests = suite.manifests(manifest);
    let (mut faults, mut passed) = (Vec::new(), 0);
    for test in manifests.query_tests() {
        let [ours, theirs] = judge(&suite, &test);
        let listed = FAILED_BY_BOTH.iter().find(|(name, _)| *name == test.name);
        match (&ours, &theirs, listed) {
            (Ok(()), _, None) => passed += 1,
            (Err(_), Err(_), Some((name, reason))) => println!("fails in both: {name}: {reason}"),
            _ => faults.push(format!("{}\n  ours: {ours:?}\n  Oxigraph: {theirs:?}", test.name)),
        }
    }
    println!("{manifest}: {passed} passed");
    assert!(faults.is_empty(), "{passed} passed, not as listed:\n{}", faults.join("\n"));
    assert!(passed > 0, "{manifest} has no tests");
}

#[test]
fn queries_are_read_and_answered_as_the_standard_says() {
    run("manifest-sparql11-query.ttl");
}

#[test]
fn answers_are_written_as_the_standard_says() {
    run("manifest-sparql11-results.ttl");
}

/// What is not run, with the reason.
const LEFT_OUT: [(&str, &str); 18] = [
    (
        "entailment",
        "what follows from the data is written at build, nothing is inferred when it is asked",
    ),
    ("service", "SERVICE is refused: the endpoint asks no other"),
    ("syntax-fed", "SERVICE is refused: the endpoint asks no other"),
    ("service-description", "of what the service says of itself: tests/release/described.rs"),
    ("add", READ_ONLY),
    ("basic-update", READ_ONLY),
    ("clear", READ_ONLY),
    ("copy", READ_ONLY),
    ("delete", READ_ONLY),
    ("delete-data", READ_ONLY),
    ("delete-insert", READ_ONLY),
    ("delete-where", READ_ONLY),
    ("drop", READ_ONLY),
    ("move", READ_ONLY),
    ("syntax-update-1", READ_ONLY),
    ("syntax-update-2", READ_ONLY),
    ("update-silent", READ_ONLY),
    ("http-rdf-update", "deprecated by the suite in favour of graph-store-protocol"),
];

const READ_ONLY: &str = "an update is refused";

#[test]
fn no_part_of_the_suite_is_left_out_without_a_reason() {
    let Some(suite) = Suite::find() else { return };
    let mut run: Vec<String> = ["protocol", "graph-store-protocol"].map(str::to_owned).to_vec();
    for manifest in ["manifest-sparql11-query.ttl", "manifest-sparql11-results.ttl"] {
        run.extend(suite.included(manifest));
    }
    let left_out = |folder: &str| LEFT_OUT.iter().any(|(name, _)| *name == folder);
    for folder in suite.included("manifest-all.ttl") {
        assert!(run.contains(&folder) != left_out(&folder), "{folder}");
    }
}
