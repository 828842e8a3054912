//! The elements of a group: what can be joined in any order. In: algebra; out: triples, walks, tables and parts that must be made on
//! their own, and the filters of the group. `None` where something is not for this engine.

use super::context::Context;
use super::expression::list_variables;
use super::path::{Hop, Repeat, Walk};
use crate::image::TermId;
use oxigraph::model::{NamedNode, Variable};
use spargebra::algebra::{Expression, GraphPattern, PropertyPathExpression};
use spargebra::term::{GroundTerm, NamedNodePattern, TermPattern};
use std::cell::Cell;
use std::rc::Rc;

/// An end of a triple or a walk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    Constant(TermId),
    Variable(Variable),
}

impl Node {
    pub(super) fn variable(&self) -> Option<&Variable> {
        match self {
            Self::Variable(name) => Some(name),
            Self::Constant(_) => None,
        }
    }
}

/// What can be joined.
pub(super) enum Element {
    Triple([Node; 3]),
    Walk {
        start: Node,
        walk: Walk,
        end: Node,
    },
    Table {
        columns: Vec<Variable>,
        rows: Vec<Vec<TermId>>,
    },
    /// Either of two patterns that may be extended.
    Either(Box<GraphPattern>, Box<GraphPattern>),
    /// A pattern whose solutions are made on their own.
    Alone(Box<GraphPattern>),
}

impl Element {
    /// Its variables.
    pub(super) fn variables(&self) -> Vec<Variable> {
        let mut names: Vec<Variable> = Vec::new();
        let mut add = |name: &Variable| {
            if !names.contains(name) {
                names.push(name.clone());
            }
        };
        match self {
            Self::Triple(nodes) => nodes.iter().filter_map(Node::variable).for_each(add),
            Self::Walk { start, end, .. } => {
                [start, end].into_iter().filter_map(Node::variable).for_each(add);
            }
            Self::Table { columns, .. } => columns.iter().for_each(add),
            Self::Either(left, right) => {
                left.on_in_scope_variable(&mut add);
                right.on_in_scope_variable(add);
            }
            Self::Alone(pattern) => pattern.on_in_scope_variable(add),
        }
        names
    }
}

/// A group being taken apart.
pub(super) struct Group<'a> {
    pub(super) elements: Vec<Element>,
    /// Conditions that hold as soon as their variables have values.
    pub(super) filters: Vec<Expression>,
    context: Context<'a>,
    /// Number of the variables made up for the middle of paths, in the whole query.
    fresh: Rc<Cell<usize>>,
}

impl<'a> Group<'a> {
    pub(super) fn new(context: Context<'a>, fresh: Rc<Cell<usize>>) -> Self {
        Self { elements: Vec::new(), filters: Vec::new(), context, fresh }
    }

    /// Takes `pattern` apart.
    pub(super) fn add(&mut self, pattern: &GraphPattern) -> Option<()> {
        let context = self.context;
        match pattern {
            GraphPattern::Bgp { patterns } => {
                for triple in patterns {
                    let predicate = match &triple.predicate {
                        NamedNodePattern::NamedNode(node) => {
                            Node::Constant(context.id(node.as_ref().into()))
                        }
                        NamedNodePattern::Variable(name) => Node::Variable(name.clone()),
                    };
                    let nodes =
                        [node(context, &triple.subject), predicate, node(context, &triple.object)];
                    self.elements.push(Element::Triple(nodes));
                }
                Some(())
            }
            GraphPattern::Path { subject, path, object } => {
                self.add_path(node(context, subject), path, node(context, object))
            }
            GraphPattern::Join { left, right } => {
                self.add(left)?;
                self.add(right)
            }
            GraphPattern::Values { variables, bindings } => {
                let value = |value: &Option<GroundTerm>| match value.as_ref()? {
                    GroundTerm::NamedNode(node) => Some(context.id(node.as_ref().into())),
                    GroundTerm::Literal(literal) => Some(context.id(literal.as_ref().into())),
                };
                let row = |row: &Vec<Option<GroundTerm>>| row.iter().map(value).collect();
                let rows = bindings.iter().map(row).collect::<Option<Vec<Vec<_>>>>()?;
                self.elements.push(Element::Table { columns: variables.clone(), rows });
                Some(())
            }
            GraphPattern::Filter { expr, inner } if is_inside(expr, inner) => {
                self.filters.push(expr.clone());
                self.add(inner)
            }
            GraphPattern::Union { left, right } if extends(left) && extends(right) => {
                self.elements.push(Element::Either(left.clone(), right.clone()));
                Some(())
            }
            other => {
                self.elements.push(Element::Alone(Box::new(other.clone())));
                Some(())
            }
        }
    }

    fn add_path(&mut self, start: Node, path: &PropertyPathExpression, end: Node) -> Option<()> {
        use PropertyPathExpression as P;
        match path {
            P::NamedNode(name) => {
                let predicate = Node::Constant(id_of(self.context, name));
                self.elements.push(Element::Triple([start, predicate, end]));
                Some(())
            }
            P::Reverse(inner) => self.add_path(end, inner, start),
            P::Sequence(first, second) => {
                self.fresh.set(self.fresh.get() + 1);
                // No variable of a query has a space in its name.
                let middle = Variable::new_unchecked(format!("path {}", self.fresh.get()));
                self.add_path(start, first, Node::Variable(middle.clone()))?;
                self.add_path(Node::Variable(middle), second, end)
            }
            P::ZeroOrMore(inner) => {
                self.add_walk((start, inner, end), Repeat { none: true, many: true })
            }
            P::OneOrMore(inner) => {
                self.add_walk((start, inner, end), Repeat { none: false, many: true })
            }
            P::ZeroOrOne(inner) => {
                self.add_walk((start, inner, end), Repeat { none: true, many: false })
            }
            P::Alternative(..) | P::NegatedPropertySet(_) => None,
        }
    }

    fn add_walk(
        &mut self,
        (start, path, end): (Node, &PropertyPathExpression, Node),
        repeat: Repeat,
    ) -> Option<()> {
        let mut hops = Vec::new();
        list_hops(self.context, path, false, &mut hops)?;
        self.elements.push(Element::Walk { start, walk: Walk { hops, repeat }, end });
        Some(())
    }
}

fn list_hops(
    context: Context<'_>,
    path: &PropertyPathExpression,
    back: bool,
    hops: &mut Vec<Hop>,
) -> Option<()> {
    use PropertyPathExpression as P;
    match path {
        P::NamedNode(name) => {
            hops.push(Hop { predicate: id_of(context, name), back });
            Some(())
        }
        P::Reverse(inner) => list_hops(context, inner, !back, hops),
        P::Alternative(one, other) => {
            list_hops(context, one, back, hops)?;
            list_hops(context, other, back, hops)
        }
        _ => None,
    }
}

fn id_of(context: Context<'_>, name: &NamedNode) -> TermId {
    context.id(name.as_ref().into())
}

fn node(context: Context<'_>, term: &TermPattern) -> Node {
    match term {
        TermPattern::NamedNode(node) => Node::Constant(context.id(node.as_ref().into())),
        TermPattern::Literal(literal) => Node::Constant(context.id(literal.as_ref().into())),
        TermPattern::Variable(name) => Node::Variable(name.clone()),
        // No variable of a query has a colon in its name.
        TermPattern::BlankNode(node) => {
            Node::Variable(Variable::new_unchecked(format!("_:{}", node.as_str())))
        }
    }
}

/// Whether the solutions of `pattern` joined with a row are its solutions with the row's values put in.
pub(super) fn extends(pattern: &GraphPattern) -> bool {
    match pattern {
        GraphPattern::Bgp { .. } | GraphPattern::Path { .. } => true,
        GraphPattern::Values { bindings, .. } => bindings.iter().flatten().all(Option::is_some),
        GraphPattern::Join { left, right } | GraphPattern::Union { left, right } => {
            extends(left) && extends(right)
        }
        GraphPattern::Filter { expr, inner } => extends(inner) && is_inside(expr, inner),
        _ => false,
    }
}

/// Whether all that an expression speaks of has a value in every solution of `pattern`.
fn is_inside(expression: &Expression, pattern: &GraphPattern) -> bool {
    let mut names = Vec::new();
    let certain = certain_variables(pattern);
    list_variables(expression, &mut names)
        && extends(pattern)
        && names.iter().all(|name| certain.contains(name))
}

/// The variables that have a value in every solution of a pattern that [`extends`].
pub(super) fn certain_variables(pattern: &GraphPattern) -> Vec<Variable> {
    match pattern {
        GraphPattern::Union { left, right } => {
            let right = certain_variables(right);
            certain_variables(left).into_iter().filter(|name| right.contains(name)).collect()
        }
        GraphPattern::Filter { inner, .. } => certain_variables(inner),
        GraphPattern::Join { left, right } => {
            let mut names = certain_variables(left);
            names.extend(certain_variables(right));
            names
        }
        GraphPattern::Bgp { .. } | GraphPattern::Path { .. } | GraphPattern::Values { .. } => {
            let mut names = Vec::new();
            pattern.on_in_scope_variable(|name| names.push(name.clone()));
            names
        }
        _ => Vec::new(),
    }
}
