//! Charts of a comparison: what several documents say of one indicator for one year. In: a comparison; out: charts, in the order of its lines. Guarantee: what stands on one axis is of one unit, basis,
//! frequency, scope and year. Surprising: targets that name no year are drawn only where they recur, because then every year is meant; others may be for different years.

use std::collections::BTreeMap;

use super::comparison::{Cell, Comparison, Line, Side};
use super::measured::amount_words;
use super::wording::number_words;
use crate::service::charts::{Bar, Caption, Drawing, bars};
use crate::service::lookup::Lookup;

/// What documents say of an indicator for a year.
pub(crate) struct Chart<'c> {
    /// Indicator, year, and how it is measured.
    pub(crate) caption: String,
    /// Who says it, and what.
    rows: Vec<(String, &'c Cell)>,
}

/// The charts of a comparison.
pub(crate) fn charts<'c>(lookup: Lookup<'_>, compared: &'c Comparison) -> Vec<Chart<'c>> {
    let lines = compared.lines.iter().filter(|line| line.holders() > 1);
    lines.flat_map(|line| of_line(lookup, line, &compared.sides)).collect()
}

fn of_line<'c>(lookup: Lookup<'_>, line: &'c Line, sides: &[Side]) -> Vec<Chart<'c>> {
    let mut by_year: BTreeMap<Option<i32>, Vec<(usize, &'c Cell)>> = BTreeMap::new();
    for (place, cells) in line.cells.iter().enumerate() {
        for cell in cells.iter().filter(|cell| cell.measured.value.is_some()) {
            by_year.entry(cell.measured.year()).or_default().push((place, cell));
        }
    }
    let is_comparable = |year: &Option<i32>, cells: &[(usize, &Cell)]| {
        let first = cells.first().map(|(place, _)| place);
        let is_of_several = cells.iter().any(|(place, _)| Some(place) != first);
        is_of_several && (year.is_some() || !line.frequency.is_empty())
    };
    let charts = by_year.into_iter().filter(|(year, cells)| is_comparable(year, cells));
    let charts = charts.map(|(year, cells)| Chart {
        caption: caption(lookup, line, year),
        rows: cells
            .into_iter()
            .map(|(place, cell)| {
                let name = sides.get(place).map(|side| side.name.clone());
                (name.unwrap_or_default(), cell)
            })
            .collect(),
    });
    charts.collect()
}

fn caption(lookup: Lookup<'_>, line: &Line, year: Option<i32>) -> String {
    let year = year.map(|year| match lookup.t("zh", "en") {
        "zh" => format!("{year}年"),
        _ => year.to_string(),
    });
    let parts = [Some(line.indicator.label.clone()), year, Some(line.scope.clone())];
    let parts = parts.into_iter().chain([Some(line.manner())]).flatten();
    let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}

impl Chart<'_> {
    /// Draws it.
    pub(crate) fn drawing(&self, lookup: Lookup<'_>) -> Drawing {
        let rows = self.rows.iter().map(|(name, cell)| Bar {
            label: name.clone(),
            words: cell.words.clone(),
            value: cell.measured.value,
            commitment: cell.measured.commitment(),
        });
        let rows: Vec<Bar> = rows.collect();
        let described = rows.iter().map(|row| format!("{} {}", row.label, row.words));
        let description = described.collect::<Vec<_>>().join(lookup.t("，", ", "));
        let first = self.rows.first().map(|(_, cell)| &cell.measured.target);
        let unit = first.map(|target| amount_words(lookup, target, 0.0)).unwrap_or_default();
        let unit = unit.trim_start_matches('0');
        let language = lookup.reader.language;
        let number = |number: f64| number_words(&format!("{number:.2}"), language);
        bars(Caption { title: &self.caption, description: &description }, (unit, &number), &rows)
    }
}
