//! Sorting values that do not compare. In: algebra; out: the same algebra whose ORDER BY first puts values of different kinds apart.
//!
//! Guarantees: answers do not change but for the order of what the standard leaves open, which is then that of the columnar engine: numbers,
//! dates, plain strings, strings with a language, the rest by datatype. The surprise: without this a sort of numbers, dates and texts in one
//! column may panic, because the evaluator calls incomparable values equal, and that is no order.

use super::algebra::{expression_parts, pattern_parts};
use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, NamedNode, NamedNodeRef};
use spargebra::algebra::{Expression, Function, GraphPattern, OrderExpression};

/// Datatypes that the engine keeps together, each compared with its own kind only.
const DATES: [NamedNodeRef<'_>; 8] = [
    xsd::DATE,
    xsd::DATE_TIME,
    xsd::TIME,
    xsd::G_YEAR,
    xsd::G_YEAR_MONTH,
    xsd::G_MONTH,
    xsd::G_MONTH_DAY,
    xsd::G_DAY,
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
    let datatype = || call(Function::Datatype);
    let by_datatype = |first: &str| {
        let name = Expression::FunctionCall(Function::Str, vec![datatype()]);
        Expression::FunctionCall(Function::Concat, vec![text(first), name])
    };
    let either =
        |condition, yes, no| Expression::If(Box::new(condition), Box::new(yes), Box::new(no));
    let equal = |left, right| Expression::Equal(Box::new(left), Box::new(right));
    let name = |node: NamedNodeRef<'_>| Expression::NamedNode(NamedNode::from(node));
    let is_date = Expression::In(Box::new(datatype()), DATES.map(name).to_vec());
    let has_language = Expression::Not(Box::new(equal(call(Function::Lang), text(""))));
    let others = either(has_language, text("4"), by_datatype("5"));
    let texts = either(equal(datatype(), name(xsd::STRING)), text("3"), others);
    let dates = either(is_date, by_datatype("2"), texts);
    let literals = either(call(Function::IsNumeric), text("1"), dates);
    either(call(Function::IsLiteral), literals, text("0"))
}
