//! Invented tables that divide tasks, and what is read of them.

use super::super::paragraph::find_paragraphs;
use super::*;

/// Number, heading, tasks, bodies and deadline of a row.
type Shown = (u32, String, Vec<String>, Vec<(String, Role)>, String);

fn rows(text: &str) -> Vec<Shown> {
    let tables = find_task_tables(text, &find_paragraphs(text));
    let rows = tables.into_iter().flat_map(|table| table.rows);
    rows.map(|row| {
        let bodies = row.assignments.into_iter().map(|one| (one.agent.value, one.role));
        let tasks = row.tasks.iter().map(|task| task.slice(text).to_owned());
        let heading = row.heading.slice(text).to_owned();
        (row.number, heading, tasks.collect(), bodies.collect(), row.due.slice(text).to_owned())
    })
    .collect()
}

fn numbers(text: &str) -> Vec<u32> {
    rows(text).iter().map(|row| row.0).collect()
}

/// The bodies of each row, in one line: 市园林局 Lead.
fn bodies(text: &str) -> Vec<String> {
    let shown = |(name, role): &(String, Role)| format!("{name} {role:?}");
    rows(text).iter().map(|row| row.3.iter().map(shown).collect::<Vec<_>>().join(", ")).collect()
}

#[test]
fn a_row_says_who_does_what_by_when() {
    let text = "绿化任务分工表\n序号\t任务\t责任单位\t完成时限\n1\t改造公园20个\t市园林局牵头，市财政局配合\t2031年底前\n2\t保护古树\t市林业局\n种好树。";
    let both = vec![("市园林局".to_owned(), Role::Lead), ("市财政局".to_owned(), Role::Support)];
    let one = vec![("市林业局".to_owned(), Role::Responsible)];
    assert_eq!(
        rows(text),
        [
            (1, "改造公园20个".into(), vec![], both, "2031年底前".into()),
            (2, "保护古树".into(), vec![], one, String::new())
        ]
    );
}

#[test]
fn the_heading_of_a_column_tells_the_role() {
    let text =
        "工作任务\t具体措施\t牵头单位\t配合单位\n种树\t每年种树500亩\t市园林局\t市财政局、市水务局";
    assert_eq!(bodies(text), ["市园林局 Lead, 市财政局 Support, 市水务局 Support"]);
    let text = "任务\t牵头和责任单位\n种树\t市园林局、市财政局";
    assert_eq!(bodies(text), ["市园林局 Responsible, 市财政局 Responsible"]);
}

#[test]
fn a_second_line_of_the_header_tells_the_roles() {
    for covered in ["", "\t"] {
        let text = format!(
            "序号\t工作任务\t责任单位{covered}\t完成时限\n\t\t牵头单位\t配合单位\n1\t种好树\t市园林局\t市财政局\t6月底"
        );
        assert_eq!(bodies(&text), ["市园林局 Lead, 市财政局 Support"], "{covered:?}");
    }
}

#[test]
fn a_row_below_a_merged_cell_is_laid_where_its_bodies_stand() {
    let text = "序号\t重点任务\t工作内容\t牵头单位\t配合单位\n1\t绿化\t种好树\t市园林局\t市财政局\n补种\t市林业局\t市水务局";
    assert_eq!(
        bodies(text),
        ["市园林局 Lead, 市财政局 Support", "市林业局 Lead, 市水务局 Support"]
    );
}

#[test]
fn bodies_in_a_merged_first_column_hold_for_the_rows_below() {
    let text = "责任单位\t工作任务\t完成时限\n市园林局\t种好行道树\t6月底\n补种死苗\t9月底";
    assert_eq!(bodies(text), ["市园林局 Responsible"; 2]);
}

#[test]
fn bodies_on_lines_of_their_own_in_a_cell_are_several() {
    let text = "任务\t责任单位\n种好树\t市园林局市财政局各区人民政府\n护林\t市林业局/市公安局";
    assert_eq!(
        bodies(text),
        [
            "市园林局 Responsible, 市财政局 Responsible, 各区人民政府 Responsible",
            "市林业局 Responsible, 市公安局 Responsible"
        ]
    );
}

#[test]
fn a_numbered_row_stands_whatever_is_in_its_other_cells() {
    for row in ["2\t补种死苗", "2\t补种死苗\t—", "2\t补种死苗\t花展组", "2\t补种死苗\t市妇联。"]
    {
        let text = format!("序号\t任务\t牵头单位\n1\t种好树\t市园林局\n{row}\n3\t护林\t市林业局");
        assert_eq!(numbers(&text), [1, 2, 3], "{row}");
    }
}

#[test]
fn what_else_a_row_says_is_kept() {
    let text = "序号\t重点任务\t工作措施\t年度目标\t责任单位\n1\t新建公园20个\t开展选址。加强监督。\t种树500亩\t市园林局";
    let (_, heading, tasks, ..) = rows(text).remove(0);
    assert_eq!((heading.as_str(), tasks.len()), ("新建公园20个", 2));
}

#[test]
fn a_group_may_stand_between_rows() {
    let groups = |text: &str| -> Vec<(u32, String)> {
        let tables = find_task_tables(text, &find_paragraphs(text));
        let groups = tables.into_iter().flat_map(|table| table.groups);
        groups.map(|group| (group.number, group.heading.slice(text).to_owned())).collect()
    };
    let expected = [(1, "绿化".to_owned()), (2, "治水".to_owned())];
    for [first, second] in [["一、绿化", "治水"], ["一\t绿化", "二\t治水"]] {
        let text = format!(
            "序号\t任务\t责任单位\n{first}\n1\t种树\t市园林局\n{second}\n2\t清河\t市水务局\n附件"
        );
        assert_eq!(numbers(&text), [1, 2], "{first}");
        assert_eq!(groups(&text), expected, "{first}");
    }
}

#[test]
fn numbers_may_begin_again_in_each_group() {
    let text = "序号\t任务\t责任单位\n一、绿化\n1\t种树\t市园林局\n2\t补种\t市园林局\n二、治水\n1\t清河\t市水务局";
    assert_eq!(numbers(text), [1, 2, 1]);
}

#[test]
fn a_number_that_stands_twice_is_merged_and_rows_are_counted() {
    let text = "序号\t重点任务\t工作内容\t责任单位\n1\t绿化\t种树\t市园林局\n1\t绿化\t护林\t市林业局\n2\t治水\t清河\t市水务局";
    assert_eq!(numbers(text), [1, 2, 3]);
    let text = "序号\t任务\t责任单位\n1.1\t种树\t市园林局\n1.2\t护林\t市林业局";
    assert_eq!(numbers(text), [1, 2]);
}

#[test]
fn a_header_printed_again_is_no_row() {
    let text = "任务\t责任单位\n种好树\t市园林局\n任务\t责任单位\n补种死苗\t市林业局";
    assert_eq!(numbers(text), [1, 2]);
}

#[test]
fn a_list_behind_a_table_is_none_of_its_rows() {
    let text = "任务\t牵头单位\t配合单位\n种好树\t市园林局\t市财政局\n附件2\n联络员名单\n姓名\t单位\t部门\n张三\t市园林局\t市财政局";
    assert_eq!(numbers(text), [1]);
}

#[test]
fn the_first_of_several_leads_where_the_table_says_so() {
    let text = "任务\t责任单位（列第一位的为牵头单位）\n种树\t市园林局、市财政局";
    assert_eq!(bodies(text), ["市园林局 Lead, 市财政局 Responsible"]);
}

#[test]
fn a_table_of_projects_persons_or_powers_divides_no_tasks() {
    for text in [
        "序号\t项目名称\t建设内容\t责任单位\n1\t花园\t种树\t市园林局",
        "任务\t责任人\n种树\t张三",
        "序号\t工作事项\t主管部门\t设定依据\n1\t苗木备案\t市园林局\t《苗木条例》",
    ] {
        assert_eq!(rows(text), [], "{text}");
    }
}

#[test]
fn a_task_of_several_sentences_may_begin_with_its_title() {
    let text = "序号\t任务\t责任单位\n1\t补种死苗。每年春天补种，并浇好水。\t市园林局\n2\t种好树，护好林。\t市林业局";
    let titles: Vec<_> = rows(text).into_iter().map(|row| (row.1, row.2)).collect();
    let (title, rest) = ("补种死苗".to_owned(), "每年春天补种，并浇好水。".to_owned());
    assert_eq!(titles, [(title, vec![rest]), (String::new(), vec!["种好树，护好林。".to_owned()])]);
}

#[test]
fn short_tasks_among_texts_are_texts() {
    let text = "序号\t任务\t责任单位\n1\t种树500亩\t市园林局\n2\t种好树，护好林\t市林业局";
    assert!(rows(text).iter().all(|row| row.1.is_empty() && row.2.len() == 1));
}

const FLAT: &str = "序号\n民生实事\n责任单位\n完成时限\n";

#[test]
fn cells_on_lines_of_their_own_are_rows_by_their_numbers() {
    let text = format!(
        "绿化分工表\n{FLAT}1\n新建公园。\n市园林局\n市财政局\n12月底前\n2\n保护古树。\n市林业局\n9月完工\n3\n补种死苗。\n市园林局\n市财政局\n6月底前\n种好树。"
    );
    assert_eq!(numbers(&text), [1, 2, 3]);
    let both = "市园林局 Responsible, 市财政局 Responsible";
    assert_eq!(bodies(&text), [both, "市林业局 Responsible", both]);
    let found = rows(&text);
    assert_eq!(
        (found[1].2.as_slice(), found[1].4.as_str()),
        (&["保护古树。".to_owned()][..], "9月完工")
    );
}

#[test]
fn one_number_may_count_two_tasks() {
    let text = format!(
        "{FLAT}1\n新建公园。\n市园林局\n5月底前\n新建苗圃中心。\n12月底前\n2\n保护古树。\n市林业局\n9月完工"
    );
    assert_eq!(rows(&text)[0].2, ["新建公园。", "新建苗圃中心。"]);
    assert_eq!(bodies(&text), ["市园林局 Responsible", "市林业局 Responsible"]);
}

#[test]
fn classes_remarks_and_groups_of_a_flat_table_may_be_there_or_not() {
    let text = "序号\n类别\n任务\n牵头单位\n配合单位\n备注\n一、绿化\n1\n增绿\n种好树\n市园林局\n市财政局\n2\n补种死苗\n市园林局\n市水务局\n二、护林\n3\n护林\n看好林\n市林业局\n无\n长期";
    assert_eq!(
        bodies(text),
        ["市园林局 Lead, 市财政局 Support", "市园林局 Lead, 市水务局 Support", "市林业局 Lead"]
    );
    assert_eq!(find_task_tables(text, &find_paragraphs(text))[0].groups.len(), 2);
}

#[test]
fn a_flat_table_that_lacks_cells_or_names_no_bodies_is_not_read() {
    for text in [
        format!("{FLAT}1\n新建公园。\n市园林局\n2\n保护古树。\n市林业局\n9月完工"),
        format!("{FLAT}1\n新建公园。\n张三\n12月底前\n2\n保护古树。\n李四\n9月完工"),
        format!("{FLAT}1\n新建公园。\n市园林局\n12月底前"),
        "序号\n项目\n责任单位\n1\n公园\n市园林局\n2\n苗圃\n市园林局".to_owned(),
    ] {
        assert_eq!(rows(&text), [], "{text}");
    }
}

#[test]
fn a_task_may_be_told_in_several_lines_and_bodies_never_are_a_task() {
    let text = |row: &str| {
        format!(
            "序号\n任务\n措施\n牵头单位\n责任单位\n1\n{row}\n2\n护林\n看好林。\n市林业局\n市公安局"
        )
    };
    let told = text("种树\n1.选好地址。\n2.种好树。\n市园林局\n市财政局、市水务局");
    assert_eq!(numbers(&told), [1, 2]);
    assert_eq!(rows(&told)[0].2, ["选好地址。", "种好树。"]);
    let unclear = text("种树\n种好树。\n市园林局\n市财政局\n市水务局");
    assert_eq!(rows(&unclear), []);
}

#[test]
fn a_flat_header_is_known_by_its_first_line() {
    let text = format!("{FLAT}\n一、增绿\n\n1\n新建公园。");
    let opens = |text: &str| opens_task_table(text, Span::new(0, "序号".len()));
    assert!(opens(&text) && !opens("序号\n名称\n电话\n1\n花园\n12"));
}
