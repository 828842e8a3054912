//! Says of which sources the program is made. In: what reads documents and writes releases, and the lock file. Out:
//! `ZHENGTU_FINGERPRINT`, sixteen hexadecimal digits that are others whenever one of these files is. The rooms that only
//! serve, check or run are left out, so that a change of a page reads no document anew.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::Hasher as _;
use std::io;
use std::path::{Path, PathBuf};

/// Files and folders that what is read and written follows from.
const PARTS: [&str; 15] = [
    "Cargo.lock",
    "data/lexicon/readings.tsv",
    "ontology",
    "src/text",
    "src/document",
    "src/extract",
    "src/correct",
    "src/graph",
    "src/image",
    "src/store",
    "src/index",
    "src/suggest",
    "src/release",
    "src/pipeline",
    "src/pipeline.rs",
];

fn main() -> io::Result<()> {
    let mut files = Vec::new();
    for part in PARTS {
        println!("cargo:rerun-if-changed={part}");
        list(Path::new(part), &mut files)?;
    }
    println!("cargo:rerun-if-changed=build.rs");
    files.sort();
    // No secret and no proof: it has to differ where the sources do, between builds by one compiler.
    let mut hash = DefaultHasher::new();
    for file in files {
        hash.write(file.to_string_lossy().as_bytes());
        hash.write(&fs::read(&file)?);
    }
    println!("cargo:rustc-env=ZHENGTU_FINGERPRINT={:016x}", hash.finish());
    Ok(())
}

fn list(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            list(&entry?.path(), files)?;
        }
    } else {
        files.push(path.to_owned());
    }
    Ok(())
}
