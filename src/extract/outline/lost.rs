//! Chapters whose number a scanner has misread. In: a line, the line below it and the chapters so far; out: its marker. The
//! surprise: a dash stands for 一 and for 二 alike, so which of them it was follows from the chapter before.

use crate::extract::ordinal::{Marker, Style, parse_marker};
use crate::text::{Pattern, Span, pattern};
use std::sync::LazyLock;

/// 、种好行道树，保护古树: a heading of which only the mark of its number is left.
static HEADING: Pattern = LazyLock::new(|| {
    pattern(r"^、[\p{Han}“”]{2}[\p{Han}“”、]{2,28}(?:[，,][\p{Han}“”、]{2,20})?$")
});

/// `marker` of `words`, its number restored; `next` is the line below, `last` the number of the open item of a style.
pub(super) fn restore(
    marker: Option<Marker>,
    words: &str,
    next: Option<&str>,
    last: impl Fn(Style) -> Option<u32>,
) -> Option<Marker> {
    let Some(mut marker) = marker else { return find_lost(words, next?, last(Style::Han)) };
    let is_dash = || marker.printed.slice(words).starts_with(['—', '－', '-']);
    if marker.number == 1 && is_dash() && last(marker.style) == Some(1) {
        marker.number = 2;
    }
    Some(marker)
}

/// The marker of a chapter whose number is lost above its first item.
fn find_lost(words: &str, next: &str, last: Option<u32>) -> Option<Marker> {
    let is_chapter = words.starts_with('、')
        && HEADING.is_match(words)
        && parse_marker(next).is_some_and(|next| next.style > Style::Han);
    let printed = Span::new(0, 0);
    let number = last.unwrap_or_default() + 1;
    is_chapter.then(|| Marker { style: Style::Han, number, printed, byte_end: '、'.len_utf8() })
}

#[cfg(test)]
mod tests {
    use super::super::tests::paths;

    #[test]
    fn a_dash_behind_the_first_chapter_is_the_second() {
        let text = "一、种树\n（一）育苗。\n（—）补种。\n-、治水\n（一）清河。\n三、护林";
        assert_eq!(paths(text), [vec![1], vec![1, 1], vec![1, 2], vec![2], vec![2, 1], vec![3]]);
        assert_eq!(paths("—、种树\n二、治水"), [[1], [2]]);
    }

    #[test]
    fn a_chapter_whose_number_is_lost_goes_on_from_the_last() {
        let text = "一、种树\n1.育苗。\n、抓紧治水，清洁河道\n2.清河。";
        assert_eq!(paths(text), [vec![1], vec![1, 1], vec![2], vec![2, 2]]);
        assert_eq!(paths("一、种树\n1.育苗\n、补种等工作。\n2.清河。").len(), 3);
        assert_eq!(paths("一、种树\n育苗\n、补种和护林工作\n春天种树。").len(), 1);
    }
}
