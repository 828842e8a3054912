//! Numbers that stand for each of many. In: a part of a clause and its name so far; out: the name with of whom, or of how many, the
//! number is. The surprise: what is done may stand inside the bound (每月至少联系花农一次).

use super::indicator::{Named, trim_after};
use super::part::Part;
use crate::text::{Pattern, pattern};
use std::sync::LazyLock;

/// 至少联系花农一次: what is done stands inside the bound.
static AT_LEAST: Pattern =
    LazyLock::new(|| pattern(r"^至少([\p{Han}]{2,10})[一二两三四五六七八九十\d]"));

/// 按照每千名居民: of how many.
static PER_HEAD: Pattern =
    LazyLock::new(|| pattern(r"^按照?(每[千百万十]?[名人户个位万][\p{Han}]{1,8})$"));

/// 配置长椅: the verb before what each gets.
static PROVIDES: Pattern = LazyLock::new(|| {
    pattern(r"^(?:(?:规划|建设)?的?标准)?(?:规划|建设|设置|配备|配置|配建|充实)(?:建设)?")
});

/// 3张长椅规划、建设公园: what is built with so many.
static PROVIDED_FOR: Pattern =
    LazyLock::new(|| pattern(r"(?:的?标准)?(?:规划|建设|设置|配备|配置|配建)[、\p{Han}]{2,}$"));

/// 每月: how often, which is no part of who.
static HOW_OFTEN: Pattern = LazyLock::new(|| pattern(r"每(?:半?年度?|个?季度|个?月|周)$"));

/// Of whom, or of how many, a number is that stands for each.
pub(super) fn name_each(part: &Part, words: &str, named: &mut Named) {
    let before = part.before.slice(words);
    // 每月至少联系花农一次: what is done stands inside the bound.
    if trim_after(part.after, words).is_empty()
        && let Some(act) = AT_LEAST.captures(&part.found.quantity.text.value)
    {
        let who = HOW_OFTEN.replace(&named.words, "");
        named.words = format!("{who}{}", act.get(1).map_or("", |act| act.as_str()));
        named.span = part.found.quantity.text.span;
    }
    // 按照每千名居民3张配置长椅: of how many is part of what is measured.
    if let Some(per) = PER_HEAD.captures(before).and_then(|found| found.get(1)) {
        let what = PROVIDES.replace(&named.words, "");
        let what = PROVIDED_FOR
            .find(&what)
            .filter(|verb| verb.start() > 0)
            .map_or(&*what, |verb| what.get(..verb.start()).unwrap_or_default());
        named.words = format!("{}{what}", per.as_str());
    }
}
