//! Years that are measured. In: words; out: the years of a life expectancy and of schooling. The surprise: everywhere else 岁 says
//! who is meant (3岁以下婴幼儿, 60岁以上老年人) and 年 names a year, so they count only behind 寿命 and 受教育年限.

use super::quantity::{Found, make};
use crate::text::{Pattern, Span, pattern};
use std::sync::LazyLock;

/// Every life expectancy and length of schooling in `words`, in order.
pub(super) fn find_ages(words: &str) -> Vec<Found> {
    static EXPECTED: Pattern = LazyLock::new(|| {
        pattern(
            r"(?:寿命[^，。；]{0,12}?(\d{2,3}(?:\.\d+)?)(岁)|受教育年限[^，。；\d]{0,12}(\d{1,2}(?:\.\d+)?)(年))((?:以上|左右|以内)?)",
        )
    });
    if !words.contains("寿命") && !words.contains("受教育年限") {
        return Vec::new();
    }
    let read = |captures: regex::Captures<'_>| {
        let number = captures.get(1).or_else(|| captures.get(3))?;
        let unit = captures.get(2).or_else(|| captures.get(4))?;
        let bound = captures.get(5)?;
        let span = Span::new(number.start(), bound.end());
        let value = Some(number.as_str().to_owned());
        Some(make(words, span, (value, None), (unit.as_str(), bound.as_str())))
    };
    EXPECTED.captures_iter(words).filter_map(read).collect()
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
        assert_eq!(shown("60岁以上花农"), [""; 0]);
    }
}
