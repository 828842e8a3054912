//! Halves of a time. In: words; out: 半个月 and 半个工作日 as 0.5. The surprise: 前半个月 and 每半个月 name a time of the calendar, and 一个半月
//! is no half.

use super::quantity::{Found, make};
use crate::text::{Pattern, Span, pattern};
use std::sync::LazyLock;

/// Every half of a time, in order.
pub(super) fn find_halves(words: &str) -> Vec<Found> {
    static HALF: Pattern = LazyLock::new(|| {
        pattern(r"(半)(个月|个工作日|个小时|天)((?:以内|之内|以下|以上|左右|内)?)")
    });
    if !words.contains('半') {
        return Vec::new();
    }
    let read = |captures: regex::Captures<'_>| {
        let (whole, unit, bound) = (captures.get(0)?, captures.get(2)?, captures.get(3)?);
        let before = words.get(..whole.start())?;
        let is_other = before
            .ends_with(['前', '后', '上', '下', '每', '个', '大', '小', '多', '近'])
            || before.ends_with(|c: char| c.is_ascii_digit());
        let span = Span::new(whole.start(), whole.end());
        let half = (Some("0.5".to_owned()), None);
        (!is_other).then(|| make(words, span, half, (unit.as_str(), bound.as_str())))
    };
    HALF.captures_iter(words).filter_map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_time_is_read_as_a_number() {
        let shown = |words: &str| {
            let found = find_halves(words).into_iter().next();
            found.map(|one| one.quantity.unit.unwrap_or_default())
        };
        assert_eq!(shown("苗木检疫时限减至半个月").as_deref(), Some("个月"));
        assert_eq!(shown("半个工作日内办结苗木检疫").as_deref(), Some("个工作日"));
        assert_eq!(shown("每半个月巡查一次"), None);
        assert_eq!(shown("检疫需一个半月"), None);
    }
}
