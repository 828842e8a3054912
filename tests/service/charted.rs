//! What charts draw, what they leave out, and that they say so. The graph is invented.

use std::fmt::Write as _;

use crate::facts::{get_of, service};

const PREFIXES: &str = r#"
@prefix zt: <https://w3id.org/zhengtu/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix unit: <http://qudt.org/vocab/unit/> .
@prefix own: <https://w3id.org/zhengtu/unit/> .
@prefix place: <https://w3id.org/zhengtu/place/> .
@prefix doc: <https://w3id.org/zhengtu/document/> .
@prefix indicator: <https://w3id.org/zhengtu/indicator/> .
@prefix measure: <https://w3id.org/zhengtu/measure/> .
@prefix target: <https://w3id.org/zhengtu/target/> .
own:百分点 rdfs:label "个百分点"@zh .
unit:PERCENT rdfs:label "%"@zh .
place:990100 a zt:Place ; rdfs:label "甲市"@zh ; zt:level 2 .
doc:甲 a zt:PolicyDocument ; rdfs:label "甲市通知"@zh ; zt:jurisdiction place:990100 .
indicator:投资 a zt:Indicator ; rdfs:label "投资"@zh .
"#;

/// A graph of one document with a measure for each target: number of the measure, and what is said of its target.
fn graph(targets: &[(u32, &str)]) -> String {
    let mut turtle = PREFIXES.to_owned();
    for (number, said) in targets {
        writeln!(
            turtle,
            "measure:甲.{number} a zt:Measure ; rdfs:label \"措施\"@zh ; zt:number \"{number}\" ; zt:inDocument doc:甲 ; zt:hasTarget target:甲.{number}-1 .
             target:甲.{number}-1 a zt:Target ; zt:inDocument doc:甲 ; zt:indicator indicator:投资 ; {said} ."
        )
        .unwrap();
    }
    turtle
}

#[tokio::test]
async fn percentage_points_are_not_drawn_as_shares_of_a_hundred() {
    let of_unit =
        |unit| graph(&[(1, &format!("zt:valueText \"0.5\" ; zt:value 0.5 ; zt:unit {unit}"))]);
    let points = get_of(&service(&of_unit("own:百分点")), "/target/甲.1-1.html").await;
    assert!(!points.body.contains(">100"), "{}", points.body);
    let shares = get_of(&service(&of_unit("unit:PERCENT")), "/target/甲.1-1.html").await;
    assert!(shares.body.contains(">100%"), "{}", shares.body);
}

#[tokio::test]
async fn bars_of_one_document_and_year_name_their_measures() {
    let graph = graph(&[
        (1, "zt:valueText \"5\" ; zt:value 5.0"),
        (2, "zt:valueText \"6\" ; zt:value 6.0"),
    ]);
    let page = get_of(&service(&graph), "/indicator/投资.html").await;
    for label in ["甲市 措施1 甲市通知", "甲市 措施2 甲市通知"] {
        assert!(page.body.contains(label), "no {label}: {}", page.body);
    }
}

#[tokio::test]
async fn values_that_the_largest_would_dwarf_are_not_drawn_and_that_is_said() {
    let of = |most: u32| {
        graph(&[(1, "zt:value 5.0"), (2, "zt:value 6.0"), (3, &format!("zt:value {most}.0"))])
    };
    let dwarfed = get_of(&service(&of(121)), "/indicator/投资.html").await;
    assert!(dwarfed.body.contains("所以不画图") && !dwarfed.body.contains("chart=group-1"));
    let drawn = get_of(&service(&of(120)), "/indicator/投资.html").await;
    assert!(!drawn.body.contains("所以不画图") && drawn.body.contains("chart=group-1"));
}

#[tokio::test]
async fn the_head_of_a_group_claims_no_scope_that_only_one_target_has() {
    let graph = graph(&[
        (1, "zt:value 5.0 ; zt:baseScope \"全省农村\""),
        (2, "zt:value 6.0 ; zt:baseScope \"全市农村\""),
    ]);
    let page = get_of(&service(&graph), "/indicator/投资.html").await;
    assert!(page.body.contains("范围 农村"), "{}", page.body);
}

#[tokio::test]
async fn the_days_of_a_department_say_how_many_targets_name_none() {
    let mut graph = graph(&[
        (1, "zt:value 5.0 ; zt:deadline \"2032-12-31\"^^xsd:date"),
        (2, "zt:value 6.0 ; zt:deadline \"2033-12-31\"^^xsd:date"),
        (3, "zt:value 7.0"),
    ]);
    graph.push_str(
        "<https://w3id.org/zhengtu/agency/乙局> a zt:Organization ; rdfs:label \"乙局\"@zh .\n",
    );
    for number in 1..=3 {
        writeln!(
            graph,
            "measure:甲.{number} zt:responsibility <https://w3id.org/zhengtu/responsibility/{number}> .
             <https://w3id.org/zhengtu/responsibility/{number}> a zt:Responsibility ; zt:agent <https://w3id.org/zhengtu/agency/乙局> ; zt:role zt:Lead ."
        )
        .unwrap();
    }
    let page = get_of(&service(&graph), "/agency/乙局.html").await;
    assert!(page.body.contains("另有 1 个没有写明期限"), "{}", page.body);
}
