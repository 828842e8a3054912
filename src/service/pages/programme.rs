//! The page of a programme (行动、工程、试点、项目): what it is, who launches it, where. In: a programme; out: HTML.

use askama::Template;
use axum::response::Response;
use oxigraph::model::NamedNode;

use super::document::Fact;
use super::place::{Mention, is_mentioned_more, mentions};
use super::wording::bounds;
use super::{Chrome, respond};
use crate::graph::vocabulary::zt;
use crate::service::error::ServiceError;
use crate::service::limits::LISTED_MAX;
use crate::service::lookup::Lookup;

#[derive(Template)]
#[template(path = "programme.html")]
struct ProgrammePage {
    chrome: Chrome,
    name: String,
    facts: Vec<Fact>,
    launched: Vec<Mention>,
    mentioned: Vec<Mention>,
    /// How many measures and sections launch it, and how many items mention it, where not all are listed.
    counts: Option<[usize; 2]>,
    quotes: Vec<String>,
}

/// The page of a programme.
pub(crate) fn render(
    lookup: Lookup<'_>,
    mut chrome: Chrome,
    programme: &NamedNode,
) -> Result<Response, ServiceError> {
    chrome.section = "programmes";
    let (launchers, _) = lookup.some_subjects(zt::LAUNCHES, programme, LISTED_MAX);
    let (launched, mentioned) = mentions(lookup, programme)
        .into_iter()
        .partition(|mention| launchers.iter().any(|item| item.as_str() == mention.item.iri));
    let spans = lookup.nodes(programme, zt::EVIDENCE);
    let counts = [zt::LAUNCHES, zt::MENTIONS].map(|term| lookup.count(term, programme));
    respond(&ProgrammePage {
        chrome,
        counts: is_mentioned_more(lookup, programme).then_some(counts),
        name: lookup.label(programme),
        facts: facts(lookup, programme),
        launched,
        mentioned,
        quotes: spans.iter().filter_map(|span| lookup.text(span, zt::QUOTE)).collect(),
    })
}

fn facts(lookup: Lookup<'_>, programme: &NamedNode) -> Vec<Fact> {
    let fact =
        |term: &str, text: String, references| Fact { term: term.to_owned(), references, text };
    let capacity = lookup.node(programme, zt::CAPACITY).map(|quantity| {
        let printed = lookup.text_or_empty(&quantity, zt::VALUE_TEXT);
        if printed.is_empty() { bounds(lookup, &quantity) } else { printed }
    });
    let places = lookup.references(programme, zt::PLACE);
    let kind = lookup
        .text(programme, zt::PROGRAMME_KIND)
        .unwrap_or_else(|| lookup.label_of(programme, zt::PROGRAMME_KIND));
    let facts = [
        fact(lookup.t("类别", "Kind"), kind, Vec::new()),
        fact(lookup.t("规模", "Capacity"), capacity.unwrap_or_default(), Vec::new()),
        fact(lookup.t("地点", "Places"), String::new(), places),
    ];
    let told = |fact: &Fact| !fact.text.is_empty() || !fact.references.is_empty();
    facts.into_iter().filter(told).collect()
}
