//! Quads as they come, with the terms of their own numbers. In: quads; out: distinct keys of terms, sorted, and rows of numbers. The
//! numbers of a chunk are given in the order of arrival; sorting tells where each comes to stand.

use super::key::{TermKind, decode};
use super::row::{DEFAULT_GRAPH, TermId};
use hashbrown::HashTable;
use rustc_hash::FxHasher;
use std::hash::Hasher;

/// Where a term is used, so that predicates, graphs and datatypes are known before rows and literals are looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Roles(pub(super) u8);

impl Roles {
    pub(super) const PREDICATE: Self = Self(1);
    pub(super) const GRAPH: Self = Self(2);
    pub(super) const DATATYPE: Self = Self(4);

    pub(super) fn has(self, role: Self) -> bool {
        self.0 & role.0 != 0
    }

    pub(super) fn add(&mut self, roles: Self) {
        self.0 |= roles.0;
    }
}

/// Keys of terms, one after the other.
pub(super) struct Keys {
    bytes: Vec<u8>,
    /// Where each starts, and where the last ends.
    starts: Vec<u64>,
    roles: Vec<Roles>,
}

impl Keys {
    pub(super) fn len(&self) -> usize {
        self.roles.len()
    }

    pub(super) fn get(&self, id: TermId) -> &[u8] {
        let place = |at: usize| self.starts.get(at).and_then(|start| usize::try_from(*start).ok());
        let range = place(id as usize).zip(place(id as usize + 1));
        range.and_then(|(start, end)| self.bytes.get(start..end)).unwrap_or_default()
    }

    pub(super) fn roles(&self, id: TermId) -> Roles {
        self.roles.get(id as usize).copied().unwrap_or_default()
    }

    /// The next eight bytes of a key from `depth` on as a number that compares as they do.
    fn prefix(&self, id: TermId, depth: usize) -> u64 {
        let rest = self.get(id).get(depth..).unwrap_or_default();
        if let Some(bytes) = rest.first_chunk() {
            return u64::from_be_bytes(*bytes);
        }
        let mut bytes = [0; 8];
        bytes.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
        u64::from_be_bytes(bytes)
    }

    /// The numbers of the keys in ascending order. Keys share long beginnings, so eight bytes at a time are compared, and
    /// only keys that agree so far are looked at again.
    pub(super) fn sorted(&self) -> Vec<TermId> {
        /// So few keys are compared as they are.
        const FEW: usize = 12;
        let ids = 0..TermId::try_from(self.len()).unwrap_or(TermId::MAX);
        let mut items: Vec<(u64, TermId)> = ids.map(|id| (0, id)).collect();
        let mut waiting = vec![(0..items.len(), 0)];
        while let Some((range, depth)) = waiting.pop() {
            let Some(run) = items.get_mut(range.clone()) else { continue };
            if run.len() <= FEW {
                run.sort_unstable_by(|(_, a), (_, b)| self.get(*a).cmp(self.get(*b)));
                continue;
            }
            let mut longest = 0;
            for (prefix, id) in run.iter_mut() {
                *prefix = self.prefix(*id, depth);
                longest = longest.max(self.get(*id).len());
            }
            // Nothing is left to look at: they differ in how many zeros they end with.
            if longest <= depth {
                run.sort_unstable_by_key(|(_, id)| self.get(*id).len());
                continue;
            }
            run.sort_unstable();
            let mut at = range.start;
            for alike in run.chunk_by(|(a, _), (b, _)| a == b) {
                if alike.len() > 1 {
                    waiting.push((at..at + alike.len(), depth + 8));
                }
                at += alike.len();
            }
        }
        items.into_iter().map(|(_, id)| id).collect()
    }
}

/// Quads and their terms.
pub(super) struct Chunk {
    pub(super) keys: Keys,
    /// Numbers of keys by hash; the hash stands beside, so that growing looks at no key.
    index: HashTable<(u32, TermId)>,
    /// Subject, predicate, object, graph.
    pub(super) rows: Vec<[TermId; 4]>,
    /// The last number in each position: neighbours share subject, predicate and graph.
    last: [Option<TermId>; 4],
}

impl Default for Chunk {
    fn default() -> Self {
        let keys = Keys { bytes: Vec::new(), starts: vec![0], roles: Vec::new() };
        Self { keys, index: HashTable::new(), rows: Vec::new(), last: [None; 4] }
    }
}

impl Chunk {
    /// How many bytes it takes.
    pub(super) fn memory_bytes(&self) -> usize {
        let terms = self.keys.bytes.len() + self.keys.len() * (size_of::<u64>() + 1);
        // Sorting takes a number and eight bytes of each key besides.
        let sorting = self.keys.len() * 24;
        let index = self.index.num_buckets() * (size_of::<(u32, TermId)>() + 1);
        terms + sorting + index + self.rows.len() * size_of::<[TermId; 4]>()
    }

    /// Adds a quad by the keys of its terms; `None` is the default graph. False where there are no numbers left.
    #[must_use]
    pub(super) fn insert(
        &mut self,
        [subject, predicate, object, graph]: [Option<&[u8]>; 4],
    ) -> bool {
        let mut row = [DEFAULT_GRAPH; 4];
        let roles = [Roles::default(), Roles::PREDICATE, Roles::default(), Roles::GRAPH];
        let keys = [subject, predicate, object, graph];
        for (((to, key), roles), position) in row.iter_mut().zip(keys).zip(roles).zip(0..) {
            let Some(key) = key else { continue };
            let last = self.last.get(position).copied().flatten();
            let known = last.filter(|id| self.keys.get(*id) == key);
            let Some(id) = known.or_else(|| self.id(key, roles)) else { return false };
            *to = id;
            if let Some(last) = self.last.get_mut(position) {
                *last = Some(id);
            }
        }
        self.rows.push(row);
        true
    }

    fn id(&mut self, key: &[u8], roles: Roles) -> Option<TermId> {
        let mut hasher = FxHasher::default();
        hasher.write(key);
        let hash = hasher.finish();
        // The lower half is kept.
        let short = u32::try_from(hash & 0xFFFF_FFFF).unwrap_or_default();
        let widen = |short: u32| u64::from(short).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let keys = &mut self.keys;
        let found = self
            .index
            .find(widen(short), |(other, id)| *other == short && keys.get(*id) == key)
            .map(|(_, id)| *id);
        if let Some(id) = found {
            if let Some(known) = keys.roles.get_mut(id as usize) {
                known.add(roles);
            }
            return Some(id);
        }
        let id = TermId::try_from(keys.len()).ok().filter(|id| *id < DEFAULT_GRAPH)?;
        keys.bytes.extend(key);
        keys.starts.push(keys.bytes.len() as u64);
        keys.roles.push(roles);
        self.index.insert_unique(widen(short), (short, id), |(short, _)| widen(*short));
        self.insert_datatype(key)?;
        Some(id)
    }

    /// A datatype is told by its number, so it is a term too.
    fn insert_datatype(&mut self, key: &[u8]) -> Option<()> {
        let parts = decode(key)?;
        if matches!(parts.kind, TermKind::Number | TermKind::Date | TermKind::Other) {
            let datatype: Vec<u8> =
                [TermKind::NamedNode as u8].into_iter().chain(parts.mark.iter().copied()).collect();
            self.id(&datatype, Roles::DATATYPE)?;
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_sorted_by_their_bytes() {
        let mut chunk = Chunk::default();
        let mut texts: Vec<Vec<u8>> = (0..2000_u32)
            .map(|n| {
                let rest = format!("http://例.org/{}", n * 7919 % 2003).into_bytes();
                [&[0], rest.as_slice(), &vec![0; n as usize % 11]].concat()
            })
            .chain((0..20).map(|zeros| [&[0][..], &[0; 20][..zeros]].concat()))
            .collect();
        for text in &texts {
            assert!(chunk.insert([Some(text), Some(text), Some(text), None]));
        }
        texts.sort();
        let order = chunk.keys.sorted();
        assert_eq!(order.len(), texts.len());
        for (id, text) in order.iter().zip(&texts) {
            assert_eq!(chunk.keys.get(*id), text);
        }
    }

    #[test]
    fn a_datatype_is_a_term_and_a_role_is_remembered() {
        let mut key = Vec::new();
        let one = oxigraph::model::Literal::from(1);
        super::super::key::encode(one.as_ref().into(), &mut key);
        let mut chunk = Chunk::default();
        assert!(chunk.insert([Some(b"\0s"), Some(b"\0p"), Some(&key), None]));
        assert!(chunk.insert([Some(b"\0p"), Some(b"\0p"), Some(b"\0p"), Some(b"\0g")]));
        assert_eq!(chunk.keys.len(), 5);
        assert!(chunk.keys.roles(1).has(Roles::PREDICATE));
        assert!(chunk.keys.get(3).ends_with(b"#integer"));
        assert_eq!(chunk.rows, [[0, 1, 2, DEFAULT_GRAPH], [1, 1, 1, 4]]);
    }
}
