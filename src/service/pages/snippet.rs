//! A query as it is asked from a program. In: an address and a query; out: a line for a shell, and a program in Python that needs
//! nothing but Python. Guarantee: whatever the query holds, it arrives as it is.

/// A request as it is shown.
pub(super) struct Snippet {
    /// The id of its element.
    pub(super) id: &'static str,
    /// What it is written for.
    pub(super) name: &'static str,
    pub(super) text: String,
}

/// The same query, asked in each way.
pub(super) fn snippets(endpoint: &str, query: &str, media_type: &str) -> [Snippet; 2] {
    [
        Snippet { id: "in-curl", name: "curl", text: curl(endpoint, query, media_type) },
        Snippet { id: "in-python", name: "Python", text: python(endpoint, query, media_type) },
    ]
}

fn curl(endpoint: &str, query: &str, media_type: &str) -> String {
    // In single quotes only they themselves mean something.
    let query = query.replace('\'', r"'\''");
    format!(
        "curl '{endpoint}' -H 'Accept: {media_type}' \\\n  -H 'Content-Type: application/sparql-query' --data-binary '{query}'\n"
    )
}

fn python(endpoint: &str, query: &str, media_type: &str) -> String {
    let query = query.replace('\\', r"\\").replace('"', "\\\"");
    format!(
        "from urllib.request import Request, urlopen\n\n\
         query = \"\"\"{query}\"\"\"\n\
         request = Request(\"{endpoint}\", query.encode(), {{\n    \
             \"Content-Type\": \"application/sparql-query\", \"Accept\": \"{media_type}\"}})\n\
         print(urlopen(request).read().decode())\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_backslashes_of_a_query_arrive_as_they_are() {
        let query = "ASK { ?s ?p 'a', \"b\\n\", \"\"\"c\"\"\" }";
        let [curl, python] = snippets("http://h.example/sparql", query, "text/csv");
        assert!(curl.text.contains(r#"'\''a'\'', "b\n""#), "{}", curl.text);
        assert!(python.text.contains(r#"'a', \"b\\n\", \"\"\"c\"\"\""#), "{}", python.text);
    }
}
