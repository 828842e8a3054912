//! What stands below 注意事项 or 其他事项: much of it only tells those who apply what holds for them. In: an outline; out: whether an item
//! does. The surprise: what the authority does with them (追回补贴, 优先安排) stands there too, and is a measure.

use super::gives_duty_itself;
use super::tree::own_text;
use crate::extract::outline::Outline;
use crate::text::{Pattern, pattern};
use std::sync::LazyLock;

/// 注意事项, 其他事项: what stands there may only be told to those who apply.
static NOTES: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:注意|其他|其它|说明)事项$|^(?:特别|有关|相关|补充|其他|其它)?说明$|温馨提示$|需(?:要)?说明的(?:事项|问题)$",
    )
});

/// What is said to those who apply the text, or what they do: 各镇按月报送, 优先安排, 追回补贴.
static DIRECTS: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:^|[。；])各|(?:^|[^申])请|将|优先|追[回缴究]|(?:^|[^则])取消|通报|处罚|严肃|审[核批]|受理|落实|报送|安排|由[^，。；]{2,30}(?:行使|履行|负责|办理|代)|[^需只必主重]要[^求件素点]|(?:^|[，。；])(?:鼓励|支持)|做好|加强|组织|实施[^期前后以]|开展",
    )
});

/// Whether an item below 注意事项 gives no public body anything to do: 花农应先退回补贴.
pub(super) fn only_notes(clean: &str, outline: &Outline, at: usize, defined: &[String]) -> bool {
    let Some(above) = outline.items.get(at).and_then(|item| item.parent) else { return false };
    let own = own_text(clean, outline, at);
    outline.items.get(above).is_some_and(|item| NOTES.is_match(&item.heading.value))
        && !own.is_empty()
        && !own.iter().any(|words| DIRECTS.is_match(words))
        && !gives_duty_itself(clean, outline, at, defined)
}
