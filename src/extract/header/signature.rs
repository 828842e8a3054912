//! Signature, date and openness. In: paragraphs; out: who signed, when, and which paragraphs are theirs.
//! The signature is a line with a body above a line that is only a date. The surprise: in a notice
//! that issues a plan it stands in the middle of the text, before the plan.

use super::date::find_dates;
use super::title::is_body_name;
use crate::document::{Date, Located, Openness};
use crate::text::{Pattern, Span, Text, pattern};
use std::sync::LazyLock;

/// A report names who gives it within its first lines.
const HEAD_LINES_MAX: usize = 20;

/// How many lines above the date may be signing bodies.
const SIGNERS_MAX: usize = 16;

static OPENNESS: Pattern = LazyLock::new(|| {
    pattern(
        r"此件(?:主动)?公开(?:发布)?|(?:公开(?:属性|方式|形式|类别)[：:]?)?(?:主动公开|依申请公开|不予公开)|此件(?:依申请公开|不公开|不予公开)",
    )
});

static PASSED: Pattern =
    LazyLock::new(|| pattern(r"^[（(].*(?:通过|发布|公布|批准|修订|施行)[）)]?$"));

/// ——2026年1月26日在某省第十四届人民代表大会第四次会议上: when a report was given.
static GIVEN: Pattern =
    LazyLock::new(|| pattern(r"^[—―－-]{1,4}[^，。]{6,20}在[^，。]{4,60}会议上$"));

/// 某省人民政府省长 某某: who gave a report, and for whom.
static HEAD_OF_GOVERNMENT: Pattern = LazyLock::new(|| {
    pattern(r"^([\p{Han}]{2,12}人民政府)(?:代理?)?(?:省长|市长|县长|区长|州长|主席|盟长)")
});

static NAMES: Pattern = LazyLock::new(|| pattern(r"[^\s\u{3000}\u{A0}、]+"));

/// What the signature tells, and the paragraphs that it takes.
#[derive(Default)]
pub(super) struct Signature {
    pub(super) signers: Vec<Located<String>>,
    pub(super) signed_on: Option<Located<Date>>,
    pub(super) paragraphs: Vec<usize>,
}

/// The first date line with a body above it, else the first date line, else a date line that runs on
/// from the body's name.
pub(super) fn find_signature(text: &Text, paragraphs: &[Span]) -> Signature {
    let mut unsigned = Signature::default();
    for (at, &span) in paragraphs.iter().enumerate() {
        let line = text.slice(span);
        let mut above =
            paragraphs.get(..at).unwrap_or_default().iter().rev().map(|&above| text.slice(above));
        let nearest = above.find(|line| !is_stamp_note(line));
        // A date right behind the list of attachments stands where the signature does.
        let lists = |line: &str| line.contains("附件：") || line.contains("附件:");
        let above_signs = nearest.is_some_and(|line| is_body_name(line) || lists(line));
        let Some(date) = find_line_date(line, above_signs) else { continue };
        let before = Span::new(span.byte_start, span.byte_start + date.span.byte_start);
        let located = Located::new(date.value, date.span.shifted(span.byte_start));
        let mut signers = Vec::new();
        let mut taken = vec![at];
        if is_body_name(text.slice(before)) {
            signers.extend(split_names(text, before));
        } else if !before.is_empty() {
            continue;
        }
        for above in (0..at).rev().take(SIGNERS_MAX) {
            let Some(&signer) = paragraphs.get(above) else { break };
            let name = text.slice(signer);
            if is_stamp_note(name) {
                taken.push(above);
                continue;
            }
            if !is_body_name(name) {
                break;
            }
            signers.splice(0..0, split_names(text, signer));
            taken.push(above);
        }
        let signature = Signature { signers, signed_on: Some(located), paragraphs: taken };
        if !signature.signers.is_empty() {
            return signature;
        }
        if unsigned.signed_on.is_none() {
            unsigned = signature;
        }
    }
    unsigned
}

/// （某局代章） says who stamped for the signer.
fn is_stamp_note(line: &str) -> bool {
    line.starts_with(['（', '(']) && line.ends_with(['）', ')']) && line.contains('代')
}

/// A date that is all that a line has, or that ends a short line; below a signer also one that other text is glued to.
fn find_line_date(line: &str, above_signs: bool) -> Option<Located<Date>> {
    let first = find_dates(line).into_iter().next().filter(|date| {
        let behind = line.get(date.span.byte_end..).unwrap_or_default();
        let is_time = behind.starts_with(['起', '前', '至', '到', '以', '，', '—', '-']);
        date.span.byte_start == 0 && above_signs && !is_time
    });
    if first.is_some() {
        return first;
    }
    if line.chars().count() > 60 || line.contains(['。', '：', ':']) {
        return None;
    }
    find_dates(line).into_iter().next_back().filter(|date| {
        let rest = line.get(date.span.byte_end..).unwrap_or_default();
        rest.is_empty() || rest == "印发"
    })
}

/// A line of several signers is split where the source has spaces, which cleaning has dropped.
pub(super) fn split_names(text: &Text, line: Span) -> Vec<Located<String>> {
    let printed: Vec<&str> =
        NAMES.find_iter(text.source_slice(line)).map(|name| name.as_str()).collect();
    if printed.len() < 2 || !printed.iter().all(|name| is_body_name(name)) {
        return vec![Located::new(text.slice(line).to_owned(), line)];
    }
    let mut byte_start = line.byte_start;
    printed
        .into_iter()
        .map(|name| {
            let span = Span::new(byte_start, byte_start + name.len());
            byte_start = span.byte_end;
            Located::new(name.to_owned(), span)
        })
        .collect()
}

/// A note in brackets under the title that tells when the text was passed.
pub(super) fn find_passed_on(text: &Text, paragraphs: &[Span]) -> Option<Located<Date>> {
    let first = paragraphs.first()?;
    let last = paragraphs.last()?;
    let head = Span::new(first.byte_start, last.byte_end);
    let words = text.slice(head);
    let open = words.find(['（', '('])?;
    let tail = words.get(open..)?;
    let note = tail.split_inclusive(['）', ')']).next()?;
    let joined: String = note.split('\n').collect();
    let is_note = PASSED.is_match(&joined);
    let date = find_dates(note).into_iter().next()?;
    is_note.then(|| Located::new(date.value, date.span.shifted(head.byte_start + open)))
}

/// The line under the title of a report that tells when it was given.
pub(super) fn find_given_on(text: &Text, paragraphs: &[Span]) -> Option<Located<Date>> {
    paragraphs.iter().find_map(|&span| {
        let line = text.slice(span);
        let date = find_dates(line).into_iter().next().filter(|_| GIVEN.is_match(line))?;
        Some(Located::new(date.value, date.span.shifted(span.byte_start)))
    })
}

/// The government whose head gave a report.
pub(super) fn find_head_of_government(text: &Text, paragraphs: &[Span]) -> Option<Located<String>> {
    paragraphs.iter().take(HEAD_LINES_MAX).find_map(|&span| {
        let name = HEAD_OF_GOVERNMENT.captures(text.slice(span))?.get(1)?;
        let place = Span::new(name.start(), name.end()).shifted(span.byte_start);
        Some(Located::new(name.as_str().to_owned(), place))
    })
}

/// The note that tells whether the document is public, and the paragraph that is nothing else.
pub(super) fn find_openness(
    text: &Text,
    paragraphs: &[Span],
) -> Option<(Located<Openness>, usize)> {
    paragraphs.iter().enumerate().find_map(|(at, &span)| {
        let line = text.slice(span);
        let found = OPENNESS.find(line).filter(|_| line.chars().count() <= 24)?;
        let words = found.as_str();
        let value = if words.contains("依申请") {
            Openness::OnRequest
        } else if words.contains('不') {
            Openness::Closed
        } else {
            Openness::Open
        };
        let place = Span::new(found.start(), found.end()).shifted(span.byte_start);
        Some((Located::new(value, place), at))
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::paragraph::find_paragraphs;
    use super::*;

    fn signature(words: &str) -> (Vec<String>, Option<String>) {
        let text = Text::from_source(words.into());
        let found = find_signature(&text, &find_paragraphs(text.clean()));
        let names = found.signers.into_iter().map(|signer| signer.value).collect();
        (names, found.signed_on.map(|date| date.value.to_string()))
    }

    #[test]
    fn a_body_above_a_date_has_signed() {
        let (names, date) = signature("请遵照执行。\n某市人民政府\n2024年5月6日\n（此件公开发布）");
        assert_eq!((names, date.as_deref()), (vec!["某市人民政府".to_owned()], Some("2024-05-06")));
        assert_eq!(
            signature("执行。\n某省财政厅 某省商务厅\n二〇二四年五月六日").0,
            ["某省财政厅", "某省商务厅"]
        );
        assert_eq!(signature("某市绿化办公室2024年5月6日").0, ["某市绿化办公室"]);
        assert_eq!(
            signature("执行。\n某省商务厅 某省财政厅　2024年5月6日").0,
            ["某省商务厅", "某省财政厅"]
        );
        assert_eq!(
            signature("执行。\n某省财政厅　　某州海关　　某省税务局\n2024年5月6日").0,
            ["某省财政厅", "某州海关", "某省税务局"]
        );
    }

    #[test]
    fn a_date_behind_the_list_of_attachments_is_the_signature() {
        let date = |words: &str| signature(words).1;
        assert_eq!(
            date("附件：1.花展报名表\n2024年5月6日2024年花展评委名单").as_deref(),
            Some("2024-05-06")
        );
        assert_eq!(date("附件：1.花展报名表\n2024年5月6日起报名，请各单位填写"), None);
    }

    #[test]
    fn a_date_inside_a_sentence_is_no_signature() {
        assert_eq!(signature("本办法自2024年5月6日起施行。"), (Vec::new(), None));
    }

    #[test]
    fn a_note_tells_whether_the_document_is_public() {
        let table = [
            ("（此件公开发布）", Some(Openness::Open)),
            ("（此件主动公开）", Some(Openness::Open)),
            ("公开方式：依申请公开", Some(Openness::OnRequest)),
            ("推进政务信息公开和数据主动公开，完善制度，接受监督，回应关切。", None),
        ];
        for (words, openness) in table {
            let text = Text::from_source(words.into());
            let found = find_openness(&text, &find_paragraphs(text.clean()));
            assert_eq!(found.map(|(note, _)| note.value), openness, "{words}");
        }
    }
}
