//! What the evaluator needs to know of a text index: a question in words, hits with a score. The
//! index itself lives in the room `index`, which the store does not know. The surprise: hits name terms by their numbers in the
//! store, because thousands of them are joined and few are shown.

use oxigraph::model::NamedNode;

/// One `text:query` pattern, after its lists have been read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextQuery {
    /// The words as the asker wrote them.
    pub words: String,
    /// Properties to search in; empty for all that are indexed.
    pub properties: Vec<NamedNode>,
    /// At most so many hits, best first.
    pub hits_max: usize,
}

/// One hit of a text search. Terms are numbers that [`Store::number`](super::Store::number) gives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextHit {
    /// The resource that was found.
    pub subject: u32,
    /// Relevance, higher is better; comparable only inside one search.
    pub score: f32,
    /// The literal that matched.
    pub literal: Option<u32>,
    /// The property that holds the literal.
    pub property: Option<u32>,
    /// The named graph of the document that the hit belongs to.
    pub graph: Option<u32>,
}

/// A source of hits for `text:query`.
pub trait TextSearch: Send + Sync {
    /// Hits for `query`, best first, at most `query.hits_max`. Any words are allowed; words that
    /// match nothing give no hits.
    fn search_text(&self, query: &TextQuery) -> Vec<TextHit>;
}
