//! `zhengtu releases`, `rollback` and `prune`: what a folder of releases holds, and which of them is served. In: the folder. Out: a line a
//! release, and an exit status.

use anyhow::Result;
use serde_json::{Value, json};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::SystemTime;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use zhengtu::config::{PruneArgs, ReleasesArgs, RollbackArgs};
use zhengtu::release::{self, Fate, Listed};

/// What the list shows of each release.
const SHOWN: [&str; 4] = ["document", "measure", "department", "quads"];

/// Lists the releases, the last published first.
pub(crate) fn list(releases: &Path, args: &ReleasesArgs) -> Result<ExitCode> {
    let listed = release::list_releases(releases)?;
    if args.json {
        crate::print_json(&listed.iter().map(as_json).collect::<Vec<_>>())?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut out = BufWriter::new(io::stdout().lock());
    for release in &listed {
        let mark = if release.is_current { '*' } else { ' ' };
        let said = match &release.manifest {
            Ok(manifest) => SHOWN
                .map(|name| format!("{} {name}", manifest.counts.get(name).copied().unwrap_or(0)))
                .join(", "),
            Err(error) => error.to_string(),
        };
        writeln!(out, "{mark} {}  {}  {said}", release.id, moment(release.published))?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn as_json(release: &Listed) -> Value {
    let Listed { id, published, is_current, manifest } = release;
    let mut value = json!({
        "release": id,
        "published": moment(*published),
        "current": is_current,
    });
    let (name, said) = match manifest {
        Ok(manifest) => ("counts", json!(manifest.counts)),
        Err(error) => ("fault", json!(error.to_string())),
    };
    if let Some(fields) = value.as_object_mut() {
        fields.insert(name.to_owned(), said);
    }
    value
}

/// A moment in UTC, to the second.
fn moment(at: SystemTime) -> String {
    let at = OffsetDateTime::from(at);
    let at = at.replace_nanosecond(0).unwrap_or(at);
    at.format(&Rfc3339).unwrap_or_default()
}

/// Makes another release current.
pub(crate) fn roll_back(releases: &Path, args: &RollbackArgs) -> Result<ExitCode> {
    let id = release::roll_back(releases, args.id.as_deref())?;
    eprintln!("release {id} is current");
    Ok(ExitCode::SUCCESS)
}

/// Removes old releases and says what became of each.
pub(crate) fn prune(releases: &Path, args: &PruneArgs) -> Result<ExitCode> {
    for (id, fate) in release::prune(releases, args.keep)? {
        let said = match fate {
            Fate::Removed => "removed",
            Fate::InUse => "kept: a process has it open",
            Fate::Current => "kept: it is the current one",
        };
        writeln!(io::stdout(), "{id} {said}")?;
    }
    Ok(ExitCode::SUCCESS)
}
