//! What a decision puts in place of other words. In: a block; out: the new words inside their quotation marks, read like the articles
//! that they become. The surprise: quoted words promise nothing elsewhere, so the rest of such a block is not read at all.

use super::Reader;
use crate::text::{Pattern, Span, pattern};
use std::sync::LazyLock;

/// 将第五条修改为：“…”, 增加一条，作为第六条：“…”: where the new words of `words` stand.
pub(super) fn find_amended(words: &str) -> Vec<Span> {
    static PUTS: Pattern = LazyLock::new(|| {
        pattern(r"(?:修改为|修订为|调整为|改为|作为第[^，。“”]{1,12}[条款项])[：:]?“")
    });
    if !words.contains("改为") && !words.contains("作为第") && !words.contains("修订为") {
        return Vec::new();
    }
    let close = |from: usize| {
        let mut open = 1_usize;
        words.get(from..)?.char_indices().find_map(|(at, c)| {
            match c {
                '“' => open += 1,
                '”' => open -= 1,
                _ => {}
            }
            (open == 0).then_some(from + at)
        })
    };
    PUTS.find_iter(words)
        .filter_map(|found| Some(Span::new(found.end(), close(found.end())?)))
        .collect()
}

impl Reader<'_> {
    /// Reads the block, or only what it puts in place of other words.
    pub(super) fn read_block(&mut self) {
        let block = self.block.span;
        let amended = find_amended(block.slice(self.clean));
        if amended.is_empty() {
            self.read();
            return;
        }
        let in_article = std::mem::replace(&mut self.in_article, true);
        for words in amended {
            self.block.span = words.shifted(block.byte_start);
            self.read();
        }
        self.block.span = block;
        self.in_article = in_article;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_that_are_put_in_place_of_others_are_found() {
        let found = |words: &'static str| {
            find_amended(words).into_iter().map(|span| span.slice(words)).collect::<Vec<_>>()
        };
        assert_eq!(found("将第五条修改为：“园林局种“示范”树。”"), ["园林局种“示范”树。"]);
        assert_eq!(found("增加一条，作为第六条：“种树。”"), ["种树。"]);
        assert_eq!(found("将“苗圃”修改为“花圃”"), ["花圃"]);
        assert_eq!(found("推进“花圃”改造"), Vec::<&str>::new());
    }
}
