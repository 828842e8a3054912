//! Sources that did not change are not extracted again, and nobody can tell from the release.

use super::nursery::Nursery;
use serde_json::Value;
use std::fs;

/// How many sources a build read anew and how many it took from the cache.
fn counts(summary: &Value) -> [u64; 2] {
    ["read_anew", "from_cache"].map(|name| summary[name].as_u64().unwrap())
}

fn id(summary: &Value) -> &str {
    summary["release"].as_str().unwrap()
}

#[test]
fn only_what_changed_is_extracted_and_the_graph_is_the_same_byte_for_byte() {
    let nursery = Nursery::new("atomic-cache");
    assert_eq!(counts(&nursery.build()), [3, 0]);
    assert_eq!(counts(&nursery.build()), [0, 3]);
    nursery.write(2, 250);
    let with_cache = nursery.build();
    assert_eq!(counts(&with_cache), [1, 2]);
    let graph = nursery.graph(id(&with_cache));
    fs::remove_dir_all(nursery.releases()).unwrap();
    let without = nursery.build();
    assert_eq!(counts(&without), [3, 0]);
    assert_eq!(id(&without), id(&with_cache));
    assert!(nursery.graph(id(&without)) == graph, "the graphs differ");
    assert_eq!(without["findings"], with_cache["findings"]);
    assert_eq!(without["counts"], with_cache["counts"]);
    assert_eq!(without["shapes"], with_cache["shapes"]);
}

#[test]
fn a_source_that_is_gone_takes_its_facts_along() {
    let nursery = Nursery::new("atomic-removed");
    let before = nursery.build();
    let says = |summary: &Value, what: &str| {
        String::from_utf8(nursery.graph(id(summary))).unwrap().contains(what)
    };
    assert!(says(&before, "第2期苗圃"));
    fs::remove_file(nursery.source(2)).unwrap();
    let after = nursery.build();
    assert_eq!(counts(&after), [0, 2]);
    assert!(!says(&after, "第2期苗圃") && says(&after, "第3期苗圃"));
    let entries = fs::read_dir(nursery.releases().join("cache")).unwrap().count();
    assert_eq!(entries, 2, "the cache keeps what no release is made of");
}

#[test]
fn a_damaged_entry_is_read_anew() {
    let nursery = Nursery::new("atomic-damaged-cache");
    let before = nursery.build();
    for (place, entry) in fs::read_dir(nursery.releases().join("cache")).unwrap().enumerate() {
        let path = entry.unwrap().path();
        let mut bytes = fs::read(&path).unwrap();
        match place {
            0 => bytes.clear(),
            1 => bytes.truncate(bytes.len() / 2),
            _ => *bytes.last_mut().unwrap() ^= 1,
        }
        fs::write(&path, bytes).unwrap();
    }
    let after = nursery.build();
    assert_eq!(counts(&after), [3, 0]);
    assert_eq!(id(&after), id(&before));
    assert_eq!(counts(&nursery.build()), [0, 3]);
}

#[test]
fn a_correction_reaches_the_document_that_it_is_for_and_no_other_is_read() {
    let nursery = Nursery::new("atomic-corrected");
    nursery.build();
    let file = nursery.root.join("data/corrections/a.tsv");
    let table = "document\tplace\tfind\tfield\told\tnew\treason\n\
                 海政发〔2031〕3号\t\t\tkind\t通知\t方案\t为测试\n";
    fs::write(&file, table).unwrap();
    let corrected = nursery.build();
    assert_eq!(counts(&corrected), [1, 2]);
    let graph = String::from_utf8(nursery.graph(id(&corrected))).unwrap();
    assert!(graph.contains("kind: 通知 → 方案; 为测试"));
    assert_eq!(counts(&nursery.build()), [0, 3]);
    fs::remove_file(&file).unwrap();
    assert_eq!(counts(&nursery.build()), [1, 2]);
}

#[test]
fn an_entry_that_fits_no_document_stops_the_build_though_all_is_in_the_cache() {
    let nursery = Nursery::new("atomic-correction-unmet");
    nursery.build();
    let table =
        "document\tplace\tfind\tfield\told\tnew\treason\n9.txt\t\t\ttitle\t甲\t乙\t为测试\n";
    fs::write(nursery.root.join("data/corrections/a.tsv"), table).unwrap();
    let output = nursery.run(&["build"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(super::nursery::errors_of(&output).contains("0 documents of this build"));
}

#[test]
fn another_base_or_another_name_is_read_anew() {
    let nursery = Nursery::new("atomic-based");
    nursery.build();
    let output = nursery.run(&["build", "--json", "--base", "https://海滨.example/kg/"]);
    let summary: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(counts(&summary), [3, 0]);
    nursery.build();
    fs::rename(nursery.source(3), nursery.source(4)).unwrap();
    assert_eq!(counts(&nursery.build()), [1, 2]);
}
