//! What the service serves: a release's parts, opened. In: a graph, an endpoint and an index that were
//! built together; out: IRIs and links for names. Guarantee: nothing here changes after start, so every
//! answer is a function of the release and the request; what is worked out once (the order of programmes, the names of places) follows from the release.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use oxigraph::model::{NamedNode, NamedNodeRef};

use super::address;
use super::asked::Asked;
use super::evaluate::OnAccount;
use super::place_names::PlaceNames;
use super::programmes::Ranking;
use crate::graph::vocabulary::{ONTOLOGY, zt};
use crate::index::Index;
use crate::jobs::Jobs;
use crate::mcp::{Source, compact};
use crate::release::{Example, Hold, Manifest, Release};
use crate::store::Store;
use crate::suggest::Suggestions;
use crate::worker::Evaluator;
use oxigraph::model::vocab::rdf;

/// A class with the number of resources in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// The class.
    pub class: NamedNode,
    /// Resources of the class.
    pub members: usize,
}

/// The classes that the first page counts, in its order.
const COUNTED: [NamedNodeRef<'static>; 8] = [
    zt::POLICY_DOCUMENT,
    zt::MEASURE,
    zt::TARGET,
    zt::INDICATOR,
    zt::ORGANIZATION,
    zt::PROGRAMME,
    zt::PLACE_CLASS,
    zt::FINDING_CLASS,
];

/// Counts what a graph holds, once, when a release is opened. Classes without members are left out.
pub fn count_classes(store: &Store) -> Vec<Count> {
    let counts = COUNTED.into_iter().map(|class| Count {
        class: class.into_owned(),
        members: store.count(Some(rdf::TYPE), Some(class.into())),
    });
    counts.filter(|count| count.members > 0).collect()
}

/// Long exports of a release.
pub struct Exports {
    /// Who does them.
    pub jobs: Jobs,
    /// Where they are evaluated: it belongs to the release and has more time.
    pub evaluator: Evaluator,
}

/// Everything that a request may need.
pub struct Site {
    /// The release as a whole.
    pub manifest: Manifest,
    /// Its graph.
    pub store: Arc<Store>,
    /// Where queries of strangers are evaluated; it belongs to this release.
    pub evaluator: Evaluator,
    /// Where long exports go; none where there are none.
    pub exports: Option<Exports>,
    /// Words over the graph.
    pub index: Arc<Index>,
    /// What completes a text while it is typed.
    pub suggestions: Arc<Suggestions>,
    /// What the first page says of its size, by [`count_classes`].
    pub counts: Vec<Count>,
    /// The examples of the query page, in their order.
    pub examples: Vec<Example>,
    /// Queries that have a short address.
    pub asked: Arc<Asked>,
    /// Prefixes that need no declaration: name and namespace.
    pub prefixes: Vec<(String, String)>,
    /// Its programmes in the order of their list, from when someone asks first.
    pub(crate) programmes: OnceLock<Ranking>,
    /// The names of its places, from when a text is shown first.
    pub(crate) place_names: OnceLock<PlaceNames>,
    /// Its folder.
    pub dir: PathBuf,
    /// Keeps the release from being pruned while it is served.
    pub hold: Option<Arc<Hold>>,
}

impl Site {
    /// The site that serves `release`, with the queries of strangers evaluated in this process.
    pub fn new(release: Release) -> Self {
        Self {
            counts: count_classes(&release.store),
            evaluator: Evaluator::in_process(release.endpoint),
            exports: None,
            asked: Arc::default(),
            programmes: OnceLock::new(),
            place_names: OnceLock::new(),
            manifest: release.manifest,
            store: release.store,
            index: release.index,
            suggestions: release.suggestions,
            examples: release.examples,
            prefixes: release.prefixes,
            dir: release.dir,
            hold: release.hold,
        }
    }

    /// The site that serves `release`, with the queries of strangers evaluated by `evaluator`, which asks the same release.
    pub fn with_evaluator(release: Release, evaluator: Evaluator) -> Self {
        Self { evaluator, ..Self::new(release) }
    }

    /// The same, with long exports.
    #[must_use]
    pub fn with_exports(self, exports: Exports) -> Self {
        Self { exports: Some(exports), ..self }
    }

    /// The same, with the short addresses of a site before it.
    #[must_use]
    pub fn with_asked(self, asked: Arc<Asked>) -> Self {
        Self { asked, ..self }
    }

    /// The site as tools of language models see it.
    pub(crate) fn tools_source(&self) -> Source {
        Source {
            release: self.manifest.id.clone(),
            base_iri: self.manifest.base_iri.clone(),
            store: Arc::clone(&self.store),
            index: Arc::clone(&self.index),
            suggestions: Arc::clone(&self.suggestions),
            asking: Arc::new(OnAccount(self.evaluator.clone())),
            examples: self.examples.as_slice().into(),
            prefixes: self.prefixes.as_slice().into(),
            hold: self.hold.clone(),
        }
    }

    /// The programmes of the release, those that most items name first.
    pub(crate) fn programmes(&self) -> &Ranking {
        self.programmes.get_or_init(|| Ranking::of(&self.store))
    }

    /// The names of the places of the release.
    pub(crate) fn place_names(&self) -> &PlaceNames {
        self.place_names.get_or_init(|| PlaceNames::of(&self.store))
    }

    /// Whether the graph can be read.
    pub(crate) fn is_readable(&self) -> bool {
        self.store.is_empty() || self.store.quads(None, None, None, None).next().is_some()
    }

    /// The IRI of the resource called `name`; none where that is no IRI.
    pub(crate) fn iri(&self, name: &str) -> Option<NamedNode> {
        NamedNode::new(format!("{}{name}", self.manifest.base_iri)).ok()
    }

    /// Where a page links to for `iri`. Terms of the vocabulary have their page here under any base.
    pub(crate) fn link(&self, iri: &str) -> String {
        match iri.strip_prefix(ONTOLOGY) {
            Some("") => "/ontology".to_owned(),
            Some(rest) if rest.starts_with('#') => format!("/ontology{rest}"),
            _ => address::link(&self.manifest.base_iri, iri),
        }
    }

    /// Whether `iri` is one of ours, so that its link stays on this host.
    pub(crate) fn is_local(&self, iri: &str) -> bool {
        iri.starts_with(&self.manifest.base_iri) || iri.starts_with(ONTOLOGY)
    }

    /// `iri` as `prefix:name` where a prefix fits, else as it is.
    pub(crate) fn compact(&self, iri: &str) -> String {
        compact(&self.prefixes, iri)
    }
}
