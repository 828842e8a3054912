//! The file of suggestions, opened. In: a typed text. Out: the names that it may become.
//! Guarantee: at most as many as are asked for, each a phrase of the file, each once. The surprising thing: each script is searched by
//! itself and gives its best; which are the best of all follows from their ranks.

use std::collections::HashSet;
use std::io;
use std::path::Path;

use serde::Serialize;

use super::SuggestError;
use super::fold::Folded;
use super::layout::{Layout, SpaceName};
use super::mixed::{fits, initials, ways};
use super::named::{Kind, Named};
use super::space::{Best, Found};
use super::typed::Typed;
use super::write::SuggestionsWriter;
use crate::image::{Bytes, map_file};
use crate::index::is_han;

/// More suggestions are never given.
const SUGGESTIONS_MAX: usize = 100;
/// Keys that are looked at for each suggestion, as a phrase may have several in one range; and some more.
const KEYS_EACH: usize = 8;
const KEYS_MORE: usize = 64;
/// Names that are compared with a mixed text.
const COMPARED_MAX: usize = 300;

/// How a suggestion follows from what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum How {
    /// It begins with it.
    Prefix,
    /// It has it inside.
    Inner,
    /// Its pinyin begins with it, or that of a word in it.
    Pinyin,
    /// So do its initials.
    Initials,
    /// So does a mixture of characters, syllables and initials.
    Mixed,
}

/// What may be meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// The name.
    pub text: String,
    /// The resource of this name; none for words that are no resource, and for a name that several have.
    pub iri: Option<String>,
    /// What has the name.
    pub kind: Kind,
    /// How it follows from what was typed.
    pub how: How,
}

/// The suggestions of a release.
pub struct Suggestions {
    bytes: Bytes,
    layout: Layout,
    /// Those that names have, sorted.
    syllables: Vec<String>,
}

impl std::fmt::Debug for Suggestions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Suggestions").field("phrases", &self.layout.ranks).finish_non_exhaustive()
    }
}

impl Suggestions {
    /// Opens the file at `path`, which is mapped and not read.
    ///
    /// # Errors
    /// [`SuggestError::Disk`] where it cannot be read, [`SuggestError::Damaged`] where it is no such file.
    pub fn open(path: &Path) -> Result<Self, SuggestError> {
        let map = map_file(path)
            .map_err(|source| SuggestError::Disk { path: path.to_owned(), source })?;
        Self::read(Bytes::Mapped(map)).ok_or_else(|| SuggestError::Damaged(path.to_owned()))
    }

    /// The suggestions of these names, in memory.
    ///
    /// # Errors
    /// None that is known: memory takes what is written.
    pub fn of(names: impl IntoIterator<Item = Named>) -> io::Result<Self> {
        let mut writer = SuggestionsWriter::default();
        names.into_iter().for_each(|named| writer.add(named));
        let mut bytes = Vec::new();
        writer.write_to(&mut bytes)?;
        Self::read(Bytes::Made(bytes)).ok_or_else(|| io::ErrorKind::InvalidData.into())
    }

    pub(crate) fn read(bytes: Bytes) -> Option<Self> {
        let layout = Layout::of(bytes.as_slice())?;
        let syllables = String::from_utf8_lossy(layout.part(bytes.as_slice(), 6));
        let syllables = syllables.split(' ').filter(|one| !one.is_empty());
        Some(Self { syllables: syllables.map(str::to_owned).collect(), bytes, layout })
    }

    /// Names that `typed` may become, the best first, at most `max`.
    pub fn suggest(&self, typed: &str, max: usize) -> Vec<Suggestion> {
        let typed = Typed::of(typed);
        let max = max.min(SUGGESTIONS_MAX);
        if typed.chars.is_empty() || max == 0 {
            return Vec::new();
        }
        let mut gathered = Gathered { suggestions: self, max, found: Vec::new() };
        gathered.add(self.best(SpaceName::Chinese, &typed.text()), |level| {
            if level == 0 { How::Prefix } else { How::Inner }
        });
        if typed.has_letter && !typed.has_han {
            for reading in typed.readings() {
                gathered.add(self.best(SpaceName::Pinyin, &reading), |_| How::Pinyin);
            }
            gathered.add(self.best(SpaceName::Initials, &typed.text()), |_| How::Initials);
        }
        if typed.has_letter && gathered.phrases() < max {
            let mixed = self.find_mixed(&typed);
            gathered.add(mixed.into_iter(), |_| How::Mixed);
        }
        gathered.finish()
    }

    /// The keys of a space that begin with `prefix`, the best first.
    pub(crate) fn best(&self, name: SpaceName, prefix: &str) -> Best<'_> {
        let space = self.layout.space(self.bytes.as_slice(), name);
        space.best(space.range(prefix.as_bytes()))
    }

    /// Names that a mixture of scripts fits.
    fn find_mixed(&self, typed: &Typed) -> Vec<Found> {
        let [chinese, by_initials] = [SpaceName::Chinese, SpaceName::Initials]
            .map(|name| self.layout.space(self.bytes.as_slice(), name));
        let run: String = typed.chars.iter().take_while(|c| is_han(**c)).collect();
        let in_chinese = (!run.is_empty()).then(|| chinese.range(run.as_bytes()));
        let mut found = Vec::new();
        let mut left = COMPARED_MAX;
        for way in ways(typed, &self.syllables) {
            for key in initials(typed, &way) {
                let range = by_initials.range(key.as_bytes());
                let candidates = match &in_chinese {
                    Some(smaller) if smaller.len() < range.len() => chinese.best(smaller.clone()),
                    _ => by_initials.best(range),
                };
                for candidate in candidates.take(left) {
                    left -= 1;
                    let (phrase, _) = self.layout.ranks.split(candidate.rank);
                    let chars = Folded::chars_of(self.text(phrase).unwrap_or_default());
                    if fits(&way, &chars, candidate.start) {
                        found.push(candidate);
                    }
                }
            }
        }
        found.sort_by_key(|found| found.rank);
        found
    }

    /// The phrase of a rank, and the level at which it was found.
    pub(crate) fn split(&self, rank: u32) -> (u32, u32) {
        self.layout.ranks.split(rank)
    }

    /// The text of a phrase.
    pub(crate) fn text(&self, phrase: u32) -> Option<&str> {
        self.layout.text(self.bytes.as_slice(), 1, phrase)
    }

    /// What has a phrase for its name.
    pub(crate) fn kind(&self, phrase: u32) -> Kind {
        let kinds = self.layout.part(self.bytes.as_slice(), 5);
        let number = usize::try_from(phrase).ok().and_then(|at| kinds.get(at));
        Kind::from_number(number.copied().unwrap_or(u8::MAX))
    }

    fn suggestion(&self, phrase: u32, how: How) -> Option<Suggestion> {
        let text = self.text(phrase)?.to_owned();
        let iri = self.layout.text(self.bytes.as_slice(), 3, phrase).filter(|iri| !iri.is_empty());
        Some(Suggestion { text, iri: iri.map(str::to_owned), kind: self.kind(phrase), how })
    }
}

/// What the scripts gave.
struct Gathered<'a> {
    suggestions: &'a Suggestions,
    max: usize,
    /// Rank, how, phrase.
    found: Vec<(u32, How, u32)>,
}

impl Gathered<'_> {
    fn add(&mut self, keys: impl Iterator<Item = Found>, how: impl Fn(u32) -> How) {
        let mut known = HashSet::new();
        for found in keys.take(self.max * KEYS_EACH + KEYS_MORE) {
            let (phrase, level) = self.suggestions.split(found.rank);
            if known.insert(phrase) {
                self.found.push((found.rank, how(level), phrase));
            }
            if known.len() == self.max {
                break;
            }
        }
    }

    /// Distinct phrases so far.
    fn phrases(&self) -> usize {
        self.found.iter().map(|(.., phrase)| phrase).collect::<HashSet<_>>().len()
    }

    fn finish(mut self) -> Vec<Suggestion> {
        self.found.sort_unstable();
        let mut known = HashSet::new();
        self.found.retain(|(.., phrase)| known.insert(*phrase));
        let best = self.found.iter().take(self.max);
        best.filter_map(|(_, how, phrase)| self.suggestions.suggestion(*phrase, *how)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    const NAMES: [(&str, Kind, u32); 14] = [
        ("绿化覆盖率", Kind::Indicator, 3),
        ("城市苗圃绿化率", Kind::Indicator, 2),
        ("甲市绿化办", Kind::Department, 5),
        ("单县", Kind::Place, 2),
        ("乐清市", Kind::Place, 1),
        ("绿园县", Kind::Place, 0),
        ("“百圃千园”行动", Kind::Programme, 1),
        ("甲绿发〔2031〕1号", Kind::Document, 1),
        ("关于扩大苗圃的通知", Kind::Document, 1),
        ("推进城市苗圃改造", Kind::Measure, 1),
        ("实施城市苗圃改造", Kind::Measure, 1),
        ("推广5G苗圃", Kind::Measure, 1),
        ("绿化长江两岸", Kind::Measure, 1),
        ("绿化长江两岸", Kind::Measure, 1),
    ];

    static SUGGESTIONS: LazyLock<Suggestions> = LazyLock::new(|| {
        let named = |(number, (text, kind, uses)): (usize, &(&str, Kind, u32))| Named {
            text: (*text).to_owned(),
            iri: format!("e:{number}"),
            kind: *kind,
            uses: *uses,
        };
        Suggestions::of(NAMES.iter().enumerate().map(named)).unwrap()
    });

    fn texts(typed: &str) -> Vec<(String, How)> {
        let found = SUGGESTIONS.suggest(typed, 10);
        found.into_iter().map(|one| (one.text, one.how)).collect()
    }

    #[test]
    fn names_are_found_in_whatever_way_they_are_typed() {
        use How::{Initials, Inner, Mixed, Pinyin, Prefix};
        for (typed, text, how) in [
            ("绿化覆", "绿化覆盖率", Prefix),
            ("綠化覆", "绿化覆盖率", Prefix),
            ("覆盖", "绿化覆盖率", Inner),
            ("盖率", "绿化覆盖率", Inner),
            ("百圃", "“百圃千园”行动", Prefix),
            ("甲绿发2031", "甲绿发〔2031〕1号", Prefix),
            ("甲绿发[2031]1", "甲绿发〔2031〕1号", Prefix),
            ("lvhuafugai", "绿化覆盖率", Pinyin),
            ("lv hua fu", "绿化覆盖率", Pinyin),
            ("lǜ'huà", "绿化覆盖率", Pinyin),
            ("luhuafu", "绿化覆盖率", Pinyin),
            ("fugai", "绿化覆盖率", Pinyin),
            ("shanxian", "单县", Pinyin),
            ("yueqing", "乐清市", Pinyin),
            ("changjiang", "绿化长江两岸", Pinyin),
            ("lhfgl", "绿化覆盖率", Initials),
            ("fgl", "绿化覆盖率", Initials),
            ("5gmp", "推广5G苗圃", Initials),
            ("绿化fg", "绿化覆盖率", Mixed),
            ("lvhua覆盖", "绿化覆盖率", Mixed),
            ("绿化fugai", "绿化覆盖率", Mixed),
            ("lvhuafg", "绿化覆盖率", Mixed),
            ("苗圃gz", "推进城市苗圃改造", Mixed),
            ("５Ｇ苗", "推广5G苗圃", Inner),
        ] {
            assert!(texts(typed).contains(&(text.to_owned(), how)), "{typed}: {:?}", texts(typed));
        }
    }

    #[test]
    fn what_sounds_otherwise_is_not_suggested() {
        for typed in ["danxian", "绿化gf", "圃苗", "lvhuamiao", "fgll", "，", "", "zzzz"] {
            assert_eq!(texts(typed), [], "{typed}");
        }
    }

    #[test]
    fn entities_come_before_shared_words_and_headings_and_what_is_never_spoken_of_last() {
        let kinds = |typed| SUGGESTIONS.suggest(typed, 10).into_iter().map(|one| one.kind);
        assert!(kinds("苗圃").is_sorted_by_key(Kind::class));
        let green = texts("绿");
        let place = |text: &str| green.iter().position(|(own, _)| own == text).unwrap();
        assert!(place("绿化覆盖率") < place("甲市绿化办"), "its beginning before its inner words");
        assert!(place("甲市绿化办") < place("绿化长江两岸"));
        assert_eq!(place("绿园县"), green.len() - 1);
    }

    #[test]
    fn a_name_comes_once_and_with_its_resource_where_it_has_one() {
        let found = SUGGESTIONS.suggest("lvhua", 10);
        let river: Vec<_> = found.iter().filter(|one| one.text == "绿化长江两岸").collect();
        assert_eq!(river.len(), 1);
        assert_eq!(river[0].iri, None, "two measures have it");
        let shared = SUGGESTIONS.suggest("城市苗圃改", 10);
        assert_eq!((shared[0].text.as_str(), shared[0].kind), ("城市苗圃改造", Kind::Phrase));
        assert_eq!(SUGGESTIONS.suggest("单", 10)[0].iri.as_deref(), Some("e:3"));
    }

    #[test]
    fn a_damaged_file_is_refused_or_gives_less_and_never_panics() {
        let mut writer = SuggestionsWriter::default();
        for (text, kind, uses) in NAMES {
            writer.add(Named { text: text.to_owned(), iri: "e:1".to_owned(), kind, uses });
        }
        let mut bytes = Vec::new();
        writer.write_to(&mut bytes).unwrap();
        for length in [0, 7, 8, 100, bytes.len() - 1] {
            assert!(Suggestions::read(Bytes::Made(bytes[..length].to_vec())).is_none(), "{length}");
        }
        for at in (0..bytes.len()).step_by(3) {
            let mut wrong = bytes.clone();
            wrong[at] ^= 0x55;
            if let Some(suggestions) = Suggestions::read(Bytes::Made(wrong)) {
                for typed in ["绿", "l", "绿化fg", "率化"] {
                    suggestions.suggest(typed, 10);
                    suggestions.did_you_mean(typed);
                }
            }
        }
    }

    proptest! {
        #[test]
        fn any_text_gives_a_few_phrases_each_once(typed in "\\PC{0,80}", max in 0_usize..20) {
            check(&typed, max)?;
        }

        #[test]
        fn so_does_any_text_that_is_nearly_one(
            typed in "[绿化苗圃城市改造单乐长江a-zü '5〔]{0,12}", max in 0_usize..20
        ) {
            check(&typed, max)?;
        }
    }

    fn check(typed: &str, max: usize) -> Result<(), TestCaseError> {
        let found = SUGGESTIONS.suggest(typed, max);
        prop_assert!(found.len() <= max);
        let texts: HashSet<&str> = found.iter().map(|one| one.text.as_str()).collect();
        prop_assert_eq!(texts.len(), found.len());
        for one in &found {
            let known = NAMES.iter().any(|(text, ..)| text.contains(&one.text));
            prop_assert!(known, "{}", one.text);
        }
        if let Some(meant) = SUGGESTIONS.did_you_mean(typed) {
            prop_assert_ne!(meant, typed);
        }
        Ok(())
    }
}
