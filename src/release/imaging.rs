//! The image of a graph that is still coming. In: N-Quads piece by piece, and what describes the whole once it is there; out: the image's file
//! with the description in it, and the description's lines. The image is made in threads of its own,
//! while the same lines are sorted for the graph's file: an image is the same whatever the order of its quads. Guarantee: where it is let go
//! before its end, nothing writes any more.

use crate::store::Store;
use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::model::Quad;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{Builder, JoinHandle};

/// How many pieces may wait.
const WAITING_MAX: usize = 8;

/// What the image is called as long as it has no description.
const UNDESCRIBED: &str = "undescribed";

/// Some whole lines; none are the end.
type Piece = Vec<u8>;

/// An image that is being made.
pub(super) struct Imaging {
    pieces: Option<SyncSender<Piece>>,
    making: Option<JoinHandle<io::Result<Vec<u8>>>>,
}

impl Imaging {
    /// Begins an image at `path`. Once all has come, `describe` says what is to stand in it besides.
    pub(super) fn begin(
        path: PathBuf,
        describe: impl FnOnce(&Store) -> Vec<Quad> + Send + 'static,
    ) -> io::Result<Self> {
        let (pieces, coming) = sync_channel(WAITING_MAX);
        let lines = Lines { coming, piece: Vec::new(), read: 0, has_ended: false };
        let making = Builder::new().spawn(move || make(lines, &path, describe))?;
        Ok(Self { pieces: Some(pieces), making: Some(making) })
    }

    /// Adds lines. A fault in them is told by [`Imaging::finish`].
    pub(super) fn add(&self, lines: &[u8]) {
        if let Some(pieces) = self.pieces.as_ref().filter(|_| !lines.is_empty()) {
            // Nobody takes them after a fault.
            let _ = pieces.send(lines.to_vec());
        }
    }

    /// Says that all lines have come.
    pub(super) fn end(&mut self) {
        if let Some(pieces) = self.pieces.take() {
            let _ = pieces.send(Piece::new());
        }
    }

    /// Waits for the image. Gives the lines of the description.
    pub(super) fn finish(mut self) -> io::Result<Vec<u8>> {
        self.end();
        match self.making.take().map(JoinHandle::join) {
            Some(Ok(made)) => made,
            Some(Err(panic)) => std::panic::resume_unwind(panic),
            None => Ok(Vec::new()),
        }
    }
}

/// Makes the image twice: what describes a graph is known only when it is there.
fn make(
    lines: impl Read,
    path: &Path,
    describe: impl FnOnce(&Store) -> Vec<Quad>,
) -> io::Result<Vec<u8>> {
    let first = path.with_extension(UNDESCRIBED);
    Store::write_image(lines, &first).map_err(io::Error::other)?;
    let store = Store::open(&first).map_err(io::Error::other)?;
    // It is gone with the store, however this ends.
    fs::remove_file(&first)?;
    let description = describe(&store);
    store.write_image_with(&description, path).map_err(io::Error::other)?;
    let mut written = RdfSerializer::from_format(RdfFormat::NQuads).for_writer(Vec::new());
    description.iter().try_for_each(|quad| written.serialize_quad(quad))?;
    written.finish()
}

impl Drop for Imaging {
    fn drop(&mut self) {
        // Without an end the lines break off, and so does the image.
        self.pieces = None;
        if let Some(making) = self.making.take() {
            let _ = making.join();
        }
    }
}

/// The lines as they come.
struct Lines {
    coming: Receiver<Piece>,
    piece: Piece,
    /// How much of the piece was read.
    read: usize,
    has_ended: bool,
}

impl Read for Lines {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.read == self.piece.len() && !self.has_ended {
            let broken_off = |_| io::Error::other("the graph was not given to its end");
            self.piece = self.coming.recv().map_err(broken_off)?;
            self.read = 0;
            self.has_ended = self.piece.is_empty();
        }
        let read = self.piece.get(self.read..).unwrap_or_default().read(buffer)?;
        self.read += read;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::{GraphName, Literal, NamedNode};

    fn quad(number: usize) -> Quad {
        let node = |name: &str| NamedNode::new_unchecked(format!("http://e/{name}"));
        let number = Literal::new_simple_literal(number.to_string());
        Quad::new(node("图"), node("数"), number, GraphName::DefaultGraph)
    }

    fn path(name: &str) -> PathBuf {
        let path =
            std::env::temp_dir().join(format!("zhengtu-imaging-{}-{name}", std::process::id()));
        let _ = fs::remove_file(&path);
        path
    }

    #[test]
    fn the_image_holds_the_lines_of_every_piece_and_what_describes_them() {
        let path = path("whole");
        let describe = |store: &Store| vec![quad(store.len())];
        let mut imaging = Imaging::begin(path.clone(), describe).unwrap();
        for number in 0..100 {
            imaging.add(format!("<http://e/{number}> <http://e/面积> \"{number}\" .\n").as_bytes());
            imaging.add(b"");
        }
        imaging.end();
        let description = imaging.finish().unwrap();
        assert_eq!(description, "<http://e/图> <http://e/数> \"100\" .\n".as_bytes());
        assert_eq!(Store::open(&path).unwrap().len(), 101);
        fs::remove_file(&path).unwrap();
    }

    #[test]
    fn a_fault_is_told_at_the_end() {
        let path = path("fault");
        let imaging = Imaging::begin(path.clone(), |_| Vec::new()).unwrap();
        for _ in 0..100 {
            imaging.add(b"<http://e/a> <http://e/b> .\n");
        }
        assert!(imaging.finish().is_err());
        assert!(!path.exists());
    }

    #[test]
    fn an_image_that_is_let_go_leaves_nothing() {
        let path = path("let-go");
        let imaging = Imaging::begin(path.clone(), |_| Vec::new()).unwrap();
        imaging.add(b"<http://e/a> <http://e/b> <http://e/c> .\n");
        drop(imaging);
        assert!(!path.exists());
    }
}
