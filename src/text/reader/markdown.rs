//! Markdown, as people keep notices in notes and as converters of PDF write them. In: the bytes of a file. Out: what a
//! reader of the rendered page sees, a paragraph a line; lists keep their numbers, tables are rows with tabs, whether
//! they are written with bars or as HTML. The surprise: single line ends stay, because who types Chinese ends a
//! paragraph with one; and ** is dropped where CommonMark leaves it, as in **（一）种树。**各地, since no text means it.

use super::error::ReadError;
use super::markup::render;
use super::plain::Plain;
use super::{Reader, html};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, TextMergeStream, html::push_html};
use scraper::Html;

/// So many headings tell Markdown that is called otherwise; one is enough on the first line.
const HEADINGS_MIN: usize = 3;

/// The deepest heading.
const LEVEL_MAX: usize = 6;

/// The reader of `.md`.
pub(super) struct Markdown;

impl Reader for Markdown {
    fn format(&self) -> &'static str {
        "Markdown file"
    }

    fn read(&self, bytes: &[u8]) -> Result<String, ReadError> {
        let source = Plain.read(bytes)?;
        let (page, front) = to_page(&source);
        let body = render(Html::parse_fragment(&page).root_element());
        let mut lines = read_front(&front, &body);
        lines.extend(body);
        Ok(lines.join("\n"))
    }
}

/// Whether the bytes are Markdown whatever they are called: they open with a heading, or have several.
pub(super) fn is_markdown(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    let mut lines = bytes.split(|&byte| byte == b'\n').map(is_heading);
    let opens = lines.next().unwrap_or(false);
    opens || lines.filter(|&is_heading| is_heading).nth(HEADINGS_MIN - 1).is_some()
}

/// ## 一、种树.
fn is_heading(line: &[u8]) -> bool {
    let level = line.iter().take_while(|&&byte| byte == b'#').count();
    (1..=LEVEL_MAX).contains(&level) && line.get(level) == Some(&b' ')
}

/// The file as a page, and what stands between --- at its top.
fn to_page(source: &str) -> (String, String) {
    let mut front = String::new();
    let mut is_front = false;
    let options = Options::ENABLE_TABLES | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let events = TextMergeStream::new(Parser::new_ext(source, options)).filter_map(|event| {
        match &event {
            Event::Start(Tag::MetadataBlock(_)) => is_front = true,
            Event::End(TagEnd::MetadataBlock(_)) => is_front = false,
            Event::Text(words) if is_front => front.push_str(words),
            _ if is_front => {}
            Event::SoftBreak => return Some(Event::HardBreak),
            Event::Text(words) => return Some(Event::Text(words.replace("**", "").into())),
            _ => return Some(event),
        }
        None
    });
    let mut page = String::new();
    push_html(&mut page, events);
    (page, front)
}

/// The lines of a front matter that belong to the document: those with Chinese labels, and the title where the body lacks it.
fn read_front(front: &str, body: &[String]) -> Vec<String> {
    let is_own = |line: &&str| line.starts_with(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c));
    let mut lines: Vec<String> = front.lines().filter(is_own).map(str::to_owned).collect();
    let title = front.lines().find_map(|line| line.strip_prefix("title:"));
    let title = title.map(|words| words.trim().trim_matches(['"', '\'']));
    lines.extend(title.filter(|title| html::lacks_title(body, title)).map(str::to_owned));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &str) -> Vec<String> {
        Markdown.read(source.as_bytes()).unwrap().lines().map(str::to_owned).collect()
    }

    #[test]
    fn headings_emphasis_and_links_are_their_words() {
        assert_eq!(
            read(
                "# 某市绿化办法\n\n## 一、种树\n\n**（一）选苗。**各地要[选好苗](a.html)。\n**牵头单位：**园林局"
            ),
            ["某市绿化办法", "一、种树", "（一）选苗。各地要选好苗。", "牵头单位：园林局"]
        );
    }

    #[test]
    fn lists_keep_their_numbers_and_paragraphs() {
        assert_eq!(read("3. 种树\n4. 护林\n\n- 巡山"), ["3.种树", "4.护林", "巡山"]);
        assert_eq!(read("1. 种树\n\n   选好苗。\n\n2. 护林"), ["1.种树", "选好苗。", "2.护林"]);
    }

    #[test]
    fn tables_are_rows_with_tabs_in_both_spellings() {
        let rows = ["序号\t任务\t单位", "1\t种树\t园林局"];
        assert_eq!(read("|序号|任务|单位|\n|---|---|---|\n|1|种树|园林局|"), rows);
        let html = "<table><tr><td>序号</td><td>任务</td><td>单位</td></tr><tr><td>1</td><td>种树</td><td>园林局</td></tr></table>";
        assert_eq!(read(html), rows);
    }

    #[test]
    fn a_front_matter_gives_its_chinese_labels_and_a_title_that_the_body_lacks() {
        let front = "---\ntitle: \"某市绿化办法\"\ntags: [a]\n发文字号: 某园发〔2031〕8号\n---\n\n";
        assert_eq!(
            read(&format!("{front}第一条 为了绿化。")),
            ["发文字号: 某园发〔2031〕8号", "某市绿化办法", "第一条 为了绿化。"]
        );
        assert_eq!(read(&format!("{front}# 某市绿化办法\n\n第一条 为了绿化。")).len(), 3);
    }

    #[test]
    fn a_heading_on_the_first_line_or_three_of_them_tell_markdown() {
        assert!(is_markdown("# 某市绿化办法\n第一条".as_bytes()));
        assert!(is_markdown("某市\n## 一、种树\n## 二、护林\n### 1.巡山".as_bytes()));
        assert!(!is_markdown("某市\n# 一、种树\n#二、护林\n第3#楼".as_bytes()));
    }
}
