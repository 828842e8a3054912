//! The page of a department: what it leads, shares and supports, with whom, and the targets that follow.
//! In: an organization; out: HTML.

use std::collections::BTreeMap;

use askama::Template;
use axum::response::Response;
use oxigraph::model::NamedNode;

use super::document::Fact;
use super::role::ROLES;
use super::target::{TargetRow, row};
use super::{Chrome, respond};
use crate::graph::vocabulary::{skos, zt};
use crate::service::error::ServiceError;
use crate::service::lookup::{Lookup, Reference, natural_order};

/// Items that the department answers for in one role.
struct Duty {
    role: String,
    count: usize,
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

/// Another department and what both work on.
struct Colleague {
    department: Reference,
    count: usize,
    /// Share of the most frequent one, in percent, for the bar.
    percent: usize,
    items: Vec<Reference>,
}

#[derive(Template)]
#[template(path = "department.html")]
struct DepartmentPage {
    chrome: Chrome,
    name: String,
    other_names: Vec<String>,
    facts: Vec<Fact>,
    duties: Vec<Duty>,
    colleagues: Vec<Colleague>,
    targets: Vec<TargetRow>,
    issued: Vec<Reference>,
}

/// The page of a department.
pub(crate) fn render(
    lookup: Lookup<'_>,
    mut chrome: Chrome,
    department: &NamedNode,
) -> Result<Response, ServiceError> {
    chrome.section = "departments";
    let held = held_items(lookup, department);
    let mut items: Vec<NamedNode> = held.iter().map(|(_, item)| item.clone()).collect();
    items.sort_by(|left, right| natural_order(left.as_str(), right.as_str()));
    items.dedup();
    let name = lookup.label(department);
    let mut other_names = lookup.texts(department, skos::PREF_LABEL);
    other_names.extend(lookup.texts(department, skos::ALT_LABEL));
    other_names.retain(|other| *other != name);
    other_names.dedup();
    respond(&DepartmentPage {
        chrome,
        name,
        other_names,
        facts: facts(lookup, department),
        duties: duties(lookup, &held),
        colleagues: colleagues(lookup, department, &items),
        targets: targets_by_deadline(lookup, &items),
        issued: lookup
            .subjects(zt::ISSUER, department)
            .iter()
            .map(|document| lookup.reference(document))
            .collect(),
    })
}

/// Roles and the items in which the department has them.
fn held_items(lookup: Lookup<'_>, department: &NamedNode) -> Vec<(NamedNode, NamedNode)> {
    let responsibilities = lookup.subjects(zt::AGENT, department);
    let held = responsibilities.iter().flat_map(|responsibility| {
        let roles = lookup.nodes(responsibility, zt::ROLE);
        let items = lookup.subjects(zt::RESPONSIBILITY_OF, responsibility);
        roles
            .into_iter()
            .flat_map(move |role| items.clone().into_iter().map(move |item| (role.clone(), item)))
    });
    held.collect()
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

fn duties(lookup: Lookup<'_>, held: &[(NamedNode, NamedNode)]) -> Vec<Duty> {
    let mut duties = Vec::new();
    for role in ROLES {
        let mut by_document: BTreeMap<String, Vec<&NamedNode>> = BTreeMap::new();
        for (_, item) in held.iter().filter(|(own, _)| own.as_ref() == role) {
            let document = lookup.node(item, zt::IN_DOCUMENT);
            let key = document.map(NamedNode::into_string).unwrap_or_default();
            by_document.entry(key).or_default().push(item);
        }
        let documents: Vec<_> = by_document
            .into_iter()
            .map(|(document, mut items)| {
                items.sort_by(|left, right| natural_order(left.as_str(), right.as_str()));
                items.dedup();
                DutiesOfDocument {
                    document: NamedNode::new(document)
                        .map(|node| lookup.reference(&node))
                        .unwrap_or_default(),
                    items: items
                        .into_iter()
                        .map(|item| ItemRow {
                            number: lookup.text_or_empty(item, zt::NUMBER),
                            item: lookup.reference(item),
                        })
                        .collect(),
                }
            })
            .collect();
        let count = documents.iter().map(|document| document.items.len()).sum();
        if count > 0 {
            let role = lookup.label(&role.into_owned());
            duties.push(Duty { role, count, documents });
        }
    }
    duties
}

/// The departments that answer for the same items, the most frequent first.
fn colleagues(lookup: Lookup<'_>, department: &NamedNode, items: &[NamedNode]) -> Vec<Colleague> {
    let mut shared: BTreeMap<String, Vec<&NamedNode>> = BTreeMap::new();
    for item in items {
        for responsibility in lookup.nodes(item, zt::RESPONSIBILITY_OF) {
            for agent in lookup.nodes(&responsibility, zt::AGENT) {
                if agent != *department {
                    let with = shared.entry(agent.into_string()).or_default();
                    if with.last() != Some(&item) {
                        with.push(item);
                    }
                }
            }
        }
    }
    let mut colleagues: Vec<_> = shared.into_iter().collect();
    // The sort is stable: equals stay in the order of their IRIs.
    colleagues.sort_by_key(|(_, items)| std::cmp::Reverse(items.len()));
    let most = colleagues.first().map_or(1, |(_, items)| items.len().max(1));
    let rows = colleagues.into_iter().filter_map(|(agent, items)| {
        Some(Colleague {
            department: lookup.reference(&NamedNode::new(agent).ok()?),
            count: items.len(),
            percent: items.len() * 100 / most,
            items: items.into_iter().map(|item| lookup.reference(item)).collect(),
        })
    });
    rows.collect()
}

fn targets_by_deadline(lookup: Lookup<'_>, items: &[NamedNode]) -> Vec<TargetRow> {
    let mut targets: Vec<_> = items
        .iter()
        .flat_map(|item| lookup.nodes(item, zt::HAS_TARGET))
        .map(|target| (lookup.text(&target, zt::DEADLINE), target))
        .collect();
    // Without a deadline last; the sort is stable, so the order of the items stays inside a deadline.
    targets.sort_by_key(|(deadline, _)| (deadline.is_none(), deadline.clone()));
    targets.iter().map(|(_, target)| row(lookup, target)).collect()
}
