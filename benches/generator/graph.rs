//! A whole graph of a given size. In: a size and a seed; out: N-Quads on a stream, the same bytes every time. Guarantee: memory
//! does not grow with the size; the last document is whole, so the graph is a little larger than asked for.

use super::document::{Draft, Serial};
use super::quads::{Quads, Tally};
use super::random::Random;
use super::reference::{CITIES_EACH, PROVINCES, Place, write_reference};
use std::io::{self, Write};

/// What is to be made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    /// At least so many triples; less than one document more.
    pub(crate) triples: usize,
    /// Another seed gives another graph of the same kind.
    pub(crate) seed: u64,
    /// Whether to count the distinct literals, which takes memory for their hashes.
    pub(crate) counts_literals: bool,
}

/// What was made.
pub(crate) struct Made {
    pub(crate) documents: usize,
    pub(crate) measures: usize,
    pub(crate) tally: Tally,
}

/// Writes a graph.
pub(crate) fn generate(size: Size, out: impl Write) -> io::Result<Made> {
    let mut random = Random::new(size.seed);
    let mut out = Quads::new(out, size.counts_literals);
    let mut issued = vec![0_usize; 1 + PROVINCES * (1 + CITIES_EACH)];
    let (mut documents, mut measures) = (0, 0);
    write_reference(&mut out, &mut random)?;
    while out.tally.triples < size.triples {
        let place = choose_issuer(&mut random);
        let turn = issued.get(counter(place)).copied().unwrap_or_default();
        let draft = Draft::new(&mut out, &mut random, Serial { place, turn });
        measures += draft.write(|place| issued.get(counter(place)).copied().unwrap_or_default())?;
        if let Some(count) = issued.get_mut(counter(place)) {
            *count += 1;
        }
        documents += 1;
    }
    out.flush()?;
    Ok(Made { documents, measures, tally: out.tally })
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

/// Where the documents of a place are counted.
fn counter(place: Place) -> usize {
    match place {
        Place::Country => 0,
        Place::Province(province) => 1 + province * (1 + CITIES_EACH),
        Place::City(province, city) | Place::County(province, city, _) => {
            2 + province * (1 + CITIES_EACH) + city
        }
    }
}
