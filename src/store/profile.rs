//! What stands in a graph, counted: its classes, what their members say, and where it leads. In: a store; out: a [`Profile`]. Guarantees:
//! counts are exact, over the set of the triples of all graphs. The surprise: where classes or shapes are as many as nodes may be, what
//! is told of values is left out, because what is counted is held in memory.

use super::dataset::Store;
use crate::image::{Datatype, Image, Order, PredicateCounts, TermId, TermKind};
use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{NamedNode, NamedNodeRef, Term};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// How many rows are read at once.
const READ_ROWS: usize = 4096;
/// More different shapes of triples (classes of the subject, predicate, kind of value) are not told apart.
const SHAPES_MAX: usize = 1 << 20;

/// What stands in a graph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// Distinct triples.
    pub triples: usize,
    /// Distinct subjects.
    pub subjects: usize,
    /// Distinct objects.
    pub objects: usize,
    /// Its properties, by IRI.
    pub properties: Vec<PropertyProfile>,
    /// Its classes that have an IRI, by IRI.
    pub classes: Vec<ClassProfile>,
}

/// A property, in the whole graph or of the members of a class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PropertyProfile {
    /// The property.
    pub property: NamedNode,
    /// Triples with it.
    pub triples: usize,
    /// Distinct subjects of these.
    pub subjects: usize,
    /// Distinct objects of these; not counted by class.
    pub objects: Option<usize>,
    /// The classes of its values, each with the number of triples; by class only.
    pub value_classes: BTreeMap<NamedNode, usize>,
    /// The datatypes of its values, likewise.
    pub datatypes: BTreeMap<NamedNode, usize>,
}

/// The members of a class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassProfile {
    /// The class.
    pub class: NamedNode,
    /// How many there are.
    pub members: usize,
    /// Their properties, by IRI.
    pub properties: Vec<PropertyProfile>,
}

/// Of what kind a value is: a literal, or a node of a set of classes.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Value {
    Literal(Datatype),
    Node(u32),
}

impl Store {
    /// Counts what stands in the graph. Reads all triples once.
    pub fn profile(&self) -> Profile {
        let image = self.image();
        let node = |id: TermId| match image.term(id) {
            Some(Term::NamedNode(node)) => Some(node),
            _ => None,
        };
        let property = |known: PredicateCounts| {
            Some(PropertyProfile {
                objects: Some(known.objects),
                ..unlooked(node(known.predicate)?, known.triples, known.subjects)
            })
        };
        let mut classes: BTreeMap<TermId, ClassProfile> = BTreeMap::new();
        let values = image.id(rdf::TYPE.into()).map(|type_id| values_of(image, type_id));
        let values = values.flatten().unwrap_or_default();
        for counts in image.class_counts() {
            let Some(class) = node(counts.class) else { continue };
            let members = || {
                let typed = image.id(rdf::TYPE.into()).unwrap_or_default();
                image.table(Order::Pos).range_of(&[typed, counts.class]).len()
            };
            let listed = classes.entry(counts.class).or_insert_with(|| ClassProfile {
                class,
                members: members(),
                properties: Vec::new(),
            });
            let Some(property) = node(counts.predicate) else { continue };
            let mut profile = unlooked(property, counts.triples, counts.subjects);
            for (value, triples) in
                values.get(&(counts.class, counts.predicate)).into_iter().flatten()
            {
                match value {
                    ClassOrDatatype::Class(id) => {
                        profile.value_classes.extend(node(*id).map(|class| (class, *triples)));
                    }
                    ClassOrDatatype::Datatype(datatype) => {
                        let datatype = datatype_iri(image, *datatype);
                        profile.datatypes.extend(datatype.map(|datatype| (datatype, *triples)));
                    }
                }
            }
            listed.properties.push(profile);
        }
        Profile {
            triples: image.triples_len(),
            subjects: image.subjects_len(),
            objects: image.objects_len(),
            properties: image.predicates().filter_map(property).collect(),
            classes: classes.into_values().collect(),
        }
    }
}

/// A property whose values were not looked at.
fn unlooked(property: NamedNode, triples: usize, subjects: usize) -> PropertyProfile {
    let (value_classes, datatypes) = (BTreeMap::new(), BTreeMap::new());
    PropertyProfile { property, triples, subjects, objects: None, value_classes, datatypes }
}

fn datatype_iri(image: &Image, datatype: Datatype) -> Option<NamedNode> {
    let known = |known: NamedNodeRef<'_>| Some(known.into_owned());
    match datatype {
        Datatype::Date => known(xsd::DATE),
        Datatype::String => known(xsd::STRING),
        Datatype::LangString => known(rdf::LANG_STRING),
        Datatype::Named(id) => match image.term(id) {
            Some(Term::NamedNode(node)) => Some(node),
            _ => None,
        },
    }
}

/// What a value of a property is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum ClassOrDatatype {
    Class(TermId),
    Datatype(Datatype),
}

/// By class and predicate: how many triples have a value of each class and datatype. `None` where there are too many shapes.
type Values = FxHashMap<(TermId, TermId), FxHashMap<ClassOrDatatype, usize>>;

fn values_of(image: &Image, type_id: TermId) -> Option<Values> {
    let sets = ClassSets::of(image, type_id)?;
    let terms = image.terms();
    let mut shapes: FxHashMap<(u32, TermId, Value), usize> = FxHashMap::default();
    let counted = image.table(Order::Spo).try_for_each(|_, [subject, predicate, object]| {
        let value = match terms.datatype(object) {
            Some(datatype) => Value::Literal(datatype),
            None => Value::Node(sets.set_of(object)),
        };
        *shapes.entry((sets.set_of(subject), predicate, value)).or_default() += 1;
        if shapes.len() > SHAPES_MAX { Err(()) } else { Ok(()) }
    });
    counted.ok()?;
    let mut values = Values::default();
    for ((subjects, predicate, value), triples) in shapes {
        let of_value: Vec<ClassOrDatatype> = match value {
            Value::Literal(datatype) => vec![ClassOrDatatype::Datatype(datatype)],
            Value::Node(set) => {
                sets.classes(set).iter().map(|class| ClassOrDatatype::Class(*class)).collect()
            }
        };
        for class in sets.classes(subjects) {
            let counted = values.entry((*class, predicate)).or_default();
            for value in &of_value {
                *counted.entry(*value).or_default() += triples;
            }
        }
    }
    Some(values)
}

/// The classes of each node, as the number of a set: sets are few, nodes are many.
struct ClassSets {
    /// By node.
    numbers: Vec<u32>,
    /// By number; the first is empty.
    sets: Vec<Vec<TermId>>,
}

impl ClassSets {
    /// `None` where there are too many sets.
    fn of(image: &Image, type_id: TermId) -> Option<Self> {
        let nodes = image.ids_of(TermKind::BlankNode).end as usize;
        let mut found = Self { numbers: vec![0; nodes], sets: vec![Vec::new()] };
        let mut known: FxHashMap<Vec<TermId>, u32> = FxHashMap::default();
        let table = image.table(Order::Pso);
        let range = table.range_of(&[type_id]);
        let (mut subjects, mut classes) = (Vec::new(), Vec::new());
        // The node at hand with its classes so far.
        let (mut node, mut set) = (None, Vec::new());
        for start in range.clone().step_by(READ_ROWS) {
            let stretch = start..(start + READ_ROWS).min(range.end);
            subjects.clear();
            classes.clear();
            table.read_column(1, stretch.clone(), &mut subjects);
            table.read_column(2, stretch, &mut classes);
            for (subject, class) in subjects.iter().zip(&classes) {
                if node != Some(*subject) {
                    found.close(node.replace(*subject), &mut set, &mut known)?;
                }
                set.push(*class);
            }
        }
        found.close(node, &mut set, &mut known)?;
        Some(found)
    }

    /// Notes the classes of a node, and empties their list.
    fn close(
        &mut self,
        node: Option<TermId>,
        set: &mut Vec<TermId>,
        known: &mut FxHashMap<Vec<TermId>, u32>,
    ) -> Option<()> {
        let place = node.and_then(|node| self.numbers.get_mut(node as usize));
        if let Some(place) = place {
            *place = match known.get(set) {
                Some(number) => *number,
                None if self.sets.len() >= SHAPES_MAX => return None,
                None => {
                    let number = u32::try_from(self.sets.len()).ok()?;
                    self.sets.push(set.clone());
                    known.insert(set.clone(), number);
                    number
                }
            };
        }
        set.clear();
        Some(())
    }

    fn set_of(&self, node: TermId) -> u32 {
        self.numbers.get(node as usize).copied().unwrap_or_default()
    }

    fn classes(&self, set: u32) -> &[TermId] {
        self.sets.get(set as usize).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NQUADS: &str = r#"
<http://e/甲> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://e/苗圃> <http://e/图一> .
<http://e/甲> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://e/绿地> .
<http://e/乙> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://e/苗圃> <http://e/图一> .
<http://e/甲> <http://e/邻> <http://e/乙> <http://e/图一> .
<http://e/甲> <http://e/邻> <http://e/乙> <http://e/图二> .
<http://e/甲> <http://e/邻> <http://e/丙> .
<http://e/乙> <http://e/名> "北苗圃"@zh .
<http://e/乙> <http://e/面积> "3"^^<http://www.w3.org/2001/XMLSchema#integer> .
<http://e/丙> <http://e/面积> "4"^^<http://www.w3.org/2001/XMLSchema#integer> .
"#;

    fn node(name: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("http://e/{name}"))
    }

    #[test]
    fn classes_tell_what_their_members_say_and_of_what_kind() {
        let profile = Store::read_nquads(NQUADS.as_bytes()).unwrap().profile();
        assert_eq!((profile.triples, profile.subjects, profile.objects), (8, 3, 7));
        let nursery = profile.classes.iter().find(|class| class.class == node("苗圃")).unwrap();
        assert_eq!(nursery.members, 2);
        let of = |name: &str| {
            nursery.properties.iter().find(|known| known.property == node(name)).unwrap()
        };
        // 丙 has no class, 乙 has one; the triple in two graphs counts once.
        assert_eq!((of("邻").triples, of("邻").subjects), (2, 1));
        assert_eq!(of("邻").value_classes, BTreeMap::from([(node("苗圃"), 1)]));
        let tagged = BTreeMap::from([(rdf::LANG_STRING.into_owned(), 1)]);
        assert_eq!(of("名").datatypes, tagged);
        assert_eq!(of("面积").datatypes, BTreeMap::from([(xsd::INTEGER.into_owned(), 1)]));
        let area = profile.properties.iter().find(|known| known.property == node("面积")).unwrap();
        assert_eq!((area.triples, area.subjects, area.objects), (2, 2, Some(2)));
    }

    #[test]
    fn a_graph_without_classes_has_a_profile_too() {
        let profile = Store::from_quads([]).profile();
        assert_eq!(profile, Profile::default());
    }
}
