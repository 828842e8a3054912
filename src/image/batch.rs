//! Quads on their way to a builder. In: quads; out: the keys of their terms in one piece of memory, which can be handed to another
//! thread and used again.

use super::key;
use oxigraph::model::{GraphNameRef, QuadRef};

/// A batch that holds so many bytes is worth handing over.
const FULL_BYTES: usize = 256 << 10;

/// Terms of a quad.
const POSITIONS: usize = 4;

/// The keys of some quads' terms.
#[derive(Default)]
pub(crate) struct Batch {
    bytes: Vec<u8>,
    /// Where each key ends, four a quad. The default graph has an empty one.
    ends: Vec<usize>,
}

impl Batch {
    /// Adds a quad.
    pub(crate) fn push(&mut self, quad: QuadRef<'_>) {
        let graph = match quad.graph_name {
            GraphNameRef::DefaultGraph => None,
            GraphNameRef::NamedNode(name) => Some(name.into()),
            GraphNameRef::BlankNode(name) => Some(name.into()),
        };
        let terms =
            [Some(quad.subject.into()), Some(quad.predicate.into()), Some(quad.object), graph];
        for term in terms {
            if let Some(term) = term {
                key::encode(term, &mut self.bytes);
            }
            self.ends.push(self.bytes.len());
        }
    }

    /// Whether it is time to hand it over.
    pub(crate) fn is_full(&self) -> bool {
        self.bytes.len() >= FULL_BYTES
    }

    /// How many quads it holds.
    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.ends.len() / POSITIONS
    }

    /// Takes everything out and keeps the memory.
    pub(crate) fn clear(&mut self) {
        self.bytes.clear();
        self.ends.clear();
    }

    /// The keys of each quad; `None` is the default graph.
    pub(super) fn quads(&self) -> impl Iterator<Item = [Option<&[u8]>; POSITIONS]> {
        let mut start = 0;
        self.ends.chunks_exact(POSITIONS).map(move |ends| {
            let mut keys = [None; POSITIONS];
            for (key, end) in keys.iter_mut().zip(ends) {
                *key = self.bytes.get(start..*end).filter(|key| !key.is_empty());
                start = *end;
            }
            keys
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::{GraphName, NamedNode, Quad};

    #[test]
    fn quads_come_out_as_keys_and_the_default_graph_has_none() {
        let node = |name: &str| NamedNode::new_unchecked(name);
        let mut batch = Batch::default();
        batch.push(Quad::new(node("s"), node("p"), node("o"), GraphName::DefaultGraph).as_ref());
        batch.push(Quad::new(node("s"), node("p"), node(""), node("g")).as_ref());
        let quads: Vec<_> = batch.quads().collect();
        let key = |name: &'static [u8]| Some(name);
        assert_eq!(quads[0], [key(b"\0s"), key(b"\0p"), key(b"\0o"), None]);
        assert_eq!(quads[1], [key(b"\0s"), key(b"\0p"), key(b"\0"), key(b"\0g")]);
        batch.clear();
        assert_eq!(batch.quads().count(), 0);
    }
}
