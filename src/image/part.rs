//! Parts of an image before they are put together. In: bytes in order; out: the same bytes, with length and checksum. What is large
//! waits in a temporary file without a name, which is gone with the process, however that ends.

use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::PathBuf;
use tempfile::{SpooledTempFile, spooled_tempfile, spooled_tempfile_in, tempfile_in};

/// Where things wait that are not at hand.
#[derive(Clone, Debug)]
pub(super) enum Waiting {
    /// In memory, whatever it takes.
    Memory,
    /// In temporary files in this directory, beyond so many bytes of memory in all.
    Files {
        /// Where temporary files are made.
        directory: PathBuf,
        /// Bounds what is held in memory.
        memory_bytes: usize,
    },
}

impl Waiting {
    /// How much memory may be taken in all; `None` for any amount.
    pub(super) fn memory_bytes(&self) -> Option<usize> {
        match self {
            Self::Memory => None,
            Self::Files { memory_bytes, .. } => Some(*memory_bytes),
        }
    }

    /// A new temporary file.
    ///
    /// # Errors
    /// Where none can be made.
    pub(super) fn file(&self) -> io::Result<File> {
        match self {
            Self::Memory => Err(io::Error::other("no directory for temporary files")),
            Self::Files { directory, .. } => tempfile_in(directory),
        }
    }
}

/// The parts of an image share a small piece of the memory: a part is written once and read once, in order.
const PART_SHARE: usize = 64;

/// The bytes of a section, as they are written.
pub(super) struct Part {
    spool: BufWriter<SpooledTempFile>,
    sum: crc32fast::Hasher,
    len: u64,
}

impl Part {
    pub(super) fn new(waiting: &Waiting) -> Self {
        let spool = match waiting {
            Waiting::Memory => spooled_tempfile(usize::MAX),
            Waiting::Files { directory, memory_bytes } => {
                spooled_tempfile_in(*memory_bytes / PART_SHARE, directory)
            }
        };
        Self { spool: BufWriter::new(spool), sum: crc32fast::Hasher::new(), len: 0 }
    }

    /// # Errors
    /// Where the temporary file cannot be written.
    pub(super) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.sum.update(bytes);
        self.len += bytes.len() as u64;
        self.spool.write_all(bytes)
    }

    pub(super) fn len(&self) -> u64 {
        self.len
    }

    /// Checksum (CRC-32) of everything written.
    pub(super) fn sum(&self) -> u32 {
        self.sum.clone().finalize()
    }

    /// Copies everything written to `to`.
    ///
    /// # Errors
    /// Where the temporary file cannot be read or `to` cannot be written.
    pub(super) fn copy_to(self, to: &mut impl Write) -> io::Result<()> {
        let mut spool = self.spool.into_inner().map_err(io::IntoInnerError::into_error)?;
        spool.seek(SeekFrom::Start(0))?;
        let copied = io::copy(&mut (&mut spool).take(self.len), to)?;
        if copied == self.len { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
    }
}
