//! Walking a query's algebra. In: a pattern or an expression; out: what stands one level below it, to
//! be looked at or changed. Every pass over a query is written with these two.

use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression};

/// What stands directly below a pattern or an expression.
#[derive(Default)]
pub(super) struct Parts<'a> {
    pub(super) patterns: Vec<&'a mut GraphPattern>,
    pub(super) expressions: Vec<&'a mut Expression>,
}

/// The parts of a pattern. Triples, paths, VALUES and names are no parts.
pub(super) fn pattern_parts(pattern: &mut GraphPattern) -> Parts<'_> {
    use GraphPattern as P;
    let mut parts = Parts::default();
    match pattern {
        P::Bgp { .. } | P::Path { .. } | P::Values { .. } => {}
        P::Join { left, right }
        | P::Lateral { left, right }
        | P::Union { left, right }
        | P::Minus { left, right } => parts.patterns.extend([&mut **left, &mut **right]),
        P::LeftJoin { left, right, expression } => {
            parts.patterns.extend([&mut **left, &mut **right]);
            parts.expressions.extend(expression);
        }
        P::Filter { expr, inner } | P::Extend { inner, expression: expr, .. } => {
            parts.patterns.push(inner);
            parts.expressions.push(expr);
        }
        P::OrderBy { inner, expression } => {
            parts.patterns.push(inner);
            parts.expressions.extend(expression.iter_mut().map(|key| match key {
                OrderExpression::Asc(key) | OrderExpression::Desc(key) => key,
            }));
        }
        P::Group { inner, aggregates, .. } => {
            parts.patterns.push(inner);
            parts.expressions.extend(aggregates.iter_mut().filter_map(|(_, aggregate)| {
                match aggregate {
                    AggregateExpression::FunctionCall { expr, .. } => Some(expr),
                    AggregateExpression::CountSolutions { .. } => None,
                }
            }));
        }
        P::Graph { inner, .. }
        | P::Project { inner, .. }
        | P::Distinct { inner }
        | P::Reduced { inner }
        | P::Slice { inner, .. }
        | P::Service { inner, .. } => parts.patterns.push(inner),
    }
    parts
}

/// The parts of an expression; EXISTS holds a pattern.
pub(super) fn expression_parts(expression: &mut Expression) -> Parts<'_> {
    use Expression as E;
    let mut parts = Parts::default();
    match expression {
        E::NamedNode(_) | E::Literal(_) | E::Variable(_) | E::Bound(_) => {}
        E::Or(left, right)
        | E::And(left, right)
        | E::Equal(left, right)
        | E::SameTerm(left, right)
        | E::Greater(left, right)
        | E::GreaterOrEqual(left, right)
        | E::Less(left, right)
        | E::LessOrEqual(left, right)
        | E::Add(left, right)
        | E::Subtract(left, right)
        | E::Multiply(left, right)
        | E::Divide(left, right) => parts.expressions.extend([&mut **left, &mut **right]),
        E::In(value, list) => {
            parts.expressions.push(value);
            parts.expressions.extend(list);
        }
        E::UnaryPlus(inner) | E::UnaryMinus(inner) | E::Not(inner) => parts.expressions.push(inner),
        E::Exists(pattern) => parts.patterns.push(pattern),
        E::If(condition, yes, no) => {
            parts.expressions.extend([&mut **condition, &mut **yes, &mut **no]);
        }
        E::Coalesce(list) | E::FunctionCall(_, list) => parts.expressions.extend(list),
    }
    parts
}

/// The patterns below a pattern, also those inside its expressions (EXISTS).
pub(super) fn patterns_below(pattern: &mut GraphPattern) -> Vec<&mut GraphPattern> {
    let Parts { mut patterns, mut expressions } = pattern_parts(pattern);
    while let Some(expression) = expressions.pop() {
        let below = expression_parts(expression);
        patterns.extend(below.patterns);
        expressions.extend(below.expressions);
    }
    patterns
}

/// The elements of a group: a tree of joins laid flat, in the order of the text. Everything else is
/// one element.
pub(super) fn into_group(pattern: GraphPattern) -> Vec<GraphPattern> {
    let (mut elements, mut waiting) = (Vec::new(), vec![pattern]);
    while let Some(next) = waiting.pop() {
        match next {
            GraphPattern::Join { left, right } => waiting.extend([*right, *left]),
            other => elements.push(other),
        }
    }
    elements
}

/// The join of a group's elements.
pub(super) fn from_group(elements: impl IntoIterator<Item = GraphPattern>) -> GraphPattern {
    elements
        .into_iter()
        .reduce(|left, right| GraphPattern::Join { left: Box::new(left), right: Box::new(right) })
        .unwrap_or_default()
}
