//! Terms to numbers and back. In: RDF terms in any order; out: a dense `u32` for each distinct term.
//!
//! Guarantees: the same term always has the same number, lexical forms stay as they were written
//! (`"12.0"` does not become `"12"`). The surprise: the hash table holds numbers only and looks into the
//! list of terms to compare, so that no term is stored twice.

use oxigraph::model::{Term, TermRef};
use std::hash::{BuildHasher, RandomState};

/// The number of a term inside one store.
pub(super) type TermId = u32;

/// Numbers from here on belong to a query, not to the store.
pub(super) const LOCAL_START: TermId = 1 << 31;

/// One place of the hash table: part of the term's hash, and its number.
#[derive(Clone, Copy)]
struct Slot {
    hash: u32,
    id: Option<TermId>,
}

const FREE: Slot = Slot { hash: 0, id: None };

/// All terms of a store.
pub(super) struct Dictionary {
    terms: Vec<Term>,
    /// Open addressing with linear probing; the length is a power of two and at most half is taken.
    slots: Vec<Slot>,
    hasher: RandomState,
}

impl Dictionary {
    pub(super) fn new() -> Self {
        Self { terms: Vec::new(), slots: vec![FREE; 1024], hasher: RandomState::new() }
    }

    /// The number of `term`, which gets the next free one if it is new. `None` where the numbers of
    /// a store are used up (2³¹ distinct terms).
    pub(super) fn insert(&mut self, term: Term) -> Option<TermId> {
        let hash = self.hash(term.as_ref());
        let mut at = self.home(hash);
        while let Some(Slot { hash: found, id: Some(id) }) = self.slots.get(at).copied() {
            if found == hash && self.terms.get(id as usize) == Some(&term) {
                return Some(id);
            }
            at = self.after(at);
        }
        let id = TermId::try_from(self.terms.len()).ok().filter(|id| *id < LOCAL_START)?;
        self.terms.push(term);
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = Slot { hash, id: Some(id) };
        }
        if self.terms.len() * 2 > self.slots.len() {
            self.grow();
        }
        Some(id)
    }

    /// The number of `term`, if the store has it.
    pub(super) fn id(&self, term: TermRef<'_>) -> Option<TermId> {
        let hash = self.hash(term);
        let mut at = self.home(hash);
        while let Some(Slot { hash: found, id: Some(id) }) = self.slots.get(at).copied() {
            if found == hash && self.term(id).is_some_and(|known| known.as_ref() == term) {
                return Some(id);
            }
            at = self.after(at);
        }
        None
    }

    /// The term with this number.
    pub(super) fn term(&self, id: TermId) -> Option<&Term> {
        self.terms.get(id as usize)
    }

    /// Terms are hashed in their borrowed form, so that a lookup needs no owned term.
    fn hash(&self, term: TermRef<'_>) -> u32 {
        let hash = self.hasher.hash_one(term);
        u32::try_from(hash >> 32).unwrap_or_default()
    }

    /// The slot where a search for `hash` starts.
    fn home(&self, hash: u32) -> usize {
        hash as usize & (self.slots.len() - 1)
    }

    fn after(&self, at: usize) -> usize {
        (at + 1) & (self.slots.len() - 1)
    }

    /// Doubles the table. At more than 2³² slots the 32 bits of hash still spread over all homes
    /// that are used first, so a search stays short.
    fn grow(&mut self) {
        let old = std::mem::take(&mut self.slots);
        self.slots = vec![FREE; old.len() * 2];
        for slot in old.into_iter().filter(|slot| slot.id.is_some()) {
            let mut at = self.home(slot.hash);
            while self.slots.get(at).is_some_and(|taken| taken.id.is_some()) {
                at = self.after(at);
            }
            if let Some(free) = self.slots.get_mut(at) {
                *free = slot;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::{Literal, NamedNode, vocab::xsd};

    #[test]
    fn a_term_keeps_its_number_while_the_table_grows() {
        let mut dictionary = Dictionary::new();
        let term = |n: u32| Term::from(Literal::from(n));
        let first: Vec<_> = (0..5_000).map(|n| dictionary.insert(term(n))).collect();
        let again: Vec<_> = (0..5_000).map(|n| dictionary.id(term(n).as_ref())).collect();
        assert_eq!(first, again);
    }

    #[test]
    fn lexical_forms_are_different_terms() {
        let mut dictionary = Dictionary::new();
        let short = dictionary.insert(Literal::new_typed_literal("12", xsd::DECIMAL).into());
        let long = dictionary.insert(Literal::new_typed_literal("12.0", xsd::DECIMAL).into());
        assert_ne!(short, long);
    }

    #[test]
    fn an_unknown_term_has_no_number() {
        let dictionary = Dictionary::new();
        let term = Term::from(NamedNode::new_unchecked("http://example.org/菏泽"));
        assert_eq!(dictionary.id(term.as_ref()), None);
    }
}
