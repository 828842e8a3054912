//! In which order the elements of a group are best joined, for whoever joins them elsewhere. In: elements, and the variables that have a
//! value before; out: their numbers in order, in runs that share no variable with each other.

use super::context::Context;
use super::element::{Element, Group};
use super::estimate::{Ranges, Size, least, note_sizes, rows_after, size_of};
use super::relation::{Column, Relation};
use oxigraph::model::Variable;
use spargebra::algebra::GraphPattern;
use spargebra::term::NamedNodePattern;
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
        let rows = rows_after(&relation, &size);
        for (name, distinct) in &size.variables {
            if relation.column(name).is_none() {
                let (name, distinct) = (name.clone(), *distinct);
                relation.columns.push(Column { name, certain: true, distinct });
            }
        }
        relation = note_sizes(relation, rows, &size);
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
        if let NamedNodePattern::Variable(name) = name {
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
    sizes.reduce(|whole, size| Some(merged(whole?, size?, f64::min))).flatten()
}

fn either(context: Context<'_>, left: &GraphPattern, right: &GraphPattern) -> Option<Size> {
    let (left, right) = (size_of_pattern(context, left)?, size_of_pattern(context, right)?);
    Some(merged(left, right, |left, right| left + right))
}

/// One size of two, whose numbers are put together so.
fn merged(mut size: Size, other: Size, both: fn(f64, f64) -> f64) -> Size {
    size.rows = both(size.rows, other.rows);
    for (name, distinct) in other.variables {
        match size.variables.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => *known = both(*known, distinct),
            None => size.variables.push((name, distinct)),
        }
    }
    size
}
