//! What the words of a target say beside its number: how firmly it is promised, whether the number is a level, an
//! increment, a growth or a gap, and whether they name what is measured. In: words; out: values. The surprise: growth by
//! 50 % and a share of 50 % have the same print, so the verb before the number decides.

use super::indicator::Named;
use super::quantity::{Found, Sort};
use crate::document::{Basis, Modality, Qualifier, Target};
use crate::text::{Pattern, pattern};
use std::sync::LazyLock;

static MODALITY: Pattern = LazyLock::new(|| {
    pattern(r"力争|争取|努力|力求|确保|务必|基本(?:实现|完成|建成|消除|达到|覆盖)|约束性|预期性")
});

static ADDS: Pattern = LazyLock::new(|| pattern(r"新增|净增|增加$|^新建|^续建"));

static GROWS: Pattern =
    LazyLock::new(|| pattern(r"(?:增长|提高|提升|下降|降低|减少|增幅|上升|压减)[^到至]{0,4}$"));

/// The last word of firmness in `words`.
pub(super) fn find_modality(words: &str) -> Option<Modality> {
    let last = MODALITY.find_iter(words).last()?.as_str();
    Some(match last {
        "力争" | "争取" | "努力" | "力求" => Modality::Strive,
        "确保" | "务必" => Modality::Ensure,
        "约束性" => Modality::Binding,
        "预期性" => Modality::Expected,
        _ => Modality::Basic,
    })
}

/// What the number says of the indicator.
pub(super) fn find_basis(before: &str, indicator: &str, found: &Found, named: &Named) -> Basis {
    let is_share = found.sort == Sort::Share;
    let is_points = found.quantity.unit.as_deref().is_some_and(|unit| unit.ends_with("百分点"));
    // People trained or served are counted as they come, never as a stock.
    let is_flow = found.quantity.unit.as_deref().is_some_and(|unit| unit.ends_with("人次"));
    if named.compared_with.is_some() {
        Basis::Gap
    } else if is_share && !is_points && GROWS.is_match(before) {
        Basis::Growth
    } else if ADDS.is_match(before)
        || ADDS.is_match(indicator)
        || (is_points && GROWS.is_match(before))
        || is_flow
    {
        Basis::Increment
    } else {
        Basis::Level
    }
}

/// Whether a target's words do not tell what is measured.
pub(in crate::extract) fn is_unclear(target: &Target) -> bool {
    let name = target.indicator.value.as_str();
    let counts_things = target
        .quantity
        .unit
        .as_deref()
        .is_some_and(|unit| ["个", "家", "处", "座", "所"].contains(&unit));
    // 培育产业集聚7个 counts things but names none.
    let no_noun =
        ["集聚", "培育", "发展", "提升", "推进", "创建"].iter().any(|verb| name.ends_with(verb));
    let is_counted = target.quantity.qualifier != Qualifier::Some;
    is_counted && (name.chars().count() < 2 || (counts_things && no_noun))
}

#[cfg(test)]
mod tests {
    use super::super::indicator::find_names;
    use super::super::part::find_parts;
    use super::*;

    fn basis(words: &str) -> Basis {
        let part = find_parts(words).remove(0);
        let named = find_names(&part, words);
        find_basis(part.before.slice(words), &named.words, &part.found, &named)
    }

    #[test]
    fn the_verb_tells_what_the_number_says() {
        let table = [
            ("绿化覆盖率达到43%", Basis::Level),
            ("游客数量增长8%", Basis::Growth),
            ("新增绿地120公顷", Basis::Increment),
            ("增速超过全省平均水平2个百分点", Basis::Gap),
            ("旅游业增加值占比达到5%", Basis::Level),
        ];
        for (words, expected) in table {
            assert_eq!(basis(words), expected, "{words}");
        }
    }

    #[test]
    fn the_last_word_of_firmness_counts() {
        assert_eq!(find_modality("力争到2027年"), Some(Modality::Strive));
        assert_eq!(find_modality("确保基本完成"), Some(Modality::Basic));
        assert_eq!(find_modality("务必完成"), Some(Modality::Ensure));
        assert_eq!(find_modality("完善基本制度"), None);
    }
}
