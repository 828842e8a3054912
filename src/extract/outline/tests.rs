//! Texts, and the items and headings that are read in them.

use super::super::paragraph::find_paragraphs;
use super::super::run_on::split_run_on;
use super::*;

/// The path and the title of each item.
pub(super) fn titles(text: &str) -> Vec<(Vec<u32>, String)> {
    let paragraphs = find_paragraphs(text);
    let outline = find_outline(text, &paragraphs, &vec![false; paragraphs.len()]);
    outline.items.into_iter().map(|item| (item.path, item.heading.value)).collect()
}

/// The path of each item.
pub(super) fn paths(text: &str) -> Vec<Vec<u32>> {
    titles(text).into_iter().map(|(path, _)| path).collect()
}

fn last_title(text: &str) -> String {
    titles(text).pop().unwrap().1
}

#[test]
fn a_heading_ends_where_what_it_holds_is_counted() {
    assert_eq!(last_title("（一）加强苗木养护一是每天浇水。二是每月修枝。"), "加强苗木养护");
    assert_eq!(last_title("（一）加强苗木养护。一是每天浇水。二是每月修枝。"), "加强苗木养护");
    assert_eq!(last_title("（一）目标之一是种树"), "目标之一是种树");
}

#[test]
fn the_last_item_of_a_copy_that_breaks_off_is_its_heading() {
    assert_eq!(last_title("一、总体要求\n（一）育苗目标。"), "育苗目标");
    assert_eq!(last_title("1.苗木育种。每年育种。\n2.苗木补种。"), "苗木补种");
    assert_eq!(last_title("1.每年育种，让花农增收；\n2.每年补种。"), "");
}

#[test]
fn a_heading_that_runs_into_its_text_ends_where_that_names_its_noun_again() {
    let cut = |words: &str| last_title(&format!("一、{words}"));
    assert_eq!(
        cut("选好乡村护林员乡村护林员是指长期在本村护林的人,有一定经验,愿意巡山。"),
        "选好乡村护林员"
    );
    assert_eq!(
        cut("增强花农协会护林意识花农协会要带头巡山,做好示范,愿意护林。"),
        "增强花农协会护林意识"
    );
    assert_eq!(cut("基本原则——适地适树、强化管护。每年种树,让花农增收。"), "基本原则");
}

#[test]
fn a_short_sentence_is_no_title_where_the_points_of_a_text_have_none() {
    let list = "具体措施：1.每年春天种树，在夏天浇水，在秋天修剪，让市民看到美丽的公园和花园。2.每年秋天护林，在冬天保暖。";
    let others: String = ["一", "二", "三", "四", "五", "六"]
        .map(|number| format!("（{number}）种树。{list}\n"))
        .concat();
    let text = format!(
        "{others}（七）补种。具体措施：1.编制苗木清单。推动种树。2.每年补种死苗，让花农增收。"
    );
    let found = titles(&text);
    assert_eq!(found.len(), 21);
    assert_eq!(found[19], (vec![7, 1], String::new()));
    assert_eq!(
        titles("（一）补种。具体措施：1.编制苗木清单。推动种树。2.每年补种死苗，让花农增收。")[1].1,
        "编制苗木清单"
    );
}

#[test]
fn the_line_of_an_article_is_its_title_where_the_text_stands_below() {
    assert_eq!(last_title("第一条养护期限\n养护期限为三年。"), "养护期限");
    assert_eq!(last_title("第一条（目的和依据）\n为了保护古树，根据有关法律制定。"), "目的和依据");
    assert_eq!(last_title("第一条古树应当挂牌\n古树挂牌由管理单位承担。"), "");
}

#[test]
fn a_usual_heading_that_lost_its_line_end_is_a_title() {
    assert_eq!(last_title("一、工作要求各单位要高度重视，加强领导，确保花展顺利。"), "工作要求");
    assert_eq!(
        last_title("三、解释权及施行时间本通知由市园林局负责解释，自印发之日起施行。"),
        "解释权及施行时间"
    );
    assert_eq!(
        last_title("一、总体要求深入贯彻绿化精神，坚持适地适树，让全市都成为花园。"),
        "总体要求"
    );
    assert_eq!(last_title("一、总体要求是深入贯彻绿化精神，坚持适地适树，让全市都成为花园。"), "");
    assert_eq!(last_title("一、加强工作要求的落实，各单位要高度重视，确保花展顺利。"), "");
}

#[test]
fn a_chapter_may_begin_with_its_second_item() {
    let text = "一、种树\n（一）育苗。每年育苗。\n（二）补种。每年补种。\n（三）护林。每年护林。\n二、治水\n（二）清河。每年清河。";
    assert_eq!(titles(text).pop().unwrap(), (vec![2, 2], "清河".to_owned()));
}

#[test]
fn what_stands_behind_the_body_belongs_to_no_item() {
    let text =
        "一、拨款\n1.苗圃开具收据。\n2.市园林局按照规定的程序办理资金拨付手续。\n附件：1.苗圃名单";
    assert_eq!(last_title(text), "");
}

#[test]
fn numbers_that_go_on_inside_a_paragraph_are_items() {
    let text = "（一）种树\n1.种好行道树，美化环境；2.种好公园树；3.种好防护林。\n（二）治水";
    let paths: Vec<Vec<u32>> = titles(text).into_iter().map(|(path, _)| path).collect();
    assert_eq!(paths, [vec![1], vec![1, 1], vec![1, 2], vec![1, 3], vec![2]]);
}

#[test]
fn a_heading_that_runs_into_its_text_ends_where_a_verb_opens_the_text() {
    let glued = |line: &str| {
        let paragraphs = [Span::new("前言。".len(), line.len())];
        let outline = find_outline(line, &paragraphs, &[false]);
        outline.items.into_iter().next().unwrap().heading.value
    };
    assert_eq!(
        glued("前言。（一）深化苗圃体制改革建立健全苗木产权制度，保护古树，美化环境。"),
        "深化苗圃体制改革"
    );
    assert_eq!(glued("前言。一、总体要求以绿化为中心，坚持适地适树，建设美丽城市。"), "总体要求");
    assert_eq!(glued("前言。（一）种好行道树，建立健全养护制度，美化环境，改善生活。"), "");
    assert_eq!(glued("前言。（一）加强苗圃建设以及养护管理工作，美化环境，改善生活。"), "");
    assert_eq!(glued("前言。（一）健全养护工作推进机制和巡查制度，美化环境，改善生活。"), "");
}

#[test]
fn a_short_sentence_is_a_title_where_the_document_has_such_titles() {
    let run = |first: &str| {
        let body = "（一）育苗。建设苗圃，种好树苗。\n（二）补种。补种死苗，清理枯枝。\n";
        format!(
            "一、种树\n{body}二、治水\n（一）继续清理河道，进一步改善水质。\n（二）适当调整水位，保障用水。\n（三）加强巡查，及时处理问题。\n（四）{first}"
        )
    };
    let titled = run("做好花展组织工作。加强宣传。完善服务，优化环境。");
    assert_eq!(last_title(&titled), "做好花展组织工作");
    assert_eq!(last_title(&run("做好花展组织工作，各区加强宣传。完善服务。")), "");
    assert_eq!(last_title(&run("责任单位及承办科室：市园林局养护科。")), "");
}

#[test]
fn the_last_entry_of_a_list_has_no_title() {
    let text = "一、资金来源\n资金按下列渠道筹集：\n1.花木收入按比例提取；\n2.门票收入暂按比例提取（根据情况调整）。\n其他资金用于养护。";
    assert_eq!(last_title(text), "");
}

#[test]
fn general_rules_above_articles_make_a_text_rules() {
    let opens = |text: &str| {
        let paragraphs = find_paragraphs(text);
        find_outline(text, &paragraphs, &vec![false; paragraphs.len()]).opens_with_general_rules()
    };
    assert!(opens("第一章总则\n第一条为了保护古树，制定本意见。"));
    assert!(!opens("第一章种树\n第一条每年种树。"));
    assert!(!opens("一、总则\n（一）每年种树。"));
}

#[test]
fn the_rows_of_an_attached_list_are_no_items() {
    let text = "一、种树\n每年种树。\n附件\n苗圃推广清单\n一、某县苗圃\n二、某市苗圃";
    assert_eq!(titles(text).len(), 1);
    assert_eq!(titles(&text.replace("一、某", "1.某").replace("二、某", "2.某")).len(), 1);
    let text = "一、种树\n每年种树。\n附件\n任务分工方案\n一、种树分工\n二、治水分工";
    assert_eq!(titles(text).len(), 3);
}

#[test]
fn a_copy_that_lost_its_first_chapter_begins_with_what_stands_below_it() {
    let text = "（一）种树\n1.种桃树。每年种。\n二、治水\n（一）清河。每年清河。\n（二）引水。每年引水。\n（三）蓄水。每年蓄水。\n三、护林\n1.巡查。\n2.补种。\n（二）补水\n1.修渠。";
    let paths: Vec<Vec<u32>> = titles(text).into_iter().map(|(path, _)| path).collect();
    assert_eq!(
        paths,
        [
            vec![1],
            vec![1, 1],
            vec![2],
            vec![2, 1],
            vec![2, 2],
            vec![2, 3],
            vec![3],
            vec![3, 1],
            vec![3, 2],
            vec![3, 2],
            vec![3, 2, 1]
        ]
    );
}

#[test]
fn a_number_that_is_counted_twice_opens_a_chapter() {
    let text = "三、种树\n（一）育苗。每年育苗。\n三、治水\n（一）清河。每年清河。";
    assert_eq!(titles(text).len(), 4);
    let text = "三、种树\n（一）育苗。每年育苗。\n三、治水，每年清河。";
    assert_eq!(titles(text).len(), 2);
}

#[test]
fn a_chapter_may_begin_with_its_second_point() {
    let text = "一、种树\n1.育苗。每年育苗。\n2.补种。每年补种。\n二、治水\n2.清河。每年清河。";
    assert_eq!(titles(text).pop().unwrap(), (vec![2, 2], "清河".to_owned()));
    let text =
        "一、种树\n1.育苗。每年育苗。\n2.补种。每年补种。\n二、联系方式\n园林局。\n2.苗圃名单";
    assert_eq!(last_title(text), "联系方式");
}

#[test]
fn the_names_of_attachments_go_on_in_the_line_below() {
    let text = "一、种树\n每年种树。\n附件：1.苗圃名单\n2.各县在春天\n要种的花\n3.申请书";
    assert_eq!(titles(text).len(), 1);
}

#[test]
fn a_noun_that_heads_sections_ends_a_heading_that_runs_into_its_text() {
    let second = |words: &str| {
        let text = format!("一、种树。每年种树。{words}");
        let paragraphs = split_run_on(&text, &find_paragraphs(&text));
        let outline = find_outline(&text, &paragraphs, &vec![false; paragraphs.len()]);
        outline.items.into_iter().next_back().unwrap().heading.value
    };
    assert_eq!(second("二、申报时间各单位在五月前申报，逾期不受理。"), "申报时间");
    assert_eq!(second("二、支持方式对符合条件的苗圃给予补助。每年兑现。"), "支持方式");
    assert_eq!(second("二、联系方式市园林局养护科张三。"), "联系方式");
    // Where lines end, the sentence has its subject there.
    assert_eq!(last_title("一、种树\n二、申报时间原则上在五月，逾期不受理，由市园林局解释。"), "");
}

#[test]
fn the_label_of_a_note_is_no_part_of_a_heading() {
    assert_eq!(last_title("一、完善古树养护机制责任单位：市园林局"), "完善古树养护机制");
    assert_eq!(last_title("一、明确责任单位：市园林局负责养护。"), "明确责任单位");
}

#[test]
fn the_colon_of_a_time_of_day_ends_no_heading() {
    assert_eq!(last_title("一、花展在公园举行，请于5月3日上午9：30前报到，逾期不候。"), "");
}

#[test]
fn entries_of_an_article_may_have_names() {
    let text = "第五条苗圃应当具备下列条件：\n（一）技术力量\n1.有养护人员。\n（二）苗木要求\n苗木数量应当符合规定。\n第六条申请登记应提供的材料\n1.申请书；";
    let names: Vec<String> = titles(text).into_iter().map(|(_, title)| title).collect();
    assert_eq!(names, ["", "技术力量", "", "苗木要求", "申请登记应提供的材料", ""]);
}

#[test]
fn a_sentence_above_its_text_is_a_title_where_its_sisters_are() {
    let text = "一、评选程序\n（一）单位推荐，产生名单。\n各苗圃推荐。\n（二）专家复评，提出人选。\n专家评议后提出。\n（三）社会公示。\n名单在网上公示。";
    assert_eq!(titles(text)[2].1, "专家复评，提出人选");
}

#[test]
fn what_is_asked_for_behind_a_colon_is_a_sentence() {
    assert_eq!(last_title("一、花农应具备以下条件：有苗圃，有苗木，有人员；有水源。"), "");
    assert_eq!(last_title("一、对2031年前的苗圃，应同时满足下列条件：\n1.有人员；"), "");
}

#[test]
fn numbers_that_lost_their_marks_open_points_of_their_chapter() {
    let own =
        "每年在春天种好，在夏天浇水，在秋天修剪，在冬天保暖，任何时候都不能疏忽大意，保证成活。";
    let text = format!(
        "前言。2栽好行道树{own}3栽好公园树{own}4栽好防护林{own}\n二、加强古树保护5加强挂牌{own}6加强巡查{own}7完善养护机制建立健全档案，{own}"
    );
    let paragraphs = split_run_on(&text, &find_paragraphs(&text));
    let outline = find_outline(&text, &paragraphs, &vec![false; paragraphs.len()]);
    let last = outline.items.last().unwrap();
    assert_eq!(
        (last.path.as_slice(), last.heading.value.as_str()),
        ([2, 7].as_slice(), "完善养护机制")
    );
}

#[test]
fn a_heading_that_its_text_begins_with_again_has_lost_its_line_end() {
    assert_eq!(titles("（三）苗木转让苗木转让应当符合下列规定：\n1.成活。")[0].1, "苗木转让");
    assert_eq!(
        last_title("（一）养护人补贴结算养护人种树后，申请补贴结算，符合条件的，完成兑付。"),
        "养护人补贴结算"
    );
    assert_eq!(last_title("（一）市园林局决定种树，市园林局各科室必须执行，不得拖延。"), "");
    assert_eq!(last_title("（一）种好行道树，管好行道树，每年补种，每年检查，做好记录。"), "");
}

#[test]
fn the_first_sentence_of_an_article_is_its_name_where_nearly_all_have_one() {
    let text = "第一条 盘活闲置苗圃。空闲的苗圃种树。\n第二条 差异化奖励花农。每株奖励。\n第三条 取消苗木保证金。不再收取。\n第四条 市园林局应当补种枯死苗木。每年补种。";
    let names: Vec<String> = titles(text).into_iter().map(|(_, title)| title).collect();
    assert_eq!(names, ["盘活闲置苗圃", "差异化奖励花农", "取消苗木保证金", ""]);
    let text = "第一条 盘活闲置苗圃。空闲的苗圃种树。\n第二条 花农种树，有苗圃的，可以申请补贴，没有苗圃的，可以申请苗木，凭证领取。\n第三条 市园林局应当补种死苗，清理枯枝，修剪花木，每年检查，做好记录。";
    assert_eq!(titles(text)[0].1, "");
}

#[test]
fn articles_below_chapters_of_a_plan_name_tasks() {
    let names = |text: &str| {
        let paragraphs = find_paragraphs(text);
        find_outline(text, &paragraphs, &vec![false; paragraphs.len()]).articles_name_tasks()
    };
    assert!(names(
        "一、绿化\n第一条 加快种树。每年种树。\n第二条 加快补种。每年补种。\n二、治水\n第三条 加快清河。每年清河。"
    ));
    assert!(!names("第一章 总则\n第一条 为了绿化。\n第二条 每年种树。\n第三条 每年补种。"));
}
