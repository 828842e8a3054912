//! What is known of the literals of an index without reading them, and where those of an entry begin. In: literals one entry after the other, the title of each first; out: columns of them. Surprising:
//! each column stands alone, because a search looks at the entry and the role of very many literals, and at nothing else of them.

use std::ops::Range;

use super::schema::Role;

/// What a literal is to its entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// Its title.
    Title,
    /// Another name.
    Alias,
    /// Any other text.
    Text,
    /// The number of the document that it is.
    Number,
    /// The number of the document that holds it.
    NumberOfDocument,
}

impl Class {
    /// That of a role in an entry that is a document or not.
    pub(crate) fn of(role: Role, is_document: bool) -> Self {
        match role {
            Role::Title => Self::Title,
            Role::Alias => Self::Alias,
            Role::Text => Self::Text,
            Role::Number if is_document => Self::Number,
            Role::Number => Self::NumberOfDocument,
        }
    }
}

/// The literals by their numbers in the index.
#[derive(Debug, Default)]
pub(crate) struct Literals {
    entries: Vec<u32>,
    classes: Vec<Class>,
    properties: Vec<Option<u32>>,
    /// The first literal of each entry.
    starts: Vec<u32>,
}

impl Literals {
    /// Adds a literal of this entry; a title begins a new one.
    pub(crate) fn push(&mut self, entry: u32, class: Class, property: Option<u32>) {
        if class == Class::Title {
            self.starts.push(self.len());
        }
        self.entries.push(entry);
        self.classes.push(class);
        self.properties.push(property);
    }

    /// How many there are.
    pub(crate) fn len(&self) -> u32 {
        u32::try_from(self.entries.len()).unwrap_or(u32::MAX)
    }

    /// The entry of a literal, and what it is to that.
    pub(crate) fn owner(&self, literal: u32) -> Option<(u32, Class)> {
        let place = usize::try_from(literal).ok()?;
        Some((*self.entries.get(place)?, *self.classes.get(place)?))
    }

    /// The place of its property among the properties, if it has one.
    pub(crate) fn property(&self, literal: u32) -> Option<u32> {
        *self.properties.get(usize::try_from(literal).ok()?)?
    }

    /// The literals of an entry.
    pub(crate) fn of_entry(&self, ordinal: u32) -> Option<Range<u32>> {
        let place = usize::try_from(ordinal).ok()?;
        let end = self.starts.get(place + 1).copied().unwrap_or_else(|| self.len());
        Some(*self.starts.get(place)?..end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_literals_of_an_entry_reach_to_the_title_of_the_next() {
        let mut literals = Literals::default();
        for (entry, class) in [(0, Class::Title), (0, Class::Text), (1, Class::Title)] {
            literals.push(entry, class, None);
        }
        assert_eq!(literals.of_entry(0), Some(0..2));
        assert_eq!(literals.of_entry(1), Some(2..3));
        assert_eq!(literals.owner(1), Some((0, Class::Text)));
        assert_eq!(literals.of_entry(2), None);
    }
}
