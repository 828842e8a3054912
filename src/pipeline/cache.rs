//! What unchanged sources gave the last time. In: the sum of a source; out: its [`Piece`], if it was made before by the same program
//! from the same bytes under the same name, base and lexicon, with the same corrections. Guarantees: an entry that is not as it was
//! written is no entry; nothing is lost with the cache but time. Surprising: entries are written without being
//! synced, because their checksum finds what a crash left of them.

use super::Ground;
use super::piece::Piece;
use crate::correct::Corrections;
use crate::release::{FileSum, PROGRAM};
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The folder of the cache among the releases.
const CACHE_DIR: &str = "cache";

/// Characters of a checksum.
const SUM_CHARS: usize = 64;

/// Pieces on the disk.
pub(super) struct Cache {
    folder: PathBuf,
    /// What pieces follow from beside source and corrections.
    ground: String,
    /// The names of the entries that this build found or wrote.
    used: Mutex<BTreeSet<String>>,
}

impl Cache {
    /// The cache beside `releases`.
    pub(super) fn open(releases: &Path, ground: &Ground) -> Self {
        let ground = format!("{PROGRAM} {}", ground.sum);
        Self { folder: releases.join(CACHE_DIR), ground, used: Mutex::default() }
    }

    /// The piece of the source with this sum, where there is one that these corrections give.
    pub(super) fn find(&self, sum: &FileSum, corrections: &Corrections) -> Option<Piece> {
        let name = self.name_of(sum);
        let piece = decode(&fs::read(self.folder.join(&name)).ok()?)?;
        let said = corrections.text_of(&sum.path, piece.number.as_deref());
        if piece.sum != *sum || piece.corrections != said {
            return None;
        }
        self.use_entry(name);
        Some(piece)
    }

    /// Keeps a piece. Where the disk refuses, it is made anew the next time.
    pub(super) fn keep(&self, piece: &Piece) {
        let name = self.name_of(&piece.sum);
        let path = self.folder.join(&name);
        let written = fs::create_dir_all(&self.folder)
            .and_then(|()| fs::write(&path, encode(piece).unwrap_or_default()));
        if let Err(error) = written {
            tracing::warn!(%error, path = %path.display(), "not kept for the next build");
        }
        self.use_entry(name);
    }

    /// Removes the entries that this build had no use for: of sources that are gone or have changed, or of another program.
    pub(super) fn tidy(&self) {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        for entry in entries {
            if !used.contains(&*entry.file_name().to_string_lossy()) {
                // An entry too many takes room, and the next build tries again.
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    fn use_entry(&self, name: String) {
        self.used.lock().unwrap_or_else(PoisonError::into_inner).insert(name);
    }

    fn name_of(&self, sum: &FileSum) -> String {
        let follows_from = format!("{}\n{}\n{}", self.ground, sum.sha256, sum.path);
        FileSum::of_bytes("", follows_from.as_bytes()).sha256
    }
}

/// An entry: the checksum of all that follows, the lengths of the two graphs, a line of JSON, and the graphs, packed.
fn encode(piece: &Piece) -> Option<Vec<u8>> {
    let mut packed = serde_json::to_vec(piece).ok()?;
    packed.push(b'\n');
    for graph in [&piece.across, &piece.quads] {
        let part = pack(graph).ok()?;
        packed.extend((part.len() as u64).to_le_bytes());
        packed.extend(part);
    }
    let mut entry = FileSum::of_bytes("", &packed).sha256.into_bytes();
    entry.extend(packed);
    Some(entry)
}

/// The piece that an entry holds; `None` where it is damaged.
fn decode(entry: &[u8]) -> Option<Piece> {
    let (sum, packed) = entry.split_at_checked(SUM_CHARS)?;
    if FileSum::of_bytes("", packed).sha256.as_bytes() != sum {
        return None;
    }
    let line_end = packed.iter().position(|byte| *byte == b'\n')?;
    let (head, mut rest) = packed.split_at_checked(line_end)?;
    rest = rest.get(1..)?;
    let mut next = || {
        let (len, after) = rest.split_first_chunk()?;
        let len = usize::try_from(u64::from_le_bytes(*len)).ok()?;
        let (part, after) = after.split_at_checked(len)?;
        rest = after;
        unpack(part).ok()
    };
    let (across, quads) = (next()?, next()?);
    Some(Piece { across, quads, is_cached: true, ..serde_json::from_slice(head).ok()? })
}

/// The fastest level: N-Quads repeat so much that a better one saves little.
fn pack(graph: &[u8]) -> io::Result<Vec<u8>> {
    let mut packer = DeflateEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(graph)?;
    packer.finish()
}

fn unpack(part: &[u8]) -> io::Result<Vec<u8>> {
    let mut graph = Vec::new();
    DeflateDecoder::new(part).read_to_end(&mut graph)?;
    Ok(graph)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece() -> Piece {
        Piece {
            sum: FileSum::of_bytes("苗圃.txt", "海滨市苗圃".as_bytes()),
            key: "海政发〔2031〕7号".to_owned(),
            number: Some("海政发〔2031〕7号".to_owned()),
            corrections: String::new(),
            findings: vec!["SiteNoise".to_owned()],
            across: b"<a> <b> <c> .\n".to_vec(),
            quads: b"<a> <b> \"\\n\" .\n".repeat(100),
            is_cached: true,
        }
    }

    #[test]
    fn an_entry_gives_back_the_piece() {
        assert_eq!(decode(&encode(&piece()).unwrap()), Some(piece()));
    }

    #[test]
    fn an_entry_with_a_changed_or_missing_byte_is_none() {
        let entry = encode(&piece()).unwrap();
        for at in 0..entry.len() {
            let mut changed = entry.clone();
            changed[at] ^= 1;
            assert_eq!(decode(&changed), None, "byte {at}");
            assert_eq!(decode(&entry[..at]), None, "{at} bytes");
        }
    }
}
