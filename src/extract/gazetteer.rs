//! Administrative divisions by name. In: a table as text, tab-separated with a header line (`adcode`, `name`,
//! `short_name`, `level`, `parent_code`, …); out: a [`Gazetteer`]. Guarantee: a line that does not fit is left out, never
//! an error, because the table is data of the project and its tests check it. The surprise: a name means a
//! place only within a jurisdiction; 市中区 alone exists several times.

use rustc_hash::FxHashMap;

/// Characters of the longest name of a division in China (双江拉祜族佤族布朗族傣族自治县).
const NAME_CHARS_MAX: usize = 15;

/// One division.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Division {
    /// Six-digit code (GB/T 2260).
    pub adcode: String,
    /// Full name: 单县.
    pub name: String,
    /// Name without its level where it can stand alone: 菏泽.
    pub short_name: String,
    /// 1 province, 2 prefecture, 3 county.
    pub level: u8,
    /// Code of the division above.
    pub parent_code: String,
}

/// Divisions, found by name.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    divisions: Vec<Division>,
    by_code: FxHashMap<String, usize>,
    by_name: FxHashMap<String, Vec<usize>>,
    /// For the first two characters of names, the characters of the longest such name. It is asked at every character
    /// of a text, and the table is ours: no hash has to resist an attacker.
    widths: FxHashMap<(char, char), usize>,
}

impl Gazetteer {
    /// The divisions of a table.
    pub fn from_table(table: &str) -> Self {
        let mut gazetteer = Self::default();
        for line in table.lines().skip(1) {
            let mut cells = line.split('\t').map(str::trim);
            let cells = (cells.next(), cells.next(), cells.next(), cells.next(), cells.next());
            let (Some(adcode), Some(name), Some(short_name), Some(level), Some(parent_code)) =
                cells
            else {
                continue;
            };
            let Ok(level) = level.parse() else { continue };
            let is_code = adcode.len() == 6 && adcode.chars().all(|c| c.is_ascii_digit());
            if is_code && !name.is_empty() && level > 0 {
                gazetteer.add(Division {
                    adcode: adcode.to_owned(),
                    name: name.to_owned(),
                    short_name: short_name.to_owned(),
                    level,
                    parent_code: parent_code.to_owned(),
                });
            }
        }
        gazetteer
    }

    fn add(&mut self, division: Division) {
        let at = self.divisions.len();
        self.by_code.insert(division.adcode.clone(), at);
        let mut names = vec![division.name.clone()];
        if division.short_name != division.name && division.short_name.chars().count() >= 2 {
            names.push(division.short_name.clone());
        }
        for name in names {
            if let Some(start) = find_start(&name) {
                let width = self.widths.entry(start).or_default();
                *width = (*width).max(name.chars().count());
            }
            self.by_name.entry(name).or_default().push(at);
        }
        self.divisions.push(division);
    }

    /// The division with this code.
    pub fn division(&self, adcode: &str) -> Option<&Division> {
        self.by_code.get(adcode).and_then(|&at| self.divisions.get(at))
    }

    /// The number of characters of the longest name that starts like `words`; 0 where none does.
    pub fn name_chars_max(&self, words: &str) -> usize {
        find_start(words).and_then(|start| self.widths.get(&start)).copied().unwrap_or(0)
    }

    /// What `name` means to a body of `jurisdiction`: the only division of that full name, or the only one
    /// inside the jurisdiction; else a province by its short name, or the only division of that short name in
    /// the jurisdiction's province. Names that are part of other words far from home (示范县, 长治久安) count only
    /// in their own province.
    pub fn find(&self, name: &str, jurisdiction: Option<&Division>) -> Option<&Division> {
        let candidates = self.by_name.get(name)?;
        let named: Vec<&Division> =
            candidates.iter().filter_map(|&at| self.divisions.get(at)).collect();
        let (full, short): (Vec<&Division>, Vec<&Division>) =
            named.into_iter().partition(|one| one.name == name);
        if let [only] = full.as_slice()
            && (only.level < 3 || name.chars().count() > 2)
        {
            return Some(only);
        }
        let province = self.province_of(jurisdiction);
        if !full.is_empty() {
            let own = self.only_inside(&full, jurisdiction);
            return own.or_else(|| self.only_inside(&full, province).filter(|_| full.len() == 1));
        }
        let provinces = short.iter().copied().find(|one| one.level == 1);
        let cities: Vec<&Division> = short.iter().copied().filter(|one| one.level == 2).collect();
        provinces
            .or_else(|| self.only_inside(&cities, province))
            .or_else(|| self.only_inside(&short, jurisdiction))
    }

    /// The only one of `named` inside `within`.
    fn only_inside<'a>(
        &self,
        named: &[&'a Division],
        within: Option<&Division>,
    ) -> Option<&'a Division> {
        let mut inside = named.iter().copied().filter(|one| self.is_inside(one, within));
        inside.next().filter(|_| inside.next().is_none())
    }

    fn is_inside(&self, division: &Division, jurisdiction: Option<&Division>) -> bool {
        let Some(jurisdiction) = jurisdiction else { return false };
        self.chain(division).any(|one| one.adcode == jurisdiction.adcode)
    }

    fn province_of<'a>(&'a self, division: Option<&'a Division>) -> Option<&'a Division> {
        self.chain(division?).find(|one| one.level == 1)
    }

    /// `division` and those above it, lowest first; four at most, because a table may hold a ring.
    fn chain<'a>(&'a self, division: &'a Division) -> impl Iterator<Item = &'a Division> {
        let above = |one: &&'a Division| self.division(&one.parent_code);
        std::iter::successors(Some(division), above).take(4)
    }

    /// The division that an issuing body governs: 某市人民政府, 某市发展和改革委员会. The first full name in the words
    /// counts, and after it names of divisions inside; else the short name that the words begin with.
    pub fn jurisdiction_of(&self, issuer: &str) -> Option<&Division> {
        let starts: Vec<usize> =
            issuer.char_indices().map(|(at, _)| at).chain([issuer.len()]).collect();
        let (mut at, mut found) = (0, None);
        while at + 1 < starts.len() {
            let longest = (2..=NAME_CHARS_MAX).rev().find_map(|width| {
                let name = issuer.get(*starts.get(at)?..*starts.get(at + width)?)?;
                // 县城 and 示范县 hold short names of counties: in the middle of words they tell nothing.
                let is_sure = width > 2 || at == 0 || found.is_some();
                Some((self.full_name(name, found).filter(|_| is_sure)?, width))
            });
            match longest {
                Some((division, width)) => {
                    found = Some(division);
                    at += width;
                }
                None => at += 1,
            }
        }
        found.or_else(|| {
            let short =
                |one: &&Division| one.level <= 2 && issuer.starts_with(one.short_name.as_str());
            self.divisions.iter().find(short)
        })
    }

    /// The only division with this full name, inside `within` where that is given.
    fn full_name(&self, name: &str, within: Option<&Division>) -> Option<&Division> {
        let named = self.by_name.get(name)?.iter().filter_map(|&at| self.divisions.get(at));
        let mut named = named
            .filter(|one| one.name == name && (within.is_none() || self.is_inside(one, within)));
        named.next().filter(|_| named.next().is_none())
    }
}

fn find_start(words: &str) -> Option<(char, char)> {
    let mut chars = words.chars();
    Some((chars.next()?, chars.next()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "adcode\tname\tshort_name\tlevel\tparent_code\n990000\t甲省\t甲省\t1\t100000\n990100\t乙城市\t乙城\t2\t990000\n990101\t市中区\t市中\t3\t990100\n990200\t丙城市\t丙城\t2\t990000\n990201\t市中区\t市中\t3\t990200\n990202\t丁县\t丁县\t3\t990200\n990203\t戊亭县\t戊亭\t3\t990200\n980000\t己省\t己省\t1\t100000\n980100\t庚安市\t庚安\t2\t980000\nbad line";

    #[test]
    fn a_name_that_exists_twice_needs_a_jurisdiction() {
        let gazetteer = Gazetteer::from_table(TABLE);
        assert_eq!(gazetteer.find("市中区", None), None);
        let city = gazetteer.jurisdiction_of("丙城市人民政府");
        assert_eq!(gazetteer.find("市中区", city).unwrap().adcode, "990201");
        assert_eq!(gazetteer.find("戊亭县", None).unwrap().adcode, "990203");
    }

    #[test]
    fn a_name_that_hides_in_other_words_counts_in_its_own_province_only() {
        let gazetteer = Gazetteer::from_table(TABLE);
        let (near, far) = (gazetteer.division("990100"), gazetteer.division("980100"));
        assert_eq!(gazetteer.find("丁县", near).unwrap().adcode, "990202");
        assert_eq!(gazetteer.find("丁县", far), None);
        assert_eq!(gazetteer.find("庚安", far).unwrap().adcode, "980100");
        assert_eq!(gazetteer.find("庚安", near), None);
    }

    #[test]
    fn the_lowest_division_in_an_issuer_is_its_jurisdiction() {
        let gazetteer = Gazetteer::from_table(TABLE);
        assert_eq!(gazetteer.jurisdiction_of("丙城市丁县人民政府").unwrap().adcode, "990202");
        assert_eq!(gazetteer.jurisdiction_of("丙城市市中区人民政府").unwrap().adcode, "990201");
        assert_eq!(gazetteer.jurisdiction_of("丁县人民政府").unwrap().adcode, "990202");
        assert_eq!(gazetteer.jurisdiction_of("关于推进园丁县级试点"), None);
        assert_eq!(gazetteer.jurisdiction_of("国务院"), None);
    }

    #[test]
    fn the_table_of_the_project_is_read_whole() {
        let table = include_str!("../../ontology/codes/places.tsv");
        let gazetteer = Gazetteer::from_table(table);
        // The header, the country and places without a code are no divisions.
        let coded = table
            .lines()
            .skip(1)
            .filter(|line| line.starts_with(|c: char| c.is_ascii_digit()))
            .count();
        assert_eq!(gazetteer.divisions.len(), coded - 1);
    }
}
