//! Whether an item is a measure with points that detail it, or only the heading of measures. In: an outline; out: yes or no. The
//! surprise: what stands in the item besides its points decides, and whether the points have titles and texts of their own.

use super::is_chapter;
use super::tree::{below, children, has_assignments_below, own_text};
use crate::extract::ordinal::Style;
use crate::extract::outline::Outline;
use crate::text::{Pattern, pattern};
use std::sync::LazyLock;

/// 你市请求，…: a reply tells first what it was asked.
static ASKED: Pattern = LazyLock::new(|| {
    pattern(r"^(?:你[省市县区州局厅委院校们])[\p{Han}]{0,6}(?:请求|提出|建议|反映|来文)")
});

/// Whether an item is itself the measure that its sub-points only detail.
pub(super) fn is_covering(clean: &str, outline: &Outline, at: usize) -> bool {
    let Some(item) = outline.items.get(at) else { return false };
    let style = outline.styles.get(at).copied().unwrap_or(Style::Han);
    let acts = style == Style::Han
        && if item.assignments.is_empty() {
            outline.chapters_act
        } else {
            lists_points(outline, at)
        };
    let is_group = is_chapter(style) && !acts;
    if is_group || outline.closed_by_note.contains(&at) || has_assignments_below(outline, at) {
        return false;
    }
    let own = own_text(clean, outline, at);
    // Whoever is in charge of a heading alone is so of the tasks that its points name: both the heading and they are measures.
    if (item.assignments.is_empty() || own.is_empty()) && is_divided(clean, outline, at) {
        return false;
    }
    !item.assignments.is_empty() || own.iter().any(|words| !ASKED.is_match(words))
}

/// Whether what stands below an item are only points without titles: 1.育苗；2.补苗。
fn lists_points(outline: &Outline, at: usize) -> bool {
    let points = children(&outline.items, at);
    !points.is_empty()
        && points.iter().all(|&point| {
            let is_untitled =
                outline.items.get(point).is_some_and(|item| item.heading.value.is_empty());
            is_untitled && outline.styles.get(point) != Some(&Style::HanBracket)
        })
}

/// Whether an item only introduces what its points 1., 2. say under titles of their own.
fn is_divided(clean: &str, outline: &Outline, at: usize) -> bool {
    const TASK_CHARS_MIN: usize = 40;
    /// 活动对象, 活动形式: what one task is made of.
    static ASPECT: Pattern =
        LazyLock::new(|| pattern(r"^[\p{Han}]{2}(?:对象|形式|时间|地点|主题|方式|规模|分解)$"));
    /// 对符合以下条件之一的花农给予补助: the task; its points only say whom it is for.
    static GRANTS: Pattern =
        LazyLock::new(|| pattern(r"对(?:符合|具备|满足|属于)(?:以下|下列)[^。；]{2,60}给予"));
    let own = own_text(clean, outline, at);
    // Whole sentences without a heading are the task that the points detail.
    let says_task = own.iter().any(|words| GRANTS.is_match(words))
        || (outline.items.get(at).is_some_and(|item| item.heading.value.is_empty())
            && own.first().is_some_and(|words| {
                words.ends_with('。') && words.chars().count() >= TASK_CHARS_MIN
            }));
    if says_task {
        return false;
    }
    let points = children(&outline.items, at);
    let is_aspect = |&point: &usize| {
        outline.items.get(point).is_some_and(|item| ASPECT.is_match(&item.heading.value))
    };
    // Points that begin again with 1. are those of headings which the copy lost; 苗圃 will do for a title there.
    let number = |point: &usize| outline.items.get(*point).and_then(|item| item.path.last());
    let begins_again = points.iter().skip(1).any(|point| number(point) == Some(&1));
    let title_min = if begins_again { 2 } else { 4 };
    points.len() > 1
        && !points.iter().any(is_aspect)
        && outline.styles.get(at) == Some(&Style::HanBracket)
        && points.iter().all(|&point| {
            let title =
                outline.items.get(point).map_or(0, |item| item.heading.value.chars().count());
            outline.styles.get(point) == Some(&Style::Digit)
                && title >= title_min
                && (below(outline, point) > 0 || !own_text(clean, outline, point).is_empty())
        })
}
