//! Clean text to a document and its defects.
//!
//! In: a [`Text`] and the places of a jurisdiction. Out: an [`Extraction`]. Guarantee: any text gives one, the same
//! text the same one; every span lies on character borders. Rules are rules of the language of official
//! documents: numbering, notes of responsibility, quantities. The surprise: the stages read on what
//! the stage before left over, so a note of who is in charge never looks like a target.

mod citation;
mod contents;
mod decimal;
mod defects;
mod duty;
mod gazetteer;
mod header;
mod indicator_table;
mod measure;
mod ordinal;
mod outline;
mod paragraph;
mod place;
mod programme;
mod responsibility;
mod run_on;
mod support;
mod target;
mod task_table;
mod topic;

pub use gazetteer::{Division, Gazetteer};

use crate::document::{Document, Finding};
use crate::text::Text;

/// What a text says and what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extraction {
    /// The document; empty where the text is none.
    pub document: Document,
    /// Defects in the order of the text.
    pub findings: Vec<Finding>,
}

/// Reads `text` as an official document, with the places of `gazetteer`.
pub fn extract(text: &Text, gazetteer: &Gazetteer) -> Extraction {
    let clean = text.clean();
    let paragraphs = contents::drop_contents(clean, paragraph::find_paragraphs(clean));
    let paragraphs = header::split_glued(clean, &paragraphs);
    let paragraphs = run_on::split_run_on(clean, &paragraphs);
    let head = header::find_head(text, &paragraphs);
    let mut outline = outline::find_outline(clean, &paragraphs, &head.taken);
    responsibility::assign_bodies(clean, &mut outline);
    let is_plan = !header::is_regulation(&head.header)
        || (head.header.title.is_none()
            && (outline.articles_name_tasks() || measure::articles_are_tasks(clean, &outline)));
    let is_guide = measure::is_guide_in_articles(&head.header, &outline);
    if is_plan && !outline.opens_with_general_rules() {
        outline.treat_articles_as_items();
    }
    outline.sets_rules = (is_guide || header::sets_rules(&head.header)) && !outline.divides_tasks();
    measure::classify(clean, &mut outline);
    outline.clear_measures_of_tables();
    if let Some((at, _)) = defects::find_break(clean, &outline)
        && let Some(item) = outline.items.get_mut(at)
    {
        item.truncated = true;
    }
    let document = read_body(clean, &head, &mut outline, gazetteer);
    if defects::is_official(text, &document) {
        let findings = defects::find_defects(text, &head, &outline, &document);
        Extraction { document, findings }
    } else {
        Extraction { document: Document::default(), findings: vec![defects::not_official(text)] }
    }
}

/// The document; the items of `outline` move into it.
fn read_body(
    clean: &str,
    head: &header::Head,
    outline: &mut outline::Outline,
    gazetteer: &Gazetteer,
) -> Document {
    let header = head.header.clone();
    let calendar = target::Calendar {
        document_year: header::find_year(&header, clean),
        period: header.period.as_ref().map(|period| period.value),
    };
    let own = header::own_titles(&header);
    let issuers = header.issuers.iter().chain(header.title.as_ref());
    let home = issuers.into_iter().find_map(|issuer| gazetteer.jurisdiction_of(&issuer.value));
    let places = place::find_places(clean, &outline.blocks, gazetteer, home);
    let targets = target::find_targets(clean, outline, calendar);
    Document {
        support_terms: support::find_support_terms(clean, outline, &targets),
        targets,
        programmes: programme::find_programmes(clean, outline, &places),
        citations: citation::find_citations(
            clean,
            &outline.blocks,
            &own,
            header.number.as_ref().map(|number| &number.value),
        ),
        places,
        items: std::mem::take(&mut outline.items),
        header,
    }
}
