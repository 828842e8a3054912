//! Expressions that are no range of numbers. In: an expression and rows; out: its value for each. The evaluator's own functions
//! compute it, once for each distinct input, so that every function of the standard means here what it means there.

use super::batch::{Batch, UNBOUND};
use super::context::Context;
use crate::image::TermId;
use oxigraph::model::{Term, Variable};
use rustc_hash::FxHashMap;
use spareval::QueryEvaluator;
use spargebra::algebra::{Expression, Function, GraphPattern};
use std::cell::RefCell;

/// The values of the variables of an expression.
type Input = Box<[TermId]>;

/// An expression and the values it had.
pub(super) struct Memo<'a> {
    context: Context<'a>,
    evaluator: QueryEvaluator,
    expression: sparopt::algebra::Expression,
    /// The variables that have a column.
    variables: Vec<(Variable, usize)>,
    truths: RefCell<FxHashMap<Input, Option<bool>>>,
    values: RefCell<FxHashMap<Input, TermId>>,
}

impl<'a> Memo<'a> {
    /// Of an expression over rows with these columns; `None` where the same input can have different values or a pattern is asked.
    pub(super) fn new(
        context: Context<'a>,
        expression: &Expression,
        columns: &[Variable],
    ) -> Option<Self> {
        let mut names = Vec::new();
        let settled = list_variables(expression, &mut names);
        let column_of = |name: Variable| {
            columns.iter().position(|column| *column == name).map(|column| (name, column))
        };
        settled.then_some(())?;
        Some(Self {
            context,
            evaluator: QueryEvaluator::new(),
            expression: convert(expression)?,
            variables: names.into_iter().filter_map(column_of).collect(),
            truths: RefCell::default(),
            values: RefCell::default(),
        })
    }

    /// Its effective boolean value; `None` is an error.
    pub(super) fn truth(&self, batch: &Batch, row: usize) -> Option<bool> {
        let input = self.input(batch, row);
        if let Some(known) = self.truths.borrow().get(&input) {
            return *known;
        }
        let truth = self
            .evaluator
            .evaluate_effective_boolean_value_expression(&self.expression, self.terms(&input));
        self.context.hold(1);
        self.truths.borrow_mut().insert(input, truth);
        truth
    }

    /// Its value; [`UNBOUND`] is an error.
    pub(super) fn value(&self, batch: &Batch, row: usize) -> TermId {
        let input = self.input(batch, row);
        if let Some(known) = self.values.borrow().get(&input) {
            return *known;
        }
        let value = self.evaluator.evaluate_expression(&self.expression, self.terms(&input));
        let id = value.map_or(UNBOUND, |term| self.context.terms.id(term));
        self.context.hold(1);
        self.values.borrow_mut().insert(input, id);
        id
    }

    fn input(&self, batch: &Batch, row: usize) -> Input {
        self.variables.iter().map(|(_, column)| batch.value(*column, row)).collect()
    }

    fn terms(&self, input: &Input) -> Vec<(&Variable, Term)> {
        let named = self.variables.iter().zip(input);
        let bound = named.filter(|(_, id)| **id != UNBOUND);
        bound.filter_map(|((name, _), id)| Some((name, self.context.terms.term(*id)?))).collect()
    }
}

/// Lists the variables of an expression. False where it holds a pattern, or a function that has no settled value.
pub(super) fn list_variables(expression: &Expression, variables: &mut Vec<Variable>) -> bool {
    use Expression as E;
    match expression {
        E::NamedNode(_) | E::Literal(_) => true,
        E::Variable(name) | E::Bound(name) => {
            if !variables.contains(name) {
                variables.push(name.clone());
            }
            true
        }
        E::Or(left, right)
        | E::And(left, right)
        | E::Equal(left, right)
        | E::SameTerm(left, right)
        | E::Greater(left, right)
        | E::GreaterOrEqual(left, right)
        | E::Less(left, right)
        | E::LessOrEqual(left, right)
        | E::Add(left, right)
        | E::Subtract(left, right)
        | E::Multiply(left, right)
        | E::Divide(left, right) => {
            list_variables(left, variables) & list_variables(right, variables)
        }
        E::In(value, list) => list_variables(value, variables) & list_all(list, variables),
        E::UnaryPlus(inner) | E::UnaryMinus(inner) | E::Not(inner) => {
            list_variables(inner, variables)
        }
        E::Exists(_) => false,
        E::If(condition, yes, no) => {
            list_variables(condition, variables)
                & list_variables(yes, variables)
                & list_variables(no, variables)
        }
        E::Coalesce(list) => list_all(list, variables),
        E::FunctionCall(function, list) => is_settled(function) & list_all(list, variables),
    }
}

fn list_all(list: &[Expression], variables: &mut Vec<Variable>) -> bool {
    list.iter().fold(true, |settled, part| list_variables(part, variables) & settled)
}

/// IRI is left to the evaluator, which alone knows the base that a relative one is resolved against.
fn is_settled(function: &Function) -> bool {
    !matches!(
        function,
        Function::BNode
            | Function::Iri
            | Function::Rand
            | Function::Now
            | Function::Uuid
            | Function::StrUuid
            | Function::Custom(_)
    )
}

/// The expression as the evaluator takes it.
fn convert(expression: &Expression) -> Option<sparopt::algebra::Expression> {
    let pattern = GraphPattern::Extend {
        inner: Box::default(),
        variable: Variable::new_unchecked("value"),
        expression: expression.clone(),
    };
    match sparopt::algebra::GraphPattern::from(&pattern) {
        sparopt::algebra::GraphPattern::Extend { expression, .. } => Some(expression),
        _ => None,
    }
}
