//! The data under validation: the default graph of any dataset that the evaluator can read.
//!
//! In: a dataset with its own terms. Out: neighbours of a node, instances of a class. Guarantees:
//! instances of a class are looked up once. The surprising thing: terms stay in the dataset's own
//! form (a number, for a release), so a validator at work copies no text.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::marker::PhantomData;
use std::rc::Rc;

use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{NamedNode, Term};
use spareval::QueryableDataset;

use super::error::ShapesError;

/// Nodes in the order they were found, each once.
pub(super) struct NodeSet<T> {
    nodes: Vec<T>,
    members: HashSet<T>,
}

impl<T: Clone + Eq + std::hash::Hash> NodeSet<T> {
    pub(super) fn new() -> Self {
        Self { nodes: Vec::new(), members: HashSet::new() }
    }

    /// Adds a node; false where it was there.
    pub(super) fn insert(&mut self, node: T) -> bool {
        let added = self.members.insert(node.clone());
        if added {
            self.nodes.push(node);
        }
        added
    }

    pub(super) fn extend(&mut self, nodes: impl IntoIterator<Item = T>) {
        for node in nodes {
            self.insert(node);
        }
    }

    pub(super) fn contains(&self, node: &T) -> bool {
        self.members.contains(node)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        self.nodes.iter()
    }

    pub(super) fn into_nodes(self) -> Vec<T> {
        self.nodes
    }
}

type Pair<T> = (T, T);

type Instances<T> = Rc<NodeSet<T>>;

/// A dataset with what has been looked up in it.
pub(super) struct Data<'a, D: QueryableDataset<'a>> {
    pub(super) dataset: D,
    instances: RefCell<HashMap<NamedNode, Instances<D::InternalTerm>>>,
    lifetime: PhantomData<&'a ()>,
}

impl<'a, D: QueryableDataset<'a>> Data<'a, D> {
    pub(super) fn new(dataset: D) -> Self {
        Self { dataset, instances: RefCell::default(), lifetime: PhantomData }
    }

    /// The dataset's form of a term.
    pub(super) fn intern(&self, term: impl Into<Term>) -> Result<D::InternalTerm, ShapesError> {
        self.dataset.internalize_term(term.into()).map_err(|error| unreadable(&error))
    }

    /// The term behind the dataset's form.
    pub(super) fn term(&self, node: &D::InternalTerm) -> Result<Term, ShapesError> {
        self.dataset.externalize_term(node.clone()).map_err(|error| unreadable(&error))
    }

    /// Objects of the triples `subject predicate ?`.
    pub(super) fn objects(
        &self,
        subject: &D::InternalTerm,
        predicate: &NamedNode,
    ) -> Result<Vec<D::InternalTerm>, ShapesError> {
        let predicate = self.intern(predicate.clone())?;
        self.matches(Some(subject), Some(&predicate), None, |triple| triple.object)
    }

    /// Subjects of the triples `? predicate object`.
    pub(super) fn subjects(
        &self,
        predicate: &NamedNode,
        object: &D::InternalTerm,
    ) -> Result<Vec<D::InternalTerm>, ShapesError> {
        let predicate = self.intern(predicate.clone())?;
        self.matches(None, Some(&predicate), Some(object), |triple| triple.subject)
    }

    /// Subject and object of every triple with this predicate.
    pub(super) fn pairs(
        &self,
        predicate: &NamedNode,
    ) -> Result<Vec<Pair<D::InternalTerm>>, ShapesError> {
        let predicate = self.intern(predicate.clone())?;
        self.matches(None, Some(&predicate), None, |triple| (triple.subject, triple.object))
    }

    /// Predicate and object of every triple with this subject.
    pub(super) fn description(
        &self,
        subject: &D::InternalTerm,
    ) -> Result<Vec<Pair<D::InternalTerm>>, ShapesError> {
        self.matches(Some(subject), None, None, |triple| (triple.predicate, triple.object))
    }

    /// Instances of the class and of its subclasses in the data.
    pub(super) fn instances(
        &self,
        class: &NamedNode,
    ) -> Result<Instances<D::InternalTerm>, ShapesError> {
        if let Some(found) = self.instances.borrow().get(class) {
            return Ok(Rc::clone(found));
        }
        let subclass_of = rdfs::SUB_CLASS_OF.into_owned();
        let instance_of = rdf::TYPE.into_owned();
        let mut classes = NodeSet::new();
        let mut open = vec![self.intern(class.clone())?];
        while let Some(next) = open.pop() {
            if classes.insert(next.clone()) {
                open.extend(self.subjects(&subclass_of, &next)?);
            }
        }
        let mut instances = NodeSet::new();
        for class in classes.iter() {
            instances.extend(self.subjects(&instance_of, class)?);
        }
        let instances = Rc::new(instances);
        self.instances.borrow_mut().insert(class.clone(), Rc::clone(&instances));
        Ok(instances)
    }

    fn matches<R>(
        &self,
        subject: Option<&D::InternalTerm>,
        predicate: Option<&D::InternalTerm>,
        object: Option<&D::InternalTerm>,
        part: impl Fn(spareval::InternalQuad<D::InternalTerm>) -> R,
    ) -> Result<Vec<R>, ShapesError> {
        self.dataset
            .internal_quads_for_pattern(subject, predicate, object, Some(None))
            .map(|quad| quad.map(&part).map_err(|error| unreadable(&error)))
            .collect()
    }
}

fn unreadable(error: &impl std::error::Error) -> ShapesError {
    ShapesError::Data(error.to_string())
}
