//! What narrows and turns a search, as links: filters, facets, ways to search and to sort. In: a search and the facets of its results; out: names and
//! links. Guarantee: every link is a search of its own that can be shared, and what is on can be taken off.

use crate::index::{Facet, FacetValue, Mode, Search, Sort};
use crate::service::language::Reader;
use crate::service::limits::{FACET_VALUES_FOLDED_MAX, FACET_VALUES_MAX};
use crate::service::lookup::Lookup;
use crate::service::request::with_query;
use crate::service::site::Site;

/// Facets that most people narrow by.
const OPEN_FACETS: [&str; 6] = ["kind", "region", "year", "department", "indicator", "targets"];

/// The facet of which one value is on at most: what has targets does not lack them.
const GIVEN_ONCE: &str = "targets";

/// A facet with links that add or remove its values.
pub(super) struct FacetRow {
    pub(super) name: &'static str,
    /// Whether it is shown unfolded: people often narrow by it, or do so now.
    pub(super) is_open: bool,
    pub(super) values: Vec<FacetLink>,
    /// Those that unfold.
    pub(super) folded: Vec<FacetLink>,
    /// How many more there are.
    pub(super) more: usize,
}

pub(super) struct FacetLink {
    pub(super) label: String,
    pub(super) count: usize,
    pub(super) href: String,
    pub(super) is_on: bool,
}

/// A way to search or to sort, with its link.
pub(super) struct Choice {
    pub(super) label: &'static str,
    pub(super) href: String,
    pub(super) is_on: bool,
}

/// Ways of which one is on.
pub(super) struct Choices {
    pub(super) name: &'static str,
    pub(super) ways: Vec<Choice>,
}

/// A filter that is on, with the link that takes it off.
pub(super) struct Chip {
    pub(super) label: String,
    pub(super) href: String,
}

/// What a way of searching finds.
pub(super) fn mode_note(reader: Reader, mode: Mode) -> &'static str {
    match mode {
        Mode::Exact => {
            reader.t("精确：只找一字不差的内容", "Exact: only what stands there as it is typed")
        }
        Mode::Word => reader.t(
            "整词：只找作为完整词语出现的内容",
            "Whole words: only what stands there as a word of its own",
        ),
        Mode::Smart => reader.t(
            "智能：同义词、简称、分开出现的词语也算",
            "Smart: other words for the same, short names and words that stand apart count too",
        ),
    }
}

/// The filters of a search as pairs of parameter and value, in a fixed order.
#[derive(Clone, Default)]
pub(super) struct Filters {
    pairs: Vec<(String, String)>,
}

impl Filters {
    pub(super) fn of(search: &Search) -> Self {
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

    /// With the value added, or without it if it is there. A parameter that may be given once has the new value in place of the old one.
    fn toggled(&self, name: &str, value: &str) -> Self {
        let mut filters = self.clone();
        if self.contains(name, value) {
            filters.pairs.retain(|(own, own_value)| own != name || own_value != value);
        } else {
            filters.pairs.retain(|(own, _)| own != name || name != GIVEN_ONCE);
            filters.pairs.push((name.to_owned(), value.to_owned()));
        }
        filters
    }

    /// The address of a page of `search` under these filters.
    pub(super) fn address(&self, search: &Search, page: usize) -> String {
        let page = page.to_string();
        let mut pairs = self.pairs(search);
        if page != "1" {
            pairs.push(("page", &page));
        }
        with_query("/search", pairs)
    }

    /// The parameters of its first page, for a form.
    pub(super) fn kept(&self, reader: Reader, search: &Search) -> Vec<(String, String)> {
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

/// The ways to look for the same words, and to sort what they find.
pub(super) fn choices(reader: Reader, search: &Search, filters: &Filters) -> Vec<Choices> {
    let order = Choices { name: reader.t("排序", "Sort"), ways: sorts(reader, search, filters) };
    if search.words.is_empty() && search.within.is_empty() {
        return vec![order];
    }
    vec![
        Choices { name: reader.t("方式", "Match"), ways: modes(reader, search, filters) },
        Choices { name: reader.t("范围", "In"), ways: extents(reader, search, filters) },
        order,
    ]
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
    let is_browsing = search.words.is_empty() && search.within.is_empty();
    let labels = [
        if is_browsing {
            reader.t("默认", "as they stand")
        } else {
            reader.t("按相关度", "by relevance")
        },
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

/// A kind in the reader's language.
pub(super) fn kind_label(reader: Reader, name: &str) -> &'static str {
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

pub(super) fn facet_row(
    reader: Reader,
    search: &Search,
    filters: &Filters,
    facet: &Facet,
) -> FacetRow {
    let name = facet_name(reader, &facet.name);
    let is_on = |value: &FacetValue| filters.contains(&facet.name, &value.value);
    // What is on is always listed, however few hits it has.
    let (shown, hidden): (Vec<_>, Vec<_>) = facet
        .values
        .iter()
        .enumerate()
        .partition(|(index, value)| *index < FACET_VALUES_MAX || is_on(value));
    let link = |value: &FacetValue| FacetLink {
        label: match facet.name.as_str() {
            "kind" => kind_label(reader, &value.value).to_owned(),
            "targets" => targets_label(reader, &value.value).to_owned(),
            _ => value.label.to_string(),
        },
        count: value.count,
        href: reader.href(&filters.toggled(&facet.name, &value.value).address(search, 1)),
        is_on: is_on(value),
    };
    let values: Vec<FacetLink> = shown.into_iter().map(|(_, value)| link(value)).collect();
    let more = hidden.len().saturating_sub(FACET_VALUES_FOLDED_MAX);
    let folded = hidden.into_iter().take(FACET_VALUES_FOLDED_MAX).map(|(_, value)| link(value));
    let folded = folded.collect();
    let is_open =
        OPEN_FACETS.contains(&facet.name.as_str()) || values.iter().any(|value| value.is_on);
    FacetRow { name, is_open, values, folded, more }
}

pub(super) fn chips(site: &Site, reader: Reader, search: &Search, filters: &Filters) -> Vec<Chip> {
    let lookup = Lookup::new(site, reader);
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
