//! Tables whose columns copies divide by spaces. In: the source; out: the spaces that stand between two cells. A table is a header that
//! opens with 序号 and names bodies in charge, and the lines below it that count up from 1. Guarantee: all rows have the cells that
//! the header announces, or no space is a border. The surprise: a cell that was wrapped has spaces of its own; the narrowest
//! cells are those that were.

/// A longer line heads no table.
const HEADER_CHARS_MAX: usize = 60;

/// More spaces inside the cells of a row than that, and what is a cell cannot be told.
const INNER_SPACES_MAX: usize = 3;

/// A longer line between two rows names no group of them.
const GROUP_CHARS_MAX: usize = 40;

/// What is divided by spaces: bytes where the words start and end.
type Piece = (usize, usize);

/// A line of the source: where it starts, and its words.
type Line<'a> = (usize, &'a str);

/// The bytes of the spaces in `source` that are borders of cells, in order.
pub(super) fn find_borders(source: &str) -> Vec<usize> {
    if !source.contains("序号") && !source.contains("序 号") {
        return Vec::new();
    }
    let mut start = 0;
    let lines = source.split('\n').map(|line| {
        let blank = line.len() - line.trim_start().len();
        let place = (start + blank, line.trim());
        start += line.len() + 1;
        place
    });
    let lines: Vec<Line<'_>> = lines.filter(|(_, words)| !words.is_empty()).collect();
    let mut borders = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let table = read_header(&lines, at).and_then(|header| read_rows(&lines, at, &header));
        at = table.as_ref().map_or(at, |(_, end)| *end) + 1;
        borders.extend(table.into_iter().flat_map(|(borders, _)| borders));
    }
    borders
}

/// The header of a table.
struct Header {
    /// The bytes of the spaces between its cells.
    borders: Vec<usize>,
    columns: usize,
    /// Whether a column of remarks, mostly empty, is the last.
    ends_with_remarks: bool,
    /// Whether cells stand apart by several spaces; else every space is a border.
    is_wide: bool,
}

/// The header in line `at`, if it is one. 工 作 任 务 is one heading, spread out.
fn read_header(lines: &[Line<'_>], at: usize) -> Option<Header> {
    let &(start, words) = lines.get(at)?;
    let says = |any: &[&str]| any.iter().any(|word| words.contains(word));
    let is_header = words.starts_with('序')
        && words.chars().count() <= HEADER_CHARS_MAX
        && says(&["责任", "牵头", "负责", "承办", "主办", "落实", "实施"])
        && says(&["单位", "部门", "主体"])
        && !says(&["\t", "，", "。", "：", "；"]);
    if !is_header {
        return None;
    }
    let pieces = split_at_spaces(words);
    let mut is_wide = true;
    let mut is_narrow = true;
    let mut borders = Vec::new();
    for (left, right) in pieces.iter().zip(pieces.iter().skip(1)) {
        let is_spread = [left, right]
            .iter()
            .all(|(from, to)| words.get(*from..*to).is_some_and(|word| word.chars().count() == 1));
        if !is_spread {
            let gap = words.get(left.1..right.0).unwrap_or_default();
            let border = gap.char_indices().next_back().map_or(0, |(last, _)| last);
            is_wide &= border > 0;
            is_narrow &= border == 0;
            borders.push(start + left.1 + border);
        }
    }
    let columns = borders.len() + 1;
    let ends_with_remarks = words.ends_with('注');
    (columns >= 3 && (is_wide || is_narrow)).then_some(Header {
        borders,
        columns,
        ends_with_remarks,
        is_wide,
    })
}

/// The borders in the header at `first` and in the rows below it, and the last line of the table.
fn read_rows(lines: &[Line<'_>], first: usize, header: &Header) -> Option<(Vec<usize>, usize)> {
    let mut borders = header.borders.clone();
    let (mut number, mut end) = (0_usize, first);
    for (at, &(start, words)) in lines.iter().enumerate().skip(first + 1) {
        let next = (number + 1).to_string();
        let rest = words.strip_prefix(&next);
        if rest.is_some_and(|rest| rest.starts_with(is_space)) {
            let row = cut_row(words, header).or_else(|| {
                // The end of a copy that was cut off, in the middle of a row.
                let is_cut = at + 1 == lines.len() && number > 1;
                is_cut.then(|| borders_of(words, header)).filter(|cut| cut.len() < header.columns)
            })?;
            borders.extend(row.into_iter().map(|border| start + border));
            number += 1;
            end = at;
        } else if words.chars().count() > GROUP_CHARS_MAX || words.contains(is_space) {
            break;
        }
    }
    (number > 1).then_some((borders, end))
}

/// The borders between the cells of a row; none where it has not the cells of the header.
fn cut_row(words: &str, header: &Header) -> Option<Vec<usize>> {
    let mut borders = borders_of(words, header);
    let fewest = header.columns - usize::from(header.ends_with_remarks);
    let cells = borders.len() + 1;
    let inner = if header.is_wide { 0 } else { INNER_SPACES_MAX };
    if cells < fewest || cells > header.columns + inner {
        return None;
    }
    // The spaces inside cells are those whose neighbours make the narrowest cell.
    while borders.len() + 1 > header.columns {
        let width = |at: usize| {
            let from = at.checked_sub(1).and_then(|before| borders.get(before));
            let to = borders.get(at + 1).copied().unwrap_or(words.len());
            let from = from.map_or(0, |&from| from + space_at(words, from));
            let sides = [(from, *borders.get(at)?), (*borders.get(at)?, to)];
            // An empty cell is none that was wrapped.
            let is_full = |&(from, to): &(usize, usize)| {
                words.get(from..to).is_some_and(|side| !side.trim().is_empty())
            };
            sides.iter().all(is_full).then_some(to - from)
        };
        // The number is a cell of its own.
        let narrowest = (1..borders.len()).filter_map(|at| Some((width(at)?, at))).min()?;
        borders.remove(narrowest.1);
    }
    Some(borders)
}

/// The bytes of the spaces that may divide cells: the last of each wide gap, or every space.
fn borders_of(words: &str, header: &Header) -> Vec<usize> {
    let pieces = split_at_spaces(words);
    if !header.is_wide {
        // 种树 50 万株: a number that stands apart belongs to the words on both sides; the first numbers the row.
        let is_number = |&(from, to): &Piece| {
            from > 0
                && words
                    .get(from..to)
                    .is_some_and(|piece| piece.bytes().all(|b| b.is_ascii_digit()))
        };
        let numbers: Vec<Piece> = pieces.into_iter().filter(is_number).collect();
        let is_beside = |at: usize| {
            numbers.iter().any(|&(from, to)| at + space_at(words, at) == from || at == to)
        };
        let spaces = words.match_indices(is_space).map(|(at, _)| at);
        return spaces.filter(|&at| !is_beside(at)).collect();
    }
    let gaps = pieces.iter().zip(pieces.iter().skip(1)).map(|(left, right)| (left.1, right.0));
    let last = |(from, to): (usize, usize)| {
        let gap = words.get(from..to)?;
        gap.char_indices().skip(1).last().map(|(last, _)| from + last)
    };
    gaps.filter_map(last).collect()
}

/// The pieces of `words` between spaces.
fn split_at_spaces(words: &str) -> Vec<Piece> {
    let mut at = 0;
    let pieces = words.split(is_space).map(|piece| {
        let from = at;
        at += piece.len();
        let place = (from, at);
        at += space_at(words, at);
        place
    });
    pieces.filter(|(from, to)| from < to).collect()
}

/// The bytes of the space at `at`; none at the end.
fn space_at(words: &str, at: usize) -> usize {
    words.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
}

const fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{A0}' | '\u{3000}')
}

#[cfg(test)]
mod tests {
    use super::super::clean::clean;

    /// The cells of the lines.
    fn cells(source: &str) -> Vec<Vec<String>> {
        let text = clean(source).text;
        text.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect()
    }

    #[test]
    fn every_space_is_a_border_where_those_of_the_header_are() {
        assert_eq!(
            cells("序号 工 作 任 务 牵头单位\n1 种树500亩 市园林局\n2 护林 市林业局"),
            [
                ["序号", "工作任务", "牵头单位"],
                ["1", "种树500亩", "市园林局"],
                ["2", "护林", "市林业局"]
            ]
        );
    }

    #[test]
    fn gaps_are_borders_where_those_of_the_header_are_wide() {
        assert_eq!(
            cells("序号　　任务　　　责任单位\n1　　种 树　　市园林局\n2　　护林　　市林业局"),
            [["序号", "任务", "责任单位"], ["1", "种树", "市园林局"], ["2", "护林", "市林业局"]]
        );
    }

    #[test]
    fn a_wrapped_cell_is_closed_up_and_an_empty_one_stays() {
        let header = "序号 类别 任务 措施 责任单位";
        let first = "1 绿化 种树 每年种树，并在春天补种。 市园林局";
        let second = "2  保护 古树 为古树挂牌，并按年检查。 市林业局";
        assert_eq!(
            cells(&format!("{header}\n{first}\n{second}"))[2],
            ["2", "", "保护古树", "为古树挂牌，并按年检查。", "市林业局"]
        );
    }

    #[test]
    fn a_number_that_stands_apart_belongs_to_the_words_beside_it() {
        let text = "序号 任务 责任单位 备注\n1 种树 50 万株 市园林局\n2 护林 8 万亩 市林业局";
        assert_eq!(cells(text)[1], ["1", "种树50万株", "市园林局"]);
    }

    #[test]
    fn the_last_row_of_a_copy_may_be_cut_off() {
        let text = "序号 任务 牵头单位\n1 种树 市园林局\n2 护林 市林业局\n3 补种";
        assert_eq!(cells(text)[3], ["3", "补种"]);
    }

    #[test]
    fn rows_that_lack_cells_or_do_not_count_up_are_no_table() {
        for rows in [
            "1 种树 市园林局\n3 护林 市林业局",
            "1 种树\n2 护林 市林业局",
            "1 种树 市园林局",
            "1 种 树 和 补 种 死 苗 市园林局\n2 护林 市林业局",
        ] {
            let text = format!("序号 任务 牵头单位\n{rows}\n以上各项。");
            assert!(!clean(&text).text.contains('\t'), "{rows}");
        }
        assert!(!clean("序号 名称 电话\n1 花园 12\n2 苗圃 34").text.contains('\t'));
    }
}
