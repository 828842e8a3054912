//! What the head of a document leaves open and the rest of the text tells. In: the text, its paragraphs and the header so far; out:
//! the header with title, kind, issuers, date and period filled in where they are found. The surprise: a text without a title
//! says what it is in passing (本措施自印发之日起施行), and a plan may call itself the notice that issued it.

use super::{find_numbers, kind, set_kind, signature, title};
use crate::document::{DocumentNumber, Header, Located};
use crate::extract::paragraph::split;
use crate::text::{Pattern, Span, Text, pattern};
use std::sync::LazyLock;

/// A report says within so many lines that the text follows in full.
const HEAD_LINES_MAX: usize = 20;

/// The opening of a text tells who issues it within so many characters.
const OPENING_CHARS_MAX: usize = 400;

/// What the head does not say but the title, a note or the first sentences do.
pub(super) fn read_fallbacks(text: &Text, paragraphs: &[Span], header: &mut Header) {
    read_explained_title(text, paragraphs, header);
    read_reported_title(text, paragraphs, header);
    if let Some(attached) = header.attached_title.clone().filter(|_| header.title.is_none()) {
        set_kind(text, header, &attached.value, attached.span);
        // A notice that a report tells of is issued by no other; what it issues stands in its title.
        let is_notice = header.kind.as_ref().is_some_and(|kind| kind.value == "通知");
        if is_notice {
            header.attached_title = title::find_issued(&attached.value).map(|issued| {
                let place = issued.shifted(attached.span.byte_start);
                Located::new(issued.slice(&attached.value).to_owned(), place)
            });
        } else if header.addressees.is_empty()
            && (is_report(text, paragraphs) || announces_full_text(text, paragraphs))
        {
            header.attached_title = None;
        }
        header.title = Some(attached);
    }
    if let Some(last) = paragraphs.last().filter(|_| header.issuers.is_empty()) {
        // A last line that is only a body's name is the signature, date or not.
        if title::is_body_name(text.slice(*last)) && text.slice(*last).chars().count() >= 5 {
            header.issuers.push(Located::new(text.slice(*last).to_owned(), *last));
        }
    }
    if header.kind.is_none() && header.title.is_none() {
        header.kind = kind::find_stated_kind(text, paragraphs);
    }
    let title = header.title.clone();
    if let Some(title) = title.as_ref().filter(|_| header.issuers.is_empty())
        && let Some(issuer) = title::find_issuer(&title.value)
    {
        let words = issuer.slice(&title.value);
        let place = issuer.shifted(title.span.byte_start);
        // A name that runs over two lines of the title stands at the whole title.
        header.issuers = if text.slice(place) == words {
            signature::split_names(text, place)
        } else {
            vec![Located::new(words.to_owned(), title.span)]
        };
    }
    if header.issuers.is_empty() {
        header.issuers.extend(signature::find_head_of_government(text, paragraphs));
    }
    if header.issuers.is_empty() {
        header.issuers = find_reported_issuers(text, paragraphs);
    }
    if let Some(title) = title.as_ref().filter(|_| header.issuers.is_empty())
        && let Some(body) = title::find_reporter(&title.value)
    {
        let name = body.slice(&title.value).to_owned();
        header.issuers.push(Located::new(name, body.shifted(title.span.byte_start)));
    }
    spell_out_issuer(text, header);
    if let Some(issuer) = find_order_issuer(text, header) {
        header.issuers.push(issuer);
    }
    if header.signed_on.is_none() {
        let front = paragraphs.get(..paragraphs.len().min(20)).unwrap_or_default();
        let passed = front.get(..front.len().min(12)).unwrap_or_default();
        header.signed_on = signature::find_passed_on(text, passed)
            .or_else(|| signature::find_given_on(text, front));
    }
    name_notice(text, paragraphs, header);
    header.number = header.number.take().or_else(|| find_number_behind(text, paragraphs, header));
    let named = [title.as_ref(), header.attached_title.as_ref()];
    header.period = named.into_iter().flatten().find_map(|name| {
        let period = title::find_period(text.slice(name.span))?;
        Some(Located::new(period.value, period.span.shifted(name.span.byte_start)))
    });
}

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

/// The title that a report tells of, for a text that has no other and addresses nobody.
fn read_reported_title(text: &Text, paragraphs: &[Span], header: &mut Header) {
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
fn find_reported_issuers(text: &Text, paragraphs: &[Span]) -> Vec<Located<String>> {
    static REPORTED: Pattern = LazyLock::new(|| {
        pattern(concat!(
            opening_of_report!(),
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
        let names = found.get(1).or_else(|| found.get(2))?;
        Some(Span::new(names.start(), names.end()).shifted(span.byte_start))
    });
    let Some(list) = named else { return Vec::new() };
    let parts = split(text.clean(), list, &['、', '，']);
    // Words before the list of bodies belong to the sentence.
    let bodies = parts.iter().rev().take_while(|name| title::is_body_name(text.slice(**name)));
    let mut bodies: Vec<Span> = bodies.copied().collect();
    bodies.reverse();
    bodies.into_iter().map(|name| Located::new(text.slice(name).to_owned(), name)).collect()
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
fn announces_full_text(text: &Text, paragraphs: &[Span]) -> bool {
    static FOLLOWS: Pattern = LazyLock::new(|| {
        pattern(r"^(?:近日|日前|最近)[^。通]*。《[^《》]{6,100}》(?:全文)?(?:公布)?如下[：:]")
    });
    paragraphs.first().is_some_and(|&opening| FOLLOWS.is_match(text.slice(opening)))
}

/// 某省政府发布《…》: a report of what was published issues nothing itself.
fn is_report(text: &Text, paragraphs: &[Span]) -> bool {
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

/// A notice of which only the plan's title is printed is still a notice, where it calls itself one.
fn name_notice(text: &Text, paragraphs: &[Span], header: &mut Header) {
    let (Some(title), Some(attached)) = (&header.title, &header.attached_title) else { return };
    if title.value != attached.value {
        return;
    }
    let own = paragraphs.iter().find_map(|&span| {
        let at = text.slice(span).find("本通知")? + "本".len();
        Some(Span::new(at, at + "通知".len()).shifted(span.byte_start))
    });
    if let Some(place) = own {
        header.kind = Some(Located::new("通知".to_owned(), place));
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

/// 省政府办公厅 signs what is titled 某省人民政府办公厅关于…: the full form is the name.
fn spell_out_issuer(text: &Text, header: &mut Header) {
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

/// The title that a note of explanation at the end names: 政策解读《…》.
fn read_explained_title(text: &Text, paragraphs: &[Span], header: &mut Header) {
    static EXPLAINED: Pattern = LazyLock::new(|| {
        pattern(r"解读[：:《]*《([^》]{6,100})》|《([^》]{6,100})》[^。]{0,10}解读")
    });
    if header.title.is_none() {
        let explained = paragraphs.iter().rev().take(12).find_map(|&span| {
            let found = EXPLAINED.captures(text.slice(span))?;
            let title = found.get(1).or_else(|| found.get(2))?;
            Some(Span::new(title.start(), title.end()).shifted(span.byte_start))
        });
        if let Some(place) =
            explained.filter(|&place| title::find_kind(text.slice(place)).is_some())
        {
            let value = text.slice(place).to_owned();
            set_kind(text, header, &value, place);
            header.title = Some(Located::new(value, place));
        }
    }
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
        let told = "5月6日，据花木报消息，某市园林局出台《苗圃若干措施》，即日起实施。";
        assert_eq!(reported(told), ["某市园林局"]);
        assert_eq!(reported("为加快绿化、美化，制定以下措施。"), Vec::<String>::new());
        assert_eq!(reported("以下为《绿化若干措施》全文："), Vec::<String>::new());
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

    #[test]
    fn a_number_may_run_on_behind_the_title_of_what_is_issued() {
        let text = Text::from_source("现印发给你们。\n绿化工作要点某绿办〔2031〕6号".into());
        let attached = Located::new("绿化工作要点".to_owned(), Span::new(0, 0));
        let header = Header { attached_title: Some(attached), ..Header::default() };
        let number = find_number_behind(&text, &find_paragraphs(text.clean()), &header);
        assert_eq!(number.unwrap().value.to_string(), "某绿办〔2031〕6号");
    }
}
