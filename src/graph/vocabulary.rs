//! The terms that the graph is written in, a documented constant each.
//!
//! In: nothing. Out: IRIs known at compile time. Guarantee: every `zt` term is defined in
//! `ontology/zhengtu.ttl` (a test compares both). Surprising: the namespace of the ontology never
//! depends on the base IRI of a build; only the resources that [`Mint`](super::Mint) names do.

use oxigraph::model::NamedNodeRef;

/// Prefixes and namespaces that do not depend on the base IRI, in the order of listing. Those of
/// the resources come from [`Mint::prefixes`](super::Mint::prefixes).
pub const PREFIXES: [(&str, &str); 22] = [
    ("zt", "https://w3id.org/zhengtu/ontology#"),
    ("text", "http://jena.apache.org/text#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("dcterms", "http://purl.org/dc/terms/"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("nif", "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"),
    ("eli", "http://data.europa.eu/eli/ontology#"),
    ("org", "http://www.w3.org/ns/org#"),
    ("schema", "https://schema.org/"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("qudt", "http://qudt.org/schema/qudt/"),
    ("unit", "http://qudt.org/vocab/unit/"),
    ("sdmx-code", "http://purl.org/linked-data/sdmx/2009/code#"),
    ("void", "http://rdfs.org/ns/void#"),
    ("void-ext", "http://ldf.fi/void-ext#"),
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("sd", "http://www.w3.org/ns/sparql-service-description#"),
    ("sh", "http://www.w3.org/ns/shacl#"),
];

macro_rules! terms {
    ($namespace:literal; $($(#[$doc:meta])* $name:ident = $local:literal;)*) => {
        $(
            $(#[$doc])*
            pub const $name: NamedNodeRef<'static> =
                NamedNodeRef::new_unchecked(concat!($namespace, $local));
        )*
        /// Every term above, in the order of definition.
        pub const ALL: &[NamedNodeRef<'static>] = &[$($name),*];
    };
}

mod dataset;
pub use dataset::{dcat, sd, sh, void, void_ext};

/// The vocabulary's own IRI, which its terms continue after `#`.
pub const ONTOLOGY: &str = "https://w3id.org/zhengtu/ontology";

/// Classes, properties and concepts of the Zhengtu ontology.
pub mod zt {
    use super::NamedNodeRef;

    terms! {
        "https://w3id.org/zhengtu/ontology#";
        /// 政策文件: one official document, a notice together with the plan that it issues.
        POLICY_DOCUMENT = "PolicyDocument";
        /// 章节: a heading above the measures.
        SECTION = "Section";
        /// 措施: the unit that carries responsibilities and targets.
        MEASURE = "Measure";
        /// 数量: number, bounds, unit and qualifier.
        QUANTITY = "Quantity";
        /// 目标: a commitment that an indicator reaches a quantity.
        TARGET = "Target";
        /// 支持政策: what is granted, lent or relieved, how much at most, for whom and for what.
        SUPPORT_TERM = "SupportTerm";
        /// 指标: what is measured, free of place, year and value.
        INDICATOR = "Indicator";
        /// 行动、工程、试点: a named undertaking.
        PROGRAMME = "Programme";
        /// 机关单位: an issuer, department or collective of them.
        ORGANIZATION = "Organization";
        /// 责任分工: the n-ary relation of measure, body, role and rank.
        RESPONSIBILITY = "Responsibility";
        /// 地点: an administrative division or functional area.
        PLACE_CLASS = "Place";
        /// 文件引用: one mention of another document.
        CITATION_CLASS = "Citation";
        /// 原文区间: code points of a source text.
        TEXT_SPAN = "TextSpan";
        /// 原文: one text as received.
        SOURCE_TEXT_CLASS = "SourceText";
        /// 发现: a defect of a text, or words that were not understood.
        FINDING_CLASS = "Finding";

        /// To the immediate container.
        PART_OF = "partOf";
        /// From a document to its sections at any depth.
        HAS_SECTION = "hasSection";
        /// From a document to its measures at any depth.
        HAS_MEASURE = "hasMeasure";
        /// From a section, measure, target or finding to its document.
        IN_DOCUMENT = "inDocument";
        /// The ordinal as printed.
        NUMBER = "number";
        /// Rank among its kind, from 1.
        ORDER = "order";
        /// The heading's own words.
        HEADING = "heading";
        /// The item's text, cleaned for reading.
        TEXT = "text";
        /// Whether the text breaks off inside.
        TRUNCATED = "truncated";
        /// To a programme or place that the item names.
        MENTIONS = "mentions";
        /// To a programme that a heading launches.
        LAUNCHES = "launches";

        /// 发文字号 in canonical form.
        DOCUMENT_NUMBER = "documentNumber";
        /// 标题.
        TITLE = "title";
        /// 所印发文件标题.
        PROMULGATED_TITLE = "promulgatedTitle";
        /// 文种.
        KIND = "kind";
        /// 发文机关.
        ISSUER = "issuer";
        /// 成文日期.
        SIGNED_ON = "signedOn";
        /// 发布日期.
        PUBLISHED_ON = "publishedOn";
        /// 施行日期.
        EFFECTIVE_ON = "effectiveOn";
        /// 有效期至.
        EXPIRES_ON = "expiresOn";
        /// 主题分类.
        TOPIC = "topic";
        /// 索引号.
        INDEX_NUMBER = "indexNumber";
        /// 主送机关, one literal a body or group.
        ADDRESSEE = "addressee";
        /// 公开属性.
        OPENNESS = "openness";
        /// 管辖区域 of a document or an organization.
        JURISDICTION = "jurisdiction";
        /// First year of the plan.
        PERIOD_START = "periodStart";
        /// Last year of the plan.
        PERIOD_END = "periodEnd";

        /// 引用: any relation to a document that the text names.
        CITES = "cites";
        /// 贯彻落实.
        IMPLEMENTS = "implements";
        /// 根据.
        BASED_ON = "basedOn";
        /// 转发.
        FORWARDS = "forwards";
        /// 废止.
        REPEALS = "repeals";
        /// 修改.
        AMENDS = "amends";
        /// To a mention of another document.
        CITATION = "citation";
        /// The property that the mention stands for.
        RELATION = "relation";
        /// The document that is mentioned.
        CITED = "cited";
        /// Its title as written.
        CITED_TITLE = "citedTitle";
        /// Its number as written.
        CITED_NUMBER = "citedNumber";

        /// To an n-ary responsibility.
        RESPONSIBILITY_OF = "responsibility";
        /// The body in charge.
        AGENT = "agent";
        /// The part it has.
        ROLE = "role";
        /// To every body in charge, whatever its role.
        RESPONSIBLE_ORG = "responsibleOrg";
        /// To bodies that lead.
        LEAD_BY = "leadBy";
        /// To bodies that share by mandate.
        SHARED_BY = "sharedBy";
        /// To bodies that support.
        SUPPORTED_BY = "supportedBy";

        /// The printed number times 万 or 亿, in the unit.
        VALUE = "value";
        /// Lower bound.
        LOWER_BOUND = "lowerBound";
        /// Upper bound.
        UPPER_BOUND = "upperBound";
        /// Unit.
        UNIT = "unit";
        /// 量词, where the unit is a number of things.
        CLASSIFIER = "classifier";
        /// 限定词.
        QUALIFIER = "qualifier";
        /// The quantity as printed.
        VALUE_TEXT = "valueText";
        /// From an item or document to its targets.
        HAS_TARGET = "hasTarget";
        /// What a target measures.
        INDICATOR_OF = "indicator";
        /// The words that name what is measured, place and conditions included.
        INDICATOR_TEXT = "indicatorText";
        /// 口径.
        BASIS = "basis";
        /// 基期.
        BASELINE_YEAR = "baselineYear";
        /// Reference of a gap.
        COMPARED_WITH = "comparedWith";
        /// 频次.
        FREQUENCY = "frequency";
        /// Last day of the period named.
        DEADLINE = "deadline";
        /// The words that name it.
        DEADLINE_TEXT = "deadlineText";
        /// How the deadline is known.
        DEADLINE_BASIS = "deadlineBasis";
        /// 范围.
        BASE_SCOPE = "baseScope";
        /// 单项门槛.
        ITEM_CONDITION = "itemCondition";
        /// 承诺语气.
        MODALITY = "modality";

        /// From an item or document to its support terms.
        HAS_SUPPORT_TERM = "hasSupportTerm";
        /// 支持方式.
        SUPPORT_KIND = "supportKind";
        /// The support's own name.
        SUPPORT_NAME = "supportName";
        /// To a fixed sum, or a time.
        AMOUNT = "amount";
        /// 上限.
        CEILING = "ceiling";
        /// 比例.
        RATE = "rate";
        /// 计算基数.
        RATE_BASE = "rateBase";
        /// 对象.
        RECIPIENT = "recipient";
        /// 条件.
        CONDITION = "condition";
        /// 档次.
        TIER = "tier";
        /// 计发单位.
        PER = "per";
        /// The most that one recipient gets, in yuan.
        YUAN_MAX = "yuanMax";

        /// 职能, shared by bodies of all levels.
        FUNCTION = "function";
        /// 系统.
        SECTOR = "sector";
        /// Six-digit division code.
        ADCODE = "adcode";
        /// 0 country to 5 village.
        LEVEL = "level";
        /// To the division above.
        WITHIN = "within";
        /// Where something is, or holds.
        PLACE = "place";
        /// 行动, 工程, 计划, 试点示范, 项目.
        PROGRAMME_KIND = "programmeKind";
        /// 规模.
        CAPACITY = "capacity";

        /// To the words that say so.
        EVIDENCE = "evidence";
        /// To the text that was read.
        SOURCE_TEXT = "sourceText";
        /// First code point.
        START = "start";
        /// Past the last code point.
        END = "end";
        /// The words, as published.
        QUOTE = "quote";
        /// SHA-256 of the text in UTF-8, in hexadecimal.
        SHA256 = "sha256";
        /// From a document to what was found.
        FINDING = "finding";
        /// What was found.
        FINDING_KIND = "findingKind";
        /// 更正说明: what a person corrected, and why.
        CORRECTION = "correction";
        /// From a finding to the item concerned.
        CONCERNS = "concerns";

        /// 牵头.
        LEAD = "Lead";
        /// 负责.
        RESPONSIBLE = "Responsible";
        /// 按职责分工负责.
        SHARED = "Shared";
        /// 配合.
        SUPPORT = "Support";
        /// 指导.
        GUIDE = "Guide";

        /// 达到.
        REACH = "Reach";
        /// 以上.
        AT_LEAST = "AtLeast";
        /// 以下.
        AT_MOST = "AtMost";
        /// 超过.
        MORE_THAN = "MoreThan";
        /// 低于.
        LESS_THAN = "LessThan";
        /// 左右.
        ABOUT = "About";
        /// 等于.
        EXACTLY = "Exactly";
        /// 区间.
        BETWEEN = "Between";
        /// 全覆盖.
        ALL_OF = "All";
        /// 清零.
        ZERO = "Zero";
        /// 一批.
        SOME = "Some";

        /// 水平.
        LEVEL_BASIS = "Level";
        /// 增量.
        INCREMENT = "Increment";
        /// 增幅.
        GROWTH = "Growth";
        /// 差距.
        GAP = "Gap";

        /// 本句写明.
        STATED = "Stated";
        /// 承前省略.
        CARRIED_OVER = "CarriedOver";
        /// 取规划期末.
        PLAN_END = "PlanEnd";

        /// 确保.
        ENSURE = "Ensure";
        /// 力争.
        STRIVE = "Strive";
        /// 基本.
        BASIC = "Basic";
        /// 约束性.
        BINDING = "Binding";
        /// 预期性.
        EXPECTED = "Expected";

        /// 奖励.
        REWARD = "Reward";
        /// 补贴.
        SUBSIDY = "Subsidy";
        /// 贴息.
        INTEREST_SUBSIDY = "InterestSubsidy";
        /// 贷款额度.
        LOAN = "Loan";
        /// 首付.
        DOWN_PAYMENT = "DownPayment";
        /// 提取.
        WITHDRAWAL = "Withdrawal";
        /// 减免.
        RELIEF = "Relief";
        /// 利率与费率.
        CHARGE = "Charge";

        /// 主动公开.
        OPEN = "Open";
        /// 依申请公开.
        ON_REQUEST = "OnRequest";
        /// 不予公开.
        CLOSED = "Closed";

        /// 集合主体, the sector of collectives.
        COLLECTIVE = "Collective";
    }
}

/// OWL.
pub mod owl {
    use super::NamedNodeRef;

    terms! {
        "http://www.w3.org/2002/07/owl#";
        /// A vocabulary.
        ONTOLOGY = "Ontology";
        /// A class.
        CLASS = "Class";
        /// A property whose values are resources.
        OBJECT_PROPERTY = "ObjectProperty";
        /// A property whose values are literals.
        DATATYPE_PROPERTY = "DatatypeProperty";
        /// The same thing elsewhere.
        SAME_AS = "sameAs";
    }
}

/// SKOS.
pub mod skos {
    use super::NamedNodeRef;

    terms! {
        "http://www.w3.org/2004/02/skos/core#";
        /// A concept of a code list.
        CONCEPT = "Concept";
        /// A code list.
        CONCEPT_SCHEME = "ConceptScheme";
        /// To the code list.
        IN_SCHEME = "inScheme";
        /// To the wider concept.
        BROADER = "broader";
        /// To the concepts at the top of a code list.
        HAS_TOP_CONCEPT = "hasTopConcept";
        /// The preferred name, one a language.
        PREF_LABEL = "prefLabel";
        /// Another name.
        ALT_LABEL = "altLabel";
        /// A remark.
        NOTE = "note";
        /// The same thing elsewhere.
        EXACT_MATCH = "exactMatch";
        /// Nearly the same thing elsewhere.
        CLOSE_MATCH = "closeMatch";
        /// Something wider elsewhere.
        BROAD_MATCH = "broadMatch";
        /// Something narrower elsewhere.
        NARROW_MATCH = "narrowMatch";
        /// What a concept means.
        DEFINITION = "definition";
    }
}

/// Units of measure.
pub mod qudt {
    use super::NamedNodeRef;

    terms! {
        "http://qudt.org/schema/qudt/";
        /// A unit.
        UNIT = "Unit";
        /// Factor to the coherent SI unit of its kind.
        CONVERSION_MULTIPLIER = "conversionMultiplier";
    }
}

/// Single units that rules need by name.
pub mod unit {
    use super::NamedNodeRef;

    terms! {
        "http://qudt.org/vocab/unit/";
        /// A number of things.
        NUM = "NUM";
        /// Per cent.
        PERCENT = "PERCENT";
        /// Yuan.
        YUAN = "CCY_CNY";
    }
}

/// Frequencies.
pub mod frequency {
    use super::NamedNodeRef;

    terms! {
        "http://purl.org/linked-data/sdmx/2009/code#";
        /// Every year.
        ANNUAL = "freq-A";
        /// Every quarter.
        QUARTERLY = "freq-Q";
        /// Every month.
        MONTHLY = "freq-M";
    }
}

/// The text of a source as one string.
pub mod nif {
    use super::NamedNodeRef;

    terms! {
        "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#";
        /// The whole text that spans count in.
        IS_STRING = "isString";
    }
}

/// Dublin Core terms.
pub mod dcterms {
    use super::NamedNodeRef;

    terms! {
        "http://purl.org/dc/terms/";
        /// Name of a code list or of the dataset.
        TITLE = "title";
        /// What the dataset is about.
        DESCRIPTION = "description";
    }
}
