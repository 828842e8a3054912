//! A graph as one file that is read in place. In: quads. Out: an `Image`, mapped from a file or made in memory, that gives
//! numbers for terms, terms for numbers, and the rows of the graph in four sorted orders.
//!
//! Guarantees: the same term always has the same number and keeps its lexical form; a quad counts once; an image of another
//! version, a truncated or a damaged head is refused by name before anything is read; no bytes of an image,
//! whole or damaged, lead to a panic. The surprise: opening reads one page, whatever the size of the graph; that the rest is
//! whole is checked only when asked (`Image::check`).
//!
//! ```text
//! term -> builder -> layout -> file        what is written
//! file -> map -> bytes -> layout -> image  what is read
//! ```

#[cfg(target_endian = "big")]
compile_error!("the numbers of an image are little-endian and read in place");

mod builder;
mod bytes;
mod error;
mod layout;
mod map;
mod reader;
mod row;
mod term;

pub(crate) use builder::Builder;
pub use error::ImageError;
pub(crate) use reader::Image;
pub(crate) use row::{DEFAULT_GRAPH, IdPattern, IdQuad, Order, TERMS_MAX, TermId};
