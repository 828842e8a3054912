//! Invented texts, and by when what they promise is due.

use super::super::outline::find_outline;
use super::super::paragraph::find_paragraphs;
use super::*;
use crate::document::Qualifier;

fn deadlines(text: &str) -> Vec<Option<u16>> {
    let paragraphs = find_paragraphs(text);
    let mut outline = find_outline(text, &paragraphs, &vec![false; paragraphs.len()]);
    outline.read_headings();
    let year = |target: Target| target.deadline.map(|deadline| deadline.due.year());
    find_targets(text, &outline, Calendar::default()).into_iter().map(year).collect()
}

/// What the targets of a text measure.
pub(super) fn indicators(text: &str) -> Vec<String> {
    let paragraphs = find_paragraphs(text);
    let mut outline = find_outline(text, &paragraphs, &vec![false; paragraphs.len()]);
    outline.read_headings();
    let targets = find_targets(text, &outline, Calendar::default()).into_iter();
    targets.map(|target| target.indicator.value).collect()
}

#[test]
fn the_deadline_of_a_chapter_of_goals_governs_the_goals_below_it() {
    let text = "一、工作目标\n到2031年，绿化水平明显提高。\n（一）绿地增加\n绿化覆盖率达到43%。\n二、主要任务\n（一）种树\n建成公园60个。";
    assert_eq!(deadlines(text), [Some(2031), None]);
    let text = "一、主要任务\n到2031年，绿化水平明显提高。\n（一）种树\n建成公园60个。";
    assert_eq!(deadlines(text), [None]);
}

#[test]
fn what_has_the_stress_is_not_what_is_finished() {
    let text = "一、护林\n以枯枝等为重点，古树隐患逐一登记，力争2031年底前全部治理完成。";
    assert_eq!(indicators(text), ["古树隐患逐一登记"]);
}

#[test]
fn what_is_checked_again_and_again_is_told_by_the_end_of_the_sentence() {
    let text = "一、检查\n省园林局每年要对全省30%以上的苗圃和5%以上的花店，市园林局每年要对30%以上的花店开展绿化检查。";
    assert_eq!(indicators(text).len(), 3);
}

#[test]
fn what_is_left_of_a_task_goes_on_from_what_is_done_before() {
    let text = "一、种树\n落实2031年新建温室6万座，竣工7万座的任务。";
    assert_eq!(indicators(text), ["新建温室", "竣工温室"]);
    let text =
        "一、种树\n确保完成2031年新建温室6万座，占全市温室的50%以上，建成花坛7万座的工作任务。";
    assert_eq!(indicators(text).last().map(String::as_str), Some("花坛"));
}

#[test]
fn a_heading_may_announce_the_time_that_its_text_gives() {
    let text = "一、检疫\n（一）办理时限：3个工作日。\n（二）使用期限：3年。";
    assert_eq!(indicators(text), ["办理时限"]);
}

#[test]
fn what_a_public_body_updates_checks_or_lets_pass_within_a_time_is_promised() {
    let text = "一、检疫\n苗木48小时内放行。园林部门应当在10个工作日内更新本部门树木目录，在7个工作日内进行校核。";
    assert_eq!(indicators(text).len(), 3);
}

#[test]
fn what_others_update_or_hand_in_within_a_time_is_not_promised() {
    let text = "一、检疫\n苗圃经营者应当在5个工作日内更新苗木台账。各银行于本通知实施之日起1个月内将绿化方案报送人民银行。";
    assert_eq!(indicators(text), [""; 0]);
}

#[test]
fn a_note_below_a_table_explains_and_promises_nothing() {
    let text = "一、种树\n注：①公园为已命名的。\n②花园由7个增加到9个。";
    assert_eq!(deadlines(text), []);
    let text = "一、种树\n①公园增加到7个。\n②花园由7个增加到9个。";
    assert_eq!(deadlines(text).len(), 2);
}

#[test]
fn how_far_prices_may_rise_is_a_goal_of_its_year() {
    let text = "一、目标\n确定2031年度花木价格涨幅控制目标为不超过2030年度花价的12%。确定全市2031年度苗木销售价格涨幅控制目标为7%，花木去化周期为26个月。";
    assert_eq!(deadlines(text), [Some(2031); 3]);
}

#[test]
fn the_deadline_that_opens_goals_governs_their_other_paragraphs() {
    let text = "一、发展目标\n到2031年，绿化水平明显提高。\n建成公园60个。";
    assert_eq!(deadlines(text), [Some(2031)]);
}

#[test]
fn a_stage_is_due_at_the_end_of_the_time_in_its_bracket() {
    let text = "一、实施步骤\n（一）起步阶段（2030年）。建成公园6个。\n（二）推广阶段（2031—2032年）。建成公园60个。\n二、组织实施\n建成苗圃6个。";
    assert_eq!(deadlines(text), [Some(2030), Some(2032), None]);
}

#[test]
fn the_sentence_that_leads_in_to_points_tells_when_they_are_due() {
    let text =
        "一、工作目标\n绿化水平明显提高。到2031年，实现以下目标：\n——公园增加。建成公园60个。";
    assert_eq!(deadlines(text), [Some(2031)]);
}

#[test]
fn a_year_compared_with_governs_only_where_it_stands_apart() {
    let years = |text: &str| -> Vec<Option<u16>> {
        let paragraphs = find_paragraphs(text);
        let outline = find_outline(text, &paragraphs, &vec![false; paragraphs.len()]);
        let targets = find_targets(text, &outline, Calendar::default()).into_iter();
        targets.map(|target| target.baseline_year).collect()
    };
    let text = "一、种树\n与2030年相比，绿地增加5%，公园增加6%。";
    assert_eq!(years(text), [Some(2030), Some(2030)]);
    let text = "一、种树\n绿地较2030年增加5%，公园达到60个。";
    assert_eq!(years(text), [Some(2030), None]);
}

#[test]
fn of_as_many_numbers_as_years_each_has_its_own() {
    assert_eq!(
        deadlines("一、种树\n到2031年和2035年，绿化率达到40%和45%。"),
        [Some(2031), Some(2035)]
    );
    let text = "一、种树\n到2030年、2035年，绿化率分别达到40%、45%。";
    assert_eq!(deadlines(text), [Some(2030), Some(2035)]);
    let text = "一、种树\n2030年、2035年，绿化率达到40%。";
    assert_eq!(deadlines(text), [Some(2035)]);
}

#[test]
fn numbers_with_years_of_their_own_are_due_by_them() {
    let text = "一、种树\n绿化率2030年达到40%、2035年达到45%。";
    assert_eq!(deadlines(text), [Some(2030), Some(2035)]);
    let text = "一、种树\n2030年70%以上、2031年80%以上社区建成花园社区。";
    assert_eq!(deadlines(text), [Some(2030), Some(2031)]);
}

#[test]
fn a_month_inside_a_statement_ends_with_it() {
    let text = "一、种树\n上一季向外地苗圃订购的苗木2031年6月底前栽植60棵；建成公园6个。";
    assert_eq!(deadlines(text), [Some(2031), None]);
    let text = "一、种树\n2031年6月底前栽植苗木60棵；建成公园6个。";
    assert_eq!(deadlines(text), [Some(2031), Some(2031)]);
}

#[test]
fn what_is_reached_by_a_year_does_not_recur() {
    let text = "一、种树\n每年建成公园6个，到2031年绿化率达到40%。";
    let paragraphs = find_paragraphs(text);
    let outline = find_outline(text, &paragraphs, &vec![false; paragraphs.len()]);
    let targets = find_targets(text, &outline, Calendar::default());
    let recurs: Vec<_> = targets.iter().map(|target| target.recurrence).collect();
    assert_eq!(recurs, [Some(Recurrence::Year), None]);
}

#[test]
fn a_task_of_the_year_with_its_number_is_due_in_the_year_of_the_document() {
    let text = "一、种树\n完成绿地投资3亿元年度目标任务。";
    let paragraphs = find_paragraphs(text);
    let outline = find_outline(text, &paragraphs, &vec![false; paragraphs.len()]);
    let calendar = Calendar { document_year: Some(2031), period: None };
    let targets = find_targets(text, &outline, calendar);
    assert_eq!(targets[0].deadline.as_ref().map(|deadline| deadline.due.year()), Some(2031));
    assert_eq!(targets[0].recurrence, None);
}

#[test]
fn goals_that_share_a_chapter_with_principles_are_promised() {
    let text = "一、指导思想、基本原则和发展目标\n（一）基本原则\n公园达到50个。\n（二）发展目标\n到2031年，公园达到60个。";
    assert_eq!(deadlines(text), [Some(2031)]);
}

#[test]
fn a_bare_measure_is_of_what_the_label_before_it_names() {
    let text = "一、灌溉\n1.水库：全年市场水量25亿立方米。\n2.加快建设：新增面积3万亩。";
    let paragraphs = find_paragraphs(text);
    let outline = find_outline(text, &paragraphs, &vec![false; paragraphs.len()]);
    let targets = find_targets(text, &outline, Calendar::default());
    let names: Vec<&str> = targets.iter().map(|target| &*target.indicator.value).collect();
    assert_eq!(names.first(), Some(&"水库市场水量"));
}

#[test]
fn the_line_that_closes_an_item_tells_by_when_it_is_due() {
    let text = "一、种树\n建成公园60个。\n责任单位：各区园林局\n完成时限：2031年6月底前\n二、浇水\n建成水池6个。\n完成时限：持续推进";
    assert_eq!(deadlines(text), [Some(2031), None]);
}

#[test]
fn the_heading_of_goals_tells_by_when_they_are_due() {
    let text = "一、“十五五”时期绿化发展的主要目标\n建成公园60个。\n二、种树\n建成苗圃6个。";
    assert_eq!(deadlines(text), [Some(2030), None]);
}

#[test]
fn years_ahead_without_a_printed_year_end_no_deadline_before() {
    let text =
        "一、主要目标\n锚定到2035年绿化远景目标，今后五年努力实现以下目标：\n——建成公园60个。";
    assert_eq!(deadlines(text), [None]);
}

#[test]
fn a_paragraph_about_this_year_tells_its_goals() {
    let text = "今年是种树之年，要多种树。主要预期目标是：绿地增长5%。";
    let paragraphs = find_paragraphs(text);
    let outline = find_outline(text, &paragraphs, &vec![false; paragraphs.len()]);
    let calendar = Calendar { document_year: Some(2031), period: None };
    let targets = find_targets(text, &outline, calendar);
    let due = targets[0].deadline.as_ref().map(|deadline| deadline.due.year());
    assert_eq!(due, Some(2031));
}

/// By when, how often and compared with which year, in a document of 2031.
fn attributes(words: &str) -> Vec<(Option<u16>, bool, Option<u16>)> {
    let text = format!("一、种树\n{words}");
    let paragraphs = find_paragraphs(&text);
    let outline = find_outline(&text, &paragraphs, &vec![false; paragraphs.len()]);
    let calendar = Calendar { document_year: Some(2031), period: None };
    let shown = |target: Target| {
        let year = target.deadline.map(|deadline| deadline.due.year());
        (year, target.recurrence.is_some(), target.baseline_year)
    };
    find_targets(&text, &outline, calendar).into_iter().map(shown).collect()
}

#[test]
fn how_often_is_said_of_its_own_statement_and_not_of_levels() {
    let recurs = |words: &str| attributes(words).iter().map(|one| one.1).collect::<Vec<_>>();
    assert_eq!(recurs("每年举办花展10场；建设公园2个、花店1家。"), [true, false, false]);
    assert_eq!(recurs("每年开展以下活动：花展10场；树展6场。"), [true, true]);
    assert_eq!(recurs("每年举办花展10场，苗木成活率保持在98%以上。"), [true, false]);
    assert_eq!(recurs("每年更新花木清单，花木种类由86种扩充到150种。"), [false]);
    assert_eq!(recurs("每年举办花展10场、树展6场。"), [true, true]);
    assert_eq!(recurs("每年举办花展10场，力争2032年建成公园6座、花店3家。"), [true, false, false]);
    assert_eq!(recurs("每季度举办花展1场，全年举办树展不少于6场。"), [true, false]);
}

#[test]
fn a_year_compared_with_in_a_clause_of_its_own_does_not_leak() {
    let text = "到2033年，花木产值较2030年翻一番，花店达到600家。";
    assert_eq!(attributes(text).last().map(|one| one.2), Some(None));
    let text = "与2030年相比减少：枯枝减少14%。";
    assert_eq!(attributes(text)[0].2, Some(2030));
}

#[test]
fn what_begins_behind_a_deadline_is_not_due_by_it() {
    let dues = |words: &str| attributes(words).iter().map(|one| one.0).collect::<Vec<_>>();
    assert_eq!(dues("2032年6月底前种树60棵，此后每年更新苗木不少于8棵。"), [Some(2032), None]);
    assert_eq!(dues("2032年苗木成活率不低于85%，2033年起逐年提高1个百分点。"), [Some(2032), None]);
    assert_eq!(
        dues("2032年9月底前建成公园6个，苗木检疫自受理之日起3个工作日内办结。"),
        [Some(2032), None]
    );
    assert_eq!(dues("种树60棵以上（其中2032年6棵），浇水20次以上。"), [None, Some(2032), None]);
}

#[test]
fn each_number_or_name_of_a_list_has_the_time_beside_it() {
    let dues = |words: &str| attributes(words).iter().map(|one| one.0).collect::<Vec<_>>();
    assert_eq!(
        dues("布设花店，2032年建3座，2033年、2034年各建4座。"),
        [Some(2032), Some(2033), Some(2034)]
    );
    assert_eq!(
        dues("苗木检疫率，公园2032年底、花店2033年底前分别达到90%和80%。"),
        [Some(2032), Some(2033)]
    );
    let text = "一、种树\n苗木检疫率，公园2032年底、花店2033年底前分别达到90%和80%。";
    assert_eq!(indicators(text), ["公园苗木检疫率", "花店苗木检疫率"]);
}

#[test]
fn a_bound_may_name_whom_the_number_is_for() {
    let bounds = |words: &str| {
        let text = format!("一、种树\n到2033年，{words}。");
        let paragraphs = find_paragraphs(&text);
        let outline = find_outline(&text, &paragraphs, &vec![false; paragraphs.len()]);
        let targets = find_targets(&text, &outline, Calendar::default()).into_iter();
        targets
            .map(|target| (target.indicator.value, target.quantity.qualifier))
            .collect::<Vec<_>>()
    };
    let name = |name: &str| name.to_owned();
    assert_eq!(bounds("花展不少于每县（区）5场"), [(name("花展"), Qualifier::AtLeast)]);
    assert_eq!(
        bounds("灌溉用水总量不得突破11亿立方米"),
        [(name("灌溉用水总量"), Qualifier::AtMost)]
    );
}

/// What `text` promises, as indicator, number and unit.
fn promises(text: &str) -> Vec<String> {
    let paragraphs = find_paragraphs(text);
    let mut outline = find_outline(text, &paragraphs, &vec![false; paragraphs.len()]);
    outline.read_headings();
    let targets = find_targets(text, &outline, Calendar::default()).into_iter();
    targets
        .map(|target| {
            let quantity = target.quantity;
            let number = quantity.number.unwrap_or_default();
            format!("{}{number}{}", target.indicator.value, quantity.unit.unwrap_or_default())
        })
        .collect()
}

#[test]
fn a_body_that_an_article_names_keeps_its_times() {
    let text = "第三条 市园林局应当自收到申请之日起10个工作日内组织古树迁移；材料需要补正的，应当在5个工作日内一次性告知。";
    assert_eq!(
        promises(text),
        ["市园林局组织古树迁移10个工作日", "材料需要补正一次性告知5个工作日"]
    );
    let text = "第三条 园林部门应当自作出决定之日起7个工作日内，将决定书送达申请人。";
    assert_eq!(promises(text), ["将决定书送达申请人7个工作日"]);
    let text = "第三条 市园林局应当建立苗木名录，并在10日内向社会公布。";
    assert_eq!(promises(text), ["建立苗木名录向社会公布10日"]);
    assert_eq!(promises("第三条 评审应当在公示后10个工作日内完成。").len(), 1);
    assert_eq!(promises("第三条 苗圃应当自收到通知之日起10个工作日内组织古树迁移。").len(), 0);
    assert_eq!(promises("第三条 苗木检疫时限由60日压缩至35日以内。").len(), 1);
}

#[test]
fn what_an_article_promises_in_full_by_a_deadline_is_promised() {
    assert_eq!(promises("第三条 2031年底前，市、区苗圃全部接入滴灌网络。"), ["市、区苗圃"]);
    assert_eq!(promises("第三条 苗圃全部接入滴灌网络。").len(), 0);
}

#[test]
fn what_is_done_with_all_of_them_is_measured() {
    assert_eq!(promises("一、种树\n2031年底前苗圃全部完成滴灌改造。"), ["苗圃滴灌改造"]);
}

#[test]
fn the_words_of_an_amendment_are_read() {
    let text = "一、修改办法\n将第五条修改为：“市园林局应当自受理之日起6个工作日内组织补种。苗木检疫时限由60日压缩至35日以内。”";
    assert_eq!(promises(text), ["市园林局组织补种6个工作日", "苗木检疫时限35日"]);
}

#[test]
fn what_was_found_or_done_promises_nothing() {
    for heading in
        ["近年来工作开展情况", "检查基本情况", "发现的主要问题", "《方案》出台的背景是什么"]
    {
        let text = format!("一、{heading}\n建成公园60个。");
        assert_eq!(promises(&text).len(), 0, "{heading}");
    }
    assert_eq!(promises("一、解决主要问题\n建成公园60个。").len(), 1);
    assert_eq!(promises("一、种树\n建成公园60个的条件暂不具备。").len(), 0);
    assert_eq!(promises("一、种树\n设立总规模20亿元花木基金的条件尚不具备。").len(), 0);
}

#[test]
fn a_time_named_before_is_that_of_the_limits_behind() {
    let text = "一、种树\n苗木检疫时限，果树不超过10个工作日。";
    assert_eq!(promises(text), ["果树苗木检疫时限10个工作日"]);
    let text = "一、种树\n植物园每周免费开放时间不少于40小时，每年开放不少于300天。";
    assert_eq!(promises(text).last().map(String::as_str), Some("植物园开放300天"));
    let text = "一、种树\n补助资金由市园林局审核，自受理之日起15日内拨付到位。";
    assert_eq!(promises(text), ["补助资金拨付到位15日"]);
    let text = "一、种树\n2020年停水8小时；今后公园停水时间每年不超过2小时。";
    assert_eq!(promises(text), ["今后公园停水时间2小时"]);
}

#[test]
fn a_policy_of_rewards_that_is_drawn_up_takes_no_aim_away() {
    let text = "一、花展\n出台“引客入园”奖励政策，推动游客人次、旅游总花费分别增长8%以上。";
    assert_eq!(indicators(text), ["游客人次", "旅游总花费"]);
    let text = "一、花展\n对门票收入增长8%以上的花店给予奖励。";
    assert_eq!(indicators(text), [""; 0]);
}

#[test]
fn what_each_place_should_at_least_have_is_counted() {
    let text = "一、苗圃\n每个区、县至少应当有一所公益性苗圃。";
    assert_eq!(indicators(text), ["公益性苗圃"]);
}

#[test]
fn of_which_kind_a_body_is_says_nothing_of_what_is_done() {
    let text =
        "一、检疫\n受理部门为区级园林部门的，应当自出具批复之日起5个工作日内报市园林局备案。";
    assert_eq!(indicators(text), ["报市园林局备案"]);
}

#[test]
fn what_is_merged_counts_what_there_has_been() {
    let text = "一、检疫\n将“苗木检疫”“花卉检疫”等2项，合并为“植物检疫”1项。";
    assert_eq!(indicators(text).len(), 1);
}

#[test]
fn what_a_body_of_an_article_does_within_a_time_may_be_told_at_length() {
    let promised = [
        "市园林局受理花农申请后，15日内作出准予采伐或者不准采伐的决定，并通知花农。",
        "园林部门自受理苗圃申请之日起10日内，依法作出同意或者不同意采伐的书面决定。",
        "绿化办应当自资助期满之日起3个月内完成苗圃验收。",
        "园林部门在接到举报后，应当在30日内就是否毁坏古树进行核查。",
        "园林部门应当自受理之日起20日内作出许可决定。需要实地核实苗圃的应在30日内完成。",
    ];
    for (text, count) in promised.into_iter().zip([1, 1, 1, 1, 2]) {
        let text = format!("第一条　为保护树木，制定本办法。\n第二条　{text}");
        assert_eq!(indicators(&text).len(), count, "{text}");
    }
    let text = "第一条　为保护树木，制定本办法。\n第二条　花农补办应当自遗失之日起30日内完成登记。";
    assert_eq!(indicators(text), [""; 0]);
    let text = "第一条　为保护树木，制定本办法。\n第二条　花农应当自收到通知之日起10日内，作出同意或者不同意采伐的书面答复。";
    assert_eq!(indicators(text), [""; 0]);
}

#[test]
fn what_is_paid_into_an_account_within_a_time_is_promised() {
    let text = "一、补贴\n经审核符合条件的，在30个工作日内将苗木补贴资金转入花农银行账户。";
    assert_eq!(indicators(text).len(), 1);
    let text = "一、购苗\n付款后10日内将尾款汇入苗木公司账户。";
    assert_eq!(indicators(text), [""; 0]);
    let text = "一、补贴\n公示期满后6个月内，统一发放到花农账户，如花农涉及多人的，以户主为准。";
    assert_eq!(indicators(text).len(), 1);
}
