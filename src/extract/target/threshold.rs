//! Numbers that say which things are meant, or when. In: a claim; out: whether its number is such a threshold. The
//! surprise: 建设5公里以上绿道 counts what is built, 5公里以上绿道全部点亮 says which paths are lit.

use super::quantity::Sort;
use super::surroundings::{Claim, Surroundings};
use crate::text::{Pattern, pattern};
use std::sync::LazyLock;

/// 5万亩以上苗圃全部用上滴灌, 产值过3亿元花店实现零的突破, 降雨量达10毫米: which things are meant, or when.
pub(super) fn is_threshold(claim: &Claim<'_>) -> bool {
    static RAINS: Pattern =
        LazyLock::new(|| pattern(r"(?:降[雨雪水]量?|雨量|积雪深度)(?:达到?|超过)?$"));
    static ALL_OF: Pattern =
        LazyLock::new(|| pattern(r"^(?:的)?[\p{Han}]{2,16}?(?:全部|全面|均|应|须|必须|一律|100%)"));
    // 船舶100总吨以上 is one class among many: what it does follows.
    let is_class = claim.sort == Sort::Size
        && claim.text.ends_with("以上")
        && claim.before.chars().count() <= 4
        && ALL_OF.is_match(claim.after);
    is_class
        || claim.before.ends_with("来自")
        || claim.before.ends_with("上限为")
        || (claim.sort == Sort::Size
            && claim.text.ends_with("以下")
            && claim.before.ends_with("建筑面积"))
        || claim.after.contains("零的突破")
        || (claim.sort == Sort::Size && RAINS.is_match(claim.before))
        || ["方可", "方能", "才能", "才可"].iter().any(|only| claim.after.contains(only))
}

/// Whether a number is the limit of one case, or doubles what a report tells of.
pub(super) fn is_limit_or_report(claim: &Claim<'_>, around: &Surroundings<'_>) -> bool {
    // 产值实现翻一番: without a time to come it is reached already.
    let is_doubled = claim.unit == "番" && !around.is_governed() && claim.before.ends_with("实现");
    is_doubled || limits_case(claim, around)
}

/// 占用荒地的，不超过120平方米: what is allowed in one case of several.
fn limits_case(claim: &Claim<'_>, around: &Surroundings<'_>) -> bool {
    let before = around.statement.strip_suffix(around.clause).unwrap_or_default();
    matches!(claim.sort, Sort::Size | Sort::Count)
        && !around.is_governed()
        && claim.before.is_empty()
        && claim.after.is_empty()
        && ["不超过", "不得超过", "不大于"].iter().any(|most| claim.text.starts_with(most))
        && before.ends_with(['，', ','])
        && before.trim_end_matches(['，', ',']).ends_with('的')
}

#[cfg(test)]
mod tests {
    use super::super::part::find_parts;
    use super::*;

    #[test]
    fn what_is_allowed_in_one_case_is_a_limit() {
        let limits = |statement: &str| {
            let clause = statement.rsplit('，').next().unwrap();
            let around = Surroundings { clause, statement, ..Surroundings::default() };
            let parts = find_parts(clause);
            parts.first().is_some_and(|part| limits_case(&Claim::new(part, clause), &around))
        };
        assert!(limits("占用荒地的，不超过120平方米"));
        assert!(!limits("占用荒地的，不超过5个工作日"));
        assert!(!limits("苗圃用地，不超过120平方米"));
    }

    #[test]
    fn a_number_may_say_which_things_are_meant() {
        let is_threshold = |words: &str| {
            let parts = find_parts(words);
            parts.first().is_some_and(|part| is_threshold(&Claim::new(part, words)))
        };
        for words in [
            "5万亩以上苗圃全部用上滴灌",
            "年产值过3亿元花店实现零的突破",
            "24小时内降雨量达10毫米以上",
            "降雨量超过50毫米时启动响应",
            "花圃至少配备3名花农方可开园",
            "团队由来自2所高校的花农组成",
            "花店用电容量上限为200千瓦",
        ] {
            assert!(is_threshold(words), "{words}");
        }
        for words in ["建设5公里以上绿道", "新增苗圃5万亩以上", "绿道覆土厚度达到10毫米以上"]
        {
            assert!(!is_threshold(words), "{words}");
        }
    }
}
