//! What an entry can be filtered and sorted by. In: a node of the graph; out: values of axes, and days. Surprising: what a measure or a target is in (place, year, kind,
//! issuer) is that of its document, and a place stands for all places that it is in.

use super::listing::{Links, Listing};
use crate::index::{Axis, EntryKind, Label, Tag};
use crate::store::{Property, Subject};

/// Places above one another: village, township, county, city, province, and one more against a graph that goes in circles.
const LEVELS_MAX: usize = 6;

/// Targets that a hit shows.
const TARGETS_MAX: usize = 12;

/// The days by which an entry is sorted, as `20240131`.
pub(super) struct Days {
    pub(super) date: Option<u32>,
    pub(super) deadline: Option<u32>,
}

impl<'a> Listing<'a, '_> {
    /// Everything that it can be filtered by, with its document, chapter and departments.
    pub(super) fn all_tags(self, kind: EntryKind) -> Vec<Tag> {
        let Links { document, chapter, departments } = self.links(kind);
        let is_document = kind == EntryKind::Document;
        let holder = if is_document { Some(self.node) } else { document };
        let mut tags = self.tags(kind, holder);
        tags.extend(is_document.then(|| Tag::new(Axis::Document, self.own_label())));
        let of = |axis: Axis, node: Subject<'a>| Some(Tag::new(axis, self.label_of(node)?));
        tags.extend(document.and_then(|node| of(Axis::Document, node)));
        tags.extend(chapter.and_then(|node| of(Axis::Chapter, node)));
        tags.extend(departments.into_iter().filter_map(|node| of(Axis::Department, node)));
        tags
    }

    /// What it can be filtered by beside these.
    pub(super) fn tags(self, kind: EntryKind, holder: Option<Subject<'a>>) -> Vec<Tag> {
        let properties = self.properties;
        let mut tags = Vec::new();
        if let Some(document) = holder.map(|node| self.at(node)) {
            tags.extend(document.regions(properties.jurisdiction));
            tags.extend(document.year().map(|year| Tag::plain(Axis::Year, &year)));
            tags.extend(document.linked(Axis::Form, properties.form));
            tags.extend(document.linked(Axis::Issuer, properties.issuer));
            tags.extend(document.linked(Axis::Implements, properties.implements));
            tags.extend(document.number_tags());
        }
        match kind {
            EntryKind::Measure => {
                tags.extend(self.linked(Axis::Lead, properties.lead));
                tags.extend(self.linked(Axis::Shared, properties.shared));
                tags.extend(self.linked(Axis::Support, properties.support));
                tags.extend(self.linked(Axis::Programme, properties.launches));
                for department in self.node.nodes(properties.responsible) {
                    tags.extend(self.at(department).linked(Axis::Function, properties.function));
                }
            }
            EntryKind::Target => tags.extend(self.target_tags()),
            EntryKind::Department => {
                tags.extend(self.linked(Axis::Function, properties.function));
                tags.extend(self.regions(properties.jurisdiction));
            }
            EntryKind::Place => tags.extend(self.regions(properties.within)),
            EntryKind::Document | EntryKind::Indicator | EntryKind::Programme => {}
        }
        for target in self.node.nodes(properties.target) {
            tags.extend(self.at(target).target_tags());
        }
        tags.sort_unstable();
        tags.dedup();
        tags
    }

    /// The targets that it has, with their names.
    pub(super) fn target_labels(self) -> Vec<Label> {
        let targets = self.node.nodes(self.properties.target).take(TARGETS_MAX);
        targets.map(|target| self.at(target).own_label()).collect()
    }

    /// The day of its document, and the first day on which a target is due.
    pub(super) fn days(self, kind: EntryKind, holder: Option<Subject<'a>>) -> Days {
        let properties = self.properties;
        let first = |listing: Self, property: Property| {
            let days = listing.literals(property).filter_map(|field| day(&field.text));
            days.min()
        };
        let date = holder.and_then(|document| first(self.at(document), properties.signed_on));
        let deadline = if kind == EntryKind::Target {
            first(self, properties.deadline)
        } else {
            let targets = self.node.nodes(properties.target);
            targets.filter_map(|target| first(self.at(target), properties.deadline)).min()
        };
        Days { date, deadline }
    }

    fn target_tags(self) -> Vec<Tag> {
        let properties = self.properties;
        let mut tags: Vec<Tag> = self.linked(Axis::Indicator, properties.indicator).collect();
        let years = self.literals(properties.deadline).filter_map(|field| year_of(&field.text));
        tags.extend(years.map(|year| Tag::plain(Axis::Deadline, &year)));
        tags
    }

    fn linked(self, axis: Axis, property: Property) -> impl Iterator<Item = Tag> {
        self.related(property).filter_map(move |node| Some(Tag::new(axis, self.label_of(node)?)))
    }

    /// The places to which a property leads, and those that they are in.
    fn regions(self, property: Property) -> Vec<Tag> {
        let mut tags = Vec::new();
        let mut places: Vec<Subject<'a>> = self.related(property).collect();
        for _ in 0..LEVELS_MAX {
            // What is in nothing is the country, in which everything is.
            let wider = |place: &Subject<'a>| self.at(*place).related(self.properties.within);
            places.retain(|place| wider(place).next().is_some());
            let labels = places.iter().filter_map(|place| self.label_of(*place));
            tags.extend(labels.map(|label| Tag::new(Axis::Region, label)));
            places = places.iter().flat_map(wider).collect();
        }
        tags
    }

    /// The three parts of a document's number.
    fn number_tags(self) -> Vec<Tag> {
        let numbers = self.literals(self.properties.document_number);
        let tags = numbers.filter_map(|number| {
            let (series, year, serial) = number_parts(&number.text)?;
            let parts = [(Axis::Series, series), (Axis::NumberYear, year), (Axis::Serial, serial)];
            Some(parts.map(|(axis, part)| Tag::plain(axis, part)))
        });
        tags.flatten().collect()
    }

    /// The year of a document: of its day, else of its number.
    fn year(self) -> Option<String> {
        let signed =
            self.literals(self.properties.signed_on).find_map(|field| year_of(&field.text));
        signed.or_else(|| {
            let number = self.literals(self.properties.document_number).next()?;
            number.text.split(|c: char| !c.is_ascii_digit()).find_map(year_of)
        })
    }
}

/// Letters, year and number of a document's number in canonical form; nothing for one of another form (令第1号).
fn number_parts(number: &str) -> Option<(&str, &str, &str)> {
    let (series, rest) = number.split_once('〔')?;
    let (year, rest) = rest.split_once('〕')?;
    let serial = rest.strip_suffix('号')?;
    (!series.is_empty() && !serial.is_empty()).then_some((series, year, serial))
}

/// The year that a date begins with.
fn year_of(date: &str) -> Option<String> {
    let year = date.get(..4)?;
    let is_year = year.bytes().all(|byte| byte.is_ascii_digit());
    (is_year && (year.starts_with("19") || year.starts_with("20"))).then(|| year.to_owned())
}

/// A date as a number; what it does not say is zero.
fn day(date: &str) -> Option<u32> {
    let mut parts = date.splitn(3, '-').map(|part| part.get(..part.len().min(4)));
    let year: u32 = parts.next()??.parse().ok()?;
    let mut rest = || parts.next().flatten().and_then(|part| part.parse::<u32>().ok()).unwrap_or(0);
    let (month, day) = (rest(), rest());
    Some(year * 10_000 + month.min(12) * 100 + day.min(31))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_a_document_has_three_parts() {
        assert_eq!(number_parts("鲁绿发〔2024〕11号"), Some(("鲁绿发", "2024", "11")));
        assert_eq!(number_parts("令第1号"), None);
        assert_eq!(number_parts("〔2024〕1号"), None);
    }

    #[test]
    fn a_date_is_a_number_that_sorts_and_what_it_lacks_is_zero() {
        assert_eq!(day("2024-01-31"), Some(20_240_131));
        assert_eq!(day("2024-01"), Some(20_240_100));
        assert_eq!(day("2024"), Some(20_240_000));
        assert_eq!(day("苗圃"), None);
        assert_eq!(year_of("2024-01-31").as_deref(), Some("2024"));
        assert_eq!(year_of("1234"), None);
    }
}
