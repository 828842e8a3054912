//! Findings: what a reader should know about a document's defects. A defect is a value, counted and
//! shown, never an error.

use super::Located;

/// One thing that was not as it should be, or was not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What.
    pub kind: FindingKind,
    /// The words concerned, and where.
    pub at: Located<String>,
    /// Index in [`Document::items`](super::Document::items) of the item concerned.
    pub item: Option<usize>,
}

/// What can be found. The name of a kind in data is its [`code`](FindingKind::code).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingKind {
    /// The text breaks off inside an item.
    TextBreaksOff,
    /// The text announces more actions or parts than it has.
    PartMissing,
    /// Lines that are not part of the document (site navigation, advertisements).
    SiteNoise,
    /// The title is printed more than once.
    TitleRepeated,
    /// Half- and full-width punctuation are mixed.
    PunctuationMixed,
    /// A number is printed with spaces or brackets other than 〔〕.
    NumberForm,
    /// A document is cited without a number.
    CitationWithoutNumber,
    /// A measure names no body in charge.
    MeasureWithoutBody,
    /// An ordinal is missing or out of order.
    NumberingGap,
    /// A target's words do not tell what is measured.
    IndicatorUnclear,
    /// The text has no title, number or issuer.
    HeaderIncomplete,
    /// The text is empty or has nothing that an official document has.
    NotAnOfficialDocument,
    /// A person corrected what the rules read. The words of such a finding say what, and why.
    Corrected,
}

impl FindingKind {
    /// Every kind, in the order in which they are listed.
    pub const ALL: [Self; 13] = [
        Self::TextBreaksOff,
        Self::PartMissing,
        Self::SiteNoise,
        Self::TitleRepeated,
        Self::PunctuationMixed,
        Self::NumberForm,
        Self::CitationWithoutNumber,
        Self::MeasureWithoutBody,
        Self::NumberingGap,
        Self::IndicatorUnclear,
        Self::HeaderIncomplete,
        Self::NotAnOfficialDocument,
        Self::Corrected,
    ];

    /// The local name of the concept in the ontology, and the key in JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TextBreaksOff => "TextBreaksOff",
            Self::PartMissing => "PartMissing",
            Self::SiteNoise => "SiteNoise",
            Self::TitleRepeated => "TitleRepeated",
            Self::PunctuationMixed => "PunctuationMixed",
            Self::NumberForm => "NumberForm",
            Self::CitationWithoutNumber => "CitationWithoutNumber",
            Self::MeasureWithoutBody => "MeasureWithoutBody",
            Self::NumberingGap => "NumberingGap",
            Self::IndicatorUnclear => "IndicatorUnclear",
            Self::HeaderIncomplete => "HeaderIncomplete",
            Self::NotAnOfficialDocument => "NotAnOfficialDocument",
            Self::Corrected => "Corrected",
        }
    }
}
