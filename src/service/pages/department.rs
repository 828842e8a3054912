//! The page of a department: what it leads, shares and supports, by chapter and year, with whom, and the targets that follow.
//! In: an organization; out: HTML, and each chart as a file. Guarantee: of a body with very many measures a bounded number is read, and that is told.

use std::collections::BTreeMap;

use askama::Template;
use axum::response::Response;
use oxigraph::model::NamedNode;

use super::document::Fact;
use super::figure::Figure;
use super::role::ROLES;
use super::target::{TargetRow, row};
use super::timing::{Dated, days_drawing, in_order_of_days};
use super::workload::{
    Colleague, Held, Load, by_chapter, by_year, colleagues, drawn_words, keep_used_roles,
    load_drawing, network_drawing, newest,
};
use super::{Chrome, respond};
use crate::graph::vocabulary::{skos, zt};
use crate::service::charts::Drawing;
use crate::service::error::ServiceError;
use crate::service::limits::LISTED_MAX;
use crate::service::lookup::{Lookup, Reference, natural_order};
use crate::service::request::with_query;

/// Measures of one role that are listed, and targets; the others are found by search and on the page of deadlines.
const DUTIES_MAX: usize = 60;
const TARGETS_MAX: usize = 50;
/// Responsibilities that are looked at for the counts of the page: a body may have several in one measure.
const RESPONSIBILITIES_MAX: usize = 1_000;

/// Items that the department answers for in one role.
struct Duty {
    role: String,
    count: usize,
    /// How many of them are not listed.
    more: usize,
    /// By document.
    documents: Vec<DutiesOfDocument>,
}

struct DutiesOfDocument {
    document: Reference,
    items: Vec<ItemRow>,
}

struct ItemRow {
    number: String,
    item: Reference,
}

#[derive(Template)]
#[template(path = "department.html")]
struct DepartmentPage {
    chrome: Chrome,
    name: String,
    other_names: Vec<String>,
    facts: Vec<Fact>,
    duties: Vec<Duty>,
    /// Names of the roles, for the heads of the tables.
    roles: Vec<String>,
    chapters: Vec<Load>,
    chapters_more: usize,
    chapters_figure: Option<Figure>,
    years: Vec<Load>,
    years_figure: Option<Figure>,
    colleagues: Vec<Colleague>,
    colleagues_more: usize,
    colleagues_figure: Option<Figure>,
    targets: Vec<TargetRow>,
    targets_count: usize,
    targets_figure: Option<Figure>,
    deadlines_href: String,
    /// Where all its measures are found.
    search_href: String,
    is_cut: bool,
    issued: Vec<Reference>,
    issued_more: usize,
}

/// The page of a department.
pub(crate) fn render(
    lookup: Lookup<'_>,
    mut chrome: Chrome,
    department: &NamedNode,
) -> Result<Response, ServiceError> {
    chrome.section = "departments";
    let (held, is_cut) = held(lookup, department);
    let name = lookup.label(department);
    let mut other_names = lookup.texts(department, skos::PREF_LABEL);
    other_names.extend(lookup.texts(department, skos::ALT_LABEL));
    other_names.retain(|other| *other != name);
    other_names.dedup();
    let (colleagues, colleagues_count) = colleagues(lookup, department, &held);
    let (mut chapters, chapters_count) = by_chapter(lookup, &held);
    let mut years = by_year(lookup, &held);
    let roles = keep_used_roles(&held, [&mut chapters, &mut years]);
    let roles = roles.into_iter().filter_map(|role| ROLES.get(role));
    let targets = targets_by_deadline(lookup, &held);
    let (issued, issued_count) = lookup.some_subjects(zt::ISSUER, department, LISTED_MAX);
    let figure = |name: &str, drawing: &Drawing, caption: &str| {
        Figure::of_resource(lookup, (department, name), drawing, caption)
    };
    let href = |path: &str, pairs: &[(&str, &str)]| {
        lookup.reader.href(&with_query(path, pairs.iter().copied()))
    };
    let [chapters_title, years_title, targets_title, colleagues_title] = titles(lookup);
    respond(&DepartmentPage {
        chrome,
        facts: facts(lookup, department),
        duties: duties(lookup, &held),
        roles: roles.map(|role| lookup.label(&role.into_owned())).collect(),
        chapters_figure: figure(
            "chapters",
            &load_drawing(lookup, chapters_title, &chapters),
            &drawn_words(lookup, chapters_title, chapters_count),
        ),
        years_figure: figure(
            "years",
            &load_drawing(lookup, years_title, newest(&years)),
            &drawn_words(lookup, years_title, years.len()),
        ),
        colleagues_figure: figure(
            "colleagues",
            &network_drawing(lookup, &name, &colleagues),
            colleagues_title,
        ),
        targets_figure: figure(
            "targets",
            &days_drawing(lookup, targets_title, &targets),
            &dated_words(lookup, targets_title, &targets),
        ),
        colleagues_more: colleagues_count.saturating_sub(colleagues.len()),
        targets: targets.iter().take(TARGETS_MAX).map(|(_, node)| row(lookup, node)).collect(),
        targets_count: targets.len(),
        deadlines_href: href("/deadlines", &[("department", department.as_str())]),
        search_href: href(
            "/search",
            &[("q", ""), ("kind", "measure"), ("department", department.as_str())],
        ),
        issued_more: issued_count.saturating_sub(issued.len()),
        issued: issued.iter().map(|document| lookup.reference(document)).collect(),
        name,
        other_names,
        chapters_more: chapters_count.saturating_sub(chapters.len()),
        chapters,
        years,
        colleagues,
        is_cut,
    })
}

/// A caption that tells how many targets are not drawn, because they name no day.
fn dated_words(lookup: Lookup<'_>, title: &str, targets: &[Dated]) -> String {
    let undated = targets.iter().filter(|(deadline, _)| deadline.is_none()).count();
    match (lookup.t("zh", "en"), undated) {
        (_, 0) => title.to_owned(),
        ("zh", _) => format!("{title}（另有 {undated} 个没有写明期限，不在图中）"),
        (_, _) => format!("{title} ({undated} more name no deadline and are not drawn)"),
    }
}

fn titles(lookup: Lookup<'_>) -> [&'static str; 4] {
    let reader = lookup.reader;
    [
        reader.t("各章节的措施", "Measures by chapter"),
        reader.t("各年份文件的措施", "Measures by year of the document"),
        reader.t("目标按期限分布", "Targets by deadline"),
        reader.t(
            "与谁共事：线越粗，共同的措施越多",
            "With whom it works: the wider the line, the more they share",
        ),
    ]
}

/// The chart called `name` of the page of a department.
pub(crate) fn chart(lookup: Lookup<'_>, department: &NamedNode, name: &str) -> Option<Drawing> {
    let (held, _) = held(lookup, department);
    let [chapters, years, targets, _] = titles(lookup);
    let drawing = match name {
        "chapters" => load_drawing(lookup, chapters, &by_chapter(lookup, &held).0),
        "years" => load_drawing(lookup, years, newest(&by_year(lookup, &held))),
        "targets" => days_drawing(lookup, targets, &targets_by_deadline(lookup, &held)),
        "colleagues" => {
            let (with, _) = colleagues(lookup, department, &held);
            network_drawing(lookup, &lookup.label(department), &with)
        }
        _ => return None,
    };
    Some(drawing).filter(|drawing| !drawing.is_empty())
}

/// The items in which the department has a role, in their order, and whether there are more.
fn held(lookup: Lookup<'_>, department: &NamedNode) -> (Vec<Held>, bool) {
    let (responsibilities, count) =
        lookup.some_subjects(zt::AGENT, department, RESPONSIBILITIES_MAX);
    let mut by_item: BTreeMap<String, Held> = BTreeMap::new();
    for responsibility in &responsibilities {
        let roles = lookup.nodes(responsibility, zt::ROLE);
        for item in lookup.subjects(zt::RESPONSIBILITY_OF, responsibility) {
            let empty = || Held { item: item.clone(), roles: Vec::new() };
            let held = by_item.entry(item.as_str().to_owned()).or_insert_with(empty);
            held.roles.extend(roles.iter().cloned());
        }
    }
    let mut held: Vec<Held> = by_item.into_values().collect();
    held.sort_by(|left, right| natural_order(left.item.as_str(), right.item.as_str()));
    (held, count > responsibilities.len())
}

fn facts(lookup: Lookup<'_>, department: &NamedNode) -> Vec<Fact> {
    let table = [
        (lookup.t("职能", "Function"), zt::FUNCTION),
        (lookup.t("管辖区域", "Jurisdiction"), zt::JURISDICTION),
        (lookup.t("系统", "Sector"), zt::SECTOR),
    ];
    let facts = table.map(|(term, property)| Fact {
        term: term.to_owned(),
        references: lookup.references(department, property),
        text: String::new(),
    });
    facts.into_iter().filter(|fact| !fact.references.is_empty()).collect()
}

fn duties(lookup: Lookup<'_>, held: &[Held]) -> Vec<Duty> {
    let mut duties = Vec::new();
    for role in ROLES {
        let has = |one: &&Held| one.roles.iter().any(|own| own.as_ref() == role);
        let count = held.iter().filter(has).count();
        let mut by_document: BTreeMap<String, Vec<&NamedNode>> = BTreeMap::new();
        for one in held.iter().filter(has).take(DUTIES_MAX) {
            let document = lookup.node(&one.item, zt::IN_DOCUMENT);
            let key = document.map(NamedNode::into_string).unwrap_or_default();
            by_document.entry(key).or_default().push(&one.item);
        }
        let documents = by_document.into_iter().map(|(document, items)| DutiesOfDocument {
            document: NamedNode::new(document)
                .map(|node| lookup.reference(&node))
                .unwrap_or_default(),
            items: items
                .into_iter()
                .map(|item| ItemRow {
                    number: lookup.number_beside_name(item),
                    item: lookup.reference(item),
                })
                .collect(),
        });
        if count > 0 {
            duties.push(Duty {
                role: lookup.label(&role.into_owned()),
                documents: documents.collect(),
                more: count.saturating_sub(DUTIES_MAX),
                count,
            });
        }
    }
    duties
}

/// The targets of its measures, the first due first.
fn targets_by_deadline(lookup: Lookup<'_>, held: &[Held]) -> Vec<Dated> {
    let targets = held.iter().flat_map(|one| lookup.nodes(&one.item, zt::HAS_TARGET));
    in_order_of_days(lookup, targets)
}
