//! Documents to triples: which resources a document speaks of, and what it says of them.
//!
//! In: a [`Document`](crate::document::Document) with its text and findings, the code lists, records.
//! Out: quads. Guarantees: describing cannot fail; the same input gives the same quads; every extracted
//! statement has its words as evidence. This room knows no rules of extraction: a document typed by hand
//! gives the same triples. Surprising: organizations and indicators get their identity here, because it
//! depends on the jurisdiction and on code lists, not on the words alone.

mod across;
mod body_kind;
mod describe_document;
mod describe_finding;
mod describe_item;
mod describe_organization;
mod describe_provenance;
mod describe_quantity;
mod describe_reference;
mod describe_relation;
mod describe_support;
mod describe_target;
mod describe_unread;
mod error;
mod function;
mod indicator;
mod item_keys;
mod link;
mod mint;
mod organization;
mod place;
mod record;
mod reference;
mod statements;
mod table;
mod turtle;
mod unit;
pub mod vocabulary;

pub use across::tells_across;
pub use describe_document::describe_document;
pub use describe_reference::{ONTOLOGY_TURTLE, describe_ontology, describe_reference};
pub use describe_unread::Unread;
pub use error::GraphError;
pub use link::CitationLinks;
pub use mint::{DEFAULT_BASE, DocumentKey, Mint};
pub use record::read_record;
pub use reference::{PLACES, Reference};
pub use statements::Statements;
