//! Property paths: from a node to the nodes it leads to, forwards or backwards.
//!
//! In: a node. Out: the nodes reached, each once, in the order found. Guarantees: a path ends on any
//! data, circles included. Displayed as SPARQL writes paths.

use std::fmt;

use oxigraph::model::vocab::rdf;
use oxigraph::model::{BlankNode, NamedNode, NamedOrBlankNode, Term, Triple};
use spareval::QueryableDataset;

use super::data::{Data, NodeSet};
use super::error::ShapesError;
use super::read::sh;

/// A SHACL property path.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Path {
    /// One property.
    Predicate(NamedNode),
    /// Against the direction.
    Inverse(Box<Path>),
    /// One after the other.
    Sequence(Vec<Path>),
    /// Any of them.
    Alternative(Vec<Path>),
    /// Any number of steps, none included.
    ZeroOrMore(Box<Path>),
    /// At least one step.
    OneOrMore(Box<Path>),
    /// One step or none.
    ZeroOrOne(Box<Path>),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Forwards,
    Backwards,
}

impl Direction {
    fn reversed(self) -> Self {
        match self {
            Self::Forwards => Self::Backwards,
            Self::Backwards => Self::Forwards,
        }
    }
}

impl Path {
    /// The property, where the path is nothing more.
    pub fn predicate(&self) -> Option<&NamedNode> {
        match self {
            Self::Predicate(predicate) => Some(predicate),
            _ => None,
        }
    }

    /// The nodes that the path leads to from `node`.
    pub(super) fn values<'a, D: QueryableDataset<'a>>(
        &self,
        data: &Data<'a, D>,
        node: &D::InternalTerm,
    ) -> Result<Vec<D::InternalTerm>, ShapesError> {
        self.follow(data, vec![node.clone()], Direction::Forwards)
    }

    fn follow<'a, D: QueryableDataset<'a>>(
        &self,
        data: &Data<'a, D>,
        from: Vec<D::InternalTerm>,
        direction: Direction,
    ) -> Result<Vec<D::InternalTerm>, ShapesError> {
        let mut reached = NodeSet::new();
        match self {
            Self::Predicate(predicate) => {
                for node in &from {
                    reached.extend(match direction {
                        Direction::Forwards => data.objects(node, predicate)?,
                        Direction::Backwards => data.subjects(predicate, node)?,
                    });
                }
            }
            Self::Inverse(path) => return path.follow(data, from, direction.reversed()),
            Self::Sequence(steps) => {
                let mut nodes = from;
                let forwards = direction == Direction::Forwards;
                for position in 0..steps.len() {
                    let position = if forwards { position } else { steps.len() - 1 - position };
                    if let Some(step) = steps.get(position) {
                        nodes = step.follow(data, nodes, direction)?;
                    }
                }
                return Ok(nodes);
            }
            Self::Alternative(choices) => {
                for choice in choices {
                    reached.extend(choice.follow(data, from.clone(), direction)?);
                }
            }
            Self::ZeroOrOne(path) => {
                reached.extend(from.iter().cloned());
                reached.extend(path.follow(data, from, direction)?);
            }
            Self::ZeroOrMore(path) => {
                reached.extend(from.iter().cloned());
                path.close(data, from, direction, &mut reached)?;
            }
            Self::OneOrMore(path) => path.close(data, from, direction, &mut reached)?,
        }
        Ok(reached.into_nodes())
    }

    /// Adds all nodes that one or more steps lead to.
    fn close<'a, D: QueryableDataset<'a>>(
        &self,
        data: &Data<'a, D>,
        from: Vec<D::InternalTerm>,
        direction: Direction,
        reached: &mut NodeSet<D::InternalTerm>,
    ) -> Result<(), ShapesError> {
        let mut edge = from;
        while !edge.is_empty() {
            let next = self.follow(data, edge, direction)?;
            edge = next.into_iter().filter(|node| reached.insert(node.clone())).collect();
        }
        Ok(())
    }

    /// The path as RDF: its node, with the triples that describe it added to `triples`.
    pub(super) fn describe(&self, triples: &mut Vec<Triple>) -> NamedOrBlankNode {
        let (property, value): (&str, Term) = match self {
            Self::Predicate(predicate) => return predicate.clone().into(),
            Self::Sequence(steps) => return describe_list(steps, triples),
            Self::Alternative(choices) => {
                ("alternativePath", describe_list(choices, triples).into())
            }
            Self::Inverse(path) => ("inversePath", path.describe(triples).into()),
            Self::ZeroOrMore(path) => ("zeroOrMorePath", path.describe(triples).into()),
            Self::OneOrMore(path) => ("oneOrMorePath", path.describe(triples).into()),
            Self::ZeroOrOne(path) => ("zeroOrOnePath", path.describe(triples).into()),
        };
        let node = BlankNode::default();
        triples.push(Triple::new(node.clone(), sh(property), value));
        node.into()
    }
}

fn describe_list(paths: &[Path], triples: &mut Vec<Triple>) -> NamedOrBlankNode {
    let mut rest: NamedOrBlankNode = rdf::NIL.into_owned().into();
    for path in paths.iter().rev() {
        let first = path.describe(triples);
        let node = BlankNode::default();
        triples.push(Triple::new(node.clone(), rdf::FIRST, first));
        triples.push(Triple::new(node.clone(), rdf::REST, rest));
        rest = node.into();
    }
    rest
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Predicate(predicate) => write!(f, "{predicate}"),
            Self::Inverse(path) => write!(f, "^{}", Grouped(path)),
            Self::ZeroOrMore(path) => write!(f, "{}*", Grouped(path)),
            Self::OneOrMore(path) => write!(f, "{}+", Grouped(path)),
            Self::ZeroOrOne(path) => write!(f, "{}?", Grouped(path)),
            Self::Sequence(paths) => write_joined(f, paths, "/"),
            Self::Alternative(paths) => write_joined(f, paths, "|"),
        }
    }
}

fn write_joined(f: &mut fmt::Formatter<'_>, paths: &[Path], sign: &str) -> fmt::Result {
    for (position, path) in paths.iter().enumerate() {
        if position > 0 {
            f.write_str(sign)?;
        }
        write!(f, "{}", Grouped(path))?;
    }
    Ok(())
}

/// A path as part of another: in brackets unless it is one property.
struct Grouped<'p>(&'p Path);

impl fmt::Display for Grouped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Path::Predicate(predicate) => write!(f, "{predicate}"),
            path => write!(f, "({path})"),
        }
    }
}
