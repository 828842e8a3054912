//! Targets as numbers, and one against another. In: targets of the graph; out: values and bounds, the target of a higher level that one answers to, and the difference in words. Surprising: only
//! equal unit, basis and frequency are compared, because a share of 50 % and a growth of 50 % never compare as equals; and which way is harder depends on the bound:
//! more where a least is promised, less where a most is.

use std::collections::HashMap;

use oxigraph::model::{NamedNode, NamedNodeRef};

use super::wording::{number_words, unit_words};
use crate::graph::vocabulary::zt;
use crate::service::charts::Commitment;
use crate::service::lookup::Lookup;

/// A target with what decides about its comparison.
pub(crate) struct Measured {
    pub(crate) target: NamedNode,
    pub(crate) document: Option<NamedNode>,
    /// Where its document holds.
    pub(crate) place: Option<NamedNode>,
    /// The level of that place, the country's first.
    pub(crate) level: usize,
    /// The number itself, else a bound.
    pub(crate) value: Option<f64>,
    pub(crate) lower: Option<f64>,
    pub(crate) upper: Option<f64>,
    pub(crate) is_percent: bool,
    /// As `2025-12-31`.
    pub(crate) deadline: Option<String>,
    /// What must be equal: indicator, unit, basis, frequency.
    pub(crate) key: [String; 4],
}

impl Measured {
    /// Reads a target.
    pub(crate) fn read(lookup: Lookup<'_>, target: NamedNode) -> Self {
        let document = lookup.node(&target, zt::IN_DOCUMENT);
        let place = document.as_ref().and_then(|node| lookup.node(node, zt::JURISDICTION));
        let level = place.as_ref().and_then(|place| lookup.number(place, zt::LEVEL));
        let number = |term: NamedNodeRef<'_>| -> Option<f64> {
            let number: f64 = lookup.text(&target, term)?.parse().ok()?;
            number.is_finite().then_some(number)
        };
        let name =
            |term| lookup.node(&target, term).map(NamedNode::into_string).unwrap_or_default();
        let key = [zt::INDICATOR_OF, zt::UNIT, zt::BASIS, zt::FREQUENCY].map(name);
        let [_, unit, ..] = &key;
        let (lower, upper) = (number(zt::LOWER_BOUND), number(zt::UPPER_BOUND));
        Self {
            value: number(zt::VALUE).or(lower).or(upper),
            lower,
            upper,
            is_percent: unit.ends_with("/PERCENT") || unit.ends_with("/百分点"),
            deadline: lookup.text(&target, zt::DEADLINE),
            level: level.unwrap_or(usize::MAX),
            key,
            document,
            place,
            target,
        }
    }

    /// What the bounds promise.
    pub(crate) fn commitment(&self) -> Commitment {
        match (self.lower, self.upper) {
            (Some(_), None) => Commitment::AtLeast,
            (None, Some(_)) => Commitment::AtMost,
            _ => Commitment::Neither,
        }
    }

    /// The year in which it is due.
    pub(crate) fn year(&self) -> Option<i32> {
        self.deadline.as_deref()?.split('-').next()?.parse().ok()
    }
}

/// A number with the unit of a target, in words.
pub(crate) fn amount_words(lookup: Lookup<'_>, target: &NamedNode, number: f64) -> String {
    let words = number_words(&format!("{number:.2}"), lookup.reader.language);
    format!("{words}{}", unit_words(lookup, target))
}

/// The first targets of each document in a group of equal unit, basis and frequency.
pub(crate) struct Levels<'m> {
    by_document: HashMap<&'m str, &'m Measured>,
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
            if let Some(document) = &one.document {
                levels.by_document.entry(document.as_str()).or_insert(one);
            }
            if let Some(place) = &one.place {
                levels.by_place.entry((place.as_str(), one.year())).or_insert(one);
            }
        }
        levels
    }

    /// What a target answers to: that of a document which its own document implements, else that of a place around its own for the same year.
    pub(crate) fn above(
        &self,
        lookup: Lookup<'_>,
        own: &Measured,
    ) -> Option<(&'m Measured, Through)> {
        // Six levels exist; a circle in the graph ends here too.
        const LEVELS_MAX: usize = 6;
        let document = own.document.as_ref()?;
        let implemented = lookup.nodes(document, zt::IMPLEMENTS);
        let direct = implemented.iter().find_map(|node| self.by_document.get(node.as_str()));
        if let Some(found) = direct {
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

/// `own` against `whole`, a target of a higher level with the same unit, basis and frequency.
pub(crate) fn against(lookup: Lookup<'_>, own: &Measured, whole: &Measured) -> Against {
    let time = time_words(lookup, own, whole);
    let (Some(value), Some(of)) = (own.value, whole.value.filter(|whole| *whole > 0.0)) else {
        return Against { time, ..Against::default() };
    };
    let number = |number: f64| number_words(&format!("{number:.2}"), lookup.reader.language);
    if !own.is_percent {
        let share = number(value / of * 100.0);
        let words = match lookup.t("zh", "en") {
            "zh" => format!("为上级的{share}%"),
            _ => format!("{share}% of the higher level"),
        };
        return Against { words, is_harder: false, time };
    }
    let gap = number((value - of).abs());
    let is_equal = (value - of).abs() < 0.005;
    let words = match (lookup.t("zh", "en"), value < of) {
        ("zh", _) if is_equal => "与上级相同".to_owned(),
        ("zh", true) => format!("比上级低{gap}个百分点"),
        ("zh", false) => format!("比上级高{gap}个百分点"),
        _ if is_equal => "as the higher level".to_owned(),
        (_, true) => format!("{gap} points below the higher level"),
        (_, false) => format!("{gap} points above the higher level"),
    };
    let is_most = own.commitment() == Commitment::AtMost;
    let is_harder = !is_equal && (value < of) == is_most;
    Against { words, is_harder, time }
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
