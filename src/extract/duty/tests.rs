//! Sentences of articles, and whether they give a public body something to do.

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
fn the_duty_of_somebody_else_is_none() {
    assert_eq!(
        any(
            &[
                "花农应当向县级园林部门报送种植情况。",
                "在本市承包苗圃并向园林部门登记的人员，本人可以申请补贴。",
                "金融机构可以向花农发放贷款。",
                "花农应委托园林服务中心代办，苗圃面积不足的，应委托该中心补办。",
                "花农应以园林服务中心认可的苗木作为抵押。",
                "苗圃管理办公室的成员应当熟悉园艺。",
                "示范中心所在企业发生更名的，应在三十日内报送省林草委。",
                "养老机构（含花园养老院）应当报送绿化情况。",
                "购物中心应当设置绿化带。",
                "各县要求补种的，另行登记。",
                "市级网站应当登记。",
                "花农可以向所在地林业部门、街道办事处提出申请，也可以凭证件申请。",
            ],
            &[]
        ),
        [false; 12]
    );
}

#[test]
fn when_and_beside_what_a_body_acts_may_stand_before_its_modal() {
    let texts = [
        "园林部门接到苗圃关于重大虫害的报告后，除责令苗圃及时采取必要的除虫措施，防止虫害在全县各镇的苗圃、果园和行道树之间蔓延扩大外，应当派员调查。",
        "苗圃枯死的，由市政府按照规定予以收购。",
        "市园林局在收到申请之日起十日内，作出决定。",
        "区园林局经办人员审核材料。",
        "种树时间由农业农村部公布。",
        "公立医院应当种树。",
        "弄虚作假的，由县林业主管部门驳回申请。",
        "苗木站所在县的林业局核实后出具证明。",
        "各区（市）县可给予花农补贴。",
        "市绿化委员会应当监督古树保护工作。",
        "市人民代表大会常务委员会应当监督古树保护工作。",
        "市国家安全局应当依法查处擅自砍树的行为。",
        "乡镇人民政府管理区域内的护林工作。",
    ];
    assert_eq!(any(&texts, &[]), [true; 13]);
    let texts = [
        "园林部门接到报告后，经营者应当补种。",
        "当事人申请园林部门处理的，应当提出书面申请。",
        "苗圃应当设置虫害监控部门，具体负责除虫。",
        "苗木价格中，不得摊入中央财政应当拨付的资金。",
        "苗圃提供园林部门要求出具的材料。",
        "被园林部门取消资格三年的苗圃。",
        "民营医院应当种树。",
        "实行政府制定价格管理的苗圃应当公示价格。",
        "苗木价格包含政府规费、其他可以摊入的费用。",
        "常住人口不足5万人的县级政府管理区域，苗圃指标单列。",
        "农村部分花农可以申请苗木。",
        "非公办园艺学校应当种树。",
        "各地可再生花土按规定处理。",
        "苗木式样由苗圃公司总部统一规定。",
        "商业银行对花农给予以下优惠：利率下浮。",
        "花农和苗圃主应各司其职并及时修枝。",
        "村民委员会、业主委员会应当爱护古树。",
    ];
    assert_eq!(any(&texts, &["县级政府"]), [false; 17]);
}

#[test]
fn an_institution_of_the_public_hand_is_known_by_the_short_name_that_rules_give_it() {
    assert_eq!(find_defined_names("为规范公办园艺学校（以下简称“园校”）绿化，"), ["园校"]);
    assert!(find_defined_names("为规范民办园艺学校（以下简称“园校”）绿化，").is_empty());
}

#[test]
fn what_somebody_is_made_of_or_must_be_is_no_duty() {
    let texts = [
        "古树保护委员会由园艺师组成，设主任1名。",
        "花展委员会应当具备以下条件：",
        "花展委员会可以设顾问，由有关部门人员担任。",
        "园林部门在工作中涉及国家秘密的，应当遵守有关法律法规。",
        "古树认定工作应当由部门遵循公开、公平的原则。",
    ];
    assert_eq!(any(&texts, &[]), [false; 5]);
}

#[test]
fn an_act_of_authority_is_a_duty_whoever_is_named() {
    assert_eq!(
        any(
            &[
                "有下列情形之一的，撤销其示范苗圃称号：",
                "建立古树巡查制度，定期分析古树状况。",
                "花农提出申请，经县级园林部门审查后办理。",
                "养护费由税务机关追缴。",
                "园林主管部门除责令补种外，从砍伐之日起，按日加收费用。",
                "省林草委组织专家评审。",
                "花农所在地的园林机关负责登记。",
                "市园林局应在公园入口设标识牌。",
                "市园林局应在路口埋设界桩。",
                "各镇政府应当设一名护林员。",
                "种树的重大事项由市政府常务会议讨论决定。",
                "同级财政可拨付一定数额的苗木资金。",
                "林业、水务等部门，在各自职责范围内做好护林工作。",
                "迁移古树由迁入地派出所受理。",
                "承办单位应按下列程序补种：",
                "对护林的花农，由市、区政府给予适当的奖励。",
                "市园林部门及时将名单报市林业局。",
                "省级财政根据花木数，提前通知下一年度的预算。",
                "名录变更的，应当及时公布相关信息。",
                "各部门提请讨论的种树建议，必须以调查为依据。",
                "建立古树项目库，实行动态管理。",
                "市苗木站应当每年补种。",
                "违反规定的，由县残联收回苗木。",
                "每个县（市、区）至少设立一个苗圃。",
                "本市建立苗圃登记制度。",
                "加大对花农的补助力度，扩大苗圃。",
            ],
            &[]
        ),
        [true; 26]
    );
    assert_eq!(any(&["违反本办法的，依法承担责任。"], &[]), [false]);
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
fn those_to_whom_a_notice_is_sent_are_told_what_to_do() {
    assert!(tells_addressees("请各市园林局、花港区林业局要推荐苗圃。"));
    assert!(tells_addressees("各有关单位务必按时报送。"));
    assert!(!tells_addressees("各类苗圃应当登记。"));
}

#[test]
fn a_list_of_conditions_is_known_by_its_opening() {
    assert!(opens_conditions("申请城市应当具备下列条件："));
    assert!(opens_conditions("申请时须提供以下材料的原件（外文材料附译文）："));
    assert!(opens_conditions("采集苗木，应当遵守下列规定："));
    assert!(opens_conditions("花农应提交以下材料（一式八份）"));
    assert!(!opens_conditions("办公室承担下列工作："));
}

#[test]
fn what_a_body_does_may_stand_behind_a_means_or_a_measure() {
    let texts = [
        "园林部门通过苗圃登记平台，对种植情况给予确认。",
        "市园林局针对不同等级的苗圃，实施分类管理。",
        "擅自砍树的，由林业部门视情节予以警告。",
        "园林管理中心对苗木按下列规则进行清点：",
        "园林、林业等部门各司其职，做好护林工作。",
        "市园林局与花农签订种树协议。",
        "县级园林部门完善苗圃名录。",
    ];
    assert_eq!(any(&texts, &[]), [true; 7]);
    let texts = [
        "花农与园林服务中心签订种树协议。",
        "花农应当授权园林服务中心进行查询。",
        "苗圃应当结合城市布局进行选址。",
        "园林部门规定可以砍伐的树木不需登记。",
    ];
    assert_eq!(any(&texts, &[]), [false; 4]);
}

#[test]
fn who_sets_or_makes_something_is_named_behind_it() {
    let texts = [
        "花木登记表的式样由市园林局规定。",
        "花农证由县林业局统一印制。",
        "种树的细则由省、自治区、直辖市制定。",
        "补贴由市级统一拨付。",
        "苗木价格，由国务院另行规定。",
    ];
    assert_eq!(any(&texts, &[]), [true; 5]);
    let texts = [
        "补贴由银行退回至市园林局指定账户。",
        "由花农按照市园林局规定修枝。",
        "由市园林局规定的苗木品种。",
    ];
    assert_eq!(any(&texts, &[]), [false; 3]);
}

#[test]
fn who_has_received_something_acts_and_so_do_those_who_act_for_a_body() {
    let texts = [
        "接到举报的园林部门应当及时处理。",
        "市建设委会同市园林局选定苗圃。",
        "园林司统一组织验收。",
        "执法人员在检查苗圃时，应当出示证件。",
        "各县级市（区）应当结合实际种树。",
    ];
    assert_eq!(any(&texts, &[]), [true; 5]);
    let texts = ["花农提交园林部门应当受理的申请。", "申请司法确认的，应当提供苗圃合同。"];
    assert_eq!(any(&texts, &[]), [false; 2]);
}

#[test]
fn to_mitigate_a_penalty_and_to_support_are_of_the_public_hand() {
    let texts = [
        "有下列情形之一的，应当依法从轻或者减轻行政处罚：",
        "初次砍树且及时补种的，可以不予行政处罚。",
        "新建苗圃给予以下政策支持：",
    ];
    assert_eq!(any(&texts, &[]), [true; 3]);
    let texts = ["花农应当接受处罚。", "苗圃应当给予花农工钱。"];
    assert_eq!(any(&texts, &[]), [false; 2]);
}
