//! Text to the characters that are compared, each with its place in the text as given.
//!
//! In: any text. Out: [`Normalized`]: width, case, bracket and dash variants and traditional
//! characters folded. Guarantees: folding what is folded changes nothing; every character knows the
//! bytes it came from. Surprising: one character may become several (㎡ is m2) or none (zero width, and a line end that only wraps a
//! long line).

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use crate::text::Span;

/// The first and the last of the block that nearly all Chinese characters in use are in.
const HAN: (char, char) = ('\u{4E00}', '\u{9FFF}');

/// Characters to their simplified forms: those of the block [`HAN`] by their places in it, because every character of every text is looked up, and the rare others.
static SIMPLIFIED: LazyLock<(Vec<char>, HashMap<char, char>)> = LazyLock::new(|| {
    let mut block: Vec<char> = (HAN.0..=HAN.1).collect();
    let mut others = HashMap::new();
    let pairs = include_str!("traditional.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(from, to)| Some((from.chars().next()?, to.chars().next()?)));
    for (from, to) in pairs {
        match place_in_block(from).and_then(|place| block.get_mut(place)) {
            Some(simple) => *simple = to,
            None => drop(others.insert(from, to)),
        }
    }
    (block, others)
});

fn place_in_block(c: char) -> Option<usize> {
    u32::from(c).checked_sub(u32::from(HAN.0)).and_then(|place| usize::try_from(place).ok())
}

/// A text as it is compared.
#[derive(Clone, Debug, Default)]
pub(crate) struct Normalized {
    chars: Vec<char>,
    /// For each character, the bytes of the text as given that it stands for.
    sources: Vec<Span>,
}

impl Normalized {
    /// Folds `text`. Spaces stay (as U+0020), line ends stay (as U+000A) but for those inside a sentence, other controls go.
    pub(crate) fn of(text: &str) -> Self {
        let mut normalized = Self::default();
        // A Chinese character takes three bytes.
        normalized.chars.reserve(text.len() / 3);
        normalized.sources.reserve(text.len() / 3);
        for (byte_start, original) in text.char_indices() {
            let span = Span::new(byte_start, byte_start + original.len_utf8());
            if original == '\n' && is_wrap(text, byte_start) {
                continue;
            }
            if is_han(original) {
                // These have no case and no other width.
                normalized.chars.push(simplify_char(original));
                normalized.sources.push(span);
            } else if original.is_ascii() {
                normalized.push(original, span);
            } else {
                for part in std::iter::once(original).nfkc() {
                    normalized.push(part, span);
                }
            }
        }
        normalized
    }

    fn push(&mut self, original: char, span: Span) {
        if is_invisible(original) {
            return;
        }
        for lower in fold_mark(original).to_lowercase() {
            self.chars.push(simplify_char(lower));
            self.sources.push(span);
        }
    }

    /// The folded characters.
    pub(crate) fn chars(&self) -> &[char] {
        &self.chars
    }

    /// The bytes of the text as given that the characters at `range` came from.
    pub(crate) fn source_span(&self, range: Range<usize>) -> Span {
        let first = self.sources.get(range.start);
        let last = range.end.checked_sub(1).and_then(|index| self.sources.get(index));
        match (first, last) {
            (Some(first), Some(last)) => Span::new(first.byte_start, last.byte_end),
            _ => Span::default(),
        }
    }

    /// The characters at `range` as a string; what lies outside the text is left out.
    pub(crate) fn text(&self, range: Range<usize>) -> String {
        self.chars.iter().skip(range.start).take(range.len()).collect()
    }
}

/// Lines that are shorter are headings, whose end counts.
const WRAPPED_CHARS_MIN: usize = 12;

/// Whether the line end at `at` seems to stand in the middle of a sentence: after a long line without a mark at its end, before one
/// that is not set in. A long title may pass for such a line.
fn is_wrap(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let next = text.get(at + 1..).and_then(|after| after.chars().next());
    let goes_on =
        |c: char| is_han(c) || c.is_ascii_alphanumeric() || matches!(c, '、' | '，' | ',');
    let is_inside = |c: char| is_han(c) || c.is_ascii_alphanumeric();
    line.chars().next_back().is_some_and(goes_on)
        && next.is_some_and(is_inside)
        && line.trim_start().chars().take(WRAPPED_CHARS_MIN).count() == WRAPPED_CHARS_MIN
}

/// The folded form of `text` without spaces: the key under which names are compared.
pub(crate) fn compact(text: &str) -> String {
    Normalized::of(text).chars().iter().filter(|c| !c.is_whitespace()).collect()
}

/// Whether `c` is a Chinese character.
pub(crate) fn is_han(c: char) -> bool {
    matches!(u32::from(c), 0x3007 | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0x20000..=0x3_134F)
}

fn is_invisible(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t' | '\r'))
        || matches!(
            c,
            '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
        )
}

/// One character for all brackets, dashes, spaces and line ends of a sort.
fn fold_mark(c: char) -> char {
    match c {
        '〔' | '【' | '〖' | '[' | '〘' | '❲' | '{' | '⟨' => '(',
        '〕' | '】' | '〗' | ']' | '〙' | '❳' | '}' | '⟩' => ')',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2500}' => '-',
        '\r' | '\u{2028}' | '\u{2029}' | '\u{85}' => '\n',
        '\t' => ' ',
        other if other.is_whitespace() && other != '\n' => ' ',
        other => other,
    }
}

/// `text` with its traditional characters simplified, and nothing else changed.
pub fn simplify(text: &str) -> String {
    text.chars().map(simplify_char).collect()
}

fn simplify_char(c: char) -> char {
    if !is_han(c) {
        return c;
    }
    let (block, others) = &*SIMPLIFIED;
    let simple = place_in_block(c).and_then(|place| block.get(place));
    *simple.or_else(|| others.get(&c)).unwrap_or(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_writing_gives_the_same_characters() {
        let table = [
            ("鲁政发〔2024〕1号", "鲁政发(2024)1号"),
            ("魯政發﹝２０２４﹞１號", "鲁政发(2024)1号"),
            ("鲁政发［2024］1号", "鲁政发(2024)1号"),
            ("ＮＢ－ＩｏＴ", "nb-iot"),
            ("2024—2025年", "2024-2025年"),
            ("100㎡", "100m2"),
            ("养\u{200B}老", "养老"),
            ("市\u{3000}区", "市 区"),
        ];
        for (given, folded) in table {
            let chars: String = Normalized::of(given).chars().iter().collect();
            assert_eq!(chars, folded, "{given}");
        }
    }

    #[test]
    fn a_line_end_inside_a_sentence_goes_and_one_behind_a_heading_or_sentence_stays() {
        for (given, folded) in [
            ("全市新建苗圃十五处，每处\n种植乔木", "全市新建苗圃十五处,每处种植乔木"),
            ("全市新建苗圃十五处，每处。\n种植乔木", "全市新建苗圃十五处,每处。\n种植乔木"),
            ("一、总体要求\n种植乔木", "一、总体要求\n种植乔木"),
            ("全市新建苗圃十五处，每处\n　　种植乔木", "全市新建苗圃十五处,每处\n  种植乔木"),
        ] {
            let chars: String = Normalized::of(given).chars().iter().collect();
            assert_eq!(chars, folded, "{given}");
        }
    }

    #[test]
    fn a_place_leads_back_to_the_characters_as_given() {
        let text = "建设Ｇ㎡區";
        let normalized = Normalized::of(text);
        assert_eq!(normalized.source_span(3..5).slice(text), "㎡");
        assert_eq!(normalized.source_span(5..6).slice(text), "區");
        assert_eq!(normalized.source_span(9..12).slice(text), "");
    }

    #[test]
    fn simplifying_changes_traditional_characters_only() {
        assert_eq!(simplify("/魯政發〔2024〕1號 ＡＢ"), "/鲁政发〔2024〕1号 ＡＢ");
    }

    #[test]
    fn folding_what_is_folded_changes_nothing() {
        let others = SIMPLIFIED.1.keys().copied();
        for from in (HAN.0..=HAN.1).chain(others) {
            let once = compact(&from.to_string());
            assert_eq!(compact(&once), once, "{from}");
        }
    }
}
