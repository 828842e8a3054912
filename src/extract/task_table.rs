//! Tables that divide tasks. In: the paragraphs of a body; out: the tables among them that say who does what and by when, as rows with
//! the places of task, bodies and deadline. A table is a header with a column of tasks and one of bodies, and the rows behind it.
//! The surprise: cleaning drops the empty cells at both ends of a line, and with them what a merged cell covers, so a row is laid
//! where the most of its bodies stand below a heading of bodies.

mod column;
mod flat;

use self::column::{Column, are_headings, read_header, split_bodies};
use self::flat::{opens_flat, read_flat};
use super::indicator_table::cells_of;
use super::ordinal::parse_marker;
use super::paragraph::trim;
use super::responsibility::{find_bodies_of_cell, says_first_leads};
use crate::document::{Assignment, Role};
use crate::text::Span;
use std::cell::LazyCell;

/// A longer line between two rows is text, and ends the table.
const GROUP_CHARS_MAX: usize = 60;

/// A task in more words is a text without a title.
const TITLE_CHARS_MAX: usize = 30;

/// A first sentence in more words is one of the text.
const RUN_IN_CHARS_MAX: usize = 12;

/// A row: one task.
#[derive(Clone, Debug)]
pub(super) struct TaskRow {
    /// The paragraph that it is or begins with, in the list given.
    pub(super) line: usize,
    pub(super) span: Span,
    pub(super) number: u32,
    /// The number as printed; empty at the start of the row where rows are counted.
    pub(super) printed: Span,
    /// What the task is called; may be empty.
    pub(super) heading: Span,
    /// What is to be done and reached, where the heading does not say it all.
    pub(super) tasks: Vec<Span>,
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
    /// The second line of the header, and headers printed again on the next page; where cells are lines, all behind the first of
    /// their row.
    pub(super) repeated: Vec<usize>,
    pub(super) groups: Vec<TaskGroup>,
    pub(super) rows: Vec<TaskRow>,
}

/// The tables that divide tasks among `body`, in the order of the text.
pub(super) fn find_task_tables(clean: &str, body: &[Span]) -> Vec<TaskTable> {
    if !clean.contains('\t') && !clean.contains("序号\n") {
        return Vec::new();
    }
    let first_leads = LazyCell::new(|| says_first_leads(clean));
    let mut tables = Vec::new();
    let mut at = 0;
    while at < body.len() {
        let mut table = read_table(clean, body, at).or_else(|| read_flat(clean, body, at));
        at = table.as_ref().and_then(|table| table.rows.last()).map_or(at, |row| row.line) + 1;
        if let Some(table) = &mut table {
            let_tasks_be_alike(clean, &mut table.rows);
            table.rows.iter_mut().for_each(|row| take_run_in_heading(clean, row));
            if *first_leads {
                table.rows.iter_mut().for_each(|row| let_first_lead(&mut row.assignments));
            }
        }
        tables.extend(table);
    }
    tables
}

/// Whether a line is the header of such a table, or the first of its header.
pub(super) fn opens_task_table(clean: &str, line: Span) -> bool {
    opens_flat(clean, line)
        || (line.slice(clean).contains('\t')
            && read_header(clean, &cells_of(clean, line)).is_some())
}

/// The table whose header is the line at `header`, if it is one.
fn read_table(clean: &str, body: &[Span], header: usize) -> Option<TaskTable> {
    let line = *body.get(header)?;
    if !line.slice(clean).contains('\t') {
        return None;
    }
    let mut columns = read_header(clean, &cells_of(clean, line))?;
    let mut table =
        TaskTable { header, repeated: Vec::new(), groups: Vec::new(), rows: Vec::new() };
    let below = body.get(header + 1).map_or(Vec::new(), |line| cells_of(clean, *line));
    if split_bodies(clean, &mut columns, &below) {
        table.repeated.push(header + 1);
    }
    for (at, &next) in body.iter().enumerate().skip(header + 1 + table.repeated.len()) {
        let cells = cells_of(clean, next);
        if next.slice(clean) == line.slice(clean) {
            table.repeated.push(at);
        } else if are_headings(clean, &cells) {
            break;
        } else if let Some(group) = read_group(clean, at, next, (&cells, &columns)) {
            let last = table.groups.last().map_or(0, |last| last.number);
            let number = if group.number == 0 { last + 1 } else { group.number };
            table.groups.push(TaskGroup { number, ..group });
        } else if let Some(row) = align(clean, &cells, &columns) {
            table.rows.push(read_row(clean, at, &row, &columns));
            take_merged_bodies(&mut table.rows, &columns);
        } else {
            break;
        }
    }
    let end = table.rows.last()?.line;
    table.groups.retain(|group| group.line < end);
    table.repeated.retain(|&line| line < end);
    number_rows(&mut table.rows, &table.groups);
    Some(table)
}

/// 市园林局 in a first column, merged over its tasks, stands only in the first of their rows.
fn take_merged_bodies(rows: &mut [TaskRow], columns: &[Column]) {
    let place = |wanted: fn(&Column) -> bool| columns.iter().position(wanted);
    let is_first = place(|column| column.is_bodies()) < place(|column| *column == Column::Task);
    if let ([.., above, row], true) = (rows, is_first)
        && row.assignments.is_empty()
    {
        row.assignments.clone_from(&above.assignments);
    }
}

/// The cells of a row under their columns; none where they do not fit. A number under the numbers says where a row stands, else its
/// bodies do.
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
        is_blank(words)
            || match column {
                Column::Number => is_number(words),
                Column::Task => words.chars().filter(|c| c.is_alphabetic()).count() >= 2,
                Column::Bodies(role) => !find_bodies_of_cell(clean, *cell, *role).is_empty(),
                Column::Goal | Column::Due | Column::Other => true,
            }
    };
    let count = |row: &Vec<Span>, wanted: fn(&Column) -> bool| {
        let filled =
            row.iter().zip(columns).filter(|(cell, column)| wanted(column) && !cell.is_empty());
        filled.count()
    };
    let bodies = |row: &Vec<Span>| count(row, |column| column.is_bodies());
    let shifts = 0..=columns.len().checked_sub(cells.len())?;
    let fitting: Vec<Vec<Span>> = shifts
        .map(row)
        .filter(|row| {
            row.iter().zip(columns).all(fits)
                && count(row, |column| *column == Column::Task) > 0
                && bodies(row) + count(row, |column| *column == Column::Due) > 0
        })
        .collect();
    // Of several places with as many bodies the first is taken.
    let proven = fitting.into_iter().rev().max_by_key(bodies);
    let is_numbered = columns.first() == Some(&Column::Number) && is_number(first.slice(clean));
    proven.or_else(|| {
        let row = row(0);
        (is_numbered && count(&row, |column| *column == Column::Task) > 0).then_some(row)
    })
}

/// —, /, 无: a cell that says there is nothing.
fn is_blank(cell: &str) -> bool {
    cell.chars().all(|c| matches!(c, '-' | '—' | '－' | '/' | '／' | '无'))
}

/// 3, （三）, 1.2: a cell that is nothing but a number.
fn is_number(cell: &str) -> bool {
    read_number(cell).is_some()
        || (!cell.is_empty() && cell.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-')))
}

/// The row whose cells are `row`.
fn read_row(clean: &str, line: usize, row: &[Span], columns: &[Column]) -> TaskRow {
    let start = row.first().map_or(0, |cell| cell.byte_start);
    let nothing = Span::new(start, start);
    let pairs = || row.iter().copied().zip(columns.iter().copied());
    let cell = |wanted: Column| {
        let mut cells = pairs().filter(|&(cell, column)| column == wanted && !cell.is_empty());
        cells.next().map(|(cell, _)| cell)
    };
    let says = |column: Column| matches!(column, Column::Task | Column::Goal);
    let mut tasks: Vec<Span> = pairs()
        .filter(|&(cell, column)| says(column) && !is_blank(cell.slice(clean)))
        .map(|(cell, _)| cell)
        .collect();
    // 改造公园20个: a task in so few words is its own title.
    let has_title = tasks.first().is_some_and(|first| is_title(first.slice(clean)));
    let heading = if has_title { tasks.remove(0) } else { nothing };
    let mut assignments: Vec<Assignment> = Vec::new();
    for (cell, column) in pairs() {
        let Column::Bodies(role) = column else { continue };
        let is_new = |one: &Assignment| {
            !assignments
                .iter()
                .any(|old| old.role == one.role && old.agent.value == one.agent.value)
        };
        let new: Vec<Assignment> =
            find_bodies_of_cell(clean, cell, role).into_iter().filter(is_new).collect();
        assignments.extend(new);
    }
    let printed = cell(Column::Number).unwrap_or(nothing);
    TaskRow {
        line,
        span: Span::new(start, row.last().map_or(start, |cell| cell.byte_end)),
        number: read_number(printed.slice(clean)).unwrap_or(0),
        printed,
        heading,
        tasks,
        assignments,
        due: cell(Column::Due).unwrap_or(nothing),
    }
}

/// Whether words are few enough to call a task by.
fn is_title(words: &str) -> bool {
    words.chars().count() <= TITLE_CHARS_MAX && !words.contains(['。', '；'])
}

/// Rows that say nothing beside their task say it all in the same way: where one is a text, the short ones are texts too.
fn let_tasks_be_alike(clean: &str, rows: &mut [TaskRow]) {
    let says_one = |row: &TaskRow| row.heading.is_empty() != row.tasks.is_empty();
    let is_text = |row: &TaskRow| {
        !row.tasks.is_empty() || row.heading.slice(clean).contains(['，', '。', '；'])
    };
    if rows.iter().all(says_one) && rows.iter().any(is_text) {
        for row in rows.iter_mut().filter(|row| row.tasks.is_empty()) {
            row.tasks.push(row.heading);
            row.heading = Span::new(row.heading.byte_start, row.heading.byte_start);
        }
    }
}

/// 补种死苗。每年春天…: a task without a title whose first words are one.
fn take_run_in_heading(clean: &str, row: &mut TaskRow) {
    let ([task], true) = (&mut row.tasks[..], row.heading.is_empty()) else { return };
    let Some((first, rest)) = task.slice(clean).split_once('。') else { return };
    let is_heading = (2..=RUN_IN_CHARS_MAX).contains(&first.chars().count())
        && first.chars().all(|c| c.is_alphabetic() || "“”、".contains(c));
    if is_heading && !rest.is_empty() {
        let start = task.byte_start;
        row.heading = Span::new(start, start + first.len());
        task.byte_start = task.byte_end - rest.len();
    }
}

/// 3, 3., （三）: the number that is all of a cell.
fn read_number(cell: &str) -> Option<u32> {
    cell.parse().ok().or_else(|| {
        let marker = parse_marker(cell).or_else(|| parse_marker(&format!("{cell}、")))?;
        (marker.byte_end >= cell.len()).then_some(marker.number)
    })
}

/// The group that a line names: words alone, or words behind a Han number under the numbers. A group without a number has 0.
fn read_group(
    clean: &str,
    line: usize,
    span: Span,
    (cells, columns): (&[Span], &[Column]),
) -> Option<TaskGroup> {
    let start = Span::new(span.byte_start, span.byte_start);
    if let ([number, heading], Some(Column::Number)) = (cells, columns.first()) {
        let is_digits = number.slice(clean).contains(|c: char| c.is_ascii_digit());
        let ordinal = read_number(number.slice(clean)).filter(|_| !is_digits)?;
        let is_short = heading.slice(clean).chars().count() <= GROUP_CHARS_MAX;
        let (printed, heading) = (*number, *heading);
        return is_short.then_some(TaskGroup { line, number: ordinal, printed, heading });
    }
    let words = span.slice(clean);
    let ends_table =
        ["附件", "附表", "备注", "注", "合计"].iter().any(|word| words.starts_with(word));
    if cells.len() != 1 || ends_table || words.chars().count() > GROUP_CHARS_MAX {
        return None;
    }
    match parse_marker(words) {
        Some(marker) => Some(TaskGroup {
            line,
            number: marker.number,
            printed: marker.printed.shifted(span.byte_start),
            heading: trim(clean, Span::new(span.byte_start + marker.byte_end, span.byte_end)),
        }),
        None if words.contains(['。', '；', '：']) => None,
        None => Some(TaskGroup { line, number: 0, printed: start, heading: span }),
    }
}

/// Rows whose numbers do not run on, over all or from 1 in each group, are counted: a number that is merged over several rows is
/// printed in each.
fn number_rows(rows: &mut [TaskRow], groups: &[TaskGroup]) {
    let group = |row: &TaskRow| groups.partition_point(|group| group.line < row.line);
    let runs_on = |one: &TaskRow, next: &TaskRow| {
        one.number < next.number || (group(one) < group(next) && next.number == 1)
    };
    if rows.iter().all(|row| row.number > 0) && rows.is_sorted_by(runs_on) {
        return;
    }
    for (number, row) in (1..).zip(rows) {
        row.number = number;
        row.printed = Span::new(row.printed.byte_start, row.printed.byte_start);
    }
}

/// Of several bodies without a role of their own the first leads.
fn let_first_lead(assignments: &mut [Assignment]) {
    let leads = assignments.iter().any(|one| one.role == Role::Lead);
    if let ([first, _, ..], false) = (assignments, leads) {
        first.role = Role::Lead;
    }
}

#[cfg(test)]
mod tests;
