//! What each step of a plan did, for those who ask why a query takes long. In: steps as they are planned; out: the same steps, counted and
//! timed, as a tree. The surprise: which steps feed which is read from the order of planning, in which a step comes after all that it
//! takes from.

use super::batch::{Batch, Rows, Steps};
use super::element::{Element, Node};
use super::path::Walk;
use super::planner::Planner;
use super::relation::Relation;
use crate::image::TermId;
use oxigraph::model::{Term, Variable};
use spargebra::algebra::GraphPattern;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::{Duration, Instant};

/// A step with what it takes from.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct WatchedStep {
    /// What it does, as a query would say it.
    pub(crate) what: String,
    /// How many rows were expected.
    pub(crate) expected: f64,
    /// How many it gave.
    pub(crate) rows: usize,
    /// In what time, with what it takes from.
    pub(crate) time: Duration,
    /// What it takes from.
    pub(crate) inputs: Vec<WatchedStep>,
}

/// What a step did so far.
#[derive(Default)]
struct Done {
    rows: Cell<usize>,
    time: Cell<Duration>,
}

struct Noted {
    what: String,
    expected: f64,
    done: Rc<Done>,
    inputs: Vec<Noted>,
}

/// The steps of one plan.
pub(crate) struct Watch {
    prefixes: Vec<(String, String)>,
    /// Steps that nothing takes from so far.
    roots: RefCell<Vec<Noted>>,
}

impl Watch {
    /// Nothing planned yet; terms are told with these prefixes.
    pub(crate) fn new(prefixes: &[(String, String)]) -> Self {
        Self { prefixes: prefixes.to_vec(), roots: RefCell::default() }
    }

    /// The last steps, each with all that it takes from.
    pub(crate) fn steps(&self) -> Vec<WatchedStep> {
        self.roots.borrow().iter().map(told).collect()
    }

    fn term(&self, term: Option<Term>) -> String {
        let Some(term) = term else { return "?".to_owned() };
        let Term::NamedNode(node) = &term else { return term.to_string() };
        let compact = self.prefixes.iter().find_map(|(name, namespace)| {
            let local = node.as_str().strip_prefix(namespace.as_str())?;
            (!local.contains(['/', '#'])).then(|| format!("{name}:{local}"))
        });
        compact.unwrap_or_else(|| term.to_string())
    }
}

fn told(step: &Noted) -> WatchedStep {
    WatchedStep {
        what: step.what.clone(),
        expected: step.expected,
        rows: step.done.rows.get(),
        time: step.done.time.get(),
        inputs: step.inputs.iter().map(told).collect(),
    }
}

/// Rows that are counted as they pass.
struct WatchedRows<'a> {
    input: Steps<'a>,
    done: Rc<Done>,
}

/// Adds the time until it is let go.
struct Timing<'d> {
    start: Instant,
    done: &'d Done,
}

impl Drop for Timing<'_> {
    fn drop(&mut self) {
        self.done.time.set(self.done.time.get() + self.start.elapsed());
    }
}

impl Rows for WatchedRows<'_> {
    fn next(&mut self) -> Option<Batch> {
        // Also where a bound unwinds through it.
        let _timing = Timing { start: Instant::now(), done: &self.done };
        let batch = self.input.next();
        let rows = batch.as_ref().map_or(0, Batch::len);
        self.done.rows.set(self.done.rows.get() + rows);
        batch
    }
}

impl<'a> Planner<'a> {
    /// How many steps wait for one that takes from them: what is planned from here on comes behind.
    pub(super) fn mark(&self) -> usize {
        self.context.watch.map_or(0, |watch| watch.roots.borrow().len())
    }

    /// The relation, watched, if anyone does. What was planned since `mark` is what it takes from.
    pub(super) fn watched(
        &self,
        mark: usize,
        relation: Relation<'a>,
        what: impl FnOnce() -> String,
    ) -> Relation<'a> {
        let Some(watch) = self.context.watch else { return relation };
        let mut roots = watch.roots.borrow_mut();
        let from = mark.min(roots.len());
        let inputs = roots.split_off(from);
        let done = Rc::new(Done::default());
        let (what, expected) = (what(), relation.rows);
        roots.push(Noted { what, expected, done: Rc::clone(&done), inputs });
        let steps = Box::new(WatchedRows { input: relation.steps, done });
        Relation { steps, ..relation }
    }

    /// What an element joins, as a query would say it.
    pub(super) fn name_of(&self, element: &Element) -> String {
        let node = |node: &Node| match node {
            Node::Variable(name) => name.to_string(),
            Node::Constant(id) => self.name_of_term(*id),
        };
        match element {
            Element::Triple([subject, predicate, object]) => {
                format!("{} {} {}", node(subject), node(predicate), node(object))
            }
            Element::Walk { start, walk, end } => {
                format!("{} {} {}", node(start), self.name_of_walk(walk), node(end))
            }
            Element::Table { columns, rows } => {
                format!("VALUES ({}) of {} rows", list(columns), rows.len())
            }
            Element::Either(..) => "UNION".to_owned(),
            Element::Alone(pattern) => name_of_pattern(pattern),
        }
    }

    fn name_of_term(&self, id: TermId) -> String {
        let term = self.context.terms.term(id);
        self.context.watch.map(|watch| watch.term(term)).unwrap_or_default()
    }

    fn name_of_walk(&self, walk: &Walk) -> String {
        let hops = walk.hops.iter().map(|hop| {
            let back = if hop.back { "^" } else { "" };
            format!("{back}{}", self.name_of_term(hop.predicate))
        });
        let hops = hops.collect::<Vec<_>>().join("|");
        match (walk.repeat.none, walk.repeat.many) {
            (false, false) => hops,
            (true, false) => format!("({hops})?"),
            (false, true) => format!("({hops})+"),
            (true, true) => format!("({hops})*"),
        }
    }
}

/// What is made of the solutions of a pattern's parts, as a query would say it.
pub(super) fn name_of_pattern(pattern: &GraphPattern) -> String {
    match pattern {
        GraphPattern::Union { .. } => "UNION".to_owned(),
        GraphPattern::LeftJoin { .. } => "OPTIONAL".to_owned(),
        GraphPattern::Minus { .. } => "MINUS".to_owned(),
        GraphPattern::Filter { expr, .. } => format!("FILTER({expr})"),
        GraphPattern::Extend { variable, expression, .. } => {
            format!("BIND({expression} AS {variable})")
        }
        GraphPattern::Group { variables, .. } if variables.is_empty() => "one group".to_owned(),
        GraphPattern::Group { variables, .. } => format!("GROUP BY {}", list(variables)),
        GraphPattern::OrderBy { expression, .. } => {
            let keys: Vec<String> = expression.iter().map(ToString::to_string).collect();
            format!("ORDER BY {}", keys.join(" "))
        }
        GraphPattern::Slice { start, length, .. } => {
            let limit = length.map(|length| format!("LIMIT {length}"));
            let offset = (*start > 0).then(|| format!("OFFSET {start}"));
            limit.into_iter().chain(offset).collect::<Vec<_>>().join(" ")
        }
        GraphPattern::Distinct { .. } => "DISTINCT".to_owned(),
        GraphPattern::Project { variables, .. } => format!("SELECT {}", list(variables)),
        other => other.to_string(),
    }
}

fn list(names: &[Variable]) -> String {
    names.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}
