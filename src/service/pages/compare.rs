//! The page that compares documents, and the same as CSV. In: `d`, once or several times, each a document number in any spelling or an IRI, or several of them; out: HTML or a table for
//! a spreadsheet. Guarantee: what names no document here is told in words and the others are compared all the same.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use oxigraph::model::{NamedNode, NamedOrBlankNode, Term};

use super::comparison::{Cell, Comparison, Line, Side, compare};
use super::{Chrome, fresh, respond};
use crate::graph::vocabulary::zt;
use crate::index::simplify;
use crate::service::address::canonical_name;
use crate::service::error::ServiceError;
use crate::service::limits::COMPARED_MAX;
use crate::service::lookup::{Lookup, Reference};
use crate::service::off_thread;
use crate::service::request::{Ask, with_query};
use crate::service::site::Site;

/// Pairs of documents that are offered where none are chosen.
const PAIRS_MAX: usize = 12;

/// Numbers and IRIs that are looked at; each costs a few look-ups.
const PIECES_MAX: usize = 50;

/// A document that was asked for, with the link that leaves it out.
struct Chosen {
    document: Reference,
    number: String,
    without: String,
}

/// What was typed and names no document.
struct Unknown {
    typed: String,
    search_href: String,
}

/// Documents to be compared by a link.
struct Offer {
    lower: String,
    upper: String,
    href: String,
}

#[derive(Template)]
#[template(path = "compare.html")]
struct ComparePage {
    chrome: Chrome,
    chosen: Vec<Chosen>,
    unknown: Vec<Unknown>,
    too_many: bool,
    /// Documents tied to the chosen ones, with the link that takes them in.
    offers: Vec<Offer>,
    pairs: Vec<Offer>,
    sides: Vec<Side>,
    /// What several have.
    shared: Vec<Line>,
    /// What only one has, by document.
    single: Vec<(Reference, Vec<Cell>, Vec<Reference>)>,
    csv_href: String,
}

/// Documents asked for.
#[derive(Default)]
struct Wanted {
    documents: Vec<NamedNode>,
    unknown: Vec<String>,
    too_many: bool,
}

/// `GET /compare`.
pub(crate) async fn serve(
    State(site): State<Arc<Site>>,
    ask: Ask,
) -> Result<Response, ServiceError> {
    off_thread("compare", move || {
        fresh(&site, &ask, "compare", || render(Lookup::new(&site, ask.reader), &ask))
    })
    .await?
}

/// `GET /compare.csv`.
pub(crate) async fn serve_csv(
    State(site): State<Arc<Site>>,
    ask: Ask,
) -> Result<Response, ServiceError> {
    off_thread("compare", move || {
        fresh(&site, &ask, "compare.csv", || {
            let lookup = Lookup::new(&site, ask.reader);
            let wanted = wanted(lookup, &ask);
            if let Some(typed) = wanted.unknown.first() {
                return Err(ServiceError::BadParameter {
                    name: "d".to_owned(),
                    chinese: format!("“{typed}”不是这里收录的文件的文号或 IRI"),
                    english: format!("“{typed}” is neither number nor IRI of a document here"),
                });
            }
            if wanted.documents.is_empty() {
                let message =
                    ["应至少给出一份文件的文号或 IRI", "must name a document, by number or IRI"];
                return Err(ServiceError::parameter("d", message));
            }
            let compared = compare(lookup, &wanted.documents);
            let headers = [
                (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
                (
                    header::CONTENT_DISPOSITION,
                    HeaderValue::from_static("attachment; filename=\"compare.csv\""),
                ),
            ];
            Ok((headers, csv(lookup, &compared)).into_response())
        })
    })
    .await?
}

/// The documents that the parameters name, each once.
fn wanted(lookup: Lookup<'_>, ask: &Ask) -> Wanted {
    let mut wanted = Wanted::default();
    let is_border = |c: char| c.is_whitespace() || matches!(c, ',' | '，' | ';' | '；' | '、');
    // What one value is as a whole comes before what its pieces are: a number may be typed with spaces.
    let typed = ask.parameters.all("d").filter(|typed| !typed.trim().is_empty());
    let pieces = typed.take(PIECES_MAX).flat_map(|typed| match find(lookup, typed) {
        Some(document) => vec![(typed, Some(document))],
        None => typed
            .split(is_border)
            .map(|piece| (piece, find(lookup, piece)))
            .take(PIECES_MAX)
            .collect(),
    });
    for (piece, document) in pieces.filter(|(piece, _)| !piece.is_empty()).take(PIECES_MAX) {
        match document {
            Some(document) => wanted.add(document),
            // A page is not filled with what was pasted by mistake.
            None if wanted.unknown.len() < COMPARED_MAX => {
                wanted.unknown.push(piece.chars().take(80).collect());
            }
            None => {}
        }
    }
    wanted
}

impl Wanted {
    fn add(&mut self, document: NamedNode) {
        if self.documents.contains(&document) {
            return;
        }
        if self.documents.len() == COMPARED_MAX {
            self.too_many = true;
        } else {
            self.documents.push(document);
        }
    }
}

/// The document that `typed` is the number or the IRI of, or the path here.
fn find(lookup: Lookup<'_>, typed: &str) -> Option<NamedNode> {
    let typed = typed.trim();
    let path = typed.trim_start_matches('/');
    let named = canonical_name(&format!("document/{path}"));
    let spellings = [
        NamedNode::new(typed).ok(),
        lookup.site.iri(path),
        lookup.site.iri(&named),
        lookup.site.iri(&simplify(&named)),
    ];
    let is_document = |node: &NamedNode| lookup.is_a(node, zt::POLICY_DOCUMENT);
    spellings.into_iter().flatten().find(is_document)
}

/// What stands for a document in an address: its path here without `document/`, else its IRI.
pub(crate) fn short_name(lookup: Lookup<'_>, document: &NamedNode) -> String {
    let base = format!("{}document/", lookup.site.manifest.base_iri);
    document.as_str().strip_prefix(&base).unwrap_or(document.as_str()).to_owned()
}

/// The address that compares documents.
pub(crate) fn address(lookup: Lookup<'_>, path: &str, documents: &[NamedNode]) -> String {
    let names: Vec<String> = documents.iter().map(|node| short_name(lookup, node)).collect();
    lookup.reader.href(&with_query(path, names.iter().map(|name| ("d", name.as_str()))))
}

fn render(lookup: Lookup<'_>, ask: &Ask) -> Result<Response, ServiceError> {
    let Wanted { documents, unknown, too_many } = wanted(lookup, ask);
    let mut chrome = Chrome::new(
        lookup.site,
        lookup.reader,
        &ask.here(),
        lookup.t("文件对比", "Compare documents"),
    );
    chrome.section = "compare";
    let Comparison { sides, lines } = compare(lookup, &documents);
    let (shared, single): (Vec<Line>, Vec<Line>) =
        lines.into_iter().partition(|line| line.holders() > 1);
    let chosen = documents.iter().map(|node| {
        let others: Vec<NamedNode> =
            documents.iter().filter(|other| *other != node).cloned().collect();
        Chosen {
            document: lookup.reference(node),
            number: lookup.text_or_empty(node, zt::DOCUMENT_NUMBER),
            without: address(lookup, "/compare", &others),
        }
    });
    let unknown = unknown.into_iter().map(|typed| Unknown {
        search_href: lookup
            .reader
            .href(&with_query("/search", [("q", typed.as_str()), ("kind", "document")])),
        typed,
    });
    respond(&ComparePage {
        chosen: chosen.collect(),
        unknown: unknown.collect(),
        too_many,
        offers: offers(lookup, &documents),
        pairs: if documents.is_empty() { pairs(lookup) } else { Vec::new() },
        single: by_document(&sides, single),
        csv_href: address(lookup, "/compare.csv", &documents),
        sides,
        shared,
        chrome,
    })
}

/// What only one document has, by document.
fn by_document(sides: &[Side], lines: Vec<Line>) -> Vec<(Reference, Vec<Cell>, Vec<Reference>)> {
    let mut lists: Vec<_> =
        sides.iter().map(|side| (side.document.clone(), Vec::new(), Vec::new())).collect();
    for line in lines {
        for (list, cells) in lists.iter_mut().zip(line.cells) {
            list.2.extend(cells.iter().map(|_| line.indicator.clone()));
            list.1.extend(cells);
        }
    }
    lists
}

/// Documents that the chosen ones implement or that implement them, each with the link that takes it in.
fn offers(lookup: Lookup<'_>, documents: &[NamedNode]) -> Vec<Offer> {
    if documents.len() >= COMPARED_MAX {
        return Vec::new();
    }
    let mut tied: Vec<NamedNode> = Vec::new();
    for document in documents {
        tied.extend(lookup.nodes(document, zt::IMPLEMENTS));
        tied.extend(lookup.some_subjects(zt::IMPLEMENTS, document, PAIRS_MAX).0);
    }
    let mut offered: Vec<&NamedNode> = Vec::new();
    for node in &tied {
        let is_new = !documents.contains(node) && !offered.contains(&node);
        if is_new && lookup.is_a(node, zt::POLICY_DOCUMENT) {
            offered.push(node);
        }
    }
    let offers = offered.into_iter().take(PAIRS_MAX).map(|node| {
        let with: Vec<NamedNode> = documents.iter().chain([node]).cloned().collect();
        let href = address(lookup, "/compare", &with);
        Offer { lower: lookup.label(node), upper: String::new(), href }
    });
    offers.collect()
}

/// Some documents that implement another one.
fn pairs(lookup: Lookup<'_>) -> Vec<Offer> {
    let triples = lookup.site.store.triples(None, Some(zt::IMPLEMENTS), None);
    let pairs = triples.filter_map(|triple| match (triple.subject, triple.object) {
        (NamedOrBlankNode::NamedNode(lower), Term::NamedNode(upper)) => Some([lower, upper]),
        _ => None,
    });
    let has_targets = |pair: &[NamedNode; 2]| {
        pair.iter().all(|node| !lookup.text_or_empty(node, zt::DOCUMENT_NUMBER).is_empty())
    };
    let shown = pairs.take(20 * PAIRS_MAX).filter(has_targets).take(PAIRS_MAX).map(|pair| {
        let [lower, upper] = &pair;
        Offer {
            lower: lookup.label(lower),
            upper: lookup.label(upper),
            href: address(lookup, "/compare", &pair),
        }
    });
    shown.collect()
}

/// What the columns of the file are, in both languages.
const HEAD: [[&str; 2]; 20] = [
    ["指标", "indicator"],
    ["单位", "unit"],
    ["口径", "basis"],
    ["频次", "frequency"],
    ["范围", "scope"],
    ["参照对象", "compared with"],
    ["基期", "baseline year"],
    ["文号", "number"],
    ["文件", "document"],
    ["地区", "place"],
    ["有无", "has"],
    ["目标（原文）", "as printed"],
    ["数值", "value"],
    ["下限", "lower"],
    ["上限", "upper"],
    ["措辞", "wording"],
    ["期限", "deadline"],
    ["与上级相比", "against the higher level"],
    ["加码", "harder"],
    ["目标IRI", "target IRI"],
];

/// A row for each target, and one for each document that has none of an indicator.
fn csv(lookup: Lookup<'_>, compared: &Comparison) -> String {
    // Spreadsheets take a file without this mark for one in another encoding.
    let mut table = String::from("\u{feff}");
    push_row(&mut table, HEAD.iter().map(|[chinese, english]| lookup.t(chinese, english)));
    for line in &compared.lines {
        let of_line = [&line.indicator.label, &line.unit, &line.basis, &line.frequency];
        let of_line = of_line.into_iter().chain([&line.scope, &line.compared, &line.baseline]);
        for (side, cells) in compared.sides.iter().zip(&line.cells) {
            let of_side = [&side.number, &side.document.label, &side.place.label];
            let start = of_line.clone().chain(of_side).map(String::as_str);
            let start: Vec<&str> = start.collect();
            if cells.is_empty() {
                push_row(&mut table, start.iter().copied().chain([lookup.t("无", "no")]));
            }
            for cell in cells {
                let cell = csv_cell(lookup, cell);
                push_row(&mut table, start.iter().copied().chain(cell.iter().map(String::as_str)));
            }
        }
    }
    table
}

fn csv_cell(lookup: Lookup<'_>, cell: &Cell) -> [String; 10] {
    let number = |property| lookup.text_or_empty(&cell.measured.target, property);
    let harder = if cell.against.is_harder { lookup.t("是", "yes") } else { "" };
    [
        lookup.t("有", "yes").to_owned(),
        cell.words.clone(),
        number(zt::VALUE),
        number(zt::LOWER_BOUND),
        number(zt::UPPER_BOUND),
        cell.wording.clone(),
        cell.measured.deadline.clone().unwrap_or_default(),
        [cell.against.words.as_str(), cell.against.time.as_str()].join(" ").trim().to_owned(),
        harder.to_owned(),
        cell.target.iri.clone(),
    ]
}

/// Adds a row with as many fields as the head has.
fn push_row<'f>(table: &mut String, fields: impl Iterator<Item = &'f str>) {
    let mut row: Vec<String> = fields.map(quoted).collect();
    row.resize(HEAD.len(), String::new());
    table.push_str(&row.join(","));
    table.push_str("\r\n");
}

/// A field of CSV. What a spreadsheet would take for a formula is kept as text.
fn quoted(field: &str) -> String {
    let is_number = field.parse::<f64>().is_ok();
    let is_formula = !is_number && field.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let field = if is_formula { format!("'{field}") } else { field.to_owned() };
    if field.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_of_csv_keeps_its_characters_and_is_no_formula() {
        let table = [
            ("森林覆盖率", "森林覆盖率"),
            ("甲,乙", "\"甲,乙\""),
            ("“甲\"", "\"“甲\"\"\""),
            ("=1+1", "'=1+1"),
            ("-3.5", "-3.5"),
            ("-甲", "'-甲"),
        ];
        for (field, written) in table {
            assert_eq!(quoted(field), written);
        }
    }

    #[test]
    fn each_row_has_as_many_fields_as_the_head() {
        let mut table = String::new();
        push_row(&mut table, ["甲", "乙"].into_iter());
        assert_eq!(table.split(',').count(), HEAD.len());
    }
}
