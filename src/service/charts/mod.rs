//! Charts as SVG. In: rows of labels and numbers; out: a [`Drawing`], which stands in a page or alone as a file. Guarantees: the words of the graph are escaped; what is drawn
//! is bounded by the caller's rows; nothing but SVG is made, so that a chart needs no script. Surprising: colours are attributes of the
//! shapes, because the policy of the pages lets no style stand inside; in a page the classes of `charts.css` take their place.

mod bars;
mod drawing;
mod intervals;
mod layers;
mod model;
mod network;
mod scale;
mod timeline;

pub(crate) use bars::{Bar, Commitment, bars};
pub(crate) use drawing::Drawing;
pub(crate) use intervals::{Interval, intervals};
pub(crate) use layers::{Layers, layers};
pub(crate) use model::{ClassBox, ClassTie, model};
pub(crate) use network::{Tie, network};
pub(crate) use timeline::{Dates, timeline};

/// What a chart is called, and what it shows in a sentence, for those who do not see it.
#[derive(Clone, Copy)]
pub(crate) struct Caption<'a> {
    /// Its heading.
    pub(crate) title: &'a str,
    /// The sentence.
    pub(crate) description: &'a str,
}

impl Caption<'_> {
    /// An empty drawing that is called so.
    fn drawing(self, width: f64) -> Drawing {
        Drawing::new(width, self.title, self.description)
    }
}
