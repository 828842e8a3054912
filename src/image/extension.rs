//! An image as part of another. In: an image; out: its keys in ascending order and its quads, as a builder takes them. So what is told of a
//! graph once it is made can stand in the graph itself, without reading the graph's text again.

use super::chunk::Roles;
use super::dictionary::Tags;
use super::key;
use super::reader::Image;
use super::row::{Order, TermId};
use std::collections::BTreeSet;
use std::io;

/// Calls `f` with each term's key and roles, ascending, and remembers language tags.
///
/// # Errors
/// What `f` fails with, and where a term cannot be read.
pub(super) fn for_each_key(
    image: &Image,
    tags: &mut Tags,
    mut f: impl FnMut(&[u8], Roles) -> io::Result<()>,
) -> io::Result<()> {
    let terms = image.terms();
    let predicates: BTreeSet<TermId> = image.predicates().map(|known| known.predicate).collect();
    let graphs: BTreeSet<TermId> = image.graphs().collect();
    let datatypes = terms.datatypes();
    let (mut scratch, mut key) = (String::new(), Vec::new());
    for id in 0..TermId::try_from(image.terms_len()).unwrap_or(TermId::MAX) {
        key.clear();
        terms
            .with_term(id, &mut scratch, |term| key::encode(term, &mut key))
            .ok_or(io::ErrorKind::InvalidData)?;
        let mut roles = Roles::default();
        for (set, role) in [
            (&predicates, Roles::PREDICATE),
            (&graphs, Roles::GRAPH),
            (&datatypes, Roles::DATATYPE),
        ] {
            if set.contains(&id) {
                roles.add(role);
            }
        }
        tags.remember(&key);
        f(&key, roles)?;
    }
    Ok(())
}

/// Calls `f` with each quad.
///
/// # Errors
/// What `f` fails with.
pub(super) fn for_each_quad(
    image: &Image,
    mut f: impl FnMut([TermId; 4]) -> io::Result<()>,
) -> io::Result<()> {
    let mut holders = image.holders().peekable();
    image.table(Order::Spo).try_for_each(|row, [subject, predicate, object]| {
        while let Some((_, graph)) = holders.next_if(|(holding, _)| *holding == row) {
            f([subject, predicate, object, graph])?;
        }
        Ok(())
    })
}
