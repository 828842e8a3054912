//! What belongs to a programme. In: a programme; out: the measures and chapters that launch or mention it, with their documents, and what follows from them: measures, targets. Guarantee: a bounded
//! number of items is read, and whether there are more is told. Surprising: what a chapter launches is done by the measures in that chapter, so these belong to the programme although
//! they may not name it.

use std::collections::HashSet;

use oxigraph::model::NamedNode;

use crate::graph::vocabulary::zt;
use crate::service::limits::CHAPTER_MEASURES_MAX;
use crate::service::lookup::Lookup;

/// A measure, a chapter or a document that names a programme.
pub(crate) struct Naming {
    pub(crate) item: NamedNode,
    pub(crate) document: Option<NamedNode>,
    /// Whether it launches the programme, and does not only mention it.
    pub(crate) is_launch: bool,
    /// The measures of a chapter that launches it.
    pub(crate) inside: Vec<NamedNode>,
}

/// A programme with what names it, the launching ones first.
pub(crate) struct Undertaking {
    pub(crate) named: Vec<Naming>,
    /// Whether there are items that were not read.
    pub(crate) is_cut: bool,
}

impl Undertaking {
    /// Reads at most so many items of either sort.
    pub(crate) fn read(lookup: Lookup<'_>, programme: &NamedNode, items_max: usize) -> Self {
        let (launching, launching_count) = lookup.some_subjects(zt::LAUNCHES, programme, items_max);
        let (mentioning, mentioning_count) =
            lookup.some_subjects(zt::MENTIONS, programme, items_max);
        let is_cut = launching_count > items_max || mentioning_count > items_max;
        let launched = launching.iter().map(|item| (item, true));
        let mentioned = mentioning.iter().filter(|item| !launching.contains(item));
        let all = launched.chain(mentioned.map(|item| (item, false)));
        let mut named: Vec<Naming> =
            all.map(|(item, is_launch)| naming(lookup, item, is_launch)).collect();
        // A document repeats what its measures and chapters say.
        let held: HashSet<NamedNode> =
            named.iter().filter_map(|one| one.document.clone()).collect();
        named.retain(|one| !held.contains(&one.item));
        Self { named, is_cut }
    }

    /// The documents that name it, each once.
    pub(crate) fn documents(&self) -> Vec<NamedNode> {
        let documents = self.named.iter().map(|one| one.document.as_ref().unwrap_or(&one.item));
        each_once(documents.cloned())
    }

    /// The measures that name it or stand in a chapter that launches it, each once.
    pub(crate) fn measures(&self, lookup: Lookup<'_>) -> Vec<NamedNode> {
        let measures = self.named.iter().flat_map(|one| {
            let own = Some(&one.item).filter(|item| lookup.is_a(item, zt::MEASURE));
            own.into_iter().chain(&one.inside)
        });
        each_once(measures.cloned())
    }

    /// The targets of these measures and of the chapters, each once.
    pub(crate) fn targets(&self, lookup: Lookup<'_>) -> Vec<NamedNode> {
        let holders = self.named.iter().flat_map(|one| [&one.item].into_iter().chain(&one.inside));
        each_once(holders.flat_map(|holder| lookup.nodes(holder, zt::HAS_TARGET)))
    }
}

fn naming(lookup: Lookup<'_>, item: &NamedNode, is_launch: bool) -> Naming {
    let inside = if is_launch && lookup.is_a(item, zt::SECTION) {
        measures_inside(lookup, item)
    } else {
        Vec::new()
    };
    Naming { document: lookup.node(item, zt::IN_DOCUMENT), item: item.clone(), is_launch, inside }
}

/// The measures of a chapter and of the sections in it.
fn measures_inside(lookup: Lookup<'_>, chapter: &NamedNode) -> Vec<NamedNode> {
    // A chapter has sections and these have measures; a circle in the graph ends here too.
    const DEPTH_MAX: usize = 3;
    let mut measures = Vec::new();
    let mut level = vec![chapter.clone()];
    for _ in 0..DEPTH_MAX {
        let parts = level
            .iter()
            .flat_map(|section| lookup.some_subjects(zt::PART_OF, section, CHAPTER_MEASURES_MAX).0);
        let (own, sections): (Vec<NamedNode>, Vec<NamedNode>) =
            parts.take(CHAPTER_MEASURES_MAX).partition(|part| lookup.is_a(part, zt::MEASURE));
        measures.extend(own);
        level = sections;
    }
    measures.truncate(CHAPTER_MEASURES_MAX);
    measures
}

/// Each of them once, where it stands first.
fn each_once(nodes: impl Iterator<Item = NamedNode>) -> Vec<NamedNode> {
    let mut known = HashSet::new();
    nodes.filter(|node| known.insert(node.clone())).collect()
}
