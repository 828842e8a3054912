//! Clean text to paragraphs, sentences and clauses. In: clean text and a span of it; out: spans, trimmed,
//! in the order of the text, none empty. The surprise: a border inside brackets, quotation marks or book
//! title marks is no border, except where a bracket is never closed.

use crate::text::Span;

/// The non-empty lines of `clean`, without the tabs and spaces around them.
pub(super) fn find_paragraphs(clean: &str) -> Vec<Span> {
    let mut byte_start = 0;
    let mut paragraphs = Vec::new();
    for line in clean.split('\n') {
        let span = trim(clean, Span::new(byte_start, byte_start + line.len()));
        if !span.is_empty() {
            paragraphs.push(span);
        }
        byte_start += line.len() + 1;
    }
    paragraphs
}

/// `span` without the white space at its ends.
pub(super) fn trim(clean: &str, span: Span) -> Span {
    let words = span.slice(clean);
    let byte_start = span.byte_start + (words.len() - words.trim_start().len());
    Span::new(byte_start, byte_start + words.trim().len())
}

/// `span` cut after every 。！？ and line end that stands outside brackets.
pub(super) fn find_sentences(clean: &str, span: Span) -> Vec<Span> {
    split(clean, span, &['。', '！', '？', '\n', '\t'])
}

/// `span` cut after every comma, semicolon and colon that stands outside brackets; a half-width comma
/// between digits is a separator of thousands, and bare shares behind 分别 are one list.
pub(super) fn find_clauses(clean: &str, span: Span) -> Vec<Span> {
    let clauses = split(clean, span, &['，', ',', '；', ';', '：', ':', '\t']);
    if span.slice(clean).contains("分别") { join_shares(clean, clauses) } else { clauses }
}

/// 分别增长5%，6%，7%以上: numbers that name nothing go on the clause before.
fn join_shares(clean: &str, clauses: Vec<Span>) -> Vec<Span> {
    let is_bare = |clause: Span| {
        let share =
            clause.slice(clean).trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        share.len() < clause.byte_len() && ["%", "%以上", "%左右"].contains(&share)
    };
    let mut joined: Vec<Span> = Vec::with_capacity(clauses.len());
    for clause in clauses {
        match joined.last_mut().filter(|last| last.slice(clean).ends_with('%')) {
            Some(last) if is_bare(clause) => last.byte_end = clause.byte_end,
            _ => joined.push(clause),
        }
    }
    joined
}

/// `span` cut at the characters `borders` outside brackets; a border belongs to neither side.
pub(super) fn split(clean: &str, span: Span, borders: &[char]) -> Vec<Span> {
    let words = span.slice(clean);
    let bytes = words.as_bytes();
    let is_digit =
        |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    let mut parts = Vec::new();
    let mut depth = Depth::default();
    let mut byte_start = 0;
    for (at, c) in words.char_indices() {
        // Most characters are ideographs: neither bracket nor border.
        if is_ideograph(c) && depth.is_outside() {
            continue;
        }
        depth.read(c);
        if !borders.contains(&c) || !depth.is_outside() {
            continue;
        }
        if c == ',' && is_digit(at.checked_sub(1)) && is_digit(Some(at + 1)) {
            continue;
        }
        push(clean, span, byte_start, at, &mut parts);
        byte_start = at + c.len_utf8();
    }
    push(clean, span, byte_start, words.len(), &mut parts);
    parts
}

fn push(clean: &str, outer: Span, from: usize, to: usize, parts: &mut Vec<Span>) {
    let part = trim(clean, Span::new(from, to).shifted(outer.byte_start));
    if !part.is_empty() {
        parts.push(part);
    }
}

/// How deep a reader is inside brackets and quotation marks.
#[derive(Default)]
pub(super) struct Depth {
    open: usize,
    chars_inside: usize,
    /// Whether the last quotation mark was “.
    is_quoting: bool,
}

impl Depth {
    /// A bracket that is still open after so many characters was never meant to close.
    const CHARS_INSIDE_MAX: usize = 120;

    /// Takes the next character into account.
    pub(super) fn read(&mut self, c: char) {
        if is_ideograph(c) && self.open == 0 {
            return;
        }
        if is_opening(c) {
            self.open += 1;
            self.is_quoting |= c == '“';
        } else if is_closing(c) || (c == '"' && self.is_quoting) {
            // Copies close “ with the straight mark of a keyboard.
            self.open = self.open.saturating_sub(1);
            self.is_quoting &= !matches!(c, '”' | '"');
        }
        self.chars_inside = if self.open == 0 { 0 } else { self.chars_inside + 1 };
        if self.chars_inside > Self::CHARS_INSIDE_MAX || c == '\n' {
            self.open = 0;
            self.is_quoting = false;
        }
    }

    /// Whether the last character stood outside all brackets.
    pub(super) const fn is_outside(&self) -> bool {
        self.open == 0
    }
}

/// A character of Chinese.
pub(super) const fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}')
}

/// （ ( 〔 ﹝ [ ［ 【 “ 《 〈 「.
pub(super) const fn is_opening(c: char) -> bool {
    matches!(c, '（' | '(' | '〔' | '﹝' | '[' | '［' | '【' | '“' | '《' | '〈' | '「' | '‘')
}

/// The counterparts of [`is_opening`].
pub(super) const fn is_closing(c: char) -> bool {
    matches!(c, '）' | ')' | '〕' | '﹞' | ']' | '］' | '】' | '”' | '》' | '〉' | '」' | '’')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(words: &str, cut: fn(&str, Span) -> Vec<Span>) -> Vec<&str> {
        cut(words, Span::new(0, words.len())).into_iter().map(|span| span.slice(words)).collect()
    }

    #[test]
    fn a_full_stop_in_quotation_marks_ends_no_sentence() {
        assert_eq!(
            parts("推行“一次办。”改革。建设平台", find_sentences),
            ["推行“一次办。”改革", "建设平台"]
        );
    }

    #[test]
    fn a_quotation_may_be_closed_by_a_straight_mark() {
        assert_eq!(
            parts("坚持“政府搭台、市民种树\"。加强养护", find_sentences),
            ["坚持“政府搭台、市民种树\"", "加强养护"]
        );
    }

    #[test]
    fn a_separator_of_thousands_ends_no_clause() {
        assert_eq!(
            parts("新增1,200个,改造30个；(含甲,乙)", find_clauses),
            ["新增1,200个", "改造30个", "(含甲,乙)"]
        );
    }

    #[test]
    fn bare_shares_are_one_list() {
        assert_eq!(
            parts("苗圃、花店分别增长5%，6%,7%以上，种树5棵", find_clauses),
            ["苗圃、花店分别增长5%，6%,7%以上", "种树5棵"]
        );
        assert_eq!(parts("苗圃增长5%，6%以上", find_clauses), ["苗圃增长5%", "6%以上"]);
    }

    #[test]
    fn blank_lines_are_no_paragraphs() {
        let words = "\n甲\n\n\t乙 \n";
        let found: Vec<&str> = find_paragraphs(words).into_iter().map(|s| s.slice(words)).collect();
        assert_eq!(found, ["甲", "乙"]);
    }
}
