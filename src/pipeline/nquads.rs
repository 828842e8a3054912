//! A release of a graph that was made elsewhere. In: N-Quads; out: a published release with its text index, as if documents had
//! been read. Guarantees: the graph is taken as it is, without the ontology or a code list added; a line that is not N-Quads
//! is an error that names file and line; what an earlier release said of itself is left out, because this one says it anew. Surprising: the shapes are checked only where that is asked for, because over millions of
//! triples it takes longer than everything else.

use super::{BuildOptions, ShapesSummary, check_shapes, count, read_examples, synonyms};
use crate::graph::Mint;
use crate::release::{Contents, Draft};
use crate::shapes::Severity;
use crate::store::Store;
use anyhow::{Context, Result};
use memchr::memmem::Finder;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::NamedNode;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

/// What came of a graph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GraphSummary {
    /// Id of the release.
    pub release: String,
    /// How many of each class the graph describes, and `triples` and `quads`.
    pub counts: BTreeMap<String, usize>,
    /// Whether the graph conforms, where it was checked.
    pub shapes: Option<ShapesSummary>,
}

/// Publishes a release of the quads in `files`; `-` is standard input. Of the options, folders of questions and releases, the namespace
/// and the synonyms of the data folder count; sources are none.
///
/// # Errors
/// Names the file that cannot be read, with its line, or what could not be written; the former release then stays current.
pub fn build_from_nquads(
    options: &BuildOptions,
    files: &[PathBuf],
    checks_shapes: bool,
) -> Result<GraphSummary> {
    let synonyms = synonyms::load(&options.data)?;
    let examples = read_examples(&options.queries)?;
    let own = Mint::new(&options.base_iri)?.graph("dataset");
    let mut draft = Draft::begin(&options.releases, &options.base_iri, examples, options.dumps)?;
    for file in files {
        add_lines(file, &own, &mut draft)
            .with_context(|| format!("cannot read {}", file.display()))?;
    }
    let sealed = match draft.seal() {
        Ok(sealed) => sealed,
        // The lines were sorted: where the wrong one stands is known to the files only.
        Err(error) => {
            files.iter().try_for_each(|file| find_fault(file))?;
            return Err(error.into());
        }
    };
    let shapes = checks_shapes.then(|| summarise_shapes(&sealed.store)).transpose()?;
    let counts = count(&sealed.store);
    let manifest = sealed.publish(Contents { sources: Vec::new(), counts, synonyms })?;
    Ok(GraphSummary { release: manifest.id, counts: manifest.counts, shapes })
}

/// Bytes of a file that are handed on at a time.
const CHUNK_BYTES: usize = 1 << 20;

fn open(file: &Path) -> io::Result<Box<dyn BufRead>> {
    Ok(if file == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        Box::new(BufReader::with_capacity(CHUNK_BYTES, File::open(file)?))
    })
}

/// Adds the lines of a file, as they stand, but for those of the graph `own`: what a release says of itself.
fn add_lines(file: &Path, own: &NamedNode, draft: &mut Draft) -> Result<()> {
    let finder = Finder::new(own.as_str());
    let mut reader = open(file)?;
    let mut lines = Vec::with_capacity(2 * CHUNK_BYTES);
    loop {
        let start = lines.len();
        let is_end = reader.read_until(b'\n', &mut lines)? == 0;
        let line = lines.get(start..).unwrap_or_default().trim_ascii();
        if line.is_empty() || line.starts_with(b"#") || is_of(line, own, &finder) {
            lines.truncate(start);
        } else if !lines.ends_with(b"\n") {
            lines.push(b'\n');
        }
        if is_end || lines.len() >= CHUNK_BYTES {
            draft.add(&lines)?;
            lines.clear();
        }
        if is_end {
            return Ok(());
        }
    }
}

/// Whether a line is a quad of this graph. Only lines that name it are parsed; what cannot be is told by who reads all of them.
fn is_of(line: &[u8], graph: &NamedNode, finder: &Finder<'_>) -> bool {
    finder.find(line).is_some()
        && RdfParser::from_format(RdfFormat::NQuads)
            .for_slice(line)
            .next()
            .is_some_and(|quad| quad.is_ok_and(|quad| quad.graph_name == graph.clone().into()))
}

/// An error that names the first line of a file that is not N-Quads; standard input cannot be read again.
fn find_fault(file: &Path) -> Result<()> {
    if file == Path::new("-") {
        return Ok(());
    }
    for quad in RdfParser::from_format(RdfFormat::NQuads).for_reader(open(file)?) {
        quad.with_context(|| format!("cannot read {}", file.display()))?;
    }
    Ok(())
}

fn summarise_shapes(store: &Store) -> Result<ShapesSummary> {
    let report = check_shapes(store)?;
    let violations = report.count(Severity::Violation);
    let warnings = report.count(Severity::Warning);
    Ok(ShapesSummary { conforms: violations == 0, violations, warnings })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_quads_of_the_graph_are_its_own() {
        let graph = NamedNode::new_unchecked("http://e/graph/dataset");
        let finder = Finder::new(graph.as_str());
        for (line, is_own) in [
            ("<http://e/x> <http://e/p> \"1\" <http://e/graph/dataset> .", true),
            ("<http://e/x>\t<http://e/p>\t<http://e/y>\t<http://e/graph/dataset>. # told", true),
            ("<http://e/x> <http://e/p> <http://e/graph/dataset> .", false),
            (
                "<http://e/graph/dataset> <http://e/p> <http://e/graph/dataset> <http://e/g> .",
                false,
            ),
            ("<http://e/x> <http://e/p> <http://e/graph/dataset> <", false),
        ] {
            assert_eq!(is_of(line.as_bytes(), &graph, &finder), is_own, "{line}");
        }
    }
}
