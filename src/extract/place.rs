//! Places named in items. In: the body's blocks and the divisions of a jurisdiction; out: mentions with their codes. The
//! surprise: names of places hide in other words (清单县区 has 单县), and a short name stands for the place only in a
//! list or before the name of its level, so short names of counties count only beside another place.

use super::gazetteer::{Division, Gazetteer};
use super::outline::Block;
use crate::document::{Located, PlaceMention};
use crate::text::Span;

/// Characters before a short name that make it part of another word.
const GLUE: [char; 11] = ['清', '菜', '名', '订', '账', '传', '保', '榜', '简', '凭', '表'];

/// Characters before the short name of a county that make it part of another word: 示范县, 相应县, 新时代县域.
const COUNTY_GLUE: [char; 5] = ['示', '相', '对', '适', '时'];

/// The divisions that `blocks` name.
pub(super) fn find_places(
    clean: &str,
    blocks: &[Block],
    gazetteer: &Gazetteer,
    home: Option<&Division>,
) -> Vec<PlaceMention> {
    let mut places = Vec::new();
    for block in blocks {
        let words = block.span.slice(clean);
        let mut place_end = 0;
        for (at, _) in words.char_indices() {
            let rest = words.get(at..).unwrap_or_default();
            let chars_max = gazetteer.name_chars_max(rest);
            if at < place_end || chars_max == 0 {
                continue;
            }
            let borders = rest.char_indices().map(|(byte, _)| byte).chain([rest.len()]);
            let ends: Vec<usize> = borders.take(chars_max + 1).skip(2).collect();
            let longest = ends.into_iter().rev().find_map(|len| {
                let span = Span::new(at, at + len);
                let division = gazetteer.find(span.slice(words), home)?;
                is_mention(words, span, division, home).then_some((span, division))
            });
            let Some((span, division)) = longest else { continue };
            places.push(PlaceMention {
                item: block.item,
                adcode: division.adcode.clone(),
                name: Located::new(
                    span.slice(words).to_owned(),
                    span.shifted(block.span.byte_start),
                ),
            });
            place_end = span.byte_end;
        }
    }
    places
}

/// Whether the words at `span` mean the division and are no part of another word.
fn is_mention(words: &str, span: Span, division: &Division, home: Option<&Division>) -> bool {
    let before = words.get(..span.byte_start).unwrap_or_default();
    let after = words.get(span.byte_end..).unwrap_or_default();
    let name = span.slice(words);
    let is_glued = before.ends_with(GLUE) || before.ends_with(COUNTY_GLUE) && name.ends_with('县');
    if is_glued && name.chars().count() == 2 {
        return false;
    }
    if name == division.name {
        return true;
    }
    let is_level = after.starts_with(['市', '县', '区', '省']);
    let is_listed = (before.ends_with(['、', '，', ',']) || after.starts_with(['、', '和']))
        && division.level >= 2;
    let is_known =
        division.level <= 2 || home.is_some_and(|home| home.adcode == division.parent_code);
    is_known
        && (is_level
            || is_listed
            || division.level <= 2
            || after.starts_with(['国', '省', '全', '机', '鲁', '现']))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "adcode\tname\tshort_name\tlevel\tparent_code\n990200\t丙城市\t丙城\t2\t990000\n990202\t丁县\t丁县\t3\t990200\n990203\t戊亭县\t戊亭\t3\t990200";

    fn codes(words: &str) -> Vec<String> {
        let gazetteer = Gazetteer::from_table(TABLE);
        let home = gazetteer.jurisdiction_of("丙城市人民政府").cloned();
        let block = Block {
            item: None,
            span: Span::new(0, words.len()),
            is_heading: false,
            is_inline: false,
        };
        find_places(words, &[block], &gazetteer, home.as_ref())
            .into_iter()
            .map(|place| place.adcode)
            .collect()
    }

    #[test]
    fn places_are_found_by_full_and_short_name() {
        assert_eq!(codes("支持丁县、戊亭县建设"), ["990202", "990203"]);
        assert_eq!(codes("支持戊亭国家级试点"), ["990203"]);
        assert_eq!(codes("依托丙城机场"), ["990200"]);
    }

    #[test]
    fn a_place_inside_another_word_is_none() {
        assert_eq!(codes("清丁县区"), Vec::<String>::new());
        assert_eq!(codes("建设示丁县"), Vec::<String>::new());
        assert_eq!(codes("戊亭驿站"), Vec::<String>::new());
    }
}
