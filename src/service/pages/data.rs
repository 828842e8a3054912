//! The page of the data: what is in the release, what was not understood, how to take it and how to cite it. In: the site; out: HTML, and its charts as files. Guarantee: everything is counted, nothing
//! is read through.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use oxigraph::model::NamedNodeRef;

use super::figure::{CHART, Figure, respond_svg, unknown_chart};
use super::home::browse_href;
use super::wording::number_words;
use super::{Chrome, fresh, respond};
use crate::graph::vocabulary::{skos, zt};
use crate::release::DUMP_DIR;
use crate::service::charts::{
    Bar, Caption, ClassBox, ClassTie, Commitment, Drawing, bars, model as draw_model,
};
use crate::service::error::ServiceError;
use crate::service::limits::LISTED_MAX;
use crate::service::lookup::{Lookup, Reference};
use crate::service::off_thread;
use crate::service::representation::vocabulary_terms;
use crate::service::request::Ask;
use crate::service::site::Site;
use oxigraph::model::vocab::rdfs;

struct CountRow {
    label: String,
    count: String,
    href: String,
}

struct FindingRow {
    kind: Reference,
    count: usize,
    definition: String,
}

struct DumpRow {
    name: String,
    size: String,
    sha256: String,
}

#[derive(Template)]
#[template(path = "data.html")]
struct DataPage {
    chrome: Chrome,
    release: String,
    program: String,
    quads: String,
    counts: Vec<CountRow>,
    counts_figure: Option<Figure>,
    /// Pages that list things of one kind.
    lists: Vec<Reference>,
    findings: Vec<FindingRow>,
    dumps: Vec<DumpRow>,
    model: Vec<(Reference, Reference, Reference)>,
    model_figure: Option<Figure>,
    cited_as: String,
    sources: Vec<String>,
    sources_count: usize,
}

/// `GET /data`.
pub(crate) async fn serve(
    State(site): State<Arc<Site>>,
    ask: Ask,
) -> Result<Response, ServiceError> {
    off_thread("data", move || {
        fresh(&site, &ask, "data", || {
            let lookup = Lookup::new(&site, ask.reader);
            match ask.parameters.one(CHART)? {
                None => render(lookup, &ask),
                Some("counts") => Ok(respond_svg(&counts_drawing(lookup))),
                Some("model") => Ok(respond_svg(&model_drawing(lookup))),
                Some(_) => Err(unknown_chart()),
            }
        })
    })
    .await?
}

fn render(lookup: Lookup<'_>, ask: &Ask) -> Result<Response, ServiceError> {
    let site = lookup.site;
    let reader = lookup.reader;
    let mut chrome = Chrome::new(site, reader, &ask.here(), lookup.t("数据", "Data"));
    chrome.section = "data";
    let number = |count: usize| number_words(&count.to_string(), reader.language);
    let counts = site.counts.iter().map(|count| CountRow {
        label: lookup.label(&count.class),
        count: number(count.members),
        href: browse_href(lookup, &count.class),
    });
    let figure =
        |name: &str, drawing: &Drawing, caption: &str| figure(lookup, (name, caption), drawing);
    let sources = &site.manifest.sources;
    respond(&DataPage {
        chrome,
        release: site.manifest.id.clone(),
        program: site.manifest.program.clone(),
        quads: number(site.store.len()),
        counts: counts.collect(),
        counts_figure: figure(
            "counts",
            &counts_drawing(lookup),
            lookup.t("各类资源的数目", "Resources of each class"),
        ),
        lists: lists(lookup),
        findings: findings(lookup),
        dumps: dumps(site),
        model: model_ties(lookup),
        model_figure: model_figure(lookup),
        cited_as: match lookup.t("zh", "en") {
            "zh" => format!(
                "政图：政策文件知识图谱[DS/OL]. 数据版本 {}. [引用日期]. {}.",
                site.manifest.id, site.manifest.base_iri
            ),
            _ => format!(
                "Zhengtu: a knowledge graph of policy documents[DS/OL]. Release {}. [date of access]. {}.",
                site.manifest.id, site.manifest.base_iri
            ),
        },
        sources: sources.iter().take(LISTED_MAX).map(|source| source.path.clone()).collect(),
        sources_count: sources.len(),
    })
}

/// A chart of this page, here or on another one.
fn figure(lookup: Lookup<'_>, (name, caption): (&str, &str), drawing: &Drawing) -> Option<Figure> {
    let address = lookup.reader.href(&format!("/data?{CHART}={name}"));
    let figure = Figure::new(drawing, caption, address)?;
    Some(Figure { file: format!("{name}.svg"), ..figure })
}

/// The main classes and how they are tied.
pub(crate) fn model_figure(lookup: Lookup<'_>) -> Option<Figure> {
    let caption = lookup.t("主要的类及其联系", "The main classes and how they are tied");
    figure(lookup, ("model", caption), &model_drawing(lookup))
}

/// A class, the property by which it leads to another, and that other class.
pub(crate) type ModelTie = (Reference, Reference, Reference);

/// The same as a table.
pub(crate) fn model_ties(lookup: Lookup<'_>) -> Vec<ModelTie> {
    let reference = |node: NamedNodeRef<'_>| lookup.reference(&node.into_owned());
    let class = |place: usize| MODEL_CLASSES.get(place).map(|(class, ..)| reference(*class));
    let ties = MODEL_TIES.iter().map(|(from, by, to)| {
        (class(*from).unwrap_or_default(), reference(*by), class(*to).unwrap_or_default())
    });
    ties.collect()
}

fn lists(lookup: Lookup<'_>) -> Vec<Reference> {
    let table = [
        (lookup.t("全部文件", "All documents"), "/search?q=&kind=document"),
        (lookup.t("按地区", "Places"), "/places"),
        (lookup.t("行动与项目", "Programmes"), "/programmes"),
        (lookup.t("期限", "Deadlines"), "/deadlines"),
        (lookup.t("文件对比", "Compare documents"), "/compare"),
    ];
    let lists = table.map(|(label, href)| Reference {
        label: label.to_owned(),
        href: lookup.reader.href(href),
        iri: String::new(),
    });
    lists.into()
}

/// The kinds of findings that occur, the most frequent first.
fn findings(lookup: Lookup<'_>) -> Vec<FindingRow> {
    let terms = vocabulary_terms(lookup.site);
    let counted = terms.iter().map(|kind| (lookup.count(zt::FINDING_KIND, kind), kind));
    let mut rows: Vec<FindingRow> = counted
        .filter(|(count, _)| *count > 0)
        .map(|(count, kind)| FindingRow {
            kind: lookup.reference(kind),
            count,
            definition: lookup
                .text(kind, skos::DEFINITION)
                .or_else(|| lookup.text(kind, rdfs::COMMENT))
                .unwrap_or_default(),
        })
        .collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.count));
    rows
}

fn dumps(site: &Site) -> Vec<DumpRow> {
    let dumps = site.manifest.files.iter().filter_map(|sum| {
        let name = sum.path.strip_prefix(DUMP_DIR)?.strip_prefix('/')?;
        Some(DumpRow {
            name: name.to_owned(),
            size: size_words(sum.bytes),
            sha256: sum.sha256.clone(),
        })
    });
    dumps.collect()
}

/// A number of bytes in the unit that leaves it short.
fn size_words(bytes: u64) -> String {
    let units = [(30_u32, "GB"), (20, "MB"), (10, "KB")];
    let fitting = units.into_iter().find(|(shift, _)| bytes >> shift > 0);
    fitting.map_or_else(
        || format!("{bytes} B"),
        |(shift, unit)| {
            let tenths = (bytes >> (shift - 10)) * 10 / 1024;
            format!("{}.{} {unit}", tenths / 10, tenths % 10)
        },
    )
}

fn counts_drawing(lookup: Lookup<'_>) -> Drawing {
    let rows = lookup.site.counts.iter().map(|count| Bar {
        label: lookup.label(&count.class),
        words: number_words(&count.members.to_string(), lookup.reader.language),
        value: u32::try_from(count.members).ok().map(f64::from),
        commitment: Commitment::Neither,
    });
    let rows: Vec<Bar> = rows.collect();
    if rows.is_empty() {
        return Drawing::default();
    }
    let described = rows.iter().map(|row| format!("{} {}", row.label, row.words));
    let description = described.collect::<Vec<_>>().join(lookup.t("，", ", "));
    let title = lookup.t("各类资源的数目", "Resources of each class");
    let language = lookup.reader.language;
    let number = |number: f64| number_words(&format!("{number:.1}"), language);
    bars(Caption { title, description: &description }, ("", &number), &rows)
}

/// The main classes, with the column and the row where each is drawn.
const MODEL_CLASSES: [(NamedNodeRef<'static>, usize, usize); 10] = [
    (zt::POLICY_DOCUMENT, 1, 0),
    (zt::SECTION, 1, 1),
    (zt::MEASURE, 1, 2),
    (zt::TARGET, 0, 3),
    (zt::INDICATOR, 0, 4),
    (zt::RESPONSIBILITY, 1, 3),
    (zt::ORGANIZATION, 1, 4),
    (zt::PROGRAMME, 2, 3),
    (zt::PLACE_CLASS, 2, 5),
    (zt::CITATION_CLASS, 2, 1),
];

/// Which of them lead to which, by which property.
const MODEL_TIES: [(usize, NamedNodeRef<'static>, usize); 10] = [
    (0, zt::HAS_SECTION, 1),
    (1, zt::HAS_MEASURE, 2),
    (2, zt::HAS_TARGET, 3),
    (3, zt::INDICATOR_OF, 4),
    (2, zt::RESPONSIBILITY_OF, 5),
    (5, zt::AGENT, 6),
    (2, zt::LAUNCHES, 7),
    (7, zt::PLACE, 8),
    (6, zt::JURISDICTION, 8),
    (0, zt::CITATION, 9),
];

fn model_drawing(lookup: Lookup<'_>) -> Drawing {
    let label = |node: NamedNodeRef<'static>| lookup.label(&node.into_owned());
    let boxes =
        MODEL_CLASSES.map(|(class, column, row)| ClassBox { name: label(class), column, row });
    let ties = MODEL_TIES.map(|(from, by, to)| ClassTie { from, to, name: label(by) });
    let title = lookup.t("数据模型", "The model");
    let described: Vec<&str> = boxes.iter().map(|one| one.name.as_str()).collect();
    draw_model(Caption { title, description: &described.join(lookup.t("、", ", ")) }, &boxes, &ties)
}

#[cfg(test)]
mod tests {
    use super::size_words;

    #[test]
    fn a_size_is_told_in_the_unit_that_leaves_it_short() {
        let table = [
            (0, "0 B"),
            (1023, "1023 B"),
            (1536, "1.5 KB"),
            (5 << 20, "5.0 MB"),
            (3 << 30, "3.0 GB"),
        ];
        for (bytes, words) in table {
            assert_eq!(size_words(bytes), words);
        }
    }
}
