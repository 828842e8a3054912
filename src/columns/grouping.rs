//! Plans GROUP BY. In: a pattern, keys and aggregates; out: a relation with a row for each group.

use super::aggregate::{Aggregate, Function, GroupedRows};
use super::planner::{Planner, variables_of};
use super::relation::{Column, Relation};
use oxigraph::model::Variable;
use spargebra::algebra::{AggregateExpression, AggregateFunction, Expression, GraphPattern};

impl<'a> Planner<'a> {
    /// The groups of the solutions of `inner`.
    pub(super) fn grouped(
        &self,
        inner: &GraphPattern,
        variables: &[Variable],
        aggregates: &[(Variable, AggregateExpression)],
    ) -> Option<Relation<'a>> {
        if let Some(counted) = self.counted(inner, variables, aggregates) {
            return Some(counted);
        }
        let mut inside = variables.to_vec();
        for (_, aggregate) in aggregates {
            if let AggregateExpression::FunctionCall { expr, .. } = aggregate {
                inside.extend(variables_of(expr));
            }
        }
        let mut relation = self.pattern(inner, &inside)?;
        for name in &inside {
            relation = self.with_column(relation, name);
        }
        let mut wanted = Vec::new();
        for (name, aggregate) in aggregates {
            let (function, distinct, expression) = function_of(aggregate)?;
            let column = match expression {
                None => 0,
                Some(Expression::Variable(name)) => relation.number(name)?,
                Some(other) => {
                    relation = self.add_column(relation, name.clone(), other)?;
                    relation.columns.len() - 1
                }
            };
            wanted.push(Aggregate { function, distinct, column });
        }
        let keys =
            variables.iter().map(|name| relation.number(name)).collect::<Option<Vec<_>>>()?;
        let mut columns: Vec<Column> =
            keys.iter().filter_map(|key| relation.columns.get(*key)).cloned().collect();
        let certain = |aggregate: &Aggregate| {
            matches!(aggregate.function, Function::CountRows | Function::Count)
        };
        columns.extend(aggregates.iter().zip(&wanted).map(|((name, _), aggregate)| Column {
            name: name.clone(),
            certain: certain(aggregate),
            distinct: f64::INFINITY,
        }));
        let rows = columns.first().map_or(1.0, |column| column.distinct.min(relation.rows));
        let steps = Box::new(GroupedRows::new(self.context, relation.steps, keys, wanted));
        Some(Relation::new(steps, columns, rows))
    }
}

/// What an aggregate does, and to what; `None` where it is not for this engine.
fn function_of(aggregate: &AggregateExpression) -> Option<(Function, bool, Option<&Expression>)> {
    match aggregate {
        AggregateExpression::CountSolutions { distinct: false } => {
            Some((Function::CountRows, false, None))
        }
        AggregateExpression::CountSolutions { distinct: true } => None,
        AggregateExpression::FunctionCall { name, expr, distinct } => {
            let function = match name {
                AggregateFunction::Count => Function::Count,
                AggregateFunction::Sum if !distinct => Function::Sum,
                AggregateFunction::Avg if !distinct => Function::Average,
                AggregateFunction::Min => Function::Least,
                AggregateFunction::Max => Function::Greatest,
                AggregateFunction::Sample => Function::Sample,
                _ => return None,
            };
            Some((function, *distinct, Some(expr)))
        }
    }
}
