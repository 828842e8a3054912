//! Documents of an index to one segment on disk, in bounded memory.
//!
//! In: documents in their order. Out: a segment that has them in the same order. Guarantee: the same documents are found in the
//! same way however many parts there were, and nothing of the parts stays. Surprising: tantivy holds all terms of a segment in
//! memory until it is written, so that beyond a budget documents go to one part after the other, and these are joined at the end.

use std::fs;
use std::io;
use std::path::Path;

use tantivy::directory::MmapDirectory;
use tantivy::indexer::merge_indices;
use tantivy::schema::Schema;
use tantivy::tokenizer::{TextAnalyzer, TokenizerManager};
use tantivy::{Index, IndexBuilder, SingleSegmentIndexWriter, TantivyDocument};
use tempfile::TempDir;

use super::schema::TOKENIZER;
use super::tokens::Unpacker;

/// Memory that the tables of a part start from; they grow as needed.
const TABLE_BYTES: usize = 64 << 20;

/// A segment that is being written.
pub(crate) struct SegmentWriter<'a> {
    dir: &'a Path,
    schema: Schema,
    part_bytes_max: usize,
    /// The parts that are written. Their folders go when this does.
    parts: Vec<(Index, TempDir)>,
    current: (SingleSegmentIndexWriter, TempDir),
}

impl<'a> SegmentWriter<'a> {
    /// Begins an index in `dir`. A part that holds more than `part_bytes_max` in memory is its last one for the time being.
    pub(crate) fn begin(
        dir: &'a Path,
        schema: Schema,
        part_bytes_max: usize,
    ) -> tantivy::Result<Self> {
        let current = begin_part(dir, &schema)?;
        Ok(Self { dir, schema, part_bytes_max, parts: Vec::new(), current })
    }

    /// Adds documents behind those before.
    pub(crate) fn add(
        &mut self,
        documents: impl IntoIterator<Item = TantivyDocument>,
    ) -> tantivy::Result<()> {
        if self.current.0.mem_usage() > self.part_bytes_max {
            let next = begin_part(self.dir, &self.schema)?;
            let (writer, folder) = std::mem::replace(&mut self.current, next);
            self.parts.push((writer.finalize()?, folder));
        }
        documents.into_iter().try_for_each(|document| self.current.0.add_document(document))
    }

    /// Writes what is not on the disk yet, and joins the parts.
    pub(crate) fn finish(mut self) -> tantivy::Result<()> {
        let (writer, folder) = self.current;
        let last = writer.finalize()?;
        if self.parts.is_empty() {
            drop(last);
            return Ok(move_files(folder, self.dir)?);
        }
        self.parts.push((last, folder));
        let (indices, folders): (Vec<Index>, Vec<TempDir>) = self.parts.into_iter().unzip();
        merge_indices(&indices, MmapDirectory::open(self.dir)?)?;
        drop(indices);
        Ok(folders.into_iter().try_for_each(TempDir::close)?)
    }
}

/// Begins a part in a folder of its own.
fn begin_part(dir: &Path, schema: &Schema) -> tantivy::Result<(SingleSegmentIndexWriter, TempDir)> {
    let folder = TempDir::new_in(dir)?;
    let tokenizers = TokenizerManager::default();
    tokenizers.register(TOKENIZER, TextAnalyzer::from(Unpacker::default()));
    let writer = IndexBuilder::new()
        .schema(schema.clone())
        .tokenizers(tokenizers)
        .single_segment_index_writer(MmapDirectory::open(folder.path())?, TABLE_BYTES)?;
    Ok((writer, folder))
}

/// Moves the files of the only part to where they belong.
fn move_files(part: TempDir, dir: &Path) -> io::Result<()> {
    for file in fs::read_dir(part.path())? {
        let file = file?;
        fs::rename(file.path(), dir.join(file.file_name()))?;
    }
    part.close()
}
