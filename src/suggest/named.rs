//! What is suggested: a name, what kind of thing has it, and which. Plain data.

use serde::Serialize;

/// What has a name. The order is that of listing at equal rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// An administrative division.
    Place,
    /// An indicator.
    Indicator,
    /// A named action, project or pilot.
    Programme,
    /// A department or other body.
    Department,
    /// Words that stand in several names.
    Phrase,
    /// A document, by its title or number.
    Document,
    /// A measure, by its heading.
    Measure,
}

impl Kind {
    /// All kinds in the order of listing.
    pub const ALL: [Self; 7] = [
        Self::Place,
        Self::Indicator,
        Self::Programme,
        Self::Department,
        Self::Phrase,
        Self::Document,
        Self::Measure,
    ];

    /// Its name in answers.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Place => "place",
            Self::Indicator => "indicator",
            Self::Programme => "programme",
            Self::Department => "department",
            Self::Phrase => "phrase",
            Self::Document => "document",
            Self::Measure => "measure",
        }
    }

    /// Entities come before phrases, and those before what is only found in one place.
    pub(crate) const fn class(self) -> usize {
        match self {
            Self::Place | Self::Indicator | Self::Programme | Self::Department => 0,
            Self::Phrase => 1,
            Self::Document | Self::Measure => 2,
        }
    }

    pub(crate) fn from_number(number: u8) -> Self {
        Self::ALL.into_iter().find(|kind| *kind as u8 == number).unwrap_or(Self::Phrase)
    }
}

/// A name as the graph has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The name.
    pub text: String,
    /// The resource that has it.
    pub iri: String,
    /// What the resource is.
    pub kind: Kind,
    /// How often it is spoken of. What is never spoken of is suggested last.
    pub uses: u32,
}
