//! What may stand side by side and what may not, over invented graphs: charts of a comparison, targets for a part of a place, and the choices of the page of deadlines.

use std::fmt::Write as _;

use axum::http::StatusCode;

use crate::facts::{BASE, get_of, service};
use crate::fixture::escaped;

const PREFIXES: &str = "@prefix zt: <https://w3id.org/zhengtu/ontology#> .\n@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n\
     @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n";

/// A province 乙 with its city 子 and the district 寅 of that, and a document of each of the first two.
fn places() -> String {
    format!(
        "{PREFIXES}@base <{BASE}> .
        <place/0> a zt:Place ; rdfs:label \"某国\"@zh ; zt:level 0 .
        <place/1> a zt:Place ; rdfs:label \"乙省\"@zh ; zt:level 1 ; zt:within <place/0> .
        <place/2> a zt:Place ; rdfs:label \"子市\"@zh ; zt:level 2 ; zt:within <place/1> .
        <place/3> a zt:Place ; rdfs:label \"寅区\"@zh ; zt:level 3 ; zt:within <place/2> .
        <indicator/森林> a zt:Indicator ; rdfs:label \"森林\"@zh .
        <document/省> a zt:PolicyDocument ; rdfs:label \"省方案\"@zh ; zt:jurisdiction <place/1> .
        <document/市> a zt:PolicyDocument ; rdfs:label \"市方案\"@zh ; zt:jurisdiction <place/2> ; zt:implements <document/省> .
        "
    )
}

/// A target of 森林 in percent, with more that is said of it.
fn target(name: &str, document: &str, value: u32, more: &str) -> String {
    format!(
        "<{BASE}target/{name}> a zt:Target ; zt:inDocument <{BASE}document/{document}> ; zt:indicator <{BASE}indicator/森林> ; zt:valueText \"{value}%\" ;
        zt:value {value}.0 ; zt:lowerBound {value}.0 ; zt:unit <http://qudt.org/vocab/unit/PERCENT> ; zt:basis zt:Level {more} .\n"
    )
}

const DUE_2035: &str = "; zt:deadline \"2035-12-31\"^^xsd:date";
const DUE_2030: &str = "; zt:deadline \"2030-12-31\"^^xsd:date";

#[tokio::test]
async fn documents_are_drawn_together_for_one_year_only() {
    let of_years = |city: &str, province: &str| {
        [places(), target("市", "市", 30, city), target("省", "省", 40, province)].concat()
    };
    let every_year = "; zt:frequency <http://purl.org/cld/freq/A>";
    for (rule, city, province, charts) in [
        ("the same year", DUE_2035, DUE_2035, 1),
        ("another year", DUE_2030, DUE_2035, 0),
        ("no year at all", "", "", 0),
        ("every year", every_year, every_year, 1),
    ] {
        let page = get_of(&service(&of_years(city, province)), "/compare?d=市&d=省").await.body;
        assert!(page.contains("共有的指标"), "{rule}: {page}");
        assert_eq!(page.matches("<figure").count(), charts, "{rule}: {page}");
    }
}

#[tokio::test]
async fn a_chart_of_a_comparison_names_the_documents_of_one_place_apart() {
    let turtle = [
        places(),
        format!(
            "<{BASE}document/又> a zt:PolicyDocument ; rdfs:label \"又一方案\"@zh ; zt:jurisdiction <{BASE}place/2> .\n"
        ),
        target("市", "市", 30, DUE_2035),
        target("又", "又", 40, DUE_2035),
    ];
    let chart = get_of(&service(&turtle.concat()), "/compare.svg?d=市&d=又").await;
    assert_eq!((chart.status, chart.media_type()), (StatusCode::OK, "image/svg+xml"));
    assert!(
        chart.body.contains(">子市 市方案<") && chart.body.contains(">子市 又一方案<"),
        "{}",
        chart.body
    );
}

#[tokio::test]
async fn a_target_of_a_district_is_not_compared_with_that_of_the_whole_province() {
    let district = format!("{DUE_2035} ; zt:place <{BASE}place/3>");
    for (rule, more, is_shared) in [("the city", DUE_2035, true), ("a district", &*district, false)]
    {
        let turtle = [places(), target("市", "市", 30, more), target("省", "省", 40, DUE_2035)];
        let page = get_of(&service(&turtle.concat()), "/compare?d=市&d=省").await.body;
        assert_eq!(page.contains("比上级低10个百分点"), is_shared, "{rule}: {page}");
        assert_eq!(page.contains("寅区"), !is_shared, "{rule}: {page}");
    }
}

#[tokio::test]
async fn on_the_page_of_an_indicator_a_district_stands_below_its_city() {
    let district = format!("{DUE_2035} ; zt:place <{BASE}place/3>");
    let turtle = [
        places(),
        target("省", "省", 40, DUE_2035),
        target("市-1", "市", 30, DUE_2035),
        target("市-2", "市", 35, &district),
    ];
    let page = get_of(&service(&turtle.concat()), "/indicator/森林.html").await.body;
    let (_, row) = page.split_once(">寅区</a>").unwrap_or_else(|| panic!("{page}"));
    let (row, _) = row.split_once("</tr>").unwrap();
    assert!(row.contains("比上级高5个百分点") && row.contains("按行政区划对应"), "{row}");
}

#[tokio::test]
async fn a_target_of_several_districts_has_their_names_and_no_level() {
    let both = format!("{DUE_2035} ; zt:place <{BASE}place/3>, <{BASE}place/4>");
    let turtle = [
        places(),
        format!(
            "<{BASE}place/4> a zt:Place ; rdfs:label \"卯区\"@zh ; zt:level 3 ; zt:within <{BASE}place/2> .\n"
        ),
        target("市-1", "市", 30, DUE_2035),
        target("市-2", "市", 35, &both),
    ];
    let page = get_of(&service(&turtle.concat()), "/indicator/森林.html").await.body;
    let (_, row) = page.split_once("寅区、卯区").unwrap_or_else(|| panic!("{page}"));
    assert!(!row.split_once("</tr>").unwrap().0.contains("比上级"), "{row}");
}

/// A measure of 子市 and one of 乙省, each with a target, with 甲局 in charge of both and 乙局 of the first.
fn of_bodies() -> String {
    let mut turtle = places();
    for (body, name) in [("甲", "甲局"), ("乙", "乙局")] {
        writeln!(turtle, "<agency/{body}> a zt:Organization ; rdfs:label \"{name}\"@zh .").unwrap();
    }
    for (document, year) in [("市", DUE_2030), ("省", DUE_2035)] {
        turtle.push_str(&target(document, document, 30, year));
        writeln!(turtle, "<measure/{document}> a zt:Measure ; rdfs:label \"措施{document}\"@zh ; zt:inDocument <document/{document}> ; zt:hasTarget <target/{document}> ; zt:responsibleOrg <agency/甲> .").unwrap();
    }
    turtle.push_str("<measure/市> zt:responsibleOrg <agency/乙> .\n");
    turtle
}

#[tokio::test]
async fn with_a_department_chosen_other_places_and_departments_stay_in_reach() {
    // As the pages write it.
    let written = |name: &str| escaped(&format!("{BASE}{name}")).replace("%2E", ".");
    let (department, city) = (written("agency/甲"), written("place/2"));
    let router = service(&of_bodies());
    let address = format!("/deadlines?department={department}&region={city}");
    let page = get_of(&router, &address).await.body;
    let (_, by_place) = page.split_once("id=\"by-place\"").unwrap_or_else(|| panic!("{page}"));
    let (by_place, by_body) = by_place.split_once("id=\"by-body\"").unwrap();
    // The one that is on is marked and leads back to all.
    assert!(
        by_place.contains(&format!("href=\"/deadlines?department={department}\" aria-current")),
        "{by_place}"
    );
    assert!(by_place.contains(">乙省</a> <small>2</small>"), "{by_place}");
    assert!(
        by_body.contains(&format!("href=\"/deadlines?region={city}\" aria-current")),
        "{by_body}"
    );
    assert!(by_body.contains(">乙局</a> <small>1</small>"), "{by_body}");
}

#[tokio::test]
async fn with_a_place_chosen_other_places_stay_in_reach() {
    let mut turtle = of_bodies();
    writeln!(turtle, "<place/9> a zt:Place ; rdfs:label \"丁省\"@zh ; zt:level 1 ; zt:within <place/0> .\n<document/丁> a zt:PolicyDocument ; rdfs:label \"丁方案\"@zh ; zt:jurisdiction <place/9> .\n{}", target("丁", "丁", 5, DUE_2035)).unwrap();
    let page = get_of(
        &service(&turtle),
        &format!("/deadlines?region={}", escaped(&format!("{BASE}place/2"))),
    )
    .await
    .body;
    assert!(page.contains(">丁省</a> <small>1</small>"), "{page}");
}

#[tokio::test]
async fn the_number_beside_a_day_is_that_of_all_its_targets() {
    let mut turtle = places();
    for number in 0..70 {
        let day = if number < 60 { DUE_2030 } else { DUE_2035 };
        turtle.push_str(&target(&format!("市-{number}"), "市", number, day));
    }
    let router = service(&turtle);
    for (address, days) in [
        ("/deadlines", vec!["2030年底 <span class=\"tag\">60</span>"]),
        (
            "/deadlines?page=2",
            vec![
                "2030年底 <span class=\"tag\">60</span>",
                "2035年底 <span class=\"tag\">10</span>",
            ],
        ),
    ] {
        let page = get_of(&router, address).await.body;
        for day in days {
            assert!(page.contains(day), "{address} lacks {day}: {page}");
        }
    }
}

#[tokio::test]
async fn the_table_of_deadlines_is_a_file_with_a_row_for_each_target_that_fits() {
    let router = service(&of_bodies());
    for (query, rows) in [("", 2), ("?year=2035", 1), ("?year=2031", 0)] {
        let file = get_of(&router, &format!("/deadlines.csv{query}")).await;
        assert_eq!((file.status, file.media_type()), (StatusCode::OK, "text/csv"));
        assert!(file.header("content-disposition").contains("deadlines.csv"));
        assert_eq!(file.body.lines().count(), rows + 1, "{query}: {}", file.body);
    }
    let file = get_of(&router, "/deadlines.csv").await.body;
    let first = file.lines().nth(1).unwrap();
    assert!(first.starts_with("2030-12-31,,森林,30%,"), "{first}");
    assert!(
        first.contains(",子市,措施市,甲局、乙局,市方案,")
            || first.contains(",子市,措施市,乙局、甲局,市方案,"),
        "{first}"
    );
}

#[tokio::test]
async fn a_long_list_of_what_only_one_document_has_is_folded() {
    for (count, is_open) in [(40, true), (41, false)] {
        let mut turtle = places();
        for number in 0..count {
            writeln!(turtle, "<target/{number}> a zt:Target ; zt:inDocument <document/市> ; zt:indicator <indicator/{number}> ; zt:valueText \"1个\" .").unwrap();
        }
        let page = get_of(&service(&turtle), "/compare?d=市&d=省").await.body;
        assert_eq!(page.contains("<details class=\"only\" open>"), is_open, "{count}: {page}");
        assert_eq!(page.matches("<details class=\"only\"").count(), 1, "{count}");
    }
}
