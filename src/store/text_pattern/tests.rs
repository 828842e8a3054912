//! `text:query` in every place where a triple can stand, over invented measures.

use super::super::{
    AnswerFormat, DatasetChoice, Endpoint, EndpointOptions, Literals, QueryError, Snippets, Store,
    TextHit, TextHits, TextMode, TextQuery, TextSearch,
};
use oxigraph::model::{GraphName, GraphNameRef, Literal, NamedNode, Quad};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

mod forms;

const BASE: &str = "http://e/";

/// Measures as (name, graph, text, department).
const MEASURES: &[(&str, &str, &str, &str)] = &[
    ("m1", "g1", "健全养老托育服务体系", "民政"),
    ("m2", "g1", "发展普惠托育", "卫健"),
    ("m3", "g2", "完善养老设施", "民政"),
    ("m4", "g2", "提升供水能力", "住建"),
];

fn node(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{BASE}{name}"))
}

/// Finds a measure once for each of its literals that holds one of the words; the score is the number of
/// words that it holds. Searches `text` and `title`, which is the text's first two characters. Counts the snippets that it makes.
struct Fake(Arc<Store>, Arc<AtomicUsize>);

fn snippets(query: &TextQuery, made: &Arc<AtomicUsize>) -> Option<Snippets> {
    let (marks, made) = (query.highlight.clone()?, Arc::clone(made));
    let words: Vec<String> = query.words.split(' ').map(str::to_owned).collect();
    Some(Snippets::new(move |text| {
        made.fetch_add(1, Ordering::Relaxed);
        words.iter().fold(text.to_owned(), |text, word| {
            text.replace(word, &format!("{}{word}{}", marks.before, marks.after))
        })
    }))
}

impl TextSearch for Fake {
    fn search_text(&self, query: &TextQuery, _: &dyn Literals) -> TextHits {
        let mut hits = Vec::new();
        for (name, graph, text, _) in MEASURES {
            let title: String = text.chars().take(2).collect();
            for (property, literal) in [("text", (*text).to_owned()), ("title", title)] {
                let property = node(property);
                let words: Vec<&str> = match query.mode {
                    TextMode::Exact => vec![&query.words],
                    _ => query.words.split(' ').collect(),
                };
                let count = words.iter().filter(|word| literal.contains(**word)).count();
                let searched = query.properties.is_empty() || query.properties.contains(&property);
                if count > 0 && searched {
                    let literal = Literal::new_language_tagged_literal_unchecked(literal, "zh");
                    let number = |node: NamedNode| self.0.number(node.as_ref().into());
                    hits.push(TextHit {
                        subject: number(node(name)).unwrap(),
                        score: f32::from(u8::try_from(count).unwrap()),
                        literal: self.0.number(literal.as_ref().into()),
                        property: number(property),
                        graph: number(node(graph)).filter(|_| *name != "m3"),
                    });
                }
            }
        }
        hits.sort_by(|a, b| b.score.total_cmp(&a.score));
        let total = hits.len();
        hits.truncate(query.hits_max);
        TextHits { hits, total, snippets: snippets(query, &self.1) }
    }
}

fn endpoint() -> Endpoint {
    counting_endpoint(&Arc::default())
}

fn counting_endpoint(snippets_made: &Arc<AtomicUsize>) -> Endpoint {
    let mut quads = Vec::new();
    for (name, graph, text, department) in MEASURES {
        let mut put = |predicate: &str, object: oxigraph::model::Term, graph: GraphName| {
            quads.push(Quad::new(node(name), node(predicate), object, graph));
        };
        put("a", node("Measure").into(), node(graph).into());
        put(
            "text",
            Literal::new_language_tagged_literal_unchecked(*text, "zh").into(),
            node(graph).into(),
        );
        let title: String = text.chars().take(2).collect();
        let title = Literal::new_language_tagged_literal_unchecked(title, "zh");
        put("title", title.into(), node(graph).into());
        put("leadBy", node(department).into(), node(graph).into());
        put("leadBy", node(department).into(), GraphNameRef::DefaultGraph.into_owned());
        quads.push(Quad::new(
            node(department),
            node("label"),
            Literal::from(*department),
            node(graph),
        ));
    }
    let options = EndpointOptions {
        prefixes: vec![
            (String::new(), BASE.to_owned()),
            ("text".to_owned(), "http://jena.apache.org/text#".to_owned()),
        ],
        ..EndpointOptions::default()
    };
    let store = Arc::new(Store::from_quads(quads));
    Endpoint::new(Arc::clone(&store), Arc::new(Fake(store, Arc::clone(snippets_made))), options)
        .unwrap()
}

/// The rows as `value value`, IRIs without the base, sorted unless the query sorts.
fn rows(query: &str) -> Vec<String> {
    let rows = endpoint().select(query, &[]).unwrap_or_else(|error| panic!("{query}: {error}"));
    let mut rows: Vec<String> = rows
        .iter()
        .map(|row| {
            let values: Vec<_> =
                row.values().map(|(name, _)| row.text(name).trim_start_matches(BASE)).collect();
            values.join(" ")
        })
        .collect();
    if !query.contains("ORDER BY") {
        rows.sort();
    }
    rows
}

/// Each place with a pattern and the rows that it gives.
const PLACES: &[(&str, &str, &[&str])] = &[
    ("alone", r#"?m text:query "养老""#, &["m1", "m3"]),
    ("list of one", r#"?m text:query ("养老")"#, &["m1", "m3"]),
    ("language tag", r#"?m text:query "养老"@zh"#, &["m1", "m3"]),
    ("joined after", r#"?m text:query "养老" . ?m :leadBy :民政 ; :a :Measure"#, &["m1", "m3"]),
    ("joined before", r#"?m :leadBy :卫健 . ?m text:query "托育""#, &["m2"]),
    (
        "joined with fewer rows than hits",
        r#"?m :leadBy :卫健 . ?m text:query "养 育 能 完 发""#,
        &["m2"],
    ),
    (
        "score joined with fewer rows than hits",
        r#"?m :leadBy :住建 . (?m ?s) text:query (:text "养 育 能 完 发")"#,
        &["m4 1"],
    ),
    ("no hit", r#"?m text:query "航天""#, &[]),
    ("property", r#"?m text:query (:title "养老")"#, &[]),
    ("two properties", r#"?m text:query (:title :text "完善")"#, &["m3"]),
    ("limit", r#"?m text:query ("养老 托育" 1)"#, &["m1"]),
    ("language option", r#"?m text:query ("供水" 5 "lang:zh")"#, &["m4"]),
    (
        "OPTIONAL",
        r#"?m :leadBy :民政 OPTIONAL { ?m text:query "托育" . ?m :text ?t }"#,
        &["m1 健全养老托育服务体系", "m3"],
    ),
    ("OPTIONAL alone", r#"?m :leadBy :卫健 OPTIONAL { ?m text:query "养老" }"#, &["m2"]),
    ("UNION", r#"{ ?m text:query "供水" } UNION { ?m text:query "普惠" }"#, &["m2", "m4"]),
    ("MINUS", r#"?m :a :Measure MINUS { ?m text:query "养老" }"#, &["m2", "m4"]),
    ("EXISTS", r#"?m :a :Measure FILTER EXISTS { ?m text:query "养老" }"#, &["m1", "m3"]),
    ("NOT EXISTS", r#"?m :a :Measure FILTER NOT EXISTS { ?m text:query "养老" }"#, &["m2", "m4"]),
    (
        "EXISTS inside OR",
        r#"?m :a :Measure FILTER(EXISTS { ?m text:query "供水" } || ?m = :m2)"#,
        &["m2", "m4"],
    ),
    (
        "sub-SELECT",
        r#"{ SELECT ?m { ?m text:query ("养老 托育" 1) } } ?m :leadBy ?d"#,
        &["m1 民政"],
    ),
    (
        "sub-SELECT with LIMIT",
        r#"?m :leadBy ?d { SELECT ?m { ?m text:query "养老 托育" } LIMIT 1 }"#,
        &["民政 m1"],
    ),
    ("GRAPH constant", r#"GRAPH :g2 { ?m text:query "养老" }"#, &["m3"]),
    ("GRAPH variable", r#"GRAPH ?g { ?m text:query "养老" }"#, &["m1 g1", "m3 g2"]),
    (
        "GRAPH variable joined",
        r#"GRAPH ?g { ?m text:query "养老" ; :leadBy ?d . ?d :label ?l }"#,
        &["m1 g1 民政 民政", "m3 g2 民政 民政"],
    ),
    ("GRAPH unknown", r#"GRAPH :g9 { ?m text:query "养老" }"#, &[]),
    ("constant subject", r#":m1 text:query "养老" . :m1 :leadBy ?d"#, &["民政"]),
    ("constant subject without hit", r#":m2 text:query "养老" . :m2 :leadBy ?d"#, &[]),
    ("blank subject", r#"_:m text:query "普惠" . _:m :leadBy ?d"#, &["卫健"]),
    (
        "blank subject with a score",
        r#"(_:m ?s) text:query (:text "普惠") . _:m :leadBy ?d"#,
        &["1 卫健"],
    ),
    ("subject from VALUES", r#"VALUES ?m { :m1 :m2 } ?m text:query "养老""#, &["m1"]),
    ("subject from BIND", r#"BIND(:m3 AS ?m) ?m text:query "养老""#, &["m3"]),
    ("path beside it", r#"?m text:query "养老" ; :leadBy/:label ?l"#, &["m1 民政", "m3 民政"]),
    (
        "path before and after",
        r#"?m :leadBy/:label ?l . ?m text:query ("养老" 9) . ?m :leadBy+ ?d"#,
        &["m1 民政 民政", "m3 民政 民政"],
    ),
    ("two calls", r#"?m text:query "养老" . ?m text:query "托育""#, &["m1"]),
    ("two subjects", r#"?m text:query "普惠" . ?n text:query "供水""#, &["m2 m4"]),
    (
        "FILTER beside it",
        r#"?m text:query "养老" ; :text ?t FILTER(CONTAINS(?t, "设施"))"#,
        &["m3 完善养老设施"],
    ),
    ("predicate variable beside it", r#"?m text:query "普惠" ; ?p :卫健"#, &["m2 leadBy"]),
    (
        "words from VALUES",
        r#"VALUES ?q { "普惠" "供水" } ?m text:query ?q"#,
        &["普惠 m2", "供水 m4"],
    ),
    (
        "words from VALUES in a list",
        r#"VALUES ?q { "普惠" } (?m ?s) text:query (:text ?q 5)"#,
        &["普惠 m2 1"],
    ),
    ("words from BIND", r#"BIND("供水" AS ?q) ?m text:query ?q"#, &["供水 m4"]),
    ("mode", r#"?m text:query ("养老 托育" "mode:exact")"#, &[]),
    ("mode before the limit", r#"?m text:query ("托育" "mode:exact" 1)"#, &["m1"]),
    ("total", r#"(?m [] [] [] [] [] ?n) text:query (:text "养老 托育" 1)"#, &["3 m1"]),
    ("snippet", r#"(?m [] [] [] [] ?s) text:query (:text "普惠")"#, &["m2 发展【普惠】托育"]),
    (
        "snippet with other marks",
        r#"(?m [] [] [] [] ?s) text:query (:text "普惠" "highlight:s:<b> | e:</b>")"#,
        &["m2 发展<b>普惠</b>托育"],
    ),
    (
        "snippet that is compared",
        r#"(?m [] [] [] [] ?s) text:query (:text "养老 托育") FILTER(CONTAINS(?s, "设施"))"#,
        &["m3 完善【养老】设施"],
    ),
    (
        "snippet that is joined",
        r#"VALUES ?s { "发展【普惠】托育" "别的" } (?m [] [] [] [] ?s) text:query (:text "普惠")"#,
        &["m2 发展【普惠】托育"],
    ),
    ("SERVICE alone", r#"SERVICE text:search { ?m text:words "养老" }"#, &["m1", "m3"]),
    (
        "SERVICE in GRAPH",
        r#"GRAPH ?g { SERVICE text:search { ?m text:words "养老" } }"#,
        &["m1 g1", "m3 g2"],
    ),
    (
        "SERVICE in OPTIONAL",
        r#"?m :leadBy :卫健 OPTIONAL { SERVICE text:search { ?m text:words "养老" } }"#,
        &["m2"],
    ),
    (
        "SERVICE in NOT EXISTS",
        r#"?m :a :Measure FILTER NOT EXISTS { SERVICE text:search { ?m text:words "养老" } }"#,
        &["m2", "m4"],
    ),
    (
        "SERVICE beside another",
        r#"SERVICE text:search { ?m text:words "养老" } SERVICE SILENT text:search { ?m text:words "托育" }"#,
        &["m1"],
    ),
    (
        "SERVICE with words from VALUES",
        r#"VALUES ?q { "普惠" "供水" } SERVICE text:search { ?m text:words ?q }"#,
        &["普惠 m2", "供水 m4"],
    ),
];

#[test]
fn a_call_works_in_every_place_where_a_triple_can_stand() {
    for (place, query, expected) in PLACES {
        let query = format!("SELECT * {{ {query} }}");
        let mut expected: Vec<Vec<&str>> = expected.iter().map(|row| words(row)).collect();
        expected.sort();
        let found = rows(&query);
        let mut found: Vec<Vec<&str>> = found.iter().map(|row| words(row)).collect();
        found.sort();
        assert_eq!(found, expected, "{place}: {query}");
    }
}

/// The values of a row without regard to the order of columns, which SELECT * leaves open.
fn words(row: &str) -> Vec<&str> {
    let mut words: Vec<_> = row.split(' ').collect();
    words.sort_unstable();
    words
}

#[test]
fn score_literal_graph_and_property_are_bound_row_by_row() {
    assert_eq!(
        rows(
            r#"SELECT ?m ?s ?l ?g ?p { (?m ?s ?l ?g ?p) text:query (:text "养老 托育" 20) } ORDER BY DESC(?s) ?m"#
        ),
        [
            "m1 2 健全养老托育服务体系 g1 text",
            "m2 1 发展普惠托育 g1 text",
            "m3 1 完善养老设施 text",
        ]
    );
}

#[test]
fn hits_in_two_properties_are_two_rows_with_a_score_and_one_without() {
    assert_eq!(
        rows(r#"SELECT ?m ?p { (?m [] [] [] ?p) text:query "完善" }"#),
        ["m3 text", "m3 title"]
    );
    assert_eq!(rows(r#"SELECT ?m { ?m text:query "完善" }"#), ["m3"]);
}

#[test]
fn hits_come_in_the_order_of_rank() {
    let found =
        endpoint().select(r#"SELECT ?m ?s { (?m ?s) text:query (:text "养老 托育") }"#, &[]);
    let scores: Vec<String> = found.unwrap().iter().map(|row| row.text("s").to_owned()).collect();
    assert_eq!(scores, ["2", "1", "1"]);
}

#[test]
fn other_forms_of_query_may_call_too() {
    let answer = |query: &str, format| {
        let mut bytes = Vec::new();
        let prepared = endpoint().prepare(query, DatasetChoice::default()).unwrap();
        prepared.write(format, &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    };
    let (json, triples) = (AnswerFormat::Json, AnswerFormat::NTriples);
    assert!(answer(r#"ASK { :m1 text:query "养老" }"#, json).contains("true"));
    assert!(answer(r#"ASK { :m2 text:query "养老" }"#, json).contains("false"));
    let built = answer(r#"CONSTRUCT { ?m :found true } { ?m text:query "供水" }"#, triples);
    assert!(built.starts_with("<http://e/m4> <http://e/found>"), "{built}");
    assert_eq!(answer(r#"DESCRIBE ?m { ?m text:query "供水" }"#, triples).lines().count(), 4);
}

#[test]
fn a_count_over_hits_counts_each_resource_once() {
    assert_eq!(rows(r#"SELECT (COUNT(*) AS ?n) { ?m text:query "养老" ; :leadBy ?d }"#), ["2"]);
}

#[test]
fn words_from_a_variable_find_each_resource_once() {
    let found =
        rows(r#"SELECT ?m ?q { VALUES ?q { "完善" "养老" } ?m text:query ?q } ORDER BY ?m ?q"#);
    assert_eq!(found, ["m1 养老", "m3 养老", "m3 完善"]);
}

#[test]
fn words_given_as_a_value_are_never_read_as_syntax() {
    let query = "SELECT ?m { ?m text:query (?words 5) }";
    let select = |words: &str| endpoint().select(query, &[("words", Literal::from(words).into())]);
    assert_eq!(select("供水").unwrap().len(), 1);
    assert_eq!(select("供水\") . ?m ?p ?o } #").unwrap().len(), 0);
}

#[test]
fn a_choice_of_graphs_leaves_only_hits_described_in_them() {
    let choice = DatasetChoice { default_graphs: vec![node("g1")], named_graphs: Vec::new() };
    let query = r#"SELECT ?m { ?m text:query "养老" }"#;
    let mut answer = Vec::new();
    let prepared = endpoint().prepare(query, choice).unwrap();
    prepared.write(AnswerFormat::Csv, &mut answer).unwrap();
    assert_eq!(String::from_utf8(answer).unwrap(), "m\r\nhttp://e/m1\r\n");
}

#[test]
fn a_malformed_call_says_which_argument_is_wrong() {
    for (call, message) in [
        (
            r"?m text:query 5",
            "argument 1 is \"5\"^^<http://www.w3.org/2001/XMLSchema#integer>; expected the words",
        ),
        (r"?m text:query (:text)", "the words to search for are missing"),
        (r"?m text:query ()", "the words to search for are missing"),
        (r#"?m text:query (:text "养老" "托育")"#, "argument 3 is \"托育\"; expected a limit"),
        (
            r#"?m text:query ("养老" "mode:wild")"#,
            "expected the mode all, any, phrase, exact or smart",
        ),
        (
            r#"?m text:query ("养老" "highlight:【")"#,
            "expected marks such as highlight:s:【 | e:】",
        ),
        (r#"?m text:query ("养老" 5 6)"#, "argument 3 is"),
        (r#"?m text:query ("养老" "mode:any" "mode:all")"#, "argument 3 is \"mode:all\""),
        (r#"?m text:query (:text "养老" 0)"#, "argument 3 is \"0\""),
        (r#"?m text:query (:text "养老" -3)"#, "expected a limit of at least 1"),
        (r#"?m text:query (:text "养老" 5 :x)"#, "argument 4 is <http://e/x>"),
        (r#""文" text:query "养老""#, "subject item 1 is \"文\"; expected a variable or an IRI"),
        (r#"(?m "分") text:query "养老""#, "subject item 2 is \"分\"; expected a variable"),
        (
            r#"(?m ?a ?b ?c ?d ?e ?f ?g) text:query "养老""#,
            "subject item 8 is ?g; expected nothing",
        ),
        (r#"() text:query "养老""#, "the list before it is empty"),
        (r"?m text:query ?q", "?q must be bound to strings by VALUES or BIND"),
        (r"?m :text ?q . ?m text:query ?q", "?q must be bound to strings by VALUES or BIND"),
        (r"VALUES ?q { :m1 } ?m text:query ?q", "?q must be bound to strings by VALUES or BIND"),
        (
            r#"?m text:query (:text "养老" "mode:smart")"#,
            "mode smart looks at resources with all their texts",
        ),
        (r#"?m text:query/:x "养老""#, "argument 1 is"),
        (r#"?m (text:query|:x) "养老""#, "it cannot stand inside a property path"),
        (r"?m :a ?x OPTIONAL { ?m text:query 5 }", "argument 1 is"),
        (r"?m :a ?x FILTER(NOT EXISTS { ?m text:query 5 })", "argument 1 is"),
    ] {
        let query = format!("SELECT * {{ {call} }}");
        match endpoint().prepare(&query, DatasetChoice::default()).map(|_| ()) {
            Err(QueryError::TextCall(found)) => assert!(found.contains(message), "{call}: {found}"),
            other => panic!("{call}: {other:?}"),
        }
    }
}
