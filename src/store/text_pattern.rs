//! `text:query` in a query's algebra to patterns over the hits of the text index, as Jena's users know
//! it:
//!
//! ```text
//! ?m text:query "养老托育"
//! (?m ?score ?literal ?graph ?property ?snippet ?total) text:query (zt:title zt:text "养老 托育" 20 "mode:any")
//! ```
//!
//! In: algebra as parsed; out: the same algebra with each call replaced by triple patterns over
//! [`text_hits`](super::text_hits), and the hits. Guarantees: a call works wherever a triple does; a
//! malformed one is an error that says which argument is wrong. A limit counts hits before GRAPH and the
//! rest of the query narrow them. The surprise: the parser turns the
//! lists of a call into triples under blank nodes, and property paths split those over several patterns
//! of one group, so a group's triples are looked at together.

use super::Store;
use super::algebra::{from_group, into_group, patterns_below};
use super::error::QueryError;
use super::text_call::{Call, Words, read_call};
use super::text_hits::{CallHits, Column, SnippetUse, call_node};
use super::text_search::{TextHits, TextQuery, TextSearch};
use super::text_uses::Uses;
use oxigraph::model::vocab::rdf;
use oxigraph::model::{Literal, NamedNodeRef};
use oxigraph::sparql::Variable;
use spargebra::algebra::{Expression, GraphPattern, PropertyPathExpression};
use spargebra::term::{BlankNode, GroundTerm, NamedNodePattern, TermPattern, TriplePattern};
use std::collections::{HashMap, HashSet};

/// The predicate of a call.
pub(super) const TEXT_QUERY: NamedNodeRef<'_> =
    NamedNodeRef::new_unchecked("http://jena.apache.org/text#query");

/// What calls are answered from.
#[derive(Clone, Copy)]
pub(super) struct TextSource<'a> {
    pub(super) search: &'a dyn TextSearch,
    pub(super) store: &'a Store,
    /// Hits of a call that says no limit, and the most that one may say.
    pub(super) hits_max: usize,
}

/// Replaces all calls in the pattern of a query. Gives their hits, by the number of the call.
pub(super) fn rewrite_calls(
    pattern: &mut GraphPattern,
    source: TextSource<'_>,
) -> Result<Vec<CallHits>, QueryError> {
    let uses = Uses::of(pattern);
    let mut rewriter = TextRewriter { source, uses, calls: Vec::new() };
    rewriter.rewrite(pattern)?;
    Ok(rewriter.calls)
}

/// Replaces the calls of one query and gathers their hits.
struct TextRewriter<'a> {
    source: TextSource<'a>,
    /// What the query does with its variables.
    uses: Uses,
    /// The hits so far, by the number of the call.
    calls: Vec<CallHits>,
}

impl TextRewriter<'_> {
    /// Replaces all calls in `pattern` and below.
    fn rewrite(&mut self, pattern: &mut GraphPattern) -> Result<(), QueryError> {
        match pattern {
            GraphPattern::Bgp { .. } | GraphPattern::Join { .. } => {
                let mut group = into_group(std::mem::take(pattern));
                for element in &mut group {
                    if !matches!(element, GraphPattern::Bgp { .. }) {
                        self.rewrite(element)?;
                    }
                }
                *pattern = self.rewrite_group(group)?;
                return Ok(());
            }
            GraphPattern::Path { path, .. } if mentions_text_query(path) => {
                let reason = "it cannot stand inside a property path; write it as a triple";
                return Err(QueryError::TextCall(reason.to_owned()));
            }
            _ => {}
        }
        patterns_below(pattern).into_iter().try_for_each(|inner| self.rewrite(inner))
    }

    fn rewrite_group(&mut self, mut group: Vec<GraphPattern>) -> Result<GraphPattern, QueryError> {
        let cells = ListCells::of(&group);
        let has_call = |triple: &TriplePattern| is_call(triple);
        if !group.iter().flat_map(triples_of).any(has_call) {
            return Ok(from_group(group));
        }
        let is_other = |triple: &&TriplePattern| !is_call(triple) && !is_of_list(triple);
        let others: Vec<_> = group.iter().flat_map(triples_of).filter(is_other).cloned().collect();
        let rows_of = |triple: &TriplePattern| self.source.store.rows_of(triple);
        let rows_around = others.iter().map(rows_of).min().unwrap_or(usize::MAX);
        let constants = |variable: &Variable| constants_of(&group, variable);
        let mut replaced: Vec<Vec<TriplePattern>> = Vec::new();
        let mut optional = Vec::new();
        let mut used = HashSet::new();
        for triple in group.iter().flat_map(triples_of).filter(|triple| is_call(triple)) {
            let subjects = cells.list(&triple.subject, &mut used);
            let arguments = cells.list(&triple.object, &mut used);
            let call = read_call(&subjects, &arguments, self.source.hits_max)?;
            let words = match &call.words {
                Words::Text(text) => vec![text.clone()],
                Words::Variable(variable) => constants(variable).ok_or_else(|| {
                    QueryError::TextCall(format!(
                        "{variable} must be bound to strings by VALUES or BIND before it, in the same group"
                    ))
                })?,
            };
            let mut hits = self.search_all(&call, &words);
            let number = self.calls.len();
            let (needed, wanted) = patterns_of(&call, number, &mut hits, rows_around);
            self.calls.push(hits);
            replaced.push(needed);
            optional.extend(wanted);
        }
        let mut replaced = replaced.into_iter();
        for element in &mut group {
            if let GraphPattern::Bgp { patterns } = element {
                let before = std::mem::take(patterns);
                for triple in before {
                    if is_call(&triple) {
                        patterns.extend(replaced.next().into_iter().flatten());
                    } else if !is_cell(&triple, &used) {
                        patterns.push(triple);
                    }
                }
            }
        }
        let joined = from_group(group);
        Ok(optional.into_iter().fold(joined, |left, triple| GraphPattern::LeftJoin {
            left: Box::new(left),
            right: Box::new(GraphPattern::Bgp { patterns: vec![triple] }),
            expression: None,
        }))
    }

    fn search_all(&self, call: &Call, words: &[Literal]) -> CallHits {
        let has = |column| call.columns.iter().any(|(known, _)| *known == column);
        let search = |literal: &Literal| {
            let query = TextQuery {
                words: literal.value().to_owned(),
                mode: call.mode,
                properties: call.properties.clone(),
                hits_max: call.hits_max,
                is_counted: has(Column::Total),
                highlight: has(Column::Snippet).then(|| call.highlight.clone()),
            };
            let mut found = self.source.search.search_text(&query, self.source.store);
            found.hits.truncate(call.hits_max);
            if call.columns.is_empty() {
                // Nothing tells two hits of one resource apart, so they would be the same row twice.
                let mut seen = HashSet::new();
                found.hits.retain(|hit| seen.insert(hit.subject));
            }
            (literal.clone(), found)
        };
        let found: Vec<(Literal, TextHits)> = words.iter().map(search).collect();
        let snippet = call.columns.iter().find(|(column, _)| *column == Column::Snippet);
        let snippet_use = match snippet {
            Some((_, name)) if self.uses.is_joined(name) => SnippetUse::Joined,
            Some((_, name)) if !self.uses.is_only_shown(name) => SnippetUse::Compared,
            _ => SnippetUse::Shown,
        };
        CallHits { found, columns: Vec::new(), snippet_use }
    }
}

/// The triple patterns that stand for a call: those that a row needs, and those whose value some hit
/// lacks, to be joined optionally. Notes in `hits` the columns that they are about.
fn patterns_of(
    call: &Call,
    number: usize,
    hits: &mut CallHits,
    rows_around: usize,
) -> (Vec<TriplePattern>, Vec<TriplePattern>) {
    let node = || TermPattern::NamedNode(call_node(number));
    // A name with a space cannot clash with a variable of the query.
    let hit = || TermPattern::Variable(Variable::new_unchecked(format!("text hit {number}")));
    // The evaluator reckons a pattern bound at two places as small and starts there; one bound
    // at its predicate only comes last. So the side with fewer rows drives the join.
    let drives = hits.len() <= rows_around;
    let subject = call.subject.clone();
    let words = match &call.words {
        Words::Variable(variable) => Some((Column::Words, variable.clone())),
        Words::Text(_) => None,
    };
    let is_set = call.columns.is_empty() && words.is_none();
    let mut edges = match (is_set, drives) {
        (true, true) => vec![(node(), Column::Finds, subject)],
        (true, false) => vec![(subject, Column::Found, node())],
        (false, true) => vec![(node(), Column::Hits, hit()), (hit(), Column::Subject, subject)],
        (false, false) => vec![(subject, Column::Hit, hit())],
    };
    let values = call.columns.iter().cloned().chain(words);
    edges.extend(values.map(|(column, variable)| (hit(), column, variable.into())));
    hits.columns = edges.iter().map(|(_, column, _)| *column).collect();
    let (mut needed, mut wanted) = (Vec::new(), Vec::new());
    for (subject, column, object) in edges {
        let may_lack =
            matches!(column, Column::Literal | Column::Graph | Column::Property | Column::Snippet);
        // Joined last, they are made for the rows that all else leaves.
        let costs = column == Column::Snippet && hits.snippet_use == SnippetUse::Compared;
        let is_last = costs || may_lack && !hits.is_complete(column);
        let predicate = column.predicate(number).into();
        let list = if is_last { &mut wanted } else { &mut needed };
        list.push(TriplePattern { subject, predicate, object });
    }
    (needed, wanted)
}

fn is_call(triple: &TriplePattern) -> bool {
    matches!(&triple.predicate, NamedNodePattern::NamedNode(node) if *node == TEXT_QUERY)
}

/// Whether it may be one of those that the lists of a call are written with.
fn is_of_list(triple: &TriplePattern) -> bool {
    matches!(&triple.predicate, NamedNodePattern::NamedNode(node) if *node == rdf::FIRST || *node == rdf::REST)
}

fn is_cell(triple: &TriplePattern, used: &HashSet<BlankNode>) -> bool {
    matches!(&triple.subject, TermPattern::BlankNode(node) if used.contains(node))
}

fn triples_of(element: &GraphPattern) -> &[TriplePattern] {
    match element {
        GraphPattern::Bgp { patterns } => patterns,
        _ => &[],
    }
}

fn mentions_text_query(path: &PropertyPathExpression) -> bool {
    use PropertyPathExpression as P;
    match path {
        P::NamedNode(node) => *node == TEXT_QUERY,
        P::Reverse(inner) | P::ZeroOrMore(inner) | P::OneOrMore(inner) | P::ZeroOrOne(inner) => {
            mentions_text_query(inner)
        }
        P::Sequence(a, b) | P::Alternative(a, b) => {
            mentions_text_query(a) || mentions_text_query(b)
        }
        P::NegatedPropertySet(_) => false,
    }
}

/// The strings that a variable is bound to by VALUES or BIND in the group; `None` where it is bound
/// to anything else or not there.
fn constants_of(group: &[GraphPattern], variable: &Variable) -> Option<Vec<Literal>> {
    group.iter().find_map(|element| match element {
        GraphPattern::Values { variables, bindings } => {
            let at = variables.iter().position(|name| name == variable)?;
            let column = bindings.iter().map(|row| match row.get(at) {
                Some(Some(GroundTerm::Literal(literal))) => Some(literal.clone()),
                _ => None,
            });
            column.collect()
        }
        GraphPattern::Extend {
            variable: bound, expression: Expression::Literal(literal), ..
        } if bound == variable => Some(vec![literal.clone()]),
        GraphPattern::Extend { inner, .. } | GraphPattern::Filter { inner, .. } => {
            constants_of(&into_group((**inner).clone()), variable)
        }
        _ => None,
    })
}

/// The cells of the lists in a group.
struct ListCells {
    first: HashMap<BlankNode, TermPattern>,
    rest: HashMap<BlankNode, TermPattern>,
}

impl ListCells {
    fn of(group: &[GraphPattern]) -> Self {
        let mut cells = Self { first: HashMap::new(), rest: HashMap::new() };
        for triple in group.iter().flat_map(triples_of) {
            let TermPattern::BlankNode(cell) = &triple.subject else { continue };
            let NamedNodePattern::NamedNode(predicate) = &triple.predicate else { continue };
            if *predicate == rdf::FIRST {
                cells.first.insert(cell.clone(), triple.object.clone());
            } else if *predicate == rdf::REST {
                cells.rest.insert(cell.clone(), triple.object.clone());
            }
        }
        cells
    }

    /// The items of the list that begins at `head`, whose cells become `used`; a term that is no list
    /// is the only item.
    fn list(&self, head: &TermPattern, used: &mut HashSet<BlankNode>) -> Vec<TermPattern> {
        let (mut items, mut at) = (Vec::new(), head);
        loop {
            match at {
                TermPattern::NamedNode(node) if *node == rdf::NIL => return items,
                // A list that bites its own tail ends where it does.
                TermPattern::BlankNode(cell) if !used.contains(cell) => {
                    let (Some(first), Some(rest)) = (self.first.get(cell), self.rest.get(cell))
                    else {
                        return vec![head.clone()];
                    };
                    used.insert(cell.clone());
                    items.push(first.clone());
                    at = rest;
                }
                _ if items.is_empty() => return vec![head.clone()],
                _ => return items,
            }
        }
    }
}

#[cfg(test)]
mod tests;
