//! What one source gives to the graph. In: a source, corrections, the cache; out: a [`Piece`], from the cache or made anew. Guarantee:
//! both are the same, byte for byte.

use super::cache::Cache;
use super::sources::{Outcome, Read, read_sum};
use super::{Ground, write_quads};
use crate::correct::{CorrectionError, Corrections, number_of};
use crate::graph::tells_across;
use crate::release::FileSum;
use crate::text;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// What one source gives to a release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Piece {
    /// Name, size and checksum of the source.
    pub(super) sum: FileSum,
    /// What the graph knows the document by.
    pub(super) key: String,
    /// The document's number before it was corrected.
    pub(super) number: Option<String>,
    /// What corrections said of the document.
    pub(super) corrections: String,
    /// The kinds of its findings, one entry a finding.
    pub(super) findings: Vec<String>,
    /// The quads that tell of documents beyond this one, as N-Quads.
    #[serde(skip)]
    pub(super) across: Vec<u8>,
    /// The other quads.
    #[serde(skip)]
    pub(super) quads: Vec<u8>,
    /// Whether it was taken from the cache.
    #[serde(skip)]
    pub(super) is_cached: bool,
}

/// What pieces are made with.
pub(super) struct Maker<'a> {
    pub(super) ground: &'a Ground,
    pub(super) corrections: &'a Corrections,
    pub(super) cache: Option<&'a Cache>,
}

impl Maker<'_> {
    /// The piece of the source at `path`. An entry of the corrections that does not fit is an error only where the
    /// document is not skipped, so it is handed on.
    pub(super) fn make(&self, path: &Path) -> Outcome<Result<Piece, CorrectionError>> {
        let (bytes, sum) = read_sum(path).map_err(|error| error.to_string())?;
        if let Some(piece) = self.cache.and_then(|cache| cache.find(&sum, self.corrections)) {
            return Ok((piece.key.clone(), Ok(piece)));
        }
        let text = text::read_source(&sum.path, &bytes)
            .map_err(|error| anyhow::Error::from(error).root_cause().to_string())?;
        let read = Read::extract(text, sum, self.ground);
        let key = read.key();
        let piece = self.piece_of(read, key.clone());
        if let (Ok(piece), Some(cache)) = (&piece, self.cache) {
            cache.keep(piece);
        }
        Ok((key, piece))
    }

    fn piece_of(&self, mut read: Read, key: String) -> Result<Piece, CorrectionError> {
        let number = number_of(&read.document);
        let corrections = self.corrections.text_of(&read.file_name, number.as_deref());
        self.corrections.apply_to(&read.file_name, &mut read.document, &mut read.findings)?;
        let findings = read.findings.iter().map(|found| found.kind.code().to_owned()).collect();
        let described = self.ground.describe(&read);
        let (across, quads): (Vec<_>, Vec<_>) =
            described.quads().partition(|&quad| tells_across(quad));
        let (across, quads) = (write_quads(across), write_quads(quads));
        Ok(Piece {
            sum: read.sum,
            key,
            number,
            corrections,
            findings,
            across,
            quads,
            is_cached: false,
        })
    }
}
