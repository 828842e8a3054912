//! Where a question's words stand in a text.
//!
//! In: a question and a text. Out: ranges of the normalised text that matched, each with the parts of the question that it
//! answers. Guarantees: a word of two characters is marked only where it is a word, a number only where it is
//! the whole number; joined ranges ascend and do not overlap. Surprising: neighbours that touch stay apart, so that a mark equals
//! what was quoted.

use std::ops::Range;
use std::sync::Arc;

use aho_corasick::{AhoCorasick, MatchKind};

use super::analysis::{Normalized, WordFinder, find_keys, find_runs};
use super::clause::{Clause, Part};
use super::names::Meaning;
use super::question::Question;
use super::verbatim::{Verbatim, VisibleText};

/// A part of a question, for who is told why something matched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    /// The part as typed.
    pub(crate) typed: String,
    /// What it names, if it is a name.
    pub(crate) meaning: Option<Arc<Meaning>>,
    /// Place of its clause.
    pub(crate) clause: usize,
    /// Which of the clauses that were given with 或 it is in.
    pub(crate) choice: usize,
}

/// A range that matched, with the place of the part that it answers among [`Marks::asked`].
pub(crate) type Found = (Range<usize>, usize);

/// The place of what is marked for no part.
const NO_PART: usize = usize::MAX;

/// What to mark for one question.
#[derive(Debug)]
pub(crate) struct Marks {
    finder: Arc<WordFinder>,
    /// What is asked for.
    asked: Vec<Asked>,
    /// Marked wherever they stand, with the parts that each pattern answers.
    texts: Option<AhoCorasick>,
    answered: Vec<Range<usize>>,
    /// Marked on word borders.
    words: Vec<(String, usize)>,
    /// Canonical keys, each with the characters that must follow its last one.
    keys: Vec<(String, String, usize)>,
    /// Marked instead of all these.
    verbatim: Option<Verbatim>,
    /// Marked as well.
    beside: Vec<Marks>,
}

/// Forms to be marked, gathered from the parts of a question.
#[derive(Default)]
struct Forms {
    asked: Vec<Asked>,
    texts: Vec<(String, Range<usize>)>,
    words: Vec<(String, usize)>,
    keys: Vec<(String, String, usize)>,
}

impl Forms {
    fn add_clause(&mut self, clause: &Clause, place: (usize, usize)) {
        let first = self.asked.len();
        for part in &clause.parts {
            self.add_part(part, place);
        }
        let parts = first..self.asked.len();
        self.texts.extend(clause.whole.iter().map(|whole| (whole.clone(), parts.clone())));
    }

    fn add_part(&mut self, part: &Part, (clause, choice): (usize, usize)) {
        let place = self.asked.len();
        let meaning = if let Part::Name { meaning, .. } = part { Some(meaning) } else { None };
        self.asked.push(Asked { typed: part.typed(), meaning: meaning.cloned(), clause, choice });
        match part {
            Part::Word(word) => self.add_word(word, place),
            Part::Name { meaning, words, .. } => {
                meaning
                    .forms
                    .iter()
                    .chain(&meaning.local)
                    .for_each(|form| self.add_word(form, place));
                // One word of a name is marked but answers nothing.
                let apart = words.iter().filter_map(|part| match part {
                    Part::Word(word) => Some(word),
                    _ => None,
                });
                apart.for_each(|word| self.add_word(word, NO_PART));
            }
            Part::Text(text) => self.texts.push((text.clone(), place..place + 1)),
            Part::Key(known) => {
                self.keys.extend(known.iter().map(|key| (key.clone(), String::new(), place)));
            }
            Part::Quantity { key, tail, .. } => {
                self.keys.push((key.clone(), tail.chars().skip(1).collect(), place));
            }
        }
    }

    fn add_word(&mut self, word: &str, place: usize) {
        if word.chars().count() < 3 {
            self.words.push((word.to_owned(), place));
        } else {
            self.texts.push((word.to_owned(), place..place.saturating_add(1)));
        }
    }
}

impl Asked {
    /// Whether this entity is named.
    pub(crate) fn names(&self, iri: &str) -> bool {
        let is_named = |meaning: &Arc<Meaning>| {
            meaning.iris.binary_search_by(|own| own.as_str().cmp(iri)).is_ok()
        };
        self.meaning.as_ref().is_some_and(is_named)
    }
}

impl Marks {
    /// What `question` asks for.
    pub(crate) fn new(question: &Question, finder: &Arc<WordFinder>) -> Self {
        let mut forms = Forms::default();
        for (place, clause) in question.wanted.iter().enumerate() {
            let choices = clause.all().enumerate();
            choices.for_each(|(choice, clause)| forms.add_clause(clause, (place, choice)));
        }
        let Forms { asked, texts, words, keys } = forms;
        let (texts, answered): (Vec<String>, Vec<Range<usize>>) = texts.into_iter().unzip();
        let texts = (!texts.is_empty())
            .then(|| AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&texts))
            .and_then(Result::ok);
        let finder = Arc::clone(finder);
        Self { finder, asked, texts, answered, words, keys, verbatim: None, beside: Vec::new() }
    }

    /// What stands as it was typed.
    pub(crate) fn verbatim(verbatim: Verbatim, finder: &Arc<WordFinder>) -> Self {
        let typed = verbatim.text().to_owned();
        let asked = vec![Asked { typed, meaning: None, clause: 0, choice: 0 }];
        Self { asked, verbatim: Some(verbatim), ..Self::new(&Question::default(), finder) }
    }

    /// These and those of another question, which count for no part of this one.
    pub(crate) fn beside(mut self, other: Self) -> Self {
        self.beside.push(other);
        self
    }

    /// The parts that were asked for.
    pub(crate) fn asked(&self) -> &[Asked] {
        &self.asked
    }

    /// The ranges of `text` that match, each for the part that it answers; in no particular order.
    pub(crate) fn find_parts(&self, text: &Normalized) -> Vec<Found> {
        if let Some(verbatim) = &self.verbatim {
            let mut past = 0;
            let mut ranges = verbatim.find_in(text);
            // Of matches that overlap the first is marked, so that a mark equals what was typed.
            ranges.retain(|range| {
                let is_behind = range.start >= past;
                past = if is_behind { range.end } else { past };
                is_behind
            });
            return ranges.into_iter().map(|range| (range, 0)).collect();
        }
        let mut found = self.find_texts(text);
        found.extend(self.find_words(text));
        found.extend(self.find_keys(text));
        found
    }

    /// The ranges of `text` to mark, of which `found` are known.
    pub(crate) fn join(&self, text: &Normalized, found: &[Found]) -> Vec<Range<usize>> {
        let mut ranges: Vec<Range<usize>> = found.iter().map(|(range, _)| range.clone()).collect();
        let others = self.beside.iter().flat_map(|other| other.find_parts(text));
        ranges.extend(others.map(|(range, _)| range));
        merge(ranges)
    }

    /// Substrings, found in the visible characters so that spaces do not part them.
    fn find_texts(&self, text: &Normalized) -> Vec<Found> {
        let Some(texts) = &self.texts else { return Vec::new() };
        let visible = VisibleText::of(text);
        let found = texts.find_iter(&visible.compact).filter_map(|found| {
            let range = visible.range_of(&found.range())?;
            let parts = self.answered.get(found.pattern().as_usize())?.clone();
            Some(parts.map(move |part| (range.clone(), part)))
        });
        found.flatten().collect()
    }

    /// Words on their borders. Only runs that hold the characters are cut into words.
    fn find_words(&self, text: &Normalized) -> Vec<Found> {
        if self.words.is_empty() {
            return Vec::new();
        }
        let mut ranges = Vec::new();
        for run in find_runs(text.chars()) {
            let chars = text.text(run.clone());
            if !self.words.iter().any(|(word, _)| chars.contains(word.as_str())) {
                continue;
            }
            for (word, range) in self.finder.find_words(&chars) {
                let parts = self.words.iter().filter(|(asked, _)| *asked == word);
                let range = run.start + range.start..run.start + range.end;
                ranges.extend(parts.map(|(_, part)| (range.clone(), *part)));
            }
        }
        ranges
    }

    /// Numbers and codes, with the unit that was asked for.
    fn find_keys(&self, text: &Normalized) -> Vec<Found> {
        if self.keys.is_empty() {
            return Vec::new();
        }
        let with_tail = |(key, range): (String, Range<usize>)| {
            let asked = self.keys.iter().filter(move |(asked, _, _)| *asked == key);
            asked.filter_map(move |(_, tail, part)| {
                let end = end_of_tail(text, range.end, tail)?;
                Some((range.start..end, *part))
            })
        };
        find_keys(text).into_iter().flat_map(with_tail).collect()
    }
}

/// The index past `tail`, if it follows `from` with nothing but spaces between.
fn end_of_tail(text: &Normalized, from: usize, tail: &str) -> Option<usize> {
    let mut end = from;
    for wanted in tail.chars() {
        let rest = text.chars().get(end..)?;
        end += rest.iter().take_while(|c| **c == ' ').count();
        if text.chars().get(end) != Some(&wanted) {
            return None;
        }
        end += 1;
    }
    Some(end)
}

/// Ascending, with overlapping ranges joined.
fn merge(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}
