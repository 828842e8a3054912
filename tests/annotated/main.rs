//! Holds extraction to what readers found in invented texts, two sets beside this file, and in real ones, where the collection that
//! holds them lies beside the repository; scored as the annotation guide says. The figures are printed with
//! `cargo test --test annotated -- --nocapture`.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, and prints what it measured"
)]

mod layouts;
mod real;
mod score;

use score::{FIGURES, Tally, score};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use zhengtu::pipeline::{Ground, read_document};

fn folder(set: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/annotated").join(set)
}

fn load_ground() -> Ground {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    Ground::load(&data, "https://example.org/").unwrap()
}

/// Adds the tallies of one text to `sums`, and prints its figures.
fn add_text(name: &str, wanted: &Value, found: &Value, sums: &mut [Tally; 9]) {
    let own = score(wanted, found);
    let figures: Vec<String> = own.iter().map(|tally| format!("{:.2}", tally.f1())).collect();
    println!("{name:5} {}", figures.join(" "));
    sums.iter_mut().zip(own).for_each(|(sum, own)| sum.add(own));
}

/// The tallies of a set of invented texts.
fn read_set(set: &str) -> [Tally; 9] {
    let ground = load_ground();
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder(set)).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "json"));
    files.sort();
    assert!(!files.is_empty(), "no annotations in {set}");
    let mut sums = [Tally::default(); 9];
    for file in &files {
        let wanted: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
        let read = read_document(&file.with_extension("txt"), &ground).unwrap();
        let found = serde_json::to_value(read.report()).unwrap();
        add_text(&file.file_stem().unwrap().to_string_lossy(), &wanted, &found, &mut sums);
    }
    sums
}

/// The tallies of a set of real texts; none without the collection that holds them.
fn read_real_set(set: &str) -> Option<[Tally; 9]> {
    let collection = real::find_collection()?;
    let ground = load_ground();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("text.txt");
    let mut sums = [Tally::default(); 9];
    for annotated in real::read_annotations(set, &collection) {
        fs::write(&file, &annotated.text).unwrap();
        let read = read_document(&file, &ground).unwrap();
        let found = serde_json::to_value(read.report()).unwrap();
        add_text(&annotated.line.to_string(), &annotated.wanted, &found, &mut sums);
    }
    Some(sums)
}

/// Holds the tallies of a set to floors that stand a little under what was last measured.
fn hold(set: &str, sums: [Tally; 9], floors: [f64; 9]) {
    for ((figure, tally), floor) in FIGURES.iter().zip(sums).zip(floors) {
        println!("{set} {figure}: {:.4} {tally:?}", tally.f1());
        assert!(tally.f1() >= floor, "{set}: {figure} {:.4} is below {floor}", tally.f1());
    }
}

#[test]
fn what_readers_found_in_the_first_set_is_found() {
    hold("first", read_set("first"), [0.99, 0.99, 0.97, 0.97, 0.97, 0.96, 0.93, 0.94, 0.99]);
}

#[test]
fn what_readers_found_in_the_second_set_is_found() {
    hold("second", read_set("second"), [0.99, 0.99, 0.96, 0.99, 0.99, 0.93, 0.84, 0.88, 0.99]);
}

#[test]
fn what_readers_found_in_real_texts_is_found() {
    let sets = [
        ("first", [0.96, 0.95, 0.98, 0.99, 0.99, 0.96, 0.93, 0.92, 0.98]),
        ("second", [0.96, 0.98, 0.97, 0.99, 0.99, 0.94, 0.83, 0.88, 0.96]),
        ("third", [0.97, 0.94, 0.96, 0.97, 0.97, 0.91, 0.89, 0.99, 0.98]),
        ("fourth", [0.97, 0.96, 0.92, 0.87, 0.87, 0.76, 0.54, 0.66, 0.98]),
        ("fifth", [0.98, 0.98, 0.99, 0.99, 0.99, 0.92, 0.86, 0.85, 0.98]),
        ("sixth", [0.95, 0.97, 0.96, 0.99, 0.99, 0.83, 0.77, 0.94, 0.98]),
    ];
    let mut all = [Tally::default(); 9];
    for (set, floors) in sets {
        let Some(sums) = read_real_set(set) else {
            eprintln!("skipped: no collection of documents beside the repository");
            return;
        };
        hold(&format!("real {set}"), sums, floors);
        all.iter_mut().zip(sums).for_each(|(all, one)| all.add(one));
    }
    for (figure, tally) in FIGURES.iter().zip(all) {
        println!("real all {figure}: {:.4} {tally:?}", tally.f1());
    }
}

#[test]
fn two_readers_of_the_same_real_texts_agree() {
    let Some(collection) = real::find_collection() else {
        eprintln!("skipped: no collection of documents beside the repository");
        return;
    };
    let first = real::read_annotations("fifth", &collection);
    let second = real::read_annotations("fifth_again", &collection);
    assert_eq!(first.len(), second.len());
    let mut sums = [Tally::default(); 9];
    for (one, other) in first.iter().zip(second) {
        assert_eq!(one.line, other.line);
        let found = real::as_found(&other.wanted, &one.wanted);
        add_text(&one.line.to_string(), &one.wanted, &found, &mut sums);
    }
    hold("readers", sums, [0.98, 0.99, 0.99, 0.96, 0.96, 0.94, 0.91, 0.82, 0.99]);
}

/// What is found in `text`, without the places in the source, which depend on the layout.
fn facts_of(text: &str) -> Vec<Value> {
    let ground = load_ground();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("text.txt");
    fs::write(&file, text).unwrap();
    let mut facts = serde_json::to_value(read_document(&file, &ground).unwrap().report()).unwrap();
    drop_places(&mut facts);
    let names = ["document", "outline", "measures", "assignments", "targets", "references"];
    let lists = names.map(|name| facts.get(name).cloned().unwrap_or_default());
    lists
        .into_iter()
        .flat_map(|list| match list {
            Value::Array(entries) => entries,
            one => vec![one],
        })
        .collect()
}

/// Takes away where in the source each fact stands, in which words.
fn drop_places(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|name, _| name != "quote" && !name.ends_with("at"));
            fields.values_mut().for_each(drop_places);
        }
        Value::Array(values) => values.iter_mut().for_each(drop_places),
        _ => {}
    }
}

#[test]
fn a_text_says_the_same_in_markdown_and_on_pages_with_margins() {
    for name in ["a1", "b1", "f1"] {
        let text = fs::read_to_string(folder("first").join(name).with_extension("txt")).unwrap();
        let facts = facts_of(&text);
        for (layout, laid_out) in
            [("Markdown", layouts::to_markdown(&text)), ("pages", layouts::to_pages(&text))]
        {
            let found = facts_of(&laid_out);
            for (at, fact) in facts.iter().enumerate() {
                assert_eq!(found.get(at), Some(fact), "{name} as {layout}");
            }
        }
    }
}

#[test]
fn a_scorer_sees_what_is_missing_wrong_and_optional() {
    let wanted = json!({
        "document": {"title": "某市“绿化”方案", "issuers": ["某市园林局"]},
        "outline": [{"path": "1", "title": "种树"}],
        "measures": [
            {"path": "1", "departments": [{"name": "市园林局", "role": "lead"}]},
            {"path": "2", "optional": true},
        ],
        "targets": [
            {"path": "1", "indicator": "公园数量", "value": 5, "unit": "个", "comparator": "eq", "deadline": "2031"},
            {"path": "1", "indicator": "死苗", "value": null, "comparator": "eliminate"},
        ],
        "references": [{"title": "绿化条例"}],
    });
    let perfect = score(&wanted, &wanted).map(Tally::f1);
    assert!(perfect.iter().all(|f1| (f1 - 1.0).abs() < f64::EPSILON), "{perfect:?}");
    let found = json!({
        "document": {"title": "某市绿化方案"},
        "outline": [{"path": "1", "title": "护林"}],
        "measures": [{"path": "1", "departments": [{"name": "市园林局", "role": "support"}]}, {"path": "2"}],
        "targets": [{"path": "1", "indicator": "公园数量", "value": 5.0, "unit": "个", "comparator": "eq"}],
        "references": [],
    });
    let shown = score(&wanted, &found).map(|tally| format!("{:.2}", tally.f1()));
    assert_eq!(shown, ["0.67", "0.00", "1.00", "1.00", "0.00", "1.00", "0.00", "0.00", "0.00"]);
}
