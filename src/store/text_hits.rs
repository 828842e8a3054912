//! The hits of a query's `text:query` calls, seen as triples. In: patterns whose predicate is one of a
//! call's columns; out: rows, in the order of rank.
//!
//! A call numbered n is a small table of hits. Its columns are predicates that only this query knows:
//!
//! ```text
//! <call n> finds-n  ?resource      each resource found, once       ?resource found-n <call n>
//! <call n> hits-n   ?hit           each hit                        ?resource hit-n   ?hit
//! ?hit     column-n ?value         its score, literal, graph, property, or the words it was found by
//! ```
//!
//! Guarantees: the evaluator may enter from either side and join in any order, as with triples of
//! the store. In a graph there are only the hits whose resource is described there.

use super::text_search::TextHit;
use crate::image::{DEFAULT_GRAPH, IdPattern, IdQuad, TermId};
use oxigraph::model::{BlankNode, Literal, NamedNode, Term};
use std::collections::{HashMap, HashSet};

/// What a predicate of a call leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Column {
    /// From the call to a resource found.
    Finds,
    /// From a resource to the call that found it.
    Found,
    /// From the call to a hit.
    Hits,
    /// From a resource to one of its hits.
    Hit,
    /// The resource of a hit.
    Subject,
    /// Relevance.
    Score,
    /// The literal that matched.
    Literal,
    /// The named graph of the hit, as the index knows it.
    Graph,
    /// The property that holds the literal.
    Property,
    /// The words that were searched for.
    Words,
}

impl Column {
    /// The predicate of this column in call `number`.
    pub(super) fn predicate(self, number: usize) -> NamedNode {
        NamedNode::new_unchecked(format!("urn:zhengtu:text-call:{number}:{self:?}"))
    }
}

/// The node that stands for call `number`.
pub(super) fn call_node(number: usize) -> NamedNode {
    NamedNode::new_unchecked(format!("urn:zhengtu:text-call:{number}"))
}

/// One call's hits, in the order of rank, each with the words it was found by.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct CallHits {
    pub(super) hits: Vec<(Literal, TextHit)>,
    /// The columns that the query asks for.
    pub(super) columns: Vec<Column>,
}

impl CallHits {
    /// Whether each hit has a value in the column.
    pub(super) fn is_complete(&self, column: Column) -> bool {
        self.hits.iter().all(|(words, hit)| value(words, hit, column).is_some())
    }
}

fn value(words: &Literal, hit: &TextHit, column: Column) -> Option<Term> {
    match column {
        Column::Subject => Some(hit.subject.clone().into()),
        Column::Score => Some(Literal::from(hit.score).into()),
        Column::Literal => hit.literal.clone().map(Into::into),
        Column::Graph => hit.graph.clone().map(Into::into),
        Column::Property => hit.property.clone().map(Into::into),
        Column::Words => Some(words.clone().into()),
        Column::Finds | Column::Found | Column::Hits | Column::Hit => None,
    }
}

#[derive(Clone, Copy)]
struct ColumnRow {
    subject: TermId,
    object: TermId,
    /// The resource found, which decides the graphs that the triple is in.
    resource: TermId,
}

/// The triples of one column.
struct ColumnRows {
    /// In the order of rank.
    rows: Vec<ColumnRow>,
    /// The rows by one position, those with the same term in the order of rank.
    by_subject: Vec<ColumnRow>,
    by_object: Vec<ColumnRow>,
}

impl ColumnRows {
    fn new(rows: Vec<ColumnRow>) -> Self {
        let sorted_by = |key: fn(&ColumnRow) -> TermId| {
            let mut sorted = rows.clone();
            sorted.sort_by_key(key);
            sorted
        };
        let (by_subject, by_object) = (sorted_by(|row| row.subject), sorted_by(|row| row.object));
        Self { rows, by_subject, by_object }
    }

    /// Rows among which all matches are.
    fn near(&self, subject: Option<TermId>, object: Option<TermId>) -> &[ColumnRow] {
        let with_subject = subject.map(|id| equal_range(&self.by_subject, id, |row| row.subject));
        let with_object = object.map(|id| equal_range(&self.by_object, id, |row| row.object));
        let both = with_subject.into_iter().chain(with_object);
        both.min_by_key(|rows| rows.len()).unwrap_or(&self.rows)
    }
}

/// The rows whose key is `id` among rows sorted by it.
fn equal_range(rows: &[ColumnRow], id: TermId, key: fn(&ColumnRow) -> TermId) -> &[ColumnRow] {
    let start = rows.partition_point(|row| key(row) < id);
    let rest = rows.get(start..).unwrap_or_default();
    rest.get(..rest.partition_point(|row| key(row) <= id)).unwrap_or_default()
}

/// All calls of a query, in the term numbers of one evaluation.
#[derive(Default)]
pub(super) struct HitTriples {
    columns: HashMap<TermId, ColumnRows>,
}

impl HitTriples {
    /// Lays out the columns that the calls ask for; `id` numbers a term.
    pub(super) fn new(calls: &[CallHits], mut id: impl FnMut(Term) -> TermId) -> Self {
        let mut columns = HashMap::new();
        for (number, call) in calls.iter().enumerate() {
            let call_id = id(call_node(number).into());
            let ids: Vec<(TermId, TermId)> = (0_u128..)
                .zip(&call.hits)
                .map(|(rank, (_, hit))| {
                    let node = BlankNode::new_from_unique_id(((number as u128) << 64) | rank);
                    (id(hit.subject.clone().into()), id(node.into()))
                })
                .collect();
            for column in &call.columns {
                let mut found = HashSet::new();
                let mut rows = Vec::new();
                for ((words, hit), (resource, hit_id)) in call.hits.iter().zip(&ids) {
                    let (resource, hit_id) = (*resource, *hit_id);
                    let ends = match column {
                        Column::Finds => found.insert(resource).then_some((call_id, resource)),
                        Column::Found => found.insert(resource).then_some((resource, call_id)),
                        Column::Hits => Some((call_id, hit_id)),
                        Column::Hit => Some((resource, hit_id)),
                        _ => value(words, hit, *column).map(|value| (hit_id, id(value))),
                    };
                    rows.extend(ends.map(|(subject, object)| ColumnRow {
                        subject,
                        object,
                        resource,
                    }));
                }
                columns.insert(id(column.predicate(number).into()), ColumnRows::new(rows));
            }
        }
        Self { columns }
    }

    /// How many triples have this predicate; `None` where it is no column of a call.
    pub(super) fn count_of(&self, predicate: TermId) -> Option<usize> {
        self.columns.get(&predicate).map(|column| column.rows.len())
    }

    /// The triples that match, with the resource of each, if the predicate is a call's column. The
    /// graph of the pattern is not looked at.
    pub(super) fn find(
        &self,
        pattern: IdPattern,
    ) -> Option<impl Iterator<Item = (IdQuad, TermId)> + use<'_>> {
        let predicate = pattern.predicate?;
        let near = self.columns.get(&predicate)?.near(pattern.subject, pattern.object);
        let matches = move |row: &&ColumnRow| {
            pattern.subject.is_none_or(|subject| subject == row.subject)
                && pattern.object.is_none_or(|object| object == row.object)
        };
        Some(near.iter().filter(matches).map(move |row| {
            let ColumnRow { subject, object, resource } = *row;
            (IdQuad { subject, predicate, object, graph: DEFAULT_GRAPH }, resource)
        }))
    }
}
