//! Heads that have run together, and how they are cut.

use super::super::super::paragraph::find_paragraphs;
use super::super::find_head;
use super::*;
use crate::document::Header;
use crate::text::Text;

fn pieces(words: &str) -> Vec<&str> {
    let split = split_glued(words, &find_paragraphs(words));
    split.into_iter().map(|piece| piece.slice(words)).collect()
}

fn read(words: &str) -> Header {
    let text = Text::from_source(words.into());
    let split = split_glued(text.clean(), &find_paragraphs(text.clean()));
    find_head(&text, &split).header
}

#[test]
fn the_parts_of_a_head_on_one_line_tell_where_they_end() {
    assert_eq!(
        pieces(
            "某省园林局文件某园发〔2031〕8号某省园林局关于种树的通知各区园林局，省苗圃：为绿化，种树。"
        ),
        [
            "某省园林局文件",
            "某园发〔2031〕8号",
            "某省园林局关于种树的通知",
            "各区园林局，省苗圃：",
            "为绿化，种树。"
        ]
    );
    assert_eq!(
        pieces(
            "某省园林局公文稿纸某省园林局某省园林局关于征求《种树的意见》意见建议的函省直有关部门：请研究。"
        ),
        [
            "某省园林局公文稿纸某省园林局",
            "某省园林局关于征求《种树的意见》意见建议的函",
            "省直有关部门：",
            "请研究。"
        ]
    );
    assert_eq!(
        pieces("关于种树有关情况的报告一、基本情况种了树。"),
        ["关于种树有关情况的报告", "一、基本情况种了树。"]
    );
    for whole in [
        "关于落实种树的意见的精神，各区园林局要种树。",
        "去年种树。关于种树的通知各区园林局：种树。",
    ] {
        assert_eq!(pieces(whole), [whole]);
    }
}

#[test]
fn a_signature_that_runs_on_ends_at_its_day() {
    let read = read(
        "某园发〔2031〕8号某省园林局关于种树的通知各区园林局：请种树。附件：种树名单某省园林局2031年5月6日（此件公开发布）",
    );
    assert_eq!(read.issuers.first().unwrap().value, "某省园林局");
    assert_eq!(read.signed_on.unwrap().value.to_string(), "2031-05-06");
    assert!(read.openness.is_some());
    for day in [
        "请种树。省园林局2031年5月6日（此件公开发布）",
        "请种树。省园林局2031年5月6日附件1种树名单",
    ] {
        assert_eq!(pieces(day).get(..2).unwrap(), ["请种树。", "省园林局2031年5月6日"]);
    }
    for sentence in [
        "某园发〔2031〕8号某省园林局关于种树的通知各区园林局：按照某省园林局2031年5月6日电话会议要求种树。",
        "种好树。根据市园林局2031年5月6日附件2的标准种树。",
        "树种好了。省园林局2031年5月6日召开会议。",
        "发布于省园林局2031年5月6日（此件公开发布）",
    ] {
        assert!(!pieces(sentence).iter().any(|piece| piece.ends_with('日')), "{sentence}");
    }
}

#[test]
fn a_title_may_be_printed_twice_or_run_into_its_note_or_its_text() {
    assert_eq!(
        pieces("开始检索某省园林局关于种树的通知某省园林局关于种树的通知某园发〔2031〕8号各区园林局：请种树。")
            .get(..3)
            .unwrap(),
        ["开始检索", "某省园林局关于种树的通知", "某省园林局关于种树的通知"]
    );
    assert_eq!(
        pieces(
            "某省园林局关于种树的建议(2031年5月6日某省园林局第一次会议通过)某省园林局认真研究，提出建议。"
        ),
        [
            "某省园林局关于种树的建议",
            "(2031年5月6日某省园林局第一次会议通过)",
            "某省园林局认真研究，提出建议。"
        ]
    );
    assert_eq!(
        pieces("关于印发种树若干措施的通知为进一步加快绿化，制定本措施。"),
        ["关于印发种树若干措施的通知", "为进一步加快绿化，制定本措施。"]
    );
    for whole in
        ["请各区按照关于种树的通知为进一步加快绿化，种好树。", "关于种树的建议(试行)种树要种好。"]
    {
        assert_eq!(pieces(whole), [whole]);
    }
}

#[test]
fn a_day_may_stand_alone_before_the_frame_of_a_page() {
    let read = read("各区园林局：请种树。树要种好。2031年5月6日相关解读：怎样种树");
    assert_eq!(read.signed_on.unwrap().value.to_string(), "2031-05-06");
    assert_eq!(pieces("树要种好。2031年5月6日补种。").len(), 1);
}

#[test]
fn a_table_of_fields_may_run_into_the_title_that_it_names() {
    let table = "索引号：123发文机关：某市园林局成文日期：2031年5月6日标题：某市园林局关于种树的通知发文字号：某园发〔2031〕8号主题词：";
    let text = "某市园林局关于种树的通知某园发〔2031〕8号各区园林局：请种树。";
    let read = read(&format!("{table}{text}"));
    assert_eq!(read.title.unwrap().value, "某市园林局关于种树的通知");
    assert_eq!(read.addressees.first().unwrap().value, "各区园林局");
    assert_eq!(pieces(table), [table]);
}

#[test]
fn what_is_issued_may_run_on_behind_the_signature() {
    assert_eq!(
        pieces(
            "请会签。某省园林局2031年5月6日某省绿化方案（2031—2033年）（送审稿）为加快绿化，制定本方案。"
        ),
        [
            "请会签。",
            "某省园林局2031年5月6日",
            "某省绿化方案（2031—2033年）（送审稿）",
            "为加快绿化，制定本方案。"
        ]
    );
}

#[test]
fn a_row_of_signers_that_a_line_breaks_is_no_signature_of_its_last_name() {
    let line = "请种树并做好管护工作，".repeat(8) + "某部某行财";
    let words = format!("{line}\n政部林业局2031年5月6日附件种树名单");
    assert_eq!(pieces(&words).last().unwrap(), &"政部林业局2031年5月6日附件种树名单");
}
