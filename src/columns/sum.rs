//! SUM and AVG. In: numbers of terms; out: a literal, or nothing where a value is no number or the sum does not fit.

use super::context::Context;
use crate::image::{TERMS_MAX, TermId};
use oxigraph::model::{Literal, Term, vocab::xsd};
use oxsdatatypes::{Decimal, Integer};
use spareval::QueryEvaluator;
use sparopt::algebra::Expression;

/// A sum so far.
#[derive(Clone, Debug)]
pub(super) enum Sum {
    Integer(Integer),
    Decimal(Decimal),
    /// A double, or whatever else the evaluator can add.
    Other(Literal),
    Error,
}

impl Default for Sum {
    fn default() -> Self {
        Self::Integer(Integer::from(0))
    }
}

impl Sum {
    /// Adds a value.
    pub(super) fn add(&mut self, context: &Context<'_>, id: TermId) {
        let number = (id < TERMS_MAX).then(|| context.image.number(id)).flatten();
        let integer =
            number.filter(|_| context.image.is_integer(id)).and_then(|n| Integer::try_from(n).ok());
        let next = match (&*self, integer, number) {
            (Self::Integer(sum), Some(value), _) => sum.checked_add(value).map(Self::Integer),
            (Self::Integer(sum), None, Some(value)) => {
                Decimal::from(*sum).checked_add(value).map(Self::Decimal)
            }
            (Self::Decimal(sum), _, Some(value)) => sum.checked_add(value).map(Self::Decimal),
            (Self::Error, ..) => None,
            (sum, ..) => sum.literal().and_then(|sum| add_terms(sum, context.terms.term(id)?)),
        };
        *self = next.unwrap_or(Self::Error);
    }

    fn literal(&self) -> Option<Literal> {
        match self {
            Self::Integer(sum) => Some(Literal::new_typed_literal(sum.to_string(), xsd::INTEGER)),
            Self::Decimal(sum) => Some(Literal::new_typed_literal(sum.to_string(), xsd::DECIMAL)),
            Self::Other(sum) => Some(sum.clone()),
            Self::Error => None,
        }
    }

    /// The sum.
    pub(super) fn total(self) -> Option<Term> {
        self.literal().map(Term::from)
    }

    /// The sum divided by `count`; of nothing it is 0.
    pub(super) fn average(self, count: u64) -> Option<Term> {
        if count == 0 && !matches!(self, Self::Error) {
            return Some(Literal::from(0).into());
        }
        let count = i64::try_from(count).ok()?;
        let divided = match &self {
            Self::Integer(sum) => Decimal::from(*sum).checked_div(Integer::from(count))?,
            Self::Decimal(sum) => sum.checked_div(Integer::from(count))?,
            Self::Other(sum) => {
                let [sum, count] =
                    [sum.clone(), Literal::from(count)].map(|literal| Box::new(literal.into()));
                return QueryEvaluator::new()
                    .evaluate_expression(&Expression::Divide(sum, count), []);
            }
            Self::Error => return None,
        };
        Some(Literal::new_typed_literal(divided.to_string(), xsd::DECIMAL).into())
    }
}

fn add_terms(sum: Literal, value: Term) -> Option<Sum> {
    let Term::Literal(value) = value else { return None };
    let [left, right] = [sum, value].map(|literal| Box::new(Expression::from(literal)));
    match QueryEvaluator::new().evaluate_expression(&Expression::Add(left, right), [])? {
        Term::Literal(sum) => sum_of(sum),
        _ => None,
    }
}

/// A sum that is a literal, in the form that adds quickly.
fn sum_of(literal: Literal) -> Option<Sum> {
    Some(if literal.datatype() == xsd::INTEGER {
        Sum::Integer(literal.value().parse().ok()?)
    } else if literal.datatype() == xsd::DECIMAL {
        Sum::Decimal(literal.value().parse().ok()?)
    } else {
        Sum::Other(literal)
    })
}
