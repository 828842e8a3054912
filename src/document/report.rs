//! A document as JSON for people and programs. In: text, document, findings; out: a [`Report`] for serde. The form is
//! that of annotated documents (paths as ordinals joined by `/`, values as numbers, one comparator a target),
//! with richer fields beside it. Places are ranges of Unicode code points of the source as decoded.

use super::report_reference::{ReferenceReport, report_references};
use super::report_support::{SupportTermReport, report_support_terms};
use super::{
    Assignment, Basis, Deadline, DeadlineBasis, Document, DueBy, Finding, Item, ItemClass, Located,
    Modality, Openness, Programme, ProgrammeKind, Qualifier, Quantity, Recurrence, Role, Target,
};
use crate::text::{CharRange, Text, parse_fraction};
use serde::Serialize;

/// What `extract --format json` prints.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The head.
    pub document: HeadReport,
    /// Other documents, once each.
    pub references: Vec<ReferenceReport>,
    /// Headings and items.
    pub outline: Vec<OutlineReport>,
    /// Items that say what is to be done.
    pub measures: Vec<MeasureReport>,
    /// Bodies in charge of items that are no measures.
    pub assignments: Vec<MeasureReport>,
    /// Commitments.
    pub targets: Vec<TargetReport>,
    /// Grants, loans and reliefs.
    pub support_terms: Vec<SupportTermReport>,
    /// Named undertakings.
    pub programmes: Vec<ProgrammeReport>,
    /// Administrative divisions.
    pub places: Vec<PlaceReport>,
    /// Defects.
    pub findings: Vec<FindingReport>,
}

/// The head of a document.
#[derive(Clone, Debug, Serialize)]
pub struct HeadReport {
    /// 标题.
    pub title: Option<String>,
    /// 发文字号 in canonical form.
    pub number: Option<String>,
    /// 发文机关.
    pub issuers: Vec<String>,
    /// 成文日期 as `YYYY-MM-DD`.
    pub date: Option<String>,
    /// 文种.
    pub kind: Option<String>,
    /// 主送机关.
    pub recipients: Vec<String>,
    /// What the notice issues.
    pub attached_title: Option<String>,
    /// `open`, `on_request` or `closed`.
    pub openness: Option<&'static str>,
    /// First and last year of the plan.
    pub period: Option<[u16; 2]>,
    /// Whether the text breaks off.
    pub truncated: bool,
}

/// A heading or numbered item.
#[derive(Clone, Debug, Serialize)]
pub struct OutlineReport {
    /// Ordinals from the top.
    pub path: String,
    /// The heading's words.
    pub title: String,
    /// The item's own text.
    pub at: CharRange,
}

/// An item with the bodies in charge of it.
#[derive(Clone, Debug, Serialize)]
pub struct MeasureReport {
    /// Ordinals from the top.
    pub path: String,
    /// Who is in charge.
    pub departments: Vec<DepartmentReport>,
    /// Whether the text breaks off inside.
    pub truncated: bool,
}

/// A body in charge.
#[derive(Clone, Debug, Serialize)]
pub struct DepartmentReport {
    /// As written.
    pub name: String,
    /// `lead`, `responsible` or `support`.
    pub role: &'static str,
    /// Whether the text says 按职责分工.
    pub shared: bool,
    /// Where.
    pub at: CharRange,
}

/// A quantity beside a target: a threshold, a capacity.
#[derive(Clone, Debug, Serialize)]
pub struct QuantityReport {
    /// As written.
    pub text: String,
    /// The number.
    pub value: Option<f64>,
    /// The unit as written.
    pub unit: Option<String>,
    /// What the words say of its bounds.
    pub qualifier: &'static str,
}

/// A commitment.
#[derive(Clone, Debug, Serialize)]
pub struct TargetReport {
    /// Path of the item where it stands, empty before the first.
    pub path: String,
    /// What is measured.
    pub indicator: String,
    /// The number as written, a share in words (一半) as a decimal; null for all and none.
    pub value: Option<f64>,
    /// The upper end of a range.
    pub value_upper: Option<f64>,
    /// The unit as written, with 万 and 亿.
    pub unit: Option<String>,
    /// `eq`, `ge`, `le`, `approx`, `full` or `eliminate`.
    pub comparator: &'static str,
    /// Year or year-month, where the text names it.
    pub deadline: Option<String>,
    /// `stated`, `carried_over` or `plan_end`.
    pub deadline_basis: Option<&'static str>,
    /// The last day, also where only the plan's end tells.
    pub due_on: Option<String>,
    /// `year`, `quarter` or `month`.
    pub recurrence: Option<&'static str>,
    /// The year compared with.
    pub baseline: Option<String>,
    /// The bounds in the words' own terms.
    pub qualifier: &'static str,
    /// `level`, `increment`, `growth` or `gap`.
    pub basis: &'static str,
    /// `strive`, `ensure`, `basic`, `binding` or `expected`.
    pub modality: Option<&'static str>,
    /// The reference of a gap.
    pub compared_with: Option<String>,
    /// The population or denominator.
    pub scope: Option<String>,
    /// A threshold for each counted thing.
    pub item_condition: Option<QuantityReport>,
    /// The quantity as written.
    pub text: String,
    /// Where the target stands.
    pub at: CharRange,
    /// Where its quantity stands.
    pub quantity_at: CharRange,
}

/// A named undertaking.
#[derive(Clone, Debug, Serialize)]
pub struct ProgrammeReport {
    /// Path of the item.
    pub path: String,
    /// As written.
    pub name: String,
    /// `action`, `works`, `scheme`, `pilot` or `project`.
    pub kind: &'static str,
    /// Whether a heading launches it.
    pub launched: bool,
    /// Its size.
    pub capacity: Option<QuantityReport>,
    /// Division codes of its places.
    pub places: Vec<String>,
    /// Where.
    pub at: CharRange,
}

/// An administrative division.
#[derive(Clone, Debug, Serialize)]
pub struct PlaceReport {
    /// Path of the item.
    pub path: String,
    /// As written.
    pub name: String,
    /// Six-digit code.
    pub adcode: String,
    /// Where.
    pub at: CharRange,
}

/// A defect.
#[derive(Clone, Debug, Serialize)]
pub struct FindingReport {
    /// Its code.
    pub kind: &'static str,
    /// Path of the item concerned.
    pub path: Option<String>,
    /// The words concerned.
    pub words: String,
    /// Where.
    pub at: CharRange,
}

impl Report {
    /// The report of what was read from `text`.
    pub fn new(text: &Text, document: &Document, findings: &[Finding]) -> Self {
        let items = &document.items;
        let has_bodies = |item: &&Item| !item.assignments.is_empty();
        let is_measure = |item: &&Item| item.class == ItemClass::Measure;
        Self {
            document: report_head(document),
            references: report_references(text, &document.citations),
            outline: items.iter().map(|item| report_outline(text, item)).collect(),
            measures: items
                .iter()
                .filter(is_measure)
                .map(|item| report_measure(text, item))
                .collect(),
            assignments: items
                .iter()
                .filter(|item| !is_measure(item))
                .filter(has_bodies)
                .map(|item| report_measure(text, item))
                .collect(),
            targets: document
                .targets
                .iter()
                .map(|target| report_target(text, items, target))
                .collect(),
            support_terms: report_support_terms(text, document),
            programmes: document
                .programmes
                .iter()
                .map(|one| report_programme(text, document, one))
                .collect(),
            places: document
                .places
                .iter()
                .map(|place| PlaceReport {
                    path: path_of(items, place.item).unwrap_or_default(),
                    name: place.name.value.clone(),
                    adcode: place.adcode.clone(),
                    at: text.source_range(place.name.span),
                })
                .collect(),
            findings: findings
                .iter()
                .map(|finding| FindingReport {
                    kind: finding.kind.code(),
                    path: path_of(items, finding.item),
                    words: finding.at.value.clone(),
                    at: text.source_range(finding.at.span),
                })
                .collect(),
        }
    }
}

pub(super) fn value<T: Clone>(located: Option<&Located<T>>) -> Option<T> {
    located.map(|one| one.value.clone())
}

fn values(located: &[Located<String>]) -> Vec<String> {
    located.iter().map(|one| one.value.clone()).collect()
}

fn report_head(document: &Document) -> HeadReport {
    let header = &document.header;
    HeadReport {
        title: value(header.title.as_ref()),
        number: header.number.as_ref().map(|number| number.value.to_string()),
        issuers: values(&header.issuers),
        date: header.signed_on.as_ref().map(|date| date.value.to_string()),
        kind: value(header.kind.as_ref()),
        recipients: values(&header.addressees),
        attached_title: value(header.attached_title.as_ref()),
        openness: header.openness.as_ref().map(|openness| match openness.value {
            Openness::Open => "open",
            Openness::OnRequest => "on_request",
            Openness::Closed => "closed",
        }),
        period: header
            .period
            .as_ref()
            .map(|period| [period.value.year_start, period.value.year_end]),
        truncated: document.items.iter().any(|item| item.truncated),
    }
}

fn path(item: &Item) -> String {
    item.path.iter().map(u32::to_string).collect::<Vec<_>>().join("/")
}

pub(super) fn path_of(items: &[Item], at: Option<usize>) -> Option<String> {
    at.and_then(|at| items.get(at)).map(path)
}

fn report_outline(text: &Text, item: &Item) -> OutlineReport {
    OutlineReport {
        path: path(item),
        title: item.heading.value.clone(),
        at: text.source_range(item.span),
    }
}

fn report_measure(text: &Text, item: &Item) -> MeasureReport {
    let departments = item.assignments.iter().map(|one| report_department(text, one)).collect();
    MeasureReport { path: path(item), departments, truncated: item.truncated }
}

fn report_department(text: &Text, one: &Assignment) -> DepartmentReport {
    let role = match one.role {
        Role::Lead => "lead",
        Role::Responsible | Role::Shared | Role::Guide => "responsible",
        Role::Support => "support",
    };
    DepartmentReport {
        name: one.agent.value.clone(),
        role,
        shared: one.role == Role::Shared,
        at: text.source_range(one.agent.span),
    }
}

fn number(printed: Option<&String>) -> Option<f64> {
    printed.and_then(|printed| printed.parse().ok())
}

/// Number and unit as written: 三分之一, which counts as so many per cent, is 0.333333 without a unit.
fn number_and_unit(quantity: &Quantity) -> (Option<f64>, Option<String>) {
    let has_sign = quantity.text.value.contains(['%', '％']);
    let share = parse_fraction(&quantity.text.value)
        .filter(|_| quantity.unit.as_deref() == Some("%") && !has_sign);
    match share {
        Some((part, of)) => {
            let millionths = (f64::from(part) / f64::from(of) * 1e6).round();
            (Some(millionths / 1e6), None)
        }
        None => (number(quantity.number.as_ref()), quantity.unit.clone()),
    }
}

pub(super) fn report_quantity(quantity: &Quantity) -> QuantityReport {
    let (value, unit) = number_and_unit(quantity);
    QuantityReport {
        text: quantity.text.value.clone(),
        value,
        unit,
        qualifier: qualifier_name(quantity.qualifier),
    }
}

fn report_target(text: &Text, items: &[Item], target: &Target) -> TargetReport {
    let quantity = &target.quantity;
    let (number_value, unit) = number_and_unit(quantity);
    TargetReport {
        path: path_of(items, target.item).unwrap_or_default(),
        indicator: target.indicator.value.clone(),
        value: number_value,
        value_upper: number(quantity.number_upper.as_ref()),
        unit,
        comparator: comparator(quantity.qualifier),
        deadline: target.deadline.as_ref().and_then(deadline),
        deadline_basis: target.deadline.as_ref().map(|deadline| match deadline.basis {
            DeadlineBasis::Stated => "stated",
            DeadlineBasis::CarriedOver => "carried_over",
            DeadlineBasis::PlanEnd => "plan_end",
        }),
        due_on: target
            .deadline
            .as_ref()
            .and_then(|deadline| deadline.due.last_day())
            .map(|day| day.to_string()),
        recurrence: target.recurrence.map(|recurrence| match recurrence {
            Recurrence::Year => "year",
            Recurrence::Quarter => "quarter",
            Recurrence::Month => "month",
        }),
        baseline: target.baseline_year.map(|year| year.to_string()),
        qualifier: qualifier_name(quantity.qualifier),
        basis: match target.basis {
            Basis::Level => "level",
            Basis::Increment => "increment",
            Basis::Growth => "growth",
            Basis::Gap => "gap",
        },
        modality: target.modality.map(|modality| match modality {
            Modality::Ensure => "ensure",
            Modality::Strive => "strive",
            Modality::Basic => "basic",
            Modality::Binding => "binding",
            Modality::Expected => "expected",
        }),
        compared_with: value(target.compared_with.as_ref()),
        scope: value(target.base_scope.as_ref()),
        item_condition: target.item_condition.as_ref().map(report_quantity),
        text: quantity.text.value.clone(),
        at: text.source_range(target.span),
        quantity_at: text.source_range(quantity.text.span),
    }
}

/// A deadline that the text names; the plan's end is told by `due_on` only.
fn deadline(deadline: &Deadline) -> Option<String> {
    if deadline.basis == DeadlineBasis::PlanEnd {
        return None;
    }
    Some(match deadline.due {
        DueBy::Year(year) => year.to_string(),
        DueBy::Month(year, month) => format!("{year}-{month:02}"),
    })
}

const fn comparator(qualifier: Qualifier) -> &'static str {
    match qualifier {
        Qualifier::Reach | Qualifier::Exactly | Qualifier::Between | Qualifier::Some => "eq",
        Qualifier::AtLeast | Qualifier::MoreThan => "ge",
        Qualifier::AtMost | Qualifier::LessThan => "le",
        Qualifier::About => "approx",
        Qualifier::All => "full",
        Qualifier::Zero => "eliminate",
    }
}

const fn qualifier_name(qualifier: Qualifier) -> &'static str {
    match qualifier {
        Qualifier::Reach => "reach",
        Qualifier::AtLeast => "at_least",
        Qualifier::AtMost => "at_most",
        Qualifier::MoreThan => "more_than",
        Qualifier::LessThan => "less_than",
        Qualifier::About => "about",
        Qualifier::Exactly => "exactly",
        Qualifier::Between => "between",
        Qualifier::All => "all",
        Qualifier::Zero => "zero",
        Qualifier::Some => "some",
    }
}

fn report_programme(text: &Text, document: &Document, programme: &Programme) -> ProgrammeReport {
    let code = |&at: &usize| document.places.get(at).map(|place| place.adcode.clone());
    ProgrammeReport {
        path: path_of(&document.items, programme.item).unwrap_or_default(),
        name: programme.name.value.clone(),
        kind: match programme.kind {
            ProgrammeKind::Action => "action",
            ProgrammeKind::Works => "works",
            ProgrammeKind::Scheme => "scheme",
            ProgrammeKind::Pilot => "pilot",
            ProgrammeKind::Project => "project",
        },
        launched: programme.launched,
        capacity: programme.capacity.as_ref().map(report_quantity),
        places: programme.places.iter().filter_map(code).collect(),
        at: text.source_range(programme.name.span),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    #[test]
    fn a_share_in_words_is_reported_as_written() {
        let shown = |words: &str, number: &str| {
            let quantity = Quantity {
                text: Located::new(words.to_owned(), Span::new(0, words.len())),
                number: Some(number.to_owned()),
                number_upper: None,
                unit: Some("%".to_owned()),
                qualifier: Qualifier::AtLeast,
            };
            number_and_unit(&quantity)
        };
        assert_eq!(shown("三分之二以上", "66.67"), (Some(0.666_667), None));
        assert_eq!(shown("一半", "50"), (Some(0.5), None));
        assert_eq!(shown("50%以上", "50"), (Some(50.0), Some("%".to_owned())));
    }
}
