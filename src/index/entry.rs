//! What goes into the index and what comes out of it. Plain data.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::axis::{Axis, Tag};

/// A resource's IRI with the name shown for it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Label {
    /// The full IRI.
    pub iri: String,
    /// The name in Chinese.
    pub label: String,
}

/// What kind of thing a hit is. The order is the order of listing at equal rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EntryKind {
    /// A policy document.
    Document,
    /// A measure of a document.
    Measure,
    /// A target of a measure or document.
    Target,
    /// A department or other body.
    Department,
    /// An indicator.
    Indicator,
    /// An administrative division.
    Place,
    /// A named action, project or pilot.
    Programme,
}

impl EntryKind {
    /// All kinds in the order of listing.
    pub const ALL: [Self; 7] = [
        Self::Document,
        Self::Measure,
        Self::Target,
        Self::Department,
        Self::Indicator,
        Self::Place,
        Self::Programme,
    ];

    /// Its name in parameters and in the facet `kind`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Measure => "measure",
            Self::Target => "target",
            Self::Department => "department",
            Self::Indicator => "indicator",
            Self::Place => "place",
            Self::Programme => "programme",
        }
    }

    /// The kind of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The kind at this place of the order, the last one for any place behind it.
    pub(crate) fn from_number(number: u32) -> Self {
        Self::ALL.into_iter().find(|kind| *kind as u32 == number).unwrap_or(Self::Programme)
    }
}

/// One searchable literal of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// IRI of the property that holds the literal, e.g. `…ontology#text`.
    pub property: String,
    /// The literal's text, exactly as in the graph.
    pub text: String,
    /// Language tag of the literal, empty for a plain string.
    pub language: String,
}

/// One resource to be found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The resource.
    pub iri: String,
    /// What it is.
    pub kind: EntryKind,
    /// The name shown for a hit; also searched, with the highest weight.
    pub title: String,
    /// Other names (市发改委 for 市发展改革委). A query that contains one also finds entries whose
    /// text has the title or another of the names.
    pub aliases: Vec<String>,
    /// The literals searched.
    pub fields: Vec<Field>,
    /// Document number in canonical form, for documents and what they hold.
    pub number: Option<String>,
    /// The document that holds it.
    pub document: Option<Label>,
    /// The chapter of a measure.
    pub chapter: Option<Label>,
    /// The departments in charge.
    pub departments: Vec<Label>,
    /// Its targets, with their names.
    pub targets: Vec<Label>,
    /// What else it can be filtered by; document, chapter and departments need not be repeated. Not kept with it in an index, where they
    /// stand in columns.
    #[serde(skip)]
    pub tags: Vec<Tag>,
    /// The day of its document as `20240131`, to be sorted by.
    pub date: Option<u32>,
    /// The first day on which one of its targets is due, in the same form.
    pub deadline: Option<u32>,
}

impl Entry {
    /// Everything that it can be filtered by.
    pub(crate) fn all_tags(&self) -> impl Iterator<Item = (Axis, &Label)> {
        let of = |axis: Axis| move |label| (axis, label);
        let own = self.tags.iter().map(|tag| (tag.axis, &tag.label));
        self.document
            .iter()
            .map(of(Axis::Document))
            .chain(self.chapter.iter().map(of(Axis::Chapter)))
            .chain(self.departments.iter().map(of(Axis::Department)))
            .chain(own)
    }
}

/// In what order hits come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// The most relevant first.
    #[default]
    Relevance,
    /// The latest documents first.
    Date,
    /// What is due first comes first; what has no day is last.
    Deadline,
}

impl Sort {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Relevance, Self::Date, Self::Deadline];

    /// Its name in parameters.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Relevance => "relevance",
            Self::Date => "date",
            Self::Deadline => "deadline",
        }
    }
}

/// How words are looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// 智能: words, names in all their forms, numbers as numbers; when nothing has all words, most of them.
    #[default]
    Smart,
    /// 精确: the characters as they stand, wherever they stand.
    Exact,
    /// 整词: the characters as they stand, on borders of words and numbers.
    Word,
}

impl Mode {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Smart, Self::Exact, Self::Word];

    /// Its name in parameters.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Smart => "smart",
            Self::Exact => "exact",
            Self::Word => "word",
        }
    }
}

/// Further words within results that are taken: each costs a search.
pub const WITHIN_MAX: usize = 8;

/// A search as asked for.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Search {
    /// Words as typed.
    pub words: String,
    /// Words that what is found must have as well, each looked for on its own: a search within results.
    pub within: Vec<String>,
    /// Only these kinds; empty for all.
    pub kinds: Vec<EntryKind>,
    /// How they are looked for.
    pub mode: Mode,
    /// Whether only titles are looked at.
    pub titles_only: bool,
    /// Only what has these values (IRIs, or years).
    pub filters: Vec<(Axis, String)>,
    /// Only what has targets, or has none.
    pub has_targets: Option<bool>,
    /// In what order.
    pub sort: Sort,
    /// Hits to skip.
    pub offset: usize,
    /// Hits to return; 0 for facets only.
    pub hits_max: usize,
}

/// A piece of a snippet: in order they make up the text shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// The characters.
    pub text: String,
    /// Whether they matched.
    pub hit: bool,
}

/// One thing found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hit {
    /// The resource.
    pub iri: String,
    /// What it is.
    pub kind: EntryKind,
    /// Its name, marked.
    pub title: Vec<Segment>,
    /// The best sentence around the hit, marked; empty where the title says it all.
    pub snippet: Vec<Segment>,
    /// Relevance, higher is better; comparable only inside one search.
    pub score: f32,
    /// The document that holds it.
    pub document: Option<Label>,
    /// The chapter of a measure.
    pub chapter: Option<Label>,
    /// The departments in charge.
    pub departments: Vec<Label>,
    /// Its targets.
    pub targets: Vec<Label>,
    /// Why it was found: what answers each part of the question.
    pub reasons: Vec<Reason>,
    /// Parts of the question that it does not answer, in a relaxed answer.
    pub missing: Vec<String>,
}

/// Where the answer to a part of a question stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    /// In its title.
    Title,
    /// In another of its names.
    Name,
    /// In the number of its document.
    Number,
    /// In one of its texts.
    Text,
    /// It is a department in charge.
    Department,
}

/// What answers one part of a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// The part as it was understood, with width, case and traditional characters folded.
    pub asked: String,
    /// The characters that answer it, as they stand there.
    pub found: String,
    /// Where they stand.
    pub place: Place,
}

/// A shared text, as any other.
fn as_text<S: serde::Serializer>(text: &Arc<str>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(text)
}

/// One value of a facet with its count under the search's filters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FacetValue {
    /// IRI, or the kind's name for the facet `kind`.
    #[serde(serialize_with = "as_text")]
    pub value: Arc<str>,
    /// The name shown.
    #[serde(serialize_with = "as_text")]
    pub label: Arc<str>,
    /// Hits with this value.
    pub count: usize,
}

/// A way to narrow the search: `kind`, `targets`, or an [`Axis`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Facet {
    /// Its name, which is also its parameter.
    pub name: String,
    /// Values, most hits first.
    pub values: Vec<FacetValue>,
}

/// The answer to a [`Search`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Results {
    /// Hits in all, before paging.
    pub total: usize,
    /// The page of hits asked for, best first.
    pub hits: Vec<Hit>,
    /// Counts over all hits.
    pub facets: Vec<Facet>,
    /// Whether nothing had all the words, so that these hits have only most of them.
    pub relaxed: bool,
}
