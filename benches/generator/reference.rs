//! What all documents share, in a graph of its own: code lists, places, departments, indicators, programmes. Names of
//! places are made of syllables, so none is a real one on purpose; the same number always gives the same name.

use super::quads::Quads;
use super::random::Random;
use std::io::{self, Write};

/// Namespace of the resources.
pub(crate) const BASE: &str = "https://bench.example/";

/// Provinces, cities of each, counties of each city.
pub(crate) const PROVINCES: usize = 30;
pub(crate) const CITIES_EACH: usize = 11;
pub(crate) const COUNTIES_EACH: usize = 8;

const FIRST: [char; 60] = [
    '云', '青', '林', '清', '安', '宁', '丰', '泰', '永', '长', '新', '东', '南', '西', '北', '金',
    '玉', '石', '松', '柏', '桐', '桂', '梅', '兰', '竹', '荷', '枫', '杨', '柳', '槐', '榆', '楠',
    '樟', '杉', '桑', '枣', '梨', '桃', '李', '杏', '橘', '茶', '禾', '稻', '麦', '粟', '黍', '葵',
    '芦', '苇', '萍', '藤', '茂', '葱', '翠', '碧', '蓝', '紫', '丹', '白',
];
const SECOND: [char; 60] = [
    '川', '山', '河', '江', '湖', '溪', '泉', '谷', '岭', '峰', '原', '野', '平', '阳', '阴', '城',
    '关', '桥', '港', '湾', '州', '洲', '源', '口', '塘', '浦', '津', '渡', '岸', '滩', '坡', '坪',
    '岗', '丘', '陵', '台', '坊', '店', '镇', '营', '堡', '寨', '屯', '庄', '集', '场', '园', '苑',
    '亭', '坝', '渠', '沟', '涧', '潭', '池', '沼', '泽', '汀', '屿', '岛',
];

/// Functions of departments with the end of their names, the busiest first.
pub(crate) const FUNCTIONS: [(&str, &str); 32] = [
    ("园林", "园林局"),
    ("住房城乡建设", "住房城乡建设局"),
    ("财政", "财政局"),
    ("发展改革", "发展改革委"),
    ("农业农村", "农业农村局"),
    ("林业", "林业局"),
    ("自然资源", "自然资源局"),
    ("交通运输", "交通运输局"),
    ("水利", "水利局"),
    ("生态环境", "生态环境局"),
    ("教育", "教育局"),
    ("工业和信息化", "工业和信息化局"),
    ("商务", "商务局"),
    ("卫生健康", "卫生健康委"),
    ("城市管理", "城市管理局"),
    ("科技", "科技局"),
    ("民政", "民政局"),
    ("文化旅游", "文化旅游局"),
    ("人力资源", "人力资源局"),
    ("市场监管", "市场监管局"),
    ("公安", "公安局"),
    ("应急管理", "应急管理局"),
    ("大数据", "大数据局"),
    ("体育", "体育局"),
    ("统计", "统计局"),
    ("审计", "审计局"),
    ("司法", "司法局"),
    ("医疗保障", "医疗保障局"),
    ("国有资产", "国有资产委"),
    ("退役军人", "退役军人局"),
    ("粮食储备", "粮食储备局"),
    ("气象", "气象局"),
];

/// Units with their names.
const UNITS: [(&str, &str); 7] = [
    ("unit:PERCENT", "%"),
    ("unit:HA", "公顷"),
    ("unit:NUM", "个"),
    ("unit:KiloM", "公里"),
    ("unit:CCY_CNY", "元"),
    ("unit:TONNE", "吨"),
    ("unit:M2", "平方米"),
];

/// What indicators measure, with the unit.
const MEASURED: [(&str, usize); 21] = [
    ("绿地率", 0),
    ("造林面积", 1),
    ("示范点数", 2),
    ("绿道里程", 3),
    ("投入资金", 4),
    ("苗木产量", 5),
    ("公园面积", 6),
    ("林木覆盖率", 0),
    ("抚育面积", 1),
    ("培训人数", 2),
    ("管网里程", 3),
    ("补助资金", 4),
    ("种子储备量", 5),
    ("立体花坛面积", 6),
    ("成活率", 0),
    ("湿地面积", 1),
    ("口袋公园数", 2),
    ("林荫路里程", 3),
    ("项目投资", 4),
    ("肥料用量", 5),
    ("温室面积", 6),
];
const WHERE: [&str; 16] = [
    "城区", "乡村", "新建", "改建", "沿河", "沿路", "山地", "平原", "校园", "园区", "社区", "县域",
    "国有", "集体", "示范", "生态",
];

/// Document kinds, roles, qualifiers and the like: name, label, scheme.
const CODES: [(&str, &str, &str); 18] = [
    ("kind/通知", "通知", "kinds"),
    ("kind/意见", "意见", "kinds"),
    ("kind/办法", "办法", "kinds"),
    ("kind/方案", "方案", "kinds"),
    ("kind/规划", "规划", "kinds"),
    ("topic/园林", "园林", "topics"),
    ("topic/林业", "林业", "topics"),
    ("topic/城建", "城建", "topics"),
    ("topic/农业", "农业", "topics"),
    ("topic/环保", "环保", "topics"),
    ("topic/财政", "财政", "topics"),
    ("zt:Lead", "牵头", "roles"),
    ("zt:Responsible", "负责", "roles"),
    ("zt:Support", "配合", "roles"),
    ("zt:Reach", "达到", "qualifiers"),
    ("zt:AtLeast", "以上", "qualifiers"),
    ("zt:AtMost", "以下", "qualifiers"),
    ("zt:About", "左右", "qualifiers"),
];

/// A place by its number inside the one above, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// All of it.
    Country,
    /// The province of this number.
    Province(usize),
    /// A city of the province.
    City(usize, usize),
    /// A county of the city.
    County(usize, usize, usize),
}

impl Place {
    /// The code of the division, six digits.
    pub(crate) fn code(self) -> usize {
        match self {
            Self::Country => 100_000,
            Self::Province(province) => (11 + province) * 10_000,
            Self::City(province, city) => Self::Province(province).code() + (1 + city) * 100,
            Self::County(province, city, county) => Self::City(province, city).code() + 1 + county,
        }
    }

    /// Its name without 省, 市, 县, by which its documents are known.
    pub(crate) fn short_name(self) -> String {
        let number = match self {
            Self::Country => return "国".to_owned(),
            Self::Province(province) => province,
            Self::City(province, city) => PROVINCES + province * CITIES_EACH + city,
            Self::County(province, city, county) => {
                let before = (province * CITIES_EACH + city) * COUNTIES_EACH + county;
                PROVINCES * (1 + CITIES_EACH) + before
            }
        };
        let (first, turn) = (number % FIRST.len(), number / FIRST.len());
        let second = (first * 5 + turn * 7) % SECOND.len();
        FIRST.get(first).into_iter().chain(SECOND.get(second)).collect()
    }

    /// Its full name.
    pub(crate) fn name(self) -> String {
        let kind = match self {
            Self::Country => "家",
            Self::Province(_) => "省",
            Self::City(..) => "市",
            Self::County(..) => "县",
        };
        self.short_name() + kind
    }

    fn level(self) -> usize {
        match self {
            Self::Country => 0,
            Self::Province(_) => 1,
            Self::City(..) => 2,
            Self::County(..) => 3,
        }
    }

    pub(crate) fn parent(self) -> Option<Self> {
        match self {
            Self::Country => None,
            Self::Province(_) => Some(Self::Country),
            Self::City(province, _) => Some(Self::Province(province)),
            Self::County(province, city, _) => Some(Self::City(province, city)),
        }
    }

    pub(crate) fn iri(self) -> String {
        format!("{BASE}place/{}", self.code())
    }

    /// What issues its documents.
    pub(crate) fn government(self) -> String {
        self.name() + "人民政府"
    }

    /// Its body for a function.
    pub(crate) fn department(self, function: usize) -> String {
        self.name() + FUNCTIONS.get(function).map_or("", |(_, end)| *end)
    }

    /// Country, provinces and cities: what issues documents.
    pub(crate) fn issuers() -> impl Iterator<Item = Self> {
        let cities = |province| (0..CITIES_EACH).map(move |city| Self::City(province, city));
        let provinces = (0..PROVINCES).flat_map(move |province| {
            std::iter::once(Self::Province(province)).chain(cities(province))
        });
        std::iter::once(Self::Country).chain(provinces)
    }
}

/// IRI of a body.
pub(crate) fn agency(name: &str) -> String {
    format!("{BASE}agency/{name}")
}

/// What is measured, and in what.
pub(crate) struct Indicator {
    pub(crate) name: String,
    pub(crate) unit: &'static str,
    pub(crate) unit_name: &'static str,
}

impl Indicator {
    pub(crate) const COUNT: usize = MEASURED.len() * WHERE.len();

    /// The indicator of this number.
    pub(crate) fn new(number: usize) -> Self {
        let (what, unit) = MEASURED.get(number % MEASURED.len()).copied().unwrap_or_default();
        let place = WHERE.get(number / MEASURED.len() % WHERE.len()).copied().unwrap_or_default();
        let (unit, unit_name) = UNITS.get(unit).copied().unwrap_or_default();
        Self { name: format!("{place}{what}"), unit, unit_name }
    }

    pub(crate) fn iri(&self) -> String {
        format!("{BASE}indicator/{}", self.name)
    }
}

/// Programmes that measures mention.
pub(crate) const PROGRAMMES: usize = 400;

/// The name of a programme: the first ones are the most mentioned.
pub(crate) fn programme(number: usize) -> String {
    let (what, place) = (number % MEASURED.len(), number / MEASURED.len());
    let what = MEASURED.get(what).map_or("", |(what, _)| *what);
    let place = SECOND.get(place).copied().unwrap_or('新');
    format!("{place}字号{what}提升行动")
}

/// Writes the graph that all documents share.
pub(crate) fn write_reference<W: Write>(out: &mut Quads<W>, random: &mut Random) -> io::Result<()> {
    out.enter(&format!("{BASE}graph/reference"));
    write_codes(out)?;
    for issuer in Place::issuers() {
        write_place(out, issuer)?;
        if let Place::City(province, city) = issuer {
            for county in 0..COUNTIES_EACH {
                write_place(out, Place::County(province, city, county))?;
            }
        }
        write_bodies(out, issuer)?;
    }
    for number in 0..Indicator::COUNT {
        let indicator = Indicator::new(number);
        out.about(&indicator.iri(), "zt:Indicator")?;
        write_names(out, &indicator.name)?;
        out.link("zt:unit", indicator.unit)?;
    }
    for number in 0..PROGRAMMES {
        let name = programme(number);
        out.about(&format!("{BASE}programme/{name}"), "zt:Programme")?;
        out.chinese("rdfs:label", &name)?;
        let kinds = ["行动", "工程", "试点"];
        out.text("zt:programmeKind", random.word(&kinds))?;
    }
    Ok(())
}

fn write_codes<W: Write>(out: &mut Quads<W>) -> io::Result<()> {
    for (iri, label) in UNITS {
        out.about(&expand(iri), "qudt:Unit")?;
        write_names(out, label)?;
    }
    let functions =
        FUNCTIONS.iter().map(|(name, _)| (format!("function/{name}"), *name, "functions"));
    let codes = CODES.iter().map(|(path, label, scheme)| ((*path).to_owned(), *label, *scheme));
    for (path, label, scheme) in codes.chain(functions) {
        out.about(&expand(&path), "skos:Concept")?;
        write_names(out, label)?;
        out.link("skos:inScheme", &format!("{BASE}scheme/{scheme}"))?;
    }
    Ok(())
}

/// A subject is written as it is, so its prefix is opened here.
fn expand(name: &str) -> String {
    match name.split_once(':') {
        Some(("zt", local)) => format!("{}{local}", super::quads::ZT),
        Some(("unit", local)) => format!("http://qudt.org/vocab/unit/{local}"),
        _ => format!("{BASE}{name}"),
    }
}

fn write_names<W: Write>(out: &mut Quads<W>, name: &str) -> io::Result<()> {
    out.chinese("rdfs:label", name)?;
    out.chinese("skos:prefLabel", name)
}

fn write_place<W: Write>(out: &mut Quads<W>, place: Place) -> io::Result<()> {
    out.about(&place.iri(), "zt:Place")?;
    out.chinese("rdfs:label", &place.name())?;
    out.chinese("skos:altLabel", &place.short_name())?;
    out.text("zt:adcode", &place.code().to_string())?;
    out.integer("zt:level", place.level())?;
    place.parent().map_or(Ok(()), |parent| out.link("zt:within", &parent.iri()))
}

/// The government and the departments of a place.
fn write_bodies<W: Write>(out: &mut Quads<W>, place: Place) -> io::Result<()> {
    let write = |out: &mut Quads<W>, name: &str, short: &str| {
        out.about(&agency(name), "zt:Organization")?;
        write_names(out, name)?;
        out.chinese("skos:altLabel", short)?;
        out.link("zt:sector", "zt:Government")?;
        out.link("zt:jurisdiction", &place.iri())
    };
    write(out, &place.government(), &format!("{}政府", place.short_name()))?;
    for (number, (function, end)) in FUNCTIONS.iter().enumerate() {
        write(out, &place.department(number), &format!("{}{end}", place.short_name()))?;
        out.link("zt:function", &format!("{BASE}function/{function}"))?;
    }
    Ok(())
}
