//! Where the tables of a page stand among its lines. In: the lines of a page, and its tables as the library reads them, which
//! says nothing of their places. Out: for each table the lines that it covers. Guarantee: lines outside of tables are
//! covered by none. The surprise: the words tell; what stands in one line of a table are pieces of its cells.

use super::page::Line;
use std::ops::Range;
use unpdf::{Paragraph, Table};

/// Behind so many lines that are none of it a table has ended.
const STRANGE_LINES_MAX: usize = 2;

/// So many of ten lines between the first and the last of a table consist of pieces of its cells.
const LINES_OF_TEN_MIN: usize = 8;

/// A table has hardly more columns.
const COLUMNS_MAX: usize = 8;

/// So many of ten characters of a table stand in its lines.
const CHARS_OF_TEN_MIN: usize = 8;

/// The lines that each of `tables` covers, in order; none where one of them cannot be found.
pub(super) fn find_regions(lines: &[Line], tables: &[&Table]) -> Option<Vec<Range<usize>>> {
    let mut from = 0;
    let mut regions = Vec::with_capacity(tables.len());
    for table in tables {
        let region = find_region(lines, from, &cells_of(table))?;
        from = region.end;
        regions.push(region);
    }
    (!regions.is_empty()).then_some(regions)
}

/// What the cells of a table say, a line each, without spaces.
fn cells_of(table: &Table) -> String {
    let cells = table.rows.iter().flat_map(|row| &row.cells);
    let words =
        cells.map(|cell| cell.content.iter().map(Paragraph::plain_text).collect::<String>());
    words.map(|words| without_spaces(&words)).collect::<Vec<_>>().join("\n")
}

/// `words` without spaces, and without what escapes in Markdown.
fn without_spaces(words: &str) -> String {
    words.chars().filter(|&c| !c.is_whitespace() && c != '\\').collect()
}

/// The lines from `from` on that hold `cells`.
fn find_region(lines: &[Line], from: usize, cells: &str) -> Option<Range<usize>> {
    let is_of_table = |line: &Line| {
        let pieces = line.text.split_whitespace().count();
        // Cells that stand close together have no space between them.
        let most = if line.has_columns { pieces + COLUMNS_MAX } else { pieces };
        count_pieces(&without_spaces(&line.text), cells, most).is_some()
    };
    let first = (from..lines.len()).find(|&at| lines.get(at).is_some_and(is_of_table))?;
    let (mut end, mut own) = (first, 0);
    for (at, line) in lines.iter().enumerate().skip(first) {
        if is_of_table(line) {
            (end, own) = (at + 1, own + 1);
        } else if at - end >= STRANGE_LINES_MAX {
            break;
        }
    }
    let covered = lines.get(first..end).unwrap_or_default();
    let chars: usize = covered.iter().map(|line| without_spaces(&line.text).chars().count()).sum();
    let wanted = cells.chars().filter(|&c| c != '\n').count();
    let is_dense = own * 10 >= covered.len() * LINES_OF_TEN_MIN;
    (is_dense && chars * 10 >= wanted * CHARS_OF_TEN_MIN).then_some(first..end)
}

/// Of how many pieces of cells `words` consist, if of no more than `most`.
fn count_pieces(words: &str, cells: &str, most: usize) -> Option<usize> {
    let (mut rest, mut count) = (words, 0);
    while !rest.is_empty() {
        let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8());
        let found = |&end: &usize| rest.get(..end).is_some_and(|piece| cells.contains(piece));
        let end = ends.take_while(found).last().filter(|_| count < most)?;
        rest = rest.get(end..).unwrap_or_default();
        count += 1;
    }
    Some(count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use unpdf::{TableCell, TableRow};

    fn line(text: &str) -> Line {
        let has_columns = text.contains(' ');
        Line { text: text.into(), left: 0.0, right: 0.0, y: 0.0, size: 16.0, has_columns }
    }

    fn table(rows: &[&[&str]]) -> Table {
        let mut table = Table::new();
        for row in rows {
            let cells = row.iter().map(|cell| TableCell::text(*cell));
            table.rows.push(TableRow::new(cells.collect()));
        }
        table
    }

    #[test]
    fn the_lines_of_a_table_are_those_that_its_cells_make() {
        let lines = [
            "某市种树方案",
            "序号 任务 单位",
            "1 种树五十 市园林局、",
            "万株 市林业局",
            "（一）组织",
        ];
        let lines: Vec<Line> = lines.iter().map(|text| line(text)).collect();
        let found =
            table(&[&["序号", "任务", "单位"], &["1", "种树五十万株", "市园林局、市林业局"]]);
        let regions = find_regions(&lines, &[&found]).unwrap();
        assert_eq!(regions.first(), Some(&(1..4)));
    }

    #[test]
    fn a_table_that_holds_other_words_than_the_page_is_not_found() {
        let lines: Vec<Line> = ["某市种树方案", "种树"].iter().map(|text| line(text)).collect();
        let found = table(&[&["序号", "任务"], &["1", "种树"], &["2", "养护古树名木"]]);
        assert_eq!(find_regions(&lines, &[&found]), None);
        assert_eq!(find_regions(&lines, &[]), None);
    }
}
