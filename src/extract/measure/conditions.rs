//! What somebody has to meet: lists that a sentence calls conditions, and items that only announce such a list. In: an outline; out: the
//! items. The surprise: 对存在下列问题的苗圃限期整改： announces a list too, and is itself what is done.

use super::TASK_VERB;
use super::tree::below;
use crate::extract::outline::{Block, Outline};
use crate::text::{Pattern, pattern};
use std::collections::HashSet;
use std::sync::LazyLock;

/// 应同时符合以下条件：, in front of a list; 对存在下列问题的苗圃限期整改： says what is done, and its entries of whom it holds.
static LISTS_CONDITIONS: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"(?:(?:以下|下列|如下|相应)[\p{Han}]{0,6}(?:条件|情形之一|材料|资料)|(?:条件|材料|资料)(?:如下|为|是|包括)?)(?:[，,][^。；：:]{0,20})?[：:]$",
        r"|(?:具备|符合|满足|达到)(?:以下|下列|如下)[\p{Han}]{0,4}条件(?:的[^。；：:，]{2,})?[。：:]$|[应须需]当?(?:同时|均)?(?:满足|符合|具备)[：:]$",
        r"|(?:有|存在|符合|具备|属于|具有|出现)(?:以下|下列|如下)[\p{Han}]{0,6}(?:条件|要求|情形|情况|问题|行为)(?:之一)?的[^。；：:]*(?:予以|给予|要|应当?|可以?|不得|不予|不纳入|不享受|不适用|限期|有权)[^。；：:]+[。：:]?$",
    ))
});

/// 申请苗圃登记应同时符合以下条件：: says who qualifies, and the list behind it says how.
static REQUIRES: Pattern = LazyLock::new(|| {
    pattern(
        r"^[^。；：:]*[应须需]当?(?:同时|均)?(?:满足|符合|具备)(?:(?:以下|下列|如下)[\p{Han}\d]{0,6}(?:条件|要求)(?:之一)?)?[：:]$",
    )
});

/// 贷款条件: the heading of what somebody has to meet.
pub(super) static NAMES_CONDITIONS: Pattern =
    LazyLock::new(|| pattern(r"(?:条件|要求|标准|资格|对象|范围|期限|额度|类型)$"));

/// Whether an item only says what somebody has to meet. 实施补贴：每株补贴1元，应符合以下条件： grants.
pub(super) fn requires(heading: &str, words: &str) -> bool {
    static GIVES: Pattern = LazyLock::new(|| pattern(r"(?:补助|补贴|奖励|资助)[^，。；]{0,12}\d"));
    (heading.is_empty() || NAMES_CONDITIONS.is_match(heading))
        && REQUIRES.is_match(words)
        && !GIVES.is_match(words)
        && !TASK_VERB.is_match(heading)
}

/// What opens a list is told in so many bytes at the end of a block.
const OPENING_BYTES_MAX: usize = 240;

/// The items of the lists that a sentence before them calls conditions.
pub(super) fn find_listed_conditions(clean: &str, outline: &Outline) -> HashSet<usize> {
    let mut listed = HashSet::new();
    // The words that open a list end the block.
    let opens = |block: &&Block| {
        let words = block.span.slice(clean);
        let tail = words.floor_char_boundary(words.len().saturating_sub(OPENING_BYTES_MAX));
        words.get(tail..).is_some_and(|tail| LISTS_CONDITIONS.is_match(tail))
    };
    for block in outline.blocks.iter().filter(opens) {
        let first =
            outline.items.partition_point(|item| item.span.byte_start < block.span.byte_end);
        let same_list = |at: usize, number: u32| {
            let item = outline.items.get(at)?;
            let parent = outline.items.get(first)?.parent;
            let goes_on = item.parent == parent
                && outline.styles.get(at) == outline.styles.get(first)
                && item.path.last() == Some(&number);
            Some(goes_on)
        };
        let mut number = 1;
        let mut at = first;
        while same_list(at, number) == Some(true) {
            listed.insert(at);
            number += 1;
            at += 1 + below(outline, at);
        }
    }
    listed
}
