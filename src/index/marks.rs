//! Where a question's words stand in a text.
//!
//! In: a question and a text. Out: ranges of the normalised text that matched. Guarantees: ranges ascend and
//! do not overlap; a word of two characters is marked only where it is a word, a number only where it is
//! the whole number. Surprising: neighbours that touch stay apart, so that a mark equals what was quoted.

use std::ops::Range;
use std::sync::Arc;

use aho_corasick::{AhoCorasick, MatchKind};

use super::analysis::{Normalized, WordFinder, find_keys, find_runs};
use super::question::{Clause, Part, Question};
use super::verbatim::{Verbatim, VisibleText};

/// What to mark for one question.
#[derive(Debug)]
pub(crate) struct Marks {
    finder: Arc<WordFinder>,
    /// Marked wherever they stand.
    texts: Option<AhoCorasick>,
    /// Marked on word borders.
    words: Vec<String>,
    /// Canonical keys, each with the characters that must follow its last one.
    keys: Vec<(String, String)>,
    /// Marked instead of all these.
    verbatim: Option<Verbatim>,
}

impl Marks {
    /// What `question` asks for.
    pub(crate) fn new(question: &Question, finder: &Arc<WordFinder>) -> Self {
        let mut texts: Vec<String> = Vec::new();
        let mut words: Vec<String> = Vec::new();
        let mut keys: Vec<(String, String)> = Vec::new();
        let mut add_word = |word: &String| {
            let list = if word.chars().count() < 3 { &mut words } else { &mut texts };
            list.push(word.clone());
        };
        let mut exact: Vec<String> = Vec::new();
        for clause in question.wanted.iter().flat_map(Clause::all) {
            exact.extend(clause.whole.clone());
            for part in &clause.parts {
                match part {
                    Part::Word(word) => add_word(word),
                    Part::Name { forms, local, words, .. } => {
                        forms.iter().chain(local).for_each(&mut add_word);
                        let apart = words.iter().filter_map(|part| match part {
                            Part::Word(word) => Some(word),
                            _ => None,
                        });
                        apart.for_each(&mut add_word);
                    }
                    Part::Text(text) => exact.push(text.clone()),
                    Part::Key(known) => {
                        keys.extend(known.iter().map(|key| (key.clone(), String::new())));
                    }
                    Part::Quantity { key, tail, .. } => {
                        keys.push((key.clone(), tail.chars().skip(1).collect()));
                    }
                }
            }
        }
        texts.extend(exact);
        let texts = (!texts.is_empty())
            .then(|| AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&texts))
            .and_then(Result::ok);
        Self { finder: Arc::clone(finder), texts, words, keys, verbatim: None }
    }

    /// What stands as it was typed.
    pub(crate) fn verbatim(verbatim: Verbatim, finder: &Arc<WordFinder>) -> Self {
        Self { verbatim: Some(verbatim), ..Self::new(&Question::default(), finder) }
    }

    /// The ranges of `text` to mark.
    pub(crate) fn find_in(&self, text: &Normalized) -> Vec<Range<usize>> {
        if let Some(verbatim) = &self.verbatim {
            return merge(verbatim.find_in(text));
        }
        let mut ranges = self.find_texts(text);
        ranges.extend(self.find_words(text));
        ranges.extend(self.find_keys(text));
        merge(ranges)
    }

    /// Substrings, found in the visible characters so that spaces do not part them.
    fn find_texts(&self, text: &Normalized) -> Vec<Range<usize>> {
        let Some(texts) = &self.texts else { return Vec::new() };
        let visible = VisibleText::of(text);
        let found = texts.find_iter(&visible.compact);
        found.filter_map(|found| visible.range_of(&found.range())).collect()
    }

    /// Words on their borders. Only runs that hold the characters are cut into words.
    fn find_words(&self, text: &Normalized) -> Vec<Range<usize>> {
        if self.words.is_empty() {
            return Vec::new();
        }
        let mut ranges = Vec::new();
        for run in find_runs(text.chars()) {
            let chars = text.text(run.clone());
            if !self.words.iter().any(|word| chars.contains(word.as_str())) {
                continue;
            }
            let found = self.finder.find_words(&chars).into_iter();
            ranges.extend(
                found
                    .filter(|(word, _)| self.words.contains(word))
                    .map(|(_, range)| run.start + range.start..run.start + range.end),
            );
        }
        ranges
    }

    /// Numbers and codes, with the unit that was asked for.
    fn find_keys(&self, text: &Normalized) -> Vec<Range<usize>> {
        if self.keys.is_empty() {
            return Vec::new();
        }
        let with_tail = |key: &str, range: Range<usize>| {
            self.keys.iter().filter(|(asked, _)| asked == key).find_map(|(_, tail)| {
                let end = end_of_tail(text, range.end, tail)?;
                Some(range.start..end)
            })
        };
        let keys = find_keys(text).into_iter();
        keys.filter_map(|(key, range)| with_tail(&key, range)).collect()
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
