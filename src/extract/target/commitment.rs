//! Commitments without a number. In: the words of a clause; out: what is to be complete or gone. 全覆盖, 全部建成 and
//! 县县 mean all; 清零 and 全面消除 mean none. Softer words (基本建立, 应保尽保) promise nothing that could be
//! checked. The surprise: in quotation marks these words are names of campaigns (“两个清零”).

mod reading;

use super::deadline::find_due;
use super::indicator::strip_lead;
use super::part::{find_masked, find_parts};
use crate::document::Qualifier;
use crate::text::{Pattern, Span, pattern};
use std::sync::LazyLock;

static COVERS: Pattern = LazyLock::new(|| {
    pattern(
        r"全面覆盖|全覆盖|全(?:品种|流程|链条|领域|行业|人群|周期|学段)覆盖|100%覆盖|覆盖(?:全[国省市县区域])?(?:所有|全部|各)|覆盖全(?:[国省市县区](?:城乡)?|域|部)?$|全面实现“[^“”]{2,12}”",
    )
});

/// 实现网络深度覆盖: all, where a deadline says when.
static DEEPLY: Pattern = LazyLock::new(|| pattern(r"实现(?:.*的)?([^的]{2,24}深度覆盖)$"));

/// 实现苗木检疫、苗圃登记“全覆盖”: what is covered stands between the two.
static COVERS_QUOTED: Pattern = LazyLock::new(|| pattern(r"实现(?:对)?([^“”，]{2,40})(“全覆盖”)"));

static NEGATED: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:例如|比如|如)[^期果]|已(?:经)?全部|方可|提前全部|人人|不得|不要求|不搞|未(?:能|得到|完成|实现|做到|达到|按时|按期|及时|被)*(?:全部|全面)|后[一二两三四五六七八九十\d]{1,3}个?(?:年|月|日|天|工作日)内|(?:^|按照)能[\p{Han}]{1,4}全部|前提|允许|坚持|避免|防止|是否|才能|没有[^，]{0,6}完成|之年$|全面建成(?:小康|社会主义|现代化|[^，]{0,24}(?:支点|高地|强[国省市县区]|格局)$)",
    )
});

static ALL_DONE: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:要|应|必?须|将)?(?:全达标|全落实|全部(?:能够|可以)?提供|(?:全部|全面)(?:依法|按期|如期|实现|达到)?(?:开工|建成|完成|竣工|投产|复产|复工|达标|治理(?:完成|到位)|下达|下放|投放|发行|发放|拨付|到位|完工|贯通|通车|通水|实质性复工|建立|兑现|纳入|接入|入驻|进驻|上线|上图|落地|淘汰|关停|拆除|落实到位|整改到位|整改|整治|改造|办结|实行|实施)|全部实现[^，]{2,12}$|实现全部[\p{Han}]{0,6}(?:利用|回收|处置|处理|收集|消纳|达标|替代|联网|接入|共享|互通|互认|落实|安置|脱贫|整改)$|全部(?:依法|直接)?(?:进入|达到|通过|上收|公开|公示|整合|迁移|搬迁|退出|取消|关闭|清退|归集|共享|兑付|安装|配备|配建|开展|签约|安置|入库|采用|使用|采取|实名|持有|取得|创建|创成|设立|录入|参保|脱贫|入住|并网|达产|化解|处置|消化|支付|补齐|纳管|建档|登记|认定|备案|收回|销号|公布|更新|配套|开放|运营|联通|联网|互通|退回|归还|缴回|追回|封填|封闭|封存)|全部(?:向|对)[^，]{2,24}(?:开放|公开|放开)|全部按照?[\p{Han}“”]{2,12}标准(?:规划|设计|进行)?(?:建设|建造|改造|管理|实施|执行)|全部(?:进行|接受|参加)[^，]{0,12}(?:培训|轮训|教育|检测|体检|检修|排查))",
    )
});

/// 全面实现苗木检疫无纸化: a state that is there or not.
static REALISES: Pattern = LazyLock::new(|| {
    pattern(
        r"(全面实现)[^，]{2,40}?(?:无纸化|电子化|网上(?:办理|查询|审批|申报|受理)|联网(?:核查|结算|监测|互通)?|互联互通|互认|(?:直接|即时|一站式)结算|同城化|“一站式”办理)(?:$|、)",
    )
});

/// 全面完成旧温室改造: a task with a name is finished, whenever.
static FINISHES: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:确保|力争)?全面完成[\p{Han}“”、]{4,24}(?:改造|整治|治理|认定|登记|确权|清理|建设|搬迁|修复|验收|普查|划定|调查)(?:任务|工作)?$",
    )
});

/// 旧温室全部关停, 全部完成淘汰: what is closed or withdrawn everywhere is gone; 全部拆除 is a work that is done.
static ALL_GONE: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:全部|全面)(?:依法|按期|如期|予以|实现|完成)*(?:整合|有序|分批|转移|关停|关闭|搬迁|淘汰)?(?:淘汰|关停|关闭|退出|清退|取缔|出清)",
    )
});

static NONE_LEFT: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:实现|基本|全部|动态)*(?:清零|归零)|全部“(?:清零|归零)”|(?:全面|基本|彻底|全部|坚决)(?:消除|化解|解决|取缔|清除|清退|出清|取消|(?:清理[、和]?)?废[除止])|^消除|^(?:力争|确保)?(?:到|在)?20\d\d年(?:底|末|年底)?前?[\p{Han}]{0,8}?消除|(?:流域|河段|断面|水体|建成区|市区|城区|县城)消除|零发生",
    )
});

static EVERY: Pattern = LazyLock::new(|| pattern(r"(县县|市市|镇镇|乡乡|村村|户户|区区|校校)"));

static ALL_OF: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:所有|(?:实现|确保|力争|推动)(?:全部|所有))([\p{Han}“”、（）]{1,40}?)(?:必须|均|全部|都|要|应当?|力争)?(?:实施|实现|经过|通|达到|完成|建成|纳入|开通|接入|设置|设立|配备|建有|具有|具备|达标)",
    )
});

/// 实现各县均有公园.
static EACH_HAS: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:实现|确保|推动|推进|促进)((?:各|所有|全[市省县区国]|[\p{Han}]{1,4}以上)[\p{Han}、]{1,16}?)均(?:有|建有|建成|设有|设立|配备|开设|提供|具备)([\p{Han}]{2,24})$",
    )
});

/// 在所有乡镇实现苗木检疫全程网办: what is so in all places, by the deadline.
static EVERYWHERE: Pattern = LazyLock::new(|| {
    pattern(r"[在于](?:全[国省市县区])?所有[\p{Han}、]{2,12}?(?:全面)?(?:实现|推行|开通|建成)")
});

static EXCEPT: Pattern = LazyLock::new(|| pattern(r"^除[^，]{1,16}外$"));

static SOLID_TIME: Pattern = LazyLock::new(|| pattern(r"全部|必须|行政村通|均"));

/// 督促苗圃于今年: whom the issuer makes do it, before the deadline.
static MAKES_DO: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:要)?(?:督促|责令|要求|监督|组织|指导)[\p{Han}]{2,16}?[于在](?:今年|本年度?|当年)?$",
    )
});

/// What is gone once it is lifted everywhere.
static LIMIT: Pattern =
    LazyLock::new(|| pattern(r"(?:限制|门槛|限购|限售|收费|费用|壁垒|要求|证明|审批|前置条件)"));

/// 全部迁移至新址: where it goes names nothing.
static GOES_SOMEWHERE: Pattern = LazyLock::new(|| pattern(r"^(?:[\p{Han}]{2})?[至到]"));

/// A commitment; spans are in the words given.
#[derive(Clone, Debug)]
pub(super) struct Commitment {
    pub(super) indicator: Span,
    pub(super) qualifier: Qualifier,
    /// The words that say all or none.
    pub(super) bound: Span,
}

/// A word that each of the patterns below needs.
static MAY_COMMIT: Pattern = LazyLock::new(|| {
    pattern(
        r"覆盖|清零|归零|零发生|消除|化解|解决|取缔|清除|清退|出清|全部|全面|全达标|全落实|所有|均|实现",
    )
});

/// Whether `words` may hold a commitment.
pub(super) fn may_commit(words: &str) -> bool {
    MAY_COMMIT.is_match(words)
}

/// The commitment of a clause. `governed` tells whether a deadline or 确保 governs it, and whether a deadline does.
pub(super) fn find_commitment(words: &str, (governed, is_due): (bool, bool)) -> Option<Commitment> {
    if !may_commit(words) {
        return None;
    }
    let masked = find_masked(words);
    let free = |span: Span| !masked.iter().any(|mask| mask.contains(span));
    let found = |pattern: &Pattern| {
        let found = pattern.find(words)?;
        let span = Span::new(found.start(), found.end());
        free(span).then_some(span)
    };
    if NEGATED.is_match(words) {
        return None;
    }
    if let Some(bound) = found(&COVERS).filter(|bound| !only_describes(words, *bound)) {
        // 2031年底前覆盖全部乡镇: what covers them stands before.
        let is_bare = strip_lead(words, Span::new(0, bound.byte_start)).is_empty();
        let indicator = Span::new(bound.byte_start, bound.byte_start);
        return around(words, bound, Qualifier::All).or_else(|| {
            (is_due && is_bare && bound.slice(words).starts_with("覆盖")).then_some(Commitment {
                indicator,
                qualifier: Qualifier::All,
                bound,
            })
        });
    }
    if let Some(covered) = find_named_cover(words, (governed, is_due)) {
        return Some(covered);
    }
    if let Some(bound) = found(&NONE_LEFT).filter(|&bound| !names_campaign(words, bound)) {
        let printed = bound.slice(words);
        let solid = governed
            || printed.contains("清零")
            || ["全面消除", "彻底消除", "全部消除"].contains(&printed)
            || (printed == "全面取消" && LIMIT.is_match(words))
            || printed.contains("体消除")
            || printed.contains("段消除")
            || printed.contains("域消除");
        return solid.then(|| around(words, bound, Qualifier::Zero)).flatten();
    }
    if let Some(bound) = found(&ALL_GONE).filter(|&bound| {
        (bound.slice(words).contains("全部") || governed) && !is_attribute(words, bound)
    }) {
        return around(words, bound, Qualifier::Zero);
    }
    if let Some(bound) = found(&ALL_DONE).filter(|&bound| {
        (bound.slice(words).contains("全部") || is_due || FINISHES.is_match(words))
            && !is_attribute(words, bound)
    }) {
        return around(words, bound, Qualifier::All);
    }
    if let Some(verb) = REALISES.captures(words).and_then(|found| found.get(1)) {
        return around(words, Span::new(verb.start(), verb.end()), Qualifier::All);
    }
    find_all_of(words, (governed, is_due), free)
}

/// 实现网络深度覆盖, 实现苗木检疫“全覆盖”: what is covered stands between the verb and the word.
fn find_named_cover(words: &str, (governed, is_due): (bool, bool)) -> Option<Commitment> {
    if let Some(deep) = DEEPLY.captures(words).and_then(|found| found.get(1)).filter(|_| is_due) {
        let indicator = Span::new(deep.start(), deep.end());
        let bound = Span::new(deep.end() - "深度覆盖".len(), deep.end());
        return Some(Commitment { indicator, qualifier: Qualifier::All, bound });
    }
    let quoted = COVERS_QUOTED.captures(words).filter(|_| governed && !words.contains("逐步"));
    let (named, all) = quoted.and_then(|found| found.get(1).zip(found.get(2)))?;
    Some(Commitment {
        indicator: Span::new(named.start(), named.end()),
        qualifier: Qualifier::All,
        bound: Span::new(all.start(), all.end()),
    })
}

/// 所有苗圃必须建立…, 各县均有公园, 村村有公园: a word of all names those that are meant.
fn find_all_of(
    words: &str,
    (governed, is_due): (bool, bool),
    free: impl Fn(Span) -> bool,
) -> Option<Commitment> {
    if let Some(all) = ALL_OF.captures(words).and_then(|found| found.get(1)) {
        let named = all.start();
        let bound = Span::new(named - "所有".len(), named);
        let led = words.get(..bound.byte_start).unwrap_or_default();
        // 全市所有苗圃: the place says whose.
        let of_place = ["全国", "全省", "全市", "全县", "全区"]
            .iter()
            .find_map(|place| led.strip_suffix(place));
        let before_place = of_place.unwrap_or(led).len();
        let solid = SOLID_TIME.is_match(words)
            || ["实现", "确保", "力争"].iter().any(|verb| led.ends_with(verb))
            || (is_due
                && (strip_lead(words, Span::new(0, before_place)).is_empty()
                    || EVERYWHERE.is_match(words)));
        // 所有县均建成1个公园: the number is what is promised.
        let is_counted = words.get(named..).is_some_and(|rest| !find_parts(rest).is_empty());
        return (solid && !is_counted && free(bound)).then(|| Commitment {
            indicator: strip_lead(words, Span::new(bound.byte_start, words.len())),
            qualifier: Qualifier::All,
            bound,
        });
    }
    if let Some(each) = EACH_HAS.captures(words).and_then(|found| found.get(1)) {
        let bound = Span::new(each.start(), each.end());
        return Some(Commitment {
            indicator: Span::new(each.start(), words.len()),
            qualifier: Qualifier::All,
            bound,
        });
    }
    let every = EVERY.find(words).filter(|_| governed && words.contains("实现"))?;
    let indicator = Span::new(every.start(), words.len());
    let quoted = indicator.slice(words).trim_end_matches(['”', '。']);
    let indicator = Span::new(every.start(), every.start() + quoted.len());
    Some(Commitment {
        indicator,
        qualifier: Qualifier::All,
        bound: Span::new(every.start(), every.end()),
    })
}

/// 多渠道、全覆盖宣传 tells how; 逐步实现全覆盖 promises no day; 全覆盖行动 names a campaign; 全覆盖、可持续的体系 describes; 健全覆盖全民的体系 ends a word in 全.
fn only_describes(words: &str, bound: Span) -> bool {
    // 开展3轮全覆盖检查: how the checks are done.
    static COUNTED: Pattern = LazyLock::new(|| pattern(r"[\d一二两三四五](?:轮|次|遍)$"));
    let behind = Span::new(bound.byte_end, words.len()).slice(words);
    // 全覆盖、全过程的巡查, 全覆盖全过程的巡查: one of the words that describe.
    let joins = behind.starts_with(['、', '全']);
    let names = ["行动", "工程", "计划", "面", "率", "机制", "服务", "要求", "目标", "的"];
    let before = Span::new(0, bound.byte_start).slice(words);
    let covers = bound.slice(words);
    before.ends_with(['健', '、'])
        || COUNTED.is_match(before)
        || ["建立", "构建", "完善", "打造", "探索"].iter().any(|verb| before.ends_with(verb))
        || (covers.starts_with("覆盖") && behind.contains('的'))
        || before.contains("逐步")
        || (joins && behind.contains('的'))
        || names.iter().any(|noun| behind.starts_with(noun))
}

/// 动态清零行动, 清零补绿工程 names a campaign.
fn names_campaign(words: &str, bound: Span) -> bool {
    static CAMPAIGN: Pattern =
        LazyLock::new(|| pattern(r"^[\p{Han}、]{0,6}?(?:行动|计划|工程|专项|攻坚|战役?)"));
    CAMPAIGN.is_match(Span::new(bound.byte_end, words.len()).slice(words))
}

/// 全部完成补种的地块: which plots are meant.
fn is_attribute(words: &str, bound: Span) -> bool {
    static OF_WHICH: Pattern = LazyLock::new(|| {
        pattern(
            r"^[^，]{0,10}的(?:项目|企业|单位|地块|人员|住房|房屋|商品房)|^[^，]{2,40}的[\p{Han}]{0,10}(?:项目|企业|单位|地块|人员|住房)$",
        )
    });
    OF_WHICH.is_match(Span::new(bound.byte_end, words.len()).slice(words))
}

/// What is covered or gone: the words before the bound, else those behind it.
fn around(words: &str, bound: Span, qualifier: Qualifier) -> Option<Commitment> {
    let before =
        strip_tail(words, strip_lead(words, strip_for(words, Span::new(0, bound.byte_start))));
    let after = strip_tail(words, Span::new(bound.byte_end, words.len()));
    let is_named = |span: Span| span.slice(words).chars().count() >= 2;
    let realised = Span::new(0, bound.byte_start).slice(words).ends_with("实现");
    let completes = ["完成", "建成", "采取", "采用", "实行", "全面实现"]
        .iter()
        .any(|verb| bound.slice(words).ends_with(verb));
    let opens = realised || completes || qualifier == Qualifier::Zero;
    let removes = [
        "消除", "化解", "解决", "取缔", "清除", "清退", "出清", "取消", "淘汰", "关停", "关闭",
        "废除", "废止",
    ]
    .iter()
    .any(|verb| bound.slice(words).ends_with(verb));
    if removes && is_named(after) {
        return Some(Commitment { indicator: after, qualifier, bound });
    }
    // 修订并全面实施清单: what is done stands behind.
    let joins = Span::new(0, bound.byte_start).slice(words).ends_with('并');
    if joins && is_named(after) {
        return Some(Commitment { indicator: after, qualifier, bound });
    }
    let before = without_due(words, before);
    if MAKES_DO.is_match(before.slice(words)) && is_named(after) {
        return Some(Commitment { indicator: after, qualifier, bound });
    }
    // 除涉密外全部入驻, 其余全部入驻: the exception, or the rest, is not what is meant.
    if EXCEPT.is_match(before.slice(words)) || ["其余", "其他"].contains(&before.slice(words)) {
        let indicator = Span::new(bound.byte_start, bound.byte_start);
        return Some(Commitment { indicator, qualifier, bound });
    }
    // 开展全覆盖排查 names nothing that is covered.
    if ["开展", "进行", "实施", "推行"].contains(&before.slice(words)) {
        return None;
    }
    if is_named(before) {
        let before = behind_states(words, before);
        return Some(Commitment { indicator: behind_realising(words, before), qualifier, bound });
    }
    let goes_somewhere = GOES_SOMEWHERE.is_match(after.slice(words))
        || ["退回", "归还", "缴回"].iter().any(|verb| bound.slice(words).ends_with(verb));
    let goes_on = after.slice(words).starts_with('、');
    if is_named(after) && !goes_somewhere && !goes_on {
        return opens.then_some(Commitment { indicator: after, qualifier, bound });
    }
    // The clause names nothing: the sentence has to.
    let indicator = Span::new(bound.byte_start, bound.byte_start);
    let covers = bound.slice(words) == "全覆盖"
        && ["实现", "做到", "确保"]
            .iter()
            .any(|verb| Span::new(0, bound.byte_start).slice(words).ends_with(verb));
    // 2031年底前清零: gone by then is what the clause before names.
    let is_gone = bound.byte_start > 0
        && ["清零", "归零"].iter().any(|gone| bound.slice(words).ends_with(gone))
        && after.is_empty();
    (covers || is_gone || ALL_DONE.is_match(words)).then_some(Commitment {
        indicator,
        qualifier,
        bound,
    })
}

/// 首批项目第一季度全部开工: the deadline that ends the subject is no part of it.
fn without_due(words: &str, span: Span) -> Span {
    // 苗圃三年内全部改造, 旧温室除展示用外全部关停, 2030年开工、2031年全部建成.
    static TAIL: Pattern = LazyLock::new(|| {
        pattern(
            r"(?:[一二两三四五\d]{1,2}年内|今年内?|除[^，]{1,16}外|20\d\d年(?:[\p{Han}]{2,4}、)?)$",
        )
    });
    let kept = |span: Span| {
        let tail = TAIL.find(span.slice(words)).map_or(span.byte_len(), |tail| tail.start());
        if tail == 0 { span } else { Span::new(span.byte_start, span.byte_start + tail) }
    };
    match find_due(span.slice(words), Some(1)) {
        Some(due)
            if due.span.byte_start > 0 && span.byte_start + due.span.byte_end == span.byte_end =>
        {
            kept(Span::new(span.byte_start, span.byte_start + due.span.byte_start))
        }
        _ => kept(span),
    }
}

/// 检疫过程全程记载、苗木来源可追溯、检疫全覆盖: what has a state of its own is not what is covered.
fn behind_states(words: &str, span: Span) -> Span {
    static STATES: Pattern = LazyLock::new(|| {
        pattern(r"(?:全程[\p{Han}]{2}|可(?:回溯|追溯|查询|核查)[\p{Han}]{0,4})、([^、]+)$")
    });
    let last = STATES.captures(span.slice(words)).and_then(|found| found.get(1));
    last.map_or(span, |last| Span::new(span.byte_start + last.start(), span.byte_end))
}

/// 全市所有县区全部实现管网改造清零 measures what is realised.
fn behind_realising(words: &str, span: Span) -> Span {
    let text = span.slice(words);
    let Some(at) = text.find("全部实现").or_else(|| text.find("均实现")) else {
        return span;
    };
    let verb =
        text.get(at..).and_then(|rest| rest.find("实现")).map_or(0, |verb| verb + "实现".len());
    Span::new(span.byte_start + at + verb, span.byte_end)
}

/// 对甲实行乙: the preposition is no part of what is measured.
fn strip_for(words: &str, span: Span) -> Span {
    let lead = if span.slice(words).starts_with('对') { '对'.len_utf8() } else { 0 };
    Span::new(span.byte_start + lead, span.byte_end)
}

fn strip_tail(words: &str, span: Span) -> Span {
    let mut kept = span.slice(words);
    loop {
        let shorter = [
            "全部", "实现", "实施", "实行", "基本", "达到", "做到", "要", "应", "将", "等", "的",
            "，", "在", "于",
        ]
        .iter()
        .find_map(|tail| kept.strip_suffix(tail));
        match shorter {
            Some(shorter) => kept = shorter,
            None => return Span::new(span.byte_start, span.byte_start + kept.len()),
        }
    }
}

#[cfg(test)]
mod tests;
