//! Notes whose first body leads. In: a text and its notes; out: the same notes with the lead set. A text says once, in or behind
//! a note, that the unit listed first leads, and means that note and all that follow. The surprise: who stands alone is the first too,
//! but the text may mean the first unit of one level (省级单位列第一位者), and a note that names none of that level has no lead.

use super::Note;
use crate::document::{Assignment, Role};
use crate::text::{Pattern, pattern};
use std::sync::LazyLock;

static FIRST_LEADS: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:([省市县区])(?:级|直)?(?:单位|部门))?(?:排|列)(?:名|序)?(?:在)?(?:第一(?:位|名)?|首位)(?:者|的)?(?:责任)?(?:单位|部门)?[为是](?:该项|该条|本项|工作|主要)?(?:的)?牵头|[逗分]号(?:之|以)?前(?:的|者)?(?:责任)?(?:单位|部门)?[为是]牵头",
    )
});

/// Whether the text says that the first unit leads.
pub(super) fn is_said(clean: &str) -> bool {
    FIRST_LEADS.is_match(clean)
}

/// Where the text says that the first unit leads, makes it lead: where a note says so in that note and those behind, where a
/// sentence does in all.
pub(super) fn let_the_first_lead(clean: &str, notes: &mut [Note]) {
    let Some(found) = FIRST_LEADS.captures(clean) else { return };
    let said_at = found.get(0).map_or(0, |whole| whole.start());
    let level = found.get(1).map_or("", |level| level.as_str());
    let in_note =
        notes.iter().any(|note| note.span.byte_start <= said_at && said_at < note.span.byte_end);
    let from = if in_note { said_at } else { 0 };
    // 逗号前为牵头单位: all that stand before the first border lead.
    let leads_by_border = found.get(0).is_some_and(|whole| whole.as_str().contains("号"));
    for note in notes.iter_mut().filter(|note| note.span.byte_end >= from && !note.stays) {
        if note.assignments.iter().any(|one| one.role == Role::Lead) {
            continue;
        }
        // Who only helps leads nobody.
        let may_lead = |one: &&mut Assignment| {
            matches!(one.role, Role::Responsible | Role::Shared)
                && one.agent.value.starts_with(level)
        };
        let border = note.span.slice(clean).find(['，', ',', '；', ';']);
        let border = border.filter(|_| leads_by_border).map(|at| note.span.byte_start + at);
        let is_before = |one: &Assignment| border.is_none_or(|at| one.agent.span.byte_end <= at);
        let leading = note.assignments.iter_mut().filter(may_lead).filter(|one| is_before(one));
        let count = if border.is_some() { usize::MAX } else { 1 };
        leading.take(count).for_each(|one| one.role = Role::Lead);
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::outline::find_outline;
    use super::super::super::paragraph::find_paragraphs;
    use super::super::assign_bodies;
    use crate::document::Role;

    fn leads(text: &str) -> Vec<Option<String>> {
        let paragraphs = find_paragraphs(text);
        let mut outline = find_outline(text, &paragraphs, &vec![false; paragraphs.len()]);
        assign_bodies(text, &mut outline);
        let lead = |item: &crate::document::Item| {
            let lead = item.assignments.iter().find(|one| one.role == Role::Lead)?;
            Some(lead.agent.value.clone())
        };
        outline.items.iter().map(lead).collect()
    }

    #[test]
    fn the_first_unit_leads_from_where_the_text_says_so() {
        let text = "（一）种树。种好树。［责任单位：省园林厅、水利厅，各市政府。省级单位列第一位者为牵头单位，下同］\n\
                    （二）治水。治好水。［责任单位：各市政府，省水利厅、园林厅］\n（三）护林。护好林。［责任单位：各市政府］";
        assert_eq!(leads(text), [Some("省园林厅".into()), Some("省水利厅".into()), None]);
        let text = "（一）种树。种好树。（责任单位：园林局、水务局；排第一的为牵头单位）";
        assert_eq!(leads(text), [Some("园林局".into())]);
        let text = "（一）种树。种好树。[责任单位：园林局、水务局，各区政府，排在首位为工作牵头单位，下同]";
        assert_eq!(leads(text), [Some("园林局".into())]);
        let text = "（一）种树。种好树。（责任单位：园林局，水务局，逗号前为牵头单位，下同）\n（二）护林。护好林。（责任单位：林业局，园林局）";
        assert_eq!(leads(text), [Some("园林局".into()), Some("林业局".into())]);
        let text = "（一）种树。（园林局、水务局按职责分工负责，列第一的为牵头单位，下同）\n（二）护林。（林业局负责）";
        assert_eq!(leads(text), [Some("园林局".into()), Some("林业局".into())]);
        let text = "（一）种树。种好树。（责任单位：园林局、水务局）\n各项措施排序第一的责任单位为该项牵头单位。";
        assert_eq!(leads(text), [Some("园林局".into())]);
    }

    #[test]
    fn who_stands_alone_leads_and_who_only_helps_does_not() {
        let text = "（一）种树。（园林局、水务局负责，排第一的为牵头单位，下同）\n（二）护林。（各市政府负责）\n（三）治水。（水务局配合）";
        assert_eq!(leads(text), [Some("园林局".into()), Some("各市政府".into()), None]);
    }

    #[test]
    fn where_nothing_is_said_nobody_leads() {
        assert_eq!(leads("（一）种树。种好树。（责任单位：园林局、水务局）"), [None]);
    }
}
