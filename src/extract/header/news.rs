//! Reports of documents. In: paragraphs; out: what a report says was issued, by whom, and whether the text is a report at all. The
//! surprise: a report prints the text of a document, or retells it, and has a headline of its own that is no title of a kind.

use super::{set_kind, signature, title};
use crate::document::{Header, Located};
use crate::extract::paragraph::split;
use crate::text::{Pattern, Span, Text, pattern};
use std::sync::LazyLock;

/// A report says within so many lines that the text follows in full.
const HEAD_LINES_MAX: usize = 20;

/// The opening of a text tells who issues it within so many characters.
const OPENING_CHARS_MAX: usize = 400;

/// 花木网讯：5月6日，据某报消息，某市园林局近日发布《: the sentence that opens a report; its group is who issued.
macro_rules! opening_of_report {
    () => {
        r"^(?:[^《。，,]{0,12}[讯电][：:,，]?)?(?:近日|日前|最近|(?:20\d\d年)?\d{1,2}月\d{1,2}日)?[，,]?(?:据[^《。]{2,40}?(?:消息|获悉|报道|了解)[，,])?([\p{Han}、]{4,60}?)(?:近日|日前|联合|正式)*(?:印发|出台|发布|公布)(?:了|通知，)?《"
    };
}

/// 据某报消息，某市园林局出台《…》，即日起实施: the report of a text without a title names it.
fn find_reported_title(text: &Text, paragraphs: &[Span]) -> Option<Span> {
    static NAMED: Pattern = LazyLock::new(|| {
        pattern(concat!(
            opening_of_report!(),
            r"([^《》]{6,100})》[，,。][^。]{0,30}(?:实施|施行|措施|内容)"
        ))
    });
    let &opening = paragraphs.first()?;
    let found = NAMED.captures(text.slice(opening))?;
    let (body, title) = (found.get(1)?, found.get(2)?);
    let is_named = title::is_body_name(body.as_str()) && title::find_kind(title.as_str()).is_some();
    is_named.then(|| Span::new(title.start(), title.end()).shifted(opening.byte_start))
}

/// 某市园林局发布关于印发《…》的通知: the report of a notice whose title it prints bare.
fn find_reported_notice(text: &Text, paragraphs: &[Span]) -> Option<(Span, Span)> {
    static NOTICE: Pattern = LazyLock::new(|| {
        pattern(
            r"^(?:据[^《。]{2,40}?(?:消息|获悉|报道|了解)[，,])?(?:近日|日前|最近|(?:20\d\d年)?\d{1,2}月\d{1,2}日)?[，,]?([\p{Han}]{4,40}?)(?:近日|日前|正式)*(?:印发|出台|发布|公布|下发)了?(关于印发《[^《》]{4,100}》的通知)",
        )
    });
    let &opening = paragraphs.first()?;
    let found = NOTICE.captures(text.slice(opening))?;
    let (body, title) = (found.get(1)?, found.get(2)?);
    let place = |from, to| Span::new(from, to).shifted(opening.byte_start);
    title::is_body_name(body.as_str())
        .then(|| (place(body.start(), body.end()), place(title.start(), title.end())))
}

/// The title of a notice that a report tells of, and whose it is.
pub(super) fn read_reported_notice(text: &Text, paragraphs: &[Span], header: &mut Header) {
    if header.title.is_some() || !header.addressees.is_empty() {
        return;
    }
    let Some((body, place)) = find_reported_notice(text, paragraphs) else { return };
    let value = text.slice(place).to_owned();
    set_kind(text, header, &value, place);
    header.title = Some(Located::new(value, place));
    if header.issuers.is_empty() {
        header.issuers = signature::split_names(text, body);
    }
}

/// 某市出台新政推动花木市场发展, above 来源：…: the headline of a page, which retells a document and issues none.
pub(super) fn read_headline(text: &Text, paragraphs: &[Span], header: &mut Header) {
    static HEADLINE: Pattern = LazyLock::new(|| {
        pattern(r"^[\p{Han}]{2,16}?(?:出台|印发|发布|推出|公布)[\p{Han}\d“”、 ]{4,40}$")
    });
    static ABOUT_PAGE: Pattern =
        LazyLock::new(|| pattern(r"^(?:(?:信息|文章|稿件)?来源|发布(?:时间|日期)|时间|日期)[：:]"));
    let (Some(&first), Some(&second)) = (paragraphs.first(), paragraphs.get(1)) else { return };
    let line = text.slice(first);
    let is_headline = HEADLINE.is_match(line)
        && title::find_kind(line).is_none()
        && ABOUT_PAGE.is_match(text.slice(second));
    if header.title.is_none() && header.addressees.is_empty() && is_headline {
        header.attached_title = None;
        header.title = Some(Located::new(line.to_owned(), first));
    }
}

/// The title that a report tells of, for a text that has no other and addresses nobody.
pub(super) fn read_reported_title(text: &Text, paragraphs: &[Span], header: &mut Header) {
    let is_untitled = header.title.is_none() && header.attached_title.is_none();
    if !is_untitled || !header.addressees.is_empty() {
        return;
    }
    let Some(place) = find_reported_title(text, paragraphs) else { return };
    let value = text.slice(place).to_owned();
    set_kind(text, header, &value, place);
    header.title = Some(Located::new(value, place));
}

/// 近日，某省委、某省人民政府印发了《…》; 某厅、某局提出如下意见: the opening names who issues.
pub(super) fn find_reported_issuers(text: &Text, paragraphs: &[Span]) -> Vec<Located<String>> {
    static REPORTED: Pattern = LazyLock::new(|| {
        pattern(concat!(
            opening_of_report!(),
            r"|(?:近日|日前|最近)[，,]?([\p{Han}]{4,40}?)(?:联合)?(?:印发|出台|发布)了?[\p{Han}\d]{0,12}条(?:措施|政策|意见|举措)。",
            r"|(?:^|[，。])([\p{Han}]{2,24}[、，][\p{Han}、，]{3,120}?)(?:联合|共同)?(?:提出|制定)(?:如下|以下)(?:实施|若干)?(?:意见|措施)"
        ))
    });
    if let Some(names) = find_printed_in_full(text, paragraphs) {
        return signature::split_names(text, names);
    }
    let named = paragraphs.iter().take(4).find_map(|&span| {
        // A text on one line is not searched to its end.
        let words = text.slice(span);
        let end = words.char_indices().nth(OPENING_CHARS_MAX).map_or(words.len(), |(at, _)| at);
        let found = REPORTED.captures(words.get(..end)?)?;
        let names = found.iter().skip(1).flatten().next()?;
        Some(Span::new(names.start(), names.end()).shifted(span.byte_start))
    });
    let Some(list) = named else { return Vec::new() };
    let parts: Vec<Span> = split(text.clean(), list, &['、', '，'])
        .into_iter()
        .flat_map(|part| cut_together(text, part))
        .collect();
    // Words before the list of bodies belong to the sentence.
    let is_body =
        |name: &Span| title::is_body_name(text.slice(*name)) || text.slice(*name) == "中共中央";
    let mut bodies: Vec<Span> = parts.iter().rev().copied().take_while(is_body).collect();
    bodies.reverse();
    bodies.into_iter().flat_map(|name| signature::split_names(text, name)).collect()
}

/// 某市园林局联合某市绿化办公室: two bodies; 某市花木联合会 is one.
fn cut_together(text: &Text, part: Span) -> Vec<Span> {
    const TOGETHER: &str = "联合";
    let words = text.slice(part);
    let cut = words.find(TOGETHER).filter(|&at| {
        let behind = words.get(at + TOGETHER.len()..).unwrap_or_default();
        words.get(..at).is_some_and(title::is_body_name) && title::is_body_name(behind)
    });
    cut.map_or_else(
        || vec![part],
        |at| {
            let end = part.byte_start + at;
            vec![Span::new(part.byte_start, end), Span::new(end + TOGETHER.len(), part.byte_end)]
        },
    )
}

/// 以下为某省委某省人民政府《…》全文: whose text a report prints.
fn find_printed_in_full(text: &Text, paragraphs: &[Span]) -> Option<Span> {
    static IN_FULL: Pattern = LazyLock::new(|| {
        pattern(
            r"^(?:以下[为是]|下面是|附[：:]?|现将)?([\p{Han}、]{4,80}?)(?:联合)?(?:印发|发布|出台)?的?(?:《[^》]{4,100}》|关于[^。《]{4,80})的?(?:全文|正文|原文)(?:如下)?[：:。]?$",
        )
    });
    paragraphs.iter().take(HEAD_LINES_MAX).find_map(|&span| {
        let names = IN_FULL.captures(text.slice(span))?.get(1)?;
        let place = Span::new(names.start(), names.end()).shifted(span.byte_start);
        title::is_body_name(text.slice(place)).then_some(place)
    })
}

/// 近日，某省委印发了《…》。《…》全文如下：: the text follows in full, and no notice that issued it (并发出通知).
pub(super) fn announces_full_text(text: &Text, paragraphs: &[Span]) -> bool {
    static FOLLOWS: Pattern = LazyLock::new(|| {
        pattern(
            r"^(?:近日|日前|最近)[^。]*。(?:《[^《》]{6,100}》(?:全文)?(?:公布)?|(?:现将)?全文(?:公布)?)如下[：:]",
        )
    });
    let opening = paragraphs.first().map_or("", |&span| text.slice(span));
    FOLLOWS.find(opening).is_some_and(|told| !told.as_str().contains("通知"))
}

/// 某省政府发布《…》: a report of what was published issues nothing itself.
pub(super) fn is_report(text: &Text, paragraphs: &[Span]) -> bool {
    static TELLS: Pattern = LazyLock::new(|| {
        pattern(
            r"^(?:[^《。，,]{0,12}[讯电][：:,，]?[^《。]{0,60}|[^《。]{4,60})(?:发布|公布|出台)了?《[^》]{4,100}》[^。]*。?",
        )
    });
    let opening = paragraphs.first().map_or("", |&span| text.slice(span));
    TELLS.find(opening).is_some_and(|told| {
        let told = told.as_str();
        !["现将", "现予", "通知", "印发", "下发"].iter().any(|word| told.contains(word))
    })
}

/// 据某报消息，近日，某市发布《…》: a report that names a place and no body retells, and what it retells is another document.
pub(super) fn retells(text: &Text, paragraphs: &[Span]) -> bool {
    static RETELLS: Pattern = LazyLock::new(|| {
        pattern(
            r"^(?:据[^《。]{2,40}?[,，](?:(?:近日|日前|最近|(?:20\d\d年)?\d{1,2}月\d{1,2}日)[，,]?)?|(?:近日|日前|最近|(?:20\d\d年)?\d{1,2}月\d{1,2}日)[，,]?)(?:[\p{Han}]{2,14}|我)[省市县区州盟](?:近日|日前|正式|最新)*(?:印发|出台|发布|公布|推出)了?《[^。]*。",
        )
    });
    let opening = paragraphs.first().map_or("", |&span| text.slice(span));
    // …出台《…》。全文如下：: the text itself follows.
    let follows =
        opening.ends_with("如下：") || opening.ends_with("如下:") || opening.contains("全文");
    !follows
        && RETELLS
            .find(opening)
            .is_some_and(|told| !["全文", "如下"].iter().any(|word| told.as_str().contains(word)))
}

#[cfg(test)]
mod tests {
    use super::super::super::paragraph::find_paragraphs;
    use super::*;

    fn reported(words: &str) -> Vec<String> {
        let text = Text::from_source(words.into());
        let issuers = find_reported_issuers(&text, &find_paragraphs(text.clean()));
        issuers.into_iter().map(|issuer| issuer.value).collect()
    }

    #[test]
    fn the_opening_of_a_report_names_who_issued() {
        assert_eq!(
            reported("近日，某省委、某省人民政府印发了《绿化若干措施》，并要求各地落实。"),
            ["某省委", "某省人民政府"]
        );
        assert_eq!(
            reported("为落实要求，某省园林厅、财政厅，某行某市分行提出如下实施意见。"),
            ["某省园林厅", "财政厅", "某行某市分行"]
        );
        assert_eq!(
            reported("花木网讯:5月6日,某省人民政府发布《绿化若干措施》,明确加快种树。"),
            ["某省人民政府"]
        );
        assert_eq!(
            reported(
                "绿化网讯。\n以下为某省委办公厅 某省人民政府办公厅《绿化若干措施》全文：\n一、种树"
            ),
            ["某省委办公厅", "某省人民政府办公厅"]
        );
        assert_eq!(
            reported("为加快绿化，近日，某市人民政府印发三个方面十二条措施。"),
            ["某市人民政府"]
        );
        let told = "5月6日，据花木报消息，某市园林局出台《苗圃若干措施》，即日起实施。";
        assert_eq!(reported(told), ["某市园林局"]);
        assert_eq!(
            reported("5月6日，某市园林局联合某市绿化办公室、某市水务局印发《种树若干措施》。"),
            ["某市园林局", "某市绿化办公室", "某市水务局"]
        );
        assert_eq!(reported("5月6日，某市花木联合会印发《种树若干措施》。"), ["某市花木联合会"]);
        assert_eq!(reported("为加快绿化、美化，制定以下措施。"), Vec::<String>::new());
        assert_eq!(reported("以下为《绿化若干措施》全文："), Vec::<String>::new());
        assert_eq!(reported("中共中央国务院印发《种树纲要》"), ["中共中央", "国务院"]);
        assert_eq!(
            reported("某社某市5月6日电近日，中共中央、国务院印发了《种树纲要》。"),
            ["中共中央", "国务院"]
        );
    }

    fn header(words: &str) -> Header {
        let text = Text::from_source(words.into());
        super::super::find_head(&text, &find_paragraphs(text.clean())).header
    }

    #[test]
    fn a_report_may_tell_of_a_notice() {
        let read = header(
            "据某市政府网站7月9日消息，某市园林局发布关于印发《某市种树若干措施》的通知。通知涉及苗木。\n种树。",
        );
        assert_eq!(read.title.unwrap().value, "关于印发《某市种树若干措施》的通知");
        assert_eq!(read.attached_title.unwrap().value, "某市种树若干措施");
        assert_eq!(read.issuers.first().unwrap().value, "某市园林局");
    }

    #[test]
    fn a_page_that_retells_a_document_has_a_headline() {
        let read = header(
            "某市出台新政推动花木市场发展\n来源：某市园林局 栏目：花木\n2031年3月，园林局、林业局联合印发《某市花木若干措施》，不断种树。",
        );
        assert_eq!(read.title.unwrap().value, "某市出台新政推动花木市场发展");
        assert_eq!((read.attached_title, read.kind), (None, None));
        assert_eq!(read.issuers.first().unwrap().value, "某市园林局");
    }

    #[test]
    fn a_report_of_a_place_has_no_title_of_a_document() {
        let told = "据某市绿化网5月6日消息，近日，某市花木区正式发布《花木区种树若干措施》（下称“种树十条”）。";
        let read = header(&format!("{told}\n“种树十条”明确，种树。"));
        assert_eq!((read.title, read.attached_title, read.kind), (None, None, None));
        for opening in [
            "5月6日，花木市发布《花木市种树若干措施》。",
            "据花木报，5月6日，花木市发布《种树若干措施》。",
            "近日，我市印发了《种树若干措施》（花木字〔2031〕8号）。",
        ] {
            assert_eq!(header(&format!("{opening}\n种树。")).title, None, "{opening}");
        }
        let follows = "5月6日，花木区发布《花木区种树若干措施》。措施全文如下：\n第一条 种树。";
        assert_eq!(header(follows).title.unwrap().value, "花木区种树若干措施");
        let full = "近日，某市发布《某市种树若干措施》，全文如下。\n一、种树";
        assert_eq!(header(full).title.unwrap().value, "某市种树若干措施");
    }

    #[test]
    fn a_report_names_what_it_tells_of() {
        let title = |words: &str| {
            let text = Text::from_source(words.into());
            let place = find_reported_title(&text, &find_paragraphs(text.clean()))?;
            Some(text.slice(place).to_owned())
        };
        let told = "5月6日，据花木报消息，某市园林局出台《苗圃若干措施》，即日起实施。";
        assert_eq!(title(told).as_deref(), Some("苗圃若干措施"));
        assert_eq!(title("加快出台《苗圃若干措施》，即日起实施。"), None);
        assert_eq!(title("某市园林局出台《花卉图册》，即日起实施。"), None);
    }

    #[test]
    fn what_a_report_tells_of_is_not_issued_by_it() {
        let is_report = |words: &str| {
            let text = Text::from_source(words.into());
            is_report(&text, &find_paragraphs(text.clean()))
        };
        assert!(is_report("花木网讯:5月6日,某省人民政府发布《绿化若干措施》,明确加快种树。"));
        assert!(is_report("某市园林局近日出台《苗圃实施意见》。"));
        assert!(!is_report("现将《绿化方案》印发给你们。"));
        assert!(!is_report("近日，某省政府公布《绿化方案》，并发出通知，要求各地落实。"));
    }
}
