//! What tells of the past. In: words; out: whether they report what was done, or tell the figures of what was. The surprise: 比去年同期
//! compares what is still to be reached, and 同比增长6%以上 is aimed at.

use crate::text::{Pattern, pattern};
use std::sync::LazyLock;

/// 已建成, 截至目前, 近年来: what was done, or is so now.
static PAST: Pattern = LazyLock::new(|| {
    pattern(
        r"已经[^，]{0,8}[到成为至]|已(?:经)?(?:[^，]{0,6})(?:建|完|达|超|实现|有|开展|举办|投)|截至(?:目前|\d)|前(?:\d{1,2}|[一二三四五六七八九十]{1,2})个月|居全国第|目前|去年|上年|上[一两二三]?个?年度|近年来|近[两二三四五]年(?:来|[^，内]{0,8}(?:共|累计|已))|以来|“十[一二三]五”(?:时期|期间|以来)|先后|同期|同比|增长了|达到了|完成了|新增了|累计(?:发放|完成)了|过去",
    )
});

/// 达到了, 建成了: reported, whatever deadline stands beside it.
static REPORTED: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:达到?|完成|实现|新增|增长|增加|提高|下降|突破|超过|建成|建立|形成|培育)了|以来(?:的)?(?:年均|平均)|原(?:估算|概算|批复)(?:总)?投资",
    )
});

/// Whether `clause` says by its 了 that something was done.
pub(super) fn is_reported(clause: &str) -> bool {
    REPORTED.is_match(clause)
}

/// Whether a clause reports what was done, or stands as it is.
pub(in crate::extract) fn tells_past(clause: &str) -> bool {
    // 比去年同期降低 compares, it does not report.
    static COMPARED: Pattern = LazyLock::new(|| {
        pattern(
            r"(?:比|较|同)(?:去年|上年|上一?年度)(?:同期)?|比同期|[由从](?:目前|去年|上年)(?:的|平均)*\d",
        )
    });
    PAST.is_match(&COMPARED.replace_all(clause, ""))
}

/// Words of what is still to be reached.
static AHEAD: Pattern = LazyLock::new(|| pattern(r"目标|力争|确保|争取|预计|要求|到20\d\d年|任务"));

/// Whether a paragraph tells figures of what was, as statistics do: 种植面积5万亩，同比增长3%，增幅比上年回落1个百分点.
pub(in crate::extract) fn tells_statistics(paragraph: &str) -> bool {
    const TOLD_MIN: usize = 3;
    static TOLD: Pattern = LazyLock::new(|| {
        pattern(
            r"同比|环比|[比较](?:上年|去年)|两年平均|[比较]\d{1,2}[—–-]\d{1,2}月|[增降涨]幅(?:扩大|收窄|最大|较大|回落)|增速[^，。]{0,8}(?:回落|加快)\d",
        )
    });
    // 同比增长6%以上 is aimed at.
    static BOUNDED: Pattern =
        LazyLock::new(|| pattern(r"[\d%％](?:以上|左右|以内|以下)|不低于|不超过"));
    paragraph.contains(['比', '幅'])
        && TOLD.find_iter(paragraph).take(TOLD_MIN).count() == TOLD_MIN
        && !AHEAD.is_match(paragraph)
        && !BOUNDED.is_match(paragraph)
}

/// Whether a sentence tells of years that are past: 过去五年，我们种树5万亩.
pub(super) fn reports_years(sentence: &str) -> bool {
    static YEARS: Pattern = LazyLock::new(|| {
        pattern(r"^(?:过去的?[一二三四五\d]年|[一二三四五]年来)(?:来|里|间)?[，,]")
    });
    YEARS.is_match(sentence)
}

/// Whether a sentence tells what is so on a day, or was so last year: 截至目前，种树5万亩，培训花农200人; 据统计，….
pub(super) fn reports_state(sentence: &str) -> bool {
    static OPENS: Pattern = LazyLock::new(|| {
        pattern(
            r"^(?:[^，。]{0,10}[，,])?(?:截至(?:目前|今年\d{1,2}月(?:\d{1,2}日|[底末])?|\d{1,2}月(?:\d{1,2}日|[底末]))|据(?:初步)?(?:统计|测算)[，,]|去年[^，。；]{0,24}\d)",
        )
    });
    static NEXT: Pattern = LazyLock::new(|| pattern(r"要|将|应|须|今年|下一步|计划|后续|拟"));
    sentence.contains(['截', '据', '去'])
        && OPENS.captures(sentence).is_some_and(|opening| {
            let behind = opening.get(0).map_or(0, |whole| whole.end());
            let behind = sentence.get(behind..).unwrap_or_default();
            !AHEAD.is_match(behind) && !NEXT.is_match(behind)
        })
}

/// Whether a sentence tells what an inspection did and found, or what a plan before this one reached: 检查组共核查苗圃50家;
/// 19家苗圃未建台账; 上一轮行动实施期间，种树5万亩.
pub(super) fn reports_findings(sentence: &str) -> bool {
    static DID: Pattern = LazyLock::new(|| {
        pattern(
            r"^(?:本次|此次|这次|本轮)(?:专项)?(?:检查|督查|抽查|督导|巡查|飞行检查|评估|调研)[^，。]{0,4}?(?:抽调|共|累计|发现|覆盖了|涉及|中)|^(?:检查|督查|督导|抽查|巡查|调研)组[^，。]{0,4}?(?:共|累计|发现|调取|走访了)|^(?:检查|督查|抽查|巡查)(?:中)?发现|收到(?:意见)?建议\d",
        )
    });
    static FAULT: Pattern = LazyLock::new(|| {
        pattern(
            r"^(?:有|其中)?\d+(?:家|个|所|名|处)[^，。；]{2,16}(?:存在|未(?:按|设|建|经|履|依|开|取|配|落|及)|违规|违法|擅自|不符合)",
        )
    });
    static BEFORE: Pattern =
        LazyLock::new(|| pattern(r"^(?:上一轮|上轮|前一轮)[^，。]{2,30}(?:期间|以来|中)[，,]"));
    static NEXT: Pattern =
        LazyLock::new(|| pattern(r"要[^求]|要求[^，。；]|将|应|须|限期|责令|整改到位"));
    sentence.contains(['查', '组', '轮', '收', '存', '未', '违', '擅'])
        && (BEFORE.is_match(sentence)
            || FAULT.is_match(sentence)
            || (DID.is_match(sentence) && !AHEAD.is_match(sentence)))
        && !NEXT.is_match(sentence)
}

/// Whether a sentence tells what there is: 全市现有苗圃50家，其中，省级5家.
pub(super) fn tells_stock(sentence: &str) -> bool {
    static STOCK: Pattern = LazyLock::new(|| {
        pattern(
            r"^(?:目前|当前)?(?:全[国省市县区]|我[省市县区])?[\p{Han}]{0,6}现有[\p{Han}“”、]{2,16}\d",
        )
    });
    static CHANGED: Pattern =
        LazyLock::new(|| pattern(r"要|将|应|须|到20|改造|提升|整合|升级|淘汰|压减|增加|扩大"));
    sentence.contains("现有")
        && STOCK.is_match(sentence)
        && !AHEAD.is_match(sentence)
        && !CHANGED.is_match(sentence)
}

/// Whether a sentence tells what was until a month that is past: 今年前10个月，种树5万亩.
pub(super) fn reports_months(sentence: &str) -> bool {
    static MONTHS: Pattern = LazyLock::new(|| {
        pattern(
            r"^[^，。]{0,12}?(?:(?:今年|20\d\d年)?(?:以来|前\d{1,2}个月|前[一二三]季度)|1[—–-]\d{1,2}月)[，,]|^截至(?:今年)?\d{1,2}月[底末]",
        )
    });
    static COMPARED: Pattern =
        LazyLock::new(|| pattern(r"同比|环比|多增|余额|比重|增速|[比较](?:上年|去年|年初)"));
    static ASKED: Pattern = LazyLock::new(|| pattern(r"要|将|应|须|全年"));
    MONTHS.is_match(sentence)
        && COMPARED.is_match(sentence)
        && !AHEAD.is_match(sentence)
        && !ASKED.is_match(sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_told_by_its_words() {
        assert!(tells_past("已建成公园5个"));
        assert!(!tells_past("病虫害比去年同期降低5%"));
        assert!(is_reported("绿化率达到了40%"));
        assert!(reports_months("今年前10个月，种树5万亩，同比增长3%。"));
    }

    #[test]
    fn a_sentence_may_tell_of_years_that_are_past() {
        assert!(reports_years("过去五年，我们种树5万亩，花木产值翻番"));
        assert!(!reports_years("未来五年，我们种树5万亩"));
    }

    #[test]
    fn what_is_so_on_a_day_is_reported() {
        assert!(reports_state("截至目前，全市苗圃50家，培训花农200人。"));
        assert!(reports_state("据统计，全市惠及花农2万户。"));
        assert!(reports_state("去年全市绿化率40%，花木产值占比5%。"));
        assert!(!reports_state("截至目前，全市苗圃50家，今年新建5家。"));
        assert!(!reports_state("截至2031年底，新建苗圃5家。"));
    }

    #[test]
    fn what_an_inspection_found_is_told() {
        assert!(reports_findings("检查组共核查苗圃50家，走访花农200人。"));
        assert!(reports_findings("19家苗圃未建立台账，检疫覆盖面不足30%。"));
        assert!(reports_findings("上一轮绿化行动实施期间，全市种树5万亩。"));
        assert!(reports_findings("先后两轮征求意见，收到建议43条、采纳38条。"));
        assert!(!reports_findings("检查苗圃50家，整改率达到100%。"));
        assert!(!reports_findings("19家苗圃未建立台账，要求年底前整改率达到100%。"));
        assert!(!reports_findings("本次检查覆盖苗圃比例应不低于30%。"));
    }

    #[test]
    fn what_there_is_is_told_by_its_word() {
        assert!(tells_stock("全市现有苗圃50家，其中，省级苗圃5家。"));
        assert!(!tells_stock("全市现有苗圃50家，2031年底前改造一半。"));
        assert!(!tells_stock("改造现有苗圃50家。"));
    }

    #[test]
    fn figures_compared_again_and_again_are_statistics() {
        assert!(tells_statistics(
            "全市种树5万亩，同比增长3%；其中果树2万亩，同比下降1%，降幅扩大1个百分点。"
        ));
        assert!(!tells_statistics(
            "确保全市种树5万亩，同比增长3%；其中果树2万亩，同比增长1%，增幅扩大。"
        ));
        assert!(!tells_statistics("种树5万亩，同比增长3%。"));
    }
}
