//! The tools by name. In: a name with JSON arguments; out: an answer, or what is wrong with the call. Guarantees: an argument that a tool does not
//! know is refused by name, so that a misspelt limit is no silent default; what reads much of the graph runs where it may wait.

use super::source::Source;
use super::{examples, query, related, resource, schema, search, suggest};
use axum::http::Extensions;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

/// An answer, or an explanation.
pub(super) type Fields = Map<String, Value>;

/// A tool as it is listed.
pub(super) struct Listing {
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    pub(super) description: &'static str,
    /// The JSON Schema of its arguments.
    pub(super) arguments: Value,
}

/// All tools, in the order in which a stranger needs them.
pub(super) fn list() -> [Listing; 7] {
    [
        search::listing(),
        suggest::listing(),
        related::listing(),
        resource::listing(),
        schema::listing(),
        examples::listing(),
        query::listing(),
    ]
}

/// Why a call has no answer.
#[derive(Debug)]
pub(super) enum Wrong {
    /// There is no tool of this name.
    Tool,
    /// The caller can mend it: what is told of it.
    Call(Fields),
    /// Our own fault, which is in the log.
    Internal,
}

impl Wrong {
    /// A call that says something impossible.
    pub(super) fn call(cause: &str, message: impl Into<String>) -> Self {
        let mut fields = Fields::new();
        fields.insert("cause".into(), cause.into());
        fields.insert("message".into(), message.into().into());
        Self::Call(fields)
    }
}

/// What is asked of which tool.
pub(super) struct Call<'a> {
    pub(super) name: &'a str,
    pub(super) arguments: Fields,
    /// What is known of who asks.
    pub(super) sender: Extensions,
}

/// Calls a tool.
pub(super) async fn call(source: &Source, call: Call<'_>) -> Result<Fields, Wrong> {
    let (source, arguments) = (source.clone(), call.arguments);
    match call.name {
        "search" => apart(source, read(arguments)?, search::answer).await,
        "suggest" => apart(source, read(arguments)?, suggest::answer).await,
        "related" => apart(source, read(arguments)?, related::answer).await,
        "resource" => apart(source, read(arguments)?, resource::answer).await,
        "schema" => apart(source, read(arguments)?, schema::answer).await,
        "examples" => apart(source, read(arguments)?, examples::answer).await,
        "query" => query::answer(source, &call.sender, read(arguments)?).await,
        _ => Err(Wrong::Tool),
    }
}

/// The arguments as a tool reads them.
fn read<T: DeserializeOwned>(arguments: Fields) -> Result<T, Wrong> {
    serde_json::from_value(Value::Object(arguments))
        .map_err(|error| Wrong::call("arguments", error.to_string()))
}

/// Runs work that reads the graph away from the threads that serve connections.
pub(super) async fn apart<A: Send + 'static>(
    source: Source,
    wanted: A,
    work: fn(&Source, A) -> Result<Fields, Wrong>,
) -> Result<Fields, Wrong> {
    let done = tokio::task::spawn_blocking(move || work(&source, wanted)).await;
    done.map_err(|error| {
        tracing::error!(%error, "a tool failed");
        Wrong::Internal
    })?
}

/// The schema of an object with these properties, of which some must be there.
pub(super) fn object(properties: &Value, required: &[&str]) -> Value {
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

/// A number of things from 1 to `most`, `default` where none is given.
pub(super) fn limit(given: Option<usize>, default: usize, most: usize) -> Result<usize, Wrong> {
    let limit = given.unwrap_or(default);
    if (1..=most).contains(&limit) {
        return Ok(limit);
    }
    let message = format!("`limit` must be a whole number from 1 to {most}, not {limit}");
    Err(Wrong::call("arguments", message))
}
