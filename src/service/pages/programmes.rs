//! The page of programmes: what undertakings (行动、工程、试点、项目) the documents name, those first that most items name, with how many documents, measures and targets each has. In: a kind and a page by
//! parameters; out: HTML. Guarantee: the order is worked out once for a release (`service/programmes.rs`); a page reads only the programmes that it shows, and of each a bounded number of items.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use super::programme::kind_name;
use super::undertaking::Undertaking;
use super::{Chrome, fresh, respond};
use crate::graph::vocabulary::zt;
use crate::service::error::ServiceError;
use crate::service::limits::{PROGRAMME_ROW_ITEMS_MAX, PROGRAMMES_DEFAULT, PROGRAMMES_RANKED_MAX};
use crate::service::lookup::{Lookup, Reference};
use crate::service::off_thread;
use crate::service::programmes::{Ranked, Ranking};
use crate::service::request::{Ask, with_query};
use crate::service::site::Site;

const PAGE: &str = "/programmes";
/// Documents that a row names.
const DOCUMENTS_SHOWN: usize = 2;

/// A kind to narrow by; the one that is on leads back to all.
struct KindChoice {
    label: String,
    count: usize,
    href: String,
    is_on: bool,
}

/// A programme with how much it has.
struct ProgrammeRow {
    programme: Reference,
    kind: String,
    places: Vec<Reference>,
    documents: usize,
    /// Some of the documents.
    shown: Vec<Reference>,
    measures: usize,
    targets: usize,
    /// Whether the numbers are of some of its items only.
    is_cut: bool,
}

#[derive(Template)]
#[template(path = "programmes.html")]
struct ProgrammesPage {
    chrome: Chrome,
    kinds: Vec<KindChoice>,
    is_narrowed: bool,
    /// Programmes of the kind that is on, or all.
    total: usize,
    rows: Vec<ProgrammeRow>,
    /// How many of all programmes are listed, where that is not all.
    listed_max: Option<usize>,
    search_href: String,
    page: usize,
    pages: usize,
    previous: Option<String>,
    next: Option<String>,
    first_href: String,
}

/// `GET /programmes`.
pub(crate) async fn serve(
    State(site): State<Arc<Site>>,
    ask: Ask,
) -> Result<Response, ServiceError> {
    let kind = ask.parameters.one("kind")?.filter(|kind| !kind.is_empty()).map(str::to_owned);
    let pages_max = PROGRAMMES_RANKED_MAX.div_ceil(PROGRAMMES_DEFAULT);
    let page = ask.parameters.number("page", 1, pages_max)?.unwrap_or(1);
    off_thread("programmes", move || {
        fresh(&site, &ask, "programmes", || {
            render(Lookup::new(&site, ask.reader), &ask, (kind.as_deref(), page))
        })
    })
    .await?
}

/// The address of a page of a kind.
fn address(lookup: Lookup<'_>, kind: Option<&str>, page: usize) -> String {
    let number = page.to_string();
    let page = (page > 1).then_some(number.as_str());
    let pairs = [("kind", kind), ("page", page)];
    let pairs = pairs.into_iter().filter_map(|(name, value)| Some((name, value?)));
    lookup.reader.href(&with_query(PAGE, pairs))
}

fn render(
    lookup: Lookup<'_>,
    ask: &Ask,
    (kind, page): (Option<&str>, usize),
) -> Result<Response, ServiceError> {
    let ranking = lookup.site.programmes();
    let wanted = kind.map(|kind| place_of(ranking, kind)).transpose()?;
    let mut chrome =
        Chrome::new(lookup.site, lookup.reader, &ask.here(), lookup.t("行动与项目", "Programmes"));
    chrome.section = "programmes";
    let fitting = |one: &&Ranked| wanted.is_none_or(|wanted| one.kind == Some(wanted));
    let total = ranking.programmes.iter().filter(fitting).count();
    let pages = total.div_ceil(PROGRAMMES_DEFAULT).max(1);
    let shown = ranking.programmes.iter().filter(fitting);
    let shown = shown.skip((page - 1) * PROGRAMMES_DEFAULT).take(PROGRAMMES_DEFAULT);
    let search = with_query("/search", [("q", ""), ("kind", "programme")]);
    respond(&ProgrammesPage {
        chrome,
        kinds: kinds(lookup, ranking, wanted),
        is_narrowed: wanted.is_some(),
        total,
        rows: shown.map(|one| row(lookup, ranking, one)).collect(),
        listed_max: (ranking.programmes.len() < ranking.count).then_some(ranking.programmes.len()),
        search_href: lookup.reader.href(&search),
        page,
        pages,
        previous: (page > 1).then(|| address(lookup, kind, page - 1)),
        next: (page < pages).then(|| address(lookup, kind, page + 1)),
        first_href: address(lookup, kind, 1),
    })
}

/// The place of a kind among those of the release.
fn place_of(ranking: &Ranking, kind: &str) -> Result<usize, ServiceError> {
    let place = ranking.kinds.iter().position(|(own, _)| own == kind);
    place.ok_or_else(|| {
        let names: Vec<&str> = ranking.kinds.iter().map(|(own, _)| own.as_str()).collect();
        let names = names.join("、");
        ServiceError::BadParameter {
            name: "kind".to_owned(),
            chinese: format!("应为以下类别之一：{names}"),
            english: format!("must be one of the kinds {names}"),
        }
    })
}

fn kinds(lookup: Lookup<'_>, ranking: &Ranking, wanted: Option<usize>) -> Vec<KindChoice> {
    let choices = ranking.kinds.iter().enumerate().map(|(place, (kind, count))| {
        let is_on = wanted == Some(place);
        KindChoice {
            label: kind_name(lookup, kind),
            count: *count,
            href: address(lookup, (!is_on).then_some(kind), 1),
            is_on,
        }
    });
    choices.collect()
}

fn row(lookup: Lookup<'_>, ranking: &Ranking, one: &Ranked) -> ProgrammeRow {
    let undertaking = Undertaking::read(lookup, &one.programme, PROGRAMME_ROW_ITEMS_MAX);
    let documents = undertaking.documents();
    let kind = one.kind.and_then(|place| ranking.kinds.get(place));
    let shown = documents.iter().take(DOCUMENTS_SHOWN);
    ProgrammeRow {
        programme: lookup.reference(&one.programme),
        kind: kind.map(|(kind, _)| kind_name(lookup, kind)).unwrap_or_default(),
        places: lookup.references(&one.programme, zt::PLACE),
        shown: shown.map(|document| lookup.reference(document)).collect(),
        documents: documents.len(),
        measures: undertaking.measures(lookup).len(),
        targets: undertaking.targets(lookup).len(),
        is_cut: undertaking.is_cut,
    }
}
