//! 您是不是要找: a question with one run of characters replaced by a name that sounds the same.
//!
//! In: a question that found nothing. Out: the question as it may have been meant, or nothing. Guarantees: only characters that
//! read the same, or nearly, are replaced, and one at least stays; what is known is never replaced. Surprising: a run of words inside a name counts
//! as a name, where it begins and ends with words, because a name is seldom typed as a whole.

use std::ops::Range;

use super::fold::Folded;
use super::layout::SpaceName;
use super::reader::Suggestions;
use super::reading::{blur, read};
use super::typed::TYPED_CHARS_MAX;
use crate::index::{is_han, segment, simplify};

/// Characters of a run that may be replaced, where it is not the whole question.
const RUN_CHARS_MIN: usize = 3;
/// The shortest whole name.
const NAME_CHARS_MIN: usize = 2;
const RUN_CHARS_MAX: usize = 14;
/// Keys that are looked at for one reading.
const KEYS_MAX: usize = 48;

/// A name, or a run of words of one, that sounds like what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Homophone {
    chars: Vec<char>,
    is_whole: bool,
    /// Characters that are the same.
    same: usize,
    rank: u32,
}

impl Suggestions {
    /// The question with the run replaced that is likely mistyped; none where nothing sounds alike. Meant for questions that found nothing.
    pub fn did_you_mean(&self, typed: &str) -> Option<String> {
        let chars: Vec<char> = simplify(typed).chars().take(TYPED_CHARS_MAX).collect();
        let runs = han_runs(&chars);
        let names = runs.iter().filter_map(|run| self.replace_whole(&chars, run));
        let mut better =
            names.chain(runs.iter().filter_map(|run| self.replace_inside(&chars, run)));
        let (range, meant) = better.next()?;
        let original = |range: Range<usize>| typed.chars().skip(range.start).take(range.len());
        let end = typed.chars().count();
        Some(original(0..range.start).chain(meant).chain(original(range.end..end)).collect())
    }

    /// A name that sounds like the whole run: the same first, then nearly the same.
    fn replace_whole(
        &self,
        chars: &[char],
        run: &Range<usize>,
    ) -> Option<(Range<usize>, Vec<char>)> {
        let typed = chars.get(run.clone())?;
        if !(NAME_CHARS_MIN..=RUN_CHARS_MAX).contains(&typed.len()) || self.is_known(typed) {
            return None;
        }
        let sounding = [SpaceName::Pinyin, SpaceName::Blurred];
        sounding.into_iter().find_map(|space| {
            let mut found = self.homophones(typed, space);
            found.retain(|own| typed.len() >= RUN_CHARS_MIN || self.is_entity(own));
            let order = |own: &Homophone| (own.is_whole, own.same, u32::MAX - own.rank);
            found.into_iter().max_by_key(order).map(|best| (run.clone(), best.chars))
        })
    }

    /// The only name that sounds like a part of the run, for the longest part that has one.
    fn replace_inside(
        &self,
        chars: &[char],
        run: &Range<usize>,
    ) -> Option<(Range<usize>, Vec<char>)> {
        let text: String = chars.get(run.clone())?.iter().collect();
        let borders: Vec<usize> =
            segment(&text).iter().map(|word| word.start).chain([run.len()]).collect();
        let mut parts: Vec<Range<usize>> = borders
            .iter()
            .flat_map(|start| borders.iter().map(move |end| *start..*end))
            .filter(|part| (RUN_CHARS_MIN..=RUN_CHARS_MAX).contains(&part.len()))
            .collect();
        parts.sort_by_key(|part| (std::cmp::Reverse(part.len()), part.start));
        for space in [SpaceName::Pinyin, SpaceName::Blurred] {
            for part in &parts {
                let range = run.start + part.start..run.start + part.end;
                let typed = chars.get(range.clone())?;
                if self.is_known(typed) {
                    continue;
                }
                let found = self.homophones(typed, space);
                let mut whole = found.iter().filter(|own| own.is_whole);
                let only = match (whole.next(), found.as_slice()) {
                    (Some(only), _) => Some(only).filter(|_| whole.next().is_none()),
                    (None, [only]) => Some(only),
                    (None, _) => None,
                };
                if let Some(only) = only {
                    return Some((range, only.chars.clone()));
                }
            }
        }
        None
    }

    /// Whether some name has these characters from the beginning of a word on.
    fn is_known(&self, typed: &[char]) -> bool {
        let text: String = typed.iter().collect();
        let mut keys = self.best(SpaceName::Chinese, &text).take(KEYS_MAX);
        keys.any(|found| self.split(found.rank).1 < 2)
    }

    fn is_entity(&self, homophone: &Homophone) -> bool {
        homophone.is_whole && self.kind(self.split(homophone.rank).0).class() == 0
    }

    /// Distinct runs of names that read as `typed` does and have a character of it.
    fn homophones(&self, typed: &[char], space: SpaceName) -> Vec<Homophone> {
        let sound = |syllables: &[&'static str]| -> String {
            match space {
                SpaceName::Blurred => syllables.iter().map(|one| blur(one)).collect(),
                _ => syllables.concat(),
            }
        };
        let mut found: Vec<Homophone> = Vec::new();
        for reading in read(typed) {
            let wanted = sound(&reading);
            for key in self.best(space, &wanted).take(KEYS_MAX) {
                let (phrase, _) = self.split(key.rank);
                let folded = Folded::of(self.text(phrase).unwrap_or_default());
                let range = key.start..key.start + typed.len();
                let Some(chars) = folded.chars.get(range.clone()) else { continue };
                let sounds_so = read(&folded.chars)
                    .iter()
                    .any(|own| own.get(range.clone()).is_some_and(|own| sound(own) == wanted));
                let is_whole = range == (0..folded.chars.len());
                let ends = || folded.words().iter().any(|word| word.range.end == range.end);
                let same = chars.iter().zip(typed).filter(|(one, two)| one == two).count();
                if !sounds_so || same == 0 || !(is_whole || ends()) {
                    continue;
                }
                let own = Homophone { chars: chars.to_vec(), is_whole, same, rank: key.rank };
                match found.iter_mut().find(|known| known.chars == own.chars) {
                    Some(known) if own.is_whole && !known.is_whole => *known = own,
                    Some(_) => {}
                    None => found.push(own),
                }
            }
        }
        found
    }
}

/// Runs of Chinese characters.
fn han_runs(chars: &[char]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, _) in chars.iter().enumerate().filter(|(_, c)| is_han(**c)) {
        match runs.last_mut().filter(|run| run.end == at) {
            Some(run) => run.end = at + 1,
            None => runs.push(at..at + 1),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::super::named::{Kind, Named};
    use super::*;

    fn meant(typed: &str) -> Option<String> {
        let names = [
            ("绿化覆盖率", Kind::Indicator),
            ("城市苗圃绿化率", Kind::Indicator),
            ("单县", Kind::Place),
            ("苗圃管护", Kind::Measure),
            ("扩大城市苗圃规模", Kind::Measure),
            ("提升林木良种水平", Kind::Measure),
        ];
        let known = names.into_iter().map(|(text, kind)| Named {
            text: text.to_owned(),
            iri: format!("e:{text}"),
            kind,
            uses: 1,
        });
        Suggestions::of(known).unwrap().did_you_mean(typed)
    }

    #[test]
    fn a_name_that_sounds_the_same_is_offered_in_the_whole_question() {
        for (typed, wanted) in [
            ("绿化富盖率", "绿化覆盖率"),
            ("绿化复盖律", "绿化覆盖率"),
            ("善县", "单县"),
            ("提升苗圃管户", "提升苗圃管护"),
            ("2031年 绿化富盖率（全市）", "2031年 绿化覆盖率（全市）"),
            ("苗圃绿化律", "苗圃绿化率"),
            ("林木良重", "林木良种"),
        ] {
            assert_eq!(meant(typed).as_deref(), Some(wanted), "{typed}");
        }
    }

    #[test]
    fn near_sounds_are_a_second_choice() {
        assert_eq!(meant("绿化户盖率"), None);
        assert_eq!(meant("城四苗圃绿化率").as_deref(), Some("城市苗圃绿化率"));
        assert_eq!(meant("三县").as_deref(), Some("单县"));
        assert_eq!(meant("苗圃广护"), None, "headings are offered where they sound the same");
    }

    #[test]
    fn what_is_known_or_sounds_like_nothing_is_left_alone() {
        for typed in ["绿化覆盖率", "苗圃管", "单县", "鱼塘", "miaopu", "", "？", "管护绿"]
        {
            assert_eq!(meant(typed), None, "{typed}");
        }
    }
}
