//! The fields of the index on disk, and the file beside it that says what its numbers mean.
//!
//! In: nothing, or a directory. Out: [`Columns`] and [`Legend`]. Each literal of an entry is one
//! document of the index; the first of them, its title, also holds the entry itself.

use std::path::Path;

use serde::{Deserialize, Serialize};
use tantivy::schema::{
    FAST, Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions,
};

use super::axis::Tag;
use super::error::IndexError;
use super::names::Named;

/// Raised whenever an index written before can no longer be read.
pub(crate) const FORMAT: u32 = 4;
/// Holds the [`Legend`].
const LEGEND_FILE: &str = "legend.json";

/// The name in the schema of what cuts terms while an index is written; nothing is cut where one is read.
pub(crate) const TOKENIZER: &str = "packed";

/// What a literal is to its entry. The number is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Its title.
    Title = 0,
    /// Another name.
    Alias = 1,
    /// The document number, of the document itself or of what it holds.
    Number = 2,
    /// Any other text.
    Text = 3,
}

impl Role {
    /// The role stored as `number`.
    pub(crate) fn from_number(number: u64) -> Self {
        [Self::Title, Self::Alias, Self::Number]
            .into_iter()
            .find(|role| *role as u64 == number)
            .unwrap_or(Self::Text)
    }
}

/// The fields, by what they hold.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Columns {
    /// Words, and the key of a whole name.
    pub(crate) word: Field,
    /// Pairs of characters and canonical keys, with positions.
    pub(crate) gram: Field,
    /// The entry's ordinal.
    pub(crate) entry: Field,
    /// The literal's [`Role`].
    pub(crate) role: Field,
    /// Place of its property in the legend.
    pub(crate) property: Field,
    /// The entry's kind.
    pub(crate) kind: Field,
    /// Places of its values in the legend's tags.
    pub(crate) tag: Field,
    /// The day of its document, and the first day on which a target is due, as `20240131`.
    pub(crate) date: Field,
    /// See `date`.
    pub(crate) deadline: Field,
    /// The entry as JSON.
    pub(crate) source: Field,
    /// The triple that holds the literal and its named graph, as numbers of terms.
    pub(crate) quad: [Field; 4],
}

/// The names of [`Columns::quad`].
pub(crate) const QUAD: [&str; 4] = ["subject", "predicate", "object", "graph"];

/// The schema with its fields.
pub(crate) fn schema() -> (Schema, Columns) {
    let text = |record| {
        let indexing =
            TextFieldIndexing::default().set_tokenizer(TOKENIZER).set_index_option(record);
        TextOptions::default().set_indexing_options(indexing)
    };
    let mut builder = Schema::builder();
    let columns = Columns {
        word: builder.add_text_field("word", text(IndexRecordOption::WithFreqs)),
        gram: builder.add_text_field("gram", text(IndexRecordOption::WithFreqsAndPositions)),
        entry: builder.add_u64_field("entry", FAST),
        role: builder.add_u64_field("role", FAST),
        property: builder.add_u64_field("property", FAST),
        kind: builder.add_u64_field("kind", FAST),
        tag: builder.add_u64_field("tag", FAST),
        date: builder.add_u64_field("date", FAST),
        deadline: builder.add_u64_field("deadline", FAST),
        source: builder.add_bytes_field("source", STORED),
        quad: QUAD.map(|name| builder.add_u64_field(name, FAST)),
    };
    (builder.build(), columns)
}

/// What the numbers in the index mean.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Legend {
    /// [`FORMAT`] at the time of writing.
    pub(crate) format: u32,
    /// Number of entries.
    pub(crate) entries: usize,
    /// The values of all axes, in order.
    pub(crate) tags: Vec<Tag>,
    /// Properties of literals.
    pub(crate) properties: Vec<String>,
    /// Entities with their names.
    pub(crate) named: Vec<Named>,
}

impl Legend {
    /// Writes the file into `dir`.
    pub(crate) fn write(&self, dir: &Path) -> Result<(), IndexError> {
        let path = dir.join(LEGEND_FILE);
        let json = serde_json::to_vec(self)
            .map_err(|error| IndexError::Disk { path: path.clone(), reason: error.to_string() })?;
        std::fs::write(&path, json)
            .map_err(|error| IndexError::Disk { path, reason: error.to_string() })
    }

    /// Size of the file in `dir`.
    pub(crate) fn bytes(dir: &Path) -> Result<u64, IndexError> {
        let path = dir.join(LEGEND_FILE);
        match std::fs::metadata(&path) {
            Ok(file) => Ok(file.len()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                Err(IndexError::Missing { path: dir.to_owned() })
            }
            Err(error) => Err(IndexError::Disk { path, reason: error.to_string() }),
        }
    }

    /// Reads the file in `dir`.
    pub(crate) fn read(dir: &Path) -> Result<Self, IndexError> {
        let json = std::fs::read(dir.join(LEGEND_FILE)).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => IndexError::Missing { path: dir.to_owned() },
            _ => IndexError::Disk { path: dir.join(LEGEND_FILE), reason: error.to_string() },
        })?;
        let damaged = |reason| IndexError::Damaged { path: dir.to_owned(), reason };
        let legend: Self = serde_json::from_slice(&json)
            .map_err(|error| damaged(format!("{LEGEND_FILE}: {error}")))?;
        if legend.format == FORMAT {
            Ok(legend)
        } else {
            Err(damaged(format!("its format is {}, this program reads {FORMAT}", legend.format)))
        }
    }
}
