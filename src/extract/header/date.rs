//! Calendar days as official documents print them. In: words; out: a [`Date`] that exists.
//! Arabic and Han digits, also 二○二四年. The surprise: a day that the calendar lacks is no date at all.

use crate::document::{Date, Located};
use crate::text::{Pattern, Span, parse_han, parse_ordinal, pattern};
use std::sync::LazyLock;

static DAY: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"(?:((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日",
        r"|([一二][九〇○零О0O][〇○零О0O一二三四五六七八九]{2})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日",
        r"|((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2}))"
    ))
});

/// Every day named in `words`, with its place there.
pub(super) fn find_dates(words: &str) -> Vec<Located<Date>> {
    let mut dates = Vec::new();
    for found in DAY.captures_iter(words) {
        let Some(whole) = found.get(0) else { continue };
        let parts: Vec<&str> = found.iter().skip(1).flatten().map(|part| part.as_str()).collect();
        if let Some(date) = parse_day(&parts) {
            dates.push(Located::new(date, Span::new(whole.start(), whole.end())));
        }
    }
    dates
}

/// 20190115, as databases write a day.
pub(super) fn parse_compact(words: &str) -> Option<Date> {
    let digits = words.trim();
    let number = |from: usize, to: usize| digits.get(from..to)?.parse::<u16>().ok();
    let small = |from: usize, to: usize| u8::try_from(number(from, to)?).ok();
    let is_day = digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_day { Date::new(number(0, 4)?, small(4, 6)?, small(6, 8)?) } else { None }
}

/// The year of the day on which a website says, above a text, that it published it.
pub(super) fn find_published_year(clean: &str) -> Option<u16> {
    const HEAD_BYTES: usize = 1500;
    static PUBLISHED: Pattern = LazyLock::new(|| {
        pattern(
            r"(?:^|[\n\t【•|])(?:发布|公开|公布|生成|上网)(?:日期|时间)(?:[：:]|】)?\s?(20\d\d)[-/.年]",
        )
    });
    let head = clean.get(..clean.floor_char_boundary(HEAD_BYTES))?;
    PUBLISHED.captures(head)?.get(1)?.as_str().parse().ok()
}

fn parse_day(parts: &[&str]) -> Option<Date> {
    let &[year, month, day] = parts else { return None };
    let year =
        year.parse().ok().or_else(|| parse_han(year).and_then(|year| u16::try_from(year).ok()))?;
    let small = |words: &str| parse_ordinal(words).and_then(|value| u8::try_from(value).ok());
    Date::new(year, small(month)?, small(day)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(words: &str) -> Vec<String> {
        find_dates(words).into_iter().map(|date| date.value.to_string()).collect()
    }

    #[test]
    fn a_website_says_when_it_published_a_text() {
        assert_eq!(find_published_year("发布日期：2031-05-06\n种树。"), Some(2031));
        assert_eq!(find_published_year("到2031年种树。"), None);
    }

    #[test]
    fn a_day_is_read_in_either_script() {
        for words in ["2024年5月6日", "二〇二四年五月六日", "二○二四年五月六日", "2024-05-06"]
        {
            assert_eq!(shown(words), ["2024-05-06"], "{words}");
        }
    }

    #[test]
    fn a_day_is_read_without_separators() {
        assert_eq!(parse_compact("20190115").unwrap().to_string(), "2019-01-15");
        assert_eq!(parse_compact("20191315"), None);
        assert_eq!(parse_compact("2019年115"), None);
    }

    #[test]
    fn a_day_that_does_not_exist_is_no_date() {
        assert_eq!(shown("2023年2月29日"), Vec::<String>::new());
        assert_eq!(shown("2023年13月1日"), Vec::<String>::new());
    }
}
