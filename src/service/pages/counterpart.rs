//! The targets of a measure on lines, and the measure beside its counterpart in a document above. In: a measure, and its counterpart; out: a drawing, and rows of what both say of one
//! indicator. Guarantee: only targets of equal unit, basis, frequency and scope are set against each other.

use oxigraph::model::NamedNode;

use super::layout::Paragraph;
use super::measured::{Against, Measured, against, amount_words, answered};
use super::wording::deadline_words;
use crate::graph::vocabulary::zt;
use crate::service::charts::{Caption, Drawing, Interval, intervals};
use crate::service::limits::CHART_ROWS_MAX;
use crate::service::lookup::{Lookup, Reference};

/// A measure of a document above, beside one's own.
pub(crate) struct Counterpart {
    pub(crate) measure: Reference,
    pub(crate) document: Reference,
    pub(crate) text: Vec<Paragraph>,
    pub(crate) rows: Vec<Difference>,
}

/// An indicator of which both have a target.
pub(crate) struct Difference {
    pub(crate) indicator: Reference,
    pub(crate) own: (Reference, String),
    pub(crate) above: (Reference, String),
    pub(crate) against: Against,
}

/// What targets of two measures say of the same indicators.
pub(crate) fn differences(
    lookup: Lookup<'_>,
    own: &[NamedNode],
    above: &[NamedNode],
) -> Vec<Difference> {
    let read = |nodes: &[NamedNode]| -> Vec<Measured> {
        nodes.iter().map(|node| Measured::read(lookup, node.clone())).collect()
    };
    let above = read(above);
    let pairs = read(own).into_iter().filter_map(|one| {
        let whole = answered(&one, above.iter().filter(|whole| whole.key == one.key))?;
        let printed = |measured: &Measured| {
            let target = &measured.target;
            let due = due_words(lookup, measured);
            let words = lookup.text_or_empty(target, zt::VALUE_TEXT);
            (lookup.reference(target), [words, due].join(" ").trim().to_owned())
        };
        let [indicator, ..] = &one.key;
        Some(Difference {
            indicator: lookup.reference(&NamedNode::new(indicator).ok()?),
            own: printed(&one),
            above: printed(whole),
            against: against(lookup, &one, whole),
        })
    });
    pairs.collect()
}

fn due_words(lookup: Lookup<'_>, measured: &Measured) -> String {
    let deadline = measured.deadline.as_deref();
    deadline.map(|date| deadline_words(date, lookup.reader.language)).unwrap_or_default()
}

/// Each target on an axis of its own, with the one of the counterpart where there is one.
pub(crate) fn drawing(lookup: Lookup<'_>, own: &[NamedNode], above: &[NamedNode]) -> Drawing {
    let above: Vec<Measured> =
        above.iter().map(|node| Measured::read(lookup, node.clone())).collect();
    let measured = own.iter().take(CHART_ROWS_MAX).map(|node| Measured::read(lookup, node.clone()));
    let measured: Vec<Measured> = measured.filter(|one| one.value.is_some()).collect();
    let rows: Vec<Interval> = measured.iter().map(|one| interval(lookup, one, &above)).collect();
    if rows.is_empty() {
        return Drawing::default();
    }
    let described = rows.iter().take(8);
    let described = described.map(|row| [row.label.as_str(), &row.words, &row.due].join(" "));
    let described = described.map(|words| words.trim().to_owned());
    let description = described.collect::<Vec<_>>().join(lookup.t("；", "; "));
    let title = lookup.t("目标及其上下限", "Targets with their bounds");
    let number = |row: &Interval, number: f64| {
        let found = measured.iter().find(|one| one.target.as_str() == row.key);
        found.map(|one| amount_words(lookup, &one.target, number)).unwrap_or_default()
    };
    intervals(Caption { title, description: &description }, &number, &rows)
}

fn interval(lookup: Lookup<'_>, one: &Measured, above: &[Measured]) -> Interval {
    let target = &one.target;
    let whole = answered(one, above.iter().filter(|whole| whole.key == one.key));
    let beside = whole.and_then(|whole| {
        let words = lookup.text_or_empty(&whole.target, zt::VALUE_TEXT);
        Some((format!("{} {words}", lookup.t("上级", "above")), whole.value?))
    });
    let numbers = [one.lower, one.upper, one.value, beside.as_ref().map(|(_, value)| *value)];
    let is_share =
        one.is_of_whole(lookup) && numbers.into_iter().flatten().all(|number| number <= 100.0);
    Interval {
        label: lookup.label_of(target, zt::INDICATOR_OF),
        words: lookup.text_or_empty(target, zt::VALUE_TEXT),
        due: due_words(lookup, one),
        lower: one.lower,
        upper: one.upper,
        value: one.value,
        // The target tells the unit when the number at the end of the axis is written.
        key: target.as_str().to_owned(),
        beside,
        end: is_share.then_some(100.0),
    }
}
