//! What a heading is about. In: its words; out: whether it announces a task, aims, background, conditions, or only names something.
//! The surprise: 支持对象 says who qualifies, 扩大支持对象 is a task.

use crate::text::{Pattern, pattern};
use std::sync::LazyLock;

/// What was found or done: 近年来工作开展情况, 检查基本情况, 发现的主要问题.
macro_rules! found {
    () => {
        r"(?:(?:近年来|20\d\d年(?:以来)?)?的?[\p{Han}]{0,6}工作的?(?:开展|进展|完成)的?情况|(?:检查|督查|抽查|巡查|核查|评估|考核|工作)?的?(?:基本|总体)情况|(?:检查|督查|巡查)情况|(?:(?:检查|督查|审计|巡查|巡视|抽查|评估|监测|工作)?中?(?:发现|存在|反映|面临|查出|查摆)的?)(?:[\p{Han}]{0,2}(?:主要|突出|共性|典型|困难[和与]))?的?(?:问题|不足|差距)(?:[和与及](?:不足|原因|困难))?|(?:主要|突出)问题)"
    };
}

static NO_TASK: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"^(?:.*(?:总体要求|总体目标|总体思路|总体思路和主要目标|指导思想|基本原则|工作原则|主要原则|遵循的原则|主要目标|工作目标|发展目标|改革目标|行动目标|建设目标|任务目标|目标要求|把握的重要要求|基本思路|工作思路|坚持原则|重要意义|重大意义|目的意义|目的[和及与]意义|附则|总则|(?:名词|术语|用语)(?:解释|释义|定义|含义|说明))",
        r"|(?:[\p{Han}]{0,4}(?:培养|培育|培训|创建|治理|整治|提升|攻坚)|总|具体|阶段性?|环境|质量|生态|安全|治理|保护)目标|[\p{Han}]{2,4}目的|(?:推荐|申报|评选|表彰|奖励)(?:范围[和与及])?名额(?:分配)?|目标|(?:部门|单位)(?:主要职责|基本情况|概况)|[\p{Han}]{2,20}(?:厅|局|委|办公室|中心|院)概况|(?:文件|政策)?(?:起草|制定|出台|修订|政策)(?:的)?(?:背景|依据|过程|的目的)(?:[和与及、][\p{Han}]{2,8})?|[^。，]*(?:起草|制定|出台|修订)的?(?:背景|依据|过程|目的|意义)(?:[和与及、][\p{Han}]{2,8})?(?:是什么|有哪些|如何)|[^。]*计划执行情况|[^。]*预期目标|",
        found!(),
        r"|[^。]*(?:目标|条件|对象|时间|范围|原则|变化)(?:是什么|有哪些|是哪些|包括哪些)|[^。]{2,}吗|[^。]*什么(?:时候|时间)[^。]*|[^。]{2,}(?:需要|应当|应该)?(?:符合|具备|满足|需要|有)?(?:什么|哪些)条件|[^。]{2,}(?:有)?多(?:久|长时间)[^。]{0,10}|(?:预期|绩效|考核|任务|评价|评分)(?:目标|成效|效果|成果|指标)|主要指标|.*(?:工作|发展)回顾|(?:面临的?)?发展(?:环境|基础|形势).*|(?:基本|总体|当前|(?:全[国省市县区]|我[国省市县区])?(?:环境|经济|就业|市场|安全|国际|国内|行业|产业|生态|生产|减灾|住房|防控|人口)[\p{Han}]{0,4})?形势(?:[和与及、][\p{Han}]{2,8})?|[\p{Han}]{0,6}形势研判|(?:发展|工作|规划|编制|改革)?(?:现状|背景)(?:[和与及、][\p{Han}]{2,8})?|.*(?:(?:已取得|取得的)[^。]{0,6}(?:成效|成就|成绩|进展)|重大成就|历史性成就|阶段性特征|关键时期|重要阶段|面临形势|机遇[与和、]挑战$|(?:部门|单位)(?:预算|决算)(?:收支)?(?:情况|表)|“三公”经费|时期是[^。；]{4,}(?:时期|阶段)).*)$"
    ))
});

/// 明确年度治理目标: to set or to reach an aim is a task.
static AIMS_AT: Pattern =
    LazyLock::new(|| pattern(r"^(?:落实|实现|细化|分解|明确|完成|锚定|围绕|确保)[^。]{0,12}目标$"));

/// 清理苗圃的原则, 适用范围 name what binds or applies; 落实责任到人原则, 扩大适用范围 are tasks.
static PRINCIPLES: Pattern =
    LazyLock::new(|| pattern(r"^[\p{Han}“”、]{0,16}(?:原则|适用范围)$|^适用范围"));

/// Aims whose sub-items, if there are any, say what is to be done; 落实目标任务 is a task.
pub(super) fn names_aims(heading: &str) -> bool {
    static AIMS: Pattern = LazyLock::new(|| pattern(r"目标任务|目标和任务"));
    static TAKES_ON: Pattern = LazyLock::new(|| {
        pattern(r"^(?:强化|压实|层层|认真|严格|全面|及时)?(?:落实|细化|分解|完成|抓好|推进)")
    });
    AIMS.is_match(heading) && !TAKES_ON.is_match(heading)
}

/// History, analysis and principles: what stands there commits nobody to anything.
static NO_COMMITMENT: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"成就|回顾|计划执行情况|^过去|工作总结|取得的成绩|主要成效|运行情况|阶段性特征|重要阶段|关键时期|^发展基础|^发展环境|面临形势|机遇[与和、]挑战$|^(?:(?:基本|总体|当前|环境|市场|安全|安全生产|国内外)?形势|(?:全[国省市县区]|我[国省市县区])[\p{Han}]{2,10}形势$|(?:发展|工作|规划|编制|改革)?(?:现状|背景))(?:$|[和与及、])|^(?:《[^《》]*》)?(?:的)?(?:政策)?(?:出台|制定|起草|编制|修订)的?背景|^",
        found!(),
        r"$|(?:部门|单位)(?:主要职责|基本情况|概况|预算|决算)|“三公”经费|已取得[^。]{0,6}(?:成效|成就|成绩|进展)$|指导思想|基本原则|工作原则|遵循的原则|重要意义|重大意义|附则"
    ))
});

/// Who may apply, what is handed in, who can be asked: what stands under such a heading is no task.
static CONDITIONS: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"^(?:[\p{Han}（）()&&[^和及与]]{0,10}?(?:招商|引进|重点|项目|企业|主体|活动|参与|参加|发放|申请|申报|填报|收件|所需|报名|准入|认定|参赛|参评|参会|评选|评审|推荐|入选|入驻|支持|扶持|奖补|奖励|补助|补贴|适用|交易|普查|调查|检查|审计|统计|资格|应聘|招聘|招募|培训|培育|入库|专项|评价|遴选|限制|提取|申领|领取|享受|申办|办理|救助|补偿)[\p{Han}（）()&&[^和及与]]{0,6}?)?(?:基本|必备|应?具备的?)?(?:条件|对象|资料|材料(?:清单|目录)?)(?:[和及与](?:提交|报送|提供)?(?:方式|时间))?$",
        // 申请人要求, 苗圃和申请人要求: what they have to be.
        r"|^[\p{Han}]{0,6}(?:申请|申报|参赛|报名|推荐)(?:人员?|者|单位|企业|主体)的?(?:基本|资格|身份)?要求$",
        r"|^[\p{Han}]{2,12}(?:类型|类别)$|^[\p{Han}]{2,10}资格(?:要求|条件)$",
        r"|^[\p{Han}]{0,6}(?:对象|条件|范围|资格)[和与及、][\p{Han}]{0,4}(?:对象|条件|要求|范围)$",
        r"|^(?:配置|分配|支持|扶持|奖补|补助|补贴|申报|适用|资助|评选|认定|(?:资金|经费)?(?:使用|开支|支出))范围$|^(?:《[^《》]+》)?(?:申报|征集|奖励|授奖|评奖|参赛|参评|验收|招募)(?:项目|作品|案例|对象)?范围$|^政策(?:执行|实施|适用)范围$|^(?:项目|课题|活动|组织申报的?)?(?:申报|申请|推荐|报名|参赛)(?:主体|单位)$|^[\p{Han}]{0,6}(?:入围|入选|准入|入库)(?:基本)?要求$|^(?:项目|支持|申报|资助|征集|重点支持)方向$",
        // 出租人权利义务: what private persons may and must do among themselves.
        r"|^[\p{Han}]{0,12}(?:人|者|方|企业|公司|业主)的?权利(?:[和与及、])?义务$",
        // 作品要求, 申请额度: what those who take part hand in, may ask for and by when; 工作要求 is a task.
        r"|^(?:作品|参赛|投稿|报名|报送|申报|材料|推荐|征集)(?:作品|材料|内容|条件)?[及和]?要求$|^(?:申请|申报|报名|推荐|参赛)(?:额度|名额|时间|期限)$|^奖项设[置立]$|^名额分配$",
        r"|^(?:名词解释|术语(?:和|与)?定义|有关定义|解读(?:机关|单位|人)(?:[及和、]解读人)?)$",
        r"|^[\p{Han}]{0,4}(?:联系方式|联系电话|联系人|咨询电话|通[讯信]地址|(?:报送|受理|寄送|申报|邮寄|办公)地址)(?:[及和与、][\p{Han}]{2,8})?$",
        r"|^(?:电话|传真|电子邮箱)$|^[\p{Han}（）()]{2,30}(?:办公室|处|科|局|厅|委|中心|单位|部门|工作|业务)联系(?:人|电话|方式)$",
        r"|[需应须](?:提供|提交|递交|报送)(?:以下|下列|如下)[\p{Han}]{0,4}(?:材料|资料|证明)$",
        r"|^[^。，；]*[需应须](?:当|同时|要)?(?:(?:满足|符合|具备)(?:以下|下列|如下)?[\p{Han}]{0,4}条件|(?:提供|提交|报送)(?:以下|下列|如下)?[\p{Han}]{0,4}(?:材料|资料))(?:[（(][^（）()]{2,}[）)])?$"
    ))
});

/// 扩大支持对象 is a task.
static ACTS_ON_CONDITIONS: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:(?:奖补|奖励|补助|补贴|扶持|支持|资助)[\p{Han}]{0,4}(?:类型|类别)$|坚持|聚焦|突出|明确|瞄准|合理|把握|严把|从严|科学|适[当度]|有序|逐步|进一步|全面|持续|健全|设定|确定|厘清|取消|清理|破除|消除|打破|改善|放宽|扩大|完善|严格|规范|优化|创新|简化|降低|提高|丰富|增加|增设|拓宽|拓展|扩充|(?:重点|优先)?(?:推广|培育|发展|引进)[\p{Han}、]{1,20}材料|重点支持[\p{Han}、]{1,20}材料|加快|推动|推进|调整|落实|保障|创造|加强|提交|审核|精简|统一|公布|开通|设立|印制|制作)",
    )
});

/// A label with a name behind it: 主办单位：某局, 责任单位及承办科室：某局.
pub(super) static LABEL: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:(?:主办|承办|协办|支持|指导|联办|联合主办)(?:单位|机构)|(?:牵头|责任|配合|负责)(?:责任)?(?:单位|部门|主体|机构|科室)(?:[及和、][\p{Han}（）()]{2,8})?|[\p{Han}]{0,6}截止(?:时间|日期)|[\p{Han}]{0,4}(?:职业|工种|主题|名称|时间|地点)(?:[（(][^（）()]{1,8}[）)])?)$",
    )
});

/// What every document ends with: it is about the document, not about a task.
static RESIDUAL: Pattern = LazyLock::new(|| {
    pattern(concat!(
        // 本办法未尽事宜，按有关规定执行.
        r"^(?:其他|其它|本[\p{Han}]{2,8}?)?未尽事宜|^[^。，；]{2,}(?:相关|有关|其他|未尽)事[宜项][，,]?(?:按照?|依照|执行)[^。，；]{2,}(?:执行|办理)?。?$",
        // 本办法由市园林局负责解释; 解释机关.
        r"|^(?:本[\p{Han}]{2,8}?)?由[^。]{2,}负责解释|^解释(?:权|机关|部门)",
        // 本办法自印发之日起施行; 施行日期, 有效期限.
        r"|^本[\p{Han}]{2,8}?自[^。]{2,30}起(?:开始|正式)?(?:施行|实施|执行|实行|生效)|^(?:自|以上|上述|本|《)[^。]{1,40}之日起(?:开始|正式)?(?:施行|实施|执行|试行|生效)",
        r"|^(?:施行|实施|生效|执行)(?:时间|日期)|^[\p{Han}&&[^调延明优]]{0,10}(?:政策|措施|办法|补贴|活动|业务)的?(?:施行|实施|执行|有效|生效)(?:时间|日期?|期限?)$|^(?:本?政策)?(?:实施|执行|施行|有效|使用|试行)期限?$",
        // 本办法不适用于…, 本措施支持对象为….
        r"|^本[\p{Han}]{2,8}?(?:不?适用于|(?:支持|补助|扶持|奖励|适用)对象[为是]|有效期|与[^。]{2,40}不一致|适用[全本][省市县区州])|^[^。；]{2,40}与本[\p{Han}]{2,8}不一致|[，,]不适用于[^。]{2,30}$",
        // 上述措施适用于全县; 通知及附件可从网站下载; 申请表附后.
        r"|^(?:上述|以上)[\p{Han}]{2,8}?(?:不?适用于|仅适用于)|^[^。；，,]{0,24}(?:通知|附件|表|文件|书|指南|文本|材料|办法|细则)(?:可|可以|请)(?:从|在|到|于|登录|通过)[^。；，,]{2,}(?:下载|查阅)。?$|^[^。，；]{2,}附后。?$",
        // 删除第二十条: what a decision takes out of rules.
        r"|^删[除去]第[一二三四五六七八九十百]{1,6}[条款][^。]{0,16}。?$",
        // 花农是指…, “以上”含本数.
        r"|^[^。；，]*(?:是指|[^（(均]均?含本数)|[“”]以上[“”][^。，]{0,10}含本数",
        // 就高不重复.
        r"|[，,]不(?:得)?重复(?:享受|奖励|补助|支持)$|^[^。]{0,30}(?:从高不重复|就高不(?:就低|重复))",
    ))
});

/// 七、其他: what stands there may be no task at all.
static OTHER: Pattern = LazyLock::new(|| {
    pattern(r"^(?:其他|其它|附则|(?:其他|其它|有关|相关)(?:事项|说明|规定|问题))?$")
});

/// Telephone, address, post code.
static CONTACT: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:电话|地址|邮编|邮政编码|联系方式|联系人|邮箱|信箱|传真|链接)[^。；]{0,8}[：:]|^(?:https?://|www\.)",
    )
});

/// Whether words are about the document and not about a task: 本办法由市园林局负责解释.
pub(super) fn is_residual(words: &str) -> bool {
    // Every sentence of an item without a heading is asked, and most have none of these words.
    static MAY_BE: Pattern = LazyLock::new(|| {
        pattern(
            r"事[宜项]|解释|施行|实施|执行|实行|生效|试行|有效|使用期|适用|对象|不一致|删[除去]|是指|本数|重复|就高|下载|查阅|附后",
        )
    });
    MAY_BE.is_match(words) && RESIDUAL.is_match(words)
}

/// Whether an item under a heading that names no task says only how the document is to be read, or who can be asked.
pub(super) fn says_nothing_to_do(heading: &str, own: &[&str]) -> bool {
    let mut sentences = own
        .iter()
        .flat_map(|words| words.split('。'))
        .map(str::trim)
        .filter(|sentence| !sentence.is_empty())
        .peekable();
    OTHER.is_match(heading)
        && sentences.peek().is_some()
        && sentences.all(|sentence| {
            is_residual(sentence)
                || (CONTACT.is_match(sentence) && !sentence.contains(['请', '应', '须', '要']))
        })
}

/// Whether an item only tells what a document has in it, as the explanation of one does: 《绿化办法》共六章.
pub(super) fn tells_of_document(heading: &str, own: &[&str]) -> bool {
    static CONTENT: Pattern = LazyLock::new(|| {
        pattern(
            r"^《[^》]{2,60}》[^。]{0,200}(?:(?:提出|明确|规定|新增|细化)了|共(?:有|分)?[一二三四五六七八九十\d]{1,3}(?:章|条|个|部分)|分为[\p{Han}\d]{1,4}(?:章|部分|方面)|包[含括][\p{Han}\d]{1,3}个?(?:章|部分|方面)|由[\p{Han}\d]{1,4}(?:个部分|部分)[^。]{0,10}组成)",
        )
    });
    // 原则同意《花木规划》: the approval that a reply opens with.
    static APPROVES: Pattern = LazyLock::new(|| pattern(r"^原则上?同意(?:你[\p{Han}]{1,20})?《"));
    // 花海：指种花的山坡, 花海是指…: what a word means.
    static DEFINES: Pattern = LazyLock::new(|| {
        pattern(
            r"^(?:[^。；，,：:]{0,24}是指|指[^导定派挥引标]|(?:[^。；，,：:]{2,40}[：:])?(?:反映[^问情意]|填列))",
        )
    });
    let defines = !own.is_empty() && own.iter().all(|words| DEFINES.is_match(words));
    if defines
        || APPROVES.is_match(if heading.is_empty() { own.first().unwrap_or(&"") } else { heading })
    {
        return true;
    }
    matches!(heading, "主要内容" | "基本内容" | "文件框架" | "基本框架" | "总体考虑")
        && own.first().is_some_and(|words| CONTENT.is_match(words))
}

/// Whether an item only names another document, as the entries of a list of what is repealed do: 《苗圃办法》（某政发〔2031〕8号）；.
pub(super) fn names_document(heading: &str, own: &[&str]) -> bool {
    static NAME: Pattern = LazyLock::new(|| {
        pattern(
            r"^《[^》]{2,100}》(?:[（(](?:[^（）()]|[（(][^（）()]{1,30}[）)]){2,80}[）)])?[；;。，,、]?$",
        )
    });
    match (heading, own) {
        ("", [words]) => NAME.is_match(words),
        (_, []) => NAME.is_match(heading),
        _ => false,
    }
}

/// Whether an item asks for nothing: a name in a list, a question of an inspection, whom to call.
pub(super) fn only_names(heading: &str, own: &[&str]) -> bool {
    // 某市苗圃有限公司; 支持某市苗圃有限公司 is a task.
    static NAME: Pattern = LazyLock::new(|| {
        pattern(
            r"^[\p{Han}（）() ]{2,28}(?:有限公司|股份公司|合作社|大学|学院|研究院|研究所|国家(?:湿地|森林|地质|沙漠|草原|矿山|石漠)公园)[；;。]?$",
        )
    });
    // 最美花园奖3名.
    static PRIZE: Pattern =
        LazyLock::new(|| pattern(r"^[\p{Han}“”、]{1,14}奖[：:]?\d{1,3}[名个项件篇部][；;。]?$"));
    // 苗圃登记证复印件；: what is handed in.
    static PAPER: Pattern = LazyLock::new(|| {
        pattern(
            r"^[^，,。；;：:收交]{2,40}(?:复印件|原件|申请表|登记表|营业执照|身份证|身份证明|申请书)(?:[（(][^（）()]{1,60}[）)])?[；;。]?$",
        )
    });
    static ACTS: Pattern = LazyLock::new(|| {
        pattern(
            r"^(?:填|提|报|签|出|下|审|核|公|印|制|取消|不再|减|简|精|免|建|创|新|改|扩|打造|组建|成立|引|培|设立|规划|支持|推|申|争取|依托|办|做|扶|整合|与|和|发|加|对|由|不得|积极|共建|筹|联合|全面|重点|深化|落实|促|强|抓|保|向)",
        )
    });
    static CALL: Pattern = LazyLock::new(|| {
        pattern(
            r"^[^。；，请应须登报]{0,24}(?:电话|邮箱|地址|邮编|传真|联系人|联系部门)(?:[：:\s]|[（(]?\d)[^。；请应须登报]{3,80}。?$",
        )
    });
    let is_name = |words: &str| {
        (NAME.is_match(words) || PAPER.is_match(words) || PRIZE.is_match(words))
            && !ACTS.is_match(words)
    };
    let is_call = |words: &&str| CALL.is_match(words) && !ACTS.is_match(words);
    let is_nothing = |words: &&str| words.starts_with("是否") || is_call(words);
    match own {
        [] => is_name(heading),
        [words] if heading.is_empty() => is_name(words) || is_nothing(words),
        _ => heading.is_empty() && own.iter().all(is_call),
    }
}

/// “花海计划”: a heading that is only a word in quotation marks, as those of words that a text explains at its end.
pub(super) fn is_term(heading: &str) -> bool {
    static TERM: Pattern = LazyLock::new(|| pattern(r"^“[^“”]{1,30}”$"));
    heading.starts_with('“') && TERM.is_match(heading)
}

/// Aims that stand in a chapter of their own, or in one with the principles: 指导思想、基本原则和发展目标.
static GOALS: Pattern = LazyLock::new(|| pattern(r"(?:目标|指标)(?:和?任务|要求)?$"));

/// Whether a heading announces what is to be reached.
pub(super) fn announces_goals(heading: &str) -> bool {
    GOALS.is_match(heading)
}

/// What the heading of an item announces.
#[derive(Clone, Copy, Default)]
pub(super) struct Announced {
    /// Aims, background, conditions or contacts, and no task.
    pub(super) no_task: bool,
    /// Who qualifies, what is handed in, who can be asked.
    pub(super) conditions: bool,
    /// History, which commits nobody, is background; aims, which commit, are not; most headings say neither.
    pub(super) background: Option<bool>,
}

pub(super) fn announced_by(heading: &str) -> Announced {
    if heading.is_empty() {
        return Announced::default();
    }
    let background = (announces_goals(heading) || NO_COMMITMENT.is_match(heading))
        .then(|| !announces_goals(heading));
    Announced { no_task: is_no_task(heading), conditions: is_conditions(heading), background }
}

/// Whether a heading announces aims, conditions or contacts.
fn is_no_task(heading: &str) -> bool {
    (NO_TASK.is_match(heading) && !AIMS_AT.is_match(heading))
        || (PRINCIPLES.is_match(heading)
            && (heading.ends_with("的原则") || !ACTS_ON_CONDITIONS.is_match(heading)))
        || is_conditions(heading)
}

fn is_conditions(heading: &str) -> bool {
    CONDITIONS.is_match(heading) && !ACTS_ON_CONDITIONS.is_match(heading)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_principle_or_a_scope_is_no_task_and_to_act_on_it_is_one() {
        for heading in [
            "部门主要职责",
            "2031年部门预算收支情况说明",
            "坚持原则",
            "规划背景",
            "我市绿化已取得显著成效",
            "推荐名额",
            "培养目标",
            "培训目标",
            "资金使用范围",
            "清理苗圃的原则",
            "从严的原则",
            "适用范围",
            "预期成效",
            "联系方式及地址",
            "《绿化措施》的出台背景是什么",
            "方案制定的意义和总体考虑是什么",
            "环境目标",
            "生态环境形势",
            "名词解释",
            "调查对象",
            "发现的主要问题",
            "存在问题",
            "基本情况",
            "近年来工作开展情况",
            "主要目标和2031年预期目标",
            "《绿化方案》的主要目标是什么",
            "种树的花农会受影响吗",
            "《绿化方案》什么时候开始执行",
            "申请种树补贴需要什么条件",
        ] {
            assert!(is_no_task(heading), "{heading}");
        }
        for heading in [
            "落实适地适树原则",
            "扩大“一树一码”适用范围，方便花农",
            "畅通联系渠道",
            "推动绿化取得新成效",
            "明确年度治理目标",
            "坚持适地适树原则",
            "重点发展新材料",
            "丰富花展产品类型",
            "补贴项目类型",
            "整改存在问题",
            "《绿化方案》有哪些重点任务",
            "实现预期目标",
        ] {
            assert!(!is_no_task(heading), "{heading}");
        }
    }

    #[test]
    fn what_must_be_handed_in_is_a_condition() {
        assert!(is_conditions("承包苗圃的花农,需提供以下材料"));
        assert!(is_conditions("咨询联系方式"));
        assert!(is_conditions("申报示范苗圃需同时满足以下基本条件"));
        assert!(is_conditions("花农需提交材料（一式两份，按顺序装订）"));
        assert!(is_conditions("申报条件和要求"));
        assert!(!is_conditions("适度放宽苗圃登记办理条件"));
        assert!(!is_conditions("清理各类限制条件"));
        assert!(!is_conditions("精简花农需要提供的材料"));
        for heading in
            ["引进对象和条件", "限制条件", "培育对象", "重点支持对象", "入库条件", "项目方向"]
        {
            assert!(is_conditions(heading), "{heading}");
        }
        for heading in ["作品要求", "申报材料及要求", "申请额度", "奖项设置"] {
            assert!(is_conditions(heading), "{heading}");
        }
        for heading in [
            "所需资料",
            "收件资料",
            "苗圃和申请人要求",
            "申报单位资格要求",
            "活动对象",
            "申报资料和提交方式",
            "电子邮箱",
            "《名花目录》申报范围",
            "征集作品范围",
            "政策执行范围",
            "组织申报的推荐单位",
            "入围基本要求",
            "承包人权利义务",
            "绿化工作领导小组办公室联系人",
        ] {
            assert!(is_conditions(heading), "{heading}");
        }
        assert!(!is_conditions("工作要求"));
        for heading in [
            "苗圃管理要求",
            "公布举报电话",
            "印制发放宣传资料",
            "扩大征集范围",
            "引进推荐单位",
            "园林中心的权利与义务",
        ] {
            assert!(!is_conditions(heading), "{heading}");
        }
    }

    #[test]
    fn how_to_read_a_document_and_whom_to_ask_is_nothing_to_do() {
        for words in [
            "自文件发布之日起施行，试行一年，由市园林局负责解释。",
            "涉及多个同类奖项的，按最高标准执行，不重复享受。涉及“以上”均含本数。",
            "本措施涉及的花农是指种花的农户。",
            "绿化通知链接如下：http://a.b 联系电话：123",
            "本通知及附件可从市园林局网站下载。登记表附后。",
            "上述措施适用于全县苗圃。",
            "本通知适用全市范围。原有规定与本通知不一致的，以本通知为准。",
        ] {
            assert!(says_nothing_to_do("其他事项", &[words]), "{words}");
        }
        assert!(says_nothing_to_do("其它", &["绿化通知链接如下：", "http://a.b（园林局）"]));
        assert!(!says_nothing_to_do("其他", &["请各县报送名单，联系电话：123"]));
        assert!(!says_nothing_to_do("其他", &["建立花农名册。"]));
        assert!(!says_nothing_to_do("种树", &["自发布之日起施行"]));
        for counts in ["含", "均含"] {
            let words = format!("对10亩以下（{counts}本数）的苗圃免收费用。");
            assert!(!says_nothing_to_do("其他", &[&words]), "{counts}");
        }
    }

    #[test]
    fn what_is_about_the_document_has_one_of_the_words_that_are_asked_first() {
        for words in [
            "本办法未尽事宜，按有关规定执行。",
            "苗圃有关事项按规定执行。",
            "本办法由市园林局负责解释。",
            "解释机关",
            "本办法自2031年5月6日起施行。",
            "以上措施自印发之日起试行。",
            "实施时间",
            "使用期限",
            "补贴办法的有效期限",
            "苗圃业务生效日",
            "本措施支持对象为花农。",
            "原规定与本办法不一致的，以本办法为准。",
            "本办法适用全市。",
            "删去第二十条。",
            "花农是指种花的人。",
            "登记表可登录网站查阅。",
            "登记表附后。",
            "以上措施适用于全县。",
            "“以上”含本数。",
            "同一苗圃，不重复享受",
            "奖励就高不就低。",
        ] {
            assert!(RESIDUAL.is_match(words) && is_residual(words), "{words}");
        }
    }

    #[test]
    fn names_questions_and_numbers_to_call_ask_for_nothing() {
        assert!(only_names("", &["某市苗圃有限公司；"]));
        assert!(only_names("花港国家湿地公园", &[]));
        assert!(only_names("最美花园奖3名", &[]));
        assert!(!only_names("设立花园奖3名", &[]));
        assert!(only_names("", &["苗圃登记证复印件（一式两份）；"]));
        assert!(!only_names("", &["不再收取苗圃登记证复印件。"]));
        assert!(only_names("", &["是否存在擅自砍树行为；"]));
        assert!(only_names("", &["市园林局办公室咨询电话010-1234567"]));
        assert!(only_names("", &["园林科 联系电话：1234567", "地址：花港路5号"]));
        assert!(!only_names("", &["在苗圃住宅地址登记入户；"]));
        assert!(!only_names("", &["组建某市苗圃有限公司。"]));
        assert!(!only_names("创建国家森林公园", &[]));
        assert!(!only_names("积极创建国家森林公园", &[]));
        assert!(!only_names("", &["不得要求提供苗圃登记证复印件。"]));
        assert!(!only_names("", &["公布监督电话：1234567，接受花农监督。"]));
        assert!(!only_names("", &["请各县报送名单，联系电话：1234567。"]));
    }

    #[test]
    fn an_explanation_tells_of_its_document() {
        let words = "《绿化意见》结合实际，从种树、护林两个方面，提出了十条措施。";
        assert!(tells_of_document("主要内容", &[words]));
        assert!(!tells_of_document("主要内容", &["建立苗圃名录。"]));
        assert!(tells_of_document("", &["原则同意《花木规划》。规划以种树为重点。"]));
        assert!(tells_of_document("花海", &["花海是指种花的山坡。"]));
        assert!(tells_of_document("主要内容", &["《绿化通知》主要包含五部分内容。"]));
        assert!(tells_of_document("养护费", &["指养护花木的费用。"]));
        assert!(tells_of_document(
            "",
            &["养护费：反映养护花木的费用。", "苗木费：填列购苗的数额。"]
        ));
        assert!(!tells_of_document("", &["种树：反映问题的渠道要畅通。"]));
        assert!(!tells_of_document("花海", &["指导花农种花。"]));
        assert!(!tells_of_document("花海", &["花海是指种花的山坡。", "每年种花。"]));
    }
}
