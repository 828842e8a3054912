//! Articles. In: the outline, or a claim of an article; out: whether an article sets standards, and which duties of public bodies are
//! promised all the same. The surprise: plans are written in articles too (第八条 建设苗圃), and what a regulation asks of the bodies
//! of government (每个行政村配备花农1名) is kept by the issuer.

use super::quantity::Sort;
use super::surroundings::{Claim, Surroundings};
use crate::extract::ordinal::Style;
use crate::extract::outline::Outline;
use crate::extract::topic::announces_goals;
use crate::text::{Pattern, pattern};
use std::sync::LazyLock;

/// Whether the item is an article of a regulation: 第八条 建设苗圃 and 第五条 绿化目标 are a measure and goals, and articles with
/// notes of who is in charge below them are the items of a plan.
pub(super) fn sets_standards(outline: &Outline, at: usize) -> bool {
    static MEASURE: Pattern = LazyLock::new(|| {
        pattern(
            r"^(?:建设|打造|组建|培育|推进|推动|加快|加强|支持|完善|优化|提升|实施|强化|深化|拓展|壮大|做强|做优|做大|健全|扩大|促进|引进|鼓励|加大|构建|聚焦|提高|丰富|繁荣|激发|夯实|布局|办好|用好|大力|积极|全面|着力|保障|优先|开放|发展|引导|降低|减轻|创新|探索|稳定|拓宽|落实|统筹)[\p{Han}“”、]{2,20}$",
        )
    });
    /// 第八条 保障措施, 第九条 支持条件: a noun.
    const NOUNS: [&str; 9] =
        ["条件", "标准", "程序", "要求", "措施", "范围", "对象", "期限", "原则"];
    /// Fewer notes are those of single articles.
    const NOTES_MIN: usize = 3;
    let Some(item) = outline.items.get(at) else { return false };
    let is_planned = outline.notes_count >= NOTES_MIN && !item.assignments.is_empty();
    let is_article = outline.styles.get(at) == Some(&Style::Article);
    let heading = item.heading.value.as_str();
    let is_measure = MEASURE.is_match(heading) && !NOUNS.iter().any(|noun| heading.ends_with(noun));
    is_article && !is_planned && !is_measure && !announces_goals(heading)
}

/// 每个行政村配备花农不少于1名; 市园林部门应当开展苗木检疫，检疫率达到100%: what bodies of government have to reach.
pub(super) fn is_public_duty(claim: &Claim<'_>, around: &Surroundings<'_>) -> bool {
    static EACH_PLACE: Pattern = LazyLock::new(|| {
        pattern(
            r"^(?:应当|要|应)?(?:在)?每个?(?:行政村|社区|村|县|乡镇|镇|街道|市辖区|区|设区市|市)(?:、(?:村|县|乡镇|镇|街道|区|市))*(?:[（(][^（）()]{1,12}[）)])?(?:应当|应|要|原则上)*(?:至少)?(?:应当|应|要)?(?:设立|设置|配备|建立|建设|设|配|确定|明确|建有|有)",
        )
    });
    static BODY: Pattern = LazyLock::new(|| {
        pattern(
            r"(?:^|[，）])[　 ]*(?:[^，]{0,24}?(?:部门|人民政府|管委会|[局厅委办]|残联|妇联|(?:经办|救援|监督|管理|监测|疾控)机构|中心)|[省市县区州][^，企业店]{2,20}?)(?:[^，]{0,12})?应当",
        )
    });
    static RATE: Pattern = LazyLock::new(|| {
        pattern(r"^[^，]{0,16}?(?:[^利费税汇功效倍折益债]率|比例|覆盖面)(?:应当|应|须)?(?:达到?)?$")
    });
    match claim.sort {
        Sort::Count => {
            EACH_PLACE.is_match(around.clause) && (claim.is_bounded || claim.after.is_empty())
        }
        Sort::Share => {
            claim.after.is_empty()
                && claim.reaches
                && !claim.text.starts_with("不超过")
                && RATE.is_match(claim.before)
                && BODY.is_match(around.statement)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::indicators;

    #[test]
    fn a_plan_may_be_written_in_articles() {
        let text = "第一条 培育苗圃。建成苗圃5家，其中市级不少于1家。\n第二条 其他。做好养护。";
        assert_eq!(indicators(text), ["苗圃", "市级"]);
        let text = "第一条 苗圃应当配备花农5名，绿地不少于1处。\n第二条 做好养护。";
        assert_eq!(indicators(text), [""; 0]);
    }

    #[test]
    fn what_bodies_of_government_have_to_reach_is_promised() {
        let text = "第一条 市园林部门应当开展苗木检疫，检疫率达到100%。\n第二条 每个行政村配备花农不少于1名。";
        assert_eq!(indicators(text).len(), 2);
        let text =
            "第一条 花店应当开展苗木检疫，检疫率达到100%。\n第二条 每个花店配备花农不少于1名。";
        assert_eq!(indicators(text), [""; 0]);
    }
}
