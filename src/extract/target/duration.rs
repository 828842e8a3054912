//! Lengths of time: those that are cut, limited or kept up. In: a claim of a time and what surrounds it; out: whether the issuer
//! promises it. The surprise: a limit is said once and goes on (城区不超过3日，山区不超过5日), and how long something is displayed for
//! comment has the same words as how long it is open.

use super::denial::tells_support;
use super::procedure::{is_for_others, reaches_in_time};
use super::quantity::Sort;
use super::surroundings::{Claim, Surroundings};
use crate::text::{Pattern, pattern};
use std::sync::LazyLock;

/// The names of a length of time that something takes.
static TAKES_TIME: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:时[限间效]|周期|用时|耗时|时延|时差)[\p{Han}]{0,2}(?:[（(][^（）()]*[）)])?(?:原则上|一般|平均|分别|均|都|再|应|要|将|由|从|力争|确保|总体)*$",
    )
});

static TIME_CUT: Pattern = LazyLock::new(|| {
    pattern(r"压缩|缩短|压减|精简|控制|提速|时限|时间|时效|用时|时延|办结|减少到|减至|降至")
});

/// 从受理到认定不超过15个工作日, 问题从立案到整改不超过30日: how long a procedure takes.
static PROCEDURE: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:从|自)[^，]{0,8}(?:受理|申请|申报)[^，]{0,4}(?:到|至)|(?:^|[\p{Han}])[从自][\p{Han}]{2,10}[到至][\p{Han}]{2,12}$",
    )
});

/// 缩短至, 由60日压缩为: what the words that lead to the number do with the time.
static CUTS: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:压缩|压减|缩短|缩减|减少|精简|压降|提速|降低|下降|减|降)(?:(?:到|至|为)(?:平均)?)?(?:原则上|一般)?$",
    )
});

/// 检疫时限由60日压缩至35日以内: a time that is cut is the issuer's own, wherever it stands.
pub(super) fn shortens(claim: &Claim<'_>, around: &Surroundings<'_>) -> bool {
    static TERM: Pattern =
        LazyLock::new(|| pattern(r"期限|年限|有效期|工期|隔离|住院|缴|还款|服务期|登记时间|报名"));
    claim.sort == Sort::Time
        && claim.after.is_empty()
        && CUTS.is_match(claim.led)
        && (TAKES_TIME.is_match(claim.before) || claim.led.starts_with(['由', '从']))
        && !TERM.is_match(claim.before)
        && !is_for_others(around)
        && !tells_support(around.clause)
}

/// 城区控制在3日以内，山区不超过5日; 检疫时限，果树不超过3日: a limit goes on from the one before, or from the time that is named before.
pub(super) fn goes_on_limiting(claim: &Claim<'_>, around: &Surroundings<'_>) -> bool {
    const NAME_CHARS_MAX: usize = 24;
    static ONLY_HOW: Pattern =
        LazyLock::new(|| pattern(r"^(?:但|且)?(?:一般|原则上|通常|最长|最多|平均|均|应)*$"));
    static OTHER: Pattern = LazyLock::new(|| {
        pattern(
            r"延长|推迟|顺延|延期|期限?$|年限|有效|公示|公告|间隔|提前|累计|连续|停留|停放|休假|假期",
        )
    });
    let is_most = claim.text.ends_with(['内', '下'])
        || ["不超过", "不多于", "不大于", "最长"].iter().any(|most| claim.text.starts_with(most));
    let goes_on = around.handled_before
        && (around.goes_on || (!claim.before.is_empty() && ONLY_HOW.is_match(claim.before)));
    claim.sort == Sort::Time
        && is_most
        && claim.after.is_empty()
        && (goes_on || around.names_time)
        && claim.before.chars().count() <= NAME_CHARS_MAX
        && !OTHER.is_match(claim.before)
        && !is_for_others(around)
        && !tells_support(around.clause)
}

/// 每年开放不少于330天, 预警提前量达到60分钟, 单株日均光照时长延长2小时: how long something lasts.
pub(super) fn lasts(claim: &Claim<'_>) -> bool {
    static OPEN: Pattern = LazyLock::new(|| {
        pattern(
            r"每(?:年|月|周|季度)[\p{Han}]{0,6}?(?:开放|开馆|运营|运行|驻村|驻点|在岗|坐诊|出诊|巡诊|蹲点)(?:时间)?(?:累计|应|原则上)*$",
        )
    });
    static LENGTH: Pattern = LazyLock::new(|| {
        pattern(
            r"(?:时长|提前量|预见期)(?:[较比][^，]{2,10})?(?:延长|增加|提高|提升|达到?|稳定|保持|为|在|到|至)*$",
        )
    });
    claim.sort == Sort::Time
        && claim.after.is_empty()
        && ((claim.is_bounded && OPEN.is_match(claim.before))
            || (LENGTH.is_match(claim.before)
                && (claim.reaches || claim.ends_with_bound() || claim.before.ends_with("延长"))))
}

/// Whether the words next to a time say that it will be so.
pub(super) fn is_stated_time(claim: &Claim<'_>, around: &Surroundings<'_>) -> bool {
    // 直至去化周期降至9个月以下: until when something else is so.
    if ["直至", "直到"].iter().any(|until| claim.before.starts_with(until)) {
        return false;
    }
    let is_limited = claim.reaches || claim.ends_with_bound();
    // 确定2031年花木去化周期为26个月: a level that is set like any other.
    let is_level = claim.reaches && claim.after.is_empty() && around.is_governed();
    (is_level && claim.before.contains("去化周期"))
        || reaches_in_time(claim, around)
        || shortens(claim, around)
        || lasts(claim)
        || (is_limited && TIME_CUT.is_match(claim.before) && !is_shown(claim))
        || (claim.is_bounded
            && !is_least(claim)
            && PROCEDURE.is_match(claim.before)
            && !around.in_article)
        || goes_on_limiting(claim, around)
}

/// 公示时间不少于5个工作日: how long something is displayed is a rule of its procedure, and no promise.
fn is_shown(claim: &Claim<'_>) -> bool {
    static SHOWN: Pattern = LazyLock::new(|| {
        pattern(
            r"(?:公示|公告|公开|征求意见|征集|展示|挂网|挂牌|间隔|登记|报名|申报|申请|认购)[\p{Han}]{0,6}(?:由[^，]{0,16})?$",
        )
    });
    is_least(claim) && SHOWN.is_match(claim.before)
}

fn is_least(claim: &Claim<'_>) -> bool {
    ["不少", "不得少", "不低", "不得低", "至少"].iter().any(|least| claim.text.starts_with(least))
}

#[cfg(test)]
mod tests {
    use super::super::judge::is_promised;
    use super::super::part::find_parts;
    use super::*;

    /// Whether the last time of a clause is promised.
    fn promised(clause: &str, around: Surroundings<'_>) -> bool {
        let around = Surroundings { clause, statement: clause, whole: clause, ..around };
        let parts = find_parts(clause);
        parts.last().is_some_and(|part| is_promised(part, clause, &around))
    }

    #[test]
    fn a_time_that_is_cut_limited_or_kept_up_is_promised() {
        for clause in [
            "苗木检疫时限由60日压缩至35日以内",
            "符合条件的苗圃平均检疫周期缩短3天",
            "由10个工作日减为5个工作日",
            "苗圃全流程办理时间由1个工作日压缩到4个工作小时以内",
            "枯枝问题从立案到清理不超过30日",
            "花展预警提前量达到60分钟以上",
            "花期预见期延长到36小时",
            "温室单株日均光照时长比2030年延长2小时",
            "植物园每年免费开放不少于330天",
            "苗木储备达到15天以上市场供应量",
        ] {
            assert!(promised(clause, Surroundings::default()), "{clause}");
        }
        for clause in [
            "公示时间不少于5个工作日",
            "集中登记时间由不少于5日调整为不少于3日",
            "直至花木去化周期降至36个月以下",
            "苗木贷款年限由3个月缩短至2个月",
            "从发布日到苗圃受理日不少于50天",
        ] {
            assert!(!promised(clause, Surroundings::default()), "{clause}");
        }
    }

    #[test]
    fn a_limit_goes_on_from_the_one_before() {
        let goes_on =
            Surroundings { goes_on: true, handled_before: true, ..Surroundings::default() };
        assert!(promised("山区不超过3个小时", goes_on));
        assert!(promised("其中果树原则上不超过30日", Surroundings { in_article: true, ..goes_on }));
        assert!(!promised("延长期限不超过7日", goes_on));
        assert!(!promised("山区不超过3个小时", Surroundings::default()));
        let named = Surroundings { names_time: true, ..Surroundings::default() };
        assert!(promised("果树不超过10个工作日", named));
    }
}
