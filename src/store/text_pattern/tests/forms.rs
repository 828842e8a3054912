//! A call as a triple pattern and as a SERVICE, and when its snippets are made.

use super::super::super::{AnswerFormat, DatasetChoice, QueryError, Row, TextMode};
use super::{counting_endpoint, endpoint};
use proptest::prelude::*;
use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

#[test]
fn a_malformed_block_says_which_of_its_triples_is_wrong() {
    for (block, message) in [
        ("", "in SERVICE text:search, it is empty"),
        ("?m text:score ?s", "the words to search for are missing; write e.g. text:words"),
        (
            "?m text:words 5",
            "text:words is \"5\"^^<http://www.w3.org/2001/XMLSchema#integer>; expected the words",
        ),
        (r#"?m text:words "养老", "托育""#, "text:words is \"托育\"; expected it once"),
        (r#"?m text:words "养老" ; :leadBy ?d"#, "write ?m <http://e/leadBy> ?d outside of it"),
        (r#"?m text:words "养老" . ?n text:words "托育""#, "write ?n <http"),
        (r#"?m text:words "养老" FILTER(true)"#, "write the rest outside of it"),
        (
            r#"?m text:words "养老" ; text:mode "wild""#,
            "text:mode is \"wild\"; expected the mode all",
        ),
        (r#"?m text:words "养老" ; text:mode "any", "all""#, "expected it once"),
        (r#"?m text:words "养老" ; text:limit "5""#, "text:limit is \"5\"; expected a limit"),
        (r#"?m text:words "养老" ; text:limit 0"#, "expected a limit of at least 1"),
        (r#"?m text:words "养老" ; text:score 5"#, "expected a variable"),
        (r#"?m text:words "养老" ; text:highlight "【""#, "expected marks such as"),
        (
            r#"?m text:words "养老" ; text:scores ?s"#,
            "text:scores is none of text:words, text:property",
        ),
        (r#"?m text:words "养老" ; ?p ?o"#, "write ?m ?p ?o outside of it"),
    ] {
        let query = format!("SELECT * {{ SERVICE text:search {{ {block} }} }}");
        match endpoint().prepare(&query, DatasetChoice::default()).map(|_| ()) {
            Err(QueryError::TextCall(found)) => {
                assert!(found.contains(message), "{block}: {found}");
            }
            other => panic!("{block}: {other:?}"),
        }
    }
}

#[test]
fn a_service_of_another_name_is_refused_also_around_a_text_search() {
    for query in [
        "SELECT * { SERVICE :search { ?m text:words \"养老\" } }",
        "SELECT * { SERVICE ?s { ?m text:words \"养老\" } }",
        "SELECT * { SERVICE :x { SERVICE text:search { ?m text:words \"养老\" } } }",
    ] {
        let refused = endpoint().prepare(query, DatasetChoice::default());
        assert!(matches!(refused, Err(QueryError::Service(_))), "{query}");
    }
}

/// A call in both forms, from the same choices.
fn forms(
    words: &str,
    (mode, limit): (Option<TextMode>, Option<usize>),
    property: Option<&str>,
    columns: &[bool],
) -> [String; 2] {
    const NAMES: [&str; 6] = ["score", "literal", "graph", "property", "snippet", "total"];
    let mut subjects = "?m".to_owned();
    let mut arguments = String::new();
    let mut block = format!("?m text:words \"{words}\"");
    for (name, wanted) in NAMES.into_iter().zip(columns) {
        subjects.push_str(if *wanted { " ?" } else { " []" });
        if *wanted {
            subjects.push_str(name);
            write!(block, " ; text:{name} ?{name}").unwrap();
        }
    }
    if let Some(property) = property {
        write!(arguments, ":{property} ").unwrap();
        write!(block, " ; text:property :{property}").unwrap();
    }
    write!(arguments, "\"{words}\"").unwrap();
    if let Some(limit) = limit {
        write!(arguments, " {limit}").unwrap();
        write!(block, " ; text:limit {limit}").unwrap();
    }
    if let Some(mode) = mode {
        write!(arguments, " \"mode:{}\"", mode.name()).unwrap();
        write!(block, " ; text:mode \"{}\"", mode.name()).unwrap();
    }
    [format!("({subjects}) text:query ({arguments})"), format!("SERVICE text:search {{ {block} }}")]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn both_forms_of_a_call_give_the_same_rows_in_the_same_order(
        words in prop::sample::select(vec!["养老", "养老 托育", "完善", "能", "航天", "养老托育"]),
        mode in prop::option::of(prop::sample::select(TextMode::ALL.to_vec())),
        limit in prop::option::of(1..4_usize),
        property in prop::option::of(prop::sample::select(vec!["text", "title", "leadBy"])),
        columns in prop::collection::vec(any::<bool>(), 6),
        beside in prop::sample::select(vec!["", "?m :leadBy ?d .", "?m :a :Measure ; :leadBy :民政 ."]),
    ) {
        let endpoint = endpoint();
        // Mode smart takes no property.
        let property = property.filter(|_| mode != Some(TextMode::Smart));
        let select = |call: &String| {
            let variables = "?m ?score ?literal ?graph ?property ?snippet ?total ?d";
            let query = format!("SELECT {variables} {{ {beside} {call} }}");
            let rows = endpoint.select(&query, &[]).unwrap();
            let values = |row: &Row| row.values().map(|(name, term)| format!("{name} {term}")).collect();
            rows.iter().map(values).collect::<Vec<Vec<String>>>()
        };
        let [list, service] = forms(words, (mode, limit), property, &columns);
        prop_assert_eq!(select(&list), select(&service), "{} / {}", list, service);
    }
}

#[test]
fn snippets_are_made_for_the_rows_that_are_shown() {
    let made = Arc::new(AtomicUsize::new(0));
    let endpoint = counting_endpoint(&made);
    let call = r#"(?m ?score [] [] [] ?s) text:query (:text "养 育 能 完 发")"#;
    for (query, expected) in [
        (format!("SELECT ?m {{ {call} }}"), 0),
        (format!("SELECT ?s {{ {call} }}"), 4),
        (format!("SELECT ?s {{ {call} . ?m :leadBy :住建 }}"), 1),
        (format!("SELECT ?s {{ {call} }} ORDER BY DESC(?score) LIMIT 1"), 1),
        (format!("SELECT ?s {{ {call} . ?m :leadBy ?d }} ORDER BY ?d LIMIT 2"), 2),
        (format!("SELECT (COUNT(*) AS ?n) {{ {call} }}"), 0),
        (format!("SELECT DISTINCT ?s {{ {call} . ?m :leadBy :住建 }}"), 1),
        (format!("SELECT ?s {{ {call} . ?m :leadBy :住建 FILTER(STRLEN(?s) > 1) }}"), 1),
        (format!("SELECT ?s {{ GRAPH :g2 {{ {call} . ?m :leadBy :住建 }} }}"), 1),
    ] {
        made.store(0, Ordering::Relaxed);
        let mut answer = Vec::new();
        let prepared = endpoint.prepare(&query, DatasetChoice::default()).unwrap();
        prepared.write(AnswerFormat::Csv, &mut answer).unwrap();
        assert_eq!(made.load(Ordering::Relaxed), expected, "{query}");
    }
}
