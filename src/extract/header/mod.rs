//! The head of a document. In: the text and its paragraphs; out: a [`Header`] and which paragraphs it
//! takes, so that the body is what remains. Fields come from the head, the signature and the metadata
//! table that websites print; a field that none of them tells stays empty. The surprise: in a notice that
//! issues a plan the head ends twice, at the addressees and at the plan's title.

mod attached;
mod date;
mod fallback;
mod fields;
mod glued;
mod issued;
mod issuer;
mod kind;
mod news;
mod number;
mod record;
mod signature;
mod title;
mod unsigned;

pub(super) use glued::split_glued;
pub(crate) use number::{find_numbers, find_order_number, number_form_differs};

use super::ordinal::parse_marker;
use super::paragraph::split;
use super::task_table::opens_task_table;
use crate::document::{DocumentNumber, Header, Located};
use crate::text::{Pattern, Span, Text, pattern};
use std::collections::HashMap;
use std::sync::LazyLock;

/// The head ends here at the latest; no head is longer.
const HEAD_PARAGRAPHS_MAX: usize = 40;

/// A paragraph with a full stop and more characters than this is running text.
const RUNNING_CHARS_MIN: usize = 50;

/// 今天是：, 当前位置：: what frames the page that a text was copied from.
static PAGE_FRAME: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:今[天日]是|[您你]?(?:当前|现在|目前)?的?(?:所在)?的?位置|分享到?|字[体号]|打印本?页?|相关(?:链接|阅读|文件|解读|附件))[：:]",
    )
});

static ADDRESSEES: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:各|有关|全[市省县区]|[\p{Han}（）()〔〕、，,]*?(?:人民政府|管委会|管理委员会|各部门|有关部门|各有关|各直属|委员会|厅|局|委|中心|公司|单位|院校|机构))[\p{Han}（）()〔〕“”、，,；;\s]*[：:]",
    )
});

/// A header and what it leaves for the body.
pub(super) struct Head {
    pub(super) header: Header,
    /// For each paragraph, whether the head or signature takes it.
    pub(super) taken: Vec<bool>,
    /// Lines before the title that are not part of the document.
    pub(super) noise: Vec<Span>,
    /// Places where the title is printed again.
    pub(super) title_repeats: Vec<Span>,
}

/// Reads the head of `text`.
pub(super) fn find_head(text: &Text, paragraphs: &[Span]) -> Head {
    let mut head = Head {
        header: Header::default(),
        taken: vec![false; paragraphs.len()],
        noise: Vec::new(),
        title_repeats: Vec::new(),
    };
    let limit = find_head_end(text, paragraphs);
    let front = paragraphs.get(..limit).unwrap_or_default();
    read_addressees(text, paragraphs, limit, &mut head.header);
    if !head.header.addressees.is_empty() {
        take(&mut head.taken, limit);
    }
    read_number(text, front, paragraphs.get(limit), &mut head.header);
    read_title(text, front, &mut head);
    read_signature(text, paragraphs, limit, &mut head);
    fields::read_fields(text, paragraphs, limit, &mut head);
    record::read_record(text, paragraphs, &mut head);
    attached::read_attached(text, paragraphs, limit, &mut head);
    attached::read_rules_title(text, paragraphs, limit, &mut head);
    fallback::read_fallbacks(text, paragraphs, &mut head.header);
    for at in 0..limit {
        take(&mut head.taken, at);
    }
    head
}

fn take(taken: &mut [bool], at: usize) {
    if let Some(flag) = taken.get_mut(at) {
        *flag = true;
    }
}

/// Index of the first paragraph that is addressees, running text, a numbered item or a table of tasks.
fn find_head_end(text: &Text, paragraphs: &[Span]) -> usize {
    let is_body = |span: &&Span| {
        let line = skip_number(text.slice(**span));
        if fields::is_row(text, **span) || PAGE_FRAME.is_match(line) {
            return false;
        }
        is_addressees(line)
            || parse_marker(line).is_some()
            || opens_task_table(text.clean(), **span)
            || (line.contains('。') && line.chars().count() >= RUNNING_CHARS_MIN)
            || is_purpose(line)
            || (line.ends_with(['。', '：', ':']) && !line.starts_with(['（', '(', '【']))
    };
    let limit = paragraphs.len().min(HEAD_PARAGRAPHS_MAX);
    let end = paragraphs.iter().take(limit).position(|span| is_body(&span));
    // A text of a few lines without any sentence is all head; a longer one has no head at all.
    end.unwrap_or(if paragraphs.len() <= HEAD_PARAGRAPHS_MAX { limit } else { 0 })
}

/// 为加快绿化，…，制定以下措施: an opening that has lost its last mark.
fn is_purpose(line: &str) -> bool {
    let opens = ["为", "根据", "按照"].iter().any(|word| line.starts_with(word));
    opens && line.contains(['，', ',']) && line.chars().count() >= RUNNING_CHARS_MIN
}

/// Whether a line that ends in a colon names bodies, not a purpose: 为…，提出以下措施：.
fn is_addressees(line: &str) -> bool {
    let Some(found) = ADDRESSEES.find(line) else { return false };
    let names = found.as_str();
    let purpose = ["为", "根据", "按照", "近年来", "经", "现", "各位"]
        .iter()
        .any(|opening| names.starts_with(opening));
    let announces =
        ["如下", "提出", "制定", "以下", "决定"].iter().any(|word| names.contains(word));
    !purpose && !announces && !fields::opens_with_label(line)
}

fn read_addressees(text: &Text, paragraphs: &[Span], limit: usize, header: &mut Header) {
    let Some(&span) = paragraphs.get(limit) else { return };
    let line = text.slice(span);
    let rest = skip_number(line);
    let Some(found) = ADDRESSEES.find(rest).filter(|_| is_addressees(rest)) else { return };
    let number_len = line.len() - rest.len();
    let mut names = Span::new(0, found.end()).shifted(span.byte_start + number_len);
    let above = paragraphs.get(..limit).unwrap_or_default().iter().rev();
    let above = above.take_while(|&&above| number_len == 0 && opens_addressees(text.slice(above)));
    if let Some(first) = above.take(ADDRESSEE_LINES_MAX).last() {
        names.byte_start = first.byte_start;
    }
    let borders = ['，', ',', '；', ';', '：', ':'];
    let plain = |name: &Span| Located::new(join_lines(text.slice(*name)), *name);
    header.addressees = split(text.clean(), names, &borders).iter().map(plain).collect();
}

/// A row of addressees goes over no more lines above its last.
const ADDRESSEE_LINES_MAX: usize = 4;

/// 各区园林局，各苗圃，, 市直各部门，: a row of addressees that goes on in the next line.
fn opens_addressees(line: &str) -> bool {
    line.starts_with(['各', '省', '市', '县', '区'])
        && line.ends_with(['，', ',', '、', '；', ';'])
        && !line.contains('。')
}

/// A line without the document number that opens it, in brackets or not, and without a bracket that was printed once too often
/// behind it.
fn skip_number(line: &str) -> &str {
    let opens = |number: &Located<DocumentNumber>| {
        line.get(..number.span.byte_start).is_some_and(|open| matches!(open, "" | "（" | "("))
    };
    let number = find_numbers(line).into_iter().next().filter(opens);
    let behind = number.and_then(|number| line.get(number.span.byte_end..));
    behind.map_or(line, |behind| behind.trim_start_matches(['〕', '）', ')', ']', '】']))
}

fn read_number(text: &Text, front: &[Span], next: Option<&Span>, header: &mut Header) {
    let in_front = front.iter().chain(next).find_map(|&span| {
        let line = text.slice(span);
        let number = find_numbers(line).into_iter().next()?;
        // (2031年5月6日某市人民政府某政发〔2031〕8号发布): a note under the title.
        let is_note = line.starts_with(['（', '(']) && line.ends_with(['）', ')']);
        let issues = is_note && (line.contains("发布") || line.contains("印发"));
        // 〔某政发〔2031〕8号〕 on a line of its own is the number, not a note.
        let is_all = is_number_note(text, span);
        // 某省园林厅某园发〔2031〕8号: only a letterhead may stand before it.
        let before = line.get(..number.span.byte_start).unwrap_or_default();
        // （某园发〔2031〕8号）各区园林局：: the number in brackets, and the addressees run on.
        let runs_on = matches!(before, "（" | "(") && is_addressees(skip_number(line));
        let is_first = before.is_empty()
            || runs_on
            || title::is_body_name(before)
            || number::is_registration(before);
        let opens = (is_first && !fields::is_row(text, span)) || issues || is_all;
        opens.then(|| Located::new(number.value, number.span.shifted(span.byte_start)))
    });
    let as_order = || {
        let (first, last) = (front.first()?, front.last()?);
        let whole = Span::new(first.byte_start, last.byte_end);
        let number = number::find_own_order(text.slice(whole))?;
        Some(Located::new(number.value, number.span.shifted(whole.byte_start)))
    };
    header.number = in_front.or_else(as_order);
}

/// （某园发〔2031〕8号）, and nothing else.
fn is_number_note(text: &Text, line: Span) -> bool {
    let words = text.slice(line);
    let is_bare = |number: &Located<DocumentNumber>| {
        words.chars().count() == number.span.slice(words).chars().count() + 2
    };
    words.starts_with(['（', '(', '〔', '['])
        && words.ends_with(['）', ')', '〕', ']'])
        && find_numbers(words).first().is_some_and(is_bare)
}

fn read_title(text: &Text, front: &[Span], head: &mut Head) {
    let skipped = record::fields_before_title(text, front);
    let lines: Vec<&str> = front
        .iter()
        .enumerate()
        .map(|(at, &span)| {
            let is_field = at < skipped || fields::is_row(text, span) || is_number_note(text, span);
            if is_field { "" } else { text.slice(span) }
        })
        .collect();
    let Some((first, last)) = title::find_title_lines(&lines) else { return };
    let (Some(from), Some(to)) = (front.get(first), front.get(last)) else { return };
    let whole = Span::new(from.byte_start, to.byte_end);
    let mut span = Span::new(whole.byte_start + title::tag_len(text.slice(whole)), whole.byte_end);
    if let Some(note) = title::find_number_behind(text.slice(span)) {
        let number = find_numbers(note.slice(text.slice(span))).into_iter().next();
        let place = note.byte_start + span.byte_start;
        head.header.number = head.header.number.take().or_else(|| {
            number.map(|number| Located::new(number.value, number.span.shifted(place)))
        });
        span.byte_end = place;
    }
    let value = join_lines(text.slice(span));
    for (at, (&line, &place)) in lines.iter().zip(front).enumerate().take(first) {
        let is_plain =
            !line.is_empty() && find_numbers(line).is_empty() && !title::is_body_name(line);
        if line == value {
            head.title_repeats.push(span);
        } else if is_plain && lines.iter().skip(at).any(|later| !later.is_empty()) {
            head.noise.push(place);
        }
    }
    set_kind(text, &mut head.header, &value, span);
    head.header.title = Some(Located::new(value, span));
}

/// The kind at the end of a title; where line ends have cut the word itself, it stands at the whole title.
fn set_kind(text: &Text, header: &mut Header, title: &str, span: Span) {
    let Some(kind) = title::find_kind(title) else { return };
    let words = kind.slice(title);
    let printed = text.slice(span);
    let place = printed
        .rfind(words)
        .map_or(span, |at| Span::new(at, at + words.len()).shifted(span.byte_start));
    header.kind = Some(Located::new(words.to_owned(), place));
}

fn join_lines(words: &str) -> String {
    words.split(['\n', '\t']).collect()
}

fn read_signature(text: &Text, paragraphs: &[Span], limit: usize, head: &mut Head) {
    let rest = paragraphs.get(limit..).unwrap_or_default();
    let mut signature = signature::find_signature(text, rest);
    let mut offset = limit;
    if signature.signed_on.is_none() {
        let front = paragraphs.get(..limit).unwrap_or_default();
        signature = signature::find_signature(text, front);
        offset = 0;
    }
    for at in signature.paragraphs {
        take(&mut head.taken, at + offset);
    }
    // 某府办转发某局关于种树的请示的通知: where only 某局 has signed, it has signed what is forwarded.
    let title = head.header.title.as_ref().map_or("", |title| title.value.as_str());
    let is_forwarded = title.contains("转发")
        && signature.signers.first().is_some_and(|signer| {
            title.contains(&format!("转发{}", signer.value)) && !title.starts_with(&signer.value)
        });
    if !is_forwarded {
        head.header.issuers = signature.signers;
        head.header.signed_on = signature.signed_on;
    }
    if let Some((openness, at)) = signature::find_openness(text, paragraphs) {
        head.header.openness = Some(openness);
        take(&mut head.taken, at);
    }
}

/// What a set of rules is called.
const RULES: [&str; 9] = ["办法", "规定", "条例", "细则", "规则", "规程", "章程", "规范", "令"];

/// The kind that the title of what is issued, or the title itself, ends with.
fn kind_of_rules(header: &Header) -> Option<&str> {
    let named = header.attached_title.as_ref().or(header.title.as_ref())?;
    title::find_kind(&named.value).map(|kind| kind.slice(&named.value))
}

/// Whether the document, or what it issues, is a set of rules rather than of measures. A text of articles without any title
/// is one as a rule; behind a decision that changes rules they are printed anew.
pub(super) fn is_regulation(header: &Header) -> bool {
    changes_rules(header) || kind_of_rules(header).is_none_or(|kind| RULES.contains(&kind))
}

/// Whether the title says that the document sets rules, or changes some; without a title, what the text calls itself (本办法
/// 自…起施行). A norm (规范) may as well be a plan.
pub(super) fn sets_rules(header: &Header) -> bool {
    let stated = || {
        let is_untitled = header.title.is_none() && header.attached_title.is_none();
        header.kind.as_ref().filter(|_| is_untitled).map(|kind| kind.value.as_str())
    };
    changes_rules(header)
        || kind_of_rules(header)
            .or_else(stated)
            .is_some_and(|kind| kind != "规范" && RULES.contains(&kind))
}

/// 关于修改《某市苗圃办法》的决定.
fn changes_rules(header: &Header) -> bool {
    static CHANGES: Pattern =
        LazyLock::new(|| pattern(r"关于修[改订]《[^》]*(?:办法|规定|条例|细则|规则|规程|章程)"));
    header.title.as_ref().is_some_and(|title| CHANGES.is_match(&title.value))
}

/// The titles that are the document's own: its title, what it issues, and the drafts on which it asks for opinions.
pub(super) fn own_titles(header: &Header) -> Vec<&str> {
    let titles = [header.title.as_ref(), header.attached_title.as_ref()];
    let drafts =
        header.title.as_ref().map_or_else(Vec::new, |title| issued::find_drafts(&title.value));
    titles.into_iter().flatten().map(|title| title.value.as_str()).chain(drafts).collect()
}

/// From this month on a plan of the next year is signed.
const LATE_MONTH: u8 = 11;

/// The year that 年内 and 上半年 mean: of the signature, else of the title, else of the number, else of the day on which the
/// website published the text, else the one year that the text speaks of.
pub(super) fn find_year(header: &Header, clean: &str) -> Option<u16> {
    let titled = || {
        let title = header.title.as_ref()?.value.as_str();
        let period = title::find_period(title);
        let outside = |at: &usize| {
            period.as_ref().is_none_or(|period| !period.span.contains(Span::new(*at, *at)))
        };
        let mut years = title
            .match_indices('年')
            .filter(|(at, _)| outside(at))
            .filter_map(|(at, _)| title.get(at.checked_sub(4)?..at)?.parse::<u16>().ok());
        // A plan of 2031—2033 is of its first year.
        years.next().or_else(|| Some(period.as_ref()?.value.year_start))
    };
    // A plan of 2031 that was signed in December 2030 says 年内 of 2031.
    let signed = header.signed_on.as_ref().map(|date| {
        let year = date.value.year();
        let is_late = date.value.month() >= LATE_MONTH;
        titled().filter(|&titled| is_late && titled == year + 1).unwrap_or(year)
    });
    let numbered = || match &header.number.as_ref()?.value {
        DocumentNumber::Coded { year, .. } => Some(*year),
        DocumentNumber::Ordinal(_) => None,
    };
    let published = || date::find_published_year(clean);
    signed.or_else(titled).or_else(numbered).or_else(published).or_else(|| find_only_year(clean))
}

/// The year that a text without any date of its own names again and again, and others less often. Where the text speaks of its
/// own year (全年, 本年度), the only one that it names twice will do; a plan of 2031—2033 names the first.
fn find_only_year(clean: &str) -> Option<u16> {
    const NAMED_MIN: usize = 3;
    const ONLY_NAMED_MIN: usize = 2;
    static SPAN: Pattern = LazyLock::new(|| pattern(r"(20\d\d)年?(?:[—–―－~～-]+|至|到)20\d\d年"));
    static OWN: Pattern = LazyLock::new(|| {
        pattern(r"(?:^|[，,。；、\n]|预计|计划|力争|确保)(?:今年|全年|本年度|本年|年内|年底前)")
    });
    // 到2027年 names a goal, whenever the text was written; so does 到2027年和2030年 twice.
    static YEAR: Pattern = LazyLock::new(|| {
        pattern(r"([到至]20\d\d年?(?:[、和及]20\d\d年?)+|[到至—–-]20\d\d年)|(20\d\d)年")
    });
    let mut counts: HashMap<u16, usize> = HashMap::new();
    for found in YEAR.captures_iter(clean).filter(|found| found.get(1).is_none()) {
        *counts.entry(found.get(2)?.as_str().parse().ok()?).or_default() += 1;
    }
    let all: usize = counts.values().sum();
    let (year, count) = counts.into_iter().max_by_key(|&(year, count)| (count, year))?;
    let starts = || {
        let years = SPAN.captures_iter(clean).filter_map(|found| found.get(1));
        years.filter(|first| first.as_str().parse() == Ok(year)).count()
    };
    let is_only = || count == all && count + starts() >= ONLY_NAMED_MIN && OWN.is_match(clean);
    (count >= NAMED_MIN && count * 5 >= all * 3 || is_only()).then_some(year)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Date;

    #[test]
    fn a_plan_signed_late_in_the_year_before_is_of_the_year_of_its_title() {
        let year = |title: &str, (year, month): (u16, u8)| {
            let located = |words: &str| Located::new(words.to_owned(), Span::new(0, 0));
            let header = Header {
                title: Some(located(title)),
                signed_on: Date::new(year, month, 5).map(|day| Located::new(day, Span::new(0, 0))),
                ..Header::default()
            };
            find_year(&header, "")
        };
        assert_eq!(year("2031年绿化工作要点", (2030, 12)), Some(2031));
        assert_eq!(year("2031年绿化工作要点", (2030, 3)), Some(2030));
        assert_eq!(year("到2035年的绿化规划", (2030, 12)), Some(2030));
        let titled = |title: &str| {
            let title = Located::new(title.to_owned(), Span::new(0, 0));
            find_year(&Header { title: Some(title), ..Header::default() }, "")
        };
        assert_eq!(titled("某市绿化规划（2031—2035年）"), Some(2031));
        assert_eq!(titled("落实绿化规划（2029—2033年）2031年工作要点"), Some(2031));
    }

    #[test]
    fn a_text_without_a_title_sets_rules_where_it_calls_itself_rules() {
        let sets = |words: &str| {
            let text = Text::from_source(words.into());
            let paragraphs = super::super::paragraph::find_paragraphs(text.clean());
            sets_rules(&find_head(&text, &paragraphs).header)
        };
        assert!(sets("为加快绿化，制定本细则。\n一、种树\n每年种树。"));
        assert!(!sets("为加快绿化，制定本方案。\n一、种树\n每年种树。"));
        assert!(!sets("某市种树方案\n一、种树\n本办法自印发之日起施行。"));
    }

    #[test]
    fn an_opening_without_its_last_mark_is_no_head() {
        let taken = |opening: &str| {
            let text =
                Text::from_source(format!("某市种树若干措施\n{opening}\n一、种树\n每年种树。"));
            find_head(&text, &super::super::paragraph::find_paragraphs(text.clean())).taken
        };
        let purpose = "为加快绿化，美化环境，根据省园林厅等十部门关于促进种树的要求和《某省种树条例》的有关规定，结合我市实际，制定以下措施";
        assert_eq!(taken(purpose), [true, false, false, false]);
        assert_eq!(taken("（2031年5月6日印发）"), [true, true, false, false]);
    }

    #[test]
    fn a_number_may_stand_behind_the_one_of_the_register() {
        let number = |before: &str| {
            let words = format!("{before} 某园发〔2031〕8号\n关于种树的通知\n各区园林局：\n种树。");
            let text = Text::from_source(words);
            let read = find_head(&text, &super::super::paragraph::find_paragraphs(text.clean()));
            read.header.number.map(|number| number.value.to_string())
        };
        assert_eq!(number("ABCD-2031-01025").as_deref(), Some("某园发〔2031〕8号"));
        assert_eq!(number("2031-01025"), None);
    }

    #[test]
    fn what_frames_a_page_is_no_body_and_a_bracket_too_many_no_addressee() {
        let head = |words: &str| {
            let text = Text::from_source(words.into());
            find_head(&text, &super::super::paragraph::find_paragraphs(text.clean())).header
        };
        let page = "年度报告\n今天是：\n当前位置：\n关于种树的通知\n时间：2031-05-06\n各区园林局：\n种树。";
        assert_eq!(head(page).title.unwrap().value, "关于种树的通知");
        let read = head("某园函〔2031〕8号〕各区园林局，省苗圃中心：\n种树。");
        let names = |read: Header| -> Vec<String> {
            read.addressees.into_iter().map(|name| name.value).collect()
        };
        assert_eq!(names(read), ["各区园林局", "省苗圃中心"]);
        let read = head("关于种树的通知\n各区园林局、林业局，各苗圃，\n各有关单位：\n种树。");
        assert_eq!(names(read), ["各区园林局、林业局", "各苗圃", "各有关单位"]);
        let read = head("关于种树的通知\n各市园林局，\n省直各单位，\n各有关企业：\n种树。");
        assert_eq!(names(read), ["各市园林局", "省直各单位", "各有关企业"]);
        let read = head("关于种树的通知\n各有关单位：\n种树。");
        assert_eq!(names(read), ["各有关单位"]);
    }

    #[test]
    fn the_year_of_a_text_is_the_one_it_names_most_and_never_one_it_aims_at() {
        assert_eq!(
            find_only_year("2031年种树。2031年一季度补种。2031年清河。2030年大旱。"),
            Some(2031)
        );
        assert_eq!(find_only_year("到2031年种树。到2031年补种。到2031年清河。"), None);
        assert_eq!(find_only_year(&"到2031年和2035年种树。".repeat(3)), None);
        assert_eq!(find_only_year(&"到2031年、2033年和2035年种树。".repeat(3)), None);
        assert_eq!(find_only_year("2031年种树。2030年补种。2029年清河。"), None);
        assert_eq!(
            find_only_year("按《绿化方案（2031—2033年）》种树，全年5棵。办好2031年花展。"),
            Some(2031)
        );
        assert_eq!(find_only_year("办好2031年花展。全年种树5棵。"), None);
        assert_eq!(find_only_year("2030年种树。2031年办好花展，全年种树5棵。"), None);
    }
}
