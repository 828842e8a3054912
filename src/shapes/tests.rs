//! One pair of graphs a constraint component: one that fits, one that breaks it and nothing else.

use oxigraph::io::{RdfFormat, RdfParser};

use super::{Report, Severity, Shapes, ShapesError};
use crate::store::Store;

const PREFIXES: &str = "@prefix ex: <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
ex:prefixes sh:declare [ sh:prefix \"ex\" ; sh:namespace \"http://example.org/\"^^xsd:anyURI ] .
";

/// Component, constraints of a shape that targets `ex:n`, data that fit, data that break it.
type Case = (&'static str, &'static str, &'static str, &'static str);

const VALUES: &[Case] = &[
    (
        "Class",
        "sh:property [ sh:path ex:p ; sh:class ex:Measure ]",
        "ex:n ex:p ex:m . ex:m a ex:Key . ex:Key rdfs:subClassOf ex:Measure .",
        "ex:n ex:p ex:m . ex:m a ex:Section .",
    ),
    (
        "Datatype",
        "sh:property [ sh:path ex:p ; sh:datatype xsd:date ]",
        r#"ex:n ex:p "2024-05-06"^^xsd:date ."#,
        r#"ex:n ex:p "2024-05-32"^^xsd:date ."#,
    ),
    (
        "Datatype",
        "sh:property [ sh:path ex:p ; sh:datatype xsd:string ]",
        r#"ex:n ex:p "文" ."#,
        r#"ex:n ex:p "文"@zh ."#,
    ),
    (
        "NodeKind",
        "sh:property [ sh:path ex:p ; sh:nodeKind sh:IRI ]",
        "ex:n ex:p ex:x .",
        r#"ex:n ex:p "x" ."#,
    ),
    (
        "NodeKind",
        "sh:property [ sh:path ex:p ; sh:nodeKind sh:BlankNodeOrLiteral ]",
        "ex:n ex:p [], 1 .",
        "ex:n ex:p ex:x .",
    ),
    (
        "MinInclusive",
        "sh:property [ sh:path ex:p ; sh:minInclusive 0 ]",
        "ex:n ex:p 0, 1.5 .",
        "ex:n ex:p -1 .",
    ),
    (
        "MinExclusive",
        "sh:property [ sh:path ex:p ; sh:minExclusive 0 ]",
        "ex:n ex:p 1e0 .",
        "ex:n ex:p 0.0 .",
    ),
    (
        "MaxInclusive",
        "sh:property [ sh:path ex:p ; sh:maxInclusive 100 ]",
        "ex:n ex:p 100.0 .",
        "ex:n ex:p 100.1 .",
    ),
    (
        "MaxExclusive",
        "sh:property [ sh:path ex:p ; sh:maxExclusive 100 ]",
        "ex:n ex:p 99 .",
        r#"ex:n ex:p "多" ."#,
    ),
    (
        "MinLength",
        "sh:property [ sh:path ex:p ; sh:minLength 2 ]",
        r#"ex:n ex:p "城镇" ."#,
        r#"ex:n ex:p "城" ."#,
    ),
    (
        "MaxLength",
        "sh:property [ sh:path ex:p ; sh:maxLength 2 ]",
        r#"ex:n ex:p "城镇"@zh ."#,
        r#"ex:n ex:p "城镇化" ."#,
    ),
    (
        "MaxLength",
        "sh:property [ sh:path ex:p ; sh:maxLength 99 ]",
        "ex:n ex:p ex:x .",
        "ex:n ex:p [] .",
    ),
    (
        "Pattern",
        r#"sh:property [ sh:path ex:p ; sh:pattern "^[\\u4E00-\\u9FFF]+〔20[0-9]{2}〕[1-9][0-9]*号$" ]"#,
        r#"ex:n ex:p "某政发〔2024〕3号" ."#,
        r#"ex:n ex:p "某政发﹝2024﹞3号" ."#,
    ),
    (
        "Pattern",
        r#"sh:property [ sh:path ex:p ; sh:pattern "^NB" ; sh:flags "i" ]"#,
        r#"ex:n ex:p "nb-iot" ."#,
        r#"ex:n ex:p "5g" ."#,
    ),
    (
        "LanguageIn",
        r#"sh:property [ sh:path ex:p ; sh:languageIn ( "zh" "en" ) ]"#,
        r#"ex:n ex:p "a"@zh-Hans, "a"@EN ."#,
        r#"ex:n ex:p "a" ."#,
    ),
    (
        "In",
        "sh:property [ sh:path ex:p ; sh:in ( ex:Lead 1 ) ]",
        "ex:n ex:p ex:Lead, 1 .",
        r#"ex:n ex:p "1" ."#,
    ),
    (
        "Not",
        "sh:property [ sh:path ex:p ; sh:not [ sh:class ex:Old ] ]",
        "ex:n ex:p ex:x .",
        "ex:n ex:p ex:x . ex:x a ex:Old .",
    ),
    (
        "And",
        "sh:property [ sh:path ex:p ; sh:and ( [ sh:minLength 2 ] [ sh:maxLength 3 ] ) ]",
        r#"ex:n ex:p "ab" ."#,
        r#"ex:n ex:p "abcd" ."#,
    ),
    (
        "Or",
        "sh:or ( [ sh:property [ sh:path ex:p ; sh:minCount 1 ] ] [ sh:property [ sh:path ex:q ; sh:minCount 1 ] ] )",
        "ex:n ex:q 1 .",
        "ex:n ex:r 1 .",
    ),
    (
        "Xone",
        "sh:xone ( [ sh:property [ sh:path ex:p ; sh:minCount 1 ] ] [ sh:property [ sh:path ex:q ; sh:minCount 1 ] ] )",
        "ex:n ex:q 1 .",
        "ex:n ex:q 1 ; ex:p 1 .",
    ),
    (
        "Node",
        "sh:property [ sh:path ex:p ; sh:node ex:Inner ] . ex:Inner sh:property [ sh:path ex:q ; sh:minCount 1 ]",
        "ex:n ex:p ex:x . ex:x ex:q 1 .",
        "ex:n ex:p ex:x .",
    ),
];

const SETS: &[Case] = &[
    ("MinCount", "sh:property [ sh:path ex:p ; sh:minCount 1 ]", "ex:n ex:p 1 .", "ex:n ex:q 1 ."),
    (
        "MaxCount",
        "sh:property [ sh:path ex:p ; sh:maxCount 1 ]",
        "ex:n ex:p 1 .",
        "ex:n ex:p 1, 2 .",
    ),
    (
        "HasValue",
        "sh:property [ sh:path ex:p ; sh:hasValue ex:x ]",
        "ex:n ex:p ex:x, ex:y .",
        "ex:n ex:p ex:y .",
    ),
    (
        "UniqueLang",
        "sh:property [ sh:path ex:p ; sh:uniqueLang true ]",
        r#"ex:n ex:p "a"@zh, "b"@en, "c", "d" ."#,
        r#"ex:n ex:p "a"@zh, "b"@ZH ."#,
    ),
    (
        "Equals",
        "sh:property [ sh:path ex:p ; sh:equals ex:q ]",
        "ex:n ex:p 1, 2 ; ex:q 2, 1 .",
        "ex:n ex:p 1 ; ex:q 1, 2 .",
    ),
    (
        "Disjoint",
        "sh:property [ sh:path ex:p ; sh:disjoint ex:q ]",
        "ex:n ex:p 1 ; ex:q 2 .",
        "ex:n ex:p 1, 2 ; ex:q 2 .",
    ),
    (
        "LessThan",
        "sh:property [ sh:path ex:p ; sh:lessThan ex:q ]",
        "ex:n ex:p 1 ; ex:q 2 .",
        "ex:n ex:p 2 ; ex:q 2 .",
    ),
    (
        "LessThanOrEquals",
        "sh:property [ sh:path ex:p ; sh:lessThanOrEquals ex:q ]",
        "ex:n ex:p 2 ; ex:q 2.0 .",
        "ex:n ex:p 3 ; ex:q 2 .",
    ),
    (
        "QualifiedMinCount",
        "sh:property [ sh:path ex:p ; sh:qualifiedValueShape [ sh:class ex:C ] ; sh:qualifiedMinCount 1 ]",
        "ex:n ex:p ex:x, ex:y . ex:x a ex:C .",
        "ex:n ex:p ex:x, ex:y .",
    ),
    (
        "QualifiedMaxCount",
        "sh:property [ sh:path ex:p ; sh:qualifiedValueShape [ sh:class ex:C ] ; sh:qualifiedMaxCount 1 ]",
        "ex:n ex:p ex:x, ex:y . ex:x a ex:C .",
        "ex:n ex:p ex:x, ex:y . ex:x a ex:C . ex:y a ex:C .",
    ),
    (
        "Closed",
        "sh:closed true ; sh:ignoredProperties ( ex:r ) ; sh:property [ sh:path ex:p ]",
        "ex:n ex:p 1 ; ex:r 2 .",
        "ex:n ex:p 1 ; ex:q 2 .",
    ),
    (
        "SPARQL",
        "sh:sparql [ sh:prefixes ex:prefixes ; sh:select \"SELECT $this ?value WHERE { $this ex:p ?value FILTER(?value < 0) }\" ]",
        "ex:n ex:p 1 .",
        "ex:n ex:p -1 . ex:other ex:p -2 .",
    ),
    (
        "SPARQL",
        "sh:property [ sh:path ex:p ; sh:sparql [ sh:prefixes ex:prefixes ; sh:select \"SELECT $this ?value WHERE { $this $PATH ?value FILTER(?value < 0) }\" ] ]",
        "ex:n ex:p 1 ; ex:q -1 .",
        "ex:n ex:p -1 .",
    ),
];

/// Each path leads from `ex:n` to `ex:goal` in the first graph and nowhere in the second.
const PATHS: &[Case] = &[
    (
        "MinCount",
        "sh:property [ sh:path [ sh:inversePath ex:p ] ; sh:minCount 1 ]",
        "ex:goal ex:p ex:n .",
        "ex:n ex:p ex:goal .",
    ),
    (
        "MinCount",
        "sh:property [ sh:path ( ex:p ex:q ) ; sh:minCount 1 ]",
        "ex:n ex:p ex:x . ex:x ex:q ex:goal .",
        "ex:n ex:q ex:x . ex:x ex:p ex:y .",
    ),
    (
        "MinCount",
        "sh:property [ sh:path [ sh:inversePath ( ex:p ex:q ) ] ; sh:minCount 1 ]",
        "ex:goal ex:p ex:x . ex:x ex:q ex:n .",
        "ex:goal ex:q ex:x . ex:x ex:p ex:n .",
    ),
    (
        "MinCount",
        "sh:property [ sh:path [ sh:alternativePath ( ex:p ex:q ) ] ; sh:minCount 1 ]",
        "ex:n ex:q ex:goal .",
        "ex:n ex:r ex:goal .",
    ),
    (
        "HasValue",
        "sh:property [ sh:path [ sh:zeroOrMorePath ex:p ] ; sh:hasValue ex:goal ]",
        "ex:n ex:p ex:x . ex:x ex:p ex:n, ex:goal .",
        "ex:n ex:p ex:x . ex:x ex:p ex:n .",
    ),
    (
        "MinCount",
        "sh:property [ sh:path [ sh:oneOrMorePath ex:p ] ; sh:minCount 2 ]",
        "ex:n ex:p ex:x . ex:x ex:p ex:goal .",
        "ex:n ex:p ex:x .",
    ),
    (
        "MaxCount",
        "sh:property [ sh:path [ sh:zeroOrOnePath ex:p ] ; sh:maxCount 1 ]",
        "ex:n ex:q ex:x .",
        "ex:n ex:p ex:x .",
    ),
];

fn store(turtle: &str) -> Store {
    let text = format!("{PREFIXES}{turtle}");
    let quads = RdfParser::from_format(RdfFormat::Turtle).for_slice(text.as_bytes());
    quads.map(Result::unwrap).collect()
}

fn parse(shapes: &str) -> Result<Shapes, ShapesError> {
    Shapes::parse(&format!("{PREFIXES}{shapes}"))
}

fn validate(shapes: &str, data: &str) -> Report {
    parse(shapes).unwrap().validate(&store(data)).unwrap()
}

fn components(report: &Report) -> Vec<&str> {
    report.results.iter().map(|result| result.component).collect()
}

fn each_case_fits_and_breaks(cases: &[Case]) {
    for (component, constraints, fits, breaks) in cases {
        let shapes = format!("ex:S a sh:NodeShape ; sh:targetNode ex:n ; {constraints} .");
        assert_eq!(
            components(&validate(&shapes, fits)),
            Vec::<&str>::new(),
            "{constraints}: {fits}"
        );
        assert_eq!(components(&validate(&shapes, breaks)), [*component], "{constraints}: {breaks}");
    }
}

#[test]
fn constraints_on_a_value_tell_right_from_wrong() {
    each_case_fits_and_breaks(VALUES);
}

#[test]
fn constraints_on_all_values_tell_right_from_wrong() {
    each_case_fits_and_breaks(SETS);
}

#[test]
fn paths_lead_where_shacl_says() {
    each_case_fits_and_breaks(PATHS);
}

#[test]
fn targets_select_focus_nodes() {
    let constraint = "sh:property [ sh:path ex:missing ; sh:minCount 1 ]";
    let data = "ex:a a ex:C . ex:b a ex:Sub . ex:Sub rdfs:subClassOf ex:C . ex:c ex:p ex:d .";
    for (target, focus) in [
        ("sh:targetClass ex:C", vec!["a", "b"]),
        ("sh:targetNode ex:z", vec!["z"]),
        ("sh:targetSubjectsOf ex:p", vec!["c"]),
        ("sh:targetObjectsOf ex:p", vec!["d"]),
        ("sh:targetNode ex:a ; sh:targetClass ex:C", vec!["a", "b"]),
    ] {
        let report = validate(&format!("ex:S {target} ; {constraint} ."), data);
        let mut found: Vec<String> =
            report.results.iter().map(|result| result.focus_node.to_string()).collect();
        found.sort();
        let expected: Vec<String> =
            focus.iter().map(|name| format!("<http://example.org/{name}>")).collect();
        assert_eq!(found, expected, "{target}");
    }
}

#[test]
fn a_shape_that_is_a_class_targets_its_instances() {
    let shapes = "ex:C a sh:NodeShape, rdfs:Class ; sh:property [ sh:path ex:p ; sh:minCount 1 ] .";
    assert_eq!(validate(shapes, "ex:a a ex:C .").results.len(), 1);
}

#[test]
fn a_deactivated_shape_demands_nothing() {
    let shapes = "ex:S sh:targetNode ex:n ; sh:property [ sh:path ex:p ; sh:minCount 1 ; sh:deactivated true ] .";
    assert!(validate(shapes, "").conforms());
}

#[test]
fn severity_and_message_come_from_the_shape_or_from_the_query() {
    let shapes = r#"ex:S sh:targetNode ex:n ;
        sh:property [ sh:path ex:p ; sh:maxCount 1 ; sh:severity sh:Warning ; sh:message "至多一个"@zh, "at most one"@en ] ;
        sh:sparql [ sh:prefixes ex:prefixes ; sh:severity sh:Info ; sh:message "{$this} 的值 {?value} 为负"@zh ;
            sh:select "SELECT $this ?value WHERE { $this ex:p ?value FILTER(?value < 0) }" ] ."#;
    let report = validate(shapes, "ex:n ex:p 1, -1 .");
    let found: Vec<(Severity, &str)> =
        report.results.iter().map(|result| (result.severity, result.message("zh"))).collect();
    assert_eq!(
        found,
        [(Severity::Warning, "至多一个"), (Severity::Info, "http://example.org/n 的值 -1 为负")]
    );
}

#[test]
fn a_message_says_what_would_have_been_right() {
    for (constraint, data, message) in [
        ("sh:minCount 1", "ex:n ex:q 1 .", "expected at least 1 value(s), found 0"),
        (
            "sh:maxInclusive 9",
            "ex:n ex:p 10 .",
            "expected a value <= \"9\"^^<http://www.w3.org/2001/XMLSchema#integer>",
        ),
        ("sh:class ex:C", "ex:n ex:p ex:x .", "expected an instance of <http://example.org/C>"),
    ] {
        let shapes =
            format!("ex:S sh:targetNode ex:n ; sh:property [ sh:path ex:p ; {constraint} ] .");
        assert_eq!(validate(&shapes, data).results[0].message("en"), message);
    }
}

#[test]
fn a_query_over_many_nodes_finds_what_it_finds_node_by_node() {
    let query = "SELECT $this ?value WHERE { $this ex:p ?value OPTIONAL { $this ex:q ?q } FILTER(!BOUND(?q) || ?value > ?q) }";
    let constraint = format!("sh:sparql [ sh:prefixes ex:prefixes ; sh:select \"{query}\" ]");
    let describe = |number: usize| {
        let class = if number.is_multiple_of(2) { "ex:Even" } else { "ex:Odd" };
        let limit = if number.is_multiple_of(3) { "; ex:q 20" } else { "" };
        format!("ex:n{number} a {class} ; ex:p {number} {limit} . ")
    };
    let data = (0..40).map(describe).collect::<Vec<_>>().concat();
    let together = validate(&format!("ex:S sh:targetClass ex:Even ; {constraint} ."), &data);
    let mut apart = Vec::new();
    for number in (0..40).step_by(2) {
        let one = validate(&format!("ex:S sh:targetNode ex:n{number} ; {constraint} ."), &data);
        apart.extend(one.results.iter().map(|result| result.focus_node.to_string()));
    }
    let mut found: Vec<String> =
        together.results.iter().map(|result| result.focus_node.to_string()).collect();
    found.sort();
    apart.sort();
    // 0, 6, 12 and 18 of the 20 even numbers keep to their limit.
    assert_eq!(found.len(), 16);
    assert_eq!(found, apart);
}

#[test]
fn a_term_that_checks_nothing_is_an_error_that_names_it() {
    for (shapes, term) in [
        ("ex:S sh:targetNode ex:n ; sh:minCout 1 .", "sh:minCout"),
        ("ex:S sh:targetNode ex:n ; sh:property [ sh:path ex:p ; sh:maxcount 1 ] .", "sh:maxcount"),
        ("ex:S sh:targetNode ex:n ; sh:sparql [ sh:ask \"ASK {}\" ] .", "sh:ask in sh:sparql"),
        ("ex:S sh:targetClas ex:C .", "sh:targetClas"),
        (
            "ex:S a sh:Nodeshape ; sh:property [ sh:path ex:p ; sh:minCount 1 ] .",
            "sh:Nodeshape where",
        ),
        ("ex:S sh:targetNode ex:n . ex:P sh:path ex:p ; sh:minCount 1 .", "sh:path where"),
        (
            "ex:C a sh:ConstraintComponent ; sh:parameter [ sh:path ex:p ] .",
            "sh:ConstraintComponent where",
        ),
    ] {
        match parse(shapes) {
            Err(ShapesError::UnknownTerm { term: found, .. }) => {
                assert!(found.starts_with(term), "{shapes}: {found}");
            }
            other => panic!("{shapes}: {other:?}"),
        }
    }
}

#[test]
fn a_parameter_with_a_wrong_value_is_an_error_that_names_it() {
    for (constraints, property) in [
        ("sh:property [ sh:minLength 1 ]", "sh:property"),
        ("sh:property ex:undescribed", "sh:property"),
        ("sh:node ex:undescribed", "sh:node"),
        ("sh:minCount 1", "sh:path"),
        ("sh:property [ sh:path ex:p ; sh:minCount -1 ]", "sh:minCount"),
        ("sh:property [ sh:path ex:p ; sh:pattern \"(\" ]", "sh:pattern"),
        ("sh:property [ sh:path ex:p ; sh:flags \"i\" ]", "sh:flags"),
        ("sh:property [ sh:path ex:p, ex:q ]", "sh:path"),
        ("sh:property [ sh:path [ ex:inverse ex:p ] ]", "sh:path"),
        ("sh:property [ sh:path ex:p ; sh:minInclusive ex:x ]", "sh:minInclusive"),
        ("sh:in ex:list", "sh:in"),
        ("sh:nodeKind sh:Iri", "sh:nodeKind"),
        ("sh:severity ex:Grave", "sh:severity"),
        ("sh:qualifiedValueShape [ sh:class ex:C ]", "sh:qualifiedValueShape"),
        ("sh:sparql [ sh:select \"ASK { $this ?p ?o }\" ]", "sh:select"),
        (
            "sh:sparql [ sh:select \"SELECT $this WHERE { $this <http://jena.apache.org/text#query> 'x' }\" ]",
            "sh:select",
        ),
        ("sh:sparql [ sh:select \"SELECT ?x WHERE { ?x ?p ?o }\" ]", "sh:select"),
    ] {
        match parse(&format!("ex:S sh:targetNode ex:n ; {constraints} .")) {
            Err(ShapesError::Malformed { property: found, .. }) => {
                assert_eq!(found, property, "{constraints}");
            }
            other => panic!("{constraints}: {other:?}"),
        }
    }
}

#[test]
fn a_syntax_error_has_line_and_column() {
    let error =
        Shapes::parse("@prefix ex: <http://example.org/> .\nex:S ex:p ex:o ;; .\nex:S ex:p no .");
    match error {
        Err(ShapesError::Syntax { line, column, .. }) => assert_eq!((line, column), (3, 11)),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_broken_query_is_an_error_with_its_place() {
    let shapes =
        "ex:S sh:targetNode ex:n ; sh:sparql [ sh:select \"SELECT $this WHERE { $this }\" ] .";
    match parse(shapes) {
        Err(ShapesError::Query { shape, message }) => {
            assert_eq!(shape, "<http://example.org/S>");
            assert!(message.contains("1:"), "{message}");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_shape_that_needs_itself_is_refused() {
    let shapes = "ex:S sh:targetNode ex:n ; sh:property [ sh:path ex:p ; sh:node ex:S ] .";
    assert_eq!(
        parse(shapes).err(),
        Some(ShapesError::Recursive { shape: "<http://example.org/S>".to_owned() })
    );
}
