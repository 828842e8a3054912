//! Asking, at a listener on this machine that says what it is told to say.

use super::*;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener};
use std::sync::{Arc, Mutex};

const TABLE: &str = r#"{"head":{"vars":["a","b"]},"results":{"bindings":[
    {"a":{"type":"uri","value":"http://e/a"},"b":{"type":"literal","value":"甲","xml:lang":"zh"}},
    {"a":{"type":"bnode","value":"x"}}]}}"#;

/// An endpoint that answers the requests in turn, and what it was asked.
struct Endpoint {
    port: u16,
    asked: Arc<Mutex<Vec<String>>>,
}

fn endpoint(answers: Vec<String>) -> Endpoint {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    let asked = Arc::new(Mutex::new(Vec::new()));
    let noted = Arc::clone(&asked);
    std::thread::spawn(move || {
        for answer in answers {
            let (mut connection, _) = listener.accept().unwrap();
            let mut reader = BufReader::new(connection.try_clone().unwrap());
            let (mut head, mut length) = (String::new(), 0);
            loop {
                let mut line = String::new();
                reader.read_line(&mut line).unwrap();
                if let Some(bytes) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                    length = bytes.trim().parse().unwrap();
                }
                if line.trim().is_empty() {
                    break;
                }
                head.push_str(&line);
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body).unwrap();
            noted.lock().unwrap().push(head + &String::from_utf8(body).unwrap());
            // The asker may have gone.
            let _ = connection.write_all(answer.replace("PORT", &port.to_string()).as_bytes());
        }
    });
    Endpoint { port, asked }
}

fn answer(status: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    )
}

fn table() -> String {
    answer("200 OK", "Content-Type: application/sparql-results+json\r\n", TABLE)
}

impl Endpoint {
    fn iri(&self, host: &str) -> NamedNode {
        NamedNode::new(format!("http://{host}:{}/sparql", self.port)).unwrap()
    }

    /// Asks with `localhost` allowed, at addresses that may be asked.
    fn ask(&self, may_connect: fn(IpAddr) -> bool) -> Result<OtherRows, String> {
        let host = format!("http://localhost:{}", self.port);
        let asker = Asker::with_addresses(Hosts::parse([host.as_str()]).unwrap(), may_connect);
        let query = "SELECT * WHERE { ?a ?p ?b . }";
        let answered = asker.ask(&self.iri("localhost"), query, Duration::from_secs(20));
        answered.map_err(|error| error.to_string())
    }

    fn asked(&self) -> usize {
        self.asked.lock().unwrap().len()
    }
}

fn anywhere(_: IpAddr) -> bool {
    true
}

#[test]
fn the_rows_of_an_endpoint_are_read_with_their_terms() {
    let endpoint = endpoint(vec![table()]);
    let answered = endpoint.ask(anywhere).unwrap();
    assert_eq!(answered.variables.len(), 2);
    let first: Vec<String> = answered.rows[0].iter().flatten().map(ToString::to_string).collect();
    assert_eq!(first, ["<http://e/a>", "\"甲\"@zh"]);
    assert_eq!(answered.rows[1][1], None);
    let asked = endpoint.asked.lock().unwrap()[0].to_ascii_lowercase();
    assert!(asked.starts_with("post /sparql") && asked.contains("query=select"), "{asked}");
    assert!(!asked.contains("cookie") && !asked.contains("authorization"), "{asked}");
}

#[test]
fn a_host_that_is_not_allowed_is_not_asked() {
    let endpoint = endpoint(vec![table()]);
    let asker = Asker::with_addresses(Hosts::parse(["example.org"]).unwrap(), anywhere);
    let refused = asker.ask(&endpoint.iri("localhost"), "SELECT", Duration::from_secs(9));
    assert!(matches!(refused, Err(NotAnswered::Refused(_))), "{refused:?}");
    assert_eq!(endpoint.asked(), 0);
}

#[test]
fn an_allowed_name_at_an_address_that_is_not_public_is_not_asked() {
    let endpoint = endpoint(vec![table()]);
    let refused = endpoint.ask(is_public).unwrap_err();
    assert!(refused.ends_with("has no public address"), "{refused}");
    assert_eq!(endpoint.asked(), 0);
}

#[test]
fn a_redirect_is_followed_on_allowed_hosts_only() {
    let to =
        |location: &str| answer("307 Temporary Redirect", &format!("Location: {location}\r\n"), "");
    for location in ["/there", "http://localhost:PORT/there"] {
        let endpoint = endpoint(vec![to(location), table()]);
        assert_eq!(endpoint.ask(anywhere).unwrap().rows.len(), 2, "{location}");
        let asked = endpoint.asked.lock().unwrap()[1].clone();
        assert!(asked.starts_with("POST /there") && asked.contains("query="), "{asked}");
    }
    for location in ["http://127.0.0.1:PORT/x", "//127.0.0.1:PORT/x", "file:///etc/passwd", "x"] {
        let endpoint = endpoint(vec![to(location), table()]);
        let refused = endpoint.ask(anywhere).unwrap_err();
        assert!(refused.ends_with("leads to a host that is not allowed here"), "{refused}");
        assert_eq!(endpoint.asked(), 1, "{location}");
    }
    let endpoint = endpoint(vec![to("/again"); REDIRECTS_MAX + 2]);
    assert!(endpoint.ask(anywhere).unwrap_err().ends_with("leads on and on"));
    assert_eq!(endpoint.asked(), REDIRECTS_MAX + 1);
}

#[test]
fn an_answer_that_is_no_table_is_an_error_that_says_so() {
    let json = "Content-Type: application/sparql-results+json\r\n";
    for (answered, told) in [
        (answer("500 Oops", "", ""), "answers with status 500"),
        (answer("200 OK", "Content-Type: text/html\r\n", "<p>"), "which is no table"),
        (answer("200 OK", json, "{"), "answers with no table"),
        (answer("200 OK", json, r#"{"head":{},"boolean":true}"#), "answers with a truth value"),
        ("HTTP/1.1 200 OK\r\n".to_owned(), ""),
        (table().replace("Content-Length: ", "Content-Length: 9"), "breaks off"),
    ] {
        let refused = endpoint(vec![answered]).ask(anywhere).unwrap_err();
        assert!(refused.contains(told), "{told}: {refused}");
    }
}
