//! Numbers that belong to a name. In: a claim; out: whether its number tells of how many points a package, a catalogue or a campaign is
//! made. The surprise: 制定10条措施 counts what is to be written, 落实10条措施 names what was.

use super::surroundings::Claim;
use crate::text::{Pattern, pattern};
use std::sync::LazyLock;

/// 古树名录共计7类: what a catalogue holds.
static CATALOGUE: Pattern =
    LazyLock::new(|| pattern(r"(?:清单|目录|名录|收费)[^，]{0,12}共(?:计|有)?$"));

/// 第十一条、十七条关于…的规定 points to articles.
static POINTS_ON: Pattern =
    LazyLock::new(|| pattern(r"第[一二三四五六七八九十百\d]{1,5}条?[、和至到]$"));

/// 开展百名花农进社区活动: what the campaign is called.
static CAMPAIGN: Pattern =
    LazyLock::new(|| pattern(r"^[\p{Han}]{2,8}[进入下联访][\p{Han}]{0,8}(?:活动|行动|工程|计划)$"));

/// 提出24项具体举措: what the document is made of.
static PRESENTS: Pattern =
    LazyLock::new(|| pattern(r"(?:提出|包括|包含|明确|部署|涉及|分为)[^，]*$"));

/// What a document is made of.
static POINTS: Pattern = LazyLock::new(|| pattern(r"(?:措施|举措|任务|政策|要求|内容|方面|意见)$"));

/// 落实7条措施, 共9项措施: a package that exists is called by the number of its points.
pub(super) fn is_nickname(claim: &Claim<'_>) -> bool {
    let sums_up = ["措施", "举措"].iter().any(|noun| claim.after.starts_with(noun))
        && ["共", "共计"].iter().any(|sum| claim.before.ends_with(sum));
    let is_campaign = claim.text.starts_with(['百', '千']) && CAMPAIGN.is_match(claim.after);
    sums_up
        || is_campaign
        || CATALOGUE.is_match(claim.before)
        || (PRESENTS.is_match(claim.before) && POINTS.is_match(claim.after))
        || (claim.unit == "条" && counts_articles(claim))
}

/// Whether so many 条 are articles or points that exist.
fn counts_articles(claim: &Claim<'_>) -> bool {
    // 实施“花海计划”8条: the same, without the noun.
    let is_quoted = claim.after.is_empty() && claim.before.ends_with('”');
    let is_package = ["措施", "政策", "举措", "意见"]
        .iter()
        .any(|noun| claim.after.ends_with(noun) || claim.after.starts_with(noun));
    let is_written = ["制定", "出台", "推出"].iter().any(|verb| claim.before.ends_with(verb));
    POINTS_ON.is_match(claim.before)
        || is_quoted
        || ((is_package || claim.after.contains("政策")) && !is_written)
}
