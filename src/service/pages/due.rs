//! What falls due when. In: a place, a year, a department; out: a page of targets in the order of their days, with counts by year, day, place and department. Guarantees: however many
//! targets a release holds, only those of the page are read from the graph: the rest is counted by the text index; places and departments are counted without the choice of one, so that another can be
//! chosen. Surprising: the index knows which measures a department has, not which targets; so those of one department are read from the graph, up to a bound that is told.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term};

use crate::graph::vocabulary::zt;
use crate::index::{Axis, EntryKind, Facet, FacetValue, Results, Search, Sort};
use crate::service::limits::{DEADLINES_DEFAULT, DEPARTMENT_MEASURES_MAX};
use crate::service::lookup::Lookup;

/// What narrows the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// A place, by IRI.
    pub(crate) region: Option<String>,
    /// A year, as four digits.
    pub(crate) year: Option<String>,
    /// A department, by IRI.
    pub(crate) department: Option<String>,
    /// The page, from 1.
    pub(crate) page: usize,
}

/// What falls due.
#[derive(Default)]
pub(crate) struct Due {
    /// The targets of the page, the first due first.
    pub(crate) targets: Vec<NamedNode>,
    /// All of them.
    pub(crate) total: usize,
    /// By year, whatever year is wanted.
    pub(crate) years: Vec<(i32, usize)>,
    /// Those that name no day, whatever year is wanted.
    pub(crate) undated: usize,
    /// All of them by day (`20251231`), and those that name none.
    pub(crate) days: BTreeMap<Option<u32>, usize>,
    /// By place, whatever place is wanted.
    pub(crate) regions: Vec<FacetValue>,
    /// Measures that have targets by department, whatever department is wanted.
    pub(crate) departments: Vec<FacetValue>,
    /// Whether not all measures of the department were read.
    pub(crate) is_cut: bool,
}

/// Finds what is wanted, with so many targets a page.
pub(crate) fn find_due(lookup: Lookup<'_>, wanted: &Wanted, page_targets: usize) -> Due {
    match &wanted.department {
        Some(department) => of_department(lookup, wanted, (department, page_targets)),
        None => of_all(lookup, wanted, page_targets),
    }
}

fn search(wanted: &Wanted, kind: EntryKind, hits_max: usize) -> Search {
    let filters = [(Axis::Region, &wanted.region), (Axis::Deadline, &wanted.year)];
    let filters = filters.into_iter().filter_map(|(axis, value)| Some((axis, value.clone()?)));
    Search {
        kinds: vec![kind],
        filters: filters.collect(),
        has_targets: (kind == EntryKind::Measure).then_some(true),
        sort: Sort::Deadline,
        offset: (wanted.page - 1) * hits_max,
        hits_max,
        ..Search::default()
    }
}

fn values(results: &Results, axis: Axis) -> Vec<FacetValue> {
    let facet = results.facets.iter().find(|facet: &&Facet| facet.name == axis.name());
    facet.map(|facet| facet.values.clone()).unwrap_or_default()
}

/// By the index.
fn of_all(lookup: Lookup<'_>, wanted: &Wanted, page_targets: usize) -> Due {
    let index = &lookup.site.index;
    let found = index.search(&search(wanted, EntryKind::Target, page_targets));
    let facets_of =
        |other: Wanted| index.search(&search(&Wanted { page: 1, ..other }, EntryKind::Target, 0));
    let any_year =
        wanted.year.is_some().then(|| facets_of(Wanted { year: None, ..wanted.clone() }));
    let any_place =
        wanted.region.is_some().then(|| facets_of(Wanted { region: None, ..wanted.clone() }));
    let any_year = any_year.as_ref().unwrap_or(&found);
    let mut years: Vec<(i32, usize)> = values(any_year, Axis::Deadline)
        .iter()
        .filter_map(|value| Some((value.value.parse().ok()?, value.count)))
        .collect();
    years.sort_unstable();
    let dated: usize = years.iter().map(|(_, count)| count).sum();
    Due {
        targets: found.hits.iter().filter_map(|hit| NamedNode::new(&hit.iri).ok()).collect(),
        total: found.total,
        undated: any_year.total.saturating_sub(dated),
        days: index.count_days(&search(wanted, EntryKind::Target, 0)).into_iter().collect(),
        years,
        regions: values(any_place.as_ref().unwrap_or(&found), Axis::Region),
        departments: departments(lookup, wanted),
        is_cut: false,
    }
}

/// Departments with the measures of theirs that have targets, whatever department is wanted.
fn departments(lookup: Lookup<'_>, wanted: &Wanted) -> Vec<FacetValue> {
    let wanted = Wanted { page: 1, ..wanted.clone() };
    let found = lookup.site.index.search(&search(&wanted, EntryKind::Measure, 0));
    values(&found, Axis::Department)
}

/// A target of a department, with its day and where its document holds.
struct Owned {
    deadline: String,
    target: NamedNode,
    document: Option<NamedNode>,
}

/// By the graph.
fn of_department(
    lookup: Lookup<'_>,
    wanted: &Wanted,
    (department, page_targets): (&str, usize),
) -> Due {
    let Ok(node) = NamedNode::new(department) else { return Due::default() };
    let (owned, is_cut) = owned(lookup, &node);
    let mut places = Places::new(lookup);
    let year: Option<i32> = wanted.year.as_deref().and_then(|year| year.parse().ok());
    let is_of_year = |one: &Owned| year.is_none() || year_of(&one.deadline) == year;
    let regions = places.count(owned.iter().filter(|one| is_of_year(one)));
    let mut here = owned;
    if let Some(region) = wanted.region.as_deref() {
        here.retain(|one| places.holds(one.document.as_ref(), region));
    }
    let mut by_year: BTreeMap<i32, usize> = BTreeMap::new();
    for year in here.iter().filter_map(|one| year_of(&one.deadline)) {
        *by_year.entry(year).or_default() += 1;
    }
    let undated = here.len() - by_year.values().sum::<usize>();
    here.retain(|one| is_of_year(one));
    let mut days: BTreeMap<Option<u32>, usize> = BTreeMap::new();
    for one in &here {
        *days.entry(day_of(&one.deadline)).or_default() += 1;
    }
    let total = here.len();
    let page = here.into_iter().skip((wanted.page - 1) * page_targets).take(page_targets);
    Due {
        targets: page.map(|one| one.target).collect(),
        total,
        undated,
        days,
        years: by_year.into_iter().collect(),
        regions,
        departments: departments(lookup, wanted),
        is_cut,
    }
}

/// The targets of a department's measures in the order of their days, each once, and whether there are measures that were not read.
fn owned(lookup: Lookup<'_>, department: &NamedNode) -> (Vec<Owned>, bool) {
    let store = &lookup.site.store;
    let object = Some(department.as_ref().into());
    let measures = store.triples(None, Some(zt::RESPONSIBLE_ORG), object);
    let mut owned: Vec<Owned> = Vec::new();
    for measure in measures.take(DEPARTMENT_MEASURES_MAX) {
        let NamedOrBlankNode::NamedNode(measure) = measure.subject else { continue };
        let document = lookup.node(&measure, zt::IN_DOCUMENT);
        let targets = objects(lookup, &measure, zt::HAS_TARGET);
        owned.extend(targets.map(|target| Owned {
            deadline: lookup.text_or_empty(&target, zt::DEADLINE),
            target,
            document: document.clone(),
        }));
    }
    // What names no day comes last; equals stand in the order of their IRIs.
    owned.sort_by(|left, right| {
        let is_undated = |one: &Owned| year_of(&one.deadline).is_none();
        let by_day = left.deadline.cmp(&right.deadline);
        let by_day = is_undated(left).cmp(&is_undated(right)).then(by_day);
        by_day.then_with(|| left.target.as_str().cmp(right.target.as_str()))
    });
    owned.dedup_by(|left, right| left.target == right.target);
    (owned, store.count(Some(zt::RESPONSIBLE_ORG), object) > DEPARTMENT_MEASURES_MAX)
}

/// Resources of a property in the order of the store.
fn objects<'l>(
    lookup: Lookup<'l>,
    subject: &NamedNode,
    property: NamedNodeRef<'_>,
) -> impl Iterator<Item = NamedNode> + use<'l> {
    let terms = lookup.objects(subject, property).into_iter();
    terms.filter_map(|term| match term {
        Term::NamedNode(node) => Some(node),
        Term::BlankNode(_) | Term::Literal(_) => None,
    })
}

/// The year of a day such as `2025-12-31`.
fn year_of(day: &str) -> Option<i32> {
    day.split('-').next()?.parse().ok()
}

/// A day such as `2025-12-31` as a number, as the index has it; none where it is no day.
pub(crate) fn day_of(day: &str) -> Option<u32> {
    let mut parts = day.splitn(3, '-').map(|part| part.get(..part.len().min(4)));
    let year: u32 = parts.next()??.parse().ok()?;
    let mut rest = || parts.next().flatten().and_then(|part| part.parse::<u32>().ok()).unwrap_or(0);
    let (month, day) = (rest(), rest());
    Some(year.min(9_999) * 10_000 + month.min(12) * 100 + day.min(31))
}

/// In which places documents hold: their own, and those that it lies in.
struct Places<'l> {
    lookup: Lookup<'l>,
    /// Documents that were looked at: the measures of one ask again and again.
    documents: HashMap<NamedNode, Vec<NamedNode>>,
}

impl<'l> Places<'l> {
    fn new(lookup: Lookup<'l>) -> Self {
        Self { lookup, documents: HashMap::new() }
    }

    /// The place of a document and those around it, the smallest first.
    fn of(&mut self, document: &NamedNode) -> &[NamedNode] {
        // Six levels exist; a circle in the graph ends here too.
        const LEVELS_MAX: usize = 6;
        let lookup = self.lookup;
        self.documents.entry(document.clone()).or_insert_with_key(|document| {
            let mut chain: Vec<NamedNode> = Vec::new();
            let mut place = lookup.node(document, zt::JURISDICTION);
            while let Some(here) = place.take().filter(|_| chain.len() < LEVELS_MAX) {
                place = lookup.node(&here, zt::WITHIN);
                chain.push(here);
            }
            chain
        })
    }

    fn holds(&mut self, document: Option<&NamedNode>, region: &str) -> bool {
        document
            .is_some_and(|document| self.of(document).iter().any(|here| here.as_str() == region))
    }

    /// How many targets each place has, those with most first. What lies in nothing is the country, in which everything is: it is no choice.
    fn count<'o>(&mut self, owned: impl Iterator<Item = &'o Owned>) -> Vec<FacetValue> {
        let lookup = self.lookup;
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for document in owned.filter_map(|one| one.document.as_ref()) {
            let chain = self.of(document);
            let inside = chain.len() - usize::from(!chain.is_empty());
            for place in chain.iter().take(inside) {
                *counts.entry(place.as_str().to_owned()).or_default() += 1;
            }
        }
        let values = counts.into_iter().filter_map(|(iri, count)| {
            let label = lookup.label(&NamedNode::new(iri.as_str()).ok()?);
            Some(FacetValue { value: Arc::from(iri), label: Arc::from(label), count })
        });
        let mut values: Vec<FacetValue> = values.collect();
        // The sort is stable: equals stay in the order of their IRIs.
        values.sort_by_key(|value| std::cmp::Reverse(value.count));
        values
    }
}

/// Targets of a page of the list.
pub(crate) const PAGE_TARGETS: usize = DEADLINES_DEFAULT;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_the_number_that_the_index_has() {
        let table = [
            ("2025-12-31", Some(20_251_231)),
            ("2025", Some(20_250_000)),
            ("soon", None),
            ("", None),
        ];
        for (day, number) in table {
            assert_eq!(day_of(day), number, "{day}");
        }
    }
}
