//! The page of deadlines: targets in the order of their days, on a line of years and in a table, the line as a file and the table for a spreadsheet. In: a place, a year, a department and a page by parameters; out: HTML, SVG or CSV.
//! Guarantee: every choice is a link that can be shared, and a page reads as much of the graph as it shows.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use oxigraph::model::NamedNode;

use super::csv::Table;
use super::due::{Due, PAGE_TARGETS, Wanted, day_of, find_due};
use super::figure::{Figure, respond_svg};
use super::target::{TargetRow, row};
use super::wording::{bounds, unit_words, year_fraction};
use super::{Chrome, fresh, respond};
use crate::graph::vocabulary::zt;
use crate::index::FacetValue;
use crate::service::charts::{Caption, Dates, Drawing, timeline};
use crate::service::error::ServiceError;
use crate::service::language::Reader;
use crate::service::limits::{
    CHOICES_MAX, DEADLINES_DEFAULT, DEADLINES_FILE_MAX, FACET_VALUES_MAX, RESULT_PAGES_MAX,
};
use crate::service::lookup::Lookup;
use crate::service::off_thread;
use crate::service::request::{Ask, with_query};
use crate::service::site::Site;

const PAGE: &str = "/deadlines";
const DRAWING: &str = "/deadlines.svg";
const TABLE: &str = "/deadlines.csv";
/// Targets that are drawn each by itself; more are drawn by year.
const DOTS_MAX: usize = 60;

/// A value to narrow by, or one that is on and can be taken off.
struct Choice {
    label: String,
    count: String,
    href: String,
    is_on: bool,
}

/// Values to narrow by: those with most, and the others.
struct Choices {
    shown: Vec<Choice>,
    more: Vec<Choice>,
}

/// A target with what is said of its measure.
struct DueRow {
    row: TargetRow,
    place: String,
}

/// Targets of one day.
struct Day {
    words: String,
    /// All targets of the day, on this page or on others.
    count: usize,
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
    regions: Choices,
    departments: Choices,
    csv_href: String,
    /// How many targets the file has, where that is not all.
    csv_max: Option<usize>,
    turned_max: usize,
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
            let due = find_due(lookup, &wanted, PAGE_TARGETS);
            Ok(respond_svg(&drawing(lookup, &due)))
        })
    })
    .await?
}

/// `GET /deadlines.csv`.
pub(crate) async fn serve_csv(
    State(site): State<Arc<Site>>,
    ask: Ask,
) -> Result<Response, ServiceError> {
    let wanted = Wanted { page: 1, ..read(&ask)? };
    off_thread("deadlines", move || {
        fresh(&site, &ask, "deadlines.csv", || {
            let lookup = Lookup::new(&site, ask.reader);
            let due = find_due(lookup, &wanted, DEADLINES_FILE_MAX);
            Ok(csv(lookup, &due.targets).respond("deadlines.csv"))
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
    let due = find_due(lookup, wanted, PAGE_TARGETS);
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
        regions: choices((lookup, wanted.region.as_deref()), &due.regions, &|region| Wanted {
            region,
            page: 1,
            ..wanted.clone()
        }),
        departments: choices(
            (lookup, wanted.department.as_deref()),
            &due.departments,
            &|department| Wanted { department, page: 1, ..wanted.clone() },
        ),
        csv_href: reader.href(&address(TABLE, &Wanted { page: 1, ..wanted.clone() })),
        csv_max: (due.total > DEADLINES_FILE_MAX).then_some(DEADLINES_FILE_MAX),
        turned_max: RESULT_PAGES_MAX * DEADLINES_DEFAULT,
        days: days(lookup, &due),
        page,
        pages,
        is_beyond: due.total > RESULT_PAGES_MAX * DEADLINES_DEFAULT,
        previous: (page > 1).then(|| of(page - 1)),
        next: (page < pages).then(|| of(page + 1)),
        first_href: of(1),
    })
}

/// The line of years: each day by itself where they are few, else the years.
fn drawing(lookup: Lookup<'_>, due: &Due) -> Drawing {
    let dated: usize = due.years.iter().map(|(_, count)| count).sum();
    let title = lookup.t("目标按期限分布", "Targets by deadline");
    let description = match (lookup.t("zh", "en"), due.years.first().zip(due.years.last())) {
        ("zh", Some(((first, _), (last, _)))) => format!("{first}年至{last}年共{dated}个目标"),
        (_, Some(((first, _), (last, _)))) => format!("{dated} targets from {first} to {last}"),
        (_, None) => String::new(),
    };
    let caption = Caption { title, description: &description };
    let days = due.days.iter().filter_map(|(day, count)| Some(((*day)?, *count)));
    let drawn: usize = days.clone().map(|(_, count)| count).sum();
    // Of one year the others are seen beside it.
    if drawn < dated || drawn > DOTS_MAX {
        return timeline(caption, &Dates::Years(due.years.clone()));
    }
    let days = days.filter_map(|(day, count)| {
        let (year, month, day) = (day / 10_000, day / 100 % 100, day % 100);
        Some((year_fraction(&format!("{year:04}-{month}-{day}"))?, count))
    });
    let days: Vec<(f64, usize)> = days.collect();
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

/// Values to narrow by. The one that is on comes first and leads back to all.
fn choices(
    (lookup, on): (Lookup<'_>, Option<&str>),
    values: &[FacetValue],
    with: &dyn Fn(Option<String>) -> Wanted,
) -> Choices {
    let is_on = |value: &&FacetValue| on == Some(&*value.value);
    let first = values.iter().filter(is_on);
    let all = first.chain(values.iter().filter(|value| !is_on(value)));
    let choices = all.take(CHOICES_MAX).map(|value| {
        let is_on = is_on(&value);
        let wanted = with((!is_on).then(|| value.value.to_string()));
        Choice {
            label: label_of(lookup, value),
            count: value.count.to_string(),
            href: lookup.reader.href(&address(PAGE, &wanted)),
            is_on,
        }
    });
    let mut shown: Vec<Choice> = choices.collect();
    let more = shown.split_off(shown.len().min(FACET_VALUES_MAX));
    Choices { shown, more }
}

/// The name of a value in the reader's language: the index has the Chinese one.
fn label_of(lookup: Lookup<'_>, value: &FacetValue) -> String {
    let node = NamedNode::new(&*value.value);
    node.map_or_else(|_| value.label.to_string(), |node| lookup.label(&node))
}

/// What the columns of the file are, in both languages.
const HEAD: [[&str; 2]; 17] = [
    ["期限", "deadline"],
    ["期限依据", "how the deadline is known"],
    ["指标", "indicator"],
    ["目标（原文）", "as printed"],
    ["含义", "meaning"],
    ["数值", "value"],
    ["下限", "lower"],
    ["上限", "upper"],
    ["单位", "unit"],
    ["口径", "basis"],
    ["频次", "frequency"],
    ["范围", "scope"],
    ["地区", "place"],
    ["所在", "where"],
    ["责任单位", "in charge"],
    ["文件", "document"],
    ["目标IRI", "target IRI"],
];

/// A row for each target.
fn csv(lookup: Lookup<'_>, targets: &[NamedNode]) -> Table {
    let mut table =
        Table::new(HEAD.iter().map(|[chinese, english]| lookup.reader.t(chinese, english)));
    for target in targets {
        let text = |property| lookup.text_or_empty(target, property);
        let row = row(lookup, target);
        let place = place_words(lookup, target, &row);
        let fields = [
            text(zt::DEADLINE),
            row.deadline_basis,
            row.indicator.label,
            row.words,
            bounds(lookup, target),
            text(zt::VALUE),
            text(zt::LOWER_BOUND),
            text(zt::UPPER_BOUND),
            unit_words(lookup, target).trim().to_owned(),
            row.basis,
            row.frequency,
            row.scope,
            place,
            row.holder.label,
            in_charge(lookup, &row.holder.iri),
            row.document.label,
            row.target.iri,
        ];
        table.push(fields.iter().map(String::as_str));
    }
    table
}

/// The bodies that answer for an item, those that lead where some do.
fn in_charge(lookup: Lookup<'_>, item: &str) -> String {
    let Ok(item) = NamedNode::new(item) else { return String::new() };
    let leading = lookup.nodes(&item, zt::LEAD_BY);
    let bodies =
        if leading.is_empty() { lookup.nodes(&item, zt::RESPONSIBLE_ORG) } else { leading };
    let names: Vec<String> = bodies.iter().map(|body| lookup.label(body)).collect();
    names.join(lookup.t("、", ", "))
}

/// Where a target holds: its own place, else that of its document.
fn place_words(lookup: Lookup<'_>, target: &NamedNode, row: &TargetRow) -> String {
    if !row.elsewhere.is_empty() {
        return row.elsewhere.clone();
    }
    let document = lookup.node(target, zt::IN_DOCUMENT);
    document.map(|node| lookup.label_of(&node, zt::JURISDICTION)).unwrap_or_default()
}

/// The targets of the page, those of one day together.
fn days(lookup: Lookup<'_>, due: &Due) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    for target in &due.targets {
        let row = row(lookup, target);
        let place = place_words(lookup, target, &row);
        let day = lookup.text(target, zt::DEADLINE).and_then(|date| day_of(&date));
        let words = match row.deadline.as_str() {
            "" => lookup.t("未写明期限", "no deadline named").to_owned(),
            words => words.to_owned(),
        };
        let row = DueRow { row, place };
        match days.last_mut() {
            Some(day) if day.words == words => day.rows.push(row),
            _ => {
                let count = due.days.get(&day).copied().unwrap_or_default();
                days.push(Day { words, count, rows: vec![row] });
            }
        }
    }
    days
}
