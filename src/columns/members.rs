//! What an image knows of the members of classes without looking: how many triples of each predicate they have. In: a grouping or
//! DISTINCT over `?member a ?class ; ?predicate ?value`, class and predicate each a term or a variable; out: the answer, read from the
//! image's list. `None` where that does not tell.

use super::counted::{Counted, counted_of};
use super::element::{Element, Group, Node};
use super::planner::Planner;
use crate::image::{ClassCounts, Order, TermId};
use oxigraph::model::Variable;
use oxigraph::model::vocab::rdf;
use spargebra::algebra::{AggregateExpression, GraphPattern};
use std::collections::BTreeMap;
use std::rc::Rc;

/// `?member a ?class ; ?predicate ?value`.
pub(super) struct Members {
    type_id: TermId,
    member: Variable,
    class: Node,
    predicate: Node,
    value: Variable,
}

impl Planner<'_> {
    /// The pattern as one of members, if the image has a list of their predicates.
    pub(super) fn members(&self, pattern: &GraphPattern) -> Option<Members> {
        if !matches!(pattern, GraphPattern::Bgp { patterns } if patterns.len() == 2) {
            return None;
        }
        let mut group = Group::new(self.context, Rc::clone(&self.fresh));
        group.add(pattern)?;
        let mut triples = group.elements.into_iter().filter_map(|element| match element {
            Element::Triple(nodes) => Some(nodes),
            _ => None,
        });
        let (first, second) = (triples.next()?, triples.next()?);
        let image = self.context.image;
        let type_id = image.id(rdf::TYPE.into())?;
        image.class_counts().next()?;
        let members = Members::of(type_id, &first, &second)
            .or_else(|| Members::of(type_id, &second, &first))?;
        let is_hit = matches!(members.predicate,
            Node::Constant(id) if self.context.hits.count(id).is_some());
        (!is_hit).then_some(members)
    }

    /// Key and counts of each group.
    pub(super) fn count_members(
        &self,
        members: &Members,
        keys: &[Variable],
        aggregates: &[&AggregateExpression],
    ) -> Option<Vec<(Vec<TermId>, Vec<usize>)>> {
        let counted: Vec<Counted> =
            aggregates.iter().map(|aggregate| members.counted(aggregate)).collect::<Option<_>>()?;
        let (class, predicate) = (members.class.variable(), members.predicate.variable());
        let is_known = |key: &Variable| class == Some(key) || predicate == Some(key);
        let told = |name: Option<&Variable>| name.is_none_or(|name| keys.contains(name));
        if !keys.iter().all(is_known) {
            return None;
        }
        // A member may be of several classes or have several predicates: it is one of the different ones all the same.
        let wants_members = counted.iter().any(|counted| *counted != Counted::Rows);
        let by_members = wants_members && told(class) && !told(predicate);
        if wants_members && !told(class) {
            return None;
        }
        let mut groups: BTreeMap<Vec<TermId>, (usize, usize)> = BTreeMap::new();
        if keys.is_empty() {
            groups.entry(Vec::new()).or_default();
        }
        for counts in self.pairs(members) {
            self.context.tick(1);
            let value = |key: &Variable| {
                if class == Some(key) { counts.class } else { counts.predicate }
            };
            let (rows, subjects) = groups.entry(keys.iter().map(value).collect()).or_default();
            *rows += counts.triples;
            *subjects =
                if by_members { self.members_of(members, counts.class) } else { counts.subjects };
        }
        let counts = |(rows, subjects): (usize, usize)| {
            let count = |counted: &Counted| if *counted == Counted::Rows { rows } else { subjects };
            counted.iter().map(count).collect()
        };
        Some(groups.into_iter().map(|(key, found)| (key, counts(found))).collect())
    }

    /// The pairs of class and predicate that match.
    fn pairs(&self, members: &Members) -> Vec<ClassCounts> {
        let image = self.context.image;
        let matches = |counts: &ClassCounts| !matches!(members.predicate, Node::Constant(id) if id != counts.predicate);
        match members.class {
            Node::Constant(class) => image.counts_of_class(class).filter(matches).collect(),
            Node::Variable(_) => image.class_counts().filter(matches).collect(),
        }
    }

    fn members_of(&self, members: &Members, class: TermId) -> usize {
        self.context.image.table(Order::Pos).range_of(&[members.type_id, class]).len()
    }
}

impl Members {
    /// The members whose class one triple tells and whose values another.
    fn of(type_id: TermId, typed: &[Node; 3], other: &[Node; 3]) -> Option<Self> {
        let [Node::Variable(member), Node::Constant(predicate), class] = typed else { return None };
        let [subject, predicate_node, Node::Variable(value)] = other else { return None };
        let names = [class.variable(), predicate_node.variable(), Some(value), Some(member)];
        let names: Vec<&Variable> = names.into_iter().flatten().collect();
        let differ = (1..).zip(&names).all(|(at, name)| !names.iter().skip(at).any(|n| n == name));
        (*predicate == type_id && subject.variable() == Some(member) && differ).then(|| Self {
            type_id,
            member: member.clone(),
            class: class.clone(),
            predicate: predicate_node.clone(),
            value: value.clone(),
        })
    }

    /// What of the list an aggregate is; `None` where it is not there.
    fn counted(&self, aggregate: &AggregateExpression) -> Option<Counted> {
        counted_of(aggregate, |name, distinct| {
            let variables = [
                Some(&self.member),
                Some(&self.value),
                self.class.variable(),
                self.predicate.variable(),
            ];
            match distinct {
                true if *name == self.member => Some(Counted::Values(0)),
                false if variables.contains(&Some(name)) => Some(Counted::Rows),
                _ => None,
            }
        })
    }
}
