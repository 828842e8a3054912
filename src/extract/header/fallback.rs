//! What the head of a document leaves open and the rest of the text tells. In: the text, its paragraphs and the header so far; out:
//! the header with title, kind, issuers, date and period filled in where they are found. The surprise: a text without a title
//! says what it is in passing (本措施自印发之日起施行), and a plan may speak of the notice that issued it (本通知).

use super::{fields, find_numbers, issued, issuer, kind, news, set_kind, title, unsigned};
use crate::document::{DocumentNumber, Header, Located};
use crate::text::{Pattern, Span, Text, pattern};
use std::sync::LazyLock;

/// The head, and what has run on from it, stands within so many lines.
const HEAD_LINES_MAX: usize = 20;

/// What the head does not say but the title, a note or the first sentences do.
pub(super) fn read_fallbacks(text: &Text, paragraphs: &[Span], header: &mut Header) {
    if let Some(kind) = kind::find_explanation(text, paragraphs).filter(|_| header.title.is_none())
    {
        // 现对有关内容解读如下: what explains another document has no title and no issuer of its own.
        header.kind = Some(kind);
        header.attached_title = None;
        issuer::read_explainer(text, paragraphs, header);
        return;
    }
    read_explained_title(text, paragraphs, header);
    news::read_reported_notice(text, paragraphs, header);
    news::read_headline(text, paragraphs, header);
    news::read_reported_title(text, paragraphs, header);
    take_title_of_issued(text, paragraphs, header);
    if header.kind.is_none() && header.title.is_none() {
        header.kind = kind::find_stated_kind(text, paragraphs);
    }
    issuer::read_issuers(text, paragraphs, header);
    if header.signed_on.is_none() {
        let front = paragraphs.get(..paragraphs.len().min(20)).unwrap_or_default();
        let passed = front.get(..front.len().min(12)).unwrap_or_default();
        header.signed_on = unsigned::find_passed_on(text, passed)
            .or_else(|| unsigned::find_ordered_on(text, front))
            .or_else(|| unsigned::find_given_on(text, front))
            .or_else(|| unsigned::find_day_at_end(text, paragraphs));
    }
    name_notice(text, paragraphs, header);
    header.number = header.number.take().or_else(|| find_number_behind(text, paragraphs, header));
    let named = [header.title.as_ref(), header.attached_title.as_ref()];
    header.period = named.into_iter().flatten().find_map(|name| {
        let period = title::find_period(text.slice(name.span))?;
        Some(Located::new(period.value, period.span.shifted(name.span.byte_start)))
    });
}

/// Where no title is printed but that of what is issued, it is the document's own.
fn take_title_of_issued(text: &Text, paragraphs: &[Span], header: &mut Header) {
    let Some(attached) = header.attached_title.clone() else { return };
    let is_sent = !header.addressees.is_empty();
    if let Some(title) = &header.title {
        if !is_sent && title.value == attached.value && news::announces_full_text(text, paragraphs)
        {
            header.attached_title = None;
        }
        return;
    }
    if !is_sent && news::retells(text, paragraphs) {
        header.attached_title = None;
        return;
    }
    set_kind(text, header, &attached.value, attached.span);
    let is_notice = header.kind.as_ref().is_some_and(|kind| kind.value == "通知");
    if is_notice && is_sent {
        // 某部印发了《…的通知》，现转发你们: a notice that hands on another's has a title of its own, which is not printed.
        header.attached_title = None;
        return;
    }
    if is_notice {
        // A notice that a report tells of is issued by no other; what it issues stands in its title.
        header.attached_title = issued::find_issued(&attached.value).map(|issued| {
            let place = issued.shifted(attached.span.byte_start);
            Located::new(issued.slice(&attached.value).to_owned(), place)
        });
    } else if !is_sent
        && (news::is_report(text, paragraphs) || news::announces_full_text(text, paragraphs))
    {
        header.attached_title = None;
    }
    header.title = Some(attached);
}

/// A notice of which only the plan's title is printed is of the kind that the title ends with, although it may say when it takes
/// effect (本通知自印发之日起施行). It is a notice where the table above it says so, or where days are counted from when it went out
/// to its addressees (本通知下发之日起一个月内).
fn name_notice(text: &Text, paragraphs: &[Span], header: &mut Header) {
    static SENT: Pattern =
        LazyLock::new(|| pattern(r"本通知下[发达](?:之日起)?[^。；，施实执生]{0,12}内"));
    let (Some(title), Some(attached)) = (&header.title, &header.attached_title) else { return };
    if title.value != attached.value {
        return;
    }
    let sent = paragraphs.iter().find_map(|&span| {
        let at = SENT.find(text.slice(span))?.start() + "本".len();
        Some(Span::new(at, at + "通知".len()).shifted(span.byte_start))
    });
    let sent = sent.map(|place| Located::new("通知".to_owned(), place));
    if let Some(kind) = sent.or_else(|| fields::find_notice(text, paragraphs)) {
        header.kind = Some(kind);
    }
}

/// 绿化工作要点某绿办〔2031〕6号: a number that runs on behind the title of what is issued.
fn find_number_behind(
    text: &Text,
    paragraphs: &[Span],
    header: &Header,
) -> Option<Located<DocumentNumber>> {
    let title = &header.attached_title.as_ref()?.value;
    paragraphs.iter().take(HEAD_LINES_MAX).find_map(|&span| {
        let words = text.slice(span);
        let number = find_numbers(words).into_iter().next()?;
        let is_next = words.get(..number.span.byte_start)?.ends_with(title.as_str());
        is_next.then(|| Located::new(number.value, number.span.shifted(span.byte_start)))
    })
}

/// The title that a note of explanation names: 政策解读《…》, 《…》说明.
fn read_explained_title(text: &Text, paragraphs: &[Span], header: &mut Header) {
    /// A note of explanation stands within so many last lines, and a link to one within so many first ones.
    const LAST_LINES_MAX: usize = 12;
    const FIRST_LINES_MAX: usize = 3;
    // 政策解读：《…》, 《…》政策解读: a note behind the text.
    static EXPLAINED: Pattern = LazyLock::new(|| {
        pattern(r"解读[：:《]*《([^》]{6,100})》|《([^》]{6,100})》[^。]{0,10}解读")
    });
    // 点击查看政策解读：《…》: a link above the text.
    static LINK: Pattern = LazyLock::new(|| {
        pattern(r"^(?:点击|查看|相关|政策)[\p{Han}]{0,10}解读[：:]《([^》]{6,100})》")
    });
    // 关于印发《…》的通知原文如下：, 《…》全文如下：: a report leads over to the text.
    static REPRINTED: Pattern = LazyLock::new(|| {
        pattern(
            r"^(?:《([^《》]{6,100})》|([\p{Han}]{0,40}关于[^。；]{6,100}?))的?(?:全文|原文|正文)如下[：:]$",
        )
    });
    // 某局制定了《…的通知》，具体内容如下：: the text itself follows.
    static STATED: Pattern = LazyLock::new(|| {
        pattern(r"制[定订]了?《([^》]{6,100})》[，,](?:具体|全部)?内容如下[：:]$")
    });
    /// 《…的通知（征求意见稿）》起草说明: the heading of an explanation behind the text.
    static HEADING: Pattern = LazyLock::new(|| {
        pattern(r"^《([^》]{6,100})》(?:的)?(?:起草|编制|修订|制定)?(?:情况)?(?:的)?说明$")
    });
    // Where only the plan's own title is printed, the notice that issued it may still be named there.
    let is_plan = header.title.is_some()
        && header.title.as_ref().map(|title| &title.value)
            == header.attached_title.as_ref().map(|title| &title.value);
    if header.title.is_some() && !is_plan {
        return;
    }
    let find = |span: Span, rule: &Pattern| {
        let found = rule.captures(text.slice(span))?;
        let title = found.iter().skip(1).flatten().next()?;
        let place = Span::new(title.start(), title.end()).shifted(span.byte_start);
        title::find_kind(text.slice(place)).map(|_| place)
    };
    let last =
        || paragraphs.iter().rev().take(LAST_LINES_MAX).find_map(|&span| find(span, &EXPLAINED));
    let link = || paragraphs.iter().take(FIRST_LINES_MAX).find_map(|&span| find(span, &LINK));
    let front = || paragraphs.iter().take(HEAD_LINES_MAX);
    let reprint = || front().find_map(|&span| find(span, &REPRINTED));
    let stated = || front().find_map(|&span| find(span, &STATED));
    let heading = || paragraphs.iter().skip(FIRST_LINES_MAX).find_map(|&span| find(span, &HEADING));
    let Some(place) = link().or_else(reprint).or_else(stated).or_else(heading).or_else(last) else {
        return;
    };
    let value = text.slice(place).to_owned();
    let issues_plan = issued::find_issued(&value).is_some_and(|issued| {
        header.attached_title.as_ref().is_some_and(|plan| plan.value == issued.slice(&value))
    });
    if is_plan && !issues_plan {
        return;
    }
    set_kind(text, header, &value, place);
    if let Some(issued) = issued::find_issued(&value).filter(|_| header.attached_title.is_none()) {
        let words = issued.slice(&value).to_owned();
        header.attached_title = Some(Located::new(words, issued.shifted(place.byte_start)));
    }
    header.title = Some(Located::new(value, place));
}

#[cfg(test)]
mod tests {
    use super::super::super::paragraph::find_paragraphs;
    use super::*;

    #[test]
    fn a_note_of_explanation_names_the_title() {
        let read = |words: &str| {
            let text = Text::from_source(words.into());
            let mut header = Header::default();
            read_explained_title(&text, &find_paragraphs(text.clean()), &mut header);
            let value = |one: Option<Located<String>>| one.map(|one| one.value);
            (value(header.title), value(header.attached_title))
        };
        assert_eq!(
            read(
                "点击查看政策解读：《某市关于印发苗圃若干措施的通知》政策解读\n各区园林局：\n种树。"
            ),
            (Some("某市关于印发苗圃若干措施的通知".into()), Some("苗圃若干措施".into()))
        );
        assert_eq!(
            read(
                "各区园林局：\n种树。\n某市园林局\n《关于种树的通知（征求意见稿）》起草说明\n一、背景"
            ),
            (Some("关于种树的通知（征求意见稿）".into()), None)
        );
        assert_eq!(
            read(
                "近日，某区印发了通知。\n关于印发《种树若干措施》的通知的原文如下：\n各街道：\n种树。"
            ),
            (Some("关于印发《种树若干措施》的通知".into()), Some("种树若干措施".into()))
        );
        assert_eq!(
            read(
                "各区：\n为绿化，某市园林局制定了《某市园林局关于种树的通知》，具体内容如下：\n一、种树"
            ),
            (Some("某市园林局关于种树的通知".into()), None)
        );
        assert_eq!(read("《关于种树的通知》说明，树要种好。"), (None, None));
    }

    #[test]
    fn a_notice_whose_plan_alone_is_printed_is_named_by_its_explanation() {
        let words = "各区园林局：\n《绿化若干措施》已经同意，现印发给你们。\n某市园林局\n2031年5月6日\n绿化若干措施\n一、种树。\n相关文章：《某市园林局印发<绿化若干措施>的通知》解读";
        let text = Text::from_source(words.into());
        let read = super::super::find_head(&text, &find_paragraphs(text.clean())).header;
        assert_eq!(read.title.unwrap().value, "某市园林局印发<绿化若干措施>的通知");
        assert_eq!(read.attached_title.unwrap().value, "绿化若干措施");
    }

    #[test]
    fn what_explains_another_document_has_neither_title_nor_issuer() {
        let words = "某市园林局印发了《关于加快绿化的通知》（以下简称《通知》），现对有关内容解读如下：\n一、种树。";
        let text = Text::from_source(words.into());
        let read = super::super::find_head(&text, &find_paragraphs(text.clean())).header;
        assert_eq!((read.title, read.issuers), (None, Vec::new()));
        assert_eq!(read.kind.unwrap().value, "解读");
        let titled = "《关于加快绿化的若干措施》解读\n近日，某市印发了《关于加快绿化的若干措施》。";
        let text = Text::from_source(titled.into());
        let read = super::super::find_head(&text, &find_paragraphs(text.clean())).header;
        assert_eq!((read.title, read.kind.unwrap().value.as_str()), (None, "解读"));
        let framed = "当前位置：首页\n《某市绿化方案》政策解读\n近日，某市政府办公室印发了《某市绿化方案》。现就有关内容解读如下。\n一、种树。\n解读机关：某市园林局";
        let text = Text::from_source(framed.into());
        let read = super::super::find_head(&text, &find_paragraphs(text.clean())).header;
        assert_eq!(read.kind.unwrap().value, "解读");
        assert_eq!(read.issuers.first().unwrap().value, "某市园林局");
        assert_eq!((read.title, read.attached_title), (None, None));
    }

    #[test]
    fn a_report_that_prints_a_plan_in_full_issues_none() {
        let words = "日前，某市印发《某市绿化方案》。全文如下：\n某市绿化方案\n为绿化，种树。";
        let text = Text::from_source(words.into());
        let read = super::super::find_head(&text, &find_paragraphs(text.clean())).header;
        assert_eq!(read.title.unwrap().value, "某市绿化方案");
        assert_eq!(read.attached_title, None);
    }

    #[test]
    fn what_is_printed_in_full_has_the_title_that_leads_over_to_it() {
        let words = "《某市苗圃管理办法》全文如下：\n为加强苗圃管理，制定本办法。\n一、登记";
        let text = Text::from_source(words.into());
        let read = super::super::find_head(&text, &find_paragraphs(text.clean())).header;
        assert_eq!(read.title.unwrap().value, "某市苗圃管理办法");
    }

    #[test]
    fn a_notice_that_hands_on_another_has_no_title_but_its_own() {
        let words = "各区园林局：\n某省园林局印发了《关于种树有关工作的通知》（某园发〔2031〕8号）。现转发你们，并就有关工作通知如下：\n一、种树。";
        let text = Text::from_source(words.into());
        let read = super::super::find_head(&text, &find_paragraphs(text.clean())).header;
        assert_eq!((read.title, read.attached_title), (None, None));
        assert_eq!(read.kind.unwrap().value, "通知");
    }

    #[test]
    fn a_number_may_run_on_behind_the_title_of_what_is_issued() {
        let text = Text::from_source("现印发给你们。\n绿化工作要点某绿办〔2031〕6号".into());
        let attached = Located::new("绿化工作要点".to_owned(), Span::new(0, 0));
        let header = Header { attached_title: Some(attached), ..Header::default() };
        let number = find_number_behind(&text, &find_paragraphs(text.clean()), &header);
        assert_eq!(number.unwrap().value.to_string(), "某绿办〔2031〕6号");
    }
}
