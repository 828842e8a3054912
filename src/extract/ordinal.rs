//! The numbers that open headings and items. In: the words of a line; out: a [`Marker`] with its style,
//! its value and where the item's own words start. Styles, outermost first in most documents:
//! 第一章, 一、, （一）, 1., （1）, ①. The surprise: a style says nothing about its level;
//! levels come from the order in which a document uses its styles.

use crate::text::{Pattern, Span, parse_ordinal, pattern};
use std::sync::LazyLock;

/// How a number is printed; the outermost in most documents is the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Style {
    /// 第一编, 第一部分.
    Part,
    /// 第一章.
    Chapter,
    /// 第一节.
    Division,
    /// 第一条.
    Article,
    /// 2 of a text that goes on with 2.1.
    Decimal,
    /// 2.1.
    SecondDecimal,
    /// 2.1.3.
    ThirdDecimal,
    /// 2.1.3.4.
    FourthDecimal,
    /// 一、.
    Han,
    /// A类：.
    Lettered,
    /// （一）.
    HanBracket,
    /// 01. in a series 01., 02., …, 10.
    Padded,
    /// 1. and 1、.
    Digit,
    /// （1）.
    DigitBracket,
    /// 1）.
    DigitHalfBracket,
    /// ①.
    Circled,
    /// A line of a table that divides tasks, which names a group of rows.
    Group,
    /// A row of such a table.
    Row,
}

/// A number at the start of a line or item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Marker {
    pub(super) style: Style,
    pub(super) number: u32,
    /// The number as printed, without its punctuation; offsets into the words given.
    pub(super) printed: Span,
    /// Where the item's own words start in the words given.
    pub(super) byte_end: usize,
}

static MARKER: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"^(?:(?P<article>第[一二三四五六七八九十百零〇\d]{1,7}(?P<sort>[编章节条]|部分))[、.：:]?",
        r"|[（(](?P<hanbracket>[一二三四五六七八九十百零〇]{1,5}|[—－-]|)[)）][、.]?",
        r"|(?:(?P<han>[一二三四五六七八九十百]{1,5})(?:[、.]|\s*\n\s*)|(?P<dash>[—－-])、)",
        r"|[（(](?P<digitbracket>\d{1,3})[)）][、.]?",
        r"|(?P<digit>\d{1,3})(?:[.、]|[,，](?P<comma>[\p{Han}]))(?P<after>\d{0,4}[年、至]?)",
        r"|(?P<halfbracket>\d{1,2})[)）]",
        r"|(?P<circled>[①-⑳]))"
    ))
});

/// （）优化苗木结构: a heading behind the 一 that a copy has taken for a dash and lost; （）园字〔〕 is a form.
static LOST: Pattern = LazyLock::new(|| pattern(r"^[\p{Han}“”、]{4,40}(?:$|[。：])"));

/// What goes on a sentence that 第一部分 opens.
const NOT_A_TITLE: [char; 9] = ['为', '是', '的', '在', '由', '将', '主', '包', '共'];

/// The marker that `words` start with.
pub(super) fn parse_marker(words: &str) -> Option<Marker> {
    // Most words are asked in vain, again and again: their first character tells.
    words.chars().next().filter(|&first| opens_marker(first))?;
    let found = MARKER.captures(words)?;
    let mut byte_end = found.get(0)?.end();
    // 第一部分为新建公园 is a sentence.
    let is_part = found.name("sort").is_some_and(|sort| sort.as_str() == "部分");
    let rest = words.get(byte_end..).unwrap_or_default();
    if is_part && (rest.starts_with(NOT_A_TITLE) || rest.contains(['，', '。', '；'])) {
        return None;
    }
    if found.name("hanbracket").is_some_and(|number| number.is_empty()) && !LOST.is_match(rest) {
        return None;
    }
    if let Some(after) = found.name("after") {
        // 3.2025年底前… and 1.2031、2032年… are items; 1.5亿元 is a number.
        let digits = after.as_str().trim_end_matches(|c: char| !c.is_ascii_digit());
        let opens_year = digits.starts_with("20")
            && digits.len() == "2025".len()
            && digits.len() < after.as_str().len();
        if !digits.is_empty() && !opens_year {
            return None;
        }
        // 4，推荐: a comma in the place of the mark.
        byte_end = found.name("comma").map_or(after.start(), |han| han.start());
    }
    let styles = [
        ("hanbracket", Style::HanBracket),
        ("han", Style::Han),
        ("dash", Style::Han),
        ("digitbracket", Style::DigitBracket),
        ("digit", Style::Digit),
        ("halfbracket", Style::DigitHalfBracket),
        ("circled", Style::Circled),
    ];
    let (printed, style) = match found.name("article") {
        Some(printed) => (printed, article_style(found.name("sort")?.as_str())),
        None => styles.iter().find_map(|&(name, style)| Some((found.name(name)?, style)))?,
    };
    let number = parse_number(printed.as_str())?;
    let printed = Span::new(printed.start(), printed.end());
    Some(Marker { style, number, printed, byte_end })
}

/// Whether a number may begin with a character.
fn opens_marker(first: char) -> bool {
    first.is_ascii_digit()
        || matches!(first, '第' | '（' | '(' | '—' | '－' | '-' | '①'..='⑳')
        || "一二三四五六七八九十百零〇".contains(first)
}

fn article_style(sort: &str) -> Style {
    match sort {
        "编" | "部分" => Style::Part,
        "章" => Style::Chapter,
        "节" => Style::Division,
        _ => Style::Article,
    }
}

fn parse_number(printed: &str) -> Option<u32> {
    // Whoever types 一 as a dash makes it look the same; a copy may lose it.
    let Some(first) = printed.chars().next() else { return Some(1) };
    if ('①'..='⑳').contains(&first) {
        return Some(u32::from(first) - u32::from('①') + 1);
    }
    if matches!(first, '—' | '－' | '-') {
        return Some(1);
    }
    let bare =
        printed.trim_start_matches('第').trim_end_matches(['编', '章', '节', '条', '部', '分']);
    parse_ordinal(bare).filter(|&number| number > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_style_of_number_opens_an_item() {
        let table = [
            ("一、总体要求", Style::Han, 1),
            ("（十二）完善机制", Style::HanBracket, 12),
            ("(三)完善机制", Style::HanBracket, 3),
            ("（—）完善机制", Style::HanBracket, 1),
            ("（）完善机制", Style::HanBracket, 1),
            ("—、总体要求", Style::Han, 1),
            ("7.建设平台", Style::Digit, 7),
            ("7、建设平台", Style::Digit, 7),
            ("8.2025年底前建成", Style::Digit, 8),
            ("1.2031、2032年建成", Style::Digit, 1),
            ("（2）建设平台", Style::DigitBracket, 2),
            ("3）建设平台", Style::DigitHalfBracket, 3),
            ("②建设平台", Style::Circled, 2),
            ("第二十一条本办法", Style::Article, 21),
            ("第二条：种树。", Style::Article, 2),
            ("第三章附则", Style::Chapter, 3),
        ];
        for (words, style, number) in table {
            let marker = parse_marker(words).unwrap();
            assert_eq!((marker.style, marker.number), (style, number), "{words}");
        }
    }

    #[test]
    fn a_decimal_a_year_or_a_date_opens_no_item() {
        for words in [
            "1.5亿元",
            "2025年",
            "一是加强",
            "十个项目",
            "（一般）",
            "2024.5.6",
            "（）园字〔〕第 号",
        ] {
            assert_eq!(parse_marker(words), None, "{words}");
        }
    }

    #[test]
    fn the_printed_number_is_without_its_punctuation() {
        let marker = parse_marker("（二）优化").unwrap();
        assert_eq!(marker.printed.slice("（二）优化"), "二");
        assert_eq!(marker.byte_end, "（二）".len());
    }
}
