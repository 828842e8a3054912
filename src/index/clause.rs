//! What a question is made of. Plain data: clauses stand between spaces or in quotes, and are made of parts, each of which one look-up answers.

use std::sync::Arc;

use super::analysis::KeyKind;
use super::names::Meaning;

/// What one part of a clause asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// A word; one of three characters or more is also found inside others.
    Word(String),
    /// Characters in this order, wherever they stand.
    Text(String),
    /// A canonical key; the first of these that is known.
    Key(Vec<String>),
    /// A number and what follows it at once.
    Quantity {
        /// The number's key.
        key: String,
        /// The last digit and the characters that follow.
        tail: String,
        /// The key of the number with its unit.
        whole: String,
    },
    /// A name, in any of its forms.
    Name {
        /// The form that was typed.
        typed: String,
        /// Its forms, and the entities so named. Forms that others have as well count only in documents that the entities have to do with.
        meaning: Arc<Meaning>,
        /// For a name without another form, or of no entity: its words, which may stand apart.
        words: Vec<Part>,
    },
}

impl Part {
    /// What was typed, as it is compared.
    pub(crate) fn typed(&self) -> String {
        match self {
            Self::Word(text) | Self::Text(text) | Self::Name { typed: text, .. } => text.clone(),
            Self::Key(keys) => keys.first().map(|key| KeyKind::shown(key)).unwrap_or_default(),
            Self::Quantity { whole, .. } => KeyKind::shown(whole),
        }
    }
}

/// What stands between spaces or in quotes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Clause {
    /// All of these must match.
    pub(crate) parts: Vec<Part>,
    /// Or this substring must.
    pub(crate) whole: Option<String>,
    /// Clauses that were given with 或: any of them will do as well.
    pub(crate) or: Vec<Clause>,
}

impl Clause {
    /// The clause itself and those that will do as well.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(&self.or)
    }
}
