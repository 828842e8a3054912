//! Counting words and the small numbers before them. In: words around a number; out: whether the word counts, or a small Chinese
//! numeral does. The surprise: 建设花圃九处 counts and 建设九处花圃 may not (两个方面), and 12路 is a line, 2300路视频 are many.

use crate::text::{Pattern, pattern};
use std::sync::LazyLock;

/// 18对应, 3副主任, 5集团, 12路公交: the counting word opens another word, or numbers a line.
pub(super) fn opens_word(unit: &str, behind: &str, value: &str) -> bool {
    let others = match unit {
        "对" => "应接象",
        "部" => "门",
        "支" => "持付撑",
        "副" => "主县市区局省秘处总书校院食产部厅",
        "眼" => "镜科睛",
        "例" => "如外行会",
        "集" => "中团装聚约散体市成群",
        "席" => "位卡",
        "节" => "点约能日目水省气",
        "箱" => "体式变梁",
        "把" => "握关手好",
        "册" => "子",
        "路" => {
            let counts = ["视频", "监控", "摄像", "高清", "信号", "以上", "左右"];
            let ends = !behind.starts_with(char::is_alphanumeric);
            return value.len() < 2
                || !(ends || counts.iter().any(|word| behind.starts_with(word)));
        }
        _ => return false,
    };
    behind.chars().next().is_some_and(|next| others.contains(next))
}

/// 每季度开展防虫演练一次以上: what is held stands between.
pub(super) fn recurs_around(words: &str) -> bool {
    static RECURS: Pattern = LazyLock::new(|| {
        pattern(
            r"每(?:半?年度?|[两三五2-9]年|个?季度|个?月|学期|周)(?:至少|定期|集中)?(?:组织|开展|举办|召开|举行|进行){1,2}[\p{Han}“”、]{2,20}[一二两三四五六](?:次|场|场次|期)(?:以上)?$",
        )
    });
    RECURS.is_match(words)
}

/// 新建花圃七座, 建设苗圃九处: a small number that closes what is built.
pub(super) fn closes_what_is_built(before: &str, unit: &str, rest: &str) -> bool {
    static BUILT: Pattern = LazyLock::new(|| {
        pattern(
            r"(?:^|[，、；。：])(?:[\p{Han}\d]{0,8}?(?:年|全年|年内|再|共|计划|力争))?(?:(?:新?开工)?(?:新建|改建|扩建|新改建|改扩建)(?:和改扩建)?|新?开工(?:建设)?|建设|建成|培育|引进|组建|创建|发展|打造|新增|增设|设立|布设|改造|开通|购置)[\p{Han}“”（）()]{2,20}(?:[一二两三四五六七八九十\d]+[座处所家条辆台套支个名]、[\p{Han}“”]{2,16}){0,3}$",
        )
    });
    ["座", "处", "所", "家", "条", "辆", "台", "套", "支", "个", "名"].contains(&unit)
        && !rest.starts_with(char::is_alphabetic)
        && BUILT.is_match(before)
}

/// Whether what stands behind 一个 goes on to others that are counted in digits.
pub(super) fn is_listed_with_numbers(rest: &str, unit: &str) -> bool {
    static LISTED: Pattern = LazyLock::new(|| {
        pattern(r"^[\p{Han}“”]{2,14}、[\p{Han}]{0,10}?\d+(个|家|处|座|所|条|支|批)[\p{Han}“”]{2}")
    });
    let other = LISTED.captures(rest).and_then(|found| found.get(1));
    other.is_some_and(|other| other.as_str() == unit)
}

#[cfg(test)]
mod tests {
    use super::super::quantity::find_quantities;

    fn shown(words: &str) -> Vec<String> {
        find_quantities(words).into_iter().map(|one| one.quantity.text.value).collect()
    }

    #[test]
    fn a_small_number_that_closes_what_is_built_counts() {
        assert_eq!(shown("建设苗木专用温室九座"), ["九座"]);
        assert_eq!(shown("全年新建镇级花圃七处"), ["七处"]);
        assert_eq!(shown("年内培育龙头苗圃两家、花农合作社五家"), ["两家", "五家"]);
        assert_eq!(shown("服务花农三千余户"), ["三千余户"]);
        assert_eq!(shown("年内开工建设花圃三所"), ["三所"]);
        assert_eq!(shown("每季度开展防虫演练一次以上"), ["一次以上"]);
        assert_eq!(shown("每季度开展一次口岸苗木检查"), ["一次"]);
        assert_eq!(shown("现场跑动至多一次"), ["至多一次"]);
        assert_eq!(shown("县（市、区）至少建有一座花园"), ["至少建有一座"]);
        for words in
            ["推动花园建设三年", "建设花园三期", "家庭中至少有一名子女", "获评花园一级", "花店九家"]
        {
            assert_eq!(shown(words), [""; 0], "{words}");
        }
    }

    #[test]
    fn a_counting_word_may_open_another_word() {
        assert_eq!(shown("接入花园视频2300路"), ["2300路"]);
        assert_eq!(shown("储备园艺剪2500副"), ["2500副"]);
        assert_eq!(shown("投放鱼苗400亿尾"), ["400亿尾"]);
        assert_eq!(shown("提供花农岗位20万个次"), ["20万个次"]);
        assert_eq!(shown("防洪标准由20年一遇提高到50年一遇"), ["20年一遇", "50年一遇"]);
        assert_eq!(shown("下泄流量不少于8.5立方米/秒"), ["不少于8.5立方米/秒"]);
        for words in ["开通12路公交", "2副主任", "5集团", "30节约型花园", "5例如"]
        {
            assert_eq!(shown(words), [""; 0], "{words}");
        }
    }
}
