//! Which properties the members of each class have. In: triples in the order of subjects, while an image is written; out: a list that
//! tells of a class and a predicate how many triples they share, and of how many subjects. The surprise: the list is left out where
//! classes are as many as nodes may be, because what is counted is held in memory.

use super::bytes::{partition_point, read_u32};
use super::part::{Part, Waiting};
use super::row::TermId;
use rustc_hash::FxHashMap;
use std::io;

/// More pairs of a class and a predicate are not listed.
const PAIRS_MAX: usize = 1 << 18;

/// What is known of the members of a class that have a predicate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ClassCounts {
    /// The class's number.
    pub(crate) class: TermId,
    /// The predicate's number.
    pub(crate) predicate: TermId,
    /// Triples with the predicate whose subject is a member.
    pub(crate) triples: usize,
    /// Distinct subjects of these.
    pub(crate) subjects: usize,
}

/// The list, ascending by class and predicate.
#[derive(Clone, Copy)]
pub(super) struct ClassList<'a> {
    pub(super) bytes: &'a [u8],
}

impl<'a> ClassList<'a> {
    pub(super) const ENTRY_BYTES: usize = 4 * size_of::<u32>();

    fn len(self) -> usize {
        self.bytes.len() / Self::ENTRY_BYTES
    }

    fn number(self, place: usize, field: usize) -> Option<u32> {
        read_u32(self.bytes, place * Self::ENTRY_BYTES + field * size_of::<u32>())
    }

    fn counts(self, place: usize) -> Option<ClassCounts> {
        Some(ClassCounts {
            class: self.number(place, 0)?,
            predicate: self.number(place, 1)?,
            triples: self.number(place, 2)? as usize,
            subjects: self.number(place, 3)? as usize,
        })
    }

    pub(super) fn all(self) -> impl Iterator<Item = ClassCounts> + use<'a> {
        (0..self.len()).filter_map(move |place| self.counts(place))
    }

    pub(super) fn of(self, class: TermId) -> impl Iterator<Item = ClassCounts> + use<'a> {
        let below = |place| self.number(place, 0).is_some_and(|listed| listed < class);
        let first = partition_point(0..self.len(), below);
        let counts = (first..self.len()).filter_map(move |place| self.counts(place));
        counts.take_while(move |counts| counts.class == class)
    }
}

/// The list while subjects come.
pub(super) struct ClassCounting {
    /// The place of `rdf:type` among the predicates.
    type_place: Option<u32>,
    subject: Option<TermId>,
    classes: Vec<TermId>,
    /// Places of predicates of the subject at hand, and in how many triples.
    predicates: Vec<(u32, u32)>,
    /// By class and place of a predicate: triples, subjects.
    counts: FxHashMap<(TermId, u32), [u32; 2]>,
    is_full: bool,
}

impl ClassCounting {
    pub(super) fn new(type_place: Option<u32>) -> Self {
        Self {
            type_place,
            subject: None,
            classes: Vec::new(),
            predicates: Vec::new(),
            counts: FxHashMap::default(),
            is_full: false,
        }
    }

    /// Takes the next triple, whose predicate is a place.
    pub(super) fn add(&mut self, [subject, predicate, object]: [u32; 3]) {
        if self.subject.replace(subject) != Some(subject) {
            self.close();
        }
        if self.type_place == Some(predicate) {
            self.classes.push(object);
        }
        match self.predicates.last_mut() {
            Some((last, triples)) if *last == predicate => *triples += 1,
            _ => self.predicates.push((predicate, 1)),
        }
    }

    /// Counts the subject whose triples have come.
    fn close(&mut self) {
        if !self.is_full {
            for class in &self.classes {
                for (predicate, of_subject) in &self.predicates {
                    let [triples, subjects] = self.counts.entry((*class, *predicate)).or_default();
                    *triples += of_subject;
                    *subjects += 1;
                }
            }
        }
        if self.counts.len() > PAIRS_MAX {
            self.is_full = true;
            self.counts = FxHashMap::default();
        }
        self.classes.clear();
        self.predicates.clear();
    }

    /// The list, with the numbers of `predicates` for their places.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub(super) fn finish(mut self, predicates: &[TermId], waiting: &Waiting) -> io::Result<Part> {
        self.close();
        let mut sorted: Vec<_> = self.counts.into_iter().collect();
        sorted.sort_unstable();
        let mut part = Part::new(waiting);
        for ((class, place), [triples, subjects]) in sorted {
            let predicate = predicates.get(place as usize).copied().unwrap_or_default();
            for number in [class, predicate, triples, subjects] {
                part.write(&number.to_le_bytes())?;
            }
        }
        Ok(part)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(counting: ClassCounting, predicates: &[TermId]) -> Vec<ClassCounts> {
        let mut bytes = Vec::new();
        let part = counting.finish(predicates, &Waiting::Memory).unwrap();
        part.copy_to(&mut bytes).unwrap();
        ClassList { bytes: &bytes }.all().collect()
    }

    #[test]
    fn members_are_counted_under_each_of_their_classes() {
        let mut counting = ClassCounting::new(Some(1));
        // The first subject is of classes 7 and 8, the second of 8.
        for row in [[2, 0, 90], [2, 0, 91], [2, 1, 7], [2, 1, 8], [3, 0, 90], [3, 1, 8], [4, 0, 5]]
        {
            counting.add(row);
        }
        let pair = |class, predicate, triples, subjects| ClassCounts {
            class,
            predicate,
            triples,
            subjects,
        };
        let expected = [pair(7, 20, 2, 1), pair(7, 21, 2, 1), pair(8, 20, 3, 2), pair(8, 21, 3, 2)];
        assert_eq!(listed(counting, &[20, 21]), expected);
    }

    #[test]
    fn what_would_take_too_much_is_not_listed() {
        let mut counting = ClassCounting::new(Some(0));
        for subject in 0..=u32::try_from(PAIRS_MAX).unwrap() + 1 {
            counting.add([subject, 0, subject]);
        }
        assert_eq!(listed(counting, &[9]), []);
    }
}
