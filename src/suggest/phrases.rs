//! Names to phrases: each once, with its weight, and the words that several names share.
//!
//! In: names in any number. Out: [`Phrase`]s in the order of suggestions: entities, shared words, documents and measures; in each the
//! most frequent first, then the shorter. Guarantees: the same names in the same order give the same phrases; a text comes once. Surprising: of
//! words that always stand inside the same longer run only the longer run is a phrase, because it begins or holds them anyway.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use super::fold::{Folded, Word};
use super::named::{Kind, Named};
use super::ranks::{CLASSES, Ranks};
use crate::index::is_han;

/// Words of a run that may be a phrase.
const RUN_WORDS_MAX: usize = 5;
/// Characters of such a run.
const RUN_CHARS: Range<usize> = 3..13;
/// Words of a run that is counted: the longest phrase must be seen to stand inside a longer run.
const COUNTED_WORDS_MAX: usize = RUN_WORDS_MAX + 1;
/// Distinct names in which a run stands. The title of a document stands inside that of the notice it came with, so titles do not count.
const RUN_NAMES_MIN: u32 = 2;
/// Names whose runs are counted: more of them bring hardly a phrase that these do not have, and the counts are held in memory.
const COUNTED_NAMES_MAX: usize = 300_000;
/// Longer texts are no names.
const NAME_CHARS_MAX: usize = 120;

/// A text that can be suggested.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Phrase {
    /// As it is shown.
    pub(crate) text: String,
    /// The resource, where exactly one has this name.
    pub(crate) iri: Option<String>,
    pub(crate) kind: Kind,
    /// How often it is spoken of, or in how many names it stands.
    weight: u32,
    /// Whether several resources have the name.
    is_shared: bool,
}

impl Phrase {
    /// What nobody speaks of comes after all else, whatever it is.
    fn class(&self) -> usize {
        if self.weight == 0 { CLASSES - 1 } else { self.kind.class() }
    }
}

/// Phrases that are being gathered, by their folded text.
#[derive(Default)]
pub(crate) struct Phrases {
    places: HashMap<String, usize>,
    phrases: Vec<Phrase>,
}

impl Phrases {
    /// Adds a name. One without a character that is compared, or too long to be one, is left out.
    pub(crate) fn add(&mut self, named: Named) {
        let folded = Folded::of(&named.text);
        if !(1..=NAME_CHARS_MAX).contains(&folded.chars.len()) {
            return;
        }
        let known = self.places.get(&folded.text()).and_then(|&at| self.phrases.get_mut(at));
        let Some(known) = known else {
            self.places.insert(folded.text(), self.phrases.len());
            self.phrases.push(Phrase {
                text: named.text.trim().to_owned(),
                iri: Some(named.iri),
                kind: named.kind,
                weight: named.uses,
                is_shared: false,
            });
            return;
        };
        known.weight = known.weight.saturating_add(named.uses);
        // The kind that is listed first has the name for itself; several of one kind share it.
        match named.kind.cmp(&known.kind) {
            std::cmp::Ordering::Less => {
                known.kind = named.kind;
                known.iri = Some(named.iri);
                known.is_shared = false;
            }
            std::cmp::Ordering::Equal => {
                known.is_shared |= known.iri.as_ref() != Some(&named.iri);
            }
            std::cmp::Ordering::Greater => {}
        }
    }

    /// All phrases in their order, with the borders of their classes.
    pub(crate) fn finish(mut self) -> (Vec<Phrase>, Ranks) {
        self.add_runs();
        let mut phrases = self.phrases;
        for phrase in &mut phrases {
            phrase.iri = phrase.iri.take().filter(|_| !phrase.is_shared);
        }
        phrases.sort_by_cached_key(|phrase| {
            let weight = u32::MAX - phrase.weight;
            (phrase.class(), weight, phrase.text.chars().count(), phrase.text.clone())
        });
        let mut ranks = Ranks::default();
        for (class, bound) in (1..=CLASSES).zip(ranks.bounds.iter_mut().skip(1)) {
            let before = phrases.partition_point(|phrase| phrase.class() < class);
            *bound = u32::try_from(before).unwrap_or(u32::MAX);
        }
        (phrases, ranks)
    }

    /// Adds the runs of words that are phrases.
    fn add_runs(&mut self) {
        let names: Vec<(Folded, Vec<Word>, String, bool)> = self
            .phrases
            .iter()
            .filter(|phrase| phrase.kind != Kind::Document)
            .take(COUNTED_NAMES_MAX)
            .map(|phrase| {
                let folded = Folded::of(&phrase.text);
                let words = folded.words();
                (folded, words, phrase.text.clone(), phrase.kind == Kind::Indicator)
            })
            .collect();
        let mut counts = Counts::default();
        for (folded, words, ..) in &names {
            counts.add(folded, words);
        }
        for (folded, words, ..) in &names {
            counts.note_inner(folded, words);
        }
        for (folded, words, text, is_indicator) in &names {
            for run in runs(words) {
                let range = range_of(words, &run);
                let is_head = *is_indicator && run.end == words.len();
                let count = counts.of(folded, &range);
                if is_phrase(folded, words, &run) && (counts.is_whole(folded, &range) || is_head) {
                    self.add_run(folded, text, range, count);
                }
            }
        }
    }

    fn add_run(&mut self, folded: &Folded, text: &str, range: Range<usize>, count: u32) {
        let key: String = folded.chars.iter().skip(range.start).take(range.len()).collect();
        if let Some(known) = self.places.get(&key).and_then(|&at| self.phrases.get_mut(at)) {
            known.weight = known.weight.max(count);
            return;
        }
        self.places.insert(key, self.phrases.len());
        let text = folded.shown(text, range);
        let weight = count.max(1);
        self.phrases.push(Phrase { text, iri: None, kind: Kind::Phrase, weight, is_shared: false });
    }
}

/// Runs of words without a mark between them, by numbers of words.
fn runs(words: &[Word]) -> impl Iterator<Item = Range<usize>> {
    (0..words.len()).flat_map(move |start| {
        let joined = words.iter().skip(start + 1).take_while(|word| word.joined).count();
        (start + 1..=start + 1 + joined.min(COUNTED_WORDS_MAX - 1)).map(move |end| start..end)
    })
}

fn range_of(words: &[Word], run: &Range<usize>) -> Range<usize> {
    let start = words.get(run.start).map_or(0, |word| word.range.start);
    let last = run.end.checked_sub(1).and_then(|at| words.get(at));
    start..last.map_or(start, |word| word.range.end)
}

/// Whether a run may be a phrase by its form. One character that stands before or behind other words belongs to them.
fn is_phrase(folded: &Folded, words: &[Word], run: &Range<usize>) -> bool {
    let range = range_of(words, run);
    let chars = folded.chars.iter().skip(range.start).take(range.len());
    let is_code = run.len() == 1 && words.get(run.start).is_some_and(|word| !word.is_han);
    if is_code {
        return range.len() >= RUN_CHARS.start && chars.clone().any(char::is_ascii_alphabetic);
    }
    let is_long = |at: usize| words.get(at).is_some_and(|word| word.range.len() > 1);
    (2..=RUN_WORDS_MAX).contains(&run.len())
        && RUN_CHARS.contains(&range.len())
        && chars.filter(|c| is_han(**c)).count() > 1
        && (is_long(run.start) || run.start == 0)
        && (is_long(run.end - 1) || run.end == words.len())
}

/// In how many names a run stands, by the hash of its text.
#[derive(Default)]
struct Counts {
    names: HashMap<u64, u32>,
    /// Runs that never stand without the same word beside them.
    inner: HashSet<u64>,
}

impl Counts {
    fn add(&mut self, folded: &Folded, words: &[Word]) {
        let mut seen = HashSet::new();
        for run in runs(words) {
            let hash = hash_of(folded, &range_of(words, &run));
            if seen.insert(hash) {
                *self.names.entry(hash).or_default() += 1;
            }
        }
    }

    fn note_inner(&mut self, folded: &Folded, words: &[Word]) {
        for run in runs(words).filter(|run| run.len() > 1) {
            let hash = hash_of(folded, &range_of(words, &run));
            let Some(&count) = self.names.get(&hash).filter(|count| **count >= RUN_NAMES_MIN)
            else {
                continue;
            };
            for inner in [run.start + 1..run.end, run.start..run.end - 1] {
                let hash = hash_of(folded, &range_of(words, &inner));
                if self.names.get(&hash) == Some(&count) {
                    self.inner.insert(hash);
                }
            }
        }
    }

    fn of(&self, folded: &Folded, range: &Range<usize>) -> u32 {
        self.names.get(&hash_of(folded, range)).copied().unwrap_or_default()
    }

    /// Whether the run stands in several names, and not always in the same longer one.
    fn is_whole(&self, folded: &Folded, range: &Range<usize>) -> bool {
        let hash = hash_of(folded, range);
        self.names.get(&hash).is_some_and(|count| *count >= RUN_NAMES_MIN)
            && !self.inner.contains(&hash)
    }
}

fn hash_of(folded: &Folded, range: &Range<usize>) -> u64 {
    let mut hasher = DefaultHasher::new();
    folded.chars.get(range.clone()).unwrap_or_default().hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrases(names: &[(&str, Kind)]) -> Vec<(String, Kind, Option<String>)> {
        let mut phrases = Phrases::default();
        for (number, (text, kind)) in names.iter().enumerate() {
            let iri = format!("e:{number}");
            phrases.add(Named { text: (*text).to_owned(), iri, kind: *kind, uses: 1 });
        }
        let (phrases, _) = phrases.finish();
        phrases.into_iter().map(|phrase| (phrase.text, phrase.kind, phrase.iri)).collect()
    }

    #[test]
    fn words_that_two_headings_share_are_a_phrase_and_their_parts_are_not() {
        let found =
            phrases(&[("建设城市苗圃基地", Kind::Measure), ("管护城市苗圃基地", Kind::Measure)]);
        let shared: Vec<&str> = found
            .iter()
            .filter(|(_, kind, _)| *kind == Kind::Phrase)
            .map(|(text, ..)| text.as_str())
            .collect();
        assert_eq!(shared, ["城市苗圃基地"]);
    }

    #[test]
    fn the_head_of_an_indicator_is_a_phrase() {
        let found = phrases(&[("城市苗圃绿化率", Kind::Indicator)]);
        assert!(found.iter().any(|(text, kind, _)| text == "苗圃绿化率" && *kind == Kind::Phrase));
    }

    #[test]
    fn a_name_comes_once_with_its_resource_unless_several_have_it() {
        let found = phrases(&[
            ("推广苗圃", Kind::Measure),
            ("推广苗圃", Kind::Measure),
            ("绿化办", Kind::Measure),
            ("綠化辦", Kind::Department),
            ("绿化办", Kind::Programme),
        ]);
        let of =
            |text: &str| found.iter().find(|(own, ..)| own == text).map(|f| (f.1, f.2.clone()));
        assert_eq!(of("推广苗圃"), Some((Kind::Measure, None)));
        assert_eq!(of("绿化办"), Some((Kind::Programme, Some("e:4".to_owned()))));
    }

    #[test]
    fn entities_come_first_then_what_is_frequent_then_what_is_short() {
        let found = phrases(&[
            ("苗圃管护", Kind::Measure),
            ("苗圃", Kind::Measure),
            ("绿化", Kind::Measure),
            ("绿化", Kind::Measure),
            ("园林局", Kind::Department),
        ]);
        let texts: Vec<&str> = found.iter().map(|(text, ..)| text.as_str()).collect();
        assert_eq!(texts, ["园林局", "绿化", "苗圃", "苗圃管护"]);
    }
}
