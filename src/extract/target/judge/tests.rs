//! Invented clauses, and whether what they count is promised.

use super::super::part::find_parts;
use super::super::surroundings::Hold;
use super::*;

fn promised(clause: &str, hold: Hold) -> Vec<bool> {
    let around = Surroundings { clause, statement: clause, hold, ..Surroundings::default() };
    find_parts(clause).iter().map(|part| is_promised(part, clause, &around)).collect()
}

#[test]
fn what_is_to_be_reached_built_or_cut_is_promised() {
    for clause in [
        "全市绿化覆盖率达到43%",
        "新建口袋公园60个",
        "打造5个左右绿色社区",
        "审批时间压缩到3个工作日以内",
        "完成投资3亿元",
        "90%以上的社区建成绿色社区",
        "推动8处堤防完工",
        "筛选40家重点苗圃",
        "服务园艺职工5万人次以上",
        "划定70公顷以上绿化用地",
        "确保乡土树种占比在50%以上",
        "拿出30%的场地",
        "自受理之日起3个工作日办结",
        "6个工作日内对苗木进行审核",
        "古树保护率比去年同期提高1个百分点",
        "每个社区开办1家以上花艺学堂",
        "自苗木受理之日起7个工作日内告知检疫结果",
        "检疫确认之后5个工作日内通过苗木系统生成证书",
        "按程序择优向省园林厅推荐7家苗圃",
        "从历届花农中遴选50名",
        "按双向选择的原则为每位园艺师选配2名花农",
        "园艺师津贴标准不低于最低津贴标准的1.6倍",
        "销售的苗木70%向花店开具检疫凭证",
        "花木产量保持8%以上的年均增速",
        "增设花市、苗圃等18个服务专区",
        "培育一批名优苗圃、100家花店",
        "按照不低于花农总数5%的比例设立园艺岗位",
        "在17个社区开展绿化评价",
        "在每个县明确1个绿化示范乡",
        "组建不少于100人的护林队伍",
        "教师每年至少1个月在苗圃实训",
        "苗木检疫流程精简为4个工作日",
        "培训经费60%以上用于一线花农",
        "实现93%以上的绿化事项网上可办",
        "全面完成2030年41个公园改造",
        "争取上级绿化资金9亿元",
        "发放植树补贴9万户",
        "培育30个左右的花艺工坊",
        "升级200个苗木初加工中心",
        "在沿线村新建苗木温室6千个",
        "从受理到认定不超过15个工作日",
        "花木产值迈上60亿元",
        "在花卉园区工作的花农办证的工作时限从9个工作日缩短至4个工作日",
        "再整合8项苗木事项到检疫证上",
        "使用3种以上乡土树种",
        "100%预留灌溉安装条件",
        "且乡土树种应用比例不应低于40%",
        "自受理之日起五个工作日内办结",
        "形成一支由百名园艺师组成的绿化队伍",
        "应于1日内进行分办",
        "应在12个工作日内给予书面答复",
        "应于2日内向绿化平台提出改派意见",
        "按时办结率达到100%",
        "按照每千名居民3张配置公园长椅",
        "积极做好苗木收购和6000吨苗木轮换工作",
        "延续实施绿化预留份额提高至40%以上的政策",
        "省市县各级100个苗圃实现数字化",
        "增设花市、公积金等22个服务专区",
        "苗圃欠款清偿60%以上并杜绝新欠",
        "力争花木产值突破万亿元",
        "将苗木死亡率控制在不超过全市平均死亡率2个百分点的水平",
        "花农要按照规定100%落实补种登记制度",
        "选择1所园艺学校转型为花卉学院",
        "力争绿化贷累计投放金额达到50亿元",
    ] {
        assert_eq!(promised(clause, Hold::Loose), [true], "{clause}");
    }
}

#[test]
fn what_those_who_run_things_do_within_a_time_is_promised() {
    for clause in [
        "公园设施一般故障48小时内修复",
        "苗木检疫结果3个工作日内同步至园林网站",
        "植树补贴自受理之日起15个工作日内发放到位",
        "资金自确认之日起10日内直达苗圃账户",
        "枯枝12小时内清理上岸",
        "苗木灾情须在15分钟内电话报告",
        "养护队伍40分钟内到达现场",
        "养护队伍2小时内到位",
        "发现的枯枝隐患15日内整改完毕",
        "接到报告后三日内到现场核实",
        "花灾预警须在触发后十分钟内送达护林员",
        "市园林局应当在6个月内制定养护细则",
        "启动后5小时内发布苗木信息",
        "养护人员30分钟内赶到现场",
        "枯枝问题24小时内解决",
        "收到资金后30日内将资金分解下达到县",
        "收到举报的部门应当在七日内处理并答复",
        "园林局接到报告后应当在10分钟内赶到现场",
        "并在20日内向社会公开",
        "苗木检疫、苗圃登记分别在7个工作日、3个工作日内办结",
    ] {
        assert!(promised(clause, Hold::Loose).iter().all(|&is| is), "{clause}");
        assert!(!promised(clause, Hold::Loose).is_empty(), "{clause}");
    }
    for clause in [
        "花农未在3个月内办妥登记",
        "6个月内对争议未处理完毕",
        "苗圃应在6个月内整改",
        "我司将在2个工作日内书面报告园林局",
        "2个工作日内书面报告园林局",
        "业主委员会应当在30日内办理划转",
        "花农应当在30日内选定苗木",
        "24小时内降雨量达到50毫米",
        "市民30分钟内到达现场",
        "供水企业接到报修后2小时内恢复供水",
        "职工工资应在15日内发放",
    ] {
        assert!(!promised(clause, Hold::Loose).contains(&true), "{clause}");
    }
}

#[test]
fn what_is_kept_shared_or_done_by_many_is_promised() {
    for clause in [
        "苗木检疫时限压缩至法定时限的一半",
        "苗圃面积达到2030年的2倍",
        "再压缩20%的检疫时限",
        "形成不低于日均3天用水量的灌溉储备能力",
        "引导社会资本投入100亿元",
        "重点苗圃达标率100%",
        "每万人公园数量12个",
        "重污染天数不超过5天",
        "打造3平方公里的花海",
        "每个苗圃联系2个重点社区",
        "每年组织不少于3个工作日的培训",
        "力争3家苗圃入选全国花木百强",
        "送戏下乡2000场",
        "取得园艺成果20项",
        "遴选有丰富经验的50名花农",
        "加快推进39个温室新、改、扩建项目",
        "带动20万农户种树",
        "全年灌溉水量25亿立方米",
        "收到举报的绿化办应在2个工作日内转交属地绿化办",
        "推动80%以上的苗圃用上滴灌",
        "优良天数达到300天以上",
        "苗圃年发电量达到25亿千瓦时",
        "苗木检疫时间压缩到2小时",
        "园林主管部门应当自受理之日起20个工作日内作出苗木许可决定",
        "苗圃销售的苗木90%具有检疫凭证",
    ] {
        assert_eq!(promised(clause, Hold::Loose), [true], "{clause}");
    }
}

#[test]
fn support_terms_conditions_facts_and_standards_are_not() {
    for clause in [
        "支持苗圃投资额未达到35%的项目",
        "绿化贷款的比例由50%提升到70%",
        "已经传播到71个苗圃",
        "分别按2%预征苗木税",
        "认定苗圃时核减2套",
        "购买单块面积大于90平方米（含90平方米）的苗圃",
        "应于1日内补交材料",
        "古树名录共计7类19项",
        "但苗木费用不得超过确保花展所需资金的30%",
        "给予每家最高200万元奖励",
        "对年产值5000万元以上的企业",
        "已建成公园120个",
        "落实亩均投资200万元等标准要求",
        "支持3个示范县建设规划",
        "推进30万吨/年树脂项目",
        "有效期5年",
        "落实绿化7条措施",
        "用好90亿元绿化贷款",
        "不单独供应8亩以下绿地",
        "绿化比例可以调整至3%",
        "置换比例不得超过30%",
        "每人每月900元",
        "若苗圃面积不足500亩",
        "申请人应在5个工作日内办理登记",
        "取消2吨及以下苗木运输证",
        "一次性组织不少于300人的赏花团",
        "对苗木成活率未达90%的单位",
        "优秀率计算为优秀数/总数×100%",
        "每个县明确1个部门负责绿化",
        "绿化比例可以调整至不低于原比例的70%",
        "地块建筑面积不低于300平方米",
        "可不超过20%",
        "种子萌发率≥95%",
        "每单位推荐人选不超过5人",
        "申请单位应当拥有苗圃面积1500平方米以上",
        "苗圃申报条件调整为：总投资2000万元及以上",
        "建议在栽植时每亩栽167株以上",
        "移栽时间推迟1个月以上",
        "可申请延期2个月补种",
        "可安排不低于30%的绿地用于停车",
        "检测机构应在10个工作日内出具报告",
        "市级承担30%",
        "将苗木不良率容忍度放宽至不高于平均3个百分点",
        "取消苗木进口不超过300万美元限制",
        "提出绿化24项具体举措",
        "依据绿化条例第五、第八至十一条",
        "苗圃注册资本不低于1000万元",
        "苗圃项目总投资不低于5000万元",
        "材料一式5份",
        "发挥支持花农发展25条等政策效应",
        "住所面积不小于50平方米的花农可以落户",
        "开展百名花农进社区活动",
        "可向省园林厅推荐花农20名",
        "安排绿化专项引导资金10亿元",
        "近三年共培训花农10万人次",
        "通知共计9项措施",
        "花架高度不超过3米",
        "花坛面积不超过广场面积的20%",
        "支持花农发展十条措施、苗圃意见等政策宣传",
        "使用3种树苗",
        "将《苗圃申请书》一式2份报送市园林局，并附照片",
        "申报花圃贷款的苗圃覆盖率原则上不低于5%",
        "新购苗圃的免税面积为180平方米",
    ] {
        assert!(!promised(clause, Hold::Loose).contains(&true), "{clause}");
    }
}

#[test]
fn what_a_body_hands_on_or_checks_again_is_promised() {
    for clause in [
        "应在1个工作日内将来件批转到县园林局",
        "应在2个工作日内告知同级园林局",
        "来件查阅、呈报的时间不得超过2个工作日",
        "3个工作日内审核确认苗木备案价格",
        "支持苗圃收购3万套闲置温室",
        "对重点苗圃每两年进行一次强制检疫审核",
        "组织开展一次苗木全面排查",
    ] {
        assert_eq!(promised(clause, Hold::Loose), [true], "{clause}");
    }
}

#[test]
fn what_only_says_which_or_how_much_is_allowed_is_not() {
    for clause in [
        "置换金额不得超过确保花展竣工所需资金的30%",
        "可按照3%到10%配建花坛",
        "将面积不低于6万平方米的苗圃纳入统计范围",
        "为本世纪以来年均18场的1.8倍",
        "花展原估算总投资5亿元",
        "支持花农购买3套温室",
    ] {
        assert!(!promised(clause, Hold::Loose).contains(&true), "{clause}");
    }
    let clause = "置换金额不得超过确保花展竣工所需资金的30%";
    assert_eq!(promised(clause, Hold::Governed), [false]);
}

#[test]
fn a_level_that_something_hangs_on_is_a_condition() {
    let clause = "花农按照年均产值超过90万元标准";
    let whole = "花农按照年均产值超过90万元标准，分别兑现9万元";
    let around = Surroundings {
        clause,
        statement: clause,
        whole,
        hold: Hold::Governed,
        ..Surroundings::default()
    };
    assert!(!is_promised(&find_parts(clause)[0], clause, &around));
    let whole = "绿化率达到40%，暂停砍伐";
    let clause = "绿化率达到40%";
    let around = Surroundings { clause, statement: clause, whole, ..Surroundings::default() };
    assert!(!is_promised(&find_parts(clause)[0], clause, &around));
    let whole = "组织不少于60人的赏花团，分别给予1万元";
    let clause = "组织不少于60人的赏花团";
    let around = Surroundings { clause, statement: clause, whole, ..Surroundings::default() };
    assert!(!is_promised(&find_parts(clause)[0], clause, &around));
    for clause in [
        "月末空置率连续3个月低于10%",
        "提交苗木检疫证书和现场照片3张",
        "植树面积达到了500亩",
        "设立10亿元绿化专项贷款",
        "苗木指导价浮动幅度不超过10%",
    ] {
        assert!(!promised(clause, Hold::Loose).contains(&true), "{clause}");
    }
    let clause = "花展项目投资达到25%以上";
    let whole = "花展项目投资达到25%以上，即可办理售票许可";
    let around = Surroundings { clause, statement: clause, whole, ..Surroundings::default() };
    assert!(!is_promised(&find_parts(clause)[0], clause, &around));
    assert_eq!(promised("每年完成闲置绿地20%以上的改造任务", Hold::Governed), [true]);
}

#[test]
fn a_deadline_lowers_the_bar() {
    assert_eq!(promised("绿道总长300公里", Hold::Loose), [false]);
    assert_eq!(promised("绿道总长300公里", Hold::Governed), [true]);
    assert_eq!(promised("绿道总长300公里", Hold::Due), [true]);
    let around = Surroundings {
        clause: "绿道总长300公里",
        hold: Hold::Loose,
        in_article: true,
        ..Surroundings::default()
    };
    assert!(!is_promised(&find_parts("绿道总长300公里")[0], "绿道总长300公里", &around));
}

#[test]
fn how_fast_something_will_be_is_promised_by_a_deadline() {
    let clause = "受灾苗木36小时内得到救助";
    assert_eq!(promised(clause, Hold::Governed), [true]);
    assert_eq!(promised(clause, Hold::Loose), [false]);
}

#[test]
fn what_a_clause_before_brings_together_goes_on() {
    let promised = |before: &str, clause: &str| {
        let statement = format!("{before}，{clause}");
        let around = Surroundings { clause, statement: &statement, ..Surroundings::default() };
        is_promised(&find_parts(clause)[0], clause, &around)
    };
    assert!(promised("汇集一批名优苗圃", "以及200项园艺技术"));
    assert!(!promised("介绍名优苗圃", "以及200项园艺技术"));
}

fn promised_in(statement: &str, clause: &str) -> bool {
    let around = Surroundings { clause, statement, ..Surroundings::default() };
    is_promised(&find_parts(clause)[0], clause, &around)
}

#[test]
fn what_somebody_may_do_up_to_a_limit_is_not_promised() {
    for clause in [
        "花店可结合销售情况在原价基础上再下降不超过10个百分点",
        "花架可凸出外墙不大于0.8米",
        "花农可以以原价购买苗圃份额的10%",
    ] {
        assert_eq!(promised(clause, Hold::Loose), [false], "{clause}");
    }
    assert_eq!(promised("建成花房可容纳不超过5万株", Hold::Governed), [true]);
}

#[test]
fn a_level_that_a_second_condition_goes_on_with_is_not_promised() {
    let promised = |whole: &str| {
        let clause = "花卉比例达到5%";
        let around = Surroundings { clause, statement: clause, whole, ..Surroundings::default() };
        is_promised(&find_parts(clause)[0], clause, &around)
    };
    assert!(!promised("花卉比例达到5%，且苗木未种的，依申请调整。"));
    assert!(promised("花卉比例达到5%，并给予奖励。"));
}

#[test]
fn what_a_grant_behind_it_is_for_is_not_promised() {
    for (clause, whole) in [
        ("对2031年规模达到1万平方米的花展", "对2031年规模达到1万平方米的花展，予以奖励。"),
        ("展览面积每增加5000平方米", "展览面积每增加5000平方米，给予奖励。"),
    ] {
        let hold = Hold::Due;
        let around =
            Surroundings { clause, statement: clause, whole, hold, ..Surroundings::default() };
        assert!(!is_promised(&find_parts(clause)[0], clause, &around), "{clause}");
    }
}

#[test]
fn what_all_are_spared_and_how_fast_is_promised() {
    for clause in [
        "减轻花农各类负担3亿元",
        "公积金放款时限缩短至3个工作日",
        "压缩公积金贷款发放时间至1个月以内",
        "实现2小时通达周边花市",
    ] {
        assert_eq!(promised(clause, Hold::Loose), [true], "{clause}");
    }
}

#[test]
fn a_goal_that_something_serves_is_set_elsewhere() {
    assert_eq!(promised("为实现花木产值增长8%的目标", Hold::Governed), [false]);
    assert_eq!(promised("使85%以上的古树挂牌", Hold::Loose), [true]);
}

#[test]
fn what_a_word_means_is_not_promised() {
    let clause = "包括温室在内最多不超过9个苗床的苗圃";
    assert!(!promised_in("小苗圃，是指用于育苗，包括温室在内最多不超过9个苗床的苗圃", clause));
    let clause = "小型苗圃是指建设面积不低于50亩的苗圃";
    assert!(!promised_in(clause, clause));
}

#[test]
fn a_second_limit_is_of_the_same_terms() {
    assert!(!promised_in("苗圃贷款利率上限为5%，下限为4%", "下限为4%"));
}

#[test]
fn what_applicants_have_to_meet_is_not_promised() {
    for clause in ["申报单位要建立不少于5个苗圃", "申报单位应培育花农50名以上"]
    {
        assert!(!promised_in(clause, clause), "{clause}");
    }
    let clause = "申报项目主要集中在花木产业，达到30个";
    assert!(promised_in(clause, "达到30个"));
}

#[test]
fn hours_of_lessons_are_promised_where_they_recur() {
    assert_eq!(promised("干部每年培训累计不少于90学时", Hold::Governed), [true]);
    assert_eq!(promised("干部培训90学时", Hold::Loose), [false]);
}

#[test]
fn what_closes_a_list_of_goals_is_promised() {
    for clause in [
        "聘请园艺监督员120名",
        "评聘首席花艺师30名",
        "接入花园视频监控2300路",
        "开放避寒花房31处",
        "优化调整赏花公交线路15条",
        "受理花农求助4000件左右",
        "花农岗位动态保有3000个左右",
        "实现花园覆盖95%以上的社区",
        "拿出年度苗木计划5%的名额",
        "当年开工率60%以上",
        "对外开放花园占比达到90%",
        "山区片区新修绿道180公里",
        "花农工资专用账户开设率达到100%",
        "按每人每日不低于5升的标准送水到花圃",
        "达标率100%",
        "推动60家苗圃上云",
        "划定育苗区面积120平方公里",
        "为花农免费接种疫苗10万剂次",
        "实现苗木产值翻一番",
    ] {
        assert_eq!(promised(clause, Hold::Loose), [true], "{clause}");
    }
    for clause in [
        "苗圃调整高度不得大于限高的40%",
        "花农两地各15万左右",
        "苗圃产值约占全国的45%左右",
        "可拿出年度苗木计划5%的名额",
        "伸长率410%",
        "苗木产值实现翻一番",
        "对苗木占比达到90%的",
        "按每人每日不低于5元的标准送水到花圃",
        "花木赔付比例最高可提至90%",
    ] {
        assert_eq!(promised(clause, Hold::Loose), [false], "{clause}");
    }
}
