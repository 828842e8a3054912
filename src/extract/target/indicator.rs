//! What a quantity measures. In: a part of a clause; out: the words of the text, subject first, without verbs of
//! reaching, deadline or number. The surprise: what is measured may stand before the number (绿化率达到40%), behind it
//! (建设5个公园), around it (1个镇实现…) or in the clause before.

use super::acted_on::goes_there;
use super::doing::{find_place_and_act, turn_phrase};
use super::each::name_each;
use super::part::{Part, STEPS, find_masked};
use super::quantity::Sort;
use super::rests::without_rests;
use super::spread::find_shared_noun;
use crate::text::{Pattern, Span, pattern};
use std::sync::LazyLock;

/// Longer subjects are cut to their last list member.
const SUBJECT_CHARS_MAX: usize = 45;

static LEAD: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"^(?:—+|必须|(?:自|从)?20\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?起|(?:春节|元旦|国庆节?|中秋节?|汛期|开学|入冬|采暖季)之?前|[一二三四五六七八九十]是|分别|(?:20\d\d年)?(?:[上下]半年|\d{1,2}月|第?[一二三四]季度)(?:[、和及](?:[上下]半年|\d{1,2}月|第?[一二三四]季度))+|20\d\d年?(?:(?:[、和及]|以及)20\d\d年?)+(?:底|末)?前?|20\d\d年?[—–―－~～-]+20\d\d年内?|(?:20\d\d年)?\d{1,2}月(?:\d{1,2}日|底|末|初|中旬|下旬|上旬)?(?:之前|以前|前)|\d{1,2}月[底末]|其中|同时|用[一二两三四五\d]+年(?:左右)?的?时间|于(?:20\d\d年)(?:\d{1,2}月(?:\d{1,2}日)?)?[底末]?(?:之?前|以前)?|20\d\d年?(?:至|到)20\d\d年|并且?|且|而|以及|及|和|或|、|，|,|的|将|把|使|要|应当|应|需|均|都|也|还|再|共|总共|共计|合计|累计(?:完成)?|确保|力争|争取|努力|力求|务必|全面|加快|加大|大力|积极|持续|深入|进一步|继续|扎实|有序|着力|稳步|切实|全力|整体上?|做到|逐步|逐年|",
        r"全[国省市县区](?:实现|完成)|推动|推进|促进|带动|撬动|拉动|引导|实现|完成|达到|打造|培育|引进|举办|组织|实施|落实|计划|严格|控制|安排|选定|原则上|总体上?|至少|每年度?|每[两三四五\d]年对?|年均|全年|年度|本年度|最[长短多少迟]$|今年|年内|预计|上半年|下半年|每季度|每月|到?二[〇○零][〇○零一二三四五六七八九]{2}年(?:底|末)?前?|到?20\d\d年(?:度|第?[一二三四1-4]季度|上半年|下半年|\d{1,2}月(?:初|上旬|中旬|下旬)?)?(?:年?底|末)?(?:前|之前|以前)?|年底前?|到?[“\x22]?十[三四五]五[”\x22]?(?:末|期末|期间|时期)|20\d\d年?全年|(?:前|第)?[一二三四]{1,2}季度|[一二两三四五\d]年(?:之)?内|此后(?:每年|年均|逐年)?|明年(?:上半年|下半年)?)"
    ))
});

/// Verbs that may also open a noun: 建成区, 建设用地, 基本养老保险.
static LEAD_VERB: Pattern = LazyLock::new(|| {
    pattern(
        r"^(一般)(?:不|应|要|为|在|达|实现|完成|需)|^(重点)(?:打造|建设|培育|支持|推进|发展|实施|引进|改造|抓好|做好|开展|新建|扶持|组织)|^(基本|建成|建设|新建成|开通|发布|开展|认定)(?:实现|完成|建成|消除|达到|[^区用工规里标项养公医农药面水草单户财登、])",
    )
});

/// 均衡, 应急, 再生水: nouns that open like an adverb.
static OPENS_NOUN: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:均[衡价值线]|应[急届用对税]|都[市会]|使用|需求|还[款林]|再(?:生|制造|就业|贷款|利用)|共(?:享|有|同|青|建)|要[素件]|和[谐美]|及[时格]|并[网联购]|组织(?:化|部|者)|实施(?:主体|方案|单位)|计划生育|落实率|完成率|实现率|建成率|控制(?:性|率|面积))",
    )
});

static REACH_TAIL: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"(?:原则上|一般|总体上?|应|要|须|将|力争|确保|不应|不宜|逐年|逐步|并)*(?:分别|年均|均|都|累计|总计|共|平均|统一|阶段性)*(?:完成[^，]{1,10}的|(?:压缩|压减|缩减|缩短|减少|降低|下降|精简|提高|提升|增加|扩大|降|减|增)(?:到|至|为)[^，]{2,14}的|达到?(?:20\d\d年|[\p{Han}]{2,8})的|达到?[\p{Han}]{0,8}水平[（(]|做到|力争达到?|达到?|提高到|提高至|提升到|提升至|增加到|增加至|增长到|增长至|增至|扩大到|扩大至|扩充到|扩充至|扩展到|扩展至|扩至|拓展到|拓展至|延伸到|延伸至|延长到|延长至|迈上|跃上|降低到|降低至|降至|降到|下降到|下降至|压缩到|压缩至|压缩为|压减到|压减至|缩减到|缩减至|精简为|精简到|精简至|缩短到|缩短至|缩短为|减少到|减少至|减至|",
        r"控制在|稳定在|保持在|维持在|(?:保持|维持)年均|在|突破|完成|实现|增加|增长|提高|提升|下降|降低|减少|压减|削减|压缩|缩短|控制|稳定|保持|为|至|到|占|原则上|一般|总体上?|应|不应|不宜)$"
    ))
});

static CHANGES: Pattern = LazyLock::new(|| {
    pattern(r"^(?:压缩|压减|缩短|缩减|降低|减少|提高|提升|扩大|增加)([\p{Han}（）()]{3,})$")
});

static FINISHES: Pattern = LazyLock::new(|| pattern(r"完成([\p{Han}]{2,10})的$"));

static GAP: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:超过|高于|低于|高出|快于|优于)((?:全国|全省|全市|全区)?[^，]{0,6}平均(?:水平|值)?|全国|全省|全市|(?:城镇|农村|乡村|城乡)居民(?:收入)?(?:增速|增幅)?|(?:经济|[\p{Han}]{2,6})(?:增速|增幅|增长))$",
    )
});

static BASE_YEAR: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:，|,)?(?:较|比|与|同|在)(?:于)?(?:(?:19|20)\d\d年|上年|年初|去年|同期|三季度|上一?年度)(?:末|底|同期)?(?:的)?(?:基础上|相比|水平)?",
    )
});

/// 年均贷款增速: how often is no part of what grows.
static YEARLY: Pattern = LazyLock::new(|| pattern(r"年均([\p{Han}]{2,8}(?:增速|增幅|增长率))$"));

/// 实行网上申报、即报即审、审批时限: what else is practised is not what takes so long.
static PRACTISES: Pattern =
    LazyLock::new(|| pattern(r"^(?:实行|推行|采取|采用)[^，]*、([\p{Han}]{2,8}(?:时限|时间))$"));

/// 基地数量不低于基地总数: a share of the whole named behind the bound.
static OF_WHOLE: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:原则上|一般|应|须|要)*(?:不低于|不少于|不小于|不超过|不高于|不大于)([\p{Han}]{0,10}(?:总[\p{Han}]{1,5}|岗位|计划|人数|支出|收入|资金|金额|面积|投资|职工|床位))$",
    )
});

/// 养护标准不低于最低标准: how many times another standard is told behind.
static TIMES_ANOTHER: Pattern = LazyLock::new(|| {
    pattern(
        r"(标准|水平|工资)(?:原则上|一般|应|须|要)*不(?:低于|少于)[\p{Han}]{2,20}(?:标准|水平|工资)$",
    )
});

/// 绿化率到2025年和2030年: by when is no part of what is measured.
static YEARS_BEHIND: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:到|至|在)?20\d\d(?:年[底末]?前?)?(?:(?:[、和及]|以及)到?20\d\d(?:年[底末]?前?)?)*(?:应|要|须|应分别|分别)?$|(?:20\d\d年)?(?:[上下]半年|\d{1,2}月[份底末]?前?|第?[一二三四]季度)(?:[、和及](?:[上下]半年|\d{1,2}月[份底末]?前?|第?[一二三四]季度))+(?:分别)?$",
    )
});

/// Adverbs of effort and manner before the verb of reaching.
static EFFORT: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:力争|争取|努力|确保|逐步|稳步|预计|尽快|加快|再|进一步|年均|年内|今年|明年|全年|年底前?|[一二三四五]年内|每周|每个?月|每季度|每学期|每年(?:举办|召开|举行)?|已经|了)+$",
    )
});

static FROM_WHEN: Pattern = LazyLock::new(|| {
    pattern(r"(^|[^来])(?:自|从|在)[^，。自从在]{1,16}(?:之日起|之后|后)(?:应|须|要)?$")
});

/// Who acts, where only that stands before a time limit.
static ACTOR: Pattern = LazyLock::new(|| {
    pattern(r"^[\p{Han}、]{0,16}(?:部门|机构|单位|机关|政府|平台|中心|局|委)(?:应|要|须)?$")
});

static ASIDE: Pattern = LazyLock::new(|| pattern(r"^[（(][^（）()]*[）)]"));

static SCOPE: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:全[国省市县区州域]|我[省市县区州])(?:所有[\p{Han}]{1,4}?(?:区|县|市|乡镇|行政村|村))?|^所有[\p{Han}]{1,6}",
    )
});

static DENOMINATOR: Pattern = LazyLock::new(|| pattern(r"占(.{2,20}?)的?(?:比例|比重|比)$"));

static OF_SHARE: Pattern = LazyLock::new(|| {
    pattern(
        r"^的?([\p{Han}、（）()]{2,24}?)(?:建成|达到|实现|完成|纳入|通过|覆盖|接入|创成|开展|具备)",
    )
});

/// What was found out about an indicator; spans are in the words given.
#[derive(Clone, Debug, Default)]
pub(super) struct Named {
    /// The words; empty where the clause does not name what is measured.
    pub(super) words: String,
    pub(super) span: Span,
    /// The reference of a gap.
    pub(super) compared_with: Option<Span>,
    /// The population or denominator.
    pub(super) scope: Option<Span>,
    /// What the last of a list of names measures, for those that leave it out.
    pub(super) shared_measure: Option<String>,
}

/// Names of what `part` measures: one, or several where 均 or 分别 says that a number holds for each.
pub(super) fn find_names(part: &Part, words: &str) -> Named {
    let after = trim_after(part.after, words);
    let before = part.before.slice(words);
    let behind = after.slice(words);
    let takes_subject = (part.rises || REACH_TAIL.is_match(before))
        && part.found.sort != Sort::Count
        && !before.ends_with("完成");
    // 园林部门在3个工作日内办理登记: who does it, and 在, are no part of what is done.
    let acts_within = part.found.sort == Sort::Time && before.ends_with(['在', '于']);
    // 选派花农100名到山区种树: where they go is no name.
    let mut named = if behind.is_empty()
        || (part.found.sort == Sort::Count && goes_there(before, behind))
        || (takes_subject
            && !acts_within
            && !strip_lead(words, subject(part.before, words).0).slice(words).is_empty())
    {
        let (span, compared_with) = subject(part.before, words);
        let span = strip_lead(words, span);
        Named {
            words: without_base_year(span.slice(words)),
            span,
            compared_with,
            ..Named::default()
        }
    } else if STEPS.is_match(behind) {
        let span = strip_lead(words, subject(part.before, words).0);
        let thing = span.slice(words);
        let thing = thing.strip_suffix(behind).unwrap_or(thing);
        Named { words: format!("{thing}{behind}"), span: after, ..Named::default() }
    } else if part.found.sort == Sort::Time {
        // 自受理之日起5个工作日内办结: what is done in the time, after whose start.
        let act = ASIDE.replace(behind, "");
        let thing = strip_lead(words, subject(part.before, words).0).slice(words);
        let thing = FROM_WHEN.replace(thing, "$1");
        let thing = ACTOR.replace(thing.trim_end_matches(['在', '于']), "");
        let thing = thing.strip_suffix("应当").unwrap_or(&thing);
        Named { words: format!("{thing}{act}"), span: after, ..Named::default() }
    } else {
        Named {
            words: of_which(part, words)
                + &without_deadline(&turn_phrase(without_fitness(without_whole(
                    without_handling(behind),
                )))),
            span: after,
            ..Named::default()
        }
    };
    if let Some(what) = without_task(&named.words, behind) {
        named.words = what;
    }
    // 在9个山区苗圃大力开展检疫: where something is done, and what.
    if before.ends_with('在')
        && let Some((place, act)) = find_place_and_act(behind)
    {
        named.words = format!("{act}的{place}");
    }
    // 培育5家国家级、10家省级苗圃; 2个千亿级和4个百亿级苗木集群: the noun of the last holds for a level before it.
    if let Some(noun) = find_shared_noun(&named.words, words) {
        named.words = noun;
    }
    // 压缩检疫时间至8天: the verb stands before what it changes.
    if before.ends_with(['至', '到', '为']) {
        named.words = CHANGES.replace(&named.words, "$1").into_owned();
    }
    // 完成总任务量的60%: of what, where nothing else is named.
    if named.words.is_empty()
        && let Some(whole) = FINISHES.captures(before).and_then(|found| found.get(1))
    {
        let span = Span::new(whole.start(), whole.end()).shifted(part.before.byte_start);
        whole.as_str().clone_into(&mut named.words);
        named.span = span;
    }
    name_each(part, words, &mut named);
    named.words = without_rests(&without_asides(&named.words));
    named.scope = find_scope(words, &named, part);
    named
}

/// 2030年70%以上、2031年80%以上社区建成花园: a number that names nothing measures what the next one of the list does.
pub(super) fn find_shared_names(at: usize, parts: &[Part], words: &str) -> Option<Named> {
    let (part, next) = (parts.get(at)?, parts.get(at + 1)?);
    let is_bare = |part: &Part| strip_lead(words, part.before).is_empty();
    let is_listed = part.after.is_empty()
        && is_bare(part)
        && is_bare(next)
        && part.found.sort == Sort::Share
        && next.found.sort == Sort::Share;
    (is_listed && !next.after.is_empty()).then(|| find_names(next, words))
}

/// The words before the number without the verb of reaching, and the reference of a gap.
fn subject(before: Span, words: &str) -> (Span, Option<Span>) {
    let text = before.slice(words);
    if let Some(gap) = GAP.captures(text) {
        let (Some(whole), reference) = (gap.get(0), gap.get(1)) else { return (before, None) };
        let compared =
            reference.map(|found| Span::new(found.start(), found.end()).shifted(before.byte_start));
        return (Span::new(before.byte_start, before.byte_start + whole.end()), compared);
    }
    let mut end = before.byte_end;
    for _ in 0..2 {
        let text = Span::new(before.byte_start, end).slice(words);
        let Some(tail) = REACH_TAIL.find(text) else { break };
        end = before.byte_start + tail.start();
    }
    (Span::new(before.byte_start, end), None)
}

/// Where `span` starts behind the adverbs, verbs and deadlines that open it.
pub(super) fn skip_lead(words: &str, span: Span) -> usize {
    let mut from = span.byte_start;
    loop {
        let text = Span::new(from, span.byte_end).slice(words);
        let Some(lead) = LEAD.find(text).or_else(|| {
            LEAD_VERB.captures(text).and_then(|found| found.iter().skip(1).flatten().next())
        }) else {
            break;
        };
        if OPENS_NOUN.is_match(text) {
            break;
        }
        from += lead.end();
    }
    from
}

/// `span` without the adverbs, verbs and deadlines that open it.
pub(super) fn strip_lead(words: &str, span: Span) -> Span {
    let mut from = skip_lead(words, span);
    let text = without_years(Span::new(from, span.byte_end).slice(words));
    if text.chars().count() > SUBJECT_CHARS_MAX {
        from += find_last_of_list(text);
    }
    Span::new(from, span.byte_end)
}

/// Where the last of a list starts; what brackets list is none of it.
fn find_last_of_list(text: &str) -> usize {
    let masked = find_masked(text);
    let is_free = |&(at, _): &(usize, &str)| {
        !masked.iter().any(|mask| (mask.byte_start..mask.byte_end).contains(&at))
    };
    text.rmatch_indices('、').find(is_free).map_or(0, |(at, comma)| at + comma.len())
}

/// 2名花农（原则上至少带1名外地花农）: a remark with a number of its own.
static TRAILING_ASIDE: Pattern =
    LazyLock::new(|| pattern(r"[（(][^（）()]*(?:至少|不少于|原则上|不超过)[^（）()]*[）)]$"));

pub(super) fn trim_after(after: Span, words: &str) -> Span {
    let text = after.slice(words);
    let lead = text.len() - text.trim_start_matches(['的', '、', ' ', '）', ')']).len();
    let stops = [
        "、20",
        "、实现",
        "、达到",
        "、基本",
        "台阶",
        "的台阶",
        "的水平",
        "的目标",
        "的增速",
        "的增幅",
        "的增长",
        "的速度",
        "并",
        "且",
        "，",
        "以及其",
        "。",
    ];
    if stops.iter().any(|stop| text.starts_with(stop)) {
        return Span::new(after.byte_start, after.byte_start);
    }
    // 200名花农（其中60名园艺师）: what it is made of is told in the bracket.
    let text = text
        .find("（其中")
        .filter(|&end| end > 0)
        .map_or(text, |end| text.get(..end).unwrap_or(text));
    let text =
        TRAILING_ASIDE.find(text).map_or(text, |aside| text.get(..aside.start()).unwrap_or(text));
    let text = text.find("等并").map_or(text, |end| text.get(..end).unwrap_or(text));
    // 按每名花农选配2名继承人的原则: the principle is no part of the name.
    let text = ["的原则", "的要求", "的标准"]
        .iter()
        .find_map(|frame| text.strip_suffix(frame))
        .unwrap_or(text);
    let kept = text.trim_end_matches(['、', '和', '及', '等', ' ']);
    Span::new(after.byte_start + lead, (after.byte_start + kept.len()).max(after.byte_start + lead))
}

/// The words that say which things are counted: 首批列入名单的10个园区.
fn of_which(part: &Part, words: &str) -> String {
    // 按照规定100%落实: by what rule is no part of who does it.
    static BY_RULE: Pattern =
        LazyLock::new(|| pattern(r"(?:要|应|须)?(?:按照?|依照|根据)[^，]{0,20}(?:要求|规定)$"));
    let lead = BY_RULE.replace(strip_lead(words, part.before).slice(words), "");
    // 苗木检疫、苗圃登记等36项事项异地办理: 事项 alone does not say which.
    let behind = part.after.slice(words);
    let names_none = ["事项", "业务", "服务事项"].iter().any(|noun| behind.starts_with(noun));
    if names_none && lead.ends_with('等') && lead.chars().count() <= SUBJECT_CHARS_MAX {
        return lead.into_owned();
    }
    let is_all = part.found.quantity.text.value == "100%";
    let fulfils = is_task(part.after.slice(words));
    if (lead.ends_with('的') || fulfils || is_all) && lead.chars().count() <= 30 {
        lead.into_owned()
    } else {
        String::new()
    }
}

/// 完成绿地投资3亿元年度目标任务: what the words before name is measured, the task behind says only how much of it this year.
fn without_task(name: &str, behind: &str) -> Option<String> {
    static YEARLY_TASK: Pattern =
        LazyLock::new(|| pattern(r"^(?:的)?(?:年度|全年)(?:目标任务|目标|任务|投资计划)$"));
    // 竣工7万座的任务: the task says only that it is to be done.
    let is_bare = matches!(behind, "任务" | "工作任务");
    let is_yearly = behind.contains('年') && YEARLY_TASK.is_match(behind);
    if !is_bare && !is_yearly {
        return None;
    }
    name.strip_suffix(behind).filter(|what| what.chars().count() >= 2).map(str::to_owned)
}

/// 完成闲置场地20%以上的改造任务: the number only says how much of a task.
pub(super) fn is_task(after: &str) -> bool {
    static TASK: Pattern = LazyLock::new(|| {
        pattern(r"^(?:的[\p{Han}]{0,12}(?:任务|工作|目标)|[\p{Han}]{0,4}目标(?:任务)?)$")
    });
    TASK.is_match(after)
}

/// 3家企业进行培育: what is done with the counted things is no part of their name.
fn without_handling(behind: &str) -> &str {
    static HANDLING: Pattern =
        LazyLock::new(|| pattern(r"^([\p{Han}]{2,}?)(?:进行|予以|给予)[\p{Han}]{2,}$"));
    static BY_SHARE: Pattern =
        LazyLock::new(|| pattern(r"^比例(?:配备|设立|设置|配置|安排|选派|配强)"));
    // 1所高校和若干所中学: what has no number is no part of the name either.
    static UNCOUNTED: Pattern = LazyLock::new(|| pattern(r"(?:和|及|以及|、)(?:若干|一批|一大批)"));
    let counted = UNCOUNTED.find(behind).filter(|found| found.start() > 0);
    let behind = counted.map_or(behind, |found| behind.get(..found.start()).unwrap_or(behind));
    // 60家（山区15家）苗圃: how many of them elsewhere is no part of the name.
    let aside = ASIDE.find(behind).filter(|aside| aside.end() < behind.len());
    let behind = aside.map_or(behind, |aside| behind.get(aside.end()..).unwrap_or(behind));
    // 按照20%的比例配备园艺师: the frame of the share is no part of the name.
    let frame = BY_SHARE.find(behind).map_or(0, |frame| frame.end());
    let behind = behind.get(frame..).unwrap_or_default();
    HANDLING.captures(behind).and_then(|found| found.get(1)).map_or(behind, |name| name.as_str())
}

/// 有条件、有基础的社区: that they are fit is no part of their name.
fn without_fitness(behind: &str) -> &str {
    static FIT: Pattern = LazyLock::new(|| {
        pattern(
            r"^(?:有(?:条件|基础|意愿|实力|能力)|具备条件|符合条件|条件(?:较好|成熟|具备)|基础(?:较好|良好|扎实))[、\p{Han}]{0,16}?的([\p{Han}“”]{2,})$",
        )
    });
    FIT.captures(behind).and_then(|found| found.get(1)).map_or(behind, |name| name.as_str())
}

/// 花农为骨干的绿化队伍, 花农组成的队伍: what the counted make up is no part of their name.
fn without_whole(behind: &str) -> &str {
    static WHOLE: Pattern = LazyLock::new(|| {
        pattern(r"(?:共同)?(?:组成|构成|为(?:骨干|主体|核心|主力|支撑|引领))的[^，]*$")
    });
    let whole = WHOLE.find(behind).filter(|found| found.start() > 0);
    whole.map_or(behind, |found| behind.get(..found.start()).unwrap_or(behind))
}

/// A deadline inside the words is no part of what is measured.
fn without_deadline(words: &str) -> String {
    match super::deadline::find_due(words, Some(0)) {
        Some(due) if due.span.byte_start > 0 => {
            let before = words.get(..due.span.byte_start).unwrap_or_default();
            format!("{before}{}", words.get(due.span.byte_end..).unwrap_or_default())
        }
        _ => words.to_owned(),
    }
}

/// The words without the years behind them: 绿化率到2025年和2030年.
pub(super) fn without_years(words: &str) -> &str {
    YEARS_BEHIND.find(words).map_or(words, |years| words.get(..years.start()).unwrap_or(words))
}

/// 储备能力（包括花店、苗圃等）, 苗圃（试验苗圃除外）: the words without what they take in or leave out.
pub(super) fn without_asides(words: &str) -> String {
    static TAKES_IN: Pattern = LazyLock::new(|| {
        pattern(r"[（(](?:(?:包括|包含|含|不含|不包括|除|其中)[^（）()]*|[^（）()]*除外)[）)]")
    });
    if words.contains(['（', '(']) {
        TAKES_IN.replace_all(words, "").into_owned()
    } else {
        words.to_owned()
    }
}

/// The words without the year compared with.
fn without_base_year(words: &str) -> String {
    // 花价涨幅控制目标为不超过2030年花价: what it is bounded by is no part of the goal's name.
    static GOAL_BOUNDED: Pattern =
        LazyLock::new(|| pattern(r"(目标)为?不(?:超过|高于)20\d\d年度?[\p{Han}]{0,20}$"));
    let words = &*GOAL_BOUNDED.replace(words, "$1");
    // 泊位占比2031年: a share, and by when.
    let named = BASE_YEAR.replace_all(words, |found: &regex::Captures<'_>| {
        let is_share = |whole: &regex::Match<'_>| {
            words.get(..whole.start()).is_some_and(|before| before.ends_with('占'))
        };
        found.get(0).filter(is_share).map_or("", |whole| whole.as_str()).to_owned()
    });
    // 年均贷款增速 grows every year; 年均浓度 and 年均增速 are names of their own.
    let named = PRACTISES.replace(&named, "$1");
    let named = YEARLY.replace(named.trim_end_matches(['，', ',', '的']), "$1");
    let named = OF_WHOLE.replace(named.as_ref(), "占$1");
    let named = TIMES_ANOTHER.replace(named.as_ref(), "$1");
    let named = without_years(named.as_ref());
    EFFORT.replace(named.trim_end_matches(['，', ',', '的']), "").into_owned()
}

/// The population that a clause is about: 全市所有县区.
pub(super) fn find_population(words: &str) -> Option<Span> {
    let text = strip_lead(words, Span::new(0, words.len()));
    let found = SCOPE.find(text.slice(words))?;
    Some(Span::new(found.start(), found.end()).shifted(text.byte_start))
}

fn find_scope(words: &str, named: &Named, part: &Part) -> Option<Span> {
    let text = named.span.slice(words);
    let at = |found: regex::Match<'_>, offset: usize| {
        Span::new(found.start(), found.end()).shifted(offset)
    };
    if let Some(found) = DENOMINATOR.captures(text).and_then(|found| found.get(1)) {
        return Some(at(found, named.span.byte_start));
    }
    if part.found.sort == Sort::Share {
        let behind = OF_SHARE.captures(part.after.slice(words)).and_then(|found| found.get(1));
        if let Some(found) = behind {
            return Some(at(found, part.after.byte_start));
        }
    }
    SCOPE.find(text).map(|found| at(found, named.span.byte_start))
}

#[cfg(test)]
mod tests;
