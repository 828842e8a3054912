//! Numbers in Arabic and Han digits. In: the words of a number; out: its value, or `None` where the words
//! are no number. A small grammar: positional (二〇二四), structured (一千二百零三, 廿三), decimals (五点六).

/// Value of a structured or positional Han number up to 10^16: 二十三, 廿三, 一千二百, 二〇二四.
pub fn parse_han(words: &str) -> Option<u64> {
    if words.is_empty() || words.chars().count() > 20 {
        return None;
    }
    if words.chars().count() > 1 && words.chars().all(|c| digit(c).is_some()) {
        return words
            .chars()
            .try_fold(0_u64, |value, c| value.checked_mul(10)?.checked_add(digit(c)?));
    }
    // total: finished groups of 万 and 亿; group: the group being read; last: a digit waiting for its unit.
    let (mut total, mut group, mut last) = (0_u64, 0_u64, None::<u64>);
    for c in words.chars() {
        if let Some(value) = digit(c) {
            if last.is_some_and(|waiting| waiting != 0) {
                return None;
            }
            last = Some(value);
        } else if let Some(unit) = small_unit(c) {
            group = group
                .checked_add(last.take().filter(|&d| d > 0).unwrap_or(1).checked_mul(unit)?)?;
        } else if let Some(tens) = fused_tens(c) {
            group = group.checked_add(tens)?;
        } else {
            let unit = match c {
                '万' => 10_000,
                '亿' => 100_000_000,
                _ => return None,
            };
            group = group.checked_add(last.take().unwrap_or(0))?;
            total = if unit == 100_000_000 {
                total.checked_add(group)?.checked_mul(unit)?
            } else {
                total.checked_add(group.max(1).checked_mul(unit)?)?
            };
            group = 0;
        }
    }
    total.checked_add(group)?.checked_add(last.unwrap_or(0))
}

/// An ordinal in Arabic or Han digits: 7, ７, 十一. Leading zeros do not count.
pub fn parse_ordinal(words: &str) -> Option<u32> {
    if words.chars().all(|c| c.is_ascii_digit()) {
        return words.parse().ok();
    }
    u32::try_from(parse_han(words)?).ok()
}

/// Parts and whole of a share in words: 一半 gives 1 of 2, 三分之二以上 2 of 3, 1/3 1 of 3; 百分之五 has its own unit.
pub fn parse_fraction(words: &str) -> Option<(u32, u32)> {
    if words.contains("一半") || words.contains("半数") {
        return Some((1, 2));
    }
    let small = |c: Option<char>| match c? {
        '十' => Some(10),
        c => c.to_digit(10).or_else(|| u32::try_from(digit(c)?).ok()),
    };
    let (of, part) = match (words.split_once("分之"), words.split_once('/')) {
        (Some((of, part)), _) => (of.chars().next_back(), part.chars().next()),
        (None, Some((part, of))) => (of.chars().next(), part.chars().next_back()),
        (None, None) => return None,
    };
    let (part, of) = (small(part)?, small(of)?);
    (0 < part && part < of).then_some((part, of))
}

/// A number in decimal notation from Arabic digits with separators or Han digits:
/// `1,200.50` gives `1200.50`, 五点六 gives `5.6`, 三千 gives `3000`.
pub fn parse_decimal(words: &str) -> Option<String> {
    if words.chars().any(|c| c.is_ascii_digit()) {
        let plain: String = words.chars().filter(|&c| c != ',').collect();
        let (whole, rest) = plain.split_once('.').unwrap_or((&plain, "0"));
        let all_digits = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
        return (all_digits(whole) && all_digits(rest)).then_some(plain);
    }
    match words.split_once('点') {
        None => Some(parse_han(words)?.to_string()),
        Some((whole, rest)) => {
            let decimals: Option<String> =
                rest.chars().map(|c| Some(digit(c)?.to_string())).collect();
            let decimals = decimals.filter(|d| !d.is_empty())?;
            Some(format!("{}.{decimals}", parse_han(whole)?))
        }
    }
}

fn digit(c: char) -> Option<u64> {
    "零一二三四五六七八九".chars().position(|d| d == c).map(|at| at as u64).or(match c {
        '〇' | '○' | 'О' | 'O' => Some(0),
        '两' => Some(2),
        _ => None,
    })
}

const fn small_unit(c: char) -> Option<u64> {
    match c {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        _ => None,
    }
}

const fn fused_tens(c: char) -> Option<u64> {
    match c {
        '廿' => Some(20),
        '卅' => Some(30),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_numbers_have_the_value_that_a_reader_gives_them() {
        let table = [
            ("七", 7),
            ("十", 10),
            ("十一", 11),
            ("二十", 20),
            ("廿三", 23),
            ("一百零五", 105),
            ("一千二百", 1200),
            ("二〇二四", 2024),
            ("三千万", 30_000_000),
            ("一亿二千万", 120_000_000),
            ("百", 100),
            ("两", 2),
        ];
        for (words, value) in table {
            assert_eq!(parse_han(words), Some(value), "{words}");
        }
    }

    #[test]
    fn words_that_are_no_number_have_no_value() {
        for words in ["", "一些", "二三十", "县", "一二三四五六七八九一二三四五六七八九一二三"]
        {
            assert_eq!(parse_han(words), None, "{words}");
        }
    }

    #[test]
    fn decimals_keep_their_digits_as_printed() {
        let table = [
            ("1,200.50", "1200.50"),
            ("4.8", "4.8"),
            ("五点六", "5.6"),
            ("百", "100"),
            ("06", "06"),
        ];
        for (words, value) in table {
            assert_eq!(parse_decimal(words).as_deref(), Some(value), "{words}");
        }
        assert_eq!(parse_decimal("1.2.3"), None);
    }

    #[test]
    fn a_share_in_words_has_parts_and_a_whole() {
        assert_eq!(parse_fraction("一半以上"), Some((1, 2)));
        assert_eq!(parse_fraction("三分之二"), Some((2, 3)));
        assert_eq!(parse_fraction("1/3"), Some((1, 3)));
        assert_eq!(parse_fraction("百分之五"), None);
        assert_eq!(parse_fraction("三分之四"), None);
    }

    #[test]
    fn an_ordinal_may_be_in_either_script() {
        assert_eq!(parse_ordinal("12"), Some(12));
        assert_eq!(parse_ordinal("十二"), Some(12));
        assert_eq!(parse_ordinal("甲"), None);
    }
}
