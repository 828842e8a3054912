//! Makes the clock tick where the evaluator reads nothing. In: algebra; out: the same algebra with a
//! filter that is always true and ticks, around joins of patterns that share no variable and below
//! sorting.
//!
//! Guarantees: answers do not change. The surprise: the filter names the variables of its pattern in a
//! branch that is never taken, because the optimiser would move a filter without variables down to
//! where each row passes once, before it is multiplied.

use super::algebra::{expression_parts, from_group, into_group, pattern_parts};
use oxigraph::model::NamedNode;
use oxigraph::sparql::Variable;
use spargebra::algebra::{Expression, Function, GraphPattern};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};
use std::collections::BTreeSet;

/// The function that ticks and is true.
pub(super) fn tick_function() -> NamedNode {
    NamedNode::new_unchecked("urn:zhengtu:tick")
}

/// Adds the filters to a whole query.
pub(super) fn pace(pattern: &mut GraphPattern) {
    pace_below(pattern, false);
}

/// `in_group`: the pattern is an element of a group of joins, which must stay flat to be ordered.
fn pace_below(pattern: &mut GraphPattern, in_group: bool) {
    let is_join = matches!(pattern, GraphPattern::Join { .. });
    let parts = pattern_parts(pattern);
    let (patterns, mut expressions) = (parts.patterns, parts.expressions);
    for inner in patterns {
        pace_below(inner, is_join);
    }
    while let Some(expression) = expressions.pop() {
        let below = expression_parts(expression);
        expressions.extend(below.expressions);
        below.patterns.into_iter().for_each(|inner| pace_below(inner, false));
    }
    match pattern {
        GraphPattern::OrderBy { inner, .. } => add_tick(inner),
        GraphPattern::Bgp { .. } | GraphPattern::Join { .. } if !in_group => pace_group(pattern),
        GraphPattern::LeftJoin { left, right, .. }
            if variables_of(left).is_disjoint(&variables_of(right)) =>
        {
            add_tick(pattern);
        }
        _ => {}
    }
}

/// Ticks around a group whose rows can multiply without a triple being read: where parts share no
/// variable, or where tables meet tables.
fn pace_group(pattern: &mut GraphPattern) {
    let mut parts = Vec::new();
    variables_of_parts(pattern, &mut parts);
    let connected = is_connected(parts);
    let elements = into_group(std::mem::take(pattern));
    let tables = elements.iter().filter(|element| !reads_triples(element)).count();
    if tables > 2 {
        // The evaluator would hold the join of all but the last in memory before a row came out.
        let ticked = |left, right| {
            let mut joined = from_group([left, right]);
            add_tick(&mut joined);
            joined
        };
        *pattern = elements.into_iter().reduce(ticked).unwrap_or_default();
    } else {
        *pattern = from_group(elements);
        if !connected || tables == 2 {
            add_tick(pattern);
        }
    }
}

/// Whether joining with this element reads a triple for each row, as opposed to a table made before.
fn reads_triples(element: &GraphPattern) -> bool {
    match element {
        GraphPattern::Bgp { .. } | GraphPattern::Path { .. } => true,
        GraphPattern::Graph { inner, .. } | GraphPattern::Filter { inner, .. } => {
            reads_triples(inner)
        }
        GraphPattern::Union { left, right } => reads_triples(left) && reads_triples(right),
        _ => false,
    }
}

fn add_tick(pattern: &mut GraphPattern) {
    let named = variables_of(pattern).into_iter().map(Expression::Variable).collect();
    let inner = Box::new(std::mem::take(pattern));
    let tick = Expression::FunctionCall(Function::Custom(tick_function()), Vec::new());
    let expr = Expression::If(
        Box::new(tick),
        Box::new(Expression::Literal(true.into())),
        Box::new(Expression::Coalesce(named)),
    );
    *pattern = GraphPattern::Filter { expr, inner };
}

fn variables_of(pattern: &GraphPattern) -> BTreeSet<Variable> {
    let mut variables = BTreeSet::new();
    pattern.on_in_scope_variable(|variable| {
        variables.insert(variable.clone());
    });
    variables
}

/// The variables and blank nodes of each triple and each other element of a group.
fn variables_of_parts(pattern: &GraphPattern, parts: &mut Vec<BTreeSet<String>>) {
    match pattern {
        GraphPattern::Join { left, right } => {
            variables_of_parts(left, parts);
            variables_of_parts(right, parts);
        }
        GraphPattern::Bgp { patterns } => parts.extend(patterns.iter().map(names_of_triple)),
        GraphPattern::Path { subject, object, .. } => {
            parts.push([subject, object].into_iter().filter_map(name_of_term).collect());
        }
        other => parts.push(variables_of(other).into_iter().map(Variable::into_string).collect()),
    }
}

fn names_of_triple(triple: &TriplePattern) -> BTreeSet<String> {
    let predicate = match &triple.predicate {
        NamedNodePattern::Variable(variable) => Some(variable.as_str().to_owned()),
        NamedNodePattern::NamedNode(_) => None,
    };
    let terms = [&triple.subject, &triple.object].into_iter().filter_map(name_of_term);
    terms.chain(predicate).collect()
}

fn name_of_term(term: &TermPattern) -> Option<String> {
    match term {
        TermPattern::Variable(variable) => Some(variable.as_str().to_owned()),
        // No variable's name has a colon.
        TermPattern::BlankNode(node) => Some(format!("_:{}", node.as_str())),
        TermPattern::NamedNode(_) | TermPattern::Literal(_) => None,
    }
}

/// Whether one can go from each part to each other by shared names. Parts without any name match
/// once or not at all and multiply nothing.
fn is_connected(parts: Vec<BTreeSet<String>>) -> bool {
    let mut islands: Vec<BTreeSet<String>> = Vec::new();
    for mut part in parts.into_iter().filter(|part| !part.is_empty()) {
        let (touched, apart): (Vec<_>, Vec<_>) =
            islands.into_iter().partition(|island| !island.is_disjoint(&part));
        part.extend(touched.into_iter().flatten());
        islands = apart;
        islands.push(part);
    }
    islands.len() <= 1
}
