//! Suggestions while typing: how long one takes, and how large their file is, over 100,000 headings of measures.
//!
//!     cargo bench --bench suggest [-- HEADINGS]
//!
//! The headings are made of the invented words of `generator/`, each once; where those are used up, two make one. Of 2,000 of them
//! what a person types is taken, one to six characters of it: Chinese, pinyin, initials, two characters with initials; and the
//! headings with a character that sounds alike, for 您是不是要找. Figures are printed, nothing is asserted.

#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on says so and ends")]
#![allow(dead_code, reason = "of the generator's words only headings are wanted")]

#[path = "generator/random.rs"]
mod random;
#[path = "generator/words.rs"]
mod words;

use pinyin::ToPinyin;
use random::Random;
use std::collections::BTreeSet;
use std::time::{Duration, Instant};
use words::Wording;
use zhengtu::suggest::{Kind, Named, Suggestions, SuggestionsWriter};

const HEADINGS: usize = 100_000;
const ASKED: usize = 2_000;
const SUGGESTIONS: usize = 10;

fn main() {
    let count = std::env::args().skip(1).find_map(|argument| argument.parse().ok());
    let headings = headings(count.unwrap_or(HEADINGS));
    let chars: usize = headings.iter().map(|heading| heading.chars().count()).sum();
    let file = tempfile::NamedTempFile::new().unwrap();
    let start = Instant::now();
    let mut writer = SuggestionsWriter::default();
    for (number, heading) in headings.iter().enumerate() {
        let kind = if number % 100 == 0 { Kind::Indicator } else { Kind::Measure };
        writer.add(Named { text: heading.clone(), iri: format!("e:{number}"), kind, uses: 1 });
    }
    writer.write(file.path()).unwrap();
    let built = start.elapsed();
    let bytes = file.as_file().metadata().unwrap().len();
    let start = Instant::now();
    let suggestions = Suggestions::open(file.path()).unwrap();
    let opened = start.elapsed();
    println!(
        "{} headings of {:.1} characters: {:.1} MB, written in {:.1} s, opened in {} µs",
        headings.len(),
        ratio(chars, headings.len()),
        ratio(usize::try_from(bytes).unwrap(), 1 << 20),
        built.as_secs_f64(),
        opened.as_micros()
    );
    println!("| Typed | Characters | p50 | p99 | Longest | Suggestions |");
    println!("| --- | ---: | ---: | ---: | ---: | ---: |");
    let step = (headings.len() / ASKED).max(1);
    let asked: Vec<Vec<char>> =
        headings.iter().step_by(step).map(|heading| heading.chars().collect()).collect();
    for (name, type_it) in WAYS {
        for length in 1..=6 {
            let typed: Vec<String> = asked.iter().map(|chars| type_it(chars, length)).collect();
            measure(name, length, &typed, |typed| suggestions.suggest(typed, SUGGESTIONS).len());
        }
    }
    let mistyped: Vec<String> = asked.iter().map(|chars| mistype(chars)).collect();
    measure("您是不是要找", 0, &mistyped, |typed| {
        usize::from(suggestions.did_you_mean(typed).is_some())
    });
}

/// What a person types of a heading.
type TypeIt = fn(&[char], usize) -> String;

const WAYS: [(&str, TypeIt); 4] = [
    ("Chinese", |chars, length| chars.iter().take(length).collect()),
    ("pinyin", |chars, length| {
        chars.iter().flat_map(|c| syllable(*c).chars()).take(length).collect()
    }),
    ("initials", |chars, length| initials(chars.iter().take(length))),
    ("two characters and initials", |chars, length| {
        let first: String = chars.iter().take(2).collect();
        first + &initials(chars.iter().skip(2).take(length))
    }),
];

fn syllable(c: char) -> &'static str {
    c.to_pinyin().map_or("", pinyin::Pinyin::plain)
}

fn initials<'a>(chars: impl Iterator<Item = &'a char>) -> String {
    chars.filter_map(|c| syllable(*c).chars().next()).collect()
}

/// The heading with its third character replaced by 绿 or 率, whichever it is not; most of them sound otherwise, as most questions
/// that find nothing.
fn mistype(chars: &[char]) -> String {
    let wrong = |(at, c): (usize, &char)| match at {
        2 if *c == '率' => '绿',
        2 => '率',
        _ => *c,
    };
    chars.iter().enumerate().map(wrong).collect()
}

fn measure(name: &str, length: usize, typed: &[String], ask: impl Fn(&str) -> usize) {
    let mut given = 0;
    let mut times: Vec<Duration> = typed
        .iter()
        .map(|typed| {
            let start = Instant::now();
            given += ask(typed);
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    let at = |of: usize| times.get(times.len() * of / 100).or(times.last()).unwrap().as_micros();
    let most = times.last().unwrap().as_micros();
    let each = ratio(given, typed.len());
    println!("| {name} | {length} | {} µs | {} µs | {most} µs | {each:.1} |", at(50), at(99));
}

#[allow(clippy::cast_precision_loss, reason = "figures for people")]
fn ratio(one: usize, other: usize) -> f64 {
    one as f64 / other as f64
}

/// Distinct headings.
fn headings(count: usize) -> Vec<String> {
    let mut random = Random::new(1);
    let mut known = BTreeSet::new();
    let mut headings = Vec::with_capacity(count);
    while headings.len() < count {
        let mut heading = String::new();
        Wording::new(&mut random, &mut heading).heading();
        if known.contains(&heading) {
            Wording::new(&mut random, &mut heading).heading();
        }
        if known.insert(heading.clone()) {
            headings.push(heading);
        }
    }
    headings
}
