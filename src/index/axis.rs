//! By what a search can be narrowed. Plain data: an axis has values, an entry has some of them, a search asks for some. Surprising: values of
//! one axis are alternatives, but for departments, of which an entry must have all that are asked for.

use serde::{Deserialize, Serialize};

use super::entry::Label;

/// A property of entries that is counted and filtered by. The order is that of listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Axis {
    /// Where a document holds: its place, and those that this is in.
    Region,
    /// When a document was signed.
    Year,
    /// What kind of document it is.
    Form,
    /// Who issued the document.
    Issuer,
    /// The letters of a document's number (鲁政发), which say who numbers it.
    Series,
    /// The year of a document's number.
    NumberYear,
    /// The number in that year.
    Serial,
    /// The documents that a document implements.
    Implements,
    /// The document.
    Document,
    /// The chapter of a measure.
    Chapter,
    /// The departments in charge.
    Department,
    /// The departments that lead.
    Lead,
    /// The departments that share a task, each within its remit.
    Shared,
    /// The departments that support those in charge.
    Support,
    /// What the departments are for.
    Function,
    /// Programmes that are launched or mentioned.
    Programme,
    /// Indicators that have targets.
    Indicator,
    /// The last years of targets.
    Deadline,
}

impl Axis {
    /// All axes in the order of listing.
    pub const ALL: [Self; 18] = [
        Self::Region,
        Self::Year,
        Self::Form,
        Self::Issuer,
        Self::Series,
        Self::NumberYear,
        Self::Serial,
        Self::Implements,
        Self::Document,
        Self::Chapter,
        Self::Department,
        Self::Lead,
        Self::Shared,
        Self::Support,
        Self::Function,
        Self::Programme,
        Self::Indicator,
        Self::Deadline,
    ];

    /// Its name in parameters and facets.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Region => "region",
            Self::Year => "year",
            Self::Form => "form",
            Self::Issuer => "issuer",
            Self::Series => "series",
            Self::NumberYear => "numberYear",
            Self::Serial => "serial",
            Self::Implements => "implements",
            Self::Document => "document",
            Self::Chapter => "chapter",
            Self::Department => "department",
            Self::Lead => "lead",
            Self::Shared => "shared",
            Self::Support => "support",
            Self::Function => "function",
            Self::Programme => "programme",
            Self::Indicator => "indicator",
            Self::Deadline => "deadline",
        }
    }

    /// The axis of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|axis| axis.name() == name)
    }

    /// Whether an entry must have all values asked for, and not one of them.
    pub(crate) const fn needs_all(self) -> bool {
        matches!(self, Self::Department | Self::Lead | Self::Shared | Self::Support)
    }
}

/// A value of an axis: an IRI with its name, or a year or a piece of a number as both.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Tag {
    /// What it is a value of.
    pub axis: Axis,
    /// The value.
    pub label: Label,
}

impl Tag {
    /// A value of `axis`.
    pub fn new(axis: Axis, label: Label) -> Self {
        Self { axis, label }
    }

    /// A value that is its own name, as a year is.
    pub fn plain(axis: Axis, value: &str) -> Self {
        Self { axis, label: Label { iri: value.to_owned(), label: value.to_owned() } }
    }
}
