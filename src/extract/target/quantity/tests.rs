//! Invented words, and the quantities in them.

use super::*;

fn shown(words: &str) -> Vec<(String, String, Qualifier)> {
    find_quantities(words)
        .into_iter()
        .map(|one| {
            (
                one.quantity.number.unwrap_or_default(),
                one.quantity.unit.unwrap_or_default(),
                one.quantity.qualifier,
            )
        })
        .collect()
}

fn row(number: &str, unit: &str, qualifier: Qualifier) -> Vec<(String, String, Qualifier)> {
    vec![(number.to_owned(), unit.to_owned(), qualifier)]
}

#[test]
fn a_time_of_the_day_is_no_quantity() {
    assert_eq!(shown("20:00期间种树"), []);
    assert_eq!(shown("9：00至17：30间种树"), []);
    assert_eq!(shown("00期间种树"), []);
}

#[test]
fn a_quantity_is_a_number_with_its_unit() {
    assert_eq!(shown("新增绿地120.5万平方米"), row("120.5", "万平方米", Qualifier::Reach));
    assert_eq!(shown("培训1,200人次"), row("1200", "人次", Qualifier::Reach));
    assert_eq!(shown("提高百分之五"), row("5", "%", Qualifier::Reach));
    assert_eq!(shown("带宽达40Tbps"), row("40", "Tbps", Qualifier::Reach));
    assert_eq!(shown("注册量1亿以上"), row("1", "亿", Qualifier::AtLeast));
    assert_eq!(shown("产值超过六千亿规模"), row("6000", "亿", Qualifier::MoreThan));
    assert_eq!(shown("规模超千亿的苗圃"), []);
    assert_eq!(shown("花店比2030年增长一倍"), row("1", "倍", Qualifier::Reach));
    assert_eq!(shown("大型苗圃两家以上"), row("2", "家", Qualifier::AtLeast));
    assert_eq!(shown("控制在28微克每立方米"), row("28", "微克每立方米", Qualifier::Reach));
    assert_eq!(shown("产值超千亿元"), row("1000", "亿元", Qualifier::MoreThan));
    assert_eq!(shown("花展每年举办一届"), row("1", "届", Qualifier::Reach));
    assert_eq!(shown("召开两次花农座谈会"), row("2", "次", Qualifier::Reach));
    assert_eq!(shown("每季度调度一次"), row("1", "次", Qualifier::Reach));
    assert_eq!(shown("五个工作日内办结"), row("5", "个工作日", Qualifier::AtMost));
    assert_eq!(shown("五个工作日办结"), []);
    assert_eq!(shown("开展一次苗木全面排查"), row("1", "次", Qualifier::Reach));
    assert_eq!(shown("10个工作日（急件5个工作日）内"), row("10", "个工作日", Qualifier::AtMost));
    assert_eq!(shown("每个县至少建设一处公园"), row("1", "处", Qualifier::AtLeast));
    assert_eq!(shown("每个县要选取至少一个苗圃"), row("1", "个", Qualifier::AtLeast));
    assert_eq!(shown("每半年组织开展一次赏花活动"), row("1", "次", Qualifier::Reach));
    assert_eq!(shown("绿道密度达到3公里/平方公里"), row("3", "公里/平方公里", Qualifier::Reach));
    assert_eq!(
        shown("温室能耗降到15千克标煤/平方米左右"),
        row("15", "千克标煤/平方米", Qualifier::About)
    );
    assert_eq!(shown("灌溉用水达到15亿立方"), row("15", "亿立方", Qualifier::Reach));
    assert_eq!(shown("每个县(市、区)建成一个花艺馆"), row("1", "个", Qualifier::Reach));
    assert_eq!(shown("苗圃肥力达到31克/千克"), row("31", "克/千克", Qualifier::Reach));
    assert_eq!(shown("花木产量在百万吨以上"), row("100", "万吨", Qualifier::AtLeast));
    assert_eq!(shown("花粉浓度降到40微克/立方米"), row("40", "微克/立方米", Qualifier::Reach));
    assert_eq!(shown("应于1日内答复"), row("1", "日", Qualifier::AtMost));
    assert_eq!(shown("验收后三十日内"), row("30", "日", Qualifier::AtMost));
    assert_eq!(shown("压缩至35日以内"), row("35", "日", Qualifier::AtMost));
    assert_eq!(shown("不超过3日"), row("3", "日", Qualifier::AtMost));
    assert_eq!(shown("缩短至7日"), row("7", "日", Qualifier::Reach));
    assert_eq!(shown("压缩到4个工作小时"), row("4", "个工作小时", Qualifier::Reach));
    assert_eq!(shown("触发后十分钟内"), row("10", "分钟", Qualifier::AtMost));
    assert_eq!(shown("花艺师数量超万人"), row("10000", "人", Qualifier::MoreThan));
    assert_eq!(shown("至少规范化设置1个苗圃"), row("1", "个", Qualifier::AtLeast));
    assert_eq!(shown("种树五十万亩"), row("50", "万亩", Qualifier::Reach));
    assert_eq!(shown("提高三个百分点"), row("3", "个百分点", Qualifier::Reach));
    assert_eq!(shown("打造三个以上花园"), row("3", "个", Qualifier::AtLeast));
    assert_eq!(shown("带动20万农户种树"), row("20", "万", Qualifier::Reach));
    assert_eq!(shown("实训不少于2个半天"), row("2", "个半天", Qualifier::AtLeast));
    assert_eq!(shown("每月至少联系花农一次"), row("1", "次", Qualifier::AtLeast));
    assert_eq!(shown("花农收入不低于花市收入的1.6倍"), row("1.6", "倍", Qualifier::AtLeast));
    for words in [
        "6月30日内",
        "50万人口以上的县",
        "每千名儿童",
        "千家万户",
        "万人计划",
        "、百万亩造林",
        "一次性补助",
        "最多跑一次",
        "开展一次性检查",
        "5G网络",
        "“1+100+N”",
        "第3批",
        "2025年",
        "十大行动",
        "六个一",
        "10亿级集团",
        "推动30G—ZPON园区组网",
        "园林局等5部门",
        "写明18对应关系",
    ] {
        assert_eq!(shown(words), Vec::new(), "{words}");
    }
}

#[test]
fn words_around_a_number_say_its_bounds() {
    let table = [
        ("种树300株左右", Qualifier::About),
        ("不少于300株", Qualifier::AtLeast),
        ("300株以上", Qualifier::AtLeast),
        ("控制在300株以内", Qualifier::AtMost),
        ("突破300株", Qualifier::MoreThan),
        ("低于300株", Qualifier::LessThan),
        ("200—300株", Qualifier::Between),
        ("达到300株", Qualifier::Reach),
        ("不低于苗木总数的30%", Qualifier::AtLeast),
        ("不超过苗圃总面积的30%", Qualifier::AtMost),
        ("建设260余座大棚", Qualifier::MoreThan),
        ("压缩至8天（指工作日）以内", Qualifier::AtMost),
        ("增速高于全市平均1个百分点", Qualifier::MoreThan),
        ("不超过全市平均死亡率2个百分点", Qualifier::AtMost),
    ];
    for (words, qualifier) in table {
        assert_eq!(shown(words).first().map(|one| one.2), Some(qualifier), "{words}");
    }
}

#[test]
fn the_last_of_a_list_names_the_unit_of_the_one_before() {
    let units: Vec<_> = shown("分别压缩至12个、6个工作日以内");
    let both = |number: &str| (number.to_owned(), "个工作日".to_owned(), Qualifier::AtMost);
    assert_eq!(units, [both("12"), both("6")]);
}

#[test]
fn a_range_has_two_numbers_and_one_unit() {
    let found = find_quantities("建设1—2个").remove(0).quantity;
    assert_eq!((found.number.as_deref(), found.number_upper.as_deref()), (Some("1"), Some("2")));
    assert_eq!(found.unit.as_deref(), Some("个"));
    assert_eq!(found.text.value, "1—2个");
}

#[test]
fn a_small_numeral_counts_in_a_list_of_numbers_and_behind_at_least() {
    let one = ("1".to_owned(), "个".to_owned());
    let read = |words: &str| -> Vec<(String, String)> {
        shown(words).into_iter().map(|(number, unit, _)| (number, unit)).collect()
    };
    assert_eq!(read("打造一个花园、高标准建设5个苗圃").first(), Some(&one));
    assert_eq!(read("至少选择一个有代表性的苗圃"), [one]);
    assert_eq!(read("打造一个花园、建设苗圃"), []);
}
