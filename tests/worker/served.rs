//! A running `zhengtu serve` on loopback, and requests to it as bytes, so that a connection that breaks can
//! be told from an answer that ends.

use crate::{PROGRAM, releases};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A service, ended when dropped.
pub(crate) struct Served {
    child: Child,
    pub(crate) address: SocketAddr,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    /// The head as sent.
    pub(crate) head: String,
    /// The body without its framing.
    pub(crate) body: String,
    /// Whether the body came to its end.
    pub(crate) is_whole: bool,
}

impl Served {
    /// Starts a service with these options.
    pub(crate) fn start(options: &[&str]) -> Self {
        let mut child = Command::new(PROGRAM)
            .args(["serve", "--listen", "127.0.0.1:0"])
            .args(options)
            .env("ZHENGTU_RELEASES", releases())
            .env("ZHENGTU_LOG", "error")
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let first = lines.next().unwrap().unwrap();
        let (_, address) = first.split_once("http://").unwrap_or_else(|| panic!("{first}"));
        let address = address.parse().unwrap();
        // Somebody has to read on, or the service would wait for it.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, address }
    }

    /// Sends a query by POST and reads the reply; an error where none comes within `patience`.
    pub(crate) fn ask(&self, query: &str, patience: Duration) -> io::Result<Reply> {
        let mut connection = self.send(query)?;
        connection.set_read_timeout(Some(patience))?;
        let mut bytes = Vec::new();
        match connection.read_to_end(&mut bytes) {
            Err(error) if error.kind() != io::ErrorKind::ConnectionReset => Err(error),
            _ => read_reply(&bytes),
        }
    }

    /// Sends a query and gives the connection.
    pub(crate) fn send(&self, query: &str) -> io::Result<TcpStream> {
        let mut connection = TcpStream::connect(self.address)?;
        let head = format!(
            "POST /sparql HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAccept: */*\r\n\
             Content-Type: application/sparql-query\r\nContent-Length: {}\r\n\r\n",
            query.len()
        );
        connection.write_all(head.as_bytes())?;
        connection.write_all(query.as_bytes())?;
        Ok(connection)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended by itself, which the tests have noticed then.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Goes away without reading.
pub(crate) fn hang_up(connection: &TcpStream) {
    connection.shutdown(Shutdown::Both).unwrap();
}

pub(crate) fn read_reply(bytes: &[u8]) -> io::Result<Reply> {
    let torn = || io::Error::other("the reply has no head");
    let border = bytes.windows(4).position(|four| four == b"\r\n\r\n").ok_or_else(torn)?;
    let head = String::from_utf8_lossy(&bytes[..border]).into_owned();
    let status = head.get(9..12).and_then(|digits| digits.parse().ok()).ok_or_else(torn)?;
    let rest = &bytes[border + 4..];
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
    });
    let (body, is_whole) = match length {
        Some(length) => (rest.to_vec(), rest.len() == length),
        None => dechunked(rest),
    };
    Ok(Reply { status, head, body: String::from_utf8_lossy(&body).into_owned(), is_whole })
}

/// The content of a body in chunks, and whether its last chunk came.
fn dechunked(mut rest: &[u8]) -> (Vec<u8>, bool) {
    let mut body = Vec::new();
    while let Some(border) = rest.windows(2).position(|two| two == b"\r\n") {
        let size = str::from_utf8(&rest[..border]).ok();
        let Some(size) = size.and_then(|size| usize::from_str_radix(size, 16).ok()) else { break };
        if size == 0 {
            return (body, true);
        }
        let Some(chunk) = rest.get(border + 2..border + 2 + size) else { break };
        body.extend_from_slice(chunk);
        rest = rest.get(border + 4 + size..).unwrap_or_default();
    }
    (body, false)
}
