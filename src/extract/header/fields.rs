//! The table of fields that websites print above a text: 发文机关：某市园林局, 文号 某园发〔2031〕8号 时效 有效, 【颁布时间】 20310506. In:
//! one line; out: its fields, each with its label and where its value stands. The surprise: the clean text is without the
//! spaces that part a label from its value and one field from the next, so where no colon stands the source is asked.

use super::{Head, date, find_numbers, issued, set_kind, signature, take, title};
use crate::document::{Date, Header, Located};
use crate::extract::paragraph::{split, trim};
use crate::text::{Pattern, Span, Text, pattern};
use regex::Match;
use std::ops::Range;
use std::sync::LazyLock;

/// What may stand around a label and a value, and is part of neither.
const MARKS: [char; 12] = ['|', '｜', '•', '·', '●', '*', '【', '】', '：', ':', '\t', ' '];

static LABEL: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"索引号|(?:主题|信息|组配|法规)分类|信息类别|发文(?:机关|单位|部门|机构)|发布(?:机关|单位|部门|机构)|(?:制发|制定|印发|公布)机关|颁布(?:单位|部门)|",
        r"发文(?:字号|文号)|政策文号|文件(?:编号|文号|字号)|文号|字号|(?:成文|生成|发文|发布|公布|公开|颁布|实施|施行|生效)(?:日期|时间)|",
        r"(?:发文|信息|文件|政策)?标题|(?:信息|文件|政策)?名称|主题词|公文种类|体裁分类|文件类型|有效性|统一(?:登记|编)号|效力(?:状态|级别|等级)|时效性?|关键词|年份|地区部门|",
        r"公开(?:方式|范围|目录|形式|时限|类别)|法规(?:类型|类别)|所属(?:行业|区域)|存放位置|发文内容"
    ))
});

/// 文号, 名称, 时效 end longer words of running text and of other tables: 项目名称.
const SHORT: [&str; 8] = ["文号", "字号", "标题", "名称", "时效", "年份", "关键词", "主题词"];

/// A label and its value.
struct Field<'a> {
    label: &'a str,
    value: Span,
}

/// …若干意见文章属性•【制定机关】某市人民政府•【字号】某园发〔2031〕8号•【主题分类】绿化正文某市…: a line that fields run together on, cut
/// before and behind each; all of `line` where it is none.
pub(super) fn split_fields(clean: &str, line: Span) -> Vec<Span> {
    /// Fewer brackets are no table.
    const FIELDS_MIN: usize = 3;
    static FIELD: Pattern = LazyLock::new(|| pattern(r"(?:文章属性)?[•·]【[\p{Han}]{2,6}】"));
    static TEXT: Pattern = LazyLock::new(|| pattern(r"】[^】。，]{0,30}?(正文)"));
    let words = line.slice(clean);
    if !words.contains("•【") && !words.contains("·【") {
        return cut_table(clean, line);
    }
    let mut cuts: Vec<usize> = FIELD.find_iter(words).map(|field| field.start()).collect();
    let Some(&last) = cuts.last().filter(|_| cuts.len() >= FIELDS_MIN) else { return vec![line] };
    let behind = words.get(last..).unwrap_or_default();
    let text = TEXT.captures(behind).and_then(|found| found.get(1));
    cuts.extend(text.map(|text| last + text.start()));
    cuts.push(words.len());
    let mut from = 0;
    let mut pieces = Vec::with_capacity(cuts.len());
    for cut in cuts {
        let piece = words.get(from..cut).unwrap_or_default();
        let lead = ["文章属性", "正文"].iter().find(|lead| piece.starts_with(**lead));
        let lead = lead.map_or(0, |lead| lead.len());
        pieces.push(trim(clean, Span::new(from + lead, cut).shifted(line.byte_start)));
        from = cut;
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// `line`, cut where the text begins behind a table of fields.
pub(super) fn cut_table(clean: &str, line: Span) -> Vec<Span> {
    let words = line.slice(clean);
    let Some(end) = find_table_end(words) else { return vec![line] };
    let cut = |from, to| trim(clean, Span::new(from, to).shifted(line.byte_start));
    vec![cut(0, end), cut(end, words.len())]
}

/// 索引号：… 标题：关于种树的通知发文字号：… 主题词：关于种树的通知某园发〔2031〕8号…: where the text begins behind a table that has lost its line
/// ends, with the title that the table names.
fn find_table_end(words: &str) -> Option<usize> {
    static TITLED: Pattern = LazyLock::new(|| {
        pattern(
            r"[题称][：:]\s*([^：:\s。]{8,140}?)\s*(?:发文[字文]号|文号|(?:成文|发布|生成|发文)日期|主题词|公文种类|有效性|发布机构)[：:]",
        )
    });
    let opens =
        words.starts_with("题：") || LABEL.find(words).is_some_and(|label| label.start() == 0);
    let title = TITLED.captures(words)?.get(1)?;
    let behind = words.get(title.end()..).filter(|_| opens)?;
    behind.find(title.as_str()).map(|at| title.end() + at)
}

/// Whether `line` is a row of such a table.
pub(super) fn is_row(text: &Text, line: Span) -> bool {
    !find_fields(text, line).is_empty()
}

/// Whether a line opens with a label and a colon: 发布机构： names no addressees.
pub(super) fn opens_with_label(line: &str) -> bool {
    let Some((label, _)) = line.split_once(['：', ':']) else { return false };
    LABEL.find(label).is_some_and(|found| found.as_str() == label)
}

/// The fields of `line`, in their order.
fn find_fields(text: &Text, line: Span) -> Vec<Field<'_>> {
    let words = text.slice(line);
    let labels: Vec<_> =
        LABEL.find_iter(words).filter(|label| is_label(text, line, label.range())).collect();
    let ends = labels.iter().skip(1).map(Match::start).chain([words.len()]);
    let fields = labels.iter().zip(ends).map(|(label, end)| {
        let printed = words.get(label.end()..end).unwrap_or_default();
        let opened = printed.trim_start_matches(MARKS);
        let from = label.end() + (printed.len() - opened.len());
        let value = opened.split('\t').next().unwrap_or_default();
        // 发布机构：某市园林局 网站发布：2031/5/6: a label that no list knows ends a value, too.
        let cut = find_other_label(value).find(|&at| has_gap(text, line, from + at));
        let value = value.get(..cut.unwrap_or(value.len())).unwrap_or_default();
        let value = Span::new(from, from + value.trim_end_matches(MARKS).len());
        let value = value.shifted(line.byte_start);
        Field { label: label.as_str(), value }
    });
    fields.collect()
}

/// Where labels may begin in `value` that the list does not know: a few letters before each colon.
fn find_other_label(value: &str) -> impl Iterator<Item = usize> {
    const LABEL_CHARS_MAX: usize = 6;
    value.match_indices(['：', ':']).flat_map(|(colon, _)| {
        let before = value.get(..colon).unwrap_or_default().char_indices().rev();
        before.take(LABEL_CHARS_MAX).take_while(|(_, c)| c.is_alphabetic()).map(|(at, _)| at)
    })
}

/// Whether the words at `place` of `line` are a label: a colon, a bracket or a bar follows; or a space, where a field begins.
fn is_label(text: &Text, line: Span, place: Range<usize>) -> bool {
    let words = text.slice(line);
    let (before, behind) = (words.get(..place.start), words.get(place.end..));
    let (Some(before), Some(behind)) = (before, behind) else { return false };
    let is_marked = behind.starts_with(['：', ':', '】', '|', '｜']);
    let opens = || {
        let marks = before.is_empty() || before.ends_with(MARKS);
        marks || has_gap(text, line, place.start)
    };
    let is_whole = || !SHORT.contains(&words.get(place.clone()).unwrap_or_default());
    let parts = || !behind.is_empty() && has_gap(text, line, place.end);
    (is_marked && is_whole() && !before.contains('。')) || ((is_marked || parts()) && opens())
}

/// Whether the source has a space before the byte `at` of `line`.
fn has_gap(text: &Text, line: Span, at: usize) -> bool {
    let words = text.slice(line);
    let last = words.get(..at).and_then(|before| before.chars().next_back());
    let next = words.get(at..).and_then(|behind| behind.chars().next());
    let (Some(last), Some(next)) = (last, next) else { return false };
    let around = Span::new(at - last.len_utf8(), at + next.len_utf8()).shifted(line.byte_start);
    text.source_slice(around).contains(char::is_whitespace)
}

/// What the table tells fills only what the document itself leaves open.
pub(super) fn read_fields(text: &Text, paragraphs: &[Span], limit: usize, head: &mut Head) {
    for (at, &line) in paragraphs.iter().enumerate() {
        if at >= limit && !text.slice(line).starts_with('【') {
            continue;
        }
        let fields = find_fields(text, line);
        if at >= limit && fields.is_empty() {
            continue;
        }
        take(&mut head.taken, at);
        for field in fields.iter().filter(|field| !field.value.is_empty()) {
            read_field(text, field, &mut head.header);
        }
    }
}

fn read_field(text: &Text, field: &Field<'_>, header: &mut Header) {
    let (label, place) = (field.label, field.value);
    let words = text.slice(place);
    let opens = |any: &[&str]| any.iter().any(|word| label.starts_with(word));
    let ends = |any: &[&str]| any.iter().any(|word| label.ends_with(word));
    if ends(&["机关", "单位", "部门", "机构"]) && label != "地区部门" {
        if header.issuers.is_empty() && names_issuer(label, words, header) {
            let bodies = split(text.clean(), place, &[',', '，']);
            header.issuers =
                bodies.into_iter().flat_map(|body| signature::split_names(text, body)).collect();
        }
    } else if ends(&["文号", "字号", "文件编号"]) {
        header.number = header.number.take().or_else(|| {
            let number = find_numbers(words).into_iter().next()?;
            Some(Located::new(number.value, number.span.shifted(place.byte_start)))
        });
    } else if ends(&["日期", "时间"]) && opens(&["成文", "发文", "颁布", "生成日期"])
    {
        // 生成日期 with a time of day is when the page was made.
        let counts = label != "生成日期" || !has_time(words);
        let day = || read_day(words, place).filter(|_| counts);
        header.signed_on = header.signed_on.take().or_else(day);
    } else if ends(&["标题", "名称"]) {
        read_title_field(text, place, header);
    }
}

/// 2031年5月6日, 2031-05-06 or 20310506.
fn read_day(words: &str, place: Span) -> Option<Located<Date>> {
    let found = date::find_dates(words).into_iter().next();
    let spelled = found.map(|date| Located::new(date.value, date.span.shifted(place.byte_start)));
    spelled.or_else(|| date::parse_compact(words).map(|date| Located::new(date, place)))
}

/// Whether the field names who issues. Who publishes (发布机构) may only be whose website it is, and a data base has names of its
/// own for the bodies that it sorts by (发布部门): the title goes before, where it names a body in full.
fn names_issuer(label: &str, words: &str, header: &Header) -> bool {
    let is_place = words.ends_with(['省', '市', '县', '区', '州']);
    let titled = header.title.as_ref().and_then(|title| {
        let issuer = title::find_issuer(&title.value)?.slice(&title.value);
        Some(!issuer.starts_with(['省', '市', '县', '区', '州']))
    });
    let publishes = label.starts_with("发布") && titled.unwrap_or_default();
    !is_place && !publishes && (label != "发布部门" || title::is_body_name(words))
}

/// 2031-05-06 08:54:33: when a page was made, not when a text was signed. 00:00:00 is no time of day.
fn has_time(words: &str) -> bool {
    static TIME: Pattern =
        LazyLock::new(|| pattern(r"(?:[1-9]|\d[1-9]):\d\d|0:(?:[1-9]\d|\d[1-9])"));
    TIME.is_match(words)
}

/// The title in a field, where no title is printed, or only that of the plan that it issues.
fn read_title_field(text: &Text, place: Span, header: &mut Header) {
    let words = text.slice(place);
    let issues = |title: &Located<String>| {
        issued::find_issued(words).is_some_and(|issued| issued.slice(words) == title.value)
    };
    let is_open = header.title.as_ref().is_none_or(issues);
    if is_open && title::find_kind(words).is_some() {
        set_kind(text, header, words, place);
        header.title = Some(Located::new(words.to_owned(), place));
    }
}

/// 体裁分类：通知: that the document is a notice, for a text that prints only the title of what it issues.
pub(super) fn find_notice(text: &Text, paragraphs: &[Span]) -> Option<Located<String>> {
    /// The table stands within so many first lines.
    const ROWS_MAX: usize = 20;
    paragraphs.iter().take(ROWS_MAX).find_map(|&line| {
        let fields = find_fields(text, line);
        let kind = fields.iter().find(|field| {
            matches!(field.label, "体裁分类" | "公文种类" | "文件类型")
                && text.slice(field.value) == "通知"
        })?;
        Some(Located::new("通知".to_owned(), kind.value))
    })
}

#[cfg(test)]
mod tests {
    use super::super::find_head;
    use super::*;
    use crate::extract::paragraph::find_paragraphs;

    fn header(words: &str) -> Header {
        let text = Text::from_source(words.into());
        let lines = super::super::split_glued(text.clean(), &find_paragraphs(text.clean()));
        find_head(&text, &lines).header
    }

    fn number(words: &str) -> Option<String> {
        let read = header(&format!("{words}\n关于种树的通知\n各区园林局：\n种树。"));
        read.number.map(|number| number.value.to_string())
    }

    #[test]
    fn a_number_stands_in_its_field_alone() {
        for words in [
            "文号 某园发〔2031〕8号 时效 有效",
            "公开方式 主动公开 文号 某园发〔2031〕8号",
            "索引号 8/2031-8 文号 某园发〔2031〕 8号",
            "• 【字号】某园发[2031]8号",
            "文 号： | 某园发〔2031〕8号 | 是否有效： | |",
            "政策文号：某园发〔2031〕8号",
            "发文文号： 某园发[2031]8号",
        ] {
            assert_eq!(number(words).as_deref(), Some("某园发〔2031〕8号"), "{words}");
        }
        assert_eq!(number("公开方式 主动公开 文号 见附件"), None);
    }

    #[test]
    fn a_table_tells_title_issuer_and_date() {
        let table = "发文标题： 某市园林局关于种树的意见\n发文部门： 某市园林局\n发文时间： 2031-5-6\n发文内容：\n各区园林局：\n种树。";
        let read = header(table);
        assert_eq!(read.title.unwrap().value, "某市园林局关于种树的意见");
        assert_eq!(read.issuers.first().unwrap().value, "某市园林局");
        assert_eq!(read.signed_on.unwrap().value.to_string(), "2031-05-06");
        assert_eq!(read.addressees.first().unwrap().value, "各区园林局");
    }

    #[test]
    fn a_title_with_a_body_goes_before_who_publishes() {
        let read = header(
            "发布机构：市水务局 网站发布：2031/5/6\n某市园林局关于种树的通知\n各区：\n种树。",
        );
        assert_eq!(read.issuers.first().unwrap().value, "某市园林局");
        let read =
            header("发布机构：某市水务局 网站发布：2031/5/6\n关于种树的通知\n各区：\n种树。");
        assert_eq!(read.issuers.first().unwrap().value, "某市水务局");
    }

    #[test]
    fn a_time_of_day_is_that_of_a_page() {
        let signed = |words: &str| {
            let read = header(&format!("{words}\n关于种树的通知\n各区园林局：\n种树。"));
            read.signed_on.map(|date| date.value.to_string())
        };
        assert_eq!(signed("生成日期：2031-05-06 08:54:33"), None);
        assert_eq!(signed("生成日期：2031-05-06").as_deref(), Some("2031-05-06"));
        assert_eq!(
            signed("颁布时间：2031-05-06 00:00:00.000 发文单位：某市园林局").as_deref(),
            Some("2031-05-06")
        );
    }

    #[test]
    fn the_kind_in_the_table_holds_where_only_the_plan_is_titled() {
        let words = "公开方式： | 主动公开 | 体裁分类： | 通知 |\n各区园林局：\n《某市绿化方案》已经同意，现印发给你们。\n某市园林局\n2031年5月6日\n某市绿化方案\n为绿化，种树。";
        let read = header(words);
        assert_eq!(read.title.unwrap().value, "某市绿化方案");
        assert_eq!(read.kind.unwrap().value, "通知");
    }

    #[test]
    fn fields_that_have_run_together_stand_apart() {
        let words = "某市园林局关于种树的若干意见（试行）文章属性•【制定机关】某市园林局•【公布日期】2031.05.01•【字号】某园发[2031]8号•【主题分类】绿化正文某市园林局关于种树的若干意见（试行）（某园发〔2031〕8号）各区、县（市）园林局：为绿化，种树。";
        let read = header(words);
        assert_eq!(read.title.unwrap().value, "某市园林局关于种树的若干意见（试行）");
        assert_eq!(read.number.unwrap().value.to_string(), "某园发〔2031〕8号");
        assert_eq!(read.addressees.first().unwrap().value, "各区、县（市）园林局");
    }

    #[test]
    fn words_of_a_sentence_are_no_field() {
        let text = Text::from_source("项目名称：种树\n各区要公布文号，名称要规范。".into());
        for line in find_paragraphs(text.clean()) {
            assert!(!is_row(&text, line), "{}", text.slice(line));
        }
    }
}
