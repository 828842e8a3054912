//! One number for several things, and several numbers for one clause. In: the parts of a clause; out: names. 均 spreads one
//! number over a list, 分别 gives each of a list its own. The surprise: 均 is also in 年均 and 人均.

use super::part::Part;
use super::{doing, indicator};
use crate::document::Qualifier;
use crate::extract::paragraph::split;
use crate::text::{Pattern, Span, pattern};
use std::sync::LazyLock;

/// What all things of a list do that the words behind its last one say: 1个县、2个社区开展示范创建.
pub(super) fn find_shared_phrase<'a>(parts: &[Part], words: &'a str) -> Option<&'a str> {
    let (last, others) = parts.split_last()?;
    let are_nouns =
        others.iter().all(|part| (1..=4).contains(&part.after.slice(words).chars().count()));
    let (noun, verb) = doing::find_phrase(last.after.slice(words))?;
    (!others.is_empty() && are_nouns && noun.chars().count() <= 4).then_some(verb)
}

/// The names before 均 or 分别, one each.
pub(super) fn spread_names(before: &str, words: &str, part: &Part, parts: &[Part]) -> Vec<Span> {
    let first = parts.first().unwrap_or(part);
    let each = find_each(before).or_else(|| find_each_behind(before));
    let holder = if each.is_some() { part } else { first };
    let text = holder.before.slice(words);
    let rates = || find_rates(part.before.slice(words)).filter(|_| parts.len() == 1);
    let Some(at) = text.find("分别").or(each).or_else(rates) else { return Vec::new() };
    let listed = indicator::without_years(text.get(..at).unwrap_or_default()).len();
    let list = Span::new(holder.before.byte_start, holder.before.byte_start + listed);
    // 2030年、2031年产值分别增长: the years are no names.
    let list = Span::new(indicator::skip_lead(words, list), list.byte_end);
    let mut names = Vec::new();
    for name in split(words, list, &['、']) {
        let text = name.slice(words);
        match text.find('和').filter(|&cut| cut >= 6 && text.len() - cut > 6) {
            Some(cut) => {
                names.push(Span::new(name.byte_start, name.byte_start + cut));
                names.push(Span::new(name.byte_start + cut + '和'.len_utf8(), name.byte_end));
            }
            None => names.push(name),
        }
    }
    let names = if parts.len() == 1 { join_bare(names, words) } else { names };
    names.into_iter().map(|name| indicator::strip_lead(words, name)).collect()
}

/// 苗圃、花店达标率和办结率: the first rate is of both; where several rates are named, what is none belongs to the next.
fn join_bare(names: Vec<Span>, words: &str) -> Vec<Span> {
    let is_rate = |name: &Span| name.slice(words).ends_with('率');
    if names.iter().filter(|name| is_rate(name)).count() < 2 || !names.last().is_some_and(is_rate) {
        return names;
    }
    let mut joined: Vec<Span> = Vec::new();
    let mut from = None;
    for name in names {
        let start = from.take().unwrap_or(name.byte_start);
        if is_rate(&name) {
            joined.push(Span::new(start, name.byte_end));
        } else {
            from = Some(start);
        }
    }
    joined
}

/// What the last of the names measures and the others leave to it: 中学、小学入学率 measures 入学率 of both.
pub(super) fn find_shared_measure<'a>(names: &[Span], words: &'a str) -> Option<&'a str> {
    static MEASURE: Pattern = LazyLock::new(|| {
        pattern(
            r"((?:(?:优良路|城镇化|数字化|机械化|资源化|无害化)率|[\p{Han}]{2}率|[\p{Han}]{2}时[间限]|比重|占比|比例|增加值|收入|产量|面积|增速))$",
        )
    });
    static MEASURES: Pattern =
        LazyLock::new(|| pattern(r"(?:[率重比例量值度数速额]|收入|面积|水平|规模|强度|时间)$"));
    let (last, others) = names.split_last()?;
    let are_bare = others.iter().all(|name| !MEASURES.is_match(name.slice(words)));
    if others.is_empty() || !are_bare || !MEASURES.is_match(last.slice(words)) {
        return None;
    }
    if let Some(measure) = find_behind_kin(others, last.slice(words), words) {
        return Some(measure);
    }
    let measure = MEASURE.captures(last.slice(words))?.get(1)?.as_str();
    (measure.len() < last.byte_len()).then_some(measure)
}

/// 北园、南园苗木成活率: 南园 ends as 北园 does, so all behind it is what is measured of both.
fn find_behind_kin<'a>(others: &[Span], last: &'a str, words: &str) -> Option<&'a str> {
    const MEASURE_CHARS_MIN: usize = 2;
    let first = others.first()?.slice(words);
    let len = first.chars().count();
    let end: usize = last.chars().take(len).map(char::len_utf8).sum();
    let (own, measure) = (last.get(..end)?, last.get(end..)?);
    let ending = first.chars().next_back()?;
    let are_kin = len >= 2
        && own.ends_with(ending)
        && others.iter().all(|name| name.slice(words).ends_with(ending));
    (are_kin && measure.chars().count() >= MEASURE_CHARS_MIN).then_some(measure)
}

/// 登记率、就业率100%: a number behind a list of rates holds for each. Where the list ends.
fn find_rates(before: &str) -> Option<usize> {
    static RATES: Pattern = LazyLock::new(|| {
        pattern(
            r"^(.*(?:率|比例|占比|比重)、.*(?:率|比例|占比|比重))(?:[均都]?(?:达到?|超过|为|高于|保持在|提高到|提升到))?$",
        )
    });
    let list = RATES.captures(before)?.get(1)?;
    let are_rates = list.as_str().split('、').all(|name| name.ends_with(['率', '例', '比', '重']));
    are_rates.then_some(list.end())
}

/// Where 均 says that a number holds for each, unlike 年均 and 平均.
fn find_each(before: &str) -> Option<usize> {
    let at = before.rfind('均')?;
    let glued = before.get(..at)?.ends_with(['年', '平', '人', '户', '亩', '日', '地']);
    (!glued).then_some(at)
}

/// 新建公园、广场各20个: where 各 ends the list.
fn find_each_behind(before: &str) -> Option<usize> {
    let at = before.len().checked_sub('各'.len_utf8())?;
    let list = before.strip_suffix('各')?;
    list.contains(['、', '和', '及']).then_some(at)
}

/// What a level that names nothing (国家级, 千亿级和…) is a level of, told by the last of the list in `words`.
pub(super) fn find_shared_noun(name: &str, words: &str) -> Option<String> {
    static LEVEL: Pattern = LazyLock::new(|| {
        pattern(r"^((?:[十百千万]*[亿万]|国家|部|省|市|州|县|区|世界)级)(?:$|[和及、])")
    });
    static NOUN: Pattern = LazyLock::new(|| {
        pattern(
            r"\d[\d.]*[个家户名处所座项](?:左右)?(?:以上)?(?:[十百千万]*[亿万]|国家|部|省|市|州|县|区|世界)级(?:以上)?([\p{Han}“”（）]{2,24})$",
        )
    });
    if !name.contains('级') {
        return None;
    }
    let level = LEVEL.captures(name)?.get(1)?;
    let noun = NOUN.captures(words)?.get(1)?;
    Some(format!("{}{}", level.as_str(), noun.as_str()))
}

/// 分别达到11%和18%左右: the word behind the last number holds for all.
pub(super) fn share_bound(part: &Part, parts: &[Part], words: &str) -> Part {
    let mut part = part.clone();
    let spread = parts.first().is_some_and(|first| first.before.slice(words).contains("分别"));
    let bound = |one: &Part| {
        let bound = one.found.quantity.qualifier;
        let strict = spread && matches!(bound, Qualifier::MoreThan | Qualifier::LessThan);
        let spreads =
            strict || matches!(bound, Qualifier::About | Qualifier::AtLeast | Qualifier::AtMost);
        spreads.then_some(bound)
    };
    // 不超过10名花艺师、50名花农: the word before the first holds for those that follow it bare.
    let follows = part.before.slice(words).trim_start_matches(['、', '和', '及']).is_empty();
    let leading = parts.first().filter(|first| {
        let text = first.found.quantity.text.span;
        follows && text.byte_start < first.found.span.byte_start
    });
    // 100%和45%以上: more than all is none.
    let is_all = part.found.quantity.number.as_deref() == Some("100")
        && part.found.quantity.unit.as_deref() == Some("%");
    if part.found.quantity.qualifier == Qualifier::Reach
        && let Some(bound) =
            parts.last().filter(|_| spread && !is_all).and_then(bound).or(leading.and_then(bound))
    {
        part.found.quantity.qualifier = bound;
    }
    part
}

#[cfg(test)]
mod tests {
    use super::super::part::find_parts;
    use super::*;

    fn names(words: &str) -> Vec<&str> {
        let parts = find_parts(words);
        let before = parts[0].before.slice(words);
        spread_names(before, words, &parts[0], &parts)
            .into_iter()
            .map(|span| span.slice(words))
            .collect()
    }

    #[test]
    fn a_list_before_each_is_spread() {
        assert_eq!(names("绿化率和覆盖率分别达到40%和50%"), ["绿化率", "覆盖率"]);
        assert_eq!(names("城区绿化率、县城绿化率均超过40%"), ["城区绿化率", "县城绿化率"]);
        assert_eq!(names("货运量和客运量分别增长5%、6%"), ["货运量", "客运量"]);
        assert_eq!(names("新建口袋公园、湿地公园各20个"), ["新建口袋公园", "湿地公园"]);
        assert_eq!(names("苗木成活率、古树保护率达到100%"), ["苗木成活率", "古树保护率"]);
        assert_eq!(
            names("苗圃、花店面商率和按期办结率均达到100%"),
            ["苗圃、花店面商率", "按期办结率"]
        );
        assert_eq!(names("2030年、2031年苗木产值分别增长5%和6%"), ["苗木产值"]);
        assert_eq!(names("甲港、乙港货运量年均增长5%"), Vec::<&str>::new());
    }

    #[test]
    fn the_last_of_a_list_says_what_is_measured_of_all() {
        let measure = |words: &'static str| {
            let parts = find_parts(words);
            let names = spread_names(parts[0].before.slice(words), words, &parts[0], &parts);
            find_shared_measure(&names, words)
        };
        assert_eq!(measure("古树、名木保护率分别达到90%和95%"), Some("保护率"));
        assert_eq!(measure("乔木、灌木比重分别达到60%和30%"), Some("比重"));
        assert_eq!(measure("绿化率、覆盖率分别达到40%和50%"), None);
        assert_eq!(measure("北园、南园苗木成活比例分别达到90%和95%"), Some("苗木成活比例"));
        assert_eq!(
            measure("东部、中部、西部地区花店覆盖率分别达到90%、80%、70%"),
            Some("地区花店覆盖率")
        );
    }

    #[test]
    fn a_bound_holds_for_the_numbers_that_follow_it_bare() {
        for (words, bound) in [
            ("每年选树不超过10名花艺师、50名花农", Qualifier::AtMost),
            ("绿化率应分别不低于40%、60%和80%", Qualifier::AtLeast),
            ("枯死率分别低于7%和5%", Qualifier::LessThan),
            ("降雨时浇灌量分别削减30%、20%以上", Qualifier::AtLeast),
        ] {
            let parts = find_parts(words);
            for part in &parts {
                let shared = share_bound(part, &parts, words);
                assert_eq!(shared.found.quantity.qualifier, bound, "{words}");
            }
        }
    }

    #[test]
    fn a_bound_behind_the_last_number_does_not_bound_all() {
        let bounds = |words: &str| {
            let parts = find_parts(words);
            let shared = parts.iter().map(|part| share_bound(part, &parts, words));
            shared.map(|part| part.found.quantity.qualifier).collect::<Vec<_>>()
        };
        let reach = [Qualifier::Reach, Qualifier::AtLeast];
        assert_eq!(bounds("绿化率、成活率分别达到100%和45%以上"), reach);
        assert_eq!(bounds("绿化率应分别不低于40%和100%"), [Qualifier::AtLeast; 2]);
    }

    #[test]
    fn the_last_of_a_list_may_say_what_all_do() {
        let words = "1个县、2个社区开展示范创建";
        assert_eq!(find_shared_phrase(&find_parts(words), words), Some("开展示范创建"));
        let words = "建设1个公园、2个广场";
        assert_eq!(find_shared_phrase(&find_parts(words), words), None);
    }
}
