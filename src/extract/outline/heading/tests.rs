//! Items in invented texts, and their titles.

use super::super::find_outline;
use crate::extract::paragraph::find_paragraphs;

fn titles(text: &str) -> Vec<String> {
    let paragraphs = find_paragraphs(text);
    let outline = find_outline(text, &paragraphs, &vec![false; paragraphs.len()]);
    outline.items.into_iter().map(|item| item.heading.value).collect()
}

#[test]
fn the_steps_of_an_article_have_names_where_nearly_all_of_them_do() {
    let text = "第一条 补种按以下程序办理：\n（一）提出申请。苗圃提出申请。\n（二）受理审核。市园林局审核。\n（三）补种苗木。苗圃补种。";
    assert_eq!(titles(text), ["", "提出申请", "受理审核", "补种苗木"]);
    let text = "第一条 市园林局负责：\n（一）提出计划；\n（二）审核苗木；\n（三）补种。";
    assert_eq!(titles(text), ["", "", "", ""]);
}

#[test]
fn the_entries_of_an_article_may_be_labelled() {
    let text =
        "第一条 苗木的登记：\n（一）品种：银杏等。\n（二）数量：以株计。\n（三）产地：以县计。";
    assert_eq!(titles(text), ["苗木的登记", "品种", "数量", "产地"]);
    let text = "第一条 花农享有下列便利：\n（一）领取苗木；\n（二）领取肥料。";
    assert_eq!(titles(text), ["", "", ""]);
}

#[test]
fn the_items_of_a_chapter_may_have_headings_where_those_of_the_others_have_none() {
    let one = "一、种树\n1.实施行道树工程。每年种树，美化环境。\n2.实施公园树工程。每年种树，美化公园。\n3.实施防护林工程。每年种树，减少风沙。\n";
    let other = "二、奖励\n4.对种树的花农，每株奖励。\n5.对护林的花农，每亩奖励。\n6.对补种的花农，给予苗木。\n7.对育苗的花农，给予肥料。\n8.对治虫的花农，给予农药。\n9.对清河的花农，给予工具。";
    assert_eq!(
        titles(&format!("{one}{other}"))[1..4],
        ["实施行道树工程", "实施公园树工程", "实施防护林工程"]
    );
}

#[test]
fn a_question_loses_its_mark_and_a_bracket_may_hold_a_list() {
    assert_eq!(titles("一、今年何时种树?怎样补种?\n答：春天种树。"), ["今年何时种树?怎样补种"]);
    let text = "1.苗圃条件（须有好苗；须有好土）：\n（1）好苗。\n（2）好土。";
    assert_eq!(titles(text)[0], "苗圃条件（须有好苗；须有好土）");
}

#[test]
fn a_semicolon_behind_a_noun_above_its_points_is_a_slip() {
    assert_eq!(titles("1.苗圃、花园;\n(1)种好树苗。\n(2)浇水。")[0], "苗圃、花园");
    assert_eq!(titles("1.苗圃；\n2.花园；\n3.公园。")[0], "");
}

#[test]
fn a_short_sentence_among_sentences_is_no_title() {
    let text = "（一）符合下列要求的苗圃予以保留。\n1.遵守法律法规，按章程种树。\n2.有固定的苗圃。\n3.有五亩以上的土地，土质良好。\n4.按规定参加检查。";
    assert_eq!(titles(text)[2], "");
    for first in ["补种办法另行制定", "采取种植和养护相结合的形式进行"] {
        let text = format!(
            "1.{first}。补种不少于十株。\n2.浇水。每天浇水。\n3.施肥。每月施肥。\n4.剪枝。每年剪枝。"
        );
        assert_eq!(titles(&text)[0], "", "{first}");
    }
}

#[test]
fn what_an_order_changes_is_no_heading() {
    let text = "一、将第六条修改为：“种好树。”\n二、增加一条，作为第九条：“补种死苗。”\n三、删除第十二条。";
    assert_eq!(titles(text), ["", "", ""]);
}

#[test]
fn a_usual_heading_ends_where_its_text_runs_on() {
    let text = "二、工作目标花木产量和苗圃面积走在全省前列，种树意识明显提高，花农收入不断增长，城市更加美丽宜居，公园越来越多。";
    assert_eq!(titles(text), ["工作目标"]);
    assert_eq!(titles("二、工作目标任务"), ["工作目标任务"]);
}

#[test]
fn the_points_of_a_table_of_marks_stand_behind_a_heading() {
    let text =
        "1.加快落实种树计划。（5分）\n种树完成得满分。\n2.加快落实补种。（5分）\n补种完成得满分。";
    assert_eq!(titles(text), ["加快落实种树计划", "加快落实补种"]);
}

#[test]
fn a_sentence_that_tells_when_and_what_follows_is_no_title() {
    let last = |first: &str| {
        let text = format!(
            "（一）建设苗圃。种好树苗。\n（二）补种死苗。清理枯枝。\n（三）清理河道。改善水质。\n（四）{first}"
        );
        let paragraphs = find_paragraphs(&text);
        let outline = find_outline(&text, &paragraphs, &vec![false; paragraphs.len()]);
        outline.items.into_iter().next_back().unwrap().heading.value
    };
    assert_eq!(last("在编制规划时，要考虑绿地布局。美化环境。"), "");
    assert_eq!(
        last("建设苗圃和花卉市场，扩大花木供给，让花农和市民买卖花木更加方便快捷。完善服务。"),
        ""
    );
    assert_eq!(last("建设苗圃，扩大供给。完善服务。"), "建设苗圃，扩大供给");
}

#[test]
fn a_task_and_its_aim_are_a_title_and_who_is_told_what_to_do_is_none() {
    let others = "（一）建设苗圃。每年建苗圃。\n（二）补种死苗。每年补种。\n（三）清理河道。每年清理。\n（四）林业、水务、财政、农业、交通等有关部门和单位一起护林，林地要天天巡查，花木要天天照看。发现问题立即报告。\n（五）林业、水务、财政、农业、交通等有关部门和单位一起治虫，林地要天天巡查，花木要天天照看。发现问题立即报告。\n（六）";
    let last = |first: &str| titles(&format!("{others}{first}")).pop().unwrap_or_default();
    for title in [
        "加强对全市各类苗圃和花卉市场苗木来源的登记，确保来源可查",
        "建立和完善全市古树登记制度，逐步形成覆盖城乡的护树体系",
    ] {
        assert_eq!(last(&format!("{title}。苗圃每年登记。各区每年上报。")), title);
    }
    for sentence in [
        "各苗圃单位要加强养护",
        "加强苗木登记，鼓励学校把种树和护林的知识编入教材",
        "加强古树养护，确保养护率保持在90%以上，努力护好古树",
    ] {
        assert_eq!(last(&format!("{sentence}。苗圃每年登记。各区每年上报。")), "", "{sentence}");
    }
}

#[test]
fn an_article_may_open_with_a_motto() {
    let text = "第一条 爱护花木，珍惜绿地。不折花枝，不踏草坪，不攀树木。\n第二条 花农登记，市园林局审核。\n第三条 每年种树，按时浇水。";
    assert_eq!(titles(text), ["爱护花木，珍惜绿地", "", ""]);
}

#[test]
fn an_article_may_have_its_name_in_brackets_in_front_of_its_text() {
    let text = "第一条（目的依据） 为绿化，制定本办法。\n第二条 ［苗木、花木］花农种花。\n第三条（一）每年种树。";
    assert_eq!(titles(text)[..2], ["目的依据", "苗木、花木"]);
    assert_eq!(titles(text)[2], "");
    assert_eq!(titles("第一条(养护期限)\n养护期限为三年。"), ["养护期限"]);
    assert_eq!(titles("第一条（含花农）种树。"), ["含花农"]);
}

#[test]
fn an_article_of_a_policy_may_be_named_by_its_task() {
    let text = "第一条 给予苗圃建设补助。对新建苗圃给予补助，每亩一万元。\n第二条 实行“一树一码”。每年编码，让花农知道。\n第三条 保障用地。优先供应用地，每年十亩。\n第四条 支持由种花的花农协会提出。花农种花的，给予补助。";
    assert_eq!(titles(text), ["给予苗圃建设补助", "实行“一树一码”", "保障用地", ""]);
}

#[test]
fn the_articles_of_a_chapter_may_have_names_where_others_have_none() {
    let chapter = |names: [&str; 3]| {
        let article = |(name, at)| format!("第{at}条 {name}。到2031年，种树五千棵，让花农增收。");
        let articles: Vec<String> = names.iter().zip(["五", "六", "七"]).map(article).collect();
        let articles = articles.join("\n");
        let text = format!(
            "第一章 总则\n第一条 为绿化，制定本办法。\n第二条 本市种树，适用本办法。\n第三条 花农种花，应当登记。\n第四条 种树，应当浇水。\n第二章 目标\n{articles}"
        );
        titles(&text).split_off(6)
    };
    let names = ["种树目标", "城区行道树种植工作目标", "护林目标"];
    assert_eq!(chapter(names), names);
    assert_eq!(chapter(["种树目标", "行道树由花农种", "护林目标"]), ["", "", ""]);
}

#[test]
fn an_aim_is_a_heading_though_it_ends_like_what_goes_on() {
    assert_eq!(titles("1.编制目的\n为了绿化。\n2.种树的\n为了绿化。"), ["编制目的", ""]);
}

#[test]
fn what_a_text_tells_of_articles_are_their_names() {
    let text = "第一条为加强苗木登记。主要内容是登记苗木。\n第二条是做好养护。主要包括浇水。\n第三条为保护古树，制定办法。各区每年登记。";
    assert_eq!(titles(text), ["加强苗木登记", "做好养护", ""]);
}

#[test]
fn a_sentence_that_its_list_goes_on_is_no_title() {
    for sentence in [
        "苗木按照以下程序分配：",
        "符合下列情形之一的不予补助：",
        "下列苗木不纳入登记范围：",
        "三年内至少满足其中一项条件：",
    ] {
        let text = format!("一、苗木\n（一）{sentence}\n1.登记。\n2.领取。");
        assert_eq!(titles(&text)[1], "", "{sentence}");
    }
    assert_eq!(titles("一、苗木\n（一）苗木分配的以下程序：\n1.登记。")[1], "苗木分配的以下程序");
}

#[test]
fn a_task_of_a_few_words_is_a_title_where_some_of_its_sisters_are() {
    let run = |last: &str| {
        let short = "（一）建设苗圃。每年建苗圃。\n（二）护林。每年护林。\n";
        let long = "林地要天天巡查，花木要天天照看，发现问题立即报告。";
        format!("{short}（三）{long}\n（四）{long}\n（五）{last}。各苗圃单位天天浇水。")
    };
    for title in ["加强古树养护登记工作", "加强苗木登记，保障苗木供应"] {
        assert_eq!(titles(&run(title))[4], title);
    }
    for sentence in ["各苗圃做好养护，加强登记", "加强苗木登记，花农要登记苗木"]
    {
        assert_eq!(titles(&run(sentence))[4], "", "{sentence}");
    }
    let plain = |words: &str| {
        format!(
            "一、种树\n1.林地要巡查，花木要照看，问题要报告。\n2.林地要巡查，花木要照看，问题要报告。\n3.林地要巡查，花木要照看，问题要报告。\n4.{words}。各苗圃浇水。"
        )
    };
    assert_eq!(titles(&plain("加强古树养护登记工作"))[4], "");
}

#[test]
fn a_label_is_the_name_of_an_article_where_half_of_them_have_one() {
    let text = "第一条 种树目的。为了绿化。\n第二条 种树对象。花农种树。\n第三条 花农可以领取苗木，凭登记证领取，每户十株，先到先得，不得转让。\n第四条 资金来源。由市财政安排。\n第五条 苗圃应当浇水。每天浇水。";
    assert_eq!(titles(text), ["种树目的", "种树对象", "", "资金来源", ""]);
    let text = "第四条 坚持适地适树、科学种树原则。种好树。\n第五条 坚持节约用水、节约用地原则。少用水。\n第六条 坚持保护古树、爱护花木原则。护好树。";
    assert_eq!(titles(text)[1], "坚持节约用水、节约用地原则");
}

#[test]
fn what_is_counted_stands_behind_a_title() {
    let long = "林地要天天巡查，花木要天天照看，发现问题立即报告。";
    let text = |words: &str| format!("1.{long}\n2.{long}\n3.{long}\n4.{words}");
    assert_eq!(titles(&text("花农增收工作。一是种花。二是卖花。"))[3], "花农增收工作");
    assert_eq!(titles(&text("花农应当种花。一是种花。二是卖花。"))[3], "");
    assert_eq!(
        titles("第一条 各区种树，每年种好，不得拖延。\n第二条 保障苗木供应。一是育苗。二是选苗。")
            [1],
        "保障苗木供应"
    );
}

#[test]
fn the_rest_of_a_list_is_no_title_and_what_is_marked_is_one() {
    let text = "一、材料\n（一）申请书原件一份和复印件两份，加盖公章。\n（二）其他证明材料。\n花农五月申请。";
    assert_eq!(titles(text)[2], "");
    let text =
        "1.落实种树计划，加强行道树的养护和公园树的日常巡查以及古树保护工作。（5分）\n完成得满分。";
    assert_eq!(titles(text).len(), 1);
    assert_ne!(titles(text)[0], "");
}
