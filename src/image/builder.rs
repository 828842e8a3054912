//! Makes images. In: quads in any order; out: an image in memory or a file. The same quads give the same bytes, whatever their
//! order and however much memory there is.
//!
//! ```text
//! quads -> batch -> chunk -> chunks               terms get numbers as they come; what is too much waits, sorted, in files
//! chunks -> dictionary                     all terms in one order, and their final numbers
//! rows -> sorter -> table_writer           rows in each order
//! parts -> layout                          one file
//! ```

use super::batch::Batch;
use super::bytes::Bytes;
use super::chunk::Chunk;
use super::chunks::{Chunks, renumber};
use super::dictionary::{Dictionary, DictionaryWriter, Tags};
use super::error::ImageError;
use super::layout::{Section, write};
use super::part::{Part, Waiting};
use super::reader::Image;
use super::row::{DEFAULT_GRAPH, TermId};
use super::sorter::Sorter;
use super::table_writer::{QUADS_SHARE, Tables, write_tables};
use oxigraph::model::QuadRef;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What part of the memory a chunk takes.
const CHUNK_SHARE: usize = 2;

/// What bounds the making of an image.
#[derive(Clone, Copy, Debug)]
pub struct BuilderOptions {
    /// About how much memory may be taken; what is more waits in temporary files beside the image.
    pub memory_bytes: usize,
}

impl Default for BuilderOptions {
    fn default() -> Self {
        Self { memory_bytes: 1 << 30 }
    }
}

/// An image while it is filled.
pub(crate) struct Builder {
    waiting: Waiting,
    chunk: Chunk,
    chunks: Option<Chunks>,
    tags: Tags,
    /// The quad at hand.
    single: Batch,
}

impl Default for Builder {
    /// Takes as much memory as it needs.
    fn default() -> Self {
        Self::new(Waiting::Memory)
    }
}

impl Builder {
    fn new(waiting: Waiting) -> Self {
        Self {
            waiting,
            chunk: Chunk::default(),
            chunks: None,
            tags: Tags::default(),
            single: Batch::default(),
        }
    }

    /// Adds a quad.
    ///
    /// # Errors
    /// Where it has to wait in a temporary file that cannot be written, and [`ImageError::TooLarge`].
    pub(crate) fn insert(&mut self, quad: QuadRef<'_>) -> io::Result<()> {
        let mut single = std::mem::take(&mut self.single);
        single.clear();
        single.push(quad);
        let inserted = self.insert_all(&single);
        self.single = single;
        inserted
    }

    /// Adds the quads of a batch.
    ///
    /// # Errors
    /// As [`Builder::insert`].
    pub(crate) fn insert_all(&mut self, batch: &Batch) -> io::Result<()> {
        let bound = self.waiting.memory_bytes();
        for quad in batch.quads() {
            if !self.chunk.insert(quad) {
                return Err(io::Error::other(ImageError::TooLarge { what: "distinct terms" }));
            }
            if bound.is_some_and(|bound| self.chunk.memory_bytes() > bound / CHUNK_SHARE) {
                self.spill()?;
            }
        }
        Ok(())
    }

    /// Adds all quads of an image. Takes temporary files.
    ///
    /// # Errors
    /// Where these cannot be written, and where the image is damaged.
    fn insert_image(&mut self, image: &Image) -> io::Result<()> {
        let chunks = match &mut self.chunks {
            Some(chunks) => chunks,
            none => none.insert(Chunks::new(&self.waiting)?),
        };
        chunks.add_image(image, &mut self.tags)
    }

    fn sorted_chunk(&mut self) -> (Chunk, Vec<TermId>) {
        let chunk = std::mem::take(&mut self.chunk);
        let order = chunk.keys.sorted();
        for id in &order {
            self.tags.remember(chunk.keys.get(*id));
        }
        (chunk, order)
    }

    fn spill(&mut self) -> io::Result<()> {
        let (chunk, order) = self.sorted_chunk();
        let chunks = match &mut self.chunks {
            Some(chunks) => chunks,
            none => none.insert(Chunks::new(&self.waiting)?),
        };
        chunks.add(&chunk, &order)
    }

    /// The image, in memory.
    pub(crate) fn finish(self) -> Image {
        let mut bytes = Vec::new();
        // Writing to memory cannot fail, and an image just written can be read.
        let written = self.write(&mut bytes).ok();
        let image = written.and_then(|()| Image::from_bytes(Bytes::Made(bytes)).ok());
        image.unwrap_or_default()
    }

    fn write(self, to: &mut impl Write) -> io::Result<()> {
        let waiting = self.waiting.clone();
        let (dictionary, quads) = self.number()?;
        let tables = write_tables(quads, &dictionary, &waiting)?;
        let Tables { mut parts, triples, quads, subjects, objects } = tables;
        let mut counts = Part::new(&waiting);
        for count in dictionary.counts.iter().chain([&triples, &quads, &subjects, &objects]) {
            counts.write(&count.to_le_bytes())?;
        }
        parts.push((Section::Counts, counts));
        parts.extend(dictionary.parts);
        write(parts, to)
    }

    /// Writes the terms, and gives the rows their numbers: predicates and graphs as places in the lists of these.
    fn number(mut self) -> io::Result<(Dictionary, Sorter<4>)> {
        let mut quads = Sorter::new(&self.waiting, QUADS_SHARE);
        let Some(mut chunks) = self.chunks.take() else {
            let (mut chunk, order) = self.sorted_chunk();
            let mut writer = DictionaryWriter::new(&self.waiting, self.tags)?;
            for id in &order {
                writer.push(chunk.keys.get(*id), chunk.keys.roles(*id))?;
            }
            let dictionary = writer.finish()?;
            let mut numbers = vec![0; order.len()];
            renumber(&mut numbers, &order);
            drop(order);
            let mut places = Places::new(&dictionary);
            for row in &mut chunk.rows {
                let number =
                    |id: TermId| numbers.get(id as usize).copied().unwrap_or(DEFAULT_GRAPH);
                *row = places.of(row.map(number));
            }
            quads.take(chunk.rows);
            return Ok((dictionary, quads));
        };
        let (chunk, order) = self.sorted_chunk();
        chunks.add(&chunk, &order)?;
        drop(order);
        let memory_bytes = self.waiting.memory_bytes().unwrap_or(usize::MAX) / CHUNK_SHARE;
        let mut writer = DictionaryWriter::new(&self.waiting, self.tags)?;
        let numbered =
            chunks.merge(&self.waiting, memory_bytes, |key, roles| writer.push(key, roles))?;
        let dictionary = writer.finish()?;
        let mut places = Places::new(&dictionary);
        numbered.for_each_row(memory_bytes, |row| quads.push(places.of(row)))?;
        Ok((dictionary, quads))
    }
}

/// Leads from the numbers of predicates and graphs to their places in the lists of these.
struct Places<'a> {
    dictionary: &'a Dictionary,
    /// The last graph: neighbours share theirs.
    last: (TermId, u32),
}

impl<'a> Places<'a> {
    fn new(dictionary: &'a Dictionary) -> Self {
        Self { dictionary, last: (DEFAULT_GRAPH, Self::place(&dictionary.graphs, DEFAULT_GRAPH)) }
    }

    fn place(list: &[TermId], id: TermId) -> u32 {
        // The default graph comes after all that are listed.
        u32::try_from(list.partition_point(|listed| *listed < id)).unwrap_or(u32::MAX)
    }

    fn of(&mut self, [subject, predicate, object, graph]: [TermId; 4]) -> [u32; 4] {
        if self.last.0 != graph {
            self.last = (graph, Self::place(&self.dictionary.graphs, graph));
        }
        let predicate = Self::place(&self.dictionary.predicates, predicate);
        [subject, predicate, object, self.last.1]
    }
}

/// Fills a new file with an image.
pub(crate) struct FileBuilder {
    builder: Builder,
    path: PathBuf,
}

impl FileBuilder {
    /// A builder of the image at `path`.
    pub(crate) fn new(path: &Path, options: BuilderOptions) -> Self {
        let beside = path.parent().filter(|parent| !parent.as_os_str().is_empty());
        let waiting = Waiting::Files {
            directory: beside.unwrap_or(Path::new(".")).to_owned(),
            memory_bytes: options.memory_bytes,
        };
        Self { builder: Builder::new(waiting), path: path.to_owned() }
    }

    /// Adds the quads of a batch.
    ///
    /// # Errors
    /// [`ImageError::File`], [`ImageError::TooLarge`].
    pub(crate) fn insert_all(&mut self, batch: &Batch) -> Result<(), ImageError> {
        self.builder.insert_all(batch).map_err(|error| failed(&self.path, error))
    }

    /// Adds all quads of an image.
    ///
    /// # Errors
    /// [`ImageError::File`]; also where the image is damaged.
    pub(crate) fn insert_image(&mut self, image: &Image) -> Result<(), ImageError> {
        self.builder.insert_image(image).map_err(|error| failed(&self.path, error))
    }

    /// Writes the image to a new file, which is gone again if that fails. It is not synced: whoever publishes it does that, once.
    ///
    /// # Errors
    /// [`ImageError::File`], also where the file exists already; [`ImageError::TooLarge`].
    pub(crate) fn finish(self) -> Result<(), ImageError> {
        let Self { builder, path } = self;
        let mut file = File::create_new(&path).map_err(|error| failed(&path, error))?;
        builder.write(&mut file).map_err(|error| {
            // The first fault is the one to tell.
            let _ = fs::remove_file(&path);
            failed(&path, error)
        })
    }
}

fn failed(path: &Path, error: io::Error) -> ImageError {
    error.downcast::<ImageError>().unwrap_or_else(|source| ImageError::file(path, source))
}
