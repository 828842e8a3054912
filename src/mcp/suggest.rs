//! `suggest`: a text as far as it is known to the names that it may stand for. In: Chinese, pinyin, initials or a mixture; out: names with their IRIs.

use super::source::Source;
use super::standing::Standing;
use super::tool::{Fields, Listing, Wrong, limit, object};
use oxigraph::model::NamedNode;
use serde::Deserialize;
use serde_json::json;

const SUGGESTIONS_DEFAULT: usize = 10;
const SUGGESTIONS_MAX: usize = 50;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    text: String,
    limit: Option<usize>,
}

pub(super) fn listing() -> Listing {
    Listing {
        name: "suggest",
        title: "联想 / Suggest",
        description: "Names that a text may become or may be part of: places, indicators, programmes, departments, words, documents and measures, entities first. \
                      The text may be Chinese, pinyin or initials (csgx). 按汉字、拼音或首字母找名称。",
        arguments: object(
            &json!({
                "text": { "type": "string", "description": "城镇化, chengshi gengxin, csgx, 城市gx" },
                "limit": { "type": "integer", "minimum": 1, "maximum": SUGGESTIONS_MAX, "default": SUGGESTIONS_DEFAULT },
            }),
            &["text"],
        ),
    }
}

pub(super) fn answer(
    source: &Source,
    Wanted { text, limit: asked }: Wanted,
) -> Result<Fields, Wrong> {
    let max = limit(asked, SUGGESTIONS_DEFAULT, SUGGESTIONS_MAX)?;
    let suggestions = source.suggestions.suggest(&text, max);
    let mut standing = Standing::default();
    let iris = suggestions.iter().filter_map(|suggestion| suggestion.iri.as_deref());
    iris.filter_map(|iri| NamedNode::new(iri).ok()).for_each(|iri| standing.add(iri));
    let mut answer = Fields::new();
    answer.insert("suggestions".into(), json!(suggestions));
    standing.write(source, &mut answer);
    Ok(answer)
}
