//! Connections, from the listener to the end of the service. In: a listener and the service as it runs; out: nothing, until it has stopped.
//! Guarantees: a client whose request stops coming is given up (one that sends a byte now and then is not); when the
//! service is to stop, requests that run may end. Surprising: a client that closes its half of a connection is taken for gone, because nothing
//! else tells that nobody waits for a query any more.

use std::io;
use std::pin::pin;
use std::time::Duration;

use axum::Router;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;
use tower::{Layer as _, ServiceExt as _};
use tower_http::timeout::RequestBodyTimeoutLayer;

use super::client::Peer;
use super::live::Live;

/// How long the service waits for those who are slow.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For the head of a request to come as a whole, also on a connection that is kept open; and for more of its body.
    pub read_max: Duration,
    /// For requests that run when the service is to stop.
    pub finish_max: Duration,
}

impl Default for Patience {
    /// Half a minute for each: what a query may take, and far more than a slow line needs for 32 KB.
    fn default() -> Self {
        Self { read_max: Duration::from_secs(30), finish_max: Duration::from_secs(30) }
    }
}

/// After the system refused a connection, most likely for want of files: until some have been closed.
const REFUSED_WAIT: Duration = Duration::from_millis(100);

/// Serves on `listener` until `stop` ends, then drains: readiness is refused at once, new requests are answered for as long
/// as `stop` says, so that who distributes them hears of it, and those that run then may take `patience.finish_max` to end.
pub async fn serve(
    listener: TcpListener,
    live: Live,
    stop: impl Future<Output = Duration> + Send + 'static,
    patience: Patience,
) {
    let (routes, connections) = (live.router(), GracefulShutdown::new());
    let drained = async move {
        let notice = stop.await;
        live.drain();
        sleep(notice).await;
    };
    let mut drained = pin!(drained);
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((connection, peer)) => {
                    begin(connection, Peer(peer.ip()), &routes, (&connections, patience));
                }
                Err(error) if is_of_one_connection(&error) => {}
                Err(error) => {
                    tracing::error!(%error, "no connection can be accepted now");
                    sleep(REFUSED_WAIT).await;
                }
            },
            () = &mut drained => break,
        }
    }
    drop(listener);
    tokio::select! {
        () = connections.shutdown() => {}
        () = sleep(patience.finish_max) => {
            let seconds = patience.finish_max.as_secs();
            tracing::warn!(seconds, "requests that still run are broken off");
        }
    }
}

/// Serves one connection, in a task of its own.
fn begin(
    connection: TcpStream,
    peer: Peer,
    routes: &Router,
    (connections, patience): (&GracefulShutdown, Patience),
) {
    // Answers are small writes: without this each waits for the peer's delayed acknowledgement.
    if let Err(error) = connection.set_nodelay(true) {
        tracing::debug!(%error, "a connection keeps its delay");
    }
    let routes = RequestBodyTimeoutLayer::new(patience.read_max).layer(routes.clone());
    let routes = routes.map_request(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(peer);
        request
    });
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(patience.read_max);
    let io = TokioIo::new(connection);
    let served = connections.watch(builder.serve_connection(io, TowerToHyperService::new(routes)));
    tokio::spawn(async move {
        if let Err(error) = served.await {
            tracing::debug!(%error, "a connection ended early");
        }
    });
}

/// Whether the client was gone before its connection was accepted.
fn is_of_one_connection(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
    )
}
