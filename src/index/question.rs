//! Words as typed to what must be found.
//!
//! In: any string. Out: a [`Question`]: clauses that must match, clauses that must not, and the key of the
//! whole as a name. Guarantees: no string is an error; unbalanced quotes are passed over; a document number
//! is one part wherever spaces stand in it. Surprising: quotes may stand inside a sentence that was copied
//! from a text (“十强”产业), where each quoted piece and each piece between is a clause.

use std::ops::Range;
use std::sync::Arc;

use super::analysis::{
    Canonical, DocumentNumber, KeyKind, Normalized, Writing, compact, find_canonical,
    find_document_numbers, is_han, is_latin_or_digit, is_multiplier, quantity_at, unit_len,
};
use super::clause::{Clause, Part};
use super::field::{FieldName, find_field};
use super::names::{Meaning, NameMatch, Names};
use super::phrase::find_parts;

/// Longer questions are cut here: what is asked for is then still narrower than what is answered.
const QUESTION_CHARS_MAX: usize = 1_000;
/// Further clauses, and further parts of one clause, are passed over: each costs a look-up.
const CLAUSES_MAX: usize = 32;
/// Longest name of a field, and the character behind it.
const FIELD_CHARS_MAX: usize = 12;
/// See [`CLAUSES_MAX`].
const PARTS_MAX: usize = 32;

/// A search in words, understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Question {
    /// All of these must match.
    pub(crate) wanted: Vec<Clause>,
    /// None of these may match.
    pub(crate) excluded: Vec<Clause>,
    /// Keys of names that the whole question may be.
    pub(crate) names: Vec<String>,
    /// Fields with their values as typed.
    pub(crate) fields: Vec<(FieldName, String)>,
    /// Whether there were any.
    pub(crate) has_fields: bool,
}

impl Question {
    /// Whether nothing is asked for but what fields say.
    pub(crate) fn is_only_fields(&self) -> bool {
        self.has_fields && self.wanted.is_empty() && self.excluded.is_empty()
    }

    /// Whether the number of a document is all that is asked for.
    pub(crate) fn is_number(&self) -> bool {
        let is_number = |part: &Part| matches!(part, Part::Key(keys) if keys.iter().any(|key| KeyKind::DocumentNumber.holds(key)));
        !self.has_fields
            && matches!(self.wanted.as_slice(), [clause] if clause.or.is_empty() && clause.parts.iter().all(is_number))
    }

    /// Asks for the words of a field that names nothing.
    pub(crate) fn want_words(&mut self, words: &str, names: &Names) {
        self.wanted.extend(parse_question(words, names).wanted);
    }
}

/// Reads a question.
pub(crate) fn parse_question(words: &str, names: &Names) -> Question {
    let words: String = words.chars().take(QUESTION_CHARS_MAX).collect();
    let words = without_gaps(&words);
    let text = Normalized::of(&words);
    let reader = Reader {
        numbers: find_document_numbers(text.chars(), Writing::Typed),
        text: &text,
        words: &words,
        names,
    };
    let mut question = reader.read();
    if question.excluded.is_empty() && !question.has_fields {
        let whole: String =
            text.chars().iter().filter(|c| !c.is_whitespace() && !is_quote(**c)).collect();
        question.names = vec![KeyKind::Name.key(&whole)];
        if let [Clause { parts, .. }] = question.wanted.as_slice()
            && let [Part::Key(keys)] = parts.as_slice()
            && keys.iter().any(|key| KeyKind::DocumentNumber.holds(key))
        {
            question.names.extend(keys.iter().map(|key| KeyKind::Name.key(key)));
        }
    }
    question
}

/// How a clause stands to those before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Link {
    And,
    Or,
    Not,
}

impl Question {
    /// Adds a clause, unless there are too many or it is there.
    fn add(&mut self, clause: Clause, link: Link) {
        let list = match (link, self.wanted.last_mut()) {
            (Link::Or, Some(last)) => &mut last.or,
            (Link::Not, _) => &mut self.excluded,
            _ => &mut self.wanted,
        };
        if list.len() < CLAUSES_MAX && !list.contains(&clause) {
            list.push(clause);
        }
    }
}

/// `words` without the spaces that part a number from what multiplies it (650 万千瓦).
fn without_gaps(words: &str) -> String {
    let chars: Vec<char> = words.chars().collect();
    let is_gap = |index: usize| {
        let rest = chars.get(index..).unwrap_or_default();
        let blank = rest.iter().take_while(|c| **c == ' ').count();
        let before = index.checked_sub(1).and_then(|before| chars.get(before));
        blank > 0
            && before.is_some_and(char::is_ascii_digit)
            && rest.get(blank).is_some_and(|c| is_multiplier(*c))
    };
    let kept = chars.iter().enumerate().filter(|(index, c)| **c != ' ' || !is_gap(*index));
    kept.map(|(_, c)| c).collect()
}

/// `words` without the quotes around all of them.
pub(crate) fn unquoted(words: &str) -> &str {
    let inside = words
        .trim()
        .strip_prefix(opens_quote)
        .and_then(|rest| rest.strip_suffix(closes_quote))
        .filter(|inside| !inside.contains(is_quote));
    inside.unwrap_or(words)
}

fn is_quote(c: char) -> bool {
    opens_quote(c) || closes_quote(c)
}

fn opens_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '「' | '『' | '〝')
}

fn closes_quote(c: char) -> bool {
    matches!(c, '"' | '”' | '」' | '』' | '〞')
}

/// Whether `c` belongs to a piece between separators.
fn is_content(c: char) -> bool {
    is_han(c) || is_latin_or_digit(c) || matches!(c, '%' | '.' | '-' | '_')
}

struct Reader<'a> {
    text: &'a Normalized,
    words: &'a str,
    names: &'a Names,
    numbers: Vec<DocumentNumber>,
}

impl Reader<'_> {
    fn read(&self) -> Question {
        let mut question = Question::default();
        let mut from = 0;
        let mut link = Link::And;
        while let Some(&c) = self.text.chars().get(from) {
            if let Some((next_link, next)) = self.link_at(from) {
                link = next_link;
                from = next;
                continue;
            }
            if let Some((field, value, next)) = self.field_at(from) {
                question.has_fields |= !value.is_empty();
                question.fields.extend((!value.is_empty()).then_some((field, value)));
                from = next;
                continue;
            }
            let (clause, next) = if let Some(inside) = self.quoted(from) {
                (exact_clause(&self.text.text(inside.clone())), inside.end + 1)
            } else if let Some(number) = self.numbers.iter().find(|n| n.range.start == from) {
                (Some(number_clause(number)), number.range.end)
            } else if is_content(c) {
                let end = self.piece_end(from);
                (self.piece_clause(from..end), end)
            } else {
                (None, from + 1)
            };
            if let Some(clause) = clause.filter(|clause| !clause.parts.is_empty()) {
                question.add(clause, link);
                link = Link::And;
            }
            from = next;
        }
        question
    }

    /// A minus before a word, or 或 between two, at `from`; with the place behind it.
    fn link_at(&self, from: usize) -> Option<(Link, usize)> {
        if self.is_minus(from) {
            return Some((Link::Not, from + 1));
        }
        let is_blank =
            |index: usize| self.text.chars().get(index).is_none_or(|c| c.is_whitespace());
        let begins = from.checked_sub(1).is_none_or(is_blank);
        let end = (from..from + 3).find(|&index| is_blank(index)).filter(|_| begins)?;
        let typed = self.text.source_span(from..end).slice(self.words);
        matches!(typed, "或" | "或者" | "OR" | "|" | "||").then_some((Link::Or, end))
    }

    /// A field at `from` with its value, which is in quotes, a document number, or reaches to a space; and the place behind it.
    fn field_at(&self, from: usize) -> Option<(FieldName, String, usize)> {
        let chars = self.text.chars();
        let is_inside =
            |index: usize| chars.get(index).is_some_and(|c| is_han(*c) || is_latin_or_digit(*c));
        if from.checked_sub(1).is_some_and(is_inside) {
            return None;
        }
        let name_end = (from..from + FIELD_CHARS_MAX).find(|&index| !is_inside(index))?;
        let field = find_field(&self.text.text(from..name_end))?;
        let rest = chars.get(name_end..).unwrap_or_default();
        let gap = rest.iter().take_while(|c| **c == ' ').count();
        if rest.get(gap) != Some(&':') {
            return None;
        }
        let start = name_end + gap + 1;
        if let Some(inside) = self.quoted(start) {
            return Some((field, self.text.text(inside.clone()), inside.end + 1));
        }
        let number = self.numbers.iter().find(|number| number.range.start == start);
        let end = if let Some(number) = number {
            number.range.end
        } else {
            let value = chars.iter().skip(start).take_while(|c| !c.is_whitespace());
            start + value.count()
        };
        let value = self.text.text(start..end.min(chars.len()));
        Some((
            field,
            value.trim_matches(|c: char| !c.is_alphanumeric() && c != ')').to_owned(),
            end,
        ))
    }

    /// The range between a quote at `from` and the one that closes it, if it is closed.
    fn quoted(&self, from: usize) -> Option<Range<usize>> {
        let opened = self.text.chars().get(from).copied().filter(|&c| opens_quote(c));
        opened?;
        let start = from + 1;
        let len = self.text.chars().iter().skip(start).position(|&c| closes_quote(c))?;
        Some(start..start + len)
    }

    /// Whether a minus stands before a word at `from`: typed as a minus, not as a dash of the text.
    fn is_minus(&self, from: usize) -> bool {
        let at = |index: usize| self.text.chars().get(index).copied().unwrap_or(' ');
        let typed = self.text.source_span(from..from + 1).slice(self.words);
        let begins = from.checked_sub(1).is_none_or(|before| at(before).is_whitespace());
        let next = at(from + 1);
        let leads = opens_quote(next) || is_han(next) || is_latin_or_digit(next);
        matches!(typed, "-" | "－" | "−") && begins && leads
    }

    /// The end of the piece that starts at `from`: a separator, a quote or a document number.
    fn piece_end(&self, from: usize) -> usize {
        let number = self.numbers.iter().map(|n| n.range.start).find(|&start| start > from);
        let run = self.text.chars().iter().skip(from).take_while(|c| is_content(**c)).count();
        number.map_or(from + run, |start| start.min(from + run))
    }

    fn piece_clause(&self, range: Range<usize>) -> Option<Clause> {
        let chars = self.text.chars().get(range)?;
        if !chars.iter().any(|&c| is_han(c) || is_latin_or_digit(c)) {
            return None;
        }
        let piece: String = chars.iter().collect();
        let mut parts: Vec<Part> = Vec::new();
        let mut from = 0;
        for NameMatch { range, meaning } in self.names.find_in(&piece) {
            push_parts(chars.get(from..range.start).unwrap_or_default(), &mut parts);
            let typed = chars.get(range.clone()).unwrap_or_default();
            let is_one_form = meaning.forms.len() == 1 || meaning.iris.is_empty();
            let words = if is_one_form { words_of(typed) } else { Vec::new() };
            parts.push(Part::Name { typed: typed.iter().collect(), meaning, words });
            from = range.end;
        }
        push_parts(chars.get(from..).unwrap_or_default(), &mut parts);
        parts.truncate(PARTS_MAX);
        // A substring with a number in it would also be found inside a longer number.
        let has_whole =
            parts.len() > 1 && chars.len() > 2 && !chars.iter().any(char::is_ascii_digit);
        Some(Clause { parts, whole: has_whole.then_some(piece), or: Vec::new() })
    }
}

/// The words of a name that has no other form or is no entity's, where they may stand apart: there is more than one.
fn words_of(chars: &[char]) -> Vec<Part> {
    let words = find_parts(chars);
    let is_long = |part: &Part| match part {
        Part::Word(text) | Part::Text(text) => text.chars().count() > 1,
        _ => false,
    };
    let is_apart = words.len() > 1 && words.iter().all(is_long);
    if is_apart { words } else { Vec::new() }
}

fn exact_clause(quoted: &str) -> Option<Clause> {
    let text = compact(quoted);
    (!text.is_empty()).then(|| Clause { parts: vec![Part::Text(text)], ..Clause::default() })
}

fn number_clause(number: &DocumentNumber) -> Clause {
    let keys = number.keys.iter().map(|(key, _)| key.clone()).collect();
    Clause { parts: vec![Part::Key(keys)], ..Clause::default() }
}

/// The parts of a stretch without names: numbers, percentages and codes, and words between them.
fn push_parts(chars: &[char], parts: &mut Vec<Part>) {
    let mut found: Vec<Canonical> = find_canonical(chars);
    found.sort_by_key(|key| (key.range.start, usize::MAX - key.range.end));
    let mut from = 0;
    let mut fresh: Vec<Part> = Vec::new();
    for Canonical { key, range } in found {
        if range.start < from {
            continue;
        }
        fresh.extend(find_parts(chars.get(from..range.start).unwrap_or_default()));
        let rest = chars.get(range.end..).unwrap_or_default();
        if let Some((part, len)) = year_end(chars.get(range.clone()).unwrap_or_default(), rest) {
            from = range.end + len;
            fresh.push(part);
            continue;
        }
        let unit = if KeyKind::Number.holds(&key) { unit_len(rest) } else { 0 };
        from = range.end + unit;
        fresh.push(if unit == 0 {
            Part::Key(vec![key])
        } else {
            let tail = chars.get(range.end - 1..from).unwrap_or_default();
            let number = Canonical { key: key.clone(), range: range.clone() };
            let whole = quantity_at(chars, &number).map(|(key, _)| key).unwrap_or_default();
            Part::Quantity { key, tail: tail.iter().collect(), whole }
        });
    }
    fresh.extend(find_parts(chars.get(from..).unwrap_or_default()));
    // A character left alone beside others says too little to insist on (第3批).
    let is_alone = |part: &Part| matches!(part, Part::Text(text) if text.chars().count() == 1);
    if fresh.len() + parts.len() > 1 {
        fresh.retain(|part| !is_alone(part));
    }
    for part in fresh {
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
}

/// The end of a year (2026年底前, 2026年年底前), which is written in two ways, and how many characters behind the digits it takes.
fn year_end(digits: &[char], rest: &[char]) -> Option<(Part, usize)> {
    let rest_text: String = rest.iter().take(4).collect();
    let tails = ["年底前", "年年底前", "年底", "年年底"];
    let len = tails
        .into_iter()
        .filter(|tail| rest_text.starts_with(tail))
        .map(|tail| tail.chars().count())
        .max();
    let len = len.filter(|_| digits.len() == 4)?;
    let year: String = digits.iter().collect();
    let before = if rest_text.chars().nth(len - 1) == Some('前') { "前" } else { "" };
    let forms = [format!("{year}年底{before}"), format!("{year}年年底{before}")];
    let typed = format!("{year}{}", rest.iter().take(len).collect::<String>());
    let meaning = Arc::new(Meaning { forms: forms.into(), ..Meaning::default() });
    let part = Part::Name { typed, meaning, words: Vec::new() };
    Some((part, len))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(words: &str) -> Question {
        parse_question(words, &Names::default())
    }

    fn word(text: &str) -> Part {
        Part::Word(text.to_owned())
    }

    fn text(text: &str) -> Part {
        Part::Text(text.to_owned())
    }

    fn wanted(words: &str) -> Vec<Vec<Part>> {
        parse(words).wanted.into_iter().map(|clause| clause.parts).collect()
    }

    #[test]
    fn words_are_split_at_spaces_and_marks() {
        assert_eq!(wanted("养老，服务"), [[word("养老")], [word("服务")]]);
        assert_eq!(wanted("养老服务"), [[word("养老"), word("服务")]]);
    }

    #[test]
    fn quotes_are_exact_and_unbalanced_ones_are_passed_over() {
        assert_eq!(wanted("“管理和服务”"), [[text("管理和服务")]]);
        assert_eq!(wanted("\"养老"), [[word("养老")]]);
        assert_eq!(wanted("养老”"), [[word("养老")]]);
        assert_eq!(wanted("“”"), Vec::<Vec<Part>>::new());
    }

    #[test]
    fn a_minus_excludes_the_next_word_and_a_dash_does_not() {
        let question = parse("养老 -服务");
        assert_eq!(question.excluded.len(), 1);
        assert!(parse("养老—服务").excluded.is_empty());
        assert!(parse("养老 ——服务").excluded.is_empty());
    }

    #[test]
    fn a_document_number_is_one_part_with_spaces_or_brackets() {
        let key = KeyKind::DocumentNumber.key("鲁政发2024-1");
        for typed in ["鲁政发[2024]1号", "鲁政发2024 1号", "鲁政发〔2024〕1号"] {
            assert_eq!(wanted(typed), [[Part::Key(vec![key.clone()])]], "{typed}");
        }
    }

    #[test]
    fn a_number_takes_its_unit_with_it() {
        let expected = Part::Quantity {
            key: KeyKind::Number.key("650"),
            tail: "0万千瓦".to_owned(),
            whole: KeyKind::Quantity.key("650万千瓦"),
        };
        assert_eq!(wanted("650万千瓦"), [[expected.clone()]]);
        assert_eq!(wanted("650万千瓦风电"), [[expected, word("风电")]]);
        assert_eq!(wanted("57%"), [[Part::Key(vec![KeyKind::Percentage.key("57")])]]);
    }

    #[test]
    fn the_end_of_a_year_is_one_part_in_both_ways_of_writing() {
        for typed in ["2026年底前", "2026年年底前"] {
            let clauses = wanted(typed);
            let [Part::Name { meaning, .. }] = clauses[0].as_slice() else { panic!("{typed}") };
            assert_eq!(
                (clauses.len(), meaning.forms.as_slice()),
                (1, &["2026年底前".to_owned(), "2026年年底前".to_owned()][..]),
                "{typed}"
            );
        }
    }

    #[test]
    fn marks_alone_ask_for_nothing() {
        for words in ["", " ", "，。", "---", "\"", "%", "()"] {
            assert_eq!(parse(words).wanted, [], "{words}");
        }
    }
}
