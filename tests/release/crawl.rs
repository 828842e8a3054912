//! What crawlers and readers of feeds find.

use super::release;
use super::site::{Answer, get, send};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use quick_xml::Reader;
use quick_xml::events::Event;
use zhengtu::graph::vocabulary::zt;

const HOST: &str = "http://data.example";

async fn xml(path: &str) -> String {
    let answer = get(&format!("{HOST}{path}"), "*/*").await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    assert!(answer.header(header::CONTENT_TYPE).contains("xml"), "{path}");
    let mut reader = Reader::from_str(&answer.body);
    while reader.read_event().unwrap() != Event::Eof {}
    answer.body
}

/// The sitemaps as asked with these headers and no host in the address.
async fn sitemaps(headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::get("/sitemap.xml");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    send(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn addresses_begin_as_the_request_did_or_as_the_release_does() {
    for (headers, origin) in [
        (vec![("host", "a.example:8080")], "http://a.example:8080"),
        (vec![("host", "a.example"), ("x-forwarded-proto", "https")], "https://a.example"),
        (vec![("host", "a.example"), ("x-forwarded-proto", "javascript")], "http://a.example"),
        (vec![], "https://w3id.org/zhengtu"),
        (vec![("host", "a.example/x")], "https://w3id.org/zhengtu"),
        (vec![("host", "a.example#\"<x")], "https://w3id.org/zhengtu"),
        (vec![("host", "me:secret@a.example")], "https://w3id.org/zhengtu"),
    ] {
        let body = sitemaps(&headers).await.body;
        assert!(
            body.contains(&format!("<loc>{origin}/sitemap/1.xml</loc>")),
            "{headers:?}: {body}"
        );
    }
}

#[tokio::test]
async fn a_client_that_holds_the_answer_to_the_same_address_gets_no_other() {
    let host = ("host", "a.example");
    let tag = sitemaps(&[host]).await.header(header::ETAG).to_owned();
    let held = ("if-none-match", tag.as_str());
    assert_eq!(sitemaps(&[host, held]).await.status, StatusCode::NOT_MODIFIED);
    for other in [("host", "b.example"), ("x-forwarded-proto", "https")] {
        let headers = if other.0 == "host" { vec![other, held] } else { vec![host, other, held] };
        assert_eq!(sitemaps(&headers).await.status, StatusCode::OK, "{other:?}");
    }
}

#[tokio::test]
async fn robots_are_led_by_the_sitemaps_to_the_page_of_each_document() {
    let robots = get(&format!("{HOST}/robots.txt"), "*/*").await.body;
    assert!(robots.contains("Sitemap: http://data.example/sitemap.xml\n"), "{robots}");
    assert!(robots.contains("Disallow: /sparql\n"));
    assert!(xml("/sitemap.xml").await.contains("<loc>http://data.example/sitemap/1.xml</loc>"));
    let sitemap = xml("/sitemap/1.xml").await;
    let documents = release().store.members(zt::POLICY_DOCUMENT).len();
    assert_eq!(sitemap.matches("<loc>http://data.example/document/").count(), documents);
    for path in [
        "/sitemap/2.xml",
        "/sitemap/0.xml",
        "/sitemap/x",
        "/sitemap/1.txt",
        "/sitemap/18446744073709551615.xml",
    ] {
        assert_eq!(
            get(&format!("{HOST}{path}"), "*/*").await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
}

#[tokio::test]
async fn the_feed_has_the_documents_with_the_latest_date_first() {
    let feed = xml("/feed.atom").await;
    let dates: Vec<&str> =
        feed.split("<updated>").skip(1).map(|rest| rest.get(..10).unwrap()).collect();
    assert!(dates.len() > 1 && dates.windows(2).all(|two| two[0] >= two[1]), "{dates:?}");
    assert!(feed.contains("<id>https://w3id.org/zhengtu/document/菏政发〔2024〕11号</id>"));
}

#[tokio::test]
async fn a_browser_learns_how_to_search() {
    let description = xml("/opensearch.xml").await;
    assert!(description.contains("template=\"http://data.example/search?q={searchTerms}\""));
}

#[tokio::test]
async fn the_page_of_a_document_tells_search_engines_what_it_is() {
    let page =
        get("/document/%E8%8F%8F%E6%94%BF%E5%8F%91%E3%80%942024%E3%80%9511%E5%8F%B7.html", "*/*")
            .await;
    let (_, rest) = page.body.split_once("<script type=\"application/ld+json\">").unwrap();
    let (json, _) = rest.split_once("</script>").unwrap();
    let told: serde_json::Value = serde_json::from_str(json).unwrap();
    assert_eq!(told["@type"], "Legislation");
    assert_eq!(told["legislationIdentifier"], "菏政发〔2024〕11号");
    assert_eq!(told["legislationDate"], "2024-05-06");
    assert_eq!(told["legislationPassedBy"][0]["name"], "菏泽市人民政府");
    assert_eq!(told["isBasedOn"][0]["@id"], "https://w3id.org/zhengtu/document/鲁政发〔2024〕1号");
}
