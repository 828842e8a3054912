//! Parameters of shapes to constraints, one match arm a parameter of SHACL Core.
//!
//! In: a SHACL term with its value. Out: a constraint. Guarantees: a term without an arm is an error;
//! so is a parameter that only modifies another which is not there.

use std::sync::Arc;

use oxigraph::model::vocab::xsd;
use oxigraph::model::{NamedNode, NamedOrBlankNode, Term};
use regex::RegexBuilder;

use super::compare::Order;
use super::error::ShapesError;
use super::read::{Reader, iri, malformed, sh, sh_name};
use super::select::Select;
use super::shape::{Constraint, Shape};
use super::turtle::as_node;

/// A parameter of a shape as the file has it.
struct Parameter<'p> {
    shape: &'p NamedOrBlankNode,
    name: &'p str,
    value: &'p Term,
}

impl Reader<'_> {
    /// Reads the constraints of a shape; true where the shape is switched off.
    pub(super) fn read_constraints(&mut self, shape: &mut Shape) -> Result<bool, ShapesError> {
        let graph = self.graph;
        let mut deactivated = false;
        for (property, value) in graph.description(&shape.id) {
            let Some(name) = sh_name(property) else { continue };
            let parameter = Parameter { shape: &shape.id, name, value };
            let constraint = match name {
                "path" | "targetClass" | "targetNode" | "targetSubjectsOf" | "targetObjectsOf"
                | "severity" | "message" | "name" | "description" | "order" | "group"
                | "defaultValue" => continue,
                "deactivated" => {
                    deactivated = parameter.boolean()?;
                    continue;
                }
                "flags" => self.require(shape, name, &["pattern"])?,
                "ignoredProperties" => self.require(shape, name, &["closed"])?,
                "qualifiedValueShape" => {
                    self.require(shape, name, &["qualifiedMinCount", "qualifiedMaxCount"])?
                }
                "property" | "node" | "not" | "and" | "or" | "xone" | "qualifiedMinCount"
                | "qualifiedMaxCount" => Some(self.read_with_shapes(shape, &parameter)?),
                "closed" => self.read_closed(&parameter)?,
                "pattern" => Some(self.read_pattern(&parameter)?),
                "in" => Some(Constraint::In(self.read_list(&parameter)?)),
                "languageIn" => Some(self.read_languages(&parameter)?),
                "sparql" => self.read_select(shape, value)?.map(Box::new).map(Constraint::Sparql),
                _ => read_simple(&parameter)?,
            };
            shape.constraints.extend(constraint);
        }
        if let Some(constraint) =
            shape.constraints.iter().find(|c| shape.path.is_none() && needs_path(c))
        {
            let name = constraint.component();
            let expected = format!("given, since {name} looks at the values of a path");
            return Err(malformed(&shape.id, "sh:path", &expected));
        }
        Ok(deactivated)
    }

    /// A parameter that modifies others: at least one of those must be there.
    fn require(
        &self,
        shape: &Shape,
        name: &str,
        modified: &[&str],
    ) -> Result<Option<Constraint>, ShapesError> {
        let there =
            modified.iter().any(|other| self.graph.objects(&shape.id, &sh(other)).next().is_some());
        if there {
            return Ok(None);
        }
        let expected = format!("used with sh:{}", modified.join(" or sh:"));
        Err(malformed(&shape.id, &format!("sh:{name}"), &expected))
    }

    /// Parameters whose values are shapes.
    fn read_with_shapes(
        &mut self,
        shape: &Shape,
        parameter: &Parameter<'_>,
    ) -> Result<Constraint, ShapesError> {
        let named = shape.named.as_ref();
        match parameter.name {
            "node" => Ok(Constraint::Node(self.read_inner(parameter, parameter.value, named)?)),
            "not" => Ok(Constraint::Not(self.read_inner(parameter, parameter.value, named)?)),
            "property" => {
                let inner = self.read_inner(parameter, parameter.value, named)?;
                if inner.path.is_none() {
                    return Err(parameter.wrong("a shape with sh:path"));
                }
                Ok(Constraint::Property(inner))
            }
            "qualifiedMinCount" | "qualifiedMaxCount" => {
                let count = parameter.count()?;
                let property = sh("qualifiedValueShape");
                let inner = self.graph.objects(&shape.id, &property).next();
                let inner =
                    inner.ok_or_else(|| parameter.wrong("used with sh:qualifiedValueShape"))?;
                let inner = self.read_inner(parameter, inner, named)?;
                Ok(match parameter.name {
                    "qualifiedMinCount" => Constraint::QualifiedMin(inner, count),
                    _ => Constraint::QualifiedMax(inner, count),
                })
            }
            _ => {
                let members = self.read_list(parameter)?;
                let shapes: Vec<Arc<Shape>> = members
                    .iter()
                    .map(|member| self.read_inner(parameter, member, named))
                    .collect::<Result<_, _>>()?;
                Ok(match parameter.name {
                    "and" => Constraint::And(shapes),
                    "or" => Constraint::Or(shapes),
                    _ => Constraint::Xone(shapes),
                })
            }
        }
    }

    /// A shape given as the value of a parameter. One that the file says nothing about would pass
    /// any node.
    fn read_inner(
        &mut self,
        parameter: &Parameter<'_>,
        value: &Term,
        named: Option<&NamedNode>,
    ) -> Result<Arc<Shape>, ShapesError> {
        let node = as_node(value).filter(|node| !self.graph.description(node).is_empty());
        let node = node.ok_or_else(|| parameter.wrong("a shape that this file describes"))?;
        self.read_shape(&node, named)
    }

    fn read_list(&self, parameter: &Parameter<'_>) -> Result<Vec<Term>, ShapesError> {
        let members = self.graph.list(parameter.value);
        let members = members.ok_or_else(|| parameter.wrong("a list in round brackets"))?;
        Ok(members.into_iter().cloned().collect())
    }

    fn read_languages(&self, parameter: &Parameter<'_>) -> Result<Constraint, ShapesError> {
        let languages = self.read_list(parameter)?;
        let languages = languages.iter().map(|language| match language {
            Term::Literal(text) => Ok(text.value().to_lowercase()),
            _ => Err(parameter.wrong("a list of language tags")),
        });
        Ok(Constraint::LanguageIn(languages.collect::<Result<_, _>>()?))
    }

    fn read_pattern(&self, parameter: &Parameter<'_>) -> Result<Constraint, ShapesError> {
        let flags = sh("flags");
        let flags = self.graph.objects(parameter.shape, &flags).next();
        let mut pattern = RegexBuilder::new(parameter.text()?);
        if let Some(flags) = flags {
            let flags = Parameter { name: "flags", value: flags, shape: parameter.shape };
            for flag in flags.text()?.chars() {
                match flag {
                    'i' => pattern.case_insensitive(true),
                    's' => pattern.dot_matches_new_line(true),
                    'm' => pattern.multi_line(true),
                    'x' => pattern.ignore_whitespace(true),
                    _ => return Err(flags.wrong("made of i, s, m and x")),
                };
            }
        }
        let pattern = pattern.build();
        pattern.map(Constraint::Pattern).map_err(|error| {
            parameter.wrong(&format!("a regular expression without look-around: {error}"))
        })
    }

    fn read_closed(&self, parameter: &Parameter<'_>) -> Result<Option<Constraint>, ShapesError> {
        if !parameter.boolean()? {
            return Ok(None);
        }
        let (property, path, ignored) = (sh("property"), sh("path"), sh("ignoredProperties"));
        let mut allowed = Vec::new();
        for inner in self.graph.objects(parameter.shape, &property).filter_map(as_node) {
            for value in self.graph.objects(&inner, &path) {
                if let Term::NamedNode(predicate) = value {
                    allowed.push(predicate.clone());
                }
            }
        }
        if let Some(value) = self.graph.objects(parameter.shape, &ignored).next() {
            let ignored = Parameter { name: "ignoredProperties", value, shape: parameter.shape };
            for member in self.read_list(&ignored)? {
                allowed.push(iri(parameter.shape, "sh:ignoredProperties", &member)?);
            }
        }
        Ok(Some(Constraint::Closed(allowed)))
    }

    /// Reads a SPARQL constraint; none where it is switched off.
    fn read_select(&mut self, shape: &Shape, value: &Term) -> Result<Option<Select>, ShapesError> {
        let parameter = Parameter { shape: &shape.id, name: "sparql", value };
        let node = as_node(value).ok_or_else(|| parameter.wrong("a node with sh:select"))?;
        self.understood.insert(node.clone());
        Select::read(self.graph, shape, &node)
    }
}

/// Parameters whose values stand alone. An unknown term ends here.
fn read_simple(parameter: &Parameter<'_>) -> Result<Option<Constraint>, ShapesError> {
    Ok(Some(match parameter.name {
        "class" => Constraint::Class(parameter.iri()?),
        "datatype" => Constraint::Datatype(parameter.iri()?),
        "nodeKind" => Constraint::NodeKind(node_kind(parameter)?),
        "minCount" => Constraint::MinCount(parameter.count()?),
        "maxCount" => Constraint::MaxCount(parameter.count()?),
        "minLength" => Constraint::MinLength(parameter.count()?),
        "maxLength" => Constraint::MaxLength(parameter.count()?),
        "minInclusive" => parameter.bound(Order::GreaterOrEqual)?,
        "minExclusive" => parameter.bound(Order::Greater)?,
        "maxInclusive" => parameter.bound(Order::LessOrEqual)?,
        "maxExclusive" => parameter.bound(Order::Less)?,
        "hasValue" => Constraint::HasValue(parameter.value.clone()),
        "equals" => Constraint::Equals(parameter.iri()?),
        "disjoint" => Constraint::Disjoint(parameter.iri()?),
        "lessThan" => Constraint::Before(Order::Less, parameter.iri()?),
        "lessThanOrEquals" => Constraint::Before(Order::LessOrEqual, parameter.iri()?),
        "uniqueLang" if parameter.boolean()? => Constraint::UniqueLang,
        "uniqueLang" => return Ok(None),
        name => {
            return Err(ShapesError::UnknownTerm {
                shape: parameter.shape.to_string(),
                term: format!("sh:{name}"),
            });
        }
    }))
}

/// Constraints that compare the values of a path as a whole.
fn needs_path(constraint: &Constraint) -> bool {
    matches!(
        constraint,
        Constraint::MinCount(_)
            | Constraint::MaxCount(_)
            | Constraint::UniqueLang
            | Constraint::Before(..)
            | Constraint::QualifiedMin(..)
            | Constraint::QualifiedMax(..)
    )
}

fn node_kind(parameter: &Parameter<'_>) -> Result<String, ShapesError> {
    match sh_name(&parameter.iri()?) {
        Some(
            name @ ("IRI" | "BlankNode" | "Literal" | "BlankNodeOrIRI" | "BlankNodeOrLiteral"
            | "IRIOrLiteral"),
        ) => Ok(name.to_owned()),
        _ => Err(parameter.wrong("one of SHACL's six kinds of nodes, e.g. sh:IRI")),
    }
}

impl Parameter<'_> {
    fn wrong(&self, expected: &str) -> ShapesError {
        malformed(self.shape, &format!("sh:{}", self.name), expected)
    }

    fn iri(&self) -> Result<NamedNode, ShapesError> {
        iri(self.shape, &format!("sh:{}", self.name), self.value)
    }

    fn text(&self) -> Result<&str, ShapesError> {
        match self.value {
            Term::Literal(text) => Ok(text.value()),
            _ => Err(self.wrong("a text")),
        }
    }

    fn count(&self) -> Result<usize, ShapesError> {
        match self.value {
            Term::Literal(text) if text.datatype() == xsd::INTEGER => {
                text.value().parse().map_err(|_| self.wrong("a whole number from 0"))
            }
            _ => Err(self.wrong("a whole number from 0")),
        }
    }

    fn boolean(&self) -> Result<bool, ShapesError> {
        match self.text() {
            Ok("true" | "1") => Ok(true),
            Ok("false" | "0") => Ok(false),
            _ => Err(self.wrong("true or false")),
        }
    }

    fn bound(&self, order: Order) -> Result<Constraint, ShapesError> {
        match self.value {
            Term::Literal(bound) if Order::LessOrEqual.holds(self.value, self.value) => {
                Ok(Constraint::Bound(order, bound.clone()))
            }
            _ => Err(self.wrong("a literal that has an order, such as a number or a date")),
        }
    }
}
