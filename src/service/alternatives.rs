//! Facets beside a filter that is on. In: a search and its facets; out: the same facets, those of the axes that are filtered counted as if they were not.
//! So a second year can be added to a first, and the page shows how much it would add. Guarantee: a bounded number of searches is made.

use crate::index::{Facet, Index, Search};

/// Filtered axes that are counted anew; each costs a search.
const AXES_MAX: usize = 4;

/// What a filter may be on: the name of a facet.
fn filtered(search: &Search) -> Vec<&'static str> {
    let mut names: Vec<&'static str> = Vec::new();
    if !search.kinds.is_empty() {
        names.push("kind");
    }
    for (axis, _) in &search.filters {
        if !names.contains(&axis.name()) {
            names.push(axis.name());
        }
    }
    if search.has_targets.is_some() {
        names.push("targets");
    }
    names.truncate(AXES_MAX);
    names
}

/// `search` without its filters on the axis called `name`, for its facets only.
fn unfiltered(search: &Search, name: &str) -> Search {
    let mut wider = Search { hits_max: 0, offset: 0, ..search.clone() };
    match name {
        "kind" => wider.kinds.clear(),
        "targets" => wider.has_targets = None,
        _ => wider.filters.retain(|(axis, _)| axis.name() != name),
    }
    wider
}

/// Counts the facets of filtered axes anew.
pub(crate) fn with_alternatives(search: &Search, index: &Index, facets: &mut [Facet]) {
    for name in filtered(search) {
        let wider = index.search(&unfiltered(search, name));
        let counted = wider.facets.into_iter().find(|facet| facet.name == name);
        let own = facets.iter_mut().find(|facet| facet.name == name);
        if let (Some(own), Some(counted)) = (own, counted) {
            *own = counted;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{Axis, EntryKind};

    #[test]
    fn each_axis_that_is_filtered_is_left_out_once_and_the_others_stay() {
        let search = Search {
            kinds: vec![EntryKind::Measure],
            filters: vec![
                (Axis::Year, "2031".into()),
                (Axis::Year, "2032".into()),
                (Axis::Region, "x".into()),
            ],
            has_targets: Some(true),
            ..Search::default()
        };
        assert_eq!(filtered(&search), ["kind", "year", "region", "targets"]);
        let wider = unfiltered(&search, "year");
        assert_eq!(wider.filters, [(Axis::Region, "x".into())]);
        assert_eq!((wider.kinds, wider.has_targets), (search.kinds.clone(), Some(true)));
        assert!(unfiltered(&search, "kind").kinds.is_empty());
    }
}
