//! Answers of workers: the same as in the process, streamed, cut, refused, given up.

use crate::{answer, one_worker, pool, question, release};
use std::fs;
use std::path::Path;
use zhengtu::store::{AnswerFormat, QueryForm};
use zhengtu::worker::{Cause, Cut, Evaluator, Piece, PoolOptions, Question};

/// The questions of the repository, by file.
fn queries() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("queries");
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let read = |path: &Path| fs::read_to_string(path).unwrap();
    files.map(|path| (path.display().to_string(), read(&path))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_question_has_the_same_bytes_from_a_worker_as_in_the_process() {
    let workers = pool(one_worker()).await;
    let process = Evaluator::in_process(release().endpoint);
    let more = [
        ("table", "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o"),
        ("yes", "ASK { ?s ?p ?o }"),
        ("graph", "CONSTRUCT { ?s a ?o } { ?s a ?o }"),
        ("text", "SELECT ?m ?score { (?m ?score) text:query '绿色建筑' }"),
        ("syntax", "SELECT * {\n ?s ?p }"),
        ("unknown", "ASK { FILTER(<urn:x>(1)) }"),
        ("update", "CLEAR ALL"),
    ];
    let more = more.map(|(name, text)| (name.to_owned(), text.to_owned()));
    for (name, text) in queries().into_iter().chain(more) {
        for (table, graph) in [
            (AnswerFormat::Json, AnswerFormat::Turtle),
            (AnswerFormat::Tsv, AnswerFormat::NTriples),
        ] {
            let asked = Question {
                table_format: Some(table),
                graph_format: Some(graph),
                ..question(&text)
            };
            let mut answers = Vec::new();
            for evaluator in [&workers, &process] {
                answers.push(match evaluator.ask(asked.clone()).await {
                    Ok(answer) => Ok((answer.head, answer.collect().await.unwrap())),
                    Err(refusal) => Err(refusal),
                });
            }
            assert_eq!(answers[0], answers[1], "{name}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_was_given_whole_is_given_again_without_a_worker() {
    let workers = pool(one_worker()).await.keeping(1 << 30);
    let whole = async |question| workers.ask(question).await.unwrap().collect().await.unwrap();
    let texts = ["SELECT * { ?s ?p ?o }", "ASK { ?s ?p ?o }", "SELECT * { ?s a ?o } LIMIT 3"];
    let mut first = Vec::new();
    for text in texts {
        first.push(whole(question(text)).await);
    }
    assert_eq!((workers.kept_counts().answers, workers.kept_counts().hits), (3, 0));
    for (text, first) in texts.iter().zip(&first) {
        let again = text.replace(' ', "  ");
        assert_eq!(whole(question(&again)).await, *first);
    }
    assert_eq!((workers.kept_counts().answers, workers.kept_counts().hits), (3, 3));
    let cut = Cut { table_lines_max: 1, table_bytes_max: 100, graph_bytes_max: 100 };
    assert_ne!(whole(Question { cut: Some(cut), ..question(texts[0]) }).await, first[0]);
    // One that nobody reads to its end is not whole.
    drop(workers.ask(question("SELECT ?s ?o { ?s ?p ?o }")).await.unwrap());
    assert!(workers.ask(question("SELECT *")).await.is_err());
    assert_eq!(workers.kept_counts().answers, 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_answer_comes_in_chunks_and_a_cut_one_stops() {
    let workers = pool(one_worker()).await;
    let text = "SELECT * { ?s ?p ?o }";
    let mut whole = workers.ask(question(text)).await.unwrap();
    let mut chunks = Vec::new();
    while let Some(piece) = whole.next_piece().await {
        chunks.push(piece);
    }
    assert!(chunks.len() > 5, "{}", chunks.len());
    let (last, before) = chunks.split_last().unwrap();
    let Piece::End { extent, .. } = last else { panic!("{last:?}") };
    assert!(!extent.is_cut && extent.rows.is_some_and(|rows| rows > 1_000), "{extent:?}");
    for piece in before {
        assert!(matches!(piece, Piece::Bytes(bytes) if bytes.len() == 32 * 1024));
    }
    let cut = Cut { table_lines_max: 3, table_bytes_max: 1 << 20, graph_bytes_max: 100 };
    let product = "SELECT * { ?a ?b ?c . ?d ?e ?f }";
    let asked = Question { cut: Some(cut), ..question(product) };
    let (bytes, is_cut) = workers.ask(asked).await.unwrap().collect().await.unwrap();
    assert_eq!((String::from_utf8(bytes).unwrap().lines().count(), is_cut), (3, true));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_format_is_chosen_by_the_form_and_one_that_is_lacking_is_said() {
    let workers = pool(one_worker()).await;
    for (text, form, format) in [
        ("SELECT * {}", QueryForm::Select, AnswerFormat::Csv),
        ("ASK {}", QueryForm::Ask, AnswerFormat::Csv),
        ("DESCRIBE <urn:x>", QueryForm::Describe, AnswerFormat::NTriples),
    ] {
        let head = workers.ask(question(text)).await.unwrap().head;
        assert_eq!((head.form, head.format), (form, format));
    }
    let lacking = Question { graph_format: None, ..question("DESCRIBE <urn:x>") };
    let refusal = workers.ask(lacking).await.unwrap_err();
    assert_eq!(refusal.cause, Cause::NoFormat { form: QueryForm::Describe });
}

#[tokio::test(flavor = "multi_thread")]
async fn who_gives_up_an_answer_ends_its_query() {
    let workers = pool(one_worker()).await;
    // It would stream for hours, so the only worker is free again only if it was ended.
    let endless = "SELECT * { ?a ?b ?c . ?d ?e ?f }";
    drop(workers.ask(question(endless)).await.unwrap());
    assert_eq!(answer(&workers, "SELECT (1 AS ?n) {}").await, "n\r\n1\r\n");
    // This one says nothing for hours; it is given up while it is silent.
    let silent = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f }";
    tokio::select! {
        _ = workers.ask(question(silent)) => panic!("it cannot have ended"),
        () = tokio::time::sleep(std::time::Duration::from_millis(50)) => {}
    }
    assert_eq!(answer(&workers, "SELECT (1 AS ?n) {}").await, "n\r\n1\r\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_finds_no_worker_and_no_place_in_the_queue_is_told_that_all_are_busy() {
    let workers = pool(PoolOptions { waiting_max: 1, wait_ms: 200, ..one_worker() }).await;
    let endless = "SELECT * { ?a ?b ?c . ?d ?e ?f }";
    let running = workers.ask(question(endless)).await.unwrap();
    let (first, second) =
        tokio::join!(workers.ask(question("ASK {}")), workers.ask(question("ASK {}")));
    assert_eq!(first.unwrap_err().cause, Cause::Busy);
    assert_eq!(second.unwrap_err().cause, Cause::Busy);
    drop(running);
    assert_eq!(answer(&workers, "SELECT (1 AS ?n) {}").await, "n\r\n1\r\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn more_workers_come_when_those_that_were_ready_are_busy_for_long() {
    let workers = pool(PoolOptions { workers_max: 2, ..one_worker() }).await;
    let endless = "SELECT * { ?a ?b ?c . ?d ?e ?f }";
    let running = workers.ask(question(endless)).await.unwrap();
    assert_eq!(answer(&workers, "SELECT (1 AS ?n) {}").await, "n\r\n1\r\n");
    drop(running);
}
