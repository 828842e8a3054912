//! Guesses how many rows a join gives. In: an element of a group and the relation so far; out: rows after joining. Counts of single
//! patterns are exact, because the image knows them; only how patterns overlap is a guess.

use super::context::Context;
use super::element::{Element, Node};
use super::relation::Relation;
use super::triple::{OBJECT, PREDICATE, SUBJECT, order_for};
use crate::image::{Order, TermId};
use oxigraph::model::Variable;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Where the value of a variable must lie.
pub(super) type Ranges = FxHashMap<Variable, Range<TermId>>;

/// What is guessed of a path per start, of a union, and of a part made on its own.
const WALK_ENDS: f64 = 10.0;
const UNKNOWN_ROWS: f64 = 1_000.0;

/// The size of an element alone.
#[derive(Clone, Debug)]
pub(super) struct Size {
    pub(super) rows: f64,
    /// Variables with about how many different values each has.
    pub(super) variables: Vec<(Variable, f64)>,
}

/// The size of an element by the image's counts.
pub(super) fn size_of(context: &Context<'_>, element: &Element, ranges: &Ranges) -> Size {
    match element {
        Element::Triple(nodes) => triple_size(context, nodes, ranges),
        Element::Walk { walk, start, end } => {
            let hops = walk.hops.iter().map(|hop| hop.predicate);
            let rows: f64 = hops
                .map(|predicate| {
                    as_f64(context.image.table(Order::Pso).range_of(&[predicate]).len())
                })
                .sum();
            let constant = [start, end].into_iter().any(|node| node.variable().is_none());
            let rows = if constant { WALK_ENDS } else { rows * WALK_ENDS };
            let names = [start, end].into_iter().filter_map(Node::variable);
            Size { rows, variables: names.map(|name| (name.clone(), rows)).collect() }
        }
        Element::Table { columns, rows } => {
            let count = as_f64(rows.len());
            Size {
                rows: count,
                variables: columns.iter().map(|name| (name.clone(), count)).collect(),
            }
        }
        Element::Either(..) | Element::Alone(_) => {
            let names = element.variables().into_iter();
            Size { rows: UNKNOWN_ROWS, variables: names.map(|name| (name, UNKNOWN_ROWS)).collect() }
        }
    }
}

fn triple_size(context: &Context<'_>, nodes: &[Node; 3], ranges: &Ranges) -> Size {
    let constant = |node: &Node| match node {
        Node::Constant(id) => Some(*id),
        Node::Variable(_) => None,
    };
    let [subject, predicate, object] = nodes.each_ref().map(constant);
    let named = |position: usize, distinct: f64| {
        nodes.get(position).and_then(Node::variable).map(|name| (name.clone(), distinct.max(1.0)))
    };
    let hits = predicate.and_then(|predicate| context.hits.count(predicate));
    if let Some(hits) = hits {
        let rows = if subject.is_some() && object.is_some() { 1.0 } else { as_f64(hits) };
        let variables = [SUBJECT, OBJECT].into_iter().filter_map(|at| named(at, rows)).collect();
        return Size { rows, variables };
    }
    let order = order_for(subject, predicate, object);
    let prefix: Vec<TermId> =
        order.key([subject, predicate, object]).into_iter().map_while(|id| id).collect();
    let mut rows = as_f64(context.image.table(order).range_of(&prefix).len());
    let counts = predicate.and_then(|predicate| context.image.counts_of(predicate));
    let (mut subjects, mut objects) = match (&counts, subject, object) {
        (Some(counts), None, None) => (as_f64(counts.subjects), as_f64(counts.objects)),
        _ => (rows, rows),
    };
    let range = nodes.get(OBJECT).and_then(Node::variable).and_then(|name| ranges.get(name));
    if let (Some(range), Some(predicate), None) = (range, predicate, subject) {
        rows = as_f64(objects_within(context, predicate, range).len());
        subjects = subjects.min(rows);
        objects = objects.min(rows);
    }
    let predicates = as_f64(context.image.predicates().count());
    let variables = [(SUBJECT, subjects), (PREDICATE, predicates), (OBJECT, objects)];
    Size { rows, variables: variables.into_iter().filter_map(|(at, n)| named(at, n)).collect() }
}

/// The rows of a predicate in `Order::Pos` whose objects lie in `range`.
pub(super) fn objects_within(
    context: &Context<'_>,
    predicate: TermId,
    range: &Range<TermId>,
) -> Range<usize> {
    let table = context.image.table(Order::Pos);
    let all = table.range_of(&[predicate]);
    let start = table.lower_bound(all.clone(), 1, range.start);
    let end = table.lower_bound(start..all.end, 1, range.end);
    start..end
}

/// About how many rows `relation` has after it is joined with an element of this size: as if values met by chance.
pub(super) fn rows_after(relation: &Relation<'_>, size: &Size) -> f64 {
    let shared = size.variables.iter().filter_map(|(name, distinct)| {
        relation.column(name).map(|column| column.distinct.max(*distinct).max(1.0))
    });
    relation.rows * shared.fold(size.rows, |rows, distinct| rows / distinct)
}

/// Which of these elements to join next: the one that leaves the fewest rows, but one that shares no variable multiplies and waits until
/// there is nothing else.
pub(super) fn least<'s>(
    relation: &Relation<'_>,
    sizes: impl Iterator<Item = &'s Size>,
) -> Option<usize> {
    let apart = |size: &Size| {
        !relation.columns.is_empty()
            && !size.variables.is_empty()
            && !size.variables.iter().any(|(name, _)| relation.column(name).is_some())
    };
    let weighed = sizes.map(|size| (apart(size), rows_after(relation, size))).enumerate();
    let least = weighed.min_by(|(_, (apart, rows)), (_, (other_apart, other_rows))| {
        apart.cmp(other_apart).then(rows.total_cmp(other_rows))
    });
    least.map(|(number, _)| number)
}

/// Notes what is now known of the columns.
pub(super) fn note_sizes<'a>(mut relation: Relation<'a>, rows: f64, size: &Size) -> Relation<'a> {
    for column in &mut relation.columns {
        if let Some((_, distinct)) = size.variables.iter().find(|(name, _)| *name == column.name) {
            column.distinct = column.distinct.min(*distinct);
        }
        column.distinct = column.distinct.min(rows.max(1.0));
    }
    relation.rows = rows.max(0.01);
    relation
}

#[expect(clippy::cast_precision_loss, reason = "guesses need no exact numbers")]
pub(super) fn as_f64(count: usize) -> f64 {
    count as f64
}
