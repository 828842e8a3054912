//! Other documents that a text names. In: the body's blocks and the head's words; out: citations with title,
//! number and relation. Read are titles in 《》 and bare numbers. The surprise: what a notice itself issues is no
//! citation, and 《》 also hold names of forms and films, so a title must end like a document.

use super::header::{find_numbers, find_order_number};
use super::outline::Block;
use crate::document::{Citation, DocumentNumber, Located, Relation};
use crate::text::{Pattern, Span, pattern};
use std::collections::HashSet;
use std::sync::LazyLock;

/// How far before a title the words stand that tell the relation.
const LEAD_CHARS_MAX: usize = 24;

/// 《意见》, 《建议》: short for the document itself.
const TITLE_CHARS_MIN: usize = 3;

static TITLE: Pattern =
    LazyLock::new(|| pattern(r"《([^《》\n]{2,160}(?:《[^《》]{2,80}》[^《》\n]{0,40})?)》"));

static DOCUMENT_AT_END: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"(?:法|法典|条例|规定|意见|通知|决定|方案|规划|纲要|计划|措施|细则|规则|规程|标准|规范|目录|指南|指引|导则|批复|公告|通告|令|章程|要点|政策|协定|协议|安排|公约|分类|[一二三四五六七八九十百\d]{1,4}条(?:措施|政策|意见|规定)?|清单|制度|决议|报告|请示|汇报|通报|备忘录|建议|倡议|原则|(?:基本|准入|安全)条件|条款|准则|通则|总则|宣言|守则|税则|解释|指标|定额|限额|大纲|预案|函|公报|名录|药典|通用名称|20\d\d|〔20\d\d〕\d+号)",
        r"(?:[（(〔][^（）()]{1,30}[）)〕])*$|[（(](?:示范|范本)文本[）)]$"
    ))
});

/// 《某某大法》, 《某某兵法》: a book about an art, not a law.
static BOOK: Pattern = LazyLock::new(|| pattern(r"[大兵书针拳心技]法$"));

/// 《…申请表》, 《…承诺书》: a form or a paper that somebody fills in or is given, whatever is carried out with it.
static FORM: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"(?:(?:申请|申报|审批|登记|汇总|备案|报名|推荐|统计|一览|明细|调查|评分|评审|情况|任务|回执|信息|基本)表|台账|",
        r"(?:承诺|申请|申报|合同|任务|通知|委托|证明|说明|推荐|责任)书|(?:证|证书|证明|执照|发票)|",
        r"(?:验收|预测|测绘|检测|检验|鉴定|审计|勘察)报告|(?:资料|材料)清单)",
        r"(?:[（(〔][^（）()]{1,30}[）)〕])*$|合同(?:[（(][^（）()示范]{2,12}[）)])?$"
    ))
});

/// 《实施意见》, 《若干措施》: short for the document itself, which has a name of its own.
static SHORT_NAME: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:本|该)?(?:实施|指导|工作|行动|若干|政策|管理|暂行|试行|具体|专项|总体|建设|发展|三年|贯彻|优化)*(?:意见|方案|措施|办法|通知|计划|规划|规定|细则|要点|决定|政策|举措|清单|公告|通告|条例|纲要)(?:[（(](?:草案|征求意见稿|试行)[）)])?$",
    )
});

/// 《某市办法（2031年5月6日某市人民政府令第8号修正）》: how a title was last changed is no part of it, nor is a number that has slipped in.
static CHANGED: Pattern = LazyLock::new(|| {
    pattern(
        r"[（(]([^（）()]*(?:\d年|令第|〕)[^（）()]*(?:修订|修正|修改|发布|公布|印发|通过|施行)|[^（）()]*令第?\d{1,4}号|[\p{Han}]{2,14}[〔﹝\[【]20\d\d年?[〕﹞\]】]第?\d{1,5}号)[）)]$",
    )
});

/// 签订《…协议》: a form that somebody fills in, not a document of an authority.
static FORM_BEFORE: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:(?:签订|签署|填写|填报|填好|出具|报送)[^，。；《》]{0,12}|提交[^审。，；《》]{0,12}|(?:取得|领取)[^，。；《》的]{0,6})$",
    )
});

static IMPLEMENTS: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:贯彻|落实|根据|依据|按照|依照|遵照|对照)(?:好)?[^。；《]{0,24}$|按(?:[\p{Han}]{0,12}(?:部|委|厅|局|院|政府))?$",
    )
});

/// 为…，深入实施《…》: only in a sentence of purpose. 加快实施《…》 in an item is a task like others.
static PUTS_INTO_EFFECT: Pattern =
    LazyLock::new(|| pattern(r"^[\s\u{3000}]*为[^《]*(?:实施|执行)[^，。；《]{0,8}$"));

/// 符合《…控制指标表》, 按照《…等级划分》: the words right before a title.
static CARRIES_OUT: Pattern = LazyLock::new(|| {
    pattern(r"(?:贯彻落实|贯彻|落实|根据|依据|按照|依照|遵照|对照|遵循|符合)(?:好)?[\p{Han}]{0,6}$")
});

/// 根据某省要求，参照《…》; 等文件精神，并与《…》相衔接: what is only compared, whatever is carried out before it.
static COMPARES: Pattern = LazyLock::new(|| {
    pattern(r"(?:参照|参考|借鉴)[\p{Han}]{0,6}$|(?:精神|要求|规定|部署|文件)[，,](?:并|同时)?与$")
});

/// 《苗圃名录》（以下简称《名录》）: a short name that the text gives to a document.
static SHORT_FOR: Pattern =
    LazyLock::new(|| pattern(r"(?:简称|统称|下称)[为：:]?“?[《“]([^《》“”]{2,20})[》”]"));

/// What is still to be written is not carried out yet.
static WRITES: Pattern = LazyLock::new(|| pattern(r"(?:编制|起草|制修订|出台)[^，。；的]{0,16}$"));

/// 《…》同时废止; but what is wrong by a rule (违反《…》的政策措施，及时废止) leaves the rule in force, and
/// 《…》下列条款… repeals a part.
static REPEALS_BEHIND: Pattern = LazyLock::new(|| {
    pattern(r"^(?:[^的下。；《][^。；《]{0,39}?)?(?:废止|停止执行|不再执行|失效)")
});

/// 停止执行《…》; 暂停止执行 repeals nothing.
static REPEALS_BEFORE: Pattern =
    LazyLock::new(|| pattern(r"(?:^|[^暂])(?:停止执行|同时废止|予以废止)[\p{Han}、]{0,30}$"));

/// What stands between two titles that share the words behind the second.
static LIST_BORDER: Pattern =
    LazyLock::new(|| pattern(r"^(?:[（(][^（）()《》]*)?[）)]?[、，]?(?:和|及|以及|与)?$"));

/// What stands between two titles of one list.
static NEXT_LISTED: Pattern =
    LazyLock::new(|| pattern(r"^(?:[（(][^（）()《》]{1,40}[）)])?(?:[、，]|和|及|以及|与)$"));

/// 《…》作如下修改: what a decision changes.
static AMENDS_BEHIND: Pattern =
    LazyLock::new(|| pattern(r"^[^。；，《]{0,12}?(?:作如下修改|修改为|予以修改|部分条款)"));

/// 转发某部《…》.
static FORWARDS: Pattern = LazyLock::new(|| pattern(r"(?:转发|批转)[^。；《]{0,12}$"));

/// The list that a purpose clause opens goes on over 、 and 和.
static LIST_GAP: Pattern = LazyLock::new(|| {
    pattern(r"^[（(]?[^。；《》]{0,30}[）)]?(?:、|和|及|以及|与|，)?(?:[\p{Han}、]{0,12})$")
});

/// The documents that `blocks` name; `issued` is the title that the document itself issues or has.
pub(super) fn find_citations(
    clean: &str,
    blocks: &[Block],
    own_titles: &[&str],
    own_number: Option<&DocumentNumber>,
) -> Vec<Citation> {
    let mut citations: Vec<Citation> = Vec::new();
    let short_names = find_short_names(clean);
    for block in blocks {
        let words = block.span.slice(clean);
        let mut numbers = find_numbers(words);
        // **政办〔2031〕8号: a copy that hides whose number it is.
        numbers.retain(|number| {
            let before = words.get(..number.span.byte_start).unwrap_or_default();
            !before.ends_with(['*', '×'])
        });
        let mut last: Option<(usize, Relation)> = None;
        let mut own_end: Option<usize> = None;
        let first = citations.len();
        for found in TITLE.captures_iter(words) {
            let (Some(whole), Some(title)) = (found.get(0), found.get(1)) else { continue };
            let changed = CHANGED.find(title.as_str()).filter(|note| note.start() > 0);
            let place = Span::new(
                title.start(),
                changed.map_or(title.end(), |note| title.start() + note.start()),
            );
            let value: String = place.slice(words).split([' ', '\u{3000}']).collect();
            let before = words.get(..whole.start()).unwrap_or_default();
            let is_own = own_titles.iter().any(|own| is_same(own, &value))
                || own_end.is_some_and(|end| is_next_issued(words, end, whole.start()));
            own_end = is_own.then_some(whole.end());
            // 根据《…办法》、《花木药典》制定: what stands in the list of what is carried out is a document, too.
            let is_listed = last.is_some_and(|(end, relation)| {
                matches!(relation, Relation::BasedOn | Relation::Implements)
                    && words.get(end..whole.start()).is_some_and(|gap| NEXT_LISTED.is_match(gap))
            });
            if is_own
                || short_names.contains(value.as_str())
                || !is_document(&value, before, is_listed)
            {
                continue;
            }
            let number = take_number(words, whole.end(), &mut numbers).or_else(|| {
                changed.and_then(|_| take_inside(words, place, whole.end(), &mut numbers))
            });
            let number = number
                .or_else(|| find_order_behind(words, whole.end()))
                .or_else(|| take_before(whole.start(), &mut numbers));
            let named = number.as_ref().map_or(place, |number| number.span);
            let start = whole.start().min(named.byte_start);
            let end = whole.end().max(named.byte_end);
            let relation = find_relation(words, start, end, last);
            last = Some((end, relation));
            citations.push(Citation {
                item: block.item,
                title: Some(Located::new(value, place.shifted(block.span.byte_start))),
                number: number.map(|number| shift(number, block.span.byte_start)),
                relation,
                span: Span::new(start, end).shifted(block.span.byte_start),
            });
        }
        share_repeal(clean, citations.get_mut(first..).unwrap_or_default());
        numbers.retain(|number| own_number != Some(&number.value));
        for number in numbers {
            let relation = find_relation(words, number.span.byte_start, number.span.byte_end, None);
            let number = shift(number, block.span.byte_start);
            let span = number.span;
            citations.push(Citation {
                item: block.item,
                title: None,
                number: Some(number),
                relation,
                span,
            });
        }
    }
    citations.sort_by_key(|citation| citation.span);
    citations
}

/// 《甲方案》《乙方案》…现印发给你们: whether the title at `next` is issued together with the one that ends at `end`.
fn is_next_issued(words: &str, end: usize, next: usize) -> bool {
    let gap = words.get(end..next).unwrap_or_default();
    let sentence = words.get(next..).and_then(|behind| behind.split('。').next());
    matches!(gap, "" | "、" | "和" | "及" | "与")
        && sentence.is_some_and(|sentence| sentence.contains("印发"))
}

/// The short names that a text gives to the documents it names.
fn find_short_names(clean: &str) -> HashSet<&str> {
    if !clean.contains('称') {
        return HashSet::new();
    }
    SHORT_FOR.captures_iter(clean).filter_map(|found| Some(found.get(1)?.as_str())).collect()
}

/// Whether the title `value` behind the words `before` names a document and no form, book or short name; `is_listed`: behind others
/// that are carried out.
fn is_document(value: &str, before: &str, is_listed: bool) -> bool {
    // What is carried out is a document, whatever its title ends with.
    let is_named = DOCUMENT_AT_END.is_match(value) || CARRIES_OUT.is_match(before) || is_listed;
    is_named
        && !FORM.is_match(value)
        && !BOOK.is_match(value)
        && !FORM_BEFORE.is_match(before)
        && value.chars().count() >= TITLE_CHARS_MIN
        && !SHORT_NAME.is_match(value)
}

/// 《甲》（某号）、《乙》（某号）同时废止: all members of the list are repealed.
fn share_repeal(clean: &str, listed: &mut [Citation]) {
    for at in (1..listed.len()).rev() {
        let [one, other] = listed.get_mut(at - 1..=at).unwrap_or_default() else { continue };
        let gap = Span::new(one.span.byte_end, other.span.byte_start).slice(clean);
        if other.relation == Relation::Repeals && LIST_BORDER.is_match(gap) {
            one.relation = Relation::Repeals;
        }
    }
}

fn shift(number: Located<DocumentNumber>, byte_offset: usize) -> Located<DocumentNumber> {
    Located::new(number.value, number.span.shifted(byte_offset))
}

fn goes_on(gap: &str) -> bool {
    LIST_GAP.is_match(gap) && !WRITES.is_match(gap)
}

fn is_same(own: &str, cited: &str) -> bool {
    let plain = |words: &str| -> String {
        words.replace("试行", "").chars().filter(|c| c.is_alphanumeric() && *c != '的').collect()
    };
    let (own, cited) = (plain(own), plain(cited));
    !cited.is_empty() && own == cited
}

/// The number in brackets right behind a title, or behind its comma where the brackets hold both: （详见《…》，某号）.
fn take_number(
    words: &str,
    from: usize,
    numbers: &mut Vec<Located<DocumentNumber>>,
) -> Option<Located<DocumentNumber>> {
    let at = numbers.iter().position(|number| {
        let gap = Span::new(from, number.span.byte_start).slice(words);
        let closes = words.get(number.span.byte_end..).is_some_and(|c| c.starts_with(['）', ')']));
        // 按照《…措施》的通知（某号）: the number of the notice that issued them.
        let notice = gap.strip_prefix("的通知").unwrap_or(gap);
        let is_behind = matches!(notice, "（" | "(" | "〔" | "[")
            || matches!(gap, "" | "（以下简称")
            || (closes && matches!(gap, "，" | "," | "、"));
        number.span.byte_start >= from && is_behind
    })?;
    Some(numbers.remove(at))
}

/// The number right before a title: 按照某园发〔2031〕7号《花木办法》.
fn take_before(
    from: usize,
    numbers: &mut Vec<Located<DocumentNumber>>,
) -> Option<Located<DocumentNumber>> {
    let at = numbers.iter().position(|number| number.span.byte_end == from)?;
    Some(numbers.remove(at))
}

/// The number of an order in the brackets right behind a title: 《…条例》（国务院令第8号）.
fn find_order_behind(words: &str, from: usize) -> Option<Located<DocumentNumber>> {
    let rest = words.get(from..)?.strip_prefix(['（', '('])?;
    let note = rest.split(['）', ')', '，', ',']).next()?;
    let number =
        find_order_number(note).filter(|number| number.span == Span::new(0, note.len()))?;
    Some(shift(number, words.len() - rest.len()))
}

/// The number in the brackets that close a title: coded, or of an order.
fn take_inside(
    words: &str,
    title: Span,
    to: usize,
    numbers: &mut Vec<Located<DocumentNumber>>,
) -> Option<Located<DocumentNumber>> {
    let note = Span::new(title.byte_end, to);
    if let Some(at) = numbers.iter().position(|number| note.contains(number.span)) {
        return Some(numbers.remove(at));
    }
    let number = find_order_number(note.slice(words))?;
    Some(shift(number, note.byte_start))
}

fn find_relation(words: &str, from: usize, to: usize, last: Option<(usize, Relation)>) -> Relation {
    let before = words.get(..from).unwrap_or_default();
    let lead_start = before.char_indices().rev().nth(LEAD_CHARS_MAX).map_or(0, |(at, _)| at);
    let lead = before.get(lead_start..).unwrap_or_default();
    let behind = words.get(to..).unwrap_or_default();
    if REPEALS_BEHIND.is_match(behind) {
        return Relation::Repeals;
    }
    if AMENDS_BEHIND.is_match(behind) {
        return Relation::Amends;
    }
    if REPEALS_BEFORE.is_match(lead) {
        return Relation::Repeals;
    }
    if FORWARDS.is_match(lead) {
        return Relation::Forwards;
    }
    if COMPARES.is_match(lead) {
        return Relation::Cites;
    }
    if let Some(found) = IMPLEMENTS.find(lead).filter(|found| !WRITES.is_match(found.as_str())) {
        let opens = found.as_str();
        let by_rule =
            ["根据", "依据", "按", "依照", "遵照"].iter().any(|word| opens.starts_with(word));
        return if by_rule { Relation::BasedOn } else { Relation::Implements };
    }
    let sentence = before.rsplit('。').next().unwrap_or_default();
    if PUTS_INTO_EFFECT.is_match(sentence) {
        return Relation::Implements;
    }
    // A list of titles shares the words before its first.
    match last {
        Some((end, relation)) if goes_on(words.get(end..from).unwrap_or_default()) => relation,
        _ => Relation::Cites,
    }
}

#[cfg(test)]
mod tests;
