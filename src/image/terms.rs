//! Terms by number and numbers by term. In: the sections of an image that hold terms; out: terms, their kind, text and value.
//!
//! Guarantees: numbers ascend as terms do (`key`), so comparing numbers compares terms of a kind. A literal's text is borrowed from
//! the image. The surprise: there is no hash table; a term is found by binary search over sorted texts.

use super::bytes::partition_point;
use super::key::{self, Parts, TermKind};
use super::names::Names;
use super::packed::Packed;
use super::row::TermId;
use super::values::read_value;
use oxigraph::model::{BlankNodeRef, LiteralRef, NamedNodeRef, Term, TermRef, vocab::xsd};
use oxsdatatypes::{Date, Decimal};
use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::ops::{Bound, Range};

/// The terms of an image.
#[derive(Clone, Copy)]
pub(crate) struct Terms<'a> {
    pub(super) iris: Names<'a>,
    pub(super) blanks: Names<'a>,
    pub(super) tags: Names<'a>,
    pub(super) texts: &'a [u8],
    pub(super) text_starts: Packed<'a, 2>,
    pub(super) marks: Packed<'a, 1>,
    pub(super) values: Packed<'a, 3>,
    /// Where the numbers of each kind end.
    pub(super) ends: [TermId; TermKind::ALL.len()],
}

/// What type a literal is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Datatype {
    /// `xsd:date`, where it is a valid one without a timezone.
    Date,
    /// `xsd:string`.
    String,
    /// `rdf:langString`.
    LangString,
    /// The type whose IRI has this number.
    Named(TermId),
}

impl<'a> Terms<'a> {
    /// The numbers of all terms of a kind.
    pub(crate) fn ids_of(&self, kind: TermKind) -> Range<TermId> {
        let end_of = |at: usize| self.ends.get(at).copied().unwrap_or_default();
        let kind = kind as usize;
        kind.checked_sub(1).map_or(0, end_of)..end_of(kind)
    }

    /// What the term with this number is; `None` where there is none.
    pub(crate) fn kind(&self, id: TermId) -> Option<TermKind> {
        let at = self.ends.iter().position(|end| id < *end)?;
        TermKind::ALL.get(at).copied()
    }

    /// The place of a literal among the literals.
    fn literal(&self, id: TermId) -> Option<usize> {
        id.checked_sub(self.ids_of(TermKind::BlankNode).end).map(|place| place as usize)
    }

    fn text_bytes(&self, id: TermId) -> Option<&'a [u8]> {
        let literal = self.literal(id)?;
        let start = usize::try_from(self.text_starts.wide(literal)?).ok()?;
        let end = usize::try_from(self.text_starts.wide(literal + 1)?).ok()?;
        self.texts.get(start..end)
    }

    /// The lexical form of a literal; `None` for other terms.
    pub(crate) fn text(&self, id: TermId) -> Option<&'a str> {
        std::str::from_utf8(self.text_bytes(id)?).ok()
    }

    /// The number of a literal's datatype, or its tag's place among the tags.
    fn mark(&self, id: TermId) -> Option<TermId> {
        self.marks.get(self.literal(id)?, 0)
    }

    /// The numbers of the IRIs from the first that begins with `start` on, which may begin otherwise.
    pub(crate) fn iris_from(&self, start: &str) -> Range<TermId> {
        let ids = self.ids_of(TermKind::NamedNode);
        TermId::try_from(self.iris.lower_bound(start.as_bytes())).unwrap_or(ids.end)..ids.end
    }

    /// The datatype of a literal; `None` for other terms.
    pub(crate) fn datatype(&self, id: TermId) -> Option<Datatype> {
        match self.kind(id)? {
            TermKind::NamedNode | TermKind::BlankNode => None,
            TermKind::Number | TermKind::Other => self.mark(id).map(Datatype::Named),
            TermKind::Date => Some(Datatype::Date),
            TermKind::String => Some(Datatype::String),
            TermKind::Tagged => Some(Datatype::LangString),
        }
    }

    /// The numbers of the IRIs that are datatypes of these literals.
    pub(super) fn datatypes(&self) -> BTreeSet<TermId> {
        let nodes = self.ids_of(TermKind::BlankNode).end;
        let typed = [TermKind::Number, TermKind::Other].map(|kind| self.ids_of(kind));
        let mut found = BTreeSet::new();
        for ids in typed {
            let mut last = None;
            for literal in ids.start.saturating_sub(nodes)..ids.end.saturating_sub(nodes) {
                let mark = self.marks.get(literal as usize, 0);
                // Neighbours mostly share theirs.
                if mark != last {
                    found.extend(mark);
                    last = mark;
                }
            }
        }
        found
    }

    /// The value of a number, as the evaluator of SPARQL reads it; `None` for other terms.
    pub(crate) fn number(&self, id: TermId) -> Option<Decimal> {
        let ids = self.ids_of(TermKind::Number);
        if !ids.contains(&id) {
            return None;
        }
        let value = read_value(self.values.row((id - ids.start) as usize)?);
        // What has too many digits for a row is read from its text.
        value.or_else(|| self.text(id)?.parse().ok())
    }

    /// Whether the term is a number whose datatype is `xsd:integer` or derived from it.
    pub(crate) fn is_integer(&self, id: TermId) -> bool {
        let ids = self.ids_of(TermKind::Number);
        let row = ids.contains(&id).then(|| self.values.row((id - ids.start) as usize));
        row.flatten().is_some_and(super::values::is_integer)
    }

    /// The value of a date without timezone; `None` for other terms.
    pub(crate) fn date(&self, id: TermId) -> Option<Date> {
        self.ids_of(TermKind::Date).contains(&id).then(|| key::date(self.text(id)?)).flatten()
    }

    /// The numbers of the literals whose value lies between these.
    pub(crate) fn ids_of_numbers(&self, from: Bound<Decimal>, to: Bound<Decimal>) -> Range<TermId> {
        let value = |id| self.number(id);
        between(self.ids_of(TermKind::Number), value, (from, to))
    }

    /// The numbers of the dates without timezone between these, which have none either.
    pub(crate) fn ids_of_dates(&self, from: Bound<Date>, to: Bound<Date>) -> Range<TermId> {
        let value = |id| self.date(id).map(key::date_key);
        let bounds = (from.map(key::date_key), to.map(key::date_key));
        between(self.ids_of(TermKind::Date), value, bounds)
    }

    /// Calls `f` with the term, whose text is borrowed from the image or stands in `scratch`; `None` where there is no such term.
    pub(crate) fn with_term<T>(
        &self,
        id: TermId,
        scratch: &mut String,
        f: impl FnOnce(TermRef<'_>) -> T,
    ) -> Option<T> {
        let kind = self.kind(id)?;
        let mut name = std::mem::take(scratch).into_bytes();
        let named = match kind {
            TermKind::NamedNode => self.iris.read(id as usize, &mut name),
            TermKind::BlankNode => {
                self.blanks.read((id - self.ids_of(kind).start) as usize, &mut name)
            }
            TermKind::Number | TermKind::Other => {
                self.iris.read(self.mark(id)? as usize, &mut name)
            }
            TermKind::Tagged => self.tags.read(self.mark(id)? as usize, &mut name),
            TermKind::Date | TermKind::String => {
                name.clear();
                Some(())
            }
        };
        *scratch = String::from_utf8(name).ok()?;
        named?;
        let name = scratch.as_str();
        Some(f(match kind {
            TermKind::NamedNode => NamedNodeRef::new_unchecked(name).into(),
            TermKind::BlankNode => BlankNodeRef::new_unchecked(name).into(),
            TermKind::Number | TermKind::Other => {
                let datatype = NamedNodeRef::new_unchecked(name);
                LiteralRef::new_typed_literal(self.text(id)?, datatype).into()
            }
            TermKind::Date => LiteralRef::new_typed_literal(self.text(id)?, xsd::DATE).into(),
            TermKind::String => LiteralRef::new_simple_literal(self.text(id)?).into(),
            TermKind::Tagged => {
                LiteralRef::new_language_tagged_literal_unchecked(self.text(id)?, name).into()
            }
        }))
    }

    /// The term with this number; `None` where there is none, or none that can be read.
    pub(crate) fn term(&self, id: TermId) -> Option<Term> {
        #[expect(
            clippy::redundant_closure_for_method_calls,
            reason = "the method itself is not general enough in its lifetime"
        )]
        self.with_term(id, &mut String::new(), |term| term.into_owned())
    }

    /// The number of a term, if it is among these.
    pub(crate) fn id(&self, term: TermRef<'_>) -> Option<TermId> {
        let mut key = Vec::new();
        key::encode(term, &mut key);
        let parts = key::decode(&key)?;
        let ids = self.ids_of(parts.kind);
        let place = |place: usize| TermId::try_from(place).ok();
        match parts.kind {
            TermKind::NamedNode => self.iris.find(&parts.text).and_then(place),
            TermKind::BlankNode => Some(ids.start + self.blanks.find(&parts.text).and_then(place)?),
            _ => self.find_literal(ids, &parts),
        }
    }

    fn find_literal(&self, ids: Range<TermId>, wanted: &Parts<'_>) -> Option<TermId> {
        let mark = match wanted.kind {
            TermKind::Number | TermKind::Other => {
                TermId::try_from(self.iris.find(&wanted.mark)?).ok()?
            }
            TermKind::Tagged => TermId::try_from(self.tags.find(&wanted.mark)?).ok()?,
            _ => 0,
        };
        let number = wanted.number();
        let compare = |id: TermId| {
            let text = || Some(self.text_bytes(id)?.cmp(&wanted.text));
            Some(match wanted.kind {
                TermKind::Number => {
                    let by_value = self.number(id)?.cmp(&number);
                    by_value.then(self.mark(id)?.cmp(&mark)).then(text()?)
                }
                TermKind::Date => {
                    self.date(id).map(key::date_key)?.cmp(&wanted.value).then(text()?)
                }
                TermKind::Tagged => text()?.then(self.mark(id)?.cmp(&mark)),
                TermKind::Other => self.mark(id)?.cmp(&mark).then(text()?),
                _ => text()?,
            })
        };
        let id = first_id(ids.clone(), |id| compare(id) == Some(Ordering::Less));
        (ids.contains(&id) && compare(id) == Some(Ordering::Equal)).then_some(id)
    }
}

/// The first number in `ids` for which `holds` is false, where it is true for all before.
fn first_id(ids: Range<TermId>, holds: impl Fn(TermId) -> bool) -> TermId {
    let id = |place: usize| TermId::try_from(place).unwrap_or(TermId::MAX);
    id(partition_point(ids.start as usize..ids.end as usize, |place| holds(id(place))))
}

/// The part of `ids`, whose values ascend, between two values.
fn between<V: PartialOrd>(
    ids: Range<TermId>,
    value: impl Fn(TermId) -> Option<V>,
    (from, to): (Bound<V>, Bound<V>),
) -> Range<TermId> {
    // `or_equal` counts the values equal to the bound as below it.
    let below = |bound: &V, or_equal: bool| {
        first_id(ids.clone(), |id| {
            value(id).is_some_and(|value| value < *bound || (or_equal && value == *bound))
        })
    };
    let start = match from {
        Bound::Included(bound) => below(&bound, false),
        Bound::Excluded(bound) => below(&bound, true),
        Bound::Unbounded => ids.start,
    };
    let end = match to {
        Bound::Included(bound) => below(&bound, true),
        Bound::Excluded(bound) => below(&bound, false),
        Bound::Unbounded => ids.end,
    };
    start..end.max(start)
}
