//! Items in invented texts, and which of them are measures.

use super::*;
use crate::document::{Header, Item, Located};
use crate::extract::outline::find_outline;
use crate::extract::paragraph::find_paragraphs;
use crate::extract::responsibility::assign_bodies;
use crate::text::Span;

fn measures(text: &str) -> Vec<Vec<u32>> {
    let paragraphs = find_paragraphs(text);
    let mut outline = find_outline(text, &paragraphs, &vec![false; paragraphs.len()]);
    assign_bodies(text, &mut outline);
    classify(text, &mut outline);
    let is_measure = |item: &&Item| item.class == ItemClass::Measure;
    outline.items.iter().filter(is_measure).map(|item| item.path.clone()).collect()
}

#[test]
fn the_lowest_items_with_a_task_are_measures() {
    assert_eq!(
        measures("一、总体要求\n（一）指导思想。坚持原则。\n二、绿化\n（二）种树。每年种树。"),
        [[2, 2]]
    );
    assert_eq!(measures("一、种树，美化环境。\n二、治水，改善水质。"), [[1], [2]]);
    assert_eq!(
        measures("一、绿化\n（一）种树。做好以下工作：\n1.育苗。建设苗圃。\n2.补种。补种死苗。"),
        [[1, 1]]
    );
}

#[test]
fn a_chapter_about_the_state_of_things_is_no_measure() {
    assert_eq!(measures("一、基本形势\n绿化发展较快。\n二、绿化\n每年种树。"), [[2]]);
    assert_eq!(measures("一、适应发展形势\n加快绿化。\n二、绿化\n每年种树。"), [[1], [2]]);
}

#[test]
fn a_sub_point_with_a_body_of_its_own_is_a_measure() {
    let text = "一、绿化\n（一）种树。做好工作。\n1.育苗。建苗圃。（市园林局负责）\n2.补种。补死苗。（市水务局负责）";
    assert_eq!(measures(text), [[1, 1, 1], [1, 1, 2]]);
}

#[test]
fn points_with_titles_and_text_of_their_own_are_the_measures() {
    let text = "一、绿化\n（一）建设花海。通过种树、播种等方式建设花海。\n1.播种花草。每年播种。\n2.种植花木。每年种植。";
    assert_eq!(measures(text), [[1, 1, 1], [1, 1, 2]]);
    let text = "一、绿化\n（一）建设花海。通过种树、播种等方式建设花海。\n1.每年播种花草；\n2.每年种植花木。";
    assert_eq!(measures(text), [[1, 1]]);
}

#[test]
fn bodies_in_charge_of_a_heading_alone_make_it_a_measure_beside_its_points() {
    let text = |own: &str| {
        format!(
            "一、绿化\n（一）护林。做好防火。\n责任单位：市林业局\n（二）治水。清理河道。\n责任单位：市水务局\n（三）加快种树。{own}\n1.建设苗圃。每年育苗。\n2.补种死苗。每年补种。\n责任单位：市园林局"
        )
    };
    assert_eq!(
        measures(&text("")),
        [vec![1, 1], vec![1, 2], vec![1, 3], vec![1, 3, 1], vec![1, 3, 2]]
    );
    assert_eq!(measures(&text("每年都要种树。")), [[1, 1], [1, 2], [1, 3]]);
}

#[test]
fn words_that_a_text_explains_at_its_end_are_no_measures() {
    let words = "一、种树\n每年种树。\n二、有关词语\n1.“花海计划”：由某局发起的种花计划。\n2.“一树一码”：每棵树一个号码。\n3.“绿廊”：连起公园的道路。";
    assert_eq!(measures(words), [[1]]);
    let tasks =
        "一、种树\n1.“一树一码”。建设统一平台。\n2.补种。每年补种死苗。\n3.浇水。每天浇水。";
    assert_eq!(measures(tasks), [[1, 1], [1, 2], [1, 3]]);
}

#[test]
fn conditions_labels_and_closing_words_are_no_measures() {
    assert_eq!(
        measures(
            "一、申请条件\n（一）企业在本市注册。\n（二）没有欠税。\n二、种树\n（一）每年种树。"
        ),
        [[2, 1]]
    );
    assert_eq!(measures("一、扩大支持对象。苗圃也予以支持。\n二、种树。每年种树。"), [[1], [2]]);
    assert_eq!(
        measures("一、组织机构\n（一）主办单位：市园林局。\n（二）成立花展筹备组，负责日常工作。"),
        [[1, 2]]
    );
    let text = "一、申报要求\n（一）苗圃在五亩以上。\n（二）请各市园林局要认真推荐。";
    assert_eq!(measures(text), [[1, 2]]);
    for closing in [
        "二、其他未尽事宜按照国家有关规定执行。",
        "二、其他\n（一）苗圃管理相关事宜，按照国家规定执行。\n（二）本办法不适用于私人花园。\n（三）本办法自印发之日起开始实施，有效期三年。",
        "二、解释权及施行时间\n本通知由市园林局负责解释。",
        "二、分配原则\n（一）公开。公开分配花苗。",
    ] {
        assert_eq!(measures(&format!("一、种树。每年种树。\n{closing}")), [[1]], "{closing}");
    }
    assert_eq!(
        measures(
            "一、供苗范围。\n有下列情形之一的，不纳入供苗范围：\n1.苗圃；\n2.花店。\n二、种树。每年种树。"
        ),
        measures("一、供苗范围。\n苗圃不供苗。\n二、种树。每年种树。")
    );
    assert_eq!(
        measures(
            "一、苗圃。择优选择具备以下主要条件的苗圃供苗。\n（一）信誉好。苗圃信誉良好。\n二、种树。每年种树。"
        ),
        [[1], [2]]
    );
}

#[test]
fn a_request_that_opens_the_document_is_no_measure() {
    assert_eq!(measures("一、工作要求\n抓好种树。\n二、种树。每年种树。"), [[2]]);
    assert_eq!(measures("一、种树。每年种树。\n二、工作要求\n抓好种树。"), [[1], [2]]);
}

#[test]
fn classes_of_things_and_whom_to_attract_are_no_measures() {
    let text = "一、苗圃类型\n苗圃分为两类。\n二、花木招商引资重点对象\n（一）大型苗圃。\n三、聚焦重点对象\n扶持花农。";
    assert_eq!(measures(text), [[3]]);
}

#[test]
fn a_reply_tells_first_what_it_was_asked() {
    let text = "一、关于种树问题。你市请求，省里支持种树和育苗。\n1.关于种树。省园林厅将支持种树。\n2.关于育苗。省园林厅将支持育苗。\n二、关于护林问题。你市请求，省里支持护林。\n省林业厅将支持护林。";
    assert_eq!(measures(text), [vec![1, 1], vec![1, 2], vec![2]]);
}

#[test]
fn an_item_of_statistics_is_no_measure() {
    let text = "一、种树情况\n种树5万亩，同比增长3%，增幅扩大；其中果树2万亩，同比下降1%。\n二、种树。每年种树。";
    assert_eq!(measures(text), [[2]]);
}

/// The measures of a text that sets rules without articles.
fn rules(text: &str) -> Vec<Vec<u32>> {
    let paragraphs = find_paragraphs(text);
    let mut outline = find_outline(text, &paragraphs, &vec![false; paragraphs.len()]);
    outline.sets_rules = true;
    classify(text, &mut outline);
    let is_measure = |item: &&Item| item.class == ItemClass::Measure;
    outline.items.iter().filter(is_measure).map(|item| item.path.clone()).collect()
}

#[test]
fn an_item_of_rules_is_a_measure_where_a_public_body_has_to_act() {
    let text = "一、名录\n古树名录由市园林部门制定。\n二、古树\n古树是百年以上的树木。";
    assert_eq!(rules(text), [[1]]);
}

#[test]
fn a_chapter_of_general_rules_may_say_who_acts() {
    let text = "一、总则\n（一）为加快绿化，制定本办法。\n（二）市园林局负责苗圃管理。\n（三）古树是百年以上的树木。\n二、附则\n（一）市园林局负责解释。";
    assert_eq!(rules(text), [[1, 2]]);
}

#[test]
fn in_rules_a_step_of_the_authority_and_a_grant_are_measures_and_a_step_of_those_who_apply_is_none()
{
    let text = "一、申领流程\n（一）申请。花农填写申请表。\n（二）材料审核。一般在30日内完成。\n（三）现场核验。申请人登录平台完成核验。\n二、补贴标准\n（一）每亩给予2千元补贴。\n（二）苗圃面积以证书记载为准。\n（三）每株最高补助额度提高至5元。";
    assert_eq!(rules(text), [vec![1, 2], vec![2, 1], vec![2, 3]]);
}

#[test]
fn to_make_rules_for_a_place_is_a_task_and_to_make_these_is_none() {
    let text =
        "一、绿化\n（一）各区园林部门制定本区绿化办法。\n（二）根据《绿化条例》，制定本绿化办法。";
    assert_eq!(rules(text), [[1, 1]]);
}

#[test]
fn points_without_titles_detail_a_chapter_with_bodies() {
    let text = "一、加快种树\n每年种树。重点抓好：\n1.育苗；\n2.补苗。\n（责任单位：市园林局）\n二、治水\n每年治水。（责任单位：市水务局）\n三、护林\n每年护林。（责任单位：市林业局）";
    assert_eq!(measures(text), [[1], [2], [3]]);
}

#[test]
fn the_bodies_of_a_chapter_make_it_no_measure_beside_its_items() {
    let text = "一、绿化\n做好以下工作：\n（一）每年种树。\n（二）补种死苗。\n上述工作当年完成。（牵头单位：市园林局）";
    assert_eq!(measures(text), [[1, 1], [1, 2]]);
}

#[test]
fn points_only_detail_a_chapter_where_most_chapters_are_measures() {
    let text = "一、种树\n每年种树。\n二、加大补种保障力度\n每年补种。\n三、清河\n每年清河。\n四、修枝\n每年修枝。\n五、治虫\n每年治虫。\n六、护林\n护林员可申请一次装备：\n（一）不超过5件。\n（二）每年一次。";
    assert_eq!(measures(text), [[1], [2], [3], [4], [5], [6]]);
}

#[test]
fn a_list_that_a_sentence_calls_conditions_holds_no_measures() {
    let text = "一、种树。每年种树。入库企业应同时符合以下条件：\n（一）在本市注册。\n（二）苗圃不少于500亩。\n二、治水。每年治水。";
    assert_eq!(measures(text), [[1], [2]]);
    let text = "一、种树。每年种树，做好以下工作：\n（一）育苗。每年育苗。（市园林局负责）";
    assert_eq!(measures(text), [[1, 1]]);
}

#[test]
fn what_is_done_with_those_of_whom_something_holds_is_the_measure() {
    let text = "一、清理苗圃\n（一）符合下列要求的苗圃予以保留。\n1.有好苗。\n2.有好土。\n（二）对存在下列问题的苗圃要限期整改：\n1.苗木枯死的；\n2.土地荒芜的。";
    assert_eq!(measures(text), [[1, 1], [1, 2]]);
}

#[test]
fn an_article_is_a_measure_for_what_it_or_its_list_makes_a_body_do() {
    // The steps of a procedure detail it.
    let text = "第一章总则\n第一条申请程序如下：\n（一）申请人提出申请。\n（二）园林管理中心审核材料。\n第二条申请人应符合下列条件：\n（一）市园林局认定其为苗圃。\n第三条古树是指由园林管理中心认定的树木。";
    assert_eq!(measures(text), [vec![1, 1]]);
    let text = "第一条花农可以通过下列方式得到苗木：\n（一）园林部门每年发放苗木。\n（二）购买。";
    assert_eq!(measures(text), [[1]]);
}

#[test]
fn what_an_article_defines_on_the_way_takes_no_duty_from_it() {
    assert_eq!(
        measures(
            "第一条 市园林部门应当建立名录。\n本条所称名录是指古树的名录。\n第二条 本办法所指古树，是指百年以上的树木，由园林部门认定。"
        ),
        [[1]]
    );
}

#[test]
fn an_article_is_a_measure_where_a_public_body_has_to_act() {
    assert_eq!(measures("第一条 本办法适用于本市。\n第二条 市园林部门应当建立名录。"), [[2]]);
}

#[test]
fn whole_sentences_are_the_task_that_their_points_detail() {
    let text = "一、育苗\n（一）苗木按照适地适树的原则选择，树种由各苗圃通过引种、选育、嫁接等方式增加，并且按照苗圃规划分年进行筹集和更新。\n1.引种育苗。每年引种，种好树苗。\n2.选育良种。每年选育，种好树苗。";
    assert_eq!(measures(text), [vec![1, 1]]);
    let text = "一、补贴\n（一）种树补贴\n对符合以下条件之一的花农，每株给予补贴。\n1.重点花农：有苗圃的花农。\n2.新花农：今年种花的人。";
    assert_eq!(measures(text), [vec![1, 1]]);
}

#[test]
fn papers_asked_for_in_one_sentence_are_no_task() {
    let text = "一、种树\n1.有苗圃的花农，需提供以下材料：申请书、苗圃登记表。\n2.每年补种死苗。";
    assert_eq!(measures(text), [vec![1, 2]]);
}

#[test]
fn figures_may_be_the_condition_of_a_task() {
    let text = "一、种树\n（一）建立苗木价格调整机制。苗木价格同比上涨3%的，调整苗木供应。";
    assert_eq!(measures(text), [vec![1, 1]]);
}

#[test]
fn an_article_with_bodies_in_charge_is_a_measure() {
    let text = "第一条 为绿化，制定本办法。\n第二条 花农可以申请苗木。\n责任部门：市园林局\n第三条 花农可以申请肥料。\n第四条 种树按照下列分工组织实施：\n（一）育苗。由市园林局负责。\n（二）补种。（责任单位：市林业局）";
    assert_eq!(measures(text), [vec![2], vec![4, 1], vec![4, 2]]);
}

#[test]
fn what_runs_on_from_the_last_entry_of_a_list_is_of_the_article() {
    let list = "第一条 示范苗圃应当具备下列条件：\n（一）有苗；\n（二）有土";
    assert_eq!(measures(&format!("{list}。名单由市园林局公布。")), [[1]]);
    assert_eq!(measures(&format!("{list}。")), Vec::<Vec<u32>>::new());
}

#[test]
fn an_item_that_only_names_a_document_is_no_measure() {
    let text = "一、废止下列文件\n（一）《苗圃办法》（某政发〔2031〕8号）；\n（二）《绿化规定》（某政发〔2031〕9号）。\n二、修改下列文件\n（一）《花展办法》（某政发〔2031〕10号）\n1.将第一条中的“春天”修改为“秋天”。";
    assert_eq!(measures(text), [[2, 1, 1]]);
    assert_eq!(measures("一、种树\n（一）落实《绿化规定》。"), [[1, 1]]);
}

#[test]
fn the_formula_behind_the_last_item_makes_it_no_measure() {
    let text = "一、种树，美化环境。\n二、本公告自2031年5月6日起施行。\n特此公告。";
    assert_eq!(measures(text), [[1]]);
}

#[test]
fn a_principle_that_only_is_named_is_no_measure() {
    let text = "一、种树\n（一）坚持适地适树的原则；\n（二）坚持先育苗、后种树原则。\n（三）坚持适地适树原则，选种乡土树种。";
    assert_eq!(measures(text), [[1, 3]]);
}

#[test]
fn to_take_on_aims_is_a_task_and_aims_are_none() {
    let text = "一、目标任务\n种树五万亩。\n二、落实目标任务\n各区分解种树任务。";
    assert_eq!(measures(text), [[2]]);
}

#[test]
fn who_runs_something_label_by_label_is_no_measure() {
    let text = "一、组织机构\n指导单位：省园林厅\n主办单位：市园林局\n二、组织机构\n主办单位：市园林局\n成立花展筹备组。";
    assert_eq!(measures(text), [[2]]);
}

#[test]
fn who_is_asked_to_pass_a_document_on_gets_no_measure() {
    let text =
        "一、种树，美化环境。\n二、本通知自2031年5月6日起实施。\n请各市园林局将本通知转发至苗圃。";
    assert_eq!(measures(text), [[1]]);
}

#[test]
fn points_that_begin_again_with_one_are_of_headings_that_are_lost() {
    let points = "1.育苗。每年育苗。\n2.补苗。每年补苗。\n";
    let text = format!("一、绿化\n（一）种树。每年种树。\n{points}");
    assert_eq!(measures(&text), [[1, 1]]);
    let text = format!("{text}花农每年修枝。\n1.治虫。每年治虫。\n2.防火。每年防火。");
    assert_eq!(measures(&text), [[1, 1, 1], [1, 1, 2], [1, 1, 1], [1, 1, 2]]);
}

#[test]
fn articles_that_open_with_tasks_are_those_of_a_policy_and_not_of_rules() {
    let are_tasks = |text: &str| {
        let paragraphs = find_paragraphs(text);
        let outline = find_outline(text, &paragraphs, &vec![false; paragraphs.len()]);
        articles_are_tasks(text, &outline)
    };
    let tasks = "第一条：加快种树。每年种树。\n第二条：支持育苗，每亩补助。\n第三条：花农补种的，每株给予1元补贴。\n第四条：苗圃可以申请苗木。\n";
    assert!(are_tasks(&format!("{tasks}第五条：苗木优先供应。")));
    assert!(!are_tasks(&format!(
        "{tasks}第五条：本措施自印发之日起施行。本办法所称苗木是指树苗。"
    )));
    assert!(!are_tasks(tasks));
    let rules = "第一条 花农应当种树。\n第二条 苗圃应当登记。\n第三条 花店应当登记。\n第四条 加强护林。\n第五条 苗木应当成活。";
    assert!(!are_tasks(rules));
    assert!(!are_tasks(&rules.replace("条 ", "条 为加强绿化，")));
}

#[test]
fn what_is_told_only_to_those_who_apply_is_no_measure_among_notes() {
    let text = "一、种树。每年种树。\n二、注意事项\n（一）补贴发放后退树的，花农应先退回补贴。\n（二）弄虚作假的，追回补贴。\n（三）请各县按月报送名单。\n（四）园林部门核对花农是否享受补贴。";
    assert_eq!(measures(text), [vec![1], vec![2, 2], vec![2, 3], vec![2, 4]]);
    let tasks = "一、种树。每年种树。\n二、补贴\n（一）补贴发放后退树的，花农应先退回补贴。";
    assert_eq!(measures(tasks), [vec![1], vec![2, 1]]);
}

#[test]
fn an_item_that_only_announces_what_must_be_met_is_no_measure() {
    let text = |heading: &str, words: &str| {
        format!("一、种树。每年种树。\n二、{heading}\n{words}\n（一）有好苗；\n（二）有好土。")
    };
    assert_eq!(measures(&text("苗圃条件", "登记苗圃，须同时符合以下条件：")), [[1]]);
    assert_eq!(measures(&text("期限要求", "延长后的期限须同时满足：")), [[1]]);
    let grants = "每株补贴5元，应符合以下条件：";
    assert_eq!(measures(&text("补贴标准", grants)), [[1], [2]]);
    assert_eq!(measures(&text("聚焦好苗圃", "苗圃应符合以下条件：")), [[1], [2]]);
}

#[test]
fn a_heading_over_conditions_alone_is_no_measure() {
    let text = "一、种树。每年种树。\n二、苗圃征集范围及要求\n（一）征集范围\n1.县级苗圃。\n（二）征集要求\n苗圃有好苗。";
    assert_eq!(measures(text), [[1]]);
    let acts = "一、种树。每年种树。\n二、清理苗圃\n（一）对存在下列问题的苗圃予以撤销。\n1.苗木枯死的；\n2.土地荒芜的。";
    assert_eq!(measures(acts), [vec![1], vec![2, 1]]);
}

#[test]
fn an_article_may_say_who_acts_behind_what_it_is_about() {
    let text = "第一条 本办法适用于本市苗圃。市园林局负责苗圃管理。\n第二条 本办法所称花农，是指种花的人。花农应当登记。\n第三条 本办法自2031年5月6日起施行。\n近日，市园林局制定了绿化办法。\n第四条 本市对花农自行种树实施管理。市园林局应当建立名录。";
    assert_eq!(measures(text), [[1], [4]]);
}

#[test]
fn a_guide_in_articles_sets_rules_and_one_without_does_not() {
    let is_guide = |title: &str, text: &str| {
        let paragraphs = find_paragraphs(text);
        let outline = find_outline(text, &paragraphs, &vec![false; paragraphs.len()]);
        let title = Some(Located::new(title.to_owned(), Span::new(0, 0)));
        is_guide_in_articles(&Header { title, ..Header::default() }, &outline)
    };
    let articles = "第一条 申请流程\n花农登录平台提出申请。\n第二条 审核\n市园林局审核申请。";
    assert!(is_guide("某市苗圃操作指南（试行）", articles));
    assert!(!is_guide("某市绿化方案", articles));
    assert!(!is_guide("某市苗圃操作指南", "一、育苗。每年育苗。\n二、补苗。每年补苗。"));
}
