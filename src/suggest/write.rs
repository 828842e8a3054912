//! Phrases to the file of suggestions.
//!
//! In: names, one after the other. Out: the file. Guarantee: the same names in the same order give the same bytes. Surprising: a
//! phrase has a key in Chinese, in pinyin and in initials at each of its words; only entities and shared words, which are few, also have one
//! at each character, and one in blurred sounds.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::thread;

use super::SuggestError;
use super::fold::Folded;
use super::keys::Keys;
use super::layout::{PHRASE_PARTS, SPACES, write_parts};
use super::named::Named;
use super::phrases::{Phrase, Phrases};
use super::ranks::Ranks;
use super::reading::{Syllable, blur, read};
use super::space::space_parts;
use crate::index::is_han;

/// Gathers names and writes the file.
#[derive(Default)]
pub struct SuggestionsWriter {
    phrases: Phrases,
}

impl SuggestionsWriter {
    /// Adds a name.
    pub fn add(&mut self, named: Named) {
        self.phrases.add(named);
    }

    /// Writes the file at `path`.
    ///
    /// # Errors
    /// [`SuggestError::Disk`].
    pub fn write(self, path: &Path) -> Result<(), SuggestError> {
        let failed = |source| SuggestError::Disk { path: path.to_owned(), source };
        let mut out = BufWriter::new(File::create(path).map_err(failed)?);
        self.write_to(&mut out).and_then(|()| out.flush()).map_err(failed)
    }

    pub(crate) fn write_to(self, out: &mut impl Write) -> std::io::Result<()> {
        let (phrases, ranks) = self.phrases.finish();
        let mut spaces = Spaces::default();
        for (number, phrase) in (0..).zip(&phrases) {
            spaces.add(number, phrase, ranks);
        }
        let own = phrase_parts(&phrases, ranks, &spaces.syllables);
        drop(phrases);
        let sorted = thread::scope(|scope| {
            let threads = spaces.keys.map(|mut keys| {
                scope.spawn(move || {
                    keys.sort();
                    space_parts(keys)
                })
            });
            threads.map(|thread| match thread.join() {
                Ok(parts) => parts,
                Err(panic) => std::panic::resume_unwind(panic),
            })
        });
        let mut parts = own.into_iter().chain(sorted.into_iter().flatten());
        write_parts(&std::array::from_fn(|_| parts.next().unwrap_or_default()), out)
    }
}

/// The keys of all phrases, by space.
#[derive(Default)]
struct Spaces {
    keys: [Keys; SPACES],
    syllables: BTreeSet<Syllable>,
}

impl Spaces {
    fn add(&mut self, number: u32, phrase: &Phrase, ranks: Ranks) {
        let folded = Folded::of(&phrase.text);
        let is_open = phrase.kind.class() < 2;
        let at_words: Vec<(usize, u32)> = folded
            .words()
            .iter()
            .map(|word| word.range.start)
            .map(|start| (start, ranks.rank(number, u32::from(start > 0))))
            .collect();
        let at_chars = |(at, c): (usize, &char)| match at_words.iter().find(|(own, _)| *own == at) {
            Some(known) => Some(*known),
            None => (is_open && is_han(*c)).then(|| (at, ranks.rank(number, 2))),
        };
        let chinese: Vec<_> = folded.chars.iter().enumerate().filter_map(at_chars).collect();
        let letters: Vec<String> = folded.chars.iter().map(char::to_string).collect();
        let readings = read(&folded.chars);
        let initials: BTreeSet<Vec<&[u8]>> = readings.iter().map(|own| initials_of(own)).collect();
        let blurred: BTreeSet<String> = readings
            .iter()
            .map(|own| own.iter().map(|syllable| blur(syllable)).collect())
            .filter(|_| is_open)
            .collect();
        let [in_chinese, in_pinyin, in_initials, in_blurred] = &mut self.keys;
        in_chinese.add(letters.iter().map(String::as_bytes), &chinese);
        for reading in &readings {
            in_pinyin.add(reading.iter().map(|syllable| syllable.as_bytes()), &at_words);
        }
        for reading in initials {
            in_initials.add(reading.into_iter(), &at_words);
        }
        for reading in blurred {
            in_blurred.add([reading.as_bytes()].into_iter(), &[(0, ranks.rank(number, 0))]);
        }
        let syllables = readings.into_iter().flatten();
        self.syllables
            .extend(syllables.filter(|one| one.bytes().all(|byte| byte.is_ascii_lowercase())));
    }
}

fn initials_of(reading: &[Syllable]) -> Vec<&'static [u8]> {
    reading.iter().map(|syllable| syllable.as_bytes().get(..1).unwrap_or_default()).collect()
}

fn phrase_parts(
    phrases: &[Phrase],
    ranks: Ranks,
    syllables: &BTreeSet<Syllable>,
) -> [Vec<u8>; PHRASE_PARTS] {
    let list = |text: &dyn Fn(&Phrase) -> String| {
        let (mut ends, mut texts) = (Vec::new(), Vec::new());
        for phrase in phrases {
            texts.extend_from_slice(text(phrase).as_bytes());
            ends.extend(u32::try_from(texts.len()).unwrap_or(u32::MAX).to_le_bytes());
        }
        (ends, texts)
    };
    let (text_ends, texts) = list(&|phrase| phrase.text.clone());
    let (iri_ends, iris) = list(&|phrase| phrase.iri.clone().unwrap_or_default());
    let bounds = ranks.bounds.iter().flat_map(|bound| bound.to_le_bytes()).collect();
    let kinds = phrases.iter().map(|phrase| phrase.kind as u8).collect();
    let syllables = syllables.iter().copied().collect::<Vec<_>>().join(" ").into_bytes();
    [bounds, text_ends, texts, iri_ends, iris, kinds, syllables]
}
