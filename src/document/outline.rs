//! The body of a document: numbered items and who answers for them. Plain data.

use super::Located;
use crate::text::Span;

/// A heading or numbered item of the body.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Ordinals from the top as printed: measure 7 in chapter 三 is `[3, 7]`.
    pub path: Vec<u32>,
    /// The ordinal as printed, without its punctuation: 三, （二） → 二, 7, 第五条.
    pub number: Located<String>,
    /// The heading's own words without number and final punctuation; empty for running text only.
    pub heading: Located<String>,
    /// What the item is for.
    pub class: ItemClass,
    /// Index in [`Document::items`](super::Document::items) of the item that holds this one.
    pub parent: Option<usize>,
    /// From the printed number to the end of the item's own text, before its first child.
    pub span: Span,
    /// Bodies assigned here, in the order of the text.
    pub assignments: Vec<Assignment>,
    /// Whether the text breaks off inside this item.
    pub truncated: bool,
}

/// What an item is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ItemClass {
    /// 措施: the lowest numbered item that says what is to be done.
    Measure,
    /// Any other heading or item: chapters, 总体要求, 保障措施, sub-points.
    Section,
}

/// One body in charge of an item, from a labelled assignment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The body as written, without role words: 市发展改革委.
    pub agent: Located<String>,
    /// What it has to do.
    pub role: Role,
}

/// 角色: the part that a body has in a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// 牵头.
    Lead,
    /// 负责, 责任单位.
    Responsible,
    /// 按职责分工负责.
    Shared,
    /// 配合, 参与, 协助.
    Support,
    /// 指导, 督导.
    Guide,
}
