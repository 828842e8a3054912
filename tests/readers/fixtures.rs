//! Files that the tests write for themselves. In: invented text in official style. Out: the bytes of a .docx, .pdf or .doc
//! with that text. Nothing here is taken from a published document.

use std::io::{Cursor, Write as _};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A .docx of these parts: names and XML.
pub(crate) fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, xml) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(xml.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A .docx with this body and lists that number 一、（一）1. on their three levels.
pub(crate) fn docx(body: &str) -> Vec<u8> {
    let document = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    let level = |at: usize, format: &str, label: &str| {
        format!(
            "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{label}\"/></w:lvl>"
        )
    };
    let levels = [
        level(0, "chineseCounting", "%1、"),
        level(1, "chineseCounting", "（%2）"),
        level(2, "decimal", "%3."),
    ];
    let numbering = format!(
        "<w:numbering xmlns:w=\"w\"><w:abstractNum w:abstractNumId=\"0\">{}</w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>",
        levels.concat()
    );
    zipped(&[("word/document.xml", &document), ("word/numbering.xml", &numbering)])
}

/// A paragraph, numbered on a level where one is given.
pub(crate) fn paragraph(level: Option<usize>, text: &str) -> String {
    let numbered = level.map_or_else(String::new, |level| {
        format!(
            "<w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>"
        )
    });
    format!("<w:p>{numbered}<w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// A PDF file of these objects, numbered from 1, the first of them the catalog.
pub(crate) fn pdf_file(objects: &[String], trailer: &str) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut offsets = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        offsets.push(file.len());
        write!(file, "{} 0 obj\n{object}\nendobj\n", index + 1).unwrap();
    }
    let table = file.len();
    write!(file, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).unwrap();
    for offset in offsets {
        writeln!(file, "{offset:010} 00000 n ").unwrap();
    }
    let size = objects.len() + 1;
    write!(file, "trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{table}\n%%EOF")
        .unwrap();
    file
}

fn stream(entries: &str, body: &str) -> String {
    format!("<< {entries} /Length {} >>\nstream\n{body}\nendstream", body.len())
}

/// How the font of a PDF tells its characters.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Font {
    /// Each code is a UTF-16 unit, and a map says so.
    Mapped,
    /// Each code becomes an accented letter, as fonts with a lost map do.
    Mismapped,
}

/// A PDF with these lines on each page, placed at (x, y) in points and set in 16 points.
pub(crate) fn pdf(pages: &[Vec<(f32, f32, &str)>], font: Font) -> Vec<u8> {
    let draw = |(x, y, text): &(f32, f32, &str)| {
        let codes: Vec<String> = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
        format!("BT /F1 16 Tf {x} {y} Td <{}> Tj ET\n", codes.concat())
    };
    let contents: Vec<String> =
        pages.iter().map(|lines| lines.iter().map(draw).collect()).collect();
    pdf_of_contents(&contents, font)
}

/// A PDF of one page with this content stream.
pub(crate) fn pdf_of_content(content: &str) -> Vec<u8> {
    pdf_of_contents(&[content.to_owned()], Font::Mapped)
}

fn pdf_of_contents(contents: &[String], font: Font) -> Vec<u8> {
    let kids: Vec<String> =
        (0..contents.len()).map(|page| format!("{} 0 R", 6 + 2 * page)).collect();
    let target = if font == Font::Mapped { "0000" } else { "00C0" };
    let range = if font == Font::Mapped { "<0000> <FFFF>" } else { "<4E00> <4E20>" };
    let map = format!(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /M def\n\
         1 begincodespacerange <0000> <FFFF> endcodespacerange\n\
         1 beginbfrange {range} <{target}> endbfrange\nendcmap end end"
    );
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), kids.len()),
        "<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>".to_owned(),
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /DW 1000 /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>".to_owned(),
        stream("", &map),
    ];
    for (index, content) in contents.iter().enumerate() {
        let at = 7 + 2 * index;
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {at} 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
        ));
        objects.push(stream("", content));
    }
    pdf_file(&objects, "")
}

/// A PDF whose one page is a picture.
pub(crate) fn scan() -> Vec<u8> {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >> >>".to_owned(),
        stream("", "q 595 0 0 842 0 0 cm /I Do Q"),
        stream("/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", "x"),
    ];
    pdf_file(&objects, "")
}

/// A Word 97 document of these paragraphs: the parts of the format that carry text, and no others.
pub(crate) fn doc(paragraphs: &[&str]) -> Vec<u8> {
    const TEXT_AT: u32 = 0x800;
    let text: Vec<u16> = paragraphs.iter().flat_map(|p| p.encode_utf16().chain([0x0D])).collect();
    let chars = u32::try_from(text.len()).unwrap();
    let mut main = vec![0_u8; TEXT_AT as usize];
    let mut put = |at: usize, bytes: &[u8]| main[at..at + bytes.len()].copy_from_slice(bytes);
    put(0x00, &0xA5EC_u16.to_le_bytes());
    put(0x02, &0x00C1_u16.to_le_bytes());
    put(0x0A, &0x0200_u16.to_le_bytes());
    put(0x18, &TEXT_AT.to_le_bytes());
    put(0x1C, &(TEXT_AT + chars * 2).to_le_bytes());
    put(0x20, &14_u16.to_le_bytes());
    put(0x3E, &22_u16.to_le_bytes());
    put(0x4C, &chars.to_le_bytes());
    put(0x98, &93_u16.to_le_bytes());
    put(0x1A2, &0_u32.to_le_bytes());
    put(0x1A6, &21_u32.to_le_bytes());
    main.extend(text.iter().flat_map(|unit| unit.to_le_bytes()));
    let mut pieces = vec![0x02];
    pieces.extend(16_u32.to_le_bytes());
    pieces.extend(0_u32.to_le_bytes());
    pieces.extend(chars.to_le_bytes());
    pieces.extend([0, 0]);
    pieces.extend(TEXT_AT.to_le_bytes());
    pieces.extend([0, 0]);
    container(&[("WordDocument", &main), ("1Table", &pieces)])
}

/// An OLE container of these streams.
pub(crate) fn container(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for (name, bytes) in streams {
        file.create_stream(format!("/{name}")).unwrap().write_all(bytes).unwrap();
    }
    file.flush().unwrap();
    file.into_inner().into_inner()
}
