//! The page that compares documents, the same as CSV, and its charts as files. In: `d`, once or several times, documents by number, IRI or title; out: HTML or a table for
//! a spreadsheet. Guarantee: what names no document here is told in words and the others are compared all the same.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use oxigraph::model::{NamedNode, NamedOrBlankNode, Term};

use super::chosen::{Wanted, wanted};
use super::compared_charts::{Chart, charts};
use super::comparison::{Cell, Comparison, Line, Side, compare};
use super::csv::Table;
use super::figure::{CHART, Figure, respond_svg, unknown_chart};
use super::{Chrome, fresh, respond};
use crate::graph::vocabulary::zt;
use crate::service::error::ServiceError;
use crate::service::limits::{COMPARED_CHARTS_MAX, COMPARED_MAX, COMPARED_TARGETS_MAX};
use crate::service::lookup::{Lookup, Reference};
use crate::service::off_thread;
use crate::service::request::{Ask, with_query};
use crate::service::site::Site;

/// Pairs of documents that are offered where none are chosen.
const PAIRS_MAX: usize = 12;

/// Rows of a list that is not folded.
const ROWS_OPEN_MAX: usize = 40;

/// Parts of a document among which a target is looked for.
const PARTS_MAX: usize = 300;

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

/// What only one document has.
struct SingleList {
    document: Reference,
    rows: Vec<Single>,
}

struct Single {
    indicator: Reference,
    /// Basis, frequency and place.
    manner: String,
    cell: Cell,
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
    single: Vec<SingleList>,
    csv_href: String,
    documents_max: usize,
    targets_max: usize,
    /// Longer lists of what only one has are folded.
    rows_open_max: usize,
    /// What they say of one indicator for one year, drawn.
    figures: Vec<Figure>,
    /// Indicators and years that are not drawn.
    charts_more: usize,
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
            let compared = compare(lookup, &all_known(lookup, &ask)?);
            Ok(csv(lookup, &compared).respond("compare.csv"))
        })
    })
    .await?
}

/// `GET /compare.svg`: one of the charts of the page.
pub(crate) async fn serve_svg(
    State(site): State<Arc<Site>>,
    ask: Ask,
) -> Result<Response, ServiceError> {
    let number = ask.parameters.number(CHART, 1, COMPARED_CHARTS_MAX)?.unwrap_or(1);
    off_thread("compare", move || {
        fresh(&site, &ask, "compare.svg", || {
            let lookup = Lookup::new(&site, ask.reader);
            let compared = compare(lookup, &all_known(lookup, &ask)?);
            let charts = charts(lookup, &compared);
            let chart = charts.get(number - 1).ok_or_else(unknown_chart)?;
            Ok(respond_svg(&chart.drawing(lookup)))
        })
    })
    .await?
}

/// The documents that the parameters name; a program is refused where one is unknown.
fn all_known(lookup: Lookup<'_>, ask: &Ask) -> Result<Vec<NamedNode>, ServiceError> {
    let wanted = wanted(lookup, ask);
    if let Some(typed) = wanted.unknown.first() {
        return Err(ServiceError::BadParameter {
            name: "d".to_owned(),
            chinese: format!("“{typed}”不是这里收录的文件的文号、标题或 IRI"),
            english: format!("“{typed}” is neither number nor title nor IRI of a document here"),
        });
    }
    if wanted.documents.is_empty() {
        let message = [
            "应至少给出一份文件的文号、标题或 IRI",
            "must name a document, by number, title or IRI",
        ];
        return Err(ServiceError::parameter("d", message));
    }
    Ok(wanted.documents)
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
    let compared = compare(lookup, &documents);
    let all_charts = charts(lookup, &compared);
    let drawn = figures(lookup, &documents, &all_charts);
    let charts_more = all_charts.len().saturating_sub(drawn.len());
    let Comparison { sides, lines } = compared;
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
        documents_max: COMPARED_MAX,
        targets_max: COMPARED_TARGETS_MAX,
        rows_open_max: ROWS_OPEN_MAX,
        figures: drawn,
        charts_more,
        sides,
        shared,
        chrome,
    })
}

/// The charts that the page shows.
fn figures(lookup: Lookup<'_>, documents: &[NamedNode], charts: &[Chart<'_>]) -> Vec<Figure> {
    let figures = charts.iter().take(COMPARED_CHARTS_MAX).zip(1..).filter_map(|(chart, number)| {
        let page = address(lookup, "/compare.svg", documents);
        let address = format!("{page}&{CHART}={number}");
        let figure = Figure::new(&chart.drawing(lookup), &chart.caption, address)?;
        Some(Figure { file: format!("compare-{number}.svg"), ..figure })
    });
    figures.collect()
}

/// What only one document has, by document.
fn by_document(sides: &[Side], lines: Vec<Line>) -> Vec<SingleList> {
    let lists = sides.iter();
    let lists = lists.map(|side| SingleList { document: side.document.clone(), rows: Vec::new() });
    let mut lists: Vec<SingleList> = lists.collect();
    for line in lines {
        let manner = line.manner();
        for (list, cells) in lists.iter_mut().zip(line.cells) {
            list.rows.extend(cells.into_iter().map(|cell| Single {
                indicator: line.indicator.clone(),
                manner: manner.clone(),
                cell,
            }));
        }
    }
    lists.retain(|list| !list.rows.is_empty());
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

/// Whether a document has targets, as far as a few of its parts tell.
fn has_targets(lookup: Lookup<'_>, document: &NamedNode) -> bool {
    let (parts, _) = lookup.some_subjects(zt::IN_DOCUMENT, document, PARTS_MAX);
    parts.iter().any(|part| lookup.is_a(part, zt::TARGET))
}

/// Some documents that implement another one, where both have targets.
fn pairs(lookup: Lookup<'_>) -> Vec<Offer> {
    let triples = lookup.site.store.triples(None, Some(zt::IMPLEMENTS), None);
    let pairs = triples.filter_map(|triple| match (triple.subject, triple.object) {
        (NamedOrBlankNode::NamedNode(lower), Term::NamedNode(upper)) => Some([lower, upper]),
        _ => None,
    });
    let are_comparable = |pair: &[NamedNode; 2]| pair.iter().all(|node| has_targets(lookup, node));
    let shown = pairs.take(20 * PAIRS_MAX).filter(are_comparable).take(PAIRS_MAX).map(|pair| {
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
const HEAD: [[&str; 2]; 21] = [
    ["指标", "indicator"],
    ["单位", "unit"],
    ["口径", "basis"],
    ["频次", "frequency"],
    ["范围", "scope"],
    ["参照对象", "compared with"],
    ["基期", "baseline year"],
    ["地点", "part of the place"],
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
fn csv(lookup: Lookup<'_>, compared: &Comparison) -> Table {
    let mut table =
        Table::new(HEAD.iter().map(|[chinese, english]| lookup.reader.t(chinese, english)));
    for line in &compared.lines {
        let of_line = [&line.indicator.label, &line.unit, &line.basis, &line.frequency];
        let of_line = of_line.into_iter();
        let of_line = of_line.chain([&line.scope, &line.compared, &line.baseline, &line.places]);
        for (side, cells) in compared.sides.iter().zip(&line.cells) {
            let of_side = [&side.number, &side.document.label, &side.place.label];
            let start = of_line.clone().chain(of_side).map(String::as_str);
            let start: Vec<&str> = start.collect();
            if cells.is_empty() {
                table.push(start.iter().copied().chain([lookup.t("无", "no")]));
            }
            for cell in cells {
                let cell = csv_cell(lookup, cell);
                table.push(start.iter().copied().chain(cell.iter().map(String::as_str)));
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
