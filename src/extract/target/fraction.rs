//! Shares in words. In: words; out: 一半 and 三分之二 as per cent. The surprise: 一半 counts only where something is measured by
//! it (占…一半以上, 压缩一半); 另一半 and 一半…一半… tell parts of a story.

use super::quantity::{Found, make};
use crate::text::{Pattern, Span, parse_fraction, pattern};
use std::sync::LazyLock;

static FRACTION: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:一半|半数|[二三四五六七八九十]分之[一二三四五六七八九]|([1-9]/[2-9]))((?:及)?(?:以上|以内|以下|左右)?)",
    )
});

/// What measures by a share.
static MEASURES: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:占|达到?|至|到|超过?|过|不低于|不少于|不超过|清偿|偿还|压缩|压减|缩短|缩减|减少|降低|下降|削减|减|降|提高|增加|增长|低于|高于|退出|淘汰|关停)(?:[\p{Han}]{0,8}(?:的|总[\p{Han}]{1,3}))?$",
    )
});

/// Every share in words, in order; a third is told to two decimals.
pub(super) fn find_fractions(words: &str) -> Vec<Found> {
    if !words.contains('半') && !words.contains("分之") && !words.contains('/') {
        return Vec::new();
    }
    FRACTION.captures_iter(words).filter_map(|captures| read(words, &captures)).collect()
}

fn read(words: &str, captures: &regex::Captures<'_>) -> Option<Found> {
    let whole = captures.get(0)?;
    if !MEASURES.is_match(words.get(..whole.start())?) {
        return None;
    }
    let (part, of) = parse_fraction(whole.as_str())?;
    // Rounded to the nearest hundredth of a per cent.
    let hundredths = (part * 20_000 + of).checked_div(of * 2)?;
    let number = match hundredths % 100 {
        0 => (hundredths / 100).to_string(),
        rest => format!("{}.{rest:02}", hundredths / 100).trim_end_matches('0').to_owned(),
    };
    // 11/3 and 1/3元 are no shares.
    let is_date = |c: char| c.is_ascii_digit() || matches!(c, '/' | '.' | '元');
    if captures.get(1).is_some()
        && (words.get(..whole.start())?.ends_with(is_date)
            || words.get(whole.end()..)?.starts_with(is_date))
    {
        return None;
    }
    let span = Span::new(whole.start(), whole.end());
    let behind = captures.get(2).map_or("", |bound| bound.as_str());
    Some(make(words, span, (Some(number), None), ("%", behind)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_in_words_is_read_as_per_cent() {
        let table = [
            ("绿地占总面积一半以上", Some("50")),
            ("苗木检疫时间压缩三分之二以上", Some("66.67")),
            ("枯枝清运费用降低三分之一", Some("33.33")),
            ("栽植量达到去年的四分之一", Some("25")),
            ("苗木检疫时间再压减1/3", Some("33.33")),
            ("苗圃欠款清偿一半以上", Some("50")),
            ("旧温室整合退出一半", Some("50")),
            ("苗木价格1/3元", None),
            ("另一半苗圃", None),
            ("三分之一的花农", None),
        ];
        for (words, number) in table {
            let found = find_fractions(words);
            let read = found.first().and_then(|one| one.quantity.number.as_deref());
            assert_eq!(read, number, "{words}");
        }
    }
}
