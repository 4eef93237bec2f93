//! One stream on the line: a task of its own pulls it, as far as its page keeps up.

use std::sync::Arc;

use portcullis::Stream;
use tokio::sync::{Semaphore, mpsc};

use super::run::Turn;
use crate::answer::ROOM;

/// How many batches of a stream may be under way, or wait in the page, at once.
const AHEAD: usize = 4;

/// Lines of a stream, on their way to the socket.
pub(super) struct Batch {
    pub(super) turn: Turn,
    /// `s<id>` and the lines.
    pub(super) text: Vec<u8>,
    /// With the end of the stream.
    pub(super) last: bool,
}

/// How many more batches the page takes.
#[derive(Clone)]
pub(super) struct Credit(Arc<Semaphore>);

impl Credit {
    pub(super) fn new() -> Self {
        Self(Arc::new(Semaphore::new(AHEAD)))
    }

    /// The page has used one up. It cannot have used more than there were.
    pub(super) fn more(&self) {
        if self.0.available_permits() < AHEAD {
            self.0.add_permits(1);
        }
    }
}

/// Pulls a stream to its end. What it has in hand is one batch; the queue to the socket is short, and all streams share
/// it.
pub(super) async fn pull(turn: Turn, mut stream: Stream, credit: Credit, batches: mpsc::Sender<Batch>) {
    loop {
        match credit.0.acquire().await {
            Ok(one) => one.forget(),
            Err(_) => return,
        }
        let mut text = format!("s{}\n", turn.id).into_bytes();
        let last = !stream.lines(&mut text, ROOM).await;
        // It fails if the line is gone.
        if batches.send(Batch { turn, text, last }).await.is_err() || last {
            return;
        }
    }
}
