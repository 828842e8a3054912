//! The lines of a corrections file.
//!
//! In: tab-separated text with a header line. Out: entries. Guarantee: an entry has a document, a field that can be
//! corrected and a reason; anything else is an error that names the line.

use super::CorrectionError;

/// The columns, in the order of the file.
pub(super) const COLUMNS: [&str; 7] =
    ["document", "place", "find", "field", "old", "new", "reason"];

/// What can be corrected, by its name in the file.
const FIELDS: [(&str, Field); 20] = [
    ("title", Field::Title),
    ("attached_title", Field::AttachedTitle),
    ("number", Field::Number),
    ("issuer", Field::Issuer),
    ("date", Field::Date),
    ("kind", Field::Kind),
    ("heading", Field::Heading),
    ("assignment", Field::Assignment),
    ("department", Field::Department),
    ("role", Field::Role),
    ("target", Field::Target),
    ("indicator", Field::Indicator),
    ("value", Field::Value),
    ("value_upper", Field::ValueUpper),
    ("unit", Field::Unit),
    ("comparator", Field::Comparator),
    ("deadline", Field::Deadline),
    ("citation", Field::Citation),
    ("cited_title", Field::CitedTitle),
    ("cited_number", Field::CitedNumber),
];

/// What an entry corrects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    /// 标题.
    Title,
    /// Title of the plan that a notice issues.
    AttachedTitle,
    /// 发文字号.
    Number,
    /// One 发文机关.
    Issuer,
    /// 成文日期.
    Date,
    /// 文种.
    Kind,
    /// Heading of an item.
    Heading,
    /// A whole assignment: can only be removed.
    Assignment,
    /// The body of an assignment.
    Department,
    /// The role of an assignment.
    Role,
    /// A whole target: can only be removed.
    Target,
    /// What a target measures.
    Indicator,
    /// The number of a target, or the lower end of its range.
    Value,
    /// The upper end of a target's range.
    ValueUpper,
    /// The unit of a target.
    Unit,
    /// What the words say of the bounds of a target.
    Comparator,
    /// By when a target is due.
    Deadline,
    /// A whole citation: can only be removed.
    Citation,
    /// The title cited.
    CitedTitle,
    /// The number cited.
    CitedNumber,
}

/// One correction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// Name of the file, for messages.
    pub(super) file: String,
    /// Line in the file, from 1.
    pub(super) line: usize,
    /// Number or file name of the document.
    pub(super) document: String,
    /// Path of the item as `extract` prints it; empty for the head and what stands before the first item.
    pub(super) place: String,
    /// Words that name the fact; empty where the old value does.
    pub(super) find: String,
    /// What is corrected.
    pub(super) field: Field,
    /// Its name in the file.
    pub(super) field_name: String,
    /// The value as extracted.
    pub(super) old: String,
    /// The right value; empty removes.
    pub(super) new: String,
    /// Why.
    pub(super) reason: String,
}

impl Entry {
    /// An error at this entry.
    pub(super) fn problem(&self, problem: String) -> CorrectionError {
        CorrectionError { file: self.file.clone(), line: self.line, problem }
    }

    /// What was corrected and why, as the graph says it.
    pub(super) fn note(&self) -> String {
        let new = if self.new.is_empty() { "（删除）" } else { &self.new };
        let old = if self.old.is_empty() { "（无）" } else { &self.old };
        format!("{}: {old} → {new}; {}", self.field_name, self.reason)
    }
}

/// The entries of `table`; `file` is its name in messages.
pub(super) fn parse_entries(file: &str, table: &str) -> Result<Vec<Entry>, CorrectionError> {
    let problem = |line, problem| CorrectionError { file: file.to_owned(), line, problem };
    let mut lines = table.lines().zip(1..);
    let header = lines.next().map(|(header, _)| header).unwrap_or_default();
    if header.split('\t').ne(COLUMNS) {
        return Err(problem(1, format!("the columns are not {}", COLUMNS.join(", "))));
    }
    let mut entries = Vec::new();
    for (text, line) in lines.filter(|(text, _)| !text.trim().is_empty()) {
        let cells: Vec<&str> = text.split('\t').map(str::trim).collect();
        let [document, place, find, field_name, old, new, reason] = cells.as_slice() else {
            let (found, right) = (cells.len(), COLUMNS.len());
            return Err(problem(line, format!("{found} columns, not {right}")));
        };
        let field = FIELDS.iter().find(|(name, _)| name == field_name).map(|(_, field)| *field);
        let Some(field) = field else {
            let known = FIELDS.map(|(name, _)| name).join(", ");
            return Err(problem(line, format!("`{field_name}` is no field; there are {known}")));
        };
        if document.is_empty() || reason.is_empty() {
            return Err(problem(line, "an entry has a document and a reason".to_owned()));
        }
        entries.push(Entry {
            file: file.to_owned(),
            line,
            document: (*document).to_owned(),
            place: (*place).to_owned(),
            find: (*find).to_owned(),
            field,
            field_name: (*field_name).to_owned(),
            old: (*old).to_owned(),
            new: (*new).to_owned(),
            reason: (*reason).to_owned(),
        });
    }
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(lines: &str) -> String {
        let table = format!("{}\n{lines}", COLUMNS.join("\t"));
        parse_entries("a.tsv", &table).err().unwrap().to_string()
    }

    #[test]
    fn a_line_of_another_width_is_named() {
        assert_eq!(error("a.txt\t\t\ttitle"), "a.tsv, line 2: 4 columns, not 7");
    }

    #[test]
    fn a_field_that_cannot_be_corrected_is_named_with_those_that_can() {
        let message = error("a.txt\t\t\tcolour\tred\tblue\tseen");
        assert!(message.starts_with("a.tsv, line 2: `colour` is no field; there are title,"));
    }

    #[test]
    fn an_entry_without_a_reason_is_refused() {
        assert_eq!(
            error("\na.txt\t\t\ttitle\t甲\t乙\t"),
            "a.tsv, line 3: an entry has a document and a reason"
        );
    }

    #[test]
    fn a_file_with_other_columns_says_which_are_right() {
        let error = parse_entries("a.tsv", "document\tfield\n").err().unwrap().to_string();
        assert_eq!(
            error,
            "a.tsv, line 1: the columns are not document, place, find, field, old, new, reason"
        );
    }
}
