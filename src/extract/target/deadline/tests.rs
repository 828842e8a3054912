//! Times as official texts tell them, invented, and what they are due by.

use super::*;

#[test]
fn a_plan_period_is_no_deadline_once_it_is_past() {
    let due = |year| find_due("“十二五”期间", Some(year)).map(|due| due.due);
    assert_eq!(due(2011), Some(DueBy::Year(2015)));
    assert_eq!(due(2021), None);
}

#[test]
fn a_deadline_is_read_in_the_forms_of_official_texts() {
    let table = [
        ("到2027年", DueBy::Year(2027)),
        ("到二〇三五年", DueBy::Year(2035)),
        ("二〇三〇年底前", DueBy::Year(2030)),
        ("力争2027年底", DueBy::Year(2027)),
        ("2027年年底前", DueBy::Year(2027)),
        ("2026年6月底前完成", DueBy::Month(2026, 6)),
        ("力争2026年6月底前", DueBy::Month(2026, 6)),
        ("10月15日前全面完成", DueBy::Month(2024, 10)),
        ("2026年第一季度", DueBy::Month(2026, 3)),
        ("上半年", DueBy::Month(2024, 6)),
        ("明年上半年", DueBy::Month(2025, 6)),
        ("带动全年完成造林500亩", DueBy::Year(2024)),
        ("年内", DueBy::Year(2024)),
        ("完成2026年全市植树任务", DueBy::Year(2026)),
        ("确保完成2026年新建苗圃5个", DueBy::Year(2026)),
        ("确定全市2026年度花价涨幅控制目标", DueBy::Year(2026)),
        ("2024—2026年", DueBy::Year(2026)),
        ("2026全年", DueBy::Year(2026)),
        ("到“十四五”末", DueBy::Year(2025)),
        ("确保2月5日", DueBy::Month(2024, 2)),
        ("于2026年筹措", DueBy::Year(2026)),
        ("占比到2026年达到25%", DueBy::Year(2026)),
        ("由2025年的38%提高到2026年的43%", DueBy::Year(2026)),
        ("花木储备2026年确保达到5万吨", DueBy::Year(2026)),
        ("花木储备2026年不低于5万吨", DueBy::Year(2026)),
        ("苗木损耗2026年比2024年下降5%", DueBy::Year(2026)),
        ("2026年6月建成启用", DueBy::Month(2026, 6)),
        ("力争2024—2026年新增花店5家", DueBy::Year(2026)),
        ("在2026年秋季学期前选出花匠", DueBy::Year(2026)),
        ("力争\"十五五\"末选育花木", DueBy::Year(2030)),
        ("苗木占比2026年达到25%", DueBy::Year(2026)),
        ("各苗圃全年种树5棵", DueBy::Year(2024)),
    ];
    for (words, due) in table {
        assert_eq!(find_due(words, Some(2024)).map(|found| found.due), Some(due), "{words}");
    }
}

#[test]
fn years_in_a_list_are_as_many_deadlines() {
    let years = |words: &str| -> Vec<u16> {
        find_due_list(words, None).into_iter().map(|due| due.due.year()).collect()
    };
    assert_eq!(years("到2030年、2035年，绿化率分别达到40%、45%"), [2030, 2035]);
    assert_eq!(years("绿化率2030、2031和2032年末应分别不低于4%、5%和6%"), [2030, 2031, 2032]);
    assert_eq!(years("在2020年、2025年的基础上，分别提高5个、6个百分点"), [0; 0]);
    assert_eq!(years("2030年至2035年"), [0; 0]);
    assert_eq!(years("公园2030、2031号"), [0; 0]);
}

#[test]
fn parts_of_a_year_in_a_list_are_as_many_deadlines() {
    let months = |words: &str| -> Vec<DueBy> {
        find_due_list(words, Some(2030)).into_iter().map(|due| due.due).collect()
    };
    let month = |year, month| DueBy::Month(year, month);
    assert_eq!(months("2031年上半年、下半年分别种树2棵、3棵"), [month(2031, 6), month(2031, 12)]);
    assert_eq!(months("4月、5月分别种树2棵、3棵"), [month(2030, 4), month(2030, 5)]);
    assert_eq!(months("一季度和二季度分别种树2棵、3棵"), [month(2030, 3), month(2030, 6)]);
    assert_eq!(months("4月、5月种树"), []);
}

#[test]
fn years_ahead_are_a_time_that_no_printed_year_ends() {
    assert!(opens_with_years_ahead("五年内种树500亩"));
    assert!(opens_with_years_ahead("今后五年努力实现以下目标"));
    assert!(!opens_with_years_ahead("五年种树500亩"));
    assert!(opens_with_years_ahead("花店三年内新增500家"));
    assert!(!opens_with_years_ahead("入职三年内的花匠"));
}

#[test]
fn a_base_year_a_start_or_a_name_is_no_deadline() {
    for words in [
        "在2020年基础上提高",
        "较2020年增长",
        "自2025年起施行",
        "出台2025年工作方案",
        "印发2025年清单",
        "2025年出让的地块",
        "五年内完成",
        "高于2026年",
        "达到2025年的2倍",
        "2025年6月建成的公园",
        "每年4月底前发布",
        "种树6万棵（其中2025年3万棵）",
        "比2025年底减少",
        "较二〇二五年底减少",
        "自发布之日起至2025年3月31日期间",
    ] {
        assert_eq!(find_due(words, Some(2024)), None, "{words}");
    }
    assert_eq!(find_due("年内", None), None);
    assert!(find_due("由花店发起的花展至2025年3月31日止", None).is_some());
}

#[test]
fn the_year_compared_with_is_told() {
    assert_eq!(find_baseline("较2020年增长").map(|found| found.0), Some(2020));
    assert_eq!(find_baseline("在2020年基础上提高").map(|found| found.0), Some(2020));
    assert_eq!(find_baseline("与2017年相比").map(|found| found.0), Some(2017));
    assert_eq!(find_baseline("从2023年的62%下降到49%").map(|found| found.0), Some(2023));
    assert_eq!(find_baseline("到2020年达到"), None);
    assert_eq!(find_baseline("苗木占比2028年达到25%"), None);
}
