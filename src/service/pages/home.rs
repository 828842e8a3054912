//! The first page: a search box, what is in the release, its documents, and where to begin. In: the site;
//! out: HTML.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use oxigraph::model::NamedNode;

use super::wording::{date_words, number_words};
use super::{Chrome, fresh, respond};
use crate::graph::vocabulary::zt;
use crate::service::error::ServiceError;
use crate::service::limits::HOME_DOCUMENTS_MAX;
use crate::service::lookup::{Lookup, Reference};
use crate::service::off_thread;
use crate::service::request::Ask;
use crate::service::site::Site;
use oxigraph::model::vocab::rdf;

/// A class with the number of its members.
struct CountRow {
    label: String,
    count: String,
    href: String,
}

/// A document as listed.
struct DocumentRow {
    document: Reference,
    number: String,
    issuer: String,
    date: String,
    has_text: bool,
}

/// A question that the query page answers.
struct ExampleRow {
    question: String,
    href: String,
}

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage {
    chrome: Chrome,
    counts: Vec<CountRow>,
    documents: Vec<DocumentRow>,
    documents_more: usize,
    examples: Vec<ExampleRow>,
    built_from: Vec<String>,
}

/// Questions on the first page: the first ones in their order; all are on the query page.
const EXAMPLES_SHOWN: usize = 6;

/// `GET /`.
pub(crate) async fn serve(
    State(site): State<Arc<Site>>,
    ask: Ask,
) -> Result<Response, ServiceError> {
    off_thread("home", move || {
        fresh(&site, &ask, "home", || render(Lookup::new(&site, ask.reader), &ask))
    })
    .await?
}

fn render(lookup: Lookup<'_>, ask: &Ask) -> Result<Response, ServiceError> {
    let site = lookup.site;
    let title =
        lookup.t("政图：政策文件知识图谱", "Zhengtu: a knowledge graph of policy documents");
    let mut chrome = Chrome::new(site, lookup.reader, &ask.here(), title);
    chrome.section = "home";
    let counts = site.counts.iter().map(|count| CountRow {
        label: count_label(lookup, &count.class),
        count: number_words(&count.members.to_string(), lookup.reader.language),
        href: match count.class.as_ref() {
            zt::FINDING_CLASS => lookup.reader.href("/data#findings"),
            _ => browse_href(lookup, &count.class),
        },
    });
    let (documents, documents_more) = documents(lookup);
    let examples = site.examples.iter().take(EXAMPLES_SHOWN).map(|example| ExampleRow {
        question: lookup.t(&example.question_zh, &example.question_en).to_owned(),
        href: lookup.reader.href(&format!("/query?example={}", example.name)),
    });
    respond(&HomePage {
        chrome,
        counts: counts.collect(),
        documents,
        documents_more,
        examples: examples.collect(),
        built_from: site.manifest.sources.iter().map(|source| source.path.clone()).collect(),
    })
}

/// What there is so many of; a label of the vocabulary is the name of one.
fn count_label(lookup: Lookup<'_>, class: &NamedNode) -> String {
    let labels = [
        (zt::POLICY_DOCUMENT, "文件", "documents"),
        (zt::MEASURE, "措施", "measures"),
        (zt::TARGET, "目标", "targets"),
        (zt::INDICATOR, "指标", "indicators"),
        (zt::ORGANIZATION, "部门与机构", "bodies"),
        (zt::PROGRAMME, "行动与项目", "programmes"),
        (zt::PLACE_CLASS, "地点", "places"),
        (zt::FINDING_CLASS, "存疑之处", "findings"),
    ];
    let own = labels.iter().find(|(own, ..)| class.as_ref() == *own);
    own.map_or_else(|| lookup.label(class), |(_, zh, en)| lookup.t(zh, en).to_owned())
}

/// Where the members of a class can be looked through: their own page, or the search, if it knows the class.
pub(crate) fn browse_href(lookup: Lookup<'_>, class: &NamedNode) -> String {
    let kinds = [
        (zt::POLICY_DOCUMENT, "/search?q=&kind=document"),
        (zt::MEASURE, "/search?q=&kind=measure"),
        (zt::TARGET, "/search?q=&kind=target"),
        (zt::ORGANIZATION, "/search?q=&kind=department"),
        (zt::INDICATOR, "/search?q=&kind=indicator"),
        (zt::PLACE_CLASS, "/search?q=&kind=place"),
        (zt::PROGRAMME, "/programmes"),
    ];
    let known = kinds.iter().find(|(own, _)| class.as_ref() == *own);
    known.map_or_else(String::new, |(_, address)| lookup.reader.href(address))
}

/// The documents with a text first, the newest first, and how many are not shown.
fn documents(lookup: Lookup<'_>) -> (Vec<DocumentRow>, usize) {
    let class = zt::POLICY_DOCUMENT.into_owned();
    let mut rows: Vec<_> = lookup
        .subjects(rdf::TYPE, &class)
        .into_iter()
        .map(|document| {
            let signed_on = lookup.text_or_empty(&document, zt::SIGNED_ON);
            let has_text = lookup.node(&document, zt::SOURCE_TEXT).is_some();
            (has_text, signed_on, document)
        })
        .collect();
    rows.sort_by(|left, right| (right.0, &right.1).cmp(&(left.0, &left.1)));
    let more = rows.len().saturating_sub(HOME_DOCUMENTS_MAX);
    let shown = rows.into_iter().take(HOME_DOCUMENTS_MAX).map(|(has_text, signed_on, document)| {
        DocumentRow {
            number: lookup.text_or_empty(&document, zt::DOCUMENT_NUMBER),
            issuer: lookup.label_of(&document, zt::ISSUER),
            date: date_words(&signed_on, lookup.reader.language),
            has_text,
            document: lookup.reference(&document),
        }
    });
    (shown.collect(), more)
}
