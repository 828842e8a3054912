//! Words around the name of what is measured that are no part of it. In: the words between the lead of a clause and its verb of reaching;
//! out: the name. The surprise: they stand behind the name as well (绿化率6月底达70%, 完好率常年保持在98%).

use super::recurrence::without_yearly;
use crate::text::{Pattern, pattern};
use std::sync::LazyLock;

/// 绿化率于2031年6月底前, 绿化率上半年末: by when.
static DUE_BEHIND: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:于|到|至)?(?:20\d\d年)?(?:[上下]半年(?:年?[底末])?|\d{1,2}月(?:份|[上中下]旬)?[底末]?|第?[一二三四]季度末?|年[底末])(?:之?前|以前)?$|(?:于|到|至)?20\d\d年[底末]?(?:之?前|以前)?$",
    )
});

/// 库容由现有的3万份扩, 检疫由20日: what a rise begins with.
static FROM_BEHIND: Pattern = LazyLock::new(|| {
    pattern(
        r"[由从][\p{Han}]{0,10}\d[\d.,]*(?:%|[\p{Han}（）&&[^中里内]]{1,6})(?:[到至为](?:每[年月])?)?$",
    )
});

/// 完好率常年, 用水总量不得: how it is held.
static MANNER_BEHIND: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:在(?:现有|原有|[上去]年)[\p{Han}]{0,4}基础上|翻[一两]番|常年|长期|始终|持续|合计|应当|不得|必?须|不(?:低|少)于(?:存量|总量|总数))$",
    )
});

/// 承保额三年累计: of how many years; 今后五年 and 一九八五年 are something else.
static YEARS_BEHIND: Pattern = LazyLock::new(|| {
    pattern(r"[^一二三四五六七八九十〇○零前后第个近]([二两三四五]年(?:内|间)?(?:累计)?)$")
});

/// 此后每年更新比例, 两年内服务半径: from when and how often.
static BEFORE: Pattern = LazyLock::new(|| {
    pattern(r"^(?:此后|其后|之后|用?[一二两三四五]年(?:之)?内|[上下]半年再?|每年度?|年均)")
});

/// The name alone.
pub(super) fn without_rests(name: &str) -> String {
    let mut rest = name;
    for tail in [&MANNER_BEHIND, &DUE_BEHIND, &FROM_BEHIND] {
        // What is left must still name something.
        if let Some(found) = tail.find(rest).filter(|found| found.start() > "率".len()) {
            rest = rest.get(..found.start()).unwrap_or(rest);
            // 数量较5月增长: what is compared with.
            rest = rest
                .strip_suffix(['较', '比', '与', '同'])
                .filter(|name| !name.ends_with('占'))
                .unwrap_or(rest);
        }
    }
    if let Some(years) = YEARS_BEHIND.captures(rest).and_then(|found| found.get(1)) {
        rest = rest.get(..years.start()).unwrap_or(rest);
    }
    while let Some(found) = BEFORE.find(rest).filter(|found| found.len() < rest.len()) {
        rest = rest.get(found.end()..).unwrap_or_default();
    }
    without_yearly(rest).into_owned()
}

#[cfg(test)]
mod tests {
    use super::super::tests::indicators;

    #[test]
    fn when_and_how_a_level_is_held_is_no_part_of_its_name() {
        for (words, name) in [
            ("苗木成活率常年保持在98%以上", "苗木成活率"),
            ("苗木检疫率于2031年9月底前达到95%", "苗木检疫率"),
            ("苗木检疫率上半年末达到95%", "苗木检疫率"),
            ("温室容量由现有的3万座扩至10万座", "温室容量"),
            ("花木种类由86种扩充到150种以上", "花木种类"),
            ("花农年培训800名以上", "花农培训"),
            ("力争用三年时间绿化率达到40%", "绿化率"),
            ("力争两年内把公园服务半径由800米缩短至300米", "公园服务半径"),
            ("到2031年花木产值迈上700亿元台阶", "花木产值"),
        ] {
            assert_eq!(indicators(&format!("一、种树\n{words}。")), [name], "{words}");
        }
        let doubled = indicators("一、种树\n到2031年花店数量翻一番，达到600家。");
        assert_eq!(doubled, ["花店数量", "花店数量"]);
        // What only looks like a rest stays.
        let text = "一、种树\n到2031年，花农年均收入达到3万元，苗圃年产值达到5亿元。";
        assert_eq!(indicators(text), ["花农年均收入", "苗圃年产值"]);
    }
}
