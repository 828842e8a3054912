//! Pages: each shows what it promises, in both languages, without inline code.

use axum::http::{Method, StatusCode};

use crate::facts::{get_of, service};
use crate::fixture::{BASE, encoded, get, send};

#[tokio::test]
async fn a_span_of_text_is_named_by_its_quote() {
    let page = get("/finding/甲政发〔2031〕1号.1.html", "*/*").await;
    assert!(page.body.contains(">“返回首页”</a>"), "{}", page.body);
}

#[tokio::test]
async fn a_page_of_results_beyond_the_last_leads_back_to_the_first() {
    let page = get("/search?q=造林&page=9", "text/html").await;
    assert!(page.body.contains("回到第一页") && !page.body.contains("没有找到"), "{}", page.body);
}

#[tokio::test]
async fn each_page_shows_what_it_promises() {
    let rules: [(&str, &[&str]); 12] = [
        ("/", &["甲市人民政府关于加强森林建设的通知", "谁牵头？", "name=\"q\""]),
        (
            "/document/甲政发〔2031〕1号.html",
            &[
                "甲政发〔2031〕1号",
                "2031年3月5日",
                "未见废止或修改",
                "href=\"#item-1\"",
                "id=\"item-1\"",
                "mark target",
                "mark department",
                "网站杂质",
                "甲省人民政府关于森林建设的意见",
            ],
        ),
        ("/document/甲省政发〔2030〕9号.html", &["被贯彻落实", "没有收录全文", "35%"]),
        (
            "/measure/甲政发〔2031〕1号.1.html",
            &["牵头", "甲市水务局", "不少于 30%", "2032年底", "总体要求", "mark target"],
        ),
        ("/section/甲政发〔2031〕1号.一.html", &["扩大造林"]),
        (
            "/target/甲政发〔2031〕1号.1-1.html",
            &["到2032年，森林覆盖率达到30%", "#char=20,37", "35%"],
        ),
        ("/agency/甲市林业局.html", &["扩大造林", "甲市水务局", "市林业局", "30%"]),
        ("/indicator/森林覆盖率.html", &["甲省", "甲市", "30%", "35%", "比上级低5个百分点"]),
        ("/place/990100.html", &["甲省", "地级", "森林覆盖率"]),
        ("/text/0123456789abcdef.html", &["返回首页", "id=\"char=20,37\""]),
        ("/search?q=森林", &["<mark>森林</mark>", "kind=measure", "甲市林业局"]),
        ("/query", &["who-leads-a-measure", "https://w3id.org/zhengtu/ontology#"]),
    ];
    for (address, promised) in rules {
        let answer = get(address, "text/html").await;
        assert_eq!(answer.status, StatusCode::OK, "{address}");
        for words in promised {
            assert!(answer.body.contains(words), "{address} lacks {words}: {}", answer.body);
        }
    }
}

#[tokio::test]
async fn a_page_is_in_the_language_that_is_wanted() {
    let english = [("accept", "text/html"), ("accept-language", "en,zh;q=0.5")];
    let by_header = send(Method::GET, "/", &english, "").await;
    assert!(by_header.body.contains("<html lang=\"en\">"));
    assert!(!by_header.body.contains("?lang=en"), "links need not carry what the browser sends");
    let by_parameter = get("/indicator/森林覆盖率.html?lang=en", "text/html").await;
    assert!(by_parameter.body.contains("forest coverage"));
    assert!(by_parameter.body.contains("href=\"/query?lang=en\""));
    let chinese = get("/", "text/html").await;
    assert!(chinese.body.contains("<html lang=\"zh-CN\">"));
}

#[tokio::test]
async fn the_words_of_the_graph_are_escaped() {
    let answer = get("/measure/甲政发〔2031〕1号.10.html", "text/html").await;
    assert!(!answer.body.contains("<湿地>"));
    let search = get("/search?q=%3Cscript%3E", "text/html").await;
    assert!(!search.body.contains("<script>"));
    let query = get("/query?query=%3C%2Ftextarea%3E%3Cscript%3E", "text/html").await;
    assert!(!query.body.contains("</textarea><script>"));
}

#[tokio::test]
async fn no_page_has_inline_code_or_asks_another_host() {
    for address in [
        "/",
        "/document/甲政发〔2031〕1号.html",
        "/query?example=who-leads-a-measure",
        "/search?q=森林",
        "/nothing",
    ] {
        let body = get(address, "text/html").await.body;
        assert!(!body.contains(" style=") && !body.contains("<style"), "{address}");
        assert!(!body.contains("onclick"), "{address}");
        for loaded in body.split("src=\"").skip(1) {
            assert!(loaded.starts_with('/'), "{address} loads {loaded:.60}");
        }
    }
}

#[tokio::test]
async fn an_example_fills_the_box_and_is_answered() {
    let answer = get("/query?example=who-leads-a-measure", "text/html").await;
    assert!(answer.body.contains("SELECT ?who WHERE"));
    assert!(answer.body.contains(&format!("href=\"{}\"", encoded("/agency/甲市林业局"))));
    assert!(answer.body.contains("format=csv"));
    let unknown = get("/query?example=none", "application/json").await;
    assert_eq!(unknown.json()["parameter"], "example");
}

#[tokio::test]
async fn each_form_of_query_is_shown_in_its_manner() {
    let rules = [
        ("SELECT ?m WHERE { ?m a zt:Measure }", "<th scope=\"col\">m</th>"),
        ("SELECT ?m WHERE { ?m a zt:None }", "没有符合的行"),
        ("ASK { ?m a zt:Measure }", "<p class=\"figure\">是</p>"),
        ("CONSTRUCT { ?m a zt:Measure } WHERE { ?m a zt:Measure }", "class=\"turtle\""),
    ];
    for (query, words) in rules {
        let query =
            percent_encoding::utf8_percent_encode(query, percent_encoding::NON_ALPHANUMERIC);
        let answer = get(&format!("/query?query={query}"), "text/html").await;
        assert!(answer.body.contains(words), "{words}: {}", answer.body);
    }
}

#[tokio::test]
async fn a_faulty_query_comes_back_in_the_box_with_its_place() {
    let answer = get("/query?query=SELECT%20%3Fa%20%7B%20%3Fa%20%7D", "text/html").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.body.contains("SELECT ?a { ?a }"));
    assert!(answer.body.contains("data-line=\"1\"") && answer.body.contains("id=\"fault\""));
}

#[tokio::test]
async fn an_answer_says_its_rows_its_time_and_how_a_program_asks_for_it() {
    let answer = get("/query?example=who-leads-a-measure", "text/html").await;
    assert!(answer.body.contains("data-kind=\"iri\""), "{}", answer.body);
    assert!(answer.body.contains(" 行 · ") && answer.body.contains(" 秒</span>"));
    assert!(answer.body.contains("class=\"snippet\"") && answer.body.contains("每次查询最多运行"));
    let graph = "/query?query=CONSTRUCT%20{%20?m%20a%20zt:Measure%20}%20WHERE%20{%20?m%20a%20zt:Measure%20}";
    let graph = get(graph, "text/html").await;
    assert!(graph.body.contains("<th scope=\"col\">谓语</th>"), "{}", graph.body);
}

#[tokio::test]
async fn a_short_address_leads_to_the_query_that_was_asked_and_to_no_other() {
    let short = |page: &str| {
        let (_, rest) = page.split_once("/q/").unwrap_or_else(|| panic!("{page}"));
        format!("/q/{}", rest.split('"').next().unwrap())
    };
    let asked = get("/query?query=ASK%20{%20?short%20a%20zt:Measure%20}", "text/html").await;
    let there = get(&format!("{}?lang=en", short(&asked.body)), "text/html").await;
    assert_eq!(there.status, StatusCode::SEE_OTHER);
    assert!(there.header("location").starts_with("/query?query=ASK%20%7B%20%3Fshort%20"));
    assert!(there.header("location").ends_with("lang=en"), "{}", there.header("location"));
    let example = get("/query?example=who-leads-a-measure", "text/html").await;
    let there = get(&short(&example.body), "text/html").await;
    assert_eq!(there.header("location"), "/query?example=who-leads-a-measure");
    assert_eq!(get("/q/0123456789abcdef", "text/html").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_the_editor_completes_is_told_once_for_a_release() {
    let answer = get("/query/terms.json", "*/*").await;
    assert_eq!((answer.status, answer.media_type()), (StatusCode::OK, "application/json"));
    assert_eq!(answer.json()["prefixes"]["zt"], "https://w3id.org/zhengtu/ontology#");
    let head = [("if-none-match", answer.header("etag"))];
    let again = send(Method::GET, "/query/terms.json", &head, "").await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn modules_are_good_for_ever_under_their_version_and_served_under_any() {
    let page = get("/query", "text/html").await.body;
    let (_, rest) = page.split_once("src=\"/assets/").unwrap();
    let modules = rest.split("src=\"/assets/").chain([rest]);
    let main =
        modules.filter_map(|rest| rest.split('"').next()).find(|path| path.ends_with("main.js"));
    let main = main.unwrap_or_else(|| panic!("{page}"));
    let versioned = get(&format!("/assets/{main}"), "*/*").await;
    assert_eq!(versioned.media_type(), "text/javascript");
    assert!(versioned.header("cache-control").contains("immutable"));
    let earlier = get("/assets/0123456789abcdef/query/run.js", "*/*").await;
    assert_eq!((earlier.status, earlier.header("cache-control")), (StatusCode::OK, "no-cache"));
    let unknown = get("/assets/0123456789abcdef/query/none.js", "*/*").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn files_are_good_for_ever_under_their_version_only() {
    let page = get("/", "text/html").await.body;
    let (_, rest) = page.split_once("href=\"/assets/style.css").unwrap();
    let (version, _) = rest.split_once('"').unwrap();
    let versioned = get(&format!("/assets/style.css{version}"), "*/*").await;
    assert!(versioned.header("cache-control").contains("immutable"));
    assert_eq!(versioned.media_type(), "text/css");
    let bare = get("/assets/style.css", "*/*").await;
    assert_eq!(bare.header("cache-control"), "no-cache");
}

#[tokio::test]
async fn a_page_that_the_client_holds_is_not_sent_again() {
    for address in ["/", "/search?q=森林", "/document/甲政发〔2031〕1号.html"] {
        let tag = get(address, "text/html").await.header("etag").to_owned();
        let head = [("accept", "text/html"), ("if-none-match", tag.as_str())];
        let again = send(Method::GET, address, &head, "").await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED, "{address}");
    }
}

#[tokio::test]
async fn a_page_of_results_narrows_further_and_offers_what_was_meant() {
    let page = get("/search?q=造林&kind=measure&within=森林", "text/html").await;
    assert!(
        page.body.contains("name=\"within\"")
            && page.body.contains("name=\"kind\" value=\"measure\"")
    );
    let page = get("/search?q=造林&within=绿化", "text/html").await;
    assert!(page.body.contains("已选条件"));
    let page = get("/search?q=森林复盖率", "text/html").await;
    assert!(page.body.contains("您是不是要找：<a href=\"/search?q="), "{}", page.body);
}

#[tokio::test]
async fn what_is_like_a_resource_is_told_and_what_is_not_searched_is_refused() {
    let answer =
        get("/related.json?iri=https://w3id.org/zhengtu/measure/甲政发〔2031〕1号.1", "*/*").await;
    assert_eq!((answer.status, answer.media_type()), (StatusCode::OK, "application/json"));
    for list in ["similar", "above", "below", "sameIndicator"] {
        assert!(answer.json()[list].is_array(), "{list}");
    }
    for iri in ["", "https://example.org/", "〔"] {
        let answer = get(&format!("/related.json?iri={iri}"), "*/*").await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{iri}");
    }
}

#[tokio::test]
async fn an_english_page_cites_a_document_under_its_printed_names() {
    let turtle = format!(
        "@prefix zt: <https://w3id.org/zhengtu/ontology#> .\n@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n\
         <{BASE}document/甲> a zt:PolicyDocument ; zt:title \"关于造林的通知\" ; zt:documentNumber \"甲政发〔2031〕1号\" ; zt:issuer <{BASE}agency/甲> .\n\
         <{BASE}agency/甲> a zt:Organization ; rdfs:label \"甲市人民政府\"@zh, \"Jia Municipal Government\"@en .\n"
    );
    let router = service(&turtle);
    for (language, day) in [("zh", "引用日期"), ("en", "date of access")] {
        let page = get_of(&router, &format!("/document/甲.html?lang={language}")).await.body;
        let cited = format!("甲市人民政府. 关于造林的通知: 甲政发〔2031〕1号[A/OL]. [{day}]. ");
        assert!(page.contains(&cited), "{language}: {page}");
    }
}
