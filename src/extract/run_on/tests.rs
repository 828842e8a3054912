//! Texts whose items run on, and how they are cut.

use super::super::paragraph::find_paragraphs;
use super::*;

fn pieces(words: &str) -> Vec<&str> {
    split_run_on(words, &find_paragraphs(words)).into_iter().map(|span| span.slice(words)).collect()
}

#[test]
fn items_that_run_on_are_cut_apart() {
    assert_eq!(
        pieces("一、绿化。种树。二、治水。清河。"),
        ["一、绿化。种树。", "二、治水。清河。"]
    );
    assert_eq!(
        pieces("（一）花展管理。种花。（二）项目管理。种树。"),
        ["（一）花展管理。种花。", "（二）项目管理。种树。"]
    );
    assert_eq!(
        pieces("（一）起步阶段。种花。（二）规模阶段。种树。"),
        ["（一）起步阶段。种花。", "（二）规模阶段。种树。"]
    );
    assert_eq!(
        pieces("（一）种树。责任单位：市园林局、各区政府（二）治水。清河。"),
        ["（一）种树。责任单位：市园林局、各区政府", "（二）治水。清河。"]
    );
    assert_eq!(
        pieces("（一）种树。(市园林局负责)(二)治水。"),
        ["（一）种树。(市园林局负责)", "(二)治水。"]
    );
}

#[test]
fn an_item_may_run_on_from_the_heading_of_its_chapter() {
    assert_eq!(
        pieces("一、绿化城市（一）种树。每年种树。"),
        ["一、绿化城市", "（一）种树。每年种树。"]
    );
}

#[test]
fn a_title_opens_the_second_item_where_the_first_lost_its_number() {
    assert_eq!(
        pieces("一、种树。每年种树。（二）补种死苗。每年补种。"),
        ["一、种树。每年种树。", "（二）补种死苗。每年补种。"]
    );
    let words = "一、种树。每年种树。（二）补种死苗，每年补种。";
    assert_eq!(pieces(words), [words]);
}

#[test]
fn articles_and_chapters_that_run_on_are_cut_apart() {
    assert_eq!(
        pieces(
            "某市苗圃管理办法（试行）第一章总则第一条为了种树，制定本办法。第二条苗圃应当符合第三条规定的条件，按本办法第三条办理。第二章申报第三条花农申报。第三章附则\n第四条略。"
        ),
        [
            "某市苗圃管理办法（试行）",
            "第一章总则",
            "第一条为了种树，制定本办法。",
            "第二条苗圃应当符合第三条规定的条件，按本办法第三条办理。",
            "第二章申报",
            "第三条花农申报。",
            "第三章附则",
            "第四条略。"
        ]
    );
    assert_eq!(
        pieces(
            "某市苗圃奖励办法第一条 种树。第二条 条件：（一）好苗；（二）好土。第三条 材料：（一）申请；（二）证明。"
        ),
        [
            "某市苗圃奖励办法",
            "第一条 种树。",
            "第二条 条件：",
            "（一）好苗；",
            "（二）好土。",
            "第三条 材料：",
            "（一）申请；",
            "（二）证明。"
        ]
    );
    for words in ["种树。第二条第三款的规定，适用于花农。", "一、将第一条修改为：“种树。”"]
    {
        assert_eq!(pieces(words), [words]);
    }
}

#[test]
fn a_label_opens_the_next_item_whatever_stands_before() {
    assert_eq!(
        pieces("（一）花展主题：春天的公园（二）花展内容：展出盆景。（三）花展时间：四月"),
        ["（一）花展主题：春天的公园", "（二）花展内容：展出盆景。", "（三）花展时间：四月"]
    );
}

#[test]
fn a_number_that_is_overlooked_hides_none_behind_it() {
    assert_eq!(
        pieces("（一）花展主题是春天，（二）展出盆景。（三）评出名次。"),
        ["（一）花展主题是春天，（二）展出盆景。", "（三）评出名次。"]
    );
}

#[test]
fn points_may_run_on_from_a_heading() {
    assert_eq!(
        pieces("（一）花展资金1、支持方向该资金用于花展。2、项目条件（1）花展在春天；"),
        ["（一）花展资金", "1、支持方向该资金用于花展。", "2、项目条件", "（1）花展在春天；"]
    );
    assert_eq!(
        pieces("（一）加快“双绿”队伍建设1.种树。种好树。2.护林。护好林。"),
        ["（一）加快“双绿”队伍建设", "1.种树。种好树。", "2.护林。护好林。"]
    );
    assert_eq!(
        pieces("（一）种树。每年种树。1.苗木征集（1）征集桃树。每年征集。（2）征集李树。2.栽种。"),
        [
            "（一）种树。每年种树。",
            "1.苗木征集",
            "（1）征集桃树。每年征集。",
            "（2）征集李树。",
            "2.栽种。"
        ]
    );
    assert_eq!(
        pieces("一、绿化。种树。二、任务分工2.负责种树。3.负责补种。"),
        ["一、绿化。种树。", "二、任务分工", "2.负责种树。", "3.负责补种。"]
    );
    assert_eq!(
        pieces("某市绿化行动方案一、种树。每年种树。"),
        ["某市绿化行动方案", "一、种树。每年种树。"]
    );
    assert_eq!(pieces("（一）种树3、5月的花。"), ["（一）种树3、5月的花。"]);
    assert_eq!(pieces("（一）种树1.5万亩。"), ["（一）种树1.5万亩。"]);
}

#[test]
fn an_article_may_open_with_the_letters_of_a_reference() {
    for opening in ["中小苗圃应当种树。", "第三方机构可以种树。", "（适用范围）本市种树。"]
    {
        let words = format!("第一条为了种树，制定本办法。第二条{opening}第三条略。");
        assert_eq!(pieces(&words).len(), 3, "{opening}");
    }
}

#[test]
fn a_reference_to_an_item_opens_none() {
    for words in [
        "（一）种树。符合前款（二）项的除外。",
        "（一）种树。第（二）种情形。",
        "分为一、二、三类。",
        "第二条种树。第三条第三款的苗木由市园林局认定。",
        "第二条种树。第三条（一）项的苗木由市园林局认定。",
    ] {
        assert_eq!(pieces(words), [words]);
    }
}

#[test]
fn the_words_behind_a_point_point_nowhere() {
    assert_eq!(
        pieces(
            "（一）种树。每年种树。1.项目征集（1）征集桃树。每年征集。（2）征集李树。2.条件（1）好苗；（2）好土。"
        ),
        [
            "（一）种树。每年种树。",
            "1.项目征集",
            "（1）征集桃树。每年征集。",
            "（2）征集李树。",
            "2.条件",
            "（1）好苗；",
            "（2）好土。"
        ]
    );
}

#[test]
fn a_chapter_may_run_on_from_a_title_without_a_mark() {
    assert_eq!(
        pieces("一、花展主题种好树，护好林二、花展机构主办单位：某市园林局三、联系方式"),
        ["一、花展主题种好树，护好林", "二、花展机构主办单位：某市园林局", "三、联系方式"]
    );
    for words in [
        "一、评出一、二、三等奖。",
        "一、保护一级古树，对二、三级古树挂牌。",
        "一、材料见附件一、附件二、附件三。",
        "一、根据第一、第二、第三季度的花展情况。",
    ] {
        assert_eq!(pieces(words), [words]);
    }
}

#[test]
fn a_chapter_that_is_lost_hides_none_behind_it() {
    assert_eq!(
        pieces(
            "（一）种树。每年种树。二、申报材料（一）苗木证明；（二）申请书。四、花展安排1.种花。"
        ),
        [
            "（一）种树。每年种树。",
            "二、申报材料",
            "（一）苗木证明；",
            "（二）申请书。",
            "四、花展安排",
            "1.种花。"
        ]
    );
    assert_eq!(
        pieces("某园发〔2031〕8号一、项目方向（一）种树项目。"),
        ["某园发〔2031〕8号", "一、项目方向", "（一）种树项目。"]
    );
}

#[test]
fn a_page_number_ends_no_item() {
    assert_eq!(
        pieces("一、种树。每年种树。2二、治水;(一)清河;(二)补水。!三、护林。"),
        ["一、种树。每年种树。2", "二、治水;", "(一)清河;", "(二)补水。!", "三、护林。"]
    );
}

#[test]
fn points_go_on_behind_a_chapter_that_lost_its_own() {
    assert_eq!(
        pieces("一、种好行道树二、护好古树4.挂牌保护。每年挂牌。5.巡查养护。每年巡查。"),
        ["一、种好行道树", "二、护好古树", "4.挂牌保护。每年挂牌。", "5.巡查养护。每年巡查。"]
    );
    assert_eq!(
        pieces("一、种树\n（一）护好古树4.挂牌保护。每年挂牌。5.巡查养护。每年巡查。"),
        ["一、种树", "（一）护好古树", "4.挂牌保护。每年挂牌。", "5.巡查养护。每年巡查。"]
    );
}

#[test]
fn points_follow_a_heading_of_any_kind() {
    assert_eq!(
        pieces("（一）申报苗圃需提交材料（一式两份，按顺序装订）1.申请书；2.苗木证明。"),
        ["（一）申报苗圃需提交材料（一式两份，按顺序装订）", "1.申请书；", "2.苗木证明。"]
    );
    assert_eq!(
        pieces("一、全力以赴，种好树1.种桃树。每年种。2.种李树。二、抓紧治水3.清河。4.补水。"),
        [
            "一、全力以赴，种好树",
            "1.种桃树。每年种。",
            "2.种李树。",
            "二、抓紧治水",
            "3.清河。",
            "4.补水。"
        ]
    );
    assert_eq!(
        pieces("（一）花展安排（2031年6月）1.布展。（二）花展1.地点：公园2.时间：六月"),
        ["（一）花展安排（2031年6月）", "1.布展。", "（二）花展", "1.地点：公园", "2.时间：六月"]
    );
}

#[test]
fn points_follow_a_heading_with_its_full_stop_or_over_a_line_end() {
    assert_eq!(
        pieces("（一）种好树。1.选好桃树，种在河边。2.选好李树，种在路边。"),
        ["（一）种好树。", "1.选好桃树，种在河边。", "2.选好李树，种在路边。"]
    );
    assert_eq!(
        pieces(
            "一、抓紧种树，绿化荒山1、选苗。\n每年选苗。\n2、种苗。\n每年种苗。\n二、抓紧治水，清洁河道3、清理河道。"
        ),
        [
            "一、抓紧种树，绿化荒山",
            "1、选苗。",
            "每年选苗。",
            "2、种苗。",
            "每年种苗。",
            "二、抓紧治水，清洁河道",
            "3、清理河道。"
        ]
    );
}

#[test]
fn a_list_of_attachments_that_lost_its_line_is_cut_off() {
    assert_eq!(
        pieces("一、联系方式园林局养护科附件：1.苗圃名单"),
        ["一、联系方式园林局养护科", "附件：1.苗圃名单"]
    );
    assert_eq!(pieces("一、种树。每年种树。附件："), ["一、种树。每年种树。", "附件："]);
    assert_eq!(pieces("一、种树（见附件：1.名单）。"), ["一、种树（见附件：1.名单）。"]);
}

#[test]
fn the_first_sub_point_may_stand_behind_the_full_stop_of_its_heading() {
    let text = "（一）种好树。按照要求种树，让花农增收。1.种树阶段。(1)选好树苗。选择好苗。(2)浇好水。每年浇水。";
    assert_eq!(
        pieces(text),
        [
            "（一）种好树。按照要求种树，让花农增收。",
            "1.种树阶段。",
            "(1)选好树苗。选择好苗。",
            "(2)浇好水。每年浇水。"
        ]
    );
    let text = "1.种树阶段。(1)选苗，让花农增收；(2)浇水。";
    assert_eq!(pieces(text), [text]);
}

#[test]
fn each_label_of_a_line_of_who_is_in_charge_begins_a_line() {
    assert_eq!(
        pieces("牵头单位：园林局责任单位：林业局、水务局完成时限：9月底"),
        ["牵头单位：园林局", "责任单位：林业局、水务局", "完成时限：9月底"]
    );
    for whole in
        ["牵头单位：园林局；责任单位：林业局", "种树（牵头单位：园林局，责任单位：林业局）"]
    {
        assert_eq!(pieces(whole), [whole]);
    }
}
