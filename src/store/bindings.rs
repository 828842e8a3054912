//! Values for variables, put into the algebra as terms. In: a query and (variable, term) pairs; out: the
//! same query with each variable replaced wherever it stands, also in sub-queries, as if the term had
//! been written there.
//!
//! Guarantees: no text is made from a value, so no value can change what is asked. The surprise: a
//! variable that the SELECT lists is still in the answer, bound to its value.

use super::algebra::{expression_parts, pattern_parts};
use super::checks::pattern_of_mut;
use super::error::QueryError;
use oxigraph::model::Term;
use oxigraph::sparql::Variable;
use spargebra::Query;
use spargebra::algebra::{Expression, GraphPattern};
use spargebra::term::{GroundTerm, NamedNodePattern, TermPattern};

/// Replaces the variables, named without `?`, in the whole query.
pub(super) fn bind_variables(
    query: &mut Query,
    bindings: &[(&str, Term)],
) -> Result<(), QueryError> {
    for (name, term) in bindings {
        let wrong = |reason| QueryError::Binding { name: (*name).to_owned(), reason };
        let variable = Variable::new(*name).map_err(|_| wrong("has no legal variable's name"))?;
        let value = match term {
            Term::NamedNode(node) => GroundTerm::NamedNode(node.clone()),
            Term::Literal(literal) => GroundTerm::Literal(literal.clone()),
            Term::BlankNode(_) => {
                return Err(wrong("is a blank node, which names nothing in a query"));
            }
        };
        let binding = Binding { variable, value };
        let pattern = pattern_of_mut(query);
        binding.bind(pattern)?;
        binding.show(pattern);
    }
    Ok(())
}

struct Binding {
    variable: Variable,
    value: GroundTerm,
}

impl Binding {
    fn wrong(&self, reason: &'static str) -> QueryError {
        QueryError::Binding { name: self.variable.as_str().to_owned(), reason }
    }

    fn bind(&self, pattern: &mut GraphPattern) -> Result<(), QueryError> {
        match pattern {
            GraphPattern::Bgp { patterns } => {
                for triple in patterns {
                    self.bind_term(&mut triple.subject);
                    self.bind_name(&mut triple.predicate)?;
                    self.bind_term(&mut triple.object);
                }
            }
            GraphPattern::Path { subject, object, .. } => {
                self.bind_term(subject);
                self.bind_term(object);
            }
            GraphPattern::Graph { name, .. } => self.bind_name(name)?,
            GraphPattern::Values { variables, bindings } => self.bind_table(variables, bindings),
            GraphPattern::Extend { variable, .. } if *variable == self.variable => {
                return Err(self.wrong("clashes with a BIND or AS in the query"));
            }
            _ => {}
        }
        let parts = pattern_parts(pattern);
        parts.patterns.into_iter().try_for_each(|inner| self.bind(inner))?;
        parts.expressions.into_iter().try_for_each(|inner| self.bind_expression(inner))
    }

    fn bind_expression(&self, expression: &mut Expression) -> Result<(), QueryError> {
        match expression {
            Expression::Variable(variable) if *variable == self.variable => {
                *expression = self.expression();
            }
            Expression::Bound(variable) if *variable == self.variable => {
                *expression = Expression::Literal(true.into());
            }
            _ => {}
        }
        let parts = expression_parts(expression);
        parts.patterns.into_iter().try_for_each(|inner| self.bind(inner))?;
        parts.expressions.into_iter().try_for_each(|inner| self.bind_expression(inner))
    }

    fn bind_term(&self, term: &mut TermPattern) {
        if matches!(term, TermPattern::Variable(variable) if *variable == self.variable) {
            *term = Term::from(self.value.clone()).into();
        }
    }

    fn bind_name(&self, name: &mut NamedNodePattern) -> Result<(), QueryError> {
        if !matches!(name, NamedNodePattern::Variable(variable) if *variable == self.variable) {
            return Ok(());
        }
        let GroundTerm::NamedNode(node) = &self.value else {
            return Err(self.wrong("stands where only an IRI can"));
        };
        *name = NamedNodePattern::NamedNode(node.clone());
        Ok(())
    }

    /// Keeps the rows that agree with the value, without its column.
    fn bind_table(&self, variables: &mut Vec<Variable>, rows: &mut Vec<Vec<Option<GroundTerm>>>) {
        if let Some(at) = variables.iter().position(|variable| *variable == self.variable) {
            variables.remove(at);
            rows.retain_mut(|row| row.remove(at).is_none_or(|value| value == self.value));
        }
    }

    /// Where the outermost SELECT lists the variable, its value is put into each row.
    fn show(&self, pattern: &mut GraphPattern) {
        match pattern {
            GraphPattern::Project { inner, variables } if variables.contains(&self.variable) => {
                let extended = GraphPattern::Extend {
                    inner: Box::new(std::mem::take(inner)),
                    variable: self.variable.clone(),
                    expression: self.expression(),
                };
                **inner = extended;
            }
            GraphPattern::Distinct { inner }
            | GraphPattern::Reduced { inner }
            | GraphPattern::Slice { inner, .. } => self.show(inner),
            _ => {}
        }
    }

    fn expression(&self) -> Expression {
        match &self.value {
            GroundTerm::NamedNode(node) => Expression::NamedNode(node.clone()),
            GroundTerm::Literal(literal) => Expression::Literal(literal.clone()),
        }
    }
}
