//! Numbers as Word prints them. In: the name of a number format (ECMA-376, 17.18.59) and a number from 1. Out: its
//! characters. Guarantee: an unknown format gives digits, never nothing. The surprise: 二十一 in one Chinese format is
//! 二一 in another, and beyond a circle's or an alphabet's end the formats fall back to digits.

const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const FORMAL_DIGITS: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
const BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";

/// The most that counting words are written for.
const COUNTED_MAX: u32 = 9999;

/// The characters of `number` in the format called `format`.
pub(super) fn format_ordinal(format: &str, number: u32) -> String {
    let printed = match format {
        "chineseCounting"
        | "chineseCountingThousand"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "japaneseCounting"
        | "koreanCounting" => count(number, DIGITS, ["十", "百", "千"]),
        "chineseLegalSimplified" | "ideographLegalTraditional" => {
            count(number, FORMAL_DIGITS, ["拾", "佰", "仟"])
        }
        "ideographDigital"
        | "japaneseDigitalTenThousand"
        | "taiwaneseDigital"
        | "koreanDigital" => number.to_string().chars().map(|c| digit(c, DIGITS)).collect(),
        "ideographTraditional" => nth(STEMS, number),
        "ideographZodiac" => nth(BRANCHES, number),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => from_block('①', number, 20),
        "decimalEnclosedParen" => from_block('⑴', number, 20),
        "decimalEnclosedFullstop" => from_block('⒈', number, 20),
        "ideographEnclosedCircle" => from_block('㊀', number, 10),
        "upperLetter" => letters('A', number),
        "lowerLetter" => letters('a', number),
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).map(|text| text.to_lowercase()),
        "decimalFullWidth" => {
            number.to_string().chars().map(|c| char::from_u32(u32::from(c) + 0xFEE0)).collect()
        }
        "decimalZero" => Some(format!("{number:02}")),
        "none" | "bullet" => Some(String::new()),
        _ => None,
    };
    printed.unwrap_or_else(|| number.to_string())
}

fn digit(c: char, digits: [char; 10]) -> Option<char> {
    let value = usize::try_from(c.to_digit(10)?).ok()?;
    digits.get(value).copied()
}

/// 二十一, 一百零五; 十一 without 一 before 十.
fn count(number: u32, digits: [char; 10], units: [&str; 3]) -> Option<String> {
    if number == 0 || number > COUNTED_MAX {
        return None;
    }
    let text = number.to_string();
    let mut words = String::new();
    let mut gap = false;
    for (place, c) in text.chars().enumerate() {
        if c == '0' {
            gap = true;
            continue;
        }
        if std::mem::take(&mut gap) {
            words.push('零');
        }
        let unit = (text.len() - place).checked_sub(2).and_then(|power| units.get(power)).copied();
        let is_bare_ten = place == 0 && c == '1' && text.len() == 2;
        if !is_bare_ten || unit == Some("拾") {
            words.push(digit(c, digits)?);
        }
        words.push_str(unit.unwrap_or_default());
    }
    Some(words)
}

fn nth(row: &str, number: u32) -> Option<String> {
    let index = usize::try_from(number.checked_sub(1)?).ok()?;
    row.chars().nth(index).map(String::from)
}

fn from_block(first: char, number: u32, number_max: u32) -> Option<String> {
    if !(1..=number_max).contains(&number) {
        return None;
    }
    char::from_u32(u32::from(first) + number - 1).map(String::from)
}

/// a, b, … z, aa, bb: Word repeats the letter.
fn letters(first: char, number: u32) -> Option<String> {
    let index = number.checked_sub(1)?;
    let letter = char::from_u32(u32::from(first) + index % 26)?;
    let times = usize::try_from(index / 26 + 1).ok().filter(|&times| times <= 4)?;
    Some(std::iter::repeat_n(letter, times).collect())
}

fn roman(number: u32) -> Option<String> {
    const STEPS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..=3999).contains(&number) {
        return None;
    }
    let mut rest = number;
    let mut text = String::new();
    for (value, letters) in STEPS {
        while rest >= value {
            text.push_str(letters);
            rest -= value;
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counting_words_are_those_of_official_documents() {
        let printed =
            [1, 10, 11, 20, 21, 100, 105, 110, 1001].map(|n| format_ordinal("chineseCounting", n));
        let expected =
            ["一", "十", "十一", "二十", "二十一", "一百", "一百零五", "一百一十", "一千零一"];
        assert_eq!(printed, expected);
    }

    #[test]
    fn each_family_of_formats_prints_its_own_characters() {
        let table = [
            ("decimal", 12, "12"),
            ("ideographDigital", 21, "二一"),
            ("chineseLegalSimplified", 10, "壹拾"),
            ("ideographTraditional", 3, "丙"),
            ("ideographZodiac", 12, "亥"),
            ("decimalEnclosedCircle", 20, "⑳"),
            ("decimalEnclosedParen", 2, "⑵"),
            ("upperLetter", 28, "BB"),
            ("lowerRoman", 14, "xiv"),
            ("decimalFullWidth", 10, "１０"),
            ("decimalZero", 3, "03"),
            ("bullet", 3, ""),
        ];
        for (format, number, printed) in table {
            assert_eq!(format_ordinal(format, number), printed, "{format}");
        }
    }

    #[test]
    fn past_its_end_a_format_prints_digits() {
        for (format, number) in [
            ("decimalEnclosedCircle", 21),
            ("ideographTraditional", 11),
            ("chineseCounting", 10_000),
            ("upperRoman", 4000),
            ("unheardOf", 7),
        ] {
            assert_eq!(format_ordinal(format, number), number.to_string(), "{format}");
        }
    }
}
