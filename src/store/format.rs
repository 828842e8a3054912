//! The formats of an answer: which form of query each can hold, its media type, its extension.

use super::evaluate::QueryForm;
use oxigraph::io::{JsonLdProfileSet, RdfFormat};
use oxigraph::sparql::results::QueryResultsFormat;
use serde::{Deserialize, Serialize};

/// A format that an answer can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum AnswerFormat {
    /// SPARQL results as JSON.
    Json,
    /// SPARQL results as XML.
    Xml,
    /// Values separated by commas; types and languages are lost.
    Csv,
    /// Terms separated by tabs.
    Tsv,
    /// Turtle, with the endpoint's prefixes.
    Turtle,
    /// N-Triples.
    NTriples,
    /// RDF/XML, with the endpoint's prefixes.
    RdfXml,
    /// JSON-LD, expanded.
    JsonLd,
}

/// Formats of SELECT and ASK, the preferred one first.
const TABLES: &[AnswerFormat] =
    &[AnswerFormat::Json, AnswerFormat::Xml, AnswerFormat::Csv, AnswerFormat::Tsv];

/// Formats of CONSTRUCT and DESCRIBE, the preferred one first.
const GRAPHS: &[AnswerFormat] =
    &[AnswerFormat::Turtle, AnswerFormat::NTriples, AnswerFormat::RdfXml, AnswerFormat::JsonLd];

impl AnswerFormat {
    /// The formats that hold the answer of a form, the preferred one first.
    pub fn for_form(form: QueryForm) -> &'static [Self] {
        match form {
            QueryForm::Select | QueryForm::Ask => TABLES,
            QueryForm::Construct | QueryForm::Describe => GRAPHS,
        }
    }

    /// The media types it is asked for by; the first is the one it is sent as.
    pub fn media_types(self) -> &'static [&'static str] {
        match self {
            Self::Json => &["application/sparql-results+json", "application/json", "text/json"],
            Self::Xml => &["application/sparql-results+xml", "application/xml", "text/xml"],
            Self::Csv => &["text/csv"],
            Self::Tsv => &["text/tab-separated-values"],
            Self::Turtle => &["text/turtle", "application/x-turtle"],
            Self::NTriples => &["application/n-triples", "text/plain"],
            Self::RdfXml => &["application/rdf+xml", "application/xml", "text/xml"],
            Self::JsonLd => &["application/ld+json", "application/json"],
        }
    }

    /// The media type it is sent as.
    pub fn media_type(self) -> &'static str {
        self.media_types().first().copied().unwrap_or_default()
    }

    /// The extension of a file name, without the dot: `srj` and `srx` for results, as registered.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Json => "srj",
            Self::Xml => "srx",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Turtle => "ttl",
            Self::NTriples => "nt",
            Self::RdfXml => "rdf",
            Self::JsonLd => "jsonld",
        }
    }

    /// The format with this extension, which may also be `json` or `xml`.
    pub fn from_extension(extension: &str) -> Option<Self> {
        match extension {
            "json" => Some(Self::Json),
            "xml" => Some(Self::Xml),
            other => {
                TABLES.iter().chain(GRAPHS).find(|format| format.extension() == other).copied()
            }
        }
    }

    /// The format for a table, if this is one.
    pub(super) fn results_format(self) -> Option<QueryResultsFormat> {
        match self {
            Self::Json => Some(QueryResultsFormat::Json),
            Self::Xml => Some(QueryResultsFormat::Xml),
            Self::Csv => Some(QueryResultsFormat::Csv),
            Self::Tsv => Some(QueryResultsFormat::Tsv),
            _ => None,
        }
    }

    /// The format for triples, if this is one.
    pub fn rdf_format(self) -> Option<RdfFormat> {
        match self {
            Self::Turtle => Some(RdfFormat::Turtle),
            Self::NTriples => Some(RdfFormat::NTriples),
            Self::RdfXml => Some(RdfFormat::RdfXml),
            Self::JsonLd => Some(RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() }),
            _ => None,
        }
    }
}
