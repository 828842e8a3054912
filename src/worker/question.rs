//! What is asked of an evaluator. Plain data, because it travels between processes.

use crate::store::{AnswerFormat, DatasetChoice, QueryForm};
use oxigraph::model::NamedNode;
use serde::{Deserialize, Serialize};

/// What is to be done with a query.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Wish {
    /// It is answered.
    #[default]
    Answer,
    /// It is looked at, and has its form as its answer, or the reason why it would have none.
    Prepare,
    /// It is looked at: a [`QueryReport`](crate::store::QueryReport) as JSON.
    Check,
    /// It is answered without writing the answer, and how is told: an [`Explanation`](crate::store::Explanation) as JSON.
    Explain,
}

/// A query, and what is wanted of its answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Question {
    /// The query as its asker wrote it.
    pub text: String,
    /// IRIs of the graphs that together are the default graph.
    pub default_graphs: Vec<String>,
    /// IRIs of the graphs that GRAPH can see. Both empty: those of the query, or everything.
    pub named_graphs: Vec<String>,
    /// The format wanted where the answer is a table or a truth value. Which form a query has is known
    /// only after it was parsed, and that is done where it can do no harm: so the asker says both.
    pub table_format: Option<AnswerFormat>,
    /// The format wanted where the answer is a graph.
    pub graph_format: Option<AnswerFormat>,
    /// How much of the answer is wanted; all of it without.
    pub cut: Option<Cut>,
    /// What is to be done with it.
    pub wish: Wish,
}

/// Bounds past which an answer is cut off, which ends the evaluation.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Cut {
    /// Lines of a table.
    pub table_lines_max: usize,
    /// Bytes of a table.
    pub table_bytes_max: usize,
    /// Bytes of a graph.
    pub graph_bytes_max: usize,
}

impl Question {
    /// The format wanted for an answer of this form.
    pub(super) fn format_for(&self, form: QueryForm) -> Option<AnswerFormat> {
        match form {
            QueryForm::Select | QueryForm::Ask => self.table_format,
            QueryForm::Construct | QueryForm::Describe => self.graph_format,
        }
    }

    /// The graphs by name; `None` where a name is no IRI.
    pub(super) fn choice(&self) -> Option<DatasetChoice> {
        let named = |iris: &[String]| -> Option<Vec<NamedNode>> {
            iris.iter().map(|iri| NamedNode::new(iri).ok()).collect()
        };
        Some(DatasetChoice {
            default_graphs: named(&self.default_graphs)?,
            named_graphs: named(&self.named_graphs)?,
        })
    }
}
