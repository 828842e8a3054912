//! The configuration file. In: TOML, one `name = value` for an option that also has a variable; out: the same options, with what the file
//! says in the place of their defaults. Guarantees: a key that is no option, and a value that the option would refuse, is an error with the line and the
//! key. Surprising: one file serves all commands, so a command does not mind options that only another has.

use super::{Cli, Command};
use clap::{ArgAction, Args, CommandFactory as _, FromArgMatches as _};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use toml::de::{DeTable, DeValue};

/// The options that the file gives: long name to value, which lives as long as the program, as clap wants it.
type Given = BTreeMap<String, &'static str>;

/// How the program was called.
#[derive(Debug)]
pub struct Invocation {
    /// The command line.
    pub cli: Cli,
    given: Given,
}

/// A configuration file that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It cannot be read.
    #[error("cannot read the configuration {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A line of it is wrong.
    #[error("{}, line {line}: {what}", path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong, with the key where there is one.
        what: String,
    },
}

impl Invocation {
    /// Reads the command line, the environment, and the file that one of them names. Ends the program with a message where an argument or a
    /// variable is wrong, and after `--help`.
    ///
    /// # Errors
    /// Where the file is wrong.
    pub fn read() -> Result<Self, FileError> {
        Self::of(&std::env::args_os().collect::<Vec<_>>())
    }

    fn of(arguments: &[OsString]) -> Result<Self, FileError> {
        let cli = parse(Cli::command(), arguments);
        // A worker is told everything by the service that starts it.
        let path = cli.config.clone().filter(|_| !matches!(cli.command, Some(Command::Worker(_))));
        let Some(path) = path else { return Ok(Self { cli, given: Given::new() }) };
        let text = std::fs::read_to_string(&path)
            .map_err(|source| FileError::Read { path: path.clone(), source })?;
        let given = read(&text, &path)?;
        let cli = parse(with_defaults(Cli::command(), &given), arguments);
        Ok(Self { cli, given })
    }

    /// Arguments of a command that was not typed: its defaults, and what the environment and the file say. Ends the program with a message
    /// where a variable has no valid value.
    pub fn untyped<A: Args>(&self) -> A {
        let command = with_defaults(A::augment_args(clap::Command::new("zhengtu")), &self.given);
        let matches = command.get_matches_from(["zhengtu"]);
        A::from_arg_matches(&matches).unwrap_or_else(|error| error.exit())
    }
}

fn parse(command: clap::Command, arguments: &[OsString]) -> Cli {
    let matches = command.get_matches_from(arguments);
    Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit())
}

/// `command` and those below it, with the values of the file as defaults.
fn with_defaults(command: clap::Command, given: &Given) -> clap::Command {
    let command =
        command.mut_args(|argument| match argument.get_long().and_then(|long| given.get(long)) {
            Some(value) if argument.get_env().is_some() => argument.default_value(*value),
            _ => argument,
        });
    command.mut_subcommands(|below| with_defaults(below, given))
}

/// The options that a file may give, by their long names: those that have a variable.
fn options() -> BTreeMap<String, clap::Arg> {
    let command = Cli::command();
    let below = command.get_subcommands().flat_map(clap::Command::get_arguments);
    let all = command.get_arguments().chain(below).filter(|argument| argument.get_env().is_some());
    let named =
        all.filter_map(|argument| Some((argument.get_long()?.to_owned(), argument.clone())));
    named.filter(|(long, _)| long != "config").collect()
}

fn read(text: &str, path: &Path) -> Result<Given, FileError> {
    let wrong = |byte: usize, what: String| {
        let before = text.as_bytes().get(..byte).unwrap_or_default();
        let line = memchr::memchr_iter(b'\n', before).count() + 1;
        FileError::Line { path: path.to_owned(), line, what }
    };
    let table = DeTable::parse(text).map_err(|error| {
        wrong(error.span().map_or(0, |span| span.start), error.message().to_owned())
    })?;
    let options = options();
    let mut given = Given::new();
    for (key, value) in table.get_ref() {
        let (place, key) = (key.span().start, key.get_ref().as_ref());
        let Some(option) = options.get(key) else {
            let known: Vec<_> = options.keys().map(String::as_str).collect();
            return Err(wrong(
                place,
                format!("{key} is no option; there are {}", known.join(", ")),
            ));
        };
        let value = text_of(option, value.get_ref())
            .and_then(|value| checked(option, key, value))
            .map_err(|what| wrong(place, format!("{key}: {what}")))?;
        given.insert(key.to_owned(), value.leak());
    }
    Ok(given)
}

/// A value as one would type it.
fn text_of(option: &clap::Arg, value: &DeValue<'_>) -> Result<String, String> {
    let is_switch = matches!(option.get_action(), ArgAction::SetTrue);
    match value {
        DeValue::Boolean(on) if is_switch => Ok(on.to_string()),
        _ if is_switch => Err("must be true or false".to_owned()),
        DeValue::String(text) => Ok(text.clone().into_owned()),
        DeValue::Integer(number) if number.radix() == 10 => Ok(number.as_str().to_owned()),
        _ => Err("must be a text in quotation marks or a whole number".to_owned()),
    }
}

/// `value`, where the option would take it from the command line.
fn checked(option: &clap::Arg, key: &str, value: String) -> Result<String, String> {
    if matches!(option.get_action(), ArgAction::SetTrue) {
        return Ok(value);
    }
    let alone = clap::Command::new("zhengtu").no_binary_name(true).arg(option.clone());
    match alone.try_get_matches_from([format!("--{key}={value}")]) {
        Ok(_) => Ok(value),
        Err(error) => {
            let message = error.to_string();
            let first = message.lines().next().unwrap_or_default();
            Err(first.trim_start_matches("error: ").to_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        read(text, Path::new("z.toml")).unwrap_err().to_string()
    }

    fn cli(text: &str, arguments: &[&str]) -> Cli {
        let given = read(text, Path::new("z.toml")).unwrap();
        let arguments: Vec<_> = arguments.iter().map(OsString::from).collect();
        parse(with_defaults(Cli::command(), &given), &arguments)
    }

    #[test]
    fn a_value_of_the_file_stands_until_an_argument_says_otherwise() {
        let text = "releases = \"/srv/r\"\ntimeout-ms = 5_000\nno-dumps = true\nworkers = 3\n";
        let text = text.replace('_', "");
        let typed = ["zhengtu", "serve", "--timeout-ms", "7"];
        for (arguments, timeout_ms) in [(&typed[..2], 5_000), (&typed[..], 7)] {
            let cli = cli(&text, arguments);
            assert_eq!(cli.releases, Path::new("/srv/r"));
            let Some(Command::Serve(serve)) = cli.command else { panic!("not serve") };
            assert_eq!(serve.pool.timeout_ms, timeout_ms);
            assert_eq!(serve.pool.workers.map(std::num::NonZeroUsize::get), Some(3));
        }
        let Some(Command::Build(build)) = cli(&text, &["zhengtu", "build"]).command else {
            panic!("not build")
        };
        assert!(build.ground.no_dumps);
    }

    #[test]
    fn a_command_that_was_not_typed_has_the_values_of_the_file() {
        let given = read("base = \"https://example.org/\"", Path::new("z.toml")).unwrap();
        let invocation = Invocation { cli: cli("", &["zhengtu"]), given };
        assert_eq!(invocation.untyped::<super::super::GroundArgs>().base, "https://example.org/");
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line_and_key() {
        for (text, line, words) in [
            ("\nport = 7", 2, "port is no option; there are base,"),
            ("config = \"x\"", 1, "config is no option"),
            ("release = \"x\"", 1, "release is no option"),
            ("\n\ntimeout-ms = 0", 3, "timeout-ms: invalid value '0'"),
            ("listen = \"here\"", 1, "listen: invalid value 'here'"),
            ("timeout-ms = 1.5", 1, "timeout-ms: must be a text"),
            ("no-dumps = \"yes\"", 1, "no-dumps: must be true or false"),
            ("log = \"loud\"", 1, "log: invalid value 'loud'"),
            ("[serve]\nlisten = \"x\"", 1, "serve is no option"),
            ("kept-mb = 1\nkept-mb = 2", 2, "duplicate"),
            ("kept-mb 1", 1, ""),
        ] {
            let error = error(text);
            let expected = format!("z.toml, line {line}: ");
            assert!(error.starts_with(&expected) && error.contains(words), "{text}: {error}");
        }
    }
}
