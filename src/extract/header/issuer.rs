//! Who issues a document that nobody has signed in the ordinary way. In: the text, its paragraphs and the header so far; out: the
//! issuers, from title, notices that are named, reports, and last of all the note of where a page comes from. The surprise: what
//! is signed may be misprinted, and the name in full stands in the title.

use super::{news, signature, title, unsigned};
use crate::document::{DocumentNumber, Header, Located};
use crate::extract::paragraph::split;
use crate::text::{Pattern, Span, Text, pattern};
use std::sync::LazyLock;

/// A place that may tell the issuers; the first that does counts.
type Source<'a> = dyn Fn(&Header) -> Vec<Located<String>> + 'a;

/// Fills in the issuers where the head and the signature leave them open, and spells them as they are called.
pub(super) fn read_issuers(text: &Text, paragraphs: &[Span], header: &mut Header) {
    let sources: [&Source<'_>; 10] = [
        &|_| find_last_lines(text, paragraphs),
        &|header| find_in_title(text, header),
        &|header| find_in_headline(text, paragraphs, header),
        &|_| find_above_blank_date(text, paragraphs),
        &|_| unsigned::find_stamper(text, paragraphs).into_iter().collect(),
        &|_| unsigned::find_head_of_government(text, paragraphs).into_iter().collect(),
        &|_| news::find_reported_issuers(text, paragraphs),
        &|header| find_reporter(header).into_iter().collect(),
        &|header| find_in_named_notice(text, paragraphs, header),
        &|header| find_congress(text, paragraphs, header).into_iter().collect(),
    ];
    for find in sources {
        if header.issuers.is_empty() {
            header.issuers = find(header);
        }
    }
    spell_out(text, header);
    mend_letters(text, header);
    header.issuers.extend(find_order_issuer(text, header));
    if header.issuers.is_empty() {
        header.issuers = find_source(text, paragraphs);
    }
}

/// Last lines that are only bodies' names, below the last sentence, are the signature, date or not.
fn find_last_lines(text: &Text, paragraphs: &[Span]) -> Vec<Located<String>> {
    const NAME_CHARS_MIN: usize = 5;
    const NAMES_MAX: usize = 16;
    let is_name = |name: &str| title::is_body_name(name) && name.chars().count() >= NAME_CHARS_MIN;
    let Some(&last) = paragraphs.last() else { return Vec::new() };
    let lines = paragraphs.iter().rev().skip(1).take(NAMES_MAX);
    let mut above: Vec<Span> =
        lines.copied().take_while(|&line| is_name(text.slice(line))).collect();
    // 某街道办事处 signs only together with others.
    let is_office = text.slice(last).ends_with("办事处") && above.len() > 1;
    if !is_name(text.slice(last)) && !is_office {
        return Vec::new();
    }
    let before = paragraphs.len().checked_sub(above.len() + 2).and_then(|at| paragraphs.get(at));
    // 下列单位为先进单位。 announces names that sign nothing.
    let lists =
        |words: &str| ["下列", "以下", "如下", "名单"].iter().any(|word| words.contains(word));
    let signs = |words: &str| words.ends_with('。') && !lists(words);
    if !before.is_some_and(|&line| signs(text.slice(line))) {
        above.clear();
    }
    above.reverse();
    above.push(last);
    above.into_iter().map(|line| Located::new(text.slice(line).to_owned(), line)).collect()
}

/// The bodies that the title opens with: 某市园林局关于….
fn find_in_title(text: &Text, header: &Header) -> Vec<Located<String>> {
    let Some(title) = &header.title else { return Vec::new() };
    let Some(issuer) = title::find_issuer(&title.value) else { return Vec::new() };
    let words = issuer.slice(&title.value);
    let place = issuer.shifted(title.span.byte_start);
    if text.slice(place) == words {
        return signature::split_names(text, place);
    }
    // A name that runs over two lines of the title stands at the whole title; several, a line each, at their lines.
    let lines = split(text.clean(), title.span, &['\n']);
    let names: Vec<Span> =
        lines.into_iter().take_while(|&line| title::is_body_name(text.slice(line))).collect();
    let printed: String = names.iter().map(|&name| text.slice(name)).collect();
    if printed == words {
        return names.into_iter().flat_map(|name| signature::split_names(text, name)).collect();
    }
    vec![Located::new(words.to_owned(), title.span)]
}

/// 《某市政府印发某市绿化方案》 above the title, or 某市政府印发 | 《某市绿化方案》: the headline of a page says who issues it.
fn find_in_headline(text: &Text, paragraphs: &[Span], header: &Header) -> Vec<Located<String>> {
    /// The headline stands within so many first lines.
    const LINES_MAX: usize = 6;
    let Some(title) = header.title.as_ref().map(|title| title.value.as_str()) else {
        return Vec::new();
    };
    let next = paragraphs.iter().skip(1).map(Some).chain([None]);
    let lines = paragraphs.iter().zip(next).take(LINES_MAX).flat_map(|(&line, next)| {
        let both = next.map(|next| Span::new(line.byte_start, next.byte_end));
        [Some(line), both].into_iter().flatten()
    });
    let names = lines.into_iter().find_map(|line| {
        let words = text.slice(line);
        let rest = words.trim_end_matches('》').strip_suffix(title)?;
        let named = rest.trim_end_matches(['《', '：', '\n']).trim_end_matches("关于");
        let named =
            ["印发", "出台", "发布", "公布"].iter().find_map(|verb| named.strip_suffix(verb))?;
        let name = named.trim_start_matches('《');
        let from = line.byte_start + named.len() - name.len();
        let place = Span::new(from, from + name.len());
        title::is_body_name(name).then_some(place)
    });
    names.map_or_else(Vec::new, |names| signature::split_names(text, names))
}

/// 某市园林局2031年月日, also on two lines: a draft is signed, but not on a day yet.
fn find_above_blank_date(text: &Text, paragraphs: &[Span]) -> Vec<Located<String>> {
    static BLANK: Pattern =
        LazyLock::new(|| pattern(r"^([\p{Han}]{5,60})20\d\d年[\dxX×]{0,2}月[xX×]{0,2}日$"));
    static BLANK_ALONE: Pattern =
        LazyLock::new(|| pattern(r"^20\d\d年[\dxX×]{0,2}月[xX×]{0,2}日$"));
    let names = paragraphs.iter().find_map(|&span| {
        let line = text.slice(span);
        let name = BLANK.captures(Some(line).filter(|line| line.ends_with('日'))?)?.get(1)?;
        let is_name = title::is_body_name(name.as_str());
        is_name.then(|| Span::new(name.start(), name.end()).shifted(span.byte_start))
    });
    let above = || {
        let pairs = paragraphs.iter().zip(paragraphs.iter().skip(1));
        let mut signed = pairs.filter(|&(_, &date)| BLANK_ALONE.is_match(text.slice(date)));
        signed.find_map(|(&name, _)| title::is_body_name(text.slice(name)).then_some(name))
    };
    names.or_else(above).map_or_else(Vec::new, |names| signature::split_names(text, names))
}

/// The government whose report it is.
fn find_reporter(header: &Header) -> Option<Located<String>> {
    let title = header.title.as_ref()?;
    let body = title::find_reporter(&title.value)?;
    let name = body.slice(&title.value).to_owned();
    Some(Located::new(name, body.shifted(title.span.byte_start)))
}

/// 附：某市园林局关于印发《…》的通知.pdf: a notice that is named, and that issued what the text is titled.
fn find_in_named_notice(text: &Text, paragraphs: &[Span], header: &Header) -> Vec<Located<String>> {
    static ISSUES: Pattern = LazyLock::new(|| {
        pattern(r"([\p{Han}]{4,40})关于(?:印发|发布|公布)《([^《》]{4,100})》的通知")
    });
    let Some(title) = &header.title else { return Vec::new() };
    let names = paragraphs.iter().find_map(|&span| {
        let words = Some(text.slice(span)).filter(|words| words.contains("》的通知"))?;
        let found = ISSUES.captures_iter(words).find(|found| {
            found.get(2).is_some_and(|issued| issued.as_str() == title.value)
                && found.get(1).is_some_and(|name| title::is_body_name(name.as_str()))
        })?;
        let name = found.get(1)?;
        Some(Span::new(name.start(), name.end()).shifted(span.byte_start))
    });
    names.map_or_else(Vec::new, |names| signature::split_names(text, names))
}

/// （2031年6月22日某市第十届人民代表大会常务委员会第二次会议通过）: the congress that has passed regulations.
fn find_congress(text: &Text, paragraphs: &[Span], header: &Header) -> Option<Located<String>> {
    /// The note stands within so many first lines.
    const LINES_MAX: usize = 12;
    const PASSED_BY_IT: [&str; 7] = ["条例", "规定", "办法", "决定", "决议", "规则", "细则"];
    static CONGRESS: Pattern = LazyLock::new(|| {
        pattern(
            r"日((?:[\p{Han}]{2,14}第[一二三四五六七八九十]{1,3}届|第[一二三四五六七八九十]{1,3}届全国)人民代表大会\s*(?:常务委员会)?)\s*第[\p{Han}\d]{1,5}次会议\s*通过(?:[^的]|$)",
        )
    });
    header.kind.as_ref().filter(|kind| PASSED_BY_IT.contains(&kind.value.as_str()))?;
    // 第一条 cites laws, and who passed them.
    let opens_body = |line: &&Span| text.slice(**line).starts_with("第一条");
    let end = paragraphs.iter().take(LINES_MAX).take_while(|line| !opens_body(line)).count();
    let front = paragraphs.get(..end)?;
    let head = Span::new(front.first()?.byte_start, front.last()?.byte_end);
    let name = CONGRESS.captures(text.slice(head))?.get(1)?;
    let value = name.as_str().split_whitespace().collect();
    Some(Located::new(value, Span::new(name.start(), name.end()).shifted(head.byte_start)))
}

/// 解读机关：某市园林局: who explains another document.
pub(super) fn read_explainer(text: &Text, paragraphs: &[Span], header: &mut Header) {
    let is_named = |line: &&Span| text.slice(**line).starts_with("解读");
    let named: Vec<Span> = paragraphs.iter().filter(is_named).copied().collect();
    if header.issuers.is_empty() {
        header.issuers = find_source(text, &named);
    }
}

/// 来源：某市园林局, 解读机关：某市园林局: whose page it is, where the text itself names nobody. A newspaper is no body.
fn find_source(text: &Text, paragraphs: &[Span]) -> Vec<Located<String>> {
    static SOURCE: Pattern = LazyLock::new(|| {
        pattern(
            r"^(?:(?:信息|文章|稿件)?来源|(?:解读|起草|制定|发布)(?:机关|单位|部门|机构))[：:]([\p{Han}]{4,40}?)(?:栏目|发布|日期|时间|作者|浏览|阅读|字体|[^\p{Han}]|$)",
        )
    });
    let name = paragraphs.iter().find_map(|&span| {
        let name = SOURCE.captures(text.slice(span))?.get(1)?;
        let place = Span::new(name.start(), name.end()).shifted(span.byte_start);
        title::is_body_name(name.as_str()).then_some(place)
    });
    let below = || {
        let mut pairs = paragraphs.iter().zip(paragraphs.iter().skip(1));
        let (_, &name) = pairs.find(|&(&label, &name)| {
            matches!(text.slice(label), "来源：" | "来源:" | "信息来源：")
                && title::is_body_name(text.slice(name))
        })?;
        Some(name)
    };
    name.or_else(below)
        .map_or_else(Vec::new, |name| vec![Located::new(text.slice(name).to_owned(), name)])
}

/// 省政府办公厅 signs what is titled 某省人民政府办公厅关于…: the full form is the name.
fn spell_out(text: &Text, header: &mut Header) {
    let Some(title) = &header.title else { return };
    let [signer] = header.issuers.as_mut_slice() else { return };
    let is_short = signer.value.starts_with(['省', '市', '县', '区', '州']);
    let Some(full) = title::find_issuer(&title.value).filter(|_| is_short) else { return };
    let name = full.slice(&title.value);
    let mut rest = name.chars();
    if signer.value.chars().all(|c| rest.any(|other| other == c)) {
        let place = full.shifted(title.span.byte_start);
        let is_there = text.slice(place) == name;
        *signer = Located::new(name.to_owned(), if is_there { place } else { title.span });
    }
}

/// 国绿化委员会 beside the title 全国绿化委员会关于…, 某某市园林局 beside 某市园林局: a letter that is lost or doubled in print.
fn mend_letters(text: &Text, header: &mut Header) {
    let titled = find_in_title(text, header);
    for signer in &mut header.issuers {
        let is_lost = |full: &&Located<String>| {
            let lead = full.value.strip_suffix(signer.value.as_str());
            lead.is_some_and(|lead| lead.chars().count() == 1)
        };
        if let Some(full) = titled.iter().find(is_lost) {
            *signer = full.clone();
            continue;
        }
        let mut letters = signer.value.chars();
        // 市市场监管局 is rightly so called.
        let is_doubled = letters.next() == letters.next()
            && !signer.value.starts_with(['省', '市', '县', '区', '州']);
        let rest = signer.value.chars().next().map_or(0, char::len_utf8);
        let place = Span::new(signer.span.byte_start + rest, signer.span.byte_end);
        if let Some(name) = signer.value.get(rest..).filter(|_| is_doubled) {
            // The name stands in the text once without and once with the letter, at least.
            if text.clean().matches(name).count() > text.clean().matches(&signer.value).count() {
                *signer = Located::new(name.to_owned(), place);
            }
        }
    }
}

/// The body whose order it is, where nobody else has signed.
fn find_order_issuer(text: &Text, header: &Header) -> Option<Located<String>> {
    let DocumentNumber::Ordinal(full) = &header.number.as_ref()?.value else { return None };
    let issuer = full
        .split("令第")
        .next()
        .filter(|name| header.issuers.is_empty() && title::is_body_name(name))?;
    let at = text.clean().find(issuer)?;
    Some(Located::new(issuer.to_owned(), Span::new(at, at + issuer.len())))
}

#[cfg(test)]
mod tests {
    use super::super::super::paragraph::find_paragraphs;
    use super::super::find_head;
    use super::*;

    fn issuers(words: &str) -> Vec<String> {
        let text = Text::from_source(words.into());
        let header = find_head(&text, &find_paragraphs(text.clean())).header;
        header.issuers.into_iter().map(|issuer| issuer.value).collect()
    }

    #[test]
    fn a_page_without_signature_tells_who_issues() {
        let table = [
            (
                "某市种树若干措施\n为加快绿化，种树。\n附件：某市园林局关于印发《某市种树若干措施》的通知.pdf",
                "某市园林局",
            ),
            ("某市种树若干措施\n为加快绿化，种树。\n来源：某市园林局", "某市园林局"),
            ("某市种树若干措施\n来源：\n某市园林局\n为加快绿化，种树。", "某市园林局"),
            ("《某市政府印发某市种树计划》\n• 某市种树计划\n为加快绿化，种树。", "某市政府"),
            ("某市政府印发\n《某市种树计划》\n某市种树计划\n为加快绿化，种树。", "某市政府"),
            ("一、背景\n为加快绿化，种树。\n解读机关：某市园林局\n解读人：某人", "某市园林局"),
            ("各区：\n为加快绿化，种树。\n某市园林局2031年月日\n一、说明", "某市园林局"),
            ("各区：\n为加快绿化，种树。\n某市园林局2031年X月X日\n一、说明", "某市园林局"),
            ("各区：\n为加快绿化，种树。\n某市园林局\n2031年12月日\n一、说明", "某市园林局"),
            ("各区：\n种树。\n（某市园林局代章）\n2031年5月6日", "某市园林局"),
        ];
        for (words, name) in table {
            assert_eq!(issuers(words), [name], "{words}");
        }
        assert_eq!(
            issuers("某市种树若干措施\n为绿化，种树。\n来源：花木日报"),
            Vec::<String>::new()
        );
    }

    #[test]
    fn bodies_below_the_last_sentence_have_signed_together() {
        let signed =
            "关于种树的通知\n各区：\n请认真种树。\n某市园林局\n某市林业局\n某市苗木中心某县办事处";
        assert_eq!(issuers(signed), ["某市园林局", "某市林业局", "某市苗木中心某县办事处"]);
        let listed = "关于种树的通知\n各区：\n请认真种树。\n参加单位名单\n某市园林局\n某市林业局";
        assert_eq!(issuers(listed), ["某市林业局"]);
        let praised = "关于表彰先进的通报\n各区：\n下列单位为先进单位。\n某市园林局\n某市林业局";
        assert_eq!(issuers(praised), ["某市林业局"]);
    }

    #[test]
    fn a_congress_issues_the_regulations_that_it_has_passed() {
        let name = "某市第十届人民代表大会常务委员会";
        for words in [
            "2031年6月22日某市第十届人民代表大会常务委员会第二次会议通过\n第一条 为绿化，制定本条例。",
            "某市古树条例\n（2031年6月22日某市第十届人民代表大会\n常务委员会第二次会议通过）\n第一条 种树。",
        ] {
            assert_eq!(issuers(words), [name], "{words}");
        }
        let cites = "某市古树办法\n第一条 根据2031年6月22日某市第十届人民代表大会常务委员会第二次会议通过的《绿化条例》，制定本办法。";
        assert_eq!(issuers(cites), Vec::<String>::new());
        let report = "某市绿化情况的报告\n——2031年6月22日在某市第十届人民代表大会常务委员会第二次会议上\n种树。";
        assert_eq!(issuers(report), Vec::<String>::new());
    }

    #[test]
    fn several_issue_together() {
        for words in [
            "中共某市委某市人民政府关于种树的意见\n为绿化，种树。",
            "关于种树的意见\n各区：\n种树。\n中共某市委、某市人民政府\n2031年5月6日",
        ] {
            assert_eq!(issuers(words), ["中共某市委", "某市人民政府"], "{words}");
        }
        assert_eq!(
            issuers("某市园林局\n某市水务局\n关于种树的通知\n各区园林局：\n种树。"),
            ["某市园林局", "某市水务局"]
        );
        let forwards = "某省政府办公厅转发某园林局关于种树请示的通知\n各区：\n转发给你们。\n某园林局\n2031年5月6日";
        assert_eq!(issuers(forwards), ["某省政府办公厅"]);
    }

    #[test]
    fn a_name_with_a_letter_too_few_or_too_many_is_mended() {
        assert_eq!(
            issuers("全某绿化委员会关于种树的通知\n各区：\n种树。\n某绿化委员会\n2031年5月6日"),
            ["全某绿化委员会"]
        );
        assert_eq!(
            issuers("各区：\n某市园林局决定种树。\n某某市园林局\n2031年5月6日"),
            ["某市园林局"]
        );
    }
}
