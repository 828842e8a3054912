//! The page of deadlines: targets in the order of their days, on a line of years and in a table, and the line as a file. In: a place, a year, a department and a page by parameters; out: HTML or SVG.
//! Guarantee: every choice is a link that can be shared, and a page reads as much of the graph as it shows.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use oxigraph::model::NamedNode;

use super::due::{Due, Wanted, find_due};
use super::figure::{Figure, respond_svg};
use super::target::{TargetRow, row};
use super::wording::year_fraction;
use super::{Chrome, fresh, respond};
use crate::graph::vocabulary::zt;
use crate::index::FacetValue;
use crate::service::charts::{Caption, Dates, Drawing, timeline};
use crate::service::error::ServiceError;
use crate::service::language::Reader;
use crate::service::limits::{DEADLINES_DEFAULT, FACET_VALUES_MAX, RESULT_PAGES_MAX};
use crate::service::lookup::Lookup;
use crate::service::off_thread;
use crate::service::request::{Ask, with_query};
use crate::service::site::Site;

const PAGE: &str = "/deadlines";
const DRAWING: &str = "/deadlines.svg";

/// A value to narrow by, or one that is on and can be taken off.
struct Choice {
    label: String,
    count: String,
    href: String,
    is_on: bool,
}

/// A target with what is said of its measure.
struct DueRow {
    row: TargetRow,
    place: String,
}

/// Targets of one day.
struct Day {
    words: String,
    rows: Vec<DueRow>,
}

#[derive(Template)]
#[template(path = "deadlines.html")]
struct DeadlinesPage {
    chrome: Chrome,
    total: usize,
    undated: usize,
    is_cut: bool,
    figure: Option<Figure>,
    chips: Vec<Choice>,
    years: Vec<Choice>,
    regions: Vec<Choice>,
    departments: Vec<Choice>,
    days: Vec<Day>,
    page: usize,
    pages: usize,
    /// Whether there are more than can be turned to.
    is_beyond: bool,
    previous: Option<String>,
    next: Option<String>,
    first_href: String,
}

/// `GET /deadlines`.
pub(crate) async fn serve(
    State(site): State<Arc<Site>>,
    ask: Ask,
) -> Result<Response, ServiceError> {
    let wanted = read(&ask)?;
    off_thread("deadlines", move || {
        fresh(&site, &ask, "deadlines", || render(Lookup::new(&site, ask.reader), &ask, &wanted))
    })
    .await?
}

/// `GET /deadlines.svg`.
pub(crate) async fn serve_svg(
    State(site): State<Arc<Site>>,
    ask: Ask,
) -> Result<Response, ServiceError> {
    let wanted = read(&ask)?;
    off_thread("deadlines", move || {
        fresh(&site, &ask, "deadlines.svg", || {
            let lookup = Lookup::new(&site, ask.reader);
            let due = find_due(lookup, &wanted);
            Ok(respond_svg(&drawing(lookup, &due)))
        })
    })
    .await?
}

/// What the parameters ask for.
fn read(ask: &Ask) -> Result<Wanted, ServiceError> {
    let iri = |name: &str| -> Result<Option<String>, ServiceError> {
        let Some(value) = ask.parameters.one(name)?.filter(|value| !value.is_empty()) else {
            return Ok(None);
        };
        if NamedNode::new(value).is_err() {
            let message = ["应为完整的 IRI", "must be a full IRI"];
            return Err(ServiceError::parameter(name, message));
        }
        Ok(Some(value.to_owned()))
    };
    let year = ask.parameters.number("year", 1000, 9999)?;
    Ok(Wanted {
        region: iri("region")?,
        department: iri("department")?,
        year: year.map(|year| year.to_string()),
        page: ask.parameters.number("page", 1, RESULT_PAGES_MAX)?.unwrap_or(1),
    })
}

/// The address of what is wanted, at the page or at the drawing.
fn address(path: &str, wanted: &Wanted) -> String {
    let page = (wanted.page > 1).then(|| wanted.page.to_string());
    let pairs = [
        ("region", &wanted.region),
        ("year", &wanted.year),
        ("department", &wanted.department),
        ("page", &page),
    ];
    let pairs = pairs.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?)));
    with_query(path, pairs)
}

fn render(lookup: Lookup<'_>, ask: &Ask, wanted: &Wanted) -> Result<Response, ServiceError> {
    let due = find_due(lookup, wanted);
    let reader = lookup.reader;
    let mut chrome = Chrome::new(lookup.site, reader, &ask.here(), lookup.t("期限", "Deadlines"));
    chrome.section = "deadlines";
    let caption = lookup.t("目标按期限分布", "Targets by deadline");
    let file = reader.href(&address(DRAWING, &Wanted { page: 1, ..wanted.clone() }));
    let figure = Figure::new(&drawing(lookup, &due), caption, file);
    let of = |page: usize| reader.href(&address(PAGE, &Wanted { page, ..wanted.clone() }));
    let pages = due.total.div_ceil(DEADLINES_DEFAULT).clamp(1, RESULT_PAGES_MAX);
    let page = wanted.page;
    respond(&DeadlinesPage {
        chrome,
        total: due.total,
        undated: due.undated,
        is_cut: due.is_cut,
        figure: figure.map(|figure| Figure { file: "deadlines.svg".to_owned(), ..figure }),
        chips: chips(lookup, wanted),
        years: years(reader, &due, wanted),
        regions: choices(reader, &due.regions, &|value| Wanted {
            region: Some(value.to_owned()),
            page: 1,
            ..wanted.clone()
        }),
        departments: choices(reader, &due.departments, &|value| Wanted {
            department: Some(value.to_owned()),
            page: 1,
            ..wanted.clone()
        }),
        days: days(lookup, &due),
        page,
        pages,
        is_beyond: due.total > RESULT_PAGES_MAX * DEADLINES_DEFAULT,
        previous: (page > 1).then(|| of(page - 1)),
        next: (page < pages).then(|| of(page + 1)),
        first_href: of(1),
    })
}

/// The line of years: each day by itself where the page has them all, else the years.
fn drawing(lookup: Lookup<'_>, due: &Due) -> Drawing {
    let dated: usize = due.years.iter().map(|(_, count)| count).sum();
    let title = lookup.t("目标按期限分布", "Targets by deadline");
    let description = match (lookup.t("zh", "en"), due.years.first().zip(due.years.last())) {
        ("zh", Some(((first, _), (last, _)))) => format!("{first}年至{last}年共{dated}个目标"),
        (_, Some(((first, _), (last, _)))) => format!("{dated} targets from {first} to {last}"),
        (_, None) => String::new(),
    };
    let caption = Caption { title, description: &description };
    let mut days: Vec<(f64, usize)> = Vec::new();
    for target in &due.targets {
        let day = lookup.text(target, zt::DEADLINE).and_then(|date| year_fraction(&date));
        match (day, days.last_mut()) {
            (Some(day), Some((last, count))) if (*last - day).abs() < 1e-6 => *count += 1,
            (Some(day), _) => days.push((day, 1)),
            (None, _) => {}
        }
    }
    // Targets that name no day are on the page too: only the dated ones count here.
    let drawn: usize = days.iter().map(|(_, count)| count).sum();
    if drawn < dated {
        return timeline(caption, &Dates::Years(due.years.clone()));
    }
    timeline(caption, &Dates::Days(days))
}

/// What is on, with the links that take it off.
fn chips(lookup: Lookup<'_>, wanted: &Wanted) -> Vec<Choice> {
    let label =
        |iri: &str| NamedNode::new(iri).map_or_else(|_| iri.to_owned(), |node| lookup.label(&node));
    let first = || Wanted { page: 1, ..wanted.clone() };
    let on = [
        (wanted.region.as_deref().map(label), Wanted { region: None, ..first() }),
        (wanted.department.as_deref().map(label), Wanted { department: None, ..first() }),
        (
            wanted.year.as_deref().map(|year| match lookup.t("zh", "en") {
                "zh" => format!("{year}年"),
                _ => year.to_owned(),
            }),
            Wanted { year: None, ..first() },
        ),
    ];
    let chips = on.into_iter().filter_map(|(label, without)| {
        let href = lookup.reader.href(&address(PAGE, &without));
        Some(Choice { label: label?, count: String::new(), href, is_on: true })
    });
    chips.collect()
}

fn years(reader: Reader, due: &Due, wanted: &Wanted) -> Vec<Choice> {
    let years = due.years.iter().map(|(year, count)| {
        let is_on = wanted.year.as_deref() == Some(year.to_string().as_str());
        let chosen = (!is_on).then(|| year.to_string());
        let other = Wanted { year: chosen, page: 1, ..wanted.clone() };
        let href = reader.href(&address(PAGE, &other));
        Choice { label: year.to_string(), count: count.to_string(), href, is_on }
    });
    years.collect()
}

fn choices(reader: Reader, values: &[FacetValue], with: &dyn Fn(&str) -> Wanted) -> Vec<Choice> {
    let shown = values.iter().take(FACET_VALUES_MAX).map(|value| Choice {
        label: value.label.to_string(),
        count: value.count.to_string(),
        href: reader.href(&address(PAGE, &with(&value.value))),
        is_on: false,
    });
    shown.collect()
}

/// The targets of the page, those of one day together.
fn days(lookup: Lookup<'_>, due: &Due) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    for target in &due.targets {
        let row = row(lookup, target);
        let document = lookup.node(target, zt::IN_DOCUMENT);
        let place = document.map(|node| lookup.label_of(&node, zt::JURISDICTION));
        let words = match row.deadline.as_str() {
            "" => lookup.t("未写明期限", "no deadline named").to_owned(),
            words => words.to_owned(),
        };
        let row = DueRow { row, place: place.unwrap_or_default() };
        match days.last_mut() {
            Some(day) if day.words == words => day.rows.push(row),
            _ => days.push(Day { words, rows: vec![row] }),
        }
    }
    days
}
