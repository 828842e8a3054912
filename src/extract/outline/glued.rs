//! Headings that run into the text behind them, as copies without line ends have them. In: the words behind a number; out: how
//! far the heading goes. The surprise: 申报时间为五月 is a sentence where lines end, and a heading with its text where they do not.

use crate::text::{Pattern, Span, pattern};
use std::sync::LazyLock;

/// A usual heading whose line end is lost: 工作要求各单位要…, 联系方式某局….
static FORMULA: Pattern = LazyLock::new(|| {
    pattern(
        r"^((?:工作|有关|相关|其他|活动|具体)(?:要求|安排|事项)|组织(?:机构|领导|实施|保障)|保障措施|联系方式|(?:时间|进度)安排|报名(?:方式|办法)|实施步骤|(?:支持|补助|奖补|资助|扶持|申报|项目)(?:方向|条件|标准|原则|对象|范围|程序)|解释(?:权|机关|部门)?(?:[及和与、](?:施行|实施|执行|生效)(?:时间|日期)?)?|(?:施行|实施|执行|生效)(?:时间|日期)(?:[及和与、](?:解释权?|有效期))?|有效期限?)(?:各|请|为|本|凡|从|自|该)|^((?:指导|总体)思想|(?:工作|基本|主要)原则|(?:工作|主要|总体)目标)——|^(联系(?:方式|人|电话))[\p{Han}&&[^及和与或等地]]",
    )
});

/// 工作目标花木产量…: a usual heading that runs into a text of its own.
static USUAL: Pattern = LazyLock::new(|| {
    pattern(
        r"^((?:工作|主要|总体|发展|行动)目标|总体(?:要求|思路)|指导思想|基本原则|保障措施)[^和与及、，。；：:（(\s任分责考体管要是的]",
    )
});

/// What the first sentence behind a usual heading has at least.
const USUAL_TEXT_CHARS_MIN: usize = 20;

/// 深化体制改革建立健全…: a heading that lost its line end, as far as its last noun; a verb opens the text.
static GLUED: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"^((?:以[\p{Han}“”、]{2,16}?为(?:导向|引领|重点|目标|抓手|核心|主线|牵引|支撑|基础))?[\p{Han}“”、]{2,22}?(?:改革|制度|创新|试验|网络|特区|交流合作|合作|建设|体系|机制|水平|能力|发展|融合|服务|保障|管理|监管|环境|要求|思路|目标|原则|思想|任务|措施|重点|流程|手续|工作|质量|结构|布局|产业|领域|效率|力度|活力|转型|升级|培训|队伍|平台|基地|投资|消费|项目|工程|渠道|用地|领导|实施|宣传|考核|督查|政策|登记|额度|权益|经营权|关系|导向|氛围|意识|精神|风貌|引领|培养|计划|对接|信念|理念|观念|担当|产权|财产权|(?:公平|规范|积极|主动|创造|协同|精准|有效|针对)性|”))",
        r"(?:建立|加快|推进[^和与及机工]|推动|加强|深化|支持[^和与及力政度]|鼓励|充分|积极|围绕|以[^及上下内外来后前]|按照|坚持|进一步|大力|全面|完善|依托|发挥|落实|加大|探索|引导|打造|构建|健全|优化|强化|抓住|把握|结合|针对|根据|各地|各级|各部门|对[^接外内口应策比]|为|将|在[^建线校岗职]|通过|着力|严格|切实|规模以上|提高|做好|减少|扩大|各市|各设区|利用|聚焦|瞄准|组织[^和与及机体实架]|开展|制定[^机和与]|推行|营造|激励|激发|弘扬|增强|遵循|坚守|把[^握关控好脉])[\p{Han}“][\p{Han}“、《]{2}"
    ))
});

/// 申报时间各单位…, 培育目的充分发挥…: a noun that heads sections, and what opens a sentence.
static LABEL: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"^([\p{Han}“”、]{2,14}?(?:时间|目的|对象|方式|程序|范围|事项|名额|安排|条件|内容|步骤|方法|主题|流程|材料|标准|要求|宗旨|原则|措施|思路|机构|跟踪))",
        r"(?:认真|充分|激发|各(?:地|级|单位|部门|市|设区|县|区|有关|申报|相关|监管|推荐|组织)|请[各有申]|按照|根据|依据|为(?:进一步|确保|深入|贯彻|落实|加强|了|做好|发挥)|20\d\d年|\d{1,2}月|截[至止]|即日|原则上|采取|参与|全[省市县]|我[省市县委厅局]|本[次项]|凡|主要(?:审计|检查|包括)|在[\p{Han}]{2,10}基础上|坚持|全面贯彻|突出|围绕|结合|通过|对(?:符合|未|于|本|全|申)|符合|“)"
    ))
});

/// 完善养护机制责任单位：某局: a heading that runs into the note of who is in charge, or of who holds what it names.
static LABELLED: Pattern = LazyLock::new(|| {
    pattern(
        r"^([\p{Han}“”、，]{2,40}?[\p{Han}”&&[^实确及和与]])(?:(?:牵头|责任|配合|指导|主办|承办)(?:责任)?(?:单位|部门|机构)|联系人|联系电话)$",
    )
});

/// Whether a paragraph stands in the middle of a line: the copy has lost its line ends.
pub(super) fn runs_on(clean: &str, paragraph: Span) -> bool {
    let before = Span::new(0, paragraph.byte_start).slice(clean);
    before.chars().next_back().is_some_and(|c| c != '\n')
}

/// How far a usual heading goes that opens `words`; `first` is their first sentence.
pub(super) fn find_usual(words: &str, first: &str) -> Option<usize> {
    let usual = || USUAL.captures(words).filter(|_| first.chars().count() > USUAL_TEXT_CHARS_MIN);
    let found = FORMULA.captures(words).or_else(usual)?;
    found.iter().skip(1).flatten().next().map(|heading| heading.len())
}

/// 加强苗木养护一是浇水…二是修枝…: how far a heading goes that lost its full stop in front of what is counted behind it.
pub(super) fn find_counted(words: &str, title: &str) -> Option<usize> {
    static COUNTED: Pattern = LazyLock::new(|| {
        pattern(r"^([\p{Han}“”、]{4,30}?[\p{Han}”&&[^第之唯统万单专不同任其]])一[是要][\p{Han}]{2}")
    });
    let found =
        COUNTED.captures(title).filter(|_| words.contains("二是") || words.contains("二要"))?;
    found.get(1).map(|heading| heading.len())
}

/// How far a heading goes whose last words, in front of a colon, are the label of its note.
pub(super) fn find_labelled(title: &str) -> Option<usize> {
    LABELLED.captures(title)?.get(1).map(|heading| heading.len())
}

/// What is known of the line ends around an item.
#[derive(Clone, Copy)]
pub(super) struct LostEnds {
    /// Whether it stands in the middle of a line.
    pub(super) has_lost_ends: bool,
    /// Whether enough of its sisters have headings that its own may only have lost its full stop.
    pub(super) has_sisters: bool,
}

/// The heading at the start of `rest`, which may run into the text behind it; `heading` is what a reader of lines takes for it.
pub(super) fn cut_glued(clean: &str, rest: Span, heading: Span, ends: LostEnds) -> Span {
    let words = rest.slice(clean);
    // Where line ends are lost, a clause that goes on behind a noun is no heading to its end.
    let is_whole = !heading.is_empty() && !heading.slice(clean).contains(['，', ',']);
    let takes_glued = (ends.has_lost_ends && !is_whole) || (heading.is_empty() && ends.has_sisters);
    let label = Some(words).filter(|_| ends.has_lost_ends).and_then(|words| LABEL.captures(words));
    let glued = || Some(words).filter(|_| takes_glued).and_then(|words| GLUED.captures(words));
    let found = label.or_else(glued).and_then(|found| found.get(1)).map(|found| found.len());
    let found = found.or_else(|| find_repeated(words).filter(|_| heading.is_empty()));
    found.map_or(heading, |len| Span::new(rest.byte_start, rest.byte_start + len))
}

/// 选好护林员护林员是指…, 苗木转让苗木转让应当…, 增强花农护林意识花农要…: a heading of which its text begins with a noun again, the last one, or
/// any where the heading ends with another that heads sections.
fn find_repeated(words: &str) -> Option<usize> {
    const HEADING_CHARS_MAX: usize = 18;
    const HEADING_CHARS_MIN: usize = 4;
    const NOUN_CHARS: usize = 3;
    const REST_CHARS_MIN: usize = 10;
    const NOUNS: [&str; 10] =
        ["结算", "职责", "义务", "权利", "条件", "标准", "补贴", "意识", "作用", "权"];
    let starts: Vec<usize> =
        words.char_indices().map(|(at, _)| at).take(HEADING_CHARS_MAX + 1).collect();
    let borders = || starts.iter().copied().skip(HEADING_CHARS_MIN);
    let repeats = |at: usize| {
        let Some((heading, rest)) = words.split_at_checked(at) else { return false };
        let Some((end, _)) = rest.char_indices().nth(NOUN_CHARS) else { return false };
        let is_named = rest.get(..end).is_some_and(|noun| heading.contains(noun));
        is_named
            && heading.chars().all(char::is_alphabetic)
            && (rest.starts_with(heading) || NOUNS.iter().any(|noun| heading.ends_with(noun)))
            && rest.chars().nth(REST_CHARS_MIN).is_some()
    };
    borders().find(|&at| is_doubled(words, at)).or_else(|| borders().find(|&at| repeats(at)))
}

/// Whether the noun that ends in front of `at` follows again: 选好乡村护林员乡村护林员是指….
fn is_doubled(words: &str, at: usize) -> bool {
    const NOUN_CHARS_MIN: usize = 4;
    let Some((heading, rest)) = words.split_at_checked(at) else { return false };
    heading.chars().all(char::is_alphabetic)
        && heading
            .char_indices()
            .rev()
            .skip(NOUN_CHARS_MIN - 1)
            .any(|(from, _)| heading.get(from..).is_some_and(|noun| rest.starts_with(noun)))
}
