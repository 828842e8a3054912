//! Who issued a text, and on which day, where nobody has signed it in the ordinary way. In: paragraphs; out: located dates and names.
//! Read are notes in brackets, the line that says when a report was given and by whom, and a day at the very end. The surprise:
//! rules that were changed are of the day of their last change.

use super::date::find_dates;
use super::find_order_number;
use super::title::is_body_name;
use crate::document::{Date, Located};
use crate::text::{Pattern, Span, Text, pattern};
use std::sync::LazyLock;

/// A report names who gives it within its first lines.
const HEAD_LINES_MAX: usize = 20;

/// （2031年5月6日某会议通过）, （2031年5月6日）, （2031年5月6日在某会议上）: a note that is nothing else.
static PASSED: Pattern = LazyLock::new(|| {
    pattern(
        r"^[（(](?:.*(?:通过|发布|公布|批准|修订|施行)[）)]?|[\d〇○零一二三四五六七八九十]{4}年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日(?:在[^（）()，。]{4,60}会议?上)?[）)])$",
    )
});

/// 2031年6月22日某会议通过 on a line of its own, without brackets.
static PASSED_BARE: Pattern =
    LazyLock::new(|| pattern(r"^(?:19|20)\d\d年\d{1,2}月\d{1,2}日[\p{Han}]{4,60}会议通过$"));

/// ——2031年1月26日在某省某届人民代表大会某次会议上, or in brackets: when a report was given.
static GIVEN: Pattern =
    LazyLock::new(|| pattern(r"^(?:[—―－-]{1,4}|[（(])[^，。]{6,20}在[^，。]{4,60}会议上[）)]?$"));

/// 某省人民政府省长 某某: who gave a report, and for whom.
static HEAD_OF_GOVERNMENT: Pattern = LazyLock::new(|| {
    pattern(r"^([\p{Han}]{2,12}人民政府)(?:代理?)?(?:省长|市长|县长|区长|州长|主席|盟长)")
});

/// A note under the title, mostly in brackets, that tells when the text was passed.
pub(super) fn find_passed_on(text: &Text, paragraphs: &[Span]) -> Option<Located<Date>> {
    let bare = paragraphs.iter().find(|&&line| PASSED_BARE.is_match(text.slice(line)));
    if let Some(&line) = bare {
        let date = find_dates(text.slice(line)).into_iter().next()?;
        return Some(Located::new(date.value, date.span.shifted(line.byte_start)));
    }
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

/// （2029年5月6日公布　2031年7月8日修正）: rules are those of their last change.
pub(super) fn find_changed_on(text: &Text, line: Span) -> Option<Located<Date>> {
    let words = text.slice(line);
    let is_note = words.starts_with(['（', '('])
        && ["修正", "修订", "修改"]
            .iter()
            .any(|end| words.trim_end_matches(['）', ')']).ends_with(end));
    let date = find_dates(words).into_iter().next_back().filter(|_| is_note)?;
    Some(Located::new(date.value, date.span.shifted(line.byte_start)))
}

/// 2031年5月6日某市人民政府令第8号: the day that stands before the number of an order.
pub(super) fn find_ordered_on(text: &Text, paragraphs: &[Span]) -> Option<Located<Date>> {
    paragraphs.iter().find_map(|&span| {
        let line = text.slice(span);
        let date = find_dates(line).into_iter().next()?;
        let before = line.get(..date.span.byte_start)?.trim_start_matches(['（', '(']);
        let number = find_order_number(line)?;
        let is_day_of_order = before.is_empty() && number.span.byte_start == date.span.byte_end;
        is_day_of_order.then(|| Located::new(date.value, date.span.shifted(span.byte_start)))
    })
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

/// （某局代章） below a text whose signer is not printed: who stamped it.
pub(super) fn find_stamper(text: &Text, paragraphs: &[Span]) -> Option<Located<String>> {
    static STAMPER: Pattern =
        LazyLock::new(|| pattern(r"^[（(]由?([\p{Han}]{4,30}?)代[章印][）)]$"));
    paragraphs.iter().rev().find_map(|&span| {
        let name = STAMPER.captures(text.slice(span))?.get(1)?;
        let place = Span::new(name.start(), name.end()).shifted(span.byte_start);
        is_body_name(name.as_str()).then(|| Located::new(name.as_str().to_owned(), place))
    })
}

/// 本办法自印发之日起施行。2031-05-06: the day behind the last sentence of all, where nobody has signed.
pub(super) fn find_day_at_end(text: &Text, paragraphs: &[Span]) -> Option<Located<Date>> {
    let &last = paragraphs.last()?;
    let line = text.slice(last);
    let date = find_dates(line).into_iter().next_back()?;
    let before = line.get(..date.span.byte_start)?.trim_end();
    let is_behind = date.span.byte_end == line.len() && before.ends_with('。');
    is_behind.then(|| Located::new(date.value, date.span.shifted(last.byte_start)))
}

#[cfg(test)]
mod tests {
    use super::super::super::paragraph::find_paragraphs;
    use super::*;

    /// The day that one of the rules finds in `words`.
    fn day_by(
        find: impl Fn(&Text, &[Span]) -> Option<Located<Date>>,
        words: &str,
    ) -> Option<String> {
        let text = Text::from_source(words.into());
        find(&text, &find_paragraphs(text.clean())).map(|date| date.value.to_string())
    }

    #[test]
    fn a_day_behind_the_last_sentence_is_the_day_of_the_text() {
        let day = |words: &str| day_by(find_day_at_end, words);
        assert_eq!(
            day("种树。\n本办法自印发之日起施行。2024-05-06").as_deref(),
            Some("2024-05-06")
        );
        assert_eq!(day("种树。\n有效期至2024年5月6日"), None);
    }

    #[test]
    fn a_date_in_brackets_below_the_title_is_the_day_of_the_text() {
        let passed = |words: &str| day_by(find_passed_on, words);
        assert_eq!(passed("（2024年5月6日）\n绿化美化环境。").as_deref(), Some("2024-05-06"));
        assert_eq!(passed("（二〇二四年五月六日）\n绿化。").as_deref(), Some("2024-05-06"));
        assert_eq!(passed("（2024年5月6日前完成）\n绿化。"), None);
        let bare = "2024年5月6日某市第八届人民代表大会第五次会议通过\n绿化。";
        assert_eq!(passed(bare).as_deref(), Some("2024-05-06"));
        assert_eq!(passed("2024年5月6日前将方案报市政府会议通过。"), None);
        let given = "（2024年5月6日在某市第八届人民代表大会第五次会议上）\n绿化。";
        assert_eq!(passed(given).as_deref(), Some("2024-05-06"));
    }

    #[test]
    fn a_day_before_the_number_of_an_order_is_the_day_of_the_text() {
        let ordered = |words: &str| day_by(find_ordered_on, words);
        let day = Some("2024-05-06");
        assert_eq!(ordered("2024年5月6日某市人民政府令第8号").as_deref(), day);
        assert_eq!(ordered("2024年5月6日前，执行某市人民政府令第8号"), None);
        assert_eq!(ordered("2024年5月6日种树。"), None);
    }

    #[test]
    fn the_line_below_the_title_of_a_report_tells_when_it_was_given() {
        let given = |words: &str| day_by(find_given_on, words);
        let day = Some("2024-01-14");
        assert_eq!(given("（2024年1月14日在某市人民代表大会第五次会议上）").as_deref(), day);
        assert_eq!(given("——2024年1月14日在某市人民代表大会第五次会议上").as_deref(), day);
        assert_eq!(given("2024年1月14日在某市人民代表大会第五次会议上"), None);
    }
}
