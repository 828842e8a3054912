//! Sentences in invented words, and the documents that they cite.

use super::*;

fn cited(words: &str) -> Vec<(Option<String>, Option<String>, Relation)> {
    let block =
        Block { item: None, span: Span::new(0, words.len()), is_heading: false, is_inline: false };
    find_citations(words, &[block], &["某市绿化方案"], None)
        .into_iter()
        .map(|one| {
            (one.title.map(|t| t.value), one.number.map(|n| n.value.to_string()), one.relation)
        })
        .collect()
}

#[test]
fn a_citation_has_title_number_and_relation() {
    assert_eq!(
        cited("为贯彻落实《某省绿化条例》和《某省治水办法》(某政发﹝2020﹞3号)精神"),
        [
            (Some("某省绿化条例".into()), None, Relation::Implements),
            (Some("某省治水办法".into()), Some("某政发〔2020〕3号".into()), Relation::Implements)
        ]
    );
    assert_eq!(
        cited("全面落实《某省种树方案》，组织编制《某省花木规划》"),
        [
            (Some("某省种树方案".into()), None, Relation::Implements),
            (Some("某省花木规划".into()), None, Relation::Cites)
        ]
    );
    assert_eq!(
        cited("超过《某省苗圃用地定额（2013年本）》规定的"),
        [(Some("某省苗圃用地定额（2013年本）".into()), None, Relation::Cites)]
    );
    assert_eq!(
        cited("《某市旧办法》同时废止"),
        [(Some("某市旧办法".into()), None, Relation::Repeals)]
    );
    assert_eq!(
        cited(
            "《某市甲办法》（某园发〔2031〕6号）、《某市乙办法》（某园发〔2031〕7号）自即日起废止"
        ),
        [
            (Some("某市甲办法".into()), Some("某园发〔2031〕6号".into()), Relation::Repeals),
            (Some("某市乙办法".into()), Some("某园发〔2031〕7号".into()), Relation::Repeals)
        ]
    );
    assert_eq!(
        cited("违反《某市苗圃条例》的政策措施，及时废止"),
        [(Some("某市苗圃条例".into()), None, Relation::Cites)]
    );
    assert_eq!(
        cited("加快实施《某省花木规划》，修订《中华人民共和国花典》《苗木合同（示范文本）》"),
        [
            (Some("某省花木规划".into()), None, Relation::Cites),
            (Some("苗木合同（示范文本）".into()), None, Relation::Cites)
        ]
    );
    assert_eq!(
        cited("为美化城乡，深入实施《某省花木规划》"),
        [(Some("某省花木规划".into()), None, Relation::Implements)]
    );
    assert_eq!(
        cited(
            "苗木按《苗圃条例》（某省人民政府令第8号）管理。按期浇水（详见《花木办法》，某园发〔2031〕7号）"
        ),
        [
            (Some("苗圃条例".into()), Some("某省人民政府令第8号".into()), Relation::BasedOn),
            (Some("花木办法".into()), Some("某园发〔2031〕7号".into()), Relation::Cites)
        ]
    );
    assert_eq!(
        cited("按照某政办发〔2021〕8号文件"),
        [(None, Some("某政办发〔2021〕8号".into()), Relation::BasedOn)]
    );
}

#[test]
fn what_is_reported_upwards_is_a_document_and_a_paper_obtained_is_none() {
    let titles =
        |words: &str| cited(words).into_iter().filter_map(|(title, ..)| title).collect::<Vec<_>>();
    assert_eq!(
        titles("《关于报送〈某市花木规划（2031年）〉的请示》收悉，《关于古树调查的汇报》已批示"),
        ["关于报送〈某市花木规划（2031年）〉的请示", "关于古树调查的汇报"]
    );
    assert_eq!(
        titles("对照《苗圃基本条件》审核，遵循《古树养护原则》"),
        ["苗圃基本条件", "古树养护原则"]
    );
    assert_eq!(titles("已取得《苗圃设计成果批复》的"), Vec::<String>::new());
    assert_eq!(
        cited("按照某园发〔2031〕24号《花木办法》执行"),
        [(Some("花木办法".into()), Some("某园发〔2031〕24号".into()), Relation::BasedOn)]
    );
}

#[test]
fn what_is_only_compared_is_not_carried_out() {
    let relation = |words: &str| cited(words).pop().unwrap().2;
    assert_eq!(relation("根据实际，参照《某省苗圃办法》种树"), Relation::Cites);
    assert_eq!(
        relation("根据《某省苗圃办法》等文件精神，并与《某省花木规划》相衔接"),
        Relation::Cites
    );
    assert_eq!(relation("根据《某省苗圃办法》和《某省花木规划》"), Relation::BasedOn);
}

#[test]
fn what_is_listed_with_what_is_carried_out_is_a_document() {
    let titles =
        |words: &str| cited(words).into_iter().filter_map(|(title, ..)| title).collect::<Vec<_>>();
    assert_eq!(
        titles("根据《苗圃管理办法》、《花木手册》和《古树图谱》制定方案"),
        ["苗圃管理办法", "花木手册", "古树图谱"]
    );
    assert_eq!(titles("《苗圃管理办法》、《花木手册》已经印发"), ["苗圃管理办法"]);
    assert_eq!(titles("根据《苗圃管理办法》编写《花木手册》"), ["苗圃管理办法"]);
    assert_eq!(titles("根据《苗圃管理办法》和《苗木申请表》种树"), ["苗圃管理办法"]);
}

#[test]
fn a_short_name_that_the_text_gives_is_no_document() {
    let words = "按照《苗圃指导目录》（以下简称《苗圃目录》）种树。《苗圃目录》如有更新，种新树";
    let titles: Vec<_> = cited(words).into_iter().map(|(title, ..)| title).collect();
    assert_eq!(titles, [Some("苗圃指导目录".to_owned())]);
    let quoted = "按照《苗圃指导目录》（以下简称“《苗圃目录》”）种树。《苗圃目录》如有更新，种新树";
    assert_eq!(cited(quoted).len(), 1);
    assert_eq!(cited("签订苗圃合同，按照《苗圃通则》种树").len(), 1);
    assert_eq!(cited("研究形成《苗圃意见稿通知》").len(), 1);
    assert_eq!(cited("按照《苗木买卖合同》种树，落实《优化措施（试行）》").len(), 0);
    assert_eq!(cited("响应《关于爱护古树的倡议》").len(), 1);
}

#[test]
fn how_a_title_was_changed_is_no_part_of_it() {
    let one = |words: &str| {
        let (title, number, _) = cited(words).remove(0);
        (title.unwrap(), number)
    };
    assert_eq!(
        one("《某市古树办法（试行）（2031年5月6日某市人民政府令第8号修正）》"),
        ("某市古树办法（试行）".into(), Some("某市人民政府令第8号".into()))
    );
    assert_eq!(
        one("《某市苗圃规定(某政发〔2031〕9号修订)》"),
        ("某市苗圃规定".into(), Some("某政发〔2031〕9号".into()))
    );
    assert_eq!(
        one("根据《关于护林的通知（某政发〔2031〕9号）》"),
        ("关于护林的通知".into(), Some("某政发〔2031〕9号".into()))
    );
    assert_eq!(
        one("按照《某区种树措施》的通知（某政发〔2031〕9号）要求"),
        ("某区种树措施".into(), Some("某政发〔2031〕9号".into()))
    );
    assert_eq!(one("《花木分类（2031年版）》").0, "花木分类（2031年版）");
    assert_eq!(one("符合《“花海”人才政策四十条》").0, "“花海”人才政策四十条");
}

#[test]
fn what_the_document_issues_and_names_of_works_are_no_citations() {
    assert_eq!(cited("现将《某市绿化方案》印发给你们"), []);
    assert_eq!(cited("《某市绿化方案》《某市治水方案》等2个方案现印发给你们"), []);
    assert_eq!(cited("排演话剧《春天》"), []);
    assert_eq!(cited("该《实施意见》强调种树"), []);
    assert_eq!(cited("《若干政策措施》提出种树"), []);
    assert_eq!(cited("评选《苗圃等级划分》"), []);
    assert_eq!(cited("依据核定情况，填好《苗木汇总表》，附《苗木承诺书》"), []);
    assert_eq!(cited("学习《种树大法》、《园林经》"), []);
    assert_eq!(
        cited("绿地率符合《公园控制指标表》要求"),
        [(Some("公园控制指标表".into()), None, Relation::Cites)]
    );
    assert_eq!(
        cited("按照《苗圃等级划分》评选"),
        [(Some("苗圃等级划分".into()), None, Relation::BasedOn)]
    );
}

#[test]
fn a_citation_stands_where_its_number_and_its_title_do() {
    for words in
        ["按照某园发〔2031〕7号《花木办法》种树", "按照《花木办法》（某园发〔2031〕7号）种树"]
    {
        let block = Block {
            item: None,
            span: Span::new(0, words.len()),
            is_heading: false,
            is_inline: false,
        };
        let found = find_citations(words, &[block], &[], None);
        let printed = found.first().map(|one| one.span.slice(words)).unwrap();
        assert!(printed.contains("花木办法") && printed.contains("7号"), "{printed}");
    }
}
