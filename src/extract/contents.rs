//! Tables of contents. In: paragraphs; out: the same without the lines of such a table. The surprise: its lines look like the headings
//! themselves, so it ends where one of its first entries is printed again; one that has run together is a single line.

use crate::text::{Pattern, Span, pattern};
use std::collections::HashSet;
use std::sync::LazyLock;

/// So many entries of a table of contents are printed again at least.
const ENTRIES_MIN: usize = 2;

/// So many lines behind its heading are looked at.
const LINES_MAX: usize = 4000;

/// An entry is no longer than this.
const ENTRY_CHARS_MAX: usize = 60;

/// The body may leave out what the table begins with (前言).
const FIRST_ENTRIES: usize = 2;

static MARK: Pattern = LazyLock::new(|| pattern(r"^目\s*[录次]$"));

/// 种树……12: the dots and the page behind an entry.
static PAGE: Pattern = LazyLock::new(|| pattern(r"[.．…·—\-\s（(]*\d{0,3}[）)]?$"));

/// `paragraphs` without tables of contents and their headings.
pub(super) fn drop_contents(clean: &str, mut paragraphs: Vec<Span>) -> Vec<Span> {
    let mark = paragraphs.iter().position(|line| MARK.is_match(line.slice(clean)));
    let table = mark.and_then(|mark| {
        let end = find_led(clean, &paragraphs, mark)
            .or_else(|| find_paged(clean, &paragraphs, mark))
            .or_else(|| find_glued(clean, &paragraphs, mark))
            .or_else(|| find_end(clean, &paragraphs, mark));
        Some((mark, end?))
    });
    if let Some((mark, end)) = table {
        paragraphs.drain(mark..end);
    }
    paragraphs
}

/// The first line behind a table whose entries lead to their pages by dots: 种树......12.
fn find_led(clean: &str, paragraphs: &[Span], mark: usize) -> Option<usize> {
    static LED: Pattern = LazyLock::new(|| pattern(r"(?:[.．·…]\s*){3,}\d{1,3}$"));
    let table = paragraphs.get(mark + 1..)?;
    let entries = table.iter().take_while(|line| LED.is_match(line.slice(clean))).count();
    (entries >= ENTRIES_MIN).then_some(mark + 1 + entries)
}

/// The first line behind a table whose entries end with their pages, which count up, and most of which are printed again: 种树 12.
fn find_paged(clean: &str, paragraphs: &[Span], mark: usize) -> Option<usize> {
    const ENTRIES_MIN: usize = 4;
    static PAGED: Pattern = LazyLock::new(|| pattern(r"^([^。；]{2,60}?)[\s\u{3000}]*(\d{1,3})$"));
    let mut last = 0;
    let mut entries = Vec::new();
    for line in paragraphs.get(mark + 1..)? {
        let Some(found) = PAGED.captures(line.slice(clean)) else { break };
        let Some(page) = found.get(2).and_then(|page| page.as_str().parse::<u16>().ok()) else {
            break;
        };
        if page < last {
            break;
        }
        last = page;
        entries.push(plain(line.slice(clean)));
    }
    let body = mark + 1 + entries.len();
    let printed: HashSet<String> = paragraphs
        .get(body..)?
        .iter()
        .take(LINES_MAX)
        .map(|line| opening(&plain(line.slice(clean))))
        .collect();
    let recurring = entries.iter().filter(|entry| printed.contains(&opening(entry))).count();
    (entries.len() >= ENTRIES_MIN && recurring * 4 >= entries.len() * 3).then_some(body)
}

/// The first line behind a table whose entries have run together into one line: 第一章种树第一节选苗第二节种苗.
fn find_glued(clean: &str, paragraphs: &[Span], mark: usize) -> Option<usize> {
    const ENTRIES_MIN: usize = 4;
    static ENTRY: Pattern = LazyLock::new(|| pattern(r"第[一二三四五六七八九十百]{1,4}[章节]"));
    let line = paragraphs.get(mark + 1)?.slice(clean);
    let is_table = !line.contains('。') && ENTRY.find_iter(line).count() >= ENTRIES_MIN;
    let opens = |heading: &&Span| {
        let heading = heading.slice(clean);
        ENTRY.find(heading).is_some_and(|entry| entry.start() == 0) && line.starts_with(heading)
    };
    let body = paragraphs.get(mark + 2..)?;
    (is_table && body.iter().any(|heading| opens(&heading))).then_some(mark + 2)
}

/// The first line behind the table that `mark` heads; `None` where hardly any entry is printed again.
fn find_end(clean: &str, paragraphs: &[Span], mark: usize) -> Option<usize> {
    let lines: Vec<String> = paragraphs
        .iter()
        .skip(mark + 1)
        .take(LINES_MAX)
        .map(|line| plain(line.slice(clean)))
        .collect();
    let is_entry = |line: &&String| !line.contains('。') && line.chars().count() <= ENTRY_CHARS_MAX;
    let entries = lines.iter().take_while(is_entry).count();
    let again = |first: usize| {
        let entry = lines.get(first)?;
        let behind = lines.get(first + 1..entries)?;
        Some(first + 1 + behind.iter().position(|line| line == entry)?)
    };
    let body = (0..FIRST_ENTRIES).find_map(again)?;
    let (table, body) = lines.split_at_checked(body)?;
    let opens: HashSet<String> = body.iter().map(|line| opening(line)).collect();
    let recurs = |entry: &&String| opens.contains(&opening(entry));
    // What stands between the last entry and the body, as a title, is no part of the table.
    let has_page = |at: usize| {
        let line = paragraphs.get(mark + 1 + at).map_or("", |line| line.slice(clean));
        line.ends_with(|c: char| c.is_ascii_digit())
    };
    let belongs = |at: usize| has_page(at) || table.get(at).is_some_and(|entry| recurs(&entry));
    let last = (0..table.len()).rev().find(|&at| belongs(at))?;
    let recurring = table.iter().filter(recurs).count();
    (recurring >= ENTRIES_MIN && recurring * 2 >= table.len()).then_some(mark + 1 + last + 1)
}

/// The words that an entry and the heading it names begin with; a heading may run into its text.
fn opening(line: &str) -> String {
    const OPENING_CHARS: usize = 6;
    line.chars().take(OPENING_CHARS).collect()
}

/// An entry without its page and without spaces.
fn plain(line: &str) -> String {
    let words = PAGE.replace(line, "");
    words.split(char::is_whitespace).collect()
}

#[cfg(test)]
mod tests {
    use super::super::paragraph::find_paragraphs;
    use super::*;

    fn kept(words: &str) -> Vec<&str> {
        let kept = drop_contents(words, find_paragraphs(words));
        kept.into_iter().map(|line| line.slice(words)).collect()
    }

    #[test]
    fn a_table_of_contents_ends_where_its_first_entry_is_printed_again() {
        let words = "某市绿化规划\n目 录\n前言\n第一章 种树……1\n第二章 治水……7\n附则……9\n前言\n要绿化。\n第一章 种树\n种树。";
        assert_eq!(kept(words), ["某市绿化规划", "前言", "要绿化。", "第一章 种树", "种树。"]);
        let words = "目录\n前言\n第一章 种树\n第二章 治水\n某市绿化规划\n第一章 种树\n种树。\n第二章 治水\n治水。";
        assert_eq!(kept(words).first(), Some(&"某市绿化规划"));
    }

    #[test]
    fn dots_and_pages_tell_a_table_of_contents() {
        let words = "目录\n一、种树......1\n二、治水...... 3\n公园使人高兴。\n一、种树\n种树。";
        assert_eq!(kept(words), ["公园使人高兴。", "一、种树", "种树。"]);
    }

    #[test]
    fn pages_that_count_up_tell_a_table_of_contents() {
        let table = "目录\n一、种树\t1\n（一）育苗\t1\n（二）补种\t3\n二、治水\t9\n";
        let body =
            "公园使人高兴。\n一、种树\n（一）育苗\n育苗。\n（二）补种\n补种。\n二、治水\n治水。";
        assert_eq!(kept(&format!("{table}{body}")).len(), body.lines().count());
        let rows = "目录\n柳树 5\n杨树 6\n桃树 7\n梨树 8\n公园使人高兴。";
        assert_eq!(kept(rows).len(), 6);
    }

    #[test]
    fn the_entries_of_a_table_of_contents_may_run_together() {
        let words =
            "目录\n第一章种树第一节选苗第二节种苗第二章治水\n第一章种树\n第一节选苗\n选好苗。";
        assert_eq!(kept(words), ["第一章种树", "第一节选苗", "选好苗。"]);
    }

    #[test]
    fn a_heading_that_nothing_repeats_stays() {
        let words = "目录\n苗木一\n苗木二\n苗木三\n种树。";
        assert_eq!(kept(words).len(), 5);
        let words = "目录\n种树\n新增绿地500公顷\n护林\n新建护林站5个\n种树\n种树5000株";
        assert_eq!(kept(words).len(), 7);
    }
}
