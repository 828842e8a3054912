//! Numbers of a drawing. In: counts, values, words; out: lengths. Guarantee: every result is finite and not negative where its input is.

/// A count as a length.
pub(super) fn real(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// The next of 1, 2, 2.5, 5 and 10 times a power of ten at or above `value`; 1 for what is not above zero.
pub(super) fn round_up(value: f64) -> f64 {
    if !value.is_finite() || value <= 0.0 {
        return 1.0;
    }
    let power = 10_f64.powf(value.log10().floor());
    // The last one again takes what rounding left above ten.
    let steps = [1.0, 2.0, 2.5, 5.0, 10.0, 20.0];
    steps.into_iter().map(|step| step * power).find(|step| *step >= value).unwrap_or(value)
}

/// `part` of `whole` as a length up to `length`.
pub(super) fn share(part: f64, whole: f64, length: f64) -> f64 {
    if whole > 0.0 && part.is_finite() { (part / whole).clamp(0.0, 1.0) * length } else { 0.0 }
}

/// What stands between Han characters and letters or digits: browsers leave some room there.
const BORDER: f64 = 0.125;

/// About how wide a text is in a Chinese face: a Han character takes the size of the type, and so do the marks that a Chinese face draws as wide (“ ” — … ·).
pub(super) fn text_width(text: &str, size: f64) -> f64 {
    let mut width = 0.0;
    let mut last: Option<char> = None;
    for c in text.chars() {
        if last.is_some_and(|last| is_border(last, c) || is_border(c, last)) {
            width += BORDER;
        }
        width += char_width(c);
        last = Some(c);
    }
    width * size
}

/// The width of a character in sizes of the type.
fn char_width(c: char) -> f64 {
    match c {
        ' ' => 0.25,
        '%' | 'M' | 'W' | 'm' | 'w' | '@' => 0.92,
        '.' | ',' | ':' | ';' | '!' | '|' | 'i' | 'j' | 'l' | '\'' | '(' | ')' | '[' | ']' => 0.32,
        'A'..='Z' => 0.66,
        c if is_wide(c) => 1.0,
        _ => 0.56,
    }
}

/// Whether a Chinese face draws a character as wide as a Han character.
fn is_wide(c: char) -> bool {
    // Quotation marks, dashes, dots, ‰ and ※; arrows, signs, numbers in circles and shapes; all of East Asia.
    matches!(c,
        '\u{b7}' | '\u{d7}' | '\u{f7}' | '\u{2014}'..='\u{2027}' | '\u{2030}' | '\u{203b}'
        | '\u{2103}' | '\u{2116}' | '\u{2150}'..='\u{26ff}' | '\u{2e80}'..)
}

/// Whether a Han character stands before a letter or a digit.
fn is_border(han: char, letter: char) -> bool {
    matches!(han, '\u{3400}'..='\u{9fff}') && letter.is_ascii_alphanumeric()
}

/// `text`, cut with an ellipsis to what fits into `width`.
pub(super) fn fitted(text: &str, width: f64, size: f64) -> String {
    if text_width(text, size) <= width {
        return text.to_owned();
    }
    let mut cut = String::new();
    for c in text.chars() {
        if text_width(&cut, size) + 2.0 * size > width {
            break;
        }
        cut.push(c);
    }
    cut.push('…');
    cut
}

/// `text` in as many lines as it needs, but not more than so many: the last one has all the rest. Words of letters and numbers stay whole.
pub(super) fn in_lines(text: &str, (width, size): (f64, f64), lines_max: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut rest = text.trim().to_owned();
    while lines.len() + 1 < lines_max && text_width(&rest, size) > width {
        let (line, left) = first_line(&rest, width / size);
        lines.push(line);
        rest = left;
    }
    lines.push(rest);
    lines
}

/// What stands in a line of so many sizes of the type, and what is left.
fn first_line(text: &str, room: f64) -> (String, String) {
    let (mut line, mut rest) = (String::new(), String::new());
    for c in text.chars() {
        if rest.is_empty() && text_width(&line, 1.0) + char_width(c) <= room {
            line.push(c);
        } else {
            rest.push(c);
        }
    }
    // 2024—2025 is one word, and no line ends with a bracket that opens.
    let is_of_word =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '—' | '–' | '-' | '.' | '%');
    let is_opening = |c: char| matches!(c, '(' | '（' | '《' | '〔' | '“' | '[');
    if rest.starts_with(is_of_word) {
        let begun = line.trim_end_matches(is_of_word).trim_end_matches(is_opening).len();
        let word = line.split_off(begun);
        // A word that is longer than a line is broken where the line ends.
        if line.is_empty() {
            return (word, rest);
        }
        rest = format!("{word}{rest}");
    }
    (line.trim_end().to_owned(), rest.trim_start().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_ends_at_a_round_number_that_holds_the_value() {
        let table =
            [(0.0, 1.0), (-3.0, 1.0), (7.0, 10.0), (67.0, 100.0), (1800.0, 2000.0), (0.23, 0.25)];
        for (value, end) in table {
            assert!((round_up(value) - end).abs() < 1e-9, "{value}");
        }
        assert!((round_up(f64::INFINITY) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn a_text_that_does_not_fit_is_cut_and_says_so() {
        assert_eq!(fitted("森林覆盖率", 65.0, 13.0), "森林覆盖率");
        assert_eq!(fitted("森林覆盖率", 52.0, 13.0), "森林覆…");
        assert_eq!(fitted("GDP", 26.0, 13.0), "GDP");
    }

    #[test]
    fn texts_are_as_wide_here_as_in_the_drawings_of_the_query_page() {
        let drawing = include_str!("../../../web/query/drawing.js");
        for (kind, samples, width) in [
            ("[ ]", " ", 0.25),
            ("[%MWmw@]", "%MWmw@", 0.92),
            (r"[.,:;!|ijl'()[\]]", ".,:;!|ijl'()[]", 0.32),
            ("[A-Z]", "AZ", 0.66),
            (
                r"[\u{b7}\u{d7}\u{f7}\u{2014}-\u{2027}\u{2030}\u{203b}\u{2103}\u{2116}\u{2150}-\u{26ff}\u{2e80}-\u{10ffff}]",
                "·×÷—…‰※℃№→①汉，",
                1.0,
            ),
            (".", "a1-é", 0.56),
        ] {
            let line = format!("[/{kind}/");
            assert!(drawing.contains(&line), "{line}");
            for c in samples.chars() {
                assert!((char_width(c) - width).abs() < 1e-9, "{c}");
            }
            assert!(drawing.contains(&format!("u, {width}]")), "{width}");
        }
        assert!(drawing.contains(&format!("const SEAM_WIDTH = {BORDER};")));
    }

    #[test]
    fn marks_that_a_chinese_face_draws_wide_count_as_wide() {
        for mark in ["“", "”", "—", "…", "·", "①", "→", "。", "１"] {
            assert!((text_width(mark, 10.0) - 10.0).abs() < 1e-9, "{mark}");
        }
        for mark in ["a", "1", ".", " ", "-"] {
            assert!(text_width(mark, 10.0) < 6.0, "{mark}");
        }
    }

    #[test]
    fn there_is_room_between_han_characters_and_digits() {
        let apart = text_width("年", 8.0) + text_width("2", 8.0);
        assert!((text_width("年2", 8.0) - apart - 1.0).abs() < 1e-9);
        assert!((text_width("2年", 8.0) - apart - 1.0).abs() < 1e-9);
        assert!((text_width("年年", 8.0) - 16.0).abs() < 1e-9);
    }

    #[test]
    fn a_text_that_is_too_long_for_one_line_takes_more_and_loses_nothing() {
        let lines = |text: &str, width: f64| in_lines(text, (width, 13.0), 3);
        assert_eq!(lines("森林覆盖率", 65.0), ["森林覆盖率"]);
        assert_eq!(lines("森林覆盖率", 40.0), ["森林覆", "盖率"]);
        assert_eq!(lines("森林覆盖率", 13.0), ["森", "林", "覆盖率"]);
    }

    #[test]
    fn a_line_ends_before_a_word_or_a_number_that_it_does_not_hold() {
        let lines = |text: &str, width: f64| in_lines(text, (width, 13.0), 3);
        assert_eq!(lines("policy document", 80.0), ["policy", "document"]);
        assert_eq!(lines("规划2024年", 45.0), ["规划", "2024年"]);
        assert_eq!(lines("20242025", 30.0), ["2024", "2025"]);
        assert_eq!(lines("规划(2024—2025年)", 100.0), ["规划", "(2024—2025年)"]);
    }

    #[test]
    fn a_part_is_never_longer_than_the_whole() {
        assert!((share(5.0, 4.0, 100.0) - 100.0).abs() < 1e-9);
        assert!(share(-1.0, 4.0, 100.0).abs() < 1e-9);
        assert!(share(1.0, 0.0, 100.0).abs() < 1e-9);
        assert!(share(f64::NAN, 4.0, 100.0).abs() < 1e-9);
    }
}
