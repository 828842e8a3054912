//! What the text index is to find: a graph, listed as index entries. In: a store. Out: a [`Catalog`], which makes an [`Entry`] for
//! each document, measure, department, indicator, place and programme when it is asked for. Guarantee: what is held are numbers
//! of nodes; texts are read for a batch at a time. The surprising thing: the text of chapters that hold no measures is listed
//! with their document, because a chapter is no hit of its own.

use crate::graph::vocabulary::{skos, zt};
use crate::index::{Entry, EntryKind, EntrySource, Field, Label, Outline};
use crate::store::{Property, Store, Subject};
use oxigraph::model::NamedNodeRef;
use oxigraph::model::vocab::rdfs;
use std::cell::RefCell;
use std::collections::HashMap;
use std::num::NonZero;
use std::ops::Range;
use std::thread;

/// Entities looked at together for their names.
const BATCH_ENTITIES: usize = 1024;

/// The classes that are listed, with their kind in the index.
const CLASSES: [(NamedNodeRef<'static>, EntryKind); 6] = [
    (zt::POLICY_DOCUMENT, EntryKind::Document),
    (zt::MEASURE, EntryKind::Measure),
    (zt::ORGANIZATION, EntryKind::Department),
    (zt::INDICATOR, EntryKind::Indicator),
    (zt::PLACE_CLASS, EntryKind::Place),
    (zt::PROGRAMME, EntryKind::Programme),
];

/// How many of each kind a graph has.
pub fn count_members(store: &Store) -> impl Iterator<Item = (EntryKind, usize)> {
    CLASSES.into_iter().map(|(class, kind)| (kind, store.members(class).len()))
}

/// What can be found in a graph, in the order of kinds and IRIs.
pub struct Catalog<'a> {
    /// The nodes of each kind.
    kinds: Vec<(EntryKind, Vec<Subject<'a>>)>,
    duplicates: usize,
    properties: Properties,
}

impl<'a> Catalog<'a> {
    /// Lists the nodes of a graph. One of several kinds is listed under the first.
    pub fn of(store: &'a Store) -> Self {
        let mut kinds: Vec<(EntryKind, Vec<Subject<'a>>)> = Vec::new();
        let mut duplicates = 0;
        for (class, kind) in CLASSES {
            let mut members = store.members(class);
            duplicates += members.len();
            members
                .retain(|node| kinds.iter().all(|(_, known)| known.binary_search(node).is_err()));
            duplicates -= members.len();
            kinds.push((kind, members));
        }
        Self { kinds, duplicates, properties: Properties::of(store) }
    }

    /// The nodes at these places, by kind.
    fn nodes(&self, places: Range<usize>) -> impl Iterator<Item = (EntryKind, &[Subject<'a>])> {
        let mut first = 0;
        self.kinds.iter().map(move |(kind, members)| {
            let [start, end] = [places.start, places.end]
                .map(|place| place.saturating_sub(first).min(members.len()));
            first += members.len();
            (*kind, members.get(start..end).unwrap_or_default())
        })
    }

    fn listing<'l>(&'l self, node: Subject<'a>, labels: &'l Labels<'a>) -> Listing<'a, 'l> {
        Listing { node, properties: &self.properties, labels }
    }

    /// The labels that documents and measures carry, each once or a few times.
    fn labels(&self) -> Vec<Label> {
        let threads = thread::available_parallelism().map_or(1, NonZero::get);
        let read = |share: Range<usize>| {
            let labels = RefCell::default();
            let mut own = Vec::new();
            for (kind, nodes) in self.nodes(share) {
                for node in nodes {
                    let listing = self.listing(*node, &labels);
                    listing.links(kind);
                    own.extend((kind == EntryKind::Document).then(|| listing.own_label()));
                }
            }
            own.extend(labels.into_inner().into_values().flatten());
            own
        };
        let count = self.holders();
        let share = count.div_ceil(threads).max(1);
        thread::scope(|scope| {
            let shares = (0..count).step_by(share).map(|start| start..count.min(start + share));
            let threads: Vec<_> = shares.map(|share| scope.spawn(move || read(share))).collect();
            let joined = threads.into_iter().map(|thread| match thread.join() {
                Ok(labels) => labels,
                Err(panic) => std::panic::resume_unwind(panic),
            });
            joined.flatten().collect()
        })
    }

    /// How many documents and measures there are; they come first.
    fn holders(&self) -> usize {
        let held = self.kinds.iter().filter(|(kind, _)| !is_entity(*kind));
        held.map(|(_, members)| members.len()).sum()
    }
}

/// Whether things of a kind have names by which texts know them.
fn is_entity(kind: EntryKind) -> bool {
    !matches!(kind, EntryKind::Document | EntryKind::Measure)
}

impl EntrySource for Catalog<'_> {
    fn count(&self) -> usize {
        self.kinds.iter().map(|(_, members)| members.len()).sum()
    }

    fn duplicates(&self) -> usize {
        self.duplicates
    }

    fn entries(&self, places: Range<usize>) -> Vec<Entry> {
        let labels = RefCell::default();
        let mut entries = Vec::with_capacity(places.len());
        for (kind, nodes) in self.nodes(places) {
            entries.extend(nodes.iter().map(|node| self.listing(*node, &labels).entry(kind)));
        }
        entries
    }

    /// Entities are made as a whole; of documents and measures only the labels are read that they carry.
    fn outline(&self) -> Outline {
        let mut outline = Outline::default();
        self.properties
            .searched()
            .into_iter()
            .for_each(|property| outline.add_property(property.iri()));
        let (first, count) = (self.holders(), self.count());
        for start in (first..count).step_by(BATCH_ENTITIES) {
            for entity in self.entries(start..count.min(start + BATCH_ENTITIES)) {
                outline.add(&entity);
            }
        }
        self.labels().into_iter().for_each(|label| outline.add_label(label));
        outline
    }
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

    /// Those whose literals are searched.
    fn searched(&self) -> [Property; 8] {
        [
            self.alternative_label,
            self.document_number,
            self.heading,
            self.label,
            self.preferred_label,
            self.promulgated_title,
            self.text,
            self.title,
        ]
    }
}

/// Labels that were read: those of documents and departments are wanted again and again.
type Labels<'a> = RefCell<HashMap<Subject<'a>, Option<Label>>>;

/// One resource of a graph, about to be listed.
#[derive(Clone, Copy)]
struct Listing<'a, 'l> {
    node: Subject<'a>,
    properties: &'l Properties,
    labels: &'l Labels<'a>,
}

/// Nodes with labels that an entry is found by.
struct Links<'a> {
    document: Option<Subject<'a>>,
    chapter: Option<Subject<'a>>,
    departments: Vec<Subject<'a>>,
}

impl<'a, 'l> Listing<'a, 'l> {
    fn entry(self, kind: EntryKind) -> Entry {
        let Label { iri, label: title } = self.own_label();
        let links = self.links(kind);
        let holder = if kind == EntryKind::Document { Some(self.node) } else { links.document };
        let number = holder.and_then(|document| {
            self.at(document).literals(self.properties.document_number).next()
        });
        let document = match kind {
            EntryKind::Document => Some(Label { iri: iri.clone(), label: title.clone() }),
            _ => links.document.and_then(|node| self.label_of(node)),
        };
        Entry {
            iri,
            kind,
            aliases: self.aliases(kind, &title),
            fields: self.fields(kind),
            title,
            number: number.map(|field| field.text),
            document,
            chapter: links.chapter.and_then(|node| self.label_of(node)),
            departments: links.departments.iter().filter_map(|node| self.label_of(*node)).collect(),
        }
    }

    /// Its IRI and name; the IRI also where it has no name.
    fn own_label(self) -> Label {
        let iri = self.node.iri();
        Label { label: self.name().unwrap_or_else(|| iri.clone()), iri }
    }

    fn links(self, kind: EntryKind) -> Links<'a> {
        let properties = self.properties;
        let departments = match kind {
            EntryKind::Measure => self.related(properties.responsible).collect(),
            EntryKind::Document => self.related(properties.issuer).collect(),
            _ => Vec::new(),
        };
        let is_measure = kind == EntryKind::Measure;
        let is_document = kind == EntryKind::Document;
        Links {
            document: (!is_document).then(|| self.related(properties.in_document).next()).flatten(),
            chapter: is_measure.then(|| self.related(properties.part_of).next()).flatten(),
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
    fn name(self) -> Option<String> {
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

    /// The nodes with a name to which the property leads, in the order of their IRIs.
    fn related(self, property: Property) -> impl Iterator<Item = Subject<'a>> + use<'a, 'l> {
        self.node.nodes(property).filter(move |node| {
            let read = || Some(Label { iri: node.iri(), label: self.at(*node).name()? });
            self.labels.borrow_mut().entry(*node).or_insert_with(read).is_some()
        })
    }

    /// The label of a node that was found to have one.
    fn label_of(self, node: Subject<'a>) -> Option<Label> {
        self.labels.borrow().get(&node).cloned().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::EntryList;

    /// Nodes of these kinds with names, and how they hang together. The last measure has no name, nor has its chapter.
    fn store() -> Store {
        let zt = "https://w3id.org/zhengtu/ontology#";
        let a = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>";
        let label = "<http://www.w3.org/2000/01/rdf-schema#label>";
        let kinds = [
            ("文", "PolicyDocument"),
            ("一", "Measure"),
            ("二", "Measure"),
            ("林业局", "Organization"),
            ("园林局", "Organization"),
            ("甲市", "Place"),
            ("甲市", "Organization"),
        ];
        let mut lines: Vec<String> = kinds
            .iter()
            .map(|(name, class)| format!("<http://e/{name}> {a} <{zt}{class}> <http://e/文> ."))
            .collect();
        for name in ["文", "一", "章", "林业局", "园林局", "甲市"] {
            lines.push(format!("<http://e/{name}> {label} \"{name}的名称\"@zh <http://e/文> ."));
        }
        for (subject, property, object) in [
            ("文", "issuer", "林业局"),
            ("一", "inDocument", "文"),
            ("一", "partOf", "章"),
            ("一", "responsibleOrg", "园林局"),
            ("二", "inDocument", "文"),
            ("二", "partOf", "节"),
        ] {
            let quad = format!("<http://e/{subject}> <{zt}{property}> <http://e/{object}>");
            lines.push(format!("{quad} <http://e/文> ."));
        }
        lines.push(format!("<http://e/一> <{zt}text> \"新建苗圃两处。\"@zh <http://e/文> ."));
        lines.push(format!(
            "<http://e/文> <{zt}documentNumber> \"甲政发〔2031〕1号\" <http://e/文> ."
        ));
        Store::read_nquads(lines.join("\n").as_bytes()).unwrap()
    }

    #[test]
    fn entries_are_the_same_in_any_pieces_and_stand_in_the_order_of_listing() {
        let store = store();
        let catalog = Catalog::of(&store);
        let all = catalog.entries(0..catalog.count());
        let listed: Vec<(EntryKind, &str)> = all
            .iter()
            .map(|entry| (entry.kind, entry.iri.trim_start_matches("http://e/")))
            .collect();
        let wanted = [
            (EntryKind::Document, "文"),
            (EntryKind::Measure, "一"),
            (EntryKind::Measure, "二"),
            (EntryKind::Department, "园林局"),
            (EntryKind::Department, "林业局"),
            (EntryKind::Department, "甲市"),
        ];
        assert_eq!(listed, wanted);
        assert_eq!(catalog.duplicates(), 1);
        let pieces = (0..all.len()).flat_map(|place| catalog.entries(place..place + 1));
        assert_eq!(pieces.collect::<Vec<_>>(), all);
        assert_eq!(all[1].chapter.as_ref().map(|chapter| chapter.label.as_str()), Some("章的名称"));
        assert_eq!(all[2].chapter, None);
        assert_eq!(all[2].number.as_deref(), Some("甲政发〔2031〕1号"));
    }

    #[test]
    fn the_outline_is_what_all_entries_tell() {
        let store = store();
        let catalog = Catalog::of(&store);
        let list: EntryList = catalog.entries(0..catalog.count()).into_iter().collect();
        let (named, labels, properties) = catalog.outline().into_parts();
        let (named_by_list, labels_by_list, properties_by_list) = list.outline().into_parts();
        assert_eq!(named, named_by_list);
        assert_eq!(labels, labels_by_list);
        assert_eq!(labels.len(), 4);
        assert!(!properties_by_list.is_empty());
        assert!(properties_by_list.iter().all(|property| properties.contains(property)));
    }
}
