//! What is no part of the body but runs on in its paragraphs. In: paragraphs; out: the same, cut before and behind a signature, a note
//! （此件公开发布）, a database's tag and the list of attachments. The surprise: a signature also stands in the middle, between a
//! notice and the plan that it issues.

use crate::extract::paragraph::trim;
use crate::text::{Pattern, Span, pattern};
use std::sync::LazyLock;

/// （此件公开发布）: whether a document may be shown.
static OPENNESS_NOTE: Pattern = LazyLock::new(|| pattern(r"[（(]此件[^（）()]{2,8}[）)]"));

macro_rules! provincial_signature {
    () => {
        concat!(
            r"(?:(?:中共|国家税务总局)?(?:北京|天津|河北|山西|内蒙古|辽宁|吉林|黑龙江|上海|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|重庆|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆)",
            r"(?:(?:省|市|(?:壮族|回族|维吾尔)?自治区)[\p{Han}]{0,20}?(?:政府|委员会|厅|局|办公室)|银?保监局|证监局|监管局)[ \u{3000}]?|中国人民银行[\p{Han}]{2,6}(?:中心支行|分行|支行)[ \u{3000}]?)+(?:[（(][^（）()]{2,24}代章[）)])?[ \u{3000}]*20\d\d年\d{1,2}月\d{1,2}日"
        )
    };
}

/// …、市管委会某省人民政府2018年9月20日: the signature of a provincial body that lost its line, at the end of a paragraph,
/// or between a notice and the plan that it issues.
static GLUED_SIGNATURE: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"(?P<last>",
        provincial_signature!(),
        r")$|(?:^|[。\d])(?P<middle>",
        provincial_signature!(),
        r")[ \u{3000}]*(?:[\p{Han}&&[^起前止至内以印颁公批召发下在关]]|20\d\d年[\p{Han}])"
    ))
});

/// …执行。附件：1.苗圃名单: the list of attachments that lost its line; it may also go on in the line below.
static GLUED_LIST: Pattern = LazyLock::new(|| pattern(r"[^（(见详如及和]附件[:：](?:\s?1[.、]|$)"));

/// 【正文】, 【地方法规】: the tag of a database.
static TEXT_TAG: Pattern =
    LazyLock::new(|| pattern(r"^【(?:[\p{Han}]{0,4}正文|[\p{Han}]{2,6}法规|标题)】"));

macro_rules! label_of_bodies {
    () => {
        r"(?:牵头|责任|配合|协同|参与|主办|协办|承办|实施|落实)(?:单位|部门|处室)"
    };
}

/// 牵头单位：市园林局: a line of who is in charge.
static LABEL_LINE: Pattern =
    LazyLock::new(|| pattern(concat!(r"^总?", label_of_bodies!(), r"[：:]")));

/// 牵头单位：市园林局 责任单位：…: the next label on the same line, behind a space that is no border.
static NEXT_LABEL: Pattern = LazyLock::new(|| {
    pattern(concat!(r"[\p{Han}）)]((?:", label_of_bodies!(), r"|完成(?:时限|时间))[：:])"))
});

/// Lines of who is in charge, cut before every label but the first.
pub(super) fn split_labels(clean: &str, paragraphs: Vec<Span>) -> Vec<Span> {
    let mut pieces = Vec::with_capacity(paragraphs.len());
    for paragraph in paragraphs {
        let words = paragraph.slice(clean);
        let mut from = 0;
        if LABEL_LINE.is_match(words) {
            let labels = NEXT_LABEL.captures_iter(words).filter_map(|found| found.get(1));
            for label in labels.map(|label| label.start()) {
                pieces.push(trim(clean, Span::new(from, label).shifted(paragraph.byte_start)));
                from = label;
            }
        }
        pieces.push(Span::new(paragraph.byte_start + from, paragraph.byte_end));
    }
    pieces
}

/// Cuts out the note （此件公开发布） that runs on between date and plan, the signature that ends a paragraph, and the tag in 【】
/// that databases put before a text.
pub(super) fn split_notes(clean: &str, paragraphs: &[Span]) -> Vec<Span> {
    let mut pieces = Vec::with_capacity(paragraphs.len());
    for &paragraph in paragraphs {
        let words = paragraph.slice(clean);
        let mut from = TEXT_TAG.find(words).map_or(0, |tag| tag.end());
        let mut push = |span: Span| {
            let list = GLUED_LIST
                .find(span.slice(words))
                .and_then(|found| found.as_str().find('附').map(|at| found.start() + at));
            let at = span.byte_start + list.unwrap_or(span.byte_end - span.byte_start);
            for piece in [Span::new(span.byte_start, at), Span::new(at, span.byte_end)] {
                pieces.push(trim(clean, piece.shifted(paragraph.byte_start)));
            }
        };
        for note in OPENNESS_NOTE.find_iter(words) {
            split_signature(words, Span::new(from, note.start())).for_each(&mut push);
            push(Span::new(note.start(), note.end()));
            from = note.end();
        }
        split_signature(words, Span::new(from, words.len())).for_each(push);
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// `span` of `words` in one piece or, where a signature stands in it, cut before and behind.
fn split_signature(words: &str, span: Span) -> impl Iterator<Item = Span> {
    let glued = Some(span.slice(words).trim_end())
        .filter(|words| words.contains('日'))
        .and_then(|words| GLUED_SIGNATURE.captures(words))
        .and_then(|found| found.name("last").or_else(|| found.name("middle")))
        .map_or(Span::new(0, 0), |signature| Span::new(signature.start(), signature.end()))
        .shifted(span.byte_start);
    [Span::new(span.byte_start, glued.byte_start), glued, Span::new(glued.byte_end, span.byte_end)]
        .into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::paragraph::find_paragraphs;

    fn pieces(words: &str) -> Vec<&str> {
        split_notes(words, &find_paragraphs(words))
            .into_iter()
            .map(|span| span.slice(words))
            .collect()
    }

    #[test]
    fn a_signature_that_runs_on_is_cut_off() {
        assert_eq!(
            pieces("责任单位：省园林厅、市管委会江苏省人民政府2018年9月20日（此件主动公开）"),
            ["责任单位：省园林厅、市管委会", "江苏省人民政府2018年9月20日", "（此件主动公开）"]
        );
        assert_eq!(
            pieces("请认真贯彻。江苏省园林厅2018年9月20日绿化若干措施"),
            ["请认真贯彻。", "江苏省园林厅2018年9月20日", "绿化若干措施"]
        );
        assert_eq!(
            pieces("江苏省园林厅国家税务总局江苏省税务局江苏省花木局2018年9月20日绿化若干措施"),
            ["江苏省园林厅国家税务总局江苏省税务局江苏省花木局2018年9月20日", "绿化若干措施"]
        );
        assert_eq!(
            pieces(
                "请认真贯彻。江苏省园林厅 江苏省花木局中国人民银行南京分行 江苏银保监局江苏证监局2018年9月20日　　绿化若干措施"
            ),
            [
                "请认真贯彻。",
                "江苏省园林厅 江苏省花木局中国人民银行南京分行 江苏银保监局江苏证监局2018年9月20日",
                "绿化若干措施"
            ]
        );
        assert_eq!(
            pieces("联系电话：0000-1江苏省园林厅2018年9月20日绿化若干措施"),
            ["联系电话：0000-1", "江苏省园林厅2018年9月20日", "绿化若干措施"]
        );
        for words in [
            "江苏省园林厅办公室",
            "请按江苏省园林厅2018年9月20日前的要求办理。",
            "江苏省园林厅2018年9月20日印发《绿化方案》。",
        ] {
            assert_eq!(pieces(words), [words]);
        }
    }

    #[test]
    fn the_list_of_attachments_is_cut_off() {
        assert_eq!(
            pieces("第九条　有效期三年。附件：1.苗圃名单2.申请表"),
            ["第九条　有效期三年。", "附件：1.苗圃名单2.申请表"]
        );
    }
}
