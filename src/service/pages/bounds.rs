//! What a query may take, in words. In: the bounds of the evaluator and the account of who asks; out: sentences with figures. Surprising: what a client has
//! left is true of the moment in which the page was made, and the page says so, because it may be held for longer.

use std::time::Duration;

use crate::service::budget::Allowance;
use crate::service::limits::PAGE_ROWS_MAX;
use crate::service::lookup::Lookup;
use crate::service::request::Ask;

/// The bounds of a query of whoever asks.
pub(super) fn bounds(lookup: Lookup<'_>, ask: &Ask) -> Vec<String> {
    let mut sentences = of_one_query(lookup);
    sentences.extend(match ask.visit.allowance() {
        Some(allowance) => of_a_client(&allowance),
        None => vec![(
            "从运行这个服务的机器上直接查询，不限计算时间的总量。".into(),
            "Queries from the machine that runs this service have no budget of time.".into(),
        )],
    });
    sentences.push((
        "数据只读，查询不能修改数据。".into(),
        "The data can be read only; no query changes them.".into(),
    ));
    sentences.into_iter().map(|(zh, en)| lookup.t(&zh, &en).to_owned()).collect()
}

fn of_one_query(lookup: Lookup<'_>) -> Vec<(String, String)> {
    let bounds = lookup.site.evaluator.bounds();
    let seconds = Duration::from_millis(bounds.timeout_ms).as_secs_f64();
    let kilobytes = bounds.query_bytes_max >> 10;
    let rows = bounds.rows_held_max / 10_000;
    let longer = match lookup.site.exports {
        Some(_) => (
            "；更久的可以作为导出任务提交（/jobs）。",
            "; what takes longer can be ordered as a job (/jobs).",
        ),
        None => ("。", "."),
    };
    let mut sentences = vec![
        (
            format!("每次查询最多运行 {seconds} 秒{}", longer.0),
            format!("A query runs for at most {seconds} s{}", longer.1),
        ),
        (
            format!("页面显示前 {PAGE_ROWS_MAX} 行；下载得到全部，不限行数。"),
            format!(
                "The page shows the first {PAGE_ROWS_MAX} rows; downloads hold all, however many."
            ),
        ),
        (
            format!("查询语句最长 {kilobytes} KB；中间结果最多 {rows} 万行。"),
            format!(
                "A query has at most {kilobytes} KB, and sorts or multiplies at most {} million rows.",
                bounds.rows_held_max / 1_000_000
            ),
        ),
    ];
    if let Some(bytes) = bounds.memory_bytes {
        let megabytes = bytes >> 20;
        sentences.push((
            format!("每次查询最多用 {megabytes} MB 内存。"),
            format!("A query takes at most {megabytes} MB of memory."),
        ));
    }
    sentences
}

fn of_a_client(allowance: &Allowance) -> Vec<(String, String)> {
    let Allowance { fairness, left_ms, full_after_s } = allowance;
    let mut sentences = Vec::new();
    if fairness.refill_s > 0 {
        let (refill, burst) = (fairness.refill_s, fairness.burst_s);
        // To a tenth of a second, and not more than there is.
        let left = format!("{}.{}", left_ms / 1_000, left_ms % 1_000 / 100);
        let (zh, en) = if *full_after_s == 0 {
            ("，已攒满".to_owned(), ", all there is".to_owned())
        } else {
            (format!("，{full_after_s} 秒后攒满"), format!(", all of it after {full_after_s} s"))
        };
        sentences.push((
            format!("您的网络地址每分钟有 {refill} 秒计算时间，最多攒到 {burst} 秒；生成这个页面时还剩 {left} 秒{zh}。再次查询同样的内容不计时间。"),
            format!("Your network address has {refill} s of evaluation a minute and saves up at most {burst} s; when this page was made, {left} s were left{en}. The same query again costs nothing."),
        ));
    }
    if fairness.queries_max > 0 {
        let queries = fairness.queries_max;
        sentences.push((
            format!("您的网络地址同时最多进行 {queries} 项查询。"),
            format!("Your network address may have {queries} queries running at once."),
        ));
    }
    sentences
}
