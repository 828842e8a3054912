//! The corrections of a data folder, applied to what was read.
//!
//! In: the folder and all documents of a build. Out: the documents corrected. Guarantee: each line of
//! `corrections/*.tsv` matched exactly once, or the build stops and names it.

use super::Read;
use super::sources::{file_name, list_files};
use crate::correct::Corrections;
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// Applies `corrections/*.tsv` of the folder `data` to `read`, files in the order of their names.
///
/// # Errors
/// Names the file and line that cannot be used or did not match exactly once.
pub fn correct_all(data: &Path, read: &mut [Read]) -> Result<()> {
    let folder = data.join("corrections");
    let mut files = Vec::new();
    if folder.is_dir() {
        list_files(&folder, &mut files)
            .with_context(|| format!("cannot read {}", folder.display()))?;
    }
    files.sort();
    let mut corrections = Corrections::default();
    for path in files.iter().filter(|path| path.extension().is_some_and(|e| e == "tsv")) {
        let table =
            fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        corrections.add(&format!("corrections/{}", file_name(path)), &table)?;
    }
    for source in read {
        corrections.apply(&source.file_name, &mut source.document, &mut source.findings)?;
    }
    Ok(corrections.finish()?)
}
