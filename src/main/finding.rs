//! The commands that find: `search`, `related`, `suggest`. In: their options and the current release; out: lines of tabs for people and scripts, or JSON as the service gives it.

use super::{finish, print_json};
use anyhow::{Context as _, Result};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;
use zhengtu::config::{RelatedArgs, SearchArgs, SuggestArgs};
use zhengtu::index::{Hit, Related, Search, Segment};
use zhengtu::release::{Answer, Release};

pub(crate) fn search(releases: &Path, args: &SearchArgs) -> Result<ExitCode> {
    let release = Release::open(releases)?;
    let page = usize::try_from(args.page).unwrap_or(usize::MAX);
    let search = Search {
        words: args.words.join(" "),
        within: args.within.clone(),
        kinds: args.kinds.clone(),
        mode: args.mode,
        titles_only: args.titles_only,
        filters: args.filters.clone(),
        has_targets: args.targets,
        sort: args.sort,
        offset: (page - 1).saturating_mul(args.hits_max),
        hits_max: args.hits_max,
    };
    let answer = Answer::to(&search, &release.index, &release.suggestions);
    if args.json {
        print_json(&answer)?;
        return Ok(ExitCode::SUCCESS);
    }
    let results = &answer.results;
    if results.total == 0 {
        eprintln!("no hits for {}", search.words);
    } else if results.relaxed {
        eprintln!("nothing has all the words; these have most of them");
    }
    if let Some(meant) = &answer.did_you_mean {
        eprintln!("did you mean {meant}");
    }
    let mut out = BufWriter::new(io::stdout().lock());
    for hit in &results.hits {
        write_hit(&mut out, hit)?;
    }
    finish(out)
}

pub(crate) fn related(releases: &Path, args: &RelatedArgs) -> Result<ExitCode> {
    let release = Release::open(releases)?;
    let related = release.index.related(&args.iri, args.hits_max);
    let related = related.with_context(|| {
        format!("{} is nothing that is searched; `zhengtu search` prints IRIs that are", args.iri)
    })?;
    if args.json {
        print_json(&related)?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut out = BufWriter::new(io::stdout().lock());
    let Related { similar, above, below, same_indicator } = &related;
    let lists = [
        ("similar", similar),
        ("above", above),
        ("below", below),
        ("same indicator", same_indicator),
    ];
    for (name, hits) in lists.into_iter().filter(|(_, hits)| !hits.is_empty()) {
        writeln!(out, "{name}:")?;
        hits.iter().try_for_each(|hit| write_hit(&mut out, hit))?;
    }
    finish(out)
}

pub(crate) fn suggest(releases: &Path, args: &SuggestArgs) -> Result<ExitCode> {
    let release = Release::open(releases)?;
    let suggestions = release.suggestions.suggest(&args.words.join(" "), args.max);
    if args.json {
        print_json(&suggestions)?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut out = BufWriter::new(io::stdout().lock());
    for suggestion in suggestions {
        let iri = suggestion.iri.unwrap_or_default();
        writeln!(out, "{}\t{}\t{iri}", suggestion.kind.name(), suggestion.text)?;
    }
    finish(out)
}

fn write_hit(out: &mut impl Write, hit: &Hit) -> io::Result<()> {
    writeln!(out, "{}\t{}\t{}", hit.kind.name(), marked(&hit.title), hit.iri)?;
    if !hit.snippet.is_empty() {
        writeln!(out, "\t{}", marked(&hit.snippet))?;
    }
    // What stands there in another form than it was asked for.
    for reason in hit.reasons.iter().filter(|reason| !reason.found.contains(&reason.asked)) {
        writeln!(out, "\t{} → {}", reason.asked, reason.found)?;
    }
    if !hit.missing.is_empty() {
        writeln!(out, "\twithout {}", hit.missing.join(", "))?;
    }
    Ok(())
}

/// Segments as one line, hits between 【】, which no terminal setting can hide.
fn marked(segments: &[Segment]) -> String {
    let mark = |segment: &Segment| {
        if segment.hit { format!("【{}】", segment.text) } else { segment.text.clone() }
    };
    segments.iter().map(mark).collect::<String>().replace('\n', " ")
}
