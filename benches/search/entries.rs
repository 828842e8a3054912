//! The measures as entries of an index, as `release::catalog` makes them of a graph: documents, measures, targets, departments, indicators,
//! places and programmes, with tags, days and labels. In: a [`Corpus`]; out: an [`EntrySource`]. Surprising: an entry is made anew each time it is
//! asked for, so that indexing pays for making it, as it pays for reading a graph.

use super::corpus::{Corpus, MEASURES_EACH, Measure, Paper, SHORT_NAMES, level, local_name};
use super::quads::ZT;
use super::reference::{
    BASE, COUNTIES_EACH, FUNCTIONS, Indicator, PROGRAMMES, Place, agency, programme,
};
use std::ops::Range;
use zhengtu::index::{Axis, Entry, EntryKind, EntrySource, Field, Label, Tag};

/// All entries of a corpus.
pub(crate) struct Entries<'a> {
    pub(crate) corpus: &'a Corpus,
    /// Departments, indicators, places and programmes, in the order of listing.
    entities: Vec<Entry>,
}

impl<'a> Entries<'a> {
    pub(crate) fn of(corpus: &'a Corpus) -> Self {
        let mut entities: Vec<Entry> = (0..Indicator::COUNT).map(indicator).collect();
        for issuer in Place::issuers() {
            entities.push(place_entry(issuer));
            if let Place::City(province, city) = issuer {
                let county = |county| place_entry(Place::County(province, city, county));
                entities.extend((0..COUNTIES_EACH).map(county));
            }
            entities.push(government(issuer));
            entities.extend((0..FUNCTIONS.len()).map(|function| department(issuer, function)));
        }
        entities.extend((0..PROGRAMMES).map(|number| {
            let name = programme(number);
            let fields = vec![field(RDFS_LABEL, &name, "zh")];
            Entry { fields, ..entry(programme_iri(&name), EntryKind::Programme, name) }
        }));
        entities.sort_by(|a, b| (a.kind, &a.iri).cmp(&(b.kind, &b.iri)));
        entities.dedup_by(|a, b| a.iri == b.iri);
        Self { corpus, entities }
    }

    fn entry(&self, place: usize) -> Option<Entry> {
        let corpus = self.corpus;
        let (papers, targets) = (corpus.papers.len(), corpus.targets_before.last()?);
        if let Some(paper) = corpus.papers.get(place) {
            return Some(self.document(paper));
        }
        let place = place - papers;
        if place < corpus.measures {
            return self.measure(place);
        }
        let place = place - corpus.measures;
        if place < *targets {
            return self.target(place);
        }
        self.entities.get(place - targets).cloned()
    }

    fn document(&self, paper: &Paper) -> Entry {
        let (own, issuer) = (paper_label(paper), government_label(paper.place));
        let mut fields =
            vec![field("title", &own.label, ""), field("documentNumber", &paper.key, "")];
        fields.extend(self.corpus.own_texts(paper).iter().map(|text| field(WHOLE_TEXT, text, "")));
        Entry {
            number: Some(paper.key.clone()),
            departments: vec![issuer],
            tags: self.tags_of(paper),
            date: u32::try_from(paper.date()).ok(),
            fields,
            document: Some(own.clone()),
            ..entry(own.iri, EntryKind::Document, own.label)
        }
    }

    fn measure(&self, number: usize) -> Option<Entry> {
        let (paper, measure) = (self.corpus.paper_of(number)?, self.corpus.measure(number)?);
        let iri = format!("{BASE}measure/{}.{:02}", paper.key, number % MEASURES_EACH + 1);
        let mut tags = self.tags_of(paper);
        for duty in &measure.duties {
            let axis = if duty.is_lead { Axis::Lead } else { Axis::Support };
            tags.push(Tag::new(axis, department_label(paper.place, duty.function)));
            tags.push(function_tag(duty.function));
        }
        for goal in &measure.goals {
            tags.extend(goal_tags(&goal.indicator, goal.year));
        }
        tags.extend(measure.programme.iter().map(|name| {
            Tag::new(Axis::Programme, Label { iri: programme_iri(name), label: name.clone() })
        }));
        let (ordinal, heading) = paper.chapter(Corpus::chapter_of(number));
        let chapter =
            Label { iri: format!("{BASE}section/{}.{ordinal}", paper.key), label: heading };
        let targets = (0..measure.goals.len()).map(|at| target_label(paper, number, &measure, at));
        let department = |function: usize| department_label(paper.place, function);
        Some(Entry {
            number: Some(paper.key.clone()),
            document: Some(paper_label(paper)),
            chapter: Some(chapter),
            departments: measure.duties.iter().map(|duty| department(duty.function)).collect(),
            targets: targets.flatten().collect(),
            tags: sorted(tags),
            date: u32::try_from(paper.date()).ok(),
            deadline: measure.goals.iter().filter_map(|goal| deadline(goal.year)).min(),
            fields: vec![field("heading", &measure.heading, ""), field("text", &measure.text, "")],
            ..entry(iri, EntryKind::Measure, measure.heading)
        })
    }

    fn target(&self, place: usize) -> Option<Entry> {
        let before = &self.corpus.targets_before;
        let number = before.partition_point(|targets| *targets <= place) - 1;
        let at = place - before.get(number)?;
        let (paper, measure) = (self.corpus.paper_of(number)?, self.corpus.measure(number)?);
        let own = target_label(paper, number, &measure, at)?;
        let goal = measure.goals.get(at)?;
        let mut tags = self.tags_of(paper);
        tags.extend(goal_tags(&goal.indicator, goal.year));
        Some(Entry {
            number: Some(paper.key.clone()),
            document: Some(paper_label(paper)),
            tags: sorted(tags),
            date: u32::try_from(paper.date()).ok(),
            deadline: deadline(goal.year),
            fields: vec![field(RDFS_LABEL, &own.label, "zh"), field("quote", &goal.phrase, "")],
            ..entry(own.iri, EntryKind::Target, own.label)
        })
    }

    /// What everything in a document has of it.
    fn tags_of(&self, paper: &Paper) -> Vec<Tag> {
        let (year, (letters, serial)) = (paper.year().to_string(), paper.number_parts());
        let form =
            Label { iri: format!("{BASE}kind/{}", paper.form()), label: paper.form().to_owned() };
        let mut tags = regions(paper.place);
        tags.extend([
            Tag::plain(Axis::Year, &year),
            Tag::new(Axis::Form, form),
            Tag::new(Axis::Issuer, government_label(paper.place)),
            Tag::plain(Axis::Series, &letters),
            Tag::plain(Axis::NumberYear, &year),
            Tag::plain(Axis::Serial, &serial),
        ]);
        let other = self.corpus.carried_out_by(paper);
        tags.extend(other.map(|other| Tag::new(Axis::Implements, paper_label(other))));
        sorted(tags)
    }
}

impl EntrySource for Entries<'_> {
    fn count(&self) -> usize {
        let targets = self.corpus.targets_before.last().copied().unwrap_or_default();
        self.corpus.papers.len() + self.corpus.measures + targets + self.entities.len()
    }

    fn duplicates(&self) -> usize {
        0
    }

    fn entries(&self, places: Range<usize>) -> Vec<Entry> {
        places.filter_map(|place| self.entry(place)).collect()
    }
}

const RDFS_LABEL: &str = "http://www.w3.org/2000/01/rdf-schema#label";
const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";
const WHOLE_TEXT: &str = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#isString";

/// A literal; a property without a namespace is one of ours.
fn field(property: &str, text: &str, language: &str) -> Field {
    let namespace = if property.contains(':') { "" } else { ZT };
    Field {
        property: format!("{namespace}{property}"),
        text: text.to_owned(),
        language: language.to_owned(),
    }
}

fn entry(iri: String, kind: EntryKind, title: String) -> Entry {
    Entry {
        iri,
        kind,
        title,
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

/// An entity with its names.
fn entity(label: Label, kind: EntryKind, mut aliases: Vec<String>, tags: Vec<Tag>) -> Entry {
    aliases.sort();
    let mut fields = vec![field(&format!("{SKOS}prefLabel"), &label.label, "zh")];
    let other = format!("{SKOS}altLabel");
    fields.extend(aliases.iter().map(|alias| field(&other, alias, "zh")));
    Entry { aliases, fields, tags: sorted(tags), ..entry(label.iri, kind, label.label) }
}

fn indicator(number: usize) -> Entry {
    let indicator = Indicator::new(number);
    let label = Label { iri: indicator.iri(), label: indicator.name };
    entity(label, EntryKind::Indicator, Vec::new(), Vec::new())
}

fn place_entry(place: Place) -> Entry {
    let label = Label { iri: place.iri(), label: place.name() };
    let wider = place.parent().map(regions).unwrap_or_default();
    entity(label, EntryKind::Place, vec![place.short_name()], wider)
}

fn government(place: Place) -> Entry {
    let aliases = vec![format!("{}政府", place.short_name()), format!("{}政府", level(place))];
    entity(government_label(place), EntryKind::Department, aliases, regions(place))
}

fn department(place: Place, function: usize) -> Entry {
    let end = FUNCTIONS.get(function).map_or("", |(_, end)| *end);
    let label = department_label(place, function);
    let mut aliases = vec![format!("{}{end}", place.short_name())];
    if place != Place::Country {
        aliases.push(local_name(place, function));
    }
    let short = SHORT_NAMES.iter().find(|(whole, _)| *whole == end);
    aliases.extend(short.map(|(_, short)| format!("{}{short}", level(place))));
    let mut tags = regions(place);
    tags.push(function_tag(function));
    entity(label, EntryKind::Department, aliases, tags)
}

/// A place and those that it is in, but for the country.
fn regions(place: Place) -> Vec<Tag> {
    std::iter::successors(Some(place), |place| place.parent())
        .filter(|place| *place != Place::Country)
        .map(|place| Tag::new(Axis::Region, Label { iri: place.iri(), label: place.name() }))
        .collect()
}

fn goal_tags(indicator: &Indicator, year: usize) -> [Tag; 2] {
    let label = Label { iri: indicator.iri(), label: indicator.name.clone() };
    [Tag::new(Axis::Indicator, label), Tag::plain(Axis::Deadline, &year.to_string())]
}

fn function_tag(function: usize) -> Tag {
    let name = FUNCTIONS.get(function).map_or("", |(name, _)| *name);
    let label = Label { iri: format!("{BASE}function/{name}"), label: name.to_owned() };
    Tag::new(Axis::Function, label)
}

fn paper_label(paper: &Paper) -> Label {
    Label { iri: format!("{BASE}document/{}", paper.key), label: paper.title() }
}

fn government_label(place: Place) -> Label {
    let name = place.government();
    Label { iri: agency(&name), label: name }
}

fn department_label(place: Place, function: usize) -> Label {
    let name = place.department(function);
    Label { iri: agency(&name), label: name }
}

fn target_label(paper: &Paper, number: usize, measure: &Measure, at: usize) -> Option<Label> {
    let goal = measure.goals.get(at)?;
    let item = number % MEASURES_EACH + 1;
    Some(Label {
        iri: format!("{BASE}target/{}.{item:02}-{}", paper.key, at + 1),
        label: format!("{} {}", goal.indicator.name, goal.value),
    })
}

fn programme_iri(name: &str) -> String {
    format!("{BASE}programme/{name}")
}

fn deadline(year: usize) -> Option<u32> {
    u32::try_from(year * 10_000 + 1231).ok()
}

fn sorted(mut tags: Vec<Tag>) -> Vec<Tag> {
    tags.sort_unstable();
    tags.dedup();
    tags
}
