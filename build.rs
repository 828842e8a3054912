//! Says of which sources the program is made, and bundles the editor of the query page. In: what reads documents and writes
//! releases, and the lock file; `web/editor/` and `web/words.js` with what npm has fetched for it. Out: `ZHENGTU_FINGERPRINT`, sixteen hexadecimal
//! digits that are others whenever one of these files is; `editor.js`, empty where there is no Node or nothing was fetched. The
//! rooms that only serve, check or run are left out of the digits, so that a change of a page reads no document anew. Nothing
//! is fetched here.

use std::collections::hash_map::DefaultHasher;
use std::env;
use std::fs;
use std::hash::Hasher as _;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

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
    tell_fingerprint()?;
    bundle_editor()
}

fn tell_fingerprint() -> io::Result<()> {
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

/// Writes the bundle of the editor. A mistake in its sources ends the build; that npm or Node is not there does not.
fn bundle_editor() -> io::Result<()> {
    let folder = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo sets OUT_DIR"))?;
    let bundle = Path::new(&folder).join("editor.js");
    if Path::new("web/node_modules").is_dir() {
        for part in ["editor", "words.js", "bundle.js", "package-lock.json", "node_modules"] {
            println!("cargo:rerun-if-changed=web/{part}");
        }
        let made = Command::new("node").arg("web/bundle.js").arg(&bundle).status();
        match made {
            Ok(status) if status.success() => return Ok(()),
            Ok(status) => {
                let message = format!("node web/bundle.js: {status}; try npm ci --prefix web");
                return Err(io::Error::other(message));
            }
            Err(error) => println!(
                "cargo:warning=the query page gets a plain box instead of its editor: node does not run ({error})"
            ),
        }
    } else {
        // A folder that appears is seen by the folder that it is in.
        println!("cargo:rerun-if-changed=web");
        println!(
            "cargo:warning=the query page gets a plain box instead of its editor: run npm ci --prefix web, and build again"
        );
    }
    fs::write(bundle, "")
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
