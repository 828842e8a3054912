//! The tree of items, walked. In: an outline and the index of an item; out: what stands above, below and in it. Items stand in the
//! order of the text, so what is below an item is the run behind it.

use crate::document::Item;
use crate::extract::ordinal::Style;
use crate::extract::outline::{Block, Outline};

/// How many items stand below an item.
pub(super) fn below(outline: &Outline, at: usize) -> usize {
    let is_below = |item: &&Item| item.parent.is_some_and(|parent| parent >= at);
    outline.items.iter().skip(at + 1).take_while(is_below).count()
}

/// The words of an item itself. Blocks stand in the order of the text, so only those of the item and of what
/// stands below it are looked at.
pub(super) fn own_text<'a>(clean: &'a str, outline: &Outline, at: usize) -> Vec<&'a str> {
    let Some(item) = outline.items.get(at) else { return Vec::new() };
    let first =
        outline.blocks.partition_point(|block| block.span.byte_start < item.span.byte_start);
    let below = |block: &&Block| {
        block.item.is_none_or(|holder| {
            let parent = outline.items.get(holder).and_then(|item| item.parent);
            holder == at || parent.is_some_and(|parent| parent >= at)
        })
    };
    let own = |block: &&Block| block.item == Some(at) && !block.is_heading;
    outline
        .blocks
        .iter()
        .skip(first)
        .take_while(below)
        .filter(own)
        .map(|block| block.span.slice(clean))
        .collect()
}

pub(super) fn ancestors_have_article(outline: &Outline, at: usize) -> bool {
    ancestors(&outline.items, at).any(|above| outline.styles.get(above) == Some(&Style::Article))
}

pub(super) fn has_assignments_below(outline: &Outline, at: usize) -> bool {
    outline
        .items
        .iter()
        .enumerate()
        .skip(at + 1)
        .take_while(|(_, item)| item.parent.is_some_and(|parent| parent >= at))
        .any(|(below, item)| {
            !item.assignments.is_empty()
                && ancestors(&outline.items, below).any(|above| above == at)
        })
}

pub(super) fn children(items: &[Item], at: usize) -> Vec<usize> {
    items
        .iter()
        .enumerate()
        .skip(at + 1)
        .take_while(|(_, item)| item.parent.is_some_and(|parent| parent >= at))
        .filter(|(_, item)| item.parent == Some(at))
        .map(|(index, _)| index)
        .collect()
}

/// Indexes of the items above an item, the nearest first.
pub(super) fn ancestors(items: &[Item], at: usize) -> impl Iterator<Item = usize> {
    std::iter::successors(items.get(at).and_then(|item| item.parent), |&above| {
        items.get(above).and_then(|item| item.parent)
    })
}

/// An item and those above it.
pub(super) fn self_and_above(outline: &Outline, at: usize) -> impl Iterator<Item = usize> {
    std::iter::once(at).chain(ancestors(&outline.items, at))
}
