//! The command line, the environment and a file, turned into the options of each room.
//!
//! In: arguments, `ZHENGTU_*` variables, and the file that one of them names. Out: a [`Command`] with every default filled in. Guarantee:
//! an argument counts before a variable, a variable before the file. This is the only room that reads the environment.
//! `--help` is written to be worked from.

mod file;
mod jobs;
mod logs;
mod search;
mod serve;

pub use file::Invocation;
pub use jobs::JobArgs;
pub use logs::{LogForm, init_logs};
pub use search::{RelatedArgs, SearchArgs, SuggestArgs};
pub use serve::{FairnessArgs, McpArgs, PoolArgs, ServeArgs, WorkerArgs};

use clap::{Args, CommandFactory as _, Parser, Subcommand, ValueEnum};
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
    /// File with options in TOML: names as here without the dashes, each with a value; a variable or an argument counts before it.
    #[arg(long, global = true, value_name = "FILE", env = "ZHENGTU_CONFIG")]
    pub config: Option<PathBuf>,
    /// Form of the log on standard error.
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "FORM",
        default_value = "text",
        env = "ZHENGTU_LOG_FORM"
    )]
    pub log: LogForm,
    /// What the log has, e.g. zhengtu=debug, or info,zhengtu::request=off to leave out the line of each request.
    #[arg(
        long,
        global = true,
        value_name = "FILTER",
        default_value = "info",
        value_parser = logs::parse_filter,
        env = "ZHENGTU_LOG"
    )]
    pub log_filter: String,
}

/// The command line as a whole, to be described.
pub fn command_line() -> clap::Command {
    Cli::command()
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
    /// Find what is like a resource, and its counterparts in other documents.
    Related(RelatedArgs),
    /// Suggest names that a text may become, as the search box does while it is typed.
    Suggest(SuggestArgs),
    /// Check the current release, or RDF files, against the shapes.
    Validate(ValidateArgs),
    /// Print the whole graph of the current release.
    Export(ExportArgs),
    /// Print completions for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page, of the program or of one command.
    Man {
        /// The command.
        command: Option<String>,
    },
    /// Speak the Model Context Protocol on standard input and output, over the current release.
    Mcp(McpArgs),
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

/// Arguments of `extract`.
#[derive(Debug, Args)]
pub struct ExtractArgs {
    /// The document: .txt, .md, .html, .docx, .doc, .wps or .pdf; - reads standard input.
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
