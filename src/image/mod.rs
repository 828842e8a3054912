//! A graph as one file that is read in place. In: quads. Out: an `Image`, mapped from a file or made in memory, that gives
//! numbers for terms, terms for numbers, and the triples of the graph in four sorted orders, with the graphs that hold them.
//!
//! Guarantees: numbers ascend as terms do, by kind, value and bytes; terms keep their lexical forms; a triple counts once, a quad counts
//! once; the same quads give the same bytes. An image of another version, a truncated or a damaged head is refused by name
//! before anything is read; no bytes of an image, whole or damaged, lead to a panic. The surprise: opening reads a few pages,
//! whatever the size of the graph; that the rest is whole is checked only when asked (`Image::check`).
//!
//! ```text
//! key -> batch -> chunk, extension -> chunks -> dictionary, table_writer (class_counts) -> layout -> file     what is written; builder leads
//! file -> map -> bytes -> layout -> terms, table, graphs                   what is read; reader leads
//! packing -> packed, names, values                                         what both are made of
//! part, runs, sorter                                                       what waits while it is written
//! ```

mod batch;
mod builder;
mod bytes;
mod chunk;
mod chunks;
mod class_counts;
mod dictionary;
mod error;
mod extension;
mod graphs;
mod key;
mod layout;
mod map;
mod names;
mod packed;
mod packing;
mod part;
mod reader;
mod row;
mod runs;
mod sorter;
mod table;
mod table_writer;
mod terms;
mod values;

pub(crate) use batch::Batch;
pub use builder::BuilderOptions;
pub(crate) use builder::{Builder, FileBuilder};
pub(crate) use bytes::{Bytes, partition_point, read_u32, read_u64};
pub(crate) use class_counts::ClassCounts;
pub use error::ImageError;
pub(crate) use key::TermKind;
pub(crate) use map::map_file;
pub(crate) use reader::Image;
pub(crate) use row::{DEFAULT_GRAPH, IdPattern, IdQuad, Order, TERMS_MAX, TermId};
pub(crate) use table::{PredicateCounts, Table};
pub(crate) use terms::Datatype;
