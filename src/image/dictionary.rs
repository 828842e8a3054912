//! Writes the terms of an image. In: keys in ascending order, each once; out: their numbers, and the sections that hold them.

use super::chunk::Roles;
use super::error::ImageError;
use super::key::{self, TermKind, decode};
use super::layout::Section;
use super::names::NamesWriter;
use super::packing::Packing;
use super::part::{Part, Waiting};
use super::row::{TERMS_MAX, TermId};
use super::values::value_row;
use oxigraph::model::NamedNodeRef;
use oxigraph::model::vocab::rdf;
use std::collections::{BTreeMap, BTreeSet};
use std::io;

/// Language tags of the literals: they are named by number, and must be known before the literals come.
#[derive(Clone, Debug, Default)]
pub(super) struct Tags(BTreeSet<Vec<u8>>);

impl Tags {
    /// Remembers the tag of a term.
    pub(super) fn remember(&mut self, key: &[u8]) {
        if key.first() != Some(&(TermKind::Tagged as u8)) {
            return;
        }
        let Some(parts) = decode(key) else { return };
        if !self.0.contains(&*parts.mark) {
            self.0.insert(parts.mark.into_owned());
        }
    }
}

/// Terms while they are written.
pub(super) struct DictionaryWriter {
    datatypes: BTreeMap<Vec<u8>, TermId>,
    tags: BTreeMap<Vec<u8>, TermId>,
    iris: NamesWriter,
    blanks: NamesWriter,
    tag_names: NamesWriter,
    texts: Part,
    text_starts: Packing<2>,
    marks: Packing<1>,
    values: Packing<3>,
    counts: [TermId; TermKind::ALL.len()],
    len: TermId,
    predicates: Vec<TermId>,
    graphs: Vec<TermId>,
    type_place: Option<u32>,
}

/// Terms that are written.
pub(super) struct Dictionary {
    pub(super) parts: Vec<(Section, Part)>,
    /// How many terms there are of each kind.
    pub(super) counts: [TermId; TermKind::ALL.len()],
    /// The numbers of the terms that are predicates, ascending.
    pub(super) predicates: Vec<TermId>,
    /// The numbers of the terms that are graphs, ascending.
    pub(super) graphs: Vec<TermId>,
    /// The place of `rdf:type` among the predicates, if it is one.
    pub(super) type_place: Option<u32>,
}

impl DictionaryWriter {
    /// # Errors
    /// Where temporary files cannot be written.
    pub(super) fn new(waiting: &Waiting, tags: Tags) -> io::Result<Self> {
        let mut tag_names = NamesWriter::new(waiting);
        tags.0.iter().try_for_each(|tag| tag_names.push(tag))?;
        let packing = || Part::new(waiting);
        Ok(Self {
            datatypes: BTreeMap::new(),
            tags: tags.0.into_iter().zip(0..).collect(),
            iris: NamesWriter::new(waiting),
            blanks: NamesWriter::new(waiting),
            tag_names,
            texts: Part::new(waiting),
            text_starts: Packing::new(packing()),
            marks: Packing::new(packing()),
            values: Packing::new(packing()),
            counts: [0; _],
            len: 0,
            predicates: Vec::new(),
            graphs: Vec::new(),
            type_place: None,
        })
    }

    /// Writes the next term and gives its number.
    ///
    /// # Errors
    /// Where it cannot be written, and where there are no numbers left.
    pub(super) fn push(&mut self, key: &[u8], roles: Roles) -> io::Result<TermId> {
        let parts = decode(key).ok_or(io::ErrorKind::InvalidData)?;
        let id = self.len;
        if id >= TERMS_MAX {
            return Err(io::Error::other(ImageError::TooLarge { what: "distinct terms" }));
        }
        match parts.kind {
            TermKind::NamedNode => {
                self.iris.push(&parts.text)?;
                // IRIs come before the literals that name them as datatypes.
                if roles.has(Roles::DATATYPE) {
                    self.datatypes.insert(parts.text.to_vec(), id);
                }
            }
            TermKind::BlankNode => self.blanks.push(&parts.text)?,
            _ => self.push_literal(&parts)?,
        }
        if let Some(count) = self.counts.get_mut(parts.kind as usize) {
            *count += 1;
        }
        if roles.has(Roles::PREDICATE) {
            if &*parts.text == rdf::TYPE.as_str().as_bytes() {
                self.type_place = u32::try_from(self.predicates.len()).ok();
            }
            self.predicates.push(id);
        }
        if roles.has(Roles::GRAPH) {
            self.graphs.push(id);
        }
        self.len += 1;
        Ok(id)
    }

    fn push_literal(&mut self, parts: &key::Parts<'_>) -> io::Result<()> {
        let mark = match parts.kind {
            TermKind::Tagged => self.tags.get(&*parts.mark),
            _ => self.datatypes.get(&*parts.mark),
        };
        self.marks.push([mark.copied().unwrap_or_default()])?;
        if parts.kind == TermKind::Number {
            let datatype = std::str::from_utf8(&parts.mark).unwrap_or_default();
            let is_integer = key::is_integer(NamedNodeRef::new_unchecked(datatype));
            self.values.push(value_row(parts.number(), is_integer))?;
        }
        self.text_starts.push_wide(self.texts.len())?;
        self.texts.write(&parts.text)
    }

    /// # Errors
    /// Where the rest cannot be written.
    pub(super) fn finish(mut self) -> io::Result<Dictionary> {
        self.text_starts.push_wide(self.texts.len())?;
        let [iris, iri_starts] = self.iris.finish()?;
        let [blanks, blank_starts] = self.blanks.finish()?;
        let [tags, tag_starts] = self.tag_names.finish()?;
        let parts = vec![
            (Section::Iris, iris),
            (Section::IriStarts, iri_starts),
            (Section::Blanks, blanks),
            (Section::BlankStarts, blank_starts),
            (Section::Tags, tags),
            (Section::TagStarts, tag_starts),
            (Section::Texts, self.texts),
            (Section::TextStarts, self.text_starts.finish()?),
            (Section::Marks, self.marks.finish()?),
            (Section::Values, self.values.finish()?),
        ];
        let Self { counts, predicates, graphs, type_place, .. } = self;
        Ok(Dictionary { parts, counts, predicates, graphs, type_place })
    }
}
