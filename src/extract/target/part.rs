//! A clause cut into parts with one quantity each. In: the words of a clause; out: parts with the words before
//! and behind their quantity. The surprise: two quantities without a border between them are one statement, and
//! one of the two is a threshold: 投资500万元以上项目30个 counts 30 projects of at least 5 million.

use super::quantity::{Found, Sort, find_quantities};
use crate::document::{Located, Qualifier, Quantity};
use crate::extract::paragraph::{is_closing, is_opening};
use crate::text::{Pattern, Span, pattern};
use std::sync::LazyLock;

/// One quantity with the words that belong to it; spans are in the words given.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// The words before the quantity and its bounding word.
    pub(super) before: Span,
    pub(super) found: Found,
    /// The words behind.
    pub(super) after: Span,
    /// Whether the words name an earlier value: 由40%提高到.
    pub(super) rises: bool,
    /// A threshold that each counted thing must meet.
    pub(super) condition: Option<Quantity>,
}

/// 为2万家企业解决用工10万人次: whom the issuer serves is counted as well as what they get.
static SERVES: Pattern = LazyLock::new(|| {
    pattern(r"(?:^|[，、])(?:力争|全年|累计|共)*(?:为|帮助|助力|组织|服务|带动)$")
});

static WHO_IS_SERVED: Pattern = LazyLock::new(|| {
    pattern(
        r"^[\p{Han}]{2,10}?(?:解决|新增|增加|稳定|实现|办理|减负|融资|招聘|引进|培训|参加|对接)",
    )
});

/// 选派100名花农组建10支队伍: who is sent, before what they do.
static SENDS: Pattern =
    LazyLock::new(|| pattern(r"(?:选派|抽调|派出|派遣|遴选|选聘|招募|动员|调集)$"));

/// 选派100名花农组建10支队伍: who is sent, up to what they do.
static SENT_TO: Pattern = LazyLock::new(|| {
    pattern(r"^([\p{Han}]{2,12}?)(?:牵头)?(?:组建|组成|成立|深入|进驻|对接|服务|帮扶)")
});

/// 检疫不超过2个环节: steps are a count, and what has them stands before.
pub(super) static STEPS: Pattern = LazyLock::new(|| pattern(r"^(?:环节|步骤|手续|流程)$"));

/// What stands between the two quantities of a list.
static BORDER: Pattern =
    LazyLock::new(|| pattern(r"^(?:、|和|及|以及|与|并|，|,)|(?:、|以及|和|及|并)$"));

static RISES_TO: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:提高|提升|增加|上升|增长|扩大|扩充|扩展|拓展|延伸|延长|扩|降低|降|下降|减少|减|压减|缩减|压缩|缩短|调整|增)(?:到|至|为)(?:平均|每年|每月)?$",
    )
});

static FALLS_FROM: Pattern = LazyLock::new(|| pattern(r"[由从][^，由从]{0,12}$"));

static FULFILS: Pattern = LazyLock::new(|| pattern(r"实现|达到|超过|突破"));

static CLASS_ABOVE: Pattern =
    LazyLock::new(|| pattern(r"(超|过)?(\d+(?:\.\d+)?)(万|亿|千万|百亿)元?级"));

/// The parts of `words`; quantities inside brackets and quotation marks belong to names and asides.
pub(super) fn find_parts(words: &str) -> Vec<Part> {
    let masked = find_masked(words);
    let mut quantities: Vec<Found> = find_quantities(words);
    quantities.retain(|one| {
        let mask = masked.iter().find(|mask| mask.contains(one.span));
        mask.is_none_or(|mask| tells_level(words, *mask, one.span)) && !starts_rise(words, one)
    });
    if quantities.is_empty() {
        return Vec::new();
    }
    let mut parts: Vec<Part> = Vec::new();
    let mut rise_start = None;
    let mut from = 0;
    let mut condition = class_condition(words);
    let mut quantities = quantities.into_iter().peekable();
    while let Some(found) = quantities.next() {
        let Some(next) = quantities.peek() else {
            parts.push(part(words, from, found, words.len(), condition.take()));
            break;
        };
        let between = Span::new(found.span.byte_end, next.span.byte_start);
        let gap = between.slice(words);
        if let Some((end, start)) = find_cut(words, &found, next, between) {
            parts.push(part(words, from, found, end, condition.take()));
            from = start;
        } else if gap.is_empty() && is_size_of_each(words, &found, next) {
            // 组建1支30人以上的队伍: the second is the size of each.
            let size = quantities.next();
            let from_noun = size.as_ref().map_or(between.byte_end, |one| one.span.byte_end);
            let end = end_before(words, from_noun, quantities.peek());
            let mut one = part(words, from, found, end, size.map(|one| one.quantity));
            one.after = Span::new((from_noun + '的'.len_utf8()).min(end), end);
            parts.push(one);
            from = end;
        } else if gap.is_empty() && found.sort == Sort::Count && next.sort == Sort::Count {
            // 提供4类9项苗木服务: two counts of the same things.
            let rest = words.get(next.span.byte_end..).unwrap_or_default();
            let width = rest.find(['、', '和']).unwrap_or(rest.len());
            let mut first = part(words, from, found, between.byte_start, condition.take());
            first.after = Span::new(next.span.byte_end, next.span.byte_end + width);
            parts.push(first);
            from = between.byte_start;
        } else if let Some(start) = find_rise(words, &found, gap) {
            // 由50%提高到60%: only the second number is promised.
            rise_start = Some(start);
        } else if found.sort == Sort::Count && next.sort == Sort::Share && FULFILS.is_match(gap) {
            // 23个县投入达到18%: the count only says which, the share is promised.
        } else if counts_what_fulfils(words, from, (&found, next), gap)
            || counts_what_is_worth(words, &found, gap, next)
        {
            let fulfilled = quantities.next().map(|one| one.quantity);
            let end = end_before(words, between.byte_end, quantities.peek());
            parts.push(part(words, from, found, end, fulfilled));
            from = end;
        } else if found.sort == Sort::Money
            || matches!(found.quantity.qualifier, Qualifier::AtLeast | Qualifier::AtMost)
        {
            condition = Some(found.quantity);
        }
    }
    close_rise(&mut parts, rise_start);
    share_act(&mut parts, words);
    parts
}

/// 分别在7个、3个工作日内办结: what is done within the last of the times is done within those before it.
fn share_act(parts: &mut [Part], words: &str) {
    if !words.contains("分别") {
        return;
    }
    for at in (1..parts.len()).rev() {
        let Some((before, [last, ..])) = parts.split_at_mut_checked(at) else { continue };
        let Some(first) = before.last_mut() else { continue };
        let are_times = first.found.sort == Sort::Time && last.found.sort == Sort::Time;
        if are_times
            && first.after.is_empty()
            && last.before.is_empty()
            && last.found.quantity.text.value.ends_with('内')
        {
            first.after = last.after;
        }
    }
}

/// The subject of a rise ends before the value risen from.
fn close_rise(parts: &mut [Part], rise_start: Option<usize>) {
    let Some(start) = rise_start else { return };
    let risen = parts
        .iter_mut()
        .find(|part| part.before.byte_start <= start && start < part.before.byte_end);
    if let Some(part) = risen {
        part.before.byte_end = start;
        part.rises = true;
    }
}

fn part(words: &str, from: usize, found: Found, to: usize, condition: Option<Quantity>) -> Part {
    let before = Span::new(from, found.quantity.text.span.byte_start.max(from));
    let behind = words.get(found.span.byte_end..to).unwrap_or_default();
    // A remark in brackets at the end says nothing of what is counted.
    let remark = behind.starts_with(['（', '(']) && behind.ends_with(['）', ')']);
    let end = if remark { found.span.byte_end } else { to };
    let after = Span::new(found.span.byte_end, end.max(found.span.byte_end));
    Part { before, found, after, rises: false, condition }
}

/// Where the part of `found` ends and that of `next` starts, if both are told: a border stands between them, or words that give both a
/// thing of their own.
fn find_cut(words: &str, found: &Found, next: &Found, between: Span) -> Option<(usize, usize)> {
    let gap = between.slice(words);
    // 一届花展和不少于10场赏花: the bounding word is no part of what stands between.
    let bound = next.quantity.text.span.byte_start.max(between.byte_start);
    let unbound = Span::new(between.byte_start, bound.min(between.byte_end)).slice(words);
    if let Some((end, start)) = find_border(unbound) {
        return Some((between.byte_start + end, between.byte_start + start));
    }
    if found.sort != Sort::Count {
        return None;
    }
    // 检疫3个环节3个工作日办结: steps and time are two.
    if next.sort == Sort::Time && STEPS.is_match(gap) {
        return Some((between.byte_end, between.byte_end));
    }
    let before = words.get(..found.quantity.text.span.byte_start).unwrap_or_default();
    // 为2万家苗圃解决用工10万人次.
    if let Some(who) = WHO_IS_SERVED.find(gap).filter(|_| SERVES.is_match(before)) {
        let verb = who.as_str().chars().rev().take(2).map(char::len_utf8).sum::<usize>();
        let at = between.byte_start + who.end() - verb;
        return Some((at, at));
    }
    // 选派100名花农组建10支队伍: those sent are counted as well as what they make.
    let sends = next.sort == Sort::Count && SENDS.is_match(before);
    let who = SENT_TO.captures(gap).filter(|_| sends)?.get(1)?;
    let at = between.byte_start + who.end();
    Some((at, at))
}

/// Where the words behind `from` end: at the border before the `next` quantity, if there is one.
fn end_before(words: &str, from: usize, next: Option<&Found>) -> usize {
    next.and_then(|next| find_border(words.get(from..next.span.byte_start)?))
        .map_or(words.len(), |(at, _)| from + at)
}

/// Where in the gap between two quantities the first part ends and the second starts.
fn find_border(gap: &str) -> Option<(usize, usize)> {
    if let Some(border) = BORDER.find(gap) {
        return Some((border.start(), border.end()));
    }
    let at = gap.rfind('、')?;
    Some((at, at + '、'.len_utf8()))
}

/// Where 由50%提高到 starts, if `gap` leads to the value risen to.
fn find_rise(words: &str, found: &Found, gap: &str) -> Option<usize> {
    let before = words.get(..found.span.byte_start).unwrap_or_default();
    let start = FALLS_FROM.find(before)?.start();
    (RISES_TO.is_match(gap) || gap == "到" || gap == "至").then_some(start)
}

/// 由现在的不足4%逐步提升: where a rise starts whose end another clause tells.
fn starts_rise(words: &str, found: &Found) -> bool {
    static START: Pattern =
        LazyLock::new(|| pattern(r"[由从](?:现在|目前|当前|现有|原来|原先)的?$"));
    static RISES: Pattern = LazyLock::new(|| {
        pattern(r"^(?:逐步|稳步|逐年|持续|大幅)?(?:提升|提高|增加|扩大|下降|降低|压减|减少)$")
    });
    let before = words.get(..found.quantity.text.span.byte_start).unwrap_or_default();
    found.sort == Sort::Share
        && before.contains(['由', '从'])
        && START.is_match(before)
        && words.get(found.span.byte_end..).is_some_and(|behind| RISES.is_match(behind))
}

/// 达到全国平均水平（2.5%）: the bracket tells what the level is.
fn tells_level(words: &str, mask: Span, quantity: Span) -> bool {
    let before = words.get(..mask.byte_start).unwrap_or_default();
    let fills = quantity.byte_start <= mask.byte_start + '（'.len_utf8()
        && quantity.byte_end + '）'.len_utf8() >= mask.byte_end;
    fills && before.ends_with("水平")
}

/// Whether `size` says how large each of the counted is: 1支30人以上的队伍.
fn is_size_of_each(words: &str, found: &Found, size: &Found) -> bool {
    let is_bounded = matches!(
        size.quantity.qualifier,
        Qualifier::AtLeast | Qualifier::AtMost | Qualifier::About
    );
    let behind = words.get(size.span.byte_end..).unwrap_or_default();
    found.sort == Sort::Count && is_bounded && behind.starts_with('的')
}

/// 20个产值超千亿元产业集群: a count of things that are named by a sum.
fn counts_what_is_worth(words: &str, found: &Found, gap: &str, sum: &Found) -> bool {
    static WORTH: Pattern = LazyLock::new(|| {
        pattern(
            r"^(?:年|总)?(?:产值|营收|营业收入|主营业务收入|收入|规模|投资|投资额|销售额|销售收入|市值|税收|纳税|交易额)(?:达到?|超过?|突破)?$",
        )
    });
    // 12处株高超10米古树: the size says which.
    static LARGE: Pattern = LazyLock::new(|| {
        pattern(
            r"^[\p{Han}]{0,4}?(?:面积|深|深度|高|高度|长度|产能|规模|容量|装机|直径)(?:超过?|大于|小于|低于|不足)$",
        )
    });
    static ASIDE: Pattern = LazyLock::new(|| pattern(r"[（(][^（）()]*[）)]"));
    let behind = words.get(sum.span.byte_end..).unwrap_or_default();
    // 10个以上产值超千万元、2个以上产值超亿元的花木企业: the last of a list names what all of them are.
    let is_listed = behind.starts_with('、') && behind.contains("元的");
    let names_things = behind.starts_with(char::is_alphabetic) || is_listed;
    let gap = ASIDE.replace_all(gap, "");
    let tells_which = match sum.sort {
        Sort::Money => WORTH.is_match(&gap),
        Sort::Size => LARGE.is_match(&gap),
        _ => false,
    };
    found.sort == Sort::Count && names_things && tells_which
}

/// 1个镇实现常住人口6万人, 50%以上社区绿化率达到70%: how many things, each of which reaches something.
fn counts_what_fulfils(
    words: &str,
    from: usize,
    (found, next): (&Found, &Found),
    gap: &str,
) -> bool {
    let before = Span::new(from, found.span.byte_start).slice(words);
    let is_share = found.sort == Sort::Share
        && next.sort == Sort::Share
        && found.quantity.qualifier == Qualifier::AtLeast
        && found.span.byte_start == found.quantity.text.span.byte_start;
    (found.sort == Sort::Count || is_share) && before.chars().count() <= 6 && FULFILS.is_match(gap)
}

/// 超10亿级企业: a class of things named by a threshold.
fn class_condition(words: &str) -> Option<Quantity> {
    let found = CLASS_ABOVE.captures(words)?;
    let whole = found.get(0)?;
    let text = Located::new(whole.as_str().to_owned(), Span::new(whole.start(), whole.end()));
    let qualifier = if found.get(1).is_some() { Qualifier::MoreThan } else { Qualifier::AtLeast };
    Some(Quantity {
        number: Some(found.get(2)?.as_str().to_owned()),
        number_upper: None,
        unit: Some(format!("{}元", found.get(3)?.as_str())),
        qualifier,
        text,
    })
}

/// Outermost brackets and quotation marks, except short remarks such as （含）.
pub(in crate::extract) fn find_masked(words: &str) -> Vec<Span> {
    let mut masked = Vec::new();
    let mut depth = 0_usize;
    let mut start = 0;
    for (at, c) in words.char_indices() {
        if is_opening(c) {
            if depth == 0 {
                start = at;
            }
            depth += 1;
        } else if is_closing(c) && depth > 0 {
            depth -= 1;
            if depth == 0 {
                masked.push(Span::new(start, at + c.len_utf8()));
            }
        }
    }
    masked
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(words: &str) -> Vec<(&str, String, &str)> {
        find_parts(words)
            .into_iter()
            .map(|part| {
                (part.before.slice(words), part.found.quantity.text.value, part.after.slice(words))
            })
            .collect()
    }

    #[test]
    fn a_list_is_cut_between_its_quantities() {
        assert_eq!(
            shown("建设公园5个、广场2个"),
            [("建设公园", "5个".into(), ""), ("广场", "2个".into(), "")]
        );
        assert_eq!(
            shown("建设5个公园、2个广场"),
            [("建设", "5个".into(), "公园"), ("", "2个".into(), "广场")]
        );
        assert_eq!(shown("绿化率和覆盖率分别达到40%和50%").len(), 2);
        assert_eq!(shown("推进“百个公园、10个广场”建设"), []);
    }

    #[test]
    fn the_first_of_two_quantities_without_a_border_is_a_threshold() {
        let parts = find_parts("实施投资500万元以上绿化项目30个");
        assert_eq!(parts.len(), 1);
        assert_eq!(parts[0].condition.as_ref().unwrap().text.value, "500万元以上");
        let words = "组建1支30人以上的护林队伍";
        let parts = find_parts(words);
        assert_eq!(parts.len(), 1);
        assert_eq!(parts[0].condition.as_ref().unwrap().text.value, "30人以上");
        assert_eq!(parts[0].after.slice(words), "护林队伍");
        let words = "组建1支30人以上的护林队伍和2个巡查站";
        let parts = find_parts(words);
        assert_eq!(parts[0].after.slice(words), "护林队伍");
        assert_eq!(parts[1].after.slice(words), "巡查站");
        let parts = shown("检疫3个环节5个工作日办结");
        assert_eq!(parts[0], ("检疫", "3个".into(), "环节"));
        let parts = shown("每年举办一届花展和不少于10场赏花");
        assert_eq!(parts[0], ("每年举办", "一届".into(), "花展"));
        let parts = shown("提供4类9项苗木服务");
        assert_eq!(parts[0], ("提供", "4类".into(), "苗木服务"));
        assert_eq!(parts[1], ("", "9项".into(), "苗木服务"));
        let parts = find_parts("培育20个年产值超千亿元产业集群");
        assert_eq!(parts[0].condition.as_ref().unwrap().text.value, "超千亿元");
        assert_eq!(parts[0].found.quantity.text.value, "20个");
        let parts = find_parts("移栽12处株高超10米古树");
        assert_eq!(parts[0].condition.as_ref().unwrap().text.value, "超10米");
        let parts = find_parts("1个镇实现常住人口6万人");
        assert_eq!(parts[0].condition.as_ref().unwrap().text.value, "6万人");
        assert_eq!(parts[0].after.slice("1个镇实现常住人口6万人"), "镇实现常住人口6万人");
    }

    #[test]
    fn of_a_rise_only_the_end_is_promised() {
        assert_eq!(shown("花架使用率由现在的不足4%逐步提升"), []);
        assert_eq!(shown("绿化率由40%提高到50%").len(), 1);
        assert_eq!(shown("审批时间由260天减至90天").len(), 1);
    }

    #[test]
    fn whom_the_issuer_serves_is_counted_as_well() {
        let parts = shown("为2万家苗圃解决用工10万人次以上");
        assert_eq!(parts[0], ("为", "2万家".into(), "苗圃"));
        assert_eq!(parts[1].1, "10万人次以上");
    }

    #[test]
    fn those_who_are_sent_are_counted_as_well_as_what_they_make() {
        let parts = shown("选派100名花农组建20支护林队伍");
        assert_eq!(parts[0], ("选派", "100名".into(), "花农"));
        assert_eq!(parts[1].1, "20支");
    }

    #[test]
    fn a_bracket_behind_a_level_tells_its_number() {
        assert_eq!(shown("绿地率达到全国平均水平（2.5%）")[0].1, "2.5%");
        assert_eq!(shown("绿地率达到全国平均水平（按2.5%计）"), []);
    }

    #[test]
    fn a_count_before_a_share_only_says_which() {
        let parts = shown("23个重点县绿化率力争达到18%");
        assert_eq!(parts.iter().map(|part| &*part.1).collect::<Vec<_>>(), ["18%"]);
    }
}
