//! Whether an article gives a public body something to do. In: the words of an article; out: yes or no. A duty is a
//! modal (应当, 可以, 将, 有义务) or a plain indicative (设立, 受理, 公布) behind a body that is the subject. The
//! surprise: most bodies in an article are objects (向税务机关提出, 经办公室审核), and a document also makes
//! bodies of its own (设立“组织委员会”（以下简称“组委会”）), which are known by their short names only.

use crate::text::{Pattern, pattern};
use std::sync::LazyLock;

/// A body anywhere before a modal, however far: articles put long lists between the two.
static OBLIGED: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:^|[。；，,])各(?:地区|地市|县区|市县|区县|乡镇|地|市|县|区|镇|街道)(?:[（(][^（）()]{1,16}[）)])?(?:应当|应|要|须|负责)|(?:政府|部门|局|厅|委员会|机构|机关|管委会|办事处|中心)[^。；]{0,60}(?:应当|应|及时|编制|审核|负责|可以|不得|会同|制定|组织|加强|建立|承担|依法)",
    )
});

/// The head noun of a public body, with an aside and a second body that shares the verb.
static BODY: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"(?:政府|部门|委员会|[\p{Han}]委会|局|厅|机构|机关|办事处|办公室|领导小组|指挥部|管理中心|服务中心|中心|联席会议|(?:各|有关|相关|责任|成员)单位)",
        r"[”’]?(?:[（(][^（）()]{1,30}[）)])?(?:(?:和|及其?|与|、|以及)[\p{Han}]{0,14}?(?:单位|部门|机构|办公室|集团|局|厅|委会|政府))?(?:[（(][^（）()]{1,30}[）)])?"
    ))
});

/// A preposition or verb that makes the body behind it an object.
static OBJECT_OF: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:向|经|报经|报请|报送|报|上报|提交|提请|送|送达|送交|移送|接受|遵守|符合|在|到|至|按照|依照|根据|依据|持|通过|取得|获得|告知|协助|配合)[^，。；：、]{0,24}$",
    )
});

/// What the subject does: a modal, or an indicative with at most an adverbial before it.
static DOES: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"^(?:[^，。；：]{0,24}?(?:应当|应|可以|可|将|须|必须|要|不得|有责任|有义务|有权|负有|负责|及时)",
        r"|(?:(?:于|在|向|自|从|按照?|根据|依据|依照|对|为|每年|每半年|每季度|定期|依法|统一|具体|共同|分别|会同|联合|牵头|结合|参照|围绕)[^，。；：]{0,40}?|(?:结合|根据|依据|按照?|参照|对照|围绕)[^。；：]{2,60}?[，,](?:同步|统一|及时|适时)?)?",
        r"(?:设立|成立|承担|接受|开展|行使|受理|组织|研究|提出|公布|发布|公告|公示|提供|制定|拟订|起草|审核|审查|审批|审定|核准|核定|划定|推动|推进|监督|检查|管理|指导|协调|履行|实施|启动|调整|划转|拨付|认定|确定|建立|编制|汇总|统筹|办理|出具|作出|委托|召开|通报|评估|考核|备案|责令|查处|予以处罚|给予处罚|依法处))"
    ))
});

/// 设立“组织委员会”（以下简称“组委会”）.
static DEFINED: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:委员会|局|厅|部|办公室|中心|小组|指挥部|公司|院|会)[”’]?[（(]以下(?:统称|简称)[：:]?[“‘]?([\p{Han}]{2,12})[”’]?[）)]",
    )
});

/// A list of what somebody must meet or hand in gives no body a duty, whatever its entries name.
static LISTS_CONDITIONS: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:条件|材料|资料|情形|情况|要求|文件|标准)[^，。；：:]{0,12}(?:[（(][^（）()]*[）)])?[：:]$",
    )
});

/// The short names of the bodies that a document defines, also where a line breaks inside the words.
pub(super) fn find_defined_names(clean: &str) -> Vec<String> {
    let unbroken = clean.replace('\n', "");
    DEFINED
        .captures_iter(&unbroken)
        .filter_map(|found| found.get(1).map(|name| name.as_str().to_owned()))
        .collect()
}

/// Whether `words` make a public body, or one of the `defined`, act.
pub(super) fn gives_duty(words: &str, defined: &[String]) -> bool {
    // A title cited names what another text is about.
    static TITLE: Pattern = LazyLock::new(|| pattern(r"《[^《》]{2,100}》"));
    let words = &*TITLE.replace_all(words, "《》");
    OBLIGED.is_match(words)
        || BODY.find_iter(words).any(|body| acts(words, body.start(), body.end()))
        || defined.iter().any(|name| {
            words.match_indices(name.as_str()).any(|(at, name)| acts(words, at, at + name.len()))
        })
}

/// Whether the entries behind `words` say who qualifies or what is handed in.
pub(super) fn opens_conditions(words: &str) -> bool {
    LISTS_CONDITIONS.is_match(words)
}

fn acts(words: &str, from: usize, to: usize) -> bool {
    let before = words.get(..from).unwrap_or_default();
    let behind = words.get(to..).unwrap_or_default();
    // 由某局公布 makes the body the subject again, even inside 经…后由某局公布.
    let clause = before.rsplit(['，', '。', '；', '：', '由']).next().unwrap_or_default();
    let behind = behind.strip_prefix('”').unwrap_or(behind);
    // 某机关出具的证明 only says whose certificate it is.
    let does = DOES
        .find(behind)
        .is_some_and(|verb| !behind.get(verb.end()..).unwrap_or_default().starts_with('的'));
    does && !OBJECT_OF.is_match(clause)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn any(texts: &[&str], defined: &[&str]) -> Vec<bool> {
        let defined: Vec<String> = defined.iter().map(|name| (*name).to_owned()).collect();
        texts.iter().map(|words| gives_duty(words, &defined)).collect()
    }

    #[test]
    fn a_plain_verb_behind_a_body_is_a_duty() {
        assert_eq!(
            any(
                &[
                    "市园林管理办公室受理名录申请。",
                    "县级林业主管部门每年向社会公布古树名单。",
                    "补种方案由市绿化领导小组研究提出。",
                    "园林管理中心将于次年3月1日调整养护标准。",
                    "有关部门和单位有义务提供下列信息：",
                    "市园林部门结合古树普查和种树规划，划定古树保护范围。",
                    "各区应结合古树普查，开展养护。",
                    "养护费用由各区政府参照市场水平确定。",
                    "擅自砍伐的，由园林主管部门依照《古树条例》予以处罚。",
                ],
                &[]
            ),
            [true; 9]
        );
    }

    #[test]
    fn a_body_that_is_an_object_has_no_duty() {
        assert_eq!(
            any(
                &[
                    "申请人向市园林管理办公室提出申请。",
                    "申请人持公安机关出具的证明办理手续。",
                    "在园林管理中心业务系统提交申请的，按先后顺序排列。",
                    "古树是指树龄一百年以上的树木。",
                    "根据《某市人民政府关于加强古树保护的意见》备案的古树，按照该意见执行。",
                ],
                &[]
            ),
            [false; 5]
        );
    }

    #[test]
    fn a_body_that_the_document_defines_is_known_by_its_short_name() {
        let text = "第二条市林业局设立“花展组织委员会”（以下简称“花展组”）。";
        assert_eq!(find_defined_names(text), ["花展组"]);
        assert_eq!(find_defined_names("设立花展委员会（以下\n简称“花展\n组”）。"), ["花展组"]);
        assert_eq!(any(&["花展组承担具体工作。"], &["花展组"]), [true]);
        assert_eq!(any(&["花展组承担具体工作。", "向花展组申请。"], &[]), [false, false]);
    }

    #[test]
    fn a_list_of_conditions_is_known_by_its_opening() {
        assert!(opens_conditions("申请城市应当具备下列条件："));
        assert!(opens_conditions("申请时须提供以下材料的原件（外文材料附译文）："));
        assert!(!opens_conditions("办公室承担下列工作："));
    }
}
