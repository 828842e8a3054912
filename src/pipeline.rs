//! Runs the stages in order: sources to texts, documents, triples, a published release.
//!
//! In: [`BuildOptions`]. Out: a [`BuildSummary`], or what one stage made. Guarantees: a source that
//! cannot be read is skipped with its reason and the rest goes on; the same input gives the same
//! release. This is the only room that causes writes.

use crate::extract::Gazetteer;
use crate::graph::{
    CitationLinks, PLACES, Reference, describe_document, describe_ontology, describe_reference,
    describe_unread, read_record,
};
use crate::index::Entry;
use crate::release::{Contents, Example, list_entries, publish};
use crate::shapes::{Report, Severity, Shapes};
use crate::store::Store;
use anyhow::{Context, Result, bail};
use oxigraph::model::Quad;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

mod corrections;
mod sources;

pub use corrections::correct_all;
use sources::list_files;
pub use sources::{
    OnProgress, Progress, Read, Skipped, list_sources, read_all, read_document, read_source,
};

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

/// The whole graph: ontology, code lists, records, documents.
///
/// # Errors
/// Names the record that cannot be read, with line and column.
pub fn describe_all(options: &BuildOptions, ground: &Ground, read: &[Read]) -> Result<Vec<Quad>> {
    let mut quads = describe_ontology(&ground.reference)?;
    quads.extend(describe_reference(&ground.reference));
    let records = options.data.join("records");
    let mut files = Vec::new();
    if records.is_dir() {
        list_files(&records, &mut files)
            .with_context(|| format!("cannot read {}", records.display()))?;
    }
    files.sort();
    for path in files.iter().filter(|path| path.extension().is_some_and(|e| e == "ttl")) {
        let text =
            fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        quads.extend(read_record(&path.display().to_string(), &text, &ground.reference)?);
    }
    for document in read {
        quads.extend(ground.describe(document));
    }
    let mut links = CitationLinks::default();
    links.add(&quads);
    quads.extend(links.describe(&ground.reference));
    let unread = describe_unread(&quads, &ground.reference);
    quads.extend(unread);
    Ok(quads)
}

/// Reads the sources, describes them, checks the graph and publishes a release.
///
/// # Errors
/// Names what could not be read or written; the former release then stays current.
pub fn build(options: &BuildOptions) -> Result<BuildSummary> {
    build_with_progress(options, &|_| {})
}

/// As [`build`], and tells `on_progress` of each source that is read.
///
/// # Errors
/// As [`build`].
pub fn build_with_progress(
    options: &BuildOptions,
    on_progress: OnProgress<'_>,
) -> Result<BuildSummary> {
    let ground = Ground::load(&options.data, &options.base_iri)?;
    let files = list_sources(options)?;
    let (mut read, skipped) = read_all(&files, &ground, on_progress);
    correct_all(&options.data, &mut read)?;
    let quads = describe_all(options, &ground, &read)?;
    let examples = read_examples(&options.queries)?;
    let store = Store::from_quads(quads.iter().cloned());
    let report = check_shapes(&store)?;
    let violations = report.count(Severity::Violation);
    let warnings = report.count(Severity::Warning);
    let shapes = ShapesSummary { conforms: violations == 0, violations, warnings };
    let entries = list_entries(&store);
    let counts = count(&store, &entries);
    let manifest = publish(
        &options.releases,
        Contents {
            quads,
            entries,
            examples,
            base_iri: options.base_iri.clone(),
            sources: read.iter().map(|document| document.sum.clone()).collect(),
            counts,
        },
    )?;
    let mut findings = BTreeMap::new();
    for finding in read.iter().flat_map(|document| &document.findings) {
        *findings.entry(finding.kind.code()).or_default() += 1;
    }
    Ok(BuildSummary {
        release: manifest.id,
        read: read.len(),
        skipped,
        findings,
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
