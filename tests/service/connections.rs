//! Connections to a listening service whose patience is short: who is slow to send is given up, and who is not is answered.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use zhengtu::service::{Fairness, Live, Patience, serve};

use crate::fixture::site;

/// A service that waits for so long; it stops when the sender is used.
async fn start(read_max: Duration) -> (std::net::SocketAddr, oneshot::Sender<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let patience = Patience { read_max, ..Patience::default() };
    let stopped = async move {
        let _ = stopped.await;
        Duration::ZERO
    };
    tokio::spawn(serve(listener, Live::new(site()), stopped, patience));
    (address, stop)
}

/// Sends bytes and reads what comes until the service closes the connection.
async fn converse(address: std::net::SocketAddr, bytes: &[u8]) -> io::Result<String> {
    let mut connection = TcpStream::connect(address).await?;
    connection.write_all(bytes).await?;
    let mut reply = Vec::new();
    connection.read_to_end(&mut reply).await?;
    Ok(String::from_utf8_lossy(&reply).into_owned())
}

#[tokio::test]
async fn who_does_not_send_to_the_end_is_given_up() {
    let (address, _stop) = start(Duration::from_millis(50)).await;
    for head in ["", "G", "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nHost: a\r\nX: "] {
        let reply = converse(address, head.as_bytes()).await.unwrap();
        assert!(!reply.contains(" 200 "), "{head}: {reply}");
    }
    let half = "POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: application/sparql-query\r\n\
                Content-Length: 100\r\n\r\nASK {";
    let reply = converse(address, half.as_bytes()).await.unwrap();
    assert!(reply.starts_with("HTTP/1.1 408 "), "{reply}");
    let chunked = "POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: application/sparql-query\r\n\
                   Transfer-Encoding: chunked\r\n\r\n5\r\nASK {\r\n";
    let reply = converse(address, chunked.as_bytes()).await.unwrap();
    assert!(reply.starts_with("HTTP/1.1 408 "), "{reply}");
}

#[tokio::test]
async fn who_keeps_a_connection_open_without_asking_is_given_up() {
    let (address, _stop) = start(Duration::from_millis(50)).await;
    let reply = converse(address, b"GET /prefixes HTTP/1.1\r\nHost: a\r\n\r\n").await.unwrap();
    assert!(reply.starts_with("HTTP/1.1 200 "), "{reply}");
}

#[tokio::test]
async fn what_is_no_http_is_refused() {
    let (address, _stop) = start(Duration::from_secs(30)).await;
    let long = format!("GET / HTTP/1.1\r\nHost: a\r\nX: {}\r\n\r\n", "x".repeat(1 << 20));
    let many = format!("GET / HTTP/1.1\r\nHost: a\r\n{}\r\n", "X: y\r\n".repeat(1_000));
    for (rule, sent) in [
        ("no request", "nonsense\r\n\r\n"),
        ("the greeting of TLS", "\x16\x03\x01\x02\0\x01\0\x01\n\n"),
        ("NUL in the address", "GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n"),
        ("a space in the address", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n"),
        ("a line break inside a header", "GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n"),
        ("NUL in a header", "GET / HTTP/1.1\r\nHost: a\r\nX: \0\r\n\r\n"),
        ("a length that is none", "POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n"),
        (
            "two lengths",
            "POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        ),
        ("a very long header", &long),
        ("very many headers", &many),
    ] {
        // Who sends on while nobody reads finds the connection reset.
        let reply = converse(address, sent.as_bytes()).await.unwrap_or_default();
        let is_refused = reply.is_empty() || reply.starts_with("HTTP/1.1 4");
        assert!(is_refused, "{rule}: {reply}");
    }
    // A length and chunks together could hide a second request from a proxy: the connection ends after the first.
    let two = "POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\
               Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /prefixes HTTP/1.1\r\nHost: a\r\n\r\n";
    let reply = converse(address, two.as_bytes()).await.unwrap_or_default();
    assert!(!reply.contains(" 200 "), "{reply}");
}

#[tokio::test]
async fn a_service_that_stops_closes_the_connections_that_wait() {
    let (address, stop) = start(Duration::from_hours(1)).await;
    let waiting = TcpStream::connect(address).await.unwrap();
    let mut used = TcpStream::connect(address).await.unwrap();
    used.write_all(b"GET /prefixes HTTP/1.1\r\nHost: a\r\n\r\n").await.unwrap();
    assert_eq!(used.read_u8().await.unwrap(), b'H');
    stop.send(()).unwrap();
    for mut connection in [waiting, used] {
        let mut rest = Vec::new();
        connection.read_to_end(&mut rest).await.unwrap();
    }
    assert!(TcpStream::connect(address).await.is_err());
}

/// What a service answers to a client that a proxy names.
async fn ask_for(address: std::net::SocketAddr, client: &str) -> String {
    let request = format!(
        "GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: a\r\nAccept: text/csv\r\nConnection: close\r\n\
         X-Forwarded-For: {client}\r\n\r\n"
    );
    converse(address, request.as_bytes()).await.unwrap()
}

#[tokio::test]
async fn the_query_page_tells_a_client_its_share_and_what_is_left_in_words() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let fairness = Fairness { refill_s: 30, burst_s: 120, queries_max: 4, proxies: 1 };
    let live = Live::with_fairness(site(), fairness);
    tokio::spawn(serve(listener, live, std::future::pending(), Patience::default()));
    let request = "GET /query HTTP/1.1\r\nHost: a\r\nAccept: text/html\r\nConnection: close\r\n\
                   X-Forwarded-For: 198.51.100.9\r\n\r\n";
    let reply = converse(address, request.as_bytes()).await.unwrap();
    let share = "每分钟有 30 秒计算时间，最多攒到 120 秒；生成这个页面时还剩 120.0 秒，已攒满";
    assert!(reply.contains(share) && reply.contains("同时最多进行 4 项查询"), "{reply}");
}

#[tokio::test]
async fn each_client_that_a_proxy_names_is_told_its_share() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let fairness = Fairness { refill_s: 30, burst_s: 120, queries_max: 4, proxies: 1 };
    let live = Live::with_fairness(site(), fairness);
    tokio::spawn(serve(listener, live, std::future::pending(), Patience::default()));
    for client in ["198.51.100.7", "198.51.100.8"] {
        let reply = ask_for(address, client).await;
        assert!(reply.starts_with("HTTP/1.1 200 "), "{reply}");
        let policy = "ratelimit-policy: \"evaluation\";q=120000;qu=\"milliseconds\";w=240, \
                      \"concurrency\";q=4;qu=\"concurrent-requests\"";
        assert!(reply.contains(policy), "{reply}");
        assert!(reply.contains("ratelimit: \"evaluation\";r=1"), "{reply}");
    }
}
