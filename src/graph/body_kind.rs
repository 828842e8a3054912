//! What a body does, told by the make of its name where no name in the code list is the same.
//!
//! In: a name whose place is unknown or taken off, and the names of functions. Out: the [`Meaning`] of the name, always
//! [`Meaning::Other`], because a pattern tells the work and not the identity. Surprising: a name that joins two
//! functions (财政金融局) has the one that it names first.

use super::function::{Functions, Meaning};

/// Words before a body's name for a place that the name leaves open: a level, or a functional area.
const AREA_WORDS: [&str; 19] = [
    "自治区",
    "综合实验区",
    "试验区",
    "示范区",
    "开发区",
    "高新区",
    "经开区",
    "新区",
    "园区",
    "地区",
    "县区",
    "局",
    "省",
    "市",
    "县",
    "区",
    "州",
    "盟",
    "旗",
];

/// Ends of names of offices that may join two functions, longest first.
const OFFICE_WORDS: [&str; 5] = ["委员会", "分局", "局", "厅", "委"];

/// Words that names of many governments are made of: 各市（州）、各县（市、区、特区）人民政府（管委会）.
const DIVISION_WORDS: [&str; 36] = [
    "地级以上",
    "地区",
    "地",
    "计划单列",
    "人民政府",
    "管理委员会",
    "省级",
    "市级",
    "县级",
    "区级",
    "设区",
    "城市",
    "城区",
    "开发区",
    "功能区",
    "管理区",
    "园区",
    "新区",
    "特区",
    "高新区",
    "直辖市",
    "自治区",
    "乡镇",
    "街道办事处",
    "街道",
    "管委会",
    "政府",
    "省",
    "市",
    "县",
    "区",
    "州",
    "盟",
    "旗",
    "乡",
    "镇",
];

/// Heads of names that mean many bodies.
const MANY: [&str; 6] = ["各级", "各", "有关", "相关", "其他", "属地"];

/// What a body called `name` does, read off its make; `None` where that tells nothing.
pub(super) fn find_kind(functions: &Functions, name: &str) -> Option<Meaning> {
    let bare: String = name.chars().filter(|character| !is_mark(*character)).collect();
    let kind = |code: &str| functions.by_code(code).map(Meaning::Other);
    if let Some(rest) = MANY.iter().find_map(|word| bare.strip_prefix(word)) {
        let many = if is_divisions(rest) { "县区政府" } else { "各部门" };
        let known = functions.meaning(name).or_else(|| find_office(functions, rest));
        let bodies = ["部门", "单位", "机构", "机关", "组织"];
        let is_bodies = is_divisions(rest) || bodies.iter().any(|word| rest.ends_with(word));
        return known.or_else(|| kind(many).filter(|_| is_bodies));
    }
    if bare.ends_with("有关部门") || bare.ends_with("相关部门") || bare.ends_with("有关单位")
    {
        return kind("各部门");
    }
    if let Some(meaning) = find_office(functions, &bare) {
        return Some(meaning);
    }
    let rest = AREA_WORDS.iter().find_map(|word| bare.strip_prefix(word));
    if let Some(meaning) = rest.and_then(|rest| find_office(functions, rest)) {
        return Some(meaning);
    }
    // 团市委 has the word for its level inside.
    let inside = ["省", "市", "县", "区", "州"].iter().filter_map(|word| bare.split_once(word));
    let mut templates = inside.map(|(before, after)| format!("{before}{{}}{after}"));
    if let Some(meaning) = templates.find_map(|template| functions.meaning(&template)) {
        return Some(Meaning::Other(meaning.index()));
    }
    let zone = ["管委会", "管理委员会", "开发区", "高新区", "经开区", "新区", "园区", "示范区"];
    if zone.iter().any(|end| bare.ends_with(end)) {
        return kind("功能区管理");
    }
    let government = bare.ends_with("政府") || is_divisions(&bare);
    let street = ["街道", "街道办事处", "街道办", "镇", "乡"].iter().any(|end| bare.ends_with(end));
    kind("政府").filter(|_| government || street)
}

/// The function of an office by its whole name, or by the first that its name joins: 发展改革和统计局.
fn find_office(functions: &Functions, office: &str) -> Option<Meaning> {
    let whole = functions.meaning(&format!("{{}}{office}")).or_else(|| functions.meaning(office));
    if let Some(meaning) = whole {
        return Some(Meaning::Other(meaning.index()));
    }
    let stem = OFFICE_WORDS.iter().find_map(|end| office.strip_suffix(end))?;
    let borders: Vec<usize> = stem.char_indices().map(|(byte, _)| byte).skip(2).collect();
    let heads =
        [stem].into_iter().chain(borders.into_iter().rev().filter_map(|border| stem.get(..border)));
    let mut named =
        heads.flat_map(|head| ["局", "厅", "委", "委员会"].map(|end| format!("{{}}{head}{end}")));
    named.find_map(|name| functions.meaning(&name)).map(|meaning| Meaning::Other(meaning.index()))
}

/// Whether `words` are nothing but words for divisions and their governments.
fn is_divisions(words: &str) -> bool {
    let mut rest = words;
    while let Some(shorter) = DIVISION_WORDS
        .iter()
        .chain(&MANY)
        .chain(&["和", "及", "与", "级"])
        .find_map(|word| rest.strip_prefix(word))
    {
        rest = shorter;
    }
    rest.is_empty() && !words.is_empty()
}

const fn is_mark(character: char) -> bool {
    matches!(
        character,
        '(' | ')'
            | '（'
            | '）'
            | '〔'
            | '〕'
            | '['
            | ']'
            | '<'
            | '>'
            | '〈'
            | '〉'
            | '、'
            | ','
            | '，'
            | '·'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::reference::FUNCTIONS;

    fn kind(name: &str) -> Option<String> {
        let functions = Functions::parse("functions.tsv", FUNCTIONS).unwrap();
        let meaning = find_kind(&functions, name)?;
        functions.get(meaning.index()).map(|function| function.code.clone())
    }

    #[test]
    fn a_name_that_joins_functions_has_the_first() {
        assert_eq!(kind("财政金融局").as_deref(), Some("财政"));
        assert_eq!(kind("示范区发展改革和统计局").as_deref(), Some("发展改革"));
        assert_eq!(kind("新区自然资源分局").as_deref(), Some("自然资源"));
        assert_eq!(kind("某某综合局"), None);
    }

    #[test]
    fn a_name_without_a_place_still_tells_the_work() {
        assert_eq!(kind("科技厅").as_deref(), Some("科技"));
        assert_eq!(kind("市场监管局").as_deref(), Some("市场监管"));
        assert_eq!(kind("市住建局").as_deref(), Some("住房城乡建设"));
    }

    #[test]
    fn many_governments_are_one_collective_however_they_are_listed() {
        for name in [
            "各市、县（区）人民政府",
            "各设区市人民政府",
            "各地级以上市人民政府",
            "各市〔州〕、各县〔市、区、特区〕人民政府",
            "有关县(市、区)政府(管委会)",
        ] {
            assert_eq!(kind(name).as_deref(), Some("县区政府"), "{name}");
        }
        assert_eq!(kind("各相关行业主管部门").as_deref(), Some("各部门"));
        assert_eq!(kind("各某某协会"), None);
    }

    #[test]
    fn the_administration_of_an_area_is_no_government_of_a_division() {
        assert_eq!(kind("某某高新区管委会").as_deref(), Some("功能区管理"));
        assert_eq!(kind("某某新区").as_deref(), Some("功能区管理"));
        assert_eq!(kind("某某街道").as_deref(), Some("政府"));
    }
}
