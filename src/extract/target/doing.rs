//! What counted things do, or what is done with them. In: the words behind a number; out: the noun and the act, or a name made of both.
//! The surprise: the name turns the order of the text (5个镇建成公园 counts 建成公园的镇).

use crate::text::{Pattern, pattern};
use std::sync::LazyLock;

/// 镇实现常住人口6万人: the things, and what they do.
static VERB_PHRASE: Pattern = LazyLock::new(|| {
    pattern(r"^([\p{Han}]{1,8}?)((?:基本)?(?:实现|开展|创建|建成|达到|完成|开工|参加).{2,})$")
});

/// 镇实现常住人口6万人 becomes 实现常住人口6万人的镇.
pub(super) fn turn_phrase(behind: &str) -> String {
    match find_phrase(behind) {
        Some((noun, verb)) if noun.chars().count() <= 3 => format!("{verb}的{noun}"),
        _ => behind.to_owned(),
    }
}

/// A noun and what its things do: 社区 and 开展示范创建.
pub(super) fn find_phrase(behind: &str) -> Option<(&str, &str)> {
    let found = VERB_PHRASE.captures(behind)?;
    let verb = found.get(2)?.as_str();
    Some((found.get(1)?.as_str(), verb.strip_prefix("基本").unwrap_or(verb)))
}

/// A place and what is done there: 山区苗圃 and 开展检疫.
pub(super) fn find_place_and_act(behind: &str) -> Option<(&str, &str)> {
    static THERE: Pattern = LazyLock::new(|| {
        pattern(
            r"^([\p{Han}“”]{1,20}?)(?:大力|率先|全面|积极|先行)?((?:(?:开展|实施|推广|推行|设立).|建设[^项用工区]).+)$",
        )
    });
    let found = THERE.captures(behind)?;
    Some((found.get(1)?.as_str(), found.get(2)?.as_str()))
}
