//! An endpoint over an invented notice that two graphs hold in part.

use super::super::{
    AnswerFormat, DatasetChoice, Endpoint, EndpointOptions, Limits, Literals, QueryError,
    QueryForm, Row, Store, TextHits, TextQuery, TextSearch,
};
use oxigraph::model::{Literal, NamedNode, Term};
use std::sync::Arc;

const GRAPH: &str = r#"
<http://e/通知> <http://e/标题> "关于做好供水工作的通知"@zh <http://e/图一> .
<http://e/通知> <http://e/标题> "关于做好供水工作的通知"@zh <http://e/图二> .
<http://e/通知> <http://e/措施> <http://e/措施1> <http://e/图一> .
<http://e/措施1> <http://e/目标> _:t <http://e/图一> .
_:t <http://e/值> "12.0"^^<http://www.w3.org/2001/XMLSchema#decimal> <http://e/图一> .
<http://e/措施1> <http://e/牵头> <http://e/水利局> <http://e/图二> .
<http://e/水利局> <http://e/标题> "水利局" .
"#;

struct NoText;

impl TextSearch for NoText {
    fn search_text(&self, _: &TextQuery, _: &dyn Literals) -> TextHits {
        TextHits::default()
    }
}

fn endpoint_with(limits: Limits) -> Endpoint {
    let options = EndpointOptions {
        prefixes: vec![("e".to_owned(), "http://e/".to_owned())],
        base_iri: Some("http://e/".to_owned()),
        limits,
    };
    let store = Store::read_nquads(GRAPH.as_bytes()).unwrap();
    Endpoint::new(Arc::new(store), Arc::new(NoText), options).unwrap()
}

fn endpoint() -> Endpoint {
    endpoint_with(Limits::default())
}

fn node(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("http://e/{name}"))
}

fn answer(query: &str, choice: DatasetChoice, format: AnswerFormat) -> String {
    let mut bytes = Vec::new();
    endpoint().prepare(query, choice).unwrap().write(format, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

fn count(query: &str) -> String {
    endpoint().select(query, &[]).unwrap()[0].text("n").to_owned()
}

#[test]
fn the_default_graph_counts_a_triple_of_two_graphs_once() {
    assert_eq!(count("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"), "6");
    assert_eq!(count("SELECT (COUNT(*) AS ?n) { e:通知 e:标题 ?o }"), "1");
    assert_eq!(count("SELECT (COUNT(?o) AS ?n) { e:通知 (e:标题|e:措施) ?o }"), "2");
}

#[test]
fn a_graph_pattern_sees_a_triple_in_each_of_its_graphs() {
    assert_eq!(count("SELECT (COUNT(*) AS ?n) { GRAPH ?g { e:通知 e:标题 ?o } }"), "2");
    assert_eq!(count("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"), "6");
    assert_eq!(count("SELECT (COUNT(*) AS ?n) { GRAPH e:图二 { ?s ?p ?o } }"), "2");
    assert_eq!(count("SELECT (COUNT(*) AS ?n) { GRAPH ?g {} }"), "2");
}

#[test]
fn a_join_of_the_default_graph_crosses_graphs_and_one_inside_graph_does_not() {
    let join = "e:通知 e:措施 ?m . ?m e:牵头 ?d";
    assert_eq!(count(&format!("SELECT (COUNT(*) AS ?n) {{ {join} }}")), "1");
    assert_eq!(count(&format!("SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {{ {join} }} }}")), "0");
}

#[test]
fn from_and_the_request_choose_graphs_and_the_request_wins() {
    let all = "SELECT (COUNT(*) AS ?n) FROM e:图二 { ?s ?p ?o }";
    assert_eq!(count(all), "2");
    assert_eq!(count("SELECT (COUNT(*) AS ?n) FROM e:图一 FROM e:图二 { ?s ?p ?o }"), "5");
    assert_eq!(count("SELECT (COUNT(*) AS ?n) FROM e:图一 { GRAPH ?g { ?s ?p ?o } }"), "0");
    assert_eq!(count("SELECT (COUNT(*) AS ?n) FROM NAMED e:图二 { GRAPH ?g { ?s ?p ?o } }"), "2");
    assert_eq!(count("SELECT (COUNT(*) AS ?n) FROM NAMED e:图二 { ?s ?p ?o }"), "0");
    assert_eq!(count("SELECT (COUNT(*) AS ?n) FROM e:无 { ?s ?p ?o }"), "0");
    let choice = DatasetChoice { default_graphs: vec![node("图一")], named_graphs: Vec::new() };
    assert_eq!(answer(all, choice, AnswerFormat::Csv), "n\r\n4\r\n");
}

#[test]
fn a_prefix_is_known_undeclared_and_a_declaration_wins() {
    assert_eq!(count("PREFIX e: <http://else/> SELECT (COUNT(*) AS ?n) { e:通知 ?p ?o }"), "0");
    assert_eq!(count("SELECT (COUNT(*) AS ?n) { <通知> ?p ?o }"), "2");
}

#[test]
fn tables_are_written_in_four_formats_with_lexical_forms_kept() {
    let query = "SELECT ?v ?x { ?t e:值 ?v }";
    for (format, expected) in [
        (
            AnswerFormat::Json,
            r#"{"head":{"vars":["v","x"]},"results":{"bindings":[{"v":{"type":"literal","value":"12.0","datatype":"http://www.w3.org/2001/XMLSchema#decimal"}}]}}"#,
        ),
        (AnswerFormat::Csv, "v,x\r\n12.0,\r\n"),
        (AnswerFormat::Tsv, "?v\t?x\n12.0\t\n"),
    ] {
        assert_eq!(answer(query, DatasetChoice::default(), format), expected);
    }
    let xml = answer(query, DatasetChoice::default(), AnswerFormat::Xml);
    assert!(xml.contains(r#"<binding name="v"><literal datatype="http://www.w3.org/2001/XMLSchema#decimal">12.0</literal></binding>"#), "{xml}");
    assert_eq!(
        answer("ASK { ?s e:值 12.0 }", DatasetChoice::default(), AnswerFormat::Json),
        r#"{"head":{},"boolean":true}"#
    );
}

#[test]
fn graphs_are_written_in_four_formats() {
    let query = "CONSTRUCT { ?d e:名 ?n } { ?d e:标题 ?n FILTER(LANG(?n) = '') }";
    for (format, expected) in [
        (AnswerFormat::Turtle, "@prefix e: <http://e/> .\ne:水利局 e:名 \"水利局\" .\n"),
        (AnswerFormat::NTriples, "<http://e/水利局> <http://e/名> \"水利局\" .\n"),
    ] {
        assert_eq!(answer(query, DatasetChoice::default(), format), expected);
    }
    let rdf = answer(query, DatasetChoice::default(), AnswerFormat::RdfXml);
    assert!(rdf.contains("<e:名>水利局</e:名>"), "{rdf}");
    let json = answer(query, DatasetChoice::default(), AnswerFormat::JsonLd);
    assert!(json.contains(r#""http://e/水利局""#) && json.contains("\"水利局\""), "{json}");
}

#[test]
fn describe_gives_resources_with_their_blank_nodes() {
    let described = |query| answer(query, DatasetChoice::default(), AnswerFormat::NTriples);
    assert_eq!(described("DESCRIBE e:措施1").lines().count(), 3);
    assert_eq!(described("DESCRIBE ?m e:水利局 { e:通知 e:措施 ?m }").lines().count(), 4);
    assert_eq!(described("DESCRIBE e:通知 e:通知").lines().count(), 2);
    assert_eq!(described("DESCRIBE e:无"), "");
}

#[test]
fn a_format_that_cannot_hold_the_answer_names_those_that_can() {
    for (query, format, form, message) in [
        (
            "ASK {}",
            AnswerFormat::Turtle,
            QueryForm::Ask,
            "text/turtle cannot hold the answer of ASK; ask for one of: application/sparql-results+json",
        ),
        (
            "DESCRIBE <x>",
            AnswerFormat::Csv,
            QueryForm::Describe,
            "text/csv cannot hold the answer of DESCRIBE; ask for one of: text/turtle",
        ),
    ] {
        let prepared = endpoint().prepare(query, DatasetChoice::default()).unwrap();
        assert_eq!(prepared.form(), form);
        let mut bytes = Vec::new();
        let error = prepared.write(format, &mut bytes).unwrap_err().to_string();
        assert!(error.starts_with(message) && bytes.is_empty(), "{error}");
    }
}

#[test]
fn every_format_is_found_by_its_extension_and_fits_some_form() {
    for form in [QueryForm::Select, QueryForm::Construct] {
        for format in AnswerFormat::for_form(form) {
            assert_eq!(AnswerFormat::from_extension(format.extension()), Some(*format));
            assert!(format.media_types().contains(&format.media_type()));
        }
    }
    assert_eq!(AnswerFormat::from_extension("exe"), None);
}

#[test]
fn a_value_stands_for_its_variable_everywhere_and_is_shown_where_listed() {
    let select = |query: &str, value: Term| endpoint().select(query, &[("x", value)]);
    let texts = |query: &str, value: Term| -> Vec<String> {
        let rows: Vec<Row> = select(query, value).unwrap();
        rows.iter().map(|row| format!("{} {}", row.text("x"), row.text("o"))).collect()
    };
    let notice = || Term::from(node("通知"));
    for query in [
        "SELECT ?x ?o { ?x e:措施 ?o }",
        "SELECT DISTINCT ?x ?o { ?x e:措施 ?o } LIMIT 5",
        "SELECT ?x ?o { { SELECT ?x { ?x e:标题 ?t } } ?x e:措施 ?o }",
        "SELECT ?x ?o { ?s e:措施 ?o FILTER(?s = ?x && BOUND(?x)) }",
        "SELECT ?x ?o { ?s e:措施 ?o FILTER EXISTS { ?x e:措施 ?o } }",
        "SELECT ?x ?o { ?x e:措施+ ?o VALUES ?x { e:通知 e:别的 } }",
        "SELECT ?x (SAMPLE(?v) AS ?o) { ?x e:措施 ?v } GROUP BY ?x",
    ] {
        assert_eq!(texts(query, notice()), ["http://e/通知 http://e/措施1"], "{query}");
    }
    assert_eq!(texts("SELECT ?o { ?x e:措施 ?o }", notice()), [" http://e/措施1"]);
    let injected = Literal::from("\" . ?s ?p ?o } #");
    assert!(texts("SELECT ?o { ?o e:标题 ?x }", injected.into()).is_empty());
}

#[test]
fn a_value_that_does_not_fit_is_refused() {
    let error = |query: &str, name: &str, value: Term| {
        endpoint().select(query, &[(name, value)]).unwrap_err().to_string()
    };
    let text = || Term::from(Literal::from("文"));
    assert!(
        error("SELECT * { ?s ?p ?o }", "p", text()).contains("?p stands where only an IRI can")
    );
    assert!(error("SELECT * { BIND(1 AS ?x) }", "x", text()).contains("clashes with a BIND"));
    assert!(error("SELECT * { ?s ?p ?o }", "a b", text()).contains("no legal variable's name"));
    let blank = oxigraph::model::BlankNode::default();
    assert!(error("SELECT * { ?s ?p ?o }", "s", blank.into()).contains("blank node"));
}

#[test]
fn select_is_only_for_select_and_stops_at_the_limit_of_rows() {
    assert!(matches!(endpoint().select("ASK {}", &[]), Err(QueryError::Format { .. })));
    let few = endpoint_with(Limits { rows_max: 5, ..Limits::default() });
    let rows = few.select("SELECT * { ?s ?p ?o } LIMIT 5", &[]).unwrap();
    assert_eq!((rows.len(), rows[0].values().count()), (5, 3));
    let error = few.select("SELECT * { ?s ?p ?o }", &[]).unwrap_err();
    assert!(matches!(error, QueryError::TooManyRows { rows_max: 5 }), "{error}");
}

#[test]
fn a_sink_that_fails_ends_the_answer() {
    struct Full;
    impl std::io::Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("no reader"))
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let prepared = endpoint().prepare("SELECT * { ?s ?p ?o }", DatasetChoice::default()).unwrap();
    let error = prepared.write(AnswerFormat::Json, Full).unwrap_err();
    assert!(matches!(error, QueryError::Write(_)), "{error}");
}

#[test]
fn an_unknown_function_and_an_update_are_told_apart_from_faults() {
    let prepared =
        endpoint().prepare("ASK { FILTER(e:函数(1)) }", DatasetChoice::default()).unwrap();
    let error = prepared.write(AnswerFormat::Json, std::io::sink()).unwrap_err();
    assert!(matches!(error, QueryError::Unsupported(_)), "{error}");
    let update = endpoint().prepare("DELETE WHERE { ?s ?p ?o }", DatasetChoice::default());
    assert!(matches!(update.map(|_| ()), Err(QueryError::Update)));
}

#[test]
fn a_prefix_or_base_that_is_no_iri_is_named() {
    let options = EndpointOptions {
        prefixes: vec![("zt".to_owned(), "nothing".to_owned())],
        ..EndpointOptions::default()
    };
    let store = Arc::new(Store::from_quads([]));
    let error = Endpoint::new(store, Arc::new(NoText), options).map(|_| ()).unwrap_err();
    assert!(error.to_string().contains("zt") && error.to_string().contains("nothing"), "{error}");
}

#[test]
fn an_explanation_counts_the_rows_of_each_step_and_names_it_as_a_query_does() {
    let query = "SELECT ?d { e:通知 e:措施 ?m . ?m e:牵头 ?d OPTIONAL { ?d e:标题 ?t } }";
    let explanation = endpoint().explain(query, DatasetChoice::default()).unwrap();
    assert_eq!((explanation.engine.as_str(), explanation.rows), ("columns", 1));
    assert_eq!(explanation.ended_by, None);
    let mut names = Vec::new();
    let mut waiting = explanation.steps;
    while let Some(step) = waiting.pop() {
        assert!(step.expected_rows.is_some() && step.ms >= 0.0, "{}", step.what);
        names.push((step.what, step.rows));
        waiting.extend(step.inputs);
    }
    for what in ["e:通知 e:措施 ?m", "?m e:牵头 ?d", "?d e:标题 ?t", "OPTIONAL", "SELECT ?d"]
    {
        assert!(names.contains(&(what.to_owned(), 1)), "{what}: {names:?}");
    }
}

#[test]
fn what_the_evaluator_answers_is_explained_by_it() {
    let query = "SELECT ?o { GRAPH ?g { e:通知 e:标题 ?o } }";
    let explanation = endpoint().explain(query, DatasetChoice::default()).unwrap();
    assert_eq!((explanation.engine.as_str(), explanation.rows), ("evaluator", 2));
    assert!(explanation.steps[0].rows == 2 && !explanation.steps[0].inputs.is_empty());
}

#[test]
fn a_query_that_passes_a_bound_is_told_its_costliest_part_and_explained_as_far_as_it_came() {
    let limits = Limits { rows_held_max: 20, ..Limits::default() };
    let endpoint = endpoint_with(limits);
    let query = "SELECT * { ?a e:标题 ?x . ?b ?p ?y . ?c ?q ?z } ORDER BY ?z";
    let prepared = endpoint.prepare(query, DatasetChoice::default()).unwrap();
    let error = prepared.write(AnswerFormat::Json, Vec::new()).unwrap_err().to_string();
    assert!(error.contains("most rows are expected of ?"), "{error}");
    let explanation = endpoint.explain(query, DatasetChoice::default()).unwrap();
    assert!(explanation.ended_by.is_some_and(|reason| reason.contains("more than 20 rows")));
    assert!(!explanation.steps.is_empty());
}

#[test]
fn an_iri_that_a_query_makes_is_resolved_against_the_base_that_counts() {
    let made = |query: &str| endpoint().select(query, &[]).unwrap()[0].text("i").to_owned();
    assert_eq!(made("SELECT (IRI('苗圃') AS ?i) {}"), "http://e/苗圃");
    assert_eq!(made("BASE <http://other/> SELECT (IRI('苗圃') AS ?i) {}"), "http://other/苗圃");
    let filtered = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER(?s = IRI('水利局')) }";
    assert_eq!(count(filtered), "1");
}

#[test]
fn an_ask_is_explained_by_what_answers_it() {
    for (query, engine, rows) in [
        ("ASK { ?s ?p ?o }", "columns", 1),
        ("ASK { ?s e:无 ?o }", "columns", 0),
        ("ASK { GRAPH ?g { ?s e:无 ?o } }", "evaluator", 0),
        ("DESCRIBE ?m { e:通知 e:措施 ?m }", "evaluator", 1),
    ] {
        let explanation = endpoint().explain(query, DatasetChoice::default()).unwrap();
        assert_eq!((explanation.engine.as_str(), explanation.rows), (engine, rows), "{query}");
    }
}

#[test]
fn what_the_evaluator_breaks_off_before_its_first_row_is_explained_by_the_reason_alone() {
    let endpoint = endpoint_with(Limits { rows_held_max: 2, ..Limits::default() });
    let query = "SELECT ?s { GRAPH ?g { ?s ?p ?o } } ORDER BY ?o";
    let explanation = endpoint.explain(query, DatasetChoice::default()).unwrap();
    assert!(explanation.ended_by.is_some_and(|reason| reason.contains("more than 2 rows")));
    assert_eq!((explanation.rows, explanation.steps.len()), (0, 0));
}

#[test]
fn sorting_and_limiting_are_steps_of_their_own() {
    let query = "SELECT ?s { ?s e:标题 ?t } ORDER BY ?t LIMIT 1";
    let explanation = endpoint().explain(query, DatasetChoice::default()).unwrap();
    let [limit] = explanation.steps.as_slice() else { panic!("{explanation:?}") };
    assert_eq!((limit.what.as_str(), limit.expected_rows), ("LIMIT 1", Some(1.0)));
    assert!(limit.inputs[0].what.starts_with("ORDER BY"), "{limit:?}");
}
