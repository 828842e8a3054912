//! What a body has to do, in numbers. In: a body and the measures in which it has a part; out: counts by chapter, by year and by colleague, each with its drawing. Guarantee: what is drawn is bounded;
//! a measure in which a body has two roles counts once for each of them and once in the sum.

use std::collections::{BTreeMap, HashMap};

use oxigraph::model::NamedNode;

use super::role::ROLES;
use crate::graph::vocabulary::zt;
use crate::service::charts::{Bar, Caption, Commitment, Drawing, Tie, bars, network};
use crate::service::lookup::{Lookup, Reference};

/// Colleagues that are drawn and listed.
pub(crate) const COLLEAGUES_MAX: usize = 20;

/// Ties among colleagues that are drawn: more would be a net in which none is seen.
const PAIRS_MAX: usize = 12;

/// Chapters that are listed.
const CHAPTERS_MAX: usize = 30;

/// Chapters or years that are drawn.
const LOADS_MAX: usize = 12;

/// Counts of one chapter or year.
pub(crate) struct Load {
    pub(crate) label: String,
    /// Where the chapter stands; empty for a year.
    pub(crate) href: String,
    /// The document of a chapter; empty for a year.
    pub(crate) document: String,
    /// In the order of the roles that are counted.
    pub(crate) by_role: Vec<usize>,
    /// Measures, each once.
    pub(crate) measures: usize,
}

/// Another body and what both work on.
pub(crate) struct Colleague {
    pub(crate) department: Reference,
    pub(crate) count: usize,
    pub(crate) items: Vec<Reference>,
    /// Places of the items in the list of all.
    shared: Vec<usize>,
}

/// A measure in which a body has roles.
pub(crate) struct Held {
    pub(crate) item: NamedNode,
    pub(crate) roles: Vec<NamedNode>,
}

impl Held {
    fn has(&self, role: usize) -> bool {
        let role = ROLES.get(role);
        role.is_some_and(|role| self.roles.iter().any(|own| own.as_ref() == *role))
    }
}

/// Counts by chapter, the fullest first, and how many chapters there are.
pub(crate) fn by_chapter(lookup: Lookup<'_>, held: &[Held]) -> (Vec<Load>, usize) {
    let mut chapters: BTreeMap<String, (NamedNode, Vec<&Held>)> = BTreeMap::new();
    for one in held {
        let chapter = lookup.node(&one.item, zt::PART_OF);
        let chapter = chapter.or_else(|| lookup.node(&one.item, zt::IN_DOCUMENT));
        if let Some(chapter) = chapter {
            let key = chapter.as_str().to_owned();
            chapters.entry(key).or_insert_with(|| (chapter, Vec::new())).1.push(one);
        }
    }
    let count = chapters.len();
    let mut chapters: Vec<(NamedNode, Vec<&Held>)> = chapters.into_values().collect();
    // The sort is stable: equals stay in the order of their documents.
    chapters.sort_by_key(|(_, held)| std::cmp::Reverse(held.len()));
    let loads = chapters.into_iter().take(CHAPTERS_MAX).map(|(chapter, held)| {
        let document = lookup.label_of(&chapter, zt::IN_DOCUMENT);
        Load { document, href: lookup.href(&chapter), ..load(lookup.label(&chapter), &held) }
    });
    (loads.collect(), count)
}

/// Counts by the year of the document, the first year first.
pub(crate) fn by_year(lookup: Lookup<'_>, held: &[Held]) -> Vec<Load> {
    let mut years: BTreeMap<String, Vec<&Held>> = BTreeMap::new();
    // The measures of one document ask again and again.
    let mut known: HashMap<NamedNode, String> = HashMap::new();
    let unknown = || lookup.t("日期未知", "no date").to_owned();
    for one in held {
        let year = lookup.node(&one.item, zt::IN_DOCUMENT).map_or_else(unknown, |document| {
            let read = |document: &NamedNode| {
                let day = lookup.text(document, zt::SIGNED_ON);
                let year = day.as_deref().and_then(|day| day.get(..4)).map(str::to_owned);
                year.unwrap_or_else(unknown)
            };
            known.entry(document).or_insert_with_key(read).clone()
        });
        years.entry(year).or_default().push(one);
    }
    years.into_iter().map(|(year, held)| load(year, &held)).collect()
}

fn load(label: String, held: &[&Held]) -> Load {
    let counts = (0..ROLES.len()).map(|role| held.iter().filter(|one| one.has(role)).count());
    Load {
        label,
        href: String::new(),
        document: String::new(),
        by_role: counts.collect(),
        measures: held.len(),
    }
}

/// Leaves out the roles that a body never has; gives the places among [`ROLES`] of those that it has.
pub(crate) fn keep_used_roles(held: &[Held], tables: [&mut [Load]; 2]) -> Vec<usize> {
    let is_used = |role: usize| held.iter().any(|one| one.has(role));
    let used: Vec<usize> = (0..ROLES.len()).filter(|role| is_used(*role)).collect();
    for load in tables.into_iter().flatten() {
        let kept = used.iter().filter_map(|role| load.by_role.get(*role).copied());
        load.by_role = kept.collect();
    }
    used
}

/// The years that are drawn: the newest.
pub(crate) fn newest(years: &[Load]) -> &[Load] {
    years.get(years.len().saturating_sub(LOADS_MAX)..).unwrap_or_default()
}

/// A caption that tells how many of how many bars are drawn.
pub(crate) fn drawn_words(lookup: Lookup<'_>, title: &str, of: usize) -> String {
    match (lookup.t("zh", "en"), of > LOADS_MAX) {
        (_, false) => title.to_owned(),
        ("zh", true) => format!("{title}（图中为 {of} 项中的 {LOADS_MAX} 项）"),
        (_, true) => format!("{title} ({LOADS_MAX} of {of} are drawn)"),
    }
}

/// A bar for each chapter or year.
pub(crate) fn load_drawing(lookup: Lookup<'_>, title: &str, loads: &[Load]) -> Drawing {
    let unit = lookup.t(" 条措施", " measures");
    let rows = loads.iter().take(LOADS_MAX).map(|load| (load.label.clone(), load.measures));
    measure_bars(lookup, title, [lookup.t(" 条", ""), unit], rows.collect())
}

/// A bar for each name with its count of measures. `behind` follows each count, `unit` those of the axis.
pub(crate) fn measure_bars(
    lookup: Lookup<'_>,
    title: &str,
    [behind, unit]: [&str; 2],
    counts: Vec<(String, usize)>,
) -> Drawing {
    // One bar alone compares nothing.
    if counts.len() < 2 {
        return Drawing::default();
    }
    let rows = counts.into_iter().map(|(label, measures)| Bar {
        label,
        words: format!("{measures}{behind}"),
        value: u32::try_from(measures).ok().map(f64::from),
        commitment: Commitment::Neither,
    });
    let rows: Vec<Bar> = rows.collect();
    let described = rows.iter().take(8).map(|row| format!("{} {}", row.label, row.words));
    let description = described.collect::<Vec<_>>().join(lookup.t("，", ", "));
    let number = |number: f64| {
        if number.fract() == 0.0 { format!("{number:.0}") } else { format!("{number:.1}") }
    };
    bars(Caption { title, description: &description }, (unit, &number), &rows)
}

/// The bodies that answer for the same items, the most frequent first, and how many there are.
pub(crate) fn colleagues(
    lookup: Lookup<'_>,
    department: &NamedNode,
    held: &[Held],
) -> (Vec<Colleague>, usize) {
    let mut shared: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, one) in held.iter().enumerate() {
        for responsibility in lookup.nodes(&one.item, zt::RESPONSIBILITY_OF) {
            for agent in lookup.nodes(&responsibility, zt::AGENT) {
                if agent != *department {
                    let with = shared.entry(agent.into_string()).or_default();
                    if with.last() != Some(&place) {
                        with.push(place);
                    }
                }
            }
        }
    }
    let count = shared.len();
    let mut all: Vec<_> = shared.into_iter().collect();
    // The sort is stable: equals stay in the order of their IRIs.
    all.sort_by_key(|(_, items)| std::cmp::Reverse(items.len()));
    let strongest = all.into_iter().take(COLLEAGUES_MAX).filter_map(|(agent, shared)| {
        let node = NamedNode::new(agent).ok()?;
        let items = shared.iter().take(8).filter_map(|place| held.get(*place));
        Some(Colleague {
            department: lookup.reference(&node),
            count: shared.len(),
            items: items.map(|one| lookup.reference(&one.item)).collect(),
            shared,
        })
    });
    (strongest.collect(), count)
}

/// The body with those that it works with, and the strongest ties among these.
pub(crate) fn network_drawing(lookup: Lookup<'_>, name: &str, with: &[Colleague]) -> Drawing {
    let mut ties: Vec<Tie> = with
        .iter()
        .map(|one| Tie { name: one.department.label.clone(), count: one.count, others: Vec::new() })
        .collect();
    let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
    for (place, one) in with.iter().enumerate() {
        for (later, other) in with.iter().enumerate().skip(place + 1) {
            let common = other.shared.iter().filter(|item| one.shared.contains(item)).count();
            pairs.push((common, place, later));
        }
    }
    pairs.sort_by_key(|(common, ..)| std::cmp::Reverse(*common));
    for (common, place, later) in pairs.into_iter().take(PAIRS_MAX) {
        if let Some(tie) = ties.get_mut(place).filter(|_| common > 0) {
            tie.others.push(later);
        }
    }
    let described = ties.iter().take(5).map(|tie| format!("{} {}", tie.name, tie.count));
    let described = described.collect::<Vec<_>>().join(lookup.t("，", ", "));
    let title = lookup.t("与谁共事", "With whom it works");
    network(Caption { title, description: &described }, name, &ties)
}
