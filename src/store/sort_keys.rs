//! Sorting values that do not compare. In: algebra; out: the same algebra whose ORDER BY first puts values of different kinds apart.
//!
//! Guarantees: answers do not change but for the order of what the standard leaves open, which is then that of the columnar engine for
//! well-formed values: numbers, booleans, points in time, dates, times, plain strings, strings with a language, the rest by datatype. The surprise: without this a sort of numbers, dates and texts in one
//! column may panic, because the evaluator calls incomparable values equal, and that is no order.

use super::algebra::{expression_parts, pattern_parts};
use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, NamedNode, NamedNodeRef};
use spargebra::algebra::{Expression, Function, GraphPattern, OrderExpression};

/// Datatypes that come after the numbers, in the order of the columnar engine.
const IN_ORDER: [(NamedNodeRef<'_>, &str); 5] = [
    (xsd::BOOLEAN, "2"),
    (xsd::DATE_TIME, "3"),
    (xsd::DATE, "4"),
    (xsd::TIME, "5"),
    (xsd::STRING, "6"),
];

/// Puts a key for the kind before each key of every ORDER BY.
pub(super) fn part_kinds(pattern: &mut GraphPattern) {
    let parts = pattern_parts(pattern);
    parts.patterns.into_iter().for_each(part_kinds);
    let mut expressions = parts.expressions;
    while let Some(expression) = expressions.pop() {
        let inner = expression_parts(expression);
        inner.patterns.into_iter().for_each(part_kinds);
        expressions.extend(inner.expressions);
    }
    if let GraphPattern::OrderBy { expression, .. } = pattern {
        let keys = std::mem::take(expression);
        *expression = keys.into_iter().flat_map(parted).collect();
    }
}

fn parted(key: OrderExpression) -> [OrderExpression; 2] {
    match key {
        OrderExpression::Asc(value) => {
            [OrderExpression::Asc(kind(&value)), OrderExpression::Asc(value)]
        }
        OrderExpression::Desc(value) => {
            [OrderExpression::Desc(kind(&value)), OrderExpression::Desc(value)]
        }
    }
}

/// A string that is lower for the kind that comes first. No value has none, which comes before all.
fn kind(value: &Expression) -> Expression {
    let call = |function| Expression::FunctionCall(function, vec![value.clone()]);
    let text = |text: &str| Expression::Literal(Literal::from(text));
    let either =
        |condition, yes, no| Expression::If(Box::new(condition), Box::new(yes), Box::new(no));
    let equal = |left, right| Expression::Equal(Box::new(left), Box::new(right));
    let datatype = Expression::FunctionCall(Function::Str, vec![call(Function::Datatype)]);
    let other = Expression::FunctionCall(Function::Concat, vec![text("8"), datatype]);
    let has_language = Expression::Not(Box::new(equal(call(Function::Lang), text(""))));
    let last = either(has_language, text("7"), other);
    let known = IN_ORDER.iter().rfold(last, |after, (datatype, rank)| {
        let datatype = Expression::NamedNode(NamedNode::from(*datatype));
        either(equal(call(Function::Datatype), datatype), text(rank), after)
    });
    let literals = either(call(Function::IsNumeric), text("1"), known);
    either(call(Function::IsLiteral), literals, text("0"))
}
