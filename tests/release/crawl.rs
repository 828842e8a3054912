//! What crawlers and readers of feeds find.

use super::release;
use super::site::get;
use axum::http::{StatusCode, header};
use zhengtu::graph::vocabulary::zt;

const HOST: &str = "http://data.example";

async fn xml(path: &str) -> String {
    let answer = get(&format!("{HOST}{path}"), "*/*").await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    assert!(answer.header(header::CONTENT_TYPE).contains("xml"), "{path}");
    let tags = answer.body.matches('<').count();
    assert_eq!(tags, answer.body.matches('>').count(), "{path}");
    answer.body
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
    for path in ["/sitemap/2.xml", "/sitemap/0.xml", "/sitemap/x", "/sitemap/1.txt"] {
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
    let dates: Vec<&str> = feed.split("<updated>").skip(1).map(|rest| &rest[..10]).collect();
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
