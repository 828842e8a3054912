//! Counted things and what is done with them, told by words that no verb right before the number tells. In: a claim and what
//! surrounds it; out: whether they promise. The surprise: what closes goes away in the words behind (50万吨产能退出), and how
//! often a thing is looked at again is a count too (每年修订1次).

use super::quantity::Sort;
use super::surroundings::{Claim, Hold, Surroundings};
use crate::text::{Pattern, pattern};
use std::sync::LazyLock;

/// 减轻花农各类负担5亿元, 降低成本5亿元以上: what others are spared is promised to all of them together.
pub(super) fn relieves(claim: &Claim<'_>) -> bool {
    static RELIEVES: Pattern = LazyLock::new(|| {
        pattern(
            r"(?:减轻|降低|减少|节约|节省)[\p{Han}、]{0,14}(?:负担|成本|费用|税费|支出)(?:总额)?$",
        )
    });
    // 每亩降低成本300元 is what each is spared, 公用支出 what offices spend; 各类负担 is all of it.
    let before = claim.before.replace("各类", "");
    let is_each = before.contains(['每', '各']) || before.contains("公用");
    claim.sort == Sort::Money
        && claim.after.is_empty()
        && !is_each
        && RELIEVES.is_match(claim.before)
}

/// 小型苗圃50万株产能整合退出, 关停旧温室及以下6处: what goes away.
static GOES_AWAY: Pattern = LazyLock::new(|| {
    pattern(r"^[\p{Han}]{0,8}?(?:整合|有序|分批|全部|转移|关停)?(?:退出|淘汰|关停|关闭|出清|取缔)$")
});

/// 关闭5万吨/年及以下6处: the class of what is closed stands between verb and number.
static CLOSES_CLASS: Pattern = LazyLock::new(|| {
    pattern(r"^(?:全部|依法)?(?:关闭|关停|淘汰|取缔|退出|拆除|整合)[^，]{2,30}及?以[上下]的?$")
});

/// 关闭退出12处: like 关停12处.
static CLOSES: Pattern = LazyLock::new(|| pattern(r"(?:关闭|取缔|关闭退出|整合退出)$"));

/// 花河公园等12个断面由Ⅳ类升为Ⅲ类: how many get better.
static RISES: Pattern = LazyLock::new(|| {
    pattern(
        r"^[\p{Han}]{0,8}由[^，；由]{1,8}?(?:提升|改善|提高|上升|升|转)(?:为|至|到)[^，；]{1,8}$",
    )
});

/// 实现苗木检疫、苗圃登记等36项事项异地办理: what is made possible for things that are named and counted.
static MADE_POSSIBLE: Pattern = LazyLock::new(|| {
    pattern(
        r"^[\p{Han}“”]{0,12}?(?:办理|可办|通办|网办|上办|掌办|联办|一次办|一次办成|一件事|互认|共享|核验|结算|上线|无证明)[”]?$",
    )
});

static REALISES_LIST: Pattern =
    LazyLock::new(|| pattern(r"(?:实现|推动|推进|推行|完成)[^，]{3,}等(?:领域|方面|高频)?$"));

/// 每年修订1次, 每5年调整1次: how often the issuer looks at something again.
static LOOKS_AGAIN: Pattern = LazyLock::new(|| {
    pattern(
        r"每(?:隔)?(?:[\d一二两三四五六七八九十]{0,2}个?(?:年度?|月|季度|学期|周)|半年)(?:至少|定期|集中|动态|全面|统一)*(?:对[\p{Han}]{2,12})?(?:调整|修订|更新|优化|评估|评价|考核|复核|排查|研判|会商|清理|演练|巡查|抽查|检查|回访|通报|调度|报告|轮训|体检)[\p{Han}]{0,10}$",
    )
});

/// 对苗圃每两年进行一次强制检疫审核: how often, before what is done.
pub(super) static LOOKS_THROUGH: Pattern = LazyLock::new(|| {
    pattern(
        r"每(?:隔)?(?:[\d一二两三四五六七八九十]{0,2}个?(?:年度?|月|季度)|半年)(?:至少|定期|集中)?(?:进行|开展|组织|组织开展)$",
    )
});

/// 一般不少于5个工作日，最长不超过15个工作日: the other end of a time that is promised.
static OTHER_END: Pattern = LazyLock::new(|| {
    pattern(r"^(?:但|且)?(?:最长|最多|最迟|最短|最少|总时长)(?:一般|原则上|应)?$")
});

/// 2031年底前补贴100家花店: how many are reached by then, whatever each gets.
static SUPPORTS: Pattern = LazyLock::new(|| pattern(r"(?:补贴|资助|扶持|奖补)$"));

/// 选择10个左右有条件的社区，开展花园建设试点: what they are chosen for stands in the next clause.
static CHOSEN_FOR: Pattern = LazyLock::new(|| {
    pattern(r"^[，,][^，。；]{0,20}?(?:开展|作为|进行|列为|先行|推进)[^，。；]*(?:试点|示范|试验)")
});

static CHOOSES: Pattern = LazyLock::new(|| pattern(r"(?:选择|选取|选定|遴选|确定)$"));

/// 预留40%面向…, 安排30%的场地: a share of what the issuer has is set aside.
pub(super) fn allots(claim: &Claim<'_>) -> bool {
    // 每年拿出招聘计划5%的岗位: of what stands between.
    static ALLOTS: Pattern = LazyLock::new(|| {
        pattern(r"(?:^|[^可以])(?:预留|安排|拿出|留出|腾出)((?:不(?:少于|低于))?[\p{Han}]{2,8})?$")
    });
    claim.sort == Sort::Share
        && ALLOTS
            .captures(claim.before)
            .is_some_and(|found| found.get(1).is_none() || claim.after.starts_with('的'))
}

/// 实现花架覆盖95%以上的社区: how far something is to reach; 花架覆盖95%的社区 alone may tell what is.
pub(super) fn covers(claim: &Claim<'_>, around: &Surroundings<'_>) -> bool {
    static COVERS: Pattern = LazyLock::new(|| pattern(r"(?:覆盖|惠及)(?:全[国省市县区])?$"));
    static LEADS: Pattern =
        LazyLock::new(|| pattern(r"实现|确保|力争|争取|推动|逐步|推进|扩大|拓展"));
    claim.sort == Sort::Share
        && (claim.ends_with_bound() || claim.is_bounded)
        && COVERS.is_match(claim.before)
        && (around.is_governed() || LEADS.is_match(claim.before))
}

/// 其中12所改造为苗圃: what some of them become.
static BECOMES: Pattern = LazyLock::new(|| {
    pattern(r"^[\p{Han}]{0,6}?(?:改造|转型|升级|提升|改建|转|建设|培育|创建)[为成][\p{Han}]{2,}$")
});

/// 选派花农100名到山区种树: where they go behind the number.
static GOES_THERE: Pattern =
    LazyLock::new(|| pattern(r"^(?:到|赴|驻|深入|下沉|进驻|入驻|前往|奔赴)[\p{Han}“”（）、]{1,}"));

/// Whether those that are counted are sent somewhere: what stands behind is not their name.
pub(super) fn goes_there(before: &str, behind: &str) -> bool {
    behind.starts_with(['到', '赴', '驻', '深', '下', '进', '入', '前', '奔'])
        && GOES_THERE.is_match(behind)
        && SENDS.is_match(before)
}

static SENDS: Pattern = LazyLock::new(|| {
    pattern(
        r"^[^，]{0,12}?(?:选派|派出|派驻|派遣|抽调|组织|选聘|选调|招募|遴选|安排|下派|引导)[^，]{2,}$",
    )
});

/// 完成山区17座苗圃安全评估: so many of them go through it.
static GOES_THROUGH: Pattern = LazyLock::new(|| {
    pattern(
        r"^[\p{Han}“”]{2,14}?(?:评估|改造|治理|整治|修复|排查|检测|鉴定|验收|普查|搬迁|清理|加固|更新|确权|登记|清淤|竣工|建设)(?:工作|任务|工程)?$",
    )
});

static COMPLETES: Pattern = LazyLock::new(|| pattern(r"完成[\p{Han}“”]{2,16}$"));

/// 为全市6500名花农免费发放苗木: whom the issuer serves.
static SERVES_ALL: Pattern = LazyLock::new(|| pattern(r"(?:^|[，、])为全[国省市县区]$"));

static SERVED: Pattern = LazyLock::new(|| {
    pattern(r"免费|安装|提供|发放|办理|开展|购买|配备|建立|实施|改造|接种|筛查|解决")
});

/// Whether the words around the counted things say that something is done with them.
pub(super) fn is_acted_on(claim: &Claim<'_>, around: &Surroundings<'_>) -> bool {
    match claim.sort {
        Sort::Count | Sort::Size if around.is_governed() && GOES_AWAY.is_match(claim.after) => true,
        Sort::Share => covers(claim, around),
        Sort::Count => {
            (claim.before.ends_with("其中") && BECOMES.is_match(claim.after))
                || (SERVES_ALL.is_match(claim.before) && SERVED.is_match(claim.after))
                || goes_there(claim.before, claim.after)
                || (GOES_THROUGH.is_match(claim.after) && COMPLETES.is_match(claim.before))
                || CLOSES.is_match(claim.before)
                || RISES.is_match(claim.after)
                || (around.is_governed() && CLOSES_CLASS.is_match(claim.before))
                || (around.is_governed()
                    && MADE_POSSIBLE.is_match(claim.after)
                    && REALISES_LIST.is_match(claim.before))
                || (claim.unit == "次" && LOOKS_AGAIN.is_match(claim.before))
                || (claim.unit == "次" && LOOKS_THROUGH.is_match(claim.before))
                || (around.hold == Hold::Due && SUPPORTS.is_match(claim.before))
                || (CHOOSES.is_match(claim.before) && CHOSEN_FOR.is_match(around.rest()))
        }
        Sort::Time => around.goes_on && claim.is_bounded && OTHER_END.is_match(claim.before),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::part::find_parts;
    use super::*;

    fn acted_on(clause: &str, whole: &str, hold: Hold) -> bool {
        let around = Surroundings {
            clause,
            statement: clause,
            whole,
            hold,
            goes_on: true,
            ..Surroundings::default()
        };
        let parts = find_parts(clause);
        parts.last().is_some_and(|part| is_acted_on(&Claim::new(part, clause), &around))
    }

    #[test]
    fn what_is_done_with_counted_things_is_told_around_them() {
        for clause in [
            "花河公园等12个断面由Ⅳ类升为Ⅲ类",
            "组织小型苗圃50万吨产能整合退出",
            "关闭5万吨/年及以下6处花肥厂",
            "关闭退出12处花肥厂",
            "实现苗木检疫、苗圃登记等36项事项异地办理",
            "每年修订1次苗木目录",
            "每5年调整1次苗木目录",
            "每3年对苗木目录修订1次",
            "最长不超过15个工作日",
            "补贴100家花店",
        ] {
            assert!(acted_on(clause, clause, Hold::Due), "{clause}");
        }
        for clause in [
            "实现花架覆盖95%以上的社区",
            "其中12所改造为花艺馆",
            "选派花农100名到山区种树",
            "完成山区17座苗圃安全评估",
            "为全市6500名花农免费发放苗木",
            "每月通报1次种树进展",
        ] {
            assert!(acted_on(clause, clause, Hold::Loose), "{clause}");
        }
        for clause in [
            "补贴95%以上的社区",
            "花架覆盖95%以上的社区",
            "其中12所花艺馆",
            "花农100名到山区",
            "山区17座苗圃安全评估",
            "全市6500名花农",
            "每月浇水1次",
        ] {
            assert!(!acted_on(clause, clause, Hold::Loose), "{clause}");
        }
        let clause = "在全市选择10个左右有条件的社区";
        assert!(acted_on(clause, "在全市选择10个左右有条件的社区，开展花园建设试点", Hold::Loose));
        for clause in [clause, "补贴100家花店", "实现苗木检疫等36项事项", "每年浇水1次"]
        {
            assert!(!acted_on(clause, clause, Hold::Loose), "{clause}");
        }
    }
}
