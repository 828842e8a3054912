//! What is like a resource. In: its IRI; out: resources of its kind that share its rarer words, the nearest in the documents that its document implements and in those
//! that implement it, and targets of the same indicators elsewhere. Guarantee: nothing is related to itself. Surprising: how like two texts are is measured
//! against how like one is to itself, so that a document without its counterpart gives none.

use std::collections::HashMap;

use tantivy::Term;

use serde::Serialize;

use super::analysis::Normalized;
use super::axis::Axis;
use super::entry::{Entry, EntryKind, Hit, Sort};
use super::hits::show;
use super::marks::Marks;
use super::matches::Matches;
use super::matching::{Grain, Lookup};
use super::question::Question;
use super::reader::{Contents, Index};
use super::search::best;

/// A text is compared by so many of its words, those that say most of it.
const WORDS_MAX: usize = 24;
/// A word in more of all texts than one in so many says nothing of one.
const COMMON_SHARE: u64 = 8;
/// Texts that are looked at for what may be like another.
const CANDIDATES_MAX: u64 = 20_000;
/// What shares less than this of what a text shares with itself is not like it.
const LIKENESS_MIN: f32 = 0.12;

/// What is related to a resource, the nearest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Related {
    /// Of the same kind, in any document.
    pub similar: Vec<Hit>,
    /// Its counterparts in the documents that its document implements.
    pub above: Vec<Hit>,
    /// Its counterparts in the documents that implement its document.
    pub below: Vec<Hit>,
    /// Targets of the same indicators in other documents, the latest documents first.
    pub same_indicator: Vec<Hit>,
}

impl Index {
    /// What is related to the resource `iri`, at most `hits_max` of each sort; `None` where the index does not have it.
    pub fn related(&self, iri: &str, hits_max: usize) -> Option<Related> {
        self.contents().related(iri, hits_max)
    }
}

impl Contents {
    fn related(&self, iri: &str, hits_max: usize) -> Option<Related> {
        let (ordinal, entry) = self.find_entry(iri)?;
        let like = self.like(ordinal, &entry);
        let near = |is_wanted: &dyn Fn(u32) -> bool| {
            let found: Vec<(u32, f32)> = like
                .iter()
                .filter(|&(other, score)| other != ordinal && score >= LIKENESS_MIN)
                .filter(|&(other, _)| is_wanted(other))
                .collect();
            self.shown(&best(&found, 0, hits_max))
        };
        let own: Vec<u32> = self.values_of(ordinal, Axis::Document).collect();
        let above: Vec<u32> = self.documents_named(ordinal);
        let is_in = |other: u32, documents: &[u32]| {
            self.values_of(other, Axis::Document).any(|place| documents.contains(&place))
        };
        let implements_own =
            |other: u32| self.documents_named(other).iter().any(|one| own.contains(one));
        Some(Related {
            similar: near(&|_| true),
            above: near(&|other| is_in(other, &above)),
            below: near(&|other| implements_own(other) && !is_in(other, &own)),
            same_indicator: self.same_indicator(ordinal, &own, hits_max),
        })
    }

    /// How like each entry of the same kind is to `entry`, as a share of how like that is to itself.
    fn like(&self, ordinal: u32, entry: &Entry) -> Matches {
        let lookup = Lookup::new(self, Grain::Entry);
        let mut like = Matches::default();
        // The rarest words tell which entries may be like it; the others are looked for in those only.
        let mut looked_at = 0;
        for (frequency, word) in self.telling_words(entry) {
            let found = if looked_at < CANDIDATES_MAX {
                lookup.word_alone(&word)
            } else {
                lookup.among(&like).word_alone(&word)
            };
            looked_at += frequency;
            // Nothing has more of a word than the text itself.
            let own = found.iter().find(|(other, _)| *other == ordinal);
            let most = own.map(|(_, score)| score).unwrap_or_default();
            like = like.or_sum(found.at_most(most));
        }
        let itself = like.iter().find(|(other, _)| *other == ordinal).map(|(_, score)| score);
        let Some(itself) = itself.filter(|score| *score > 0.0) else { return Matches::default() };
        let same_kind =
            |other: u32| self.entry_facts(other).is_some_and(|facts| facts.kind == entry.kind);
        let kept = like.iter().filter(|&(other, _)| same_kind(other));
        Matches::from_unsorted(kept.map(|(other, score)| (other, score / itself)).collect())
    }

    /// The words that say most of an entry, often in it and seldom elsewhere, with the number of texts that have them; the rarest first. Those that nothing else has
    /// are left out.
    fn telling_words(&self, entry: &Entry) -> Vec<(u64, String)> {
        // How often a word stands in all texts, and in how many of them, which are those of the index for an entry that has them.
        let mut counts: HashMap<String, (u32, u64)> = HashMap::new();
        let mut texts: Vec<&str> = entry.fields.iter().map(|field| field.text.as_str()).collect();
        texts.push(&entry.title);
        texts.sort_unstable();
        texts.dedup();
        for text in texts {
            let mut here: Vec<String> = Vec::new();
            for (word, _) in self.finder.find_in(&Normalized::of(text)) {
                if word.chars().count() > 1 {
                    counts.entry(word.clone()).or_default().0 += 1;
                    here.push(word);
                }
            }
            here.sort_unstable();
            here.dedup();
            for word in here {
                counts.entry(word).or_default().1 += 1;
            }
        }
        let all = self.searcher.num_docs().max(1);
        let frequency = |word: &str| {
            let term = Term::from_field_text(self.columns.word, word);
            self.searcher.doc_freq(&term).unwrap_or_default()
        };
        let mut words: Vec<(f32, u64, String)> = counts
            .into_iter()
            .filter_map(|(word, (count, texts))| {
                let others = frequency(&word);
                let tells = others > texts && (others <= all / COMMON_SHARE || all < 100);
                // Counts of texts are far below what single precision tells apart.
                let rarity = (as_weight(all) / as_weight(others)).ln();
                tells.then(|| (as_weight(u64::from(count.min(4))) * rarity, others, word))
            })
            .collect();
        words.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.2.cmp(&b.2)));
        words.truncate(WORDS_MAX);
        let mut words: Vec<(u64, String)> =
            words.into_iter().map(|(_, frequency, word)| (frequency, word)).collect();
        words.sort_unstable();
        words
    }

    /// Targets with an indicator of an entry, outside its document.
    fn same_indicator(&self, ordinal: u32, own: &[u32], hits_max: usize) -> Vec<Hit> {
        let indicators: Vec<u32> = self.values_of(ordinal, Axis::Indicator).collect();
        if indicators.is_empty() {
            return Vec::new();
        }
        let is_one = |other: u32| {
            self.values_of(other, Axis::Indicator).any(|place| indicators.contains(&place))
                && !self.values_of(other, Axis::Document).any(|place| own.contains(&place))
        };
        let targets = self.kind_range(EntryKind::Target).filter(|other| is_one(*other));
        let mut found: Vec<(u32, f32)> = targets.map(|ordinal| (ordinal, 0.0)).collect();
        self.order(&mut found, Sort::Date);
        self.shown(&best(&found, 0, hits_max))
    }

    /// The documents that the document of an entry implements, as places of their tags.
    fn documents_named(&self, ordinal: u32) -> Vec<u32> {
        let named = self.values_of(ordinal, Axis::Implements);
        named.filter_map(|place| self.place_on(place, Axis::Document)).collect()
    }

    fn shown(&self, found: &[(u32, f32)]) -> Vec<Hit> {
        let marks = Marks::new(&Question::default(), &self.finder);
        let hit = |&(ordinal, score): &(u32, f32)| {
            Some(show(self.read_entry(ordinal)?, score, &marks, false))
        };
        found.iter().filter_map(hit).collect()
    }
}

/// A count as a weight.
#[allow(clippy::cast_precision_loss, reason = "a weight needs no more than its first digits")]
fn as_weight(count: u64) -> f32 {
    count as f32
}
