//! The examples for programs in `clients/`, run against a service as anyone would run it. What is not on the machine (curl, python3) is said and left out.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed, and says where"
)]

use serde_json::Value;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::OnceLock;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The folder with a release of the repository's data.
fn releases() -> &'static Path {
    static RELEASES: OnceLock<PathBuf> = OnceLock::new();
    RELEASES.get_or_init(|| {
        let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("clients-releases");
        if dir.exists() {
            fs::remove_dir_all(&dir).unwrap();
        }
        let output = zhengtu(&dir).arg("build").output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        dir
    })
}

fn zhengtu(releases: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zhengtu"));
    command.current_dir(root()).env("ZHENGTU_RELEASES", releases).stdin(Stdio::null());
    command
}

/// A service that runs until this is dropped.
struct Serving {
    child: Child,
    address: String,
}

impl Serving {
    fn start() -> Self {
        let mut command = zhengtu(releases());
        command.args(["serve", "--listen", "127.0.0.1:0"]).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
        let address = lines.find_map(|line| Some(line.split_once(" on ")?.1.to_owned())).unwrap();
        // Whatever else it says is read, so that it never waits for a reader.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, address }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn is_there(program: &str) -> bool {
    let found = Command::new(program).arg("--version").output().is_ok();
    if !found {
        eprintln!("skipped: there is no {program} on this machine");
    }
    found
}

fn whole(output: Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{said}\n{text}");
    text
}

#[test]
fn each_curl_command_answers() {
    if !is_there("curl") || !is_there("bash") {
        return;
    }
    let serving = Serving::start();
    let script = root().join("clients/curl.sh");
    let text = whole(Command::new("bash").arg(script).arg(&serving.address).output().unwrap());
    for (number, words) in [
        ("1", "菏政发〔2024〕11号.16"),
        ("2", "57%左右"),
        ("3", "\"bindings\":["),
        ("4", "/measure/菏政发〔2024〕11号.10"),
        ("5", "zt:leadBy"),
        ("6", "\"engine\":\"columns\""),
        ("7", "zt:Measure"),
        ("8", "void#triples"),
        ("9", "200 application/n-triples"),
        ("10", "zhengtu.nq.gz"),
    ] {
        let (_, answer) = text.split_once(&format!("# {number} ")).unwrap();
        let answer = answer.split("\n# ").next().unwrap();
        assert!(answer.contains(words), "{number}: {answer}");
    }
}

#[test]
fn each_cell_of_the_notebook_runs() {
    if !is_there("python3") {
        return;
    }
    let notebook = fs::read_to_string(root().join("clients/zhengtu.ipynb")).unwrap();
    let notebook: Value = serde_json::from_str(&notebook).unwrap();
    let mut program = String::new();
    for cell in notebook["cells"].as_array().unwrap() {
        let lines = cell["source"].as_array().unwrap().iter().map(|line| line.as_str().unwrap());
        if cell["cell_type"] == "code" {
            assert_eq!(cell["outputs"].as_array().unwrap().len(), 0, "outputs are not kept");
            program.extend(lines);
            program.push('\n');
        }
    }
    let serving = Serving::start();
    let mut python = Command::new("python3");
    python.args(["-c", &program]).env("ZHENGTU_URL", &serving.address).env("PYTHONUTF8", "1");
    let text = whole(python.output().unwrap());
    for words in ["菏政发〔2024〕11号", "菏泽市", "常住人口城镇化率"] {
        assert!(text.contains(words), "{words}: {text}");
    }
}
