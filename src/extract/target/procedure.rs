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
        r"^(?:[（(][^（）()]*[）)])?(?:予以|正式|及时|统一|依法)?(?:响应|回应|公开|公布|办结|办理|重新办理|批转|转批|完成|办好|办妥|出具|生成|审核|审批|审查|核发|发放|拨付|下达|兑付|反馈|答复|回复|回访|受理|初审|批复|核准|备案|验收|分办|转办|交办|派单|核实|处置|(?:准确|完整|及时|如实|、)+地?(?:填报|上报|录入|公示)|(?:填报|录入|转交|转送|转至|移交|移送|送交|调查|核查|追回|放行|处理$)|更新[\p{Han}]{2,}|进行(?:校核|复核|核对)|[\p{Han}]{2,8}完毕|[作做]出(?:[\p{Han}]{0,18}(?:决定|批复|结论|处理))?$|向[\p{Han}]{1,8}核发|(?:作出|给予|予以|进行)(?:书面)?(?:答复|回复|反馈|分办|转办|交办|办理|处理|处置|核实|回访|审核|审查|审批|决定)|(?:向[\p{Han}]{1,10})?提出[\p{Han}]{0,6}意见|对[\p{Han}]{1,10}进行|就[\p{Han}]{2,24}(?:进行|作出)|(?:将[^，。]{2,30})?报[^，。]{2,20}(?:审定|备案|审批|批准)|将[\p{Han}（）()]{2,16}?(?:告知|通知|反馈|送达|公示|公布|拨付|兑付|支付到位|批转|(?:移交|转交|报送)[至到给][\p{Han}]{0,12}(?:局|办|委|窗口|部门))|(?:告知|报告|通报)[\p{Han}（）()]{1,10}(?:局|办|委|部门|机关|机构|单位|政府|中心)|将[\p{Han}]{0,14}?(?:资金|补贴|补助|奖补|奖金|经费)款?(?:转入|拨入|打入|汇入)|将[\p{Han}]{2,12}(?:交由|送交)[\p{Han}]{2,}|予以(?:返还|退还|退回)$|一次性(?:书面)?告知|(?:书面|及时)?(?:告知|通知|送达)[\p{Han}]{0,6}(?:结果|申请人|当事人|申报单位|申请单位|决定)|通过[^，。]{2,16}(?:系统|平台)(?:生成|反馈|公示|公开|公布|受理|办理|发放|推送))",
    )
});

/// 3小时通达邻省, 灾情36小时内得到处置: how fast something will be.
pub(super) fn reaches_in_time(claim: &Claim<'_>, around: &Surroundings<'_>) -> bool {
    // 2小时通达的公园 only says which.
    static GETS_THERE: Pattern = LazyLock::new(|| {
        pattern(r"^(?:内)?(?:通达|直达|可达|抵达|到达|赶到|赶赴)[\p{Han}&&[^的]]+$")
    });
    static GETS_DONE: Pattern =
        LazyLock::new(|| pattern(r"^[\p{Han}]{0,4}?(?:得到|获得|到位|响应|处置|救助)"));
    // 抢修队伍40分钟内到达现场: who is sent out.
    static TEAM: Pattern = LazyLock::new(|| {
        pattern(r"(?:队伍?|力量|[工作专家]组|人员|专班|车辆?|警力|民警|干部)[^，。；]{0,12}$")
    });
    let is_short = claim.unit.ends_with("小时") || claim.unit == "分钟";
    // 市民应在30分钟内到达 tells others what to do.
    let is_sent = || TEAM.is_match(claim.before) && !is_for_others(around);
    let arrives = GETS_THERE.is_match(claim.after)
        && (around.is_governed()
            || !(claim.after.contains("到达") || claim.after.contains('赶'))
            || is_sent())
        && !claim.before.ends_with('在');
    let is_done = || claim.text.ends_with('内') && GETS_DONE.is_match(claim.after);
    is_short && (arrives || (is_done() && (around.is_governed() || is_sent())))
}

/// Who has to keep a time that the issuer sets, instead of the issuer.
static APPLICANT: Pattern = LazyLock::new(|| {
    pattern(
        r"申请人|当事人|购房人|借款人|我司|我公司|本公司|业主委员会|用人单位|企业应|申报单位|受让人|买受人|逾期",
    )
});

/// Offices that are called 办; 补办 and 开办 are acts.
macro_rules! offices {
    () => {
        r"(?:[省市县区州][\p{Han}]{1,4}|基金|绿化|金融|招商|扶贫|河长|林长|文明|双创|征收|拆迁|法制|信访|整治)办"
    };
}

/// 绿化办应在: a body that the clause names acts itself.
static ACTS: Pattern = LazyLock::new(|| {
    pattern(concat!("(?:", offices!(), r"|局|委|厅|部门|机关|政府)(?:应当?|须|要)?(?:在|于|自|从)"))
});

/// 告知申请人, 自收到当事人提出的申请之日起: the applicant is told or has asked, and has nothing to keep.
static TOLD: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:告知|通知|答复|回复|送达|反馈)给?(?:申请人|当事人|申报单位)|(?:发放|拨付|兑付)(?:到|至|给)(?:申请人|当事人|购房人|申报单位)|(?:转入|拨入|打入|汇入)(?:申请人|当事人|购房人)|(?:自|从)(?:收到|接到|受理)[^，。；]{2,40}?之日起",
    )
});

/// 施工单位应在3日内: somebody else has to keep the time; 受理单位 and 主管单位 are public bodies.
static OTHERS: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:^|由)(?:[\p{Han}]{0,6}(?:施工|建设|项目|用人|申报|申请|参建|开发|使用|供应|运营|产权|经营|运营管理)单位(?:[或、和][\p{Han}]{2,8})?|[\p{Han}]{0,6}(?:体检|检测|评估|鉴定|审计|中介|中介服务|经纪|金融|承办|代理|第三方|监理|咨询|测绘|医疗|培训)机构|[\p{Han}]{0,8}(?:企业|公司|银行|商户|经营者|业主|权利人|所有人|使用人|当事人|承租人|职工|用户|客户|村民|借款人))(?:应|可于?当?|须|要|在|于|自[^查行主己身建有]|需|收到|接到|接报|发现)",
    )
});

/// 自受理之日起3个月内，应完成审核: what is done within the time stands behind a comma.
static HANDLED_BEHIND: Pattern = LazyLock::new(|| {
    pattern(
        r"^[，,](?:由[\p{Han}]{2,16}?(?:部门|局|委|办|厅|机关|中心)|[\p{Han}、]{2,20}?(?:政府|部门|局|委|办|厅|机关)(?:应当?|须|要)|应当?|须|要|并|将)?(?:无条件|及时|统一|依法)?(将[^，。；]{2,16}(?:拨付|发放|兑付|退还)[^，。；]{2,20}|(?:完成|办结|作出|做出|出具)[^，。；]{2,40}|(?:发放|拨付|兑付)(?:到|至|给)[^，。；]{2,30}|一次性(?:书面)?告知[^，。；]{2,40}|以书面形式(?:答复|告知|通知|回复)[^，。；]{0,10}|对[\p{Han}]{1,16}(?:进行|作出|予以)[\p{Han}]{2,10}|将[^，。；]{2,16}(?:送达|书面告知|告知|反馈|通知|抄送|公布)[^，。；]{0,16}|(?:依法|统一)?向(?:社会|公众)(?:公布|公开|公示|发布)[^，。；]{2,40})",
    )
});

/// What such a time counts from; a contract or a purchase sets a time for others.
static HANDLED_SINCE: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:受理|收到|接到|立案|核发|签发|批准|作出|做出|变更|提出|提交|申请|公示|(?:审批|审核|验收)(?:完成|通过|结束))[^，]{0,12}(?:之日起|之后|后)",
    )
});

/// 核发证书, 作出处理决定, 转至园林局处理: what only a public body does, whoever the article names before.
static OFFICIAL: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:予以|正式|及时|统一|依法)?(?:向[\p{Han}]{1,8})?(?:核发|批复|核准|下达|[作做]出(?:准予|同意)[\p{Han}]{2,14}的?(?:书面)?决定|[作做]出[\p{Han}]{0,10}(?:许可|处理|处罚|批准|审[批核]|受理|核准|认定)[\p{Han}]{0,4}决定|完成[\p{Han}]{0,4}(?:审核|审批|审查|初审|复审|核验|评审)|(?:转至|移送|转交|转送)[^，。]{2,20}(?:部门|机关|局|办|委|厅)(?:处理|办理|调查)?$)",
    )
});

/// What the words behind a time of a procedure say is done within it.
pub(super) fn find_handled_behind(clause: &str, rest: &str) -> Option<Span> {
    let done = HANDLED_BEHIND.captures(rest)?.get(1)?;
    // Only who handles an application tells once and for all what it lacks.
    let is_clear = done.as_str().starts_with("一次性") || HANDLED_SINCE.is_match(clause);
    is_clear.then(|| Span::new(done.start(), done.end()))
}

/// 24小时内推送至平台, 3日内到现场核实, 2小时内恢复供水: more that is done within a time, by whoever runs things.
static DONE_WITHIN: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"^(?:予以|正式|及时|统一|依法|全部|全面|立即|足额|主动|一次性|并)*(?:",
        r"分派|派发|派单|签收|立案|结案|解决|化解|到场|到岗|联系(?:群众|企业|诉求人|来电人|投诉人)|(?:分解|转)?下达|将[^，。；]{2,16}(?:分解|转)下达|告知[\p{Han}]{0,6}(?:情况|原因|理由)|(?:受灾|受困|被困|伤病|转移)[\p{Han}]{2,10}?得到|结算|清算|到账|直达|直拨|入库|上架|兑现|转办|",
        r"(?:同步|推送|上传|归集|录入|汇入|转发|导入|抄送|抄告|共享|转送|送达|分派|下发)(?:[至到给在]|[\p{Han}“]{2})|",
        r"(?:书面|电话|口头|逐一|一次性)?(?:反馈|答复|告知|回复|通知)$|(?:书面|电话|口头)(?:反馈|答复|告知|回复|通知)|",
        r"(?:组织|开展|启动)(?:现场|实地|专家|联合|全面)?(?:验收|检查|核查|勘验|勘察|评审|评估|审查|抽查|排查|处置|救援|抢修|巡查|调查|会商|鉴定|检测|复核|核实)|",
        r"派员(?:到|赴|赶)|举行$|向(?:社会|公众)(?:公布|公开|公示|公告|发布)|(?:到|赴|赶赴)(?:现场|实地)(?:核|勘|查|检|处|调|开)|到位$|",
        r"修复|抢修|抢通|恢复(?:通行|通车|通水|供[水电气]|运行|正常|使用|畅通)|清理|清运|清除|整改(?:到位|完成|完毕)|",
        r"(?:举行|召开)[\p{Han}]{0,6}(?:会|发布会|会议)|发布[\p{Han}]{0,4}信息|形成[\p{Han}]{0,6}(?:报告|意见|方案|清单)|",
        r"落实[\p{Han}、]{2,16}(?:措施|责任)|将[^，。；]{2,20}(?:送交|汇交|移交|录入|上传|推送|入库|归档|转发|同步)|[\p{Han}]{2,4}(?:到位|到账|到户)$)"
    ))
});

/// 园林局应当自收到申请之日起: a public body that the clause opens with is the one who acts.
static BODY_BEFORE: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"^(?:由)?(?:(?:接到|收到|受理)[\p{Han}、]{2,10}的)?[\p{Han}、（）&&[^接收经向自在到从按对于据因]]{0,20}?(?:政府|部门|机关|局|厅|委员会|管委会|卫生健康委|发展改革委|",
        offices!(),
        r"|办公室|办事处|指挥部|领导小组|残联|妇联|法院|检察院|海关|服务站|管理站|监测站|台站|(?:服务|管理|指挥|监测|信息|公积金|审批)中心|[市县区]财政)(?:[（(][^（）()]*[）)])?",
        r"(?:(?:接到|收到|接)[^，。；]{1,12}?后)?(?:应当?|须|要|将|必须)?(?:及时|依法)?(?:(?:在|于|自|从)[^，。；]{0,28}?|(?:接到|收到|接)[^，。；]{1,16}?后)?$"
    ))
});

/// 未在3日内办理登记, 3日内未处理完毕的: what somebody fails to do.
static FAILS: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:未(?:能)?|没有|不能|无法)[在于按][^，。；]{0,30}[日月天时]内|[日月天时]内[^，。；]{0,16}未(?:处理|办理|完成|提交|答复|缴|提出|作出|整改|能|予)",
    )
});

/// 突发灾情15分钟内电话报告: only an accident is reported within hours; other reports are handed in by others.
fn reports_at_once(claim: &Claim<'_>) -> bool {
    static REPORTS: Pattern =
        LazyLock::new(|| pattern(r"^(?:书面|电话|口头|逐级)?(?:上?报告|上报|通报)"));
    claim.unit.ends_with(['时', '钟']) && REPORTS.is_match(claim.after)
}

/// Whether a body that opens the clause does something within the time.
fn body_acts(claim: &Claim<'_>) -> bool {
    static NO_ACT: Pattern = LazyLock::new(|| {
        pattern(
            r"^(?:不|未|无|没|仍|可|有效|有权|是|为|的|连续|累计|向[^，]{2,20}(?:申请|申报|提出申请))|的$",
        )
    });
    claim.text.ends_with('内')
        && claim.after.chars().count() >= 2
        && claim.after.starts_with(char::is_alphabetic)
        && !NO_ACT.is_match(claim.after)
        && BODY_BEFORE.is_match(claim.before)
}

/// 评估应当在5日内完成: what only those who handle something do may be the subject itself.
static HANDLING: Pattern = LazyLock::new(|| {
    pattern(
        r"^[\p{Han}]{0,6}(?:审核|审批|审查|评审|评估|评定|验收|复核|核查|认定|勘验|初审|听证)(?:工作)?(?:应当?|须|要|将)(?:在|于|自)",
    )
});

/// Whether the sentence before names a public body that acts, so that a clause which names nobody goes on with it.
fn goes_on_with_body(around: &Surroundings<'_>) -> bool {
    let before = around.block_before.trim_end_matches(['。', '；']);
    let last = before.rsplit(['。', '；']).next().unwrap_or_default();
    GOES_ON.is_match(around.statement)
        && !last.is_empty()
        && !APPLICANT.is_match(last)
        && !OTHERS.is_match(last)
        && gives_duty(last, &[])
}

/// Whether the time is set for somebody else.
pub(super) fn is_for_others(around: &Surroundings<'_>) -> bool {
    APPLICANT.is_match(&TOLD.replace_all(around.clause, ""))
        || OTHERS.is_match(around.clause)
        || OTHERS.is_match(around.statement)
}

/// 将补贴发放到位: how fast money is paid out is no term of the payment; wages and fines are paid by others.
fn pays_out(claim: &Claim<'_>, around: &Surroundings<'_>) -> bool {
    static PAYS: Pattern = LazyLock::new(|| {
        pattern(
            r"^(?:予以|及时|足额|统一|全部|依法|将[\p{Han}]{2,12}?)*(?:拨付|发放|下达|兑付|兑现|到账|直达|转入|拨入|打入|汇入|办结|反馈|答复|受理|(?:完成)?(?:审核|审批|初审|复核))",
        )
    });
    static BY_OTHERS: Pattern = LazyLock::new(|| {
        pattern(
            r"工资|货款|罚款|租金|保费|违约金|滞纳金|赔偿|保证金|出让金|购房款|房价款|公积金|贷款",
        )
    });
    PAYS.is_match(claim.after) && !BY_OTHERS.is_match(around.clause)
}

/// 并在5个工作日内, 自收到之日起: who acts is the one named before.
static GOES_ON: Pattern =
    LazyLock::new(|| pattern(r"^(?:\d|并|且|应当?|须|自|从|在|于|对|经|不|符合|需要|同意)"));

/// Whether the issuer promises to have done something within a time; articles set terms for everybody, so there a public body
/// has to be the one who acts.
pub(super) fn is_handled_within(claim: &Claim<'_>, around: &Surroundings<'_>) -> bool {
    let rest = around.rest();
    let is_behind = || {
        claim.after.is_empty()
            && claim.text.ends_with('内')
            && find_handled_behind(around.clause, rest).is_some_and(|done| {
                let told = rest.get(..done.byte_end).unwrap_or_default();
                !APPLICANT.is_match(&TOLD.replace_all(told, ""))
            })
    };
    // 申请延期2个月办理: how long one may wait.
    let is_put_off =
        ["延期", "顺延", "延长", "推迟"].iter().any(|verb| claim.before.ends_with(verb));
    let acts = body_acts(claim);
    let is_bare = || {
        claim.text.ends_with('内') && (DONE_WITHIN.is_match(claim.after) || reports_at_once(claim))
    };
    claim.sort == Sort::Time
        && !is_put_off
        && (HANDLED_WITHIN.is_match(claim.after) || acts || is_bare() || is_behind())
        && !FAILS.is_match(around.clause)
        && (!around.in_article
            || acts
            || OFFICIAL.is_match(claim.after)
            || (around.handled_before && GOES_ON.is_match(around.clause))
            || gives_duty(around.whole, &[])
            || HANDLING.is_match(around.clause)
            || goes_on_with_body(around)
            || ACTS.is_match(around.clause) && !APPLICANT.is_match(around.whole))
        && !is_for_others(around)
        && (pays_out(claim, around) || !tells_support(&NO_TERMS.replace_all(around.clause, "")))
}

/// 价格备案, 予以返还 and 资助期满 tell what is handled and when, not what is charged or granted.
static NO_TERMS: Pattern = LazyLock::new(|| pattern(r"价格|(?:予以)?返还|资助期"));

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
        assert_eq!(done(since, "，各区政府应当无条件完成接收。"), Some("完成接收"));
        assert_eq!(done(since, "，以书面形式答复。"), Some("以书面形式答复"));
        assert_eq!(done("公示期满后6个月内", "，统一发放到花农账户。"), Some("发放到花农账户"));
        assert_eq!(
            done("审批完成后30个工作日内", "，由市园林局将补贴资金拨付至花农账户。"),
            Some("将补贴资金拨付至花农账户")
        );
        assert_eq!(
            done("在1个工作日内", "，一次性告知花农需要补正的材料。"),
            Some("一次性告知花农需要补正的材料")
        );
        assert_eq!(done("在1个工作日内", "，告知花农需要补正的材料。"), None);
        assert_eq!(
            done("园林部门应在核发采伐证之日起5个工作日内", "，将采伐证抄送同级林业部门。"),
            Some("将采伐证抄送同级林业部门")
        );
        assert_eq!(done(since, "，种树5棵。"), None);
        assert_eq!(done("自苗木买卖合同签订之日起3个月内", "，应完成补种。"), None);
    }
}
