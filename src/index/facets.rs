//! What was found, counted by each axis. In: entries that passed the filters; out: facets with the values that occur, most hits first. Guarantee: counts are
//! exact, over all that was found and not over the page.

use std::cmp::Reverse;
use std::sync::Arc;

use super::axis::Axis;
use super::entry::{EntryKind, Facet, FacetValue};
use super::filters::{HAS_TARGETS, TARGETS};
use super::reader::Contents;
use super::tag_sets::add;
use super::top::first_of;

/// A facet lists at most so many values.
pub(crate) const FACET_VALUES_MAX: usize = 200;

/// Counts every facet over what was found, which ascends.
pub(crate) fn count_facets(index: &Contents, found: &[(u32, f32)]) -> Vec<Facet> {
    let ordinals = || found.iter().map(|&(ordinal, _)| ordinal);
    let mut targets = [0_u32; 2];
    for ordinal in ordinals() {
        add(&mut targets, u32::from(index.has_targets.has(ordinal)), 1);
    }
    let tags = index.tag_sets.count(ordinals(), index.values.len());
    let mut facets = vec![named_facet("kind", count_kinds(index, found))];
    facets.extend(Axis::ALL.into_iter().map(|axis| axis_facet(index, axis, &tags)));
    facets.push(named_facet(TARGETS, HAS_TARGETS.into_iter().zip(targets).collect()));
    facets
}

/// How much was found of each kind.
fn count_kinds(index: &Contents, found: &[(u32, f32)]) -> Vec<(&'static str, u32)> {
    // Entries stand in the order of their kinds.
    let count = |kind: EntryKind| {
        let places = index.kind_range(kind);
        let start = found.partition_point(|(ordinal, _)| *ordinal < places.start);
        let end = found.partition_point(|(ordinal, _)| *ordinal < places.end);
        (kind.name(), u32::try_from(end - start).unwrap_or(u32::MAX))
    };
    EntryKind::ALL.into_iter().map(count).collect()
}

/// The facet of values that are their own names.
fn named_facet(name: &str, mut counts: Vec<(&str, u32)>) -> Facet {
    counts.retain(|(_, count)| *count > 0);
    counts.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let values = counts.into_iter().map(|(name, count)| {
        let name = Arc::from(name);
        facet_value(&name, &name, count)
    });
    Facet { name: name.to_owned(), values: values.collect() }
}

/// The facet of an axis, of which `counts` has all values of all axes.
fn axis_facet(index: &Contents, axis: Axis, counts: &[u32]) -> Facet {
    let places = index.values.places_on(axis);
    let own = (0_u32..).zip(counts).skip(places.start).take(places.len());
    let own = own
        .filter(|(_, count)| **count > 0)
        .map(|(place, count)| (Reverse(*count), index.values.rank(place), place));
    // There may be as many values as documents: only those that are listed are put in order.
    let listed = first_of(own, (FACET_VALUES_MAX, places.len()), Ord::cmp);
    let values = listed.into_iter().filter_map(|(Reverse(count), _, place)| {
        let value = index.values.get(place)?;
        Some(facet_value(&value.iri, &value.label, count))
    });
    Facet { name: axis.name().to_owned(), values: values.collect() }
}

fn facet_value(value: &Arc<str>, label: &Arc<str>, count: u32) -> FacetValue {
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    FacetValue { value: Arc::clone(value), label: Arc::clone(label), count }
}
