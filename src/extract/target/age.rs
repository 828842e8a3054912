//! Ages that are measured. In: words; out: the years of a life expectancy. The surprise: everywhere else 岁 says who is meant
//! (3岁以下婴幼儿, 60岁以上老年人), so it counts only behind 寿命.

use super::quantity::{Found, make};
use crate::text::{Pattern, Span, pattern};
use std::sync::LazyLock;

/// Every life expectancy in `words`, in order.
pub(super) fn find_ages(words: &str) -> Vec<Found> {
    static EXPECTED: Pattern = LazyLock::new(|| {
        pattern(r"寿命[^，。；]{0,12}?(\d{2,3}(?:\.\d+)?)(岁)((?:以上|左右|以内)?)")
    });
    if !words.contains('岁') {
        return Vec::new();
    }
    let read = |captures: regex::Captures<'_>| {
        let (number, unit, bound) = (captures.get(1)?, captures.get(2)?, captures.get(3)?);
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
    fn only_a_life_expectancy_is_an_age_that_is_measured() {
        let shown = |words: &str| -> Vec<String> {
            find_ages(words).into_iter().filter_map(|one| one.quantity.number).collect()
        };
        assert_eq!(shown("花农平均预期寿命提高到79.5岁以上"), ["79.5"]);
        assert_eq!(shown("60岁以上花农"), [""; 0]);
    }
}
