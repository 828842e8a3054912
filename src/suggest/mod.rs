//! Names to what completes a text while it is typed, and to what a mistyped text may have meant.
//!
//! In: [`Named`] texts of a release, then a text as far as it is typed: Chinese, pinyin, initials, or a mixture. Out: names that
//! begin with it or have it inside, the best first; and a question with its mistyped run replaced by one that sounds alike.
//! Guarantees: no input is an error, and the work for any of them is bounded, whatever the number of names; what is suggested
//! stands among the names; nothing is replaced, only offered. No policy word stands in this room: names come from the graph, and
//! readings of words from `data/lexicon/readings.tsv`. The surprising thing: a key is no copy of a text but a place in it, so a
//! name has a key at each of its words for a few bytes each.
//!
//! ```text
//! named -> phrases (fold: words) -> write (reading: syllables; keys, space) -> layout -> file     what is written
//! file -> layout -> space -> reader (typed, mixed), homophone                                     what is read
//! ```

mod fold;
mod homophone;
mod keys;
mod layout;
mod mixed;
mod named;
mod phrases;
mod ranks;
mod reader;
mod reading;
mod space;
mod typed;
mod write;

pub use named::{Kind, Named};
pub use reader::{How, Suggestion, Suggestions};
pub use write::SuggestionsWriter;

/// What can go wrong with the file of suggestions.
#[derive(Debug, thiserror::Error)]
pub enum SuggestError {
    /// It cannot be read or written.
    #[error("{}: {source}", path.display())]
    Disk {
        /// The file.
        path: std::path::PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// It is not as it was written.
    #[error("{} is no file of suggestions that this program reads", .0.display())]
    Damaged(std::path::PathBuf),
}
