//! Words that mean the same to whoever searches. In: `lexicon/synonyms.tsv` of the data folder, or the program's own where there is none; out: groups of words. Guarantee: a word is in
//! one group only. Surprising: nothing of a text is changed by them; they are asked for when a search is.

use anyhow::{Context, Result, bail};
use std::collections::HashMap;
use std::fs;
use std::path::Path;

/// The program's own table.
const SYNONYMS: &str = include_str!("../../data/lexicon/synonyms.tsv");
/// Where a data folder has its own.
const FILE: &str = "lexicon/synonyms.tsv";

/// The groups that count for a data folder.
///
/// # Errors
/// Names the file, and the line that is wrong.
pub(super) fn load(data: &Path) -> Result<Vec<Vec<String>>> {
    let file = data.join(FILE);
    match fs::read_to_string(&file) {
        Ok(table) => parse(&table).with_context(|| file.display().to_string()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => parse(SYNONYMS),
        Err(error) => Err(error).context(format!("cannot read {}", file.display())),
    }
}

fn parse(table: &str) -> Result<Vec<Vec<String>>> {
    let mut lines: HashMap<&str, usize> = HashMap::new();
    let mut groups = Vec::new();
    for (number, line) in (1..).zip(table.lines()) {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let words: Vec<&str> =
            line.split('\t').map(str::trim).filter(|word| !word.is_empty()).collect();
        if words.len() < 2 {
            bail!("line {number}: `{line}` is one word; expected at least two, with tabs between");
        }
        for word in &words {
            if let Some(other) = lines.insert(word, number) {
                bail!("line {number}: `{word}` stands in line {other} already");
            }
        }
        groups.push(words.into_iter().map(str::to_owned).collect());
    }
    Ok(groups)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_of_the_programs_own_table_is_in_one_group() {
        let groups = parse(SYNONYMS).unwrap();
        assert!(groups.iter().all(|group| group.len() > 1));
        assert!(groups.contains(&vec!["公租房".to_owned(), "公共租赁住房".to_owned()]));
    }

    #[test]
    fn what_is_wrong_with_a_table_is_told_by_line() {
        for (table, message) in [
            (
                "# 苗圃\n苗圃\n",
                "line 2: `苗圃` is one word; expected at least two, with tabs between",
            ),
            ("苗圃\t苗木基地\n绿地\t苗圃\n", "line 2: `苗圃` stands in line 1 already"),
        ] {
            assert_eq!(parse(table).unwrap_err().to_string(), message);
        }
    }

    #[test]
    fn a_data_folder_has_its_own_words_or_those_of_the_program() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(load(folder.path()).unwrap(), parse(SYNONYMS).unwrap());
        fs::create_dir(folder.path().join("lexicon")).unwrap();
        fs::write(folder.path().join(FILE), "苗圃\t苗木基地\n").unwrap();
        assert_eq!(load(folder.path()).unwrap(), [["苗圃", "苗木基地"]]);
        fs::write(folder.path().join(FILE), "苗圃\n").unwrap();
        let error = format!("{:#}", load(folder.path()).unwrap_err());
        assert!(error.contains("synonyms.tsv: line 1:"), "{error}");
    }
}
