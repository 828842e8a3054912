//! What a notice issues, by its title or by its first sentences, and the drafts on which a title asks for opinions. In: words; out: the
//! title named there, without 《》. The surprise: a text also names what others have issued, or what is still to be issued.

use super::title::find_kind;
use crate::text::{Pattern, Span, pattern};
use std::sync::LazyLock;

static ISSUES: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:印发|颁发|下发|发布|公布)(?:《([^《》]{2,100})》|[〈<]([^》〉>]{2,100})[〉>]|(.{2,100}?))(?:等[^的]{0,10})?的(?:通知|决定|公告)$",
    )
});

static ISSUES_IN_BODY: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"《([^》]{2,})》(?:[^。《]{0,60}(?:印发|发布|公布|颁布)|予以)|(?:印发|发布|公布)(?:了|(?:重新)?修[订改]后的|新修[订改]的)?《([^》]{2,})》|",
        // A sentence may say what it is good for, and who agreed.
        r"(?:制定|制订|编制|修订|起草|拟定|形成)了?《([^》]{2,})》[^。《]{0,80}。(?:(?:已?经|并经|业经)[^。《]{2,30}[，,])?现(?:予以?|将其|就)?(?:印发|下发|发布|公布)|",
        // 《…》已经某市政府会议审议通过。现予以印发: a full stop for the comma.
        r"《([^》]{2,})》(?:已?经|业经)[^。《]{2,60}(?:通过|同意|批准)。现(?:予以?|将其)?(?:印发|下发|发布|公布)|",
        // What another body wrote: 某部《…》已经国务院同意，现转发给你们.
        r"《([^》]{2,})》[^。《]{0,30}，现(?:批转|转发)|将[^。《》]{0,40}《([^》]{2,})》(?:[（(][^。）)]{0,80}[）)])?(?:批转|转发)给|",
        // Between what was written and its issue may stand all who agreed.
        r"(?:制定|制订|编制|修订|起草|拟定|研究)了?《([^》]{2,})》，[^。《]*(?:同意|批准|通过)，现(?:予以?|将其)?(?:印发|下发|发布|公布)"
    ))
});

/// 制定了“种树计划”现印发给你们: a title in quotation marks.
static ISSUED_IN_QUOTES: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:制定|制订|编制|拟定)了?“([^”。，]{4,60})”[^。“《]{0,30}现(?:予以?|将其)?(?:印发|下发|发布|公布)",
    )
});

/// 某局于2031年发布了《…》: what was issued some time ago is issued no more.
static ISSUED_BEFORE: Pattern = LazyLock::new(|| {
    pattern(r"于(?:(?:19|20)\d\d|去|前)年[^，。；《]{0,8}$|(?:去年|此前|早在)[^。；《]{0,12}$")
});

/// 2031年5月，国务院印发《…》，提出…: what another body issued on a day that is told.
static ISSUED_BY_ANOTHER: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:19|20)\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?[，,][^，。；《]{0,20}(?:党中央|国务院|中央|[省部委厅局]|政府|办公厅)$",
    )
});

/// What a notice's title says that it issues, without 《》.
pub(super) fn find_issued(title: &str) -> Option<Span> {
    let found = ISSUES.captures(title)?;
    let issued = found.iter().skip(1).flatten().next()?;
    Some(Span::new(issued.start(), issued.end()))
}

/// The drafts on which a title asks for opinions or signatures: 关于征求《某方案》意见的函, 《某局<某方案>》.
pub(super) fn find_drafts(title: &str) -> Vec<&str> {
    static ASKS: Pattern = LazyLock::new(|| pattern(r"征求|会签|请确认|请审[核议定]|修改意见"));
    static DRAFT: Pattern = LazyLock::new(|| pattern(r"《([^》]{4,120})》"));
    static INSIDE: Pattern = LazyLock::new(|| pattern(r"[<〈]([^<>〈〉]{4,120})[>〉]"));
    if !ASKS.is_match(title) {
        return Vec::new();
    }
    let all = |pattern: &Pattern| {
        let found = pattern.captures_iter(title).filter_map(|found| found.get(1));
        found.map(|draft| draft.as_str()).collect::<Vec<&str>>()
    };
    let mut drafts = all(&DRAFT);
    drafts.extend(all(&INSIDE));
    drafts
}

/// What the first sentences of a notice say that it issues: 现将《…》印发给你们.
pub(super) fn find_issued_in_body(words: &str) -> Option<Span> {
    let find = |words, pattern: &Pattern| {
        pattern.captures_iter(words).find_map(|found| {
            let issued = found.iter().skip(1).flatten().next()?;
            let first = find_first_of_list(words, issued.start());
            // The words of a title are no words of the sentence.
            let whole = found.get(0)?.start();
            let start = first.map_or(whole, |first| whole.min(first.byte_start - "《".len()));
            let before = Span::new(0, start).slice(words);
            is_issued_here(before, issued.as_str())
                .then(|| first.unwrap_or(Span::new(issued.start(), issued.end())))
        })
    };
    let titled = Some(words).filter(|words| words.contains('《'));
    let quoted = Some(words).filter(|words| words.contains('”') && words.contains('现'));
    titled
        .and_then(|words| find(words, &ISSUES_IN_BODY))
        .or_else(|| quoted.and_then(|words| find(words, &ISSUED_IN_QUOTES)))
}

/// 《甲方案》《乙方案》等2个方案…现印发给你们: the first of the titles that stand side by side up to the one at `last`.
fn find_first_of_list(words: &str, last: usize) -> Option<Span> {
    let mut first = None;
    let mut open = last.checked_sub('《'.len_utf8())?;
    while let Some(before) = words
        .get(..open)
        .and_then(|before| before.trim_end_matches(['、', '和', '及', '与']).strip_suffix('》'))
    {
        open = before.rfind('《')?;
        first = Some(Span::new(open + '《'.len_utf8(), before.len()));
    }
    first
}

/// Whether the title `issued` behind the words `before` is of what the document itself issues.
fn is_issued_here(before: &str, issued: &str) -> bool {
    static SHORT_NAME: Pattern =
        LazyLock::new(|| pattern(r"^(?:实施|行动|工作|若干|管理|指导|政策|具体|总体|专项|暂行)*$"));
    // 按照去年印发《…》的要求 only refers to it; 加快印发《…》 is still to be done.
    const ELSEWHERE: [&str; 11] =
        ["按照", "根据", "依据", "依照", "落实", "贯彻", "执行", "加快", "尽快", "抓紧", "推动"];
    let clause = before.rsplit(['，', ',', '。', '；']).next().unwrap_or_default();
    let is_elsewhere = ELSEWHERE.iter().any(|word| clause.contains(word));
    // 《意见》 is a short name that the text has given to another document.
    let before_kind = find_kind(issued).and_then(|kind| issued.get(..kind.byte_start));
    let is_titled = before_kind.is_some_and(|before| !SHORT_NAME.is_match(before))
        || issued.ends_with("任务分解")
        || issued.ends_with("责任分解");
    let is_past = ISSUED_BEFORE.is_match(clause) || ISSUED_BY_ANOTHER.is_match(before);
    is_titled && !is_elsewhere && !is_past
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_tells_what_it_issues() {
        let table = [
            ("某市关于印发《某市绿化办法》的通知", "某市绿化办法"),
            ("某市关于印发某市绿化方案(2024—2025年)的通知", "某市绿化方案(2024—2025年)"),
            ("关于印发绿化若干措施的通知", "绿化若干措施"),
            ("关于印发《2031年〈种树报告〉分工方案》的通知", "2031年〈种树报告〉分工方案"),
            ("某省园林厅等9部门关于印发<绿化若干措施>的通知", "绿化若干措施"),
        ];
        for (title, issued) in table {
            assert_eq!(find_issued(title).unwrap().slice(title), issued);
        }
        assert_eq!(find_issued("某市关于做好绿化工作的通知"), None);
    }

    #[test]
    fn a_title_names_the_drafts_on_which_it_asks_for_opinions() {
        let drafts = find_drafts("某市园林局关于征求《某市政府<关于种树的措施>》意见的函");
        assert_eq!(drafts, ["某市政府<关于种树的措施>", "关于种树的措施"]);
        assert_eq!(find_drafts("某市关于印发《某市绿化办法》的通知"), Vec::<&str>::new());
    }

    #[test]
    fn the_sentence_that_issues_a_plan_names_it() {
        let issued =
            |words: &'static str| find_issued_in_body(words).map(|place| place.slice(words));
        assert_eq!(issued("现将《绿化方案》印发给你们"), Some("绿化方案"));
        assert_eq!(
            issued("我局编制了《绿化规划》，提出绿化目标，补齐短板。经市政府同意，现印发给你们"),
            Some("绿化规划")
        );
        assert_eq!(
            issued("《推动绿化任务分解》和《落实治水任务分解》已经市政府同意，现印发给你们"),
            Some("推动绿化任务分解")
        );
        assert_eq!(issued("要求，现印发《行动方案》第一批名单。"), None);
        let several = "《绿化方案》《治水方案》、《清河方案》等3个方案已经市政府同意，现印发给你们";
        assert_eq!(issued(several), Some("绿化方案"));
        assert_eq!(
            issued("《苗圃措施》已经市绿化委员会第八次会议审议通过。现予以印发，请执行"),
            Some("苗圃措施")
        );
        assert_eq!(issued("《苗圃措施》已经市绿化委员会审议通过。现将名单予以公布"), None);
        assert_eq!(issued("根据《种树意见》，制定《苗圃办法》。现印发给你们"), Some("苗圃办法"));
        assert_eq!(issued("我局研究制定了《苗圃办法》，经市政府同意。现予公布"), Some("苗圃办法"));
        assert_eq!(
            issued("根据《种树计划》的要求，制定了“苗圃计划”现印发给你们"),
            Some("苗圃计划")
        );
        assert_eq!(issued("我局制定了“花木人才培养计划”现印发给你们"), Some("花木人才培养计划"));
        assert_eq!(issued("我局推行“种树”办法，现印发给你们"), None);
        assert_eq!(issued("加快印发《绿化方案》，种好行道树。"), None);
        assert_eq!(issued("各区按照2031年5月印发《绿化方案》的要求种树。"), None);
        assert_eq!(issued("根据《绿化方案》要求，做好种树工作。现印发给你们。"), None);
        assert_eq!(
            issued("园林部《关于种树的意见》已经省政府同意，现转发给你们"),
            Some("关于种树的意见")
        );
        assert_eq!(
            issued("现将园林部《种树要点》（园发〔2031〕8号，以下简称《要点》）转发给你们"),
            Some("种树要点")
        );
        let agreed = "研究制定《苗圃〈种树〉实施意见》，经园林局，水务局，林业局，农业局，公园局，绿化局，苗木局，花木局，市容局，规划局，文化局，旅游局，体育局，卫生局，档案局，地震局，气象局，邮政局，海关，银行同意，现予印发";
        assert_eq!(issued(agreed), Some("苗圃〈种树〉实施意见"));
        assert_eq!(
            issued("我局于2029年5月发布《苗圃暂行办法》。我局制定了《苗圃办法》，经批准，现予印发"),
            Some("苗圃办法")
        );
        assert_eq!(issued("某市园林局于2031年发布了《种树指南》"), None);
        assert_eq!(issued("《意见》的发布实施，是种树的重要举措"), None);
    }
}
