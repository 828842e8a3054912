//! The page of a document: what it is, its outline beside its full text as published, what was read from
//! it marked where it stands, and what was not understood. In: a document; out: HTML. A document of which
//! only a record is known has no text: its targets are listed instead.

use askama::Template;
use axum::response::Response;
use oxigraph::model::{NamedNode, NamedNodeRef};
use serde_json::{Value, json};

use super::citing;
use super::compare::address;
use super::figure::Figure;
use super::layout::Paragraph;
use super::marks::{MarkedText, item_id, range_of};
use super::target::{TargetRow, quote_link, row};
use super::wording::date_words;
use super::{Chrome, respond};
use crate::graph::vocabulary::{nif, skos, zt};
use crate::service::charts::Drawing;
use crate::service::error::ServiceError;
use crate::service::limits::{COMPARED_MAX, LISTED_MAX};
use crate::service::lookup::{Lookup, Reference};
use oxigraph::model::vocab::rdfs;

/// A line of an information table.
pub(crate) struct Fact {
    /// What is told.
    pub(crate) term: String,
    /// Values that are resources.
    pub(crate) references: Vec<Reference>,
    /// A value that is text.
    pub(crate) text: String,
}

/// An entry of the outline.
struct Entry {
    number: String,
    heading: String,
    /// Into the text on this page, or to the item's own page where there is no text.
    href: String,
    is_measure: bool,
}

/// A finding as shown.
struct FindingRow {
    kind: String,
    explanation: String,
    quote: String,
    href: String,
}

/// Documents in one relation with this one.
struct Relation {
    name: String,
    documents: Vec<Reference>,
    /// How many more there are.
    more: usize,
}

#[derive(Template)]
#[template(path = "document.html")]
struct DocumentPage {
    chrome: Chrome,
    number: String,
    title: String,
    issuer: Vec<Reference>,
    facts: Vec<Fact>,
    relations: Vec<Relation>,
    outline: Vec<Entry>,
    text: Vec<Paragraph>,
    findings: Vec<FindingRow>,
    targets: Vec<TargetRow>,
    measures_count: usize,
    /// What it goes back to and what goes back to it.
    figure: Option<Figure>,
    /// How it is cited.
    cited_as: String,
    /// Where it stands beside the documents that it is tied to; none where there are none.
    compare_href: String,
    /// The same for search engines.
    json_ld: String,
}

/// The page of a document.
pub(crate) fn render(
    lookup: Lookup<'_>,
    mut chrome: Chrome,
    document: &NamedNode,
) -> Result<Response, ServiceError> {
    chrome.section = "documents";
    let source_text = lookup.node(document, zt::SOURCE_TEXT);
    let marked = source_text.and_then(|source_text| MarkedText::read(lookup, &source_text));
    let items = items_in_order(lookup, document);
    let measures_count = items.iter().filter(|item| lookup.is_a(item, zt::MEASURE)).count();
    let targets = lookup.subjects(zt::IN_DOCUMENT, document);
    let targets = targets.iter().filter(|target| lookup.is_a(target, zt::TARGET));
    respond(&DocumentPage {
        chrome,
        number: lookup.text_or_empty(document, zt::DOCUMENT_NUMBER),
        title: lookup.text(document, zt::TITLE).unwrap_or_else(|| lookup.label(document)),
        issuer: lookup.references(document, zt::ISSUER),
        facts: facts(lookup, document),
        relations: relations(lookup, document),
        outline: items.iter().map(|item| entry(lookup, item, marked.is_some())).collect(),
        text: marked.map(|marked| marked.paragraphs()).unwrap_or_default(),
        findings: findings(lookup, document),
        targets: targets.map(|target| row(lookup, target)).collect(),
        measures_count,
        figure: Figure::of_resource(
            lookup,
            (document, "relations"),
            &citing::drawing(lookup, document),
            lookup.t("贯彻落实关系", "What implements what"),
        ),
        cited_as: citing::reference(lookup, document),
        compare_href: compare_href(lookup, document),
        json_ld: json_ld(lookup, document),
    })
}

/// The chart called `name` of the page of a document.
pub(crate) fn chart(lookup: Lookup<'_>, document: &NamedNode, name: &str) -> Option<Drawing> {
    (name == "relations")
        .then(|| citing::drawing(lookup, document))
        .filter(|drawing| !drawing.is_empty())
}

/// The address that compares a document with the first one that it implements, else with those that implement it.
fn compare_href(lookup: Lookup<'_>, document: &NamedNode) -> String {
    let is_known = |node: &NamedNode| lookup.is_a(node, zt::POLICY_DOCUMENT);
    let mut sides = vec![document.clone()];
    let mut above = lookup.nodes(document, zt::IMPLEMENTS);
    // A record that has no targets gives nothing to compare.
    above.sort_by_key(|node| lookup.count(zt::IN_DOCUMENT, node) == 0);
    sides.extend(above.into_iter().filter(is_known).take(1));
    if sides.len() == 1 {
        let (below, _) = lookup.some_subjects(zt::IMPLEMENTS, document, COMPARED_MAX - 1);
        sides.extend(below.into_iter().filter(is_known));
    }
    address(lookup, "/compare", &sides)
}

/// The document in the words of schema.org, as JSON-LD that may stand in a page.
fn json_ld(lookup: Lookup<'_>, document: &NamedNode) -> String {
    let text = |property| lookup.text(document, property).filter(|text| !text.is_empty());
    let named = |class: &str, references: Vec<Reference>| -> Vec<Value> {
        let node = |one: Reference| json!({ "@type": class, "@id": one.iri, "name": one.label });
        references.into_iter().map(node).collect()
    };
    let based_on: Vec<Value> = lookup
        .nodes(document, zt::IMPLEMENTS)
        .iter()
        .map(|parent| json!({ "@type": "Legislation", "@id": parent.as_str(), "name": lookup.label(parent) }))
        .collect();
    let mut described = json!({
        "@context": "https://schema.org",
        "@type": "Legislation",
        "@id": document.as_str(),
        "name": text(zt::TITLE).unwrap_or_else(|| lookup.label(document)),
        "inLanguage": "zh-CN",
    });
    let fields = [
        ("legislationIdentifier", text(zt::DOCUMENT_NUMBER).map(Value::from)),
        ("legislationDate", text(zt::SIGNED_ON).map(Value::from)),
        ("datePublished", text(zt::PUBLISHED_ON).map(Value::from)),
        (
            "legislationType",
            lookup.references(document, zt::KIND).pop().map(|kind| kind.label.into()),
        ),
        (
            "legislationPassedBy",
            Some(named("GovernmentOrganization", lookup.references(document, zt::ISSUER)).into()),
        ),
        (
            "spatialCoverage",
            Some(named("AdministrativeArea", lookup.references(document, zt::JURISDICTION)).into()),
        ),
        ("isBasedOn", Some(based_on.into())),
    ];
    if let Some(object) = described.as_object_mut() {
        let known = fields.into_iter().filter_map(|(name, value)| Some((name, value?)));
        object.extend(
            known
                .filter(|(_, value)| value.as_array().is_none_or(|list| !list.is_empty()))
                .map(|(name, value)| (name.to_owned(), value)),
        );
    }
    embeddable(&described)
}

/// JSON in which nothing can end the element that it stands in.
fn embeddable(json: &Value) -> String {
    json.to_string().replace('<', "\\u003c")
}

/// Sections and measures in the order of the text.
fn items_in_order(lookup: Lookup<'_>, document: &NamedNode) -> Vec<NamedNode> {
    let mut items: Vec<_> = lookup
        .subjects(zt::IN_DOCUMENT, document)
        .into_iter()
        .filter(|item| lookup.is_a(item, zt::SECTION) || lookup.is_a(item, zt::MEASURE))
        .map(|item| {
            let span = lookup.node(&item, zt::EVIDENCE);
            let start = span.and_then(|span| range_of(lookup, &span)).map(|range| range.start);
            (start.unwrap_or(usize::MAX), item)
        })
        .collect();
    // The sort is stable: items without a place keep the order of their numbers.
    items.sort_by_key(|(start, _)| *start);
    items.into_iter().map(|(_, item)| item).collect()
}

fn entry(lookup: Lookup<'_>, item: &NamedNode, has_text: bool) -> Entry {
    let heading = lookup.text(item, zt::HEADING).filter(|heading| !heading.is_empty());
    Entry {
        number: lookup.text_or_empty(item, zt::NUMBER),
        heading: heading.unwrap_or_else(|| lookup.label(item)),
        href: if has_text { format!("#{}", item_id(item)) } else { lookup.href(item) },
        is_measure: lookup.is_a(item, zt::MEASURE),
    }
}

/// The information table.
fn facts(lookup: Lookup<'_>, document: &NamedNode) -> Vec<Fact> {
    let language = lookup.reader.language;
    let mut facts = Vec::new();
    let mut add = |term: &str, references: Vec<Reference>, text: String| {
        if !references.is_empty() || !text.is_empty() {
            facts.push(Fact { term: term.to_owned(), references, text });
        }
    };
    let text = |property| lookup.text_or_empty(document, property);
    let date = |property| date_words(&text(property), language);
    let link = |property| lookup.references(document, property);
    let addressees = addressees(lookup, document).join(lookup.t("、", ", "));
    add(lookup.t("发文字号", "Number"), Vec::new(), text(zt::DOCUMENT_NUMBER));
    add(lookup.t("发文机关", "Issuer"), link(zt::ISSUER), String::new());
    add(lookup.t("文种", "Kind"), link(zt::KIND), String::new());
    add(lookup.t("成文日期", "Signed"), Vec::new(), date(zt::SIGNED_ON));
    add(lookup.t("发布日期", "Published"), Vec::new(), date(zt::PUBLISHED_ON));
    add(lookup.t("施行日期", "Effective"), Vec::new(), date(zt::EFFECTIVE_ON));
    add(lookup.t("有效期至", "Expires"), Vec::new(), date(zt::EXPIRES_ON));
    let [force_zh, force_en] = force(
        [zt::REPEALS, zt::AMENDS].map(|relation| lookup.subjects(relation, document).is_empty()),
    );
    add(lookup.t("效力", "In force"), Vec::new(), lookup.t(force_zh, force_en).to_owned());
    add(lookup.t("规划期", "Plan period"), Vec::new(), period(lookup, document));
    add(lookup.t("印发文件", "Issues"), Vec::new(), text(zt::PROMULGATED_TITLE));
    add(lookup.t("主送机关", "Addressed to"), Vec::new(), addressees);
    add(lookup.t("管辖区域", "Jurisdiction"), link(zt::JURISDICTION), String::new());
    add(lookup.t("公开属性", "Openness"), link(zt::OPENNESS), String::new());
    add(lookup.t("主题分类", "Topic"), link(zt::TOPIC), String::new());
    add(lookup.t("索引号", "Index number"), Vec::new(), text(zt::INDEX_NUMBER));
    add(lookup.t("原文", "Source"), link(zt::SOURCE_TEXT), String::new());
    add(lookup.t("说明", "Note"), Vec::new(), text(rdfs::COMMENT));
    facts
}

/// What the documents held say about whether one is in force, by whether none of them repeals it and none amends it. No clock is asked: the day on which it expires stands beside.
fn force([none_repeals, none_amends]: [bool; 2]) -> [&'static str; 2] {
    match (none_repeals, none_amends) {
        (false, _) => ["已被废止", "repealed"],
        (true, false) => ["已被修改", "amended"],
        (true, true) => ["未见废止或修改", "neither repealed nor amended by a document here"],
    }
}

/// The addressees as the text lists them: a graph keeps no order, so their places in the text give it.
fn addressees(lookup: Lookup<'_>, document: &NamedNode) -> Vec<String> {
    let source = lookup
        .node(document, zt::SOURCE_TEXT)
        .and_then(|source_text| lookup.text(&source_text, nif::IS_STRING))
        .unwrap_or_default();
    let mut addressees = lookup.texts(document, zt::ADDRESSEE);
    addressees.sort_by_cached_key(|name| source.find(name.as_str()).unwrap_or(usize::MAX));
    addressees
}

fn period(lookup: Lookup<'_>, document: &NamedNode) -> String {
    let years = [zt::PERIOD_START, zt::PERIOD_END];
    let years: Vec<_> = years.iter().filter_map(|year| lookup.text(document, *year)).collect();
    years.join("–")
}

/// What it points to and what points to it, each relation under its most precise name only.
fn relations(lookup: Lookup<'_>, document: &NamedNode) -> Vec<Relation> {
    const KINDS: [(NamedNodeRef<'static>, [&str; 2], [&str; 2]); 6] = [
        (zt::IMPLEMENTS, ["贯彻落实", "Implements"], ["被贯彻落实", "Implemented by"]),
        (zt::BASED_ON, ["依据", "Based on"], ["作为依据", "Basis of"]),
        (zt::FORWARDS, ["转发", "Forwards"], ["被转发", "Forwarded by"]),
        (zt::REPEALS, ["废止", "Repeals"], ["被废止", "Repealed by"]),
        (zt::AMENDS, ["修改", "Amends"], ["被修改", "Amended by"]),
        (zt::CITES, ["引用", "Cites"], ["被引用", "Cited by"]),
    ];
    let mut relations = Vec::new();
    let mut seen_out = Vec::new();
    let mut seen_in = Vec::new();
    for (property, [out_zh, out_en], [in_zh, in_en]) in KINDS {
        let out = lookup.nodes(document, property);
        let (into, into_count) = lookup.some_subjects(property, document, LISTED_MAX);
        let more = into_count.saturating_sub(into.len());
        for (name, nodes, seen, more) in [
            (lookup.t(out_zh, out_en), out, &mut seen_out, 0),
            (lookup.t(in_zh, in_en), into, &mut seen_in, more),
        ] {
            let new: Vec<_> = nodes.into_iter().filter(|node| !seen.contains(node)).collect();
            if !new.is_empty() {
                let documents = new.iter().map(|node| lookup.reference(node)).collect();
                relations.push(Relation { name: name.to_owned(), documents, more });
                seen.extend(new);
            }
        }
    }
    relations
}

fn findings(lookup: Lookup<'_>, document: &NamedNode) -> Vec<FindingRow> {
    let findings = lookup.nodes(document, zt::FINDING);
    let rows = findings.iter().map(|finding| {
        let kind = lookup.node(finding, zt::FINDING_KIND);
        let span = lookup.node(finding, zt::EVIDENCE);
        FindingRow {
            kind: kind.as_ref().map_or_else(|| lookup.label(finding), |kind| lookup.label(kind)),
            explanation: kind
                .and_then(|kind| {
                    let definition = lookup.text(&kind, skos::DEFINITION);
                    definition.or_else(|| lookup.text(&kind, rdfs::COMMENT))
                })
                .unwrap_or_default(),
            quote: span
                .as_ref()
                .map(|span| lookup.text_or_empty(span, zt::QUOTE))
                .unwrap_or_default(),
            href: span.map(|span| quote_link(lookup, document, &span)).unwrap_or_default(),
        }
    });
    rows.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_repealed_is_not_merely_amended() {
        assert_eq!(force([false, false])[0], "已被废止");
        assert_eq!(force([true, false])[0], "已被修改");
        assert_eq!(force([true, true])[0], "未见废止或修改");
    }

    #[test]
    fn a_title_cannot_end_the_element_that_describes_it() {
        let told = json!({ "name": "</script><!--<script>绿化" });
        let text = embeddable(&told);
        assert!(!text.contains('<'));
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), told);
    }
}
