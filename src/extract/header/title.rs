//! The title and its kind. In: lines of the head; out: located
//! words. A title may run over several lines and may be printed twice. The surprise: a title is known by
//! its end (the kind of document), not by its beginning.

use super::issued::find_issued;
use super::number::find_numbers;
use crate::document::{Located, Period};
use crate::extract::ordinal::parse_marker;
use crate::text::{Pattern, Span, pattern};
use std::sync::LazyLock;

/// The longest title that is believed; real ones stay below 100 characters.
const TITLE_CHARS_MAX: usize = 140;

/// 目录, 通知 alone are headings of something else.
const TITLE_CHARS_MIN: usize = 5;

/// A title runs over so many lines at most.
pub(super) const TITLE_LINES_MAX: usize = 6;

/// So many bodies may stand above a title, each on a line of its own.
const ISSUERS_MAX: usize = 16;

static PLACE_AT_START: Pattern =
    LazyLock::new(|| pattern(r"^[\p{Han}]{1,7}?(?:省|市|县|区|州|盟)"));

static KIND_AT_END: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"(?:(?P<kind>通知|意见|决定|公告|通告|通报|办法|方案|措施|规划|报告|函|批复|规定|条例|细则|计划|纲要|决议|命令|令|",
        r"请示|答复|纪要|建议|公报|规则|规程|制度|要点|政策|举措|预案|指南|指引|规范|导则|标准|章程|清单|目录|公示|分工表|分解表|(?:责任|任务|工作)分工)|(?:指标|评价)(?P<system>体系))",
        r"(?:[（(〔](?:[^（）()]|[（(][^（）()]*[）)])+[）)〕])*$"
    ))
});

/// 某市继续推行花木标准: what the measures of the next line are for, no kind of document.
static ENDS_IN_OBJECT: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"^[\p{Han}]{1,7}?(?:省|市|县|区|州|盟)(?:继续|进一步|加快|全面|深入)?",
        r"(?:促进|推动|推进|推行|支持|加强|实施|执行|落实|完善|健全|优化|提升|鼓励)[\p{Han}]*(?:标准|规范|制度|政策|体系|计划)$"
    ))
});

static BODY_AT_END: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:政府|办公厅|办公室|委员会|党委|省委|市委|县委|区委|委|厅|局|部|院|会|中心|署|银行|管委会|分行|支行|海关|公司|集团|总队|支队|总社|供销社|档案馆|国务院|联席会议|领导小组|指挥部|工作专班|工商联|残联|妇联|科协|文联)$",
    )
});

/// (征求意见稿), （2031—2033年） on a line of its own below the title is its end.
static NOTE_BELOW: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"^[（(〔](?:(?:公开|再次|第[一二三]次)?征求意见稿?|送审稿|报审稿|代拟稿|讨论稿|修改稿|修订稿|草案稿?|初稿|审议稿|报批稿|公示稿|公示版|修订版?|修正版?|试行稿?|暂行|",
        r"第[一二三四五六七八九\d]版|[^（）()]{0,6}(?:19|20)\d\d年?(?:(?:[—–―－~～-]+|至|到)20\d\d年?)?度?|[年版本、，]){1,4}[）)〕]$"
    ))
});

/// 国家林业局, 园林部: bodies of the centre.
static CENTRAL: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:国家|中国|全国|中华人民共和国|国务院[^办])|^[\p{Han}]{2,12}部$|^中共中央[\p{Han}]{2,8}部$",
    )
});

static ABOUT: Pattern = LazyLock::new(|| pattern(r"^(.{2,60}?)关于"));

static PERIOD: Pattern =
    LazyLock::new(|| pattern(r"((?:19|20)\d\d)年?(?:[—–―－~～-]+|至|到)((?:19|20)\d\d)年?"));

/// Whether a line can be part of a title: no sentence punctuation, not too long.
pub(super) fn is_title_part(line: &str) -> bool {
    let is_sentence = line.contains('，')
        && ["为", "根据", "按照", "经", "现"].iter().any(|opening| line.starts_with(opening));
    !is_sentence
        && !line.contains(['。', '；', '\t', '：'])
        && parse_marker(line).is_none()
        && line.chars().count() <= TITLE_CHARS_MAX
}

/// Bytes of the tag in 【】, or of the bullet, that a website puts before a title.
pub(super) fn tag_len(line: &str) -> usize {
    let rest = line.trim_start_matches(['•', '·', '●', '■', '◆', '★', '▪', ' ']);
    let tag =
        rest.strip_prefix('【').and_then(|rest| rest.split_once('】')).map(|(tag, _)| tag.len());
    line.len() - rest.len() + tag.map_or(0, |len| len + "【】".len())
}

/// The number in brackets that a website puts behind a title, with its brackets: 关于种树的意见（某园发〔2031〕8号）.
pub(super) fn find_number_behind(title: &str) -> Option<Span> {
    let behind = title.strip_suffix(['）', ')', ']', '】'])?;
    let number = find_numbers(behind).into_iter().next_back()?.span;
    let before = title.get(..number.byte_start)?;
    let rest = before.strip_suffix(['（', '(', '[', '【'])?;
    let ends = number.byte_end == behind.len() && find_kind(rest).is_some();
    ends.then(|| Span::new(rest.len(), title.len()))
}

/// The kind of document that a title ends with: 实施意见 gives 意见.
pub(super) fn find_kind(title: &str) -> Option<Span> {
    let found = KIND_AT_END.captures(title)?;
    let kind = found.name("kind").or_else(|| found.name("system"))?;
    // 任务分工 ends a title like a kind of its own; the noun is 分工.
    let noun = kind.as_str().ends_with("分工").then_some("分工".len());
    Some(Span::new(noun.map_or(kind.start(), |noun| kind.end() - noun), kind.end()))
}

/// The first and last line of the title that ends in the last possible of `lines`.
pub(super) fn find_title_lines(lines: &[&str]) -> Option<(usize, usize)> {
    let ends_here = |&at: &usize| {
        lines.get(at).is_some_and(|line| {
            is_title_part(line)
                && find_kind(line).is_some()
                && !is_order(line)
                && (line.chars().count() >= TITLE_CHARS_MIN || ends_title(lines, at))
        })
    };
    let last = (0..lines.len()).rev().find(ends_here)?;
    // Where no addressees stand between them, the title of the plan comes right behind that of the notice that issues it.
    let issuing = |&at: &usize| lines.get(at).is_some_and(|line| is_notice_of_plan(line));
    let is_plan = lines.get(last).is_some_and(|line| !line.contains("关于"));
    let notice = (0..last).rev().filter(ends_here).find(issuing).filter(|_| is_plan);
    let last = notice.unwrap_or(last);
    let mut first = last;
    let mut joined = (*lines.get(last)?).to_owned();
    while let Some(above) = first.checked_sub(1).and_then(|at| lines.get(at)) {
        // 某局关于规范: the words behind 关于 go on, whatever noun the line ends with.
        let ends_in_kind = find_kind(above).is_some_and(|kind| {
            above.get(..kind.byte_start).is_some_and(|before| before.ends_with('的'))
        });
        let goes_on = above.contains("关于") && !joined.contains("关于") && !ends_in_kind;
        let is_whole = find_kind(above).is_some()
            && !goes_on
            && !ENDS_IN_OBJECT.is_match(above)
            && !is_object_of(&joined, lines.get(..first - 1).unwrap_or_default());
        let is_part = is_title_part(above) && !is_whole && !above.is_empty();
        if !is_part || !goes_on_above(&joined, lines.get(..first).unwrap_or_default()) {
            break;
        }
        joined.insert_str(0, above);
        first -= 1;
    }
    first -= lines.get(..=first).map_or(0, count_issuers_above);
    let below = lines.get(last + 1..).unwrap_or_default();
    let notes = below.iter().take_while(|line| NOTE_BELOW.is_match(line)).count();
    Some((first, last + notes))
}

/// 某市关于推行, 苗木登记制度, 花木检验制度的意见: whether the line below `lines`, which ends like a title, is only what their 关于 is about.
fn is_object_of(joined: &str, lines: &[&str]) -> bool {
    let of = find_kind(joined).and_then(|kind| joined.get(..kind.byte_start));
    let is_open = |line: &&str| line.contains("关于") && find_kind(line).is_none();
    of.is_some_and(|of| ["的", "的实施", "的指导", "的若干"].iter().any(|end| of.ends_with(end)))
        && !joined.contains("关于")
        && lines.last().filter(|line| is_title_part(line)).is_some_and(is_open)
}

/// 某市园林局 | 某市林业局 | 关于种树的通知: how many lines above the last of `lines`, which is an issuer or opens with one, name others of
/// the same place. A government above its office is a letterhead.
fn count_issuers_above(lines: &[&str]) -> usize {
    let Some((last, above)) = lines.split_last() else { return 0 };
    let place = |name: &str| name.chars().take(2).collect::<String>();
    let name = last.split("关于").next().unwrap_or_default();
    if !is_body_name(name) {
        return 0;
    }
    let is_central = |name: &str| CENTRAL.is_match(name) && !PLACE_AT_START.is_match(name);
    let is_other = |line: &&&str| {
        is_body_name(line)
            && (place(line) == place(name) || (is_central(line) && is_central(name)))
            && !line.ends_with("政府")
            && !name.starts_with(**line)
            && !line.contains(name)
    };
    above.iter().rev().take(ISSUERS_MAX).take_while(is_other).count()
}

/// 关于印发《…》的通知.
fn is_notice_of_plan(line: &str) -> bool {
    line.ends_with("通知") && find_issued(line).is_some()
}

/// Whether the words end a quotation or a title in 《》 that they do not begin.
fn closes_more(words: &str) -> bool {
    [('“', '”'), ('《', '》')].iter().any(|&(open, close)| {
        words.find(close).is_some_and(|at| words.find(open).is_none_or(|open| at < open))
    })
}

/// Whether the words begin a quotation or a title in 《》 that they do not end.
fn opens_more(words: &str) -> bool {
    [('“', '”'), ('《', '》')].iter().any(|&(open, close)| {
        words.rfind(open).is_some_and(|at| words.rfind(close).is_none_or(|close| close < at))
    })
}

/// 若干措施 on a line of its own ends the title whose line above breaks off, at 的 or behind what a place does.
fn ends_title(lines: &[&str], at: usize) -> bool {
    static PLACE_DOES: Pattern = LazyLock::new(|| {
        pattern(
            r"^[\p{Han}]{1,7}?(?:省|市|县|区|州|盟)(?:关于)?(?:进一步|加快|全面|深入|持续)?(?:促进|推动|推进|支持|加强|完善|优化|提升|鼓励)",
        )
    });
    let above = at.checked_sub(1).and_then(|above| lines.get(above));
    above.is_some_and(|line| {
        let is_open = PLACE_DOES.is_match(line) && find_kind(line).is_none();
        is_title_part(line) && (line.ends_with(['的', '、', '和']) || is_open)
    })
}

/// Whether a title that reads `joined` so far began in the lines above it, the last of them being the nearest.
fn goes_on_above(joined: &str, lines: &[&str]) -> bool {
    // 某市园林局对某会议 | 第8号提案的答复: an answer has no 关于.
    static ANSWERS: Pattern = LazyLock::new(|| {
        pattern(r"^[\p{Han}]{2,20}(?:政府|办公[厅室]|厅|局|部|委员会|院)对[\p{Han}]")
    });
    // 转发某局关于种树的意见的通知: the 关于 is that of what is passed on.
    let opens_rest = ["关于", "转发", "批转", "印发"].iter().any(|verb| joined.starts_with(verb));
    // 关于修改《某市关于…》: the second 关于 is that of the title named.
    let is_whole = !opens_rest && ABOUT.is_match(joined);
    let Some(above) = lines.last().filter(|_| !is_whole) else { return false };
    if closes_more(joined) && opens_more(above) {
        return true;
    }
    let issuer = above.trim_end_matches("印发").trim_end_matches("转发");
    let is_body = BODY_AT_END.is_match(issuer) && above.chars().count() <= 40;
    if opens_rest {
        // 关于 opens the rest of a title: only the issuer may stand above it.
        return is_body;
    }
    let about = lines
        .iter()
        .rev()
        .take(TITLE_LINES_MAX)
        .take_while(|line| is_title_part(line) && !line.is_empty());
    let answers = ["答复", "批复", "复函"].iter().any(|kind| joined.ends_with(kind));
    let from_place = PLACE_AT_START.is_match(above) && !PLACE_AT_START.is_match(joined);
    is_body
        || from_place
        || (answers && ANSWERS.is_match(above))
        || about.into_iter().any(|line| line.contains("关于"))
}

/// 某市人民政府令 heads a regulation but is not its title.
fn is_order(line: &str) -> bool {
    line.ends_with('令') && !line.contains("关于")
}

/// The issuing body that a title begins with: 某市人民政府关于….
pub(super) fn find_issuer(title: &str) -> Option<Span> {
    let body = ABOUT.captures(title)?.get(1)?;
    // 某府办公室转发某局关于…: the first of the two issues.
    let forwards = ["转发", "批转"].iter().filter_map(|verb| body.as_str().find(verb)).min();
    let span = Span::new(body.start(), body.start() + forwards.unwrap_or(body.len()));
    BODY_AT_END.is_match(span.slice(title)).then_some(span)
}

/// The government whose report it is: 2031年某省政府工作报告.
pub(super) fn find_reporter(title: &str) -> Option<Span> {
    static REPORT: Pattern =
        LazyLock::new(|| pattern(r"^(?:20\d\d年)?([\p{Han}]{2,12}政府)工作报告$"));
    let body = REPORT.captures(title)?.get(1)?;
    Some(Span::new(body.start(), body.end()))
}

/// Whether a line is the name of a body, as a signature has it.
pub(super) fn is_body_name(line: &str) -> bool {
    ends_like_body(line) && line.chars().count() <= 40
}

/// Whether words are a name of a body, or several without a border between them.
pub(super) fn ends_like_body(words: &str) -> bool {
    BODY_AT_END.is_match(words) && !words.contains(['，', ',', '。', '：', ':', '、', '《'])
}

/// Whether a line is a title that differs from the one named only by words that one of them leaves out.
pub(super) fn is_nearly(line: &str, named: &str) -> bool {
    /// A title leaves out so many characters at most.
    const LEFT_OUT_MAX: usize = 6;
    if !is_title_part(line) || find_kind(line).is_none() {
        return false;
    }
    // (修改稿) behind the printed title is no word of it.
    if line.strip_prefix(named).is_some_and(|note| note.starts_with(['（', '('])) {
        return false;
    }
    let (one, other): (Vec<char>, Vec<char>) = (line.chars().collect(), named.chars().collect());
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let mut rest = long.iter();
    let is_inside = short.iter().all(|c| rest.any(|other| other == c));
    is_inside && short.len() >= TITLE_CHARS_MIN * 2 && long.len() - short.len() <= LEFT_OUT_MAX
}

/// The years that a title names: (2024—2025年).
pub(super) fn find_period(words: &str) -> Option<Located<Period>> {
    let found = PERIOD.captures(words)?;
    let whole = found.get(0)?;
    let year_start = found.get(1)?.as_str().parse().ok()?;
    let year_end = found.get(2)?.as_str().parse().ok()?;
    (year_start <= year_end).then(|| {
        Located::new(Period { year_start, year_end }, Span::new(whole.start(), whole.end()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_joined_upwards_to_its_issuer() {
        let lines = ["网站导航", "某市人民政府", "关于印发某市绿化", "三年行动方案的通知"];
        assert_eq!(find_title_lines(&lines), Some((1, 3)));
        assert_eq!(find_title_lines(&["某市人民政府关于加快发展", "体育产业的意见"]), Some((0, 1)));
        assert_eq!(find_title_lines(&["首页", "关于绿化工作的通知"]), Some((1, 1)));
        let lines = ["首页", "某市人民政府办公室印发", "关于绿化工作的通知"];
        assert_eq!(find_title_lines(&lines), Some((1, 2)));
        let lines = ["某市人民政府办公室", "印发《关于加快绿化的", "若干措施》的通知"];
        assert_eq!(find_title_lines(&lines), Some((0, 2)));
        let lines = ["某市园林局关于进一步规范", "我市花木市场发展的通知"];
        assert_eq!(find_title_lines(&lines), Some((0, 1)));
        let lines = ["某市人民政府关于修改《某市公园规定》的决定", "某市公园规定"];
        assert_eq!(find_title_lines(&lines), Some((1, 1)));
        assert_eq!(find_title_lines(&["首页", "购物车"]), None);
        let lines = ["某市关于全面推行", "苗木登记制度苗圃检查制度", "花木检验制度的指导意见"];
        assert_eq!(find_title_lines(&lines), Some((0, 2)));
        let lines = ["首页", "关于进一步美化公园的", "若干措施"];
        assert_eq!(find_title_lines(&lines), Some((1, 2)));
        let lines = ["某市促进公园健康发展", "若干措施", "(征求意见稿)"];
        assert_eq!(find_title_lines(&lines), Some((0, 2)));
        assert_eq!(find_title_lines(&["某市公园", "目录"]), None);
        let lines = ["某市园林局对某市第三届花会", "第8号提案的答复"];
        assert_eq!(find_title_lines(&lines), Some((0, 1)));
        let lines = ["某市园林局关于印发《某市", "公园绿化提升", "工作方案》的通知"];
        assert_eq!(find_title_lines(&lines), Some((0, 2)));
        assert_eq!(find_title_lines(&["某市公园运营服务", "监督管理办法（试行）"]), Some((0, 1)));
        assert_eq!(find_title_lines(&["某市公园绿化办法", "(征求意见稿)"]), Some((0, 1)));
        let lines = ["某市继续推行三级苗木标准", "老旧苗圃更新实施细则"];
        assert_eq!(find_title_lines(&lines), Some((0, 1)));
        assert_eq!(find_title_lines(&["某市苗木标准", "苗圃更新实施细则"]), Some((1, 1)));
        let lines = ["某市花海建设方案", "（2031—2033年）", "（某局某号发布）"];
        assert_eq!(find_title_lines(&lines), Some((0, 1)));
        assert_eq!(find_title_lines(&["某市公园绿化办法", "（某局负责解释）"]), Some((0, 0)));
        let lines = ["某市公园绿化办法", "（试行）", "（2031年修订版公开征求意见稿）"];
        assert_eq!(find_title_lines(&lines), Some((0, 2)));
        let lines =
            ["某市人民政府", "关于修改《某市关于种树", "暂行办法》和《某市", "种树细则》的决定"];
        assert_eq!(find_title_lines(&lines), Some((0, 3)));
    }

    #[test]
    fn a_title_is_joined_where_a_quotation_goes_on_and_where_several_issue() {
        let lines = ["2031年度“绿化美化”建设“花园", "城市”工作方案"];
        assert_eq!(find_title_lines(&lines), Some((0, 1)));
        let lines = ["某市园林局", "关于印发《某市绿化任务方案》的通知", "某市绿化任务分解表"];
        assert_eq!(find_title_lines(&lines), Some((0, 1)));
        let lines = ["首页", "某市园林局", "某市水务局", "关于种树的通知"];
        assert_eq!(find_title_lines(&lines), Some((1, 3)));
        let lines = ["园林部", "国家林业局", "全国花木总社关于种树的通知"];
        assert_eq!(find_title_lines(&lines), Some((0, 2)));
        let lines = ["某市政府办公室", "转发市园林局等部门关于种树", "护林实施意见的通知"];
        assert_eq!(find_title_lines(&lines), Some((0, 2)));
        let lines = ["某市人民政府", "某市人民政府办公室", "关于种树的通知"];
        assert_eq!(find_title_lines(&lines), Some((1, 2)));
    }

    #[test]
    fn a_number_behind_a_title_is_no_part_of_it() {
        let title = "某市园林局关于种树的意见（某园发〔2031〕8号）";
        assert_eq!(find_number_behind(title).unwrap().slice(title), "（某园发〔2031〕8号）");
        assert_eq!(find_number_behind("某市园林局关于种树的意见（试行）"), None);
        assert_eq!(tag_len("• 【绿化】某市绿化办法"), "• 【绿化】".len());
    }

    #[test]
    fn the_kind_is_the_last_noun_of_the_title() {
        let table = [
            ("某意见的实施意见", "意见"),
            ("某办法（试行）", "办法"),
            ("某方案(2024—2025年)", "方案"),
            ("关于拟命名古树名单的公示", "公示"),
            ("某市公园评价指标体系（试行）", "体系"),
            ("某园林局公告（2031年第8号）（苗木名录（2031年版））", "公告"),
        ];
        for (title, kind) in table {
            assert_eq!(find_kind(title).unwrap().slice(title), kind);
        }
        assert_eq!(find_kind("某市办法解读"), None);
    }

    #[test]
    fn a_title_may_be_printed_with_a_word_more() {
        assert!(is_nearly("2031年某省花木企业发展工作要点", "2031年某省花木企业工作要点"));
        assert!(is_nearly("某省绿化条例实施办法", "某省绿化条例的实施办法"));
        assert!(!is_nearly("某省绿化条例实施办法（修改稿）", "某省绿化条例实施办法"));
        assert!(!is_nearly("某省绿化工作要点", "某省治水工作要点"));
        assert!(!is_nearly("某省绿化条例实施办法，全省执行。", "某省绿化条例实施办法"));
    }

    #[test]
    fn a_report_names_the_government_that_gives_it() {
        let title = "2031年某省政府工作报告";
        assert_eq!(find_reporter(title).unwrap().slice(title), "某省政府");
        assert_eq!(find_reporter("某局工作报告"), None);
    }

    #[test]
    fn a_period_has_two_years_in_order() {
        assert_eq!(
            find_period("(2024—2025年)").unwrap().value,
            Period { year_start: 2024, year_end: 2025 }
        );
        assert_eq!(find_period("2023年至2027年").unwrap().value.year_end, 2027);
        assert_eq!(find_period("（2023-2025年）").unwrap().value.year_start, 2023);
        assert!(find_period("2025年至2024年").is_none());
    }
}
