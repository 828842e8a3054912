//! The index as a source of hits for `text:query`.
//!
//! In: words, properties and a limit. Out: literals that match, best first, each with its subject and
//! property. Guarantees: a literal is one of the graph; one literal holds all the words. Surprising: a subject comes once for
//! each of its literals that matches; and no entry is read, because the index knows the numbers of its terms.

use tantivy::columnar::Column;

use super::matches::Matches;
use super::matching::{Grain, Lookup};
use super::question::parse_question;
use super::reader::{Contents, Index};
use super::schema::QUAD;
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
        let quads = self.quads();
        let hit = |(literal, score): &(u32, f32)| quads.hit(*literal, *score);
        best(&mut found, 0, query.hits_max).iter().filter_map(hit).collect()
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

/// Where the literals stand in the graph.
struct Quads {
    /// How many literals each segment has, and their terms' numbers.
    segments: Vec<(u32, [Option<Column<u64>>; 4])>,
}

impl Quads {
    /// The hit for one literal; nothing where its triple is not in the graph.
    fn hit(&self, literal: u32, score: f32) -> Option<TextHit> {
        let mut place = literal;
        let (_, columns) = self.segments.iter().find(|(len, _)| {
            let inside = place < *len;
            place = if inside { place } else { place - len };
            inside
        })?;
        let number = |column: &Option<Column<u64>>| {
            column.as_ref()?.first(place).and_then(|number| u32::try_from(number).ok())
        };
        let [subject, property, literal, graph] = columns.each_ref().map(number);
        Some(TextHit { subject: subject?, score, literal, property, graph })
    }
}
