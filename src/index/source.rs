//! Where entries come from: a source that makes each of them when it is wanted.
//!
//! In: a graph, or a list. Out: entries by their place in the order of listing (kind, then IRI), and an [`Outline`] of all of
//! them. Guarantee: each IRI comes once. Surprising: a source is asked for an entry more than once, because the words of a text
//! depend on the names of all entries, and is never asked for all of them together.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::Range;

use super::axis::{Axis, Tag};
use super::entry::{Entry, Label};
use super::names::{Named, NamesGiven};

/// Entries asked for at a time.
pub(crate) const BATCH_ENTRIES: usize = 128;

/// Entries in the order of listing, each made when it is wanted.
pub trait EntrySource: Sync {
    /// How many entries there are.
    fn count(&self) -> usize;

    /// How many were left out because another one has their IRI.
    fn duplicates(&self) -> usize;

    /// The entries at these places.
    fn entries(&self, places: Range<usize>) -> Vec<Entry>;

    /// What is known of all entries before the first is written. A source that can tell it for less than it costs to make
    /// every entry does so.
    fn outline(&self) -> Outline {
        let mut outline = Outline::default();
        for places in batches(0..self.count()) {
            for entry in self.entries(places) {
                outline.add(&entry);
            }
        }
        outline
    }
}

/// Cuts places into batches.
pub(crate) fn batches(places: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let end = places.end;
    places.step_by(BATCH_ENTRIES).map(move |start| start..end.min(start + BATCH_ENTRIES))
}

/// What is known of all entries before the first is written: names, values and properties.
#[derive(Debug, Default)]
pub struct Outline {
    names: NamesGiven,
    /// Names by axis and IRI.
    tags: BTreeMap<(Axis, String), String>,
    properties: BTreeSet<String>,
}

impl Outline {
    /// Adds an entry. Those that have names come in the order of listing.
    pub fn add(&mut self, entry: &Entry) {
        self.names.add(entry);
        for (axis, label) in entry.all_tags() {
            self.add_tag(Tag::new(axis, label.clone()));
        }
        for field in &entry.fields {
            if !self.properties.contains(&field.property) {
                self.add_property(&field.property);
            }
        }
    }

    /// Adds words that mean the same and belong to no entry.
    pub fn add_synonyms(&mut self, words: &[String]) {
        self.names.add_synonyms(words);
    }

    /// Adds a value that entries have.
    pub fn add_tag(&mut self, tag: Tag) {
        let Tag { axis, label: Label { iri, label } } = tag;
        self.tags.entry((axis, iri)).or_insert(label);
    }

    /// Adds a property that a field of an entry may have.
    pub fn add_property(&mut self, iri: &str) {
        self.properties.insert(iri.to_owned());
    }

    /// Names, then values and properties in their order.
    pub(crate) fn into_parts(self) -> (Vec<Named>, Vec<Tag>, Vec<String>) {
        let tags =
            self.tags.into_iter().map(|((axis, iri), label)| Tag::new(axis, Label { iri, label }));
        (self.names.derive(), tags.collect(), self.properties.into_iter().collect())
    }
}

/// Entries that are held in memory.
#[derive(Clone, Debug, Default)]
pub struct EntryList {
    entries: Vec<Entry>,
    duplicates: usize,
}

impl FromIterator<Entry> for EntryList {
    fn from_iter<T: IntoIterator<Item = Entry>>(entries: T) -> Self {
        let mut entries: Vec<Entry> = entries.into_iter().collect();
        let given = entries.len();
        entries.sort_by(|a, b| (a.kind, &a.iri).cmp(&(b.kind, &b.iri)));
        let mut known = HashSet::new();
        entries.retain(|entry| known.insert(entry.iri.clone()));
        let duplicates = given - entries.len();
        Self { entries, duplicates }
    }
}

impl EntrySource for EntryList {
    fn count(&self) -> usize {
        self.entries.len()
    }

    fn duplicates(&self) -> usize {
        self.duplicates
    }

    fn entries(&self, places: Range<usize>) -> Vec<Entry> {
        self.entries.get(places).unwrap_or_default().to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::super::entry::EntryKind;
    use super::*;

    fn entry(kind: EntryKind, iri: &str) -> Entry {
        Entry {
            iri: iri.to_owned(),
            kind,
            title: iri.to_owned(),
            aliases: Vec::new(),
            fields: Vec::new(),
            number: None,
            document: None,
            chapter: None,
            departments: Vec::new(),
            targets: Vec::new(),
            tags: Vec::new(),
            date: None,
            deadline: None,
        }
    }

    #[test]
    fn a_list_has_each_iri_once_under_its_first_kind() {
        let given = [
            entry(EntryKind::Place, "e:丙"),
            entry(EntryKind::Place, "e:甲"),
            entry(EntryKind::Document, "e:乙"),
            entry(EntryKind::Measure, "e:丙"),
            entry(EntryKind::Measure, "e:丙"),
        ];
        let list: EntryList = given.into_iter().collect();
        let listed = list.entries(0..list.count());
        let listed: Vec<_> = listed.iter().map(|entry| (entry.kind, entry.iri.as_str())).collect();
        let wanted = [
            (EntryKind::Document, "e:乙"),
            (EntryKind::Measure, "e:丙"),
            (EntryKind::Place, "e:甲"),
        ];
        assert_eq!(listed, wanted);
        assert_eq!(list.duplicates(), 2);
    }

    #[test]
    fn batches_cover_all_places_in_order() {
        let cut: Vec<Range<usize>> = batches(5..2 * BATCH_ENTRIES + 6).collect();
        let [first, second] = [5 + BATCH_ENTRIES, 5 + 2 * BATCH_ENTRIES];
        assert_eq!(cut, [5..first, first..second, second..second + 1]);
        assert_eq!(batches(3..3).count(), 0);
    }
}
