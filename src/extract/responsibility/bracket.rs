//! Brackets, and which of them are notes of who is in charge. In: the words of a block; out: its outermost brackets, and whether one is a
//! note. The surprise: a bracket that only lists bodies is a note behind a sentence or on a line of its own, and an aside elsewhere.

use super::{agent, first, is_body, note};
use crate::extract::paragraph::{is_closing, is_opening, trim};
use crate::text::{Pattern, Span, pattern};
use std::sync::LazyLock;

/// Outermost brackets of `words`. One that is never closed runs to the end, unless sentences with brackets of their own stand in it:
/// then it is a stain of the copy.
pub(super) fn find_brackets(words: &str) -> Vec<Span> {
    let (mut brackets, open) = scan_brackets(words, 0);
    let Some(open) = open else { return brackets };
    let behind =
        open + words.get(open..).and_then(|own| own.chars().next()).map_or(0, char::len_utf8);
    let (inner, inner_open) = scan_brackets(words, behind);
    let first = inner.first().map_or(words.len(), |first| first.byte_start);
    if !inner.is_empty() && Span::new(behind, first).slice(words).contains('。') {
        brackets.extend(inner);
        brackets.extend(inner_open.map(|open| Span::new(open, words.len())));
    } else {
        brackets.push(Span::new(open, words.len()));
    }
    brackets
}

/// Outermost brackets of `words` from `from` on, and where one opens that is never closed.
fn scan_brackets(words: &str, from: usize) -> (Vec<Span>, Option<usize>) {
    let mut brackets = Vec::new();
    let mut depth = 0_usize;
    let mut start = 0;
    for (at, c) in words.get(from..).unwrap_or_default().char_indices() {
        let at = from + at;
        if is_opening(c) && !matches!(c, '“' | '《' | '‘' | '「' | '〈') {
            if depth == 0 {
                start = at;
            }
            depth += 1;
        } else if is_closing(c) && !matches!(c, '”' | '》' | '’' | '」' | '〉') && depth > 0
        {
            depth -= 1;
            if depth == 0 {
                brackets.push(Span::new(start, at + c.len_utf8()));
            }
        }
    }
    (brackets, (depth > 0).then_some(start))
}

/// What stands inside a bracket.
pub(super) fn inside(words: &str, outer: Span) -> Span {
    let text = outer.slice(words);
    let open = text.chars().next().map_or(0, char::len_utf8);
    let close = text.chars().next_back().filter(|&c| is_closing(c)).map_or(0, char::len_utf8);
    trim(
        words,
        Span::new(outer.byte_start + open, (outer.byte_end - close).max(outer.byte_start + open)),
    )
}

/// Whether a bracket is a note of who is in charge: it has a label, a role word behind names of bodies, or
/// it stands behind a sentence and lists bodies.
pub(super) fn is_note(content: Span, words: &str, outer: Span) -> bool {
    let note = content.slice(words);
    if note.chars().count() < 3 {
        return false;
    }
    // （花市内由某局负责） is an aside of the sentence around it; behind a body with a role, 由 names another.
    let opening = note.find('由').and_then(|at| note.get(..at)).unwrap_or_default();
    let says_inside = !opening.is_empty()
        && !opening.contains(['，', ',', '、', '；'])
        && !["牵头", "负责", "落实", "配合", "具体"].iter().any(|role| opening.contains(role));
    if note::opens_with_label(note) || (note::is_suffixed(note) && !says_inside) {
        return true;
    }
    let before = words.get(..outer.byte_start).unwrap_or_default();
    before.ends_with(['。', '；']) && is_list_of_bodies(content, words, outer)
}

/// Whether a bracket lists bodies without a word of what they do; behind them may stand that the first of them leads.
pub(super) fn is_list_of_bodies(content: Span, words: &str, outer: Span) -> bool {
    let note = content.slice(words);
    let own = note.split_once('。').filter(|(_, rest)| first::is_said(rest));
    let note = own.map_or(note, |(own, _)| own);
    if note.contains(['。', '：', ':']) {
        return false;
    }
    let content = Span::new(content.byte_start, content.byte_start + note.len());
    let names = agent::find_agents(words, content);
    let names: Vec<&str> = names.into_iter().map(|name| name.slice(words)).collect();
    let is_last = outer.byte_end == words.len();
    // A name alone on its line may be anything.
    if outer.byte_start == 0 && names.len() < 2 {
        return false;
    }
    if is_last { are_bodies(&names) } else { are_only_bodies(&names, note) }
}

/// Whether a bracket amid a paragraph holds nothing but names of bodies; （市委《某意见》自去年起施行） is an aside.
fn are_only_bodies(names: &[&str], note: &str) -> bool {
    let between = names.iter().fold(note.to_owned(), |rest, name| rest.replacen(name, "", 1));
    let is_separator = |c: char| c.is_whitespace() || "、，,；;和及等".contains(c);
    !names.is_empty() && names.iter().all(|name| is_body(name)) && between.chars().all(is_separator)
}

/// Whether a list without role words names bodies. 市园林局、各区古树保护机制: the bodies before it show that one whose noun is unknown is one too.
fn are_bodies(names: &[&str]) -> bool {
    const NAME_CHARS_MAX: usize = 16;
    /// 以及公园内的树, 种好树: no name.
    static NO_NAME: Pattern = LazyLock::new(|| pattern(r"[的了是]|^(?:包括|不含|含|如|以|按|见)"));
    let may_be_body = |name: &&&str| {
        name.chars().count() <= NAME_CHARS_MAX
            && !NO_NAME.is_match(name)
            && name.chars().all(|c| c.is_alphabetic() || is_opening(c) || is_closing(c))
    };
    let bodies = names.iter().filter(|name| is_body(name)).count();
    // Several bodies vouch for a name, one only for that of a class (各区…机制); an example beside a firm is none.
    let others = || names.iter().filter(|name| !is_body(name));
    names.first().is_some_and(|name| is_body(name))
        && (others().next().is_none()
            || ((bodies >= 2 || others().all(|name| name.starts_with('各')))
                && bodies * 2 >= names.len()))
        && others().all(|name| may_be_body(&name))
}
