//! The command line and the environment, turned into the options of each room.
//!
//! In: arguments and `ZHENGTU_*` variables. Out: a [`Command`] with every default filled in. This is
//! the only room that reads the environment. `--help` is written to be worked from.

use crate::store::Limits;
use crate::worker::PoolOptions;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// 政图 Zhengtu: Chinese government policy documents as a knowledge graph.
///
/// Without a command: builds a release from data/ if there is none, then serves it on
/// http://127.0.0.1:7878.
#[derive(Debug, Parser)]
#[command(
    name = "zhengtu",
    version,
    after_help = "Exit status: 0 done; 1 the answer is no (shapes violated, sources skipped); \
                  2 the command line, a file or a query is wrong; 3 the release is missing or damaged, \
                  another command writes to its folder, or the port is in use."
)]
pub struct Cli {
    /// What to do; without it, build if needed and serve.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Folder that releases are kept in.
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        default_value = "release",
        env = "ZHENGTU_RELEASES"
    )]
    pub releases: PathBuf,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read sources and publish a release: graph, text index, summary.
    Build(BuildArgs),
    /// Serve a release over HTTP: the current one, and the next when it is built.
    Serve(ServeArgs),
    /// List the releases, the last published first.
    Releases(ReleasesArgs),
    /// Make another release the current one: that with this id, or the one published before.
    Rollback(RollbackArgs),
    /// Remove old releases. The current one and those that a process has open stay.
    Prune(PruneArgs),
    /// Read one document and print what was found in it.
    Extract(ExtractArgs),
    /// Run a SPARQL query over the current release.
    Query(QueryArgs),
    /// Search the current release as the search box does.
    Search(SearchArgs),
    /// Check the current release, or RDF files, against the shapes.
    Validate(ValidateArgs),
    /// Print the whole graph of the current release.
    Export(ExportArgs),
    /// Answer the queries of a service that started this process; not for use by hand.
    #[command(hide = true)]
    Worker(WorkerArgs),
}

/// Where the ground state is read from.
#[derive(Clone, Debug, Args)]
pub struct GroundArgs {
    /// Ground state: documents/, records/, lexicon/.
    #[arg(long, value_name = "DIR", default_value = "data", env = "ZHENGTU_DATA")]
    pub data: PathBuf,
    /// Questions shown on the query page, one .rq file each.
    #[arg(long, value_name = "DIR", default_value = "queries", env = "ZHENGTU_QUERIES")]
    pub queries: PathBuf,
    /// Namespace of the IRIs that the release mints; ends in / .
    #[arg(
        long,
        value_name = "IRI",
        default_value = crate::graph::DEFAULT_BASE,
        env = "ZHENGTU_BASE"
    )]
    pub base: String,
    /// Leave out the packed files of the graph that the service hands out under /dump/.
    #[arg(long, env = "ZHENGTU_NO_DUMPS")]
    pub no_dumps: bool,
}

/// Arguments of `build`.
#[derive(Debug, Args)]
pub struct BuildArgs {
    /// Files or folders to read [default: documents/ in the data folder].
    pub sources: Vec<PathBuf>,
    /// Stop after this stage and print what it made, instead of publishing a release.
    #[arg(long, value_enum)]
    pub until: Option<Stage>,
    /// N-Quads files to publish as they are, instead of documents; - reads standard input.
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with_all = ["sources", "until"])]
    pub nquads: Vec<PathBuf>,
    /// Check the graph of --nquads against the shapes; the graph of documents always is.
    #[arg(long, requires = "nquads")]
    pub check: bool,
    /// Print the summary as JSON.
    #[arg(long)]
    pub json: bool,
    /// Where the ground state is.
    #[command(flatten)]
    pub ground: GroundArgs,
}

/// A stage that `build --until` can stop after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Stage {
    /// The clean text of each source.
    Text,
    /// What was read in each source, as JSON, one object a line.
    Document,
    /// The whole graph, as N-Quads.
    Graph,
}

/// Arguments of `serve`.
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// Address and port.
    #[arg(
        long,
        value_name = "ADDR:PORT",
        default_value = "127.0.0.1:7878",
        env = "ZHENGTU_LISTEN"
    )]
    pub listen: SocketAddr,
    /// Serve this release and stay with it, whatever becomes current.
    #[arg(long, value_name = "ID")]
    pub release: Option<String>,
    /// Seconds after SIGTERM in which new requests are still answered while /readyz says 503.
    #[arg(long, value_name = "SECONDS", default_value_t = 1, env = "ZHENGTU_NOTICE")]
    pub notice_s: u64,
    /// Seconds that running requests then have to end; a query has 30.
    #[arg(long, value_name = "SECONDS", default_value_t = 35, env = "ZHENGTU_DRAIN")]
    pub drain_s: u64,
    /// Memory for answers to queries that are kept to be given again, in MB; 0 to keep none.
    #[arg(
        long,
        value_name = "MB",
        default_value_t = 64,
        value_parser = clap::value_parser!(u64).range(0..=1_048_576),
        env = "ZHENGTU_KEPT_MB"
    )]
    pub kept_mb: u64,
    /// What queries may take.
    #[command(flatten)]
    pub pool: PoolArgs,
}

/// Arguments of `releases`.
#[derive(Debug, Args)]
pub struct ReleasesArgs {
    /// Print the list as JSON.
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `rollback`.
#[derive(Debug, Args)]
pub struct RollbackArgs {
    /// The release to go to [default: the one published before the current one].
    pub id: Option<String>,
}

/// Arguments of `prune`.
#[derive(Debug, Args)]
pub struct PruneArgs {
    /// Releases to keep, the last published ones.
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub keep: usize,
}

/// What the queries of strangers may take; each runs in a worker process of its own.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Limits of queries")]
pub struct PoolArgs {
    /// Time of one query, in milliseconds; half a second later its worker is killed.
    #[arg(
        long,
        value_name = "MS",
        default_value_t = Limits::default().timeout_ms,
        value_parser = clap::value_parser!(u64).range(1..=86_400_000),
        env = "ZHENGTU_TIMEOUT_MS"
    )]
    pub timeout_ms: u64,
    /// Private memory of one worker, in MB, beside its stack and the files that all share.
    #[arg(
        long,
        value_name = "MB",
        default_value_t = 1024,
        value_parser = clap::value_parser!(u64).range(16..=1_048_576),
        env = "ZHENGTU_MEMORY_MB"
    )]
    pub memory_mb: u64,
    /// Workers kept ready [default: one for each processor].
    #[arg(long, value_name = "N", env = "ZHENGTU_WORKERS")]
    pub workers: Option<NonZeroUsize>,
    /// Workers at most, when those kept ready are busy for long [default: four times as many].
    #[arg(long, value_name = "N", env = "ZHENGTU_WORKERS_MAX")]
    pub workers_max: Option<NonZeroUsize>,
    /// Queries that may wait for a worker; more are refused at once.
    #[arg(long, value_name = "N", default_value_t = 256, env = "ZHENGTU_WAITING_MAX")]
    pub waiting_max: usize,
    /// How long each of them may wait, in milliseconds.
    #[arg(long, value_name = "MS", default_value_t = 10_000, env = "ZHENGTU_WAIT_MS")]
    pub wait_ms: u64,
}

impl PoolArgs {
    /// The pool for the release in `release_dir`, of workers that run `program`.
    pub fn options(&self, program: PathBuf, release_dir: PathBuf) -> PoolOptions {
        let processors = || std::thread::available_parallelism().map_or(2, NonZeroUsize::get);
        let workers = self.workers.map_or_else(processors, NonZeroUsize::get);
        let (memory_bytes, kept) = (self.memory_mb << 20, Limits::default().links_bytes_max);
        PoolOptions {
            program,
            release_dir,
            limits: Limits {
                timeout_ms: self.timeout_ms,
                // The rest is for the query itself.
                links_bytes_max: usize::try_from(memory_bytes / 8)
                    .map_or(kept, |part| part.min(kept)),
                ..Limits::default()
            },
            memory_bytes,
            workers,
            workers_max: self.workers_max.map_or(workers.saturating_mul(4), NonZeroUsize::get),
            // More than the semaphore behind it can count is as good as no bound.
            waiting_max: self.waiting_max.min(1 << 20),
            wait_ms: self.wait_ms,
        }
    }
}

/// Arguments of `worker`.
#[derive(Debug, Args)]
pub struct WorkerArgs {
    /// Folder of one release.
    #[arg(long)]
    pub release_dir: PathBuf,
    /// Limits of each query, as JSON.
    #[arg(long, value_parser = |json: &str| serde_json::from_str::<Limits>(json))]
    pub limits: Limits,
    /// Private memory of the process beside its stack.
    #[arg(long)]
    pub memory_bytes: u64,
}

/// Arguments of `extract`.
#[derive(Debug, Args)]
pub struct ExtractArgs {
    /// The document: .txt, .html, .docx, .doc, .wps or .pdf; - reads standard input.
    pub file: PathBuf,
    /// Form of the output.
    #[arg(long, value_enum, default_value = "json")]
    pub format: ExtractFormat,
    /// Where the ground state is.
    #[command(flatten)]
    pub ground: GroundArgs,
}

/// What `extract` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExtractFormat {
    /// Header, outline, measures, targets, references and findings.
    Json,
    /// The triples of the document.
    Turtle,
}

/// Arguments of `query`.
#[derive(Debug, Args)]
pub struct QueryArgs {
    /// A file with the query; - reads standard input.
    pub file: PathBuf,
    /// Form of the answer [default: table for SELECT and ASK, turtle for CONSTRUCT and DESCRIBE].
    #[arg(long, value_enum)]
    pub format: Option<QueryFormat>,
    /// Short for --format json.
    #[arg(long, conflicts_with = "format")]
    pub json: bool,
}

/// What `query` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum QueryFormat {
    /// Tab-separated values as people read them: labels and numbers without RDF syntax.
    Table,
    /// SPARQL results as JSON.
    Json,
    /// SPARQL results as XML.
    Xml,
    /// SPARQL results as CSV.
    Csv,
    /// SPARQL results as TSV.
    Tsv,
    /// Triples as Turtle.
    Turtle,
    /// Triples as N-Triples.
    Ntriples,
    /// Triples as RDF/XML.
    Rdfxml,
    /// Triples as JSON-LD.
    Jsonld,
}

/// Arguments of `search`.
#[derive(Debug, Args)]
pub struct SearchArgs {
    /// Words as one would type them into the search box.
    #[arg(required = true)]
    pub words: Vec<String>,
    /// At most so many hits.
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub hits_max: usize,
    /// Print hits and facets as JSON.
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `validate`.
#[derive(Debug, Args)]
pub struct ValidateArgs {
    /// Turtle or N-Quads files to check instead of the current release.
    pub files: Vec<PathBuf>,
    /// Print the report as JSON.
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `export`.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// Form of the output; Turtle and JSON-LD give each triple once, without its graph.
    #[arg(long, value_enum, default_value = "nquads")]
    pub format: ExportFormat,
    /// File to write [default: standard output].
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// What `export` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// N-Quads, with the graph of each triple.
    Nquads,
    /// Turtle.
    Turtle,
    /// JSON-LD.
    Jsonld,
}

/// Arguments of a command that was not typed: its defaults, and what the environment says. Ends the
/// program with a message where a variable has no valid value.
pub fn from_environment<A: Args>() -> A {
    let command = A::augment_args(clap::Command::new("zhengtu"));
    let matches = command.get_matches_from(["zhengtu"]);
    A::from_arg_matches(&matches).unwrap_or_else(|error| error.exit())
}

/// Sends the log to standard error; `ZHENGTU_LOG` chooses what, e.g. `zhengtu=debug`.
pub fn init_logs() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("ZHENGTU_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_target(false)
        .init();
}
