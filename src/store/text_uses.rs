//! What a query does with its variables, as far as it decides when their values must be there. In: algebra as parsed; out: for each
//! variable whether it is joined, computed with, or only shown. Guarantee: in doubt a variable is not only shown. The surprise:
//! a sub-query may show a variable that another part joins by the same name, so names count in the whole query at once.

use super::algebra::{expression_parts, pattern_parts};
use oxigraph::sparql::Variable;
use spargebra::algebra::{AggregateExpression, Expression, GraphPattern};
use spargebra::term::NamedNodePattern;
use std::collections::{HashMap, HashSet};

/// The uses of all variables of a query.
#[derive(Default)]
pub(super) struct Uses {
    /// In how many places of patterns each stands.
    places: HashMap<Variable, usize>,
    /// Those that are computed with, or of which equal values count as one.
    compared: HashSet<Variable>,
}

impl Uses {
    /// The uses in the pattern of a query.
    pub(super) fn of(pattern: &mut GraphPattern) -> Self {
        let mut uses = Self::default();
        uses.read(pattern);
        uses
    }

    /// Whether a variable that stands in a pattern stands in others too.
    pub(super) fn is_joined(&self, name: &Variable) -> bool {
        self.places.get(name).is_some_and(|places| *places > 1)
    }

    /// Whether a variable that stands in a pattern is at most part of the answer besides.
    pub(super) fn is_only_shown(&self, name: &Variable) -> bool {
        !self.is_joined(name) && !self.compared.contains(name)
    }

    fn read(&mut self, pattern: &mut GraphPattern) {
        self.read_level(pattern);
        let parts = pattern_parts(pattern);
        parts.patterns.into_iter().for_each(|inner| self.read(inner));
        parts.expressions.into_iter().for_each(|inner| self.read_expression(inner));
    }

    fn read_level(&mut self, pattern: &GraphPattern) {
        match pattern {
            GraphPattern::Bgp { patterns } => {
                for triple in patterns {
                    // Each by itself, so that one in two triples counts twice.
                    let alone = GraphPattern::Bgp { patterns: vec![triple.clone()] };
                    alone.on_in_scope_variable(|name| self.place(name));
                }
            }
            GraphPattern::Path { .. } | GraphPattern::Values { .. } => {
                pattern.on_in_scope_variable(|name| self.place(name));
            }
            GraphPattern::Graph { name: NamedNodePattern::Variable(name), .. }
            | GraphPattern::Service { name: NamedNodePattern::Variable(name), .. }
            | GraphPattern::Extend { variable: name, .. } => self.place(name),
            GraphPattern::Distinct { inner } => self.compare_all(inner),
            GraphPattern::Group { inner, variables, aggregates } => {
                self.compared.extend(variables.iter().cloned());
                for (name, _) in aggregates {
                    self.place(name);
                }
                let is_distinct = |aggregate: &AggregateExpression| {
                    matches!(aggregate, AggregateExpression::CountSolutions { distinct: true })
                };
                if aggregates.iter().any(|(_, aggregate)| is_distinct(aggregate)) {
                    self.compare_all(inner);
                }
            }
            _ => {}
        }
    }

    fn read_expression(&mut self, expression: &mut Expression) {
        if let Expression::Variable(name) = expression {
            self.compared.insert(name.clone());
        }
        let parts = expression_parts(expression);
        parts.patterns.into_iter().for_each(|inner| self.read(inner));
        parts.expressions.into_iter().for_each(|inner| self.read_expression(inner));
    }

    fn place(&mut self, name: &Variable) {
        *self.places.entry(name.clone()).or_default() += 1;
    }

    fn compare_all(&mut self, pattern: &GraphPattern) {
        pattern.on_in_scope_variable(|name| {
            self.compared.insert(name.clone());
        });
    }
}
