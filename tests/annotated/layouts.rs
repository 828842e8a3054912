//! The same text in other layouts. In: a text with a paragraph a line. Out: it as Markdown, and as pages of text with margins of blanks.

/// Ideographs in a line of a page.
const LINE_CHARS: usize = 32;

/// Lines of a page.
const PAGE_LINES: usize = 24;

/// Headings marked, what is bold between stars, a blank line between paragraphs.
pub(crate) fn to_markdown(text: &str) -> String {
    let mut paragraphs = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let title = paragraphs.next().map(|line| format!("# {line}\n"));
    let marked = paragraphs.map(|line| {
        let opens = |mark: char| line.find(mark).is_some_and(|at| at <= "十二".len());
        let is_short = line.chars().count() < 30 && !line.ends_with('。');
        match line.split_once('。') {
            _ if opens('、') && is_short => format!("## {line}\n"),
            Some((heading, rest)) if line.starts_with('（') && !rest.is_empty() => {
                format!("**{heading}。**{rest}\n")
            }
            _ => format!("{line}\n"),
        }
    });
    title.into_iter().chain(marked).collect::<Vec<_>>().join("\n")
}

/// Lines of one width behind a margin, a further indent before each paragraph, numbers of pages between blank lines.
pub(crate) fn to_pages(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for paragraph in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let mut line = String::from("        ");
        let mut width = 4.0;
        for c in paragraph.chars() {
            width += if c.is_ascii() { 0.5 } else { 1.0 };
            // Closing punctuation hangs over the edge, for no line begins with it.
            let hangs = "，。、；：）》”".contains(c);
            if width > f64::from(u32::try_from(LINE_CHARS).unwrap_or(u32::MAX)) && !hangs {
                lines.push(std::mem::replace(&mut line, String::from("    ")));
                width = 2.0 + if c.is_ascii() { 0.5 } else { 1.0 };
            }
            line.push(c);
        }
        lines.push(line);
    }
    let pages = lines.chunks(PAGE_LINES).enumerate();
    let pages = pages.map(|(at, page)| {
        format!("{}\n\n{:>40}{}{:1}\n\u{C}\n", page.join("\n"), "-", at + 1, "-")
    });
    pages.collect()
}
