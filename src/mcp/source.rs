//! What tools read. In: an opened release and where queries are evaluated; out: names and lookups. A clone shares everything.

use super::asking::Asking;
use super::term::compact;
use crate::graph::vocabulary::{ONTOLOGY, skos, zt};
use crate::index::Index;
use crate::release::{Example, Hold, Release};
use crate::store::Store;
use crate::suggest::Suggestions;
use oxigraph::model::vocab::rdfs;
use oxigraph::model::{NamedNode, NamedNodeRef, Term};
use serde_json::{Map, Value};
use std::sync::Arc;

/// A release as tools see it.
#[derive(Clone)]
pub struct Source {
    /// The release's id.
    pub release: String,
    /// The namespace of its IRIs.
    pub base_iri: String,
    /// Its graph.
    pub store: Arc<Store>,
    /// Words over the graph.
    pub index: Arc<Index>,
    /// What names a text may become.
    pub suggestions: Arc<Suggestions>,
    /// Where queries of clients are evaluated.
    pub asking: Arc<dyn Asking>,
    /// Its questions.
    pub examples: Arc<[Example]>,
    /// Prefixes that need no declaration.
    pub prefixes: Arc<[(String, String)]>,
    /// Keeps the release from being pruned.
    pub hold: Option<Arc<Hold>>,
}

impl Source {
    /// The tools' view of `release`, with queries put to `asking`, which asks the same release.
    pub fn of(release: Release, asking: Arc<dyn Asking>) -> Self {
        let Release { manifest, store, index, suggestions, examples, prefixes, hold, .. } = release;
        Self {
            release: manifest.id,
            base_iri: manifest.base_iri,
            store,
            index,
            suggestions,
            asking,
            examples: examples.into(),
            prefixes: prefixes.into(),
            hold,
        }
    }

    /// `iri` as `prefix:name` where a prefix fits, else as it is.
    pub(super) fn compact(&self, iri: &str) -> String {
        compact(&self.prefixes, iri)
    }

    /// The IRI that `name` stands for: an IRI, `prefix:name`, or a path below the base such as `measure/…`.
    pub(super) fn expand(&self, name: &str) -> Option<NamedNode> {
        let name = name.trim().trim_start_matches('<').trim_end_matches('>');
        let prefixed = name.split_once(':').and_then(|(prefix, local)| {
            let (_, namespace) = self.prefixes.iter().find(|(own, _)| own == prefix)?;
            Some(format!("{namespace}{}", local.replace('\\', "")))
        });
        let iri = match prefixed {
            Some(iri) => iri,
            None if name.contains("://") || name.starts_with("urn:") => name.to_owned(),
            None => format!("{}{}", self.base_iri, name.trim_start_matches('/')),
        };
        NamedNode::new(iri).ok()
    }

    /// Whether an IRI is one of the release's own, and no term of the vocabulary.
    pub(super) fn is_resource(&self, node: &NamedNode) -> bool {
        let iri = node.as_str();
        iri.starts_with(&self.base_iri) && !iri.starts_with(ONTOLOGY)
    }

    /// Objects of a property, in the order of the store.
    pub(super) fn objects<'s>(
        &'s self,
        node: &NamedNode,
        property: NamedNodeRef<'_>,
    ) -> impl Iterator<Item = Term> + use<'s> {
        let triples = self.store.triples(Some(node.as_ref().into()), Some(property), None);
        triples.map(|triple| triple.object)
    }

    /// Resources that are objects of a property.
    pub(super) fn nodes<'s>(
        &'s self,
        node: &NamedNode,
        property: NamedNodeRef<'_>,
    ) -> impl Iterator<Item = NamedNode> + use<'s> {
        self.objects(node, property).filter_map(|term| match term {
            Term::NamedNode(node) => Some(node),
            Term::BlankNode(_) | Term::Literal(_) => None,
        })
    }

    /// The text of the first literal of a property.
    pub(super) fn text(&self, node: &NamedNode, property: NamedNodeRef<'_>) -> Option<String> {
        self.objects(node, property).find_map(|term| match term {
            Term::Literal(literal) => Some(literal.value().to_owned()),
            Term::NamedNode(_) | Term::BlankNode(_) => None,
        })
    }

    /// A whole number.
    pub(super) fn number(&self, node: &NamedNode, property: NamedNodeRef<'_>) -> Option<u64> {
        self.text(node, property)?.parse().ok()
    }

    /// The names of a resource by language; one without a language stands under `""`.
    pub(super) fn labels(&self, node: &NamedNode) -> Map<String, Value> {
        let mut labels = Map::new();
        for property in [rdfs::LABEL, skos::PREF_LABEL, zt::TITLE] {
            for term in self.objects(node, property) {
                if let Term::Literal(literal) = term {
                    let language = literal.language().unwrap_or_default().to_owned();
                    labels.entry(language).or_insert_with(|| literal.value().into());
                }
            }
        }
        labels
    }
}
