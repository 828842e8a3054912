//! Who is in charge of what. In: the body's blocks; out: assignments on the items, and the blocks without
//! the notes. Read are notes in brackets, lines with a label, sentences that tell only roles, and 由…负责. A body
//! that is merely the subject of a sentence is not in charge. The surprise: a note behind the last sub-point may belong to the
//! whole item; it does where no other sub-point has one and other items of that style do.

mod agent;
mod bracket;
mod first;
mod note;
mod own_item;
mod statement;

use self::bracket::{find_brackets, inside, is_list_of_bodies, is_note};
use super::ordinal::Style;
use super::outline::{Block, Outline};
use super::paragraph::{find_sentences, trim};
use crate::document::{Assignment, Located, Role};
use crate::text::{Pattern, Span, pattern};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// A label that opens a line or follows a sentence.
static LINE_LABEL: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"(?:^|[。；;）)\]〕])((?:牵头责任|牵头推进|责任牵头|主要责任|主要|共同)?(?:牵头|责任|负责|配合|参与|参加|落实|主办|协办|承办|督导|指导|协同|协作)(?:推进|责任|落实|实施)?",
        r"(?:单位|部门|主体|机构|地区|领导)(?:及[\p{Han}]{2,6}(?:[（(](?:单位|部门|科室)[）)])?)?[：:]|实施(?:单位|部门)[：:])"
    ))
});

static BODY: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:政府|委员会|委|办公厅|办公室|办|厅|局|部|院|会|中心|公司|集团|银行|分行|支行|部门|单位|机关|管委会|署|海关|支队|总队|督查室|研究室|专班|小组|指挥部|镇|街道|[妇残文侨社]联|工商联|科协|供销社|档案馆|党校|大学|机构|大队|[局厅委][\p{Han}]{2,8}[处科]|[市州县区])(?:[（(][^（）()]*[）)])?$",
    )
});

static LINE_END: Pattern =
    LazyLock::new(|| pattern(r"。|[（(][一二三四五六七八九十]{1,3}[）)]|[0-9]{1,2}[.．]"));

/// 市园林局：负责种树: a line that a body's name opens, and says behind a colon what it is in charge of.
static OWN_LINE: Pattern = LazyLock::new(|| {
    pattern(
        r"^([\p{Han}、（）()]{3,40})[：:](?:(负责牵头|牵头负责|牵头)|(负责配合|配合|协助|参与)|(具体负责|主要负责|负责)|[^。；]{4,60}负责)",
    )
});

/// Whether words end like the name of a body.
fn is_body(words: &str) -> bool {
    BODY.is_match(words)
}

/// A note found in a block.
pub(super) struct Note {
    block: usize,
    span: Span,
    assignments: Vec<Assignment>,
    /// Whether the words remain part of the text: 由市园林局负责.
    stays: bool,
}

/// Puts the assignments of all notes on the items of `outline` and takes the notes out of its blocks.
pub(super) fn assign_bodies(clean: &str, outline: &mut Outline) {
    let mut notes = Vec::new();
    for (block, place) in outline.blocks.iter().enumerate() {
        find_notes(clean, block, place, &mut notes);
    }
    first::let_the_first_lead(clean, &mut notes);
    outline.notes_count = notes.iter().filter(|note| !note.stays).count();
    let own_items = own_item::name_items(clean, outline, &notes);
    let holders = find_holders(outline, &notes, &own_items);
    for (note, holder) in notes.iter().zip(holders) {
        let Some(holder) = holder else { continue };
        put_in_charge(outline, holder.item, &note.assignments);
        if holder.closes_group {
            outline.closed_by_note.push(holder.item);
            // It is printed in the last item of the group, and belongs there as well by the letter; the group has it for all.
            let last = outline.blocks.get(note.block).and_then(|block| block.item);
            let has_no_share = |at: usize| {
                at == holder.item || own_items.contains(&at) || ends_list(clean, outline, at)
            };
            if let Some(last) = last.filter(|&last| !has_no_share(last)) {
                put_in_charge(outline, last, &note.assignments);
            }
        }
    }
    remove_notes(clean, outline, &notes);
}

/// 1.育苗；2.补苗。: whether an item is the last entry of a list in one sentence.
fn ends_list(clean: &str, outline: &Outline, at: usize) -> bool {
    let parent = outline.items.get(at).map(|item| item.parent);
    let mut before = outline.items.get(..at).unwrap_or_default().iter().rev();
    let sibling = before.find(|item| Some(item.parent) == parent);
    sibling.is_some_and(|item| item.span.slice(clean).trim_end().ends_with(['；', ';']))
}

/// Gives an item the bodies that it does not have yet.
fn put_in_charge(outline: &mut Outline, item: usize, assignments: &[Assignment]) {
    let Some(item) = outline.items.get_mut(item) else { return };
    for one in assignments {
        let known = item
            .assignments
            .iter()
            .any(|old| old.agent.value == one.agent.value && old.role == one.role);
        if !known {
            item.assignments.push(one.clone());
        }
    }
}

/// Where a note in brackets at the end of `words` starts, if there is one: headings end before it.
pub(super) fn find_closing_note(words: &str) -> Option<usize> {
    find_brackets(words).into_iter().rev().find_map(|outer| {
        let tail = words.get(outer.byte_end..)?.trim_end_matches('。');
        (tail.is_empty() && is_note(inside(words, outer), words, outer)).then_some(outer.byte_start)
    })
}

fn find_notes(clean: &str, block: usize, place: &Block, notes: &mut Vec<Note>) {
    let words = place.span.slice(clean);
    let brackets = find_brackets(words);
    // （责任单位：某局；配合单位：某委）: a label in a bracket opens no line.
    let is_inside =
        |at: usize| brackets.iter().any(|outer| outer.byte_start < at && at < outer.byte_end);
    let labels = LINE_LABEL.captures_iter(words).filter_map(|found| found.get(1));
    let label = labels.map(|label| label.start()).find(|&at| !is_inside(at));
    let limit = label.unwrap_or(words.len());
    for &outer in &brackets {
        let content = inside(words, outer);
        let is_line = place.item.is_some() && outer.byte_start == 0;
        if outer.byte_start < limit
            && (is_note(content, words, outer)
                || (is_line && is_list_of_bodies(content, words, outer)))
        {
            let content = content.shifted(place.span.byte_start);
            let assignments = note::parse_note(clean, content);
            notes.push(Note {
                block,
                span: outer.shifted(place.span.byte_start),
                assignments,
                stays: false,
            });
        }
    }
    let in_note = |at: usize| {
        notes.iter().any(|note| {
            note.block == block
                && note.span.byte_start <= at + place.span.byte_start
                && at + place.span.byte_start < note.span.byte_end
        })
    };
    let labels = LINE_LABEL.captures_iter(words).filter_map(|found| found.get(1));
    let lines: Vec<usize> = labels.map(|label| label.start()).filter(|&at| !in_note(at)).collect();
    let mut read_until = 0;
    // A copy that has lost its line ends has several in one block.
    for start in lines {
        if start < read_until {
            continue;
        }
        let line = Span::new(start, find_line_end(words, start));
        read_until = line.byte_end;
        let span = note::cut_run_on(clean, line.shifted(place.span.byte_start));
        let assignments = note::parse_note(clean, span);
        notes.push(Note { block, span, assignments, stays: false });
    }
    if limit == words.len() {
        notes.extend(find_own_line(clean, block, place));
        notes.extend(find_role_sentence(clean, block, place));
    }
    statement::find_put_in_charge(clean, block, place, notes);
    statement::find_entrusted(clean, block, place, notes);
    statement::find_standing(clean, block, place, notes);
}

/// The bodies of a cell of a table: each with the `role` that its column tells, unless the cell says who leads and who helps.
pub(super) fn find_bodies_of_cell(clean: &str, cell: Span, role: Role) -> Vec<Assignment> {
    let words = cell.slice(clean);
    if words.trim_end_matches('。').contains('。') {
        return Vec::new();
    }
    let assignments: Vec<Assignment> = if note::opens_with_label(words) || note::is_suffixed(words)
    {
        note::parse_note(clean, cell)
    } else {
        let lines = split_lines(clean, cell).into_iter();
        lines.flat_map(|line| assign_list(clean, line, role)).collect()
    };
    let names_body = assignments.iter().any(|one| is_body(&one.agent.value));
    if names_body { assignments } else { Vec::new() }
}

/// 市园林局市财政局: bodies that stood on lines of their own in a cell, whose line ends reading has dropped.
fn split_lines(clean: &str, cell: Span) -> Vec<Span> {
    static END: Pattern = LazyLock::new(|| pattern(r"局|厅|委|办公室|政府|管委会|中心|公司"));
    static NEXT: Pattern = LazyLock::new(|| {
        pattern(
            r"^(?:[省市县区州][\p{Han}]{1,12}?(?:[^分]局|厅|委|办|部|政府|中心|公司)|各(?:[市县区乡镇级]|有关|相关))",
        )
    });
    let words = cell.slice(clean);
    let ends = END.find_iter(words).map(|end| end.end());
    let cuts = ends.filter(|&at| words.get(at..).is_some_and(|rest| NEXT.is_match(rest)));
    let borders: Vec<usize> = std::iter::once(0).chain(cuts).chain([words.len()]).collect();
    let pieces = borders.iter().zip(borders.iter().skip(1));
    pieces.map(|(&from, &to)| Span::new(from, to).shifted(cell.byte_start)).collect()
}

/// Whether a text says that the first of the bodies named leads.
pub(super) fn says_first_leads(clean: &str) -> bool {
    first::is_said(clean)
}

/// The bodies of `list`, each with the same role.
fn assign_list(clean: &str, list: Span, role: Role) -> Vec<Assignment> {
    let agents = agent::find_agents(clean, list).into_iter();
    agents
        .map(|name| Assignment { agent: Located::new(name.slice(clean).to_owned(), name), role })
        .collect()
}

/// The sentence that opens a block and tells only who does what in the item: 市园林局牵头，各区政府组织实施。.
fn find_role_sentence(clean: &str, block: usize, place: &Block) -> Option<Note> {
    if place.is_heading {
        return None;
    }
    let first = find_sentences(clean, place.span).first().copied()?;
    if !note::tells_only_roles(first.slice(clean)) {
        return None;
    }
    Some(Note { block, span: first, assignments: note::parse_note(clean, first), stays: true })
}

/// The line that a body opens to say what it is in charge of; its words remain text.
fn find_own_line(clean: &str, block: usize, place: &Block) -> Option<Note> {
    let words = place.span.slice(clean);
    let found = OWN_LINE.captures(words).filter(|_| !note::opens_with_label(words))?;
    let name = found.get(1)?;
    let list = Span::new(name.start(), name.end()).shifted(place.span.byte_start);
    let role = match (found.get(2), found.get(3)) {
        (Some(_), _) => Role::Lead,
        (None, Some(_)) => Role::Support,
        _ => Role::Responsible,
    };
    let assignments = assign_list(clean, list, role);
    // 园林、水务部门：负责…: the noun behind the last name is that of all.
    let shares_noun = name.as_str().ends_with("部门") && name.as_str().contains('、');
    let are_bodies = assignments
        .iter()
        .all(|one| shares_noun || is_body(&one.agent.value) || one.agent.value.ends_with("企业"));
    (are_bodies && !assignments.is_empty()).then_some(Note {
        block,
        span: list,
        assignments,
        stays: true,
    })
}

/// Where a labelled line ends: at a full stop, or at a number where copies have lost the line end.
fn find_line_end(words: &str, start: usize) -> usize {
    let rest = words.get(start..).unwrap_or_default();
    LINE_END.find(rest).map_or(words.len(), |end| start + end.start())
}

/// The item that each note belongs to.
fn find_holders(
    outline: &Outline,
    notes: &[Note],
    own_items: &HashSet<usize>,
) -> Vec<Option<Holder>> {
    let item_of = |note: &Note| outline.blocks.get(note.block).and_then(|block| block.item);
    let parent_of = |item: usize| outline.items.get(item).and_then(|item| item.parent);
    let above = |item: usize| parent_of(item).filter(|_| own_items.contains(&item));
    let direct: Vec<Option<usize>> =
        notes.iter().map(|note| item_of(note).map(|item| above(item).unwrap_or(item))).collect();
    let family = Family::new(outline, &direct);
    let is_behind = |(note, item): &(&Note, &Option<usize>)| {
        item.is_some_and(|item| family.ends_before(outline, item, note))
    };
    // A line of its own closes the group too, where most notes are written into the last items of theirs.
    let behind = notes.iter().zip(&direct).filter(is_behind).count();
    let is_closing = family.closed_groups.len() > 2 * behind;
    let holder = |(note, item): (&Note, &Option<usize>)| {
        // A sentence amid a text is about the item where it stands.
        let starts = outline.blocks.get(note.block).map(|block| block.span.byte_start);
        let is_amid = note.stays && starts.is_some_and(|start| start < note.span.byte_start);
        let held = if is_amid {
            Holder { item: (*item)?, closes_group: false }
        } else {
            climb(outline, (*item)?, &family)
        };
        let is_of_steps = item_of(note).and_then(above).is_some_and(|above| {
            above == held.item && own_item::has_steps(outline, above, own_items)
        });
        let closes_group =
            held.closes_group || is_of_steps || (is_closing && is_behind(&(note, item)));
        Some(Holder { closes_group, ..held })
    };
    notes.iter().zip(&direct).map(holder).collect()
}

/// The item that a note belongs to.
#[derive(Clone, Copy)]
struct Holder {
    item: usize,
    /// Whether the note stands behind the last of the item's own items.
    closes_group: bool,
}

/// What [`climb`] asks of the tree.
#[derive(Default)]
struct Family {
    /// The last child of each item that has children.
    last_child: HashMap<usize, usize>,
    /// The children of each item that have a note of their own.
    noted: HashMap<usize, Vec<usize>>,
    /// How many items of each style have a note of their own.
    holders: HashMap<Style, u32>,
    /// Items whose note stands behind their last item, in a text that puts its notes there.
    closed_groups: HashSet<usize>,
}

impl Family {
    fn new(outline: &Outline, direct: &[Option<usize>]) -> Self {
        let mut family = Self::default();
        for (at, item) in outline.items.iter().enumerate() {
            if let Some(parent) = item.parent {
                family.last_child.insert(parent, at);
            }
        }
        let mut noted: Vec<usize> = direct.iter().flatten().copied().collect();
        noted.sort_unstable();
        noted.dedup();
        for &at in &noted {
            if let Some(&style) = outline.styles.get(at) {
                *family.holders.entry(style).or_default() += 1;
            }
            if let Some(parent) = outline.items.get(at).and_then(|item| item.parent) {
                family.noted.entry(parent).or_default().push(at);
            }
        }
        family.closed_groups = family.find_closed_groups(outline, &noted);
        family
    }

    /// Whether the group that `item` is ends before `note`.
    fn ends_before(&self, outline: &Outline, item: usize, note: &Note) -> bool {
        let last = self.last_child.get(&item).and_then(|&last| outline.items.get(last));
        last.is_some_and(|last| last.span.byte_end <= note.span.byte_start)
    }

    /// The groups of several items that have one note, behind the last of them: where at least two groups of a style are so
    /// and hardly one is otherwise, or every other one has a note for each item, the text means the groups, not their last items.
    fn find_closed_groups(&self, outline: &Outline, holders: &[usize]) -> HashSet<usize> {
        let mut counts: HashMap<Style, (usize, usize, usize)> = HashMap::new();
        let children =
            |parent: usize| outline.items.iter().filter(|item| item.parent == Some(parent)).count();
        let mut closed_groups = HashSet::new();
        for (&parent, noted) in &self.noted {
            let Some(&last) = self.last_child.get(&parent).filter(|&&last| last > parent + 1)
            else {
                continue;
            };
            let Some(&style) = outline.styles.get(last) else { continue };
            // No note stands anywhere below the items before the last.
            let first = holders.partition_point(|&at| at <= parent);
            let is_closed = noted[..] == [last] && holders.get(first) == Some(&last);
            let (closed, full, all) = counts.entry(style).or_default();
            *closed += usize::from(is_closed);
            *full += usize::from(!is_closed && noted.len() == children(parent));
            *all += 1;
            if is_closed {
                closed_groups.insert(parent);
            }
        }
        let closes = |&(closed, full, all): &(usize, usize, usize)| {
            closed >= 2 && (closed * 5 >= all * 4 || closed + full == all)
        };
        if counts.values().any(closes) { closed_groups } else { HashSet::new() }
    }
}

/// Goes up from the last of several sub-points while none of the others has a note.
fn climb(outline: &Outline, from: usize, family: &Family) -> Holder {
    let mut item = from;
    let mut closed = None;
    while let Some(parent) = outline.items.get(item).and_then(|item| item.parent) {
        let is_last = family.last_child.get(&parent) == Some(&item);
        let others =
            family.noted.get(&parent).is_some_and(|noted| noted.iter().any(|&at| at != item));
        let count = |at: usize| {
            outline.styles.get(at).and_then(|style| family.holders.get(style)).copied().unwrap_or(0)
        };
        if !is_last || others {
            break;
        }
        if count(parent) > count(from) {
            return Holder { item: parent, closes_group: false };
        }
        closed = closed.or(Some(parent).filter(|at| family.closed_groups.contains(at)));
        item = parent;
    }
    Holder { item: closed.unwrap_or(from), closes_group: closed.is_some() }
}

fn remove_notes(clean: &str, outline: &mut Outline, notes: &[Note]) {
    let mut blocks = Vec::with_capacity(outline.blocks.len());
    let mut notes = notes.iter().filter(|note| !note.stays).peekable();
    for (at, block) in outline.blocks.iter().enumerate() {
        let mut from = block.span.byte_start;
        let mut pieces = Vec::new();
        while let Some(note) = notes.next_if(|note| note.block == at) {
            pieces.push(Span::new(from, note.span.byte_start));
            from = note.span.byte_end.max(from);
        }
        pieces.push(Span::new(from, block.span.byte_end));
        for (index, piece) in pieces.into_iter().enumerate() {
            let span = trim(clean, piece);
            if !span.is_empty() && span.slice(clean) != "。" {
                blocks.push(Block { span, is_inline: block.is_inline || index > 0, ..*block });
            }
        }
    }
    outline.blocks = blocks;
}

#[cfg(test)]
mod tests;
