//! What to try where a search found nothing. In: the search; out: searches that ask for less, each with what it would find. Guarantee: only those that
//! find something are offered, and a bounded number is tried.

use crate::index::{Index, Mode, Search};

/// Filters and words that are tried without, one at a time.
const TRIED_MAX: usize = 6;

/// Words that are offered where nothing else helps, if they find something.
const EXAMPLES: [&str; 6] = ["养老托育", "发改委", "城镇化率", "绿色建筑", "住房", "消费"];
const EXAMPLES_MAX: usize = 4;

/// What a search leaves out of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Less {
    /// One of its filters, by its place among [`filters_of`].
    Filter(usize),
    /// All of them, and the words within.
    Filters,
    /// That the title has the words.
    TitlesOnly,
    /// That the words stand there exactly so.
    Mode,
    /// Both.
    TitlesOnlyAndMode,
    /// Everything: it is another search.
    Words,
}

/// A search that finds something.
#[derive(Clone, Debug)]
pub(crate) struct WayOut {
    pub(crate) less: Less,
    pub(crate) search: Search,
    pub(crate) total: usize,
}

/// Searches that ask for less than `search`, which found nothing.
pub(crate) fn ways_out(search: &Search, index: &Index) -> Vec<WayOut> {
    let first_page = Search { offset: 0, ..search.clone() };
    let count = filters_of(search);
    let mut tried: Vec<(Less, Search)> = Vec::new();
    if count > 1 {
        let each = (0..count.min(TRIED_MAX)).map(|place| (Less::Filter(place), place));
        tried.extend(each.map(|(less, place)| (less, without_filter(&first_page, place))));
    }
    if count > 0 {
        tried.push((Less::Filters, without_filters(&first_page)));
    }
    if search.titles_only {
        tried.push((Less::TitlesOnly, Search { titles_only: false, ..first_page.clone() }));
    }
    if search.mode != Mode::default() {
        tried.push((Less::Mode, Search { mode: Mode::default(), ..first_page.clone() }));
    }
    if search.titles_only && search.mode != Mode::default() {
        let less = Search { titles_only: false, mode: Mode::default(), ..first_page };
        tried.push((Less::TitlesOnlyAndMode, less));
    }
    let examples = EXAMPLES.map(|words| {
        (
            Less::Words,
            Search { words: words.to_owned(), hits_max: search.hits_max, ..Search::default() },
        )
    });
    let ways = tried.into_iter().filter_map(|(less, search)| way(index, less, search));
    let examples = examples.into_iter().filter_map(|(less, search)| way(index, less, search));
    ways.chain(examples.take(EXAMPLES_MAX)).collect()
}

fn way(index: &Index, less: Less, search: Search) -> Option<WayOut> {
    let total = index.search(&Search { hits_max: 1, ..search.clone() }).total;
    (total > 0).then_some(WayOut { less, search, total })
}

/// How many conditions narrow a search: words within, kinds, other filters, whether there are targets. In this order they have their places.
pub(crate) fn filters_of(search: &Search) -> usize {
    let targets = usize::from(search.has_targets.is_some());
    search.within.len() + search.kinds.len() + search.filters.len() + targets
}

fn without_filter(search: &Search, place: usize) -> Search {
    let mut less = search.clone();
    let (within, kinds) = (search.within.len(), search.within.len() + search.kinds.len());
    if place < within {
        less.within.remove(place);
    } else if place < kinds {
        less.kinds.remove(place - within);
    } else if place < kinds + search.filters.len() {
        less.filters.remove(place - kinds);
    } else {
        less.has_targets = None;
    }
    less
}

fn without_filters(search: &Search) -> Search {
    Search {
        within: Vec::new(),
        kinds: Vec::new(),
        filters: Vec::new(),
        has_targets: None,
        ..search.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{Axis, EntryKind};

    #[test]
    fn each_condition_has_its_place_and_can_be_left_out_alone() {
        let search = Search {
            within: vec!["甲".into()],
            kinds: vec![EntryKind::Measure],
            filters: vec![(Axis::Year, "2031".into()), (Axis::Region, "x".into())],
            has_targets: Some(true),
            ..Search::default()
        };
        assert_eq!(filters_of(&search), 5);
        assert!(without_filter(&search, 0).within.is_empty());
        assert!(without_filter(&search, 1).kinds.is_empty());
        assert_eq!(without_filter(&search, 2).filters, [(Axis::Region, "x".into())]);
        assert_eq!(without_filter(&search, 4).has_targets, None);
        assert!((0..5).all(|place| filters_of(&without_filter(&search, place)) == 4));
        assert_eq!(filters_of(&without_filters(&search)), 0);
    }
}
