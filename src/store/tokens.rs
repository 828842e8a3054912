//! The words of a query's text, for what has to be known before parsing and after it failed. In: text;
//! out: tokens with their places.
//!
//! Guarantees: any text has tokens; strings, comments, IRIs and names are told from brackets and
//! operators. It is no parser: a token may be one that SPARQL lacks.

use crate::text::Span;

/// What a token does to the depth of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// An opening bracket of any kind.
    Open,
    /// A closing one.
    Close,
    /// A sign that may stand between or before expressions or paths.
    Operator,
    /// A keyword, name, variable or number.
    Word,
    /// An IRI in angle brackets.
    Iri,
    /// A string.
    Text,
    /// A string that does not end.
    OpenText,
    /// Anything else, one character.
    Other,
}

/// A token and where it stands in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) span: Span,
}

/// The tokens of a text in order, without white space and comments.
pub(super) struct Tokens<'a> {
    rest: std::iter::Peekable<std::str::CharIndices<'a>>,
    byte_len: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { rest: text.char_indices().peekable(), byte_len: text.len() }
    }

    fn skip_while(&mut self, inside: impl Fn(char) -> bool) {
        while self.rest.next_if(|(_, next)| inside(*next)).is_some() {}
    }

    /// Skips an IRI if one begins after `<`; otherwise that was an operator and nothing is skipped.
    fn skip_iri(&mut self) -> bool {
        let mut ahead = self.rest.clone();
        loop {
            match ahead.next() {
                Some((_, '>')) => break,
                Some((_, c))
                    if c > ' ' && !matches!(c, '<' | '"' | '{' | '}' | '|' | '^' | '`') => {}
                _ => return false,
            }
        }
        self.rest = ahead;
        true
    }

    /// Skips a string after its first quote, to the same quote or to three of them. Whether it ends.
    fn skip_string(&mut self, quote: char) -> bool {
        let mut ahead = self.rest.clone();
        let mut is_quote = || ahead.next().is_some_and(|(_, next)| next == quote);
        let long = is_quote() && is_quote();
        if long {
            self.rest = ahead;
        }
        let needed = if long { 3 } else { 1 };
        let mut quotes = 0;
        while let Some((_, next)) = self.rest.next_if(|(_, next)| long || !"\r\n".contains(*next)) {
            if next == '\\' {
                self.rest.next();
            }
            quotes = if next == quote { quotes + 1 } else { 0 };
            if quotes == needed {
                return true;
            }
        }
        false
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        loop {
            let (byte_start, first) = self.rest.next()?;
            let kind = match first {
                c if c.is_whitespace() => continue,
                '#' => {
                    self.skip_while(|c| !"\r\n".contains(c));
                    continue;
                }
                '(' | '[' | '{' => TokenKind::Open,
                ')' | ']' | '}' => TokenKind::Close,
                '"' | '\'' if self.skip_string(first) => TokenKind::Text,
                '"' | '\'' => TokenKind::OpenText,
                '<' if self.skip_iri() => TokenKind::Iri,
                '?' | '$' => {
                    self.skip_while(|c| c.is_alphanumeric() || c == '_');
                    TokenKind::Word
                }
                c if c.is_ascii_digit() => {
                    self.skip_while(|c| c.is_ascii_digit() || c == '.');
                    TokenKind::Word
                }
                c if c.is_alphabetic() || matches!(c, '_' | ':' | '@') => {
                    self.skip_while(|c| c.is_alphanumeric() || "_:.-%〔〕\\".contains(c));
                    TokenKind::Word
                }
                '+' | '-' | '*' | '/' | '!' | '|' | '&' | '^' | '=' | '<' | '>' => {
                    TokenKind::Operator
                }
                _ => TokenKind::Other,
            };
            let byte_end = self.rest.peek().map_or(self.byte_len, |(byte, _)| *byte);
            return Some(Token { kind, span: Span::new(byte_start, byte_end) });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<(TokenKind, &str)> {
        Tokens::new(text).map(|token| (token.kind, token.span.slice(text))).collect()
    }

    #[test]
    fn strings_comments_and_iris_are_one_token_or_none() {
        use TokenKind::{Close, Iri, Open, Text, Word};
        assert_eq!(
            tokens("{ ?文 <http://e/#()> '''a'b\n''' \"\\\"(\" # (((\n}"),
            [
                (Open, "{"),
                (Word, "?文"),
                (Iri, "<http://e/#()>"),
                (Text, "'''a'b\n'''"),
                (Text, "\"\\\"(\""),
                (Close, "}"),
            ]
        );
    }

    #[test]
    fn a_hyphen_is_an_operator_only_outside_names() {
        use TokenKind::{Operator, Word};
        assert_eq!(
            tokens("m:鲁政发〔2024〕1号.10-3 ?a-1"),
            [(Word, "m:鲁政发〔2024〕1号.10-3"), (Word, "?a"), (Operator, "-"), (Word, "1")]
        );
    }

    #[test]
    fn a_less_than_sign_is_no_iri() {
        use TokenKind::{Operator, Word};
        assert_eq!(tokens("?a < 3"), [(Word, "?a"), (Operator, "<"), (Word, "3")]);
    }

    #[test]
    fn an_open_string_reaches_to_the_end_of_its_line() {
        assert_eq!(tokens("\"养老\n}"), [(TokenKind::OpenText, "\"养老"), (TokenKind::Close, "}")]);
    }
}
