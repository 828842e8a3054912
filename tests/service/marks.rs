//! What is marked in a text as published: the names of places, which have no spans in the graph. All texts are invented.

use crate::facts::{get_of, service};

/// A measure that mentions a county of an invented province, which has the text `printed`.
fn document(printed: &str) -> String {
    let end = printed.chars().count();
    format!(
        r#"
@prefix zt: <https://w3id.org/zhengtu/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> .
<https://w3id.org/zhengtu/place/990101> a zt:Place ; rdfs:label "乙县"@zh ; zt:level 3 .
<https://w3id.org/zhengtu/place/990102> a zt:Place ; rdfs:label "丙乙县"@zh ; zt:level 3 .
<https://w3id.org/zhengtu/document/甲> a zt:PolicyDocument ; rdfs:label "甲"@zh ; zt:sourceText <https://w3id.org/zhengtu/text/1> .
<https://w3id.org/zhengtu/measure/甲.1> a zt:Measure ; rdfs:label "1"@zh ; zt:inDocument <https://w3id.org/zhengtu/document/甲> ;
    zt:mentions <https://w3id.org/zhengtu/place/990101> ; zt:evidence <https://w3id.org/zhengtu/text/1#char=0,{end}> .
<https://w3id.org/zhengtu/programme/乙县造林工程> a zt:Programme ; rdfs:label "乙县造林工程"@zh ;
    zt:evidence <https://w3id.org/zhengtu/text/1#char=0,6> .
<https://w3id.org/zhengtu/text/1> a zt:SourceText ; nif:isString "{printed}" .
<https://w3id.org/zhengtu/text/1#char=0,{end}> zt:sourceText <https://w3id.org/zhengtu/text/1> ; zt:start 0 ; zt:end {end} .
<https://w3id.org/zhengtu/text/1#char=0,6> zt:sourceText <https://w3id.org/zhengtu/text/1> ; zt:start 0 ; zt:end 6 .
"#
    )
}

#[tokio::test]
async fn a_place_is_marked_where_its_name_stands_and_in_no_other_mark_or_name() {
    let service = service(&document("乙县造林工程由乙县和丙乙县推进。"));
    let page = get_of(&service, "/document/甲.html").await;
    let marked = "<a class=\"mark place\" href=\"/place/990101\" title=\"地点：乙县\" id=\"char=7,9\">乙县</a>";
    assert!(page.body.contains(marked), "{}", page.body);
    assert_eq!(page.body.matches("<a class=\"mark place\"").count(), 1, "{}", page.body);
}
