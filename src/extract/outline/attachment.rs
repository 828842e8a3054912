//! What stands behind a body and belongs to no item. In: paragraphs; out: whether one lists attachments, opens an attachment that
//! is a table or a list, or ends the body. The surprise: an attachment that is a text (a plan, a division of tasks) is read on.

use crate::extract::ordinal::{Marker, Style, parse_marker};
use crate::text::{Pattern, Span, pattern};
use std::sync::LazyLock;

pub(super) static ATTACHMENT: Pattern =
    LazyLock::new(|| pattern(r"^附(?:件|表)?\d{0,2}[:：]|附件[:：]\s?1[.、]"));

/// What stands behind the last word of a body: no item goes on there.
pub(super) static BEHIND_BODY: Pattern = LazyLock::new(|| {
    pattern(r"^(?:附(?:件|表)?\d{0,2}[:：]|(?:原文|文件|附件)下载|抄送|抄报|相关链接|相关附件)")
});

/// The line that stands above an attachment.
pub(super) static ATTACHMENT_MARK: Pattern = LazyLock::new(|| pattern(r"^附件?\s?\d{0,2}[:：]?$"));

/// What an attachment that is no text is called; a table that divides the tasks is read.
static TABLE_TITLE: Pattern = LazyLock::new(|| {
    pattern(
        r"^[^，。；]{2,60}(?:清单|名单|目录|一览表|统计表|汇总表|申请表|申报表|登记表|评价表|评审表|审核表|报名表|推荐表|考核表|评分表|评分标准|指标|指标体系|样表|表样|样图|图样|式样|模板|大纲|提纲|格式|典型经验(?:做法)?|(?:典型|优秀)案例|先进典型)$",
    )
});

/// What others fill in: its chapters are theirs.
static FORM: Pattern = LazyLock::new(|| pattern(r"(?:表|书|样图|模板|格式)$"));

/// 附件1申报流程: a guide for applicants under its mark, in one line.
static GUIDE: Pattern = LazyLock::new(|| {
    pattern(
        r"^附件?\d{1,2}[:：]?[^，。；：]{2,40}(?:(?:申报|申请|办理|办事|审核|审批|操作|报名|登记|填报|填写)(?:流程图?|指南|须知|说明)|申请表|申报书|评分标准|样表|模板)$",
    )
});

/// Whether an attachment opens here that tells applicants what to do or gives them a form. Its steps follow at once, whereas a list of
/// attachments only names it.
pub(super) fn opens_guide(clean: &str, body: &[Span], at: usize) -> bool {
    let line = |at: usize| body.get(at).map_or("", |span| span.slice(clean));
    line(at).starts_with('附') && GUIDE.is_match(line(at)) && parse_marker(line(at + 1)).is_some()
}

/// What an attachment that is a table or list holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Attached {
    /// Rows, which are no items of the document.
    Rows,
    /// Chapters 一、二、 of its own, which are, though what stands in them promises nothing.
    Chapters,
}

/// The attachment that opens here, if it is a table or list.
pub(super) fn opens_table(clean: &str, body: &[Span], at: usize) -> Option<Attached> {
    let line = |at: usize| body.get(at).map_or("", |span| span.slice(clean));
    // Hardly any line is one, and what follows looks far ahead.
    if !ATTACHMENT_MARK.is_match(line(at)) {
        return None;
    }
    let titles = (at + 1..at + 4).map(line).take_while(|title| parse_marker(title).is_none());
    let behind = body.get(at + 1..).unwrap_or_default();
    let opens = titles.clone().any(|title| TABLE_TITLE.is_match(title)) && !assigns(clean, behind);
    let is_read = titles.clone().all(|title| !FORM.is_match(title)) && has_chapters(clean, behind);
    // 重点任务清单 with chapters is a plan.
    let lists_tasks = is_read && titles.clone().any(|title| title.contains("任务"));
    let attached = if is_read { Attached::Chapters } else { Attached::Rows };
    (opens && !lists_tasks).then_some(attached)
}

/// Whether the first number of an attachment is that of a chapter 一、 with something below it, and 二、 follows.
fn has_chapters(clean: &str, attachment: &[Span]) -> bool {
    let lines = attachment.iter().map(|line| line.slice(clean));
    let mut markers = lines
        .take_while(|line| !ATTACHMENT_MARK.is_match(line))
        .enumerate()
        .filter_map(|(at, line)| Some((at, parse_marker(line)?)));
    let is = |marker: &Marker, number: u32| marker.style == Style::Han && marker.number == number;
    let Some((first, _)) = markers.next().filter(|(_, marker)| is(marker, 1)) else { return false };
    markers.any(|(at, marker)| is(&marker, 2) && at > first + 1)
}

/// Whether a line opens the notes on an attached table, which belong to no part of it: 注：.
pub(super) fn is_note(words: &str) -> bool {
    words.strip_suffix(['：', ':']).is_some_and(|label| matches!(label, "注" | "备注" | "说明"))
}

/// Whether the items of an attachment tell who is in charge, whatever it is called: 考评指标 that are tasks.
fn assigns(clean: &str, attachment: &[Span]) -> bool {
    const LINES_MAX: usize = 40;
    const NOTES_MIN: usize = 3;
    static NOTE: Pattern = LazyLock::new(|| {
        pattern(
            r"[（(〔\[，,；;](?:牵头|责任|配合)[\p{Han}]{0,4}(?:单位|部门)[:：][^（）()]+[）)〕\]]$",
        )
    });
    let lines = attachment.iter().take(LINES_MAX).map(|line| line.slice(clean));
    let noted = lines.filter(|line| parse_marker(line).is_some() && NOTE.is_match(line));
    noted.count() >= NOTES_MIN
}

/// Whether rules open here under a title of their own, as they do behind the order that changes them.
pub(super) fn opens_rules(clean: &str, body: &[Span], at: usize) -> bool {
    static RULES: Pattern = LazyLock::new(|| {
        pattern(
            r"^[^，。；：]{3,60}(?:办法|规定|条例|细则|规则|规程)(?:[（(][^（）()]{2,16}[）)])?$",
        )
    });
    const LINES_BETWEEN_MAX: usize = 3;
    let marker = parse_marker(body.get(at).map_or("", |span| span.slice(clean)));
    marker.is_some_and(|marker| marker.style == Style::Article && marker.number == 1)
        && body
            .iter()
            .take(at)
            .rev()
            .take(LINES_BETWEEN_MAX)
            .any(|line| RULES.is_match(line.slice(clean)))
}

/// Whether a standard is attached here: behind a plan it is another text, whose numbers are its own.
pub(super) fn opens_standard(clean: &str, body: &[Span], at: usize) -> bool {
    static STANDARD: Pattern = LazyLock::new(|| {
        pattern(
            r"^[^，。；]{2,60}(?:标准|技术规范|技术要求|技术导则|技术规程)(?:[（(][^（）()]{1,12}[）)])?$",
        )
    });
    let line = |at: usize| body.get(at).map_or("", |span| span.slice(clean));
    let mut titles = (at + 1..at + 4).map(line).take_while(|title| parse_marker(title).is_none());
    ATTACHMENT_MARK.is_match(line(at)) && titles.any(|title| STANDARD.is_match(title))
}

/// Whether a paragraph is no running text of the item before it.
pub(super) fn opens_other(words: &str) -> bool {
    parse_marker(words).is_some() || BEHIND_BODY.is_match(words)
}

#[cfg(test)]
mod tests {
    use super::super::super::paragraph::find_paragraphs;
    use super::super::find_outline;
    use super::super::tests::paths;
    use super::*;
    use crate::document::ItemClass;

    #[test]
    fn an_attached_list_whose_items_are_assigned_is_read_on() {
        let item = |number: u8| format!("{number}.种树。（6月底完成，牵头考核单位：市园林局）\n");
        let text = format!("一、种树\n附件\n绿化考评指标\n{}{}{}", item(1), item(2), item(3));
        let body = find_paragraphs(&text);
        assert_eq!(opens_table(&text, &body, 1), None);
        let text = "一、种树\n附件\n绿化考评指标\n1.种树。\n2.治水。\n3.护林。";
        assert_eq!(opens_table(text, &find_paragraphs(text), 1), Some(Attached::Rows));
    }

    #[test]
    fn an_attached_list_with_chapters_of_its_own_is_read() {
        let attached = |title: &str, rows: &str| {
            paths(&format!("一、种树\n每年种树。\n附件\n{title}\n{rows}"))
        };
        let rows = "一、苗木\n（一）桃树\n1.成活率\n春季苗木成活的比例。\n二、花木";
        let found = [vec![1], vec![1], vec![1, 1], vec![1, 1, 1], vec![2]];
        assert_eq!(attached("绿化考核指标", rows), found);
        let noted = format!("{rows}\n注：\n1.比例按株计。");
        assert_eq!(attached("绿化考核指标", &noted).last(), Some(&vec![1]));
        assert_eq!(attached("绿化补助申请表", rows), [[1]]);
        assert_eq!(attached("苗圃名单", "1.某县苗圃\n2.某市苗圃"), [[1]]);
    }

    #[test]
    fn what_stands_in_an_attached_list_is_no_measure() {
        let text = "一、种树\n每年种树。\n附件\n绿化考核指标\n一、苗木\n1.种好苗木。\n二、花木";
        let paragraphs = find_paragraphs(text);
        let mut outline = find_outline(text, &paragraphs, &vec![false; paragraphs.len()]);
        for item in &mut outline.items {
            item.class = ItemClass::Measure;
        }
        outline.clear_measures_of_tables();
        let is_measure: Vec<bool> =
            outline.items.iter().map(|item| item.class == ItemClass::Measure).collect();
        assert_eq!(is_measure, [true, false, false, false]);
    }

    #[test]
    fn a_standard_is_attached_under_its_title() {
        let opens = |text: &str| opens_standard(text, &find_paragraphs(text), 0);
        assert!(opens("附件\n苗圃建设标准\n1.苗木：应符合标准。"));
        assert!(opens("附件2\n某市花海\n养护技术规范（试行）\n1.土壤。"));
        assert!(!opens("附件\n种树任务分工方案\n1.苗木。"));
    }

    #[test]
    fn the_steps_of_an_attached_guide_are_no_items() {
        let count = |text: &str| {
            let paragraphs = find_paragraphs(text);
            find_outline(text, &paragraphs, &vec![false; paragraphs.len()]).items.len()
        };
        let guide = "附件1苗圃在线申报流程\n一、登录\n二、填写";
        assert_eq!(count(&format!("一、种树\n每年种树。\n{guide}")), 1);
        assert_eq!(count("一、种树\n附件1苗圃申报指南\n附件2花木名单\n二、补种"), 2);
    }

    #[test]
    fn what_others_did_is_attached_as_a_list() {
        let text = "一、种树\n每年种树。\n附件\n发现的典型经验做法\n（共2项）\n1.某区种好行道树。\n2.某县补种死苗。";
        let paragraphs = find_paragraphs(text);
        let outline = find_outline(text, &paragraphs, &vec![false; paragraphs.len()]);
        assert_eq!(outline.items.len(), 1);
    }

    #[test]
    fn rules_behind_the_order_that_changes_them_begin_anew() {
        let text = "一、将第二条修改为：“补种。”\n本决定自公布之日起施行。\n某市种树办法\n（2031年5月6日公布）\n第一条 种树。\n第二条 补种。";
        let paragraphs = find_paragraphs(text);
        let outline = find_outline(text, &paragraphs, &vec![false; paragraphs.len()]);
        let paths: Vec<_> = outline.items.into_iter().map(|item| item.path).collect();
        assert_eq!(paths, [vec![1], vec![1], vec![2]]);
    }

    #[test]
    fn an_attached_standard_holds_no_items_of_the_plan() {
        let count = |text: &str| {
            let paragraphs = find_paragraphs(text);
            find_outline(text, &paragraphs, &vec![false; paragraphs.len()]).items.len()
        };
        assert_eq!(
            count("一、种树\n每年种树。\n附件\n苗圃建设标准\n1.苗木：合格。\n2.土壤：合格。"),
            1
        );
        assert_eq!(count("附件\n苗圃建设标准\n一、苗木\n二、土壤"), 2);
    }
}
