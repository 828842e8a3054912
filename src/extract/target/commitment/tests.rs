//! Invented clauses, and what they commit to.

use super::*;

fn shown(words: &str) -> Option<(&str, Qualifier)> {
    find_commitment(words, (true, true)).map(|one| (one.indicator.slice(words), one.qualifier))
}

#[test]
fn all_and_none_are_commitments() {
    let table = [
        ("实现乡镇公园全覆盖", "乡镇公园", Qualifier::All),
        ("城市黑臭水体全面消除", "城市黑臭水体", Qualifier::Zero),
        ("老旧管网改造清零", "老旧管网改造", Qualifier::Zero),
        ("基本实现“村村有公园”", "村村有公园", Qualifier::All),
        ("首批项目全部开工", "首批项目", Qualifier::All),
        ("苗木检疫审批全部下放", "苗木检疫审批", Qualifier::All),
        ("2031年底前全面完成补种任务", "补种任务", Qualifier::All),
        ("对古树开展全覆盖巡查", "古树开展", Qualifier::All),
        ("绿化巡查覆盖所有公园和社区", "绿化巡查", Qualifier::All),
        ("检疫事项全面实现“一网通办”", "检疫事项", Qualifier::All),
        ("检疫项目全部向有资质的苗圃开放", "检疫项目", Qualifier::All),
        ("检疫结果全部公开", "检疫结果", Qualifier::All),
        ("新建公园全部按照精品公园标准建设", "新建公园", Qualifier::All),
        ("不达标苗圃全部依法关停", "不达标苗圃", Qualifier::Zero),
        ("旧温室全部完成淘汰", "旧温室", Qualifier::Zero),
        ("全部淘汰低矮旧温室", "低矮旧温室", Qualifier::Zero),
        ("小型苗圃全部整合退出", "小型苗圃", Qualifier::Zero),
        ("古树砍伐事件零发生", "古树砍伐事件", Qualifier::Zero),
        ("枯枝、落叶等园林废弃物实现全部利用", "枯枝、落叶等园林废弃物", Qualifier::All),
        ("实现苗木检疫、苗圃登记“全覆盖”", "苗木检疫、苗圃登记", Qualifier::All),
        ("社区全部创建花园社区", "社区", Qualifier::All),
        ("在全市所有乡镇实现苗木检疫全程网上办", "所有乡镇实现苗木检疫全程网上办", Qualifier::All),
        ("全面实现花卉贸易“一站式”办理", "花卉贸易“一站式”办理", Qualifier::All),
        ("售花款必须全部直接进入监管账户", "售花款", Qualifier::All),
        ("所有苗木均经过检疫", "所有苗木均经过检疫", Qualifier::All),
        ("全市所有苗圃应实现网上检疫", "所有苗圃应实现网上检疫", Qualifier::All),
        ("重点苗圃全部配建喷灌设施", "重点苗圃", Qualifier::All),
        ("推动全市公园均设有花艺学堂", "全市公园均设有花艺学堂", Qualifier::All),
        ("全面化解拖欠花农的账款", "拖欠花农的账款", Qualifier::Zero),
        ("全面清退禁植区违法苗圃", "禁植区违法苗圃", Qualifier::Zero),
        ("全面取消苗木跨县运输限制", "苗木跨县运输限制", Qualifier::Zero),
        ("实现花木保险机制覆盖全省所有县域", "花木保险机制", Qualifier::All),
        ("行道树补种全部采取容器苗进行", "行道树补种", Qualifier::All),
        ("督促苗圃于今年12月底前全部拆除违规温室", "违规温室", Qualifier::All),
        ("对苗木实施全品种覆盖抽检", "苗木", Qualifier::All),
        ("全面完成旧温室改造", "旧温室改造", Qualifier::All),
        ("尽快实现所有苗圃接入供水管网", "所有苗圃接入供水管网", Qualifier::All),
        ("2031年修订并全面实施苗木清单", "苗木清单", Qualifier::All),
        ("2031年消除黑臭水塘", "黑臭水塘", Qualifier::Zero),
        ("做到检疫过程全程记载、苗木来源可追溯管理、名木检疫全覆盖", "名木检疫", Qualifier::All),
        ("全面实现苗木检疫无纸化", "苗木检疫无纸化", Qualifier::All),
        ("苗圃全部实现联网监测", "苗圃", Qualifier::All),
        ("其余全部实现联网监测", "", Qualifier::All),
        ("必须做到全覆盖、全面检查", "", Qualifier::All),
        ("全部整合迁移至省园林平台", "", Qualifier::All),
        ("全部采取容器苗进行补种", "容器苗进行补种", Qualifier::All),
        ("全面清理、废除阻碍植树的旧规", "阻碍植树的旧规", Qualifier::Zero),
        ("现有园艺师要全部进行检疫培训", "现有园艺师", Qualifier::All),
        ("所有乡（镇、街道）达到绿化要求", "所有乡（镇、街道）达到绿化要求", Qualifier::All),
        ("所有乡镇具有苗木检疫能力", "所有乡镇具有苗木检疫能力", Qualifier::All),
        ("2031年底前所有苗圃完成滴灌建设", "所有苗圃完成滴灌建设", Qualifier::All),
        ("市、县苗木平台全部联通", "市、县苗木平台", Qualifier::All),
        ("力争2031年底前覆盖全部乡镇", "", Qualifier::All),
        ("2031年底前清零", "", Qualifier::Zero),
        ("乡镇公园2031年实现全覆盖", "乡镇公园", Qualifier::All),
        ("苗圃三年内全部接入滴灌网络", "苗圃", Qualifier::All),
        ("旧温室除展示用外全部封闭", "旧温室", Qualifier::All),
        ("务必于2031年4月30日前全部退回苗木专户", "", Qualifier::All),
    ];
    for (words, indicator, qualifier) in table {
        assert_eq!(shown(words), Some((indicator, qualifier)), "{words}");
    }
}

#[test]
fn campaign_names_and_soft_words_are_none() {
    for words in [
        "巩固“两个清零”成效",
        "推进应保尽保",
        "基本建立长效机制",
        "扩大公园覆盖面",
        "健全覆盖全城的绿道",
        "实施公园全覆盖行动",
        "逐步实现公园全覆盖",
        "建立覆盖所有苗圃的检疫制度",
        "绿化水平与全面建成小康社会相适应",
        "到2031年全面建成园艺强省",
        "按照能取消全部取消",
        "在检疫证全部归集的前提下",
        "优先安排全部完成补种的地块",
        "构建多层次、全覆盖、可持续的绿道体系",
        "苗圃核准后五年内全部建成投产",
        "核准后五年内未全部建成投产的",
        "建设覆盖全省的苗木检疫网络",
        "多渠道、全覆盖宣传绿化政策",
        "苗圃已全部建成",
        "消除隐患后方可恢复使用",
        "开展3轮全覆盖检查",
        "建立全覆盖动态绿化保障体系",
        "积极探索全覆盖全要素的绿化统计路径",
        "优先安排全部淘汰旧温室的单位",
        "实施枯枝清零补绿工程",
        "覆盖面远低于全覆盖要求",
        "承诺2031年底前全部完成补种的花园改造项目",
        "没有全部完成补种任务",
        "开展全覆盖排查",
    ] {
        assert_eq!(shown(words), None, "{words}");
    }
}
