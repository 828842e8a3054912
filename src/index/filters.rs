//! What narrows a search: filters that were chosen, and fields that were typed (部门:…). In: a search and the fields of its words; out: whether an entry passes.
//! Guarantee: a chosen value that no entry has lets nothing pass. Surprising: a typed value that names nothing becomes words, because who typed it wants to find
//! something.

use std::collections::HashSet;

use super::analysis::compact;
use super::axis::{Axis, Tag};
use super::entry::{EntryKind, Search};
use super::field::FieldName;
use super::matching::Lookup;
use super::question::Question;
use super::reader::{Contents, EntryFacts};

/// The facet of entries with and without targets, and its values.
pub(crate) const TARGETS: &str = "targets";
pub(crate) const HAS_TARGETS: [&str; 2] = ["no", "yes"];

/// The filters of one search.
pub(crate) struct Filters {
    kinds: Vec<EntryKind>,
    has_targets: Option<bool>,
    /// Of each group one place among the tags must be there.
    groups: Vec<HashSet<u32>>,
    /// Of each group the entry must be one.
    entries: Vec<HashSet<u32>>,
}

impl Filters {
    /// The filters that were chosen.
    pub(crate) fn new(index: &Contents, search: &Search) -> Self {
        let mut groups: Vec<HashSet<u32>> = Vec::new();
        for axis in Axis::ALL {
            let chosen = search.filters.iter().filter(|(own, _)| *own == axis);
            let places = chosen.map(|(_, value)| index.find_tag(axis, value));
            if axis.needs_all() {
                groups.extend(places.map(|place| place.into_iter().collect()));
            } else {
                let places: Vec<Option<u32>> = places.collect();
                if !places.is_empty() {
                    groups.push(places.into_iter().flatten().collect());
                }
            }
        }
        Self {
            kinds: search.kinds.clone(),
            has_targets: search.has_targets,
            groups,
            entries: Vec::new(),
        }
    }

    /// The same, with the fields that were typed; those that name nothing become words of the question.
    pub(crate) fn with_fields(mut self, lookup: &Lookup<'_>, question: &mut Question) -> Self {
        for (field, value) in std::mem::take(&mut question.fields) {
            match field {
                FieldName::Axis(axis) => {
                    let places = places_named(lookup.index(), axis, &value);
                    if places.is_empty() {
                        question.want_words(&value, &lookup.index().names);
                    } else {
                        self.groups.push(places);
                    }
                }
                FieldName::Number => {
                    let numbered = lookup.match_number(&value);
                    if numbered.is_empty() {
                        question.want_words(&value, &lookup.index().names);
                    } else {
                        self.entries.push(numbered.iter().map(|(ordinal, _)| ordinal).collect());
                    }
                }
            }
        }
        self
    }

    /// Whether everything passes.
    pub(crate) fn is_open(&self) -> bool {
        self.kinds.is_empty()
            && self.has_targets.is_none()
            && self.groups.is_empty()
            && self.entries.is_empty()
    }

    /// Whether an entry passes.
    pub(crate) fn allow(&self, index: &Contents, ordinal: u32, facts: &EntryFacts) -> bool {
        let has_one_of =
            |group: &HashSet<u32>| index.tag_sets.all(facts.tags).any(|tag| group.contains(&tag));
        (self.kinds.is_empty() || self.kinds.contains(&facts.kind))
            && self.has_targets.is_none_or(|wanted| wanted == facts.has_targets)
            && self.groups.iter().all(has_one_of)
            && self.entries.iter().all(|group| group.contains(&ordinal))
    }
}

/// The places of the values that a typed name means: those that are called so, else those whose name holds it.
fn places_named(index: &Contents, axis: Axis, typed: &str) -> HashSet<u32> {
    let typed = compact(typed);
    if typed.is_empty() {
        return HashSet::new();
    }
    let called: HashSet<&str> = index.names.called(&typed).collect();
    let start = index.tags.partition_point(|tag| tag.axis < axis);
    let own = || {
        let tags = index.tags.get(start..).into_iter().flatten();
        (0..).zip(tags.take_while(move |tag| tag.axis == axis))
    };
    let at = |place: usize| u32::try_from(start + place).ok();
    let is_called =
        |tag: &Tag| called.contains(tag.label.iri.as_str()) || compact(&tag.label.label) == typed;
    let exact: HashSet<u32> =
        own().filter(|(_, tag)| is_called(tag)).filter_map(|(place, _)| at(place)).collect();
    if !exact.is_empty() {
        return exact;
    }
    let holds = |tag: &Tag| compact(&tag.label.label).contains(&typed);
    own().filter(|(_, tag)| holds(tag)).filter_map(|(place, _)| at(place)).collect()
}
