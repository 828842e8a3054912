//! Runs the stages in order: sources to texts, documents, triples, a published release.
//!
//! In: [`BuildOptions`]. Out: a [`BuildSummary`], or what one stage made. Guarantees: a source that
//! cannot be read is skipped with its reason and the rest goes on; the same input gives the same
//! release. This is the only room that causes writes.

use crate::extract::Gazetteer;
use crate::graph::{
    CitationLinks, PLACES, Reference, Unread, describe_document, describe_ontology,
    describe_reference, read_record,
};
use crate::index::Entry;
use crate::release::{Contents, Example, FileSum, list_entries, publish};
use crate::shapes::{Report, Severity, Shapes};
use crate::store::Store;
use anyhow::{Context, Result, bail};
use oxigraph::model::Quad;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

mod corrections;
mod in_order;
mod sources;

use corrections::read_corrections;
pub use sources::{OnProgress, Progress, Read, Skipped, list_sources, read_document, read_source};
use sources::{list_files, read_each};

/// The shapes that every release is checked against.
pub const SHAPES: &str = include_str!("../ontology/shapes.ttl");

/// Where a build reads from and writes to.
#[derive(Clone, Debug)]
pub struct BuildOptions {
    /// Files or folders; empty for `documents/` in the data folder.
    pub sources: Vec<PathBuf>,
    /// Ground state: `documents/`, `records/`, `lexicon/`.
    pub data: PathBuf,
    /// Folder of the question files.
    pub queries: PathBuf,
    /// Folder that releases are published in.
    pub releases: PathBuf,
    /// Namespace of the minted IRIs, with its final slash.
    pub base_iri: String,
}

/// What came of checking the graph against the shapes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShapesSummary {
    /// Whether no shape is violated; what a text may lack is a warning, not a violation.
    pub conforms: bool,
    /// Faults of the graph.
    pub violations: usize,
    /// What the texts lack.
    pub warnings: usize,
}

/// What a build did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BuildSummary {
    /// Id of the release.
    pub release: String,
    /// Sources read.
    pub read: usize,
    /// Sources left out.
    pub skipped: Vec<Skipped>,
    /// Findings by kind.
    pub findings: BTreeMap<&'static str, usize>,
    /// How many of each class the graph describes, and `triples` and `quads`.
    pub counts: BTreeMap<String, usize>,
    /// Whether the graph conforms.
    pub shapes: ShapesSummary,
}

/// The tables that the stages look things up in.
pub struct Ground {
    gazetteer: Gazetteer,
    reference: Reference,
}

impl Ground {
    /// Loads the tables of the program and the lexicon of the data folder.
    ///
    /// # Errors
    /// Names the file and line that cannot be read.
    pub fn load(data: &Path, base_iri: &str) -> Result<Self> {
        let reference = Reference::new(base_iri)?;
        let lexicon = data.join("lexicon/indicators.tsv");
        let reference = match fs::read_to_string(&lexicon) {
            Ok(table) => reference.with_indicators(&table)?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => reference,
            Err(error) => return Err(error).context(format!("cannot read {}", lexicon.display())),
        };
        Ok(Self { gazetteer: Gazetteer::from_table(PLACES), reference })
    }

    /// The triples of one document.
    pub fn describe(&self, read: &Read) -> Vec<Quad> {
        describe_document(
            &read.text,
            &read.file_name,
            &read.document,
            &read.findings,
            &self.reference,
        )
    }
}

/// What came of the sources of a build.
#[derive(Debug, Default)]
pub struct Sources {
    /// Checksum and size of each that was read, in order of path.
    pub read: Vec<FileSum>,
    /// Those left out.
    pub skipped: Vec<Skipped>,
    /// Findings by kind.
    pub findings: BTreeMap<&'static str, usize>,
}

/// Reads the sources, corrects each document and hands it to `take` in order of path. One document after the other is
/// let go, so memory does not grow with their number.
///
/// # Errors
/// Names a source that does not exist or a correction that did not match exactly once; the first error of `take`.
pub fn read_corrected(
    options: &BuildOptions,
    ground: &Ground,
    on_progress: OnProgress<'_>,
    mut take: impl FnMut(&Read) -> Result<()>,
) -> Result<Sources> {
    let files = list_sources(options)?;
    let mut corrections = read_corrections(&options.data)?;
    let mut sources = Sources::default();
    sources.skipped = read_each(&files, ground, on_progress, |mut read| {
        corrections.apply(&read.file_name, &mut read.document, &mut read.findings)?;
        for finding in &read.findings {
            *sources.findings.entry(finding.kind.code()).or_default() += 1;
        }
        sources.read.push(read.sum.clone());
        take(&read)
    })?;
    corrections.finish()?;
    Ok(sources)
}

/// Hands the whole graph to `take` in pieces: ontology, code lists, records, one document after the other, and what
/// only all of them together tell.
///
/// # Errors
/// As [`read_corrected`]; names the record that cannot be read, with line and column.
pub fn describe_all(
    options: &BuildOptions,
    ground: &Ground,
    on_progress: OnProgress<'_>,
    mut take: impl FnMut(Vec<Quad>) -> Result<()>,
) -> Result<Sources> {
    let reference = &ground.reference;
    let mut links = CitationLinks::default();
    let mut unread = Unread::default();
    take(describe_ontology(reference)?)?;
    take(describe_reference(reference))?;
    for (name, text) in read_records(&options.data)? {
        let quads = read_record(&name, &text, reference)?;
        links.add(&quads);
        unread.add(&quads);
        take(quads)?;
    }
    let sources = read_corrected(options, ground, on_progress, |document| {
        let quads = ground.describe(document);
        links.add(&quads);
        unread.add(&quads);
        take(quads)
    })?;
    let quads = links.describe(reference);
    unread.add(&quads);
    take(quads)?;
    take(unread.describe(reference))?;
    Ok(sources)
}

/// Names and texts of the records, in the order of their names.
fn read_records(data: &Path) -> Result<Vec<(String, String)>> {
    let records = data.join("records");
    let mut files = Vec::new();
    if records.is_dir() {
        list_files(&records, &mut files)
            .with_context(|| format!("cannot read {}", records.display()))?;
    }
    files.sort();
    let turtle = files.iter().filter(|path| path.extension().is_some_and(|e| e == "ttl"));
    let read = |path: &PathBuf| {
        let name = path.display().to_string();
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {name}"))?;
        Ok((name, text))
    };
    turtle.map(read).collect()
}

/// Reads the sources, describes them, checks the graph and publishes a release; tells `on_progress` of each source.
///
/// # Errors
/// Names what could not be read or written; the former release then stays current.
pub fn build(options: &BuildOptions, on_progress: OnProgress<'_>) -> Result<BuildSummary> {
    let ground = Ground::load(&options.data, &options.base_iri)?;
    let examples = read_examples(&options.queries)?;
    let mut quads = Vec::new();
    let sources = describe_all(options, &ground, on_progress, |piece| {
        quads.extend(piece);
        Ok(())
    })?;
    let store = Store::from_quads(quads.iter().cloned());
    let report = check_shapes(&store)?;
    let violations = report.count(Severity::Violation);
    let warnings = report.count(Severity::Warning);
    let shapes = ShapesSummary { conforms: violations == 0, violations, warnings };
    let entries = list_entries(&store);
    let counts = count(&store, &entries);
    let read = sources.read.len();
    let manifest = publish(
        &options.releases,
        Contents {
            quads,
            entries,
            examples,
            base_iri: options.base_iri.clone(),
            sources: sources.read,
            counts,
        },
    )?;
    Ok(BuildSummary {
        release: manifest.id,
        read,
        skipped: sources.skipped,
        findings: sources.findings,
        counts: manifest.counts,
        shapes,
    })
}

/// Checks a graph against the shapes of the program.
///
/// # Errors
/// Only where the shapes themselves cannot be read.
pub fn check_shapes(store: &Store) -> Result<Report> {
    Ok(Shapes::parse(SHAPES)?.validate(store)?)
}

fn read_examples(queries: &Path) -> Result<Vec<Example>> {
    let mut files = Vec::new();
    list_files(queries, &mut files)
        .with_context(|| format!("cannot read {}", queries.display()))?;
    files.sort();
    let mut examples = Vec::new();
    for path in files.iter().filter(|path| path.extension().is_some_and(|e| e == "rq")) {
        let text =
            fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        let name = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        let example = Example::parse(&name, &text)
            .map_err(anyhow::Error::msg)
            .with_context(|| format!("cannot use {}", path.display()))?;
        examples.push(example);
    }
    let order = read_order(&queries.join("order.txt"), &examples)?;
    examples.sort_by_key(|example| {
        order.iter().position(|name| *name == example.name).unwrap_or(usize::MAX)
    });
    Ok(examples)
}

/// The names of the questions that are listed before the others, a line each.
fn read_order(path: &Path, examples: &[Example]) -> Result<Vec<String>> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(error).context(format!("cannot read {}", path.display())),
    };
    let names: Vec<String> = text.lines().map(|line| line.trim().to_owned()).collect();
    if let Some(name) = names.iter().find(|name| !examples.iter().any(|e| e.name == **name)) {
        bail!("{}: there is no question {name}.rq", path.display());
    }
    Ok(names)
}

fn count(store: &Store, entries: &[Entry]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    counts.insert("quads".to_owned(), store.len());
    counts.insert("triples".to_owned(), store.triples(None, None, None).count());
    for entry in entries {
        *counts.entry(entry.kind.name().to_owned()).or_default() += 1;
    }
    counts
}
