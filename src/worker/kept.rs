//! Answers that were given already. In: questions with their whole answers; out: the answer to a question that differs only in how much
//! white space it has.
//!
//! Guarantees: an answer belongs to one opened release and is dropped with it; all of them together, with their questions, take no more
//! memory than the budget; what was asked longest ago goes first. The surprise: nothing is kept of a query that asks for the time or
//! for chance.

use super::frame::{Extent, Head};
use super::question::{Question, Wish};
use crate::store::{is_repeatable, normalized};
use bytes::Bytes;
use lru::LruCache;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// One answer may take this part of the budget.
const SHARE: usize = 16;

/// What an entry takes beside its question and answer.
const ENTRY_BYTES: usize = 200;

/// A whole answer.
#[derive(Clone, Debug)]
pub(super) struct Whole {
    pub(super) head: Head,
    pub(super) bytes: Bytes,
    pub(super) extent: Extent,
}

/// How well answers are kept, since the release was opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KeptCounts {
    /// Answers kept now.
    pub answers: usize,
    /// Memory that they take, in bytes.
    pub bytes: usize,
    /// Questions that were answered from them.
    pub hits: u64,
    /// Questions that could have been and were not.
    pub misses: u64,
}

/// The answers kept.
pub(super) struct Kept {
    bytes_max: usize,
    state: Mutex<State>,
}

struct State {
    answers: LruCache<Box<str>, Whole>,
    counts: KeptCounts,
}

impl Kept {
    /// Keeps answers in so many bytes.
    pub(super) fn new(bytes_max: usize) -> Self {
        let state = State { answers: LruCache::unbounded(), counts: KeptCounts::default() };
        Self { bytes_max, state: Mutex::new(state) }
    }

    /// Under what the answer to a question is kept; `None` where it may not be.
    pub(super) fn key(&self, question: &Question) -> Option<Box<str>> {
        if self.bytes_max == 0 || question.wish != Wish::Answer || !is_repeatable(&question.text) {
            return None;
        }
        let Question {
            text, default_graphs, named_graphs, table_format, graph_format, cut, ..
        } = question;
        let text = normalized(text);
        let rest = (default_graphs, named_graphs, table_format, graph_format, cut);
        Some(format!("{text}\0{rest:?}").into())
    }

    /// The answer kept under `key`.
    pub(super) fn find(&self, key: &str) -> Option<Whole> {
        let mut state = self.lock();
        let found = state.answers.get(key).cloned();
        match found {
            Some(_) => state.counts.hits += 1,
            None => state.counts.misses += 1,
        }
        found
    }

    /// Most bytes of an answer that is kept.
    pub(super) fn answer_bytes_max(&self) -> usize {
        self.bytes_max / SHARE
    }

    /// Keeps an answer.
    pub(super) fn keep(&self, key: Box<str>, whole: Whole) {
        if whole.bytes.len() > self.answer_bytes_max() {
            return;
        }
        let mut state = self.lock();
        let State { answers, counts } = &mut *state;
        counts.bytes += weight(&key, &whole);
        if let Some((key, former)) = answers.push(key, whole) {
            counts.bytes -= weight(&key, &former);
        }
        while counts.bytes > self.bytes_max
            && let Some((key, oldest)) = answers.pop_lru()
        {
            counts.bytes -= weight(&key, &oldest);
        }
    }

    pub(super) fn counts(&self) -> KeptCounts {
        let state = self.lock();
        KeptCounts { answers: state.answers.len(), ..state.counts }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn weight(key: &str, whole: &Whole) -> usize {
    ENTRY_BYTES + key.len() + whole.bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{AnswerFormat, QueryForm};

    fn question(text: &str) -> Question {
        Question {
            text: text.to_owned(),
            default_graphs: Vec::new(),
            named_graphs: Vec::new(),
            table_format: Some(AnswerFormat::Csv),
            graph_format: None,
            cut: None,
            wish: Wish::Answer,
        }
    }

    fn answer(bytes: usize) -> Whole {
        let head = Head { form: QueryForm::Select, format: AnswerFormat::Csv };
        Whole { head, bytes: vec![b'x'; bytes].into(), extent: Extent::default() }
    }

    fn key(kept: &Kept, text: &str) -> Box<str> {
        kept.key(&question(text)).unwrap()
    }

    #[test]
    fn a_question_finds_the_answer_to_the_same_question_only() {
        let kept = Kept::new(1 << 20);
        kept.keep(key(&kept, "SELECT * { ?s ?p ?o }"), answer(5));
        assert_eq!(kept.find(&key(&kept, "SELECT  * {  ?s ?p ?o }")).unwrap().bytes.len(), 5);
        assert!(kept.find(&key(&kept, "SELECT * { ?o ?p ?s }")).is_none());
        let json = Question {
            table_format: Some(AnswerFormat::Json),
            ..question("SELECT * { ?s ?p ?o }")
        };
        assert!(kept.find(&kept.key(&json).unwrap()).is_none());
        let graph = vec!["http://e/g".to_owned()];
        let named = Question { named_graphs: graph.clone(), ..question("SELECT * { ?s ?p ?o }") };
        let default = Question { default_graphs: graph, ..question("SELECT * { ?s ?p ?o }") };
        assert_ne!(kept.key(&named), kept.key(&default));
    }

    #[test]
    fn all_answers_stay_within_the_budget_and_the_oldest_goes_first() {
        let kept = Kept::new(16_000);
        let keys: Vec<_> = (0..40).map(|n| key(&kept, &format!("ASK {{ ?s ?p {n} }}"))).collect();
        for number in &keys {
            kept.keep(number.clone(), answer(900));
            assert!(kept.find(&keys[0]).is_some(), "what is asked for again stays");
            assert!(kept.counts().bytes <= 16_000);
        }
        assert!(kept.find(&keys[1]).is_none());
        assert!(kept.find(&keys[39]).is_some());
        kept.keep(keys[1].clone(), answer(1_001));
        assert!(kept.find(&keys[1]).is_none(), "too long to be kept");
    }

    #[test]
    fn the_same_answer_kept_twice_counts_once() {
        let kept = Kept::new(16_000);
        let key = key(&kept, "ASK {}");
        kept.keep(key.clone(), answer(10));
        let once = kept.counts();
        kept.keep(key, answer(10));
        assert_eq!(kept.counts(), once);
    }

    #[test]
    fn nothing_is_kept_without_a_budget_or_of_what_changes() {
        assert!(Kept::new(0).key(&question("ASK {}")).is_none());
        assert!(Kept::new(100).key(&question("SELECT (RAND() AS ?r) {}")).is_none());
    }
}
