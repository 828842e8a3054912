//! How a worker dies, what its asker is told, and that another takes its place.

use crate::{answer, one_worker, question};
use rustix::process::{Pid, Signal, kill_process};
use std::fs;
use std::path::PathBuf;
use zhengtu::store::Limits;
use zhengtu::worker::{Cause, Evaluator, Pool, PoolOptions};

/// Makes one string that grows with every row by a whole source text.
const GROWING: &str = "SELECT (GROUP_CONCAT(?text) AS ?x) {
    ?d <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#isString> ?text . ?a ?b ?c }";

/// The cause that the asker of `text` is told, after which the next question is answered.
async fn cause(options: PoolOptions, text: &str) -> Cause {
    let workers = Evaluator::in_pool(Pool::start(options).await.unwrap());
    let refusal = workers.ask(question(text)).await.unwrap_err();
    assert_eq!(answer(&workers, "SELECT (1 AS ?n) {}").await, "n\r\n1\r\n", "{refusal}");
    refusal.cause
}

#[tokio::test(flavor = "multi_thread")]
async fn memory_beyond_the_bound_ends_the_worker_and_is_named() {
    let options = PoolOptions { memory_bytes: 32 << 20, ..one_worker() };
    assert_eq!(cause(options, GROWING).await, Cause::Memory);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_end_of_the_stack_ends_the_worker_and_is_named() {
    let limits = Limits { stack_bytes: 512 << 10, depth_max: 10_000, ..Limits::default() };
    let deep = format!("ASK {{ {} {} }}", "{".repeat(5_000), "}".repeat(5_000));
    assert_eq!(cause(PoolOptions { limits, ..one_worker() }, &deep).await, Cause::Stack);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_looks_at_no_clock_is_killed_at_the_deadline() {
    // Without its guard, reading this query takes the parser years.
    let limits = Limits { rereads_max: 1_000, timeout_ms: 100, ..Limits::default() };
    let nested = format!("ASK {{ FILTER({}1{}) }}", "REPLACE(".repeat(60), ", '', '')".repeat(60));
    assert_eq!(cause(PoolOptions { limits, ..one_worker() }, &nested).await, Cause::Time);
}

/// Whether a process has ended with all its threads, whether or not anyone has looked after it.
fn is_dead(id: u32) -> bool {
    let Ok(threads) = fs::read_dir(format!("/proc/{id}/task")) else { return true };
    let threads: Vec<_> = threads.filter_map(Result::ok).collect();
    // As long as another thread is listed, the parent is told of nothing.
    threads.len() < 2
        && threads.iter().all(|thread| {
            let stat = fs::read_to_string(thread.path().join("stat")).unwrap_or_default();
            stat.rsplit_once(')').is_none_or(|(_, rest)| rest.trim_start().starts_with(['Z', 'X']))
        })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_is_killed_while_it_waits_is_replaced_before_anyone_notices() {
    let pool = Pool::start(one_worker()).await.unwrap();
    let workers = Evaluator::in_pool(pool.clone());
    for _ in 0..3 {
        for id in pool.idle_process_ids() {
            kill_process(Pid::from_raw(id.try_into().unwrap()).unwrap(), Signal::KILL).unwrap();
            // Being killed takes a moment; who asks in it would be told that the worker died.
            while !is_dead(id) {
                tokio::task::yield_now().await;
            }
        }
        assert_eq!(answer(&workers, "SELECT (1 AS ?n) {}").await, "n\r\n1\r\n");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_is_killed_while_it_answers_breaks_the_answer_off() {
    let pool = Pool::start(one_worker()).await.unwrap();
    let [id] = pool.idle_process_ids()[..] else { panic!("one worker") };
    let workers = Evaluator::in_pool(pool);
    let endless = "SELECT * { ?a ?b ?c . ?d ?e ?f }";
    let begun = workers.ask(question(endless)).await.unwrap();
    kill_process(Pid::from_raw(id.try_into().unwrap()).unwrap(), Signal::KILL).unwrap();
    assert_eq!(begun.collect().await.unwrap_err().cause, Cause::Memory);
    assert_eq!(answer(&workers, "SELECT (1 AS ?n) {}").await, "n\r\n1\r\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn workers_that_cannot_start_are_an_error_that_says_why() {
    let options = PoolOptions { release_dir: PathBuf::from("no-such-release"), ..one_worker() };
    let error = Pool::start(options).await.map(|_| ()).unwrap_err().to_string();
    assert!(error.contains("no-such-release"), "{error}");
    let options = PoolOptions { program: PathBuf::from("no-such-program"), ..one_worker() };
    let error = Pool::start(options).await.map(|_| ()).unwrap_err().to_string();
    assert!(error.contains("cannot start a worker process"), "{error}");
}
