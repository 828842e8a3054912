//! Constraints written as a query: each row of a `sh:select` is a breach.
//!
//! In: a query and focus nodes. Out: breaches. SHACL runs the query once a focus node, with `$this`
//! bound before. That is too slow for many, so a query whose answer is the same either way runs
//! once, and rows of other nodes are dropped; `commutes` decides, and when in doubt says no.

use std::collections::HashSet;

use oxigraph::model::{Literal, NamedNode, NamedOrBlankNode, Term, Variable};
use spareval::{QueryEvaluator, QueryResults, QuerySolution, QueryableDataset};
use spargebra::algebra::{GraphPattern, PropertyPathExpression};
use spargebra::term::{NamedNodePattern, TermPattern};
use spargebra::{Query, SparqlParser};

use super::data::Data;
use super::error::ShapesError;
use super::read::{iri, malformed, message, severity, sh, sh_name};
use super::shape::{Severity, Shape};
use super::turtle::{ShapesGraph, as_node};

/// Up to so many focus nodes a query runs once for each, which looks at less than the whole data.
const SINGLE_RUNS_MAX: usize = 16;

/// Namespace of text search, which has no index here and would find nothing.
const TEXT: &str = "<http://jena.apache.org/text#";

/// A query that finds breaches.
#[derive(Debug)]
pub(super) struct Select {
    shape: NamedOrBlankNode,
    query: Query,
    /// The predicate that `$PATH` stands for, in a property shape.
    path: Option<NamedNode>,
    commutes: bool,
    /// Overrides the severity of the shape.
    pub(super) severity: Option<Severity>,
    /// Overrides the messages of the shape where there are any.
    messages: Vec<Literal>,
}

/// One row of a query.
pub(super) struct Breach {
    pub(super) focus: Term,
    pub(super) value: Option<Term>,
    pub(super) path: Option<NamedNode>,
    /// Empty where neither row nor constraint brings one.
    pub(super) messages: Vec<Literal>,
}

impl Select {
    /// Reads the constraint at `node`; none where it is switched off.
    pub(super) fn read(
        graph: &ShapesGraph,
        shape: &Shape,
        node: &NamedOrBlankNode,
    ) -> Result<Option<Self>, ShapesError> {
        let id = &shape.id;
        let mut parser = SparqlParser::new();
        let mut text = None;
        let mut own_severity = None;
        let mut messages = Vec::new();
        for (property, object) in graph.description(node) {
            match sh_name(property) {
                Some("select") => match object {
                    Term::Literal(query) => text = Some(query.value()),
                    _ => return Err(malformed(id, "sh:select", "a text")),
                },
                Some("prefixes") => {
                    for (prefix, namespace) in read_prefixes(graph, id, object)? {
                        parser = parser.with_prefix(prefix, namespace).map_err(|error| {
                            malformed(id, "sh:namespace", &format!("an IRI: {error}"))
                        })?;
                    }
                }
                Some("message") => messages.push(message(id, object)?),
                Some("severity") => own_severity = Some(severity(id, object)?),
                Some("deactivated") => match object {
                    Term::Literal(value) if value.value() == "true" => return Ok(None),
                    _ => {}
                },
                Some(name) => {
                    let term = format!("sh:{name} in sh:sparql");
                    return Err(ShapesError::UnknownTerm { shape: id.to_string(), term });
                }
                None => {}
            }
        }
        let text = text.ok_or_else(|| malformed(id, "sh:sparql", "a node with sh:select"))?;
        let mut query = parser.parse_query(text).map_err(|error| ShapesError::Query {
            shape: id.to_string(),
            message: error.to_string(),
        })?;
        if query.to_string().contains(TEXT) {
            return Err(malformed(id, "sh:select", "a query over triples, without text search"));
        }
        let pattern = projection(id, &query)?;
        let commutes = commutes(pattern) && binds(pattern);
        let path = path_of(shape, text)?;
        if let (Some(_), Query::Select { pattern, .. }) = (&path, &mut query) {
            show_path(pattern);
        }
        Ok(Some(Self {
            shape: id.clone(),
            query,
            path,
            commutes,
            severity: own_severity,
            messages,
        }))
    }

    /// The breaches of these focus nodes.
    pub(super) fn find_breaches<'a, D: QueryableDataset<'a> + Clone>(
        &self,
        data: &Data<'a, D>,
        focus: &[D::InternalTerm],
    ) -> Result<Vec<Breach>, ShapesError> {
        let mut breaches = Vec::new();
        if self.commutes && focus.len() > SINGLE_RUNS_MAX {
            let members: HashSet<&D::InternalTerm> = focus.iter().collect();
            self.run(data, None, |this, row| {
                let Some(this) = this else { return Ok(()) };
                if members.contains(&data.intern(this.clone())?) {
                    breaches.push(self.breach(this, row));
                }
                Ok(())
            })?;
        } else {
            for node in focus {
                let this = data.term(node)?;
                self.run(data, Some(&this), |_, row| {
                    breaches.push(self.breach(&this, row));
                    Ok(())
                })?;
            }
        }
        Ok(breaches)
    }

    /// Runs the query, with `$this` bound or free, and hands every row with its `$this` on.
    fn run<'a, D: QueryableDataset<'a> + Clone>(
        &self,
        data: &Data<'a, D>,
        this: Option<&Term>,
        mut take: impl FnMut(Option<&Term>, &QuerySolution) -> Result<(), ShapesError>,
    ) -> Result<(), ShapesError> {
        let failed = |error: spareval::QueryEvaluationError| ShapesError::Evaluation {
            shape: self.shape.to_string(),
            message: error.to_string(),
        };
        let evaluator = QueryEvaluator::new();
        let mut prepared = evaluator.prepare(&self.query);
        if let Some(path) = &self.path {
            prepared = prepared.substitute_variable(variable("PATH"), path.clone());
        }
        if let Some(this) = this {
            prepared = prepared.substitute_variable(variable("this"), this.clone());
        }
        let results = prepared.execute(data.dataset.clone()).map_err(failed)?;
        let QueryResults::Solutions(rows) = results else { return Ok(()) };
        for row in rows {
            let row = row.map_err(failed)?;
            take(row.get("this"), &row)?;
        }
        Ok(())
    }

    fn breach(&self, this: &Term, row: &QuerySolution) -> Breach {
        let messages = match row.get("message") {
            Some(Term::Literal(message)) => vec![message.clone()],
            _ => self.messages.iter().map(|message| fill(message, this, row)).collect(),
        };
        let path = match row.get("path") {
            Some(Term::NamedNode(path)) => Some(path.clone()),
            _ => None,
        };
        Breach { focus: this.clone(), value: row.get("value").cloned(), path, messages }
    }
}

/// The prefixes that the node declares.
fn read_prefixes(
    graph: &ShapesGraph,
    shape: &NamedOrBlankNode,
    owner: &Term,
) -> Result<Vec<(String, String)>, ShapesError> {
    let declare = sh("declare");
    let owner = NamedOrBlankNode::from(iri(shape, "sh:prefixes", owner)?);
    let mut prefixes = Vec::new();
    for declaration in graph.objects(&owner, &declare).filter_map(as_node) {
        let text = |name: &str| match graph.objects(&declaration, &sh(name)).next() {
            Some(Term::Literal(text)) => Ok(text.value().to_owned()),
            _ => Err(malformed(shape, "sh:declare", "nodes with sh:prefix and sh:namespace")),
        };
        prefixes.push((text("prefix")?, text("namespace")?));
    }
    Ok(prefixes)
}

/// The pattern of a query that is a SELECT with `$this` among its columns.
fn projection<'q>(
    shape: &NamedOrBlankNode,
    query: &'q Query,
) -> Result<&'q GraphPattern, ShapesError> {
    let wrong = || malformed(shape, "sh:select", "a SELECT that returns $this");
    let Query::Select { pattern, .. } = query else { return Err(wrong()) };
    let mut inner = pattern;
    loop {
        match inner {
            GraphPattern::Project { variables, .. } if variables.contains(&variable("this")) => {
                return Ok(pattern);
            }
            GraphPattern::Distinct { inner: next }
            | GraphPattern::Reduced { inner: next }
            | GraphPattern::Slice { inner: next, .. } => inner = next,
            _ => return Err(wrong()),
        }
    }
}

/// What `$PATH` stands for. The two other names that SHACL binds before are not given here.
fn path_of(shape: &Shape, text: &str) -> Result<Option<NamedNode>, ShapesError> {
    for name in ["shapesGraph", "currentShape"] {
        if text.contains(&format!("${name}")) || text.contains(&format!("?{name}")) {
            return Err(malformed(&shape.id, "sh:select", &format!("a query without ${name}")));
        }
    }
    if !text.contains("$PATH") && !text.contains("?PATH") {
        return Ok(None);
    }
    match shape.path.as_ref().map(|path| path.predicate()) {
        Some(Some(predicate)) => Ok(Some(predicate.clone())),
        _ => Err(malformed(&shape.id, "sh:path", "a single property where a query uses $PATH")),
    }
}

/// Adds `$PATH` to the columns: the evaluator binds only what a query shows.
fn show_path(pattern: &mut GraphPattern) {
    match pattern {
        GraphPattern::Project { variables, .. } => variables.push(variable("PATH")),
        GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. } => show_path(inner),
        _ => {}
    }
}

fn variable(name: &str) -> Variable {
    Variable::new_unchecked(name)
}

/// The message with the values of the row in the place of `{?name}` and `{$name}`.
fn fill(message: &Literal, this: &Term, row: &QuerySolution) -> Literal {
    let mut text = message.value().to_owned();
    let bound = row.iter().map(|(variable, term)| (variable.as_str(), term));
    for (name, term) in std::iter::once(("this", this)).chain(bound) {
        let shown = match term {
            Term::Literal(literal) => literal.value().to_owned(),
            Term::NamedNode(node) => node.as_str().to_owned(),
            Term::BlankNode(node) => node.to_string(),
        };
        for sign in ['?', '$'] {
            text = text.replace(&format!("{{{sign}{name}}}"), &shown);
        }
    }
    match message.language() {
        Some(language) => Literal::new_language_tagged_literal_unchecked(text, language),
        None => text.into(),
    }
}

/// Whether binding `$this` before the pattern gives the rows that picking by `$this` after it does.
fn commutes(pattern: &GraphPattern) -> bool {
    match pattern {
        GraphPattern::Bgp { .. } | GraphPattern::Path { .. } | GraphPattern::Values { .. } => true,
        GraphPattern::Join { left, right } | GraphPattern::Union { left, right } => {
            commutes(left) && commutes(right)
        }
        // What hangs on the left side sees `$this` there, bound either way.
        GraphPattern::LeftJoin { left, right, .. } => {
            binds(left) && commutes(left) && commutes(right)
        }
        GraphPattern::Filter { inner, .. } | GraphPattern::Extend { inner, .. } => {
            binds(inner) && commutes(inner)
        }
        GraphPattern::Graph { inner, name } => {
            !matches!(name, NamedNodePattern::Variable(name) if name.as_str() == "this")
                && commutes(inner)
        }
        GraphPattern::Project { inner, variables } => {
            variables.contains(&variable("this")) && commutes(inner)
        }
        GraphPattern::Group { inner, variables, .. } => {
            variables.contains(&variable("this")) && binds(inner) && commutes(inner)
        }
        GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::OrderBy { inner, .. } => commutes(inner),
        GraphPattern::Lateral { .. }
        | GraphPattern::Minus { .. }
        | GraphPattern::Slice { .. }
        | GraphPattern::Service { .. } => false,
    }
}

/// Whether every row of the pattern has a `$this` that the pattern itself gave.
fn binds(pattern: &GraphPattern) -> bool {
    let is_this =
        |term: &TermPattern| matches!(term, TermPattern::Variable(v) if v.as_str() == "this");
    match pattern {
        GraphPattern::Bgp { patterns } => patterns.iter().any(|triple| {
            is_this(&triple.subject)
                || is_this(&triple.object)
                || matches!(&triple.predicate, NamedNodePattern::Variable(v) if v.as_str() == "this")
        }),
        GraphPattern::Path { subject, path, object } => {
            (is_this(subject) || is_this(object)) && takes_a_step(path)
        }
        GraphPattern::Join { left, right } => binds(left) || binds(right),
        GraphPattern::Union { left, right } => binds(left) && binds(right),
        GraphPattern::LeftJoin { left, .. } => binds(left),
        GraphPattern::Filter { inner, .. }
        | GraphPattern::Extend { inner, .. }
        | GraphPattern::Graph { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::OrderBy { inner, .. } => binds(inner),
        GraphPattern::Project { inner, variables }
        | GraphPattern::Group { inner, variables, .. } => {
            variables.contains(&variable("this")) && binds(inner)
        }
        GraphPattern::Values { .. }
        | GraphPattern::Lateral { .. }
        | GraphPattern::Minus { .. }
        | GraphPattern::Slice { .. }
        | GraphPattern::Service { .. } => false,
    }
}

/// Whether the path needs a triple. One of no steps leads from any node to itself, even from a node
/// that the data does not mention.
fn takes_a_step(path: &PropertyPathExpression) -> bool {
    match path {
        PropertyPathExpression::NamedNode(_) | PropertyPathExpression::NegatedPropertySet(_) => {
            true
        }
        PropertyPathExpression::Reverse(path) | PropertyPathExpression::OneOrMore(path) => {
            takes_a_step(path)
        }
        PropertyPathExpression::Sequence(left, right) => takes_a_step(left) || takes_a_step(right),
        PropertyPathExpression::Alternative(left, right) => {
            takes_a_step(left) && takes_a_step(right)
        }
        PropertyPathExpression::ZeroOrMore(_) | PropertyPathExpression::ZeroOrOne(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs_at_once(query: &str) -> bool {
        let query = SparqlParser::new()
            .with_prefix("ex", "http://example.org/")
            .unwrap()
            .parse_query(query)
            .unwrap();
        let Query::Select { pattern, .. } = query else { panic!("a SELECT") };
        commutes(&pattern) && binds(&pattern)
    }

    #[test]
    fn a_query_runs_once_only_where_its_pattern_binds_this() {
        for (query, at_once) in [
            ("SELECT $this ?value WHERE { $this ex:a ?value FILTER(?value < 0) }", true),
            ("SELECT $this WHERE { $this ex:a ?x FILTER NOT EXISTS { $this ex:b ?y } }", true),
            ("SELECT $this WHERE { { $this ex:a ?x } UNION { ?x ex:b $this } }", true),
            (
                "SELECT $this WHERE { $this ex:a ?x OPTIONAL { $this ex:b ?y } FILTER(!BOUND(?y)) }",
                true,
            ),
            ("SELECT $this WHERE { $this ex:a ?x } GROUP BY $this HAVING (COUNT(?x) > 1)", true),
            ("SELECT $this WHERE { $this ex:a+/ex:b* ?x }", true),
            ("SELECT $this WHERE { $this ex:a* ?x }", false),
            ("SELECT $this WHERE { FILTER NOT EXISTS { $this ex:b ?y } }", false),
            ("SELECT $this WHERE { ?x ex:a ?y OPTIONAL { $this ex:b ?y } }", false),
            ("SELECT $this WHERE { { $this ex:a ?x } UNION { ?y ex:b ?x } }", false),
            (
                "SELECT $this WHERE { ?x ex:a ?y { ?x ex:b ?z FILTER(?z != $this) } $this ex:a ?y }",
                false,
            ),
            (
                "SELECT $this WHERE { $this ex:a ?x { SELECT (COUNT(?y) AS ?n) WHERE { $this ex:b ?y } } FILTER(?n > 1) }",
                false,
            ),
            ("SELECT $this WHERE { $this ex:a ?x MINUS { $this ex:b ?y } }", false),
            ("SELECT $this WHERE { $this ex:a ?x } LIMIT 1", false),
        ] {
            assert_eq!(runs_at_once(query), at_once, "{query}");
        }
    }
}
