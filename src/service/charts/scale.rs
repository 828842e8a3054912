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

/// Signs before the Han characters that faces for Chinese draw as wide. `web/query/drawing.js` has the same.
const WIDE_SIGNS: &str = "“”‘’—…·";

/// About how wide a text is: a Han character takes the size of the type, a Latin letter a little more than half.
pub(super) fn text_width(text: &str, size: f64) -> f64 {
    let is_wide = |c: char| c >= '\u{2e80}' || WIDE_SIGNS.contains(c);
    text.chars().map(|c| if is_wide(c) { 1.0 } else { 0.54 }).sum::<f64>() * size
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

/// `text` in one line, or in two where one does not hold it.
pub(super) fn in_two_lines(text: &str, width: f64, size: f64) -> Vec<String> {
    if text_width(text, size) <= width {
        return vec![text.to_owned()];
    }
    let (mut first, mut rest) = (String::new(), String::new());
    for c in text.chars() {
        if rest.is_empty() && text_width(&first, size) + size <= width {
            first.push(c);
        } else {
            rest.push(c);
        }
    }
    vec![first, rest]
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
        let wide =
            format!("const WIDE = /[\\u2e80-\\uffff\\u{{10000}}-\\u{{3ffff}}{WIDE_SIGNS}]/u;");
        assert!(drawing.contains(&wide), "{wide}");
        assert!(drawing.contains("const NARROW_SHARE = 0.54;"));
        assert!((text_width("“十四五”GDP", 10.0) - 66.2).abs() < 1e-9);
    }

    #[test]
    fn a_text_that_is_too_long_for_one_line_takes_two_and_loses_nothing() {
        assert_eq!(in_two_lines("森林覆盖率", 65.0, 13.0), ["森林覆盖率"]);
        assert_eq!(in_two_lines("森林覆盖率", 40.0, 13.0), ["森林覆", "盖率"]);
    }

    #[test]
    fn a_part_is_never_longer_than_the_whole() {
        assert!((share(5.0, 4.0, 100.0) - 100.0).abs() < 1e-9);
        assert!(share(-1.0, 4.0, 100.0).abs() < 1e-9);
        assert!(share(1.0, 0.0, 100.0).abs() < 1e-9);
        assert!(share(f64::NAN, 4.0, 100.0).abs() < 1e-9);
    }
}
