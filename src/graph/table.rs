//! Tab-separated code lists to rows by column name.
//!
//! In: the text of a file whose first line names the columns. Out: rows that answer by name.
//! Guarantees: a missing column or a row of another width is an error that names file and line; an
//! empty cell is `""`. Columns that nobody asks for are allowed.

use super::GraphError;
use std::collections::HashMap;

/// A parsed table.
pub(super) struct Table<'a> {
    file: &'static str,
    columns: HashMap<&'a str, usize>,
    rows: Vec<(usize, Vec<&'a str>)>,
}

/// One line of a table.
pub(super) struct Row<'t, 'a> {
    table: &'t Table<'a>,
    line: usize,
    cells: &'t [&'a str],
}

impl<'a> Table<'a> {
    /// Parses `text`; `file` is its name in messages. Each of `wanted` must be a column.
    pub(super) fn parse(
        file: &'static str,
        text: &'a str,
        wanted: &[&str],
    ) -> Result<Self, GraphError> {
        let mut lines = text.lines().enumerate().map(|(index, line)| (index + 1, line));
        let header: Vec<&str> =
            lines.next().map(|(_, line)| line.split('\t').collect()).unwrap_or_default();
        let columns: HashMap<&str, usize> =
            header.iter().enumerate().map(|(index, name)| (*name, index)).collect();
        if let Some(missing) = wanted.iter().find(|name| !columns.contains_key(**name)) {
            return Err(problem(file, 1, format!("there is no column `{missing}`")));
        }
        let mut rows = Vec::new();
        for (number, line) in lines.filter(|(_, line)| !line.is_empty()) {
            let cells: Vec<&str> = line.split('\t').collect();
            if cells.len() != header.len() {
                let (found, right) = (cells.len(), header.len());
                return Err(problem(file, number, format!("{found} columns, not {right}")));
            }
            rows.push((number, cells));
        }
        Ok(Self { file, columns, rows })
    }

    /// The rows in the order of the file.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_, 'a>> {
        self.rows.iter().map(|(line, cells)| Row { table: self, line: *line, cells })
    }
}

impl<'a> Row<'_, 'a> {
    /// The cell of `column`, `""` where it is empty or there is no such column.
    pub(super) fn get(&self, column: &str) -> &'a str {
        let index = self.table.columns.get(column);
        index.and_then(|index| self.cells.get(*index)).copied().unwrap_or_default()
    }

    /// The cell of `column`, or `None` where it is empty.
    pub(super) fn optional(&self, column: &str) -> Option<String> {
        Some(self.get(column)).filter(|cell| !cell.is_empty()).map(str::to_owned)
    }

    /// The parts of a cell that lists several values with `|` between them.
    pub(super) fn list(&self, column: &str) -> Vec<String> {
        self.get(column).split('|').filter(|part| !part.is_empty()).map(str::to_owned).collect()
    }

    /// An error at this row.
    pub(super) fn problem(&self, problem_text: String) -> GraphError {
        problem(self.table.file, self.line, problem_text)
    }
}

fn problem(file: &str, line: usize, problem: String) -> GraphError {
    GraphError::Table { file: file.to_owned(), line, problem }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_found_by_the_name_of_their_column() {
        let table = Table::parse("t.tsv", "code\tnames\n甲\tA|B\n", &["code"]).unwrap();
        let row = table.rows().next().unwrap();
        assert_eq!((row.get("code"), row.list("names")), ("甲", vec!["A".into(), "B".into()]));
        assert_eq!(row.optional("nothing"), None);
    }

    #[test]
    fn a_row_of_another_width_is_named_by_its_line() {
        let error = Table::parse("t.tsv", "a\tb\n1\t2\n3\n", &[]).err().unwrap();
        assert_eq!(error.to_string(), "t.tsv, line 3: 1 columns, not 2");
    }

    #[test]
    fn a_missing_column_is_an_error() {
        let error = Table::parse("t.tsv", "a\n", &["b"]).err().unwrap();
        assert_eq!(error.to_string(), "t.tsv, line 1: there is no column `b`");
    }
}
