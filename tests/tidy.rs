//! The shape of the house, checked: which room may use which, how long a file may be, and that each
//! says what it is for. `ARCHITECTURE.md` tells the same in words.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed, and says where"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Each room with the rooms that it may use, in the order of the flow.
const ROOMS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("document", &["text"]),
    ("extract", &["text", "document"]),
    ("correct", &["text", "document"]),
    ("graph", &["text", "document"]),
    ("image", &[]),
    ("columns", &["image"]),
    ("store", &["text", "image", "columns"]),
    ("shapes", &["store"]),
    ("index", &["text", "store"]),
    ("suggest", &["text", "image", "index"]),
    ("release", &["graph", "store", "index", "suggest"]),
    ("remote", &["store"]),
    ("worker", &["store", "release", "remote"]),
    ("jobs", &["worker"]),
    ("mcp", &["graph", "store", "index", "suggest", "release", "worker"]),
    ("service", &["graph", "store", "index", "suggest", "release", "worker", "jobs", "mcp"]),
    (
        "pipeline",
        &["text", "document", "extract", "correct", "graph", "store", "shapes", "index", "release"],
    ),
    ("config", &["graph", "store", "index", "remote", "worker", "jobs", "service", "pipeline"]),
];

/// Names that say nothing of what a file is for.
const EMPTY_NAMES: &[&str] = &["utils", "util", "common", "helpers", "manager", "types", "models"];

const FILE_LINES_MAX: usize = 500;
const ARCHITECTURE_LINES_MAX: usize = 150;

/// A source file of the crate: its room, its path for messages, and its text.
struct Source {
    room: String,
    path: String,
    text: String,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files_below(dir: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_below(&path, extension));
        } else if path.extension().is_some_and(|e| e == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn sources() -> Vec<Source> {
    let src = root().join("src");
    files_below(&src, "rs")
        .into_iter()
        .map(|path| {
            let inside = path.strip_prefix(&src).unwrap();
            let first = inside.components().next().unwrap().as_os_str().to_string_lossy();
            Source {
                room: first.trim_end_matches(".rs").to_owned(),
                path: format!("src/{}", inside.display()),
                text: fs::read_to_string(&path).unwrap(),
            }
        })
        .collect()
}

/// The names that follow `crate::` outside comments, with groups such as `crate::{text, document}` opened.
fn rooms_used(text: &str) -> Vec<String> {
    let code: String = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| [line, "\n"])
        .collect();
    let mut used = Vec::new();
    for rest in code.split("crate::").skip(1) {
        let rest = rest.trim_start();
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0_usize;
            let mut top = String::new();
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    c if depth == 0 => top.push(c),
                    _ => {}
                }
            }
            used.extend(top.split(',').map(|part| first_name(part.trim())));
        } else {
            used.push(first_name(rest));
        }
    }
    used.retain(|name| !name.is_empty());
    used
}

fn first_name(path: &str) -> String {
    path.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

#[test]
fn only_the_file_that_maps_files_is_unsafe() {
    let unsafe_files: Vec<String> = sources()
        .into_iter()
        .filter(|source| source.text.contains("unsafe_code") || source.text.contains("unsafe {"))
        .map(|source| source.path)
        .collect();
    assert_eq!(unsafe_files, ["src/image/map.rs"]);
}

#[test]
fn each_room_uses_only_the_rooms_that_the_flow_allows() {
    let allowed: BTreeMap<&str, &[&str]> = ROOMS.iter().copied().collect();
    let mut faults = Vec::new();
    for source in sources() {
        if matches!(source.room.as_str(), "lib" | "main") {
            continue;
        }
        let Some(may_use) = allowed.get(source.room.as_str()) else {
            faults.push(format!("{}: room `{}` is not in the table", source.path, source.room));
            continue;
        };
        for used in rooms_used(&source.text) {
            if allowed.contains_key(used.as_str())
                && used != source.room
                && !may_use.contains(&used.as_str())
            {
                faults.push(format!("{}: `{}` may not use `{used}`", source.path, source.room));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_room_uses_no_room_that_comes_after_it_in_the_table() {
    let order: Vec<&str> = ROOMS.iter().map(|(room, _)| *room).collect();
    for (place, (room, may_use)) in ROOMS.iter().enumerate() {
        for used in *may_use {
            assert!(order[..place].contains(used), "`{room}` before `{used}`, which it uses");
        }
    }
}

#[test]
fn the_reader_of_uses_opens_groups_and_skips_comments() {
    let text = "// crate::skipped\nuse crate::{text::{Span, Text}, document};\nlet a = crate::graph::mint();";
    assert_eq!(rooms_used(text), ["text", "document", "graph"]);
}

#[test]
fn each_source_file_begins_by_saying_what_it_is_for() {
    let silent: Vec<String> =
        sources().into_iter().filter(|s| !s.text.starts_with("//! ")).map(|s| s.path).collect();
    assert!(silent.is_empty(), "no module comment in {silent:?}");
}

#[test]
fn each_file_is_read_in_one_sitting() {
    let mut paths = files_below(&root().join("src"), "rs");
    paths.extend(files_below(&root().join("tests"), "rs"));
    paths.extend(files_below(&root().join("web"), "js"));
    for path in
        paths.into_iter().filter(|p| !p.components().any(|c| c.as_os_str() == "node_modules"))
    {
        let lines = fs::read_to_string(&path).unwrap().lines().count();
        assert!(lines <= FILE_LINES_MAX, "{} has {lines} lines", path.display());
    }
}

#[test]
fn no_file_has_a_name_that_says_nothing() {
    for source in sources() {
        let stem = Path::new(&source.path).file_stem().unwrap().to_string_lossy().into_owned();
        assert!(!EMPTY_NAMES.contains(&stem.as_str()), "{}", source.path);
    }
}

#[test]
fn only_config_reads_the_environment() {
    for source in sources().iter().filter(|s| s.room != "config") {
        let code = source.text.split("#[cfg(test)]").next().unwrap_or_default();
        assert!(!code.contains("env::var"), "{}", source.path);
    }
}

#[test]
fn the_service_writes_no_file() {
    for source in sources().iter().filter(|s| s.room == "service") {
        for call in ["fs::write", "File::create", "fs::remove", "fs::rename", "OpenOptions"] {
            assert!(!source.text.contains(call), "{} calls {call}", source.path);
        }
    }
}

#[test]
fn each_dependency_stands_under_a_comment_that_says_what_it_is_for() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let mut commented = false;
    let mut inside = false;
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = line.contains("dependencies]");
            commented = false;
        } else if line.trim().is_empty() {
            commented = false;
        } else if line.starts_with('#') {
            commented = true;
        } else if inside {
            assert!(commented, "no comment above: {line}");
        }
    }
}

#[test]
fn lock_files_of_npm_name_packages_and_sums_but_no_address() {
    for folder in ["web", "tests/pages"] {
        let lock = fs::read_to_string(root().join(folder).join("package-lock.json")).unwrap();
        assert!(lock.contains("\"integrity\"") && !lock.contains("\"resolved\""), "{folder}");
    }
}

#[test]
fn the_map_is_short_and_names_every_room() {
    let map = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    assert!(map.lines().count() <= ARCHITECTURE_LINES_MAX, "ARCHITECTURE.md is too long");
    for (room, _) in ROOMS {
        assert!(
            map.contains(&format!("`{room}/`")) || map.contains(&format!("`{room}.rs`")),
            "ARCHITECTURE.md does not name `{room}`"
        );
    }
}

#[test]
fn each_query_file_opens_with_its_question_in_chinese_and_in_english() {
    for path in files_below(&root().join("queries"), "rq") {
        let text = fs::read_to_string(&path).unwrap();
        let mut lines = text.lines();
        let chinese = lines.next().unwrap_or_default();
        let english = lines.next().unwrap_or_default();
        assert!(
            chinese.starts_with("# ") && chinese.chars().any(|c| c > '\u{2fff}'),
            "{}: the first line is the question in Chinese",
            path.display()
        );
        assert!(
            english.starts_with("# ") && english.chars().all(|c| c < '\u{2e80}'),
            "{}: the second line is the question in English",
            path.display()
        );
    }
}
