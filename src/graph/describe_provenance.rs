//! The source of a document and the words in it that say a thing.
//!
//! In: spans of the clean text. Out: source texts and text spans with their quotes. Guarantee: a quote
//! is the text of `nif:isString` from `zt:start` up to `zt:end`, in code points, so every fact can be
//! checked inside the graph. Quotes are the words as published; `zt:text` is cleaned for reading.

use super::describe_document::Description;
use super::vocabulary::{nif, zt};
use crate::text::Span;
use oxigraph::model::NamedNode;

impl Description<'_> {
    /// Describes the source text.
    pub(super) fn describe_source(&mut self, file_name: &str) {
        let source = self.source.clone();
        self.out.class(&source, zt::SOURCE_TEXT_CLASS);
        self.out.label(&source, file_name);
        self.out.string(&source, zt::SHA256, &self.sha256);
        self.out.string(&source, nif::IS_STRING, self.text.source());
        self.out.add(&self.iri, zt::SOURCE_TEXT, source);
    }

    /// Describes the words at `span`; `None` where it is empty.
    pub(super) fn describe_span(&mut self, span: Span) -> Option<NamedNode> {
        let range = self.text.source_range(span);
        if range.char_start >= range.char_end {
            return None;
        }
        let iri = self.reference.mint.text_span(&self.source, range);
        self.out.class(&iri, zt::TEXT_SPAN);
        self.out.add(&iri, zt::SOURCE_TEXT, self.source.clone());
        self.out.integer(&iri, zt::START, range.char_start);
        self.out.integer(&iri, zt::END, range.char_end);
        self.out.string(&iri, zt::QUOTE, self.text.source_slice(span));
        Some(iri)
    }
}
