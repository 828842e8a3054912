//! Many connections to a running service, and connections that are not as they should be: nobody else is held up, and the service goes on.

use crate::served::{Served, read_reply};
use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::thread;
use std::time::Duration;

/// How long a reply may take on a machine that runs other tests.
const PATIENCE: Duration = Duration::from_mins(1);

/// Connections at once.
const MANY: usize = 1_000;

/// Clients that are slow, of each kind.
const SLOW: usize = 150;

const ASK: &str = "ASK {}";

fn whole_request() -> String {
    format!(
        "POST /sparql HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAccept: */*\r\n\
         Content-Type: application/sparql-query\r\nContent-Length: {}\r\n\r\n{ASK}",
        ASK.len()
    )
}

fn connect(served: &Served, bytes: &str) -> TcpStream {
    let mut connection = TcpStream::connect(served.address).unwrap();
    connection.set_read_timeout(Some(PATIENCE)).unwrap();
    connection.write_all(bytes.as_bytes()).unwrap();
    connection
}

/// Everything until the service closes; a reset closes too.
fn read_all(mut connection: TcpStream) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    match connection.read_to_end(&mut bytes) {
        Err(error) if error.kind() != io::ErrorKind::ConnectionReset => Err(error),
        _ => Ok(bytes),
    }
}

fn expect_answer(served: &Served) {
    let reply = served.ask(ASK, PATIENCE).unwrap();
    assert_eq!((reply.status, reply.is_whole), (200, true), "{}", reply.body);
}

#[test]
fn clients_that_are_slow_hold_nobody_up() {
    let served = Served::start(&["--workers", "1", "--workers-max", "2"]);
    let request = whole_request();
    let (head, _) = request.split_at(40);
    let (all_but_the_end, _) = request.split_at(request.len() - 1);
    let mut slow = Vec::new();
    for sent in ["", head, all_but_the_end] {
        slow.extend((0..SLOW).map(|_| connect(&served, sent)));
        expect_answer(&served);
    }
    // Those that come to the end after all are answered as well.
    for mut connection in slow.into_iter().skip(2 * SLOW).take(3) {
        connection.write_all(b"}").unwrap();
        let reply = read_reply(&read_all(connection).unwrap()).unwrap();
        assert_eq!((reply.status, reply.is_whole), (200, true), "{}", reply.body);
    }
}

#[test]
fn connections_that_are_half_closed_come_to_an_end() {
    let served = Served::start(&["--workers", "1", "--workers-max", "2"]);
    let request = whole_request();
    for length in [0, 10, 60, request.len() - 1, request.len()] {
        let (sent, _) = request.split_at(length);
        let connection = connect(&served, sent);
        connection.shutdown(Shutdown::Write).unwrap();
        // What comes, if anything, is a reply or its beginning, and then the end.
        let reply = read_all(connection).unwrap();
        assert!(reply.is_empty() || reply.starts_with(b"HTTP/1.1 "), "{length}: {reply:?}");
        expect_answer(&served);
    }
}

#[test]
fn a_thousand_connections_at_once_are_each_answered_or_told_to_come_again() {
    let served = Served::start(&["--workers", "1", "--workers-max", "2"]);
    let connections: Vec<_> = (0..MANY).map(|_| connect(&served, "")).collect();
    let request = whole_request();
    let senders = connections.into_iter().map(|mut connection| {
        connection.write_all(request.as_bytes()).unwrap();
        connection
    });
    let waiting: Vec<_> = senders.collect();
    let mut counts = [0, 0];
    for connection in waiting {
        let reply = read_reply(&read_all(connection).unwrap()).unwrap();
        assert!(reply.is_whole, "{}", reply.head);
        match reply.status {
            200 => counts[0] += 1,
            503 => {
                assert!(reply.head.to_lowercase().contains("retry-after:"), "{}", reply.head);
                counts[1] += 1;
            }
            other => panic!("{other} {}", reply.body),
        }
    }
    println!("{} answered, {} told to come again", counts[0], counts[1]);
    assert!(counts[0] > 0);
    expect_answer(&served);
}

#[test]
fn a_thousand_pages_at_once_are_all_answered() {
    let served = Served::start(&["--workers", "1"]);
    let request = "GET /prefixes HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    thread::scope(|scope| {
        let batches = (0..4).map(|_| {
            scope.spawn(|| {
                let all: Vec<_> = (0..MANY / 4).map(|_| connect(&served, request)).collect();
                for connection in all {
                    let reply = read_reply(&read_all(connection).unwrap()).unwrap();
                    assert_eq!((reply.status, reply.is_whole), (200, true), "{}", reply.body);
                }
            })
        });
        for batch in batches.collect::<Vec<_>>() {
            batch.join().unwrap();
        }
    });
}
