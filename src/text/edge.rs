//! The characters with which the matches of a regular expression begin or end. In: the expression's syntax; out: those
//! characters, where the expression is tied to that end of the words and they are few. Guarantee: words that begin or end
//! otherwise hold no match. The surprise: an automaton would see that as soon, but to set it going costs ten times as much.

use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Look};

/// Sets of more characters, such as all ideographs, turn hardly any words away.
const CHARS_MAX: usize = 4_000;

/// The end of the words at which a match has to stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Edge {
    First,
    Last,
}

/// The characters that a match can have at an edge of the words.
#[derive(Debug)]
pub(super) struct EdgeChars {
    edge: Edge,
    /// In order, both ends included.
    ranges: Vec<(char, char)>,
}

impl EdgeChars {
    /// The characters at the edges to which `syntax` is tied.
    pub(super) fn of(syntax: &Hir) -> Vec<Self> {
        let properties = syntax.properties();
        let tied = [
            (Edge::First, properties.look_set_prefix().contains(Look::Start)),
            (Edge::Last, properties.look_set_suffix().contains(Look::End)),
        ];
        tied.into_iter()
            .filter(|&(_, tied)| tied)
            .filter_map(|(edge, _)| Self::at(edge, syntax))
            .collect()
    }

    fn at(edge: Edge, syntax: &Hir) -> Option<Self> {
        let Chars { set, may_be_empty } = chars_at(edge, syntax)?;
        let count: usize = set.ranges().iter().map(ClassUnicodeRange::len).sum();
        let ranges = set.ranges().iter().map(|range| (range.start(), range.end())).collect();
        (!may_be_empty && count <= CHARS_MAX).then_some(Self { edge, ranges })
    }

    /// Whether `words` begin or end with one of them.
    pub(super) fn fit(&self, words: &str) -> bool {
        let char = match self.edge {
            Edge::First => words.chars().next(),
            Edge::Last => words.chars().next_back(),
        };
        char.is_some_and(|char| {
            let at = self.ranges.partition_point(|&(_, end)| end < char);
            self.ranges.get(at).is_some_and(|&(start, _)| start <= char)
        })
    }
}

/// The characters at an edge of what an expression matches.
struct Chars {
    set: ClassUnicode,
    /// It also matches the empty string, so that the edge is the neighbour's.
    may_be_empty: bool,
}

/// The characters of `syntax` at `edge`; `None` where it is made of bytes.
fn chars_at(edge: Edge, syntax: &Hir) -> Option<Chars> {
    let none = || ClassUnicode::empty();
    let chars = match syntax.kind() {
        HirKind::Empty | HirKind::Look(_) => Chars { set: none(), may_be_empty: true },
        HirKind::Literal(literal) => {
            let words = std::str::from_utf8(&literal.0).ok()?;
            let char = match edge {
                Edge::First => words.chars().next(),
                Edge::Last => words.chars().next_back(),
            }?;
            Chars {
                set: ClassUnicode::new([ClassUnicodeRange::new(char, char)]),
                may_be_empty: false,
            }
        }
        HirKind::Class(Class::Unicode(class)) => Chars { set: class.clone(), may_be_empty: false },
        HirKind::Class(Class::Bytes(_)) => return None,
        HirKind::Capture(group) => chars_at(edge, &group.sub)?,
        HirKind::Repetition(repeated) => {
            let inner = chars_at(edge, &repeated.sub)?;
            Chars { may_be_empty: inner.may_be_empty || repeated.min == 0, ..inner }
        }
        HirKind::Alternation(branches) => {
            let mut all = Chars { set: none(), may_be_empty: false };
            for branch in branches {
                let inner = chars_at(edge, branch)?;
                all.set.union(&inner.set);
                all.may_be_empty |= inner.may_be_empty;
            }
            all
        }
        HirKind::Concat(parts) => sequence_at(edge, parts)?,
    };
    Some(chars)
}

/// The characters of a sequence: those of its parts from the edge on, up to one that is never empty.
fn sequence_at(edge: Edge, parts: &[Hir]) -> Option<Chars> {
    let mut all = Chars { set: ClassUnicode::empty(), may_be_empty: true };
    let mut parts = parts.iter();
    while all.may_be_empty {
        let next = match edge {
            Edge::First => parts.next(),
            Edge::Last => parts.next_back(),
        };
        let Some(part) = next else { break };
        let inner = chars_at(edge, part)?;
        all.set.union(&inner.set);
        all.may_be_empty = inner.may_be_empty;
    }
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit(expression: &str, words: &str) -> Option<bool> {
        let edges = EdgeChars::of(&regex_syntax::parse(expression).unwrap());
        (!edges.is_empty()).then(|| edges.iter().all(|edge| edge.fit(words)))
    }

    #[test]
    fn words_fit_that_begin_or_end_as_a_match_can() {
        let table = [
            ("^(?:力争)?(?:今年|年[底末])", "年底建成公园", true),
            ("^(?:力争)?(?:今年|年[底末])", "力争建成公园", true),
            ("^(?:力争)?(?:今年|年[底末])", "建成公园", false),
            ("^[0-9]{1,2}[.、]|^[①-⑳]", "③补种", true),
            ("^[0-9]{1,2}[.、]|^[①-⑳]", "补种", false),
            ("(?:公园|绿地)(?:建设)?$", "口袋公园", true),
            ("(?:公园|绿地)(?:建设)?$", "绿地建设", true),
            ("(?:公园|绿地)(?:建设)?$", "公园里", false),
            ("^公园.*建设$", "公园管护", false),
            ("^公园.*建设$", "", false),
        ];
        for (expression, words, expected) in table {
            assert_eq!(fit(expression, words), Some(expected), "{expression} {words}");
        }
    }

    #[test]
    fn an_expression_that_is_not_tied_or_takes_nearly_any_character_turns_nothing_away() {
        for expression in ["公园", "^公园|绿地", "^[^，]{0,4}公园", "^(?:公园)?", "(?m)^公园", "^$"]
        {
            assert_eq!(fit(expression, "银杏"), None, "{expression}");
        }
    }
}
