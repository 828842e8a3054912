//! The program as a person or a script runs it: what it prints, and the status it ends with. One
//! release of the repository's own data is built once and read by every test.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed, and says where"
)]

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn scratch(name: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if dir.exists() {
        fs::remove_dir_all(&dir).unwrap();
    }
    fs::create_dir_all(&dir).unwrap();
    dir
}

/// The folder with a release of the repository's data.
fn releases() -> &'static Path {
    static RELEASES: OnceLock<PathBuf> = OnceLock::new();
    RELEASES.get_or_init(|| {
        let dir = scratch("cli-releases");
        let output = zhengtu_in(&dir, &["build"]);
        assert!(output.status.success(), "{}", stderr(&output));
        dir
    })
}

fn command(releases: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zhengtu"));
    command.current_dir(root()).env("ZHENGTU_RELEASES", releases).args(args);
    command
}

fn zhengtu_in(releases: &Path, args: &[&str]) -> Output {
    command(releases, args).stdin(Stdio::null()).output().unwrap()
}

fn zhengtu(args: &[&str]) -> Output {
    zhengtu_in(releases(), args)
}

fn zhengtu_reading(input: &str, args: &[&str]) -> Output {
    let mut child = command(releases(), args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn json(output: &Output) -> serde_json::Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn a_build_sums_up_what_it_read_as_json() {
    let dir = scratch("cli-build-json");
    let summary = json(&zhengtu_in(&dir, &["build", "--json"]));
    assert_eq!(summary["read"], 1);
    assert_eq!(summary["skipped"], serde_json::json!([]));
    assert_eq!(summary["shapes"]["conforms"], true);
    assert!(summary["findings"]["TextBreaksOff"].as_u64() == Some(1), "{summary}");
}

#[test]
fn the_same_input_gives_the_same_release() {
    let dir = scratch("cli-build-twice");
    let first = json(&zhengtu_in(&dir, &["build", "--json"]));
    let second = json(&zhengtu_in(&dir, &["build", "--json"]));
    assert_eq!(first["release"], second["release"]);
}

#[test]
fn a_build_can_stop_after_the_text() {
    let output = zhengtu(&["build", "--until", "text"]);
    assert!(stdout(&output).contains("1.促进产业集聚发展。"));
}

#[test]
fn a_build_can_stop_after_the_document() {
    let output = zhengtu(&["build", "--until", "document"]);
    let line: serde_json::Value =
        serde_json::from_str(stdout(&output).lines().next().unwrap()).unwrap();
    assert_eq!(line["document"]["number"], "菏政发〔2024〕11号");
}

#[test]
fn a_build_can_stop_after_the_graph() {
    let output = zhengtu(&["build", "--until", "graph"]);
    let target = "<https://w3id.org/zhengtu/ontology#Target>";
    assert!(stdout(&output).lines().any(|line| line.contains(target) && line.ends_with(" .")));
}

#[test]
fn a_graph_made_elsewhere_becomes_a_release_that_answers() {
    let dir = scratch("cli-nquads");
    let graph = dir.join("graph.nq");
    let exported = zhengtu(&["export", "-o", graph.to_str().unwrap()]);
    assert!(exported.status.success(), "{}", stderr(&exported));
    let built = json(&zhengtu_in(
        &dir,
        &["build", "--nquads", graph.to_str().unwrap(), "--check", "--json"],
    ));
    assert_eq!(built["shapes"]["conforms"], true);
    let lines = fs::read_to_string(&graph).unwrap().lines().count();
    assert_eq!(built["counts"]["quads"], lines);
    let hit = stdout(&zhengtu_in(&dir, &["search", "新型智慧城市"]));
    assert!(hit.contains("/measure/菏政发〔2024〕11号.11"), "{hit}");
}

#[test]
fn a_line_that_is_not_nquads_is_named_with_its_file() {
    let dir = scratch("cli-nquads-wrong");
    let graph = dir.join("wrong.nq");
    fs::write(&graph, "<https://example.org/a> is no statement .\n").unwrap();
    let output = zhengtu_in(&dir, &["build", "--nquads", graph.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("wrong.nq"), "{}", stderr(&output));
}

#[test]
fn a_source_that_cannot_be_read_is_skipped_with_its_reason_and_the_rest_goes_on() {
    let dir = scratch("cli-skip");
    let sources = scratch("cli-skip-sources");
    fs::copy(root().join("data/documents/heze-2024-11.txt"), sources.join("a.txt")).unwrap();
    fs::write(sources.join("b.txt"), [0_u8, 159, 146, 150, 0, 1, 2, 3]).unwrap();
    let output = zhengtu_in(&dir, &["build", "--json", sources.to_str().unwrap()]);
    let summary = json(&output);
    assert_eq!(summary["read"], 1);
    assert!(summary["skipped"][0]["file"].as_str().unwrap().ends_with("b.txt"), "{summary}");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn a_folder_of_several_formats_is_read_and_a_second_copy_of_a_document_is_skipped() {
    let dir = scratch("cli-formats");
    let sources = scratch("cli-formats-sources");
    let page = fs::read_to_string(root().join("tests/documents/invented-notice.html")).unwrap();
    fs::copy(root().join("data/documents/heze-2024-11.txt"), sources.join("a.txt")).unwrap();
    fs::write(sources.join("b.html"), &page).unwrap();
    fs::write(sources.join("c.html"), page.replace("市城市管理局", "市园林局")).unwrap();
    let summary = json(&zhengtu_in(&dir, &["build", "--json", sources.to_str().unwrap()]));
    assert_eq!(summary["read"], 2);
    let skipped = &summary["skipped"][0];
    assert!(skipped["file"].as_str().unwrap().ends_with("c.html"), "{summary}");
    assert!(skipped["reason"].as_str().unwrap().contains("b.html"), "{summary}");
}

#[test]
fn a_document_is_extracted_from_standard_input() {
    let text = fs::read_to_string(root().join("data/documents/heze-2024-11.txt")).unwrap();
    let report = json(&zhengtu_reading(&text, &["extract", "-"]));
    assert_eq!(report["document"]["number"], "菏政发〔2024〕11号");
}

#[test]
fn a_source_that_is_not_there_is_named() {
    let output = zhengtu_in(&scratch("cli-no-source"), &["build", "nowhere.txt"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("nowhere.txt"), "{}", stderr(&output));
}

#[test]
fn extract_prints_turtle_that_holds_the_measures() {
    let output = zhengtu(&["extract", "data/documents/heze-2024-11.txt", "--format", "turtle"]);
    assert!(stdout(&output).contains("measure:菏政发〔2024〕11号.18"), "{}", stderr(&output));
}

#[test]
fn extract_of_an_empty_file_gives_an_empty_document_with_a_finding() {
    let file = scratch("cli-empty").join("empty.txt");
    fs::write(&file, "").unwrap();
    let output = zhengtu(&["extract", file.to_str().unwrap()]);
    let report = json(&output);
    assert_eq!(report["outline"], serde_json::json!([]));
    assert_eq!(report["findings"][0]["kind"], "NotAnOfficialDocument");
}

#[test]
fn extract_of_a_binary_file_says_what_is_wrong_in_one_line() {
    let file = scratch("cli-binary").join("binary.txt");
    fs::write(&file, [0_u8, 1, 2, 0, 255, 254, 0, 0]).unwrap();
    let output = zhengtu(&["extract", file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(stderr(&output).lines().count(), 1, "{}", stderr(&output));
    assert!(stderr(&output).contains("binary.txt"));
}

#[test]
fn a_query_from_standard_input_knows_the_prefixes() {
    let output = zhengtu_reading(
        "SELECT ?n WHERE { doc:菏政发〔2024〕11号 zt:documentNumber ?n }",
        &["query", "-"],
    );
    assert_eq!(stdout(&output), "n\n菏政发〔2024〕11号\n");
}

#[test]
fn a_query_can_answer_as_standard_json() {
    let output = zhengtu_reading("ASK { ?m a zt:Measure }", &["query", "-", "--json"]);
    assert_eq!(json(&output)["boolean"], true);
}

#[test]
fn a_query_with_a_syntax_error_is_named_by_line_and_column() {
    let output = zhengtu_reading("SELECT *\nWHERE { ?s ?p }", &["query", "-"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("line 2"), "{}", stderr(&output));
    assert!(stderr(&output).contains("column"), "{}", stderr(&output));
}

#[test]
fn a_graph_format_for_a_select_query_is_refused() {
    let output = zhengtu_reading("SELECT * {}", &["query", "-", "--format", "turtle"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_search_prints_the_hit_with_its_iri() {
    let output = zhengtu(&["search", "养老托育"]);
    assert!(stdout(&output).contains("measure/菏政发〔2024〕11号.16"), "{}", stdout(&output));
}

#[test]
fn tools_answer_on_standard_input_and_output() {
    let hello = serde_json::json!({
        "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": { "name": "invented", "version": "1" },
    });
    let query = "SELECT ?n { ?doc zt:documentNumber ?n } ORDER BY ?n";
    let call = |id: u64, method: &str, params: serde_json::Value| serde_json::json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params });
    let lines = [
        call(1, "initialize", hello),
        serde_json::json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }),
        call(
            2,
            "tools/call",
            serde_json::json!({ "name": "query", "arguments": { "query": query } }),
        ),
    ];
    let mut child = command(releases(), &["mcp"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut answers = Vec::new();
    for line in lines {
        writeln!(input, "{line}").unwrap();
        if line["id"].is_u64() {
            let answer = output.next().unwrap().unwrap();
            answers.push(serde_json::from_str::<serde_json::Value>(&answer).unwrap());
        }
    }
    assert_eq!(answers[0]["result"]["serverInfo"]["name"], "zhengtu");
    let told = &answers[1]["result"]["structuredContent"];
    assert_eq!(told["rows"][0]["n"]["value"], "菏政发〔2024〕11号", "{}", answers[1]);
    // The end of its input is the end of it.
    drop(input);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_search_without_hits_says_so() {
    let output = zhengtu(&["search", "潜水艇"]);
    assert!(output.status.success());
    assert!(stderr(&output).contains("no hits"), "{}", stderr(&output));
}

#[test]
fn the_release_of_the_repository_conforms_to_the_shapes() {
    let output = zhengtu(&["validate"]);
    assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));
}

#[test]
fn what_a_text_lacks_is_a_warning_and_no_failure() {
    let dir = scratch("cli-warnings");
    let sources = scratch("cli-warnings-sources");
    // An invented text without number, issuer and date.
    let text = "关于推进甲事的若干措施\n一、扩大就业\n每年城镇新增就业1万人以上。\n";
    fs::write(sources.join("a.txt"), text).unwrap();
    let output = zhengtu_in(&dir, &["build", "--json", sources.to_str().unwrap()]);
    let summary = json(&output);
    assert_eq!(output.status.code(), Some(0), "{summary}");
    assert_eq!(summary["shapes"]["violations"], 0);
    assert!(summary["shapes"]["warnings"].as_u64().unwrap() > 0, "{summary}");
}

#[test]
fn a_graph_that_breaks_a_shape_ends_with_status_1_and_names_the_node() {
    let file = scratch("cli-validate").join("broken.ttl");
    let text = "@prefix zt: <https://w3id.org/zhengtu/ontology#> .\n\
                <https://w3id.org/zhengtu/place/1> a zt:Place .\n";
    fs::write(&file, text).unwrap();
    let output = zhengtu(&["validate", file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains("place/1"), "{}", stdout(&output));
}

#[test]
fn an_export_holds_each_quad_of_the_release() {
    let output = zhengtu(&["export"]);
    let manifest = fs::read_to_string(releases().join("current")).unwrap();
    let manifest = releases().join(manifest.trim()).join("manifest.json");
    let manifest: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(manifest).unwrap()).unwrap();
    assert_eq!(
        stdout(&output).lines().count() as u64,
        manifest["counts"]["quads"].as_u64().unwrap()
    );
}

#[test]
fn an_export_as_turtle_uses_the_prefixes() {
    let output = zhengtu(&["export", "--format", "turtle"]);
    assert!(stdout(&output).contains("@prefix zt: <https://w3id.org/zhengtu/ontology#>"));
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    for args in [["validate", "--json"], ["search", "--json"], ["export", "--format=turtle"]] {
        let words = if args[0] == "search" { &["市"][..] } else { &[] };
        let mut child = command(releases(), &[&args[..], words].concat())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{args:?}: {}", stderr(&output));
    }
}

#[test]
fn a_question_that_cannot_be_asked_is_named_at_build() {
    let dir = scratch("cli-questions");
    fs::write(dir.join("who.rq"), "# 谁？\n# Who?\nSELECT WHERE {").unwrap();
    let queries = dir.to_str().unwrap();
    let output = zhengtu_in(&dir.join("releases"), &["build", "--queries", queries]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("who.rq") && stderr(&output).contains("line 1, column 8"));
    assert!(!dir.join("releases").exists());
}

#[test]
fn a_cause_is_said_once() {
    let file = scratch("cli-no-folder").join("file");
    fs::write(&file, "").unwrap();
    let output = zhengtu_in(&file, &["build"]);
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(stderr(&output).matches("os error").count(), 1, "{}", stderr(&output));
}

#[test]
fn without_a_release_one_line_says_how_to_make_one() {
    let output = zhengtu_in(&scratch("cli-missing"), &["search", "养老"]);
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(stderr(&output).lines().count(), 1, "{}", stderr(&output));
    assert!(stderr(&output).contains("zhengtu build"), "{}", stderr(&output));
}

/// A releases folder of its own and the release built there.
fn built(name: &str) -> (PathBuf, PathBuf) {
    let dir = scratch(name);
    assert!(zhengtu_in(&dir, &["build"]).status.success());
    let id = fs::read_to_string(dir.join("current")).unwrap();
    let release = dir.join(id.trim());
    (dir, release)
}

#[test]
fn a_damaged_release_is_refused_by_file() {
    let (dir, release) = built("cli-damaged");
    let graph = release.join("graph.nq");
    let mut text = fs::read_to_string(&graph).unwrap();
    text = text.replacen("57", "75", 1);
    fs::write(&graph, text).unwrap();
    let output = zhengtu_in(&dir, &["search", "养老"]);
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(stderr(&output).lines().count(), 1, "{}", stderr(&output));
    assert!(stderr(&output).contains("graph.nq"), "{}", stderr(&output));
}

#[test]
fn a_damaged_or_truncated_image_is_refused_by_file() {
    let (dir, release) = built("cli-damaged-image");
    let image = release.join("graph.image");
    let whole = fs::read(&image).unwrap();
    let mut changed = whole.clone();
    changed[whole.len() / 2] ^= 1;
    for damaged in [&changed[..], &whole[..whole.len() / 2], b""] {
        fs::write(&image, damaged).unwrap();
        let output = zhengtu_in(&dir, &["search", "养老"]);
        assert_eq!(output.status.code(), Some(3));
        assert_eq!(stderr(&output).lines().count(), 1, "{}", stderr(&output));
        assert!(stderr(&output).contains("graph.image"), "{}", stderr(&output));
    }
    fs::write(&image, whole).unwrap();
    assert!(zhengtu_in(&dir, &["validate"]).status.success());
}

#[test]
fn a_port_in_use_is_said_in_one_line() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = zhengtu(&["serve", "--listen", &address]);
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(stderr(&output).lines().count(), 1, "{}", stderr(&output));
    assert!(stderr(&output).contains(&address), "{}", stderr(&output));
}

#[test]
fn help_lists_every_command() {
    let help = stdout(&zhengtu(&["--help"]));
    let reading = ["extract", "query", "search", "validate", "export"];
    for name in
        ["build", "serve", "mcp", "releases", "rollback", "prune"].into_iter().chain(reading)
    {
        assert!(help.contains(name), "{name}");
    }
}

/// A data folder with the notice of the repository and one line of corrections.
fn data_with_correction(name: &str, line: &str) -> PathBuf {
    let data = scratch(name);
    fs::create_dir_all(data.join("documents")).unwrap();
    fs::create_dir_all(data.join("corrections")).unwrap();
    let notice = "documents/heze-2024-11.txt";
    fs::copy(root().join("data").join(notice), data.join(notice)).unwrap();
    let table = format!("document\tplace\tfind\tfield\told\tnew\treason\n{line}\n");
    fs::write(data.join("corrections/a.tsv"), table).unwrap();
    data
}

#[test]
fn a_correction_reaches_the_graph_with_its_reason() {
    let data = data_with_correction(
        "cli-corrected",
        "菏政发〔2024〕11号\t1\t57%左右\tvalue\t57\t57.5\t为测试",
    );
    let args = ["build", "--until", "graph", "--data", data.to_str().unwrap()];
    let quads = stdout(&zhengtu(&args));
    assert!(quads.contains("ontology#correction> \"value: 57 → 57.5; 为测试\""));
    assert!(quads.contains("ontology#value> \"57.5\""), "the graph has the right value");
}

#[test]
fn a_correction_that_matches_nothing_stops_the_build_and_says_what_is_there() {
    let line = "heze-2024-11.txt\t1\t57%左右\tvalue\t75\t57\t为测试";
    let data = data_with_correction("cli-mismatch", line);
    let output =
        zhengtu_in(&scratch("cli-mismatch-release"), &["build", "--data", data.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    let message = stderr(&output);
    assert!(message.contains("corrections/a.tsv, line 2: 0 facts match, not 1"), "{message}");
    assert!(message.contains("`57` of `57%左右`"), "{message}");
}
