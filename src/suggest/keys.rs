//! The keys of phrases, as they are gathered and sorted. In: texts with the places in them at which a search may begin. Out: the texts,
//! one behind the other, and keys in the order of the bytes that follow them. Guarantee: a key's text ends with a zero, which is
//! smaller than any byte of a text, so that a shorter text comes before those that it begins.

/// Bytes of the key that are compared without looking them up.
const HEAD_BYTES: usize = 8;

/// A place at which a search may begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    /// Where it is in the texts.
    pub(crate) position: u32,
    pub(crate) rank: u32,
    /// The number of characters of the phrase before it.
    pub(crate) start: u8,
}

/// Keys that are being gathered.
#[derive(Default)]
pub(crate) struct Keys {
    pub(crate) texts: Vec<u8>,
    pub(crate) keys: Vec<Key>,
}

impl Keys {
    /// Adds a text made of parts, and a key for each of `starts`: the number of the part it begins at, its rank.
    pub(crate) fn add<'a>(
        &mut self,
        parts: impl Iterator<Item = &'a [u8]>,
        starts: &[(usize, u32)],
    ) {
        let mut starts = starts.iter().peekable();
        for (number, part) in parts.enumerate() {
            let position = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
            while let Some((_, rank)) = starts.next_if(|(at, _)| *at == number) {
                if let Ok(start) = u8::try_from(number) {
                    self.keys.push(Key { position, rank: *rank, start });
                }
            }
            self.texts.extend_from_slice(part);
        }
        self.texts.push(0);
    }

    /// Brings the keys into their order.
    pub(crate) fn sort(&mut self) {
        let texts = &self.texts;
        let tail = |key: &Key| usize::try_from(key.position).ok().and_then(|at| texts.get(at..));
        let mut headed: Vec<(u64, Key)> =
            self.keys.iter().map(|key| (head(tail(key).unwrap_or_default()), *key)).collect();
        headed.sort_unstable_by(|(one_head, one), (other_head, other)| {
            let text = |key| {
                let tail = tail(key).unwrap_or_default();
                let end = memchr::memchr(0, tail).unwrap_or(tail.len());
                tail.get(..end).unwrap_or_default()
            };
            one_head
                .cmp(other_head)
                .then_with(|| text(one).cmp(text(other)))
                .then_with(|| (one.rank, one.position).cmp(&(other.rank, other.position)))
        });
        self.keys = headed.into_iter().map(|(_, key)| key).collect();
    }
}

/// The first bytes of a text as a number that orders as they do, zeros behind its end.
fn head(text: &[u8]) -> u64 {
    let mut bytes = [0; HEAD_BYTES];
    for (byte, given) in bytes.iter_mut().zip(text.iter().take_while(|byte| **byte != 0)) {
        *byte = *given;
    }
    u64::from_be_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_sorted_by_what_follows_them_and_then_by_rank() {
        let mut keys = Keys::default();
        keys.add([&b"miao"[..], b"pu"].into_iter(), &[(0, 3), (1, 4)]);
        keys.add([&b"pu"[..]].into_iter(), &[(0, 1)]);
        keys.add([&b"miao"[..]].into_iter(), &[(0, 2)]);
        keys.sort();
        let ranks: Vec<u32> = keys.keys.iter().map(|key| key.rank).collect();
        assert_eq!(ranks, [2, 3, 1, 4]);
    }
}
