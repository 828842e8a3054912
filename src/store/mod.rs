//! Triples to answers: evaluation within limits, text search as a pattern.
//!
//! In: quads of a release and a query. Out: answers in a standard format, or an error that says where
//! and what. Guarantees: the default graph is the set of all triples (a triple in two graphs counts
//! once); nothing is ever written; no query runs past its limits.
//!
//! ```text
//! lines -> load -> dataset, quads -> subject, profile the graph, over an image
//! tokens -> syntax -> bindings -> checks              a query's text to algebra that is safe to plan
//! text_service, then text_call, text_uses, text_hits -> text_pattern
//!                                                     what is changed in the algebra before it is planned
//! join_order, sort_keys, pacing                       and for the evaluator
//! limits -> columnar, or view -> evaluate -> format   algebra to bytes
//! query_text                                          what text tells without algebra
//! error, chinese                                      why there is no answer, in English and in Chinese
//! name_check, explain                                 what helps who asks
//! endpoint                                            the face of all that
//! ```

mod algebra;
mod bindings;
mod checks;
mod chinese;
mod columnar;
mod dataset;
mod endpoint;
mod error;
mod evaluate;
mod explain;
mod format;
mod join_order;
mod limits;
mod lines;
mod load;
mod name_check;
mod other_endpoints;
mod pacing;
mod profile;
mod quads;
mod query_text;
mod sort_keys;
mod subject;
mod syntax;
mod text_call;
mod text_hits;
mod text_pattern;
mod text_search;
mod text_service;
mod text_uses;
mod tokens;
mod unlimited;
mod view;
mod written_rows;

pub use dataset::Store;
pub use endpoint::{DatasetChoice, Endpoint, EndpointOptions, Prepared};
pub use error::{QueryError, StoreError};
pub use evaluate::{QueryForm, Row, Summary, run_deep};
pub use explain::{Explanation, Step};
pub use format::AnswerFormat;
pub use limits::Limits;
pub use name_check::{QueryNote, QueryReport};
pub use other_endpoints::{NotAnswered, OtherEndpoints, OtherRows};
pub use profile::{ClassProfile, Profile, PropertyProfile};
pub use query_text::{is_repeatable, normalized};
pub use subject::{Property, Subject};
pub use text_search::{
    Highlight, Literals, Snippets, TextHit, TextHits, TextMode, TextQuery, TextSearch,
};
pub use unlimited::Unlimited;
