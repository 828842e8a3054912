//! Zhengtu's own index as an engine: 智能 with the words as they are typed, 精确 with each piece as a search within results. Both count all facets, and show ten hits with snippets and reasons.

use super::answering::Engine;
use super::questions::Question;
use oxigraph::model::TermRef;
use rustc_hash::FxHasher;
use std::hash::{Hash, Hasher};
use std::path::Path;
use zhengtu::index::{Index, IndexSummary, Mode, Search, write_index};

use super::entries::Entries;

/// Terms of a graph with a hundred measures.
const TERMS_OF_HUNDRED: u64 = 3_000;

/// Writes the index. The numbers of terms are as many and as far apart as in a graph, so that they take as much room.
pub(crate) fn write(dir: &Path, entries: &Entries<'_>) -> anyhow::Result<IndexSummary> {
    let terms = (entries.corpus.measures as u64 * TERMS_OF_HUNDRED / 100).max(1);
    let number = move |term: TermRef<'_>| {
        let mut hasher = FxHasher::default();
        match term {
            TermRef::NamedNode(node) => node.as_str().hash(&mut hasher),
            TermRef::Literal(literal) => literal.value().hash(&mut hasher),
            TermRef::BlankNode(_) => {}
        }
        u32::try_from((hasher.finish() >> 20) % terms).ok()
    };
    Ok(write_index(dir, entries, &number)?)
}

/// An index in one of its modes.
pub(crate) struct Zhengtu {
    pub(crate) index: Index,
    pub(crate) mode: Mode,
}

impl Zhengtu {
    fn search(&self, question: &Question, hits_max: usize) -> Search {
        let (words, within) = match (self.mode, question.pieces.split_first()) {
            (Mode::Exact, Some((first, rest))) => (first.clone(), rest.to_vec()),
            _ => (question.words.clone(), Vec::new()),
        };
        Search { words, within, mode: self.mode, hits_max, ..Search::default() }
    }
}

impl Engine for Zhengtu {
    fn answer(&self, question: &Question) -> Option<usize> {
        Some(self.index.search(&self.search(question, 10)).total)
    }

    fn all(&self, question: &Question, max: usize) -> Vec<String> {
        let results = self.index.search(&self.search(question, max));
        results.hits.into_iter().map(|hit| hit.iri).collect()
    }
}
