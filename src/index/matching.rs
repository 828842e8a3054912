//! Parts of a question to what matches them.
//!
//! In: [`Clause`]s and the postings. Out: [`Matches`]: entries or literals with scores. Guarantees: a number
//! or a word of two characters is never found inside another; scores are the same on every machine that
//! gives the same index. Surprising: an entry matches when its literals together hold all parts (one in the
//! title, another in the text); for SPARQL a single literal must.

use std::collections::HashSet;

use tantivy::query::{EnableScoring, PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, SegmentReader, TERMINATED, Term};

use super::analysis::{Normalized, Writing, cover, find_document_numbers, is_multiplier};
use super::axis::Axis;
use super::clause::{Clause, Part};
use super::entry::EntryKind;
use super::matches::Matches;
use super::question::Question;
use super::reader::{Contents, LiteralFacts};
use super::schema::Role;

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
    index: &'a Contents,
    grain: Grain<'a>,
    titles_only: bool,
    /// Whether only the numbers of documents are looked at.
    only_numbers: bool,
    /// Whether a number finds what names it only, and not what its document holds.
    of_cited_number: bool,
}

impl<'a> Lookup<'a> {
    /// A lookup at this grain.
    pub(crate) fn new(index: &'a Contents, grain: Grain<'a>) -> Self {
        Self { index, grain, titles_only: false, only_numbers: false, of_cited_number: false }
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
        let wanted = question.wanted.iter();
        let found = intersection(wanted.map(|clause| || self.match_clause(clause)));
        self.without_excluded(question, found.unwrap_or(all))
    }

    /// What matches at least half as many parts as any entry does, those with most first, for when nothing matches all of them.
    pub(crate) fn match_most(&self, question: &Question) -> Matches {
        let clauses = question.wanted.iter();
        let parts: Vec<&Part> = clauses.flat_map(|clause| &clause.parts).collect();
        if parts.len() < RELAXED_PARTS_MIN {
            return Matches::default();
        }
        let (mut counts, mut scores) = (Matches::default(), Matches::default());
        for part in parts {
            let found = self.match_part(part);
            counts = counts.or_sum(found.clone().scored(1.0));
            scores = scores.or_sum(found);
        }
        let most = counts.iter().map(|(_, count)| count).fold(0.0, f32::max);
        let enough = counts.at_least(most / 2.0).weighted(PART_SCORE).and(scores);
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
            _ => self.phrase(cover(chars)),
        }
    }

    fn without_excluded(&self, question: &Question, found: Matches) -> Matches {
        let excluded = question.excluded.iter().map(|clause| self.match_clause(clause));
        excluded.fold(found, Matches::without)
    }

    /// What matches a clause, or one of those that were given beside it.
    fn match_clause(&self, clause: &Clause) -> Matches {
        let or = clause.or.iter().map(|clause| self.match_all_parts(clause));
        or.fold(self.match_all_parts(clause), Matches::or_best)
    }

    /// What matches all parts of a clause, or its whole as a substring.
    fn match_all_parts(&self, clause: &Clause) -> Matches {
        let parts = clause.parts.iter().map(|part| || self.match_part(part));
        let all = intersection(parts).unwrap_or_default();
        match &clause.whole {
            Some(whole) => all.or_sum(self.substring(whole).weighted(SIDE_BY_SIDE_WEIGHT)),
            None => all,
        }
    }

    /// What matches one part.
    fn match_part(&self, part: &Part) -> Matches {
        match part {
            Part::Word(word) => self.word(word),
            Part::Text(text) => self.substring(text),
            Part::Key(keys) => self.first_known(keys),
            Part::Quantity { key, tail, whole } => self.quantity(key, tail, whole),
            Part::Name { forms, local, iris, words, .. } => {
                let forms = forms.iter().map(|form| self.word(form));
                let mut named = forms.fold(self.in_charge(iris), Matches::or_best);
                if !local.is_empty() {
                    let local = local.iter().map(|form| self.word(form));
                    let found = local.fold(Matches::default(), Matches::or_best);
                    named = named.or_best(self.in_their_documents(&found, iris));
                }
                let words = intersection(words.iter().map(|word| || self.match_part(word)));
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
        let together = self.phrase(terms);
        let unit = tail.get(1..).unwrap_or_default();
        let is_counted = unit.first().is_some_and(|c| is_multiplier(*c)) || unit.len() < 2;
        if !together.is_empty() || is_counted {
            return together;
        }
        // What is behind the number is a word of its own (12345热线).
        let apart = self.substring(&unit.iter().collect::<String>());
        self.term(self.index.columns.gram, key).and(apart)
    }

    /// Literals whose whole is one of these names.
    pub(crate) fn match_names(&self, keys: &[String]) -> Matches {
        keys.iter()
            .map(|key| self.term(self.index.columns.word, key))
            .fold(Matches::default(), Matches::or_best)
    }

    /// A word on word borders; from three characters on also inside other words.
    fn word(&self, word: &str) -> Matches {
        let words = self.word_alone(word);
        if word.chars().count() < 3 {
            return words;
        }
        words.or_best(self.substring(word).weighted(INSIDE_WEIGHT))
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
            _ => self.phrase(cover(&chars)),
        }
    }

    fn first_known(&self, keys: &[String]) -> Matches {
        let field = self.index.columns.gram;
        let is_known = |key: &&String| {
            let term = Term::from_field_text(field, key);
            self.index.searcher.doc_freq(&term).is_ok_and(|documents| documents > 0)
        };
        keys.iter().find(is_known).map(|key| self.term(field, key)).unwrap_or_default()
    }

    fn phrase(&self, terms: Vec<(usize, String)>) -> Matches {
        let field = self.index.columns.gram;
        if let [(_, only)] = terms.as_slice() {
            return self.term(field, only);
        }
        let terms: Vec<(usize, Term)> = terms
            .into_iter()
            .map(|(offset, text)| (offset, Term::from_field_text(field, &text)))
            .collect();
        if terms.len() < 2 {
            return Matches::default();
        }
        self.run(&PhraseQuery::new_with_offset(terms))
    }

    fn term(&self, field: Field, text: &str) -> Matches {
        let term = Term::from_field_text(field, text);
        self.run(&TermQuery::new(term, IndexRecordOption::WithFreqs))
    }

    /// Runs a query over all segments. What the disk no longer gives is not found.
    fn run(&self, query: &dyn Query) -> Matches {
        let searcher = &self.index.searcher;
        let Ok(weight) = query.weight(EnableScoring::enabled_from_searcher(searcher)) else {
            return Matches::default();
        };
        let mut found: Vec<(u32, f32)> = Vec::new();
        let mut base = 0;
        for reader in searcher.segment_readers() {
            if let Ok(mut scorer) = weight.scorer(reader, 1.0) {
                while scorer.doc() != TERMINATED {
                    let score = scorer.score();
                    found.extend(self.unit(base + scorer.doc(), score));
                    scorer.advance();
                }
            }
            base += reader.max_doc();
        }
        Matches::from_unsorted(found)
    }

    /// Texts that hold a character: those with a term that begins with it.
    fn character(&self, c: char, terms_max: usize) -> Matches {
        let mut holds = vec![false; self.index.literals.len()];
        let mut base = 0;
        for reader in self.index.searcher.segment_readers() {
            // What the disk no longer gives is not found.
            let _ = self.read_prefix((reader, base), (c, terms_max), &mut holds);
            base += reader.max_doc();
        }
        let found = (0..).zip(holds).filter(|(_, holds)| *holds);
        Matches::from_unsorted(found.filter_map(|(doc, _)| self.unit(doc, 1.0)).collect())
    }

    /// Notes the documents of the terms of a segment that begin with `c`.
    fn read_prefix(
        &self,
        (reader, base): (&SegmentReader, u32),
        (c, terms_max): (char, usize),
        holds: &mut [bool],
    ) -> std::io::Result<()> {
        let Ok(inverted) = reader.inverted_index(self.index.columns.gram) else { return Ok(()) };
        let (first, past) = (c.to_string(), format!("{c}\u{10FFFF}\u{10FFFF}"));
        let range = inverted.terms().range().ge(first.as_bytes()).lt(past.as_bytes());
        let mut terms = range.into_stream()?;
        let mut count = 0;
        while terms.advance() && count < terms_max {
            count += 1;
            let mut postings =
                inverted.read_postings_from_terminfo(terms.value(), IndexRecordOption::Basic)?;
            while postings.doc() != TERMINATED {
                let place = usize::try_from(base + postings.doc()).ok();
                if let Some(held) = place.and_then(|place| holds.get_mut(place)) {
                    *held = true;
                }
                postings.advance();
            }
        }
        Ok(())
    }

    /// The entry or literal that a document of the index counts for, with its weighted score.
    fn unit(&self, doc: u32, score: f32) -> Option<(u32, f32)> {
        let facts = self.index.literals.get(usize::try_from(doc).ok()?)?;
        let is_passed_over = match facts.role {
            Role::Text => self.titles_only || self.only_numbers,
            Role::Title | Role::Alias => self.only_numbers,
            Role::Number => self.of_cited_number && !self.is_document(facts),
        };
        if is_passed_over {
            return None;
        }
        match self.grain {
            Grain::Entry => Some((facts.entry, score * self.weight(facts))),
            Grain::Literal(properties) => {
                let property = facts.property?;
                let asked = properties.is_empty() || properties.contains(&property);
                asked.then_some((doc, score * self.weight(facts)))
            }
        }
    }

    /// How much a literal of this role says about its entry.
    fn weight(&self, facts: &LiteralFacts) -> f32 {
        match facts.role {
            Role::Title => 2.5,
            Role::Alias => 2.0,
            Role::Text => 1.0,
            Role::Number if self.is_document(facts) => 5.0,
            Role::Number => 0.3,
        }
    }

    fn is_document(&self, facts: &LiteralFacts) -> bool {
        self.index.entry_facts(facts.entry).is_some_and(|entry| entry.kind == EntryKind::Document)
    }

    /// Entries that one of these is in charge of, which their text need not name.
    fn in_charge(&self, iris: &[String]) -> Matches {
        if matches!(self.grain, Grain::Literal(_)) || self.titles_only {
            return Matches::default();
        }
        let found = iris.iter().filter_map(|iri| self.index.charges.get(iri)).flatten();
        Matches::from_unsorted(found.map(|&ordinal| (ordinal, 1.0)).collect())
    }

    /// What of `found` is in a document in which one of these is in charge of something.
    fn in_their_documents(&self, found: &Matches, iris: &[String]) -> Matches {
        if matches!(self.grain, Grain::Literal(_)) {
            // A literal does not say who is in charge of what is around it.
            return found.clone();
        }
        let document = |ordinal: u32| {
            let facts = self.index.entry_facts(ordinal)?;
            self.index.values_of(facts, Axis::Document).next()
        };
        let theirs: HashSet<u32> =
            self.in_charge(iris).iter().filter_map(|(ordinal, _)| document(ordinal)).collect();
        let is_theirs = |ordinal| document(ordinal).is_some_and(|place| theirs.contains(&place));
        Matches::from_unsorted(found.iter().filter(|(ordinal, _)| is_theirs(*ordinal)).collect())
    }
}

/// What all of these give, or nothing if there are none. Stops asking once nothing is left.
fn intersection<F: FnOnce() -> Matches>(asks: impl Iterator<Item = F>) -> Option<Matches> {
    let mut found: Option<Matches> = None;
    for ask in asks {
        found = match found {
            None => Some(ask()),
            Some(known) if known.is_empty() => return Some(known),
            Some(known) => Some(known.and(ask())),
        };
    }
    found
}
