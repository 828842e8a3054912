//! The outcome of a validation, for people, programs and RDF tools.
//!
//! In: results. Out: text with a line a result, JSON, or a SHACL validation report in Turtle.
//! Guarantees: all three hold the same results in the same order.

use std::fmt;

use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{BlankNode, Literal, NamedNode, NamedOrBlankNode, Term, Triple};
use serde_json::{Value, json};

use super::path::Path;
use super::read::{SH, sh};
use super::shape::Severity;

/// One breach of one constraint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidationResult {
    /// The node that was checked.
    pub focus_node: Term,
    /// From the focus node to the values; none where the node itself is at fault.
    pub path: Option<Path>,
    /// The value at fault; none where the values fail together, as with a count.
    pub value: Option<Term>,
    /// The shape, often a blank node.
    pub source_shape: NamedOrBlankNode,
    /// The nearest shape with an IRI around the source shape.
    pub named_shape: Option<NamedNode>,
    /// Local name of the constraint component in the SHACL namespace, without the ending
    /// `ConstraintComponent`: `MinCount`.
    pub component: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// What would be right, in one or more languages; never empty.
    pub messages: Vec<Literal>,
}

impl ValidationResult {
    /// The first message in this language, or else the first.
    pub fn message(&self, language: &str) -> &str {
        let spoken = self.messages.iter().find(|message| message.language() == Some(language));
        spoken.or(self.messages.first()).map_or("", Literal::value)
    }
}

/// All results of a validation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The breaches, in the order of the shapes file.
    pub results: Vec<ValidationResult>,
    /// Shapes with targets that were checked.
    pub shapes_count: usize,
    /// Focus nodes over all shapes; a node counts once for each shape. With 0 nothing was checked.
    pub focus_nodes_count: usize,
    /// Prefixes of the shapes file, to shorten IRIs in the text.
    pub(super) prefixes: Vec<(String, String)>,
}

impl Report {
    /// Whether there is no result of any severity, warnings included: SHACL's `sh:conforms`.
    pub fn conforms(&self) -> bool {
        self.results.is_empty()
    }

    /// Results of one severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.results.iter().filter(|result| result.severity == severity).count()
    }

    /// The report as JSON: IRIs as they are, literals and blank nodes as in N-Triples.
    pub fn to_json(&self) -> Value {
        let results: Vec<Value> = self
            .results
            .iter()
            .map(|result| {
                let messages = result.messages.iter().map(Literal::value);
                json!({
                    "focusNode": plain(&result.focus_node),
                    "path": result.path.as_ref().map(|path| match path.predicate() {
                        Some(predicate) => predicate.as_str().to_owned(),
                        None => path.to_string(),
                    }),
                    "value": result.value.as_ref().map(plain),
                    "shape": result.named_shape.as_ref().map(NamedNode::as_str),
                    "sourceShape": plain(&result.source_shape.clone().into()),
                    "component": component(result).as_str(),
                    "severity": result.severity.name(),
                    "messages": messages.collect::<Vec<_>>(),
                })
            })
            .collect();
        json!({
            "conforms": self.conforms(),
            "shapes": self.shapes_count,
            "focusNodes": self.focus_nodes_count,
            "results": results,
        })
    }

    /// The report as `sh:ValidationReport` in Turtle.
    pub fn to_turtle(&self) -> String {
        let mut triples = Vec::new();
        let report = BlankNode::default();
        let mut add = |subject: &BlankNode, property: NamedNode, object: Term| {
            triples.push(Triple::new(subject.clone(), property, object));
        };
        add(&report, rdf::TYPE.into_owned(), sh("ValidationReport").into());
        add(&report, sh("conforms"), Literal::from(self.conforms()).into());
        let nodes: Vec<BlankNode> = self.results.iter().map(|_| BlankNode::default()).collect();
        for node in &nodes {
            add(&report, sh("result"), node.clone().into());
        }
        for (node, result) in nodes.iter().zip(&self.results) {
            describe(node, result, &mut triples);
        }
        write_turtle(&triples, &self.prefixes)
    }

    /// A term as the shapes file would write it.
    fn shorten(&self, term: &Term) -> String {
        let node = match term {
            Term::NamedNode(node) => node,
            Term::Literal(text) if text.datatype() != xsd::STRING && text.language().is_none() => {
                let plain = Literal::from(text.value());
                return format!("{plain}^^{}", self.shorten(&text.datatype().into_owned().into()));
            }
            other => return other.to_string(),
        };
        let local = self.prefixes.iter().find_map(|(prefix, namespace)| {
            let local = node.as_str().strip_prefix(namespace.as_str())?;
            let whole = !local.is_empty() && !local.contains(['/', '#', ':']);
            whole.then(|| format!("{prefix}:{local}"))
        });
        local.unwrap_or_else(|| node.to_string())
    }

    fn shorten_path(&self, path: &Path) -> String {
        match path {
            Path::Predicate(predicate) => self.shorten(&predicate.clone().into()),
            path => path.to_string(),
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for result in &self.results {
            write!(f, "{}: {}", result.severity, self.shorten(&result.focus_node))?;
            if let Some(path) = &result.path {
                write!(f, " {}", self.shorten_path(path))?;
            }
            if let Some(value) = result.value.as_ref().filter(|value| **value != result.focus_node)
            {
                write!(f, " {}", self.shorten(value))?;
            }
            let shape = result.named_shape.clone().map_or_else(
                || result.source_shape.to_string(),
                |shape| self.shorten(&shape.into()),
            );
            writeln!(f, ": {} [{shape} {}]", result.message("zh"), result.component)?;
        }
        writeln!(
            f,
            "{} shapes, {} focus nodes: {} violations, {} warnings, {} notes",
            self.shapes_count,
            self.focus_nodes_count,
            self.count(Severity::Violation),
            self.count(Severity::Warning),
            self.count(Severity::Info),
        )
    }
}

fn component(result: &ValidationResult) -> NamedNode {
    sh(&format!("{}ConstraintComponent", result.component))
}

fn plain(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => node.as_str().to_owned(),
        other => other.to_string(),
    }
}

fn describe(node: &BlankNode, result: &ValidationResult, triples: &mut Vec<Triple>) {
    let path = result.path.as_ref().map(|path| path.describe(triples));
    let mut add = |property: NamedNode, object: Term| {
        triples.push(Triple::new(node.clone(), property, object));
    };
    add(rdf::TYPE.into_owned(), sh("ValidationResult").into());
    add(sh("resultSeverity"), sh(result.severity.name()).into());
    add(sh("focusNode"), result.focus_node.clone());
    if let Some(path) = path {
        add(sh("resultPath"), path.into());
    }
    if let Some(value) = &result.value {
        add(sh("value"), value.clone());
    }
    add(sh("sourceShape"), result.source_shape.clone().into());
    add(sh("sourceConstraintComponent"), component(result).into());
    for message in &result.messages {
        add(sh("resultMessage"), message.clone().into());
    }
}

fn write_turtle(triples: &[Triple], prefixes: &[(String, String)]) -> String {
    let mut serializer = RdfSerializer::from_format(RdfFormat::Turtle);
    let own = ("sh".to_owned(), SH.to_owned());
    for (prefix, namespace) in prefixes.iter().chain(std::iter::once(&own)) {
        // A prefix that cannot be declared only makes the text longer.
        if let Ok(with_prefix) = serializer.clone().with_prefix(prefix, namespace) {
            serializer = with_prefix;
        }
    }
    let mut writer = serializer.for_writer(Vec::new());
    for triple in triples {
        // Writing to memory does not fail.
        if writer.serialize_triple(triple).is_err() {
            break;
        }
    }
    let bytes = writer.finish().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}
