//! The measures that are searched. In: how many; out: any document, chapter or measure by its number, the same every time, made when it is
//! asked for. Guarantee: documents stand in the order of their keys. Each has 20 measures in four chapters, but for the last. Surprising: nothing is kept but what numbers the
//! documents and targets, so that the memory measured is that of an index.

use super::random::Random;
use super::reference::{
    CITIES_EACH, FUNCTIONS, Indicator, PROGRAMMES, PROVINCES, Place, programme,
};
use super::words::Wording;
use std::collections::BTreeMap;

/// Measures of a document, and of a chapter.
pub(crate) const MEASURES_EACH: usize = 20;
const MEASURES_OF_CHAPTER: usize = 5;

const YEAR_FIRST: usize = 2015;
const YEARS: usize = 11;
const FORMS: [&str; 5] = ["通知", "意见", "方案", "办法", "规划"];
const ORDINALS: [&str; 4] = ["一", "二", "三", "四"];

/// Departments by the end of their names, and what people call them for short.
pub(crate) const SHORT_NAMES: [(&str, &str); 8] = [
    ("住房城乡建设局", "住建局"),
    ("发展改革委", "发改委"),
    ("自然资源局", "资源局"),
    ("生态环境局", "环保局"),
    ("工业和信息化局", "工信局"),
    ("卫生健康委", "卫健委"),
    ("文化旅游局", "文旅局"),
    ("人力资源局", "人社局"),
];

/// A document.
pub(crate) struct Paper {
    pub(crate) place: Place,
    turn: usize,
    /// Its number, 云川政发〔2019〕3号, which also names what it holds.
    pub(crate) key: String,
}

/// A department with a task.
pub(crate) struct Duty {
    /// Of the departments of the document's place.
    pub(crate) function: usize,
    pub(crate) is_lead: bool,
}

/// A target.
pub(crate) struct Goal {
    pub(crate) indicator: Indicator,
    /// 45.3%以上
    pub(crate) value: String,
    pub(crate) year: usize,
    /// Its sentence.
    pub(crate) phrase: String,
}

/// A measure.
pub(crate) struct Measure {
    pub(crate) heading: String,
    pub(crate) text: String,
    pub(crate) goals: Vec<Goal>,
    pub(crate) duties: Vec<Duty>,
    pub(crate) programme: Option<String>,
}

impl Paper {
    fn new(place: Place, turn: usize) -> Self {
        let office = if turn.is_multiple_of(3) { "政办发" } else { "政发" };
        let (name, year) = (place.short_name(), YEAR_FIRST + turn % YEARS);
        let key = format!("{name}{office}〔{year}〕{}号", turn / YEARS + 1);
        Self { place, turn, key }
    }

    pub(crate) fn year(&self) -> usize {
        YEAR_FIRST + self.turn % YEARS
    }

    /// Letters and number beside the year.
    pub(crate) fn number_parts(&self) -> (String, String) {
        let letters = self.key.split('〔').next().unwrap_or_default().to_owned();
        (letters, (self.turn / YEARS + 1).to_string())
    }

    /// The numbers of one of its parts: the same for the same part.
    fn random(&self, part: usize) -> Random {
        let seed = (self.place.code() * 100_000 + self.turn) * 1_000 + part;
        Random::new(seed as u64)
    }

    pub(crate) fn form(&self) -> &'static str {
        self.random(900).word(&FORMS)
    }

    pub(crate) fn title(&self) -> String {
        let mut title = format!("{}关于", self.place.government());
        Wording::new(&mut self.random(901), &mut title).heading();
        title + "的" + self.form()
    }

    /// The day of its signature, as `20240131`.
    pub(crate) fn date(&self) -> usize {
        let day = self.place.code() / 100 + self.turn * 7;
        self.year() * 10_000 + (day % 12 + 1) * 100 + day % 28 + 1
    }

    /// The heading of a chapter, with its ordinal.
    pub(crate) fn chapter(&self, chapter: usize) -> (&'static str, String) {
        let mut heading = String::new();
        Wording::new(&mut self.random(910 + chapter), &mut heading).heading();
        (ORDINALS.get(chapter).copied().unwrap_or_default(), heading)
    }
}

/// All documents with their measures.
pub(crate) struct Corpus {
    pub(crate) papers: Vec<Paper>,
    pub(crate) measures: usize,
    /// Targets of the measures before each, and of all.
    pub(crate) targets_before: Vec<usize>,
}

impl Corpus {
    pub(crate) fn new(measures: usize) -> Self {
        let mut random = Random::new(1);
        let mut issued: BTreeMap<usize, usize> = BTreeMap::new();
        let mut papers: Vec<Paper> = Vec::new();
        for _ in 0..measures.div_ceil(MEASURES_EACH) {
            let place = choose_issuer(&mut random);
            let turns = issued.entry(place.code()).or_default();
            papers.push(Paper::new(place, *turns));
            *turns += 1;
        }
        papers.sort_by(|a, b| a.key.cmp(&b.key));
        let mut corpus = Self { papers, measures, targets_before: vec![0] };
        let mut targets = 0;
        for number in 0..measures {
            targets += corpus.begin(number).map_or(0, |(_, _, goals)| goals);
            corpus.targets_before.push(targets);
        }
        corpus
    }

    pub(crate) fn paper_of(&self, number: usize) -> Option<&Paper> {
        self.papers.get(number / MEASURES_EACH)
    }

    /// The document that a document carries out, if any.
    pub(crate) fn carried_out_by(&self, paper: &Paper) -> Option<&Paper> {
        let mut random = paper.random(902);
        random.chance(400_000).then(|| self.papers.get(random.below(self.papers.len()))).flatten()
    }

    /// What a document says outside its measures: what stands before them, and the headings of chapters.
    pub(crate) fn own_texts(&self, paper: &Paper) -> Vec<String> {
        let mut head = format!("{}\n{}\n各有关单位：\n", paper.title(), paper.key);
        if let Some(other) = self.carried_out_by(paper) {
            head.extend(["为落实《", &other.title(), "》（", &other.key, "），"]);
        }
        Wording::new(&mut paper.random(903), &mut head).body();
        let mut texts: Vec<String> = (0..ORDINALS.len())
            .map(|chapter| {
                let (ordinal, heading) = paper.chapter(chapter);
                format!("{ordinal}、{heading}\n")
            })
            .collect();
        texts.insert(0, head);
        let date = paper.date();
        let (year, month, day) = (date / 10_000, date / 100 % 100, date % 100);
        texts.push(format!("{}\n{year}年{month}月{day}日", paper.place.government()));
        texts
    }

    /// The document of a measure, and the numbers that it is made from, from which the number of targets was taken: nearly half of the measures have none, the others up to three.
    fn begin(&self, number: usize) -> Option<(&Paper, Random, usize)> {
        let paper = self.paper_of(number)?;
        let mut random = paper.random(number % MEASURES_EACH);
        let goals = random.between(0, 19).saturating_sub(8).div_ceil(4);
        Some((paper, random, goals))
    }

    pub(crate) fn measure(&self, number: usize) -> Option<Measure> {
        let (paper, mut random, goals) = self.begin(number)?;
        let (mut heading, mut body) = (String::new(), String::new());
        Wording::new(&mut random, &mut heading).heading();
        Wording::new(&mut random, &mut body).body();
        let mut text = format!("{}.{heading}。{body}", number % MEASURES_EACH + 1);
        let goals: Vec<Goal> = (0..goals).map(|_| choose_goal(paper, &mut random)).collect();
        text.extend(goals.iter().map(|goal| goal.phrase.as_str()));
        let programme = random.chance(100_000).then(|| programme(random.skewed(PROGRAMMES)));
        if let Some(name) = &programme {
            text.extend(["组织实施", name, "。"]);
        }
        let duties = choose_duties(paper, &mut random, &mut text);
        Some(Measure { heading, text, goals, duties, programme })
    }

    /// The chapter of a measure.
    pub(crate) fn chapter_of(number: usize) -> usize {
        number % MEASURES_EACH / MEASURES_OF_CHAPTER
    }
}

/// Cities write most, and some provinces and cities far more than others.
fn choose_issuer(random: &mut Random) -> Place {
    let province = random.skewed(PROVINCES);
    match random.below(100) {
        0..=2 => Place::Country,
        3..=17 => Place::Province(province),
        _ => Place::City(province, random.skewed(CITIES_EACH)),
    }
}

fn choose_goal(paper: &Paper, random: &mut Random) -> Goal {
    let indicator = Indicator::new(random.skewed(Indicator::COUNT));
    let number = if indicator.unit == "unit:PERCENT" {
        format!("{}.{}", random.between(30, 99), random.between(1, 9))
    } else {
        let digits = u32::try_from(random.between(1, 5)).unwrap_or(1);
        let floor = 10_usize.pow(digits);
        random.between(floor, floor * 10 - 1).to_string()
    };
    let suffix = random.word(&["", "以上", "左右", "以下"]);
    let year = paper.year() + random.between(1, 5);
    let value = format!("{number}{}{suffix}", indicator.unit_name);
    let phrase = format!("到{year}年，{}达到{value}。", indicator.name);
    Goal { indicator, value, year, phrase }
}

/// What a text calls a department of its place: 市园林局.
pub(crate) fn local_name(place: Place, function: usize) -> String {
    let end = FUNCTIONS.get(function).map_or("", |(_, end)| *end);
    level(place).to_owned() + end
}

/// The character of the level, by which a body is known where the place is clear.
pub(crate) fn level(place: Place) -> &'static str {
    match place {
        Place::Country => "国家",
        Place::Province(_) => "省",
        Place::City(..) => "市",
        Place::County(..) => "县",
    }
}

/// One measure in ten names nobody; the others a leader and up to three more.
fn choose_duties(paper: &Paper, random: &mut Random, text: &mut String) -> Vec<Duty> {
    let count = random.between(0, 9).min(5) / 2 + random.below(2);
    let mut duties: Vec<Duty> = Vec::new();
    for _ in 0..count {
        let function = random.skewed(FUNCTIONS.len());
        if duties.iter().any(|duty| duty.function == function) {
            continue;
        }
        let words = match duties.len() {
            0 => "（牵头单位：",
            1 => "，配合单位：",
            _ => "、",
        };
        text.extend([words, &local_name(paper.place, function)]);
        duties.push(Duty { function, is_lead: duties.is_empty() });
    }
    if !duties.is_empty() {
        text.push('）');
    }
    duties
}
