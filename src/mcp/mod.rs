//! The graph for programs that speak the Model Context Protocol: language models that call tools.
//!
//! In: an opened release as a [`Source`], then calls of tools by name with JSON arguments. Out: JSON, over HTTP or over standard input
//! and output. Guarantees: every answer names the release, the IRIs that it stands on and the words of the sources that say so, with their
//! place in code points; every answer is bounded and says where it was cut; what is wrong with a call is told so that it can be mended. The
//! surprise: nothing is kept from one request to the next, so a client may be answered by another release than before, and each answer says by which.
//!
//! ```text
//! protocol -> tool -> search, suggest, related, schema, resource, examples, query -> standing (IRIs and quotes)
//! ```
//!
//! Only `protocol` knows the library that speaks MCP. Queries go where [`Asking`] puts them, as those of `/sparql` do.

mod asking;
mod examples;
mod protocol;
mod query;
mod related;
mod resource;
mod schema;
mod search;
mod source;
mod standing;
mod suggest;
mod term;
mod tool;

pub use asking::{Asked, Asking};
pub use protocol::{routes, serve_stdio};
pub(crate) use schema::vocabulary;
pub use source::Source;
pub(crate) use term::compact;
