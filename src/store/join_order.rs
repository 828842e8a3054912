//! In which order the evaluator joins. In: the algebra of a query and the counts of the image; out: the same algebra whose groups are
//! chains of LATERAL, each one triple longer than the one before.
//!
//! Guarantees: answers do not change. The surprise: the evaluator's optimiser knows no counts and orders every JOIN anew, but it leaves
//! LATERAL as it finds it, and joining one triple by LATERAL is joining it.

use super::algebra::{expression_parts, from_group, into_group, pattern_parts};
use crate::columns::{Context, sequence};
use oxigraph::model::vocab::xsd;
use oxigraph::sparql::Variable;
use spargebra::algebra::{Expression, GraphPattern};
use spargebra::term::{GroundTerm, NamedNodePattern};

/// Turns FILTERs that leave a variable few values into tables of these, from which a join can start. The filters stay.
pub(super) fn add_tables(pattern: &mut GraphPattern) {
    below(pattern, &mut add_tables);
    let GraphPattern::Filter { expr, inner } = pattern else { return };
    if !matches!(**inner, GraphPattern::Bgp { .. } | GraphPattern::Join { .. }) {
        return;
    }
    let elements = into_group(std::mem::take(&mut **inner));
    let mut tables = Vec::new();
    for (variable, values) in constants_of(expr) {
        let is_bound = elements.iter().any(|element| binds(element, &variable));
        let is_known = elements.iter().any(|element| {
            matches!(element, GraphPattern::Values { variables, .. } if variables.contains(&variable))
        });
        if is_bound && !is_known {
            let bindings = values.into_iter().map(|value| vec![Some(value)]).collect();
            tables.push(GraphPattern::Values { variables: vec![variable], bindings });
        }
    }
    **inner = from_group(elements.into_iter().chain(tables));
}

/// Orders the groups of a query.
pub(super) fn order_joins(pattern: &mut GraphPattern, context: Context<'_>) {
    order_within(pattern, context, &[]);
}

/// `bound`: variables that have a value where the pattern is evaluated, as far as is known.
fn order_within(pattern: &mut GraphPattern, context: Context<'_>, bound: &[Variable]) {
    match pattern {
        GraphPattern::Bgp { .. } | GraphPattern::Join { .. } => {
            *pattern = order_group(std::mem::take(pattern), context, bound);
        }
        GraphPattern::LeftJoin { left, right, expression } => {
            order_within(left, context, bound);
            let mut inside = bound.to_vec();
            left.on_in_scope_variable(|name| inside.push(name.clone()));
            order_within(right, context, &inside);
            if let Some(expression) = expression {
                order_expression(expression, context, &inside);
            }
        }
        GraphPattern::Filter { expr, inner } => {
            order_within(inner, context, bound);
            let mut inside = bound.to_vec();
            inner.on_in_scope_variable(|name| inside.push(name.clone()));
            order_expression(expr, context, &inside);
        }
        GraphPattern::Union { left, right } => {
            order_within(left, context, bound);
            order_within(right, context, bound);
        }
        GraphPattern::Graph { inner, .. } => order_within(inner, context, bound),
        other => below(other, &mut |inner| order_within(inner, context, &[])),
    }
}

/// Orders the patterns of EXISTS, which are asked for each row.
fn order_expression(expression: &mut Expression, context: Context<'_>, bound: &[Variable]) {
    let parts = expression_parts(expression);
    parts.patterns.into_iter().for_each(|pattern| order_within(pattern, context, bound));
    parts.expressions.into_iter().for_each(|inner| order_expression(inner, context, bound));
}

/// A group as chains of LATERAL; as it was where it has parts that are made on their own.
fn order_group(group: GraphPattern, context: Context<'_>, bound: &[Variable]) -> GraphPattern {
    let mut elements: Vec<GraphPattern> = into_group(group).into_iter().flat_map(single).collect();
    let runs = elements.iter().all(extends).then(|| sequence(context, &elements, bound)).flatten();
    for element in &mut elements {
        if !matches!(element, GraphPattern::Bgp { .. }) {
            order_within(element, context, bound);
        }
    }
    let Some(runs) = runs else { return from_group(elements) };
    let mut waiting: Vec<Option<GraphPattern>> = elements.into_iter().map(Some).collect();
    let mut take = |number: usize| waiting.get_mut(number).and_then(Option::take);
    from_group(
        runs.into_iter().filter_map(|run| run.into_iter().filter_map(&mut take).reduce(chain)),
    )
}

fn chain(left: GraphPattern, right: GraphPattern) -> GraphPattern {
    let (left, right) = (Box::new(left), Box::new(right));
    match *right {
        // Scanned for each row, a table is slow; it has an index in a join.
        GraphPattern::Values { .. } => GraphPattern::Join { left, right },
        _ => GraphPattern::Lateral { left, right },
    }
}

/// The triples of a basic graph pattern one by one; anything else as it is.
fn single(element: GraphPattern) -> Vec<GraphPattern> {
    match element {
        GraphPattern::Bgp { patterns } => {
            let alone = |triple| GraphPattern::Bgp { patterns: vec![triple] };
            patterns.into_iter().map(alone).collect()
        }
        other => vec![other],
    }
}

/// Whether joining with the pattern is the same as evaluating it with the values that are there.
fn extends(pattern: &GraphPattern) -> bool {
    match pattern {
        GraphPattern::Bgp { .. } | GraphPattern::Path { .. } | GraphPattern::Values { .. } => true,
        GraphPattern::Graph { inner, .. } => extends(inner),
        GraphPattern::Join { left, right } | GraphPattern::Union { left, right } => {
            extends(left) && extends(right)
        }
        _ => false,
    }
}

/// Whether every solution of an element of a group has a value for the variable.
fn binds(element: &GraphPattern, variable: &Variable) -> bool {
    let mut is_there = false;
    match element {
        GraphPattern::Bgp { .. } | GraphPattern::Path { .. } => {
            element.on_in_scope_variable(|name| is_there |= name == variable);
        }
        GraphPattern::Graph { name: NamedNodePattern::Variable(name), .. } if name == variable => {
            is_there = true;
        }
        GraphPattern::Graph { inner, .. } => return binds(inner, variable),
        _ => {}
    }
    is_there
}

/// Variables that a filter holds to a few terms, with these. Of literals only plain strings: other numbers may be equal to a number.
fn constants_of(filter: &Expression) -> Vec<(Variable, Vec<GroundTerm>)> {
    use Expression as E;
    let constant = |value: &E| match value {
        E::NamedNode(node) => Some(GroundTerm::NamedNode(node.clone())),
        E::Literal(text) if text.datatype() == xsd::STRING => {
            Some(GroundTerm::Literal(text.clone()))
        }
        _ => None,
    };
    match filter {
        E::And(left, right) => [constants_of(left), constants_of(right)].concat(),
        E::Equal(left, right) | E::SameTerm(left, right) => match (&**left, &**right) {
            (E::Variable(name), value) | (value, E::Variable(name)) => {
                constant(value).map(|value| (name.clone(), vec![value])).into_iter().collect()
            }
            _ => Vec::new(),
        },
        E::In(value, list) => match (&**value, list.iter().map(constant).collect()) {
            (E::Variable(name), Some(values)) => vec![(name.clone(), distinct(values))],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// Each value once, so that a row stays one row.
fn distinct(values: Vec<GroundTerm>) -> Vec<GroundTerm> {
    let mut kept: Vec<GroundTerm> = Vec::with_capacity(values.len());
    let mut seen = std::collections::HashSet::new();
    kept.extend(values.into_iter().filter(|value| seen.insert(value.to_string())));
    kept
}

/// Hands on the patterns directly below one, also those of EXISTS in its expressions.
fn below(pattern: &mut GraphPattern, visit: &mut dyn FnMut(&mut GraphPattern)) {
    let parts = pattern_parts(pattern);
    parts.patterns.into_iter().for_each(&mut *visit);
    let mut expressions = parts.expressions;
    while let Some(expression) = expressions.pop() {
        let inner = expression_parts(expression);
        inner.patterns.into_iter().for_each(&mut *visit);
        expressions.extend(inner.expressions);
    }
}
