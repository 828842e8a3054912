//! Documents side by side, indicator by indicator. In: documents; out: for each indicator with its unit, basis, frequency and scope what each of them commits to, and what a lower one makes of the higher
//! one. Guarantee: of each document a bounded number of targets is read, and where there are more that is told. Surprising: what only one document has is kept too, because
//! what is left out of a plan is an answer.

use std::collections::BTreeMap;

use oxigraph::model::NamedNode;

use super::measured::{Against, Key, Measured, against, answered};
use super::wording::{bounds, deadline_words};
use crate::graph::vocabulary::zt;
use crate::service::limits::COMPARED_TARGETS_MAX;
use crate::service::lookup::{Lookup, Reference};

/// A document that is compared.
pub(crate) struct Side {
    pub(crate) node: NamedNode,
    pub(crate) document: Reference,
    pub(crate) number: String,
    pub(crate) place: Reference,
    /// What it is called beside the others: its place; of two of one place the number or the title as well.
    pub(crate) name: String,
    /// The place among the sides of the document that this one answers to, if that is one of them.
    pub(crate) above: Option<usize>,
    /// Whether it has more targets than are read.
    pub(crate) is_cut: bool,
}

/// A target in a cell.
pub(crate) struct Cell {
    pub(crate) target: Reference,
    /// As printed: 57%左右.
    pub(crate) words: String,
    /// What that commits to.
    pub(crate) bounds: String,
    /// 达到, 左右, 以上.
    pub(crate) wording: String,
    pub(crate) deadline: String,
    /// What it is a share of.
    pub(crate) scope: String,
    pub(crate) measured: Measured,
    pub(crate) against: Against,
}

/// An indicator with what each document says of it; no cells where one says nothing.
pub(crate) struct Line {
    pub(crate) indicator: Reference,
    pub(crate) unit: String,
    pub(crate) basis: String,
    pub(crate) frequency: String,
    /// What it is a share of.
    pub(crate) scope: String,
    /// What it is held against.
    pub(crate) compared: String,
    /// The year from which it is reckoned.
    pub(crate) baseline: String,
    /// The places that it is of, where these are not those of the documents.
    pub(crate) places: String,
    pub(crate) cells: Vec<Vec<Cell>>,
}

impl Line {
    /// How many documents have it.
    pub(crate) fn holders(&self) -> usize {
        self.cells.iter().filter(|cells| !cells.is_empty()).count()
    }

    /// What tells it from another line of the same indicator and unit: basis, frequency, baseline, what it is held against, and where.
    pub(crate) fn manner(&self) -> String {
        let parts = [&self.basis, &self.frequency, &self.baseline, &self.compared, &self.places];
        let parts = parts.into_iter().filter(|part| !part.is_empty());
        parts.map(String::as_str).collect::<Vec<_>>().join(" · ")
    }
}

/// Documents with their lines: those that most of them have come first.
pub(crate) struct Comparison {
    pub(crate) sides: Vec<Side>,
    pub(crate) lines: Vec<Line>,
}

/// Compares documents.
pub(crate) fn compare(lookup: Lookup<'_>, documents: &[NamedNode]) -> Comparison {
    let mut sides: Vec<Side> = documents.iter().map(|node| side(lookup, node)).collect();
    for index in 0..sides.len() {
        let above = sides.get(index).and_then(|own| above(lookup, own, &sides));
        if let Some(own) = sides.get_mut(index) {
            own.above = above;
        }
    }
    let names = names(&sides);
    for (side, name) in sides.iter_mut().zip(names) {
        side.name = name;
    }
    let mut rows: BTreeMap<Key, Vec<Vec<Measured>>> = BTreeMap::new();
    for (index, side) in sides.iter_mut().enumerate() {
        let targets = targets(lookup, &side.node);
        side.is_cut = targets.len() > COMPARED_TARGETS_MAX;
        for target in targets.into_iter().take(COMPARED_TARGETS_MAX) {
            let measured = Measured::read(lookup, target);
            let empty = || documents.iter().map(|_| Vec::new()).collect();
            let row: &mut Vec<Vec<Measured>> =
                rows.entry(measured.key.clone()).or_insert_with(empty);
            if let Some(own) = row.get_mut(index) {
                own.push(measured);
            }
        }
    }
    let mut lines: Vec<Line> =
        rows.into_iter().map(|(key, row)| line(lookup, &sides, key, row)).collect();
    // The sort is stable: equals stay in the order of their indicators.
    lines.sort_by_key(|line| std::cmp::Reverse(line.holders()));
    Comparison { sides, lines }
}

fn side(lookup: Lookup<'_>, node: &NamedNode) -> Side {
    let place = lookup.node(node, zt::JURISDICTION);
    Side {
        document: lookup.reference(node),
        number: lookup.text_or_empty(node, zt::DOCUMENT_NUMBER),
        place: place.map(|place| lookup.reference(&place)).unwrap_or_default(),
        name: String::new(),
        node: node.clone(),
        above: None,
        is_cut: false,
    }
}

/// Documents by their places; where two are of one place, or of none, by number or title.
fn names(sides: &[Side]) -> Vec<String> {
    let is_alone = |place: &str| {
        !place.is_empty() && sides.iter().filter(|side| side.place.label == place).count() == 1
    };
    let names = sides.iter().map(|side| match side.place.label.as_str() {
        place if is_alone(place) => place.to_owned(),
        place => {
            let own = [&side.number, &side.document.label];
            let own = own.into_iter().find(|name| !name.is_empty());
            format!("{place} {}", own.map_or("", String::as_str)).trim().to_owned()
        }
    });
    names.collect()
}

/// The side that `own` implements, else one of the next place around its own.
fn above(lookup: Lookup<'_>, own: &Side, sides: &[Side]) -> Option<usize> {
    // Six levels exist; a circle in the graph ends here too.
    const LEVELS_MAX: usize = 6;
    let implemented = lookup.nodes(&own.node, zt::IMPLEMENTS);
    let direct = sides.iter().position(|side| implemented.contains(&side.node));
    let mut place = NamedNode::new(&own.place.iri).ok();
    let mut around = None;
    for _ in 0..LEVELS_MAX {
        place = place.and_then(|here| lookup.node(&here, zt::WITHIN));
        let Some(here) = &place else { break };
        around = around.or_else(|| sides.iter().position(|side| side.place.iri == here.as_str()));
    }
    direct.or(around)
}

/// Targets of a document, one more than are compared where there are more.
fn targets(lookup: Lookup<'_>, document: &NamedNode) -> Vec<NamedNode> {
    let (nodes, _) = lookup.some_subjects(zt::IN_DOCUMENT, document, 20 * COMPARED_TARGETS_MAX);
    let targets = nodes.into_iter().filter(|node| lookup.is_a(node, zt::TARGET));
    targets.take(COMPARED_TARGETS_MAX + 1).collect()
}

fn line(
    lookup: Lookup<'_>,
    sides: &[Side],
    [indicator, unit, basis, frequency, scope, compared, baseline, places]: Key,
    row: Vec<Vec<Measured>>,
) -> Line {
    let node = |iri: &str| NamedNode::new(iri).ok();
    let label = |iri: &str| node(iri).map(|node| lookup.label(&node)).unwrap_or_default();
    // What the higher document says for the same year is what the others are held against.
    let against_of = |index: usize, own: &Measured| -> Against {
        let above = sides.get(index).and_then(|side| side.above);
        let whole = above.and_then(|above| answered(own, row.get(above)?));
        whole.map(|whole| against(lookup, own, whole)).unwrap_or_default()
    };
    let told: Vec<Vec<Against>> = row
        .iter()
        .enumerate()
        .map(|(index, own)| own.iter().map(|one| against_of(index, one)).collect())
        .collect();
    let cells = row.into_iter().zip(told).map(|(own, told)| {
        own.into_iter().zip(told).map(|(one, against)| cell(lookup, one, against)).collect()
    });
    Line {
        indicator: node(&indicator).map(|node| lookup.reference(&node)).unwrap_or_default(),
        unit: label(&unit),
        basis: label(&basis),
        frequency: label(&frequency),
        scope,
        compared,
        baseline: match lookup.t("zh", "en") {
            _ if baseline.is_empty() => baseline,
            "zh" => format!("较{baseline}年"),
            _ => format!("from {baseline}"),
        },
        places: places.split(' ').map(label).collect::<Vec<_>>().join(lookup.t("、", ", ")),
        cells: cells.collect(),
    }
}

fn cell(lookup: Lookup<'_>, measured: Measured, against: Against) -> Cell {
    let target = &measured.target;
    Cell {
        target: lookup.reference(target),
        words: lookup.text_or_empty(target, zt::VALUE_TEXT),
        bounds: bounds(lookup, target),
        wording: lookup.label_of(target, zt::QUALIFIER),
        deadline: measured
            .deadline
            .as_deref()
            .map(|date| deadline_words(date, lookup.reader.language))
            .unwrap_or_default(),
        scope: lookup.text_or_empty(target, zt::BASE_SCOPE),
        against,
        measured,
    }
}
