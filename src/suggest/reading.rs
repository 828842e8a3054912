//! How characters are read: pinyin without tones.
//!
//! In: characters of a name. Out: a syllable for each, in the few combinations that are worth trying. Guarantees: each combination has
//! as many syllables as there are characters; a Latin letter or a digit reads as itself; ü is v. Surprising: the readings of a character
//! are tried only where `data/lexicon/readings.tsv` lists them, because most of those in dictionaries are never meant.

use std::collections::HashMap;
use std::sync::LazyLock;

use pinyin::ToPinyin;

/// The table of what is read otherwise, by the characters of a word or one character.
const TABLE: &str = include_str!("../../data/lexicon/readings.tsv");

/// Combinations of the readings of one name.
const COMBINATIONS_MAX: usize = 4;

/// Letters and digits as syllables.
const ASCII: &str = "0123456789abcdefghijklmnopqrstuvwxyz";

/// A character without a reading; nobody types it.
const SILENT: &str = "_";

pub(crate) type Syllable = &'static str;

struct Table {
    words: HashMap<Vec<char>, Vec<Syllable>>,
    word_chars_max: usize,
    chars: HashMap<char, Vec<Syllable>>,
}

static READINGS: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { words: HashMap::new(), word_chars_max: 1, chars: HashMap::new() };
    let rows = TABLE.lines().filter(|line| !line.starts_with('#')).skip(1);
    for (text, readings) in rows.filter_map(|line| line.split_once('\t')) {
        let chars: Vec<char> = text.chars().collect();
        if let [only] = chars.as_slice() {
            table.chars.insert(*only, readings.split('|').collect());
        } else {
            table.word_chars_max = table.word_chars_max.max(chars.len());
            table.words.insert(chars, readings.split(' ').collect());
        }
    }
    table
});

/// The combinations of syllables, the likeliest first; one at least.
pub(crate) fn read(chars: &[char]) -> Vec<Vec<Syllable>> {
    let table = &*READINGS;
    let mut combinations: Vec<Vec<Syllable>> = vec![Vec::with_capacity(chars.len())];
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let lengths = (2..=table.word_chars_max).rev();
        let mut words = lengths.filter_map(|length| table.words.get(chars.get(at..at + length)?));
        if let Some(word) = words.next() {
            push(&mut combinations, word);
            at += word.len();
            continue;
        }
        if let Some([first, others @ ..]) = table.chars.get(&c).map(Vec::as_slice) {
            let given = combinations.clone();
            push(&mut combinations, &[first]);
            for other in others {
                let room = COMBINATIONS_MAX.saturating_sub(combinations.len());
                let mut more: Vec<Vec<Syllable>> = given.iter().take(room).cloned().collect();
                push(&mut more, &[other]);
                combinations.append(&mut more);
            }
        } else {
            push(&mut combinations, &[read_char(c)]);
        }
        at += 1;
    }
    combinations
}

fn push(combinations: &mut [Vec<Syllable>], syllables: &[Syllable]) {
    for own in combinations {
        own.extend_from_slice(syllables);
    }
}

fn read_char(c: char) -> Syllable {
    if let Some(place) = ASCII.find(c) {
        return ASCII.get(place..=place).unwrap_or(SILENT);
    }
    match c.to_pinyin().map(pinyin::Pinyin::plain) {
        Some("lü") => "lv",
        Some("nü") => "nv",
        Some("lüe") => "lve",
        Some("nüe") => "nve",
        Some(plain) if plain.is_ascii() => plain,
        _ => SILENT,
    }
}

/// A syllable without what ears in many places do not tell apart: zh and z, ch and c, sh and s, n and l, ng and n.
pub(crate) fn blur(syllable: Syllable) -> String {
    let mut blurred = syllable.to_owned();
    if matches!(blurred.get(..2), Some("zh" | "ch" | "sh")) {
        blurred.remove(1);
    }
    if blurred.ends_with("ng") {
        blurred.pop();
    }
    if blurred.len() > 1 && blurred.starts_with('n') {
        blurred.replace_range(..1, "l");
    }
    blurred
}

#[cfg(test)]
mod tests {
    use super::*;

    fn readings(text: &str) -> Vec<String> {
        let chars: Vec<char> = text.chars().collect();
        read(&chars).iter().map(|syllables| syllables.join(" ")).collect()
    }

    #[test]
    fn names_of_places_and_words_are_read_as_people_do() {
        for (text, reading) in [
            ("单县", "shan xian"),
            ("鄄城", "juan cheng"),
            ("乐清", "yue qing"),
            ("长江", "chang jiang"),
            ("绿化5g", "lv hua 5 g"),
            ("重点银行", "zhong dian yin hang"),
        ] {
            assert!(readings(text).contains(&reading.to_owned()), "{text}: {:?}", readings(text));
        }
    }

    #[test]
    fn a_character_with_several_readings_gives_a_few_combinations() {
        assert_eq!(readings("苗长"), ["miao chang", "miao zhang"]);
        assert_eq!(readings("长长长长").len(), COMBINATIONS_MAX);
        assert_eq!(readings(""), [""]);
    }

    #[test]
    fn each_row_of_the_table_has_a_syllable_for_each_character() {
        for (word, syllables) in &READINGS.words {
            assert_eq!(word.len(), syllables.len(), "{word:?}");
            assert_ne!(vec![syllables.clone()], read_without_words(word), "{word:?} is not needed");
        }
    }

    fn read_without_words(word: &[char]) -> Vec<Vec<Syllable>> {
        vec![word.iter().map(|c| read_char(*c)).collect()]
    }

    #[test]
    fn near_sounds_are_the_same_when_they_are_blurred() {
        for (one, other) in [("zhong", "zon"), ("shi", "si"), ("nan", "lang"), ("cheng", "cen")] {
            assert_eq!(blur(one), blur(other), "{one} {other}");
        }
        assert_ne!(blur("miao"), blur("pu"));
    }
}
