//! In which order the elements of a group are best joined, for whoever joins them elsewhere. In: elements, and the variables that have a
//! value before; out: their numbers in order, in runs that share no variable with each other.

use super::context::Context;
use super::element::{Element, Group};
use super::estimate::{Ranges, Size, least, rows_after, size_of};
use super::relation::{Column, Relation};
use oxigraph::model::Variable;
use spargebra::algebra::GraphPattern;
use std::rc::Rc;

/// The order that leaves the fewest rows after each join, by the counts of the image. `None` where an element is not for this engine.
pub(crate) fn sequence(
    context: Context<'_>,
    elements: &[GraphPattern],
    bound: &[Variable],
) -> Option<Vec<Vec<usize>>> {
    let mut waiting = Vec::new();
    for (number, element) in elements.iter().enumerate() {
        waiting.push((number, size_of_pattern(context, element)?));
    }
    let mut relation = given(bound);
    let mut runs: Vec<Vec<usize>> = Vec::new();
    while let Some(next) = least(&relation, waiting.iter().map(|(_, size)| size)) {
        let (number, size) = waiting.swap_remove(next);
        let meets = size.variables.iter().any(|(name, _)| relation.column(name).is_some());
        match runs.last_mut() {
            Some(run) if meets || size.variables.is_empty() || relation.columns.is_empty() => {
                run.push(number);
            }
            _ => runs.push(vec![number]),
        }
        let rows = rows_after(&relation, &size).max(0.01);
        for (name, distinct) in size.variables {
            match relation.columns.iter_mut().find(|column| column.name == name) {
                Some(column) => column.distinct = column.distinct.min(distinct),
                None => relation.columns.push(Column { name, certain: true, distinct }),
            }
        }
        for column in &mut relation.columns {
            column.distinct = column.distinct.min(rows.max(1.0));
        }
        relation.rows = rows;
    }
    Some(runs)
}

/// One row in which these variables have a value.
fn given<'a>(bound: &[Variable]) -> Relation<'a> {
    let column = |name: &Variable| Column { name: name.clone(), certain: true, distinct: 1.0 };
    Relation { columns: bound.iter().map(column).collect(), ..Relation::unit() }
}

/// About how many solutions a pattern has: no more than its smallest part, if that is joined first.
fn size_of_pattern(context: Context<'_>, pattern: &GraphPattern) -> Option<Size> {
    if let GraphPattern::Graph { name, inner } = pattern {
        let mut size = size_of_pattern(context, inner)?;
        if let spargebra::term::NamedNodePattern::Variable(name) = name {
            size.variables.push((name.clone(), size.rows));
        }
        return Some(size);
    }
    let mut group = Group::new(context, Rc::default());
    group.add(pattern)?;
    let sizes = group.elements.iter().map(|element| match element {
        Element::Either(left, right) => either(context, left, right),
        Element::Alone(_) => None,
        element => Some(size_of(&context, element, &Ranges::default())),
    });
    let mut whole: Option<Size> = None;
    for size in sizes {
        let size = size?;
        whole = Some(match whole {
            None => size,
            Some(mut known) => {
                known.rows = known.rows.min(size.rows);
                for (name, distinct) in size.variables {
                    match known.variables.iter_mut().find(|(other, _)| *other == name) {
                        Some((_, known)) => *known = known.min(distinct),
                        None => known.variables.push((name, distinct)),
                    }
                }
                known
            }
        });
    }
    whole
}

fn either(context: Context<'_>, left: &GraphPattern, right: &GraphPattern) -> Option<Size> {
    let (mut size, right) = (size_of_pattern(context, left)?, size_of_pattern(context, right)?);
    size.rows += right.rows;
    for (name, distinct) in right.variables {
        match size.variables.iter_mut().find(|(other, _)| *other == name) {
            Some((_, known)) => *known += distinct,
            None => size.variables.push((name, distinct)),
        }
    }
    Some(size)
}
