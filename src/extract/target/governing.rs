//! Deadlines that stand outside a paragraph and govern it. In: the blocks of a body one after the other; out: the deadline that each is read
//! with. The surprise: they stand before it (the lead-in of points, a chapter of goals, the name of a stage) or behind it (the line that
//! closes the item above).

use super::Calendar;
use super::in_force::{InForce, find_cell, find_closing_due, find_stage};
use crate::extract::outline::{Block, Outline};
use crate::extract::topic::announces_goals;
use crate::text::{Pattern, pattern};
use std::sync::LazyLock;

/// What governs the blocks behind.
#[derive(Default)]
pub(super) struct Governing {
    /// 到2027年：——… ——…: the deadline of the paragraph that leads in to points, with its item.
    lead_in: Option<(Option<usize>, InForce)>,
    /// 二、目标 到2027年，…: the deadline of a chapter of goals governs the goals that stand below it.
    goals: Option<(usize, InForce)>,
    /// （一）起步阶段（2027年）: what the stage promises is due at its end.
    stage: Option<(usize, InForce)>,
    /// 到2027年，完成以下任务：1.… 2.…: the lead-in of the items below.
    listed: Option<(usize, InForce)>,
}

impl Governing {
    /// The deadline that governs `block` from outside.
    pub(super) fn find(
        &mut self,
        clean: &str,
        outline: &Outline,
        block: Block,
        calendar: Calendar,
    ) -> Option<InForce> {
        let is_point = block.span.slice(clean).starts_with('—');
        let led = self.lead_in.take().filter(|(item, _)| is_point && *item == block.item);
        if let Some((at, words)) = block.item.zip(block.is_heading.then(|| block.span.slice(clean)))
        {
            let found = find_stage(words, block.span.byte_start).map(|due| (at, due));
            self.stage =
                found.or(self.stage.take().filter(|(above, _)| is_below(outline, at, *above)));
        }
        let of = |above: &Option<(usize, InForce)>, is_own: bool| {
            let (above, due) = above.as_ref()?;
            let item = block.item?;
            ((is_own && item == *above) || is_below(outline, item, *above)).then(|| due.clone())
        };
        let of_row = || {
            let cell = *outline.row_dues.get(&block.item?)?;
            find_cell(clean, cell, calendar.document_year)
        };
        led.map(|(_, due)| due)
            // What stands in the list of goals is a goal: the deadline governs it as if it named it.
            .or_else(|| of(&self.goals, true))
            .or_else(|| of(&self.stage, true))
            .or_else(|| of(&self.listed, false))
            .or_else(of_row)
            .or_else(|| find_closing_above(clean, outline, block))
    }

    /// Takes what `block` says of those behind it: `due` is what opened it, or governs it.
    pub(super) fn leave(
        &mut self,
        clean: &str,
        outline: &Outline,
        block: Block,
        due: Option<InForce>,
    ) {
        if let Some((at, due)) = block.item.zip(due.clone()) {
            if outline.items.get(at).is_some_and(|item| announces_goals(&item.heading.value)) {
                self.goals = Some((at, due.clone()));
            }
            if lists_tasks(block.span.slice(clean)) {
                self.listed = Some((at, due));
            }
        }
        self.lead_in = due.map(|due| (block.item, due));
    }
}

/// 到2027年，完成以下任务：: what follows is listed below.
fn lists_tasks(words: &str) -> bool {
    static TASKS: Pattern = LazyLock::new(|| {
        pattern(
            r"(?:完成|实现|办好|推进|抓好|做好|实施|达到|开展)[^，。；]{0,12}(?:以下|如下|下列)[^，。；]{0,14}[：:]$",
        )
    });
    words.ends_with(['：', ':']) && TASKS.is_match(words)
}

/// 1.… 2.… 完成时限：2031年6月底: the line behind the last of several points closes the item above them.
fn find_closing_above(clean: &str, outline: &Outline, block: Block) -> Option<InForce> {
    let item = block.item?;
    let own = outline.items.get(item)?;
    let above = own.parent?;
    let note = outline.items.get(above)?.assignments.last()?.agent.span;
    if !own.assignments.is_empty() || note.byte_start < block.span.byte_end {
        return None;
    }
    let is_last = |last: &&Block| {
        last.span.byte_end <= note.byte_start
            && last.item.is_some_and(|at| is_below(outline, at, above))
    };
    find_closing_due(clean, outline.blocks.iter().rfind(is_last)?.span)
}

/// Whether an item stands below another.
fn is_below(outline: &Outline, mut at: usize, above: usize) -> bool {
    while let Some(parent) = outline.items.get(at).and_then(|item| item.parent) {
        if parent == above {
            return true;
        }
        at = parent;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::super::super::outline::find_outline;
    use super::super::super::paragraph::find_paragraphs;
    use super::super::find_targets;
    use super::*;

    fn dues(text: &str) -> Vec<Option<u16>> {
        let paragraphs = find_paragraphs(text);
        let mut outline = find_outline(text, &paragraphs, &vec![false; paragraphs.len()]);
        crate::extract::responsibility::assign_bodies(text, &mut outline);
        let targets = find_targets(text, &outline, Calendar::default()).into_iter();
        targets.map(|target| target.deadline.map(|deadline| deadline.due.year())).collect()
    }

    #[test]
    fn the_lead_in_of_a_list_of_tasks_tells_when_they_are_due() {
        let text = "一、种树\n到2031年底，完成以下任务：\n1.新建公园4座。\n2.新增苗圃6个。\n二、浇水\n新建水池5座。";
        assert_eq!(dues(text), [Some(2031), Some(2031), None]);
        let text = "一、种树\n根据2031年底前完成清点的要求，提出意见如下：\n1.新建公园4座。";
        assert_eq!(dues(text), [None]);
    }

    #[test]
    fn the_line_behind_the_last_point_closes_the_item_above() {
        let text = "（一）绿化。做好绿化工作。\n责任单位：市园林局\n（二）治水。新建水池5座。\n责任单位：市水务局\n（三）公园。改造公园。\n1.造园。新建公园4座。\n2.育苗。新增苗圃6个。\n责任单位：市园林局\n完成时限：2031年6月底前";
        assert_eq!(dues(text), [None, Some(2031), Some(2031)]);
    }
}
