//! What a target measures, free of place, year, value and quotation marks.
//!
//! In: the words of a text and `data/lexicon/indicators.tsv`. Out: the name that documents of all
//! levels share, so that province and city meet on one indicator. Guarantee: the same words give the
//! same name. Surprising: the lexicon does every merge that words alone do not show, so that each can
//! be seen and corrected; rules only take off what never belongs to an indicator.

use super::mint::local_name;
use super::table::Table;
use super::{GraphError, Mint, unit};
use oxigraph::model::NamedNode;
use std::collections::HashMap;

/// Words for the issuer's whole territory.
const SCOPES: [&str; 20] = [
    "全自治区",
    "自治区",
    "全旗",
    "全盟",
    "全市",
    "全省",
    "全县",
    "全区",
    "全州",
    "全国",
    "我市",
    "我省",
    "我县",
    "我区",
    "我国",
    "本市",
    "本省",
    "本县",
    "本区",
    "各县区",
];

/// Counting words for things: a count of them is named …数. Persons and events are named by what
/// they do (城镇新增就业), which stays as it is.
const THINGS: [&str; 16] = [
    "个", "家", "所", "处", "座", "项", "条", "台", "套", "辆", "件", "种", "张", "镇", "村",
    "社区",
];

/// Words of the verb phrase that extraction may leave at the head of a name.
const HEADS: [&str; 10] =
    ["预计", "力争", "争取", "确保", "实现", "平均每年", "每年", "年均", "累计", "全年"];

/// Words of the verb phrase, and of time, that extraction may leave at the end of a name.
const TAILS: [&str; 15] = [
    "年均", "年", "累计", "分别", "总计", "合计", "共计", "均", "同比", "力争", "预计", "达到",
    "达", "约", "将",
];

/// Short forms that statistics spell out.
const SHORT_FORMS: [(&str, &str); 7] = [
    ("规上", "规模以上"),
    ("限上", "限额以上"),
    ("占GDP", "占地区生产总值"),
    ("占国内生产总值", "占地区生产总值"),
    ("的比重", "比重"),
    ("的比例", "比例"),
    ("的占比", "占比"),
];

/// A noun of so few characters (企业, 项目) is no name without the condition that each item must meet.
const NOUN_CHARS_MAX: usize = 2;

/// Ends of names that already say what is counted or related.
const MEASURES: [&str; 14] = [
    "数", "率", "比例", "比重", "总量", "规模", "面积", "里程", "水平", "人次", "产能", "容量",
    "装机", "产值",
];

/// An entry of the lexicon.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// The preferred name.
    pub(super) name: String,
    /// Name in English.
    pub(super) label_en: Option<String>,
    /// The unit in which the indicator is compared.
    pub(super) unit: Option<NamedNode>,
    /// Other names seen.
    pub(super) aliases: Vec<String>,
}

/// The lexicon.
#[derive(Clone, Debug)]
pub(super) struct Indicators {
    entries: Vec<Entry>,
    by_name: HashMap<String, usize>,
}

/// An indicator as the words of one target name it.
#[derive(Clone, Debug)]
pub(super) struct NamedIndicator<'a> {
    /// The shared name.
    pub(super) name: String,
    /// The lexicon's entry, if it has one.
    pub(super) entry: Option<&'a Entry>,
}

impl Indicators {
    /// Reads the lexicon.
    pub(super) fn parse(file: &'static str, text: &str, mint: &Mint) -> Result<Self, GraphError> {
        let table = Table::parse(file, text, &["name", "label_en", "unit", "aliases"])?;
        let mut indicators = Self { entries: Vec::new(), by_name: HashMap::new() };
        for row in table.rows() {
            let code = row.optional("unit");
            let unit = code.as_deref().map(|code| {
                unit::unit_iri(code, mint).ok_or_else(|| {
                    row.problem(format!("`{code}` begins with neither `unit:` nor `ztu:`"))
                })
            });
            let name = row.get("name").to_owned();
            let aliases = row.list("aliases");
            let index = indicators.entries.len();
            for known in aliases.iter().chain([&name]) {
                let key = local_name(known);
                if let Some(other) = indicators.by_name.insert(key, index).filter(|o| *o != index) {
                    let other = indicators.entries.get(other).map_or("", |entry| &entry.name);
                    return Err(row.problem(format!("`{known}` already stands for `{other}`")));
                }
            }
            let label_en = row.optional("label_en");
            indicators.entries.push(Entry { name, label_en, unit: unit.transpose()?, aliases });
        }
        Ok(indicators)
    }

    /// All entries in the order of the lexicon.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
    }

    /// The indicator that `words` name. `condition` is the text of the quantity that each counted thing
    /// must meet, `classifier` the counting word of the target's quantity.
    pub(super) fn identify(
        &self,
        words: &str,
        condition: Option<&str>,
        classifier: Option<&str>,
    ) -> NamedIndicator<'_> {
        let bare = local_name(words);
        if let Some(known) = self.lookup(&bare) {
            return known;
        }
        let spelled = spell_out(without_scope(&bare));
        let mut name = spelled.as_str();
        if let Some(known) = self.lookup(name) {
            return known;
        }
        let after = condition.and_then(|text| name.split_once(&*local_name(text)));
        let after = after.map(|(_, after)| after.trim_start_matches('的'));
        if let Some(after) = after.filter(|after| after.chars().count() > NOUN_CHARS_MAX) {
            name = after;
        }
        let counted = classifier.is_some_and(|word| THINGS.contains(&word));
        let stem = name.strip_suffix("数量").unwrap_or(name);
        let named = MEASURES.iter().any(|end| stem.ends_with(end)) && stem == name;
        let counting = if counted && !named { format!("{stem}数") } else { name.to_owned() };
        let known = [name, stem, &counting].into_iter().find_map(|name| self.lookup(name));
        // A target about nothing but 全市 keeps its words rather than lose its name.
        let name = if counting.is_empty() { bare } else { counting };
        known.unwrap_or(NamedIndicator { name, entry: None })
    }

    fn lookup(&self, name: &str) -> Option<NamedIndicator<'_>> {
        let entry = self.entries.get(*self.by_name.get(name)?)?;
        Some(NamedIndicator { name: entry.name.clone(), entry: Some(entry) })
    }
}

/// `name` without words for the territory, years and words of its verb phrase at head and end. What would be
/// empty, or a single character, stays.
fn without_scope(name: &str) -> &str {
    let mut rest = name;
    loop {
        let head = SCOPES.iter().chain(&HEADS).find_map(|scope| rest.strip_prefix(scope));
        let shorter = head
            .or_else(|| without_year(rest))
            .or_else(|| TAILS.iter().find_map(|tail| without_tail(rest, tail)));
        match shorter.filter(|shorter| shorter.chars().count() > 1) {
            Some(shorter) => rest = shorter,
            None => return rest,
        }
    }
}

/// `name` without `tail` at its end; 五年, 每年 and 青年 are words of their own.
fn without_tail<'n>(name: &'n str, tail: &str) -> Option<&'n str> {
    let head = name.strip_suffix(tail)?;
    let own =
        "0123456789〇○零一二三四五六七八九十两几多每前后全同当上下本去今明次近来历青少老成丰周";
    Some(head).filter(|head| tail != "年" || !head.ends_with(|last| own.contains(last)))
}

/// `name` after the year that it begins with: 2025年, 一九八五年, 2025年底.
fn without_year(name: &str) -> Option<&str> {
    let (year, after) = name.split_once('年')?;
    let is_digit = |character: char| {
        character.is_ascii_digit() || "〇○零一二三四五六七八九".contains(character)
    };
    let is_year = year.chars().count() == 4 && year.chars().all(is_digit);
    Some(after.trim_start_matches(['末', '底', '前'])).filter(|_| is_year)
}

/// `name` with short forms spelled out.
fn spell_out(name: &str) -> String {
    SHORT_FORMS.iter().fold(name.to_owned(), |name, (short, long)| name.replace(short, long))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::mint::DEFAULT_BASE;
    use crate::graph::reference::INDICATORS;

    const LEXICON: &str = "name\tlabel_en\tunit\taliases
甲产业集群数\tclusters\tunit:NUM\t“甲”产业集群|甲集群
";

    fn name(words: &str, condition: Option<&str>, classifier: Option<&str>) -> String {
        let mint = Mint::new(DEFAULT_BASE).unwrap();
        let indicators = Indicators::parse("indicators.tsv", LEXICON, &mint).unwrap();
        indicators.identify(words, condition, classifier).name
    }

    #[test]
    fn place_and_year_are_no_part_of_an_indicator() {
        assert_eq!(name("全市乙覆盖率", None, None), "乙覆盖率");
        assert_eq!(name("2025年我省乙覆盖率", None, None), "乙覆盖率");
    }

    #[test]
    fn words_of_the_verb_phrase_are_no_part_of_an_indicator() {
        assert_eq!(name("地区生产总值年", None, None), "地区生产总值");
        assert_eq!(name("全市城镇新增就业累计", None, None), "城镇新增就业");
        assert_eq!(name("一九八五年底预计乙产量", None, None), "乙产量");
        assert_eq!(name("全年", None, None), "全年");
        assert_eq!(name("服务青年", None, None), "服务青年");
    }

    #[test]
    fn short_forms_of_statistics_are_spelled_out() {
        assert_eq!(name("规上乙增加值", None, None), "规模以上乙增加值");
        assert_eq!(name("乙增加值占GDP的比重", None, None), "乙增加值占地区生产总值比重");
    }

    #[test]
    fn names_that_differ_in_what_they_count_stay_apart() {
        assert_ne!(name("新建乙公路", None, None), name("改建乙公路", None, None));
        assert_ne!(name("省级丙园区", None, Some("个")), name("市级丙园区", None, Some("个")));
        assert_ne!(name("户籍人口城镇化率", None, None), name("常住人口城镇化率", None, None));
        assert_ne!(name("乙增加值", None, None), name("乙增加值增速", None, None));
    }

    #[test]
    fn a_bare_noun_keeps_the_condition_of_its_items() {
        assert_eq!(name("10亿元以上项目", Some("10亿元以上"), Some("个")), "10亿元以上项目数");
        assert_eq!(name("10亿元以上丙项目", Some("10亿元以上"), Some("个")), "丙项目数");
    }

    #[test]
    fn a_count_of_things_is_named_as_a_number() {
        assert_eq!(name("省级丙园区", None, Some("个")), "省级丙园区数");
        assert_eq!(name("丙园区数量", None, Some("家")), "丙园区数");
        assert_eq!(name("丙终端总数", None, Some("个")), "丙终端总数");
        assert_eq!(name("丁地新增就业", None, Some("人")), "丁地新增就业");
    }

    #[test]
    fn the_condition_of_each_item_is_no_part_of_an_indicator() {
        assert_eq!(name("投资300万元以上戊项目", Some("300万元以上"), Some("个")), "戊项目数");
        assert_eq!(name("年产值3亿元以上的己企业", Some("3亿元以上"), Some("家")), "己企业数");
    }

    #[test]
    fn the_lexicon_merges_names_with_or_without_quotation_marks() {
        assert_eq!(name("“甲”产业集群", None, Some("个")), "甲产业集群数");
        assert_eq!(name("全市甲集群", None, None), "甲产业集群数");
    }

    #[test]
    fn a_name_that_stands_for_two_indicators_is_an_error() {
        let mint = Mint::new(DEFAULT_BASE).unwrap();
        let lexicon = "name\tlabel_en\tunit\taliases\n甲\t\t\t丙\n乙\t\t\t丙\n";
        let error = Indicators::parse("indicators.tsv", lexicon, &mint).err().unwrap();
        assert_eq!(error.to_string(), "indicators.tsv, line 3: `丙` already stands for `甲`");
    }

    #[test]
    fn the_shipped_lexicon_is_sound() {
        let mint = Mint::new(DEFAULT_BASE).unwrap();
        let indicators = Indicators::parse("indicators.tsv", INDICATORS, &mint).unwrap();
        let known = indicators.identify("“十强”产业“雁阵形”集群", None, Some("个"));
        assert_eq!(known.name, "十强产业雁阵形集群数");
        assert!(known.entry.is_some_and(|entry| entry.unit.is_some()));
    }
}
