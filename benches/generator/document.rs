//! One document: its head, chapters, measures, assignments, targets, citations and the text they are read from. In: the place that
//! issues it and which of its documents it is; out: its graph. Guarantee: every quote stands in the text where its span
//! says, and what is cited was written before.

use super::quads::Quads;
use super::random::Random;
use super::reference::{BASE, FUNCTIONS, Indicator, PROGRAMMES, Place, agency, programme};
use super::words::Wording;
use std::io::{self, Write};

/// The first year of documents, and how many years there are.
const YEAR_FIRST: usize = 2015;
const YEARS: usize = 11;

const ORDINALS: [&str; 8] = ["一", "二", "三", "四", "五", "六", "七", "八"];

/// Which of the documents of a place: years take turns, so number and year follow from it.
#[derive(Clone, Copy)]
pub(crate) struct Serial {
    pub(crate) place: Place,
    pub(crate) turn: usize,
}

impl Serial {
    fn year(self) -> usize {
        YEAR_FIRST + self.turn % YEARS
    }

    /// 云川政发〔2019〕3号
    pub(crate) fn number(self) -> String {
        let office = if self.turn.is_multiple_of(3) { "政办发" } else { "政发" };
        let (place, year) = (self.place.short_name(), self.year());
        format!("{place}{office}〔{year}〕{}号", self.turn / YEARS + 1)
    }

    fn iri(self) -> String {
        format!("{BASE}document/{}", self.number())
    }

    fn title(self) -> String {
        let mut random = Random::new(self.place.code() as u64 * 1_000_003 + self.turn as u64);
        let mut title = format!("{}关于", self.place.government());
        Wording::new(&mut random, &mut title).heading();
        title.push_str("的通知");
        title
    }

    fn signed_on(self) -> String {
        let day = self.place.code() / 100 + self.turn * 7;
        format!("{}-{:02}-{:02}", self.year(), day % 12 + 1, day % 28 + 1)
    }

    /// A document of `place`, of which there are `count`, signed in an earlier year.
    fn earlier(self, place: Place, count: usize, random: &mut Random) -> Option<Self> {
        let year = self.turn % YEARS;
        let turn = random.below(count);
        let later = (turn % YEARS + 1).saturating_sub(year);
        (year > 0 && count > 0 && turn >= later).then(|| Self { place, turn: turn - later })
    }
}

/// A stretch of the text, in code points.
struct Span {
    start: usize,
    end: usize,
    quote: String,
}

/// The text of a document, as far as it is written.
#[derive(Default)]
struct Text {
    text: String,
    chars: usize,
}

impl Text {
    /// Adds words and says where they stand.
    fn push(&mut self, words: &str) -> Span {
        let start = self.chars;
        self.text.push_str(words);
        self.chars += words.chars().count();
        Span { start, end: self.chars, quote: words.to_owned() }
    }
}

/// A document about to be written.
pub(crate) struct Draft<'a, W> {
    pub(crate) out: &'a mut Quads<W>,
    pub(crate) random: &'a mut Random,
    serial: Serial,
    key: String,
    iri: String,
    text_iri: String,
    sha256: String,
    text: Text,
    measures: usize,
    targets: usize,
}

struct Duty {
    body: String,
    role: &'static str,
    shortcut: Option<&'static str>,
    span: Span,
}

struct Goal {
    indicator: Indicator,
    value: String,
    value_text: String,
    qualifier: &'static str,
    year: usize,
    phrase: String,
}

impl<'a, W: Write> Draft<'a, W> {
    pub(crate) fn new(out: &'a mut Quads<W>, random: &'a mut Random, serial: Serial) -> Self {
        let sum: Vec<String> = (0..4).map(|_| format!("{:016x}", random.bits())).collect();
        let sha256 = sum.concat();
        let text_iri = format!("{BASE}text/{}", sum.first().map_or("", String::as_str));
        let (key, iri) = (serial.number(), serial.iri());
        let text = Text::default();
        Self { out, random, serial, key, iri, text_iri, sha256, text, measures: 0, targets: 0 }
    }

    /// Writes the document. `issued` tells how many documents a place has so far.
    pub(crate) fn write(mut self, issued: impl Fn(Place) -> usize) -> io::Result<usize> {
        self.out.enter(&self.iri);
        self.write_head()?;
        self.write_citations(issued)?;
        for section in 0..self.random.between(3, 7) {
            self.write_section(section)?;
        }
        self.out.about(&self.text_iri, "zt:SourceText")?;
        self.out.chinese("rdfs:label", &format!("{}.txt", self.key))?;
        self.out.text("zt:sha256", &self.sha256)?;
        self.out.text("nif:isString", &self.text.text)?;
        Ok(self.measures)
    }

    fn part(&self, kind: &str, item: &str) -> String {
        format!("{BASE}{kind}/{}.{item}", self.key)
    }

    fn span_iri(&self, span: &Span) -> String {
        format!("{}#char={},{}", self.text_iri, span.start, span.end)
    }

    fn write_span(&mut self, span: &Span) -> io::Result<()> {
        let iri = self.span_iri(span);
        self.out.about(&iri, "zt:TextSpan")?;
        self.out.integer("zt:start", span.start)?;
        self.out.integer("zt:end", span.end)?;
        self.out.text("zt:quote", &span.quote)?;
        self.out.link("zt:sourceText", &self.text_iri)
    }

    fn write_head(&mut self) -> io::Result<()> {
        let (serial, place) = (self.serial, self.serial.place);
        let title = serial.title();
        let spans = [self.text.push(&title), self.text.push(&format!("\n{}", self.key))];
        self.text.push("\n各有关单位：\n");
        self.out.about(&self.iri, "zt:PolicyDocument")?;
        self.out.chinese("rdfs:label", &title)?;
        self.out.text("zt:title", &title)?;
        self.out.text("zt:documentNumber", &self.key)?;
        let kind = self.random.word(&["通知", "意见", "方案", "办法", "规划"]);
        self.out.link("zt:kind", &format!("{BASE}kind/{kind}"))?;
        let topic = self.random.word(&["园林", "林业", "城建", "农业", "环保", "财政"]);
        self.out.link("zt:topic", &format!("{BASE}topic/{topic}"))?;
        self.out.link("zt:issuer", &agency(&place.government()))?;
        self.out.link("zt:jurisdiction", &place.iri())?;
        self.out.value("zt:signedOn", serial.signed_on(), "date")?;
        self.out.value("zt:periodStart", serial.year(), "gYear")?;
        self.out.value("zt:periodEnd", serial.year() + self.random.between(1, 5), "gYear")?;
        self.out.text("zt:addressee", "各有关单位")?;
        self.out.link("zt:openness", "zt:Open")?;
        self.out.link("zt:sourceText", &self.text_iri)?;
        for span in &spans {
            self.out.link("zt:evidence", &self.span_iri(span))?;
        }
        spans.iter().try_for_each(|span| self.write_span(span))
    }

    /// What the document carries out and cites: documents of its own place and of the one above.
    fn write_citations(&mut self, issued: impl Fn(Place) -> usize) -> io::Result<()> {
        let place = self.serial.place;
        let above = place.parent().map(|parent| (parent, "implements"));
        let mut cited: Vec<String> = Vec::new();
        for (source, relation) in above.into_iter().chain([(place, "cites"), (place, "basedOn")]) {
            let found = self.serial.earlier(source, issued(source), self.random);
            let Some(found) = found.filter(|found| !cited.contains(&found.number())) else {
                continue;
            };
            cited.push(found.number());
            let item = cited.len().to_string();
            let iri = self.part("citation", &item);
            self.out.resume(&self.iri);
            self.out.link("zt:citation", &iri)?;
            self.out.link("zt:cites", &found.iri())?;
            if relation != "cites" {
                self.out.link(&format!("zt:{relation}"), &found.iri())?;
            }
            let span = self.text.push(&format!("《{}》（{}）", found.title(), found.number()));
            self.out.about(&iri, "zt:Citation")?;
            self.out.chinese("rdfs:label", &format!("《{}》", found.title()))?;
            self.out.text("zt:citedTitle", &found.title())?;
            self.out.text("zt:citedNumber", &found.number())?;
            self.out.link("zt:cited", &found.iri())?;
            self.out.link("zt:relation", &format!("zt:{relation}"))?;
            self.out.integer("zt:order", cited.len())?;
            self.out.link("zt:evidence", &self.span_iri(&span))?;
            self.write_span(&span)?;
        }
        Ok(())
    }

    fn write_section(&mut self, number: usize) -> io::Result<()> {
        let ordinal = ORDINALS.get(number).copied().unwrap_or_default();
        let iri = self.part("section", ordinal);
        let mut heading = String::new();
        Wording::new(self.random, &mut heading).heading();
        self.text.push(&format!("\n{ordinal}、"));
        let span = self.text.push(&heading);
        self.out.resume(&self.iri);
        self.out.link("zt:hasSection", &iri)?;
        self.out.about(&iri, "zt:Section")?;
        self.out.chinese("rdfs:label", &heading)?;
        self.out.text("zt:heading", &heading)?;
        self.out.text("zt:number", ordinal)?;
        self.out.integer("zt:order", number + 1)?;
        self.out.link("zt:partOf", &self.iri)?;
        self.out.link("zt:inDocument", &self.iri)?;
        self.out.link("zt:evidence", &self.span_iri(&span))?;
        self.write_span(&span)?;
        for _ in 0..self.random.between(1, 4) {
            self.write_measure(&iri)?;
        }
        Ok(())
    }

    fn write_measure(&mut self, section: &str) -> io::Result<()> {
        self.measures += 1;
        let item = self.measures.to_string();
        let iri = self.part("measure", &item);
        let (mut heading, mut body) = (String::new(), String::new());
        Wording::new(self.random, &mut heading).heading();
        Wording::new(self.random, &mut body).body();
        self.text.push("\n");
        let before = (self.text.text.len(), self.text.chars);
        self.text.push(&format!("{item}.{heading}。{body}"));
        let goals = self.choose_goals();
        let goal_spans: Vec<Span> = goals.iter().map(|goal| self.text.push(&goal.phrase)).collect();
        let duties = self.choose_duties();
        let quote = self.text.text.get(before.0..).unwrap_or_default().to_owned();
        let span = Span { start: before.1, end: self.text.chars, quote };

        self.out.resume(&self.iri);
        self.out.link("zt:hasMeasure", &iri)?;
        self.out.about(&iri, "zt:Measure")?;
        self.out.chinese("rdfs:label", &heading)?;
        self.out.text("zt:heading", &heading)?;
        self.out.text("zt:text", &span.quote)?;
        self.out.text("zt:number", &item)?;
        self.out.integer("zt:order", self.measures)?;
        self.out.link("zt:partOf", section)?;
        self.out.link("zt:inDocument", &self.iri)?;
        self.out.link("zt:evidence", &self.span_iri(&span))?;
        self.write_mentions()?;
        for (at, duty) in duties.iter().enumerate() {
            self.out.link(
                "zt:responsibility",
                &self.part("responsibility", &format!("{item}-{}", at + 1)),
            )?;
            self.out.link("zt:responsibleOrg", &agency(&duty.body))?;
            duty.shortcut
                .map_or(Ok(()), |shortcut| self.out.link(shortcut, &agency(&duty.body)))?;
        }
        for at in 1..=goals.len() {
            self.out.link("zt:hasTarget", &self.part("target", &format!("{item}-{at}")))?;
        }
        self.write_span(&span)?;
        for (at, duty) in duties.iter().enumerate() {
            self.write_duty(&format!("{item}-{}", at + 1), at + 1, duty)?;
        }
        for (at, (goal, span)) in goals.iter().zip(&goal_spans).enumerate() {
            self.write_goal(&format!("{item}-{}", at + 1), goal, span)?;
        }
        Ok(())
    }

    /// Programmes and places that the measure at hand speaks of.
    fn write_mentions(&mut self) -> io::Result<()> {
        if self.random.chance(300_000) {
            let name = programme(self.random.skewed(PROGRAMMES));
            self.out.link("zt:mentions", &format!("{BASE}programme/{name}"))?;
        }
        if self.random.chance(200_000) {
            let place = match self.serial.place {
                Place::Country => Place::Province(self.random.skewed(30)),
                Place::Province(province) => Place::City(province, self.random.skewed(11)),
                Place::City(province, city) => Place::County(province, city, self.random.skewed(8)),
                county @ Place::County(..) => county,
            };
            self.out.link("zt:mentions", &place.iri())?;
        }
        Ok(())
    }

    /// One measure in ten names nobody; the others a leader and up to three more.
    fn choose_duties(&mut self) -> Vec<Duty> {
        let count = self.random.between(0, 9).min(5) / 2 + self.random.below(2);
        let mut functions: Vec<usize> = Vec::new();
        for _ in 0..count {
            let function = self.random.skewed(FUNCTIONS.len());
            if !functions.contains(&function) {
                functions.push(function);
            }
        }
        let mut duties = Vec::new();
        for (at, function) in functions.into_iter().enumerate() {
            let (role, shortcut, words) = match (at, self.random.chance(700_000)) {
                (0, _) => ("zt:Lead", Some("zt:leadBy"), "（牵头单位："),
                (_, true) => ("zt:Support", Some("zt:supportedBy"), "，配合单位："),
                (_, false) => ("zt:Responsible", None, "，责任单位："),
            };
            let body = self.serial.place.department(function);
            self.text.push(words);
            let span = self.text.push(&body);
            duties.push(Duty { body, role, shortcut, span });
        }
        if !duties.is_empty() {
            self.text.push("）");
        }
        duties
    }

    fn write_duty(&mut self, item: &str, order: usize, duty: &Duty) -> io::Result<()> {
        let iri = self.part("responsibility", item);
        self.out.about(&iri, "zt:Responsibility")?;
        let does = if duty.role == "zt:Lead" { "牵头" } else { "参加" };
        self.out.chinese("rdfs:label", &format!("{}{does}", duty.body))?;
        self.out.link("zt:agent", &agency(&duty.body))?;
        self.out.link("zt:role", duty.role)?;
        self.out.integer("zt:order", order)?;
        self.out.link("zt:evidence", &self.span_iri(&duty.span))?;
        self.write_span(&duty.span)
    }

    /// Nearly half of the measures have no target, the others one to three.
    fn choose_goals(&mut self) -> Vec<Goal> {
        let count = self.random.between(0, 19).saturating_sub(8).div_ceil(4);
        (0..count).map(|_| self.choose_goal()).collect()
    }

    fn choose_goal(&mut self) -> Goal {
        let indicator = Indicator::new(self.random.skewed(Indicator::COUNT));
        let value = if indicator.unit == "unit:PERCENT" {
            let tenths = self.random.between(300, 999);
            if tenths.is_multiple_of(10) {
                (tenths / 10).to_string()
            } else {
                format!("{}.{}", tenths / 10, tenths % 10)
            }
        } else {
            let digits = self.random.between(1, 6);
            let floor = 10_usize.pow(u32::try_from(digits).unwrap_or(1));
            self.random.between(floor, floor * 10 - 1).to_string()
        };
        let forms =
            [("zt:Reach", ""), ("zt:AtLeast", "以上"), ("zt:About", "左右"), ("zt:AtMost", "以下")];
        let (qualifier, suffix) = forms.get(self.random.skewed(4)).copied().unwrap_or_default();
        let year = self.serial.year() + self.random.between(1, 5);
        let value_text = format!("{value}{}{suffix}", indicator.unit_name);
        let phrase = format!("到{year}年，{}达到{value_text}。", indicator.name);
        Goal { indicator, value, value_text, qualifier, year, phrase }
    }

    fn write_goal(&mut self, item: &str, goal: &Goal, span: &Span) -> io::Result<()> {
        self.targets += 1;
        let (iri, place) = (self.part("target", item), self.serial.place.iri());
        let (name, value) = (&goal.indicator.name, &goal.value);
        self.out.about(&iri, "zt:Target")?;
        self.out.chinese("rdfs:label", &format!("{name} {}", goal.value_text))?;
        self.out.link("zt:indicator", &goal.indicator.iri())?;
        self.out.text("zt:indicatorText", name)?;
        self.out.value("zt:value", value, "decimal")?;
        match goal.qualifier {
            "zt:About" => {}
            "zt:AtMost" => self.out.value("zt:upperBound", value, "decimal")?,
            _ => self.out.value("zt:lowerBound", value, "decimal")?,
        }
        self.out.link("zt:unit", goal.indicator.unit)?;
        self.out.link("zt:qualifier", goal.qualifier)?;
        self.out.text("zt:valueText", &goal.value_text)?;
        let basis = self.random.word(&["zt:Level", "zt:Increment"]);
        self.out.link("zt:basis", basis)?;
        self.out.value("zt:deadline", format!("{}-12-31", goal.year), "date")?;
        self.out.text("zt:deadlineText", &format!("到{}年", goal.year))?;
        self.out.link("zt:deadlineBasis", "zt:Stated")?;
        self.out.link("zt:place", &place)?;
        self.out.integer("zt:order", self.targets)?;
        self.out.link("zt:inDocument", &self.iri)?;
        self.out.link("zt:evidence", &self.span_iri(span))?;
        self.write_span(span)
    }
}
