//! Whether an article gives a public body something to do. In: the words of an article; out: yes or no. A duty is a
//! modal (应当, 可以, 将, 有义务) or a plain indicative (设立, 受理, 公布) behind a body that is the subject. The
//! surprise: most bodies in an article are objects (向税务机关提出, 经办公室审核), and a document also makes
//! bodies of its own (设立“组织委员会”（以下简称“组委会”）), which are known by their short names only.

use crate::text::{Pattern, pattern};
use std::sync::LazyLock;

/// 各县应当, 每个县至少设立1个苗圃: the places themselves are obliged.
static PLACES_OBLIGED: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:^|[。；，,])各(?:地区|地市|县级市|设区市|市州|县区|市县|区县|区[（(]市[）)]县|乡镇|地|市|县|区|镇|街道)(?:[（(][^（）()]{1,16}[）)])?(?:应|可(?:以|给予|结合|根据|参照|自行)|要[^求点素]|须|负责)|(?:^|[。；，,])每个?(?:设区市|县|区|市|乡镇|街道|镇)(?:[（(][^（）()]{1,16}[）)])?(?:应|须|至少)",
    )
});

/// 市苗木站应当, 由县残联收回: an institution of a level, or a union of its people, that opens a clause.
static OF_LEVEL: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:^|[。；，：由])(?:[省市县区州]级?|乡镇|各级|设区市)[\p{Han}]{0,16}?(?:[^网车]站|资源库|[博图档文体]\p{Han}{1,2}馆|科学院|研究院|[残妇]联|红十字会)(?:(?:应当?|可以|负责|要|会同|每[年季半月]|将|及时|定期|承担|组织)[\p{Han}]|取消|收回|评审|审核)",
    )
});

/// 请各市园林局、花港区林业局要…: those to whom a notice is sent.
static ADDRESSED: Pattern = LazyLock::new(|| {
    pattern(
        r"^请?各(?:设区)?(?:市|县|区|地|有关|相关)[\p{Han}、（）()]{0,40}?(?:要|应|须|务必|负责)[^求点素]",
    )
});

/// What a body does however far behind it: articles put long lists between the two. An applicant's verb (可以申请) is none.
static OBLIGED: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?P<between>[^。；]{0,60}?)(?:(?:应当?|可以|不得)(?P<verb>申请|享受|凭|委托|自愿)?|必须|及时|编制|审核|负责|会同|制定|组织|加强|建立|承担|依法)",
    )
});

/// 接到报告后，除责令补种外，应当组织调查: when, and beside what, a body does it; the modal behind is its own.
static INSERTED: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:除[^。；]{2,80}?外[，,]|(?:[接收]到|受理|发现|在|对于?|自|经|根据|按照)[^，。；：]{2,80}(?:后|时|前|中|内|的)[，,])+",
    )
});

/// 纳税人应当: somebody else stands before the modal.
static OTHER_SUBJECT: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:人|人员|企业|公司|银行|医师|药师|职工|家庭|子女|学生|双方|经营者|使用者|(?:用人|建设|申请|申报|施工|承担|所在|中标)单位|(?:金融|医疗|保健|中介|经纪|评估|检测)机构)[^，。；、]{0,6}$|^[^对，。；]{0,6}(?:人|企业|公司|单位)[^。；]{1,40}的[，,]$",
    )
});

/// 金融机构, 医疗机构, 购物中心: no public bodies, though they are called so.
static PRIVATE: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:金融|医疗|保健|中介|评估|检测|检验|认证|保险|培训|担保|贷款|体检|教育|养老|咨询|经纪|代理|审计|评级|科研|研发|投资|社会|施工|办学|托育|鉴定|监理|征信|租赁|服务业|购物|设计)$",
    )
});

/// 某机关认可的证明, 某机关规定可以种的树: only says whose something is.
static DESCRIBES: Pattern = LazyLock::new(|| {
    pattern(
        r"^规定(?:可以?|不得|应当?)|^[^，。；：对通按依据根向从为将应可须要需审核查受征]{0,10}?(?:认可|同意|指定|规定|批准|核发|颁发|出具|制定|公布|发布|确定|备案|认定|要求|签发|制发|印发|组建|设立|提供)的",
    )
});

/// 建立风险提示制度，定期分析…: rules that name nobody ask their own side for what they open with.
static TASK_OPENING: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:在[^，。；]{2,40}[上下中]，)?(?:[本全][省市县区州])?(?:建立|健全|完善|加强|加大|强化|优化|推行|搭建|定期)[\p{Han}“”、（）()]{2,40}(?:制度|责任制|系统|流程|力度|调控|机制|体系|平台|监管|管理|监督|检查|联动|衔接|协作|协调|服务|建设|公开|宣传|培训|[项数资信企人专][\p{Han}]{1,3}库|名录|台账|档案|清单)(?:[，,。；]|$)",
    )
});

/// 报主管部门审核: what the body does there, although it is an object.
static REVIEWS: Pattern = LazyLock::new(|| {
    pattern(r"^[^，。；：、的]{0,6}?(?:审核|审查|初审|复核|评审|审定|审批)(?:[^的]|$)")
});

/// …的，撤销其称号; 名录变更的，应当及时公布: an act of authority, whoever it is.
static SANCTIONED: Pattern = LazyLock::new(|| {
    pattern(
        r"的[，,](?:依法|一律|立即)?(?:予以|给予)?(?:撤销|取消|追回|收回|责令|注销|吊销|没收|通报批评|应当?及时(?:公开|公布|公示|答复))",
    )
});

/// Who must be what, what a body is made of, and that laws are kept: no task, whoever is the subject.
static NO_DUTY: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"(?:具备|符合|满足|达到)(?:以下|下列|如下)[\p{Han}]{0,6}(?:条件|要求|标准|规定)(?:之一)?(?:[：:]|$)",
        r"|^[^，。；：]{1,20}由[^。；]{1,60}组成(?:[，,]|$)|^[^，。；：应]{2,20}设(?:主任|副主任|主席|副主席|组长|副组长|会长|秘书|委员|成员|顾问|办公室|[一二三四五六七八九十\d]{1,3}[名个人])|可以?设(?:顾问|副|秘书|委员|办公室)|应当?为[单双]数|(?:所称|所指)[^。；]{1,40}(?:是指|是|为)",
        r"|(?:遵守|遵循|坚持)[^，。；：]{0,30}(?:法律|法规|规定|规范|道德|纪律|原则|要求)[^，。；：]{0,6}$"
    ))
});

/// The head noun of a public body, with an aside and a second body that shares the verb.
static BODY: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"(?:政府|(?:全体|常务|办公)会议|(?:中央|地方|省级|市级|县级|同级|各级|本级)财政|派出所|人民法院|检察院|(?:教育|公安|民政|司法|财政|科技|商务|水利|卫生|农业|农村|交通运输|信息化|自然资源|环境|城乡建设|旅游|社会保障|应急管理|委组织|委宣传)部门?|国有林场|公立医院|公办[\p{Han}]{0,4}(?:学校|高校|幼儿园|机构)|[省市县区直]属(?:高校|学校|院校|中小学|医院)|国务院|人民银行|海关|[银证保]监会|部门|委员会|[\p{Han}]委会|经[信贸]委|经[信发]局|[\p{Han}]委(?:员会)?|局|厅|[\p{Han}&&[^公上官各]]司|机构|机关|(?:执法|复议|监察)人员|办事处|办公室|领导小组|指挥部|管理中心|服务中心|中心|联席会议|(?:各|有关|相关|责任|成员|承办)单位)",
        r"[”’]?(?:[（(][^（）()]{1,30}[）)])?(?:(?:(?:和|及其|与|、|以及)[\p{Han}]{0,14}?|及(?:[\p{Han}&&[^时]][\p{Han}]{0,13}?)?)(?:单位|部门|机构|办公室|集团|局|厅|委会|政府))?(?:[（(][^（）()]{1,30}[）)])?",
        // 区园林局经办人员: whoever handles it acts for the body.
        r"(?:(?:受理|经办|审核)人员)?"
    ))
});

/// A preposition or verb that makes the body behind it an object. 经 is one, but not in 经济, 经营 or the names 经信委, 经贸委, 经发局.
static OBJECT_OF: Pattern = LazyLock::new(|| {
    pattern(
        r"向[^，。；：]{0,40}$|(?:不得|被)[^，。；：、]{0,8}$|实行[^，。；：、]{0,4}$|(?:人|双方|者|可以?|应当?|自愿)(?:申请|请求)[^，。；：、的时后]{0,16}$|(?:应当?|须|必须)(?:设置|设立|配备|成立|明确|指定)[^，。；：]{0,24}$|(?:报|提交|提请|送|接受|遵守|符合|(?:^|[^所])在|到|至|按照?|依照|根据|依据|持|通过|取得|获得|告知|协助|配合|委托|(?:应当?|须|可以?|并)(?:授权|代表)|同意|负责|参加|列席)[^，。；：、]{0,24}$|(?:人|企业|公司|者|方|职工|家庭)与[^，。；：]{0,24}$|经(?:[^，。；：、济信贸营发][^，。；：、]{0,23})?$",
    )
});

/// 接到举报的部门: what a body has received only says which body it is.
static RECEIVED: Pattern =
    LazyLock::new(|| pattern(r"^(?:接|收)到[^，。；：]{1,24}的[^，。；：]{0,10}$"));

/// 式样由市园林局规定, 细则由省、自治区制定: who sets or makes something.
static SET_BY: Pattern = LazyLock::new(|| {
    pattern(
        r"由[^，。；：按依至到向符照据]{0,40}?(?:局|[^乐总]部|委|厅|署|政府|国务院|委员会|部门|机关|中心)(?:统一|另行|具体)?(?:规定|监制|印制|制订|制作|承办|主办)(?:[^的]|$)|由(?:各?(?:省|市|区|县|自治区|直辖市)级?(?:财政)?[、和或]?){1,4}(?:统一|另行)?(?:制定|规定|拨付|承担|确定|审批|审核)",
    )
});

/// 应当依法从轻处罚, 给予下列支持: what only the public hand does, though the article need not name it.
static PUBLIC_ACT: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:应当?|可以)(?:依法)?(?:不予|从轻|减轻|从重|免予)[^，。；：]{0,10}处罚|给予(?:以下|下列|如下)[\p{Han}]{0,6}(?:支持|优惠|扶持)",
    )
});

/// What the subject does: a modal, or an indicative with at most an adverbial before it. 某机关出具的证明 only says whose it is.
static DOES: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"^(?:(?P<modal>[^，。；：]{0,24}?)(?:应当|应|可以|可|将|须|必须|要[^求点素领]|不得|有责任|有义务|有权(?:[^机部单]|$)|负有|负责|及时)",
        r"|(?:(?:于|在|向|自|从|按照?|根据|依据|依照|比照|通过|针对|随机|公开|视|对|为|每年|每半年|每季度|定期|依法|统一|具体|共同|分别|会同|联合|牵头|结合|参照|围绕)[^，。；：]{0,40}?|(?:结合|根据|依据|依照|按照?|参照|对照|围绕|针对|通过|综合|对|除)[^。；：]{2,60}?[，,](?:同步|统一|及时|适时|提前|按日|以[^，。；：]{2,8}形式|[对向][^，。；：]{2,30}?)?|各司其职[，,]|[，,]?(?:在|按照?|根据)各自(?:的)?(?:职责|职能|职权|权限)[^，。；：]{0,10}[，,]?|[\p{Han}]{2}后|予以|重新|主动|负责)?",
        r"(?:设立|成立|承担|接受|开展|行使|受理|组织|研究|提出|公布|发布|公告|公示|提供|制定|拟订|起草|审核|审查|审批|审定|核准|核定|划定|推动|推进|监督|检查|管理|指导|协调|履行|实施|启动|调整|划转|拨付|认定|确定|建立|编制|汇总|统筹|办理|出具|作出|委托|召开|讨论决定|审议决定|呈批|做好|通报|评估|考核|备案|责令|查处|予以处罚|给予处罚|给予[\p{Han}]{0,6}?(?:表彰|表扬|奖励|补助|补贴|资助|扶持|确认|答复)|依法处|监测|初审|复核|评审|评定|授予|颁发|核发|发放|撤销|注销|取消|追缴|追回|收回|加收|重新组建|编号|确认|通知|签发|处以|驳回|发给|征求|核实|核对|处理|退回|告知|暂停|约谈|移送|查验|解除|扣划|回收|选定|抽取|记入|计入|纳入|完善|健全|落实|协助|进行|停止(?:受理|发放|拨付|办理|审批|支付)|予以[\p{Han}]{2}|[与和][^，。；：]{2,20}?签[订定署])(?:[^的]|$))"
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
        r"(?:条件|材料|资料|情形|情况|要求|文件|标准)[^，。；：:]{0,12}(?:[（(][^（）()]*[）)])?[：:]$|遵守(?:以下|下列|如下)[\p{Han}]{0,4}规定[：:]$|(?:条件|情形|情况|要求)(?:之一)?的[，,][^。；：:]{2,40}[：:]$|(?:以下|下列|如下)[\p{Han}]{0,4}(?:条件|材料|资料)(?:[（(][^（）()]*[）)])?。?$",
    )
});

/// 市属苗圃学校（以下简称“学校”）: what belongs to the public hand and is governed by its rules acts as a body there.
static DEFINED_PUBLIC: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:[省市县区州直部]属|公办|公立|国有)[\p{Han}、]{0,10}?(?:高校|学校|院校|中小学|幼儿园|医院|卫生院|企业|事业单位)[”’]?[（(]以下(?:统称|简称)[：:]?[“‘]?([\p{Han}]{2,12})[”’]?[）)]",
    )
});

/// The short names of the bodies that a document defines, also where a line breaks inside the words.
pub(super) fn find_defined_names(clean: &str) -> Vec<String> {
    let unbroken = clean.replace('\n', "");
    if !unbroken.contains("（以下") && !unbroken.contains("(以下") {
        return Vec::new();
    }
    [&DEFINED, &DEFINED_PUBLIC]
        .into_iter()
        .flat_map(|names| names.captures_iter(&unbroken))
        .filter_map(|found| found.get(1).map(|name| name.as_str().to_owned()))
        .collect()
}

/// Whether `words` make a public body, or one of the `defined`, act.
pub(super) fn gives_duty(words: &str, defined: &[String]) -> bool {
    // A title cited names what another text is about.
    static TITLE: Pattern = LazyLock::new(|| pattern(r"《[^《》]{2,100}》"));
    let words = &*TITLE.replace_all(words, "《》");
    words
        .split_inclusive(['。', '；'])
        .filter(|sentence| !NO_DUTY.is_match(sentence.trim_end_matches(['。', '；'])))
        .any(|sentence| sentence_gives_duty(sentence, defined))
}

fn sentence_gives_duty(words: &str, defined: &[String]) -> bool {
    const LAYOUTS: [char; 5] = ['布', '格', '大', '全', '结'];
    let body_acts = |from: usize, to: usize| {
        let behind = words.get(to..).unwrap_or_default();
        // 建委会同某局: the body is 建委, and what it does is 会同.
        let (to, behind) = match behind.chars().next() {
            Some('同' | '商' | '签')
                if words.get(from..to).is_some_and(|name| name.ends_with("委会")) =>
            {
                let to = to - "会".len();
                (to, words.get(to..).unwrap_or_default())
            }
            _ => (to, behind),
        };
        // 委员, 委托, 委派 and 委任 are no body.
        let is_word = words.get(..to).is_some_and(|name| name.ends_with('委'))
            && behind.starts_with(['员', '托', '派', '任']);
        // 农村部分花农, 非公办学校: words that only look like a body.
        let is_part = words.get(..to).is_some_and(|name| name.ends_with('部'))
            && behind.starts_with(['分', '队', '件', '位']);
        // 村民委员会 and 业主委员会 are no public bodies.
        let is_private = words
            .get(from..to)
            .is_some_and(|name| ["民委员会", "主委员会"].iter().any(|own| name.starts_with(own)));
        // 布局 and 结局 are no 局; 安全局 is one.
        let is_layout = words.get(from..to) == Some("局")
            && !words.get(..from).is_some_and(|before| before.ends_with("安全"))
            && words.get(..from).is_some_and(|before| before.ends_with(LAYOUTS));
        // 司法 and 司机 hold no 司.
        let is_other_word = words.get(..to).is_some_and(|name| name.ends_with('司'))
            && behind.starts_with(['法', '机', '仪', '令', '空', '职']);
        let is_other = behind.starts_with('的')
            || is_word
            || is_private
            || is_part
            || is_other_word
            || is_layout
            || words.get(..from).is_some_and(|before| before.ends_with('非'))
            || is_thing_of_government(words, to)
            || (words
                .get(from..to)
                .is_some_and(|name| name.starts_with("机构") || name.starts_with("中心"))
                && PRIVATE.is_match(subject_before(words, from)));
        !is_other
            && !DESCRIBES.is_match(behind)
            && (acts(words, from, to) || is_obliged(words, from, to) || REVIEWS.is_match(behind))
    };
    PLACES_OBLIGED.is_match(words)
        || OF_LEVEL.is_match(words)
        || TASK_OPENING.is_match(words)
        || SANCTIONED.is_match(words)
        || SET_BY.is_match(words)
        || PUBLIC_ACT.find(words).is_some_and(|act| !names_company(words, act.start()))
        || BODY.find_iter(words).any(|body| body_acts(body.start(), body.end()))
        || defined.iter().any(|name| {
            words.match_indices(name.as_str()).any(|(at, name)| {
                let to = at + name.len();
                !is_thing_of_government(words, to) && acts(words, at, to)
            })
        })
}

/// Whether a company is named before `at` in its clause: 银行给予以下优惠.
fn names_company(words: &str, at: usize) -> bool {
    let before = subject_before(words, at);
    ["企业", "公司", "银行"].iter().any(|company| before.contains(company))
}

/// 政府规费, 政府指导价, 政府管理区域: things, whose name begins with a body that ends at `to`.
fn is_thing_of_government(words: &str, to: usize) -> bool {
    const THINGS: [&str; 7] = ["规费", "指导价", "定价", "采购", "债券", "性", "网站"];
    let behind = words.get(to..).unwrap_or_default();
    // 政府管理区域内的护林工作 is something to do.
    let is_area = behind.strip_prefix("管理区域").is_some_and(|rest| !rest.starts_with('内'));
    words.get(..to).is_some_and(|name| name.ends_with("政府"))
        && (is_area || THINGS.iter().any(|thing| behind.starts_with(thing)))
}

/// Whether a modal behind the body is its own, and not that of somebody named between the two.
fn is_obliged(words: &str, from: usize, to: usize) -> bool {
    let behind = words.get(to..).unwrap_or_default();
    let behind = skip_inserted(behind).unwrap_or(behind);
    OBLIGED.captures(behind).is_some_and(|found| {
        found.name("verb").is_none()
            && !OTHER_SUBJECT.is_match(found.name("between").map_or("", |between| between.as_str()))
    }) && !is_object(words, from)
}

/// What is left of the words behind a body without the circumstances that open them.
fn skip_inserted(behind: &str) -> Option<&str> {
    behind.get(INSERTED.find(behind)?.end()..)
}

/// Whether the body that begins at `from` is what somebody else acts on.
fn is_object(words: &str, from: usize) -> bool {
    let before = subject_before(words, from);
    OBJECT_OF.is_match(before) && !RECEIVED.is_match(before)
}

/// The words of the clause before a body; 由某局公布 makes the body the subject again, even inside 经…后由某局公布.
fn subject_before(words: &str, from: usize) -> &str {
    let before = words.get(..from).unwrap_or_default();
    before.rsplit(['，', ',', '。', '；', '：', '由']).next().unwrap_or_default()
}

/// Whether `words` tell those to whom a notice is sent what to do.
pub(super) fn tells_addressees(words: &str) -> bool {
    ADDRESSED.is_match(words)
}

/// Whether the entries behind `words` say who qualifies or what is handed in.
pub(super) fn opens_conditions(words: &str) -> bool {
    LISTS_CONDITIONS.is_match(words)
}

fn acts(words: &str, from: usize, to: usize) -> bool {
    let behind = words.get(to..).unwrap_or_default();
    let behind = behind.strip_prefix('”').unwrap_or(behind);
    // 接到报告后，花农应当…: behind what is inserted a modal may be somebody else's.
    let acts_then =
        |behind: &str| DOES.captures(behind).is_some_and(|found| found.name("modal").is_none());
    (DOES.is_match(behind) || skip_inserted(behind).is_some_and(acts_then))
        && !is_object(words, from)
}

#[cfg(test)]
mod tests;
