//! Shapes against data: every focus node, every constraint, every breach.
//!
//! In: shapes and a dataset. Out: results, in the order of shapes, then constraints, then nodes.
//! Guarantees: the data are only read; the same data give the same results. The surprising thing:
//! a shape takes all its focus nodes at once, so that a query inside it can run once.

use std::collections::BTreeMap;
use std::sync::Arc;

use oxigraph::model::{NamedNode, Term};
use spareval::QueryableDataset;

use super::compare::is_well_formed;
use super::data::{Data, NodeSet};
use super::error::ShapesError;
use super::path::Path;
use super::report::ValidationResult;
use super::select::Select;
use super::shape::{Constraint, Shape, Target};

/// The data with what it takes to check them.
pub(super) struct Check<'a, D: QueryableDataset<'a> + Clone> {
    data: Data<'a, D>,
}

/// One constraint of a shape, met with so many values.
struct Demand<'s> {
    shape: &'s Shape,
    constraint: &'s Constraint,
    values_count: usize,
}

/// A value node at fault, or none where the values fail as a whole.
type Fault<T> = Option<T>;

impl<'a, D: QueryableDataset<'a> + Clone> Check<'a, D> {
    pub(super) fn new(dataset: D) -> Self {
        Self { data: Data::new(dataset) }
    }

    /// The nodes that the targets of a shape select, each once.
    pub(super) fn focus_nodes(&self, shape: &Shape) -> Result<Vec<D::InternalTerm>, ShapesError> {
        let mut focus = NodeSet::new();
        for target in &shape.targets {
            match target {
                Target::Class(class) => {
                    focus.extend(self.data.instances(class)?.iter().cloned());
                }
                Target::Node(node) => {
                    focus.insert(self.data.intern(node.clone())?);
                }
                Target::SubjectsOf(property) => {
                    focus
                        .extend(self.data.pairs(property)?.into_iter().map(|(subject, _)| subject));
                }
                Target::ObjectsOf(property) => {
                    focus.extend(self.data.pairs(property)?.into_iter().map(|(_, object)| object));
                }
            }
        }
        Ok(focus.into_nodes())
    }

    /// Adds the breaches of a shape by these focus nodes.
    pub(super) fn check_shape(
        &self,
        shape: &Shape,
        focus: &[D::InternalTerm],
        results: &mut Vec<ValidationResult>,
    ) -> Result<(), ShapesError> {
        let mut values = Vec::with_capacity(focus.len());
        for node in focus {
            values.push(match &shape.path {
                Some(path) => path.values(&self.data, node)?,
                None => vec![node.clone()],
            });
        }
        for constraint in &shape.constraints {
            match constraint {
                Constraint::Property(inner) => {
                    self.check_shape(inner, &values.concat(), results)?;
                }
                Constraint::Sparql(select) => self.check_select(shape, select, focus, results)?,
                _ => {
                    for (node, values) in focus.iter().zip(&values) {
                        let demand = Demand { shape, constraint, values_count: values.len() };
                        self.check_values(&demand, node, values, results)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Adds the breaches of one constraint by the values of one focus node.
    fn check_values(
        &self,
        demand: &Demand<'_>,
        focus: &D::InternalTerm,
        values: &[D::InternalTerm],
        results: &mut Vec<ValidationResult>,
    ) -> Result<(), ShapesError> {
        if let Constraint::Closed(allowed) = demand.constraint {
            for node in values {
                for (property, value) in self.surplus(allowed, node)? {
                    let mut result = self.result(demand, focus, Some(&value))?;
                    result.path = Some(Path::Predicate(property));
                    results.push(result);
                }
            }
            return Ok(());
        }
        for fault in self.faults(demand.constraint, focus, values)? {
            results.push(self.result(demand, focus, fault.as_ref())?);
        }
        Ok(())
    }

    fn conforms(&self, shape: &Shape, node: &D::InternalTerm) -> Result<bool, ShapesError> {
        let mut results = Vec::new();
        self.check_shape(shape, std::slice::from_ref(node), &mut results)?;
        Ok(results.is_empty())
    }

    fn count_conforming(
        &self,
        shapes: &[Arc<Shape>],
        node: &D::InternalTerm,
    ) -> Result<usize, ShapesError> {
        let mut count = 0;
        for shape in shapes {
            count += usize::from(self.conforms(shape, node)?);
        }
        Ok(count)
    }

    /// What is wrong with the values of one focus node.
    fn faults(
        &self,
        constraint: &Constraint,
        focus: &D::InternalTerm,
        values: &[D::InternalTerm],
    ) -> Result<Vec<Fault<D::InternalTerm>>, ShapesError> {
        let as_a_whole = |holds: bool| if holds { vec![] } else { vec![None] };
        Ok(match constraint {
            Constraint::MinCount(count) => as_a_whole(values.len() >= *count),
            Constraint::MaxCount(count) => as_a_whole(values.len() <= *count),
            Constraint::HasValue(term) => {
                as_a_whole(values.contains(&self.data.intern(term.clone())?))
            }
            Constraint::QualifiedMin(shape, count) => {
                as_a_whole(self.count_fitting(shape, values)? >= *count)
            }
            Constraint::QualifiedMax(shape, count) => {
                as_a_whole(self.count_fitting(shape, values)? <= *count)
            }
            Constraint::UniqueLang => {
                let languages = self.count_languages(values)?;
                languages.values().filter(|count| **count > 1).map(|_| None).collect()
            }
            Constraint::Equals(other) => {
                let others = self.data.objects(focus, other)?;
                let alone = values.iter().filter(|value| !others.contains(value));
                let missing = others.iter().filter(|value| !values.contains(value));
                alone.chain(missing).cloned().map(Some).collect()
            }
            Constraint::Disjoint(other) => {
                let others = self.data.objects(focus, other)?;
                values.iter().filter(|value| others.contains(value)).cloned().map(Some).collect()
            }
            Constraint::Before(order, other) => {
                let mut faults = Vec::new();
                for other in self.data.objects(focus, other)? {
                    let other = self.data.term(&other)?;
                    for value in values {
                        if !order.holds(&self.data.term(value)?, &other) {
                            faults.push(Some(value.clone()));
                        }
                    }
                }
                faults
            }
            _ => {
                let mut faults = Vec::new();
                for value in values {
                    if !self.allows(constraint, value)? {
                        faults.push(Some(value.clone()));
                    }
                }
                faults
            }
        })
    }

    /// Whether one value node fits a constraint that looks at each alone.
    fn allows(
        &self,
        constraint: &Constraint,
        value: &D::InternalTerm,
    ) -> Result<bool, ShapesError> {
        Ok(match constraint {
            Constraint::Class(class) => self.data.instances(class)?.contains(value),
            Constraint::Not(shape) => !self.conforms(shape, value)?,
            Constraint::Node(shape) => self.conforms(shape, value)?,
            Constraint::And(shapes) => self.count_conforming(shapes, value)? == shapes.len(),
            Constraint::Or(shapes) => self.count_conforming(shapes, value)? > 0,
            Constraint::Xone(shapes) => self.count_conforming(shapes, value)? == 1,
            _ => allows_term(constraint, &self.data.term(value)?),
        })
    }

    fn count_fitting(
        &self,
        shape: &Shape,
        nodes: &[D::InternalTerm],
    ) -> Result<usize, ShapesError> {
        let mut count = 0;
        for node in nodes {
            count += usize::from(self.conforms(shape, node)?);
        }
        Ok(count)
    }

    fn count_languages(
        &self,
        values: &[D::InternalTerm],
    ) -> Result<BTreeMap<String, usize>, ShapesError> {
        let mut counts = BTreeMap::new();
        for value in values {
            if let Term::Literal(text) = self.data.term(value)?
                && let Some(language) = text.language()
            {
                *counts.entry(language.to_lowercase()).or_default() += 1;
            }
        }
        Ok(counts)
    }

    /// Properties of a node that are not allowed, with their values.
    fn surplus(
        &self,
        allowed: &[NamedNode],
        node: &D::InternalTerm,
    ) -> Result<Vec<(NamedNode, D::InternalTerm)>, ShapesError> {
        let mut surplus = Vec::new();
        for (property, value) in self.data.description(node)? {
            if let Term::NamedNode(property) = self.data.term(&property)?
                && !allowed.contains(&property)
            {
                surplus.push((property, value));
            }
        }
        Ok(surplus)
    }

    fn check_select(
        &self,
        shape: &Shape,
        select: &Select,
        focus: &[D::InternalTerm],
        results: &mut Vec<ValidationResult>,
    ) -> Result<(), ShapesError> {
        for breach in select.find_breaches(&self.data, focus)? {
            let default = || "expected no row from the query of the shape".into();
            let mut messages = breach.messages;
            if messages.is_empty() {
                messages.clone_from(&shape.messages);
            }
            if messages.is_empty() {
                messages.push(default());
            }
            // A row of a node shape without a value is about the focus node itself.
            let itself = shape.path.is_none().then(|| breach.focus.clone());
            results.push(ValidationResult {
                focus_node: breach.focus,
                path: breach.path.map(Path::Predicate).or_else(|| shape.path.clone()),
                value: breach.value.or(itself),
                source_shape: shape.id.clone(),
                named_shape: shape.named.clone(),
                component: "SPARQL",
                severity: select.severity.unwrap_or(shape.severity),
                messages,
            });
        }
        Ok(())
    }

    fn result(
        &self,
        demand: &Demand<'_>,
        focus: &D::InternalTerm,
        value: Option<&D::InternalTerm>,
    ) -> Result<ValidationResult, ShapesError> {
        let Demand { shape, constraint, values_count } = demand;
        let mut messages = shape.messages.clone();
        if messages.is_empty() {
            messages.push(format!("expected {}", constraint.expectation(*values_count)).into());
        }
        Ok(ValidationResult {
            focus_node: self.data.term(focus)?,
            path: shape.path.clone(),
            value: value.map(|value| self.data.term(value)).transpose()?,
            source_shape: shape.id.clone(),
            named_shape: shape.named.clone(),
            component: constraint.component(),
            severity: shape.severity,
            messages,
        })
    }
}

/// Whether a term alone, without the data around it, fits.
fn allows_term(constraint: &Constraint, value: &Term) -> bool {
    match constraint {
        Constraint::Datatype(datatype) => matches!(value, Term::Literal(literal)
            if literal.datatype() == datatype.as_ref() && is_well_formed(literal)),
        Constraint::NodeKind(kinds) => match value {
            Term::NamedNode(_) => kinds.contains("IRI"),
            Term::BlankNode(_) => kinds.contains("BlankNode"),
            Term::Literal(_) => kinds.contains("Literal"),
        },
        Constraint::Bound(order, bound) => order.holds(value, &bound.clone().into()),
        Constraint::MinLength(least) => text(value).is_some_and(|t| t.chars().count() >= *least),
        Constraint::MaxLength(most) => text(value).is_some_and(|t| t.chars().count() <= *most),
        Constraint::Pattern(pattern) => text(value).is_some_and(|text| pattern.is_match(text)),
        Constraint::LanguageIn(languages) => match value {
            Term::Literal(literal) => literal
                .language()
                .is_some_and(|tag| languages.iter().any(|range| in_range(tag, range))),
            _ => false,
        },
        Constraint::In(terms) => terms.contains(value),
        // The rest never comes here: it needs the data or all values together.
        _ => true,
    }
}

/// The characters of a literal or an IRI; a blank node has none.
fn text(term: &Term) -> Option<&str> {
    match term {
        Term::Literal(literal) => Some(literal.value()),
        Term::NamedNode(node) => Some(node.as_str()),
        Term::BlankNode(_) => None,
    }
}

/// Whether a language tag lies in a basic range: `zh-Hans` lies in `zh`.
fn in_range(tag: &str, range: &str) -> bool {
    let tag = tag.to_lowercase();
    tag.strip_prefix(range).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}
