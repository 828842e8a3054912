//! The page of results: what narrows it, and what helps where nothing was found.

use crate::fixture::get;

async fn page(address: &str) -> String {
    get(address, "text/html").await.body
}

/// The part of `page` between two texts.
fn between<'p>(page: &'p str, start: &str, end: &str) -> &'p str {
    let (_, rest) = page.split_once(start).unwrap_or_else(|| panic!("{start}: {page}"));
    rest.split_once(end).unwrap_or_else(|| panic!("{end}: {rest}")).0
}

#[tokio::test]
async fn where_filters_exclude_everything_the_page_says_what_there_is_without_each() {
    let page = page("/search?q=造林&kind=place&targets=no").await;
    let ways = between(&page, "class=\"ways\"", "</ul>");
    assert!(ways.contains("去掉条件“地点”"), "{ways}");
    assert!(ways.contains("去掉所有条件</a> <b>1</b> 条"), "{ways}");
    assert!(!ways.contains("去掉条件“无目标”"), "it finds nothing either: {ways}");
    let way = between(ways, "href=\"", "\"");
    assert!(!way.contains("kind") && way.contains("targets"), "{way}");
}

#[tokio::test]
async fn where_a_way_of_searching_finds_nothing_the_smart_one_is_offered() {
    let page = page("/search?q=造林 覆盖率&mode=exact&in=title").await;
    let ways = between(&page, "class=\"ways\"", "</ul>");
    assert!(ways.contains("用智能方式在全文中找"), "{ways}");
}

#[tokio::test]
async fn only_words_that_find_something_are_offered_as_examples() {
    let page = page("/search?q=鮰鱼躞蹀").await;
    assert!(page.contains("没有找到。") && page.contains("可以这样试："));
    assert!(!page.contains("养老托育"), "the fixture knows nothing of it: {page}");
}

#[tokio::test]
async fn beside_a_filter_that_is_on_the_others_of_its_kind_can_be_added() {
    let page = page("/search?q=森林&kind=measure").await;
    let kinds = between(&page, "<h2>类别</h2>", "</details>");
    assert!(kinds.contains("aria-current=\"true\"><span>措施</span>"), "{kinds}");
    assert!(kinds.contains("<span>指标</span> <b>1</b>"), "{kinds}");
    let hits = between(&page, "<ol class=\"hits\">", "</ol>");
    assert!(!hits.contains(">指标</span>"), "{hits}");
}

#[tokio::test]
async fn every_link_of_the_facets_leads_to_a_page_of_results() {
    for query in [
        "q=",
        "q=造林&targets=yes",
        "q=造林&targets=no&kind=measure",
        "q=造林&kind=place&targets=yes",
        "q=森林&kind=measure&kind=indicator&targets=no&lang=en",
    ] {
        let page = page(&format!("/search?{query}")).await;
        let links = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
        let mut links: Vec<&str> = links.filter(|link| link.starts_with("/search?")).collect();
        links.sort_unstable();
        links.dedup();
        assert!(links.len() > 3, "{query}: {links:?}");
        for link in links {
            let answer = get(&link.replace("&amp;", "&").replace("&#38;", "&"), "text/html").await;
            assert_eq!(answer.status, axum::http::StatusCode::OK, "{query}: {link}");
        }
    }
}

#[tokio::test]
async fn a_list_of_one_kind_is_called_by_it_and_has_nothing_to_match() {
    let page = page("/search?q=&kind=department").await;
    assert!(page.contains("<h1>部门</h1>"));
    assert!(page.contains("aria-current=\"true\">部门</a>"), "the navigation says where one is");
    assert!(!page.contains("mode=exact") && page.contains("sort=date"));
    let english = get("/search?q=&kind=department&lang=en", "text/html").await.body;
    assert!(english.contains("<h1>Department</h1>"));
}

#[tokio::test]
async fn each_page_of_results_leads_to_those_around_it_and_to_both_ends() {
    let page = page("/search?q=&size=1&page=2").await;
    let pages = between(&page, "class=\"pages\"", "</ol>");
    assert!(pages.contains("<b aria-current=\"page\">2</b>"), "{pages}");
    assert!(pages.contains(">1</a>") && pages.contains(">3</a>"), "{pages}");
}
