//! How many words each element of a page shows. In: a page. Out: characters below each element, in links and outside.
//! Guarantee: one walk over the page, without recursion; spaces and what is not shown do not count. The surprise: the
//! counts are made once, because choosing the text asks for them at every element.

use super::markup::is_shown;
use ego_tree::NodeId;
use ego_tree::iter::Edge;
use scraper::{ElementRef, Html, Node};
use std::collections::HashMap;

/// Characters below one element.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Weight {
    /// All of them.
    pub(super) chars: usize,
    /// Those in links, which lead elsewhere.
    pub(super) linked: usize,
}

impl Weight {
    /// Characters that are the page's own.
    pub(super) const fn own(self) -> usize {
        self.chars.saturating_sub(self.linked)
    }
}

/// The weights of the elements of a page.
pub(super) struct Weights(HashMap<NodeId, Weight>);

impl Weights {
    /// Weighs every element of `page`.
    pub(super) fn of(page: &Html) -> Self {
        let mut weights = HashMap::new();
        let mut open: Vec<Weight> = vec![Weight::default()];
        let (mut hidden_depth, mut link_depth) = (0_usize, 0_usize);
        for edge in page.tree.root().traverse() {
            match edge {
                Edge::Open(node) => match (node.value(), ElementRef::wrap(node)) {
                    (_, Some(element)) => {
                        hidden_depth += usize::from(hidden_depth > 0 || !is_shown(element));
                        link_depth += usize::from(element.value().name() == "a");
                        open.push(Weight::default());
                    }
                    (Node::Text(text), None) if hidden_depth == 0 => {
                        let chars = text.chars().filter(|c| !c.is_whitespace()).count();
                        if let Some(weight) = open.last_mut() {
                            weight.chars += chars;
                            weight.linked += if link_depth > 0 { chars } else { 0 };
                        }
                    }
                    _ => {}
                },
                Edge::Close(node) => {
                    let Some(element) = ElementRef::wrap(node) else { continue };
                    hidden_depth = hidden_depth.saturating_sub(1);
                    link_depth -= usize::from(element.value().name() == "a");
                    let weight = open.pop().unwrap_or_default();
                    if let Some(outer) = open.last_mut() {
                        outer.chars += weight.chars;
                        outer.linked += weight.linked;
                    }
                    weights.insert(node.id(), weight);
                }
            }
        }
        Self(weights)
    }

    /// The weight of one element of the page.
    pub(super) fn get(&self, element: ElementRef<'_>) -> Weight {
        self.0.get(&element.id()).copied().unwrap_or_default()
    }
}
