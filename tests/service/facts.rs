//! The pages that show and compare facts, over the invented province of `facts.ttl`: what they promise, what a choice narrows, and that a page of very many targets is bounded.

use std::fmt::Write as _;
use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::http::{Method, StatusCode};
use oxigraph::io::{RdfFormat, RdfParser};
use zhengtu::service::router;
use zhengtu::store::Store;

use crate::fixture::{Answer, escaped, index_of, send_to, site_over};

pub(crate) const BASE: &str = "https://w3id.org/zhengtu/";

/// A service over a graph in Turtle.
pub(crate) fn service(turtle: &str) -> Router {
    let quads = RdfParser::from_format(RdfFormat::Turtle).for_slice(turtle.as_bytes());
    let store = Arc::new(Store::from_quads(quads.map(Result::unwrap)));
    let index = Arc::new(index_of(&store));
    router(Arc::new(site_over(store, index)))
}

pub(crate) async fn get_of(router: &Router, address: &str) -> Answer {
    send_to(router, Method::GET, address, &[("accept", "text/html,*/*;q=0.5")], b"").await
}

async fn get(address: &str) -> Answer {
    static ROUTER: LazyLock<Router> = LazyLock::new(|| service(include_str!("facts.ttl")));
    get_of(&ROUTER, address).await
}

fn iri(name: &str) -> String {
    escaped(&format!("{BASE}{name}"))
}

/// Each of `words` stands behind the one before it.
fn assert_in_order(body: &str, words: &[&str]) {
    let mut rest = body;
    for word in words {
        let found = rest.split_once(word);
        rest = found.unwrap_or_else(|| panic!("no {word} where it should be: {body}")).1;
    }
}

#[tokio::test]
async fn each_page_of_facts_shows_what_it_promises() {
    let rules: [(&str, &[&str]); 9] = [
        (
            "/deadlines",
            &["2032年6月底", "2034年底", "2035年底", "乙省", "子市林业局", "/deadlines.svg"],
        ),
        (
            "/compare?d=子政发〔2031〕2号&d=乙政发〔2030〕1号",
            &["比上级高5个百分点", "加码", "期限早1年", "为上级的25%", "仅见于"],
        ),
        (
            "/indicator/森林覆盖率.html",
            &[
                "<figure",
                "chart=group-1",
                "左右",
                "比上级高5个百分点",
                "地级：1 个高于上级，0 个相同，1 个低于上级。",
            ],
        ),
        (
            "/indicator/造林面积.html",
            &["为上级的25%", "为上级的15%", "按行政区划对应", "2 个地区的目标合计为乙省的40%。"],
        ),
        (
            "/function/林业.html",
            &["乙省林业厅", "子市林业局", "丑市林业局", "同一工作的目标", "chart=bodies"],
        ),
        (
            "/agency/子市林业局.html",
            &[
                "各章节的措施",
                "湿地",
                "子市水务局",
                "chart=colleagues",
                "2032年6月底",
                "/deadlines?department=",
            ],
        ),
        (
            "/measure/子政发〔2031〕2号.1.html",
            &[
                "chart=targets",
                "与上级文件的对应措施对照",
                "上级 40%以上",
                "森林覆盖率达到40%以上",
                "比上级高5个百分点",
            ],
        ),
        (
            "/document/子政发〔2031〕2号.html",
            &[
                "chart=relations",
                "/compare?d=",
                "子市绿化方案: 子政发〔2031〕2号[A/OL]. (2031-03-04)[引用日期].",
            ],
        ),
        ("/data", &["网站杂质", "不属于公文的行。", "chart=counts", "/dataset", "invented"]),
    ];
    for (address, promised) in rules {
        let answer = get(address).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.body);
        for words in promised {
            assert!(answer.body.contains(words), "{address} lacks {words}: {}", answer.body);
        }
        assert!(!answer.body.contains(" style=") && !answer.body.contains("<style"), "{address}");
        // What does not scroll is no stop for who goes by keyboard.
        assert!(!answer.body.contains("tabindex=\"0\""), "{address}");
    }
}

#[tokio::test]
async fn each_chart_that_a_page_links_to_is_a_file_without_style() {
    for page in [
        "/deadlines",
        "/compare?d=子政发〔2031〕2号&d=乙政发〔2030〕1号",
        "/programme/增绿行动.html",
        "/indicator/森林覆盖率.html",
        "/function/林业.html",
        "/agency/子市林业局.html",
        "/measure/子政发〔2031〕2号.1.html",
        "/document/子政发〔2031〕2号.html",
        "/data",
    ] {
        let body = get(page).await.body;
        let links: Vec<&str> = body
            .split("<a href=\"")
            .filter_map(|rest| rest.split_once("\" download="))
            .map(|(href, _)| href)
            .collect();
        let is_chart = |href: &&&str| !href.contains("/dump/") && !href.contains(".csv");
        let charts: Vec<&&str> = links.iter().filter(is_chart).collect();
        assert!(!charts.is_empty(), "{page} links to no chart");
        for href in charts {
            let chart = get(&href.replace("&amp;", "&").replace("&#38;", "&")).await;
            assert_eq!(
                (chart.status, chart.media_type()),
                (StatusCode::OK, "image/svg+xml"),
                "{href}"
            );
            assert!(chart.body.contains("<title>") && !chart.body.contains("style"), "{href}");
        }
    }
}

#[tokio::test]
async fn a_chart_that_a_page_has_not_is_refused_by_name() {
    for address in [
        "/indicator/森林覆盖率.html?chart=none",
        "/place/980000.html?chart=1",
        "/data?chart=none",
        "/programme/增绿行动.html?chart=none",
        "/compare.svg?d=子政发〔2031〕2号&d=乙政发〔2030〕1号&chart=9",
        "/compare.svg?d=子政发〔2031〕2号",
    ] {
        let answer = send(address, "application/json").await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{address}");
        assert_eq!(answer.json()["parameter"], "chart");
    }
}

async fn send(address: &str, accept: &str) -> Answer {
    static ROUTER: LazyLock<Router> = LazyLock::new(|| service(include_str!("facts.ttl")));
    send_to(&ROUTER, Method::GET, address, &[("accept", accept)], b"").await
}

#[tokio::test]
async fn deadlines_come_in_the_order_of_their_days() {
    let page = get("/deadlines").await.body;
    let (_, list) = page.split_once("id=\"list\"").unwrap();
    assert_in_order(list, &["2032年6月底", "湿地公园数", "2034年底", "45%以上", "2035年底"]);
}

#[tokio::test]
async fn a_place_a_year_and_a_department_narrow_the_deadlines() {
    let rules = [
        ("a place", format!("region={}", iri("place/980200")), "38%左右", "45%以上"),
        (
            "a place and those in it",
            format!("region={}", iri("place/980000")),
            "45%以上",
            "没有符合",
        ),
        ("a year", "year=2034".to_owned(), "45%以上", "38%左右"),
        ("a department", format!("department={}", iri("agency/丑市林业局")), "38%左右", "45%以上"),
        (
            "a department that supports",
            format!("department={}", iri("agency/子市水务局")),
            "45%以上",
            "湿地公园数",
        ),
        (
            "a department elsewhere",
            format!("department={}&region={}", iri("agency/丑市林业局"), iri("place/980100")),
            "没有符合条件的目标",
            "38%左右",
        ),
        (
            "a department and a year",
            format!("department={}&year=2032", iri("agency/子市林业局")),
            "湿地公园数",
            "45%以上",
        ),
    ];
    for (rule, query, kept, left_out) in rules {
        let page = get(&format!("/deadlines?{query}")).await.body;
        let (_, list) = page.split_once("id=\"list\"").unwrap();
        assert!(list.contains(kept), "{rule} lacks {kept}: {list}");
        assert!(!list.contains(left_out), "{rule} has {left_out}: {list}");
    }
}

#[tokio::test]
async fn a_choice_of_deadlines_that_makes_no_sense_is_refused_by_name() {
    for (query, name) in [
        ("year=20", "year"),
        ("year=abc", "year"),
        ("region=子市", "region"),
        ("department=x", "department"),
        ("page=0", "page"),
    ] {
        let answer = send(&format!("/deadlines?{query}"), "application/json").await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}");
        assert_eq!(answer.json()["parameter"], name, "{query}");
    }
}

#[tokio::test]
async fn documents_are_compared_by_number_in_any_spelling_by_title_and_by_iri() {
    let both = ["子政发[2031]2号", "乙政发〔2030〕01号"];
    let spellings = [
        format!("d={}&d={}", escaped(both[0]), escaped(both[1])),
        format!("d={}", escaped(&both.join("\r\n"))),
        format!("d={}", escaped(&both.join("，"))),
        format!("d={}", escaped("子政发2031 2号\n乙政发 2030年第1号")),
        format!("d={}", escaped("《子市绿化方案》\n乙政发〔2030〕1号")),
        format!("d={}&d={}", iri("document/子政发〔2031〕2号"), iri("document/乙政发〔2030〕1号")),
        format!(
            "d={}&d=&d={}",
            iri("document/子政发〔2031〕2号"),
            iri("document/乙政发〔2030〕1号")
        ),
    ];
    for spelling in spellings {
        let page = get(&format!("/compare?{spelling}")).await.body;
        assert!(page.contains("比上级高5个百分点"), "{spelling}");
    }
}

#[tokio::test]
async fn what_names_no_document_is_told_and_the_others_are_compared() {
    let page = get("/compare?d=子政发〔2031〕2号&d=寅政发〔2031〕9号&d=丑政发〔2031〕3号").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("“寅政发〔2031〕9号”") && page.body.contains("kind=document"));
    assert!(page.body.contains("共有的指标"));
    let spaced = get(&format!("/compare?d={}", escaped("寅政发2031 9号"))).await.body;
    assert!(
        spaced.contains("“寅政发2031 9号”"),
        "what was meant as one name is told as one: {spaced}"
    );
    let script = get("/compare?d=%3Cscript%3Ealert(1)%3C/script%3E").await;
    assert!(!script.body.contains("<script>alert"));
    let csv = send("/compare.csv?d=寅政发〔2031〕9号", "application/json").await;
    assert_eq!((csv.status, &csv.json()["parameter"]), (StatusCode::BAD_REQUEST, &"d".into()));
    let none = send("/compare.csv", "application/json").await;
    assert_eq!(none.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn one_document_alone_offers_those_that_it_is_tied_to() {
    let page = get("/compare?d=乙政发〔2030〕1号").await.body;
    assert!(page.contains("有落实关系的文件") && page.contains("＋ 子市绿化方案"), "{page}");
    let empty = get("/compare").await.body;
    assert!(empty.contains("可以对比的文件") && empty.contains("子市绿化方案"), "{empty}");
}

#[tokio::test]
async fn the_csv_has_a_row_for_each_target_and_one_for_each_document_without() {
    let answer = get("/compare.csv?d=子政发〔2031〕2号&d=乙政发〔2030〕1号").await;
    assert_eq!(answer.media_type(), "text/csv");
    let rows: Vec<&str> = answer.body.lines().collect();
    // The head, five targets, and the province without a wetland park.
    assert_eq!(rows.len(), 7, "{}", answer.body);
    let fields = rows[0].matches(',').count();
    assert!(rows.iter().all(|row| row.matches(',').count() == fields), "{}", answer.body);
    let city = rows.iter().find(|row| row.contains("45%以上")).unwrap();
    assert!(
        city.contains("子市,有,45%以上,45.0,45.0,,以上,2034-12-31,比上级高5个百分点 期限早1年,是,"),
        "{city}"
    );
    assert!(rows.iter().any(|row| row.starts_with("湿地公园数") && row.contains("乙省,无,")));
}

#[tokio::test]
async fn at_most_six_documents_are_compared_and_that_is_told() {
    let mut turtle = String::from("@prefix zt: <https://w3id.org/zhengtu/ontology#> .\n");
    for number in 1..=8 {
        writeln!(turtle, "<{BASE}document/甲发〔2031〕{number}号> a zt:PolicyDocument ; zt:documentNumber \"甲发〔2031〕{number}号\" .").unwrap();
    }
    let asked: Vec<String> = (1..=8).map(|number| format!("d=甲发〔2031〕{number}号")).collect();
    let page = get_of(&service(&turtle), &format!("/compare?{}", asked.join("&"))).await;
    assert!(page.body.contains("一次最多对比 6 份文件"));
    assert_eq!(page.body.matches("type=\"hidden\" name=\"d\"").count(), 6);
}

#[tokio::test]
async fn of_what_is_the_most_less_is_harder() {
    let target = |document: &str, value: u32, bound: &str| {
        format!(
            "<{BASE}target/{document}-1> a zt:Target ; zt:inDocument <{BASE}document/{document}> ; zt:indicator <{BASE}indicator/能耗> ;\n\
             zt:valueText \"{value}%\" ; zt:value {value}.0 ; zt:{bound} {value}.0 ; zt:unit <http://qudt.org/vocab/unit/PERCENT> ; zt:basis zt:Level ;\n\
             zt:deadline \"2035-12-31\"^^<http://www.w3.org/2001/XMLSchema#date> .\n"
        )
    };
    for (bound, words, is_harder) in
        [("upperBound", "比上级低10个百分点", true), ("lowerBound", "比上级低10个百分点", false)]
    {
        let turtle = format!(
            "@prefix zt: <https://w3id.org/zhengtu/ontology#> .\n<{BASE}document/甲> a zt:PolicyDocument .\n\
             <{BASE}document/乙> a zt:PolicyDocument ; zt:implements <{BASE}document/甲> .\n{}{}",
            target("甲", 60, bound),
            target("乙", 50, bound)
        );
        let page = get_of(&service(&turtle), "/compare?d=乙&d=甲").await.body;
        assert!(page.contains(words), "{bound}: {page}");
        assert_eq!(page.contains("加码"), is_harder, "{bound}");
    }
}

#[tokio::test]
async fn a_text_that_was_pasted_by_mistake_is_looked_at_for_a_bounded_number_of_pieces() {
    let page = get(&format!("/compare?d={}&d=子政发〔2031〕2号", "a,".repeat(5_000))).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.body.matches("class=\"warning\"").count(), 6);
}

/// A graph with one body, one indicator and one document of 2400 targets: three hundred measures of eight each.
fn many_targets(number: u32) -> String {
    let mut turtle = String::from(
        "@prefix zt: <https://w3id.org/zhengtu/ontology#> .\n@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n\
         @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n",
    );
    writeln!(turtle, "<{BASE}document/甲发〔2031〕{number}号> a zt:PolicyDocument ; rdfs:label \"大文件\"@zh ; zt:documentNumber \"甲发〔2031〕{number}号\" .\n<{BASE}agency/甲> a zt:Organization ; rdfs:label \"甲局\"@zh ; zt:function <{BASE}function/甲> .\n<{BASE}indicator/甲> a zt:Indicator ; rdfs:label \"甲指标\"@zh .").unwrap();
    for measure in 0..300 {
        let name = format!("甲发〔2031〕{number}号.{measure}");
        writeln!(turtle, "<{BASE}measure/{name}> a zt:Measure ; rdfs:label \"措施{measure}\"@zh ; zt:inDocument <{BASE}document/甲发〔2031〕{number}号> ; zt:responsibleOrg <{BASE}agency/甲> ; zt:leadBy <{BASE}agency/甲> ; zt:responsibility <{BASE}responsibility/{name}> .\n<{BASE}responsibility/{name}> a zt:Responsibility ; zt:agent <{BASE}agency/甲> ; zt:role zt:Lead .").unwrap();
        for target in 0..8 {
            let year = 2031 + (measure + target) % 10;
            writeln!(turtle, "<{BASE}measure/{name}> zt:hasTarget <{BASE}target/{name}-{target}> .\n<{BASE}target/{name}-{target}> a zt:Target ; rdfs:label \"甲\"@zh ; zt:inDocument <{BASE}document/甲发〔2031〕{number}号> ; zt:indicator <{BASE}indicator/甲> ; zt:valueText \"{target}个\" ; zt:value {target}.0 ; zt:deadline \"{year}-12-31\"^^xsd:date .").unwrap();
        }
    }
    turtle
}

#[tokio::test]
async fn a_page_of_very_many_targets_is_bounded_and_leads_to_the_rest() {
    let router = service(&many_targets(1));
    let deadlines = get_of(&router, "/deadlines").await.body;
    assert!(deadlines.contains("<span class=\"tag\">2400</span>"));
    assert_eq!(deadlines.matches("<a class=\"value\"").count(), 50);
    assert!(deadlines.contains("rel=\"next\"") && deadlines.contains(">1 / 48<"));
    let last = get_of(&router, "/deadlines?page=48").await.body;
    assert!(last.contains("各年到期的目标") && last.contains("<figure"));
    assert!(last.contains("2040年底") && !last.contains("rel=\"next\""));
    let department =
        get_of(&router, &format!("/deadlines?department={}", iri("agency/甲"))).await.body;
    assert_eq!(department.matches("<a class=\"value\"").count(), 50);
    let indicator = get_of(&router, "/indicator/甲.html").await.body;
    assert!(indicator.contains("2400") && indicator.contains("kind=target"));
    assert_eq!(indicator.matches("<a class=\"value\"").count(), 200);
    let body = get_of(&router, "/agency/甲.html").await.body;
    assert_eq!(body.matches("<a class=\"value\"").count(), 50);
    assert!(body.contains("另有 240 条"), "{body}");
}

#[tokio::test]
async fn of_two_very_large_documents_the_first_targets_are_compared_and_that_is_told() {
    let tie = format!(
        "<{BASE}document/甲发〔2031〕2号> <https://w3id.org/zhengtu/ontology#implements> <{BASE}document/甲发〔2031〕1号> .\n"
    );
    let router = service(&[many_targets(1), many_targets(2), tie].concat());
    let page = get_of(&router, "/compare?d=甲发〔2031〕2号&d=甲发〔2031〕1号").await.body;
    assert_eq!(page.matches("<a class=\"value\"").count(), 2_000);
    assert_eq!(page.matches("只对比前 1000 个").count(), 2);
    assert!(page.contains("与上级") || page.contains("为上级的"), "the two are not tied");
}

#[tokio::test]
async fn the_page_of_places_counts_what_each_holds_with_those_in_it() {
    let page = get("/places").await.body;
    for (place, counts) in
        [("乙省", ["3", "4", "7"]), ("子市", ["1", "2", "3"]), ("丑市", ["1", "1", "2"])]
    {
        let (_, rest) = page.split_once(&format!("{place}</a></th>")).unwrap();
        let (row, _) = rest.split_once("</tr>").unwrap();
        // What lies in another place is moved in below it.
        let depth = usize::from(place != "乙省");
        let (before, _) = page.split_once(&format!("{place}</a></th>")).unwrap();
        let (_, start) = before.rsplit_once("<tr>").unwrap();
        assert!(start.contains(&format!("depth-{depth}")), "{place}: {start}");
        let [documents, measures, targets] = counts.map(|count| format!(">{count}</a>"));
        assert_in_order(row, &[&documents, &measures, &targets]);
    }
}

#[tokio::test]
async fn pages_of_facts_speak_english_when_asked() {
    for (address, words) in [
        ("/deadlines?lang=en", "end of June 2032"),
        (
            "/compare?lang=en&d=子政发〔2031〕2号&d=乙政发〔2030〕1号",
            "5 points above the higher level",
        ),
        ("/indicator/造林面积.html?lang=en", "25% of the higher level"),
        ("/data?lang=en", "How to cite"),
        ("/places?lang=en", "province"),
    ] {
        let page = get(address).await;
        assert!(page.body.contains(words), "{address} lacks {words}: {}", page.body);
        assert!(page.body.contains("lang=\"en\""));
    }
}
