//! Tenths and doublings. In: words; out: 八成 as 8 成, 九成五 as 9.5 成, 翻两番 as 2 番. The surprise: 成 opens and closes so many words
//! (完成, 一成不变, 三成立案) that it counts only where something is measured by it or a bounding word follows, and 翻番 has no number.

use super::quantity::{Found, make};
use crate::text::{Pattern, Span, parse_decimal, parse_han, pattern};
use std::sync::LazyLock;

static TENTHS: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:([一二两三四五六七八九])[到至—-])?([一二两三四五六七八九]|\d(?:\.\d)?)成(半|[一二三四五六七八九])?((?:及?以上|以内|及?以下|左右)?)",
    )
});

static DOUBLED: Pattern = LazyLock::new(|| pattern(r"翻([一二两三四]|[1-4])番((?:及?以上|左右)?)"));

/// What measures by tenths: 占比七成, 降低三成, 参训率不低于九成, 覆盖八成. 近七成, 超七成 and 占七成 are how reports tell what is.
static MEASURES: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:成[和及、与]|[由从]|占比|率|比例|比重|达到?|至|到|超过|高于|低于|在|为|不少于|不足|至少|压缩|压减|缩短|缩减|精简|减少|降低|下降|节约|节省|减|降|提高|提升|增加|增长|扩大|增|覆盖|惠及|退出|淘汰)(?:[\p{Han}]{0,12}(?:的|总[\p{Han}]{1,3}))?$",
    )
});

/// 成 opens another word: 三成立案, 五成员.
const OPENS_WORD: [char; 24] = [
    '立', '为', '员', '果', '功', '本', '品', '交', '人', '年', '套', '绩', '效', '型', '长', '熟',
    '分', '份', '就', '群', '新', '都', '不', '因',
];

/// Every number of tenths and of doublings in `words`, in order.
pub(super) fn find_tenths(words: &str) -> Vec<Found> {
    let mut found = Vec::new();
    if words.contains('成') {
        found.extend(TENTHS.captures_iter(words).filter_map(|one| read_tenths(words, &one)));
    }
    if words.contains('番') {
        found.extend(DOUBLED.captures_iter(words).filter_map(|one| read_doubling(words, &one)));
    }
    found
}

fn read_tenths(words: &str, captures: &regex::Captures<'_>) -> Option<Found> {
    let (whole, number, bound) = (captures.get(0)?, captures.get(2)?, captures.get(4)?);
    let before = words.get(..whole.start())?;
    let behind = words.get(whole.end()..)?;
    let is_part = before.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '.')
        || before.ends_with([
            '一', '二', '两', '三', '四', '五', '六', '七', '八', '九', '十', '第', '统', '单',
        ]);
    let measures = MEASURES.is_match(before) || !bound.is_empty();
    if is_part || !measures || (bound.is_empty() && behind.starts_with(OPENS_WORD)) {
        return None;
    }
    let tenths = parse_decimal(number.as_str())?;
    let value = match captures.get(3).map(|part| part.as_str()) {
        Some("半") => format!("{tenths}.5"),
        Some(part) => format!("{tenths}.{}", parse_han(part)?),
        None => tenths,
    };
    let lower = captures.get(1).and_then(|lower| parse_decimal(lower.as_str()));
    let numbers = match lower {
        Some(lower) => (Some(lower), Some(value)),
        None => (Some(value), None),
    };
    let span = Span::new(whole.start(), whole.end());
    Some(make(words, span, numbers, ("成", bound.as_str())))
}

fn read_doubling(words: &str, captures: &regex::Captures<'_>) -> Option<Found> {
    let (whole, number, bound) = (captures.get(0)?, captures.get(1)?, captures.get(2)?);
    let span = Span::new(whole.start(), whole.end());
    let value = parse_decimal(number.as_str())?;
    Some(make(words, span, (Some(value), None), ("番", bound.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Qualifier;

    #[test]
    fn tenths_and_doublings_are_read_in_the_unit_printed() {
        let table = [
            ("苗圃占比保持在六成以上", Some(("6", "成", Qualifier::AtLeast))),
            ("花农参训率不低于九成", Some(("9", "成", Qualifier::AtLeast))),
            ("苗木存活率达到八成五", Some(("8.5", "成", Qualifier::Reach))),
            ("苗木存活率达到八成半", Some(("8.5", "成", Qualifier::Reach))),
            ("花农收入增长两成左右", Some(("2", "成", Qualifier::About))),
            ("检疫材料平均减少3成", Some(("3", "成", Qualifier::Reach))),
            ("八成以上苗圃用上滴灌", Some(("8", "成", Qualifier::AtLeast))),
            ("不低于苗圃总面积的七成", Some(("7", "成", Qualifier::AtLeast))),
            ("苗木产值比2030年翻一番", Some(("1", "番", Qualifier::Reach))),
            ("苗木产值翻两番以上", Some(("2", "番", Qualifier::AtLeast))),
            ("苗木产值翻番", None),
            ("带动花木销售增长近四成", None),
            ("小型苗圃占六成", None),
            ("种树任务完成", None),
            ("苗木价格一成不变", None),
            ("花圃达到三成员", None),
            ("七成新花架", None),
            ("超过2025成都花展", None),
        ];
        for (words, expected) in table {
            let found = find_tenths(words).into_iter().next().map(|one| one.quantity);
            let read = found.as_ref().map(|one| {
                let text = |text: &Option<String>| text.clone().unwrap_or_default();
                (text(&one.number), text(&one.unit), one.qualifier)
            });
            let expected =
                expected.map(|(number, unit, bound)| (number.to_owned(), unit.to_owned(), bound));
            assert_eq!(read, expected, "{words}");
        }
        assert_eq!(find_tenths("绿化率由三成提高到六成").len(), 2);
        assert_eq!(find_tenths("参训率、存活率分别不低于五成和八成").len(), 2);
        let range = find_tenths("花农收入增长两到三成").remove(0).quantity;
        assert_eq!(range.number_upper.as_deref(), Some("3"));
    }
}
