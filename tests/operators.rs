//! What operators run the program with: the unit and the container file say only options that there are, the file of options is read, shells and
//! readers get their descriptions.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed, and says where"
)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use zhengtu::config::command_line;

fn dist(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("dist").join(name)).unwrap()
}

/// The values of lines that begin with `key`, without comments.
fn values<'t>(text: &'t str, key: &str) -> Vec<&'t str> {
    let lines = text.lines().map(|line| line.trim_start_matches('#'));
    lines.filter_map(|line| line.strip_prefix(key)).collect()
}

fn assert_understood(words: &[String]) {
    let parsed = command_line().try_get_matches_from(words);
    assert!(parsed.is_ok(), "{words:?}: {}", parsed.unwrap_err());
}

/// The variables that options have.
fn variables() -> Vec<String> {
    let command = command_line();
    let below = command.get_subcommands().flat_map(clap::Command::get_arguments);
    let all = command.get_arguments().chain(below);
    all.filter_map(|argument| Some(argument.get_env()?.to_str()?.to_owned())).collect()
}

fn assert_variable(assignment: &str) {
    let (name, _) = assignment.split_once('=').unwrap();
    assert!(variables().iter().any(|known| known == name), "{name} is no variable of an option");
}

fn zhengtu(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zhengtu"));
    command.args(args).env("ZHENGTU_RELEASES", "/nonexistent").output().unwrap()
}

#[test]
fn the_unit_says_only_options_that_there_are() {
    let unit = dist("zhengtu.service");
    let [start] = values(&unit, "ExecStart=")[..] else { panic!("one command") };
    assert_understood(&start.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
    values(&unit, "Environment=").into_iter().for_each(assert_variable);
}

#[test]
fn the_container_says_only_options_that_there_are() {
    let container = dist("Containerfile");
    let mut words = Vec::new();
    for key in ["ENTRYPOINT ", "CMD "] {
        let [list] = values(&container, key)[..] else { panic!("one {key}") };
        words.extend(serde_json::from_str::<Vec<String>>(list).unwrap());
    }
    assert_understood(&words);
    values(&container, "ENV ").into_iter().for_each(assert_variable);
    for run in values(&container, "   podman run ") {
        let (_, typed) = run.rsplit_once(" zhengtu").unwrap();
        let words = [vec!["zhengtu"], typed.split_whitespace().collect()].concat();
        assert_understood(&words.into_iter().map(str::to_owned).collect::<Vec<_>>());
    }
}

#[test]
fn each_shell_gets_completions_with_the_commands() {
    for shell in ["bash", "zsh", "fish"] {
        let output = zhengtu(&["completions", shell]);
        let script = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success() && script.contains("rollback"), "{shell}: {script}");
    }
}

#[test]
fn the_manual_describes_the_program_and_each_command() {
    for (args, words) in [(&["man"][..], "rollback"), (&["man", "serve"], "timeout")] {
        let output = zhengtu(args);
        let page = String::from_utf8(output.stdout).unwrap();
        assert!(page.contains(".TH zhengtu") && page.contains(words), "{args:?}: {page}");
    }
    assert_eq!(zhengtu(&["man", "nothing"]).status.code(), Some(2));
}

#[test]
fn a_file_of_options_that_is_wrong_ends_the_program_with_its_line() {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("wrong.toml");
    fs::write(&file, "releases = \"x\"\nport = 80\n").unwrap();
    let output = zhengtu(&["releases", "--config", file.to_str().unwrap()]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("wrong.toml, line 2: port is no option"), "{said}");
    assert_eq!(output.status.code(), Some(2));
    let missing = zhengtu(&["releases", "--config", "/nonexistent.toml"]);
    assert!(String::from_utf8(missing.stderr).unwrap().contains("/nonexistent.toml"));
}
