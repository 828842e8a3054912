//! What pages tell where there is more than they show, and that they count each thing once, over invented graphs.

use std::fmt::Write as _;

use crate::facts::{BASE, get_of, service};

const PREFIXES: &str = "@prefix zt: <https://w3id.org/zhengtu/ontology#> .\n@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n\
     @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n";

/// A body 甲 with a function, and measures each in a document of its own year from 2001.
fn measures(count: u32) -> String {
    let mut turtle = format!(
        "{PREFIXES}<{BASE}agency/甲> a zt:Organization ; rdfs:label \"甲局\"@zh ; zt:function <{BASE}function/甲> .\n<{BASE}function/甲> rdfs:label \"某职能\"@zh .\n"
    );
    for number in 1..=count {
        let year = 2000 + number;
        writeln!(turtle, "<{BASE}document/{number}> a zt:PolicyDocument ; rdfs:label \"文{number}\"@zh ; zt:signedOn \"{year}-01-01\"^^xsd:date .\n<{BASE}measure/{number}> a zt:Measure ; rdfs:label \"措施{number}\"@zh ; zt:inDocument <{BASE}document/{number}> ; zt:responsibleOrg <{BASE}agency/甲> ; zt:leadBy <{BASE}agency/甲> ; zt:responsibility <{BASE}responsibility/{number}> .\n<{BASE}responsibility/{number}> a zt:Responsibility ; zt:agent <{BASE}agency/甲> ; zt:role zt:Lead .\n<{BASE}measure/{number}> zt:hasTarget <{BASE}target/{number}> .\n<{BASE}target/{number}> a zt:Target ; zt:inDocument <{BASE}document/{number}> ; zt:indicator <{BASE}indicator/{number}> ; zt:valueText \"1个\" .").unwrap();
    }
    turtle
}

#[tokio::test]
async fn a_body_that_leads_and_supports_one_measure_has_one_measure() {
    let mut turtle = measures(1);
    writeln!(turtle, "<{BASE}measure/1> zt:supportedBy <{BASE}agency/甲> ; zt:responsibility <{BASE}responsibility/1-2> .\n<{BASE}responsibility/1-2> a zt:Responsibility ; zt:agent <{BASE}agency/甲> ; zt:role zt:Support .").unwrap();
    let page = get_of(&service(&turtle), "/function/甲.html").await.body;
    assert!(page.contains("<b>1</b>"), "{page}");
}

#[tokio::test]
async fn a_measure_that_two_bodies_share_is_not_compared_with_itself() {
    let mut turtle = measures(1);
    writeln!(turtle, "<{BASE}agency/乙> a zt:Organization ; rdfs:label \"乙局\"@zh ; zt:function <{BASE}function/甲> .\n<{BASE}measure/1> zt:responsibleOrg <{BASE}agency/乙> .").unwrap();
    let page = get_of(&service(&turtle), "/function/甲.html").await.body;
    assert!(!page.contains("同一工作的目标"), "{page}");
    assert_eq!(page.matches("<a class=\"value\"").count(), 1, "{page}");
}

#[tokio::test]
async fn what_a_sample_of_measures_has_at_one_body_is_not_said_to_be_only_there() {
    let all = get_of(&service(&measures(20)), "/function/甲.html").await.body;
    assert!(all.contains("只有一处的目标") && !all.contains("只取自其中一部分"), "{all}");
    let sample = get_of(&service(&measures(21)), "/function/甲.html").await.body;
    assert!(!sample.contains("只有一处的目标") && sample.contains("只取自其中一部分"), "{sample}");
}

#[tokio::test]
async fn of_many_years_the_newest_are_drawn_and_how_many_is_told() {
    let router = service(&measures(14));
    let page = get_of(&router, "/agency/甲.html").await.body;
    assert!(page.contains("各年份文件的措施（图中为 14 项中的 12 项）"), "{page}");
    let chart = get_of(&router, "/agency/甲.html?chart=years").await.body;
    assert!(chart.contains("2014") && chart.contains("2003") && !chart.contains("2002"), "{chart}");
}

#[tokio::test]
async fn a_place_with_more_documents_than_are_listed_says_so() {
    for (count, is_told) in [(100, false), (101, true)] {
        let mut turtle =
            format!("{PREFIXES}<{BASE}place/1> a zt:Place ; rdfs:label \"某地\"@zh .\n");
        for number in 0..count {
            writeln!(turtle, "<{BASE}document/{number}> a zt:PolicyDocument ; rdfs:label \"文{number}\"@zh ; zt:jurisdiction <{BASE}place/1> .").unwrap();
        }
        let page = get_of(&service(&turtle), "/place/1.html").await.body;
        assert_eq!(page.contains("最多各列 100 个"), is_told, "{count}");
    }
}

#[tokio::test]
async fn a_programme_that_more_measures_name_than_are_listed_says_so() {
    for (count, is_told) in [(100, false), (101, true)] {
        let mut turtle =
            format!("{PREFIXES}<{BASE}programme/1> a zt:Programme ; rdfs:label \"某行动\"@zh .\n");
        for number in 0..count {
            writeln!(turtle, "<{BASE}measure/{number}> a zt:Measure ; rdfs:label \"措施{number}\"@zh ; zt:mentions <{BASE}programme/1> .").unwrap();
        }
        let page = get_of(&service(&turtle), "/programme/1.html").await.body;
        assert_eq!(page.contains("101 处提及"), is_told, "{count}");
    }
}

#[tokio::test]
async fn a_page_of_deadlines_without_a_dated_target_keeps_the_years() {
    let mut turtle = PREFIXES.to_owned();
    for number in 0..80 {
        let deadline = if number < 20 { "; zt:deadline \"2035-12-31\"^^xsd:date" } else { "" };
        writeln!(turtle, "<{BASE}target/{number}> a zt:Target ; rdfs:label \"目标{number}\"@zh ; zt:valueText \"1个\" {deadline} .").unwrap();
    }
    let page = get_of(&service(&turtle), "/deadlines?page=2").await.body;
    assert!(page.contains("未写明期限") && !page.contains("2035年底"), "{page}");
    assert!(page.contains("<figure") && page.contains("各年到期的目标"), "{page}");
}

#[tokio::test]
async fn of_more_places_than_the_index_lists_a_number_that_it_has_not_is_no_zero() {
    let mut turtle = format!("{PREFIXES}<{BASE}place/0> a zt:Place ; rdfs:label \"某国\"@zh .\n");
    // The last place has fewest documents and the first one fewest measures: of each the index leaves that one out.
    for number in 1..=201 {
        writeln!(turtle, "<{BASE}place/{number}> a zt:Place ; rdfs:label \"地{number}\"@zh ; zt:within <{BASE}place/0> .")
            .unwrap();
        for copy in 0..2 {
            let name = format!("{number}-{copy}");
            if copy == 0 || number != 201 {
                writeln!(turtle, "<{BASE}document/{name}> a zt:PolicyDocument ; rdfs:label \"文{name}\"@zh ; zt:jurisdiction <{BASE}place/{number}> .").unwrap();
            }
            if copy == 0 || number != 1 {
                writeln!(turtle, "<{BASE}measure/{name}> a zt:Measure ; rdfs:label \"措施{name}\"@zh ; zt:inDocument <{BASE}document/{number}-0> .").unwrap();
            }
        }
    }
    let page = get_of(&service(&turtle), "/places").await.body;
    assert!(page.contains("只列出文件最多的 200 个地区"), "{page}");
    let row_of = |place: &str| {
        let (_, rest) = page.split_once(&format!(">{place}</a></th>"))?;
        Some(rest.split_once("</tr>")?.0)
    };
    assert_eq!(row_of("地201"), None);
    let first = row_of("地1").unwrap();
    assert!(first.contains(">2</a>") && first.contains(">–<span"), "{first}");
}
