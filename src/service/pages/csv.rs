//! A table for a spreadsheet. In: a head and rows; out: CSV as a file. Guarantees: each row has as many fields as the head; no field is taken for a formula.

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};

/// A table that is written row by row.
pub(crate) struct Table {
    text: String,
    columns: usize,
}

impl Table {
    /// A table with its head.
    pub(crate) fn new<'f>(head: impl Iterator<Item = &'f str>) -> Self {
        let head: Vec<&str> = head.collect();
        // Spreadsheets take a file without this mark for one in another encoding.
        let mut table = Self { text: String::from("\u{feff}"), columns: head.len() };
        table.push(head.into_iter());
        table
    }

    /// Adds a row; fields that it lacks are empty.
    pub(crate) fn push<'f>(&mut self, fields: impl Iterator<Item = &'f str>) {
        let mut row: Vec<String> = fields.map(quoted).collect();
        row.resize(self.columns, String::new());
        self.text.push_str(&row.join(","));
        self.text.push_str("\r\n");
    }

    /// The table as a file of this name.
    pub(crate) fn respond(self, file: &'static str) -> Response {
        let mut headers = HeaderMap::new();
        let media_type = HeaderValue::from_static("text/csv; charset=utf-8");
        headers.insert(header::CONTENT_TYPE, media_type);
        if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{file}\"")) {
            headers.insert(header::CONTENT_DISPOSITION, value);
        }
        (headers, self.text).into_response()
    }
}

/// A field of CSV. What a spreadsheet would take for a formula is kept as text.
fn quoted(field: &str) -> String {
    let is_number = field.parse::<f64>().is_ok();
    let is_formula = !is_number && field.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let field = if is_formula { format!("'{field}") } else { field.to_owned() };
    if field.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_of_csv_keeps_its_characters_and_is_no_formula() {
        let table = [
            ("森林覆盖率", "森林覆盖率"),
            ("甲,乙", "\"甲,乙\""),
            ("“甲\"", "\"“甲\"\"\""),
            ("=1+1", "'=1+1"),
            ("-3.5", "-3.5"),
            ("-甲", "'-甲"),
        ];
        for (field, written) in table {
            assert_eq!(quoted(field), written);
        }
    }

    #[test]
    fn each_row_has_as_many_fields_as_the_head() {
        let mut table = Table::new(["一", "二", "三"].into_iter());
        table.push(["甲"].into_iter());
        table.push(["甲", "乙", "丙", "丁"].into_iter());
        let commas = |line: &str| line.matches(',').count();
        assert_eq!(table.text.lines().map(commas).collect::<Vec<_>>(), [2, 2, 2]);
    }
}
