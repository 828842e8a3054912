//! The command line: one function a command. In: arguments. Out: text on standard output, one line on
//! standard error where something is wrong, and an exit status (`zhengtu --help` lists them).

use anyhow::{Context, Result, bail};
use indicatif::ProgressBar;
use oxigraph::io::{RdfFormat, RdfParser, RdfSerializer};
use oxigraph::model::vocab::rdf;
use oxigraph::model::{Quad, Triple};
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufWriter, Read as _, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use zhengtu::config::{
    self, BuildArgs, Command, ExportArgs, ExportFormat, ExtractArgs, ExtractFormat, GroundArgs,
    Invocation, QueryArgs, QueryFormat, Stage, ValidateArgs,
};
use zhengtu::graph::Mint;
use zhengtu::pipeline::{
    self, BuildOptions, BuildSummary, GraphSummary, Ground, OnProgress, Progress, ShapesSummary,
};
use zhengtu::release::{Release, ReleaseError};
use zhengtu::remote::Hosts;
use zhengtu::shapes::Severity;
use zhengtu::store::{AnswerFormat, DatasetChoice, Prepared, QueryForm, Store};

#[path = "main/describing.rs"]
mod describing;
#[path = "main/finding.rs"]
mod finding;
#[path = "main/serving.rs"]
mod serving;
#[path = "main/shelf.rs"]
mod shelf;
#[path = "main/talk.rs"]
mod talk;

use serving::serve;

/// The answer is no: shapes violated, sources skipped.
const STATUS_NO: u8 = 1;
/// The command line, a file or a query is wrong.
const STATUS_INPUT: u8 = 2;
/// The release is missing or damaged, another command writes to its folder, or the port is in use.
const STATUS_RELEASE: u8 = 3;

fn main() -> ExitCode {
    match Invocation::read().map_err(anyhow::Error::from).and_then(run) {
        Ok(status) => status,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let line = one_line(&error);
            // Nothing is left to do where standard error is closed too.
            let _ = writeln!(io::stderr(), "zhengtu: {line}");
            ExitCode::from(status_of(&error))
        }
    }
}

fn run(mut invocation: Invocation) -> Result<ExitCode> {
    config::init_logs(&invocation.cli);
    let command = invocation.cli.command.take();
    let releases = invocation.cli.releases.as_path();
    match command {
        None => {
            if !Release::exists(releases) {
                eprintln!("no release in {} yet: building one", releases.display());
                let ground = invocation.untyped::<GroundArgs>();
                print_summary(&build_with_bar(&build_options(releases, &ground, Vec::new()))?);
            }
            serve(releases, &invocation.untyped())
        }
        Some(Command::Build(args)) => build(releases, args),
        Some(Command::Serve(args)) => serve(releases, &args),
        Some(Command::Releases(args)) => shelf::list(releases, &args),
        Some(Command::Rollback(args)) => shelf::roll_back(releases, &args),
        Some(Command::Prune(args)) => shelf::prune(releases, &args),
        Some(Command::Extract(args)) => extract(&args),
        Some(Command::Query(args)) => query(releases, &args),
        Some(Command::Search(args)) => finding::search(releases, &args),
        Some(Command::Related(args)) => finding::related(releases, &args),
        Some(Command::Suggest(args)) => finding::suggest(releases, &args),
        Some(Command::Validate(args)) => validate(releases, &args),
        Some(Command::Export(args)) => export(releases, &args),
        Some(Command::Completions { shell }) => describing::complete(shell),
        Some(Command::Man { command }) => describing::describe(command.as_deref()),
        Some(Command::Mcp(args)) => talk::talk(releases, &args),
        Some(Command::Worker(args)) => {
            let hosts = Hosts::parse(args.service_host.iter().map(String::as_str))?;
            zhengtu::worker::work(&args.release_dir, args.limits, args.memory_bytes, hosts)?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Whether the reader of standard output went away, as `head` does.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}

/// What went wrong, from the outermost cause inwards; a cause that its effect already quotes is not repeated.
fn one_line(error: &anyhow::Error) -> String {
    let mut line = String::new();
    for cause in error.chain().map(ToString::to_string) {
        if !line.contains(&cause) {
            let separator = if line.is_empty() { "" } else { ": " };
            line = format!("{line}{separator}{cause}");
        }
    }
    line.replace('\n', " ")
}

fn status_of(error: &anyhow::Error) -> u8 {
    let in_use = error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::AddrInUse);
    let release_fault = error.downcast_ref::<ReleaseError>().is_some_and(|error| {
        use ReleaseError::{Base, NoneBefore, Question, Unknown};
        !matches!(error, Question { .. } | Base { .. } | Unknown { .. } | NoneBefore { .. })
    });
    if in_use || release_fault { STATUS_RELEASE } else { STATUS_INPUT }
}

fn build_options(releases: &Path, ground: &GroundArgs, sources: Vec<PathBuf>) -> BuildOptions {
    BuildOptions {
        sources,
        data: ground.data.clone(),
        queries: ground.queries.clone(),
        releases: releases.to_owned(),
        base_iri: ground.base.clone(),
        dumps: !ground.no_dumps,
    }
}

fn build(releases: &Path, args: BuildArgs) -> Result<ExitCode> {
    let options = build_options(releases, &args.ground, args.sources);
    if let Some(stage) = args.until {
        return build_until(stage, &options);
    }
    if !args.nquads.is_empty() {
        let summary = pipeline::build_from_nquads(&options, &args.nquads, args.check)?;
        return report_graph(&summary, args.json);
    }
    let summary = build_with_bar(&options)?;
    if args.json {
        print_json(&summary)?;
    } else {
        print_summary(&summary);
    }
    let whole = summary.skipped.is_empty() && summary.shapes.conforms;
    Ok(if whole { ExitCode::SUCCESS } else { ExitCode::from(STATUS_NO) })
}

fn report_graph(summary: &GraphSummary, as_json: bool) -> Result<ExitCode> {
    if as_json {
        print_json(summary)?;
    } else {
        eprintln!("release {}", summary.release);
        print_counts(&summary.counts);
        summary.shapes.iter().for_each(print_shapes);
    }
    let whole = summary.shapes.as_ref().is_none_or(|shapes| shapes.conforms);
    Ok(if whole { ExitCode::SUCCESS } else { ExitCode::from(STATUS_NO) })
}

fn build_with_bar(options: &BuildOptions) -> Result<BuildSummary> {
    with_bar(|progress| pipeline::build(options, progress))
}

/// Does `work` under a bar that shows on a terminal only, and is gone afterwards.
fn with_bar<T>(work: impl FnOnce(OnProgress<'_>) -> T) -> T {
    let bar = ProgressBar::new(0);
    let done = work(&|progress: Progress| {
        bar.set_length(progress.files_total as u64);
        bar.inc(1);
    });
    bar.finish_and_clear();
    done
}

fn build_until(stage: Stage, options: &BuildOptions) -> Result<ExitCode> {
    let mut out = BufWriter::new(io::stdout().lock());
    if stage == Stage::Text {
        for path in pipeline::list_sources(options)? {
            let (text, _) = pipeline::read_source(&path)?;
            writeln!(out, "{}", text.clean())?;
        }
        return finish(out);
    }
    let ground = Ground::load(&options.data, &options.base_iri)?;
    let sources = with_bar(|progress| {
        if stage == Stage::Document {
            return pipeline::read_corrected(options, &ground, progress, |document| {
                Ok(writeln!(out, "{}", serde_json::to_string(&document.report())?)?)
            });
        }
        pipeline::describe_all(options, &ground, progress, |nquads| Ok(out.write_all(nquads)?))
    })?;
    for source in &sources.skipped {
        eprintln!("skipped {}: {}", source.file, source.reason);
    }
    finish(out)
}

fn finish(mut out: impl Write) -> Result<ExitCode> {
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn print_summary(summary: &BuildSummary) {
    let BuildSummary { release, read, read_anew, from_cache, .. } = summary;
    eprintln!("release {release}: {read} sources, {read_anew} read anew, {from_cache} unchanged");
    print_counts(&summary.counts);
    for (kind, count) in &summary.findings {
        eprintln!("  {count:>8} finding {kind}");
    }
    for source in &summary.skipped {
        eprintln!("  skipped {}: {}", source.file, source.reason);
    }
    print_shapes(&summary.shapes);
}

fn print_counts(counts: &BTreeMap<String, usize>) {
    for (class, count) in counts {
        eprintln!("  {count:>8} {class}");
    }
}

fn print_shapes(shapes: &ShapesSummary) {
    if shapes.violations + shapes.warnings > 0 {
        let (violations, warnings) = (shapes.violations, shapes.warnings);
        eprintln!("  shapes: {violations} violations, {warnings} warnings; see `zhengtu validate`");
    }
}

fn print_json(value: &impl serde::Serialize) -> Result<()> {
    let mut out = io::stdout().lock();
    // As an I/O error a closed pipe is known as one.
    serde_json::to_writer_pretty(&mut out, value).map_err(io::Error::from)?;
    writeln!(out)?;
    Ok(())
}

fn extract(args: &ExtractArgs) -> Result<ExitCode> {
    let ground = Ground::load(&args.ground.data, &args.ground.base)?;
    let read = pipeline::read_document(&args.file, &ground)?;
    match args.format {
        ExtractFormat::Json => print_json(&read.report())?,
        ExtractFormat::Turtle => {
            let prefixes = Mint::new(&args.ground.base)?.prefixes();
            let quads = ground.describe(&read).into_quads();
            let mut out = BufWriter::new(io::stdout().lock());
            write_rdf(&mut out, RdfFormat::Turtle, &prefixes, quads)?;
            out.flush()?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn query(releases: &Path, args: &QueryArgs) -> Result<ExitCode> {
    let text = read_input(&args.file)?;
    let release = Release::open(releases)?;
    let prepared = release
        .endpoint
        .prepare(&text, DatasetChoice::default())
        .with_context(|| args.file.display().to_string())?;
    let asked = if args.json { Some(QueryFormat::Json) } else { args.format };
    let tabular = matches!(prepared.form(), QueryForm::Select | QueryForm::Ask);
    let format = match asked {
        None | Some(QueryFormat::Table) if tabular => return print_table(prepared),
        None | Some(QueryFormat::Turtle) => AnswerFormat::Turtle,
        Some(QueryFormat::Table) => bail!("a table cannot hold triples: use --format turtle"),
        Some(QueryFormat::Json) => AnswerFormat::Json,
        Some(QueryFormat::Xml) => AnswerFormat::Xml,
        Some(QueryFormat::Csv) => AnswerFormat::Csv,
        Some(QueryFormat::Tsv) => AnswerFormat::Tsv,
        Some(QueryFormat::Ntriples) => AnswerFormat::NTriples,
        Some(QueryFormat::Rdfxml) => AnswerFormat::RdfXml,
        Some(QueryFormat::Jsonld) => AnswerFormat::JsonLd,
    };
    let mut out = BufWriter::new(io::stdout());
    prepared.write(format, &mut out)?;
    finish(out)
}

/// Rows as people read them: SPARQL's CSV has no types; tabs instead of commas need no quotes.
fn print_table(prepared: Prepared) -> Result<ExitCode> {
    let mut answer = Vec::new();
    if prepared.form() == QueryForm::Ask {
        prepared.write(AnswerFormat::Json, &mut answer)?;
        let value: serde_json::Value = serde_json::from_slice(&answer)?;
        writeln!(io::stdout(), "{}", value.get("boolean").unwrap_or_default())?;
        return Ok(ExitCode::SUCCESS);
    }
    prepared.write(AnswerFormat::Json, &mut answer)?;
    let mut out = BufWriter::new(io::stdout().lock());
    let value: serde_json::Value = serde_json::from_slice(&answer)?;
    let names: Vec<&str> = list(&value, "/head/vars").filter_map(|v| v.as_str()).collect();
    writeln!(out, "{}", names.join("\t"))?;
    for row in list(&value, "/results/bindings") {
        let cell = |name: &&str| {
            let text = row.get(*name).and_then(|term| term.get("value")?.as_str());
            text.unwrap_or_default().replace(['\t', '\n'], " ")
        };
        writeln!(out, "{}", names.iter().map(cell).collect::<Vec<_>>().join("\t"))?;
    }
    finish(out)
}

fn list<'a>(
    value: &'a serde_json::Value,
    pointer: &str,
) -> impl Iterator<Item = &'a serde_json::Value> {
    value.pointer(pointer).and_then(serde_json::Value::as_array).into_iter().flatten()
}

fn read_input(file: &Path) -> Result<String> {
    if file == Path::new("-") {
        let mut text = String::new();
        io::stdin().read_to_string(&mut text).context("cannot read standard input")?;
        return Ok(text);
    }
    fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}

fn validate(releases: &Path, args: &ValidateArgs) -> Result<ExitCode> {
    let store = if args.files.is_empty() {
        let release = Release::open(releases)?;
        release.check()?;
        release.store
    } else {
        let mut quads = Vec::new();
        for file in &args.files {
            quads.extend(read_rdf(file)?);
        }
        Arc::new(Store::from_quads(quads))
    };
    let report = pipeline::check_shapes(&store)?;
    if args.json {
        print_json(&report.to_json())?;
    } else {
        write!(io::stdout(), "{report}")?;
    }
    let violated = report.count(Severity::Violation) > 0;
    Ok(if violated { ExitCode::from(STATUS_NO) } else { ExitCode::SUCCESS })
}

fn read_rdf(file: &Path) -> Result<Vec<Quad>> {
    let ending = file.extension().map(|e| e.to_string_lossy().into_owned()).unwrap_or_default();
    let Some(format) = RdfFormat::from_extension(&ending) else {
        bail!(
            "{}: the ending says no RDF format; use .ttl, .nq, .nt, .rdf or .jsonld",
            file.display()
        );
    };
    let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    RdfParser::from_format(format)
        .for_slice(&bytes)
        .collect::<Result<_, _>>()
        .with_context(|| format!("cannot read {}", file.display()))
}

fn export(releases: &Path, args: &ExportArgs) -> Result<ExitCode> {
    let release = Release::open(releases)?;
    let format = match args.format {
        ExportFormat::Nquads => RdfFormat::NQuads,
        ExportFormat::Turtle => RdfFormat::Turtle,
        ExportFormat::Jsonld => {
            RdfFormat::JsonLd { profile: oxigraph::io::JsonLdProfileSet::empty() }
        }
    };
    let quads: Box<dyn Iterator<Item = Quad>> = if format == RdfFormat::NQuads {
        Box::new(release.store.quads(None, None, None, None))
    } else {
        let triples = release.store.triples(None, None, None);
        Box::new(triples.map(|t| t.in_graph(oxigraph::model::GraphName::DefaultGraph)))
    };
    match &args.output {
        None => {
            let mut out = BufWriter::new(io::stdout().lock());
            write_rdf(&mut out, format, &release.prefixes, quads)?;
            finish(out)
        }
        Some(path) => {
            let file = fs::File::create(path)
                .with_context(|| format!("cannot write {}", path.display()))?;
            let mut out = BufWriter::new(file);
            write_rdf(&mut out, format, &release.prefixes, quads)?;
            finish(out)
        }
    }
}

/// Writes quads; a format without graphs gets the triples alone.
fn write_rdf(
    out: &mut impl Write,
    format: RdfFormat,
    prefixes: &[(String, String)],
    quads: impl IntoIterator<Item = Quad>,
) -> Result<()> {
    let mut serializer = RdfSerializer::from_format(format);
    for (prefix, namespace) in prefixes {
        serializer = serializer.with_prefix(prefix, namespace)?;
    }
    let mut writer = serializer.for_writer(out);
    if format.supports_datasets() {
        for quad in quads {
            writer.serialize_quad(&quad)?;
        }
    } else {
        // Turtle writes a subject once where its triples follow each other.
        let mut triples: Vec<Triple> = quads.into_iter().map(Triple::from).collect();
        triples.sort_by_cached_key(|t| (t.subject.to_string(), t.predicate != rdf::TYPE));
        for triple in &triples {
            writer.serialize_triple(triple)?;
        }
    }
    writer.finish()?;
    Ok(())
}
