//! The list of programmes and the page of one, over invented graphs: what comes first, what belongs to a programme, and that what is read is bounded and told.

use std::fmt::Write as _;

use axum::http::StatusCode;

use crate::facts::{BASE, get_of, service};

const PREFIXES: &str = "@prefix zt: <https://w3id.org/zhengtu/ontology#> .\n@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n\
     @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n";

/// A chapter that launches 增绿行动 and has a measure; another document whose measure mentions it and 护林工程.
fn two_documents() -> String {
    format!(
        "{PREFIXES}@base <{BASE}> .
        <place/1> a zt:Place ; rdfs:label \"子市\"@zh .
        <agency/林业> a zt:Organization ; rdfs:label \"子市林业局\"@zh .
        <programme/增绿行动> a zt:Programme ; rdfs:label \"增绿行动\"@zh ; zt:programmeKind \"行动\" .
        <programme/护林工程> a zt:Programme ; rdfs:label \"护林工程\"@zh ; zt:programmeKind \"工程\" .
        <document/甲> a zt:PolicyDocument ; rdfs:label \"子市绿化方案\"@zh ; zt:jurisdiction <place/1> .
        <section/甲.一> a zt:Section ; rdfs:label \"实施增绿行动\"@zh ; zt:inDocument <document/甲> ; zt:launches <programme/增绿行动> ; zt:mentions <programme/增绿行动> .
        <measure/甲.1> a zt:Measure ; rdfs:label \"荒山造林\"@zh ; zt:inDocument <document/甲> ; zt:partOf <section/甲.一> ;
            zt:leadBy <agency/林业> ; zt:responsibleOrg <agency/林业> ; zt:hasTarget <target/甲.1-1> .
        <target/甲.1-1> a zt:Target ; zt:inDocument <document/甲> ; zt:valueText \"1000公顷\" ; zt:deadline \"2035-12-31\"^^xsd:date .
        <document/乙> a zt:PolicyDocument ; rdfs:label \"丑市保护办法\"@zh .
        <measure/乙.1> a zt:Measure ; rdfs:label \"看护\"@zh ; zt:inDocument <document/乙> ; zt:text \"1.看护。配合“增绿行动”，推进护林工程。另行通知。\" ;
            zt:mentions <programme/增绿行动>, <programme/护林工程> .
        "
    )
}

/// The row of a programme in the list.
fn row_of<'p>(page: &'p str, name: &str) -> &'p str {
    let (_, rest) = page.split_once(&format!(">{name}</a>")).unwrap_or_else(|| panic!("{page}"));
    rest.split_once("</tr>").unwrap().0
}

#[tokio::test]
async fn the_list_has_what_most_items_name_first_with_what_each_has() {
    let page = get_of(&service(&two_documents()), "/programmes").await.body;
    let (before, _) = page.split_once(">护林工程</a>").unwrap();
    assert!(before.contains(">增绿行动</a>"), "{page}");
    let row = row_of(&page, "增绿行动");
    for (name, number) in [("文件", "2"), ("措施", "2"), ("目标", "1")] {
        assert!(row.contains(&format!("data-label=\"{name}\">{number}</td>")), "{name}: {row}");
    }
    assert!(row.contains("子市绿化方案") && row.contains("丑市保护办法"), "{row}");
}

#[tokio::test]
async fn a_kind_narrows_the_list_and_one_that_is_none_is_refused_by_name() {
    let router = service(&two_documents());
    let page = get_of(&router, "/programmes?kind=工程").await.body;
    assert!(page.contains(">护林工程</a>") && !page.contains(">增绿行动</a>"), "{page}");
    let refused = get_of(&router, "/programmes?kind=文件").await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    assert!(refused.body.contains("行动、工程"), "{}", refused.body);
}

#[tokio::test]
async fn the_measures_of_a_chapter_that_launches_a_programme_are_its_own() {
    let page = get_of(&service(&two_documents()), "/programme/增绿行动.html").await.body;
    let (_, documents) = page.split_once("id=\"documents\"").unwrap();
    // The document that launches it comes first.
    let (launching, mentioning) = documents.split_once("丑市保护办法").unwrap();
    assert!(launching.contains("本章措施") && launching.contains("荒山造林"), "{launching}");
    assert!(mentioning.contains("子市林业局") && mentioning.contains("1000公顷"), "{mentioning}");
}

#[tokio::test]
async fn the_sentence_that_names_a_programme_is_shown_with_the_name_marked() {
    let page = get_of(&service(&two_documents()), "/programme/护林工程.html").await.body;
    assert!(page.contains("配合“增绿行动”，推进<mark>护林工程</mark>。</blockquote>"), "{page}");
}

#[tokio::test]
async fn the_list_is_turned_page_by_page_and_says_where_it_ends() {
    let mut turtle = PREFIXES.to_owned();
    for number in 0..90 {
        writeln!(turtle, "<{BASE}programme/{number}> a zt:Programme ; rdfs:label \"第{number}行动\"@zh ; zt:programmeKind \"行动\" .").unwrap();
    }
    let router = service(&turtle);
    let first = get_of(&router, "/programmes?kind=行动").await.body;
    assert_eq!(first.matches("<th scope=\"row\"").count(), 40);
    assert!(first.contains(">1 / 3<"), "{first}");
    let whole = get_of(&router, "/programmes").await.body;
    assert!(whole.contains("rel=\"next\" href=\"/programmes?page=2\""), "{whole}");
    let last = get_of(&router, "/programmes?page=3").await.body;
    assert_eq!(last.matches("<th scope=\"row\"").count(), 10);
    assert!(!last.contains("rel=\"next\""));
    let beyond = get_of(&router, "/programmes?page=4").await.body;
    assert!(beyond.contains("已超出最后一页"), "{beyond}");
}

#[tokio::test]
async fn a_release_without_programmes_says_so() {
    let page = get_of(&service(PREFIXES), "/programmes").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("没有点名的行动或项目"), "{}", page.body);
}

#[tokio::test]
async fn of_a_programme_that_very_many_items_name_the_list_counts_some_and_says_so() {
    for (count, is_told) in [(12, false), (13, true)] {
        let mut turtle =
            format!("{PREFIXES}<{BASE}programme/1> a zt:Programme ; rdfs:label \"某行动\"@zh .\n");
        for number in 0..count {
            writeln!(turtle, "<{BASE}measure/{number}> a zt:Measure ; rdfs:label \"措施{number}\"@zh ; zt:mentions <{BASE}programme/1> .").unwrap();
        }
        let page = get_of(&service(&turtle), "/programmes").await.body;
        let told = format!("data-label=\"措施\">12{}</td>", if is_told { "+" } else { "" });
        assert!(row_of(&page, "某行动").contains(&told), "{count}: {page}");
    }
}
