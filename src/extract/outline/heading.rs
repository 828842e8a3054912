//! Where the heading of an item ends. In: the words behind a number, the style of the number, and how the other items of its
//! run read; out: the span of the heading, empty where the item is only running text. The surprise: whether 加强领导。 is a
//! heading or a sentence follows from its neighbours, not from its own words.

mod article;

use self::article::{find_name, has_step_name};
use super::attachment::opens_other;
use super::glued::{find_counted, find_labelled, find_usual};
use crate::extract::ordinal::{Marker, Style, parse_marker};
use crate::extract::paragraph::find_sentences;
use crate::text::{Pattern, Span, pattern};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Where so many of the items of a run have a heading, one that seems to have none may have lost its full stop.
pub(super) const GLUED_SHARE_MIN: f64 = 0.4;

/// A document in which so many items of a style have a heading has them there as a rule.
const STYLE_SHARE_MIN: f64 = 0.5;

/// The share that stands for a run with few headings in such a document; only a very short sentence is one there.
const LIFTED_SHARE: f64 = 0.35;

/// 做好花展组织工作.
const LIFTED_CHARS_MAX: usize = 16;

/// A task and its aim may be a title where so many of the run have one.
const TASK_SHARE_MIN: f64 = 0.6;
const TASK_CHARS_MAX: usize = 40;

/// 有固定的住所。 is a title only where some of its sisters have one.
const SHORT_SHARE_MIN: f64 = 0.2;

/// A sentence like this says something of its subject; a heading only names it.
static PREDICATE: Pattern = LazyLock::new(|| {
    pattern(
        r".(?:应当|不得)|^原则上|^对[^，,]{2,}[，,](?:应|要|须|可|给予|按)|^本[\p{Han}]{2,8}(?:由[^，。]{2,}解释|从\d{4}年)|(?:的[^，。]{0,12}|条件下)优先$|^在[^，]{2,}(?:时|中|后)[，,](?:要|应|须)|自(?:\d{4}年|发布|印发|公布)[^，]*起|未尽事宜|另行(?:通知|制定|公布|规定)$|采取.*(?:形式|方式)进行$|[应须](?:真实|委托)|遵循[^，]{2,}原则$|[需须应]提供(?:以下|下列)|(?:^|[^所国])有权|(?:名称|标准)为$",
    )
});

/// 各苗圃单位要加强养护: whoever stands before 要 is told what to do.
static TELLS_SUBJECT: Pattern = LazyLock::new(|| {
    pattern(
        r"^[^，,要应须]*?(?:各地|各县|各区|各市|各镇|各级|部门|单位|媒体|机构|政府|企业|公司|银行|协会|学校|高校|医院|人员|[局厅委办])(?:要|应|须|必须)[^求点素件领对急用变邀收付提]",
    )
});

/// 加强苗木登记，确保苗木来源可查: a task without a subject, and what it is for. Another task behind the comma is text.
static TASK_AND_AIM: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"^(?:进一步|切实|认真|大力|积极|全面|深入|加快|加强|加大|建立|健全|完善|严格|坚持|强化|推进|推动|落实|优化|规范|提高|提升|扩大|改进|改善|深化|构建)[^，,\d]{4,40}",
        r"(?:[，,](?:切实|确保|充分|努力|不断|着力|逐步形成|促进|推动|提高|提升|保障|保证|实现|防止|营造|形成)[^，,\d]{2,30})?$"
    ))
});

macro_rules! short_task {
    () => {
        concat!(
            r"(?:进一步|切实|认真|大力|积极|全面|深入|持续|着力|稳步)?(?:加快|加强|加大|建立|健全|完善|严格|坚持|强化|推进|推动|推行|落实|优化|规范|提高|提升|扩大|改进|改善|深化|构建|延长|缩短|实施|调整|取消|放宽|降低|简化|开展|做好|培育|统筹|明确|盘活|增加|创新|打造|拓展|拓宽|统一|保障)",
            r"[\p{Han}“”、]{2,18}"
        )
    };
}

/// 加强苗木登记, 加强苗木登记，保障苗木供应: a task of a few words without a subject, or two of them.
static SHORT_TASK: Pattern =
    LazyLock::new(|| pattern(concat!("^", short_task!(), "(?:[，,]", short_task!(), ")?$")));

/// Such a task is a title where some of the run have one.
const SHORT_TASK_SHARE_MIN: f64 = 0.3;
const SHORT_TASK_CHARS_MAX: usize = 24;

/// What a note of who is in charge opens with.
static NOTE_LABEL: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:牵头|责任|配合|负责)(?:责任)?(?:单位|部门|主体|机构|科室)(?:[及和、][\p{Han}（）()]{2,8})?$",
    )
});

/// Long first sentences are headings only where nearly all items of the run have one.
const LONG_SHARE_MIN: f64 = 0.75;

/// 建设苗圃，让花农增收: what follows from a task is told in its text, not in its heading.
static TELLS_RESULT: Pattern =
    LazyLock::new(|| pattern(r"[，,](?:让|使得?|逐步|从而|以便|并将?)[\p{Han}]"));

/// 花农应具备以下条件：有苗圃，…: a sentence that goes on behind its colon.
static ASKS: Pattern =
    LazyLock::new(|| pattern(r"[应须需]当?(?:满足|具备|符合)(?:以下|下列)[\p{Han}]{0,4}条件$"));

/// 苗木按以下方式分配：, 下列苗木不予补助：: a sentence that its list goes on.
static LEADS_IN: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"(?:按照?|采用|采取)(?:以下|下列|如下)(?:方式|程序|标准|办法|原则|步骤|规定)[\p{Han}]{2}",
        r"|^(?:具备|符合|满足|有|存在|属于)(?:以下|下列)[\p{Han}]{0,4}(?:条件|情形|情况|行为|问题)(?:之一)?(?:的|$)",
        r"|^(?:下列|以下)[\p{Han}]{2,8}不|满足其中[\p{Han}]{1,2}项条件$"
    ))
});

/// 其他证明材料。: the last entry of a list, with its full stop.
static REST: Pattern =
    LazyLock::new(|| pattern(r"^其[他它][\p{Han}]{0,10}(?:材料|资料|情形|行为|证明|文件)。$"));

static AMENDS: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:将第|将[\p{Han}]{2,12}修改为|增加[一两二三]+(?:条|款|项|章|节)|删[除去]第|第[一二三四五六七八九十百]{1,6}条(?:第|修改|改为|增加|删))",
    )
});

static POINTS: Pattern = LazyLock::new(|| pattern(r"^[（(]\d{1,3}(?:\.\d)?分[）)]$"));

static ASIDE: Pattern = LazyLock::new(|| pattern(r"[（(][^（）()]*[）)]"));

/// What stands behind the paragraph of an item.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Follows {
    /// An item below it.
    Child,
    /// Running text.
    Text,
    /// Another item, or nothing.
    Other,
}

/// What is known of an item besides its words.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) style: Style,
    /// Whether it stands below an article.
    pub(super) in_article: bool,
    pub(super) around: Around,
}

/// What stands around an item.
#[derive(Clone, Copy)]
pub(super) struct Around {
    pub(super) follows: Follows,
    /// Whether it goes on a list whose entries end with semicolons.
    pub(super) in_list: bool,
    /// The share of items in its run whose first sentence reads like a heading.
    pub(super) share: f64,
}

/// Whether `above` is an entry of a list that goes on with `words`: 1.…； before 2.….
pub(super) fn ends_entry_before(above: &str, words: &str) -> bool {
    let numbers = || Some((parse_marker(above)?, parse_marker(words)?));
    above.ends_with(['；', ';'])
        && numbers().is_some_and(|(one, next)| {
            one.style == next.style && one.number.saturating_add(1) == next.number
        })
}

/// For each paragraph, the share of items in its run of numbers whose first sentence reads like a heading. A run without
/// headings is taken for one with some where the document has them in that style as a rule. `bare` are the markers that only
/// their series tells.
pub(super) fn measure_headings(
    clean: &str,
    body: &[Span],
    bare: &HashMap<usize, Marker>,
) -> Vec<f64> {
    let mut open: HashMap<Style, usize> = HashMap::new();
    let mut runs: Vec<(Style, u32, u32)> = Vec::new();
    let mut run_of: Vec<Option<usize>> = Vec::with_capacity(body.len());
    let mut chapters = Chapters::default();
    for (at, span) in body.iter().enumerate() {
        let words = span.slice(clean);
        let marker = bare.get(&span.byte_start).cloned().or_else(|| parse_marker(words));
        let run = marker.map(|marker| {
            let fresh = marker.number == 1 || !open.contains_key(&marker.style);
            if fresh {
                open.insert(marker.style, runs.len());
                runs.push((marker.style, 0, 0));
            }
            let run = open.get(&marker.style).copied().unwrap_or_default();
            let next = body.get(at + 1).map_or("", |next| next.slice(clean));
            let is_heading = reads_like_heading(words, &marker, next);
            let is_name = || has_step_name(words, &marker);
            chapters.read(
                at,
                &marker,
                if marker.style == Style::Article { is_name() } else { is_heading },
            );
            if let Some(counts) = runs.get_mut(run) {
                counts.1 += u32::from(is_heading);
                counts.2 += 1;
            }
            run
        });
        run_of.push(run);
    }
    let share = |short: u32, all: u32| f64::from(short) / f64::from(all.max(1));
    let mut styles: HashMap<Style, (u32, u32)> = HashMap::new();
    for &(style, short, all) in &runs {
        let counts = styles.entry(style).or_default();
        *counts = (counts.0 + short, counts.1 + all);
    }
    let share_of = |run: usize| {
        runs.get(run).map_or(0.0, |&(style, short, all)| {
            let whole = styles.get(&style).map_or(0.0, |&(short, all)| share(short, all));
            let floor = if short > 0 && whole >= STYLE_SHARE_MIN { LIFTED_SHARE } else { 0.0 };
            share(short, all).max(floor)
        })
    };
    run_of
        .into_iter()
        .enumerate()
        .map(|(at, run)| run.map_or(0.0, share_of).max(chapters.share_at(at)))
        .collect()
}

/// The items of one style between two chapters 一、, whose numbers may run on from chapter to chapter.
#[derive(Default)]
struct Chapters {
    chapter: usize,
    /// For the items of a chapter and style: how many there are, and whether all have headings.
    counts: HashMap<(usize, Style), (u32, bool)>,
    item_of: HashMap<usize, (usize, Style)>,
}

impl Chapters {
    /// So many items of a chapter may have headings though those of the others have none.
    const ITEMS_MIN: u32 = 3;
    const SHARE: f64 = 0.5;

    fn read(&mut self, at: usize, marker: &Marker, is_heading: bool) {
        if matches!(marker.style, Style::Han | Style::Chapter) {
            self.chapter += 1;
            return;
        }
        let of = (self.chapter, marker.style);
        let counts = self.counts.entry(of).or_insert((0, true));
        *counts = (counts.0 + 1, counts.1 && is_heading);
        self.item_of.insert(at, of);
    }

    fn share_at(&self, at: usize) -> f64 {
        let Some(of) = self.item_of.get(&at) else { return 0.0 };
        let counts = self.counts.get(of);
        let have_headings = counts.is_some_and(|&(items, all)| all && items >= Self::ITEMS_MIN);
        match of.1 {
            _ if !have_headings => 0.0,
            Style::Article => LONG_SHARE_MIN,
            _ => Self::SHARE,
        }
    }
}

/// Whether the first sentence behind a number reads like a heading; `next` is the paragraph below.
fn reads_like_heading(words: &str, marker: &Marker, next: &str) -> bool {
    let rest = Span::new(marker.byte_end, words.len()).slice(words);
    let first = rest.split(['。', '：', ':']).next().unwrap_or_default();
    let more = rest.get(first.len()..).unwrap_or_default().trim_start_matches(['。', '：', ':']);
    // A bracket behind a sentence is its note, unless it numbers the first point below it.
    let is_note = more.starts_with(['（', '(', '〔']) && parse_marker(more).is_none();
    let stands_alone = first.len() == rest.len() && !rest.ends_with(['；', ';']);
    let opens_list =
        || parse_marker(next).is_some_and(|next| next.number == 1 && next.style != marker.style);
    let opens_text = || !next.is_empty() && !opens_other(next);
    let heads = stands_alone
        || !(more.is_empty() || is_note)
        || (more.is_empty() && (opens_list() || opens_text()));
    is_short(first) && heads
}

/// Whether `label` is a noun without any punctuation but 、.
fn is_bare(label: &str) -> bool {
    label.chars().count() <= 20 && label.chars().all(|c| c.is_alphabetic() || c == '、')
}

/// Whether a sentence is short enough for a heading and has at most one comma.
pub(super) fn is_short(sentence: &str) -> bool {
    sentence.chars().count() <= 35
        && sentence.matches(['，', ',']).count() <= 1
        && !PREDICATE.is_match(sentence)
}

/// The first colon that stands in no time of day.
fn find_colon(words: &str) -> Option<usize> {
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    words.match_indices(['：', ':']).map(|(at, _)| at).find(|&at| {
        let (before, after) = words.split_at_checked(at).unwrap_or_default();
        !(is_digit(before.chars().next_back()) && is_digit(after.chars().nth(1)))
    })
}

/// Whether a sentence of so many `chars` and `commas` that opens running text is its heading.
fn reads_on(title: &str, chars: usize, commas: usize, share: f64) -> bool {
    (chars <= SHORT_TASK_CHARS_MAX && share >= SHORT_TASK_SHARE_MIN && SHORT_TASK.is_match(title))
        || (chars <= LIFTED_CHARS_MAX && commas == 0 && share >= LIFTED_SHARE)
        || (chars <= 25 && commas == 0 && share >= GLUED_SHARE_MIN)
        || (chars <= 35 && commas == 0 && share >= 0.5)
        || (chars <= TASK_CHARS_MAX
            && commas <= 1
            && share >= TASK_SHARE_MIN
            && TASK_AND_AIM.is_match(title))
        || (share >= LONG_SHARE_MIN && chars <= 60 && commas <= 2 && !TELLS_RESULT.is_match(title))
}

/// The heading at the start of `rest`, empty where the item is only running text.
pub(super) fn find_heading(clean: &str, rest: Span, place: Place) -> Span {
    let Place { style, in_article, around: Around { follows, in_list, share } } = place;
    let words = rest.slice(clean);
    let none = Span::new(rest.byte_start, rest.byte_start);
    if let Some(title) =
        words.strip_prefix('【').and_then(|w| w.split_once('】')).map(|(title, _)| title)
    {
        let start = rest.byte_start + '【'.len_utf8();
        return Span::new(start, start + title.len());
    }
    if style == Style::Article
        || (in_article && !matches!(style, Style::Chapter | Style::Division | Style::Part))
    {
        return find_name(clean, rest, place);
    }
    let Some(first) = find_sentences(clean, rest).first().copied() else { return none };
    let colon = find_colon(first.slice(clean)).map(|at| first.byte_start + at);
    let end = colon.unwrap_or(first.byte_end);
    // 何时补种? is a title without its mark; sentences end only at the wide one.
    let printed = Span::new(rest.byte_start, end).slice(clean).trim_end_matches('?');
    // 1.苗圃；, above its points: a semicolon that ends no entry.
    let label = printed.trim_end_matches(['；', ';']);
    let is_label = follows == Follows::Child && printed.len() == words.len() && is_bare(label);
    let end = rest.byte_start + if is_label { label.len() } else { printed.len() };
    let heading = Span::new(rest.byte_start, end);
    let title = heading.slice(clean);
    let tail = Span::new(end, rest.byte_end).slice(clean).trim_start_matches(['。', '：', ':']);
    // 加快种树。（5分）: the points of a table of marks stand behind a heading.
    let has_points = POINTS.is_match(tail);
    let tail = if has_points { "" } else { tail };
    // What stands in brackets makes no heading a sentence.
    let plain = ASIDE.replace_all(title, "");
    let (chars, commas) = (plain.chars().count(), plain.matches(['，', ',']).count());
    let is_open = title.ends_with('的') && !title.ends_with("目的");
    let is_list_entry = title.ends_with(['；', ';']) || is_open || plain.contains(['；', ';']);
    let usual = find_usual(words, first.slice(clean));
    let known = usual.or_else(|| colon.and_then(|_| find_labelled(title)));
    if let Some(known) = known.or_else(|| find_counted(words, title)) {
        return Span::new(rest.byte_start, rest.byte_start + known);
    }
    // 7.责任单位：某局 is a note of who is in charge; 将第六条修改为：“…” tells what an order changes.
    if (colon.is_some() && NOTE_LABEL.is_match(title)) || AMENDS.is_match(words) {
        return none;
    }
    // A bracket that is still open shows that the words break off.
    let is_cut = title.matches(['（', '(']).count() > title.matches(['）', ')']).count();
    let asks = colon.is_some() && !tail.is_empty() && ASKS.is_match(title);
    let leads_in = ["以下", "下列", "如下", "其中"].iter().any(|word| title.contains(word))
        && LEADS_IN.is_match(title);
    let tells =
        PREDICATE.is_match(title) || (share < LONG_SHARE_MIN && TELLS_SUBJECT.is_match(title));
    let accepted = if is_cut || asks || leads_in || is_list_entry || title.is_empty() || tells {
        false
    } else if is_label || words.trim_end_matches('?').len() == title.len() {
        chars <= 70
    } else if tail.is_empty() && (in_list || (follows != Follows::Child && REST.is_match(words))) {
        false
    } else if has_points {
        chars <= 60 && commas <= 1
    } else if tail.is_empty() {
        let fits = follows == Follows::Text
            || (chars <= 8 && share >= SHORT_SHARE_MIN)
            || style == Style::Han
            || share >= LONG_SHARE_MIN;
        match follows {
            Follows::Child => chars <= 40 && commas <= 1,
            Follows::Text if share >= LONG_SHARE_MIN => chars <= 25 && commas <= 1,
            _ => chars <= 25 && commas == 0 && fits,
        }
    } else {
        // 存在两个突出问题。一是…: a sentence that counts what follows.
        let counts = ["问题", "方面", "原因", "途径", "路径", "情形"]
            .iter()
            .any(|noun| title.trim_end_matches('。').ends_with(noun));
        (tail.starts_with("一是") && chars <= TASK_CHARS_MAX && commas <= 1 && !counts)
            || reads_on(title, chars, commas, share)
    };
    if accepted { heading } else { none }
}

#[cfg(test)]
mod tests;
