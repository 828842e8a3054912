//! Terms to the entries or literals that have them. In: terms, and of a [`Lookup`] what is looked at; out: [`Matches`]. Guarantee: scores are those of BM25 whatever is looked at.
//! Surprising: where few are looked at, the list of a frequent term is leapt through and not read.

use tantivy::postings::Postings as _;
use tantivy::query::{Bm25Weight, EnableScoring, PhraseQuery, Query as _, Scorer};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, SegmentReader, TERMINATED, Term};

use super::entry::EntryKind;
use super::matches::Matches;
use super::matching::{Grain, Lookup};
use super::reader::LiteralFacts;
use super::schema::Role;

impl Lookup<'_> {
    /// Literals with these terms at these distances.
    pub(super) fn phrase(&self, terms: Vec<(usize, String)>) -> Matches {
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
        // What the disk no longer gives is not found.
        self.run_phrase(&PhraseQuery::new_with_offset(terms)).unwrap_or_default()
    }

    fn run_phrase(&self, query: &PhraseQuery) -> tantivy::Result<Matches> {
        let searcher = &self.index.searcher;
        let weight = query.weight(EnableScoring::enabled_from_searcher(searcher))?;
        let mut walk = Walk::new(self);
        for reader in searcher.segment_readers() {
            let mut scorer = weight.scorer(reader, 1.0)?;
            walk.segment(reader.max_doc(), scorer.as_mut(), Scorer::score);
        }
        Ok(walk.found)
    }

    /// Literals with a term.
    pub(super) fn term(&self, field: Field, text: &str) -> Matches {
        // What the disk no longer gives is not found.
        self.run_term(field, &Term::from_field_text(field, text)).unwrap_or_default()
    }

    fn run_term(&self, field: Field, term: &Term) -> tantivy::Result<Matches> {
        let searcher = &self.index.searcher;
        let weight = Bm25Weight::for_terms(searcher, std::slice::from_ref(term))?;
        let mut walk = Walk::new(self);
        for reader in searcher.segment_readers() {
            let norms = reader.get_fieldnorms_reader(field)?;
            let postings =
                reader.inverted_index(field)?.read_postings(term, IndexRecordOption::WithFreqs)?;
            match postings {
                Some(mut postings) => walk.segment(reader.max_doc(), &mut postings, |postings| {
                    weight.score(norms.fieldnorm_id(postings.doc()), postings.term_freq())
                }),
                None => walk.pass(reader.max_doc()),
            }
        }
        Ok(walk.found)
    }

    /// In how many literals a term is.
    pub(super) fn frequency(&self, field: Field, text: &str) -> u64 {
        let term = Term::from_field_text(field, text);
        self.index.searcher.doc_freq(&term).unwrap_or_default()
    }

    /// Texts that hold a character: those with a term that begins with it.
    pub(super) fn character(&self, c: char, terms_max: usize) -> Matches {
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

    /// Where the literals of an entry begin and end, or a literal itself.
    fn literals_of(&self, unit: u32) -> Option<(u32, u32)> {
        if let Grain::Literal(_) = self.grain {
            return Some((unit, unit + 1));
        }
        let start = self.index.entry_facts(unit)?.first_literal;
        let next = self.index.entry_facts(unit + 1).map(|facts| facts.first_literal);
        let end = next.or_else(|| u32::try_from(self.index.literals.len()).ok())?;
        Some((start, end))
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
}

/// A walk through the literals that a query gives, segment by segment.
struct Walk<'a, 'b> {
    lookup: &'b Lookup<'a>,
    /// Literals in the segments before.
    base: u32,
    found: Matches,
}

impl<'a, 'b> Walk<'a, 'b> {
    fn new(lookup: &'b Lookup<'a>) -> Self {
        Self { lookup, base: 0, found: Matches::default() }
    }

    /// Goes past a segment of so many literals.
    fn pass(&mut self, literals: u32) {
        self.base += literals;
    }

    /// Takes what `docs` gives of a segment of so many literals, of which all or only some are looked at.
    fn segment<D: DocSet + ?Sized>(
        &mut self,
        literals: u32,
        docs: &mut D,
        mut score: impl FnMut(&mut D) -> f32,
    ) {
        let Some(within) = self.lookup.within else {
            while docs.doc() != TERMINATED {
                let own = score(docs);
                self.take(docs.doc(), own);
                docs.advance();
            }
            return self.pass(literals);
        };
        for (unit, _) in within.iter() {
            let Some((start, end)) = self.lookup.literals_of(unit) else { continue };
            let Some(start) = start.checked_sub(self.base).filter(|start| *start < literals) else {
                continue;
            };
            let end = (end - self.base).min(literals);
            if docs.doc() < start {
                docs.seek(start);
            }
            while docs.doc() < end {
                let own = score(docs);
                self.take(docs.doc(), own);
                docs.advance();
            }
        }
        self.pass(literals);
    }

    fn take(&mut self, doc: u32, score: f32) {
        if let Some((unit, score)) = self.lookup.unit(self.base + doc, score) {
            self.found.push(unit, score);
        }
    }
}
