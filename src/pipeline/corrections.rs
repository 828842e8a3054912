//! The corrections of a data folder.
//!
//! In: the folder. Out: the entries of all its files. Guarantee: a line of `corrections/*.tsv` that cannot be used stops the
//! build and is named.

use super::sources::{file_name, list_files};
use crate::correct::Corrections;
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// Reads `corrections/*.tsv` of the folder `data`, files in the order of their names.
///
/// # Errors
/// Names the file and line that cannot be used.
pub(super) fn read_corrections(data: &Path) -> Result<Corrections> {
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
    Ok(corrections)
}
