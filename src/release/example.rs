//! Question files: one SPARQL query a file, with its question in Chinese and in English in the first
//! two comment lines. In: the text of a `.rq` file. Out: an [`Example`].

use serde::{Deserialize, Serialize};

/// A question with the query that answers it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example {
    /// File name without `.rq`: `who-leads-a-measure`.
    pub name: String,
    /// The question in Chinese.
    pub question_zh: String,
    /// The question in English.
    pub question_en: String,
    /// The query without the two question lines.
    pub text: String,
}

impl Example {
    /// Reads a question file.
    ///
    /// # Errors
    /// A sentence that says which of the two question lines is missing.
    pub fn parse(name: &str, file: &str) -> Result<Self, String> {
        let (question_zh, rest) = question(file, "first", "Chinese")?;
        let (question_en, rest) = question(rest, "second", "English")?;
        Ok(Self {
            name: name.to_owned(),
            question_zh: question_zh.to_owned(),
            question_en: question_en.to_owned(),
            text: rest.trim_start_matches('\n').to_owned(),
        })
    }

    /// The same question of a release with these prefixes (names without colon): what the query declares
    /// under one of the names gets the namespace that the release has for it. Question files declare the
    /// default namespace, so that they run in any client; a release may be built under another.
    pub(crate) fn under(self, prefixes: &[(String, String)]) -> Self {
        let lines = self.text.split_inclusive('\n').map(|line| {
            let declared = line.strip_prefix("PREFIX ").and_then(|rest| rest.split_once(": <"));
            let known = declared
                .and_then(|(name, _)| prefixes.iter().find(|(known, _)| known == name.trim()));
            match known {
                Some((name, namespace)) => format!("PREFIX {name}: <{namespace}>\n"),
                None => line.to_owned(),
            }
        });
        Self { text: lines.collect(), ..self }
    }
}

fn question<'a>(file: &'a str, place: &str, language: &str) -> Result<(&'a str, &'a str), String> {
    let (line, rest) = file.split_once('\n').unwrap_or((file, ""));
    let question = line.trim_end().strip_prefix("# ").map(str::trim).unwrap_or_default();
    if question.is_empty() {
        return Err(format!(
            "the {place} line has to be the question in {language}: `# …`, but it is `{line}`"
        ));
    }
    Ok((question, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_question_lines_are_taken_off_the_query() {
        let example = Example::parse("who", "# 谁牵头？\n# Who leads?\n\nSELECT * {}\n");
        let example = example.unwrap();
        assert_eq!(example.question_zh, "谁牵头？");
        assert_eq!(example.question_en, "Who leads?");
        assert_eq!(example.text, "SELECT * {}\n");
    }

    #[test]
    fn a_question_names_the_resources_of_the_release_that_it_is_asked_of() {
        let file = "# 谁牵头？\n# Who leads?\nPREFIX measure: <https://one.example/measure/>\n\
                    PREFIX other: <https://one.example/>\n\nASK { measure:a other:b ?c }\n";
        let prefixes = [("measure".to_owned(), "https://two.example/measure/".to_owned())];
        let example = Example::parse("who", file).unwrap().under(&prefixes);
        assert_eq!(
            example.text,
            "PREFIX measure: <https://two.example/measure/>\n\
             PREFIX other: <https://one.example/>\n\nASK { measure:a other:b ?c }\n"
        );
    }

    #[test]
    fn a_file_without_an_english_question_is_refused_by_line() {
        let error = Example::parse("who", "# 谁牵头？\nSELECT * {}\n").unwrap_err();
        assert!(error.contains("second line"), "{error}");
    }
}
