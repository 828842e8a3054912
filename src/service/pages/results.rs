//! The page of search results: hits with marks, facets that narrow, pages. In: a search and its results;
//! out: HTML. Guarantee: every link is a search of its own that can be shared.

use askama::Template;
use axum::response::Response;

use unicode_normalization::UnicodeNormalization as _;

use super::{Chrome, fresh, respond};
use crate::index::{
    Facet, FacetValue, Hit, Mode, Place, Reason, Search, Segment, Sort, WITHIN_MAX, simplify,
};
use crate::release::Answer;
use crate::service::error::ServiceError;
use crate::service::language::Reader;
use crate::service::limits::{FACET_VALUES_MAX, RESULT_PAGES_MAX};
use crate::service::lookup::Reference;
use crate::service::request::{Ask, with_query};
use crate::service::site::Site;

/// Facets that most people narrow by.
const OPEN_FACETS: [&str; 6] = ["kind", "region", "year", "department", "indicator", "targets"];

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
}

/// A facet with links that add or remove its values.
struct FacetRow {
    name: &'static str,
    /// Whether it is shown unfolded: people often narrow by it, or do so now.
    is_open: bool,
    values: Vec<FacetLink>,
    more: usize,
}

struct FacetLink {
    label: String,
    count: usize,
    href: String,
    is_on: bool,
}

/// A way to search or to sort, with its link.
struct Choice {
    label: &'static str,
    href: String,
    is_on: bool,
}

/// A filter that is on, with the link that takes it off.
struct Chip {
    label: String,
    href: String,
}

#[derive(Template)]
#[template(path = "results.html")]
struct ResultsPage {
    chrome: Chrome,
    total: usize,
    relaxed: bool,
    meant: Option<(String, String)>,
    modes: Vec<Choice>,
    extents: Vec<Choice>,
    sorts: Vec<Choice>,
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
    json_href: String,
    without_filters: String,
    examples: [(&'static str, String); 4],
}

/// Renders the results of a search.
pub(crate) fn render_results(
    site: &Site,
    ask: &Ask,
    search: &Search,
    answer: &Answer,
) -> Result<Response, ServiceError> {
    let reader = ask.reader;
    let results = &answer.results;
    let title = match search.words.as_str() {
        "" => reader.t("搜索", "Search").to_owned(),
        words => format!("{words} · {}", reader.t("搜索", "Search")),
    };
    let mut chrome = Chrome::new(site, reader, &ask.here(), &title);
    chrome.section = "search";
    chrome.words.clone_from(&search.words);
    let address = |filters: &Filters, page: usize| reader.href(&filters.address(search, page));
    let filters = Filters::of(search);
    let pages = results.total.div_ceil(search.hits_max.max(1)).clamp(1, RESULT_PAGES_MAX);
    let page = answer.page;
    let facet_rows = results.facets.iter().map(|facet| facet_row(reader, search, &filters, facet));
    let page = ResultsPage {
        chrome,
        total: results.total,
        relaxed: results.relaxed,
        meant: answer.did_you_mean.clone().map(|words| {
            let other = Search { words: words.clone(), ..search.clone() };
            (words, reader.href(&filters.address(&other, 1)))
        }),
        modes: modes(reader, search, &filters),
        extents: extents(reader, search, &filters),
        kept: filters.kept(reader, search),
        may_narrow: search.within.len() < WITHIN_MAX
            && (results.total > 1 || !search.within.is_empty()),
        sorts: sorts(reader, search, &filters),
        hits: results.hits.iter().map(|hit| hit_row(site, reader, hit)).collect(),
        facets: facet_rows.filter(|facet| !facet.values.is_empty()).collect(),
        chips: chips(site, reader, search, &filters),
        page,
        pages,
        first_href: address(&filters, 1),
        previous: (page > 1).then(|| address(&filters, page - 1)),
        next: (page < pages).then(|| address(&filters, page + 1)),
        json_href: filters.address(search, page).replacen("/search", "/search.json", 1),
        without_filters: address(&Filters::default(), 1),
        examples: ["养老托育", "发改委", "城镇化率", "绿色建筑"]
            .map(|words| (words, reader.href(&with_query("/search", [("q", words)])))),
    };
    fresh(site, ask, "results", || respond(&page))
}

/// The filters of a search as pairs of parameter and value, in a fixed order.
#[derive(Clone, Default)]
struct Filters {
    pairs: Vec<(String, String)>,
}

impl Filters {
    fn of(search: &Search) -> Self {
        let named = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let mut pairs: Vec<(String, String)> =
            search.kinds.iter().map(|kind| named("kind", kind.name())).collect();
        pairs.extend(search.filters.iter().map(|(axis, value)| named(axis.name(), value)));
        pairs
            .extend(search.has_targets.map(|has| named("targets", if has { "yes" } else { "no" })));
        Self { pairs }
    }

    fn contains(&self, name: &str, value: &str) -> bool {
        self.pairs.iter().any(|(own, own_value)| own == name && own_value == value)
    }

    /// With the value added, or without it if it is there.
    fn toggled(&self, name: &str, value: &str) -> Self {
        let mut filters = self.clone();
        if self.contains(name, value) {
            filters.pairs.retain(|(own, own_value)| own != name || own_value != value);
        } else {
            filters.pairs.push((name.to_owned(), value.to_owned()));
        }
        filters
    }

    /// The address of a page of `search` under these filters.
    fn address(&self, search: &Search, page: usize) -> String {
        let page = page.to_string();
        let mut pairs = self.pairs(search);
        if page != "1" {
            pairs.push(("page", &page));
        }
        with_query("/search", pairs)
    }

    /// The parameters of its first page, for a form.
    fn kept(&self, reader: Reader, search: &Search) -> Vec<(String, String)> {
        let owned = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        let pairs = self.pairs(search).into_iter();
        let language = reader.chosen.then_some(("lang", reader.language.code()));
        pairs.chain(language).map(owned).collect()
    }

    /// The parameters of its first page.
    fn pairs<'a>(&'a self, search: &'a Search) -> Vec<(&'a str, &'a str)> {
        let mut pairs = vec![("q", search.words.as_str())];
        pairs.extend(search.within.iter().map(|words| ("within", words.as_str())));
        pairs.extend((search.mode != Mode::default()).then_some(("mode", search.mode.name())));
        pairs.extend(search.titles_only.then_some(("in", "title")));
        pairs.extend((search.sort != Sort::default()).then_some(("sort", search.sort.name())));
        pairs.extend(self.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        pairs
    }
}

/// The ways to look for the same words.
fn modes(reader: Reader, search: &Search, filters: &Filters) -> Vec<Choice> {
    let labels =
        [reader.t("智能", "Smart"), reader.t("精确", "Exact"), reader.t("整词", "Whole words")];
    let choices = Mode::ALL.into_iter().zip(labels).map(|(mode, label)| {
        let other = Search { mode, ..search.clone() };
        let href = reader.href(&filters.address(&other, 1));
        Choice { label, href, is_on: mode == search.mode }
    });
    choices.collect()
}

/// The orders of the same hits.
fn sorts(reader: Reader, search: &Search, filters: &Filters) -> Vec<Choice> {
    let labels = [
        reader.t("按相关度", "by relevance"),
        reader.t("按日期", "by date"),
        reader.t("按期限", "by deadline"),
    ];
    let choices = Sort::ALL.into_iter().zip(labels).map(|(sort, label)| {
        let other = Search { sort, ..search.clone() };
        let href = reader.href(&filters.address(&other, 1));
        Choice { label, href, is_on: sort == search.sort }
    });
    choices.collect()
}

/// Whether all texts are looked at, or titles only.
fn extents(reader: Reader, search: &Search, filters: &Filters) -> Vec<Choice> {
    let labels =
        [(false, reader.t("全文", "full text")), (true, reader.t("仅标题", "titles only"))];
    let choices = labels.into_iter().map(|(titles_only, label)| {
        let other = Search { titles_only, ..search.clone() };
        let href = reader.href(&filters.address(&other, 1));
        Choice { label, href, is_on: titles_only == search.titles_only }
    });
    choices.collect()
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
    let missing = hit.missing.iter().map(|part| format!("{}{part}", reader.t("缺：", "without ")));
    told.chain(missing).collect()
}

fn hit_row(site: &Site, reader: Reader, hit: &Hit) -> HitRow {
    let reference = |label: &crate::index::Label| Reference {
        label: label.label.clone(),
        href: reader.href(&site.link(&label.iri)),
        iri: label.iri.clone(),
    };
    HitRow {
        href: reader.href(&site.link(&hit.iri)),
        kind: kind_label(reader, hit.kind.name()),
        kind_class: hit.kind.name(),
        title: hit.title.clone(),
        snippet: hit.snippet.clone(),
        document: hit.document.as_ref().filter(|document| document.iri != hit.iri).map(reference),
        chapter: hit.chapter.as_ref().map(reference),
        departments: hit.departments.iter().map(reference).collect(),
        targets: hit.targets.iter().map(reference).collect(),
        reasons: reasons(reader, hit),
    }
}

/// A kind in the reader's language.
fn kind_label(reader: Reader, name: &str) -> &'static str {
    match name {
        "document" => reader.t("文件", "Document"),
        "measure" => reader.t("措施", "Measure"),
        "department" => reader.t("部门", "Department"),
        "target" => reader.t("目标", "Target"),
        "indicator" => reader.t("指标", "Indicator"),
        "place" => reader.t("地点", "Place"),
        "programme" => reader.t("行动与项目", "Programme"),
        _ => "",
    }
}

/// Whether there are targets, in the reader's language.
fn targets_label(reader: Reader, value: &str) -> &'static str {
    if value == "yes" {
        reader.t("有目标", "with targets")
    } else {
        reader.t("无目标", "without targets")
    }
}

/// A facet's name in the reader's language.
fn facet_name(reader: Reader, name: &str) -> &'static str {
    match name {
        "kind" => reader.t("类别", "Kind"),
        "region" => reader.t("地区", "Region"),
        "year" => reader.t("年份", "Year"),
        "form" => reader.t("文种", "Kind of document"),
        "issuer" => reader.t("发文机关", "Issuer"),
        "document" => reader.t("文件", "Document"),
        "chapter" => reader.t("章节", "Chapter"),
        "department" => reader.t("责任部门", "Department"),
        "lead" => reader.t("牵头部门", "Lead department"),
        "shared" => reader.t("分工负责部门", "Department sharing"),
        "support" => reader.t("配合部门", "Supporting department"),
        "series" => reader.t("文号代字", "Letters of the number"),
        "numberYear" => reader.t("文号年份", "Year of the number"),
        "serial" => reader.t("文号序号", "Number in the year"),
        "implements" => reader.t("贯彻落实的文件", "Document implemented"),
        "function" => reader.t("职能", "Function"),
        "programme" => reader.t("行动与项目", "Programme"),
        "indicator" => reader.t("指标", "Indicator"),
        "deadline" => reader.t("目标年份", "Year of target"),
        "targets" => reader.t("有无目标", "Targets"),
        _ => "",
    }
}

fn facet_row(reader: Reader, search: &Search, filters: &Filters, facet: &Facet) -> FacetRow {
    let name = facet_name(reader, &facet.name);
    let is_on = |value: &FacetValue| filters.contains(&facet.name, &value.value);
    // What is on is always listed, however few hits it has.
    let (shown, hidden): (Vec<_>, Vec<_>) = facet
        .values
        .iter()
        .enumerate()
        .partition(|(index, value)| *index < FACET_VALUES_MAX || is_on(value));
    let values = shown.into_iter().map(|(_, value)| FacetLink {
        label: match facet.name.as_str() {
            "kind" => kind_label(reader, &value.value).to_owned(),
            "targets" => targets_label(reader, &value.value).to_owned(),
            _ => value.label.to_string(),
        },
        count: value.count,
        href: reader.href(&filters.toggled(&facet.name, &value.value).address(search, 1)),
        is_on: is_on(value),
    });
    let values: Vec<FacetLink> = values.collect();
    let is_open =
        OPEN_FACETS.contains(&facet.name.as_str()) || values.iter().any(|value| value.is_on);
    FacetRow { name, is_open, values, more: hidden.len() }
}

fn chips(site: &Site, reader: Reader, search: &Search, filters: &Filters) -> Vec<Chip> {
    let lookup = crate::service::lookup::Lookup::new(site, reader);
    let within = search.within.iter().enumerate().map(|(place, words)| {
        let mut other = search.clone();
        other.within.remove(place);
        Chip { label: words.clone(), href: reader.href(&filters.address(&other, 1)) }
    });
    let chips = filters.pairs.iter().map(|(name, value)| Chip {
        label: match name.as_str() {
            "kind" => kind_label(reader, value).to_owned(),
            "targets" => targets_label(reader, value).to_owned(),
            // A year or a piece of a number does not say what it is of.
            _ => oxigraph::model::NamedNode::new(value).map_or_else(
                |_| format!("{}{}{value}", facet_name(reader, name), reader.t("：", ": ")),
                |node| lookup.label(&node),
            ),
        },
        href: reader.href(&filters.toggled(name, value).address(search, 1)),
    });
    within.chain(chips).collect()
}
