//! Tables of indicators. In: the paragraphs of a body; out: the tables among them that say what an indicator is to reach in which
//! year, as rows of cells with their places. A table is a header with a column of names and one of values, and the rows
//! behind it. The surprise: copies from pages print each cell on a line of its own; there the numbers of the rows (序号) tell where
//! a row begins, and a row that has not as many cells as the header is left out, not guessed at.

use super::ordinal::parse_marker;
use super::paragraph::trim;
use super::target::is_unit;
use crate::text::{Pattern, Span, pattern};
use std::sync::LazyLock;

/// Longer cells are sentences, and what they stand in is no header.
const HEADING_CHARS_MAX: usize = 16;

/// A header has at most so many cells where each stands on a line of its own.
const COLUMNS_MAX: usize = 9;

/// Lines like 一、经济发展 between two rows.
const GROUP_LINES_MAX: usize = 2;

/// A longer line between two rows is text.
const GROUP_CHARS_MAX: usize = 24;

static NAME: Pattern = LazyLock::new(|| {
    pattern(r"^(?:主要|核心|具体|[一二三]级|监测|发展)?指\s*标(?:名称|内容)?$|^目标名称$")
});

static UNIT: Pattern = LazyLock::new(|| pattern(r"^(?:计量)?单\s*位$"));

static FIRMNESS: Pattern = LazyLock::new(|| pattern(r"^(?:指标)?(?:属\s*性|性\s*质)$"));

/// 2025年, 2025年目标值, 2020年（实际）, 到2025年.
static YEAR: Pattern = LazyLock::new(|| {
    pattern(
        r"^到?(20\d\d)年?(?:底|末)?[（(]?((?:规划|预期|发展|年度)?(?:目标|规划|预期|计划)(?:值|数)?|(?:现状|基期|实际|完成|基准)(?:值|数|情况)?|基数|)[）)]?$",
    )
});

/// 目标值（2025年）, 近期（2025年）: what the year stands behind.
static YEAR_BEHIND: Pattern = LazyLock::new(|| {
    pattern(
        r"^((?:规划|预期|发展)?(?:目标|规划|预期)值?|近期|远期|中期|(?:现状|基期|实际)值?)[（(](20\d\d)年?[）)]$",
    )
});

/// 现状, 基期值: where things stand.
static PAST: Pattern =
    LazyLock::new(|| pattern(r"^(?:现状|基期|实际|完成)(?:值|数|情况)?$|^基数$"));

/// 目标值, 阶段目标, 规划值: a value without a year.
static GOAL: Pattern =
    LazyLock::new(|| pattern(r"^(?:规划|预期|年度|发展|阶段)?(?:目标值|目标)$|^规划值$"));

static DUE: Pattern = LazyLock::new(|| {
    pattern(r"^(?:完成|实现|达标|目标)?(?:时限|时间|期限|年限|年份)(?:要求)?$|^完成年度$")
});

static YEARLY: Pattern = LazyLock::new(|| pattern(r"^年均(?:增速|增长|增长率)?(?:[（(]%[）)])?$"));

/// What stands below a table: 注：…, 2.\[\]内为累计数.
static TABLE_NOTE: Pattern =
    LazyLock::new(|| pattern(r"^(?:备?注[：:]|说明[：:]|\d[.、]\s?(?:指[^标导引]|[\[［〔“]))"));

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// What is measured.
    Name,
    Unit,
    /// 约束性 or 预期性.
    Firmness,
    /// A value at the end of a year; `is_goal` where the heading itself says so, `is_past` where it says the contrary.
    Year {
        year: u16,
        is_goal: bool,
        is_past: bool,
    },
    /// A value without a year: 目标值.
    Goal,
    /// By when the value of the row is due.
    Due,
    /// Growth a year until the last of the years.
    Yearly,
    /// A value that was, without a year: 现状.
    Past,
    Other,
}

/// A table of indicators.
#[derive(Clone, Debug)]
pub(super) struct IndicatorTable {
    /// The columns with their headings.
    pub(super) columns: Vec<(Column, Span)>,
    /// Rows with as many cells as there are columns; an empty cell is an empty span.
    pub(super) rows: Vec<Vec<Span>>,
    /// The paragraphs that it covers, from and to, in the list given.
    first: usize,
    end: usize,
}

/// Whether the paragraph at that place of the list is a line of one of `tables`, which stand in the order of the text.
pub(super) fn has_line(tables: &[IndicatorTable], at: usize) -> bool {
    let next = tables.partition_point(|table| table.end <= at);
    tables.get(next).is_some_and(|table| table.first <= at)
}

/// The tables of indicators among `body`, in the order of the text.
pub(super) fn find_tables(clean: &str, body: &[Span]) -> Vec<IndicatorTable> {
    let mut tables = Vec::new();
    let mut at = 0;
    while at < body.len() {
        match read_tabbed(clean, body, at).or_else(|| read_flat(clean, body, at)) {
            Some(table) => {
                at = table.end;
                tables.push(table);
            }
            None => at += 1,
        }
    }
    tables
}

/// The cells of a line.
pub(super) fn cells_of(clean: &str, line: Span) -> Vec<Span> {
    let mut from = line.byte_start;
    let mut cells = Vec::new();
    for cell in line.slice(clean).split('\t') {
        cells.push(trim(clean, Span::new(from, from + cell.len())));
        from += cell.len() + 1;
    }
    cells
}

/// A row with as many cells as there are columns. Cleaning drops the empty cells at both ends of a line, so the first place is
/// taken where a name stands under the names, no number under the units and a number under a value; none where there is no such place.
fn align(clean: &str, cells: &[Span], columns: &[(Column, Span)]) -> Option<Vec<Span>> {
    let (first, last) = (cells.first()?, cells.last()?);
    let row = |shift: usize| {
        let mut row = vec![Span::new(first.byte_start, first.byte_start); shift];
        row.extend_from_slice(cells);
        row.resize(columns.len(), Span::new(last.byte_end, last.byte_end));
        row
    };
    let has_digit = |cell: &Span| cell.slice(clean).contains(|c: char| c.is_ascii_digit());
    let fits = |(cell, (column, _)): (&Span, &(Column, Span))| match column {
        Column::Name => {
            let words = cell.slice(clean);
            words.chars().filter(|c| c.is_alphabetic()).count() >= 2 && !is_unit(words)
        }
        Column::Unit => !has_digit(cell) || is_unit(cell.slice(clean)),
        _ => true,
    };
    let is_value =
        |column: &Column| matches!(column, Column::Year { .. } | Column::Goal | Column::Yearly);
    let shifts = 0..=columns.len().checked_sub(cells.len())?;
    shifts.map(row).find(|row| {
        let mut pairs = row.iter().zip(columns);
        row.iter().zip(columns).all(fits)
            && pairs.any(|(cell, (column, _))| is_value(column) && has_digit(cell))
    })
}

/// The columns of a header; none where it names no indicator, or no value to be reached.
fn read_header(clean: &str, cells: &[Span]) -> Option<Vec<(Column, Span)>> {
    if cells.iter().any(|cell| cell.slice(clean).chars().count() > HEADING_CHARS_MAX) {
        return None;
    }
    let mut columns: Vec<(Column, Span)> =
        cells.iter().map(|&cell| (read_heading(cell.slice(clean)), cell)).collect();
    // Of 一级指标 and 二级指标 the last names what is measured.
    let name = columns.iter().rposition(|&(column, _)| column == Column::Name)?;
    for (column, _) in columns.iter_mut().take(name).filter(|(column, _)| *column == Column::Name) {
        *column = Column::Other;
    }
    let has_value =
        columns.iter().any(|(column, _)| matches!(column, Column::Year { .. } | Column::Goal));
    has_value.then_some(columns)
}

/// The columns with the years that a second line of the header, `below`, puts under 目标值; none where it is no such line. The cells
/// that the heading covers are printed empty, or not at all.
fn split_goal(
    clean: &str,
    columns: &[(Column, Span)],
    below: &[Span],
) -> Option<Vec<(Column, Span)>> {
    let year_of = |cell: &Span| match read_heading(cell.slice(clean)) {
        Column::Year { year, .. } => {
            Some((Column::Year { year, is_goal: true, is_past: false }, *cell))
        }
        _ => None,
    };
    let years: Vec<(Column, Span)> =
        below.iter().filter(|cell| !cell.is_empty()).map(year_of).collect::<Option<_>>()?;
    let goal = columns.iter().position(|&(column, _)| column == Column::Goal)?;
    let covered = columns.iter().skip(goal + 1).take_while(|(_, cell)| cell.is_empty()).count();
    if years.len() < 2 || (covered > 0 && covered + 1 != years.len()) {
        return None;
    }
    let mut split = columns.to_vec();
    split.splice(goal..=goal + covered, years);
    Some(split)
}

fn read_heading(heading: &str) -> Column {
    if NAME.is_match(heading) {
        return Column::Name;
    }
    if UNIT.is_match(heading) {
        return Column::Unit;
    }
    if FIRMNESS.is_match(heading) {
        return Column::Firmness;
    }
    if GOAL.is_match(heading) {
        return Column::Goal;
    }
    if DUE.is_match(heading) {
        return Column::Due;
    }
    if YEARLY.is_match(heading) {
        return Column::Yearly;
    }
    if PAST.is_match(heading) {
        return Column::Past;
    }
    if let Some(found) = YEAR_BEHIND.captures(heading) {
        let said = found.get(1).map_or("", |said| said.as_str());
        let is_past = said.contains(['现', '基', '实']);
        let year = found.get(2).and_then(|year| year.as_str().parse().ok());
        return year.map_or(Column::Other, |year| Column::Year {
            year,
            is_goal: !is_past,
            is_past,
        });
    }
    let Some(found) = YEAR.captures(heading) else { return Column::Other };
    let said = found.get(2).map_or("", |said| said.as_str());
    let is_goal = heading.starts_with('到') || said.contains(['目', '规', '预', '计']);
    match found.get(1).and_then(|year| year.as_str().parse().ok()) {
        Some(year) => Column::Year { year, is_goal, is_past: !is_goal && !said.is_empty() },
        None => Column::Other,
    }
}

/// A table whose rows are lines with tabs.
fn read_tabbed(clean: &str, body: &[Span], first: usize) -> Option<IndicatorTable> {
    let header = body.get(first)?;
    if !header.slice(clean).contains('\t') {
        return None;
    }
    let columns = read_header(clean, &cells_of(clean, *header))?;
    let below = body.get(first + 1).map_or(Vec::new(), |line| cells_of(clean, *line));
    let (columns, from) = match split_goal(clean, &columns, &below) {
        Some(columns) => (columns, first + 2),
        None => (columns, first + 1),
    };
    let mut rows = Vec::new();
    let (mut end, mut at) = (from, from);
    let mut is_grouped = false;
    while let Some(&line) = body.get(at).filter(|_| at < end + GROUP_LINES_MAX + 1) {
        let cells = cells_of(clean, line);
        if cells.len() == 1 && !is_group(line.slice(clean)) {
            break;
        }
        match align(clean, &cells, &columns).filter(|_| cells.len() > 1) {
            Some(row) => {
                rows.push(row);
                end = at + 1;
            }
            // Words in all cells, right behind a line that names a group, are the header of another table.
            None if is_grouped && cells.len() > 1 => break,
            None => {}
        }
        is_grouped = cells.len() == 1;
        at += 1;
    }
    finish(clean, body, IndicatorTable { columns, rows, first, end })
}

/// A table whose cells are lines: 序号, the other headings, then 1 and its cells, 2 and its cells.
fn read_flat(clean: &str, body: &[Span], first: usize) -> Option<IndicatorTable> {
    let words = |at: usize| body.get(at).map_or("", |line| line.slice(clean));
    if words(first) != "序号" {
        return None;
    }
    let width = (2..=COLUMNS_MAX).find(|&width| words(first + width) == "1")?;
    let columns = read_header(clean, body.get(first..first + width)?)?;
    let mut rows = Vec::new();
    let (mut end, mut number) = (first + width, 1_usize);
    let find_number = |from: usize, number: usize| {
        (from..=from + GROUP_LINES_MAX).find(|&at| words(at) == number.to_string())
    };
    loop {
        let found = find_number(end, number);
        let Some(at) = found.filter(|&at| (end..at).all(|line| is_group(words(line)))) else {
            break;
        };
        number += 1;
        // The last row has nothing to be counted against, so it must have no word of what follows the table.
        let goes_on = find_number(at + width, number).is_some();
        let next = number.to_string();
        let may_be_last =
            || (at + 1..at + width).all(|line| is_cell(words(line)) && words(line) != next);
        if !goes_on && !may_be_last() {
            break;
        }
        rows.push(body.get(at..at + width)?.to_vec());
        end = at + width;
    }
    finish(clean, body, IndicatorTable { columns, rows, first, end })
}

/// Whether a line can be a cell: no sentence, no heading, not nothing.
fn is_cell(line: &str) -> bool {
    !line.is_empty() && !line.contains(['。', '；']) && parse_marker(line).is_none()
}

/// Whether a line between two rows only names a group of them.
fn is_group(line: &str) -> bool {
    line.chars().count() <= GROUP_CHARS_MAX && !line.contains(['。', '；', '，', '：', '\t'])
}

/// The table with the notes below it, unless it has no row.
fn finish(clean: &str, body: &[Span], mut table: IndicatorTable) -> Option<IndicatorTable> {
    let is_note =
        |at: usize| body.get(at).is_some_and(|line| TABLE_NOTE.is_match(line.slice(clean)));
    while is_note(table.end) {
        table.end += 1;
    }
    (!table.rows.is_empty()).then_some(table)
}

#[cfg(test)]
mod tests {
    use super::super::paragraph::find_paragraphs;
    use super::*;

    fn rows(text: &str) -> Vec<Vec<&str>> {
        let tables = find_tables(text, &find_paragraphs(text));
        let rows = tables.into_iter().flat_map(|table| table.rows);
        rows.map(|row| row.into_iter().map(|cell| cell.slice(text)).collect()).collect()
    }

    #[test]
    fn a_header_of_names_and_years_opens_a_table() {
        let text = "主要指标\n序号\t指标\t单位\t2030年\t2035年\t属性\n一、绿化\n1\t绿化覆盖率\t%\t41\t43\t约束性\n2\t公园\t个\t50\t60\n种好树。";
        assert_eq!(
            rows(text),
            [["1", "绿化覆盖率", "%", "41", "43", "约束性"], ["2", "公园", "个", "50", "60", ""]]
        );
    }

    #[test]
    fn years_below_a_goal_are_its_columns() {
        for header in ["指标\t目标值\t\t属性", "指标\t目标值\t属性"] {
            let text = format!("{header}\n\t2030年\t2035年\n公园（个）\t50\t60\t约束性");
            assert_eq!(rows(&text), [["公园（个）", "50", "60", "约束性"]], "{header}");
        }
    }

    #[test]
    fn a_table_of_tasks_or_points_is_none() {
        assert_eq!(rows("序号\t任务\t责任单位\t2030年\n1\t种树\t市园林局\t完成"), [[""; 0]; 0]);
        assert_eq!(rows("序号\t指标\t分值\n1\t绿化覆盖率\t5"), [[""; 0]; 0]);
    }

    #[test]
    fn cells_on_lines_of_their_own_are_read_by_the_numbers_of_the_rows() {
        let text = "序号\n主要指标\n2030年\n2035年\n1\n绿化覆盖率（%）\n41\n43\n2\n公园（个）\n-\n60\n1.指市区的公园。\n二、种树";
        assert_eq!(
            rows(text),
            [["1", "绿化覆盖率（%）", "41", "43"], ["2", "公园（个）", "-", "60"]]
        );
    }

    #[test]
    fn a_merged_cell_before_a_unit_keeps_the_columns_in_place() {
        let text = "类别\t指标\t单位\t2035年\n绿地\t绿化覆盖率\t%\t43\n\t步道长度\t公里\t80";
        assert_eq!(rows(text)[1], ["", "步道长度", "公里", "80"]);
    }

    #[test]
    fn another_table_and_the_items_behind_are_no_rows() {
        let text = "指标\t2030年\t2035年\n公园（个）\t50\t60\n二、任务\n（一）分工\n序号\t任务\t单位\n1\t种树\t市园林局";
        assert_eq!(rows(text).len(), 1);
        let text = "指标\t单位\t2030年\t2035年\n公园\t个\t50\t60\n二、项目\n项目\t地点\t投资\t年限\n公园改造\t东区\t5\t2026";
        assert_eq!(rows(text).len(), 1);
    }

    #[test]
    fn a_last_row_takes_no_heading_for_a_cell() {
        let text =
            "序号\n指标\n2030年\n2035年\n1\n绿化覆盖率（%）\n41\n43\n2\n公园（个）\n60\n二、种树";
        assert_eq!(rows(text).len(), 1);
        let text = "序号\n指标\n2030年\n2035年\n1\n公园（个）\n1\n2\n2\n苗圃（个）\n8\n9";
        assert_eq!(rows(text).len(), 2);
    }

    #[test]
    fn a_row_that_lacks_a_cell_ends_what_can_be_read() {
        let text = "序号\n指标\n2030年\n2035年\n1\n绿化覆盖率（%）\n41\n43\n2\n公园（个）\n60\n3\n苗圃（个）\n1\n2";
        assert_eq!(rows(text), [["1", "绿化覆盖率（%）", "41", "43"]]);
    }

    #[test]
    fn an_empty_cell_at_the_start_of_a_row_keeps_the_columns_in_place() {
        let text = "类别\t指标\t2035年目标\n绿化\t公园（个）\t60\n\t苗圃（个）\t5";
        assert_eq!(rows(text), [["绿化", "公园（个）", "60"], ["", "苗圃（个）", "5"]]);
    }
}
