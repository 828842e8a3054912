//! What falls due when. In: a place, a year, a department; out: a page of targets in the order of their days, with counts by year, place and department. Guarantee: however many
//! targets a release holds, only those of the page are read from the graph: the rest is counted by the text index. Surprising: the index knows which measures a
//! department has, not which targets; so those of one department are read from the graph, up to a bound that is told.

use std::collections::{BTreeMap, HashMap};

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
    pub(crate) regions: Vec<FacetValue>,
    pub(crate) departments: Vec<FacetValue>,
    /// Whether not all measures of the department were read.
    pub(crate) is_cut: bool,
}

/// Finds what is wanted.
pub(crate) fn find_due(lookup: Lookup<'_>, wanted: &Wanted) -> Due {
    match &wanted.department {
        Some(department) => of_department(lookup, wanted, department),
        None => of_all(lookup, wanted),
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
fn of_all(lookup: Lookup<'_>, wanted: &Wanted) -> Due {
    let index = &lookup.site.index;
    let found = index.search(&search(wanted, EntryKind::Target, DEADLINES_DEFAULT));
    let whole = wanted.year.is_some().then(|| {
        let any_year = Wanted { year: None, page: 1, ..wanted.clone() };
        index.search(&search(&any_year, EntryKind::Target, 0))
    });
    let whole = whole.as_ref().unwrap_or(&found);
    let mut years: Vec<(i32, usize)> = values(whole, Axis::Deadline)
        .iter()
        .filter_map(|value| Some((value.value.parse().ok()?, value.count)))
        .collect();
    years.sort_unstable();
    let dated: usize = years.iter().map(|(_, count)| count).sum();
    let in_charge = Wanted { page: 1, ..wanted.clone() };
    let in_charge = index.search(&search(&in_charge, EntryKind::Measure, 0));
    Due {
        targets: found.hits.iter().filter_map(|hit| NamedNode::new(&hit.iri).ok()).collect(),
        total: found.total,
        undated: whole.total.saturating_sub(dated),
        years,
        regions: values(&found, Axis::Region),
        departments: values(&in_charge, Axis::Department),
        is_cut: false,
    }
}

/// By the graph.
fn of_department(lookup: Lookup<'_>, wanted: &Wanted, department: &str) -> Due {
    let Ok(department) = NamedNode::new(department) else { return Due::default() };
    let store = &lookup.site.store;
    let department = Term::from(department);
    let object = Some(department.as_ref());
    let measures = store.triples(None, Some(zt::RESPONSIBLE_ORG), object);
    let mut is_inside = Inside::new(lookup, wanted.region.as_deref());
    let mut targets: Vec<(String, NamedNode)> = Vec::new();
    for measure in measures.take(DEPARTMENT_MEASURES_MAX) {
        let NamedOrBlankNode::NamedNode(measure) = measure.subject else { continue };
        if is_inside.holds(&measure) {
            let own = objects(lookup, &measure, zt::HAS_TARGET);
            let dated = own.map(|target| (lookup.text_or_empty(&target, zt::DEADLINE), target));
            targets.extend(dated);
        }
    }
    let mut by_year: BTreeMap<i32, usize> = BTreeMap::new();
    for (deadline, _) in &targets {
        if let Some(year) = year_of(deadline) {
            *by_year.entry(year).or_default() += 1;
        }
    }
    let dated: usize = by_year.values().sum();
    let undated = targets.len() - dated;
    if let Some(year) = wanted.year.as_deref().and_then(|year| year.parse().ok()) {
        targets.retain(|(deadline, _)| year_of(deadline) == Some(year));
    }
    // What names no day comes last; equals stay in the order of their IRIs.
    targets.sort_by(|(left, left_node), (right, right_node)| {
        let key = |deadline: &str| year_of(deadline).is_none();
        key(left).cmp(&key(right)).then(left.cmp(right)).then(left_node.cmp(right_node))
    });
    targets.dedup();
    let first = (wanted.page - 1) * DEADLINES_DEFAULT;
    Due {
        total: targets.len(),
        undated,
        years: by_year.into_iter().collect(),
        is_cut: store.count(Some(zt::RESPONSIBLE_ORG), object) > DEPARTMENT_MEASURES_MAX,
        targets: targets
            .into_iter()
            .skip(first)
            .take(DEADLINES_DEFAULT)
            .map(|(_, target)| target)
            .collect(),
        regions: Vec::new(),
        departments: Vec::new(),
    }
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

/// Whether measures are of documents of a place, or of one inside it.
struct Inside<'l> {
    lookup: Lookup<'l>,
    region: Option<NamedNode>,
    /// Documents that were looked at: the measures of one ask again and again.
    documents: HashMap<NamedNode, bool>,
}

impl<'l> Inside<'l> {
    fn new(lookup: Lookup<'l>, region: Option<&str>) -> Self {
        let region = region.and_then(|iri| NamedNode::new(iri).ok());
        Self { lookup, region, documents: HashMap::new() }
    }

    fn holds(&mut self, measure: &NamedNode) -> bool {
        // Six levels exist; a circle in the graph ends here too.
        const LEVELS_MAX: usize = 6;
        let Some(region) = &self.region else { return true };
        let Some(document) = self.lookup.node(measure, zt::IN_DOCUMENT) else { return false };
        if let Some(known) = self.documents.get(&document) {
            return *known;
        }
        let mut place = self.lookup.node(&document, zt::JURISDICTION);
        let mut is_inside = false;
        for _ in 0..LEVELS_MAX {
            let Some(here) = place else { break };
            is_inside |= here == *region;
            place = self.lookup.node(&here, zt::WITHIN);
        }
        self.documents.insert(document, is_inside);
        is_inside
    }
}
