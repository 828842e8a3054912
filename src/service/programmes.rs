//! The programmes of a release, those that most items name first. In: the graph; out: a list to be turned over page by page. Guarantee: made once for a release, when someone asks first, of counts that
//! the image has ready: no item is read. Surprising: two documents may call one programme 行动 and 工程; it counts under the first of the two.

use oxigraph::model::vocab::rdf;
use oxigraph::model::{NamedNode, NamedOrBlankNode, Term};

use super::limits::PROGRAMMES_RANKED_MAX;
use crate::graph::vocabulary::zt;
use crate::store::Store;

/// A programme with how often it is named.
pub(crate) struct Ranked {
    pub(crate) programme: NamedNode,
    /// The place of its kind in the list of kinds; none where it has none.
    pub(crate) kind: Option<usize>,
    /// Measures and sections that name it.
    pub(crate) items: usize,
}

/// Programmes in the order of how often they are named, then of their IRIs.
pub(crate) struct Ranking {
    pub(crate) programmes: Vec<Ranked>,
    /// The kinds (行动, 工程) with how many programmes are of each, the largest first.
    pub(crate) kinds: Vec<(String, usize)>,
    /// How many programmes there are, ranked or not.
    pub(crate) count: usize,
}

impl Ranking {
    /// Reads the programmes of a graph.
    pub(crate) fn of(store: &Store) -> Self {
        let class = Some(zt::PROGRAMME.into());
        let found =
            store.triples(None, Some(rdf::TYPE), class).filter_map(|triple| match triple.subject {
                NamedOrBlankNode::NamedNode(programme) => Some(programme),
                NamedOrBlankNode::BlankNode(_) => None,
            });
        let mut kinds: Vec<(String, usize)> = Vec::new();
        let mut programmes: Vec<Ranked> = found
            .take(PROGRAMMES_RANKED_MAX)
            .map(|programme| Ranked {
                kind: kind_of(store, &programme).map(|kind| place_of(&mut kinds, kind)),
                items: store.count(Some(zt::MENTIONS), Some(programme.as_ref().into())),
                programme,
            })
            .collect();
        programmes.sort_by(|left, right| {
            let by_items = right.items.cmp(&left.items);
            by_items.then_with(|| left.programme.as_str().cmp(right.programme.as_str()))
        });
        let mut ranking = Self { programmes, kinds, count: store.count(Some(rdf::TYPE), class) };
        ranking.order_kinds();
        ranking
    }

    /// Puts the largest kind first.
    fn order_kinds(&mut self) {
        let mut order: Vec<usize> = (0..self.kinds.len()).collect();
        let size = |place: &usize| self.kinds.get(*place).map_or(0, |(_, count)| *count);
        order.sort_by_key(|place| std::cmp::Reverse(size(place)));
        let kinds = order.iter().filter_map(|place| self.kinds.get(*place).cloned()).collect();
        for ranked in &mut self.programmes {
            ranked.kind = ranked.kind.and_then(|kind| order.iter().position(|own| *own == kind));
        }
        self.kinds = kinds;
    }
}

fn kind_of(store: &Store, programme: &NamedNode) -> Option<String> {
    let subject = Some(programme.as_ref().into());
    let kinds = store.triples(subject, Some(zt::PROGRAMME_KIND), None);
    let kinds = kinds.filter_map(|triple| match triple.object {
        Term::Literal(kind) => Some(kind.value().to_owned()),
        Term::NamedNode(_) | Term::BlankNode(_) => None,
    });
    kinds.min()
}

/// The place of a kind in the list, which gets it where it is new; counts it.
fn place_of(kinds: &mut Vec<(String, usize)>, kind: String) -> usize {
    let place = kinds.iter().position(|(own, _)| *own == kind).unwrap_or_else(|| {
        kinds.push((kind, 0));
        kinds.len() - 1
    });
    if let Some((_, count)) = kinds.get_mut(place) {
        *count += 1;
    }
    place
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::{GraphName, Literal, Quad};

    fn quad(name: &str, property: oxigraph::model::NamedNodeRef<'_>, object: Term) -> Quad {
        let subject = NamedNode::new(format!("https://base.example/{name}")).unwrap();
        Quad::new(subject, property, object, GraphName::DefaultGraph)
    }

    fn programme(name: &str) -> Term {
        NamedNode::new(format!("https://base.example/{name}")).unwrap().into()
    }

    fn ranking() -> Ranking {
        let mut quads = Vec::new();
        for (name, kind) in [("甲", "行动"), ("乙", "工程"), ("丙", "工程")] {
            quads.push(quad(name, rdf::TYPE, zt::PROGRAMME.into_owned().into()));
            quads.push(quad(name, zt::PROGRAMME_KIND, Literal::from(kind).into()));
        }
        for (item, named) in [("1", "丙"), ("2", "丙"), ("1", "甲")] {
            quads.push(quad(item, zt::MENTIONS, programme(named)));
        }
        Ranking::of(&Store::from_quads(quads))
    }

    #[test]
    fn what_most_items_name_comes_first() {
        let ranking = ranking();
        let names: Vec<_> = ranking.programmes.iter().map(|one| one.programme.clone()).collect();
        let names: Vec<_> = names.into_iter().map(Term::from).collect();
        assert_eq!(names, [programme("丙"), programme("甲"), programme("乙")]);
        assert_eq!(ranking.count, 3);
    }

    #[test]
    fn the_kind_of_most_programmes_comes_first_and_each_keeps_its_own() {
        let ranking = ranking();
        assert_eq!(ranking.kinds, [("工程".to_owned(), 2), ("行动".to_owned(), 1)]);
        let kinds: Vec<_> = ranking.programmes.iter().map(|one| one.kind).collect();
        assert_eq!(kinds, [Some(0), Some(1), Some(0)]);
    }
}
