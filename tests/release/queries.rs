//! Each question of `queries/` against its answer in `tests/golden/queries/`. With UPDATE_GOLDEN set
//! the answers are written instead, to be read by a person before they are committed.

use super::release;
use anyhow::{Context, Result};
use oxigraph::io::{RdfFormat, RdfParser};
use spargebra::SparqlParser;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use zhengtu::release::Example;
use zhengtu::store::{AnswerFormat, DatasetChoice, QueryForm};

/// An answer and the ending of the file that holds it: rows as TSV, triples as Turtle.
struct Answer {
    text: String,
    extension: &'static str,
}

fn golden_dir() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/queries")
}

fn ask(example: &Example) -> Result<Answer> {
    let prepared = release()
        .endpoint
        .prepare(&example.text, DatasetChoice::default())
        .with_context(|| example.name.clone())?;
    let (format, extension) = match prepared.form() {
        QueryForm::Select | QueryForm::Ask => (AnswerFormat::Tsv, "tsv"),
        QueryForm::Construct | QueryForm::Describe => (AnswerFormat::Turtle, "ttl"),
    };
    let mut bytes = Vec::new();
    prepared.write(format, &mut bytes).with_context(|| example.name.clone())?;
    let text = String::from_utf8(bytes)?;
    let text = if extension == "ttl" { with_used_prefixes(&text) } else { text };
    Ok(Answer { text: format!("{}\n", text.trim_end_matches('\n')), extension })
}

/// The Turtle without the prefixes that it does not use, the others in order: the endpoint declares
/// all that it knows.
fn with_used_prefixes(turtle: &str) -> String {
    let (mut prefixes, body): (Vec<&str>, Vec<&str>) =
        turtle.lines().partition(|line| line.starts_with("@prefix "));
    let body = body.join("\n");
    prefixes.retain(|line| {
        let name = line.split_whitespace().nth(1).unwrap_or_default();
        body.split_whitespace().any(|word| word.contains(name) && !word.starts_with('<'))
    });
    prefixes.sort_unstable();
    format!("{}\n\n{body}", prefixes.join("\n"))
}

/// The lines to compare: rows in their order, triples in any.
fn lines(answer: &str, extension: &str) -> Result<Vec<String>> {
    if extension == "tsv" {
        return Ok(answer.lines().map(str::to_owned).collect());
    }
    let mut triples = Vec::new();
    for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(answer.as_bytes()) {
        triples.push(quad?.to_string());
    }
    triples.sort();
    Ok(triples)
}

/// What is missing and what is too much, a line each; nothing where both agree.
fn difference(name: &str, found: &[String], expected: &[String]) -> Vec<String> {
    if found == expected {
        return Vec::new();
    }
    let missing = expected.iter().filter(|line| !found.contains(line));
    let surplus = found.iter().filter(|line| !expected.contains(line));
    let mut faults = vec![format!("{name}: the answer is not the golden one (order counts)")];
    faults.extend(missing.map(|line| format!("  - {line}")));
    faults.extend(surplus.map(|line| format!("  + {line}")));
    faults
}

#[test]
fn each_question_has_its_golden_answer() -> Result<()> {
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut faults = Vec::new();
    for example in &release().examples {
        let answer = ask(example)?;
        let path = golden_dir().join(format!("{}.{}", example.name, answer.extension));
        let golden = fs::read_to_string(&path).unwrap_or_default();
        let found = lines(&answer.text, answer.extension)?;
        let fault = difference(&example.name, &found, &lines(&golden, answer.extension)?);
        if update && !fault.is_empty() {
            fs::create_dir_all(golden_dir())?;
            fs::write(&path, &answer.text)?;
        } else {
            faults.extend(fault);
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    Ok(())
}

#[test]
fn each_golden_answer_has_its_question() -> Result<()> {
    let names: BTreeSet<&str> = release().examples.iter().map(|e| e.name.as_str()).collect();
    for entry in fs::read_dir(golden_dir())? {
        let path = entry?.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        assert!(names.contains(name.as_str()), "{}: no such question", path.display());
    }
    Ok(())
}

#[test]
fn no_question_is_without_an_answer() -> Result<()> {
    for example in &release().examples {
        let answer = ask(example)?;
        let lines = lines(&answer.text, answer.extension)?;
        // The names of the columns are a line too; an ASK has one line and no columns.
        let empty = match answer.extension {
            "tsv" => lines.len() < 2 && lines != ["true"] && lines != ["false"],
            _ => lines.is_empty(),
        };
        assert!(!empty, "{}: nothing in the data answers it", example.name);
    }
    Ok(())
}

#[test]
fn a_question_is_named_in_kebab_case_and_asked_in_chinese_and_english() {
    for example in &release().examples {
        let Example { name, question_zh, question_en, .. } = example;
        let kebab = name.split('-').all(|word| {
            !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        });
        assert!(kebab, "{name}: not in kebab-case");
        assert!(question_zh.ends_with('？'), "{name}: {question_zh}");
        assert!(question_en.ends_with('?'), "{name}: {question_en}");
    }
}

#[test]
fn a_query_declares_every_prefix_that_it_uses() {
    for example in &release().examples {
        let parsed = SparqlParser::new().parse_query(&example.text);
        assert!(parsed.is_ok(), "{}: {}", example.name, parsed.unwrap_err());
    }
}
