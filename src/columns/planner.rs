//! Algebra to steps. In: the pattern of a query; out: steps that give its solutions in columns, or `None` where something in it is
//! not for this engine: the evaluator answers then. Guarantee: what is planned gives the evaluator's answer, as a bag of rows.

use super::batch::{Rows, UNBOUND};
use super::compile::condition;
use super::context::Context;
use super::element::certain_variables;
use super::estimate::as_f64;
use super::expression::Memo;
use super::group::Wanted;
use super::nested::shared_variables;
use super::relation::{Column, Ranking, Relation};
use super::rows::{ChainedRows, DistinctRows, ExtendedRows, ProjectedRows, SlicedRows, Value};
use super::sort::{Key, SortedRows};
use super::watch::name_of_pattern;
use oxigraph::model::{Literal, Term, Variable};
use spargebra::algebra::{Expression, GraphPattern, OrderExpression};
use std::cell::Cell;
use std::rc::Rc;

/// Plans one query.
pub(super) struct Planner<'a> {
    pub(super) context: Context<'a>,
    /// Number of the variables made up so far.
    pub(super) fresh: Rc<Cell<usize>>,
}

/// A query's steps and the names of its columns.
pub(crate) struct Plan<'a> {
    pub(crate) rows: Box<dyn Rows + 'a>,
    pub(crate) columns: Vec<Variable>,
}

/// Plans `pattern`, whose solutions have these variables.
pub(crate) fn plan<'a>(
    context: Context<'a>,
    pattern: &GraphPattern,
    variables: &[Variable],
) -> Option<Plan<'a>> {
    let planner = Planner { context, fresh: Rc::default() };
    let relation = planner.pattern(pattern, variables)?;
    let relation = project(relation, variables);
    Some(Plan { rows: relation.steps, columns: variables.to_vec() })
}

impl<'a> Planner<'a> {
    /// The solutions of `pattern`, with at least the columns `names` that it has.
    pub(super) fn pattern(
        &self,
        pattern: &GraphPattern,
        names: &[Variable],
    ) -> Option<Relation<'a>> {
        let mark = self.mark();
        let relation = self.parts(pattern, names)?;
        Some(match pattern {
            // Each element of a group is a step of its own; an aggregate only gets its name in the query.
            GraphPattern::Extend { expression: Expression::Variable(_), .. }
            | GraphPattern::Bgp { .. }
            | GraphPattern::Path { .. }
            | GraphPattern::Values { .. }
            | GraphPattern::Join { .. }
            | GraphPattern::Reduced { .. } => relation,
            GraphPattern::Filter { inner, .. } if is_group(inner) => relation,
            _ => self.watched(mark, relation, || name_of_pattern(pattern)),
        })
    }

    /// The solutions of `pattern`, made of those of its parts.
    fn parts(&self, pattern: &GraphPattern, names: &[Variable]) -> Option<Relation<'a>> {
        match pattern {
            GraphPattern::Bgp { .. }
            | GraphPattern::Path { .. }
            | GraphPattern::Values { .. }
            | GraphPattern::Join { .. } => self.group(pattern, Vec::new(), names),
            GraphPattern::Filter { expr, inner } => self.filtered(expr, inner, names),
            GraphPattern::Union { left, right } => {
                let (left, right) = (self.pattern(left, names)?, self.pattern(right, names)?);
                Some(chain(left, right, names))
            }
            GraphPattern::LeftJoin { left, right, expression } => {
                let mut inside = names.to_vec();
                right.on_in_scope_variable(|name| inside.push(name.clone()));
                inside.extend(expression.iter().flat_map(variables_of));
                let relation = self.pattern(left, &inside)?;
                self.optional(relation, right, expression.as_ref(), &inside)
            }
            GraphPattern::Minus { left, right } => {
                let mut inside = names.to_vec();
                right.on_in_scope_variable(|name| inside.push(name.clone()));
                let relation = self.pattern(left, &inside)?;
                let shared = shared_variables(&relation, right);
                if shared.is_empty() {
                    return Some(relation);
                }
                let certain = certain_variables(right);
                let same = shared.iter().all(|name| certain.contains(name));
                same.then(|| self.existing(relation, right, false)).flatten()
            }
            GraphPattern::Extend { inner, variable, expression } => {
                let mut inside = names.to_vec();
                inside.extend(variables_of(expression));
                let relation = self.pattern(inner, &inside)?;
                self.add_column(relation, variable.clone(), expression)
            }
            GraphPattern::Group { inner, variables, aggregates } => {
                self.grouped(inner, variables, aggregates)
            }
            GraphPattern::OrderBy { inner, expression } => {
                self.sorted(inner, expression, names, None)
            }
            GraphPattern::Slice { inner, start, length } => {
                self.sliced(inner, (*start, *length), names)
            }
            GraphPattern::Project { inner, variables } => {
                Some(project(self.pattern(inner, variables)?, variables))
            }
            GraphPattern::Reduced { inner } => self.pattern(inner, names),
            GraphPattern::Distinct { inner } => {
                if let Some(known) = self.distinct_values(inner) {
                    return Some(known);
                }
                let relation = self.pattern(inner, names)?;
                let width = relation.columns.len();
                let steps = Box::new(DistinctRows::new(self.context, relation.steps, width));
                Some(Relation { steps, unit: false, ..relation })
            }
            GraphPattern::Graph { .. }
            | GraphPattern::Service { .. }
            | GraphPattern::Lateral { .. } => None,
        }
    }

    fn group(
        &self,
        pattern: &GraphPattern,
        filters: Vec<Expression>,
        names: &[Variable],
    ) -> Option<Relation<'a>> {
        self.extend(Relation::unit(), pattern, filters, Wanted { names, any: false })
    }

    fn filtered(
        &self,
        expression: &Expression,
        inner: &GraphPattern,
        names: &[Variable],
    ) -> Option<Relation<'a>> {
        let mut filters = Vec::new();
        split(expression, &mut filters);
        let mut inside = names.to_vec();
        inside.extend(filters.iter().flat_map(variables_of));
        match inner {
            _ if is_group(inner) => self.group(inner, filters, &inside),
            _ => {
                let mut relation = self.pattern(inner, &inside)?;
                for filter in &filters {
                    relation = self.filter(relation, filter)?;
                }
                Some(relation)
            }
        }
    }

    /// The relation with a column of this name: one without values where there is none.
    pub(super) fn with_column(&self, relation: Relation<'a>, name: &Variable) -> Relation<'a> {
        if relation.column(name).is_some() {
            return relation;
        }
        let mut columns = relation.columns;
        columns.push(Column { name: name.clone(), certain: false, distinct: 1.0 });
        let (context, input, value) = (self.context, relation.steps, Value::Constant(UNBOUND));
        let steps = Box::new(ExtendedRows { context, input, value });
        Relation::new(steps, columns, relation.rows).ranked(relation.ranking)
    }

    /// The relation with a column for the value of an expression.
    pub(super) fn add_column(
        &self,
        relation: Relation<'a>,
        name: Variable,
        expression: &Expression,
    ) -> Option<Relation<'a>> {
        let names = relation.names();
        let context = self.context;
        let (value, certain) = match expression {
            Expression::Variable(copied) => match relation.number(copied) {
                Some(number) => (Value::Copy(number), relation.is_certain(copied)),
                None => (Value::Constant(UNBOUND), false),
            },
            Expression::NamedNode(node) => {
                (Value::Constant(context.id(node.as_ref().into())), true)
            }
            Expression::Literal(literal) => {
                (Value::Constant(context.id(literal.as_ref().into())), true)
            }
            Expression::Bound(_)
            | Expression::Equal(..)
            | Expression::Less(..)
            | Expression::LessOrEqual(..)
            | Expression::Greater(..)
            | Expression::GreaterOrEqual(..)
            | Expression::And(..)
            | Expression::Or(..)
            | Expression::Not(_) => {
                let ids =
                    [false, true].map(|truth| context.terms.id(Term::from(Literal::from(truth))));
                (Value::Truth(condition(context, expression, &names)?, ids), false)
            }
            _ => (Value::Computed(Memo::new(context, expression, &names)?), false),
        };
        let mut columns = relation.columns;
        // A column of that name has no values: the standard forbids to give one twice.
        columns.iter_mut().filter(|column| column.name == name).for_each(|column| {
            column.name = Variable::new_unchecked("no value");
        });
        columns.push(Column { name, certain, distinct: relation.rows });
        let steps = Box::new(ExtendedRows { context, input: relation.steps, value });
        Some(Relation::new(steps, columns, relation.rows).ranked(relation.ranking))
    }

    fn sorted(
        &self,
        inner: &GraphPattern,
        keys: &[OrderExpression],
        names: &[Variable],
        rows_max: Option<usize>,
    ) -> Option<Relation<'a>> {
        let mut inside = names.to_vec();
        for key in keys {
            inside.extend(variables_of(expression_of(key)));
        }
        let mut relation = self.pattern(inner, &inside)?;
        if let [OrderExpression::Desc(Expression::Variable(name))] = keys
            && relation.ranking == Ranking::Scores(name.clone())
        {
            // The best hits come first as it is: no more are drawn than are wanted.
            return Some(relation);
        }
        let mut columns = Vec::new();
        for key in keys {
            let descending = matches!(key, OrderExpression::Desc(_));
            let column = match expression_of(key) {
                Expression::Variable(name) => match relation.number(name) {
                    Some(column) => column,
                    // A variable without values orders nothing.
                    None => continue,
                },
                other => {
                    self.fresh.set(self.fresh.get() + 1);
                    let name = Variable::new_unchecked(format!("key {}", self.fresh.get()));
                    relation = self.add_column(relation, name, other)?;
                    relation.columns.len() - 1
                }
            };
            columns.push(Key { column, descending });
        }
        let steps = Box::new(SortedRows::new(self.context, relation.steps, columns, rows_max));
        Some(Relation { steps, unit: false, ranking: Ranking::None, ..relation })
    }

    /// OFFSET and LIMIT; a sort below is told how many rows are wanted.
    fn sliced(
        &self,
        inner: &GraphPattern,
        (start, length): (usize, Option<usize>),
        names: &[Variable],
    ) -> Option<Relation<'a>> {
        let rows_max = length.map(|length| start.saturating_add(length));
        let mark = self.mark();
        let relation = match inner {
            GraphPattern::Project { inner, variables } => match &**inner {
                order @ GraphPattern::OrderBy { inner, expression } => {
                    let sorted = self.sorted(inner, expression, variables, rows_max)?;
                    project(self.watched(mark, sorted, || name_of_pattern(order)), variables)
                }
                _ => self.pattern(
                    &GraphPattern::Project { inner: inner.clone(), variables: variables.clone() },
                    names,
                )?,
            },
            order @ GraphPattern::OrderBy { inner, expression } => {
                let sorted = self.sorted(inner, expression, names, rows_max)?;
                self.watched(mark, sorted, || name_of_pattern(order))
            }
            other => self.pattern(other, names)?,
        };
        let length = length.unwrap_or(usize::MAX);
        let rows = relation.rows.min(as_f64(length));
        let steps = Box::new(SlicedRows { input: relation.steps, start, length });
        Some(Relation { steps, rows, unit: false, ..relation })
    }

    /// Extends rows by either of two patterns.
    pub(super) fn join_either(
        &self,
        relation: Relation<'a>,
        (left, right): (&GraphPattern, &GraphPattern),
        names: &[Variable],
    ) -> Option<Relation<'a>> {
        if relation.unit {
            let (left, right) = (self.pattern(left, names)?, self.pattern(right, names)?);
            return Some(chain(left, right, names));
        }
        super::either::join(self, relation, (left, right), names)
    }
}

/// Whether the elements of a pattern may be joined in any order, and filtered as soon as they can be.
fn is_group(pattern: &GraphPattern) -> bool {
    matches!(
        pattern,
        GraphPattern::Bgp { .. }
            | GraphPattern::Path { .. }
            | GraphPattern::Values { .. }
            | GraphPattern::Join { .. }
            | GraphPattern::Filter { .. }
    )
}

/// Only these columns, in this order. A variable that is not there has no values.
fn project<'a>(relation: Relation<'a>, variables: &[Variable]) -> Relation<'a> {
    let numbers = variables.iter().map(|name| relation.number(name)).collect();
    let columns = variables.iter().map(|name| {
        let missing = || Column { name: name.clone(), certain: false, distinct: 1.0 };
        relation.column(name).cloned().unwrap_or_else(missing)
    });
    let columns = columns.collect();
    let steps = Box::new(ProjectedRows { input: relation.steps, columns: numbers });
    let ranking = match relation.ranking {
        // Outside of a sub-query the name may be that of another variable.
        Ranking::Hits(name) | Ranking::Scores(name) if !variables.contains(&name) => Ranking::None,
        known => known,
    };
    Relation::new(steps, columns, relation.rows).ranked(ranking)
}

/// One relation after the other, in the columns of either.
fn chain<'a>(left: Relation<'a>, right: Relation<'a>, names: &[Variable]) -> Relation<'a> {
    let columns = chain_columns(&left, &right, names);
    let all: Vec<Variable> = columns.iter().map(|column| column.name.clone()).collect();
    let rows = left.rows + right.rows;
    let inputs = [project(left, &all).steps, project(right, &all).steps].into();
    Relation::new(Box::new(ChainedRows { inputs }), columns, rows)
}

/// The columns of two relations one after the other, of those that are wanted.
pub(super) fn chain_columns(
    left: &Relation<'_>,
    right: &Relation<'_>,
    names: &[Variable],
) -> Vec<Column> {
    let mut all = left.names();
    all.extend(right.names().into_iter().filter(|name| left.column(name).is_none()));
    all.retain(|name| names.contains(name));
    let distinct = |side: &Relation<'_>, name: &Variable| {
        side.column(name).map_or(0.0, |column| column.distinct)
    };
    let column = |name: Variable| Column {
        certain: left.is_certain(&name) && right.is_certain(&name),
        distinct: distinct(left, &name) + distinct(right, &name),
        name,
    };
    all.into_iter().map(column).collect()
}

/// The variables of an expression, also those inside EXISTS.
pub(super) fn variables_of(expression: &Expression) -> Vec<Variable> {
    let mut names = Vec::new();
    super::expression::list_variables(expression, &mut names);
    list_patterns(expression, &mut names);
    names
}

fn list_patterns(expression: &Expression, names: &mut Vec<Variable>) {
    match expression {
        Expression::Exists(pattern) => {
            pattern.on_in_scope_variable(|name| names.push(name.clone()));
        }
        Expression::Not(inner) => list_patterns(inner, names),
        Expression::And(left, right) | Expression::Or(left, right) => {
            list_patterns(left, names);
            list_patterns(right, names);
        }
        _ => {}
    }
}

/// The parts of a conjunction.
fn split(expression: &Expression, parts: &mut Vec<Expression>) {
    match expression {
        Expression::And(left, right) => {
            split(left, parts);
            split(right, parts);
        }
        other => parts.push(other.clone()),
    }
}

fn expression_of(key: &OrderExpression) -> &Expression {
    match key {
        OrderExpression::Asc(expression) | OrderExpression::Desc(expression) => expression,
    }
}
