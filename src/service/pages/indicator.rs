//! The page of an indicator: its targets side by side, as a chart and as a table. In: an indicator; out: HTML, and each chart as a file. Surprising: values are
//! compared and drawn only inside a group of equal unit, basis, frequency and scope, because a share of 50 % and
//! a growth of 50 % never compare as equals.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::response::Response;
use oxigraph::model::NamedNode;

use super::figure::Figure;
use super::measured::{
    Against, Key, Levels, Measured, Scale, Through, against, amount_words, is_equal,
};
use super::target::{TargetRow, row};
use super::wording::{number_words, unit_words};
use super::{Chrome, respond};
use crate::graph::vocabulary::{skos, zt};
use crate::service::charts::{Bar, Caption, Drawing, bars};
use crate::service::error::ServiceError;
use crate::service::limits::{CHART_ROWS_MAX, INDICATOR_TARGETS_MAX};
use crate::service::lookup::{Lookup, Reference};
use crate::service::request::with_query;
use oxigraph::model::vocab::rdfs;

/// Targets that may be compared.
struct Group {
    /// How they are measured: basis, unit, frequency, scope.
    manner: String,
    rows: Vec<Compared>,
    /// Whether there is anything to compare.
    is_comparison: bool,
    figure: Option<Figure>,
    /// What the lower levels make of the higher ones, in sentences.
    told: Vec<String>,
}

struct Compared {
    row: TargetRow,
    /// The place whose government commits, from the document's jurisdiction.
    place: Reference,
    /// 达到, 左右, 以上.
    wording: String,
    /// Against the higher level: share of the whole, or difference.
    against: Against,
    /// Whether the higher level is that of a wider place, and not of a document that is implemented.
    by_place: bool,
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
    /// Where all targets are found, if not all of them are shown.
    all_href: Option<String>,
}

/// The page of an indicator.
pub(crate) fn render(
    lookup: Lookup<'_>,
    mut chrome: Chrome,
    indicator: &NamedNode,
) -> Result<Response, ServiceError> {
    chrome.section = "indicators";
    let (groups, targets_count) = groups(lookup, indicator);
    let shown: usize = groups.iter().map(Vec::len).sum();
    let all =
        with_query("/search", [("q", ""), ("kind", "target"), ("indicator", indicator.as_str())]);
    let groups =
        groups.iter().enumerate().map(|(index, group)| compare(lookup, (indicator, index), group));
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
        groups: groups.collect(),
        targets_count,
        all_href: (shown < targets_count).then(|| lookup.reader.href(&all)),
    })
}

/// The chart called `name` of the page of an indicator: `group-1` is that of its first table.
pub(crate) fn chart(lookup: Lookup<'_>, indicator: &NamedNode, name: &str) -> Option<Drawing> {
    let number: usize = name.strip_prefix("group-")?.parse().ok()?;
    let (groups, _) = groups(lookup, indicator);
    let group = groups.get(number.checked_sub(1)?)?;
    Some(drawing(lookup, indicator, group)).filter(|drawing| !drawing.is_empty())
}

/// The targets in groups that may be compared, the largest first and the higher levels first in each; and how many there are.
fn groups(lookup: Lookup<'_>, indicator: &NamedNode) -> (Vec<Vec<Measured>>, usize) {
    let (targets, count) = lookup.some_subjects(zt::INDICATOR_OF, indicator, INDICATOR_TARGETS_MAX);
    let mut groups: BTreeMap<Key, Vec<Measured>> = BTreeMap::new();
    for target in targets {
        let one = Measured::read(lookup, target);
        groups.entry(one.key_of_any_place()).or_default().push(one);
    }
    let mut groups: Vec<Vec<Measured>> = groups.into_values().collect();
    for group in &mut groups {
        // The higher level first: what a lower one does with it follows.
        group.sort_by(|left, right| {
            let key = |one: &Measured| (one.level, one.place.clone().map(NamedNode::into_string));
            key(left).cmp(&key(right)).then_with(|| left.deadline.cmp(&right.deadline))
        });
    }
    groups.sort_by_key(|group| std::cmp::Reverse(group.len()));
    (groups, count)
}

fn drawing(lookup: Lookup<'_>, indicator: &NamedNode, group: &[Measured]) -> Drawing {
    // One value alone is no comparison.
    let drawn = group.get(..CHART_ROWS_MAX).unwrap_or(group);
    if group.len() < 2 || group.iter().all(|one| one.value.is_none()) || is_dwarfed(drawn) {
        return Drawing::default();
    }
    let name = lookup.label(indicator);
    let labels = bar_labels(lookup, drawn);
    let rows = drawn.iter().zip(&labels).map(|(one, label)| bar(lookup, one, label));
    let rows: Vec<Bar> = rows.collect();
    let description: Vec<String> =
        rows.iter().take(8).map(|row| format!("{} {}", row.label, row.words)).collect();
    let description = description.join(lookup.t("，", ", "));
    let unit = group.first().map(|one| amount_words(lookup, &one.target, 0.0)).unwrap_or_default();
    let unit = unit.trim_start_matches('0');
    let language = lookup.reader.language;
    let number = |number: f64| number_words(&format!("{number:.2}"), language);
    bars(Caption { title: &name, description: &description }, (unit, &number), &rows)
}

/// Whether most values are so much smaller than the largest that they could not be told apart on its axis.
fn is_dwarfed(group: &[Measured]) -> bool {
    const TIMES_MAX: f64 = 20.0;
    let mut values: Vec<f64> = group.iter().filter_map(|one| one.value).collect();
    values.sort_by(|left, right| right.total_cmp(left));
    let (most, middle) = (values.first(), values.get(values.len() / 2));
    // Of two bars the short one is told from the long one.
    let is_beyond = |(most, middle): (&f64, &f64)| *middle >= 0.0 && *most > middle * TIMES_MAX;
    values.len() > 2 && most.zip(middle).is_some_and(is_beyond)
}

/// Whose target it is and for which year; of two of one place and year, and where there is no place, the document as well; of two of one document the measure.
fn bar_labels(lookup: Lookup<'_>, group: &[Measured]) -> Vec<String> {
    let labels = group.iter().map(|one| {
        let year = one.year().map(|year| format!(" {year}")).unwrap_or_default();
        format!("{}{year}", one.place_words(lookup))
    });
    let labels: Vec<String> = labels.collect();
    let is_alone = |label: &String| labels.iter().filter(|other| *other == label).count() == 1;
    let own = labels.iter().zip(group).map(|(label, one)| match &one.document {
        Some(document) if !is_alone(label) || one.place.is_none() && one.own_places.is_empty() => {
            (label, lookup.label(document))
        }
        _ => (label, String::new()),
    });
    let own: Vec<(&String, String)> = own.collect();
    let told = own.iter().zip(group).map(|(pair, one)| {
        let (label, document) = pair;
        let is_alone = own.iter().filter(|other| *other == pair).count() == 1;
        // Before the name of the document, which may be cut.
        let measure = if is_alone { String::new() } else { measure_words(lookup, one) };
        let parts = [label.as_str(), &measure, document];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(" ").trim().to_owned()
    });
    told.collect()
}

/// The measure of a target, by its number.
fn measure_words(lookup: Lookup<'_>, one: &Measured) -> String {
    let holders = lookup.subjects(zt::HAS_TARGET, &one.target);
    let mut numbers = holders.iter().filter_map(|holder| lookup.text(holder, zt::NUMBER));
    let number = numbers.find(|number| !number.is_empty());
    number.map(|number| format!("{}{number}", lookup.t("措施", "measure "))).unwrap_or_default()
}

/// The place of a target, which leads nowhere where there are several.
fn place_of(lookup: Lookup<'_>, one: &Measured) -> Reference {
    let place = one.place.as_ref().map(|place| lookup.reference(place));
    place.unwrap_or_else(|| Reference { label: one.place_words(lookup), ..Reference::default() })
}

/// A row of the chart.
fn bar(lookup: Lookup<'_>, one: &Measured, label: &str) -> Bar {
    Bar {
        label: label.to_owned(),
        words: lookup.text_or_empty(&one.target, zt::VALUE_TEXT),
        value: one.value,
        commitment: one.commitment(),
    }
}

fn compare(
    lookup: Lookup<'_>,
    (indicator, index): (&NamedNode, usize),
    group: &[Measured],
) -> Group {
    let levels = Levels::of(group);
    let rows: Vec<Compared> = group
        .iter()
        .map(|one| {
            let above = levels.above(lookup, one);
            Compared {
                row: row(lookup, &one.target),
                place: place_of(lookup, one),
                wording: lookup.label_of(&one.target, zt::QUALIFIER),
                against: above.map(|(whole, _)| against(lookup, one, whole)).unwrap_or_default(),
                by_place: above.is_some_and(|(_, through)| through == Through::Place),
            }
        })
        .collect();
    let name = format!("group-{}", index + 1);
    let left_out = group.len().saturating_sub(CHART_ROWS_MAX);
    let caption = match (lookup.t("zh", "en"), left_out) {
        ("zh", 0) => "各级目标：尖头表示不少于，竖线表示不多于".to_owned(),
        ("zh", more) => format!(
            "各级目标（前 {CHART_ROWS_MAX} 个，另有 {more} 个见表）：尖头表示不少于，竖线表示不多于"
        ),
        (_, 0) => "Targets of all levels: a point means at least, a stop at most".to_owned(),
        (_, more) => format!(
            "Targets of all levels (the first {CHART_ROWS_MAX}; {more} more in the table): a point means at least, a stop at most"
        ),
    };
    let not_drawn = is_dwarfed(group.get(..CHART_ROWS_MAX).unwrap_or(group)).then(|| {
        let (zh, en) = (
            "多数目标不到最大目标的二十分之一，画在一起无法分辨，所以不画图；数值见表。",
            "Not drawn: most targets are less than a twentieth of the largest and could not be told apart beside it; the table has them.",
        );
        lookup.t(zh, en).to_owned()
    });
    Group {
        manner: manner(lookup, &rows, group),
        is_comparison: rows.len() > 1,
        figure: Figure::of_resource(
            lookup,
            (indicator, &name),
            &drawing(lookup, indicator, group),
            &caption,
        ),
        told: not_drawn.into_iter().chain(told(lookup, &levels, group)).collect(),
        rows,
    }
}

/// What tells a group from the others.
fn manner(lookup: Lookup<'_>, rows: &[Compared], group: &[Measured]) -> String {
    let Some(Compared { row, .. }) = rows.first() else { return String::new() };
    let unit = NamedNode::new(&row.target.iri).ok();
    let unit = unit.map(|target| unit_words(lookup, &target).trim().to_owned());
    // 全省农村 of one and 全市农村 of another: the group is of what both say.
    let is_of_all = rows.iter().all(|other| other.row.scope == row.scope);
    let common = group.first().map_or("", |one| one.scope());
    let scope = if is_of_all { row.scope.as_str() } else { common };
    let scope = match (scope, lookup.t("zh", "en")) {
        ("", _) => String::new(),
        (scope, "zh") => format!("范围 {scope}"),
        (scope, _) => format!("of {scope}"),
    };
    let parts = [row.basis.clone(), unit.unwrap_or_default(), row.frequency.clone(), scope];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}

/// Parts of one whole.
#[derive(Default)]
struct Sum<'m> {
    value: f64,
    places: BTreeSet<&'m str>,
}

/// Level by level: how many targets ask for more than the one above them, and what the parts sum up to.
fn told(lookup: Lookup<'_>, levels: &Levels<'_>, group: &[Measured]) -> Vec<String> {
    let mut by_level: BTreeMap<usize, [usize; 3]> = BTreeMap::new();
    // By level too: a county is part of its city already.
    let mut sums: BTreeMap<(&str, usize), (&Measured, Sum<'_>)> = BTreeMap::new();
    for one in group {
        let Some((whole, _)) = levels.above(lookup, one) else { continue };
        let (Some(value), Some(of)) = (one.value, whole.value) else { continue };
        if one.scale != Scale::Amount {
            // More by a later day is not more.
            if one.year() <= whole.year() {
                let counts = by_level.entry(one.level).or_default();
                let place = if is_equal(value, of) { 1 } else { usize::from(value < of) * 2 };
                if let Some(count) = counts.get_mut(place) {
                    *count += 1;
                }
            }
        } else if of > 0.0
            && one.year().is_some()
            && one.year() == whole.year()
            && let Some(place) = &one.place
        {
            let key = (whole.target.as_str(), one.level);
            let (_, sum) = sums.entry(key).or_insert_with(|| (whole, Sum::default()));
            // A place that says the same in two documents has it once.
            if sum.places.insert(place.as_str()) {
                sum.value += value;
            }
        }
    }
    let levels = by_level.iter().map(|(level, [more, same, less])| {
        let name = super::place::level_name(lookup, *level);
        match lookup.t("zh", "en") {
            "zh" => format!("{name}：{more} 个高于上级，{same} 个相同，{less} 个低于上级。"),
            _ => format!("{name}: {more} above the higher level, {same} equal, {less} below."),
        }
    });
    let sums = sums.into_iter().filter(|(_, (_, sum))| sum.places.len() > 1);
    let sums = sums.map(|((_, level), (whole, sum))| sum_words(lookup, level, whole, &sum));
    levels.chain(sums).collect()
}

fn sum_words(lookup: Lookup<'_>, level: usize, whole: &Measured, sum: &Sum<'_>) -> String {
    let place = whole.place.as_ref().map(|place| lookup.label(place)).unwrap_or_default();
    let share = whole.value.map_or(0.0, |of| sum.value / of * 100.0);
    let share = number_words(&format!("{share:.1}"), lookup.reader.language);
    let count = sum.places.len();
    let level = super::place::level_name(lookup, level);
    match lookup.t("zh", "en") {
        "zh" => format!("{level}：{count} 个地区的目标合计为{place}的{share}%。"),
        _ => format!("{level}: the targets of {count} places make up {share}% of that of {place}."),
    }
}
