//! Dates on a line of years. In: days with how much falls on them, or years with counts; out: a drawing that can be read at the width of a phone. Surprising: few dates are dots, each one thing, at
//! the day itself; many are columns, each a year.

use super::Caption;
use super::drawing::{Anchor, Drawing, Ink, SMALL, Words};
use super::scale::{real, share, text_width};

const WIDTH: f64 = 400.0;
const SIDE: f64 = 16.0;
const COLUMN: f64 = 120.0;
const TOP: f64 = 20.0;
const AXIS: f64 = 26.0;
const DOT: f64 = 4.0;
/// Dots one above the other; a number says how many more.
const DOTS_MAX: usize = 12;
/// Room for the name of a year.
const LABEL: f64 = 30.0;
/// Years that one line holds; what lies before or behind them stands at its ends.
const YEARS_MAX: i32 = 120;

/// What stands on the line.
pub(crate) enum Dates {
    /// Days as years with a fraction, and how many things fall on each.
    Days(Vec<(f64, usize)>),
    /// Years, and how many things fall into each.
    Years(Vec<(i32, usize)>),
}

/// Draws dates.
pub(crate) fn timeline(caption: Caption<'_>, dates: &Dates) -> Drawing {
    let Some((first, last)) = dates.range() else { return caption.drawing(WIDTH) };
    let years = usize::try_from(last - first + 1).unwrap_or(1);
    let mut drawing = caption.drawing(WIDTH);
    let line = Line { first, years: real(years) };
    let bottom = TOP + dates.height();
    line.draw(&mut drawing, last, bottom);
    match dates {
        Dates::Days(days) => draw_days(&mut drawing, &line, days, bottom),
        Dates::Years(years) => draw_years(&mut drawing, &line, years, bottom),
    }
    drawing.set_height(bottom + AXIS);
    drawing
}

impl Dates {
    /// The room above the line: few dots need little.
    fn height(&self) -> f64 {
        match self {
            Self::Days(days) => {
                let most = days.iter().map(|(_, count)| *count).max().unwrap_or(0);
                7.0 + (real(most.min(DOTS_MAX)) + 0.5) * (2.0 * DOT + 1.0)
            }
            Self::Years(_) => COLUMN,
        }
    }

    /// The first and the last year.
    fn range(&self) -> Option<(i32, i32)> {
        let years: Vec<i32> = match self {
            Self::Days(days) => days.iter().map(|(day, _)| whole_year(*day)).collect(),
            Self::Years(years) => years.iter().map(|(year, _)| *year).collect(),
        };
        let (first, last) = (*years.iter().min()?, *years.iter().max()?);
        // One year alone would be a line without a scale.
        let first = if first == last { first - 1 } else { first };
        Some((first, last.min(first.saturating_add(YEARS_MAX))))
    }
}

/// The year of a day; of what is no number, the year 0.
fn whole_year(day: f64) -> i32 {
    let year = format!("{:.0}", day.floor());
    year.parse().unwrap_or(0)
}

/// The line of years.
struct Line {
    first: i32,
    years: f64,
}

impl Line {
    fn band(&self) -> f64 {
        (WIDTH - 2.0 * SIDE) / self.years
    }

    fn x(&self, day: f64) -> f64 {
        SIDE + share(day - f64::from(self.first), self.years, WIDTH - 2.0 * SIDE)
    }

    fn draw(&self, drawing: &mut Drawing, last: i32, bottom: f64) {
        drawing.line((SIDE, bottom), (WIDTH - SIDE, bottom), (Ink::Rule, 1.5));
        // Of many years only some are named, so that no name covers another.
        let steps = [1, 2, 5, 10, 20, 50];
        let has_room = |step: &i32| f64::from(*step) * self.band() >= LABEL;
        let step = steps.into_iter().find(has_room).unwrap_or(100);
        for year in self.first..=last {
            let x = self.x(f64::from(year));
            drawing.line((x, bottom), (x, bottom + 6.0), (Ink::Rule, 1.0));
            if year % step == 0 {
                let words = year.to_string();
                let words = Words::new(&words, 60.0).small().at(Anchor::Middle);
                drawing.words((x + self.band() / 2.0, bottom + 19.0), words);
            }
        }
        let end = WIDTH - SIDE;
        drawing.line((end, bottom), (end, bottom + 6.0), (Ink::Rule, 1.0));
    }
}

fn draw_days(drawing: &mut Drawing, line: &Line, days: &[(f64, usize)], bottom: f64) {
    for (day, count) in days {
        let x = line.x(*day);
        let shown = (*count).min(DOTS_MAX);
        for index in 0..shown {
            let y = bottom - 7.0 - real(index) * (2.0 * DOT + 1.0);
            drawing.dot((x, y), DOT, Ink::Seal);
        }
        if *count > DOTS_MAX {
            let words = count.to_string();
            let y = bottom - 7.0 - real(shown) * (2.0 * DOT + 1.0);
            drawing.words((x, y + 2.0), Words::new(&words, 40.0).small().at(Anchor::Middle));
        }
    }
}

fn draw_years(drawing: &mut Drawing, line: &Line, years: &[(i32, usize)], bottom: f64) {
    let most = years.iter().map(|(_, count)| *count).max().unwrap_or(1);
    let width = (line.band() * 0.7).min(48.0);
    // All numbers are written or none: the table has them.
    let has_room = line.band() >= text_width(&most.to_string(), SMALL);
    for (year, count) in years {
        let middle = line.x(f64::from(*year)) + line.band() / 2.0;
        // One of a thousand is still seen.
        let height = share(real(*count), real(most), COLUMN).max(1.5);
        drawing.rect((middle - width / 2.0, bottom - height), (width, height), Ink::Seal);
        if has_room {
            let words = count.to_string();
            let words = Words::new(&words, line.band() + 8.0).small().at(Anchor::Middle);
            drawing.words((middle, bottom - height - 5.0), words);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CAPTION: Caption<'static> = Caption { title: "期限", description: "目标按期限" };

    #[test]
    fn few_dots_need_little_room() {
        let high = |count| timeline(CAPTION, &Dates::Days(vec![(2025.0, count)])).inline();
        assert!(high(1).contains("viewBox=\"0 0 400 66\""), "{}", high(1));
        assert!(high(900).contains("viewBox=\"0 0 400 166\""), "{}", high(900));
    }

    #[test]
    fn a_day_at_the_end_of_a_year_stands_at_the_end_of_its_band() {
        let drawn = timeline(CAPTION, &Dates::Days(vec![(2024.0, 1), (2025.0, 1)])).inline();
        // Two bands of 184 units each: 2025 begins in the middle.
        assert!(drawn.contains("cx=\"16.0\"") && drawn.contains("cx=\"200.0\""), "{drawn}");
    }

    #[test]
    fn many_on_one_day_are_a_few_dots_and_a_number() {
        let drawn = timeline(CAPTION, &Dates::Days(vec![(2025.9, 5000)])).inline();
        assert_eq!(drawn.matches("<circle").count(), DOTS_MAX);
        assert!(drawn.contains(">5000</text>"));
    }

    #[test]
    fn the_year_with_most_has_the_highest_column() {
        let drawn = timeline(CAPTION, &Dates::Years(vec![(2024, 50), (2025, 100)])).inline();
        assert!(drawn.contains("height=\"60.0\"") && drawn.contains("height=\"120.0\""), "{drawn}");
    }

    #[test]
    fn a_year_far_off_does_not_make_the_line_endless() {
        let drawn = timeline(CAPTION, &Dates::Years(vec![(1, 1), (9999, 1)])).inline();
        assert!(drawn.len() < 40_000, "{}", drawn.len());
    }

    #[test]
    fn of_many_years_those_are_named_that_have_room() {
        for years in [3_i32, 15, 30, 60, 120] {
            let dates = Dates::Years((0..years).map(|year| (2000 + year, 1)).collect());
            let drawn = timeline(CAPTION, &dates).inline();
            let named = drawn.split("x=\"").filter_map(|rest| {
                let (x, rest) = rest.split_once('"')?;
                rest.contains(" y=\"159.0\">").then(|| x.parse::<f64>().unwrap())
            });
            let named: Vec<f64> = named.collect();
            assert!(named.len() > 1 && named.windows(2).all(|pair| pair[1] - pair[0] >= LABEL));
        }
    }

    #[test]
    fn all_columns_have_their_numbers_or_none_has() {
        let drawn = |years: i32, most: usize| {
            let counts = (0..years).map(|year| (2000 + year, if year == 0 { most } else { 3 }));
            timeline(CAPTION, &Dates::Years(counts.collect())).inline()
        };
        assert_eq!(drawn(10, 30).matches(">3</text>").count(), 9);
        assert_eq!(drawn(40, 300).matches(">3</text>").count(), 0);
    }

    #[test]
    fn no_dates_give_no_drawing() {
        assert!(timeline(CAPTION, &Dates::Years(Vec::new())).is_empty());
    }
}
