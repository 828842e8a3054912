//! Source to clean text. In: the text as decoded. Out: the text that the rules read, with the source
//! offset of every character. Folds what is the same character in another coat (full-width digits and
//! letters, compatibility ideographs, colons), line ends and spaces; punctuation stays as printed. The surprise:
//! two ideographic spaces inside a line are a paragraph border, because many public copies run all
//! paragraphs of a document into one line.

use super::spaced::find_borders;
use super::wrap::{LineEnd, find_line_ends};
use unicode_normalization::UnicodeNormalization;

/// Width of a run of spaces that separates columns or paragraphs.
const WIDE_RUN_MIN: usize = 3;

/// A line that is shorter than this before a wide run is a spread-out label: 标　　题.
const LABEL_CHARS_MAX: usize = 1;

/// The longest number of an article: 一百二十三.
const ORDINAL_CHARS_MAX: usize = 6;

/// How pages of the web spell spaces.
const SPACE_ENTITIES: [&str; 6] = ["&nbsp;", "&ensp;", "&emsp;", "&#160;", "&#8203;", "&#12288;"];

/// Clean text and, for each of its bytes and its end, where in the source the character starts.
pub(super) struct Cleaned {
    pub(super) text: String,
    pub(super) source_bytes: Vec<u32>,
    pub(super) source_chars: Vec<u32>,
}

/// Where a character of the source starts.
#[derive(Clone, Copy)]
struct At {
    byte: usize,
    char: usize,
}

struct Cleaner {
    cleaned: Cleaned,
    /// Byte in the clean text where the current line starts.
    line_start: usize,
    /// What becomes of the lines of a hard-wrapped source from the current one on; empty otherwise.
    line_ends: std::vec::IntoIter<LineEnd>,
    /// What becomes of the current line.
    line_end: LineEnd,
    /// Whether the current line is spread out, a character at a time: 某　　市　　园　　林　　局.
    is_spread: bool,
    /// The run of spaces read but not yet written: where it starts, its width, ideographic spaces in it.
    gap: Option<(At, usize, usize)>,
    /// Whether nothing has been read behind a line end that is none: the margin of the page follows.
    is_at_margin: bool,
}

/// Cleans `source`.
pub(super) fn clean(source: &str) -> Cleaned {
    let mut cleaner = Cleaner {
        cleaned: Cleaned {
            text: String::with_capacity(source.len()),
            source_bytes: Vec::with_capacity(source.len() + 1),
            source_chars: Vec::with_capacity(source.len() + 1),
        },
        line_start: 0,
        line_ends: find_line_ends(source).into_iter(),
        line_end: LineEnd::Kept,
        is_spread: is_spread(source),
        gap: None,
        is_at_margin: false,
    };
    cleaner.line_end = cleaner.line_ends.next().unwrap_or(LineEnd::Kept);
    let mut chars_total = 0;
    let mut entity_end = 0;
    let mut borders = find_borders(source).into_iter().peekable();
    for (char_index, (byte, c)) in source.char_indices().enumerate() {
        if c == '&' {
            // Copies of web pages keep entities of spaces.
            let rest = source.get(byte..).unwrap_or_default();
            let entity = SPACE_ENTITIES.iter().find(|entity| rest.starts_with(**entity));
            entity_end = entity.map_or(entity_end, |entity| byte + entity.len());
        }
        if c == '\n' {
            cleaner.is_spread = is_spread(source.get(byte + 1..).unwrap_or_default());
        }
        if byte >= entity_end {
            let is_border = borders.next_if_eq(&byte).is_some();
            cleaner.read(if is_border { '\t' } else { c }, At { byte, char: char_index });
        }
        chars_total = char_index + 1;
    }
    cleaner.cleaned.source_bytes.push(narrow(source.len()));
    cleaner.cleaned.source_chars.push(narrow(chars_total));
    cleaner.cleaned
}

impl Cleaner {
    fn read(&mut self, c: char, at: At) {
        match c {
            // Most characters are ideographs in the middle of a line: they stay what they are.
            '\u{4E00}'..='\u{9FFF}' if self.gap.is_none() && self.line_end != LineEnd::Dropped => {
                self.write(c, at);
            }
            // A carriage return before its line feed is dropped with the zero-width characters.
            '\r' | '\u{200B}'..='\u{200F}' | '\u{FEFF}' | '\u{2060}' | '\u{AD}' => {}
            '\n' if self.line_end != LineEnd::Kept => {
                // The paragraph goes on: neither the line end nor a page mark is part of it.
                self.gap = None;
                self.is_at_margin = true;
                self.line_end = self.line_ends.next().unwrap_or(LineEnd::Kept);
            }
            _ if self.line_end == LineEnd::Dropped => {}
            '\u{C}'
                if self.line_start == self.cleaned.text.len()
                    || self.line_end == LineEnd::Joined => {}
            '\n' | '\u{2028}' | '\u{2029}' | '\u{85}' | '\u{B}' | '\u{C}' => {
                self.gap = None;
                self.write('\n', at);
                self.line_start = self.cleaned.text.len();
                if c == '\n' {
                    self.line_end = self.line_ends.next().unwrap_or(LineEnd::Kept);
                }
            }
            '\t' => {
                self.gap = None;
                if self.cleaned.text.len() > self.line_start {
                    self.write('\t', at);
                }
            }
            _ if c == '\u{3000}' || is_space(c) => {
                if self.is_at_margin {
                    return;
                }
                let (start, width, ideographic) = self.gap.unwrap_or((at, 0, 0));
                self.gap = Some((start, width + 1, ideographic + usize::from(c == '\u{3000}')));
            }
            _ => {
                let c = if c == '∶' && self.follows_digit() { c } else { fold(c) };
                self.close_gap(c);
                self.write(c, at);
            }
        }
    }

    /// Whether the last character is a digit: 1∶3 is a ratio.
    fn follows_digit(&self) -> bool {
        self.cleaned.text.ends_with(|c: char| c.is_ascii_digit())
    }

    /// Decides what the run of spaces before `next` means.
    fn close_gap(&mut self, next: char) {
        let Some((at, width, ideographic)) = self.gap.take() else { return };
        let line = self.cleaned.text.get(self.line_start..).unwrap_or_default();
        let Some(before) = line.chars().next_back() else { return };
        let is_label = behind_ordinal(line).chars().count() <= LABEL_CHARS_MAX;
        if (ideographic >= 2 || width >= WIDE_RUN_MIN) && !is_label && !self.is_spread {
            self.write('\n', at);
            self.line_start = self.cleaned.text.len();
        } else if before.is_ascii_graphic() && next.is_ascii_graphic() && is_latin_gap(before, next)
        {
            self.write(' ', at);
        }
    }

    fn write(&mut self, c: char, at: At) {
        self.is_at_margin = false;
        self.cleaned.text.push(c);
        let len = c.len_utf8();
        self.cleaned.source_bytes.extend(std::iter::repeat_n(narrow(at.byte), len));
        self.cleaned.source_chars.extend(std::iter::repeat_n(narrow(at.char), len));
    }
}

/// A space between two Latin words or between digits is a word border; beside punctuation it is not.
const fn is_latin_gap(before: char, next: char) -> bool {
    before.is_ascii_alphanumeric() && next.is_ascii_alphanumeric()
}

/// Whether the first line of `rest` is single ideographs with spaces between them. Fewer than five may be the head of a table.
fn is_spread(rest: &str) -> bool {
    const PIECES_MIN: usize = 5;
    let mut pieces = 0;
    let mut last_is_space = true;
    for c in rest.chars().take_while(|&c| c != '\n') {
        let is_gap = c == '\u{3000}' || is_space(c) || c == '\r';
        if !is_gap && (!last_is_space || !('\u{4E00}'..='\u{9FFF}').contains(&c)) {
            return false;
        }
        pieces += usize::from(!is_gap);
        last_is_space = is_gap;
    }
    pieces >= PIECES_MIN
}

/// What a line has behind 第三条 or 第二章. What follows the bare ordinal belongs to the same line however wide the
/// space, and so does the second half of a heading that is spread out: 第一章　总　　则.
fn behind_ordinal(line: &str) -> &str {
    // Databases put a tag before the text: 【正文】 第一章.
    let line = line.rsplit_once('】').map_or(line, |(_, behind)| behind);
    let numbered = line.strip_prefix('第').and_then(|rest| {
        let (number, behind) = rest.split_once(['条', '章', '节', '编', '款'])?;
        (!number.is_empty() && number.chars().count() <= ORDINAL_CHARS_MAX).then_some(behind)
    });
    behind_glued_chapter(line).or(numbered).unwrap_or(line)
}

/// The same where the chapter is glued to the words before it: …的原则。第二章　总　　则.
fn behind_glued_chapter(line: &str) -> Option<&str> {
    let chapter = ORDINAL_CHARS_MAX + LABEL_CHARS_MAX + 2;
    let (at, _) = line.char_indices().rev().take(chapter).find(|&(_, c)| c == '第')?;
    let (number, behind) = line.get(at..)?.strip_prefix('第')?.split_once(['章', '节'])?;
    let is_number = |c| "一二三四五六七八九十百".contains(c);
    (!number.is_empty() && number.chars().all(is_number)).then_some(behind)
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}')
}

/// The plain form of a character that is printed in another coat.
fn fold(c: char) -> char {
    match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '％' | '．' => {
            char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c)
        }
        '\u{2E80}'..='\u{2FDF}' | '\u{F900}'..='\u{FAFF}' => {
            let mut folded = std::iter::once(c).nfkc();
            folded.next().filter(|_| folded.next().is_none()).unwrap_or(c)
        }
        '∶' | '︰' | '﹕' => '：',
        '﹒' => '.',
        _ => c,
    }
}

fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_copies_get_their_paragraphs_back() {
        assert_eq!(clean("要求。　　一、目标　　（一）建设").text, "要求。\n一、目标\n（一）建设");
    }

    #[test]
    fn the_margin_of_a_wrapped_line_is_no_border() {
        let page = "        市园林局要加强全市公园的管理工作根据有关法律法\n    规的规定结合本市的实际情况由市政府常务会议研究决\n    定并且制定办法。\n";
        let text = clean(&page.repeat(8)).text;
        assert_eq!(text.lines().count(), 8);
        assert!(text.contains("法律法规的规定"));
    }

    #[test]
    fn a_label_spread_over_a_line_stays_one_label() {
        assert_eq!(clean("标　　题：某办法").text, "标题：某办法");
    }

    #[test]
    fn an_article_keeps_its_text_beside_its_number() {
        assert_eq!(clean("　　第三条　　本办法适用于全市。").text, "第三条本办法适用于全市。");
    }

    #[test]
    fn a_heading_that_is_spread_over_its_line_is_closed_up() {
        for words in ["第一章　总　　则", "第一章　　总则", "第一章总   则"] {
            assert_eq!(clean(words).text, "第一章总则", "{words}");
        }
        assert_eq!(clean("第一章 总则　　第一条 为了").text, "第一章总则\n第一条为了");
        assert_eq!(
            clean("第三条 种树。第二章　附　　则　　第四条 施行").text,
            "第三条种树。第二章附则\n第四条施行"
        );
    }

    #[test]
    fn spaces_inside_chinese_go_and_between_latin_words_stay() {
        assert_eq!(clean("到 2025 年，Open Data 1. 建设").text, "到2025年，Open Data 1.建设");
    }

    #[test]
    fn full_width_digits_are_folded_and_punctuation_is_not() {
        assert_eq!(clean("增长５．６％，（一）").text, "增长5.6%，（一）");
        assert_eq!(clean("1﹒种树").text, "1.种树");
    }

    #[test]
    fn a_line_spread_out_a_character_at_a_time_is_one() {
        assert_eq!(clean("某　　市　　园　　林　　局\n种树").text, "某市园林局\n种树");
        assert_eq!(clean("某   市   园   林   局").text, "某市园林局");
        assert_eq!(clean("种树   补种   护林   清河   造林").text, "种树\n补种\n护林\n清河\n造林");
    }

    #[test]
    fn entities_of_spaces_are_spaces() {
        assert_eq!(clean("第一章&nbsp;总&nbsp; 则").text, "第一章总则");
    }

    #[test]
    fn line_ends_of_every_kind_are_one_newline() {
        assert_eq!(clean("甲\r\n乙\u{2028}丙\r\r\n丁").text, "甲\n乙\n丙\n丁");
    }

    #[test]
    fn compatibility_ideographs_and_radicals_become_the_plain_character() {
        assert_eq!(clean("\u{2F00}\u{F914}").text, "一樂");
    }
}
