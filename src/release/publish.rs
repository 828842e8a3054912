//! Writes a release. In: [`Contents`]. Out: the manifest of the published release. The directory is
//! written under a name that no reader looks at and renamed when it is whole.

use super::manifest::{FORMAT, FileSum, MANIFEST_FILE, Manifest, hex};
use super::open::open_endpoint;
use super::{
    CURRENT_FILE, EXAMPLES_FILE, Example, GRAPH_FILE, IMAGE_FILE, INDEX_DIR, ReleaseError,
};
use crate::index::{Entry, write_index};
use crate::store::{DatasetChoice, Store, TextHit, TextQuery, TextSearch};
use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::model::Quad;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What goes into a release.
pub struct Contents {
    /// The graph; the order does not matter, a repeated quad counts once.
    pub quads: Vec<Quad>,
    /// What the text index finds.
    pub entries: Vec<Entry>,
    /// The question files.
    pub examples: Vec<Example>,
    /// Namespace of the minted IRIs, with its final slash.
    pub base_iri: String,
    /// The sources that were read.
    pub sources: Vec<FileSum>,
    /// How many of each class the graph describes.
    pub counts: BTreeMap<String, usize>,
}

/// Writes a release into the folder `releases` and makes it the current one.
///
/// # Errors
/// [`ReleaseError::Question`] names a question file whose query cannot be asked; [`ReleaseError::Write`] the
/// file that could not be written. The former release stays current.
pub fn publish(releases: &Path, contents: Contents) -> Result<Manifest, ReleaseError> {
    let examples = check_examples(contents.examples, &contents.base_iri)?;
    let contents = Contents { examples, ..contents };
    let aside = releases.join(format!(".building-{}", std::process::id()));
    let written = write_aside(&aside, releases, contents);
    if written.is_err() {
        // The half-written folder is of no use; that it may stay behind must not hide the reason.
        let _ = fs::remove_dir_all(&aside);
    }
    written
}

/// The questions under the namespace of the release. One that cannot be asked is better said to the person
/// who builds than to the one who asks it.
fn check_examples(examples: Vec<Example>, base_iri: &str) -> Result<Vec<Example>, ReleaseError> {
    let nothing = Arc::new(Store::from_quads([]));
    let endpoint = open_endpoint(&nothing, Arc::new(NoText), base_iri)?;
    let check = |example: Example| {
        let example = example.under(endpoint.prefixes());
        match endpoint.prepare(&example.text, DatasetChoice::default()) {
            Ok(_) => Ok(example),
            Err(reason) => Err(ReleaseError::Question { name: example.name, reason }),
        }
    };
    examples.into_iter().map(check).collect()
}

/// The text index of an empty store.
struct NoText;

impl TextSearch for NoText {
    fn search_text(&self, _: &TextQuery) -> Vec<TextHit> {
        Vec::new()
    }
}

fn write_aside(
    aside: &Path,
    releases: &Path,
    contents: Contents,
) -> Result<Manifest, ReleaseError> {
    let index_dir = aside.join(INDEX_DIR);
    fs::create_dir_all(&index_dir).map_err(|source| failed(&index_dir, source))?;
    write_graph(&aside.join(GRAPH_FILE), &contents.quads)?;
    write_image(&aside.join(GRAPH_FILE), &aside.join(IMAGE_FILE))?;
    write_json(&aside.join(EXAMPLES_FILE), &contents.examples)?;
    write_index(&index_dir, contents.entries)?;
    let files = sums_below(aside, aside).map_err(|source| failed(aside, source))?;
    let manifest = Manifest {
        format: FORMAT,
        id: mint_id(&files, &contents.base_iri),
        base_iri: contents.base_iri,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        sources: contents.sources,
        counts: contents.counts,
        files,
    };
    write_json(&aside.join(MANIFEST_FILE), &manifest)?;
    let published = releases.join(&manifest.id);
    if published.exists() {
        // The same content may have been damaged since: the new copy takes its place.
        fs::remove_dir_all(&published).map_err(|source| failed(&published, source))?;
    }
    fs::rename(aside, &published).map_err(|source| failed(&published, source))?;
    point_current(releases, &manifest.id)?;
    Ok(manifest)
}

/// The id follows from graph and examples; the index's own files carry random names.
fn mint_id(files: &[FileSum], base_iri: &str) -> String {
    let mut digest = Sha256::new();
    digest.update(base_iri);
    digest.update(FORMAT.to_be_bytes());
    for file in files.iter().filter(|f| f.path == GRAPH_FILE || f.path == EXAMPLES_FILE) {
        digest.update(&file.path);
        digest.update(&file.sha256);
    }
    hex(&digest.finalize()).chars().take(16).collect()
}

/// Sorted lines, so that the same graph is the same file.
fn write_graph(path: &Path, quads: &[Quad]) -> Result<(), ReleaseError> {
    let mut lines = Vec::with_capacity(quads.len());
    for quad in quads {
        let mut line = RdfSerializer::from_format(RdfFormat::NQuads).for_writer(Vec::new());
        line.serialize_quad(quad).map_err(|source| failed(path, source))?;
        lines.push(line.finish().map_err(|source| failed(path, source))?);
    }
    lines.sort_unstable();
    lines.dedup();
    let write = || -> io::Result<()> {
        let mut file = BufWriter::new(fs::File::create(path)?);
        for line in &lines {
            file.write_all(line)?;
        }
        file.flush()
    };
    write().map_err(|source| failed(path, source))
}

/// The image is made from the sorted lines, so that the same graph is the same image.
fn write_image(graph: &Path, image: &Path) -> Result<(), ReleaseError> {
    let lines = fs::File::open(graph).map_err(|source| failed(graph, source))?;
    Store::write_image(BufReader::new(lines), image)
        .map_err(|error| failed(image, io::Error::other(error)))
}

fn write_json(path: &Path, value: &impl serde::Serialize) -> Result<(), ReleaseError> {
    let bytes =
        serde_json::to_vec_pretty(value).map_err(|error| failed(path, io::Error::other(error)))?;
    fs::write(path, bytes).map_err(|source| failed(path, source))
}

fn point_current(releases: &Path, id: &str) -> Result<(), ReleaseError> {
    let current = releases.join(CURRENT_FILE);
    let aside: PathBuf = releases.join(format!(".{CURRENT_FILE}-{}", std::process::id()));
    fs::write(&aside, format!("{id}\n")).map_err(|source| failed(&aside, source))?;
    fs::rename(&aside, &current).map_err(|source| failed(&current, source))
}

/// Sums of every file below `dir`, with paths relative to `root`, in order of path.
fn sums_below(root: &Path, dir: &Path) -> io::Result<Vec<FileSum>> {
    let mut sums = Vec::new();
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            sums.extend(sums_below(root, &path)?);
        } else if let Ok(inside) = path.strip_prefix(root) {
            sums.push(FileSum::of_file(root, &inside.to_string_lossy())?);
        }
    }
    sums.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(sums)
}

fn failed(path: &Path, source: io::Error) -> ReleaseError {
    ReleaseError::Write { path: path.to_owned(), source }
}
