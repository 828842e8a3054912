//! Writes a release. In: questions, the graph as N-Quads piece by piece, then sources and counts. Out: the manifest of the
//! published release. Guarantees: the directory is written under a name that no reader looks at, put on the disk, renamed
//! when it is whole, and only then pointed to, so that a build that ends at any moment leaves the release before it current; the
//! graph is never held as a whole. Surprising: a release whose content is there already is not written again.

use super::catalog::Catalog;
use super::description::{Described, describe};
use super::dumps::{DUMP_DIR, DUMPS, Dumping};
use super::durable::{Syncing, sync_folder, sync_tree};
use super::imaging::Imaging;
use super::lock::FolderLock;
use super::manifest::{FORMAT, FileSum, MANIFEST_FILE, Manifest, PROGRAM, SummedFile, hex};
use super::open::{check_whole, open_endpoint};
use super::pointer::Pointer;
use super::shelf::{AsideFolder, remove_litter, take_away};
use super::sorted::SortedLines;
use super::{
    EXAMPLES_FILE, Example, GRAPH_FILE, IMAGE_FILE, INDEX_DIR, ReleaseError, SUGGESTIONS_FILE,
    failed,
};
use crate::graph::Mint;
use crate::index::{EntrySource, write_index};
use crate::store::{DatasetChoice, Literals, Store, TextHits, TextQuery, TextSearch};
use crate::suggest::SuggestionsWriter;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::{self, FileTimes};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::slice;
use std::sync::Arc;
use std::time::SystemTime;

/// Nodes whose names are read at a time.
const BATCH_NODES: usize = 1024;

/// Bytes of the graph that are written at a time.
const GRAPH_BUFFER_BYTES: usize = 1 << 18;

/// A release that is being written. Where it is let go before it is published, what was written goes too.
pub struct Draft {
    /// Let go first: it writes into the folder of the place.
    imaging: Imaging,
    lines: SortedLines,
    /// Where packed files of the graph are wanted, the prefixes that they use.
    dump_prefixes: Option<Vec<(String, String)>>,
    place: Place,
}

/// A release whose graph is written.
pub struct Sealed {
    /// Files that are being written are let go before their folder.
    dumping: Dumping,
    /// The graph and its image are large.
    syncing: Syncing,
    /// The graph, read from the image that the release will have.
    pub store: Arc<Store>,
    graph_sum: FileSum,
    place: Place,
}

/// Where a release is written.
struct Place {
    releases: PathBuf,
    /// The folder that becomes the release.
    folder: AsideFolder,
    base_iri: String,
    /// No other process writes here meanwhile; let go after the folder.
    _lock: FolderLock,
}

impl Place {
    fn path_of(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }
}

/// What a release holds beside its graph.
pub struct Contents {
    /// The sources that were read.
    pub sources: Vec<FileSum>,
    /// How many of each class the graph describes.
    pub counts: BTreeMap<String, usize>,
    /// Words that mean the same to whoever searches, in groups.
    pub synonyms: Vec<Vec<String>>,
}

impl Draft {
    /// Begins a release in the folder `releases` whose IRIs are minted in `base_iri`, with or without packed files of its graph, and removes what builds that did not come
    /// to their end have left there.
    ///
    /// # Errors
    /// [`ReleaseError::Question`] names a question file whose query cannot be asked; [`ReleaseError::Busy`] tells who
    /// else writes there; [`ReleaseError::Write`] names what could not be written.
    pub fn begin(
        releases: &Path,
        base_iri: &str,
        examples: Vec<Example>,
        has_dumps: bool,
    ) -> Result<Self, ReleaseError> {
        let examples = check_examples(examples, base_iri)?;
        let lock = FolderLock::take(releases)?;
        remove_litter(releases)?;
        let place = Place {
            releases: releases.to_owned(),
            folder: AsideFolder::make(releases)?,
            base_iri: base_iri.to_owned(),
            _lock: lock,
        };
        write_json(&place.path_of(EXAMPLES_FILE), &examples)?;
        let lines = SortedLines::new(place.folder.path().to_owned());
        let image = place.path_of(IMAGE_FILE);
        let mint = Mint::new(base_iri).map_err(|error| ReleaseError::Base {
            base_iri: base_iri.to_owned(),
            reason: error.to_string(),
        })?;
        let prefixes = has_dumps.then(|| mint.prefixes());
        let dumps: &[_] = if has_dumps { &DUMPS } else { &[] };
        let describe = move |store: &Store| {
            describe(store, &Described { mint: &mint, examples: &examples, dumps })
        };
        let imaging =
            Imaging::begin(image.clone(), describe).map_err(|source| failed(&image, source))?;
        Ok(Self { imaging, lines, dump_prefixes: prefixes, place })
    }

    /// Adds quads in N-Quads, whole lines in any order; a repeated one counts once.
    ///
    /// # Errors
    /// [`ReleaseError::Write`].
    pub fn add(&mut self, nquads: &[u8]) -> Result<(), ReleaseError> {
        self.imaging.add(nquads);
        self.lines.add(nquads).map_err(|source| failed(&self.place.path_of(GRAPH_FILE), source))
    }

    /// Writes the graph and opens it. The same graph is the same file, and the same image.
    ///
    /// # Errors
    /// [`ReleaseError::Write`].
    pub fn seal(self) -> Result<Sealed, ReleaseError> {
        let Self { mut imaging, lines, dump_prefixes, place } = self;
        imaging.end();
        let [graph, image] = [GRAPH_FILE, IMAGE_FILE].map(|file| place.path_of(file));
        let written = write_graph(lines, &graph).map_err(|source| failed(&graph, source));
        let made = imaging.finish().map_err(|source| failed(&image, source));
        let (written, description) = (written?, made?);
        let graph_sum =
            finish_graph(written, &description).map_err(|source| failed(&graph, source))?;
        let store = Store::open(&image).map_err(|error| failed(&image, io::Error::other(error)))?;
        let dumping = match dump_prefixes {
            Some(prefixes) => Dumping::begin(&graph, place.folder.path(), prefixes),
            None => Ok(Dumping::none()),
        };
        let dumping = dumping.map_err(|source| failed(place.folder.path(), source))?;
        let syncing = Syncing::begin(vec![graph, image])
            .map_err(|source| failed(place.folder.path(), source))?;
        Ok(Sealed { place, graph_sum, dumping, syncing, store: Arc::new(store) })
    }
}

/// A graph's file while it is written.
type GraphWriter = BufWriter<SummedFile>;

/// Writes the lines to a new file at `path`.
fn write_graph(lines: SortedLines, path: &Path) -> io::Result<GraphWriter> {
    let mut out = BufWriter::with_capacity(GRAPH_BUFFER_BYTES, SummedFile::create(path)?);
    lines.write(&mut out)?;
    Ok(out)
}

/// Adds the description of the graph, behind all that it describes.
fn finish_graph(mut out: GraphWriter, description: &[u8]) -> io::Result<FileSum> {
    out.write_all(description)?;
    let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    Ok(file.sum(GRAPH_FILE))
}

impl Sealed {
    /// Publishes the release and makes it the current one.
    ///
    /// # Errors
    /// [`ReleaseError::Write`] names what could not be written, [`ReleaseError::Index`] why there is no text index. The
    /// former release stays current.
    pub fn publish(self, contents: Contents) -> Result<Manifest, ReleaseError> {
        // Let go in the opposite order: whoever writes into the folder before the folder.
        let Self { place, graph_sum, syncing, dumping, store } = self;
        let (releases, dir) = (&place.releases, place.folder.path());
        let sums =
            sums_in(dir, "", slice::from_ref(&graph_sum)).map_err(|source| failed(dir, source))?;
        let id = mint_id(&sums, &contents, &place.base_iri);
        let published = releases.join(&id);
        if let Ok(manifest) = check_whole(&published) {
            mark_published(&published)?;
            // Who watches the pointer is to see a change where there is one.
            if Pointer::read(releases).is_ok_and(|current| current.id == id) {
                return Ok(manifest);
            }
            return Pointer::write(releases, &id).map(|()| manifest);
        }
        let index_dir = dir.join(INDEX_DIR);
        let catalog = Catalog::of(&store).with_synonyms(contents.synonyms);
        write_index(&index_dir, &catalog, &|term| store.number(term))?;
        let index = sums_in(dir, INDEX_DIR, &[]).map_err(|source| failed(&index_dir, source))?;
        write_suggestions(&dir.join(SUGGESTIONS_FILE), &catalog)?;
        let suggestions =
            FileSum::of_file(dir, SUGGESTIONS_FILE).map_err(|source| failed(dir, source))?;
        let dumps = dumping.finish().map_err(|source| failed(&dir.join(DUMP_DIR), source))?;
        let mut files = [sums, index, vec![suggestions], dumps].concat();
        files.sort_by(|one, other| one.path.cmp(&other.path));
        let manifest = Manifest {
            format: FORMAT,
            id,
            base_iri: place.base_iri.clone(),
            program: PROGRAM.to_owned(),
            sources: contents.sources,
            counts: contents.counts,
            files,
        };
        write_json(&dir.join(MANIFEST_FILE), &manifest)?;
        syncing.finish().and_then(|()| sync_tree(dir)).map_err(|source| failed(dir, source))?;
        if published.exists() {
            // It was damaged since: the new copy takes its place.
            take_away(releases, &manifest.id)?;
        }
        fs::rename(dir, &published).map_err(|source| failed(&published, source))?;
        sync_folder(releases).map_err(|source| failed(releases, source))?;
        Pointer::write(releases, &manifest.id)?;
        // What was taken away, if anything.
        remove_litter(releases)?;
        Ok(manifest)
    }
}

/// Writes what completes the names of a graph.
fn write_suggestions(path: &Path, catalog: &Catalog<'_>) -> Result<(), ReleaseError> {
    let mut writer = SuggestionsWriter::default();
    let count = catalog.count();
    for start in (0..count).step_by(BATCH_NODES) {
        for named in catalog.names(start..count.min(start + BATCH_NODES)) {
            writer.add(named);
        }
    }
    Ok(writer.write(path)?)
}

/// Says that the release in `dir` is published now; when it is, is the time of its manifest.
fn mark_published(dir: &Path) -> Result<(), ReleaseError> {
    let path = dir.join(MANIFEST_FILE);
    let now = FileTimes::new().set_modified(SystemTime::now());
    fs::File::open(&path)
        .and_then(|manifest| manifest.set_times(now))
        .map_err(|source| failed(&path, source))
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
    fn search_text(&self, _: &TextQuery, _: &dyn Literals) -> TextHits {
        TextHits::default()
    }
}

/// The id follows from program, graph, questions, sources and synonyms; the index's own files carry random names.
fn mint_id(files: &[FileSum], contents: &Contents, base_iri: &str) -> String {
    let mut digest = Sha256::new();
    let mut add = |part: &str| {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part);
    };
    add(PROGRAM);
    add(base_iri);
    let own = files.iter().filter(|f| f.path == GRAPH_FILE || f.path == EXAMPLES_FILE);
    for file in own.chain(&contents.sources) {
        add(&file.path);
        add(&file.sha256);
    }
    for group in &contents.synonyms {
        add(&group.len().to_string());
        for word in group {
            add(word);
        }
    }
    hex(&digest.finalize()).chars().take(16).collect()
}

fn write_json(path: &Path, value: &impl serde::Serialize) -> Result<(), ReleaseError> {
    let bytes =
        serde_json::to_vec_pretty(value).map_err(|error| failed(path, io::Error::other(error)))?;
    fs::write(path, bytes).map_err(|source| failed(path, source))
}

/// Sums of the files in a folder of the release at `root`, itself where the name is empty. Those that are `known` are not taken again.
fn sums_in(root: &Path, folder: &str, known: &[FileSum]) -> io::Result<Vec<FileSum>> {
    let mut sums = Vec::new();
    for entry in fs::read_dir(root.join(folder))? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
            let known = known.iter().find(|sum| sum.path == path).cloned();
            sums.push(known.map_or_else(|| FileSum::of_file(root, &path), Ok)?);
        }
    }
    Ok(sums)
}
