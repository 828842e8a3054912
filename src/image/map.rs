//! Files mapped into memory. In: a path; out: its bytes, read by the system as they are touched.

#![expect(
    unsafe_code,
    reason = "mapping a file is unsafe: the system cannot promise that nobody changes it"
)]

use memmap2::Mmap;
use std::fs::File;
use std::io;
use std::path::Path;

/// Maps the file at `path`.
///
/// # Errors
/// Where the file cannot be opened or mapped.
pub(crate) fn map_file(path: &Path) -> io::Result<Mmap> {
    let file = File::open(path)?;
    // SAFETY: a release is written aside, renamed and never changed: nothing of ours writes to a published file, and the
    // map is read-only. Who truncates it from outside stops the service with a bus error, as deleting its binary would.
    unsafe { Mmap::map(&file) }
}
