//! Runs the stages in order: sources to texts, documents, triples, a published release.
//!
//! In: [`BuildOptions`]. Out: a [`BuildSummary`], or what one stage made. Guarantees: a source that
//! cannot be read is skipped with its reason and the rest goes on; the same input gives the same
//! release. This is the only room that causes writes.

use crate::correct::Corrections;
use crate::extract::Gazetteer;
use crate::graph::{
    CitationLinks, PLACES, Reference, Statements, Unread, describe_document, describe_ontology,
    describe_reference, read_record,
};
use crate::release::{Contents, Draft, Example, FileSum, count_members};
use crate::shapes::{Report, Severity, Shapes};
use crate::store::Store;
use anyhow::{Context, Result, bail};
use oxigraph::io::{RdfFormat, RdfParser, RdfSerializer};
use oxigraph::model::{Quad, QuadRef};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

mod cache;
mod corrections;
mod in_order;
mod nquads;
mod piece;
mod sources;
mod synonyms;

use cache::Cache;
use corrections::read_corrections;
pub use nquads::{GraphSummary, build_from_nquads};
use piece::Maker;
pub use sources::{OnProgress, Progress, Read, Skipped, list_sources, read_document, read_source};
use sources::{list_files, read_each, read_one};

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
    /// Whether the release holds the graph packed, to be handed out.
    pub dumps: bool,
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
    /// Sources that the release is made from.
    pub read: usize,
    /// Of these, those that were read and extracted.
    pub read_anew: usize,
    /// Of these, those that had not changed since they were extracted.
    pub from_cache: usize,
    /// Sources left out.
    pub skipped: Vec<Skipped>,
    /// Findings by kind.
    pub findings: BTreeMap<String, usize>,
    /// How many of each class the graph describes, and `triples` and `quads`.
    pub counts: BTreeMap<String, usize>,
    /// Whether the graph conforms.
    pub shapes: ShapesSummary,
}

/// The tables that the stages look things up in.
pub struct Ground {
    gazetteer: Gazetteer,
    reference: Reference,
    /// The checksum of what these tables hold beside the program's own.
    sum: String,
}

impl Ground {
    /// Loads the tables of the program and the lexicon of the data folder.
    ///
    /// # Errors
    /// Names the file and line that cannot be read.
    pub fn load(data: &Path, base_iri: &str) -> Result<Self> {
        let reference = Reference::new(base_iri)?;
        let lexicon = data.join("lexicon/indicators.tsv");
        let table = match fs::read_to_string(&lexicon) {
            Ok(table) => Some(table),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => return Err(error).context(format!("cannot read {}", lexicon.display())),
        };
        let own = format!("{base_iri}\n{}", table.as_deref().unwrap_or_default());
        let reference = match table {
            Some(table) => reference.with_indicators(&table)?,
            None => reference,
        };
        let sum = FileSum::of_bytes("", own.as_bytes()).sha256;
        Ok(Self { gazetteer: Gazetteer::from_table(PLACES), reference, sum })
    }

    /// The triples of one document.
    pub fn describe(&self, read: &Read) -> Statements {
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
    /// How many of them were taken from the cache.
    pub from_cache: usize,
    /// Those left out.
    pub skipped: Vec<Skipped>,
    /// Findings by kind.
    pub findings: BTreeMap<String, usize>,
}

impl Sources {
    fn count<'a>(&mut self, findings: impl IntoIterator<Item = &'a str>) {
        for kind in findings {
            *self.findings.entry(kind.to_owned()).or_default() += 1;
        }
    }
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
    let read = |path: &Path| read_one(path, ground);
    sources.skipped = read_each(&files, on_progress, read, |mut read| {
        corrections.apply(&read.file_name, &mut read.document, &mut read.findings)?;
        sources.count(read.findings.iter().map(|finding| finding.kind.code()));
        sources.read.push(read.sum.clone());
        take(&read)
    })?;
    corrections.finish()?;
    Ok(sources)
}

/// Hands the whole graph to `take` as N-Quads in pieces of whole lines: ontology, code lists, records, one document after
/// the other, and what only all of them together tell.
///
/// # Errors
/// As [`read_corrected`]; names the record that cannot be read, with line and column.
pub fn describe_all(
    options: &BuildOptions,
    ground: &Ground,
    on_progress: OnProgress<'_>,
    take: impl FnMut(&[u8]) -> Result<()>,
) -> Result<Sources> {
    describe_with(options, ground, None, on_progress, take)
}

/// [`describe_all`], with what the cache has of unchanged sources.
fn describe_with(
    options: &BuildOptions,
    ground: &Ground,
    cache: Option<&Cache>,
    on_progress: OnProgress<'_>,
    mut take: impl FnMut(&[u8]) -> Result<()>,
) -> Result<Sources> {
    let reference = &ground.reference;
    let files = list_sources(options)?;
    let corrections = read_corrections(&options.data)?;
    let mut links = CitationLinks::default();
    let mut unread = Unread::default();
    take(&write_quads(&describe_ontology(reference)?))?;
    take(&write_quads(&describe_reference(reference)))?;
    for (name, text) in read_records(&options.data)? {
        let quads = read_record(&name, &text, reference)?;
        links.add(&quads);
        unread.add(&quads);
        take(&write_quads(&quads))?;
    }
    let mut sources = Sources::default();
    let mut met: Corrections = corrections.clone();
    let maker = Maker { ground, corrections: &corrections, cache };
    let make = |path: &Path| maker.make(path);
    sources.skipped = read_each(&files, on_progress, make, |piece| {
        let piece = piece?;
        met.meet(&piece.sum.path, piece.number.as_deref());
        let across = read_quads(&piece.across)?;
        links.add(&across);
        unread.add(&across);
        sources.count(piece.findings.iter().map(String::as_str));
        sources.from_cache += usize::from(piece.is_cached);
        sources.read.push(piece.sum);
        take(&piece.across)?;
        take(&piece.quads)
    })?;
    met.finish()?;
    let quads = links.describe(reference);
    unread.add(&quads);
    take(&write_quads(&quads))?;
    take(&write_quads(&unread.describe(reference)))?;
    Ok(sources)
}

/// Quads as N-Quads, a line each.
fn write_quads<'q, Q: Into<QuadRef<'q>>>(quads: impl IntoIterator<Item = Q>) -> Vec<u8> {
    let mut lines = RdfSerializer::from_format(RdfFormat::NQuads).for_writer(Vec::new());
    for quad in quads {
        // Writing to memory cannot fail, and N-Quads can hold any quad.
        let _ = lines.serialize_quad(quad);
    }
    lines.finish().unwrap_or_default()
}

fn read_quads(nquads: &[u8]) -> Result<Vec<Quad>> {
    let quads = RdfParser::from_format(RdfFormat::NQuads).for_slice(nquads);
    Ok(quads.collect::<Result<_, _>>()?)
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

/// Reads the sources, describes them, checks the graph and publishes a release; tells `on_progress` of each source. What
/// unchanged sources gave is taken from the cache beside the releases.
///
/// # Errors
/// Names what could not be read or written; the former release then stays current.
pub fn build(options: &BuildOptions, on_progress: OnProgress<'_>) -> Result<BuildSummary> {
    let ground = Ground::load(&options.data, &options.base_iri)?;
    let synonyms = synonyms::load(&options.data)?;
    let examples = read_examples(&options.queries)?;
    list_sources(options)?;
    let mut draft = Draft::begin(&options.releases, &options.base_iri, examples, options.dumps)?;
    let cache = Cache::open(&options.releases, &ground);
    let sources =
        describe_with(
            options,
            &ground,
            Some(&cache),
            on_progress,
            |nquads| Ok(draft.add(nquads)?),
        )?;
    let sealed = draft.seal()?;
    let report = check_shapes(&sealed.store)?;
    let violations = report.count(Severity::Violation);
    let warnings = report.count(Severity::Warning);
    let shapes = ShapesSummary { conforms: violations == 0, violations, warnings };
    let counts = count(&sealed.store);
    let read = sources.read.len();
    let manifest = sealed.publish(Contents { sources: sources.read, counts, synonyms })?;
    cache.tidy();
    Ok(BuildSummary {
        release: manifest.id,
        read,
        read_anew: read - sources.from_cache,
        from_cache: sources.from_cache,
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

fn count(store: &Store) -> BTreeMap<String, usize> {
    let whole = [("quads", store.len()), ("triples", store.count(None, None))];
    let listed = count_members(store).map(|(kind, count)| (kind.name(), count));
    let counts = whole.into_iter().chain(listed.filter(|(_, count)| *count > 0));
    counts.map(|(name, count)| (name.to_owned(), count)).collect()
}
