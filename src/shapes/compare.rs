//! Literals as values: order between them, and whether a lexical form belongs to its datatype.
//!
//! In: RDF terms. Out: an order as SPARQL's operators see it, or none. The surprising thing: a date
//! and a number have no order, and neither has a text with a language tag.

use std::cmp::Ordering;
use std::fmt;

use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{Literal, Term};
use spareval::ExpressionTerm;

/// A comparison that a value must pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Order {
    /// Whether `left` stands in this order to `right`; terms without an order do not.
    pub(super) fn holds(self, left: &Term, right: &Term) -> bool {
        compare(left, right).is_some_and(|ordering| match self {
            Self::Less => ordering == Ordering::Less,
            Self::LessOrEqual => ordering != Ordering::Greater,
            Self::Greater => ordering == Ordering::Greater,
            Self::GreaterOrEqual => ordering != Ordering::Less,
        })
    }
}

impl fmt::Display for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        })
    }
}

/// The order of two literals by value; none where SPARQL's `<` gives an error.
fn compare(left: &Term, right: &Term) -> Option<Ordering> {
    use ExpressionTerm as E;
    match (widen(left), widen(right)) {
        (E::DecimalLiteral(a), E::DecimalLiteral(b)) => a.partial_cmp(&b),
        (E::DoubleLiteral(a), E::DoubleLiteral(b)) => a.partial_cmp(&b),
        (E::DecimalLiteral(a), E::DoubleLiteral(b)) => {
            b.partial_cmp(&a.into()).map(Ordering::reverse)
        }
        (E::DoubleLiteral(a), E::DecimalLiteral(b)) => a.partial_cmp(&b.into()),
        (E::StringLiteral(a), E::StringLiteral(b)) => a.partial_cmp(&b),
        (E::BooleanLiteral(a), E::BooleanLiteral(b)) => a.partial_cmp(&b),
        (E::DateTimeLiteral(a), E::DateTimeLiteral(b)) => a.partial_cmp(&b),
        (E::DateLiteral(a), E::DateLiteral(b)) => a.partial_cmp(&b),
        (E::TimeLiteral(a), E::TimeLiteral(b)) => a.partial_cmp(&b),
        (E::GYearLiteral(a), E::GYearLiteral(b)) => a.partial_cmp(&b),
        (E::GYearMonthLiteral(a), E::GYearMonthLiteral(b)) => a.partial_cmp(&b),
        (E::DurationLiteral(a), E::DurationLiteral(b)) => a.partial_cmp(&b),
        (E::DayTimeDurationLiteral(a), E::DayTimeDurationLiteral(b)) => a.partial_cmp(&b),
        (E::YearMonthDurationLiteral(a), E::YearMonthDurationLiteral(b)) => a.partial_cmp(&b),
        _ => None,
    }
}

/// The value of a term, with every number as a decimal or a double.
fn widen(term: &Term) -> ExpressionTerm {
    match ExpressionTerm::from(term.clone()) {
        ExpressionTerm::IntegerLiteral(value) => ExpressionTerm::DecimalLiteral(value.into()),
        ExpressionTerm::FloatLiteral(value) => ExpressionTerm::DoubleLiteral(value.into()),
        other => other,
    }
}

/// Whether the lexical form is one of the datatype's. A datatype that is not known here, and one
/// without restrictions (a string), takes any form.
pub(super) fn is_well_formed(literal: &Literal) -> bool {
    let datatype = literal.datatype();
    if datatype == xsd::STRING || datatype == rdf::LANG_STRING || datatype == xsd::ANY_URI {
        return true;
    }
    let parsed = ExpressionTerm::from(Term::from(literal.clone()));
    match parsed {
        ExpressionTerm::OtherTypedLiteral { .. } => !is_parsed_datatype(datatype.as_str()),
        ExpressionTerm::IntegerLiteral(_) => is_in_integer_range(literal),
        _ => true,
    }
}

/// Whether the evaluator reads the values of a datatype, so that a form it left alone is wrong.
fn is_parsed_datatype(iri: &str) -> bool {
    const NAMES: [&str; 29] = [
        "boolean",
        "double",
        "float",
        "decimal",
        "integer",
        "byte",
        "short",
        "int",
        "long",
        "unsignedByte",
        "unsignedShort",
        "unsignedInt",
        "unsignedLong",
        "positiveInteger",
        "negativeInteger",
        "nonPositiveInteger",
        "nonNegativeInteger",
        "dateTime",
        "dateTimeStamp",
        "time",
        "date",
        "gYearMonth",
        "gYear",
        "gMonthDay",
        "gDay",
        "gMonth",
        "duration",
        "yearMonthDuration",
        "dayTimeDuration",
    ];
    iri.strip_prefix("http://www.w3.org/2001/XMLSchema#").is_some_and(|name| NAMES.contains(&name))
}

/// Whether an integer keeps to the range of its derived datatype.
fn is_in_integer_range(literal: &Literal) -> bool {
    let name = literal.datatype();
    let Some(name) = name.as_str().strip_prefix("http://www.w3.org/2001/XMLSchema#") else {
        return true;
    };
    let (least, most) = match name {
        "byte" => (i128::from(i8::MIN), i128::from(i8::MAX)),
        "short" => (i128::from(i16::MIN), i128::from(i16::MAX)),
        "int" => (i128::from(i32::MIN), i128::from(i32::MAX)),
        "unsignedByte" => (0, i128::from(u8::MAX)),
        "unsignedShort" => (0, i128::from(u16::MAX)),
        "unsignedInt" => (0, i128::from(u32::MAX)),
        "unsignedLong" => (0, i128::from(u64::MAX)),
        "nonNegativeInteger" => (0, i128::MAX),
        "positiveInteger" => (1, i128::MAX),
        "nonPositiveInteger" => (i128::MIN, 0),
        "negativeInteger" => (i128::MIN, -1),
        _ => return true,
    };
    literal.value().parse::<i128>().is_ok_and(|value| (least..=most).contains(&value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(value: &str, datatype: oxigraph::model::NamedNodeRef<'_>) -> Term {
        Literal::new_typed_literal(value, datatype).into()
    }

    #[test]
    fn numbers_compare_by_value_across_datatypes() {
        let two = typed("2", xsd::INTEGER);
        for (other, datatype) in
            [("2.5", xsd::DECIMAL), ("2.5", xsd::DOUBLE), ("2.5", xsd::FLOAT), ("3", xsd::INTEGER)]
        {
            assert!(Order::Less.holds(&two, &typed(other, datatype)), "2 < {other}");
            assert!(Order::Greater.holds(&typed(other, datatype), &two), "{other} > 2");
        }
        assert!(Order::LessOrEqual.holds(&two, &typed("2.0", xsd::DECIMAL)));
        assert!(!Order::Less.holds(&two, &typed("2.0", xsd::DECIMAL)));
    }

    #[test]
    fn dates_and_years_compare_by_time() {
        assert!(
            Order::Less.holds(&typed("2024-05-06", xsd::DATE), &typed("2025-12-31", xsd::DATE))
        );
        assert!(Order::Less.holds(&typed("2024", xsd::G_YEAR), &typed("2025", xsd::G_YEAR)));
    }

    #[test]
    fn values_of_different_kinds_have_no_order() {
        let date = typed("2024-05-06", xsd::DATE);
        let number = typed("2024", xsd::INTEGER);
        for order in [Order::Less, Order::LessOrEqual, Order::Greater, Order::GreaterOrEqual] {
            assert!(!order.holds(&date, &number));
        }
    }

    #[test]
    fn a_form_outside_its_datatype_is_not_well_formed() {
        for (value, datatype, right) in [
            ("12", xsd::INTEGER, true),
            ("十二", xsd::INTEGER, false),
            ("2024-02-30", xsd::DATE, false),
            ("2024-02-29", xsd::DATE, true),
            ("2024", xsd::G_YEAR, true),
            ("24年", xsd::G_YEAR, false),
            ("0", xsd::POSITIVE_INTEGER, false),
            ("1", xsd::POSITIVE_INTEGER, true),
            ("300", xsd::UNSIGNED_BYTE, false),
            ("是", xsd::BOOLEAN, false),
            ("任何文字", xsd::STRING, true),
        ] {
            let literal = Literal::new_typed_literal(value, datatype);
            assert_eq!(is_well_formed(&literal), right, "{literal}");
        }
    }
}
