//! What was found, as it is shown. In: an entry that matched, and what to mark; out: a [`Hit`] with its title and best sentence marked, and with why it was found. Surprising:
//! each text is looked at once, for the marks, the sentence and the reasons together.

use super::entry::{Entry, Hit, Label, Place, Reason};
use super::marks::{Asked, Marks};
use super::snippet::{MarkedText, first_sentence, snippet};

/// An entry's texts, looked at.
struct Looked<'a> {
    title: MarkedText<'a>,
    aliases: Vec<MarkedText<'a>>,
    number: Option<MarkedText<'a>>,
    texts: Vec<MarkedText<'a>>,
}

/// Shows an entry; one of a relaxed answer with what it lacks.
pub(crate) fn show(entry: Entry, score: f32, marks: &Marks, is_relaxed: bool) -> Hit {
    let look = |text| MarkedText::new(text, marks);
    let texts = entry.fields.iter().map(|field| field.text.as_str());
    let texts: Vec<&str> = texts.filter(|text| *text != entry.title).collect();
    let looked = Looked {
        title: look(&entry.title),
        aliases: entry.aliases.iter().map(|alias| look(alias)).collect(),
        number: entry.number.as_deref().map(look),
        texts: texts.iter().copied().map(look).collect(),
    };
    let shown = match snippet(&looked.texts) {
        Some(found) => found,
        None if looked.title.is_marked() => Vec::new(),
        // Another name may be all that matched; without any mark, the text tells what was found.
        None => snippet(&looked.aliases)
            .or_else(|| texts.first().map(|text| first_sentence(text)))
            .unwrap_or_default(),
    };
    let (reasons, missing) = looked.reasons(&entry.departments, marks.asked());
    Hit {
        title: looked.title.whole(),
        snippet: shown,
        reasons,
        missing: if is_relaxed { missing } else { Vec::new() },
        iri: entry.iri,
        kind: entry.kind,
        score,
        document: entry.document,
        chapter: entry.chapter,
        departments: entry.departments,
        targets: entry.targets,
    }
}

impl<'a> Looked<'a> {
    /// What answers each part, and the parts that nothing answers.
    fn reasons(&self, departments: &[Label], asked: &[Asked]) -> (Vec<Reason>, Vec<String>) {
        let mut reasons: Vec<Reason> = Vec::new();
        let mut answered: Vec<&Asked> = Vec::new();
        let mut open: Vec<&Asked> = Vec::new();
        for (part, asked) in asked.iter().enumerate() {
            let in_charge = || departments.iter().find(|label| asked.names(&label.iri));
            let named = || in_charge().map(|label| (label.label.as_str(), Place::Department));
            match self.answer(part).or_else(named) {
                Some((found, place)) => {
                    answered.push(asked);
                    let (asked, found) = (asked.typed.clone(), found.to_owned());
                    reasons.push(Reason { asked, found, place });
                }
                None => open.push(asked),
            }
        }
        // Of clauses given with 或 one is enough.
        let is_alternative = |part: &&&Asked| {
            let other = |one: &&Asked| one.clause == part.clause && one.choice != part.choice;
            answered.iter().any(other)
        };
        let missing = open.iter().filter(|part| !is_alternative(part));
        (reasons, missing.map(|part| part.typed.clone()).collect())
    }

    fn answer(&self, part: usize) -> Option<(&'a str, Place)> {
        let of = |texts: &[MarkedText<'a>]| texts.iter().find_map(|text| text.answer(part));
        let title = self.title.answer(part).map(|found| (found, Place::Title));
        title
            .or_else(|| Some((self.number.as_ref()?.answer(part)?, Place::Number)))
            .or_else(|| Some((of(&self.aliases)?, Place::Name)))
            .or_else(|| Some((of(&self.texts)?, Place::Text)))
    }
}
