//! The page of search results: hits with marks, facets that narrow, pages. In: a search and its results;
//! out: HTML. Guarantee: every link is a search of its own that can be shared.

use askama::Template;
use axum::response::Response;
use unicode_normalization::UnicodeNormalization as _;

use super::narrowing::{
    Chip, Choices, FacetRow, Filters, chips, choices, facet_row, kind_label, mode_note,
};
use super::{Chrome, fresh, respond};
use crate::index::{Hit, Label, Place, Reason, Search, Segment, WITHIN_MAX, simplify};
use crate::release::Answer;
use crate::service::error::ServiceError;
use crate::service::language::{Language, Reader};
use crate::service::limits::RESULT_PAGES_MAX;
use crate::service::lookup::Reference;
use crate::service::request::Ask;
use crate::service::site::Site;
use crate::service::ways_out::{Less, WayOut};

/// A hit as shown.
struct HitRow {
    href: String,
    kind: &'static str,
    kind_class: &'static str,
    title: Vec<Segment>,
    snippet: Vec<Segment>,
    document: Option<Reference>,
    chapter: Option<Reference>,
    departments: Vec<Reference>,
    targets: Vec<Reference>,
    reasons: Vec<String>,
    /// What was asked for and is not in it.
    missing: Vec<String>,
}

/// A page of results; without a link where pages are left out.
struct PageLink {
    number: usize,
    href: Option<String>,
}

/// A search that finds something where this one finds nothing.
struct WayRow {
    label: String,
    href: String,
    total: usize,
}

#[derive(Template)]
#[template(path = "results.html")]
struct ResultsPage {
    chrome: Chrome,
    total: usize,
    relaxed: bool,
    meant: Option<(String, String)>,
    heading: String,
    choices: Vec<Choices>,
    /// What the way of searching that is on does.
    mode_note: &'static str,
    /// What a search within these results keeps of this one.
    kept: Vec<(String, String)>,
    /// Whether more words are taken.
    may_narrow: bool,
    hits: Vec<HitRow>,
    facets: Vec<FacetRow>,
    chips: Vec<Chip>,
    page: usize,
    pages: usize,
    previous: Option<String>,
    next: Option<String>,
    /// The first page, for a reader beyond the last.
    first_href: String,
    /// Some of the pages, with those around the one shown.
    page_links: Vec<PageLink>,
    json_href: String,
    /// What would find something, where nothing was found.
    ways: Vec<WayRow>,
    examples: Vec<WayRow>,
}

/// Renders the results of a search.
pub(crate) fn render_results(
    site: &Site,
    ask: &Ask,
    (search, answer): (&Search, &Answer),
    ways: &[WayOut],
) -> Result<Response, ServiceError> {
    let reader = ask.reader;
    let results = &answer.results;
    let (heading, section) = heading(reader, search);
    let title = match search.words.as_str() {
        "" => heading.clone(),
        words => format!("{words} · {}", reader.t("搜索", "Search")),
    };
    let mut chrome = Chrome::new(site, reader, &ask.here(), &title);
    chrome.section = section;
    chrome.words.clone_from(&search.words);
    let address = |filters: &Filters, page: usize| reader.href(&filters.address(search, page));
    let filters = Filters::of(search);
    let pages = results.total.div_ceil(search.hits_max.max(1)).clamp(1, RESULT_PAGES_MAX);
    let page = answer.page;
    let is_browsing = search.words.is_empty() && search.within.is_empty();
    let chips = chips(site, reader, search, &filters);
    let (examples, ways): (Vec<_>, Vec<_>) = ways.iter().partition(|way| way.less == Less::Words);
    let facet_rows = results.facets.iter().map(|facet| facet_row(reader, search, &filters, facet));
    let page = ResultsPage {
        chrome,
        total: results.total,
        relaxed: results.relaxed,
        meant: answer.did_you_mean.clone().map(|words| {
            let other = Search { words: words.clone(), ..search.clone() };
            (words, reader.href(&filters.address(&other, 1)))
        }),
        heading,
        choices: choices(reader, search, &filters),
        // Without words there is nothing to look for in one way or the other.
        mode_note: if is_browsing { "" } else { mode_note(reader, search.mode) },
        kept: filters.kept(reader, search),
        may_narrow: search.within.len() < WITHIN_MAX
            && (results.total > 1 || !search.within.is_empty()),
        hits: results.hits.iter().map(|hit| hit_row(site, reader, hit)).collect(),
        facets: facet_rows.filter(|facet| !facet.values.is_empty()).collect(),
        ways: ways.into_iter().map(|way| way_row(reader, way, &chips)).collect(),
        examples: examples.into_iter().map(|way| way_row(reader, way, &chips)).collect(),
        chips,
        page,
        pages,
        first_href: address(&filters, 1),
        previous: (page > 1).then(|| address(&filters, page - 1)),
        next: (page < pages).then(|| address(&filters, page + 1)),
        json_href: filters.address(search, page).replacen("/search", "/search.json", 1),
        page_links: page_links(page, pages)
            .into_iter()
            .map(|(number, is_link)| PageLink {
                number,
                href: is_link.then(|| address(&filters, number)),
            })
            .collect(),
    };
    fresh(site, ask, "results", || respond(&page))
}

/// What the page is called, and which entry of the navigation it is.
fn heading(reader: Reader, search: &Search) -> (String, &'static str) {
    if !search.words.is_empty() {
        return (search.words.clone(), "search");
    }
    match search.kinds.as_slice() {
        [kind] => {
            let section = match kind.name() {
                "document" => "documents",
                "department" => "departments",
                "indicator" => "indicators",
                _ => "search",
            };
            (kind_label(reader, kind.name()).to_owned(), section)
        }
        _ => (reader.t("浏览", "Browse").to_owned(), "search"),
    }
}

/// Numbers of pages: the first, the last and those around `page`; false for one that stands for pages left out.
fn page_links(page: usize, pages: usize) -> Vec<(usize, bool)> {
    let is_near = |number: usize| number == 1 || number == pages || number.abs_diff(page) <= 2;
    let mut links: Vec<(usize, bool)> = Vec::new();
    for number in 1..=pages {
        if is_near(number) {
            links.push((number, true));
        } else if links.last().is_some_and(|(_, is_link)| *is_link) {
            links.push((number, false));
        }
    }
    links
}

/// A search that finds something, in words.
fn way_row(reader: Reader, way: &WayOut, chips: &[Chip]) -> WayRow {
    let label = match way.less {
        Less::Filter(place) => {
            let label = chips.get(place).map_or("", |chip| chip.label.as_str());
            format!(
                "{}{label}{}",
                reader.t("去掉条件“", "Without the filter “"),
                reader.t("”", "”")
            )
        }
        Less::Filters if chips.len() > 1 => {
            reader.t("去掉所有条件", "Without all filters").to_owned()
        }
        Less::Filters => {
            let label = chips.first().map_or("", |chip| chip.label.as_str());
            format!(
                "{}{label}{}",
                reader.t("去掉条件“", "Without the filter “"),
                reader.t("”", "”")
            )
        }
        Less::TitlesOnly => {
            reader.t("在全文中找，不只看标题", "In full texts, not titles only").to_owned()
        }
        Less::Mode => reader.t("用智能方式找", "In the smart way").to_owned(),
        Less::TitlesOnlyAndMode => {
            reader.t("用智能方式在全文中找", "In full texts, in the smart way").to_owned()
        }
        Less::Words => way.search.words.clone(),
    };
    let href = reader.href(&Filters::of(&way.search).address(&way.search, 1));
    WayRow { label, href, total: way.total }
}

/// Why a hit was found, where its title and snippet do not show it: what was typed stands there in another form, or elsewhere.
fn reasons(reader: Reader, hit: &Hit) -> Vec<String> {
    let is_shown = |reason: &&Reason| {
        // What has the characters shows itself, in whatever width and case.
        let found = simplify(&reason.found.nfkc().collect::<String>()).to_lowercase();
        !found.contains(&reason.asked) || reason.place == Place::Number
    };
    let told = hit.reasons.iter().filter(is_shown).map(|Reason { asked, found, place }| {
        let place = match place {
            Place::Title => reader.t("标题", "title"),
            Place::Name => reader.t("别名", "another name"),
            Place::Number => reader.t("文号", "number"),
            Place::Text => reader.t("正文", "text"),
            Place::Department => reader.t("责任部门", "in charge"),
        };
        if asked == found {
            format!("{found}（{place}）")
        } else {
            format!("{asked} → {found}（{place}）")
        }
    });
    told.collect()
}

/// Whether the snippet of a hit says something to the reader: where nothing was looked for it may be a name in English.
fn says_something(reader: Reader, hit: &Hit) -> bool {
    let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    reader.language == Language::English
        || hit.snippet.iter().any(|part| part.hit || part.text.contains(is_han))
}

fn hit_row(site: &Site, reader: Reader, hit: &Hit) -> HitRow {
    let reference = |label: &Label| Reference {
        label: label.label.clone(),
        href: reader.href(&site.link(&label.iri)),
        iri: label.iri.clone(),
    };
    HitRow {
        href: reader.href(&site.link(&hit.iri)),
        kind: kind_label(reader, hit.kind.name()),
        kind_class: hit.kind.name(),
        title: hit.title.clone(),
        snippet: if says_something(reader, hit) { hit.snippet.clone() } else { Vec::new() },
        document: hit.document.as_ref().filter(|document| document.iri != hit.iri).map(reference),
        chapter: hit.chapter.as_ref().map(reference),
        departments: hit.departments.iter().map(reference).collect(),
        targets: hit.targets.iter().map(reference).collect(),
        reasons: reasons(reader, hit),
        missing: hit.missing.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_around_the_one_shown_and_both_ends_are_linked_and_gaps_are_one() {
        let shown = |page, pages| {
            let links = page_links(page, pages).into_iter();
            let words = links
                .map(|(number, is_link)| if is_link { number.to_string() } else { "…".into() });
            words.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(shown(1, 1), "1");
        assert_eq!(shown(1, 9), "1 2 3 … 9");
        assert_eq!(shown(5, 9), "1 … 3 4 5 6 7 … 9");
        assert_eq!(shown(9, 9), "1 … 7 8 9");
    }
}
