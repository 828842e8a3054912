//! The judgements, and a release of the texts that they are about.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use zhengtu::graph::DEFAULT_BASE;
use zhengtu::index::{EntryKind, Hit, Mode, Results, Search};
use zhengtu::pipeline::{self, BuildOptions};
use zhengtu::release::Release;

/// A search with what is right for it.
pub(crate) struct Judgement {
    pub(crate) id: String,
    pub(crate) mode: String,
    pub(crate) query: String,
    /// Keys with their grades.
    pub(crate) relevant: BTreeMap<String, u32>,
    pub(crate) note: String,
}

/// Texts with judgements about them.
pub(crate) struct JudgedSet {
    /// Its folder here.
    pub(crate) name: &'static str,
    /// Whether the notice that the program comes with is one of the texts.
    has_notice: bool,
}

/// The one at hand while the search was written, and the one that was made afterwards.
pub(crate) const SETS: [JudgedSet; 2] = [
    JudgedSet { name: "first", has_notice: true },
    JudgedSet { name: "second", has_notice: false },
];

impl JudgedSet {
    fn path(&self, name: &str) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/judged").join(self.name).join(name)
    }

    /// All its judgements.
    pub(crate) fn judgements(&self) -> Vec<Judgement> {
        fs::read_to_string(self.path("queries.tsv")).unwrap().lines().skip(1).map(read).collect()
    }
}

fn read(line: &str) -> Judgement {
    let [id, mode, query, relevant, note] = line.split('\t').collect::<Vec<_>>()[..] else {
        panic!("{line}")
    };
    let graded = relevant.split(',').filter(|part| !part.is_empty()).map(|part| {
        let (key, grade) = part.rsplit_once(':').unwrap();
        (bare(key), grade.parse().unwrap())
    });
    Judgement {
        id: id.to_owned(),
        mode: mode.to_owned(),
        query: query.to_owned(),
        relevant: graded.collect(),
        note: note.to_owned(),
    }
}

/// A key without marks that a name may have.
fn bare(key: &str) -> String {
    key.chars().filter(|c| !c.is_whitespace() && !"“”\"".contains(*c)).collect()
}

impl Judgement {
    /// Whether only the order counts.
    pub(crate) fn is_relaxed(&self) -> bool {
        self.note.starts_with("[relaxed]")
    }

    /// Whether another reading can be defended.
    pub(crate) fn is_doubtful(&self) -> bool {
        self.note.contains("doubt:")
    }

    /// The keys in a note that are neither right nor wrong.
    fn neutral(&self) -> BTreeSet<String> {
        let (_, rest) = self.note.split_once("neutral=").unwrap_or_default();
        let list = rest.split([' ', ';']).next().unwrap_or_default();
        list.split(',').map(|key| bare(key.trim_end_matches(":1").trim_end_matches(":2"))).collect()
    }

    /// Whether a key is neither right nor wrong.
    fn is_neutral(&self, key: &str) -> bool {
        let names = ["dept:", "ind:", "place:", "prog:", "doc:", "target:"];
        let own_measure = |other: &String| other.starts_with(&format!("{key}#"));
        let of_number = self.query.contains("文号")
            && key.split_once('#').is_some_and(|(file, _)| self.relevant.contains_key(file));
        !self.relevant.contains_key(key)
            && (self.neutral().contains(key)
                || names.iter().any(|name| key.starts_with(name))
                || (!key.contains('#') && self.relevant.keys().any(own_measure))
                || of_number)
    }

    /// What is missing and what is too much.
    pub(crate) fn faults(&self, found: &[String]) -> Option<String> {
        // A document that is only cited is there only if the texts tell enough of it.
        let is_missing = |key: &&String| !found.contains(key) && !key.starts_with("doc:");
        let missing: Vec<&String> = self.relevant.keys().filter(is_missing).collect();
        let is_extra = |key: &&String| !self.relevant.contains_key(*key) && !self.is_neutral(key);
        let extra: Vec<&String> = found.iter().filter(is_extra).collect();
        let is_right = missing.is_empty() && extra.is_empty();
        (!is_right).then(|| format!("missing {missing:?}, too much {extra:?}"))
    }

    /// nDCG over the first ten that are right or wrong.
    pub(crate) fn ndcg(&self, found: &[String]) -> f64 {
        let counted = found.iter().filter(|key| !self.is_neutral(key));
        let gains = counted.map(|key| self.relevant.get(key).copied().unwrap_or(0));
        let there =
            self.relevant.iter().filter(|(key, _)| !key.starts_with("doc:") || found.contains(key));
        let mut ideal: Vec<u32> = there.map(|(_, grade)| *grade).collect();
        ideal.sort_unstable_by(|a, b| b.cmp(a));
        let best = cumulated(ideal.into_iter());
        if best > 0.0 { cumulated(gains) / best } else { 1.0 }
    }
}

fn cumulated(gains: impl Iterator<Item = u32>) -> f64 {
    let discounted = (2..12_u32).zip(gains).map(|(place, gain)| {
        (2_f64.powi(i32::try_from(gain).unwrap()) - 1.0) / f64::from(place).log2()
    });
    discounted.sum()
}

/// A release of the texts.
pub(crate) struct Collection {
    release: Release,
    /// Keys by IRI.
    keys: BTreeMap<String, String>,
    /// Every name of an entity by its IRI.
    names: BTreeMap<String, Vec<String>>,
}

impl Collection {
    /// The release of a set, built once.
    pub(crate) fn build(set: &JudgedSet) -> Self {
        static BUILT: Mutex<BTreeSet<&str>> = Mutex::new(BTreeSet::new());
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let folder = format!("release-judged-{}", set.name);
        let releases = Path::new(env!("CARGO_TARGET_TMPDIR")).join(folder);
        let mut built = BUILT.lock().unwrap();
        if built.insert(set.name) {
            if releases.exists() {
                fs::remove_dir_all(&releases).unwrap();
            }
            let notice = set.has_notice.then(|| root.join("data/documents"));
            let options = BuildOptions {
                sources: std::iter::once(set.path("documents")).chain(notice).collect(),
                data: root.join("data"),
                queries: root.join("queries"),
                releases: releases.clone(),
                base_iri: DEFAULT_BASE.to_owned(),
                dumps: false,
            };
            pipeline::build(&options, &|_| {}).unwrap();
        }
        drop(built);
        let release = Release::open(&releases).unwrap();
        let keys = keys(&release, &fs::read_to_string(set.path("documents.tsv")).unwrap());
        let names = names(&release);
        Self { release, keys, names }
    }

    /// The answer to words in a mode.
    pub(crate) fn results(&self, words: &str, mode: Mode) -> Results {
        let search = Search { words: words.to_owned(), mode, hits_max: 200, ..Search::default() };
        self.release.index.search(&search)
    }

    /// The counterparts of a measure in the documents that its document implements, and in those that implement it.
    pub(crate) fn counterparts(&self, key: &str) -> [Vec<String>; 2] {
        let (iri, _) = self.keys.iter().find(|(_, own)| *own == key).unwrap();
        let related = self.release.index.related(iri, 5).unwrap();
        let keys = |hits: &[Hit]| hits.iter().map(|hit| self.keys[&hit.iri].clone()).collect();
        [keys(&related.above), keys(&related.below)]
    }

    /// The keys that a judged search finds, best first.
    pub(crate) fn search(&self, judgement: &Judgement) -> Vec<String> {
        let mode = match judgement.mode.as_str() {
            "exact" => Mode::Exact,
            "word" => Mode::Word,
            _ => Mode::Smart,
        };
        let results = self.results(&judgement.query, mode);
        results.hits.iter().map(|hit| self.key(hit, judgement)).collect()
    }

    fn key(&self, hit: &Hit, judgement: &Judgement) -> String {
        if let Some(key) = self.keys.get(&hit.iri) {
            return key.clone();
        }
        let title: String = hit.title.iter().map(|segment| segment.text.as_str()).collect();
        let kind = match hit.kind {
            EntryKind::Department => "dept",
            EntryKind::Indicator => "ind",
            EntryKind::Place => "place",
            EntryKind::Programme => "prog",
            EntryKind::Document => "doc",
            EntryKind::Target | EntryKind::Measure => "target",
        };
        // An entity is judged by any of its names.
        let names = self
            .names
            .get(&hit.iri)
            .into_iter()
            .flatten()
            .map(|name| bare(&format!("{kind}:{name}")));
        let judged = names.into_iter().find(|name| judgement.relevant.contains_key(name));
        judged.unwrap_or_else(|| bare(&format!("{kind}:{title}")))
    }
}

/// Documents and measures by their keys.
fn keys(release: &Release, table: &str) -> BTreeMap<String, String> {
    let mut keys = BTreeMap::new();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let (file, number) = line.split_once('\t').unwrap();
        let [(document, _)] = &pairs(
            release,
            &format!(
                "SELECT ?a ?b {{ ?a zt:documentNumber '{number}' , ?b ; a zt:PolicyDocument }}"
            ),
        )[..] else {
            panic!("{file}: no document {number}")
        };
        keys.insert(document.clone(), file.to_owned());
        let measures = pairs(
            release,
            &format!(
                "SELECT ?a (MIN(?start) AS ?b) {{ ?a a zt:Measure ; zt:inDocument <{document}> ; \
                 zt:evidence/zt:start ?start }} GROUP BY ?a ORDER BY ?b"
            ),
        );
        for (place, (measure, _)) in (1..).zip(measures) {
            keys.insert(measure, format!("{file}#{place}"));
        }
    }
    keys
}

fn names(release: &Release) -> BTreeMap<String, Vec<String>> {
    let query = "SELECT ?a ?b { VALUES ?c { zt:Organization zt:Indicator zt:Place zt:Programme } \
         ?a a ?c ; rdfs:label|skos:prefLabel|skos:altLabel|zt:documentNumber ?b }";
    let cited = "SELECT ?a ?b { ?a a zt:PolicyDocument ; zt:documentNumber ?b }";
    let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (iri, name) in pairs(release, query).into_iter().chain(pairs(release, cited)) {
        names.entry(iri).or_default().push(name);
    }
    names
}

/// The rows of a query for `?a` and `?b`.
fn pairs(release: &Release, query: &str) -> Vec<(String, String)> {
    let rows = release.endpoint.select(query, &[]).unwrap();
    let text = |term: &oxigraph::model::Term| match term {
        oxigraph::model::Term::NamedNode(node) => node.as_str().to_owned(),
        oxigraph::model::Term::Literal(literal) => literal.value().to_owned(),
        oxigraph::model::Term::BlankNode(node) => node.to_string(),
    };
    rows.iter().map(|row| (text(row.get("a").unwrap()), text(row.get("b").unwrap()))).collect()
}
