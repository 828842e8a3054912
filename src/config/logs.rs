//! The log. In: its form and a filter; out: lines on standard error, for people or one JSON object each.

use super::Cli;
use clap::ValueEnum;
use std::io::IsTerminal as _;
use tracing_subscriber::EnvFilter;

/// How the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogForm {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// A filter, looked at so that a wrong one is an error of the command line.
pub(super) fn parse_filter(text: &str) -> Result<String, String> {
    EnvFilter::try_new(text).map_err(|error| error.to_string())?;
    Ok(text.to_owned())
}

/// Sends the log to standard error, as the options say.
pub fn init_logs(cli: &Cli) {
    let log = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(&cli.log_filter))
        .with_writer(std::io::stderr)
        // Colours are for who looks.
        .with_ansi(std::io::stderr().is_terminal())
        .with_target(false);
    match cli.log {
        LogForm::Text => log.init(),
        LogForm::Json => log.json().flatten_event(true).with_current_span(false).init(),
    }
}
