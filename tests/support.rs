//! Support terms the whole way: an invented notice to a graph that keeps the shapes, answers what citizens ask, and
//! shows it on the page of a measure.

#[cfg(test)]
mod whole_way {
    use axum::body::Body;
    use axum::http::{Request, StatusCode, header};
    use http_body_util::BodyExt as _;
    use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
    use std::fs;
    use std::path::Path;
    use std::sync::{Arc, OnceLock};
    use tower::ServiceExt as _;
    use zhengtu::graph::DEFAULT_BASE;
    use zhengtu::pipeline::{self, BuildOptions};
    use zhengtu::release::Release;
    use zhengtu::service::{self, Site};
    use zhengtu::shapes::{Severity, Shapes};

    /// A release of the invented notice alone.
    fn release() -> &'static Release {
        static RELEASE: OnceLock<Release> = OnceLock::new();
        RELEASE.get_or_init(|| {
            let root = Path::new(env!("CARGO_MANIFEST_DIR"));
            let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join("release-of-support");
            if scratch.exists() {
                fs::remove_dir_all(&scratch).unwrap();
            }
            let [data, queries, releases] =
                ["data", "queries", "releases"].map(|name| scratch.join(name));
            for folder in [&data, &queries] {
                fs::create_dir_all(folder).unwrap();
            }
            let options = BuildOptions {
                sources: vec![root.join("tests/golden/extract/ok/support-measures.txt")],
                data,
                queries,
                releases: releases.clone(),
                base_iri: DEFAULT_BASE.to_owned(),
                dumps: false,
            };
            pipeline::build(&options, &|_| {}).unwrap();
            Release::open(&releases).unwrap()
        })
    }

    /// The rows of a SELECT, the values of `names` joined by spaces.
    fn rows(query: &str, names: &[&str]) -> Vec<String> {
        let found = release().endpoint.select(query, &[]).unwrap();
        found
            .iter()
            .map(|row| names.iter().map(|name| row.text(name)).collect::<Vec<_>>().join(" "))
            .collect()
    }

    #[test]
    fn how_much_at_most_for_whom_is_one_query() {
        let found = rows(
        "SELECT ?kind ?name ?yuan ?per ?who WHERE {
           ?term a zt:SupportTerm ; zt:supportKind/rdfs:label ?kind ; zt:supportName ?name ; zt:yuanMax ?yuan .
           OPTIONAL { ?term zt:per ?per }
           { ?term zt:recipient ?who } UNION { ?term zt:condition ?who }
           FILTER(LANG(?kind) = \"zh\") } ORDER BY DESC(?yuan)",
        &["kind", "name", "yuan", "per", "who"],
    );
        assert_eq!(
            found,
            [
                "贷款额度 单户授信额度 5000000 单户 花卉企业",
                "补贴 补助 800000 单个项目 新建智能花棚的种植企业",
                "奖励 一次性奖励 600000 一次性 首次评为国家级、省级花卉示范基地",
                "贷款额度 贷款最高额度 550000  缴存住房公积金的花农购买首套住房",
                "奖励 一次性奖励 300000 一次性 首次评为国家级、省级花卉示范基地",
                "贴息 贴息 10000 每户每年 符合条件的花农新发放的贷款",
                "补贴 补贴 2000 每亩 新建花棚面积20亩以上的合作社",
            ]
        );
    }

    #[test]
    fn a_rate_says_of_what_it_is_a_share() {
        let found = rows(
        "SELECT ?name ?share ?base WHERE {
           ?term zt:rate ?rate ; zt:supportName ?name ; zt:rateBase ?base . ?rate zt:value ?share ; zt:unit unit:PERCENT }",
        &["name", "share", "base"],
    );
        assert_eq!(found, ["补助 15 设备投资额"]);
    }

    #[test]
    fn each_case_of_a_list_has_its_own_sum() {
        let found = rows(
            "SELECT ?tier ?yuan WHERE { ?term zt:tier ?tier ; zt:yuanMax ?yuan } ORDER BY DESC(?yuan)",
            &["tier", "yuan"],
        );
        assert_eq!(found, ["首次评为国家级 600000", "省级花卉示范基地 300000"]);
    }

    #[test]
    fn what_falls_away_is_all_of_it_or_half() {
        let found = rows(
        "SELECT ?name ?share WHERE {
           ?term zt:supportKind zt:Relief ; zt:supportName ?name ; zt:rate/zt:value ?share } ORDER BY ?share",
        &["name", "share"],
    );
        assert_eq!(found, ["减半收取租金 50", "免征增值税 100"]);
    }

    #[test]
    fn no_number_is_both_a_target_and_of_a_support_term() {
        let both = rows(
        "SELECT ?text WHERE {
           ?term zt:amount|zt:ceiling|zt:rate ?sum . ?sum zt:evidence ?words . ?words zt:quote ?text ; zt:start ?at .
           ?target a zt:Target ; zt:evidence ?other . ?other zt:start ?from ; zt:end ?to .
           FILTER(?from <= ?at && ?at < ?to) }",
        &["text"],
    );
        assert_eq!(both, Vec::<String>::new());
        let targets =
            rows("SELECT ?words WHERE { ?t a zt:Target ; zt:valueText ?words }", &["words"]);
        assert_eq!(targets.len(), 4, "{targets:?}");
    }

    #[test]
    fn budgets_and_fines_are_no_support_terms() {
        let found = rows(
            "SELECT ?text WHERE { ?term a zt:SupportTerm ; zt:evidence/zt:quote ?text
           FILTER(CONTAINS(?text, \"3000万元\") || CONTAINS(?text, \"罚款\")) }",
            &["text"],
        );
        assert_eq!(found, Vec::<String>::new());
    }

    #[test]
    fn the_graph_keeps_the_shapes() {
        let shapes = Shapes::parse(include_str!("../ontology/shapes.ttl")).unwrap();
        let report = shapes.validate(&release().store).unwrap();
        let violations: Vec<_> =
            report.results.iter().filter(|result| result.severity == Severity::Violation).collect();
        assert!(violations.is_empty(), "{violations:#?}");
    }

    async fn page(path: &str) -> (StatusCode, String) {
        let router = service::router(Arc::new(Site::new(release().clone())));
        let (folder, name) = path.split_once('/').unwrap();
        let name = utf8_percent_encode(name, NON_ALPHANUMERIC);
        let request = Request::get(format!("/{folder}/{name}.html"));
        let request = request.header(header::ACCEPT, "text/html").body(Body::empty()).unwrap();
        let response = router.oneshot(request).await.unwrap();
        let status = response.status();
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        (status, String::from_utf8(bytes.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn the_page_of_a_measure_shows_its_support() {
        let (status, page) = page("measure/海政办发〔2031〕9号.2").await;
        assert_eq!(status, StatusCode::OK);
        for words in ["支持政策", "不超过80万元", "设备投资额", "新建智能花棚的种植企业", "每亩"]
        {
            assert!(page.contains(words), "{words} is not on the page");
        }
    }

    #[tokio::test]
    async fn a_support_term_has_a_page() {
        let (status, page) = page("support/海政办发〔2031〕9号.2-1").await;
        assert_eq!(status, StatusCode::OK);
        for words in ["补助 15%，不超过80万元", "单个项目", "800000"] {
            assert!(page.contains(words), "{words} is not on the page");
        }
    }
}
