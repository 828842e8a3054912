//! What a text without a title of its own says of its kind. In: paragraphs; out: the word for the kind where it stands. The surprise: a
//! text that puts measures forward may still call itself a notice, at its opening (通知如下) or at its end (本通知自印发之日起施行), and that
//! holds, although it also speaks of 本措施.

use crate::document::Located;
use crate::text::{Pattern, Span, Text, pattern};
use std::sync::LazyLock;

/// The opening that says what a text is stands within so many paragraphs.
const OPENING_PARAGRAPHS_MAX: usize = 8;

/// The kind that the text says it is: where it takes effect, where it announces what follows (通知如下), where it is reported, and
/// last where it names itself. 提出以下实施意见 only tells what follows, and names no kind.
pub(super) fn find_stated_kind(text: &Text, paragraphs: &[Span]) -> Option<Located<String>> {
    let own = find_own_kind(text, paragraphs);
    // 本通告 says more than the notice that leads over to it (通知如下).
    let is_made_known = |kind: &Located<String>| ["通告", "公告"].contains(&kind.value.as_str());
    find_effective_kind(text, paragraphs)
        .or_else(|| own.clone().filter(is_made_known))
        .or_else(|| find_announced_kind(text, paragraphs))
        .or_else(|| find_reported_kind(text, paragraphs))
        .or(own)
        .or_else(|| find_own_opinion(text, paragraphs))
}

/// 某市印发了《…》，现对有关内容解读如下: an explanation of another document says so in its first sentence, or
/// is headed 《…》解读.
pub(super) fn find_explanation(text: &Text, paragraphs: &[Span]) -> Option<Located<String>> {
    static EXPLAINS: Pattern = LazyLock::new(|| {
        pattern(
            r"^[^。]{0,200}现(?:对|就|将)[^。《]{0,30}(解读)如下[：:。]?$|按规定(?:对|就|将)[^。]{0,60}(解读)如下[：:。]?$|^《[^》]{6,100}》(?:政策)?(解读)$",
        )
    });
    let opening = *paragraphs.first()?;
    find_in(text, opening, &EXPLAINS).or_else(|| find_explanation_below(text, paragraphs))
}

/// 当前位置：首页 | 《…》政策解读 | …现就有关内容解读如下。: the heading of an explanation may stand below the frame of its page.
fn find_explanation_below(text: &Text, paragraphs: &[Span]) -> Option<Located<String>> {
    const FRAME_LINES_MAX: usize = 5;
    static HEADING: Pattern = LazyLock::new(|| {
        pattern(
            r"^《[^》]{6,100}》(?:的)?(?:政策|文件|有关政策)?(解读)(?:[（(][^（）()]{1,12}[）)])?$",
        )
    });
    static EXPLAINS: Pattern =
        LazyLock::new(|| pattern(r"现[^。《]{0,30}(解读)如下|政策(解读)如下"));
    let front = || paragraphs.iter().take(FRAME_LINES_MAX);
    let heading = front().find_map(|&line| find_in(text, line, &HEADING))?;
    front().any(|&line| EXPLAINS.is_match(text.slice(line))).then_some(heading)
}

/// 本通知自印发之日起施行: what takes effect is the document itself.
fn find_effective_kind(text: &Text, paragraphs: &[Span]) -> Option<Located<String>> {
    static EFFECTIVE: Pattern = LazyLock::new(|| {
        pattern(
            r"(?:^|[。；])[\s\u{3000}]*本(通知|公告|通告)自[^。；]{0,20}(?:日|时)起?(?:施行|实施|执行|生效|起)",
        )
    });
    let find = |&span: &Span| find_in(text, span, &EFFECTIVE);
    paragraphs.iter().rev().filter(|&&span| text.slice(span).contains("自")).find_map(find)
}

/// 近日，某市印发十条措施。: what the report of a text calls it.
fn find_reported_kind(text: &Text, paragraphs: &[Span]) -> Option<Located<String>> {
    static REPORTED: Pattern = LazyLock::new(|| {
        pattern(
            r"(?:近日|日前|最近)[，,]?[\p{Han}]{4,40}?(?:印发|出台|发布)了?[\p{Han}\d]{0,12}条(措施|意见)。",
        )
    });
    paragraphs.iter().take(OPENING_PARAGRAPHS_MAX).find_map(|&span| find_in(text, span, &REPORTED))
}

/// 现就有关事项通知如下: a text without a title says in its opening what it is.
fn find_announced_kind(text: &Text, paragraphs: &[Span]) -> Option<Located<String>> {
    static ANNOUNCED: Pattern = LazyLock::new(|| {
        pattern(
            r"(?:现[^。]{0,100}?|(?:事项|事宜|安排|要求|情况))(通知|通告|公告|公示|通报|批复|函复|函告)如下",
        )
    });
    let found = paragraphs
        .iter()
        .take(OPENING_PARAGRAPHS_MAX)
        .find_map(|&span| find_in(text, span, &ANNOUNCED))?;
    if !found.value.starts_with('函') {
        return Some(found);
    }
    let place = Span::new(found.span.byte_start, found.span.byte_start + "函".len());
    Some(Located::new("函".to_owned(), place))
}

/// 制定本方案, 本措施自印发之日起施行: what a text without a title calls itself.
fn find_own_kind(text: &Text, paragraphs: &[Span]) -> Option<Located<String>> {
    static OWN_KIND: Pattern = LazyLock::new(|| {
        pattern(
            r"(?:^|[^\p{Han}]|制定|按照?|符合|与|以|自)本(?:实施|若干|政策|指导|行动|工作|操作)?(方案|意见|办法|措施|规定|细则|条例|规则|规程|计划|通告|公告|通知)|制[定订]本[\p{Han}、]{2,16}(政策|措施|办法|规定|细则|方案)。",
        )
    });
    let find = |&span: &Span| find_in(text, span, &OWN_KIND);
    paragraphs.iter().filter(|&&span| text.slice(span).contains('本')).find_map(find)
}

/// 抓好本意见贯彻落实: what else a text says of itself; 基本意见 and 资本意见 are other words.
fn find_own_opinion(text: &Text, paragraphs: &[Span]) -> Option<Located<String>> {
    static OWN_OPINION: Pattern =
        LazyLock::new(|| pattern(r"(?:^|[^基日资根原样文版成])本(?:实施|指导)?(意见)"));
    let find = |&span: &Span| find_in(text, span, &OWN_OPINION);
    paragraphs.iter().filter(|&&span| text.slice(span).contains('本')).find_map(find)
}

/// The words of the first group of `pattern` that takes part, where they stand in `span`.
fn find_in(text: &Text, span: Span, pattern: &Pattern) -> Option<Located<String>> {
    let found = pattern.captures(text.slice(span))?;
    let words = found.iter().skip(1).flatten().next()?;
    let place = Span::new(words.start(), words.end()).shifted(span.byte_start);
    Some(Located::new(words.as_str().to_owned(), place))
}

#[cfg(test)]
mod tests {
    use super::super::super::paragraph::find_paragraphs;
    use super::*;

    fn kind(words: &str) -> Option<String> {
        let text = Text::from_source(words.into());
        find_stated_kind(&text, &find_paragraphs(text.clean())).map(|kind| kind.value)
    }

    #[test]
    fn an_opening_tells_the_kind_of_a_text_without_a_title() {
        let table = [
            ("为加快绿化，提出以下实施意见。", None),
            ("就制定绿化规划提出以下建议。", None),
            ("结合我市实际，特制订本种树条件和优惠政策。", Some("政策")),
            ("为加快绿化，现提出如下措施。", None),
            ("为加快绿化，制定如下措施，请认真执行。", None),
            ("近日，某市人民政府印发三个方面十二条措施。", Some("措施")),
            ("现就种树有关事项通知如下：", Some("通知")),
            ("决定举办花展。有关事项通知如下：", Some("通知")),
            ("现就种树一事函复如下：", Some("函")),
            ("为加快绿化，提出以下措施：", None),
            ("为加快绿化，各区提出措施。", None),
        ];
        for (words, expected) in table {
            assert_eq!(kind(words).as_deref(), expected, "{words}");
        }
    }

    #[test]
    fn the_kind_is_that_of_the_printed_title_although_the_text_speaks_of_its_notice() {
        let plan = |letter: &str, task: &str| {
            format!(
                "各区园林局：\n《某市种树若干措施》已经同意，现印发给你们。{letter}\n某市园林局\n2031年5月6日\n某市种树若干措施\n为绿化，{task}。"
            )
        };
        let table = [
            ("某市种树若干措施\n一、种树\n每年种树。\n本通知自印发之日起施行。".to_owned(), "措施"),
            (plan("本通知自印发之日起施行。", "种树"), "措施"),
            (plan("", "各区于本通知下发之日起一个月内种树"), "通知"),
        ];
        for (words, expected) in table {
            let text = Text::from_source(words);
            let header = super::super::find_head(&text, &find_paragraphs(text.clean())).header;
            assert_eq!(header.title.unwrap().value, "某市种树若干措施");
            assert_eq!(header.kind.unwrap().value, expected);
        }
    }

    #[test]
    fn a_notice_announces_itself_whatever_it_calls_its_measures() {
        let words = "现就种树有关工作措施通知如下：\n一、种树\n本措施自印发之日起施行。";
        assert_eq!(kind(words).as_deref(), Some("通知"));
        let words = "现将种树安排通知如下：\n现将花木配售事项通告如下：\n在本通告发布之日前种树。";
        assert_eq!(kind(words).as_deref(), Some("通知"));
        let words = "现将种树安排通知如下：\n现将花木配售事项通告如下：\n以本通告为准。";
        assert_eq!(kind(words).as_deref(), Some("通告"));
        let words = "为加快绿化，制定如下措施。\n一、种树\n本措施自印发之日起施行。";
        assert_eq!(kind(words).as_deref(), Some("措施"));
    }

    #[test]
    fn a_text_that_speaks_of_this_opinion_is_one() {
        for words in
            ["各区要抓好本意见贯彻落实。", "园林局对本意见的落实进行督促。", "依据本指导意见种树。"]
        {
            let words = format!("为加快绿化，现提出如下意见。\n一、种树\n{words}");
            assert_eq!(kind(&words).as_deref(), Some("意见"), "{words}");
        }
        for words in ["各区要形成基本意见。", "听取社会资本意见。", "各区要落实意见。"]
        {
            assert_eq!(kind(words), None, "{words}");
        }
    }

    #[test]
    fn an_explanation_may_follow_a_rule_that_asks_for_it() {
        let words =
            "《某市种树措施》已经审议通过。按规定将《某市种树措施》政策解读如下。\n一、背景";
        let text = Text::from_source(words.into());
        let found = find_explanation(&text, &find_paragraphs(text.clean())).unwrap();
        assert_eq!(found.value, "解读");
        let words = "《某市种树措施》已经审议通过。按规定将《某市种树措施》印发给你们。";
        let text = Text::from_source(words.into());
        assert_eq!(find_explanation(&text, &find_paragraphs(text.clean())), None);
    }

    #[test]
    fn a_text_is_what_takes_effect() {
        let words = "为加快绿化，制定如下措施。\n一、种树\n本通知自印发之日起执行，有效期三年。";
        assert_eq!(kind(words).as_deref(), Some("通知"));
        assert_eq!(kind("为加快绿化，制定本方案。").as_deref(), Some("方案"));
        assert_eq!(kind("为加快绿化，制定本条例。").as_deref(), Some("条例"));
        assert_eq!(kind("为加快绿化，制定本操作规程。").as_deref(), Some("规程"));
    }
}
