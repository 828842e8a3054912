//! The index as a source of hits for `text:query`.
//!
//! In: words, a mode, properties and a limit. Out: literals that match, best first, each with its subject and
//! property, their number, and what makes snippets. Guarantees: a literal is one of the graph; one literal holds all the words, or in
//! mode `any` one of them; in modes `phrase` and `exact` a literal is a hit exactly where [`Verbatim`] finds them in its text.
//! In mode `smart` the hits are resources, those that the search box gives, each with its title.
//! Surprising: a subject comes once for each of its literals that matches; no entry is read, because the index knows the numbers of
//! its terms; and a text is read only where its terms do not tell enough.

use std::sync::Arc;

use tantivy::DocAddress;
use tantivy::columnar::Column;

use super::entry::Search;
use super::marks::Marks;
use super::matches::Matches;
use super::matching::{Grain, Lookup};
use super::question::{Question, parse_question, unquoted};
use super::reader::{Contents, Index};
use super::schema::QUAD;
use super::search::{Found, best};
use super::snippet::marked_sentence;
use super::verbatim::Verbatim;
use crate::store::{
    Highlight, Literals, Snippets, TextHit, TextHits, TextMode, TextQuery, TextSearch,
};

impl TextSearch for Index {
    fn search_text(&self, query: &TextQuery, literals: &dyn Literals) -> TextHits {
        self.contents().search_text(query, literals)
    }
}

/// A query's words, understood.
enum Sought {
    /// All or any of these.
    Words(Question),
    /// These characters.
    Characters(Verbatim),
}

impl Contents {
    fn search_text(&self, query: &TextQuery, literals: &dyn Literals) -> TextHits {
        let asked: Vec<u32> = (0..)
            .zip(&self.properties)
            .filter(|(_, iri)| query.properties.iter().any(|asked| asked.as_str() == *iri))
            .map(|(place, _)| place)
            .collect();
        if asked.is_empty() && !query.properties.is_empty() {
            return TextHits::default();
        }
        if query.mode == TextMode::Smart {
            return self.search_entries(query);
        }
        let lookup = Lookup::new(self, Grain::Literal(&asked));
        let sought = self.sought(query);
        let matches = match &sought {
            Sought::Words(question) if question.wanted.is_empty() => Matches::default(),
            Sought::Words(question) if query.mode == TextMode::Any => lookup.match_any(question),
            Sought::Words(question) => lookup.match_question(question, Matches::default()),
            Sought::Characters(verbatim) => lookup.match_characters(verbatim.looked_up()),
        };
        let found: Vec<(u32, f32)> = matches.iter().collect();
        let (hits, total) = match &sought {
            Sought::Characters(verbatim) if verbatim.is_doubtful() => {
                self.confirmed(&found, query, |hit| {
                    let text = hit.literal.and_then(|literal| literals.text(literal));
                    text.is_some_and(|text| verbatim.is_in(text))
                })
            }
            _ => self.ranked(&found, query),
        };
        let snippets = query.highlight.as_ref().map(|highlight| {
            let marks = match sought {
                Sought::Words(question) => Marks::new(&question, &self.finder),
                Sought::Characters(verbatim) => Marks::verbatim(verbatim, &self.finder),
            };
            snippets(marks, highlight.clone())
        });
        TextHits { hits, total, snippets }
    }

    /// What the search box finds for the same words.
    fn search_entries(&self, query: &TextQuery) -> TextHits {
        let search = Search { words: query.words.clone(), ..Search::default() };
        let Found { matches, filters, marks, .. } = self.find(&search);
        let found = self.filtered(matches, &[filters]);
        let quads = self.quads();
        let hit =
            |(ordinal, score): &(u32, f32)| quads.hit(self.entry_facts(*ordinal)?.address, *score);
        let hits = best(&found, 0, query.hits_max).iter().filter_map(hit).collect();
        let snippets = query.highlight.as_ref().map(|highlight| snippets(marks, highlight.clone()));
        TextHits { hits, total: found.len(), snippets }
    }

    fn sought(&self, query: &TextQuery) -> Sought {
        match query.mode {
            TextMode::All | TextMode::Any | TextMode::Smart => {
                let mut question = parse_question(&query.words, &self.names);
                // A literal has no department and no year to be narrowed by: what was typed as a field is looked for as words.
                for (_, value) in std::mem::take(&mut question.fields) {
                    question.want_words(&value, &self.names);
                }
                Sought::Words(question)
            }
            TextMode::Phrase => {
                Sought::Characters(Verbatim::phrase(unquoted(&query.words), &self.finder))
            }
            TextMode::Exact => Sought::Characters(Verbatim::exact(&query.words)),
        }
    }

    /// The best of what was found, and how many there are.
    fn ranked(&self, found: &[(u32, f32)], query: &TextQuery) -> (Vec<TextHit>, usize) {
        let quads = self.quads();
        let hit = |(literal, score): &(u32, f32)| quads.hit(quads.address(*literal)?, *score);
        let hits: Vec<TextHit> = best(found, 0, query.hits_max).iter().filter_map(hit).collect();
        let total = if query.is_counted && found.len() > query.hits_max {
            found.iter().filter_map(hit).count()
        } else {
            hits.len()
        };
        (hits, total)
    }

    /// The best of what was found and `is_one`, and how many of these there are. No more are looked at than are wanted.
    fn confirmed(
        &self,
        found: &[(u32, f32)],
        query: &TextQuery,
        is_one: impl Fn(&TextHit) -> bool,
    ) -> (Vec<TextHit>, usize) {
        let quads = self.quads();
        let hits_max = if query.is_counted { usize::MAX } else { query.hits_max };
        let ranked = best(found, 0, usize::MAX).into_iter();
        let mut hits: Vec<TextHit> = ranked
            .filter_map(|(literal, score)| quads.hit(quads.address(literal)?, score))
            .filter(is_one)
            .take(hits_max)
            .collect();
        let total = hits.len();
        hits.truncate(query.hits_max);
        (hits, total)
    }

    fn quads(&self) -> Quads {
        let segments = self.searcher.segment_readers().iter().map(|reader| {
            // What the disk no longer gives is not found.
            let column = |name: &str| reader.fast_fields().column_opt::<u64>(name).ok().flatten();
            (reader.max_doc(), QUAD.map(column))
        });
        Quads { segments: segments.collect() }
    }
}

/// Makes snippets of these marks.
fn snippets(marks: Marks, highlight: Highlight) -> Snippets {
    let marks = Arc::new(marks);
    Snippets::new(move |text| {
        let mut shown = String::new();
        for segment in marked_sentence(text, &marks) {
            if segment.hit {
                shown.extend(
                    [&highlight.before, &segment.text, &highlight.after].map(String::as_str),
                );
            } else {
                shown.push_str(&segment.text);
            }
        }
        shown
    })
}

/// Where the literals stand in the graph.
struct Quads {
    /// How many literals each segment has, and their terms' numbers.
    segments: Vec<(u32, [Option<Column<u64>>; 4])>,
}

impl Quads {
    /// Where the literal of this number is kept.
    fn address(&self, literal: u32) -> Option<DocAddress> {
        let mut place = literal;
        for (segment, (len, _)) in (0..).zip(&self.segments) {
            if place < *len {
                return Some(DocAddress::new(segment, place));
            }
            place -= len;
        }
        None
    }

    /// The hit for one literal; nothing where its triple is not in the graph.
    fn hit(&self, address: DocAddress, score: f32) -> Option<TextHit> {
        let (_, columns) = self.segments.get(usize::try_from(address.segment_ord).ok()?)?;
        let number = |column: &Option<Column<u64>>| {
            let first = column.as_ref()?.first(address.doc_id);
            first.and_then(|number| u32::try_from(number).ok())
        };
        let [subject, property, literal, graph] = columns.each_ref().map(number);
        Some(TextHit { subject: subject?, score, literal, property, graph })
    }
}

#[cfg(test)]
mod tests;
