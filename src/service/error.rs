//! What can go wrong with a request, each as the HTTP status that tells the client what to do. In: a
//! failure; out: a status with a [`ServiceError`] attached, which [`present`](super::present) writes as
//! a page, as problem details (RFC 9457) or as text. Guarantee: our own faults go to the log once, under
//! an id; the client gets the id and no more.

use std::fmt::Display;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::budget::{self, Fairness, Spent};
use super::job_problem::JobProblem;
use super::language::{Language, Reader};

/// A request that gets no answer, by the remedy.
#[derive(Clone, Debug, thiserror::Error)]
pub(crate) enum ServiceError {
    /// Nothing has this address.
    #[error("nothing is known as {path}")]
    NotFound {
        /// The decoded path without its first slash.
        path: String,
    },
    /// The client wants none of the types there are.
    #[error("none of the wanted types is offered")]
    NotAcceptable {
        /// Media types that are offered.
        offered: Vec<&'static str>,
    },
    /// A parameter is missing or makes no sense.
    #[error("parameter {name}: {english}")]
    BadParameter {
        /// The parameter.
        name: String,
        /// What is wrong, to follow the name.
        chinese: String,
        /// The same in English.
        english: String,
    },
    /// The path is no text.
    #[error("the path is not UTF-8 text without control characters")]
    BadPath,
    /// The address is too long to be read.
    #[error("the address is longer than {bytes_max} bytes")]
    UriTooLong {
        /// The limit.
        bytes_max: usize,
    },
    /// The body is too long to be read.
    #[error("the body is longer than {bytes_max} bytes")]
    BodyTooLong {
        /// The limit.
        bytes_max: usize,
    },
    /// The body does not come, or not to its end.
    #[error("the body was not sent to its end")]
    BodyBrokenOff,
    /// The body's type is not understood.
    #[error("a body of type “{given}” is not understood")]
    UnsupportedBody {
        /// The type as sent.
        given: String,
    },
    /// Another method is needed.
    #[error("the method is not offered here")]
    MethodNotAllowed,
    /// A client wants to write.
    #[error("updates are not offered")]
    UpdateRefused,
    /// A query cannot be read or not be answered.
    #[error("{}", .0.detail)]
    Query(QueryProblem),
    /// As many queries run as the machine can bear.
    #[error("too many queries run at once")]
    Busy,
    /// A client has had its share.
    #[error("the client has had its share ({})", .0.cause)]
    Spent(Spent),
    /// A job that is not taken, or has no result.
    #[error(transparent)]
    Job(JobProblem),
    /// Our own fault.
    #[error("internal error {id}")]
    Internal {
        /// Where to find it in the log.
        id: String,
    },
}

/// What is wrong with a query.
#[derive(Clone, Debug)]
pub(crate) struct QueryProblem {
    /// The status that tells what to do.
    pub(crate) status: StatusCode,
    /// What is wrong, in the words of the evaluator.
    pub(crate) detail: String,
    /// The same in Chinese.
    pub(crate) chinese: String,
    /// The same in a word, for programs: `syntax`, `query`, `service`, `other-endpoint`, `size`, `time`, `memory` or `stack`.
    pub(crate) cause: &'static str,
    /// Where, counted from 1: line, and column in characters.
    pub(crate) place: Option<(u64, u64)>,
    /// Seconds after which the same query may succeed.
    pub(crate) retry_after_s: Option<u32>,
}

impl ServiceError {
    /// A parameter with what is wrong in Chinese and English.
    pub(crate) fn parameter(name: &str, [chinese, english]: [&str; 2]) -> Self {
        Self::BadParameter {
            name: name.to_owned(),
            chinese: chinese.to_owned(),
            english: english.to_owned(),
        }
    }

    /// A fault of our own: `cause` is written to the log, never to the client.
    pub(crate) fn internal(place: &str, cause: impl Display) -> Self {
        static COUNT: AtomicU64 = AtomicU64::new(1);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        // The process id keeps ids of two runs in one log apart.
        let id = format!("{:x}-{number}", std::process::id());
        tracing::error!(id, place, %cause, "request failed");
        Self::Internal { id }
    }

    /// The HTTP status.
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::NotFound { .. } => StatusCode::NOT_FOUND,
            Self::NotAcceptable { .. } => StatusCode::NOT_ACCEPTABLE,
            Self::BadParameter { .. } | Self::BadPath => StatusCode::BAD_REQUEST,
            Self::UriTooLong { .. } => StatusCode::URI_TOO_LONG,
            Self::BodyTooLong { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::BodyBrokenOff => StatusCode::REQUEST_TIMEOUT,
            Self::UnsupportedBody { .. } => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::UpdateRefused => StatusCode::FORBIDDEN,
            Self::Query(problem) => problem.status,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Spent(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Job(problem) => problem.status(),
            Self::Internal { .. } => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// A heading of a few words.
    pub(crate) fn title(&self, reader: Reader) -> String {
        let (chinese, english) = match self {
            Self::NotFound { .. } => ("没有找到", "Not found"),
            Self::NotAcceptable { .. } => ("没有这种格式", "No such format"),
            Self::BadParameter { .. } => ("参数有误", "Malformed parameter"),
            Self::BadPath => ("地址有误", "Malformed address"),
            Self::UriTooLong { .. } => ("地址过长", "Address too long"),
            Self::BodyTooLong { .. } => ("请求过大", "Request too large"),
            Self::BodyBrokenOff => ("请求未完", "Request incomplete"),
            Self::UnsupportedBody { .. } => ("请求体类型不支持", "Unsupported body"),
            Self::MethodNotAllowed => ("方法不支持", "Method not allowed"),
            Self::UpdateRefused => ("只读服务", "Read-only service"),
            Self::Query(problem) if problem.place.is_some() => {
                ("查询语句有误", "Query not understood")
            }
            Self::Query(problem) if problem.retry_after_s.is_some() => {
                ("查询超时", "Query timed out")
            }
            Self::Query(_) => ("查询未执行", "Query refused"),
            Self::Busy => ("服务繁忙", "Busy"),
            Self::Spent(_) => ("请稍后再查", "Please wait"),
            Self::Job(problem) => problem.title(),
            Self::Internal { .. } => ("服务内部错误", "Internal error"),
        };
        reader.t(chinese, english).to_owned()
    }

    /// What was wrong, where, and what would have been right.
    pub(crate) fn detail(&self, reader: Reader) -> String {
        let (chinese, english) = match self {
            Self::NotFound { path } => (
                format!("没有名为“{path}”的资源。"),
                format!("Nothing here is known as “{path}”."),
            ),
            Self::NotAcceptable { offered } => {
                let list = offered.join(", ");
                (format!("可提供：{list}。"), format!("Offered are {list}."))
            }
            Self::BadParameter { name, chinese, english } => (
                format!("参数 {name}：{chinese}。"),
                format!("Parameter {name}: {english}."),
            ),
            Self::BadPath => (
                "路径须为 UTF-8 文本，且不含控制字符。".into(),
                "A path must be UTF-8 text without control characters.".into(),
            ),
            Self::UriTooLong { bytes_max } => (
                format!("地址最长 {bytes_max} 字节；较长的查询请用 POST 发送。"),
                format!("An address has at most {bytes_max} bytes; send a long query by POST."),
            ),
            Self::BodyTooLong { bytes_max } => (
                format!("请求体最长 {bytes_max} 字节。"),
                format!("A body has at most {bytes_max} bytes."),
            ),
            Self::BodyBrokenOff => (
                "请求体没有在限时内发完，请重新发送。".into(),
                "The body did not come to its end in time; send it again.".into(),
            ),
            Self::UnsupportedBody { given } => (
                format!("不支持“{given}”；请用 application/sparql-query 或 application/x-www-form-urlencoded。"),
                format!("“{given}” is not understood; send application/sparql-query or application/x-www-form-urlencoded."),
            ),
            Self::MethodNotAllowed => (
                "此地址不支持这种方法；支持的方法见 Allow。".into(),
                "This method is not offered here; Allow names those that are.".into(),
            ),
            Self::UpdateRefused => (
                "此服务不接受更新。数据由文件构建：把文件放入 data/，运行 zhengtu build，服务会自动换用新版本。".into(),
                "Updates are not offered. Data get in by a build: put documents into data/, run zhengtu build, and the service takes up the new release.".into(),
            ),
            // For programs: in the words of the evaluator, whoever reads.
            Self::Query(problem) => return problem.detail.clone(),
            Self::Job(problem) => return problem.detail(reader),
            Self::Busy => (
                "同时进行的查询过多，请稍后再试。".into(),
                "Too many queries run at once; try again in a moment.".into(),
            ),
            Self::Spent(Spent { cause: budget::AT_ONCE, fairness, .. }) => (
                format!("每个客户端同时最多进行 {} 项查询，您已有这么多在进行；请等其中一项完成，或取消它。", fairness.queries_max),
                format!("A client may have {} queries running at once, and as many of yours run; wait for one of them to end, or cancel it.", fairness.queries_max),
            ),
            Self::Spent(Spent { cause: budget::JOBS, .. }) => (
                "您已有多项导出任务未完成，请等其中一项完成或删除它。".into(),
                "You have as many unfinished jobs as one client may; wait for one of them, or delete it.".into(),
            ),
            Self::Spent(Spent { retry_after_s, fairness: Fairness { refill_s, burst_s, .. }, .. }) => (
                format!("每个客户端每分钟有 {refill_s} 秒计算时间，最多攒到 {burst_s} 秒；您近来的查询已把它用完，请在 {retry_after_s} 秒后再试。"),
                format!("Each client has {refill_s} s of evaluation a minute, and saves up at most {burst_s} s; your queries have used it up; try again in {retry_after_s} seconds."),
            ),
            Self::Internal { id } => (
                format!("已记入日志，编号 {id}。"),
                format!("It is in the log under the id {id}."),
            ),
        };
        reader.t(&chinese, &english).to_owned()
    }

    /// The same for a page: what is wrong with a query too is told in the reader's language.
    pub(crate) fn explanation(&self, reader: Reader) -> String {
        match self {
            Self::Query(problem) if !problem.chinese.is_empty() => {
                reader.t(&problem.chinese, &problem.detail).to_owned()
            }
            _ => self.detail(reader),
        }
    }

    /// The words of the evaluator, where [`explanation`](Self::explanation) has others.
    pub(crate) fn exact(&self, reader: Reader) -> Option<&str> {
        match self {
            Self::Query(problem) if !problem.chinese.is_empty() => {
                Some(problem.detail.as_str()).filter(|_| reader.language == Language::Chinese)
            }
            _ => None,
        }
    }
}

impl IntoResponse for ServiceError {
    /// Status and headers; the body is written by [`present`](super::present), which knows the reader.
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        let retry_after_s = match &self {
            Self::Query(problem) => problem.retry_after_s,
            Self::Busy => Some(1),
            Self::Spent(spent) => Some(spent.retry_after_s),
            Self::Job(problem) => problem.retry_after_s(),
            _ => None,
        };
        if let Some(seconds) = retry_after_s {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}
