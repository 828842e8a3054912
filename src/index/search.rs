//! A search to its results: what matches under the filters, ranked, counted and marked.
//!
//! In: a [`Search`]. Out: [`Results`]. Guarantees: no search fails; totals and facet counts are exact;
//! equal scores stand in the order of listing (kind, then IRI). Surprising: words that ask for nothing at all
//! (no words) list everything under the filters, words that cannot be found (only marks) list nothing.

use super::entry::{Entry, EntryKind, Facet, FacetValue, Hit, Results, Search};
use super::marks::Marks;
use super::matches::Matches;
use super::matching::{Grain, Lookup};
use super::question::parse_question;
use super::reader::{Contents, EntryFacts, Index};
use super::snippet::{first_sentence, mark_title, snippet};

/// Raises what the whole question names above everything that only mentions it.
const WHOLE_NAME_SCORE: f32 = 1_000.0;
/// A facet lists at most so many values.
const FACET_VALUES_MAX: usize = 200;

impl Index {
    /// Answers `search`.
    pub fn search(&self, search: &Search) -> Results {
        self.contents().search(search)
    }
}

impl Contents {
    fn search(&self, search: &Search) -> Results {
        let question = parse_question(&search.words, &self.names);
        let lookup = Lookup::new(self, Grain::Entry);
        let mut matches = if search.words.trim().is_empty() {
            Matches::all(self.entries.len())
        } else {
            lookup.match_question(&question, Matches::all(self.entries.len()))
        };
        let named = lookup.match_names(&question.names).scored(WHOLE_NAME_SCORE);
        matches = matches.or_sum(named);
        let nothing_has_all = matches.is_empty();
        if nothing_has_all {
            matches = lookup.match_most(&question);
        }
        let filters = Filters::new(self, search);
        let mut found: Vec<(u32, f32)> = matches
            .iter()
            .filter(|&(ordinal, _)| {
                self.entry_facts(ordinal).is_some_and(|facts| filters.allow(facts))
            })
            .collect();
        let facets = self.count_facets(&found);
        let total = found.len();
        let page = best(&mut found, search.offset, search.hits_max);
        let marks = Marks::new(&question, &self.finder);
        let hits = page
            .iter()
            .filter_map(|&(ordinal, score)| Some(hit(self.read_entry(ordinal)?, score, &marks)))
            .collect();
        Results { total, hits, facets, relaxed: nothing_has_all && total > 0 }
    }

    /// Counts every facet over what was found.
    fn count_facets(&self, found: &[(u32, f32)]) -> Vec<Facet> {
        let mut kinds = vec![0_usize; EntryKind::ALL.len()];
        let mut departments = vec![0_usize; self.labels.len()];
        let mut documents = departments.clone();
        let mut chapters = departments.clone();
        for facts in found.iter().filter_map(|&(ordinal, _)| self.entry_facts(ordinal)) {
            count(&mut kinds, [facts.kind as u32]);
            count(&mut departments, facts.departments.iter().copied());
            count(&mut documents, facts.document);
            count(&mut chapters, facts.chapter);
        }
        let kinds = EntryKind::ALL.iter().map(|kind| (kind.name(), kind.name())).zip(kinds);
        vec![
            facet("kind", kinds),
            facet("department", self.label_names().zip(departments)),
            facet("document", self.label_names().zip(documents)),
            facet("chapter", self.label_names().zip(chapters)),
        ]
    }

    /// Name and IRI of every label.
    fn label_names(&self) -> impl Iterator<Item = (&str, &str)> {
        self.labels.iter().map(|label| (label.label.as_str(), label.iri.as_str()))
    }
}

/// Adds one to the count of each place.
fn count(counts: &mut [usize], places: impl IntoIterator<Item = u32>) {
    for place in places {
        let slot = usize::try_from(place).ok().and_then(|place| counts.get_mut(place));
        if let Some(slot) = slot {
            *slot += 1;
        }
    }
}

/// A facet of the values (label and value) that occur, most hits first.
fn facet<'a>(name: &str, counts: impl Iterator<Item = ((&'a str, &'a str), usize)>) -> Facet {
    let mut counts: Vec<_> = counts.filter(|&(_, count)| count > 0).collect();
    counts.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    let values = counts.into_iter().take(FACET_VALUES_MAX).map(|((label, value), count)| {
        FacetValue { value: value.to_owned(), label: label.to_owned(), count }
    });
    Facet { name: name.to_owned(), values: values.collect() }
}

/// The `hits_max` best after the first `offset`, best first.
pub(crate) fn best(found: &mut [(u32, f32)], offset: usize, hits_max: usize) -> &[(u32, f32)] {
    let order = |a: &(u32, f32), b: &(u32, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
    let end = offset.saturating_add(hits_max).min(found.len());
    let start = offset.min(end);
    if start == end {
        return &[];
    }
    if end < found.len() {
        found.select_nth_unstable_by(end, order);
    }
    let Some(head) = found.get_mut(..end) else { return &[] };
    head.sort_unstable_by(order);
    head.get(start..).unwrap_or_default()
}

fn hit(entry: Entry, score: f32, marks: &Marks) -> Hit {
    let title = mark_title(&entry.title, marks);
    let texts = entry.fields.iter().map(|field| field.text.as_str());
    let texts: Vec<&str> = texts.filter(|text| *text != entry.title).collect();
    let title_is_marked = title.iter().any(|segment| segment.hit);
    let aliases: Vec<&str> = entry.aliases.iter().map(String::as_str).collect();
    let shown = match snippet(&texts, marks) {
        Some(found) => found,
        None if title_is_marked => Vec::new(),
        // Another name may be all that matched; without any mark, the text tells what was found.
        None => snippet(&aliases, marks)
            .or_else(|| texts.first().map(|text| first_sentence(text)))
            .unwrap_or_default(),
    };
    Hit {
        iri: entry.iri,
        kind: entry.kind,
        title,
        snippet: shown,
        score,
        document: entry.document,
        chapter: entry.chapter,
        departments: entry.departments,
    }
}

/// The filters of a search, as places in the labels.
struct Filters<'a> {
    kinds: &'a [EntryKind],
    /// `None` for an IRI that no entry carries: nothing passes.
    departments: Vec<Option<u32>>,
    documents: Vec<Option<u32>>,
    chapters: Vec<Option<u32>>,
}

impl<'a> Filters<'a> {
    fn new(index: &Contents, search: &'a Search) -> Self {
        let places =
            |iris: &[String]| iris.iter().map(|iri| index.label_places.get(iri).copied()).collect();
        Self {
            kinds: &search.kinds,
            departments: places(&search.departments),
            documents: places(&search.documents),
            chapters: places(&search.chapters),
        }
    }

    fn allow(&self, facts: &EntryFacts) -> bool {
        let one_of = |asked: &[Option<u32>], place: Option<u32>| {
            asked.is_empty() || (place.is_some() && asked.contains(&place))
        };
        let has =
            |asked: &Option<u32>| asked.is_some_and(|place| facts.departments.contains(&place));
        (self.kinds.is_empty() || self.kinds.contains(&facts.kind))
            && self.departments.iter().all(has)
            && one_of(&self.documents, facts.document)
            && one_of(&self.chapters, facts.chapter)
    }
}
