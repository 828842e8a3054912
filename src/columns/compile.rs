//! Expressions to conditions. In: an expression and the columns there are; out: the quickest test that means the same. `None` where
//! there is none here, and the whole query is left to the evaluator.

use super::condition::{Comparison, Condition, TextTest};
use super::context::Context;
use super::expression::Memo;
use crate::image::{TermId, TermKind};
use oxigraph::model::{Literal, Term, Variable};
use oxsdatatypes::{Date, Decimal};
use spareval::ExpressionTerm;
use spargebra::algebra::{Expression, Function};
use std::ops::{Bound, Range};

/// Numbers of terms whose values a comparison with a constant allows.
pub(super) struct ValueRange {
    /// Terms that compare as wanted.
    pub(super) yes: Range<TermId>,
    /// All terms whose numbers follow their values.
    pub(super) home: Range<TermId>,
}

/// The condition that `expression` is true, over rows with these columns.
pub(super) fn condition<'a>(
    context: Context<'a>,
    expression: &Expression,
    columns: &[Variable],
) -> Option<Condition<'a>> {
    use Expression as E;
    let inner = |part: &Expression| condition(context, part, columns);
    match expression {
        E::And(left, right) => Some(Condition::All(vec![inner(left)?, inner(right)?])),
        E::Or(left, right) => Some(Condition::Any(vec![inner(left)?, inner(right)?])),
        E::Not(part) => Some(Condition::Not(Box::new(inner(part)?))),
        E::Bound(name) => Some(match number_of(name, columns) {
            Some(column) => Condition::Bound(column),
            None => Condition::Fixed(Some(false)),
        }),
        E::In(value, list) if list.len() <= 1_000 => {
            let equal = |part: &Expression| {
                condition(context, &E::Equal(value.clone(), Box::new(part.clone())), columns)
            };
            Some(Condition::Any(list.iter().map(equal).collect::<Option<_>>()?))
        }
        E::SameTerm(left, right) => match (&**left, &**right) {
            (E::Variable(left), E::Variable(right)) => {
                let both = number_of(left, columns).zip(number_of(right, columns));
                Some(match both {
                    Some((left, right)) => Condition::SameTerm { left, right },
                    None => Condition::Fixed(None),
                })
            }
            _ => by_value(context, expression, columns),
        },
        E::FunctionCall(function, arguments) => {
            text_test(context, (function, arguments), expression, columns)
                .or_else(|| by_value(context, expression, columns))
        }
        _ => comparison(context, expression, columns)
            .or_else(|| by_value(context, expression, columns)),
    }
}

fn by_value<'a>(
    context: Context<'a>,
    expression: &Expression,
    columns: &[Variable],
) -> Option<Condition<'a>> {
    Memo::new(context, expression, columns).map(Condition::ByValue)
}

fn number_of(name: &Variable, columns: &[Variable]) -> Option<usize> {
    columns.iter().position(|column| column == name)
}

/// The sides of a comparison.
pub(super) fn sides(expression: &Expression) -> Option<(&Expression, Comparison, &Expression)> {
    use Expression as E;
    match expression {
        E::Equal(left, right) => Some((left, Comparison::Equal, right)),
        E::Less(left, right) => Some((left, Comparison::Less, right)),
        E::LessOrEqual(left, right) => Some((left, Comparison::LessOrEqual, right)),
        E::Greater(left, right) => Some((left, Comparison::Greater, right)),
        E::GreaterOrEqual(left, right) => Some((left, Comparison::GreaterOrEqual, right)),
        _ => None,
    }
}

/// A comparison with a constant on its right.
pub(super) fn with_constant(
    expression: &Expression,
) -> Option<(&Expression, Comparison, &Expression)> {
    let (left, comparison, right) = sides(expression)?;
    let is_constant =
        |side: &Expression| matches!(side, Expression::NamedNode(_) | Expression::Literal(_));
    match (is_constant(left), is_constant(right)) {
        (_, true) => Some((left, comparison, right)),
        (true, false) => Some((right, comparison.mirrored(), left)),
        (false, false) => None,
    }
}

fn comparison<'a>(
    context: Context<'a>,
    expression: &Expression,
    columns: &[Variable],
) -> Option<Condition<'a>> {
    use Expression as E;
    if let Some((value, comparison, constant)) = with_constant(expression) {
        return match (value, constant) {
            (E::Variable(name), E::NamedNode(node)) if comparison == Comparison::Equal => {
                let column = number_of(name, columns)?;
                Some(Condition::Is { column, id: context.id(node.as_ref().into()) })
            }
            (E::Variable(name), E::Literal(literal)) => {
                let column = number_of(name, columns)?;
                let ValueRange { yes, home } = range_of(context, comparison, literal)?;
                let foreign = (comparison == Comparison::Equal).then_some(false);
                let by_value = Memo::new(context, expression, columns)?;
                Some(Condition::InRange { column, yes, home, foreign, by_value })
            }
            (E::FunctionCall(Function::Lang, arguments), E::Literal(tag))
                if comparison == Comparison::Equal && is_plain(tag) =>
            {
                let [E::Variable(name)] = arguments.as_slice() else { return None };
                let column = number_of(name, columns)?;
                // A tag is kept in lower case: one that is not never equals it.
                let tag = tag.value().to_owned();
                Some(Condition::Language { column, tag })
            }
            _ => None,
        };
    }
    let (left, comparison, right) = sides(expression)?;
    let (E::Variable(left), E::Variable(right)) = (left, right) else { return None };
    let (left, right) = number_of(left, columns).zip(number_of(right, columns))?;
    let by_value = Memo::new(context, expression, columns)?;
    Some(Condition::Compare { left, right, comparison, by_value })
}

/// The terms that compare with `literal` as wanted, where their numbers tell.
pub(super) fn range_of(
    context: Context<'_>,
    comparison: Comparison,
    literal: &Literal,
) -> Option<ValueRange> {
    let image = context.image;
    if is_plain(literal) {
        if comparison != Comparison::Equal {
            return None;
        }
        let yes = image.id(literal.as_ref().into()).map_or(0..0, |id| id..id + 1);
        return Some(ValueRange { yes, home: image.ids_of(TermKind::String) });
    }
    match ExpressionTerm::from(Term::from(literal.clone())) {
        ExpressionTerm::IntegerLiteral(value) => Some(numbers(context, comparison, value.into())),
        ExpressionTerm::DecimalLiteral(value) => Some(numbers(context, comparison, value)),
        ExpressionTerm::DateLiteral(value) if value.timezone_offset().is_none() => {
            let (from, to) = bounds::<Date>(comparison, value);
            let yes = image.ids_of_dates(from, to);
            Some(ValueRange { yes, home: image.ids_of(TermKind::Date) })
        }
        _ => None,
    }
}

fn numbers(context: Context<'_>, comparison: Comparison, value: Decimal) -> ValueRange {
    let (from, to) = bounds(comparison, value);
    let yes = context.image.ids_of_numbers(from, to);
    ValueRange { yes, home: context.image.ids_of(TermKind::Number) }
}

fn bounds<T: Copy>(comparison: Comparison, value: T) -> (Bound<T>, Bound<T>) {
    match comparison {
        Comparison::Equal => (Bound::Included(value), Bound::Included(value)),
        Comparison::Less => (Bound::Unbounded, Bound::Excluded(value)),
        Comparison::LessOrEqual => (Bound::Unbounded, Bound::Included(value)),
        Comparison::Greater => (Bound::Excluded(value), Bound::Unbounded),
        Comparison::GreaterOrEqual => (Bound::Included(value), Bound::Unbounded),
    }
}

/// Whether it is a string without a language.
pub(super) fn is_plain(literal: &Literal) -> bool {
    literal.language().is_none() && literal.datatype() == oxigraph::model::vocab::xsd::STRING
}

fn text_test<'a>(
    context: Context<'a>,
    (function, arguments): (&Function, &[Expression]),
    whole: &Expression,
    columns: &[Variable],
) -> Option<Condition<'a>> {
    let kind = match function {
        Function::Contains => TextTest::Contains,
        Function::StrStarts => TextTest::Starts,
        Function::StrEnds => TextTest::Ends,
        _ => return None,
    };
    let [value, Expression::Literal(text)] = arguments else { return None };
    let (name, of_any) = match value {
        Expression::Variable(name) => (name, false),
        Expression::FunctionCall(Function::Str, inner) => match inner.as_slice() {
            [Expression::Variable(name)] => (name, true),
            _ => return None,
        },
        _ => return None,
    };
    let column = number_of(name, columns).filter(|_| is_plain(text))?;
    let by_value = Memo::new(context, whole, columns)?;
    Some(Condition::Text { column, test: kind, text: text.value().to_owned(), of_any, by_value })
}
