//! What can be wrong with a job, as it is told. In: a problem; out: status, heading, sentence, and when to come back.

use axum::http::StatusCode;

use super::language::Reader;

/// Why a job is not taken, or has no result.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum JobProblem {
    /// This service takes none.
    #[error("this service takes no jobs")]
    Off,
    /// There is no place for one more answer.
    #[error("there is no room for one more answer")]
    NoRoom {
        /// When the next one expires.
        retry_after_s: u32,
    },
    /// The answer is still made.
    #[error("the job is not finished")]
    Unfinished {
        /// When to look again.
        retry_after_s: u32,
    },
    /// There will be no answer.
    #[error("the job failed")]
    Failed {
        /// In the words of the evaluator.
        detail: String,
    },
}

impl JobProblem {
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::Off => StatusCode::NOT_IMPLEMENTED,
            Self::NoRoom { .. } => StatusCode::SERVICE_UNAVAILABLE,
            Self::Unfinished { .. } | Self::Failed { .. } => StatusCode::CONFLICT,
        }
    }

    pub(crate) fn title(&self) -> (&'static str, &'static str) {
        match self {
            Self::Off => ("不受理导出任务", "No jobs here"),
            Self::NoRoom { .. } => ("存放已满", "No room"),
            Self::Unfinished { .. } => ("任务未完成", "Job not finished"),
            Self::Failed { .. } => ("任务失败", "Job failed"),
        }
    }

    pub(crate) fn detail(&self, reader: Reader) -> String {
        let (chinese, english) = match self {
            Self::Off => (
                "本服务未开放导出任务；请用 /dump/ 的整体下载，或分段查询。",
                "This service takes no jobs; take a dump under /dump/, or ask in parts.",
            ),
            Self::NoRoom { .. } => (
                "导出结果的存放空间已满，请待先前的结果到期后再试。",
                "The room for answers is taken; try again when one has expired.",
            ),
            Self::Unfinished { .. } => (
                "结果尚未写完，请稍后再取；进度见任务地址。",
                "The answer is not written to its end; the address of the job tells how far it is.",
            ),
            Self::Failed { detail } => (detail.as_str(), detail.as_str()),
        };
        reader.t(chinese, english).to_owned()
    }

    /// A word for programs.
    pub(crate) fn cause(&self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::NoRoom { .. } => "room",
            Self::Unfinished { .. } => "unfinished",
            Self::Failed { .. } => "failed",
        }
    }

    pub(crate) fn retry_after_s(&self) -> Option<u32> {
        match self {
            Self::NoRoom { retry_after_s } | Self::Unfinished { retry_after_s } => {
                Some(*retry_after_s)
            }
            Self::Off | Self::Failed { .. } => None,
        }
    }
}
