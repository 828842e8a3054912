//! What the graph says of the notice, and that each statement stands on the characters of its source.

use super::{column, select};
use std::collections::BTreeMap;

#[test]
fn every_quote_equals_the_source_at_its_offsets() {
    let rows = select(
        "SELECT ?start ?end ?quote ?source WHERE {
           ?span zt:start ?start ; zt:end ?end ; zt:quote ?quote ; zt:sourceText/nif:isString ?source }",
    );
    assert!(rows.len() > 150, "only {} spans", rows.len());
    for row in rows {
        let number = |name: &str| row.text(name).parse::<usize>().unwrap();
        let (start, end) = (number("start"), number("end"));
        let at: String = row.text("source").chars().skip(start).take(end - start).collect();
        assert_eq!(at, row.text("quote"), "at {start}..{end}");
    }
}

#[test]
fn every_measure_target_responsibility_citation_and_finding_of_the_notice_has_evidence() {
    let without = column(
        "SELECT ?x WHERE {
           GRAPH doc:菏政发〔2024〕11号 {
             VALUES ?class { zt:Measure zt:Section zt:Target zt:Responsibility zt:Citation zt:Finding }
             ?x a ?class FILTER NOT EXISTS { ?x zt:evidence/zt:quote ?quote } } }",
        "x",
    );
    assert_eq!(without, Vec::<String>::new());
}

#[test]
fn the_notice_has_five_chapters_and_eighteen_measures() {
    let counts = select(
        "SELECT (COUNT(DISTINCT ?s) AS ?sections) (COUNT(DISTINCT ?m) AS ?measures) WHERE {
           doc:菏政发〔2024〕11号 zt:hasSection ?s ; zt:hasMeasure ?m }",
    );
    assert_eq!(counts[0].text("sections"), "5");
    assert_eq!(counts[0].text("measures"), "18");
}

#[test]
fn the_text_that_breaks_off_is_a_finding_on_measure_18() {
    let concerned = column(
        "SELECT ?number WHERE {
           doc:菏政发〔2024〕11号 zt:finding ?f .
           ?f zt:findingKind zt:TextBreaksOff ; zt:concerns/zt:number ?number }",
        "number",
    );
    assert_eq!(concerned, ["18"]);
}

#[test]
fn the_fifth_action_that_is_announced_but_not_shown_is_a_finding() {
    let quotes = column(
        "SELECT ?quote WHERE { ?f zt:findingKind zt:PartMissing ; zt:evidence/zt:quote ?quote }",
        "quote",
    );
    assert!(quotes.iter().any(|quote| quote.contains("五大行动")), "{quotes:?}");
}

#[test]
fn city_and_province_meet_on_the_indicators_that_they_share() {
    let shared = column(
        "SELECT DISTINCT ?indicator WHERE {
           ?city zt:inDocument doc:菏政发〔2024〕11号 ; zt:indicator ?i ; zt:unit ?u ; zt:basis ?b .
           ?province zt:inDocument doc:鲁政发〔2024〕1号 ; zt:indicator ?i ; zt:unit ?u ; zt:basis ?b .
           ?i rdfs:label ?indicator FILTER(LANG(?indicator) = \"zh\") } ORDER BY ?indicator",
        "indicator",
    );
    assert_eq!(
        shared,
        ["十强产业雁阵形集群数", "常住人口城镇化率", "技改项目数", "新能源和可再生能源装机"]
    );
}

#[test]
fn a_target_with_a_threshold_keeps_both_quantities() {
    let rows = select(
        "SELECT ?value ?minimum WHERE {
           ?t zt:inDocument doc:菏政发〔2024〕11号 ; zt:indicator indicator:技改项目数 ; zt:value ?value ;
              zt:frequency sdmx-code:freq-A ; zt:itemCondition/zt:lowerBound ?minimum }",
    );
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].text("value"), "300");
    assert_eq!(rows[0].text("minimum"), "5000000");
}

#[test]
fn a_growth_and_a_share_of_fifty_per_cent_are_of_different_basis() {
    let bases: BTreeMap<String, String> = select(
        "SELECT ?text ?basis WHERE {
           ?t zt:inDocument doc:菏政发〔2024〕11号 ; zt:valueText ?text ; zt:basis ?basis
           FILTER(?text IN (\"50%左右\", \"0.5个百分点以上\", \"57%左右\", \"1700万平方米以上\")) }",
    )
    .iter()
    .map(|row| {
        let local = row.text("basis").rsplit('#').next().unwrap_or_default().to_owned();
        (row.text("text").to_owned(), local)
    })
    .collect();
    let wanted = [
        ("0.5个百分点以上", "Gap"),
        ("1700万平方米以上", "Increment"),
        ("50%左右", "Growth"),
        ("57%左右", "Level"),
    ];
    let wanted = wanted.map(|(text, basis)| (text.to_owned(), basis.to_owned()));
    assert_eq!(bases, BTreeMap::from(wanted));
}

#[test]
fn the_whole_graph_is_the_default_graph_and_each_document_a_named_one() {
    let rows = select(
        "SELECT ?g WHERE { GRAPH ?g { ?g a zt:PolicyDocument ; zt:issuer ?issuer } } ORDER BY ?g",
    );
    let graphs: Vec<&str> = rows.iter().map(|row| row.text("g")).collect();
    assert_eq!(
        graphs,
        [
            "https://w3id.org/zhengtu/document/菏政发〔2024〕11号",
            "https://w3id.org/zhengtu/document/鲁政发〔2024〕1号"
        ]
    );
}
