//! What the text index is to find: a graph, listed as index entries. In: a store. Out: an [`Entry`] for
//! each document, measure, department, indicator, place and programme. The surprising thing: the text of
//! chapters that hold no measures is listed with their document, because a chapter is no hit of its own.

use crate::graph::vocabulary::{skos, zt};
use crate::index::{Entry, EntryKind, Field, Label};
use crate::store::Store;
use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, NamedOrBlankNodeRef, Term};

/// The classes that are listed, with their kind in the index.
const CLASSES: [(NamedNodeRef<'static>, EntryKind); 6] = [
    (zt::POLICY_DOCUMENT, EntryKind::Document),
    (zt::MEASURE, EntryKind::Measure),
    (zt::ORGANIZATION, EntryKind::Department),
    (zt::INDICATOR, EntryKind::Indicator),
    (zt::PLACE_CLASS, EntryKind::Place),
    (zt::PROGRAMME, EntryKind::Programme),
];

/// Lists what can be found in a graph, in the order of kinds and IRIs.
pub fn list_entries(store: &Store) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (class, kind) in CLASSES {
        let mut members: Vec<NamedNode> = store
            .triples(None, Some(rdf::TYPE), Some(class.into()))
            .filter_map(|triple| match triple.subject {
                NamedOrBlankNode::NamedNode(node) => Some(node),
                NamedOrBlankNode::BlankNode(_) => None,
            })
            .collect();
        members.sort();
        members.dedup();
        entries.extend(members.iter().map(|node| Listing { store, node }.entry(kind)));
    }
    entries
}

/// One resource of a graph, about to be listed.
struct Listing<'a> {
    store: &'a Store,
    node: &'a NamedNode,
}

impl Listing<'_> {
    fn entry(&self, kind: EntryKind) -> Entry {
        let title = self.label().unwrap_or_else(|| self.node.as_str().to_owned());
        let document = match kind {
            EntryKind::Document => {
                Some(Label { iri: self.node.as_str().to_owned(), label: title.clone() })
            }
            _ => self.related(zt::IN_DOCUMENT).into_iter().next(),
        };
        let chapter = (kind == EntryKind::Measure)
            .then(|| self.related(zt::PART_OF).into_iter().next())
            .flatten();
        let number = document.as_ref().and_then(|document| {
            let node = NamedNode::new(&document.iri).ok()?;
            self.at(&node).literals(zt::DOCUMENT_NUMBER).into_iter().next().map(|field| field.text)
        });
        let departments = match kind {
            EntryKind::Measure => self.related(zt::RESPONSIBLE_ORG),
            EntryKind::Document => self.related(zt::ISSUER),
            _ => Vec::new(),
        };
        Entry {
            iri: self.node.as_str().to_owned(),
            kind,
            aliases: self.aliases(kind, &title),
            fields: self.fields(kind),
            title,
            number,
            document,
            chapter,
            departments,
        }
    }

    /// The literals searched, those that say most of the resource first.
    fn fields(&self, kind: EntryKind) -> Vec<Field> {
        match kind {
            EntryKind::Document => {
                let mut fields = self.literals(zt::TITLE);
                fields.extend(self.literals(zt::PROMULGATED_TITLE));
                fields.extend(self.literals(zt::DOCUMENT_NUMBER));
                fields.extend(self.literals(zt::TEXT));
                for section in self.objects(zt::HAS_SECTION) {
                    fields.extend(self.at(&section).literals(zt::TEXT));
                }
                fields
            }
            EntryKind::Measure => {
                let mut fields = self.literals(zt::HEADING);
                fields.extend(self.literals(zt::TEXT));
                fields
            }
            _ => {
                let mut fields = self.literals(skos::PREF_LABEL);
                fields.extend(self.literals(skos::ALT_LABEL));
                if fields.is_empty() {
                    fields = self.literals(rdfs::LABEL);
                }
                fields
            }
        }
    }

    /// Other names in Chinese. Documents and measures have none.
    fn aliases(&self, kind: EntryKind, title: &str) -> Vec<String> {
        if matches!(kind, EntryKind::Document | EntryKind::Measure) {
            return Vec::new();
        }
        let mut names: Vec<String> = self
            .literals(skos::PREF_LABEL)
            .into_iter()
            .chain(self.literals(skos::ALT_LABEL))
            .filter(|field| field.language != "en" && field.text != title)
            .map(|field| field.text)
            .collect();
        names.sort();
        names.dedup();
        names
    }

    fn at<'b>(&'b self, node: &'b NamedNode) -> Listing<'b> {
        Listing { store: self.store, node }
    }

    fn subject(&self) -> NamedOrBlankNodeRef<'_> {
        self.node.as_ref().into()
    }

    /// The name in Chinese, else any name.
    fn label(&self) -> Option<String> {
        let mut labels = self.literals(rdfs::LABEL);
        labels.sort_by_key(|field| field.language != "zh");
        labels.into_iter().next().map(|field| field.text)
    }

    fn literals(&self, property: NamedNodeRef<'_>) -> Vec<Field> {
        self.store
            .triples(Some(self.subject()), Some(property), None)
            .filter_map(|triple| match triple.object {
                Term::Literal(literal) => Some(Field {
                    property: property.as_str().to_owned(),
                    text: literal.value().to_owned(),
                    language: literal.language().unwrap_or_default().to_owned(),
                }),
                _ => None,
            })
            .collect()
    }

    fn objects(&self, property: NamedNodeRef<'_>) -> Vec<NamedNode> {
        self.store
            .triples(Some(self.subject()), Some(property), None)
            .filter_map(|triple| match triple.object {
                Term::NamedNode(node) => Some(node),
                _ => None,
            })
            .collect()
    }

    fn related(&self, property: NamedNodeRef<'_>) -> Vec<Label> {
        let mut related: Vec<Label> = self
            .objects(property)
            .into_iter()
            .filter_map(|node| {
                let label = self.at(&node).label()?;
                Some(Label { iri: node.into_string(), label })
            })
            .collect();
        related.sort();
        related
    }
}
