//! The document model: what one official document says, as plain data.
//!
//! In: nothing; these types are filled by `extract` or typed by hand. Out: a [`Document`], from which
//! `graph` makes triples. No I/O, no RDF, no rules. Every value read from a text keeps its [`Span`].
//!
//! | term | here | class or property | example |
//! | --- | --- | --- | --- |
//! | 公文 | [`Document`] | `zt:PolicyDocument` | 菏政发〔2024〕11号 |
//! | 发文字号 | [`DocumentNumber`] | `zt:documentNumber` | 鲁政发〔2024〕1号 |
//! | 文种 | [`Header::kind`] | `zt:kind` | 通知 |
//! | 主送机关 | [`Header::addressees`] | `zt:addressee` | 各县区人民政府(管委会) |
//! | 成文日期 | [`Header::signed_on`] | `zt:signedOn` | 2024年5月6日 |
//! | 章节 | [`Item`] of class [`ItemClass::Section`] | `zt:Section` | 二、实施产城融合行动 |
//! | 措施 | [`Item`] of class [`ItemClass::Measure`] | `zt:Measure` | 1.促进产业集聚发展 |
//! | 责任分工 | [`Assignment`] | `zt:Responsibility` | 市发展改革委牵头 |
//! | 目标 | [`Target`] | `zt:Target` | 到2025年…达到57%左右 |
//! | 指标 | [`Target::indicator`] | `zt:Indicator` | 常住人口城镇化率 |
//! | 口径 | [`Basis`] | `zt:basis` | 在2020年基础上提高 |
//! | 单项门槛 | [`Target::item_condition`] | `zt:itemCondition` | 投资500万元以上 |
//! | 支持政策 | [`SupportTerm`] | `zt:SupportTerm` | 一次性奖励50万元 |
//! | 行动、工程、试点 | [`Programme`] | `zt:Programme` | 城市更新行动 |
//! | 地点 | [`PlaceMention`] | `zt:Place` | 单县 |
//! | 引用 | [`Citation`] | `zt:Citation` | 为贯彻落实《…》 |
//! | 发现 | [`Finding`] | `zt:Finding` | 正文在第18条中断 |

mod finding;
mod header;
mod outline;
mod quantity;
mod relation;
mod report;
mod report_reference;
mod report_support;
mod support;

pub use finding::{Finding, FindingKind};
pub use header::{Date, DocumentNumber, Header, Openness, Period};
pub use outline::{Assignment, Item, ItemClass, Role};
pub use quantity::{
    Basis, Deadline, DeadlineBasis, DueBy, Modality, Qualifier, Quantity, Recurrence, Target,
};
pub use relation::{Citation, PlaceMention, Programme, ProgrammeKind, Relation};
pub use report::Report;
pub use support::{SupportKind, SupportTerm};

use crate::text::Span;

/// One official document: a notice together with the plan that it issues.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// What the head, the signature and the metadata table tell.
    pub header: Header,
    /// Headings and numbered items in the order of the text; parents stand before their children.
    pub items: Vec<Item>,
    /// Commitments, in the order of the text.
    pub targets: Vec<Target>,
    /// What is granted, lent or relieved, in the order of the text.
    pub support_terms: Vec<SupportTerm>,
    /// Named actions, projects and pilots, one entry a mention.
    pub programmes: Vec<Programme>,
    /// Administrative divisions named in items, one entry a mention.
    pub places: Vec<PlaceMention>,
    /// Other documents that the text names, one entry a mention.
    pub citations: Vec<Citation>,
}

/// A value and the place in the clean text that says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located<T> {
    /// The value, in the form the field documents.
    pub value: T,
    /// Where the text says it.
    pub span: Span,
}

impl<T> Located<T> {
    /// `value` as read at `span`.
    pub const fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}
