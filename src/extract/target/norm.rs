//! Norms and limits that others keep. In: a claim and what surrounds it; out: whether its number is such a norm, or a limit that is lifted or
//! relaxed. The surprise: 建筑面积不低于300平方米 reads like a promise of so much area, and asks it of whoever builds.

use super::quantity::find_bound_of;
use super::surroundings::{Claim, Surroundings};
use crate::document::Qualifier;
use crate::text::{Pattern, pattern};
use std::sync::LazyLock;

/// 地块建筑面积不低于300平方米, 可不超过20%: what others must keep or may do, not what the issuer reaches.
pub(super) fn is_norm(claim: &Claim<'_>) -> bool {
    static NORM: Pattern = LazyLock::new(|| {
        pattern(r"(?:建筑面积|用地面积|计容|容积|宗地|地块)[^，]*$|(?:^|[^许认])可$")
    });
    // 高度不超过3米, 牌面面积不超过墙面面积的20%: how large a thing may be.
    static MEASURE: Pattern = LazyLock::new(|| {
        pattern(
            r"(?:高度|宽度|长度|厚度|间距|直径|坡度|层数|限高|层高|进深)(?:应|宜|均|一般|原则上)*$",
        )
    });
    static AREA_LIMITED: Pattern = LazyLock::new(|| {
        pattern(r"面积(?:应|宜|均|一般|原则上)*(?:不得?(?:超过|大于|高于)[^，]*)?$")
    });
    let bound_of = find_bound_of(claim.before, claim.unit);
    let is_bounded = claim.is_bounded || bound_of.is_some();
    let is_most = claim.text.starts_with("不超过")
        || claim.text.starts_with("不大于")
        || bound_of == Some(Qualifier::AtMost);
    is_bounded
        && (NORM.is_match(claim.before)
            || MEASURE.is_match(claim.before)
            || (is_most && AREA_LIMITED.is_match(claim.before)))
}

/// 取消不超过300万美元限制: a limit that is lifted.
fn is_lifted(claim: &Claim<'_>, around: &Surroundings<'_>) -> bool {
    static LIMIT: Pattern =
        LazyLock::new(|| pattern(r"^的?[\p{Han}]{0,6}(?:限制|门槛|要求|条件|上限|下限)"));
    LIMIT.is_match(claim.after)
        && ["取消", "放宽", "解除", "不受"].iter().any(|verb| around.clause.contains(verb))
}

/// 放宽准入条件，将资产降低为1亿元: what somebody still has to meet.
pub(super) fn is_relaxed(claim: &Claim<'_>, around: &Surroundings<'_>) -> bool {
    static RELAXES: Pattern = LazyLock::new(|| {
        pattern(
            r"(?:放宽|降低)[^，。；]{0,20}(?:条件|门槛|限制)[，,][^；。]*(?:降低|放宽|调整)[为到至]",
        )
    });
    RELAXES.is_match(around.statement)
        || is_lifted(claim, around)
        || ["放宽至", "放宽到", "放宽为"].iter().any(|verb| around.clause.contains(verb))
}
