//! Files to read documents. In: files and folders. Out: documents, handed on one by one in order of path, and what was skipped with its
//! reason. Guarantees: one file that cannot be read never ends the others; only a bounded number of documents is held at once.
//! The surprise: two sources with one document number, or without one and with the same issuer and title, are
//! one document in the graph, so the second is skipped and names the first.

use super::in_order::map_in_order;
use super::{BuildOptions, Ground};
use crate::document::{self, Document, Finding};
use crate::extract::{Extraction, extract};
use crate::graph::DocumentKey;
use crate::release::FileSum;
use crate::text::{self, READABLE, Text};
use anyhow::{Context, Result, bail};
use serde::Serialize;
use std::collections::HashMap;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// The path that stands for standard input.
const STANDARD_INPUT: &str = "-";

/// A source that was left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Skipped {
    /// The file.
    pub file: String,
    /// Why, and what would be right.
    pub reason: String,
}

/// A source after extraction.
pub struct Read {
    /// The file's name without its folder.
    pub file_name: String,
    /// Checksum and size of the bytes.
    pub sum: FileSum,
    /// The text.
    pub text: Text,
    /// What was found in it.
    pub document: Document,
    /// What was wrong with it.
    pub findings: Vec<Finding>,
}

impl Read {
    /// Extracts what `text` says; `sum` is that of its source.
    pub(super) fn extract(text: Text, sum: FileSum, ground: &Ground) -> Self {
        let Extraction { document, findings } = extract(&text, &ground.gazetteer);
        Self { file_name: sum.path.clone(), sum, text, document, findings }
    }

    /// What the graph knows the document by: its number, or else issuer and title, or else its words.
    pub(super) fn key(&self) -> String {
        let sha256 = FileSum::of_bytes("", self.text.source().as_bytes()).sha256;
        DocumentKey::new(&self.document, &sha256).as_str().to_owned()
    }

    /// What was found, in the form that `extract` prints.
    pub fn report(&self) -> document::Report {
        document::Report::new(&self.text, &self.document, &self.findings)
    }
}

/// How far the reading is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Files that were read or skipped.
    pub files_done: usize,
    /// All of them.
    pub files_total: usize,
}

/// Who is told of each step; called from every thread that reads.
pub type OnProgress<'a> = &'a (dyn Fn(Progress) + Sync);

/// Reads the text of one source; `-` is standard input.
///
/// # Errors
/// Says which file, and why it holds no text.
pub fn read_source(path: &Path) -> Result<(Text, FileSum)> {
    let unread = || format!("cannot read {}", path.display());
    let bytes = read_bytes(path).with_context(unread)?;
    let name = file_name(path);
    let text = text::read_source(&name, &bytes).with_context(unread)?;
    Ok((text, FileSum::of_bytes(&name, &bytes)))
}

/// Reads the bytes of one source and their sum.
pub(super) fn read_sum(path: &Path) -> std::io::Result<(Vec<u8>, FileSum)> {
    let bytes = read_bytes(path)?;
    let sum = FileSum::of_bytes(&file_name(path), &bytes);
    Ok((bytes, sum))
}

/// One byte more than a document may have is enough to refuse it.
fn read_bytes(path: &Path) -> std::io::Result<Vec<u8>> {
    let bytes_max = u64::try_from(text::FILE_BYTES_MAX).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    if path == Path::new(STANDARD_INPUT) {
        std::io::stdin().take(bytes_max).read_to_end(&mut bytes)?;
    } else {
        fs::File::open(path)?.take(bytes_max).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

/// Reads and extracts one source.
///
/// # Errors
/// As [`read_source`]; extraction itself cannot fail.
pub fn read_document(path: &Path, ground: &Ground) -> Result<Read> {
    let (text, sum) = read_source(path)?;
    Ok(Read::extract(text, sum, ground))
}

/// The files that a build reads, in order of path.
///
/// # Errors
/// Names a source that does not exist, or says that there is none.
pub fn list_sources(options: &BuildOptions) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let documents = [options.data.join("documents")];
    let sources = if options.sources.is_empty() { &documents[..] } else { &options.sources };
    for source in sources {
        list_files(source, &mut files)
            .with_context(|| format!("cannot read {}", source.display()))?;
    }
    if files.is_empty() {
        let readable = READABLE.join(", .");
        bail!(
            "no documents in {}: put .{readable} files there or name some",
            sources_text(sources)
        );
    }
    files.sort();
    files.dedup();
    Ok(files)
}

/// The files below `path`, hidden ones left out.
pub(super) fn list_files(path: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if !path.metadata()?.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        let entry = entry?.path();
        let hidden = file_name(&entry).starts_with('.');
        if !hidden {
            list_files(&entry, files)?;
        }
    }
    Ok(())
}

fn sources_text(sources: &[PathBuf]) -> String {
    sources.iter().map(|p| p.display().to_string()).collect::<Vec<_>>().join(", ")
}

pub(super) fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// What came of one source: what the graph knows its document by, and what `read` made of it.
pub(super) type Outcome<R> = Result<(String, R), String>;

/// Does `read` with every source on all processors and hands what it made to `take` in order of path; returns those that cannot be
/// read with their reasons. What is not handed on yet is bounded, whatever the number of files.
///
/// # Errors
/// The first error of `take`.
pub(super) fn read_each<R: Send>(
    files: &[PathBuf],
    on_progress: OnProgress<'_>,
    read: impl Fn(&Path) -> Outcome<R> + Sync,
    mut take: impl FnMut(R) -> Result<()>,
) -> Result<Vec<Skipped>> {
    let mut skipped = Vec::new();
    let mut first_of: HashMap<String, &Path> = HashMap::new();
    let files_done = AtomicUsize::new(0);
    let read = |path: &PathBuf| {
        let outcome = check_ending(path).and_then(|()| read(path));
        let files_done = files_done.fetch_add(1, Ordering::Relaxed) + 1;
        on_progress(Progress { files_done, files_total: files.len() });
        outcome
    };
    map_in_order(files, read, |path, outcome| {
        let outcome = outcome.and_then(|(key, made)| {
            if let Some(first) = first_of.get(&key) {
                return Err(duplicate_reason(&key, first));
            }
            first_of.insert(key, path);
            Ok(made)
        });
        match outcome {
            Ok(made) => take(made),
            Err(reason) => {
                skipped.push(Skipped { file: path.display().to_string(), reason });
                Ok(())
            }
        }
    })?;
    Ok(skipped)
}

fn duplicate_reason(key: &str, first: &Path) -> String {
    format!("the document {key} was already read from {}; keep one of the two", first.display())
}

fn check_ending(path: &Path) -> Result<(), String> {
    let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase());
    if ending.as_deref().is_some_and(|e| READABLE.contains(&e)) {
        return Ok(());
    }
    Err(format!("only {} files can be read", READABLE.join(", ")))
}

/// Reads and extracts one source of many.
pub(super) fn read_one(path: &Path, ground: &Ground) -> Outcome<Read> {
    let read = read_document(path, ground).map_err(|error| error.root_cause().to_string())?;
    Ok((read.key(), read))
}
