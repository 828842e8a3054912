//! What others have to meet. In: a claim and what surrounds it; out: whether it is asked of applicants, advised, or set as a new
//! threshold, and so promises nothing. The surprise: the words of reaching are the same as the issuer's own (应达到, 不低于).

use super::quantity::Sort;
use super::surroundings::{Claim, Surroundings};
use crate::text::{Pattern, pattern};
use std::sync::LazyLock;

/// 申请单位应拥有…: who applies, takes part or is supported.
static APPLICANT: Pattern = LazyLock::new(|| {
    pattern(
        r"^[\p{Han}（）“”]{0,10}(?:申请|申报|承担|参赛|投标|推荐|受让|依托)(?:单位|人|企业|机构|主体|项目|者)(?:要[^求素点]|[\p{Han}（）“”]{0,8}?(?:应[^用急]|须|需[^求]|[^主重]要[^求素点]))",
    )
});

/// 应满足以下条件：…: the list behind says who qualifies.
static CONDITIONS_OPEN: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:以下|下列|如下)[\p{Han}]{0,6}(?:条件|情形|标准)(?:之一)?[\p{Han}]{0,3}[：:]|(?:申报|申请|认定|准入|入围|投资)条件[\p{Han}]{0,8}(?:为|[：:])",
    )
});

/// 申报花圃贷款的苗圃项目，绿化率不低于5%；…: what those who apply have to meet, to the end of the sentence.
static APPLIES: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:^|[，,])(?:首次|新)?(?:申报|申请)[^，。；]{2,}的[\p{Han}、]{0,20}(?:项目|企业|单位|机构|平台|基地|人员)[，,]",
    )
});

/// 面积不小于50平方米，可以迁入: what lets somebody do something.
static PERMITTED: Pattern =
    LazyLock::new(|| pattern(r"可以?(?:迁入|落户|申请|申报|申领|享受|购买|提取)"));

/// 建议在3月栽植: advice.
static ADVISED: Pattern = LazyLock::new(|| {
    pattern(r"(?:^|[，,])建议(?:[在于将按]|尽量|采用|选择|适当|使用|栽植|种植|控制)")
});

/// 移栽预计推迟1个月: a delay is a forecast.
static DELAYED: Pattern = LazyLock::new(|| pattern(r"(?:推迟|延迟|顺延|延后|延期)(?:了|至少)?$"));

/// 栽植密度, 株距: how something is set up.
static SETTING: Pattern =
    LazyLock::new(|| pattern(r"(?:密度|浓度|深度|用量|[株行间]距)(?:为|控制在)?$"));

/// 栽植密度90株，可提高成活率: a setting that is explained is advice.
static EXPLAINED: Pattern =
    LazyLock::new(|| pattern(r"^[，,]可(?:以|有效|显著|大大)?(?:提高|降低|减少|增加|改善|促进)"));

/// 注册资本不低于1000万元，从业人员不少于50人: what only those who apply are asked.
static QUALIFIES: Pattern = LazyLock::new(|| {
    pattern(r"注册资[本金]|实收资本|经营场所面积|(?:项目)?总投资额?(?:应|须)?不低于\d")
});

/// Whether `words` say that conditions follow.
pub(super) fn opens_conditions(words: &str) -> bool {
    (words.contains(['条', '标', '情']) && CONDITIONS_OPEN.is_match(words))
        || (words.contains('申') && APPLIES.is_match(words))
}

/// Whether the quantity is asked of others, or only advised.
pub(super) fn is_required_of_others(claim: &Claim<'_>, around: &Surroundings<'_>) -> bool {
    APPLICANT.is_match(around.clause)
        || around.lists_conditions
        || opens_conditions(around.statement)
        || ADVISED.is_match(around.statement)
        || (!around.is_governed() && QUALIFIES.is_match(around.statement))
        || claim.before.ends_with("一式")
        || (claim.sort == Sort::Time && DELAYED.is_match(claim.before))
        || (SETTING.is_match(claim.before) && EXPLAINED.is_match(around.rest()))
        || (!around.is_governed()
            && claim.sort != Sort::Time
            && (claim.is_bounded
                || claim.ends_with_bound()
                || claim.after.starts_with("人民币以上"))
            && PERMITTED.is_match(around.whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_who_apply_have_conditions_to_meet() {
        assert!(opens_conditions("申报花圃贷款的露天苗圃项目，绿化率不低于5%"));
        assert!(opens_conditions("首次申报绿化资金的企业，绿化率不低于5%"));
        assert!(opens_conditions("应满足以下条件：绿化率不低于5%"));
        assert!(!opens_conditions("组织苗圃申报花圃贷款，绿化率不低于5%"));
    }
}
