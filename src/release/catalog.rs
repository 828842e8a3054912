//! What the text index is to find: a graph, listed as index entries. In: a store. Out: an [`Entry`] for
//! each document, measure, department, indicator, place and programme. The surprising thing: the text of
//! chapters that hold no measures is listed with their document, because a chapter is no hit of its own.

use crate::graph::vocabulary::{skos, zt};
use crate::index::{Entry, EntryKind, Field, Label};
use crate::store::{Property, Store, Subject};
use oxigraph::model::NamedNodeRef;
use oxigraph::model::vocab::rdfs;
use std::cell::RefCell;
use std::collections::HashMap;
use std::num::NonZero;
use std::thread;

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
    let properties = Properties::of(store);
    let members_of = |(class, kind)| describe_members(&store.members(class), kind, &properties);
    CLASSES.into_iter().flat_map(members_of).collect()
}

/// The entries of these resources, in their order, on all processors.
fn describe_members(
    members: &[Subject<'_>],
    kind: EntryKind,
    properties: &Properties,
) -> Vec<Entry> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let describe = |members: &[Subject<'_>]| -> Vec<Entry> {
        let labels = RefCell::default();
        let listing = |node| Listing { node, properties, labels: &labels };
        members.iter().map(|node| listing(*node).entry(kind)).collect()
    };
    thread::scope(|scope| {
        let shares = members.chunks(members.len().div_ceil(threads).max(1));
        let threads: Vec<_> = shares.map(|share| scope.spawn(move || describe(share))).collect();
        let joined = threads.into_iter().map(|thread| match thread.join() {
            Ok(entries) => entries,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        joined.flatten().collect()
    })
}

/// The properties that are read.
struct Properties {
    alternative_label: Property,
    document_number: Property,
    heading: Property,
    in_document: Property,
    issuer: Property,
    label: Property,
    part_of: Property,
    preferred_label: Property,
    promulgated_title: Property,
    responsible: Property,
    section: Property,
    text: Property,
    title: Property,
}

impl Properties {
    fn of(store: &Store) -> Self {
        Self {
            alternative_label: store.property(skos::ALT_LABEL),
            document_number: store.property(zt::DOCUMENT_NUMBER),
            heading: store.property(zt::HEADING),
            in_document: store.property(zt::IN_DOCUMENT),
            issuer: store.property(zt::ISSUER),
            label: store.property(rdfs::LABEL),
            part_of: store.property(zt::PART_OF),
            preferred_label: store.property(skos::PREF_LABEL),
            promulgated_title: store.property(zt::PROMULGATED_TITLE),
            responsible: store.property(zt::RESPONSIBLE_ORG),
            section: store.property(zt::HAS_SECTION),
            text: store.property(zt::TEXT),
            title: store.property(zt::TITLE),
        }
    }
}

/// Labels that were read: those of documents and departments are wanted again and again.
type Labels<'a> = RefCell<HashMap<Subject<'a>, Option<Label>>>;

/// One resource of a graph, about to be listed.
#[derive(Clone, Copy)]
struct Listing<'a> {
    node: Subject<'a>,
    properties: &'a Properties,
    labels: &'a Labels<'a>,
}

impl<'a> Listing<'a> {
    fn entry(self, kind: EntryKind) -> Entry {
        let properties = self.properties;
        let iri = self.node.iri();
        let title = self.label().unwrap_or_else(|| iri.clone());
        let holder = match kind {
            EntryKind::Document => Some(self.node),
            _ => self.related(properties.in_document).map(|(document, _)| document).next(),
        };
        let number =
            holder.and_then(|document| self.at(document).texts(properties.document_number).next());
        let document = match kind {
            EntryKind::Document => Some(Label { iri: iri.clone(), label: title.clone() }),
            _ => self.related(properties.in_document).map(|(_, label)| label).next(),
        };
        let labels_of = |property| self.related(property).map(|(_, label)| label);
        let chapter =
            (kind == EntryKind::Measure).then(|| labels_of(properties.part_of).next()).flatten();
        let departments = match kind {
            EntryKind::Measure => labels_of(properties.responsible).collect(),
            EntryKind::Document => labels_of(properties.issuer).collect(),
            _ => Vec::new(),
        };
        Entry {
            iri,
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
    fn fields(self, kind: EntryKind) -> Vec<Field> {
        let properties = self.properties;
        let chosen = match kind {
            EntryKind::Document => vec![
                properties.title,
                properties.promulgated_title,
                properties.document_number,
                properties.text,
            ],
            EntryKind::Measure => vec![properties.heading, properties.text],
            _ => vec![properties.preferred_label, properties.alternative_label],
        };
        let mut fields: Vec<Field> =
            chosen.into_iter().flat_map(|property| self.literals(property)).collect();
        match kind {
            EntryKind::Document => {
                let sections = self.node.nodes(properties.section);
                fields.extend(sections.flat_map(|node| self.at(node).literals(properties.text)));
            }
            EntryKind::Measure => {}
            _ if fields.is_empty() => fields.extend(self.literals(properties.label)),
            _ => {}
        }
        fields
    }

    /// Other names in Chinese. Documents and measures have none.
    fn aliases(self, kind: EntryKind, title: &str) -> Vec<String> {
        if matches!(kind, EntryKind::Document | EntryKind::Measure) {
            return Vec::new();
        }
        let [preferred, alternative] =
            [self.properties.preferred_label, self.properties.alternative_label];
        let mut names: Vec<String> = self
            .literals(preferred)
            .chain(self.literals(alternative))
            .filter(|field| field.language != "en" && field.text != title)
            .map(|field| field.text)
            .collect();
        names.sort();
        names.dedup();
        names
    }

    fn at(self, node: Subject<'a>) -> Self {
        Self { node, ..self }
    }

    /// The name in Chinese, else any name.
    fn label(self) -> Option<String> {
        let mut labels: Vec<Field> = self.literals(self.properties.label).collect();
        labels.sort_by_key(|field| field.language != "zh");
        labels.into_iter().next().map(|field| field.text)
    }

    fn literals(self, property: Property) -> impl Iterator<Item = Field> + use<'a> {
        self.node.literals(property).map(move |literal| {
            let (text, _, language) = literal.destruct();
            let language = language.unwrap_or_default();
            Field { property: property.iri().to_owned(), text, language }
        })
    }

    fn texts(self, property: Property) -> impl Iterator<Item = String> + use<'a> {
        self.literals(property).map(|field| field.text)
    }

    /// The nodes with a name to which the property leads, in the order of their IRIs.
    fn related(self, property: Property) -> impl Iterator<Item = (Subject<'a>, Label)> + use<'a> {
        self.node.nodes(property).filter_map(move |node| {
            let read = || Some(Label { iri: node.iri(), label: self.at(node).label()? });
            let known = self.labels.borrow().get(&node).cloned();
            let label = known.unwrap_or_else(|| {
                let label = read();
                self.labels.borrow_mut().insert(node, label.clone());
                label
            });
            Some((node, label?))
        })
    }
}
