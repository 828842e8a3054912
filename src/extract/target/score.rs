//! Marks and coefficients. In: words; out: 满意度95分 as 95 分, 利用系数提高到0.6 as 0.6 without a unit. The surprise: 分 is read only
//! behind what is asked of people or marked (满意度, 得分), and a bare decimal only where a verb of reaching leads to it.

use super::quantity::{Found, make};
use crate::text::{Pattern, Span, pattern};
use std::sync::LazyLock;

/// Every mark and every coefficient in `words`, in order.
pub(super) fn find_scores(words: &str) -> Vec<Found> {
    let mut found = Vec::new();
    if words.contains('分') {
        found.extend(find_marks(words));
    }
    if words.contains("系数") || words.contains("PUE") || words.contains("电能利用效率") {
        found.extend(find_coefficients(words));
    }
    found
}

/// 花农满意度保持在95分以上.
fn find_marks(words: &str) -> Vec<Found> {
    static MARKED: Pattern = LazyLock::new(|| {
        pattern(
            r"(?:满意度|满意率|测评|评价|评分|评估|得分|均分|好评度|认可度|安全感|获得感|幸福感)[^，。；、]{0,16}?(\d{1,3}(?:\.\d+)?)(分)((?:及?以上|以内|及?以下|左右)?)",
        )
    });
    let read = |captures: regex::Captures<'_>| {
        let (number, unit, bound) = (captures.get(1)?, captures.get(2)?, captures.get(3)?);
        let behind = words.get(bound.end()..)?;
        let opens_word =
            bound.is_empty() && behind.starts_with(['之', '钟', '值', '钱', '制', '类']);
        let before = words.get(..number.start())?;
        let is_part = before.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | '第'));
        let span = Span::new(number.start(), bound.end());
        let value = (Some(number.as_str().to_owned()), None);
        (!opens_word && !is_part).then(|| make(words, span, value, (unit.as_str(), bound.as_str())))
    };
    MARKED.captures_iter(words).filter_map(read).collect()
}

/// 灌溉水利用系数由0.5提高到0.6: of a rise both, so that only the second is promised.
fn find_coefficients(words: &str) -> Vec<Found> {
    static MEASURED: Pattern = LazyLock::new(|| {
        pattern(
            r"(?:系数|PUE|电能利用效率)[^，。；、\d]{0,12}?(?:[由从](?:\p{Han}{0,8}?\d{4}年)?[^，。；、\d]{0,8}\d\.\d+)?[^，。；、\d]{0,8}?(?:达到?|(?:提高|提升|增加|增长|上升|增|降低|下降|降|调整)[到至为]|(?:控制|稳定|保持|维持)在|不(?:低于|高于|超过|小于|大于)|低于|高于|突破)\d\.\d+",
        )
    });
    static DECIMAL: Pattern = LazyLock::new(|| pattern(r"\d\.\d+(及?以上|以内|及?以下|左右)?"));
    let mut found = Vec::new();
    for measured in MEASURED.find_iter(words) {
        let from = Span::new(measured.start(), words.len()).slice(words);
        for captures in DECIMAL.captures_iter(from) {
            let Some(whole) = captures.get(0).filter(|one| one.start() < measured.len()) else {
                break;
            };
            let bound = captures.get(1).map_or("", |bound| bound.as_str());
            let number = whole.as_str().strip_suffix(bound).unwrap_or_default();
            // 0.6米 has a unit of its own.
            let behind = from.get(whole.end()..).unwrap_or_default();
            let ends = !bound.is_empty()
                || !behind
                    .starts_with(|c: char| c.is_alphanumeric() || matches!(c, '%' | '％' | '‰'))
                || behind.starts_with(['提', '增', '上', '降', '下', '调', '左', '和', '以']);
            if !ends {
                continue;
            }
            let span = Span::new(whole.start(), whole.end()).shifted(measured.start());
            let mut one = make(words, span, (Some(number.to_owned()), None), ("", bound));
            one.quantity.unit = None;
            found.push(one);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(words: &str) -> Vec<(String, Option<String>)> {
        let found = find_scores(words).into_iter().map(|one| one.quantity);
        found.map(|one| (one.number.unwrap_or_default(), one.unit)).collect()
    }

    #[test]
    fn what_is_marked_has_points_and_coefficients_have_no_unit() {
        let mark = |number: &str| (number.to_owned(), Some("分".to_owned()));
        let bare = |number: &str| (number.to_owned(), None);
        assert_eq!(shown("花农满意度保持在95分以上"), [mark("95")]);
        assert_eq!(shown("苗圃测评平均得分达到90.5分"), [mark("90.5")]);
        assert_eq!(shown("灌溉水利用系数提高到0.6"), [bare("0.6")]);
        assert_eq!(shown("灌溉水利用系数由0.55提高到0.6以上"), [bare("0.55"), bare("0.6")]);
        assert_eq!(shown("温室机房PUE不高于1.25"), [bare("1.25")]);
        for words in [
            "满意度调查用时30分钟",
            "花期30分之一",
            "每株苗木扣5分",
            "缴存系数为1.2",
            "花架系数提高到0.6米",
        ] {
            assert_eq!(shown(words), [], "{words}");
        }
    }
}
