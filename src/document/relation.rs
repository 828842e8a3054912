//! What a document points to: other documents, programmes and places. Plain data.

use super::{DocumentNumber, Located, Quantity};
use crate::text::Span;

/// 引用: one mention of another document.
#[derive(Clone, Debug, PartialEq)]
pub struct Citation {
    /// Index in [`Document::items`](super::Document::items) of the item where it stands; `None` before the first.
    pub item: Option<usize>,
    /// Title as written, without 《》 and the spaces inside them.
    pub title: Option<Located<String>>,
    /// Number in canonical form.
    pub number: Option<Located<DocumentNumber>>,
    /// How the document relates to the cited one.
    pub relation: Relation,
    /// The title and number with the words that tell the relation.
    pub span: Span,
}

/// 引用关系.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relation {
    /// 贯彻落实, 为落实.
    Implements,
    /// 根据, 依据, 按照, 依照.
    BasedOn,
    /// 转发.
    Forwards,
    /// 废止, 停止执行.
    Repeals,
    /// 修改.
    Amends,
    /// Any other mention.
    Cites,
}

/// 行动、工程、试点: a named undertaking.
#[derive(Clone, Debug, PartialEq)]
pub struct Programme {
    /// Index in [`Document::items`](super::Document::items) of the item that names it; `None` before the first.
    pub item: Option<usize>,
    /// The name as written, without outer quotation marks.
    pub name: Located<String>,
    /// What sort of undertaking.
    pub kind: ProgrammeKind,
    /// Whether the item's heading launches it (实施城市更新行动) rather than mentions it.
    pub launched: bool,
    /// 规模: 30万吨/年.
    pub capacity: Option<Quantity>,
    /// Places where it is carried out, as indexes into [`Document::places`](super::Document::places).
    pub places: Vec<usize>,
}

/// What sort of undertaking a programme is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProgrammeKind {
    /// 行动.
    Action,
    /// 工程.
    Works,
    /// 计划.
    Scheme,
    /// 试点, 示范.
    Pilot,
    /// 项目.
    Project,
}

/// 地点: an administrative division named in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceMention {
    /// Index in [`Document::items`](super::Document::items) of the item that names it; `None` before the first.
    pub item: Option<usize>,
    /// Six-digit division code (GB/T 2260).
    pub adcode: String,
    /// Where, with the name as written.
    pub name: Located<String>,
}
