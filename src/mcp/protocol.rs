//! The Model Context Protocol itself, by the SDK of its makers. In: requests of clients; out: their answers. Guarantees: no session is kept, so a request needs none before
//! it; what the caller can mend is an answer with `isError`, which language models get to read, and only an unknown tool is an error of the protocol.
//! Surprising: the host that a client names is not looked at, because everything here may be read by anyone from anywhere.

use super::source::Source;
use super::tool::{self, Call, Listing, Wrong};
use axum::http::request::Parts;
use axum::routing::{MethodRouter, any_service};
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, Implementation, JsonObject,
    ListToolsResult, PaginatedRequestParams, ServerCapabilities, ServerConfig, Tool,
    ToolAnnotations,
};
use rmcp::service::RequestContext;
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::{StreamableHttpServerConfig, StreamableHttpService};
use rmcp::{ErrorData, RoleServer, ServerHandler, ServiceExt};
use serde_json::{Value, json};
use std::io;
use std::sync::Arc;

/// What a model is told of this server before it calls anything.
const INSTRUCTIONS: &str = "政图 Zhengtu is a knowledge graph of Chinese government policy documents: documents, measures, who leads them, targets with numbers and deadlines, \
     support terms, indicators, departments, places. Read-only. Begin with `search` for things and `examples` for queries; `schema` says which classes and properties \
     there are; `query` takes SPARQL with `text:query` for Chinese words. Every answer names the IRIs it stands on, and quotes of the source text with code point offsets: cite them.";

/// The tools as a server of the protocol.
#[derive(Clone)]
struct Server {
    source: Source,
}

impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        let own =
            Implementation::new("zhengtu", env!("CARGO_PKG_VERSION")).with_title("政图 Zhengtu");
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(own)
            .with_instructions(INSTRUCTIONS)
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(tool::list().into_iter().map(listed).collect()))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let arguments = request.arguments.unwrap_or_default();
        let sender = context.extensions.get::<Parts>().map(|parts| parts.extensions.clone());
        let call = Call { name: &request.name, arguments, sender: sender.unwrap_or_default() };
        let result = match tool::call(&self.source, call).await {
            Ok(answer) => CallToolResult::structured(Value::Object(answer)),
            Err(Wrong::Call(told)) => CallToolResult::structured_error(Value::Object(told)),
            Err(Wrong::Internal) => {
                let told = json!({ "cause": "internal", "message": "a fault of the server, which is in its log" });
                CallToolResult::structured_error(told)
            }
            Err(Wrong::Tool) => {
                let names = tool::list().map(|listing| listing.name).join(", ");
                let message = format!("there is no tool {}; there are {names}", request.name);
                return Err(ErrorData::invalid_params(message, None));
            }
        };
        Ok(result.into())
    }
}

fn listed(listing: Listing) -> Tool {
    let schema: JsonObject = match listing.arguments {
        Value::Object(schema) => schema,
        _ => JsonObject::new(),
    };
    let hints = ToolAnnotations::new().read_only(true).idempotent(true).open_world(false);
    Tool::new(listing.name, listing.description, schema)
        .with_title(listing.title)
        .with_annotations(hints)
}

/// The tools over HTTP: each POST is answered with JSON, by the release of `source`.
pub fn routes<S: Clone>(source: Source, body_bytes_max: usize) -> MethodRouter<S> {
    let server = Server { source };
    let config = StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .with_max_request_body_bytes(body_bytes_max)
        .disable_allowed_hosts();
    let sessions = Arc::new(NeverSessionManager::default());
    any_service(StreamableHttpService::new(move || Ok(server.clone()), sessions, config))
}

/// The tools over standard input and output, until the input ends.
///
/// # Errors
/// Where the client does not begin as the protocol says, or the streams fail.
pub async fn serve_stdio(source: Source) -> io::Result<()> {
    let running = Server { source }.serve(rmcp::transport::stdio()).await;
    running.map_err(io::Error::other)?.waiting().await.map_err(io::Error::other)?;
    Ok(())
}
