//! What a notice issues. In: the header so far, the paragraphs and where the body begins; out: the title of the plan or the rules, and
//! which lines print it again. The surprise: a notice that has lost its own title may print it further down, where another
//! body's notice stands that it forwards.

use super::{Head, find_numbers, issued, join_lines, set_kind, take, title, unsigned};
use crate::document::Located;
use crate::text::{Pattern, Span, Text, pattern};
use std::sync::LazyLock;

/// The sentence that issues a plan stands within so many paragraphs of the body.
const OPENING_PARAGRAPHS_MAX: usize = 4;

/// No title is longer, with the ends of its lines.
const TITLE_BYTES_MAX: usize = 480;

/// The title of the plan that the notice issues; its own line before the plan belongs to the head.
pub(super) fn read_attached(text: &Text, paragraphs: &[Span], limit: usize, head: &mut Head) {
    let from_title = head.header.title.as_ref().and_then(|title| {
        let issued = issued::find_issued(&title.value)?;
        let one_line = title.value.len() == title.span.byte_len();
        let place = if one_line { issued.shifted(title.span.byte_start) } else { title.span };
        Some(Located::new(issued.slice(&title.value).to_owned(), place))
    });
    let named = find_named(text, paragraphs, limit);
    // The sentence that issues a plan names it as it is headed; the notice's title may leave out 关于 and 的.
    let plain = |title: &str| title.replacen("关于", "", 1).replace('的', "");
    let same =
        |one: &Located<String>, other: &Located<String>| plain(&one.value) == plain(&other.value);
    head.header.attached_title = match (from_title, named) {
        (Some(titled), Some(named)) if same(&titled, &named) => Some(named),
        (titled, named) => titled.or(named),
    };
    let Some(attached) = head.header.attached_title.clone() else { return };
    let is_it = |title: &str| has_words_of(title, &attached.value);
    let places = find_printed(text, paragraphs, limit, is_it);
    read_notice_title(text, paragraphs, limit, head);
    let places = if places.is_empty() && head.header.title.is_none() {
        find_printed(text, paragraphs, limit, |title| title::is_nearly(title, &attached.value))
    } else {
        places
    };
    // Behind the order that changes them the title opens the rules, whose articles begin anew.
    let opens_body = find_amended(text, paragraphs.get(limit..).unwrap_or_default()).is_some();
    for (first, last) in places {
        let (Some(from), Some(to)) = (paragraphs.get(first), paragraphs.get(last)) else {
            continue;
        };
        let place = Span::new(from.byte_start, to.byte_end);
        (first..=last).filter(|_| !opens_body).for_each(|line| take(&mut head.taken, line));
        let printed = join_lines(text.slice(place));
        if is_it(&printed) && printed != attached.value {
            head.header.attached_title = Some(Located::new(printed.clone(), place));
        }
        if head.header.title.is_none() {
            set_kind(text, &mut head.header, &printed, place);
            head.header.title = Some(Located::new(printed, place));
            let below = paragraphs.get(last + 1);
            let changed = below.and_then(|&note| unsigned::find_changed_on(text, note));
            head.header.signed_on = head.header.signed_on.take().or(changed);
        }
    }
}

/// The title that the first sentences of the body say is issued.
fn find_named(text: &Text, paragraphs: &[Span], limit: usize) -> Option<Located<String>> {
    let opening = paragraphs.get(limit..)?;
    let issued = opening.iter().take(OPENING_PARAGRAPHS_MAX).find_map(|&span| {
        Some(issued::find_issued_in_body(text.slice(span))?.shifted(span.byte_start))
    });
    let issued = issued.or_else(|| {
        let amended = find_amended(text, opening)?;
        let value = text.slice(amended);
        let is_printed = opening.iter().any(|&line| text.slice(line) == value);
        is_printed.then_some(amended)
    })?;
    Some(Located::new(text.slice(issued).to_owned(), issued))
}

/// 决定对《…办法》作如下修改: rules that a decision changes are issued anew where they are printed behind it.
fn find_amended(text: &Text, opening: &[Span]) -> Option<Span> {
    static AMENDED: Pattern = LazyLock::new(|| {
        pattern(
            r"决定(?:对《([^》]{4,100})》(?:作|作出|进行|做)(?:如下|以下|部分)?修[改订]|修改《([^》]{4,100})》)",
        )
    });
    opening.iter().take(OPENING_PARAGRAPHS_MAX).find_map(|&span| {
        let found = AMENDED.captures(text.slice(span))?;
        let title = found.iter().skip(1).flatten().next()?;
        Some(Span::new(title.start(), title.end()).shifted(span.byte_start))
    })
}

/// 关于印发《…》的通知 on a line behind the head: the title of the notice, where the head has none.
fn read_notice_title(text: &Text, paragraphs: &[Span], limit: usize, head: &mut Head) {
    let (None, Some(attached)) = (&head.header.title, &head.header.attached_title) else { return };
    let found = paragraphs.iter().enumerate().skip(limit).find(|&(_, &span)| {
        let line = text.slice(span);
        line.ends_with("通知")
            && title::is_title_part(line)
            && issued::find_issued(line)
                .is_some_and(|issued| has_words_of(issued.slice(line), &attached.value))
    });
    let Some((at, &line)) = found else { return };
    // 文件下载：某园发〔2031〕8号某市园林局关于印发《…》的通知: the title stands behind the number.
    let words = text.slice(line);
    let number = find_numbers(words).into_iter().next_back().map(|number| number.span.byte_end);
    let before = words.find("印发");
    let from = number.filter(|&end| before.is_some_and(|at| end < at)).unwrap_or_default();
    let place = Span::new(line.byte_start + from, line.byte_end);
    let value = text.slice(place).to_owned();
    take(&mut head.taken, at);
    set_kind(text, &mut head.header, &value, place);
    head.header.title = Some(Located::new(value, place));
}

/// 某市苗圃办法（试行）, and 第一条 or 第一章 on the next line: rules that only their place shows to be issued.
pub(super) fn read_rules_title(text: &Text, paragraphs: &[Span], limit: usize, head: &mut Head) {
    const RULES: [&str; 6] = ["办法", "规定", "细则", "规则", "条例", "章程"];
    if head.header.title.is_some() {
        return;
    }
    let mut pairs = paragraphs.iter().zip(paragraphs.iter().skip(1)).enumerate().skip(limit);
    let Some((at, (&place, _))) = pairs.find(|&(_, (&line, &next))| {
        let words = text.slice(line);
        let next = text.slice(next);
        let opens = next.starts_with("第一条") || next.starts_with("第一章");
        let kind = title::find_kind(words).filter(|_| opens && title::is_title_part(words));
        kind.is_some_and(|kind| kind.byte_start > 0 && RULES.contains(&kind.slice(words)))
    }) else {
        return;
    };
    let value = text.slice(place).to_owned();
    take(&mut head.taken, at);
    set_kind(text, &mut head.header, &value, place);
    head.header.title = Some(Located::new(value, place));
}

/// Whether a printed title is the one named, in which the marks of a title inside are 〈〉 for 《》.
fn has_words_of(printed: &str, named: &str) -> bool {
    let outer = |words: &str| words.replace(['〈', '<'], "《").replace(['〉', '>'], "》");
    printed == named || (named.contains(['〈', '<']) && outer(printed) == outer(named))
}

/// The first and last lines of the places behind the head where a title is printed that `is_it`.
fn find_printed(
    text: &Text,
    paragraphs: &[Span],
    limit: usize,
    is_it: impl Fn(&str) -> bool,
) -> Vec<(usize, usize)> {
    let mut places = Vec::new();
    for at in limit..paragraphs.len() {
        // The title of a decision on several rules runs over many lines, with its issuer on the first.
        for width in 1..=title::TITLE_LINES_MAX {
            let (Some(first), Some(last)) = (paragraphs.get(at), paragraphs.get(at + width - 1))
            else {
                break;
            };
            let place = Span::new(first.byte_start, last.byte_end);
            if place.byte_len() > TITLE_BYTES_MAX {
                break;
            }
            if is_it(&join_lines(text.slice(place))) {
                places.push((at, at + width - 1));
            }
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::super::super::paragraph::find_paragraphs;
    use super::super::find_head;
    use super::*;
    use crate::document::Header;

    fn header(words: &str) -> Header {
        let text = Text::from_source(words.into());
        find_head(&text, &find_paragraphs(text.clean())).header
    }

    #[test]
    fn the_title_of_a_notice_may_stand_where_it_forwards_another() {
        let words = "某园字〔2031〕8号\n各区园林局：\n现将《种树办法》印发的通知转发给你们。\n某市园林局\n2031年5月6日\n关于印发《种树办法》的通知\n各市园林局：\n种树。";
        let read = header(words);
        assert_eq!(read.title.unwrap().value, "关于印发《种树办法》的通知");
        assert_eq!(read.attached_title.unwrap().value, "种树办法");
    }

    #[test]
    fn a_printed_title_has_its_own_marks() {
        let words = "研究制定《某省贯彻〈种树措施〉实施意见》，经园林局同意，现予印发。\n某省贯彻《种树措施》实施意见\n为绿化，种树。";
        let read = header(words);
        assert_eq!(read.title.unwrap().value, "某省贯彻《种树措施》实施意见");
        assert_eq!(read.attached_title.unwrap().value, "某省贯彻《种树措施》实施意见");
    }

    #[test]
    fn rules_may_be_titled_in_the_line_that_they_open() {
        let text = Text::from_source(
            "各区园林局：2031年5月6日某市苗圃办法（试行）第一条 为绿化，种树。".into(),
        );
        let paragraphs = find_paragraphs(text.clean());
        let split = super::super::split_glued(text.clean(), &paragraphs);
        let read = find_head(&text, &split).header;
        assert_eq!(read.title.unwrap().value, "某市苗圃办法（试行）");
        assert_eq!(read.signed_on.unwrap().value.to_string(), "2031-05-06");
        let text = "各区园林局：2031年5月6日某市苗圃基本规定第一条 为绿化，种树。";
        let split = super::super::split_glued(text, &find_paragraphs(text));
        assert!(split.iter().any(|line| line.slice(text) == "某市苗圃基本规定"));
        let words = "各区园林局：\n请执行苗圃办法。\n第一条 种树。";
        assert_eq!(header(words).title, None);
    }

    #[test]
    fn an_order_may_publish_rules_anew() {
        let read = header(
            "某市人民政府令\n第8号\n现公布修订后的《某市苗圃条例》，自2032年1月1日起施行。\n2031年5月6日\n某市苗圃条例\n第一条 种树。",
        );
        assert_eq!(read.attached_title.unwrap().value, "某市苗圃条例");
    }

    #[test]
    fn a_decision_that_an_order_makes_known_is_titled_over_many_lines() {
        let read = header(
            "某市人民政府令第8号\n《某市人民政府关于修改〈某市苗圃办法〉和〈某市花木细则〉的决定》已经审议通过，现予公布。\n2031年5月6日\n某市人民政府\n关于修改《某市\n苗圃办法》和\n《某市花木\n细则》的决定\n一、修改第二条。\n某市花木细则\n第一条 种树。",
        );
        let title = "某市人民政府关于修改《某市苗圃办法》和《某市花木细则》的决定";
        assert_eq!(read.title.unwrap().value, title);
        assert_eq!(read.kind.unwrap().value, "决定");
    }

    #[test]
    fn rules_that_a_decision_changes_are_issued_anew() {
        for decides in ["对《某省苗圃办法》作如下修改：\n一、增加一条。", "修改《某省苗圃办法》。"]
        {
            let read = header(&format!(
                "某省人民政府令\n第8号\n省人民政府决定{decides}\n某省苗圃办法\n（2029年5月6日公布　2031年7月8日修正）\n第一条 种树。"
            ));
            assert_eq!(read.title.unwrap().value, "某省苗圃办法");
            assert_eq!(read.attached_title.unwrap().value, "某省苗圃办法");
            assert_eq!(read.signed_on.unwrap().value.to_string(), "2031-07-08");
        }
    }
}
