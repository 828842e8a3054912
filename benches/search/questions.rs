//! What is searched for: some 2,000 searches in proportion as people type. In: a corpus; out: the same searches every time. Surprising: what is taken from a text
//! (headings, sentences, quantities, numbers) is there to be found; words are chosen evenly, and not as often as texts have them, because people look for what is particular.

use super::corpus::{Corpus, SHORT_NAMES, local_name};
use super::random::Random;
use super::reference::FUNCTIONS;
use super::words::{COMMON_WORD, ENDINGS, MIDDLE_WORD, RARE_WORD, SCOPES, SUBJECTS};
use serde::{Deserialize, Serialize};

/// Every so many searches are checked against the texts themselves.
const CHECKED_EVERY: usize = 10;
/// Of each list, this many first words are frequent, and those from here on rare.
const FREQUENT_WORDS: usize = 6;
const RARE_WORDS_FROM: usize = 20;

/// A search.
#[derive(Serialize, Deserialize)]
pub(crate) struct Question {
    pub(crate) kind: String,
    /// As it is typed.
    pub(crate) words: String,
    /// What must stand in a text, for engines that know nothing but characters.
    pub(crate) pieces: Vec<String>,
    /// Whether its answer is compared with the texts.
    pub(crate) checked: bool,
}

/// A kind of search: its name, how many of a hundred are of it, what it is, and how one is made.
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    pub(crate) share: usize,
    pub(crate) about: &'static str,
    ask: fn(&Corpus, &mut Random) -> Option<Asked>,
}

/// Words as typed, with what engines of characters are asked for where that is something else.
struct Asked {
    words: String,
    pieces: Option<Vec<String>>,
}

impl From<String> for Asked {
    fn from(words: String) -> Self {
        Self { words, pieces: None }
    }
}

pub(crate) const KINDS: [Kind; 13] = [
    Kind {
        name: "frequent word",
        share: 15,
        about: "one of the thirteen most frequent",
        ask: |_, random| Some(frequent(random).to_owned().into()),
    },
    Kind {
        name: "rarer word",
        share: 15,
        about: "one of the rarer half",
        ask: |_, random| Some(rare(random).to_owned().into()),
    },
    Kind {
        name: "two words",
        share: 15,
        about: "with a space between",
        ask: |_, random| Some([scope(random), subject(random)].join(" ").into()),
    },
    Kind {
        name: "words together",
        share: 8,
        about: "two words without a space",
        ask: |_, random| Some([scope(random), subject(random)].concat().into()),
    },
    Kind {
        name: "three words",
        share: 7,
        about: "with spaces between",
        ask: |_, random| {
            Some([frequent(random), subject(random), even(&ENDINGS, random)].join(" ").into())
        },
    },
    Kind {
        name: "heading",
        share: 10,
        about: "the whole heading of a measure",
        ask: |corpus, random| Some(corpus.measure(random.below(corpus.measures))?.heading.into()),
    },
    Kind {
        name: "department and word",
        share: 8,
        about: "its short name, and a word",
        ask: |_, random| Some(format!("{} {}", department(random), subject(random)).into()),
    },
    Kind {
        name: "quantity",
        share: 4,
        about: "a number with its unit; half of them with an indicator",
        ask: quantity,
    },
    Kind {
        name: "document number",
        share: 5,
        about: "as printed, every third with brackets of a keyboard",
        ask: document_number,
    },
    Kind {
        name: "indicator and year",
        share: 5,
        about: "of a target",
        ask: |corpus, random| {
            let (name, _, year) = goal(corpus, random)?;
            Some(format!("{name} {year}年").into())
        },
    },
    Kind {
        name: "sentence",
        share: 3,
        about: "a whole sentence of a measure, with its commas",
        ask: sentence,
    },
    Kind {
        name: "field",
        share: 3,
        about: "部门: with the short name of a department, and a word",
        ask: field,
    },
    Kind {
        name: "one character",
        share: 2,
        about: "of a frequent word",
        ask: |_, random| Some(frequent(random).chars().take(1).collect::<String>().into()),
    },
];

/// `count` searches, kinds mixed.
pub(crate) fn questions(corpus: &Corpus, count: usize) -> Vec<Question> {
    let mut random = Random::new(2);
    let mut questions = Vec::with_capacity(count);
    for kind in &KINDS {
        let mut own = 0;
        while own < count * kind.share / 100 {
            let Some(Asked { words, pieces }) = (kind.ask)(corpus, &mut random) else { continue };
            let checked = pieces.is_none() && own % CHECKED_EVERY == 0;
            let pieces = pieces.unwrap_or_else(|| words.split(' ').map(str::to_owned).collect());
            questions.push(Question { kind: kind.name.to_owned(), words, pieces, checked });
            own += 1;
        }
    }
    for at in (1..questions.len()).rev() {
        questions.swap(at, random.below(at + 1));
    }
    questions
}

fn frequent(random: &mut Random) -> &'static str {
    let lists = [&SCOPES[..], &SUBJECTS[..]];
    match random.below(3) {
        0 => COMMON_WORD,
        list => lists
            .get(list - 1)
            .and_then(|words| words.get(random.below(FREQUENT_WORDS)))
            .copied()
            .unwrap_or(COMMON_WORD),
    }
}

fn rare(random: &mut Random) -> &'static str {
    let words = SCOPES.iter().skip(RARE_WORDS_FROM).chain(SUBJECTS.iter().skip(RARE_WORDS_FROM));
    let words: Vec<&'static str> = words.copied().chain([MIDDLE_WORD, RARE_WORD]).collect();
    words.get(random.below(words.len())).copied().unwrap_or(RARE_WORD)
}

/// One of a list, all equally likely.
fn even(words: &[&'static str], random: &mut Random) -> &'static str {
    words.get(random.below(words.len())).copied().unwrap_or_default()
}

fn scope(random: &mut Random) -> &'static str {
    even(&SCOPES, random)
}

fn subject(random: &mut Random) -> &'static str {
    even(&SUBJECTS, random)
}

/// 市园林局, or 发改委.
fn department(random: &mut Random) -> String {
    let place = super::reference::Place::City(0, 0);
    if random.chance(300_000) {
        random.word(&SHORT_NAMES.map(|(_, short)| short)).to_owned()
    } else {
        local_name(place, random.skewed(FUNCTIONS.len()))
    }
}

/// The indicator, value and year of a target.
fn goal(corpus: &Corpus, random: &mut Random) -> Option<(String, String, usize)> {
    let goal = corpus.measure(random.below(corpus.measures))?.goals.into_iter().next()?;
    let value = goal.value.trim_end_matches(['以', '上', '下', '左', '右']).to_owned();
    Some((goal.indicator.name, value, goal.year))
}

fn quantity(corpus: &Corpus, random: &mut Random) -> Option<Asked> {
    let (name, value, _) = goal(corpus, random)?;
    Some(if random.chance(500_000) { value } else { format!("{name} {value}") }.into())
}

fn document_number(corpus: &Corpus, random: &mut Random) -> Option<Asked> {
    let key = corpus.papers.get(random.below(corpus.papers.len()))?.key.clone();
    if random.below(3) > 0 {
        return Some(key.into());
    }
    let words = key.replace('〔', "[").replace('〕', "]");
    Some(Asked { words, pieces: Some(vec![key]) })
}

fn sentence(corpus: &Corpus, random: &mut Random) -> Option<Asked> {
    let text = corpus.measure(random.below(corpus.measures))?.text;
    Some(text.split('。').nth(1)?.to_owned().into())
}

#[allow(clippy::unnecessary_wraps, reason = "every kind of search is made in one way")]
fn field(_: &Corpus, random: &mut Random) -> Option<Asked> {
    let (department, word) = (department(random), subject(random).to_owned());
    let words = format!("部门:{department} {word}");
    Some(Asked { words, pieces: Some(vec![department, word]) })
}
