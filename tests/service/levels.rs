//! Targets of one level against those of another, over invented documents: what is called harder, what is a share of what, and what is summed.

use std::fmt::Write as _;

use axum::Router;

use crate::facts::{BASE, get_of, service};

/// An invented target: of which document, for which year, of which indicator, and its numbers in Turtle.
struct Promise {
    document: &'static str,
    year: u32,
    indicator: &'static str,
    words: &'static str,
    numbers: &'static str,
}

const fn promise(document: &'static str, year: u32, numbers: [&'static str; 2]) -> Promise {
    let [words, numbers] = numbers;
    Promise { document, year, indicator: "某率", words, numbers }
}

const PERCENT: &str = "zt:unit <http://qudt.org/vocab/unit/PERCENT>";

/// A province 甲, two cities in it, and a document of each: those of the cities implement that of the province.
fn site(promises: &[Promise]) -> Router {
    let mut turtle = String::from(
        "@prefix zt: <https://w3id.org/zhengtu/ontology#> .\n@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n\
         @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n",
    );
    for (name, level) in [("甲", 1), ("乙", 2), ("丙", 2)] {
        writeln!(turtle, "<{BASE}place/{name}> a zt:Place ; rdfs:label \"{name}地\"@zh ; zt:level {level} .\n<{BASE}document/{name}> a zt:PolicyDocument ; rdfs:label \"{name}文\"@zh ; zt:jurisdiction <{BASE}place/{name}> .").unwrap();
    }
    for name in ["乙", "丙"] {
        writeln!(turtle, "<{BASE}place/{name}> zt:within <{BASE}place/甲> .\n<{BASE}document/{name}> zt:implements <{BASE}document/甲> .").unwrap();
    }
    for (number, one) in promises.iter().enumerate() {
        let Promise { document, year, indicator, words, numbers } = one;
        writeln!(turtle, "<{BASE}target/{document}-{number}> a zt:Target ; zt:inDocument <{BASE}document/{document}> ; zt:indicator <{BASE}indicator/{indicator}> ;\n\
             zt:valueText \"{words}\" ; zt:basis zt:Level ; zt:deadline \"{year}-12-31\"^^xsd:date ; {numbers} .\n<{BASE}indicator/{indicator}> a zt:Indicator ; rdfs:label \"{indicator}\"@zh .").unwrap();
    }
    service(&turtle)
}

async fn compared(promises: &[Promise]) -> String {
    get_of(&site(promises), "/compare?d=乙&d=甲").await.body
}

async fn side_by_side(promises: &[Promise], indicator: &str) -> String {
    get_of(&site(promises), &format!("/indicator/{indicator}.html")).await.body
}

/// At least so many per cent, by a year.
fn at_least(document: &'static str, year: u32, words: &'static str, value: u32) -> Promise {
    let numbers = format!("zt:value {value}.0 ; zt:lowerBound {value}.0 ; {PERCENT}");
    promise(document, year, [words, numbers.leak()])
}

#[tokio::test]
async fn of_two_years_of_the_higher_document_the_same_year_is_answered_to() {
    let promises = [
        at_least("甲", 2035, "50%", 50),
        at_least("甲", 2037, "60%", 60),
        at_least("乙", 2037, "58%", 58),
    ];
    let page = compared(&promises).await;
    assert!(page.contains("比上级低2个百分点"), "{page}");
    assert!(!page.contains("加码"), "{page}");
}

#[tokio::test]
async fn without_the_same_year_the_next_one_after_is_answered_to() {
    let promises = [
        at_least("甲", 2033, "40%", 40),
        at_least("甲", 2039, "70%", 70),
        at_least("甲", 2037, "60%", 60),
        at_least("乙", 2035, "62%", 62),
    ];
    let page = compared(&promises).await;
    assert!(page.contains("比上级高2个百分点") && page.contains("期限早2年"), "{page}");
    assert!(page.contains("加码"), "{page}");
}

#[tokio::test]
async fn more_by_a_later_year_is_not_harder() {
    let page = compared(&[at_least("甲", 2035, "50%", 50), at_least("乙", 2037, "58%", 58)]).await;
    assert!(page.contains("比上级高8个百分点") && page.contains("期限晚2年"), "{page}");
    assert!(!page.contains("加码"), "{page}");
}

#[tokio::test]
async fn about_so_much_is_not_harder_than_a_bound() {
    let within = "zt:value 5.5 ; zt:upperBound 5.5 ; zt:qualifier zt:AtMost ; zt:unit <http://qudt.org/vocab/unit/PERCENT>";
    let about =
        "zt:value 5.0 ; zt:qualifier zt:About ; zt:unit <http://qudt.org/vocab/unit/PERCENT>";
    for [higher, own] in [[within, about], [about, within]] {
        let promises = [promise("甲", 2035, ["上", higher]), promise("乙", 2035, ["下", own])];
        let page = compared(&promises).await;
        assert!(page.contains("0.5个百分点") && !page.contains("加码"), "{own}: {page}");
    }
}

#[tokio::test]
async fn a_share_of_the_countryside_is_not_compared_with_one_of_the_towns() {
    let of = |document, scope: &str| {
        let numbers = format!("zt:value 50.0 ; zt:baseScope \"{scope}\" ; {PERCENT}");
        promise(document, 2035, ["50%", numbers.leak()])
    };
    let apart = compared(&[of("甲", "农村"), of("乙", "城镇")]).await;
    assert!(!apart.contains("与上级相同"), "{apart}");
    for [higher, own] in [["农村", "农村"], ["全省农村", "全市农村"], ["全省", "乙地"]]
    {
        let together = compared(&[of("甲", higher), of("乙", own)]).await;
        assert!(together.contains("与上级相同"), "{own}: {together}");
    }
}

/// A province and two cities with amounts of this indicator and unit.
fn amounts(indicator: &'static str, unit: &str) -> [Promise; 3] {
    [("甲", 100), ("乙", 30), ("丙", 40)].map(|(document, value)| {
        let numbers = format!("zt:value {value}.0 ; zt:lowerBound {value}.0 ; zt:unit <{unit}>");
        Promise { indicator, ..promise(document, 2035, ["若干", numbers.leak()]) }
    })
}

#[tokio::test]
async fn plain_amounts_are_shared_and_summed() {
    for unit in ["HA", "NUM", "CCY_CNY"] {
        let promises = amounts("造林面积", &format!("http://qudt.org/vocab/unit/{unit}"));
        let page = side_by_side(&promises, "造林面积").await;
        assert!(page.contains("为上级的30%"), "{unit}: {page}");
        assert!(page.contains("2 个地区的目标合计为甲地的70%"), "{unit}: {page}");
    }
}

#[tokio::test]
async fn averages_and_rates_are_neither_shared_nor_summed() {
    let rules = [
        ("人均可支配收入", "http://qudt.org/vocab/unit/CCY_CNY"),
        ("城镇居民人均可支配收入", "http://qudt.org/vocab/unit/CCY_CNY"),
        ("每万人口发明专利拥有量", "http://qudt.org/vocab/unit/NUM"),
        ("托位数", "https://w3id.org/zhengtu/unit/个每千人"),
        ("补助标准", "https://w3id.org/zhengtu/unit/元每人"),
        ("预期寿命", "http://qudt.org/vocab/unit/YR"),
        ("浓度", "http://qudt.org/vocab/unit/MicroGM-PER-M3"),
        ("发病", "http://qudt.org/vocab/unit/PERMILLE"),
        ("全国排位", "https://w3id.org/zhengtu/unit/位次"),
    ];
    for (indicator, unit) in rules {
        let page = side_by_side(&amounts(indicator, unit), indicator).await;
        assert!(!page.contains("为上级的") && !page.contains("合计"), "{indicator}: {page}");
        assert!(page.contains("比上级低70"), "{indicator}: {page}");
    }
}

#[tokio::test]
async fn a_sum_counts_a_place_once_and_only_the_year_of_the_whole() {
    let of = |document, year, value: u32| {
        let numbers = format!(
            "zt:value {value}.0 ; zt:lowerBound {value}.0 ; zt:unit <http://qudt.org/vocab/unit/HA>"
        );
        Promise { indicator: "造林面积", ..promise(document, year, ["若干", numbers.leak()]) }
    };
    let promises = [
        of("甲", 2035, 100),
        of("乙", 2035, 30),
        of("乙", 2035, 30),
        of("丙", 2035, 40),
        of("丙", 2033, 20),
    ];
    let page = side_by_side(&promises, "造林面积").await;
    assert!(page.contains("2 个地区的目标合计为甲地的70%"), "{page}");
}
