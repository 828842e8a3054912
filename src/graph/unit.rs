//! Units as printed to units of the graph.
//!
//! In: the words after a number (万千瓦, 个, 元/亩). Out: a unit's IRI, a power of ten for 万 and 亿, and
//! the counting word where things are counted. Guarantees: nothing is converted, so 650万千瓦 is
//! 6500000 kilowatts and 亩 stays 亩; a unit that the code list lacks is minted with its printed label.

use super::table::Table;
use super::vocabulary::unit;
use super::{GraphError, Mint};
use oxigraph::model::NamedNode;
use std::collections::HashMap;

/// What multiplies the unit after it, as powers of ten.
const MULTIPLIERS: [(char, u32); 5] = [('亿', 8), ('万', 4), ('千', 3), ('百', 2), ('十', 1)];

/// One unit of the code list.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    /// Its IRI.
    pub(super) iri: NamedNode,
    /// Name in Chinese.
    pub(super) label_zh: String,
    /// Name in English.
    pub(super) label_en: Option<String>,
    /// Factor to the coherent SI unit of its kind, in decimal notation.
    pub(super) multiplier: Option<String>,
}

/// A printed unit, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PrintedUnit {
    /// The unit's IRI.
    pub(super) iri: NamedNode,
    /// The number is to be multiplied by ten to this power.
    pub(super) exponent: u32,
    /// 个, 家, 人次, where things are counted.
    pub(super) classifier: Option<String>,
    /// The printed label, where the code list lacks the unit.
    pub(super) minted_label: Option<String>,
}

#[derive(Clone, Copy, Debug)]
struct Printed {
    index: usize,
    counts: bool,
}

/// The units known.
#[derive(Clone, Debug)]
pub(super) struct Units {
    rows: Vec<Unit>,
    printed: HashMap<String, Printed>,
}

impl Units {
    /// Reads the code list.
    pub(super) fn parse(file: &'static str, text: &str, mint: &Mint) -> Result<Self, GraphError> {
        let table = Table::parse(file, text, &["code", "printed", "label_zh", "class"])?;
        let mut units = Self { rows: Vec::new(), printed: HashMap::new() };
        for row in table.rows() {
            let code = row.get("code");
            let iri = unit_iri(code, mint).ok_or_else(|| {
                row.problem(format!("`{code}` begins with neither `unit:` nor `ztu:`"))
            })?;
            let printed =
                Printed { index: units.rows.len(), counts: row.get("class") == "classifier" };
            for word in row.list("printed") {
                units.printed.entry(word).or_insert(printed);
            }
            units.rows.push(Unit {
                iri,
                label_zh: row.get("label_zh").to_owned(),
                label_en: row.optional("label_en"),
                multiplier: row.optional("multiplier"),
            });
        }
        Ok(units)
    }

    /// All units in the order of the list.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Unit> {
        self.rows.iter()
    }

    /// Reads `printed`, the words after a number; empty for a bare number.
    pub(super) fn read(&self, printed: &str, mint: &Mint) -> PrintedUnit {
        let words: String =
            printed.chars().filter(|character| !character.is_whitespace()).collect();
        let mut rest = words.as_str();
        let mut exponent = 0;
        loop {
            if let Some(known) = self.known(rest, exponent) {
                return known;
            }
            let Some((power, after)) = split_multiplier(rest) else { break };
            exponent += power;
            rest = after;
        }
        let iri = unit::NUM.into_owned();
        if rest.is_empty() {
            return PrintedUnit { iri, exponent, classifier: None, minted_label: None };
        }
        // 1个县, 3家企业: the counting word says that things are counted, whatever they are.
        let counting = rest.chars().next().map(String::from);
        let counting = counting.filter(|word| self.printed.get(word).is_some_and(|p| p.counts));
        if let Some(word) = counting.filter(|_| !rest.contains(['/', '每'])) {
            return PrintedUnit { iri, exponent, classifier: Some(word), minted_label: None };
        }
        PrintedUnit {
            iri: mint.local_unit(rest),
            exponent,
            classifier: None,
            minted_label: Some(rest.to_owned()),
        }
    }

    fn known(&self, words: &str, exponent: u32) -> Option<PrintedUnit> {
        let printed = self.printed.get(words)?;
        let unit = self.rows.get(printed.index)?;
        Some(PrintedUnit {
            iri: unit.iri.clone(),
            exponent,
            classifier: printed.counts.then(|| words.to_owned()),
            minted_label: None,
        })
    }
}

/// The IRI of a unit written `unit:KiloW` or `ztu:亩`.
pub(super) fn unit_iri(code: &str, mint: &Mint) -> Option<NamedNode> {
    if let Some(local) = code.strip_prefix("ztu:") {
        return Some(mint.local_unit(local));
    }
    let local = code.strip_prefix("unit:")?;
    Some(NamedNode::new_unchecked(format!("http://qudt.org/vocab/unit/{local}")))
}

fn split_multiplier(words: &str) -> Option<(u32, &str)> {
    MULTIPLIERS
        .iter()
        .find_map(|(character, power)| Some((*power, words.strip_prefix(*character)?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::mint::DEFAULT_BASE;
    use crate::graph::reference::UNITS;

    fn read(printed: &str) -> PrintedUnit {
        let mint = Mint::new(DEFAULT_BASE).unwrap();
        Units::parse("units.tsv", UNITS, &mint).unwrap().read(printed, &mint)
    }

    fn check(printed: &str, iri: &str, exponent: u32, classifier: Option<&str>) {
        let unit = read(printed);
        assert!(unit.iri.as_str().ends_with(iri), "{printed}: {}", unit.iri);
        assert_eq!(unit.exponent, exponent, "{printed}");
        assert_eq!(unit.classifier.as_deref(), classifier, "{printed}");
    }

    #[test]
    fn multipliers_are_split_off_but_not_those_inside_a_unit() {
        check("万千瓦", "unit/KiloW", 4, None);
        check("千瓦", "unit/KiloW", 0, None);
        check("千亿元", "unit/CCY_CNY", 11, None);
        check("万亿元", "unit/CCY_CNY", 12, None);
        check("百分点", "unit/百分点", 0, None);
        check("亿立方米", "unit/M3", 8, None);
    }

    #[test]
    fn things_are_counted_with_their_counting_word() {
        check("个", "unit/NUM", 0, Some("个"));
        check("万人次", "unit/NUM", 4, Some("人次"));
        check("千人", "unit/NUM", 3, Some("人"));
        check("个县", "unit/NUM", 0, Some("个"));
        check("", "unit/NUM", 0, None);
        check("亿", "unit/NUM", 8, None);
    }

    #[test]
    fn what_looks_like_counting_but_is_a_unit_stays_one() {
        check("个百分点", "unit/百分点", 0, None);
        check("个月", "unit/MO", 0, None);
        check("个/千人", "unit/个每千人", 0, None);
        check("个工作日", "unit/工作日", 0, None);
    }

    #[test]
    fn a_unit_that_the_list_lacks_is_minted_with_its_label() {
        let unit = read("万某某当量/公顷");
        assert_eq!(unit.iri.as_str(), "https://w3id.org/zhengtu/unit/某某当量每公顷");
        assert_eq!((unit.exponent, unit.minted_label.as_deref()), (4, Some("某某当量/公顷")));
    }
}
