//! What narrows a search: filters that were chosen, and fields that were typed (部门:…). In: a search and the fields of its words; out: whether an entry passes.
//! Guarantee: a chosen value that no entry has lets nothing pass. Surprising: a typed value that names nothing becomes words, because who typed it wants to find
//! something.

use super::analysis::compact;
use super::axis::Axis;
use super::entry::{EntryKind, Search};
use super::field::FieldName;
use super::matching::Lookup;
use super::number_set::NumberSet;
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
    groups: Vec<NumberSet>,
    /// Of each group the entry must be one.
    entries: Vec<NumberSet>,
}

impl Filters {
    /// The filters that were chosen.
    pub(crate) fn new(index: &Contents, search: &Search) -> Self {
        let mut groups: Vec<NumberSet> = Vec::new();
        let tags_len = index.values.len();
        for axis in Axis::ALL {
            let chosen = search.filters.iter().filter(|(own, _)| *own == axis);
            let places = chosen.map(|(_, value)| index.values.find(axis, value));
            if axis.needs_all() {
                groups.extend(places.map(|place| NumberSet::of(place, tags_len)));
            } else {
                let places: Vec<Option<u32>> = places.collect();
                if !places.is_empty() {
                    groups.push(NumberSet::of(places.into_iter().flatten(), tags_len));
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
                        let tags_len = lookup.index().values.len();
                        self.groups.push(NumberSet::of(places, tags_len));
                    }
                }
                FieldName::Number => {
                    let numbered = lookup.match_number(&value);
                    if numbered.is_empty() {
                        question.want_words(&value, &lookup.index().names);
                    } else {
                        let numbered = numbered.iter().map(|(ordinal, _)| ordinal);
                        let entries_len = lookup.index().entries.len();
                        self.entries.push(NumberSet::of(numbered, entries_len));
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
        let has_one_of = |group: &NumberSet| index.tag_sets.all(ordinal).any(|tag| group.has(tag));
        (self.kinds.is_empty() || self.kinds.contains(&facts.kind))
            && self.has_targets.is_none_or(|wanted| wanted == index.has_targets.has(ordinal))
            && self.groups.iter().all(has_one_of)
            && self.entries.iter().all(|group| group.has(ordinal))
    }
}

/// The places of the values that a typed name means: those that are called so, else those whose name holds it.
fn places_named(index: &Contents, axis: Axis, typed: &str) -> Vec<u32> {
    let typed = compact(typed);
    if typed.is_empty() {
        return Vec::new();
    }
    let called = index.names.called(&typed).filter_map(|iri| index.values.find(axis, iri));
    let own = || index.values.on(axis).map(|(place, value)| (place, value.key.as_str()));
    let same = own().filter(|(_, key)| *key == typed).map(|(place, _)| place);
    let exact: Vec<u32> = called.chain(same).collect();
    if !exact.is_empty() {
        return exact;
    }
    own().filter(|(_, key)| key.contains(typed.as_str())).map(|(place, _)| place).collect()
}
