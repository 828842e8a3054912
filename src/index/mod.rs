//! Entries to hits: analysis of Chinese text, an index on disk, search with facets and snippets.
//!
//! In: [`Entry`] values from an [`EntrySource`], then words as people type them. Out: ranked [`Hit`]s with marked snippets and
//! facet counts. Guarantees: no input is an error; a mark lies on character borders of the original
//! text. No policy word stands in this room: entities and aliases come with the entries.
//!
//! Reading order: `entry`, `axis` and `source` (the interface), `analysis` (text to terms), `names`, `schema`, `tokens`, `parts`, `write`; then
//! `values`, `tag_sets`, `literals` and `reader` (what is looked at in memory), `clause` and `question` (words to parts), `matching`, `postings` and `adjacent` (parts to
//! entries), `matches` and `number_set` (sets of these), `search`, `facets`, `verbatim` (words as they stand), `marks`,
//! `snippet`, `hits`, `related`, and `text_search`, the same for SPARQL.

mod adjacent;
mod analysis;
mod axis;
mod clause;
mod directory;
mod entry;
mod error;
mod facets;
mod field;
mod filters;
mod hits;
mod literals;
mod marks;
mod matches;
mod matching;
mod names;
mod number_set;
mod parts;
mod phrase;
mod postings;
mod question;
mod reader;
mod related;
mod schema;
mod search;
mod snippet;
mod source;
mod tag_sets;
mod text_search;
mod tokens;
mod top;
mod values;
mod verbatim;
mod write;

pub use analysis::simplify;
pub(crate) use analysis::{Normalized, compact, is_han, segment};
pub use axis::{Axis, Tag};
pub use entry::{
    Entry, EntryKind, Facet, FacetValue, Field, Hit, Label, Mode, Place, Reason, Results, Search,
    Segment, Sort, WITHIN_MAX,
};
pub use error::IndexError;
pub(crate) use facets::FACET_VALUES_MAX;
pub use reader::Index;
pub use related::Related;
pub use source::{EntryList, EntrySource, Outline};
pub use write::{IndexSummary, TermNumbers, write_index};
