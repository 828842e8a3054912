//! Items that are rows of a table which divides tasks. In: the builder at a line of such a table; out: an item with its block, the
//! bodies in charge and by when. The surprise: a table that stands behind the text of a measure belongs to the document, not to it.

use super::Builder;
use crate::document::Located;
use crate::extract::ordinal::Style;
use crate::extract::task_table::{TaskGroup, TaskRow, TaskTable};
use crate::text::{Pattern, Span, pattern};
use std::collections::HashMap;
use std::sync::LazyLock;

/// The lines of the tables: what stands in each.
pub(super) enum Line<'a> {
    Header,
    /// A second line of the header, the header again, or a cell of the row that is open: it says nothing more.
    Repeated,
    Group(&'a TaskGroup),
    Row(&'a TaskRow),
}

/// What stands in the lines of `tables`, by their places.
pub(super) fn lines_of(tables: &[TaskTable]) -> HashMap<usize, Line<'_>> {
    tables
        .iter()
        .flat_map(|table| {
            let rows = table.rows.iter().map(|row| (row.line, Line::Row(row)));
            let groups = table.groups.iter().map(|group| (group.line, Line::Group(group)));
            let repeated = table.repeated.iter().map(|&line| (line, Line::Repeated));
            std::iter::once((table.header, Line::Header)).chain(repeated).chain(groups).chain(rows)
        })
        .collect()
}

/// Style and number of a line that becomes an item.
struct Row {
    style: Style,
    number: u32,
    /// The number as printed; empty where it is counted.
    printed: Span,
}

impl Builder<'_> {
    /// A line of a table.
    pub(super) fn open_line(&mut self, span: Span, line: &Line<'_>) {
        match line {
            Line::Header => self.open_table(),
            Line::Repeated => {}
            Line::Group(group) => self.open_group(span, group),
            Line::Row(row) => self.open_row(row),
        }
    }

    /// The header of a table: its rows stand below the open item only where that has nothing but the table, or points to it.
    fn open_table(&mut self) {
        static POINTS_TO: Pattern = LazyLock::new(|| pattern(r"[：:]$|下表|附表|如下"));
        let last = self.outline.blocks.last();
        let is_open = last.is_some_and(|block| {
            block.item == self.stack.last().copied()
                && (block.is_heading || POINTS_TO.is_match(block.span.slice(self.clean)))
        });
        if !is_open {
            self.stack.clear();
        }
    }

    /// What stands behind the last row is no part of it.
    pub(super) fn close_table(&mut self) {
        let is_line = |&open: &usize| {
            self.outline.styles.get(open).is_some_and(|&style| style >= Style::Group)
        };
        if let Some(level) = self.stack.iter().position(is_line) {
            self.stack.truncate(level);
        }
    }

    /// A line that names a group of rows heads them.
    fn open_group(&mut self, line: Span, group: &TaskGroup) {
        let item = Row { style: Style::Group, number: group.number, printed: group.printed };
        let index = self.push_row(&item, line, group.heading);
        self.push_block(Some(index), group.heading, true, false);
    }

    /// A row is a measure of its own.
    fn open_row(&mut self, row: &TaskRow) {
        let item = Row { style: Style::Row, number: row.number, printed: row.printed };
        let index = self.push_row(&item, row.span, row.heading);
        if let Some(item) = self.outline.items.get_mut(index) {
            item.assignments.clone_from(&row.assignments);
        }
        self.outline.row_dues.insert(index, row.due);
        self.push_block(Some(index), row.heading, true, false);
        for &task in &row.tasks {
            self.push_block(Some(index), task, false, false);
        }
    }

    fn push_row(&mut self, row: &Row, line: Span, heading: Span) -> usize {
        let is_level =
            |&open: &usize| self.outline.styles.get(open).is_some_and(|&style| style >= row.style);
        let level = self.stack.iter().position(is_level).unwrap_or(self.stack.len());
        self.stack.truncate(level);
        let printed = match row.printed.slice(self.clean) {
            "" => row.number.to_string(),
            printed => printed.to_owned(),
        };
        let number = Located::new(printed, row.printed);
        self.push_item((row.style, row.number), number, heading, line)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::titles;

    const TABLE: &str = "序号\t任务\t责任单位\n1\t种树\t市园林局\n2\t护林\t市林业局";

    #[test]
    fn rows_stand_below_the_chapter_that_points_to_their_table() {
        let rows = [(vec![1], "任务分工".to_owned()), (vec![1, 1], "种树".to_owned())];
        for opening in ["一、任务分工", "一、任务分工\n具体分工见下表。"] {
            let found = titles(&format!("{opening}\n{TABLE}"));
            assert_eq!(found.get(..2), Some(&rows[..]), "{opening}");
        }
    }

    #[test]
    fn what_stands_behind_a_table_is_not_of_its_last_row() {
        let found = titles(&format!(
            "一、绿化\n每年种树。\n{TABLE}\n各区每年种树。\n二、保障\n（一）加强领导。"
        ));
        let found: Vec<_> = found.into_iter().map(|(path, _)| path).collect();
        assert_eq!(found, [vec![1], vec![1], vec![2], vec![2], vec![2, 1]]);
    }

    #[test]
    fn a_line_between_rows_heads_those_behind_it() {
        let found = titles(
            "一、任务\n序号\t任务\t责任单位\n一、绿化\n1\t种树\t市园林局\n二、治水\n2\t清河\t市水务局\n二、保障\n加强领导。",
        );
        let found: Vec<_> = found.into_iter().map(|(path, _)| path).collect();
        assert_eq!(found, [vec![1], vec![1, 1], vec![1, 1, 1], vec![1, 2], vec![1, 2, 2], vec![2]]);
    }

    #[test]
    fn rows_behind_the_text_of_a_measure_are_not_its_own() {
        let found = titles(&format!("一、绿化\n每年种树。\n附件\n任务分工表\n{TABLE}"));
        let found: Vec<_> = found.into_iter().map(|(path, _)| path).collect();
        assert_eq!(found, [vec![1], vec![1], vec![2]]);
    }
}
