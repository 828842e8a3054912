//! What denies that a quantity is promised. In: its claim and what surrounds it; out: yes or no. Support terms (money granted,
//! lent or charged), conditions that somebody has to meet, facts about the past, standards and names promise nothing. The
//! surprise: most of these words stand outside the clause: 在库企业，增速高于8%，给予奖励.

use super::acted_on::relieves;
use super::duration::shortens;
use super::nickname::is_nickname;
use super::norm::{is_norm, is_relaxed};
use super::past::{is_reported, tells_past};
use super::quantity::Sort;
use super::requirement::is_required_of_others;
use super::surroundings::{Claim, Hold, Surroundings};
use super::threshold::{is_limit_or_report, is_threshold};
use super::wording::find_modality;
use crate::text::{Pattern, pattern};
use std::sync::LazyLock;

static SUPPORT: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"奖励|奖补|补助|补贴|资助|贴息|贴补|奖金|给予|返还|减免|留抵|免税面积|减按|免征|免收|征收|税率|利率|费率|首付|贷款额度|贷款限额|可贷|贷款最高|最高贷|贷款年限|授信额度|罚款|处罚|赔偿|",
        r"缴存|缴纳|缴交|公积金|还款|月供|收费(?:标准|项目|分别|按|减|降)|服务费|租金|保费|保证金|担保费|代偿|折扣|消费券|购房券|票面|以奖代补|专项资金|资金支持|注册资本|出资|扣除|提取|违约金|滞纳金|单价|售价|工资|契税|起征|每平方米|元[/／]平方米|监管资金|预售资金|上浮|下浮|浮动|出让价款|出让金|缴至|预征|再贷款|贷款的?比例|(?:予以|给予)[^，]{0,4}补偿|补偿(?:款|费|金|标准)|容积率|面宽|套内|抵减|抵扣|建设费|报销比例|赔付比例|(?:款|基金)支付比例|预付款|形象进度|进深|层高|不应|不宜"
    ))
});

/// Whatever is said of the housing fund and its loans sets terms; 公积金等窗口 only names it.
static FUND: Pattern = LazyLock::new(|| pattern(r"公积金(?:[^、等]|$)"));

/// A clause that says who or what something applies to.
static CONDITIONAL: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:对(?:[^外口标接内]|$)|凡|如[^期]|若[^干]|按(?:照|[^照时期年质量程])|依据|根据|经[^营济常]|因[^地]|当[^年月季地日]|在[^，]*(?:时(?:[^限间段效长]|$)|后|前提下)|符合|满足|年满)|的$|(?:的|后|[^瓦小]时|者|情形之一|[^装套设学产作住活础]条件)[：:]?$|以下条件|下列|申请人|应当符合",
    )
});

/// Measured again and again: 连续3个月达到….
static MEASURED: Pattern = LazyLock::new(|| {
    pattern(
        r"连续(?:\d+|[一二两三四五六七八九十]+)(?:个)?(?:年|月|季度|周|天|日|次)[^，。]{0,4}(?:达|低于|高于|超过|不足)",
    )
});

/// What is then done, or only then allowed: it makes the level before it a condition.
static TRIGGERS: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"^[^；。]{0,40}?[，,](?:可|均)?不(?:计入|计算)|^[^；。]{0,12}?[，,](?:可|则|即|应|将|自动|立即)?(?:以)?(?:暂停|恢复|调减|调增|启动(?:预警|响应|应急|退出|问责|追责|程序|机制|调整|审核|复核)|停止|终止|取消(?:其|该|资格|称号|享受)|中止)",
        r"|^[，,]将其|^[，,](?:且|并)[^，。；]{2,}的[，,]|^[^；。]*[，,][^；。]*的[，,](?:方可|方能|才可|才能)|^[，,](?:即可|方可|方能|才可|才能)(?:以)?(?:办理|申请|申领|享受|取得|预售|销售|上市|参加|认定|转让)"
    ))
});

/// 不足500亩的，给予补助: the clause that the level closes is a condition of the next.
static GRANTED_BEHIND: Pattern = LazyLock::new(|| {
    pattern(r"^[，,](?:分别|均|一次性)?(?:方可|方能|才可|才能|可以|予以|给予|不予)")
});

/// Papers that somebody has to hand in.
static HANDED_IN: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:提交|报送|提供|递交|上传|附|携带)[^。；]*(?:复印件|照片|近照|证件|身份证|证书)|(?:提交|报送|提供|递交|将)[^。；]*(?:一式|申请书各?\d|申报书各?\d)",
    )
});

static LENDS: Pattern = LazyLock::new(|| pattern(r"(?:设立|安排|提供)$"));

/// 不单独供应8亩以下的地块: what is not done is no promise of its size.
static FORBIDS: Pattern =
    LazyLock::new(|| pattern(r"不(?:单独|再|得|予|宜|可|准|应)[\p{Han}]{1,4}$"));

/// 可以调整至不低于3%, 可再下浮不超过3%: what somebody may do.
static PERMITS: Pattern = LazyLock::new(|| {
    pattern(
        r"可以?(?:结合|在)[^，。；]{2,}(?:上浮|下浮|下降|降低|提高|调整|优惠)$|可以?(?:以[\p{Han}]{1,4})?(?:购买|申购|租赁|回购)[\p{Han}]{0,12}$|可以?(?:在[\p{Han}]{2,12}基础上|安排|调整|适当|放宽|降低|提高|延长|达|按)[\p{Han}]{0,10}(?:\d[\d.]*%?[到至])?$",
    )
});

/// 花架可凸出外墙不大于0.8米: what somebody may do, up to a limit; 可容纳不超过 tells what there will be.
fn permits_up_to(claim: &Claim<'_>) -> bool {
    static MAY: Pattern =
        LazyLock::new(|| pattern(r"可以?[\p{Han}&&[^以达容供实满带望能]][\p{Han}]{0,11}$"));
    ["不超过", "不大于", "不高于", "最多"].iter().any(|limit| claim.text.starts_with(limit))
        && MAY.is_match(claim.before)
}

static SCORES: Pattern =
    LazyLock::new(|| pattern(r"(?:得|加|扣|计|最多|满分)\s*\d[\d.、,和至-]*分|不得分"));

static QUALIFIES: Pattern =
    LazyLock::new(|| pattern(r"(?:^|[，,。])(?:对|对于|凡|支持|鼓励)[^；]*$"));

static GIVES: Pattern = LazyLock::new(|| pattern(r"给予[^，。]{0,24}(?:奖|补|元)"));

/// Things that are to be recognised must meet a size.
static ADMITS: Pattern =
    LazyLock::new(|| pattern(r"^(?:新?认定|申报|入选|纳入|入库)[^，]{0,10}的"));

/// 建温室5座的条件暂不具备: what is put off.
static NOT_YET: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:条件|时机)(?:目前)?(?:尚|暂|还)?(?:不具备|不成熟|未成熟|未具备)|暂(?:时)?不(?:具备|宜|设立|实施|考虑|安排)",
    )
});

/// What is granted to somebody.
static GRANTS: Pattern = LazyLock::new(|| {
    pattern(r"给予|奖励|奖补|补助|补贴|减免|免征|减按|贴息|返还|优先|享受|兑现|下浮")
});

/// Whether the words around a quantity tell that it is no promise.
pub(super) fn is_denied(claim: &Claim<'_>, around: &Surroundings<'_>) -> bool {
    is_past(around)
        || NOT_YET.is_match(around.clause)
        || (is_support(claim.sort, around) && !is_chosen(claim, around) && !shares_count(claim))
        || is_condition(claim, around)
        || is_trigger(claim, around)
        || is_scored(around)
        || (is_qualified(around) && !is_organised(claim, around))
        || around.clause.contains("等标准")
        || is_scale(around)
        || lends(claim)
        || is_specified(claim, around)
        || is_quota(claim, around)
        || is_nickname(claim)
        || is_class(claim)
        || is_merged(around)
        || is_limit_or_report(claim, around)
        || is_relaxed(claim, around)
        || is_applied_for(around)
        || is_budgeted(claim, around)
        || is_defined(around)
        || is_limit_of_terms(around)
        || is_purpose(around)
        || claim.before.ends_with("用好")
        || is_required_of_others(claim, around)
        || claim.after.starts_with(['/', '／'])
}

/// 为实现排放减少10%的目标，建设…: what follows serves a goal that is set elsewhere.
fn is_purpose(around: &Surroundings<'_>) -> bool {
    static SERVES: Pattern = LazyLock::new(|| {
        pattern(r"^为(?:了|确保|如期|全面)?(?:实现|完成|达到|落实)[^，]*(?:目标|任务|要求)$")
    });
    SERVES.is_match(around.clause)
}

/// 投资额未达到35%的项目, 购买大于90平方米（含）的苗圃, 核减2套: the number says which things are meant, or how they are counted.
fn is_class(claim: &Claim<'_>) -> bool {
    static FAILS_TO: Pattern = LazyLock::new(|| pattern(r"未(?:达到?|满|完成|超过)$"));
    static ASIDE_OF: Pattern = LazyLock::new(|| pattern(r"^[（(]含[^（）()]*[）)]的"));
    (FAILS_TO.is_match(claim.before) && claim.after.starts_with('的'))
        || ASIDE_OF.is_match(claim.after)
        || claim.before.ends_with("核减")
        || is_threshold(claim)
}

/// 将苗木检疫、苗圃登记等2项，合并为1项: how many there have been.
fn is_merged(around: &Surroundings<'_>) -> bool {
    static MERGES: Pattern = LazyLock::new(|| pattern(r"^[，,]?(?:合并|整合|归并)(?:为|成)"));
    around.clause.starts_with('将') && MERGES.is_match(around.rest())
}

/// 小苗圃是指面积不超过9亩的苗圃: what a word means.
fn is_defined(around: &Surroundings<'_>) -> bool {
    !around.is_governed() && around.statement.contains("是指")
}

/// 贷款利率上限为5%，下限为4%: the second limit is of the same terms.
fn is_limit_of_terms(around: &Surroundings<'_>) -> bool {
    ["上限", "下限"].iter().any(|limit| around.clause.starts_with(limit))
        && tells_support(around.statement)
}

/// 支出预算9万元, 财政拨款收入8万元: what a budget lists.
fn is_budgeted(claim: &Claim<'_>, around: &Surroundings<'_>) -> bool {
    static BUDGET: Pattern = LazyLock::new(|| {
        pattern(
            r"(?:收入|支出|部门|经费)预算|预算(?:总额|收支|安排)|财政拨款|基本支出|项目支出|“三公”|涉及资金",
        )
    });
    static CUTS: Pattern = LazyLock::new(|| pattern(r"压减|压缩|降低|控制|下降"));
    // 市级承担30%: who pays which part.
    static SHARES_COSTS: Pattern = LazyLock::new(|| {
        pattern(
            r"(?:财政|[省市县区]级?(?:[（(][^（）()]*[）)])?|地方|企业|个人)[\p{Han}]{0,6}(?:承担|分担|负担)$",
        )
    });
    if matches!(claim.sort, Sort::Money | Sort::Share)
        && SHARES_COSTS.is_match(claim.before)
        && !relieves(claim)
    {
        return true;
    }
    claim.sort == Sort::Money && BUDGET.is_match(around.clause) && !CUTS.is_match(around.clause)
}

/// 申报花圃贷款的项目，覆盖率原则上不低于5%: what those who apply have to meet.
fn is_applied_for(around: &Surroundings<'_>) -> bool {
    static APPLIES: Pattern = LazyLock::new(|| pattern(r"^(?:申报|申请|报名)[^，。；]{2,30}的"));
    !around.is_governed() && APPLIES.is_match(around.statement)
}

/// Whether the words before forbid or set a norm: 不单独供应…, 不得超过….
pub(super) fn is_forbidden(claim: &Claim<'_>, around: &Surroundings<'_>) -> bool {
    // 但费用不得超过…的30%: a proviso is a norm, whatever else the clause names.
    let is_proviso = around.clause.starts_with(['但', '且']) && around.hold != Hold::Due;
    // 不得超过确保花展所需资金的30%: what is to be ensured only says of what the share is.
    let is_ensured_behind = || {
        let (before, behind) = around.clause.split_once("不得超过").unwrap_or_default();
        around.hold != Hold::Due && behind.contains("确保") && find_modality(before).is_none()
    };
    let is_loose = !around.is_governed() || is_proviso || is_ensured_behind();
    FORBIDS.is_match(claim.before)
        || ((is_loose || around.only_recurs)
            && (PERMITS.is_match(claim.before) || permits_up_to(claim)))
        || (is_loose && (claim.text.starts_with("不得") || claim.before.contains("不得超过")))
        || (is_loose && is_norm(claim))
}

/// Whether something is granted in `words`.
pub(super) fn grants(words: &str) -> bool {
    GRANTS.is_match(words)
}

/// A clause that only says when or to whom something applies. A deadline makes 对…达到… a promise; 若… never is one.
fn is_condition(claim: &Claim<'_>, around: &Surroundings<'_>) -> bool {
    static FAILS: Pattern = LazyLock::new(|| pattern(r"^对[^，]*(?:未达|不足|低于|尚未)"));
    let hangs_on = ["若", "如果", "每完成", "每达到", "每增加", "每满"];
    let does = around.is_governed() && (claim.reaches || claim.does());
    hangs_on.iter().any(|opening| around.clause.starts_with(opening))
        || FAILS.is_match(around.clause)
        || (CONDITIONAL.is_match(around.clause)
            && !does
            && !opens_with_purpose(around.clause)
            && !shortens(claim, around))
}

/// 支持企业参加展会，组织50家企业参展，给予支持: what the issuer itself organises, though something is granted as well.
fn is_organised(claim: &Claim<'_>, around: &Surroundings<'_>) -> bool {
    let goes_on = claim.before.is_empty() && around.sibling == Some(true);
    // 支持苗圃参加超50个花展: how many the issuer takes them to.
    let takes_part =
        claim.is_bounded && claim.before.ends_with("参加") && !claim.after.contains('的');
    claim.sort == Sort::Count
        && (!around.statement.starts_with('对') || around.is_governed())
        && !claim.before.contains("一次性")
        && (goes_on
            || takes_part
            || [
                "组织", "举办", "开展", "培训", "遴选", "选树", "评选", "精选", "优选", "选派",
                "认定",
            ]
            .iter()
            .any(|verb| claim.before.ends_with(verb)))
}

/// 享受补助苗圃数量应不低于苗圃总数的30%: how many of them, whatever they get.
fn shares_count(claim: &Claim<'_>) -> bool {
    static COUNT: Pattern = LazyLock::new(|| {
        pattern(r"(?:数量|个数|人数|户数)(?:应|原则上|须)*不(?:低于|少于)[\p{Han}]{2,16}的$")
    });
    claim.sort == Sort::Share && COUNT.is_match(claim.before)
}

/// 按照年产值超过500万元、200—500万元标准，分别兑现…: the steps by which something is granted.
fn is_scale(around: &Surroundings<'_>) -> bool {
    static SCALE: Pattern = LazyLock::new(|| pattern(r"按照?[^，]*(?:标准|档次|等级|档)(?:的)?$"));
    SCALE.is_match(around.clause) && GRANTS.is_match(around.rest())
}

/// 每年评选5家苗圃给予扶持, 2027年底前补贴100家花店: how many the issuer chooses, whatever they then get.
fn is_chosen(claim: &Claim<'_>, around: &Surroundings<'_>) -> bool {
    static CHOOSES: Pattern =
        LazyLock::new(|| pattern(r"(?:评选|遴选|选树|认定|选派|精选|优选|选拔)$"));
    static SUPPORTS: Pattern = LazyLock::new(|| pattern(r"(?:补贴|资助|扶持|支持)$"));
    static HANDS_OUT: Pattern = LazyLock::new(|| pattern(r"发放[^，]{0,12}补贴$"));
    let reaches_people = claim.after.is_empty() && claim.unit.contains(['户', '人']);
    claim.sort == Sort::Count
        && ((CHOOSES.is_match(claim.before) && around.is_governed())
            || (claim.before.is_empty() && around.sibling == Some(true))
            || (SUPPORTS.is_match(claim.before)
                && (around.hold == Hold::Due || around.clause.starts_with("每年")))
            || (reaches_people && HANDS_OUT.is_match(claim.before)))
}

/// 连续3个月低于80%，恢复受理; 覆盖率不足20%，且…的，方可申请: a level that something else hangs on.
fn is_trigger(claim: &Claim<'_>, around: &Surroundings<'_>) -> bool {
    // 组织不少于60人的旅行团，给予1万元: what a sum is granted for.
    static PAYS: Pattern = LazyLock::new(|| {
        pattern(r"^[，,](?:分别|一次性|最高|每[^，。；]{1,8})?给予[^，。；]{0,16}?\d")
    });
    let rest = around.rest();
    let is_loose = claim.is_bounded && !around.is_governed();
    MEASURED.is_match(around.clause)
        || (TRIGGERS.is_match(rest) && !shortens(claim, around))
        || (is_loose && PAYS.is_match(rest))
        || (hangs_grant_on(around.clause) && GRANTED_BEHIND.is_match(rest))
        || HANDED_IN.is_match(around.statement)
}

/// 对2031年达到1万平方米且增加的花展，予以奖励; 面积每增加1万平方米，给予奖励: what a grant behind it is for.
fn hangs_grant_on(clause: &str) -> bool {
    clause.ends_with('的')
        || (clause.starts_with('对') && clause.contains('的'))
        || ["每增加", "每增长", "每提高"].iter().any(|step| clause.contains(step))
}

/// 设立10亿元专项贷款, 用好90亿元贷款: money that is lent, or that is there already.
fn lends(claim: &Claim<'_>) -> bool {
    // 推进33亿元债券支持的项目: the money says which.
    static BACKS: Pattern = LazyLock::new(|| {
        pattern(
            r"^[\p{Han}]{0,12}(?:债券|资金|基金|贷款|工具)[\p{Han}]{0,4}(?:支持|安排|投资|资助)的",
        )
    });
    claim.sort == Sort::Money
        && (claim.before.contains("用好")
            || BACKS.is_match(claim.after)
            || (LENDS.is_match(claim.before)
                && ["贷款", "信贷", "授信"].iter().any(|loan| claim.after.ends_with(loan))))
}

/// 萌发率≥95%: a sign that stands in specifications; in a table of targets a deadline heads it.
fn is_specified(claim: &Claim<'_>, around: &Surroundings<'_>) -> bool {
    claim.text.starts_with(['≥', '≤']) && !around.is_governed()
}

/// 每单位推荐不超过5人, 限申报1个项目: how many somebody may put forward.
fn is_quota(claim: &Claim<'_>, around: &Surroundings<'_>) -> bool {
    static PUTS_FORWARD: Pattern = LazyLock::new(|| pattern(r"(?:推荐|限报|申报)[^，]{0,12}$"));
    // 可向部委推荐人才20名.
    static MAY_PUT_FORWARD: Pattern =
        LazyLock::new(|| pattern(r"可(?:以)?(?:向[\p{Han}]{2,12})?(?:推荐|申报)[\p{Han}]{0,16}$"));
    let is_limited = claim.text.contains("不超过")
        || claim.text.contains("不得超过")
        || claim.before.contains('限');
    claim.sort == Sort::Count
        && is_limited
        && PUTS_FORWARD.is_match(claim.before)
        && !around.is_governed()
        || (claim.sort == Sort::Count && MAY_PUT_FORWARD.is_match(claim.before))
}

/// 覆盖率20%以上，得1分: a criterion, not a promise.
fn is_scored(around: &Surroundings<'_>) -> bool {
    SCORES.is_match(around.whole)
}

/// 在库企业，增速高于8%，给予奖励: what an enterprise reaches to be granted something.
fn is_reached_by_recipient(around: &Surroundings<'_>) -> bool {
    static RECIPIENT: Pattern =
        LazyLock::new(|| pattern(r"(?:企业|单位|个人|项目|机构|人才|商家|主体)[，,]"));
    // 汇集一批苗圃企业，以及200项技术: they are what is brought together.
    static BROUGHT: Pattern = LazyLock::new(|| pattern(r"一批[^，,]{2,20}[，,]$"));
    let before = around.statement.get(..around.statement.len() - around.clause.len());
    before.is_some_and(|before| RECIPIENT.is_match(before) && !BROUGHT.is_match(before))
        && GIVES.is_match(around.rest())
}

/// 对…不低于5000万元的企业，给予奖励: everything between 对 and the support says who gets it.
fn is_qualified(around: &Surroundings<'_>) -> bool {
    if is_reached_by_recipient(around) {
        return true;
    }
    let admits = ADMITS.is_match(around.clause) && around.hold == Hold::Loose;
    admits
        || (around.hold != Hold::Due
            && QUALIFIES.is_match(around.statement)
            && GRANTS.is_match(around.rest()))
}

/// 对…实行 and 按…要求 may open a promise; what applies only if is a condition.
fn opens_with_purpose(clause: &str) -> bool {
    // 按就近的原则为每个社区种树5棵: by which principle it is done.
    static BY_PRINCIPLE: Pattern = LazyLock::new(|| pattern(r"^按照?[^，]{2,24}原则[^，]{4,}"));
    // 按照不低于花农总数5%的比例设立岗位: how many of them there are to be.
    static BY_SHARE: Pattern = LazyLock::new(|| {
        pattern(
            r"^按照?不(?:低于|少于)[^，]{0,16}?\d[\d.]*%的?比例(?:配备|设立|设置|配置|安排|选派|配强)",
        )
    });
    // 对苗圃每两年进行一次审核: what the issuer does again and again.
    static REPEATED: Pattern = LazyLock::new(|| {
        pattern(
            r"^对[^，]{2,20}每[^，]{1,6}(?:进行|开展|组织|抽查|检查|巡查|回访|评估|轮训)(?:至少|不少于)?[一两三四\d]次",
        )
    });
    ((clause.starts_with('按') || clause.starts_with("根据")) && clause.contains("要求"))
        || BY_SHARE.is_match(clause)
        || BY_PRINCIPLE.is_match(clause)
        || REPEATED.is_match(clause)
        || provides_each(clause)
}

/// 按照每千名居民3张配置: what each of many is to get.
pub(super) fn provides_each(clause: &str) -> bool {
    static PER_HEAD: Pattern = LazyLock::new(|| {
        pattern(
            r"^按照?每[个名位县村镇所家户][\p{Han}]{1,12}(?:选配|配备|建设|安排|落实|培养|带教|开设|设立)(?:不少于|至少)?\d|^按照?每[\p{Han}]{1,8}(?:不(?:少于|低于))?\d[^，]*(?:规划|建设|设置|配备|配置|配建|充实)|^按照?每人每[日天月](?:不(?:少于|低于))?\d[^，元]*的?标准[\p{Han}]{0,2}(?:送|供|储备|保障|配送|提供)",
        )
    });
    PER_HEAD.is_match(clause)
}

/// Whether the clause reports: a deadline tells that 已建成的… is only which things are meant.
fn is_past(around: &Surroundings<'_>) -> bool {
    (tells_past(around.clause) && !around.is_governed()) || is_reported(around.clause)
}

/// 政府补贴性培训 is a kind of training; 上级补助收入 is what the issuer gets; 行政处罚信息 is what it publishes;
/// 公积金等窗口 is one of many; 征收部门 takes land, not money; 价格评审 is a way to choose bidders; 价格涨幅 is an
/// indicator.
const NO_SUPPORT: [&str; 20] = [
    "补贴性",
    "工资专用",
    "工资支付",
    "工资性收入",
    "资金支持的",
    "补助收入",
    "行政处罚",
    "保费收入",
    "公积金等",
    "公积金、",
    "被征收",
    "征收部门",
    "征收实施",
    "房屋征收",
    "土地征收",
    "价格评审",
    "销售价格涨幅",
    "价格涨幅",
    "价格指数",
    "价格总水平",
];

/// Whether words speak of money granted, lent or charged. Consumer prices are an indicator, not a price.
pub(super) fn tells_support(words: &str) -> bool {
    // 给予书面答复 gives no money; 出台花店奖励政策，推动… tells of no terms.
    static ANSWERS: Pattern = LazyLock::new(|| {
        pattern(
            r"给予(?:书面)?(?:答复|回复|反馈|办理|受理|审核|审批|决定)|并(?:给予|予以)(?:重点|优先|大力)(?:支持|扶持|培育|倾斜)|(?:制定|出台)[^，。；]{0,16}(?:奖励|奖补|补贴)(?:政策|办法)(?:和[^，。；]{2,10}政策)?(?:[，,]|$)",
        )
    });
    // 占比不应低于 sets a share to be reached.
    static SHARE: Pattern =
        LazyLock::new(|| pattern(r"(?:比例|占比|比重|率)(?:均|原则上)?不应(?:低于|少于|小于)"));
    let told = SHARE.replace_all(words, "");
    let told = ANSWERS.replace_all(&told, "");
    let told = NO_SUPPORT.iter().fold(told, |told, other| {
        if told.contains(other) { told.replace(other, "").into() } else { told }
    });
    SUPPORT.is_match(&told) || told.contains("价格") && !words.contains("消费价格")
}

/// Whether the words around are about support. A deadline or 力争 sets a clause apart from the terms before it.
fn is_support(sort: Sort, around: &Surroundings<'_>) -> bool {
    // 公积金放款时限缩短至3个工作日: how fast money is paid out is no term of the payment.
    static HASTENS: Pattern = LazyLock::new(|| {
        pattern(
            r"(?:办理|放款|审批|审核|发放|受理|办结)(?:时限|时间|时长|周期)[\p{Han}\d]*?(?:缩短|压缩|压减)(?:到|至|为)|(?:缩短|压缩|压减)[\p{Han}]{0,12}(?:办理|放款|审批|审核|发放|受理|办结)(?:时限|时间|时长|周期)(?:到|至)",
        )
    });
    match sort {
        Sort::Time if HASTENS.is_match(around.clause) => false,
        // 每人每月900元 is paid to somebody.
        Sort::Money if around.clause.starts_with("每人") || around.clause.starts_with("每户") => {
            true
        }
        // 发放消费券，花卉消费年均增长8%: growth that is aimed at, whatever is granted besides.
        Sort::Share if around.only_recurs && around.clause.contains("年均增长") => {
            tells_support(around.clause)
        }
        Sort::Money | Sort::Share if !around.is_governed() || around.only_recurs => {
            tells_support(around.statement)
        }
        Sort::Money | Sort::Share | Sort::Time | Sort::Count | Sort::Size => {
            tells_support(around.clause)
                || (around.hold != Hold::Due && FUND.is_match(around.statement))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_takes_land_or_chooses_bidders_grants_nothing() {
        assert!(!tells_support("房屋征收部门自收到申请后5个工作日内审核"));
        assert!(!tells_support("综合运用价格评审优惠等措施"));
        assert!(tells_support("减半征收"));
    }
}
