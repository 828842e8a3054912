//! Years that are measured. In: words; out: the years of a life expectancy and of schooling. The surprise: everywhere else 岁 says
//! who is meant (3岁以下婴幼儿, 60岁以上老年人) and 年 names a year, so they count only behind 寿命 and 受教育年限.

use super::quantity::{Found, make};
use crate::text::{Pattern, Span, pattern};
use std::sync::LazyLock;

/// Every life expectancy and length of schooling in `words`, in order.
pub(super) fn find_ages(words: &str) -> Vec<Found> {
    /// 由77岁提高到79岁: of a rise both, so that only the second is promised.
    static MEASURED: Pattern = LazyLock::new(|| {
        pattern(r"(?:寿命[^，。；岁]{0,16}?[\d.]+岁[^，。；]{0,16}|受教育年限[^，。；]{1,24})")
    });
    static YEARS: Pattern =
        LazyLock::new(|| pattern(r"(\d{1,2}(?:\.\d+)?)(岁|年)((?:以上|左右|以内)?)"));
    if !words.contains("寿命") && !words.contains("受教育年限") {
        return Vec::new();
    }
    let mut found = Vec::new();
    for measured in MEASURED.find_iter(words) {
        for captures in YEARS.captures_iter(measured.as_str()) {
            let (Some(number), Some(unit), Some(bound)) =
                (captures.get(1), captures.get(2), captures.get(3))
            else {
                continue;
            };
            // 2030年 is a date, and 寿命 is counted in 岁.
            let before = measured.as_str().get(..number.start()).unwrap_or_default();
            let is_date = before.ends_with(|c: char| c.is_ascii_digit());
            let is_life = measured.as_str().starts_with("寿命");
            if is_date || is_life != (unit.as_str() == "岁") {
                continue;
            }
            let span = Span::new(number.start(), bound.end()).shifted(measured.start());
            let value = Some(number.as_str().to_owned());
            found.push(make(words, span, (value, None), (unit.as_str(), bound.as_str())));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_measured_of_life_and_of_schooling_only() {
        let shown = |words: &str| -> Vec<String> {
            find_ages(words).into_iter().filter_map(|one| one.quantity.number).collect()
        };
        assert_eq!(shown("花农平均预期寿命提高到79.5岁以上"), ["79.5"]);
        assert_eq!(shown("花农平均受教育年限达到11.3年"), ["11.3"]);
        assert_eq!(shown("花农平均预期寿命由77.3岁提高到79岁"), ["77.3", "79"]);
        assert_eq!(shown("2030年花农平均受教育年限到2031年达到11年"), ["11"]);
        assert_eq!(shown("60岁以上花农"), [""; 0]);
    }
}
