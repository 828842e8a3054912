//! Web pages as government sites publish them. In: the bytes of a page. Out: the table of metadata, the title where
//! the text itself lacks it, and the text, a paragraph a line. Guarantees: navigation, scripts and share buttons are gone;
//! tables of data are rows with tabs. The surprise: no rule knows a site; the names that publishing systems give
//! to the element with the text are tried first, and otherwise the text is where most words outside links are.

use super::error::ReadError;
use super::markup::{is_shown, render, words_of};
use super::weight::Weights;
use super::{Reader, encoding};
use scraper::{ElementRef, Html, Selector};

const FORMAT: &str = "web page";

/// Names of the element with the text, from the most to the least certain.
const CONTAINERS: [&str; 12] = [
    "#UCAP-CONTENT",
    ".TRS_UEDITOR, .TRS_Editor, .TRS_PreAppend, .trs_editor_view",
    ".pages_content",
    "#zoom, #Zoom, #zoomcon, #fontzoom",
    ".Custom_UnionStyle",
    "#ContentRegion, #ContentPlaceHolder",
    ".view, .view_content, .ue_view",
    "#article_content, .article-content, .article_content, .articleContent, .artile_zw",
    "#content_text, .content_text, .con_text, .text_content, .xxgk_content, .zwgk_content",
    "#detailContent, .detail-content, .detail_content, .news_content, .news-content",
    "article, [itemprop=articleBody]",
    ".zw, .zhengwen, .wzcon, .wz_content",
];

/// A container with fewer characters holds a summary or nothing.
const CONTAINER_CHARS_MIN: usize = 80;

/// Labels of the table before the text, without spaces and colon.
const LABELS: [&str; 16] = [
    "索引号",
    "主题分类",
    "发文机关",
    "发布机构",
    "发文单位",
    "成文日期",
    "发文日期",
    "发布日期",
    "标题",
    "名称",
    "发文字号",
    "文号",
    "有效性",
    "主题词",
    "公文种类",
    "信息分类",
];

/// So many labels make a table of metadata.
const LABELS_MIN: usize = 3;

/// A table of metadata is shorter than this.
const METADATA_CHARS_MAX: usize = 800;

/// An element goes on being the text's while one child holds this share of its words.
const SHARE_PERCENT_MIN: usize = 70;

/// Words and label may stand this many elements apart.
const LABEL_DEPTH_MAX: usize = 8;

/// Where the title of a page stands, outside the text.
const TITLES: &str = "h1, .con-title, .article-title, .article_title, .xl-title, .bt_title, .title";

/// A title is at least so long, and shorter than this.
const TITLE_CHARS_MIN: usize = 6;
const TITLE_CHARS_MAX: usize = 200;

/// A text that has its title has it among its first characters.
const HEAD_CHARS: usize = 400;

/// A page with fewer characters of its own shows no document.
const TEXT_CHARS_MIN: usize = 20;

/// The reader of `.html`.
pub(super) struct WebPage;

impl Reader for WebPage {
    fn format(&self) -> &'static str {
        FORMAT
    }

    fn read(&self, bytes: &[u8]) -> Result<String, ReadError> {
        let page = Html::parse_document(&encoding::decode_declared(bytes)?);
        let weights = Weights::of(&page);
        let container =
            find_container(&page, &weights).ok_or(ReadError::NoText { format: FORMAT })?;
        let body = render(container);
        if weights.get(container).own() < TEXT_CHARS_MIN {
            return Err(ReadError::NoText { format: FORMAT });
        }
        let mut lines = find_metadata(&page, container, &weights).map(render).unwrap_or_default();
        lines.extend(find_title(&page, &body));
        lines.extend(body);
        let text = lines.join("\n");
        if text.contains(char::REPLACEMENT_CHARACTER) {
            return Err(ReadError::Encoding);
        }
        Ok(text)
    }
}

fn select<'a>(page: &'a Html, names: &str) -> Vec<ElementRef<'a>> {
    // The selectors are literals of this file, and a test parses each.
    Selector::parse(names).map(|selector| page.select(&selector).collect()).unwrap_or_default()
}

/// The element with the text.
fn find_container<'a>(page: &'a Html, weights: &Weights) -> Option<ElementRef<'a>> {
    let own = |element: &ElementRef<'_>| weights.get(*element).own();
    let dense = densest(select(page, "body").into_iter().next()?, weights);
    // A page may keep a summary under a name and the text beside it.
    let least = CONTAINER_CHARS_MIN.max(own(&dense) / 3);
    let longest = |names: &&str| {
        select(page, names).into_iter().filter(|element| is_shown(*element)).max_by_key(own)
    };
    let named = CONTAINERS.iter().filter_map(longest).find(|element| own(element) >= least);
    Some(named.unwrap_or(dense))
}

/// The deepest element below `element` that still holds most of its words.
fn densest<'a>(element: ElementRef<'a>, weights: &Weights) -> ElementRef<'a> {
    let mut at = element;
    loop {
        let total = weights.get(at).own();
        let best = at.child_elements().max_by_key(|child| weights.get(*child).own());
        match best {
            Some(child)
                if total > 0 && weights.get(child).own() * 100 >= total * SHARE_PERCENT_MIN =>
            {
                at = child;
            }
            _ => return at,
        }
    }
}

/// The table of metadata before the text: the smallest element with enough labels around one of them.
fn find_metadata<'a>(
    page: &'a Html,
    container: ElementRef<'_>,
    weights: &Weights,
) -> Option<ElementRef<'a>> {
    for node in page.tree.root().descendants() {
        if node.id() == container.id() {
            return None;
        }
        let is_label = node.value().as_text().is_some_and(|text| begins_with_label(text));
        let around = node
            .ancestors()
            .filter_map(ElementRef::wrap)
            .take(LABEL_DEPTH_MAX)
            .filter(|_| is_label);
        let is_short = |element: &ElementRef<'_>| weights.get(*element).chars <= METADATA_CHARS_MAX;
        let mut short = around.take_while(is_short);
        if let Some(found) =
            short.find(|element| labels_in(&words_of(*element, METADATA_CHARS_MAX)) >= LABELS_MIN)
        {
            // One row may have enough labels: the others stand in the same table.
            return short.find(|element| element.value().name() == "table").or(Some(found));
        }
    }
    None
}

fn begins_with_label(text: &str) -> bool {
    let words: String = text.chars().filter(|c| !c.is_whitespace()).take(8).collect();
    LABELS.iter().any(|label| words.starts_with(label))
}

fn labels_in(words: &str) -> usize {
    let is_label =
        |label: &&&str| [':', '：'].iter().any(|colon| words.contains(&format!("{label}{colon}")));
    LABELS.iter().filter(is_label).count()
}

/// The title of the page, where the text does not begin with it.
fn find_title(page: &Html, body: &[String]) -> Option<String> {
    let meta = select(page, "meta[name=ArticleTitle]")
        .into_iter()
        .filter_map(|element| element.attr("content"));
    let headings = select(page, TITLES);
    let words = headings.into_iter().map(|element| words_of(element, TITLE_CHARS_MAX));
    let mut titles =
        meta.map(|title| title.chars().filter(|c| !c.is_whitespace()).collect()).chain(words);
    let title: String = titles
        .find(|title: &String| title.chars().count() >= TITLE_CHARS_MIN && !is_site(title))?;
    lacks_title(body, &title).then_some(title)
}

/// Whether a text does not begin with `title`, which has no spaces.
pub(super) fn lacks_title(body: &[String], title: &str) -> bool {
    let chars = body.iter().flat_map(|line| line.chars()).filter(|c| !c.is_whitespace());
    !chars.take(HEAD_CHARS).collect::<String>().contains(title)
}

/// Whether words name the site, which many pages set as a heading too.
fn is_site(words: &str) -> bool {
    words.ends_with(['网', '站']) || words.ends_with("门户") || words.ends_with("平台")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An invented page in the style of a government site.
    const PAGE: &str = include_str!("../../../tests/documents/invented-notice.html");

    fn read(page: &str) -> Result<String, ReadError> {
        WebPage.read(page.as_bytes())
    }

    #[test]
    fn every_selector_of_this_file_can_be_parsed() {
        for names in CONTAINERS.iter().chain([&TITLES]) {
            assert!(Selector::parse(names).is_ok(), "{names}");
        }
    }

    #[test]
    fn the_text_comes_with_its_metadata_and_without_the_page_around_it() {
        let text = read(PAGE).unwrap();
        assert!(
            text.starts_with("索 引 号：\t000000001/2031-00012\t发文机关：\t某市人民政府"),
            "{text}"
        );
        assert!(text.contains("\n一、总体目标\n"), "{text}");
        assert!(text.contains("\n1\t改造老旧小区20个\t市住房城乡建设局\t2031年底前"), "{text}");
        for chrome in ["首页", "分享到", "打印", "版权所有", "function", "扫一扫"] {
            assert!(!text.contains(chrome), "{chrome}: {text}");
        }
    }

    #[test]
    fn without_a_known_name_the_text_is_where_the_words_are() {
        let unnamed = PAGE.replace("id=\"UCAP-CONTENT\"", "id=\"x1\"");
        assert_eq!(read(&unnamed).unwrap(), read(PAGE).unwrap());
    }

    #[test]
    fn a_title_outside_the_text_is_put_before_it() {
        let body = "为做好有关工作，现就有关事项通知如下。".repeat(6);
        let page = format!(
            "<html><body><h1>某市人民政府网站</h1><h1>某市关于试行办法的通知</h1><div id=zoom><p>{body}</p></div>"
        );
        assert!(read(&page).unwrap().starts_with("某市关于试行办法的通知\n为做好"));
    }

    #[test]
    fn a_broken_byte_around_the_text_is_no_matter_and_in_it_is_refused() {
        let broken = |at: &str| {
            let (before, after) = PAGE.split_once(at).unwrap();
            [before.as_bytes(), b"\xFF", after.as_bytes()].concat()
        };
        assert_eq!(WebPage.read(&broken("政务公开")).unwrap(), read(PAGE).unwrap());
        assert_eq!(WebPage.read(&broken("口袋公园")).err(), Some(ReadError::Encoding));
    }

    #[test]
    fn a_page_without_text_is_refused() {
        let frame = "<html><body><script>load()</script><div id=app></div></body></html>";
        assert_eq!(read(frame).err(), Some(ReadError::NoText { format: FORMAT }));
    }
}
