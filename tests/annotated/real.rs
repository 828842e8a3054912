//! What readers found in real documents, which are no part of the repository. In: a table of facts with places instead of words, and the
//! collection that the places are in; out: annotations in the form of the guide. Rows: `text LINE CHARS`, then its facts up to
//! the next text: a field of the header, `item PATH TITLE`, `measure PATH`, `body PATH ROLE NAME`, `reference TITLE NUMBER`,
//! `target PATH INDICATOR VALUE UNIT COMPARATOR DEADLINE RECURRENCE BASELINE`; ? at the end marks what need not be found.
//! `locate.py` writes it. The surprise: places count characters without white space, because names run over line ends.

use serde_json::{Map, Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// A text of the collection, and what a reader found in it.
pub(crate) struct Annotated {
    /// Where it stands in the collection, from 0.
    pub(crate) line: usize,
    pub(crate) text: String,
    pub(crate) wanted: Value,
}

/// The collection, beside the repository or beside the folder of its worktrees.
pub(crate) fn find_collection() -> Option<Vec<String>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let near = ["../shared/corpus", "../../shared/corpus"].map(|path| root.join(path));
    let file = near.into_iter().map(|path| path.join("more.jsonl")).find(|file| file.is_file())?;
    Some(fs::read_to_string(file).unwrap().lines().map(str::to_owned).collect())
}

/// The annotations of the table `set`, with the words of `collection`.
pub(crate) fn read_annotations(set: &str, collection: &[String]) -> Vec<Annotated> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/annotated/real");
    let table = fs::read_to_string(folder.join(set).with_extension("tsv")).unwrap();
    let mut annotated: Vec<Annotated> = Vec::new();
    let mut chars: Vec<char> = Vec::new();
    for row in table.lines() {
        let mut columns: Vec<&str> = row.split('\t').collect();
        let name = columns.remove(0);
        if name == "text" {
            let line: usize = columns[0].parse().unwrap();
            let entry: Value = serde_json::from_str(&collection[line]).unwrap();
            let text = entry["text"].as_str().unwrap().to_owned();
            chars = text.chars().filter(|c| !is_space(*c)).collect();
            assert_eq!(chars.len().to_string(), columns[1], "text {line} is another one");
            annotated.push(Annotated { line, text, wanted: json!({"document": {}}) });
            continue;
        }
        let words: Vec<String> = columns.iter().map(|column| resolve(column, &chars)).collect();
        add_fact(&mut annotated.last_mut().unwrap().wanted, name, &words);
    }
    annotated
}

/// What a second reader found, as if a program had: what it marks as seen differently by two readers counts where the first has it.
pub(crate) fn as_found(second: &Value, first: &Value) -> Value {
    let mut found = second.clone();
    let key = |list: &str, entry: &Value| match list {
        "assignments" => json!([entry["path"], entry["departments"][0]["name"]]),
        "targets" => json!([entry["path"], entry["value"], entry["unit"]]),
        "references" => json!([entry["title"], entry["number"]]),
        _ => entry["path"].clone(),
    };
    for (list, entries) in found.as_object_mut().unwrap() {
        let known: Vec<Value> =
            first[list].as_array().into_iter().flatten().map(|entry| key(list, entry)).collect();
        if let Some(entries) = entries.as_array_mut() {
            entries.retain(|entry| entry["optional"] != true || known.contains(&key(list, entry)));
            // A program gives one deadline where a reader may allow several.
            entries.iter_mut().filter(|entry| entry["deadline"].is_array()).for_each(|entry| {
                entry["deadline"] = entry["deadline"][0].clone();
            });
        }
    }
    found
}

/// White space as Python's `str.split` knows it.
fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1C}'..='\u{1F}').contains(&c)
}

/// `@START+LENGTH`, put back into words.
fn resolve(column: &str, chars: &[char]) -> String {
    let place = column.strip_prefix('@').and_then(|place| place.split_once('+'));
    place.map_or_else(
        || column.to_owned(),
        |(start, len)| {
            let start: usize = start.parse().unwrap();
            chars[start..start + len.parse::<usize>().unwrap()].iter().collect()
        },
    )
}

fn add_fact(wanted: &mut Value, name: &str, columns: &[String]) {
    let optional = columns.last().is_some_and(|last| last == "?");
    let column = |at: usize| columns.get(at).map_or("", String::as_str);
    let mut add = |list: &str, mut entry: Value| {
        entry["optional"] = json!(optional);
        let lists: &mut Map<String, Value> = wanted.as_object_mut().unwrap();
        let list = lists.entry(list).or_insert_with(|| json!([]));
        list.as_array_mut().unwrap().push(entry);
    };
    match name {
        "item" => add("outline", json!({"path": column(0), "title": column(1)})),
        "measure" => add("measures", json!({"path": column(0)})),
        "body" => {
            let body = json!({"role": column(1), "name": column(2), "optional": optional});
            add("assignments", json!({"path": column(0), "departments": [body]}));
        }
        "reference" => add("references", json!({"title": column(0), "number": column(1)})),
        "target" => add(
            "targets",
            json!({
                "path": column(0),
                "indicator": column(1),
                "value": Some(column(2)).filter(|value| !value.is_empty()).map(|value| value.parse::<f64>().unwrap()),
                "unit": column(3),
                "comparator": column(4),
                "deadline": column(5).split('|').collect::<Vec<&str>>(),
                "recurrence": column(6),
                "baseline": column(7),
            }),
        ),
        "issuers" | "recipients" => {
            let list = &mut wanted["document"][name];
            let mut names = list.as_array().cloned().unwrap_or_default();
            names.push(json!(column(0)));
            *list = Value::Array(names);
        }
        _ => wanted["document"][name] = json!(column(0)),
    }
}
