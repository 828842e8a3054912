//! What the text index is to find: a graph, listed as index entries. In: a store. Out: a [`Catalog`], which makes an [`Entry`] for
//! each document, measure, target, department, indicator, place and programme when it is asked for. Guarantee: what is held are numbers
//! of nodes; texts are read for a batch at a time. The surprising thing: the text of chapters that hold no measures is listed
//! with their document, because a chapter is no hit of its own.

mod listing;
mod tags;

use self::listing::{Labels, Listing, Properties};
use crate::graph::vocabulary::zt;
use crate::index::{Entry, EntryKind, EntrySource, Outline, Tag};
use crate::store::{Store, Subject};
use crate::suggest::Named;
use oxigraph::model::NamedNodeRef;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::num::NonZero;
use std::ops::Range;
use std::thread;

/// Entities looked at together for their names.
const BATCH_ENTITIES: usize = 1024;

/// The classes that are listed, with their kind in the index.
const CLASSES: [(NamedNodeRef<'static>, EntryKind); 7] = [
    (zt::POLICY_DOCUMENT, EntryKind::Document),
    (zt::MEASURE, EntryKind::Measure),
    (zt::TARGET, EntryKind::Target),
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
    store: &'a Store,
    /// The nodes of each kind.
    kinds: Vec<(EntryKind, Vec<Subject<'a>>)>,
    duplicates: usize,
    properties: Properties,
    /// Words that mean the same, in groups.
    synonyms: Vec<Vec<String>>,
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
        let properties = Properties::of(store);
        Self { store, kinds, duplicates, properties, synonyms: Vec::new() }
    }

    /// The same, with words that mean the same.
    #[must_use]
    pub fn with_synonyms(self, synonyms: Vec<Vec<String>>) -> Self {
        Self { synonyms, ..self }
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

    /// The names by which people look for the nodes at these places.
    pub(super) fn names(&self, places: Range<usize>) -> Vec<Named> {
        let labels = RefCell::default();
        let mut names = Vec::with_capacity(places.len());
        for (kind, nodes) in self.nodes(places) {
            for node in nodes {
                let uses = if is_entity(kind) { self.uses(*node) } else { 1 };
                let (kind, texts) = self.listing(*node, &labels).names(kind);
                let iri = node.iri();
                names.extend(texts.map(|text| Named { text, iri: iri.clone(), kind, uses }));
            }
        }
        names
    }

    /// How many statements lead to a node, but for those that only say where it lies.
    fn uses(&self, node: Subject<'a>) -> u32 {
        let iri = node.iri();
        let node = NamedNodeRef::new_unchecked(&iri);
        let all = self.store.count(None, Some(node.into()));
        let inner = self.store.count(Some(zt::WITHIN), Some(node.into()));
        u32::try_from(all.saturating_sub(inner)).unwrap_or(u32::MAX)
    }

    fn listing<'l>(&'l self, node: Subject<'a>, labels: &'l Labels<'a>) -> Listing<'a, 'l> {
        Listing { node, properties: &self.properties, labels }
    }

    /// The values that documents, measures and targets have, each once or a few times.
    fn tags(&self) -> Vec<Tag> {
        let threads = thread::available_parallelism().map_or(1, NonZero::get);
        let read = |share: Range<usize>| {
            let labels = RefCell::default();
            let mut own: BTreeSet<Tag> = BTreeSet::new();
            for (kind, nodes) in self.nodes(share) {
                for node in nodes {
                    own.extend(self.listing(*node, &labels).all_tags(kind));
                }
            }
            own
        };
        let count = self.holders();
        let share = count.div_ceil(threads).max(1);
        thread::scope(|scope| {
            let shares = (0..count).step_by(share).map(|start| start..count.min(start + share));
            let threads: Vec<_> = shares.map(|share| scope.spawn(move || read(share))).collect();
            let joined = threads.into_iter().map(|thread| match thread.join() {
                Ok(tags) => tags,
                Err(panic) => std::panic::resume_unwind(panic),
            });
            joined.flatten().collect()
        })
    }

    /// How many documents, measures and targets there are; they come first.
    fn holders(&self) -> usize {
        let held = self.kinds.iter().filter(|(kind, _)| !is_entity(*kind));
        held.map(|(_, members)| members.len()).sum()
    }
}

/// Whether things of a kind have names by which texts know them.
fn is_entity(kind: EntryKind) -> bool {
    !matches!(kind, EntryKind::Document | EntryKind::Measure | EntryKind::Target)
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

    /// Entities are made as a whole; of the others only the values are read by which they are filtered.
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
        self.synonyms.iter().for_each(|words| outline.add_synonyms(words));
        self.tags().into_iter().for_each(|tag| outline.add_tag(tag));
        outline
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
        let (named, tags, properties) = catalog.outline().into_parts();
        let (named_by_list, tags_by_list, properties_by_list) = list.outline().into_parts();
        assert_eq!(named, named_by_list);
        assert_eq!(tags, tags_by_list);
        assert_eq!(tags.len(), 9);
        assert!(!properties_by_list.is_empty());
        assert!(properties_by_list.iter().all(|property| properties.contains(property)));
    }
}
