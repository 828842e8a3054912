//! A search to its results: what matches under the filters, ranked, counted and marked.
//!
//! In: a [`Search`]. Out: [`Results`]. Guarantees: no search fails; totals and facet counts are exact;
//! equal scores stand in the order of listing (kind, then IRI). Surprising: words that ask for nothing at all
//! (no words) list everything under the filters, words that cannot be found (only marks) list nothing.

use std::collections::BTreeMap;

use super::entry::{Entry, Mode, Results, Search, Sort};
use super::facets::count_facets;
use super::filters::Filters;
use super::hits::show;
use super::marks::Marks;
use super::matches::Matches;
use super::matching::{Grain, Lookup};
use super::question::{Question, parse_question, unquoted};
use super::reader::{Contents, Index};
use super::top::first_of;
use super::verbatim::Verbatim;

/// Raises what the whole question names above everything that only mentions it.
const WHOLE_NAME_SCORE: f32 = 1_000.0;

impl Index {
    /// Answers `search`.
    pub fn search(&self, search: &Search) -> Results {
        self.contents().search(search)
    }

    /// How many of what `search` finds fall due on each day (`20240131`), the first day first; what names no day comes under none.
    pub fn count_days(&self, search: &Search) -> Vec<(Option<u32>, usize)> {
        let contents = self.contents();
        let (found, ..) = contents.narrowed(search);
        let mut days: BTreeMap<u32, usize> = BTreeMap::new();
        let mut undated = 0;
        for (ordinal, _) in found {
            match contents.entry_facts(ordinal).and_then(|facts| facts.deadline) {
                Some(day) => *days.entry(day).or_default() += 1,
                None => undated += 1,
            }
        }
        let days = days.into_iter().map(|(day, count)| (Some(day), count));
        days.chain((undated > 0).then_some((None, undated))).collect()
    }
}

/// What words found, before that is filtered.
pub(crate) struct Found {
    pub(crate) matches: Matches,
    /// What the fields among the words ask for, and what the search does.
    pub(crate) filters: Filters,
    pub(crate) marks: Marks,
    /// Whether nothing has all that was asked for.
    pub(crate) is_relaxed: bool,
}

impl Contents {
    /// What has the words of a search, and those within, and passes its filters; the words as marked, and whether nothing had them all.
    fn narrowed(&self, search: &Search) -> (Vec<(u32, f32)>, Marks, bool) {
        let Found { mut matches, filters, mut marks, is_relaxed } = self.find(search);
        let mut all_filters = vec![filters];
        for words in search.within.iter().filter(|words| !words.trim().is_empty()) {
            let inner = Search { words: words.clone(), filters: Vec::new(), ..search.clone() };
            let found = self.find(&inner);
            let kept = if found.is_relaxed { Matches::default() } else { found.matches };
            matches = matches.and(&kept.scored(0.0));
            marks = marks.beside(found.marks);
            all_filters.push(found.filters);
        }
        (self.filtered(matches, &all_filters), marks, is_relaxed)
    }

    fn search(&self, search: &Search) -> Results {
        let (mut found, marks, is_relaxed) = self.narrowed(search);
        let facets = count_facets(self, &found);
        let total = found.len();
        self.order(&mut found, search.sort);
        let page = best(&found, search.offset, search.hits_max);
        let shown = |&(ordinal, score): &(u32, f32)| {
            Some(show(self.read_entry(ordinal)?, score, &marks, is_relaxed))
        };
        let hits = page.iter().filter_map(shown).collect();
        Results { total, hits, facets, relaxed: is_relaxed && total > 0 }
    }

    /// What passes all filters.
    pub(crate) fn filtered(&self, matches: Matches, filters: &[Filters]) -> Vec<(u32, f32)> {
        if filters.iter().all(Filters::is_open) {
            return matches.into_vec();
        }
        let is_allowed = |&(ordinal, _): &(u32, f32)| {
            let allow = |facts| filters.iter().all(|filters| filters.allow(self, ordinal, facts));
            self.entry_facts(ordinal).is_some_and(allow)
        };
        matches.iter().filter(is_allowed).collect()
    }

    /// What the words of `search` ask for, and nothing of what else it says but its filters.
    pub(crate) fn find(&self, search: &Search) -> Found {
        match search.mode {
            Mode::Smart => self.find_smart(search),
            Mode::Exact | Mode::Word => self.find_verbatim(search),
        }
    }

    /// Words, names and numbers; where nothing has all of them, what has most.
    fn find_smart(&self, search: &Search) -> Found {
        let mut question = parse_question(&search.words, &self.names);
        let lookup = Lookup::new(self, Grain::Entry).in_titles(search.titles_only);
        let filters = Filters::new(self, search).with_fields(&lookup, &mut question);
        let lookup = lookup.of_cited_number(question.is_number());
        let asks_nothing = search.words.trim().is_empty() || question.is_only_fields();
        let mut matches = if asks_nothing {
            Matches::all(self.entries.len())
        } else {
            lookup.match_question(&question, Matches::all(self.entries.len()))
        };
        let named = lookup.match_names(&question.names).scored(WHOLE_NAME_SCORE);
        matches = matches.or_sum(named);
        let is_relaxed = matches.is_empty();
        if is_relaxed {
            matches = lookup.match_most(&question);
        }
        Found { matches, filters, marks: Marks::new(&question, &self.finder), is_relaxed }
    }

    /// Characters as they stand.
    fn find_verbatim(&self, search: &Search) -> Found {
        let filters = Filters::new(self, search);
        if search.words.trim().is_empty() {
            let marks = Marks::new(&Question::default(), &self.finder);
            let matches = Matches::all(self.entries.len());
            return Found { matches, filters, marks, is_relaxed: false };
        }
        let words = unquoted(&search.words);
        let verbatim = match search.mode {
            Mode::Word => Verbatim::phrase(words, &self.finder),
            Mode::Exact | Mode::Smart => Verbatim::exact(words),
        };
        let lookup = Lookup::new(self, Grain::Entry).in_titles(search.titles_only);
        let mut matches = lookup.match_characters(verbatim.looked_up());
        if verbatim.is_doubtful() {
            let is_there = |ordinal: u32| {
                self.read_entry(ordinal).is_some_and(|entry| stands_in(&entry, &verbatim, search))
            };
            let sure: Vec<(u32, f32)> =
                matches.iter().filter(|&(ordinal, _)| is_there(ordinal)).collect();
            matches = Matches::from_unsorted(sure);
        }
        let marks = Marks::verbatim(verbatim, &self.finder);
        Found { matches, filters, marks, is_relaxed: false }
    }

    /// Gives each entry the score by which it is to be sorted.
    pub(crate) fn order(&self, found: &mut [(u32, f32)], sort: Sort) {
        let day = |ordinal: u32| {
            let facts = self.entry_facts(ordinal)?;
            match sort {
                Sort::Relevance => None,
                Sort::Date => facts.date,
                Sort::Deadline => facts.deadline,
            }
        };
        if sort == Sort::Relevance {
            return;
        }
        for (ordinal, score) in found {
            // Days are below 2^27, of which single precision keeps every one as a count of days.
            let days = day(*ordinal).map(day_number);
            *score = match (sort, days) {
                (_, None) => f32::MIN,
                (Sort::Deadline, Some(days)) => -days,
                (_, Some(days)) => days,
            };
        }
    }
}

/// Days since the year 0 in months of 31 days, which keeps the order.
fn day_number(day: u32) -> f32 {
    let (year, month, day) = (day / 10_000, day / 100 % 100, day % 100);
    // At most 9999 * 372 + 372, which single precision holds exactly.
    let days = year.min(9_999) * 372 + month.min(12) * 31 + day.min(31);
    f32::from(u16::try_from(days >> 16).unwrap_or_default()) * 65_536.0
        + f32::from(u16::try_from(days & 0xffff).unwrap_or_default())
}

/// Whether the characters stand in a text of the entry.
fn stands_in(entry: &Entry, verbatim: &Verbatim, search: &Search) -> bool {
    let names = std::iter::once(&entry.title).chain(&entry.aliases);
    let texts = entry.fields.iter().map(|field| &field.text);
    let mut looked_at = names.chain(texts.filter(|_| !search.titles_only));
    looked_at.any(|text| verbatim.is_in(text))
}

/// The `hits_max` best after the first `offset`, best first.
pub(crate) fn best(found: &[(u32, f32)], offset: usize, hits_max: usize) -> Vec<(u32, f32)> {
    let order = |a: &(u32, f32), b: &(u32, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
    let wanted = offset.saturating_add(hits_max).min(found.len());
    let start = offset.min(wanted);
    let mut first = first_of(found.iter().copied(), (wanted, found.len()), order);
    first.split_off(start)
}
