//! What a release says of itself: format, identity, sources, counts, and a checksum for each file.
//! Plain data with its reading and writing; a manifest of another format is refused by number.

use super::ReleaseError;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;

/// The format of release directories that this program writes and reads. A release of another
/// format is built again, never migrated.
pub const FORMAT: u32 = 6;

/// The program that writes releases: its version, and a fingerprint of the sources that what it writes follows from.
pub const PROGRAM: &str = concat!(env!("CARGO_PKG_VERSION"), "+", env!("ZHENGTU_FINGERPRINT"));

/// The name of the manifest inside a release directory.
pub(crate) const MANIFEST_FILE: &str = "manifest.json";

/// What a release says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Format of the directory.
    pub format: u32,
    /// Sixteen hexadecimal digits that follow from the content: the same input gives the same id.
    pub id: String,
    /// Namespace of the minted IRIs, with its final slash.
    pub base_iri: String,
    /// The program that built it, as [`PROGRAM`].
    pub program: String,
    /// The source files that were read, by name.
    pub sources: Vec<FileSum>,
    /// How many of each class the graph describes, and `triples`.
    pub counts: BTreeMap<String, usize>,
    /// The files of the release itself.
    pub files: Vec<FileSum>,
}

/// A file with its size and checksum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileSum {
    /// Path relative to the release directory, or the name of a source.
    pub path: String,
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256 in lower-case hexadecimal.
    pub sha256: String,
}

impl FileSum {
    /// The sum of bytes in memory.
    pub fn of_bytes(path: &str, bytes: &[u8]) -> Self {
        Self {
            path: path.to_owned(),
            bytes: bytes.len() as u64,
            sha256: hex(&Sha256::digest(bytes)),
        }
    }

    /// The sum of the file `root/path`, read in pieces.
    pub(crate) fn of_file(root: &Path, path: &str) -> io::Result<Self> {
        let mut file = fs::File::open(root.join(path))?;
        let mut digest = Sha256::new();
        let mut piece = vec![0_u8; 1 << 16];
        let mut bytes = 0_u64;
        loop {
            let read = file.read(&mut piece)?;
            if read == 0 {
                break;
            }
            bytes += read as u64;
            digest.update(piece.get(..read).unwrap_or_default());
        }
        Ok(Self { path: path.to_owned(), bytes, sha256: hex(&digest.finalize()) })
    }
}

/// A file whose sum is taken as it is written.
pub(super) struct SummedFile {
    file: fs::File,
    digest: Sha256,
    bytes: u64,
}

impl SummedFile {
    /// A new file at `path`.
    pub(super) fn create(path: &Path) -> io::Result<Self> {
        Ok(Self { file: fs::File::create(path)?, digest: Sha256::new(), bytes: 0 })
    }

    /// Its sum, under the name `path`.
    pub(super) fn sum(self, path: &str) -> FileSum {
        let sha256 = hex(&self.digest.finalize());
        FileSum { path: path.to_owned(), bytes: self.bytes, sha256 }
    }
}

impl Write for SummedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.digest.update(bytes.get(..written).unwrap_or_default());
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Manifest {
    /// Reads the manifest of the release directory `dir` and checks its format.
    ///
    /// # Errors
    /// [`ReleaseError::Damaged`] where it is absent or no manifest, [`ReleaseError::OtherFormat`]
    /// where another program version wrote it.
    pub(crate) fn read(dir: &Path) -> Result<Self, ReleaseError> {
        let path = dir.join(MANIFEST_FILE);
        let damaged = |reason: String| ReleaseError::Damaged { path: path.clone(), reason };
        let bytes = fs::read(&path).map_err(|error| damaged(error.to_string()))?;
        let value: serde_json::Value =
            serde_json::from_slice(&bytes).map_err(|error| damaged(error.to_string()))?;
        let format = value.get("format").and_then(serde_json::Value::as_u64);
        if format != Some(u64::from(FORMAT)) {
            return Err(ReleaseError::OtherFormat { path, format });
        }
        serde_json::from_value(value).map_err(|error| damaged(error.to_string()))
    }
}

/// Lower-case hexadecimal digits of `bytes`.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_taken_while_writing_is_that_of_the_file() {
        let name = format!("zhengtu-summed-{}", std::process::id());
        let folder = std::env::temp_dir();
        let mut file = SummedFile::create(&folder.join(&name)).unwrap();
        for piece in ["苗圃", "", "绿化\n"] {
            file.write_all(piece.as_bytes()).unwrap();
        }
        assert_eq!(file.sum(&name), FileSum::of_file(&folder, &name).unwrap());
        fs::remove_file(folder.join(&name)).unwrap();
    }
}
