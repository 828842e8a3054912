//! N-Quads on a stream. In: one statement after the other; out: its line, written at once. Guarantee: each statement is
//! about one subject in the graph set last, so nothing is held but the line at hand.

use std::collections::HashSet;
use std::fmt::{Display, Write as _};
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::io::{self, Write};

/// Namespace of the vocabulary.
pub(crate) const ZT: &str = "https://w3id.org/zhengtu/ontology#";
const XSD: &str = "http://www.w3.org/2001/XMLSchema#";

/// The namespaces that properties and classes are written with here.
const NAMESPACES: [(&str, &str); 7] = [
    ("zt:", ZT),
    ("rdf:", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs:", "http://www.w3.org/2000/01/rdf-schema#"),
    ("skos:", "http://www.w3.org/2004/02/skos/core#"),
    ("unit:", "http://qudt.org/vocab/unit/"),
    ("qudt:", "http://qudt.org/schema/qudt/"),
    ("nif:", "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"),
];

/// What was written.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) triples: usize,
    pub(crate) bytes: usize,
    /// Characters of the distinct literals, in bytes, where they are counted.
    pub(crate) literal_bytes: usize,
    literals: Option<HashSet<u64, BuildHasherDefault<DefaultHasher>>>,
}

impl Tally {
    pub(crate) fn literals(&self) -> usize {
        self.literals.as_ref().map_or(0, HashSet::len)
    }

    /// Counts a literal where it is new. The hashes of all literals are the only thing that grows.
    fn count(&mut self, text: &str, kind: &str) {
        if let Some(literals) = &mut self.literals
            && literals.insert(literals.hasher().hash_one((text, kind)))
        {
            self.literal_bytes += text.len();
        }
    }
}

/// A stream of statements.
pub(crate) struct Quads<W> {
    out: W,
    graph: String,
    subject: String,
    line: String,
    pub(crate) tally: Tally,
}

impl<W: Write> Quads<W> {
    /// Writes to `out`; counts the distinct literals too where `counts_literals`.
    pub(crate) fn new(out: W, counts_literals: bool) -> Self {
        let literals = counts_literals.then(HashSet::default);
        let tally = Tally { literals, ..Tally::default() };
        let (graph, subject, line) = (String::new(), String::new(), String::new());
        Self { out, graph, subject, line, tally }
    }

    /// The graph of the statements that follow.
    pub(crate) fn enter(&mut self, graph: &str) {
        self.graph.clear();
        self.graph.extend([" <", graph, "> .\n"]);
    }

    /// The subject of the statements that follow, with its class.
    pub(crate) fn about(&mut self, subject: &str, class: &str) -> io::Result<()> {
        self.resume(subject);
        self.link("rdf:type", class)
    }

    /// The subject of the statements that follow, which was spoken of before.
    pub(crate) fn resume(&mut self, subject: &str) {
        self.subject.clear();
        self.subject.extend(["<", subject, "> <"]);
    }

    /// The property points to a resource: an IRI, or a name with one of the prefixes.
    pub(crate) fn link(&mut self, property: &str, object: &str) -> io::Result<()> {
        self.start(property);
        self.line.push('<');
        push_name(object, &mut self.line);
        self.line.push('>');
        self.finish()
    }

    /// A plain string.
    pub(crate) fn text(&mut self, property: &str, text: &str) -> io::Result<()> {
        self.literal(property, text, "")
    }

    /// A string in Chinese.
    pub(crate) fn chinese(&mut self, property: &str, text: &str) -> io::Result<()> {
        self.literal(property, text, "@zh")
    }

    /// A value of a datatype of XML Schema.
    pub(crate) fn value(
        &mut self,
        property: &str,
        value: impl Display,
        kind: &str,
    ) -> io::Result<()> {
        self.start(property);
        let start = self.line.len() + 1;
        // Writing to a string cannot fail.
        let _ = write!(self.line, "\"{value}\"^^<{XSD}{kind}>");
        let end = self.line.len() - kind.len() - XSD.len() - 5;
        self.tally.count(self.line.get(start..end).unwrap_or_default(), kind);
        self.finish()
    }

    /// A whole number.
    pub(crate) fn integer(&mut self, property: &str, value: usize) -> io::Result<()> {
        self.value(property, value, "integer")
    }

    fn literal(&mut self, property: &str, text: &str, kind: &str) -> io::Result<()> {
        self.tally.count(text, kind);
        self.start(property);
        self.line.push('"');
        for (at, part) in text.split('\n').enumerate() {
            if at > 0 {
                self.line.push_str("\\n");
            }
            self.line.push_str(part);
        }
        self.line.push('"');
        self.line.push_str(kind);
        self.finish()
    }

    fn start(&mut self, property: &str) {
        self.line.clear();
        self.line.push_str(&self.subject);
        push_name(property, &mut self.line);
        self.line.push_str("> ");
    }

    fn finish(&mut self) -> io::Result<()> {
        self.line.push_str(&self.graph);
        self.tally.triples += 1;
        self.tally.bytes += self.line.len();
        self.out.write_all(self.line.as_bytes())
    }

    /// Hands on what is still held.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// A name with its prefix opened; anything else is an IRI already.
fn push_name(name: &str, line: &mut String) {
    for (prefix, namespace) in NAMESPACES {
        if let Some(local) = name.strip_prefix(prefix) {
            line.extend([namespace, local]);
            return;
        }
    }
    line.push_str(name);
}
