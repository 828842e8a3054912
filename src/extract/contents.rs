//! Tables of contents. In: paragraphs; out: the same without the lines of such a table. The surprise: its lines look like the headings
//! themselves, so it ends where one of its first entries is printed again.

use crate::text::{Pattern, Span, pattern};
use std::sync::LazyLock;

/// A table of contents has at least so many entries, and at most so many.
const ENTRIES_MIN: usize = 3;
const ENTRIES_MAX: usize = 400;

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
    let table = mark.and_then(|mark| Some((mark, find_end(clean, &paragraphs, mark)?)));
    if let Some((mark, end)) = table {
        paragraphs.drain(mark..end);
    }
    paragraphs
}

/// The first line behind the table that `mark` heads; `None` where no entry is printed again.
fn find_end(clean: &str, paragraphs: &[Span], mark: usize) -> Option<usize> {
    let entries: Vec<String> = paragraphs
        .iter()
        .skip(mark + 1)
        .take(ENTRIES_MAX)
        .map(|line| plain(line.slice(clean)))
        .take_while(|entry| !entry.contains('。') && entry.chars().count() <= ENTRY_CHARS_MAX)
        .collect();
    let again = |first: usize| {
        let entry = entries.get(first)?;
        let at = entries.iter().skip(first + 1).position(|other| other == entry)?;
        Some(mark + 1 + first + 1 + at).filter(|_| at + 1 >= ENTRIES_MIN)
    };
    (0..FIRST_ENTRIES).find_map(again)
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
        let words = "目录\n前言\n第一章 种树\n第二章 治水\n附则\n第一章 种树\n种树。";
        assert_eq!(kept(words), ["第一章 种树", "种树。"]);
    }

    #[test]
    fn a_heading_that_nothing_repeats_stays() {
        let words = "目录\n苗木一\n苗木二\n苗木三\n种树。";
        assert_eq!(kept(words).len(), 5);
    }
}
