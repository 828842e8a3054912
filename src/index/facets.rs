//! What was found, counted by each axis. In: entries that passed the filters; out: facets with the values that occur, most hits first. Guarantee: counts are
//! exact, over all that was found and not over the page.

use super::axis::Axis;
use super::entry::{EntryKind, Facet, FacetValue};
use super::filters::{HAS_TARGETS, TARGETS};
use super::reader::Contents;

/// A facet lists at most so many values.
const FACET_VALUES_MAX: usize = 200;

/// Counts every facet over what was found.
pub(crate) fn count_facets(index: &Contents, found: &[(u32, f32)]) -> Vec<Facet> {
    let mut kinds = vec![0_usize; EntryKind::ALL.len()];
    let mut targets = [0_usize; 2];
    let of_found = || found.iter().filter_map(|&(ordinal, _)| index.entry_facts(ordinal));
    for facts in of_found() {
        count(&mut kinds, facts.kind as u32);
        count(&mut targets, u32::from(facts.has_targets));
    }
    let tags = index.tag_sets.count(of_found().map(|facts| facts.tags), index.tags.len());
    let kinds = EntryKind::ALL.iter().map(|kind| (kind.name(), kind.name())).zip(kinds);
    let mut facets = vec![facet("kind", kinds)];
    for axis in Axis::ALL {
        let start = index.tags.partition_point(|tag| tag.axis < axis);
        let end = index.tags.partition_point(|tag| tag.axis <= axis);
        let own = index.tags.get(start..end).into_iter().flatten();
        let names = own.map(|tag| (tag.label.label.as_str(), tag.label.iri.as_str()));
        let counts = tags.get(start..end).into_iter().flatten().copied();
        facets.push(facet(axis.name(), names.zip(counts)));
    }
    facets.push(facet(TARGETS, HAS_TARGETS.map(|name| (name, name)).into_iter().zip(targets)));
    facets
}

/// Adds one to the count of a place.
fn count(counts: &mut [usize], place: u32) {
    let slot = usize::try_from(place).ok().and_then(|place| counts.get_mut(place));
    if let Some(slot) = slot {
        *slot += 1;
    }
}

/// A facet of the values (label and value) that occur, most hits first.
fn facet<'a>(name: &str, counts: impl Iterator<Item = ((&'a str, &'a str), usize)>) -> Facet {
    let mut counts: Vec<_> = counts.filter(|&(_, count)| count > 0).collect();
    let order =
        |a: &((&str, &str), usize), b: &((&str, &str), usize)| b.1.cmp(&a.1).then(a.0.cmp(&b.0));
    // There may be as many values as documents: only those that are listed are put in order.
    if counts.len() > FACET_VALUES_MAX {
        counts.select_nth_unstable_by(FACET_VALUES_MAX, order);
        counts.truncate(FACET_VALUES_MAX);
    }
    counts.sort_unstable_by(order);
    let values = counts.into_iter().take(FACET_VALUES_MAX).map(|((label, value), count)| {
        FacetValue { value: value.to_owned(), label: label.to_owned(), count }
    });
    Facet { name: name.to_owned(), values: values.collect() }
}
