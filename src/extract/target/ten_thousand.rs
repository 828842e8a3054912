//! 万 as a number of its own. In: words; out: quantities of ten thousand, and of a hundred or a thousand times that. The surprise:
//! 万人, 万家 are figures of speech nearly everywhere (万人计划, 千家万户), so they count only where they are bounded (超万人), go on
//! a list of classes of people (百名园艺师、万名花农) or are enterprises that are to be (带动万家花店企业).

use super::quantity::{Found, make};
use crate::document::Qualifier;
use crate::text::{Pattern, Span, pattern};
use std::sync::LazyLock;

/// 超万名花农, 由百名园艺师、万名花农、百万绿化职工组成: 万 is a number of its own where it is bounded or goes on a list of people.
pub(super) fn find_ten_thousands(words: &str) -> Vec<Found> {
    static BOUNDED: Pattern = LazyLock::new(|| {
        pattern(r"(?:超过?|突破|达到?|上|近)(万)(人次|人|名|户|家|亩|吨|件|辆|台|亿元)")
    });
    static LISTED: Pattern =
        LazyLock::new(|| pattern(r"、(?:(万)(名|人|户|家)|([百千])(万)[\p{Han}])"));
    static PEOPLE: Pattern = LazyLock::new(|| {
        pattern(
            r"^[\p{Han}]{0,8}?(?:师|人员|人才|工人|农民|花农|职工|学生|队伍|骨干|专家|工匠|志愿者)",
        )
    });
    static ENTERPRISES: Pattern = LazyLock::new(|| {
        pattern(
            r"(?:实现|带动发展|带动|培育|发展)(万)(家|户)(?:[\p{Han}]{0,6}(?:企业|组织|主体|机构|商户|门店|农户|花农))",
        )
    });
    if !words.contains('万') {
        return Vec::new();
    }
    let one = |number: regex::Match<'_>, unit: regex::Match<'_>, value: &str| {
        let span = Span::new(number.start(), unit.end());
        make(words, span, (Some(value.to_owned()), None), (unit.as_str(), ""))
    };
    let at_least = |mut one: Found| {
        // 上万家: not less.
        if words.get(..one.span.byte_start).is_some_and(|before| before.ends_with('上')) {
            one.quantity.qualifier = Qualifier::AtLeast;
        }
        one
    };
    let mut found: Vec<Found> = BOUNDED
        .captures_iter(words)
        .chain(ENTERPRISES.captures_iter(words))
        .filter_map(|captures| Some(one(captures.get(1)?, captures.get(2)?, "10000")))
        .map(at_least)
        .collect();
    found.extend(LISTED.captures_iter(words).filter_map(|captures| {
        let (number, unit, value) = match (captures.get(1), captures.get(3)) {
            (Some(number), _) => (number, captures.get(2)?, "10000"),
            (None, Some(number)) => {
                (number, captures.get(4)?, if number.as_str() == "百" { "100" } else { "1000" })
            }
            (None, None) => return None,
        };
        PEOPLE.is_match(words.get(unit.end()..)?).then(|| one(number, unit, value))
    }));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(words: &str) -> Vec<(String, String)> {
        let found = find_ten_thousands(words).into_iter().map(|one| one.quantity);
        found.map(|one| (one.number.unwrap_or_default(), one.unit.unwrap_or_default())).collect()
    }

    #[test]
    fn ten_thousand_counts_where_it_is_bounded_or_goes_on_a_list_of_people() {
        let pair = |number: &str, unit: &str| (number.to_owned(), unit.to_owned());
        assert_eq!(shown("花艺师数量超万人"), [pair("10000", "人")]);
        assert_eq!(shown("种树突破万亩"), [pair("10000", "亩")]);
        assert_eq!(
            shown("由百名园艺师、万名花艺师、百万绿化职工组成"),
            [pair("10000", "名"), pair("100", "万")]
        );
        for words in ["万人计划", "、百万亩造林", "千家万户", "、万家灯火"] {
            assert_eq!(shown(words), [], "{words}");
        }
    }
}
