//! The words that a regular expression cannot match without. In: the expression; out: words of which each match holds
//! at least one, found by reading the expression's syntax: (?:奖励|补助)[^，]*万元 needs 万元, and also one of 奖励 and 补助.
//! Guarantee: words without any of them hold no match. The surprise: an expression that is tied to the beginning or end of
//! the words needs no such help where it starts from there with words, because the first character tells or the automaton soon gives up.

use aho_corasick::packed::Searcher;
use regex_syntax::hir::literal::{ExtractKind, Extractor};
use regex_syntax::hir::{Class, Hir, HirKind, Look};

/// So many words are looked for at the same time about as quickly as one.
const WORDS_MAX: usize = 48;

/// Words of which each match holds at least one.
#[derive(Debug)]
pub(super) struct NeededWords {
    searcher: Searcher,
    place: Place,
}

/// Where a match can stand.
#[derive(Clone, Copy, Debug)]
enum Place {
    Anywhere,
    /// Within so many bytes from the start.
    First(usize),
    /// Within so many bytes from the end.
    Last(usize),
}

impl NeededWords {
    /// The words that the expression of this syntax needs; `None` where there are none, too many, or none that would be found sooner than the
    /// expression fails.
    pub(super) fn of(syntax: &Hir) -> Option<Self> {
        let place = find_place(syntax)?;
        let words = needed(syntax)?;
        let searcher = Searcher::new(&words)?;
        Some(Self { searcher, place })
    }

    /// Whether `words` hold one of them where a match can stand.
    pub(super) fn occur_in(&self, words: &str) -> bool {
        let bytes = words.as_bytes();
        let near = match self.place {
            Place::Anywhere => bytes,
            Place::First(bytes_max) => bytes.get(..bytes_max).unwrap_or(bytes),
            Place::Last(bytes_max) => {
                bytes.get(bytes.len().saturating_sub(bytes_max)..).unwrap_or(bytes)
            }
        };
        self.searcher.find(near).is_some()
    }
}

/// Where a match of `syntax` can stand; `None` where the automaton soon sees that there is none.
fn find_place(syntax: &Hir) -> Option<Place> {
    let properties = syntax.properties();
    let opens_with_words = |kind| Extractor::new().kind(kind).extract(syntax).is_finite();
    if properties.look_set_prefix().contains(Look::Start) {
        let is_open = !opens_with_words(ExtractKind::Prefix);
        is_open.then(|| properties.maximum_len().map_or(Place::Anywhere, Place::First))
    } else if properties.look_set_suffix().contains(Look::End) {
        let is_open = !opens_with_words(ExtractKind::Suffix);
        is_open.then(|| properties.maximum_len().map_or(Place::Anywhere, Place::Last))
    } else {
        Some(Place::Anywhere)
    }
}

/// The best words that each match of `syntax` holds one of.
fn needed(syntax: &Hir) -> Option<Vec<String>> {
    if let Some(all) = all_matches(syntax) {
        return shortest(all);
    }
    match syntax.kind() {
        HirKind::Capture(group) => needed(&group.sub),
        HirKind::Repetition(repeated) if repeated.min > 0 => needed(&repeated.sub),
        HirKind::Alternation(branches) => {
            let each: Option<Vec<Vec<String>>> = branches.iter().map(needed).collect();
            shortest(each?.concat())
        }
        HirKind::Concat(parts) => needed_of_sequence(parts),
        _ => None,
    }
}

/// The best words of a sequence: those of a part, or those that neighbouring parts make together.
fn needed_of_sequence(parts: &[Hir]) -> Option<Vec<String>> {
    let mut choices: Vec<Vec<String>> = Vec::new();
    let mut run: Vec<String> = vec![String::new()];
    for part in parts {
        let longer = all_matches(part).and_then(|all| joined(&run, &all));
        if let Some(longer) = longer {
            run = longer;
            continue;
        }
        choices.extend(shortest(std::mem::replace(&mut run, vec![String::new()])));
        match all_matches(part) {
            Some(all) => run = all,
            None => choices.extend(needed(part)),
        }
    }
    choices.extend(shortest(run));
    // Longer words are rarer, and fewer are found sooner.
    let rank = |words: &Vec<String>| {
        let chars = words.iter().map(|word| word.chars().count()).min().unwrap_or(0);
        (chars.min(2), usize::MAX - words.len(), words.concat().len())
    };
    choices.into_iter().max_by_key(rank)
}

/// Every string that `syntax` matches, if they are few; what looks around matches the empty string.
fn all_matches(syntax: &Hir) -> Option<Vec<String>> {
    let all = match syntax.kind() {
        HirKind::Empty | HirKind::Look(_) => vec![String::new()],
        HirKind::Literal(literal) => vec![String::from_utf8(literal.0.to_vec()).ok()?],
        HirKind::Class(Class::Unicode(class)) => {
            let ranges = class.ranges();
            let count: usize = ranges.iter().map(regex_syntax::hir::ClassUnicodeRange::len).sum();
            if count > WORDS_MAX {
                return None;
            }
            ranges.iter().flat_map(|range| range.start()..=range.end()).map(String::from).collect()
        }
        HirKind::Capture(group) => all_matches(&group.sub)?,
        HirKind::Repetition(repeated) if (repeated.min, repeated.max) == (0, Some(1)) => {
            [vec![String::new()], all_matches(&repeated.sub)?].concat()
        }
        HirKind::Alternation(branches) => {
            let each: Option<Vec<Vec<String>>> = branches.iter().map(all_matches).collect();
            each?.concat()
        }
        HirKind::Concat(parts) => parts
            .iter()
            .try_fold(vec![String::new()], |run, part| joined(&run, &all_matches(part)?))?,
        _ => return None,
    };
    Some(all)
}

/// Every string of `first` before every one of `second`, if they are few.
fn joined(first: &[String], second: &[String]) -> Option<Vec<String>> {
    (first.len() * second.len() <= WORDS_MAX).then(|| {
        first
            .iter()
            .flat_map(|head| second.iter().map(move |tail| format!("{head}{tail}")))
            .collect()
    })
}

/// `words` without those that hold another one; `None` where an empty one holds in any text, or where they are too many.
fn shortest(mut words: Vec<String>) -> Option<Vec<String>> {
    words.sort();
    words.dedup();
    let all = words.clone();
    words.retain(|word| !all.iter().any(|other| other != word && word.contains(other.as_str())));
    (!words.is_empty() && words.iter().all(|word| !word.is_empty()) && words.len() <= WORDS_MAX)
        .then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needed_of(expression: &str) -> Option<NeededWords> {
        NeededWords::of(&regex_syntax::parse(expression).unwrap())
    }

    fn words(expression: &str) -> Option<Vec<String>> {
        needed(&regex_syntax::parse(expression).unwrap())
    }

    #[test]
    fn the_rarest_words_of_an_expression_are_looked_for() {
        let table: [(&str, &[&str]); 6] = [
            ("公园|绿地", &["公园", "绿地"]),
            ("(?:奖励|补助)[^，]*万元", &["万元"]),
            ("[一二]级(?:公园)?", &["一级", "二级"]),
            ("(?:栽植|种)+了?.*[。；]", &["栽植", "种"]),
            ("(?P<a>育苗)|补种(?:完成|结束)", &["育苗", "补种完成", "补种结束"]),
            ("(?:力争)?到(?:年底|年末)前", &["到年底前", "到年末前"]),
        ];
        for (expression, expected) in table {
            assert_eq!(words(expression).unwrap(), expected, "{expression}");
        }
    }

    #[test]
    fn an_expression_that_matches_nearly_anything_needs_no_words() {
        for expression in ["", "(?:公园)?", "公园|.", "[^，]+", "(?:公园)*"] {
            assert_eq!(words(expression), None, "{expression}");
        }
    }

    #[test]
    fn an_expression_tied_to_an_end_is_looked_for_only_there() {
        let opening = needed_of("^.{0,4}?公园").unwrap();
        assert!(opening.occur_in("建设公园"));
        assert!(!opening.occur_in("建设城市绿道和口袋公园"));
        let end = needed_of("公园.{0,2}$").unwrap();
        assert!(end.occur_in("建设公园20个"));
        assert!(!end.occur_in("公园以外的绿地和绿道"));
        let unbounded = needed_of("^[^，]*公园").unwrap();
        assert!(unbounded.occur_in("建设城市绿道和口袋公园"));
        assert!(!unbounded.occur_in("建设城市绿道"));
    }

    #[test]
    fn an_expression_that_opens_with_words_and_is_tied_there_gets_no_help() {
        assert!(needed_of("^(?:建设|改造)公园").is_none());
        assert!(needed_of("公园(?:建设|改造)$").is_none());
    }
}
