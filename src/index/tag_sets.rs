//! The tags of all entries, as every search counts and filters them. In: the tags of each entry, ascending, and where those that a document lends end; out: [`TagSets`],
//! where those of an entry are found by its ordinal. Guarantee: nothing is lost, and tags come back ascending. Surprising: what the entries of a document share (place, year, issuer, number) is held and
//! counted once for all of them, because most of an entry's tags are its document's.

use std::collections::HashMap;

/// The tags of one entry.
#[derive(Clone, Copy, Debug)]
struct TagSet {
    group: u32,
    /// Where its own begin; they end where those of the next begin.
    start: u32,
}

/// The tags of all entries, as places in a list.
#[derive(Debug, Default)]
pub(crate) struct TagSets {
    /// By ordinal.
    sets: Vec<TagSet>,
    /// What entries of one document share, each once.
    groups: Vec<Vec<u32>>,
    /// What is an entry's own, one entry after the other.
    own: Vec<u32>,
}

impl TagSets {
    /// Those of an entry that are its own.
    pub(crate) fn own(&self, ordinal: u32) -> &[u32] {
        let place = usize::try_from(ordinal).unwrap_or(usize::MAX);
        let start = |place: usize| {
            let set = self.sets.get(place)?;
            usize::try_from(set.start).ok()
        };
        let Some(first) = start(place) else { return &[] };
        let end = start(place + 1).unwrap_or(self.own.len());
        self.own.get(first..end).unwrap_or_default()
    }

    /// Those that its document lends it.
    fn lent(&self, ordinal: u32) -> &[u32] {
        let set = usize::try_from(ordinal).ok().and_then(|place| self.sets.get(place));
        let group = set.and_then(|set| usize::try_from(set.group).ok());
        group.and_then(|place| self.groups.get(place)).map_or(&[], Vec::as_slice)
    }

    /// All of an entry, ascending.
    pub(crate) fn all(&self, ordinal: u32) -> impl Iterator<Item = u32> {
        self.lent(ordinal).iter().chain(self.own(ordinal)).copied()
    }

    /// How often each of `tags_len` tags occurs among these entries.
    pub(crate) fn count(&self, ordinals: impl Iterator<Item = u32>, tags_len: usize) -> Vec<u32> {
        let mut groups = vec![0_u32; self.groups.len()];
        let mut tags = vec![0_u32; tags_len];
        for ordinal in ordinals {
            let set = usize::try_from(ordinal).ok().and_then(|place| self.sets.get(place));
            if let Some(set) = set {
                add(&mut groups, set.group, 1);
            }
            for tag in self.own(ordinal) {
                add(&mut tags, *tag, 1);
            }
        }
        for (group, times) in self.groups.iter().zip(groups).filter(|(_, times)| *times > 0) {
            for tag in group {
                add(&mut tags, *tag, times);
            }
        }
        tags
    }
}

/// Adds to the count of a place.
pub(super) fn add(counts: &mut [u32], place: u32, times: u32) {
    let slot = usize::try_from(place).ok().and_then(|place| counts.get_mut(place));
    if let Some(slot) = slot {
        *slot += times;
    }
}

/// Gathers the tags of entries.
#[derive(Default)]
pub(crate) struct TagGatherer {
    sets: TagSets,
    known: HashMap<Vec<u32>, u32>,
}

impl TagGatherer {
    /// Takes the tags of an entry, ascending, of which those below `lent_end` are lent by its document.
    pub(crate) fn add(&mut self, mut tags: Vec<u32>, lent_end: u32) {
        let own = tags.split_off(tags.partition_point(|tag| *tag < lent_end));
        let group = if let Some(group) = self.known.get(&tags) {
            *group
        } else {
            let group = u32::try_from(self.sets.groups.len()).unwrap_or(u32::MAX);
            self.sets.groups.push(tags.clone());
            self.known.insert(tags, group);
            group
        };
        let start = u32::try_from(self.sets.own.len()).unwrap_or(u32::MAX);
        self.sets.own.extend(own);
        self.sets.sets.push(TagSet { group, start });
    }

    /// All of them.
    pub(crate) fn finish(self) -> TagSets {
        self.sets
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_come_back_as_they_were_and_are_counted_once_an_entry() {
        let entries = [vec![0, 2, 7, 9], vec![0, 2, 8], vec![], vec![1], vec![9], vec![0, 2]];
        let mut gatherer = TagGatherer::default();
        for tags in &entries {
            gatherer.add(tags.clone(), 5);
        }
        let tags = gatherer.finish();
        for (ordinal, expected) in (0..).zip(&entries) {
            assert_eq!(tags.all(ordinal).collect::<Vec<_>>(), *expected);
        }
        assert_eq!(tags.groups.len(), 3);
        assert_eq!(tags.count(0..6, 10), [3, 1, 3, 0, 0, 0, 0, 1, 1, 2]);
        assert_eq!(tags.count(0..1, 10), [1, 0, 1, 0, 0, 0, 0, 1, 0, 1]);
    }
}
