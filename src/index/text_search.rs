//! The index as a source of hits for `text:query`.
//!
//! In: words, properties and a limit. Out: literals that match, best first, each with its subject and
//! property. Guarantees: a literal is given exactly as it was written into the index; one literal holds all
//! the words. Surprising: a subject comes once for each of its literals that matches.

use oxigraph::model::{Literal, NamedNode};

use super::entry::{Entry, EntryKind, Field};
use super::matches::Matches;
use super::matching::{Grain, Lookup};
use super::question::parse_question;
use super::reader::{Contents, Index};
use super::search::best;
use crate::store::{TextHit, TextQuery, TextSearch};

impl TextSearch for Index {
    fn search_text(&self, query: &TextQuery) -> Vec<TextHit> {
        self.contents().search_text(query)
    }
}

impl Contents {
    fn search_text(&self, query: &TextQuery) -> Vec<TextHit> {
        let question = parse_question(&query.words, &self.names);
        let asked: Vec<u32> = (0..)
            .zip(&self.properties)
            .filter(|(_, iri)| query.properties.iter().any(|asked| asked.as_str() == *iri))
            .map(|(place, _)| place)
            .collect();
        let nothing_wanted = question.wanted.is_empty();
        if nothing_wanted || (asked.is_empty() && !query.properties.is_empty()) {
            return Vec::new();
        }
        let lookup = Lookup::new(self, Grain::Literal(&asked));
        let matches = lookup.match_question(&question, Matches::default());
        let mut found: Vec<(u32, f32)> = matches.iter().collect();
        let mut last: Option<(u32, Entry)> = None;
        let mut hits = Vec::new();
        for &(literal, score) in best(&mut found, 0, query.hits_max) {
            let facts = usize::try_from(literal).ok().and_then(|place| self.literals.get(place));
            let Some((ordinal, place)) = facts.and_then(|f| Some((f.entry, f.field?))) else {
                continue;
            };
            if last.as_ref().is_none_or(|(known, _)| *known != ordinal) {
                last = self.read_entry(ordinal).map(|entry| (ordinal, entry));
            }
            let entry = last.as_ref().map(|(_, entry)| entry);
            hits.extend(entry.and_then(|entry| text_hit(entry, place, score)));
        }
        hits
    }
}

/// The hit for one field; nothing where the entry's IRI is not one.
fn text_hit(entry: &Entry, place: u32, score: f32) -> Option<TextHit> {
    let field = entry.fields.get(usize::try_from(place).ok()?)?;
    let graph = match (&entry.document, entry.kind) {
        (Some(document), _) => Some(&document.iri),
        (None, EntryKind::Document) => Some(&entry.iri),
        (None, _) => None,
    };
    Some(TextHit {
        subject: NamedNode::new(&entry.iri).ok()?,
        score,
        literal: Some(literal(field)),
        property: NamedNode::new(&field.property).ok(),
        graph: graph.and_then(|iri| NamedNode::new(iri).ok()),
    })
}

fn literal(field: &Field) -> Literal {
    let plain = || Literal::new_simple_literal(&field.text);
    if field.language.is_empty() {
        return plain();
    }
    Literal::new_language_tagged_literal(&field.text, &field.language).unwrap_or_else(|_| plain())
}
