//! The names of articles and of their steps. In: the words behind the number of an article, or of an item below one; out: the span of its
//! name. The surprise: rules have articles without names, so a short first sentence is a name only where nearly all have one.

use super::{Follows, LONG_SHARE_MIN, PREDICATE, Place, STYLE_SHARE_MIN};
use crate::extract::ordinal::{Marker, Style, parse_marker};
use crate::extract::paragraph::find_sentences;
use crate::text::{Pattern, Span, pattern};
use std::sync::LazyLock;

/// The name of an article, or of an item below one; empty where it has none.
pub(super) fn find_name(clean: &str, rest: Span, place: Place) -> Span {
    let words = rest.slice(clean);
    find_article_name(rest, words, place.around.follows)
        .or_else(|| find_bracketed(rest, words))
        .or_else(|| find_motto(rest, words))
        .or_else(|| find_told(rest, words))
        .unwrap_or_else(|| find_step(clean, rest, place.style, place.around.share))
}

/// Whether a short name with a full stop stands in front of the text of an article: 第四条 种树目标。每年….
pub(super) fn has_step_name(words: &str, marker: &Marker) -> bool {
    let rest = Span::new(marker.byte_end, words.len()).slice(words).trim_start();
    rest.split_once('。').is_some_and(|(name, text)| {
        (is_step(name) || is_long_name(name)) && !TELLS.is_match(name) && !text.trim().is_empty()
    })
}

/// Whether the line of an article only names what the paragraph below it says.
fn is_name(line: &str) -> bool {
    // 花农应提供的材料 names them.
    static ASKED: Pattern = LazyLock::new(|| pattern(r"应当?(?:具备|提供|提交|报送)的"));
    let line = &ASKED.replace_all(line, "的");
    line.chars().count() <= 20
        && !line.contains(['，', ',', '。', '；', '：', ':', '应', '须', '是', '将'])
        && !PREDICATE.is_match(line)
}

/// 受理审核: so short are the names of steps in an article.
fn is_step(words: &str) -> bool {
    const STEP_CHARS_MAX: usize = 8;
    words.chars().count() <= STEP_CHARS_MAX && words.chars().all(char::is_alphabetic)
}

/// 行道树种植工作目标: a longer name ends with a noun that heads sections.
fn is_long_name(words: &str) -> bool {
    const NAME_CHARS_MAX: usize = 16;
    const NOUNS: [&str; 10] =
        ["目标", "职责", "标准", "范围", "程序", "方式", "期限", "责任", "措施", "原则"];
    words.chars().count() <= NAME_CHARS_MAX
        && words.chars().all(|c| c.is_alphabetic() || c == '、')
        && NOUNS.iter().any(|noun| words.ends_with(noun))
}

/// 盘活闲置苗圃, 行道树种植工作目标: so long are the names of articles, where nearly all of them have one.
fn is_article_name(words: &str) -> bool {
    const NAME_CHARS_MAX: usize = 26;
    words.chars().count() <= NAME_CHARS_MAX
        && words.chars().all(|c| c.is_alphanumeric() || "“”、".contains(c))
        && !TELLS.is_match(words)
}

/// 支持由花农提出: a sentence, no name.
static TELLS: Pattern = LazyLock::new(|| pattern(r"应当|不得|可以|必须|[由为是]|[应须][^急用对]"));

/// （二）受理审核。受理部门…: the name of a step in an article, where nearly all steps of its run have one; else empty.
fn find_step(clean: &str, rest: Span, style: Style, share: f64) -> Span {
    let first = find_sentences(clean, rest).first().copied().unwrap_or(rest);
    let tail = Span::new(first.byte_end, rest.byte_end).slice(clean);
    let is_name = |words: &str| {
        is_step(words)
            || (style == Style::Article && tail.len() > '。'.len_utf8() && is_article_name(words))
    };
    let name = first.slice(clean);
    // 资金来源。…: so short a name is one where half of the articles have one.
    let is_label = style == Style::Article && is_step(name) && !TELLS.is_match(name);
    // 保障苗木供应。一是…二是…: a sentence does not go on like that.
    let is_counted = style == Style::Article && tail.starts_with("。一是");
    let is_usual = share >= LONG_SHARE_MIN || (is_label && share >= STYLE_SHARE_MIN);
    let has_name = (is_usual || is_counted)
        && first.byte_end < rest.byte_end
        && is_name(name)
        && tail.starts_with('。');
    if has_name {
        return Span::new(rest.byte_start, first.byte_end);
    }
    // 用量：每株一次。
    let label = rest.slice(clean).split_once(['：', ':']).map(|(label, _)| label);
    let label = label.filter(|label| {
        style != Style::Article
            && share >= LONG_SHARE_MIN
            && label.chars().count() >= 2
            && is_step(label)
    });
    Span::new(rest.byte_start, rest.byte_start + label.map_or(0, str::len))
}

/// The line of an article that only names what stands below it: 养护期限, （目的和依据）, 苗圃的登记： in front of its entries.
fn find_article_name(rest: Span, words: &str, follows: Follows) -> Option<Span> {
    const SENTENCE_WORDS: [&str; 9] =
        ["下列", "以下", "如下", "包括", "由", "有", "可以", "负责", "承担"];
    let entries = words.strip_suffix(['：', ':']).filter(|_| follows == Follows::Child);
    let is_label =
        |name: &&str| is_name(name) && !SENTENCE_WORDS.iter().any(|word| name.contains(word));
    if let Some(name) = entries.filter(is_label) {
        return Some(Span::new(rest.byte_start, rest.byte_start + name.len()));
    }
    if follows == Follows::Other || !is_name(words) {
        return None;
    }
    let inside = words.strip_prefix(['（', '(']).and_then(|rest| rest.strip_suffix(['）', ')']));
    let open = words.chars().next().map_or(0, char::len_utf8);
    let start = rest.byte_start + inside.map_or(0, |_| open);
    Some(Span::new(start, start + inside.map_or(words.len(), str::len)))
}

/// 第一条（目的依据） 为…, 第一条［目的］为…: the name that an article has in brackets in front of its text.
fn find_bracketed(rest: Span, words: &str) -> Option<Span> {
    const NAME_CHARS_MAX: usize = 20;
    let open = words.chars().next().filter(|open| "（(［[〔".contains(*open))?;
    let (name, text) = words.get(open.len_utf8()..)?.split_once(['）', ')', '］', ']', '〕'])?;
    let is_name = |c: char| c.is_alphabetic() || "、“”".contains(c);
    let is_titled = name.chars().all(is_name)
        && (2..=NAME_CHARS_MAX).contains(&name.chars().count())
        && parse_marker(words).is_none()
        && !text.trim_start().is_empty()
        && !text.starts_with(['，', '、', '。', '的']);
    let start = rest.byte_start + open.len_utf8();
    is_titled.then(|| Span::new(start, start + name.len()))
}

/// 第二条 爱护花木，珍惜绿地。花农…: the motto that an article opens with and goes on to explain.
fn find_motto(rest: Span, words: &str) -> Option<Span> {
    static MOTTO: Pattern =
        LazyLock::new(|| pattern(r"^([\p{Han}]{4}[，,][\p{Han}]{4})。[^。]{8}"));
    let title =
        MOTTO.captures(words)?.get(1).filter(|title| !PREDICATE.is_match(title.as_str()))?;
    Some(Span::new(rest.byte_start, rest.byte_start + title.len()))
}

/// 第一条为加强苗木登记。主要内容是…: the name of an article of which a text tells what it says.
fn find_told(rest: Span, words: &str) -> Option<Span> {
    static TOLD: Pattern = LazyLock::new(|| {
        pattern(r"^[为是]([\p{Han}“”、]{4,30})。主要(?:内容|包括|是|从|明确|规定)")
    });
    let name = TOLD.captures(words)?.get(1)?;
    Some(Span::new(rest.byte_start + name.start(), rest.byte_start + name.end()))
}
