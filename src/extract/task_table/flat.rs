//! Tables that divide tasks of which every cell stands on a line of its own. In: the paragraphs from 序号 on; out: the table. Its rows
//! are told by their numbers, which stand alone and count up from 1. Guarantee: each row has the cells that the header
//! announces, those of bodies name bodies and those of dates dates, or nothing is read. The surprise: a cell with several bodies is
//! several lines, and one number may count two tasks.

use super::column::{Column, read_header};
use super::{GROUP_CHARS_MAX, TaskGroup, TaskRow, TaskTable, is_blank, read_group, read_row};
use crate::document::Role;
use crate::extract::ordinal::parse_marker;
use crate::extract::paragraph::{find_paragraphs, trim};
use crate::extract::responsibility::find_bodies_of_cell;
use crate::text::{Pattern, Span, pattern};
use std::sync::LazyLock;

/// More lines before the number of the first row are no header.
const COLUMNS_MAX: usize = 9;

/// More lines between two numbers are no row.
const LINES_MAX: usize = 40;

/// A longer line names no bodies.
const BODIES_CHARS_MAX: usize = 120;

/// A longer line says more than by when.
const DUE_CHARS_MAX: usize = 24;

/// 12月底前, 2031年, 长期坚持: by when.
static DUE: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:(?:力争|确保|争取|于|到|每)?(?:20\d\d年|\d{1,2}月|年底|年内|[上下]半年|第?[一二三四]季度|全年)|20\d\d[.\-/]|长期|持续|常年|常态|每[年季月]|立即|即时|已|按|[随及]时|适时|分年)",
    )
});

/// What a line between two numbers is taken for, and the line.
type Cell = (Column, Span);

/// Whether `line` of a text is the first of such a table.
pub(super) fn opens_flat(clean: &str, line: Span) -> bool {
    if line.slice(clean) != "序号" {
        return false;
    }
    let rest = clean.get(line.byte_start..).unwrap_or_default();
    let ends = rest.match_indices('\n').map(|(end, _)| end);
    // Blank lines stand between the cells of some copies.
    let end = ends.take(COLUMNS_MAX * 4).last().unwrap_or(rest.len());
    let lines = rest.get(..end).map(find_paragraphs).unwrap_or_default();
    read_flat_header(rest, &lines, 0).is_some()
}

/// The columns of the header at that line, down to the number of the first row or a group above it.
fn read_flat_header(clean: &str, body: &[Span], header: usize) -> Option<Vec<Column>> {
    let words = |at: usize| body.get(at).map_or("", |line| line.slice(clean));
    if words(header) != "序号" {
        return None;
    }
    let is_group = |at| body.get(at).and_then(|&line| find_group(clean, at, line)).is_some();
    let opens_rows = |at| words(at) == "1" || (is_group(at) && words(at + 1) == "1");
    let width = (3..=COLUMNS_MAX).find(|width| opens_rows(header + width))?;
    read_header(clean, body.get(header..header + width)?)
}

/// The table that begins with the line at `header`, if it is one.
pub(super) fn read_flat(clean: &str, body: &[Span], header: usize) -> Option<TaskTable> {
    let columns = read_flat_header(clean, body, header)?;
    let width = columns.len();
    let words = |at: usize| body.get(at).map_or("", |line| line.slice(clean));
    let group_at = |at: usize| find_group(clean, at, *body.get(at)?);
    let mut table = TaskTable {
        header,
        repeated: (header + 1..header + width).collect(),
        groups: Vec::new(),
        rows: Vec::new(),
    };
    let is_header = |at: usize| (0..width).all(|line| words(at + line) == words(header + line));
    let mut at = header + width;
    loop {
        if is_header(at) {
            table.repeated.extend(at..at + width);
            at += width;
        }
        let number = table.rows.len() + 1;
        let group = group_at(at).filter(|_| words(at + 1) == number.to_string());
        at += usize::from(group.is_some());
        table.groups.extend(group);
        if words(at) != number.to_string() {
            break;
        }
        let next = (number + 1).to_string();
        let limit = (at + 1 + LINES_MAX).min(body.len());
        let end = (at + 2..limit).find(|&end| words(end) == next);
        let end = end.map(|end| end - usize::from(group_at(end - 1).is_some()));
        let end =
            end.map(|end| if is_header(end.saturating_sub(width)) { end - width } else { end });
        let lines = body.get(at + 1..end.unwrap_or(limit))?;
        // The last row has nothing that tells where it ends.
        let cells = match end {
            Some(_) => place(clean, lines, &columns)?,
            None => match place_last(clean, lines, (&columns, &table.rows)) {
                Some(cells) => cells,
                None => break,
            },
        };
        let count = cells.len();
        table.repeated.extend(at + 1..=at + count);
        table.rows.push(open_row(clean, (at, *body.get(at)?), cells));
        at += count + 1;
        if end.is_none() {
            break;
        }
    }
    let last = table.rows.last()?.line;
    table.groups.retain(|group| group.line < last);
    (table.rows.len() > 1).then_some(table)
}

/// A line with a number and few words names a group of rows.
fn find_group(clean: &str, at: usize, line: Span) -> Option<TaskGroup> {
    let words = line.slice(clean);
    let is_short = words.chars().count() <= GROUP_CHARS_MAX;
    let is_numbered = parse_marker(words).is_some_and(|marker| marker.byte_end < words.len());
    (is_short && is_numbered && !words.contains(['。', '；']))
        .then(|| read_group(clean, at, line, (&[line], &[])))
        .flatten()
}

/// The row of the number at `line` and of its cells.
fn open_row(clean: &str, (line, number): (usize, Span), cells: Vec<Cell>) -> TaskRow {
    let end = cells.last().map_or(number.byte_end, |(_, cell)| cell.byte_end);
    let (mut columns, mut row) = (vec![Column::Number], vec![number]);
    for (column, cell) in cells {
        columns.push(column);
        // 1.选好地址: the lines of a task may be counted.
        let marker = parse_marker(cell.slice(clean)).filter(|_| column == Column::Task);
        let from = cell.byte_start + marker.map_or(0, |marker| marker.byte_end);
        row.push(trim(clean, Span::new(from, cell.byte_end)));
    }
    TaskRow { span: Span::new(number.byte_start, end), ..read_row(clean, line, &row, &columns) }
}

/// The lines of a row under its columns.
fn place(clean: &str, lines: &[Span], columns: &[Column]) -> Option<Vec<Cell>> {
    place_each(clean, lines, columns).or_else(|| place_by_kind(clean, lines, columns))
}

/// The lines of a row of which each is one cell, but for the last of the tasks, which may be told in several. Columns that mean nothing
/// here may be empty at both ends: remarks, and a class that is merged over its rows.
fn place_each(clean: &str, lines: &[Span], columns: &[Column]) -> Option<Vec<Cell>> {
    let columns = columns.get(1..)?;
    let is_other = |column: &&Column| **column == Column::Other;
    let front = columns.iter().take_while(is_other).count();
    let back = columns.iter().rev().take_while(is_other).count();
    let ways = [(0, 0), (0, back), (front, 0), (front, back)];
    ways.iter().find_map(|&(front, back)| {
        let mut columns = columns.get(front..columns.len().checked_sub(back)?)?.to_vec();
        let more = lines.len().checked_sub(columns.len())?;
        let task = columns.iter().rposition(|&column| column == Column::Task)?;
        columns.splice(task..task, std::iter::repeat_n(Column::Task, more));
        let cells: Vec<Cell> = columns.into_iter().zip(lines.iter().copied()).collect();
        // A line of bodies is none of a task.
        let told = cells.iter().skip(task + 1).take(more);
        let names_none = |&(_, line): &Cell| !names_bodies(clean, line, Role::Responsible);
        (cells.iter().all(|&cell| fits(clean, cell)) && told.clone().all(names_none))
            .then_some(cells)
    })
}

/// Whether a line can be the one cell of its column.
fn fits(clean: &str, (column, line): Cell) -> bool {
    let words = line.slice(clean);
    match column {
        Column::Number => false,
        Column::Task | Column::Goal => {
            words.chars().filter(|c| c.is_alphabetic()).count() >= 2 && !is_due(words)
        }
        Column::Bodies(role) => is_blank(words) || names_bodies(clean, line, role),
        Column::Due => is_blank(words) || is_due(words),
        Column::Other => true,
    }
}

/// The lines of a row by what they say: tasks, the bodies behind them, and by when. Possible only where one column is of bodies and all
/// others are of tasks and dates.
fn place_by_kind(clean: &str, lines: &[Span], columns: &[Column]) -> Option<Vec<Cell>> {
    let columns = columns.get(1..)?;
    let mut bodies = columns.iter().copied().filter(|column| column.is_bodies());
    let (Some(bodies), None) = (bodies.next(), bodies.next()) else { return None };
    let is_plain = columns.first() == Some(&Column::Task) && !columns.contains(&Column::Other);
    if !is_plain {
        return None;
    }
    let has_due = columns.contains(&Column::Due);
    let mut cells: Vec<Cell> = Vec::with_capacity(lines.len());
    for &line in lines {
        let column = match (cells.is_empty(), has_due) {
            (true, _) => Column::Task,
            (false, true) if fits(clean, (Column::Due, line)) => Column::Due,
            _ if fits(clean, (bodies, line)) => bodies,
            _ => Column::Task,
        };
        if !fits(clean, (column, line)) {
            return None;
        }
        cells.push((column, line));
    }
    let has = |wanted: Column| cells.iter().any(|&(column, _)| column == wanted);
    (has(bodies) && (!has_due || has(Column::Due))).then_some(cells)
}

/// The lines of the last row, at the start of `lines`: as many as there are columns, or a task with as many bodies as follow it
/// where the rows above have several.
fn place_last(
    clean: &str,
    lines: &[Span],
    (columns, rows): (&[Column], &[TaskRow]),
) -> Option<Vec<Cell>> {
    let width = columns.len() - 1;
    let is_several = |row: &TaskRow| row.assignments.len() > 1;
    let most = if rows.iter().any(is_several) { lines.len() } else { width };
    let goes_on = |cell: &Cell| matches!(cell.0, Column::Bodies(_) | Column::Due);
    let by_kind = || {
        let shown = (1..=most.min(lines.len())).rev();
        shown.filter_map(|count| place_by_kind(clean, lines.get(..count)?, columns)).find(|cells| {
            let tasks = cells.iter().take_while(|cell| !goes_on(cell)).count();
            tasks < width && cells.iter().skip(tasks).all(goes_on)
        })
    };
    let each = (2..=width).rev().find_map(|count| place_each(clean, lines.get(..count)?, columns));
    match by_kind() {
        Some(cells) if each.as_ref().is_none_or(|each| each.len() < cells.len()) => Some(cells),
        _ => each,
    }
}

fn is_due(words: &str) -> bool {
    words.chars().count() <= DUE_CHARS_MAX && !words.contains('。') && DUE.is_match(words)
}

fn names_bodies(clean: &str, line: Span, role: Role) -> bool {
    let words = line.slice(clean);
    words.chars().count() <= BODIES_CHARS_MAX
        && !words.contains(['。', '；'])
        && !is_due(words)
        && parse_marker(words).is_none()
        && !find_bodies_of_cell(clean, line, role).is_empty()
}
