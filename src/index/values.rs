//! The values that entries are narrowed by. In: the tags of an index, in order; out: each value's place, which entries refer to, and what is listed of it. Guarantee: places are those of the tags
//! given. Surprising: names are shared and not copied, because every search lists hundreds of them.

use std::ops::Range;
use std::sync::Arc;

use super::analysis::compact;
use super::axis::{Axis, Tag};

/// One value.
#[derive(Debug)]
pub(crate) struct Value {
    pub(crate) axis: Axis,
    /// Its IRI, or what stands for one.
    pub(crate) iri: Arc<str>,
    /// Its name.
    pub(crate) label: Arc<str>,
    /// Its name, folded for comparison.
    pub(crate) key: String,
}

/// All values, by axis and IRI.
#[derive(Debug, Default)]
pub(crate) struct Values {
    all: Vec<Value>,
    /// The place of each in the order of axes and names, by which equal counts are listed.
    ranks: Vec<u32>,
    /// Where those of each axis begin, and all end.
    starts: Vec<usize>,
}

impl Values {
    /// The values of these tags.
    pub(crate) fn new(tags: Vec<Tag>) -> Self {
        let end_of = |axis: Axis| tags.partition_point(|tag| tag.axis <= axis);
        let starts = std::iter::once(0).chain(Axis::ALL.into_iter().map(end_of)).collect();
        let value = |tag: Tag| Value {
            axis: tag.axis,
            key: compact(&tag.label.label),
            iri: tag.label.iri.into(),
            label: tag.label.label.into(),
        };
        let values: Vec<Value> = tags.into_iter().map(value).collect();
        Self { ranks: ranks_of(&values), all: values, starts }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    /// The value at a place.
    pub(crate) fn get(&self, place: u32) -> Option<&Value> {
        self.all.get(usize::try_from(place).ok()?)
    }

    /// The place of a value.
    pub(crate) fn find(&self, axis: Axis, iri: &str) -> Option<u32> {
        let order = |value: &Value| (value.axis, &*value.iri).cmp(&(axis, iri));
        self.all.binary_search_by(order).ok().and_then(|place| u32::try_from(place).ok())
    }

    /// The values of an axis with their places.
    pub(crate) fn on(&self, axis: Axis) -> impl Iterator<Item = (u32, &Value)> {
        let places = self.places_on(axis);
        (0..).zip(&self.all).skip(places.start).take(places.len())
    }

    /// Where the values of an axis stand.
    pub(crate) fn places_on(&self, axis: Axis) -> Range<usize> {
        let bound = |place: usize| self.starts.get(place).copied().unwrap_or(self.len());
        bound(axis as usize)..bound(axis as usize + 1)
    }

    /// The place of a value in the order of names.
    pub(crate) fn rank(&self, place: u32) -> u32 {
        let rank = usize::try_from(place).ok().and_then(|place| self.ranks.get(place));
        rank.copied().unwrap_or(u32::MAX)
    }
}

/// The place of each value in the order of axes and names.
fn ranks_of(values: &[Value]) -> Vec<u32> {
    let mut order: Vec<(u32, &Value)> = (0..).zip(values).collect();
    order.sort_unstable_by(|(_, a), (_, b)| {
        a.axis.cmp(&b.axis).then_with(|| (&a.label, &a.iri).cmp(&(&b.label, &b.iri)))
    });
    let mut ranks: Vec<(u32, u32)> =
        order.iter().zip(0..).map(|((place, _), rank)| (*place, rank)).collect();
    ranks.sort_unstable();
    ranks.into_iter().map(|(_, rank)| rank).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Label;

    #[test]
    fn values_are_found_by_axis_and_ranked_by_name() {
        let tag = |axis, iri: &str, label: &str| {
            Tag::new(axis, Label { iri: iri.to_owned(), label: label.to_owned() })
        };
        let values = Values::new(vec![
            Tag::plain(Axis::Year, "2024"),
            tag(Axis::Department, "iri:1", "乙局"),
            tag(Axis::Department, "iri:2", "丙 局"),
        ]);
        assert_eq!(values.find(Axis::Department, "iri:2"), Some(2));
        assert_eq!(values.find(Axis::Lead, "iri:2"), None);
        assert_eq!(values.places_on(Axis::Department), 1..3);
        assert_eq!(values.places_on(Axis::Deadline), 3..3);
        assert_eq!(
            values.on(Axis::Department).map(|(place, _)| values.rank(place)).collect::<Vec<_>>(),
            [2, 1]
        );
        assert_eq!(values.get(2).map(|value| value.key.as_str()), Some("丙局"));
    }
}
