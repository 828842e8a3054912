//! Shapes file to shapes: which nodes are shapes, their targets, paths, severities and messages.
//!
//! In: the triples of a shapes file. Out: the shapes that have targets. Guarantees: every SHACL term
//! in the file has been understood; one that was not is an error that names it. The parameters of
//! constraints are read in `parameter`.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{Literal, NamedNode, NamedOrBlankNode, Term};

use super::error::ShapesError;
use super::path::Path;
use super::shape::{Severity, Shape, Target};
use super::turtle::{ShapesGraph, as_node};

/// The SHACL namespace.
pub(super) const SH: &str = "http://www.w3.org/ns/shacl#";

/// Depth of shapes inside shapes and of paths inside paths: the reader recurses, and no shapes file
/// made by people comes near.
const DEPTH_MAX: usize = 64;

/// A term of the SHACL namespace.
pub(super) fn sh(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{SH}{name}"))
}

/// The local name of a SHACL term.
pub(super) fn sh_name(term: &NamedNode) -> Option<&str> {
    term.as_str().strip_prefix(SH)
}

/// Reads shapes out of a shapes file, each once.
pub(super) struct Reader<'g> {
    pub(super) graph: &'g ShapesGraph,
    done: HashMap<NamedOrBlankNode, Arc<Shape>>,
    /// The shapes being read, outermost first.
    open: Vec<NamedOrBlankNode>,
    /// Every node whose SHACL terms have been understood.
    pub(super) understood: HashSet<NamedOrBlankNode>,
}

/// All shapes with targets, in the order of the file.
pub(super) fn read_shapes(graph: &ShapesGraph) -> Result<Vec<Arc<Shape>>, ShapesError> {
    let mut reader =
        Reader { graph, done: HashMap::new(), open: Vec::new(), understood: HashSet::new() };
    let mut roots = Vec::new();
    for node in graph.subjects() {
        if is_declared_shape(graph, node) {
            let shape = reader.read_shape(node, None)?;
            if !shape.targets.is_empty() {
                roots.push(shape);
            }
        }
    }
    reader.refuse_what_hangs_loose()?;
    Ok(roots)
}

fn is_declared_shape(graph: &ShapesGraph, node: &NamedOrBlankNode) -> bool {
    graph.description(node).iter().any(|(property, object)| {
        let typed = *property == rdf::TYPE
            && matches!(object, Term::NamedNode(class)
                if matches!(sh_name(class), Some("NodeShape" | "PropertyShape")));
        let targeted = sh_name(property).is_some_and(|name| name.starts_with("target"));
        typed || targeted
    })
}

impl Reader<'_> {
    /// Reads the shape at `node`; `named` is the nearest shape around it that has an IRI.
    pub(super) fn read_shape(
        &mut self,
        node: &NamedOrBlankNode,
        named: Option<&NamedNode>,
    ) -> Result<Arc<Shape>, ShapesError> {
        if let Some(shape) = self.done.get(node) {
            return Ok(Arc::clone(shape));
        }
        if self.open.contains(node) {
            return Err(ShapesError::Recursive { shape: node.to_string() });
        }
        if self.open.len() >= DEPTH_MAX {
            return Err(malformed(node, "its nesting", &format!("at most {DEPTH_MAX} deep")));
        }
        self.open.push(node.clone());
        self.understood.insert(node.clone());
        let named = match node {
            NamedOrBlankNode::NamedNode(iri) => Some(iri.clone()),
            NamedOrBlankNode::BlankNode(_) => named.cloned(),
        };
        let mut shape = Shape {
            id: node.clone(),
            named,
            path: None,
            targets: Vec::new(),
            constraints: Vec::new(),
            severity: Severity::Violation,
            messages: Vec::new(),
        };
        self.read_frame(&mut shape)?;
        let deactivated = self.read_constraints(&mut shape)?;
        if deactivated {
            shape.constraints.clear();
        }
        self.open.pop();
        let shape = Arc::new(shape);
        self.done.insert(node.clone(), Arc::clone(&shape));
        Ok(shape)
    }

    /// Reads what a shape has besides constraints: path, targets, severity, messages.
    fn read_frame(&mut self, shape: &mut Shape) -> Result<(), ShapesError> {
        let graph = self.graph;
        for (property, object) in graph.description(&shape.id) {
            if *property == rdf::TYPE {
                shape.targets.extend(implicit_target(shape, object)?);
                continue;
            }
            match sh_name(property) {
                Some("path") if shape.path.is_some() => {
                    return Err(malformed(&shape.id, "sh:path", "given once"));
                }
                Some("path") => shape.path = Some(self.read_path(&shape.id, object, 0)?),
                Some("targetClass") => {
                    shape.targets.push(Target::Class(iri(&shape.id, "sh:targetClass", object)?));
                }
                Some("targetNode") => shape.targets.push(Target::Node(object.clone())),
                Some("targetSubjectsOf") => {
                    let property = iri(&shape.id, "sh:targetSubjectsOf", object)?;
                    shape.targets.push(Target::SubjectsOf(property));
                }
                Some("targetObjectsOf") => {
                    let property = iri(&shape.id, "sh:targetObjectsOf", object)?;
                    shape.targets.push(Target::ObjectsOf(property));
                }
                Some("severity") => shape.severity = severity(&shape.id, object)?,
                Some("message") => shape.messages.push(message(&shape.id, object)?),
                _ => {}
            }
        }
        Ok(())
    }

    fn read_path(
        &mut self,
        shape: &NamedOrBlankNode,
        term: &Term,
        depth: usize,
    ) -> Result<Path, ShapesError> {
        let wrong = |expected: &str| malformed(shape, "sh:path", expected);
        if depth > DEPTH_MAX {
            return Err(wrong("a path that does not run in a circle"));
        }
        let graph = self.graph;
        let node = as_node(term).ok_or_else(|| wrong("a property or a path, not a literal"))?;
        if let Some(steps) = graph.list(term).filter(|steps| !steps.is_empty()) {
            return Ok(Path::Sequence(self.read_paths(shape, &steps, depth)?));
        }
        let NamedOrBlankNode::BlankNode(_) = node else {
            return iri(shape, "sh:path", term).map(Path::Predicate);
        };
        self.understood.insert(node.clone());
        let [(kind, inner)] = graph.description(&node) else {
            return Err(wrong(
                "a property, a list, or one of sh:inversePath, sh:alternativePath, \
                sh:zeroOrMorePath, sh:oneOrMorePath, sh:zeroOrOnePath",
            ));
        };
        let kind = sh_name(kind).unwrap_or_default();
        if kind == "alternativePath" {
            let choices = graph.list(inner).filter(|choices| !choices.is_empty());
            let choices = choices.ok_or_else(|| wrong("a list after sh:alternativePath"))?;
            return Ok(Path::Alternative(self.read_paths(shape, &choices, depth)?));
        }
        let inner = Box::new(self.read_path(shape, inner, depth + 1)?);
        match kind {
            "inversePath" => Ok(Path::Inverse(inner)),
            "zeroOrMorePath" => Ok(Path::ZeroOrMore(inner)),
            "oneOrMorePath" => Ok(Path::OneOrMore(inner)),
            "zeroOrOnePath" => Ok(Path::ZeroOrOne(inner)),
            _ => Err(wrong("built of SHACL's path terms only")),
        }
    }

    fn read_paths(
        &mut self,
        shape: &NamedOrBlankNode,
        terms: &[&Term],
        depth: usize,
    ) -> Result<Vec<Path>, ShapesError> {
        terms.iter().map(|term| self.read_path(shape, term, depth + 1)).collect()
    }

    /// A node with SHACL terms that no shape reached would be a check that never runs.
    fn refuse_what_hangs_loose(&self) -> Result<(), ShapesError> {
        for node in self.graph.subjects() {
            if self.understood.contains(node) {
                continue;
            }
            for (property, object) in self.graph.description(node) {
                let loose = match (sh_name(property), object) {
                    (Some("declare"), _) => None,
                    (Some(name), _) => Some(name),
                    (None, Term::NamedNode(class)) if *property == rdf::TYPE => sh_name(class),
                    _ => None,
                };
                let described = matches!(loose, Some("prefix" | "namespace" | "PrefixDeclaration"));
                if let Some(name) = loose.filter(|_| !described) {
                    let term = format!("sh:{name} where no shape with a target leads to it");
                    return Err(ShapesError::UnknownTerm { shape: node.to_string(), term });
                }
            }
        }
        Ok(())
    }
}

/// A shape that is also a class has its instances as targets.
fn implicit_target(shape: &Shape, class: &Term) -> Result<Option<Target>, ShapesError> {
    let Term::NamedNode(class) = class else { return Ok(None) };
    if *class == rdfs::CLASS {
        return Ok(shape.named.clone().map(Target::Class));
    }
    match sh_name(class) {
        None | Some("NodeShape" | "PropertyShape") => Ok(None),
        Some(name) => Err(ShapesError::UnknownTerm {
            shape: shape.id.to_string(),
            term: format!("the class sh:{name}"),
        }),
    }
}

/// The error for a parameter with a value that SHACL does not allow.
pub(super) fn malformed(shape: &NamedOrBlankNode, property: &str, expected: &str) -> ShapesError {
    ShapesError::Malformed {
        shape: shape.to_string(),
        property: property.to_owned(),
        expected: expected.to_owned(),
    }
}

/// The IRI that `term` has to be.
pub(super) fn iri(
    shape: &NamedOrBlankNode,
    property: &str,
    term: &Term,
) -> Result<NamedNode, ShapesError> {
    match term {
        Term::NamedNode(node) => Ok(node.clone()),
        _ => Err(malformed(shape, property, "an IRI")),
    }
}

/// The severity that `term` has to name.
pub(super) fn severity(shape: &NamedOrBlankNode, term: &Term) -> Result<Severity, ShapesError> {
    let name = match term {
        Term::NamedNode(node) => sh_name(node),
        _ => None,
    };
    match name {
        Some("Info") => Ok(Severity::Info),
        Some("Warning") => Ok(Severity::Warning),
        Some("Violation") => Ok(Severity::Violation),
        _ => Err(malformed(shape, "sh:severity", "sh:Info, sh:Warning or sh:Violation")),
    }
}

/// The text that a message has to be.
pub(super) fn message(shape: &NamedOrBlankNode, term: &Term) -> Result<Literal, ShapesError> {
    match term {
        Term::Literal(text) => Ok(text.clone()),
        _ => Err(malformed(shape, "sh:message", "a text")),
    }
}
