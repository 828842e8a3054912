//! Notes and sentences in invented texts, and who is in charge by them.

use super::super::outline::find_outline;
use super::super::paragraph::find_paragraphs;
use super::*;

fn assigned(text: &str) -> Vec<(Vec<u32>, Vec<String>)> {
    let paragraphs = find_paragraphs(text);
    let mut outline = find_outline(text, &paragraphs, &vec![false; paragraphs.len()]);
    assign_bodies(text, &mut outline);
    let names = |item: &crate::document::Item| {
        item.assignments.iter().map(|one| one.agent.value.clone()).collect()
    };
    outline.items.iter().map(|item| (item.path.clone(), names(item))).collect()
}

#[test]
fn a_list_of_bodies_behind_a_sentence_amid_a_paragraph_is_a_note() {
    let text = "一、种树\n（一）种树。种好树。（园林局、水务局负责）简化登记。（工业和信息化局、审改办等）放宽条件。（市政府）推进备案。";
    let names = ["园林局", "水务局", "工业和信息化局", "审改办", "市政府"].map(str::to_owned);
    assert_eq!(assigned(text).last(), Some(&(vec![1, 1], names.to_vec())));
}

#[test]
fn a_bracket_with_other_words_amid_a_paragraph_is_an_aside() {
    for aside in ["含花木", "市委、市政府《种树意见》自去年起施行", "市园林局的苗圃"]
    {
        let text = format!("一、种树\n（一）种树。种好树。（{aside}）护林。（林业局负责）");
        assert_eq!(assigned(&text).last(), Some(&(vec![1, 1], vec!["林业局".to_owned()])));
    }
}

#[test]
fn what_the_leading_body_makes_others_do_names_nobody() {
    let one = |text: &str| assigned(text)[0].1.clone();
    assert_eq!(one("1.种树。由市园林局牵头，督促各区政府落实。"), ["市园林局"]);
    assert_eq!(
        one("1.种树。由市园林局牵头，会同市财政局研究制定支持苗圃等单位的办法。"),
        ["市园林局", "市财政局"]
    );
}

#[test]
fn those_who_share_a_task_or_take_the_lead_open_a_statement() {
    let one = |text: &str| assigned(text)[0].1.clone();
    assert_eq!(
        one(
            "1.种树。市园林委发挥牵头作用，负责编制计划；人民银行某市分行、某市苗木局、市金融局负责落实支持政策。"
        ),
        ["市园林委", "人民银行某市分行", "某市苗木局", "市金融局"]
    );
}

#[test]
fn what_somebody_manages_or_whoever_builds_is_not_entrusted() {
    for text in
        ["1.开放。由市园林局负责管理的公园免费开放。", "1.防尘。由施工单位负责落实防尘措施。"]
    {
        assert_eq!(assigned(text)[0].1, Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_note_in_brackets_belongs_to_its_item() {
    let found = assigned(
        "一、绿化\n1.种树。每年种树。（市园林局牵头）\n2.养护。加强养护。（责任单位：市园林局、市财政局）",
    );
    assert_eq!(found[1].1, ["市园林局"]);
    assert_eq!(found[2].1, ["市园林局", "市财政局"]);
    assert_eq!(assigned("1.种树。推进绿化（含公园绿地）建设。")[0].1, Vec::<String>::new());
    assert_eq!(assigned("1.种树。由乡镇（街道）牵头种树。")[0].1, ["乡镇（街道）"]);
    assert_eq!(
        assigned("1.审核。市园林局牵头，市财政局配合，对申请进行审核。")[0].1,
        ["市园林局", "市财政局"]
    );
    assert_eq!(assigned("1.种树。加强管理。（市园林局、市财政局）")[0].1, ["市园林局", "市财政局"]);
}

#[test]
fn a_bracket_that_is_never_closed_runs_to_the_end_or_is_a_stain() {
    let one = |text: &str| assigned(text)[0].1.clone();
    assert_eq!(
        one("1.种树。每年种树。（责任单位：市园林局（花卉办）、市水务局"),
        ["市园林局", "市水务局"]
    );
    assert_eq!(
        one("1.种树。建设苗圃L(}站，每年种树。(市园林局负责)补种死苗。(市水务局负责)"),
        ["市园林局", "市水务局"]
    );
}

#[test]
fn a_note_with_a_number_of_its_own_belongs_to_the_item_above() {
    let text = "一、种树\n（一）范围：行道树。\n（二）责任单位及承办科室：市园林局，苗木中心。\n二、治水\n（一）清河\n1.河道由园丁清理。\n2.枯枝由园丁清理。\n3.责任单位：市水务局。\n（二）护林。每年护林。";
    let found = assigned(text);
    assert_eq!(found[0].1, ["市园林局", "苗木中心"]);
    assert_eq!(found[4].1, ["市水务局"]);
    assert!(found[2].1.is_empty() && found[7].1.is_empty());
    let paragraphs = find_paragraphs(text);
    let mut outline = find_outline(text, &paragraphs, &vec![false; paragraphs.len()]);
    assign_bodies(text, &mut outline);
    let title = |at: usize| outline.items[at].heading.value.as_str();
    assert_eq!([title(2), title(7)], ["责任单位及承办科室", "责任单位"]);
    assert_eq!(outline.closed_by_note, [4]);
    assert!(outline.divides_tasks());
}

#[test]
fn a_labelled_line_behind_sub_points_belongs_to_the_whole_item() {
    let found = assigned(
        "（一）绿化。做好绿化工作。\n责任单位：市园林局\n（二）治水。做好治水工作。\n责任单位：市水务局\n（三）治气。做好治气工作。\n1.控煤。减少燃煤。\n2.控车。减少排放。\n责任单位：市环保局",
    );
    assert_eq!(found[2], (vec![3], vec!["市环保局".to_owned()]));
    assert_eq!(found[4].1, Vec::<String>::new());
}

#[test]
fn notes_that_only_close_groups_belong_to_the_groups() {
    let found = assigned(
        "一、绿化\n（一）种树。每年种树。\n（二）养护。做好养护。\n责任单位：市园林局\n二、治水\n（三）清河。每年清河。\n（四）蓄水。做好蓄水。\n责任单位：市水务局",
    );
    let of = |at: usize| found[at].1.join("、");
    assert_eq!([of(0), of(1), of(3), of(4)], ["市园林局", "", "市水务局", ""]);
    // The note stands in the last of the items that it speaks for.
    assert_eq!([of(2), of(5)], ["市园林局", "市水务局"]);
}

#[test]
fn a_note_closes_its_group_where_every_other_group_has_one_for_each_item() {
    let found = assigned(
        "一、绿化\n（一）种树。每年种树。\n责任单位：市园林局\n（二）养护。做好养护。\n责任单位：市林业局\n二、治水\n（三）清河。每年清河。\n（四）蓄水。做好蓄水。\n责任单位：市水务局\n三、治气\n（五）控煤。减少燃煤。\n（六）控车。减少排放。\n责任单位：市环保局",
    );
    let of = |at: usize| found[at].1.join("、");
    assert_eq!([of(1), of(2)], ["市园林局", "市林业局"]);
    assert_eq!([of(3), of(4), of(6), of(7)], ["市水务局", "", "市环保局", ""]);
}

#[test]
fn a_line_behind_points_closes_their_group_where_other_notes_do() {
    let text = "一、绿化\n（一）种树\n1.育苗。每年育苗。\n2.补种。补种死苗。\n责任单位：市园林局\n（二）养护\n1.修枝。每年修枝。\n2.治虫。每年治虫。责任单位：市园林局\n（三）治水\n1.清河。每年清河。\n2.蓄水。做好蓄水。责任单位：市水务局\n（四）护林\n1.防火。做好防火。2.防虫。做好防虫。\n责任单位：市林业局";
    let paragraphs = find_paragraphs(text);
    let mut outline = find_outline(text, &paragraphs, &vec![false; paragraphs.len()]);
    assign_bodies(text, &mut outline);
    let closed: Vec<_> =
        outline.closed_by_note.iter().map(|&at| outline.items[at].path.clone()).collect();
    assert!(closed.contains(&vec![1, 4]), "{closed:?}");
}

#[test]
fn a_body_that_is_the_subject_of_a_sentence_is_not_in_charge() {
    assert_eq!(assigned("1.种树。市园林局制定种树计划。")[0].1, Vec::<String>::new());
    assert_eq!(assigned("1.种树。种树由市园林局负责。")[0].1, ["市园林局"]);
}

#[test]
fn departments_of_an_article_may_be_in_charge_within_their_sphere() {
    let one = |text: &str| assigned(text).swap_remove(0).1;
    assert_eq!(
        one("1.种树。国务院园林部门、林业部门和其他有关部门在规定的职责范围内负责有关的种树工作。"),
        ["国务院园林部门", "林业部门", "其他有关部门"]
    );
    assert_eq!(one("1.种树。市园林部门是种树工作的主管部门，负责组织实施。"), ["市园林部门"]);
    assert_eq!(
        one("1.种树。市园林局、花港经开区建设局负责审核补贴资格。"),
        ["市园林局", "花港经开区建设局"]
    );
    assert_eq!(
        one(
            "1.种树。在领导小组领导下，市委组织部负责统筹，市园林局负责育苗，市财政局负责资金保障。"
        ),
        ["市委组织部", "市园林局", "市财政局"]
    );
    assert_eq!(one("1.种树。苗木公积金管理中心负责全市苗木贷款的审批。"), ["苗木公积金管理中心"]);
    assert_eq!(one("1.种树。市园林部门在花农缴费时负责核对。"), Vec::<String>::new());
    assert_eq!(one("1.种树。经验收，市园林局负责人签字。"), Vec::<String>::new());
}

#[test]
fn a_named_department_that_a_statement_puts_in_charge_is() {
    let one = |text: &str| assigned(text).swap_remove(0).1;
    assert_eq!(one("1.种树。市园林局负责牵头组织实施种树计划。"), ["市园林局"]);
    assert_eq!(
        one("1.种树。市园林局牵头种树工作；县财政局负责指导资金拨付。"),
        ["市园林局", "县财政局"]
    );
    assert_eq!(one("1.种树。建立机制，联席会议办公室具体负责日常工作。"), ["联席会议办公室"]);
    assert_eq!(one("1.种树。市园林局负责解释本办法。"), Vec::<String>::new());
    assert_eq!(
        one("1.种树。各级园林部门负责选种。各级林业部门、苗圃部门根据计划，负责供苗。"),
        ["各级园林部门", "各级林业部门", "苗圃部门"]
    );
    assert_eq!(
        one("1.种树。每年申报，市、县（区）园林部门会同有关部门负责审核。"),
        ["市、县（区）园林部门"]
    );
    assert_eq!(one("1.种树。市花海工作专班负责统筹。"), ["市花海工作专班"]);
    assert_eq!(one("1.种树。各级花木部门负责人才培训。"), ["各级花木部门"]);
    assert_eq!(one("1.种树。各区政府是种树工作的主体，负责组织种树。"), ["各区政府"]);
    assert_eq!(one("1.种树。由所在地园林部门具体负责。"), ["所在地园林部门"]);
    assert_eq!(one("1.种树。户外种植的，由县林业局负责统筹安排。"), ["县林业局"]);
    assert_eq!(one("1.种树。各级园林部门制定计划。"), Vec::<String>::new());
}

#[test]
fn a_line_that_a_body_opens_says_what_it_is_in_charge_of() {
    let text = "一、职责分工\n市园林局：负责牵头种树。\n市财政局：负责配合园林部门管理资金。\n市林业局：负责供苗；负责配合有关部门补种。\n花农：负责养护。";
    let paragraphs = find_paragraphs(text);
    let mut outline = find_outline(text, &paragraphs, &vec![false; paragraphs.len()]);
    assign_bodies(text, &mut outline);
    let roles: Vec<(&str, Role)> = outline.items[0]
        .assignments
        .iter()
        .map(|one| (one.agent.value.as_str(), one.role))
        .collect();
    let expected =
        [("市园林局", Role::Lead), ("市财政局", Role::Support), ("市林业局", Role::Responsible)];
    assert_eq!(roles, expected);
    let one = |text: &str| assigned(text).swap_remove(0).1;
    assert_eq!(one("一、分工\n园林、水务、林业部门：负责种树。"), ["园林", "水务", "林业部门"]);
    assert_eq!(one("一、分工\n市属苗圃企业：负责供苗。"), ["市属苗圃企业"]);
    assert_eq!(one("一、分工\n园林、水务、花农：负责种树。"), Vec::<String>::new());
}

#[test]
fn a_statement_names_those_who_help_the_body_that_leads() {
    let roles = |text: &str| {
        let paragraphs = find_paragraphs(text);
        let mut outline = find_outline(text, &paragraphs, &vec![false; paragraphs.len()]);
        assign_bodies(text, &mut outline);
        let item = outline.items.swap_remove(0);
        item.assignments.into_iter().map(|one| (one.agent.value, one.role)).collect::<Vec<_>>()
    };
    let named = |pairs: &[(&str, Role)]| -> Vec<(String, Role)> {
        pairs.iter().map(|&(name, role)| (name.to_owned(), role)).collect()
    };
    assert_eq!(
        roles("1.种树。由市园林局牵头，会同市水务局、花港（苗圃）管委会等相关单位审核。"),
        named(&[
            ("市园林局", Role::Lead),
            ("市水务局", Role::Support),
            ("花港（苗圃）管委会", Role::Support)
        ])
    );
    assert_eq!(
        roles("1.种树。由市园林局牵头会同市林业局对苗木进行检查。"),
        named(&[("市园林局", Role::Lead), ("市林业局", Role::Support)])
    );
    assert_eq!(
        roles("1.种树。由市园林局牵头，会同有关部门审核。"),
        named(&[("市园林局", Role::Lead)])
    );
    assert_eq!(
        roles("1.种树。由市园林局牵头，各区政府和苗圃管委会负责，制定细则。"),
        named(&[
            ("市园林局", Role::Lead),
            ("各区政府", Role::Responsible),
            ("苗圃管委会", Role::Responsible)
        ])
    );
    assert_eq!(
        roles("1.种树。由市园林局牵头，各区政府负责人参加。"),
        named(&[("市园林局", Role::Lead)])
    );
}

#[test]
fn an_office_or_a_unit_may_be_entrusted() {
    let one = |text: &str| assigned(text).swap_remove(0).1;
    assert_eq!(one("1.种树。日常工作由市园林局养护科负责。"), ["市园林局养护科"]);
    assert_eq!(one("1.种树。由育苗实施单位负责将苗木登记。"), ["育苗实施单位"]);
    assert_eq!(one("1.种树。由苗圃所在地的林业机关负责征收。"), ["苗圃所在地的林业机关"]);
    assert_eq!(one("1.种树。由乡镇（街道）牵头审核。"), ["乡镇（街道）"]);
    assert_eq!(one("1.种树。由有关单位负责。"), Vec::<String>::new());
    assert_eq!(one("1.种树。辖区政府为种树主体，应按照本意见负责种树工作。"), ["辖区政府"]);
}

#[test]
fn a_label_inside_a_bracket_ends_no_notes() {
    let found = assigned(
        "1.种树。种好树。（责任单位：市园林局；配合单位：市水务局）补种死苗。（责任单位：市林业局）",
    );
    assert_eq!(found[0].1, ["市园林局", "市水务局", "市林业局"]);
}

#[test]
fn bodies_show_that_one_whose_noun_is_unknown_is_one_too() {
    let one = |text: &str| assigned(text)[0].1.clone();
    assert_eq!(
        one("1.护树。保护古树。（市园林局、市财政局，各区古树保护机制）"),
        ["市园林局", "市财政局", "各区古树保护机制"]
    );
    assert_eq!(
        one(
            "1.护树。保护古树。（市园林局，各区古树保护机制，以黑体字标注的为牵头部门、单位，下同）"
        ),
        ["市园林局", "各区古树保护机制"]
    );
    for text in [
        "1.护树。保护古树。（银杏、香樟，市园林局）",
        "1.护树。保护古树。（市园林局，银杏、香樟）",
        "1.护树。保护古树。（市园林局，含公园里的树）",
    ] {
        assert_eq!(one(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn who_is_to_be_appointed_is_not_named_and_who_does_it_at_last_is() {
    let one = |text: &str| assigned(text)[0].1.clone();
    assert_eq!(one("1.种树。由市园林局指定一家单位牵头负责办理。"), Vec::<String>::new());
    assert_eq!(one("1.种树。结果由市园林局负责最终审核。"), ["市园林局"]);
    assert_eq!(one("1.种树。由市园林局负责及时将名单报市政府。"), ["市园林局"]);
}

#[test]
fn whoever_is_entrusted_may_be_helped_by_bodies_that_are_named_behind() {
    let one = |text: &str| assigned(text).swap_remove(0).1;
    assert_eq!(
        one("1.种树。苗木的登记由市园林主管部门负责，市水务局、市林业局协助开展培训。"),
        ["市园林主管部门", "市水务局", "市林业局"]
    );
    assert_eq!(
        one("1.种树。由县妇联负责编制名单，县苗木中心、定点苗圃机构配合。"),
        ["县妇联", "县苗木中心", "定点苗圃机构"]
    );
    assert_eq!(
        one("1.种树。由苗木主管机构牵头，水务、林业部门配合。"),
        ["苗木主管机构", "水务", "林业部门"]
    );
    assert_eq!(one("1.种树。由市园林局牵头，市妇联参加，每年一次。"), ["市园林局", "市妇联"]);
    assert_eq!(one("1.种树。由市园林局、市林业局按职责分工负责。"), ["市园林局", "市林业局"]);
    assert_eq!(
        one("1.种树。由市园林局牵头，市水务局、市林业局按职责分工负责。"),
        ["市园林局", "市水务局", "市林业局"]
    );
    assert_eq!(one("1.种树。由省局养护处牵头。"), ["省局养护处"]);
    assert_eq!(one("1.种树。由市委宣传部牵头。"), ["市委宣传部"]);
    assert_eq!(one("1.种树。由市园林局负责牵头组织。"), ["市园林局"]);
    assert_eq!(one("1.种树。由市园林局负责，鼓励苗圃机构参与。"), ["市园林局"]);
    for text in [
        "1.种树。由行业主管部门负责。",
        "1.种树。由园林主管部门负责。",
        "1.种树。名单由市园林局负责人签发。",
        "1.种树。由市园林局负责牵头解释。",
    ] {
        assert_eq!(one(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_sentence_amid_the_last_point_is_about_that_point() {
    let found = assigned(
        "（一）种树\n1.每年育苗。\n2.补种死苗，由市园林局负责。\n（二）治水。由市水务局负责。\n（三）护林。由市林业局负责。",
    );
    assert_eq!(found[2], (vec![1, 2], vec!["市园林局".to_owned()]));
    assert_eq!(found[0].1, Vec::<String>::new());
}

#[test]
fn a_share_in_all_that_follows_is_told_in_a_sentence_or_in_a_bracket_behind_the_names() {
    let one = |text: &str| assigned(text).swap_remove(0).1;
    assert_eq!(
        one("一、种树\n以下任务均需各区政府落实，不再列出。\n（一）育苗。每年育苗。"),
        ["各区政府"]
    );
    assert_eq!(
        one(
            "1.育苗。每年育苗。\n责任单位：市园林局、市林业局（以下各项均需各市（州）人民政府落实，不再列出）"
        ),
        ["市园林局", "市林业局", "各市（州）人民政府"]
    );
    assert_eq!(
        one("1.育苗。每年育苗。（责任单位：市园林局；以下事项均需各区政府落实，不再列出）"),
        ["市园林局", "各区政府"]
    );
    assert_eq!(one("一、种树\n以下任务均需认真落实。"), Vec::<String>::new());
}

#[test]
fn a_bracket_with_several_bodies_on_a_line_of_its_own_is_a_note() {
    let one = |text: &str| assigned(text).swap_remove(0).1;
    assert_eq!(one("（一）种树。每年种树。\n（市园林局、团市委）"), ["市园林局", "团市委"]);
    assert_eq!(one("（一）种树。每年种树。\n（市园林局）"), Vec::<String>::new());
    assert_eq!(
        one("（一）种树。每年种树。（市园林局、市林业局。列第一位的为牵头单位，下同）"),
        ["市园林局", "市林业局"]
    );
}
