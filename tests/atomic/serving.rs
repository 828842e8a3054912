//! The service while its release changes, and while it ends.

use super::client::{Service, get, read_answer};
use super::nursery::{Nursery, acres_in, acres_of};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use zhengtu::release::Release;
use zhengtu::service::{Follower, Live, Site};

/// A query that joins what the index finds with what the graph says.
fn query_path() -> String {
    let query = "SELECT ?text WHERE { ?m text:query \"苗圃规模\" ; zt:inDocument doc:海政发〔2031〕1号 ; zt:text ?text }";
    format!("/sparql?query={}", utf8_percent_encode(query, NON_ALPHANUMERIC))
}

#[test]
fn a_new_release_is_taken_up_and_no_request_is_lost_or_mixes_two() {
    let nursery = Nursery::new("atomic-swap");
    let first = nursery.build_id();
    let service = Service::start(&nursery, &[]);
    let done = AtomicBool::new(false);
    let (second, answers) = thread::scope(|scope| {
        let ask = || {
            let mut answers = Vec::new();
            while !done.load(Ordering::SeqCst) {
                answers.push(get(&service.address, &query_path()));
            }
            answers
        };
        let readers = [scope.spawn(ask), scope.spawn(ask)];
        nursery.write(1, 999);
        let second = nursery.build_id();
        while service.get("/").release() != second {}
        done.store(true, Ordering::SeqCst);
        let answers = readers.map(|reader| reader.join().unwrap()).into_iter().flatten();
        (second, answers.collect::<Vec<_>>())
    });
    for answer in &answers {
        assert_eq!(answer.status, 200, "{answer:?}");
        let expected = if answer.release() == first { "100" } else { "999" };
        assert!(answer.release() == first || answer.release() == second, "{answer:?}");
        assert_eq!(acres_of(&answer.body), expected);
        assert!(answer.header("etag").contains(answer.release()), "{answer:?}");
    }
    assert!(answers.iter().any(|answer| answer.release() == first));
    let metrics = service.get("/metrics").body;
    assert!(metrics.contains(&format!("zhengtu_release_info{{release=\"{second}\"")), "{metrics}");
    assert!(metrics.contains("zhengtu_release_swaps_total 1"), "{metrics}");
}

#[test]
fn a_service_that_was_told_a_release_stays_with_it() {
    let nursery = Nursery::new("atomic-pinned");
    let first = nursery.build_id();
    nursery.write(1, 200);
    nursery.build();
    let service = Service::start(&nursery, &["--release", &first]);
    assert_eq!(service.get("/").release(), first);
    // It is served, so it is not pruned.
    let pruned = nursery.run(&["prune", "--keep", "0"]);
    assert!(String::from_utf8(pruned.stdout).unwrap().contains("a process has it open"));
}

#[test]
fn a_release_that_is_not_whole_is_not_taken_up() {
    let nursery = Nursery::new("atomic-refused");
    nursery.build();
    let live = Live::new(Site::new(Release::open(&nursery.releases()).unwrap()));
    let mut follower =
        Follower::new(live.clone(), nursery.releases(), Arc::new(|release| Ok(Site::new(release))));
    follower.look();
    nursery.write(1, 200);
    let second = nursery.build_id();
    let image = nursery.releases().join(&second).join("graph.image");
    let whole = fs::read(&image).unwrap();
    fs::remove_file(&image).unwrap();
    fs::write(&image, &whole[..whole.len() / 2]).unwrap();
    let served = || live.site().manifest.id.clone();
    let first = served();
    follower.look();
    assert_eq!(served(), first);
    // Built again it has the same id, and is taken up.
    assert_eq!(nursery.build_id(), second);
    follower.look();
    assert_eq!(served(), second);
    nursery.run(&["rollback"]);
    follower.look();
    assert_eq!(served(), first);
}

#[test]
fn what_runs_on_the_old_release_ends_on_it() {
    let nursery = Nursery::new("atomic-running");
    nursery.build();
    let live = Live::new(Site::new(Release::open(&nursery.releases()).unwrap()));
    let running = live.site();
    nursery.write(1, 200);
    nursery.build();
    Follower::new(live.clone(), nursery.releases(), Arc::new(|release| Ok(Site::new(release))))
        .look();
    assert_ne!(live.site().manifest.id, running.manifest.id);
    let former = Release::open_id(&nursery.releases(), &running.manifest.id).unwrap();
    assert_eq!(acres_in(&former), "100");
    assert_eq!(running.store.len(), former.store.len());
}

#[test]
fn a_service_that_is_told_to_stop_says_so_and_goes_on_for_as_long_as_it_was_told() {
    let nursery = Nursery::new("atomic-notice");
    nursery.build();
    let service = Service::start(&nursery, &["--notice-s", "600"]);
    assert_eq!((service.get("/healthz").status, service.get("/readyz").status), (200, 200));
    service.signal("TERM");
    while service.get("/readyz").status != 503 {}
    assert_eq!(service.get("/healthz").status, 200);
    assert_eq!(service.get(&query_path()).status, 200);
    service.signal("TERM");
    assert_eq!(service.wait().code(), Some(0));
}

/// A query whose body is still to come: the service waits for it in the handler.
fn begin_query(service: &Service, body: &str) -> TcpStream {
    let mut stream = TcpStream::connect(&service.address).unwrap();
    let bytes = body.len();
    write!(
        stream,
        "POST /sparql HTTP/1.1\r\nHost: a\r\nConnection: close\r\nExpect: 100-continue\r\n\
         Content-Type: application/sparql-query\r\nContent-Length: {bytes}\r\n\r\n"
    )
    .unwrap();
    let mut go_on = [0; 25];
    stream.read_exact(&mut go_on).unwrap();
    assert_eq!(&go_on, b"HTTP/1.1 100 Continue\r\n\r\n");
    stream
}

#[test]
fn a_request_that_runs_when_the_service_is_told_to_stop_is_answered() {
    let nursery = Nursery::new("atomic-drain");
    nursery.build();
    let service = Service::start(&nursery, &["--notice-s", "0", "--drain-s", "600"]);
    let body = "ASK { ?m a zt:Measure }";
    let mut stream = begin_query(&service, body);
    service.signal("TERM");
    // New connections are refused once the service drains.
    while TcpStream::connect(&service.address).is_ok() {}
    stream.write_all(body.as_bytes()).unwrap();
    let answer = read_answer(stream);
    assert_eq!(answer.status, 200);
    assert!(answer.body.contains("true"), "{answer:?}");
    assert_eq!(service.wait().code(), Some(0));
}

#[test]
fn a_request_that_never_ends_does_not_keep_the_service_up() {
    let nursery = Nursery::new("atomic-bound");
    nursery.build();
    let service = Service::start(&nursery, &["--notice-s", "0", "--drain-s", "1"]);
    let _stream = begin_query(&service, "ASK {}");
    service.signal("TERM");
    assert_eq!(service.wait().code(), Some(0));
}
