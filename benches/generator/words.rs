//! The invented vocabulary: sentences in official style from a few hundred words, the first of each list by far the most
//! frequent. Three words are in no list, so that how often they come is known.

use super::random::Random;

/// In six measures of ten.
pub(crate) const COMMON_WORD: &str = "绿化";
/// In some 8,000 measures of a graph of ten million triples.
pub(crate) const MIDDLE_WORD: &str = "苗圃";
/// In some 30 measures of a graph of ten million triples.
pub(crate) const RARE_WORD: &str = "古树";

/// How many measures of a million have the word.
const COMMON_CHANCE: usize = 600_000;
const MIDDLE_CHANCE: usize = 61_000;
const RARE_CHANCE: usize = 230;

const VERBS: [&str; 36] = [
    "推进", "加强", "完善", "提升", "落实", "开展", "优化", "健全", "支持", "鼓励", "引导", "规范",
    "强化", "深化", "加快", "扩大", "统筹", "培育", "建立", "实施", "组织", "推广", "改造", "整治",
    "盘活", "拓展", "巩固", "壮大", "搭建", "畅通", "压实", "严格", "细化", "创新", "激发", "探索",
];

pub(crate) const SCOPES: [&str; 40] = [
    "城乡",
    "城市",
    "农村",
    "社区",
    "园区",
    "县域",
    "村庄",
    "乡镇",
    "街道",
    "校园",
    "道路",
    "河道",
    "公园",
    "流域",
    "山区",
    "沿线",
    "基层",
    "公共",
    "重点",
    "区域",
    "老旧小区",
    "产业",
    "企业",
    "市场",
    "住宅",
    "水源",
    "湿地",
    "荒坡",
    "林场",
    "果园",
    "茶园",
    "堤岸",
    "港口",
    "车站",
    "矿区",
    "校舍",
    "广场",
    "楼宇",
    "集镇",
    "库区",
];

pub(crate) const SUBJECTS: [&str; 56] = [
    "服务",
    "建设",
    "管护",
    "治理",
    "养护",
    "设施",
    "环境",
    "改革",
    "项目",
    "资金",
    "人才",
    "监管",
    "保障",
    "培训",
    "供给",
    "用地",
    "规划",
    "标准",
    "平台",
    "交通",
    "用水",
    "节能",
    "安全",
    "就业",
    "养老",
    "医疗",
    "教育",
    "文化",
    "体育",
    "数据",
    "物流",
    "信贷",
    "仓储",
    "采购",
    "审批",
    "检验",
    "巡查",
    "修复",
    "造林",
    "育苗",
    "灌溉",
    "施肥",
    "防火",
    "防虫",
    "排水",
    "照明",
    "停车",
    "供暖",
    "垃圾分类",
    "污水处理",
    "雨水收集",
    "品种选育",
    "土壤改良",
    "林下经济",
    "碳汇计量",
    "智慧监测",
];

pub(crate) const ENDINGS: [&str; 24] = [
    "工作机制",
    "责任体系",
    "长效机制",
    "示范工程",
    "专项行动",
    "服务网络",
    "管理水平",
    "基础能力",
    "协调机制",
    "试点工作",
    "配套政策",
    "工作台账",
    "技术规程",
    "信息系统",
    "考核办法",
    "投入机制",
    "队伍建设",
    "宣传引导",
    "风险排查",
    "质量追溯",
    "信用评价",
    "运行维护",
    "督导检查",
    "绩效管理",
];

const RESULTS: [&str; 16] = [
    "提高群众满意度",
    "形成可复制的经验",
    "确保按期完成",
    "做到应管尽管",
    "降低运行成本",
    "方便群众办事",
    "增强发展后劲",
    "实现常态运行",
    "补齐短板弱项",
    "促进协调发展",
    "避免重复建设",
    "守住安全底线",
    "带动农民增收",
    "美化人居环境",
    "扩大有效投资",
    "改善生态质量",
];

/// Writes what headings, titles and sentences are made of.
pub(crate) struct Wording<'a> {
    random: &'a mut Random,
    out: &'a mut String,
}

impl<'a> Wording<'a> {
    pub(crate) fn new(random: &'a mut Random, out: &'a mut String) -> Self {
        Self { random, out }
    }

    fn push(&mut self, pieces: &[&str]) {
        self.out.extend(pieces.iter().copied());
    }

    /// 完善社区养老服务网络
    pub(crate) fn heading(&mut self) {
        let verb = self.random.word(&VERBS);
        self.push(&[verb]);
        self.matter();
    }

    /// 社区养老服务网络
    pub(crate) fn matter(&mut self) {
        let scope = self.random.word(&SCOPES);
        let subject = self.random.word(&SUBJECTS);
        let ending = self.random.word(&ENDINGS);
        self.push(&[scope, subject, ending]);
    }

    /// Two to five sentences, with the three words as often as they are to come.
    pub(crate) fn body(&mut self) {
        for _ in 0..self.random.between(2, 5) {
            self.sentence();
        }
        if self.random.chance(COMMON_CHANCE) {
            self.sentence_of(COMMON_WORD, "与养护同步安排");
        }
        if self.random.chance(MIDDLE_CHANCE) {
            self.sentence_of(MIDDLE_WORD, "布局与品种更新");
        }
        if self.random.chance(RARE_CHANCE) {
            self.sentence_of(RARE_WORD, "挂牌与日常巡护");
        }
    }

    fn sentence(&mut self) {
        self.heading();
        for _ in 0..self.random.between(1, 3) {
            self.push(&["，"]);
            self.heading();
        }
        let result = self.random.word(&RESULTS);
        self.push(&["，", result, "。"]);
    }

    fn sentence_of(&mut self, word: &str, rest: &str) {
        let (verb, scope) = (self.random.word(&VERBS), self.random.word(&SCOPES));
        let result = self.random.word(&RESULTS);
        self.push(&[verb, scope, word, rest, "，", result, "。"]);
    }
}
