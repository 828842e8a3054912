//! Tables that divide tasks. In: the paragraphs of a body; out: the tables among them that say who does what and by when, as rows with
//! the places of task, bodies and deadline. A table is a header with a column of tasks and one of bodies, and the rows behind it.
//! The surprise: a cell that is merged over several rows is printed in each, so a serial number may stand twice; then rows are counted.

use super::indicator_table::cells_of;
use super::ordinal::parse_marker;
use super::paragraph::trim;
use super::responsibility::{find_bodies_of_cell, says_first_leads};
use crate::document::{Assignment, Role};
use crate::text::{Pattern, Span, pattern};
use std::sync::LazyLock;

/// Longer cells are sentences, and what they stand in is no header.
const HEADING_CHARS_MAX: usize = 30;

/// A longer line between two rows is text, and ends the table.
const GROUP_CHARS_MAX: usize = 30;

/// A task in more words is a text without a title.
const TITLE_CHARS_MAX: usize = 30;

/// 重点任务, 具体措施, 工作内容: what is to be done. 项目名称 and 建设内容 tell of projects.
static TASK: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:[\p{Han}]{0,6}(?:任务|措施|举措)|(?:重点|主要|具体|年度|改革|政策|整改|推进)?(?:工作|事项)|(?:重点|主要|具体|工作|任务|事项)+(?:内容|要点|目标|要求)|内容)(?:名称|内容|要求|分解|清单|及要求|及分工)?$",
    )
});

/// 责任单位（排在第一位的为牵头单位）, 牵头部门: whose bodies stand below. A person in charge is no body.
static BODIES: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:(牵头|主责)|(配合|协办|参与|协同|参加)|(?:主要)?(?:责任|负责|承办|主办|实施|落实|主管))[\p{Han}]{0,4}(?:单位|部门|主体|机构|地区)(?:[（(].*[）)])?$|^(责任分工|任务分工)$",
    )
});

static NUMBER: Pattern = LazyLock::new(|| pattern(r"^(?:序\s*号|编\s*号)$"));

static DUE: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:完成|办结|实施|推进|落实|整改|工作)?(?:时限|时间|期限|进度|节点)(?:要求|安排|节点)?$",
    )
});

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Number,
    Task,
    Bodies(Role),
    Due,
    Other,
}

/// A row: one task.
#[derive(Clone, Debug)]
pub(super) struct TaskRow {
    /// The paragraph that it is, in the list given.
    pub(super) line: usize,
    pub(super) number: u32,
    /// The number as printed; empty at the start of the row where rows are counted.
    pub(super) printed: Span,
    /// What the task is called; may be empty.
    pub(super) heading: Span,
    /// What is to be done, where the heading does not say it all.
    pub(super) task: Span,
    pub(super) assignments: Vec<Assignment>,
    /// The cell that says by when; may be empty.
    pub(super) due: Span,
}

/// A line between rows that names those behind it: 一、增绿.
#[derive(Clone, Debug)]
pub(super) struct TaskGroup {
    /// The paragraph that it is, in the list given.
    pub(super) line: usize,
    pub(super) number: u32,
    /// The number as printed; empty where groups are counted.
    pub(super) printed: Span,
    pub(super) heading: Span,
}

/// A table that divides tasks.
#[derive(Clone, Debug)]
pub(super) struct TaskTable {
    /// The line of its header, in the list given.
    pub(super) header: usize,
    pub(super) groups: Vec<TaskGroup>,
    pub(super) rows: Vec<TaskRow>,
}

/// The tables that divide tasks among `body`, in the order of the text.
pub(super) fn find_task_tables(clean: &str, body: &[Span]) -> Vec<TaskTable> {
    if !clean.contains('\t') {
        return Vec::new();
    }
    let mut tables = Vec::new();
    let mut at = 0;
    while at < body.len() {
        let table = read_table(clean, body, at);
        at = table.as_ref().and_then(|table| table.rows.last()).map_or(at, |row| row.line) + 1;
        tables.extend(table);
    }
    tables
}

/// Whether a line is the header of such a table.
pub(super) fn opens_task_table(clean: &str, line: Span) -> bool {
    line.slice(clean).contains('\t') && read_header(clean, &cells_of(clean, line)).is_some()
}

fn read_table(clean: &str, body: &[Span], header: usize) -> Option<TaskTable> {
    let line = body.get(header)?;
    let columns = read_header(clean, &cells_of(clean, *line))?;
    let mut groups: Vec<TaskGroup> = Vec::new();
    let mut rows: Vec<TaskRow> = Vec::new();
    for (at, &line) in body.iter().enumerate().skip(header + 1) {
        let cells = cells_of(clean, line);
        if let Some(row) = align(clean, &cells, &columns) {
            rows.push(read_row(clean, at, &row, &columns));
        } else if cells.len() == 1 && is_group(line.slice(clean)) {
            let number = groups.last().map_or(1, |last| last.number + 1);
            groups.push(read_group(clean, at, line, number));
        } else {
            break;
        }
    }
    let end = rows.last().map_or(0, |row| row.line);
    groups.retain(|group| group.line < end);
    number_rows(&mut rows);
    if says_first_leads(clean) {
        for row in &mut rows {
            let_first_lead(&mut row.assignments);
        }
    }
    (!rows.is_empty()).then_some(TaskTable { header, groups, rows })
}

/// The columns of a header; none where it has no column of tasks or none of bodies.
fn read_header(clean: &str, cells: &[Span]) -> Option<Vec<Column>> {
    let columns: Vec<Column> = cells.iter().map(|cell| read_heading(cell.slice(clean))).collect();
    let is_header = cells.iter().all(|cell| cell.slice(clean).chars().count() <= HEADING_CHARS_MAX)
        && columns.contains(&Column::Task)
        && columns.iter().any(|column| matches!(column, Column::Bodies(_)));
    is_header.then_some(columns)
}

fn read_heading(heading: &str) -> Column {
    if NUMBER.is_match(heading) {
        return Column::Number;
    }
    if DUE.is_match(heading) {
        return Column::Due;
    }
    if let Some(found) = BODIES.captures(heading) {
        return Column::Bodies(match (found.get(1), found.get(2)) {
            (Some(_), _) => Role::Lead,
            (None, Some(_)) => Role::Support,
            _ => Role::Responsible,
        });
    }
    if TASK.is_match(heading) { Column::Task } else { Column::Other }
}

/// The cells of a row under their columns. Cleaning drops the empty cells at both ends of a line, so the first place is taken where a
/// number stands under the numbers, a task under the tasks and a body under the bodies; none where there is no such place.
fn align(clean: &str, cells: &[Span], columns: &[Column]) -> Option<Vec<Span>> {
    let (first, last) = (cells.first()?, cells.last()?);
    if cells.len() < 2 {
        return None;
    }
    let row = |shift: usize| {
        let mut row = vec![Span::new(first.byte_start, first.byte_start); shift];
        row.extend_from_slice(cells);
        row.resize(columns.len(), Span::new(last.byte_end, last.byte_end));
        row
    };
    let fits = |(cell, column): (&Span, &Column)| {
        let words = cell.slice(clean);
        words.is_empty()
            || match column {
                Column::Number => read_number(words).is_some(),
                Column::Task => words.chars().filter(|c| c.is_alphabetic()).count() >= 2,
                Column::Bodies(role) => !find_bodies_of_cell(clean, *cell, *role).is_empty(),
                Column::Due | Column::Other => true,
            }
    };
    let has = |row: &[Span], wanted: fn(&Column) -> bool| {
        row.iter().zip(columns).any(|(cell, column)| wanted(column) && !cell.is_empty())
    };
    let shifts = 0..=columns.len().checked_sub(cells.len())?;
    shifts.map(row).find(|row| {
        row.iter().zip(columns).all(fits)
            && has(row, |column| *column == Column::Task)
            && has(row, |column| matches!(column, Column::Bodies(_) | Column::Due))
    })
}

fn read_row(clean: &str, line: usize, row: &[Span], columns: &[Column]) -> TaskRow {
    let start = row.first().map_or(0, |cell| cell.byte_start);
    let nothing = Span::new(start, start);
    let cell = |wanted: Column| {
        let at = columns.iter().position(|column| *column == wanted)?;
        row.get(at).copied().filter(|cell| !cell.is_empty())
    };
    let mut tasks = row
        .iter()
        .zip(columns)
        .filter(|(cell, column)| **column == Column::Task && !cell.is_empty())
        .map(|(cell, _)| *cell);
    let task = tasks.next_back().unwrap_or(nothing);
    let title = tasks.next_back();
    // 改造公园20个: a task in so few words is its own title.
    let is_title = title.is_none() && is_title(task.slice(clean));
    let (heading, task) = if is_title {
        (task, Span::new(task.byte_end, task.byte_end))
    } else {
        (title.unwrap_or(nothing), task)
    };
    let mut assignments: Vec<Assignment> = Vec::new();
    for (cell, column) in row.iter().zip(columns) {
        let Column::Bodies(role) = column else { continue };
        let is_new = |one: &Assignment| {
            !assignments
                .iter()
                .any(|old| old.role == one.role && old.agent.value == one.agent.value)
        };
        let new: Vec<Assignment> =
            find_bodies_of_cell(clean, *cell, *role).into_iter().filter(is_new).collect();
        assignments.extend(new);
    }
    let printed = cell(Column::Number).unwrap_or(nothing);
    TaskRow {
        line,
        number: read_number(printed.slice(clean)).unwrap_or(0),
        printed,
        heading,
        task,
        assignments,
        due: cell(Column::Due).unwrap_or(nothing),
    }
}

fn is_title(words: &str) -> bool {
    words.chars().count() <= TITLE_CHARS_MAX && !words.contains(['。', '；'])
}

/// 3, 3., （三）: the number that is all of a cell.
fn read_number(cell: &str) -> Option<u32> {
    cell.parse().ok().or_else(|| {
        let marker = parse_marker(cell).or_else(|| parse_marker(&format!("{cell}、")))?;
        (marker.byte_end >= cell.len()).then_some(marker.number)
    })
}

/// The group that a line names; one without a number of its own is the `next`.
fn read_group(clean: &str, line: usize, span: Span, next: u32) -> TaskGroup {
    let start = Span::new(span.byte_start, span.byte_start);
    match parse_marker(span.slice(clean)) {
        Some(marker) => TaskGroup {
            line,
            number: marker.number,
            printed: marker.printed.shifted(span.byte_start),
            heading: trim(clean, Span::new(span.byte_start + marker.byte_end, span.byte_end)),
        },
        None => TaskGroup { line, number: next, printed: start, heading: span },
    }
}

/// Rows whose numbers do not run on are counted.
fn number_rows(rows: &mut [TaskRow]) {
    if rows.is_sorted_by(|one, next| one.number > 0 && one.number < next.number) && rows.len() > 1 {
        return;
    }
    for (number, row) in (1..).zip(rows) {
        row.number = number;
        row.printed = Span::new(row.printed.byte_start, row.printed.byte_start);
    }
}

/// A line between two rows that names a group of them.
fn is_group(line: &str) -> bool {
    line.chars().count() <= GROUP_CHARS_MAX && !line.contains(['。', '；', '：'])
}

fn let_first_lead(assignments: &mut [Assignment]) {
    let leads = assignments.iter().any(|one| one.role == Role::Lead);
    if let ([first, _, ..], false) = (assignments, leads) {
        first.role = Role::Lead;
    }
}

#[cfg(test)]
mod tests {
    use super::super::paragraph::find_paragraphs;
    use super::*;

    /// Number, heading, task, bodies and deadline of a row.
    type Shown<'a> = (u32, &'a str, &'a str, Vec<(String, Role)>, &'a str);

    fn rows(text: &str) -> Vec<Shown<'_>> {
        let tables = find_task_tables(text, &find_paragraphs(text));
        let rows = tables.into_iter().flat_map(|table| table.rows);
        rows.map(|row| {
            let bodies = row.assignments.into_iter().map(|one| (one.agent.value, one.role));
            let cells = (row.heading.slice(text), row.task.slice(text));
            (row.number, cells.0, cells.1, bodies.collect(), row.due.slice(text))
        })
        .collect()
    }

    fn body(name: &str, role: Role) -> (String, Role) {
        (name.to_owned(), role)
    }

    #[test]
    fn a_row_says_who_does_what_by_when() {
        let text = "绿化任务分工表\n序号\t任务\t责任单位\t完成时限\n1\t改造公园20个\t市园林局牵头，市财政局配合\t2031年底前\n2\t保护古树\t市林业局\n种好树。";
        assert_eq!(
            rows(text),
            [
                (
                    1,
                    "改造公园20个",
                    "",
                    vec![body("市园林局", Role::Lead), body("市财政局", Role::Support)],
                    "2031年底前"
                ),
                (2, "保护古树", "", vec![body("市林业局", Role::Responsible)], ""),
            ]
        );
    }

    #[test]
    fn the_heading_of_a_column_tells_the_role() {
        let text = "工作任务\t具体措施\t牵头单位\t配合单位\n种树\t每年种树500亩\t市园林局\t市财政局、市水务局\n种树\t补种死苗\t市园林局";
        let expected = vec![
            body("市园林局", Role::Lead),
            body("市财政局", Role::Support),
            body("市水务局", Role::Support),
        ];
        let found = rows(text);
        assert_eq!(found.first(), Some(&(1, "种树", "每年种树500亩", expected, "")));
        assert_eq!(found.get(1).map(|row| row.0), Some(2));
    }

    #[test]
    fn a_group_may_stand_between_rows() {
        let text =
            "序号\t任务\t责任单位\n一、绿化\n1\t种树\t市园林局\n治水\n2\t清河\t市水务局\n附件";
        assert_eq!(rows(text).iter().map(|row| row.0).collect::<Vec<_>>(), [1, 2]);
        let tables = find_task_tables(text, &find_paragraphs(text));
        let groups = tables.iter().flat_map(|table| &table.groups);
        let groups: Vec<_> =
            groups.map(|group| (group.number, group.heading.slice(text))).collect();
        assert_eq!(groups, [(1, "绿化"), (2, "治水")]);
    }

    #[test]
    fn a_number_that_stands_twice_is_merged_and_rows_are_counted() {
        let text = "序号\t重点任务\t工作内容\t责任单位\n1\t绿化\t种树\t市园林局\n1\t绿化\t护林\t市林业局\n2\t治水\t清河\t市水务局";
        assert_eq!(rows(text).iter().map(|row| row.0).collect::<Vec<_>>(), [1, 2, 3]);
    }

    #[test]
    fn the_first_of_several_leads_where_the_table_says_so() {
        let text = "任务\t责任单位（列第一位的为牵头单位）\n种树\t市园林局、市财政局";
        let bodies = rows(text).remove(0).3;
        assert_eq!(bodies, [body("市园林局", Role::Lead), body("市财政局", Role::Responsible)]);
    }

    #[test]
    fn a_table_of_projects_or_of_persons_divides_no_tasks() {
        assert_eq!(rows("序号\t项目名称\t建设内容\t责任单位\n1\t花园\t种树\t市园林局"), []);
        assert_eq!(rows("任务\t责任人\n种树\t张三"), []);
    }
}
