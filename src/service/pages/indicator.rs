//! The page of an indicator: its targets side by side. In: an indicator; out: HTML. Surprising: values are
//! compared and drawn only inside a group of equal unit, basis and frequency, because a share of 50 % and
//! a growth of 50 % never compare as equals.

use std::collections::BTreeMap;

use askama::Template;
use axum::response::Response;
use oxigraph::model::NamedNode;

use super::target::{TargetRow, row};
use super::wording::number_words;
use super::{Chrome, respond};
use crate::graph::vocabulary::{skos, zt};
use crate::service::error::ServiceError;
use crate::service::lookup::{Lookup, Reference};
use oxigraph::model::vocab::rdfs;

/// Targets that may be compared.
struct Group {
    rows: Vec<Compared>,
    /// Whether there is anything to compare.
    is_comparison: bool,
}

struct Compared {
    row: TargetRow,
    /// The place whose government commits, from the document's jurisdiction.
    place: Reference,
    /// Width of the bar in thousandths of the widest.
    bar: u32,
    /// Against the document that this one implements: share of the whole, or difference.
    against: String,
}

#[derive(Template)]
#[template(path = "indicator.html")]
struct IndicatorPage {
    chrome: Chrome,
    name: String,
    other_names: Vec<String>,
    unit: Vec<Reference>,
    definition: String,
    groups: Vec<Group>,
    targets_count: usize,
}

/// A target with what decides about its comparison.
struct Candidate {
    target: NamedNode,
    document: Option<NamedNode>,
    level: usize,
    value: Option<f64>,
    is_percent: bool,
}

/// The page of an indicator.
pub(crate) fn render(
    lookup: Lookup<'_>,
    mut chrome: Chrome,
    indicator: &NamedNode,
) -> Result<Response, ServiceError> {
    chrome.section = "indicators";
    let targets = lookup.subjects(zt::INDICATOR_OF, indicator);
    let targets_count = targets.len();
    let mut groups: BTreeMap<[String; 3], Vec<Candidate>> = BTreeMap::new();
    for target in targets {
        let name =
            |term| lookup.node(&target, term).map(NamedNode::into_string).unwrap_or_default();
        let key = [name(zt::UNIT), name(zt::BASIS), name(zt::FREQUENCY)];
        groups.entry(key).or_default().push(candidate(lookup, target));
    }
    let mut groups: Vec<_> = groups.into_values().map(|group| compare(lookup, group)).collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.rows.len()));
    let name = lookup.label(indicator);
    let mut other_names = lookup.texts(indicator, skos::ALT_LABEL);
    other_names.retain(|other| *other != name);
    respond(&IndicatorPage {
        chrome,
        name,
        other_names,
        unit: lookup.references(indicator, zt::UNIT),
        definition: lookup
            .text(indicator, skos::DEFINITION)
            .or_else(|| lookup.text(indicator, rdfs::COMMENT))
            .unwrap_or_default(),
        groups,
        targets_count,
    })
}

fn candidate(lookup: Lookup<'_>, target: NamedNode) -> Candidate {
    let document = lookup.node(&target, zt::IN_DOCUMENT);
    let place = document.as_ref().and_then(|node| lookup.node(node, zt::JURISDICTION));
    let level = place.and_then(|place| lookup.number(&place, zt::LEVEL));
    let number = [zt::VALUE, zt::LOWER_BOUND, zt::UPPER_BOUND]
        .into_iter()
        .find_map(|term| lookup.text(&target, term));
    let unit = lookup.node(&target, zt::UNIT);
    Candidate {
        document,
        level: level.unwrap_or(usize::MAX),
        value: number.and_then(|number| number.parse().ok()),
        is_percent: unit.is_some_and(|unit| {
            unit.as_str().ends_with("/PERCENT") || unit.as_str().ends_with("/百分点")
        }),
        target,
    }
}

fn compare(lookup: Lookup<'_>, mut group: Vec<Candidate>) -> Group {
    // The higher level first: what a lower one does with it follows.
    group.sort_by_key(|candidate| candidate.level);
    let most = group.iter().filter_map(|candidate| candidate.value).fold(0.0, f64::max);
    let rows: Vec<_> = group
        .iter()
        .map(|candidate| {
            let jurisdiction = candidate
                .document
                .as_ref()
                .and_then(|document| lookup.node(document, zt::JURISDICTION));
            Compared {
                row: row(lookup, &candidate.target),
                place: jurisdiction.map(|place| lookup.reference(&place)).unwrap_or_default(),
                bar: candidate.value.map_or(0, |value| thousandths(value, most)),
                against: against(lookup, candidate, &group),
            }
        })
        .collect();
    Group { is_comparison: rows.len() > 1, rows }
}

/// `part` of `whole` in thousandths, from 0 to 1000.
fn thousandths(part: f64, whole: f64) -> u32 {
    if whole <= 0.0 {
        return 0;
    }
    let share = (part / whole * 1000.0).round();
    (0..=1000).rev().find(|step| f64::from(*step) <= share).unwrap_or(0)
}

/// A target against that of the document which its own document implements.
fn against(lookup: Lookup<'_>, candidate: &Candidate, group: &[Candidate]) -> String {
    let parents = candidate
        .document
        .as_ref()
        .map(|document| lookup.nodes(document, zt::IMPLEMENTS))
        .unwrap_or_default();
    let parent = group
        .iter()
        .find(|other| other.document.as_ref().is_some_and(|document| parents.contains(document)));
    let (Some(parent), Some(value)) = (parent, candidate.value) else { return String::new() };
    let Some(whole) = parent.value.filter(|whole| *whole > 0.0) else { return String::new() };
    let number = |number: f64| number_words(&format!("{number:.2}"), lookup.reader.language);
    if candidate.is_percent {
        let gap = number((value - whole).abs());
        return match (lookup.t("zh", "en"), value < whole) {
            ("zh", true) => format!("比上级低{gap}个百分点"),
            ("zh", false) => format!("比上级高{gap}个百分点"),
            (_, true) => format!("{gap} points below the higher level"),
            (_, false) => format!("{gap} points above the higher level"),
        };
    }
    let share = number(value / whole * 100.0);
    match lookup.t("zh", "en") {
        "zh" => format!("为上级的{share}%"),
        _ => format!("{share}% of the higher level"),
    }
}

#[cfg(test)]
mod tests {
    use super::thousandths;

    #[test]
    fn a_bar_is_never_wider_than_the_widest() {
        assert_eq!(thousandths(57.0, 67.0), 851);
        assert_eq!(thousandths(67.0, 67.0), 1000);
        assert_eq!(thousandths(0.0, 67.0), 0);
        assert_eq!(thousandths(5.0, 0.0), 0);
        assert_eq!(thousandths(-5.0, 10.0), 0);
    }
}
