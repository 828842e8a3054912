//! Administrative divisions: the code list, and which of them a name or a number means.
//!
//! In: `ontology/codes/places.tsv` and names as written. Out: [`Place`]s. Guarantees: a name that several
//! divisions bear (市中区, 鼓楼区) means one only inside a jurisdiction; names are found by hash. Surprising: a
//! place that the list lacks (a new area, a county of former times) is known by its name alone.

use super::GraphError;
use super::table::Table;
use std::collections::HashMap;

/// Levels as in the ontology: 0 country, 1 province, 2 city, 3 county.
const LEVEL_COUNTY: u8 = 3;

/// What the name of a division ends in, with its level where the code list does not tell.
const SUFFIXES: [(&str, u8); 13] = [
    ("特别行政区", 1),
    ("自治区", 1),
    ("自治州", 2),
    ("自治县", 3),
    ("省", 1),
    ("市", 2),
    ("地区", 2),
    ("州", 2),
    ("盟", 2),
    ("自治旗", 3),
    ("县", 3),
    ("区", 3),
    ("旗", 3),
];

/// What the name of a functional area ends in, which is also what its documents call it.
const AREAS: [&str; 6] = ["示范区", "试验区", "管理区", "开发区", "高新区", "新区"];

/// One division.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Six-digit code (GB/T 2260); a few functional areas have none.
    pub(super) adcode: Option<String>,
    /// Full name: 菏泽市.
    pub(super) name: String,
    /// Name without the word for its level: 菏泽.
    pub(super) short_name: Option<String>,
    /// Name in English.
    pub(super) label_en: Option<String>,
    /// 0 country, 1 province, 2 city, 3 county.
    pub(super) level: u8,
    /// Code of the division above.
    pub(super) parent_code: Option<String>,
    /// The character that begins the numbers of its documents: 鲁, 菏.
    pub(super) code_prefix: Option<String>,
    /// Identifier in Wikidata.
    pub(super) wikidata: Option<String>,
    /// A remark.
    pub(super) note: Option<String>,
}

impl Place {
    /// A place known by its name only.
    fn named(name: &str, parent_code: Option<String>) -> Self {
        let level = SUFFIXES.iter().find(|(suffix, _)| name.ends_with(suffix));
        Self {
            adcode: None,
            name: name.to_owned(),
            short_name: None,
            label_en: None,
            level: level.map_or(LEVEL_COUNTY, |(_, level)| *level),
            parent_code,
            code_prefix: None,
            wikidata: None,
            note: None,
        }
    }

    /// Whether numbers of its documents may begin with `initial`.
    fn has_initial(&self, initial: char) -> bool {
        let short = self.short_name.as_deref().unwrap_or(&self.name);
        match &self.code_prefix {
            Some(prefix) => prefix.starts_with(initial),
            None => self.level > 1 && short.starts_with(initial),
        }
    }

    /// The name of an autonomous division without its peoples: 楚雄州 for 楚雄彝族自治州.
    pub(super) fn common_name(&self) -> Option<String> {
        let short = self.short_name.as_deref().filter(|_| self.name.contains("自治"))?;
        Some(format!("{short}{}", self.level_word())).filter(|common| *common != self.name)
    }

    /// What its IRI is made from: the code, else the name.
    pub(super) fn key(&self) -> &str {
        self.adcode.as_deref().unwrap_or(&self.name)
    }

    /// The word by which documents of the place call it: 市 in 市教育局. Empty for the country.
    pub(super) fn level_word(&self) -> &'static str {
        if self.level == 0 {
            return "";
        }
        let area = AREAS.iter().find(|area| self.name.ends_with(**area) && self.adcode.is_none());
        if let Some(area) = area {
            return area;
        }
        let suffix = SUFFIXES.iter().find(|(suffix, _)| self.name.ends_with(suffix));
        match suffix {
            Some(("自治州", _)) => "州",
            Some(("自治县", _)) => "县",
            Some(("自治旗", _)) => "旗",
            Some((suffix, _)) => suffix,
            None => "区",
        }
    }
}

/// The divisions known.
#[derive(Clone, Debug)]
pub(super) struct Places {
    list: Vec<Place>,
    by_code: HashMap<String, usize>,
    by_name: HashMap<String, Vec<usize>>,
    by_short: HashMap<String, Vec<usize>>,
    name_chars_max: usize,
}

impl Places {
    /// Reads the code list.
    pub(super) fn parse(file: &'static str, text: &str) -> Result<Self, GraphError> {
        let table = Table::parse(file, text, &["adcode", "name", "level", "parent_code"])?;
        let mut places = Self {
            list: Vec::new(),
            by_code: HashMap::new(),
            by_name: HashMap::new(),
            by_short: HashMap::new(),
            name_chars_max: 0,
        };
        for row in table.rows() {
            let level = row.get("level").parse().map_err(|_| {
                row.problem(format!("level `{}` is no number from 0 to 5", row.get("level")))
            })?;
            places.push(Place {
                adcode: row.optional("adcode"),
                name: row.get("name").to_owned(),
                short_name: row.optional("short_name"),
                label_en: row.optional("label_en"),
                level,
                parent_code: row.optional("parent_code"),
                code_prefix: row.optional("code_prefix"),
                wikidata: row.optional("wikidata"),
                note: row.optional("note"),
            });
        }
        Ok(places)
    }

    fn push(&mut self, place: Place) {
        let index = self.list.len();
        if let Some(code) = &place.adcode {
            self.by_code.entry(code.clone()).or_insert(index);
        }
        self.name_chars_max = self.name_chars_max.max(place.name.chars().count());
        self.by_name.entry(place.name.clone()).or_default().push(index);
        if let Some(common) = place.common_name() {
            self.by_name.entry(common).or_default().push(index);
        }
        if let Some(short) = place.short_name.as_ref().filter(|short| short.chars().count() > 1) {
            self.by_short.entry(short.clone()).or_default().push(index);
        }
        self.list.push(place);
    }

    /// All divisions in the order of the list.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Place> {
        self.list.iter()
    }

    /// The division with this code.
    pub(super) fn by_code(&self, adcode: &str) -> Option<&Place> {
        self.by_code.get(adcode).and_then(|index| self.list.get(*index))
    }

    /// The country.
    pub(super) fn country(&self) -> Option<&Place> {
        self.list.iter().find(|place| place.level == 0)
    }

    /// `place` and the divisions above it, lowest first, without the country.
    pub(super) fn chain<'a>(&'a self, place: &'a Place) -> Vec<&'a Place> {
        let mut chain = vec![place];
        while let Some(above) = chain
            .last()
            .and_then(|last| last.parent_code.as_deref())
            .and_then(|code| self.by_code(code))
            // A code list with a ring must not hang the build.
            .filter(|above| !chain.contains(above))
        {
            chain.push(above);
        }
        chain.retain(|place| place.level > 0);
        chain
    }

    /// Whether the list has `place` as it is.
    pub(super) fn lists(&self, place: &Place) -> bool {
        self.named(&place.name).any(|listed| listed == place)
    }

    fn named(&self, name: &str) -> impl Iterator<Item = &Place> {
        let indexes = self.by_name.get(name).into_iter().flatten();
        indexes.filter_map(|index| self.list.get(*index))
    }

    /// The division that `name` means in documents of `within`: the only one of the name that lies in it or
    /// holds it, else the only one of the name.
    fn only_named(&self, name: &str, within: Option<&Place>) -> Option<&Place> {
        let only = |near: &dyn Fn(&Place) -> bool| {
            let mut found = self.named(name).filter(|place| near(place));
            found.next().filter(|_| found.next().is_none())
        };
        let related = |place: &Place| {
            within.is_some_and(|within| self.lies_in(place, within) || self.lies_in(within, place))
        };
        only(&related).or_else(|| only(&|_| true))
    }

    /// The division whose full name begins `name`, and the rest; the longest name wins. Of several
    /// divisions of one name (市中区) the one in `within` is meant; where that does not tell, none.
    pub(super) fn split_prefix<'n>(
        &self,
        name: &'n str,
        within: Option<&Place>,
    ) -> Option<(&Place, &'n str)> {
        let borders = name.char_indices().skip(1).map(|(byte, _)| byte).chain([name.len()]);
        let borders: Vec<usize> = borders.take(self.name_chars_max).collect();
        borders.into_iter().rev().find_map(|border| {
            let (head, rest) = name.split_at_checked(border)?;
            Some((self.only_named(head, within)?, rest))
        })
    }

    /// The first division named inside `words`, and after it those inside it: 国家税务总局菏泽市税务局 → 菏泽市.
    pub(super) fn find_inside(&self, words: &str) -> Option<&Place> {
        let starts = words.char_indices().filter_map(|(byte, _)| words.get(byte..));
        let mut found: Option<&Place> = None;
        for rest in starts {
            if let Some((place, _)) = self.split_prefix(rest, found)
                // 示范县 holds the name of a county; inside words only longer names are sure.
                && place.name.chars().count() > 2
                && found.is_none_or(|found| self.lies_in(place, found))
            {
                found = Some(place);
            }
        }
        found
    }

    /// The place that a body's name begins with, listed or read off the name (贵州省福泉市教育局 → 福泉市 in
    /// 贵州省), and the rest of the name. `None` where it begins with none.
    pub(super) fn split_body<'n>(
        &self,
        body: &'n str,
        within: Option<&Place>,
    ) -> Option<(Place, &'n str)> {
        let unlisted = |rest: &'n str, above: Option<&Place>| {
            let head = head_of_division(rest)?;
            // A name that several divisions bear is no name of an unlisted one.
            let mut ends = head.char_indices().filter_map(|(byte, _)| head.get(byte..));
            // 农发行贵州 ends in the name of a place and is none itself.
            let listed = |end| self.by_name.contains_key(end) || self.by_short.contains_key(end);
            let is_new = !ends.any(listed);
            let parent_code = above.and_then(|above| above.adcode.clone());
            let place = Place::named(head, parent_code);
            Some((place, rest.strip_prefix(head)?)).filter(|_| is_new)
        };
        let Some((mut place, mut rest)) = self.split_prefix(body, within) else {
            return unlisted(body, None);
        };
        while let Some((below, shorter)) = self
            .split_prefix(rest, Some(place))
            .filter(|(below, _)| below.key() != place.key() && self.lies_in(below, place))
        {
            (place, rest) = (below, shorter);
        }
        unlisted(rest, Some(place)).or_else(|| Some((place.clone(), rest)))
    }

    /// The place that a body's name begins with.
    pub(super) fn place_of_body(&self, body: &str) -> Option<Place> {
        self.split_body(body, None).map(|(place, _)| place)
    }

    /// The places that the characters of `name` spell by full or, for cities and provinces, by short name, each
    /// with what stands before and after it: 人行福州中心支行 → 福州市. Of one name, those near `within` only.
    pub(super) fn split_inside<'n>(
        &self,
        name: &'n str,
        within: Option<&Place>,
    ) -> Vec<(&'n str, &Place, &'n str)> {
        let mut found = Vec::new();
        for (start, _) in name.char_indices() {
            let Some((before, words)) = name.split_at_checked(start) else { continue };
            let full = self.split_prefix(words, within);
            let short = || {
                let ends = words.char_indices().skip(2).map(|(byte, _)| byte).take(4);
                let mut heads = ends.filter_map(|end| words.split_at_checked(end));
                heads.find_map(|(head, rest)| Some((self.short_named(head, within)?, rest)))
            };
            if let Some((place, after)) = full.or_else(short) {
                found.push((before, place, after));
            }
        }
        found
    }

    /// The province or prefecture with this short name, or the county: inside `within`, or the only one.
    pub(super) fn short_named(&self, short: &str, within: Option<&Place>) -> Option<&Place> {
        let near = |place: &Place| within.is_some_and(|within| self.lies_in(place, within));
        let indexes = self.by_short.get(short)?;
        let named = indexes.iter().filter_map(|index| self.list.get(*index));
        let first = named.min_by_key(|place| (place.level, !near(place)))?;
        Some(first).filter(|place| place.level <= 2 || indexes.len() == 1 || near(place))
    }

    /// The place whose character begins the code of a document number: 鲁政办发 → 山东省, 菏政发 → 菏泽市. A place
    /// that holds `within` is looked for first, because 青政发 is of 青海省 or of 青岛市; the government of a
    /// prefecture is known by the first character of its short name, where only one has it.
    pub(super) fn by_number_code<'a>(
        &'a self,
        code: &str,
        within: Option<&'a Place>,
    ) -> Option<&'a Place> {
        let first = code.chars().next()?;
        let rest = code.strip_prefix(first).unwrap_or_default();
        // 晋市政发 is no number of the province 晋.
        let of_city = rest.starts_with(['市', '州']);
        let body = rest.trim_start_matches(['市', '州']);
        let chain = within.map(|place| self.chain(place)).unwrap_or_default();
        let home = chain
            .iter()
            .copied()
            .find(|place| place.has_initial(first) && !(of_city && place.level == 1));
        let marked = || {
            let mut marked = self.list.iter().filter(|place| place.code_prefix.is_some());
            marked.find(|place| !of_city && place.has_initial(first))
        };
        let province = chain.iter().copied().find(|place| place.level == 1);
        let begun = || {
            let mut cities = self.list.iter().filter(|place| {
                place.level == 2
                    && place.has_initial(first)
                    && province.is_none_or(|province| self.lies_in(place, province))
            });
            cities.next().filter(|_| cities.next().is_none())
        };
        // 银发 and 文旅发 are numbers of ministries, not of 银川 and 文山.
        let governs = body.starts_with(['政', '府']);
        home.or_else(marked).or_else(|| begun().filter(|_| governs))
    }

    fn lies_in(&self, place: &Place, within: &Place) -> bool {
        self.chain(place).iter().any(|above| above.adcode == within.adcode)
    }
}

/// Words that never stand in the name of a place, though a word for a level follows.
const NO_PLACE: [&str; 15] = [
    "关于",
    "的",
    "《",
    "进一步",
    "局",
    "厅",
    "中心",
    "公开",
    "住房",
    "房地产",
    "相关",
    "有关",
    "项目",
    "所在",
    "银行",
];

/// The name of an unlisted division that `body` begins with: up to 人民政府 or the first word for a
/// level after at least two characters, in a name that goes on.
fn head_of_division(body: &str) -> Option<&str> {
    let generic = ["市", "省", "县", "区", "州", "各", "中", "国", "全", "有关"];
    if generic.iter().any(|word| body.starts_with(word)) {
        return None;
    }
    if let Some((head, _)) = body.split_once("人民政府") {
        return Some(head)
            .filter(|head| SUFFIXES.iter().any(|(suffix, _)| head.ends_with(suffix)))
            .filter(|head| head.chars().count() > 1);
    }
    body.char_indices()
        .skip(2)
        .filter(|(_, character)| matches!(character, '省' | '市' | '县' | '区' | '州' | '旗'))
        .find_map(|(start, character)| body.get(..start + character.len_utf8()))
        .filter(|head| head.len() < body.len() && head.chars().count() <= 12)
        // 房地产市场, 新区域 and 关于支持市民 name no place.
        .filter(|head| !NO_PLACE.iter().any(|word| head.contains(word)))
        .filter(|head| {
            let rest = body.strip_prefix(head).unwrap_or_default();
            !rest.starts_with(['场', '域', '容', '块', '间', '级'])
        })
}

#[cfg(test)]
mod tests;
