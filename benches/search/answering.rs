//! Searches answered and timed. In: an engine and the searches; out: a line of JSON a search with its processor time, the number of what was found, and, where the answer is
//! checked, what it was. Guarantee: fetching what is checked is not timed.

use super::meter::{megabytes, thread_time};
use super::questions::Question;
use serde::Serialize;
use std::hint::black_box;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;

/// Searches asked before the first is timed: each of so many.
const WARMING_EVERY: usize = 5;
/// Larger answers are compared by their number only.
const COMPARED_MAX: usize = 500;

/// What answers searches.
pub(crate) trait Engine {
    /// How many there are, after the ten best were fetched. Nothing for a search that it cannot answer.
    fn answer(&self, question: &Question) -> Option<usize>;

    /// All that is found, at most `max`.
    fn all(&self, question: &Question, max: usize) -> Vec<String>;
}

#[derive(Serialize)]
struct Answered {
    microseconds: u128,
    total: Option<usize>,
    found: Option<Vec<String>>,
}

/// What the process takes, once everything was answered.
#[derive(Serialize)]
struct Memory {
    resident_mb: Option<f64>,
    anonymous_mb: Option<f64>,
}

/// Answers the searches in `folder`, and writes the answers there under this name.
pub(crate) fn answer_all(engine: &dyn Engine, folder: &Path, name: &str) -> anyhow::Result<()> {
    let lines = BufReader::new(std::fs::File::open(folder.join("searches.jsonl"))?).lines();
    let questions: Vec<Question> =
        lines.map(|line| Ok(serde_json::from_str(&line?)?)).collect::<anyhow::Result<_>>()?;
    for question in questions.iter().step_by(WARMING_EVERY) {
        black_box(engine.answer(question));
    }
    let path = folder.join(format!("answers-{name}.jsonl"));
    let mut out = BufWriter::new(std::fs::File::create(path)?);
    let mut timed = Vec::with_capacity(questions.len());
    for question in &questions {
        let start = thread_time();
        let total = black_box(engine.answer(question));
        timed.push((thread_time().saturating_sub(start).as_micros(), total));
    }
    let memory = Memory { resident_mb: megabytes("VmRSS"), anonymous_mb: megabytes("RssAnon") };
    for (question, (microseconds, total)) in questions.iter().zip(timed) {
        let is_compared = question.checked && total.is_some_and(|total| total <= COMPARED_MAX);
        let found = is_compared.then(|| engine.all(question, COMPARED_MAX));
        serde_json::to_writer(&mut out, &Answered { microseconds, total, found })?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    println!("{}", serde_json::to_string(&memory)?);
    Ok(())
}
