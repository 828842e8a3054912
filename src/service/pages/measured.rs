//! Targets as numbers, and one against another. In: targets of the graph; out: values and bounds, the target of a higher level that one answers to, and the difference in words. Surprising: only
//! equal unit, basis, frequency and scope are compared, because a share of 50 % and a growth of 50 % never compare as equals; which way is harder depends on the bound:
//! more where a least is promised, less where a most is; and a share of the whole is told of plain amounts only, because a rate of a city is no part of that of a province.

use std::collections::HashMap;

use oxigraph::model::vocab::rdfs;
use oxigraph::model::{NamedNode, NamedNodeRef, Term};

use super::wording::{number_words, unit_words};
use crate::graph::vocabulary::{skos, zt};
use crate::service::charts::Commitment;
use crate::service::lookup::{Lookup, local_name};

/// What must be equal of two targets that are compared: indicator, unit, basis, frequency, what it is a share of, what it is held against, the year that it starts from, and the
/// places that it is of where these are not the place of its document: a target for a district is not one for the whole city.
pub(crate) type Key = [String; 8];

/// What may be done with the numbers of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scale {
    /// Per cent: the difference is in points.
    Percent,
    /// Counts and plain amounts: parts make up a whole.
    Amount,
    /// Rates, averages, years, ranks: a difference means something, a share or a sum does not.
    Rate,
}

/// Units of which a city's number is a part of the province's.
const AMOUNTS: &[&str] = &[
    "NUM",
    "CCY_CNY",
    "CCY_USD",
    "W",
    "KiloW",
    "MegaW",
    "GigaW",
    "KiloW-HR",
    "MegaW-HR",
    "KiloV-A",
    "M2",
    "KiloM2",
    "HA",
    "亩",
    "M3",
    "L",
    "M3-PER-DAY",
    "M3-PER-YR",
    "M",
    "KiloM",
    "车道公里",
    "海里",
    "KiloGM",
    "斤",
    "TONNE",
    "TONNE-PER-YR",
    "TONNE-PER-DAY",
    "吨标准煤",
    "吨二氧化碳",
    "载重吨",
    "吨公里",
    "人公里",
    "PFlops",
    "机架",
];

impl Scale {
    fn of(lookup: Lookup<'_>, [indicator, unit, basis, ..]: &Key) -> Self {
        let unit = local_name(unit);
        if matches!(unit, "PERCENT" | "百分点") {
            return Self::Percent;
        }
        // A bare number counts.
        let is_plain = unit.is_empty() || AMOUNTS.contains(&unit);
        let is_relative = matches!(local_name(basis), "Growth" | "Gap");
        let is_average = || {
            let names = NamedNode::new(indicator).map(|node| all_names(lookup, &node));
            names.is_ok_and(|names| names.iter().any(|name| is_average(name)))
        };
        if is_plain && !is_relative && !is_average() { Self::Amount } else { Self::Rate }
    }
}

/// All names of an indicator or a place, whatever the reader's language: what makes an average is said in Chinese.
fn all_names(lookup: Lookup<'_>, node: &NamedNode) -> Vec<String> {
    let labels = [rdfs::LABEL, skos::PREF_LABEL].into_iter();
    let labels = labels.flat_map(|property| lookup.objects(node, property));
    let labels = labels.filter_map(|term| match term {
        Term::Literal(label) => Some(label.value().to_owned()),
        Term::NamedNode(_) | Term::BlankNode(_) => None,
    });
    labels.chain([local_name(node.as_str()).to_owned()]).collect()
}

/// A scope without the place that it is of: 全省农村 and 全市农村 are the same part of either, and 全市 is all of it.
fn part_of_place<'s>(scope: &'s str, names: &[String]) -> &'s str {
    const WHOLES: [&str; 3] = ["全", "我", "本"];
    const LEVELS: [&str; 9] = ["国", "省", "自治区", "市", "州", "盟", "县", "区", "旗"];
    let scope = scope.trim();
    let of_level = |rest: &'s str| LEVELS.iter().find_map(|level| rest.strip_prefix(level));
    let part = WHOLES.iter().find_map(|whole| of_level(scope.strip_prefix(whole)?));
    let part = part.or_else(|| names.iter().find_map(|name| scope.strip_prefix(name.as_str())));
    let Some(part) = part else { return scope };
    part.trim_start_matches("范围内").trim_start_matches('的')
}

/// Whether an indicator of this name is an average or a rate although its unit is a plain one: 人均可支配收入 in yuan.
fn is_average(name: &str) -> bool {
    const STARTS: [&str; 4] = ["每", "千人", "万人", "单位"];
    const PARTS: [&str; 10] =
        ["人均", "户均", "亩均", "地均", "平均", "每千", "每万", "每百", "指数", "系数"];
    const ENDS: [&str; 2] = ["率", "排名"];
    STARTS.iter().any(|start| name.starts_with(start))
        || PARTS.iter().any(|part| name.contains(part))
        || ENDS.iter().any(|end| name.ends_with(end))
}

/// A target with what decides about its comparison.
pub(crate) struct Measured {
    pub(crate) target: NamedNode,
    pub(crate) document: Option<NamedNode>,
    /// Where it holds: its own place, else that of its document; none where it has several.
    pub(crate) place: Option<NamedNode>,
    /// The places that it is of, where these are not that of its document.
    pub(crate) own_places: Vec<NamedNode>,
    /// The level of that place, the country's first.
    pub(crate) level: usize,
    /// The number itself, else a bound.
    pub(crate) value: Option<f64>,
    pub(crate) lower: Option<f64>,
    pub(crate) upper: Option<f64>,
    pub(crate) scale: Scale,
    /// As `2025-12-31`.
    pub(crate) deadline: Option<String>,
    /// The year in which it is due.
    year: Option<i32>,
    /// Whether it names about so much.
    is_about: bool,
    pub(crate) key: Key,
}

impl Measured {
    /// Reads a target.
    pub(crate) fn read(lookup: Lookup<'_>, target: NamedNode) -> Self {
        let document = lookup.node(&target, zt::IN_DOCUMENT);
        let home = document.as_ref().and_then(|node| lookup.node(node, zt::JURISDICTION));
        let own_places = own_places(lookup, &target, home.as_ref());
        let place = match own_places.as_slice() {
            [] => home.or_else(|| lookup.node(&target, zt::PLACE)),
            [one] => Some(one.clone()),
            // Nobody knows which part of the number is whose.
            _ => None,
        };
        let level = place.as_ref().and_then(|place| lookup.number(place, zt::LEVEL));
        let number = |term: NamedNodeRef<'_>| -> Option<f64> {
            let number: f64 = lookup.text(&target, term)?.parse().ok()?;
            number.is_finite().then_some(number)
        };
        let name =
            |term| lookup.node(&target, term).map(NamedNode::into_string).unwrap_or_default();
        let text = |term| lookup.text_or_empty(&target, term);
        let [indicator, unit, basis, frequency] =
            [zt::INDICATOR_OF, zt::UNIT, zt::BASIS, zt::FREQUENCY].map(name);
        let [scope, compared, baseline] =
            [zt::BASE_SCOPE, zt::COMPARED_WITH, zt::BASELINE_YEAR].map(text);
        let names = place.as_ref().filter(|_| !scope.is_empty());
        let names = names.map(|place| all_names(lookup, place)).unwrap_or_default();
        let scope = part_of_place(&scope, &names).to_owned();
        let elsewhere: Vec<&str> = own_places.iter().map(NamedNode::as_str).collect();
        let elsewhere = elsewhere.join(" ");
        let key = [indicator, unit, basis, frequency, scope, compared, baseline, elsewhere];
        let deadline = lookup.text(&target, zt::DEADLINE);
        let (lower, upper) = (number(zt::LOWER_BOUND), number(zt::UPPER_BOUND));
        Self {
            value: number(zt::VALUE).or(lower).or(upper),
            lower,
            upper,
            scale: Scale::of(lookup, &key),
            year: deadline.as_deref().and_then(|day| day.split('-').next()?.parse().ok()),
            is_about: name(zt::QUALIFIER).ends_with("#About"),
            deadline,
            level: level.unwrap_or(usize::MAX),
            key,
            document,
            place,
            own_places,
            target,
        }
    }

    /// The key without the places: what is equal of targets that are compared place by place.
    pub(crate) fn key_of_any_place(&self) -> Key {
        let mut key = self.key.clone();
        if let Some(elsewhere) = key.last_mut() {
            elsewhere.clear();
        }
        key
    }

    /// The names of the places where it holds.
    pub(crate) fn place_words(&self, lookup: Lookup<'_>) -> String {
        let places = if self.own_places.is_empty() {
            self.place.as_slice()
        } else {
            self.own_places.as_slice()
        };
        let names: Vec<String> = places.iter().map(|place| lookup.label(place)).collect();
        names.join(lookup.t("、", ", "))
    }

    /// Whether it is a share of a whole, which has its place between nothing and all: no points, no growth, no rate of growth.
    pub(crate) fn is_of_whole(&self, lookup: Lookup<'_>) -> bool {
        const RATES_OF_CHANGE: [&str; 5] = ["增速", "增长率", "增幅", "降幅", "下降率"];
        let [indicator, unit, basis, ..] = &self.key;
        let is_level = matches!(local_name(basis), "" | "Level");
        let is_rate = || {
            let names = NamedNode::new(indicator).map(|node| all_names(lookup, &node));
            let is_rate = |name: &String| RATES_OF_CHANGE.iter().any(|end| name.ends_with(end));
            names.is_ok_and(|names| names.iter().any(is_rate))
        };
        local_name(unit) == "PERCENT" && is_level && !is_rate()
    }

    /// What the bounds promise.
    pub(crate) fn commitment(&self) -> Commitment {
        match (self.lower, self.upper) {
            _ if self.is_about => Commitment::Neither,
            (Some(_), None) => Commitment::AtLeast,
            (None, Some(_)) => Commitment::AtMost,
            _ => Commitment::Neither,
        }
    }

    /// What it is a share of, without the place.
    pub(crate) fn scope(&self) -> &str {
        let [_, _, _, _, scope, ..] = &self.key;
        scope
    }

    /// The year in which it is due.
    pub(crate) const fn year(&self) -> Option<i32> {
        self.year
    }
}

/// The places that a target is of, where these are not that of its document.
pub(crate) fn own_places(
    lookup: Lookup<'_>,
    target: &NamedNode,
    home: Option<&NamedNode>,
) -> Vec<NamedNode> {
    let places = lookup.nodes(target, zt::PLACE);
    // Of a document that has no place the one place of its target is as good as its own.
    let is_home =
        places.iter().any(|place| Some(place) == home) || home.is_none() && places.len() == 1;
    if is_home { Vec::new() } else { places }
}

/// Of several targets of a higher level the one that `own` answers to: due in the same year, else in the next year after, else in the last before, else the first.
pub(crate) fn answered<'m>(
    own: &Measured,
    above: impl IntoIterator<Item = &'m Measured>,
) -> Option<&'m Measured> {
    // Of equals the first is taken.
    above.into_iter().min_by_key(|whole| match (own.year, whole.year) {
        (Some(own), Some(whole)) if whole >= own => (0, whole.abs_diff(own)),
        (Some(own), Some(whole)) => (1, whole.abs_diff(own)),
        (None, None) => (0, 0),
        _ => (2, 0),
    })
}

/// A number with the unit of a target, in words.
pub(crate) fn amount_words(lookup: Lookup<'_>, target: &NamedNode, number: f64) -> String {
    let words = number_words(&format!("{number:.2}"), lookup.reader.language);
    format!("{words}{}", unit_words(lookup, target))
}

/// The targets of a group of equal keys, by document, and the first of each place and year.
pub(crate) struct Levels<'m> {
    by_document: HashMap<&'m str, Vec<&'m Measured>>,
    by_place: HashMap<(&'m str, Option<i32>), &'m Measured>,
}

/// How a target of a higher level was found.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Through {
    /// Its document is implemented.
    Document,
    /// Its place holds the other place, and both are due in the same year.
    Place,
}

impl<'m> Levels<'m> {
    /// Puts a group in order.
    pub(crate) fn of(group: &'m [Measured]) -> Self {
        let mut levels = Self { by_document: HashMap::new(), by_place: HashMap::new() };
        for one in group {
            // What a document asks of one district is not what it asks of all.
            if let Some(document) = one.document.as_ref().filter(|_| one.own_places.is_empty()) {
                levels.by_document.entry(document.as_str()).or_default().push(one);
            }
            if let Some(place) = &one.place {
                levels.by_place.entry((place.as_str(), one.year())).or_insert(one);
            }
        }
        levels
    }

    /// What a target answers to: that of a document which its own document implements, else that of a place around its own for the same year. A target for a part of its
    /// document's place answers to a place around only.
    pub(crate) fn above(
        &self,
        lookup: Lookup<'_>,
        own: &Measured,
    ) -> Option<(&'m Measured, Through)> {
        // Six levels exist; a circle in the graph ends here too.
        const LEVELS_MAX: usize = 6;
        let document = own.document.as_ref()?;
        let implemented = lookup.nodes(document, zt::IMPLEMENTS);
        let direct = implemented.iter().filter_map(|node| self.by_document.get(node.as_str()));
        let direct = direct.flatten().copied().filter(|_| own.own_places.is_empty());
        if let Some(found) = answered(own, direct) {
            return Some((found, Through::Document));
        }
        own.year()?;
        let mut place = lookup.node(own.place.as_ref()?, zt::WITHIN);
        for _ in 0..LEVELS_MAX {
            let wider = place?;
            if let Some(found) = self.by_place.get(&(wider.as_str(), own.year())) {
                return Some((found, Through::Place));
            }
            place = lookup.node(&wider, zt::WITHIN);
        }
        None
    }
}

/// A target against another, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Against {
    /// Share of the whole, or difference; empty where there is nothing to compare.
    pub(crate) words: String,
    /// Whether it asks for more than the other: 加码.
    pub(crate) is_harder: bool,
    /// How many years earlier or later it is due, in words.
    pub(crate) time: String,
}

/// `own` against `whole`, a target of a higher level with the same key.
pub(crate) fn against(lookup: Lookup<'_>, own: &Measured, whole: &Measured) -> Against {
    let time = time_words(lookup, own, whole);
    let (Some(value), Some(of)) = (own.value, whole.value) else {
        return Against { time, ..Against::default() };
    };
    if own.scale == Scale::Amount {
        let words = if of > 0.0 { share_words(lookup, value / of) } else { String::new() };
        return Against { words, is_harder: false, time };
    }
    let words = gap_words(lookup, own, value - of);
    Against { words, is_harder: is_harder(own, whole), time }
}

/// Whether two numbers are the same for all that is written of them.
pub(crate) fn is_equal(one: f64, other: f64) -> bool {
    (one - other).abs() < 0.005
}

/// Whether `own` asks for more than `whole`. Both must promise on the same side, and `own` no later: 60 % in 2027 is not more than 50 % in 2025, and 约6% promises nothing.
fn is_harder(own: &Measured, whole: &Measured) -> bool {
    let (Some(value), Some(of)) = (own.value, whole.value) else { return false };
    let is_in_time = own.year.zip(whole.year).is_some_and(|(own, whole)| own <= whole);
    let commitment = own.commitment();
    is_in_time
        && !is_equal(value, of)
        && commitment == whole.commitment()
        && match commitment {
            Commitment::AtLeast => value > of,
            Commitment::AtMost => value < of,
            Commitment::Neither => false,
        }
}

fn share_words(lookup: Lookup<'_>, share: f64) -> String {
    let share = number_words(&format!("{:.2}", share * 100.0), lookup.reader.language);
    match lookup.t("zh", "en") {
        "zh" => format!("为上级的{share}%"),
        _ => format!("{share}% of the higher level"),
    }
}

fn gap_words(lookup: Lookup<'_>, own: &Measured, gap: f64) -> String {
    if is_equal(gap, 0.0) {
        return lookup.t("与上级相同", "as the higher level").to_owned();
    }
    let amount = if own.scale == Scale::Percent {
        let number = number_words(&format!("{:.2}", gap.abs()), lookup.reader.language);
        format!("{number}{}", lookup.t("个百分点", " points"))
    } else {
        amount_words(lookup, &own.target, gap.abs())
    };
    match (lookup.t("zh", "en"), gap < 0.0) {
        ("zh", true) => format!("比上级低{amount}"),
        ("zh", false) => format!("比上级高{amount}"),
        (_, true) => format!("{amount} below the higher level"),
        (_, false) => format!("{amount} above the higher level"),
    }
}

fn time_words(lookup: Lookup<'_>, own: &Measured, whole: &Measured) -> String {
    let (Some(own), Some(whole)) = (own.year(), whole.year()) else { return String::new() };
    let years = own.abs_diff(whole);
    match (lookup.t("zh", "en"), own.cmp(&whole)) {
        (_, std::cmp::Ordering::Equal) => String::new(),
        ("zh", std::cmp::Ordering::Less) => format!("期限早{years}年"),
        ("zh", std::cmp::Ordering::Greater) => format!("期限晚{years}年"),
        (_, std::cmp::Ordering::Less) => format!("due {years} y earlier"),
        (_, std::cmp::Ordering::Greater) => format!("due {years} y later"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_is_the_same_part_of_each_place() {
        let names = ["子市".to_owned()];
        let table = [
            ("全市", ""),
            ("我省", ""),
            ("子市", ""),
            ("全省农村", "农村"),
            ("全市范围内的农村", "农村"),
            ("农村", "农村"),
            ("全部县区", "全部县区"),
        ];
        for (scope, part) in table {
            assert_eq!(part_of_place(scope, &names), part, "{scope}");
        }
    }

    #[test]
    fn an_indicator_that_is_an_average_by_its_name_is_known_as_one() {
        for name in [
            "人均公园绿地面积",
            "居民人均可支配收入",
            "每千人口医师数",
            "千人床位数",
            "单位面积产量",
        ] {
            assert!(is_average(name), "{name}");
        }
        for name in ["造林面积", "高新技术企业数", "地区生产总值"] {
            assert!(!is_average(name), "{name}");
        }
    }
}
