//! Rows of a table to lines. In: cells with their paragraphs, widths and merges. Out: one line a row,
//! cells separated by tabs. Guarantee: a cell never holds a line end or a tab, so a column keeps its place.
//! The surprise: what a merged cell says is repeated in the rows that it covers only to the right of the
//! row's own first cell. A department merged over five tasks belongs to each of them; a heading
//! merged over them is still one heading.

/// The most columns that one cell may claim; wider claims are mistakes or attacks.
const COLUMNS_MAX: usize = 64;

/// One cell as the file has it.
#[derive(Debug, Default)]
pub(super) struct Cell {
    /// What it says, a paragraph an element.
    pub(super) paragraphs: Vec<String>,
    /// Columns that it covers; 0 counts as 1.
    pub(super) columns: usize,
    /// Whether it goes on with the cell above it.
    pub(super) continues: bool,
}

/// A table while its rows are read.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// What stands in each column, for cells that go on below.
    above: Vec<String>,
}

impl Table {
    /// Appends the lines of the next row. A row of one cell is a frame around its paragraphs, not a row.
    pub(super) fn read_row(&mut self, cells: Vec<Cell>, lines: &mut Vec<String>) {
        if let [_] = cells.as_slice() {
            lines.extend(cells.into_iter().flat_map(|cell| cell.paragraphs));
            return;
        }
        let mut columns = Vec::new();
        let mut has_own = false;
        let mut row = Vec::new();
        for cell in cells {
            let own = if cell.continues {
                self.above.get(columns.len()).cloned().unwrap_or_default()
            } else {
                on_one_line(&cell.paragraphs)
            };
            has_own |= !cell.continues && !own.is_empty();
            row.push(if cell.continues && !has_own { String::new() } else { own.clone() });
            columns.push(own);
            for _ in 1..cell.columns.min(COLUMNS_MAX) {
                row.push(String::new());
                columns.push(String::new());
            }
        }
        self.above = columns;
        let line = row.join("\t");
        if has_own {
            lines.push(line.trim_end().to_owned());
        }
    }
}

/// The paragraphs of a cell as one line. A space between them, which reading drops again between Han
/// characters: narrow columns break words.
fn on_one_line(paragraphs: &[String]) -> String {
    let words = paragraphs.iter().flat_map(|paragraph| paragraph.split_whitespace());
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> Cell {
        Cell { paragraphs: vec![text.to_owned()], columns: 1, continues: false }
    }

    fn below() -> Cell {
        Cell { paragraphs: Vec::new(), columns: 1, continues: true }
    }

    fn lines_of(rows: Vec<Vec<Cell>>) -> Vec<String> {
        let (mut table, mut lines) = (Table::default(), Vec::new());
        for row in rows {
            table.read_row(row, &mut lines);
        }
        lines
    }

    #[test]
    fn a_row_is_a_line_with_tabs() {
        assert_eq!(
            lines_of(vec![vec![cell("1"), cell("某任务"), cell("某局")]]),
            ["1\t某任务\t某局"]
        );
    }

    #[test]
    fn what_is_merged_to_the_right_is_repeated_and_to_the_left_is_not() {
        let rows = vec![
            vec![cell("一、甲"), cell("某任务"), cell("某局")],
            vec![below(), cell("另一任务"), below()],
        ];
        assert_eq!(lines_of(rows), ["一、甲\t某任务\t某局", "\t另一任务\t某局"]);
    }

    #[test]
    fn a_wide_cell_keeps_the_columns_after_it_in_place() {
        let wide = Cell { columns: 2, ..cell("任务") };
        assert_eq!(lines_of(vec![vec![wide, cell("单位")]]), ["任务\t\t单位"]);
    }

    #[test]
    fn a_row_of_one_cell_is_its_paragraphs() {
        let frame =
            Cell {
                paragraphs: vec!["甲。".into(), "乙。".into()], columns: 1, continues: false
            };
        assert_eq!(lines_of(vec![vec![frame]]), ["甲。", "乙。"]);
    }

    #[test]
    fn a_row_that_only_goes_on_says_nothing() {
        assert_eq!(
            lines_of(vec![vec![cell("甲"), cell("乙")], vec![below(), below()]]),
            ["甲\t乙"]
        );
    }
}
