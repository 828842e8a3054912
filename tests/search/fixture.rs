//! The invented entries, an index of them, and short ways to ask it.

use std::path::PathBuf;

use oxigraph::model::{GraphName, Literal, NamedNode, Quad, Term};
use serde::Deserialize;
use zhengtu::index::{
    Entry, EntryKind, EntryList, Facet, Field, Hit, Index, Label, Mode, Results, Search, Segment,
    write_index,
};
use zhengtu::store::Store;

/// IRIs of the entries begin with this.
pub(crate) const BASE: &str = "https://example.org/";

#[derive(Deserialize)]
struct Given {
    id: String,
    kind: EntryKind,
    title: String,
    #[serde(default)]
    aliases: Vec<String>,
    number: Option<String>,
    of: Option<String>,
    chapter: Option<String>,
    #[serde(default)]
    departments: Vec<String>,
    fields: Vec<String>,
}

fn label(name: &str) -> Label {
    Label { iri: format!("{BASE}{name}"), label: name.to_owned() }
}

/// The entries of `entries.json`.
pub(crate) fn entries() -> Vec<Entry> {
    let given: Vec<Given> = serde_json::from_str(include_str!("entries.json")).unwrap();
    let number_of = |id: &str| given.iter().find(|g| g.id == id).and_then(|g| g.number.clone());
    given
        .iter()
        .map(|g| Entry {
            iri: format!("{BASE}{}", g.id),
            kind: g.kind,
            title: g.title.clone(),
            aliases: g.aliases.clone(),
            fields: std::iter::once((&g.title, "title"))
                .filter(|_| g.kind == EntryKind::Measure || g.kind == EntryKind::Document)
                .chain(g.fields.iter().map(|text| (text, "text")))
                .map(|(text, property)| Field {
                    property: format!("{BASE}{property}"),
                    text: text.clone(),
                    language: "zh".to_owned(),
                })
                .collect(),
            number: g.number.clone().or_else(|| number_of(g.of.as_ref()?)),
            document: g.of.as_deref().map(label),
            chapter: g.chapter.as_deref().map(label),
            departments: g.departments.iter().map(|name| label(name)).collect(),
            targets: Vec::new(),
            tags: Vec::new(),
            date: None,
            deadline: None,
        })
        .collect()
}

/// The same as a source of entries.
pub(crate) fn listed() -> EntryList {
    entries().into_iter().collect()
}

/// The graph that the entries describe.
pub(crate) fn graph() -> Store {
    let quads = entries().into_iter().flat_map(|entry| {
        let graph = entry.document.map_or(entry.iri.clone(), |document| document.iri);
        entry.fields.into_iter().map(move |field| {
            let literal = Literal::new_language_tagged_literal(field.text, field.language);
            let [subject, predicate, graph] =
                [&entry.iri, &field.property, &graph].map(|iri| NamedNode::new(iri).unwrap());
            Quad::new(subject, predicate, literal.unwrap(), graph)
        })
    });
    quads.collect()
}

/// The node of a short name.
pub(crate) fn node(name: &str) -> NamedNode {
    NamedNode::new(format!("{BASE}{name}")).unwrap()
}

/// The name of a graph as a term; the default graph has none.
pub(crate) fn as_term(graph: GraphName) -> Term {
    match graph {
        GraphName::NamedNode(name) => name.into(),
        other => panic!("{other} is no named graph"),
    }
}

/// A directory of this test's own, removed when dropped.
pub(crate) struct Dir(pub(crate) PathBuf);

impl Dir {
    pub(crate) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("zhengtu-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        Self(path)
    }
}

impl Drop for Dir {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// An index of all entries.
pub(crate) fn index(name: &str) -> (Dir, Index) {
    let dir = Dir::new(name);
    let graph = graph();
    write_index(&dir.0, &listed(), &|term| graph.number(term)).unwrap();
    let index = Index::open(&dir.0).unwrap();
    (dir, index)
}

/// The answer to words alone.
pub(crate) fn ask(index: &Index, words: &str) -> Results {
    index.search(&Search { words: words.to_owned(), hits_max: 100, ..Search::default() })
}

/// The same for the characters as they stand.
pub(crate) fn ask_exactly(index: &Index, words: &str) -> Results {
    let search = Search { mode: Mode::Exact, hits_max: 100, ..Search::default() };
    index.search(&Search { words: words.to_owned(), ..search })
}

/// The short names of hits, in order.
pub(crate) fn ids(hits: &[Hit]) -> Vec<String> {
    hits.iter().map(|hit| hit.iri.trim_start_matches(BASE).to_owned()).collect()
}

/// The marked pieces.
pub(crate) fn marked(segments: &[Segment]) -> Vec<&str> {
    segments.iter().filter(|segment| segment.hit).map(|segment| segment.text.as_str()).collect()
}

/// Labels and counts of one facet.
pub(crate) fn counts(facets: &[Facet], name: &str) -> Vec<(String, usize)> {
    let facet = facets.iter().find(|facet| facet.name == name).unwrap();
    facet.values.iter().map(|value| (value.label.to_string(), value.count)).collect()
}

/// Every run of 2 to 12 Chinese characters of every literal.
pub(crate) fn substrings() -> Vec<(String, String)> {
    let is_han = |c: &char| ('\u{4E00}'..='\u{9FFF}').contains(c);
    let mut all = Vec::new();
    for entry in entries() {
        for text in std::iter::once(&entry.title).chain(entry.fields.iter().map(|f| &f.text)) {
            let chars: Vec<char> = text.chars().collect();
            for start in 0..chars.len() {
                let run = chars[start..].iter().take_while(|c| is_han(c)).count();
                for len in 2..=run.min(12) {
                    all.push((entry.iri.clone(), chars[start..start + len].iter().collect()));
                }
            }
        }
    }
    all
}
