//! Characters to the places in a text where they stand as they are.
//!
//! In: words as typed, then texts. Out: ranges of the normalised text. Guarantees: spaces count on neither side, everything else
//! does; a match does not reach over a line end that ends a sentence or heading; where borders are asked for, neither end lies inside a word or a number.
//! Surprising: matches may overlap, because the one on borders may begin inside one that is not.

use std::cell::OnceCell;
use std::ops::Range;
use std::sync::Arc;

use super::analysis::{
    Normalized, WordFinder, compact, find_canonical, find_visible, is_han, is_latin_or_digit,
    run_around,
};

/// Characters by which candidates are looked up; whether the rest follows is seen in the text.
const LOOKED_UP_CHARS_MAX: usize = 1_000;

/// The visible characters of a text as one string, to be searched.
pub(crate) struct VisibleText {
    /// With a line end wherever characters do not follow each other.
    pub(crate) compact: String,
    /// For each character of `compact`, where it begins there and in the text.
    places: Vec<(usize, usize)>,
}

impl VisibleText {
    /// The visible characters of `text`.
    pub(crate) fn of(text: &Normalized) -> Self {
        let visible = find_visible(text);
        let mut compact = String::new();
        let mut places: Vec<(usize, usize)> = Vec::with_capacity(visible.len());
        let mut position = 0;
        for seen in &visible {
            if seen.position > position {
                places.push((compact.len(), seen.char_index));
                compact.push('\n');
            }
            position = seen.position + 1;
            places.push((compact.len(), seen.char_index));
            compact.push(seen.c);
        }
        Self { compact, places }
    }

    /// The characters of the text that bytes of `compact` stand for.
    pub(crate) fn range_of(&self, bytes: &Range<usize>) -> Option<Range<usize>> {
        let first = self.places.partition_point(|&(start, _)| start < bytes.start);
        let last = self.places.partition_point(|&(start, _)| start < bytes.end);
        let (_, first) = self.places.get(first)?;
        let (_, last) = self.places.get(last.checked_sub(1)?)?;
        Some(*first..last + 1)
    }
}

/// What must stand in a text as it was typed.
#[derive(Clone, Debug)]
pub(crate) struct Verbatim {
    chars: Vec<char>,
    text: String,
    /// Finds the words whose borders count; none where only the characters do.
    borders: Option<Arc<WordFinder>>,
}

impl Verbatim {
    /// The characters of `words`, wherever they stand.
    pub(crate) fn exact(words: &str) -> Self {
        let text = compact(words);
        Self { chars: text.chars().collect(), text, borders: None }
    }

    /// The characters of `words`, between borders of words and numbers.
    pub(crate) fn phrase(words: &str, finder: &Arc<WordFinder>) -> Self {
        Self { borders: Some(Arc::clone(finder)), ..Self::exact(words) }
    }

    /// What must stand there.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The characters by which to look for candidates.
    pub(crate) fn looked_up(&self) -> &[char] {
        self.chars.get(..LOOKED_UP_CHARS_MAX).unwrap_or(&self.chars)
    }

    /// Whether a text that has the characters looked up may still be none that is asked for.
    pub(crate) fn is_doubtful(&self) -> bool {
        self.borders.is_some() || self.chars.len() > LOOKED_UP_CHARS_MAX
    }

    /// Whether it stands in `text`.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        !self.find_in(&Normalized::of(text)).is_empty()
    }

    /// Where it stands, ascending.
    pub(crate) fn find_in(&self, text: &Normalized) -> Vec<Range<usize>> {
        let Some(first) = self.chars.first() else { return Vec::new() };
        let visible = VisibleText::of(text);
        let borders = self.borders.as_ref().map(|finder| Borders::new(text, finder));
        let stands = |range: &Range<usize>| {
            borders
                .as_ref()
                .is_none_or(|borders| borders.has(range.start) && borders.has(range.end))
        };
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(at) = visible.compact.get(from..).and_then(|rest| rest.find(&self.text)) {
            let start = from + at;
            let range = visible.range_of(&(start..start + self.text.len()));
            found.extend(range.filter(stands));
            from = start + first.len_utf8();
        }
        found
    }
}

/// The borders of words and numbers in one text.
struct Borders<'a> {
    text: &'a Normalized,
    finder: &'a WordFinder,
    /// Where its numbers stand, known when the first is asked for.
    numbers: OnceCell<Vec<Range<usize>>>,
}

impl<'a> Borders<'a> {
    fn new(text: &'a Normalized, finder: &'a WordFinder) -> Self {
        Self { text, finder, numbers: OnceCell::new() }
    }

    /// Whether no word and no number reaches over the place before the character at `index`.
    fn has(&self, index: usize) -> bool {
        let chars = self.text.chars();
        let before = index.checked_sub(1).and_then(|before| chars.get(before));
        let (Some(&before), Some(&after)) = (before, chars.get(index)) else { return true };
        if is_han(before) && is_han(after) {
            let run = run_around(chars, index);
            let words = self.finder.find_words(&self.text.text(run.clone()));
            let is_here = |place: usize| run.start + place == index;
            return run.start == index
                || words.iter().any(|(_, word)| is_here(word.start) || is_here(word.end));
        }
        let is_part = |c: char| is_latin_or_digit(c) || matches!(c, '.' | ',' | '%');
        let is_inside = (is_latin_or_digit(before) && is_latin_or_digit(after))
            || (is_part(before) && is_part(after) && self.is_inside_number(index));
        !is_inside
    }

    fn is_inside_number(&self, index: usize) -> bool {
        let numbers = self.numbers.get_or_init(|| {
            let numbers = find_canonical(self.text.chars()).into_iter();
            numbers.map(|number| number.range).collect()
        });
        numbers.iter().any(|number| number.start < index && index < number.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finder() -> Arc<WordFinder> {
        Arc::new(WordFinder::default())
    }

    #[test]
    fn exact_characters_are_found_in_every_way_of_writing_and_inside_words_and_numbers() {
        for (words, text) in [
            ("苗圃", "新建 苗 圃三处"),
            ("Ａ区（一期）", "a区(一期)绿化"),
            ("魯绿", "鲁绿发"),
            ("单县", "公布清单县区"),
            ("1号", "第11号"),
            ("“苗”圃", "建设“苗”圃"),
        ] {
            assert!(Verbatim::exact(words).is_in(text), "{words} in {text}");
        }
    }

    #[test]
    fn exact_characters_are_not_found_over_a_line_end_or_a_mark() {
        for (words, text) in [("苗圃", "苗\n圃"), ("苗圃", "苗、圃"), ("", "苗圃"), (" ", "苗 圃")]
        {
            assert!(!Verbatim::exact(words).is_in(text), "{words} in {text}");
        }
    }

    #[test]
    fn a_phrase_begins_and_ends_on_borders_of_words_and_numbers() {
        for (words, text, is_there) in [
            ("绿化 苗圃", "建设绿化苗圃", true),
            ("苗圃 绿化", "建设绿化苗圃", false),
            ("单县", "支持单县建设", true),
            ("单县", "公布清单县区", false),
            ("1号", "第11号", false),
            ("11号", "第11号", true),
            ("5亩", "1.5亩", false),
            ("1.5亩", "绿化1.5亩", true),
        ] {
            let phrase = Verbatim::phrase(words, &finder());
            assert_eq!(phrase.is_in(text), is_there, "{words} in {text}");
        }
    }

    #[test]
    fn a_match_on_borders_is_found_behind_one_that_is_not() {
        let text = Normalized::of("清单县区支持单县");
        assert_eq!(
            Verbatim::phrase("单县", &finder()).find_in(&text),
            std::slice::from_ref(&(6..8))
        );
        assert_eq!(Verbatim::exact("单县").find_in(&text), [1..3, 6..8]);
    }
}
