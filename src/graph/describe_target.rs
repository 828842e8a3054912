//! Targets: an indicator, a quantity, a time.
//!
//! In: the targets of a document. Out: one resource each, hung on the item where it stands, with its
//! indicator. Guarantees: a target is numbered from 1 inside its item; a threshold that each counted
//! thing must meet is a quantity of its own, never a target.

use super::describe_document::Description;
use super::indicator::NamedIndicator;
use super::vocabulary::{frequency, skos, zt};
use crate::document::{Basis, DeadlineBasis, Modality, Recurrence, Target};
use oxigraph::model::vocab::{rdfs, xsd};
use oxigraph::model::{Literal, NamedNode};
use std::collections::HashMap;

impl Description<'_> {
    /// Describes all targets.
    pub(super) fn describe_targets(&mut self) {
        let mut counts: HashMap<String, usize> = HashMap::new();
        for (index, target) in self.document.targets.iter().enumerate() {
            let item_key = self.item_keys.get(target.item).to_owned();
            let count = counts.entry(item_key.clone()).or_default();
            *count += 1;
            let iri = self.reference.mint.target(&self.key, &item_key, *count);
            let condition = self.reference.mint.item_condition(&self.key, &item_key, *count);
            self.out.class(&iri, zt::TARGET);
            self.out.add(&self.item_iri(target.item), zt::HAS_TARGET, iri.clone());
            self.out.add(&iri, zt::IN_DOCUMENT, self.iri.clone());
            self.out.integer(&iri, zt::ORDER, index + 1);
            self.describe_measured(&iri, target);
            self.describe_basis(&iri, target);
            self.describe_time(&iri, target);
            self.describe_condition(&iri, &condition, target);
            self.add_evidence(&iri, target.span);
        }
    }

    fn describe_measured(&mut self, iri: &NamedNode, target: &Target) {
        let quantity = &target.quantity;
        let printed = quantity.unit.as_deref().unwrap_or_default();
        let read = self.reference.units.read(printed, &self.reference.mint);
        let condition = target.item_condition.as_ref().map(|condition| &*condition.text.value);
        let words = &target.indicator.value;
        let reference = self.reference;
        // 福州市城镇化率 in a document of 福州市 is 城镇化率 there.
        let home = self.jurisdiction.as_ref().map_or("", |place| &place.name);
        let bare = words.strip_prefix(home).filter(|bare| bare.chars().count() > 1);
        let bare = bare.unwrap_or(words);
        let named = reference.indicators.identify(bare, condition, read.classifier.as_deref());
        let indicator = self.describe_indicator(&named);
        if *words != named.name {
            // Every name that was merged can be seen, and parted again by a line of the lexicon.
            self.out.chinese(&indicator, skos::ALT_LABEL, words);
        }
        self.out.label(iri, &format!("{} {}", named.name, quantity.text.value));
        self.out.add(iri, zt::INDICATOR_OF, indicator);
        self.out.string(iri, zt::INDICATOR_TEXT, words);
        let usual_unit = named.entry.and_then(|entry| entry.unit.as_ref());
        self.describe_quantity(iri, quantity, usual_unit);
        if let Some(place) = self.jurisdiction.as_ref() {
            let place = self.reference.mint.place(place.key());
            self.out.add(iri, zt::PLACE, place);
        }
    }

    /// Describes the indicator; one of the lexicon has its other names in the reference.
    fn describe_indicator(&mut self, named: &NamedIndicator<'_>) -> NamedNode {
        let iri = self.reference.mint.indicator(&named.name);
        self.out.class(&iri, zt::INDICATOR);
        let label_en = named.entry.and_then(|entry| entry.label_en.as_deref());
        self.out.bilingual(&iri, rdfs::LABEL, (&named.name, label_en));
        self.out.bilingual(&iri, skos::PREF_LABEL, (&named.name, label_en));
        if let Some(unit) = named.entry.and_then(|entry| entry.unit.clone()) {
            self.out.add(&iri, zt::UNIT, unit);
        }
        iri
    }

    fn describe_basis(&mut self, iri: &NamedNode, target: &Target) {
        let basis = match target.basis {
            Basis::Level => zt::LEVEL_BASIS,
            Basis::Increment => zt::INCREMENT,
            Basis::Growth => zt::GROWTH,
            Basis::Gap => zt::GAP,
        };
        self.out.add(iri, zt::BASIS, basis);
        if let Some(year) = target.baseline_year {
            self.out.year(iri, zt::BASELINE_YEAR, year);
        }
        if let Some(compared_with) = &target.compared_with {
            self.out.string(iri, zt::COMPARED_WITH, &compared_with.value);
        }
        if let Some(base_scope) = &target.base_scope {
            self.out.string(iri, zt::BASE_SCOPE, &base_scope.value);
        }
        if let Some(modality) = target.modality {
            let concept = match modality {
                Modality::Ensure => zt::ENSURE,
                Modality::Strive => zt::STRIVE,
                Modality::Basic => zt::BASIC,
                Modality::Binding => zt::BINDING,
                Modality::Expected => zt::EXPECTED,
            };
            self.out.add(iri, zt::MODALITY, concept);
        }
    }

    fn describe_time(&mut self, iri: &NamedNode, target: &Target) {
        if let Some(deadline) = &target.deadline {
            let basis = match deadline.basis {
                DeadlineBasis::Stated => zt::STATED,
                DeadlineBasis::CarriedOver => zt::CARRIED_OVER,
                DeadlineBasis::PlanEnd => zt::PLAN_END,
            };
            if let Some(day) = deadline.due.last_day() {
                let day = Literal::new_typed_literal(day.to_string(), xsd::DATE);
                self.out.add(iri, zt::DEADLINE, day);
                self.out.add(iri, zt::DEADLINE_BASIS, basis);
            }
            if let Some(words) = &deadline.words {
                self.out.string(iri, zt::DEADLINE_TEXT, &words.value);
            }
        }
        if let Some(recurrence) = target.recurrence {
            let code = match recurrence {
                Recurrence::Year => frequency::ANNUAL,
                Recurrence::Quarter => frequency::QUARTERLY,
                Recurrence::Month => frequency::MONTHLY,
            };
            self.out.add(iri, zt::FREQUENCY, code);
        }
    }

    fn describe_condition(&mut self, iri: &NamedNode, condition: &NamedNode, target: &Target) {
        if let Some(quantity) = &target.item_condition {
            self.out.class(condition, zt::QUANTITY);
            self.out.label(condition, &quantity.text.value);
            self.out.add(iri, zt::ITEM_CONDITION, condition.clone());
            self.describe_quantity(condition, quantity, None);
            self.add_evidence(condition, quantity.text.span);
        }
    }
}
