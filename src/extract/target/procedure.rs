//! Times of procedures and of journeys. In: a claim of a time and what surrounds it; out: whether the issuer promises to have
//! done something within it, and where the words say what. The surprise: 申请人应在5日内提交材料 reads the same, but sets a time for somebody else.

use super::denial::tells_support;
use super::quantity::Sort;
use super::surroundings::{Claim, Surroundings};
use crate::extract::duty::gives_duty;
use crate::text::{Pattern, Span, pattern};
use std::sync::LazyLock;

/// 3个工作日内办结, 5个工作日内完成审核: what the issuer does within a time.
static HANDLED_WITHIN: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:[（(][^（）()]*[）)])?(?:予以|正式|及时|统一|依法)?(?:响应|回应|公开|公布|办结|办理|重新办理|批转|转批|完成|办好|办妥|出具|生成|审核|审批|审查|核发|发放|拨付|下达|兑付|反馈|答复|回复|回访|受理|初审|批复|核准|备案|验收|分办|转办|交办|派单|核实|处置|(?:准确|完整|及时|如实|、)+地?(?:填报|上报|录入|公示)|(?:填报|录入|转交|转送|转至|移交|移送|送交|调查|核查|追回|放行|处理$)|更新[\p{Han}]{2,}|进行(?:校核|复核|核对)|[\p{Han}]{2,8}完毕|[作做]出(?:[\p{Han}]{0,8}(?:决定|批复|结论|处理))?$|(?:作出|给予|予以|进行)(?:书面)?(?:答复|回复|反馈|分办|转办|交办|办理|处理|处置|核实|回访|审核|审查|审批|决定)|(?:向[\p{Han}]{1,10})?提出[\p{Han}]{0,6}意见|对[\p{Han}]{1,10}进行|(?:将[^，。]{2,30})?报[^，。]{2,20}(?:审定|备案|审批|批准)|将[\p{Han}（）()]{2,16}?(?:告知|通知|反馈|送达|公示|公布|拨付|兑付|支付到位|批转|(?:移交|转交|报送)[至到给][\p{Han}]{0,12}(?:局|办|委|窗口|部门))|(?:告知|报告|通报)[\p{Han}（）()]{1,10}(?:局|办|委|部门|机关|机构|单位|政府|中心)|予以(?:返还|退还|退回)$|(?:一次性|书面|及时)?(?:告知|通知|送达)[\p{Han}]{0,6}(?:结果|申请人|当事人|申报单位|申请单位|决定)|通过[^，。]{2,16}(?:系统|平台)(?:生成|反馈|公示|公开|公布|受理|办理|发放|推送))",
    )
});

/// 3小时通达邻省, 灾情36小时内得到处置: how fast something will be.
pub(super) fn reaches_in_time(claim: &Claim<'_>, around: &Surroundings<'_>) -> bool {
    // 2小时通达的公园 only says which.
    static GETS_THERE: Pattern =
        LazyLock::new(|| pattern(r"^(?:内)?(?:通达|直达|可达|抵达|到达)[\p{Han}&&[^的]]+$"));
    static GETS_DONE: Pattern =
        LazyLock::new(|| pattern(r"^[\p{Han}]{0,4}?(?:得到|获得|到位|响应|处置|救助)"));
    let is_short = claim.unit.ends_with("小时") || claim.unit == "分钟";
    // 市民应在30分钟内到达 tells others what to do.
    let arrives = GETS_THERE.is_match(claim.after)
        && (around.is_governed() || !claim.after.contains("到达"))
        && !claim.before.ends_with('在');
    let is_done = || claim.text.ends_with('内') && GETS_DONE.is_match(claim.after);
    is_short && (arrives || (around.is_governed() && is_done()))
}

/// Who has to keep a time that the issuer sets, instead of the issuer.
static APPLICANT: Pattern =
    LazyLock::new(|| pattern(r"申请人|当事人|购房人|用人单位|企业应|申报单位|受让人|买受人|逾期"));

/// 绿化办应在: a body that the clause names acts itself.
static ACTS: Pattern =
    LazyLock::new(|| pattern(r"(?:办|局|委|厅|部门|机关|政府)(?:应当?|须|要)?(?:在|于|自|从)"));

/// 告知申请人: the applicant is told, and has nothing to keep.
static TOLD: Pattern =
    LazyLock::new(|| pattern(r"(?:告知|通知|答复|回复|送达|反馈)给?(?:申请人|当事人|申报单位)"));

/// 施工单位应在3日内: somebody else has to keep the time; 受理单位 and 主管单位 are public bodies.
static OTHERS: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:[\p{Han}]{0,6}(?:施工|建设|项目|用人|申报|申请|参建|开发|使用|供应)单位|[\p{Han}]{0,6}(?:体检|检测|评估|鉴定|审计|中介|金融|承办|代理|第三方|监理|咨询|测绘|医疗|培训)机构|[\p{Han}]{0,8}(?:企业|公司|银行|商户|经营者|业主|权利人|所有人|使用人|当事人|承租人|职工|用户))(?:应当?|须|要|在|于|自|需|收到)",
    )
});

/// 自受理之日起3个月内，应完成审核: what is done within the time stands behind a comma.
static HANDLED_BEHIND: Pattern = LazyLock::new(|| {
    pattern(
        r"^[，,](?:应当?|须|要|并|将)?((?:完成|办结|作出|做出|出具)[^，。；]{2,40}|对[\p{Han}]{1,16}(?:进行|作出|予以)[\p{Han}]{2,10}|(?:依法|统一)?向(?:社会|公众)(?:公布|公开|公示|发布)[^，。；]{2,40})",
    )
});

/// What such a time counts from; a contract or a purchase sets a time for others.
static HANDLED_SINCE: Pattern = LazyLock::new(|| {
    pattern(r"(?:受理|收到|接到|立案|作出|做出|变更|提出|提交|公示)[^，]{0,12}(?:之日起|之后|后)")
});

/// 核发证书, 作出处理决定, 转至园林局处理: what only a public body does, whoever the article names before.
static OFFICIAL: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:予以|正式|及时|统一|依法)?(?:核发|批复|核准|下达|[作做]出[\p{Han}]{0,10}(?:许可|处理|处罚|批准|审批|受理|核准|认定)[\p{Han}]{0,4}决定|(?:转至|移送|转交|转送)[^，。]{2,20}(?:部门|机关|局|办|委|厅)(?:处理|办理|调查)?$)",
    )
});

/// What the words behind a time of a procedure say is done within it.
pub(super) fn find_handled_behind(clause: &str, rest: &str) -> Option<Span> {
    let done = HANDLED_BEHIND.captures(rest).filter(|_| HANDLED_SINCE.is_match(clause))?.get(1)?;
    Some(Span::new(done.start(), done.end()))
}

/// 并在5个工作日内, 自收到之日起: who acts is the one named before.
static GOES_ON: Pattern =
    LazyLock::new(|| pattern(r"^(?:\d|并|且|应当?|须|自|从|在|于|对|经|不|符合)"));

/// Whether the issuer promises to have done something within a time; articles set terms for everybody, so there a public body
/// has to be the one who acts.
pub(super) fn is_handled_within(claim: &Claim<'_>, around: &Surroundings<'_>) -> bool {
    let rest = around.rest();
    let is_behind = || {
        claim.after.is_empty()
            && claim.text.ends_with('内')
            && find_handled_behind(around.clause, rest).is_some()
            && !APPLICANT.is_match(rest.split(['。', '；']).next().unwrap_or_default())
    };
    // 申请延期2个月办理: how long one may wait.
    let is_put_off =
        ["延期", "顺延", "延长", "推迟"].iter().any(|verb| claim.before.ends_with(verb));
    claim.sort == Sort::Time
        && !is_put_off
        && (HANDLED_WITHIN.is_match(claim.after) || is_behind())
        && (!around.in_article
            || OFFICIAL.is_match(claim.after)
            || (around.handled_before && GOES_ON.is_match(around.clause))
            || gives_duty(around.whole, &[])
            || ACTS.is_match(around.clause) && !APPLICANT.is_match(around.whole))
        && !APPLICANT.is_match(&TOLD.replace_all(around.clause, ""))
        && !OTHERS.is_match(around.clause)
        && !OTHERS.is_match(around.statement)
        && !(tells_support(&NO_TERMS.replace_all(around.clause, "")))
}

/// 价格备案 and 予以返还 tell what is handled, not what is charged or granted.
static NO_TERMS: Pattern = LazyLock::new(|| pattern(r"价格|(?:予以)?返还"));

/// 查阅、呈报来件的时间不得超过2个工作日: how long a procedure may take is a promise of those who run it, however it is forbidden to take longer.
pub(super) fn limits_procedure(claim: &Claim<'_>, around: &Surroundings<'_>) -> bool {
    static HOW_LONG: Pattern = LazyLock::new(|| {
        pattern(
            r"(?:办理|受理|审核|审批|审查|查阅|呈报|答复|反馈|批转|处理|处置|核实|核查|调查|办结|流转|批办)[\p{Han}]{0,6}?(?:时间|时限|期限|周期)(?:一般|原则上|最长|最多|均|应)*$",
        )
    });
    claim.sort == Sort::Time
        && claim.after.is_empty()
        && claim.text.starts_with("不得超过")
        && HOW_LONG.is_match(claim.before)
        && !APPLICANT.is_match(around.clause)
        && !OTHERS.is_match(around.clause)
        && !tells_support(around.clause)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_done_within_a_time_may_stand_behind_a_comma() {
        let done = |clause: &str, rest: &'static str| {
            find_handled_behind(clause, rest).map(|place| place.slice(rest))
        };
        let since = "自苗圃申请受理之日起3个月内";
        assert_eq!(done(since, "，应完成检疫审核。"), Some("完成检疫审核"));
        assert_eq!(done(since, "，对苗木进行检疫，提交结果。"), Some("对苗木进行检疫"));
        assert_eq!(
            done("自处罚决定作出之日起7个工作日内", "，向社会公布苗圃名称。"),
            Some("向社会公布苗圃名称")
        );
        assert_eq!(done(since, "，种树5棵。"), None);
        assert_eq!(done("自苗木买卖合同签订之日起3个月内", "，应完成补种。"), None);
    }
}
