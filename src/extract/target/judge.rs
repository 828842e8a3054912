//! Whether a quantity is promised. In: a part of a clause and what surrounds it; out: yes or no. Promised is what
//! the issuer undertakes to reach, build, hold, train or cut. Not promised are support terms (money granted, lent or
//! charged), conditions, facts about the past and names. The surprise: the same words promise or describe
//! depending on a deadline, so a deadline, a frequency or 力争 lowers the bar.

use super::acted_on::{allots, covers, is_acted_on, relieves};
use super::article::is_public_duty;
use super::denial::{grants, is_denied, is_forbidden, provides_each};
use super::duration::{goes_on_limiting, is_stated_time, lasts, shortens};
use super::indicator::is_task;
use super::part::Part;
use super::procedure::{is_handled_within, limits_procedure};
use super::quantity::Sort;
use super::surroundings::{Claim, Hold, Surroundings};
use super::verbs::{BUILDS_AT_END, MAKES, MAKES_WEAKLY, OPENS_WITH_VERB};
use crate::text::{Pattern, pattern};
use std::sync::LazyLock;

static ECONOMIC: Pattern = LazyLock::new(|| {
    pattern(
        r"产值|经济总量|生产总值|收入|规模|强度|亩均|总额|增加值|投资|贷款|信贷|融资|交易额|零售额|进出口|出口|销售额|成交|订单|债券|基金|产业|营收|减负|增收|年收入|利润|存款|保费收入|外资|税收|余额|经费|支付使用|(?:投放|交易|签约)金额|额度任务|放款|授信|转贷",
    )
});

/// 争取上级资金9亿元: money that the issuer gets, not money that it grants.
static RAISES: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:(?:争取|引进|到位|撬动|募集|筹集|吸引)[^，]{0,12}资金(?:总额)?|(?:引导|撬动|吸引|带动|拉动|引进|募集)[^，]{0,10}(?:资本|资金|投资|消费|融资|贷款)(?:投入|投放|规模)?(?:总额)?)$",
    )
});

/// 安排专项引导资金1亿元: the issuer's own money.
static SPENDS: Pattern =
    LazyLock::new(|| pattern(r"^[^，]{0,8}(?:安排|统筹|下达|拨付|设立|投入)[^，]*资金$"));

/// 新增第二批27个园区: the batch stands between verb and number.
static BATCH: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:(?:20\d\d年度?)?(?:第[一二三四五六七八九十\d]+批|首批)|全[国省市县区]|20\d\d年度?)$",
    )
});

static REMOVES: Pattern =
    LazyLock::new(|| pattern(r"^[^，]{0,8}(?:消除|解决|整治|淘汰|关停|取缔|拆除)"));

/// What may stand before a number that opens its clause.
static OPEN_SUBJECT: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:力争|争取|确保|其中|至少|全[国省市县区]|我[省市县区]|省市县(?:区|乡)*|各级|三级|使|推动|有|实现)*$|和$",
    )
});

/// Whether the quantity of `part` is promised. `words` are those that the part's spans refer to.
pub(super) fn is_promised(part: &Part, words: &str, around: &Surroundings<'_>) -> bool {
    let claim = Claim::new(part, words);
    if is_handled_within(&claim, around) || limits_procedure(&claim, around) {
        return true;
    }
    if buys_volume(&claim) {
        return true;
    }
    let is_own_time = shortens(&claim, around)
        || goes_on_limiting(&claim, around)
        || (around.handled_before && lasts(&claim));
    let is_standard = around.in_article
        && !around.is_governed()
        && !holds_event(&claim)
        && !is_public_duty(&claim, around)
        && !is_own_time;
    if is_standard || is_denied(&claim, around) {
        return false;
    }
    // 落实2031年种树6万株，造林7万亩的任务: the last of what is to be done.
    let goes_on_to_task = || {
        let told = around.statement.trim_start_matches("确保").trim_start_matches("力争");
        around.goes_on && ["落实", "完成"].iter().any(|verb| told.starts_with(verb))
    };
    if (is_task(claim.after) && (claim.before.contains("完成") || goes_on_to_task()))
        || gets_done(&claim)
        || grows(&claim)
        || allots(&claim)
        || is_held_at_level(&claim)
        || does_all(&claim)
        || builds_capacity(&claim)
        || (matches!(claim.sort, Sort::Count | Sort::Size)
            && claim.after.starts_with("的标准")
            && provides_each(around.clause))
        || (claim.sort == Sort::Time && claim.is_bounded && TRAINING.is_match(claim.after))
    {
        return true;
    }
    if is_forbidden(&claim, around) {
        return false;
    }
    // 取消2吨及以下的车证: a class of things.
    if claim.sort == Sort::Size && claim.text.ends_with('下') && !claim.after.is_empty() {
        return false;
    }
    if claim.after.starts_with('的')
        || (claim.sort == Sort::Money && !claim.after.is_empty() && claim.ends_with_bound())
    {
        // 培育30个左右的花艺工坊; of persons, 50人以上的… is the size of each.
        let is_count = claim.sort == Sort::Count && !claim.unit.ends_with(['人', '名']);
        let is_whose = around.clause.starts_with('对');
        return (claim.sort == Sort::Share
            && !is_whose
            && (claim.does()
                || covers(&claim, around)
                || LEADS_MANY.is_match(claim.before)
                || cuts_part_of(&claim)
                || takes_share_of(&claim, around)))
            || (is_count && claim.is_approximate() && MAKES.is_match(claim.before))
            || (claim.sort == Sort::Size
                && !claim.ends_with_bound()
                && !(claim.is_bounded && around.clause.starts_with('将'))
                && (MAKES.is_match(claim.before) || BUILDS_AREA.is_match(claim.before)))
            || (claim.sort == Sort::Count
                && claim.is_bounded
                && (SETS_UP.is_match(claim.before)
                    || (claim.before.is_empty() && around.sibling == Some(true))));
    }
    !is_part_of_name(&claim) && is_stated(&claim, around)
}

/// 支持苗圃收购3万套闲置温室: how much of it the issuer sees bought, whatever each gets.
fn buys_volume(claim: &Claim<'_>) -> bool {
    static BUYS: Pattern = LazyLock::new(|| {
        pattern(r"(?:支持|推动|组织|引导)[^，对]{2,20}(?:购买|收购|回购|购置|收储)$")
    });
    claim.sort == Sort::Count && claim.unit.starts_with('万') && BUYS.is_match(claim.before)
}

/// 组建不少于10人的队伍: the size of what is set up.
static SETS_UP: Pattern = LazyLock::new(|| pattern(r"(?:建立|组建|建成|建设|设立|配备|打造)$"));

/// 实现93%以上的事项网上可办, 推动80%以上的苗圃用上滴灌.
static LEADS_MANY: Pattern =
    LazyLock::new(|| pattern(r"(?:实现|确保|力争|推动|引导|带动|组织|促进|[，、]使|^使)$"));

/// 建设总建筑面积50万平方米的温室.
static BUILDS_AREA: Pattern =
    LazyLock::new(|| pattern(r"(?:建设|新建|打造|建成|筹建)总?(?:建筑|占地)?面积$"));

/// 再压缩20%的办理时限: the verb of change before, what is changed behind.
fn cuts_part_of(claim: &Claim<'_>) -> bool {
    static CHANGES: Pattern =
        LazyLock::new(|| pattern(r"(?:压缩|压减|缩减|缩短|减少|降低|削减|精简|节约|提升|提高)$"));
    static CHANGED: Pattern = LazyLock::new(|| pattern(r"^的[\p{Han}“”、]{2,16}$"));
    CHANGES.is_match(claim.before) && CHANGED.is_match(claim.after)
}

/// 每年要对全市30%以上的县和5%以上的乡: how many of them are looked at again and again, which the end of the sentence tells.
fn takes_share_of(claim: &Claim<'_>, around: &Surroundings<'_>) -> bool {
    static TAKES: Pattern =
        LazyLock::new(|| pattern(r"每(?:年|半年|季度|月)(?:要|应|须|将)?对[\p{Han}]{0,14}$"));
    static CHECKS: Pattern = LazyLock::new(|| {
        pattern(
            r"(?:开展|进行|实施)[\p{Han}]{0,10}(?:检查|稽查|抽查|核查|督查|督察|巡查|检测|监测|评估|审计)",
        )
    });
    let goes_on = claim.before.is_empty() && around.sibling == Some(true);
    claim.ends_with_bound()
        && (goes_on || TAKES.is_match(claim.before))
        && CHECKS.is_match(around.whole)
}

/// 不少于3个工作日的培训: how long those who serve the issuer are trained.
static TRAINING: Pattern = LazyLock::new(|| {
    pattern(r"^的[\p{Han}]{0,8}(?:培训|学习|实训|研修|锻炼|跟岗|挂职|实习|实践|坐诊|门诊|带教)$")
});

/// 做好苗木收购和6000吨苗木轮换工作: so much work is to be done.
fn gets_done(claim: &Claim<'_>) -> bool {
    static DOES_WORK: Pattern = LazyLock::new(|| pattern(r"(?:做好|抓好)[^，]{0,24}$"));
    static WORK: Pattern = LazyLock::new(|| {
        pattern(
            r"^[\p{Han}]{2,12}(?:建设|改造|轮换|收购|收储|供应|投放|培训|治理|整治|修复|安置|搬迁)(?:工作|任务)$",
        )
    });
    matches!(claim.sort, Sort::Count | Sort::Size)
        && WORK.is_match(claim.after)
        && DOES_WORK.is_match(claim.before)
}

/// 形成不低于日均3天用气量的储备能力: so much of a capacity is built up.
fn builds_capacity(claim: &Claim<'_>) -> bool {
    static BUILDS: Pattern = LazyLock::new(|| {
        pattern(r"(?:形成|具备|建立|建成|达到|满足|保障)(?:不(?:低于|少于)|至少)?[\p{Han}]{0,16}$")
    });
    static CAPACITY: Pattern = LazyLock::new(|| {
        pattern(
            r"^[\p{Han}]{0,8}的[\p{Han}]{2,8}能力|^的?[\p{Han}]{0,4}(?:供应量|需求量|消费量|使用量|用[水电气粮煤]量|用[水电气]需求|储备量?|供应)$",
        )
    });
    matches!(claim.sort, Sort::Share | Sort::Time)
        && CAPACITY.is_match(claim.after)
        && BUILDS.is_match(claim.before)
}

/// 30万吨/年 before a noun is the size of a plant; 前10, 5级, 3期 and 6个方面 only number things.
fn is_part_of_name(claim: &Claim<'_>) -> bool {
    (claim.unit.ends_with("/年") && !claim.after.is_empty())
        || claim.before.ends_with(['前', '首', '第'])
        || claim.after.starts_with(['级', '型', '制', '期'])
        || claim.after.starts_with("方面")
}

static HOW_OFTEN: Pattern = LazyLock::new(|| pattern(r"每(?:年|月|周|学期)(?:累计)?$"));

/// Whether the words next to the quantity say that it will be so.
fn is_stated(claim: &Claim<'_>, around: &Surroundings<'_>) -> bool {
    if is_acted_on(claim, around) {
        return true;
    }
    match claim.sort {
        Sort::Time if claim.before.ends_with("时长") || claim.before.contains("天数") => {
            claim.is_bounded || claim.reaches
        }
        // 每年培训不少于90学时: hours of lessons are given, no procedure keeps them.
        Sort::Time if ["课时", "学时"].iter().any(|hours| claim.unit.ends_with(hours)) => {
            claim.is_bounded && around.is_governed()
        }
        // 教师每年至少1个月在苗圃实训.
        Sort::Time if HOW_OFTEN.is_match(claim.before) => claim.is_bounded,
        // 分别压缩到12个、6个工作日.
        Sort::Time if claim.before.is_empty() && claim.after.is_empty() => {
            around.sibling == Some(true)
                || shortens(claim, around)
                || (around.labels_time && !around.in_article && around.whole == around.clause)
        }
        Sort::Time => is_stated_time(claim, around),
        Sort::Money => {
            let economic = ECONOMIC.is_match(claim.before) || ECONOMIC.is_match(claim.after);
            let goes_on =
                around.goes_on && claim.after.is_empty() && claim.before.chars().count() <= 20;
            let is_next =
                claim.before.is_empty() && claim.after.is_empty() && around.sibling == Some(true);
            goes_on
                || is_next
                || relieves(claim)
                || (RAISES.is_match(claim.before) && !SPENDS.is_match(claim.before))
                || economic
                    && (claim.reaches
                        || around.is_governed()
                        || OPENS_WITH_VERB.is_match(claim.before)
                        || MAKES.is_match(claim.before)
                        || around.sibling == Some(true))
        }
        _ if claim.after.is_empty() => is_stated_at_end(claim, around),
        _ => is_stated_before_noun(claim, around),
    }
}

/// 保持8%以上的增速: the pace follows the number.
fn grows(claim: &Claim<'_>) -> bool {
    claim.reaches
        && ["的增速", "的增幅", "的增长", "的速度", "的年均增", "的平均增"]
            .iter()
            .any(|pace| claim.after.starts_with(pace))
}

/// 控制在不超过平均不良率2个百分点的水平: the level at which something is held.
fn is_held_at_level(claim: &Claim<'_>) -> bool {
    static HELD: Pattern = LazyLock::new(|| {
        pattern(
            r"(?:控制|保持|稳定|维持)在[^，]*$|(?:达|提高|提升|增加|扩大|降低)[到至][^，]{0,6}$",
        )
    });
    claim.sort == Sort::Share
        && HELD.is_match(claim.before)
        && ["的水平", "的目标", "的政策"].iter().any(|level| {
            claim.after.strip_prefix(level).is_some_and(|rest| !rest.starts_with('的'))
        })
}

/// 100%落实进货查验: all of it, whoever has to do it.
fn does_all(claim: &Claim<'_>) -> bool {
    static DOES_ALL: Pattern = LazyLock::new(|| {
        pattern(
            r"^(?:落实|执行|开具|实行|实施|纳入|配备|建立|开展|注册|覆盖|完成|达到|实现|上牌|登记|备案|签订|入驻|公开|公示|(?:在|向)[^，]{1,12}(?:注册|开具|备案|登记|公开))",
        )
    });
    // 100%完成任务的单位 only says which.
    static WHICH: Pattern = LazyLock::new(|| {
        pattern(r"的[\p{Han}]{0,6}(?:单位|企业|苗圃|项目|个人|商户|学校|机构|人员)|^[\p{Han}]{2}的")
    });
    claim.text == "100%" && DOES_ALL.is_match(claim.after) && !WHICH.is_match(claim.after)
}

/// Articles set standards; what one says is held will be held.
fn holds_event(claim: &Claim<'_>) -> bool {
    let held = ["举办", "召开", "举行"].iter().any(|verb| claim.before.ends_with(verb));
    held && claim.sort == Sort::Count
}

/// 苗圃达标率100%: a rate with its number, without a verb.
static RATE_AT_END: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:覆盖|达标|合格|完成|普及|知晓|整改|备份|回访|办结|签约|参训|接种|安装|公开|入库|抽检)率$|^[^，]{2,30}(?:[^利费税汇概功效倍折频益金债现杆]率|满意度|覆盖面|(?:覆盖|达标|合格|公开|签约|建成|通过)[\p{Han}]{0,6}比例)$",
    )
});

/// 每万人公园数量12个: a sum with its number, without a verb.
static SUM_AT_END: Pattern = LazyLock::new(|| {
    pattern(r"^[^，]{2,30}(?:拥有量|保有量|数量|总数|总量|户数|人数|床位数|托位数)$")
});

/// 全年灌溉水量25万吨: a size of a year.
static WHOLE_YEAR: Pattern = LazyLock::new(|| {
    pattern(r"^(?:全年|年度|本年|20\d\d年)[\p{Han}]{0,12}(?:量|面积|规模|里程|装机|产能)$")
});

/// 苗圃布局规划如下：东区4家、西区2家: what each place is to get.
fn is_allocated(around: &Surroundings<'_>) -> bool {
    static ALLOCATES: Pattern = LazyLock::new(|| {
        pattern(r"(?:规划|计划|任务|目标|指标|布局)(?:分配|安排|分解)?(?:如下|为)[：:]")
    });
    ALLOCATES.is_match(around.statement)
}

/// 从花农中遴选50名: who is picked stands before the verb.
static PICKS_FROM: Pattern =
    LazyLock::new(|| pattern(r"从[^，]{2,24}中(?:择优)?(?:遴选|选拔|评选|推选|选聘|选派)$"));

/// 动态保有花农300个左右: bare 万 and shares are told of what is as well.
fn counts_about(claim: &Claim<'_>) -> bool {
    matches!(claim.sort, Sort::Count | Sort::Size)
        && claim.text.ends_with("左右")
        && !matches!(claim.unit, "万" | "亿")
}

/// 建设公园5个: the number closes the clause.
fn is_stated_at_end(claim: &Claim<'_>, around: &Surroundings<'_>) -> bool {
    // 建设公园7个，其中大型公园2个；广场3个.
    let goes_on = around.goes_on && around.sibling.is_none() && claim.before.chars().count() <= 20;
    claim.reaches
        || around.is_governed()
        || around.sibling == Some(true)
        || goes_on
        || OPENS_WITH_VERB.is_match(claim.before)
        || (matches!(claim.sort, Sort::Count | Sort::Size) && BUILDS_AT_END.is_match(claim.before))
        || ((claim.ends_with_bound() || counts_about(claim)) && !grants(around.whole))
        || (claim.sort == Sort::Share && !claim.is_range && RATE_AT_END.is_match(claim.before))
        || (claim.sort == Sort::Count && SUM_AT_END.is_match(claim.before))
        || (claim.sort == Sort::Size && WHOLE_YEAR.is_match(claim.before))
        || (claim.sort == Sort::Count && is_allocated(around))
        || (claim.sort == Sort::Count && PICKS_FROM.is_match(claim.before))
}

/// 建设5个公园: what is counted follows.
fn is_stated_before_noun(claim: &Claim<'_>, around: &Surroundings<'_>) -> bool {
    let before = claim.before;
    if claim.reaches || MAKES.is_match(&BATCH.replace(before, "")) {
        return true;
    }
    if claim.sort == Sort::Count && claim.ends_with_bound() && USES.is_match(before) {
        return true;
    }
    if claim.sort == Sort::Share && before.is_empty() && SETS_ASIDE.is_match(claim.after) {
        return true;
    }
    if claim.sort == Sort::Share {
        // 温室50%以上苗床具备…条件, 经费60%以上用于培训.
        let spends = claim.ends_with_bound() && claim.after.starts_with("用于");
        let has = !before.is_empty() && !around.in_article && HAS.is_match(claim.after);
        if spends || has || (around.is_governed() && claim.does()) {
            return true;
        }
    }
    if claim.sort == Sort::Count && before.ends_with("选择") && CHOSEN_FOR.is_match(claim.after) {
        return true;
    }
    // 引进50个团队，包括5名花农: what a promise is made of.
    if around.goes_on && ["包括", "包含", "含"].contains(&before) {
        return true;
    }
    if COMPOSED_OF.is_match(before) && MADE_OF.is_match(around.clause) {
        return true;
    }
    if provides_each(around.clause) {
        return true;
    }
    if goes_on_listing(claim)
        || goes_on_from_clause(claim, around)
        || holds_in(claim)
        || assigns_each(claim)
        || (claim.sort == Sort::Count && RECOMMENDS.is_match(before))
    {
        return true;
    }
    if around.shared_phrase.is_some()
        || (before.ends_with(['的', '等']) && (claim.does() || REMOVES.is_match(before)))
        || (before.ends_with('各') && around.is_governed())
    {
        return true;
    }
    if MAKES_WEAKLY.is_match(before) {
        static BUILT: Pattern = LazyLock::new(|| {
            pattern(r"(?:建设|改造|治理|整治|培训|新建|改建|扩建)(?:项目|工程)?$")
        });
        let is_built = BUILT.is_match(claim.after) || BUILT.is_match(around.clause);
        return claim.sort != Sort::Count || around.is_governed() || claim.does() || is_built;
    }
    match around.sibling {
        Some(verdict) => verdict,
        None => {
            (OPEN_SUBJECT.is_match(before) && claim.does())
                || (before.is_empty() && (around.is_governed() || around.goes_on))
                || (around.hold == Hold::Due && claim.sort == Sort::Count && claim.does())
                || (claim.sort == Sort::Count && PICKS_WHICH.is_match(before))
        }
    }
}

/// 遴选有丰富经验的50名花农: the words between say which.
static PICKS_WHICH: Pattern = LazyLock::new(|| {
    pattern(
        r"^[^，]{0,10}?(?:(?:遴选|选派|选拔|培养|培育|引进|评选|招募|选聘|选树)[^，]{2,40}|(?:推进|实施|建设|开工|谋划|储备)(?:总投资|投资)[^，]{2,20})的$",
    )
});

/// 选择1所学校转型为….
static CHOSEN_FOR: Pattern = LazyLock::new(|| pattern(r"转型为|开展[^，]*试点|作为[^，]*试点"));

/// 形成一支由…, 打造以…: the classes of people or things that follow make up what is built.
static COMPOSED_OF: Pattern = LazyLock::new(|| {
    pattern(r"(?:形成|打造|建设|建成|组建|建立|构建|培养|造就)(?:了)?(?:一支|一批|一个)?[由以]$")
});

/// …组成的队伍, …为骨干的队伍.
static MADE_OF: Pattern =
    LazyLock::new(|| pattern(r"(?:组成|构成|为(?:骨干|主体|核心|主力|支撑|引领))的"));

/// 使用3种以上乡土树种.
static USES: Pattern = LazyLock::new(|| pattern(r"(?:使用|采用|选用|应用|配备|设置)$"));

/// 100%预留灌溉接口.
static SETS_ASIDE: Pattern = LazyLock::new(|| {
    pattern(r"^(?:预留|配建|建设|安装|配备|采用|使用|实行|实施|执行|达到|落实|设置)")
});

/// 苗木90%具有检疫凭证: how many of them have or use what is asked.
static HAS: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:具有|配有|建有|持有|使用|采用|纳入|实行|实现|通过|(?:向[\p{Han}]{2,8})?开具|上传|接入|配备|安装)[\p{Han}“”]{2,}",
    )
});

/// 培育一批名优苗圃、100家花店; 打造甲县、乙县等4个示范县: the verb that opens the clause holds for the whole list.
fn goes_on_listing(claim: &Claim<'_>) -> bool {
    static LISTS: Pattern = LazyLock::new(|| {
        pattern(
            r"(?:建成|建设|新建|打造|培育|培养|新增|增设|推出|创建|开通|开工|完成|建立|制定|引进|形成|实施)(?:[^，]{2,}(?:[、和及]|、[^，、]{1,12}?等?)|(?:完善|健全)?[^，]{1,10}(?:[县市区镇乡村]|街道|社区|[）)]))$",
        )
    });
    claim.sort == Sort::Count && LISTS.is_match(claim.before)
}

/// 汇集一批名优苗圃，以及200项园艺技术: the verb of the clause before holds for what goes on from it.
fn goes_on_from_clause(claim: &Claim<'_>, around: &Surroundings<'_>) -> bool {
    static LISTS_BEFORE: Pattern = LazyLock::new(|| {
        pattern(
            r"(?:汇集|集聚|培育|培养|引进|打造|建设|建成|形成|推出|发布|创建|组建)(?:了)?一批[^，；]{2,30}[，,](?:以及|及)$",
        )
    });
    let before = around.statement.strip_suffix(around.clause).unwrap_or_default();
    claim.sort == Sort::Count
        && ["以及", "及"].contains(&claim.before)
        && LISTS_BEFORE.is_match(&format!("{before}{}", claim.before))
}

/// 择优向省园林厅推荐7家苗圃: whom the issuer chooses to put forward.
static RECOMMENDS: Pattern = LazyLock::new(|| pattern(r"择优向[\p{Han}]{2,10}推荐$"));

/// 在每个县明确1个示范乡.
fn assigns_each(claim: &Claim<'_>) -> bool {
    static ASSIGNS: Pattern = LazyLock::new(|| {
        pattern(
            r"(?:每|各)[^，]{1,12}(?:明确|确定|指定|安排|落实|有|报送|征集|联系|包联|帮扶|结对|对接|选配)$",
        )
    });
    let is_office = ["部门", "单位"].iter().any(|noun| claim.after.starts_with(noun));
    claim.sort == Sort::Count && ASSIGNS.is_match(claim.before) && !is_office
}

/// 在17个社区开展试点: where something is held.
fn holds_in(claim: &Claim<'_>) -> bool {
    static HOLDS_THERE: Pattern = LazyLock::new(|| {
        pattern(
            r"^[^，]{2,24}?(?:大力|率先|全面)?(?:开展|建设|设置|设立|实施|推广|推行|试点|开设|布局)",
        )
    });
    claim.sort == Sort::Count && claim.before.ends_with('在') && HOLDS_THERE.is_match(claim.after)
}

#[cfg(test)]
mod tests;
