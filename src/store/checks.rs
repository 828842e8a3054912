//! What must not be planned. In: a parsed query; out: nothing, or why it is refused.
//!
//! Guarantees: no SERVICE reaches the evaluator; groups are small enough to be ordered and strings
//! cannot grow by doubling. The surprise: planning cannot be interrupted, so the time limit does not
//! help against a query that is merely large.

use super::algebra::{expression_parts, into_group, pattern_parts};
use super::error::QueryError;
use super::limits::Limits;
use oxigraph::sparql::Variable;
use spargebra::Query;
use spargebra::algebra::{
    AggregateExpression, AggregateFunction, Expression, Function, GraphPattern,
};
use std::collections::HashMap;

/// Checks a whole query.
pub(super) fn check_query(query: &Query, limits: &Limits) -> Result<(), QueryError> {
    let mut pattern = pattern_of(query).clone();
    let mut checker = Checker { limits, copies: HashMap::new(), optionals: 0, patterns: 0 };
    checker.check_pattern(&mut pattern)
}

/// The pattern of a query of any form.
pub(super) fn pattern_of(query: &Query) -> &GraphPattern {
    match query {
        Query::Select { pattern, .. }
        | Query::Construct { pattern, .. }
        | Query::Describe { pattern, .. }
        | Query::Ask { pattern, .. } => pattern,
    }
}

/// The same, to be changed.
pub(super) fn pattern_of_mut(query: &mut Query) -> &mut GraphPattern {
    match query {
        Query::Select { pattern, .. }
        | Query::Construct { pattern, .. }
        | Query::Describe { pattern, .. }
        | Query::Ask { pattern, .. } => pattern,
    }
}

fn at_most(count: usize, what: &'static str, count_max: usize) -> Result<(), QueryError> {
    if count > count_max {
        return Err(QueryError::TooComplex { what, count_max, line: None });
    }
    Ok(())
}

struct Checker<'a> {
    limits: &'a Limits,
    /// How many copies of a stored value the strings in a variable may hold at most.
    copies: HashMap<Variable, u64>,
    optionals: usize,
    patterns: usize,
}

impl Checker<'_> {
    fn check_pattern(&mut self, pattern: &mut GraphPattern) -> Result<(), QueryError> {
        self.check_size(pattern)?;
        let parts = pattern_parts(pattern);
        for inner in parts.patterns {
            self.check_pattern(inner)?;
        }
        for expression in parts.expressions {
            self.check_expression(expression)?;
        }
        match pattern {
            GraphPattern::Extend { variable, expression, .. } => {
                let copies = self.copies_of(expression);
                self.remember(variable, copies)
            }
            GraphPattern::Group { aggregates, .. } => {
                for (variable, aggregate) in aggregates {
                    let copies = self.copies_of_aggregate(aggregate);
                    self.remember(variable, copies)?;
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn check_size(&mut self, pattern: &GraphPattern) -> Result<(), QueryError> {
        match pattern {
            GraphPattern::Service { name, .. } => {
                Err(QueryError::Service(format!("SERVICE {name} cannot be asked here")))
            }
            GraphPattern::LeftJoin { .. } | GraphPattern::Minus { .. } => {
                self.optionals += 1;
                at_most(self.optionals, "OPTIONAL and MINUS parts", self.limits.optionals_max)
            }
            GraphPattern::Bgp { .. } | GraphPattern::Join { .. } => {
                let count = |element: &GraphPattern| match element {
                    GraphPattern::Bgp { patterns } => patterns.len(),
                    _ => 1,
                };
                let parts = into_group(pattern.clone()).iter().map(count).sum();
                if let GraphPattern::Bgp { patterns } = pattern {
                    self.patterns += patterns.len();
                }
                at_most(parts, "patterns in one group", self.limits.group_patterns_max)?;
                at_most(self.patterns, "patterns", self.limits.patterns_max)
            }
            _ => Ok(()),
        }
    }

    fn check_expression(&mut self, expression: &mut Expression) -> Result<(), QueryError> {
        let parts = expression_parts(expression);
        for inner in parts.patterns {
            self.check_pattern(inner)?;
        }
        for inner in parts.expressions {
            self.check_expression(inner)?;
        }
        let copies = self.copies_of(expression);
        self.check_copies(copies)
    }

    fn remember(&mut self, variable: &Variable, copies: u64) -> Result<(), QueryError> {
        let known = self.copies.entry(variable.clone()).or_insert(1);
        *known = copies.max(*known);
        self.check_copies(copies)
    }

    fn check_copies(&self, copies: u64) -> Result<(), QueryError> {
        let copies = usize::try_from(copies).unwrap_or(usize::MAX);
        let copies_max = usize::try_from(self.limits.copies_max).unwrap_or(usize::MAX);
        at_most(copies, "copies of a value in one string", copies_max)
    }

    /// An upper bound for the strings that the expression makes, in lengths of one stored value.
    fn copies_of(&self, expression: &Expression) -> u64 {
        let of = |inner: &Expression| self.copies_of(inner);
        match expression {
            Expression::Variable(variable) => self.copies.get(variable).copied().unwrap_or(1),
            Expression::FunctionCall(Function::Concat, list) => {
                list.iter().map(of).fold(0, u64::saturating_add).max(1)
            }
            Expression::FunctionCall(Function::Replace, list) => {
                // Each match takes a character at least and leaves the replacement.
                let copied = match list.get(2) {
                    Some(Expression::Literal(text)) => text.value().chars().count() as u64,
                    Some(other) => of(other).saturating_mul(64),
                    None => 1,
                };
                list.first().map_or(1, of).saturating_mul(copied.max(1))
            }
            // A Han character becomes nine.
            Expression::FunctionCall(Function::EncodeForUri, list) => {
                list.first().map_or(1, of).saturating_mul(9)
            }
            Expression::FunctionCall(_, list) | Expression::Coalesce(list) => {
                list.iter().map(of).max().unwrap_or(1)
            }
            Expression::If(_, yes, no) => of(yes).max(of(no)),
            _ => 1,
        }
    }

    fn copies_of_aggregate(&self, aggregate: &AggregateExpression) -> u64 {
        match aggregate {
            AggregateExpression::FunctionCall { name, expr, .. } => {
                let copies = self.copies_of(expr);
                // A group of some dozen rows is the usual case; thousands end at the time limit.
                if matches!(name, AggregateFunction::GroupConcat { .. }) {
                    copies.saturating_mul(16)
                } else {
                    copies
                }
            }
            AggregateExpression::CountSolutions { .. } => 1,
        }
    }
}

#[cfg(test)]
mod tests;
