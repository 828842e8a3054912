//! Functions of departments and the names that bodies with a function bear at each level.
//!
//! In: `ontology/codes/functions.tsv`, where `{}` in a name stands for the place: its full name in
//! full names (菏泽市发展和改革委员会), its level's word in what documents write (市发展改革委).
//! Out: for a name as written, which function it means. Two kinds of names are kept apart: `aliases`
//! are other forms of the same name, `other_names` belong to other bodies that do the same work.

use super::GraphError;
use super::table::{Row, Table};
use std::collections::HashMap;

/// Full and short name of the body with a function at one level, with `{}` for the place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct NamePair {
    /// {}发展和改革委员会.
    pub(super) full: String,
    /// {}发展改革委.
    pub(super) short: String,
}

impl NamePair {
    /// Whether one of the two names is `template`.
    pub(super) fn bears(&self, template: &str) -> bool {
        self.full == template || self.short == template
    }
}

/// One function.
#[derive(Clone, Debug)]
pub(super) struct Function {
    /// Its name in Chinese, which is also its code.
    pub(super) code: String,
    /// Its name in English.
    pub(super) label_en: Option<String>,
    /// Local name of the sector's concept: `Government`.
    pub(super) sector: String,
    /// Names of the body at the centre, the preferred short name first.
    pub(super) national: Vec<String>,
    /// Full name of the body at the centre.
    pub(super) national_full: Option<String>,
    /// Names in provinces.
    pub(super) province: NamePair,
    /// Names in cities and counties.
    pub(super) city: NamePair,
    /// Other forms of these names.
    pub(super) aliases: Vec<String>,
}

/// What a name, its place replaced by `{}`, stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The body at the centre with the function of this index.
    National(usize),
    /// Another body at the centre, often a former one.
    NationalOther(usize),
    /// The body of a province with this name pair.
    Province(usize),
    /// The body of a city or county with this name pair.
    City(usize),
    /// The body of any level, by another form of its name.
    Alias(usize),
    /// A body of its own that does the same work.
    Other(usize),
}

impl Meaning {
    /// Index of the function.
    pub(super) const fn index(self) -> usize {
        match self {
            Self::National(index)
            | Self::NationalOther(index)
            | Self::Province(index)
            | Self::City(index)
            | Self::Alias(index)
            | Self::Other(index) => index,
        }
    }
}

/// All functions, and an index of their names.
#[derive(Clone, Debug)]
pub(super) struct Functions {
    rows: Vec<Function>,
    meanings: HashMap<String, Meaning>,
}

impl Functions {
    /// Reads the code list.
    pub(super) fn parse(file: &'static str, text: &str) -> Result<Self, GraphError> {
        let wanted = ["code", "sector", "national_short", "city_short", "aliases", "other_names"];
        let table = Table::parse(file, text, &wanted)?;
        let mut functions = Self { rows: Vec::new(), meanings: HashMap::new() };
        for row in table.rows() {
            functions.push(&row);
        }
        Ok(functions)
    }

    fn push(&mut self, row: &Row<'_, '_>) {
        let index = self.rows.len();
        let pair = |level: &str| NamePair {
            full: row.get(&format!("{level}_full")).to_owned(),
            short: row.get(&format!("{level}_short")).to_owned(),
        };
        let function = Function {
            code: row.get("code").to_owned(),
            label_en: row.optional("label_en"),
            sector: row.get("sector").to_owned(),
            national: row.list("national_short"),
            national_full: row.optional("national_full"),
            province: pair("province"),
            city: pair("city"),
            aliases: row.list("aliases"),
        };
        let national = function.national.iter().chain(&function.national_full);
        let of_pair = |pair: &NamePair, meaning| {
            [(pair.full.clone(), meaning), (pair.short.clone(), meaning)]
        };
        let mut names: Vec<(String, Meaning)> =
            national.map(|name| (name.clone(), Meaning::National(index))).collect();
        let former = row.list("national_other").into_iter();
        names.extend(former.map(|name| (name, Meaning::NationalOther(index))));
        names.extend(of_pair(&function.city, Meaning::City(index)));
        names.extend(of_pair(&function.province, Meaning::Province(index)));
        names.extend(function.aliases.iter().map(|name| (name.clone(), Meaning::Alias(index))));
        let other = row.list("other_names").into_iter();
        names.extend(other.map(|name| (name, Meaning::Other(index))));
        for (name, meaning) in names.into_iter().filter(|(name, _)| !name.is_empty()) {
            // The first row of the file that bears a name keeps it.
            self.meanings.entry(name_key(&name)).or_insert(meaning);
        }
        self.rows.push(function);
    }

    /// All functions in the order of the list.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Function> {
        self.rows.iter()
    }

    /// The function at `index`.
    pub(super) fn get(&self, index: usize) -> Option<&Function> {
        self.rows.get(index)
    }

    /// Index of the function with this code.
    pub(super) fn by_code(&self, code: &str) -> Option<usize> {
        self.rows.iter().position(|function| function.code == code)
    }

    /// What `template`, a name with its place replaced by `{}`, stands for.
    pub(super) fn meaning(&self, template: &str) -> Option<Meaning> {
        self.meanings.get(&name_key(template)).copied()
    }
}

/// A name as it is compared: without quotation marks, spaces, and with half-width brackets.
fn name_key(name: &str) -> String {
    name.chars()
        .filter(|character| !matches!(character, '“' | '”' | '"' | '‘' | '’' | ' ' | '\u{3000}'))
        .map(|character| match character {
            '（' => '(',
            '）' => ')',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_quotation_marks_and_by_half_width_brackets() {
        assert_eq!(name_key("重点产业“链长制”办公室"), "重点产业链长制办公室");
        assert_eq!(name_key("各县（市、区）"), "各县(市、区)");
    }
}
