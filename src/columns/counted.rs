//! What an image knows without looking: counts of one triple pattern, and the different values in it. In: a grouping or DISTINCT over a
//! single pattern, or over members of classes (`members.rs`); out: the answer, read from counts and from where the runs of a sorted table begin. `None` where rows must be looked at.

use super::batch::{Batch, Ready};
use super::element::{Element, Group, Node};
use super::estimate::as_f64;
use super::planner::Planner;
use super::relation::{Column, Relation};
use super::triple::order_for;
use crate::image::{Order, PredicateCounts, TermId};
use oxigraph::model::{Literal, Term, Variable};
use spargebra::algebra::{AggregateExpression, AggregateFunction, Expression, GraphPattern};
use std::rc::Rc;

/// Jumping from run to run pays where runs have at least so many rows.
const ROWS_PER_RUN: usize = 8;

/// A single triple pattern whose variables are all different.
struct Single {
    nodes: [Node; 3],
}

/// What is counted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Counted {
    Rows,
    /// Different values at a position.
    Values(usize),
}

impl<'a> Planner<'a> {
    /// A grouping of one pattern that only counts.
    pub(super) fn counted(
        &self,
        inner: &GraphPattern,
        variables: &[Variable],
        aggregates: &[(Variable, AggregateExpression)],
    ) -> Option<Relation<'a>> {
        let wanted: Vec<&AggregateExpression> =
            aggregates.iter().map(|(_, wanted)| wanted).collect();
        let groups = match self.members(inner) {
            Some(members) => self.count_members(&members, variables, &wanted)?,
            None => self.count_single(&self.single(inner)?, variables, &wanted)?,
        };
        let len = groups.len();
        let mut columns = vec![Vec::with_capacity(len); variables.len() + aggregates.len()];
        for (key, counts) in groups {
            let number = |count: usize| {
                let count = i64::try_from(count).unwrap_or(i64::MAX);
                self.context.terms.id(Term::from(Literal::from(count)))
            };
            let values = key.into_iter().chain(counts.into_iter().map(number));
            columns.iter_mut().zip(values).for_each(|(column, value)| column.push(value));
        }
        let names = variables.iter().chain(aggregates.iter().map(|(name, _)| name));
        Some(relation(columns, len, names.cloned()))
    }

    /// The different values of some variables.
    pub(super) fn distinct_values(&self, inner: &GraphPattern) -> Option<Relation<'a>> {
        let GraphPattern::Project { inner, variables } = inner else { return None };
        let groups = match (self.members(inner), variables.as_slice()) {
            (_, []) => return None,
            (Some(members), _) => self.count_members(&members, variables, &[])?,
            (None, [_]) => self.count_single(&self.single(inner)?, variables, &[])?,
            _ => return None,
        };
        let len = groups.len();
        let mut columns = vec![Vec::with_capacity(len); variables.len()];
        for (key, _) in groups {
            columns.iter_mut().zip(key).for_each(|(column, value)| column.push(value));
        }
        Some(relation(columns, len, variables.iter().cloned()))
    }

    /// Key and counts of each group of the rows of one pattern.
    fn count_single(
        &self,
        single: &Single,
        keys: &[Variable],
        aggregates: &[&AggregateExpression],
    ) -> Option<Vec<(Vec<TermId>, Vec<usize>)>> {
        let counted: Vec<Counted> =
            aggregates.iter().map(|aggregate| single.counted(aggregate)).collect::<Option<_>>()?;
        match keys {
            [] => Some(vec![(Vec::new(), self.count_all(single, &counted)?)]),
            [name] => self.count_runs(single, single.position(name)?, &counted),
            _ => None,
        }
    }

    fn single(&self, pattern: &GraphPattern) -> Option<Single> {
        if !matches!(pattern, GraphPattern::Bgp { patterns } if patterns.len() == 1) {
            return None;
        }
        let mut group = Group::new(self.context, Rc::clone(&self.fresh));
        group.add(pattern)?;
        let Some(Element::Triple(nodes)) = group.elements.pop() else { return None };
        let names: Vec<&Variable> = nodes.iter().filter_map(Node::variable).collect();
        let different = names
            .iter()
            .enumerate()
            .all(|(at, name)| !names.iter().skip(at + 1).any(|other| other == name));
        let [_, predicate, _] = &nodes;
        let is_hit =
            matches!(predicate, Node::Constant(id) if self.context.hits.count(*id).is_some());
        (different && !is_hit).then_some(Single { nodes })
    }

    fn count_all(&self, single: &Single, counted: &[Counted]) -> Option<Vec<usize>> {
        let [subject, predicate, object] = single.constants();
        let image = self.context.image;
        let order = order_for(subject, predicate, object);
        let prefix: Vec<TermId> =
            order.key([subject, predicate, object]).into_iter().map_while(|id| id).collect();
        let rows = image.table(order).range_of(&prefix).len();
        let count = |counted: &Counted| match (counted, subject, predicate, object) {
            // The only variable of a pattern has a different value in each row.
            (Counted::Rows, ..)
            | (Counted::Values(_), None, Some(_), Some(_))
            | (Counted::Values(_), Some(_), Some(_), None) => Some(rows),
            (Counted::Values(at), None, Some(predicate), None) => {
                Some(image.counts_of(predicate).map_or(0, |counts| at_position(&counts, *at)))
            }
            (Counted::Values(0), None, None, None) => Some(image.subjects_len()),
            (Counted::Values(1), None, None, None) => Some(image.predicates().count()),
            (Counted::Values(2), None, None, None) => Some(image.objects_len()),
            _ => None,
        };
        counted.iter().map(count).collect()
    }

    /// Key and counts of each group of rows that agree at `position`.
    fn count_runs(
        &self,
        single: &Single,
        position: usize,
        counted: &[Counted],
    ) -> Option<Vec<(Vec<TermId>, Vec<usize>)>> {
        let image = self.context.image;
        match (single.constants(), position) {
            ([None, None, None], 1) => {
                let counts = |predicate: &PredicateCounts| {
                    let count = |counted: &Counted| match counted {
                        Counted::Rows => Some(predicate.triples),
                        Counted::Values(1) => Some(1),
                        Counted::Values(at) => Some(at_position(predicate, *at)),
                    };
                    Some((
                        vec![predicate.predicate],
                        counted.iter().map(count).collect::<Option<_>>()?,
                    ))
                };
                image.predicates().map(|predicate| counts(&predicate)).collect()
            }
            ([None, Some(predicate), None], position) => {
                let known = image.counts_of(predicate)?;
                if known.triples < at_position(&known, position) * ROWS_PER_RUN {
                    return None;
                }
                let order = if position == 0 { Order::Pso } else { Order::Pos };
                Some(self.runs(order, predicate, position, counted))
            }
            _ => None,
        }
    }

    fn runs(
        &self,
        order: Order,
        predicate: TermId,
        position: usize,
        counted: &[Counted],
    ) -> Vec<(Vec<TermId>, Vec<usize>)> {
        let table = self.context.image.table(order);
        let all = table.range_of(&[predicate]);
        let (mut at, mut runs) = (all.start, Vec::new());
        while at < all.end {
            self.context.tick(1);
            let Some([_, key, _]) = table.row(at) else { break };
            let end = table.lower_bound(at..all.end, 1, key.saturating_add(1)).max(at + 1);
            // Within a run the other variable has a different value in each row.
            let count = |counted: &Counted| match counted {
                Counted::Values(same) if *same == position => 1,
                _ => end - at,
            };
            runs.push((vec![key], counted.iter().map(count).collect()));
            at = end;
        }
        runs
    }
}

impl Single {
    fn constants(&self) -> [Option<TermId>; 3] {
        self.nodes.each_ref().map(|node| match node {
            Node::Constant(id) => Some(*id),
            Node::Variable(_) => None,
        })
    }

    fn position(&self, name: &Variable) -> Option<usize> {
        self.nodes.iter().position(|node| node.variable() == Some(name))
    }

    fn counted(&self, aggregate: &AggregateExpression) -> Option<Counted> {
        counted_of(aggregate, |name, distinct| {
            let position = self.position(name)?;
            Some(if distinct { Counted::Values(position) } else { Counted::Rows })
        })
    }
}

/// What an aggregate counts: rows, or what `of` says of the variable that it counts, and whether only different values; `None` where
/// it counts nothing.
pub(super) fn counted_of(
    aggregate: &AggregateExpression,
    of: impl FnOnce(&Variable, bool) -> Option<Counted>,
) -> Option<Counted> {
    match aggregate {
        AggregateExpression::CountSolutions { distinct: false } => Some(Counted::Rows),
        AggregateExpression::FunctionCall {
            name: AggregateFunction::Count,
            expr: Expression::Variable(name),
            distinct,
        } => of(name, *distinct),
        _ => None,
    }
}

fn at_position(counts: &PredicateCounts, position: usize) -> usize {
    match position {
        0 => counts.subjects,
        2 => counts.objects,
        _ => 1,
    }
}

fn relation<'a>(
    columns: Vec<Vec<TermId>>,
    len: usize,
    names: impl IntoIterator<Item = Variable>,
) -> Relation<'a> {
    let distinct = as_f64(len);
    let names = names.into_iter().map(|name| Column { name, certain: true, distinct });
    Relation::new(Box::new(Ready::one(Batch::new(columns, len))), names.collect(), distinct)
}
