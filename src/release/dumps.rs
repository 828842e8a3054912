//! The graph as files to be handed out. In: the graph's N-Quads, sorted but for the description at the end; out: the same packed by gzip, and the triples as packed Turtle, with
//! their sums. They are written in threads of their own while the text index is made. Guarantee: the same graph gives the same bytes.

use super::manifest::{FileSum, SummedFile};
use flate2::Compression;
use flate2::write::GzEncoder;
use oxigraph::io::{RdfFormat, RdfParser, RdfSerializer};
use oxigraph::model::Triple;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Write};
use std::path::Path;
use std::thread::{Builder, JoinHandle};

/// The folder of these files in a release.
pub(crate) const DUMP_DIR: &str = "dump";
/// All quads.
const NQUADS_FILE: &str = "zhengtu.nq.gz";
/// The triples of all graphs.
const TURTLE_FILE: &str = "zhengtu.ttl.gz";

/// The files with the media types of what is packed in them.
pub(crate) const DUMPS: [(&str, &str); 2] =
    [(NQUADS_FILE, "application/n-quads"), (TURTLE_FILE, "text/turtle")];

/// Bytes that are read or written at a time.
const BUFFER_BYTES: usize = 1 << 18;

/// Packing costs more than all the rest where it is asked for more than this.
const LEVEL: Compression = Compression::new(4);

/// Files that are being written.
pub(super) struct Dumping(Vec<JoinHandle<io::Result<FileSum>>>);

impl Dumping {
    /// Begins to write the graph in the file at `graph` into the folder of a release.
    ///
    /// # Errors
    /// Where the folder cannot be made.
    pub(super) fn begin(
        graph: &Path,
        release: &Path,
        prefixes: Vec<(String, String)>,
    ) -> io::Result<Self> {
        let folder = release.join(DUMP_DIR);
        fs::create_dir(&folder)?;
        let (nquads, turtle) = (graph.to_owned(), graph.to_owned());
        let (first, second) = (folder.clone(), folder);
        let copy = move || write(&first, NQUADS_FILE, |out| copy_quads(&nquads, out));
        let turn = move || write(&second, TURTLE_FILE, |out| write_turtle(&turtle, &prefixes, out));
        Ok(Self(vec![Builder::new().spawn(copy)?, Builder::new().spawn(turn)?]))
    }

    /// None are written.
    pub(super) fn none() -> Self {
        Self(Vec::new())
    }

    /// Waits for the files. Gives their sums.
    ///
    /// # Errors
    /// Where one could not be written.
    pub(super) fn finish(mut self) -> io::Result<Vec<FileSum>> {
        let joined = std::mem::take(&mut self.0)
            .into_iter()
            .map(|writing| writing.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        joined.collect()
    }
}

impl Drop for Dumping {
    fn drop(&mut self) {
        // Nothing writes there any more when the folder goes.
        for writing in self.0.drain(..) {
            let _ = writing.join();
        }
    }
}

/// Where a file is packed to.
type Packed = GzEncoder<BufWriter<SummedFile>>;

fn write(
    folder: &Path,
    name: &str,
    fill: impl FnOnce(&mut Packed) -> io::Result<()>,
) -> io::Result<FileSum> {
    let out = SummedFile::create(&folder.join(name))?;
    let out = BufWriter::with_capacity(BUFFER_BYTES, out);
    let mut packed = GzEncoder::new(out, LEVEL);
    fill(&mut packed)?;
    let written = packed.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?;
    Ok(written.sum(&format!("{DUMP_DIR}/{name}")))
}

fn copy_quads(graph: &Path, out: &mut Packed) -> io::Result<()> {
    io::copy(&mut BufReader::with_capacity(BUFFER_BYTES, File::open(graph)?), out).map(|_| ())
}

fn write_turtle(graph: &Path, prefixes: &[(String, String)], out: &mut Packed) -> io::Result<()> {
    let file = BufReader::with_capacity(BUFFER_BYTES, File::open(graph)?);
    let mut turtle = RdfSerializer::from_format(RdfFormat::Turtle);
    for (name, namespace) in prefixes {
        turtle = turtle.with_prefix(name, namespace).map_err(io::Error::other)?;
    }
    let mut turtle = turtle.for_writer(BufWriter::with_capacity(BUFFER_BYTES, out));
    let mut last: Option<Triple> = None;
    // What stands there was checked when the image was made of it.
    for quad in RdfParser::from_format(RdfFormat::NQuads).lenient().for_reader(file) {
        let triple = Triple::from(quad.map_err(io::Error::other)?);
        // The same triple in another graph stands beside it.
        if last.as_ref() != Some(&triple) {
            turtle.serialize_triple(&triple)?;
            last = Some(triple);
        }
    }
    turtle.finish()?.flush()
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::read::GzDecoder;
    use std::io::Read;

    const GRAPH: &str = "<http://e/甲> <http://e/名> \"苗圃\" <http://e/图一> .\n\
                         <http://e/甲> <http://e/名> \"苗圃\" <http://e/图二> .\n\
                         <http://e/甲> <http://e/邻> <http://e/乙> <http://e/图一> .\n";

    #[test]
    fn quads_are_packed_as_they_stand_and_triples_once() {
        let folder = std::env::temp_dir().join(format!("zhengtu-dumps-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir(&folder).unwrap();
        let graph = folder.join("graph.nq");
        fs::write(&graph, GRAPH).unwrap();
        let prefixes = vec![("e".to_owned(), "http://e/".to_owned())];
        let sums = Dumping::begin(&graph, &folder, prefixes).unwrap().finish().unwrap();
        let texts = sums.iter().map(|sum| {
            assert_eq!(FileSum::of_file(&folder, &sum.path).unwrap(), *sum);
            let mut text = String::new();
            let file = File::open(folder.join(&sum.path)).unwrap();
            GzDecoder::new(file).read_to_string(&mut text).unwrap();
            text
        });
        let turtle = "@prefix e: <http://e/> .\ne:甲 e:名 \"苗圃\" ;\n\te:邻 e:乙 .\n";
        assert_eq!(texts.collect::<Vec<_>>(), [GRAPH, turtle]);
        fs::remove_dir_all(&folder).unwrap();
    }
}
