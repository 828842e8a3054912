//! Work of this process that sends the pieces of an answer. In: work; out: where its pieces arrive. Guarantees: it runs where it may
//! wait, never on a thread that serves connections; a reader who takes nothing for [`READER_WAIT`] ends it.

use super::chunks::Send;
use super::frame::Piece;
use super::pool::{PIECES_WAITING_MAX, READER_WAIT};
use std::io;
use tokio::runtime::Handle;
use tokio::sync::mpsc::error::SendTimeoutError;
use tokio::sync::mpsc::{Receiver, channel};

/// Begins `work`. What it sends is an error once nobody takes it.
pub(super) fn run_apart(
    work: impl FnOnce(Send<'_>) + std::marker::Send + 'static,
) -> Receiver<Piece> {
    let (sender, receiver) = channel(PIECES_WAITING_MAX);
    tokio::task::spawn_blocking(move || {
        // Evaluation runs on threads of its own, which know no runtime.
        let runtime = Handle::current();
        let mut send = |piece| {
            let sent = runtime.block_on(sender.send_timeout(piece, READER_WAIT));
            sent.map_err(|error| match error {
                SendTimeoutError::Timeout(_) => io::ErrorKind::TimedOut.into(),
                SendTimeoutError::Closed(_) => io::ErrorKind::BrokenPipe.into(),
            })
        };
        work(&mut send);
    });
    receiver
}
