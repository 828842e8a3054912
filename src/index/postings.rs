//! Terms to the entries or literals that have them. In: terms, and of a [`Lookup`] what is looked at; out: [`Matches`]. Guarantee: scores are those of BM25 whatever is looked at.
//! Surprising: where few are looked at, the list of a frequent term is leapt through and not read.

use std::ops::Range;

use tantivy::postings::{Postings as _, SegmentPostings};
use tantivy::query::Bm25Weight;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet as _, SegmentReader, TERMINATED, Term};

use super::adjacent::Adjacent;
use super::analysis::{cover, pairs};
use super::literals::Class;
use super::matches::Matches;
use super::matching::{Grain, Lookup};
use super::number_set::NumberSet;

impl Lookup<'_> {
    /// Literals with these characters in this order, of which there are at least two.
    pub(super) fn sequence(&self, chars: &[char]) -> Matches {
        let cover = cover(chars);
        let field = self.index.columns.gram;
        let frequency = |(_, pair): &(usize, String)| self.frequency(field, pair);
        // Pairs that reach from one word into the next are seldom in the cover, and rare: they tell at once where not to look.
        let between = pairs(chars).filter(|pair| !cover.contains(pair));
        let telling = between.min_by_key(frequency);
        let rarest = cover.iter().map(frequency).min().unwrap_or_default();
        let telling = telling.filter(|pair| frequency(pair) < rarest);
        self.phrase(cover, telling)
    }

    /// Literals with these terms at these distances; where they are, `telling` stands as well.
    pub(super) fn phrase(
        &self,
        terms: Vec<(usize, String)>,
        telling: Option<(usize, String)>,
    ) -> Matches {
        let field = self.index.columns.gram;
        if let [(_, only)] = terms.as_slice() {
            return self.term(field, only);
        }
        if terms.len() < 2 {
            return Matches::default();
        }
        let weighed = terms.len();
        let terms = terms.into_iter().chain(telling);
        let term = |(offset, text): (usize, String)| (offset, Term::from_field_text(field, &text));
        let terms: Vec<(usize, Term)> = terms.map(term).collect();
        // What the disk no longer gives is not found.
        self.run_phrase(&terms, weighed).unwrap_or_default()
    }

    /// Literals with all these terms, of which the first `weighed` give the score.
    fn run_phrase(&self, terms: &[(usize, Term)], weighed: usize) -> tantivy::Result<Matches> {
        let searcher = &self.index.searcher;
        let field = self.index.columns.gram;
        let only: Vec<Term> = terms.iter().take(weighed).map(|(_, term)| term.clone()).collect();
        let weight = Bm25Weight::for_terms(searcher, &only)?;
        let mut walk = Walk::new(self);
        for reader in searcher.segment_readers() {
            let norms = reader.get_fieldnorms_reader(field)?;
            match Adjacent::open(&*reader.inverted_index(field)?, terms)? {
                Some((mut rarest, mut others)) => {
                    walk.segment(reader.max_doc(), &mut rarest, |rarest| {
                        let count = others.count(rarest);
                        let norm = norms.fieldnorm_id(rarest.doc());
                        (count > 0).then(|| weight.score(norm, count))
                    });
                }
                None => walk.pass(reader.max_doc()),
            }
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
                    let norm = norms.fieldnorm_id(postings.doc());
                    Some(weight.score(norm, postings.term_freq()))
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
        let mut holds =
            NumberSet::below(usize::try_from(self.index.literals.len()).unwrap_or_default());
        let mut base = 0;
        for reader in self.index.searcher.segment_readers() {
            // What the disk no longer gives is not found.
            let _ = self.read_prefix((reader, base), (c, terms_max), &mut holds);
            base += reader.max_doc();
        }
        holds.iter().filter_map(|literal| self.unit(literal)).collect()
    }

    /// Notes the documents of the terms of a segment that begin with `c`.
    fn read_prefix(
        &self,
        (reader, base): (&SegmentReader, u32),
        (c, terms_max): (char, usize),
        holds: &mut NumberSet,
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
                holds.insert(base + postings.doc());
                postings.advance();
            }
        }
        Ok(())
    }

    /// Where the literals of an entry begin and end, or a literal itself.
    fn literals_of(&self, unit: u32) -> Option<Range<u32>> {
        match self.grain {
            Grain::Entry => self.index.literals.of_entry(unit),
            Grain::Literal(_) => Some(unit..unit + 1),
        }
    }

    /// How much a literal says about its entry; nothing where it is not looked at.
    fn weight(&self, class: Class) -> Option<f32> {
        let (is_looked_at, weight) = match class {
            Class::Title => (!self.only_numbers, 2.5),
            Class::Alias => (!self.only_numbers, 2.0),
            Class::Text => (!self.titles_only && !self.only_numbers, 1.0),
            Class::Number => (true, 5.0),
            Class::NumberOfDocument => (!self.of_cited_number, 0.3),
        };
        is_looked_at.then_some(weight)
    }

    /// The entry or literal that a literal counts for, and how much.
    fn unit(&self, literal: u32) -> Option<(u32, f32)> {
        let (entry, class) = self.index.literals.owner(literal)?;
        let weight = self.weight(class)?;
        match self.grain {
            Grain::Entry => Some((entry, weight)),
            Grain::Literal(properties) => {
                let property = self.index.literals.property(literal)?;
                let asked = properties.is_empty() || properties.contains(&property);
                asked.then_some((literal, weight))
            }
        }
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

    /// Takes what `docs` gives of a segment of so many literals, of which all or only some are looked at, where `score` says that it matches.
    fn segment(
        &mut self,
        literals: u32,
        docs: &mut SegmentPostings,
        mut score: impl FnMut(&mut SegmentPostings) -> Option<f32>,
    ) {
        let Some(within) = self.lookup.within else {
            self.found.reserve(usize::try_from(docs.size_hint()).unwrap_or_default());
            while docs.doc() != TERMINATED {
                self.take(docs, &mut score);
            }
            return self.pass(literals);
        };
        let mut place = 0;
        // Whichever of the two is behind leaps to where the other is.
        while docs.doc() != TERMINATED
            && let Some(unit) = self.unit_of(self.base + docs.doc())
        {
            place = within.place_from(place, unit);
            let Some(range) = within.unit_at(place).and_then(|unit| self.lookup.literals_of(unit))
            else {
                break;
            };
            let start = range.start.saturating_sub(self.base);
            if start >= literals {
                break;
            }
            if docs.doc() < start {
                docs.seek(start);
            }
            let end = (range.end - self.base).min(literals);
            while docs.doc() < end {
                self.take(docs, &mut score);
            }
            place += 1;
        }
        self.pass(literals);
    }

    /// The entry of a literal, or itself.
    fn unit_of(&self, literal: u32) -> Option<u32> {
        match self.lookup.grain {
            Grain::Entry => Some(self.lookup.index.literals.owner(literal)?.0),
            Grain::Literal(_) => Some(literal),
        }
    }

    /// Takes the current one of `docs`, and goes on to the next.
    fn take(
        &mut self,
        docs: &mut SegmentPostings,
        score: &mut impl FnMut(&mut SegmentPostings) -> Option<f32>,
    ) {
        if let Some((unit, weight)) = self.lookup.unit(self.base + docs.doc())
            && let Some(score) = score(docs)
        {
            self.found.push(unit, score * weight);
        }
        docs.advance();
    }
}
