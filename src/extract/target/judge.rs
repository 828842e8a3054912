//! Whether a quantity is promised. In: a part of a clause and what surrounds it; out: yes or no. Promised is what
//! the issuer undertakes to reach, build, hold, train or cut. Not promised are support terms (money granted, lent or
//! charged), conditions, facts about the past and names. The surprise: the same words promise or describe
//! depending on a deadline, so a deadline, a frequency or 力争 lowers the bar.

use super::indicator::is_task;
use super::part::Part;
use super::quantity::{Sort, find_bound_of};
use crate::document::Qualifier;
use crate::text::{Pattern, pattern};
use std::sync::LazyLock;

/// How firmly a clause is tied to a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Hold {
    /// Not at all.
    #[default]
    Loose,
    /// A deadline of the sentence, a frequency or 力争 governs it.
    Governed,
    /// It names a deadline itself.
    Due,
}

/// What surrounds a part.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Surroundings<'a> {
    /// The clause that the part is cut from.
    pub(super) clause: &'a str,
    /// The words between two semicolons or full stops that the clause stands in.
    pub(super) statement: &'a str,
    /// The statement to its end.
    pub(super) whole: &'a str,
    /// What ties the clause to a time.
    pub(super) hold: Hold,
    /// Only a frequency ties it: 每月.
    pub(super) only_recurs: bool,
    /// The verdict on the part before it in the same clause.
    pub(super) sibling: Option<bool>,
    /// The quantity before in the sentence is promised.
    pub(super) goes_on: bool,
    /// What all things of a list do, from the words behind its last one.
    pub(super) shared_phrase: Option<&'a str>,

    /// The clause belongs to an article of a regulation.
    pub(super) in_article: bool,
}

impl Surroundings<'_> {
    fn is_governed(&self) -> bool {
        self.hold >= Hold::Governed
    }
}

static SUPPORT: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"奖励|奖补|补助|补贴|资助|贴息|贴补|奖金|给予|返还|减免|减按|免征|免收|征收|税率|利率|费率|首付|贷款额度|贷款限额|可贷|贷款最高|最高贷|贷款年限|授信额度|罚款|处罚|赔偿|",
        r"缴存|缴纳|公积金|收费标准|收费项目|服务费|租金|保费|保证金|担保费|代偿|折扣|消费券|购房券|票面|以奖代补|专项资金|资金支持|注册资本|出资|扣除|提取|违约金|滞纳金|单价|售价|工资|契税|起征|每平方米|/平方米|监管资金|预售资金|上浮|下浮|浮动|容积率|面宽|套内|进深|层高|不应|不宜"
    ))
});

/// Whatever is said of the housing fund and its loans sets terms.
static FUND: Pattern = LazyLock::new(|| pattern(r"公积金"));

static PAST: Pattern = LazyLock::new(|| {
    pattern(
        r"已(?:经)?(?:[^，]{0,6})(?:建|完|达|超|实现|有|开展|举办|投)|截至(?:目前|20\d\d)|目前|去年|上年|上一年度|近年来|以来|“十[一二三]五”(?:时期|期间|以来)|先后|同期|同比|增长了|达到了|完成了|新增了|累计(?:发放|完成)了|过去",
    )
});

/// A clause that says who or what something applies to.
static CONDITIONAL: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:对|凡|如|若|按照?|依据|根据|经|因|当|在[^，]*(?:时|后|前提下)|符合|满足|年满)|的$|(?:的|后|时|者|情形之一|条件)[：:]?$|以下条件|下列|申请人|应当符合",
    )
});

/// 达到了, 建成了: reported, whatever deadline stands beside it.
static REPORTED: Pattern = LazyLock::new(|| {
    pattern(r"(?:达到?|完成|实现|新增|增长|增加|提高|下降|突破|超过|建成|建立|形成|培育)了")
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
        r"^[^；。]{0,40}?[，,](?:可|均)?不(?:计入|计算)|^[^；。]{0,12}?[，,](?:可|则|即|应|将|自动|立即)?(?:以)?(?:暂停|恢复|调减|调增|启动|停止|终止|取消|中止)",
        r"|^[^；。]*[，,][^；。]*的[，,](?:方可|方能|才可|才能)"
    ))
});

/// 不足500亩的，给予补助: the clause that the level closes is a condition of the next.
static GRANTED_BEHIND: Pattern =
    LazyLock::new(|| pattern(r"^[，,](?:方可|方能|才可|才能|可以|予以|给予|不予)"));

/// Papers that somebody has to hand in.
static HANDED_IN: Pattern = LazyLock::new(|| {
    pattern(r"(?:提交|报送|提供|递交|上传|附|携带)[^。；]*(?:复印件|照片|近照|证件|身份证|证书)")
});

/// 设立10亿元专项贷款 lends money.
static LENDS: Pattern = LazyLock::new(|| pattern(r"(?:设立|安排|提供)$"));

/// 招生规模不少于招生计划: a size is bounded by a share of another, not a price or a fee.
static MEASURES_A_SIZE: Pattern =
    LazyLock::new(|| pattern(r"总|(?:规模|数量|人数|面积|招生|产量)[^，]{0,4}不"));

static REACHES: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:达到?|力争达|为|至|到|突破|完成|实现|新增|净增|增加|增长|提高|提升|下降|降低|减少|压减|削减|控制在|控制|压缩|缩短|稳定在|保持在|维持在|保持|稳定|增幅|涨幅|增速|占比?|完成[^，]{0,10}的|分别|累计|总计|共|共计|不少|拓展|扩大|回收|消纳|集聚|吸引|形成|达成|高出|(?:率|比例|占比|比重|水平|强度)在)(?:年均|平均|剩余|其余|“[^“”]*”)?$",
    )
});

static MAKES: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"(?:建设|建成|新建|续建|改建|扩建|改扩建|改造|打造|培育|培养|引进|引育|推出|举办|开展|召开|组织|发布|公布|印发|制定|制修订|创建|创成|建立|设立|设置|布局|储备|认定|遴选|选派|选树|评选|实施|落地|签约|开工|竣工|投产|投用|",
        r"建|招引|招收|招聘|招募|培训|治理|整治|修复|发展|争创|争取|获批|获得|推广|配备|配置|投放|开通|新开通|新开|开行|新开工|谋划|吸纳|孵化|转化|开发|提供|派发|发放|筹集|筹建|供应|盘活|淘汰|拆除|搬迁|参加|新签|订单|新增|新|完成|实现|形成|建好|办好|攻克|突破|授权|申报|入库|挂牌|上市|列入|纳入|更新|购置|安置|帮扶|巡查|检查|抽查|创作|编制|出版|评定|命名|表彰|选拔|核准|审批|筛选|招录|录用|组建|征集|走访|对接|带动|汇聚|归集|推送|增设|增加|植树|造林|绿化|复垦|整理|处置|销号|转移|输送|分流|覆盖|服务|惠及)$"
    ))
});

static MAKES_WEAKLY: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:支持|指导|引导|推进|推动|抓好|加快|促进|落实|保障|扶持|深化|做强|用好|安排|预支|完善|加强|强化|巩固|提升|改善|优化)(?:[^，。]{0,2})$",
    )
});

/// A verb at the start of a clause whose number stands at its end: 建设公园5个.
static OPENS_WITH_VERB: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:[^，]{0,12}?)(?:建设|建成|新建|续建|新改建|改建|扩建|改扩建|改造|打造|培育|培养|引进|引育|推出|举办|开展|组织|发布|制定|制修订|创建|设立|储备|认定|遴选|实施|落地|签约|开工|竣工|投产|完成|实现|新增|新开工|招引|培训|治理|整治|修复|发展|争创|推广|配备|配置|投放|开通|提供|筹集|供应|盘活|淘汰|累计|增加|形成|安置|吸纳|开拓|受益|建|新签|确保|消化|转移|造林|压减|投资|综合治理|重点推进|推进|服务|惠及|发放|带动|吸引|帮助|招录|筛选|走访|接待|集聚)",
    )
});

static ECONOMIC: Pattern = LazyLock::new(|| {
    pattern(
        r"产值|收入|规模|强度|亩均|总额|增加值|投资|贷款|信贷|融资|交易额|零售额|进出口|出口|销售额|成交|订单|债券|基金|产业|营收|利润|存款|保费收入|外资|税收|余额|经费|支付使用|额度任务|放款|授信",
    )
});

/// 3个工作日内办结, 5个工作日内完成审核: what the issuer does within a time.
static HANDLED_WITHIN: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:[（(][^（）()]*[）)])?(?:予以)?(?:公开|公布|办结|办理|完成|办好|办妥|出具|审核|审批|审查|核发|发放|拨付|兑付|反馈|答复|回复|回访|受理|初审|批复|核准|备案|验收|对[\p{Han}]{1,10}进行)",
    )
});

/// 不单独供应15亩以下的地块: what is not done is no promise of its size.
static FORBIDS: Pattern =
    LazyLock::new(|| pattern(r"不(?:单独|再|得|予|宜|可|准|应)[\p{Han}]{1,4}$"));

/// Who has to keep a time that the issuer sets, instead of the issuer.
static APPLICANT: Pattern =
    LazyLock::new(|| pattern(r"申请人|当事人|购房人|用人单位|企业应|申报单位|受让人|买受人|逾期"));

static TIME_CUT: Pattern =
    LazyLock::new(|| pattern(r"压缩|缩短|压减|控制|提速|时限|时间|办结|减少到|减至"));

/// 新增第二批27个园区: the batch stands between verb and number.
static BATCH: Pattern =
    LazyLock::new(|| pattern(r"(?:第[一二三四五六七八九十\d]+批|首批|全[国省市县区])$"));

static REMOVES: Pattern =
    LazyLock::new(|| pattern(r"^[^，]{0,8}(?:消除|解决|整治|淘汰|关停|取缔|拆除)"));

/// What may stand before a number that opens its clause.
static OPEN_SUBJECT: Pattern = LazyLock::new(|| {
    pattern(r"^(?:力争|争取|确保|其中|至少|全[国省市县区]|我[省市县区]|使|推动|有|实现)*$|和$")
});

static SCORES: Pattern =
    LazyLock::new(|| pattern(r"(?:得|加|扣|计|最多|满分)\s*\d[\d.、,和至-]*分|不得分"));

static QUALIFIES: Pattern =
    LazyLock::new(|| pattern(r"(?:^|[，,。])(?:对|对于|凡|支持|鼓励)[^；]*$"));

static GRANTS: Pattern =
    LazyLock::new(|| pattern(r"给予|奖励|奖补|补助|补贴|减免|免征|减按|贴息|返还|优先|享受"));

static GIVES: Pattern = LazyLock::new(|| pattern(r"给予[^，。]{0,24}(?:奖|补|元)"));

/// Things that are to be recognised must meet a size.
static ADMITS: Pattern =
    LazyLock::new(|| pattern(r"^(?:新?认定|申报|入选|纳入|入库)[^，]{0,10}的"));

static DOES: Pattern = LazyLock::new(|| {
    pattern(
        r"建成|达到|实现|完成|纳入|通过|覆盖|接入|具备|创成|创建|开展|得到|列入|投入|开工|竣工|投产|复产|复工|建有|取得|配备|完工|贯通|通车|参加|使用|推行|实行|启动|入驻|落户|上线|建到|建在|入园|迁入",
    )
});

/// Whether the quantity of `part` is promised. `words` are those that the part's spans refer to.
pub(super) fn is_promised(part: &Part, words: &str, around: &Surroundings<'_>) -> bool {
    let before = part.before.slice(words);
    let after = part.after.slice(words);
    let sort = part.found.sort;
    let bounded = part.found.quantity.text.span.byte_start < part.found.span.byte_start;
    let unit = part.found.quantity.unit.as_deref().unwrap_or_default();
    let reaches = REACHES.is_match(before)
        || bounded
        || part.rises
        || (find_bound_of(before, unit) == Some(Qualifier::AtLeast)
            && MEASURES_A_SIZE.is_match(before));
    if sort == Sort::Time && is_handled_within(after, around) {
        return true;
    }
    if is_past(around)
        || is_support(sort, around)
        || (around.in_article && !around.is_governed() && !holds_event(part, before))
    {
        return false;
    }
    let hangs_on = ["若", "如果", "每完成", "每达到", "每增加", "每满"];
    if hangs_on.iter().any(|opening| around.clause.starts_with(opening)) {
        return false;
    }
    if CONDITIONAL.is_match(around.clause)
        && !(around.is_governed() && (reaches || DOES.is_match(after)))
        && !opens_with_purpose(around.clause)
    {
        return false;
    }
    let is_organised = sort == Sort::Count
        && ["组织", "举办", "开展", "培训"].iter().any(|verb| before.ends_with(verb));
    let hangs = is_trigger(around) || is_scored(around) || (is_qualified(around) && !is_organised);
    let is_other = around.clause.contains("等标准")
        || lends(sort, before, after)
        || is_nickname(unit, before, after)
        || before.ends_with("用好")
        || before.contains("用好") && sort == Sort::Money;
    if hangs || is_other || after.starts_with(['/', '／']) {
        return false;
    }
    if is_task(after) && before.contains("完成") {
        return true;
    }
    if reaches
        && ["的增速", "的增幅", "的增长", "的速度"].iter().any(|pace| after.starts_with(pace))
    {
        return true;
    }
    if allots(sort, before) {
        return true;
    }
    if FORBIDS.is_match(before) {
        return false;
    }
    if after.starts_with('的')
        || (sort == Sort::Money && !after.is_empty() && ends_with_bound(part))
    {
        return sort == Sort::Share && DOES.is_match(after);
    }
    // 30万吨/年 before a noun is the size of a plant, not a promise.
    let is_capacity = part.found.quantity.unit.as_deref().is_some_and(|unit| unit.ends_with("/年"));
    if is_capacity && !after.is_empty() {
        return false;
    }
    if before.ends_with(['前', '首', '第']) || after.starts_with(['级', '型', '制', '期']) {
        return false;
    }
    match sort {
        Sort::Time if before.ends_with("时长") => bounded || reaches,
        Sort::Time => TIME_CUT.is_match(before) && (reaches || ends_with_bound(part)),
        Sort::Money => {
            let economic = ECONOMIC.is_match(before) || ECONOMIC.is_match(after);
            let goes_on = around.goes_on && after.is_empty() && before.chars().count() <= 20;
            goes_on
                || economic
                    && (reaches
                        || around.is_governed()
                        || OPENS_WITH_VERB.is_match(before)
                        || MAKES.is_match(before)
                        || around.sibling == Some(true))
        }
        _ if after.is_empty() => {
            let is_bound = ends_with_bound(part) && !GRANTS.is_match(around.whole);
            is_promised_at_end(before, around, reaches || is_bound)
        }
        _ => is_promised_before_noun(sort, before, after, around, reaches),
    }
}

/// Whether the issuer promises to have done something within a time; articles set terms for everybody.
fn is_handled_within(after: &str, around: &Surroundings<'_>) -> bool {
    HANDLED_WITHIN.is_match(after)
        && !around.in_article
        && !APPLICANT.is_match(around.clause)
        && !tells_support(around.clause)
}

/// Articles set standards; what one says is held will be held.
fn holds_event(part: &Part, before: &str) -> bool {
    let held = ["举办", "召开", "举行"].iter().any(|verb| before.ends_with(verb));
    held && part.found.sort == Sort::Count
}

/// 连续3个月低于80%，恢复受理; 覆盖率不足20%，且…的，方可申请: a level that something else hangs on.
fn is_trigger(around: &Surroundings<'_>) -> bool {
    let rest = around.whole.get(around.statement.len()..).unwrap_or_default();
    MEASURED.is_match(around.clause)
        || TRIGGERS.is_match(rest)
        || (around.clause.ends_with('的') && GRANTED_BEHIND.is_match(rest))
        || HANDED_IN.is_match(around.statement)
}

fn lends(sort: Sort, before: &str, after: &str) -> bool {
    sort == Sort::Money
        && LENDS.is_match(before)
        && ["贷款", "信贷", "授信"].iter().any(|loan| after.ends_with(loan))
}

/// 预留40%面向…, 安排30%的场地: a share of what the issuer has is set aside.
fn allots(sort: Sort, before: &str) -> bool {
    sort == Sort::Share
        && ["预留", "安排", "拿出", "留出", "腾出"].iter().any(|verb| before.ends_with(verb))
}

/// 落实18条措施: a package that exists is called by the number of its points.
fn is_nickname(unit: &str, before: &str, after: &str) -> bool {
    let is_package =
        unit == "条" && ["措施", "政策", "举措", "意见"].iter().any(|noun| after.ends_with(noun));
    is_package && !["制定", "出台", "推出"].iter().any(|verb| before.ends_with(verb))
}

/// 覆盖率20%以上，得1分: a criterion, not a promise.
fn is_scored(around: &Surroundings<'_>) -> bool {
    SCORES.is_match(around.whole)
}

/// 在库企业，增速高于8%，给予奖励: what an enterprise reaches to be granted something.
fn is_reached_by_recipient(around: &Surroundings<'_>) -> bool {
    static RECIPIENT: Pattern =
        LazyLock::new(|| pattern(r"(?:企业|单位|个人|项目|机构|人才|商家|主体)[，,]"));
    let rest = around.whole.get(around.statement.len()..).unwrap_or_default();
    let before = around.statement.get(..around.statement.len() - around.clause.len());
    before.is_some_and(|before| RECIPIENT.is_match(before)) && GIVES.is_match(rest)
}

/// 对…不低于5000万元的企业，给予奖励: everything between 对 and the support says who gets it.
fn is_qualified(around: &Surroundings<'_>) -> bool {
    let rest = around.whole.get(around.statement.len()..).unwrap_or_default();
    if is_reached_by_recipient(around) {
        return true;
    }
    let admits = ADMITS.is_match(around.clause) && around.hold == Hold::Loose;
    admits || (QUALIFIES.is_match(around.statement) && GRANTS.is_match(rest))
}

/// 对…实行 and 按…要求 may open a promise; what applies only if is a condition.
fn opens_with_purpose(clause: &str) -> bool {
    (clause.starts_with('按') || clause.starts_with("根据")) && clause.contains("要求")
}

fn ends_with_bound(part: &Part) -> bool {
    part.found.quantity.text.value.ends_with(['上', '内', '下'])
}

/// Whether a clause reports what was done, or stands as it is.
pub(in crate::extract) fn tells_past(clause: &str) -> bool {
    // 比去年同期降低 compares, it does not report.
    static COMPARED: Pattern =
        LazyLock::new(|| pattern(r"(?:比|较|同)(?:去年|上年|上一?年度)(?:同期)?|比同期"));
    PAST.is_match(&COMPARED.replace_all(clause, ""))
}

fn is_past(around: &Surroundings<'_>) -> bool {
    (tells_past(around.clause) && !around.is_governed()) || REPORTED.is_match(around.clause)
}

/// Whether words speak of money granted, lent or charged. Consumer prices are an indicator, not a price.
fn tells_support(words: &str) -> bool {
    SUPPORT.is_match(words) || words.contains("价格") && !words.contains("消费价格")
}

fn is_support(sort: Sort, around: &Surroundings<'_>) -> bool {
    match sort {
        Sort::Money | Sort::Share if !around.is_governed() || around.only_recurs => {
            tells_support(around.statement)
        }
        Sort::Money | Sort::Share | Sort::Time | Sort::Count | Sort::Size => {
            tells_support(around.clause)
                || (around.hold != Hold::Due && FUND.is_match(around.statement))
        }
    }
}

/// 建设公园5个: the number closes the clause.
fn is_promised_at_end(before: &str, around: &Surroundings<'_>, reaches: bool) -> bool {
    // 建设公园7个，其中大型公园2个；广场3个.
    let goes_on = around.goes_on && around.sibling.is_none() && before.chars().count() <= 20;
    reaches
        || around.is_governed()
        || around.sibling == Some(true)
        || goes_on
        || OPENS_WITH_VERB.is_match(before)
}

/// 建设5个公园: what is counted follows.
fn is_promised_before_noun(
    sort: Sort,
    before: &str,
    after: &str,
    around: &Surroundings<'_>,
    reaches: bool,
) -> bool {
    let made = BATCH.replace(before, "");
    if reaches || MAKES.is_match(&made) {
        return true;
    }
    if around.shared_phrase.is_some()
        || (before.ends_with(['的', '等']) && (DOES.is_match(after) || REMOVES.is_match(before)))
    {
        return true;
    }
    if MAKES_WEAKLY.is_match(before) {
        let is_built =
            ["建设", "改造", "治理", "整治", "培训"].iter().any(|verb| after.ends_with(verb));
        return sort != Sort::Count || around.is_governed() || DOES.is_match(after) || is_built;
    }
    match around.sibling {
        Some(verdict) => verdict,
        None => {
            (OPEN_SUBJECT.is_match(before) && DOES.is_match(after))
                || (before.is_empty() && (around.is_governed() || around.goes_on))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::part::find_parts;
    use super::*;

    fn promised(clause: &str, hold: Hold) -> Vec<bool> {
        let around = Surroundings { clause, statement: clause, hold, ..Surroundings::default() };
        find_parts(clause).iter().map(|part| is_promised(part, clause, &around)).collect()
    }

    #[test]
    fn what_is_to_be_reached_built_or_cut_is_promised() {
        for clause in [
            "全市绿化覆盖率达到43%",
            "新建口袋公园60个",
            "打造5个左右绿色社区",
            "审批时间压缩到3个工作日以内",
            "完成投资3亿元",
            "90%以上的社区建成绿色社区",
            "推动8处堤防完工",
        ] {
            assert_eq!(promised(clause, Hold::Loose), [true], "{clause}");
        }
    }

    #[test]
    fn support_terms_conditions_facts_and_standards_are_not() {
        for clause in [
            "给予每家最高200万元奖励",
            "对年产值5000万元以上的企业",
            "已建成公园120个",
            "落实亩均投资200万元等标准要求",
            "支持3个示范县建设规划",
            "推进30万吨/年树脂项目",
            "有效期5年",
        ] {
            assert!(!promised(clause, Hold::Loose).contains(&true), "{clause}");
        }
    }

    #[test]
    fn a_level_that_something_hangs_on_is_a_condition() {
        let whole = "绿化率达到40%，暂停砍伐";
        let clause = "绿化率达到40%";
        let around = Surroundings { clause, statement: clause, whole, ..Surroundings::default() };
        assert!(!is_promised(&find_parts(clause)[0], clause, &around));
        for clause in [
            "月末空置率连续3个月低于10%",
            "提交苗木检疫证书和现场照片3张",
            "植树面积达到了500亩",
            "设立10亿元绿化专项贷款",
            "苗木指导价浮动幅度不超过10%",
        ] {
            assert!(!promised(clause, Hold::Loose).contains(&true), "{clause}");
        }
        assert_eq!(promised("每年完成闲置绿地20%以上的改造任务", Hold::Governed), [true]);
    }

    #[test]
    fn a_deadline_lowers_the_bar() {
        assert_eq!(promised("绿道总长300公里", Hold::Loose), [false]);
        assert_eq!(promised("绿道总长300公里", Hold::Governed), [true]);
        assert_eq!(promised("绿道总长300公里", Hold::Due), [true]);
        let around = Surroundings {
            clause: "绿道总长300公里",
            hold: Hold::Loose,
            in_article: true,
            ..Surroundings::default()
        };
        assert!(!is_promised(&find_parts("绿道总长300公里")[0], "绿道总长300公里", &around));
    }
}
