//! Names of bodies in a list. In: a list of bodies without role words (某局、某委和某县政府); out: one
//! span a body, as written. The surprise: 、 and 和 also stand inside names (教育和体育局; 各市、县政府),
//! so a border counts only where what stands before it is a whole name.

use crate::extract::paragraph::{Depth, is_opening, trim};
use crate::text::{Pattern, Span, pattern};
use std::sync::LazyLock;

/// The words that names of bodies end with.
static WHOLE_NAME: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"(?:政府|党委|省委|市委|县委|区委|委员会|委|办公厅|办公室|办|厅|局|部|院|所|会|处|站|队|中心|公司|集团|银行|分行|支行|",
        r"部门|单位|机构|管委会|示范区|开发区|高新区|经开区|新区|试验区|园区|地区|海关|总署|法院|检察院|学院|大学|学校|专班|小组|",
        r"企业|街道|联社|协会|商会|工会|团委|妇联|残联|科协|文联|社|馆|台|行|校|关|院校|指挥部|联席会议|[市州县区])$"
    ))
});

/// Levels of government that share one noun: 各市、县（区）政府.
static LEVELS_BEFORE: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:各|有关|相关|全省|全市|所有|项目)?(?:有关|相关|级)?(?:项目)?(?:所在地?|属地)?的?(?:(?:设区市|市州|地市|区县|县区|县市|市|州|县|区|盟|旗|乡|镇|街道)(?:[（(〔\[<〈][^（）()〔〕]{1,16}[)）〕\]>〉])?、?)*(?:设区市|市州|地市|区县|县区|县市|市|州|县|区|盟|旗|乡|镇|街道)(?:[（(〔\[<〈][^（）()〔〕]{1,16}[)）〕\]>〉])?$",
    )
});

static LEVELS_AFTER: Pattern = LazyLock::new(|| {
    pattern(r"^ ?(?:各)?(?:县市区|市县区|县区|县|区|市|州|盟|旗|乡|镇|街道|园区|开发区)")
});

/// 各县区、各开发区: a zone that is named with 各 and nothing behind it shares no noun.
static ZONES_ALONE: Pattern = LazyLock::new(|| {
    pattern(r"^ ?各(?:类|级)?(?:开发区|园区|功能区|街道|乡镇|镇街)(?:[，,、；。）)]|$)")
});

/// 各县区、市园林局: an office of the city ends the list of levels.
static OFFICE: Pattern = LazyLock::new(|| {
    pattern(r"^市(?:直|[^县区州旗镇乡街、（(人政][\p{Han}]{1,11}?(?:局|委|办|部门|单位|中心|公司))")
});

/// 各开发区、区县市政府: 各 opens a name that goes on with levels of government.
static ZONES_BEFORE: Pattern =
    LazyLock::new(|| pattern(r"^各(?:类|级|国家级)?(?:开发区|园区|功能区|工业园区)$"));

static BARE_LEVELS_AFTER: Pattern =
    LazyLock::new(|| pattern(r"^(?:区县市|县市区|市县区|县区|区县|区、县)[^，；。]{0,10}政府"));

/// 市直有关部门、单位: a noun that only goes on the collective name before it.
static DEPARTMENTS_BEFORE: Pattern = LazyLock::new(|| {
    pattern(r"^(?:各|有关|相关|[省市县区州]?[级直](?:各|有关|相关)?)(?:各|有关|相关)?部门$")
});

static UNITS_AFTER: Pattern = LazyLock::new(|| pattern(r"^各?单位(?:[，,、；。）)]|$)"));

/// 各市党委、政府: the party and the government of a place are one name.
static PARTY_BEFORE: Pattern =
    LazyLock::new(|| pattern(r"(?:党委|党工委|^各[\p{Han}、（）()]{1,12}委)$"));

static PARTNER_AFTER: Pattern = LazyLock::new(|| {
    pattern(r"^(?:[市县区州旗]{0,3}(?:人民)?政府|行署|管委会)(?:[，,、；。等和及）)]|$)")
});

/// What is said of a whole list and belongs to no name.
static LIST_TAIL: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:等(?:有关|相关|行政|主管|职能|各)*(?:部门|单位|部门和单位|部门单位|相关单位|[\p{Han}]{0,20}(?:联席会议|领导小组|指挥部)各?成员单位)?(?:及.{0,2})?)$",
    )
});

/// 等省有关单位, 等市直部门: bodies of a level close the list.
static OF_LEVEL: Pattern =
    LazyLock::new(|| pattern(r"^[省市县区州](?:(?:级|直)?(?:各|有关|相关)|级|直)"));

static GOVERNMENT: Pattern = LazyLock::new(|| pattern(r"^[^各]{1,4}[市县区州](?:人民)?政府$"));

/// 乡镇（街道）, 县（市、区）: a level is part of the collective name.
static LEVELS_INSIDE: Pattern =
    LazyLock::new(|| pattern(r"^.(?:[市县区乡镇]、)*(?:[市县区乡镇]|街道|街)$"));

/// 花港经济区（苗圃办）: a zone is no body; the office in the bracket is the one in charge.
static ZONE: Pattern = LazyLock::new(|| {
    pattern(r"[\p{Han}]{2,}(?:经济区|开发区|园区|新区|试验区|示范区|功能区|保税区|度假区)$")
});

static LIST_AND: Pattern = LazyLock::new(|| pattern(r"^(?:以及|或者|会同|和|及|与|或)"));

/// A name that is only a noun without a body, left over from a list: 和单位.
static BARE_NOUN: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:(?:人民)?政府|单位|部门|机构|企业|体育局|旅游局|旅游厅|信息化[厅局委]?.*|改革.*|规划.*|社会保障.*|建设[厅局委].*)$",
    )
});

/// The bodies that `list` names, in order.
pub(super) fn find_agents(clean: &str, list: Span) -> Vec<Span> {
    let mut agents = Vec::new();
    for part in split_list(clean, list) {
        let name = strip(clean, part);
        if !name.is_empty() && is_name(name.slice(clean)) {
            agents.push(name);
        }
    }
    agents
}

/// Without 等, 等部门, asides and punctuation at the ends.
fn strip(clean: &str, part: Span) -> Span {
    let mut name = trim(clean, part);
    for _ in 0..4 {
        let words = name.slice(clean);
        let kept = words.trim_end_matches(['、', '，', ',', '；', '。', '：', ':', ' ', '等']);
        let kept =
            LIST_TAIL.find(kept).map_or(kept, |tail| kept.get(..tail.start()).unwrap_or(kept));
        let kept = strip_aside(kept);
        if kept.len() == words.len() {
            break;
        }
        name = Span::new(name.byte_start, name.byte_start + kept.len());
    }
    let words = name.slice(clean);
    // 责任单位市园林局: a label that has lost its colon.
    let own = ["责任单位", "牵头单位", "配合单位", "责任部门"]
        .iter()
        .find_map(|label| words.strip_prefix(label).filter(|own| own.chars().nth(1).is_some()))
        .unwrap_or(words);
    // 苗木检疫由市园林局: what it does stands before the body.
    let own = own.rsplit_once('由').map_or(own, |(before, body)| {
        if before.ends_with('自') || body.chars().count() < 3 { own } else { body }
    });
    let own = own.trim_start_matches(['由', '、', '，', ',', '：', ':', ' ']);
    Span::new(name.byte_end - own.len(), name.byte_end)
}

/// An aside in brackets at the end is dropped, also an office inside the body and its second name: 某厅（花卉办）, 某区园林局（水务局）. In
/// 各区政府（管委会） it is part of the collective name.
fn strip_aside(name: &str) -> &str {
    let Some(inside) = name.strip_suffix(['）', ')', '〕', ']', '〉', '>']) else { return name };
    let Some(open) = inside.rfind(|c| is_opening(c) || c == '<') else { return name };
    let says_what_counts = inside.get(open..).is_some_and(|aside| aside.contains("下同"));
    let is_collective = (name.starts_with('各') || inside.ends_with("管委会")) && !says_what_counts;
    // 各开发区管委会（办）: what some of them are called instead.
    let is_short_noun = inside.ends_with("管委会（办") || inside.ends_with("管委会(办");
    let is_level = inside.get(open..).is_some_and(|aside| LEVELS_INSIDE.is_match(aside))
        && inside
            .get(..open)
            .is_some_and(|name| name.ends_with(['镇', '乡', '县', '市', '区', '道']));
    let is_zone_with_office = inside.get(..open).is_some_and(|zone| ZONE.is_match(zone))
        && inside.ends_with(['办', '局', '委', '会']);
    if is_collective || is_short_noun || is_level || is_zone_with_office {
        name
    } else {
        name.get(..open).unwrap_or(name)
    }
}

fn is_name(words: &str) -> bool {
    let chars = words.chars().count();
    (2..=40).contains(&chars)
        && words != "下同"
        && !words.chars().all(|c| c.is_ascii_digit())
        && !words.contains(['：', ':', '。', '；', '%'])
}

fn split_list(clean: &str, list: Span) -> Vec<Span> {
    let words = list.slice(clean);
    let mut parts = Vec::new();
    let mut depth = Depth::default();
    let mut from = 0;
    for (at, c) in words.char_indices() {
        // 各县<市、区>政府: signs of less and more as brackets.
        depth.read(match c {
            '<' => '〈',
            '>' => '〉',
            _ => c,
        });
        if !depth.is_outside() || at < from {
            continue;
        }
        let before = Span::new(from, at).slice(words);
        let Some(width) = border_width(before, Span::new(at, words.len()).slice(words)) else {
            continue;
        };
        parts.push(Span::new(from, at).shifted(list.byte_start));
        from = at + width;
    }
    parts.push(Span::new(from, words.len()).shifted(list.byte_start));
    parts
}

/// Bytes of the border between two names that `rest` starts with, or `None` where it starts with none.
fn border_width(before: &str, rest: &str) -> Option<usize> {
    let first = rest.chars().next()?;
    let after = rest.get(first.len_utf8()..)?;
    match first {
        '/' | '／' => Some(first.len_utf8()).filter(|_| WHOLE_NAME.is_match(before)),
        '、' | '，' | ',' | '\n' | '；' | ';' => {
            let goes_down = !OFFICE.is_match(after) || before.ends_with(['州', '盟', '地']);
            let levels = goes_down
                && LEVELS_BEFORE.is_match(before)
                && LEVELS_AFTER.is_match(after)
                && !ZONES_ALONE.is_match(after);
            let zones = ZONES_BEFORE.is_match(before) && BARE_LEVELS_AFTER.is_match(after);
            let party =
                first == '、' && PARTY_BEFORE.is_match(before) && PARTNER_AFTER.is_match(after);
            let units =
                first == '、' && DEPARTMENTS_BEFORE.is_match(before) && UNITS_AFTER.is_match(after);
            let goes_on = levels || zones || party || units;
            (!goes_on).then_some(first.len_utf8())
        }
        '等' => {
            // 园林局等和各市政府: the list ends, and another name follows.
            if let Some(and) = LIST_AND.find(after).filter(|_| WHOLE_NAME.is_match(before)) {
                let next = after.get(and.end()..)?.split(['、', '，', ',']).next()?;
                let is_name = next.chars().count() >= 2 && !BARE_NOUN.is_match(next);
                return is_name.then_some(first.len_utf8() + and.end());
            }
            // 等省直有关部门 are bodies of a level; 等有关部门 says only that there are more.
            let names_follow = ["有关", "相关", "各", "国务院相关", "国务院有关", "国务院各"]
                .iter()
                .any(|opening| after.starts_with(opening))
                || OF_LEVEL.is_match(after);
            let of_level = after.starts_with(['省', '市', '县', '区']);
            let is_tail = !of_level
                && LIST_TAIL.is_match(rest.split(['，', ',', '、']).next().unwrap_or_default());
            (names_follow && !is_tail).then_some(first.len_utf8())
        }
        _ => {
            let and = LIST_AND.find(rest)?;
            let next = rest.get(and.end()..)?;
            // 各区党工委和管委会.
            if PARTY_BEFORE.is_match(before) && PARTNER_AFTER.is_match(next) {
                return None;
            }
            let next_name = next.split(['、', '，', ',', '和', '及']).next().unwrap_or_default();
            let whole = WHOLE_NAME.is_match(before) && before.chars().count() >= 2;
            // 甲、乙和丙市政府: the last two members of a list of places.
            let places = before.chars().count() <= 4
                && GOVERNMENT.is_match(next_name)
                && !before.ends_with(['各', '级']);
            ((whole || places) && next_name.chars().count() >= 2 && !BARE_NOUN.is_match(next_name))
                .then_some(and.end())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(list: &str) -> Vec<&str> {
        find_agents(list, Span::new(0, list.len()))
            .into_iter()
            .map(|span| span.slice(list))
            .collect()
    }

    #[test]
    fn a_list_is_cut_at_enumeration_commas() {
        assert_eq!(
            names("市教育和体育局、财政局，各区政府"),
            ["市教育和体育局", "财政局", "各区政府"]
        );
        assert_eq!(names("省工业和信息化厅和公安厅"), ["省工业和信息化厅", "公安厅"]);
        assert_eq!(
            names("县住房和城乡建设局、县数据“一网通办”办公室"),
            ["县住房和城乡建设局", "县数据“一网通办”办公室"]
        );
        assert_eq!(names(""), Vec::<&str>::new());
    }

    #[test]
    fn levels_of_government_that_share_a_noun_are_one_name() {
        assert_eq!(names("各市、县（区）政府"), ["各市、县（区）政府"]);
        assert_eq!(names("各市、州人民政府"), ["各市、州人民政府"]);
        assert_eq!(names("苗木检疫由市园林局"), ["市园林局"]);
        assert_eq!(names("市园林局，各市、县、区政府"), ["市园林局", "各市、县、区政府"]);
        assert_eq!(names("各县区、镇街道、市园林局"), ["各县区、镇街道", "市园林局"]);
        assert_eq!(names("市园林局（市区）、县园林局"), ["市园林局", "县园林局"]);
        assert_eq!(
            names("省能源局，各市〔州〕、各县〔市、区〕人民政府"),
            ["省能源局", "各市〔州〕、各县〔市、区〕人民政府"]
        );
        assert_eq!(names("市园林局，各县<市、区>政府"), ["市园林局", "各县<市、区>政府"]);
        assert_eq!(names("甲市、乙市政府"), ["甲市", "乙市政府"]);
        assert_eq!(names("各县（市、区）党委和政府"), ["各县（市、区）党委和政府"]);
        assert_eq!(names("市园林局、各开发区、区县市政府"), ["市园林局", "各开发区、区县市政府"]);
        assert_eq!(names("市城区各区政府、管委会"), ["市城区各区政府", "管委会"]);
        for list in [
            "各市党委、政府",
            "各县（市、区）党委、政府",
            "各级党委、政府",
            "各市委、市政府",
            "各县区、 园区园林部门",
            "花港区党工委和管委会",
        ] {
            assert_eq!(names(&format!("市园林局，{list}")), ["市园林局", list]);
        }
        assert_eq!(names("各县区、各开发区、滨湖局"), ["各县区", "各开发区", "滨湖局"]);
        assert_eq!(names("市委、市政府"), ["市委", "市政府"]);
        assert_eq!(names("市直有关部门、单位，各区政府"), ["市直有关部门、单位", "各区政府"]);
        assert_eq!(
            names("各区政府、各开发区管委会，市园林局"),
            ["各区政府", "各开发区管委会", "市园林局"]
        );
    }

    #[test]
    fn words_about_the_whole_list_belong_to_no_name() {
        assert_eq!(names("省商务厅、省财政厅等部门"), ["省商务厅", "省财政厅"]);
        assert_eq!(names("市体育局等"), ["市体育局"]);
        assert_eq!(names("市园林局等绿化工作联席会议成员单位"), ["市园林局"]);
        assert_eq!(names("省园林厅等省直有关部门"), ["省园林厅", "省直有关部门"]);
        assert_eq!(names("省林业厅、园林局等省有关单位"), ["省林业厅", "园林局", "省有关单位"]);
        assert_eq!(names("各级园林绿化、林业等主管部门"), ["各级园林绿化", "林业"]);
        assert_eq!(names("甲、乙等有关市政府"), ["有关市政府"]);
        assert_eq!(names("市司法局（涉及复议的）"), ["市司法局"]);
        assert_eq!(names("某区园林和绿化局（水务局）"), ["某区园林和绿化局"]);
        assert_eq!(names("园林总局等国务院相关部门"), ["园林总局", "国务院相关部门"]);
        assert_eq!(names("市园林局、属地乡镇（街道）"), ["市园林局", "属地乡镇（街道）"]);
        assert_eq!(names("责任单位市园林局、市水务局"), ["市园林局", "市水务局"]);
        assert_eq!(names("市园林局、花港经济区（苗圃办）"), ["市园林局", "花港经济区（苗圃办）"]);
        assert_eq!(names("各区政府（含开发区管委会，下同）"), ["各区政府"]);
        for and in ["和", "及", "以及", "与"] {
            let list = format!("园林部、苗木总局等{and}各有关省级人民政府");
            assert_eq!(names(&list), ["园林部", "苗木总局", "各有关省级人民政府"], "{list}");
        }
        assert_eq!(names("园林部等部门和单位"), ["园林部"]);
        assert_eq!(
            names("市园林局、花港开发区管委会（办）"),
            ["市园林局", "花港开发区管委会（办）"]
        );
    }
}
