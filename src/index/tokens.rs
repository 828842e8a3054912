//! Terms of a text on their way into the index. In: terms with positions, ascending; out: one string, and what cuts it into the
//! same terms where they are counted. The surprise: tantivy would take ready terms as well, but it keeps those as JSON until then,
//! which takes longer than everything else that is done with them.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Stands behind a term. Folding leaves no control character but the line end in a text, and keys begin with others.
const END: char = '\u{1F}';
/// Stands before a term: once for each position since the one before.
const STEP: char = '\u{1E}';

/// Terms in one string.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PackedTerms {
    text: String,
    position: usize,
}

impl PackedTerms {
    /// Adds a term, whose position is not before that of the last one.
    pub(crate) fn push(&mut self, term: &str, position: usize) {
        self.push_chars(term.chars(), position);
    }

    /// Adds the term of these characters.
    pub(crate) fn push_chars(&mut self, term: impl IntoIterator<Item = char>, position: usize) {
        let steps = position.saturating_sub(self.position);
        self.position += steps;
        self.text.extend(std::iter::repeat_n(STEP, steps));
        self.text.extend(term);
        self.text.push(END);
    }
}

impl AsRef<str> for PackedTerms {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

/// Cuts packed terms for tantivy.
#[derive(Clone, Debug, Default)]
pub(crate) struct Unpacker {
    /// Its memory is used again for each term.
    token: Token,
}

impl Tokenizer for Unpacker {
    type TokenStream<'a> = Unpacking<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Unpacking<'a> {
        self.token.position = 0;
        Unpacking { rest: text, token: &mut self.token }
    }
}

/// The terms of a packed text, one after the other.
#[derive(Debug)]
pub(crate) struct Unpacking<'a> {
    rest: &'a str,
    token: &'a mut Token,
}

impl TokenStream for Unpacking<'_> {
    fn advance(&mut self) -> bool {
        let Some((term, rest)) = self.rest.split_once(END) else { return false };
        let stepped = term.trim_start_matches(STEP);
        self.token.position += term.len() - stepped.len();
        self.token.text.clear();
        self.token.text.push_str(stepped);
        self.rest = rest;
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_come_out_as_they_were_packed_with_their_positions() {
        let terms = [("苗圃", 0), ("圃", 0), ("", 2), ("\u{2}12", 2), ("绿化", 7)];
        let mut packed = PackedTerms::default();
        for (term, position) in terms {
            packed.push(term, position);
        }
        let mut unpacker = Unpacker::default();
        for _ in 0..2 {
            let mut found = Vec::new();
            let mut stream = unpacker.token_stream(packed.as_ref());
            stream.process(&mut |token: &Token| found.push((token.text.clone(), token.position)));
            assert_eq!(found, terms.map(|(term, position)| (term.to_owned(), position)));
        }
    }
}
