//! The columns of a table that divides tasks. In: the cells of its header; out: what each column holds, or that the line heads no such
//! table. The surprise: who leads and who helps may stand in a second line, below one heading 责任单位 that covers both.

use crate::document::Role;
use crate::text::{Pattern, Span, pattern};
use std::sync::LazyLock;

/// Longer cells are sentences, and what they stand in is no header.
const HEADING_CHARS_MAX: usize = 30;

/// More columns than that have no meaning for a reader.
const COLUMNS_MAX: usize = 64;

/// 重点任务, 具体措施, 民生实事, 工作内容: what is to be done. 项目名称, 事项名称 and 建设内容 tell of other things.
static TASK: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"^(?:20\d\d年)?(?:[\p{Han}]{0,8}(?:任务|措施|举措|实事)|(?:重点|主要|具体|年度|改革|政策|整改|推进|工作|任务)*(?:工作|事项)|(?:重点|主要|具体|工作|任务|事项)+(?:内容|要点|目标|要求)|内容)",
        r"(?:内容|要求|分解|分工|清单|事项|[及和与](?:要求|分工|目标|措施|完成时限))?(?:[（(][^（）()]*[）)])?$|^(?:重点|主要)?(?:任务|工作|措施)名称$"
    ))
});

/// 年度目标, 预期成果: what else the row says is to be reached.
static GOAL: Pattern =
    LazyLock::new(|| pattern(r"^[\p{Han}\d]{0,8}(?:目标|目标值|成果|成效|标准|指标)$"));

/// 责任单位（排在第一位的为牵头单位）, 牵头部门: whose bodies stand below. A person in charge is no body.
static BODIES: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"^(?:[省市县区](?:级|直)?|具体|第一)?(?:(牵头|主责)|(配合|协办|参与|协同|参加)|(?:牵头|主责)[和及与或、](?:责任|配合|落实|参与)|(?:主要)?(?:责任|负责|承办|承担|主办|实施|落实|主管))",
        r"(?:[（(][\p{Han}]{2}[）)])?[\p{Han}&&[^和及与或]]{0,4}(?:单位|部门|主体|机构|地区)(?:[及和、/](?:部门|单位|责任人))?(?:[（(].*[）)])?$|^(?:责任分工|任务分工)$"
    ))
});

/// 序号.
static NUMBER: Pattern = LazyLock::new(|| pattern(r"^(?:序\s*号|编\s*号)$"));

/// 完成时限, 计划完成时间: by when.
static DUE: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:计划|预计)?(?:完成|办结|办理|实施|推进|落实|整改|工作)?(?:时限|时间|期限|日期|进度|节点)(?:要求|安排|节点|进度|及要求)?$",
    )
});

/// 姓名, 电话: the headings of a list of persons, and what every table may have.
static OTHER_HEADING: Pattern =
    LazyLock::new(|| pattern(r"^(?:姓\s*名|单\s*位|部\s*门|职\s*务|电\s*话|联系方式|备\s*注)$"));

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Number,
    Task,
    Goal,
    Bodies(Role),
    Due,
    Other,
}

impl Column {
    pub(super) const fn is_bodies(self) -> bool {
        matches!(self, Self::Bodies(_))
    }
}

/// The columns of a header; none where it has no column of tasks or none of bodies, or tells by what law a list of powers is held.
pub(super) fn read_header(clean: &str, cells: &[Span]) -> Option<Vec<Column>> {
    let is_short = |cell: &Span| cell.slice(clean).chars().count() <= HEADING_CHARS_MAX;
    let tells_law = cells.iter().any(|cell| cell.slice(clean).ends_with("依据"));
    if cells.len() > COLUMNS_MAX || tells_law || !cells.iter().all(is_short) {
        return None;
    }
    let columns: Vec<Column> = cells.iter().map(|cell| read_heading(cell.slice(clean))).collect();
    let is_header =
        columns.contains(&Column::Task) && columns.iter().any(|column| column.is_bodies());
    is_header.then_some(columns)
}

/// What stands below a heading.
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
    if TASK.is_match(heading) {
        Column::Task
    } else if GOAL.is_match(heading) {
        Column::Goal
    } else {
        Column::Other
    }
}

/// Whether all cells of a line are headings, of this table or of another.
pub(super) fn are_headings(clean: &str, cells: &[Span]) -> bool {
    let is_heading = |cell: &Span| {
        let words = cell.slice(clean);
        read_heading(words) != Column::Other || OTHER_HEADING.is_match(words)
    };
    cells.len() > 1 && cells.iter().all(is_heading)
}

/// 牵头单位 and 配合单位 in a second line of the header, below 责任单位: whether `below` is that line. Its roles go to the columns that
/// the heading covers.
pub(super) fn split_bodies(clean: &str, columns: &mut Vec<Column>, below: &[Span]) -> bool {
    let below: Vec<Column> = below
        .iter()
        .filter(|cell| !cell.is_empty())
        .map(|cell| read_heading(cell.slice(clean)))
        .collect();
    let Some(from) = columns.iter().position(|column| column.is_bodies()) else { return false };
    if below.len() < 2 || !below.iter().all(|column| column.is_bodies()) {
        return false;
    }
    // The cells that the heading covers are printed empty, or not at all.
    let empty =
        columns.iter().skip(from + 1).take_while(|&&column| column == Column::Other).count();
    let covered = if empty + 1 == below.len() { empty } else { 0 };
    columns.splice(from..=from + covered, below);
    true
}
