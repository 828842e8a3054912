//! The order of ORDER BY, MIN and MAX. In: numbers of terms; out: which comes first: nothing, blank nodes, IRIs, literals by value.
//! Guarantee: it is an order, whatever the literals; the evaluator's own is none where numbers, dates and texts mix. The surprise: most
//! comparisons are of term numbers, because an image numbers the terms of one kind in order.

use super::batch::UNBOUND;
use super::context::Context;
use crate::image::{TERMS_MAX, TermId, TermKind};
use oxigraph::model::Term;
use oxsdatatypes::{Decimal, Double};
use spareval::ExpressionTerm;
use std::cmp::Ordering;

/// Compares two values, either of which may be missing.
pub(super) fn compare(context: &Context<'_>, left: TermId, right: TermId) -> Ordering {
    if left == right {
        return Ordering::Equal;
    }
    if left == UNBOUND || right == UNBOUND {
        return if left == UNBOUND { Ordering::Less } else { Ordering::Greater };
    }
    if left < TERMS_MAX && right < TERMS_MAX {
        match (context.image.kind(left), context.image.kind(right)) {
            (Some(TermKind::Number), Some(TermKind::Number)) => {
                let values = context.image.number(left).zip(context.image.number(right));
                if let Some(ordering) = values.and_then(|(left, right)| left.partial_cmp(&right)) {
                    return ordering;
                }
            }
            (Some(one), Some(other))
                if one == other
                    && matches!(
                        one,
                        TermKind::NamedNode | TermKind::BlankNode | TermKind::String
                    ) =>
            {
                return left.cmp(&right);
            }
            _ => {}
        }
    }
    let key = |id: TermId| context.terms.term(id).map(Key::of);
    key(left).partial_cmp(&key(right)).unwrap_or(Ordering::Equal)
}

/// What a term is sorted by: first the class, then the value in it.
#[derive(Clone, Debug, PartialEq, PartialOrd)]
struct Key {
    class: Class,
    /// A number as a double, in an order of all doubles, so that decimals and doubles have one order.
    number: i64,
    /// A decimal exactly, because several share a double.
    exact: Option<Decimal>,
    /// A point in time, in bytes that compare as it does.
    time: [u8; 18],
    text: String,
    /// Language or datatype.
    tag: String,
}

/// Terms of one class compare by value. The standard leaves open how the classes of literals follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    BlankNode,
    NamedNode,
    Number,
    Boolean,
    DateTime,
    Date,
    Time,
    String,
    Tagged,
    Other,
}

impl Key {
    fn of(term: Term) -> Self {
        let key = |class| Self {
            class,
            number: 0,
            exact: None,
            time: [0; 18],
            text: String::new(),
            tag: String::new(),
        };
        let text = |class, text: String| Self { text, ..key(class) };
        let exact = |decimal: Decimal| Self {
            number: order_of(Double::from(decimal)),
            exact: Some(decimal),
            ..key(Class::Number)
        };
        let double = |value: Double| Self { number: order_of(value), ..key(Class::Number) };
        let time = |class, bytes| Self { time: in_order(bytes), ..key(class) };
        match ExpressionTerm::from(term) {
            ExpressionTerm::BlankNode(node) => text(Class::BlankNode, node.into_string()),
            ExpressionTerm::NamedNode(node) => text(Class::NamedNode, node.into_string()),
            ExpressionTerm::IntegerLiteral(value) => exact(value.into()),
            ExpressionTerm::DecimalLiteral(value) => exact(value),
            ExpressionTerm::FloatLiteral(value) => double(value.into()),
            ExpressionTerm::DoubleLiteral(value) => double(value),
            ExpressionTerm::BooleanLiteral(value) => {
                Self { number: i64::from(bool::from(value)), ..key(Class::Boolean) }
            }
            ExpressionTerm::DateTimeLiteral(value) => time(Class::DateTime, value.to_be_bytes()),
            ExpressionTerm::DateLiteral(value) => time(Class::Date, value.to_be_bytes()),
            ExpressionTerm::TimeLiteral(value) => time(Class::Time, value.to_be_bytes()),
            ExpressionTerm::StringLiteral(value) => text(Class::String, value),
            ExpressionTerm::LangStringLiteral { value, language } => {
                Self { tag: language, ..text(Class::Tagged, value) }
            }
            other => match Term::from(other) {
                Term::Literal(literal) => Self {
                    tag: literal.datatype().as_str().to_owned(),
                    ..text(Class::Other, literal.value().to_owned())
                },
                other => text(Class::Other, other.to_string()),
            },
        }
    }
}

/// A number that is the higher the higher the double.
fn order_of(value: Double) -> i64 {
    // Negative numbers have the sign bit set and grow downwards.
    let bits = i64::from_be_bytes(value.to_be_bytes());
    if bits < 0 { i64::MIN ^ !bits } else { bits }
}

/// Bytes of a signed number in an order of unsigned ones.
fn in_order(mut bytes: [u8; 18]) -> [u8; 18] {
    if let Some(first) = bytes.first_mut() {
        *first ^= 0x80;
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::{Literal, vocab::xsd};

    #[test]
    fn values_of_one_class_compare_as_values() {
        let ascending = [
            ("-3.5", xsd::DECIMAL),
            ("-INF", xsd::DOUBLE),
            ("0", xsd::INTEGER),
            ("0.5", xsd::DECIMAL),
            ("2.5E0", xsd::DOUBLE),
            ("20", xsd::INTEGER),
            ("2024-01-01", xsd::DATE),
            ("2025-12-31", xsd::DATE),
        ];
        let key = |(text, datatype)| Key::of(Literal::new_typed_literal(text, datatype).into());
        let mut keys: Vec<Key> = ascending.map(key).to_vec();
        // Minus infinity is below every number.
        keys.swap(0, 1);
        assert!(keys.is_sorted_by(|one, other| one < other), "{keys:?}");
        assert_eq!(key(("1", xsd::INTEGER)), key(("1.0", xsd::DECIMAL)));
    }
}
