//! Defects of a document. In: what all other stages found; out: findings, in the order of the text. A
//! defect is told, never mended: what is missing stays missing. The surprise: a text of a shop or in another language is
//! no error but a document without anything, with one finding that says so.

use super::header::{Head, number_form_differs};
use super::outline::{Block, Outline};
use super::programme::count_launched;
use super::target::is_unclear;
use crate::document::{Citation, Document, Finding, FindingKind, ItemClass, Located};
use crate::text::{Pattern, Span, Text, parse_han, pattern};
use std::sync::LazyLock;

/// A text without a head shows its beginning, which may be a whole document on one line.
const SHOWN_CHARS_MAX: usize = 60;

/// How many commas of the rarer width make punctuation mixed.
const MIXED_MIN: usize = 3;

/// Below this share of Han characters a text is not in Chinese.
const HAN_SHARE_MIN: f64 = 0.3;

static ANNOUNCED: Pattern =
    LazyLock::new(|| pattern(r"([二三四五六七八九十]{1,2})大(行动|工程|任务)"));

static LAST_OPEN: Pattern = LazyLock::new(|| pattern(r"[。！？；）)”》】〕\]：]$"));

/// The one finding of a text that is no official document.
pub(super) fn not_official(text: &Text) -> Finding {
    let first = Span::new(0, text.clean().chars().next().map_or(0, char::len_utf8));
    finding(text, FindingKind::NotAnOfficialDocument, first, None)
}

/// The findings of an official document.
pub(super) fn find_defects(
    text: &Text,
    head: &Head,
    outline: &Outline,
    document: &Document,
) -> Vec<Finding> {
    let mut defects = Defects { text, findings: Vec::new() };
    defects.read_head(head, document);
    defects.read_body(outline, document);
    defects.read_citations(&document.citations);
    defects.read_punctuation();
    defects.findings.sort_by_key(|finding| (finding.at.span.byte_start, finding.kind));
    defects.findings
}

/// A text that promises so much, or names so many documents, is official, whatever else it has lost.
const PROMISED_MIN: usize = 5;

/// Whether a text has anything that only official documents have.
pub(super) fn is_official(text: &Text, document: &Document) -> bool {
    let (mut han, mut others) = (0_usize, 0_usize);
    for c in text.clean().chars() {
        if ('\u{4E00}'..='\u{9FFF}').contains(&c) {
            han += 1;
        } else if c.is_alphanumeric() {
            others += 1;
        }
    }
    let head = &document.header;
    let marks = [
        head.number.is_some(),
        head.title.is_some(),
        !head.addressees.is_empty(),
        !head.issuers.is_empty() && head.signed_on.is_some(),
        document.items.len() >= 2,
        document.items.iter().any(|item| !item.assignments.is_empty()),
        // A copy that has lost head and numbering still promises, cites or says what it is.
        head.kind.is_some() && document.targets.len() + document.citations.len() >= 2,
        document.targets.len() + document.citations.len() >= PROMISED_MIN,
    ];
    #[expect(clippy::cast_precision_loss, reason = "a share of characters needs no exact count")]
    let share = han as f64 / (han + others).max(1) as f64;
    share >= HAN_SHARE_MIN && marks.contains(&true)
}

/// The item inside which the text breaks off, and the words at its end.
pub(super) fn find_break(clean: &str, outline: &Outline) -> Option<(usize, Span)> {
    let last = outline.blocks.iter().rfind(|block| !block.is_heading)?;
    // A cell needs no full stop.
    if last.item.is_some_and(|at| outline.row_dues.contains_key(&at)) {
        return None;
    }
    let words = last.span.slice(clean);
    let is_end = last.span.byte_end == clean.trim_end().len();
    let is_sentence = words.chars().count() >= 12 && words.contains(['，', ',', '。', '；', ';']);
    (is_end && is_sentence && !LAST_OPEN.is_match(words)).then(|| tail(clean, last)).flatten()
}

fn tail(clean: &str, block: &Block) -> Option<(usize, Span)> {
    const TAIL_CHARS: usize = 20;
    let words = block.span.slice(clean);
    let start = words.char_indices().rev().nth(TAIL_CHARS - 1).map_or(0, |(at, _)| at);
    Some((block.item?, Span::new(start, words.len()).shifted(block.span.byte_start)))
}

fn finding(text: &Text, kind: FindingKind, span: Span, item: Option<usize>) -> Finding {
    Finding { kind, at: Located::new(text.source_slice(span).to_owned(), span), item }
}

struct Defects<'a> {
    text: &'a Text,
    findings: Vec<Finding>,
}

impl Defects<'_> {
    fn add(&mut self, kind: FindingKind, span: Span, item: Option<usize>) {
        self.findings.push(finding(self.text, kind, span, item));
    }

    fn read_head(&mut self, head: &Head, document: &Document) {
        for &line in &head.noise {
            self.add(FindingKind::SiteNoise, line, None);
        }
        for &line in &head.title_repeats {
            self.add(FindingKind::TitleRepeated, line, None);
        }
        if let Some(number) = &document.header.number {
            self.read_number_form(&number.value, number.span, None);
        }
        let header = &document.header;
        if header.title.is_none() || header.number.is_none() || header.issuers.is_empty() {
            let line = self.text.clean().split('\n').next().unwrap_or_default();
            let end = line.char_indices().nth(SHOWN_CHARS_MAX).map_or(line.len(), |(at, _)| at);
            self.add(FindingKind::HeaderIncomplete, Span::new(0, end), None);
        }
    }

    fn read_number_form(
        &mut self,
        number: &crate::document::DocumentNumber,
        span: Span,
        item: Option<usize>,
    ) {
        if number_form_differs(number, self.text.source_slice(span)) {
            self.add(FindingKind::NumberForm, span, item);
        }
    }

    fn read_body(&mut self, outline: &Outline, document: &Document) {
        let items = &document.items;
        for (at, item) in items.iter().enumerate() {
            if item.truncated
                && let Some((_, span)) = find_break(self.text.clean(), outline)
            {
                self.add(FindingKind::TextBreaksOff, span, Some(at));
            }
        }
        let measures: Vec<usize> = (0..items.len())
            .filter(|&at| items.get(at).is_some_and(|item| item.class == ItemClass::Measure))
            .collect();
        let with_body =
            |at: &&usize| items.get(**at).is_some_and(|item| !item.assignments.is_empty());
        let assigned = measures.iter().filter(with_body).count();
        // Where most measures name a body, one without it is a gap; where none does, it is the style.
        for &at in measures.iter().filter(|at| assigned * 2 > measures.len() && !with_body(at)) {
            if let Some(item) = items.get(at) {
                let span = if item.heading.value.is_empty() {
                    item.number.span
                } else {
                    item.heading.span
                };
                self.add(FindingKind::MeasureWithoutBody, span, Some(at));
            }
        }
        for &at in &outline.gaps {
            if let Some(item) = items.get(at) {
                self.add(FindingKind::NumberingGap, item.number.span, Some(at));
            }
        }
        for target in document.targets.iter().filter(|target| is_unclear(target)) {
            self.add(FindingKind::IndicatorUnclear, target.span, target.item);
        }
        self.read_announced(outline, document);
    }

    /// 五大行动 announced, fewer chapters that launch an action.
    fn read_announced(&mut self, outline: &Outline, document: &Document) {
        let launched = count_launched(&document.items);
        let clean = self.text.clean();
        for block in outline.blocks.iter().filter(|_| launched > 0) {
            let Some(found) = ANNOUNCED.captures(block.span.slice(clean)) else { continue };
            let (Some(whole), Some(count)) = (found.get(0), found.get(1)) else { continue };
            let is_chapter = block
                .item
                .and_then(|at| document.items.get(at))
                .is_none_or(|item| item.path.len() == 1);
            let announced = parse_han(count.as_str())
                .and_then(|count| usize::try_from(count).ok())
                .unwrap_or(0);
            if is_chapter
                && announced > launched
                && found.get(2).is_some_and(|sort| sort.as_str() == "行动")
            {
                let span = Span::new(whole.start(), whole.end()).shifted(block.span.byte_start);
                self.add(FindingKind::PartMissing, span, block.item);
                return;
            }
        }
    }

    fn read_citations(&mut self, citations: &[Citation]) {
        for citation in citations {
            match &citation.number {
                Some(number) => self.read_number_form(&number.value, number.span, citation.item),
                None if citation.title.as_ref().is_some_and(|title| !is_law(&title.value)) => {
                    self.add(FindingKind::CitationWithoutNumber, citation.span, citation.item);
                }
                None => {}
            }
        }
    }

    fn read_punctuation(&mut self) {
        let clean = self.text.clean();
        let (mut full, mut half) = (0, 0);
        for c in clean.chars() {
            full += usize::from(matches!(c, '，' | '。' | '、'));
            half += usize::from(c == ',');
        }
        if full >= MIXED_MIN
            && half >= MIXED_MIN
            && let Some(at) = clean.find(',')
        {
            self.add(FindingKind::PunctuationMixed, Span::new(at, at + 1), None);
        }
    }
}

/// Laws and regulations are cited by their title alone.
fn is_law(title: &str) -> bool {
    let name = title.split(['（', '(']).next().unwrap_or(title);
    ["法", "法典", "条例", "公约", "协定", "协议"].iter().any(|end| name.ends_with(end))
}

#[cfg(test)]
mod tests {
    use crate::document::FindingKind;
    use crate::extract::{Gazetteer, extract};
    use crate::text::Text;

    fn kinds(source: &str) -> Vec<FindingKind> {
        let found = extract(&Text::from_source(source.to_owned()), &Gazetteer::default());
        found.findings.into_iter().map(|finding| finding.kind).collect()
    }

    const HEAD: &str =
        "某市人民政府关于绿化工作的通知\n某政发〔2024〕1号\n各县人民政府：\n现通知如下。\n";

    #[test]
    fn a_text_that_breaks_off_is_told() {
        let body = "一、种树\n1.育苗。每年育苗。（市园林局负责）\n2.补种。加强补种工作，健全补种机制，推动各县做好";
        assert!(kinds(&format!("{HEAD}{body}")).contains(&FindingKind::TextBreaksOff));
        assert!(!kinds(&format!("{HEAD}{body}补种。")).contains(&FindingKind::TextBreaksOff));
    }

    #[test]
    fn a_missing_action_is_told() {
        let body = "一、总体要求\n开展种树、治水、清河三大行动。\n二、实施种树行动\n种树。\n三、实施治水行动\n治水。";
        assert!(kinds(&format!("{HEAD}{body}")).contains(&FindingKind::PartMissing));
        let whole = format!("{HEAD}{body}\n四、实施清河行动\n清河。");
        assert!(!kinds(&whole).contains(&FindingKind::PartMissing));
    }

    #[test]
    fn a_gap_in_the_numbering_is_told() {
        assert!(
            kinds(&format!("{HEAD}一、种树\n种。\n三、治水\n治。"))
                .contains(&FindingKind::NumberingGap)
        );
        assert!(
            !kinds(&format!("{HEAD}一、种树\n种。\n二、治水\n治。"))
                .contains(&FindingKind::NumberingGap)
        );
    }

    #[test]
    fn noise_a_repeated_title_and_odd_numbers_are_told() {
        let found = kinds(&format!(
            "首页 > 公文\n{}",
            HEAD.replace(
                "的通知\n某政发〔2024〕",
                "的通知\n某市人民政府关于绿化工作的通知\n某政发 [2024]"
            )
        ));
        for kind in [FindingKind::SiteNoise, FindingKind::TitleRepeated, FindingKind::NumberForm] {
            assert!(found.contains(&kind), "{kind:?}");
        }
    }

    #[test]
    fn what_is_no_official_document_has_one_finding() {
        for source in [
            "",
            "An invoice for three trees.",
            "本店春季大促，全场树苗五折，欢迎选购！",
            "今天天气很好。",
        ] {
            assert_eq!(kinds(source), [FindingKind::NotAnOfficialDocument], "{source}");
        }
    }
}
