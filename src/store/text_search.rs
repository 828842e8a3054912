//! What the evaluator needs to know of a text index: a question in words, hits with a score, and how to show them. The
//! index itself lives in the room `index`, which the store does not know. The surprise: hits name terms by their numbers in the
//! store, because thousands of them are joined and few are shown; and what shows them outlives the search, for the same reason.

use oxigraph::model::NamedNode;
use std::fmt;
use std::sync::Arc;

/// How words are looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum TextMode {
    /// A literal has all of them, as in the search box: quotes ask for the exact words, a minus excludes.
    #[default]
    All,
    /// It has at least one of them.
    Any,
    /// It has them side by side in this order, and neither end stands inside a word or number.
    Phrase,
    /// It has these characters, wherever they stand.
    Exact,
    /// A resource has all of them in its texts together, as in the search box, with everything that one does: fields, names in all
    /// their forms, most of the words where nothing has all.
    Smart,
}

impl TextMode {
    /// All modes.
    pub const ALL: [Self; 5] = [Self::All, Self::Any, Self::Phrase, Self::Exact, Self::Smart];

    /// Its name in a query.
    pub const fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Any => "any",
            Self::Phrase => "phrase",
            Self::Exact => "exact",
            Self::Smart => "smart",
        }
    }

    /// The mode of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.name() == name)
    }
}

/// What stands before and after a match in a snippet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Highlight {
    /// Before it.
    pub before: String,
    /// After it.
    pub after: String,
}

impl Default for Highlight {
    fn default() -> Self {
        Self { before: "【".to_owned(), after: "】".to_owned() }
    }
}

/// One `text:query` pattern, after its lists have been read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextQuery {
    /// The words as the asker wrote them.
    pub words: String,
    /// How they are looked for.
    pub mode: TextMode,
    /// Properties to search in; empty for all that are indexed. In mode `smart` there are none.
    pub properties: Vec<NamedNode>,
    /// At most so many hits, best first.
    pub hits_max: usize,
    /// Whether the number of all hits is wanted.
    pub is_counted: bool,
    /// The marks of snippets, where these are wanted.
    pub highlight: Option<Highlight>,
}

/// One hit of a text search. Terms are numbers that [`Store::number`](super::Store::number) gives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextHit {
    /// The resource that was found.
    pub subject: u32,
    /// Relevance, higher is better; comparable only inside one search.
    pub score: f32,
    /// The literal that matched; in mode `smart` the title, where the graph has it.
    pub literal: Option<u32>,
    /// The property that holds the literal.
    pub property: Option<u32>,
    /// The named graph of the document that the hit belongs to.
    pub graph: Option<u32>,
}

/// Makes the snippets of one search.
#[derive(Clone)]
pub struct Snippets(Arc<dyn Fn(&str) -> String + Send + Sync>);

impl fmt::Debug for Snippets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Snippets")
    }
}

impl Snippets {
    /// Snippets made by `make` of the text of a literal.
    pub fn new(make: impl Fn(&str) -> String + Send + Sync + 'static) -> Self {
        Self(Arc::new(make))
    }

    /// The best sentence of `text` with marks around what was found.
    pub fn of(&self, text: &str) -> String {
        (self.0)(text)
    }
}

/// What a text search found.
#[derive(Clone, Debug, Default)]
pub struct TextHits {
    /// The best, in the order of rank.
    pub hits: Vec<TextHit>,
    /// How many there are without the limit, if they were to be counted; else at least as many as were found.
    pub total: usize,
    /// What makes their snippets, if these are wanted.
    pub snippets: Option<Snippets>,
}

/// The texts of literals, for a search that has to look at them.
pub trait Literals {
    /// The lexical form of the literal with this number; `None` where no literal has it.
    fn text(&self, number: u32) -> Option<&str>;
}

/// A source of hits for `text:query`.
pub trait TextSearch: Send + Sync {
    /// Hits for `query`, best first, at most `query.hits_max`. Any words are allowed; words that
    /// match nothing give no hits.
    fn search_text(&self, query: &TextQuery, literals: &dyn Literals) -> TextHits;
}
