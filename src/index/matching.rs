//! Parts of a question to what matches them.
//!
//! In: [`Clause`]s and the postings. Out: [`Matches`]: entries or literals with scores. Guarantees: a number
//! or a word of two characters is never found inside another; scores are the same on every machine that
//! gives the same index. Surprising: an entry matches when its literals together hold all parts (one in the
//! title, another in the text); for SPARQL a single literal must.

#![allow(
    clippy::redundant_closure_for_method_calls,
    reason = "a method stands for one lifetime of a lookup, a closure for all"
)]

use super::analysis::{Normalized, Writing, cover, find_document_numbers, is_multiplier, pairs};
use super::axis::Axis;
use super::clause::{Clause, Part};
use super::matches::{Matches, Tally};
use super::names::Meaning;
use super::number_set::NumberSet;
use super::question::Question;
use super::reader::Contents;

/// Words inside other words count less than words.
const INSIDE_WEIGHT: f32 = 0.5;
/// All words side by side count this much beside each alone.
const SIDE_BY_SIDE_WEIGHT: f32 = 0.5;
/// Fewer parts than this are never relaxed: what is left would no longer be the question.
const RELAXED_PARTS_MIN: usize = 2;
/// In a relaxed answer one more part counts more than any score.
const PART_SCORE: f32 = 1_000.0;
/// A character that begins so many terms is looked up in the first of them only.
const PREFIX_TERMS_MAX: usize = 20_000;

/// What is matched: entries as a whole, or their literals one by one.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Grain<'a> {
    /// Entries.
    Entry,
    /// Literals of these properties (places in the index's list), or of all if there are none.
    Literal(&'a [u32]),
}

/// Answers the parts of one search.
#[derive(Clone, Copy)]
pub(crate) struct Lookup<'a> {
    pub(super) index: &'a Contents,
    pub(super) grain: Grain<'a>,
    pub(super) titles_only: bool,
    /// Whether only the numbers of documents are looked at.
    pub(super) only_numbers: bool,
    /// Whether a number finds what names it only, and not what its document holds.
    pub(super) of_cited_number: bool,
    /// What is looked at, if not all: nothing else is found.
    pub(super) within: Option<&'a Matches>,
}

impl<'a> Lookup<'a> {
    /// A lookup at this grain.
    pub(crate) fn new(index: &'a Contents, grain: Grain<'a>) -> Self {
        Self {
            index,
            grain,
            titles_only: false,
            only_numbers: false,
            of_cited_number: false,
            within: None,
        }
    }

    /// The same, among these only.
    pub(super) fn among<'b>(&'b self, within: &'b Matches) -> Lookup<'b> {
        Lookup { within: Some(within), ..*self }
    }

    /// The same, in titles and other names only.
    pub(crate) fn in_titles(self, titles_only: bool) -> Self {
        Self { titles_only, ..self }
    }

    /// The same, with a document's number finding the document and what cites it, and not all that it holds.
    pub(crate) fn of_cited_number(self, of_cited_number: bool) -> Self {
        Self { of_cited_number, ..self }
    }

    /// What is looked at.
    pub(crate) fn index(&self) -> &'a Contents {
        self.index
    }

    /// Documents with this number, and what they hold.
    pub(crate) fn match_number(&self, typed: &str) -> Matches {
        let numbers = find_document_numbers(Normalized::of(typed).chars(), Writing::Typed);
        let Some(number) = numbers.first() else { return Matches::default() };
        let keys: Vec<String> = number.keys.iter().map(|(key, _)| key.clone()).collect();
        let only = Self { only_numbers: true, ..*self };
        only.first_known(&keys)
    }

    /// What matches all clauses wanted and none excluded. With nothing wanted but something excluded,
    /// `all` without that.
    pub(crate) fn match_question(&self, question: &Question, all: Matches) -> Matches {
        if question.wanted.is_empty() && question.excluded.is_empty() {
            return Matches::default();
        }
        let mut clauses: Vec<&Clause> = question.wanted.iter().collect();
        clauses.sort_by_cached_key(|clause| self.clause_cost(clause));
        let found = self.intersection(&clauses, |lookup, clause| lookup.match_clause(clause));
        self.without_excluded(question, found.unwrap_or(all))
    }

    /// What matches at least half as many parts as any entry does, those with most first, for when nothing matches all of them.
    pub(crate) fn match_most(&self, question: &Question) -> Matches {
        let clauses = question.wanted.iter();
        let parts: Vec<&Part> = clauses.flat_map(|clause| &clause.parts).collect();
        if parts.len() < RELAXED_PARTS_MIN {
            return Matches::default();
        }
        let mut tally = Tally::below(match self.grain {
            Grain::Entry => self.index.entries.len(),
            Grain::Literal(_) => usize::try_from(self.index.literals.len()).unwrap_or(usize::MAX),
        });
        for part in parts {
            tally.add(&self.match_part(part));
        }
        let enough = tally.with_half_of_most(PART_SCORE);
        self.without_excluded(question, enough)
    }

    /// What matches at least one part and no clause excluded.
    pub(crate) fn match_any(&self, question: &Question) -> Matches {
        let mut found = Matches::default();
        for clause in &question.wanted {
            let parts = clause.parts.iter().map(|part| self.match_part(part));
            found = parts.fold(found, Matches::or_sum);
            if let Some(whole) = &clause.whole {
                found = found.or_sum(self.substring(whole).weighted(SIDE_BY_SIDE_WEIGHT));
            }
        }
        self.without_excluded(question, found)
    }

    /// What has these characters in this order with nothing but spaces between.
    pub(crate) fn match_characters(&self, chars: &[char]) -> Matches {
        match chars {
            [] => Matches::default(),
            [one] => self.character(*one, usize::MAX),
            _ => self.sequence(chars),
        }
    }

    fn without_excluded(&self, question: &Question, found: Matches) -> Matches {
        question.excluded.iter().fold(found, |found, clause| {
            let excluded = self.among(&found).match_clause(clause);
            found.without(&excluded)
        })
    }

    /// What matches a clause, or one of those that were given beside it.
    fn match_clause(&self, clause: &Clause) -> Matches {
        let or = clause.or.iter().map(|clause| self.match_all_parts(clause));
        or.fold(self.match_all_parts(clause), Matches::or_best)
    }

    /// What matches all parts of a clause, or its whole as a substring where nothing has all parts as words.
    fn match_all_parts(&self, clause: &Clause) -> Matches {
        let mut parts: Vec<&Part> = clause.parts.iter().collect();
        parts.sort_by_cached_key(|part| self.part_cost(part));
        let all = self.intersection(&parts, |lookup, part| lookup.match_part(part));
        let all = all.unwrap_or_default();
        match &clause.whole {
            Some(whole) if all.is_empty() => self.substring(whole).weighted(SIDE_BY_SIDE_WEIGHT),
            Some(whole) => {
                let side_by_side = self.among(&all).substring(whole).weighted(SIDE_BY_SIDE_WEIGHT);
                all.or_sum(side_by_side)
            }
            None => all,
        }
    }

    /// What all of these give, the later ones looked at only among what the earlier ones gave; nothing if there are none.
    fn intersection<T>(
        &self,
        asked: &[&T],
        ask: impl Fn(&Lookup<'_>, &T) -> Matches,
    ) -> Option<Matches> {
        let (first, rest) = asked.split_first()?;
        let mut found = ask(self, first);
        for one in rest {
            if found.is_empty() {
                break;
            }
            let next = ask(&self.among(&found), one);
            found = found.and(&next);
        }
        Some(found)
    }

    /// About how many texts are looked at for a clause.
    fn clause_cost(&self, clause: &Clause) -> u64 {
        let of_parts = |clause: &Clause| {
            clause.parts.iter().map(|part| self.part_cost(part)).min().unwrap_or_default()
        };
        clause.all().map(of_parts).sum()
    }

    /// About how many texts are looked at for a part.
    fn part_cost(&self, part: &Part) -> u64 {
        let columns = &self.index.columns;
        match part {
            Part::Word(word) => self.word_cost(word),
            Part::Text(text) => self.substring_cost(text),
            Part::Key(keys) => keys.iter().map(|key| self.frequency(columns.gram, key)).sum(),
            Part::Quantity { key, .. } => self.frequency(columns.gram, key),
            Part::Name { meaning, words, .. } => {
                let forms = meaning.forms.iter().chain(&meaning.local);
                let apart = words.iter().map(|word| self.part_cost(word)).min();
                forms.map(|form| self.word_cost(form)).sum::<u64>() + apart.unwrap_or_default()
            }
        }
    }

    fn word_cost(&self, word: &str) -> u64 {
        match self.frequency(self.index.columns.word, word) {
            0 => self.substring_cost(word),
            frequency => frequency,
        }
    }

    fn substring_cost(&self, text: &str) -> u64 {
        let chars: Vec<char> = text.chars().collect();
        let gram = self.index.columns.gram;
        // A character alone is looked up in very many terms.
        pairs(&chars).map(|(_, pair)| self.frequency(gram, &pair)).min().unwrap_or(u64::MAX / 4)
    }

    /// What matches one part.
    fn match_part(&self, part: &Part) -> Matches {
        match part {
            Part::Word(word) => self.word(word),
            Part::Text(text) => self.substring(text),
            Part::Key(keys) => self.first_known(keys),
            Part::Quantity { key, tail, whole } => self.quantity(key, tail, whole),
            Part::Name { meaning, words, .. } => {
                let Meaning { forms, local, iris } = meaning.as_ref();
                let any_of = |forms: &[String]| {
                    Matches::best_of(forms.iter().map(|form| self.word(form)).collect())
                };
                let mut named = any_of(forms).or_best(self.in_charge(iris));
                if !local.is_empty() {
                    named = named.or_best(self.in_their_documents(&any_of(local), iris));
                }
                let words: Vec<&Part> = words.iter().collect();
                let words = self.intersection(&words, |lookup, word| lookup.match_part(word));
                named.or_best(words.unwrap_or_default().weighted(INSIDE_WEIGHT))
            }
        }
    }

    /// A number with its unit as it was printed; else the number and what follows it, for a unit that is cut elsewhere.
    fn quantity(&self, key: &str, tail: &str, whole: &str) -> Matches {
        let printed = self.term(self.index.columns.gram, whole);
        if !printed.is_empty() {
            return printed;
        }
        let tail: Vec<char> = tail.chars().collect();
        let mut terms = vec![(0, key.to_owned())];
        terms.extend(cover(&tail));
        let together = self.phrase(terms, None);
        let unit = tail.get(1..).unwrap_or_default();
        let is_counted = unit.first().is_some_and(|c| is_multiplier(*c)) || unit.len() < 2;
        if !together.is_empty() || is_counted {
            return together;
        }
        // What is behind the number is a word of its own (12345热线).
        let apart = self.substring(&unit.iter().collect::<String>());
        self.term(self.index.columns.gram, key).and(&apart)
    }

    /// Literals whose whole is one of these names.
    pub(crate) fn match_names(&self, keys: &[String]) -> Matches {
        keys.iter()
            .map(|key| self.term(self.index.columns.word, key))
            .fold(Matches::default(), Matches::or_best)
    }

    /// A word on word borders; one of three characters or more that no text has as a word also inside other words.
    fn word(&self, word: &str) -> Matches {
        let is_known = self.frequency(self.index.columns.word, word) > 0;
        if is_known || word.chars().count() < 3 {
            return self.word_alone(word);
        }
        self.substring(word).weighted(INSIDE_WEIGHT)
    }

    /// A word on word borders only.
    pub(crate) fn word_alone(&self, word: &str) -> Matches {
        self.term(self.index.columns.word, word)
    }

    fn substring(&self, text: &str) -> Matches {
        let chars: Vec<char> = text.chars().collect();
        match chars.as_slice() {
            [] => Matches::default(),
            [one] => self.character(*one, PREFIX_TERMS_MAX),
            _ => self.sequence(&chars),
        }
    }

    fn first_known(&self, keys: &[String]) -> Matches {
        let field = self.index.columns.gram;
        let is_known = |key: &&String| self.frequency(field, key) > 0;
        keys.iter().find(is_known).map(|key| self.term(field, key)).unwrap_or_default()
    }

    /// Entries that one of these is in charge of, which their text need not name.
    fn in_charge(&self, iris: &[String]) -> Matches {
        if matches!(self.grain, Grain::Literal(_)) || self.titles_only {
            return Matches::default();
        }
        let charges = || iris.iter().filter_map(|iri| self.index.charges.get(iri.as_str()));
        if let Some(within) = self.within {
            let mut theirs = NumberSet::below(self.index.values.len());
            charges().for_each(|charge| theirs.insert(charge.tag));
            let own = |ordinal: u32| self.index.tag_sets.own(ordinal).iter();
            let is_theirs = |ordinal: u32| own(ordinal).any(|tag| theirs.has(*tag));
            let found = within.iter().filter(|(ordinal, _)| is_theirs(*ordinal));
            return found.map(|(ordinal, _)| (ordinal, 1.0)).collect();
        }
        let mut theirs = NumberSet::below(self.index.entries.len());
        charges().flat_map(|charge| &charge.entries).for_each(|ordinal| theirs.insert(*ordinal));
        theirs.iter().map(|ordinal| (ordinal, 1.0)).collect()
    }

    /// What of `found` is in a document in which one of these is in charge of something.
    fn in_their_documents(&self, found: &Matches, iris: &[String]) -> Matches {
        if matches!(self.grain, Grain::Literal(_)) {
            // A literal does not say who is in charge of what is around it.
            return found.clone();
        }
        let index = self.index;
        let document = |ordinal: u32| index.values_of(ordinal, Axis::Document).next();
        // Also those that are not looked at tell which documents are theirs.
        let all = Lookup { within: None, ..*self };
        let mut theirs = NumberSet::below(index.values.len());
        for (ordinal, _) in all.in_charge(iris).iter() {
            if let Some(place) = document(ordinal) {
                theirs.insert(place);
            }
        }
        let is_theirs = |ordinal| document(ordinal).is_some_and(|place| theirs.has(place));
        found.iter().filter(|(ordinal, _)| is_theirs(*ordinal)).collect()
    }
}
