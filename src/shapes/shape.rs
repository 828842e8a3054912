//! Shapes as plain data: what is demanded, of which nodes. Built by `read`, never changed after.

use std::fmt;
use std::sync::Arc;

use oxigraph::model::{Literal, NamedNode, NamedOrBlankNode, Term};
use regex::Regex;

use super::compare::Order;
use super::path::Path;
use super::select::Select;

/// How grave a breach is. Ordered: information, warning, violation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Probably wrong.
    Warning,
    /// Wrong.
    Violation,
}

impl Severity {
    /// The local name in the SHACL namespace.
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "Info",
            Self::Warning => "Warning",
            Self::Violation => "Violation",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A node shape (no path) or a property shape (with one).
#[derive(Debug)]
pub(super) struct Shape {
    /// Its node in the shapes graph.
    pub(super) id: NamedOrBlankNode,
    /// The nearest shape with an IRI that holds it, itself included: the name that people know.
    pub(super) named: Option<NamedNode>,
    /// From focus node to value nodes; none for a node shape.
    pub(super) path: Option<Path>,
    /// Where its focus nodes come from; empty for a shape that others refer to.
    pub(super) targets: Vec<Target>,
    /// What it demands, in the order of the shapes file.
    pub(super) constraints: Vec<Constraint>,
    /// How grave a breach is.
    pub(super) severity: Severity,
    /// The author's messages, at most one a language; empty for the default one.
    pub(super) messages: Vec<Literal>,
}

/// Where focus nodes come from.
#[derive(Debug)]
pub(super) enum Target {
    /// Instances of a class or of its subclasses in the data.
    Class(NamedNode),
    /// One node, whether or not the data mentions it.
    Node(Term),
    /// Subjects of a property.
    SubjectsOf(NamedNode),
    /// Objects of a property.
    ObjectsOf(NamedNode),
}

/// One demand. Those from `Class` to `Node` look at each value node alone.
#[derive(Debug)]
pub(super) enum Constraint {
    Class(NamedNode),
    Datatype(NamedNode),
    /// The local name, which spells the kinds out: `BlankNodeOrIRI`.
    NodeKind(String),
    Bound(Order, Literal),
    MinLength(usize),
    MaxLength(usize),
    Pattern(Regex),
    LanguageIn(Vec<String>),
    In(Vec<Term>),
    Not(Arc<Shape>),
    And(Vec<Arc<Shape>>),
    Or(Vec<Arc<Shape>>),
    Xone(Vec<Arc<Shape>>),
    Node(Arc<Shape>),
    /// Value nodes become focus nodes of a property shape.
    Property(Arc<Shape>),
    MinCount(usize),
    MaxCount(usize),
    HasValue(Term),
    UniqueLang,
    Equals(NamedNode),
    Disjoint(NamedNode),
    /// Every value before every value of the other property; `Order` is `Less` or `LessOrEqual`.
    Before(Order, NamedNode),
    QualifiedMin(Arc<Shape>, usize),
    QualifiedMax(Arc<Shape>, usize),
    /// Only these properties.
    Closed(Vec<NamedNode>),
    Sparql(Box<Select>),
}

impl Constraint {
    /// The local name of its component in the SHACL namespace, without `ConstraintComponent`.
    pub(super) fn component(&self) -> &'static str {
        match self {
            Self::Class(_) => "Class",
            Self::Datatype(_) => "Datatype",
            Self::NodeKind(_) => "NodeKind",
            Self::Bound(Order::GreaterOrEqual, _) => "MinInclusive",
            Self::Bound(Order::Greater, _) => "MinExclusive",
            Self::Bound(Order::LessOrEqual, _) => "MaxInclusive",
            Self::Bound(Order::Less, _) => "MaxExclusive",
            Self::MinLength(_) => "MinLength",
            Self::MaxLength(_) => "MaxLength",
            Self::Pattern(_) => "Pattern",
            Self::LanguageIn(_) => "LanguageIn",
            Self::In(_) => "In",
            Self::Not(_) => "Not",
            Self::And(_) => "And",
            Self::Or(_) => "Or",
            Self::Xone(_) => "Xone",
            Self::Node(_) => "Node",
            Self::Property(_) => "Property",
            Self::MinCount(_) => "MinCount",
            Self::MaxCount(_) => "MaxCount",
            Self::HasValue(_) => "HasValue",
            Self::UniqueLang => "UniqueLang",
            Self::Equals(_) => "Equals",
            Self::Disjoint(_) => "Disjoint",
            Self::Before(Order::Less, _) => "LessThan",
            Self::Before(..) => "LessThanOrEquals",
            Self::QualifiedMin(..) => "QualifiedMinCount",
            Self::QualifiedMax(..) => "QualifiedMaxCount",
            Self::Closed(_) => "Closed",
            Self::Sparql(_) => "SPARQL",
        }
    }

    /// What would have been right instead of the values found; the default message is made of it.
    pub(super) fn expectation(&self, values_count: usize) -> String {
        match self {
            Self::Class(class) => format!("an instance of {class}"),
            Self::Datatype(datatype) => format!("a well-formed literal of datatype {datatype}"),
            Self::NodeKind(kinds) => format!("a node of kind {kinds}"),
            Self::Bound(order, bound) => format!("a value {order} {bound}"),
            Self::MinLength(length) => format!("at least {length} characters"),
            Self::MaxLength(length) => format!("at most {length} characters"),
            Self::Pattern(pattern) => format!("text that matches {pattern}"),
            Self::LanguageIn(languages) => format!("a text in one of {}", languages.join(", ")),
            Self::In(terms) => format!("one of {}", join(terms)),
            Self::Not(shape) => format!("a node that does not fit {}", shape.id),
            Self::And(shapes) => format!("a node that fits all {} shapes", shapes.len()),
            Self::Or(shapes) => format!("a node that fits one or more of {} shapes", shapes.len()),
            Self::Xone(shapes) => {
                format!("a node that fits exactly one of {} shapes", shapes.len())
            }
            Self::Node(shape) | Self::Property(shape) => format!("a node that fits {}", shape.id),
            Self::MinCount(count) => format!("at least {count} value(s), found {values_count}"),
            Self::MaxCount(count) => format!("at most {count} value(s), found {values_count}"),
            Self::HasValue(term) => format!("{term} among the values"),
            Self::UniqueLang => "at most one value a language".to_owned(),
            Self::Equals(other) => format!("the same values as {other}"),
            Self::Disjoint(other) => format!("no value of {other}"),
            Self::Before(order, other) => format!("a value {order} each value of {other}"),
            Self::QualifiedMin(shape, count) => {
                format!("at least {count} value(s) that fit {}", shape.id)
            }
            Self::QualifiedMax(shape, count) => {
                format!("at most {count} value(s) that fit {}", shape.id)
            }
            Self::Closed(allowed) => format!("only the properties {}", join(allowed)),
            Self::Sparql(_) => "no row of the shape's query".to_owned(),
        }
    }
}

fn join<T: fmt::Display>(terms: &[T]) -> String {
    terms.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}
