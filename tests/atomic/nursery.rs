//! A data folder with a few invented documents, and the program run on it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use zhengtu::release::Release;

/// A folder of its own with `data/`, `queries/` and `releases/`.
pub(crate) struct Nursery {
    pub(crate) root: PathBuf,
}

impl Nursery {
    /// An empty folder called `name` with three documents.
    pub(crate) fn new(name: &str) -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        if root.exists() {
            fs::remove_dir_all(&root).unwrap();
        }
        for folder in ["data/documents", "data/corrections", "queries"] {
            fs::create_dir_all(root.join(folder)).unwrap();
        }
        let nursery = Self { root };
        for serial in 1..=3 {
            nursery.write(serial, 100);
        }
        nursery
    }

    pub(crate) fn releases(&self) -> PathBuf {
        self.root.join("releases")
    }

    pub(crate) fn source(&self, serial: u32) -> PathBuf {
        self.root.join(format!("data/documents/{serial}.txt"))
    }

    /// Writes the document with this serial number; `acres` is what it aims at.
    pub(crate) fn write(&self, serial: u32, acres: u32) {
        let text = format!(
            "海滨市人民政府关于印发海滨市第{serial}期苗圃建设方案的通知\n海政发〔2031〕{serial}号\n\
             各区县人民政府，市政府各部门：\n现将《海滨市第{serial}期苗圃建设方案》印发给你们，请认真组织实施。\n\
             海滨市人民政府\n2031年3月{serial}日\n海滨市第{serial}期苗圃建设方案\n一、主要目标\n\
             到2032年，全市新增苗圃面积{acres}亩以上。\n二、重点任务\n\
             1.扩大苗圃规模。在城郊新建苗圃{acres}亩，培育乡土树种。（市林业局牵头，市财政局配合）\n\
             2.开展绿道补植。按照《海滨市绿化管理办法》补植行道树。（市城管局负责）\n"
        );
        fs::write(self.source(serial), text).unwrap();
    }

    /// The program with these arguments, to be started. What is not said comes from this folder.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_zhengtu"));
        command
            .current_dir(&self.root)
            .env("ZHENGTU_RELEASES", self.releases())
            .env("ZHENGTU_DATA", self.root.join("data"))
            .env("ZHENGTU_QUERIES", self.root.join("queries"))
            .stdin(Stdio::null())
            .args(args);
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    /// Builds and gives the summary.
    pub(crate) fn build(&self) -> serde_json::Value {
        let output = self.run(&["build", "--json"]);
        assert!(output.status.success(), "{}", errors_of(&output));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// Builds and gives the id of the release.
    pub(crate) fn build_id(&self) -> String {
        self.build()["release"].as_str().unwrap().to_owned()
    }

    pub(crate) fn current(&self) -> String {
        fs::read_to_string(self.releases().join("current")).unwrap().trim().to_owned()
    }

    /// The graph of a release as it lies on the disk.
    pub(crate) fn graph(&self, id: &str) -> Vec<u8> {
        fs::read(self.releases().join(id).join("graph.nq")).unwrap()
    }

    /// Names in the releases folder, those of releases left out.
    pub(crate) fn beside_releases(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.releases())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.len() != 16)
            .collect();
        names.sort();
        names
    }
}

pub(crate) fn errors_of(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// What a release says the document 海政发〔2031〕1号 aims at, by its graph and by its index, which have to agree.
pub(crate) fn acres_in(release: &Release) -> String {
    let rows = release
        .endpoint
        .select(
            "SELECT ?text WHERE { ?m text:query \"苗圃规模\" ; zt:inDocument doc:海政发〔2031〕1号 ; zt:text ?text }",
            &[],
        )
        .unwrap();
    assert_eq!(rows.len(), 1, "the index does not find the measure of the graph");
    acres_of(rows[0].text("text"))
}

/// The acres that a text of the measure names.
pub(crate) fn acres_of(text: &str) -> String {
    let (_, after) = text.split_once("新建苗圃").unwrap_or_else(|| panic!("{text}"));
    after.split_once('亩').unwrap().0.to_owned()
}
