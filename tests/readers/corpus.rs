//! The same documents in two formats, where a collection of published ones lies beside the repository: what is found in the
//! page, Word or PDF file must be what is found in the text of the same name. Without the collection, which is
//! never part of the repository, the test says so and passes.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use zhengtu::graph::DEFAULT_BASE;
use zhengtu::pipeline::{Ground, read_document};

/// Beside the repository, or beside the folder of its worktrees.
fn find_corpus() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let near = ["../shared/corpus", "../../shared/corpus"].map(|path| root.join(path));
    near.into_iter().find(|path| path.join("raw").is_dir())
}

/// A report without its offsets: those of two formats differ.
fn without_offsets(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let kept =
                fields.into_iter().filter(|(name, _)| name != "at" && !name.ends_with("_at"));
            Value::Object(kept.map(|(name, value)| (name, without_offsets(value))).collect())
        }
        Value::Array(values) => Value::Array(values.into_iter().map(without_offsets).collect()),
        other => other,
    }
}

fn report(path: &Path, ground: &Ground) -> Result<Value, String> {
    let read = read_document(path, ground).map_err(|error| format!("{error:#}"))?;
    Ok(without_offsets(serde_json::to_value(read.report()).unwrap()))
}

/// The numbers of outline items, without their words: one format may show more of them than the other.
fn paths(report: &Value) -> Vec<&Value> {
    report["outline"].as_array().into_iter().flatten().map(|item| &item["path"]).collect()
}

#[test]
fn a_document_says_the_same_in_every_format() {
    let Some(corpus) = find_corpus() else {
        eprintln!("skipped: no collection of documents beside the repository");
        return;
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let ground = Ground::load(&root.join("data"), DEFAULT_BASE).unwrap();
    let mut faults = Vec::new();
    for entry in fs::read_dir(corpus.join("raw")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = path.with_extension("txt");
        let text = if text.exists() { text } else { corpus.join(text.file_name().unwrap()) };
        if path == text || !text.exists() {
            continue;
        }
        match (report(&path, &ground), report(&text, &ground)) {
            (Ok(found), Ok(expected)) => {
                if found["measures"] != expected["measures"] {
                    faults.push(format!("{name}: measures or departments differ"));
                }
                // The text beside an old Word file may have lost paragraphs that the file has.
                if paths(&expected).iter().any(|path| !paths(&found).contains(path)) {
                    faults.push(format!("{name}: outline items are missing"));
                }
            }
            (Err(error), _) | (_, Err(error)) => faults.push(format!("{name}: {error}")),
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
