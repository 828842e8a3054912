//! The hits of a query's `text:query` calls, seen as triples. In: patterns whose predicate is one of a
//! call's columns; out: rows, in the order of rank.
//!
//! A call numbered n is a small table of hits. Its columns are predicates that only this query knows:
//!
//! ```text
//! <call n> finds-n  ?resource      each resource found, once       ?resource found-n <call n>
//! <call n> hits-n   ?hit           each hit                        ?resource hit-n   ?hit
//! ?hit     column-n ?value         its score, literal, graph, property, snippet, the number of all hits, or the
//!                                  words it was found by
//! ```
//!
//! Guarantees: the evaluator may enter from either side and join in any order, as with triples of
//! the store. In a graph there are only the hits whose resource is described there. The surprise: a column is sorted only
//! when it is entered from one side, because whoever draws a few hits by rank needs none of that; and a snippet is a number
//! without a term until it is shown, or until a row with it is drawn, where the query compares it with something.

use super::dataset::Store;
use super::text_search::{TextHit, TextHits};
use super::view::LocalTerms;
use crate::image::{DEFAULT_GRAPH, IdPattern, IdQuad, TermId};
use oxigraph::model::{Literal, NamedNode};
use std::cell::OnceCell;
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
    /// The best sentence of the literal, marked.
    Snippet,
    /// The number of all hits.
    Total,
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

/// One call's hits, in the order of rank for each of its words.
#[derive(Clone, Debug, Default)]
pub(super) struct CallHits {
    pub(super) found: Vec<(Literal, TextHits)>,
    /// The columns that the query asks for.
    pub(super) columns: Vec<Column>,
    /// What it does with snippets.
    pub(super) snippet_use: SnippetUse,
}

/// What a query does with the snippets of a call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum SnippetUse {
    /// They stand in the answer.
    #[default]
    Shown,
    /// They are computed with, or equal ones count as one.
    Compared,
    /// Something else must be equal to them.
    Joined,
}

impl CallHits {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.found.iter().map(|(_, found)| found.hits.len()).sum()
    }

    /// Whether each hit has a value in the column.
    pub(super) fn is_complete(&self, column: Column) -> bool {
        let has_value = |hit: &TextHit| match column {
            Column::Literal | Column::Snippet => hit.literal.is_some(),
            Column::Graph => hit.graph.is_some(),
            Column::Property => hit.property.is_some(),
            _ => true,
        };
        self.found.iter().flat_map(|(_, found)| &found.hits).all(has_value)
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
    by_subject: OnceCell<Vec<ColumnRow>>,
    by_object: OnceCell<Vec<ColumnRow>>,
}

impl ColumnRows {
    fn new(rows: Vec<ColumnRow>) -> Self {
        Self { rows, by_subject: OnceCell::new(), by_object: OnceCell::new() }
    }

    fn sorted_by(&self, key: fn(&ColumnRow) -> TermId) -> Vec<ColumnRow> {
        let mut sorted = self.rows.clone();
        sorted.sort_by_key(key);
        sorted
    }

    /// Rows among which all matches are.
    fn near(&self, subject: Option<TermId>, object: Option<TermId>) -> &[ColumnRow] {
        let with_subject = subject.map(|id| {
            let key = |row: &ColumnRow| row.subject;
            equal_range(self.by_subject.get_or_init(|| self.sorted_by(key)), id, key)
        });
        let with_object = object.map(|id| {
            let key = |row: &ColumnRow| row.object;
            equal_range(self.by_object.get_or_init(|| self.sorted_by(key)), id, key)
        });
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

/// How one column is laid out.
struct Layout<'a> {
    store: &'a Store,
    local: &'a LocalTerms,
    call_id: TermId,
    column: Column,
}

impl Layout<'_> {
    /// The rows of a call's hits, whose nodes are numbered from `first`.
    fn rows(&self, call: &CallHits, first: TermId) -> Vec<ColumnRow> {
        let mut seen = HashSet::new();
        let mut rows = Vec::with_capacity(call.len());
        let mut node = first;
        for (words, found) in &call.found {
            let words = self.local.id(self.store, words.clone().into());
            let total = || Literal::from(i64::try_from(found.total).unwrap_or(i64::MAX));
            let total =
                (self.column == Column::Total).then(|| self.local.id(self.store, total().into()));
            let mut snippet = self.first_snippet(found);
            for hit in &found.hits {
                let resource = hit.subject;
                let ends = match self.column {
                    Column::Finds => seen.insert(resource).then_some((self.call_id, resource)),
                    Column::Found => seen.insert(resource).then_some((resource, self.call_id)),
                    Column::Hits => Some((self.call_id, node)),
                    Column::Hit => Some((resource, node)),
                    Column::Subject => Some((node, resource)),
                    Column::Score => {
                        let score = Literal::from(hit.score);
                        Some((node, self.local.id(self.store, score.into())))
                    }
                    Column::Literal => hit.literal.map(|literal| (node, literal)),
                    Column::Graph => hit.graph.map(|graph| (node, graph)),
                    Column::Property => hit.property.map(|property| (node, property)),
                    Column::Snippet => hit.literal.zip(snippet.as_mut()).map(|(_, next)| {
                        let made = *next;
                        *next += 1;
                        (node, made)
                    }),
                    Column::Total => total.map(|total| (node, total)),
                    Column::Words => Some((node, words)),
                };
                node += 1;
                rows.extend(ends.map(|(subject, object)| ColumnRow { subject, object, resource }));
            }
        }
        rows
    }

    /// The number of the first snippet; they follow each other as the hits that have one.
    fn first_snippet(&self, found: &TextHits) -> Option<TermId> {
        let snippets = found.snippets.as_ref().filter(|_| self.column == Column::Snippet)?;
        let literals = found.hits.iter().filter_map(|hit| hit.literal).collect();
        Some(self.local.promise(literals, snippets.clone()))
    }
}

/// All calls of a query, in the term numbers of one evaluation.
#[derive(Default)]
pub(super) struct HitTriples<'a> {
    columns: HashMap<TermId, ColumnRows>,
    /// The columns that hold scores.
    scores: Vec<TermId>,
    /// The columns whose objects are made where they are drawn, because equal ones must have one number.
    kept: Vec<TermId>,
    /// What they are made from.
    terms: Option<(&'a Store, &'a LocalTerms)>,
}

impl<'a> HitTriples<'a> {
    /// Lays out the columns that the calls ask for.
    pub(super) fn new(calls: &[CallHits], store: &'a Store, local: &'a LocalTerms) -> Self {
        let mut triples = Self { terms: Some((store, local)), ..Self::default() };
        for (number, call) in calls.iter().enumerate() {
            let call_id = local.id(store, call_node(number).into());
            let first = local.reserve(call.len());
            for column in &call.columns {
                let predicate = local.id(store, column.predicate(number).into());
                let rows = Layout { store, local, call_id, column: *column }.rows(call, first);
                triples.columns.insert(predicate, ColumnRows::new(rows));
                // The hits of several words come one list after the other.
                if *column == Column::Score && call.found.len() == 1 {
                    triples.scores.push(predicate);
                }
                if *column == Column::Snippet && call.snippet_use != SnippetUse::Shown {
                    triples.kept.push(predicate);
                }
            }
        }
        triples
    }

    /// Whether the objects of this predicate fall in the order of rank.
    pub(super) fn falls(&self, predicate: TermId) -> bool {
        self.scores.contains(&predicate)
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
    ) -> Option<impl Iterator<Item = (IdQuad, TermId)> + use<'_, 'a>> {
        let predicate = pattern.predicate?;
        let terms = self.terms.filter(|_| self.kept.contains(&predicate));
        let object = pattern.object.filter(|_| terms.is_none());
        let near = self.columns.get(&predicate)?.near(pattern.subject, object);
        let of_subject =
            move |row: &&ColumnRow| pattern.subject.is_none_or(|subject| subject == row.subject);
        let made = move |row: &ColumnRow| match terms {
            Some((store, local)) => ColumnRow { object: local.keep(store, row.object), ..*row },
            None => *row,
        };
        let with_object =
            move |row: &ColumnRow| pattern.object.is_none_or(|object| object == row.object);
        Some(near.iter().filter(of_subject).map(made).filter(with_object).map(move |row| {
            let ColumnRow { subject, object, resource } = row;
            (IdQuad { subject, predicate, object, graph: DEFAULT_GRAPH }, resource)
        }))
    }
}
