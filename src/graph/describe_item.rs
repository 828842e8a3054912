//! Sections and measures, and who answers for them.
//!
//! In: the items of a document. Out: one resource each, in its place in the outline, with its text, its
//! responsibilities and the shortcuts beside them (`leadBy`, `sharedBy`, `supportedBy` under
//! `responsibleOrg`). Guarantee: a shortcut is there exactly where a responsibility says so.

use super::describe_document::Description;
use super::vocabulary::zt;
use crate::document::{Item, ItemClass, Role};
use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, NamedNode, NamedNodeRef};

impl Description<'_> {
    /// Describes all items.
    pub(super) fn describe_items(&mut self) {
        let (mut sections, mut measures) = (0, 0);
        for (index, item) in self.document.items.iter().enumerate() {
            let iri = self.item_iri(Some(index));
            let document = self.iri.clone();
            let order = match item.class {
                ItemClass::Section => {
                    sections += 1;
                    self.out.class(&iri, zt::SECTION);
                    self.out.add(&document, zt::HAS_SECTION, iri.clone());
                    sections
                }
                ItemClass::Measure => {
                    measures += 1;
                    self.out.class(&iri, zt::MEASURE);
                    self.out.add(&document, zt::HAS_MEASURE, iri.clone());
                    measures
                }
            };
            self.out.integer(&iri, zt::ORDER, order);
            self.out.add(&iri, zt::IN_DOCUMENT, document);
            // A parent stands before its child; anything else would make the outline a ring.
            let parent = item.parent.filter(|parent| *parent < index);
            self.out.add(&iri, zt::PART_OF, self.item_iri(parent));
            self.describe_words(&iri, item);
            self.describe_assignments(&iri, index, item);
        }
    }

    fn describe_words(&mut self, iri: &NamedNode, item: &Item) {
        let (number, heading) = (item.number.value.as_str(), item.heading.value.as_str());
        let text = self.text.slice(item.span);
        let label = if heading.is_empty() { opening(text) } else { heading.to_owned() };
        self.out.label(iri, &label);
        self.out.string(iri, zt::NUMBER, number);
        if !heading.is_empty() {
            self.out.string(iri, zt::HEADING, heading);
        }
        let end = text.trim().trim_end_matches(['。', '：', ':']);
        let only_heading = end.ends_with(heading) && !heading.is_empty();
        if item.class == ItemClass::Measure || !only_heading {
            self.out.string(iri, zt::TEXT, text);
        }
        if item.truncated {
            self.out.add(iri, zt::TRUNCATED, Literal::new_typed_literal("true", xsd::BOOLEAN));
        }
        self.add_evidence(iri, item.span);
    }

    fn describe_assignments(&mut self, item_iri: &NamedNode, index: usize, item: &Item) {
        for (position, assignment) in item.assignments.iter().enumerate() {
            let rank = position + 1;
            let key = self.item_keys.get(Some(index)).to_owned();
            let iri = self.reference.mint.responsibility(&self.key, &key, rank);
            let agent = self.describe_body(&assignment.agent.value);
            let Duty { concept, shortcut, word } = duty(assignment.role);
            self.out.add(item_iri, zt::RESPONSIBILITY_OF, iri.clone());
            self.out.add(item_iri, zt::RESPONSIBLE_ORG, agent.clone());
            if let Some(shortcut) = shortcut {
                self.out.add(item_iri, shortcut, agent.clone());
            }
            self.out.class(&iri, zt::RESPONSIBILITY);
            self.out.label(&iri, &format!("{}{word}", assignment.agent.value));
            self.out.add(&iri, zt::AGENT, agent);
            self.out.add(&iri, zt::ROLE, concept);
            self.out.integer(&iri, zt::ORDER, rank);
            self.add_evidence(&iri, assignment.agent.span);
        }
    }
}

/// How a role is written.
struct Duty {
    concept: NamedNodeRef<'static>,
    /// The property that goes straight from the measure to the body.
    shortcut: Option<NamedNodeRef<'static>>,
    /// What follows the body's name in a label.
    word: &'static str,
}

const fn duty(role: Role) -> Duty {
    let (concept, shortcut, word) = match role {
        Role::Lead => (zt::LEAD, Some(zt::LEAD_BY), "牵头"),
        Role::Responsible => (zt::RESPONSIBLE, None, "负责"),
        Role::Shared => (zt::SHARED, Some(zt::SHARED_BY), "按职责分工负责"),
        Role::Support => (zt::SUPPORT, Some(zt::SUPPORTED_BY), "配合"),
        Role::Guide => (zt::GUIDE, None, "指导"),
    };
    Duty { concept, shortcut, word }
}

/// The first words of a text, as a name for an item without a heading.
fn opening(text: &str) -> String {
    const CHARS_MAX: usize = 24;
    let line = text.trim().lines().next().unwrap_or_default();
    let sentence = line.split(['。', '；', ';']).next().unwrap_or(line);
    let mut opening: String = sentence.chars().take(CHARS_MAX).collect();
    if sentence.chars().count() > CHARS_MAX {
        opening.push('…');
    }
    opening
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_without_heading_is_named_by_its_opening_words() {
        assert_eq!(opening("（一）做好甲事。再做乙事。"), "（一）做好甲事");
        assert_eq!(opening(&"长".repeat(30)).chars().count(), 25);
        assert_eq!(opening(""), "");
    }
}
