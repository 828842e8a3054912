//! Notes that are numbered items of their own: （四）责任单位：某局. In: the outline and its notes; out: those items, with the label for
//! their title. The surprise: such a note is about the item above it; where that says nothing itself, about all that
//! stands below it, each a task.

use super::{Note, note};
use crate::document::Located;
use crate::extract::outline::Outline;
use crate::text::{Pattern, Span, pattern};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Gives the items that consist of a note its label for their title; their indexes.
pub(super) fn name_items(clean: &str, outline: &mut Outline, notes: &[Note]) -> HashSet<usize> {
    let mut blocks: HashMap<usize, usize> = HashMap::new();
    for item in outline.blocks.iter().filter_map(|block| block.item) {
        *blocks.entry(item).or_default() += 1;
    }
    let mut named = HashSet::new();
    for note in notes.iter().filter(|note| !note.stays) {
        let Some(block) = outline.blocks.get(note.block) else { continue };
        let Some(at) = block.item.filter(|at| blocks.get(at) == Some(&1)) else { continue };
        let words = note.span.slice(clean);
        let label = words.find(['：', ':']).filter(|_| note::opens_with_label(words));
        let Some(item) = outline.items.get_mut(at) else { continue };
        if let Some(label) = label
            && note.span.byte_start == block.span.byte_start
            && item.heading.value.is_empty()
        {
            let start = note.span.byte_start;
            let label = Span::new(start, start + label);
            item.heading = Located::new(label.slice(clean).to_owned(), label);
            named.insert(at);
        }
    }
    named
}

/// 主要任务, 完成时限: what one task is made of.
static ASPECT: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:目标|任务|内容|措施|要求|时限|时间|期限|范围|对象|标准|程序|流程|步骤|原则|依据|条件|材料|方式|单位|部门)$",
    )
});

/// Whether all that stands below `parent` besides `notes` is to be done, and the parent says nothing of its own.
pub(super) fn has_steps(outline: &Outline, parent: usize, notes: &HashSet<usize>) -> bool {
    let mut steps = outline
        .items
        .iter()
        .enumerate()
        .filter(|(at, item)| item.parent == Some(parent) && !notes.contains(at))
        .map(|(_, item)| item)
        .peekable();
    let says_nothing =
        !outline.blocks.iter().any(|block| block.item == Some(parent) && !block.is_heading);
    says_nothing
        && steps.peek().is_some()
        && steps.all(|item| !ASPECT.is_match(&item.heading.value))
}
