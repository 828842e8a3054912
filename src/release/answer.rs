//! The answer to a search, as every way of asking gives it: the page, JSON, the command line and tools. In: a search, the index and the suggestions of a
//! release; out: what was found, with what the words may have meant where nothing has all of them. Guarantee: words are never replaced.

use crate::index::{Index, Results, Search};
use crate::suggest::Suggestions;
use serde::Serialize;

/// What a search found.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// The words as typed.
    pub query: String,
    /// Further words, looked for within the results.
    pub within: Vec<String>,
    /// The page of hits, from 1.
    pub page: usize,
    /// Hits on a page.
    pub size: usize,
    /// Words that find something, where these found nothing as they are.
    pub did_you_mean: Option<String>,
    /// What they found.
    #[serde(flatten)]
    pub results: Results,
}

impl Answer {
    /// Answers `search`.
    pub fn to(search: &Search, index: &Index, suggestions: &Suggestions) -> Self {
        let results = index.search(search);
        let is_doubtful = results.relaxed || (results.total == 0 && !finds_alone(search, index));
        Self {
            query: search.words.clone(),
            within: search.within.clone(),
            page: search.offset.checked_div(search.hits_max).unwrap_or_default() + 1,
            size: search.hits_max,
            did_you_mean: is_doubtful.then(|| suggestions.did_you_mean(&search.words)).flatten(),
            results,
        }
    }
}

/// Whether the words find something where nothing narrows them: then it is not they that are wrong.
fn finds_alone(search: &Search, index: &Index) -> bool {
    let words = Search { words: search.words.clone(), mode: search.mode, ..Search::default() };
    let found = index.search(&words);
    found.total > 0 && !found.relaxed
}
